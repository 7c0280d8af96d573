//! One tag of markup.
//!
//! `<p class="a" style='b'>` → name `p`, attributes `class`, `style`

use super::clean::Cell;

/// A tag as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    pub(super) self_closing: bool,
    attributes: Vec<(String, String)>,
    /// Written in lower case, or with a colon.
    plain: bool,
    /// Index after its `>`.
    pub(super) end: usize,
}

/// Elements of HTML that are no blocks.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "button",
    "canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font",
    "frame", "frameset", "i", "iframe", "img", "input", "ins", "kbd", "keygen", "label", "link", "map",
    "mark", "marquee", "meta", "meter", "nobr", "noframes", "noscript", "object", "optgroup", "output",
    "param", "picture", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "select",
    "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "template",
    "textarea", "time", "track", "tt", "u", "var", "video", "wbr",
];

/// Longest tag that is looked through when its quotation marks do not pair.
const LONGEST_BROKEN: usize = 300;

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_known(&self) -> bool {
        INLINE.contains(&self.name.as_str())
    }

    /// `display:none`.
    pub(super) fn is_hidden(&self) -> bool {
        self.attribute("style")
            .is_some_and(|style| style.replace(' ', "").to_lowercase().contains("display:none"))
    }

    /// The words of its class and id, and its role.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        let words = ["class", "id", "role"].into_iter().filter_map(|name| self.attribute(name));
        words.flat_map(str::split_whitespace)
    }

    /// Not of HTML, but by its form nothing else than a tag.
    pub(super) fn is_odd_but_sure(&self) -> bool {
        self.closing
            || !self.attributes.is_empty()
            || (self.plain && (self.self_closing || self.name.contains(':')))
    }
}

/// The tag that begins at the `<` at `at`.
pub(super) fn tag(cells: &[Cell], at: usize) -> Option<Tag> {
    let get = |n: usize| cells.get(n).map(|cell| cell.ch);
    if get(at) != Some('<') {
        return None;
    }
    let closing = get(at + 1) == Some('/');
    let first = at + 1 + usize::from(closing);
    if !get(first)?.is_ascii_alphabetic() {
        return None;
    }
    let written: String = cells
        .iter()
        .skip(first)
        .take(40)
        .map(|cell| cell.ch)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))
        .collect();
    let after = first + written.len();
    if !get(after).is_some_and(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>')) {
        return None;
    }
    let end = end(cells, after)?;
    let inside: String = cells.get(after..end - 1)?.iter().map(|cell| cell.ch).collect();
    let attributes = attributes(&inside);
    Some(Tag {
        name: written.to_ascii_lowercase(),
        closing,
        self_closing: inside.trim_end().ends_with('/'),
        attributes,
        plain: !written.contains(|c: char| c.is_ascii_uppercase()) || written.contains(':'),
        end,
    })
}

/// One past the `>` of the tag whose attributes begin at `from`.
fn end(cells: &[Cell], from: usize) -> Option<usize> {
    let mut quote = None;
    for (at, cell) in cells.iter().enumerate().skip(from) {
        match (quote, cell.ch) {
            (None, '>') => return Some(at + 1),
            (None, '<') => return None,
            (None, mark @ ('"' | '\'')) => quote = Some(mark),
            (Some(open), mark) if open == mark => quote = None,
            // A quotation mark that is not closed before the next tag was never one.
            (Some(_), '<') => break,
            _ => {}
        }
    }
    let rest = cells.iter().enumerate().skip(from).take(LONGEST_BROKEN);
    let (at, cell) = rest.into_iter().find(|(_, cell)| matches!(cell.ch, '<' | '>'))?;
    (cell.ch == '>').then_some(at + 1)
}

/// `a="1" b='2' c=3 d` → names in lower case with their values.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let cut = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) => match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(mark) => value.get(1..).and_then(|v| v.split_once(mark)).unwrap_or((value, "")),
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            },
        };
        if !name.is_empty() {
            found.push((name.to_lowercase(), value.to_owned()));
        }
        rest = next.trim_start();
        if name.is_empty() && value.is_empty() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::clean::cells_of;
    use super::*;

    fn of(text: &str) -> Option<Tag> {
        tag(&cells_of(text), 0)
    }

    #[test]
    fn tags() {
        let found = of("<P class=\"a>b\" style='text-indent: 2em' hidden>").unwrap();
        assert_eq!((found.name.as_str(), found.closing, found.end), ("p", false, 47));
        assert_eq!(found.attribute("class"), Some("a>b"));
        assert_eq!(found.attribute("hidden"), Some(""));
        assert!(of("</span >").unwrap().closing);
        assert!(of("<br/>").unwrap().self_closing);
        assert!(of("<i style=\"display : none\">").unwrap().is_hidden());
        assert_eq!(
            of("<meta name=PubDate content=\"2022-08-16 09:00\"/>").unwrap().attribute("content"),
            Some("2022-08-16 09:00")
        );
    }

    #[test]
    fn not_tags() {
        for text in ["<5%", "< p>", "<企业>", "<a类>", "<p", "<p class=", "<b <i>", "<", "</>"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn broken_quotes_end_at_the_bracket() {
        assert_eq!(of("<p class=\"x>正文</p>").unwrap().end, 12);
    }
}
