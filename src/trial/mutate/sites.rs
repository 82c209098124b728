//! Changes of what `ruleset.toml` says in numbers and words: weights, anchors, policies, effects, bounds.

use std::ops::Range;
use std::sync::Arc;

use super::mutant::Mutant;
use crate::assessment::evidence::format::Between;
use crate::diagnostic::{Place, Problems, SourceFile};
use crate::rules::format::{self, Criterion, RuleSetFile, Setting};
use crate::rules::{
    Amount, Direction, Effect, Leader, Parameter, ParameterUse, RuleSet, RuleVariation, Takes, nudged, tidy,
};
use crate::toml_file::{At, WrittenNumber, parse};

/// The part of itself that a bound is moved.
const MOVED: f64 = 0.1;
/// The confidence levels that people use.
const LEVELS: [f64; 3] = [0.9, 0.95, 0.99];

/// Every change of the rule set's file that is not of an expression.
pub(super) fn changes(rules: &RuleSet) -> Vec<Mutant> {
    let source = &rules.place.source;
    let Some(mut parsed) = parse::<RuleSetFile>(source, &mut Problems::default()) else { return Vec::new() };
    // Beside a number that is a parameter's its neighbours are moved by what it is now.
    for (_, setting) in parsed.file.settings() {
        let name = setting.value.parameter.as_ref();
        if let Some(Amount::Number(number)) = name.and_then(|name| latest(rules, name)) {
            setting.value.number = *number;
        }
    }
    let mut sites = Sites { source, changes: Vec::new() };
    sites.file(&parsed.file);
    sites.parameters(&parsed.file, rules);
    sites.changes
}

/// The latest value of a parameter.
fn latest<'r>(rules: &'r RuleSet, name: &str) -> Option<&'r Amount> {
    let parameter = rules.parameters.iter().find(|parameter| parameter.name == name)?;
    parameter.values.last().map(|dated| &dated.value)
}

struct Sites<'a> {
    source: &'a Arc<SourceFile>,
    changes: Vec<Mutant>,
}

impl Sites<'_> {
    fn file(&mut self, file: &RuleSetFile) {
        if let Some(combine) = &file.ruleset.combine {
            self.words("combine", combine, combine.value.other_word().as_slice());
        }
        self.shortened("ties", &file.ruleset.ties);
        if let Some(separate) = &file.ruleset.ties_separate {
            let place = Place::new(self.source, separate.span.clone());
            self.changes.push(Mutant::replacing("ties_separate", place, (!separate.value).to_string()));
        }
        if let Some(level) = &file.ruleset.confidence {
            for other in LEVELS.into_iter().filter(|other| *other != level.value.0) {
                self.to("confidence", &level.span, other);
            }
        }
        for (name, declared) in &file.evidence {
            if let Some(between) = &declared.value.between {
                self.words(&format!("evidence {name}, between"), between, Between::WORDS);
            }
        }
        for group in &file.group {
            let id = &group.value.id.value;
            if let Some(weight) = &group.value.weight {
                self.nudged(&format!("group {id}, weight"), weight);
            }
            if let Some(combine) = &group.value.combine {
                self.words(&format!("group {id}, combine"), combine, combine.value.other_word().as_slice());
            }
        }
        for criterion in &file.criterion {
            self.criterion(&criterion.value);
        }
        for gate in &file.gate {
            self.gate(&gate.value, &file.tier);
        }
        for tier in &file.tier {
            self.tier(&tier.value);
        }
    }

    fn criterion(&mut self, criterion: &Criterion) {
        let id = &criterion.id.value;
        if let Some(weight) = &criterion.weight {
            self.nudged(&format!("{id}, weight"), weight);
        }
        self.shortened(&format!("{id}, optional"), &criterion.optional);
        let value = criterion.value.value.written();
        self.vary(id, value.variations());
        if value.heeds_direction() {
            let turned = criterion.direction.value.turned();
            let words = turned.as_ref().map(Direction::word);
            self.words(&format!("{id}, direction"), &criterion.direction, words.as_slice());
        }
        let missing = &criterion.missing;
        self.vary(id, missing.value.variations(&missing.span));
    }

    /// Another effect that names no tier either, or another tier to raise to, or another who leads.
    fn gate(&mut self, gate: &format::Gate, tiers: &[At<format::Tier>]) {
        let id = &gate.id.value;
        let Some(tier) = &gate.tier else {
            if let Some(lead) = &gate.lead {
                return self.words(&format!("{id}, lead"), lead, Leader::WORDS);
            }
            let names_more = |effect: &&Effect| effect.raises() || effect.names_lead();
            let words: Vec<&str> = Effect::ALL.iter().filter(|it| !names_more(it)).map(Effect::word).collect();
            return self.words(&format!("{id}, effect"), &gate.effect, &words);
        };
        let by_total = tiers.iter().skip(1).filter(|tier| tier.value.at_least.is_some());
        let ids: Vec<&str> = by_total.map(|tier| &*tier.value.id.value).collect();
        self.words(&format!("{id}, tier"), tier, &ids);
    }

    /// Each of these changes of a criterion.
    fn vary(&mut self, id: &str, variations: Vec<RuleVariation>) {
        for RuleVariation { what, span, text } in variations {
            self.changes.push(Mutant::replacing(&format!("{id}, {what}"), Place::new(self.source, span), text));
        }
    }

    fn tier(&mut self, tier: &format::Tier) {
        let id = &tier.id.value;
        if let Some(one) = &tier.one_of_a_family {
            let what = format!("tier {id}, one_of_a_family");
            let place = Place::new(self.source, one.span.clone());
            self.changes.push(Mutant::replacing(&what, place, (!one.value).to_string()));
        }
        if let Some(bound) = &tier.at_least {
            for factor in [1.0 - MOVED, 1.0 + MOVED] {
                self.set(&format!("tier {id}, at_least"), bound, bound.value.number * factor);
            }
        }
        if let Some(places) = &tier.places {
            for number in [places.value.number - 1.0, places.value.number + 1.0] {
                self.set(&format!("tier {id}, places"), places, number);
            }
        }
    }

    /// Every value of every parameter, those of years ago too. What names a parameter stays as it is.
    fn parameters(&mut self, file: &RuleSetFile, rules: &RuleSet) {
        for (name, parameter) in &file.parameter {
            let is_places = rules.parameters.iter().any(|it| it.name == *name && says_places(it, rules));
            for dated in &parameter.value.values.value {
                let what = format!("parameter {name} from {}", dated.value.from.value);
                self.amount(&what, &dated.value.value, is_places);
            }
        }
    }

    /// A parameter's number, or each of its table.
    fn amount(&mut self, what: &str, amount: &At<format::WrittenAmount>, is_places: bool) {
        match &amount.value {
            format::WrittenAmount::Number(number) if is_places => {
                for to in [number - 1.0, number + 1.0] {
                    self.to(what, &amount.span, to);
                }
            }
            format::WrittenAmount::Number(number) => {
                self.number(what, &At { value: WrittenNumber(*number), span: amount.span.clone() });
            }
            format::WrittenAmount::Table(table) => {
                for (key, number) in table {
                    self.number(&format!("{what}, {key}"), number);
                }
            }
        }
    }

    /// A setting a little larger, unless it is a parameter's.
    fn nudged(&mut self, what: &str, setting: &At<Setting>) {
        if setting.value.parameter.is_none() {
            self.number(what, &setting.number());
        }
    }

    /// A number a little larger.
    fn number(&mut self, what: &str, number: &At<WrittenNumber>) {
        if let Some(nudged) = nudged(number.value.0) {
            self.to(what, &number.span, nudged);
        }
    }

    /// A setting changed to a number, unless it is a parameter's.
    fn set(&mut self, what: &str, setting: &At<Setting>, to: f64) {
        if setting.value.parameter.is_none() {
            self.to(what, &setting.span, to);
        }
    }

    fn to(&mut self, what: &str, span: &Range<usize>, to: f64) {
        let place = Place::new(self.source, span.clone());
        self.changes.push(Mutant::replacing(what, place, tidy(to).to_string()));
    }

    /// Each of the other words that can stand here.
    fn words<T>(&mut self, what: &str, word: &At<T>, words: &[&str]) {
        let place = Place::new(self.source, word.span.clone());
        let written = place.text().trim_matches(['"', '\'']).to_owned();
        for other in words.iter().filter(|other| **other != written) {
            self.changes.push(Mutant::replacing(what, place.clone(), format!("\"{other}\"")));
        }
    }

    /// A list of names without one of them, each in turn.
    fn shortened(&mut self, what: &str, names: &[At<String>]) {
        for (number, name) in names.iter().enumerate() {
            // With the comma and the space up to the next name, or from the one before.
            let next = names.get(number + 1).map(|next| next.span.start);
            let before = number.checked_sub(1).and_then(|before| names.get(before)).map(|before| before.span.end);
            let span = match (next, before) {
                (Some(next), _) => name.span.start..next,
                (None, Some(before)) => before..name.span.end,
                (None, None) => name.span.clone(),
            };
            let place = Place::new(self.source, span);
            let written = format!("\"{}\"", name.value);
            self.changes.push(Mutant::new(what, place, &written, "nothing", ""));
        }
    }
}

/// Whether a parameter says how many candidates a tier takes.
fn says_places(parameter: &Parameter, rules: &RuleSet) -> bool {
    let takes_places = |by: &ParameterUse| match by {
        ParameterUse::Tier(tier) => rules.tiers.get(*tier).is_some_and(|tier| matches!(tier.takes, Takes::Places(_))),
        _ => false,
    };
    parameter.used_by.iter().any(takes_places)
}
