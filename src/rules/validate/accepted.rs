//! Accepted findings, judged: each is of a finding that there is, about what the rule set has, for a reason.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, did_you_mean};
use crate::rules::AcceptedFinding;
use crate::rules::format::RuleSetFile;
use crate::rules::judge::RuleSetJudge;

impl RuleSetJudge<'_> {
    pub(super) fn accepted(&mut self, file: &RuleSetFile) -> Vec<AcceptedFinding> {
        let known = self.ids(file);
        let mut accepted = Vec::new();
        for accept in file.accept.iter().map(|accept| &accept.value) {
            let finding = Code::FINDINGS.iter().copied().find(|code| code.name() == accept.finding.value);
            if finding.is_none() {
                let message = format!("there is no finding `{}` to accept", accept.finding.value);
                let help = did_you_mean(&accept.finding.value, Code::FINDINGS.iter().map(|code| code.name()));
                self.check.problem(Code::UnknownWord, &accept.finding.span, message, help);
            }
            for id in accept.of.iter().filter(|id| !known.contains(&id.value) && !self.check.lost.has_lost_table) {
                let message = format!("there is no criterion, group or function `{}`", id.value);
                let help = did_you_mean(&id.value, known.iter().map(String::as_str));
                self.check.problem(Code::UnknownId, &id.span, message, help);
            }
            let because = self.check.text(&accept.because, "the reason");
            let place = self.check.place(&accept.finding.span);
            if let (Some(finding), Some(because)) = (finding, because) {
                let of = accept.of.iter().map(|id| id.value.clone()).collect();
                accepted.push(AcceptedFinding { finding, of, because, place });
            }
        }
        accepted
    }

    /// What a finding can be about.
    fn ids(&self, file: &RuleSetFile) -> BTreeSet<String> {
        let criteria = file.criterion.iter().map(|criterion| &criterion.value.id.value);
        let groups = file.group.iter().map(|group| &group.value.id.value);
        let functions = self.scripts.library().scripts.iter().flat_map(|script| script.functions.keys());
        criteria.chain(groups).chain(functions).cloned().collect()
    }
}
