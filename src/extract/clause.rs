//! A sentence cut into clauses, and each clause's quantities with the words around them.
//!
//! `总数达179户,其中小巨人企业16户,占59%` → three clauses; each quantity gets a lead (the words
//! before it, back to the quantity or border before) and a tail (the words after it).

use crate::extract::quantity::Quantity;
use crate::lexicon::units::{self, Class};
use crate::text::CleanSpan;

/// A stretch of a sentence between separators.
#[derive(Clone, Debug)]
pub struct Clause {
    pub span: CleanSpan,
    /// The separator before it, if any.
    pub opened_by: Option<char>,
    /// Whether it stands in brackets inside another clause.
    pub bracketed: bool,
}

/// One quantity in its clause.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// Which of the sentence's quantities.
    pub quantity: usize,
    pub clause: usize,
    /// From the clause's start or the quantity before to this quantity's modifiers.
    pub lead: CleanSpan,
    /// From this quantity's modifiers to the clause's end or the next quantity's modifiers.
    pub tail: CleanSpan,
    /// Which quantity of its clause, from 0.
    pub nth: usize,
}

const CLOSERS: &[(char, char)] =
    &[('（', '）'), ('(', ')'), ('《', '》'), ('“', '”'), ('‘', '’'), ('【', '】'), ('[', ']'), ('「', '」')];

/// Cuts a sentence into clauses. Separators inside quotation marks and brackets count only where
/// the enclosed text holds a quantity.
pub fn clauses(text: &str, sentence: CleanSpan, quantities: &[Quantity], fixed: &[CleanSpan]) -> Vec<Clause> {
    let body = sentence.of(text);
    let mut result = Vec::new();
    let mut start = sentence.start;
    let mut opened_by = None;
    let mut skip_until = 0;
    let mut inner: Vec<Clause> = Vec::new();
    for (offset, c) in body.char_indices() {
        let at = sentence.start + offset;
        if at < skip_until {
            continue;
        }
        if let Some(&(open, close)) = CLOSERS.iter().find(|(open, _)| *open == c) {
            if let Some(length) = text.get(at..sentence.end).and_then(|rest| rest.find(close)) {
                let content = CleanSpan::new(at + open.len_utf8(), at + length);
                let holds = quantities.iter().any(|q| content.contains(q.span));
                let quoted = matches!(open, '“' | '‘' | '「');
                if !holds {
                    skip_until = at + length + close.len_utf8();
                } else if !quoted {
                    inner.push(Clause { span: content, opened_by: Some(open), bracketed: true });
                    skip_until = at + length + close.len_utf8();
                }
            }
            continue;
        }
        if "，,；;：:。！？!?\t\n".contains(c) || (c == '…' && at > start) {
            if let Some(span) = fixed.iter().find(|s| s.start <= at && at < s.end) {
                skip_until = span.end;
                continue;
            }
            if at > start {
                result.push(Clause { span: CleanSpan::new(start, at), opened_by, bracketed: false });
                result.append(&mut inner);
            }
            start = at + c.len_utf8();
            opened_by = Some(c);
        }
    }
    if start < sentence.end {
        result.push(Clause { span: CleanSpan::new(start, sentence.end), opened_by, bracketed: false });
        result.append(&mut inner);
    }
    result
}

/// The sites of the quantities, in text order; a quantity in brackets belongs to the bracket.
pub fn sites(text: &str, clauses: &[Clause], quantities: &[Quantity]) -> Vec<Site> {
    let mut result: Vec<Site> = Vec::new();
    for (quantity, q) in quantities.iter().enumerate() {
        let holds = |c: &Clause| c.span.contains(q.span);
        let Some(clause) = clauses
            .iter()
            .position(|c| c.bracketed && holds(c))
            .or_else(|| clauses.iter().position(holds))
            .or_else(|| clauses.iter().position(|c| c.span.overlaps(q.span)))
        else {
            continue;
        };
        let Some(span) = clauses.get(clause).map(|c| c.span) else { continue };
        // 亿元以上|项目120个: a size that only classifies belongs to the name.
        let classifies = |s: &&Site| {
            quantities.get(s.quantity).is_some_and(|p| p.classifies() && p.outer.end < q.outer.start)
        };
        let before = result.iter().rev().filter(|s| s.clause == clause).find(|s| !classifies(s));
        let from = before.and_then(|s| quantities.get(s.quantity)).map_or(span.start, |p| p.outer.end);
        let nth = before.map_or(0, |s| s.nth + 1);
        let lead = CleanSpan::new(from.min(q.outer.start), q.outer.start);
        let tail = CleanSpan::new(q.outer.end, span.end.max(q.outer.end));
        result.push(Site { quantity, clause, lead, tail, nth });
    }
    for n in 0..result.len().saturating_sub(1) {
        let Some(here) = result.get(n).copied() else { continue };
        let mut later = result.iter().skip(n + 1).filter(|s| s.clause == here.clause);
        let mut following = || later.next().and_then(|s| quantities.get(s.quantity));
        let mut next = following();
        let mut tail = here.tail;
        if let Some(size) = next.filter(|p| p.outer.start == here.tail.start) {
            // 8个|10亿元以上项目, 26台|70万千瓦的机组: the size of what is counted.
            let after = text.get(size.outer.end..here.tail.end).unwrap_or("");
            let unit = size.unit.as_deref().and_then(units::named);
            let attribute = unit.is_some_and(|u| u.class == Class::Measure) && after.starts_with('的');
            if attribute {
                tail.start = size.outer.end + '的'.len_utf8();
            }
            if attribute || size.classifies() {
                next = following();
            }
        }
        if let Some(limit) = next.map(|q| q.outer.start) {
            tail.end = tail.end.min(limit).max(tail.start);
        }
        if let Some(site) = result.get_mut(n) {
            site.tail = tail;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_quotes_and_brackets_are_skipped() {
        let text = "发展“潜力大、能力强,好”的企业(一,二),增长";
        let found = clauses(text, CleanSpan::new(0, text.len()), &[], &[]);
        let texts: Vec<&str> = found.iter().map(|c| c.span.of(text)).collect();
        assert_eq!(texts, ["发展“潜力大、能力强,好”的企业(一,二)", "增长"]);
    }
}
