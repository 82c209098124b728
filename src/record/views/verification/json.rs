//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

use schemars::JsonSchema;
use serde::Serialize;

use super::{explanations, in_a_line};
use crate::diagnostic::Problem;
use crate::record::signature::trust::Signer;
use crate::record::signature::{CheckedSignature, SignatureVerdict, Signatures};
use crate::record::{Engine, FirstDifference, Proof, RemadeRecord, RunFile, SideBySide, Verification};
use crate::words::indented_json;

/// The version of this format.
const SCHEMA: &str = "prioritise/verification/1";

/// What was found of a record.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise verification")]
pub struct VerificationFile<'a> {
    /// `prioritise/verification/1`.
    schema: &'a str,
    /// Whether that is what was asked for: exit code 0.
    holds: bool,
    /// What was proven of the content: `reproduced`, `list-reproduced`, `not-reproduced` or `altered`.
    proof: &'a str,
    /// Who of those that were named signed it. Nobody of them where nobody was named.
    signed_by: Vec<String>,
    /// What was proven, in a sentence: the last line for people.
    proven: String,
    /// The digest that stands for the record; null where it has no tag manifest.
    record: Option<&'a str>,
    /// The digest of the record that it says it takes the place of; null where it says nothing of that.
    supersedes: Option<&'a str>,
    /// What was ranked; null where that can't be read.
    assessment: Option<Named<'a>>,
    /// By which rules; null where that can't be read.
    rules: Option<Named<'a>>,
    /// Which engine it says made it; null where that can't be read.
    made_by: Option<EngineEntry<'a>>,
    /// Which engine verified it.
    verified_by: EngineEntry<'a>,
    /// How many files it has, signatures left out.
    files: usize,
    /// The paper to read instead of `data/paper.html`, where that is laid out by templates of the record's own and the record
    /// was reproduced; else null.
    built_in_paper: Option<String>,
    /// In what its structure or a digest is wrong.
    faults: Vec<FaultEntry<'a>>,
    /// `same`, `same-list`, `different`, `failed` or `not-tried`.
    recomputed: &'a str,
    /// What nothing was compared with: anybody could have written it.
    not_checked: Vec<UncheckedEntry<'a>>,
    /// The first difference of the rankings, in the order data walks; null where there is none.
    first_difference: Option<DifferenceEntry<'a>>,
    /// The candidates whose rank or total differ.
    list: Vec<SideBySideEntry<'a>>,
    /// The files that differ from what was made again, those added and those that are gone among them.
    differing_files: &'a [String],
    /// The files that no record of these inputs has: somebody added them.
    added_files: &'a [String],
    /// The files that are gone.
    missing_files: &'a [String],
    /// Why this engine finds no list.
    failures: Vec<FaultEntry<'a>>,
    /// What can explain the difference, a sentence each.
    explanations: Vec<String>,
    /// The sessions of workshops in it, the earliest first; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sessions: Vec<SessionEntry<'a>>,
    /// The signatures, by file; null where nobody asked.
    signatures: Option<Vec<SignatureEntry<'a>>>,
    /// The trusted signers who have not signed.
    not_signed: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SessionEntry<'a> {
    /// Its path in the record.
    file: &'a str,
    /// In what the list that was made is another than the session's; null where it is the same, to the digit.
    difference: Option<&'a str>,
    /// Each weight, judgement and decision that is other than in the session, in words; left out where all are as settled.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    changed: &'a [String],
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignatureEntry<'a> {
    /// The file's name in `signatures`.
    file: &'a str,
    /// `trusted`, `other-role`, `unknown-key` or `wrong`. Only the first proves anything.
    worth: &'a str,
    /// The id of the key that it says it was made with; null where that can't be read.
    key: Option<String>,
    /// As what it says it was signed; null where it says nothing.
    role: Option<&'a str>,
    /// The day that it states; null where it states none.
    date: Option<&'a str>,
    /// Whose trusted key it was made with; null where it was with none.
    signer: Option<String>,
    /// What is wrong with it; null where nothing is.
    why: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Named<'a> {
    /// Its title or name.
    name: &'a str,
    /// The digest of its content, as the record states it.
    digest: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Unchecked")]
struct UncheckedEntry<'a> {
    /// The file's path in the record; of a folder with `/` at its end.
    file: &'a str,
    /// What of it; null where it is the whole file.
    what: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EngineEntry<'a> {
    /// `prioritise`.
    name: &'a str,
    /// Its version.
    version: &'a str,
    /// The digest of its source.
    source: &'a str,
    /// A commit with that source; null where none is known.
    commit: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Fault")]
struct FaultEntry<'a> {
    /// The stable name of this kind of problem.
    code: &'a str,
    /// What is wrong.
    message: &'a str,
    /// What it may come from, or how to mend it.
    help: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DifferenceEntry<'a> {
    /// The step: `candidates`, `evidence`, `measure`, `value`, `weight`, `points`, `total`, `gate`, `tier`, `rank` or
    /// `words`.
    step: &'a str,
    /// Whose, by title; null where it is nobody's.
    candidate: Option<&'a str>,
    /// At which question, by id; null where it is at none.
    criterion: Option<&'a str>,
    /// What the record has, as JSON in a string.
    record: &'a str,
    /// What was worked out now, as JSON in a string.
    now: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Row")]
struct SideBySideEntry<'a> {
    /// The candidate's title.
    candidate: &'a str,
    /// Rank and total in the record, a dash where there is none.
    record: [&'a str; 2],
    /// The same now.
    now: [&'a str; 2],
}

/// What was found as JSON, indented, ending in a line break. `holds` is whether that is what was asked for.
pub fn json(found: &Verification, holds: bool) -> String {
    let this = Engine::this();
    let (first, list): (_, &[SideBySide]) = match &found.remade {
        RemadeRecord::Different { first, list, .. } => (first.as_ref(), list),
        _ => (None, &[]),
    };
    let [files, added, gone]: [&[String]; 3] = match &found.remade {
        RemadeRecord::Different { files, added, gone, .. } => [files, added, gone],
        _ => [&[]; 3],
    };
    let failures = match &found.remade {
        RemadeRecord::Failed(problems) => problems.iter().map(fault).collect(),
        _ => Vec::new(),
    };
    let named =
        |of: fn(&RunFile) -> (&str, &str)| found.run.as_ref().map(of).map(|(name, digest)| Named { name, digest });
    let file = VerificationFile {
        schema: SCHEMA,
        holds,
        proof: match found.proof() {
            Proof::Reproduced => "reproduced",
            Proof::ListReproduced => "list-reproduced",
            Proof::NotReproduced => "not-reproduced",
            Proof::Altered => "altered",
        },
        signed_by: found.signatures.as_ref().map(Signatures::signers).unwrap_or_default(),
        proven: in_a_line(found),
        record: found.digest.as_deref(),
        supersedes: found.run.as_ref().and_then(|run| run.stated.supersedes.as_deref()),
        assessment: named(|run| (&run.assessment.title, &run.assessment.digest)),
        rules: named(|run| (&run.rules.name, &run.rules.digest)),
        made_by: found.engine.as_ref().map(engine),
        verified_by: engine(&this),
        files: found.files,
        built_in_paper: found.built_in_paper(),
        faults: found.faults.iter().map(fault).collect(),
        recomputed: match &found.remade {
            RemadeRecord::Same => "same",
            RemadeRecord::SameList => "same-list",
            RemadeRecord::Different { .. } => "different",
            RemadeRecord::Failed(_) => "failed",
            RemadeRecord::NotTried => "not-tried",
        },
        not_checked: found
            .unchecked
            .iter()
            .map(|entry| UncheckedEntry { file: &entry.file, what: entry.what })
            .collect(),
        first_difference: first.map(difference),
        list: list.iter().map(row).collect(),
        differing_files: files,
        added_files: added,
        missing_files: gone,
        failures,
        explanations: explanations(found),
        sessions: found
            .sessions
            .iter()
            .map(|session| SessionEntry {
                file: &session.file,
                difference: session.difference.as_deref(),
                changed: &session.changed,
            })
            .collect(),
        signatures: found.signatures.as_ref().map(|found| found.signed.iter().map(signature).collect()),
        not_signed: found.signatures.iter().flat_map(|found| &found.missing).map(Signer::called).collect(),
    };
    indented_json(&file)
}

fn engine(engine: &Engine) -> EngineEntry<'_> {
    EngineEntry {
        name: &engine.name,
        version: &engine.version,
        source: &engine.source,
        commit: engine.commit.as_deref(),
    }
}

fn fault(problem: &Problem) -> FaultEntry<'_> {
    FaultEntry { code: problem.code.name(), message: &problem.message, help: problem.help.as_deref() }
}

fn difference(first: &FirstDifference) -> DifferenceEntry<'_> {
    DifferenceEntry {
        step: first.stage.word(),
        candidate: first.candidate.as_deref(),
        criterion: first.criterion.as_deref(),
        record: &first.then,
        now: &first.now,
    }
}

fn signature(signed: &CheckedSignature) -> SignatureEntry<'_> {
    let (worth, signer, why) = match &signed.verdict {
        SignatureVerdict::Trusted(signer) => ("trusted", Some(signer.called()), None),
        SignatureVerdict::OtherRole(signer) => ("other-role", Some(signer.called()), None),
        SignatureVerdict::Unknown => ("unknown-key", None, None),
        SignatureVerdict::Wrong(why) => ("wrong", None, Some(why.as_str())),
    };
    SignatureEntry {
        file: &signed.file,
        worth,
        key: signed.key.map(|key| key.to_string()),
        role: signed.comment.role.as_deref(),
        date: signed.comment.date.as_deref(),
        signer,
        why,
    }
}

fn row(row: &SideBySide) -> SideBySideEntry<'_> {
    SideBySideEntry { candidate: &row.title, record: [&row.then.0, &row.then.1], now: [&row.now.0, &row.now.1] }
}
