//! `prioritise new`: a commented assessment and rule set to start from, or next year's folder from last year's. The first
//! are the ones in `fixtures/starter`, each with a first line that tells editors its schema, and the schemas beside them.

use std::path::{Path, PathBuf};

use super::Exit;
use super::disk::{make_empty_folder, make_folder, write_whole};
use super::next_year;
use super::output::{Terminal, typed};
use super::schema::{SchemaDraft, SchemaFormat, text};
use crate::diagnostic::Problems;
use crate::next_year::{SCHEMAS, schema_comment};

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
/// Make a folder with a commented assessment and rule set to start from, or next year's from last year's
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder to make; it must not exist, or be empty
    folder: PathBuf,
    /// Last year's assessment, a folder or a record: the same candidates, sources and rules, last year's plan to review,
    /// and every figure asked for
    #[arg(long, value_name = "LAST")]
    from: Option<PathBuf>,
}

pub(super) fn run(new: &New, terminal: &Terminal) -> Result<Exit, Problems> {
    match &new.from {
        Some(last) => next_year::run(&new.folder, last, schemas(), terminal),
        None => starter(&new.folder, terminal),
    }
}

fn starter(folder: &Path, terminal: &Terminal) -> Result<Exit, Problems> {
    make_empty_folder(folder)?;
    let starter = STARTER.map(|(name, format, content)| (name.to_owned(), with_schema(name, format, content)));
    for (name, content) in starter.iter().chain(&schemas()) {
        let path = folder.join(name);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_whole(&path, content)?;
    }
    terminal.say(&format!("made {}; rank it with: prioritise rank {}", folder.display(), typed(folder)));
    Ok(Exit::Done)
}

/// The schemas of what people write, by their place in the new folder.
fn schemas() -> Vec<(String, String)> {
    // Draft 7 is what every editor reads.
    SchemaFormat::WRITTEN
        .iter()
        .map(|of| (format!("{SCHEMAS}/{}", of.file_name()), text(*of, SchemaDraft::Seven)))
        .collect()
}

/// The file with a first line that names its schema, as seen from where it stands.
fn with_schema(name: &str, format: Option<SchemaFormat>, content: &str) -> String {
    match format {
        Some(of) => format!("{}\n{content}", schema_comment(name, &of.file_name())),
        None => content.to_owned(),
    }
}
