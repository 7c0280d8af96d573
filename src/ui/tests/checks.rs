//! What the checks found: marks beside the figures, the list, the figures of a finding beside each other.

use std::sync::Arc;

use super::Screen;
use crate::check;
use crate::index::Index;
use crate::model::Lang;
use crate::ui::{Key, Model, Msg, Settings, update};

/// The bundled dataset, not checked yet.
fn bundled(width: u16, height: u16) -> Screen {
    let mut screen = Screen::with(Settings { lang: Lang::Zh, ..Settings::default() }, width, height);
    let dataset = crate::dataset::from_str(include_str!("../../../data/figures.json")).unwrap();
    screen.model = Model::new(Arc::new(Index::new(dataset)), screen.model.settings());
    screen.tell(Msg::Resize(width, height));
    screen
}

fn checked(width: u16, height: u16) -> Screen {
    let mut screen = bundled(width, height);
    let report = check::run(screen.model.index());
    screen.tell(Msg::Checked(Arc::new(report)));
    screen
}

#[test]
fn figures_are_marked_once_they_are_checked_and_nothing_moves() {
    let mut screen = bundled(120, 40).keys("/179户<enter>");
    let row = |screen: &Screen| screen.text().lines().find(|row| row.contains("179 户")).unwrap().to_owned();
    let before = row(&screen);
    assert!(screen.model.awaits_checks() && !before.contains('='), "{before}");
    let report = check::run(screen.model.index());
    screen.tell(Msg::Checked(Arc::new(report)));
    let after = row(&screen);
    assert!(after.contains('=') && !screen.model.awaits_checks(), "{after}");
    assert_eq!(after.replace('=', " "), before);
}

#[test]
fn the_list_waits_for_the_checks_and_fills_when_they_are_done() {
    let mut screen = bundled(120, 40).keys("x");
    assert!(screen.text().contains("正在核对"), "{}", screen.text());
    let report = check::run(screen.model.index());
    screen.tell(Msg::Checked(Arc::new(report)));
    assert!(screen.text().contains("= 相符 (") && screen.text().contains("1805 ÷ 1873 = 96.37 % ≈ 96.4 %"));
    assert_eq!(screen.selected(), "96.4%");
}

#[test]
fn a_finding_shows_its_figures_beside_each_other() {
    let screen = checked(120, 40).keys("/179户<enter>x<enter>");
    let text = screen.text();
    assert!(text.contains("相符  分项与总计  16 + 29 + 134 = 179"), "{text}");
    for quantity in ["[179户]", "[16户]", "[29家]", "[134家]"] {
        assert!(text.contains(quantity), "{quantity} is not in\n{text}");
    }
    assert!(text.lines().any(|row| row.contains("[179户]") || row.matches("专精特新").count() > 1), "{text}");
    assert_eq!(screen.selected(), "179戶");
    let screen = screen.keys("jj");
    assert_eq!(screen.selected(), "29家");
    // Its detail, and back to the list.
    let text = screen.keys("<enter>").text();
    assert!(text.contains("省级专精特新中小企业"), "{text}");
}

#[test]
fn the_list_follows_the_filter() {
    let text = checked(120, 40).keys("/高新技术产业增加值<enter>x").text();
    assert!(text.contains("436.29亿元 × 24 %") && !text.contains("1805 ÷ 1873"), "{text}");
}

#[test]
fn very_many_figures_are_checked_only_when_that_is_asked_for() {
    let line = "长春市;出口;5美元;2021;;出口[5美元]";
    for (count, unasked) in [(1_000, true), (1_001, false)] {
        let index = Arc::new(crate::index::sample::index(&[line].repeat(count).join("\n")));
        let mut model = Model::new(index, Settings::default());
        assert_eq!(model.awaits_checks(), unasked, "{count}");
        update(&mut model, Msg::Key(Key::char('x')));
        assert!(model.awaits_checks(), "{count}");
    }
}
