//! Changes of the rules in words, one sentence each, without its full stop.

use toml::Value;

use super::change::{RuleChange, RuleEdit, RuleSetPair, bare, criterion, score_of_group};
use super::content::{RuleSetContent, TableKind};
use crate::diagnostic::quoted_list;
use crate::explain::people_and_date;
use crate::rules::missing::Policy;
use crate::rules::{Direction, Gate, RuleSet, WeightsOrigin};
use crate::scoring::Fixed;
use crate::words::{counted, listed, number};

/// The most decimals that a number of the rules is shown with.
const DECIMALS: u32 = 6;
/// So many bytes of what a rule set says about itself are shown.
const LONG: usize = 120;
/// The most changed lines of a function that are shown.
const LINES: usize = 3;

/// What a change says.
pub(super) fn words(pair: &RuleSetPair<'_>, change: &RuleChange) -> String {
    match &change.what {
        RuleEdit::Key(key, old, new) => of_key(pair, change, key, old.as_ref(), new.as_ref()),
        RuleEdit::Added(table) => format!("{} is new{}", named(pair, change), about(pair.new, change, table)),
        RuleEdit::Removed(_) if change.kind == TableKind::Function => format!("{} is gone", named(pair, change)),
        RuleEdit::Removed(table) => format!("{} is gone{}", named(pair, change), about(pair.old, change, table)),
        RuleEdit::Order(old, new) => {
            let list = |ids: &[String]| quoted_list(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            let many = match change.kind {
                TableKind::Group => "groups",
                TableKind::Gate => "gates, of which the first that fires decides,",
                TableKind::Tier => "tiers",
                _ => "criteria",
            };
            format!("the {many} are in another order: {}; they were {}", list(new), list(old))
        }
    }
}

/// What the change is about: `` criterion `volume` ``.
fn named(pair: &RuleSetPair<'_>, change: &RuleChange) -> String {
    match change.kind {
        TableKind::Ruleset => "the rule set".to_owned(),
        TableKind::Function => function(pair, change),
        kind => format!("{} `{}`", kind.word(), change.id),
    }
}

/// A function with its file and lines, in the new rules where it is there.
fn function(pair: &RuleSetPair<'_>, change: &RuleChange) -> String {
    let lines = |content: &RuleSetContent| {
        let (at, code) = (content.lines.get(&change.id)?, content.function(&change.id)?);
        let last = at.first + code.lines().count().saturating_sub(1);
        let lines = if last == at.first { format!("line {last}") } else { format!("lines {}–{last}", at.first) };
        Some(format!(" ({}, {lines})", at.file))
    };
    let stands = lines(&pair.after).or_else(|| lines(&pair.before)).unwrap_or_default();
    format!("function `{}`{stands}", bare(&change.id))
}

/// What is worth knowing of something that is new or gone.
fn about(rules: &RuleSet, change: &RuleChange, table: &toml::Table) -> String {
    let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
    let titled = |rest: &str| format!(": \"{}\"{rest}", text("title"));
    match change.kind {
        TableKind::Evidence => titled(&format!(", {}", text("kind"))),
        TableKind::Parameter => titled(&format!(", {}", editions(Some(&Value::Array(dated(table)))))),
        TableKind::Group => {
            titled(&table.get("weight").map_or_else(String::new, |weight| format!(", weight {}", shown(weight))))
        }
        TableKind::Criterion => {
            let weight = table.get("weight").map_or_else(String::new, shown);
            titled(&format!(", weight {weight} (its share {})", share(rules, &change.id)))
        }
        TableKind::Gate => {
            let does = gate(rules, &change.id).map_or("", |gate| gate.effect.words().in_new_rules);
            titled(&format!(", {does} where `{}`", tidy(text("when"))))
        }
        TableKind::Tier => titled(&format!(", {}", takes(table))),
        TableKind::Function => match change.id.rsplit('/').next() {
            Some("1") => ": it takes 1 value".to_owned(),
            takes => format!(": it takes {} values", takes.unwrap_or_default()),
        },
        TableKind::Ruleset => String::new(),
    }
}

/// The dated values of a parameter.
fn dated(table: &toml::Table) -> Vec<Value> {
    table.get("values").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// A parameter's values, each with its day: `9.5 from 2016-04-01 and 10.5 from 2018-04-01`.
fn editions(values: Option<&Value>) -> String {
    let one = |dated: &Value| {
        let told = |key: &str| match dated.get(key) {
            Some(Value::String(text)) => text.clone(),
            value => shown_or_none(value),
        };
        let review =
            dated.get("review").map_or_else(String::new, |_| format!(", to be reviewed by {}", told("review")));
        format!("{} from {} ({}{review})", told("value"), told("from"), told("source"))
    };
    listed(&values.and_then(Value::as_array).into_iter().flatten().map(one).collect::<Vec<_>>())
}

/// Where the weights come from, before and now.
fn weights_come_from(old: Option<&WeightsOrigin>, new: Option<&WeightsOrigin>) -> String {
    let told = |origin: &WeightsOrigin| format!("{} (answers in {})", people_and_date(origin), origin.answers);
    match (old.map(told), new.map(told)) {
        (None, Some(new)) => format!("the weights now come from {new}; where they came from was not recorded"),
        (Some(old), None) => format!("where the weights come from is not recorded any more; it was {old}"),
        (Some(old), Some(new)) if old != new => format!("the weights now come from {new}; they came from {old}"),
        (_, new) => format!("the weights now come from other answers: {}", new.unwrap_or_default()),
    }
}

/// Accepted findings with what they are about and why: `no-weight of volume (asked for the record)`.
fn accepted(findings: Option<&Value>) -> String {
    let text = |table: &Value, key: &str| table.get(key).and_then(Value::as_str).map(tidy).unwrap_or_default();
    let one = |accept: &Value| {
        let ids = accept.get("of").and_then(Value::as_array).into_iter().flatten();
        let ids: Vec<String> = ids.filter_map(Value::as_str).map(str::to_owned).collect();
        let of = if ids.is_empty() { String::new() } else { format!(" of {}", listed(&ids)) };
        format!("{}{of} ({})", text(accept, "finding"), text(accept, "because").trim_end_matches('.'))
    };
    let all: Vec<String> = findings.and_then(Value::as_array).into_iter().flatten().map(one).collect();
    if all.is_empty() { "none".to_owned() } else { listed(&all) }
}

fn gate<'r>(rules: &'r RuleSet, id: &str) -> Option<&'r Gate> {
    rules.gates.iter().find(|gate| gate.id == id)
}

fn takes(table: &toml::Table) -> String {
    match (table.get("at_least"), table.get("places")) {
        (Some(bound), _) => format!("from {} up", shown(bound)),
        (_, Some(Value::Float(places))) => format!("{} {}", places, if *places == 1.0 { "place" } else { "places" }),
        _ => "the rest".to_owned(),
    }
}

/// A criterion's share of its whole: `23.8%`, `nothing` where there is no such criterion.
fn share(rules: &RuleSet, id: &str) -> String {
    let Some(at) = rules.criteria.iter().position(|criterion| criterion.id == id) else { return "nothing".to_owned() };
    let units = rules.weights.shares().get(at).copied().unwrap_or(0);
    let scale = f64::from(rules.scale);
    let part = Fixed::new(units, rules.fine_decimals()).to_f64() / scale * 100.0;
    format!("{}%", number(part, 1))
}

/// One key of a table.
fn of_key(pair: &RuleSetPair<'_>, change: &RuleChange, key: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let id = &change.id;
    let whose =
        if change.kind == TableKind::Ruleset { String::new() } else { format!(" of {} `{id}`", change.kind.word()) };
    let turned = |what: &str| format!("{what}: {} → {}", shown_or_none(old), shown_or_none(new));
    match (change.kind, key) {
        (TableKind::Ruleset, "about" | "weights_because") => {
            let what =
                if key == "about" { "what the rule set says about itself" } else { "the reason for the weights" };
            said_about_itself(what, old, new)
        }
        (TableKind::Ruleset, "combine") => {
            format!("totals are now {}; they were {}", pair.new.combine.clause(), pair.old.combine.clause())
        }
        (TableKind::Ruleset, "ties") => {
            format!("equal totals are now ordered by {}; they were ordered by {}", ties(new), ties(old))
        }
        (TableKind::Ruleset, "weights") => weights_come_from(pair.old.origin.as_ref(), pair.new.origin.as_ref()),
        (TableKind::Ruleset, "accept") => {
            format!("findings that are accepted: now {}; before {}", accepted(new), accepted(old))
        }
        (TableKind::Ruleset, "values") => turned("between which numbers values lie"),
        (TableKind::Ruleset, "decimals") => turned("decimals of points and totals"),
        (TableKind::Ruleset, "oldest_evidence_months") => turned("months that evidence may be old"),
        (TableKind::Ruleset, "answered_at_least") => turned("share of the weight that must be answered"),
        (TableKind::Ruleset, "confidence") => {
            let level = |rules: &RuleSet| rules.confidence.in_words();
            format!("confidence level of intervals: {} → {}", level(pair.old), level(pair.new))
        }
        (TableKind::Ruleset, "published_at_least") => turned("share of the weight that published figures must answer"),
        (TableKind::Ruleset, "too_little") => turned("what becomes of those of whom less is known"),
        (TableKind::Ruleset, "own_lists") => turned("kinds with a list of their own"),
        (TableKind::Ruleset, "told_apart_by") => turned("how far apart totals must be to be told apart"),
        (TableKind::Ruleset, "sure") => turned("draws from which on a place is secure, probable or open"),
        (TableKind::Ruleset, "ties_separate") => turned("whether `ties` give ranks of their own"),
        (TableKind::Ruleset, "judges_at_least") => turned("people who must have judged what is judged"),
        (TableKind::Ruleset, _) => turned(key),
        (TableKind::Criterion, "weight") => {
            format!(
                "{} (its share {} → {})",
                turned(&format!("weight of `{id}`")),
                share(pair.old, id),
                share(pair.new, id)
            )
        }
        (TableKind::Parameter, "values") => {
            format!("values of parameter `{id}`: {}; they were {}", editions(new), editions(old))
        }
        (TableKind::Group, "weight") => turned(&format!("weight of group `{id}`")),
        (TableKind::Group, "combine") => {
            let made = |rules| score_of_group(rules, id).map(|node| node.way.clause());
            match (made(pair.new), made(pair.old)) {
                (Some(now), Some(before)) => format!("the score of group `{id}` is now {now}; it was {before}"),
                (Some(now), None) => format!("the score of group `{id}` is now {now}; it had no score of its own"),
                (None, Some(before)) => format!("group `{id}` has no score of its own now; its score was {before}"),
                (None, None) => turned(&format!("`combine` of group `{id}`, which has no score of its own,")),
            }
        }
        (TableKind::Group, "beside") => match new.and_then(Value::as_bool) == Some(true) {
            true => format!("the score of group `{id}` now stands beside the total, which is made without it"),
            false => format!("the score of group `{id}` no longer stands beside the total"),
        },
        (TableKind::Group, "in") => turned(&format!("the group that `{id}` is in")),
        (TableKind::Criterion, "value") => value_function(pair, id),
        (TableKind::Criterion, "missing") => {
            let policy = |rules| criterion(rules, id).map(|criterion| criterion.missing.policy());
            let now = policy(pair.new).map(Policy::clause).unwrap_or_default();
            let before = policy(pair.old).map(Policy::past_clause).unwrap_or_default();
            format!("missing evidence of `{id}` {now}; it {before}")
        }
        (TableKind::Criterion, "direction") => {
            let direction = |rules| criterion(rules, id).map(|criterion| criterion.direction);
            let now = direction(pair.new).map(Direction::clause).unwrap_or_default();
            let before = direction(pair.old).map(Direction::past_clause).unwrap_or_default();
            format!("a higher `{id}` {now}; it {before}")
        }
        (TableKind::Criterion, "optional") => {
            format!("`{id}` can now be answered without {}; before, without {}", names(new), names(old))
        }
        (TableKind::Criterion, "group") => {
            format!("`{id}` now belongs to {}; it belonged to {}", group(new), group(old))
        }
        (TableKind::Criterion, "because") => {
            format!("the sentence of `{id}` is now {}; it was {}", shown_or_none(new), shown_or_none(old))
        }
        (TableKind::Criterion, "decimals") => turned(&format!("decimals of the measure of `{id}`")),
        (TableKind::Criterion, _) => turned(&format!("{key} of `{id}`")),
        (TableKind::Gate, "when") => turned(&format!("gate `{id}` now acts where another condition holds")),
        (TableKind::Gate, "effect") => {
            let words = |rules| gate(rules, id).map(|gate| gate.effect.words());
            let (now, before) = (words(pair.new).map(|it| it.in_new_rules), words(pair.old).map(|it| it.in_old_rules));
            format!("gate `{id}` now {}; it {}", now.unwrap_or_default(), before.unwrap_or_default())
        }
        (TableKind::Gate, "tier") => turned(&format!("the tier that gate `{id}` raises to")),
        (TableKind::Tier, "at_least" | "places") => tier(pair, change, key),
        (TableKind::Function, _) => function_changed(pair, change),
        _ => turned(&format!("{key}{whose}")),
    }
}

/// What a rule set says about itself is often a page: where it is, only that it changed is told.
fn said_about_itself(what: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let is_long = |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(|text| text.len() > LONG);
    match (old, new) {
        (None, Some(_)) if is_long(new) => format!("{what} is new"),
        (Some(_), None) if is_long(old) => format!("{what} is gone"),
        _ if is_long(old) || is_long(new) => format!("{what} has changed"),
        _ => format!("{what} is now {}; it was {}", shown_or_none(new), shown_or_none(old)),
    }
}

/// A tier that takes another number. Where it went from totals to places or back, that is two changes: each says which.
fn tier(pair: &RuleSetPair<'_>, change: &RuleChange, key: &str) -> String {
    let name = (change.kind, change.id.clone());
    let table = |content: &RuleSetContent| content.tables.get(&name).cloned().unwrap_or_default();
    let (old, new) = (table(&pair.before), table(&pair.after));
    let other = if key == "places" { "at_least" } else { "places" };
    let which = match old.get(other) == new.get(other) {
        true => String::new(),
        false => format!(" (`{key}`)"),
    };
    format!("tier `{}` now takes {}; it took {}{which}", change.id, takes(&new), takes(&old))
}

/// A function that both have, with the lines that differ where they are few.
fn function_changed(pair: &RuleSetPair<'_>, change: &RuleChange) -> String {
    let lines = |content: &RuleSetContent| -> Vec<String> {
        content.function(&change.id).unwrap_or_default().lines().map(tidy).filter(|line| !line.is_empty()).collect()
    };
    let (old, new) = (lines(&pair.before), lines(&pair.after));
    let alike = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.get(alike..).unwrap_or_default(), new.get(alike..).unwrap_or_default());
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let middle = |lines: &[String]| {
        let lines = lines.get(..lines.len() - behind).unwrap_or_default();
        match lines.len() {
            0 => "nothing".to_owned(),
            few if few <= LINES => format!("`{}`", lines.join(" ")),
            many => counted(many, "line", "lines"),
        }
    };
    format!("{} has changed: {} → {}", function(pair, change), middle(old), middle(new))
}

/// A value as a reader knows it, or that there is none.
fn shown_or_none(value: Option<&Value>) -> String {
    value.map_or_else(|| "none".to_owned(), shown)
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", tidy(text)),
        Value::Float(number) => figure(*number),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn figure(x: f64) -> String {
    number(x, DECIMALS)
}

/// Text on one line.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(value: Option<&Value>) -> String {
    let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    if names.is_empty() { "nothing".to_owned() } else { quoted_list(&names) }
}

fn ties(value: Option<&Value>) -> String {
    let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names = items.iter().filter_map(Value::as_str).map(|id| format!("the points for `{id}`"));
    names.chain(["the id".to_owned()]).collect::<Vec<_>>().join(", then by ")
}

fn group(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).map_or_else(|| "no group".to_owned(), |id| format!("group `{id}`"))
}

fn value_function(pair: &RuleSetPair<'_>, id: &str) -> String {
    let (Some(old), Some(new)) = (criterion(pair.old, id), criterion(pair.new, id)) else { return String::new() };
    let (was, is) = (old.value.shape(), new.value.shape());
    let told = is.since(was, &new.unit);
    let told = told.unwrap_or_else(|| format!("now {}; it was {}", is.clause(), was.clause()));
    format!("value function of `{id}`: {told}")
}
