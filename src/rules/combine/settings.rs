//! What totals are made with, beside the points.

use crate::exact::Ends;
use crate::rules::script::Library;

/// The highest total that can be written: a thousand million times any scale in use.
const MAX_TOTAL: i64 = 1_000_000_000_000_000;

/// Whether a total, in units of its last decimal, can be written.
#[inline]
pub(super) fn is_writable(total: i64) -> bool {
    (-MAX_TOTAL..=MAX_TOTAL).contains(&total)
}

/// How high totals go and how they are rounded.
#[derive(Debug, Clone, Copy)]
pub struct Precision {
    /// The highest total, 1 to 10,000.
    pub scale: u32,
    /// The decimals of points and totals, 0 to 4.
    pub decimals: u32,
}

impl Precision {
    /// The decimals of values and weights: two more than points have, so that their product is exact.
    pub fn fine_decimals(self) -> u32 {
        self.decimals + 2
    }
}

/// What totals are made with, beside the points.
#[derive(Debug, Clone)]
pub struct TotalSettings<'a> {
    /// The scale and decimals.
    pub precision: Precision,
    /// The ids of the groups.
    pub groups: Vec<&'a str>,
    /// The group of each criterion, by number.
    pub group_of: Vec<Option<usize>>,
    /// The functions that an expression can call.
    pub library: &'a Library,
}

impl TotalSettings<'_> {
    /// Each group's score: the sum of its points.
    pub(super) fn scores(&self, row: &[i64]) -> Vec<i64> {
        let mut scores = vec![0_i64; self.groups.len()];
        for (group, points) in self.group_of.iter().zip(row) {
            if let Some(score) = group.and_then(|group| scores.get_mut(group)) {
                *score = score.saturating_add(*points);
            }
        }
        scores
    }

    /// The ends of each group's score, out of those of the points.
    pub(super) fn score_ends(&self, row: &[Ends]) -> Vec<Ends> {
        let end = |of: fn(&Ends) -> i64| self.scores(&row.iter().map(of).collect::<Vec<_>>());
        let reached = |group: usize| {
            let of_group = self.group_of.iter().zip(row).filter(|(of, _)| **of == Some(group));
            of_group.map(|(_, ends)| ends).all(|ends| ends.are_reached)
        };
        let ends = end(|ends| ends.least).into_iter().zip(end(|ends| ends.most)).enumerate();
        ends.map(|(group, (least, most))| Ends { least, most, are_reached: reached(group) }).collect()
    }
}
