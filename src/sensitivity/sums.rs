//! Totals that are plain sums of weights times values: those of a whole block of draws at once.
//!
//! They are not rounded, neither points nor totals: a draw asks which weights would put whom where, and the printed
//! decimals are those of one set of weights.

use super::place_tally::{DrawBlock, LANES, Lanes};
use super::rank_tally::LEVELS;

/// How many candidates' totals are made while they are at hand.
const CHUNK: usize = 2048;
/// Added to a number below it and above zero, it leaves the number rounded to a whole one in the lowest bits.
const ROUNDER: f32 = 8_388_608.0;

/// The values of all candidates.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums {
    /// A column of values for each criterion; zero where it takes no part.
    columns: Vec<Vec<f32>>,
    candidates: usize,
    /// Which criteria take part: one entry for each way that occurs, the first with all of them.
    parts: Vec<Vec<bool>>,
    /// The way of each candidate; empty where all take part for all.
    part_of: Vec<usize>,
    /// Steps of a total, for [`Self::levels`].
    steps: f32,
}

impl Sums {
    /// Of rows of values, one for each candidate. A criterion without a value takes no part: its weight goes to the
    /// others in proportion.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "24 bits are enough to compare")]
    pub fn new(rows: &[Vec<Option<f64>>], criteria: usize) -> Self {
        let value = |row: &Vec<Option<f64>>, criterion: usize| row.get(criterion).copied().flatten();
        let column = |criterion| rows.iter().map(|row| value(row, criterion).unwrap_or(0.0) as f32).collect();
        let mut parts = vec![vec![true; criteria]];
        let mut part_of = Vec::new();
        for row in rows {
            let part: Vec<bool> = (0..criteria).map(|criterion| value(row, criterion).is_some()).collect();
            part_of.push(parts.iter().position(|known| *known == part).unwrap_or(parts.len()));
            if part_of.last() == Some(&parts.len()) {
                parts.push(part);
            }
        }
        if parts.len() == 1 {
            part_of.clear();
        }
        let highest = rows.iter().flatten().flatten().copied().fold(1.0, f64::max);
        let steps = (LEVELS - 1) as f32 / highest as f32 * (1.0 - 1e-6);
        Self { columns: (0..criteria).map(column).collect(), candidates: rows.len(), parts, part_of, steps }
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// Fills a block's totals by its weights.
    #[expect(clippy::cast_possible_truncation, reason = "24 bits are enough to compare")]
    pub fn fill(&self, block: &mut DrawBlock) {
        let weights: Vec<Lanes> = block.weights.iter().map(|weights| weights.map(|weight| weight as f32)).collect();
        let over: Vec<Lanes> = self.parts.iter().map(|part| over(part, &weights)).collect();
        for (candidate, totals) in block.totals.iter_mut().enumerate() {
            let mut sums = [0.0; LANES];
            for (column, weights) in self.columns.iter().zip(&weights) {
                let value = column.get(candidate).copied().unwrap_or(0.0);
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
            if let Some(over) = self.part_of.get(candidate).and_then(|part| over.get(*part)) {
                sums.iter_mut().zip(over).for_each(|(sum, over)| *sum *= over);
            }
            *totals = sums;
        }
    }

    /// Every candidate's total by these weights, parts of one, as a level from 0 to [`LEVELS`].
    #[expect(clippy::cast_possible_truncation, reason = "24 bits are enough to compare; a level has sixteen")]
    pub fn levels(&self, weights: &[f64], levels: &mut Vec<u16>) {
        let over: Vec<f32> = self.parts.iter().map(|part| over_one(part, weights)).collect();
        let mut room = vec![0.0_f32; CHUNK];
        levels.clear();
        for start in (0..self.candidates).step_by(CHUNK) {
            let end = (start + CHUNK).min(self.candidates);
            let sums = room.get_mut(..end - start).unwrap_or_default();
            sums.fill(0.0);
            for (column, weight) in self.columns.iter().zip(weights) {
                let weight = *weight as f32 * self.steps;
                let column = column.get(start..end).unwrap_or_default();
                sums.iter_mut().zip(column).for_each(|(sum, value)| *sum += value * weight);
            }
            for (sum, part) in sums.iter_mut().zip(self.part_of.get(start..end).unwrap_or_default()) {
                *sum *= over.get(*part).copied().unwrap_or(0.0);
            }
            // Several times faster than a conversion that minds numbers out of range.
            levels.extend(sums.iter().map(|sum| (sum + ROUNDER).to_bits() as u16));
        }
    }
}

/// One over the weights that take part; zero where none does.
fn over(part: &[bool], weights: &[Lanes]) -> Lanes {
    let mut sums = [0.0; LANES];
    for (_, weights) in part.iter().zip(weights).filter(|(takes, _)| **takes) {
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
    }
    sums.map(|sum: f32| if sum > 0.0 { 1.0 / sum } else { 0.0 })
}

#[expect(clippy::cast_possible_truncation, reason = "24 bits are enough to compare")]
fn over_one(part: &[bool], weights: &[f64]) -> f32 {
    let sum: f64 = part.iter().zip(weights).filter(|(takes, _)| **takes).map(|(_, weight)| *weight).sum();
    if sum > 0.0 { (1.0 / sum) as f32 } else { 0.0 }
}
