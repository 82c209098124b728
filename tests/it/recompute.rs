//! What documents print: the faults of a real one are found, a corrected copy has none, and nothing true is blamed.

use prioritise::diagnostic::Problems;
use prioritise::recompute::{Recomputation, recompute};

use crate::support::{Folder, prioritise_in};

const FIXTURE: &str = "fixtures/huntingdonshire-2019";

fn recomputed(folder: &Folder) -> Recomputation {
    let mut problems = Problems::default();
    let loaded = prioritise::load(folder, FIXTURE, None, &mut problems);
    let Some((assessment, _)) = loaded else { panic!("{:#?}", problems.sorted()) };
    recompute(&assessment)
}

/// What is wrong in the document, and what it should have printed.
const CORRECTIONS: [(&str, &str, &str); 20] = [
    ("documents/sa2019/table-02.csv", "Yaxley,5.01%", "Yaxley,5.26%"),
    ("documents/sa2019/table-03-ambulance.csv", "953,821", "953,823"),
    ("documents/sa2019/table-08.csv", "650,3.0", "650,3.8"),
    ("documents/sa2019/table-08.csv", "\"1,258\",6.3", "\"1,258\",7.1"),
    ("documents/sa2019/table-10.csv", "45,0.21,285,0.35", "45,0.25,285,0.44"),
    ("documents/sa2019/table-10.csv", "63,0.29,368,0.46", "63,0.36,368,0.56"),
    ("documents/sa2019/table-10.csv", "93,0.43,513,0.64", "93,0.52,513,0.79"),
    ("documents/sa2019/table-10.csv", "75,0.34,391,0.49", "75,0.42,391,0.60"),
    ("documents/sa2019/table-10.csv", "138,0.63,736,0.92", "138,0.78,736,1.13"),
    ("documents/sa2019.toml", "change = \"5.1\"", "change = \"4.7\""),
    ("documents/sa2019.toml", "repeats = \"5.0\"", "repeats = \"5.5\""),
    ("documents/sa2019.toml", "percentage = \"21.5\"", "percentage = \"21.6\""),
    ("documents/sa2019.toml", "rows = [\"2019/20 (Apr- Nov)\"]", "rows = [\"2018/19\"]"),
    ("documents/sa2019.toml", "contains = \"14.0\"", "contains = \"16.1\""),
    ("documents/sa2019.toml", "[\"2016/17\", \"2017/18\", \"2018/19\"]", "[\"2016/17\", \"2017/18\"]"),
    (
        "documents/sa2019.toml",
        "columns = [\"2016/2017\", \"2017/2018\", \"2018/2019\"] }\n\n[[text]]",
        "columns = [\"2016/2017\", \"2018/2019\"] }\n\n[[text]]",
    ),
    ("documents/sa2019.toml", "means = \"less\"", "means = \"more\""),
    ("evidence/drug-offences.toml", "count = 205", "count = 206"),
    ("evidence/substance-misuse.toml", "percentage = \"21.5\"", "percentage = \"21.6\""),
    ("evidence/vulnerable-localities.toml", "percentage = \"5.0\"", "percentage = \"5.5\""),
];

/// The figures beside evidence that the corrections touch as well.
const BESIDE: [(&str, &str, &str); 8] = [
    ("evidence/domestic-abuse.toml", "rate = \"3.0\"", "rate = \"3.8\""),
    ("evidence/domestic-abuse.toml", "rate = \"6.3\"", "rate = \"7.1\""),
    ("evidence/cybercrime.toml", "rate = \"0.21\"", "rate = \"0.25\""),
    ("evidence/cybercrime.toml", "rate = \"0.29\"", "rate = \"0.36\""),
    ("evidence/cybercrime.toml", "rate = \"0.43\"", "rate = \"0.52\""),
    ("evidence/cybercrime.toml", "rate = \"0.34\"", "rate = \"0.42\""),
    ("evidence/cybercrime.toml", "rate = \"0.63\"", "rate = \"0.78\""),
    ("evidence/vulnerable-localities.toml", "change = \"5.1\"", "change = \"4.7\""),
];

fn corrected() -> Folder {
    let mut folder = Folder::of(&[FIXTURE, "rules/huntingdonshire"]);
    for (file, printed, right) in CORRECTIONS.iter().chain(&BESIDE) {
        folder.edit(&format!("{FIXTURE}/{file}"), printed, right);
    }
    folder
}

#[test]
fn the_faults_of_the_document_are_found() {
    let found = recomputed(&Folder::of(&[FIXTURE, "rules/huntingdonshire"]));
    let told: Vec<String> = found
        .discrepancies
        .iter()
        .map(|finding| {
            let recomputed = finding.recomputed.as_deref().unwrap_or("-");
            format!("{}: {} | {recomputed}", finding.place, finding.printed)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(found.unfounded.is_empty());
}

#[test]
fn a_corrected_copy_has_none() {
    let found = recomputed(&corrected());
    assert_eq!(found.discrepancies, []);
    assert!(found.count > 70, "only {} figures were recomputed", found.count);
}

#[test]
fn a_corrected_copy_passes_the_command() {
    let disk = tempfile::tempdir().unwrap();
    let mut corrected = corrected();
    // That totals are near each other at a line is no fault of the document.
    corrected.edit("rules/huntingdonshire/ruleset.toml", "told_apart_by      = 2", "told_apart_by      = 0.1");
    corrected.lay_out("", disk.path());
    let said = prioritise_in(disk.path(), &["check", FIXTURE]);
    assert_eq!((said.code, &*said.err), (Some(0), ""), "{}", said.out);
}

#[test]
fn each_fault_is_found_alone() {
    for (left_wrong, (file, printed, right)) in CORRECTIONS.iter().enumerate().take(14) {
        let mut folder = corrected();
        folder.edit(&format!("{FIXTURE}/{file}"), right, printed);
        let found = recomputed(&folder).discrepancies;
        assert!(!found.is_empty(), "correction {left_wrong} of {file}, {printed}, is not missed");
    }
}
