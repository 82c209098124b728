//! Whom a candidate is ranked among: all candidates, or those of its area or kind where the rules make a list for each.

use std::ops::Range;

use crate::assessment::Assessment;
use crate::rules::RuleSet;

/// The lists that candidates are in. Each has candidates, but for the only one where there are none.
#[derive(Debug, Default)]
pub struct Lists {
    /// The number of each candidate's list; empty where there is one.
    of: Vec<usize>,
    /// The candidates of each list, by number and in ascending order; empty where there is one list.
    members: Vec<Vec<usize>>,
}

impl Lists {
    pub(super) fn new(assessment: &Assessment, rules: &RuleSet) -> Self {
        let one = Self { of: Vec::new(), members: Vec::new() };
        if rules.per.is_none() {
            return one;
        }
        let members: Vec<Vec<usize>> = rules.by_list(assessment).into_values().collect();
        if members.len() < 2 {
            return one;
        }
        let mut of = vec![0; assessment.candidates.len()];
        for (list, members) in members.iter().enumerate() {
            for member in members {
                if let Some(slot) = of.get_mut(*member) {
                    *slot = list;
                }
            }
        }
        Self { of, members }
    }

    /// Whether all candidates are in one.
    pub fn is_one(&self) -> bool {
        self.members.is_empty()
    }

    /// The number of a candidate's list.
    pub fn of(&self, candidate: usize) -> usize {
        self.of.get(candidate).copied().unwrap_or(0)
    }

    /// The candidates of each list; nothing where there is one.
    pub(super) fn members(&self) -> &[Vec<usize>] {
        &self.members
    }

    /// A sequence of candidates put list after list, each in the order that it had, and where each list is in it.
    pub(super) fn grouped(&self, sequence: Vec<usize>) -> (Vec<usize>, Vec<Range<usize>>) {
        if self.is_one() {
            let all = 0..sequence.len();
            return (sequence, vec![all]);
        }
        let ends = self.members.iter().scan(0, |end, members| {
            let start = *end;
            *end += members.len();
            Some(start..*end)
        });
        let stretches: Vec<Range<usize>> = ends.collect();
        let mut next: Vec<usize> = stretches.iter().map(|stretch| stretch.start).collect();
        let mut grouped = vec![0; sequence.len()];
        for candidate in sequence {
            let Some(place) = next.get_mut(self.of(candidate)) else { continue };
            if let Some(slot) = grouped.get_mut(*place) {
                *slot = candidate;
            }
            *place += 1;
        }
        (grouped, stretches)
    }
}
