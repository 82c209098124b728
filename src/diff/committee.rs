//! What is other in what a committee is told beside the list.

use crate::assessment::{Assessment, CommitteePart, Handling};

/// A part of what a committee is told that is new, other or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteeShift<'a> {
    /// Its key in `assessment.toml`: `committee.legal`, `assessment.handling`.
    pub key: String,
    /// What it is.
    pub what: &'static str,
    /// What was filed; none where nothing was.
    pub old: Option<&'a str>,
    /// What is filed; none where nothing is.
    pub new: Option<&'a str>,
}

/// Every part that is other, in the order in which a paper has them.
pub(super) fn committee<'a>(old: &'a Assessment, new: &'a Assessment) -> Vec<CommitteeShift<'a>> {
    let mark = |of: &Assessment| of.handling.map(Handling::mark);
    let key = "assessment.handling".to_owned();
    let handling = CommitteeShift { key, what: "who may see it", old: mark(old), new: mark(new) };
    let shift = |table: &'static str| {
        move |(old, new): (CommitteePart<'a>, CommitteePart<'a>)| CommitteeShift {
            key: format!("{table}.{}", new.key),
            what: new.what,
            old: old.filed.map(String::as_str),
            new: new.filed.map(String::as_str),
        }
    };
    let parts = old.committee.parts().into_iter().zip(new.committee.parts()).map(shift("committee"));
    let known = old.committee.by_characteristic().zip(new.committee.by_characteristic());
    let all = [handling].into_iter().chain(parts).chain(known.map(shift("committee.characteristics")));
    all.filter(|shift| shift.old != shift.new).collect()
}
