//! The language of the interface: asked for, or that of the locale.
//!
//! `LANG=zh_CN.UTF-8` → Chinese; `--lang en` → English

use clap::ValueEnum;

use crate::model::Lang;

/// A language to ask for on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Language {
    Zh,
    En,
}

/// The language asked for, or else that of the locale.
pub(super) fn language(asked: Option<Language>) -> Lang {
    match asked {
        Some(Language::Zh) => Lang::Zh,
        Some(Language::En) => Lang::En,
        None => of_locale(["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).as_deref()),
    }
}

/// Chinese for a Chinese locale, English for any other.
fn of_locale(locale: Option<&str>) -> Lang {
    match locale {
        Some(locale) if locale.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// An environment variable that is set and not empty.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_locale() {
        assert_eq!(of_locale(Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(of_locale(Some("C.UTF-8")), Lang::En);
        assert_eq!(of_locale(None), Lang::En);
    }
}
