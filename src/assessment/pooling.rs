//! Counts of small areas that rules pool: what is known of all areas together, towards which the rate of each is drawn.
//!
//! Made of all candidates that there are, before any list is taken apart, so that the list of an area says the same alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::Column;
use super::denominator::Unit;
use super::evidence::format::PooledWith;
use super::evidence::{Count, Declared, Figure, FiledPool, Series};
use super::period::Period;
use crate::stats::Pool;
use crate::words::type_of;

/// Everything that is pooled, by the name of the evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pools(BTreeMap<String, PoolsOfEvidence>);

/// What is known of one kind of evidence, for all candidates that are pooled with each other.
#[derive(Debug, Clone, PartialEq)]
struct PoolsOfEvidence {
    with: PooledWith,
    of: BTreeMap<PoolKey, Arc<FiledPool>>,
}

/// The candidates that are pooled with each other, by their type or list, and of which counts: of one period, and set against
/// people or against households.
type PoolKey = (String, Period, Unit);

/// What decides whom a candidate is pooled with.
#[derive(Debug, Clone, Copy)]
pub struct PooledAs<'a> {
    /// Its title.
    pub title: &'a str,
    /// The code of the list that it is in.
    pub list: &'a str,
}

impl PooledAs<'_> {
    /// What those have in common that it is pooled with.
    fn key(self, with: PooledWith) -> String {
        match with {
            PooledWith::SameTitle => type_of(self.title),
            PooledWith::SameList => self.list.to_owned(),
        }
    }
}

impl Pools {
    /// Of the evidence that these declarations pool, for these candidates in the order of their numbers.
    pub fn new<'c>(
        evidence: &BTreeMap<String, Column>,
        declared: &BTreeMap<String, Declared>,
        candidates: &(impl Iterator<Item = PooledAs<'c>> + Clone),
    ) -> Self {
        let pooled = declared.iter().filter_map(|(name, declared)| {
            let with = declared.settings.pooled?.with;
            Some((name.clone(), PoolsOfEvidence::new(evidence.get(name), with, candidates.clone())))
        });
        Self(pooled.collect())
    }

    /// A figure as rules read it that pool it: each count knows what it is pooled with. None where it is not pooled.
    pub fn read(&self, name: &str, candidate: PooledAs<'_>, figure: &Figure) -> Option<Figure> {
        let pools = self.0.get(name)?;
        let key = candidate.key(pools.with);
        match figure {
            Figure::Count(count) => Some(Figure::Count(pools.read(&key, count))),
            Figure::Series(series) => {
                let counts = series.counts.iter().map(|count| pools.read(&key, count)).collect();
                Some(Figure::Series(Series { counts }))
            }
            _ => None,
        }
    }
}

impl PoolsOfEvidence {
    fn new<'c>(column: Option<&Column>, with: PooledWith, candidates: impl Iterator<Item = PooledAs<'c>>) -> Self {
        let mut counts: BTreeMap<PoolKey, Vec<(f64, f64)>> = BTreeMap::new();
        for (number, candidate) in candidates.enumerate() {
            let Some(evidence) = column.and_then(|column| column.get(number)) else { continue };
            let key = candidate.key(with);
            for count in counts_of(&evidence.figure) {
                if let (Some(exposure), Some(among)) = (count.people_years(), count.among) {
                    let of = (key.clone(), count.period, among.unit);
                    counts.entry(of).or_default().push((count.count, exposure));
                }
            }
        }
        let pool = |(key, counts): (PoolKey, Vec<(f64, f64)>)| {
            (key, Arc::new(FiledPool { with, counts: counts.len(), pool: Pool::new(&counts) }))
        };
        Self { with, of: counts.into_iter().map(pool).collect() }
    }

    fn read(&self, key: &str, count: &Count) -> Count {
        let unit = count.among.map_or(Unit::People, |among| among.unit);
        let own = self.of.get(&(key.to_owned(), count.period, unit)).map(Arc::clone);
        let none = || Arc::new(FiledPool { with: self.with, counts: 0, pool: None });
        Count { pool: Some(own.unwrap_or_else(none)), ..count.clone() }
    }
}

fn counts_of(figure: &Figure) -> &[Count] {
    match figure {
        Figure::Count(count) => std::slice::from_ref(count),
        Figure::Series(series) => &series.counts,
        _ => &[],
    }
}
