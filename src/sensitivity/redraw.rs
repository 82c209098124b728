//! Evidence redrawn from its own distribution: what it might have been.
//!
//! How is said by each kind of evidence, in `assessment/evidence/`. What is missing stays missing, and so does what has
//! neither a count nor an interval: a single judge, a yes or no. Each figure is redrawn for itself: a count that stands
//! in a series too is drawn twice.

use crate::assessment::Assessment;
use crate::rules::RuleSet;
use crate::stats::Random;

/// Redraws what a rule set reads of an assessment.
#[derive(Debug)]
pub struct Redraw<'a> {
    assessment: &'a Assessment,
    /// The evidence that the rules read, by name.
    names: Vec<&'a str>,
}

impl<'a> Redraw<'a> {
    /// Of what `rules` read.
    pub fn new(assessment: &'a Assessment, rules: &'a RuleSet) -> Self {
        let read = rules.evidence.keys().map(String::as_str);
        Self { assessment, names: read.filter(|name| assessment.evidence.contains_key(*name)).collect() }
    }

    /// An assessment of the same candidates without evidence, for [`Self::draw`].
    pub fn empty_assessment(&self) -> Assessment {
        self.assessment.without_evidence()
    }

    /// Redraws all evidence that the rules read into `room`.
    pub fn draw(&self, random: &mut Random, room: &mut Assessment) {
        for name in &self.names {
            let Some(column) = self.assessment.evidence.get(*name) else { continue };
            let drawn = column.redrawn(random);
            match room.evidence.get_mut(*name) {
                Some(slot) => *slot = drawn,
                None => drop(room.evidence.insert((*name).to_owned(), drawn)),
            }
        }
    }
}
