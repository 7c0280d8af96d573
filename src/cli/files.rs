//! Paths of the command line → the documents to read, each with its id.
//!
//! `docs/a/x.txt docs/b/x.txt` → ids `a/x.txt` and `b/x.txt`

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::text::container::{self, Options, Text};
use crate::text::read::Decoded;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    pub(super) path: PathBuf,
    /// Unique among the inputs: the file's name, or as much of its path as it takes.
    pub(super) id: String,
}

/// A path that gives no document, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) path: PathBuf,
    pub(super) reason: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

/// A file found: its path, and the part of it below the folder that was named.
struct Found {
    path: PathBuf,
    below: PathBuf,
}

/// Lists the named files, and the documents in the named folders; each file once.
pub(super) fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Trouble>) {
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    for path in paths {
        let before = (found.len(), troubles.len());
        match std::fs::metadata(path) {
            Err(error) => troubles.push(trouble(path, &error)),
            Ok(kind) if kind.is_dir() => {
                folder(path, path, &mut found, &mut troubles);
                if (found.len(), troubles.len()) == before {
                    let reason = format!("no document in it ({})", container::endings());
                    troubles.push(Trouble { path: path.clone(), reason });
                }
            }
            Ok(_) => found.push(Found { path: path.clone(), below: name(path) }),
        }
    }
    let mut seen = HashSet::new();
    found.retain(|file| seen.insert(std::fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone())));
    (identified(&found), troubles)
}

fn trouble(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble { path: path.to_path_buf(), reason: error.to_string() }
}

fn name(path: &Path) -> PathBuf {
    path.file_name().map_or_else(|| path.to_path_buf(), PathBuf::from)
}

/// The documents in a folder and its folders, sorted by path; what is hidden is left alone, and so
/// are folders behind symbolic links, which may lead in circles.
fn folder(root: &Path, folder_path: &Path, found: &mut Vec<Found>, troubles: &mut Vec<Trouble>) {
    let entries = match std::fs::read_dir(folder_path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
    {
        Ok(entries) => entries,
        Err(error) => return troubles.push(trouble(folder_path, &error)),
    };
    let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        match std::fs::symlink_metadata(&path) {
            Ok(kind) if kind.is_dir() => folder(root, &path, found, troubles),
            Ok(_) if is_document(&path) && !path.is_dir() => {
                let below = path.strip_prefix(root).map_or_else(|_| name(&path), Path::to_path_buf);
                found.push(Found { path, below });
            }
            Ok(_) => {}
            Err(error) => troubles.push(trouble(&path, &error)),
        }
    }
}

fn is_document(path: &Path) -> bool {
    path.file_name().is_some_and(|name| container::is_document(&name.to_string_lossy()))
}

/// Opens a file that is one: a pipe would be waited for, a device never ends.
pub(super) fn open(path: &Path) -> Result<File, String> {
    let kind = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if !kind.is_file() {
        return Err("not a regular file".to_owned());
    }
    File::open(path).map_err(|error| error.to_string())
}

/// How files are read where nothing else is said: what may fail in any way is left to a process of its own.
pub(super) fn options() -> Options {
    Options { program: std::env::current_exe().ok(), ..Options::default() }
}

/// A text with the name it has in the dataset.
#[derive(Default)]
pub(super) struct Item {
    /// The text's place: unique, but the text may have an identifier of its own.
    pub(super) id: String,
    /// The file, and the place in it if it holds several texts.
    pub(super) path: String,
    pub(super) text: Text,
}

/// Reads the texts of an open input; what is wrong with one, or with the file, is handed on as well.
pub(super) fn items<R: Read + Seek>(
    input: &Input,
    file: R,
    options: &Options,
    take: &mut dyn FnMut(Result<Item, Trouble>) -> ControlFlow<()>,
) {
    let name = input.path.to_string_lossy();
    let path = |place: &str| format!("{name}{place}");
    let read = container::texts(&name, file, options, &mut |text| {
        take(match text {
            Ok(text) => Ok(Item { id: format!("{}{}", input.id, text.place), path: path(&text.place), text }),
            Err(flaw) => Err(Trouble { path: path(&flaw.place).into(), reason: flaw.reason }),
        })
    });
    if let Err(error) = read {
        let _ = take(Err(trouble(&input.path, &error)));
    }
}

/// Reads a document's characters again: `news.txt`, `corpus.jsonl#17`, `papers.zip#a.docx`.
pub(super) fn read_again(path: &str, encoding: &str) -> Result<Decoded, String> {
    let whole = Path::new(path);
    let (file, place) = match path
        .match_indices('#')
        .find(|(at, _)| !whole.exists() && path.get(..*at).is_some_and(|file| Path::new(file).is_file()))
    {
        Some((at, _)) => path.split_at(at),
        None => (path, ""),
    };
    let options = Options { encoding: encoding.parse().ok(), ..options() };
    let found = container::text_at(file, open(Path::new(file))?, place, &options);
    let text = found.map_err(|error| error.to_string())?.map_err(|flaw| flaw.reason)?;
    Ok(text.decoded)
}

/// Gives each file its name, or its path below the named folder, or its whole path: the first that
/// no other file has.
fn identified(found: &[Found]) -> Vec<Input> {
    let spelled = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let levels: [Vec<String>; 3] = [
        found.iter().map(|file| spelled(&name(&file.path))).collect(),
        found.iter().map(|file| spelled(&file.below)).collect(),
        found.iter().map(|file| spelled(&file.path)).collect(),
    ];
    let uses = levels.each_ref().map(|level| {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for id in level {
            *uses.entry(id).or_default() += 1;
        }
        uses
    });
    let mut taken: HashSet<String> = HashSet::new();
    let mut inputs = Vec::with_capacity(found.len());
    for (n, file) in found.iter().enumerate() {
        let spellings = levels.iter().zip(&uses).filter_map(|(level, uses)| Some((level.get(n)?, uses)));
        let mut free =
            spellings.filter(|(id, uses)| uses.get(id.as_str()) == Some(&1) && !taken.contains(*id));
        // Two paths may be written alike, as far as text can show: then the file's number tells them apart.
        let id = free.next().map_or_else(|| format!("{}#{n}", spelled(&file.path)), |(id, _)| id.clone());
        taken.insert(id.clone());
        inputs.push(Input { path: file.path.clone(), id });
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[(&str, &str)]) -> Vec<String> {
        let found: Vec<Found> =
            paths.iter().map(|(path, below)| Found { path: path.into(), below: below.into() }).collect();
        identified(&found).into_iter().map(|input| input.id).collect()
    }

    #[test]
    fn ids_are_as_short_as_can_be() {
        assert_eq!(ids(&[("d/a.txt", "a.txt"), ("d/b.txt", "b.txt")]), ["a.txt", "b.txt"]);
        assert_eq!(
            ids(&[("d/x/a.txt", "x/a.txt"), ("d/y/a.txt", "y/a.txt"), ("d/b.txt", "b.txt")]),
            ["x/a.txt", "y/a.txt", "b.txt"]
        );
        assert_eq!(ids(&[("d/x/a.txt", "x/a.txt"), ("e/x/a.txt", "x/a.txt")]), ["d/x/a.txt", "e/x/a.txt"]);
        assert_eq!(ids(&[("a.txt", "a.txt"), ("d/a.txt", "a.txt")]), ["a.txt", "d/a.txt"]);
    }
}
