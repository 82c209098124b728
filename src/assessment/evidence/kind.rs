//! What every kind of evidence says of itself and of its figures: one file beside this for each.

use std::sync::Arc;

use super::areas::{NotByParts, Part};
use super::asked::AskedFigure;
use super::cell::{Cell, CellProblem, number_in};
use super::declared::Declared;
use super::format::{Column, Evidence, EvidenceName};
use crate::areas::Lookup;
use crate::assessment::denominator::Denominator;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker, WrittenNumber};

/// The decimals to which filed figures are shown, without trailing zeros: as many as anybody files.
pub(super) const DECIMALS: u32 = 6;

/// A key that gives a figure, and the keys that belong beside it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key as files write it.
    pub name: &'static str,
    /// The keys that must stand beside it, of those that not every kind has.
    pub needs: &'static [&'static str],
    /// The keys that may stand beside it, likewise.
    pub may_have: &'static [&'static str],
}

impl Key {
    /// Whether a key belongs beside this one.
    pub fn has_beside(&self, key: &str) -> bool {
        self.needs.contains(&key) || self.may_have.contains(&key)
    }
}

/// Who vouches for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voucher {
    /// A document, by the place in it.
    Document,
    /// Those who judged, by their roles, the date and their reason.
    People,
    /// The plan that it names, by the document of its measure.
    Plan,
    /// Nobody: there is no figure.
    Nobody,
}

/// A figure, or why there is none.
pub(super) type FigureOrWhyNot<T> = Result<T, std::sync::Arc<str>>;

/// A kind of evidence, by the type of its figures.
pub(super) trait Kind: Clone + Sized {
    /// The word that files have for it.
    const WORD: &'static str;
    /// What it is, with its article, within a sentence.
    const PHRASE: &'static str;
    /// The keys that give such a figure, one of them each.
    const KEYS: &'static [Key];
    /// The key that a column of a table of tests sets which is named for the evidence alone; or what must be written
    /// instead.
    const IN_TESTS: Result<&'static str, &'static str> = Err("it under `given`: it does not fit into a cell");

    /// How a form asks for it; or why none does, in a sentence for whoever makes the form.
    const ASKED: Result<AskedFigure, &'static str>;

    /// Who vouches for it. `is_judged` is whether a role, a day or a reason is given, as of what people judge.
    fn voucher(_is_judged: bool) -> Voucher {
        Voucher::Document
    }

    /// The figure that a piece of evidence gives under one of [`Self::KEYS`]. None where it is wrong, and that is told.
    fn judge(
        check: &mut Checker<'_>,
        references: &References<'_>,
        written: &At<Evidence>,
    ) -> Option<FigureOrWhyNot<Self>>;

    /// The figure of each cell of a table's column but for its number, where a column can hold such evidence.
    /// `period` is what the column says that its cells cover. None where what is said of the column is wrong, too, and
    /// then that is told.
    fn judge_column(_check: &mut Checker<'_>, _column: &Column, _period: Option<Period>) -> Option<Self> {
        None
    }

    /// Sets the count of a period, where a column of a table of tests is named for one.
    ///
    /// # Errors
    /// What must be written instead.
    fn set_count(_written: &mut Evidence, _period: At<String>, _count: At<WrittenNumber>) -> Result<(), &'static str> {
        Err("no period after the column's name: this evidence is not a count")
    }

    /// Fills in what a test need not say because the rule set declares it; `declared` is none where it does not.
    fn complete(_written: &mut At<Evidence>, _declared: Option<&Declared>) {}

    /// Notes what a rule set does not say that declares such evidence.
    fn judge_declaration(_check: &mut Checker<'_>, _written: &At<EvidenceName>) {}

    /// Between which ends the headline figure can lie.
    fn range(_declared: &Declared) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    /// The lowest and the highest figure of a scale whose steps say more or less, and not how many times more.
    fn ordinal_scale(_declared: &Declared) -> Option<(f64, f64)> {
        None
    }

    /// The figure as rules with this declaration read it; none where it says the same to all rules.
    fn read_by(&self, _declared: &Declared) -> Option<Self> {
        None
    }

    /// The one figure that stands for it, with its interval; none where there is no number in it.
    fn headline(&self) -> Option<Estimate>;

    /// Whether figures of this kind have a number that stands for them.
    fn has_headline(&self) -> bool {
        true
    }

    /// What it might have been.
    #[must_use]
    fn redrawn(&self, _random: &mut Random) -> Self {
        self.clone()
    }

    /// The word that it is in a cell of a table, where it is one.
    fn cell_word(&self) -> Option<Arc<str>> {
        None
    }

    /// Whether one person alone judged it.
    fn is_of_one_person(&self) -> bool {
        false
    }

    /// What one person alone might have judged, where the rules declare by how much that may be off.
    fn moved(&self, _declared: &Declared, _random: &mut Random) -> Option<Self> {
        None
    }

    /// How many numbers, people or rows are drawn for [`Self::redrawn`]: what it costs.
    fn draws(&self) -> usize {
        1
    }

    /// What the numbers of a column might have been; a number is not one where there is none.
    fn redraw_numbers(&self, _numbers: &mut [f64], _random: &mut Random) {}

    /// What the suppressed number of a cell might have been, between its ends.
    fn redraw_suppressed(&self, (lower, upper): (f64, f64), random: &mut Random) -> f64 {
        lower + (upper - lower) * random.uniform()
    }

    /// What it says, a line each.
    fn lines(&self) -> Vec<String>;

    /// The roles of those who judged, where people did.
    fn judged_by(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Each person's score, where people judged and it is a number.
    fn scores(&self) -> Vec<f64> {
        Vec::new()
    }

    /// The figure of a new area, made of those of the old areas that make it up; `everybody` is whom counts are set against
    /// that name nobody of their own.
    ///
    /// # Errors
    /// Why it can't be made of them.
    fn put_together(
        _parts: &[Part<'_, Self>],
        _everybody: Option<Denominator>,
    ) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        Err(NotByParts::UNLIKE_COUNTS)
    }

    /// The same figure where the areas that it names are new ones; none where it names none.
    ///
    /// # Errors
    /// Why it can't be made.
    fn on_new_areas(&self, _lookup: &Lookup) -> Result<Option<Self>, NotByParts> {
        Ok(None)
    }

    /// What is wrong with it for rules that declare its kind, and how to mend that; `name` is the evidence's.
    fn misfit(&self, _name: &str, _declared: &Declared) -> Option<(String, String)> {
        None
    }

    /// What a cell says, where this is the figure of each cell of its column but for its number.
    ///
    /// # Errors
    /// What is wrong with it, and how to mend that.
    fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        match number_in(text)? {
            Cell::Figure(figure) => self.read_number(figure),
            cell => Ok(cell),
        }
    }

    /// The same of a cell that is a number already, and finite.
    ///
    /// # Errors
    /// What is wrong with it, and how to mend that.
    fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        Ok(Cell::Figure(figure))
    }

    /// This figure of a column with the number of a cell, between the ends of a suppressed one.
    #[must_use]
    fn with_number(&self, _number: Estimate, _among: Option<Denominator>) -> Self {
        self.clone()
    }

    /// This figure of a column with the word of a cell.
    #[must_use]
    fn with_word(&self, _word: &std::sync::Arc<str>) -> Self {
        self.clone()
    }
}
