//! `prioritise upgrade`: files of an older format, written anew in this engine's.

use std::path::{Path, PathBuf};

use super::Exit;
use super::changed::write_files;
use super::disk::{Disk, exists, text_of};
use super::done::DoneFormat;
use super::output::Terminal;
use crate::assessment::format::AssessmentFile;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{BYTE_ORDER_MARK, TEXT_LIMIT, decode_text, join, read_bytes};
use crate::filing::{ChangedFile, upgraded};
use crate::report::done::Done;
use crate::toml_file::parse;
use crate::words::visible;

/// Bring the files of an older assessment or rule set up to the format that this version writes
///
/// Comments and layout stay, and what changes is told. Its own rule set is brought up with an assessment, where it stands in
/// the same folder.
#[derive(Debug, clap::Args)]
pub(super) struct Upgrade {
    /// The folder of an assessment or a rule set; the folder you are in, if left out
    #[arg(default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    said: DoneFormat,
}

pub(super) fn run(asked: &Upgrade, terminal: &Terminal) -> Result<Exit, Problems> {
    let (mut text, mut files) = (String::new(), Vec::new());
    for path in heads(&asked.folder)? {
        let bytes = read_bytes(&Disk, &path, TEXT_LIMIT)?;
        let before = String::from_utf8_lossy(&bytes).into_owned();
        match upgraded(&decode_text(&path, bytes)?)? {
            None => text.push_str(&format!("{path} is of this format\n")),
            Some(found) => {
                found.told.iter().for_each(|told| text.push_str(&format!("{path} {told}\n")));
                let mark = if before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
                let file = ChangedFile { path, before: Some(before), after: format!("{mark}{}", found.text) };
                file.changed_lines().iter().for_each(|line| text.push_str(&format!("  {line}\n")));
                files.push(file);
            }
        }
    }
    if !asked.dry_run {
        write_files(&files)?;
    }
    let word = if asked.dry_run { "would write" } else { "wrote" };
    let wrote: Vec<String> = files.into_iter().map(|file| file.path).collect();
    for path in &wrote {
        terminal.say(&format!("{word} {path}"));
    }
    let told = visible(&text, &['\n']).into_owned();
    asked.said.say(&Done { command: "upgrade", wrote, told, ..Done::default() })
}

/// The files of a folder that say of which format it is: those of an assessment, and of its rules where they stand in its
/// folder.
fn heads(folder: &Path) -> Result<Vec<String>, Problems> {
    let name = text_of(folder)?;
    let of_assessment = folder.join("assessment.toml");
    if !exists(&of_assessment) {
        if exists(&folder.join("ruleset.toml")) {
            return Ok(vec![join(&name, "ruleset.toml")]);
        }
        let problem =
            Problem::new(Code::FileMissing, format!("there is no `assessment.toml` or `ruleset.toml` in `{name}`"));
        return Err(problem.help("name the folder of an assessment or a rule set").into());
    }
    let main = join(&name, "assessment.toml");
    let source = decode_text(&main, read_bytes(&Disk, &main, TEXT_LIMIT)?)?;
    // What is wrong with it otherwise is for `check`.
    let parsed = parse::<AssessmentFile>(&source, &mut Problems::default());
    let rules = parsed.map(|parsed| parsed.file.assessment.rules.value);
    let own =
        rules.filter(|rules| !crate::files::is_outside(rules)).map(|rules| join(&join(&name, &rules), "ruleset.toml"));
    Ok([main].into_iter().chain(own.filter(|path| exists(Path::new(path)))).collect())
}
