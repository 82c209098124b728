//! The files of an assessment while something is written into them: what they said, and what they are to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::changes::ChangedFile;
use super::evidence::has_candidate;
use super::overlay::Overlay;
use crate::assessment::format::AssessmentFile;
use crate::diagnostic::{Problem, Problems, SourceFile};
use crate::files::{BYTE_ORDER_MARK, Files, TEXT_LIMIT, decode_text, folder_of, join, read_bytes};
use crate::toml_file::parse;

/// The files of an assessment, some of them with other texts than they have.
pub(crate) struct FiledTexts<'a> {
    files: &'a dyn Files,
    home: String,
    main: String,
    before: BTreeMap<String, String>,
    changed: BTreeMap<String, String>,
}

impl<'a> FiledTexts<'a> {
    /// Those of the assessment at a path: its folder, or its `assessment.toml`.
    pub(crate) fn new(files: &'a dyn Files, assessment: &str) -> Self {
        let main = match assessment.ends_with(".toml") {
            true => join(".", assessment),
            false => join(assessment, "assessment.toml"),
        };
        let home = folder_of(&main).to_owned();
        Self { files, home, main, before: BTreeMap::new(), changed: BTreeMap::new() }
    }

    /// The folder of the assessment.
    pub(crate) fn home(&self) -> &str {
        &self.home
    }

    /// The path of its `assessment.toml`.
    pub(crate) fn main(&self) -> &str {
        &self.main
    }

    /// What a file says by now, without a byte-order mark.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(crate) fn text(&self, path: &str) -> Result<Arc<SourceFile>, Problem> {
        match self.changed.get(path) {
            Some(text) => decode_text(path, text.clone().into_bytes()),
            None => decode_text(path, read_bytes(self.files, path, TEXT_LIMIT)?),
        }
    }

    /// Has a file say something else. A byte-order mark stays.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(crate) fn put(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        if !self.before.contains_key(path) {
            let there = read_bytes(self.files, path, TEXT_LIMIT)?;
            self.before.insert(path.to_owned(), String::from_utf8_lossy(&there).into_owned());
        }
        let has_mark = self.before.get(path).is_some_and(|text| text.starts_with(BYTE_ORDER_MARK));
        let mark = if has_mark { BYTE_ORDER_MARK } else { "" };
        self.changed.insert(path.to_owned(), format!("{mark}{text}"));
        Ok(())
    }

    /// Adds a file that is not there.
    pub(crate) fn add(&mut self, path: String, text: String) {
        self.changed.insert(path, text);
    }

    /// The paths of the evidence files that the assessment names.
    ///
    /// # Errors
    /// Why `assessment.toml` can't be read.
    pub(crate) fn evidence_files(&self) -> Result<Vec<String>, Problems> {
        let source = self.text(&self.main)?;
        let mut problems = Problems::default();
        let parsed = parse::<AssessmentFile>(&source, &mut problems).ok_or(problems)?;
        Ok(parsed.file.assessment.evidence.iter().map(|name| join(&self.home, &name.value)).collect())
    }

    /// The first of some evidence files that has a candidate.
    ///
    /// # Errors
    /// Why one of them can't be read.
    pub(crate) fn file_of(&self, evidence: &[String], candidate: &str) -> Result<Option<String>, Problem> {
        for path in evidence {
            if has_candidate(&self.text(path)?.text, candidate) {
                return Ok(Some(path.clone()));
            }
        }
        Ok(None)
    }

    /// The files as they would be.
    pub(crate) fn overlay(&self) -> Overlay<'_> {
        Overlay { files: self.files, changed: &self.changed, budget: self.files.budget() }
    }

    /// The files to be written, all or none.
    pub(crate) fn finish(self) -> Vec<ChangedFile> {
        let Self { changed, mut before, .. } = self;
        let file = |(path, after): (String, String)| ChangedFile { before: before.remove(&path), path, after };
        changed.into_iter().map(file).collect()
    }
}
