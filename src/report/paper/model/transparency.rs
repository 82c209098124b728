//! A draft of the record that a standard for algorithmic tools asks for.

use schemars::JsonSchema;
use serde::Serialize;

/// A draft of a transparency record: what is known, and what is still to be asked.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct PaperTransparency {
    /// The standard and its version.
    pub standard: String,
    /// Where the names of its fields are from.
    pub source: String,
    /// How many fields on the tool, its data and the decision are filled, in a sentence.
    pub filled: String,
    /// Its sections, in the order of the standard.
    pub sections: Vec<TransparencySection>,
}

/// A section of the record.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TransparencySection {
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<TransparencyField>,
}

/// A field of the record.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TransparencyField {
    /// Its number, where the standard prints one.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// What it concerns: `tool`, `data`, `decision`, `owner`, or `none` where it does not apply.
    pub about: &'static str,
    /// What is known; none where nothing is.
    pub text: Option<String>,
    /// What the partnership must still say; none where nothing is left to ask.
    pub ask: Option<String>,
}
