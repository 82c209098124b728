//! Our own workbook back: what a person changed in it, as a rule set and evidence beside the assessment that it was
//! made of. The workbook is made again from that assessment, and only what differs is taken. What can't be taken is told.

mod changes;
mod options;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems, SourceFile};
use crate::files::{Files, Memory};
use crate::import::{Import, RowAccount};
use crate::pipeline;
use crate::record;
use crate::report;
use crate::rules::RuleSet;
use crate::rules::format::{self, RuleSetFile};
use crate::rules::shape::PathStep;
use crate::toml_file::{At, Edit, Step, edited, has_number, parse};
use crate::words::{listed, number};
use changes::{CellChange, changes};
pub use options::ReturnOptions;

/// Brings back what was changed.
///
/// # Errors
/// A workbook of another assessment or other rules, a cell that holds nothing of use, and what stops the result from
/// being ranked.
pub fn import(files: &dyn Files, options: &ReturnOptions, threads: NonZeroUsize) -> Result<Import, Problems> {
    let mut problems = Problems::default();
    let loaded = pipeline::load(files, &options.original, options.rules.as_deref(), &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(problems) };
    let ranked = pipeline::rank(&assessment, &rules, threads, problems)?;
    let inputs = report::workbook_inputs(&ranked);
    let made = report::workbook(&ranked)?;
    let found = changes(files, options, made, &inputs, &ranked)?;
    let mut folder = OriginalFolder::gather(files, options)?;
    let mut account = RowAccount::new("cells that can be changed");
    account.read(inputs.len() as u64);
    account.set_aside("as they were", (inputs.len() - found.len()) as u64);
    let mut remarks = Vec::new();
    let mut kept = Vec::new();
    for change in &found {
        match folder.take(change, &rules, options) {
            Ok(()) => {
                account.used(1);
                kept.push(change);
                remarks.push(format!("{}: {} is now {}.", change.input.words, change.before, number(change.now, 6)));
            }
            Err(why) => {
                account.set_aside("changed, and not brought back", 1);
                let now = number(change.now, 6);
                remarks.push(format!("Not brought back: {}, now {now} ({}): {why}.", change.input.words, change.place));
            }
        }
    }
    if kept.is_empty() {
        remarks
            .push("Nothing was changed that could be brought back: the folder is the assessment as it was.".to_owned());
    }
    folder.ranks(&kept, threads, &files.budget())?;
    Ok(Import { files: folder.texts(), account, remarks })
}

/// The files of the assessment and its rules, as they will stand in the new folder.
struct OriginalFolder(BTreeMap<String, String>);

/// The file of the rules in the new folder.
const RULES: &str = "rules/ruleset.toml";
const ASSESSMENT: &str = "assessment.toml";

impl OriginalFolder {
    fn gather(files: &dyn Files, options: &ReturnOptions) -> Result<Self, Problems> {
        let inputs =
            record::gather(files, &options.original, options.rules.as_deref(), None, &mut Problems::default())?;
        let mut folder = BTreeMap::new();
        for (path, bytes) in inputs.files() {
            let text = String::from_utf8(bytes.clone())
                .map_err(|_| Problem::new(Code::BadCsv, format!("`{path}` is not UTF-8")).help("save it as UTF-8"))?;
            // The rules win where an assessment keeps them in its own folder under the same name.
            match path.strip_prefix("assessment/") {
                Some(path) => drop(folder.entry(path.to_owned()).or_insert(text)),
                None => drop(folder.insert(path.clone(), text)),
            }
        }
        let mut folder = Self(folder);
        let named = [Step::Key("assessment"), Step::Key("rules")];
        folder.edit(ASSESSMENT, &[Edit::value(&named, "\"rules\"".to_owned())]).map_err(Problems::from)?;
        Ok(folder)
    }

    fn edit(&mut self, path: &str, edits: &[Edit]) -> Result<(), Problem> {
        let failed = |why: &str| {
            Problem::new(Code::WriteFailed, format!("`{path}` can't be changed: {why}"))
                .help("write each key on a line of its own")
        };
        let text = self.0.get_mut(path).ok_or_else(|| failed("it is not there"))?;
        *text = edited(text, edits).ok_or_else(|| failed("what was to be changed is not found in it"))?;
        Ok(())
    }

    /// Takes a change; or says why it can't be taken.
    fn take(&mut self, change: &CellChange<'_>, rules: &RuleSet, options: &ReturnOptions) -> Result<(), String> {
        use report::InputKind::{Anchor, AtLeast, GroupWeight, Measure, Places, StandIn, Weight};
        let written = change.now.to_string();
        let rule = |list: &'static str, id: &str, keys: &[&'static str]| -> Vec<Step> {
            let mut steps = vec![Step::Item(list, id.to_owned())];
            steps.extend(keys.iter().map(|key| Step::Key(key)));
            steps
        };
        let steps = match &change.input.kind {
            Weight(id) => rule("criterion", id, &["weight"]),
            GroupWeight(id) => rule("group", id, &["weight"]),
            Places(id) => rule("tier", id, &["places"]),
            AtLeast(id) => rule("tier", id, &["at_least"]),
            StandIn(_) => return Err("what stands in is a policy, `missing`, and no number".to_owned()),
            Anchor(id, row, at) => self.anchor(id, *row, *at)?,
            Measure(candidate, criterion) => return self.measure(change, candidate, criterion, rules, options),
        };
        let text = self.0.get(RULES).ok_or("the rules are not there")?;
        if !has_number(text, &steps) {
            return Err("the rules have a parameter there, or nothing".to_owned());
        }
        self.edit(RULES, &[Edit::value(&steps, written)]).map_err(|problem| problem.message)
    }

    /// Where a number of a value function stands in the rules, by its cell.
    fn anchor(&self, criterion: &str, row: usize, column: usize) -> Result<Vec<Step>, String> {
        let text = self.0.get(RULES).ok_or("the rules are not there")?;
        let source = Arc::new(SourceFile::new(RULES, text.clone()));
        let parsed = parse::<RuleSetFile>(&source, &mut Problems::default()).ok_or("the rules can't be read")?;
        let of_criterion = |it: &&At<format::Criterion>| it.value.id.value == criterion;
        let path = parsed.file.criterion.iter().find(of_criterion).and_then(|it| {
            let value = &it.value.value.value;
            Some((value.word(), value.written().path_of_cell(row, column)?))
        });
        let (word, path) = path.ok_or("the rules write this value function in another way")?;
        let start = [Step::Item("criterion", criterion.to_owned()), Step::Key("value"), Step::Key(word)];
        let rest = path.into_iter().map(|step| match step {
            PathStep::Key(key) => Step::Key(key),
            PathStep::At(at) => Step::At(at),
        });
        Ok(start.into_iter().chain(rest).collect())
    }

    /// A judgement that was typed over, with who judges so now, when and why.
    fn measure(
        &mut self,
        change: &CellChange<'_>,
        candidate: &str,
        criterion: &str,
        rules: &RuleSet,
        options: &ReturnOptions,
    ) -> Result<(), String> {
        let criterion = rules.criteria.iter().find(|it| it.id == criterion).ok_or("there is no such criterion")?;
        let name = criterion.plain.as_deref().ok_or("it is worked out of evidence: change the evidence itself")?;
        let scale = rules.evidence.get(name).and_then(|declared| declared.settings.scale);
        let (low, high) = scale.ok_or("it is no judgement: file the figure with its document")?;
        if !(low..=high).contains(&change.now) {
            return Err(format!("it is off the scale from {low} to {high}"));
        }
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let evidence = |key: &'static str| {
            vec![
                Step::Item("candidate", candidate.to_owned()),
                Step::Key("evidence"),
                Step::Name(name.to_owned()),
                Step::Key(key),
            ]
        };
        let said = [("by", &options.by), ("date", &options.date), ("because", &options.because)];
        let judged: Vec<Edit> = std::iter::once(Edit::value(&evidence("judgement"), change.now.to_string()))
            .chain(said.iter().map(|(key, text)| Edit::value(&evidence(key), quoted(text))))
            .collect();
        let keys = vec![
            ("judgement", change.now.to_string()),
            ("scale", format!("[{low}, {high}]")),
            ("by", quoted(&options.by)),
            ("date", quoted(&options.date)),
            ("because", quoted(&options.because)),
        ];
        let in_place_of_nothing = vec![Edit::keys(&evidence("missing"), keys)];
        for text in
            self.0.iter_mut().filter(|(path, _)| path.ends_with(".toml") && *path != RULES).map(|(_, text)| text)
        {
            if let Some(new) = edited(text, &judged).or_else(|| edited(text, &in_place_of_nothing)) {
                *text = new;
                return Ok(());
            }
        }
        Err("no evidence file has it as one judgement, or as missing: it stands in a table, has several scorers, or is not \
             filed"
            .to_owned())
    }

    /// Ranks the new folder, and sees that it has what was typed.
    fn ranks(&self, kept: &[&CellChange<'_>], threads: NonZeroUsize, budget: &Budget) -> Result<(), Problems> {
        let files = Memory::lent(&self.0, budget);
        let mut problems = Problems::default();
        let Some((assessment, rules)) = pipeline::load(&files, ASSESSMENT, None, &mut problems) else {
            return Err(problems);
        };
        let ranked = pipeline::rank(&assessment, &rules, threads, problems)?;
        let wrong: Vec<String> = kept
            .iter()
            .filter(|change| {
                let report::InputKind::Measure(candidate, criterion) = &change.input.kind else { return false };
                let trace = ranked.traces.iter().find(|trace| trace.id() == candidate);
                let part = trace.and_then(|it| it.contributions.iter().find(|part| part.criterion.id == *criterion));
                let measure = part.and_then(|part| part.measure).map(|measure| measure.estimate);
                measure.is_none_or(|measure| (measure - change.now).abs() > 0.01)
            })
            .map(|change| format!("{} ({})", change.input.words, change.place))
            .collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let message = format!("the engine does not find what was typed: {}", listed(&wrong));
        Err(Problem::new(Code::WriteFailed, message)
            .help("type figures with the decimals that the criterion has")
            .into())
    }

    fn texts(self) -> Vec<(String, String)> {
        self.0.into_iter().collect()
    }
}
