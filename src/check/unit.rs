//! What units measure, so that amounts in different units can be compared.
//!
//! `亩` → area, 2000/3 平方米; `户`, `家`, `个` → counts of things

use crate::lexicon::units::{Class, named};
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
const COUNT: &str = "count";
/// People are not counted together with households or firms.
const PERSONS: &str = "persons";

/// The measure of a unit as the dataset spells it; one that is not in the lexicon compares with itself alone.
pub(super) fn measure(unit: Option<&str>) -> Measure {
    let name = unit.unwrap_or("");
    let Some(known) = named(name) else {
        return Measure { dimension: name.to_owned(), factor: (Decimal::ONE, Decimal::ONE), counts: false };
    };
    let dimension = match name {
        "名" | "位" => PERSONS,
        "户" => COUNT,
        _ => known.dimension,
    };
    let counts = matches!(known.class, Class::Tally | Class::Count | Class::Place);
    Measure { dimension: dimension.to_owned(), factor: known.factor, counts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_compared() {
        let dimension = |unit| measure(Some(unit)).dimension;
        assert_eq!(dimension("户"), dimension("家"));
        assert_eq!(dimension("人"), dimension("名"));
        assert_ne!(dimension("人"), dimension("户"));
        assert_eq!(dimension("亩"), dimension("平方公里"));
        assert_eq!(dimension("%"), dimension("‰"));
        assert_ne!(dimension("元"), dimension("美元"));
        assert_ne!(dimension("元/人"), dimension("元"));
        assert!(measure(Some("件")).counts && !measure(Some("吨")).counts && !measure(None).counts);
    }
}
