//! The line of a tier, where it falls between totals that the rules do not tell apart.

use std::collections::BTreeMap;

use super::{Ranking, Standing};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::exact::Fixed;
use crate::rules::Tier;
use crate::words::first_listed;

/// How many candidates are named on each side.
const MOST_NAMED: usize = 6;

/// A warning for each tier whose line falls between totals that are nearer to each other than the rules tell apart, where
/// they say how near that is. Those on whom a gate decides, and those passed over, are on no side of a line.
pub fn line_warnings(ranking: &Ranking<'_>) -> Problems {
    let mut problems = Problems::default();
    let Some(margin) = ranking.rules.told_apart_by else { return problems };
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
    for (number, tier) in ranking.rules.tiers.iter().enumerate() {
        for listed in lists.values() {
            if let Some(message) = close_at(ranking, listed, (number, tier), margin) {
                let help = "say with the list that these share a band, and why the line is drawn here";
                let problem = Problem::new(Code::CloseAtTheLine, message).at(ranking.rules.place.clone());
                problems.push(problem.help(help));
            }
        }
    }
    problems
}

/// A candidate in a tier by its points.
struct Listed {
    tier: usize,
    total: i64,
    candidate: usize,
}

/// That the line below a tier falls between totals of a list that are nearer than `margin`; none where it does not.
fn close_at(ranking: &Ranking<'_>, listed: &[Listed], (number, tier): (usize, &Tier), margin: Fixed) -> Option<String> {
    let (above, below): (Vec<&Listed>, Vec<&Listed>) = listed.iter().partition(|it| it.tier <= number);
    let (last, first) = (above.last()?.total, below.first()?.total);
    let near = |of: i64, end: i64| (of - end).abs() < margin.units();
    let with = |side: &[&Listed], end: i64| named(ranking, side.iter().filter(|it| near(it.total, end)));
    near(last, first).then(|| {
        format!(
            "the line of \"{}\" falls between totals that are less than {} apart, which the rules do not tell apart: {} \
             above it, {} below",
            tier.title,
            margin.trimmed(),
            with(&above, first),
            with(&below, last),
        )
    })
}

/// Candidates with their totals, the first few of many.
fn named<'l>(ranking: &Ranking<'_>, of: impl Iterator<Item = &'l &'l Listed>) -> String {
    let of: Vec<&Listed> = of.copied().collect();
    let one = |listed: &&Listed| {
        let id = ranking.assessment.candidates.get(listed.candidate).map_or("", |candidate| &candidate.id);
        format!("{} with {}", quoted_list(&[id]), Fixed::new(listed.total, ranking.rules.decimals))
    };
    first_listed(&of.iter().map(one).collect::<Vec<_>>(), MOST_NAMED)
}
