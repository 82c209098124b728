//! Which column has the codes. It is decided by the codes that the counts have, never by a header alone, and told.

use std::collections::BTreeSet;

use super::code::{Codes, OffenceCode};
use super::counts::CountedRow;
use super::weights::HarmWeight;
use crate::diagnostic::{Problem, quoted_list};
use crate::import::given::option_problem;
use crate::sheet::header_words;
use crate::words::{self, listed};

/// Which column of the weights, and which of the counts, have the codes by which the two are matched.
#[derive(Debug, Clone, Default)]
pub(super) struct DecidedCodes {
    /// The header in the weights; none where there is no column of codes.
    weights: Option<String>,
    /// The header in the counts.
    counts: Option<String>,
    /// What a reader should know of the choice.
    pub(super) remarks: Vec<String>,
}

/// Whether a weight, by its code in the chosen column, is one for a count.
type Fits<'a> = dyn Fn(&HarmWeight, &OffenceCode) -> bool + 'a;

/// Chooses the two columns whose codes match most often. Without counts it is the column that has the most different
/// codes, as they tell most offences apart.
///
/// # Errors
/// That two columns match equally many codes and give them different weights.
pub(super) fn decide(weights: &[HarmWeight], counted: &[CountedRow]) -> Result<DecidedCodes, Problem> {
    let headers = in_order(weights.iter().flat_map(|weight| weight.codes.iter().map(|(header, _)| header)));
    if counted.is_empty() {
        return Ok(without_counts(weights, &headers));
    }
    let of_counts = in_order(counted.iter().flat_map(|row| row.codes.iter().map(|(header, ..)| header)));
    let pairs = of_counts.iter().flat_map(|counts| headers.iter().map(move |header| (header, counts)));
    let mut tried: Vec<(usize, DecidedCodes)> = pairs
        .map(|(header, counts)| {
            let codes =
                DecidedCodes { weights: Some(header.clone()), counts: Some(counts.clone()), remarks: Vec::new() };
            (codes.matched(weights, counted).len(), codes)
        })
        .collect();
    // The first of those that match most: the order is that in which the columns are looked for.
    tried.sort_by_key(|(matched, _)| std::cmp::Reverse(*matched));
    let Some(((_, best), others)) = tried.split_first() else {
        return Ok(DecidedCodes { counts: of_counts.first().cloned(), ..DecidedCodes::default() });
    };
    let mut best = best.clone();
    let mut others_have = Vec::new();
    for (_, other) in others {
        others_have.extend(best.compare(other, weights, counted)?);
    }
    if !others_have.is_empty() {
        let own = words::counted(best.matched(weights, counted).len(), "code", "codes");
        let columns = best.columns();
        best.remarks.push(format!(
            "Codes are matched by {columns}, which has {own} of the counts. {}.",
            others_have.join("; ")
        ));
    }
    Ok(best)
}

/// The headers, each once, in the order in which they were looked for.
fn in_order<'a>(headers: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for header in headers {
        if !found.contains(header) {
            found.push(header.clone());
        }
    }
    found
}

fn without_counts(weights: &[HarmWeight], headers: &[String]) -> DecidedCodes {
    let different = |header: &String| {
        let codes = weights.iter().filter_map(|weight| code_under(&weight.codes, header));
        codes.filter(|code| !code.main.is_empty()).map(|code| &code.main).collect::<BTreeSet<_>>().len()
    };
    // Of those with as many the first.
    let most = headers.iter().rev().max_by_key(|header| different(header));
    let others: Vec<&str> = headers.iter().filter(|header| Some(*header) != most).map(String::as_str).collect();
    let remarks = match most {
        Some(most) if !others.is_empty() => vec![format!(
            "The codes in the list are those of `{most}`: it has {}. Not in the list: {}.",
            words::counted(different(most), "different code", "different codes"),
            quoted_list(&others)
        )],
        _ => Vec::new(),
    };
    DecidedCodes { weights: most.cloned(), counts: None, remarks }
}

fn code_under<'a>(codes: &'a Codes, header: &str) -> Option<&'a OffenceCode> {
    codes.iter().find(|(of, _)| of == header).map(|(_, code)| code)
}

impl DecidedCodes {
    /// The code that a weight has in the chosen column; empty where it has none.
    pub(super) fn of_weight<'a>(&self, weight: &'a HarmWeight) -> Option<&'a OffenceCode> {
        code_under(&weight.codes, self.weights.as_deref()?)
    }

    /// The code that a count has in the chosen column, as written and as read.
    pub(super) fn of_counts(&self, row: &CountedRow) -> (String, OffenceCode) {
        let found = row.codes.iter().find(|(of, ..)| Some(of) == self.counts.as_ref());
        found.map(|(_, written, code)| (written.clone(), code.clone())).unwrap_or_default()
    }

    /// The different weights that fit, ascending: by offence and code, by code and part, by code, by offence where one
    /// of the two has no code.
    pub(super) fn weights_of(&self, weights: &[HarmWeight], code: &OffenceCode, description: &str) -> Vec<f64> {
        let title = header_words(description);
        let same = |weight: &OffenceCode| !code.main.is_empty() && weight.main == code.main;
        let titled = |weight: &HarmWeight| !title.is_empty() && header_words(&weight.offence) == title;
        let by_part = |_: &HarmWeight, own: &OffenceCode| !code.sub.is_empty() && same(own) && own.sub == code.sub;
        let by_both = |weight: &HarmWeight, own: &OffenceCode| same(own) && titled(weight);
        let by_code = |_: &HarmWeight, own: &OffenceCode| code.sub.is_empty() && same(own);
        let by_title =
            |weight: &HarmWeight, own: &OffenceCode| (code.main.is_empty() || own.main.is_empty()) && titled(weight);
        let forms: [&Fits<'_>; 4] = [&by_part, &by_both, &by_code, &by_title];
        let none = OffenceCode::default();
        for form in forms {
            let fits = |weight: &&HarmWeight| form(weight, self.of_weight(weight).unwrap_or(&none));
            let mut found: Vec<f64> = weights.iter().filter(fits).map(|weight| weight.harm).collect();
            found.sort_by(f64::total_cmp);
            found.dedup();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The different codes of the counts that stand in the chosen column of the weights.
    fn matched(&self, weights: &[HarmWeight], counted: &[CountedRow]) -> BTreeSet<OffenceCode> {
        let known: BTreeSet<&OffenceCode> = weights.iter().filter_map(|weight| self.of_weight(weight)).collect();
        let mains: BTreeSet<&str> = known.iter().map(|code| code.main.as_str()).collect();
        let codes = counted.iter().map(|row| self.of_counts(row).1);
        let fits = |code: &OffenceCode| match code.sub.is_empty() {
            true => !code.main.is_empty() && mains.contains(code.main.as_str()),
            false => known.contains(code),
        };
        codes.filter(fits).collect()
    }

    /// How many codes `other` has where this choice has more, and which codes it would give other weights.
    ///
    /// # Errors
    /// That nothing decides between the two.
    fn compare(&self, other: &Self, weights: &[HarmWeight], counted: &[CountedRow]) -> Result<Option<String>, Problem> {
        let (own, theirs) = (self.matched(weights, counted), other.matched(weights, counted));
        let harm =
            |codes: &Self, row: &CountedRow| codes.weights_of(weights, &codes.of_counts(row).1, &row.description);
        let differs = |row: &&CountedRow| {
            let other = harm(other, row);
            !other.is_empty() && other != harm(self, row)
        };
        let differing: BTreeSet<String> = counted
            .iter()
            .filter(differs)
            .map(|row| if row.description.is_empty() { self.of_counts(row).0 } else { row.description.clone() })
            .collect();
        let differing: Vec<String> = differing.into_iter().collect();
        if own.len() == theirs.len() && !differing.is_empty() {
            let message = format!(
                "{} and {} have as many codes of the counts, {}, and give other weights to {}",
                self.columns(),
                other.columns(),
                own.len(),
                listed(&differing)
            );
            return Err(option_problem(
                message,
                "name the column of the weights with `--code`, such as `--code HO_CODE`",
            ));
        }
        if own.len() == theirs.len() {
            return Ok(None);
        }
        let mut has = format!("{} has {}", other.columns(), theirs.len());
        if !differing.is_empty() {
            has.push_str(&format!(", and would give other weights to {}", listed(&differing)));
        }
        Ok(Some(has))
    }

    /// The column of the weights, and that of the counts where it has another header.
    fn columns(&self) -> String {
        let (weights, counts) = (self.weights.as_deref().unwrap_or("?"), self.counts.as_deref().unwrap_or("?"));
        if header_words(weights) == header_words(counts) || header_words(counts) == "offence code" {
            format!("`{weights}`")
        } else {
            format!("`{weights}` (the counts' `{counts}`)")
        }
    }

    /// Says where one file has a code without its letter, so that codes that matched nothing may be of the same offence.
    pub(super) fn letters_missing(&self, weights: &[HarmWeight], unmatched: &BTreeSet<OffenceCode>) -> Option<String> {
        let bare = |code: &str| code.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).to_owned();
        let known: BTreeSet<&str> =
            weights.iter().filter_map(|weight| self.of_weight(weight)).map(|code| code.main.as_str()).collect();
        let pair = |code: &OffenceCode| {
            let bare_of_counts = bare(&code.main);
            let without = bare_of_counts != code.main && known.contains(&*bare_of_counts);
            let with = || {
                known.iter().find(|known| !code.main.is_empty() && ***known != *code.main && bare(known) == code.main)
            };
            if without {
                Some(format!("{bare_of_counts} in the weights, {} in the counts", code.main))
            } else {
                with().map(|known| format!("{known} in the weights, {} in the counts", code.main))
            }
        };
        let pairs: Vec<String> = unmatched.iter().filter_map(pair).collect();
        let first = pairs.get(..3).unwrap_or(&pairs);
        (!first.is_empty()).then(|| {
            format!(
                "A code without its letter stands for several offences, so these are not taken for the same: {}. Give \
                 a file of weights that has the codes with their letters.",
                first.join("; ")
            )
        })
    }
}
