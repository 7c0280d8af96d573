//! The program in a real pseudo-terminal: what it shows, and that it gives the terminal back.
//!
//! Nothing here sleeps for a guess: each step waits until the screen shows what it should.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    screen: Arc<Mutex<vt100::Parser>>,
    changed: mpsc::Receiver<()>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The terminal's settings before the program started.
    before: String,
}

/// A terminal with the program in it, and the terminal's settings before.
fn open(variables: &[(&str, &str)]) -> (Box<dyn MasterPty + Send>, Box<dyn Child + Send + Sync>, String) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let before = format!("{:?}", pair.master.get_termios());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhibiao"));
    let usual = [("TERM", "xterm-256color"), ("LC_ALL", "zh_CN.UTF-8"), ("RUST_BACKTRACE", "0")];
    for (name, value) in usual.iter().chain(variables) {
        command.env(name, value);
    }
    let child = pair.slave.spawn_command(command).expect("the program starts");
    (pair.master, child, before)
}

impl Terminal {
    fn start(variables: &[(&str, &str)]) -> Self {
        let (master, child, before) = open(variables);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let mut output = master.try_clone_reader().expect("a reader");
        let (tell, changed) = mpsc::channel();
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                seen.lock().expect("no thread panicked").process(&bytes[..n]);
                if tell.send(()).is_err() {
                    break;
                }
            }
        });
        let keys = master.take_writer().expect("a writer");
        Self { screen, changed, master, keys, child, before }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads");
    }

    fn until(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !holds(self.screen.lock().expect("no thread panicked").screen()) {
            let shown = || self.screen.lock().expect("no thread panicked").screen().contents();
            assert!(start.elapsed() < PATIENCE, "{what} is not there:\n{}", shown());
            let _ = self.changed.recv_timeout(Duration::from_millis(50));
        }
    }

    fn shows(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    fn hides(&self, text: &str) {
        self.until(&format!("a screen without {text}"), |screen| !screen.contents().contains(text));
    }

    /// Waits for the program's end and returns its exit status.
    fn end(&mut self) -> u32 {
        end(&mut *self.child)
    }

    fn is_given_back(&self) {
        self.until("the ordinary screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        assert_eq!(format!("{:?}", self.master.get_termios()), self.before);
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
        let pid = pid.and_then(rustix::process::Pid::from_raw).expect("a process");
        rustix::process::kill_process(pid, signal).expect("it can be signalled");
    }
}

fn end(child: &mut dyn Child) -> u32 {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.exit_code();
        }
        assert!(start.elapsed() < PATIENCE, "the program does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn open_filter_quit() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("原文");
    assert!(terminal.screen.lock().expect("no thread panicked").screen().alternate_screen());
    terminal.press("/没有这样的词");
    terminal.shows("没有符合的指标");
    // The terminal's own cursor stands at the caret.
    assert!(!terminal.screen.lock().expect("no thread panicked").screen().hide_cursor());
    terminal.press("\x1b");
    terminal.hides("没有符合的指标");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_given_back();
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_is_readable() {
    let mut terminal = Terminal::start(&[("ZHIBIAO_FAULT", "1")]);
    terminal.shows("原文");
    terminal.press("j");
    assert_eq!(terminal.end(), 101);
    terminal.is_given_back();
    terminal.shows("a fault while drawing");
}

#[test]
fn a_signal_gives_the_terminal_back() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = Terminal::start(&[]);
        terminal.shows("原文");
        terminal.signal(signal);
        assert_ne!(terminal.end(), 0);
        terminal.is_given_back();
    }
}

#[test]
fn a_lost_terminal_ends_the_program() {
    let (master, mut child, _) = open(&[]);
    let mut output = master.try_clone_reader().expect("a reader");
    let mut seen = Vec::new();
    let mut bytes = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("原文") {
        let n = output.read(&mut bytes).expect("it draws");
        seen.extend_from_slice(&bytes[..n]);
    }
    drop(output);
    drop(master);
    assert_ne!(end(&mut *child), 0);
}

#[test]
fn a_new_size_is_drawn_at_once() {
    let terminal = Terminal::start(&[]);
    terminal.shows("原文");
    let size = PtySize { rows: 10, cols: 40, pixel_width: 0, pixel_height: 0 };
    terminal.screen.lock().expect("no thread panicked").screen_mut().set_size(10, 40);
    terminal.master.resize(size).expect("a new size");
    terminal.shows("[指标]  原文");
}
