//! From one year to the next: what the boards decided, and what became of last year's priorities. A case is a folder of
//! `tests/history` with two changes of the base assessment, `old.toml` and `new.toml`.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use prioritise::assessment::Assessment;
use prioritise::diagnostic::Problems;
use prioritise::diff::{Became, Chosen, Difference, Side, difference};
use prioritise::report::diff::{json, markdown, text};
use prioritise::rules::RuleSet;

use crate::edits::{BASE, Edits};
use crate::support::{Folder, names_in, told};

fn loaded(files: &Folder) -> (Assessment, RuleSet) {
    let mut problems = Problems::default();
    prioritise::load(files, BASE, None, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)))
}

fn side((assessment, rules): &(Assessment, RuleSet)) -> Side<'_> {
    Side { assessment, rules, record: None }
}

fn compared<T>(old: &Folder, new: &Folder, threads: usize, view: impl Fn(&Difference<'_>) -> T) -> T {
    let (old, new) = (loaded(old), loaded(new));
    let found = difference(side(&old), side(&new), NonZeroUsize::new(threads).unwrap());
    view(&found.unwrap_or_else(|problems| panic!("{}", told(&problems))))
}

/// Every case: its name, and the files of both years.
fn cases() -> Vec<(String, Folder, Folder)> {
    let year = |case: &str, which: &str| Edits::read(&format!("history/{case}"), which).apply();
    let case = |name: String| (name.clone(), year(&name, "old.toml"), year(&name, "new.toml"));
    names_in("tests/history", "").into_iter().map(case).collect()
}

fn kept<'c>(chosen: &'c Chosen<'_>) -> BTreeSet<&'c str> {
    let kept = chosen.fates.iter().filter(|fate| fate.became() == Became::Kept);
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
                chosen.priorities.iter().flat_map(|it| &it.from).map(String::as_str).collect();
            assert_eq!(kept(chosen), carried, "{name}");
            let (were, are) = chosen.boards.clone();
            let taken = |board: &Option<prioritise::board::Board<'_>>, list: &[prioritise::diff::Stand]| match board {
                Some(board) => board.list.iter().map(|it| it.candidate.id.clone()).collect::<Vec<_>>(),
                None => list.iter().filter(|stand| stand.is_top).map(|stand| stand.id.clone()).collect(),
            };
            let list = |side: Side<'_>| {
                let ranking = prioritise::scoring::rank(side.assessment, side.rules, NonZeroUsize::MIN).unwrap();
                prioritise::diff::List::of(&ranking).stands
            };
            let old: Vec<String> = chosen.fates.iter().map(|fate| fate.old.id.clone()).collect();
            let new: Vec<String> = chosen.priorities.iter().map(|priority| priority.stand.id.clone()).collect();
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
        type Said = Option<(prioritise::assessment::decisions::Outcome, Option<usize>)>;
        let said = |decided: &Option<prioritise::board::Decided<'_>>| -> Said {
            decided.as_ref().map(|it| (it.decision.outcome, it.decision.place))
        };
        let verdicts = |found: &Difference<'_>, round: bool| {
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
        let kept = |found: &Difference<'_>| -> BTreeSet<String> {
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
        let said: serde_json::Value = serde_json::from_str(&compared(&old, &new, 1, json)).unwrap();
        insta::assert_snapshot!(format!("json-{name}"), serde_json::to_string_pretty(&said["chosen"]).unwrap());
    }
}
