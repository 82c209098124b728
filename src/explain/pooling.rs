//! What is said of rates that are drawn towards that of all areas.

use crate::assessment::evidence::format::{PoolMethod, PooledWith};
use crate::rules::{Criterion, RuleSet};
use crate::scoring::PooledCount;
use crate::words::{listed, lower_title, number, upper_first};

/// That a question draws rates towards that of all, towards whose and by which method, in sentences.
pub fn pooling(criterion: &Criterion, rules: &RuleSet) -> String {
    let read = criterion.measure.reads.iter().filter_map(|name| rules.evidence.get(name));
    let pooled: Vec<_> = read.filter_map(|declared| Some((declared, declared.settings.pooled?))).collect();
    let evidence: Vec<String> = pooled.iter().map(|(declared, _)| lower_title(&declared.title)).collect();
    let same_title = pooled.iter().all(|(_, pooled)| pooled.with == PooledWith::SameTitle);
    let all = if same_title { "all areas that have the candidate" } else { "all candidates of the list" };
    let mut methods = pooled.iter().map(|(_, pooled)| match pooled.method {
        PoolMethod::GlobalMoments => {
            "empirical Bayes, gamma and Poisson, by global moments: Clayton and Kaldor 1987, Marshall 1991"
        }
    });
    format!(
        "For {} the rates of {} are drawn towards that of {all}, the more the fewer people there are and the less areas differ beyond \
         chance ({}). Adding or removing one can reorder the rest.",
        lower_title(&criterion.title),
        listed(&evidence),
        methods.next_back().unwrap_or_default(),
    )
}

/// What is made of a count by pooling it, and how much of that is borrowed, in sentences.
pub(super) fn pooled_in_words(found: &PooledCount) -> String {
    let (Some(own), Some(pooled), Some(pool), Some(among)) =
        (found.own, found.pooled, found.count.pool.as_ref(), found.count.among)
    else {
        let why = found
            .count
            .pool
            .as_ref()
            .map(|pool| pool.why_not(found.count.among, found.count.period))
            .unwrap_or_default();
        return format!("{}.", upper_first(&why));
    };
    let per = format!("per {} {} a year", number(PooledCount::PER, 0), among.unit);
    let together = pool.pool.map_or(0.0, |pool| pool.rate * PooledCount::PER);
    format!(
        "Its own rate is {} {per}, and that of {} together {}. Drawn towards that, it is {}: {}% is borrowed.",
        own.in_words(2),
        pool.in_words(),
        number(together, 2),
        pooled.rate.in_words(2),
        number(pooled.borrowed * 100.0, 0),
    )
}
