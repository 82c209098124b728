//! A chart as a template sees it.

use schemars::JsonSchema;
use serde::Serialize;

/// A chart with what must stand beside it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Chart {
    /// Unique on the page.
    pub id: String,
    /// What it shows, as a finding.
    pub title: String,
    /// The measure, the place and the period.
    pub subtitle: String,
    /// What its marks mean.
    pub key: Vec<KeyMark>,
    /// SVG elements, each short enough for a page.
    pub panels: Vec<String>,
}

/// One mark of a chart's key.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KeyMark {
    /// Its class in the style sheet.
    pub class: &'static str,
    /// What it means.
    pub meaning: String,
}
