//! The ranking as CSV, a candidate a row, for a spreadsheet.

use super::matrix::{MemberMatrix, cell};
use crate::assessment::OverlapKind;
use crate::explain::{contribution_reason, standing_in_words};
use crate::ranked::RankedAssessment;
use crate::rules::{ListPer, RuleSet};
use crate::scoring::{Contribution, Trace};
use crate::sheet::inert;

/// The ranking as CSV with a header row. Text that a spreadsheet would run as a formula is made inert.
pub fn csv(report: &RankedAssessment<'_>) -> String {
    let overlaps = tells_overlaps(report);
    let members = MemberMatrix::new(report);
    let rows = report.traces.iter().map(|trace| {
        let mut cells = row(trace, report, overlaps);
        cells.extend(said_by_members(trace, members.as_ref()));
        cells
    });
    let mut names = header(report, overlaps);
    names.extend(
        members.iter().flat_map(|matrix| &matrix.members).map(|member| inert(&format!("member {}", member.id))),
    );
    table(std::iter::once(names).chain(rows))
}

/// The columns of [`csv_of_answers`].
const ANSWER_COLUMNS: [&str; 16] = [
    "rank",
    "candidate",
    "title",
    "tier",
    "total",
    "criterion",
    "question",
    "measure",
    "lower",
    "upper",
    "unit",
    "value",
    "weight",
    "points",
    "missing",
    "reason",
];

/// The ranking as CSV with a row for each candidate and question: what a pivot table takes. What a question brings in stands
/// under `points`, be it points, a factor or a score.
pub fn csv_of_answers(report: &RankedAssessment<'_>) -> String {
    let lists = list_headings(report.rules);
    let names = lists.iter().flatten().chain(&ANSWER_COLUMNS).map(|name| (*name).to_owned()).collect();
    let rows =
        report.traces.iter().flat_map(|trace| trace.contributions.iter().map(move |part| answer(trace, part, report)));
    table(std::iter::once(names).chain(rows))
}

/// A candidate's answer to one question.
fn answer(trace: &Trace<'_>, part: &Contribution<'_>, report: &RankedAssessment<'_>) -> Vec<String> {
    let number = |number: Option<String>| number.unwrap_or_default();
    let [measure, lower, upper, value, weight, earned, missing] = contribution(part);
    let mut cells = list_cells(trace, report);
    cells.extend([
        number(trace.rank.map(|rank| rank.to_string())),
        inert(&trace.candidate.id),
        inert(&trace.candidate.title),
        inert(&standing_in_words(trace.standing, report.rules)),
        number(trace.total.map(|total| total.to_string())),
        inert(&part.criterion.id),
        inert(&part.criterion.title),
        measure,
        lower,
        upper,
        inert(&part.criterion.unit),
        value,
        weight,
        earned,
        missing,
        inert(&contribution_reason(part)),
    ]);
    cells
}

/// Rows of equal length as CSV.
pub(super) fn table(rows: impl Iterator<Item = impl IntoIterator<Item = String>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory can't fail, and all rows are as long as the header.
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn header(report: &RankedAssessment<'_>, with_overlaps: bool) -> Vec<String> {
    let lists = list_headings(report.rules);
    let lists = lists.as_ref().map_or(&[][..], |headings| headings);
    let first = ["rank", "id", "title", "tier", "gate", "total", "could be from", "could be to", "ends", "coverage"];
    let mut names: Vec<String> = lists.iter().chain(&first).map(|name| (*name).to_owned()).collect();
    if with_overlaps {
        names.extend(["part of", "shares evidence with", "passed over for"].map(str::to_owned));
    }
    if report.rules.says_who_leads() {
        names.push("lead".to_owned());
    }
    if report.rules.told_apart_by.is_some() {
        names.push("not told apart at a line from".to_owned());
    }
    names.extend(report.rules.combine.takes_vetoes().then(|| "vetoes".to_owned()));
    for (number, group) in report.rules.groups.iter().enumerate().filter(|_| report.rules.combine.has_sections()) {
        names.push(format!("{} score", group.id));
        names.extend(report.rules.is_beside(number).then(|| format!("{} place", group.id)));
    }
    for (number, criterion) in report.rules.criteria.iter().enumerate() {
        let earned = report.rules.earned(number).word();
        for column in ["measure", "lower", "upper", "value", "weight", earned, "missing"] {
            names.push(format!("{} {column}", criterion.id));
        }
    }
    names
}

fn row(trace: &Trace<'_>, report: &RankedAssessment<'_>, with_overlaps: bool) -> Vec<String> {
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    let mut cells = list_cells(trace, report);
    cells.extend([
        or_empty(trace.rank.map(|rank| rank.to_string())),
        inert(&trace.candidate.id),
        inert(&trace.candidate.title),
        inert(&standing_in_words(trace.standing, report.rules)),
        or_empty(trace.gates.first().map(|gate| gate.effect.word().to_owned())),
        or_empty(trace.total.map(|total| total.to_string())),
        or_empty(trace.range.map(|range| range.low.to_string())),
        or_empty(trace.range.map(|range| range.high.to_string())),
        or_empty(trace.range.map(|range| if range.is_reached { "reached" } else { "bounds" }.to_owned())),
        trace.coverage.to_string(),
    ]);
    if with_overlaps {
        cells.extend(overlaps(trace));
    }
    if report.rules.says_who_leads() {
        cells.push(trace.leader().word().to_owned());
    }
    if report.rules.told_apart_by.is_some() {
        let with = trace.at_the_line.iter().flat_map(|line| &line.with);
        cells.push(inert(&with.map(|other| &*other.id).collect::<Vec<_>>().join(" ")));
    }
    cells.extend(trace.vetoes.as_ref().map(|vetoes| vetoes.change.to_string()));
    for (number, section) in trace.sections.iter().enumerate() {
        cells.push(or_empty(section.score.map(|score| score.to_string())));
        let place = || or_empty(section.beside.map(|place| place.rank.to_string()));
        cells.extend(report.rules.is_beside(number).then(place));
    }
    trace.contributions.iter().for_each(|part| cells.extend(contribution(part)));
    cells
}

/// The code and the name of a candidate's list; none where there is one list.
fn list_cells(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Vec<String> {
    let list = report.rules.per.map(|_| report.rules.list_of(trace.candidate));
    let list = list.map(|code| [code, report.rules.list_title(report.assessment, code)].map(inert));
    list.into_iter().flatten().collect()
}

/// What each member says of a candidate; empty cells of one that is no theme.
fn said_by_members(trace: &Trace<'_>, members: Option<&MemberMatrix<'_>>) -> Vec<String> {
    let Some(matrix) = members else { return Vec::new() };
    match matrix.row(trace.id()) {
        Some(row) => row.says.iter().map(|says| inert(&cell(says))).collect(),
        None => matrix.members.iter().map(|_| String::new()).collect(),
    }
}

/// The headings of the code and the name of a candidate's list; none where there is one list.
pub(super) fn list_headings(rules: &RuleSet) -> Option<[&'static str; 2]> {
    rules.per.map(|per| match per {
        ListPer::Area => ["area", "area title"],
        ListPer::Kind => ["list", "list title"],
    })
}

/// Whether any candidate overlaps with another.
fn tells_overlaps(report: &RankedAssessment<'_>) -> bool {
    report.traces.iter().any(|trace| !trace.overlaps.is_empty())
}

/// What it is part of, with whom it shares evidence, and who has the place that it would have had: ids.
fn overlaps(trace: &Trace<'_>) -> [String; 3] {
    let shared = trace.overlaps.iter().filter(|(kind, _)| *kind == OverlapKind::SharesEvidence);
    let shared: Vec<&str> = shared.map(|(_, other)| &*other.id).collect();
    [
        inert(trace.candidate.part_of.as_deref().unwrap_or_default()),
        inert(&shared.join(" ")),
        inert(trace.passed_over.map_or("", |passed| &passed.by.id)),
    ]
}

fn contribution(part: &Contribution<'_>) -> [String; 7] {
    let interval = part.measure.and_then(|measure| measure.interval);
    let words = part.criterion.levels.is_some();
    let shown = |measure: f64| if words { inert(&part.criterion.figure(measure)) } else { measure.to_string() };
    let number = |measure: Option<f64>| measure.map(shown).unwrap_or_default();
    [
        number(part.measure.map(|measure| measure.estimate)),
        number(interval.map(|interval| interval.0)),
        number(interval.map(|interval| interval.1)),
        part.value.map(|value| value.to_string()).unwrap_or_default(),
        part.weight.as_weight(),
        part.earned().map(|points| points.to_string()).unwrap_or_default(),
        part.missing.as_ref().map(|_| part.criterion.missing.word().to_owned()).unwrap_or_default(),
    ]
}
