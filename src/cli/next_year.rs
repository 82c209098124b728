//! `prioritise new NEXT --from LAST`: next year's folder from last year's assessment or record.

use std::collections::BTreeMap;
use std::path::Path;

use super::Exit;
use super::disk::{Disk, available_threads, exists, path_between, refuse_in_record, text_of, write_folder};
use super::opened::{OpenedSide, open};
use super::output::Terminal;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, TEXT_LIMIT, folder_of, join, within};
use crate::next_year::{LastYear, NextYear, RulesPlace, next_year};
use crate::record;

pub(super) fn run(
    folder: &Path,
    last: &Path,
    schemas: Vec<(String, String)>,
    terminal: &Terminal,
) -> Result<Exit, Problems> {
    if exists(folder) {
        let message = format!("`{}` exists", folder.display());
        return Err(Problem::new(Code::FolderNotEmpty, message).help("name a folder that does not exist yet").into());
    }
    refuse_in_record(folder)?;
    let name = text_of(last)?;
    let busy = terminal.show_busy("reading");
    let mut problems = Problems::default();
    let opened = open((last, None), available_threads(), &mut problems)?;
    terminal.warn(&problems);
    let next = Source { name: &name, opened: &opened }.next(folder)?;
    drop(busy);
    let mut files = next.files;
    files.extend(schemas.into_iter().map(|(path, text)| (path, text.into_bytes())));
    write_folder(folder, &files)?;
    let shown = folder.display();
    let told = next.told.join("\n  ");
    terminal.say(&format!(
        "made {shown} from {}\n  {told}\nsee what is missing with: prioritise rank {shown}",
        last.display()
    ));
    Ok(Exit::Done)
}

/// Last year's assessment where it stands.
struct Source<'a> {
    name: &'a str,
    opened: &'a OpenedSide,
}

impl Source<'_> {
    fn next(&self, folder: &Path) -> Result<NextYear, Problems> {
        let record = self.opened.record.as_ref();
        let assessment = record.map_or(self.name, |record| &record.assessment);
        let rules = record.map(|record| &*record.rules);
        let inputs = record::gather(self.files(), assessment, rules, None, &mut Problems::default())?;
        let OpenedSide { assessment, rules, .. } = self.opened;
        let ranked = crate::rank(assessment, rules, available_threads(), Problems::default())?;
        let last = LastYear {
            name: self.name,
            record: record.map(|record| &*record.digest),
            inputs: &inputs,
            ranked: &ranked,
            rules: self.rules_place(folder)?,
            beside_rules: self.answers(),
        };
        next_year(&last, available_threads(), &Disk.budget())
    }

    fn files(&self) -> &dyn Files {
        self.opened.record.as_ref().map_or(&Disk, |record| record)
    }

    /// Rules in the folder of the assessment, and those of a record, are copied; others stay where they are.
    fn rules_place(&self, folder: &Path) -> Result<RulesPlace, Problem> {
        if self.opened.record.is_some() {
            return Ok(RulesPlace::Copied("rules".to_owned()));
        }
        let home = match self.name.ends_with(".toml") {
            true => folder_of(&join(".", self.name)).to_owned(),
            false => join(".", self.name),
        };
        let rules = folder_of(&self.opened.rules.place.source.name);
        if rules == home {
            return Ok(RulesPlace::Copied(".".to_owned()));
        }
        match within(rules, &home) {
            Some(inside) => Ok(RulesPlace::Copied(inside.to_owned())),
            None => path_between(folder, Path::new(rules)).map(RulesPlace::Elsewhere),
        }
    }

    /// The answers that the weights come from, where they can be read.
    fn answers(&self) -> BTreeMap<String, Vec<u8>> {
        let named = self.opened.rules.origin.iter().filter(|origin| within(&join(".", &origin.answers), ".").is_some());
        named
            .filter_map(|origin| {
                let bytes = self.files().read(&origin.path, TEXT_LIMIT).ok()?;
                Some((join(".", &origin.answers), bytes))
            })
            .collect()
    }
}
