//! A criterion, judged: its measure, its value function, its sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use super::judge::RuleSetJudge;
use crate::assessment::Declared;
use crate::diagnostic::{Code, did_you_mean};
use crate::rules::format::{self, Setting, Value};
use crate::rules::script::{Expression, Variables};
use crate::rules::shape::{Logistic, Points, Relative, RelativeFunction, ScriptedValue, Steps};
use crate::rules::{Criterion, Group, ValueFunction};
use crate::toml_file::At;

impl RuleSetJudge<'_> {
    pub(super) fn criterion(
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
        let group = self.group_of(criterion, &written.span, groups);
        let problems_before = self.check.problems.count();
        let measure = self.expression(&criterion.measure, &Variables::evidence(&names));
        if self.check.problems.count() == problems_before {
            self.optional(criterion, &measure);
        }
        let optional = criterion.optional.iter().map(|name| name.value.clone()).collect();
        let value = self.value(criterion);
        self.missing_makes_sense(criterion);
        let in_sentence = Variables::evidence(&names).and(&["measure", "value", "candidate"]);
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
            missing: criterion.missing.value.clone(),
            because: because?,
            place: self.check.place(&written.span),
        })
    }

    /// The number of the criterion's group; an outer `None` where it is wrong.
    fn group_of(
        &mut self,
        criterion: &format::Criterion,
        span: &Range<usize>,
        groups: &[Group],
    ) -> Option<Option<usize>> {
        match &criterion.group {
            None if groups.is_empty() => Some(None),
            None if self.check.lost.has_lost_from(span) => None,
            None => {
                let help = did_you_mean("", groups.iter().map(|group| &*group.id));
                let message = "this criterion belongs to no group";
                self.check.problem(Code::MissingKey, &criterion.id.span, message, format!("add `group = …`: {help}"));
                None
            }
            Some(id) => {
                let found = groups.iter().position(|group| group.id == id.value);
                if found.is_none() && groups.is_empty() && !self.check.lost.has_lost_table {
                    let message = format!("there is no group `{}`: the rule set has none", id.value);
                    self.check.problem(
                        Code::UnknownId,
                        &id.span,
                        message,
                        "add `[[group]]` tables, or take the key out",
                    );
                } else if found.is_none() && !self.check.lost.has_lost_table {
                    let help = did_you_mean(&id.value, groups.iter().map(|group| &*group.id));
                    self.check.problem(Code::UnknownId, &id.span, format!("there is no group `{}`", id.value), help);
                }
                found.map(Some)
            }
        }
    }

    fn optional(&mut self, criterion: &format::Criterion, measure: &Expression) {
        for name in &criterion.optional {
            if !measure.reads.contains(&name.value) {
                let help = did_you_mean(&name.value, measure.reads.iter().map(String::as_str));
                let message = format!("the measure does not read `{}`", name.value);
                self.check.problem(Code::UnknownId, &name.span, message, help);
            }
        }
    }

    fn value(&mut self, criterion: &format::Criterion) -> Option<ValueFunction> {
        let rising = criterion.direction.value.earns_more();
        match &criterion.value.value {
            Value::Linear(anchors) => {
                let (from, to) = (self.check.finite(&anchors.from.number()), self.check.finite(&anchors.to.number()));
                let (from, to) = (from?, to?);
                if from >= to {
                    let message = format!("the line from {from} to {to} does not go up");
                    let help = "write the lower measure under `from`; `direction` says which end is worth 1";
                    self.check.problem(Code::BadValueFunction, &anchors.to.span, message, help);
                    return None;
                }
                let ends = if rising { (0.0, 1.0) } else { (1.0, 0.0) };
                Some(ValueFunction::Points(Points { anchors: vec![(from, ends.0), (to, ends.1)] }))
            }
            Value::Points(points) => {
                self.points(points, rising).map(|anchors| ValueFunction::Points(Points { anchors }))
            }
            Value::Steps(steps) => self.points(steps, rising).map(|anchors| ValueFunction::Steps(Steps { anchors })),
            Value::Logistic(curve) => {
                let middle = self.check.finite(&curve.middle.number());
                let steepness = self.check.positive(&curve.steepness.number(), "the steepness");
                let (middle, steepness) = (middle?, steepness?);
                let steepness = if rising { steepness } else { -steepness };
                Some(ValueFunction::Logistic(Logistic { middle, steepness }))
            }
            Value::Relative(relative) => self.relative(criterion, relative),
            Value::Script(code) => {
                let expression = self.expression(code, &Variables::named(&["measure"]));
                Some(ValueFunction::Script(ScriptedValue { expression }))
            }
        }
    }

    /// Ascending measures with values from 0 to 1 that go the way of the direction.
    fn points(&mut self, written: &At<Vec<At<Vec<At<Setting>>>>>, rising: bool) -> Option<Vec<(f64, f64)>> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for pair in &written.value {
            let [measure, value] = &*pair.value else {
                let help = "write `[measure, value]`";
                self.check.problem(Code::BadValueFunction, &pair.span, "this is no pair of numbers", help);
                return None;
            };
            let (measure, value) = (measure.value.number, value.value.number);
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

    fn relative(&mut self, criterion: &format::Criterion, relative: &At<RelativeFunction>) -> Option<ValueFunction> {
        let rising = criterion.direction.value.earns_more();
        if !rising && !relative.value.can_fall() {
            let message = "a share can't be reversed: zero would be worth everything";
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
        Some(ValueFunction::Relative(Relative { function: relative.value, rising }))
    }

    fn missing_makes_sense(&mut self, criterion: &format::Criterion) {
        let Value::Relative(relative) = &criterion.value.value else { return };
        if let Some((message, help)) = criterion.missing.value.policy().misfit(relative.value.unbounded()) {
            self.check.problem(Code::BadValueFunction, &criterion.missing.span, message, help);
        }
    }
}
