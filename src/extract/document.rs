//! A whole document: every line's numbers, every sentence's figures, mapped back to the raw file.

use crate::extract::draft::Draft;
use crate::extract::item;
use crate::extract::link;
use crate::extract::owners;
use crate::extract::quantity::{self, NotQuantity, Quantity};
use crate::extract::scope::{self, Scope, SectionScope};
use crate::extract::sentence::{self, Memory, Setting};
use crate::extract::subject;
use crate::extract::table;
use crate::extract::trace;
use crate::lexicon::names;
use crate::lexicon::reliability;
use crate::model::{Decimal, Document, Dropped, Figure, Period, Reason, Rejected, Section};
use crate::text::{self, Block, BlockKind, CleanSpan, Positions, Prepared, RawSpan};

/// Extracts the figures of a document, and says of every other number why it is none.
pub fn document(prepared: Prepared) -> Document {
    let found = read(&prepared);
    let mapper = Mapper::new(&prepared);
    let mut figures: Vec<Figure> = found.figures.into_iter().filter_map(|f| mapper.figure(f)).collect();
    figures.sort_by_key(|f| f.raw);
    let mut rejected: Vec<Rejected> =
        found.rejected.into_iter().filter_map(|(n, sentence)| mapper.rejected(n, sentence)).collect();
    rejected.sort_by_key(|r| r.raw);
    Document {
        raw_length: prepared.positions().length(),
        dropped: prepared
            .removed
            .iter()
            .map(|r| Dropped { raw: r.raw, reason: r.reason.to_owned() })
            .collect(),
        sections: prepared
            .sections
            .iter()
            .map(|s| Section { title: s.title.clone(), level: s.level, span: s.span })
            .collect(),
        id: prepared.id,
        path: prepared.path,
        title: prepared.title,
        source: prepared.source,
        url: prepared.url,
        date: prepared.date,
        encoding: prepared.encoding,
        sha256: prepared.sha256,
        text: prepared.text,
        map: prepared.map,
        figures,
        rejected,
    }
}

/// A draft with its place, before it is mapped.
struct Found {
    draft: Draft,
    quantity: Quantity,
    sentence: CleanSpan,
    section: Option<usize>,
    parent: Option<CleanSpan>,
}

#[derive(Default)]
struct Harvest {
    figures: Vec<Found>,
    rejected: Vec<(NotQuantity, CleanSpan)>,
}

fn read(prepared: &Prepared) -> Harvest {
    let scope = scope::scope(prepared);
    let sections = scope::sections(&prepared.sections, &scope);
    let mut harvest = Harvest::default();
    let mut memory = Memory::default();
    let mut items = item::items(prepared, &scope).into_iter().peekable();
    let mut item: Option<Scope> = None;
    let mut plan: Option<SectionScope> = None;
    let mut heading: Option<String> = None;
    // What a paragraph says that ends in a colon, of the items that follow.
    let mut opened: Option<Memory> = None;
    let mut opening = Opening::default();
    for (n, block) in prepared.blocks.iter().enumerate() {
        if let Some((_, own)) = items.next_if(|(at, _)| *at == n) {
            item = Some(own);
            memory = Memory::default();
        }
        match block.kind {
            BlockKind::Heading | BlockKind::Title => {
                memory = Memory::default();
                heading = subject::place_at(&prepared.text, block.span.start, block.span.end)
                    .filter(|named| {
                        scope.is_loose() && named.level.is_some() && block.kind == BlockKind::Heading
                    })
                    .map(|named| named.name);
            }
            BlockKind::Paragraph | BlockKind::Row => {
                // A line that is a place and nothing else heads what follows.
                let alone = subject::place_at(&prepared.text, block.span.start, block.span.end)
                    .filter(|named| scope.is_loose() && named.span == block.span);
                heading = alone.map(|named| named.name).or(heading.take());
                // Where no area is known for sure, the text goes on about the body it spoke of.
                let body = memory.topic.take().filter(|name| {
                    scope.is_guessed()
                        && prepared.text.matches(name.as_str()).count() > 1
                        && names::places().get(name).is_none()
                });
                opened = opened.filter(|_| item::is_listed(block.span.of(&prepared.text)));
                let of = opened.as_ref();
                memory = Memory {
                    topic: heading.clone().or(body).or(of.and_then(|o| o.topic.clone())),
                    places: std::mem::take(&mut memory.places),
                    carried: of.map(|o| o.carried.clone()).unwrap_or_default(),
                    aim: of.is_some_and(|o| o.aim),
                    first: true,
                    ..Memory::default()
                };
            }
        }
        let section = block.section.and_then(|s| sections.get(s)).cloned().unwrap_or_default();
        plan = scope::plan_part(block.span.of(&prepared.text), &scope, block.span.start).or(plan);
        let section = plan.clone().filter(|p| p.at >= section.at).unwrap_or(section);
        let section = scope::rubric(&prepared.text, block.span, &scope, &section).unwrap_or(section);
        let section = scope::aims_ahead(block.span.of(&prepared.text), &section).unwrap_or(section);
        let section = opening.governs(prepared, *block, &scope, section);
        if block.kind == BlockKind::Row {
            if n.checked_sub(1)
                .and_then(|before| prepared.blocks.get(before))
                .is_none_or(|b| b.kind != BlockKind::Row)
            {
                read_table(prepared, n, item.as_ref().unwrap_or(&scope), &section, &mut harvest);
            }
            continue;
        }
        line(prepared, *block, item.as_ref().unwrap_or(&scope), &section, &mut memory, &mut harvest);
        if block.kind == BlockKind::Paragraph && block.span.of(&prepared.text).ends_with(['：', ':']) {
            opened = Some(memory.clone());
        }
    }
    harvest
}

/// The time that the paragraph under a heading opens with, which its subsections go on to speak of:
/// 一、肯定成绩 ⏎ 去年以来,… ⏎ (一)….
#[derive(Default)]
struct Opening {
    /// Level of the heading, and the time.
    told: Option<(u8, String)>,
    /// Level of the heading right before.
    headed: Option<u8>,
}

impl Opening {
    /// What `section` says of `block`, with the time that the section above opened with.
    fn governs(
        &mut self,
        prepared: &Prepared,
        block: Block,
        scope: &Scope,
        section: SectionScope,
    ) -> SectionScope {
        let level = block.section.and_then(|s| prepared.sections.get(s)).map(|s| s.level);
        if matches!(block.kind, BlockKind::Heading | BlockKind::Title) {
            self.told.take_if(|(above, _)| level.is_none_or(|l| l <= *above));
            self.headed = level;
            return section;
        }
        if let Some(level) = self.headed.take()
            && self.told.is_none()
            && let Some(period) = scope::opening_time(&prepared.text, block.span, scope)
        {
            self.told = Some((level, period));
        }
        match &self.told {
            Some((above, period)) if section.period.is_none() && level > Some(*above) => {
                SectionScope { period: Some(period.clone()), ..section }
            }
            _ => section,
        }
    }
}

/// A run of rows: its cells are figures; every other number in it is set aside.
fn read_table(
    prepared: &Prepared,
    first: usize,
    scope: &Scope,
    section: &SectionScope,
    harvest: &mut Harvest,
) {
    let text = &prepared.text;
    let rest = prepared.blocks.get(first..).unwrap_or(&[]);
    let rows = rest.get(..rest.iter().take_while(|b| b.kind == BlockKind::Row).count()).unwrap_or(&[]);
    let caption =
        first.checked_sub(1).and_then(|before| prepared.blocks.get(before)).map_or("", |b| b.span.of(text));
    let cells = table::read(text, rows, caption, scope, section);
    for row in rows {
        let numbers = quantity::numbers(text, row.span);
        let taken = |span: CleanSpan| cells.iter().any(|c| c.quantity.span.overlaps(span));
        let left = numbers.quantities.into_iter().map(|q| NotQuantity {
            span: q.span,
            reason: Reason::Bare,
            rule: "in a table that could not be read".to_owned(),
        });
        harvest
            .rejected
            .extend(numbers.others.into_iter().chain(left).filter(|o| !taken(o.span)).map(|o| (o, row.span)));
    }
    for cell in cells {
        harvest.figures.push(Found {
            draft: cell.draft,
            quantity: cell.quantity,
            sentence: cell.row,
            section: rows.first().and_then(|r| r.section),
            parent: None,
        });
    }
}

/// Sentences, each with those after it that only go on to its parts: `…。其中,…`.
fn joined(text: &str, sentences: Vec<CleanSpan>) -> Vec<CleanSpan> {
    /// No sentence grows beyond this many bytes, so that a line costs no more than its length.
    const LONGEST: usize = 1500;
    let mut found: Vec<CleanSpan> = Vec::with_capacity(sentences.len());
    for span in sentences {
        match found.last_mut() {
            Some(before) if span.end - before.start < LONGEST && link::names_parts(span.of(text)) => {
                before.end = span.end;
            }
            _ => found.push(span),
        }
    }
    found
}

fn line(
    prepared: &Prepared,
    block: Block,
    scope: &Scope,
    section: &SectionScope,
    memory: &mut Memory,
    harvest: &mut Harvest,
) {
    let text = &prepared.text;
    let numbers = quantity::numbers(text, block.span);
    let duties = owners::duties(text, block.span);
    let mut quantities = numbers.quantities.into_iter().peekable();
    let mut others = numbers.others.into_iter().peekable();
    for span in joined(text, text::sentences(text, block.span)) {
        let mut here = Vec::new();
        let mut inside = Vec::new();
        while let Some(q) = quantities.next_if(|q| q.span.start < span.end) {
            inside.push(q.span);
            here.push(q);
        }
        while let Some(other) = others.next_if(|o| o.span.start < span.end) {
            inside.push(other.span);
            harvest.rejected.push((other, span));
        }
        let setting = Setting { text, sentence: span, quantities: &here, fixed: &inside, scope, section };
        if here.is_empty() {
            sentence::pass(setting, memory);
            continue;
        }
        let mut drafts = sentence::read(setting, memory);
        for draft in &mut drafts {
            let at = here.get(draft.site.quantity).map_or(0, |q| q.span.start);
            if let Some(duty) = duties.get(duties.partition_point(|d| d.at <= at)) {
                draft.owners.clone_from(&duty.owners);
            }
        }
        let parents: Vec<Option<CleanSpan>> = drafts
            .iter()
            .map(|d| {
                d.parent.and_then(|p| drafts.get(p)).and_then(|p| here.get(p.site.quantity)).map(|q| q.span)
            })
            .collect();
        for (draft, parent) in drafts.into_iter().zip(parents) {
            let Some(quantity) = here.get(draft.site.quantity).cloned() else { continue };
            if quantity.vague {
                let reason = if quantity.value.is_none() { Reason::Masked } else { Reason::Vague };
                let rule = format!("{} (says too little)", quantity.rule);
                harvest.rejected.push((NotQuantity { span: quantity.span, reason, rule }, span));
                continue;
            }
            harvest.figures.push(Found { draft, quantity, sentence: span, section: block.section, parent });
        }
    }
}

/// Maps spans to the raw file and makes identifiers.
struct Mapper<'a> {
    prepared: &'a Prepared,
    positions: Positions<'a>,
}

impl<'a> Mapper<'a> {
    fn new(prepared: &'a Prepared) -> Self {
        Self { prepared, positions: prepared.positions() }
    }

    fn raw(&self, span: CleanSpan) -> Option<(RawSpan, String)> {
        let raw = self.prepared.map.raw(&self.prepared.text, span)?;
        Some((raw, self.positions.slice(raw)?.to_owned()))
    }

    fn figure(&self, found: Found) -> Option<Figure> {
        let Found { draft, quantity: q, sentence, section, parent } = found;
        let (raw, quote) = self.raw(q.span)?;
        let sign = |v: Decimal| if draft.negative { -v } else { v };
        let parent = parent.and_then(|p| self.raw(p)).map(|(raw, _)| raw);
        let trace = trace::complete(&draft, &q);
        Some(Figure {
            id: Figure::name(&self.prepared.id, raw),
            raw,
            span: q.span,
            quote,
            value: q.value.map(sign),
            value_high: q.value_high.map(sign),
            unit: q.unit,
            unit_inferred: q.unit_inferred,
            bound: draft.limit.unwrap_or(q.bound),
            kind: draft.kind,
            indicator_id: sentence::canonical(&draft.indicator),
            indicator: draft.indicator,
            subject: draft.subject,
            period: draft.period.as_deref().and_then(Period::parse),
            status: draft.status,
            of: draft.of,
            parent,
            owners: draft.owners,
            sentence,
            section,
            confidence: (reliability::confidence(&trace) * 100.0).round() / 100.0,
            trace,
        })
    }

    fn rejected(&self, other: NotQuantity, sentence: CleanSpan) -> Option<Rejected> {
        let (raw, quote) = self.raw(other.span)?;
        Some(Rejected { raw, span: other.span, quote, reason: other.reason, rule: other.rule, sentence })
    }
}
