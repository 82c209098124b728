//! What is other between two lists: every kind of change in words, and parts that add up to the printed change.

use std::num::NonZeroUsize;

use prioritise::assessment::Assessment;
use prioritise::diagnostic::Problems;
use prioritise::diff::{
    ChangeEffect, DiffSide, GroupingReason, IndirectCause, ListComparison, MovedCandidate, RankedList, TotalSplit,
    compare, movement,
};
use prioritise::report::diff::{json, markdown, moved_text, text};
use prioritise::rules::RuleSet;
use prioritise::scoring::{self, Fixed};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use toml::{Table, Value};

use crate::edits::{BASE, Edits};
use crate::support::{FIXTURES, Folder, names_in, prioritise_in, side_by_side, told};

fn loaded(files: &Folder, path: &str) -> (Assessment, RuleSet) {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, path, None, &mut problems);
    loaded.unwrap_or_else(|| panic!("{}", told(&problems)))
}

/// What `view` makes of the difference between the assessments at `path` in two sets of files.
fn compared<T>(old: &Folder, new: &Folder, path: &str, threads: usize, view: impl Fn(&ListComparison<'_>) -> T) -> T {
    let (old, new) = (loaded(old, path), loaded(new, path));
    let (old, new) = (
        DiffSide { assessment: &old.0, rules: &old.1, record: None },
        DiffSide { assessment: &new.0, rules: &new.1, record: None },
    );
    let found = compare(old, new, NonZeroUsize::new(threads).unwrap());
    view(&found.unwrap_or_else(|problems| panic!("{}", told(&problems))))
}

/// Every case: its name, and its files with the change.
fn cases() -> Vec<(String, Folder)> {
    let names = names_in("tests/diff", ".toml").into_iter();
    names.map(|name| (name.trim_end_matches(".toml").to_owned(), Edits::read("diff", &name).apply())).collect()
}

/// Whose, by how much, and of which parts, in units of the last decimal.
type Figures = (usize, i64, Option<Vec<i64>>);

/// Totals, and parts of them, add up to what is printed.
fn adds_up(found: &ListComparison<'_>, what: &str) {
    let rules = found.rules.as_ref();
    for split in rules.iter().flat_map(|rules| &rules.splits) {
        let Some(parts) = &split.parts else { continue };
        let sum: i64 = parts.iter().copied().map(Fixed::units).sum();
        assert_eq!(sum, split.by.units(), "{what}: {split:?}");
        assert!(parts.iter().all(|part| part.decimals() == split.by.decimals()));
        let id = &found.old.assessment.candidates[split.candidate].id;
        let mover = rules.unwrap().moved.movers.iter().find(|mover| mover.new.id == *id);
        let by = mover.and_then(MovedCandidate::total_change).map_or(0, Fixed::units);
        assert_eq!(by, split.by.units(), "{what}: {id}");
    }
    for shift in found.evidence.iter().flat_map(|evidence| &evidence.shifts) {
        let Some(by) = shift.total_change else { continue };
        let sum: i64 = shift.questions.iter().filter_map(|question| question.part).map(Fixed::units).sum();
        assert_eq!(sum, by.units(), "{what}: {shift:?}");
    }
}

#[test]
fn each_case_in_words() {
    let told = |(name, files): &(String, Folder)| {
        let said = compared(&Folder::of(&[BASE]), files, BASE, 1, |found| {
            adds_up(found, name);
            text(found, false)
        });
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{name} is wider than 80 columns:\n{said}");
        (name.clone(), said)
    };
    let all: Vec<(String, String)> = side_by_side(&cases(), told);
    for (name, said) in all {
        insta::assert_snapshot!(name, said);
    }
}

#[test]
fn turned_round_all_figures_are_the_opposite() {
    let negative = |split: &TotalSplit| {
        let opposite = |units: i64| -units;
        let parts =
            split.parts.as_ref().map(|parts| parts.iter().map(|part| opposite(part.units())).collect::<Vec<_>>());
        (split.candidate, opposite(split.by.units()), parts)
    };
    let positive = |split: &TotalSplit| {
        let parts = split.parts.as_ref().map(|parts| parts.iter().map(|part| part.units()).collect::<Vec<_>>());
        (split.candidate, split.by.units(), parts)
    };
    side_by_side(&cases(), |(name, files)| {
        let base = Folder::of(&[BASE]);
        let figures = |found: &ListComparison<'_>, of: &dyn Fn(&TotalSplit) -> Figures| {
            let Some(rules) = &found.rules else { return (Vec::new(), Vec::new()) };
            let mut splits: Vec<_> = rules.splits.iter().map(of).collect();
            splits.sort();
            let keys = |part: &prioritise::diff::ChangeGroup| {
                let mut keys: Vec<String> = part.changes.iter().map(|at| rules.changes[*at].change.key()).collect();
                keys.sort();
                keys
            };
            (rules.parts.iter().map(keys).collect::<Vec<_>>(), splits)
        };
        let there = compared(&base, files, BASE, 1, |found| figures(found, &positive));
        let back = compared(files, &base, BASE, 1, |found| figures(found, &negative));
        assert_eq!(there, back, "{name}");
        let steps = |found: &ListComparison<'_>, sign: i64| -> Vec<(String, Option<i64>)> {
            let by = |mover: &prioritise::diff::MovedCandidate| mover.total_change().map(|by| by.units() * sign);
            let mut steps: Vec<_> = found.moved.movers.iter().map(|it| (it.new.id.clone(), by(it))).collect();
            steps.sort();
            steps
        };
        let there = compared(&base, files, BASE, 1, |found| steps(found, 1));
        assert_eq!(there, compared(files, &base, BASE, 1, |found| steps(found, -1)), "{name}");
    });
}

#[test]
fn threads_change_no_byte() {
    for (name, files) in cases().iter().step_by(7) {
        let on = |threads| compared(&Folder::of(&[BASE]), files, BASE, threads, json);
        assert_eq!(on(1), on(3), "{name}");
    }
}

/// Every rule set that ships, written anew by a program: no comment, no layout, other quotes.
#[test]
fn rules_written_otherwise_say_the_same() {
    let files = Folder::of_fixtures();
    let rewritten = files.map(|path, text| match path.rsplit('.').next() {
        Some("toml") if path.ends_with("ruleset.toml") => text.parse::<Table>().unwrap().to_string(),
        Some("rhai") => format!("// Another comment.\n{}", text.replace("    ", "\t").replace(" + ", " +  ")),
        _ => text,
    });
    for fixture in FIXTURES {
        compared(&files, &rewritten, &format!("fixtures/{fixture}"), 1, |found| {
            let changes = found.rules.as_ref().map_or(0, |rules| rules.changes.len());
            assert_eq!((changes, found.moved.any()), (0, false), "{fixture}: {}", text(found, false));
        });
    }
}

// --- Parts ------------------------------------------------------------------------------------------------------------

/// One random change of a rule set: which criterion, what, and how much.
fn change() -> impl Strategy<Value = (usize, usize, u8)> {
    (0..7_usize, 0..5_usize, 1..20_u8)
}

fn criteria(rules: &mut Table) -> &mut Vec<Value> {
    rules.get_mut("criterion").unwrap().as_array_mut().unwrap()
}

fn make(rules: &mut Table, (at, what, much): (usize, usize, u8)) {
    let all = criteria(rules);
    let at = at % all.len();
    let criterion = all[at].as_table_mut().unwrap();
    match what {
        0 | 1 => {
            criterion.insert("weight".into(), Value::Integer(i64::from(much)));
        }
        2 => {
            let policy = ["neutral", "worst", "reweight"][usize::from(much) % 3];
            let is_mean = criterion["value"].to_string().contains("share-of-mean");
            let policy = if is_mean { "neutral" } else { policy };
            criterion.insert("missing".into(), policy.into());
        }
        3 => {
            let anchors = format!("linear = {{ from = 0, to = {much} }}").parse::<Table>().unwrap();
            criterion.insert("value".into(), Value::Table(anchors));
        }
        _ => {
            criterion.insert("decimals".into(), Value::Integer(i64::from(much) % 3));
        }
    }
}

#[test]
fn parts_add_up_whatever_changes() {
    let files = Folder::of_fixtures();
    let folders = ["rules/huntingdonshire", "rules/morile-style", "rules/demand-index", "fixtures/starter/rules"];
    let fixtures = ["huntingdonshire-2019", "morile-style", "huntingdonshire-wards-2019", "starter"];
    let config = Config { cases: 12, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() };
    let strategy = (0..folders.len(), proptest::collection::vec(change(), 1..5));
    let mut runner = TestRunner::new(config);
    let run = runner.run(&strategy, |(which, changes)| {
        let path = format!("{}/ruleset.toml", folders[which]);
        let mut rules: Table = files.text(&path).parse().unwrap();
        for change in &changes {
            make(&mut rules, *change);
        }
        let mut changed = files.clone();
        changed.write(&path, rules.to_string());
        let fixture = format!("fixtures/{}", fixtures[which]);
        let mut problems = Problems::default();
        // Weights that are all zero, and the like, are no rules.
        prop_assume!(prioritise::load(&changed, &fixture, None, &mut problems).is_some());
        compared(&files, &changed, &fixture, 2, |found| adds_up(found, &fixture));
        Ok(())
    });
    run.unwrap();
}

/// So many changes that those of a criterion are one, and so many criteria that those that do least are one, too.
#[test]
fn many_changes_are_told_as_few() {
    let mut files = Folder::of(&[BASE]);
    let path = format!("{BASE}/rules/ruleset.toml");
    let mut rules: Table = files.text(&path).parse().unwrap();
    for (at, criterion) in criteria(&mut rules).iter_mut().enumerate() {
        let table = criterion.as_table_mut().unwrap();
        table.insert("weight".into(), Value::Integer(i64::try_from(at).unwrap() + 4));
        table.insert("decimals".into(), Value::Integer(3));
    }
    let header = rules.get_mut("ruleset").unwrap().as_table_mut().unwrap();
    header.insert("scale".into(), Value::Integer(50));
    header.insert("decimals".into(), Value::Integer(3));
    files.write(&path, rules.to_string());
    compared(&Folder::of(&[BASE]), &files, BASE, 2, |found| {
        adds_up(found, "many");
        let other = found.rules.as_ref().unwrap();
        assert_eq!(other.changes.len(), 18, "{}", text(found, false));
        assert!(other.parts.len() <= 9, "{:?}", other.parts);
        assert!(other.parts.iter().any(|part| part.reason == GroupingReason::SameCriterion));
        assert_eq!(other.parts.iter().filter(|part| part.reason == GroupingReason::Rest).count(), 1);
        let mut all: Vec<usize> = other.parts.iter().flat_map(|part| part.changes.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..18).collect::<Vec<_>>());
    });
}

/// A sum becomes a product of sections, whose groups have no weights: neither can stand without the other.
#[test]
fn what_cannot_stand_alone_stands_together() {
    let files = Edits::read("diff", "combine-sections.toml").apply();
    compared(&Folder::of(&[BASE]), &files, BASE, 1, |found| {
        let other = found.rules.as_ref().unwrap();
        assert_eq!(other.parts.len(), 1);
        assert_eq!(other.parts[0].reason, GroupingReason::StandTogether);
        assert_eq!(other.parts[0].changes.len(), 3);
    });
}

#[test]
fn a_change_that_moves_nothing_is_told_so() {
    let mut files = Folder::of(&[BASE]);
    files.edit(&format!("{BASE}/rules/ruleset.toml"), "{ from = 0.5, to = 1.5 }", "{ from = 0.5, to = 1.5001 }");
    files.edit(&format!("{BASE}/rules/ruleset.toml"), "at_least = 40", "at_least = 40.01");
    compared(&Folder::of(&[BASE]), &files, BASE, 1, |found| {
        let effects: Vec<ChangeEffect> = found.rules.as_ref().unwrap().changes.iter().map(|told| told.effect).collect();
        assert_eq!(effects.len(), 2);
        assert_eq!(effects[1], ChangeEffect::Nothing, "{}", text(found, false));
    });
}

// --- Years ------------------------------------------------------------------------------------------------------------

/// Values set against the other candidates move when others do.
#[test]
fn a_value_that_moved_only_because_others_did_is_told() {
    let old = Edits::read("variants", "relative.toml").apply();
    let mut new = old.clone();
    new.edit(&format!("{BASE}/survey.csv"), "graffiti,Graffiti,23,160", "graffiti,Graffiti,23,900");
    let said = compared(&old, &new, BASE, 1, |found| {
        adds_up(found, "relative");
        let shifts = &found.evidence.as_ref().unwrap().shifts;
        let others = |id: &str| {
            let shift =
                shifts.iter().find(|shift| found.new.assessment.candidates[shift.candidate.1].id == id).unwrap();
            shift.questions.iter().any(|question| question.because == Some(IndirectCause::Others))
        };
        assert!(others("burglary") && !others("graffiti"));
        text(found, false)
    });
    insta::assert_snapshot!("years-relative", said);
}

/// Every way of making a total: the variants of the base assessment, a year on.
#[test]
fn parts_of_the_evidence_add_up_however_totals_are_made() {
    let variants: Vec<String> = names_in("tests/variants", ".toml").into_iter().collect();
    side_by_side(&variants, |variant| {
        let old = Edits::read("variants", variant).apply();
        let mut new = old.clone();
        new.edit(&format!("{BASE}/survey.csv"), "burglary,Burglary,18.5,420", "burglary,Burglary,29,260");
        new.edit(&format!("{BASE}/evidence/robbery.toml"), "count = 81", "count = 131");
        new.edit(&format!("{BASE}/evidence/burglary.toml"), "judgement = 3", "judgement = 4");
        let sums = |found: &ListComparison<'_>| {
            adds_up(found, variant);
            let shifts = &found.evidence.as_ref().unwrap().shifts;
            let parts = |shift: &prioritise::diff::CandidateShift| -> Vec<(usize, i64)> {
                shift.questions.iter().filter_map(|it| Some((it.criterion, it.part?.units()))).collect()
            };
            let mut all: Vec<_> = shifts.iter().map(|shift| (shift.candidate.0, parts(shift))).collect();
            all.sort();
            all
        };
        let there = compared(&old, &new, BASE, 1, sums);
        let mut back = compared(&new, &old, BASE, 1, sums);
        back.iter_mut().flat_map(|(_, parts)| parts).for_each(|(_, part)| *part = -*part);
        assert_eq!(there, back, "{variant}");
        assert!(!there.is_empty());
    });
}

/// Both others: the rules change first, on the old evidence.
#[test]
fn rules_and_evidence_both() {
    let mut files = Edits::read("diff", "other-year.toml").apply();
    files.edit(&format!("{BASE}/rules/ruleset.toml"), "weight    = 30", "weight    = 40");
    let said = compared(&Folder::of(&[BASE]), &files, BASE, 1, |found| {
        adds_up(found, "both");
        for mover in &found.moved.movers {
            let of = |moved: &prioritise::diff::Movement| {
                let same = moved.movers.iter().find(|other| other.new.id == mover.new.id);
                same.and_then(MovedCandidate::total_change).map_or(0, Fixed::units)
            };
            let (rules, evidence) = (found.rules.as_ref().unwrap(), found.evidence.as_ref().unwrap());
            assert_eq!(mover.total_change().map(Fixed::units), Some(of(&rules.moved) + of(&evidence.moved)));
        }
        markdown(found)
    });
    insta::assert_snapshot!("years-and-rules", said);
}

// --- Lists and commands -----------------------------------------------------------------------------------------------

#[test]
fn what_moved_between_two_lists_as_text() {
    let list = |files: &Folder| {
        let (assessment, rules) = loaded(files, BASE);
        RankedList::from_ranking(&scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap())
    };
    let (old, new) = (list(&Folder::of(&[BASE])), list(&Edits::read("diff", "gate-changed.toml").apply()));
    insta::assert_snapshot!("moved", moved_text(&movement(&old, &new), false));
    assert!(moved_text(&movement(&old, &old), false).contains("4 candidates did not move"));
}

#[test]
fn the_command_compares_rule_sets_and_years() {
    let folder = tempfile::tempdir().unwrap();
    let files = Folder::of(&["fixtures/starter"]);
    for (name, weight) in [("ours", "weight    = 30"), ("next", "weight    = 45")] {
        let mut files = files.clone();
        files.edit("fixtures/starter/rules/ruleset.toml", "weight    = 30", weight);
        files.lay_out("fixtures/starter", &folder.path().join(name));
    }
    let run = |arguments: &[&str]| prioritise_in(folder.path(), &[&["diff"], arguments].concat());
    let both = run(&["ours", "--rules", "ours/rules", "--rules", "next/rules"]);
    assert_eq!((both.code, &*both.err), (Some(0), ""));
    assert!(both.out.contains("30 → 45"), "{}", both.out);
    assert_eq!(run(&["ours", "--rules", "next/rules"]).out, both.out);
    assert_eq!(run(&["ours", "next"]).out, both.out);
    assert!(run(&["ours", "next", "--rules", "ours/rules"]).out.contains("Both sides are the same"));
    for (wrong, why) in [
        (&["ours"][..], "nothing to compare with"),
        (&["ours", "next", "--rules", "ours/rules", "--rules", "next/rules"], "with one rule set"),
        (&["ours", "--rules", "a", "--rules", "b", "--rules", "c"], "more than twice"),
        (&["ours", "--rules", "nowhere"], "no file"),
    ] {
        let said = run(wrong);
        assert_eq!((said.code, &*said.out), (Some(2), ""), "{wrong:?}");
        assert!(said.err.contains(why), "{wrong:?}: {}", said.err);
    }
}

/// Two years, each with its own rules, and the new ones read another kind of evidence than the old year has.
#[test]
fn rules_that_cannot_rank_the_old_evidence_are_told() {
    let mut files = Folder::of(&[BASE]);
    let rules = format!("{BASE}/rules/ruleset.toml");
    files.edit(&rules, "[evidence.calls]\nkind  = \"count\"", "[evidence.calls]\nkind  = \"number\"");
    files.edit(&rules, "calls.rate(1000)", "calls");
    let column = "kind   = \"count\"\nperiod = \"2025/26\"";
    files.edit(&format!("{BASE}/assessment.toml"), column, "kind   = \"number\"");
    let (old, new) = (loaded(&Folder::of(&[BASE]), BASE), loaded(&files, BASE));
    let (old, new) = (
        DiffSide { assessment: &old.0, rules: &old.1, record: None },
        DiffSide { assessment: &new.0, rules: &new.1, record: None },
    );
    let problems = compare(old, new, NonZeroUsize::MIN).unwrap_err();
    assert!(told(&problems).contains("`calls` is a count here; the rule set reads a number"), "{}", told(&problems));
}

/// A value that a meeting changed is a change of the rules, and the totals that it moves are put down to it.
#[test]
fn a_parameters_value_is_a_change_of_its_own() {
    let with = |value: &str| {
        let mut files = Folder::of(&["fixtures/starter"]);
        let path = "fixtures/starter/rules/ruleset.toml";
        let rules = files.text(path).replacen("weight    = 30", "weight    = \"of_volume\"", 1);
        let parameter = format!(
            "\n[parameter.of_volume]\ntitle = \"Weight of volume\"\nvalues = [\n\
             {{ from = \"2020-01-01\", value = 20, source = \"Board, 3 December 2019, item 2\" }},\n\
             {{ from = \"2025-01-01\", value = {value}, source = \"Board, 10 December 2024, item 4\" }},\n]\n"
        );
        files.write(path, format!("{rules}{parameter}"));
        files
    };
    let between = |new: &Folder| {
        compared(&with("30"), new, "fixtures/starter", 1, |found| {
            adds_up(found, "a parameter");
            text(found, false)
        })
    };
    insta::assert_snapshot!(between(&with("35")));
    assert!(between(&with("30.0")).contains("say the same"));
}
