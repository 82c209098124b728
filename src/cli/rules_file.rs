//! New weights into the file of a rule set, for every command that finds some.

use std::path::Path;

use super::disk::{Disk, below, refuse_in_record, write_whole};
use super::output::{Terminal, write_errors};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{BYTE_ORDER_MARK, TEXT_LIMIT, decode_text, folder_of, read_bytes};
use crate::rules::RuleSet;
use crate::rules::rewrite::{NewWeights, rewrite};

/// Writes into the file `path` of `rules` what `new` makes of the answers' name as seen from its folder; nothing where that
/// is nothing.
///
/// # Errors
/// Answers outside the rule set's folder, a file that can't be mended, or a disk that refuses.
pub(super) fn write(
    path: &str,
    answers: &Path,
    rules: &RuleSet,
    new: impl FnOnce(&str) -> Option<NewWeights>,
    terminal: &Terminal,
) -> Result<(), Problems> {
    let Some(name) = below(Path::new(folder_of(path)), answers) else {
        let message = format!("`{}` is outside the rule set's folder", answers.display());
        let help = "put the answers in the rule set's folder, so that they stay with it";
        return Err(Problem::new(Code::BadValue, message).help(help).into());
    };
    let Some(new) = new(&name) else { return Ok(()) };
    let bytes = read_bytes(&Disk, path, TEXT_LIMIT)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
    refuse_in_record(Path::new(path))?;
    let rewritten = rewrite(&decode_text(path, bytes)?, &new)?;
    write_whole(Path::new(path), &format!("{mark}{}", rewritten.text))?;
    if !terminal.quiet {
        write_errors(&format!("wrote the weights into {path}\n"));
        match &rules.weights_because {
            Some(because) if rewritten.reason_taken_out => {
                let because = because.split_whitespace().collect::<Vec<_>>().join(" ");
                write_errors(&format!("took out `weights_because`, which was of the old weights: {because}\n"));
            }
            Some(_) => write_errors("its `weights_because` has not changed: check that it still says why\n"),
            None => {}
        }
    }
    Ok(())
}
