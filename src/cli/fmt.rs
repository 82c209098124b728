//! `prioritise fmt`: the files of an assessment or a rule set, laid out in one way.

use std::path::{Path, PathBuf};

use super::Exit;
use super::changed::write_files;
use super::disk::{Disk, exists, text_of, toml_files};
use super::done::DoneFormat;
use super::output::Terminal;
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::files::{BYTE_ORDER_MARK, TEXT_LIMIT, decode_text, read_bytes};
use crate::filing::{ChangedFile, laid_out};
use crate::report::done::Done;
use crate::toml_file::parse;
use crate::words::{counted, visible};

/// Lay out the files of an assessment or a rule set in one way
///
/// Keys in order, signs of equality under each other, one way to space what stands in a line. Comments and empty lines stay,
/// and no file says anything else afterwards.
#[derive(Debug, clap::Args)]
pub(super) struct Fmt {
    /// The folder of an assessment or a rule set, or one of its TOML files; the folder you are in, if left out
    #[arg(default_value = ".", hide_default_value = true, value_name = "FOLDER")]
    place: PathBuf,
    /// Write nothing, and list the files that are laid out otherwise; with any the exit code is 1
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    said: DoneFormat,
}

pub(super) fn run(asked: &Fmt, terminal: &Terminal) -> Result<Exit, Problems> {
    let paths = files(&asked.place)?;
    let (mut changed, mut problems) = (Vec::new(), Problems::default());
    for path in &paths {
        changed.extend(problems.take(laid(&text_of(path)?)).flatten());
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let wrote: Vec<String> = changed.iter().map(|file| file.path.clone()).collect();
    if !asked.check {
        write_files(&changed)?;
        for path in &wrote {
            terminal.say(&format!("wrote {path}"));
        }
        terminal.say(&format!("{} laid out", counted(paths.len(), "file is", "files are")));
        return asked.said.say(&Done { command: "fmt", wrote, ..Done::default() });
    }
    if !wrote.is_empty() {
        let those = counted(wrote.len(), "file is", "files are");
        terminal.say(&format!("{those} laid out otherwise; `prioritise fmt` lays them out"));
    }
    let list: Vec<&str> = wrote.iter().flat_map(|path| [path, "\n"]).collect();
    let told = visible(&list.concat(), &['\n']).into_owned();
    asked.said.say(&Done { command: "fmt", fails: !wrote.is_empty(), wrote, told, ..Done::default() })
}

/// The file at a path as it would be; none where it is laid out.
///
/// # Errors
/// A file that can't be read or is no TOML.
fn laid(path: &str) -> Result<Option<ChangedFile>, Problem> {
    let bytes = read_bytes(&Disk, path, TEXT_LIMIT)?;
    let before = String::from_utf8_lossy(&bytes).into_owned();
    let source = decode_text(path, bytes)?;
    let Some(text) = laid_out(&source.text) else {
        let mut problems = Problems::default();
        parse::<toml::Table>(&source, &mut problems);
        let unknown = || {
            let message = "this file can't be laid out without saying something else";
            Problem::new(Code::WriteFailed, message).at(Place::new(&source, 0..0)).help("leave it as it is")
        };
        return Err(problems.sorted().into_iter().next().unwrap_or_else(unknown));
    };
    let mark = if before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
    let after = format!("{mark}{text}");
    Ok((after != before).then(|| ChangedFile { path: path.to_owned(), before: Some(before), after }))
}

/// The TOML files of a place: itself, or all in the folder of an assessment or a rule set.
fn files(place: &Path) -> Result<Vec<PathBuf>, Problems> {
    if place.extension().is_some_and(|ending| ending == "toml") {
        return Ok(vec![place.to_owned()]);
    }
    if !["assessment.toml", "ruleset.toml"].iter().any(|head| exists(&place.join(head))) {
        let message = format!("there is no `assessment.toml` or `ruleset.toml` in `{}`", place.display());
        return Err(Problem::new(Code::FileMissing, message)
            .help("name the folder of an assessment or a rule set")
            .into());
    }
    Ok(toml_files(place)?)
}
