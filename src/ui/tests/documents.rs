//! What the documentation says of keys and screens is what the program does.
//!
//! `UPDATE_SCREENS=1 cargo test documents` writes it anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::Screen;
use crate::model::Lang;
use crate::ui::keymap::{Context, bindings};

/// Holds a file to a text, or makes it so.
pub(super) fn hold(name: &str, expected: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_SCREENS").is_some() {
        std::fs::write(&path, expected).expect("the file can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} is out of step: UPDATE_SCREENS=1 writes it anew");
}

#[test]
fn the_list_of_keys_is_the_key_table() {
    let mut text = "# Keys of the explorer\n\n\
        Made from the key table (`src/ui/keymap.rs`) by `UPDATE_SCREENS=1 cargo test documents`. The names in the last \
        column are those of the configuration: `zhibiao config` prints one. Full-width keys of an input method do \
        what their narrow twins do.\n"
        .to_owned();
    for context in Context::ALL {
        let (zh, en) = (context.name(Lang::Zh), context.name(Lang::En));
        let _ = write!(text, "\n## {en} · {zh} (`keys.{}`)\n\n", context.id());
        text.push_str("| keys | what it does | 作用 | action |\n|---|---|---|---|\n");
        for binding in bindings(*context) {
            let keys: Vec<String> =
                binding.keys().map(|key| format!("`{}`", key.to_string().replace('|', "\\|"))).collect();
            let (en, zh, action) = (binding.en, binding.zh, binding.action.id());
            let _ = writeln!(text, "| {} | {en} | {zh} | `{action}` |", keys.join(" "));
        }
    }
    hold("docs/keys.md", &text);
}

/// A README's pictures: `<!-- screen 100x16 /专精 -->`, then the screen after those keys as a code block.
#[test]
fn the_screens_of_the_readmes_are_drawn() {
    for name in ["README.md", "README.zh-CN.md"] {
        draw(name);
    }
}

fn draw(name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = std::fs::read_to_string(path).expect("a README");
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut count = 0;
    while let Some((before, after)) = rest.split_once("<!-- screen ") {
        let (said, block) = after.split_once(" -->\n```\n").expect("a code block after a screen's comment");
        let (_, behind) = block.split_once("```\n").expect("its end");
        let (size, keys) = said.split_once(' ').unwrap_or((said, ""));
        let (width, height) = size.split_once('x').expect("columns and rows");
        let number = |text: &str| text.parse().expect("a number");
        let drawn = Screen::open(number(width), number(height)).keys(keys).text();
        let _ = write!(out, "{before}<!-- screen {said} -->\n```\n{drawn}```\n");
        rest = behind;
        count += 1;
    }
    out.push_str(rest);
    assert!(count > 0, "no screen in {name}");
    hold(name, &out);
}
