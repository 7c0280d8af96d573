//! The numbers that head sections and list items.
//!
//! `（二）扩大投资` → `（二）` of the class `（一）`, followed by `扩大投资`

/// The form of a number; forms nest in the order in which a document uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Part,
    Chapter,
    SectionOf,
    Article,
    /// 专栏3, 附件2.
    Boxed,
    /// 第一、
    Nth,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// 1. 1、
    Arabic,
    /// （1） 1）
    ArabicBracket,
    /// 1.1
    Dotted,
    /// ①
    Circled,
    /// `<h1>` … `<h6>`.
    Marked(u8),
    /// A heading without a number.
    Plain,
}

/// Whether a line begins with the number of a section or of an item.
pub fn is_numbered(text: &str) -> bool {
    of(text).is_some()
}

/// The number at the head of a line, and the length of it in bytes.
pub(super) fn of(text: &str) -> Option<(Class, usize)> {
    let bytes = |rest: &str| text.len() - rest.len();
    if let Some(rest) = text.strip_prefix('第') {
        let rest = trim_han(rest)?;
        let (class, mark) = match rest.chars().next()? {
            c @ ('编' | '篇') => (Class::Part, c),
            '章' => (Class::Chapter, '章'),
            '节' => (Class::SectionOf, '节'),
            '条' => (Class::Article, '条'),
            c @ ('、' | '，' | ',' | '：' | ':') => (Class::Nth, c),
            _ => return None,
        };
        return Some((class, bytes(rest.strip_prefix(mark)?)));
    }
    if let Some(rest) = text.strip_prefix("专栏").or_else(|| text.strip_prefix("附件")) {
        let digits = trim_arabic(rest, 2).or_else(|| trim_han(rest))?;
        return Some((Class::Boxed, bytes(digits.trim_start_matches([' ', '：', ':', '.', '、']))));
    }
    if let Some(rest) = text.strip_prefix(['（', '(', '〔']) {
        let (class, rest) = match trim_han(rest) {
            Some(rest) => (Class::HanBracket, rest),
            None => (Class::ArabicBracket, trim_arabic(rest, 2)?),
        };
        return Some((class, bytes(rest.strip_prefix(['）', ')', '〕'])?)));
    }
    if let Some(rest) = trim_han(text) {
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        return rest.strip_prefix(['、', '.', '．']).map(|rest| (Class::Han, bytes(rest)));
    }
    if let Some(rest) = text.strip_prefix(|c: char| matches!(c, '①'..='⑳')) {
        return Some((Class::Circled, bytes(rest)));
    }
    let rest = trim_arabic(text, 3)?;
    if let Some(rest) = rest.strip_prefix(['）', ')']) {
        return Some((Class::ArabicBracket, bytes(rest)));
    }
    let after = rest.strip_prefix(['.', '、', '．'])?;
    if let Some(deeper) = trim_arabic(after, 2) {
        // 1.1 is a number of a section only if no unit follows it: 2.5万户 is a figure.
        let deeper = deeper.strip_prefix('.').and_then(|more| trim_arabic(more, 2)).unwrap_or(deeper);
        return deeper.strip_prefix([' ', '\t']).map(|rest| (Class::Dotted, bytes(rest)));
    }
    Some((Class::Arabic, bytes(after)))
}

fn trim_han(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| "一二三四五六七八九十百〇零".contains(c));
    let count = text.get(..text.len() - rest.len())?.chars().count();
    (1..=5).contains(&count).then_some(rest)
}

fn trim_arabic(text: &str, most: usize) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=most).contains(&(text.len() - rest.len())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Class, of};

    #[test]
    fn classes() {
        for (text, class, rest) in [
            ("一、总体要求", Class::Han, "总体要求"),
            ("（十二）扩大投资", Class::HanBracket, "扩大投资"),
            ("(一)强化", Class::HanBracket, "强化"),
            ("3.建立台账", Class::Arabic, "建立台账"),
            ("3、建立台账", Class::Arabic, "建立台账"),
            ("（3）建立", Class::ArabicBracket, "建立"),
            ("3）建立", Class::ArabicBracket, "建立"),
            ("第三章 总则", Class::Chapter, " 总则"),
            ("第十条 本办法", Class::Article, " 本办法"),
            ("第二，坚持", Class::Nth, "坚持"),
            ("2.1 目标", Class::Dotted, "目标"),
            ("专栏3 重点项目", Class::Boxed, "重点项目"),
            ("②安全", Class::Circled, "安全"),
        ] {
            let (found, length) = of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found, text.get(length..).unwrap_or("")), (class, rest), "{text}");
        }
    }

    #[test]
    fn numbers_that_head_nothing() {
        for text in [
            "2.5万户",
            "2021年",
            "一是加快",
            "第五批",
            "十年来",
            "3家企业",
            "12345678",
            "(GDP)",
            "一户一策",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
