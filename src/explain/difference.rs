//! Why one candidate stands above another: the difference of their totals by criterion, in words.

use super::answer_in_words;
use crate::diagnostic::Problem;
use crate::scoring::{self, Contribution, Fixed, Ranking, Trace};
use crate::words::{listed, lower_title, upper_first};

/// The difference between two candidates' totals.
#[derive(Debug, Clone)]
pub struct TotalDifference {
    /// Which stands where, in a sentence.
    pub headline: String,
    /// What each criterion, and vetoes between candidates, make of it, the largest first; those that make nothing of it are left out.
    pub parts: Vec<CriterionDifference>,
    /// The criteria that make no difference, in a sentence.
    pub without_difference: Option<String>,
    /// The sum of the parts, to be added up again.
    pub sum: String,
}

/// What one criterion makes of a difference.
#[derive(Debug, Clone)]
pub struct CriterionDifference {
    /// The criterion's title, or `Vetoes`.
    pub title: String,
    /// How much it adds to the total of the first over that of the second.
    pub points: Fixed,
    /// Both answers, in a sentence.
    pub answers: String,
}

/// The difference between the candidates with these numbers, whose traces these are; why there is none where one of
/// them is not ranked.
///
/// # Errors
/// A total that could not be made.
pub fn total_difference(
    ranking: &Ranking<'_>,
    (candidate, own): (usize, &Trace<'_>),
    (other, theirs): (usize, &Trace<'_>),
) -> Result<TotalDifference, Problem> {
    let parts = scoring::difference(ranking, candidate, other)?;
    let (Some(parts), Some(total), Some(others)) = (parts, own.total, theirs.total) else {
        return Ok(unranked(own, theirs));
    };
    let by = Fixed::new(total.units() - others.units(), ranking.rules.decimals);
    let sum = parts.iter().map(|part| signed(*part)).collect::<Vec<_>>().join(" ");
    let sum = match sum.split_at_checked(2) {
        Some(("+ ", rest)) => rest.to_owned(),
        Some(("- ", rest)) => format!("-{rest}"),
        _ => sum,
    };
    let sum = format!("{sum} = {by}");
    let mut told: Vec<CriterionDifference> = parts
        .iter()
        .zip(own.contributions.iter().zip(&theirs.contributions))
        .map(|(points, (own, theirs))| CriterionDifference {
            title: own.criterion.title.clone(),
            points: *points,
            answers: answers(own, theirs),
        })
        .collect();
    // The last part, where the rules take vetoes.
    let vetoes = own.vetoes.as_ref().zip(theirs.vetoes.as_ref()).zip(parts.last());
    told.extend(vetoes.map(|((own, theirs), points)| CriterionDifference {
        title: "Vetoes".to_owned(),
        points: *points,
        answers: format!("they change {} here and {} there", own.change, theirs.change),
    }));
    let level: Vec<String> =
        told.iter().filter(|part| part.points.units() == 0).map(|part| lower_title(&part.title)).collect();
    told.retain(|part| part.points.units() != 0);
    told.sort_by_key(|part| std::cmp::Reverse(part.points.units().abs()));
    let level = (!level.is_empty()).then(|| format!("{} no difference.", made_by(&level)));
    Ok(TotalDifference { headline: headline(own, theirs, by), parts: told, without_difference: level, sum })
}

/// `Volume makes`, `Volume and harm make`.
fn made_by(titles: &[String]) -> String {
    let verb = if titles.len() == 1 { "makes" } else { "make" };
    upper_first(&format!("{} {verb}", listed(titles)))
}

fn signed(part: Fixed) -> String {
    match part.units() < 0 {
        true => format!("- {}", Fixed::new(-part.units(), part.decimals())),
        false => format!("+ {part}"),
    }
}

fn headline(own: &Trace<'_>, theirs: &Trace<'_>, by: Fixed) -> String {
    let totals = |trace: &Trace<'_>| trace.total.map_or_else(String::new, |total| total.to_string());
    let (title, other) = (&own.candidate.title, &theirs.candidate.title);
    let (here, there) = (totals(own), totals(theirs));
    match by.units() {
        0 => format!("{title} and {other} have the same total, {here}."),
        units => {
            let side = if units > 0 { "above" } else { "below" };
            let size = Fixed::new(units.abs(), by.decimals());
            format!("{title} stands {size} {side} {other}: {here} against {there}.")
        }
    }
}

fn unranked(own: &Trace<'_>, theirs: &Trace<'_>) -> TotalDifference {
    let without: Vec<String> = [own, theirs]
        .into_iter()
        .filter(|trace| trace.total.is_none())
        .map(|trace| trace.candidate.title.clone())
        .collect();
    let verb = if without.len() == 1 { "has" } else { "have" };
    let headline = format!("They can't be compared: {} {verb} no total.", listed(&without));
    TotalDifference { headline, parts: Vec::new(), without_difference: None, sum: String::new() }
}

/// Both answers side by side, with the weights where they differ.
fn answers(own: &Contribution<'_>, theirs: &Contribution<'_>) -> String {
    let told = match (&own.measure, &theirs.measure) {
        (Some(measure), Some(_)) => {
            format!("{} against {}", own.criterion.figure_with_interval(*measure), answer_in_words(theirs))
        }
        (None, None) => "neither has an answer".to_owned(),
        _ => format!("{} against {}", answer_in_words(own), answer_in_words(theirs)),
    };
    match own.weight == theirs.weight {
        true => told,
        false => {
            format!("{told}; its weight is {} here and {} there", own.weight.as_weight(), theirs.weight.as_weight())
        }
    }
}
