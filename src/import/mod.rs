//! Other people's files into evidence, with an account of every row that was read.
//!
//! One file for each kind of data. An importer takes text or bytes and gives back the files to write: it never touches
//! a disk, never guesses what a cell means, and never leaves a row out without counting it under a reason. What is
//! absent stays absent; it is never written as zero.

mod account;
pub mod deprivation;
pub mod fingertips;
mod given;
pub mod harm;
pub mod home_office;
pub mod lookup;
pub mod matrix;
pub mod members;
pub mod police_uk;
pub mod population;
pub mod table;
mod write;

pub use account::RowAccount;
pub use given::CitedDocument;
pub(crate) use given::toml_number;
pub use write::EvidenceText;
pub(crate) use write::inline;

use crate::words::visible;

/// What an import made, to be written if the account balances.
#[derive(Debug)]
pub struct Import {
    /// The files, each by its path below the folder that was asked for, with `/` between folders, and its text.
    pub files: Vec<(String, String)>,
    /// What became of each row.
    pub account: RowAccount,
    /// What a reader should know of it, a sentence each.
    pub remarks: Vec<String>,
}

impl Import {
    /// The account and the remarks, for a terminal.
    pub fn summary(&self) -> String {
        let mut text = self.account.to_string();
        for remark in &self.remarks {
            text.push_str(&format!("\n{}\n", textwrap::fill(remark, 80)));
        }
        visible(&text, &['\n']).into_owned()
    }
}
