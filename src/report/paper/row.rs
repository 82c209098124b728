//! One candidate in a few cells.

use super::model::ListRow;
use super::words::or_dash;
use crate::explain::{main_reasons, range_in_a_cell};
use crate::report::answered;
use crate::scoring::{GateTrace, Trace};
use crate::words::{listed, lower_title};

/// So many candidates have a section of their own, the first of the list; an annex with more could not be read.
pub const MAX_SECTIONS: usize = 100;
/// So many questions are named as those that carry a total.
pub(super) const MAX_REASONS: usize = 3;

/// The candidate in a few cells.
pub(super) fn row(trace: &Trace<'_>, has_section: bool) -> ListRow {
    let carried: Vec<String> =
        main_reasons(trace, MAX_REASONS).iter().map(|part| lower_title(&part.criterion.title)).collect();
    ListRow {
        id: trace.candidate.id.clone(),
        has_section,
        rank: or_dash(trace.shown_rank()),
        title: trace.candidate.title.clone(),
        gate: trace.placed_by().map(GateTrace::in_the_paper),
        total: or_dash(trace.total),
        could_be: or_dash(trace.range.map(range_in_a_cell)),
        answered: answered(trace),
        carried_by: listed(&carried),
    }
}
