//! Scores that stand beside the total, each in an order of its own.

use crate::assessment::Assessment;
use crate::rules::RuleSet;
use crate::scoring::{Fixed, PlaceBeside, Trace};

/// A list by a score that no total is made of.
#[derive(Debug)]
pub struct ListBeside<'r> {
    /// The title of the group whose score it is.
    pub title: &'r str,
    /// The title of the area or kind whose list it is; none where there is one list.
    pub list: Option<&'r str>,
    /// Who has the score, the highest first.
    pub rows: Vec<RowBeside<'r>>,
}

/// A candidate in such a list.
#[derive(Debug)]
pub struct RowBeside<'r> {
    /// Its place by the score, from 1.
    pub rank: usize,
    /// Its title.
    pub title: &'r str,
    /// The score.
    pub score: Fixed,
}

/// A list for each score beside the total and each area or kind that has one; nothing where no score stands beside.
pub fn lists_beside<'r>(traces: &'r [Trace<'_>], rules: &'r RuleSet, of: &'r Assessment) -> Vec<ListBeside<'r>> {
    let mut lists = Vec::new();
    for (number, group) in rules.groups.iter().enumerate() {
        let placed = |trace: &'r Trace<'_>| {
            let section = trace.sections.get(number)?;
            let (place, score) = section.beside.zip(section.score)?;
            Some((rules.list_of(trace.candidate), RowBeside { rank: place.rank, title: &trace.candidate.title, score }))
        };
        let mut rows: Vec<(&str, RowBeside<'_>)> = traces.iter().filter_map(placed).collect();
        rows.sort_by(|(list, row), (other, its)| {
            list.cmp(other).then(row.rank.cmp(&its.rank)).then(row.title.cmp(its.title))
        });
        while let Some((code, _)) = rows.first() {
            let code = *code;
            let rest = rows.split_off(rows.partition_point(|(list, _)| *list == code));
            let list = rules.per.map(|_| rules.list_title(of, code));
            lists.push(ListBeside { title: &group.title, list, rows: rows.into_iter().map(|(_, row)| row).collect() });
            rows = rest;
        }
    }
    lists
}

/// A candidate's scores beside the total: `Position: 80.00, number 1 of 2`.
pub fn beside_in_words(trace: &Trace<'_>) -> Vec<String> {
    let told = trace.sections.iter().filter_map(|section| {
        let (PlaceBeside { rank, of }, score) = section.beside.zip(section.score)?;
        Some(format!("{}: {score}, number {rank} of {of}", section.title))
    });
    told.collect()
}
