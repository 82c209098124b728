//! Last year's assessment, as it is handed in.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Problem};
use crate::ranked::RankedAssessment;
use crate::record::Inputs;

/// Last year's assessment: its files, and what the engine makes of them.
#[derive(Debug)]
pub struct LastYear<'a> {
    /// The folder or record, as a person named it.
    pub name: &'a str,
    /// The digest of the record; none of a folder.
    pub record: Option<&'a str>,
    /// Its files and those of its rules.
    pub inputs: &'a Inputs,
    /// The list, with what the board decided.
    pub ranked: &'a RankedAssessment<'a>,
    /// Where the rules stand.
    pub rules: RulesPlace,
    /// Files that the rules name and that no ranking reads, by their path in the folder of the rules: answers.
    pub beside_rules: BTreeMap<String, Vec<u8>>,
}

impl LastYear<'_> {
    /// A file of its folder; none where it is not there.
    ///
    /// # Errors
    /// A file that is not UTF-8.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        let bytes = self.inputs.files().get(&format!("assessment/{name}"));
        let text = bytes.map(|bytes| String::from_utf8(bytes.clone())).transpose();
        text.map_err(|_| Problem::new(Code::FileUnreadable, format!("`{name}` is not UTF-8")).help("save it as UTF-8"))
    }
}

/// Where the rules of the new assessment stand, as seen from its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RulesPlace {
    /// In a folder of it: they are copied.
    Copied(String),
    /// Elsewhere: they are the same files.
    Elsewhere(String),
}

impl RulesPlace {
    pub(super) fn folder(&self) -> &str {
        match self {
            Self::Copied(folder) | Self::Elsewhere(folder) => folder,
        }
    }
}
