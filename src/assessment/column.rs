//! One kind of evidence for all candidates.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::evidence::{Declared, Evidence, EvidenceKind, Figure, JudgedBy, Judgement, Origin, Score};
use super::table_column::TableColumn;
use crate::diagnostic::Place;
use crate::stats::Random;

/// One kind of evidence for all candidates: written out for some, in tables for others.
#[derive(Debug, Default)]
pub struct Column {
    pub(super) written: BTreeMap<usize, Evidence>,
    pub(super) tables: Vec<TableColumn>,
}

impl Column {
    /// The same scores about each of so many candidates, each score from somebody else.
    pub(super) fn judged_alike(candidates: usize, scores: &[f64], scale: (f64, f64), place: &Place) -> Self {
        let evidence = Self::judged(scores, scale, place);
        Self { written: (0..candidates).map(|number| (number, evidence.clone())).collect(), tables: Vec::new() }
    }

    /// Scores about one candidate, each from somebody else.
    pub(super) fn judged(scores: &[f64], scale: (f64, f64), place: &Place) -> Evidence {
        let by = |at: usize| format!("person {}", at + 1);
        let given = scores.iter().enumerate().map(|(at, score)| Score { by: by(at).into(), score: *score });
        let judgement = Judgement { scores: given.collect(), scale, because: "".into() };
        let people = (0..scores.len()).map(by).collect();
        let judged = JudgedBy { by: people, date: String::new(), because: String::new() };
        let origin = Arc::new(Origin { judged: Some(judged), ..Origin::default() });
        Evidence { figure: Figure::Judgement(judgement), origin, place: place.clone() }
    }

    /// The evidence about candidate number `candidate`; none if nobody gave any.
    pub fn get(&self, candidate: usize) -> Option<Cow<'_, Evidence>> {
        if let Some(evidence) = self.written.get(&candidate) {
            return Some(Cow::Borrowed(evidence));
        }
        self.tables.iter().find_map(|table| table.get(candidate)).map(Cow::Owned)
    }

    /// The table that holds this whole column, where nothing of it was written out.
    pub fn as_table(&self) -> Option<&TableColumn> {
        match &*self.tables {
            [table] if self.written.is_empty() => Some(table),
            _ => None,
        }
    }

    /// Whether some of it is counts.
    pub(super) fn holds_counts(&self) -> bool {
        let is_count = |kind: Option<EvidenceKind>| kind == Some(EvidenceKind::Count);
        let written = || self.written.values().any(|evidence| is_count(evidence.figure.kind()));
        self.tables.iter().any(|table| is_count(table.kind())) || written()
    }

    /// The evidence written out by hand, with the number of its candidate.
    pub fn written(&self) -> impl Iterator<Item = (usize, &Evidence)> {
        self.written.iter().map(|(candidate, evidence)| (*candidate, evidence))
    }

    /// Whether the evidence about candidate number `candidate` stands in a table.
    pub fn is_in_a_table(&self, candidate: usize) -> bool {
        !self.written.contains_key(&candidate) && self.tables.iter().any(|table| table.get(candidate).is_some())
    }

    /// Whether the evidence about candidate number `candidate` is kept for the reader; false if nobody gave any.
    pub fn is_context(&self, candidate: usize) -> bool {
        match self.written.get(&candidate) {
            Some(evidence) => evidence.origin.context,
            None => self.tables.iter().any(|table| table.origin.context && table.get(candidate).is_some()),
        }
    }

    /// The same evidence as it might have been, each figure drawn from its own distribution, or, of one person alone, from
    /// the spread that the rules declare.
    #[must_use]
    pub fn redrawn(&self, declared: Option<&Declared>, random: &mut Random) -> Self {
        let written = self.written.iter().map(|(candidate, evidence)| {
            let (origin, place) = (Arc::clone(&evidence.origin), evidence.place.clone());
            let moved = declared.and_then(|declared| evidence.figure.moved(declared, random));
            let figure = moved.unwrap_or_else(|| evidence.figure.redrawn(random));
            (*candidate, Evidence { figure, origin, place })
        });
        let tables = self.tables.iter();
        Self { written: written.collect(), tables: tables.map(|table| table.redrawn(declared, random)).collect() }
    }

    /// Whether some of it was made up for illustration.
    pub(super) fn holds_made_up(&self) -> bool {
        let origins = self.written.values().map(|evidence| &evidence.origin);
        origins.chain(self.tables.iter().map(|table| &table.origin)).any(|origin| origin.illustration)
    }

    /// The same without what was made up for illustration.
    pub(super) fn without_made_up(&self) -> Self {
        let written = self.written.iter().filter(|(_, evidence)| !evidence.origin.illustration);
        let tables = self.tables.iter().filter(|table| !table.origin.illustration);
        Self {
            written: written.map(|(candidate, evidence)| (*candidate, evidence.clone())).collect(),
            tables: tables.cloned().collect(),
        }
    }

    /// How many numbers, people or rows are drawn for [`Self::redrawn`], each table and each figure that is written out
    /// with its place.
    pub fn draws(&self) -> impl Iterator<Item = (usize, &Place)> {
        let tables = self.tables.iter().map(|table| (table.numbers.len(), &table.place));
        self.written.values().map(|evidence| (evidence.figure.draws(), &evidence.place)).chain(tables)
    }

    /// The evidence that is written out about these candidates, who have other numbers now: the new one by the old.
    pub(super) fn renumbered(&self, numbers: &BTreeMap<usize, usize>) -> Self {
        let kept = self.written().filter_map(|(old, evidence)| Some((*numbers.get(&old)?, evidence.clone())));
        Self { written: kept.collect(), tables: Vec::new() }
    }

    /// The evidence about these candidates alone, who are numbered in this order.
    pub(super) fn of(&self, candidates: &[usize]) -> Self {
        let written =
            candidates.iter().enumerate().filter_map(|(new, old)| Some((new, self.written.get(old)?.clone())));
        Self { written: written.collect(), tables: self.tables.iter().map(|table| table.of(candidates)).collect() }
    }

    /// The tables that hold some of it.
    pub fn tables(&self) -> &[TableColumn] {
        &self.tables
    }
}
