//! What areas that became others did, before anything else changed.

use super::movement::{MAX_LINES, row};
use super::section::{DiffSection, DiffTable};
use crate::diff::AreasComparison;
use crate::words::whole;

/// What the areas did to the old list.
pub(super) fn areas(found: &Result<AreasComparison, String>) -> DiffSection {
    let mut section = DiffSection::new("What the areas did");
    let found = match found {
        Ok(found) => found,
        Err(why) => {
            section.before.push(format!("Areas became others, and what they did can't be told apart: {why}."));
            return section;
        }
    };
    section.before = found.words();
    section.table = DiffTable::new(&[("", false), ("rank", true), ("total", true), ("by", true), ("tier", false)]);
    section.table.rows = found.moved.movers.iter().take(MAX_LINES).map(row).collect();
    if found.moved.movers.len() > MAX_LINES {
        let all = whole(found.moved.movers.len());
        section.after.push(format!("The first {MAX_LINES} of {all} are shown; the JSON has all."));
    }
    section
}
