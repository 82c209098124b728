//! What members say of each theme, as evidence about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Filed, Membership};
use crate::assessment::evidence::{Evidence, MemberSays, Members, Origin};

/// The name of this evidence: rules declare it as `[evidence.members]`.
pub(in crate::assessment) const EVIDENCE: &str = "members";

/// What members say of each theme, by the number of the candidate that it is.
pub(in crate::assessment) fn evidence(
    membership: &Membership,
    numbers: &BTreeMap<&str, usize>,
) -> BTreeMap<usize, Evidence> {
    let of_theme = |theme: &String| {
        let counted = membership.members.iter().enumerate().filter(|(_, member)| member.is_counted);
        let says: Vec<MemberSays> = counted.filter_map(|(number, _)| membership.says(theme, number)).collect();
        let place = membership.members.first()?.place.clone();
        let found = Evidence {
            figure: Members { says: says.into() }.into(),
            origin: Arc::new(origin(membership, theme)),
            place,
        };
        Some((*numbers.get(theme.as_str())?, found))
    };
    membership.themes.keys().filter_map(of_theme).collect()
}

/// Where it comes from: the lists of the members that have it, each with its place.
fn origin(membership: &Membership, theme: &str) -> Origin {
    let mut sources: Vec<&str> = Vec::new();
    let mut places = Vec::new();
    for (number, member) in membership.members.iter().enumerate().filter(|(_, member)| member.is_counted) {
        if membership.of_member(theme, number).next().is_none() {
            continue;
        }
        match &member.filed {
            Filed::List(printed) => {
                if !sources.contains(&&*printed.source) {
                    sources.push(&printed.source);
                }
                places.push(printed.place.clone());
            }
            Filed::Record(made) => places.push(format!("the record of {}, {}", member.title, made.digest)),
            Filed::Assessment(_) => places.push(format!("the assessment of {}", member.title)),
            Filed::Nothing(_) => {}
        }
    }
    Origin {
        source: if let [one] = *sources { Some(one.to_owned()) } else { None },
        place: Some(match &*places {
            [] => "no member's list has it".to_owned(),
            places => places.join("; "),
        }),
        ..Origin::default()
    }
}
