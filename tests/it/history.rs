//! From one year to the next: what the boards decided, and what became of last year's priorities. A case is a folder of
//! `tests/history` with two changes of the base assessment, `old.toml` and `new.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use prioritise::assessment::Assessment;
use prioritise::budget::Budget;
use prioritise::diagnostic::{Code, Problems};
use prioritise::diff::{Choices, DiffSide, ListComparison, PriorityOutcome, compare};
use prioritise::record::{self, Contents, Run};
use prioritise::report::diff::{json, markdown, text};
use prioritise::rules::RuleSet;

use serde_json::Value as Json;

use crate::edits::{BASE, Edits};
use crate::record::forged;
use crate::support::{Folder, Said, names_in, prioritise_in, told};

fn loaded(files: &Folder) -> (Assessment, RuleSet) {
    let mut problems = Problems::default();
    prioritise::load(files, BASE, None, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)))
}

fn side((assessment, rules): &(Assessment, RuleSet)) -> DiffSide<'_> {
    DiffSide { assessment, rules, record: None }
}

fn compared<T>(old: &Folder, new: &Folder, threads: usize, view: impl Fn(&ListComparison<'_>) -> T) -> T {
    let (old, new) = (loaded(old), loaded(new));
    let found = compare(side(&old), side(&new), NonZeroUsize::new(threads).unwrap());
    view(&found.unwrap_or_else(|problems| panic!("{}", told(&problems))))
}

/// Every case: its name, and the files of both years.
fn cases() -> Vec<(String, Folder, Folder)> {
    let year = |case: &str, which: &str| Edits::read(&format!("history/{case}"), which).apply();
    let case = |name: String| (name.clone(), year(&name, "old.toml"), year(&name, "new.toml"));
    names_in("tests/history", "").into_iter().map(case).collect()
}

fn kept<'c>(chosen: &'c Choices<'_>) -> BTreeSet<&'c str> {
    let kept = chosen.old_priorities.iter().filter(|fate| fate.best_outcome() == PriorityOutcome::Kept);
    kept.map(|fate| &*fate.old.id).collect()
}

#[test]
fn each_case_in_words() {
    for (name, old, new) in cases() {
        let said = compared(&old, &new, 1, |found| text(found, false));
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{name} is wider than 80 columns:\n{said}");
        insta::assert_snapshot!(name, said);
    }
}

/// Those that are priorities still are those that the new ones carry on, and nobody is counted twice or left out.
#[test]
fn the_counts_add_up() {
    for (name, old, new) in cases() {
        compared(&old, &new, 1, |found| {
            let chosen = found.chosen.as_ref().unwrap();
            let carried: BTreeSet<&str> =
                chosen.new_priorities.iter().flat_map(|it| &it.carried_from).map(String::as_str).collect();
            assert_eq!(kept(chosen), carried, "{name}");
            let (were, are) = chosen.boards.clone();
            let taken = |board: &Option<prioritise::board::BoardComparison<'_>>,
                         list: &[prioritise::diff::ListedCandidate]| {
                match board {
                    Some(board) => board.list.iter().map(|it| it.candidate.id.clone()).collect::<Vec<_>>(),
                    None => list.iter().filter(|stand| stand.is_top).map(|stand| stand.id.clone()).collect(),
                }
            };
            let list = |side: DiffSide<'_>| {
                let ranking = prioritise::scoring::rank(side.assessment, side.rules, NonZeroUsize::MIN).unwrap();
                prioritise::diff::RankedList::from_ranking(&ranking).stands
            };
            let old: Vec<String> = chosen.old_priorities.iter().map(|fate| fate.old.id.clone()).collect();
            let new: Vec<String> = chosen.new_priorities.iter().map(|priority| priority.stand.id.clone()).collect();
            assert_eq!(old, taken(&were, &list(found.old)), "{name}");
            assert_eq!(new, taken(&are, &list(found.new)), "{name}");
        });
    }
}

/// Who is a priority on both sides is so from either end, and so are the decisions. Only what a candidate has become is
/// told one way alone.
#[test]
fn turned_round_it_is_the_opposite() {
    for (name, old, new) in cases() {
        type Said = Option<(prioritise::assessment::decisions::DecisionOutcome, Option<usize>)>;
        let said = |decided: &Option<prioritise::board::CandidateDecision<'_>>| -> Said {
            decided.as_ref().map(|it| (it.decision.outcome, it.decision.place))
        };
        let verdicts = |found: &ListComparison<'_>, round: bool| {
            let turn = |(old, new): (Said, Said)| if round { (new, old) } else { (old, new) };
            let verdicts = found.chosen.as_ref().unwrap().verdicts.iter();
            let mut all: Vec<_> =
                verdicts.map(|it| (it.candidate.id.clone(), turn((said(&it.old), said(&it.new))))).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all
        };
        let there = compared(&old, &new, 1, |found| verdicts(found, false));
        assert_eq!(there, compared(&new, &old, 1, |found| verdicts(found, true)), "{name}");
        if ["split", "merged"].contains(&&*name) {
            continue;
        }
        let kept = |found: &ListComparison<'_>| -> BTreeSet<String> {
            kept(found.chosen.as_ref().unwrap()).into_iter().map(str::to_owned).collect()
        };
        assert_eq!(compared(&old, &new, 1, kept), compared(&new, &old, 1, kept), "{name}");
    }
}

#[test]
fn threads_change_no_byte() {
    for (name, old, new) in cases() {
        for view in [json, markdown] {
            assert_eq!(compared(&old, &new, 1, view), compared(&old, &new, 3, view), "{name}");
        }
    }
}

#[test]
fn the_same_assessment_has_nothing_to_tell() {
    let (_, old, _) = cases().into_iter().find(|(name, ..)| name == "two-boards").unwrap();
    let said = compared(&old, &old, 1, |found| (found.chosen.is_none(), text(found, false)));
    assert!(said.0 && said.1.contains("Both sides are the same") && !said.1.contains("WHAT BECAME"), "{}", said.1);
}

#[test]
fn decisions_and_fates_as_json() {
    for name in ["two-boards", "split"] {
        let (_, old, new) = cases().into_iter().find(|case| case.0 == name).unwrap();
        let said: Json = serde_json::from_str(&compared(&old, &new, 1, json)).unwrap();
        insta::assert_snapshot!(format!("json-{name}"), serde_json::to_string_pretty(&said["chosen"]).unwrap());
    }
}

// --- Records ----------------------------------------------------------------------------------------------------------

/// What `ours` and `next` are called when they are sealed, and the digest of each.
struct Years {
    folder: tempfile::TempDir,
    digests: [String; 2],
}

impl Years {
    /// The starter as `ours`, and a year on as `next`, with other rules, evidence and decisions; both sealed, too.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let decided = |outcome: &str| {
            format!(
                "[meeting]\ntitle = \"Board\"\ndate = \"2026-05-12\"\n[[decision]]\ncandidate = \"burglary\"\n\
                 outcome = \"{outcome}\"\nreason = \"Because.\"\nby = \"Chair\"\n"
            )
        };
        for (name, weight, count, outcome) in [("ours", "30", "702", "adopted"), ("next", "45", "948", "rejected")] {
            let mut files = Folder::of(&["fixtures/starter"]);
            let at = |file: &str| format!("fixtures/starter/{file}");
            files.edit(&at("rules/ruleset.toml"), "weight    = 30", &format!("weight    = {weight}"));
            files.edit(&at("evidence/burglary.toml"), "count = 702", &format!("count = {count}"));
            files.edit(&at("assessment.toml"), "# decisions = ", "decisions = ");
            files.write(&at("decisions.toml"), decided(outcome));
            files.lay_out("fixtures/starter", &folder.path().join(name));
        }
        let seal = |name: &str, day: &str| {
            let sealed = format!("sealed-{name}");
            let said = prioritise_in(folder.path(), &["record", name, "-o", &sealed, "--date", day, "--by", "Analyst"]);
            assert_eq!(said.code, Some(0), "{}", said.err);
            said.out.trim().to_owned()
        };
        let digests = [seal("ours", "2026-06-01"), seal("next", "2027-06-01")];
        Self { folder, digests }
    }

    fn diff(&self, arguments: &[&str]) -> Said {
        prioritise_in(self.folder.path(), &[&["diff"], arguments].concat())
    }

    /// The difference as JSON; nothing else is said.
    fn json(&self, arguments: &[&str]) -> Json {
        let said = self.diff(&[arguments, &["--format", "json"]].concat());
        assert_eq!((said.code, &*said.err), (Some(0), ""), "{arguments:?}");
        serde_json::from_str(&said.out).unwrap()
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }
}

#[test]
fn a_record_is_compared_as_the_folder_that_it_was_made_of() {
    let years = Years::new();
    let folders = years.json(&["ours", "next"]);
    assert_eq!(folders["old"]["record"], Json::Null);
    assert_eq!(folders["chosen"]["old_priorities"][0]["became"], "rejected");
    assert!(folders["rules"].is_object() && folders["evidence"].is_object());
    for sides in [["sealed-ours", "sealed-next"], ["sealed-ours", "next"], ["ours", "sealed-next"]] {
        let mut found = years.json(&sides);
        for (side, name, digest, day) in
            [("old", sides[0], &years.digests[0], "2026-06-01"), ("new", sides[1], &years.digests[1], "2027-06-01")]
        {
            let record = found[side]["record"].take();
            match name.starts_with("sealed") {
                true => assert_eq!(record, serde_json::json!({ "digest": digest, "date": day, "by": "Analyst" })),
                false => assert_eq!(record, Json::Null),
            }
        }
        assert_eq!(found, folders, "{sides:?}");
    }
    // By the same rules, and another rule set on what a record holds.
    let by = |old: &str, new: &str| years.json(&[old, new, "--rules", "ours/rules"])["moved"].clone();
    assert_eq!(by("sealed-ours", "sealed-next"), by("ours", "next"));
    let other = |folder: &str| years.json(&[folder, "--rules", "next/rules"])["moved"].clone();
    assert_eq!(other("sealed-ours"), other("ours"));
}

#[test]
fn records_are_named_at_the_head_and_threads_change_no_byte() {
    let years = Years::new();
    let said = years.diff(&["sealed-ours", "sealed-next"]);
    let [old, new] = &years.digests;
    let lines = [
        format!("Old record, stated 2026-06-01 by Analyst:\n{old}\n"),
        format!("New record, stated 2027-06-01 by Analyst:\n{new}\n"),
        "Old rules: A first rule set, version 1 (sealed-ours/data/rules)\n".to_owned(),
    ];
    assert!(lines.iter().all(|line| said.out.contains(line)), "{}", said.out);
    for threads in ["1", "5"] {
        assert_eq!(years.diff(&["sealed-ours", "sealed-next", "--threads", threads]).out, said.out);
    }
    let within = prioritise_in(&years.path("sealed-ours"), &["diff", ".", "../sealed-next/"]);
    assert_eq!(within.out.replace("(data/", "(sealed-ours/data/").replace("(../", "("), said.out);
    let same = years.diff(&["sealed-ours", "sealed-ours"]);
    assert!(same.out.contains("Both are the record, stated") && same.out.contains("Both sides are the same"));
}

#[test]
fn an_altered_record_is_refused() {
    let years = Years::new();
    let evidence = "data/assessment/evidence/burglary.toml";
    let place = years.path("sealed-ours").join(evidence);
    let text = fs::read_to_string(&place).unwrap();
    let refused = |why: &str| {
        for arguments in [&["sealed-ours", "next"][..], &["next", "sealed-ours", "--rules", "ours/rules"]] {
            let said = years.diff(arguments);
            assert_eq!((said.code, &*said.out), (Some(2), ""), "{arguments:?}");
            for words in [why, "`sealed-ours`", "`prioritise verify sealed-ours`"] {
                assert!(said.err.contains(words), "{words}: {}", said.err);
            }
        }
    };
    fs::write(&place, text.replace("702", "703")).unwrap();
    refused(evidence);
    fs::remove_file(&place).unwrap();
    refused(evidence);
    fs::write(&place, text).unwrap();
    assert_eq!(years.diff(&["sealed-ours", "next"]).code, Some(0));
    fs::write(years.path("sealed-ours/data/letter.txt"), "x").unwrap();
    refused("data/letter.txt");
    fs::remove_file(years.path("sealed-ours/data/letter.txt")).unwrap();
    fs::create_dir(years.path("sealed-ours/empty")).unwrap();
    refused("`empty`");
    fs::remove_dir(years.path("sealed-ours/empty")).unwrap();
    fs::remove_file(years.path("sealed-ours/bagit.txt")).unwrap();
    refused("bagit.txt");
}

fn sealed() -> Contents {
    let files = Folder::of(&["fixtures/starter"]);
    let inputs = record::gather(&files, "fixtures/starter", None, None, &mut Problems::default()).unwrap();
    record::seal(&inputs, &Run::default(), NonZeroUsize::MIN, &Budget::default()).unwrap()
}

/// Whether a record opens, and what is said of it.
fn opened(record: &Contents) -> (bool, String) {
    let mut problems = Problems::default();
    match record::open(record, "last", NonZeroUsize::MIN, &Budget::default(), &mut problems) {
        Ok(_) => (true, told(&problems)),
        Err(found) => (false, told(&found)),
    }
}

#[test]
fn a_list_that_is_made_otherwise_now_is_told() {
    assert_eq!(opened(&sealed()), (true, String::new()));
    for (find, replace, words) in [
        (
            "\"total\":52.27",
            "\"total\":99",
            "the first difference is the total of Burglary: 99 in the record, 52.27 now",
        ),
        (
            "\"id\":\"burglary\"",
            "\"id\":\"bur\"",
            "the first difference is the candidates: bur in the record, burglary now",
        ),
        ("Burglary", "The\\u001bft", "the first difference is the words of The\\u{1b}ft"),
        ("Burglary", "Theft", "the first difference is the words of Theft"),
    ] {
        let (opens, said) = opened(&forged(&sealed(), "data/ranking.json", find, replace));
        assert!(opens && said.contains(words) && said.contains("`prioritise verify last`"), "{find}: {said}");
        assert!(said.starts_with(&format!("warning {}", Code::RecordListDiffers.name())), "{said}");
    }
}

#[test]
fn what_cannot_be_ranked_or_is_of_another_kind_is_refused() {
    let refused = |path: &str, find: &str, replace: &str| {
        let (opens, said) = opened(&forged(&sealed(), path, find, replace));
        assert!(!opens, "{path}: {find}");
        said
    };
    let said = refused("data/run.json", "prioritise/record/1", "prioritise/record/2");
    assert!(said.contains("`last`") && said.contains("`prioritise/record/2`"), "{said}");
    let said = refused("data/run.json", "\"by\":null", "\"by\":\"\\u001b[2J\"");
    assert!(said.contains("`last`") && !said.contains('\u{1b}'), "{said}");
    let said = refused("data/rules/ruleset.toml", "weight    = 30", "weight    = -30");
    assert!(said.contains("last/data/rules/ruleset.toml, line "), "{said}");
    // What stands outside a record is not read, whether or not it is there.
    let said = refused("data/assessment/assessment.toml", "evidence/burglary.toml", "../../../Cargo.toml");
    assert!(said.contains("`../../../Cargo.toml` is outside the folder"), "{said}");
    assert!(Path::new("Cargo.toml").exists());
}
