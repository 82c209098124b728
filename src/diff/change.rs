//! What changed between two rule sets, by key, and the rule sets between the two in which only some of it is changed.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::content::{CODE, RuleSetContent, TableKind};
use crate::rules::combine::Node;
use crate::rules::script::{names_in, says_the_same};
use crate::rules::{Criterion, Parameter, RuleSet};

/// The order in which the keys of a table are told.
const KEYS: [&str; 44] = [
    "name",
    "version",
    "about",
    "weights_because",
    "weights",
    "accept",
    "scale",
    "values",
    "per",
    "own_lists",
    "decimals",
    "oldest_evidence_months",
    "answered_at_least",
    "published_at_least",
    "too_little",
    "told_apart_by",
    "sure",
    "judges_at_least",
    "confidence",
    "combine",
    "ties",
    "ties_separate",
    "title",
    "kind",
    "question",
    "group",
    "in",
    "beside",
    "weight",
    "measure",
    "optional",
    "unit",
    "direction",
    "value",
    "missing",
    "because",
    "when",
    "effect",
    "tier",
    "reason",
    "at_least",
    "places",
    "one_of_a_family",
    CODE,
];

/// One change of meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleChange {
    /// What it is about.
    pub kind: TableKind,
    /// The id of what it is about; none of the rule set as a whole and of the order of a list.
    pub id: String,
    /// The key that changed, or the table that came, went or moved.
    pub what: RuleEdit,
}

/// In what way the rules changed.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleEdit {
    /// A key of a table that both rule sets have; what is not written is taken as nothing.
    Key(String, Option<Value>, Option<Value>),
    /// The table is new.
    Added(toml::Table),
    /// The table is gone.
    Removed(toml::Table),
    /// Those of a list that both rule sets have stand in another order: the old one and the new one.
    Order(Vec<String>, Vec<String>),
}

impl RuleChange {
    /// `criterion.volume.weight`: what changed, by its keys.
    pub fn key(&self) -> String {
        let mut parts = vec![self.kind.word()];
        parts.extend(Some(&*self.id).filter(|id| !id.is_empty()));
        if let RuleEdit::Key(key, ..) = &self.what
            && self.kind != TableKind::Function
        {
            parts.push(key);
        }
        if matches!(self.what, RuleEdit::Order(..)) {
            parts.push("order");
        }
        parts.join(".")
    }

    /// Whether this is a change of this key.
    pub(super) fn is_of(&self, keys: &[&str]) -> bool {
        matches!(&self.what, RuleEdit::Key(key, ..) if keys.contains(&&**key))
    }

    /// Whether something is new or gone as a whole.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.what, RuleEdit::Added(_) | RuleEdit::Removed(_))
    }
}

/// Two rule sets, and what changed from one to the other.
pub(super) struct RuleSetPair<'a> {
    pub(super) old: &'a RuleSet,
    pub(super) new: &'a RuleSet,
    pub(super) before: RuleSetContent,
    pub(super) after: RuleSetContent,
    pub(super) changes: Vec<RuleChange>,
}

impl<'a> RuleSetPair<'a> {
    pub(super) fn new(old: &'a RuleSet, new: &'a RuleSet) -> Self {
        let (mut before, mut after) = (RuleSetContent::from_rules(old), RuleSetContent::from_rules(new));
        for name in others_in_force(old, new) {
            before.keep_in_force(old, name);
            after.keep_in_force(new, name);
        }
        let mut pair = Self { old, new, before, after, changes: Vec::new() };
        pair.changes = pair.find();
        pair
    }

    /// Every change, in the order of the new rules; what is gone stands behind what is there.
    fn find(&self) -> Vec<RuleChange> {
        let mut changes = Vec::new();
        let same_weights = self.same_weights();
        for name in self.names() {
            let (kind, id) = (name.0, name.1.clone());
            let change = |what: RuleEdit| RuleChange { kind, id: id.clone(), what };
            match (self.before.tables.get(&name), self.after.tables.get(&name)) {
                (Some(old), Some(new)) => {
                    let keys: BTreeSet<(usize, &String)> =
                        old.keys().chain(new.keys()).map(|key| (rank(key), key)).collect();
                    for (_, key) in keys {
                        let (was, is) = (old.get(key), new.get(key));
                        let same = self.same(kind, &id, key, was, is) || (same_weights && key == "weight");
                        if !same {
                            changes.push(change(RuleEdit::Key(key.clone(), was.cloned(), is.cloned())));
                        }
                    }
                }
                (None, Some(new)) => changes.push(change(RuleEdit::Added(new.clone()))),
                (Some(old), None) => changes.push(change(RuleEdit::Removed(old.clone()))),
                (None, None) => {}
            }
        }
        changes.extend(self.orders());
        changes.sort_by_key(|change| change.kind);
        changes
    }

    /// All tables: those of lists in the order of the new list.
    fn names(&self) -> Vec<(TableKind, String)> {
        let all: BTreeSet<&(TableKind, String)> = self.before.tables.keys().chain(self.after.tables.keys()).collect();
        let mut names: Vec<(TableKind, String)> = all.into_iter().cloned().collect();
        let place =
            |content: &RuleSetContent, kind: TableKind, id: &str| content.order(kind).iter().position(|it| it == id);
        names.sort_by_key(|(kind, id)| {
            let at = place(&self.after, *kind, id).unwrap_or(usize::MAX);
            (*kind, at, place(&self.before, *kind, id))
        });
        names
    }

    fn orders(&self) -> Vec<RuleChange> {
        let lists = [TableKind::Group, TableKind::Criterion, TableKind::Gate, TableKind::Tier].into_iter();
        let of = |kind: TableKind| {
            let (old, new) = (self.before.order(kind), self.after.order(kind));
            let both = |list: &[String], other: &[String]| -> Vec<String> {
                list.iter().filter(|id| other.contains(id)).cloned().collect()
            };
            let (was, is) = (both(old, new), both(new, old));
            (was != is).then(|| RuleChange { kind, id: String::new(), what: RuleEdit::Order(was, is) })
        };
        lists.filter_map(of).collect()
    }

    /// Whether all weights are in the same proportions, on whatever scale they are written.
    fn same_weights(&self) -> bool {
        let ids = |rules: &RuleSet| rules.criteria.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        ids(self.old) == ids(self.new) && self.old.weights.says_the_same(&self.new.weights)
    }

    /// Whether a key says the same in both.
    fn same(&self, kind: TableKind, id: &str, key: &str, old: Option<&Value>, new: Option<&Value>) -> bool {
        let (Some(old), Some(new)) = (old, new) else { return old.is_none() && new.is_none() };
        if old == new {
            return true;
        }
        match (key, old, new) {
            ("measure" | "when" | CODE, Value::String(old), Value::String(new)) => says_the_same(old, new),
            ("combine", ..) => {
                let of = |rules: &'a RuleSet| match kind {
                    TableKind::Group => score_of_group(rules, id)?.way.expression(),
                    _ => rules.combine.root().way.expression(),
                };
                of(self.old).zip(of(self.new)).is_some_and(|(old, new)| says_the_same(&old.code, &new.code))
            }
            ("value", ..) => self.same_value(id),
            ("optional", Value::Array(old), Value::Array(new)) => {
                let names = |list: &[Value]| list.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
                names(old) == names(new)
            }
            (_, Value::String(old), Value::String(new)) if kind != TableKind::Function => {
                old.split_whitespace().eq(new.split_whitespace())
            }
            _ => false,
        }
    }

    /// Whether both value functions are the same one, however written.
    fn same_value(&self, id: &str) -> bool {
        let (Some(old), Some(new)) = (criterion(self.old, id), criterion(self.new, id)) else { return false };
        match (script_of(old), script_of(new)) {
            (Some(old), Some(new)) => says_the_same(old, new),
            _ => old.value == new.value && old.direction.way() == new.direction.way(),
        }
    }

    /// The numbers of the changes that can alter a total, in the order of their keys: the same whichever of the two
    /// rule sets is the old one.
    pub(super) fn players(&self) -> Vec<usize> {
        let reached = self.reached();
        let alters = |change: &RuleChange| match change.kind {
            TableKind::Ruleset => {
                let keys = ["scale", "values", "per", "own_lists", "decimals", "confidence", "combine"];
                let least = ["too_little", "answered_at_least", "published_at_least"];
                change.is_of(&keys) || change.is_of(&least)
            }
            TableKind::Group => change.is_whole() || change.is_of(&["in", "combine", "weight"]),
            TableKind::Criterion => {
                let keys = ["group", "weight", "measure", "optional", "decimals", "direction", "value", "missing"];
                change.is_whole() || change.is_of(&keys) || matches!(change.what, RuleEdit::Order(..))
            }
            TableKind::Function => !change.is_whole() && reached.contains(bare(&change.id)),
            TableKind::Parameter => change.is_of(&["values"]),
            TableKind::Evidence | TableKind::Gate | TableKind::Tier => false,
        };
        let mut players: Vec<usize> =
            self.changes.iter().enumerate().filter(|(_, change)| alters(change)).map(|(number, _)| number).collect();
        players.sort_by_key(|number| self.changes.get(*number).map(RuleChange::key));
        players
    }

    /// The functions that a measure or a value function reaches, by name, in either rule set.
    fn reached(&self) -> BTreeSet<String> {
        let contents = [&self.before, &self.after];
        let mut waiting: Vec<String> = [self.old, self.new]
            .into_iter()
            .flat_map(|rules| &rules.criteria)
            .flat_map(|criterion| [Some(&criterion.measure.code), script_of(criterion)])
            .flatten()
            .cloned()
            .collect();
        let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for content in contents {
            for (_, id) in content.tables.keys().filter(|(kind, _)| *kind == TableKind::Function) {
                texts.entry(bare(id)).or_default().extend(content.function(id));
            }
        }
        let mut reached = BTreeSet::new();
        while let Some(code) = waiting.pop() {
            for name in names_in(&code) {
                let Some(found) = texts.get(&*name) else { continue };
                if reached.insert(name) {
                    waiting.extend(found.iter().map(|text| (*text).to_owned()));
                }
            }
        }
        reached
    }

    /// The rule set in which only the changes with these numbers are made. Evidence, parameters and functions that only
    /// one of the two has are always there: what reads or calls them decides.
    pub(super) fn mixed(&self, made: &BTreeSet<usize>) -> RuleSetContent {
        let mut mixed = self.before.clone();
        // Both hold on the later of the two days, and no parameter changes between it and the day that is compared.
        mixed.since = self.before.since.max(self.after.since);
        for (number, change) in self.changes.iter().enumerate() {
            let is_made = made.contains(&number);
            let name = (change.kind, change.id.clone());
            let is_declared = matches!(change.kind, TableKind::Evidence | TableKind::Parameter | TableKind::Function);
            match &change.what {
                RuleEdit::Added(table) if is_made || is_declared => {
                    mixed.tables.insert(name, table.clone());
                }
                RuleEdit::Removed(_) if is_made && !is_declared => {
                    mixed.tables.remove(&name);
                }
                RuleEdit::Key(key, _, new) if is_made => {
                    let Some(table) = mixed.tables.get_mut(&name) else { continue };
                    match new {
                        Some(value) => table.insert(key.clone(), value.clone()),
                        None => table.remove(key),
                    };
                }
                _ => {}
            }
        }
        for kind in [TableKind::Group, TableKind::Criterion, TableKind::Gate, TableKind::Tier] {
            let order = self.mixed_order(kind, made, &mixed);
            mixed.orders.insert(kind, order);
        }
        mixed
    }

    /// The order of a list in a mixed rule set: that of one rule set, with what only the other one has behind what it
    /// stands behind there. It does not depend on which of the two is the old one.
    fn mixed_order(&self, kind: TableKind, made: &BTreeSet<usize>, mixed: &RuleSetContent) -> Vec<String> {
        let (old, new) = (self.before.order(kind), self.after.order(kind));
        let turned = self.changes.iter().position(|it| it.kind == kind && matches!(it.what, RuleEdit::Order(..)));
        let new_leads = turned.map_or(new < old, |number| made.contains(&number));
        let (lead, other) = if new_leads { (new, old) } else { (old, new) };
        let mut order = lead.to_vec();
        for (at, id) in other.iter().enumerate().filter(|(_, id)| !lead.contains(id)) {
            let before = at.checked_sub(1).and_then(|at| other.get(at));
            let place = before.and_then(|before| order.iter().position(|it| it == before)).map_or(0, |at| at + 1);
            order.insert(place, id.clone());
        }
        order.retain(|id| mixed.tables.contains_key(&(kind, id.clone())));
        order
    }
}

/// Whether a parameter with the same dated values on both sides has another of them in force.
pub(super) fn other_in_force(old: &RuleSet, new: &RuleSet) -> bool {
    others_in_force(old, new).next().is_some()
}

/// The names of the parameters with the same dated values on both sides of which another is in force.
fn others_in_force<'r>(old: &'r RuleSet, new: &'r RuleSet) -> impl Iterator<Item = &'r str> {
    let before = |name: &str| old.in_force().find(|(parameter, _)| parameter.name == name);
    new.in_force().filter_map(move |(parameter, now)| {
        let (was, then) = before(&parameter.name)?;
        let dated = |parameter: &Parameter| {
            parameter.values.iter().map(|dated| (dated.from, dated.value.clone())).collect::<Vec<_>>()
        };
        (then.value != now.value && dated(was) == dated(parameter)).then_some(&*parameter.name)
    })
}

fn rank(key: &str) -> usize {
    KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len())
}

/// A function's name without the number of values that it takes.
pub(super) fn bare(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// How the score of a group is made; none where it has none of its own.
pub(super) fn score_of_group<'r>(rules: &'r RuleSet, id: &str) -> Option<&'r Node> {
    let at = rules.groups.iter().position(|group| group.id == id)?;
    rules.combine.groups().get(at).map(|group| &group.node)
}

pub(super) fn criterion<'r>(rules: &'r RuleSet, id: &str) -> Option<&'r Criterion> {
    rules.criteria.iter().find(|criterion| criterion.id == id)
}

fn script_of(criterion: &Criterion) -> Option<&String> {
    criterion.value.shape().expression().map(|expression| &expression.code)
}
