//! Packed files: `gzip` around one, `zip` around several.
//!
//! A packed file that grows beyond all reason when it is unpacked is refused: memory stays bounded.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;

use super::{Flaw, Options, Take, is_document, stream};
use crate::text::visible;

/// How many times its packed size a file may have; text rarely goes beyond twenty.
const GROWTH: u64 = 100;
/// What a small file may always grow to, in bytes.
const SMALL: u64 = 1 << 24;

/// The name of the file in `name.gz`.
pub(super) fn inside(name: &str) -> &str {
    name.get(..name.len().saturating_sub(".gz".len())).unwrap_or(name)
}

/// The texts of a gzipped file.
pub(super) fn gunzip(
    name: &str,
    place: &str,
    file: &mut dyn BufRead,
    options: &Options,
    take: Take<'_>,
) -> io::Result<()> {
    let packed = Cell::new(0);
    let inner = flate2::bufread::MultiGzDecoder::new(Counted { inner: file, count: &packed });
    let mut unpacked = BufReader::new(Bounded { inner, packed: &packed, unpacked: 0 });
    stream(inside(name), place, &mut unpacked, options, take)
}

/// The texts of the documents in a zip file.
pub(super) fn unzip<R: Read + Seek>(file: R, options: &Options, take: Take<'_>) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file))?;
    for n in 0..archive.len() {
        let mut entry = match archive.by_index(n) {
            Ok(entry) => entry,
            Err(error) => {
                let flaw = Flaw { place: format!("#{}", n + 1), reason: error.to_string() };
                if take(Err(flaw)).is_break() {
                    return Ok(());
                }
                continue;
            }
        };
        let name = spelled(entry.name_raw());
        if !entry.is_file() || !is_document(&name) || is_hidden(&name) {
            continue;
        }
        let place = format!("#{}", visible(&name));
        let packed = Cell::new(entry.compressed_size());
        let mut broken = false;
        let mut each = |text| {
            let next: ControlFlow<()> = take(text);
            broken |= next.is_break();
            next
        };
        let mut bounded = BufReader::new(Bounded { inner: &mut entry, packed: &packed, unpacked: 0 });
        if let Err(error) = stream(&name, &place, &mut bounded, options, &mut each) {
            broken |= take(Err(Flaw { place, reason: error.to_string() })).is_break();
        }
        if broken {
            return Ok(());
        }
    }
    Ok(())
}

/// A name in UTF-8, or as Chinese archivers write it.
fn spelled(name: &[u8]) -> String {
    std::str::from_utf8(name).map_or_else(|_| encoding_rs::GB18030.decode(name).0.into_owned(), str::to_owned)
}

/// `__MACOSX/._a.txt`: what an archiver adds.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Reads until there is more than [`GROWTH`] times what is packed, then fails.
struct Bounded<'c, R> {
    inner: R,
    /// Bytes of the file as it is packed, as far as they are known.
    packed: &'c Cell<u64>,
    unpacked: u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.unpacked += count as u64;
        if self.unpacked > self.packed.get().saturating_mul(GROWTH).max(SMALL) {
            return Err(io::Error::other(format!("it grows to more than {GROWTH} times its packed size")));
        }
        Ok(count)
    }
}

/// Counts the bytes taken.
struct Counted<'c> {
    inner: &'c mut dyn BufRead,
    count: &'c Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count.set(self.count.get() + amount as u64);
        self.inner.consume(amount);
    }
}
