//! Invented documents of any number, always the same for the same seed: for measuring with more
//! figures than anybody has at hand.
//!
//! Document 1 of seed 1 → a title, and under headings sentences such as `2018年，南漳县…净增4家。`
//!
//! Some figures imply others (parts and their sum, two years and the growth, a share and its whole), and one
//! in forty of those is wrong, so that the checks have something to find.

mod page;
mod random;
mod story;
mod words;

use crate::model::Document;
use crate::text::{CleanSpan, SourceMap};
use page::Page;
use random::Random;
use story::Teller;
use words::{Stock, stock};

/// How much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub documents: usize,
    /// In all documents together, spread evenly.
    pub figures: usize,
    pub seed: u64,
    /// One in forty of the figures that others imply is wrong.
    pub errors: bool,
}

impl Shape {
    /// The document with this number; those before it need not be made.
    pub fn document(&self, number: usize) -> Document {
        let until = |number: usize| (self.figures as u128 * number as u128 / self.documents as u128) as usize;
        document(self, number, until(number + 1) - until(number))
    }

    /// How many subjects are drawn from. Together with the indicators and what is made of them (国家级…,
    /// …总量, …奖励) there is about one name for twenty figures.
    fn subjects(&self) -> usize {
        (self.figures / 60).max(20)
    }

    fn indicators(&self) -> usize {
        (self.figures / 200).max(20)
    }
}

/// Figures under one heading, at most.
const SECTION: usize = 12;
/// Sentences in a paragraph.
const PARAGRAPH: usize = 4;

fn document(shape: &Shape, number: usize, figures: usize) -> Document {
    let stock = stock();
    let mut random = Random::new(shape.seed, number as u64);
    let place = stock.subject(random.skewed(shape.subjects().min(Stock::places())));
    let year = random.between(2015, 2026) as i32;
    let title = format!("{place}{year}年{}", random.pick(&stock.titles));
    let mut page = Page::new(format!("{:06}.txt", number + 1));
    page.put(&title);
    page.put("\n");
    let teller = Teller { stock, shape: *shape, place: place.clone(), year };
    let mut headings = stock.sections.iter().cycle();
    let mut next_section = 0;
    let mut sentences = 0;
    while page.figures().len() < figures {
        if page.figures().len() >= next_section {
            page.end_paragraph();
            page.section(headings.next().map_or("", String::as_str));
            next_section += SECTION;
            sentences = 0;
        } else if sentences == PARAGRAPH {
            page.end_paragraph();
            sentences = 0;
        }
        let room = figures - page.figures().len();
        teller.tell(&mut page, &mut random, room);
        sentences += 1;
    }
    Document {
        title: Some(title),
        source: Some(format!("{place}人民政府")),
        date: Some(format!("{}-{:02}-{:02}", year + 1, random.between(1, 4), random.between(1, 29))),
        ..page.finish()
    }
}

/// What all documents share: plain text, read one character for one.
fn blank(id: String, text: String, map: SourceMap) -> Document {
    let raw_length = text.chars().count();
    Document { path: id.clone(), id, encoding: "utf-8".into(), raw_length, text, map, ..Document::default() }
}

/// The bytes of a text from `start` on.
fn since(start: usize, text: &str) -> CleanSpan {
    CleanSpan::new(start, text.len())
}

#[cfg(test)]
mod tests;
