//! The cache of an index: its columns and arenas as they are in memory, so that a large dataset
//! opens the second time without being parsed.
//!
//! `figures.jsonl` → `~/.cache/zhibiao/5f0c….index`, which says of what file it was made
//!
//! The dataset stays the truth. A cache is used only if the path, size, time and samples of the
//! content of the file are those it was made of, and every checksum holds; otherwise it is as if it were not
//! there. Nothing is lost with it but time.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::apart::Apart;
use super::column::Column;
use super::columns::{Columns, DocumentColumns, Groups};
use super::documents::{Documents, Places};
use super::lines::Lines;
use super::names::Names;
use super::periods::Periods;
use super::stored::{Checksum, Number, Remake, Saver, Section, Store};
use super::texts::Texts;
use super::{Index, Latin};

/// To be raised whenever the same dataset would give other sections.
const FORM: u32 = 2;

/// How many caches are kept.
const KEPT: usize = 8;

const ENDING: &str = "index";

/// What the names of caches begin with while they are written.
const HALF: &str = ".half-";

/// The place of one dataset file in a folder of caches.
#[derive(Debug)]
pub struct Slot {
    dataset: PathBuf,
    /// The file as it was when the slot was made.
    file: File,
    cache: PathBuf,
    head: Vec<u8>,
}

impl Slot {
    /// The place of a dataset file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn new(folder: &Path, dataset: &Path) -> io::Result<Self> {
        let file = File::open(dataset)?;
        let path = std::fs::canonicalize(dataset)?;
        let head = head(&path, &file)?;
        let name = format!("{:016x}.{ENDING}", Checksum::of(path.as_os_str().as_bytes()));
        Ok(Self { dataset: dataset.to_owned(), file, cache: folder.join(name), head })
    }

    /// The index from the cache, if there is one of this form and of this file as it is now. Of the cache no more
    /// is read than is asked for; what turns out to be damaged is read from the dataset.
    pub fn load(&self) -> Option<Index> {
        let cache = File::open(&self.cache).ok()?;
        let store = Store::open(cache, &self.head, self.remake()).ok()?;
        load(store, self.file.try_clone().ok()?)
    }

    /// Makes the sections anew from the dataset, and takes the cache that lacked them away.
    fn remake(&self) -> Remake {
        let Self { dataset, cache, head, .. } = self;
        let (dataset, cache, head) = (dataset.clone(), cache.clone(), head.clone());
        Box::new(move || {
            let _ = std::fs::remove_file(&cache);
            let index = Index::open(&dataset).ok()?;
            let Documents::File { places, .. } = &index.documents else { return None };
            // The sections belong together only if the file is still the one that the others are of.
            let now = Self::new(cache.parent()?, &dataset).ok()?;
            let mut file = tempfile::tempfile().ok().filter(|_| now.head == head)?;
            save(&index, places, Saver::new(&mut file, &head).ok()?).ok()?;
            Store::open(file, &head, Box::new(|| None)).ok()
        })
    }

    /// Writes a cache, whole or not at all; not if the dataset has changed since the slot was made.
    ///
    /// # Errors
    /// The folder or file cannot be written, or `stop` became true.
    pub fn store(&self, index: &Index, stop: &AtomicBool) -> io::Result<()> {
        let Documents::File { places, .. } = &index.documents else { return Ok(()) };
        let folder = self.cache.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        // Not flushed to the disk: a cache that a crash damaged is found out by its checksums.
        let mut out = tempfile::Builder::new().prefix(HALF).tempfile_in(folder)?;
        let mut stoppable = Stoppable { out: out.as_file_mut(), stop };
        save(index, places, Saver::new(&mut stoppable, &self.head)?)?;
        let now = Self::new(folder, &self.dataset)?;
        if now.head == self.head {
            out.persist(&self.cache).map_err(|error| error.error)?;
            forget_oldest(folder)?;
        }
        Ok(())
    }
}

/// What a cache begins with: its form, and of what it was made.
fn head(path: &Path, file: &File) -> io::Result<Vec<u8>> {
    let found = file.metadata()?;
    let mut head = format!("zhibiao {} index {FORM}\n", env!("CARGO_PKG_VERSION")).into_bytes();
    head.extend(path.as_os_str().as_bytes());
    head.push(0);
    found.len().put(&mut head);
    found.mtime().put(&mut head);
    found.mtime_nsec().put(&mut head);
    samples(file, found.len())?.put(&mut head);
    // The columns hold places in memory.
    usize::BITS.put(&mut head);
    Ok(head)
}

/// A checksum of the beginning, the end and stretches between.
fn samples(file: &File, length: u64) -> io::Result<u64> {
    const STRETCHES: u64 = 16;
    const BYTES: u64 = 4096;
    let last = length.saturating_sub(BYTES);
    let mut sum = Checksum::default();
    let mut block = vec![0; BYTES.min(length) as usize];
    for n in 0..STRETCHES {
        file.read_exact_at(&mut block, last / (STRETCHES - 1) * n)?;
        sum.add(&block);
    }
    file.read_exact_at(&mut block, last)?;
    sum.add(&block);
    Ok(sum.value())
}

/// Leaves the latest caches of a folder, and nothing that was half written when its writer was killed.
fn forget_oldest(folder: &Path) -> io::Result<()> {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let mut caches = Vec::new();
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let Ok(written) = entry.metadata().and_then(|found| found.modified()) else { continue };
        if path.extension().is_some_and(|ending| ending == ENDING) {
            caches.push((written, path));
        } else if entry.file_name().as_bytes().starts_with(HALF.as_bytes())
            && written.elapsed().is_ok_and(|age| age > DAY)
        {
            std::fs::remove_file(path)?;
        }
    }
    caches.sort();
    let old = caches.len().saturating_sub(KEPT);
    caches.iter().take(old).try_for_each(|(_, path)| std::fs::remove_file(path))
}

/// Passes bytes on until told to stop.
struct Stoppable<'a> {
    out: &'a mut File,
    stop: &'a AtomicBool,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Other.into());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes every section. [`load`] takes them in the same order.
fn save(index: &Index, places: &Places, mut to: Saver<'_>) -> io::Result<()> {
    let Index { columns, names, sentences, of_sentence, quotes, ids, apart, periods, latin, .. } = index;
    to.numbers(&places.starts)?;
    to.numbers(&places.lengths)?;
    for column in [
        &columns.indicator,
        &columns.indicator_id,
        &columns.subject,
        &columns.period,
        &columns.unit,
        &columns.of,
        &columns.owners,
        &columns.section,
        &columns.trace,
        &columns.odd_quote,
        &columns.sentence,
        &columns.document,
        &columns.parent,
        &columns.units,
        &columns.documents.title,
        &columns.documents.id,
        &columns.documents.source,
        &columns.documents.url,
        &columns.documents.date,
        &columns.documents.rejected,
        &columns.documents.ends,
        &of_sentence.starts,
        &of_sentence.rows,
    ] {
        to.numbers(column)?;
    }
    for column in [&columns.status, &columns.kind, &columns.bound, &columns.scale, &columns.flags] {
        to.numbers(column)?;
    }
    to.numbers(&columns.low)?;
    to.numbers(&columns.high)?;
    to.numbers(&columns.days)?;
    to.numbers(&columns.documents.days)?;
    to.numbers(&columns.confidence)?;
    to.numbers(&columns.digits)?;
    for texts in [names.texts(), quotes, ids] {
        let (text, starts) = texts.parts();
        to.numbers(text.as_bytes())?;
        to.numbers(starts)?;
    }
    for lines in [names.lines(), sentences] {
        to.numbers(lines.bytes())?;
        to.numbers(lines.starts())?;
    }
    to.numbers(&apart.rows)?;
    to.numbers(&apart.values)?;
    let (names, periods): (Vec<u32>, Vec<&str>) =
        periods.sorted().into_iter().map(|(name, period)| (name, period.as_str())).unzip();
    to.numbers(&names)?;
    to.numbers(periods.join("\n").as_bytes())?;
    let mut latin: Vec<&str> = latin.words().iter().map(AsRef::as_ref).collect();
    latin.sort_unstable();
    to.numbers(latin.join("\n").as_bytes())?;
    to.finish()
}

/// Takes the sections of a store one after another; `None` if there are too few.
struct Sections<I>(I);

impl<I: Iterator<Item = Section>> Sections<I> {
    fn numbers<T: Number>(&mut self) -> Option<Column<T>> {
        self.0.next().map(Column::stored)
    }

    fn texts(&mut self) -> Option<Texts> {
        let arena = self.0.next()?;
        Some(Texts::stored(arena, self.numbers()?))
    }

    fn lines(&mut self) -> Option<Lines> {
        Some(Lines::stored(self.numbers()?, self.numbers()?))
    }
}

fn load(store: Store, dataset: File) -> Option<Index> {
    let mut from = Sections(store.sections());
    // The fields are taken in the order in which they are written here.
    let places = Places { starts: from.numbers()?, lengths: from.numbers()? };
    let mut columns = Columns {
        indicator: from.numbers()?,
        indicator_id: from.numbers()?,
        subject: from.numbers()?,
        period: from.numbers()?,
        unit: from.numbers()?,
        of: from.numbers()?,
        owners: from.numbers()?,
        section: from.numbers()?,
        trace: from.numbers()?,
        odd_quote: from.numbers()?,
        sentence: from.numbers()?,
        document: from.numbers()?,
        parent: from.numbers()?,
        units: from.numbers()?,
        documents: DocumentColumns {
            title: from.numbers()?,
            id: from.numbers()?,
            source: from.numbers()?,
            url: from.numbers()?,
            date: from.numbers()?,
            rejected: from.numbers()?,
            ends: from.numbers()?,
            days: Column::default(),
        },
        ..Columns::default()
    };
    let of_sentence = Groups { starts: from.numbers()?, rows: from.numbers()? };
    columns.status = from.numbers()?;
    columns.kind = from.numbers()?;
    columns.bound = from.numbers()?;
    columns.scale = from.numbers()?;
    columns.flags = from.numbers()?;
    columns.low = from.numbers()?;
    columns.high = from.numbers()?;
    columns.days = from.numbers()?;
    columns.documents.days = from.numbers()?;
    columns.confidence = from.numbers()?;
    columns.digits = from.numbers()?;
    let (texts, quotes, ids) = (from.texts()?, from.texts()?, from.texts()?);
    let names = Names::stored(texts, from.lines()?);
    let sentences = from.lines()?;
    let apart = Apart { rows: from.numbers()?, values: from.numbers()? };
    let periods = Periods::stored(from.numbers()?, from.numbers()?);
    let latin = Latin { lines: from.numbers()?, ..Latin::default() };
    let documents = Documents::of_file(dataset, places);
    let stamp = Index::new_stamp();
    Some(Index {
        documents,
        columns,
        names,
        sentences,
        of_sentence,
        quotes,
        ids,
        apart,
        periods,
        latin,
        stamp,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Form;
    use crate::index::tests::{content, file};
    use crate::index::{DocumentId, sample};
    use crate::query::{self, Query};

    static GO_ON: AtomicBool = AtomicBool::new(false);

    #[test]
    fn what_was_kept_comes_back() {
        let (file, dataset) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        assert!(slot.load().is_none());
        let index = Index::open(file.path()).unwrap();
        slot.store(&index, &GO_ON).unwrap();
        let again = Slot::new(folder.path(), file.path()).unwrap().load().unwrap();
        assert!(content(&again) == content(&index));
        assert!(!index.apart.rows.is_empty() && !index.latin.words().is_empty());
        for (number, document) in (0..).zip(&dataset.documents) {
            assert_eq!(again.document(DocumentId(number)), Some(document));
        }
    }

    #[test]
    fn one_search_of_what_was_kept_finds_the_same_and_keeps_no_sentences() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        let index = Index::open(file.path()).unwrap();
        slot.store(&index, &GO_ON).unwrap();
        for text in [
            "工业",
            "gy",
            "状态:目标",
            "置信:<0.95",
            "时期:2021",
            "指标:5g",
            "工业 排序:-数值 前:9",
            "排序:指标",
        ] {
            let again = slot.load().unwrap();
            let hits = |index| query::run(index, &query::resolve(&Query::parse(text), index));
            assert_eq!(hits(&again), hits(&index), "{text}");
            assert!(hits(&index).total > 0, "{text}");
            assert!(again.sentences.unread(0..1).is_some(), "{text}");
        }
    }

    #[test]
    fn a_damaged_cache_is_none() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        let index = Index::open(file.path()).unwrap();
        slot.store(&index, &GO_ON).unwrap();
        let sound = std::fs::read(&slot.cache).unwrap();
        let expected = content(&index);
        // Either no cache, or one that gives what the dataset gives.
        let loads = |bytes: &[u8]| {
            std::fs::write(&slot.cache, bytes).unwrap();
            let index = slot.load()?;
            assert!(content(&index) == expected && !index.lost());
            Some(slot.cache.exists())
        };
        let mut damaged = sound.clone();
        for at in (0..sound.len()).step_by(sound.len() / 40).chain(sound.len() - 8..sound.len()) {
            damaged[at] ^= 16;
            // Found out at once, or by who reads that block, and then taken away.
            assert!(loads(&damaged).is_none_or(|left| !left), "byte {at} changed");
            damaged[at] = sound[at];
        }
        for length in (0..sound.len()).step_by(sound.len() / 60).chain(sound.len() - 40..sound.len()) {
            assert!(loads(&sound[..length]).is_none(), "cut off at {length}");
        }
        for other in [&[&sound[..], b"\0"].concat()[..], b"{}", &[0; 1000]] {
            assert!(loads(other).is_none());
        }
        assert_eq!(loads(&sound), Some(true));
    }

    #[test]
    fn a_cache_of_another_version_is_none() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        slot.store(&Index::open(file.path()).unwrap(), &GO_ON).unwrap();
        let sound = std::fs::read(&slot.cache).unwrap();
        let first = format!("zhibiao {} index {FORM}\n", env!("CARGO_PKG_VERSION"));
        for other in [first.replace(&format!(" {FORM}\n"), " 1\n"), first.replace("zhibiao 0", "zhibiao 9")] {
            assert_eq!(other.len(), first.len());
            std::fs::write(&slot.cache, [other.as_bytes(), &sound[first.len()..]].concat()).unwrap();
            assert!(slot.load().is_none(), "{other}");
        }
    }

    #[test]
    fn a_dataset_that_is_gone_too_is_said() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        slot.store(&Index::open(file.path()).unwrap(), &GO_ON).unwrap();
        let mut damaged = std::fs::read(&slot.cache).unwrap();
        damaged[slot.head.len()] ^= 1;
        std::fs::write(&slot.cache, damaged).unwrap();
        let index = slot.load().unwrap();
        std::fs::write(file.path(), "{}").unwrap();
        assert!(!index.lost() && index.document(DocumentId(0)).is_none() && index.lost());
    }

    #[test]
    fn another_file_has_another_cache() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open(file.path()).unwrap();
        let before = Slot::new(folder.path(), file.path()).unwrap();
        before.store(&index, &GO_ON).unwrap();
        let found = || Slot::new(folder.path(), file.path()).unwrap().load().is_some();
        let time = file.as_file().metadata().unwrap().modified().unwrap();
        assert!(found());
        // Of the same size and time, but with another letter near its end.
        let mut text = std::fs::read(file.path()).unwrap();
        let last = text.len() - 3;
        text[last] ^= 1;
        std::fs::write(file.path(), text).unwrap();
        file.as_file().set_modified(time).unwrap();
        assert!(!found());
        // What is read no longer is what was there when the slot was made.
        std::fs::remove_file(&before.cache).unwrap();
        before.store(&index, &GO_ON).unwrap();
        assert!(before.load().is_none() && !found());
    }

    #[test]
    fn who_stops_leaves_nothing_behind() {
        let (file, _) = file(Form::Lines);
        let folder = tempfile::tempdir().unwrap();
        let slot = Slot::new(folder.path(), file.path()).unwrap();
        let index = Index::open(file.path()).unwrap();
        assert!(slot.store(&index, &AtomicBool::new(true)).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_form_is_the_one_its_number_stands_for() {
        let index = sample::index("# 甲\n长春市;5G基站;≥1.50~3座;2021;target;“專精”基站[1.50-3座]");
        let places = Places { starts: vec![3].into(), lengths: vec![9].into() };
        let mut out = Vec::new();
        save(&index, &places, Saver::new(&mut out, b"").unwrap()).unwrap();
        assert_eq!(
            (FORM, Checksum::of(&out)),
            (2, 1_504_773_249_052_178_083),
            "raise FORM and put the new checksum here"
        );
    }
}
