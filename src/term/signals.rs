//! Signals as something to wait for: a pipe that becomes readable, and what has come.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

/// Signals that end the program, once the terminal is given back.
const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// The others it listens to.
const OTHERS: [i32; 3] = [SIGWINCH, SIGTSTP, SIGCONT];

/// The signals the program listens to while it has the terminal.
#[derive(Debug)]
pub(super) struct Signals {
    pipe: UnixStream,
    write: UnixStream,
    flags: Vec<(i32, Arc<AtomicBool>)>,
    ids: Vec<(i32, SigId)>,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        let (pipe, write) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        write.set_nonblocking(true)?;
        let mut signals = Self { pipe, write, flags: Vec::new(), ids: Vec::new() };
        for signal in ENDING.into_iter().chain(OTHERS) {
            signals.add(signal)?;
        }
        Ok(signals)
    }

    fn add(&mut self, signal: i32) -> io::Result<()> {
        let raised = Arc::new(AtomicBool::new(false));
        if ENDING.contains(&signal) {
            // A second one is obeyed at once, whatever the program is busy with.
            self.ids.push((signal, flag::register_conditional_default(signal, Arc::clone(&raised))?));
        }
        self.ids.push((signal, flag::register(signal, Arc::clone(&raised))?));
        self.ids.push((signal, low_level::pipe::register(signal, self.write.try_clone()?)?));
        self.flags.push((signal, raised));
        Ok(())
    }

    /// Leaves what a terminal's keys signal to another program that has the terminal: Ctrl-Z stops both,
    /// Ctrl-C is its own affair.
    pub(super) fn lend(&mut self) -> io::Result<()> {
        self.drop_all_but(&[SIGTERM, SIGHUP]);
        let always = Arc::new(AtomicBool::new(true));
        self.ids.push((SIGTSTP, flag::register_conditional_default(SIGTSTP, always)?));
        Ok(())
    }

    /// Listens again to all of them.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        self.drop_all_but(&[SIGTERM, SIGHUP]);
        for signal in [SIGINT, SIGQUIT].into_iter().chain(OTHERS) {
            self.add(signal)?;
        }
        Ok(())
    }

    fn drop_all_but(&mut self, kept: &[i32]) {
        self.flags.retain(|(signal, _)| kept.contains(signal));
        self.ids.retain(|(signal, id)| {
            let keep = kept.contains(signal);
            if !keep {
                low_level::unregister(*id);
            }
            keep
        });
    }

    /// What to wait on.
    pub(super) fn pipe(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// The signals that came since the last call. One that ends the program stays raised.
    pub(super) fn take(&self) -> Vec<i32> {
        let mut sink = [0; 64];
        while matches!((&self.pipe).read(&mut sink), Ok(n) if n > 0) {}
        let raised = |(signal, flag): &(i32, Arc<AtomicBool>)| {
            let keep = ENDING.contains(signal);
            let up = if keep { flag.load(Ordering::SeqCst) } else { flag.swap(false, Ordering::SeqCst) };
            up.then_some(*signal)
        };
        self.flags.iter().filter_map(raised).collect()
    }

    pub(super) fn ends(signal: i32) -> bool {
        ENDING.contains(&signal)
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.drop_all_but(&[]);
    }
}
