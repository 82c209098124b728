//! Evidence files that bring the documents they cite.

use prioritise::diagnostic::{Code, Problems};

use crate::support::Folder;

const BURGLARY: &str = "fixtures/starter/evidence/burglary.toml";
const ASSESSMENT: &str = "fixtures/starter/assessment.toml";

/// The starter with `more` at the end of a file.
fn with(folder: &Folder, path: &str, more: &str) -> Folder {
    let mut folder = folder.clone();
    folder.write(path, format!("{}\n{more}", folder.text(path)));
    folder
}

fn starter() -> Folder {
    Folder::of(&["fixtures/starter"])
}

/// The codes of what is wrong, the ids of the sources and the digest.
fn loaded(folder: &Folder) -> (Vec<Code>, Vec<String>, String) {
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(folder, "fixtures/starter", &mut problems);
    let assessment = read.assessment.unwrap();
    let codes = problems.iter().map(|problem| problem.code).collect();
    (codes, assessment.sources.into_keys().collect(), assessment.digest)
}

const SURVEY: &str = "[[source]]\nid = \"survey\"\ntitle = \"A survey\"\n";

#[test]
fn an_evidence_file_brings_its_own_documents() {
    let cited = "[candidate.evidence.x]\nnumber = 1\nsource = \"survey\"\nwhere = \"Page 1\"\n";
    let (codes, sources, _) = loaded(&with(&starter(), BURGLARY, &format!("{cited}{SURVEY}")));
    assert_eq!(codes, []);
    assert!(sources.contains(&"survey".to_owned()));
    assert_eq!(loaded(&with(&starter(), BURGLARY, cited)).0, [Code::UnknownId]);
}

#[test]
fn it_makes_no_difference_which_file_names_a_document_or_how_many() {
    let here = with(&starter(), BURGLARY, SURVEY);
    let there = with(&starter(), ASSESSMENT, SURVEY);
    let both = with(&here, ASSESSMENT, SURVEY);
    assert_eq!(loaded(&here), loaded(&there));
    assert_eq!(loaded(&here), loaded(&both));
    assert_eq!(loaded(&here).0, []);
}

#[test]
fn files_that_say_different_things_of_a_document_are_told() {
    let here = with(&starter(), BURGLARY, SURVEY);
    let other = with(&here, ASSESSMENT, &SURVEY.replace("A survey", "Another"));
    assert_eq!(loaded(&other).0, [Code::DuplicateId]);
    assert_eq!(loaded(&with(&here, BURGLARY, SURVEY)).0, [Code::DuplicateId], "twice in one file");
}
