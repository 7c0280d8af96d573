//! Random keys on every size: no panic, and the checks of every frame hold.

use proptest::prelude::*;

use super::{SIZES, Screen};
use crate::model::Lang;
use crate::ui::key::{Code, Key};
use crate::ui::keymap::BINDINGS;
use crate::ui::width::Widths;
use crate::ui::{Colours, Mouse, Msg, Settings};

fn key() -> impl Strategy<Value = Msg> {
    let bound: Vec<Key> = BINDINGS.iter().flat_map(|b| b.keys().collect::<Vec<_>>()).collect();
    prop_oneof![
        8 => proptest::sample::select(bound).prop_map(Msg::Key),
        2 => any::<char>().prop_map(|c| Msg::Key(Key::plain(Code::Char(c)))),
        2 => proptest::sample::select(vec!['专', '精', '户', '6', ' ', '%']).prop_map(|c| Msg::Key(Key::char(c))),
        1 => "\\PC{0,20}".prop_map(Msg::Paste),
        1 => (0u16..130, 0u16..45).prop_map(|(w, h)| Msg::Resize(w, h)),
        1 => (mouse(), 0u16..130, 0u16..45).prop_map(|(mouse, x, y)| Msg::Mouse(mouse, x, y)),
    ]
}

fn mouse() -> impl Strategy<Value = Mouse> {
    proptest::sample::select(vec![Mouse::Press, Mouse::WheelUp, Mouse::WheelDown])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_keys_on_any_size(
        size in proptest::sample::select(SIZES.to_vec()),
        messages in proptest::collection::vec(key(), 0..60),
        english in any::<bool>(),
        wide in any::<bool>(),
        colours in any::<bool>(),
        plain in any::<bool>(),
        slow in any::<bool>(),
    ) {
        let settings = Settings {
            plain,
            lang: if english { Lang::En } else { Lang::Zh },
            widths: if wide { Widths::Wide } else { Widths::Narrow },
            colours: if colours { Colours::SIXTEEN } else { Colours::NONE },
        };
        let mut screen = Screen::with(settings, size.0, size.1);
        screen.slow = slow;
        for (n, message) in messages.into_iter().enumerate() {
            screen.tell(message);
            if n % 5 == 0 {
                screen.find();
                screen.draw();
            }
        }
    }
}
