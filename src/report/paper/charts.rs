//! Charts as SVG: the points of one candidate.
//!
//! Widths are in per cent of the room there is and letters are in pixels, so that a chart reads as well on a phone as
//! on paper. Colours are classes of the style sheet, and each mark also differs in place, shape or words. A table
//! with the same figures stands beside every chart: to a screen reader a chart is its title and description.

use super::model::{Chart, KeyMark};
use super::row::row;
use crate::explain::main_reasons;
use crate::ranked::RankedAssessment;
use crate::report::html::escaped;
use crate::rules::{Earned, RuleSet};
use crate::scoring::{Contribution, Trace};
use crate::words::{listed, lower_title, number};

/// Letters on a line of a label: what a phone has room for.
const LETTERS: usize = 36;
/// The share of the width that the longest bar takes.
const BAR_WIDTH: f64 = 78.0;

/// What the totals are made of, as a finding.
pub(super) fn points_title(report: &RankedAssessment<'_>) -> String {
    let best = report.traces.iter().find(|trace| trace.shown_rank() == Some(1));
    let carried: Vec<String> = best
        .map(|trace| main_reasons(trace, 2).iter().map(|part| lower_title(&part.criterion.title)).collect())
        .unwrap_or_default();
    match (best, carried.is_empty()) {
        (Some(trace), false) => {
            let firsts = report.traces.iter().filter(|trace| trace.shown_rank() == Some(1)).count();
            let first = if firsts > 1 { "shares the first place" } else { "comes first" };
            format!("{}, which {first}, scores most on {}", trace.candidate.title, listed(&carried))
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
        drawing.bar(class, part.points.to_f64());
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

    fn label(&mut self, text: &str) {
        for line in textwrap::wrap(text, LETTERS) {
            self.y += 16;
            self.marks.push_str(&format!(
                "<text class=\"chart-label\" x=\"0\" y=\"{}\">{}</text>",
                self.y,
                escaped(&line)
            ));
        }
        self.y += 4;
    }

    fn outline(&mut self, x: f64) {
        let (y, width) = (self.y, self.width(x));
        self.marks
            .push_str(&format!("<rect class=\"mark-outline\" x=\"0\" y=\"{y}\" width=\"{width}%\" height=\"12\"/>"));
    }

    fn bar(&mut self, class: &str, x: f64) {
        let (y, width) = (self.y, self.width(x));
        self.marks.push_str(&format!("<rect class=\"{class}\" x=\"0\" y=\"{y}\" width=\"{width}%\" height=\"12\"/>"));
    }

    /// Room for the bar that was drawn.
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
