//! New weights in the text of a rule set, with why they are what they are now.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Table;
use toml::de::DeTable;

use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::filing::{changed, end_of, line_end, lines_behind, of_key, quoted, value_of};
use crate::rules::RuleSet;
use crate::toml_file::{Splice, end_of_line, start_of_line};

/// Begins the key of a group's weight in a session.
const GROUP: &str = "group ";
/// The key that says why the weights are what they are.
const REASON: &str = "weights_because";
/// The table that says where they come from.
const ORIGIN: &str = "weights";

/// A weight that is another than the rules have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewWeight {
    /// `criterion` or `group`.
    list: &'static str,
    id: String,
    title: String,
    before: String,
    /// As it is to be written.
    now: String,
}

impl NewWeight {
    /// `Volume: a weight of 30 becomes 25.5`.
    pub(super) fn in_words(&self) -> String {
        format!("{}: a weight of {} becomes {}", self.title, self.before, self.now)
    }
}

/// The weights of a session that are others than the rules have.
///
/// # Errors
/// Weights of what the rules do not have, that are no numbers, or that lack some.
pub(super) fn new_weights(rules: &RuleSet, weights: &BTreeMap<String, String>) -> Result<Vec<NewWeight>, Problems> {
    let mut problems = Problems::default();
    let now = written(rules);
    let mut new = Vec::new();
    for (key, text) in weights {
        let Some((_, (list, id, title), before)) = now.iter().find(|(known, ..)| known == key) else {
            let message = format!("the session has a weight of `{key}`, and the rules have none");
            let known = now.iter().map(|(known, ..)| known.as_str());
            problems.push(Problem::new(Code::UnknownId, message).help(did_you_mean(key, known)));
            continue;
        };
        match text.parse::<Decimal>().ok().filter(|weight| !weight.is_sign_negative()) {
            Some(weight) if weight == *before => {}
            Some(_) => new.push(NewWeight {
                list,
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                before: before.normalize().to_string(),
                now: text.clone(),
            }),
            None => {
                let message =
                    format!("the session has `{text}` as the weight of `{key}`, which is no number from zero up");
                problems.push(Problem::new(Code::BadSession, message).help("save the session in the page again"));
            }
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(new) }
}

type Weighed<'r> = (&'static str, &'r str, &'r str);

/// Each weight by its key in a session: whose it is, and what the rules have.
fn written(rules: &RuleSet) -> Vec<(String, Weighed<'_>, Decimal)> {
    let all = rules.weights.written();
    let mut written = Vec::new();
    for (criterion, weight) in rules.criteria.iter().zip(all) {
        written.push((criterion.id.clone(), ("criterion", &*criterion.id, &*criterion.title), *weight));
    }
    for (number, group) in rules.groups.iter().enumerate() {
        let weight = match rules.combine.has_sections() {
            true => rules.combine.weight_at(number).and_then(|at| all.get(at)),
            false => rules.weights.groups().and_then(|weights| weights.get(number)),
        };
        if let Some(weight) = weight {
            written.push((format!("{GROUP}{}", group.id), ("group", &*group.id, &*group.title), *weight));
        }
    }
    written
}

/// The text of a rule set with these weights, because of `reason`. Where its weights were said to come from goes with them.
///
/// # Errors
/// A weight that is a parameter, and a layout in which they can't be written.
pub(super) fn with_weights((path, text): (&str, &str), new: &[NewWeight], reason: &str) -> Result<String, Problem> {
    let (document, _) = DeTable::parse_recoverable(text);
    let document = document.get_ref();
    let mut splices: Vec<Splice> = Vec::new();
    let mut wanted = text.parse::<Table>().unwrap_or_default();
    for weight in new {
        let item = of_key(document, weight.list).and_then(|list| list.get_ref().as_array()).and_then(|items| {
            items
                .iter()
                .filter_map(|item| item.get_ref().as_table())
                .find(|item| of_key(item, "id").and_then(|id| id.get_ref().as_str()) == Some(&weight.id))
        });
        let place = item.and_then(|item| of_key(item, "weight")).filter(|place| place.get_ref().as_str().is_none());
        let Some(place) = place else {
            let message = format!("the weight of `{}` stands in `{path}` as a parameter, or not at all", weight.id);
            let help = format!("write it there as a number, make the page again, or write {} yourself", weight.now);
            return Err(Problem::new(Code::WriteFailed, message).help(help));
        };
        splices.push((place.span(), weight.now.clone()));
        let tables = wanted.get_mut(weight.list).and_then(toml::Value::as_array_mut).into_iter().flatten();
        for table in tables.filter_map(toml::Value::as_table_mut) {
            if table.get("id").and_then(toml::Value::as_str) == Some(&weight.id) {
                table.insert("weight".to_owned(), value_of(&weight.now));
            }
        }
    }
    splices.extend(because(text, document, reason));
    splices.extend(without_origin(text, document));
    wanted.remove(ORIGIN);
    if let Some(header) = wanted.get_mut("ruleset").and_then(toml::Value::as_table_mut) {
        header.insert(REASON.to_owned(), toml::Value::String(reason.to_owned()));
    }
    changed((path, text), &wanted, [splices])
}

/// Why the weights are what they are, in the place of what is said of the old ones, or behind the version.
fn because(text: &str, document: &DeTable<'_>, reason: &str) -> Option<Splice> {
    let header = of_key(document, "ruleset")?.get_ref().as_table()?;
    if let Some(there) = of_key(header, REASON) {
        return Some((there.span(), quoted(reason)));
    }
    let version = of_key(header, "version").or_else(|| of_key(header, "name"))?;
    Some(lines_behind(text, version.span().end, &format!("{REASON} = {}{}", quoted(reason), line_end(text))))
}

/// The table of where the weights came from, taken out with the blank line before it.
fn without_origin(text: &str, document: &DeTable<'_>) -> Option<Splice> {
    let origin = of_key(document, ORIGIN)?;
    let mut start = start_of_line(text, origin.span().start);
    if text.get(..start).is_some_and(|before| before.ends_with("\n\n")) {
        start -= 1;
    }
    Some((start..end_of_line(text, end_of(origin)), String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = include_str!("../../../fixtures/starter/rules/ruleset.toml");

    fn weight(id: &str, now: &str) -> NewWeight {
        NewWeight {
            list: "criterion",
            id: id.to_owned(),
            title: id.to_owned(),
            before: "30".to_owned(),
            now: now.to_owned(),
        }
    }

    /// The lines of one text that the other lacks.
    fn lacking<'t>(one: &'t str, other: &str) -> Vec<&'t str> {
        one.lines().filter(|line| !other.lines().any(|kept| kept == *line)).collect()
    }

    #[test]
    fn weights_and_their_reason_change_and_nothing_else() {
        let text =
            with_weights(("ruleset.toml", RULES), &[weight("volume", "12.5")], "So the \"room\" wanted.").unwrap();
        let new = lacking(&text, RULES);
        assert_eq!(new.len(), 2, "{new:?}");
        assert_eq!(new[0], "weights_because = 'So the \"room\" wanted.'");
        assert_eq!(new[1], "weight    = 12.5 # on any scale: shares are worked out");
        assert_eq!(lacking(RULES, &text).len(), 2);
    }

    #[test]
    fn where_old_weights_came_from_goes_with_them() {
        let origin = "[weights]\nmethod = \"points\" # old\npeople = [\"A\"]\ndate = \"2026-01-01\"\nanswers = \"a\"\ndigest = \"d\"\n";
        let with = format!("{RULES}\n{origin}");
        let text = with_weights(("ruleset.toml", &with), &[weight("volume", "12.5")], "x").unwrap();
        assert!(!text.contains("[weights]") && !text.contains("digest = "));
        assert_eq!(text, with_weights(("ruleset.toml", RULES), &[weight("volume", "12.5")], "x").unwrap());
    }

    #[test]
    fn a_parameter_is_not_overwritten() {
        let text = RULES.replacen("weight    = 30", "weight    = \"of_volume\"", 1);
        let found = with_weights(("ruleset.toml", &text), &[weight("volume", "12.5")], "x").unwrap_err();
        assert!(found.message.contains("as a parameter"), "{}", found.message);
    }
}
