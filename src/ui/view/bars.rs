//! Bars and courses in characters: 0.5 of 8 columns → `████`.

use crate::ui::width::Widths;

/// A bar of a share of `room` columns; anything above nothing shows.
pub(super) fn bar(share: f64, room: usize, widths: Widths) -> String {
    let (full, parts) = match widths {
        Widths::Narrow => ("█", ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]),
        Widths::Wide => ("#", [""; 8]),
    };
    if share.is_nan() || share <= 0.0 || room == 0 {
        return String::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "a screen has few columns")]
    #[expect(clippy::cast_sign_loss, reason = "the share is above nothing")]
    let eighths = ((share.min(1.0) * room as f64 * 8.0).round() as usize).max(1);
    let rest = parts.get(eighths % 8).copied().unwrap_or("");
    let bar = full.repeat(eighths / 8) + rest;
    if bar.is_empty() { full.to_owned() } else { bar }
}

/// Values over time, one character each; a gap where there is none.
pub(super) fn course(values: &[Option<f64>], widths: Widths) -> String {
    const STEPS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    if widths == Widths::Wide {
        return String::new();
    }
    #[expect(clippy::cast_sign_loss, reason = "the share is at least nothing")]
    let step =
        |share: f64| STEPS.get(((share.clamp(0.0, 1.0) * 7.0).round()) as usize).copied().unwrap_or(" ");
    values.iter().map(|value| value.map_or(" ", step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_they_say() {
        assert_eq!(bar(0.5, 8, Widths::Narrow), "████");
        assert_eq!(bar(0.55, 8, Widths::Narrow), "████▍");
        assert_eq!(bar(0.001, 8, Widths::Narrow), "▏");
        assert_eq!(bar(0.001, 8, Widths::Wide), "#");
        assert_eq!(bar(7.0, 2, Widths::Narrow), "██");
        assert_eq!(bar(0.0, 8, Widths::Narrow), "");
        assert_eq!(course(&[Some(0.0), None, Some(1.0)], Widths::Narrow), "▁ █");
    }
}
