//! How many members a document says to have a theme, against their lists.

use super::Discrepancy;
use crate::assessment::Assessment;
use crate::assessment::members::{ClaimedCount, Member, Membership};
use crate::diagnostic::Code;
use crate::words::{counted, listed};

/// What documents say of how many members have a theme.
#[derive(Default)]
pub(super) struct ClaimsOfMembers {
    /// How many such claims could be checked.
    pub(super) checked: usize,
    /// How many could not, for a member that did not say.
    pub(super) unsaid: usize,
    /// Those that do not hold.
    pub(super) wrong: Vec<Discrepancy>,
}

/// What became of each claim of how many members have a theme.
pub(super) fn claimed(assessment: &Assessment) -> ClaimsOfMembers {
    let Some(membership) = &assessment.membership else { return ClaimsOfMembers::default() };
    let all = membership.claimed.len();
    let checked: Vec<Option<Discrepancy>> =
        membership.claimed.iter().filter_map(|claim| checked(claim, membership)).collect();
    ClaimsOfMembers {
        checked: checked.len(),
        unsaid: all - checked.len(),
        wrong: checked.into_iter().flatten().collect(),
    }
}

/// What does not hold of a claim, where anything does not. None at all where it can't be checked: a member that did not say
/// might have it, and with it the claim could hold or not.
fn checked(claim: &ClaimedCount, membership: &Membership) -> Option<Option<Discrepancy>> {
    let counted_members = membership.members.iter().enumerate().filter(|(_, member)| member.is_counted);
    let said: Vec<(&Member, Option<bool>)> = counted_members
        .filter_map(|(number, member)| Some((member, membership.says(&claim.theme, number)?.is_priority)))
        .collect();
    let of = |wanted: Option<bool>| -> Vec<String> {
        said.iter().filter(|(_, priority)| *priority == wanted).map(|(member, _)| member.title.clone()).collect()
    };
    let (yes, no, unknown) = (of(Some(true)), of(Some(false)), of(None));
    if (yes.len()..=yes.len() + unknown.len()).contains(&claim.members) {
        return unknown.is_empty().then_some(None);
    }
    let all = said.len();
    let most = match unknown.len() {
        0 => yes.len().to_string(),
        some => format!("{} to {}", yes.len(), yes.len() + some),
    };
    let without = match no.len() {
        0 => String::new(),
        _ => format!("; not in the list of {}", listed(&no)),
    };
    Some(Some(Discrepancy {
        code: Code::DoesNotRecompute,
        source: Some(claim.source.clone()),
        place: claim.place.clone(),
        beside: Vec::new(),
        printed: format!("\u{201c}{}\u{201d}, {} of {}", claim.says, claim.members, counted(all, "member", "members")),
        recomputed: Some(format!("{most} of {all}")),
        working: format!(
            "in the lists of {}{without}",
            if yes.is_empty() { "no member".to_owned() } else { listed(&yes) }
        ),
        cause: None,
        transcribed: claim.written.clone(),
    }))
}
