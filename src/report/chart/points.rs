//! What each question earned for everybody: a bar for each, as wide as the question's weight allows.

use super::frame::{headed, left_out, rows};
use super::svg::{Drawing, MARGIN, Mark, WIDTH, cut};
use crate::ranked::RankedAssessment;
use crate::scoring::{Contribution, Trace};

/// Where titles end and the bars begin and end, in pixels.
const BARS: (u32, u32) = (260, 730);
/// How high a row is.
const ROW: u32 = 24;
/// So many letters of a title are shown.
const TITLE: usize = 30;
/// In how many lines headings stand, how far one is below the other, and how wide a letter of them is at most.
const HEADINGS: usize = 3;
const HEADING: u32 = 16;
const LETTER: f64 = 6.8;
/// The room between two columns.
const GAP: f64 = 8.0;

pub(super) fn drawn(report: &RankedAssessment<'_>) -> String {
    let bands = rows(report);
    let all: Vec<&Trace<'_>> = bands.iter().flat_map(|(_, traces)| traces).copied().collect();
    let any = |wanted: fn(&Contribution<'_>) -> bool| all.iter().any(|trace| trace.contributions.iter().any(wanted));
    let mut key = vec![(Mark::Earned, "what the answer earned")];
    key.extend(any(|part| part.missing.is_some()).then_some((Mark::StandIn, "nobody knows: what stands in for it")));
    key.extend(any(|part| part.points.units() < 0).then_some((Mark::Below, "below zero")));
    let title = "What each question brought in for everybody";
    let about = "A bar is as long as what the question brought in; its ground is as long as its weight.";
    let mut drawing = headed(report, title, about, &key);
    let columns = columns(report, &all);
    headings(&columns, &mut drawing);
    for (band, traces) in &bands {
        drawing.y += ROW;
        drawing.words("band", MARGIN, drawing.y - 7, band);
        for trace in traces {
            drawing.y += ROW;
            row(trace, &columns, &mut drawing);
        }
    }
    if let Some(told) = left_out(report, &bands) {
        drawing.y += 6;
        drawing.line_of_words("small", &told);
    }
    let told: Vec<String> = all.iter().map(|trace| in_words(trace)).collect();
    drawing.finish(title, &told.join("; "))
}

/// The column of a question.
struct Column {
    title: String,
    x: f64,
    width: f64,
    /// The points that its whole width stands for.
    most: f64,
}

/// A column for each question, as wide as the most that it brings in.
fn columns(report: &RankedAssessment<'_>, all: &[&Trace<'_>]) -> Vec<Column> {
    let most = |number: usize| {
        let parts = all.iter().filter_map(|trace| trace.contributions.get(number));
        parts.map(|part| part.points.to_f64().abs().max(part.weight.to_f64())).fold(0.0, f64::max)
    };
    let most: Vec<f64> = (0..report.rules.criteria.len()).map(most).collect();
    let sum: f64 = most.iter().sum();
    let gaps = GAP * f64::from(u32::try_from(most.len().saturating_sub(1)).unwrap_or(0));
    let room = (f64::from(BARS.1 - BARS.0) - gaps).max(1.0);
    let mut x = f64::from(BARS.0);
    let column = |(criterion, most): (&crate::rules::Criterion, f64)| {
        let width = if sum > 0.0 { most / sum * room } else { 0.0 };
        let column = Column { title: criterion.title.clone(), x, width, most };
        x += width + GAP;
        column
    };
    report.rules.criteria.iter().zip(most).map(column).collect()
}

/// The titles of the columns in three lines, one after the other, so that each has the room of three columns.
fn headings(columns: &[Column], drawing: &mut Drawing) {
    let top = drawing.y;
    for (number, column) in columns.iter().enumerate() {
        let end = columns.get(number + HEADINGS).map_or(f64::from(WIDTH - MARGIN), |next| next.x);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place and letters in the drawing"
        )]
        let (x, letters) = (column.x.round() as u32, ((end - column.x) / LETTER).max(2.0) as usize);
        let line = u32::try_from(number % HEADINGS).unwrap_or(0);
        drawing.words("small", x, top + HEADING * (line + 1), &cut(&column.title, letters));
    }
    drawing.y = top + HEADING * u32::try_from(columns.len().min(HEADINGS)).unwrap_or(0) + 4;
}

fn row(trace: &Trace<'_>, columns: &[Column], drawing: &mut Drawing) {
    let middle = drawing.y - 12;
    let rank = trace.shown_rank().map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    drawing.words("figure", MARGIN + 24, middle + 5, &rank);
    drawing.words("", MARGIN + 34, middle + 5, &cut(&trace.candidate.title, TITLE));
    for (column, part) in columns.iter().zip(&trace.contributions) {
        drawing.bar("room", (column.x, column.width), middle - 6, 12);
        let class = match &part.missing {
            Some(_) => "stand-in",
            None if part.points.units() < 0 => "below",
            None => "earned",
        };
        let points = part.points.to_f64().abs();
        if points > 0.0 && column.most > 0.0 {
            drawing.bar(class, (column.x, points / column.most * column.width), middle - 5, 10);
        }
    }
    let total = trace.total.map_or_else(String::new, |total| total.to_string());
    drawing.words("figure", WIDTH - MARGIN, middle + 5, &total);
}

fn in_words(trace: &Trace<'_>) -> String {
    let parts: Vec<String> =
        trace.contributions.iter().map(|part| format!("{} {}", part.criterion.title, part.points)).collect();
    format!("{}: {}", trace.candidate.title, parts.join(", "))
}
