//! What the board decided: beside the ranking, and never part of it. What is said beside the list.

use std::num::NonZeroUsize;

use prioritise::assessment::Assessment;
use prioritise::assessment::statement::Heading;
use prioritise::diagnostic::Problems;
use prioritise::explain::overrides_in_words;
use serde_json::Value as Json;

use crate::edits::BASE;
use crate::support::{Folder, rank};

const FIXTURE: &str = "fixtures/morile-style";
const DECISIONS: &str = "fixtures/morile-style/decisions.toml";
const MEETING: &str = "[meeting]\ntitle = \"Board\"\ndate = \"2020-03-10\"\n";

fn files() -> Folder {
    Folder::of(&[FIXTURE, "rules/morile-style"])
}

fn with_decisions(text: &str) -> Folder {
    let mut files = files();
    files.write(DECISIONS, text);
    files
}

fn without_decisions() -> Folder {
    let mut files = files();
    files.remove(DECISIONS);
    files.edit(&format!("{FIXTURE}/assessment.toml"), "decisions   = \"decisions.toml\"\n", "");
    files
}

/// A decision, with further keys.
fn decision(candidate: &str, outcome: &str, keys: &str) -> String {
    format!(
        "[[decision]]\ncandidate = \"{candidate}\"\noutcome = \"{outcome}\"\nreason = \"R\"\nby = \"Chair\"\n{keys}\n"
    )
}

fn json(files: &Folder) -> Json {
    serde_json::from_str(&rank(files, FIXTURE).outputs()[2]).unwrap()
}

/// The assessment at a path; it must be sound.
fn assessment(files: &Folder, path: &str) -> Assessment {
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(files, path, &mut problems);
    assert!(!problems.has_errors(), "{problems:?}");
    read.assessment.unwrap()
}

#[test]
fn decisions_change_nothing_of_the_ranking() {
    let without = json(&without_decisions());
    assert_eq!(without["decisions"], Json::Null);
    let all_rejected: Vec<String> = without["ranking"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| decision(entry["id"].as_str().unwrap(), "rejected", ""))
        .collect();
    let turned_round = [decision("cybercrime", "moved", "place = 1"), decision("burglary", "adopted", "")];
    let met = |decisions: &[String]| format!("{MEETING}{}", decisions.concat());
    for decisions in [files().text(DECISIONS), met(&all_rejected), met(&turned_round)] {
        let mut with = json(&with_decisions(&decisions));
        assert!(with["decisions"]["digest"].as_str().unwrap().starts_with("sha256:"));
        // That decisions are missing is told; nothing else differs, the digests of assessment and rules included.
        with["decisions"] = Json::Null;
        with["warnings"] = without["warnings"].clone();
        assert_eq!(with, without);
    }
}

#[test]
fn the_digest_is_of_what_was_decided() {
    let digest = |text: &str| json(&with_decisions(text))["decisions"]["digest"].as_str().unwrap().to_owned();
    let (first, second) = (decision("domestic-abuse", "adopted", ""), decision("burglary", "rejected", ""));
    let written = digest(&format!("{MEETING}{first}{second}"));
    assert_eq!(digest(&format!("# Minutes\n{MEETING}\n\n{second}{first}")), written);
    assert_ne!(digest(&format!("{MEETING}{first}")), written);
    assert_ne!(digest(&format!("{MEETING}{first}{second}").replace("Chair", "Clerk")), written);
}

#[test]
fn every_way_of_overruling_the_rules_is_told() {
    let decisions = [
        decision("domestic-abuse", "rejected", ""),
        decision("serious-violence", "adopted", ""),
        decision("child-criminal-exploitation", "adopted", "place = 4"),
        decision("burglary", "adopted", ""),
        decision("hate-crime", "rejected", ""),
        decision("scams-and-fraud", "moved", "place = 1"),
    ];
    let files = with_decisions(&format!("{MEETING}{}", decisions.concat()));
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(&files, FIXTURE, None, &mut problems).unwrap();
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    assert_eq!(report.warnings, []);
    let board = report.board.unwrap();
    let line = |decided: &prioritise::board::CandidateDecision<'_>| {
        let place = decided.place.map_or_else(|| "–".to_owned(), |place| place.to_string());
        format!("{place} {}: {}\n", decided.candidate.id, overrides_in_words(decided, &rules).join("; "))
    };
    let told: String = board.list.iter().chain(&board.rejected).map(line).collect();
    insta::assert_snapshot!(told);
}

#[test]
fn nobody_decides_against_a_gate_that_lists_as_emerging() {
    for outcome in ["adopted", "rejected"] {
        let mut files = with_decisions(&format!("{MEETING}{}", decision("scams-and-fraud", outcome, "")));
        files.edit("rules/morile-style/ruleset.toml", "effect = \"defer\"", "effect = \"emerging\"");
        let found = json(&files);
        let told = found["decisions"]["list"].as_array().unwrap().iter();
        let told = told.chain(found["decisions"]["rejected"].as_array().unwrap());
        let ways = told.flat_map(|entry| entry["overrides"].as_array().unwrap()).map(|it| it["way"].as_str().unwrap());
        let expected: &[&str] = if outcome == "adopted" { &["adopted-outside-first-tier"] } else { &[] };
        assert_eq!(ways.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn the_board_stands_after_the_engines_list() {
    let decisions = [decision("serious-violence", "rejected", ""), decision("domestic-abuse", "adopted", "")].concat();
    let text = rank(&with_decisions(&format!("{MEETING}{decisions}")), FIXTURE).outputs()[0].clone();
    let (list, rest) = text.split_once("\nWhat the board decided").unwrap();
    assert_eq!(list, rank(&without_decisions(), FIXTURE).outputs()[0].split_once("\nWhy, how sure").unwrap().0);
    let (board, _) = rest.split_once("\nWhy, how sure").unwrap();
    insta::assert_snapshot!(board);
}

#[test]
fn a_decision_that_only_agrees_is_no_override() {
    let agreed: String = ["domestic-abuse", "serious-violence", "child-criminal-exploitation"]
        .map(|candidate| decision(candidate, "adopted", ""))
        .concat();
    let found = json(&with_decisions(&format!("{MEETING}{agreed}")));
    let list = found["decisions"]["list"].as_array().unwrap();
    assert_eq!(list.len(), 3);
    assert!(list.iter().all(|entry| entry["overrides"] == Json::Array(Vec::new())));
}

#[test]
fn a_file_of_decisions_among_the_evidence_is_no_forgotten_file() {
    let mut files = files();
    let text = files.text(DECISIONS);
    files.remove(DECISIONS);
    files.write(&format!("{FIXTURE}/evidence/decisions.toml"), text);
    files.edit(&format!("{FIXTURE}/assessment.toml"), "\"decisions.toml\"", "\"evidence/decisions.toml\"");
    assert_eq!(codes(&files), [""; 0]);
}

/// What is told of the files, but for the groups of the matrix that are scored beside the total.
fn codes(files: &Folder) -> Vec<&'static str> {
    let codes = rank(files, FIXTURE).problems.into_iter().map(|problem| problem.code.name());
    codes.filter(|code| *code != "unread-declaration").collect()
}

#[test]
fn candidates_that_are_not_read_make_no_decision_wrong() {
    let assessment = format!("{FIXTURE}/assessment.toml");
    let mut files = files();
    let text = files.text(&assessment);
    let (before, after) = text.split_once("evidence    = [").unwrap();
    let after = after.split_once(']').unwrap().1;
    files.write(&assessment, format!("{before}{after}"));
    assert_eq!(codes(&files), ["no-candidates"]);

    let mut files = self::files();
    files.remove("fixtures/morile-style/evidence/serious-violence.toml");
    assert_eq!(codes(&files), ["file-missing"]);
}

#[test]
fn statements_stand_under_every_heading_that_the_document_fills() {
    let found = assessment(&Folder::of_fixtures(), "fixtures/huntingdonshire-2019");
    for under in [Heading::Levels, Heading::Changes, Heading::Priorities, Heading::LastPlan, Heading::Views] {
        let of = found.statements.iter().filter(|statement| statement.under == under);
        assert!(of.count() >= 2, "{under:?}");
    }
    assert!(found.last_plan.is_empty(), "the document has no table of results");
    let stated = |candidate: &&prioritise::assessment::Candidate| candidate.meanwhile.is_some();
    assert_eq!(found.candidates.iter().filter(stated).count(), 8);
}

#[test]
fn what_is_said_beside_the_list_is_part_of_the_digest_and_of_no_score() {
    let files = Folder::of(&[BASE]);
    let found = assessment(&files, BASE);
    let [result] = &*found.last_plan else { panic!("{:?}", found.last_plan) };
    assert_eq!((&*result.baseline, &*result.latest, result.achieved), ("640", "702", Some(false)));
    let list =
        |files: &Folder| serde_json::from_str::<Json>(&rank(files, BASE).outputs()[2]).unwrap()["ranking"].clone();
    for (was, is) in [("rose to 702", "rose"), ("latest = \"702\"", "latest = \"about 700\"")] {
        let mut changed = files.clone();
        changed.edit(&format!("{BASE}/assessment.toml"), was, is);
        assert_ne!(assessment(&changed, BASE).digest, found.digest);
        assert_eq!(list(&changed), list(&files));
    }
}

#[test]
fn what_is_still_done_is_kept_with_the_candidate() {
    let mut files = Folder::of(&[BASE]);
    let about = "about = \"Burglary of homes.\"";
    files.edit(&format!("{BASE}/evidence/burglary.toml"), about, &format!("{about}\nmeanwhile = \"Visits\\n go on.\""));
    let found = rank(&files, BASE).outputs();
    let json: Json = serde_json::from_str(&found[2]).unwrap();
    let entries = json["ranking"].as_array().unwrap();
    let told = |id: &str| entries.iter().find(|entry| entry["id"] == id).unwrap()["meanwhile"].clone();
    assert_eq!((told("burglary"), told("fraud")), (Json::String("Visits go on.".into()), Json::Null));
}
