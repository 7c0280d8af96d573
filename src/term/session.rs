//! The terminal while it is borrowed: switched over, and given back exactly as it was.
//!
//! It is given back once, by whoever comes first: the session's end, a panic, a signal.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::{Mutex, Once, PoisonError};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// Alternate screen, hidden cursor, bracketed paste.
const ON: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// An unfinished frame ended, then the reverse of the above.
const OFF: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// What is needed to give the terminal back; `None` while it is not borrowed.
static BORROWED: Mutex<Option<Termios>> = Mutex::new(None);

/// Whether a screen can be drawn: both ends are terminals, and not dumb ones.
pub fn usable(term: Option<&str>) -> bool {
    term != Some("dumb")
        && rustix::termios::isatty(rustix::stdio::stdin())
        && rustix::termios::isatty(rustix::stdio::stdout())
}

/// The borrowed terminal.
#[derive(Debug)]
pub(super) struct Session {
    out: File,
}

impl Session {
    /// Borrows the terminal. What it takes to switch it over is returned, to be written together
    /// with the first frame.
    pub(super) fn borrow() -> io::Result<(Self, &'static [u8])> {
        restore_on_panic();
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        raw()?;
        Ok((Self { out }, ON))
    }

    /// Takes it again after another program had it.
    pub(super) fn again() -> io::Result<&'static [u8]> {
        raw()?;
        Ok(ON)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() { Ok(()) } else { self.out.write_all(bytes) }
    }

    /// Columns and rows; zero if the terminal does not know.
    pub(super) fn size() -> (u16, u16) {
        tcgetwinsize(rustix::stdio::stdout()).map_or((0, 0), |size| (size.ws_col, size.ws_row))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back if it is borrowed.
pub(super) fn give_back() {
    let borrowed = BORROWED.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(termios) = borrowed {
        // If the terminal is gone there is nobody to tell.
        let _ = rustix::io::write(rustix::stdio::stdout(), OFF);
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &termios);
    }
}

/// Every key as it comes, nothing echoed.
fn raw() -> io::Result<()> {
    let input = rustix::stdio::stdin();
    let mut borrowed = BORROWED.lock().unwrap_or_else(PoisonError::into_inner);
    let before = match borrowed.take() {
        Some(before) => before,
        None => tcgetattr(input)?,
    };
    let mut raw = before.clone();
    raw.make_raw();
    *borrowed = Some(before);
    tcsetattr(input, OptionalActions::Now, &raw)?;
    Ok(())
}

/// A panic's message must land on the ordinary screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
    });
}
