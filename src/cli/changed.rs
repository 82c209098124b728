//! Changes of an assessment's own files: told with every line, and written whole or not at all.

use std::path::Path;

use super::Exit;
use super::disk::{make_folder, refuse_in_record, write_together};
use super::output::{Terminal, write_errors, write_result};
use crate::diagnostic::Problems;
use crate::diff::Movement;
use crate::filing::ChangedFile;
use crate::report;
use crate::words::visible;

/// What is done with changes.
#[derive(Debug, clap::Args)]
pub(super) struct ChangeOptions {
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Tells what came of it, who moves, and every line of the files that goes or comes; and writes them, unless it is a trial.
pub(super) fn tell_and_write(
    summary: &str,
    movement: &Movement,
    files: &[ChangedFile],
    options: &ChangeOptions,
    terminal: &Terminal,
) -> Result<Exit, Problems> {
    let mut text = format!("{summary}\n");
    let mut section = |title: &str, lines: &[String]| {
        text.push_str(&format!("{title}\n"));
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
    };
    match report::moved_lines(movement) {
        moved if moved.is_empty() => section("Nobody moves.", &[]),
        moved => section("Who moves:", &moved),
    }
    for file in files {
        section(&format!("{}:", file.path), &file.changed_lines());
    }
    if !options.dry_run {
        let texts: Vec<(&Path, &str)> = files.iter().map(|file| (Path::new(&file.path), &*file.after)).collect();
        texts.iter().try_for_each(|(path, _)| refuse_in_record(path))?;
        for folder in texts.iter().filter_map(|(path, _)| path.parent()).filter(|it| !it.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        write_together(&texts)?;
    }
    let written = write_result(&*visible(&text, &['\n']));
    if !terminal.quiet {
        let word = if options.dry_run { "would write" } else { "wrote" };
        let lines: Vec<String> = files.iter().map(|file| format!("{word} {}\n", file.path)).collect();
        write_errors(&lines.concat());
    }
    written
}
