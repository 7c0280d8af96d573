//! Text on its way to the clipboard of the person's own terminal, also from afar: OSC 52.
//!
//! `长春` → `ESC ] 52 ; c ; 6ZW/5pil BEL`

use crate::ui::Route;

/// What stands between the program and the person's terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    #[default]
    Direct,
    /// tmux passes on what is wrapped for it.
    Tmux,
    /// So does GNU screen.
    Screen,
    /// A terminal that has none.
    None,
}

/// The most that terminals take.
const MOST: usize = 100_000;

impl Clipboard {
    /// What to write, and the way it goes.
    pub(super) fn copy(self, text: &str) -> (String, Route) {
        let coded = base64(text.as_bytes());
        if self != Self::None && coded.len() > MOST {
            return (String::new(), Route::TooLong);
        }
        let plain = format!("\x1b]52;c;{coded}\x07");
        match self {
            Self::None => (String::new(), Route::OnLeaving),
            Self::Direct => (plain, Route::Terminal),
            // Either of the two arrives, as tmux is configured.
            Self::Tmux => {
                (format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")), Route::Tmux)
            }
            Self::Screen => {
                // It takes strings of limited length.
                let mut wrapped = String::new();
                let mut rest = plain.chars().peekable();
                while rest.peek().is_some() {
                    let piece: String = rest.by_ref().take(700).collect();
                    wrapped.extend(["\x1bP", &piece, "\x1b\\"]);
                }
                (wrapped, Route::Terminal)
            }
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * n)) as usize & 63).copied().unwrap_or(b'=');
            out.push(if n <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coded() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("长春", "6ZW/5pil")]
        {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }

    #[test]
    fn ways() {
        assert_eq!(Clipboard::Direct.copy("foo").0, "\x1b]52;c;Zm9v\x07");
        assert!(Clipboard::Tmux.copy("foo").0.ends_with("\x1bPtmux;\x1b\x1b]52;c;Zm9v\x07\x1b\\"));
        assert_eq!(Clipboard::Screen.copy("foo").0, "\x1bP\x1b]52;c;Zm9v\x07\x1b\\");
        assert_eq!(Clipboard::None.copy("foo").1, Route::OnLeaving);
        assert_eq!(Clipboard::Direct.copy(&"x".repeat(MOST)).1, Route::TooLong);
    }
}
