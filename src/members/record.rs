//! The record of a member: whether it is whole and unaltered, and the list that is printed in it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::assessment::Period;
use crate::assessment::members::{Listed, MadeList, MemberRules};
use crate::bag::{self, Contents, PAYLOAD, TAG_MANIFEST};
use crate::diagnostic::{Problem, Problems};
use crate::digest::digest;
use crate::files::{Files, join};
use crate::words::visible;

/// A record that is whole and unaltered.
pub(super) struct CheckedRecord {
    /// `sha256:` and the digest that stands for it.
    pub(super) digest: String,
    /// Its files, each under its path as it was asked for: what was checked is what is read.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Which engine it says made it, in words.
    pub(super) engine: String,
    /// Whether that is another than this one.
    pub(super) is_of_another_engine: bool,
    /// The list in it, or why that can't be read.
    pub(super) printed: Result<Printed, &'static str>,
}

/// The list that is printed in a record.
pub(super) struct Printed {
    ranking: Value,
}

/// Checks the record in a folder: its names, its manifests, and the digest of every file that these list. It has no more
/// bytes than `left`, which are so many fewer then.
///
/// # Errors
/// Everything in which it is altered.
pub(super) fn check_record(files: &dyn Files, folder: &str, left: &Cell<u64>) -> Result<CheckedRecord, Problems> {
    let record = bag::read(files, folder, left)?;
    let faults = bag::faults(&record);
    if !faults.is_empty() {
        let named = |mut problem: Problem| {
            problem.message = format!("the record `{folder}` can't be used: {}", problem.message);
            problem
        };
        return Err(faults.into_iter().map(named).collect::<Vec<_>>().into());
    }
    let engine = json(&record, "engine.json").unwrap_or_default();
    let of = |key: &str| engine.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let words = format!("{} {}, source {}", of("name"), of("version"), of("source"));
    let source = of("source");
    Ok(CheckedRecord {
        digest: record.get(TAG_MANIFEST).map(|bytes| digest(bytes)).unwrap_or_default(),
        engine: visible(&words, &[]).into_owned(),
        is_of_another_engine: source.strip_prefix("sha256:") != Some(env!("PRIORITISE_SOURCE")),
        printed: json(&record, "ranking.json").map(|ranking| Printed { ranking }).ok_or("it is no JSON"),
        files: record.into_iter().map(|(path, bytes)| (join(folder, &path), bytes)).collect(),
    })
}

fn json(record: &Contents, name: &str) -> Option<Value> {
    serde_json::from_slice(record.get(&format!("{PAYLOAD}{name}"))?).ok()
}

impl Printed {
    /// Whether it says what was made: the same candidates with the same ranks and totals, and the same priorities.
    pub(super) fn is_list(&self, made: &MadeList) -> bool {
        self.listed().is_some_and(|listed| listed == made.listed)
    }

    /// The list as it is printed; what it does not print is taken from what was `made` of its files, where that could be.
    pub(super) fn into_list(self, digest: String, made: Option<&MadeList>, why: &str) -> Option<MadeList> {
        let of = |table: &str, key: &str| self.ranking.get(table)?.get(key)?.as_str().map(str::to_owned);
        let scale = self.ranking.get("rules")?.get("scale")?.to_string();
        let period = of("assessment", "period").and_then(|period| Period::parse(&period).ok());
        Some(MadeList {
            period: made.map(|made| made.period).or(period)?,
            digest,
            says: made.map(|made| made.says.clone()).or(of("assessment", "digest"))?,
            rules: MemberRules {
                name: format!("{} {}", of("rules", "name")?, of("rules", "version")?),
                digest: of("rules", "digest")?,
                scale,
            },
            people: self.ranking.get("assessment")?.get("population").and_then(|it| it.get("people")?.as_f64()),
            as_printed: Some(why.to_owned()),
            listed: self.listed()?,
        })
    }

    /// The candidates in the order of the list; none where it is not as an engine writes it.
    fn listed(&self) -> Option<Vec<Listed>> {
        let first_tier = self.ranking.get("rules")?.get("tiers")?.get(0).and_then(|tier| tier.get("id")?.as_str());
        let decided = self.decided();
        let listed = |entry: &Value| {
            let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
            let id = text("id")?;
            let is_first = text("tier").is_some() && text("tier").as_deref() == first_tier;
            Some(Listed {
                title: text("title")?,
                rank: entry.get("rank").and_then(Value::as_u64).and_then(|rank| usize::try_from(rank).ok()),
                total: entry.get("total").and_then(Value::as_f64),
                is_priority: decided.get(&*id).copied().unwrap_or(is_first),
                note: None,
                id,
            })
        };
        let all: Vec<Listed> = self.ranking.get("ranking")?.as_array()?.iter().map(listed).collect::<Option<_>>()?;
        let ids: BTreeSet<&str> = all.iter().map(|listed| &*listed.id).collect();
        (ids.len() == all.len()).then_some(all)
    }

    /// What the board decided, by candidate: whether it is a priority.
    fn decided(&self) -> BTreeMap<String, bool> {
        let of = |list: &str, is_priority: bool| {
            let decisions = self.ranking.get("decisions").and_then(|decisions| decisions.get(list)?.as_array());
            let ids = decisions.into_iter().flatten().filter_map(|decision| decision.get("candidate")?.as_str());
            ids.map(|id| (id.to_owned(), is_priority)).collect::<Vec<_>>()
        };
        of("list", true).into_iter().chain(of("rejected", false)).collect()
    }
}
