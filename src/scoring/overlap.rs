//! Overlap where it costs places: two candidates that overlap have one each in the first tier.

use super::{Ranking, Standing};
use crate::assessment::OverlapKind;
use crate::diagnostic::{Code, Problem, Problems};
use crate::rules::Takes;

/// How many pairs are told.
const MOST_PAIRS: usize = 20;

/// A warning for each pair of candidates that overlap and have a place each in the first of several tiers.
pub fn overlap_warnings(ranking: &Ranking<'_>) -> Problems {
    let mut problems = Problems::default();
    let Some(tier) = ranking.rules.tiers.first().filter(|_| ranking.rules.tiers.len() > 1) else { return problems };
    let is_top = |candidate: usize| ranking.outcome().standing(candidate) == Standing::Tier(0);
    let id = |number: usize| ranking.assessment.candidates.get(number).map_or("", |candidate| &*candidate.id);
    let has_places = matches!(tier.takes, Takes::Places(_));
    let both_are_meant = "say in the minutes that both are meant";
    let mend = match has_places && !tier.one_of_a_family {
        true => "give the tier `one_of_a_family = true`, or say in the minutes that both are meant",
        false => both_are_meant,
    };
    let stands = if has_places { "has a place in" } else { "is in" };
    let mut told = 0;
    for candidate in ranking.order().iter().copied().filter(|candidate| is_top(*candidate)) {
        for overlap in ranking.overlaps().of(candidate).iter().filter(|overlap| is_top(overlap.with)) {
            let (how, help) = match overlap.kind {
                OverlapKind::PartOf => (format!("`{}` is part of `{}`", id(candidate), id(overlap.with)), mend),
                OverlapKind::SharesEvidence if candidate < overlap.with => (
                    format!("`{}` and `{}` rest on some of the same evidence", id(candidate), id(overlap.with)),
                    both_are_meant,
                ),
                OverlapKind::Whole | OverlapKind::SharesEvidence => continue,
            };
            if told == MOST_PAIRS {
                return problems;
            }
            told += 1;
            let message = format!("{how}, and each {stands} \"{}\"", tier.title);
            problems.push(Problem::new(Code::Overlap, message).at(ranking.rules.place.clone()).help(help));
        }
    }
    problems
}
