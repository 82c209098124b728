//! `prioritise import members`: lists of members' priorities, once.

use std::path::PathBuf;

use super::shared::{OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::members::{self, MembersOptions};

/// Lists of members' priorities, for an assessment that is made from several
#[derive(Debug, clap::Args)]
pub(super) struct Members {
    /// The lists: a table with a row for each priority, `Member` and `Priority`, and perhaps `Rank`, `Total` and `Chosen`;
    /// or a text that ends in `.txt` or `.md`, with a line for each priority below its member's name
    file: PathBuf,
    /// The period that the lists are for: `2014/15`
    #[arg(long, value_name = "PERIOD")]
    period: String,
    /// The id of the document that they are from, as the assessment names it
    #[arg(long, value_name = "ID")]
    source: String,
    /// The place in the document; the row or line of each member stands behind it
    #[arg(long = "where", value_name = "TEXT")]
    place: String,
    /// The document says that each list is in order, the first first; numbers alone do not say so
    #[arg(long)]
    ranked: bool,
    /// The member whose list the file is, where the file does not name members
    #[arg(long, value_name = "TITLE")]
    member: Option<String>,
    #[command(flatten)]
    into: OutputFolder,
}

pub(super) fn run(asked: &Members, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = MembersOptions {
        path: text_of(&asked.file)?,
        period: asked.period.clone(),
        source: asked.source.clone(),
        place: asked.place.clone(),
        is_ranked: asked.ranked,
        member: asked.member.clone(),
    };
    write(&members::import(&Disk, &options)?, &asked.into, terminal)
}
