//! Lines of weights, found by their labels: those of the criteria, and those of sections.

use super::grid::{Grid, GridLine};
use super::words;
use crate::diagnostic::Problem;
use crate::sheet::{CellFigure, CellValue, figure};

/// Lines with a label of weights and figures behind it.
pub(super) fn weight_lines(grid: &Grid) -> Vec<usize> {
    let has_weights = |line: &GridLine| {
        let label = line.cells.iter().find(|(_, value)| words::is_weights(&value.text())).map(|(cross, _)| *cross)?;
        let behind = || line.cells.range(label + 1..).map(|(_, value)| value);
        let figures = behind().filter(|value| weight(value).is_some()).count();
        let before = line.cells.range(..label).all(|(_, value)| is_text(value));
        (before && figures > 0 && figures * 2 >= behind().count()).then_some(())
    };
    let lines = grid.lines.iter().enumerate();
    lines.filter(|(_, line)| has_weights(line).is_some()).map(|(at, _)| at).collect()
}

/// A weight: a number, `25%`, `x3`.
pub(super) fn weight(value: &CellValue) -> Option<f64> {
    if let Ok(CellFigure::Number(weight)) = figure(Some(value)) {
        return Some(weight);
    }
    let text = value.text();
    let digits = text.trim().trim_matches(['x', 'X', '×']).trim();
    digits.parse().ok().filter(|weight: &f64| weight.is_finite())
}

/// The crosses of a line of weights that have one.
pub(super) fn weighted_crosses(line: &GridLine) -> Vec<u32> {
    line.cells.iter().filter(|(_, value)| weight(value).is_some()).map(|(cross, _)| *cross).collect()
}

/// The line of the criteria's weights, that of the sections', and those that say the same.
pub(super) struct WeightLines {
    pub(super) main: Option<usize>,
    pub(super) sections: Option<usize>,
    pub(super) same: Vec<usize>,
}

impl WeightLines {
    pub(super) fn sort(grid: &Grid, all: &[usize]) -> Result<Self, Problem> {
        let line = |at: usize| grid.lines.get(at);
        let count = |at: &usize| line(*at).map_or(0, |line| weighted_crosses(line).len());
        let label = |at: usize| {
            let cells =
                line(at).map(|line| line.cells.values().map(CellValue::text).find(|text| words::is_weights(text)));
            cells.flatten().unwrap_or_default()
        };
        let mut of_sections: Vec<usize> = all.iter().copied().filter(|at| words::is_of_sections(&label(*at))).collect();
        if of_sections.len() == all.len() {
            of_sections.clear();
        }
        let mut rest: Vec<usize> = all.iter().copied().filter(|at| !of_sections.contains(at)).collect();
        let most = rest.iter().map(count).max().unwrap_or(0);
        // Weights of sections stand where each begins, so there are fewer.
        let fewer: Vec<usize> = rest.iter().copied().filter(|at| count(at) < most).collect();
        if of_sections.is_empty() && fewer.len() == 1 {
            rest.retain(|at| !fewer.contains(at));
            of_sections = fewer;
        }
        let (Some(main), true) = (rest.first().copied(), of_sections.len() <= 1) else {
            return match all.get(1).and_then(|at| line(*at)) {
                Some(second) => Err(too_many(grid, second)),
                None => Ok(Self { main: None, sections: None, same: Vec::new() }),
            };
        };
        let (same, other): (Vec<usize>, Vec<usize>) =
            rest.iter().skip(1).partition(|at| line(main).zip(line(**at)).is_some_and(|(a, b)| proportional(a, b)));
        match other.first().and_then(|at| line(*at)) {
            Some(second) => Err(too_many(grid, second)),
            None => Ok(Self { main: Some(main), sections: of_sections.first().copied(), same }),
        }
    }
}

/// Whether two lines have the same weights, such as 3, 2, 1 and 50%, 33.3%, 16.7%.
fn proportional(one: &GridLine, other: &GridLine) -> bool {
    let weights = |line: &GridLine| -> Vec<(u32, f64)> {
        line.cells.iter().filter_map(|(cross, value)| Some((*cross, weight(value)?))).collect()
    };
    let (one, other) = (weights(one), weights(other));
    let sum = |weights: &[(u32, f64)]| weights.iter().map(|(_, weight)| weight).sum::<f64>();
    let (all, others) = (sum(&one), sum(&other));
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .all(|((at, weight), (place, second))| at == place && (weight / all - second / others).abs() < 0.0006)
}

fn too_many(grid: &Grid, line: &GridLine) -> Problem {
    let cross = line.cells.keys().next().copied().unwrap_or(0);
    let message = "there are other weights before these, for the same columns or sections";
    grid.problem(
        line,
        cross,
        message,
        &format!("leave out those that are not meant: `--leave-out \"{}\"`", grid.name_of_line(line.number)),
    )
}

/// Whether a cell holds text that is no figure.
pub(super) fn is_text(value: &CellValue) -> bool {
    matches!(value, CellValue::Text(_)) && figure(Some(value)).is_err()
}
