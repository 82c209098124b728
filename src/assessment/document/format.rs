//! A document's tables and statements exactly as they are written, to be recomputed.
//!
//! The doc comments are what editors show, through the JSON Schema made from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::assessment::claim::Meaning;
use crate::toml_file::{At, WrittenNumber};

/// What one document prints: its tables, as CSV files, and what its text says of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise document")]
pub struct DocumentFile {
    /// The document's id.
    pub source: At<String>,
    /// Areas that rates are of, by a name of yours. Rates that name none are of the assessment's population.
    #[serde(default)]
    pub area: BTreeMap<String, Area>,
    /// Its tables.
    #[serde(default)]
    pub table: Vec<Table>,
    /// What its text says of figures in the tables.
    #[serde(default)]
    pub text: Vec<At<Text>>,
}

/// An area with its population.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Area {
    /// How many people.
    pub people: At<WrittenNumber>,
    /// When there were so many.
    pub period: At<String>,
    /// Where that is said.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// By how much the population may change in a year, in per cent: 1 unless told.
    pub yearly_change: Option<At<WrittenNumber>>,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// A table of the document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Table {
    /// What the document calls it: `Table 8`.
    pub name: At<String>,
    /// Its title.
    pub title: Option<String>,
    /// The CSV file with its cells as printed, relative to this file.
    pub file: At<String>,
    /// The header of the column that names the rows.
    pub row: At<String>,
    /// What rows or columns cover, by name, where the name itself is no period.
    #[serde(default)]
    pub period: BTreeMap<String, At<String>>,
    /// What can be recomputed in it.
    #[serde(default)]
    pub recompute: Vec<At<Recompute>>,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// Figures of a table that follow from others of it. Just one of `rate`, `percentage`, `change`, `total` and `shares`
/// says which.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Recompute {
    /// The column of rates; needs `count`.
    pub rate: Option<At<String>>,
    /// The column of percentages; needs `part` and `whole`.
    pub percentage: Option<At<String>>,
    /// The column of percentage changes; needs `from` and `to`.
    pub change: Option<At<String>>,
    /// The row or column of totals; needs `of`.
    pub total: Option<At<String>>,
    /// The column whose percentages make up 100.
    pub shares: Option<At<String>>,

    /// The column of counts that rates are made of.
    pub count: Option<At<String>>,
    /// The rates' denominator, 1,000 unless told.
    pub per: Option<At<WrittenNumber>>,
    /// The area that rates are of; the assessment's unless told.
    pub area: Option<At<String>>,
    /// Rows from whose rate the population itself was worked out: they hold by the way it was made, and do not count.
    pub worked_back: Option<Vec<At<String>>>,
    /// The column of parts.
    pub part: Option<At<String>>,
    /// The column of wholes.
    pub whole: Option<At<String>>,
    /// The column before.
    pub from: Option<At<String>>,
    /// The column after.
    pub to: Option<At<String>>,
    /// The rows or columns that are added up.
    pub of: Option<Vec<At<String>>>,
}

/// What the text says of figures in the tables. Just one of `rate`, `rates`, `percentage`, `change`, `difference`,
/// `total`, `contains`, `repeats` and `says`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Text {
    /// Where in the document.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// A rate, as printed; needs `count`.
    pub rate: Option<At<String>>,
    /// Rates of a table that add up to one of all their periods; needs `count`.
    pub rates: Option<At<Cells>>,
    /// A percentage, as printed; needs `part` and `whole`.
    pub percentage: Option<At<String>>,
    /// A percentage change, as printed, `-` before a fall; needs `from` and `to`.
    pub change: Option<At<String>>,
    /// By how much a figure rose, as printed, `-` before a fall; needs `from` and `to`.
    pub difference: Option<At<String>>,
    /// A sum, as printed; needs `of`.
    pub total: Option<At<String>>,
    /// A figure, as printed, that others are parts of: it can't be below their sum; needs `part`.
    pub contains: Option<At<String>>,
    /// A figure of a table, as the text prints it; needs `of`.
    pub repeats: Option<At<String>>,
    /// A comparison in words; needs `from` and `to`, or `of` for several figures in order.
    pub says: Option<At<String>>,
    /// What the words of `says` mean, so that it can be checked.
    pub means: Option<At<Meaning>>,
    /// What a reader should know of it.
    pub note: Option<String>,

    /// The cells that a rate is made of.
    pub count: Option<At<Cells>>,
    /// The rate's denominator, 1,000 unless told.
    pub per: Option<At<WrittenNumber>>,
    /// The area that the rate is of; the assessment's unless told.
    pub area: Option<At<String>>,
    /// The cells that are shared out.
    pub part: Option<At<Cells>>,
    /// The cells of which they are a share.
    pub whole: Option<At<Cells>>,
    /// The cells before.
    pub from: Option<At<Cells>>,
    /// The cells after.
    pub to: Option<At<Cells>>,
    /// The cells that are added up, repeated or compared in order.
    pub of: Option<At<Cells>>,
}

/// Cells of a table: one, or several to be added up.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "a table such as { table = \"Table 1\", rows = [\"2018/19\"], columns = [\"Crimes\"] }"
)]
pub struct Cells {
    /// The table's name.
    pub table: At<String>,
    /// The rows, by name.
    pub rows: Vec<At<String>>,
    /// The columns, by header.
    pub columns: Vec<At<String>>,
    /// As many cells that these are multiplied by, each by its own: counts by the harm of each, a share by its whole.
    pub times: Option<Box<At<Self>>>,
    /// More cells to be added up, of this table or another.
    pub and: Option<Box<At<Self>>>,
}
