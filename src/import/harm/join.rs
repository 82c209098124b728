//! Counts joined with weights: an offence table for each candidate, and what stays out.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::code::OffenceCode;
use super::columns::DecidedCodes;
use super::counts::CountedRow;
use super::options::{CountsToJoin, HarmOptions, SeveralWeights};
use super::weights::HarmWeight;
use crate::assessment::CandidateKind;
use crate::diagnostic::{Problem, Problems};
use crate::import::given::{option_problem, toml_number as number, toml_table as table_row, why_nothing};
use crate::import::{EvidenceText, RowAccount};
use crate::words::id_of;
use crate::words::listed;

const SOURCE: &str = "harm-weights";
const COUNTS: &str = "offence-counts";

/// Offences of each candidate, by name.
type Joined = BTreeMap<String, BTreeMap<String, WeightedOffence>>;

/// An offence that has a weight.
#[derive(Default)]
struct WeightedOffence {
    count: f64,
    /// The harm of one.
    harm: f64,
    rows: u64,
}

#[derive(Default)]
struct LeftOutCounts {
    none: BTreeSet<String>,
    /// The codes that no weight has.
    codes: BTreeSet<OffenceCode>,
    several: BTreeSet<String>,
    withheld: BTreeSet<String>,
    below: BTreeSet<String>,
}

impl LeftOutCounts {
    /// A sentence for each reason for which counts stay out.
    fn sentences(&self) -> Vec<String> {
        let all = |codes: &BTreeSet<String>| listed(&codes.iter().cloned().collect::<Vec<_>>());
        [
            (&self.none, "No weight matches"),
            (&self.several, "Several weights match, so none was used, for"),
            (&self.withheld, "The count is withheld of"),
            (&self.below, "Counts add up to less than zero for"),
        ]
        .into_iter()
        .filter(|(codes, _)| !codes.is_empty())
        .map(|(codes, what)| format!("{what} {}.", all(codes)))
        .collect()
    }
}

/// What counts are joined with.
pub(super) struct Joining<'a> {
    pub(super) options: &'a HarmOptions,
    pub(super) counts: &'a CountsToJoin,
    pub(super) weights: &'a [HarmWeight],
    pub(super) codes: &'a DecidedCodes,
    pub(super) edition: &'a str,
}

impl Joining<'_> {
    /// The evidence file.
    ///
    /// # Errors
    /// That no count has a weight, with why; a date that is no period.
    pub(super) fn evidence(
        &self,
        rows: Vec<CountedRow>,
        account: &mut RowAccount,
        remarks: &mut Vec<String>,
    ) -> Result<String, Problems> {
        let mut joined = Joined::new();
        let mut missed = LeftOutCounts::default();
        for row in rows {
            match self.harm(&row, &mut missed) {
                Ok((offence, count, harm)) => {
                    let cell = joined.entry(row.group).or_default().entry(offence).or_default();
                    (cell.count, cell.harm, cell.rows) = (cell.count + count, harm, cell.rows + 1);
                }
                Err(reason) => account.set_aside(reason, 1),
            }
        }
        settle(&mut joined, account, &mut missed);
        let mut told = missed.sentences();
        told.extend(self.codes.letters_missing(self.weights, &missed.codes));
        if joined.is_empty() {
            let message = format!("no count could be joined with a weight; {}", why_nothing(account));
            let help = match told.join(" ") {
                none if none.is_empty() => "name the file that has the counts, a row for each".to_owned(),
                told => told.trim_end_matches('.').to_owned(),
            };
            return Err(option_problem(message, help).into());
        }
        remarks.extend(told.iter().cloned());
        Ok(self.text(joined, &told)?)
    }

    /// Offence, count and harm of one; or why the row is set aside.
    fn harm(&self, row: &CountedRow, missed: &mut LeftOutCounts) -> Result<(String, f64, f64), &'static str> {
        let (written, code) = self.codes.of_counts(row);
        let shown = match (written.is_empty(), row.description.is_empty()) {
            (false, false) => format!("{} ({written})", row.description),
            (false, true) => written,
            (true, _) => row.description.clone(),
        };
        let Some(count) = row.count else {
            missed.withheld.insert(shown);
            return Err("with a withheld count");
        };
        let found = self.codes.weights_of(self.weights, &code, &row.description);
        match (&*found, self.options.several) {
            ([], _) => {
                missed.none.insert(shown);
                missed.codes.insert(code);
                Err("with a code that matches no weight")
            }
            ([only], _) => Ok((shown, count, *only)),
            ([lowest, ..], Some(SeveralWeights::Lowest)) => Ok((shown, count, *lowest)),
            ([.., highest], Some(SeveralWeights::Highest)) => Ok((shown, count, *highest)),
            (_, None) => {
                missed.several.insert(shown);
                Err("with a code that has several weights")
            }
        }
    }

    fn text(&self, joined: Joined, left_out: &[String]) -> Result<String, Problem> {
        let mut text = EvidenceText::new("Offences with their harm weights: made by `prioritise import harm-index`.");
        let mut keys = self.options.cited.keys(SOURCE, "Harm weights", "")?;
        keys.push(("note", format!("Edition: {}", self.edition).into()));
        text.source(&keys);
        text.source(&[("id", COUNTS.into()), ("title", format!("Counts of offences: {}", self.counts.path).into())]);
        for (title, offences) in joined {
            let rows = offences.into_iter().map(|(offence, WeightedOffence { count, harm, .. })| {
                table_row([("offence", offence.into()), ("count", number(count)), ("harm", number(harm))])
            });
            text.candidate(&id_of(&title), &title, CandidateKind::Crime, "");
            let mut keys = vec![
                ("offences", Value::Array(rows.collect())),
                ("period", self.counts.period.as_str().into()),
                ("source", COUNTS.into()),
                ("where", format!("{}; weights: {}", self.counts.path, self.edition).into()),
            ];
            if !left_out.is_empty() {
                keys.push(("note", format!("Some offences are left out. {}", left_out.join(" ")).into()));
            }
            text.evidence("harms", &keys);
        }
        Ok(text.finish())
    }
}

/// Counts the rows of each offence as used, but of those whose counts add up to less than zero, which stay out.
fn settle(joined: &mut Joined, account: &mut RowAccount, missed: &mut LeftOutCounts) {
    for offences in joined.values_mut() {
        offences.retain(|offence, cell| {
            let sound = cell.count >= 0.0;
            if sound {
                account.used(cell.rows);
            } else {
                account.set_aside("with counts that add up to less than zero", cell.rows);
                missed.below.insert(offence.clone());
            }
            sound
        });
    }
    joined.retain(|_, offences| !offences.is_empty());
}
