//! Charts as SVG, and what they have in common.
//!
//! Widths are in per cent of the room there is and letters are in pixels, so that a chart reads as well on a phone as
//! on paper. Colours are classes of the style sheet, and each mark also differs in place, shape or words. A table
//! with the same figures stands beside every chart: to a screen reader a chart is its title and description.

use crate::explain::main_reasons;
use crate::ranked::RankedAssessment;
use crate::report::html::escaped;
use crate::rules::RuleSet;
use crate::words::{listed, lower_title, number};

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
            format!("{} {first}, most by {}", trace.candidate.title, listed(&carried))
        }
        _ => "What each question earned".to_owned(),
    }
}

/// Whether a value of these rules can be above 1.
pub(super) fn has_no_end(rules: &RuleSet) -> bool {
    rules.criteria.iter().any(|criterion| criterion.value.shape().unbounded().is_some())
}

/// A chart that is being drawn: places are in per cent of its width, heights in pixels.
pub(super) struct Svg {
    marks: String,
    height: u32,
}

impl Svg {
    pub(super) fn new(height: u32) -> Self {
        Self { marks: String::new(), height }
    }

    pub(super) fn push(&mut self, marks: &str) {
        self.marks.push_str(marks);
    }

    /// The chart, with what it is and what it shows for whoever can't see it.
    pub(super) fn finish(self, id: &str, title: &str, description: &str) -> String {
        let (id, title, description) = (escaped(id), escaped(title), escaped(description));
        format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-title {id}-about\" width=\"100%\" height=\"{}\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-about\">{description}</desc>{}</svg>",
            self.height, self.marks
        )
    }
}

/// Words of a chart; `words` is markup already.
pub(super) fn text_at(x: &str, y: f64, anchor: &str, words: &str) -> String {
    format!("<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{words}</text>", number(y, 1))
}
