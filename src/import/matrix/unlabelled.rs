//! A line of weights whose label does not say so: seen from the totals that come out with it.

use super::CombineScores;
use super::combine::{Arithmetic, PrintedTotal, TotalForm};
use super::grid::{Grid, GridLine};
use super::layout::{Layout, Role};
use super::scores::{ScoreCell, ScoreWords, score};
use super::weights::weight;

/// How many lines are tried at either end of the table, and on how many totals.
const MOST_TRIED: usize = 100;
const MOST_TOTALS: usize = 200;

/// Weights that were found by the totals they make.
pub(super) struct UnlabelledWeights {
    /// Their line's place in the grid.
    pub(super) at: usize,
    /// How many totals come out with them, and without, of how many.
    pub(super) agreed: usize,
    pub(super) without: usize,
    pub(super) of: usize,
}

/// The line that makes more than half of the totals of others come out, and more than do without weights.
pub(super) fn weights(grid: &Grid, layout: &Layout, known: &ScoreWords) -> Option<UnlabelledWeights> {
    let criteria = [layout.with_role(Role::Criterion), layout.with_role(Role::Doubtful)].concat();
    let body: Vec<(usize, &GridLine)> = grid
        .lines
        .iter()
        .enumerate()
        .skip(layout.header + 1)
        .filter(|(at, line)| !layout.is_named(*at) && criteria.iter().any(|cross| line.get(*cross).is_some()))
        .collect();
    let last = body.len().saturating_sub(MOST_TRIED);
    let tried = || body.iter().enumerate().filter(|(at, _)| *at < MOST_TRIED || *at >= last).map(|(_, it)| it);
    let ranks = layout.with_role(Role::Rank);
    let mut best: Option<UnlabelledWeights> = None;
    for total in layout.with_role(Role::Total).into_iter().chain(layout.with_role(Role::Doubtful)) {
        let criteria: Vec<u32> = criteria.iter().copied().filter(|cross| *cross != total).collect();
        let lines: Vec<TotalledLine> =
            body.iter().filter_map(|(at, line)| TotalledLine::read(*at, line, &criteria, total, known)).collect();
        for (at, line) in tried() {
            let Some(tried) =
                criteria.iter().map(|cross| line.get(*cross).and_then(weight)).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            // A candidate's own total is made as the others' are; that of weights is their sum, if there is one.
            let own = line.get(total).and_then(weight);
            let sum: f64 = tried.iter().sum();
            if own.is_some_and(|own| (own - sum).abs() > 0.005) || ranks.iter().any(|cross| line.get(*cross).is_some())
            {
                continue;
            }
            let found = agreed(*at, &tried, &lines);
            if let Some(found) = found.filter(|it| best.as_ref().is_none_or(|best| it.agreed > best.agreed)) {
                best = Some(found);
            }
        }
    }
    best
}

/// A line with all scores and a total.
struct TotalledLine {
    at: usize,
    scores: Vec<Option<f64>>,
    total: f64,
}

impl TotalledLine {
    fn read(at: usize, line: &GridLine, criteria: &[u32], total: u32, known: &ScoreWords) -> Option<Self> {
        let number = |cross: u32| match score(line.get(cross), known) {
            ScoreCell::Number(number) => Some(number),
            _ => None,
        };
        let scores: Vec<Option<f64>> = criteria.iter().map(|cross| number(*cross)).collect();
        (scores.len() > 1 && scores.iter().all(Option::is_some)).then_some(())?;
        Some(Self { at, scores, total: number(total)? })
    }
}

/// What the line at `at` does as weights.
fn agreed(at: usize, weights: &[f64], lines: &[TotalledLine]) -> Option<UnlabelledWeights> {
    let sound =
        weights.iter().all(|weight| *weight >= 0.0) && weights.windows(2).any(|two| matches!(two, [a, b] if a != b));
    if !sound {
        return None;
    }
    let others: Vec<&TotalledLine> = lines.iter().filter(|line| line.at != at).take(MOST_TOTALS).collect();
    let printed: Vec<PrintedTotal> = others.iter().enumerate().map(|(row, line)| (row, line.total)).collect();
    let arithmetic = Arithmetic {
        readings: vec![(None, weights.to_vec())],
        sections: vec![None; weights.len()],
        highest: vec![1.0; weights.len()],
        rows: others.iter().map(|line| line.scores.clone()).collect(),
    };
    let count = |only: &dyn Fn(&TotalForm) -> bool| arithmetic.fit(&printed, only).map_or(0, |fit| fit.agreed);
    let with = count(&|form| form.combine == CombineScores::Sum && !form.unweighted);
    let without = count(&|form| form.combine != CombineScores::Sum || form.unweighted);
    let found = UnlabelledWeights { at, agreed: with, without, of: printed.len() };
    (with > 1 && with * 2 > printed.len() && with > without).then_some(found)
}
