//! `prioritise register`: which records there are, in a file to which lines are added and never changed.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::Exit;
use super::disk::{Disk, available_threads, exists, read_folder, subfolders, text_of};
use super::done::DoneFormat;
use super::locked_file::{LockedFile, write_new};
use super::output::{Terminal, write_rendered};
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files as _;
use crate::public_edition;
use crate::record::register::{
    MAX_REGISTER_BYTES, MendAction, Register as RegisterFile, RegisterEntry, RegisterStatement,
};
use crate::record::views::register as views;
use crate::record::{self, TAG_MANIFEST};
use crate::report::done::Done;

/// Keep a register of records: lines are added and never changed
#[derive(Debug, clap::Args)]
pub(super) struct Register {
    #[command(subcommand)]
    what: RegisterCommand,
}

#[derive(Debug, Subcommand)]
enum RegisterCommand {
    /// Add a record's line, and print the register's head for the minutes
    Append(Append),
    /// List the records and the register's head
    List(List),
    /// Find lines that were altered, taken out or moved
    Verify(Verify),
    /// Put aside what was not completely written when the machine stopped
    Mend(Mend),
}

/// Add a record's line, and print the register's head to be noted in the minutes
#[derive(Debug, clap::Args)]
struct Append {
    /// The register; it is made if it does not exist
    register: PathBuf,
    /// The record's folder
    record: PathBuf,
    /// The day to state, `2020-02-14`; the clock is not read
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// The role of the person who adds it
    #[arg(long, value_name = "ROLE")]
    by: Option<String>,
    /// Anything else to state, in a line
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    said: DoneFormat,
}

/// List the records and the register's head
#[derive(Debug, clap::Args)]
struct List {
    /// The register
    register: PathBuf,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

/// The formats of the list.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For programs; `prioritise schema register-list` describes it
    Json,
}

/// Find lines that were altered, taken out or moved
#[derive(Debug, clap::Args)]
struct Verify {
    /// The register
    register: PathBuf,
    /// A head that was noted: the register must still have it; repeat for each
    #[arg(long, value_name = "DIGEST")]
    head: Vec<String>,
    /// Compare the lines with the records in these folders: each a record, or a
    /// folder of records
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    records: Vec<PathBuf>,
    #[command(flatten)]
    said: DoneFormat,
}

/// Put aside what was not written whole when the machine stopped, or put back
/// the line ends that another program changed
#[derive(Debug, clap::Args)]
struct Mend {
    /// The register
    register: PathBuf,
    #[command(flatten)]
    said: DoneFormat,
}

pub(super) fn run(register: &Register, terminal: &Terminal) -> Result<Exit, Problems> {
    match &register.what {
        RegisterCommand::Append(asked) => append(asked, terminal),
        RegisterCommand::List(asked) => list(asked, terminal),
        RegisterCommand::Verify(asked) => verify(asked, terminal),
        RegisterCommand::Mend(asked) => mend(asked, terminal),
    }
}

fn append(asked: &Append, terminal: &Terminal) -> Result<Exit, Problems> {
    let stated = RegisterStatement { by: asked.by.clone(), date: asked.date.clone(), note: asked.note.clone() };
    let mut problems: Problems = stated.faults().collect::<Vec<_>>().into();
    let busy = terminal.show_busy("verifying");
    let contents = read_folder(&asked.record);
    let sound = contents.as_ref().map_err(Clone::clone);
    let sound = sound.and_then(|contents| record::check_reproduced(contents, available_threads(), &Disk.budget()));
    let entry = sound.map(record::IntactRecord::entry).map_err(|found| problems.extend(found)).ok();
    drop(busy);
    let Some(entry) = entry.filter(|_| !problems.has_errors()) else { return Err(problems) };
    if contents.is_ok_and(|contents| record::keeps_small_numbers(&contents)) {
        terminal.warn(&public_edition::of_the_digest().into());
    }
    let name = text_of(&asked.register)?;
    let mut file = LockedFile::to_append(&asked.register, terminal)?;
    let line = RegisterFile::read(&name, &file.read(MAX_REGISTER_BYTES)?).next(entry, stated)?;
    file.append(format!("{}\n", line.text()).as_bytes())?;
    // Where a drive only pretends to lock, somebody else's line may have come between.
    let after = RegisterFile::read(&name, &file.read(MAX_REGISTER_BYTES)?);
    if after.problems().has_errors() || after.lines.last() != Some(&line) {
        let message = format!(
            "someone else wrote to `{name}` at the same moment: its drive does not stop two people from writing at the same time"
        );
        let help = "keep the register on another drive, and look at it with `prioritise register verify`";
        return Err(Problem::new(Code::NoLock, message).help(help).into());
    }
    asked.said.say(&Done {
        command: "register append",
        wrote: vec![name],
        told: views::added(&after, &line),
        digest: Some(line.digest),
        ..Done::default()
    })
}

/// What a line says of the record in `folder`, which must be whole and unaltered.
fn entry(folder: &Path) -> Result<RegisterEntry, Problems> {
    Ok(record::check_integrity(&read_folder(folder)?)?.entry())
}

fn list(asked: &List, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let register = read(&asked.register)?;
    let problems = register.problems();
    let text = match format {
        Format::Text => views::text(&register),
        Format::Json => views::json(&register),
    };
    asked.result.write(&text, terminal)?;
    if problems.has_errors() {
        write_rendered(&terminal.rendered(&problems.sorted()));
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<RegisterFile, Problems> {
    Ok(RegisterFile::read(&text_of(path)?, &LockedFile::to_read(path)?.read(MAX_REGISTER_BYTES)?))
}

fn verify(asked: &Verify, terminal: &Terminal) -> Result<Exit, Problems> {
    let register = read(&asked.register)?;
    let mut problems = register.problems();
    let mut words = views::summary(&register);
    for noted in &asked.head {
        match register.has_head(noted) {
            Ok(line) => words.push_str(&views::noted(&register, line)),
            Err(problem) => problems.push(problem),
        }
    }
    if !asked.records.is_empty() {
        let records = records(&asked.records, &mut problems)?;
        let found = register.against(&records, &mut problems);
        words.push_str(&views::records(&register, &found));
    }
    if asked.head.is_empty() {
        words.push_str(views::END_NOT_CHECKED);
    }
    let (fails, problems) = (problems.has_errors(), problems.sorted());
    if asked.said.is_text() {
        words = format!("{}{words}", terminal.rendered_as_result(&problems, false, terminal.colour));
    }
    let digest = register.head().map(str::to_owned);
    asked.said.say(&Done { command: "register verify", fails, told: words, digest, problems, ..Done::default() })
}

/// The records in these folders: each is one, or has them in it. What is wrong with one goes to `problems`.
fn records(folders: &[PathBuf], problems: &mut Problems) -> Result<Vec<(String, RegisterEntry)>, Problems> {
    let mut records = Vec::new();
    for folder in folders {
        let one = folder.join(TAG_MANIFEST);
        let all = if exists(&one) { vec![folder.clone()] } else { subfolders(folder, TAG_MANIFEST)? };
        if all.is_empty() {
            let message = format!("there is no record in `{}`", folder.display());
            return Err(Problem::new(Code::FileMissing, message).help("name a record, or a folder of records").into());
        }
        for folder in all {
            match entry(&folder) {
                Ok(entry) => records.push((text_of(&folder)?, entry)),
                Err(found) => problems.extend(found),
            }
        }
    }
    Ok(records)
}

fn mend(asked: &Mend, terminal: &Terminal) -> Result<Exit, Problems> {
    let mut file = LockedFile::to_mend(&asked.register, terminal)?;
    let bytes = file.read(MAX_REGISTER_BYTES)?;
    let name = text_of(&asked.register)?;
    let register = RegisterFile::read(&name, &bytes);
    let mut wrote = vec![name.clone()];
    let done = match register.mend()? {
        MendAction::Nothing => {
            wrote.clear();
            "there is nothing to mend: every line is whole\n".to_owned()
        }
        MendAction::RegisterEnd => {
            file.end_with(b"\n")?;
            "the last line was whole except for its line end, which has now been added\n".to_owned()
        }
        MendAction::Restore(lines) => {
            let aside = aside(&asked.register, "found");
            write_new(&[(&aside, &bytes, false)])?;
            wrote.push(text_of(&aside)?);
            file.replace(&lines)?;
            views::restored(&RegisterFile::read(&name, &lines), &aside.display().to_string())
        }
        MendAction::Cut(length) => {
            let aside = aside(&asked.register, &format!("torn-{}", register.lines.len() + 1));
            let torn = bytes.get(length..).unwrap_or_default();
            write_new(&[(&aside, torn, false)])?;
            wrote.push(text_of(&aside)?);
            file.cut(length)?;
            views::cut(&register, torn.len(), &aside.display().to_string())
        }
    };
    let mended = RegisterFile::read(&name, &file.read(MAX_REGISTER_BYTES)?);
    let told = format!("{done}{}", views::summary(&mended));
    let digest = mended.head().map(str::to_owned);
    asked.said.say(&Done { command: "register mend", wrote, told, digest, ..Done::default() })
}

/// A name beside the register that nothing has yet, for what is put aside.
fn aside(register: &Path, what: &str) -> PathBuf {
    let name = register.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let named = |ending: String| register.with_file_name(format!("{name}.{what}{ending}"));
    let first = named(String::new());
    if !exists(&first) {
        return first;
    }
    (2..u32::MAX).map(|again| named(format!("-{again}"))).find(|path| !exists(path)).unwrap_or(first)
}
