//! The rule set's own tests: given this evidence, that is expected. What no test reached, and what change no test notices.
//!
//! [`load`] reads and judges the tests that stand beside a rule set; a [`Suite`] can't be wrong in itself. Evidence is
//! judged as an assessment's is, and ranked by the engine as it is: nothing here scores.

mod case;
mod compare;
mod coverage;
mod excuse;
pub mod format;
mod grid;
mod mutate;
mod read;
mod run;
mod test_report;
mod whole;

use std::collections::BTreeSet;

pub use compare::Mismatch;
pub use coverage::{Coverage, ReachedParts, RulePart, coverage};
pub use excuse::StaleExcuse;
pub use mutate::{Mutant, MutantOutcome, Mutation, mutate};
pub use read::load;
pub use run::{TestOutcome, run};
pub use test_report::{TestReport, TestRequest, test_report};

use crate::assessment::{Assessment, Period};
use crate::diagnostic::Place;
use crate::rules::{Editions, Leader, RuleSet};
use crate::scoring::Standing;
use format::{ExpectedError, MissingExpectation};

/// The tests of a rule set, judged, in the order of their files and as they stand there.
#[derive(Debug, Default)]
pub struct Suite {
    /// Assessments, each with what is expected of it.
    trials: Vec<TestedAssessment>,
    /// Changes that make no difference.
    pub equivalent: Vec<Excuse>,
    /// Parts that nothing can reach.
    pub unreachable: Vec<Excuse>,
}

impl Suite {
    /// All tests, in the order in which they are written.
    pub fn tests(&self) -> Vec<&Test> {
        let mut tests: Vec<&Test> = self.trials.iter().flat_map(|trial| &trial.tests).collect();
        tests.sort_by(|a, b| a.written().cmp(&b.written()));
        tests
    }
}

/// An assessment, and what is expected of its ranking.
#[derive(Debug)]
struct TestedAssessment {
    assessment: Assessment,
    /// The period whose last day says which values of parameters hold; the latest do where it is not said.
    period: Option<Period>,
    tests: Vec<Test>,
}

impl TestedAssessment {
    /// The rules as they stand in its period; none where a parameter has no value yet.
    fn rules<'r>(&self, editions: &'r Editions) -> Option<&'r RuleSet> {
        match self.period {
            Some(period) => editions.on(period.last_day()),
            None => Some(editions.latest()),
        }
    }
}

/// What one test expects.
#[derive(Debug)]
pub struct Test {
    /// What it is a test of, in a few words.
    pub name: String,
    /// What it looks at.
    pub subject: Subject,
    /// Where it is written.
    pub place: Place,
    /// The number of the candidate that it looks at; of all, where it looks at the list.
    candidate: usize,
    /// What is expected, in the order of the keys.
    expected: Vec<ExpectedAt>,
}

impl Test {
    /// What it looks at and what of: `harm: grave offences`.
    pub fn title(&self, rules: &RuleSet) -> String {
        format!("{}: {}", self.subject.id(rules), self.name)
    }

    /// File and place, to be sorted by.
    fn written(&self) -> (&str, usize) {
        (&self.place.source.name, self.place.span.start)
    }

    /// Whether it expects the rules to end in an error.
    fn expects_error(&self) -> bool {
        self.expected.iter().any(|expected| matches!(expected.expectation, Expectation::Error(_)))
    }
}

/// What a test looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A criterion, by number.
    Criterion(usize),
    /// A gate, by number.
    Gate(usize),
    /// The whole list.
    List,
}

impl Subject {
    /// The id of the criterion or gate.
    pub fn id(self, rules: &RuleSet) -> &str {
        match self {
            Self::Criterion(number) => rules.criteria.get(number).map_or("", |criterion| &criterion.id),
            Self::Gate(number) => rules.gates.get(number).map_or("", |gate| &gate.id),
            Self::List => "assessment",
        }
    }

    /// Where the rules say what it does.
    pub fn place(self, rules: &RuleSet) -> Place {
        let place = match self {
            Self::Criterion(number) => rules.criteria.get(number).map(|criterion| criterion.place.clone()),
            Self::Gate(number) => rules.gates.get(number).map(|gate| gate.when.place()),
            Self::List => None,
        };
        place.unwrap_or_else(|| rules.place.clone())
    }
}

/// One thing that is expected, and where it is written.
#[derive(Debug)]
struct ExpectedAt {
    expectation: Expectation,
    place: Place,
}

/// What can be expected.
#[derive(Debug)]
enum Expectation {
    /// A number, and how far from it is near enough.
    Number(CriterionFigure, f64, f64),
    Missing(MissingExpectation),
    Because(String),
    Fires(bool),
    Reason(String),
    Error(ExpectedError),
    Message(String),
    /// All that are ranked, by number.
    Order(Vec<usize>),
    /// All that are in the first tier, by number.
    Top(BTreeSet<usize>),
    /// The first has the better rank.
    Above(usize, usize),
    /// A candidate's total, and how far from it is near enough.
    Total(usize, f64, f64),
    Standing(usize, Standing),
    /// Who leads on a candidate.
    Leads(usize, Leader),
    /// Words said of a candidate.
    Says(usize, String),
}

/// The numbers of a criterion that can be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CriterionFigure {
    Measure,
    Lower,
    Upper,
    Value,
    Weight,
    Points,
}

impl CriterionFigure {
    fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Value => "value",
            Self::Weight => "weight",
            Self::Points => "points",
        }
    }
}

/// What tests can't reach or notice, and why.
#[derive(Debug)]
pub struct Excuse {
    /// The part or the change, as coverage or mutation names it.
    pub name: String,
    /// Why no test can reach or notice it.
    pub because: String,
    /// Where it is written.
    pub place: Place,
}
