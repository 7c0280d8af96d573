//! A program in a pseudo-terminal of 120×40, with the time of everything that it writes.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// So long after its last byte a program has nothing more to say.
const QUIET: Duration = Duration::from_millis(250);
/// Longer than anything measured here takes.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Terminal {
    started: Instant,
    written: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts a shell command; what it remembers goes below `home`.
    pub(crate) fn start(command: &str, home: &Path) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut shell = CommandBuilder::new("sh");
        shell.args(["-c", &format!("exec {command}")]);
        for (name, folder) in [("HOME", ""), ("XDG_STATE_HOME", "state"), ("XDG_CACHE_HOME", "cache")] {
            shell.env(name, home.join(folder));
        }
        shell.env("TERM", "xterm-256color");
        shell.env("LC_ALL", "zh_CN.UTF-8");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let started = Instant::now();
        let child = pair.slave.spawn_command(shell).expect("a shell");
        drop(pair.slave);
        let (tell, written) = channel();
        std::thread::spawn(move || {
            let mut piece = vec![0; 1 << 16];
            while let Ok(n @ 1..) = output.read(&mut piece) {
                if tell.send((Instant::now(), piece[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(40, 120, 0);
        Self { started, written, screen, keys, child, _master: pair.master }
    }

    /// How long after its start the screen showed what `holds` asks for.
    pub(crate) fn until(&mut self, holds: impl Fn(&str) -> bool) -> Duration {
        let mut last = Instant::now();
        while !holds(&self.screen.screen().contents()) {
            assert!(self.started.elapsed() < PATIENCE, "{}", self.screen.screen().contents());
            if let Ok((time, bytes)) = self.written.recv_timeout(QUIET) {
                self.screen.process(&bytes);
                last = time;
            }
        }
        last.saturating_duration_since(self.started)
    }

    /// Takes in what is still being written.
    pub(crate) fn settle(&mut self) {
        while let Ok((_, bytes)) = self.written.recv_timeout(QUIET) {
            self.screen.process(&bytes);
        }
    }

    /// Presses keys, and says how long after them the last byte of the answer came.
    pub(crate) fn press(&mut self, keys: &str) -> Duration {
        let pressed = self.send(keys);
        let mut last = pressed;
        while let Ok((time, bytes)) = self.written.recv_timeout(QUIET) {
            self.screen.process(&bytes);
            last = time;
        }
        last.saturating_duration_since(pressed)
    }

    /// Presses a key that moves the selection while other things are drawn, and says when it had moved.
    pub(crate) fn move_on(&mut self, key: &str) -> Duration {
        let before = self.selected();
        let pressed = self.send(key);
        while pressed.elapsed() < PATIENCE {
            if let Ok((time, bytes)) = self.written.recv_timeout(QUIET) {
                self.screen.process(&bytes);
                if self.selected() != before {
                    return time.saturating_duration_since(pressed);
                }
            }
        }
        PATIENCE
    }

    fn send(&mut self, keys: &str) -> Instant {
        let pressed = Instant::now();
        self.keys.write_all(keys.as_bytes()).expect("the program reads");
        pressed
    }

    /// The rows with a mark in front.
    fn selected(&self) -> Vec<usize> {
        let contents = self.screen.screen().contents();
        contents.lines().enumerate().filter(|(_, row)| row.contains('▶')).map(|(n, _)| n).collect()
    }

    /// The most memory it ever held, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        self.child.process_id().map_or(0.0, super::peak)
    }

    /// Ends it, with a key if it knows one.
    pub(crate) fn end(mut self, key: &str) {
        self.send(key);
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(2) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
