//! A rule set as it is ranked with: judged, so that it can't be wrong in itself.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::combine::{Combination, Earned, Influence, MemberKind, Names, Precision, Term, Totaller};
use super::direction::Direction;
use super::effect::{Effect, Leader};
use super::format::{Combined, ListPer, Shortfall, WeightMethod};
use super::missing::{Missing, StandIns, Treatment};
use super::parameter::{DatedAmount, Parameter};
use super::script::{Expression, Library, Template};
use super::shape::{ValueEnds, ValueFunction};
use super::sure::Sure;
use super::value_range::ValueRange;
use super::weights::Weights;
use crate::assessment::{CandidateKind, Day, Declared, Levels, Period};
use crate::diagnostic::{Code, Place, Problem};
use crate::exact::{Ends, Fixed};
use crate::stats::{Confidence, Estimate};

/// A rule set with numbers in place of its parameters' names: one edition of it. Nothing in it is wrong in itself.
#[derive(Debug)]
pub struct RuleSet {
    /// The name that a reader sees.
    pub name: String,
    /// The version as its author writes it: it is shown, and no version comes before another.
    pub version: String,
    /// What it is and where it comes from.
    pub about: Option<String>,
    /// Why the weights are what they are.
    pub weights_because: Option<String>,
    /// Where the weights come from, where that is recorded.
    pub origin: Option<WeightsOrigin>,
    /// What weights add up to, and the highest total where no value passes 1; 1 to 10,000.
    pub scale: u32,
    /// Between which numbers values lie.
    pub values: ValueRange,
    /// The decimals of points and totals, 0 to 4.
    pub decimals: u32,
    /// How many months evidence may be older than the assessment's period, where that is declared.
    pub oldest_evidence_months: Option<u32>,
    /// How much of the weight must be answered, 0 to 1, where that is declared.
    pub answered_at_least: Option<f64>,
    /// How much of the weight published figures must answer, 0 to 1, where that is declared.
    pub published_at_least: Option<f64>,
    /// What becomes of candidates of whom less is answered or published.
    pub too_little: Shortfall,
    /// How far apart two totals must be to be told apart, above 0, where that is declared.
    pub told_apart_by: Option<Fixed>,
    /// From how many of a hundred draws on a place in the first tier is secure, probable or open.
    pub sure: Sure,
    /// How many people must have judged what is judged, where that is declared.
    pub judges_at_least: Option<u32>,
    /// How sure its intervals are, and what counts as chance.
    pub confidence: Confidence,
    /// How points become a total.
    pub combine: Combination,
    /// How low and how high totals go, whatever the answers, in units of the decimals; none where there is no highest, or
    /// none is known.
    pub total_ends: Option<Ends>,
    /// For what there is a list of its own; none where there is one list of all candidates.
    pub per: Option<ListPer>,
    /// The kinds that have a list of their own where there is a list for each kind; all where there is none here.
    pub own_lists: Vec<CandidateKind>,
    /// The criteria whose points order candidates with equal totals, by number.
    pub ties: Vec<usize>,
    /// Whether they give the candidates that they order ranks of their own.
    pub ties_separate: bool,
    /// The evidence it reads, by name.
    pub evidence: BTreeMap<String, Declared>,
    /// Its parameters, by name, each with all its values.
    pub parameters: Vec<Parameter>,
    /// The first day on which every parameter has the value that it has here; none where there are no parameters.
    pub since: Option<Day>,
    /// Groups of criteria, in the order written.
    pub groups: Vec<Group>,
    /// The questions, in the order written; at least one.
    pub criteria: Vec<Criterion>,
    /// The weights of the criteria.
    pub weights: Weights,
    /// Rules outside the sum, in the order written.
    pub gates: Vec<Gate>,
    /// The bands, best first; at least one.
    pub tiers: Vec<Tier>,
    /// Findings that are known and meant, in the order written.
    pub accepted: Vec<AcceptedFinding>,
    /// The functions that expressions can call.
    pub library: Library,
    /// `sha256:` and the digest of the content, comments and layout left out.
    pub digest: String,
    /// Where the rule set's name stands.
    pub place: Place,
}

impl RuleSet {
    /// How high totals go and how they are rounded.
    pub fn precision(&self) -> Precision {
        Precision { scale: self.scale, decimals: self.decimals }
    }

    /// The decimals of values and weights.
    pub fn fine_decimals(&self) -> u32 {
        self.precision().fine_decimals()
    }

    /// How many decimals points and weights have where they are told roughly: about a thousandth of the scale, and never more
    /// than points have.
    pub fn rough_decimals(&self) -> u32 {
        let usual = match self.scale {
            0..=1 => 3,
            2..=10 => 2,
            11..=100 => 1,
            _ => 0,
        };
        usual.min(self.decimals)
    }

    /// The weight of a criterion, by number, on the scale.
    pub fn weight_of(&self, criterion: usize) -> Fixed {
        Fixed::new(self.weights.shares().get(criterion).copied().unwrap_or(0), self.fine_decimals())
    }

    /// What the values of a criterion bring in.
    pub fn earned(&self, criterion: usize) -> Earned {
        self.combine.earned(criterion)
    }

    /// The decimals of what they bring in.
    pub fn earned_decimals(&self, criterion: usize) -> u32 {
        self.earned(criterion).decimals(self.precision())
    }

    /// What makes totals, its expressions compiled.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn totaller(&self) -> Result<Totaller<'_>, Problem> {
        let criteria: Vec<&str> = self.criteria.iter().map(|criterion| &*criterion.id).collect();
        let names = Names { criteria: &criteria, groups: &self.group_ids() };
        Totaller::new(&self.combine, names, self.precision(), &self.library, &self.place)
    }

    /// The arithmetic that makes the score of a group, or the total: its figures are what its members bring in.
    pub fn arithmetic(&self, group: Option<usize>) -> Vec<Term> {
        let criteria: Vec<&str> = self.criteria.iter().map(|criterion| &*criterion.id).collect();
        let names = Names { criteria: &criteria, groups: &self.group_ids() };
        self.combine.arithmetic(self.combine.node(group), names, self.scale)
    }

    /// Whether the score of a group that has a weight can be left out, as all that is in it can.
    pub fn leaves_out(&self, group: usize) -> bool {
        let Some(scored) = self.combine.groups().get(group) else { return false };
        let leaves_out = |member: &usize| match scored.node.kind {
            MemberKind::Criterion => {
                self.criteria.get(*member).is_some_and(|it| it.if_missing() == Treatment::LeaveOut)
            }
            MemberKind::Group => self.leaves_out(*member),
        };
        scored.node.members.iter().all(leaves_out)
    }

    /// Whether a group is left out where these answers are missing, by criterion: all that is in it is.
    pub fn is_left_out(&self, group: usize, missing: &[bool]) -> bool {
        let Some(scored) = self.combine.groups().get(group) else { return false };
        let is_out = |member: &usize| match scored.node.kind {
            MemberKind::Criterion => {
                let may_be = self.criteria.get(*member).is_some_and(|it| it.if_missing() == Treatment::LeaveOut);
                may_be && missing.get(*member).copied().unwrap_or(false)
            }
            MemberKind::Group => self.is_left_out(*member, missing),
        };
        scored.node.members.iter().all(is_out)
    }

    /// Whether the score of a group stands beside the total, so that it is part of nothing.
    pub fn is_beside(&self, group: usize) -> bool {
        self.combine.groups().get(group).is_some_and(|group| group.is_beside)
    }

    /// Whether a weight, by its number among all, counts towards no total: it is of what a score beside the total is made of.
    pub fn weighs_beside(&self, at: usize) -> bool {
        let within = |group: usize| self.combine.groups().get(group).and_then(|group| group.parent);
        let mut group = match self.criteria.get(at) {
            Some(_) => self.combine.group_of(at),
            None => self.combine.group_at(at).and_then(within),
        };
        // Each group is in one that comes later in the order, so this ends.
        while let Some(inside) = group.filter(|group| !self.is_beside(*group)) {
            group = within(inside);
        }
        group.is_some()
    }

    /// The ids of the groups.
    pub fn group_ids(&self) -> Vec<&str> {
        self.groups.iter().map(|group| &*group.id).collect()
    }

    /// The id and the title of what a weight is of, by its number among all: a criterion, or a group with a score.
    pub fn weighed(&self, at: usize) -> Option<(&str, &str)> {
        let group = || self.groups.get(self.combine.group_at(at)?).map(|group| (&*group.id, &*group.title));
        self.criteria.get(at).map(|criterion| (&*criterion.id, &*criterion.title)).or_else(group)
    }

    /// The weights that these would be, written in place of its own: of each criterion and each group with a score, and
    /// of each group where groups only share out the weight.
    pub fn weights_as_written(&self, criteria: &[Decimal], groups: Option<&[Decimal]>) -> Weights {
        let group_of: Vec<usize> = self.criteria.iter().map(|criterion| criterion.group.unwrap_or(0)).collect();
        let pools = (0..self.weights.shares().len()).map(|entry| self.weights.pool(entry)).collect();
        Weights::new(criteria, groups.map(|groups| (&*group_of, groups)), pools, self.weights.whole())
    }

    /// Each parameter with the value that is in force here.
    pub fn in_force(&self) -> impl Iterator<Item = (&Parameter, &DatedAmount)> {
        let on = |day: Day| self.parameters.iter().filter_map(move |it| Some((it, it.on(day)?)));
        self.since.into_iter().flat_map(on)
    }
}

/// Where the weights come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsOrigin {
    /// How they were found.
    pub method: WeightMethod,
    /// The roles of the people whose answers they are; at least one.
    pub people: Vec<String>,
    /// How the answers of several people became one.
    pub combined: Option<Combined>,
    /// The day of the last answer.
    pub date: Period,
    /// The file of the answers, as seen from the rule set's folder.
    pub answers: String,
    /// The digest of what the answers said.
    pub digest: String,
    /// The path of the file of the answers.
    pub path: String,
    /// Where the file of the answers is named.
    pub place: Place,
}

/// Criteria that are weighed together, or that share a score where the total is made of groups' scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Unique among groups; an expression over groups' scores reads it as a name.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// The group that it is in, by number; none where it is a part of the total itself.
    pub parent: Option<usize>,
}

/// One question asked of every candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Unique among criteria.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// The question as the board is asked it.
    pub question: String,
    /// The group it belongs to, by number; none where there are no groups.
    pub group: Option<usize>,
    /// The answer in natural units.
    pub measure: Expression,
    /// Whether the measure is just the name of a piece of evidence, for its headline figure.
    pub plain: Option<String>,
    /// The words that the measure is in: then its number is a place among them, from 1. None where it is a number.
    pub levels: Option<Levels>,
    /// The evidence that may be missing.
    pub optional: Vec<String>,
    /// The unit of the measure.
    pub unit: String,
    /// The decimals that the measure is rounded to, 0 to 6.
    pub decimals: u32,
    /// Whether more is worse.
    pub direction: Direction,
    /// How the measure becomes a value.
    pub value: ValueFunction,
    /// Between which numbers its values lie.
    pub values: ValueRange,
    /// What stands in where there is no measure.
    pub missing: Missing,
    /// The sentence for the reader.
    pub because: Template,
    /// Whether its measure draws rates towards that of all candidates that are pooled with each other.
    pub pools: bool,
    /// What more of its points do to the total.
    pub influence: Influence,
    /// The whole table in the rule file, for problems.
    pub place: Place,
}

impl Criterion {
    /// The evidence that it reads, each name once: of the measure, then of the sentence.
    pub fn reads(&self) -> Vec<&String> {
        names_once(std::iter::once(&self.measure).chain(self.because.holes()))
    }

    /// Whether its values look at the other candidates, or its measure does.
    pub fn looks_at_others(&self) -> bool {
        self.pools || self.value.shape().needs_facts()
    }

    /// A measure as a reader sees it: a word, or a number without its unit.
    pub fn figure(&self, measure: f64) -> String {
        self.figure_with_interval(Estimate::exact(measure))
    }

    /// The same with its interval, where it has one.
    pub fn figure_with_interval(&self, measure: Estimate) -> String {
        self.figure_to(measure, self.decimals)
    }

    /// The same, numbers to so many decimals.
    pub fn figure_to(&self, measure: Estimate, decimals: u32) -> String {
        match &self.levels {
            Some(levels) => levels.in_words(measure),
            None => measure.in_words(decimals),
        }
    }

    /// The unit that is said behind a measure; nothing behind a word.
    pub fn unit_behind(&self) -> &str {
        if self.levels.is_some() { "" } else { &self.unit }
    }

    /// What is done where there is no measure.
    pub fn if_missing(&self) -> Treatment {
        self.treatment(match self.influence {
            Influence::Lowers => self.value.shape().value_ends().least,
            Influence::Raises | Influence::Mixed => self.highest_value(),
        })
    }

    /// The value that makes a total highest that rises with it: the highest there can be, or that it has where there is
    /// none.
    fn highest_value(&self) -> f64 {
        if self.values.has_ends { self.values.most } else { self.value.shape().value_ends().most }
    }

    /// The same where this value makes the total highest.
    fn treatment(&self, worst: f64) -> Treatment {
        let (shape, ends) = (self.value.shape(), self.value.shape().value_ends());
        let middle = if self.values.has_ends { self.values.middle() } else { f64::midpoint(ends.least, ends.most) };
        self.missing.policy().treatment(&StandIns { unbounded: shape.unbounded(), worst, middle })
    }

    /// Whether the total is known to go one way with its measure: never to fall where the measure rises, or never to rise.
    pub fn goes_one_way(&self) -> bool {
        self.influence != Influence::Mixed && self.value.shape().goes_one_way()
    }

    /// Whether the total is known to go one way with its measure from each turn of its value to the next.
    pub fn is_known_between_turns(&self) -> bool {
        self.influence != Influence::Mixed && self.value.shape().turns().is_some()
    }

    /// The least and the most of its values, with what may stand in where there is no measure.
    pub fn value_ends(&self) -> ValueEnds {
        let ends = self.value.shape().value_ends();
        // Whichever way the total goes.
        [self.highest_value(), ends.least].into_iter().fold(ends, |ends, worst| match self.treatment(worst) {
            Treatment::StandIn(value) => ends.with(value),
            Treatment::LeaveOut | Treatment::Refuse => ends,
        })
    }

    /// The value that stands in where there is no measure; none where nothing does.
    pub fn stand_in(&self) -> Option<f64> {
        match self.if_missing() {
            Treatment::StandIn(value) => Some(value),
            Treatment::LeaveOut | Treatment::Refuse => None,
        }
    }
}

/// A rule outside the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Unique among gates.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// The condition on the evidence under which it acts.
    pub when: Expression,
    /// Where it puts a candidate.
    pub effect: Effect,
    /// The tier that it raises to, by number; only where it raises.
    pub tier: Option<usize>,
    /// Who leads; only where it says that.
    pub lead: Option<Leader>,
    /// The criteria whose answers or values its condition sees, by number.
    pub sees: Vec<usize>,
    /// The sentence that says why, made for each candidate.
    pub reason: Template,
}

impl RuleSet {
    /// Whether gates say who leads; then the board decides on whom none does.
    pub fn says_who_leads(&self) -> bool {
        self.gates.iter().any(|gate| gate.effect.names_lead())
    }
}

impl Gate {
    /// The names under which conditions and sentences see the answers of a candidate, and their values.
    pub const ANSWERS: [&'static str; 2] = ["measure", "value"];

    /// The evidence that it reads, each name once: of the condition, then of the sentence.
    pub fn reads(&self) -> Vec<&String> {
        names_once(std::iter::once(&self.when).chain(self.reason.holes()))
    }
}

/// What expressions read, each name once, in the order in which it is read.
fn names_once<'a>(expressions: impl Iterator<Item = &'a Expression>) -> Vec<&'a String> {
    let mut names = Vec::new();
    for name in expressions.flat_map(|expression| &expression.reads) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A band that totals fall in.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Unique among tiers; the first tier is the best.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// Which of the candidates that no tier above has taken.
    pub takes: Takes,
    /// Whether only one of a family has a place; only where it has places.
    pub one_of_a_family: bool,
}

/// Which candidates a tier takes, of those that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Totals from here up, in units of the rule set's decimals.
    AtLeast(i64),
    /// The first so many of the list; at least one.
    Places(usize),
    /// All that are left: the last tier, and no other.
    Rest,
}

/// A finding of `prioritise check` that is known and meant.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedFinding {
    /// The code of the finding.
    pub finding: Code,
    /// The ids of what it is about; empty where every finding of this code is accepted.
    pub of: Vec<String>,
    /// Why it is as it should be.
    pub because: String,
    /// Where it is accepted, told where no finding is like it.
    pub place: Place,
}
