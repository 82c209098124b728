//! A criterion, judged: its measure, its value function, its sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::assessment::{Declared, EvidenceKind};
use crate::diagnostic::{Code, did_you_mean};
use crate::rules::combine::Influence;
use crate::rules::format;
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::{Expression, POOLED_RATE, Variables, names_reached};
use crate::rules::shape::{Question, ValueFunction};
use crate::rules::{Criterion, Group, ValueRange};
use crate::toml_file::At;

impl RuleSetJudge<'_> {
    pub(super) fn criterion(
        &mut self,
        written: &At<format::Criterion>,
        evidence: &BTreeMap<String, Declared>,
        groups: &[Group],
        values: ValueRange,
    ) -> Option<Criterion> {
        let criterion = &written.value;
        let title = self.check.text(&criterion.title, "the title");
        let question = self.check.text(&criterion.question, "the question");
        let group = self.group_of(criterion, &written.span, groups);
        let problems_before = self.check.problems.errors();
        let measure = self.expression(&criterion.measure, &Variables::declared(evidence));
        if self.check.problems.errors() == problems_before {
            self.optional(criterion, &measure);
        }
        let optional = criterion.optional.iter().map(|name| name.value.clone()).collect();
        let plain = evidence.get(measure.code.trim());
        let in_words = plain.filter(|declared| matches!(declared.kind, EvidenceKind::Level | EvidenceKind::Outcome));
        let levels = in_words.and_then(|declared| declared.settings.levels.as_ref());
        let decimals = self.decimals(criterion, in_words.is_some());
        let way = criterion.direction.value.way();
        let asked = Question { id: &criterion.id.value, way, levels, decimals: decimals.unwrap_or(0), values };
        // Levels that are declared wrong are told where they are.
        let is_known = in_words.is_none() || levels.is_some();
        let value = if is_known { self.value(criterion, &asked) } else { None };
        let unbounded = match &value {
            Some(value) => value.shape().unbounded(),
            None => criterion.value.value.written().unbounded(),
        };
        let missing = criterion.missing.judged(self, unbounded, values);
        let in_sentence = Variables::declared(evidence).and(&["measure", "value", "candidate"]);
        let in_sentence = in_sentence.with_levels(levels.map(|levels| ("measure", levels)));
        let because = self.template(&criterion.because, &in_sentence);
        let pools = self.pools(&measure, evidence);
        let plain = plain.is_some().then(|| measure.code.trim().to_owned());
        Some(Criterion {
            id: criterion.id.value.clone(),
            title: title?,
            question: question?,
            group: group?,
            measure,
            plain,
            levels: levels.cloned(),
            optional,
            unit: criterion.unit.clone(),
            decimals: decimals?,
            direction: criterion.direction.value,
            value: value?,
            values,
            missing: missing?,
            because: because?,
            pools,
            // Known once the total is.
            influence: Influence::Raises,
            place: self.check.place(&written.span),
        })
    }

    /// Whether a measure draws the rates of pooled evidence towards that of all.
    fn pools(&self, measure: &Expression, evidence: &BTreeMap<String, Declared>) -> bool {
        let is_pooled = |name: &String| evidence.get(name).is_some_and(|declared| declared.settings.pooled.is_some());
        measure.reads.iter().any(is_pooled)
            && names_reached(measure, self.scripts.library()).calls.contains(POOLED_RATE)
    }

    /// What the measure is rounded to. A word is a place in a list, and that is whole.
    fn decimals(&mut self, criterion: &format::Criterion, in_words: bool) -> Option<u32> {
        match &criterion.decimals {
            Some(number) if in_words => {
                let message = "a measure in words has no decimals";
                self.check.problem(Code::BadValue, &number.span, message, "take `decimals` out");
                None
            }
            Some(number) => self.check.whole_within(number, "the decimals", 0..=6),
            None => Some(if in_words { 0 } else { 2 }),
        }
    }

    /// How the measure becomes a value: of words by their levels, of numbers by anything else.
    fn value(&mut self, criterion: &format::Criterion, asked: &Question<'_>) -> Option<ValueFunction> {
        let At { value, span } = &criterion.value;
        let measure = criterion.measure.value.trim();
        match (value.written().reads_words(), asked.levels) {
            (false, Some(levels)) => {
                let message = format!("`{measure}` is a word, and this reads numbers");
                let values: Vec<String> = levels.words().map(|word| format!("{} = …", key(word))).collect();
                let help = format!(
                    "write `value = {{ levels = {{ {} }} }}`, or measure its number in the list, `{measure}.place`",
                    values.join(", ")
                );
                self.check.problem(Code::BadValueFunction, span, message, help);
                None
            }
            (true, None) => {
                let message = "this reads words, and the measure is none";
                let help =
                    "measure evidence of kind `level` or `outcome` by its name alone, or use a function of numbers";
                self.check.problem(Code::BadValueFunction, span, message, help);
                None
            }
            _ => value.judged(self, asked),
        }
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
}

/// A word as a key of a table.
fn key(word: &str) -> String {
    let bare = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare { word.to_owned() } else { format!("{word:?}") }
}
