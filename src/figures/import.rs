//! Forms brought into an assessment: what they change in its files, held against the loader before anything is written.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use super::asked::Asked;
use super::piece::pieces;
use super::rows::FormRows;
use super::write::{Writing, Written};
use crate::diagnostic::Problems;
use crate::diff::Movement;
use crate::files::Files;
use crate::filing::{ChangedFile, FiledTexts};
use crate::import::RowAccount;
use crate::pipeline;
use crate::refiled::{AsFiled, Refiled, refiled};
use crate::words::visible;

/// What is asked.
#[derive(Debug)]
pub struct FiguresRequest<'a> {
    /// The assessment: a folder, or its `assessment.toml`.
    pub assessment: &'a str,
    /// The rule set, where it is another than the assessment names.
    pub rules: Option<&'a str>,
    /// The forms that were filled in.
    pub forms: &'a [String],
    /// Whether what is filed goes where a form has another figure.
    pub replaces: bool,
}

/// What forms change.
#[derive(Debug)]
pub struct FiledFigures {
    /// What became of each row.
    pub account: RowAccount,
    /// Each change in words.
    pub changes: Vec<String>,
    /// The files to be written, all or none.
    pub files: Vec<ChangedFile>,
    /// Who moves.
    pub movement: Movement,
    /// What is to be told: rows that were set aside, and what the loader notes.
    pub problems: Problems,
}

impl FiledFigures {
    /// The account and the changes, for a terminal.
    pub fn summary(&self) -> String {
        let mut text = self.account.to_string();
        text.push_str(if self.changes.is_empty() { "\nNothing is put in.\n" } else { "\nPut in:\n" });
        for change in &self.changes {
            text.push_str(&format!("  {change}\n"));
        }
        visible(&text, &['\n']).into_owned()
    }
}

/// Works out what forms change in the evidence of an assessment.
///
/// # Errors
/// A file that is no form for figures of this assessment, and files that could not be read again with what would be written.
pub fn import(files: &dyn Files, asked: &FiguresRequest<'_>, threads: NonZeroUsize) -> Result<FiledFigures, Problems> {
    let mut problems = Problems::default();
    let Some((assessment, rules)) = pipeline::load(files, asked.assessment, asked.rules, &mut problems) else {
        return Err(problems);
    };
    let wanted = Asked::of(&assessment, &rules);
    let mut read = FormRows {
        assessment: &assessment,
        asked: &wanted,
        account: RowAccount::new("filled rows"),
        problems: Problems::default(),
        rows: Vec::new(),
        unreadable: BTreeSet::new(),
    };
    let mut refused = Problems::default();
    for form in asked.forms {
        if let Err(problem) = read.read(files, form) {
            refused.push(problem);
        }
    }
    if refused.has_errors() {
        return Err(refused);
    }
    let pieces = pieces(&mut read);
    let FormRows { mut account, mut problems, .. } = read;
    let texts = FiledTexts::new(files, asked.assessment);
    let mut writing = Writing::new(texts, &assessment, &wanted, asked.replaces)?;
    let mut changes = Vec::new();
    for piece in &pieces {
        match writing.take(piece) {
            Ok(Written::New(told)) => {
                account.used(piece.rows);
                changes.push(told);
            }
            Ok(Written::AsItWas) => account.set_aside("filed already, and the same", piece.rows),
            Ok(Written::Kept(problem)) => {
                account.set_aside("filed already, and not the same", piece.rows);
                problems.push(problem);
            }
            Err(problem) => {
                account.set_aside("can’t be put in, and told", piece.rows);
                problems.push(problem);
            }
        }
    }
    writing.put_sources()?;
    changes.extend(writing.new_sources.iter().map(|(id, title)| format!("a new document, `{id}`: {title}")));
    account.balance()?;
    let texts = writing.texts;
    let filed = AsFiled { path: asked.assessment, rules_path: asked.rules, assessment: &assessment, rules: &rules };
    let Refiled { movement, problems: found, .. } = refiled(&filed, &texts.overlay(), threads, |_| Ok(()))?;
    problems.extend(found);
    Ok(FiledFigures { account, changes, movement, files: texts.finish(), problems })
}
