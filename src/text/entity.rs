//! Character references: `&nbsp;` `&#20803;` `&#x5143;` `&amp;lt;` → the character they stand for.
//!
//! `12&nbsp;&#20159;元` → `12 亿元`

use super::clean::Cell;

/// Names worth knowing: what scrapes of Chinese pages hold.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("shy", '\u{ad}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("minus", '−'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("sdot", '⋅'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("permil", '‰'),
    ("deg", '°'),
    ("yen", '¥'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("le", '≤'),
    ("ge", '≥'),
    ("asymp", '≈'),
    ("ne", '≠'),
    ("larr", '←'),
    ("rarr", '→'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("mu", 'μ'),
    ("micro", 'µ'),
];

/// What `&#128;` to `&#159;` mean in practice: Windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Longest name or number between `&` and `;`.
const LONGEST: usize = 9;

/// How often a reference may have been encoded again (`&amp;amp;lt;`).
const DEEPEST: usize = 3;

/// Puts the character in the place of each reference; the cell then stands for all of it.
pub(super) fn decode(cells: &mut Vec<Cell>) {
    if !cells.iter().any(|cell| cell.ch == '&') {
        return;
    }
    let (mut to, mut from) = (0, 0);
    while let Some(&cell) = cells.get(from) {
        let (next, cell) = if cell.ch == '&' { reference(cells, from) } else { (from + 1, cell) };
        if let Some(place) = cells.get_mut(to) {
            *place = cell;
        }
        (to, from) = (to + 1, next);
    }
    cells.truncate(to);
}

/// The reference that begins at `at`, or the `&` itself.
fn reference(cells: &[Cell], at: usize) -> (usize, Cell) {
    let plain = (at + 1, cells.get(at).copied().unwrap_or_default());
    let mut found = plain;
    for _ in 0..DEEPEST {
        let Some((ch, next)) = one(cells, found.0) else { break };
        found = (next, Cell { ch, end: cells.get(next - 1).map_or(plain.1.end, |c| c.end), ..plain.1 });
        if ch != '&' {
            break;
        }
    }
    found
}

/// The character named from `at` (just after `&`), and where the text goes on.
fn one(cells: &[Cell], at: usize) -> Option<(char, usize)> {
    let name: String = cells
        .iter()
        .skip(at)
        .take(LONGEST)
        .map(|cell| cell.ch)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
        .collect();
    let after = cells.get(at + name.len()).map(|cell| cell.ch);
    if after == Some(';') {
        return Some((named(&name).or_else(|| numbered(&name))?, at + name.len() + 1));
    }
    // `&nbsp` without its semicolon is common; it ends where the letters of the name end.
    let loose = name.strip_prefix("nbsp").or_else(|| name.strip_prefix("emsp"))?;
    (loose.is_empty() || !loose.starts_with(|c: char| c.is_ascii_lowercase())).then_some(('\u{a0}', at + 4))
}

fn named(name: &str) -> Option<char> {
    let exact = NAMES.iter().find(|(known, _)| *known == name);
    let found = exact.or_else(|| NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)))?;
    Some(found.1)
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    match code {
        // Control characters go with the others, later.
        0..=8 | 0xb..=0x1f => Some('\0'),
        0x80..=0x9f => WINDOWS.get(code as usize - 0x80).copied(),
        _ => char::from_u32(code),
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::cells_of;
    use super::decode;

    fn decoded(text: &str) -> String {
        let mut cells = cells_of(text);
        decode(&mut cells);
        cells.iter().map(|c| c.ch).collect()
    }

    #[test]
    fn names_numbers_and_twice() {
        assert_eq!(decoded("3&lt;5&hellip;&ldquo;甲&rdquo;"), "3<5…“甲”");
        assert_eq!(decoded("&#20803;&#x5143;&#X5143;&#151;"), "元元元—");
        assert_eq!(decoded("a&amp;nbsp;b&amp;amp;lt;c&amp;d"), "a\u{a0}b<c&d");
        assert_eq!(decoded("&nbsp&nbsp全市&NBSP;"), "\u{a0}\u{a0}全市\u{a0}");
    }

    #[test]
    fn others_stay() {
        for same in ["R&D", "A&B;", "?a=1&copy=2", "&#xD800;", "&#99999999;", "&", "&;", "&nbsphere;", "&#;"]
        {
            assert_eq!(decoded(same), same);
        }
    }

    #[test]
    fn the_cell_stands_for_the_whole_reference() {
        let mut cells = cells_of("甲&amp;lt;乙");
        decode(&mut cells);
        let places: Vec<_> = cells.iter().map(|c| (c.ch, c.start, c.end)).collect();
        assert_eq!(places, [('甲', 0, 1), ('<', 1, 9), ('乙', 9, 10)]);
    }
}
