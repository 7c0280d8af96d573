//! A dataset file → an index, by all processors.
//!
//! ```text
//! file ─► piece 0 ─► worker ─► part 0 ┐
//!      ─► piece 1 ─► worker ─► part 1 ├─► joined in the order of the file
//! ```
//!
//! Only pieces and columns are held, never all documents at once.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

use super::Index;
use super::documents::{Documents, Places};
use super::part::Part;
use crate::dataset::{self, DatasetError, Piece, Pieces};

/// What has been read of a file.
#[derive(Debug)]
pub struct Reading {
    /// The figures read so far, if there are several times as many as when that was last said.
    pub index: Option<Index>,
    /// How many bytes of the file that is.
    pub bytes: u64,
}

/// Hears what has been read, and says whether to go on.
type Tell<'t> = &'t mut dyn FnMut(Reading) -> bool;

/// How reading ended.
enum Outcome {
    Read(Box<Index>),
    /// Something is wrong with the file.
    Unsound,
    /// Nobody wanted to hear more.
    Left,
}

/// The figures read are told of again when there are so many times as many.
const GROWTH: usize = 6;

/// What one piece gave.
#[derive(Clone, Default)]
struct Done {
    part: Part,
    places: Places,
    /// Where in the file it ends.
    end: u64,
}

impl Index {
    /// Reads a dataset file in either form.
    ///
    /// # Errors
    /// Those of [`dataset::read`], with the same places.
    pub fn open(path: &Path) -> Result<Self, DatasetError> {
        Self::open_meanwhile(path, &mut |_| true)
    }

    /// The same, telling what has been read so far: soon after the beginning, then whenever the figures have become
    /// several times as many. Who answers `false` wants no more.
    pub fn open_meanwhile(path: &Path, tell: &mut dyn FnMut(Reading) -> bool) -> Result<Self, DatasetError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        match Pieces::open(path).ok().map(|pieces| load(pieces, threads, tell)) {
            Some(Outcome::Read(index)) => return Ok(*index),
            Some(Outcome::Left) => return Ok(Self::default()),
            Some(Outcome::Unsound) | None => {}
        }
        match dataset::fault(path) {
            Some(fault) => Err(fault),
            // It was no fault: two ids share a hash, or the file was still being written.
            None => dataset::read(path).map(Self::new),
        }
    }
}

/// Reads a file by so many threads.
fn load(pieces: Pieces, threads: usize, tell: Tell<'_>) -> Outcome {
    let Ok(file) = pieces.file() else { return Outcome::Unsound };
    let pieces = Mutex::new((0, pieces));
    let (sender, receiver) = sync_channel(threads);
    let mut whole = Done::default();
    let mut told = 0;
    let ended = std::thread::scope(|scope| {
        for _ in 0..threads {
            let (pieces, sender) = (&pieces, sender.clone());
            scope.spawn(move || {
                while let Some((number, piece)) = next(pieces) {
                    // Nobody listens any more if something was wrong before.
                    if sender.send((number, piece.and_then(|piece| work(&piece)))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut number = 0;
        for (at, done) in receiver {
            let Ok(done) = done else { return Some(Outcome::Unsound) };
            waiting.insert(at, done);
            while let Some(done) = waiting.remove(&number) {
                number += 1;
                whole.places.append(done.places);
                whole.part.append(done.part);
                let many = whole.part.columns.status.len() > told * GROWTH;
                let index = many.then(|| whole.so_far(&file)).flatten();
                told = index.as_ref().map_or(told, Index::len);
                if !tell(Reading { index, bytes: done.end }) {
                    return Some(Outcome::Left);
                }
            }
        }
        None
    });
    match ended {
        Some(outcome) => outcome,
        None if whole.part.ids_differ() => {
            Outcome::Read(Box::new(Index::of(whole.part, Documents::of_file(file, whole.places))))
        }
        None => Outcome::Unsound,
    }
}

impl Done {
    /// An index of what has been read.
    fn so_far(&self, file: &File) -> Option<Index> {
        let Self { part, places, .. } = self.clone();
        Some(Index::of(part, Documents::of_file(file.try_clone().ok()?, places)))
    }
}

/// Takes the next piece, with its number.
fn next(pieces: &Mutex<(usize, Pieces)>) -> Option<(usize, Result<Piece, DatasetError>)> {
    let mut pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner);
    let piece = pieces.1.next()?;
    pieces.0 += 1;
    Some((pieces.0 - 1, piece))
}

fn work(piece: &Piece) -> Result<Done, DatasetError> {
    let mut done = Done { end: piece.end(), ..Done::default() };
    for document in piece.documents() {
        let (place, document) = document?;
        done.part.add(&document);
        done.places.push(place);
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Form;
    use crate::index::tests::{content, file};
    use crate::query::{self, Field, Query, show};

    #[test]
    fn pieces_and_threads_do_not_show() {
        for form in [Form::Json, Form::Lines] {
            let (file, dataset) = file(form);
            let whole = Index::new(dataset.clone());
            for (threads, small) in [(1, false), (1, true), (2, true), (5, true)] {
                let mut pieces = Pieces::open(file.path()).unwrap();
                if small {
                    pieces.smallest();
                }
                let Outcome::Read(index) = load(pieces, threads, &mut |_| true) else { panic!("unsound") };
                assert!(content(&index) == content(&whole), "{form:?} {threads} {small}");
                for (number, document) in (0..).zip(&dataset.documents) {
                    assert_eq!(index.document(crate::index::DocumentId(number)), Some(document));
                }
            }
        }
    }

    #[test]
    fn what_is_told_meanwhile_is_the_beginning_of_all() {
        let (file, dataset) = file(Form::Lines);
        let mut pieces = Pieces::open(file.path()).unwrap();
        pieces.smallest();
        let mut told = Vec::new();
        let mut hear = |reading: Reading| {
            told.extend(reading.index);
            true
        };
        assert!(matches!(load(pieces, 2, &mut hear), Outcome::Read(_)));
        assert!(!told.is_empty());
        for index in &told {
            let documents = dataset.documents[..index.document_count()].to_vec();
            assert!(
                content(index)
                    == content(&Index::new(crate::dataset::Dataset { documents, ..dataset.clone() }))
            );
        }
        let mut pieces = Pieces::open(file.path()).unwrap();
        pieces.smallest();
        assert!(matches!(load(pieces, 2, &mut |_| false), Outcome::Left));
    }

    #[test]
    fn columns_and_documents_say_the_same() {
        let (file, _) = file(Form::Lines);
        let index = Index::open(file.path()).unwrap();
        for figure in index.figures() {
            let full = figure.full();
            assert_eq!((figure.value(), figure.value_high()), (full.value, full.value_high));
            assert_eq!(
                (figure.status(), figure.kind(), figure.bound()),
                (full.status, full.kind, full.bound)
            );
            assert_eq!((figure.indicator(), figure.subject()), (&*full.indicator, full.subject.as_deref()));
            assert_eq!((figure.unit(), figure.of()), (full.unit.as_deref(), full.of.as_deref()));
            assert_eq!((figure.period(), figure.quote()), (full.period.as_ref(), &*full.quote));
            assert_eq!(
                (figure.unit_inferred(), figure.has_parent()),
                (full.unit_inferred, full.parent.is_some())
            );
            assert_eq!(figure.name_in_dataset(), full.id);
            assert!(figure.owners().eq(&full.owners));
        }
    }

    #[test]
    fn a_fault_is_named_as_before() {
        let (file, dataset) = file(Form::Lines);
        let sound = std::fs::read_to_string(file.path()).unwrap();
        let line = |n: usize| sound.lines().nth(n).unwrap();
        let id = dataset.documents[2].figures[0].id.as_str();
        let faults = [
            sound.replacen("\"kind\":\"level\"", "\"kind\":\"much\"", 9),
            sound.replace(line(30), line(30).split_at(60).0),
            sound.replacen(&dataset.documents[7].id, &dataset.documents[2].id, 1),
            sound.replacen(&dataset.documents[7].figures[0].id, id, 1),
            sound.replacen("\"version\":1", "\"version\":9", 1),
            format!("{sound}\n\n[]"),
        ];
        for fault in faults {
            std::fs::write(file.path(), fault).unwrap();
            let expected = dataset::read(file.path()).unwrap_err().to_string();
            assert_eq!(Index::open(file.path()).unwrap_err().to_string(), expected);
        }
        let missing = Path::new("there/is/no/such.json");
        assert!(Index::open(missing).unwrap_err().to_string().starts_with("there/is/no/such.json: "));
    }

    #[test]
    fn a_file_that_changes_is_no_panic() {
        let (file, _) = file(Form::Lines);
        let index = Index::open(file.path()).unwrap();
        assert!(!index.lost());
        std::fs::write(file.path(), "").unwrap();
        for figure in index.figures() {
            for field in Field::of_figures() {
                show::text(figure, field.field, crate::model::Lang::Zh);
            }
        }
        assert!(index.lost());
        assert!(query::run(&index, &query::resolve(&Query::parse("状态:目标"), &index)).total > 0);
    }
}
