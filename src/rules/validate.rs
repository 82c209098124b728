//! What `ruleset.toml` says, judged: from the types of [`super::format`] to those that can't be wrong.

mod accepted;
mod combination;
mod criterion;
mod editions;
mod gate;
mod origin;
mod parameters;
mod tiers;
mod totals;
mod weights;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::combine::Precision;
use super::editions::LoadedRules;
use super::format::{self, ListPer, RuleSetFile, RuleSetHeader, Shortfall};
use super::judge::RuleSetJudge;
use super::script::ScriptChecker;
use super::value_range::{ValueRange, WrittenValues};
use super::{Criterion, Gate, Parameter, RuleSet, Sure};
use crate::assessment::Declared;
use crate::assessment::evidence::Settings;
use crate::assessment::evidence::format::EvidenceName;
use crate::budget::Budget;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::exact::{Fixed, to_units};
use crate::stats::Confidence;
use crate::toml_file::{At, Checker, Parsed, WrittenNumber, judge_format};
use crate::words::{number, whole, with_noun};
use editions::Edition;

/// The rule set that the file makes, if nothing in it stops it. Its expressions spend `budget`.
pub(super) fn validate(
    source: &Arc<SourceFile>,
    parsed: &Parsed<RuleSetFile>,
    (scripts, budget): (&[Arc<SourceFile>], Budget),
    digest: &str,
    problems: &mut Problems,
) -> LoadedRules {
    let scripts = match ScriptChecker::new(scripts, parsed.file.ruleset.scripts.len(), budget, problems) {
        Ok(scripts) => scripts,
        Err(problem) => {
            problems.push(problem);
            return LoadedRules { evidence: None, rules: None };
        }
    };
    let Parsed { file, lost, .. } = parsed;
    if let Some(problem) = too_many(source, file) {
        problems.push(problem);
        return LoadedRules { evidence: None, rules: None };
    }
    judge_format(&mut Checker { source, lost, problems }, file.format.as_ref());
    let parameters = parameters::judged(&mut Checker { source, lost, problems }, file, &scripts);
    let judge = |of: &Edition, problems: &mut Problems| {
        let scripts = scripts.clone().with_fields(of.keys());
        scripts.check_functions(source, problems);
        let mut judge = RuleSetJudge { check: Checker { source, lost, problems }, scripts, values: &of.values };
        let written = of.file.ruleset.confidence.as_ref();
        let level = written.map_or(Some(Confidence::default()), |level| confidence(&mut judge.check, level));
        let evidence = judge.evidence(&of.file.evidence, level.unwrap_or_default());
        (evidence.clone(), judge.rule_set(of, (&parameters, level), evidence, digest))
    };
    editions::judged(&parameters, file, lost, source, judge, problems)
}

/// The most criteria of a rule set, and the most groups, gates and tiers: more than anybody could weigh against each other.
const MOST: usize = 200;

/// Says that there are more of something than a list can be made of in reasonable time.
fn too_many(source: &Arc<SourceFile>, file: &RuleSetFile) -> Option<Problem> {
    let next = |what: &'static str, spans: Vec<Range<usize>>| Some((what, spans.len(), spans.get(MOST)?.clone()));
    let (what, count, span) = next("criteria", file.criterion.iter().map(|it| it.span.clone()).collect())
        .or_else(|| next("groups", file.group.iter().map(|it| it.span.clone()).collect()))
        .or_else(|| next("gates", file.gate.iter().map(|it| it.span.clone()).collect()))
        .or_else(|| next("tiers", file.tier.iter().map(|it| it.span.clone()).collect()))?;
    let message = format!("the rule set has {} {what}, and {MOST} is the most", whole(count));
    let problem = Problem::new(Code::BadValue, message).at(Place::new(source, span));
    Some(problem.help(format!("put several {what} that ask the same into one")))
}

/// Totals that are as far apart as this are told apart by anybody.
const MOST_APART: f64 = 1e6;

/// A share of the weight, from 0 to 1.
fn share_of_weight(check: &mut Checker<'_>, share: &At<WrittenNumber>) -> Option<f64> {
    let value = check.not_negative(share, "a share of the weight")?;
    if value > 1.0 {
        let message = format!("a share of the weight can't be {value}");
        check.problem(Code::BadValue, &share.span, message, "write a number from 0 to 1: 0.5 is half of the weight");
        return None;
    }
    Some(value)
}

/// A confidence level, as a share.
fn confidence(check: &mut Checker<'_>, level: &At<WrittenNumber>) -> Option<Confidence> {
    let value = check.finite(level)?;
    let judged = Confidence::new(value);
    if judged.is_none() {
        let (lowest, highest) = (Confidence::LOWEST, Confidence::HIGHEST);
        let help = match Confidence::new(value / 100.0) {
            Some(_) => format!("write a share and no percentage: {}", number(value / 100.0, 6)),
            None => format!("write a number from {lowest} to {highest}, such as 0.95"),
        };
        check.problem(Code::BadValue, &level.span, format!("a confidence level can't be {value}"), help);
    }
    judged
}

/// How far apart totals must be: at least one unit of their last decimal, and no more than any total is.
fn margin(check: &mut Checker<'_>, apart: &At<WrittenNumber>, decimals: u32) -> Option<Fixed> {
    let value = check.positive(apart, "a difference of totals")?;
    let units = to_units(value, decimals);
    if units < 1 || value > MOST_APART {
        let message = format!(
            "totals with {} can't be told apart by {value}",
            with_noun(&decimals.to_string(), "decimal", "decimals")
        );
        let help = "write a difference of totals: 2 is two points of the scale";
        check.problem(Code::BadValue, &apart.span, message, help);
        return None;
    }
    Some(Fixed::new(units, decimals))
}

/// What is not declared is well; what is declared wrong is not.
fn transposed<T>(declared: Option<Option<T>>) -> Option<Option<T>> {
    declared.map_or(Some(None), |judged| judged.map(Some))
}

impl RuleSetJudge<'_> {
    /// Warns of titles that a reader takes for each other.
    fn titles(&mut self, file: &RuleSetFile) {
        self.titles_alike(file.group.iter().map(|it| (&it.value.id, &it.value.title)));
        self.titles_alike(file.criterion.iter().map(|it| (&it.value.id, &it.value.title)));
        self.titles_alike(file.gate.iter().map(|it| (&it.value.id, &it.value.title)));
        self.titles_alike(file.tier.iter().map(|it| (&it.value.id, &it.value.title)));
    }

    /// The rule set, if nothing in it is wrong.
    fn rule_set(
        mut self,
        of: &Edition,
        (parameters, confidence): (&[Parameter], Option<Confidence>),
        evidence: BTreeMap<String, Declared>,
        digest: &str,
    ) -> Option<RuleSet> {
        let judge = &mut self;
        let file = &of.file;
        let header = &file.ruleset;
        let name = judge.check.text(&header.name, "the rule set's name");
        let version = judge.check.text(&header.version, "the version");
        for (words, what) in [(&header.about, "`about`"), (&header.weights_because, "`weights_because`")] {
            if let Some(words) = words {
                judge.check.visible(words, what);
            }
        }
        let scale =
            header.scale.as_ref().map_or(Some(100), |scale| judge.check.whole_within(scale, "a scale", 1..=10_000));
        let decimals =
            header.decimals.as_ref().map_or(Some(2), |number| judge.check.whole_within(number, "the decimals", 0..=4));
        let values = judge.value_range(header.values.as_ref());
        let oldest = header.oldest_evidence_months.as_ref();
        let oldest_evidence_months = oldest.map(|months| judge.check.whole_within(months, "an age in months", 0..=600));
        let answered = header.answered_at_least.as_ref();
        let answered_at_least = answered.map(|share| share_of_weight(&mut judge.check, share));
        let published = header.published_at_least.as_ref();
        let published_at_least = published.map(|share| share_of_weight(&mut judge.check, share));
        let apart = header.told_apart_by.as_ref().zip(decimals);
        let told_apart_by = apart.map(|(apart, decimals)| margin(&mut judge.check, apart, decimals));
        let sure = header.sure.as_ref().map(|written| Sure::judge(&mut judge.check, written));
        let judges = header.judges_at_least.as_ref();
        let judges_at_least = judges.map(|judges| judge.check.whole_within(judges, "a number of judges", 1..=100));
        judge.least(header);
        judge.own_lists(header);
        let groups = judge.groups(file);
        let combine = judge.combination(file, &groups);
        let criteria: Vec<Option<Criterion>> =
            file.criterion.iter().map(|criterion| judge.criterion(criterion, &evidence, &groups, values)).collect();
        judge.unique("a criterion", file.criterion.iter().map(|criterion| &criterion.value.id));
        if file.criterion.is_empty() && !judge.check.lost.has_lost_table {
            let span = &header.name.span;
            judge.check.problem(Code::NoCriteria, span, "the rule set asks no question", "add a `[[criterion]]` table");
        }
        let weights = judge.weights(file, combine.as_ref(), &groups, scale.zip(decimals));
        let origin = judge.origin(file.weights.as_ref());
        let ties = judge.ties(&header.ties, &file.criterion);
        if let Some(separate) = header.ties_separate.as_ref().filter(|it| it.value && header.ties.is_empty()) {
            let help = "name criteria under `ties`, most important first, or take it out";
            judge.check.problem(Code::BadValue, &separate.span, "no criteria say what tells equal totals apart", help);
        }
        let ids: Vec<&str> = file.criterion.iter().map(|criterion| &*criterion.value.id.value).collect();
        let gates: Vec<Option<Gate>> =
            file.gate.iter().map(|gate| judge.gate(gate, &evidence, &ids, &file.tier)).collect();
        judge.unique("a gate", file.gate.iter().map(|gate| &gate.value.id));
        judge.titles(file);
        judge.unread(&evidence, &criteria, &gates);
        let mut criteria: Option<Vec<Criterion>> = criteria.into_iter().collect();
        let precision = scale.zip(decimals).map(|(scale, decimals)| Precision { scale, decimals });
        let total_ends = match (&combine, &mut criteria, &weights, precision) {
            (Some(combine), Some(criteria), Some(weights), Some(precision)) => {
                judge.totals(file, combine, criteria, (weights, precision))
            }
            _ => None,
        };
        let tiers = judge.tiers(&file.tier, precision, total_ends);
        let accepted = judge.accepted(file);

        let place = judge.check.place(&header.name.span);
        let mut rules = RuleSet {
            name: name?,
            version: version?,
            about: header.about.as_ref().map(|about| about.value.clone()),
            weights_because: header.weights_because.as_ref().map(|because| because.value.clone()),
            origin: origin?,
            scale: scale?,
            values,
            decimals: decimals?,
            oldest_evidence_months: transposed(oldest_evidence_months)?,
            answered_at_least: transposed(answered_at_least)?,
            published_at_least: transposed(published_at_least)?,
            too_little: header.too_little.as_ref().map_or(Shortfall::Told, |told| told.value),
            told_apart_by: transposed(told_apart_by)?,
            sure: transposed(sure)?.unwrap_or_default(),
            judges_at_least: transposed(judges_at_least)?,
            confidence: confidence?,
            combine: combine?,
            total_ends,
            per: header.per.as_ref().map(|per| per.value),
            own_lists: header.own_lists.iter().map(|kind| kind.value).collect(),
            ties,
            ties_separate: header.ties_separate.as_ref().is_some_and(|separate| separate.value),
            evidence,
            parameters: parameters.to_vec(),
            since: of.since,
            groups,
            criteria: criteria?,
            weights: weights?,
            gates: gates.into_iter().collect::<Option<_>>()?,
            tiers: tiers?,
            accepted,
            library: self.scripts.into_library(),
            digest: digest.to_owned(),
            place,
        };
        parameters::used(&mut rules, &of.uses);
        Some(rules)
    }

    /// Notes that candidates are not ranked for too little, where nothing says how little that is.
    fn least(&mut self, header: &RuleSetHeader) {
        let Some(told) = header.too_little.as_ref().filter(|told| told.value == Shortfall::NotRanked) else { return };
        if header.answered_at_least.is_none() && header.published_at_least.is_none() {
            let message = "nothing says how little is too little";
            let help = "add `answered_at_least` or `published_at_least`, or take `too_little` out";
            self.check.problem(Code::BadValue, &told.span, message, help);
        }
    }

    /// Notes kinds with a list of their own where there is no list for a kind, and kinds that stand twice.
    fn own_lists(&mut self, header: &RuleSetHeader) {
        let Some(first) = header.own_lists.first() else { return };
        if header.per.as_ref().is_none_or(|per| per.value != ListPer::Kind) {
            let help = "write `per = \"kind\"`, or take `own_lists` out";
            self.check.problem(Code::BadValue, &first.span, "the rules make no list for a kind", help);
        }
        for (at, kind) in header.own_lists.iter().enumerate() {
            if header.own_lists.iter().take(at).any(|earlier| earlier.value == kind.value) {
                self.check.duplicate(&kind.span, "a kind", kind.value.word(), None);
            }
        }
    }

    /// Between which numbers values lie; what is wrong with it is told.
    fn value_range(&mut self, written: Option<&At<WrittenValues>>) -> ValueRange {
        let Some(At { value, span }) = written else { return ValueRange::UNLESS_WRITTEN };
        let WrittenValues::Ends(ends) = value else { return ValueRange::UNBOUNDED };
        let range = match &**ends {
            [least, most] => ValueRange::between(least.0, most.0),
            _ => None,
        };
        range.unwrap_or_else(|| {
            let message = "values can't lie between these";
            let help = "write the least value, 0 or lower, and the highest, 1 or higher: `[0, 3]`";
            self.check.problem(Code::BadValue, span, message, help);
            ValueRange::UNLESS_WRITTEN
        })
    }

    fn evidence(
        &mut self,
        written: &BTreeMap<String, At<EvidenceName>>,
        confidence: Confidence,
    ) -> BTreeMap<String, Declared> {
        let mut evidence = BTreeMap::new();
        for (name, declared) in written {
            self.name(name, &declared.span);
            let title = self.check.text(&declared.value.title, "the title").unwrap_or_default();
            let kind = declared.value.kind.value;
            kind.judge_declaration(&mut self.check, declared);
            let settings = Settings::judge(&mut self.check, declared);
            if settings.pooled.is_some() {
                let message = format!(
                    "`{name}` is pooled with that of others: adding or removing a candidate can reorder the rest"
                );
                let help = "without `pooled` each candidate has its own rate; keep it where areas are small";
                let span = declared.value.pooled.as_ref().map_or(&declared.span, |pooled| &pooled.span);
                self.check.problem(Code::RelativeValue, span, message, help);
            }
            let unit = declared.value.unit.clone();
            let ask = declared.value.ask.as_ref().and_then(|ask| self.check.text(ask, "whom to ask"));
            let place = self.check.place(&declared.span);
            evidence.insert(name.clone(), Declared { kind, title, unit, ask, confidence, settings, place });
        }
        evidence
    }

    fn ties(&mut self, written: &[At<String>], criteria: &[At<format::Criterion>]) -> Vec<usize> {
        let mut ties = Vec::new();
        for id in written {
            let found = criteria.iter().position(|criterion| criterion.value.id.value == id.value);
            if found.is_none() && !self.check.lost.has_lost_table {
                let help = did_you_mean(&id.value, criteria.iter().map(|criterion| &*criterion.value.id.value));
                self.check.problem(Code::UnknownId, &id.span, format!("there is no criterion `{}`", id.value), help);
            }
            ties.extend(found);
        }
        ties
    }

    /// Notes evidence that is declared and that no expression reads, of measures, conditions and sentences; and evidence that is
    /// pooled where no question is asked of what that makes.
    fn unread(
        &mut self,
        evidence: &BTreeMap<String, Declared>,
        criteria: &[Option<Criterion>],
        gates: &[Option<Gate>],
    ) {
        let criteria: Option<Vec<&Criterion>> = criteria.iter().map(Option::as_ref).collect();
        let gates: Option<Vec<&Gate>> = gates.iter().map(Option::as_ref).collect();
        let (Some(criteria), Some(gates)) = (criteria, gates) else { return };
        let of_criteria = criteria.iter().flat_map(|criterion| criterion.reads());
        let read: BTreeSet<&String> = of_criteria.chain(gates.iter().flat_map(|gate| gate.reads())).collect();
        for (name, declared) in evidence.iter().filter(|(name, _)| !read.contains(name)) {
            let message = format!("no measure, gate or sentence reads the evidence `{name}`");
            let help = "read it, or take the declaration out";
            self.check
                .problems
                .push(Problem::new(Code::UnreadDeclaration, message).at(declared.place.clone()).help(help));
        }
        let asked: BTreeSet<&String> = criteria
            .iter()
            .filter(|criterion| criterion.pools)
            .flat_map(|criterion| &criterion.measure.reads)
            .collect();
        let is_pooled = |declared: &Declared| declared.settings.pooled.is_some();
        let pooled = evidence.iter().filter(|(name, declared)| is_pooled(declared) && read.contains(name));
        for (name, declared) in pooled.filter(|(name, _)| !asked.contains(name)) {
            let message = format!("`{name}` is pooled, and no measure asks for its pooled rate");
            let help = format!("measure `{name}.pooled_rate(1000)`, or take `pooled` out");
            self.check
                .problems
                .push(Problem::new(Code::UnreadDeclaration, message).at(declared.place.clone()).help(help));
        }
    }
}
