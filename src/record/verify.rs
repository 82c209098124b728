//! Whether a record is what it says: its structure, its digests, and every file of it, made again.
//!
//! The record may come from anybody. Nothing outside it is read, nothing is written, and no name, digest or figure in
//! it is believed before it was checked. What it says of the engine that made it excuses nothing: every file is compared
//! whole with what this engine makes, or named as not checked.

use std::num::NonZeroUsize;

use serde_json::Value;

use super::bag::payload;
use super::compare::{self, FirstDifference, SideBySide};
use super::engine::Engine;
use super::gather::{ASSESSMENT, Inputs, RULES, TEMPLATES, gather};
use super::integrity::{self, IntactRecord, json};
use super::results::{self, RANKING, RecordResults, ReplayedSession, by_version};
use super::run::RunFile;
use super::signature::trust::Signer;
use super::signature::{self, SignatureVerdict, Signatures};
use crate::bag::{self, Contents, PAYLOAD, TAG_MANIFEST};
use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::digest::digest;
use crate::files::Memory;

/// What was found of a record.
#[derive(Debug)]
pub struct Verification {
    /// `sha256:` and the digest that stands for the record; none where it has no tag manifest.
    pub digest: Option<String>,
    /// What was run; none where that can't be read.
    pub run: Option<RunFile>,
    /// Which engine it says made it; none where that can't be read.
    pub engine: Option<Engine>,
    /// How many files it has, signatures left out.
    pub files: usize,
    /// Whether the record has templates of its own: its paper can print anything.
    pub has_templates: bool,
    /// In what its structure or a digest is wrong.
    pub faults: Vec<Problem>,
    /// What came of making it again.
    pub remade: RemadeRecord,
    /// What nothing was compared with, where the record was reproduced: anybody could have written it.
    pub unchecked: Vec<Unchecked>,
    /// The sessions of workshops in it, the earliest first, each held against the list that was made again; nothing where none
    /// was made.
    pub sessions: Vec<ReplayedSession>,
    /// Who signed it; none where that was not asked.
    pub signatures: Option<Signatures>,
}

/// What came of making a record again.
#[derive(Debug)]
pub enum RemadeRecord {
    /// Every file that this engine can make is the same, to the byte.
    Same,
    /// The record says that another engine made it, and this one makes the same list of it. The papers of another engine
    /// are not compared.
    SameList,
    /// Something else.
    Different {
        /// The first difference of the rankings, in the order data walks; none where they are the same.
        first: Option<FirstDifference>,
        /// The candidates whose rank or total differ.
        list: Vec<SideBySide>,
        /// The files that are not what this engine makes of the inputs.
        files: Vec<String>,
        /// Those of them that no record of these inputs has.
        added: Vec<String>,
        /// Those of them that are gone.
        gone: Vec<String>,
    },
    /// The inputs can't be ranked by this engine.
    Failed(Problems),
    /// It can't be said what to make.
    NotTried,
}

/// Something in a record that nothing was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// The file's path in the record; of a folder with `/` at its end.
    pub file: String,
    /// What of it, in words that follow its name; none where it is the whole file.
    pub what: Option<&'static str>,
}

impl Unchecked {
    /// Whether it is the file `path`, or the folder that holds it.
    pub fn covers(&self, path: &str) -> bool {
        self.file == path || self.file.ends_with('/') && path.starts_with(&self.file)
    }
}

/// What was proven of a record's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// This engine makes every file of it, but for what is named as not checked.
    Reproduced,
    /// This engine, which is another than the record names, makes its list, and nothing was proven of its papers.
    ListReproduced,
    /// Every digest is right, and this engine makes something else of the inputs, or nothing.
    NotReproduced,
    /// It is not as any engine seals a record, or something that is no signature of it is among its signatures.
    Altered,
}

/// Who of those that were named signed a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedBy {
    /// Nobody, or nobody was named.
    NoneNamed,
    /// All who had to, and so at least one.
    Named(Vec<String>),
    /// Some, and others who had to did not.
    SomeOf {
        /// Those who signed.
        signed: Vec<String>,
        /// Those who did not.
        missing: Vec<String>,
    },
}

impl Verification {
    /// What was proven of its content.
    pub fn proof(&self) -> Proof {
        let is_wrong = |signatures: &Signatures| {
            signatures.signed.iter().any(|signed| matches!(signed.verdict, SignatureVerdict::Wrong(_)))
        };
        if !self.faults.is_empty() || self.signatures.as_ref().is_some_and(is_wrong) {
            return Proof::Altered;
        }
        match self.remade {
            RemadeRecord::Same => Proof::Reproduced,
            RemadeRecord::SameList => Proof::ListReproduced,
            _ => Proof::NotReproduced,
        }
    }

    /// Who of those that were named signed it.
    pub fn signed_by(&self) -> SignedBy {
        let Some(signatures) = &self.signatures else { return SignedBy::NoneNamed };
        let signed = signatures.signers();
        let missing: Vec<String> = signatures.missing.iter().map(Signer::called).collect();
        match (signed.is_empty(), missing.is_empty()) {
            (true, _) => SignedBy::NoneNamed,
            (false, true) => SignedBy::Named(signed),
            (false, false) => SignedBy::SomeOf { signed, missing },
        }
    }

    /// Whether it is what was asked for: reproduced, or its list alone where that is enough, and signed by all who must
    /// where anybody was named.
    pub fn holds(&self, list_is_enough: bool) -> bool {
        let reproduced = match self.proof() {
            Proof::Reproduced => true,
            Proof::ListReproduced => list_is_enough,
            Proof::NotReproduced | Proof::Altered => false,
        };
        let names_somebody = self.signatures.as_ref().is_some_and(|signatures| signatures.names_somebody);
        reproduced && (!names_somebody || matches!(self.signed_by(), SignedBy::Named(_)))
    }

    /// The same, with who of those that are `trusted` signed `record`.
    #[must_use]
    pub fn with_signatures(mut self, record: &Contents, trusted: &[Signer]) -> Self {
        let tag_manifest = record.get(TAG_MANIFEST).map(Vec::as_slice).unwrap_or_default();
        let files = integrity::signatures(record).map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
        self.signatures = Some(signature::check_signatures(tag_manifest, &files, trusted));
        self
    }

    /// The paper by the engine's own templates, where the record has others and was reproduced.
    pub fn built_in_paper(&self) -> Option<String> {
        let is_proven = self.has_templates && self.proof() == Proof::Reproduced;
        is_proven.then(|| format!("{PAYLOAD}{}", results::BUILT_IN_PAPER))
    }

    /// Whether it says that this engine made it.
    pub fn same_engine(&self) -> bool {
        self.engine.as_ref().is_some_and(|engine| engine.is_same_as(&Engine::this()))
    }
}

/// Verifies a record: checks its structure and digests, then makes everything again and compares.
pub fn verify(record: &Contents, threads: NonZeroUsize, budget: &Budget) -> Verification {
    judge(record, &reproduce(record, threads, budget))
}

/// The record, if `verify` finds it reproduced: whoever signs or registers it stands by that.
///
/// # Errors
/// Everything in which it is altered, not reproduced, or reproduced in its list alone.
pub fn check_reproduced<'r>(
    record: &'r Contents,
    threads: NonZeroUsize,
    budget: &Budget,
) -> Result<IntactRecord<'r>, Problems> {
    let sound = integrity::check_integrity(record)?;
    let found = verify(record, threads, budget).with_signatures(record, &[]);
    match (found.proof(), found.remade) {
        (Proof::Reproduced, _) => Ok(sound),
        (Proof::Altered, _) => Err(found.signatures.map(|signatures| signatures.problems()).unwrap_or_default()),
        (_, RemadeRecord::Failed(problems)) => Err(problems),
        (_, remade) => Err(not_reproduced(&remade, &sound.engine).into()),
    }
}

fn not_reproduced(remade: &RemadeRecord, engine: &Engine) -> Problem {
    let message = match remade {
        RemadeRecord::Different { files, added, .. } => {
            let files = if added.is_empty() { files } else { added };
            let file = files.first().map(|file| format!("`{}`", file.escape_debug())).unwrap_or_default();
            let more = files.len().saturating_sub(1);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            format!("this engine makes something else of the record's evidence and rules: {file}{more}")
        }
        _ => format!("another engine made the record, {}: its papers are not checked here", engine.in_words()),
    };
    Problem::new(Code::RecordNotReproduced, message)
        .help("`prioritise verify` says everything; use the version that made the record, or make it anew")
}

/// What this engine makes of a record's inputs.
#[derive(Debug)]
pub struct Reproduction(Option<Result<(Inputs, RecordResults), Problems>>);

impl Reproduction {
    fn uses_printed_lists(&self) -> bool {
        matches!(&self.0, Some(Ok((_, results))) if results.uses_printed_lists)
    }
}

/// Makes a record's results again, from its inputs and from what `run.json` says was run. Nothing else in it is read. Its
/// rules and templates spend `budget`.
pub fn reproduce(record: &Contents, threads: NonZeroUsize, budget: &Budget) -> Reproduction {
    let run = json::<RunFile>(record, "run.json", &mut Vec::new()).filter(|run| run.faults().is_empty());
    Reproduction(run.map(|run| {
        let payload = payload(record);
        let templates = payload.keys().any(|path| path.starts_with("templates/")).then_some(TEMPLATES);
        let files = Memory::lent(&payload, budget);
        let inputs = gather(&files, ASSESSMENT, Some(RULES), templates, &mut Problems::default())?;
        let made = results::make(&inputs, &run.run(), threads, budget)?;
        Ok((inputs, made))
    }))
}

/// Compares a record with what was made of its inputs.
pub fn judge(record: &Contents, made: &Reproduction) -> Verification {
    let mut faults = bag::faults(record);
    let run = json::<RunFile>(record, "run.json", &mut faults).filter(|run| is_sound(run.faults(), &mut faults));
    let engine = json::<Engine>(record, "engine.json", &mut faults)
        .filter(|engine| is_sound(engine.fault().into_iter().collect(), &mut faults));
    let remade = match (&run, &engine, &made.0) {
        (Some(_), Some(_), Some(Err(problems))) => RemadeRecord::Failed(problems.clone()),
        (Some(run), Some(engine), Some(Ok((inputs, results)))) => {
            compare_made(record, engine, inputs, &RecordResults { run: results.run.stated_as(run), ..results.clone() })
        }
        _ => RemadeRecord::NotTried,
    };
    let mut unchecked = Vec::new();
    if let (Some(run), Some(engine), RemadeRecord::Same | RemadeRecord::SameList) = (&run, &engine, &remade) {
        unchecked = not_checked(record, run, engine);
        if made.uses_printed_lists() {
            let file = format!("{PAYLOAD}{ASSESSMENT}/");
            unchecked.push(Unchecked { file, what: Some(PRINTED_LISTS) });
        }
    }
    Verification {
        digest: record.get(TAG_MANIFEST).map(|bytes| digest(bytes)),
        files: sealed(record).count(),
        has_templates: record.keys().any(|path| path.starts_with(OWN_TEMPLATES)),
        run,
        engine,
        faults,
        remade,
        unchecked,
        sessions: match &made.0 {
            Some(Ok((_, results))) => results.sessions.clone(),
            _ => Vec::new(),
        },
        signatures: None,
    }
}

/// The files of a record, signatures left out.
fn sealed(record: &Contents) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    record.iter().filter(|(path, _)| !path.starts_with(bag::SIGNATURES))
}

fn is_sound(found: Vec<Problem>, faults: &mut Vec<Problem>) -> bool {
    let sound = found.is_empty();
    faults.extend(found);
    sound
}

/// Compares every file with what is made of the inputs, as the engine that the record names would have written it.
fn compare_made(record: &Contents, engine: &Engine, inputs: &Inputs, results: &RecordResults) -> RemadeRecord {
    let is_ours = engine.is_same_as(&Engine::this());
    let mut expected = results.clone();
    if !is_ours {
        expected.files.entry(RANKING.to_owned()).and_modify(|bytes| *bytes = by_version(bytes, &engine.version));
        for (name, bytes) in &mut expected.files {
            if let (true, Some(there)) = (name != RANKING, record.get(&format!("{PAYLOAD}{name}"))) {
                bytes.clone_from(there);
            }
        }
    }
    let bag = match super::bag_of(engine, inputs, &expected) {
        Ok(bag) => bag,
        Err(problem) => return RemadeRecord::Failed(problem.into()),
    };
    let differs = |path: &&String| bag.get(*path) != record.get(*path);
    let mut files: Vec<String> =
        sealed(record).map(|(path, _)| path).chain(bag.keys()).filter(differs).cloned().collect();
    files.sort();
    files.dedup();
    if files.is_empty() {
        return if is_ours { RemadeRecord::Same } else { RemadeRecord::SameList };
    }
    let ranking = |contents: &Contents| -> Value {
        let bytes = contents.get(&format!("{PAYLOAD}{RANKING}"));
        bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    };
    let (then, now) = (ranking(record), ranking(&bag));
    let first = compare::first_difference(&then, &now);
    let only_in = |one: &Contents, other: &Contents| {
        let lone = |path: &&String| one.contains_key(*path) && !other.contains_key(*path);
        files.iter().filter(lone).cloned().collect()
    };
    let (added, gone) = (only_in(record, &bag), only_in(&bag, record));
    RemadeRecord::Different { first, list: compare::side_by_side(&then, &now), files, added, gone }
}

/// What nothing was compared with in a record that was reproduced.
fn not_checked(record: &Contents, run: &RunFile, engine: &Engine) -> Vec<Unchecked> {
    let mut unchecked = Vec::new();
    let mut add = |name: &str, what| unchecked.push(Unchecked { file: format!("{PAYLOAD}{name}"), what });
    if !engine.is_same_as(&Engine::this()) {
        for name in results::PAPERS {
            match record.get(&format!("{PAYLOAD}{name}")) {
                Some(there) if name == results::RECHECK && there == results::RECHECK_TEXT => {}
                Some(_) => add(name, (name == results::RECHECK).then_some(FOREIGN_RECHECK)),
                None => {}
            }
        }
        add("engine.json", Some("which engine made the record"));
    } else if engine.commit != Engine::this().commit {
        add("engine.json", Some("the commit that it names"));
    }
    if run.stated != super::SealStatement::default() {
        let corrects = run.stated.supersedes.is_some();
        add("run.json", Some(if corrects { STATED_WITH_OTHER } else { STATED }));
    }
    for folder in [ASSESSMENT, RULES, TEMPLATES] {
        let folder = format!("{folder}/");
        if record.keys().any(|path| path.strip_prefix(PAYLOAD).is_some_and(|path| path.starts_with(&folder))) {
            add(&folder, Some(AS_FILED));
        }
    }
    if record.keys().any(|path| path.starts_with(TESTS)) {
        unchecked.push(Unchecked { file: TESTS.to_owned(), what: Some(TESTS_UNRUN) });
    }
    if !origin_of_weights_holds(record) {
        unchecked.push(Unchecked { file: format!("{PAYLOAD}{RULES}/ruleset.toml"), what: Some(ORIGIN_UNPROVEN) });
    }
    let left = |path: &&String| path.strip_prefix(bag::SIGNATURES).is_some_and(integrity::is_passed_over);
    let what = Some("which a system seems to have left there");
    unchecked.extend(record.keys().filter(left).map(|path| Unchecked { file: path.clone(), what }));
    unchecked
}

/// Whether the weights are those that follow from the answers, or from the agreed list, that the rules name as their origin;
/// true also where they name none.
fn origin_of_weights_holds(record: &Contents) -> bool {
    let (payload, budget) = (payload(record), Budget::default());
    let files = Memory::lent(&payload, &budget);
    let rules = crate::rules::load(&files, RULES, None, &mut Problems::default()).rules;
    rules.is_none_or(|rules| crate::pipeline::changed_since_recorded(&files, rules.latest()).iter().next().is_none())
}

/// What a county's list rests on where a record of a member is of another engine, and this one makes another list of it.
const PRINTED_LISTS: &str = "lists of members that are used as their records print them: this engine makes others";

/// What nobody can compare.
const STATED: &str = "what whoever sealed it stated: day, role, note";

/// The same where a record says that it takes the place of another.
const STATED_WITH_OTHER: &str = "what whoever sealed it stated: day, role, note, which record it supersedes";

/// Where the tests of the rules stand.
const TESTS: &str = "data/rules/tests/";

/// Nothing of them is run.
const TESTS_UNRUN: &str = "whether the rules pass their tests: `prioritise test` runs them";

/// What the paper says all the same.
const ORIGIN_UNPROVEN: &str = "that its weights come from the answers it names: those are not there, or give others";

/// What a program in a record of another engine is good for.
const FOREIGN_RECHECK: &str = "it is not the one of this engine: take the program from the release that you trust";

/// Where templates of the record's own stand.
const OWN_TEMPLATES: &str = "data/templates/";

/// What nobody can see in a folder: the list follows from what is there, whoever put it there.
const AS_FILED: &str = "whether it is what was filed: a signature says so, or a digest that was noted elsewhere";
