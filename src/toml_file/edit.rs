//! Values of a TOML file found by the way to them, and changed in its text where they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::splice::{Splice, spliced};

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The table of a list that has this id.
    Item(&'static str, String),
    /// A key of a format.
    Key(&'static str),
    /// A key that a person chose.
    Name(String),
    /// One of a list, from 0.
    At(usize),
}

/// What is to stand in place of a value.
pub struct Edit {
    steps: Vec<Step>,
    new: NewText,
}

enum NewText {
    Value(String),
    /// Keys in place of the key.
    Keys(Vec<(&'static str, String)>),
}

impl Edit {
    /// Another value.
    pub fn value(steps: &[Step], text: String) -> Self {
        Self { steps: steps.to_vec(), new: NewText::Value(text) }
    }

    /// Other keys in place of the key and its value.
    pub fn keys(steps: &[Step], keys: Vec<(&'static str, String)>) -> Self {
        Self { steps: steps.to_vec(), new: NewText::Keys(keys) }
    }
}

/// The text with every edit made; none where one of the values is not there.
pub fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let mut splices: Vec<Splice> = Vec::new();
    for edit in edits {
        let found = find(document.get_ref(), &edit.steps)?;
        splices.push(match &edit.new {
            NewText::Value(value) => (found.value, value.clone()),
            NewText::Keys(keys) => {
                let inline = found.table.is_some_and(|span| text.get(span).is_some_and(|text| text.starts_with('{')));
                let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
                (found.key?.start..found.value.end, lines.join(if inline { ", " } else { "\n" }))
            }
        });
    }
    Some(spliced(text, splices))
}

/// Whether a number stands there.
pub fn has_number(text: &str, steps: &[Step]) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    let found = find(document.get_ref(), steps).and_then(|found| text.get(found.value));
    found.is_some_and(|text| text.replace('_', "").parse::<f64>().is_ok())
}

/// Where a value stands.
struct Found {
    value: Range<usize>,
    /// Its key, and the table that has it.
    key: Option<Range<usize>>,
    table: Option<Range<usize>>,
}

fn find(document: &DeTable<'_>, steps: &[Step]) -> Option<Found> {
    let (first, rest) = steps.split_first()?;
    in_table(document, None, first, rest)
}

fn in_table(table: &DeTable<'_>, span: Option<Range<usize>>, step: &Step, rest: &[Step]) -> Option<Found> {
    let entry = |name: &str| table.iter().find(|(key, _)| key.get_ref() == name);
    let (key, value) = match step {
        Step::Item(list, id) => {
            let (_, list) = entry(list)?;
            let has_id = |item: &&Spanned<DeValue<'_>>| {
                let found =
                    item.get_ref().as_table().and_then(|table| table.iter().find(|(key, _)| key.get_ref() == "id"));
                found.is_some_and(|(_, value)| value.get_ref().as_str() == Some(id))
            };
            let item = list.get_ref().as_array()?.iter().find(has_id)?;
            return below(item, None, None, rest);
        }
        Step::Key(name) => entry(name)?,
        Step::Name(name) => entry(name)?,
        Step::At(_) => return None,
    };
    below(value, Some(key.span()), span, rest)
}

fn below(
    value: &Spanned<DeValue<'_>>,
    key: Option<Range<usize>>,
    table: Option<Range<usize>>,
    rest: &[Step],
) -> Option<Found> {
    let Some((step, rest)) = rest.split_first() else {
        return Some(Found { value: value.span(), key, table });
    };
    match (step, value.get_ref()) {
        (Step::At(at), DeValue::Array(items)) => below(items.get(*at)?, None, None, rest),
        (step, DeValue::Table(inner)) => in_table(inner, Some(value.span()), step, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# kept\n[[criterion]]\nid = \"a\" # too\nweight = 1 # 2\nvalue = { points = [[0, 0.5], [3, 1]] }\n\
                        [[criterion]]\nid = \"b\"\nweight = \"much\"\n[[candidate]]\nid = \"x\"\nevidence.s = { missing = \"no\" }\n";

    fn of(id: &str, keys: &[Step]) -> Vec<Step> {
        [vec![Step::Item("criterion", id.to_owned())], keys.to_vec()].concat()
    }

    #[test]
    fn only_the_values_change() {
        let weight = of("a", &[Step::Key("weight")]);
        let point = of("a", &[Step::Key("value"), Step::Key("points"), Step::At(1), Step::At(0)]);
        let text = edited(TEXT, &[Edit::value(&point, "4".into()), Edit::value(&weight, "2.5".into())]).unwrap();
        assert_eq!(text, TEXT.replace("weight = 1", "weight = 2.5").replace("[3, 1]", "[4, 1]"));
        assert!(has_number(TEXT, &weight) && has_number(TEXT, &point));
        assert!(!has_number(TEXT, &of("b", &[Step::Key("weight")])));
        assert!(edited(TEXT, &[Edit::value(&of("c", &[Step::Key("weight")]), "1".into())]).is_none());
    }

    #[test]
    fn keys_take_the_place_of_a_key_in_the_way_that_the_table_is_written() {
        let steps = [
            Step::Item("candidate", "x".to_owned()),
            Step::Key("evidence"),
            Step::Name("s".to_owned()),
            Step::Key("missing"),
        ];
        let keys = || vec![("judgement", "3".to_owned()), ("by", "\"A\"".to_owned())];
        let text = edited(TEXT, &[Edit::keys(&steps, keys())]).unwrap();
        assert!(text.contains("evidence.s = { judgement = 3, by = \"A\" }"), "{text}");
        let long = TEXT.replace("evidence.s = { missing = \"no\" }", "[candidate.evidence.s]\nmissing = \"no\"");
        let text = edited(&long, &[Edit::keys(&steps, keys())]).unwrap();
        assert!(text.ends_with("[candidate.evidence.s]\njudgement = 3\nby = \"A\"\n"), "{text}");
    }
}
