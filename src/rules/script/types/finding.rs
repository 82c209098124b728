//! A finding: what a statistic says of evidence, with its interval and a sentence.
//!
//! It stands wherever an estimate stands. What was refused has no figure, and a measure made of it is missing.

use rhai::{Dynamic, Engine};

use super::statistic::Statistic;
use super::with_number::{number_with, with_number};
use crate::assessment::{Count, Unit};
use crate::rules::script::coerce::or_unit;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{ChanceTest, Confidence, Estimate, conditional_test, e_test};
use crate::words;

/// What a statistic says of evidence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    /// The figure with its interval; none where it was refused.
    figure: Option<Estimate>,
    /// The lower end, which is known of some that have no figure.
    lower: Option<f64>,
    /// The probability of it if there were no difference; none where nothing was tested.
    p: Option<f64>,
    /// Whether chance explains it; none where nothing was tested.
    by_chance: Option<bool>,
    /// What was worked out, for the sentence.
    statistic: Statistic,
    /// What speaks against relying on it.
    qualms: Vec<String>,
    /// The two counts that were tested, each with its exposure; none where nothing but one test was asked.
    counts: Option<TestedCounts>,
}

/// Two counts that a test was asked of. The other test is asked where a sentence is made, and not for every candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TestedCounts {
    pub(super) now: (f64, f64),
    pub(super) before: (f64, f64),
    pub(super) test: ChanceTest,
    pub(super) confidence: Confidence,
}

impl TestedCounts {
    /// What the other test says, where that is the opposite.
    fn disagreement(self, by_chance: Option<bool>) -> Option<String> {
        let (name, p) = match self.test {
            ChanceTest::Estimated => ("the conditional binomial test", conditional_test(self.now, self.before)?),
            ChanceTest::Conditional => ("the E-test", e_test(self.now, self.before)?),
        };
        let other = self.confidence.is_chance(p);
        let says = if other { "chance could explain it" } else { "chance does not explain it" };
        (by_chance? != other).then(|| format!("by {name} {says}, p = {}", words::fixed(p, 4)))
    }
}

impl Finding {
    /// A figure, and which statistic it is of.
    pub(super) fn new(figure: Estimate, statistic: Statistic) -> Self {
        let lower = figure.interval.map(|interval| interval.0);
        Self { figure: Some(figure), lower, ..Self::of(statistic) }
    }

    /// What was not found, and why.
    pub(super) fn refused(reason: impl Into<String>) -> Self {
        Self::of(Statistic::Refused(reason.into()))
    }

    /// What has a lower end and neither figure nor upper end.
    pub(super) fn without_figure(lower: f64, statistic: Statistic) -> Self {
        Self { lower: Some(lower), ..Self::of(statistic) }
    }

    fn of(statistic: Statistic) -> Self {
        let (figure, lower, p, by_chance, counts) = (None, None, None, None, None);
        Self { figure, lower, p, by_chance, statistic, qualms: Vec::new(), counts }
    }

    /// With the counts that were tested.
    pub(super) fn tested_of(mut self, counts: TestedCounts) -> Self {
        self.counts = Some(counts);
        self
    }

    /// With the probability of it if there were no difference: chance explains it where that is not below what lies
    /// beyond an interval.
    pub(super) fn tested(mut self, p: f64, confidence: Confidence) -> Self {
        (self.p, self.by_chance) = (Some(p), Some(confidence.is_chance(p)));
        self
    }

    /// With whether chance explains it, of which no probability is known.
    pub(super) fn chance(mut self, explains: Option<bool>) -> Self {
        self.by_chance = explains;
        self
    }

    /// With what speaks against relying on it.
    pub(super) fn qualified(mut self, qualms: Vec<String>) -> Self {
        self.qualms = qualms;
        self
    }

    /// The figure with its interval; none where it was refused.
    pub(super) fn figure(&self) -> Option<Estimate> {
        self.figure
    }

    /// What was worked out.
    pub(super) fn statistic(&self) -> &Statistic {
        &self.statistic
    }

    /// The same finding about other figures: what was tested and what speaks against it stay.
    pub(super) fn restated(self, figure: Estimate, statistic: Statistic) -> Self {
        let lower = figure.interval.map(|interval| interval.0);
        Self { figure: Some(figure), lower, statistic, ..self }
    }

    /// With one thing more that speaks against relying on it.
    pub(super) fn but(mut self, qualm: String) -> Self {
        self.qualms.push(qualm);
        self
    }

    /// The count that it is a rate of, and what that is set against, if it is one.
    pub(super) fn rate_of(&self) -> Option<(&Count, Unit)> {
        match &self.statistic {
            Statistic::Rate { of, among, .. } => Some((of, among.unit)),
            Statistic::Pooled(found) => Some((&found.of, found.among.unit)),
            _ => None,
        }
    }

    /// Which part of a pooled rate is that of all that it is pooled with, 0 to 1; none of anything else.
    fn borrowed(&self) -> Option<f64> {
        if let Statistic::Pooled(found) = &self.statistic { Some(found.pooled.borrowed) } else { None }
    }

    /// Why there is no figure, in a whole sentence.
    pub(super) fn refusal(&self) -> Option<String> {
        self.figure.is_none().then(|| {
            let sentence = self.sentence();
            let mut letters = sentence.chars();
            letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default()
        })
    }

    /// What it found, in a sentence without its full stop.
    fn sentence(&self) -> String {
        let found = self.statistic.sentence(self.by_chance);
        let other = self.counts.and_then(|counts| counts.disagreement(self.by_chance));
        let qualms: Vec<String> = self.qualms.iter().cloned().chain(other).collect();
        match &*qualms {
            [] => found,
            qualms => format!("{found}; but {}", words::listed(qualms)),
        }
    }
}

/// What arithmetic makes of a finding: an estimate, or the same finding where it was refused.
fn made(finding: &Finding, of: impl Fn(Estimate) -> Estimate) -> Dynamic {
    finding.figure.map_or_else(|| Dynamic::from(finding.clone()), |figure| Dynamic::from(of(figure)))
}

fn divided(finding: &Finding, divisor: f64) -> Fallible<Dynamic> {
    if divisor == 0.0 { refuse("division by zero") } else { Ok(made(finding, |figure| figure.times(1.0 / divisor))) }
}

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Finding>("Finding");
    engine.register_get("estimate", |value: &mut Finding| or_unit(value.figure.map(|figure| figure.estimate)));
    engine.register_get("lower", |value: &mut Finding| or_unit(value.lower));
    engine.register_get("upper", |value: &mut Finding| or_unit(value.figure.and_then(|it| it.interval).map(|it| it.1)));
    engine.register_get("p", |value: &mut Finding| or_unit(value.p));
    engine.register_get("by_chance", |value: &mut Finding| value.by_chance.map_or(Dynamic::UNIT, Dynamic::from_bool));
    engine.register_get("qualified", |value: &mut Finding| !value.qualms.is_empty());
    engine.register_get("refused", |value: &mut Finding| value.figure.is_none());
    engine.register_get("borrowed", |value: &mut Finding| or_unit(value.borrowed()));
    engine.register_get("sentence", |value: &mut Finding| value.sentence());
    engine.register_fn("has_interval", |value: &mut Finding| value.figure.is_some_and(|it| it.interval.is_some()));
    engine.register_fn("refused", |reason: &str| Finding::refused(reason));
    engine.register_fn("to_string", |value: &mut Finding| match value.figure {
        Some(figure) => figure.in_words(2),
        None => value.sentence(),
    });
    with_number!(engine, "*", Finding, |value: &mut Finding, factor: f64| made(value, |it| it.times(factor)));
    with_number!(engine, "/", Finding, |value: &mut Finding, divisor: f64| divided(value, divisor));
    with_number!(engine, "+", Finding, |value: &mut Finding, more: f64| made(value, |it| it.plus(more)));
    with_number!(engine, "-", Finding, |value: &mut Finding, less: f64| made(value, |it| it.plus(-less)));
    number_with!(engine, "*", Finding, |factor: f64, value: Finding| made(&value, |it| it.times(factor)));
    number_with!(engine, "+", Finding, |more: f64, value: Finding| made(&value, |it| it.plus(more)));
    number_with!(engine, "-", Finding, |from: f64, value: Finding| made(&value, |it| it.times(-1.0).plus(from)));
}
