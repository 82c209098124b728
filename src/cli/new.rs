//! `prioritise new`: a commented assessment and rule set to start from. They are the ones in `fixtures/starter`, each with
//! a first line that tells editors its schema, and the schemas beside them.

use std::path::PathBuf;

use super::Exit;
use super::disk::{make_empty_folder, make_folder, write_whole};
use super::output::{Terminal, write_errors};
use super::schema::{SchemaDraft, SchemaFormat, text};
use crate::diagnostic::Problems;

/// The files of the starter, by their place in the new folder, with their formats.
const STARTER: [(&str, Option<SchemaFormat>, &str); 6] = [
    ("assessment.toml", Some(SchemaFormat::Assessment), include_str!("../../fixtures/starter/assessment.toml")),
    (
        "evidence/burglary.toml",
        Some(SchemaFormat::Evidence),
        include_str!("../../fixtures/starter/evidence/burglary.toml"),
    ),
    (
        "evidence/domestic-abuse.toml",
        Some(SchemaFormat::Evidence),
        include_str!("../../fixtures/starter/evidence/domestic-abuse.toml"),
    ),
    ("rules/ruleset.toml", Some(SchemaFormat::Rules), include_str!("../../fixtures/starter/rules/ruleset.toml")),
    (
        "rules/tests/rules.toml",
        Some(SchemaFormat::Tests),
        include_str!("../../fixtures/starter/rules/tests/rules.toml"),
    ),
    ("rules/change.rhai", None, include_str!("../../fixtures/starter/rules/change.rhai")),
];
/// Where the schemas go.
const SCHEMAS: &str = "schemas";

/// Make a folder with a commented assessment and rule set to start from
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder to make; it must not exist, or be empty
    folder: PathBuf,
}

pub(super) fn run(new: &New, terminal: &Terminal) -> Result<Exit, Problems> {
    make_empty_folder(&new.folder)?;
    let starter = STARTER.map(|(name, format, content)| (name.to_owned(), with_schema(name, format, content)));
    // Draft 7 is what every editor reads.
    let schemas =
        SchemaFormat::WRITTEN.map(|of| (format!("{SCHEMAS}/{}", of.file_name()), text(of, SchemaDraft::Seven)));
    for (name, content) in starter.iter().chain(&schemas) {
        let path = new.folder.join(name);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_whole(&path, content)?;
    }
    if !terminal.quiet {
        let folder = new.folder.display();
        write_errors(&format!("made {folder}; rank it with: prioritise rank {folder}\n"));
    }
    Ok(Exit::Done)
}

/// The file with a first line that names its schema, as seen from where it stands.
fn with_schema(name: &str, format: Option<SchemaFormat>, content: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    match format {
        Some(of) => format!("#:schema {up}{SCHEMAS}/{}\n\n{content}", of.file_name()),
        None => content.to_owned(),
    }
}
