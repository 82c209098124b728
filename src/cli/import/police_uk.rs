//! `prioritise import police-uk`: the monthly street files of data.police.uk.

use std::path::PathBuf;

use super::Into;
use crate::cli::Exit;
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::{Account, Import};

/// Street-level crime from data.police.uk
#[derive(Debug, clap::Args)]
pub(super) struct PoliceUk {
    /// The folder with a folder of street files for each month
    folder: PathBuf,
    #[command(flatten)]
    into: Into,
}

pub(super) fn run(police: &PoliceUk, terminal: &Terminal) -> Result<Exit, Problems> {
    let import = Import { files: Vec::new(), account: Account::new("street rows"), remarks: Vec::new() };
    super::write(&import, &police.into, terminal)
}
