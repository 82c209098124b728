//! A criterion, judged: its measure, its value function, its sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::assessment::Declared;
use crate::diagnostic::{Code, did_you_mean};
use crate::rules::format;
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::{Expression, Variables};
use crate::rules::shape::Question;
use crate::rules::{Criterion, Group};
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
        let asked = Question { id: &criterion.id.value, rising: criterion.direction.value.earns_more() };
        let value = criterion.value.value.judged(self, &asked);
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

    fn missing_makes_sense(&mut self, criterion: &format::Criterion) {
        let unbounded = criterion.value.value.written().unbounded();
        if let Some((message, help)) = criterion.missing.value.policy().misfit(unbounded) {
            self.check.problem(Code::BadValueFunction, &criterion.missing.span, message, help);
        }
    }
}
