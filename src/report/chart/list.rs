//! Everybody's total on the scale, with what it could be.

use super::frame::{headed, left_out, rows};
use super::svg::{Drawing, MARGIN, Mark, WIDTH, cut};
use crate::ranked::RankedAssessment;
use crate::rules::Takes;
use crate::scoring::{Standing, Trace};
use crate::words::{number, upper_first};

/// Where titles end and the scale begins and ends, in pixels.
const SCALE: (u32, u32) = (280, 620);
/// How high a row is.
const ROW: u32 = 24;
/// So many letters of a title are shown.
const TITLE: usize = 34;

pub(super) fn drawn(report: &RankedAssessment<'_>) -> String {
    let bands = rows(report);
    let all: Vec<&Trace<'_>> = bands.iter().flat_map(|(_, traces)| traces).copied().collect();
    let title = title(report);
    let has_ranges = all.iter().any(|trace| trace.range.is_some());
    let in_first = match report.rules.tiers.first().map(|tier| (tier.takes, &tier.title)) {
        Some((Takes::Rest, _)) | None => "in the list".to_owned(),
        Some((_, tier)) => format!("in “{tier}”"),
    };
    let mut key = vec![(Mark::In, &*in_first)];
    let marks: Vec<Mark> = all.iter().map(|trace| mark(trace)).collect();
    key.extend(marks.contains(&Mark::Out).then_some((Mark::Out, "not in it")));
    key.extend(marks.contains(&Mark::Ruled).then_some((Mark::Ruled, "a rule decides, whatever its points")));
    key.extend(has_ranges.then_some((Mark::Range, "how low and how high it could be")));
    let mut drawing = headed(report, &title, "Total points, and how low and how high each total could be.", &key);
    let scale = Axis::of(report, &all);
    let top = drawing.y;
    drawing.y += ROW;
    for (band, traces) in &bands {
        drawing.y += ROW;
        drawing.words("band", MARGIN, drawing.y - 7, band);
        for trace in traces {
            drawing.y += ROW;
            row(trace, &scale, &mut drawing);
        }
    }
    axis(&scale, top + ROW, &mut drawing);
    if let Some(told) = left_out(report, &bands) {
        drawing.y += 6;
        drawing.line_of_words("small", &told);
    }
    let told: Vec<String> = all.iter().map(|trace| in_words(trace)).collect();
    drawing.finish(&title, &told.join("; "))
}

/// Who comes first, as a finding.
fn title(report: &RankedAssessment<'_>) -> String {
    let firsts: Vec<&Trace<'_>> = report.traces.iter().filter(|trace| trace.rank == Some(1)).collect();
    match &firsts[..] {
        [first] => {
            let total = first.total.map_or_else(String::new, |total| total.to_string());
            format!("{} comes first with {total} of {}", first.candidate.title, report.rules.scale)
        }
        [] => "Nobody has a total".to_owned(),
        several => format!("{} candidates share the first place", several.len()),
    }
}

fn mark(trace: &Trace<'_>) -> Mark {
    match (trace.overruling_gate(), trace.standing) {
        (Some(_), _) => Mark::Ruled,
        (None, Standing::Tier(0)) => Mark::In,
        _ => Mark::Out,
    }
}

fn in_words(trace: &Trace<'_>) -> String {
    let total = trace.total.map_or_else(String::new, |total| total.to_string());
    let range = trace.range.map_or_else(String::new, |range| format!(", {} to {}", range.low, range.high));
    format!("{}: {total}{range}", upper_first(&trace.candidate.title))
}

fn row(trace: &Trace<'_>, scale: &Axis, drawing: &mut Drawing) {
    let Some(total) = trace.total else { return };
    let middle = drawing.y - 12;
    let rank = trace.shown_rank().map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    drawing.words("figure", MARGIN + 24, middle + 5, &rank);
    drawing.words("", MARGIN + 34, middle + 5, &cut(&trace.candidate.title, TITLE));
    let mut could = String::new();
    if let Some(range) = trace.range {
        let (low, high) = (scale.at(range.low.to_f64()), scale.at(range.high.to_f64()));
        drawing.bar("range", (low, high - low), middle - 3, 6);
        could = format!(" ({} to {})", range.low, range.high);
    }
    drawing.mark(mark(trace), scale.at(total.to_f64()), middle);
    drawing.words("figure", WIDTH - MARGIN, middle + 5, &format!("{total}{could}"));
}

/// The lowest and the highest number of the scale.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// From 0 to the highest total that the rules are said to have, or farther where totals could be.
    fn of(report: &RankedAssessment<'_>, all: &[&Trace<'_>]) -> Self {
        let ends = all.iter().filter_map(|trace| {
            let total = trace.total?.to_f64();
            Some(trace.range.map_or((total, total), |range| (range.low.to_f64(), range.high.to_f64())))
        });
        let (mut low, mut high) = (0.0_f64, f64::from(report.rules.scale));
        for (least, most) in ends {
            (low, high) = (low.min(least), high.max(most));
        }
        Self { low, high }
    }

    /// Where a number stands, in pixels.
    fn at(&self, number: f64) -> f64 {
        let (from, to) = (f64::from(SCALE.0), f64::from(SCALE.1));
        from + (number - self.low) / (self.high - self.low) * (to - from)
    }
}

/// Five lines from top to bottom, with their numbers.
fn axis(scale: &Axis, top: u32, drawing: &mut Drawing) {
    for step in 0..5_u8 {
        let at = scale.low + (scale.high - scale.low) * f64::from(step) / 4.0;
        let x = scale.at(at);
        drawing.upright(x, top, drawing.y);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the drawing")]
        drawing.words("small middle", x.round() as u32, top - 6, &number(at, 0));
    }
}
