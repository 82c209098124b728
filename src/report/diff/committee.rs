//! What a committee is told beside the list, and was.

use super::section::{DiffSection, DiffTable};
use crate::diff::CommitteeShift;
use crate::words::{lower_title, upper_first};

/// Part by part what is new, other or gone; none where nothing is.
pub(super) fn committee(found: &[CommitteeShift<'_>]) -> Option<DiffSection> {
    let mut section = DiffSection::new("What a committee is told");
    section.table = DiffTable::new(&[("", false), ("old", false), ("new", false)]);
    let filed = |text: Option<&str>| text.unwrap_or("–").to_owned();
    let what = |shift: &CommitteeShift<'_>| match shift.key.starts_with("committee.characteristics.") {
        true => format!("Equality: {}", lower_title(shift.what)),
        false => upper_first(shift.what),
    };
    let row = |shift: &CommitteeShift<'_>| vec![what(shift), filed(shift.old), filed(shift.new)];
    section.table.rows = found.iter().map(row).collect();
    (!found.is_empty()).then_some(section)
}
