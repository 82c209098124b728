//! What the answers were read from: each piece once, with its figure, its place and who judged.

use super::model::{Evidence, Judged};
use crate::assessment::{Column, Count, Figure, Judgement, Period, Series};
use crate::report::Report;
use crate::scoring::{Citation, Trace};
use crate::words::{counted, estimate, listed, number};

/// The decimals to which filed figures are shown, without trailing noughts: as many as anybody files.
const DECIMALS: u32 = 6;
/// So many counts of a series are shown, the latest; the others are counted.
const COUNTS: usize = 12;

/// The evidence of one candidate, in the order in which the questions read it.
pub(super) fn of(trace: &Trace<'_>, report: &Report<'_>) -> Vec<Evidence> {
    let number = report.assessment.candidates.binary_search_by(|other| other.id.cmp(&trace.candidate.id)).ok();
    let mut names: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for citation in trace.contributions.iter().flat_map(|part| &part.evidence) {
        if names.contains(&citation.path) {
            continue;
        }
        names.push(citation.path);
        let found = number.zip(report.assessment.evidence.get(citation.path));
        let figure = found.and_then(|(number, column): (usize, &Column)| column.get(number));
        let figure = figure.map(|evidence| figure_lines(&evidence.figure)).unwrap_or_default();
        all.push(piece(citation, figure, trace, report));
    }
    all
}

fn piece(citation: &Citation<'_>, figure: Vec<String>, trace: &Trace<'_>, report: &Report<'_>) -> Evidence {
    let reads = trace.contributions.iter().filter(|part| part.evidence.iter().any(|other| other.path == citation.path));
    let questions: Vec<String> = reads.map(|part| part.criterion.title.clone()).collect();
    let declared = report.rules.evidence.get(citation.path);
    let source = citation.source.as_ref().and_then(|id| report.assessment.sources.get(id));
    let told = figure.join("; ");
    Evidence {
        title: declared.map_or_else(|| citation.path.to_owned(), |declared| declared.title.clone()),
        questions: listed(&questions),
        figure,
        period: citation.period.clone().filter(|period| !told.contains(period)),
        source: citation.source.clone(),
        source_title: source.map(|document| document.title.clone()),
        place: citation.place.clone(),
        judged: citation.judged.as_ref().map(|judged| Judged {
            by: listed(&judged.by),
            date: date(&judged.date),
            because: Some(judged.because.clone()).filter(|why| !is_told(why, trace)),
        }),
        published: citation.published.iter().map(|figure| format!("{} ({})", figure.printed, figure.place)).collect(),
        notes: notes(citation),
    }
}

/// Whether the sentence of some question holds these words.
fn is_told(words: &str, trace: &Trace<'_>) -> bool {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = line(words);
    trace.contributions.iter().any(|part| part.because.as_ref().is_some_and(|told| line(told).contains(&words)))
}

/// A date as people write it: `14 February 2020`.
fn date(written: &str) -> String {
    Period::parse(written).map_or_else(|_| written.to_owned(), |date| date.to_string())
}

/// What a reader should know before relying on it, a sentence each.
fn notes(citation: &Citation<'_>) -> Vec<String> {
    let mut notes: Vec<String> = citation.note.iter().chain(&citation.caveats).cloned().collect();
    notes.extend(
        citation.breaks.iter().map(|broken| format!("The series is broken in {}: {}.", broken.date, broken.cause)),
    );
    notes.extend(citation.points.iter().map(|point| {
        let from: Vec<String> = [point.source.clone(), point.place.clone()].into_iter().flatten().collect();
        format!("{} is from {}.", point.period, from.join(", "))
    }));
    if !citation.corroborated_by.is_empty() {
        notes.push(format!("Borne out by {}.", listed(&citation.corroborated_by)));
    }
    if citation.illustration {
        notes.push("The rule authors' own, for illustration.".to_owned());
    }
    notes
}

/// What a figure says, a line each.
fn figure_lines(figure: &Figure) -> Vec<String> {
    let one = |line: String| vec![line];
    let plain = |x: f64| number(x, DECIMALS);
    match figure {
        Figure::Count(count) => one(count_line(count)),
        Figure::Series(series) => series_lines(series),
        Figure::Rate(rate) => {
            let when = rate.period.map_or_else(String::new, |period| format!(", {period}"));
            one(format!("{} per {}{when}", estimate(&rate.rate, DECIMALS), plain(rate.per)))
        }
        Figure::Percentage(percentage) => {
            let base = percentage.base.map_or_else(String::new, |base| format!(" of {} asked", plain(base)));
            let interval = percentage.percentage.interval;
            let interval = interval.map_or_else(String::new, |(a, b)| format!(" ({} to {})", plain(a), plain(b)));
            one(format!("{}%{base}{interval}", plain(percentage.percentage.estimate)))
        }
        Figure::Number(figure) => one(estimate(figure, DECIMALS)),
        Figure::Offences(offences) => {
            let row = |offence: &crate::assessment::Offence| {
                let harm = offence.harm.map_or_else(|| "no weight".to_owned(), plain);
                format!("{}: {} × {harm}", offence.offence, plain(offence.count))
            };
            let mut lines = one(offences.period.to_string());
            lines.extend(offences.offences.iter().map(row));
            lines
        }
        Figure::Peers(peers) => peers.peers.iter().map(|peer| format!("{}: {}", peer.area, plain(peer.rate))).collect(),
        Figure::Judgement(judgement) => judgement_lines(judgement),
        Figure::Answer(answer) => one(if *answer { "yes" } else { "no" }.to_owned()),
        Figure::Missing(why) => one(why.to_string()),
    }
}

fn count_line(count: &Count) -> String {
    let figure = match count.suppressed {
        Some((low, high)) => format!("{} to {}, suppressed", number(low, 0), number(high, 0)),
        None => number(count.count, DECIMALS),
    };
    format!("{}: {figure}", count.period)
}

fn series_lines(series: &Series) -> Vec<String> {
    let earlier = series.counts.len().saturating_sub(COUNTS);
    let told = (earlier > 0).then(|| format!("{} earlier, in the evidence file", counted(earlier, "count", "counts")));
    told.into_iter().chain(series.counts.iter().skip(earlier).map(count_line)).collect()
}

fn judgement_lines(judgement: &Judgement) -> Vec<String> {
    let (lowest, highest) = judgement.scale;
    let scale = format!("on a scale of {} to {}", number(lowest, DECIMALS), number(highest, DECIMALS));
    match &*judgement.scores {
        [only] => vec![format!("{} {scale}", number(only.score, DECIMALS))],
        scores => {
            let each = scores.iter().map(|score| format!("{}: {}", score.by, number(score.score, DECIMALS)));
            each.chain([scale]).collect()
        }
    }
}
