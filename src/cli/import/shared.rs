//! What the commands of all kinds share: the document that is cited, what candidates are, and where the files go.

use std::path::{Path, PathBuf};

use crate::assessment::CandidateKind;
use crate::cli::Exit;
use crate::cli::disk::{exists, make_folder, refuse_target, text_of, write_together};
use crate::cli::done::DoneFormat;
use crate::cli::output::{Terminal, typed};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import;
use crate::report::done::{Done, DoneAccount, RowsAside};

/// Forms that came back, and the assessment into whose files they go.
#[derive(Debug, clap::Args)]
pub(super) struct FormsInto {
    /// The forms that came back: `.xlsx` or `.ods`
    #[arg(required = true)]
    forms: Vec<PathBuf>,
    /// The assessment that they were made of, into whose evidence files the answers go; the folder you are in, if left out
    #[arg(long, value_name = "ASSESSMENT", default_value = ".", hide_default_value = true)]
    into: PathBuf,
    /// Its rule set, where it is another than the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// The names of [`FormsInto`] as text.
pub(super) struct FormNames {
    pub(super) forms: Vec<String>,
    pub(super) assessment: String,
    pub(super) rules: Option<String>,
}

impl FormsInto {
    /// # Errors
    /// A name that is no text.
    pub(super) fn names(&self) -> Result<FormNames, Problem> {
        let rules = self.rules.as_deref().map(text_of).transpose()?;
        Ok(FormNames { forms: paths(&self.forms)?, assessment: text_of(&self.into)?, rules })
    }
}

/// Where an import goes.
#[derive(Debug, clap::Args)]
pub(super) struct OutputFolder {
    /// The folder to write to; it is made if it does not exist
    #[arg(long, short, value_name = "FOLDER")]
    pub(super) output: PathBuf,
    /// Overwrite files that exist
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) said: DoneFormat,
}

/// The document that the evidence cites.
#[derive(Debug, clap::Args)]
pub(super) struct CitedDocument {
    /// The title of the document that the evidence cites
    #[arg(long, value_name = "TITLE")]
    document: Option<String>,
    /// When the document was published: `2026-04`
    #[arg(long, value_name = "WHEN")]
    published: Option<String>,
}

impl CitedDocument {
    pub(super) fn cited(&self) -> import::CitedDocument {
        import::CitedDocument { title: self.document.clone(), date: self.published.clone() }
    }
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum CandidateWord {
    /// A type of crime or disorder
    Crime,
    /// A group of people
    People,
    /// A place
    Place,
    /// A theme that runs across them
    Theme,
}

impl From<CandidateWord> for CandidateKind {
    fn from(word: CandidateWord) -> Self {
        match word {
            CandidateWord::Crime => Self::Crime,
            CandidateWord::People => Self::People,
            CandidateWord::Place => Self::Place,
            CandidateWord::Theme => Self::Theme,
        }
    }
}

/// The paths of files as text, which is what the core knows.
pub(super) fn paths(files: &[PathBuf]) -> Result<Vec<String>, Problem> {
    files.iter().map(|file| text_of(file)).collect()
}

/// Writes what an import made, all of it or nothing, and then its account.
pub(super) fn write(import: &import::Import, into: &OutputFolder, terminal: &Terminal) -> Result<Exit, Problems> {
    import.account.balance()?;
    let mut files: Vec<(PathBuf, &str)> = Vec::new();
    for (name, text) in &import.files {
        files.push((into.output.join(name), text));
    }
    if !into.force {
        refuse_existing(files.iter().map(|(path, _)| &**path))?;
    }
    files.iter().try_for_each(|(path, _)| refuse_target(path))?;
    for folder in files.iter().filter_map(|(path, _)| path.parent()) {
        make_folder(folder)?;
    }
    write_together(&files)?;
    let wrote: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    let names: Vec<String> = wrote.iter().map(|path| format!("wrote {path}")).collect();
    let (told, account) = (import.summary(), Some(account(&import.account)));
    let written = into.said.say(&Done { command: "import", wrote, told, account, ..Done::default() });
    terminal.say(&names.join("\n"));
    terminal.suggest(&next_step(&files, into));
    written
}

/// What became of each row, for programs.
fn account(account: &import::RowAccount) -> DoneAccount {
    let aside = |(reason, rows): (&str, u64)| RowsAside { reason: reason.to_owned(), rows };
    DoneAccount {
        rows: account.rows().to_owned(),
        read: account.rows_read(),
        used: account.rows_used(),
        set_aside: account.aside().map(aside).collect(),
    }
}

/// What to type when these files are written: a whole folder can be ranked at once.
fn next_step(files: &[(PathBuf, &str)], into: &OutputFolder) -> String {
    let folder = typed(&into.output);
    match files.iter().any(|(path, _)| path.ends_with("assessment.toml")) {
        true => format!("prioritise rank {folder}"),
        false => "prioritise check, once assessment.toml names the files".to_owned(),
    }
}

/// Notes every file that is there already.
fn refuse_existing<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for path in paths.filter(|path| exists(path)) {
        let message = format!("`{}` already exists: nothing is written", path.display());
        problems.push(Problem::new(Code::FileExists, message).help("name another folder, or add `--force`"));
    }
    if problems.has_errors() { Err(problems) } else { Ok(()) }
}
