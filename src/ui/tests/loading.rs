//! A dataset that is still being read.

use std::sync::Arc;

use super::Screen;
use crate::index::sample::index;
use crate::ui::{Grown, Model, Msg, Settings};

/// The first `count` of some figures, all of one document.
fn some(count: usize) -> Arc<crate::index::Index> {
    let lines = [
        "长春新区;专精特新企业;210户;2022;target;达到[210户]。",
        "长春新区;地区生产总值;43629000000元;2021;;完成[436.29亿元]。",
        "两江新区;奖补资金;10000000元;2022;rule;给予[1000万元]奖补。",
        "两江新区;重点项目;3个;2023;target;实施[3个]项目。",
    ];
    Arc::new(index(&["# 新区十年", &lines[..count].join("\n")].join("\n")))
}

/// An explorer that knows the first `count`.
fn reading(count: usize) -> Screen {
    Screen::of(Model::new(some(count), Settings::default()).still_reading(), 80, 24)
}

fn read(screen: &mut Screen, count: usize, percent: Option<u8>) {
    screen.tell(Msg::Read { grown: Some(Grown(some(count))), percent });
}

#[test]
fn what_was_done_meanwhile_stays() {
    let mut screen = reading(2);
    screen.press("j/新区<enter>");
    assert_eq!(screen.model.selected().map(|figure| figure.id().0), Some(1));
    screen.press("<space>");
    screen.tell(Msg::Read { grown: None, percent: Some(40) });
    assert!(screen.row(0).contains("读取中 40%"), "{}", screen.row(0));
    assert!(screen.model.unsaved().is_none());
    read(&mut screen, 4, None);
    assert!(!screen.row(0).contains("读取中") && screen.row(0).contains("4 条"), "{}", screen.row(0));
    assert_eq!(screen.model.selected().map(|figure| figure.id().0), Some(1));
    assert_eq!((screen.model.rows.len(), screen.model.marked.len()), (4, 1));
    assert!(screen.model.unsaved().is_some());
}

#[test]
fn a_session_is_found_again_when_its_figures_are_there() {
    let model = Model::new(some(4), Settings::default());
    let mut before = Screen::of(model, 80, 24).keys("jj<space>");
    let session = before.model.unsaved().expect("a session");
    for touched in [false, true] {
        let mut screen = reading(1);
        screen.model.resume(&session);
        assert!(screen.model.marked.is_empty());
        if touched {
            screen.press("<tab>");
        }
        read(&mut screen, 4, None);
        assert_eq!(screen.model.marked.len(), 1);
        let selected = screen.model.selected().map(|figure| figure.id().0);
        assert_eq!(selected, Some(if touched { 0 } else { 3 }));
    }
}
