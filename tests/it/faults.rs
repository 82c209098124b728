//! Everything that people get wrong, one fault at a time: `tests/faults/NAME.toml` breaks the base assessment and its
//! snapshot is what the engine says. Adding a case is adding a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use insta::{Settings, assert_snapshot};
use prioritise::diagnostic::{Code, ErrorFormat, Problem, Severity, render};
use rayon::prelude::*;

use crate::edits::{BASE, Edits};
use crate::support::{Folder, Outcome, names_in, rank};

/// Codes that no edit of files can bring about.
const ELSEWHERE: [(Code, &str); 60] = [
    (Code::NothingToFill, "`form` alone makes forms: forms.rs"),
    (Code::FormDiffers, "imports alone read forms: forms.rs and figures.rs"),
    (Code::Contradiction, "`choose` and check alone ask for a set: diagnostics.rs"),
    (Code::BrokenCondition, "`choose` and check alone ask for a set: diagnostics.rs"),
    (Code::NoPublication, "public editions alone ask for it: diagnostics.rs"),
    (Code::SmallNumbers, "public editions alone leave figures out: public_edition.rs"),
    (Code::GivesAway, "public editions alone leave figures out: public_edition.rs"),
    (Code::ReadBeforePublishing, "public editions alone leave figures out: public_edition.rs"),
    (Code::DigestTells, "records alone have such digests: diagnostics.rs"),
    (Code::PublicListDiffers, "public editions alone leave figures out: public_edition.rs"),
    (Code::NothingAgreed, "`learn` alone reads agreed lists: learning.rs"),
    (Code::NothingToReview, "`review` alone: reviews.rs"),
    (Code::ClaimedOutcome, "check alone asks about claims of plans: cases.rs"),
    (Code::OddMeasure, "check alone asks about measures of plans: cases.rs"),
    (Code::WhichStatement, "`learn` alone reads agreed lists: learning.rs"),
    (Code::OppositeStatements, "`learn` alone reads agreed lists: learning.rs"),
    (Code::FolderNotEmpty, "`new` alone writes folders: bad_input.rs"),
    (Code::BudgetSpent, "takes a budget of one's own: budget.rs"),
    (Code::NotForCommittee, "check alone asks, and where it is told to: diagnostics.rs"),
    (Code::BadSession, "sessions of workshops alone: workshop.rs"),
    (Code::SessionDiffers, "sessions of workshops alone: workshop.rs"),
    (Code::SessionListDiffers, "sessions of workshops alone: workshop.rs"),
    (Code::TemplateSyntax, "the paper alone has templates: paper.rs"),
    (Code::TemplateFailed, "the paper alone has templates: paper.rs"),
    (Code::WriteFailed, "the command alone writes: bad_input.rs"),
    (Code::FileExists, "imports alone write: import_police_uk.rs"),
    (Code::RowSetAside, "imports alone set rows aside: import_police_uk.rs"),
    (Code::UnbalancedAccount, "no file can bring it about: src/import/account.rs"),
    (Code::BadWorkbook, "imports alone read workbooks: sheets.rs"),
    (Code::NotInFile, "imports alone are given names: home_office.rs"),
    (Code::ImportOption, "imports alone have such options: diagnostics.rs"),
    (Code::NameNotPortable, "records alone must mean the same files everywhere: record.rs"),
    (Code::RecordMalformed, "of a record that was altered: record.rs"),
    (Code::RecordFileMissing, "of a record that was altered: diagnostics.rs"),
    (Code::RecordFileUnlisted, "of a record that was altered: record.rs"),
    (Code::RecordFileAltered, "of a record that was altered: record.rs"),
    (Code::RecordListDiffers, "of a record that `diff` reads: history.rs"),
    (Code::RecordNotReproduced, "of a record that is to be signed or registered: verdicts.rs"),
    (Code::KeyOpenToOthers, "of a key on a disk: verdicts.rs"),
    (Code::AnswerMissing, "`elicit` alone tells of single answers: elicit.rs"),
    (Code::AnswerLeftOut, "`elicit` alone tells of single answers: elicit.rs"),
    (Code::InconsistentAnswers, "`elicit` alone tells of single answers: elicit.rs"),
    (Code::WatchFailed, "takes a system without signals: src/cli/watch.rs"),
    (Code::FiledTwice, "check alone asks about it: cases.rs"),
    (Code::AcceptsNothing, "check alone asks about rules: lints.rs"),
    (Code::FindingAccepted, "check alone asks about rules: lints.rs"),
    (Code::BadKey, "keys alone: signing.rs"),
    (Code::BadPassword, "keys alone: signing.rs"),
    (Code::SignatureWrong, "signatures alone: signing.rs"),
    (Code::SignatureMissing, "signatures alone: signing.rs"),
    (Code::SignatureOtherRole, "signatures alone: signing.rs"),
    (Code::SignatureUnknownKey, "signatures alone: signing.rs"),
    (Code::RegisterTorn, "registers alone: register.rs"),
    (Code::RegisterSavedAnew, "registers alone: register.rs"),
    (Code::RegisterAltered, "registers alone: register.rs"),
    (Code::RegisterHead, "registers alone: register.rs"),
    (Code::AlreadyRegistered, "registers alone: register.rs"),
    (Code::NotRegistered, "registers alone: register.rs"),
    (Code::NoLock, "takes a drive without locks"),
    (Code::EngineAltered, "takes another build of the engine: src/rules/script/fence.rs"),
];
/// Cases shown in every format of errors.
const SHOWN: [&str; 5] = [
    "csv-negative-count",
    "file-missing-evidence",
    "not-utf8-evidence",
    "script-fails-nested",
    "unknown-key-criterion",
];

/// What came of each case, by its file's name.
static OUTCOMES: LazyLock<BTreeMap<String, Outcome>> = LazyLock::new(|| {
    let cases: Vec<String> = names_in("tests/faults", ".toml").into_iter().collect();
    let outcome = |case: String| (case.clone(), rank(&Edits::read("faults", &case).apply(), BASE));
    cases.into_par_iter().map(outcome).collect()
});

fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../faults/found");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn the_base_is_without_fault() {
    let outcome = rank(&Folder::of(&[BASE]), BASE);
    assert_eq!(outcome.problems, []);
    outcome.outputs();
}

#[test]
fn each_fault_is_told_where_it_is_and_how_to_mend_it() {
    settings().bind(|| {
        insta::glob!("../faults", "*.toml", |path| {
            assert_snapshot!("plain", told(&OUTCOMES[&file_name(path)]));
        });
    });
}

#[test]
fn no_fault_passes_in_silence() {
    let silent: Vec<&String> =
        OUTCOMES.iter().filter(|(_, found)| found.problems.is_empty()).map(|(case, _)| case).collect();
    assert!(silent.is_empty(), "nothing is said of {silent:#?}");
}

#[test]
fn errors_stop_the_ranking_and_nothing_else_does() {
    for (case, outcome) in &*OUTCOMES {
        let errors = outcome.problems.iter().any(|problem| problem.code.severity() == Severity::Error);
        assert_eq!(errors, outcome.outputs.is_none(), "{case}");
    }
}

#[test]
fn each_problem_has_words_a_place_and_help() {
    let all = OUTCOMES.iter().flat_map(|(case, outcome)| outcome.problems.iter().map(move |problem| (case, problem)));
    let incomplete: Vec<_> = all.filter(|(_, problem)| !is_complete(problem)).collect();
    assert!(incomplete.is_empty(), "{incomplete:#?}");
}

#[test]
fn some_faults_in_every_format() {
    settings().bind(|| {
        for case in SHOWN {
            let problems = &OUTCOMES[&format!("{case}.toml")].problems;
            assert_snapshot!(format!("{case}.human"), render(problems, ErrorFormat::Human, false));
            assert_snapshot!(format!("{case}.json"), render(problems, ErrorFormat::Json, false));
        }
    });
}

#[test]
fn every_code_has_a_case() {
    let mut met: BTreeSet<Code> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    // Check alone asks about rules, and has cases of its own: lints.rs.
    met.extend(Code::FINDINGS);
    met.extend(OUTCOMES.values().flat_map(|outcome| &outcome.problems).map(|problem| problem.code));
    let missing: Vec<&str> = Code::ALL.iter().filter(|code| !met.contains(code)).map(|code| code.name()).collect();
    assert_eq!(missing, [""; 0]);
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Every problem says something, says how to mend it, and points into a file unless there is none to point into.
fn is_complete(problem: &Problem) -> bool {
    let pointless = [Code::FileMissing, Code::FileUnreadable, Code::FileTooLarge];
    !problem.message.is_empty()
        && problem.help.as_ref().is_some_and(|help| !help.is_empty())
        && (problem.place.is_some() || pointless.contains(&problem.code))
}

/// The problems in plain words, under each the text that it points at. As in the command, errors leave no room for notes.
fn told(outcome: &Outcome) -> String {
    let mut text = String::new();
    let stopped = outcome.outputs.is_none();
    for problem in outcome.problems.iter().filter(|problem| !stopped || problem.code.severity() != Severity::Note) {
        text.push_str(&render(std::slice::from_ref(problem), ErrorFormat::Plain, false));
        if let Some(place) = &problem.place {
            let pointed = place.text();
            let first = pointed.lines().next().unwrap_or_default();
            let more = if first.len() < pointed.len() { " …" } else { "" };
            text.push_str(&format!("    at «{first}»{more}\n"));
        }
    }
    text
}
