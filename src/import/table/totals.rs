//! Whether figures that are to be added up hold their own sum: `Total` among its parts, or a text whose figures are the
//! sum of those of the others wherever they stand together. Added up, they would count twice.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Reading, to_twelve_digits};
use super::group::row;
use super::layout::LaidOutSheet;
use super::names::may_be_total;
use super::rows::{At, Entry, ReadRows};
use super::{FiguresIn, TableOptions};
use crate::diagnostic::{Problem, Problems};

/// In how many places a text must be the sum of the others before it is taken for it: one may be chance.
const SUMS_BEFORE_ASKED: usize = 2;
/// How many texts are named in an advice.
const TEXTS_NAMED: usize = 6;

/// Refuses to add up a figure and its parts. What is chosen with `--where` is chosen: its column is not looked at.
///
/// # Errors
/// The first such text of each column, with the condition that leaves it out.
pub(super) fn refuse(sheets: &[LaidOutSheet], rows: &ReadRows, options: &TableOptions) -> Result<(), Problems> {
    if !options.sum || options.figures == FiguresIn::Rows {
        return Ok(());
    }
    let mut problems = Problems::default();
    for (number, sheet) in (0..).zip(sheets) {
        let beside = Beside::of(number, sheet, sheets, rows);
        for column in beside.columns.keys() {
            if let Some(total) = beside.by_word(*column).or_else(|| beside.by_sum(*column)) {
                problems.push(total.problem(sheets, sheet, *column));
            }
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(()) }
}

/// The texts beside the figures of a sheet, in the columns over which they are added up.
struct Beside<'a> {
    entries: Vec<&'a Entry>,
    /// By column: the text of each entry.
    columns: BTreeMap<u32, Vec<String>>,
}

/// A text that holds the others, and the place where it does.
struct FoundTotal {
    text: String,
    at: At,
    others: BTreeSet<String>,
    why: String,
}

impl<'a> Beside<'a> {
    fn of(number: u32, sheet: &LaidOutSheet, sheets: &[LaidOutSheet], rows: &'a ReadRows) -> Self {
        let used = sheet.columns.all();
        let headers = sheet.header.cells().map(|(column, _)| column).filter(|column| !used.contains(column));
        let entries: Vec<&Entry> = rows.entries.iter().filter(|entry| entry.at.sheet == number).collect();
        let text = |at: At, column: u32| row(sheets, at).map(|(_, row)| row.text(column)).unwrap_or_default();
        let texts = |column: u32| entries.iter().map(|entry| text(entry.at, column)).collect();
        let columns = headers.map(|column| (column, texts(column))).collect();
        Self { entries, columns }
    }

    /// A text such as `Total` that is added up with another.
    fn by_word(&self, column: u32) -> Option<FoundTotal> {
        let texts = self.columns.get(&column)?;
        let mut groups: BTreeMap<_, Vec<(&Entry, &String)>> = BTreeMap::new();
        for (entry, text) in self.entries.iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            groups.entry((entry.candidate, entry.evidence, entry.when)).or_default().push((entry, text));
        }
        groups.values().find_map(|group| {
            let (entry, total) = group.iter().find(|(_, text)| may_be_total(text))?;
            group.iter().find(|(_, text)| !may_be_total(text))?;
            let why = "is added up with what it may hold".to_owned();
            Some(FoundTotal { text: (*total).clone(), at: entry.at, others: others(texts, total), why })
        })
    }

    /// A text whose figures are the sum of those of two others or more, wherever they stand together.
    fn by_sum(&self, column: u32) -> Option<FoundTotal> {
        let texts = self.columns.get(&column)?;
        let apart: Vec<&Vec<String>> = self
            .columns
            .iter()
            .filter(|(other, texts)| **other != column && repeats(texts))
            .map(|(_, all)| all)
            .collect();
        let mut groups: BTreeMap<_, BTreeMap<&String, (f64, At)>> = BTreeMap::new();
        for (number, (entry, text)) in self.entries.iter().zip(texts).enumerate() {
            let beside: Vec<&String> = apart.iter().filter_map(|texts| texts.get(number)).collect();
            let figure = if let Reading::Number(figure, _) = &entry.reading { *figure } else { f64::NAN };
            let group = groups.entry((entry.candidate, entry.evidence, entry.when, beside)).or_default();
            group.entry(text).or_insert((0.0, entry.at)).0 += figure;
        }
        let mut found: BTreeMap<&String, (usize, At)> = BTreeMap::new();
        let mut contradicted: BTreeSet<&String> = BTreeSet::new();
        for group in groups.values().filter(|group| group.len() > 2) {
            let all: f64 = group.values().map(|(figure, _)| figure).sum();
            for (text, (figure, at)) in group {
                #[expect(clippy::float_cmp, reason = "rounded to twelve digits")]
                let is_sum = to_twelve_digits(figure * 2.0) == to_twelve_digits(all);
                if is_sum && *figure != 0.0 {
                    found.entry(text).or_insert((0, *at)).0 += 1;
                } else if !is_sum {
                    contradicted.insert(text);
                }
            }
        }
        let is_total =
            |(text, (sums, _)): &(&&String, &(usize, At))| *sums >= SUMS_BEFORE_ASKED && !contradicted.contains(*text);
        let (total, (sums, at)) = found.iter().find(is_total)?;
        let why = format!("is the sum of the others in each of {sums} places");
        Some(FoundTotal { text: (*total).clone(), at: *at, others: others(texts, total), why })
    }
}

/// Whether a column tells kinds of rows: at least two rows of each text, taken together.
fn repeats(texts: &[String]) -> bool {
    texts.iter().collect::<BTreeSet<_>>().len() * 2 <= texts.len()
}

fn others(texts: &[String], total: &str) -> BTreeSet<String> {
    texts.iter().filter(|text| *text != total && !may_be_total(text)).cloned().collect()
}

impl FoundTotal {
    fn problem(&self, sheets: &[LaidOutSheet], sheet: &LaidOutSheet, column: u32) -> Problem {
        let (header, text) = (sheet.header_text(column), &self.text);
        let message = format!("`{text}` {}, so it would count twice", self.why);
        let named: Vec<&str> = self.others.iter().map(String::as_str).take(TEXTS_NAMED).collect();
        let more = if self.others.len() > named.len() { " | …" } else { "" };
        let help = format!(
            "take it alone with `--where \"{header} = {text}\"`, or leave it out with `--where \"{header} != {text}\"`; or \
             name what is to be added up, as `--where \"{header} = {}{more}\"`",
            named.join(" | ")
        );
        match row(sheets, self.at) {
            Some((sheet, row)) => sheet.problem(row, column, &message, &help),
            None => crate::import::given::option_problem(message, help),
        }
    }
}
