//! What every way to combine says of itself. It makes one figure out of those of its members: questions, or groups.

use std::fmt;

use super::arithmetic::Term;
use super::earned::Earned;
use super::ends::Influence;
use super::settings::{NodeSettings, is_writable};
use crate::diagnostic::Problem;
use crate::exact::Ends;
use crate::rules::script::{Compiled, Expression, Library, Rising};

/// A compiled expression, where there is one.
pub(super) type Script<'s, 'a> = Option<&'s mut Compiled<'a>>;

/// What a way to combine what its members bring in says of itself. What it makes is the total, or the score of a group.
pub trait WayToCombine: fmt::Debug + Send + Sync {
    /// The word that files have for it.
    fn word(&self) -> &'static str;

    /// What a member brings in. Only scores have no weight.
    fn earned(&self) -> Earned;

    /// Whether it is the sum of the points, so that each point is a point of it.
    fn adds_points(&self) -> bool {
        false
    }

    /// Whether the last figure of its row is what vetoes between candidates change of the total.
    fn takes_vetoes(&self) -> bool {
        false
    }

    /// Whether it passes no scale that its members don't pass.
    fn ends_at_scale(&self) -> bool {
        true
    }

    /// The expression that makes it, where it is one.
    fn expression(&self) -> Option<&Expression> {
        None
    }

    /// That expression as plain arithmetic over the members by their places, where it is that and rises with each.
    fn rising(&self) -> Option<Rising> {
        None
    }

    /// The total as a sum over the weights; none where it is none, so that weights can't be worked out.
    fn over_weights(&self) -> Option<&dyn OverWeights> {
        None
    }

    /// The members, by place among so many, that are multiplied with one another. Their names are those that an expression
    /// reads.
    fn multiplied(&self, _names: &[&str], _library: &Library) -> Vec<usize> {
        Vec::new()
    }

    /// What more of a member does, where what every member brings in lies between these ends.
    fn influence(&self, _member: usize, _members: &[Ends], _settings: &NodeSettings<'_>) -> Influence {
        Influence::Raises
    }

    /// Why it can't be made of members between these ends; nothing where it always can.
    fn faults(&self, _members: &[Ends], _settings: &NodeSettings<'_>) -> Vec<Problem> {
        Vec::new()
    }

    /// Its ends, in units of the rule set's decimals, where what each member brings in lies between two ends; none where
    /// it is too large. This is that of what rises with everything.
    ///
    /// # Errors
    /// What an expression fails with.
    fn ends(
        &self,
        row: &[Ends],
        settings: &NodeSettings<'_>,
        mut script: Script<'_, '_>,
    ) -> Result<Option<Ends>, Problem> {
        let mut total = |end: fn(&Ends) -> i64| {
            self.total(&row.iter().map(end).collect::<Vec<_>>(), settings, script.as_deref_mut())
        };
        let both = total(|ends| ends.least)?.zip(total(|ends| ends.most)?);
        let are_reached = row.iter().all(|ends| ends.are_reached);
        Ok(both.map(|(least, most)| Ends { least, most, are_reached }))
    }

    /// What it makes of a row of what its members bring in, in units of the rule set's decimals; none where it is too
    /// large. Its expression comes compiled, where it has one.
    ///
    /// # Errors
    /// What an expression fails with.
    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, script: Script<'_, '_>) -> Result<Option<i64>, Problem>;

    /// The same of all rows that are `wanted`, from columns; the others stay as they are. What could not be
    /// made is told with the number of its row: the problem, or none where the total is too large. One call for a whole
    /// piece of the columns.
    fn totals(
        &self,
        columns: &[&mut [i64]],
        wanted: &[bool],
        (settings, mut script): (&NodeSettings<'_>, Script<'_, '_>),
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

    /// The arithmetic over members of these names.
    fn arithmetic(&self, scale: u32, names: &[&str]) -> Vec<Term>;

    /// How a total is made that is made like this, in a sentence for those who read the list.
    fn sentence(&self, _scale: &str) -> String {
        format!("The total is {}.", self.clause())
    }

    /// What it is, as in "totals are now …; they were …" and "the score of … is …".
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
