//! Rows of a list of a piece of evidence, such as the counts of a series, put in or changed where they stand.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::changes::{changed, line_end, of_key, value_of};
use super::evidence::{NewEvidence, evidence_in, evidence_of};
use crate::diagnostic::Problem;
use crate::toml_file::{Splice, end_of_line, start_of_line};

/// A change of a list.
#[derive(Debug, Clone)]
pub(crate) enum RowChange {
    /// A new row, as TOML, before the one with this number as the list is.
    Before(usize, String),
    /// Another value, as TOML, for a key of the row with this number.
    Value(usize, &'static str, String),
}

/// The text of an evidence file with these changes of the list `list` of a piece of evidence that the file has; what stands
/// among the rows stays. Of `at` only the candidate and the name are read.
///
/// # Errors
/// A layout in which they can't be written.
pub(crate) fn with_rows(
    (path, text): (&str, &str),
    at: NewEvidence<'_>,
    list: &str,
    changes: &[RowChange],
) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let there = evidence_of(document.get_ref(), at.candidate, at.name);
    let there = there.and_then(|there| of_key(there.get_ref().as_table()?, list));
    let rows: Vec<&Spanned<DeValue<'_>>> =
        there.and_then(|there| there.get_ref().as_array()).map(|rows| rows.iter().collect()).unwrap_or_default();
    let mut new: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let mut splices: Vec<Splice> = Vec::new();
    for change in changes {
        match change {
            RowChange::Before(number, text) => new.entry(*number).or_default().push(text),
            RowChange::Value(number, key, value) => {
                let place = rows.get(*number).and_then(|row| of_key(row.get_ref().as_table()?, key));
                splices.extend(place.map(|place| (place.span(), value.clone())));
            }
        }
    }
    splices.extend(new.iter().flat_map(|(number, new)| before(text, &rows, *number, new)));
    changed((path, text), &wanted(text.parse().unwrap_or_default(), at, list, changes), [splices])
}

/// What the file must say.
fn wanted(mut content: Table, at: NewEvidence<'_>, list: &str, changes: &[RowChange]) -> Table {
    let rows = evidence_in(&mut content, at.candidate, at.name).and_then(|it| it.get_mut(list)?.as_array_mut());
    let Some(rows) = rows else { return content };
    for change in changes {
        if let RowChange::Value(number, key, value) = change
            && let Some(row) = rows.get_mut(*number).and_then(Value::as_table_mut)
        {
            row.insert((*key).to_owned(), value_of(value));
        }
    }
    let mut new: Vec<(usize, Value)> = Vec::new();
    for change in changes {
        if let RowChange::Before(number, text) = change {
            new.push((*number, value_of(text)));
        }
    }
    // From the end, so that the numbers of those before hold.
    for (number, row) in new.into_iter().rev() {
        rows.insert(number.min(rows.len()), row);
    }
    content
}

/// New rows before the one with this number.
fn before(text: &str, rows: &[&Spanned<DeValue<'_>>], number: usize, new: &[&str]) -> Vec<Splice> {
    let last = number.checked_sub(1).and_then(|last| rows.get(last));
    match (last, rows.get(number)) {
        (Some(last), _) => behind(text, last.span().end, start_of_row(text, last), new),
        (None, Some(next)) => match start_of_row(text, next) {
            Some(indent) => {
                let line = start_of_line(text, next.span().start);
                vec![(line..line, lines(text, indent, new))]
            }
            None => vec![(next.span().start..next.span().start, format!("{}, ", new.join(", ")))],
        },
        (None, None) => Vec::new(),
    }
}

/// Rows with a line for each.
fn lines(text: &str, indent: &str, new: &[&str]) -> String {
    new.iter().map(|row| format!("{indent}{row},{}", line_end(text))).collect::<Vec<_>>().concat()
}

/// What stands before a row on its line, where that is blank.
fn start_of_row<'t>(text: &'t str, row: &Spanned<DeValue<'_>>) -> Option<&'t str> {
    let start = row.span().start;
    text.get(start_of_line(text, start)..start).filter(|before| before.trim().is_empty())
}

/// New rows behind one that ends at `end`; `indent` is what stands before that on its line, where nothing else does.
fn behind(text: &str, end: usize, indent: Option<&str>, new: &[&str]) -> Vec<Splice> {
    let line = end_of_line(text, end);
    let rest = text.get(end..line).unwrap_or_default();
    let behind_comma = rest.trim_start().strip_prefix(',');
    let is_last_on_line = |rest: &str| rest.trim().is_empty() || rest.trim_start().starts_with('#');
    match (indent, behind_comma) {
        (Some(indent), Some(rest)) if is_last_on_line(rest) => vec![(line..line, lines(text, indent, new))],
        (Some(indent), None) if is_last_on_line(rest) => {
            vec![(end..end, ",".to_owned()), (line..line, lines(text, indent, new))]
        }
        _ => vec![(end..end, format!(", {}", new.join(", ")))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, changes: &[RowChange]) -> String {
        let at = NewEvidence { candidate: "x", name: "s", keys: &[], replaced: &[] };
        with_rows(("e.toml", text), at, "series", changes).unwrap()
    }

    fn row(count: u32) -> String {
        format!("{{ period = \"2020\", count = {count} }}")
    }

    const START: &str = "[[candidate]]\nid = \"x\"\n[candidate.evidence.s]\n";

    #[test]
    fn rows_come_where_they_belong_and_comments_stay() {
        let text =
            format!("{START}series = [\n    {{ count = 1 }}, # first\n    {{ count = 2 }} # last\n]\nsource = \"s\"\n");
        let now =
            written(&text, &[RowChange::Before(0, row(0)), RowChange::Before(1, row(8)), RowChange::Before(2, row(9))]);
        let lines = format!(
            "series = [\n    {},\n    {{ count = 1 }}, # first\n    {},\n    {{ count = 2 }}, # last\n    {},\n]\nsource",
            row(0),
            row(8),
            row(9)
        );
        assert!(now.contains(&lines), "{now}");
        let crlf = written(&text.replace('\n', "\r\n"), &[RowChange::Before(1, row(8))]);
        assert!(crlf.contains("# first\r\n    { period"), "{crlf}");
    }

    #[test]
    fn a_list_on_one_line_stays_on_it() {
        let text = format!("{START}series = [{{ count = 1 }}, {{ count = 2 }}]\n");
        let changes =
            [RowChange::Before(0, row(0)), RowChange::Before(2, row(9)), RowChange::Value(1, "count", "7".into())];
        let line = format!("series = [{}, {{ count = 1 }}, {{ count = 7 }}, {}]\n", row(0), row(9));
        assert!(written(&text, &changes).contains(&line));
    }
}
