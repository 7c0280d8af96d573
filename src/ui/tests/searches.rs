//! Searches that take their time: the screen answers keys meanwhile.

use super::Screen;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::{Effect, Msg};

fn slow() -> Screen {
    let mut screen = Screen::open(80, 24);
    screen.slow = true;
    screen
}

#[test]
fn what_was_found_before_stays_until_the_answer_comes() {
    let mut screen = slow().keys("/专精");
    assert_eq!(screen.model.rows.len(), 19);
    assert!(screen.row(0).contains("/ 专精") && screen.row(0).contains("搜索中"), "{}", screen.row(0));
    // Keys are answered: the palette opens, the list moves.
    screen.press("<enter>jj");
    assert_eq!(screen.model.figures.cursor, 2);
    screen.press("?");
    assert_eq!(screen.model.context(), Context::Help);
    screen.press("<esc>");
    screen.find();
    screen.draw();
    assert_eq!(screen.model.rows.len(), 12);
    assert!(!screen.row(0).contains("搜索中"), "{}", screen.row(0));
}

#[test]
fn the_latest_search_wins() {
    let mut screen = slow().keys("/专");
    let first = screen.sought.clone();
    screen.press("精 状态:目标");
    let last = screen.sought.take();
    screen.find();
    screen.sought = first;
    screen.find();
    assert_eq!((screen.model.rows.len(), screen.model.is_searching()), (19, true));
    screen.sought = last;
    screen.find();
    assert_eq!((screen.model.rows.len(), screen.model.is_searching()), (5, false));
}

#[test]
fn escape_stops_a_search_and_what_was_found_before_stays() {
    let mut screen = slow().keys("/专精");
    screen.find();
    screen.press("特新");
    let search = screen.sought.clone();
    screen.press("<esc>");
    assert_eq!(screen.effects, [Effect::Stop]);
    assert!(screen.row(0).contains("/ 专精特新") && screen.row(0).contains("已停止"), "{}", screen.row(0));
    assert!(screen.row(23).contains("搜索已停止"), "{}", screen.row(23));
    assert_eq!((screen.model.rows.len(), screen.model.typing), (12, true));
    // An answer that was on its way comes too late.
    screen.sought = search;
    screen.find();
    assert_eq!(screen.model.rows.len(), 12);
    // The second one empties the filter, which needs no search.
    screen.press("<esc>");
    assert_eq!((screen.model.rows.len(), screen.model.is_searching()), (19, false));
}

#[test]
fn moving_waits_a_moment_for_what_is_sought_and_typing_does_not() {
    let mut screen = slow().keys("/专精");
    let waits = |screen: &Screen, key: &str| {
        Key::script(key).into_iter().all(|key| screen.model.would_wait(&Msg::Key(key)))
    };
    assert!(waits(&screen, "<esc>") && !waits(&screen, "特") && !waits(&screen, "<enter>"));
    screen.press("<enter>");
    assert!(waits(&screen, "j") && waits(&screen, " ") && !waits(&screen, "q"));
    screen.find();
    assert!(!waits(&screen, "j"));
}

#[test]
fn where_nothing_makes_sense_the_last_good_result_stays() {
    let mut screen = Screen::open(80, 24).keys("/专精 状态:目标");
    assert_eq!(screen.model.rows.len(), 5);
    for (wrong, message) in [("颜色:红", "没有叫“颜色”的字段"), ("状态:好", "“状态”只有"), (">", "后面缺少")]
    {
        // As it is pasted: half of it would be a word that makes sense.
        screen.model.filter.clear();
        screen.tell(Msg::Paste(wrong.to_owned()));
        assert_eq!(screen.model.rows.len(), 5, "{wrong}");
        assert!(screen.row(23).contains(message), "{}", screen.row(23));
    }
    // It may be ordered meanwhile; and what makes sense again is answered.
    screen.press("<enter>s");
    assert_eq!(screen.model.rows.len(), 5);
    screen.press("/<C-u>专精");
    assert_eq!(screen.model.rows.len(), 12);
    screen.press("<esc>");
    assert_eq!(screen.model.rows.len(), 19);
}

#[test]
fn the_explorer_shows_what_find_finds() {
    use crate::query::{self, Query};
    for text in ["专精特新", "zjtx 状态:目标", ">=100户", "排序:-数值 前:5", "户 | 亿元", "-状态:事实"]
    {
        let screen = Screen::open(80, 24).keys(&format!("/{text}"));
        let index = screen.model.index();
        assert_eq!(
            screen.model.rows,
            query::run(index, &query::resolve(&Query::parse(text), index)).ids,
            "{text}"
        );
    }
}
