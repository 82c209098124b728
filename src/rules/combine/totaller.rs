//! Points → total, exactly as the printed arithmetic says.

use super::member::WayToCombine;
use super::settings::{TotalSettings, is_writable};
use crate::diagnostic::{Code, Place, Problem};
use crate::exact::Ends;
use crate::rules::script::{Compiled, Compiler};

/// Makes totals by a rule set's way to combine.
pub struct Totaller<'a> {
    way: &'a dyn WayToCombine,
    settings: TotalSettings<'a>,
    script: Option<Box<Compiled<'a>>>,
    place: &'a Place,
}

impl<'a> Totaller<'a> {
    /// For a rule set that stands at `place`. Its expression is compiled once.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(way: &'a dyn WayToCombine, settings: TotalSettings<'a>, place: &'a Place) -> Result<Self, Problem> {
        let script = match way.expression() {
            Some(expression) => Some(Box::new(Compiler::new(settings.library)?.compile(expression)?)),
            None => None,
        };
        Ok(Self { way, settings, script, place })
    }

    /// The total of a row of points (of factors, for a weighted product), in units of the rule set's decimals.
    ///
    /// # Errors
    /// A total that is too large, or a script that could not make it.
    pub fn total(&mut self, row: &[i64]) -> Result<i64, Problem> {
        let total = self.way.total(row, &self.settings, self.script.as_deref_mut())?;
        total.filter(|total| is_writable(*total)).ok_or_else(|| too_large(self.place))
    }

    /// The totals of all rows that are `wanted`, from columns of points; the others stay as they are. What could not be
    /// made comes out, with the number of its row.
    pub fn totals(
        &mut self,
        columns: &[&mut [i64]],
        wanted: &[bool],
        totals: &mut [Option<i64>],
    ) -> Vec<(usize, Problem)> {
        let mut failures = Vec::new();
        let script = self.script.as_deref_mut();
        self.way.totals(columns, wanted, (&self.settings, script), totals, &mut |row, problem| {
            failures.push((row, problem.unwrap_or_else(|| too_large(self.place))));
        });
        failures
    }

    /// The ends of the total where what each question earns lies between two ends.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn ends(&mut self, row: &[Ends]) -> Result<Ends, Problem> {
        let ends = self.way.ends(row, &self.settings, self.script.as_deref_mut())?;
        let is_writable = |ends: &Ends| is_writable(ends.least) && is_writable(ends.most);
        ends.filter(is_writable).ok_or_else(|| too_large(self.place))
    }

    /// Each group's score: the sum of its points.
    pub fn sections(&self, row: &[i64]) -> Vec<i64> {
        self.settings.scores(row)
    }
}

fn too_large(place: &Place) -> Problem {
    Problem::new(Code::TotalOutOfRange, "this total is too large to be written")
        .at(place.clone())
        .help("lower the scale or the number of groups that are multiplied")
}
