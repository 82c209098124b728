//! `prioritise new`: a commented assessment and rule set to start from. They are the ones in `fixtures/starter`.

use std::path::PathBuf;

use super::Exit;
use super::disk::{make_empty_folder, make_folder, write_whole};
use super::output::{Terminal, write_errors};
use crate::diagnostic::Problems;

/// The files of the starter, by their place in the new folder.
const STARTER: [(&str, &str); 6] = [
    ("assessment.toml", include_str!("../../fixtures/starter/assessment.toml")),
    ("evidence/burglary.toml", include_str!("../../fixtures/starter/evidence/burglary.toml")),
    ("evidence/domestic-abuse.toml", include_str!("../../fixtures/starter/evidence/domestic-abuse.toml")),
    ("rules/ruleset.toml", include_str!("../../fixtures/starter/rules/ruleset.toml")),
    ("rules/tests/rules.toml", include_str!("../../fixtures/starter/rules/tests/rules.toml")),
    ("rules/change.rhai", include_str!("../../fixtures/starter/rules/change.rhai")),
];

/// Make a folder with a commented assessment and rule set to start from
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder to make; it must not exist, or be empty
    folder: PathBuf,
}

pub(super) fn run(new: &New, terminal: &Terminal) -> Result<Exit, Problems> {
    make_empty_folder(&new.folder)?;
    for (name, text) in STARTER {
        let path = new.folder.join(name);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_whole(&path, text)?;
    }
    if !terminal.quiet {
        let folder = new.folder.display();
        write_errors(&format!("made {folder}; rank it with: prioritise rank {folder}\n"));
    }
    Ok(Exit::Done)
}
