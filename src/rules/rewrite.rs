//! New weights, and where they come from, written into the text of a `ruleset.toml`: comments, layout and line ends stay
//! byte for byte. Text in, text out; whether the weights are good ones is nothing to this room.
//!
//! Only the stretches that the weights stand in are replaced, so nothing else can change. What comes out is read again
//! and compared with what was meant; a file written in a way that this room can't mend is refused, never half changed.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::format::{Combined, RuleSetFile, WeightMethod};
use crate::diagnostic::{Code, Problem, Problems, SourceFile, did_you_mean};
use crate::toml_file::{Parsed, Splice, end_of_line, parse, spliced, start_of_line};

/// The key that says why the weights are what they are.
const REASON: &str = "weights_because";

/// The weights that take the place of those in the file, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWeights {
    /// Criteria by id, each with its weight as it is to stand there: `12.5`. Those left out keep theirs.
    pub criteria: Vec<(String, String)>,
    /// Groups by id, likewise.
    pub groups: Vec<(String, String)>,
    /// Where the weights come from.
    pub origin: NewOrigin,
}

/// The table `[weights]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrigin {
    /// How they were found.
    pub method: WeightMethod,
    /// The roles of the people whose answers they are.
    pub people: Vec<String>,
    /// How the answers of several people became one.
    pub combined: Option<Combined>,
    /// The day of the last answer: `2026-11-02`.
    pub date: String,
    /// The file of the answers, as seen from the rule set's folder.
    pub answers: String,
    /// The digest of what they say.
    pub digest: String,
}

/// A rule file with new weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewrittenRules {
    /// The text of the file.
    pub text: String,
    /// Whether its `weights_because` was taken out.
    pub reason_taken_out: bool,
}

/// `source` with the new weights. Why the weights are what they are goes with the old ones, unless it already stood
/// beside weights that people gave.
///
/// # Errors
/// What is wrong with the file, an id that it does not have, or a way of writing it that can't be mended here.
pub fn rewrite(source: &Arc<SourceFile>, new: &NewWeights) -> Result<RewrittenRules, Problems> {
    let mut problems = Problems::default();
    let Some(parsed) = parse::<RuleSetFile>(source, &mut problems).filter(|_| !problems.has_errors()) else {
        return Err(problems);
    };
    let splices = weights(&parsed, new, &mut problems);
    if problems.has_errors() {
        return Err(problems);
    }
    let kept = wanted(parsed.content.clone(), new);
    let (document, _) = DeTable::parse_recoverable(&source.text);
    let ways = origins(&source.text, document.get_ref(), &new.origin);
    let tried = |wanted: &Table, reason: Option<&Splice>| {
        let texts = ways.iter().map(|origin| {
            spliced(&source.text, splices.iter().chain(origin).chain(reason).cloned().collect::<Vec<_>>())
        });
        texts.into_iter().find(|text| text.parse::<Table>().is_ok_and(|found| found == *wanted))
    };
    let without = reason(&source.text, document.get_ref()).and_then(|reason| {
        let text = tried(&without_reason(kept.clone()), Some(&reason))?;
        Some(RewrittenRules { text, reason_taken_out: true })
    });
    let found = without.or_else(|| Some(RewrittenRules { text: tried(&kept, None)?, reason_taken_out: false }));
    found.ok_or_else(|| {
        let message = format!("the weights can't be written into `{}` because of its layout", source.name);
        let help = "write `[ruleset]` and `[weights]` as tables of their own, each key on a line of its own";
        Problem::new(Code::WriteFailed, message).help(help).into()
    })
}

/// The lines of `weights_because`, where no origin of the weights is recorded yet.
fn reason(text: &str, document: &DeTable<'_>) -> Option<Splice> {
    let table = |name: &str| document.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value);
    if table("weights").is_some() {
        return None;
    }
    let header = table("ruleset")?.get_ref().as_table()?;
    let (key, value) = header.iter().find(|(key, _)| key.get_ref() == REASON)?;
    Some((start_of_line(text, key.span().start)..end_of_line(text, value.span().end), String::new()))
}

fn without_reason(mut content: Table) -> Table {
    if let Some(header) = content.get_mut("ruleset").and_then(Value::as_table_mut) {
        header.remove(REASON);
    }
    content
}

/// The weights of criteria and groups, each in its place.
fn weights(parsed: &Parsed<RuleSetFile>, new: &NewWeights, problems: &mut Problems) -> Vec<Splice> {
    let file = &parsed.file;
    let criteria: Vec<_> = file
        .criterion
        .iter()
        .map(|it| (&*it.value.id.value, it.value.weight.as_ref().map(|weight| weight.span.clone())))
        .collect();
    let groups = |group: &super::format::Group| group.weight.as_ref().map(|weight| weight.span.clone());
    let groups: Vec<_> = file.group.iter().map(|it| (&*it.value.id.value, groups(&it.value))).collect();
    let mut splices = in_places("criterion", &new.criteria, &criteria, problems);
    splices.extend(in_places("group with a weight", &new.groups, &groups, problems));
    splices
}

fn in_places(
    what: &str,
    new: &[(String, String)],
    places: &[(&str, Option<Range<usize>>)],
    problems: &mut Problems,
) -> Vec<Splice> {
    let mut splices = Vec::new();
    for (id, weight) in new {
        if let Some(place) = places.iter().find(|(known, _)| known == id).and_then(|(_, place)| place.clone()) {
            splices.push((place, weight.clone()));
        } else {
            let known = places.iter().filter(|(_, place)| place.is_some()).map(|(id, _)| *id);
            let problem = Problem::new(Code::UnknownId, format!("the rule set has no {what} `{id}`"));
            problems.push(problem.help(did_you_mean(id, known)));
        }
    }
    splices
}

/// What the file must say afterwards.
fn wanted(mut content: Table, new: &NewWeights) -> Table {
    for (key, weights) in [("criterion", &new.criteria), ("group", &new.groups)] {
        let tables = content.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten();
        for table in tables.filter_map(Value::as_table_mut) {
            let id = table.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some((_, weight)) = weights.iter().find(|(known, _)| *known == id) {
                table.insert("weight".to_owned(), value_of(weight));
            }
        }
    }
    let origin = lines_of(&new.origin).into_iter().map(|(key, text)| (key.to_owned(), value_of(&text))).collect();
    content.insert("weights".to_owned(), Value::Table(origin));
    content
}

fn value_of(text: &str) -> Value {
    let table = format!("it = {text}").parse::<Table>().unwrap_or_default();
    table.get("it").cloned().unwrap_or(Value::Boolean(false))
}

/// The keys of the table with their values as TOML, in the order in which they stand.
fn lines_of(origin: &NewOrigin) -> Vec<(&'static str, String)> {
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    let people: Vec<String> = origin.people.iter().map(|role| quoted(role)).collect();
    let combined = origin.combined.map(|combined| ("combined", quoted(combined.word())));
    let mut lines = vec![("method", quoted(origin.method.word())), ("people", format!("[{}]", people.join(", ")))];
    lines.extend(combined);
    lines.push(("date", quoted(&origin.date)));
    lines.push(("answers", quoted(&origin.answers)));
    lines.push(("digest", quoted(&origin.digest)));
    lines
}

/// The ways to write the origin, the best first.
fn origins(text: &str, document: &DeTable<'_>, origin: &NewOrigin) -> Vec<Vec<Splice>> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let table = document.iter().find(|(key, _)| key.get_ref() == "weights").map(|(_, value)| value);
    if let Some(table) = table {
        return vec![replaced(text, table, &lines_of(origin), newline)];
    }
    let lines: Vec<String> = lines_of(origin).iter().map(|(key, value)| line_of(key, value)).collect();
    let block = format!("[weights]{newline}{}{newline}", lines.join(newline));
    let header = document.iter().find(|(key, _)| key.get_ref() == "ruleset").map(|(_, value)| end_of(value));
    let under_the_header = header.map(|end| {
        let at = end_of_line(text, end);
        let before = if text.get(..at).is_some_and(|text| text.ends_with('\n')) { "" } else { newline };
        vec![(at..at, format!("{before}{newline}{block}"))]
    });
    let before = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
    let at_the_end = vec![(text.len()..text.len(), format!("{before}{newline}{block}"))];
    under_the_header.into_iter().chain([at_the_end]).collect()
}

fn line_of(key: &str, value: &str) -> String {
    format!("{key:<8} = {value}")
}

/// The keys of a table that is there: their values replaced, those that are missing added, and those not needed taken out.
fn replaced(text: &str, table: &Spanned<DeValue<'_>>, lines: &[(&str, String)], newline: &str) -> Vec<Splice> {
    let is_inline = text.get(table.span()).is_some_and(|text| text.starts_with('{'));
    let Some(keys) = table.get_ref().as_table().filter(|_| !is_inline) else {
        let pairs: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        return vec![(table.span(), format!("{{ {} }}", pairs.join(", ")))];
    };
    let mut splices = Vec::new();
    let mut last = end_of_line(text, table.span().end);
    for (key, value) in lines {
        match keys.iter().find(|(known, _)| known.get_ref() == *key) {
            Some((_, there)) => {
                splices.push((there.span(), value.clone()));
                last = end_of_line(text, there.span().end);
            }
            None => splices.push((last..last, format!("{}{newline}", line_of(key, value)))),
        }
    }
    for (key, value) in keys.iter().filter(|(known, _)| !lines.iter().any(|(key, _)| known.get_ref() == *key)) {
        splices.push((start_of_line(text, key.span().start)..end_of_line(text, value.span().end), String::new()));
    }
    splices
}

/// Where a value ends; for a table, where the last of its values does.
fn end_of(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = value.get_ref().as_table().into_iter().flat_map(|table| table.values()).map(end_of);
    inside.chain([value.span().end]).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = include_str!("../../fixtures/starter/rules/ruleset.toml");

    fn origin(people: &[&str]) -> NewOrigin {
        NewOrigin {
            method: WeightMethod::Swing,
            people: people.iter().map(|role| (*role).to_owned()).collect(),
            combined: (people.len() > 1).then_some(Combined::ArithmeticMean),
            date: "2026-11-02".into(),
            answers: "answers.toml".into(),
            digest: "sha256:0".into(),
        }
    }

    fn new(people: &[&str]) -> NewWeights {
        let criteria = vec![("volume".to_owned(), "12.5".to_owned()), ("severity".to_owned(), "40".to_owned())];
        NewWeights { criteria, groups: Vec::new(), origin: origin(people) }
    }

    fn rewritten(text: &str, new: &NewWeights) -> Result<String, Problems> {
        rewrite(&Arc::new(SourceFile::new("ruleset.toml", text)), new).map(|it| it.text)
    }

    /// The lines of one text that the other lacks.
    fn changed<'t>(one: &'t str, other: &str) -> Vec<&'t str> {
        one.split_inclusive('\n').filter(|line| !other.split_inclusive('\n').any(|kept| kept == *line)).collect()
    }

    #[test]
    fn only_the_weights_change_and_where_they_come_from_is_added() {
        let text = rewritten(RULES, &new(&["Chair", "Police \"superintendent\""])).unwrap();
        assert_eq!(changed(RULES, &text).len(), 3);
        assert!(changed(RULES, &text).iter().any(|line| line.starts_with(REASON)));
        assert_eq!(
            changed(&text, RULES),
            [
                "[weights]\n",
                "method   = \"swing\"\n",
                "people   = [\"Chair\", 'Police \"superintendent\"']\n",
                "combined = \"arithmetic-mean\"\n",
                "date     = \"2026-11-02\"\n",
                "answers  = \"answers.toml\"\n",
                "digest   = \"sha256:0\"\n",
                "weight    = 12.5 # on any scale: shares are worked out\n",
                "weight    = 40\n",
            ]
        );
    }

    #[test]
    fn a_reason_beside_weights_that_people_gave_stays() {
        let once = rewritten(RULES, &new(&["A"])).unwrap();
        let explained = once.replacen("version", "weights_because = \"Agreed on 2 November.\"\nversion", 1);
        assert!(rewritten(&explained, &new(&["A", "B"])).unwrap().contains("Agreed on 2 November."));
    }

    #[test]
    fn what_is_written_twice_is_written_as_the_second_time() {
        for (first, second) in [(&["A", "B"][..], &["A"][..]), (&["A"], &["A", "B"]), (&["A"], &["A"])] {
            let once = rewritten(RULES, &new(first)).unwrap();
            let commented = once.replace("\"answers.toml\"", "\"answers.toml\" # of the meeting");
            let twice = rewritten(&commented, &new(second)).unwrap();
            let wanted = rewritten(RULES, &new(second)).unwrap();
            assert_eq!(twice.replace(" # of the meeting", ""), wanted);
            assert!(twice.contains("# of the meeting"));
        }
    }

    #[test]
    fn line_ends_and_a_missing_last_one_stay() {
        let windows = RULES.replace('\n', "\r\n");
        let text = rewritten(&windows, &new(&["Chair"])).unwrap();
        assert_eq!(text, rewritten(RULES, &new(&["Chair"])).unwrap().replace('\n', "\r\n"));
        let cut = RULES.trim_end();
        let text = rewritten(cut, &new(&["Chair"])).unwrap();
        assert_eq!(text, rewritten(RULES, &new(&["Chair"])).unwrap().trim_end());
    }

    #[test]
    fn other_ways_to_write_tables_are_kept_or_refused() {
        let small = "ruleset = { name = \"N\", version = \"1\" }\ncriterion = [{ id = \"a\", title = \"A\", \
                     question = \"Q\", weight = 1, measure = \"1\", unit = \"u\", direction = \"higher-is-worse\", value = \
                     { linear = { from = 0, to = 1 } }, missing = \"neutral\", because = \"B\" }]";
        let new = NewWeights { criteria: vec![("a".into(), "7".into())], groups: Vec::new(), origin: origin(&["C"]) };
        let text = rewritten(small, &new).unwrap();
        assert!(text.contains("weight = 7,") && text.ends_with("digest   = \"sha256:0\"\n"), "{text}");
        let inline = format!(
            "weights = {{ method = \"points\" , people = [\"X\"], date = \"d\", answers = \"a\", digest = \"d\" }}\n{small}"
        );
        let text = rewritten(&inline, &new).unwrap();
        assert!(text.starts_with("weights = { method = \"swing\", people = [\"C\"], date"), "{text}");
        let dotted = inline.replace(
            "weights = { method = \"points\" , people = [\"X\"]",
            "weights.method = \"points\"\nweights.people = [\"X\"]",
        );
        let dotted = dotted.replace(
            ", date = \"d\", answers = \"a\", digest = \"d\" }",
            "\nweights.date = \"d\"\nweights.answers = \"a\"\nweights.digest = \"d\"",
        );
        let text = rewritten(&dotted, &new).unwrap();
        assert!(text.starts_with("weights.method = \"swing\"\nweights.people = [\"C\"]\n"), "{text}");
        let mut two = new.clone();
        (two.origin.people, two.origin.combined) = (vec!["C".into(), "D".into()], Some(Combined::GeometricMean));
        let told: Vec<Code> = rewritten(&dotted, &two).unwrap_err().iter().map(|problem| problem.code).collect();
        assert_eq!(told, [Code::WriteFailed]);
    }

    #[test]
    fn an_id_that_the_file_does_not_have_is_told() {
        let mut new = new(&["Chair"]);
        new.criteria.push(("volum".into(), "1".into()));
        let told: Vec<Option<String>> = rewritten(RULES, &new).unwrap_err().iter().map(|it| it.help.clone()).collect();
        assert_eq!(told, [Some("did you mean `volume`?".to_owned())]);
    }
}
