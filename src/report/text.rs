//! The ranking in a terminal: 80 columns, readable without colour.

mod board;
mod brief;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle, Width};

use super::matrix::{self, MemberMatrix};
use super::page::{Page, WIDTH};
use super::{answered, answered_questions, judged};
use crate::explain::{
    ListBeside, arithmetic, at_the_line_in_words, beside_in_words, bounds_in_words, contribution_reason,
    farthest_in_words, lists_beside, main_costs, main_reasons, no_range_in_words, overlaps_in_words,
    parameters_in_force, passed_over_in_words, range_in_a_cell, range_in_words, standing_in_words, standing_rule,
    tie_order, too_little_in_words, vetoes_in_words, weights_origin,
};
use crate::ranked::RankedAssessment;
use crate::rules::RuleSet;
use crate::scoring::Trace;
use crate::words::{counted, lower_title, whole};

/// Titles have so much room, whatever the figures take.
const NARROWEST_TITLE: u16 = 16;

/// What stands above the reasons.
const REASONS: &str = "Why, how sure, and how each total adds up";

/// So many of a list beside the total are shown.
const MOST_BESIDE: usize = 20;

pub use brief::brief;

/// The ranking as text with all reasons and sums. Colour adds weight to headings and carries no meaning.
pub fn text(report: &RankedAssessment<'_>, colour: bool) -> String {
    let mut page = Page::new(colour);
    header(report, &mut page);
    glance(report, &WithoutTotal::Alone, &mut page);
    beside(report, &mut page);
    board::decided(report, &mut page);
    if let Some(matrix) = MemberMatrix::new(report) {
        matrix::text(&matrix, &mut page);
    }
    page.heading(REASONS);
    for (_, traces) in report.by_standing() {
        for trace in traces {
            detail(trace, report, &mut page);
        }
    }
    key(report, &mut page);
    page.text
}

fn header(report: &RankedAssessment<'_>, page: &mut Page) {
    let (assessment, rules) = (report.assessment, report.rules);
    if let Some(handling) = assessment.handling {
        page.paragraph(handling.mark());
    }
    page.foreign(&assessment.partnership);
    page.foreign(&format!("{}, {}", assessment.title, assessment.period));
    page.foreign(&format!("Ranked by: {}, version {}", rules.name, rules.version));
}

/// How those are shown of whom a whole band has no total.
enum WithoutTotal {
    /// In a line each.
    Alone,
    /// One behind the other.
    InALine,
}

/// One line for each candidate, by tier.
fn glance(report: &RankedAssessment<'_>, without: &WithoutTotal, page: &mut Page) {
    let widths = widths(report);
    for (number, (at, traces)) in report.by_standing().into_iter().enumerate() {
        let rule = standing_rule(at, report.rules).map_or_else(String::new, |rule| format!(" ({rule})"));
        page.heading(&format!("{}{rule}", standing_in_words(at, report.rules).to_uppercase()));
        if number > 0 && matches!(without, WithoutTotal::InALine) && traces.iter().all(|trace| trace.total.is_none()) {
            let all: Vec<String> =
                traces.iter().map(|trace| format!("{} ({})", trace.candidate.title, answered(trace))).collect();
            page.hanging(&all.join(", "));
            continue;
        }
        let mut table = Table::new();
        table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic);
        if number == 0 {
            table.set_header(["", "", "total", "could be", "answered", ""].map(right));
        }
        for trace in traces {
            table.add_row([
                right(&trace.shown_rank().map_or_else(|| "–".to_owned(), |rank| rank.to_string())),
                Cell::new(&trace.candidate.title),
                right(&total(trace)),
                right(&range(trace)),
                right(&answered(trace)),
                Cell::new(gate_word(trace)),
            ]);
        }
        for (column, width) in widths.into_iter().enumerate() {
            if let Some(column) = table.column_mut(column) {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width))).set_padding((0, 1));
            }
        }
        page.line(&table.trim_fmt());
    }
}

/// The lists by scores that no total is made of.
fn beside(report: &RankedAssessment<'_>, page: &mut Page) {
    for ListBeside { title, list, rows } in lists_beside(&report.traces, report.rules, report.assessment) {
        let list = list.map_or_else(String::new, |list| format!(", {list}"));
        page.heading(&format!("Beside the total: {title}{list}"));
        for row in rows.iter().take(MOST_BESIDE) {
            let room = WIDTH.saturating_sub(7 + row.score.to_string().len());
            let title = cut(row.title, room);
            page.line(&format!("{:>3}  {title:<room$}{}", row.rank, row.score));
        }
        if let Some(more) = rows.len().checked_sub(MOST_BESIDE).filter(|more| *more > 0) {
            page.paragraph(&format!("And {} more; the CSV and the workbook have all.", whole(more)));
        }
    }
}

/// A title that fits.
fn cut(title: &str, room: usize) -> String {
    match title.chars().count() < room {
        true => title.to_owned(),
        false => title.chars().take(room.saturating_sub(2)).chain(['…']).collect(),
    }
}

/// How wide each column is: figures as wide as the longest, so that none breaks, and the title has what is left.
fn widths(report: &RankedAssessment<'_>) -> [u16; 6] {
    let longest = |figure: fn(&Trace<'_>) -> String| {
        let longest = report.traces.iter().map(|trace| figure(trace).chars().count() + 1).max();
        u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX)
    };
    let (total, range) = (longest(total).max(9), longest(range).max(17));
    let title = 57_u16.saturating_sub(total).saturating_sub(range).max(NARROWEST_TITLE);
    [4, title, total, range, 10, 9]
}

fn total(trace: &Trace<'_>) -> String {
    trace.total.map_or_else(|| "–".to_owned(), |total| total.to_string())
}

fn range(trace: &Trace<'_>) -> String {
    trace.range.map_or_else(String::new, range_in_a_cell)
}

fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn gate_word(trace: &Trace<'_>) -> &'static str {
    let beside = match (&trace.passed_over, &trace.at_the_line) {
        (Some(_), _) => "passed",
        (None, Some(_)) => "at line",
        (None, None) => "",
    };
    trace.placed_by().map_or(beside, |gate| gate.effect.words().in_the_terminal)
}

/// Why a candidate is where it is.
fn detail(trace: &Trace<'_>, report: &RankedAssessment<'_>, page: &mut Page) {
    page.line("");
    let total = trace.total.map_or_else(|| "not ranked".to_owned(), |total| total.to_string());
    let rank = trace.shown_rank().map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let room = WIDTH - 6 - total.len();
    let mut title = textwrap::wrap(&trace.candidate.title, room - 1);
    let first = if title.is_empty() { "".into() } else { title.remove(0) };
    let gap = room.saturating_sub(textwrap::core::display_width(&first));
    page.line(&format!("{rank:>3}  {first}{}{total}", " ".repeat(gap)));
    for line in title {
        page.line(&format!("     {line}"));
    }
    if trace.total.is_some() {
        why(trace, page);
    }
    if let Some(criterion) = trace.refused_by {
        page.labelled(
            "No total",
            &format!("The rules do not rank without an answer on {}.", lower_title(&criterion.title)),
        );
    }
    if let Some(told) = too_little_in_words(trace) {
        page.labelled("No total", &told);
    }
    if let Some(gate) = trace.lead_gate() {
        page.labelled("Lead", &format!("{}: {}", trace.leader().word(), gate.reason));
    }
    for gate in &trace.gates {
        page.labelled("Gate", &format!("{}: {}", gate.title, gate.reason));
    }
    for (label, told) in [
        ("Line", at_the_line_in_words(trace, report.rules)),
        ("Overlap", overlaps_in_words(trace)),
        ("Passed", passed_over_in_words(trace)),
    ] {
        if let Some(told) = told {
            page.labelled(label, &told);
        }
    }
    for part in trace.contributions.iter().filter(|part| part.missing.is_some()) {
        let (title, done) = (lower_title(&part.criterion.title), part.criterion.missing.policy().done());
        page.labelled("Missing", &format!("{title} ({done}): {}", contribution_reason(part)));
    }
    for (at, line) in beside_in_words(trace).iter().enumerate() {
        page.labelled(if at == 0 { "Beside" } else { "" }, line);
    }
    for (at, line) in vetoes_in_words(trace).iter().enumerate() {
        page.labelled(if at == 0 { "Vetoes" } else { "" }, line);
    }
    sure(trace, report.rules, page);
    for (at, line) in arithmetic(trace, report.rules).iter().enumerate() {
        page.labelled(if at == 0 { "Adds up" } else { "" }, line);
    }
}

/// The criteria that carried the total, each with its sentence.
fn why(trace: &Trace<'_>, page: &mut Page) {
    let reasons = main_reasons(trace, 3);
    if reasons.is_empty() {
        page.labelled("Why", "no question earned it points.");
    }
    for (label, parts) in [("Why", reasons), ("Costs it", main_costs(trace, 3))] {
        for (number, part) in parts.into_iter().enumerate() {
            let told = format!(
                "{} {}{}: {}",
                lower_title(&part.criterion.title),
                part.kind.sign(),
                part.points,
                contribution_reason(part)
            );
            page.labelled(if number == 0 { label } else { "" }, &told);
        }
    }
}

fn sure(trace: &Trace<'_>, rules: &RuleSet, page: &mut Page) {
    let judged = match judged(trace) {
        0 => String::new(),
        judged => format!(", {} by judgement alone", counted(judged, "answer", "answers")),
    };
    let range = match (trace.total, trace.range) {
        (Some(_), Some(range)) => range_in_words(range),
        (Some(_), None) => no_range_in_words(trace, rules).to_owned(),
        (None, _) => "no total".to_owned(),
    };
    page.labelled("How sure", &format!("{range}; {} answered{judged}.", answered_questions(trace)));
}

/// What the figures mean.
fn key(report: &RankedAssessment<'_>, page: &mut Page) {
    let rules = report.rules;
    page.heading("The questions, in the order of the sums");
    for criterion in &rules.criteria {
        let number = rules.criteria.iter().position(|other| other.id == criterion.id).unwrap_or(0);
        let share = rules.weights.shares().get(number).copied().unwrap_or(0);
        let weight = match rules.earned(number).is_weighed() {
            true => crate::scoring::Fixed::new(share, rules.fine_decimals()).as_weight(),
            // Nothing weighs it against others.
            false => "–".to_owned(),
        };
        page.labelled(&weight, &format!("{}: {}", criterion.title, criterion.question));
    }
    page.line("");
    for (label, words) in [("About the rules", &rules.about), ("Weights", &rules.weights_because)] {
        if let Some(words) = words {
            page.foreign(&format!("{label}: {}", words.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    if let Some(origin) = weights_origin(rules, &report.warnings) {
        page.foreign(&origin);
    }
    for parameter in parameters_in_force(rules, |_| true) {
        page.foreign(&format!("{}. Used by {}.", parameter.line(), parameter.read_by));
    }
    page.paragraph(&tie_order(rules));
    page.paragraph(&format!("\"Could be\": {}", could_be(report)));
    if let Some(bounds) = bounds_in_words(&report.traces) {
        page.paragraph(&format!("≥ and ≤: {}", lower_title(bounds)));
    }
    for band in report.by_standing().into_iter().filter_map(|(standing, _)| standing.band()) {
        page.paragraph(band.in_the_key);
    }
    for warning in &report.warnings {
        page.foreign(&format!("Warning: {}.", warning.message));
    }
}

/// What the column of ranges means.
fn could_be(report: &RankedAssessment<'_>) -> String {
    format!("how low or high the total could be, with {}.", farthest_in_words(report.rules, "and every stand-in"))
}
