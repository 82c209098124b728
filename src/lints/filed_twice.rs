//! One figure under two candidates that are not said to overlap: the same number, from the same part of the same document.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use crate::assessment::{Assessment, Column, Evidence, Figure, Overlaps, Period};
use crate::diagnostic::{Code, Place};
use crate::ranked::RankedAssessment;
use crate::words;

/// How many decimals of a figure are shown.
const DECIMALS: u32 = 6;
/// With fewer digits than this two figures are the same by chance.
const MIN_DIGITS: usize = 2;
/// What is filed more often than this is the figure of a column, and no figure that anybody would know again.
const MOST_FILINGS: usize = 8;

/// Where a figure stands in a document, and what it says: two candidates with the same one count one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Filed {
    source: String,
    /// The table, page or section: the place in the document up to its first comma or colon.
    part: String,
    sort: Sort,
    /// The number, to as many decimals as are shown.
    figure: String,
}

/// What a number is, so that no count is taken for a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Count,
    Rate,
    Percentage,
    Number,
}

/// By whom a figure is filed, and where.
struct Filing<'a> {
    candidate: usize,
    period: Option<Period>,
    /// The row, column or words: what its place in the document says after its part.
    row: String,
    place: &'a Place,
}

/// Figures that are filed under two candidates which are not said to overlap: for each pair of candidates the first.
pub(super) fn filed_twice(report: &RankedAssessment<'_>) -> Vec<Finding> {
    let assessment = report.assessment;
    let mut all: BTreeMap<Filed, Vec<Filing<'_>>> = BTreeMap::new();
    for (candidate, evidence) in assessment.evidence.values().flat_map(Column::written) {
        for (filed, row, period) in filings(evidence) {
            all.entry(filed).or_default().push(Filing { candidate, period, row, place: &evidence.place });
        }
    }
    let overlaps = report.ranking.overlaps();
    let mut pairs: BTreeMap<(usize, usize), (&Filed, [&Filing<'_>; 2], usize)> = BTreeMap::new();
    for (filed, filings) in all.iter().filter(|(_, filings)| filings.len() <= MOST_FILINGS) {
        // One figure, however often each of the two has it.
        let mut told = BTreeSet::new();
        for (at, one) in filings.iter().enumerate() {
            for other in filings.iter().skip(at + 1).filter(|other| is_the_same(one, other, overlaps)) {
                let pair = (one.candidate.min(other.candidate), one.candidate.max(other.candidate));
                if told.insert(pair) {
                    pairs.entry(pair).or_insert((filed, [one, other], 0)).2 += 1;
                }
            }
        }
    }
    let id = |number: usize| assessment.candidates.get(number).map_or("", |candidate| &*candidate.id);
    let size = |candidate: usize| largest_count(assessment, candidate);
    let found = pairs.values().map(|(filed, both, times)| {
        // A whole has more than its part.
        let [one, other] = *both;
        let both = if size(one.candidate) < size(other.candidate) { [other, one] } else { [one, other] };
        finding(filed, both.map(|it| (id(it.candidate), it)), *times)
    });
    found.collect()
}

/// The largest number that is counted of a candidate, in evidence that is no context; zero where nothing is.
fn largest_count(assessment: &Assessment, candidate: usize) -> f64 {
    let of = |column: &Column| {
        let evidence = column.get(candidate).filter(|evidence| !evidence.origin.context)?;
        match &evidence.figure {
            Figure::Count(count) => Some(count.count),
            Figure::Series(series) => series.counts.iter().map(|count| count.count).reduce(f64::max),
            Figure::Offences(table) => Some(table.count()),
            _ => None,
        }
    };
    assessment.evidence.values().filter_map(of).fold(0.0, f64::max)
}

/// Whether two filings are of other candidates, of no other periods and rows, and not said to overlap.
fn is_the_same(one: &Filing<'_>, other: &Filing<'_>, overlaps: &Overlaps) -> bool {
    let other_period = one.period.zip(other.period).is_some_and(|(one, other)| one != other);
    let said = || overlaps.of(one.candidate).iter().any(|overlap| overlap.with == other.candidate);
    let other_row = !one.row.is_empty() && !other.row.is_empty() && one.row != other.row;
    one.candidate != other.candidate && !other_period && !other_row && !said()
}

/// `one` is taken to be the whole, and `other` its part.
fn finding(filed: &Filed, [(one, first), (other, second)]: [(&str, &Filing<'_>); 2], times: usize) -> Finding {
    let line = |filing: &Filing<'_>| {
        format!("{}, line {}", filing.place.source.name, filing.place.source.line(filing.place.span.start))
    };
    let others = match times {
        1 => String::new(),
        more => format!(", and {}", words::counted(more - 1, "other figure", "other figures")),
    };
    let message = format!(
        "{} of {} in `{}` is filed under `{one}` ({}) and under `{other}` ({}){others}: is one part of the other?",
        filed.figure,
        filed.part,
        filed.source,
        line(first),
        line(second),
    );
    let help = format!(
        "say so: `part_of = \"{one}\"` under `{other}`, or the reverse, or `shares_evidence_with = [\"{one}\"]`; if the two \
         figures are not the same, say the row or column of each in `where`"
    );
    Finding::new(Code::FiledTwice, &[one, other], second.place.clone(), message, help)
}

/// A place in a document in two: its part up to the first comma or colon that is in no brackets, and what follows.
fn parted(place: &str) -> (String, String) {
    let mut depth = 0_usize;
    let end = place.find(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(letter, ',' | ':')
    });
    let (part, row) = place.split_at(end.unwrap_or(place.len()));
    (part.trim().to_owned(), row.trim_start_matches([',', ':']).trim().to_owned())
}

/// How many digits a figure has between its first and its last that is no zero.
fn digits(figure: &str) -> usize {
    let all: String = figure.chars().filter(char::is_ascii_digit).collect();
    all.trim_matches('0').len()
}

/// The figures of a piece of evidence that somebody would know again, each with its time where that is said.
fn filings(evidence: &Evidence) -> Vec<(Filed, String, Option<Period>)> {
    let origin = &evidence.origin;
    let whole = (origin.source.clone(), origin.place.clone());
    let filed = |(source, place): (Option<String>, Option<String>), sort: Sort, number: f64, period: Option<Period>| {
        let (part, row) = parted(place.as_deref()?);
        let figure = words::number(number, DECIMALS);
        let source = source.filter(|_| digits(&figure) >= MIN_DIGITS)?;
        Some((Filed { source, part, sort, figure }, row, period.or(origin.period)))
    };
    let all: Vec<Option<(Filed, String, Option<Period>)>> = match &evidence.figure {
        Figure::Count(count) => vec![filed(whole, Sort::Count, count.count, Some(count.period))],
        Figure::Series(series) => {
            let of = |count: &crate::assessment::Count| {
                let named = count.period.to_string();
                let point = origin.points.iter().find(|point| point.period == named);
                let source = point.and_then(|point| point.source.clone()).or_else(|| whole.0.clone());
                let place = point.and_then(|point| point.place.clone()).or_else(|| whole.1.clone());
                filed((source, place), Sort::Count, count.count, Some(count.period))
            };
            series.counts.iter().map(of).collect()
        }
        Figure::Offences(table) => {
            let period = Some(table.period);
            table.offences.iter().map(|row| filed(whole.clone(), Sort::Count, row.count, period)).collect()
        }
        Figure::Rate(rate) => vec![filed(whole, Sort::Rate, rate.rate.estimate, None)],
        Figure::Percentage(share) => vec![filed(whole, Sort::Percentage, share.percentage.estimate, None)],
        Figure::Percentages(series) => {
            let of = |it: &crate::assessment::PercentageOf| {
                filed(whole.clone(), Sort::Percentage, it.percentage.percentage.estimate, Some(it.period))
            };
            series.points.iter().map(of).collect()
        }
        Figure::Number(number) => vec![filed(whole, Sort::Number, number.0.estimate, None)],
        Figure::Peers(_)
        | Figure::Judgement(_)
        | Figure::Level(_)
        | Figure::Answer(_)
        | Figure::Members(_)
        | Figure::Outcome(_)
        | Figure::Missing(_) => Vec::new(),
    };
    all.into_iter().flatten().collect()
}
