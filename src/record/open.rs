//! A record opened to be read by another step: its digests are checked, its files are lent under the record's own name, and
//! it is told where the list in it is not what this engine makes of them. Nothing outside the record is read.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde_json::Value;

use super::bag::payload;
use super::canonical::canonical_text;
use super::compare::{self, FirstDifference};
use super::gather::{ASSESSMENT, RULES};
use super::integrity::check_integrity;
use super::results::{RANKING, by_version};
use super::run::SealStatement;
use crate::bag::{Contents, PAYLOAD};
use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, Memory, ReadError, join};
use crate::report;
use crate::words::visible;

/// A record that is whole and unaltered, with files to be read.
#[derive(Debug)]
pub struct OpenedRecord {
    /// `sha256:` and the digest that stands for the record.
    pub digest: String,
    /// What a person said when it was made.
    pub stated: SealStatement,
    /// Which engine made it, in words.
    pub engine: String,
    /// Where the list in it is not what this engine makes of its files, a clause; none where it is the same.
    pub list_differs: Option<String>,
    /// The folder of its assessment, as it is to be asked for.
    pub assessment: String,
    /// The folder of its rules, as it is to be asked for.
    pub rules: String,
    /// What stands before the path of each of its files.
    before: String,
    payload: BTreeMap<String, Vec<u8>>,
    budget: Budget,
}

impl Files for OpenedRecord {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let inside = path.strip_prefix(&self.before).ok_or(ReadError::Missing)?;
        Memory::lent(&self.payload, &self.budget).read(inside, limit)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let files = Memory::lent(&self.payload, &self.budget);
        folder.strip_prefix(&self.before).map_or_else(Vec::new, |inside| files.list(inside))
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

/// Opens a record that stands in the folder `name`; its rules spend `budget`. A list in it that this engine makes otherwise
/// goes to `problems`.
///
/// # Errors
/// Everything in which it is not whole and unaltered; inputs that this engine can't rank.
pub fn open(
    record: &Contents,
    name: &str,
    threads: NonZeroUsize,
    budget: &Budget,
    problems: &mut Problems,
) -> Result<OpenedRecord, Problems> {
    let sound = check_integrity(record).map_err(|found| about_record(name, found))?;
    let inside = |folder: &str| join(name, &format!("{PAYLOAD}{folder}"));
    let mut opened = OpenedRecord {
        digest: sound.digest,
        stated: sound.run.stated,
        engine: sound.engine.in_words(),
        list_differs: None,
        assessment: inside(ASSESSMENT),
        rules: inside(RULES),
        before: format!("{}/", inside("")),
        payload: payload(record),
        budget: budget.clone(),
    };
    let ranking = by_version(&made_again(&opened, threads)?, &sound.engine.version);
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let filed = record.get(&format!("{PAYLOAD}{RANKING}")).map(|bytes| read(bytes)).unwrap_or_default();
    let ranking = read(&ranking);
    if let Some(first) = compare::first_difference(&filed, &ranking) {
        let told = in_words(&first);
        problems.push(differs(name, &told));
        opened.list_differs = Some(told);
    }
    Ok(opened)
}

/// The ranking that this engine makes of a record's inputs, as it would file it.
fn made_again(opened: &OpenedRecord, threads: NonZeroUsize) -> Result<Vec<u8>, Problems> {
    let mut problems = Problems::default();
    let files = Memory::lent(&opened.payload, &opened.budget);
    let Some((assessment, rules)) = crate::load(&files, ASSESSMENT, Some(RULES), &mut problems) else {
        // Told at the places where a person finds them.
        let mut problems = Problems::default();
        crate::load(opened, &opened.assessment, Some(&opened.rules), &mut problems);
        return Err(problems);
    };
    let report = crate::rank(&assessment, &rules, threads, problems)?;
    Ok(canonical_text(&report::json(&report)))
}

/// `the first difference is the total of Burglary: 52.72 in the record, 52.27 now`. The list as sealed can say anything, also
/// what a terminal would obey.
fn in_words(first: &FirstDifference) -> String {
    let of = [first.candidate.clone(), first.criterion.as_ref().map(|criterion| format!("`{criterion}`"))];
    let of: Vec<String> = of.into_iter().flatten().collect();
    let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(", ")) };
    let (stage, then, now) = (first.stage.word(), &first.then, &first.now);
    let told = format!("the first difference is the {stage}{of}: {then} in the record, {now} now");
    visible(&told, &[]).into_owned()
}

fn differs(name: &str, told: &str) -> Problem {
    let message = format!(
        "the list in the record `{name}` is not what this engine makes of its files, and today's is used; {told}"
    );
    Problem::new(Code::RecordListDiffers, visible(&message, &[]))
        .help(format!("`prioritise verify {name}` says everything that differs"))
}

/// The same problems, said of the record in the folder `name`.
pub fn about_record(name: &str, found: Problems) -> Problems {
    let named = |mut problem: Problem| {
        let help = problem.help.take().map_or_else(String::new, |help| format!("{help}; "));
        problem.message = format!("the record `{name}` can't be used: {}", problem.message);
        problem.help(format!("{help}`prioritise verify {name}` says everything that is wrong with it"))
    };
    found.sorted().into_iter().map(named).collect::<Vec<_>>().into()
}
