//! Two rankings side by side, and the first place in the pipeline where they part.

use std::collections::BTreeMap;

use serde_json::Value;

/// The steps at which two rankings can part, in the order data walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Which candidates there are, and which of them are ranked.
    Candidates,
    /// What a measure was read from.
    Evidence,
    /// An answer in natural units.
    Measure,
    /// A measure as a value from 0 to 1.
    Value,
    /// A criterion's share.
    Weight,
    /// What a criterion contributed.
    Points,
    /// The sum, or what else is made of the points.
    Total,
    /// A rule outside the sum.
    Gate,
    /// The tier that a total falls in.
    Tier,
    /// The place in the list.
    Rank,
    /// Sentences, warnings, decisions and all else that the ranking says.
    Words,
}

impl Stage {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Candidates => "candidates",
            Self::Evidence => "evidence",
            Self::Measure => "measure",
            Self::Value => "value",
            Self::Weight => "weight",
            Self::Points => "points",
            Self::Total => "total",
            Self::Gate => "gate",
            Self::Tier => "tier",
            Self::Rank => "rank",
            Self::Words => "words",
        }
    }

    /// The members of a contribution that belong to it.
    fn of_contribution(self) -> &'static [&'static str] {
        match self {
            Self::Evidence => &["evidence"],
            Self::Measure => &["measure", "missing"],
            Self::Value => &["value"],
            Self::Weight => &["weight"],
            Self::Points => &["points", "factor"],
            Self::Words => &["because"],
            _ => &[],
        }
    }

    /// The members of a candidate's entry that belong to it.
    fn of_entry(self) -> &'static [&'static str] {
        match self {
            Self::Total => &["sections", "total", "range"],
            Self::Gate => &["gate", "other_gates", "refused_by"],
            Self::Tier => &["tier"],
            Self::Rank => &["rank"],
            Self::Words => &["title", "meanwhile", "affected", "coverage", "arithmetic"],
            _ => &[],
        }
    }

    /// The steps after [`Stage::Candidates`].
    const WALKED: [Self; 10] = [
        Self::Evidence,
        Self::Measure,
        Self::Value,
        Self::Weight,
        Self::Points,
        Self::Total,
        Self::Gate,
        Self::Tier,
        Self::Rank,
        Self::Words,
    ];
}

/// Where two rankings part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstDifference {
    /// The step of the pipeline at which they part.
    pub stage: Stage,
    /// Whose, by title; none where it is nobody's.
    pub candidate: Option<String>,
    /// At which question, by id; none where it is at none.
    pub criterion: Option<String>,
    /// What the record has, as JSON.
    pub then: String,
    /// What was worked out now, as JSON.
    pub now: String,
}

/// One candidate in both rankings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBySide {
    /// The candidate's title.
    pub title: String,
    /// Rank and total in the record; a dash where there is none.
    pub then: (String, String),
    /// Rank and total as they are worked out now.
    pub now: (String, String),
}

/// The first difference between the ranking of a record and that of now: at the earliest step, there of the first
/// candidate in the record's order.
pub(super) fn first_difference(then: &Value, now: &Value) -> Option<FirstDifference> {
    let (entries, others) = (entries(then), by_id(now));
    let (then_ids, now_ids) = (ids(then), ids(now));
    if then_ids != now_ids {
        let count = |id: &str, ids: &[&str]| ids.iter().filter(|other| **other == id).count();
        let only = |these: &[&str], those: &[&str]| {
            let mut these: Vec<&str> = these.iter().filter(|id| count(id, these) > count(id, those)).copied().collect();
            these.dedup();
            these.join(", ")
        };
        return Some(FirstDifference {
            stage: Stage::Candidates,
            candidate: None,
            criterion: None,
            then: only(&then_ids, &now_ids),
            now: only(&now_ids, &then_ids),
        });
    }
    let at = |stage: Stage| {
        entries.iter().find_map(|then| {
            let now = others.get(id(then))?;
            in_contributions(stage, then, now).or_else(|| in_members(stage, stage.of_entry(), then, now, then, None))
        })
    };
    let walked = Stage::WALKED.into_iter().find_map(at);
    walked.or_else(|| order(then, now)).or_else(|| beside(then, now)).or_else(|| anywhere(then, now))
}

/// The order in which the same entries stand.
fn order(then: &Value, now: &Value) -> Option<FirstDifference> {
    let in_order = |ranking: &Value| entries(ranking).into_iter().map(id).collect::<Vec<_>>().join(", ");
    let (then, now) = (in_order(then), in_order(now));
    (then != now).then(|| {
        let (then, now) = said(Some(&then.into()), Some(&now.into()));
        FirstDifference { stage: Stage::Rank, candidate: None, criterion: None, then, now }
    })
}

fn in_contributions(stage: Stage, then: &Value, now: &Value) -> Option<FirstDifference> {
    let parts = |entry: &'_ Value| entry.get("contributions").and_then(Value::as_array).cloned().unwrap_or_default();
    let (before, after) = (parts(then), parts(now));
    let name = |part: &Value| part.get("criterion").and_then(Value::as_str).unwrap_or_default().to_owned();
    before.iter().find_map(|part| {
        let criterion = name(part);
        let other = after.iter().find(|other| name(other) == criterion).unwrap_or(&Value::Null);
        in_members(stage, stage.of_contribution(), part, other, then, Some(criterion))
    })
}

/// The first of these members that differs.
fn in_members(
    stage: Stage,
    members: &[&str],
    then: &Value,
    now: &Value,
    entry: &Value,
    criterion: Option<String>,
) -> Option<FirstDifference> {
    let member = members.iter().find(|member| then.get(member) != now.get(member))?;
    let (then, now) = said(then.get(member), now.get(member));
    Some(FirstDifference { stage, candidate: Some(title(entry)), criterion, then, now })
}

/// What differs outside the entries, as far as both have it: the engine's version is expected to.
fn beside(then: &Value, now: &Value) -> Option<FirstDifference> {
    let members = ["assessment", "rules", "decisions", "warnings", "schema"];
    let member = members.into_iter().find(|member| then.get(member) != now.get(member))?;
    let (then, now) = said(then.get(member), now.get(member));
    Some(FirstDifference { stage: Stage::Words, candidate: None, criterion: None, then, now })
}

/// What differs in any way.
fn anywhere(then: &Value, now: &Value) -> Option<FirstDifference> {
    (then != now).then(|| {
        let (then, now) = said(Some(then), Some(now));
        FirstDifference { stage: Stage::Words, candidate: None, criterion: None, then, now }
    })
}

/// Two values that differ, each as JSON with the place where they do first, short enough to be read.
fn said(then: Option<&Value>, now: Option<&Value>) -> (String, String) {
    let (path, then, now) = innermost(String::new(), then, now);
    let text = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let (then, now) = (text(then), text(now));
    let alike = then.chars().zip(now.chars()).take_while(|(one, other)| one == other).count();
    let said = |text: &str| match path.trim_start_matches('.') {
        "" => shortened(text, alike),
        path => format!("{} at {path}", shortened(text, alike)),
    };
    (said(&then), said(&now))
}

/// The first member or place in a list, below `path`, in which two values differ, with both sides of it.
fn innermost<'v>(
    path: String,
    then: Option<&'v Value>,
    now: Option<&'v Value>,
) -> (String, Option<&'v Value>, Option<&'v Value>) {
    let inner = match (then, now) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let names = before.keys().chain(after.keys());
            let other = |name: &&String| before.get(*name) != after.get(*name);
            names.into_iter().find(other).map(|name| (format!("{path}.{name}"), before.get(name), after.get(name)))
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => (0..before.len().max(after.len()))
            .find(|at| before.get(*at) != after.get(*at))
            .map(|at| (format!("{path}[{at}]"), before.get(at), after.get(at))),
        _ => None,
    };
    match inner {
        Some((path, then, now)) => innermost(path, then, now),
        None => (path, then, now),
    }
}

/// The candidates whose rank or total differ, in the record's order, those that only one has last.
pub(super) fn side_by_side(then: &Value, now: &Value) -> Vec<SideBySide> {
    let (before, after) = (by_id(then), by_id(now));
    let figure = |entry: Option<&&Value>, member: &str| {
        let figure = entry.and_then(|entry| entry.get(member)).filter(|figure| !figure.is_null());
        figure.map_or_else(|| "-".to_owned(), ToString::to_string)
    };
    let both = |entry: Option<&&Value>| (figure(entry, "rank"), figure(entry, "total"));
    let new = entries(now).into_iter().filter(|entry| !before.contains_key(id(entry)));
    let rows = entries(then).into_iter().chain(new).map(|entry| SideBySide {
        title: title(entry),
        then: both(before.get(id(entry))),
        now: both(after.get(id(entry))),
    });
    rows.filter(|row| row.then != row.now).collect()
}

fn entries(ranking: &Value) -> Vec<&Value> {
    ranking.get("ranking").and_then(Value::as_array).into_iter().flatten().collect()
}

fn by_id(ranking: &Value) -> BTreeMap<&str, &Value> {
    entries(ranking).into_iter().map(|entry| (id(entry), entry)).collect()
}

/// The ids of all entries, in their own order.
fn ids(ranking: &Value) -> Vec<&str> {
    let mut ids: Vec<&str> = entries(ranking).into_iter().map(id).collect();
    ids.sort_unstable();
    ids
}

fn id(entry: &Value) -> &str {
    entry.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn title(entry: &Value) -> String {
    entry.get("title").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A text short enough to be read, from a little before the letter number `from` on where it is long.
fn shortened(text: &str, from: usize) -> String {
    const MOST: usize = 200;
    const BEFORE: usize = 40;
    let length = text.chars().count();
    if length <= MOST {
        return text.to_owned();
    }
    let first = from.saturating_sub(BEFORE).min(length - MOST);
    let shown: String = text.chars().skip(first).take(MOST).collect();
    let (before, after) = (if first > 0 { "…" } else { "" }, if first + MOST < length { "…" } else { "" });
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_entries_in_another_order_differ_in_rank() {
        let list = |ids: [&str; 2]| json!({ "ranking": ids.map(|id| json!({ "id": id })) });
        let found = first_difference(&list(["a", "b"]), &list(["b", "a"])).unwrap();
        assert_eq!((found.stage, &*found.then, &*found.now), (Stage::Rank, "\"a, b\"", "\"b, a\""));
    }
}
