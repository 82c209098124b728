//! The second side: everybody on one chart, first against second, and the line.

use schemars::JsonSchema;
use serde::Serialize;

/// The second side of the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListSide {
    /// The finding, as a heading.
    pub heading: String,
    /// What the chart shows.
    pub caption: String,
    /// `problem` or `area`, with a capital: what stands in the list.
    pub noun: String,
    /// How large the rows are: `few`, `some` or `many`.
    pub size: &'static str,
    /// The marks of the axis.
    pub axis: Vec<AxisMark>,
    /// Where the last place went, or where the first tier begins; none where there is no such line.
    pub line: Option<AxisMark>,
    /// What the column of made-up shares is headed; none where nothing is made up.
    pub made_up_heading: Option<&'static str>,
    /// Whether a rule decides on one of those who are drawn.
    pub has_off: bool,
    /// What the last column is headed; none where nothing is told there.
    pub sure_heading: Option<String>,
    /// Those with a total, by where they stand.
    pub bands: Vec<DotBand>,
    /// Who has no total, and why, a sentence each.
    pub without_total: Vec<String>,
    /// Who is not drawn; none where everybody is.
    pub left_out: Option<String>,
    /// How the chart is read, a sentence each.
    pub notes: Vec<String>,
    /// The first against the second; none where fewer than two have a total.
    pub first: Option<Versus>,
    /// The last place in against the first out; none where there is no line.
    pub last: Option<Versus>,
    /// What makes those who can't be told apart alike.
    pub alike_by: String,
    /// Who can't be told apart, a group each.
    pub alike: Vec<String>,
}

/// A mark of the axis.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AxisMark {
    /// Where it stands, in per cent of the width.
    pub at: String,
    /// What it says.
    pub label: String,
}

/// Those who stand at one place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DotBand {
    /// Where they stand, with what that takes.
    pub title: String,
    /// Whether it is the first under the line.
    pub below: bool,
    /// Who stands there.
    pub rows: Vec<DotRow>,
}

/// One of the list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DotRow {
    /// Its id, which its sheet in the annex has as well.
    pub id: String,
    /// Whether the annex has a sheet for it.
    pub has_section: bool,
    /// Its rank; a dash where none is shown.
    pub rank: String,
    /// Its title.
    pub title: String,
    /// What a rule did to it, in a word; none where nothing.
    pub tag: Option<String>,
    /// Its total.
    pub total: String,
    /// Where its total stands, in per cent of the width.
    pub at: String,
    /// Where the lowest that it could be stands, in per cent of the width; none where nothing leaves room.
    pub from: Option<String>,
    /// How long the bar to the highest is, in per cent of the width.
    pub width: Option<String>,
    /// `in`, `out` or `off`: the shape of its mark.
    pub shape: &'static str,
    /// What its total could be; a dash where nothing leaves room.
    pub could_be: String,
    /// How much of what it scores is made up: `61%`; none where nothing is.
    pub made_up: Option<String>,
    /// Whether that is more than half.
    pub mostly_made_up: bool,
    /// In how many of a hundred draws it has a place; none where none were made.
    pub runs: Option<String>,
    /// How sure its place is, in a word or two.
    pub sure: String,
}

/// One against another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Versus {
    /// Who is ahead, and by how much.
    pub heading: String,
    /// Why, and how sure that is, a sentence each.
    pub sentences: Vec<String>,
    /// What single change of weight would swap them.
    pub swap: String,
}
