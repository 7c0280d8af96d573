//! Texts as written, one behind the other in one arena.

/// Texts by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    pub(super) text: String,
    /// Where each text begins, and one past the last of all.
    pub(super) starts: Vec<u64>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { text: String::new(), starts: vec![0] }
    }
}

impl Texts {
    /// Adds a text and returns its number.
    pub fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.starts.push(self.text.len() as u64);
        self.starts.len() as u32 - 2
    }

    /// One text; empty past the last.
    pub fn get(&self, number: u32) -> &str {
        let at = |n: usize| self.starts.get(n).map(|&at| at as usize);
        let (Some(from), Some(to)) = (at(number as usize), at(number as usize + 1)) else { return "" };
        self.text.get(from..to).unwrap_or("")
    }

    /// Adds all texts of another arena behind one's own.
    pub fn append(&mut self, other: &Self) {
        let before = self.text.len() as u64;
        self.text.push_str(&other.text);
        self.starts.extend(other.starts.iter().skip(1).map(|at| before + at));
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|n| self.get(n))
    }
}
