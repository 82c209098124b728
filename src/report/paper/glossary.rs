//! What the names of evidence mean, said once for all sheets.

use super::model::EvidenceMeaning;
use crate::rules::RuleSet;
use crate::words::{listed, lower_title};

/// What the rules read, by name.
pub(super) fn evidence(rules: &RuleSet) -> Vec<EvidenceMeaning> {
    let meaning = |(name, declared): (&String, &crate::assessment::Declared)| {
        let questions =
            rules.criteria.iter().filter(|criterion| criterion.measure.reads.iter().any(|read| read == name));
        let gates = rules.gates.iter().filter(|gate| gate.when.reads.iter().any(|read| read == name));
        let read_by: Vec<String> =
            questions.map(|it| lower_title(&it.title)).chain(gates.map(|it| lower_title(&it.title))).collect();
        EvidenceMeaning { name: name.clone(), title: declared.title.clone(), used: listed(&read_by) }
    };
    rules.evidence.iter().map(meaning).collect()
}
