//! Each chart of a list by itself, as SVG: for slides, a newsletter or another report. A file has its title, what it is of and
//! its key in it, and needs no style sheet, script or font of ours. A chart is a file here, and a line of the list below.

mod frame;
mod list;
mod points;
mod svg;

use crate::ranked::RankedAssessment;

/// A chart of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Everybody's total on the scale, and what it could be.
    List,
    /// What each question earned for everybody.
    Points,
}

/// The chart of a list.
pub fn chart(which: Chart, report: &RankedAssessment<'_>) -> String {
    match which {
        Chart::List => list::drawn(report),
        Chart::Points => points::drawn(report),
    }
}
