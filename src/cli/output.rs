//! Printing: to a pipe as it is, to a terminal with nothing that acts on it; a pipe whose reader has
//! gone is no error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use crate::text::visible;

/// Fills standard output. Control characters, bidirectional overrides and zero-width characters
/// become visible marks if it is a terminal.
pub(super) fn stdout(fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    if !io::stdout().is_terminal() {
        return safe(fill);
    }
    safe(|out| {
        let mut out = Visible { out, line: Vec::new() };
        fill(&mut out)?;
        out.finish()
    })
}

/// Fills standard output with what is safe to print wherever it goes.
pub(super) fn safe(fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match fill(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::from(error).context("standard output"))
        }
        _ => Ok(()),
    }
}

/// Prints a text and says that all is well.
pub(super) fn print(text: &str) -> anyhow::Result<ExitCode> {
    stdout(|out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints lines on standard error; that nobody reads them is no error.
pub(super) fn message(text: &str) {
    for line in text.lines() {
        let _ = writeln!(io::stderr().lock(), "{}", visible(line));
    }
}

/// Passes lines on with unseen characters made visible.
struct Visible<W: Write> {
    out: W,
    /// The line begun.
    line: Vec<u8>,
}

impl<W: Write> Visible<W> {
    fn pass(&mut self, end: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line);
        self.out.write_all(visible(text.trim_end_matches('\r')).as_bytes())?;
        self.out.write_all(end)?;
        self.line.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.pass(b"")?;
        self.out.flush()
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            match part.strip_suffix(b"\n") {
                Some(rest) => {
                    self.line.extend_from_slice(rest);
                    self.pass(b"\n")?;
                }
                None => self.line.extend_from_slice(part),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_visible() {
        let mut printed = Vec::new();
        let mut out = Visible { out: &mut printed, line: Vec::new() };
        out.write_all("甲\u{1b}[2".as_bytes()).unwrap();
        out.write_all("J乙\r\n\u{202e}丙".as_bytes()).unwrap();
        out.finish().unwrap();
        assert_eq!(String::from_utf8(printed).unwrap(), "甲␛[2J乙\n<202E>丙");
    }
}
