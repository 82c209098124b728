//! The years in their order, each with its list, made by its own rules.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::assessment::Candidate;
use crate::board::{BoardComparison, CandidateDecision};
use crate::diagnostic::Problems;
use crate::diff::{DiffSide, ListedCandidate, RankedList, RankedSide};
use crate::scoring::{self, Range, Ranking};

/// What a year's list is made of.
#[derive(Debug, Clone, Copy)]
pub struct YearSource<'a> {
    /// Its assessment, the rules that rank it, and the record that they were read from.
    pub side: DiffSide<'a>,
    /// What it was asked for by: the folder or record.
    pub name: &'a str,
    /// Which engine made the record, in words; none where it was a folder.
    pub engine: Option<&'a str>,
    /// Where the list in the record is not what is made of it here, a clause; none where it is the same, and of a folder.
    pub list_differs: Option<&'a str>,
}

/// One year: its list, and what the board decided on it.
#[derive(Debug)]
pub struct Year<'a> {
    /// What it is made of.
    pub source: YearSource<'a>,
    /// Its period, short: `2018/19`; with a number behind it where several have the same.
    pub label: String,
    /// The top tier, as a reader knows it.
    pub top: String,
    /// The candidates in the order of the list.
    pub places: Vec<YearPlace<'a>>,
    /// The board's decisions, where they are filed.
    pub board: Option<BoardComparison<'a>>,
    /// The list as it was made.
    ranking: Ranking<'a>,
}

/// Where a candidate stands in one year.
#[derive(Debug)]
pub struct YearPlace<'a> {
    /// The candidate, as the year's assessment has it.
    pub candidate: &'a Candidate,
    /// Its rank, total and tier.
    pub stand: ListedCandidate,
    /// What its total could be; none where nothing leaves room.
    pub range: Option<Range>,
    /// What the board decided on it.
    pub decided: Option<CandidateDecision<'a>>,
}

/// The years in the order of their periods; of equal ones in the order given.
///
/// # Errors
/// A year that can't be ranked.
pub(super) fn in_order(mut sources: Vec<YearSource<'_>>, threads: NonZeroUsize) -> Result<Vec<Year<'_>>, Problems> {
    sources.sort_by_key(|source| (source.side.assessment.period.last_day(), source.side.assessment.period.first_day()));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let labelled = sources.into_iter().map(|source| {
        let label = source.side.assessment.period.written();
        let count = seen.entry(label.clone()).or_default();
        *count += 1;
        let label = if *count == 1 { label } else { format!("{label} ({count})") };
        Year::new(source, label, threads)
    });
    labelled.collect()
}

impl<'a> Year<'a> {
    fn new(source: YearSource<'a>, label: String, threads: NonZeroUsize) -> Result<Self, Problems> {
        let (assessment, rules) = (source.side.assessment, source.side.rules);
        let ranking = scoring::rank(assessment, rules, threads)?;
        let traces = scoring::traces(&ranking, threads)?;
        let board = BoardComparison::new(assessment, rules, &traces);
        let decided: BTreeMap<&str, &CandidateDecision<'a>> = board
            .iter()
            .flat_map(|board| board.list.iter().chain(&board.rejected))
            .map(|decided| (&*decided.candidate.id, decided))
            .collect();
        let list = RankedList::from_ranking(&ranking);
        let place = |(stand, trace): (ListedCandidate, &scoring::Trace<'a>)| YearPlace {
            candidate: trace.candidate,
            range: trace.range,
            decided: decided.get(&*stand.id).map(|decided| (*decided).clone()),
            stand,
        };
        let places = list.stands.into_iter().zip(&traces).map(place).collect();
        Ok(Self { source, label, top: list.top, places, board, ranking })
    }

    pub(super) fn ranked(&self) -> RankedSide<'_, 'a> {
        RankedSide { ranking: &self.ranking, record: self.source.side.record }
    }
}
