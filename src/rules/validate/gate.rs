//! The gates, judged: what each sees, and which tier it names.

use std::collections::BTreeMap;

use crate::assessment::Declared;
use crate::diagnostic::{Code, did_you_mean};
use crate::rules::format;
use crate::rules::judge::RuleSetJudge;
use crate::rules::list::one_of;
use crate::rules::script::Variables;
use crate::rules::{Gate, Leader};
use crate::toml_file::At;

impl RuleSetJudge<'_> {
    /// A gate. It sees evidence, and of each of these criteria the answer and its value: never points.
    pub(super) fn gate(
        &mut self,
        written: &At<format::Gate>,
        evidence: &BTreeMap<String, Declared>,
        criteria: &[&str],
        tiers: &[At<format::Tier>],
    ) -> Option<Gate> {
        let gate = &written.value;
        let title = self.check.text(&gate.title, "the title");
        // Evidence and parameters of these names stay what they are.
        let mut names = Gate::ANSWERS.to_vec();
        names.retain(|name| !evidence.contains_key(*name) && !self.values.contains_key(*name));
        let variables = Variables::declared(evidence).with_answers(criteria, &names);
        let when = self.expression(&gate.when, &variables);
        let reason = self.template(&gate.reason, &variables.clone().and(&["candidate"]));
        let number = |id: &String| criteria.iter().position(|criterion| criterion == id);
        let sees = when.sees.iter().filter_map(number).collect();
        let tier = self.raised_to(gate, tiers)?;
        let lead = self.leader(gate)?;
        let id = gate.id.value.clone();
        Some(Gate { id, title: title?, when, effect: gate.effect.value, tier, lead, sees, reason: reason? })
    }

    /// Who a gate says leads; an outer `None` where that is wrong, which is told.
    fn leader(&mut self, gate: &format::Gate) -> Option<Option<Leader>> {
        let names_lead = gate.effect.value.names_lead();
        match &gate.lead {
            Some(lead) if names_lead => Some(Some(lead.value)),
            None if !names_lead => Some(None),
            Some(lead) => {
                let message = format!("`{}` names nobody who leads", gate.effect.value.word());
                let help = "take this out, or write `effect = \"lead\"`";
                self.check.problem(Code::BadValue, &lead.span, message, help);
                None
            }
            None => {
                let message = "this gate says who leads, and does not say who";
                let help = format!("add `lead = \"…\"` with {}", one_of(Leader::WORDS));
                self.check.problem(Code::MissingKey, &gate.effect.span, message, help);
                None
            }
        }
    }

    /// The tier that a gate raises to; an outer `None` where that is wrong, which is told.
    fn raised_to(&mut self, gate: &format::Gate, tiers: &[At<format::Tier>]) -> Option<Option<usize>> {
        let raises = gate.effect.value.raises();
        let Some(named) = &gate.tier else {
            if raises {
                let message = "this gate raises, and does not say to which tier";
                let help = "add `tier = \"…\"` with the id of a tier below the first";
                self.check.problem(Code::MissingKey, &gate.effect.span, message, help);
            }
            return (!raises).then_some(None);
        };
        if !raises {
            let message = format!("`{}` names no tier", gate.effect.value.word());
            let help = "take this out, or write `effect = \"raise\"`";
            self.check.problem(Code::BadTiers, &named.span, message, help);
            return None;
        }
        let found = tiers.iter().position(|tier| tier.value.id.value == named.value);
        let Some(number) = found else {
            if !self.check.lost.has_lost_table {
                let help = did_you_mean(&named.value, tiers.iter().map(|tier| &*tier.value.id.value));
                self.check.problem(Code::UnknownId, &named.span, format!("there is no tier `{}`", named.value), help);
            }
            return None;
        };
        let (message, help) = match tiers.get(number).map(|tier| &tier.value) {
            _ if number == 0 => ("nothing is above the first tier", "write `effect = \"include\"`, without a tier"),
            Some(tier) if tier.at_least.is_some() => return Some(Some(number)),
            Some(tier) if tier.places.is_some() => {
                ("this tier has places, and points decide who has them", "name a tier that takes totals, by `at_least`")
            }
            _ => ("every candidate is in the last tier at least", "name a tier above it"),
        };
        self.check.problem(Code::BadTiers, &named.span, message, help);
        None
    }
}
