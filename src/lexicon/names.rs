//! Names the program knows: places, indicators, industries, endings of organisations.
//!
//! `长春` → 长春市; `GDP` → 地区生产总值.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::cues::Words;

/// The level of a place in `places.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    County,
    Zone,
    City,
    Province,
    Region,
    Country,
    World,
}

/// A place of `places.txt`.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its full name.
    pub name: &'static str,
    pub level: Level,
}

/// The places by every spelling, full and short.
#[derive(Debug, Default)]
pub struct Places {
    pub spellings: Words,
    by_spelling: HashMap<&'static str, Place>,
}

impl Places {
    /// The place that `text` starts with, by its longest spelling.
    pub fn prefix(&self, text: &str) -> Option<(&'static str, Place)> {
        let spelling = self.spellings.prefix(text)?;
        Some((spelling, *self.by_spelling.get(spelling)?))
    }

    pub fn get(&self, spelling: &str) -> Option<Place> {
        self.by_spelling.get(spelling).copied()
    }
}

pub fn places() -> &'static Places {
    static PLACES: OnceLock<Places> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut places = Places::default();
        for line in lines(include_str!("../../data/lexicon/places.txt")) {
            let mut fields = line.split('\t');
            let (Some(name), Some(level)) = (fields.next(), fields.next()) else { continue };
            let level = match level {
                "country" => Level::Country,
                "province" => Level::Province,
                "city" => Level::City,
                "zone" => Level::Zone,
                "region" => Level::Region,
                "world" => Level::World,
                _ => Level::County,
            };
            let short = fields.nth(1).unwrap_or("");
            for spelling in [name, short] {
                if spelling.chars().count() >= 2 {
                    places.spellings.add(spelling);
                    let entry = places.by_spelling.entry(spelling).or_insert(Place { name, level });
                    if entry.level < level {
                        *entry = Place { name, level };
                    }
                }
            }
        }
        places
    })
}

/// Indicator names and what they are called canonically.
#[derive(Debug, Default)]
pub struct Indicators {
    pub spellings: Words,
    canonical: HashMap<&'static str, &'static str>,
}

impl Indicators {
    /// The canonical name of an indicator, if it is a known one.
    pub fn canonical(&self, name: &str) -> Option<&'static str> {
        self.canonical.get(name).copied()
    }
}

pub fn indicators() -> &'static Indicators {
    static INDICATORS: OnceLock<Indicators> = OnceLock::new();
    INDICATORS.get_or_init(|| {
        let mut indicators = Indicators::default();
        for line in lines(include_str!("../../data/lexicon/indicators.txt")) {
            let mut fields = line.split('\t');
            let Some(name) = fields.next() else { continue };
            for spelling in std::iter::once(name).chain(fields.next().unwrap_or("").split('、')) {
                if spelling.chars().count() >= 2 {
                    indicators.spellings.add(spelling);
                    indicators.canonical.entry(spelling).or_insert(name);
                }
            }
        }
        indicators
    })
}

/// Industries and sectors that a figure may belong to.
pub fn industries() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| first_fields(include_str!("../../data/lexicon/industries.txt")))
}

/// Endings that make a name an organisation's.
pub fn organisations() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| first_fields(include_str!("../../data/lexicon/orgs.txt")))
}

/// Those of them that end the names of zones.
pub fn zones() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        let zones =
            lines(include_str!("../../data/lexicon/orgs.txt")).filter_map(|line| line.strip_suffix("\tzone"));
        zones.for_each(|ending| words.add(ending));
        words
    })
}

/// Companies known by a short name without an ending.
pub fn companies() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| first_fields(include_str!("../../data/lexicon/companies.txt")))
}

fn first_fields(file: &'static str) -> Words {
    let mut words = Words::default();
    lines(file).filter_map(|line| line.split('\t').next()).for_each(|word| words.add(word));
    words
}

/// The lines of a lexicon file that hold an entry.
pub fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
