//! What the kinds share: names that people give, periods that publishers write, values to be written.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::RowAccount;
use super::account::grouped;
use crate::assessment::Period;
use crate::diagnostic::{Code, Problem, did_you_mean, quoted_list};
use crate::files::Files;
use crate::sheet::{Book, SheetTable, header_words};
use crate::words::listed;

/// The document that an import cites.
#[derive(Debug, Clone, Default)]
pub struct CitedDocument {
    /// Its title; the kind has one of its own where none is given.
    pub title: Option<String>,
    /// When it was published, in any form of a period.
    pub date: Option<String>,
}

impl CitedDocument {
    /// The keys of its `[[source]]`.
    ///
    /// # Errors
    /// A date that is no period.
    pub(super) fn keys(&self, id: &str, title: &str, publisher: &str) -> Result<Vec<(&'static str, Value)>, Problem> {
        let title = self.title.as_deref().unwrap_or(title);
        let mut keys = vec![("id", id.into()), ("title", title.into())];
        if !publisher.is_empty() {
            keys.push(("publisher", publisher.into()));
        }
        if let Some(date) = &self.date {
            Period::parse(date).map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))?;
            keys.push(("date", date.as_str().into()));
        }
        Ok(keys)
    }
}

/// Names that a person gave, to be found in a file; how they are written there makes no difference but in words.
#[derive(Debug)]
pub(super) struct WantedNames {
    /// By their words: as the person wrote them.
    wanted: BTreeMap<String, String>,
    seen: BTreeSet<String>,
}

impl WantedNames {
    pub(super) fn new(names: &[String]) -> Self {
        Self { wanted: names.iter().map(|name| (header_words(name), name.clone())).collect(), seen: BTreeSet::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether `name` is one of them.
    pub(super) fn has(&mut self, name: &str) -> bool {
        let words = header_words(name);
        let found = self.wanted.contains_key(&words);
        if found {
            self.seen.insert(words);
        }
        found
    }

    /// A problem for each that was never met, with what there is.
    pub(super) fn unmet<'a>(&self, what: &str, there: impl IntoIterator<Item = &'a str>) -> Vec<Problem> {
        let there: Vec<&str> = there.into_iter().collect();
        let problem = |(_, name): (&String, &String)| {
            Problem::new(Code::NotInFile, format!("there is no {what} `{name}` in what was read"))
                .help(nearest_or_first(name, &there))
        };
        self.wanted.iter().filter(|(words, _)| !self.seen.contains(*words)).map(problem).collect()
    }
}

/// "did you mean", or the first of what there is: a file can name hundreds.
pub(super) fn nearest_or_first(name: &str, there: &[&str]) -> String {
    let said = did_you_mean(name, there.iter().copied());
    if said.starts_with("did you mean") {
        return said;
    }
    let words = header_words(name);
    let holding = |other: &&&str| !words.is_empty() && header_words(other).contains(&words);
    let holding: Vec<&str> = there.iter().filter(holding).copied().take(5).collect();
    match (&*holding, there.get(..10)) {
        ([], Some(some)) => format!("there are {}, among them {}", there.len(), quoted_list(some)),
        ([], None) => said,
        (holding, _) => format!("did you mean {}?", quoted_list(holding).replace(" and `", " or `")),
    }
}

/// A financial year however it is written: `2018_19`, `2018-19`, `2018/2019` and `Apr 2018 to Mar 2019` are `2018/19`.
pub(super) fn financial_year(text: &str) -> Option<String> {
    let parts: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, second] = *parts else { return None };
    let start: u32 = first.parse().ok().filter(|_| first.len() == 4)?;
    let end: u32 = second.parse().ok()?;
    let follows = match second.len() {
        2 => (start + 1) % 100 == end,
        4 => start + 1 == end,
        _ => false,
    };
    (follows && (1900..2100).contains(&start)).then(|| format!("{start}/{:02}", (start + 1) % 100))
}

/// A table of a list.
pub(super) fn toml_table(keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Table(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Table>())
}

/// A number as a person writes it: whole where it is.
#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
pub(crate) fn toml_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { Value::Integer(number as i64) } else { Value::Float(number) }
}

/// What was set aside and why, as help where nothing is left to be written.
pub(super) fn why_nothing(account: &RowAccount) -> String {
    let aside: Vec<String> = account.aside().map(|(reason, rows)| format!("{reason} ({})", grouped(rows))).collect();
    if aside.is_empty() { "there is no row".to_owned() } else { format!("rows set aside: {}", listed(&aside)) }
}

/// Opens the workbook or text file at `path`, and tells how a text was read that is not UTF-8 with commas.
///
/// # Errors
/// Why it can't be read.
pub(super) fn open_book(files: &dyn Files, path: &str, remarks: &mut Vec<String>) -> Result<Book, Problem> {
    let book = Book::open_any(files, path, &|_| None)?;
    remarks.extend_from_slice(book.told());
    Ok(book)
}

/// Adds a sentence for each column that is not read because another has what was looked for.
pub(super) fn tell_passed_over(table: &SheetTable<'_>, remarks: &mut Vec<String>) {
    for (read, other) in table.passed_over() {
        let remark = format!("`{read}` is read, and `{other}` is not.");
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
}

/// A wrong or missing option.
pub(super) fn option_problem(message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::new(Code::ImportOption, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_however_written() {
        for text in ["2018_19", "2018/19", "2018-19", "2018/2019", "2018–19", "Apr 2018 to Mar 2019"] {
            assert_eq!(financial_year(text).as_deref(), Some("2018/19"), "{text}");
        }
        for text in ["2018", "2018/20", "18/19", "", "2018/19/20", "Table 2018_19 of 20"] {
            assert_eq!(financial_year(text), None, "{text}");
        }
        assert_eq!(financial_year("1999_00").as_deref(), Some("1999/00"));
    }

    #[test]
    fn of_many_names_the_near_ones_are_told() {
        let names: Vec<String> =
            (0..40).map(|number| format!("Place {number}")).chain(["Huntingdonshire and Fenland".into()]).collect();
        let there: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(nearest_or_first("Huntingdonshire", &there), "did you mean `Huntingdonshire and Fenland`?");
        assert_eq!(
            nearest_or_first("Huntingdonshire and Fenlnd", &there),
            "did you mean `Huntingdonshire and Fenland`?"
        );
    }
}
