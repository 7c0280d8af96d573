//! The terminal while it is borrowed: switched over, and given back exactly as it was.
//!
//! It is given back once, by whoever comes first: the session's end, a panic, a signal.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode, window_size,
};

/// Alternate screen, hidden cursor, bracketed paste; nothing wraps at the edge.
fn on() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, Hide, EnableBracketedPaste, DisableLineWrap)?;
    Ok(bytes)
}

/// An unfinished frame ended, then the reverse of the above.
fn off() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        DisableBracketedPaste,
        EnableLineWrap,
        Show,
        LeaveAlternateScreen
    )?;
    Ok(bytes)
}

/// Clicks, the wheel and movements with a button down, in the form that has no limits; no other movements,
/// which would wake the program.
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// Whether the terminal reports its mouse.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is borrowed and must be given back.
static BORROWED: Mutex<bool> = Mutex::new(false);

/// Whether a screen can be drawn: both ends are terminals, and not dumb ones.
pub fn usable(term: Option<&str>) -> bool {
    use std::io::IsTerminal;
    term != Some("dumb") && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The borrowed terminal.
#[derive(Debug)]
pub(super) struct Session {
    out: File,
}

impl Session {
    /// Borrows the terminal. What it takes to switch it over is returned, to be written together
    /// with the first frame.
    pub(super) fn borrow() -> io::Result<(Self, Vec<u8>)> {
        restore_on_panic();
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        raw()?;
        Ok((Self { out }, on()?))
    }

    /// Takes it again after another program had it.
    pub(super) fn again() -> io::Result<Vec<u8>> {
        raw()?;
        let mut bytes = on()?;
        if MOUSE.load(Ordering::SeqCst) {
            bytes.extend_from_slice(MOUSE_ON);
        }
        Ok(bytes)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() { Ok(()) } else { self.out.write_all(bytes) }
    }

    /// Listens to the mouse, or no longer.
    pub(super) fn mouse(&mut self, on: bool) -> io::Result<()> {
        MOUSE.store(on, Ordering::SeqCst);
        self.write(if on { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Columns and rows; zero if the terminal does not know.
    pub(super) fn size() -> (u16, u16) {
        window_size().map_or((0, 0), |size| (size.columns, size.rows))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back if it is borrowed.
pub(super) fn give_back() {
    let borrowed = std::mem::take(&mut *BORROWED.lock().unwrap_or_else(PoisonError::into_inner));
    if borrowed {
        if MOUSE.load(Ordering::SeqCst) {
            let _ = rustix::io::write(rustix::stdio::stdout(), MOUSE_OFF);
        }
        // If the terminal is gone there is nobody to tell. Not through `stdout()`: a panic may hold its lock.
        let _ = off().map(|bytes| rustix::io::write(rustix::stdio::stdout(), &bytes));
        let _ = disable_raw_mode();
    }
}

/// Every key as it comes, nothing echoed.
fn raw() -> io::Result<()> {
    *BORROWED.lock().unwrap_or_else(PoisonError::into_inner) = true;
    enable_raw_mode()
}

/// A panic's message must land on the ordinary screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
            // Without one of its threads the program is not whole.
            if std::thread::current().name() != Some("main") {
                std::process::exit(101);
            }
        }));
    });
}
