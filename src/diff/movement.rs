//! What moved between two lists: ranks, totals, tiers and gates, and no word on why.
//!
//! A [`RankedList`] owns what it says, so that an earlier one can be kept while assessment and rules are read anew.

use std::collections::BTreeMap;

use crate::explain;
use crate::scoring::{Fixed, Ranking, Standing};

/// The ids that candidates had on the old side, by those that they have on the new one, where the two differ.
pub type Renames = BTreeMap<String, String>;

/// The ids that candidates of the new side had on the old one, where it is not just their own.
pub(super) type CarriedOn = BTreeMap<String, Vec<String>>;

/// Where everybody stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedList {
    /// The top tier, as a reader knows it.
    pub top: String,
    /// The candidates in the order of the list; those that could not be ranked come last.
    pub stands: Vec<ListedCandidate>,
}

/// Where one candidate stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCandidate {
    /// The candidate's id.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// Competition rank, from 1; none where it could not be ranked.
    pub rank: Option<usize>,
    /// The total on the rule set's scale; none where it could not be ranked.
    pub total: Option<Fixed>,
    /// The tier's id, or the word in files for a standing outside the tiers.
    pub standing: String,
    /// The tier, or why in none, as a reader knows it.
    pub tier: String,
    /// Whether it is in the top tier.
    pub is_top: bool,
    /// The gates that fired: their titles, by id.
    pub gates: BTreeMap<String, String>,
}

/// Who moved from one list to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The top tier, as a reader of the new list knows it.
    pub top: String,
    /// Those that are in the top tier now and were not, newcomers too, as they stand now.
    pub entered: Vec<ListedCandidate>,
    /// Those that were in the top tier and are not now, those that are gone too, as they stood.
    pub left: Vec<ListedCandidate>,
    /// Who was first, and who is; several where they are equal.
    pub first: (Vec<ListedCandidate>, Vec<ListedCandidate>),
    /// Those of both lists whose rank, total, tier or gates are others, in the order of the new list.
    pub movers: Vec<MovedCandidate>,
    /// How many of both lists are where they were, with the total that they had.
    pub stayed: usize,
    /// Those of the new list alone.
    pub added: Vec<ListedCandidate>,
    /// Those of the old list alone.
    pub gone: Vec<ListedCandidate>,
}

/// A candidate that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedCandidate {
    /// Where it stood.
    pub old: ListedCandidate,
    /// Where it stands.
    pub new: ListedCandidate,
}

impl RankedList {
    /// What `ranking` says.
    pub fn from_ranking(ranking: &Ranking<'_>) -> Self {
        let top = ranking.rules.tiers.first().map_or_else(String::new, |tier| tier.title.clone());
        let stands = ranking.order().iter().filter_map(|candidate| ListedCandidate::from_ranking(ranking, *candidate));
        Self { top, stands: stands.collect() }
    }

    pub(super) fn by_id(&self) -> BTreeMap<&str, &ListedCandidate> {
        self.stands.iter().map(|stand| (&*stand.id, stand)).collect()
    }

    fn first(&self) -> Vec<ListedCandidate> {
        self.stands.iter().filter(|stand| stand.rank == Some(1)).cloned().collect()
    }
}

impl ListedCandidate {
    fn from_ranking(ranking: &Ranking<'_>, candidate: usize) -> Option<Self> {
        let (rules, outcome) = (ranking.rules, ranking.outcome());
        let about = ranking.assessment.candidates.get(candidate)?;
        let standing = outcome.standing(candidate);
        let gates = ranking.fired(candidate).filter_map(|fired| rules.gates.get(fired.gate));
        Some(Self {
            id: about.id.clone(),
            title: match ranking.lists().is_one() {
                true => about.title.clone(),
                false => ranking.assessment.title_in_area(about),
            },
            rank: outcome.rank(candidate),
            total: outcome.total(candidate).map(|units| Fixed::new(units, rules.decimals)),
            standing: standing.word(rules).to_owned(),
            tier: explain::standing_in_words(standing, rules),
            is_top: standing == Standing::Tier(0),
            gates: gates.map(|gate| (gate.id.clone(), gate.title.clone())).collect(),
        })
    }
}

impl MovedCandidate {
    /// How much higher the total is than it was; none where one of the two is none.
    pub fn total_change(&self) -> Option<Fixed> {
        Some(self.new.total?.minus(self.old.total?))
    }

    fn has_moved(&self) -> bool {
        let same_total = match (self.old.total, self.new.total) {
            (Some(old), Some(new)) => new.minus(old).units() == 0,
            (old, new) => old == new,
        };
        let of = |stand: &ListedCandidate| {
            (stand.rank, stand.standing.clone(), stand.gates.keys().cloned().collect::<Vec<_>>())
        };
        !same_total || of(&self.old) != of(&self.new)
    }
}

/// What moved from `old` to `new`. Candidates are known by their ids.
pub fn movement(old: &RankedList, new: &RankedList) -> Movement {
    movement_of(old, new, &CarriedOn::new())
}

/// The same where some had other ids, were several, or part of another: each is set against everything that it was.
pub(super) fn movement_of(old: &RankedList, new: &RankedList, carried: &CarriedOn) -> Movement {
    let before = old.by_id();
    let were = |now: &ListedCandidate| -> Vec<&ListedCandidate> {
        let ids = carried.get(&now.id).map_or(std::slice::from_ref(&now.id), Vec::as_slice);
        ids.iter().filter_map(|id| before.get(&**id).copied()).collect()
    };
    let pairs: Vec<(&ListedCandidate, &ListedCandidate)> =
        new.stands.iter().flat_map(|now| were(now).into_iter().map(move |was| (was, now))).collect();
    let mut heirs: BTreeMap<&str, Vec<&ListedCandidate>> = BTreeMap::new();
    let mut known: BTreeMap<&str, Vec<&ListedCandidate>> = BTreeMap::new();
    for (was, now) in pairs.iter().copied() {
        heirs.entry(&was.id).or_default().push(now);
        known.entry(&now.id).or_default().push(was);
    }
    let count = |of: &BTreeMap<&str, Vec<&ListedCandidate>>, id: &str| of.get(id).map_or(0, Vec::len);
    let is_one = |was: &ListedCandidate, now: &ListedCandidate| count(&heirs, &was.id) + count(&known, &now.id) == 2;
    let any_top = |of: &BTreeMap<&str, Vec<&ListedCandidate>>, id: &str| {
        of.get(id).into_iter().flatten().any(|stand| stand.is_top)
    };
    let (movers, stayed): (Vec<MovedCandidate>, Vec<MovedCandidate>) = pairs
        .iter()
        .map(|(was, now)| MovedCandidate { old: (*was).clone(), new: (*now).clone() })
        .partition(|pair| pair.has_moved() || !is_one(&pair.old, &pair.new));
    let kept = |stands: &[ListedCandidate], keep: &dyn Fn(&ListedCandidate) -> bool| -> Vec<ListedCandidate> {
        stands.iter().filter(|stand| keep(stand)).cloned().collect()
    };
    Movement {
        top: new.top.clone(),
        entered: kept(&new.stands, &|now| now.is_top && !any_top(&known, &now.id)),
        left: kept(&old.stands, &|was| was.is_top && !any_top(&heirs, &was.id)),
        first: (old.first(), new.first()),
        movers,
        stayed: stayed.len(),
        added: kept(&new.stands, &|now| !known.contains_key(&*now.id)),
        gone: kept(&old.stands, &|was| !heirs.contains_key(&*was.id)),
    }
}

impl Movement {
    /// Whether anything moved, came or went.
    pub fn any(&self) -> bool {
        !(self.movers.is_empty() && self.added.is_empty() && self.gone.is_empty())
    }

    /// Whether others are first than were.
    pub fn first_changed(&self) -> bool {
        let ids = |stands: &[ListedCandidate]| stands.iter().map(|stand| stand.id.clone()).collect::<Vec<_>>();
        ids(&self.first.0) != ids(&self.first.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(stands: &[(&str, usize, i64, bool)]) -> RankedList {
        let stand = |(id, rank, total, is_top): &(&str, usize, i64, bool)| ListedCandidate {
            id: (*id).to_owned(),
            title: id.to_uppercase(),
            rank: Some(*rank),
            total: Some(Fixed::new(*total, 2)),
            standing: if *is_top { "top" } else { "rest" }.to_owned(),
            tier: if *is_top { "Top" } else { "Rest" }.to_owned(),
            is_top: *is_top,
            gates: BTreeMap::new(),
        };
        RankedList { top: "Top".into(), stands: stands.iter().map(stand).collect() }
    }

    fn ids(stands: &[ListedCandidate]) -> Vec<&str> {
        stands.iter().map(|stand| &*stand.id).collect()
    }

    #[test]
    fn who_moved_came_and_went() {
        let old = list(&[("a", 1, 900, true), ("b", 2, 800, true), ("c", 3, 700, false), ("d", 4, 600, false)]);
        let new = list(&[("c", 1, 950, true), ("a", 2, 900, true), ("e", 3, 650, false), ("d", 4, 600, false)]);
        let found = movement(&old, &new);
        assert_eq!((ids(&found.entered), ids(&found.left)), (vec!["c"], vec!["b"]));
        assert_eq!((ids(&found.added), ids(&found.gone), found.stayed), (vec!["e"], vec!["b"], 1));
        let movers: Vec<_> = found.movers.iter().map(|it| (&*it.new.id, it.total_change().unwrap().units())).collect();
        assert_eq!(movers, [("c", 250), ("a", 0)]);
        assert!(found.first_changed() && found.any());
        assert!(!movement(&old, &old).any());
    }

    #[test]
    fn totals_with_other_decimals_are_the_same_number() {
        let (old, mut new) = (list(&[("a", 1, 900, true)]), list(&[("a", 1, 900, true)]));
        new.stands[0].total = Some(Fixed::new(90, 1));
        assert_eq!(movement(&old, &new).stayed, 1);
    }
}
