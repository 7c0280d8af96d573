//! Keys as the explorer knows them, whatever terminal they come from.
//!
//! `Key::parse("C-w")` is Ctrl-W; `／` (a full-width slash from a Chinese input method) folds to `/`.

use std::fmt;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with its modifiers. Shift is part of the character, or of [`Code::BackTab`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

/// The named keys: as scripts and the key table spell them, and as people read them.
const NAMED: &[(Code, &str, &str)] = &[
    (Code::Enter, "enter", "Enter"),
    (Code::Esc, "esc", "Esc"),
    (Code::Tab, "tab", "Tab"),
    (Code::BackTab, "backtab", "Shift-Tab"),
    (Code::Backspace, "backspace", "Backspace"),
    (Code::Delete, "del", "Del"),
    (Code::Insert, "ins", "Ins"),
    (Code::Up, "up", "Up"),
    (Code::Down, "down", "Down"),
    (Code::Left, "left", "Left"),
    (Code::Right, "right", "Right"),
    (Code::Home, "home", "Home"),
    (Code::End, "end", "End"),
    (Code::PageUp, "pgup", "PgUp"),
    (Code::PageDown, "pgdn", "PgDn"),
    (Code::Char(' '), "space", "Space"),
];

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// A key from its name in a configuration or in the help: `q`, `pgdn`, `PgDn`, `f1`, `C-w`, `Ctrl-W`, `A-x`.
    pub fn parse(name: &str) -> Option<Self> {
        let mut rest = name;
        let mut key = Self::plain(Code::Esc);
        loop {
            let after =
                |names: [&str; 2]| names.iter().find_map(|n| rest.strip_prefix(n)).filter(|r| !r.is_empty());
            if let Some(r) = after(["C-", "Ctrl-"]) {
                key.ctrl = true;
                rest = r;
            } else if let Some(r) = after(["A-", "Alt-"]) {
                key.alt = true;
                rest = r;
            } else {
                break;
            }
        }
        key.code = match code(rest)? {
            Code::Char(c) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Some(key)
    }

    /// A script of keys as the tests write them: `/长春<enter>jj<C-u>`; `<lt>` is `<`.
    pub fn script(text: &str) -> Vec<Self> {
        let mut keys = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c != '<' {
                keys.push(Self::char(c));
                continue;
            }
            let name: String = chars.by_ref().take_while(|&c| c != '>').collect();
            keys.extend(if name == "lt" { Some(Self::char('<')) } else { Self::parse(&name) });
        }
        keys
    }

    /// The character this key types, if it is a plain one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// The key as a command: what a Chinese input method makes of a key becomes that key again.
    #[must_use]
    pub fn folded(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        Self { code: Code::Char(narrow(c)), ..self }
    }
}

/// The narrow twin of a character that an input method typed for it.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' => '<',
        '》' => '>',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '￥' => '$',
        _ => c,
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(Code::Char(c));
    }
    if let Some(&(code, ..)) = NAMED.iter().find(|(_, n, label)| [*n, *label].contains(&name)) {
        return Some(code);
    }
    let n = name.strip_prefix(['f', 'F'])?.parse().ok().filter(|n| (1..=24).contains(n))?;
    Some(Code::F(n))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((.., label)) = NAMED.iter().find(|(code, ..)| *code == self.code) {
            return f.write_str(label);
        }
        match self.code {
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(Key::parse("C-w"), Some(Key::ctrl('w')));
        assert_eq!(Key::parse("pgdn"), Some(Key::plain(Code::PageDown)));
        assert_eq!(Key::parse("f12"), Some(Key::plain(Code::F(12))));
        assert_eq!(Key::parse("nonsense"), None);
        // As the help writes them.
        for (code, ..) in NAMED {
            assert_eq!(Key::parse(&Key::plain(*code).to_string()), Some(Key::plain(*code)));
        }
        for name in ["Ctrl-W", "C-w", "C-W"] {
            assert_eq!(Key::parse(name), Some(Key::ctrl('w')));
        }
        assert_eq!(Key::parse("F12"), Some(Key::plain(Code::F(12))));
        assert_eq!(Key::parse("C-w").map(|k| k.to_string()).as_deref(), Some("Ctrl-W"));
        assert_eq!(Key::script("/长<enter><lt><C-u>").len(), 5);
    }

    #[test]
    fn what_an_input_method_types_is_folded() {
        for (wide, plain) in
            [('／', '/'), ('：', ':'), ('ｊ', 'j'), ('ｑ', 'q'), ('？', '?'), ('【', '['), ('　', ' ')]
        {
            assert_eq!(Key::char(wide).folded(), Key::char(plain));
        }
        assert_eq!(Key::char('长').folded(), Key::char('长'));
    }
}
