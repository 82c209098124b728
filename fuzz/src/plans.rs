//! Plan files: one with actions, resources and conditions to choose from, and one whose measures are reviewed.

use std::sync::LazyLock;

use prioritise::choose::{Asked, of_plan};
use prioritise::diagnostic::Problems;
use prioritise::report;
use prioritise::report::review::{self, ReviewView};

use crate::folder::Folder;
use crate::sound::{ONE, shown, told, told_one};
use crate::wholes::with_report;

const ACTIONS: &str = "tests/cases/plan-of-actions";
const EQUALS: &str = "tests/cases/plan-of-equals";
const REVIEWED: &str = "tests/cases/review-of-odd-figures";
const HUNTINGDONSHIRE: &str = "fixtures/huntingdonshire-2019/plan.toml";
const WELLINGBOROUGH: &str = "fixtures/wellingborough-2013/plan-2013.toml";

static PLANNED: LazyLock<Folder> = LazyLock::new(|| Folder::of_repository(ACTIONS));
static DONE: LazyLock<Folder> = LazyLock::new(|| Folder::of_repository(REVIEWED));

fn bytes_of(path: &str) -> Vec<u8> {
    Folder::of_repository(path).0.into_values().next().expect("a file of the repository")
}

/// The list with the plan, and the best set of its actions, also over a few draws.
pub(crate) fn plan(bytes: &[u8]) {
    let files = PLANNED.with(&format!("{ACTIONS}/plan.toml"), bytes);
    with_report(&files, ACTIONS, |report| {
        let checked = prioritise::check(report);
        match checked {
            Ok((problems, _)) => told(&problems),
            Err(problem) => told_one(problem),
        }
        for asked in [Asked::default(), Asked { draws: Some((3, 1)), ..Asked::default() }] {
            match of_plan(report, &asked, ONE, &report.rules.library.budget) {
                Err(problems) => told(&problems),
                Ok(choice) => {
                    shown(&report::choose::text(report, &choice, false));
                    report::choose::markdown(report, &choice);
                    report::choose::html(report, &choice);
                    report::choose::json(report, &choice);
                }
            }
        }
    });
}

pub(crate) fn plans() -> Vec<Vec<u8>> {
    [format!("{ACTIONS}/plan.toml"), format!("{EQUALS}/plan.toml"), HUNTINGDONSHIRE.to_owned()]
        .iter()
        .map(|path| bytes_of(path))
        .collect()
}

/// What became of the plan's measures, in every form.
pub(crate) fn plan_reviewed(bytes: &[u8]) {
    let files = DONE.with(&format!("{REVIEWED}/plan-2024.toml"), bytes);
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(&files, REVIEWED, &mut problems);
    told(&problems);
    let Some(assessment) = read.assessment else { return };
    told(&prioritise::review::problems(&assessment));
    let view = ReviewView::new(&assessment);
    shown(&review::text(&view, false));
    review::markdown(&view);
    review::html(&view);
    review::json(&view);
    review::csv(&view);
    if let Err(problem) = review::workbook(&view) {
        told_one(problem);
    }
}

pub(crate) fn plans_reviewed() -> Vec<Vec<u8>> {
    [format!("{REVIEWED}/plan-2024.toml"), WELLINGBOROUGH.to_owned(), "tests/it/plans/plan-2024.toml".to_owned()]
        .iter()
        .map(|path| bytes_of(path))
        .collect()
}
