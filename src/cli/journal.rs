//! What a run of `extract` has finished, kept beside the dataset, so that a stopped run goes on where it was
//! and a later one reads only what changed.
//!
//! ```text
//! 6f1d… H {"generator":"zhibiao 0.1.0","program":…,"options":…}
//! 09ab… F {"path":"news.jsonl","size":81253,"modified":…,"sha256":"…"}   a file is begun, or gone on with
//! c3e4… T {"own":"k1","place":"#1","doubt":null}⇥{"id":"k1",…}          one of its texts, extracted
//! 77d0… P {"path":"news.jsonl#2","reason":"no JSON object"}             one that cannot be read
//! 51c2… E                                                               the file is finished
//! ```
//!
//! Each line opens with a checksum, so that a line half written, or garbled by a crash, ends what is trusted.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files::{Input, Trouble};
use crate::dataset::{self, GENERATOR, replace_file};
use crate::model::Document;

/// What tells whether a file is still the one that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    path: String,
    pub(super) size: u64,
    /// Seconds and nanoseconds of the last change.
    modified: (i64, i64),
    sha256: String,
}

/// A text of a file, as it was left.
pub(super) enum Event {
    Text {
        /// Its own identifier in a corpus.
        own: Option<String>,
        /// Where it stands in the file.
        place: String,
        doubt: Option<Trouble>,
        document: Box<Document>,
    },
    Problem(Trouble),
}

/// What an earlier run has made of a file.
pub(super) struct Known {
    /// The file as it was, or as it is now if it is new.
    pub(super) stamp: Stamp,
    /// Whether nothing of it is left to be read.
    pub(super) finished: bool,
    /// Where the journal tells of each text done.
    pub(super) ranges: Vec<Range<u64>>,
}

/// What stands before a document in its line.
#[derive(Serialize, Deserialize)]
struct Head {
    own: Option<String>,
    place: String,
    doubt: Option<Flaw>,
}

#[derive(Serialize, Deserialize)]
struct Flaw {
    path: String,
    reason: String,
}

/// What is known of a file.
#[derive(Debug, Default)]
struct Entry {
    stamp: Option<Stamp>,
    /// Where its lines stand in the journal.
    ranges: Vec<Range<u64>>,
    finished: bool,
    /// Whether this run reads the file, too.
    used: bool,
}

/// The journal of a dataset; only one run at a time has it.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    head: String,
    end: u64,
    entries: HashMap<String, Entry>,
    /// The file that lines are written of.
    current: String,
}

impl Stamp {
    /// The stamp of an input as it is now.
    pub(super) fn of(input: &Input) -> io::Result<Self> {
        let mut file = File::open(&input.path)?;
        let found = file.metadata()?;
        let mut digest = Sha256::new();
        let mut block = vec![0; 1 << 16];
        loop {
            match file.read(&mut block)? {
                0 => break,
                n => digest.update(block.get(..n).unwrap_or_default()),
            }
        }
        let sha256 = hexadecimal(&digest.finalize());
        let path = input.path.to_string_lossy().into_owned();
        Ok(Self { path, size: found.len(), modified: (found.mtime(), found.mtime_nsec()), sha256 })
    }

    fn same_content(&self, other: &Self) -> bool {
        (self.size, &self.sha256) == (other.size, &other.sha256)
    }

    /// Whether a file has, by its size and times, not changed since.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let same = |found: std::fs::Metadata| {
            (found.len(), (found.mtime(), found.mtime_nsec())) == (self.size, self.modified)
        };
        std::fs::metadata(path).is_ok_and(same)
    }
}

impl Journal {
    /// The place of a dataset's journal; what is no regular file has none.
    fn beside(output: &Path) -> Option<PathBuf> {
        if std::fs::metadata(output).is_ok_and(|found| !found.is_file()) {
            return None;
        }
        let mut name = output.file_name()?.to_owned();
        name.push(".journal");
        Some(output.with_file_name(name))
    }

    /// Opens the journal of a dataset. What it holds is used if `resume` and if it was written by this program
    /// with the same options; else it is begun anew.
    ///
    /// # Errors
    /// It cannot be written, or another run has it.
    pub(super) fn open(output: &Path, options: &str, resume: bool) -> io::Result<Option<Self>> {
        let Some(path) = Self::beside(output) else { return Ok(None) };
        let file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        if file.try_lock().is_err() {
            return Err(io::Error::other("another run is writing this dataset"));
        }
        let head = head(options)?;
        let mut journal = Self { path, file, head, end: 0, entries: HashMap::new(), current: String::new() };
        if resume {
            journal.end = journal.scan()?;
        }
        // What is not trusted is written over.
        journal.file.set_len(journal.end)?;
        if journal.end == 0 {
            let head = line('H', &journal.head);
            journal.append(&head)?;
        }
        Ok(Some(journal))
    }

    /// Finds the files in the journal and returns where what can be trusted ends.
    fn scan(&mut self) -> io::Result<u64> {
        let mut reader = BufReader::with_capacity(1 << 20, self.file.try_clone()?);
        reader.rewind()?;
        let mut bytes = Vec::new();
        let mut end = 0;
        let mut current = String::new();
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)? as u64;
            let Some((kind, text)) = opened(&bytes) else { return Ok(end) };
            let sound = match kind {
                'H' => end == 0 && text == self.head,
                'F' => self.begin_again(text).is_some_and(|path| {
                    current = path;
                    true
                }),
                _ => self.entries.get_mut(&current).is_some_and(|entry| {
                    entry.note(kind, end..end + length);
                    true
                }),
            };
            if !sound || (end == 0 && kind != 'H') {
                return Ok(end);
            }
            end += length;
        }
    }

    /// A file whose lines follow: gone on with if its content is the same, else as if it were new.
    fn begin_again(&mut self, text: &str) -> Option<String> {
        let stamp: Stamp = serde_json::from_str(text).ok()?;
        let path = stamp.path.clone();
        let entry = self.entries.entry(path.clone()).or_default();
        if entry.finished || !entry.stamp.as_ref().is_some_and(|own| own.same_content(&stamp)) {
            *entry = Entry::default();
        }
        entry.stamp = Some(stamp);
        Some(path)
    }

    /// What is known of a file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn known(&mut self, input: &Input) -> io::Result<Known> {
        let path = input.path.to_string_lossy().into_owned();
        let entry = self.entries.entry(path).or_default();
        entry.used = true;
        let known =
            |stamp, entry: &Entry| Known { stamp, finished: entry.finished, ranges: entry.ranges.clone() };
        if let Some(stamp) = entry.stamp.clone().filter(|stamp| entry.finished && stamp.holds(&input.path)) {
            return Ok(known(stamp, entry));
        }
        let stamp = Stamp::of(input)?;
        if entry.stamp.as_ref().is_some_and(|own| own.same_content(&stamp)) {
            return Ok(known(stamp, entry));
        }
        Ok(Known { stamp, finished: false, ranges: Vec::new() })
    }

    /// What became of a text, from one of the places of [`Journal::known`].
    pub(super) fn event(&self, range: &Range<u64>) -> io::Result<Event> {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        self.file.read_exact_at(&mut bytes, range.start)?;
        let event = opened(&bytes).and_then(|(kind, text)| event(kind, text));
        event.ok_or_else(|| io::Error::other("the journal was changed"))
    }

    /// What is written next is of this file.
    pub(super) fn begin(&mut self, stamp: &Stamp) -> io::Result<()> {
        let json = serde_json::to_string(stamp)?;
        self.append(&line('F', &json))?;
        self.current = self.begin_again(&json).unwrap_or_default();
        if let Some(entry) = self.entries.get_mut(&self.current) {
            entry.used = true;
        }
        Ok(())
    }

    /// Notes what became of a text.
    pub(super) fn note(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Problem(trouble) => self.line('P', |out| Ok(serde_json::to_writer(out, &flaw(trouble))?)),
            Event::Text { own, place, doubt, document } => {
                let head = Head { own: own.clone(), place: place.clone(), doubt: doubt.as_ref().map(flaw) };
                self.line('T', |out| {
                    serde_json::to_writer(&mut *out, &head)?;
                    out.write_all(b"\t")?;
                    dataset::write_line(document, out)
                })
            }
        }
    }

    /// Notes that all of the current file is done.
    pub(super) fn finished(&mut self) -> io::Result<()> {
        self.line('E', |_| Ok(()))
    }

    /// Adds a line of this kind, whose text is written as it is made. Its checksum comes last: without it the
    /// line is none.
    fn line(&mut self, kind: char, text: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let start = self.end;
        self.file.seek(SeekFrom::Start(start))?;
        self.file.write_all(&[b' '; SUM + 1])?;
        let summed = Summed { out: &self.file, digest: Sha256::new(), count: 0 };
        let mut out = BufWriter::with_capacity(1 << 16, summed);
        write!(out, "{kind} ")?;
        text(&mut out)?;
        let Summed { digest, count, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        (&self.file).write_all(b"\n")?;
        self.file.write_all_at(shortened(&digest.finalize()).as_bytes(), start)?;
        self.end = start + (SUM + 1) as u64 + count + 1;
        let range = start..self.end;
        if let Some(entry) = self.entries.get_mut(&self.current) {
            entry.note(kind, range);
        }
        Ok(())
    }

    fn append(&mut self, line: &[u8]) -> io::Result<Range<u64>> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(line)?;
        let start = self.end;
        self.end += line.len() as u64;
        Ok(start..self.end)
    }

    /// Takes the journal away.
    pub(super) fn remove(self) {
        let _ = std::fs::remove_file(&self.path);
    }

    /// Leaves the journal for the next run, without what no run will want again.
    pub(super) fn keep(self) -> io::Result<()> {
        let used = || self.entries.values().filter(|entry| entry.used);
        let wanted: u64 = used().flat_map(|entry| &entry.ranges).map(|range| range.end - range.start).sum();
        if self.end / 2 <= wanted + self.head.len() as u64 + (1 << 12) {
            return Ok(());
        }
        replace_file(&self.path, |out| {
            out.write_all(&line('H', &self.head))?;
            for entry in used() {
                out.write_all(&line('F', &serde_json::to_string(&entry.stamp)?))?;
                for range in &entry.ranges {
                    let mut bytes = vec![0; (range.end - range.start) as usize];
                    self.file.read_exact_at(&mut bytes, range.start)?;
                    out.write_all(&bytes)?;
                }
                if entry.finished {
                    out.write_all(&line('E', ""))?;
                }
            }
            Ok(())
        })
    }
}

impl Entry {
    fn note(&mut self, kind: char, range: Range<u64>) {
        if kind == 'E' {
            self.finished = true;
        } else {
            self.ranges.push(range);
        }
    }
}

fn event(kind: char, text: &str) -> Option<Event> {
    let trouble = |flaw: Flaw| Trouble { path: flaw.path.into(), reason: flaw.reason };
    match kind {
        'P' => Some(Event::Problem(trouble(serde_json::from_str(text).ok()?))),
        'T' => {
            // JSON holds no tab.
            let (head, document) = text.split_once('\t')?;
            let Head { own, place, doubt } = serde_json::from_str(head).ok()?;
            let document = Box::new(dataset::from_line(document).ok()?);
            Some(Event::Text { own, place, doubt: doubt.map(trouble), document })
        }
        _ => None,
    }
}

fn flaw(trouble: &Trouble) -> Flaw {
    Flaw { path: trouble.path.to_string_lossy().into_owned(), reason: trouble.reason.clone() }
}

/// What must be the same for a journal to be of use: this very program, and how it reads.
fn head(options: &str) -> io::Result<String> {
    // Two builds of one version may extract otherwise.
    let program = std::env::current_exe().and_then(std::fs::metadata).ok();
    let program = program.map(|found| (found.len(), found.mtime(), found.mtime_nsec()));
    Ok(serde_json::to_string(&(GENERATOR, program, options))?)
}

/// `checksum kind text`
fn line(kind: char, text: &str) -> Vec<u8> {
    let body = format!("{kind} {text}");
    format!("{} {body}\n", checksum(&body)).into_bytes()
}

/// The kind and text of a line, if it is whole.
fn opened(line: &[u8]) -> Option<(char, &str)> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (sum, body) = line.split_once(' ')?;
    let (kind, text) = body.split_once(' ')?;
    (sum == checksum(body)).then_some((kind.chars().next()?, text))
}

fn checksum(text: &str) -> String {
    shortened(&Sha256::digest(text.as_bytes()))
}

/// Characters of a checksum.
const SUM: usize = 16;

fn shortened(digest: &[u8]) -> String {
    hexadecimal(digest.get(..SUM / 2).unwrap_or_default())
}

/// Passes on what is written, and sums it up.
struct Summed<W> {
    out: W,
    digest: Sha256,
    count: u64,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
