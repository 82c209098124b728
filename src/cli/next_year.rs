//! `prioritise new NEXT --from LAST`: next year's folder from last year's assessment or record.

use std::collections::BTreeMap;
use std::path::Path;

use super::Exit;
use super::disk::{
    Disk, available_threads, exists, path_between, read_folder, refuse_in_record, text_of, write_folder,
};
use super::output::{Terminal, write_errors};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, TEXT_LIMIT, folder_of, join, within};
use crate::next_year::{LastYear, RulesPlace, next_year};
use crate::record::{self, DECLARATION, OpenedRecord, TAG_MANIFEST};
use crate::rules::RuleSet;

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
    let is_record = [DECLARATION, TAG_MANIFEST].iter().any(|file| exists(&last.join(file)));
    let next = match is_record {
        true => {
            let contents = read_folder(last).map_err(|found| record::about_record(&name, found))?;
            let mut problems = Problems::default();
            let opened = record::open(&contents, &name, available_threads(), &Disk.budget(), &mut problems)?;
            terminal.warn(&problems);
            Source { files: &opened, name: &name, record: Some(&opened) }.next(folder)?
        }
        false => Source { files: &Disk, name: &name, record: None }.next(folder)?,
    };
    drop(busy);
    let mut files = next.files;
    files.extend(schemas.into_iter().map(|(path, text)| (path, text.into_bytes())));
    write_folder(folder, &files)?;
    if !terminal.quiet {
        let shown = folder.display();
        let told = next.told.join("\n  ");
        write_errors(&format!(
            "made {shown} from {}\n  {told}\nsee what is missing with: prioritise rank {shown}\n",
            last.display()
        ));
    }
    Ok(Exit::Done)
}

/// Last year's assessment where it stands.
struct Source<'a> {
    files: &'a dyn Files,
    name: &'a str,
    record: Option<&'a OpenedRecord>,
}

impl Source<'_> {
    fn next(&self, folder: &Path) -> Result<crate::next_year::NextYear, Problems> {
        let assessment = self.record.map_or(self.name, |record| &record.assessment);
        let rules = self.record.map(|record| &*record.rules);
        let mut problems = Problems::default();
        let inputs = record::gather(self.files, assessment, rules, None, &mut problems)?;
        let loaded = crate::load(self.files, assessment, rules, &mut problems);
        let Some((filed, rule_set)) = loaded else { return Err(problems) };
        let ranked = crate::rank(&filed, &rule_set, available_threads(), Problems::default())?;
        let last = LastYear {
            name: self.name,
            record: self.record.map(|record| &*record.digest),
            inputs: &inputs,
            ranked: &ranked,
            rules: self.rules_place(folder, &rule_set)?,
            beside_rules: self.answers(&rule_set),
        };
        next_year(&last, available_threads(), &Disk.budget())
    }

    /// Rules in the folder of the assessment, and those of a record, are copied; others stay where they are.
    fn rules_place(&self, folder: &Path, rules: &RuleSet) -> Result<RulesPlace, Problem> {
        if self.record.is_some() {
            return Ok(RulesPlace::Copied("rules".to_owned()));
        }
        let home = match self.name.ends_with(".toml") {
            true => folder_of(&join(".", self.name)).to_owned(),
            false => join(".", self.name),
        };
        let rules = folder_of(&rules.place.source.name);
        if rules == home {
            return Ok(RulesPlace::Copied(".".to_owned()));
        }
        match within(rules, &home) {
            Some(inside) => Ok(RulesPlace::Copied(inside.to_owned())),
            None => path_between(folder, Path::new(rules)).map(RulesPlace::Elsewhere),
        }
    }

    /// The answers that the weights come from, where they can be read.
    fn answers(&self, rules: &RuleSet) -> BTreeMap<String, Vec<u8>> {
        let named = rules.origin.iter().filter(|origin| within(&join(".", &origin.answers), ".").is_some());
        named
            .filter_map(|origin| {
                let bytes = self.files.read(&origin.path, TEXT_LIMIT).ok()?;
                Some((join(".", &origin.answers), bytes))
            })
            .collect()
    }
}
