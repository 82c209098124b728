//! Net flow: by how many of the other candidates' answers an answer is preferred, less how many are preferred to it.
//!
//! It is the flow of PROMETHEE II for one criterion (Brans, Vincke and Mareschal 1986, How to select and how to rank projects),
//! with its fifth form of preference: none up to a difference of `indifference`, all of it from `preference` on, a straight line
//! between. A weighted sum of such values is the net flow of that method.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::candidate_measures::CandidateMeasures;
use super::member::{CellContent, Scale, Segment, Shape, ValueCells, ValueEnds};
use super::numbers::figure;
use super::relative::told_to_be_relative;
use super::swing::Swing;
use super::written::{Judged, PathStep, Question, Written};
use crate::diagnostic::Code;
use crate::exact::to_units;
use crate::rules::judge::RuleSetJudge;
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;
use crate::words::{counted, number};

/// From which difference on an answer is preferred to another, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { indifference = 2, preference = 10 }")]
#[schemars(rename = "NetFlow")]
pub struct WrittenNetFlow {
    /// The largest difference that makes no difference, in the measure's unit; 0 or more.
    pub indifference: At<Setting>,
    /// The smallest difference that makes all of it, in the measure's unit; no less than `indifference`.
    pub preference: At<Setting>,
    /// From which difference on no other answers help: who is behind by so much does not outrank the other at all. Larger than
    /// `preference`; for `combine = "outranking"`.
    pub veto: Option<At<Setting>>,
}

impl Judged for WrittenNetFlow {
    type Becomes = NetFlow;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<NetFlow> {
        let indifference = judge.check.not_negative(&self.indifference.number(), "a difference");
        let preference = judge.check.not_negative(&self.preference.number(), "a difference");
        let rising = question.rises(judge, "net-flow", &self.preference.span);
        let (indifference, preference, rising) = (indifference?, preference?, rising?);
        if preference < indifference {
            let message = format!("{preference} is less than the difference that makes none, {indifference}");
            let help = "write the smaller difference under `indifference`";
            judge.check.problem(Code::BadValueFunction, &self.preference.span, message, help);
            return None;
        }
        if !question.values.contains(-1.0) {
            let message = "a net flow runs from -1 to 1, and values do not";
            let help = "write `values = [-1, 1]` under `[ruleset]`";
            judge.check.problem(Code::BadValueFunction, &self.indifference.span, message, help);
            return None;
        }
        told_to_be_relative(judge, question, &self.preference.span);
        let veto = match &self.veto {
            Some(written) => Some(judge.check.not_negative(&written.number(), "a difference")?),
            None => None,
        };
        if let (Some(veto), Some(written)) = (veto.filter(|veto| *veto <= preference), &self.veto) {
            let message =
                format!("a veto from {veto} on comes no later than the preference that is whole, {preference}");
            let help = "write a difference above `preference`";
            judge.check.problem(Code::BadValueFunction, &written.span, message, help);
            return None;
        }
        Some(NetFlow { indifference, preference, veto, rising })
    }
}

impl Written for WrittenNetFlow {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        [Some(&mut self.indifference), Some(&mut self.preference), self.veto.as_mut()].into_iter().flatten().collect()
    }

    fn variations(&self) -> Vec<RuleVariation> {
        let veto = self.veto.as_ref().and_then(|veto| RuleVariation::nudged("value veto", veto));
        RuleVariation::nudged("value preference", &self.preference).into_iter().chain(veto).collect()
    }

    fn path_of_cell(&self, row: usize, _: usize) -> Option<Vec<PathStep>> {
        Some(vec![PathStep::Key(if row == 0 { "indifference" } else { "preference" })])
    }
}

/// By how many others an answer is preferred, less how many are preferred to it, over how many others there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetFlow {
    /// The largest difference that makes no difference.
    pub indifference: f64,
    /// The smallest difference that makes all of it.
    pub preference: f64,
    /// From which difference on the one that is behind does not outrank the other at all; none where no difference is a veto.
    pub veto: Option<f64>,
    /// Whether a higher measure is preferred.
    pub rising: bool,
}

impl NetFlow {
    /// The differences of answers with so many decimals, in units of their last.
    pub fn thresholds(&self, decimals: u32) -> Thresholds {
        let units = |difference: f64| {
            let scaled = difference * f64::from(10_u32.pow(decimals));
            // What is whole to nine digits is whole: 0.29 is 29 hundredths.
            if (scaled - scaled.round()).abs() < 1e-9 { scaled.round() } else { scaled }
        };
        Thresholds { none: units(self.indifference), all: units(self.preference), veto: self.veto.map(units) }
    }

    fn veto_clause(&self) -> String {
        self.veto.map_or_else(String::new, |veto| format!(", a veto from {}", figure(veto)))
    }
}

/// From which difference on an answer is preferred to another, in units of the answers' last decimal.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds {
    none: f64,
    all: f64,
    veto: Option<f64>,
}

impl Thresholds {
    /// How far a difference is a preference, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "differences of measures have at most 15 digits")]
    pub fn preference(&self, difference: i64) -> f64 {
        let difference = difference as f64;
        if difference <= self.none {
            0.0
        } else if difference >= self.all {
            1.0
        } else {
            (difference - self.none) / (self.all - self.none)
        }
    }

    /// How far being behind by a difference speaks against outranking whatever else is answered, from 0 to 1: none up to all of
    /// the preference, all of it from the veto on, a straight line between.
    #[expect(clippy::cast_precision_loss, reason = "differences of measures have at most 15 digits")]
    pub fn discordance(&self, behind: i64) -> f64 {
        self.veto.map_or(0.0, |veto| ((behind as f64 - self.all) / (veto - self.all)).clamp(0.0, 1.0))
    }

    /// Whether any difference is a veto.
    pub fn has_veto(&self) -> bool {
        self.veto.is_some()
    }
}

impl Shape for NetFlow {
    fn scale(&self, answers: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        let decimals = answers.decimals();
        let sorted: Vec<i64> = answers.sorted().iter().map(|measure| to_units(*measure, decimals)).collect();
        let sums = std::iter::once(0).chain(sorted.iter().scan(0_i128, |sum, units| {
            *sum += i128::from(*units);
            Some(*sum)
        }));
        let thresholds = self.thresholds(decimals);
        Arc::new(Flows { sums: sums.collect(), sorted, thresholds, decimals, rising: self.rising })
    }

    fn needs_facts(&self) -> bool {
        true
    }

    fn segments(&self) -> Vec<Segment> {
        vec![Segment::whole("set against others")]
    }

    fn value_ends(&self) -> ValueEnds {
        ValueEnds { least: -1.0, most: 1.0, are_reached: true }
    }

    fn swing(&self) -> Swing {
        Swing::Told(
            "from the candidate to which all others are preferred to the one that is preferred to all".to_owned(),
        )
    }

    fn sentence(&self) -> String {
        format!(
            "Set against the other candidates: the share of them to which it is preferred, less the share preferred to it. A \
             difference up to {} makes none, and from {} on all of it.{}",
            figure(self.indifference),
            figure(self.preference),
            self.veto.map_or_else(String::new, |veto| {
                format!(
                    " Who is behind by {} or more does not outrank the other, whatever else is answered.",
                    figure(veto)
                )
            })
        )
    }

    fn sentence_beside_cells(&self) -> String {
        "The share of the others to which it is preferred, less the share preferred to it.".to_owned()
    }

    fn cells(&self) -> Option<ValueCells> {
        let column = (CellContent::Number(self.indifference), self.preference);
        Some(ValueCells { rows: ["indifference", "preference"], columns: vec![column] })
    }

    fn clause(&self) -> String {
        let (none, all) = (figure(self.indifference), figure(self.preference));
        format!("the net flow (no difference up to {none}, all from {all}{})", self.veto_clause())
    }
}

/// The answers of all candidates in whole units, ascending, with their sums from the first on.
#[derive(Debug)]
struct Flows {
    sorted: Vec<i64>,
    sums: Vec<i128>,
    thresholds: Thresholds,
    decimals: u32,
    rising: bool,
}

impl Flows {
    fn preference(&self, difference: i64) -> f64 {
        self.thresholds.preference(difference)
    }

    /// To how many of all answers one is higher, and how many are higher than it, preferences added up.
    #[expect(clippy::cast_precision_loss, reason = "sums of measures have at most 15 digits")]
    fn higher_and_lower(&self, units: i64) -> (f64, f64) {
        let at = |predicate: &dyn Fn(i64) -> bool| self.sorted.partition_point(|other| predicate(*other));
        let sum = |from: usize, to: usize| {
            let of = |place: usize| self.sums.get(place).copied().unwrap_or(0);
            (of(to) - of(from)) as f64
        };
        let Thresholds { none, all, .. } = self.thresholds;
        let wide = all - none;
        let part = |count: usize, differences: f64| {
            if count == 0 { 0.0 } else { (differences - count as f64 * none) / wide }
        };
        let own = units as f64;
        // Those that are lower by all of it come first, then those that are lower by some of it.
        let (full, some) = (at(&|it| self.preference(units - it) >= 1.0), at(&|it| self.preference(units - it) > 0.0));
        let higher = full as f64 + part(some - full, (some - full) as f64 * own - sum(full, some));
        let (some, full) = (at(&|it| self.preference(it - units) <= 0.0), at(&|it| self.preference(it - units) < 1.0));
        let lower = (self.sorted.len() - full) as f64 + part(full - some, sum(some, full) - (full - some) as f64 * own);
        (higher, lower)
    }

    /// Of the others, to how many an answer is preferred and how many are preferred to it, without the answer `own`.
    fn flows(&self, measure: f64, own: f64) -> (f64, f64) {
        let (units, own) = (to_units(measure, self.decimals), to_units(own, self.decimals));
        let (higher, lower) = self.higher_and_lower(units);
        let (higher, lower) = (higher - self.preference(units - own), lower - self.preference(own - units));
        if self.rising { (higher, lower) } else { (lower, higher) }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    fn others(&self) -> f64 {
        self.sorted.len().saturating_sub(1) as f64
    }
}

impl Scale for Flows {
    fn value(&self, measure: f64) -> Option<f64> {
        self.value_instead(measure, measure)
    }

    /// Zero where there are no others.
    fn value_instead(&self, own: f64, measure: f64) -> Option<f64> {
        let (preferred, outdone) = self.flows(measure, own);
        let others = self.others();
        Some(if others > 0.0 { ((preferred - outdone) / others).clamp(-1.0, 1.0) } else { 0.0 })
    }

    fn reading(&self, measure: f64) -> String {
        let (preferred, outdone) = self.flows(measure, measure);
        let others = counted(self.sorted.len().saturating_sub(1), "other", "others");
        format!("preferred to {} of {others}, and {} preferred to it", number(preferred, 2), number(outdone, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_pairs(shape: NetFlow, measures: &[f64], at: usize) -> f64 {
        let preference = |difference: f64| match difference {
            it if it <= shape.indifference => 0.0,
            it if it >= shape.preference => 1.0,
            it => (it - shape.indifference) / (shape.preference - shape.indifference),
        };
        let pair = |other: &f64| preference(measures[at] - other) - preference(other - measures[at]);
        let sum: f64 = measures.iter().map(pair).sum();
        let flow = sum / measures.iter().skip(1).map(|_| 1.0).sum::<f64>();
        if shape.rising { flow } else { -flow }
    }

    #[test]
    fn flows_are_those_of_all_pairs() {
        let measures = [12.0, 3.0, 7.0, 7.0, 30.0, 8.0, 11.0];
        for (indifference, preference) in [(0.0, 0.0), (0.0, 5.0), (2.0, 2.0), (1.0, 9.0), (40.0, 50.0)] {
            for rising in [true, false] {
                let shape = NetFlow { indifference, preference, veto: None, rising };
                let scale =
                    shape.scale(&CandidateMeasures::new(&measures, 0, |all| all.sort_unstable_by(f64::total_cmp)));
                let mut sum = 0.0;
                for at in 0..measures.len() {
                    let value = scale.value(measures[at]).unwrap();
                    assert!((value - by_pairs(shape, &measures, at)).abs() < 1e-12, "{shape:?} {at}");
                    sum += value;
                    let mut moved = measures;
                    moved[at] = 9.0;
                    let instead = scale.value_instead(measures[at], 9.0).unwrap();
                    assert!((instead - by_pairs(shape, &moved, at)).abs() < 1e-12, "{shape:?} {at}");
                }
                assert!(sum.abs() < 1e-12);
            }
        }
    }
}
