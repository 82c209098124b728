//! Changes of an assessment's own files: told with their lines, and written whole or not at all.

use std::path::Path;

use super::Exit;
use super::disk::{make_folder, refuse_in_record, write_together};
use super::output::{Terminal, write_result};
use crate::diagnostic::Problems;
use crate::diff::Movement;
use crate::filing::ChangedFile;
use crate::report;
use crate::words::visible;

/// A new file with more lines is told by how many it has: a session of a workshop has thousands.
const FEW_LINES: usize = 60;

/// Tells what came of it, who moves, and every line of the files that goes or comes; and writes them, unless it is a trial.
pub(super) fn tell_and_write(
    summary: &str,
    movement: &Movement,
    files: &[ChangedFile],
    is_trial: bool,
    terminal: &Terminal,
) -> Result<Exit, Problems> {
    let mut text = summary.to_owned();
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
        let lines = file.changed_lines();
        match &file.before {
            Some(_) => section(&format!("{}:", file.path), &lines),
            None => section(&format!("{}: new", file.path), &new_file(&lines)),
        }
    }
    if !is_trial {
        write_files(files)?;
    }
    let written = write_result(&*visible(&text, &['\n']));
    let word = if is_trial { "would write" } else { "wrote" };
    for file in files {
        terminal.say(&format!("{word} {}", file.path));
    }
    written
}

/// Writes all of these files, or none.
///
/// # Errors
/// A file in a record, and what the disk refuses.
pub(super) fn write_files(files: &[ChangedFile]) -> Result<(), Problems> {
    let texts: Vec<(&Path, &str)> = files.iter().map(|file| (Path::new(&file.path), &*file.after)).collect();
    texts.iter().try_for_each(|(path, _)| refuse_in_record(path))?;
    for folder in texts.iter().filter_map(|(path, _)| path.parent()).filter(|it| !it.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    Ok(write_together(&texts)?)
}

/// A new file of a few lines whole, else how many it has.
fn new_file(lines: &[String]) -> Vec<String> {
    let lines = lines.get(1..).unwrap_or_default();
    match lines.len() {
        count if count > FEW_LINES => vec![format!("{count} lines")],
        _ => lines.to_vec(),
    }
}
