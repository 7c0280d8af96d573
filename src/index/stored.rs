//! Columns of numbers and texts in a file, each a section in blocks with a checksum each.
//!
//! ```text
//! head │ section 0 │ section 1 │ … │ bytes and checksums of each section │ bytes and checksum of that table
//! ```
//!
//! Opening reads the head and the table. A section is read when it is asked for, and only the blocks
//! that are: with plain reads into memory of one's own. A mapped file would save the copying, but
//! whoever cut it short would kill the program that has it mapped, and no safe interface can rule
//! that out. A block that is not what was written is taken from a store made anew.

use std::fmt::{self, Debug, Formatter};
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Bytes of a block: small enough to stay near the processor, and a multiple of every number's size
/// and of what a checksum takes at a time.
pub(super) const BLOCK: usize = 1 << 16;

/// What a column can hold.
pub trait Number: Copy + Default + Send + Sync {
    const SIZE: usize;
    fn put(self, out: &mut Vec<u8>);
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($($kind:ty),+) => {$(
        impl Number for $kind {
            const SIZE: usize = size_of::<$kind>();
            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn take(bytes: &[u8]) -> Self {
                bytes.try_into().map(Self::from_le_bytes).unwrap_or_default()
            }
        }
    )+};
}

number!(u8, u32, u64, i32, i64, f64);

impl Number for usize {
    const SIZE: usize = u64::SIZE;
    fn put(self, out: &mut Vec<u8>) {
        (self as u64).put(out);
    }
    fn take(bytes: &[u8]) -> Self {
        u64::take(bytes) as Self
    }
}

impl Number for (i32, i32) {
    const SIZE: usize = 2 * i32::SIZE;
    fn put(self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }
    fn take(bytes: &[u8]) -> Self {
        let (a, b) = bytes.split_at_checked(i32::SIZE).unwrap_or_default();
        (i32::take(a), i32::take(b))
    }
}

/// Tells bytes from other bytes; no protection against whoever wants to deceive.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checksum {
    lanes: [u64; 4],
    length: u64,
}

impl Checksum {
    /// Takes in bytes; all calls but the last must bring a multiple of 32.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        self.length += bytes.len() as u64;
        let (blocks, rest) = bytes.as_chunks::<32>();
        let mut last = [0; 32];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let last = if rest.is_empty() { &[][..] } else { &[last][..] };
        for block in blocks.iter().chain(last) {
            for (lane, word) in self.lanes.iter_mut().zip(block.as_chunks::<8>().0) {
                *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR).rotate_left(29);
            }
        }
    }

    pub(super) fn value(self) -> u64 {
        let mut last = Self::default();
        let words = self.lanes.into_iter().chain([self.length, 0, 0, 0]);
        last.add(&words.flat_map(u64::to_le_bytes).collect::<Vec<u8>>());
        last.lanes.into_iter().enumerate().fold(0, |sum, (n, lane)| sum ^ lane.rotate_left(n as u32 * 13))
    }

    pub(super) fn of(bytes: &[u8]) -> u64 {
        let mut sum = Self::default();
        sum.add(bytes);
        sum.value()
    }
}

/// Writes sections one after another.
pub(super) struct Saver<'w> {
    out: &'w mut dyn Write,
    table: Vec<u8>,
    block: Vec<u8>,
}

impl<'w> Saver<'w> {
    pub(super) fn new(out: &'w mut dyn Write, head: &[u8]) -> io::Result<Self> {
        out.write_all(head)?;
        Ok(Self { out, table: Vec::new(), block: Vec::with_capacity(BLOCK) })
    }

    pub(super) fn numbers<T: Number>(&mut self, numbers: &[T]) -> io::Result<()> {
        (numbers.len() * T::SIZE).put(&mut self.table);
        for part in numbers.chunks(BLOCK / T::SIZE) {
            self.block.clear();
            for number in part {
                number.put(&mut self.block);
            }
            Checksum::of(&self.block).put(&mut self.table);
            self.out.write_all(&self.block)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        let sum = Checksum::of(&self.table);
        self.table.len().put(&mut self.table);
        sum.put(&mut self.table);
        self.out.write_all(&self.table)
    }
}

/// Bytes of what follows the table.
const TAIL: usize = 16;

/// Makes a store with the same sections anew, if it can.
pub(super) type Remake = Box<dyn Fn() -> Option<Store> + Send + Sync>;

/// A file of sections.
pub(super) struct Store {
    file: File,
    sections: Vec<Place>,
    remake: Remake,
    remade: OnceLock<Option<Box<Store>>>,
    lost: AtomicBool,
}

/// Where a section stands, and the checksums of its blocks.
struct Place {
    start: u64,
    bytes: usize,
    sums: Vec<u64>,
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl Store {
    /// Opens a file whose head must be as given.
    pub(super) fn open(file: File, head: &[u8], remake: Remake) -> io::Result<Self> {
        let mut found = vec![0; head.len()];
        file.read_exact_at(&mut found, 0)?;
        let length = file.metadata()?.len();
        let read = |bytes: usize, end: u64| -> io::Result<Vec<u8>> {
            let start = end.checked_sub(bytes as u64).ok_or_else(damaged)?;
            let mut read = vec![0; bytes];
            file.read_exact_at(&mut read, start)?;
            Ok(read)
        };
        let tail = read(TAIL, length)?;
        let (bytes, sum) = tail.split_at_checked(8).ok_or_else(damaged)?;
        let bytes = Some(usize::take(bytes)).filter(|bytes| *bytes as u64 <= length);
        let table = read(bytes.ok_or_else(damaged)?, length - TAIL as u64)?;
        if found != head || Checksum::of(&table) != u64::take(sum) {
            return Err(damaged());
        }
        let mut start = head.len() as u64;
        let mut sections = Vec::new();
        let mut words = table.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
        while let Some(bytes) = words.next() {
            let blocks = bytes.div_ceil(BLOCK as u64) as usize;
            let sums: Vec<u64> = words.by_ref().take(blocks).collect();
            if sums.len() < blocks {
                return Err(damaged());
            }
            sections.push(Place { start, bytes: bytes as usize, sums });
            start = start.checked_add(bytes).ok_or_else(damaged)?;
        }
        // Every byte is accounted for.
        if start + (table.len() + TAIL) as u64 != length {
            return Err(damaged());
        }
        let (remade, lost) = (OnceLock::new(), AtomicBool::new(false));
        Ok(Self { file, sections, remake, remade, lost })
    }

    /// The sections, in the order in which they were written.
    pub(super) fn sections(self) -> impl Iterator<Item = Section> {
        let count = self.sections.len();
        let store = Arc::new(self);
        (0..count).map(move |number| Section { store: Arc::clone(&store), number })
    }

    /// Reads the numbers that begin at a whole block of a section.
    fn read<T: Number>(&self, number: usize, first: usize, into: &mut [T]) {
        if self.blocks(number, first, into).is_ok() {
            return;
        }
        match self.remade.get_or_init(|| (self.remake)().map(Box::new)) {
            Some(store) => store.read(number, first, into),
            None => self.lost.store(true, Ordering::Relaxed),
        }
    }

    fn blocks<T: Number>(&self, number: usize, first: usize, into: &mut [T]) -> io::Result<()> {
        let place = self.sections.get(number).ok_or_else(damaged)?;
        let mut block = vec![0; BLOCK];
        let from = first * T::SIZE / BLOCK;
        let parts = into.chunks_mut(BLOCK / T::SIZE).zip(place.sums.iter().skip(from));
        for ((part, sum), n) in parts.zip(from..) {
            block.resize(BLOCK.min(place.bytes.saturating_sub(n * BLOCK)), 0);
            self.file.read_exact_at(&mut block, place.start + (n * BLOCK) as u64)?;
            if Checksum::of(&block) != *sum {
                return Err(damaged());
            }
            part.iter_mut().zip(block.chunks_exact(T::SIZE)).for_each(|(to, bytes)| *to = T::take(bytes));
        }
        Ok(())
    }
}

/// A section of a store.
#[derive(Clone)]
pub(super) struct Section {
    store: Arc<Store>,
    number: usize,
}

impl Debug for Section {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "section {}", self.number)
    }
}

impl Section {
    /// How many bytes it has.
    pub(super) fn bytes(&self) -> usize {
        self.store.sections.get(self.number).map_or(0, |place| place.bytes)
    }

    /// Some numbers; as many zeros if neither the store has them nor can it be made anew. Many are
    /// read by all processors.
    pub(super) fn numbers<T: Number>(&self, range: Range<usize>) -> Vec<T> {
        /// Bytes worth a thread of their own.
        const SHARE: usize = 1 << 20;
        let in_block = BLOCK / T::SIZE;
        let first = range.start / in_block * in_block;
        let mut numbers = vec![T::default(); range.end.saturating_sub(first)];
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = numbers.len().div_ceil(cores).max(SHARE / T::SIZE).next_multiple_of(in_block);
        let parts = (first..).step_by(share).zip(numbers.chunks_mut(share));
        std::thread::scope(|scope| {
            let mut parts = parts.peekable();
            while let Some((first, part)) = parts.next() {
                let mut read = move || self.store.read(self.number, first, part);
                if parts.peek().is_some() { drop(scope.spawn(read)) } else { read() }
            }
        });
        numbers.drain(..(range.start - first).min(numbers.len()));
        numbers
    }

    /// Whether something could neither be read nor made anew.
    pub(super) fn lost(&self) -> bool {
        let mut store = &*self.store;
        while let Some(Some(remade)) = store.remade.get() {
            store = remade;
        }
        store.lost.load(Ordering::Relaxed)
    }
}
