//! The ranking on a screen: the list, how sure it is, and what to read next. The reasons have a page of their own.

use super::{Page, WithoutTotal, beside, board, could_be, glance, header};
use crate::explain::{passed_over_in_words, weights_origin};
use crate::ranked::RankedAssessment;
use crate::report::judged;
use crate::report::matrix::{self, MemberMatrix};
use crate::report::paper::{Sureness, Surety};
use crate::rules::Takes;
use crate::scoring::{Standing, Trace};
use crate::words::{counted, first_listed, upper_first, whole};

/// So many candidates are named in a sentence.
const MOST_NAMED: usize = 6;
/// So many warnings are told.
const MOST_WARNINGS: usize = 3;

/// The ranking as text without the reasons. Colour adds weight to headings and carries no meaning.
/// `plan` is what is said of the assessment's plan, where it has one.
pub fn brief(report: &RankedAssessment<'_>, plan: &str, colour: bool) -> String {
    let mut page = Page::new(colour);
    header(report, &mut page);
    glance(report, &WithoutTotal::InALine, &mut page);
    marks(report, &mut page);
    beside(report, &mut page);
    board::decided(report, &mut page);
    if let Some(matrix) = MemberMatrix::new(report) {
        matrix::text(&matrix, &mut page);
    }
    page.text.push_str(plan);
    how_sure(report, &mut page);
    read_next(&mut page);
    page.text
}

/// What stands behind the figures of a line, explained: gates by their titles, and what points alone do not say.
fn marks(report: &RankedAssessment<'_>, page: &mut Page) {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for (_, traces) in report.by_standing() {
        for gate in traces.into_iter().filter_map(Trace::placed_by) {
            let mark = (gate.effect.words().in_the_terminal, gate.title);
            if !told.contains(&mark) {
                told.push(mark);
            }
        }
    }
    let by_points = |trace: &&Trace<'_>| trace.placed_by().is_none();
    let passed = report.traces.iter().filter(by_points).any(|trace| passed_over_in_words(trace).is_some());
    let at_line = report.traces.iter().filter(by_points).any(|trace| trace.at_the_line.is_some());
    if told.is_empty() && !passed && !at_line {
        return;
    }
    page.line("");
    for (mark, title) in told {
        page.labelled(mark, title);
    }
    if passed {
        page.labelled("passed", "Another of its family has the place that its total would reach.");
    }
    if let Some(apart) = report.rules.told_apart_by.filter(|_| at_line) {
        let told = format!("Its total is less than {} from one on the other side of the line.", apart.trimmed());
        page.labelled("at line", &told);
    }
}

/// Whose place holds whatever the figures are, whose does not, and how much was answered.
fn how_sure(report: &RankedAssessment<'_>, page: &mut Page) {
    page.heading("How sure");
    for (label, words) in places(report) {
        page.labelled(label, &words);
    }
    let questions: usize = report.traces.iter().map(|trace| trace.contributions.len()).sum();
    let answers = |trace: &Trace<'_>| trace.contributions.iter().filter(|part| part.measure.is_some()).count();
    let answers: usize = report.traces.iter().map(answers).sum();
    let judged = match report.traces.iter().map(judged).sum() {
        0 => String::new(),
        judged => format!(", {} of them by judgement alone", whole(judged)),
    };
    let told = format!("{} of {} answered{judged}.", whole(answers), counted(questions, "question", "questions"));
    page.labelled("Answers", &told);
    if let Some(origin) = weights_origin(report.rules, &report.warnings) {
        page.labelled("Weights", &origin);
    }
    if report.traces.iter().any(|trace| trace.range.is_some()) {
        page.labelled("Could be", &could_be(report));
    }
    for warning in report.warnings.iter().take(MOST_WARNINGS) {
        page.labelled("To know", &format!("{}.", upper_first(&warning.message)));
    }
    if let Some(more @ 1..) = report.warnings.len().checked_sub(MOST_WARNINGS) {
        page.labelled("", &format!("And {} more: `prioritise check` has them with their lines.", whole(more)));
    }
}

/// Whose place in the first tier the ranges leave open, in words; nothing where all stand in one tier.
fn places(report: &RankedAssessment<'_>) -> Vec<(&'static str, String)> {
    let sure = Sureness::new(report);
    let Some(first) = report.rules.tiers.first().filter(|_| !sure.is_empty()) else { return Vec::new() };
    let of = |surety: Surety, has_it: bool| -> Vec<&Trace<'_>> {
        let all = sure.those(surety, &report.traces).into_iter();
        all.filter(|trace| (trace.standing == Standing::Tier(0)) == has_it).collect()
    };
    let tier = format!("\"{}\"", first.title);
    let alone = match first.takes {
        Takes::Places(_) => ", each alone",
        _ => "",
    };
    let given = report.traces.iter().filter(|trace| trace.is_given_a_place()).collect();
    [
        ("Given", given, format!("in {tier} by the rules, whatever the figures are")),
        ("Secure", of(Surety::Secure, true), format!("in {tier}, wherever its total could be{alone}")),
        ("Open", of(Surety::Open, true), format!("in {tier} as it stands, but not wherever its total could be")),
        ("Open", of(Surety::Open, false), format!("not in {tier} as it stands, and its total could reach it")),
        ("Unknown", sure.unknown(&report.traces), "nothing says how low or high its total could be".to_owned()),
    ]
    .into_iter()
    .filter_map(|(label, traces, told)| Some((label, format!("{}: {told}.", named(&traces)?))))
    .collect()
}

/// The titles of these, as far as they are named; none where there are none.
fn named(traces: &[&Trace<'_>]) -> Option<String> {
    let titles: Vec<String> = traces.iter().map(|trace| trace.candidate.title.clone()).collect();
    (!titles.is_empty()).then(|| first_listed(&titles, MOST_NAMED))
}

fn read_next(page: &mut Page) {
    page.heading("Read next");
    for (label, words) in [
        ("Reasons", "of one candidate `prioritise explain`, of all `prioritise rank --full`"),
        ("Weights", "what other ones would do: `prioritise sensitivity`"),
        ("Paper", "what the board reads: `prioritise rank -o paper.html`"),
    ] {
        page.labelled(label, words);
    }
}
