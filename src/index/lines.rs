//! Texts to search, folded and joined line by line into one arena, and their characters' reading
//! classes in a second one.
//!
//! `["专精特新企业", "GDP"]` → `专精特新企业\ngdp\n`, with where each line begins

use super::fold::fold_char;
use super::reading::class_of;

/// Lines of folded text.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Every line with a line break behind it.
    text: String,
    /// Where each line begins in `text`, and one past the last of all.
    starts: Vec<usize>,
    /// The reading class of every character of `text`.
    classes: Vec<u16>,
    /// Where each line begins in `classes`, and one past the last of all.
    class_starts: Vec<usize>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: String::new(), starts: vec![0], classes: Vec::new(), class_starts: vec![0] }
    }
}

impl Lines {
    /// Adds a line and returns its number. Line breaks inside it become blanks.
    pub fn push(&mut self, line: &str) -> usize {
        for c in line.chars().map(fold_char).chain(['\n']) {
            self.text.push(c);
            self.classes.push(class_of(c));
        }
        self.starts.push(self.text.len());
        self.class_starts.push(self.classes.len());
        self.starts.len() - 2
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole arena.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The reading classes of the whole arena.
    pub fn classes(&self) -> &[u16] {
        &self.classes
    }

    /// Where the lines begin in [`Self::text`], and its length.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Where the lines begin in [`Self::classes`], and its length.
    pub fn class_starts(&self) -> &[usize] {
        &self.class_starts
    }

    /// One line, folded; empty past the last.
    pub fn line(&self, number: usize) -> &str {
        let (Some(&from), Some(&to)) = (self.starts.get(number), self.starts.get(number + 1)) else {
            return "";
        };
        self.text.get(from..to - 1).unwrap_or("")
    }

    /// The reading classes of one line.
    pub fn line_classes(&self, number: usize) -> &[u16] {
        let place = |n: usize| self.class_starts.get(n).copied();
        let (Some(from), Some(to)) = (place(number), place(number + 1)) else { return &[] };
        self.classes.get(from..to - 1).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_found_again() {
        let mut lines = Lines::default();
        assert!(lines.is_empty());
        assert_eq!((lines.push("專精\n特新"), lines.push(""), lines.push("ＧＤＰ")), (0, 1, 2));
        assert_eq!(lines.text(), "专精 特新\n\ngdp\n");
        assert_eq!(
            [lines.line(0), lines.line(1), lines.line(2), lines.line(3)],
            ["专精 特新", "", "gdp", ""]
        );
        assert_eq!(lines.line_classes(2), [class_of('g'), class_of('d'), class_of('p')]);
        assert!(lines.line_classes(1).is_empty() && lines.line_classes(9).is_empty());
    }
}
