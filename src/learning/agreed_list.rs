//! What was agreed, judged: statements, and the pairs of candidates that they order.

use std::collections::BTreeMap;

use crate::assessment::Period;

/// What a board agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedList {
    /// Where it stands, as a reader knows it.
    pub origin: String,
    /// The statements; their numbers begin with 1.
    pub statements: Vec<AgreedStatement>,
    /// `sha256:` and the digest of what is said, comments and layout left out.
    pub digest: String,
}

/// One statement of an agreed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedStatement {
    /// Who is said to stand above whom.
    pub preference: StatedPreference,
    /// Where it is minuted.
    pub source: Option<String>,
    /// When it was agreed.
    pub date: Option<Period>,
}

/// What a statement says of candidates, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedPreference {
    /// One stands above another.
    Above {
        /// The candidate that stands above.
        higher: usize,
        /// The candidate that stands below it.
        lower: usize,
    },
    /// Each stands above all that follow.
    Order(Vec<usize>),
    /// Each of those chosen stands above each of the others.
    Chosen {
        /// The candidates that were chosen.
        chosen: Vec<usize>,
        /// All candidates that were not.
        others: Vec<usize>,
    },
    /// One was given a place among those taken.
    Placed {
        /// The candidate that was given a place.
        candidate: usize,
        /// Those that stand above it.
        after: Vec<usize>,
        /// Those that stand below it.
        before: Vec<usize>,
    },
}

/// A pair of candidates of which one is said to stand above the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedPair {
    /// Who stands above, by number.
    pub above: usize,
    /// Who stands below.
    pub below: usize,
    /// The numbers of the statements that say so, from 1.
    pub statements: Vec<usize>,
}

impl StatedPreference {
    /// The pairs that it orders, as who stands above and who below.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        match self {
            Self::Above { higher: above, lower: below } => vec![(*above, *below)],
            Self::Order(order) => order
                .iter()
                .enumerate()
                .flat_map(|(at, above)| order.iter().skip(at + 1).map(|below| (*above, *below)))
                .collect(),
            Self::Chosen { chosen, others } => {
                chosen.iter().flat_map(|above| others.iter().map(|below| (*above, *below))).collect()
            }
            Self::Placed { candidate, after, before } => {
                let above = after.iter().map(|above| (*above, *candidate));
                above.chain(before.iter().map(|below| (*candidate, *below))).collect()
            }
        }
    }

    /// How many pairs it orders.
    pub fn pair_count(&self) -> usize {
        match self {
            Self::Above { .. } => 1,
            Self::Order(order) => order.len().saturating_mul(order.len().saturating_sub(1)) / 2,
            Self::Chosen { chosen, others } => chosen.len().saturating_mul(others.len()),
            Self::Placed { after, before, .. } => after.len() + before.len(),
        }
    }
}

impl AgreedList {
    /// The day of the last statement that says when it was agreed.
    pub fn date(&self) -> Option<Period> {
        self.statements.iter().filter_map(|statement| statement.date).max_by_key(|date| date.iso_day())
    }

    /// The pairs that the statements order, each once, by the candidates' numbers: the order of the statements makes no
    /// difference.
    pub fn pairs(&self) -> Vec<OrderedPair> {
        let mut found: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, statement) in self.statements.iter().enumerate() {
            for pair in statement.preference.pairs() {
                found.entry(pair).or_default().push(at + 1);
            }
        }
        found.into_iter().map(|((above, below), statements)| OrderedPair { above, below, statements }).collect()
    }
}
