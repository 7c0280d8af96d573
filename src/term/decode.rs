//! The bytes a terminal sends → keys, pastes and answers.
//!
//! `ESC [ 1 ; 5 C` → Ctrl-Right; `ESC [ 200 ~ 长春 ESC [ 201 ~` → a paste of 长春.

use crate::ui::key::Code;
use crate::ui::{Background, Key, Mouse};

/// What a terminal can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Key(Key),
    Paste(String),
    /// At a column and a row, from 0.
    Mouse(Mouse, u16, u16),
    Answer(Answer),
}

/// What a terminal says about itself when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The cursor's row and column, from 1.
    Place(u32, u32),
    /// Whether it knows mode 2026.
    Synchronizes(bool),
    Background(Background),
}

/// The row, from 1, in which the cursor's place is asked for: an answer from the first row would read like
/// F3 with a modifier.
pub(super) const ASKED_ROW: u32 = 2;

/// Keeps what has arrived in part.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// The text of a paste that has begun.
    paste: Option<Vec<u8>>,
}

/// What a stretch of bytes turned out to be.
enum Found {
    /// An event, or nothing of interest, made of this many bytes.
    Done(usize, Option<Event>),
    /// More bytes are needed.
    Partly,
}

const PASTE_END: &[u8] = b"\x1b[201~";

impl Decoder {
    /// Takes bytes in and returns the events they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.pending.extend_from_slice(bytes);
        let mut events = Vec::new();
        let pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_slice();
        while !rest.is_empty() {
            if let Some(text) = &mut self.paste {
                // The closing sequence may arrive in two parts.
                if let Some(at) = find(rest, PASTE_END) {
                    text.extend_from_slice(rest.get(..at).unwrap_or_default());
                    rest = rest.get(at + PASTE_END.len()..).unwrap_or_default();
                    events.extend(self.end_paste());
                    continue;
                }
                let keep = (1..PASTE_END.len())
                    .rev()
                    .find(|n| rest.ends_with(PASTE_END.get(..*n).unwrap_or_default()));
                let whole = rest.len() - keep.unwrap_or(0);
                text.extend_from_slice(rest.get(..whole).unwrap_or_default());
                rest = rest.get(whole..).unwrap_or_default();
                break;
            }
            match self.one(rest) {
                Found::Done(n, event) => {
                    events.extend(event);
                    rest = rest.get(n.max(1)..).unwrap_or_default();
                }
                Found::Partly => break,
            }
        }
        self.pending = rest.to_vec();
        events
    }

    /// Whether something has arrived in part; if nothing follows soon, [`Decoder::flush`] says what it was.
    pub fn waits(&self) -> bool {
        !self.pending.is_empty() || self.paste.is_some()
    }

    /// Nothing followed: a lone ESC was the key; what is left of a sequence is dropped.
    pub fn flush(&mut self) -> Vec<Event> {
        let pending = std::mem::take(&mut self.pending);
        if self.paste.is_some() {
            if let Some(text) = &mut self.paste {
                text.extend_from_slice(&pending);
            }
            return self.end_paste().into_iter().collect();
        }
        match pending.as_slice() {
            [0x1b] => vec![Event::Key(Key::plain(Code::Esc))],
            [0x1b, byte @ 0x20..=0x7e] => {
                vec![Event::Key(Key { alt: true, ..Key::char(char::from(*byte)) })]
            }
            _ => Vec::new(),
        }
    }

    fn end_paste(&mut self) -> Option<Event> {
        let bytes = self.paste.take()?;
        Some(Event::Paste(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn one(&mut self, bytes: &[u8]) -> Found {
        match bytes {
            [0x1b, rest @ ..] => self.escape(rest),
            [byte, ..] if *byte < 0x20 || *byte == 0x7f => Found::Done(1, Some(control(*byte))),
            _ => character(bytes),
        }
    }

    fn escape(&mut self, rest: &[u8]) -> Found {
        match rest {
            [] | [b'O'] => Found::Partly,
            [b'[', rest @ ..] => self.csi(rest),
            [b'O', last, ..] => Found::Done(3, ss3(*last).map(Event::Key)),
            // Answers of the terminal: up to BEL or ST.
            [b']' | b'P' | b'_' | b'^', rest @ ..] => {
                let bell = rest.iter().position(|b| *b == 7).map(|at| at + 1);
                let st = find(rest, b"\x1b\\").map(|at| at + 2);
                match bell.into_iter().chain(st).min() {
                    Some(n) => {
                        let answer = rest.get(..n).and_then(background).map(Answer::Background);
                        Found::Done(2 + n, answer.map(Event::Answer))
                    }
                    None => Found::Partly,
                }
            }
            [0x1b, ..] => Found::Done(1, Some(Event::Key(Key::plain(Code::Esc)))),
            _ => match self.one(rest) {
                Found::Done(n, Some(Event::Key(key))) => {
                    Found::Done(n + 1, Some(Event::Key(Key { alt: true, ..key })))
                }
                Found::Done(n, event) => Found::Done(n + 1, event),
                Found::Partly => Found::Partly,
            },
        }
    }

    /// `ESC [` parameters, intermediates, a final byte.
    fn csi(&mut self, rest: &[u8]) -> Found {
        // The Linux console's F1 to F5: ESC [ [ A.
        if let [b'[', more @ ..] = rest {
            return match more {
                [] => Found::Partly,
                [last, ..] => {
                    Found::Done(4, f_key(last.wrapping_sub(b'A').saturating_add(1)).map(Event::Key))
                }
            };
        }
        let Some(end) = rest.iter().position(|b| !(0x20..0x40).contains(b)) else {
            // No terminal sends this much: what is left of a broken one.
            return if rest.len() > 64 { Found::Done(rest.len() + 2, None) } else { Found::Partly };
        };
        let (parameters, last) = (rest.get(..end).unwrap_or_default(), rest.get(end).copied().unwrap_or(0));
        let used = 2 + end + 1;
        if !(0x40..0x7f).contains(&last) {
            // Not a sequence after all: a key was pressed in the middle of it.
            return Found::Done(used - 1, None);
        }
        let numbers: Vec<u32> = parameters
            .split(|b| *b == b';')
            .map(|n| {
                let first = n.split(|b| *b == b':').next().unwrap_or_default();
                std::str::from_utf8(first).ok().and_then(|n| n.parse().ok()).unwrap_or(0)
            })
            .collect();
        let number = |n: usize| numbers.get(n).copied().unwrap_or(0);
        if last == b'~' && number(0) == 200 {
            self.paste = Some(Vec::new());
            return Found::Done(used, None);
        }
        if let (Some(b'<'), b'M' | b'm') = (parameters.first(), last) {
            return Found::Done(used, mouse(parameters, last == b'M'));
        }
        let answer = match (parameters, last) {
            // 0 is an unknown mode, 4 one that can never be switched on.
            ([b'?', b'2', b'0', b'2', b'6', b';', state, b'$'], b'y') => {
                Some(Answer::Synchronizes(matches!(state, b'1'..=b'3')))
            }
            // A modifier of F3 is at most 16; what is more is a column of the first row.
            (_, b'R') if number(0) > 1 || number(1) > 16 => Some(Answer::Place(number(0), number(1))),
            _ => None,
        };
        if let Some(answer) = answer {
            return Found::Done(used, Some(Event::Answer(answer)));
        }
        let private = parameters.first().is_some_and(|b| (b'<'..=b'?').contains(b));
        let key = if private { None } else { csi_key(last, number(0), number(1), number(2)) };
        Found::Done(used, key.map(Event::Key))
    }
}

/// `11;rgb:ffff/ffff/ffff`: a light background.
fn background(answer: &[u8]) -> Option<Background> {
    let text = std::str::from_utf8(answer).ok()?;
    let colours = text.strip_prefix("11;rgb:")?.trim_end_matches(['\x07', '\x1b', '\\']);
    let part = |hex: &str| {
        let most = 16_u32.checked_pow(u32::try_from(hex.len()).ok()?)?.checked_sub(1)?;
        Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from(most.max(1)))
    };
    let mut parts = colours.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let light = 0.3 * red + 0.6 * green + 0.1 * blue > 0.5;
    Some(if light { Background::Light } else { Background::Dark })
}

/// `< button ; column ; row`, as the SGR protocol has it.
fn mouse(parameters: &[u8], down: bool) -> Option<Event> {
    let text = std::str::from_utf8(parameters.get(1..)?).ok()?;
    let mut numbers = text.split(';').map(|n| n.parse::<u16>().ok());
    let (button, x, y) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let what = match (button, down) {
        (0, true) => Mouse::Press,
        (0, false) => Mouse::Release,
        (32, true) => Mouse::Drag,
        (64, true) => Mouse::WheelUp,
        (65, true) => Mouse::WheelDown,
        _ => return None,
    };
    Some(Event::Mouse(what, x.saturating_sub(1), y.saturating_sub(1)))
}

fn csi_key(last: u8, first: u32, second: u32, third: u32) -> Option<Key> {
    let (code, modifiers) = match last {
        b'~' if first == 27 => (unicode(third)?, second),
        b'~' => (tilde(first)?, second),
        b'u' => (unicode(first)?, second),
        b'Z' => (Code::BackTab, 0),
        _ => (ss3(last)?.code, second),
    };
    // One more than a sum of shift 1, alt 2, ctrl 4.
    let bits = modifiers.saturating_sub(1);
    let shift = bits & 1 != 0;
    let code = if shift && code == Code::Tab { Code::BackTab } else { code };
    Some(Key { code, alt: bits & 2 != 0, ctrl: bits & 4 != 0 })
}

/// A key by its character number, as newer protocols send it.
fn unicode(n: u32) -> Option<Code> {
    Some(match n {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        _ => Code::Char(char::from_u32(n).filter(|c| !c.is_control())?),
    })
}

/// `ESC [ n ~`
fn tilde(n: u32) -> Option<Code> {
    Some(match n {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(n as u8 - 10),
        17..=21 => Code::F(n as u8 - 11),
        23 | 24 => Code::F(n as u8 - 12),
        _ => return None,
    })
}

/// The last byte of `ESC O x` and of `ESC [ x`.
fn ss3(last: u8) -> Option<Key> {
    Some(Key::plain(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P'..=b'S' => return f_key(last - b'P' + 1),
        _ => return None,
    }))
}

fn f_key(n: u8) -> Option<Key> {
    (1..=12).contains(&n).then_some(Key::plain(Code::F(n)))
}

fn control(byte: u8) -> Event {
    let key = match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0 => Key::ctrl(' '),
        1..=26 => Key::ctrl(char::from(byte - 1 + b'a')),
        _ => Key::ctrl(char::from(byte + 0x40)),
    };
    Event::Key(key)
}

/// A character in UTF-8; a byte that begins none is dropped.
fn character(bytes: &[u8]) -> Found {
    let len = match bytes.first() {
        Some(0..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Found::Done(1, None),
    };
    match bytes.get(..len) {
        Some(whole) => match std::str::from_utf8(whole).ok().and_then(|s| s.chars().next()) {
            Some(c) => Found::Done(len, Some(Event::Key(Key::char(c)))),
            None => Found::Done(1, None),
        },
        None if bytes.iter().skip(1).all(|b| (0x80..0xc0).contains(b)) => Found::Partly,
        None => Found::Done(1, None),
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(bytes: &[u8]) -> Vec<Event> {
        let mut decoder = Decoder::default();
        let mut events = decoder.feed(bytes);
        events.extend(decoder.flush());
        events
    }

    fn key(name: &str) -> Event {
        Event::Key(Key::parse(name).expect(name))
    }

    #[test]
    fn keys_of_many_terminals() {
        for (bytes, name) in [
            (&b"\x1b[A"[..], "up"),
            (b"\x1bOA", "up"),
            (b"\x1b[1;5C", "C-right"),
            (b"\x1b[5~", "pgup"),
            (b"\x1b[1~", "home"),
            (b"\x1b[H", "home"),
            (b"\x1bOP", "f1"),
            (b"\x1b[[A", "f1"),
            (b"\x1b[15~", "f5"),
            (b"\x1b[21~", "f10"),
            (b"\x1b[24~", "f12"),
            (b"\x1b[Z", "backtab"),
            (b"\x1b", "esc"),
            (b"\x1bx", "A-x"),
            (b"\x1b[", "A-["),
            (b"\x03", "C-c"),
            (b"\x7f", "backspace"),
            (b"\r", "enter"),
            (b"\x1b[27;5;119~", "C-w"),
            (b"\x1b[119;5u", "C-w"),
        ] {
            assert_eq!(keys(bytes), [key(name)], "{bytes:?}");
        }
        assert_eq!(keys("长j".as_bytes()), [key("长"), key("j")]);
        assert_eq!(keys(b"\x1b\x1b[B"), [key("esc"), key("down")]);
    }

    #[test]
    fn answers_are_no_keys() {
        let answers = [Answer::Synchronizes(true), Answer::Background(Background::Dark), Answer::Place(2, 3)];
        let mut expected: Vec<Event> = answers.into_iter().map(Event::Answer).collect();
        expected.push(key("q"));
        assert_eq!(keys(b"\x1b[?2026;2$y\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[2;3Rq"), expected);
        let light = Event::Answer(Answer::Background(Background::Light));
        assert_eq!(
            keys(b"\x1b]11;rgb:ff/ff/ee\x07\x1b[?2026;0$y\x1b[?1;2c"),
            [light, Event::Answer(Answer::Synchronizes(false))]
        );
        // F3 with a modifier.
        assert_eq!(keys(b"\x1b[1;5R"), [key("C-f3")]);
        assert_eq!(keys(b"\x1b[1;109R"), [Event::Answer(Answer::Place(1, 109))]);
        assert_eq!(keys(b"\x1b[<2;10;5mq"), [key("q")]);
    }

    #[test]
    fn clicks_and_the_wheel() {
        assert_eq!(keys(b"\x1b[<0;10;5M"), [Event::Mouse(Mouse::Press, 9, 4)]);
        assert_eq!(keys(b"\x1b[<32;11;5M"), [Event::Mouse(Mouse::Drag, 10, 4)]);
        assert_eq!(keys(b"\x1b[<0;11;5m"), [Event::Mouse(Mouse::Release, 10, 4)]);
        assert_eq!(keys(b"\x1b[<65;1;1M"), [Event::Mouse(Mouse::WheelDown, 0, 0)]);
    }

    #[test]
    fn a_paste_is_one_event_however_it_arrives() {
        let text = "长春\x1b[A\r".repeat(100);
        let bytes = format!("\x1b[200~{text}\x1b[201~q").into_bytes();
        for size in [1, 3, 7, 4096] {
            let mut decoder = Decoder::default();
            let events: Vec<Event> = bytes.chunks(size).flat_map(|c| decoder.feed(c)).collect();
            assert_eq!(events, [Event::Paste(text.clone()), key("q")], "{size}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_bytes_in_any_pieces_give_the_same_keys(
            bytes in proptest::collection::vec(prop_oneof![Just(0x1b), Just(b'['), any::<u8>(), 0x30u8..0x3c], 0..40),
            size in 1usize..9,
        ) {
            let mut whole = Decoder::default();
            let mut parts = Decoder::default();
            let mut pieces: Vec<Event> = bytes.chunks(size).flat_map(|c| parts.feed(c)).collect();
            pieces.extend(parts.flush());
            let mut once = whole.feed(&bytes);
            once.extend(whole.flush());
            prop_assert_eq!(pieces, once);
        }
    }
}
