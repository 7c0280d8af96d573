//! A query's text → tokens with their places. Never fails; knows no fields.
//!
//! `主体：长春 ＞100亿元` → `主体` `:` `长春` blank `>` `100亿元`
//!
//! What an input method types in its full-width mode means the same as its narrow twin:
//! `：；＞＜＝（）｜－！“”，。` and the ideographic space; `≥` and `≤` are `>=` and `<=`.

use std::ops::Range;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Op {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A run of other characters, full-width forms made narrow.
    Word(String),
    /// Between quotation marks; `closed` is false if the second mark is missing.
    Literal {
        text: String,
        closed: bool,
    },
    Colon,
    Compare(Op),
    /// `..` between two ends.
    Range,
    /// Between the values of a field; elsewhere as good as a blank.
    Comma,
    Or,
    Not,
    Open,
    Close,
    Blank,
}

/// One token and the bytes of the query it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub sign: Sign,
    pub span: Range<usize>,
}

/// The narrow twin of a character typed under an input method.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '“' | '”' | '„' | '「' | '」' | '『' | '』' => '"',
        '、' => ',',
        _ => c,
    }
}

/// Characters that end a word wherever they stand.
fn is_special(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, ':' | '<' | '>' | '=' | '≥' | '≤' | '(' | ')' | '|' | '"')
}

/// Splits a query into tokens that together cover it.
pub fn lex(text: &str) -> Vec<Token> {
    let chars = text.char_indices().map(|(at, c)| (at, narrow(c))).collect();
    Lexer { text, chars, at: 0, tokens: Vec::new(), listing: false }.run()
}

struct Lexer<'t> {
    text: &'t str,
    /// Byte position and narrow form of each character.
    chars: Vec<(usize, char)>,
    at: usize,
    tokens: Vec<Token>,
    /// Whether the values of a field are being listed, up to the next blank.
    listing: bool,
}

impl Lexer<'_> {
    fn run(mut self) -> Vec<Token> {
        while let Some(c) = self.peek(0) {
            let from = self.at;
            let sign = self.next(c);
            self.listing = match sign {
                Sign::Colon | Sign::Compare(_) => true,
                Sign::Blank => self.listing && matches!(self.last(), Some(Sign::Colon | Sign::Compare(_))),
                Sign::Or | Sign::Not | Sign::Open | Sign::Close => false,
                _ => self.listing,
            };
            let span = self.byte(from)..self.byte(self.at);
            self.tokens.push(Token { sign, span });
        }
        self.tokens
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|&(_, c)| c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |&(byte, _)| byte)
    }

    /// Reads one token whose first character is `c`; always moves on.
    fn next(&mut self, c: char) -> Sign {
        if c == '"' {
            return self.literal();
        }
        if let Some(length) = self.range_length(0) {
            self.at += length;
            return Sign::Range;
        }
        let (sign, length) = match (c, self.peek(1)) {
            (':', _) => (Sign::Colon, 1),
            ('>', Some('=')) => (Sign::Compare(Op::AtLeast), 2),
            ('<', Some('=')) => (Sign::Compare(Op::AtMost), 2),
            ('=', Some('=')) => (Sign::Compare(Op::Equal), 2),
            ('>', _) => (Sign::Compare(Op::More), 1),
            ('<', _) => (Sign::Compare(Op::Less), 1),
            ('=', _) => (Sign::Compare(Op::Equal), 1),
            ('≥', _) => (Sign::Compare(Op::AtLeast), 1),
            ('≤', _) => (Sign::Compare(Op::AtMost), 1),
            ('》', _) if self.expects_operator() => (Sign::Compare(Op::More), 1),
            ('《', next) if self.expects_operator() && next.is_some_and(|c| c.is_ascii_digit()) => {
                (Sign::Compare(Op::Less), 1)
            }
            ('|', Some('|')) => (Sign::Or, 2),
            ('|', _) => (Sign::Or, 1),
            ('(', _) => (Sign::Open, 1),
            (')', _) => (Sign::Close, 1),
            (',' | ';', _) => (Sign::Comma, 1),
            ('-' | '!', _) if self.expects_condition() => (Sign::Not, 1),
            _ if c.is_whitespace() || c.is_control() => {
                let more = |&&(_, c): &&(usize, char)| c.is_whitespace() || c.is_control();
                (Sign::Blank, self.chars.iter().skip(self.at).take_while(more).count())
            }
            _ => return self.word(),
        };
        self.at += length;
        sign
    }

    fn last(&self) -> Option<&Sign> {
        self.tokens.last().map(|token| &token.sign)
    }

    /// A `-` here negates; after a colon, a comparison, `..` and between listed values it belongs to
    /// the value.
    fn expects_condition(&self) -> bool {
        match self.last() {
            None | Some(Sign::Blank | Sign::Or | Sign::Open | Sign::Close | Sign::Not) => true,
            Some(Sign::Comma | Sign::Literal { .. }) => !self.listing,
            _ => false,
        }
    }

    /// `》` and `《`, which Chinese punctuation gives for the keys `>` and `<`, compare here.
    fn expects_operator(&self) -> bool {
        self.expects_condition() || matches!(self.last(), Some(Sign::Colon))
    }

    /// Length of a range sign at this place: `..` and what input methods make of it, or `~`
    /// between two words.
    fn range_length(&self, ahead: usize) -> Option<usize> {
        let dots = self.chars.iter().skip(self.at + ahead);
        let dots = dots.take_while(|&&(_, c)| matches!(c, '.' | '。' | '…')).count();
        match self.peek(ahead)? {
            '~' | '…' => Some(dots.max(1)),
            '.' | '。' if dots > 1 => Some(dots),
            _ => None,
        }
    }

    fn literal(&mut self) -> Sign {
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            // Inside quotation marks every character stands for itself, so take it as typed.
            let typed = self.text.get(self.byte(self.at)..).and_then(|rest| rest.chars().next()).unwrap_or(c);
            self.at += 1;
            match (c, self.peek(0)) {
                ('"', _) => return Sign::Literal { text, closed: true },
                ('\\', Some(next @ ('"' | '\\'))) => {
                    let typed = self.text.get(self.byte(self.at)..).and_then(|rest| rest.chars().next());
                    text.push(typed.unwrap_or(next));
                    self.at += 1;
                }
                _ => text.push(typed),
            }
        }
        Sign::Literal { text, closed: false }
    }

    fn word(&mut self) -> Sign {
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let between_digits = digit(text.chars().next_back()) && digit(self.peek(1));
            let ends =
                is_special(c) || self.range_length(0).is_some() || (c == ',' && !between_digits) || c == ';';
            if ends && !text.is_empty() {
                break;
            }
            // The full stop of an input method between two digits is a decimal point.
            text.push(if c == '。' && between_digits { '.' } else { c });
            self.at += 1;
        }
        Sign::Word(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> String {
        let show = |token: &Token| match &token.sign {
            Sign::Word(text) => text.clone(),
            Sign::Literal { text, closed } => format!("'{text}'{}", if *closed { "" } else { "?" }),
            Sign::Colon => ":".into(),
            Sign::Compare(op) => op.as_str().into(),
            Sign::Range => "..".into(),
            Sign::Comma => ",".into(),
            Sign::Or => "or".into(),
            Sign::Not => "not".into(),
            Sign::Open => "(".into(),
            Sign::Close => ")".into(),
            Sign::Blank => "_".into(),
        };
        lex(text).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn full_width_means_the_same_as_narrow() {
        for (wide, plain) in [
            ("主体：长春　＞１００亿元", "主体:长春 >100亿元"),
            ("（甲｜乙）　－丙", "(甲|乙) -丙"),
            ("“专精”", "\"专精\""),
            ("置信：≤０．８", "置信:<=0.8"),
            ("２０２１。。２０２５", "2021..2025"),
            ("状态：目标，规则", "状态:目标,规则"),
            ("数值：》１。５亿", "数值:>1.5亿"),
        ] {
            assert_eq!(signs(wide), signs(plain), "{wide}");
        }
    }

    #[test]
    fn a_hyphen_negates_only_where_a_condition_starts() {
        assert_eq!(signs("-甲 2021-05 排序:-数值 >-5"), "not 甲 _ 2021-05 _ 排序 : -数值 _ > -5");
        assert_eq!(signs("排序:甲,-乙 丙,-丁"), "排序 : 甲 , -乙 _ 丙 , not 丁");
    }

    #[test]
    fn commas_inside_numbers_stay() {
        assert_eq!(signs("1,000万,2,000万"), "1,000万 , 2,000万");
        assert_eq!(signs("甲、乙"), "甲 , 乙");
    }

    #[test]
    fn literals_keep_what_is_typed() {
        assert_eq!(signs("“甲：（乙）”丙"), "'甲：（乙）' 丙");
        assert_eq!(signs(r#""a\"b\\c"#), r#"'a"b\c'?"#);
    }

    #[test]
    fn tokens_cover_the_text() {
        for text in ["主体：长春 | （>100亿", "\"未完", "a..b~c…d", "。。。,,", "《方案》"]
        {
            let tokens = lex(text);
            let mut at = 0;
            for token in &tokens {
                assert_eq!(token.span.start, at, "{text}");
                assert!(token.span.end > at, "{text}");
                at = token.span.end;
            }
            assert_eq!(at, text.len(), "{text}");
        }
    }
}
