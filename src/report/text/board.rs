//! What the board decided, after the engine's list and apart from it.

use super::{Page, WIDTH};
use crate::board::{BoardComparison, CandidateDecision};
use crate::explain::overrides_in_words;
use crate::ranked::RankedAssessment;
use crate::words::listed;

pub(super) fn decided(report: &RankedAssessment<'_>, page: &mut Page) {
    let Some(board) = &report.board else { return };
    let heading = format!("What the board decided ({}, {})", board.decisions.title, board.decisions.date);
    page.heading(&textwrap::fill(&heading, WIDTH));
    list(board, page);
    for decided in board.overruling_decisions() {
        overrule(decided, report, page);
    }
}

/// The board's own list, and whom it leaves out.
fn list(board: &BoardComparison<'_>, page: &mut Page) {
    for decided in &board.list {
        let place = decided.place.map_or_else(String::new, |place| place.to_string());
        let options = textwrap::Options::new(WIDTH).subsequent_indent("     ");
        page.line(&textwrap::fill(&format!("{place:>3}  {}", decided.candidate.title), options));
    }
    let titles = |candidates: Vec<&str>| listed(&candidates.into_iter().map(str::to_owned).collect::<Vec<_>>());
    if board.list.is_empty() {
        page.line("     No candidate was adopted.");
    }
    if !board.rejected.is_empty() {
        let rejected = board.rejected.iter().map(|decided| &*decided.candidate.title).collect();
        page.labelled("Rejected", &titles(rejected));
    }
    if !board.undecided.is_empty() {
        let undecided = board.undecided.iter().map(|candidate| &*candidate.title).collect();
        page.labelled("Open", &format!("{}: no decision is recorded", titles(undecided)));
    }
}

/// Where the board overruled the rules, and why.
fn overrule(decided: &CandidateDecision<'_>, report: &RankedAssessment<'_>, page: &mut Page) {
    let ways = overrides_in_words(decided, report.rules).join("; ");
    let decision = decided.decision;
    page.line("");
    page.labelled("Override", &format!("{}: {ways}.", decided.candidate.title));
    page.labelled("Reason", &decision.reason);
    page.labelled("By", &format!("{}, {}", decision.by, decision.date));
}
