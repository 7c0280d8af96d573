//! What the keys do.

use ratatui::style::{Color, Modifier};

use super::{SIZES, Screen};
use crate::model::Lang;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::{Colours, Effect, Msg, Settings};

#[test]
fn the_filter_narrows_with_every_key_and_escape_clears_it() {
    let mut screen = Screen::open(80, 24).keys("/专精");
    assert_eq!(screen.model.rows.len(), 12);
    assert!(screen.row(0).contains("/ 专精") && screen.row(0).contains("12 条"), "{}", screen.row(0));
    screen.press(" 状态:事实");
    assert_eq!(screen.model.rows.len(), 5);
    assert!(screen.row(0).contains("5 条"));
    screen.press("<esc>");
    assert_eq!(screen.model.rows.len(), 19);
    assert_eq!(screen.model.context(), Context::Browse);
}

#[test]
fn a_mistake_in_the_filter_is_underlined_and_named() {
    let screen = Screen::open(80, 24).keys("/专精 颜色:红");
    assert_eq!(screen.model.rows.len(), 12);
    let underlined = |x: u16| screen.buffer[(x, 0)].style().add_modifier.contains(Modifier::UNDERLINED);
    let marked: String = (0..80).filter(|x| underlined(*x)).map(|x| screen.buffer[(x, 0)].symbol()).collect();
    assert_eq!(marked.replace(' ', ""), "颜色");
    assert!(screen.row(23).contains("颜色"), "{}", screen.row(23));
}

#[test]
fn the_selected_figure_stays_selected() {
    let mut screen = Screen::open(80, 24).keys("jjjj");
    assert_eq!(screen.selected(), "80余户");
    screen.press("/专精");
    assert_eq!(screen.selected(), "80余户");
    screen.press("<esc>s");
    assert_eq!(screen.selected(), "80余户");
    screen.press("S");
    assert_eq!(screen.selected(), "80余户");
}

#[test]
fn the_caret_stands_where_an_input_method_looks_for_it() {
    let before = Screen::open(80, 24).keys("/").placed.caret.expect("a caret");
    let after = Screen::open(80, 24).keys("/长春").placed.caret.expect("a caret");
    assert_eq!((after.0, after.1), (before.0 + 4, before.1));
    let left = Screen::open(80, 24).keys("/长春<left>").placed.caret.expect("a caret");
    assert_eq!(left.0, before.0 + 2);
    assert_eq!(Screen::open(80, 24).keys("/长春<enter>").placed.caret, None);
}

#[test]
fn full_width_keys_do_what_their_narrow_twins_do() {
    for (wide, narrow) in [
        ("／", "/"),
        ("ｊｊ", "jj"),
        ("？", "?"),
        ("Ｇ", "G"),
        ("ｓ", "s"),
        ("【", "["),
        ("、", "/"),
        ("】】", "]]"),
    ] {
        let (wide, narrow) = (Screen::open(80, 24).keys(wide), Screen::open(80, 24).keys(narrow));
        assert_eq!(wide.text(), narrow.text());
        assert_eq!(wide.effects, narrow.effects);
    }
    assert_eq!(Screen::open(80, 24).keys("ｑ").effects, [Effect::Quit]);
    // Typed, they are themselves.
    assert!(Screen::open(80, 24).keys("/ｑ").row(0).contains("ｑ"));
}

#[test]
fn choosing_a_document_shows_its_figures_alone() {
    let mut screen = Screen::open(80, 24).keys("hjj");
    assert_eq!(screen.model.rows.len(), 6);
    screen.press("<enter>j");
    assert_eq!(screen.selected(), "210户");
    screen.press("<esc>");
    assert_eq!(screen.model.rows.len(), 19);
    assert_eq!(screen.selected(), "210户");
}

#[test]
fn panes_are_shown_one_at_a_time_below_80_columns() {
    let screen = Screen::open(79, 24);
    assert!(screen.text().contains("436.29 亿元") && !screen.text().contains("回望这十年"));
    let screen = screen.keys("<tab>");
    assert!(!screen.text().contains("436.29 亿元") && screen.text().contains("回望这十年"));
    let screen = screen.keys("<tab>");
    assert!(screen.text().contains("全部"));
}

#[test]
fn brackets_walk_through_the_text_whatever_the_order() {
    let mut screen = Screen::open(80, 24).keys("ss");
    let mut quotes = Vec::new();
    screen.press("<home>");
    for _ in 0..19 {
        screen.press("[");
    }
    for _ in 0..3 {
        quotes.push(screen.selected().to_owned());
        screen.press("]");
    }
    assert_eq!(quotes, ["436.29亿元", "6.7%", "120亿元"]);
}

#[test]
fn values_are_never_cut() {
    for (width, height) in SIZES {
        for colours in [Colours::NONE, Colours::SIXTEEN] {
            let settings = Settings { colours, ..Settings::default() };
            let mut screen = Screen::with(settings, width, height).keys("/1.2");
            if width < 16 {
                continue;
            }
            screen.press("<enter>");
            assert!(screen.text().contains("1.2 万亿元"), "{width}x{height}:\n{}", screen.text());
        }
    }
}

#[test]
fn the_quantity_is_told_apart_without_colours() {
    let settings = Settings { colours: Colours::NONE, ..Settings::default() };
    let screen = Screen::with(settings, 80, 24).keys("jj");
    assert!(screen.text().contains("[120亿元]"), "{}", screen.text());
    assert!(screen.text().contains("▶ 规模以上"));
    for cell in &screen.buffer.content {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}

#[test]
fn the_detail_holds_every_field_at_80_columns() {
    let mut screen = Screen::open(80, 24).keys("<enter>");
    let mut all = screen.text();
    for _ in 0..40 {
        screen.press("j");
        all.push_str(&screen.text());
    }
    for part in [
        "地区生产总值",
        "净月高新区",
        "2021",
        "436.29 亿元",
        "43629000000 元",
        "等于",
        "总量",
        "事实",
        "noun before the number",
        "year in the sentence",
        "verb of the clause",
        "比上年增长",
        "6.7 %",
        "净月高新区十年回望",
        "样例",
        "2022-08-16",
        "一、经济总量",
        "corpus/review.txt",
        "行:列",
        "0.90",
        "review.txt#",
    ] {
        assert!(all.contains(part), "{part} is missing");
    }
    screen.press("]");
    assert!(screen.text().contains("6.7 %"), "the next figure's detail");
    screen.press("<esc>");
    assert_eq!(screen.model.context(), Context::Browse);
}

#[test]
fn the_raw_file_is_asked_for_once_and_marked_at_the_same_place() {
    let screen = Screen::open(80, 24).keys("r");
    assert!(screen.effects.iter().any(|e| matches!(e, Effect::ReadRaw(_))));
    assert!(screen.text().contains("原文件") && screen.text().contains("第 3 行"), "{}", screen.text());
    let screen = screen.keys("j");
    assert_eq!(screen.effects, []);
}

#[test]
fn a_paste_is_text_and_never_keys() {
    let mut screen = Screen::open(80, 24);
    screen.tell(Msg::Paste("q\r\n专精\u{1b}[A".to_owned()));
    assert_eq!(screen.model.filter.text(), "q  专精[A");
    assert_eq!(screen.effects, []);
    screen.tell(Msg::Paste("长".repeat(40_000)));
    assert_eq!(screen.model.filter.text().chars().count(), 40_007);
}

#[test]
fn the_footer_and_the_help_agree_with_the_key_table() {
    for lang in [Lang::Zh, Lang::En] {
        let settings = Settings { lang, ..Settings::default() };
        for (script, context) in [
            ("", Context::Browse),
            ("/", Context::Filter),
            ("<enter>", Context::Detail),
            ("?", Context::Help),
        ] {
            let screen = Screen::with(settings, 200, 50).keys(script);
            let footer = screen.row(49);
            for bound in screen.model.keys.of(context).filter(|b| b.in_footer()) {
                let hint = format!("{} {}", bound.label(), bound.binding.text(lang));
                assert!(footer.contains(&hint), "{hint} is not in {footer}");
            }
        }
        let screen = Screen::with(settings, 200, 70).keys("?");
        let help = screen.text();
        for bound in screen.model.keys.of(Context::Browse) {
            assert!(help.contains(bound.binding.text(lang)), "{}", bound.binding.text(lang));
            for key in &bound.keys {
                assert!(help.contains(&key.to_string()), "{key}");
            }
        }
    }
}

#[test]
fn the_way_out_is_in_the_footer_at_any_width() {
    for width in [20, 40, 80] {
        let screen = Screen::open(width, 24);
        assert!(screen.row(23).contains("q 退出"), "{}", screen.row(23));
    }
}

#[test]
fn the_same_screens_can_be_drawn_for_wide_ambiguous_characters() {
    let settings = Settings { widths: crate::ui::width::Widths::Wide, ..Settings::default() };
    let screen = Screen::with(settings, 80, 24).keys("jjjj");
    assert!(screen.text().contains('+') && !screen.text().contains('│'));
    assert!(screen.text().contains(">?专精特新企业"), "{}", screen.text());
}

#[test]
fn a_plain_screen_has_no_borders_and_the_cursor_on_the_selected_row() {
    let settings = Settings { plain: true, ..Settings::default() };
    let mut screen = Screen::with(settings, 120, 40).keys("jj");
    assert!(!screen.text().contains(['│', '─']), "{}", screen.text());
    let (_, y) = screen.placed.caret.expect("a cursor");
    assert!(screen.row(y).contains("120 亿元"), "{}", screen.row(y));
    screen.press("t");
    let (_, y) = screen.placed.caret.expect("a cursor");
    assert!(screen.row(y).starts_with('▶'), "{}", screen.row(y));
}

#[test]
fn a_key_unknown_here_does_nothing() {
    let before = Screen::open(80, 24);
    let mut after = Screen::open(80, 24);
    after.tell(Msg::Key(Key::ctrl('t')));
    assert_eq!(before.text(), after.text());
}

#[test]
fn a_list_of_keys_can_be_searched_on_a_screen_of_one_row() {
    Screen::open(1, 1).keys("?/");
    Screen::open(80, 1).keys("?/a");
}
