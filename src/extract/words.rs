//! Words of a short stretch of text, by jieba-rs.
//!
//! `完成地区生产总值` → 完成 · 地区生产总值.
//!
//! Segmentation decides one thing here: where a name begins and ends. Whether 为 is a verb or the
//! end of 行为, whether 建设 opens a clause or belongs to 建设用地, only the words tell. It is
//! therefore asked for the few characters around a number, never for whole documents, and the
//! dictionary is loaded when the first number asks.

use std::cell::RefCell;
use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::lexicon::cues::Cue;
use crate::lexicon::names;
use crate::text::CleanSpan;

/// One word of the text.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    pub text: &'a str,
    /// Its part of speech in jieba's letters: `n` noun, `v` verb, `vn` a verb that also names, `d` adverb.
    pub class: &'a str,
    pub span: CleanSpan,
}

fn segmenter() -> &'static Jieba {
    static SEGMENTER: OnceLock<Jieba> = OnceLock::new();
    SEGMENTER.get_or_init(|| {
        let mut jieba = Jieba::new();
        for word in names::indicators().spellings.all().chain(names::industries().all()) {
            if word.chars().count() >= 3 && !word.contains(['、', '(', '（']) {
                jieba.add_word(word, Some(2000), Some("n"));
            }
        }
        for word in names::places().spellings.all() {
            jieba.add_word(word, Some(300), Some("ns"));
        }
        for class in [Cue::Place, Cue::Nation, Cue::Weak, Cue::Change, Cue::Share] {
            for word in class.words().all().filter(|w| w.chars().count() >= 2) {
                jieba.add_word(word, Some(20_000), None);
            }
        }
        for word in Cue::Compound.words().all() {
            jieba.add_word(word, Some(20_000), Some("n"));
        }
        for word in ["专精特新", "小巨人", "单项冠军", "规上", "规模以上", "限额以上"] {
            jieba.add_word(word, Some(50_000), Some("n"));
        }
        jieba
    })
}

/// The parts of speech of jieba's dictionary; `x` is none.
const CLASSES: &[&str] = &[
    "n", "v", "vn", "d", "p", "c", "a", "m", "r", "x", "ns", "nz", "nr", "nt", "uj", "ul", "f", "b", "ad",
    "an", "vd", "t", "s", "q", "l", "i", "j", "u", "k", "g", "ng", "vg", "tg", "ag", "dg", "rg", "mg", "mq",
    "zg", "nrt", "nrfg", "ud", "ug", "uv", "uz", "vi", "vq", "rr", "rz", "df", "e", "eng", "h", "o", "y",
    "z",
];

/// The stretch that was cut last, and where its words end with their classes. What follows one number
/// stands before the next, so that most stretches are asked for twice in a row.
#[derive(Default)]
struct Last {
    stretch: String,
    words: Vec<(usize, &'static str)>,
}

thread_local! {
    static LAST: RefCell<Last> = RefCell::default();
}

/// The words of `span`. A word that closes with one of growth or loss (价格上涨) is two.
pub fn cut(text: &str, span: CleanSpan) -> Vec<Word<'_>> {
    let stretch = span.of(text);
    if stretch.is_empty() {
        return Vec::new();
    }
    LAST.with_borrow_mut(|last| {
        if last.stretch != stretch {
            last.words = words(stretch);
            stretch.clone_into(&mut last.stretch);
        }
        let mut at = span.start;
        let mut word = |&(end, class): &(usize, &'static str)| {
            let here = CleanSpan::new(at, span.start + end);
            at = here.end;
            Word { text: here.of(text), class, span: here }
        };
        last.words.iter().map(&mut word).collect()
    })
}

/// Where the words of a stretch end, with their classes.
fn words(stretch: &str) -> Vec<(usize, &'static str)> {
    let mut at = 0;
    let mut words = Vec::new();
    for token in segmenter().tag(stretch, false) {
        let word = token.word;
        let class = CLASSES.iter().copied().find(|class| *class == token.tag).unwrap_or("x");
        let closing = [Cue::Growth, Cue::Fall].iter().find_map(|c| c.words().suffix(word)).unwrap_or("");
        let head = word.len() - closing.len();
        let whole = head < 6 || closing.chars().count() < 2 || names::indicators().canonical(word).is_some();
        let cut = if whole { word.len() } else { head };
        let (first, second) = word.split_at_checked(cut).unwrap_or((word, ""));
        for part in [first, second].into_iter().filter(|p| !p.is_empty()) {
            at += part.len();
            // 污水处理|站: the dictionary takes it for standing.
            words.push((at, if part == "站" { "n" } else { class }));
        }
    }
    words
}
