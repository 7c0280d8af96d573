//! Files that hold texts: a plain one, a corpus with a text a record, a Word document, a spreadsheet, a PDF, and any
//! of these packed.
//!
//! `news.jsonl.gz` → `#1`, `#2`, …; `papers.zip` → `#a.txt`, `#b.docx`, `#c.csv#1`, …
//!
//! A file's texts are handed on one by one, so that memory does not grow with their number. What is wrong
//! with one of them is handed on in its place, and the rest goes on.

mod archive;
mod docx;
#[cfg(feature = "pdf")]
mod pdf;
mod records;
mod sheet;

use std::io::{self, BufRead, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[cfg(feature = "pdf")]
pub use pdf::{COMMAND as PDF_COMMAND, serve as serve_pdf};
pub use records::{Columns, Line};

use super::Known;
use super::read::{self, Decoded, Named, ReadError};

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding that the user names; found out for each file if none.
    pub encoding: Option<Named>,
    /// Which columns of a corpus hold what.
    pub columns: Columns,
    /// This program, to be started for what may fail in any way (PDF): it answers [`PDF_COMMAND`] by [`serve_pdf`].
    /// If none, that is done in this process.
    pub program: Option<PathBuf>,
}

/// A text of a file.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Where in the file: empty for the whole of it, else `#` and the record's number or the packed file's name.
    pub place: String,
    /// The record's own identifier.
    pub id: Option<String>,
    pub decoded: Decoded,
    pub known: Known,
}

/// A text that cannot be read.
#[derive(Clone, Debug)]
pub struct Flaw {
    /// As in [`Text::place`].
    pub place: String,
    pub reason: String,
}

/// Takes each text, or what is wrong with it; may break off.
pub type Take<'a> = &'a mut dyn FnMut(Result<Text, Flaw>) -> ControlFlow<()>;

/// What sort of file a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Lines,
    Table(u8),
    Word,
    Sheet,
    Pdf,
    Zip,
    Gzip,
}

/// The endings of files that are looked for in folders and archives.
const ENDINGS: &[(&str, Form)] = &[
    ("txt", Form::Text),
    ("text", Form::Text),
    ("md", Form::Text),
    ("markdown", Form::Text),
    ("html", Form::Text),
    ("htm", Form::Text),
    ("xhtml", Form::Text),
    ("jsonl", Form::Lines),
    ("ndjson", Form::Lines),
    ("csv", Form::Table(b',')),
    ("tsv", Form::Table(b'\t')),
    ("docx", Form::Word),
    ("xlsx", Form::Sheet),
    ("xlsm", Form::Sheet),
    ("pdf", Form::Pdf),
    ("zip", Form::Zip),
    ("gz", Form::Gzip),
];

fn form(name: &str) -> Option<Form> {
    let ending = Path::new(name).extension()?.to_str()?;
    ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|&(_, form)| form)
}

/// Whether a file of this name is taken for a document where a whole folder is read.
pub fn is_document(name: &str) -> bool {
    match form(name) {
        Some(Form::Gzip) => form(archive::inside(name)).is_some(),
        form => form.is_some(),
    }
}

/// The endings, for messages.
pub fn endings() -> String {
    ENDINGS.iter().map(|(ending, _)| format!(".{ending}")).collect::<Vec<_>>().join(" ")
}

/// Reads the texts of an open file, which `name` tells the sort of; an unknown ending is read as text.
/// An error is one of reading; what is wrong with a text is handed to `take`.
pub fn texts<R: Read + Seek>(name: &str, file: R, options: &Options, take: Take<'_>) -> io::Result<()> {
    match form(name) {
        Some(Form::Zip) => archive::unzip(file, options, take),
        _ => stream(name, "", &mut io::BufReader::new(file), options, take),
    }
}

/// Reads the texts of anything but an archive of several files.
fn stream(
    name: &str,
    place: &str,
    file: &mut dyn BufRead,
    options: &Options,
    take: Take<'_>,
) -> io::Result<()> {
    match form(name).unwrap_or(Form::Text) {
        Form::Lines => records::lines(place, file, options, take),
        Form::Gzip => archive::gunzip(name, place, file, options, take),
        Form::Zip => {
            let reason = "an archive inside another file is not opened".to_owned();
            let _ = take(Err(Flaw { place: place.to_owned(), reason }));
            Ok(())
        }
        form @ (Form::Text | Form::Table(_) | Form::Word | Form::Sheet | Form::Pdf) => {
            let bytes = match whole(file)? {
                Ok(bytes) => bytes,
                Err(error) => {
                    let _ = take(Err(Flaw { place: place.to_owned(), reason: error.to_string() }));
                    return Ok(());
                }
            };
            match form {
                Form::Table(delimiter) => records::table(place, &bytes, delimiter, options, take),
                Form::Word => _ = take(made(place, docx::text(&bytes), "docx")),
                Form::Sheet => _ = take(made(place, sheet::text(&bytes), "xlsx")),
                #[cfg(feature = "pdf")]
                Form::Pdf => _ = take(made(place, pdf::text(&bytes, options.program.as_deref()), "pdf")),
                #[cfg(not(feature = "pdf"))]
                Form::Pdf => _ = take(flaw(place, "this program was built without PDF".to_owned())),
                _ => {
                    let _ = take(plain(place, read::decode(&bytes, options.encoding)));
                }
            }
            Ok(())
        }
    }
}

/// All bytes, if they are not too many.
fn whole(file: &mut dyn BufRead) -> io::Result<Result<Vec<u8>, ReadError>> {
    let mut bytes = Vec::new();
    file.take(Decoded::MOST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > Decoded::MOST { Err(ReadError::TooLarge) } else { Ok(bytes) })
}

/// A text that was made from something else.
fn made(place: &str, text: Result<String, String>, form: &'static str) -> Result<Text, Flaw> {
    text.map_or_else(|reason| flaw(place, reason), |raw| plain(place, read::decoded(raw, form)))
}

fn plain(place: &str, decoded: Result<Decoded, ReadError>) -> Result<Text, Flaw> {
    match decoded {
        Ok(decoded) => Ok(Text { place: place.to_owned(), id: None, decoded, known: Known::default() }),
        Err(error) => flaw(place, error.to_string()),
    }
}

fn flaw<T>(place: &str, reason: String) -> Result<T, Flaw> {
    Err(Flaw { place: place.to_owned(), reason })
}

/// The text at a place of a file, read again.
pub fn text_at(
    name: &str,
    file: std::fs::File,
    place: &str,
    options: &Options,
) -> io::Result<Result<Text, Flaw>> {
    let mut found = flaw(place, "there is no such text in the file any more".to_owned());
    texts(name, file, options, &mut |text| {
        let here = match &text {
            Ok(text) => &text.place,
            Err(flaw) => &flaw.place,
        };
        if here != place {
            return ControlFlow::Continue(());
        }
        found = text;
        ControlFlow::Break(())
    })?;
    Ok(found)
}
