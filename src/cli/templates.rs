//! `prioritise templates`: the paper's built-in templates, to be changed.

use std::path::PathBuf;

use super::Exit;
use super::disk::{make_empty_folder, write_whole};
use super::output::Terminal;
use crate::diagnostic::Problems;
use crate::report::paper::BUILT_IN;

/// Write the paper's templates to a folder, for you to change
#[derive(Debug, clap::Args)]
pub(super) struct Templates {
    /// The folder to make; it must not exist, or be empty
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
}

pub(super) fn run(write: &Templates, terminal: &Terminal) -> Result<Exit, Problems> {
    make_empty_folder(&write.output)?;
    for (name, text) in BUILT_IN {
        write_whole(&write.output.join(name), text)?;
    }
    let folder = write.output.display();
    terminal.say(&format!("made {folder}; use it with: prioritise rank ASSESSMENT -o paper.html --templates {folder}"));
    Ok(Exit::Done)
}
