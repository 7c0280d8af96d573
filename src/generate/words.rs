//! What documents are made of: `data/generate.txt` and the names of the lexicon.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lexicon::names::lines;

/// How one class of quantities is written.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) unit: String,
    /// 万, 亿 or nothing.
    pub(super) magnitude: String,
    pub(super) decimals: u32,
    pub(super) digits: u32,
}

#[derive(Debug, Default)]
pub(super) struct Stock {
    measures: HashMap<String, Vec<Measure>>,
    /// Ends of indicators' names with their class.
    heads: Vec<(String, String)>,
    /// More ends of names, for which none are made.
    tails: Vec<(String, String)>,
    endings: Vec<String>,
    pub(super) levels: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) bodies: Vec<String>,
}

/// First fields of a file of the lexicon.
fn names(file: &'static str) -> Vec<&'static str> {
    lines(file).filter_map(|line| line.split('\t').next()).collect()
}

fn places() -> &'static [&'static str] {
    static PLACES: OnceLock<Vec<&str>> = OnceLock::new();
    PLACES.get_or_init(|| names(include_str!("../../data/lexicon/places.txt")))
}

fn indicators() -> &'static [&'static str] {
    static INDICATORS: OnceLock<Vec<&str>> = OnceLock::new();
    INDICATORS.get_or_init(|| names(include_str!("../../data/lexicon/indicators.txt")))
}

fn industries() -> &'static [&'static str] {
    static INDUSTRIES: OnceLock<Vec<&str>> = OnceLock::new();
    INDUSTRIES.get_or_init(|| names(include_str!("../../data/lexicon/industries.txt")))
}

pub(super) fn stock() -> &'static Stock {
    static STOCK: OnceLock<Stock> = OnceLock::new();
    STOCK.get_or_init(|| read(include_str!("../../data/generate.txt")))
}

fn read(file: &'static str) -> Stock {
    let mut stock = Stock::default();
    for line in lines(file) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |n: usize| cells.get(n).copied().unwrap_or("").to_owned();
        let number = |n: usize| cell(n).parse().unwrap_or(0);
        let text = cell(1);
        match cell(0).as_str() {
            "quantity" => stock.measures.entry(text).or_default().push(Measure {
                unit: cell(2),
                magnitude: cell(3),
                decimals: number(4),
                digits: number(5),
            }),
            "head" => stock.heads.push((text, cell(2))),
            "tail" => stock.tails.push((text, cell(2))),
            "ending" => stock.endings.push(text),
            "level" => stock.levels.push(text),
            "title" => stock.titles.push(text),
            "section" => stock.sections.push(text),
            "body" => stock.bodies.push(text),
            _ => {}
        }
    }
    stock
}

/// Steps through lists of any length so that neighbours do not share a beginning: a prime larger than
/// all of them.
const STRIDE: usize = 15_485_863;

impl Stock {
    /// How many subjects are plain places.
    pub(super) fn places() -> usize {
        places().len()
    }

    /// Subject `n`: all places, then something in each place.
    pub(super) fn subject(&self, n: usize) -> String {
        let (round, n) = (n / places().len(), n % places().len());
        let place = places()[n * STRIDE % places().len()];
        let ending = round.checked_sub(1).map_or("", |round| &self.endings[round % self.endings.len()]);
        format!("{place}{ending}")
    }

    /// Indicator `n`: the known ones, then a head for each industry.
    pub(super) fn indicator(&self, n: usize) -> String {
        let Some(n) = n.checked_sub(indicators().len()) else {
            return indicators()[n * STRIDE % indicators().len()].to_owned();
        };
        let (round, n) = (n / industries().len(), n % industries().len());
        let (head, _) = &self.heads[round % self.heads.len()];
        let further = round / self.heads.len();
        let scope = ["", "规模以上", "民营", "重点", "中小"][further % 5];
        format!("{scope}{}{head}", industries()[n * STRIDE % industries().len()])
    }

    /// How an indicator's quantities are written.
    pub(super) fn measures(&self, indicator: &str) -> &[Measure] {
        let head = self.heads.iter().chain(&self.tails).find(|(head, _)| indicator.ends_with(head.as_str()));
        let class = head.map_or("thing", |(_, class)| class);
        self.measures.get(class).map_or(&[], Vec::as_slice)
    }

    pub(super) fn money(&self) -> &[Measure] {
        self.measures.get("money").map_or(&[], Vec::as_slice)
    }
}
