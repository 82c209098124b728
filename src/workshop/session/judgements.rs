//! Judgements of a session in the text of an evidence file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::changes::{changed, end_of, key, line_end, lines_behind, of_key, quoted, value_of};
use super::format::SettledJudgement;
use super::read::one_line;
use crate::diagnostic::Problem;
use crate::toml_file::{Splice, end_of_line, start_of_line};

/// What a judgement takes the place of.
const REPLACED: [&str; 5] = ["judgement", "by", "scores", "missing", "illustration"];

/// The keys of a judgement with their values as TOML, in the order in which they stand.
pub(super) fn keys(judgement: &SettledJudgement, (from, to): (f64, f64)) -> Vec<(&'static str, String)> {
    let of_one = |score: &super::format::SettledScore| {
        let by = quoted(&one_line(&score.by));
        format!("{{ by = {by}, score = {} }}", score.score)
    };
    let scores: Vec<String> = judgement.scores.iter().map(of_one).collect();
    let said = |score: &super::format::SettledScore| {
        let because = one_line(score.because.as_deref().unwrap_or_default());
        (!because.is_empty()).then(|| format!("{}: {because}", one_line(&score.by)))
    };
    let room = Some(one_line(&judgement.because)).filter(|because| !because.is_empty());
    let because: Vec<String> = room.into_iter().chain(judgement.scores.iter().filter_map(said)).collect();
    let because = if because.is_empty() { "Judged in the workshop.".to_owned() } else { because.join(" ") };
    vec![
        ("scores", format!("[{}]", scores.join(", "))),
        ("scale", format!("[{from}, {to}]")),
        ("date", quoted(&judgement.date)),
        ("because", quoted(&because)),
    ]
}

/// Whether a file says anything of a candidate.
pub(super) fn has_candidate(text: &str, candidate: &str) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    item(document.get_ref(), candidate).is_some()
}

/// The text of an evidence file with this judgement of a candidate that it has.
///
/// # Errors
/// A layout in which it can't be written.
pub(super) fn with_judgement(
    (path, text): (&str, &str),
    candidate: &str,
    name: &str,
    keys: &[(&'static str, String)],
) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let wanted = wanted(text.parse().unwrap_or_default(), candidate, name, keys);
    let ways = item(document.get_ref(), candidate).map(|item| ways(text, item, name, keys)).unwrap_or_default();
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

/// What the file must say.
fn wanted(mut content: Table, candidate: &str, name: &str, keys: &[(&'static str, String)]) -> Table {
    let candidates = content.get_mut("candidate").and_then(Value::as_array_mut).into_iter().flatten();
    for table in candidates.filter_map(Value::as_table_mut) {
        if table.get("id").and_then(Value::as_str) != Some(candidate) {
            continue;
        }
        let evidence = table.entry("evidence").or_insert_with(|| Value::Table(Table::new()));
        let Some(evidence) = evidence.as_table_mut() else { continue };
        let of_name = evidence.entry(name).or_insert_with(|| Value::Table(Table::new()));
        let Some(of_name) = of_name.as_table_mut() else { continue };
        for replaced in REPLACED {
            of_name.remove(replaced);
        }
        of_name.extend(keys.iter().map(|(key, text)| ((*key).to_owned(), value_of(text))));
    }
    content
}

/// The ways to write it, the best first.
fn ways(text: &str, item: &Spanned<DeValue<'_>>, name: &str, keys: &[(&'static str, String)]) -> Vec<Vec<Splice>> {
    let Some(table) = item.get_ref().as_table() else { return Vec::new() };
    let there = of_key(table, "evidence").and_then(|evidence| of_key(evidence.get_ref().as_table()?, name));
    if let Some(there) = there {
        return vec![replaced(text, there, keys)];
    }
    let newline = line_end(text);
    let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key:<7} = {value}{newline}")).collect();
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
fn replaced(text: &str, there: &Spanned<DeValue<'_>>, keys: &[(&'static str, String)]) -> Vec<Splice> {
    let Some(table) = there.get_ref().as_table() else { return Vec::new() };
    let is_new = |name: &str| keys.iter().any(|(key, _)| *key == name);
    let is_replaced = |name: &str| REPLACED.contains(&name) || is_new(name);
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
    let lines: Vec<String> = missing.map(|(key, value)| format!("{key:<7} = {value}{newline}")).collect();
    let lines = lines.concat();
    splices.push(match &place {
        Some(place) => (place.start..place.start, lines),
        None => lines_behind(text, end_of(there), &lines),
    });
    for (key, value) in table {
        match keys.iter().find(|(new, _)| key.get_ref() == *new) {
            Some((_, new)) => splices.push((value.span(), new.clone())),
            None if REPLACED.contains(&&**key.get_ref()) => {
                let line = start_of_line(text, key.span().start)..end_of_line(text, value.span().end);
                splices.push((line, String::new()));
            }
            None => {}
        }
    }
    splices
}

#[cfg(test)]
mod tests {
    use super::super::format::{SettledJudgement, SettledScore};
    use super::*;

    fn judged() -> Vec<(&'static str, String)> {
        let score = |by: &str, because: Option<&str>| SettledScore {
            by: by.to_owned(),
            score: "4".to_owned(),
            because: because.map(str::to_owned),
        };
        let judgement = SettledJudgement {
            candidate: "x".into(),
            criterion: "s".into(),
            evidence: "s".into(),
            score: "4".into(),
            scores: vec![score("A", None), score("B", Some("It\nis."))],
            date: "2026-11-30".into(),
            because: " All said. ".into(),
        };
        keys(&judgement, (0.0, 5.0))
    }

    fn written(text: &str) -> String {
        with_judgement(("e.toml", text), "x", "s", &judged()).unwrap()
    }

    const LINES: &str = "scores  = [{ by = \"A\", score = 4 }, { by = \"B\", score = 4 }]\n";
    const REASON: &str = "because = \"All said. B: It is.\"\n";

    #[test]
    fn a_judgement_takes_the_place_of_one_and_comments_stay() {
        let text = "# top\n[[candidate]]\nid = \"x\"\n\n[candidate.evidence.s]\n# ask again\njudgement = 3\nscale = [0, 5] # as ever\n\
                    by = \"C\"\ndate = \"2025-01-01\"\nbecause = \"So.\"\nnote = \"N\"\n\n[candidate.evidence.t]\ncount = 1\n";
        let now = written(text);
        assert_eq!(
            now,
            format!(
                "# top\n[[candidate]]\nid = \"x\"\n\n[candidate.evidence.s]\n# ask again\n{LINES}scale = [0, 5] # as ever\n\
                 date = \"2026-11-30\"\n{REASON}note = \"N\"\n\n[candidate.evidence.t]\ncount = 1\n"
            )
            .replace("because = \"All", "because = \"All")
        );
        assert_eq!(written(&now), now, "twice is once");
        assert_eq!(written(&text.replace('\n', "\r\n")), now.replace('\n', "\r\n"));
    }

    #[test]
    fn what_was_missing_or_is_new_is_judged_in_each_layout() {
        let missing = "[[candidate]]\nid = \"x\"\nevidence.s = { missing = \"no\", note = \"N\" }\n";
        assert!(written(missing).ends_with("because = \"All said. B: It is.\", note = \"N\" }\n"));
        let none = "[[candidate]]\nid = \"x\"\n[candidate.evidence.t]\ncount = 1";
        assert!(written(none).starts_with(&format!("{none}\n\n[candidate.evidence.s]\n{LINES}")));
        let next = "[[candidate]]\nid = \"x\"\n\n[[candidate]]\nid = \"y\"\n";
        assert!(written(next).contains("id = \"x\"\n\n[candidate.evidence.s]\n"));
        let inline = "candidate = [{ id = \"x\", evidence = { s = { judgement = 1, by = \"C\" } } }]\n";
        assert!(written(inline).contains("evidence = { s = { scores = ["));
    }

    #[test]
    fn a_layout_that_can_not_be_mended_is_refused() {
        let dotted = "[[candidate]]\nid = \"x\"\nevidence.s.judgement = 3\nevidence.s.by = \"C\"\n";
        assert!(with_judgement(("e.toml", dotted), "x", "s", &judged()).is_err());
        assert!(with_judgement(("e.toml", "[[candidate]]\nid = \"y\"\n"), "x", "s", &judged()).is_err());
    }
}
