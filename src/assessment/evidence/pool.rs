//! What a count is pooled with, where rules pool it.

use super::format::PooledWith;
use crate::assessment::denominator::Denominator;
use crate::assessment::period::Period;
use crate::stats::Pool;
use crate::words::counted;

/// The counts of all candidates that are pooled with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct FiledPool {
    /// With whom each is pooled.
    pub with: PooledWith,
    /// How many counts of this period are set against people, or households.
    pub counts: usize,
    /// What is known of them together; none where they are too few, or nothing was counted.
    pub pool: Option<Pool>,
}

impl FiledPool {
    /// Whom all are that are pooled with each other: `the 40 areas that have it`, `the 15 candidates of the list`.
    pub fn in_words(&self) -> String {
        match self.with {
            PooledWith::SameTitle => format!("the {} that have it", counted(self.counts, "area", "areas")),
            PooledWith::SameList => format!("the {} of the list", counted(self.counts, "candidate", "candidates")),
        }
    }

    /// Why the rate of a count of this period, set against so many, is not drawn towards that of all, as a clause.
    pub fn why_not(&self, among: Option<Denominator>, period: Period) -> String {
        let Some(among) = among.map(|among| among.unit) else {
            return "its rate can't be pooled: it is not known among how many people it was counted".to_owned();
        };
        if self.counts < Pool::LEAST_AREAS {
            return format!(
                "its rate can't be pooled: {} of {} set against {among}, and it takes {}",
                counted(self.counts, "count is", "counts are"),
                period,
                Pool::LEAST_AREAS
            );
        }
        format!("its rate can't be pooled: nothing was counted in {}", self.in_words())
    }
}
