//! Whatever is changed in a record by somebody who makes every digest, manifest and description anew, also in the name of
//! another engine: `verify` refuses it, or names the file as not checked.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use prioritise::budget::Budget;
use prioritise::diagnostic::Problems;
use prioritise::digest::sha256;
use prioritise::record::{
    self, Contents, Draws, PAYLOAD, Proof, RemadeRecord, Reproduction, Run, SealStatement, Verification,
};
use serde_json::{Value, json};

use crate::county::of_two_records;
use crate::edits::{BASE, Edits};
use crate::record::{forged, resealed, sealed};
use crate::support::Folder;

const ENGINE: &str = "data/engine.json";
const RUN: &str = "data/run.json";
const PROVENANCE: &str = "data/provenance.json";
const INFO: &str = "bag-info.txt";
const REPRODUCED: &str = "Reproduced, not signed by anyone you named.";
/// One thread.
const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// With all that a record can have: draws, and everything that can be stated.
pub(crate) static RECORD: LazyLock<Contents> = LazyLock::new(|| {
    let stated = SealStatement {
        date: Some("2020-02-14".into()),
        by: Some("Chair".into()),
        note: Some("As agreed.".into()),
        ..SealStatement::default()
    };
    sealed(&Folder::of_fixtures(), "fixtures/starter", &Run { draws: Some(Draws { draws: 20, seed: 7 }), stated })
});
/// Made once for all that changes no input: this is the dear part.
static MADE: LazyLock<Reproduction> = LazyLock::new(|| record::reproduce(&RECORD, ONE, &Budget::default()));

fn value(record: &Contents, path: &str) -> Value {
    serde_json::from_slice(record.get(path).map_or(b"null", Vec::as_slice)).unwrap_or_default()
}

fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap()
}

/// All that follows from other files made to fit them, but for the file `target`, which is what was forged.
pub(crate) fn made_to_fit(mut record: Contents, target: &str) -> Contents {
    let (engine, run) = (value(&record, ENGINE), value(&record, RUN));
    if target != PROVENANCE {
        let mut document = value(&record, PROVENANCE);
        for (path, bytes) in &record {
            let name = format!("file:{}", path.strip_prefix(PAYLOAD).unwrap_or_default());
            if let Some(entity) = document["entity"].get_mut(name) {
                entity["prioritise:sha256"] = sha256(bytes).into();
            }
        }
        let agent = &mut document["agent"]["prioritise:engine"];
        agent["prov:label"] = format!("{} {}", text(&engine["name"]), text(&engine["version"])).into();
        agent["prioritise:source"] = engine["source"].clone();
        if let Some(sealer) = document["agent"].get_mut("prioritise:sealer") {
            sealer["prioritise:role"] = run["stated"]["by"].clone();
        }
        record.insert(PROVENANCE.into(), canonical(&document));
    }
    if target != INFO {
        let payload: Vec<&Vec<u8>> =
            record.iter().filter(|(path, _)| path.starts_with(PAYLOAD)).map(|(_, bytes)| bytes).collect();
        let bytes: usize = payload.iter().map(|bytes| bytes.len()).sum();
        let lines = String::from_utf8(record[INFO].clone()).unwrap();
        let fit = |line: &str| match line.split(": ").next().unwrap() {
            "Bag-Software-Agent" => {
                let engine = ["name", "version", "source"].map(|member| text(&engine[member]));
                format!("Bag-Software-Agent: {}\n", engine.join(" "))
            }
            "Bagging-Date" => format!("Bagging-Date: {}\n", text(&run["stated"]["date"])),
            "Contact-Name" => format!("Contact-Name: {}\n", text(&run["stated"]["by"])),
            "Payload-Oxum" => format!("Payload-Oxum: {bytes}.{}\n", payload.len()),
            _ => format!("{line}\n"),
        };
        let lines: String = lines.lines().map(fit).collect();
        record.insert(INFO.into(), lines.into_bytes());
    }
    resealed(record)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The record as another engine would have sealed it, if it made the same list.
pub(crate) fn of_another_engine() -> Contents {
    as_of_another_engine(&RECORD)
}

fn as_of_another_engine(record: &Contents) -> Contents {
    let mut record = record.clone();
    let mut engine = value(&record, ENGINE);
    engine["version"] = "9.9.9".into();
    engine["source"] = format!("sha256:{}", "5".repeat(64)).into();
    record.insert(ENGINE.into(), canonical(&engine));
    for path in results_of(&record) {
        let mut made = value(&record, &path);
        if let Some(engine) = made.get_mut("engine") {
            *engine = "9.9.9".into();
            record.insert(path, canonical(&made));
        }
    }
    made_to_fit(record, ENGINE)
}

/// The JSON files that an engine made.
fn results_of(record: &Contents) -> Vec<String> {
    let is_result = |path: &&String| path.ends_with(".json") && !is_input(path);
    record.keys().filter(is_result).cloned().collect()
}

/// Whether a file is read to make the list again.
fn is_input(path: &str) -> bool {
    ["data/assessment/", "data/rules/", "data/templates/"].iter().any(|folder| path.starts_with(folder))
}

/// Records of what [`RECORD`] is not: plans, lists for areas, counties and their members, small counts, weights that people
/// gave, templates of its own.
fn of_each_other_kind() -> Vec<(&'static str, Contents)> {
    let of = |folder| (folder, sealed(&Folder::of(&[folder]), folder, &Run::default()));
    let cases = [
        "tests/cases/review-of-a-year",
        "tests/cases/plan-of-actions",
        "tests/cases/list-for-each-area",
        "tests/cases/public-edition",
        "tests/cases/county-of-two-years/after",
    ];
    let answers = Edits::read("faults", "weights-differ.toml").apply();
    let mut looks = Folder::of(&[BASE]);
    looks.write("look/paper.html", "<p>{{ title }}");
    let own = record::gather(&looks, BASE, None, Some("look"), &mut Problems::default()).unwrap();
    let own = record::seal(&own, &Run::default(), ONE, &Budget::default()).unwrap();
    let mut all: Vec<_> = cases.into_iter().map(of).collect();
    all.extend([
        ("weights that people gave", sealed(&answers, BASE, &Run::default())),
        ("templates of its own", own),
        ("a county of records", of_two_records()),
    ]);
    all
}

/// Whether `found` says of a forged `path` that something is wrong, or that nothing was proven of it.
fn is_told(found: &Verification, path: &str) -> bool {
    match found.proof() {
        Proof::NotReproduced | Proof::Altered => !found.holds(true),
        Proof::Reproduced | Proof::ListReproduced => found.unchecked.iter().any(|unchecked| unchecked.covers(path)),
    }
}

fn unchecked(found: &Verification) -> Vec<&str> {
    found.unchecked.iter().map(|unchecked| &*unchecked.file).collect()
}

/// Every way in which the parts of a value can be changed, each as the whole value with one change.
fn changes(whole: &Value) -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    let mut paths = vec![String::new()];
    while let Some(path) = paths.pop() {
        let part = whole.pointer(&path).unwrap();
        let mut add = |what: &str, new: Value| {
            let mut changed = whole.clone();
            *changed.pointer_mut(&path).unwrap() = new;
            if changed != *whole {
                changes.push((format!("{path} {what}"), changed));
            }
        };
        match part {
            Value::Object(members) => {
                for name in members.keys() {
                    let mut fewer = members.clone();
                    fewer.remove(name);
                    add(&format!("without {name}"), fewer.into());
                    paths.push(format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")));
                }
                let mut more = members.clone();
                more.insert("forged".into(), true.into());
                add("and another member", more.into());
                add("emptied", json!({}));
            }
            Value::Array(items) => {
                paths.extend((0..items.len()).map(|at| format!("{path}/{at}")));
                add("reversed", items.iter().rev().cloned().collect());
                add("cut", items.iter().skip(1).cloned().collect());
                add("with one twice", items.iter().chain(items.first()).cloned().collect());
                add("lengthened", items.iter().cloned().chain([json!("forged")]).collect());
                add("emptied", json!([]));
            }
            Value::String(said) => add("another text", format!("{said}7").into()),
            Value::Number(_) => add("another number", json!(77)),
            Value::Bool(said) => add("the opposite", (!said).into()),
            Value::Null => add("something", "forged".into()),
        }
    }
    changes
}

/// Changes one thing in each JSON file that an engine made of `record`, every `step`th of all, and tells how many were
/// tried; of what was run every `run_step`th.
fn try_members(record: &Contents, made: &Reproduction, step: usize, run_step: usize) -> usize {
    let mut tried = 0;
    for path in results_of(record) {
        let step = if path == RUN { run_step } else { step };
        for (what, changed) in changes(&value(record, &path)).into_iter().step_by(step) {
            let mut forged = record.clone();
            forged.insert(path.clone(), canonical(&changed));
            let forged = made_to_fit(forged, &path);
            let found = match path.as_str() {
                // What was run is read to make it again, so it is made again.
                RUN => record::verify(&forged, ONE, &Budget::default()),
                _ => record::judge(&forged, made),
            };
            assert!(is_told(&found, &path), "{path} {what}: {:?} {:?}", found.proof(), found.unchecked);
            tried += 1;
        }
    }
    tried
}

/// The same of a record of each other kind, by this engine and by another.
fn try_members_of_each_kind(step: usize, run_step: usize) -> usize {
    let mut files = BTreeSet::new();
    let tried = of_each_other_kind().into_iter().map(|(name, ours)| {
        files.extend(results_of(&ours));
        let made = record::reproduce(&ours, ONE, &Budget::default());
        assert_eq!(record::judge(&ours, &made).proof(), Proof::Reproduced, "{name}");
        let others = as_of_another_engine(&ours);
        assert_eq!(record::judge(&others, &made).proof(), Proof::ListReproduced, "{name}");
        let tried = try_members(&ours, &made, step, run_step) + try_members(&others, &made, step, run_step);
        assert!(tried > 10, "{name}: {tried}");
        tried
    });
    let tried = tried.sum();
    assert!(["data/review.json", "data/choice.json"].iter().all(|file| files.contains(*file)), "{files:?}");
    tried
}

#[test]
fn a_record_as_it_was_sealed_is_reproduced_and_names_what_was_only_stated() {
    let found = record::judge(&RECORD, &MADE);
    assert_eq!(found.proof(), Proof::Reproduced, "{found:#?}");
    assert_eq!(unchecked(&found), [RUN, "data/assessment/", "data/rules/", "data/rules/tests/"]);
}

/// An honest record that takes more steps than there are is not said to be forged.
#[test]
fn spent_steps_are_no_word_against_a_record() {
    let found = record::verify(&RECORD, ONE, &Budget::of(1));
    assert_eq!(found.proof(), Proof::NotReproduced);
    let said = record::views::verification::text(&found, false).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Why: the steps of this run were spent before the list was made"), "{said}");
    assert!(said.contains("budget-spent") && !said.contains("do not belong together"), "{said}");
}

/// The set that a plan chooses is made again as the list is.
#[test]
fn an_altered_choice_is_not_reproduced() {
    const CHOICE: &str = "data/choice.json";
    let folder = "tests/cases/plan-of-actions";
    let record = sealed(&Folder::of(&[folder]), folder, &Run::default());
    let made = record::reproduce(&record, ONE, &Budget::default());
    assert_eq!(record::judge(&record, &made).proof(), Proof::Reproduced);
    let whole = value(&record, CHOICE);
    assert!(
        !whole["best"]["actions"].as_array().unwrap().is_empty() && !whole["changes"].as_array().unwrap().is_empty()
    );
    for (what, changed) in changes(&whole).into_iter().step_by(11) {
        let mut forged = record.clone();
        forged.insert(CHOICE.into(), canonical(&changed));
        let found = record::judge(&made_to_fit(forged, CHOICE), &made);
        assert_eq!(found.proof(), Proof::NotReproduced, "{what}");
        assert!(!found.holds(true), "{what}");
    }
    // A plan that is altered makes another set, or none.
    let path = format!("{PAYLOAD}assessment/plan.toml");
    let found =
        record::verify(&made_to_fit(forged(&record, &path, "40000.50", "50000.50"), &path), ONE, &Budget::default());
    assert_eq!(found.proof(), Proof::NotReproduced);
}

#[test]
fn another_engine_excuses_nothing_but_its_papers() {
    let record = of_another_engine();
    let found = record::judge(&record, &MADE);
    assert_eq!(found.proof(), Proof::ListReproduced, "{found:#?}");
    assert!(!found.holds(false) && found.holds(true));
    let given = [RUN, "data/assessment/", "data/rules/", "data/rules/tests/"];
    let papers = ["data/paper.html", "data/sensitivity.json"];
    assert_eq!(unchecked(&found), [&papers[..], &[ENGINE], &given].concat());
    // The program that does the sums again is the one of this release, or is told not to be.
    let mut foreign = record.clone();
    foreign.insert("data/recheck.py".into(), b"print('all follow')".to_vec());
    let judged = record::judge(&made_to_fit(foreign, "data/recheck.py"), &MADE);
    let said = record::views::verification::text(&judged, false).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("data/recheck.py (it is not the one of this engine: take the program from the release"),
        "{said}"
    );
    let said = record::views::verification::text(&found, false);
    assert_eq!(
        said.lines().last(),
        Some("List reproduced by another engine, papers not checked, not signed by anyone you named.")
    );
    let changed = made_to_fit(forged(&record, "data/ranking.json", "\"total\":", "\"total\":1"), "data/ranking.json");
    let found = record::judge(&changed, &MADE);
    assert_eq!(found.proof(), Proof::NotReproduced);
    let said = record::views::verification::text(&found, false);
    assert!(said.contains("another engine made it") && said.contains("in the record and made again"), "{said}");
    assert_eq!(said.lines().last(), Some("Not reproduced."));
}

/// A file that was added, or is gone, is named, and no engine is blamed for it.
#[test]
fn files_that_were_added_or_are_gone_are_named() {
    for record in [&*RECORD, &of_another_engine()] {
        let mut more = record.clone();
        more.insert("data/notes.txt".into(), b"read me".to_vec());
        let mut less = record.clone();
        less.remove("data/recheck.py");
        for (changed, words) in
            [(more, "`data/notes.txt` was added: nothing reads it"), (less, "`data/recheck.py` is gone")]
        {
            let found = record::judge(&made_to_fit(changed, "data/notes.txt"), &MADE);
            assert_eq!(found.proof(), Proof::NotReproduced);
            let said =
                record::views::verification::text(&found, false).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&format!("Why: {words}")), "{said}");
            assert!(!said.contains("another engine made it") && !said.contains("belong together"), "{said}");
            let json: Value = serde_json::from_str(&record::views::verification::json(&found, false)).unwrap();
            assert_eq!(
                json["added_files"].as_array().unwrap().len() + json["missing_files"].as_array().unwrap().len(),
                1
            );
        }
    }
}

#[test]
fn another_commit_with_the_same_source_is_the_same_engine_and_only_a_claim() {
    let mut record = RECORD.clone();
    let mut engine = value(&record, ENGINE);
    engine["commit"] = "0123456789012345678901234567890123456789".into();
    record.insert(ENGINE.into(), canonical(&engine));
    let found = record::judge(&made_to_fit(record, ENGINE), &MADE);
    assert_eq!(found.proof(), Proof::Reproduced, "{found:#?}");
    assert!(is_told(&found, ENGINE));
}

#[test]
fn every_member_of_every_json_of_a_record_counts() {
    let tried = [try_members(&RECORD, &MADE, 23, 1), try_members(&of_another_engine(), &MADE, 29, 1)];
    assert!(tried.iter().all(|tried| *tried > 80), "{tried:?}");
}

#[test]
fn every_member_of_every_json_of_each_kind_of_record_counts() {
    assert!(try_members_of_each_kind(199, 19) > 200);
}

#[test]
#[ignore = "every member: minutes"]
fn every_member_of_every_json_of_a_record_counts_each_tried() {
    let tried = [try_members(&RECORD, &MADE, 1, 1), try_members(&of_another_engine(), &MADE, 1, 1)];
    assert!(tried.iter().all(|tried| *tried > 1_000), "{tried:?}");
    let tried = try_members_of_each_kind(1, 1);
    assert!(tried > 10_000, "{tried}");
}

/// The inputs are read to make the list again, so each of them takes a whole verification.
fn try_file(record: &Contents, path: &str, bytes: Option<&[u8]>) {
    let mut forged = record.clone();
    match bytes {
        Some(bytes) => forged.insert(path.to_owned(), bytes.to_vec()),
        None => forged.remove(path),
    };
    let forged = made_to_fit(forged, path);
    let found = if is_input(path) || path == RUN {
        record::verify(&forged, ONE, &Budget::default())
    } else {
        record::judge(&forged, &MADE)
    };
    assert!(is_told(&found, path), "{path}: {:?} {:?}", found.proof(), found.unchecked);
}

#[test]
fn every_file_of_a_record_counts() {
    for (record, is_ours) in [(RECORD.clone(), true), (of_another_engine(), false)] {
        for (path, bytes) in &record {
            let commented = [bytes, &b"\n# x"[..]].concat();
            // Manifests are made to fit last: what is in them is looked at elsewhere, bit by bit.
            if path.ends_with("manifest-sha256.txt") {
                continue;
            }
            if is_ours || !path.ends_with(".toml") {
                try_file(&record, path, Some(&commented));
            }
            if path != INFO {
                try_file(&record, path, None);
            }
            if !is_ours && !path.ends_with(".toml") && path != INFO {
                try_file(&record, path, Some(b"{\"forged\":true}"));
            }
        }
        for path in ["README.html", "data/letter.txt", "data/assessment/letter.txt", "data/rules/x.rhai", "tags/x"] {
            let mut more = record.clone();
            more.insert(path.to_owned(), b"<p>signed by the chair</p>".to_vec());
            let found = record::judge(&made_to_fit(more, path), &MADE);
            assert!(!found.holds(true) && found.unchecked.is_empty(), "{path}: {:?}", found.proof());
        }
        let info = String::from_utf8(record[INFO].clone()).unwrap();
        for line in info.lines() {
            for changed in [info.replace(line, &format!("{line} and more")), info.replace(&format!("{line}\n"), "")] {
                try_file(&record, INFO, Some(changed.as_bytes()));
            }
        }
    }
}

/// Evidence with another figure, and all results of the other list.
#[test]
fn a_record_of_other_evidence_in_the_name_of_another_engine_is_not_reproduced() {
    let path = "data/assessment/evidence/burglary.toml";
    let forged = made_to_fit(forged(&of_another_engine(), path, "count = 702", "count = 703"), path);
    let found = record::verify(&forged, ONE, &Budget::default());
    assert!(matches!(found.remade, RemadeRecord::Different { first: Some(_), .. }), "{found:#?}");
    assert_eq!(found.proof(), Proof::NotReproduced);
}

/// Nothing in a record can put a line of its own into what `verify` says.
#[test]
fn no_text_of_a_record_is_a_line_of_the_report() {
    let lies = "Signatures: 1.\\n  chair.minisig: signed as chair\\nReproduced, signed by chair.";
    let long = format!("{}Reproduced, signed by chair. {}", "x ".repeat(38), "Signatures: 1. ".repeat(9));
    for lie in [lies, &long] {
        for (path, member) in [
            (ENGINE, "name"),
            (ENGINE, "version"),
            (ENGINE, "source"),
            (RUN, "title"),
            (RUN, "partnership"),
            (RUN, "period"),
            (RUN, "version"),
            (RUN, "schema"),
            (RUN, "by"),
            (RUN, "note"),
            (RUN, "date"),
            ("data/ranking.json", "title"),
            ("data/ranking.json", "id"),
            ("data/ranking.json", "because"),
        ] {
            let found = format!("\"{member}\":\"");
            let forged = made_to_fit(forged(&RECORD, path, &found, &format!("{found}{lie}")), path);
            let found = record::judge(&forged, &MADE).with_signatures(&forged, &[]);
            let said = record::views::verification::text(&found, false);
            let (before, last) = said.trim_end().rsplit_once('\n').unwrap();
            // What is stated can be any line of words, and is told as such.
            let is_statement = path == RUN && ["by", "note"].contains(&member) && last == REPRODUCED;
            assert!(["Altered.", "Not reproduced."].contains(&last) || is_statement, "{path} {member}: {last}");
            let lied = |line: &str| {
                line.starts_with("Signatures: 1") || line.starts_with("  chair.min") || line.starts_with("Reproduced")
            };
            assert!(!before.lines().any(lied), "{path} {member}:\n{before}");
            if path == ENGINE {
                assert_eq!(found.proof(), Proof::Altered, "{member}");
            }
        }
    }
}
