//! One line of cleaned text, looked at from a byte position forwards and backwards.
//!
//! `共建成` | `35个` → the character before is 成, after the digits stands 个.

/// A line of text. All positions are bytes on character boundaries; a position that is not gives an
/// empty answer, never a panic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a>(pub(super) &'a str);

/// Most characters that are looked at for the context before or after a number.
const REACH: usize = 48;

impl<'a> Line<'a> {
    /// The character that begins at `at`.
    pub(super) fn at(self, at: usize) -> Option<char> {
        self.from(at).chars().next()
    }

    /// The character that ends at `at`.
    pub(super) fn before(self, at: usize) -> Option<char> {
        self.upto(at).chars().next_back()
    }

    /// The text from `at` on.
    pub(super) fn from(self, at: usize) -> &'a str {
        self.0.get(at..).unwrap_or("")
    }

    /// The text up to `at`.
    pub(super) fn upto(self, at: usize) -> &'a str {
        self.0.get(..at).unwrap_or("")
    }

    /// The text between two positions.
    pub(super) fn slice(self, from: usize, to: usize) -> &'a str {
        self.0.get(from..to).unwrap_or("")
    }

    pub(super) fn has(self, at: usize, word: &str) -> bool {
        self.from(at).starts_with(word)
    }

    pub(super) fn had(self, at: usize, word: &str) -> bool {
        self.upto(at).ends_with(word)
    }

    /// Past one blank at `at`, if there is one.
    pub(super) fn skip_blank(self, at: usize) -> usize {
        if self.0.as_bytes().get(at) == Some(&b' ') { at + 1 } else { at }
    }

    /// Before one blank that ends at `at`, if there is one.
    pub(super) fn skip_blank_back(self, at: usize) -> usize {
        match at.checked_sub(1) {
            Some(blank) if self.0.as_bytes().get(blank) == Some(&b' ') => blank,
            _ => at,
        }
    }

    /// The end of the run of ASCII digits at `at`.
    pub(super) fn digits(self, at: usize) -> usize {
        let run =
            self.0.as_bytes().get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
        at + run
    }

    /// What stands before `at` in the same clause.
    pub(super) fn clause_before(self, at: usize) -> &'a str {
        let head = self.upto(at);
        let mut from = at;
        for (n, c) in head.char_indices().rev().take(REACH) {
            if is_clause_end(c) {
                break;
            }
            from = n;
        }
        head.get(from..).unwrap_or("")
    }
}

/// Whether a clause ends with this character. 、 and brackets do not end one.
pub(super) fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | ';' | '！' | '？' | '：' | ':' | '\n' | '\t')
}

/// Whether the character belongs to a Chinese word.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn context_stops_at_the_clause() {
        let line = Line("去年，全市建成35个，其中");
        let at = line.0.find("35").unwrap();
        assert_eq!(line.clause_before(at), "全市建成");
        assert_eq!(line.digits(at), at + 2);
        assert_eq!(line.at(1), None);
    }
}
