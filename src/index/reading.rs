//! Characters → classes of characters that are read alike, for searching by pinyin.
//!
//! 长 → the class with the readings `chang` and `zhang`; `g` → the class of the letter itself.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The class of every character that nothing typed in Latin letters can mean.
pub const SILENT: u16 = 0;
/// The class of the line break: no match goes over it.
pub const BREAK: u16 = LETTERS + 1;

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
/// Digits and letters have the classes 1 to 36.
const LETTERS: u16 = 36;

#[derive(Debug)]
struct Table {
    /// Class of each character from 一 on.
    classes: Vec<u16>,
    zero: u16,
    /// Readings of each class.
    readings: Vec<Vec<String>>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| build(include_str!("../../data/lexicon/pinyin.txt")))
}

fn build(lines: &str) -> Table {
    let mut readings = vec![Vec::new()];
    readings.extend(('0'..='9').chain('a'..='z').map(|c| vec![c.to_string()]));
    readings.push(Vec::new());
    let mut classes = vec![SILENT; (LAST - FIRST + 1) as usize];
    let mut zero = SILENT;
    let mut known: HashMap<Vec<String>, u16> = HashMap::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let Some((syllables, characters)) = line.split_once('\t') else { continue };
        let mut set: Vec<String> = syllables.split_whitespace().map(str::to_owned).collect();
        // lüe and nüe are typed both ways.
        let also: Vec<String> =
            set.iter().filter(|s| s.ends_with("ve")).map(|s| s.replace('v', "u")).collect();
        set.extend(also);
        let class = *known.entry(set.clone()).or_insert_with(|| {
            readings.push(set);
            (readings.len() - 1) as u16
        });
        for c in characters.chars() {
            match (c as u32).checked_sub(FIRST).and_then(|n| classes.get_mut(n as usize)) {
                Some(place) => *place = class,
                None if c == '〇' => zero = class,
                None => {}
            }
        }
    }
    Table { classes, zero, readings }
}

/// The class of a folded character.
pub fn class_of(c: char) -> u16 {
    match c {
        '0'..='9' => c as u16 - '0' as u16 + 1,
        'a'..='z' => c as u16 - 'a' as u16 + 11,
        '\n' => BREAK,
        '〇' => table().zero,
        _ => {
            let place = (c as u32).checked_sub(FIRST).map(|n| n as usize);
            place.and_then(|n| table().classes.get(n)).copied().unwrap_or(SILENT)
        }
    }
}

/// The readings of a class: syllables, or the letter itself.
pub fn readings(class: u16) -> &'static [String] {
    table().readings.get(usize::from(class)).map_or(&[], Vec::as_slice)
}

/// How many classes there are.
pub fn count() -> usize {
    table().readings.len()
}

/// Whether the class is a letter or digit rather than a Chinese character.
pub fn is_letter(class: u16) -> bool {
    (1..=LETTERS).contains(&class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_readings() {
        for (c, all) in
            [('长', "chang zhang"), ('重', "chong zhong"), ('区', "ou qu"), ('略', "lve lue"), ('g', "g")]
        {
            assert_eq!(readings(class_of(c)).join(" "), all, "{c}");
        }
        assert!(readings(class_of('，')).is_empty());
        assert_eq!(class_of('專'), class_of('专'));
    }

    #[test]
    fn letters_have_their_own_classes() {
        assert!(is_letter(class_of('0')) && is_letter(class_of('z')));
        assert!(!is_letter(class_of('一')) && !is_letter(SILENT));
        assert!(count() > 500);
    }
}
