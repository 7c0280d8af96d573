//! Awkward inputs, mixed from pieces of sound ones.

use std::fs;
use std::path::Path;

/// A stream of numbers that a seed decides.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// What is strewn in.
pub(crate) const AWKWARD: &[&str] = &[
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{301}\u{301}\u{301}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\r\n",
    "\t",
    "<p>",
    "</td><td>",
    "<script>",
    "<!--",
    "&amp;amp;",
    "&#x1F600;",
    "&#55296;",
    "&nbsp;",
    "(zhǎng)",
    "〇",
    "０",
    "９．",
    "亿",
    "万亿",
    "%",
    "‰",
    "——",
    "至",
    "~",
    "同比增长",
    "其中",
    "分别",
    "超过",
    "2021年",
    "-1",
    "1e9",
    "99999999999999999999999999999999",
    "0.0000000000000000000000000001",
    "十",
    "百分之",
    "半",
    "壹佰",
    "\u{20000}",
    "𝟙",
    "Ⅻ",
    "①",
    "½",
    "[",
    "{",
    "\"",
    "\\u0000",
    "null",
    "-",
    "..",
    "|",
    "时期:",
    "数值>",
    "排序:",
    "'",
    "O",
    "l",
    "，",
    "。",
    "\u{16ff0}",
    "e\u{301}",
    "👩‍👩‍👧",
];

/// Pieces to make inputs of.
pub(crate) struct Seeds(pub(crate) Vec<Vec<u8>>);

impl Seeds {
    /// The files of a folder and its folders with one of these endings, or all; no more than so many bytes of each.
    pub(crate) fn of(folder: &str, endings: &[&str], most: usize) -> Self {
        let mut found = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if endings.is_empty()
                    || path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending))
                {
                    found.push(path);
                }
            }
        }
        found.sort();
        Self(
            found
                .iter()
                .map(|path| fs::read(path).unwrap())
                .map(|mut bytes| {
                    bytes.truncate(most);
                    bytes
                })
                .collect(),
        )
    }

    /// Something with a few changes, some of them pieces of the seeds: never the same twice.
    pub(crate) fn changed(&self, mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len() + 1);
            let length = dice.below((bytes.len() - at).min(200) + 1);
            match dice.below(8) {
                0 => bytes.truncate(at),
                1 => _ = bytes.drain(at..at + length),
                2 => {
                    let again = bytes[at..at + length].to_vec();
                    for _ in 0..dice.below(20) {
                        bytes.splice(at..at, again.iter().copied());
                    }
                }
                3 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
                4 => {
                    let other = dice.of(&self.0);
                    let from = dice.below(other.len() + 1);
                    let to = from + dice.below((other.len() - from).min(2000) + 1);
                    bytes.splice(at..at, other[from..to].iter().copied());
                }
                5 => {
                    let word = dice.of(AWKWARD).repeat(dice.below(40));
                    bytes.splice(at..at, word.bytes());
                }
                _ => {
                    // At a character's beginning, so that the text stays one.
                    let at = (0..=at)
                        .rev()
                        .find(|&at| bytes.get(at).is_none_or(|b| b & 0xc0 != 0x80))
                        .unwrap_or(0);
                    bytes.splice(at..at, dice.of(AWKWARD).bytes());
                }
            }
        }
        bytes
    }
}
