//! Recomputes what documents print: rates, percentages, changes and totals beside the numbers they come from.
//!
//! A figure passes if some true figures, rounded as printed, give it. What does not is told with its likely cause.
//! Nothing here reaches a score.

mod alike;
mod cause;
mod claimed;
mod column;
mod discrepancy;
mod judge;
mod neighbours;

use std::collections::BTreeMap;

use crate::assessment::claim::{Claim, Derivation, Meaning, Side};
use crate::assessment::{Assessment, Unit};
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::words;
use column::{ColumnKey, column_key};
use judge::{ClaimVerdict, judge};

pub use discrepancy::Discrepancy;

/// What became of every figure that could be recomputed.
#[derive(Debug, Default)]
pub struct Recomputation {
    /// How many figures were recomputed, or set against words whose meaning was filed.
    pub count: usize,
    /// How many comparisons in words nothing could be checked of, for want of `means`.
    pub words_only: usize,
    /// How many rates give back the population that was worked out from them, which proves nothing.
    pub circular: usize,
    /// How many claims of how many members have a theme could not be checked, for a member that did not say.
    pub unsaid: usize,
    /// What does not hold, in the order in which it was filed.
    pub discrepancies: Vec<Discrepancy>,
    /// Printed figures with nothing filed to recompute them from.
    pub unfounded: Vec<Place>,
}

impl Recomputation {
    /// Every finding as a problem, and a note of every figure with nothing to recompute it from.
    pub fn problems(&self) -> Problems {
        let findings = self.discrepancies.iter().map(Discrepancy::problem);
        let unfounded = self.unfounded.iter().map(|place| {
            Problem::new(Code::NothingToRecompute, "nothing filed says what this figure comes from")
                .at(place.clone())
                .help("give the numbers it comes from; docs/evidence.md says how")
        });
        findings.chain(unfounded).collect::<Vec<_>>().into()
    }
}

/// Recomputes everything that the assessment's documents print.
pub fn recompute(assessment: &Assessment) -> Recomputation {
    let judged: Vec<(&Claim, ClaimVerdict)> =
        without_repeats(&assessment.claims).into_iter().map(|claim| (claim, judge(claim))).collect();
    let columns = wrong_columns(&judged);
    let words_only = judged.iter().filter(|(_, verdict)| *verdict == ClaimVerdict::WordsOnly).count();
    let unfounded = judged.iter().filter(|(_, verdict)| *verdict == ClaimVerdict::NothingToGoBy).count();
    let circular = judged.iter().filter(|(_, verdict)| *verdict == ClaimVerdict::Circular).count();
    let count = judged.len() - words_only - unfounded - circular;
    let mut answer = Recomputation { count, words_only, circular, ..Recomputation::default() };
    for (claim, verdict) in &judged {
        match verdict {
            ClaimVerdict::Matches | ClaimVerdict::WordsOnly | ClaimVerdict::Circular => {}
            ClaimVerdict::Contradicted => answer.discrepancies.push(contradicted(claim)),
            ClaimVerdict::NothingToGoBy => answer.unfounded.push(claim.written.clone()),
            ClaimVerdict::PartYear(months) => answer.discrepancies.push(part_year(claim, *months)),
            ClaimVerdict::Differs(range) => match columns.get(&column_key(claim)) {
                None => answer.discrepancies.push(claim_discrepancy(claim, *range, &judged)),
                // The whole column is told at its first row.
                Some((column, cause)) if column.first() == Some(claim) => {
                    answer.discrepancies.push(whole_column(claim, column, cause));
                }
                Some(_) => {}
            },
        }
    }
    answer.discrepancies.extend(neighbours::jumps(&judged));
    answer.discrepancies.extend(alike::identical(assessment));
    let of_members = claimed::claimed(assessment);
    answer.count += of_members.checked;
    answer.unsaid = of_members.unsaid;
    answer.discrepancies.extend(of_members.wrong);
    answer
}

/// Columns of rates none of which recomputes, for the same cause: one finding for each says it all.
fn wrong_columns<'a>(judged: &[(&'a Claim, ClaimVerdict)]) -> BTreeMap<ColumnKey<'a>, (Vec<&'a Claim>, String)> {
    let mut columns: BTreeMap<ColumnKey<'_>, Vec<(&Claim, ClaimVerdict)>> = BTreeMap::new();
    for (claim, verdict) in judged {
        columns.entry(column_key(claim)).or_default().push((claim, *verdict));
    }
    let wrong = |column: &Vec<(&Claim, ClaimVerdict)>| {
        column.iter().all(|(_, verdict)| matches!(verdict, ClaimVerdict::Differs(_)))
    };
    columns
        .into_iter()
        .filter(|(_, column)| wrong(column))
        .filter_map(|(group, column)| {
            let column: Vec<&Claim> = column.into_iter().map(|(claim, _)| claim).collect();
            let cause = cause::column_cause(&column)?;
            Some((group, (column, cause)))
        })
        .collect()
}

/// Each claim once: what evidence says beside a count is often in a table of the document too. A figure that is filed
/// with other numbers is another claim, so none hides behind one that holds.
fn without_repeats(claims: &[Claim]) -> Vec<&Claim> {
    let mut once: Vec<&Claim> = Vec::new();
    for claim in claims {
        let same = |other: &&Claim| {
            other.source == claim.source
                && other.printed.range() == claim.printed.range()
                && other.from.is_same_arithmetic(&claim.from)
        };
        if !once.iter().any(same) {
            once.push(claim);
        }
    }
    once
}

fn claim_discrepancy(claim: &Claim, range: (f64, f64), judged: &[(&Claim, ClaimVerdict)]) -> Discrepancy {
    let unit = unit(claim);
    // The printed numbers give it as they stand, as whoever does the printed working again finds.
    let mut middle = judge::as_they_stand(&claim.from).unwrap_or(f64::midpoint(range.0, range.1));
    let mut how = judge::working(claim);
    // Another rate of the same people tells better than the population of another year how many there were.
    if let (Derivation::Rate { count, per, among }, Some((few, many))) =
        (&claim.from, cause::base_implied_beside(claim, judged))
    {
        middle = count.middle() / f64::midpoint(few, many) * per;
        how = format!(
            "{} among the {} to {} {} that another rate of the same period implies",
            count.shown(),
            words::number(few, 0),
            words::number(many, 0),
            among.denominator.unit
        );
    }
    let decimals = claim.printed.decimals.max(claim.from.decimals());
    let least = if matches!(claim.from, Derivation::Contains(_)) { "at least " } else { "" };
    Discrepancy {
        code: Code::DoesNotRecompute,
        source: claim.source.clone(),
        place: claim.place.clone(),
        beside: Vec::new(),
        printed: format!("{}{unit}", claim.printed.text.trim_end_matches('%')),
        recomputed: Some(format!("{least}{}{unit}", words::fixed(middle, decimals))),
        working: how,
        cause: cause::likely_cause(claim, range),
        transcribed: claim.written.clone(),
    }
}

fn unit(claim: &Claim) -> String {
    match &claim.from {
        Derivation::Rate { per, among, .. } => match among.denominator.unit {
            Unit::People => format!(" per {}", words::number(*per, 0)),
            Unit::Households => format!(" per {} households", words::number(*per, 0)),
        },
        Derivation::Percentage { .. } | Derivation::Change { .. } => "%".to_owned(),
        _ if claim.printed.text.ends_with('%') => "%".to_owned(),
        _ => String::new(),
    }
}

/// All rates of a column together.
fn whole_column(first: &Claim, column: &[&Claim], cause: &str) -> Discrepancy {
    let mut rows = Vec::new();
    let mut recomputed = Vec::new();
    for claim in column {
        if let Derivation::Rate { count, per, among } = &claim.from {
            rows.push(format!("{} in {}", claim.printed.text, count.row));
            let figure = count.middle() / among.denominator.number * per;
            recomputed.push(words::fixed(figure, claim.printed.decimals));
        }
    }
    Discrepancy {
        code: Code::DoesNotRecompute,
        source: first.source.clone(),
        place: first.group.clone(),
        beside: Vec::new(),
        printed: words::listed(&rows),
        recomputed: Some(words::listed(&recomputed)),
        working: format!("the first is {}", judge::working(first)),
        cause: Some(cause.to_owned()),
        transcribed: first.written.clone(),
    }
}

/// Words that the figures beside them do not bear out.
fn contradicted(claim: &Claim) -> Discrepancy {
    let (figures, meaning) = match &claim.from {
        Derivation::Comparison { figures, meaning: Some(meaning) } => (figures.len(), *meaning),
        _ => (0, Meaning::Part),
    };
    let (side, other_side) = match meaning.second_is() {
        Some(Side::Above) => ("above", "below"),
        _ => ("below", "above"),
    };
    let cause = match meaning {
        Meaning::Part => "a part can't exceed its whole".to_owned(),
        Meaning::Rise | Meaning::Fall if figures > 2 => format!("not each is {side} the one before"),
        Meaning::Rise | Meaning::Fall => format!("the second is not {side} the first"),
        Meaning::More | Meaning::Less if figures > 2 => format!("not each is {other_side} the one after"),
        Meaning::More | Meaning::Less => format!("the first is not {other_side} the second"),
    };
    Discrepancy {
        code: Code::DoesNotRecompute,
        source: claim.source.clone(),
        place: claim.place.clone(),
        beside: Vec::new(),
        printed: format!("says \u{201c}{}\u{201d}", claim.printed.text),
        recomputed: None,
        working: judge::working(claim),
        cause: Some(cause),
        transcribed: claim.written.clone(),
    }
}

fn part_year(claim: &Claim, (from, to): (f64, f64)) -> Discrepancy {
    let printed = match &claim.from {
        Derivation::Comparison { .. } => format!("says \u{201c}{}\u{201d}", claim.printed.text),
        Derivation::Difference { .. } => format!("prints a difference of {}", claim.printed.text),
        _ => format!("prints a change of {}%", claim.printed.text.trim_end_matches('%')),
    };
    Discrepancy {
        code: Code::PartYear,
        source: claim.source.clone(),
        place: claim.place.clone(),
        beside: Vec::new(),
        printed,
        recomputed: None,
        working: judge::working(claim),
        cause: Some(format!(
            "{} compared with {}: compare the same months of both years, or monthly averages",
            words::with_noun(&words::number(to, 1), "month is", "months are"),
            words::number(from, 1)
        )),
        transcribed: claim.written.clone(),
    }
}
