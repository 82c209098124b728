//! Decisions of a session in the text of `decisions.toml`, and that file named by the assessment.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::format::SettledDecision;
use crate::assessment::Assessment;
use crate::diagnostic::Problem;
use crate::filing::{changed, end_of, line_end, lines_behind, of_key, quoted, value_of};
use crate::toml_file::{Splice, end_of_line, start_of_line};
use crate::words::one_line;

/// Those decisions of a session that are others than the assessment has.
pub(super) fn new_decisions<'s>(assessment: &Assessment, settled: &'s [SettledDecision]) -> Vec<&'s SettledDecision> {
    let filed = assessment.decisions.as_ref();
    let is_filed = |decision: &&SettledDecision| {
        filed.and_then(|filed| filed.decisions.get(&decision.candidate)).is_some_and(|there| {
            there.outcome == decision.outcome
                && there.place == decision.place.and_then(|place| usize::try_from(place).ok())
                && one_line(&there.reason) == one_line(&decision.reason)
                && one_line(&there.by) == one_line(&decision.by)
        })
    };
    settled.iter().filter(|decision| !is_filed(decision)).collect()
}

/// A new file of decisions.
pub(super) fn new_file(meeting: &str, day: &str, decisions: &[&SettledDecision]) -> String {
    let tables: String = decisions.iter().map(|decision| table(decision, None, "\n")).collect();
    format!("[meeting]\ntitle = {}\ndate  = {}\n{tables}", quoted(meeting), quoted(day))
}

/// The text of a file of decisions with these: each in the place of what was decided on its candidate, or at the end.
///
/// # Errors
/// A layout in which they can't be written.
pub(super) fn with_decisions(
    (path, text): (&str, &str),
    day: &str,
    decisions: &[&SettledDecision],
) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let document = document.get_ref();
    let met = of_key(document, "meeting").and_then(|meeting| of_key(meeting.get_ref().as_table()?, "date"));
    let met = met.and_then(|date| date.get_ref().as_str());
    let date = Some(day).filter(|day| met != Some(*day));
    let newline = line_end(text);
    let mut wanted: Table = text.parse().unwrap_or_default();
    let mut splices: Vec<Splice> = Vec::new();
    let mut added = String::new();
    for decision in decisions {
        wanted_with(&mut wanted, decision, date);
        match item(document, &decision.candidate) {
            Some(there) => splices.extend(replaced(text, there, decision, date)),
            None => added.push_str(&table(decision, date, newline)),
        }
    }
    if !added.is_empty() {
        splices.push(lines_behind(text, text.len(), &added));
    }
    changed((path, text), &wanted, [splices])
}

/// The text of `assessment.toml` that names a file of decisions.
///
/// # Errors
/// A layout in which it can't be written.
pub(super) fn naming((path, text): (&str, &str), file: &str) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let header = of_key(document.get_ref(), "assessment").and_then(|header| header.get_ref().as_table());
    let rules = header.and_then(|header| of_key(header, "rules"));
    let way = rules.map(|rules| {
        let line = format!("decisions = {}{}", quoted(file), line_end(text));
        vec![lines_behind(text, rules.span().end, &line)]
    });
    let mut wanted: Table = text.parse().unwrap_or_default();
    if let Some(header) = wanted.get_mut("assessment").and_then(Value::as_table_mut) {
        header.insert("decisions".to_owned(), Value::String(file.to_owned()));
    }
    changed((path, text), &wanted, way)
}

/// The keys of a decision, beside its candidate, with their values as TOML.
fn keys(decision: &SettledDecision, date: Option<&str>) -> Vec<(&'static str, String)> {
    let mut keys = vec![("outcome", quoted(decision.outcome.word()))];
    keys.extend(decision.place.map(|place| ("place", place.to_string())));
    keys.push(("reason", quoted(&one_line(&decision.reason))));
    keys.push(("by", quoted(&one_line(&decision.by))));
    keys.extend(date.map(|date| ("date", quoted(date))));
    keys
}

/// What a decision takes the place of.
const REPLACED: [&str; 5] = ["outcome", "place", "reason", "by", "date"];

fn table(decision: &SettledDecision, date: Option<&str>, newline: &str) -> String {
    let candidate = ("candidate", quoted(&decision.candidate));
    let all = std::iter::once(candidate).chain(keys(decision, date));
    let lines: Vec<String> = all.map(|(key, value)| format!("{key:<9} = {value}{newline}")).collect();
    format!("{newline}[[decision]]{newline}{}", lines.concat())
}

fn item<'t, 'i>(document: &'t DeTable<'i>, candidate: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    let is_about = |item: &&Spanned<DeValue<'_>>| {
        let about = item.get_ref().as_table().and_then(|table| of_key(table, "candidate"));
        about.and_then(|about| about.get_ref().as_str()) == Some(candidate)
    };
    of_key(document, "decision")?.get_ref().as_array()?.iter().find(is_about)
}

fn wanted_with(content: &mut Table, decision: &SettledDecision, date: Option<&str>) {
    let all = content.entry("decision").or_insert_with(|| Value::Array(Vec::new()));
    let Some(all) = all.as_array_mut() else { return };
    let is_about = |value: &Value| value.get("candidate").and_then(Value::as_str) == Some(&decision.candidate);
    if !all.iter().any(is_about) {
        let candidate = ("candidate".to_owned(), Value::String(decision.candidate.clone()));
        all.push(Value::Table([candidate].into_iter().collect()));
    }
    for table in all.iter_mut().filter(|value| is_about(value)).filter_map(Value::as_table_mut) {
        for key in REPLACED {
            table.remove(key);
        }
        table.extend(keys(decision, date).into_iter().map(|(key, text)| (key.to_owned(), value_of(&text))));
    }
}

/// The keys of a decision that is there: values replaced, what is missing put in at its end, what is not needed taken out.
fn replaced(text: &str, there: &Spanned<DeValue<'_>>, decision: &SettledDecision, date: Option<&str>) -> Vec<Splice> {
    let Some(table) = there.get_ref().as_table() else { return Vec::new() };
    let new = keys(decision, date);
    let mut splices: Vec<Splice> = Vec::new();
    for (key, value) in table {
        match new.iter().find(|(name, _)| key.get_ref() == *name) {
            Some((_, text)) => splices.push((value.span(), text.clone())),
            None if REPLACED.contains(&&**key.get_ref()) => {
                let line = start_of_line(text, key.span().start)..end_of_line(text, value.span().end);
                splices.push((line, String::new()));
            }
            None => {}
        }
    }
    let is_there = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
    let newline = line_end(text);
    let missing = new.iter().filter(|(name, _)| !is_there(name));
    let lines: Vec<String> = missing.map(|(name, value)| format!("{name:<9} = {value}{newline}")).collect();
    let lines = lines.concat();
    if !lines.is_empty() {
        splices.push(lines_behind(text, end_of(there), &lines));
    }
    splices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::decisions::DecisionOutcome;

    fn decision(candidate: &str, outcome: DecisionOutcome, place: Option<u32>) -> SettledDecision {
        let (candidate, reason, by) = (candidate.to_owned(), "It \"is\" so.".to_owned(), "Chair".to_owned());
        SettledDecision { candidate, outcome, reason, by, place }
    }

    #[test]
    fn decisions_take_the_place_of_others_or_come_at_the_end() {
        let moved = decision("a", DecisionOutcome::Moved, Some(1));
        let rejected = decision("b", DecisionOutcome::Rejected, None);
        let file = new_file("Board", "2026-11-30", &[&moved]);
        assert_eq!(
            file,
            "[meeting]\ntitle = \"Board\"\ndate  = \"2026-11-30\"\n\n[[decision]]\ncandidate = \"a\"\noutcome   = \"moved\"\n\
             place     = 1\nreason    = 'It \"is\" so.'\nby        = \"Chair\"\n"
        );
        let commented = file.replace("\"moved\"", "\"moved\" # at last");
        let other = decision("a", DecisionOutcome::Rejected, None);
        let now = with_decisions(("d.toml", &commented), "2026-12-01", &[&other, &rejected]).unwrap();
        assert!(now.contains("outcome   = \"rejected\" # at last\nreason"), "{now}");
        assert!(
            now.contains("by        = \"Chair\"\ndate      = \"2026-12-01\"\n\n[[decision]]\ncandidate = \"b\""),
            "{now}"
        );
        let again = with_decisions(("d.toml", &now), "2026-12-01", &[&other, &rejected]).unwrap();
        assert_eq!(again, now, "twice is once");
        let same_day = with_decisions(("d.toml", &now), "2026-11-30", &[&rejected]).unwrap();
        assert_eq!(same_day.matches("2026-12-01").count(), 1);
    }

    #[test]
    fn an_assessment_names_its_decisions() {
        let text = "[assessment]\ntitle = \"T\"\nrules = \"rules\" # ours\n[[source]]\nid = \"s\"\n";
        let named = naming(("assessment.toml", text), "decisions.toml").unwrap();
        assert_eq!(named, text.replace("# ours\n", "# ours\ndecisions = \"decisions.toml\"\n"));
    }
}
