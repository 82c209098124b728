//! What is expected against what came: equal, or how they differ.

use std::collections::BTreeSet;

use super::format::MissingExpectation;
use super::{CriterionFigure, Expectation, ExpectedAt, Subject, Test};
use crate::assessment::Assessment;
use crate::diagnostic::{Place, Problem, Problems};
use crate::explain::{contribution_reason, too_little_in_words};
use crate::rules::RuleSet;
use crate::scoring::{Contribution, Standing, Trace};

/// How what came differs from what was expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// What differs: `value`, `order`, `total of burglary`.
    pub what: String,
    /// What was expected, as it is written.
    pub expected: String,
    /// What came instead.
    pub actual: String,
    /// What would be written instead of what was expected, if what came is meant; none where no single value would do.
    pub instead: Option<String>,
    /// Where it is written what was expected.
    pub place: Place,
}

/// What came of an assessment for a test: the traces in the order of the list, or why there are none.
pub(super) type RankingResult<'t, 'a> = Result<&'t [Trace<'a>], &'t Problems>;

/// The ways in which what came of `assessment` differs from what a test expects of it.
pub(super) fn mismatches(
    test: &Test,
    rules: &RuleSet,
    assessment: &Assessment,
    came: RankingResult<'_, '_>,
) -> Vec<Mismatch> {
    let compare = Comparison { test, rules, assessment };
    match came {
        Ok(traces) => test.expected.iter().filter_map(|expected| compare.mismatch(expected, traces)).collect(),
        Err(problems) if test.expects_error() => {
            test.expected.iter().filter_map(|expected| compare.error_mismatch(expected, problems)).collect()
        }
        Err(problems) => vec![Mismatch {
            what: "error".to_owned(),
            expected: "none".to_owned(),
            actual: said(problems, test),
            instead: None,
            place: test.place.clone(),
        }],
    }
}

struct Comparison<'c> {
    test: &'c Test,
    rules: &'c RuleSet,
    assessment: &'c Assessment,
}

impl Comparison<'_> {
    fn id(&self, candidate: usize) -> &str {
        self.assessment.candidates.get(candidate).map_or("", |candidate| &candidate.id)
    }

    /// How an error differs from what is expected of it.
    fn error_mismatch(&self, expected: &ExpectedAt, problems: &Problems) -> Option<Mismatch> {
        let found = match &expected.expectation {
            Expectation::Error(fault) => problems.iter().any(|problem| problem.code == fault.code()),
            Expectation::Message(words) => problems.iter().any(|problem| problem.message.contains(&**words)),
            _ => false,
        };
        let what = if let Expectation::Message(_) = expected.expectation { "message" } else { "error" };
        unless(found, expected, what, || said(problems, self.test))
    }

    fn mismatch(&self, expected: &ExpectedAt, traces: &[Trace<'_>]) -> Option<Mismatch> {
        match &expected.expectation {
            Expectation::Error(_) | Expectation::Message(_) => unless(false, expected, "error", || "none".to_owned()),
            Expectation::Order(_) | Expectation::Top(_) | Expectation::Above(..) => self.list(expected, traces),
            Expectation::Total(candidate, ..)
            | Expectation::Standing(candidate, _)
            | Expectation::Leads(candidate, _)
            | Expectation::Says(candidate, _) => self.one_of_list(expected, self.trace(*candidate, traces)?),
            Expectation::Fires(_) | Expectation::Reason(_) => {
                self.gate(expected, self.trace(self.test.candidate, traces)?)
            }
            _ => {
                let Subject::Criterion(number) = self.test.subject else { return None };
                let trace = self.trace(self.test.candidate, traces)?;
                criterion(expected, trace.contributions.get(number)?)
            }
        }
    }

    fn trace<'t, 'a>(&self, candidate: usize, traces: &'t [Trace<'a>]) -> Option<&'t Trace<'a>> {
        traces.iter().find(|trace| trace.candidate.id == self.id(candidate))
    }

    fn gate(&self, expected: &ExpectedAt, trace: &Trace<'_>) -> Option<Mismatch> {
        let id = self.test.subject.id(self.rules);
        let fired = trace.fired().find(|gate| gate.id == id);
        match &expected.expectation {
            Expectation::Fires(wanted) => {
                unless(*wanted == fired.is_some(), expected, "fires", || fired.is_some().to_string())
            }
            Expectation::Reason(words) => {
                let reason = fired.map(|gate| &*gate.reason);
                let got = || reason.map_or("the gate does not fire".to_owned(), quoted);
                unless(reason.is_some_and(|reason| reason.contains(&**words)), expected, "reason", got)
            }
            _ => None,
        }
    }

    fn list(&self, expected: &ExpectedAt, traces: &[Trace<'_>]) -> Option<Mismatch> {
        match &expected.expectation {
            Expectation::Order(wanted) => {
                let got: Vec<&str> = traces.iter().filter(|it| it.rank.is_some()).map(|it| &*it.candidate.id).collect();
                let wanted: Vec<&str> = wanted.iter().map(|candidate| self.id(*candidate)).collect();
                unless(got == wanted, expected, "order", || list_of(got))
            }
            Expectation::Top(wanted) => {
                let top = traces.iter().filter(|trace| trace.standing == Standing::Tier(0));
                let got: BTreeSet<&str> = top.map(|trace| &*trace.candidate.id).collect();
                let wanted: BTreeSet<&str> = wanted.iter().map(|candidate| self.id(*candidate)).collect();
                unless(got == wanted, expected, "top", || list_of(got))
            }
            Expectation::Above(above, below) => {
                let rank = |candidate: usize| self.trace(candidate, traces).and_then(|trace| trace.rank);
                // Whoever is not ranked stands below everybody.
                let place = |candidate: usize| rank(candidate).unwrap_or(usize::MAX);
                let told =
                    |candidate: usize| rank(candidate).map_or("not ranked".to_owned(), |rank| format!("number {rank}"));
                let got =
                    || format!("{} is {} and {} is {}", self.id(*above), told(*above), self.id(*below), told(*below));
                unless(place(*above) < place(*below), expected, "above", got)
            }
            _ => None,
        }
    }

    fn one_of_list(&self, expected: &ExpectedAt, trace: &Trace<'_>) -> Option<Mismatch> {
        let id = &trace.candidate.id;
        match &expected.expectation {
            Expectation::Total(_, wanted, tolerance) => {
                let near = trace.total.is_some_and(|total| is_near(total.to_f64(), *wanted, *tolerance));
                let got = || trace.total.map_or("not ranked".to_owned(), |total| total.to_string());
                unless(near, expected, format!("total of {id}"), got)
            }
            Expectation::Standing(_, wanted) => {
                let got = || quoted(trace.standing.word(self.rules));
                unless(trace.standing == *wanted, expected, format!("standing of {id}"), got)
            }
            Expectation::Leads(_, wanted) => {
                let got = || quoted(trace.leader().word());
                unless(trace.leader() == *wanted, expected, format!("who leads on {id}"), got)
            }
            Expectation::Says(_, words) => {
                let said = everything_said(trace);
                let found = said.iter().any(|sentence| sentence.contains(&**words));
                unless(found, expected, format!("what is said of {id}"), || quoted(&said.join(" ")))
            }
            _ => None,
        }
    }
}

/// How a contribution differs from what is expected of it.
fn criterion(expected: &ExpectedAt, part: &Contribution<'_>) -> Option<Mismatch> {
    match &expected.expectation {
        Expectation::Number(figure, wanted, tolerance) => {
            let (got, shown) = number(*figure, part);
            let near = got.is_some_and(|got| is_near(got, *wanted, *tolerance));
            unless(near, expected, figure.name(), || shown)
        }
        Expectation::Missing(wanted) => {
            let policy = part.missing.as_ref().map(|_| part.criterion.missing.word());
            let same = match wanted {
                MissingExpectation::Is(missing) => *missing == policy.is_some(),
                MissingExpectation::By(by) => policy == Some(*by),
            };
            let got = || policy.map_or_else(|| "not missing".to_owned(), quoted);
            unless(same, expected, "missing", got)
        }
        Expectation::Because(words) => {
            let sentence = contribution_reason(part);
            unless(sentence.contains(&**words), expected, "because", || quoted(&sentence))
        }
        _ => None,
    }
}

/// How what came differs, unless it is the same.
fn unless(
    same: bool,
    expected: &ExpectedAt,
    what: impl Into<String>,
    got: impl FnOnce() -> String,
) -> Option<Mismatch> {
    let written = || expected.place.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let place = || expected.place.clone();
    (!same).then(|| {
        let actual = got();
        let instead = instead(&expected.expectation, &actual);
        Mismatch { what: what.into(), expected: written(), actual, instead, place: place() }
    })
}

/// What came as it would be written, where that is a value of the kind that was expected. Of a sentence a test expects a part,
/// and which part is for people to say.
fn instead(expected: &Expectation, actual: &str) -> Option<String> {
    let is_it = match expected {
        Expectation::Number(..) | Expectation::Total(..) => actual.parse::<f64>().is_ok() || actual.starts_with('"'),
        Expectation::Fires(_) | Expectation::Order(_) | Expectation::Top(_) => true,
        Expectation::Standing(..) | Expectation::Leads(..) | Expectation::Missing(_) => actual.starts_with('"'),
        _ => false,
    };
    is_it.then(|| actual.to_owned())
}

/// Every sentence of a candidate's trace.
fn everything_said(trace: &Trace<'_>) -> Vec<String> {
    let gates = trace.fired().map(|gate| gate.reason.clone());
    let told = gates.chain(trace.contributions.iter().map(contribution_reason));
    told.chain(too_little_in_words(trace)).collect()
}

/// A number of a contribution, and how it is printed.
fn number(figure: CriterionFigure, part: &Contribution<'_>) -> (Option<f64>, String) {
    let fixed = match figure {
        CriterionFigure::Value => part.value,
        CriterionFigure::Weight => Some(part.weight),
        CriterionFigure::Points => Some(part.points),
        CriterionFigure::Measure | CriterionFigure::Lower | CriterionFigure::Upper => {
            let Some(measure) = part.measure else { return (None, "the measure is missing".to_owned()) };
            let of = match figure {
                CriterionFigure::Lower => measure.interval.map(|ends| ends.0),
                CriterionFigure::Upper => measure.interval.map(|ends| ends.1),
                _ => Some(measure.estimate),
            };
            let shown = |measure: f64| match part.criterion.levels {
                Some(_) => quoted(&part.criterion.figure(measure)),
                None => measure.to_string(),
            };
            return (of, of.map_or("no interval".to_owned(), shown));
        }
    };
    (fixed.map(crate::scoring::Fixed::to_f64), fixed.map_or("none".to_owned(), |fixed| fixed.to_string()))
}

/// Whether two numbers lie no further apart than allowed. Both are nearest to some decimal, so a billionth of them is
/// allowed for.
fn is_near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance + 1e-12 * a.abs().max(b.abs())
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn list_of<'i>(ids: impl IntoIterator<Item = &'i str>) -> String {
    let quoted: Vec<String> = ids.into_iter().map(quoted).collect();
    format!("[{}]", quoted.join(", "))
}

/// Problems in a line: code and message of each. The made-up candidate of a case has no name that anybody knows.
fn said(problems: &Problems, test: &Test) -> String {
    let one = |problem: &Problem| {
        let place = problem.place.as_ref().map_or_else(String::new, |place| {
            format!(" ({}, line {})", place.source.name, place.source.line(place.span.start))
        });
        let message = match test.subject {
            Subject::List => &*problem.message,
            _ => problem.message.rsplit_once(", for `").map_or(&*problem.message, |(message, _)| message),
        };
        format!("{}: {message}{place}", problem.code.name())
    };
    problems.clone().sorted().iter().map(one).collect::<Vec<_>>().join("; ")
}
