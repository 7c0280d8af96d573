//! What units measure, so that amounts in different units can be compared.
//!
//! `亩` → area, 2000/3 平方米; `户`, `家`, `个` → counts of things

use crate::model::Decimal;

/// A unit's dimension and its worth in the dimension's base unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// Only amounts of one dimension can be added or compared.
    pub dimension: String,
    /// How many base units it is, as a fraction.
    pub factor: (Decimal, Decimal),
    /// Counts things: a whole number of it is exact.
    pub counts: bool,
}

/// Counts of things whatever the measure word: 16户 and 29家 are parts of 179户.
const COUNTS: &str = "count";
/// People are not counted together with households or firms.
const PERSONS: &str = "persons";

/// The measure of a unit as the dataset spells it.
pub(super) fn measure(unit: Option<&str>) -> Measure {
    let own = |dimension: &str, counts: bool| Measure {
        dimension: dimension.to_owned(),
        factor: (Decimal::ONE, Decimal::ONE),
        counts,
    };
    let Some(unit) = unit else { return own("", false) };
    match unit {
        "人" | "名" | "位" | "口" => return own(PERSONS, true),
        "户" | "家" | "个" | "件" | "项" | "辆" | "套" | "所" | "场" | "次" | "起" | "宗" | "座" | "条"
        | "台" | "支" | "只" | "颗" | "处" | "部" | "例" | "批" | "架" | "艘" | "栋" => {
            return own(COUNTS, true);
        }
        "‰" => return Measure { factor: (Decimal::ONE, Decimal::TEN), ..own("%", false) },
        _ => {}
    }
    own(unit, false)
}
