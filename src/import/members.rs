//! Lists of members' priorities, once: a table with a row for each priority, or a text with a line for each below its
//! member's name. Numbers before a priority are no rank: only a column of ranks, or whoever imports it, says that a list is in
//! order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::given::{open_book, option_problem, tell_passed_over, toml_number, why_nothing};
use super::{EvidenceText, Import, RowAccount};
use crate::assessment::Period;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, TEXT_LIMIT, read_bytes};
use crate::sheet::{self, CellFigure, SheetRow, SheetTable, WantedColumn};
use crate::text_encoding::{TextEncoding, decode_any, decoded_remark};
use crate::toml_file::is_id;
use crate::words::id_of;
use crate::words::listed;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct MembersOptions {
    /// The table, or the text, which ends in `.txt` or `.md`.
    pub path: String,
    /// The period that the lists are for.
    pub period: String,
    /// The id of the document that they are from, as the assessment names it.
    pub source: String,
    /// The place in the document; the row or line of each member's first priority stands behind it.
    pub place: String,
    /// Whether the document says that they are in order.
    pub is_ranked: bool,
    /// The member whose list the file is; none where a column, or lines of the text, name members.
    pub member: Option<String>,
}

const MEMBER: WantedColumn = WantedColumn {
    key: "member",
    names: &["Member", "Partnership", "CSP", "District", "Area", "Community safety partnership"],
    needed: true,
};
const OTHERS: [WantedColumn; 4] = [
    WantedColumn { key: "priority", names: &["Priority", "Priorities", "Candidate", "Title", "Theme"], needed: true },
    WantedColumn { key: "rank", names: &["Rank", "Place", "Position"], needed: false },
    WantedColumn { key: "total", names: &["Total", "Score", "Points"], needed: false },
    WantedColumn { key: "chosen", names: &["Chosen", "Adopted", "Is a priority"], needed: false },
];

/// One priority as it was read.
struct Priority {
    title: String,
    rank: Option<f64>,
    total: Option<f64>,
    is_chosen: bool,
}

/// A member's priorities, and where the first of them stands.
#[derive(Default)]
struct MemberRows {
    first: String,
    priorities: Vec<Priority>,
}

/// Reads the lists and makes a file of each.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &MembersOptions) -> Result<Import, Problems> {
    Period::parse(&options.period).map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))?;
    if !is_id(&options.source) {
        let message = format!("`{}` is no id of a source", options.source);
        return Err(option_problem(message, "write the id of its `[[source]]`, such as `agreement2014`").into());
    }
    let mut remarks = Vec::new();
    let mut members = ReadMembers::default();
    let mut account = RowAccount::new("rows");
    match [".txt", ".md"].iter().any(|end| options.path.to_ascii_lowercase().ends_with(end)) {
        true => members.text(files, options, &mut account, &mut remarks)?,
        false => members.table(files, options, &mut account, &mut remarks)?,
    }
    if members.order.is_empty() {
        return Err(option_problem("no priority is left to be written", why_nothing(&account)).into());
    }
    let files = members.files(options)?;
    let tables = members.order.iter().map(|title| format!("{title} is `members/{}.toml`", id_of(title)));
    remarks.push(format!(
        "Name each in a `[[member]]` table of assessment.toml: {}.",
        listed(&tables.collect::<Vec<_>>())
    ));
    Ok(Import { files, account, remarks })
}

/// The members, in the order of the file.
#[derive(Default)]
struct ReadMembers {
    order: Vec<String>,
    rows: BTreeMap<String, MemberRows>,
}

impl ReadMembers {
    fn add(&mut self, member: &str, place: impl FnOnce() -> String, priority: Priority) {
        let rows = self.rows.entry(member.to_owned()).or_insert_with(|| {
            self.order.push(member.to_owned());
            MemberRows { first: place(), priorities: Vec::new() }
        });
        rows.priorities.push(priority);
    }

    /// A row for each priority.
    fn table(
        &mut self,
        files: &dyn Files,
        options: &MembersOptions,
        account: &mut RowAccount,
        remarks: &mut Vec<String>,
    ) -> Result<(), Problems> {
        let mut book = open_book(files, &options.path, remarks)?;
        let (mut problems, mut absent) = (Problems::default(), None);
        let wanted: Vec<WantedColumn> = options.member.is_none().then_some(MEMBER).into_iter().chain(OTHERS).collect();
        for at in 0..book.names().len() {
            let sheet = book.sheet(at)?;
            let Some(table) = SheetTable::find(&sheet, &wanted)? else {
                absent = absent.or_else(|| Some(SheetTable::absent(&sheet, &wanted)));
                continue;
            };
            tell_passed_over(&table, remarks);
            account.read(table.rows.len() as u64);
            for row in table.rows {
                if let Err(problem) = self.row(&table, row, options.member.as_deref(), account) {
                    problems.push(problem);
                }
            }
            return if problems.has_errors() { Err(problems) } else { Ok(()) };
        }
        Err(absent.map_or_else(|| option_problem("there is no sheet", "check the file").into(), Problems::from))
    }

    /// A row; of the member `of`, where it does not name its own.
    fn row(
        &mut self,
        table: &SheetTable<'_>,
        row: &SheetRow,
        of: Option<&str>,
        account: &mut RowAccount,
    ) -> Result<(), Problem> {
        let member = of.map_or_else(|| table.text(row, "member"), str::to_owned);
        let title = table.text(row, "priority");
        if let Some(reason) = match (member.is_empty(), title.is_empty()) {
            (true, _) => Some("no member"),
            (_, true) => Some("no priority"),
            _ => None,
        } {
            account.set_aside(reason, 1);
            return Ok(());
        }
        let rank = cell(table, row, "rank")?;
        if rank.is_some_and(|rank| rank < 1.0 || rank.fract() != 0.0) {
            return Err(table.problem(
                row,
                "rank",
                "a rank is a whole number from 1",
                "write the rank, or empty the cell",
            ));
        }
        let is_chosen = match table.text(row, "chosen").to_lowercase().as_str() {
            "" | "yes" | "y" | "true" => true,
            "no" | "n" | "false" => false,
            _ => return Err(table.problem(row, "chosen", "this is neither yes nor no", "write `yes` or `no`")),
        };
        let priority = Priority { title, rank, total: cell(table, row, "total")?, is_chosen };
        self.add(&member, || format!("row {}", row.number), priority);
        account.used(1);
        Ok(())
    }

    /// Lines of priorities, each with a mark or a number before it, below the line of their member.
    fn text(
        &mut self,
        files: &dyn Files,
        options: &MembersOptions,
        account: &mut RowAccount,
        remarks: &mut Vec<String>,
    ) -> Result<(), Problem> {
        let bytes = read_bytes(files, &options.path, TEXT_LIMIT)?;
        let (text, encoding) = decode_any(&options.path, &bytes)?;
        if encoding != TextEncoding::Utf8 {
            remarks.extend(decoded_remark(std::slice::from_ref(&options.path)));
        }
        let mut member = options.member.clone();
        for (at, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            account.read(1);
            match (unmarked(line), &member) {
                (Some(title), Some(member)) => {
                    let priority = Priority { title: title.to_owned(), rank: None, total: None, is_chosen: true };
                    self.add(member, || format!("line {at}"), priority);
                    account.used(1);
                }
                (Some(_), None) => account.set_aside("before the first member", 1),
                (None, _) if options.member.is_some() => account.set_aside("other lines", 1),
                (None, _) => {
                    member = Some(line.trim_matches(['#', ':', '*', ' ']).to_owned()).filter(|name| !name.is_empty());
                    account.set_aside("names of members, and other lines", 1);
                }
            }
        }
        Ok(())
    }

    /// A file for each member.
    fn files(&self, options: &MembersOptions) -> Result<Vec<(String, String)>, Problem> {
        let mut names = BTreeSet::new();
        let mut files = Vec::new();
        for title in &self.order {
            let name = id_of(title);
            if name.is_empty() || !names.insert(name.clone()) {
                let message = format!("`{title}` can't name a member, or two members are nearly the same");
                return Err(option_problem(message, "rename it in the file"));
            }
            if let Some(rows) = self.rows.get(title) {
                files.push((format!("members/{name}.toml"), written(title, rows, options)?));
            }
        }
        Ok(files)
    }
}

fn cell(table: &SheetTable<'_>, row: &SheetRow, key: &str) -> Result<Option<f64>, Problem> {
    match sheet::figure(table.get(row, key)) {
        Ok(CellFigure::Number(number)) => Ok(Some(number)),
        Ok(_) => Ok(None),
        Err((message, help)) => Err(table.problem(row, key, &message, help)),
    }
}

/// What stands behind the mark or the number of a list; none of a line that has neither.
fn unmarked(line: &str) -> Option<&str> {
    let marked = line.strip_prefix(['-', '*', '•', '·', '–', '\u{f0b7}']).filter(|rest| rest.starts_with([' ', '\t']));
    let numbered = || {
        let rest = line.trim_start_matches("Priority ").trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_numbered = rest.len() < line.len() && rest.starts_with(['.', ')', '-', '–', ' ']);
        is_numbered.then(|| rest.trim_start_matches(['.', ')', '-', '–', ' ']))
    };
    marked.or_else(numbered).map(str::trim).filter(|title| !title.is_empty())
}

fn written(member: &str, rows: &MemberRows, options: &MembersOptions) -> Result<String, Problem> {
    let has_ranks = rows.priorities.iter().any(|priority| priority.rank.is_some());
    if has_ranks && rows.priorities.iter().any(|priority| priority.rank.is_none()) {
        let message = format!("some priorities of `{member}` have a rank, and some have none");
        return Err(option_problem(message, "write a rank for each, or take the column out"));
    }
    let mut text = EvidenceText::new(&format!("{member}: made by `prioritise import members`."));
    text.lines(&[
        ("ranked", (has_ranks || options.is_ranked).into()),
        ("period", options.period.as_str().into()),
        ("source", options.source.as_str().into()),
        ("where", format!("{}, {}", options.place, rows.first).into()),
    ]);
    let mut ids = BTreeSet::new();
    let mut priorities: Vec<&Priority> = rows.priorities.iter().collect();
    priorities.sort_by(|one, other| one.rank.partial_cmp(&other.rank).unwrap_or(Ordering::Equal));
    for priority in priorities {
        let id = id_of(&priority.title);
        if id.is_empty() || !ids.insert(id.clone()) {
            let message = format!("`{}` can't name a priority of `{member}`, or stands there twice", priority.title);
            return Err(option_problem(message, "rename it in the file, or take one of the two out"));
        }
        let mut keys: Vec<(&str, Value)> = vec![("id", id.into()), ("title", priority.title.as_str().into())];
        keys.extend(priority.rank.map(|rank| ("rank", toml_number(rank))));
        keys.extend(priority.total.map(|total| ("total", toml_number(total))));
        if !priority.is_chosen {
            keys.push(("chosen", false.into()));
        }
        text.table("[[priority]]", &keys);
    }
    Ok(text.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_numbers_of_a_list_are_taken_off() {
        for line in ["- Arson", "• Arson", "* Arson", "1. Arson", "2) Arson", "Priority 1- Arson", "Priority 2 – Arson"]
        {
            assert_eq!(unmarked(line), Some("Arson"), "{line}");
        }
        for line in ["East (2014-15)", "## East", "2014", "-", "*East*", "-East"] {
            assert_eq!(unmarked(line), None, "{line}");
        }
    }
}
