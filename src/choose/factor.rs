//! What differs from draw to draw, and could be found out or agreed on.

use super::case::{Case, reached};
use super::worth::WorthRule;
use crate::scoring::Ranking;

/// What differs from draw to draw. All by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// The weight of a criterion.
    Weight(usize),
    /// The value of the answer to a criterion about a candidate.
    Answer(usize, usize),
    /// How much of a candidate an action would reach: the action, and the place among what it reaches in this list.
    Share(usize, usize),
    /// What an action costs of a resource.
    Cost(usize, usize),
}

/// All that can differ from draw to draw and matter to the best set.
pub fn factors(ranking: &Ranking<'_>, case: &Case<'_>, rule: &WorthRule) -> Vec<Factor> {
    let criteria = 0..ranking.rules.criteria.len();
    let is_served = |candidate: &usize| {
        let mut options = case.instance.options.iter().flatten();
        options.any(|served| served.target == *candidate)
    };
    // Where candidates are compared, a total depends on the answers for the others.
    let all_matter = rule.reads_others() || ranking.rules.combine.takes_vetoes();
    let candidates = (0..case.candidates.len()).filter(|candidate| all_matter || is_served(candidate));
    let candidates: Vec<usize> = candidates.filter(|it| ranking.outcome().total(*it).is_some()).collect();
    let answers = criteria.clone().flat_map(|it| candidates.iter().map(move |of| Factor::Answer(it, *of)));
    let actions = || case.options.actions.iter().enumerate();
    let shares = actions().flat_map(|(action, about)| {
        let open = reached(about, case.candidates).enumerate().filter(|(_, (reach, _))| reach.between.is_some());
        open.map(move |(at, _)| Factor::Share(action, at))
    });
    let costs = actions().flat_map(|(action, about)| {
        let open = about.costs.iter().filter(|cost| cost.between.is_some());
        open.map(move |cost| Factor::Cost(action, cost.resource))
    });
    criteria.map(Factor::Weight).chain(answers).chain(shares).chain(costs).collect()
}
