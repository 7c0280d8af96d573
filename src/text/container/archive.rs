//! Packed files: `gzip` around one, `zip` around several.
//!
//! A packed file that grows beyond all reason when it is unpacked is refused: memory stays bounded.

use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;

use super::{Flaw, Options, Take, is_document, stream};
use crate::text::visible;

/// How many times its packed size a file may have; text rarely goes beyond twenty.
const GROWTH: u64 = 200;
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
    let mut unpacked = BufReader::new(flate2::bufread::MultiGzDecoder::new(file));
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
        let most = entry.compressed_size().saturating_mul(GROWTH).max(SMALL);
        let mut broken = false;
        let mut each = |text| {
            let next: ControlFlow<()> = take(text);
            broken |= next.is_break();
            next
        };
        let mut bounded = BufReader::new(Bounded { inner: &mut entry, left: most });
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

/// Reads at most so many bytes, then fails.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other(format!("it grows to more than {GROWTH} times its packed size"))
        })?;
        Ok(count)
    }
}
