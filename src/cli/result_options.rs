//! How a result is written and where it goes, for every command that has one.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::disk::{is_folder, refuse_target, write_whole};
use super::exit::Exit;
use super::output::{Terminal, write_result};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::BYTE_ORDER_MARK;

/// How a result is written and where it goes. `F` has the formats of the command, `text` first.
#[derive(Debug, clap::Args)]
pub(super) struct ResultOptions<F: ValueEnum + Send + Sync + 'static> {
    /// How to write the result; without it the ending of FILE decides, and else it is `text`
    #[arg(long, value_enum)]
    format: Option<F>,
    /// Write the result to this file; `-` is standard output, where it goes without this
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl<F: ValueEnum + Send + Sync + 'static> ResultOptions<F> {
    /// Those of a command that says in words of its own what it writes.
    pub(super) fn new(format: Option<F>, output: Option<PathBuf>) -> Self {
        Self { format, output }
    }

    /// The format that was asked for, or the one that the file's ending says.
    ///
    /// # Errors
    /// Where the two contradict each other, or the command has no such format; a workbook on a terminal.
    pub(super) fn format(&self) -> Result<F, Problem> {
        let default = F::value_variants().first().cloned();
        let by_ending = self.file().and_then(format_of_ending);
        let found = by_ending.as_ref().and_then(|(_, word)| F::from_str(word, false).ok());
        let chosen = match (&self.format, &by_ending) {
            (Some(asked), Some((ending, word))) if !is_format_of(asked, word) => {
                let asked = named(asked).unwrap_or_default();
                return Err(contradiction(&format!(
                    "`--format {asked}` and the ending `.{ending}` contradict each other"
                )));
            }
            (None, Some((ending, _))) if found.is_none() => {
                return Err(contradiction(&format!("this command writes no file that ends in `.{ending}`")));
            }
            (Some(asked), _) => Some(asked.clone()),
            (None, _) => found.or(default),
        };
        let chosen = chosen.ok_or_else(|| contradiction("this command has no format"))?;
        let office = [("xlsx", "a workbook"), ("docx", "a Word document")];
        let office = office.into_iter().find(|(word, _)| named(&chosen).as_deref() == Some(*word));
        if let Some((word, what)) = office.filter(|_| self.file().is_none() && Terminal::shows_results()) {
            let problem = Problem::new(Code::WriteFailed, format!("{what} can't be shown on a terminal"));
            return Err(problem.help(format!("name a file for it with `-o FILE.{word}`")));
        }
        Ok(chosen)
    }

    /// The folder that the result goes to, a file for each part of it: a name that ends in `/`, or a folder that is there.
    pub(super) fn folder(&self) -> Option<&Path> {
        let ends_in_slash =
            |path: &&Path| path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        self.file().filter(|path| ends_in_slash(path) || is_folder(path))
    }

    /// The format where the result goes to a folder: the one that was asked for; else none.
    pub(super) fn format_in_folder(&self) -> Option<F> {
        self.format.clone()
    }

    /// The file that the result goes to; none where that is standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Whether the result is to be coloured.
    pub(super) fn colour(&self, terminal: &Terminal) -> bool {
        terminal.colour && self.file().is_none()
    }

    /// Refuses a file that this run has read, or one in a record: asked before anything else is written.
    ///
    /// # Errors
    /// Where the result would overwrite what it was made of.
    pub(super) fn refuse_target(&self) -> Result<(), Problem> {
        self.file().map_or(Ok(()), refuse_target)
    }

    /// Writes the result whole, to its file, which it says, or to standard output.
    pub(super) fn write(&self, result: &(impl AsRef<[u8]> + ?Sized), terminal: &Terminal) -> Result<Exit, Problems> {
        let Some(path) = self.file() else { return write_result(result) };
        refuse_target(path)?;
        write_whole(path, result)?;
        terminal.say(&format!("wrote {}", path.display()));
        Ok(Exit::Done)
    }
}

/// Whether CSV begins with the mark of UTF-8.
#[derive(Debug, clap::Args)]
pub(super) struct CsvMark {
    /// Begin CSV with a byte-order mark, by which Excel knows that it is UTF-8
    #[arg(long)]
    bom: bool,
}

impl CsvMark {
    /// # Errors
    /// Where the mark was asked for and what is written is no CSV.
    pub(super) fn only_in_csv(&self, is_csv: bool) -> Result<(), Problem> {
        if self.bom && !is_csv {
            let problem = Problem::new(Code::BadValue, "`--bom` is for CSV");
            return Err(problem.help("leave it out, or name a file that ends in `.csv`"));
        }
        Ok(())
    }

    /// CSV with its mark, where that was asked for.
    pub(super) fn marked(&self, csv: String) -> String {
        if self.bom { format!("{BYTE_ORDER_MARK}{csv}") } else { csv }
    }
}

fn named<F: ValueEnum>(format: &F) -> Option<String> {
    format.to_possible_value().map(|value| value.get_name().to_owned())
}

/// Whether a file that ends as `word` says can hold this format: `long-csv` is CSV, too.
fn is_format_of<F: ValueEnum>(format: &F, word: &str) -> bool {
    named(format).is_some_and(|name| name == word || name.strip_suffix(word).is_some_and(|kind| kind.ends_with('-')))
}

fn contradiction(message: &str) -> Problem {
    Problem::new(Code::BadValue, message).help("name another file with `-o`, or another format with `--format`")
}

/// The ending of a file that has only one format, in small letters, and the word for that format.
fn format_of_ending(path: &Path) -> Option<(String, &'static str)> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let word = match &*ending {
        "md" | "markdown" => "markdown",
        "html" | "htm" => "html",
        "json" => "json",
        "csv" => "csv",
        "xlsx" => "xlsx",
        "docx" => "docx",
        "svg" => "svg",
        "xml" => "junit",
        // No command writes these.
        "xls" | "ods" | "pdf" => "",
        _ => return None,
    };
    Some((ending, word))
}
