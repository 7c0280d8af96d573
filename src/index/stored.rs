//! Columns of numbers and texts in a file, each a section with its length and checksum.
//!
//! ```text
//! head │ section 0 │ section 1 │ … │ (bytes, checksum) of each section │ their number, checksum of the table
//! ```
//!
//! Sections are read with plain reads into memory of one's own. A mapped file would save the copying,
//! but whoever cut it short would kill the program that has it mapped, and no safe interface can
//! rule that out.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;

/// Bytes converted at a time: small enough to stay near the processor.
const BLOCK: usize = 1 << 16;

/// What a column can hold.
pub(super) trait Number: Copy {
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

number!(u8, u16, u32, u64, i32, i64, f64);

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
        let mut sum = Checksum::default();
        for part in numbers.chunks(BLOCK / T::SIZE) {
            self.block.clear();
            for number in part {
                number.put(&mut self.block);
            }
            sum.add(&self.block);
            self.out.write_all(&self.block)?;
        }
        self.entry(numbers.len() * T::SIZE, sum.value());
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.entry(text.len(), Checksum::of(text.as_bytes()));
        Ok(())
    }

    fn entry(&mut self, bytes: usize, sum: u64) {
        bytes.put(&mut self.table);
        sum.put(&mut self.table);
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        let sum = Checksum::of(&self.table);
        (self.table.len() / ENTRY).put(&mut self.table);
        sum.put(&mut self.table);
        self.out.write_all(&self.table)
    }
}

/// Bytes of an entry of the table, and of what follows the table.
const ENTRY: usize = 16;

/// Reads sections in the order in which they were written.
pub(super) struct Loader {
    file: File,
    /// Where each section begins, its bytes and checksum; the next one last.
    sections: Vec<(u64, usize, u64)>,
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl Loader {
    /// Opens a file whose head must be as given.
    pub(super) fn new(file: File, head: &[u8]) -> io::Result<Self> {
        let mut found = vec![0; head.len()];
        file.read_exact_at(&mut found, 0)?;
        let length = file.metadata()?.len();
        let read = |bytes: usize, end: u64| -> io::Result<Vec<u8>> {
            let start = end.checked_sub(bytes as u64).ok_or_else(damaged)?;
            let mut read = vec![0; bytes];
            file.read_exact_at(&mut read, start)?;
            Ok(read)
        };
        let tail = read(ENTRY, length)?;
        let (count, sum) = tail.split_at_checked(8).ok_or_else(damaged)?;
        let bytes = usize::take(count).checked_mul(ENTRY).filter(|bytes| *bytes as u64 <= length);
        let table = read(bytes.ok_or_else(damaged)?, length - ENTRY as u64)?;
        if found != head || Checksum::of(&table) != u64::take(sum) {
            return Err(damaged());
        }
        let mut start = head.len() as u64;
        let mut sections = Vec::new();
        for entry in table.as_chunks::<8>().0.as_chunks::<2>().0 {
            let [bytes, sum] = entry.map(u64::from_le_bytes);
            sections.push((start, bytes as usize, sum));
            start = start.checked_add(bytes).ok_or_else(damaged)?;
        }
        // Every byte is accounted for.
        if start + (table.len() + ENTRY) as u64 != length {
            return Err(damaged());
        }
        sections.reverse();
        Ok(Self { file, sections })
    }

    pub(super) fn numbers<T: Number>(&mut self) -> io::Result<Vec<T>> {
        let (start, bytes, sum) = self.sections.pop().ok_or_else(damaged)?;
        let mut numbers = Vec::with_capacity(bytes / T::SIZE);
        let mut found = Checksum::default();
        let mut block = vec![0; BLOCK.min(bytes)];
        let mut at = 0;
        while at < bytes {
            block.truncate(bytes - at);
            self.file.read_exact_at(&mut block, start + at as u64)?;
            found.add(&block);
            numbers.extend(block.chunks_exact(T::SIZE).map(T::take));
            at += block.len();
        }
        if found.value() == sum { Ok(numbers) } else { Err(damaged()) }
    }

    pub(super) fn text(&mut self) -> io::Result<String> {
        let (start, bytes, sum) = self.sections.pop().ok_or_else(damaged)?;
        let mut text = vec![0; bytes];
        self.file.read_exact_at(&mut text, start)?;
        if Checksum::of(&text) != sum {
            return Err(damaged());
        }
        String::from_utf8(text).map_err(|_| damaged())
    }
}
