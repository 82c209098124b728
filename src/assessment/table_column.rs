//! Evidence in CSV tables: one column of figures for many candidates, kept as numbers rather than as text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::denominator::{Denominator, Unit};
use super::evidence::{Declared, Evidence, EvidenceKind, Figure, Missing, Origin};
use crate::diagnostic::Place;
use crate::stats::{Estimate, Random};

/// One column of evidence from a table, as long as the list of candidates.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// A number per candidate; not a number where there is none. 1 and 0 for yes and no.
    pub numbers: Vec<f64>,
    /// The figure of every cell but for its number.
    pub(super) figure: Figure,
    /// Where the figures come from.
    pub origin: Arc<Origin>,
    /// What each count is set against.
    pub(super) among: TableDenominators,
    /// Suppressed cells: between which numbers they lie; nothing where even that is unknown.
    pub suppressed: BTreeMap<usize, Option<(f64, f64)>>,
    /// The words of the cells, where they are words: then the number of a cell is that of its word here.
    pub(super) words: Arc<CellWords>,
    /// Where `assessment.toml` describes the column.
    pub place: Place,
}

/// What the counts of a column are set against.
#[derive(Debug, Clone)]
pub(super) enum TableDenominators {
    /// All of them the same, where it is known.
    Common(Option<Denominator>),
    /// So many for each candidate; not a number where the table does not know.
    Each(Unit, Vec<f64>),
}

impl TableColumn {
    /// The kind of evidence; all cells are of one.
    pub fn kind(&self) -> Option<EvidenceKind> {
        self.figure.kind()
    }

    /// The evidence about candidate number `candidate`.
    pub fn get(&self, candidate: usize) -> Option<Evidence> {
        let figure = self.figure_of(candidate)?;
        Some(Evidence { figure, origin: Arc::clone(&self.origin), place: self.place.clone() })
    }

    /// The figure about candidate number `candidate`.
    pub fn figure_of(&self, candidate: usize) -> Option<Figure> {
        let number = match self.cell(candidate)? {
            FilledCell::Number(number) => match self.words.get(number) {
                Some((word, _)) => return Some(self.figure.with_word(word)),
                None => Estimate::exact(number),
            },
            FilledCell::Between(middle, interval) => Estimate { estimate: middle, interval: Some(interval) },
            FilledCell::Withheld => return Some(Figure::Missing(Missing::withheld(None))),
        };
        Some(self.figure.with_number(number, self.among.about(candidate)))
    }

    /// The numbers that stand for all candidates, as each [`Figure::headline`] has it: those of the cells, not a number where
    /// there is none, and after them those of suppressed cells, by candidate. None where no cell has a headline.
    pub fn headline_numbers(&self) -> Option<(&[f64], impl Iterator<Item = (usize, f64)>)> {
        let between = self.suppressed.keys().filter_map(|candidate| match self.cell(*candidate)? {
            FilledCell::Between(middle, _) => Some((*candidate, middle)),
            FilledCell::Number(_) | FilledCell::Withheld => None,
        });
        self.figure.has_headline().then_some((&*self.numbers, between))
    }

    /// Whether its cells hold words.
    pub fn has_words(&self) -> bool {
        !self.words.list.is_empty()
    }

    /// A figure for each of its words, with the place of the first cell that has it; the first figure where it has no
    /// words. What holds of these holds of all its cells.
    pub fn samples(&self) -> Vec<(Figure, Place)> {
        if self.has_words() {
            let of_word = |(word, place): &(Arc<str>, Place)| (self.figure.with_word(word), place.clone());
            return self.words.list.iter().map(of_word).collect();
        }
        let figures = (0..self.numbers.len()).filter_map(|candidate| self.figure_of(candidate));
        let first = figures.into_iter().find(|figure| figure.kind().is_some());
        first.map(|figure| (figure, self.place.clone())).into_iter().collect()
    }

    /// What its figures might have been, each drawn from its own distribution.
    #[must_use]
    pub fn redrawn(&self, declared: Option<&Declared>, random: &mut Random) -> Self {
        let mut drawn = self.clone();
        if let Some(declared) = declared.filter(|declared| declared.settings.spread.is_some()) {
            drawn.move_judgements(declared, random);
            return drawn;
        }
        self.figure.redraw_numbers(&mut drawn.numbers, random);
        for (candidate, ends) in &self.suppressed {
            let (Some(ends), Some(number)) = (*ends, drawn.numbers.get_mut(*candidate)) else { continue };
            *number = self.figure.redraw_suppressed(ends, random);
            drawn.suppressed.remove(candidate);
        }
        drawn
    }

    /// What the person who gave all of its cells might have judged.
    fn move_judgements(&mut self, declared: &Declared, random: &mut Random) {
        for candidate in 0..self.numbers.len() {
            let moved = self.figure_of(candidate).and_then(|figure| figure.moved(declared, random));
            let number = moved.and_then(|figure| match figure.cell_word() {
                Some(word) => Some(Arc::make_mut(&mut self.words).number_of(&word, || self.place.clone())),
                None => Some(figure.headline()?.estimate),
            });
            if let (Some(number), Some(slot)) = (number, self.numbers.get_mut(candidate)) {
                *slot = number;
            }
        }
    }

    /// The cells of these candidates alone, who are numbered in this order.
    pub(super) fn of(&self, candidates: &[usize]) -> Self {
        let number = |numbers: &[f64], candidate: &usize| numbers.get(*candidate).copied().unwrap_or(f64::NAN);
        let numbers = |all: &[f64]| candidates.iter().map(|candidate| number(all, candidate)).collect();
        let suppressed = candidates.iter().enumerate().filter_map(|(new, old)| Some((new, *self.suppressed.get(old)?)));
        Self {
            numbers: numbers(&self.numbers),
            figure: self.figure.clone(),
            origin: Arc::clone(&self.origin),
            among: match &self.among {
                TableDenominators::Common(common) => TableDenominators::Common(*common),
                TableDenominators::Each(unit, each) => TableDenominators::Each(*unit, numbers(each)),
            },
            suppressed: suppressed.collect(),
            words: Arc::clone(&self.words),
            place: self.place.clone(),
        }
    }

    /// Its numbers, where every figure of it is a number and nothing else.
    pub fn plain_numbers(&self) -> Option<&[f64]> {
        (matches!(self.figure, Figure::Number(_)) && self.suppressed.is_empty()).then_some(&*self.numbers)
    }

    /// Whether there is nothing about candidate number `candidate`.
    pub(super) fn cell_is_empty(&self, candidate: usize) -> bool {
        self.cell(candidate).is_none()
    }

    #[inline]
    fn cell(&self, candidate: usize) -> Option<FilledCell> {
        let number = *self.numbers.get(candidate)?;
        if !number.is_nan() {
            return Some(FilledCell::Number(number));
        }
        // Suppressed cells have no number of their own, and they are few.
        Some(match *self.suppressed.get(&candidate)? {
            Some((lower, upper)) => FilledCell::Between(lower + (upper - lower) / 2.0, (lower, upper)),
            None => FilledCell::Withheld,
        })
    }
}

impl TableDenominators {
    fn about(&self, candidate: usize) -> Option<Denominator> {
        match self {
            Self::Common(denominator) => *denominator,
            Self::Each(unit, numbers) => {
                let number = numbers.get(candidate).copied().filter(|number| !number.is_nan())?;
                Some(Denominator { number, unit: *unit })
            }
        }
    }
}

/// The words of a column, each once, in the order of their first cells.
#[derive(Debug, Clone, Default)]
pub(super) struct CellWords {
    list: Vec<(Arc<str>, Place)>,
    numbers: BTreeMap<Arc<str>, f64>,
}

impl CellWords {
    /// The number that stands for a word; `place` is where it stands.
    #[expect(clippy::cast_precision_loss, reason = "a table has a million rows at most")]
    pub(super) fn number_of(&mut self, word: &str, place: impl FnOnce() -> Place) -> f64 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let (word, number) = (Arc::<str>::from(word), self.list.len() as f64);
        self.list.push((Arc::clone(&word), place()));
        self.numbers.insert(word, number);
        number
    }

    /// The word that a number stands for, and where it stands first; none where it stands for none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was counted here")]
    fn get(&self, number: f64) -> Option<&(Arc<str>, Place)> {
        self.list.get(number as usize)
    }
}

/// What a cell says, where it says something.
enum FilledCell {
    Number(f64),
    /// The middle of what a suppressed number can be, and the ends.
    Between(f64, (f64, f64)),
    Withheld,
}
