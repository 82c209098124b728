//! What a rule set says, table by table and key by key, as it is written: so that it can be compared and mixed.
//!
//! What is not written is here as it is taken, and numbers are numbers however they are written. Comments, layout and
//! the files that functions stand in are left out.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::assessment::Day;
use crate::budget::Budget;
use crate::diagnostic::Problems;
use crate::files::{Files, ReadError};
use crate::rules::combine::WrittenCombine;
use crate::rules::format::RuleSetFile;
use crate::rules::script::functions_of;
use crate::rules::{self, RuleSet};
use crate::stats::Confidence;
use crate::toml_file::parse;

/// What sort of thing a table of the rules is about, in the order in which rules are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    /// The rule set as a whole.
    Ruleset,
    /// A piece of evidence.
    Evidence,
    /// A parameter with its dated values.
    Parameter,
    /// A group of criteria.
    Group,
    /// A criterion of the list.
    Criterion,
    /// A gate of the list.
    Gate,
    /// A tier of the list.
    Tier,
    /// A function of a script.
    Function,
}

impl TableKind {
    /// Those that are written as tables of tables, by name.
    const NAMED: [Self; 2] = [Self::Evidence, Self::Parameter];
    /// Those that are written as lists of tables, each with an id.
    const LISTS: [Self; 4] = [Self::Group, Self::Criterion, Self::Gate, Self::Tier];

    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ruleset => "ruleset",
            Self::Evidence => "evidence",
            Self::Parameter => "parameter",
            Self::Group => "group",
            Self::Criterion => "criterion",
            Self::Gate => "gate",
            Self::Tier => "tier",
            Self::Function => "function",
        }
    }
}

/// Where a function stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FunctionLines {
    /// The file, without its folder.
    pub(super) file: String,
    /// Its first line, from 1.
    pub(super) first: usize,
}

/// The key under which a function's text is kept.
pub(super) const CODE: &str = "code";
/// The tables beside the rule set's own that say more of it as a whole, and change no score: the findings that are
/// accepted, and where the weights come from.
pub(super) const ASIDE: [&str; 2] = ["accept", "weights"];

/// What a rule set says.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleSetContent {
    /// Every table, by what it is about and its id; the rule set's own has none.
    pub(super) tables: BTreeMap<(TableKind, String), Table>,
    /// The ids of each list, in the order written.
    pub(super) orders: BTreeMap<TableKind, Vec<String>>,
    /// Where the functions stand, by id.
    pub(super) lines: BTreeMap<String, FunctionLines>,
    /// From when on the parameters have the values that are compared; none where there are no parameters.
    pub(super) since: Option<Day>,
}

impl RuleSetContent {
    pub(super) fn from_rules(rules: &RuleSet) -> Self {
        let parsed = parse::<RuleSetFile>(&rules.place.source, &mut Problems::default());
        let mut root = parsed.map(|parsed| parsed.content).unwrap_or_default();
        let mut content = Self { since: rules.since, ..Self::default() };
        if let Some(Value::Table(mut header)) = root.remove("ruleset") {
            header.remove("scripts");
            header.extend(ASIDE.iter().filter_map(|key| root.remove_entry(*key)));
            content.tables.insert((TableKind::Ruleset, String::new()), header);
        }
        for kind in TableKind::NAMED {
            let Some(Value::Table(named)) = root.remove(kind.word()) else { continue };
            let tables = named.into_iter().filter_map(|(name, table)| Some(((kind, name), as_table(table)?)));
            content.tables.extend(tables);
        }
        for kind in TableKind::LISTS {
            let Some(Value::Array(list)) = root.remove(kind.word()) else { continue };
            for mut table in list.into_iter().filter_map(as_table) {
                let Some(Value::String(id)) = table.remove("id") else { continue };
                content.orders.entry(kind).or_default().push(id.clone());
                content.tables.insert((kind, id), table);
            }
        }
        content.read_functions(rules);
        content.tables.iter_mut().for_each(|((kind, _), table)| as_taken(*kind, table));
        content
    }

    fn read_functions(&mut self, rules: &RuleSet) {
        for script in &rules.library.scripts {
            let file = script.source.name.rsplit('/').next().unwrap_or_default();
            for function in functions_of(&script.source.text) {
                let id = format!("{}/{}", function.name, function.takes);
                self.lines.insert(id.clone(), FunctionLines { file: file.to_owned(), first: function.line });
                let table = Table::from_iter([(CODE.to_owned(), Value::String(function.code))]);
                self.tables.insert((TableKind::Function, id), table);
            }
        }
    }

    /// Keeps of a parameter's dated values the one in force alone.
    pub(super) fn keep_in_force(&mut self, rules: &RuleSet, name: &str) {
        let Some((parameter, dated)) = rules.in_force().find(|(parameter, _)| parameter.name == name) else { return };
        let Some(at) = parameter.values.iter().position(|value| value.from == dated.from) else { return };
        let table = self.tables.get_mut(&(TableKind::Parameter, name.to_owned()));
        let Some(Value::Array(values)) = table.and_then(|table| table.get_mut("values")) else { return };
        *values = values.get(at).cloned().into_iter().collect();
    }

    pub(super) fn order(&self, kind: TableKind) -> &[String] {
        self.orders.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The text of a function; none where there is none.
    pub(super) fn function(&self, id: &str) -> Option<&str> {
        self.tables.get(&(TableKind::Function, id.to_owned()))?.get(CODE)?.as_str()
    }

    /// The same without gates, and with one tier for everybody: all totals are the same, and nothing else is asked for.
    #[must_use]
    pub(super) fn for_totals(mut self) -> Self {
        self.tables.retain(|(kind, _), _| !matches!(kind, TableKind::Gate | TableKind::Tier));
        self.orders.insert(TableKind::Gate, Vec::new());
        let all = Table::from_iter([("title".to_owned(), "All".into())]);
        self.tables.insert((TableKind::Tier, "all".to_owned()), all);
        self.orders.insert(TableKind::Tier, vec!["all".to_owned()]);
        self
    }

    /// The rule set that says this, judged as any, which spends `budget`; none where it can't be one.
    pub(super) fn judged(&self, budget: &Budget) -> Option<RuleSet> {
        let functions: Vec<&str> = self
            .tables
            .iter()
            .filter_map(|((kind, id), _)| self.function(id).filter(|_| *kind == TableKind::Function))
            .collect();
        let (rules, functions) = (toml::to_string(&self.written()).ok()?, functions.join("\n"));
        let made = Made { rules, functions, budget: budget.clone() };
        let editions = rules::load(&made, "made", None, &mut Problems::default()).rules?;
        match self.since {
            Some(day) => editions.into_on(day),
            None => Some(editions.into_latest()),
        }
    }

    fn written(&self) -> Table {
        let mut root = Table::new();
        let mut named: BTreeMap<TableKind, Table> = BTreeMap::new();
        for ((kind, id), table) in &self.tables {
            match kind {
                TableKind::Ruleset => {
                    root.insert("ruleset".to_owned(), Value::Table(self.header(table)));
                }
                TableKind::Evidence | TableKind::Parameter => {
                    named.entry(*kind).or_default().insert(id.clone(), Value::Table(table.clone()));
                }
                _ => {}
            }
        }
        root.extend(named.into_iter().map(|(kind, tables)| (kind.word().to_owned(), Value::Table(tables))));
        for kind in TableKind::LISTS {
            let tables = self.order(kind).iter().filter_map(|id| {
                let mut table = self.tables.get(&(kind, id.clone()))?.clone();
                table.insert("id".to_owned(), Value::String(id.clone()));
                Some(Value::Table(table))
            });
            root.insert(kind.word().to_owned(), Value::Array(tables.collect()));
        }
        root
    }

    /// The rule set's own table, with its scripts, and equals ordered by those criteria that there are.
    fn header(&self, table: &Table) -> Table {
        let mut header = table.clone();
        // They may be about what is not here.
        for key in ASIDE {
            header.remove(key);
        }
        let criteria: BTreeSet<&str> = self.order(TableKind::Criterion).iter().map(String::as_str).collect();
        if let Some(Value::Array(ties)) = header.get_mut("ties") {
            ties.retain(|id| id.as_str().is_some_and(|id| criteria.contains(id)));
            if ties.is_empty() {
                header.remove("ties_separate");
            }
        }
        if self.tables.keys().any(|(kind, _)| *kind == TableKind::Function) {
            header.insert("scripts".to_owned(), Value::Array(vec![FUNCTIONS.into()]));
        }
        header
    }
}

const FUNCTIONS: &str = "functions.rhai";

/// The two files of a rule set that was made here.
struct Made {
    rules: String,
    functions: String,
    budget: Budget,
}

impl Files for Made {
    fn read(&self, path: &str, _: u64) -> Result<Vec<u8>, ReadError> {
        let text = if path.ends_with(FUNCTIONS) { &self.functions } else { &self.rules };
        Ok(text.clone().into_bytes())
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

fn as_table(value: Value) -> Option<Table> {
    match value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// A table with what is not written as it is taken, and its numbers as numbers.
fn as_taken(kind: TableKind, table: &mut Table) {
    table.iter_mut().for_each(|(_, value)| numbers(value));
    let combine = table.get("combine").and_then(Value::as_str);
    if let Some((_, word)) = WrittenCombine::SYNONYMS.into_iter().find(|(synonym, _)| combine == Some(*synonym)) {
        table.insert("combine".to_owned(), word.into());
    }
    let nothing = || Value::Array(Vec::new());
    let taken = match kind {
        TableKind::Ruleset => vec![
            ("scale", Value::Float(100.0)),
            ("decimals", Value::Float(2.0)),
            ("confidence", Value::Float(Confidence::USUAL)),
            ("combine", WrittenCombine::UNLESS_WRITTEN.into()),
            ("ties", nothing()),
            ("ties_separate", Value::Boolean(false)),
        ],
        TableKind::Criterion => vec![("decimals", Value::Float(2.0)), ("optional", nothing())],
        _ => Vec::new(),
    };
    for (key, value) in taken {
        if !table.contains_key(key) {
            table.insert(key.to_owned(), value);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where rules are judged")]
fn numbers(value: &mut Value) {
    match value {
        Value::Integer(whole) => *value = Value::Float(*whole as f64),
        Value::Array(items) => items.iter_mut().for_each(numbers),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| numbers(value)),
        _ => {}
    }
}
