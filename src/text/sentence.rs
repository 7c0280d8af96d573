//! A stretch of text → its sentences.
//!
//! `全年开工20个。总投资超百亿元。` → `全年开工20个。` `总投资超百亿元。`

use super::CleanSpan;

/// A quotation, title or aside up to this many characters is not cut into.
const SHORT: usize = 40;

const PAIRS: &[(char, char)] =
    &[('“', '”'), ('‘', '’'), ('《', '》'), ('「', '」'), ('『', '』'), ('（', '）'), ('(', ')')];

/// The sentences within `span`, without the blanks around them. Cuts after 。！？ and what closes
/// after them, and after …… where something new follows; never at a semicolon.
pub fn sentences(text: &str, span: CleanSpan) -> Vec<CleanSpan> {
    let mut cutter = Cutter { text, from: span.start, found: Vec::new() };
    let Some(stretch) = text.get(span.start..span.end) else { return cutter.found };
    let mut chars = stretch.char_indices().peekable();
    // Up to here no cut is made: the end of a short quotation.
    let mut shielded = 0;
    while let Some((at, ch)) = chars.next() {
        let at = span.start + at;
        let after = at + ch.len_utf8();
        if let Some((_, close)) = PAIRS.iter().find(|(open, _)| *open == ch)
            && at >= shielded
        {
            shielded = short_quotation(text, after, span.end, *close).unwrap_or(shielded);
        }
        let next = chars.peek().map(|(_, next)| *next);
        match ch {
            '\n' => cutter.cut(at),
            '。' | '！' | '？' if !next.is_some_and(ends_too) => {
                cutter.cut_after(after, span.end, shielded);
            }
            '!' | '?' if next.is_none_or(|c| !c.is_ascii_graphic()) && !next.is_some_and(ends_too) => {
                cutter.cut_after(after, span.end, shielded);
            }
            '…' if next.is_some_and(|c| c != '…' && !goes_on(c)) => {
                cutter.cut_after(after, span.end, shielded);
            }
            _ => {}
        }
    }
    cutter.cut(span.end);
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    /// Where the present sentence begins.
    from: usize,
    found: Vec<CleanSpan>,
}

impl Cutter<'_> {
    /// Ends the sentence at `at`, blanks trimmed.
    fn cut(&mut self, at: usize) {
        let Some(sentence) = self.text.get(self.from..at) else { return };
        let start = self.from + (sentence.len() - sentence.trim_start().len());
        let end = self.from + sentence.trim_end().len();
        if start < end {
            self.found.push(CleanSpan::new(start, end));
        }
        self.from = at;
    }

    /// Ends the sentence after the closing marks that follow `at`, unless a quotation goes on.
    fn cut_after(&mut self, at: usize, end: usize, shielded: usize) {
        let Some(rest) = self.text.get(at..end) else { return };
        let closers: usize = rest.chars().take_while(|c| closes(*c)).map(char::len_utf8).sum();
        let to = at + closers;
        let inside = to < shielded;
        let continues =
            closers > 0 && rest.get(closers..).and_then(|r| r.chars().next()).is_some_and(goes_on);
        if !inside && !continues && to > self.from {
            self.cut(to);
        }
    }
}

/// The end of a quotation that begins at `from`, if it is short.
fn short_quotation(text: &str, from: usize, end: usize, close: char) -> Option<usize> {
    let stretch = text.get(from..end)?;
    let (at, _) =
        stretch.char_indices().take(SHORT).take_while(|(_, c)| *c != '\n').find(|(_, c)| *c == close)?;
    Some(from + at + close.len_utf8())
}

fn closes(ch: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == ch) || matches!(ch, '"' | '】' | ']')
}

fn ends_too(ch: char) -> bool {
    matches!(ch, '。' | '！' | '？' | '!' | '?')
}

/// Characters with which a sentence goes on after a closing mark.
fn goes_on(ch: char) -> bool {
    closes(ch)
        || matches!(
            ch,
            '，' | '、'
                | '；'
                | '：'
                | ','
                | ';'
                | ':'
                | '。'
                | '的'
                | '等'
                | '和'
                | '与'
                | '及'
                | '地'
                | '为'
                | '是'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, CleanSpan::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn ends() {
        assert_eq!(
            cut("开工20个。投资3亿元！ 为什么？完成"),
            ["开工20个。", "投资3亿元！", "为什么？", "完成"]
        );
        assert_eq!(cut("甲10个；乙5个;丙3个"), ["甲10个；乙5个;丙3个"]);
        assert_eq!(cut("增长2.5%。"), ["增长2.5%。"]);
        assert_eq!(cut("真的？！好。。"), ["真的？！", "好。。"]);
        assert_eq!(cut("第一行\n第二行"), ["第一行", "第二行"]);
        assert!(cut(" \n ").is_empty());
    }

    #[test]
    fn quotations() {
        assert_eq!(cut("他说：“达到十家。”随后离开。"), ["他说：“达到十家。”", "随后离开。"]);
        assert_eq!(cut("喊出“加油！”的口号。"), ["喊出“加油！”的口号。"]);
        assert_eq!(cut("出台《怎么办？若干意见》十条。"), ["出台《怎么办？若干意见》十条。"]);
        let long = format!("他说：“{}。再上台阶。”记者走访。", "稳步推进各项工作".repeat(6));
        assert_eq!(cut(&long).len(), 3);
    }

    #[test]
    fn dots() {
        assert_eq!(cut("达到31颗……新的一年"), ["达到31颗……", "新的一年"]);
        assert_eq!(cut("学校、医院……等单位"), ["学校、医院……等单位"]);
        assert_eq!(cut("达到31颗……"), ["达到31颗……"]);
    }

    #[test]
    fn within_a_span() {
        let text = "甲。乙。丙。";
        let found = sentences(text, CleanSpan::new(6, 12));
        assert_eq!(found, [CleanSpan::new(6, 12)]);
        assert!(sentences(text, CleanSpan::new(1, 5)).is_empty());
    }

    #[test]
    fn one_long_line() {
        let text = "全年“完成（投资）5亿元，".repeat(200_000);
        assert_eq!(cut(&text).len(), 1);
    }
}
