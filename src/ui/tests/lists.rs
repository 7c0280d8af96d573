//! The lists over the panes, and what is done with figures.

use super::{SIZES, Screen};
use crate::ui::keymap::Context;
use crate::ui::{Effect, Mouse, Msg};

#[test]
fn the_overview_filters() {
    let mut screen = Screen::open(80, 24).keys("o");
    assert!(screen.text().contains("状态 (3)") && screen.text().contains('█'), "{}", screen.text());
    screen.press("j<enter>");
    assert_eq!(screen.model.filter.text(), "状态:目标");
    assert_eq!(screen.model.context(), Context::Browse);
    assert!(screen.model.rows.len() < 19);
    // A second one narrows further.
    let before = screen.model.rows.len();
    screen.press("ojjj<enter>");
    assert!(screen.model.rows.len() < before && screen.model.plan.messages.is_empty());
}

#[test]
fn every_value_of_the_overview_finds_as_many_figures_as_it_says() {
    use crate::ui::model::Overlay;
    use crate::ui::page::Row;
    let screen = Screen::open(120, 40).keys("o");
    let Some(Overlay::Page(page)) = screen.model.overlays.last() else { panic!("a page") };
    let facets = page.rows.iter().filter_map(|row| match row {
        Row::Facet { filter, count, .. } => Some((filter.clone(), *count)),
        _ => None,
    });
    for (filter, count) in facets {
        let found = Screen::open(120, 40).keys(&format!("/{filter}"));
        assert_eq!(found.model.plan.messages, [], "{filter}");
        assert!(found.model.rows.len() >= count, "{filter}: {} of {count}", found.model.rows.len());
    }
}

#[test]
fn targets_stand_beside_the_latest_fact() {
    let screen = Screen::open(120, 40).keys("t");
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("120 户")).unwrap_or_default();
    assert!(line.contains("> 80 户") && line.contains("差 40 户") && line.contains('█'), "{text}");
    assert!(text.contains("没有可比的事实 (6)") && text.contains("规则 (2)"), "{text}");
    let mut screen = screen.keys("<enter>");
    assert_eq!(screen.model.context(), Context::Detail);
    screen.press("<esc><esc>");
    assert_eq!(screen.model.context(), Context::Browse);
}

#[test]
fn numbers_left_out_are_shown_in_their_sentence() {
    let screen = Screen::open(80, 24).keys("n");
    assert!(screen.text().contains("时间段") && screen.text().contains("回望"), "{}", screen.text());
}

#[test]
fn compare_turns_through_the_indicators_and_opens_a_cell() {
    let mut screen = Screen::open(100, 30).keys("jjjjc");
    assert!(screen.row(1).contains("专精特新企业"), "{}", screen.text());
    screen.press("<enter>");
    assert!(screen.text().contains("80余户"), "{}", screen.text());
    screen.press("<esc>]");
    assert!(!screen.row(1).contains("专精特新企业"));
    screen.press("[");
    assert!(screen.row(1).contains("专精特新企业"));
}

#[test]
fn figures_are_marked_copied_and_taken_out_again() {
    let mut screen = Screen::open(80, 24).keys("<space>j<space>");
    assert_eq!(screen.model.marked.len(), 2);
    assert!(screen.row(0).contains("*2"));
    screen.press("y");
    let Some(Effect::Copy(text)) = screen.effects.first() else { panic!("a copy") };
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("436.29亿元") && text.contains("《净月高新区十年回望》"), "{text}");
    assert!(
        screen.row(23).contains("已复制 2 条") && screen.row(23).contains("OSC 52"),
        "{}",
        screen.row(23)
    );
    screen.press("b");
    assert_eq!(screen.model.context(), Context::Basket);
    screen.press("ff");
    assert!(screen.row(1).contains("Markdown"), "{}", screen.row(1));
    screen.press("<del>");
    assert_eq!(screen.model.marked.len(), 1);
    screen.press("<del><esc>y");
    // With nothing marked it is the selected one.
    let Some(Effect::Copy(text)) = screen.effects.first() else { panic!("a copy") };
    assert!(text.starts_with("| 指标"), "{text}");
}

#[test]
fn a_file_is_not_overwritten_unasked() {
    let mut screen = Screen::open(80, 24).keys("/专精<enter>e<C-u>there.csv<enter>");
    assert_eq!(screen.model.context(), Context::Confirm);
    assert!(screen.row(23).contains("there.csv 已存在"), "{}", screen.row(23));
    screen.press("<esc>");
    assert_eq!(screen.model.context(), Context::Browse);
    screen.press("e<C-u>there.csv<enter>y");
    let Some(Effect::Write { overwrite: true, text, .. }) = screen.effects.first() else { panic!("written") };
    assert_eq!(text.lines().count(), 1 + screen.model.rows.len());
    assert!(screen.row(23).contains("已存为 there.csv"));
}

#[test]
fn an_unknown_ending_is_asked_again() {
    let screen = Screen::open(100, 24).keys("e<C-u>figures.doc<enter>");
    assert_eq!(screen.model.context(), Context::Prompt);
    assert!(screen.row(23).contains(".csv .tsv .md"), "{}", screen.row(23));
    assert_eq!(screen.effects, []);
}

#[test]
fn the_palette_finds_and_runs() {
    let screen = Screen::open(80, 24).keys(":概览<enter>");
    assert_eq!(screen.model.context(), Context::List);
    let screen = Screen::open(80, 24).keys(":overview<enter>");
    assert_eq!(screen.model.context(), Context::List);
    let screen = Screen::open(80, 24).keys("?/对比<enter>");
    assert_eq!(screen.model.context(), Context::Compare);
}

#[test]
fn columns_are_chosen_and_moved() {
    let mut screen = Screen::open(120, 24).keys("v<space>");
    assert!(screen.text().contains("[ ]  指标"), "{}", screen.text());
    screen.press("<esc>");
    let heads = screen.row(2);
    assert!(heads.contains("主体") && heads.matches("指标").count() == 0, "{heads}");
    screen.press("v<right><esc>");
    let heads = screen.row(2);
    assert!(heads.find("时期") < heads.find("主体"), "{heads}");
}

#[test]
fn completion_goes_round_and_the_history_comes_back() {
    let mut screen = Screen::open(80, 24).keys("/状态:<tab>");
    assert_eq!(screen.model.filter.text(), "状态:事实");
    screen.press("<tab>");
    assert_eq!(screen.model.filter.text(), "状态:目标");
    assert!(screen.row(23).contains("[目标"), "{}", screen.row(23));
    screen.press("<enter>/<C-u>户<enter>/<C-p><C-p>");
    assert_eq!(screen.model.filter.text(), "状态:目标");
    screen.press("<C-n>");
    assert_eq!(screen.model.filter.text(), "户");
}

#[test]
fn the_mouse_selects_and_the_wheel_moves() {
    let mut screen = Screen::open(80, 24);
    screen.tell(Msg::Mouse(Mouse::Press, 40, 5));
    assert_eq!(screen.selected(), "120亿元");
    screen.tell(Msg::Mouse(Mouse::WheelDown, 40, 5));
    assert_eq!(screen.selected(), "16户");
    screen.tell(Msg::Mouse(Mouse::Press, 5, 4));
    assert_eq!(screen.model.rows.len(), 6);
    assert!(Screen::open(80, 24).keys("m").effects.contains(&Effect::Mouse(true)));
}

#[test]
fn every_list_opens_on_every_size() {
    for (width, height) in SIZES {
        for script in ["o", "t", "n", "c", "b", "v", "e", ":", "?", "<space>b", "e<C-u>there.csv<enter>"] {
            Screen::open(width, height).keys(script).keys("jjk<pgdn><end><enter><esc><esc>");
        }
    }
}
