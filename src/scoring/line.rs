//! The line of a tier, where it falls between totals that the rules do not tell apart: those on both sides that are as near
//! share a band. Of those far from the line on either side, no more is said: their own totals can be farther apart.

use std::collections::BTreeMap;

use super::{Ranking, Standing};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::exact::Fixed;
use crate::words::first_listed;

/// How many candidates are named on each side.
const MOST_NAMED: usize = 6;

/// Those at a line whose totals are nearer to the other side's than the rules tell apart.
#[derive(Debug)]
pub(super) struct LineBand {
    /// The tier above the line, by number.
    pub(super) tier: usize,
    /// Those above it, by number and in the order of the list; at least one.
    above: Vec<usize>,
    /// Those below it; at least one.
    below: Vec<usize>,
}

impl LineBand {
    /// Everybody in it.
    pub(super) fn members(&self) -> impl Iterator<Item = usize> {
        self.above.iter().chain(&self.below).copied()
    }
}

/// The bands at the lines of tiers, list by list: none where the rules do not say how far apart totals must be. Those on whom
/// a gate decides, and those passed over, are on no side of a line.
pub(super) fn line_bands(ranking: &Ranking<'_>) -> Vec<LineBand> {
    let Some(margin) = ranking.rules.told_apart_by else { return Vec::new() };
    let mut lists: BTreeMap<usize, Vec<Listed>> = BTreeMap::new();
    let total = |candidate: usize| ranking.outcome().total(candidate);
    let open = |candidate: &usize| {
        ranking.decided_by_gate(*candidate).is_none() && ranking.outcome().passed_over(*candidate).is_none()
    };
    for candidate in ranking.order().iter().copied().filter(open) {
        if let (Standing::Tier(tier), Some(total)) = (ranking.outcome().standing(candidate), total(candidate)) {
            lists.entry(ranking.lists().of(candidate)).or_default().push(Listed { tier, total, candidate });
        }
    }
    let tiers = 0..ranking.rules.tiers.len();
    tiers.flat_map(|tier| lists.values().filter_map(move |listed| band(listed, tier, margin))).collect()
}

/// A candidate in a tier by its points.
struct Listed {
    tier: usize,
    total: i64,
    candidate: usize,
}

/// The band at the line below a tier; none where totals there are `margin` apart or more.
fn band(listed: &[Listed], tier: usize, margin: Fixed) -> Option<LineBand> {
    let (above, below): (Vec<&Listed>, Vec<&Listed>) = listed.iter().partition(|it| it.tier <= tier);
    let (last, first) = (above.last()?.total, below.first()?.total);
    let near = |of: i64, end: i64| (of - end).abs() < margin.units();
    let side = |side: Vec<&Listed>, end: i64| {
        side.into_iter().filter(|it| near(it.total, end)).map(|it| it.candidate).collect::<Vec<_>>()
    };
    near(last, first).then(|| LineBand { tier, above: side(above, first), below: side(below, last) })
}

/// A warning for each band at a line.
pub fn line_warnings(ranking: &Ranking<'_>) -> Problems {
    let Some(margin) = ranking.rules.told_apart_by else { return Problems::default() };
    let warning = |band: &LineBand| {
        let message = format!(
            "{}the line of \"{}\" falls between totals that are less than {} apart, which the rules do not tell apart; so near \
             to the other side: {} above it, {} below",
            of_list(ranking, band),
            ranking.rules.tiers.get(band.tier).map_or("", |tier| &tier.title),
            margin.trimmed(),
            named(ranking, &band.above),
            named(ranking, &band.below),
        );
        let help = "say with the list that these share a band, and why the line is drawn here";
        Problem::new(Code::CloseAtTheLine, message).at(ranking.rules.place.clone()).help(help)
    };
    line_bands(ranking).iter().map(warning).collect::<Vec<_>>().into()
}

/// Which list a band is in, where there are several: `in Abbey (A1), `.
fn of_list(ranking: &Ranking<'_>, band: &LineBand) -> String {
    let about = band.above.first().and_then(|candidate| ranking.assessment.candidates.get(*candidate));
    let Some(about) = about.filter(|_| !ranking.lists().is_one()) else { return String::new() };
    let code = ranking.rules.list_of(about);
    let title = ranking.rules.list_title(ranking.assessment, code);
    if title == code { format!("in {code}, ") } else { format!("in {title} ({code}), ") }
}

/// Candidates with their totals, the first few of many.
fn named(ranking: &Ranking<'_>, of: &[usize]) -> String {
    let one = |candidate: &usize| {
        let id = ranking.assessment.candidates.get(*candidate).map_or("", |candidate| &candidate.id);
        let total = ranking.outcome().total(*candidate).unwrap_or(0);
        format!("{} with {}", quoted_list(&[id]), Fixed::new(total, ranking.rules.decimals))
    };
    first_listed(&of.iter().map(one).collect::<Vec<_>>(), MOST_NAMED)
}
