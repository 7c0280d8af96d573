//! The lists over the panes, and what is done with figures.

use std::sync::Arc;

use super::{SIZES, Screen};
use crate::index::Index;
use crate::ui::keymap::Context;
use crate::ui::{Effect, Model, Mouse, Msg, Settings, sample};

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

#[test]
fn figures_are_grouped_under_headings() {
    let mut screen = Screen::open(120, 40).keys("jjz");
    assert_eq!(screen.selected(), "120亿元");
    let text = screen.text();
    assert!(text.contains("地区生产总值 (2)") && text.contains("分组: 指标"), "{text}");
    // Every figure can be reached, its heading with the first of a group.
    screen.press("<home>");
    let mut seen = vec![screen.selected().to_owned()];
    for _ in 0..18 {
        screen.press("j");
        seen.push(screen.selected().to_owned());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 19);
    screen.press("<home>");
    assert!(screen.row(3).contains("专精特新企业 (4)"), "{}", screen.row(3));
    assert!(screen.keys("zz").text().contains("不分组"));
}

#[test]
fn documents_are_grouped_and_a_group_is_chosen() {
    let mut screen = Screen::open(120, 40).keys("hzj");
    assert!(screen.text().contains("样例 (3)"), "{}", screen.text());
    assert_eq!(screen.model.rows.len(), 19);
    screen.press("jj");
    assert_eq!(screen.model.rows.len(), 6);
    // The chosen one stays chosen.
    screen.press("z");
    assert!(screen.text().contains("2022 (3)"), "{}", screen.text());
    assert_eq!(screen.model.rows.len(), 6);
}

#[test]
fn any_column_orders_the_rows() {
    let mut screen = Screen::open(120, 40).keys("sss");
    assert!(screen.row(2).contains("时期▲"), "{}", screen.row(2));
    screen.press("S");
    assert!(screen.row(2).contains("时期▼"), "{}", screen.row(2));
    // One that is not shown, too.
    screen.press("v<end>s");
    assert_eq!(screen.model.order.by, Some(crate::query::Field::Id));
    screen.press("<esc>");
    // A click on a column's name, and a second one.
    let mut screen = Screen::open(120, 40);
    let x = screen
        .row(2)
        .chars()
        .take_while(|c| *c != '数')
        .map(|c| if c.is_ascii() || c == '│' { 1 } else { 2 })
        .sum();
    screen.tell(Msg::Mouse(Mouse::Press, x, 2));
    screen.tell(Msg::Mouse(Mouse::Press, x, 2));
    assert!(screen.row(2).contains("数值▼"), "{}", screen.row(2));
}

#[test]
fn views_are_kept_used_and_removed() {
    let mut screen = Screen::open(120, 40).keys("/专精<enter>sw");
    assert!(screen.text().contains("还没有视图"));
    screen.press("w<C-u>小巨人<enter>");
    let Some(Effect::KeepView(view)) = screen.effects.first() else { panic!("the view is kept") };
    assert_eq!((view.name.as_str(), view.arrangement.filter.as_str()), ("小巨人", "专精"));
    screen.press("<esc><esc>sss");
    assert_eq!(screen.model.rows.len(), 19);
    screen.press("w<enter>");
    assert_eq!((screen.model.rows.len(), screen.model.context()), (12, Context::Browse));
    assert_eq!(screen.model.order.by, Some(crate::query::Field::Indicator));
    // Its filter goes by its name in other filters, which Tab completes.
    screen.press("/<C-u>状态:目标 @小<tab>");
    assert_eq!(screen.model.filter.text(), "状态:目标 @小巨人");
    assert_eq!((screen.model.rows.len(), screen.model.plan.messages.len()), (5, 0));
    screen.press("<enter>w<del>");
    assert!(screen.model.views.is_empty());
    assert_eq!(screen.effects, [Effect::ForgetView("小巨人".to_owned())]);
    assert_eq!(screen.model.plan.messages.len(), 1);
}

#[test]
fn earlier_filters_come_back_in_the_line_and_from_their_list() {
    let mut screen = Screen::open(80, 24).keys("/专精<enter>");
    assert_eq!(screen.effects, [Effect::Remember("专精".to_owned())]);
    screen.press("/<C-u>户<enter>/<C-u>长");
    screen.press("<up>");
    assert_eq!(screen.model.filter.text(), "户");
    screen.press("<up><up>");
    assert_eq!(screen.model.filter.text(), "专精");
    // Back to what was being typed.
    screen.press("<down><down>");
    assert_eq!(screen.model.filter.text(), "长");
    screen.press("<down>");
    assert_eq!(screen.model.filter.text(), "长");
    screen.press("<C-r>");
    assert!(screen.text().contains("用过的条件") && screen.row(2).contains('户'), "{}", screen.text());
    screen.press("j<enter>");
    assert_eq!((screen.model.filter.text(), screen.model.context()), ("专精", Context::Browse));
    assert_eq!(screen.model.rows.len(), 12);
    assert_eq!(screen.model.history.queries(), ["户", "专精"]);
    screen.press("H<esc>");
    assert_eq!(screen.model.context(), Context::Browse);
}

#[test]
fn a_session_is_gone_on_with() {
    let mut first = Screen::open(120, 40).keys("hzjj<enter>jj<space>f/没有这样的<enter>");
    let session = first.model.unsaved().expect("it has changed");
    assert_eq!(first.model.unsaved(), None);
    let text = serde_json::to_string(&session).expect("JSON");
    let session = serde_json::from_str(&text).expect("the same");
    let mut second = Screen::open(120, 40);
    second.model.resume(&session);
    let second = second.keys("<C-l>");
    assert_eq!(second.model.rows.len(), 10);
    assert_eq!(second.model.marked, first.model.marked);
    assert_eq!(second.model.documents_by, first.model.documents_by);
    assert_eq!(second.keys("/<C-p>").model.filter.text(), "没有这样的");
}

#[test]
fn borders_are_moved_by_keys_and_by_the_mouse() {
    let mut screen = Screen::open(120, 40);
    let corner = |screen: &Screen| screen.row(1).chars().position(|c| c == '┬');
    let before = corner(&screen);
    screen.press(">");
    assert!(corner(&screen) > before);
    screen.tell(Msg::Mouse(Mouse::Press, 33, 10));
    screen.tell(Msg::Mouse(Mouse::Drag, 60, 10));
    screen.tell(Msg::Mouse(Mouse::Release, 60, 10));
    assert_eq!(screen.model.layout().documents.right(), 60);
    screen.tell(Msg::Mouse(Mouse::Drag, 70, 10));
    assert_eq!(screen.model.layout().documents.right(), 60);
    let below = screen.model.layout().source.height;
    screen.press("++-");
    assert_eq!(screen.model.layout().source.height, below + 1);
    // As far as there is room, and back at once.
    screen.press(&">".repeat(200));
    screen.press("<lt>");
    assert_eq!(screen.model.layout().documents.width, 120 - 33 - 2);
}

#[test]
fn indicators_are_picked_and_growth_is_computed() {
    let mut screen = Screen::open(100, 30).keys("cij<space>j<space><esc>");
    assert!(screen.row(1).contains('/'), "{}", screen.row(1));
    screen.press("]");
    assert!(screen.row(1).contains("1/2"), "{}", screen.row(1));
    screen.press("]");
    assert!(screen.row(1).contains("2/2"), "{}", screen.row(1));
    screen.press("i<home><enter>");
    assert!(screen.row(1).contains("专精特新企业"), "{}", screen.row(1));
}

#[test]
fn the_file_is_asked_for_at_the_place() {
    for (key, wanted) in [("p", false), ("E", true)] {
        let screen = Screen::open(80, 24).keys("jj").keys(key);
        let Some(Effect::Show { raw, editor, .. }) = screen.effects.first() else { panic!("it is shown") };
        assert_eq!((*editor, raw.end - raw.start), (wanted, "120亿元".chars().count()));
    }
    let mut screen = Screen::open(80, 24);
    screen.tell(Msg::Shown(Err("no pager".to_owned())));
    assert!(screen.row(23).contains("打不开: no pager"));
}

#[test]
fn the_detail_names_the_same_fact_elsewhere() {
    let mut dataset = sample::dataset();
    let mut twin = dataset.documents[0].clone();
    twin.id = "twin.txt".to_owned();
    twin.title = Some("另一篇".to_owned());
    for figure in &mut twin.figures {
        figure.id = figure.id.replace("review.txt", "twin.txt");
    }
    twin.figures[2].value = Some(crate::model::Decimal::from(1));
    dataset.documents.push(twin);
    let model = Model::new(Arc::new(Index::new(dataset)), Settings::default());
    let mut screen = Screen { model, ..Screen::open(100, 60) };
    screen.tell(Msg::Resize(100, 60));
    screen.press("<enter>");
    let line =
        |screen: &Screen| screen.text().lines().find(|l| l.contains("另一篇")).unwrap_or("").to_owned();
    assert!(line(&screen).contains("436.29 亿元 一致") && line(&screen).contains(" 段"), "{}", screen.text());
    screen.press("]]");
    assert!(line(&screen).contains("不一致"), "{}", screen.text());
}

#[test]
fn a_terminal_that_draws_wide_is_drawn_for() {
    use crate::ui::width::Widths;
    let mut screen = Screen::open(80, 24).keys("t");
    screen.tell(Msg::Widths(Widths::Wide));
    screen.press("<esc>");
    assert!(screen.text().contains('+') && !screen.text().contains('│'), "{}", screen.text());
}
