//! Who the members are, and whose priorities the themes have become.

use super::movement::MAX_LINES;
use super::section::{DiffSection, DiffTable};
use crate::diff::{MembersComparison, ThemeShift};
use crate::words::{listed, whole};

/// Who joined and left, and theme by theme which members have it now and which no longer.
pub(super) fn members(found: &MembersComparison) -> DiffSection {
    let mut section = DiffSection::new("What the members say");
    section.before = found.words();
    section.table =
        DiffTable::new(&[("", false), ("now has it", false), ("no longer", false), ("does not say now", false)]);
    let row = |theme: &ThemeShift| {
        vec![theme.title.clone(), listed(&theme.gained), listed(&theme.lost), listed(&theme.not_said)]
    };
    section.table.rows = found.themes.iter().take(MAX_LINES).map(row).collect();
    if found.themes.len() > MAX_LINES {
        section.after.push(format!("The first {MAX_LINES} of {} are shown.", whole(found.themes.len())));
    }
    section
}
