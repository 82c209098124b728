//! What the questions bring in → groups' scores → total, exactly as the printed arithmetic says.

use super::combination::Combination;
use super::node::{Names, Node};
use super::settings::{NodeSettings, Precision, is_writable};
use crate::diagnostic::{Code, Place, Problem};
use crate::exact::Ends;
use crate::rules::script::{Compiled, Compiler, Library};

/// Makes totals as a rule set combines.
///
/// A row has what each criterion brings in, in units of its decimals, and after them the shares of the weight of those
/// groups that have one.
pub struct Totaller<'a> {
    combination: &'a Combination,
    precision: Precision,
    /// One for each node, in the order in which they are made.
    parts: Vec<Part<'a>>,
    place: &'a Place,
}

/// A node, ready to be made.
struct Part<'a> {
    group: Option<usize>,
    node: &'a Node,
    settings: NodeSettings<'a>,
    script: Option<Box<Compiled<'a>>>,
}

impl<'a> Totaller<'a> {
    /// For a rule set that stands at `place`. Its expressions are compiled once.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(
        combination: &'a Combination,
        names: Names<'_, 'a>,
        precision: Precision,
        library: &'a Library,
        place: &'a Place,
    ) -> Result<Self, Problem> {
        let mut compiler = None;
        let mut parts = Vec::new();
        for (group, node) in combination.nodes() {
            let script = match node.way.expression() {
                Some(expression) => {
                    let compiler = match &mut compiler {
                        Some(compiler) => compiler,
                        none => none.insert(Compiler::new(library)?),
                    };
                    Some(Box::new(compiler.compile(expression)?))
                }
                None => None,
            };
            parts.push(Part { group, node, settings: node.settings(names, precision, library), script });
        }
        Ok(Self { combination, precision, parts, place })
    }

    /// The total of a row, in units of the rule set's decimals.
    ///
    /// # Errors
    /// A figure that is too large, or a script that could not make it.
    pub fn total(&mut self, row: &[i64]) -> Result<i64, Problem> {
        self.figures(row).map(|(total, _)| total)
    }

    /// The total of a row, and the score of each group that has one.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn figures(&mut self, row: &[i64]) -> Result<(i64, Vec<i64>), Problem> {
        let mut scores = vec![0; self.combination.groups().len()];
        for part in &mut self.parts {
            let members = self.combination.figures(part.node, row, &scores, self.precision);
            let made = part.node.way.total(&members, &part.settings, part.script.as_deref_mut())?;
            let made = made.filter(|made| is_writable(*made)).ok_or_else(|| too_large(self.place))?;
            match part.group.and_then(|group| scores.get_mut(group)) {
                Some(score) => *score = made,
                None => return Ok((made, scores)),
            }
        }
        Err(too_large(self.place))
    }

    /// The totals of all rows that are `wanted`, from columns; the others stay as they are. What could not be made comes
    /// out, with the number of its row.
    pub fn totals(
        &mut self,
        columns: &[&mut [i64]],
        wanted: &[bool],
        totals: &mut [Option<i64>],
    ) -> Vec<(usize, Problem)> {
        let mut failures = Vec::new();
        if let [root] = &mut *self.parts {
            let script = root.script.as_deref_mut();
            root.node.way.totals(columns, wanted, (&root.settings, script), totals, &mut |row, problem| {
                failures.push((row, problem.unwrap_or_else(|| too_large(self.place))));
            });
            return failures;
        }
        let mut row = vec![0; columns.len()];
        for ((at, total), _) in totals.iter_mut().enumerate().zip(wanted).filter(|(_, wanted)| **wanted) {
            for (slot, column) in row.iter_mut().zip(columns) {
                *slot = column.get(at).copied().unwrap_or(0);
            }
            match self.total(&row) {
                Ok(units) => *total = Some(units),
                Err(problem) => failures.push((at, problem)),
            }
        }
        failures
    }

    /// The ends of the total where what each question brings in lies between two ends.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn ends(&mut self, row: &[Ends]) -> Result<Ends, Problem> {
        self.ends_of_figures(row).map(|(total, _)| total)
    }

    /// The same, and the ends of the score of each group that has one.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn ends_of_figures(&mut self, row: &[Ends]) -> Result<(Ends, Vec<Ends>), Problem> {
        let mut scores = vec![Ends::at(0); self.combination.groups().len()];
        for part in &mut self.parts {
            let members = self.combination.figures(part.node, row, &scores, self.precision);
            let made = part.node.way.ends(&members, &part.settings, part.script.as_deref_mut())?;
            let is_writable = |ends: &Ends| is_writable(ends.least) && is_writable(ends.most);
            let made = made.filter(is_writable).ok_or_else(|| too_large(self.place))?;
            match part.group.and_then(|group| scores.get_mut(group)) {
                Some(score) => *score = made,
                None => return Ok((made, scores)),
            }
        }
        Err(too_large(self.place))
    }
}

fn too_large(place: &Place) -> Problem {
    Problem::new(Code::TotalOutOfRange, "this total is too large to be written")
        .at(place.clone())
        .help("lower the scale or the number of groups that are multiplied")
}
