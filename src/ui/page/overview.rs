//! What the figures are about: the commonest values of each field, with bars; Enter filters by one.
//!
//! `状态  事实 104 ██████████`

use std::borrow::Cow;
use std::collections::HashMap;

use super::{BAR, Cell, Col, Row, Title, cut, whole};
use crate::index::{FigureId, Index, together};
use crate::model::{Lang, Period};
use crate::query::{Field, show};
use crate::text::visible;
use crate::ui::model::Model;
use crate::ui::texts::Text;

pub(super) const COLUMNS: &[Col] = &[
    cut(Title::None, 12, 44, 8),
    whole(Title::Text(Text::Count), true, 9),
    Col { title: Title::None, right: false, low: 0, high: BAR, worth: 1 },
];

/// Most values of a field.
const MOST: usize = 10;

const FIELDS: &[Field] = &[
    Field::Status,
    Field::Kind,
    Field::Subject,
    Field::Indicator,
    Field::Period,
    Field::Unit,
    Field::Document,
    Field::Source,
];

pub(super) fn rows(model: &Model) -> (String, Vec<Row>) {
    let mut rows = Vec::new();
    let (index, figures, lang) = (&*model.index, model.rows.as_slice(), model.settings.lang);
    let all = together::each(FIELDS, |field| counts(index, figures, lang, *field));
    for (field, mut counts) in FIELDS.iter().zip(all) {
        let different = counts.iter().filter(|(value, _)| !value.is_empty()).count();
        let order =
            |a: &(Cow<'_, str>, usize), b: &(Cow<'_, str>, usize)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
        if counts.len() > MOST {
            counts.select_nth_unstable_by(MOST, order);
            counts.truncate(MOST);
        }
        counts.sort_unstable_by(order);
        let most = counts.first().map_or(0, |(_, count)| *count);
        if different > 0 {
            rows.push(Row::Heading(format!("{} ({different})", field.name(model.settings.lang))));
            rows.extend(counts.iter().map(|(value, count)| facet(model, *field, value, *count, most)));
        }
    }
    let count = model.rows.len();
    (format!("{}: {count} {}", model.text(Text::Overview), model.text(Text::FigureCount)), rows)
}

/// How many figures have each value of a field.
fn counts<'i>(
    index: &'i Index,
    figures: &[FigureId],
    lang: Lang,
    field: Field,
) -> Vec<(Cow<'i, str>, usize)> {
    let (columns, names, documents) = (index.columns(), index.names(), &index.columns().documents);
    let code = |code: usize| Cow::Borrowed(show::choice(field, code as u8, lang));
    let name = |name: usize| Cow::Borrowed(names.text(name as u32));
    let of_codes = |column| texts(counted(figures, column, field.row().choices().len()), code);
    let of_names = |column| texts(counted(figures, column, names.len()), name);
    let through = |column, names_of: &[u32]| {
        let mut counts = vec![0; names.len()];
        for (count, name) in counted(figures, column, names_of.len()).into_iter().zip(names_of) {
            add(&mut counts, *name as usize, count);
        }
        texts(counts, name)
    };
    match field {
        Field::Status => of_codes(&columns.status),
        Field::Kind => of_codes(&columns.kind),
        Field::Subject => of_names(&columns.subject),
        Field::Indicator => of_names(&columns.indicator_id),
        Field::Unit => through(&columns.unit, &columns.units),
        Field::Document => through(&columns.document, &documents.title),
        Field::Source => through(&columns.document, &documents.source),
        _ => {
            let mut years: HashMap<String, usize> = HashMap::new();
            for (period, count) in of_names(&columns.period) {
                *years.entry(years_of(&period)).or_default() += count;
            }
            years.into_iter().map(|(years, count)| (years.into(), count)).collect()
        }
    }
}

/// How many figures have each of so many numbers in a column.
fn counted<T: Copy + TryInto<usize>>(figures: &[FigureId], column: &[T], numbers: usize) -> Vec<usize> {
    let mut counts = vec![0; numbers];
    for number in figures.iter().filter_map(|id| column.get(id.0 as usize)) {
        add(&mut counts, (*number).try_into().unwrap_or(usize::MAX), 1);
    }
    counts
}

fn add(counts: &mut [usize], to: usize, more: usize) {
    if let Some(count) = counts.get_mut(to) {
        *count += more;
    }
}

/// Those that occur, with their texts.
fn texts<'a>(counts: Vec<usize>, text: impl Fn(usize) -> Cow<'a, str>) -> Vec<(Cow<'a, str>, usize)> {
    let counts = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
    counts.map(|(number, count)| (text(number), count)).collect()
}

/// The years of a period, or how it is written if it is not fixed.
fn years_of(period: &str) -> String {
    match Period::parse(period).and_then(|period| period.years()) {
        Some((from, to)) if from == to => from.to_string(),
        Some((from, to)) => format!("{from}..{to}"),
        None => period.to_owned(),
    }
}

fn facet(model: &Model, field: Field, value: &str, count: usize, most: usize) -> Row {
    let lang = model.settings.lang;
    let name = field.name(lang);
    let plain = value.chars().all(|c| c.is_alphanumeric() || ".%".contains(c));
    let (label, filter) = match field {
        _ if value.is_empty() => {
            (model.text(Text::Without).to_owned(), format!("-{}:{name}", Field::Has.name(lang)))
        }
        Field::Period if value.starts_with('R') => {
            (model.text(Text::Yearly).to_owned(), format!("{name}:每年"))
        }
        Field::Period if value.starts_with('P') => (value.to_owned(), format!("{name}:{value}")),
        _ if plain => (value.to_owned(), format!("{name}:{value}")),
        _ => (value.to_owned(), format!("{name}:\"{}\"", value.replace('"', ""))),
    };
    Row::Facet { label: visible(&label).into_owned(), filter, count, most }
}

pub(super) fn cells(label: &str, count: usize, most: usize) -> Vec<Cell> {
    // Precise enough for a bar.
    #[expect(clippy::cast_precision_loss, reason = "a bar has 24 columns")]
    let share = count as f64 / most.max(1) as f64;
    vec![Cell::plain(format!("  {label}")), Cell::plain(count.to_string()), Cell::bar(share)]
}
