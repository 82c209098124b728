//! The kinds of evidence: a file for each, and here their list.
//!
//! All that is to be said of a kind is said in its file: its keys, how it is judged, its figure and interval, what it
//! might have been, and its words. How expressions see it is said in `rules/script/types/`.

mod answer;
pub(super) mod areas;
mod asked;
mod cell;
mod corroboration;
mod count;
mod declared;
pub mod format;
mod interval;
mod judgement;
mod kind;
mod level;
mod levels;
mod members;
mod missing;
mod number;
mod offences;
mod origin;
mod outcome;
mod outcome_word;
mod peers;
mod percentage;
mod percentages;
mod pool;
mod rate;
mod redraw;
mod series;

use std::borrow::Cow;
use std::sync::Arc;

use super::denominator::Denominator;
use super::period::Period;
use super::references::References;
use crate::areas::Lookup;
use crate::diagnostic::{Code, Place};
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker, WrittenNumber};
use areas::{NotByParts, Part};
use kind::Kind;

pub use answer::Answer;
pub use asked::{AskedCell, AskedFigure, CellWords, FigureCell};
pub(crate) use cell::suppressed;
pub(super) use cell::{Cell, CellProblem, number_in};
pub use corroboration::{Corroboration, Movement, Way, corroboration};
pub use count::Count;
pub use declared::{Declared, Pooled, Settings};
pub use format::EvidenceKind;
pub use judgement::{Judgement, Score};
pub use kind::{Key, Voucher};
pub use level::Level;
pub use levels::Levels;
pub use members::{MemberSays, Members};
pub use missing::Missing;
pub use number::Number;
pub use offences::{Offence, Offences};
pub use origin::{Break, JudgedBy, Origin, PointOrigin, Published};
pub use outcome::{MeasureName, Outcome, WhatBecame};
pub use outcome_word::OutcomeWord;
pub use peers::{Peer, Peers};
pub use percentage::Percentage;
pub use percentages::{PercentageOf, Percentages};
pub use pool::FiledPool;
pub use rate::Rate;
pub use series::Series;
pub(super) use series::breaks;

/// A cited figure about a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What is known: a figure of one kind, or that it is missing.
    pub figure: Figure,
    /// The document and place, or the person, that it comes from.
    pub origin: Arc<Origin>,
    /// Where it was written.
    pub place: Place,
}

impl Evidence {
    /// The periods that it has figures of: those of a list, or the one that it covers.
    pub fn periods(&self) -> Vec<Period> {
        match &self.figure {
            Figure::Series(series) => series.counts.iter().map(|count| count.period).collect(),
            Figure::Percentages(series) => series.points.iter().map(|point| point.period).collect(),
            Figure::Count(count) => vec![count.period],
            _ => self.origin.period.into_iter().collect(),
        }
    }

    /// The time that it is about: its period, that of its latest count, or the day on which people judged.
    pub fn is_about(&self) -> Option<Period> {
        let latest = match &self.figure {
            Figure::Series(series) => series.latest().map(|count| count.period),
            Figure::Percentages(series) => series.latest().map(|point| point.period),
            _ => None,
        };
        latest.or_else(|| self.origin.is_about())
    }
}

/// What a piece of evidence says.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// How often something happened.
    Count(Count),
    /// How often over several periods.
    Series(Series),
    /// A rate as published.
    Rate(Rate),
    /// A share of a hundred.
    Percentage(Percentage),
    /// The same over several periods.
    Percentages(Percentages),
    /// Any other figure.
    Number(Number),
    /// Offences with their harm.
    Offences(Offences),
    /// Rates of similar areas, this one among them.
    Peers(Peers),
    /// What people think of it.
    Judgement(Judgement),
    /// A word from an ordered list.
    Level(Level),
    /// A question answered with yes or no.
    Answer(Answer),
    /// What became of a measure of a plan.
    Outcome(Outcome),
    /// What the members of the assessment say of it.
    Members(Members),
    /// Why there is no figure.
    Missing(Missing),
}

/// `$then` for a kind of evidence, whichever it is, where `$Its` is the type of its figures.
#[rustfmt::skip]
macro_rules! of_kind {
    ($kind:expr, $Its:ident => $then:expr) => {
        match $kind {
            EvidenceKind::Count => { type $Its = Count; $then }
            EvidenceKind::Series => { type $Its = Series; $then }
            EvidenceKind::Rate => { type $Its = Rate; $then }
            EvidenceKind::Percentage => { type $Its = Percentage; $then }
            EvidenceKind::Percentages => { type $Its = Percentages; $then }
            EvidenceKind::Number => { type $Its = Number; $then }
            EvidenceKind::Offences => { type $Its = Offences; $then }
            EvidenceKind::Peers => { type $Its = Peers; $then }
            EvidenceKind::Judgement => { type $Its = Judgement; $then }
            EvidenceKind::Level => { type $Its = Level; $then }
            EvidenceKind::Answer => { type $Its = Answer; $then }
            EvidenceKind::Outcome => { type $Its = Outcome; $then }
            EvidenceKind::Members => { type $Its = Members; $then }
        }
    };
}

/// `$then` for a figure, whichever kind it is of.
macro_rules! of_figure {
    ($whole:expr, $figure:ident => $then:expr) => {
        match $whole {
            Figure::Count($figure) => $then,
            Figure::Series($figure) => $then,
            Figure::Rate($figure) => $then,
            Figure::Percentage($figure) => $then,
            Figure::Percentages($figure) => $then,
            Figure::Number($figure) => $then,
            Figure::Offences($figure) => $then,
            Figure::Peers($figure) => $then,
            Figure::Judgement($figure) => $then,
            Figure::Level($figure) => $then,
            Figure::Answer($figure) => $then,
            Figure::Outcome($figure) => $then,
            Figure::Members($figure) => $then,
            Figure::Missing($figure) => $then,
        }
    };
}

macro_rules! figures_from {
    ($($kind:ident),+) => {$(
        impl From<$kind> for Figure {
            fn from(figure: $kind) -> Self {
                Self::$kind(figure)
            }
        }
    )+};
}

figures_from!(
    Count,
    Series,
    Rate,
    Percentage,
    Percentages,
    Number,
    Offences,
    Peers,
    Judgement,
    Level,
    Answer,
    Outcome,
    Members,
    Missing
);

impl EvidenceKind {
    /// The word that files have for it.
    pub fn word(self) -> &'static str {
        of_kind!(self, Its => Its::WORD)
    }

    /// What it is, with its article, within a sentence: `an offence table`.
    pub fn phrase(self) -> &'static str {
        of_kind!(self, Its => Its::PHRASE)
    }

    /// The keys that give such a figure, one of them each.
    pub fn keys(self) -> &'static [Key] {
        of_kind!(self, Its => Its::KEYS)
    }

    /// How a form asks for it.
    ///
    /// # Errors
    /// Why no form does, in a sentence for whoever makes the form.
    pub fn asked(self) -> Result<AskedFigure, &'static str> {
        of_kind!(self, Its => Its::ASKED)
    }

    /// Who vouches for it, where something is said of who judged it and where nothing is.
    pub fn voucher(self, is_judged: bool) -> Voucher {
        of_kind!(self, Its => Its::voucher(is_judged))
    }

    /// The key that a column of a table of tests sets which is named for the evidence alone.
    ///
    /// # Errors
    /// What must be written instead.
    pub fn key_in_tests(self) -> Result<&'static str, &'static str> {
        of_kind!(self, Its => Its::IN_TESTS)
    }

    /// Sets the count of a period, where a column of a table of tests is named for one.
    ///
    /// # Errors
    /// What must be written instead.
    pub fn set_count(
        self,
        written: &mut format::Evidence,
        period: At<String>,
        count: At<WrittenNumber>,
    ) -> Result<(), &'static str> {
        of_kind!(self, Its => Its::set_count(written, period, count))
    }

    /// Notes what a rule set does not say that declares such evidence.
    pub fn judge_declaration(self, check: &mut Checker<'_>, written: &At<format::EvidenceName>) {
        of_kind!(self, Its => Its::judge_declaration(check, written));
    }

    /// The figure of each cell of a table's column but for its number. None where that is wrong, and told.
    pub(super) fn judge_column(
        self,
        check: &mut Checker<'_>,
        column: &format::Column,
        period: Option<Period>,
    ) -> Option<Figure> {
        of_kind!(self, Its => Its::judge_column(check, column, period).map(Figure::from))
    }
}

impl Declared {
    /// Between which ends the headline figure can lie.
    pub fn range(&self) -> (f64, f64) {
        of_kind!(self.kind, Its => Its::range(self))
    }

    /// The lowest and the highest figure of a scale whose steps say more or less, and not how many times more; none of
    /// evidence that is on no such scale.
    pub fn ordinal_scale(&self) -> Option<(f64, f64)> {
        of_kind!(self.kind, Its => Its::ordinal_scale(self))
    }
}

/// A key by which a piece of evidence says what it is: one of a kind's, or `missing`.
#[derive(Debug, Clone, Copy)]
pub struct FigureKey {
    /// The key, and those that belong beside it.
    pub key: &'static Key,
    /// None of `missing`.
    kind: Option<EvidenceKind>,
}

impl FigureKey {
    /// Every one, in the order of the kinds; missing comes last.
    pub fn all() -> impl Iterator<Item = Self> {
        let kinds = EvidenceKind::ALL.into_iter();
        let by_key = kinds.flat_map(|kind| kind.keys().iter().map(move |key| Self { key, kind: Some(kind) }));
        by_key.chain(Missing::KEYS.iter().map(|key| Self { key, kind: None }))
    }

    /// Those that a piece of evidence says it is; more than one is a mistake.
    pub fn given(written: &format::Evidence) -> Vec<Self> {
        let keys = written.keys();
        let is_given = |one: &Self| keys.iter().any(|(key, span)| *key == one.key.name && span.is_some());
        Self::all().filter(is_given).collect()
    }

    /// Who vouches for such a figure of this evidence.
    pub fn voucher(self, written: &format::Evidence) -> Voucher {
        self.kind.map_or(Voucher::Nobody, |kind| kind.voucher(written.is_judged()))
    }

    /// Fills in what a test need not say because the rule set declares it; `declared` is none where it does not.
    pub fn complete(self, written: &mut At<format::Evidence>, declared: Option<&Declared>) {
        if let Some(kind) = self.kind {
            of_kind!(kind, Its => Its::complete(written, declared));
        }
    }

    /// The figure that a piece of evidence gives, or why there is none. None where it is wrong, and that is told.
    pub(super) fn judge(
        self,
        check: &mut Checker<'_>,
        references: &References<'_>,
        written: &At<format::Evidence>,
    ) -> Option<Figure> {
        let missing = |why| Figure::Missing(Missing(why));
        match self.kind {
            Some(kind) => of_kind!(kind, Its => {
                Its::judge(check, references, written).map(|judged| judged.map_or_else(missing, Figure::from))
            }),
            None => Missing::judge(check, references, written).map(|judged| judged.map_or_else(missing, Figure::from)),
        }
    }
}

impl Figure {
    /// The same, with the roles of those who judged told in other words.
    #[must_use]
    pub(super) fn with_roles(&self, told: &mut dyn FnMut(&str) -> String) -> Self {
        match self {
            Self::Judgement(judgement) => Self::Judgement(judgement.with_roles(told)),
            Self::Level(level) => Self::Level(level.with_roles(told)),
            other => other.clone(),
        }
    }

    /// The kind of evidence; none of a missing one, which stands in for any.
    pub fn kind(&self) -> Option<EvidenceKind> {
        Some(match self {
            Self::Count(_) => EvidenceKind::Count,
            Self::Series(_) => EvidenceKind::Series,
            Self::Rate(_) => EvidenceKind::Rate,
            Self::Percentage(_) => EvidenceKind::Percentage,
            Self::Percentages(_) => EvidenceKind::Percentages,
            Self::Number(_) => EvidenceKind::Number,
            Self::Offences(_) => EvidenceKind::Offences,
            Self::Peers(_) => EvidenceKind::Peers,
            Self::Judgement(_) => EvidenceKind::Judgement,
            Self::Level(_) => EvidenceKind::Level,
            Self::Answer(_) => EvidenceKind::Answer,
            Self::Outcome(_) => EvidenceKind::Outcome,
            Self::Members(_) => EvidenceKind::Members,
            Self::Missing(_) => return None,
        })
    }

    /// The one figure that stands for it: a count, the latest of a series, the median of scores. None where there is
    /// no number in it.
    pub fn headline(&self) -> Option<Estimate> {
        of_figure!(self, figure => Kind::headline(figure))
    }

    /// What it might have been, drawn from its own distribution.
    #[must_use]
    pub fn redrawn(&self, random: &mut Random) -> Self {
        of_figure!(self, figure => figure.redrawn(random).into())
    }

    /// Whether one person alone judged it.
    pub fn is_of_one_person(&self) -> bool {
        of_figure!(self, figure => figure.is_of_one_person())
    }

    /// What one person alone might have judged, where the rules declare by how much that may be off.
    #[must_use]
    pub fn moved(&self, declared: &Declared, random: &mut Random) -> Option<Self> {
        of_figure!(self, figure => figure.moved(declared, random).map(Self::from))
    }

    /// The word that it is in a cell of a table, where it is one.
    pub(super) fn cell_word(&self) -> Option<Arc<str>> {
        of_figure!(self, figure => figure.cell_word())
    }

    /// How many numbers, people or rows are drawn for [`Self::redrawn`]: what it costs.
    pub fn draws(&self) -> usize {
        of_figure!(self, figure => Kind::draws(figure))
    }

    /// What it says, a line each.
    pub fn lines(&self) -> Vec<String> {
        of_figure!(self, figure => figure.lines())
    }

    /// The figure as rules with this declaration read it: they say what a word stands for.
    pub fn read_by(&self, declared: &Declared) -> Cow<'_, Self> {
        let read = of_figure!(self, figure => figure.read_by(declared).map(Self::from));
        read.map_or(Cow::Borrowed(self), Cow::Owned)
    }

    /// The roles of those who judged, where people did.
    pub fn judged_by(&self) -> Vec<&str> {
        of_figure!(self, figure => Kind::judged_by(figure))
    }

    /// Each person's score, where people judged and it is a number.
    pub fn scores(&self) -> Vec<f64> {
        of_figure!(self, figure => Kind::scores(figure))
    }

    /// What is wrong with it for rules that declare its kind, and how to mend that; `name` is the evidence's.
    pub fn misfit(&self, name: &str, declared: &Declared) -> Option<(String, String)> {
        of_figure!(self, figure => figure.misfit(name, declared))
    }

    /// The figure of a new area, made of those of the old areas that make it up; at least one.
    ///
    /// # Errors
    /// Why it can't be made of them.
    pub(super) fn put_together(parts: &[Part<'_, Self>], everybody: Option<Denominator>) -> Result<Self, NotByParts> {
        let gone = parts.iter().find_map(|part| Some((part.area, part.figure.missing_because()?)));
        if let Some((area, why)) = gone {
            let why = format!("of `{area}`, which is part of it, nothing is known: {why}");
            return Ok(Self::Missing(Missing(why.into())));
        }
        macro_rules! put_together {
            ($Its:ident) => {{
                let own = parts.iter().map(|part| {
                    part.of_kind(|figure| match figure {
                        Self::$Its(figure) => Some(figure),
                        _ => None,
                    })
                });
                let own: Option<Vec<Part<'_, $Its>>> = own.collect();
                let Some(own) = own else { return Err(NotByParts::of_several_kinds()) };
                let made = $Its::put_together(&own, everybody)?;
                made.map_or_else(|why| Self::Missing(Missing(why)), Self::from)
            }};
        }
        Ok(match parts.first().and_then(|part| part.figure.kind()) {
            Some(EvidenceKind::Count) => put_together!(Count),
            Some(EvidenceKind::Series) => put_together!(Series),
            Some(EvidenceKind::Rate) => put_together!(Rate),
            Some(EvidenceKind::Percentage) => put_together!(Percentage),
            Some(EvidenceKind::Percentages) => put_together!(Percentages),
            Some(EvidenceKind::Number) => put_together!(Number),
            Some(EvidenceKind::Offences) => put_together!(Offences),
            Some(EvidenceKind::Peers) => put_together!(Peers),
            Some(EvidenceKind::Judgement) => put_together!(Judgement),
            Some(EvidenceKind::Level) => put_together!(Level),
            Some(EvidenceKind::Answer) => put_together!(Answer),
            Some(EvidenceKind::Members) => put_together!(Members),
            Some(EvidenceKind::Outcome) => put_together!(Outcome),
            None => Self::Missing(Missing("no area has it".into())),
        })
    }

    /// The same figure where the areas that it names are new ones.
    ///
    /// # Errors
    /// Why it can't be made.
    pub(super) fn on_new_areas(&self, lookup: &Lookup) -> Result<Self, NotByParts> {
        let made = of_figure!(self, figure => figure.on_new_areas(lookup)?.map(Self::from));
        Ok(made.unwrap_or_else(|| self.clone()))
    }

    /// The series, where it is one.
    pub fn as_series(&self) -> Option<&Series> {
        if let Self::Series(series) = self { Some(series) } else { None }
    }

    /// From when on a series counts something else.
    pub fn breaks(&self) -> &[Break] {
        match self {
            Self::Series(series) => series.breaks(),
            Self::Percentages(series) => &series.breaks,
            _ => &[],
        }
    }

    /// Why there is no figure, where there is none.
    pub fn missing_because(&self) -> Option<&str> {
        if let Self::Missing(why) = self { Some(&why.0) } else { None }
    }
}

/// A figure that stands for every cell of a table's column, but for the cell's number.
impl Figure {
    /// Whether the number of a cell is its headline figure.
    pub(super) fn has_headline(&self) -> bool {
        of_figure!(self, figure => figure.has_headline())
    }

    /// What a cell says.
    ///
    /// # Errors
    /// What is wrong with it, and how to mend that.
    pub(super) fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        of_figure!(self, figure => figure.read_cell(text))
    }

    /// What a cell says that is a number already; there is nothing in one that is not a number.
    ///
    /// # Errors
    /// What is wrong with it, and how to mend that.
    pub(super) fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        if figure.is_nan() {
            return Ok(Cell::Empty);
        }
        if figure.is_infinite() {
            return Err((Code::BadCell, "write a number, or nothing where there is none"));
        }
        of_figure!(self, it => it.read_number(figure))
    }

    /// The figure with the number of a cell, between the ends of a suppressed one.
    pub(super) fn with_number(&self, number: Estimate, among: Option<Denominator>) -> Self {
        of_figure!(self, figure => figure.with_number(number, among).into())
    }

    /// The figure with the word of a cell.
    pub(super) fn with_word(&self, word: &Arc<str>) -> Self {
        of_figure!(self, figure => figure.with_word(word).into())
    }

    /// What the numbers of a column might have been; a number is not one where there is none.
    pub(super) fn redraw_numbers(&self, numbers: &mut [f64], random: &mut Random) {
        of_figure!(self, figure => figure.redraw_numbers(numbers, random));
    }

    /// What the suppressed number of a cell might have been, between its ends.
    pub(super) fn redraw_suppressed(&self, ends: (f64, f64), random: &mut Random) -> f64 {
        of_figure!(self, figure => figure.redraw_suppressed(ends, random))
    }
}
