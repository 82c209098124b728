//! Measures beyond the ends of their value function, where it is level: what lies out there is worth the same.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::rules::Criterion;
use crate::scoring::Ranking;
use crate::words::{counted, number, with_unit};

use super::finding::{Finding, first_named};
use super::rule_file_places::RuleFilePlaces;

/// Measures beyond either end of a value function that has ends.
pub(super) fn beyond(ranking: &Ranking<'_>, written: &RuleFilePlaces) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (of, criterion) in ranking.rules.criteria.iter().enumerate() {
        let Some([first, last]) = criterion.value.shape().ends() else { continue };
        for (end, value, upper) in [(first.0, first.1, false), (last.0, last.1, true)] {
            findings
                .extend(ValueEnd { ranking, written, criterion_number: of, criterion, end, value, upper }.finding());
        }
    }
    findings
}

/// One end of a value function.
struct ValueEnd<'a> {
    ranking: &'a Ranking<'a>,
    written: &'a RuleFilePlaces,
    criterion_number: usize,
    criterion: &'a Criterion,
    end: f64,
    value: f64,
    upper: bool,
}

impl ValueEnd<'_> {
    fn finding(&self) -> Option<Finding> {
        let mut at_end: Vec<(f64, usize)> = (0..self.ranking.order().len())
            .filter_map(|it| Some((self.ranking.measure(self.criterion_number, it)?.estimate, it)))
            .filter(|(measure, _)| if self.upper { *measure >= self.end } else { *measure <= self.end })
            .collect();
        // The farthest first.
        at_end.sort_by(|(a, x), (b, y)| if self.upper { b.total_cmp(a) } else { a.total_cmp(b) }.then(x.cmp(y)));
        let beyond = at_end.iter().filter(|(measure, _)| *measure != self.end).count();
        if beyond == 0 {
            return None;
        }
        let different: BTreeSet<String> = at_end.iter().map(|(measure, _)| self.measure_in_words(*measure)).collect();
        let place = self.written.end(self.criterion_number, self.upper);
        let about = [&*self.criterion.id];
        let who = self.candidates_in_words(&at_end);
        let end = format!("the {} end of its value function, {}", if self.upper { "upper" } else { "lower" }, self.end);
        if different.len() < 2 {
            let message = format!("`{}` goes beyond {end}: {who}, worth {}", self.criterion.id, self.value);
            let help = "it affects no order yet; move the end if another candidate could go beyond it too";
            return Some(Finding::new(Code::BeyondTheEnd, &about, place, message, help));
        }
        let alike = counted(at_end.len(), "candidate", "candidates");
        let message = format!(
            "`{}` can't tell {alike} apart: they reach or go beyond {end}, and are all worth {}: {who}",
            self.criterion.id, self.value
        );
        let help = "move the end beyond them, or say in `[[accept]]` why more than that makes no difference";
        Some(Finding::new(Code::CutAlike, &about, place, message, help))
    }

    fn measure_in_words(&self, measure: f64) -> String {
        number(measure, self.criterion.decimals)
    }

    fn candidates_in_words(&self, who: &[(f64, usize)]) -> String {
        let name = |(measure, candidate): &(f64, usize)| {
            let id = self.ranking.assessment.candidates.get(*candidate).map_or("", |about| &about.id);
            format!("`{id}` ({})", with_unit(&self.measure_in_words(*measure), &self.criterion.unit))
        };
        first_named(&who.iter().map(name).collect::<Vec<_>>())
    }
}
