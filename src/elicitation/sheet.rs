//! Answers in a spreadsheet: a row for each person with a column for each criterion, or for comparisons a row for each.
//!
//! Columns are headed by the criterion's id or title; those of groups begin with `Group:`.

use std::collections::BTreeMap;

use super::Answers;
use super::judge::{
    AnswerPlace, RawAnswers, RawComparison, RawNumber, RawPerson, judge, off_the_scale, saaty_step, saaty_step_of_text,
};
use crate::assessment::day_help;
use crate::diagnostic::{Code, Problem, Problems};
use crate::rules::{Combined, RuleSet, WeightMethod};
use crate::sheet::{CellFigure, CellValue, Sheet, SheetRow, SheetTable, WantedColumn, day_of_cell, figure, same_words};

const BY: WantedColumn = WantedColumn { key: "by", names: &["by", "role", "person"], needed: true };
const DATE: WantedColumn = WantedColumn { key: "date", names: &["date", "day"], needed: true };
const BECAUSE: WantedColumn = WantedColumn { key: "because", names: &["because", "reason", "why"], needed: false };
const FIRST: WantedColumn = WantedColumn { key: "first", names: &["first", "this"], needed: true };
const SECOND: WantedColumn = WantedColumn { key: "second", names: &["second", "against"], needed: true };
const TIMES: WantedColumn =
    WantedColumn { key: "times", names: &["times", "judgement", "how many times"], needed: true };
/// Begins the header of a column, or the name in a comparison, that is about a group.
const GROUP: &str = "group:";

/// How people were asked, where files do not say it or several ways stand in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HowAsked {
    /// By which method.
    pub method: Option<WeightMethod>,
    /// How the answers of several become one.
    pub combined: Option<Combined>,
}

/// The answers in the only sheet that has some.
pub(super) fn answers(
    path: &str,
    sheets: &[Sheet],
    rules: &RuleSet,
    (method, combined): (WeightMethod, Option<Combined>),
    problems: &mut Problems,
) -> Option<Answers> {
    let pairwise = method == WeightMethod::Pairwise;
    let numbers = [BY, DATE, BECAUSE];
    let comparisons = [BY, DATE, FIRST, SECOND, TIMES, BECAUSE];
    let wanted: &[WantedColumn] = if pairwise { &comparisons } else { &numbers };
    let mut tables = Vec::new();
    for sheet in sheets {
        match SheetTable::find(sheet, wanted) {
            Ok(table) => tables.extend(table),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.has_errors() {
        return None;
    }
    let (Some(table), true) = (tables.first(), tables.len() == 1) else {
        let (what, help) = match tables.len() {
            0 => ("no sheet has", "head the columns with `by`, `date` and the other headers in docs/weights.md"),
            _ => ("several sheets have", "keep only one of them in the file"),
        };
        let message = format!("`{path}`: {what} a row with the headers of answers");
        problems.push(Problem::new(Code::BadWorkbook, message).help(help));
        return None;
    };
    let people = if pairwise { of_comparisons(table, rules, problems) } else { of_numbers(table, rules, problems) };
    let raw = RawAnswers {
        method,
        combined,
        ranges: BTreeMap::new(),
        people,
        spot: AnswerPlace::Cell(table.sheet, table.header, table.column("by").unwrap_or(0)),
    };
    if problems.has_errors() { None } else { judge(&raw, rules, problems) }
}

/// A person a row.
fn of_numbers<'a>(table: &SheetTable<'a>, rules: &RuleSet, problems: &mut Problems) -> Vec<RawPerson<'a>> {
    let own: Vec<u32> = ["by", "date", "because"].iter().filter_map(|key| table.column(key)).collect();
    let columns: Vec<(u32, bool, String)> = table
        .header
        .cells()
        .filter(|(column, _)| !own.contains(column))
        .map(|(column, header)| {
            let (group, id) = item(&header.text(), rules);
            (column, group, id)
        })
        .collect();
    let mut people = Vec::new();
    for row in table.rows {
        let mut person = person(table, row, problems);
        for (column, group, id) in &columns {
            let spot = AnswerPlace::Cell(table.sheet, row, *column);
            match figure(row.get(*column)) {
                Ok(CellFigure::Number(number)) => {
                    person.numbers.push(RawNumber { group: *group, id: id.clone(), number, spot });
                }
                Ok(CellFigure::Empty) => {}
                Ok(CellFigure::Withheld(mark)) => {
                    problems.push(spot.problem(
                        Code::BadCell,
                        format!("`{mark}` is not an answer"),
                        "write the number",
                    ));
                }
                Err((message, help)) => problems.push(spot.problem(Code::BadCell, message, help)),
            }
        }
        people.push(person);
    }
    people
}

/// A comparison a row; the rows of one person are put together.
fn of_comparisons<'a>(table: &SheetTable<'a>, rules: &RuleSet, problems: &mut Problems) -> Vec<RawPerson<'a>> {
    let mut people: Vec<RawPerson<'a>> = Vec::new();
    for row in table.rows {
        let said = person(table, row, problems);
        let (group, first) = item(&table.text(row, "first"), rules);
        let (other_group, second) = item(&table.text(row, "second"), rules);
        let spot = AnswerPlace::Cell(table.sheet, row, table.column("times").unwrap_or(0));
        if group != other_group {
            let message = "a group is compared with a criterion";
            problems.push(spot.problem(
                Code::BadValue,
                message,
                "compare criteria of one group, and groups with each other",
            ));
            continue;
        }
        let shown = table.text(row, "times");
        let step = match table.get(row, "times") {
            Some(CellValue::Number(number)) => saaty_step(*number),
            _ => saaty_step_of_text(&shown),
        };
        if step.is_none() {
            problems.push(off_the_scale(&spot, &shown));
        }
        let pair = RawComparison { group, first, second, step, spot };
        match people.iter_mut().find(|person| person.by == said.by) {
            Some(person) => {
                person.date = person.date.max(said.date);
                person.because = person.because.take().or(said.because);
                person.pairs.push(pair);
            }
            None => people.push(RawPerson { pairs: vec![pair], ..said }),
        }
    }
    people
}

/// Who says what a row has, and when.
fn person<'a>(table: &SheetTable<'a>, row: &'a SheetRow, problems: &mut Problems) -> RawPerson<'a> {
    let spot = |key: &str| AnswerPlace::Cell(table.sheet, row, table.column(key).unwrap_or(0));
    let by = table.text(row, "by");
    if by.is_empty() {
        let help = "write the role of the person who answered";
        problems.push(spot("by").problem(Code::AnswerMissing, "this row names no one", help));
    }
    let shown = table.text(row, "date");
    let date = day_of_cell(&shown);
    if date.is_none() {
        let message = format!("`{shown}` is not a day");
        problems.push(spot("date").problem(Code::BadPeriod, message, day_help(&shown)));
    }
    let because = Some(table.text(row, "because")).filter(|because| !because.is_empty());
    RawPerson::new(by, date, because, spot("by"))
}

/// Whether a name is a group's, and the id that it stands for; the name itself where nothing is called so.
fn item(name: &str, rules: &RuleSet) -> (bool, String) {
    let name = name.trim();
    let is_group = name.get(..GROUP.len()).is_some_and(|start| start.eq_ignore_ascii_case(GROUP));
    let name = if is_group { name.get(GROUP.len()..).unwrap_or_default().trim() } else { name };
    let all: Vec<(&str, &str)> = match is_group {
        true => rules.groups.iter().map(|group| (&*group.id, &*group.title)).collect(),
        false => rules.criteria.iter().map(|criterion| (&*criterion.id, &*criterion.title)).collect(),
    };
    let exact = all.iter().find(|(id, title)| *id == name || *title == name);
    let like = || all.iter().find(|(id, title)| same_words(id, name) || same_words(title, name));
    let id = exact.or_else(like).map_or(name, |(id, _)| *id);
    (is_group, id.to_owned())
}
