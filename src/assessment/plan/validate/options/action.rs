//! What could be done: what it costs, and what it would reach.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::super::format;
use super::super::super::options::{Action, Cost, Reach, Resource};
use super::Judging;
use super::basis::BasisKeys;
use crate::assessment::judging::needs;
use crate::assessment::period_forms::day;
use crate::diagnostic::{Code, Place};
use crate::exact::Fixed;
use crate::toml_file::{At, WrittenNumber};

/// To how many decimals the mean of several shares is rounded.
const SHARE_DECIMALS: u32 = 4;

impl Judging<'_, '_> {
    pub(super) fn actions(&mut self, written: &[At<format::Action>], resources: &[Resource]) -> Vec<Action> {
        let mut judged: Vec<Action> = Vec::new();
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            if let Some(id) = written.id.as_ref().or(written.candidate.as_ref()) {
                self.check.once(&mut first, "an action", id);
            }
            judged.extend(self.action(written, span, resources));
        }
        judged.sort_by(|one, other| one.id.cmp(&other.id));
        judged.dedup_by(|one, other| one.id == other.id);
        judged
    }

    fn action(&mut self, written: &format::Action, span: &Range<usize>, resources: &[Resource]) -> Option<Action> {
        let id = match written.id.as_ref().or(written.candidate.as_ref()) {
            Some(id) => self.check.id(id),
            None => needs(self.check, "id", None::<&At<String>>, span).map(|id| id.value.clone()),
        };
        let about = written.candidate.as_ref().and_then(|named| self.candidate(named));
        let title = match (&written.title, &about) {
            (Some(title), _) => self.check.text(title, "the title"),
            (None, Some(candidate)) => Some(candidate.clone()),
            (None, None) if written.candidate.is_some() => None,
            (None, None) => needs(self.check, "title", None::<&At<String>>, span).map(|title| title.value.clone()),
        };
        let group = written.group.as_ref().map(|group| self.check.id(group));
        if written.costs.is_none() && !resources.is_empty() && !self.check.lost.has_lost_from(span) {
            let help = "add `costs = [{ resource = \"…\", amount = … }]`, or `costs = []` where it costs nothing";
            self.check.problem(Code::MissingKey, span, "this action does not say what it costs", help);
        }
        let costs = self.costs(written.costs.as_deref().unwrap_or_default(), resources);
        let mut serves = self.serves(&written.serves);
        match &written.candidate {
            Some(candidate) if !written.serves.is_empty() => {
                let message = "an action is a candidate itself, or serves candidates";
                self.check.problem(
                    Code::WhichEvidence,
                    &candidate.span,
                    message,
                    "keep `candidate` or `serves`, not both",
                );
            }
            Some(candidate) => {
                let (share, by) = (Fixed::new(1, 0), Vec::new());
                serves.push(Reach { candidate: candidate.value.clone(), share, between: None, by, because: None });
            }
            None if written.serves.is_empty() && !self.check.lost.has_lost_from(span) => {
                let help = "add `serves = [{ candidate = \"…\", share = 0.1 }]`, or name the `candidate` that it is";
                self.check.problem(Code::MissingKey, span, "this action serves no candidate", help);
            }
            None => {}
        }
        let keys = BasisKeys {
            source: &written.source,
            place: &written.place,
            by: &written.by,
            date: &written.date,
            because: &written.because,
            illustration: written.illustration,
            note: &written.note,
        };
        let basis = self.basis(&keys, "this action", span);
        let lead = written.lead.as_ref().and_then(|lead| self.check.text(lead, "the role"));
        let due = written.due.as_ref().and_then(|due| day(self.check, due));
        let (is_candidate, place) = (written.candidate.is_some(), self.check.place(span));
        Some(Action {
            id: id?,
            title: title?,
            group: group.flatten(),
            costs,
            serves,
            is_candidate,
            lead,
            due,
            basis,
            place,
        })
    }

    fn costs(&mut self, written: &[At<format::Cost>], resources: &[Resource]) -> Vec<Cost> {
        let mut judged: Vec<Cost> = Vec::new();
        for At { value: written, .. } in written {
            let amount = self.figure(&written.amount, "a cost");
            let between = self.between("a cost", amount, written.lower.as_ref(), written.upper.as_ref());
            let found = resources.iter().position(|resource| resource.id == written.resource.value);
            let Some(resource) = found else {
                let ids = resources.iter().map(|resource| &*resource.id);
                self.unknown(&written.resource, "the plan has no resource", ids);
                continue;
            };
            self.same_unit(written.unit.as_ref(), resources.get(resource).map(|resource| &*resource.unit));
            if judged.iter().any(|cost| cost.resource == resource) {
                let message = format!("this action costs `{}` twice", written.resource.value);
                self.check.problem(Code::DuplicateId, &written.resource.span, message, "add the two up");
            } else if let Some(amount) = amount {
                judged.push(Cost { resource, amount, between });
            }
        }
        judged.sort_by_key(|cost| cost.resource);
        judged
    }

    fn serves(&mut self, written: &[At<format::Serves>]) -> Vec<Reach> {
        let mut judged: Vec<Reach> = Vec::new();
        for At { value: written, span } in written {
            let known = self.candidate(&written.candidate);
            let (scores, by) = self.scores(written);
            let share = match (&written.share, &written.scores) {
                (Some(_), Some(scores)) => {
                    let message = "this share is given twice";
                    self.check.problem(
                        Code::WhichEvidence,
                        &scores.span,
                        message,
                        "keep `share` or `scores`, not both",
                    );
                    None
                }
                (Some(share), None) => self.share(share),
                (None, Some(_)) => mean(&scores),
                (None, None) => needs(self.check, "share", None::<&At<WrittenNumber>>, span).and(None),
            };
            let ends = match (scores.iter().min(), scores.iter().max()) {
                (Some(low), Some(high)) if written.lower.is_none() && written.upper.is_none() => Some((*low, *high)),
                _ => {
                    for end in [&written.lower, &written.upper].into_iter().flatten() {
                        self.share(end);
                    }
                    self.between("a share", share, written.lower.as_ref(), written.upper.as_ref())
                }
            };
            let because = written.because.as_ref().and_then(|because| self.check.text(because, "the reason"));
            let candidate = written.candidate.value.clone();
            if judged.iter().any(|reach| reach.candidate == candidate) {
                let message = format!("this action serves `{candidate}` twice");
                self.check.problem(
                    Code::DuplicateId,
                    &written.candidate.span,
                    message,
                    "keep one share for each candidate",
                );
            } else if let (Some(_), Some(share)) = (known, share) {
                judged.push(Reach { candidate, share, between: ends, by, because });
            }
        }
        judged.sort_by(|one, other| one.candidate.cmp(&other.candidate));
        judged
    }

    /// The shares that several people judged, and their roles; the role of the one who did where it is one.
    fn scores(&mut self, written: &format::Serves) -> (Vec<Fixed>, Vec<String>) {
        let (mut shares, mut roles) = (Vec::new(), Vec::new());
        for score in written.scores.iter().flat_map(|scores| &scores.value) {
            shares.extend(self.share(&score.value.share));
            roles.extend(self.check.text(&score.value.by, "the role"));
        }
        roles.extend(written.by.as_ref().and_then(|by| self.check.text(by, "the role")));
        if let Some(date) = &written.date {
            day(self.check, date);
        }
        (shares, roles)
    }

    fn share(&mut self, written: &At<WrittenNumber>) -> Option<Fixed> {
        let share = self.figure(written, "a share")?;
        if share.minus(Fixed::new(1, 0)).units() > 0 {
            let message = format!("a share can't be {share}: 1 is all of a candidate");
            self.check.problem(Code::BadValue, &written.span, message, "write a part of one: 0.15 for 15%");
            return None;
        }
        Some(share)
    }

    /// The title of a candidate.
    fn candidate(&mut self, named: &At<String>) -> Option<String> {
        let candidates = self.filed.candidates;
        match candidates.binary_search_by(|candidate| candidate.id.cmp(&named.value)) {
            Ok(number) => candidates.get(number).map(|candidate| candidate.title.clone()),
            Err(_) if self.filed.is_whole => {
                self.unknown(named, "there is no candidate", candidates.iter().map(|candidate| &*candidate.id));
                None
            }
            Err(_) => None,
        }
    }
}

/// The mean of shares, halves up.
fn mean(shares: &[Fixed]) -> Option<Fixed> {
    let count = i64::try_from(shares.len()).ok().filter(|count| *count > 0)?;
    let fine = 10_i64.pow(6);
    let units = |share: &Fixed| share.units() * fine / 10_i64.pow(share.decimals());
    let sum: i64 = shares.iter().map(units).sum();
    let coarse = 10_i64.pow(6 - SHARE_DECIMALS) * count;
    Some(Fixed::new((sum + coarse / 2) / coarse, SHARE_DECIMALS))
}
