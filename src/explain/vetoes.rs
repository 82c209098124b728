//! Vetoes between a candidate and others, in sentences.

use crate::scoring::{Trace, Veto};
use crate::words::{counted, listed, lower_title};

/// So many others are named; the JSON has all.
const MOST_NAMED: usize = 8;

/// What vetoes change of a candidate's total, and between whom they stand; nothing where the rules take none.
pub fn vetoes_in_words(trace: &Trace<'_>) -> Vec<String> {
    let Some(vetoes) = &trace.vetoes else { return Vec::new() };
    let change = match (vetoes.change.units(), trace.total) {
        (_, None) => return Vec::new(),
        (0, _) if vetoes.own.is_empty() && vetoes.theirs.is_empty() => {
            return vec!["no answer is so far from another's that it is a veto.".to_owned()];
        }
        _ => format!("they change its total by {}.", vetoes.change.signed()),
    };
    let title = &trace.candidate.title;
    let own = named(&vetoes.own, |veto| (title.clone(), veto.other.title.clone()));
    let theirs = named(&vetoes.theirs, |veto| (veto.other.title.clone(), title.clone()));
    std::iter::once(change).chain(own).chain(theirs).collect()
}

fn named(vetoes: &[Veto<'_>], ends: impl Fn(&Veto<'_>) -> (String, String)) -> Vec<String> {
    let mut told: Vec<String> = vetoes.iter().take(MOST_NAMED).map(|veto| sentence(veto, ends(veto))).collect();
    let more = vetoes.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        told.push(format!("And so on for {}.", counted(more, "other", "others")));
    }
    told
}

fn sentence(veto: &Veto<'_>, (one, other): (String, String)) -> String {
    let by: Vec<String> = veto.by.iter().map(|criterion| lower_title(&criterion.title)).collect();
    let (by, concordance, credibility) = (listed(&by), veto.concordance, veto.credibility);
    match credibility.units() {
        0 => format!("{one} does not outrank {other}, for {by}, though {concordance} of the weight agrees."),
        _ => format!("{one} outranks {other} by {credibility} instead of {concordance}, for {by}."),
    }
}
