//! Whole screens, kept as text files in `tests/screens/`.
//!
//! `UPDATE_SCREENS=1 cargo test screens` writes them anew; read the difference before you keep it.

use std::path::PathBuf;

use super::Screen;
use crate::model::Lang;
use crate::ui::Settings;

/// Name, keys. Each is drawn in both languages at three sizes.
const VIEWS: &[(&str, &str)] = &[
    ("browse", "jjjj"),
    ("filter", "/专精"),
    ("nothing", "/没有这样的词<enter>"),
    ("detail", "jj<enter>"),
    ("help", "?"),
    ("palette", ":目标"),
    ("completion", "/状态:<tab><tab>"),
    ("overview", "o"),
    ("targets", "t"),
    ("checks", "x"),
    ("evidence", "x<enter>"),
    ("rejected", "n"),
    ("compare", "jjjjc"),
    ("basket", "<space><space>jj<space>b"),
    ("columns", "v"),
    ("groups", "z"),
    ("documents", "hzzjj"),
    ("indicators", "ci<space>"),
    ("views", "/专精<enter>szww<C-u>三年<enter>"),
    ("history", "/专精 状态:目标<enter>/<C-u>>100亿元<enter>H"),
    ("save", "e"),
];

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (120, 40)];

#[test]
fn screens_are_as_kept() {
    let update = std::env::var_os("UPDATE_SCREENS").is_some();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screens");
    let mut wrong = Vec::new();
    for (name, keys) in VIEWS {
        for (lang, ending) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            for (width, height) in SIZES {
                let settings = Settings { lang, ..Settings::default() };
                let drawn = Screen::with(settings, width, height).keys(keys).text();
                let path = folder.join(format!("{name}-{width}x{height}.{ending}.txt"));
                if update {
                    std::fs::write(&path, &drawn).expect("the folder can be written");
                } else if std::fs::read_to_string(&path).unwrap_or_default() != drawn {
                    wrong.push(format!("{}\n{drawn}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_SCREENS=1 writes them anew\n{}", wrong.join("\n"));
}
