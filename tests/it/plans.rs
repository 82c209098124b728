//! Plans beside an assessment: read from any kind of files, with a digest of their own, and without a trace in the ranking.
#![expect(clippy::disallowed_methods, reason = "records are read from the disk")]

use prioritise::assessment::plan::{Goal, Plan, Wanted};
use prioritise::diagnostic::Problems;

use crate::support::{Folder, prioritise};

const BASE: &str = "tests/base";
const PLAN: &str = include_str!("plans/plan-2024.toml");

/// The base assessment with this plan to be reviewed.
fn with_plan(text: &str) -> Folder {
    let mut folder = Folder::of(&[BASE]);
    let named = "rules       = \"rules\"\nreviews     = [\"plan-2024.toml\"]";
    folder.edit(&format!("{BASE}/assessment.toml"), "rules       = \"rules\"", named);
    folder.write(&format!("{BASE}/plan-2024.toml"), text);
    folder
}

#[track_caller]
fn read(folder: &Folder) -> prioritise::assessment::Assessment {
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(folder, BASE, &mut problems);
    assert!(!problems.has_errors(), "{:?}", problems.sorted());
    read.assessment.unwrap()
}

fn plan(text: &str) -> Plan {
    read(&with_plan(text)).reviews.remove(0)
}

#[test]
fn a_plan_is_read_with_the_digits_as_printed() {
    let plan = plan(PLAN);
    assert_eq!((&*plan.id, &*plan.title), ("plan-2024", "Plan 2024/25"));
    let measure = |id: &str| plan.measures.iter().find(|measure| measure.id == id).unwrap();
    let worry = measure("worry");
    let printed = |reading: &Option<prioritise::assessment::plan::Reading>| reading.as_ref().unwrap().printed.clone();
    assert_eq!((printed(&worry.baseline), printed(&worry.actual)), ("10.4%".into(), "7.0%".into()));
    assert_eq!((worry.wanted, worry.target.goal), (Wanted::Less, Goal::AnyStep));
    let recorded = measure("recorded");
    assert_eq!((printed(&recorded.baseline), printed(&recorded.actual)), ("640".into(), "702".into()));
    assert_eq!(recorded.actual.as_ref().unwrap().link.as_ref().unwrap().candidate, "burglary");
    assert_eq!(plan.sources.len(), 3, "its own and the assessment’s");
}

#[test]
fn a_plan_changes_no_digest_but_its_own() {
    let (with, without) = (read(&with_plan(PLAN)), read(&Folder::of(&[BASE])));
    assert_eq!(with.digest, without.digest);
    let reordered = PLAN
        .replace("title  = \"Plan 2024/25\"\nperiod = \"2024/25\"", "period = '2024/25' # so\ntitle = 'Plan 2024/25'");
    assert_ne!(reordered, PLAN);
    assert_eq!(plan(&reordered).digest, plan(PLAN).digest);
    assert_ne!(plan(&PLAN.replace("7.0", "7.1")).digest, plan(PLAN).digest);
}

#[test]
fn a_plan_is_part_of_a_record_and_changes_nothing_of_the_ranking() {
    let folder = tempfile::tempdir().unwrap();
    let sealed = |name: &str, files: &Folder| {
        let there = folder.path().join(name);
        files.lay_out(BASE, &there);
        let record = there.join("record");
        let said = prioritise(&["record", there.to_str().unwrap(), "--quiet", "-o", record.to_str().unwrap()]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert_eq!(prioritise(&["verify", record.to_str().unwrap()]).code, Some(0));
        record.join("data")
    };
    let (with, without) = (sealed("with", &with_plan(PLAN)), sealed("without", &Folder::of(&[BASE])));
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(with.join("assessment/plan-2024.toml")), PLAN);
    assert!(read(with.join("review.json")).contains("prioritise/review/1"));
    assert!(!without.join("review.json").exists());
    assert_eq!(read(with.join("ranking.json")), read(without.join("ranking.json")));
}
