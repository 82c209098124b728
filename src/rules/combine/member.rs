//! What every way to combine says of itself.

use std::fmt;

use super::arithmetic::Term;
use super::earned::Earned;
use super::ends::Influence;
use super::settings::{TotalSettings, is_writable};
use crate::diagnostic::Problem;
use crate::exact::Ends;
use crate::rules::script::{Compiled, Expression, Library};

/// A compiled expression, where there is one.
pub(super) type Script<'s, 'a> = Option<&'s mut Compiled<'a>>;

/// What a way to combine points into a total says of itself.
pub trait WayToCombine: fmt::Debug + Send + Sync {
    /// The word that files have for it.
    fn word(&self) -> &'static str;

    /// What a value earns with its share of the weight.
    fn earned(&self) -> Earned {
        Earned::Points
    }

    /// Whether the total is the sum of the points, so that each point is a point of the total.
    fn adds_points(&self) -> bool {
        false
    }

    /// Whether each group has a score of its own that the total is made of.
    fn has_sections(&self) -> bool {
        false
    }

    /// Whether no total passes the scale where no value passes 1.
    fn ends_at_scale(&self) -> bool {
        true
    }

    /// The expression that makes the total, where it is one.
    fn expression(&self) -> Option<&Expression> {
        None
    }

    /// The total as a sum over the weights; none where it is none, so that weights can't be worked out.
    fn over_weights(&self) -> Option<&dyn OverWeights> {
        None
    }

    /// The groups, by number, whose scores are multiplied with one another.
    fn multiplied_groups(&self, _groups: &[&str], _library: &Library) -> Vec<usize> {
        Vec::new()
    }

    /// What more of a group's points do to the total, where every group's score lies between these ends.
    fn influence(&self, _group: usize, _scores: &[Ends], _settings: &TotalSettings<'_>) -> Influence {
        Influence::Raises
    }

    /// Why no total can be made of scores between these ends; nothing where every one can.
    fn faults(&self, _scores: &[Ends], _settings: &TotalSettings<'_>) -> Vec<Problem> {
        Vec::new()
    }

    /// The ends of the total, in units of the rule set's decimals, where what each question earns lies between two ends;
    /// none where it is too large. This is that of a total which rises with everything.
    ///
    /// # Errors
    /// What an expression fails with.
    fn ends(
        &self,
        row: &[Ends],
        settings: &TotalSettings<'_>,
        mut script: Script<'_, '_>,
    ) -> Result<Option<Ends>, Problem> {
        let mut total = |end: fn(&Ends) -> i64| {
            self.total(&row.iter().map(end).collect::<Vec<_>>(), settings, script.as_deref_mut())
        };
        let both = total(|ends| ends.least)?.zip(total(|ends| ends.most)?);
        let are_reached = row.iter().all(|ends| ends.are_reached);
        Ok(both.map(|(least, most)| Ends { least, most, are_reached }))
    }

    /// The total of a row of points, or of factors, in units of the rule set's decimals; none where it is too large. Its
    /// expression comes compiled, where it has one.
    ///
    /// # Errors
    /// What an expression fails with.
    fn total(&self, row: &[i64], settings: &TotalSettings<'_>, script: Script<'_, '_>) -> Result<Option<i64>, Problem>;

    /// The totals of all rows that are `wanted`, from columns of points; the others stay as they are. What could not be
    /// made is told with the number of its row: the problem, or none where the total is too large. One call for a whole
    /// piece of the columns.
    fn totals(
        &self,
        columns: &[&mut [i64]],
        wanted: &[bool],
        (settings, mut script): (&TotalSettings<'_>, Script<'_, '_>),
        totals: &mut [Option<i64>],
        failed: &mut dyn FnMut(usize, Option<Problem>),
    ) {
        let mut row = vec![0; columns.len()];
        for ((at, total), _) in totals.iter_mut().enumerate().zip(wanted).filter(|(_, wanted)| **wanted) {
            for (slot, points) in row.iter_mut().zip(columns) {
                *slot = points.get(at).copied().unwrap_or(0);
            }
            match self.total(&row, settings, script.as_deref_mut()) {
                Ok(Some(units)) if is_writable(units) => *total = Some(units),
                Ok(_) => failed(at, None),
                Err(problem) => failed(at, Some(problem)),
            }
        }
    }

    /// The arithmetic of a total of so many criteria, or of the scores of these groups.
    fn arithmetic(&self, scale: u32, criteria: usize, groups: &[&str]) -> Vec<Term>;

    /// How the total is made, in a sentence for those who read the list.
    fn sentence(&self, scale: &str) -> String;

    /// What totals are, as in "totals are now …; they were …".
    fn clause(&self) -> String;
}

/// A total as a sum over the weights: `Σ term × weight ÷ Σ weight`, both over what takes part, is its level, which rises
/// with the total. `scale` is the total of a candidate with a value of 1 in everything.
pub trait OverWeights {
    /// What stands for a value in that sum, to be multiplied with its weight.
    ///
    /// # Errors
    /// Why no number says it.
    fn term(&self, value: f64, scale: f64) -> Result<f64, &'static str>;

    /// The level of a total.
    fn level(&self, total: f64, scale: f64) -> f64;

    /// How much the level moves where a total of this size moves by `unit`.
    fn level_of_unit(&self, unit: f64, total: f64) -> f64;

    /// By how much the rounding of what is earned and of the total can move the level: of so many questions, with the
    /// terms of those that take part. `unit` is one of the total's on a scale of 1, `fine_unit` one of a value's.
    fn rounding(&self, questions: f64, terms: &[f64], unit: f64, fine_unit: f64, scale: f64) -> f64;
}
