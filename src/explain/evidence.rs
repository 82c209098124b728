//! What a piece of evidence says and what limits it, in words.

use crate::assessment::{Count, Figure, Judgement, Origin, Period, Series};
use crate::words::{counted, listed, number};

/// The decimals to which filed figures are shown, without trailing zeros: as many as anybody files.
const DECIMALS: u32 = 6;
/// So many counts of a series are shown, the latest; the others are counted.
const MAX_COUNTS_SHOWN: usize = 12;

/// A date as people write it: `14 February 2020`.
pub fn date_in_words(written: &str) -> String {
    Period::parse(written).map_or_else(|_| written.to_owned(), |date| date.to_string())
}

/// What a reader should know before relying on it, a sentence each.
pub fn evidence_notes(origin: &Origin) -> Vec<String> {
    let mut notes: Vec<String> = origin.note.iter().chain(&origin.caveats).cloned().collect();
    notes.extend(
        origin.breaks.iter().map(|broken| format!("The series is broken in {}: {}.", broken.date, broken.cause)),
    );
    notes.extend(origin.points.iter().map(|point| {
        let from: Vec<String> = [point.source.clone(), point.place.clone()].into_iter().flatten().collect();
        format!("{} is from {}.", point.period, from.join(", "))
    }));
    if !origin.corroborated_by.is_empty() {
        notes.push(format!("Borne out by {}.", listed(&origin.corroborated_by)));
    }
    if origin.illustration {
        notes.push("Made up for illustration.".to_owned());
    }
    notes
}

/// What a figure says, a line each.
pub fn figure_lines(figure: &Figure) -> Vec<String> {
    let one = |line: String| vec![line];
    let plain = |x: f64| number(x, DECIMALS);
    match figure {
        Figure::Count(count) => one(count_line(count)),
        Figure::Series(series) => series_lines(series),
        Figure::Rate(rate) => {
            let when = rate.period.map_or_else(String::new, |period| format!(", {period}"));
            one(format!("{} per {}{when}", rate.rate.in_words(DECIMALS), plain(rate.per)))
        }
        Figure::Percentage(percentage) => {
            let base = percentage.base.map_or_else(String::new, |base| format!(" of {} asked", plain(base)));
            let interval = percentage.percentage.interval;
            let interval = interval.map_or_else(String::new, |(a, b)| format!(" ({} to {})", plain(a), plain(b)));
            one(format!("{}%{base}{interval}", plain(percentage.percentage.estimate)))
        }
        Figure::Number(figure) => one(figure.in_words(DECIMALS)),
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
    let earlier = series.counts.len().saturating_sub(MAX_COUNTS_SHOWN);
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
