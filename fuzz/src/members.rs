//! The files of an assessment with members: its themes, and the list of a member that files no more than that.

use std::sync::LazyLock;

use prioritise::report;

use crate::folder::Folder;
use crate::sound::{shown, told, told_one};
use crate::wholes::with_report;

const COUNTY: &str = "tests/cases/county-of-two-years/after";
const BEFORE: &str = "tests/cases/county-of-two-years/before";
const PRINTED: &str = "fixtures/cambridgeshire-2014";

static FILES: LazyLock<Folder> = LazyLock::new(|| Folder::of_repository(COUNTY));

/// The county's list and its matrix, with these bytes in place of the file at `path`.
fn county(path: &str, bytes: &[u8]) {
    with_report(&FILES.with(&format!("{COUNTY}/{path}"), bytes), COUNTY, |made| {
        match prioritise::check(made) {
            Ok((problems, _)) => told(&problems),
            Err(problem) => told_one(problem),
        }
        shown(&report::text(made, false));
    });
}

pub(crate) fn themes(bytes: &[u8]) {
    county("themes.toml", bytes);
}

pub(crate) fn theme_files() -> Vec<Vec<u8>> {
    seeds("themes.toml")
}

pub(crate) fn member_list(bytes: &[u8]) {
    county("members/east.toml", bytes);
}

pub(crate) fn member_lists() -> Vec<Vec<u8>> {
    seeds("members/east.toml")
}

fn seeds(path: &str) -> Vec<Vec<u8>> {
    let of = |home: &str| Folder::of_repository(&format!("{home}/{path}")).0.into_values();
    [COUNTY, BEFORE, PRINTED].into_iter().flat_map(of).collect()
}
