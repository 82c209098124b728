//! New weights in the text of a rule set, with why they are what they are now.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Table;
use toml::de::DeTable;

use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::filing::{changed, end_of, line_end, lines_behind, of_key, quoted, value_of};
use crate::rules::{RuleSet, Weights};
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
    /// The same as a number, and where it stands.
    weight: Decimal,
    stands: Stands,
}

/// Where a weight stands among those of the rules, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Among those of criteria and of groups with a score.
    AmongAll(usize),
    /// Among those of groups that only share out the weight.
    AmongGroups(usize),
}

impl NewWeight {
    /// `Volume: a weight of 30 becomes 25.5`.
    pub(super) fn in_words(&self) -> String {
        format!("{}: a weight of {} becomes {}", self.title, self.before, self.now)
    }

    /// `Volume: a weight of 25.5, now 30`, where the rules have another than was settled.
    pub(super) fn since(&self) -> String {
        format!("{}: a weight of {}, now {}", self.title, self.now, self.before)
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
        let Some((_, (list, id, title), before, stands)) = now.iter().find(|(known, ..)| known == key) else {
            let message = format!("the session has a weight of `{key}`, and the rules have none");
            let known = now.iter().map(|(known, ..)| known.as_str());
            problems.push(Problem::new(Code::UnknownId, message).help(did_you_mean(key, known)));
            continue;
        };
        match text.parse::<Decimal>().ok().filter(|weight| !weight.is_sign_negative()) {
            Some(weight) if weight == *before => {}
            Some(weight) => new.push(NewWeight {
                list,
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                before: before.normalize().to_string(),
                now: text.clone(),
                weight,
                stands: *stands,
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

/// Each weight by its key in a session: whose it is, what the rules have, and where it stands there.
fn written(rules: &RuleSet) -> Vec<(String, Weighed<'_>, Decimal, Stands)> {
    let all = rules.weights.written();
    let mut written = Vec::new();
    for (number, (criterion, weight)) in rules.criteria.iter().zip(all).enumerate() {
        let of = ("criterion", &*criterion.id, &*criterion.title);
        written.push((criterion.id.clone(), of, *weight, Stands::AmongAll(number)));
    }
    for (number, group) in rules.groups.iter().enumerate() {
        let (weight, stands) = match rules.combine.weight_at(number).filter(|_| rules.combine.has_sections()) {
            Some(at) => (all.get(at), Stands::AmongAll(at)),
            None => (rules.weights.groups().and_then(|weights| weights.get(number)), Stands::AmongGroups(number)),
        };
        if let Some(weight) = weight {
            let of = ("group", &*group.id, &*group.title);
            written.push((format!("{GROUP}{}", group.id), of, *weight, stands));
        }
    }
    written
}

/// What has a weight in the rules and none in a session.
pub(super) fn without_weight(rules: &RuleSet, weights: &BTreeMap<String, String>) -> Vec<String> {
    let missing = written(rules).into_iter().filter(|(key, ..)| !weights.contains_key(key));
    missing
        .map(|(_, (_, _, title), weight, _)| format!("{title}: not asked, now a weight of {}", weight.normalize()))
        .collect()
}

/// The weights of the rules with these in the place of theirs, as if they were written so.
///
/// # Errors
/// As of [`new_weights`]; and weights of which all that share a whole are zero.
pub(in crate::workshop) fn weights_with(
    rules: &RuleSet,
    weights: &BTreeMap<String, String>,
) -> Result<Weights, Problems> {
    let mut all = rules.weights.written().to_vec();
    let mut groups = rules.weights.groups().map(<[Decimal]>::to_vec);
    for new in new_weights(rules, weights)? {
        let slot = match new.stands {
            Stands::AmongAll(at) => all.get_mut(at),
            Stands::AmongGroups(at) => groups.as_mut().and_then(|groups| groups.get_mut(at)),
        };
        if let Some(slot) = slot {
            *slot = new.weight;
        }
    }
    let weights = rules.weights_as_written(&all, groups.as_deref());
    let is_weighed = |pool: usize| (0..all.len()).any(|at| weights.pool(at) == pool && weights.counts(at));
    match (0..all.len()).find(|at| !is_weighed(weights.pool(*at))) {
        None => Ok(weights),
        Some(at) => {
            let (id, _) = rules.weighed(at).unwrap_or_default();
            let message = format!("`{id}` and all that shares the weight with it have a weight of 0");
            Err(Problem::new(Code::BadSession, message).help("give one of them a weight above 0").into())
        }
    }
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
            weight: now.parse().unwrap(),
            stands: Stands::AmongAll(0),
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
