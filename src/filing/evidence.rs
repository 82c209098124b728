//! A piece of evidence in the text of an evidence file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::changes::{changed, end_of, key, line_end, lines_behind, of_key, value_of};
use crate::diagnostic::Problem;
use crate::toml_file::{Splice, end_of_line, start_of_line};

/// Whether a file says anything of a candidate.
pub(crate) fn has_candidate(text: &str, candidate: &str) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    item(document.get_ref(), candidate).is_some()
}

/// A piece of evidence as it is to stand in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewEvidence<'e> {
    /// The id of its candidate, which the file has.
    pub(crate) candidate: &'e str,
    /// Its name.
    pub(crate) name: &'e str,
    /// Its keys with their values as TOML, in the order in which they stand.
    pub(crate) keys: &'e [(&'static str, String)],
    /// Keys that go where they stand there and are not among these.
    pub(crate) replaced: &'e [&'static str],
}

/// The text of an evidence file with this piece of evidence, in place of what the file has of the same name, or behind the
/// rest of its candidate.
///
/// # Errors
/// A layout in which it can't be written.
pub(crate) fn with_evidence((path, text): (&str, &str), new: NewEvidence<'_>) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let wanted = wanted(text.parse().unwrap_or_default(), new);
    let ways = item(document.get_ref(), new.candidate).map(|item| ways(text, item, new)).unwrap_or_default();
    changed((path, text), &wanted, ways)
}

/// The table of a candidate.
fn item<'t, 'i>(document: &'t DeTable<'i>, candidate: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    let has_id = |item: &&Spanned<DeValue<'_>>| {
        let id = item.get_ref().as_table().and_then(|table| of_key(table, "id"));
        id.and_then(|id| id.get_ref().as_str()) == Some(candidate)
    };
    of_key(document, "candidate")?.get_ref().as_array()?.iter().find(has_id)
}

/// A piece of evidence that a file has.
pub(super) fn evidence_of<'t, 'i>(
    document: &'t DeTable<'i>,
    candidate: &str,
    name: &str,
) -> Option<&'t Spanned<DeValue<'i>>> {
    let table = item(document, candidate)?.get_ref().as_table()?;
    of_key(of_key(table, "evidence")?.get_ref().as_table()?, name)
}

/// A piece of evidence in what a file says.
pub(crate) fn evidence_in<'c>(content: &'c mut Table, candidate: &str, name: &str) -> Option<&'c mut Value> {
    let candidates = content.get_mut("candidate")?.as_array_mut()?;
    let about = candidates.iter_mut().find(|it| it.get("id").and_then(Value::as_str) == Some(candidate))?;
    about.get_mut("evidence")?.get_mut(name)
}

/// What the file must say.
fn wanted(mut content: Table, new: NewEvidence<'_>) -> Table {
    let candidates = content.get_mut("candidate").and_then(Value::as_array_mut).into_iter().flatten();
    for table in candidates.filter_map(Value::as_table_mut) {
        if table.get("id").and_then(Value::as_str) != Some(new.candidate) {
            continue;
        }
        let evidence = table.entry("evidence").or_insert_with(|| Value::Table(Table::new()));
        let Some(evidence) = evidence.as_table_mut() else { continue };
        let of_name = evidence.entry(new.name).or_insert_with(|| Value::Table(Table::new()));
        let Some(of_name) = of_name.as_table_mut() else { continue };
        for replaced in new.replaced {
            of_name.remove(*replaced);
        }
        of_name.extend(new.keys.iter().map(|(key, text)| ((*key).to_owned(), value_of(text))));
    }
    content
}

/// The ways to write it, the best first.
fn ways(text: &str, item: &Spanned<DeValue<'_>>, new: NewEvidence<'_>) -> Vec<Vec<Splice>> {
    let NewEvidence { name, keys, .. } = new;
    let Some(table) = item.get_ref().as_table() else { return Vec::new() };
    let there = of_key(table, "evidence").and_then(|evidence| of_key(evidence.get_ref().as_table()?, name));
    if let Some(there) = there {
        return vec![replaced(text, there, new)];
    }
    let newline = line_end(text);
    let width = width(keys);
    let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key:<width$} = {value}{newline}")).collect();
    let lines = lines.concat();
    let table_of_its_own = format!("{newline}[candidate.evidence.{}]{newline}{lines}", key(name));
    let pairs: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let in_a_line = format!("evidence.{} = {{ {} }}{newline}", key(name), pairs.join(", "));
    // Behind the keys of the candidate's own table.
    let direct = table.values().filter(|value| !value.get_ref().is_table()).map(|value| value.span().end).max();
    let mut ways = vec![vec![lines_behind(text, end_of(item), &table_of_its_own)]];
    ways.extend(direct.map(|end| vec![lines_behind(text, end, &in_a_line)]));
    ways
}

/// The keys of evidence that is there: values replaced, what is missing put in, what is not needed taken out.
fn replaced(text: &str, there: &Spanned<DeValue<'_>>, new: NewEvidence<'_>) -> Vec<Splice> {
    let NewEvidence { keys, replaced, .. } = new;
    let Some(table) = there.get_ref().as_table() else { return Vec::new() };
    let is_new = |name: &str| keys.iter().any(|(key, _)| *key == name);
    let is_replaced = |name: &str| replaced.contains(&name) || is_new(name);
    if text.get(there.span()).is_some_and(|text| text.starts_with('{')) {
        let own = keys.iter().map(|(key, value)| format!("{key} = {value}"));
        let kept = table.iter().filter(|(key, _)| !is_replaced(key.get_ref()));
        let kept = kept.filter_map(|(key, value)| text.get(key.span().start..value.span().end)).map(str::to_owned);
        return vec![(there.span(), format!("{{ {} }}", own.chain(kept).collect::<Vec<_>>().join(", ")))];
    }
    let newline = line_end(text);
    let mut splices: Vec<Splice> = Vec::new();
    // What is new stands where the first of the old stood.
    let place: Option<Range<usize>> = table
        .iter()
        .filter(|(key, _)| is_replaced(key.get_ref()))
        .map(|(key, value)| start_of_line(text, key.span().start)..end_of_line(text, value.span().end))
        .min_by_key(|line| line.start);
    let is_there = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
    let missing = keys.iter().filter(|(key, _)| !is_there(key));
    let width = width(keys);
    let lines: Vec<String> = missing.map(|(key, value)| format!("{key:<width$} = {value}{newline}")).collect();
    let lines = lines.concat();
    splices.push(match &place {
        Some(place) => (place.start..place.start, lines),
        None => lines_behind(text, end_of(there), &lines),
    });
    for (key, value) in table {
        match keys.iter().find(|(new, _)| key.get_ref() == *new) {
            Some((_, new)) => splices.push((value.span(), new.clone())),
            None if replaced.contains(&&**key.get_ref()) => {
                let line = start_of_line(text, key.span().start)..end_of_line(text, value.span().end);
                splices.push((line, String::new()));
            }
            None => {}
        }
    }
    splices
}

/// The letters of the longest key, so that what stands behind the keys stands in line.
fn width(keys: &[(&'static str, String)]) -> usize {
    keys.iter().map(|(key, _)| key.len()).max().unwrap_or(0)
}
