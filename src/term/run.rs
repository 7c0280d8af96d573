//! The loop: waits for keys and signals, lets the explorer answer, draws what changed.

use std::collections::VecDeque;
use std::io;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
use signal_hook::low_level;

use super::clipboard::Clipboard;
use super::decode::{ASKED_ROW, Answer, Decoder, Event};
use super::paint::{Painter, Quirks};
use super::post::{Inbox, Post};
use super::session::{self, Session};
use super::signals::Signals;
use super::worker::Worker;
use crate::source::Source;
use crate::ui::key::Code;
use crate::ui::width::Widths;
use crate::ui::{self, Effect, Model, Msg, Route};

/// After this long a lone ESC was the key, not the beginning of a sequence.
const LONE_ESCAPE: Duration = Duration::from_millis(25);

/// A search that takes no longer than this is answered by one frame, with the key that began it.
const GRACE: Duration = Duration::from_millis(12);

/// How long keys wait for what is being sought; then they are about what is on the screen.
const AHEAD: Duration = Duration::from_millis(100);

/// Later than this the layout stays as it is, whatever the terminal says of its characters.
const IN_TIME: Duration = Duration::from_millis(50);

/// How long a program that is left waits for answers of the terminal.
const ANSWERS: Duration = Duration::from_millis(100);

/// How to drive the terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub quirks: Quirks,
    pub clipboard: Clipboard,
    /// Listen to the mouse from the start.
    pub mouse: bool,
    /// What to find out about the terminal.
    pub ask: Ask,
    /// Panic while drawing the second frame, so that a test can see the terminal given back.
    #[cfg(debug_assertions)]
    pub faulty: bool,
    /// How long the search dawdles, so that a test can see a long one.
    pub delay: Duration,
}

/// What to ask a terminal: it answers when it pleases, and nothing waits for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// How wide it draws characters of ambiguous width.
    pub widths: bool,
    /// Whether its background is dark or light.
    pub background: bool,
    /// Whether it can hold back half a frame.
    pub synchronizes: bool,
}

impl Ask {
    /// Bytes that ask, and clear the screen of what they leave on it. The cursor's place is asked for last:
    /// when it comes all answers have come.
    fn bytes(self) -> Vec<u8> {
        if self == Self::default() {
            return Vec::new();
        }
        let mode = if self.synchronizes { "\x1b[?2026$p" } else { "" };
        let colour = if self.background { "\x1b]11;?\x1b\\" } else { "" };
        let sample = if self.widths { "“" } else { "" };
        format!("{mode}{colour}\x1b[{ASKED_ROW};1H{sample}\x1b[6n\x1b[H\x1b[2J").into_bytes()
    }
}

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Quit,
    /// The terminal is gone.
    Gone,
    /// A signal, obeyed once the terminal was given back.
    Signal(i32),
}

/// How the loop ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub end: End,
    /// What was copied on a terminal without a clipboard.
    pub print: String,
}

/// Answers the effects that need files; for what takes long it may send its answer later.
pub type Host<'a> = &'a mut dyn FnMut(&Effect) -> Option<Msg>;

/// Runs the explorer on the terminal until it is left. What other threads send arrives in `inbox`; what is sought is
/// fetched from `far`, if the model's figures are not all.
///
/// # Errors
/// The terminal's, when it cannot be switched over or written.
pub fn run(
    model: &mut Model,
    options: Options,
    (post, inbox): (Post, Inbox),
    far: Option<Box<dyn Source + Send>>,
    host: Host<'_>,
) -> io::Result<Outcome> {
    let signals = Signals::listen()?;
    let outcome = {
        let (session, mut start) = Session::borrow()?;
        start.extend(options.ask.bytes());
        let mut screen = Screen {
            session,
            painter: Painter::new(options.quirks),
            signals,
            inbox,
            worker: Worker::new(post, options.delay).with_far(far),
            start,
            next: Buffer::default(),
            asked: options.ask != Ask::default(),
            asked_at: Instant::now(),
            options,
            leaving: String::new(),
        };
        if options.mouse {
            screen.session.mouse(true)?;
        }
        watch(model, &mut screen, host).map(|end| Outcome { end, print: screen.leaving })
    };
    // The session is over and the terminal given back: now the signal may have its way.
    if let Ok(Outcome { end: End::Signal(signal), .. }) = outcome {
        low_level::emulate_default_handler(signal)?;
    }
    outcome
}

/// The session with what is drawn on it.
struct Screen {
    session: Session,
    painter: Painter,
    signals: Signals,
    inbox: Inbox,
    worker: Worker,
    /// Written before the next frame.
    start: Vec<u8>,
    next: Buffer,
    /// Whether answers of the terminal are still on their way.
    asked: bool,
    asked_at: Instant,
    options: Options,
    /// What is to be printed once the terminal is given back.
    leaving: String,
}

impl Screen {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let (width, height) = Session::size();
        if width == 0 || height == 0 {
            return Ok(());
        }
        let area = Rect { x: 0, y: 0, width, height };
        self.next.resize(area);
        self.next.reset();
        #[cfg(debug_assertions)]
        assert!(!(self.options.faulty && self.start.is_empty()), "a fault while drawing");
        let placed = ui::view(model, area, &mut self.next);
        let frame = self.painter.frame(&self.next, placed.caret);
        if self.start.is_empty() {
            self.session.write(frame)
        } else {
            self.start.extend_from_slice(frame);
            let whole = std::mem::take(&mut self.start);
            self.asked_at = Instant::now();
            self.session.write(&whole)
        }
    }

    /// Gives text to the terminal's clipboard.
    fn copy(&mut self, text: &str) -> io::Result<Route> {
        let (bytes, route) = self.options.clipboard.copy(text);
        self.session.write(bytes.as_bytes())?;
        if route == Route::OnLeaving {
            self.leaving.push_str(text);
        }
        Ok(route)
    }

    /// Stops until the shell continues the program.
    fn suspend(&mut self) -> io::Result<()> {
        // The leader of a session has no shell to come back from.
        let alone = rustix::process::getsid(None).is_ok_and(|sid| sid == rustix::process::getpid());
        if alone {
            return Ok(());
        }
        session::give_back();
        // As the terminal's own Ctrl-Z would, this stops the whole job.
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        low_level::raise(signal_hook::consts::SIGSTOP)?;
        // What stopped and continued the program has been dealt with.
        self.signals.take();
        self.resume()
    }

    /// Lends the terminal to another program.
    fn lend(&mut self, effect: &Effect, host: Host<'_>) -> io::Result<Vec<Msg>> {
        session::give_back();
        self.signals.lend()?;
        let answer = host(effect);
        self.signals.take_back()?;
        self.resume()?;
        let (width, height) = Session::size();
        Ok(answer.into_iter().chain([Msg::Resize(width, height)]).collect())
    }

    /// What an event means for the explorer; what it means for the terminal is taken care of.
    fn heard(&mut self, event: Event) -> Option<Msg> {
        match event {
            // An answer about the first row reads like F3 with a modifier: while one is awaited, it is none.
            Event::Key(key) if self.asked && key.code == Code::F(3) => {
                self.asked = false;
                None
            }
            Event::Key(key) => Some(Msg::Key(key)),
            Event::Paste(text) => Some(Msg::Paste(text)),
            Event::Mouse(mouse, x, y) => Some(Msg::Mouse(mouse, x, y)),
            Event::Answer(Answer::Synchronizes(can)) => {
                self.painter.quirks().synchronized = can;
                None
            }
            Event::Answer(Answer::Background(background)) => {
                self.options.ask.background.then_some(Msg::Background(background))
            }
            Event::Answer(Answer::Place(row, column)) => {
                self.asked = false;
                // One character was written at the start of that row.
                let widths = match (row, column) {
                    (ASKED_ROW, 2) => Widths::Narrow,
                    (ASKED_ROW, 3) => Widths::Wide,
                    _ => return None,
                };
                if !self.options.ask.widths {
                    return None;
                }
                if widths != self.painter.quirks().widths && self.asked_at.elapsed() > IN_TIME {
                    return Some(Msg::WidthsTooLate);
                }
                self.painter.quirks().told = true;
                if widths == self.painter.quirks().widths {
                    return None;
                }
                self.painter.quirks().widths = widths;
                self.painter.forget();
                Some(Msg::Widths(widths))
            }
        }
    }

    /// Waits a moment for answers on their way: they would land in the shell.
    fn hear_out(&mut self, decoder: &mut Decoder) {
        let mut bytes = [0; 256];
        while self.asked && wait(self, Some(ANSWERS)).is_ok_and(|ready| ready.keys) {
            let Ok(n @ 1..) = rustix::io::read(rustix::stdio::stdin(), &mut bytes) else { return };
            for event in decoder.feed(bytes.get(..n).unwrap_or_default()) {
                self.heard(event);
            }
        }
    }

    fn resume(&mut self) -> io::Result<()> {
        self.start = Session::again()?;
        self.painter.forget();
        Ok(())
    }
}

fn watch(model: &mut Model, screen: &mut Screen, host: Host<'_>) -> io::Result<End> {
    let mut decoder = Decoder::default();
    let mut bytes = vec![0; 1 << 16];
    let (width, height) = Session::size();
    let mut messages = VecDeque::from([Msg::Resize(width, height)]);
    // Since when the screen lags behind, and an ESC may be the beginning of a sequence.
    let mut stale = Some(Instant::now());
    let mut escape: Option<Instant> = None;
    let mut sought = Instant::now();
    let mut checking = false;
    loop {
        while let Some(message) = messages.pop_front() {
            if model.would_wait(&message) && sought.elapsed() < AHEAD {
                messages.push_front(message);
                break;
            }
            stale = stale.or_else(|| Some(Instant::now()));
            match take(model, message, screen, host)? {
                Next::End(end) => {
                    screen.hear_out(&mut decoder);
                    return Ok(end);
                }
                Next::Search => sought = Instant::now(),
                Next::Key => {}
            }
        }
        // What is found in a moment is drawn together with the key that asked for it.
        let patience = stale.filter(|_| model.is_searching()).and_then(|since| left(since, GRACE));
        if stale.is_some() && patience.is_none() {
            if let Err(error) = screen.draw(model) {
                return gone(error);
            }
            stale = None;
        }
        if stale.is_none() && !model.is_searching() {
            // Begun once the first frame is seen.
            if !checking && model.awaits_checks() {
                checking = true;
                host(&Effect::Check);
            }
            // Remembered once it is seen: the next key finds it done.
            if let Some(session) = model.unsaved() {
                host(&Effect::Keep(Box::new(session)));
            }
        }
        let ahead = (!messages.is_empty()).then(|| left(sought, AHEAD).unwrap_or_default());
        let lone = escape.map(|since| left(since, LONE_ESCAPE).unwrap_or_default());
        let ready = match wait(screen, [patience, ahead, lone].into_iter().flatten().min()) {
            Ok(ready) => ready,
            Err(error) => return gone(error),
        };
        if ready.posted {
            // What was found comes before the keys that wait for it.
            screen.inbox.take().into_iter().rev().for_each(|message| messages.push_front(message));
        }
        if ready.raised {
            let taken = screen.signals.take();
            if let Some(signal) = taken.iter().find(|s| Signals::ends(**s)) {
                return Ok(End::Signal(*signal));
            }
            for signal in taken {
                match signal {
                    SIGWINCH => {
                        let (width, height) = Session::size();
                        messages.push_back(Msg::Resize(width, height));
                    }
                    SIGTSTP => screen.suspend()?,
                    SIGCONT => screen.resume()?,
                    _ => {}
                }
            }
            stale = stale.or_else(|| Some(Instant::now()));
        }
        // All that has arrived is answered by one frame.
        let mut more = ready.keys;
        while more {
            match rustix::io::read(rustix::stdio::stdin(), &mut bytes) {
                Ok(0) => return Ok(End::Gone),
                Ok(n) => {
                    let events = decoder.feed(bytes.get(..n).unwrap_or_default());
                    messages.extend(events.into_iter().filter_map(|event| screen.heard(event)));
                    escape = decoder.waits().then(Instant::now);
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return gone(error.into()),
            }
            more = wait(screen, Some(Duration::ZERO)).is_ok_and(|ready| ready.keys && !ready.raised);
        }
        if escape.is_some_and(|since| left(since, LONE_ESCAPE).is_none()) {
            messages.extend(decoder.flush().into_iter().filter_map(|event| screen.heard(event)));
            escape = None;
        }
    }
}

/// What is left of a time; nothing once it is over.
fn left(since: Instant, time: Duration) -> Option<Duration> {
    time.checked_sub(since.elapsed()).filter(|left| !left.is_zero())
}

/// What comes after a message.
enum Next {
    End(End),
    /// Something is sought that was not before.
    Search,
    Key,
}

/// Lets the explorer answer a message, and does what it asks for.
fn take(model: &mut Model, message: Msg, screen: &mut Screen, host: Host<'_>) -> io::Result<Next> {
    let mut messages = vec![message];
    let mut next = Next::Key;
    while let Some(message) = messages.pop() {
        for effect in ui::update(model, message) {
            match effect {
                Effect::Quit => return Ok(Next::End(End::Quit)),
                Effect::Search(search) => {
                    screen.worker.search(search);
                    next = Next::Search;
                }
                Effect::Prepare(search) => screen.worker.search(search),
                Effect::Stop => screen.worker.stop(),
                Effect::Redraw => screen.painter.forget(),
                Effect::Suspend => screen.suspend()?,
                Effect::Mouse(on) => screen.session.mouse(on)?,
                Effect::Copy(ref text) => messages.push(match host(&effect) {
                    Some(done) => done,
                    None => Msg::Copied(screen.copy(text)?),
                }),
                Effect::Show { .. } => messages.extend(screen.lend(&effect, host)?),
                Effect::ReadRaw(_)
                | Effect::Check
                | Effect::Write { .. }
                | Effect::Keep(_)
                | Effect::KeepView(_)
                | Effect::ForgetView(_)
                | Effect::Remember(_) => {
                    messages.extend(host(&effect));
                }
            }
        }
    }
    Ok(next)
}

/// What there is to attend to; nothing: the time is over.
#[derive(Clone, Copy, Debug)]
struct Ready {
    keys: bool,
    raised: bool,
    posted: bool,
}

/// Waits for keys, signals or what other threads send.
fn wait(screen: &Screen, timeout: Option<Duration>) -> io::Result<Ready> {
    let stdin = rustix::stdio::stdin();
    let mut ready = [
        PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN),
        PollFd::from_borrowed_fd(screen.signals.pipe(), PollFlags::IN),
        PollFd::from_borrowed_fd(screen.inbox.pipe(), PollFlags::IN),
    ];
    // All times here are shorter than a second.
    let timeout = timeout.map(|t| Timespec { tv_sec: 0, tv_nsec: t.subsec_nanos().into() });
    match poll(&mut ready, timeout.as_ref()) {
        // A signal came: the pipe says which.
        Err(rustix::io::Errno::INTR) => Ok(Ready { keys: false, raised: true, posted: false }),
        Err(error) => Err(error.into()),
        Ok(_) => {
            let [keys, raised, posted] = ready.map(|fd| !fd.revents().is_empty());
            Ok(Ready { keys, raised, posted })
        }
    }
}

/// A terminal that can no longer be written or read is gone; anything else is an error.
fn gone(error: io::Error) -> io::Result<End> {
    use io::ErrorKind::{BrokenPipe, NotConnected, UnexpectedEof, WriteZero};
    const EIO: i32 = 5;
    match error.kind() {
        BrokenPipe | NotConnected | UnexpectedEof | WriteZero => Ok(End::Gone),
        _ if error.raw_os_error() == Some(EIO) => Ok(End::Gone),
        _ => Err(error),
    }
}
