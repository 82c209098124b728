//! Charts as SVG: bars of totals with what they could be, and the points of one candidate.
//!
//! Widths are in per cent of the room there is and letters are in pixels, so that a chart reads as well on a phone as
//! on paper. Colours are classes of the style sheet, and each mark also differs in place, shape or words. A table
//! with the same figures stands beside every chart: to a screen reader a chart is its title and description.

use super::model::{Chart, KeyMark};
use super::row::row;
use super::summary;
use crate::explain::{main_reasons, range_in_words, standing_in_words, standing_rule};
use crate::ranked::RankedAssessment;
use crate::report::html::escaped;
use crate::rules::{Earned, RuleSet};
use crate::scoring::{Contribution, Fixed, Standing, Trace};
use crate::words::{listed, lower_title, number};

/// So many candidates are drawn.
const MAX_DRAWN: usize = 60;
/// So many bars stand in one panel: it fits on half a page of A4.
const CANDIDATES_PER_PANEL: usize = 12;
/// Letters on a line of a label: what a phone has room for.
const LETTERS: usize = 36;
/// Letters on a line of a heading, which is bold.
const LETTERS_OF_HEADING: usize = 32;
/// The share of the width that the longest bar takes; the rest is for the figures at the right.
const BAR_WIDTH: f64 = 78.0;

/// The totals and what they could be; none where nobody has a total.
pub(super) fn totals(report: &RankedAssessment<'_>) -> Option<Chart> {
    let ordered = report.by_standing().into_iter().flat_map(|(_, traces)| traces);
    let drawn: Vec<&Trace<'_>> = ordered.filter(|trace| trace.total.is_some()).collect();
    let left_out = drawn.len().saturating_sub(MAX_DRAWN);
    let drawn = drawn.get(..MAX_DRAWN).unwrap_or(&drawn);
    if drawn.is_empty() {
        return None;
    }
    let highest = drawn.iter().filter_map(|trace| trace.range.map(|range| range.high).max(trace.total)).max();
    let scale = f64::from(report.rules.scale).max(highest.map_or(0.0, Fixed::to_f64));
    let line = summary::line(report);
    let panels = drawn.chunks(CANDIDATES_PER_PANEL).enumerate();
    let (assessment, rules) = (report.assessment, report.rules);
    let more = match left_out {
        0 => String::new(),
        more => format!("; the first {MAX_DRAWN}, {more} more are in the table"),
    };
    Some(Chart {
        id: "totals".to_owned(),
        title: totals_title(report),
        subtitle: format!("Totals and what each could be{more}. {}, {}", assessment.partnership, assessment.period),
        key: totals_key(report, line),
        panels: panels.map(|(at, traces)| totals_panel(at, traces, scale, line, rules)).collect(),
    })
}

fn totals_title(report: &RankedAssessment<'_>) -> String {
    let ranked: Vec<&Trace<'_>> = report.traces.iter().filter(|trace| trace.rank == Some(1)).collect();
    let names: Vec<String> = ranked.iter().map(|trace| trace.candidate.title.clone()).collect();
    let total = ranked.first().and_then(|trace| trace.total).map_or_else(String::new, |total| total.to_string());
    match names.len() {
        1 => format!("{} has the highest total, {total}", super::words::shortened(names)),
        _ => format!("{} share the highest total, {total}", super::words::shortened(names)),
    }
}

fn totals_key(report: &RankedAssessment<'_>, line: Option<Fixed>) -> Vec<KeyMark> {
    let tier = summary::first_tier(report);
    let mark = |class, meaning: String| KeyMark { class, meaning };
    let mut key =
        vec![mark("mark-first", format!("total, in {tier}")), mark("mark-other", format!("total, outside {tier}"))];
    if report.traces.iter().any(|trace| trace.range.is_some()) {
        key.push(mark("mark-range", "what the total could be".to_owned()));
    }
    key.extend(line.map(|line| mark("mark-line", lower_title(&summary::line_words(report, line)))));
    key
}

fn totals_panel(at: usize, traces: &[&Trace<'_>], scale: f64, line: Option<Fixed>, rules: &RuleSet) -> String {
    let mut drawing = Drawing::new(scale);
    let mut last: Option<Standing> = None;
    for trace in traces {
        if last.replace(trace.standing) != Some(trace.standing) {
            let rule = standing_rule(trace.standing, rules).map_or_else(String::new, |rule| format!(" ({rule})"));
            drawing.heading(&format!("{}{rule}", standing_in_words(trace.standing, rules)));
        }
        let Some(total) = trace.total else { continue };
        let rank = trace.shown_rank().map_or_else(String::new, |rank| format!("{rank}. "));
        drawing.label(&format!("{rank}{}", trace.candidate.title));
        let class = if trace.standing == Standing::Tier(0) { "mark-first" } else { "mark-other" };
        drawing.bar(class, total.to_f64(), &total.to_string());
        drawing.range(trace.range.map(|range| (range.low.to_f64(), range.high.to_f64())));
        if let Some(line) = line {
            drawing.line(line.to_f64());
        }
        drawing.next(27);
    }
    let told: Vec<String> = traces.iter().map(|trace| in_words(trace)).collect();
    drawing.finish(&format!("totals-{}", at + 1), "Totals, from most to least", &told.join("; "))
}

/// `Burglary 52.10, could be 40.34 to 63.86`.
fn in_words(trace: &Trace<'_>) -> String {
    let total = trace.total.map_or_else(String::new, |total| total.to_string());
    let range = trace.range.map_or_else(String::new, |range| match range.is_reached {
        true => format!(", could be {} to {}", range.low, range.high),
        false => format!(", {}", range_in_words(range)),
    });
    format!("{} {total}{range}", trace.candidate.title)
}

/// What the totals are made of, as a finding.
pub(super) fn points_title(report: &RankedAssessment<'_>) -> String {
    let best = report.traces.iter().find(|trace| trace.shown_rank() == Some(1));
    let carried: Vec<String> = best
        .map(|trace| main_reasons(trace, 2).iter().map(|part| lower_title(&part.criterion.title)).collect())
        .unwrap_or_default();
    match (best, carried.is_empty()) {
        (Some(trace), false) => {
            format!("{}, which comes first, scores most on {}", trace.candidate.title, listed(&carried))
        }
        _ => "What each question earned".to_owned(),
    }
}

/// The points of one candidate out of the most that each question could earn; none where points do not add up to the
/// total, or there is none.
pub(super) fn points(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<Chart> {
    let adds_up = trace.contributions.iter().all(|part| part.kind == Earned::Points);
    if !adds_up || trace.total.is_none() || !report.rules.values.is_usual() {
        return None;
    }
    let scale =
        trace.contributions.iter().map(|part| part.weight.to_f64().max(part.points.to_f64())).fold(0.0, f64::max);
    let bounded = !has_no_end(report.rules);
    let mut drawing = Drawing::new(scale);
    for part in &trace.contributions {
        drawing.label(&points_label(part));
        if bounded {
            drawing.outline(part.weight.to_f64());
        }
        let class = if part.missing.is_some() { "mark-stand-in" } else { "mark-first" };
        drawing.bar(class, part.points.to_f64(), "");
        drawing.next(18);
    }
    let told: Vec<String> = trace.contributions.iter().map(points_label).collect();
    let id = format!("points-{}", trace.candidate.id);
    let row = row(trace, true);
    let title = match row.carried_by.is_empty() {
        true => format!("{}: no question earned it points", row.title),
        false => format!("{}: scores most on {}", row.title, row.carried_by),
    };
    let mark = |class, meaning: &str| KeyMark { class, meaning: meaning.to_owned() };
    let mut key = vec![mark("mark-first", "points earned")];
    if bounded {
        key.push(mark("mark-outline", "the most that it could earn"));
    }
    if trace.contributions.iter().any(|part| part.missing.is_some()) {
        key.push(mark("mark-stand-in", "* stands in for a missing answer"));
    }
    Some(Chart {
        panels: vec![drawing.finish(&format!("{id}-1"), "Points by question", &told.join("; "))],
        id,
        title,
        subtitle: format!("Points by question. {}, {}", report.assessment.partnership, report.assessment.period),
        key,
    })
}

/// Whether a value of these rules can be above 1.
pub(super) fn has_no_end(rules: &RuleSet) -> bool {
    rules.criteria.iter().any(|criterion| criterion.value.shape().unbounded().is_some())
}

/// `Harm: 13.06 of 25`.
fn points_label(part: &Contribution<'_>) -> String {
    let title = &part.criterion.title;
    match (&part.missing, part.value) {
        (Some(_), None) => format!("{title}: left out, no answer"),
        (Some(_), Some(_)) => format!("{title}: {}* of {}", part.points, part.weight.as_weight()),
        (None, Some(value)) if value.to_f64() > 1.0 => format!("{title}: {}", part.points),
        (None, _) => format!("{title}: {} of {}", part.points, part.weight.as_weight()),
    }
}

/// A chart that grows downwards, bar by bar.
struct Drawing {
    marks: String,
    scale: f64,
    y: u32,
}

impl Drawing {
    fn new(scale: f64) -> Self {
        Self { marks: String::new(), scale: if scale > 0.0 { scale } else { 1.0 }, y: 0 }
    }

    /// A length in per cent of the width.
    fn width(&self, x: f64) -> String {
        number((x / self.scale).clamp(0.0, 1.0) * BAR_WIDTH, 2)
    }

    fn heading(&mut self, text: &str) {
        self.words("chart-heading", text, LETTERS_OF_HEADING, 22);
        self.y += 4;
    }

    fn label(&mut self, text: &str) {
        self.words("chart-label", text, LETTERS, 16);
        self.y += 4;
    }

    fn words(&mut self, class: &str, text: &str, letters: usize, height: u32) {
        for line in textwrap::wrap(text, letters) {
            self.y += height;
            self.marks.push_str(&format!("<text class=\"{class}\" x=\"0\" y=\"{}\">{}</text>", self.y, escaped(&line)));
        }
    }

    fn outline(&mut self, x: f64) {
        let (y, width) = (self.y, self.width(x));
        self.marks
            .push_str(&format!("<rect class=\"mark-outline\" x=\"0\" y=\"{y}\" width=\"{width}%\" height=\"12\"/>"));
    }

    fn bar(&mut self, class: &str, x: f64, figure: &str) {
        let (y, width) = (self.y, self.width(x));
        self.marks.push_str(&format!("<rect class=\"{class}\" x=\"0\" y=\"{y}\" width=\"{width}%\" height=\"12\"/>"));
        if !figure.is_empty() {
            let figure = escaped(figure);
            let under = y + 11;
            self.marks.push_str(&format!("<text class=\"chart-figure\" x=\"100%\" y=\"{under}\">{figure}</text>"));
        }
    }

    /// A thin line under the bar, with an upright at each end.
    fn range(&mut self, ends: Option<(f64, f64)>) {
        let Some((low, high)) = ends else { return };
        let (low, high, y) = (self.width(low), self.width(high), self.y + 18);
        let (top, bottom) = (y - 3, y + 3);
        for (x1, y1, x2, y2) in [(&low, y, &high, y), (&low, top, &low, bottom), (&high, top, &high, bottom)] {
            self.marks
                .push_str(&format!("<line class=\"mark-range\" x1=\"{x1}%\" y1=\"{y1}\" x2=\"{x2}%\" y2=\"{y2}\"/>"));
        }
    }

    /// The line that a total must reach, across this bar.
    fn line(&mut self, x: f64) {
        let (x, top, bottom) = (self.width(x), self.y, self.y + 23);
        self.marks
            .push_str(&format!("<line class=\"mark-line\" x1=\"{x}%\" y1=\"{top}\" x2=\"{x}%\" y2=\"{bottom}\"/>"));
    }

    /// Room for the bar that was drawn, and for the range under it if there is one.
    fn next(&mut self, height: u32) {
        self.y += height;
    }

    fn finish(self, id: &str, title: &str, description: &str) -> String {
        let (id, title, description) = (escaped(id), escaped(title), escaped(description));
        format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-title {id}-about\" width=\"100%\" height=\"{}\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-about\">{description}</desc>{}</svg>",
            self.y + 4,
            self.marks
        )
    }
}
