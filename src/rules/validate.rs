//! What `ruleset.toml` says, judged: from the types of [`super::format`] to those that can't be wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::Engine;
use rust_decimal::Decimal;

use super::format::{self, RuleSetFile, Value};
use super::script::{Expression, Library, Names, Script, Template, fence};
use super::{
    Combine, Criterion, Declared, Direction, EvidenceKind, Gate, Group, Missing, Relative, RuleSet, Takes, Tier,
    ValueFunction, Weights,
};
use crate::diagnostic::{Code, Problem, Problems, Source, did_you_mean};
use crate::toml_file::{At, Checker, Number};

/// Words of the script language that can't name evidence or groups.
const RESERVED: [&str; 24] = [
    "true", "false", "let", "const", "if", "else", "switch", "for", "in", "fn", "return", "throw", "try", "catch",
    "this", "break", "continue", "private", "public", "is", "as", "new", "match", "with",
];
/// The largest weight; far beyond any use.
const MOST_WEIGHT: f64 = 1e9;

/// The rule set that the file makes, if nothing in it stops it.
pub(super) fn validate(
    source: &Arc<Source>,
    file: &RuleSetFile,
    scripts: &[Arc<Source>],
    digest: String,
    problems: &mut Problems,
) -> Option<RuleSet> {
    let engine = fence().map_err(|problem| problems.push(problem)).ok()?;
    let names = Names::of(&engine);
    let library = Library { scripts: scripts.iter().map(|script| Script::new(script, &engine, problems)).collect() };
    library.check(&engine, &names, problems);
    let check = Checker { source, problems };
    let mut judge = Judge { check, engine, names, library };

    let header = &file.ruleset;
    let name = judge.check.text(&header.name, "the rule set's name");
    let version = judge.check.text(&header.version, "the version");
    let scale = header.scale.as_ref().map_or(Some(100), |scale| judge.check.whole_within(scale, "a scale", 1..=10_000));
    let decimals =
        header.decimals.as_ref().map_or(Some(2), |number| judge.check.whole_within(number, "the decimals", 0..=4));
    let evidence = judge.evidence(&file.evidence);
    let groups = judge.groups(&file.group);
    let combine = judge.combine(header.combine.as_ref(), &groups);
    let criteria: Vec<Option<Criterion>> =
        file.criterion.iter().map(|criterion| judge.criterion(criterion, &evidence, &groups)).collect();
    judge.unique("a criterion", file.criterion.iter().map(|criterion| &criterion.value.id));
    if file.criterion.is_empty() {
        let span = &header.name.span;
        judge.check.problem(Code::NoCriteria, span, "the rule set asks no question", "add a `[[criterion]]` table");
    }
    let weights = judge.weights(file, combine.as_ref(), &groups, scale.zip(decimals));
    let ties = judge.ties(&header.ties, &file.criterion);
    let gates: Vec<Option<Gate>> = file.gate.iter().map(|gate| judge.gate(gate, &evidence)).collect();
    judge.unique("a gate", file.gate.iter().map(|gate| &gate.value.id));
    let tiers = judge.tiers(&file.tier, decimals.unwrap_or(2));
    judge.unread(&evidence, &criteria, &gates);

    let place = judge.check.place(&header.name.span);
    Some(RuleSet {
        name: name?,
        version: version?,
        about: header.about.clone(),
        weights_because: header.weights_because.clone(),
        scale: scale?,
        decimals: decimals?,
        combine: combine?,
        ties,
        evidence,
        groups,
        criteria: criteria.into_iter().collect::<Option<_>>()?,
        weights: weights?,
        gates: gates.into_iter().collect::<Option<_>>()?,
        tiers: tiers?,
        library: judge.library,
        digest,
        place,
    })
}

/// Judges one rule set file.
struct Judge<'a> {
    check: Checker<'a>,
    engine: Rc<Engine>,
    names: Names,
    library: Library,
}

impl Judge<'_> {
    /// An id that can stand in an expression.
    fn name(&mut self, id: &str, span: &Range<usize>) -> bool {
        let letters = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let starts = id.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        if letters && starts && !RESERVED.contains(&id) {
            return true;
        }
        let help =
            "use lower-case letters, digits and `_`, beginning with a letter, and no word of the script language";
        self.check.problem(Code::BadId, span, format!("`{id}` can't be a name here"), help);
        false
    }

    fn unique<'b>(&mut self, what: &str, ids: impl Iterator<Item = &'b At<String>>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if self.name(&id.value, &id.span) && !seen.insert(&id.value) {
                self.check.duplicate(&id.span, what, &id.value);
            }
        }
    }

    fn evidence(&mut self, written: &BTreeMap<String, At<format::EvidenceName>>) -> BTreeMap<String, Declared> {
        let mut evidence = BTreeMap::new();
        for (name, declared) in written {
            self.name(name, &declared.span);
            let title = self.check.text(&declared.value.title, "the title").unwrap_or_default();
            let kind = declared.value.kind.value;
            let scale = self.judgement_scale(kind, declared);
            let unit = declared.value.unit.clone();
            let place = self.check.place(&declared.span);
            evidence.insert(name.clone(), Declared { kind, title, unit, scale, place });
        }
        evidence
    }

    fn judgement_scale(&mut self, kind: EvidenceKind, declared: &At<format::EvidenceName>) -> Option<(f64, f64)> {
        let Some(scale) = &declared.value.scale else {
            if kind == EvidenceKind::Judgement {
                let help = "add `scale = [0, 5]`: the lowest and highest possible score";
                self.check.problem(Code::MissingKey, &declared.span, "a judgement needs its `scale`", help);
            }
            return None;
        };
        match &*scale.value {
            [Number(low), Number(high)] if low.is_finite() && high.is_finite() && low < high => Some((*low, *high)),
            _ => {
                let help = "write the lowest and the highest possible score: `scale = [0, 5]`";
                self.check.problem(Code::BadValue, &scale.span, "this is no scale", help);
                None
            }
        }
    }

    fn groups(&mut self, written: &[At<format::Group>]) -> Vec<Group> {
        self.unique("a group", written.iter().map(|group| &group.value.id));
        let title =
            |judge: &mut Self, group: &format::Group| judge.check.text(&group.title, "the title").unwrap_or_default();
        written
            .iter()
            .map(|group| Group { id: group.value.id.value.clone(), title: title(self, &group.value) })
            .collect()
    }

    fn combine(&mut self, written: Option<&At<format::Combine>>, groups: &[Group]) -> Option<Combine> {
        let Some(written) = written else { return Some(Combine::Sum) };
        if matches!(written.value, format::Combine::Sections | format::Combine::Script(_)) && groups.is_empty() {
            let message = "this makes the total of groups' scores, and there are no groups";
            self.check.problem(
                Code::MissingKey,
                &written.span,
                message,
                "add `[[group]]` tables and name one in each criterion",
            );
            return None;
        }
        Some(match &written.value {
            format::Combine::Sum => Combine::Sum,
            format::Combine::Product => Combine::Product,
            format::Combine::Sections => Combine::Sections,
            format::Combine::Script(code) => {
                let ids: Vec<&str> = groups.iter().map(|group| &*group.id).collect();
                let expression = self.expression(code, &ids);
                for group in groups.iter().filter(|group| !expression.reads.contains(&group.id)) {
                    let message = format!("the total does not use the group `{}`", group.id);
                    self.check.problem(
                        Code::UnreadDeclaration,
                        &code.span,
                        message,
                        "use its score, or take the group out",
                    );
                }
                Combine::Script(expression)
            }
        })
    }

    /// An expression over `variables`, checked.
    fn expression(&mut self, code: &At<String>, variables: &[&str]) -> Expression {
        let mut expression = Expression::new(self.check.source, code);
        if code.value.trim().is_empty() {
            self.check.problem(
                Code::ScriptSyntax,
                &code.span,
                "this expression is empty",
                "write what is to be computed",
            );
            return expression;
        }
        expression.check(&self.engine, &self.names, &self.library, variables, self.check.problems);
        expression
    }

    /// A sentence whose holes are expressions over `variables`, checked.
    fn template(&mut self, text: &At<String>, variables: &[&str]) -> Option<Template> {
        self.check.text(text, "the sentence")?;
        let mut template = match Template::new(self.check.source, text) {
            Ok(template) => template,
            Err(problem) => {
                self.check.problems.push(problem);
                return None;
            }
        };
        for hole in template.holes_mut() {
            hole.check(&self.engine, &self.names, &self.library, variables, self.check.problems);
        }
        Some(template)
    }

    fn criterion(
        &mut self,
        written: &At<format::Criterion>,
        evidence: &BTreeMap<String, Declared>,
        groups: &[Group],
    ) -> Option<Criterion> {
        let criterion = &written.value;
        let names: Vec<&str> = evidence.keys().map(String::as_str).collect();
        let title = self.check.text(&criterion.title, "the title");
        let question = self.check.text(&criterion.question, "the question");
        let decimals = criterion.decimals.as_ref();
        let decimals = decimals.map_or(Some(2), |number| self.check.whole_within(number, "the decimals", 0..=6));
        let group = self.group_of(criterion, groups);
        let measure = self.expression(&criterion.measure, &names);
        let optional = self.optional(criterion, &measure);
        let value = self.value(criterion);
        self.missing_makes_sense(criterion);
        let mut in_sentence = names.clone();
        in_sentence.extend(["measure", "value", "candidate"]);
        let because = self.template(&criterion.because, &in_sentence);
        let plain = evidence.contains_key(measure.code.trim()).then(|| measure.code.trim().to_owned());
        Some(Criterion {
            id: criterion.id.value.clone(),
            title: title?,
            question: question?,
            group: group?,
            measure,
            plain,
            optional,
            unit: criterion.unit.clone(),
            decimals: decimals?,
            direction: criterion.direction.value,
            value: value?,
            missing: criterion.missing.value,
            because: because?,
            place: self.check.place(&written.span),
        })
    }

    /// The number of the criterion's group; an outer `None` where it is wrong.
    fn group_of(&mut self, criterion: &format::Criterion, groups: &[Group]) -> Option<Option<usize>> {
        match &criterion.group {
            None if groups.is_empty() => Some(None),
            None => {
                let help = did_you_mean("", groups.iter().map(|group| &*group.id));
                let message = "this criterion belongs to no group";
                self.check.problem(Code::MissingKey, &criterion.id.span, message, format!("add `group = …`: {help}"));
                None
            }
            Some(id) => {
                let found = groups.iter().position(|group| group.id == id.value);
                if found.is_none() {
                    let help = did_you_mean(&id.value, groups.iter().map(|group| &*group.id));
                    self.check.problem(Code::UnknownId, &id.span, format!("there is no group `{}`", id.value), help);
                }
                found.map(Some)
            }
        }
    }

    fn optional(&mut self, criterion: &format::Criterion, measure: &Expression) -> Vec<String> {
        for name in &criterion.optional {
            if !measure.reads.contains(&name.value) {
                let help = did_you_mean(&name.value, measure.reads.iter().map(String::as_str));
                let message = format!("the measure does not read `{}`", name.value);
                self.check.problem(Code::UnknownId, &name.span, message, help);
            }
        }
        criterion.optional.iter().map(|name| name.value.clone()).collect()
    }

    fn value(&mut self, criterion: &format::Criterion) -> Option<ValueFunction> {
        let rising = criterion.direction.value.earns_more();
        match &criterion.value.value {
            Value::Linear(anchors) => {
                let (from, to) = (self.check.finite(&anchors.from), self.check.finite(&anchors.to));
                let (from, to) = (from?, to?);
                if from >= to {
                    let message = format!("the line from {from} to {to} does not go up");
                    let help = "write the lower measure under `from`; `direction` says which end is worth 1";
                    self.check.problem(Code::BadValueFunction, &anchors.to.span, message, help);
                    return None;
                }
                let ends = if rising { (0.0, 1.0) } else { (1.0, 0.0) };
                Some(ValueFunction::Points(vec![(from, ends.0), (to, ends.1)]))
            }
            Value::Points(points) => self.points(points, rising).map(ValueFunction::Points),
            Value::Steps(steps) => self.points(steps, rising).map(ValueFunction::Steps),
            Value::Logistic(curve) => {
                let middle = self.check.finite(&curve.middle);
                let steepness = self.check.positive(&curve.steepness, "the steepness");
                let (middle, steepness) = (middle?, steepness?);
                Some(ValueFunction::Logistic { middle, steepness: if rising { steepness } else { -steepness } })
            }
            Value::Relative(relative) => self.relative(criterion, relative),
            Value::Script(code) => Some(ValueFunction::Script(self.expression(code, &["measure"]))),
        }
    }

    /// Ascending measures with values from 0 to 1 that go the way of the direction.
    fn points(&mut self, written: &At<Vec<At<Vec<Number>>>>, rising: bool) -> Option<Vec<(f64, f64)>> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for pair in &written.value {
            let [Number(measure), Number(value)] = &*pair.value else {
                let help = "write `[measure, value]`";
                self.check.problem(Code::BadValueFunction, &pair.span, "this is no pair of numbers", help);
                return None;
            };
            let (measure, value) = (*measure, *value);
            let problem = if !measure.is_finite() || !value.is_finite() {
                Some(("this is not finite".to_owned(), "write two finite numbers"))
            } else if !(0.0..=1.0).contains(&value) {
                Some((format!("a value can't be {value}"), "values run from 0 to 1"))
            } else if points.last().is_some_and(|(before, _)| *before >= measure) {
                Some((
                    format!("{measure} does not come after the measure before it"),
                    "put the measures in ascending order",
                ))
            } else if points.last().is_some_and(|(_, before)| if rising { *before > value } else { *before < value }) {
                let way = if rising {
                    "falls, while a higher measure is worse"
                } else {
                    "rises, while a higher measure is better"
                };
                Some((format!("the value {way}"), "turn the values round, or change `direction`"))
            } else {
                None
            };
            if let Some((message, help)) = problem {
                self.check.problem(Code::BadValueFunction, &pair.span, message, help);
                return None;
            }
            points.push((measure, value));
        }
        if points.len() < 2 {
            let message = "a value function has at least two pairs";
            self.check.problem(Code::BadValueFunction, &written.span, message, "add `[measure, value]` pairs");
            return None;
        }
        Some(points)
    }

    fn relative(&mut self, criterion: &format::Criterion, relative: &At<Relative>) -> Option<ValueFunction> {
        let of_total = matches!(relative.value, Relative::ShareOfMaximum | Relative::ShareOfMean);
        if of_total && criterion.direction.value == Direction::HigherIsBetter {
            let message = "a share can't be turned round: nought would be worth everything";
            let help = "use `min-max`, `percentile` or `z-score`, or measure the opposite";
            self.check.problem(Code::BadValueFunction, &relative.span, message, help);
            return None;
        }
        let message = format!(
            "`{}` is set against the other candidates: adding or removing one can reorder the rest",
            criterion.id.value
        );
        let help = "fixed anchors (`linear`, `points`, `steps`) do not have this; keep it where the method asks for it";
        self.check.problem(Code::RelativeValue, &relative.span, message, help);
        Some(ValueFunction::Relative(relative.value))
    }

    fn missing_makes_sense(&mut self, criterion: &format::Criterion) {
        let mean =
            matches!(&criterion.value.value, Value::Relative(relative) if relative.value == Relative::ShareOfMean);
        if mean && criterion.missing.value == Missing::Worst {
            let message = "a share of the mean has no worst value";
            let help = "use `neutral` (the mean), `reweight` or `refuse`";
            self.check.problem(Code::BadValueFunction, &criterion.missing.span, message, help);
        }
    }

    fn weights(
        &mut self,
        file: &RuleSetFile,
        combine: Option<&Combine>,
        groups: &[Group],
        scale: Option<(u32, u32)>,
    ) -> Option<Weights> {
        let written: Vec<Option<Decimal>> =
            file.criterion.iter().map(|criterion| self.weight(&criterion.value.weight)).collect();
        let sections = combine?.has_sections();
        let group_of: Vec<usize> = file
            .criterion
            .iter()
            .map(|criterion| {
                let id = criterion.value.group.as_ref().map(|group| &group.value);
                groups.iter().position(|group| Some(&group.id) == id).unwrap_or(0)
            })
            .collect();
        let among_groups = self.group_weights(&file.group, sections);
        let written: Vec<Decimal> = written.into_iter().collect::<Option<_>>()?;
        let (scale, decimals) = scale?;
        let whole = i64::from(scale) * 10_i64.pow(decimals + 2);
        let pools = if sections { group_of.clone() } else { vec![0; written.len()] };
        let groups_with_weights = among_groups?;
        let given = groups_with_weights.as_deref().map(|weights| (&*group_of, weights));
        let weights = Weights::new(&written, given, pools.clone(), whole);
        for pool in pools.iter().collect::<BTreeSet<_>>() {
            let members = pools.iter().zip(weights.shares()).filter(|(of, _)| *of == pool);
            if members.map(|(_, share)| share).sum::<i64>() == 0 {
                let at = pools.iter().position(|of| of == pool).and_then(|at| file.criterion.get(at))?;
                let message = "all weights are 0: nothing would count";
                self.check.problem(
                    Code::WeightsAllZero,
                    &at.value.weight.span,
                    message,
                    "give at least one criterion a weight",
                );
                return None;
            }
        }
        Some(weights)
    }

    fn weight(&mut self, written: &At<Number>) -> Option<Decimal> {
        let weight = self.check.not_negative(written, "a weight")?;
        let decimal = weight.to_string().parse::<Decimal>().ok().filter(|_| weight <= MOST_WEIGHT);
        if decimal.is_none() {
            let message = format!("a weight can't be {weight:e}");
            self.check.problem(
                Code::BadValue,
                &written.span,
                message,
                "use weights up to a milliard, with few decimals",
            );
        }
        decimal
    }

    /// The groups' weights among themselves: none where the total is made of section scores or no group has one.
    fn group_weights(&mut self, groups: &[At<format::Group>], sections: bool) -> Option<Option<Vec<Decimal>>> {
        let any = groups.iter().any(|group| group.value.weight.is_some());
        let mut weights = Vec::new();
        for group in groups {
            match &group.value.weight {
                Some(weight) if sections => {
                    let message = "a group has no weight where the total is made of the groups' scores";
                    self.check.problem(
                        Code::BadValue,
                        &weight.span,
                        message,
                        "take it out; `combine` says how they count",
                    );
                    return None;
                }
                Some(weight) => weights.push(self.weight(weight)?),
                None if any => {
                    let message = "this group has no weight, others have";
                    self.check.problem(Code::MissingKey, &group.span, message, "give every group a weight, or none");
                    return None;
                }
                None => {}
            }
        }
        Some(any.then_some(weights))
    }

    fn ties(&mut self, written: &[At<String>], criteria: &[At<format::Criterion>]) -> Vec<usize> {
        let mut ties = Vec::new();
        for id in written {
            match criteria.iter().position(|criterion| criterion.value.id.value == id.value) {
                Some(criterion) => ties.push(criterion),
                None => {
                    let help = did_you_mean(&id.value, criteria.iter().map(|criterion| &*criterion.value.id.value));
                    self.check.problem(
                        Code::UnknownId,
                        &id.span,
                        format!("there is no criterion `{}`", id.value),
                        help,
                    );
                }
            }
        }
        ties
    }

    fn gate(&mut self, written: &At<format::Gate>, evidence: &BTreeMap<String, Declared>) -> Option<Gate> {
        let gate = &written.value;
        let names: Vec<&str> = evidence.keys().map(String::as_str).collect();
        let title = self.check.text(&gate.title, "the title");
        let when = self.expression(&gate.when, &names);
        let mut in_sentence = names;
        in_sentence.push("candidate");
        let reason = self.template(&gate.reason, &in_sentence);
        Some(Gate { id: gate.id.value.clone(), title: title?, when, effect: gate.effect.value, reason: reason? })
    }

    /// Tiers by total in descending order, or by places; the last takes the rest.
    fn tiers(&mut self, written: &[At<format::Tier>], decimals: u32) -> Option<Vec<Tier>> {
        self.unique("a tier", written.iter().map(|tier| &tier.value.id));
        let Some(last) = written.last() else {
            let place = self.check.place(&(0..0));
            let problem = Problem::new(Code::BadTiers, "the rule set has no tiers");
            self.check
                .problems
                .push(problem.at(place).help("add `[[tier]]` tables, best first; the last takes the rest"));
            return None;
        };
        let mut tiers = Vec::new();
        let mut lowest = i64::MAX;
        for tier in written {
            let takes = self.takes(tier, decimals)?;
            if let Takes::AtLeast(bound) = takes {
                if bound >= lowest {
                    let message = "this tier is not below the one before it";
                    self.check.problem(
                        Code::BadTiers,
                        &tier.span,
                        message,
                        "put the tiers in descending order, best first",
                    );
                    return None;
                }
                lowest = bound;
            }
            let is_last = tier.span == last.span;
            if (takes == Takes::Rest) != is_last {
                let (message, help) = match is_last {
                    true => (
                        "the last tier leaves totals without a tier",
                        "add a last tier with neither `at_least` nor `places`",
                    ),
                    false => {
                        ("this tier takes everything: no candidate reaches the next", "give it `at_least` or `places`")
                    }
                };
                self.check.problem(Code::BadTiers, &tier.span, message, help);
                return None;
            }
            let title = self.check.text(&tier.value.title, "the title")?;
            tiers.push(Tier { id: tier.value.id.value.clone(), title, takes });
        }
        Some(tiers)
    }

    fn takes(&mut self, tier: &At<format::Tier>, decimals: u32) -> Option<Takes> {
        match (&tier.value.at_least, &tier.value.places) {
            (None, None) => Some(Takes::Rest),
            (Some(bound), None) => {
                let bound = self.check.not_negative(bound, "a total").filter(|bound| *bound <= 1e9)?;
                #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
                let units = (bound * f64::from(10_u32.pow(decimals))).round() as i64;
                Some(Takes::AtLeast(units))
            }
            (None, Some(places)) => {
                let places = self.check.whole_within(places, "a number of places", 1..=100_000)?;
                usize::try_from(places).ok().map(Takes::Places)
            }
            (Some(_), Some(places)) => {
                let message = "a tier takes totals or places, not both";
                self.check.problem(Code::BadTiers, &places.span, message, "keep one of `at_least` and `places`");
                None
            }
        }
    }

    /// Notes evidence that is declared and never read.
    fn unread(
        &mut self,
        evidence: &BTreeMap<String, Declared>,
        criteria: &[Option<Criterion>],
        gates: &[Option<Gate>],
    ) {
        let mut read: BTreeSet<&str> = BTreeSet::new();
        for criterion in criteria.iter().flatten() {
            read.extend(criterion.measure.reads.iter().map(String::as_str));
        }
        for gate in gates.iter().flatten() {
            read.extend(gate.when.reads.iter().map(String::as_str));
        }
        let complete = criteria.iter().all(Option::is_some) && gates.iter().all(Option::is_some);
        for (name, declared) in evidence.iter().filter(|(name, _)| complete && !read.contains(&***name)) {
            let message = format!("no measure and no gate reads the evidence `{name}`");
            let help = "read it, or take the declaration out";
            self.check
                .problems
                .push(Problem::new(Code::UnreadDeclaration, message).at(declared.place.clone()).help(help));
        }
    }
}
