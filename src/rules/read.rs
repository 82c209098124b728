//! A rule set's files, found and read.

use std::sync::Arc;

use toml::Value;

use super::editions::LoadedRules;
use super::format::RuleSetFile;
use super::validate::validate;
use crate::assessment::canonical_digest;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::files::{Files, TEXT_LIMIT, folder_of, foreign, is_outside, join, read_text};
use crate::text_encoding::odd_letters;
use crate::toml_file::{FORMAT_KEY, newer_format, parse};

/// Reads the rule set in the folder `path` (or its `ruleset.toml`). What is wrong with it goes to `problems`. `asked_by`
/// is the place that names the folder.
pub fn load(files: &dyn Files, path: &str, asked_by: Option<&Place>, problems: &mut Problems) -> LoadedRules {
    let path = match path.ends_with(".toml") {
        true => join(".", path),
        false => join(path, "ruleset.toml"),
    };
    files.enter(folder_of(&path));
    let mut found = Problems::default();
    let mut read = LoadedRules { evidence: None, rules: None };
    let source = read_text(files, &path, TEXT_LIMIT, asked_by);
    let is_foreign = |source: &Arc<SourceFile>| asked_by.and_then(|place| foreign(source, "ruleset", place));
    let is_newer = |source: Arc<SourceFile>| newer_format(&source).map_or(Ok(source), Err);
    match source.and_then(|source| is_foreign(&source).map_or(Ok(source), Err)).and_then(is_newer) {
        Ok(source) => {
            if let Some(mut parsed) = parse::<RuleSetFile>(&source, &mut found) {
                let scripts = scripts(files, folder_of(&path), &source, &parsed.file, &mut found);
                let digest = digest(std::mem::take(&mut parsed.content), &scripts);
                read = validate(&source, &parsed, (&scripts, files.budget()), &digest, &mut found);
            }
        }
        Err(problem) if problem.code == Code::FileMissing => {
            let of_assessment = join(folder_of(&path), "assessment.toml");
            found.push(match read_text(files, &of_assessment, TEXT_LIMIT, None) {
                Ok(_) => {
                    problem.help("this is the folder of an assessment: name that of its rules, as `rules` in it does")
                }
                Err(_) => problem.help("name the folder of a rule set"),
            });
        }
        Err(problem) => found.push(problem),
    }
    read.rules = read.rules.filter(|_| !found.has_errors());
    problems.extend(found);
    read
}

/// The scripts that the rule set names: files of its own folder only.
fn scripts(
    files: &dyn Files,
    folder: &str,
    source: &Arc<SourceFile>,
    file: &RuleSetFile,
    problems: &mut Problems,
) -> Vec<Arc<SourceFile>> {
    let mut scripts = Vec::new();
    for name in &file.ruleset.scripts {
        let place = Place::new(source, name.span.clone());
        if is_outside(&name.value) {
            problems.push(
                Problem::new(Code::BadValue, format!("`{}` is outside the rule set's folder", name.value))
                    .at(place)
                    .help("put the script beside ruleset.toml and name it from there"),
            );
            continue;
        }
        let read = problems.take(read_text(files, &join(folder, &name.value), TEXT_LIMIT, Some(&place)));
        read.iter()
            .flat_map(|script| odd_letters(script, Code::BadValue, "this script"))
            .for_each(|it| problems.push(it));
        scripts.extend(read);
    }
    unlisted(files, folder, source, file, problems);
    scripts
}

/// Notes scripts that stand in the rule set's folder and that nobody named.
fn unlisted(files: &dyn Files, folder: &str, source: &Arc<SourceFile>, file: &RuleSetFile, problems: &mut Problems) {
    let named = |path: &String| file.ruleset.scripts.iter().any(|name| join(folder, &name.value) == *path);
    let mut found: Vec<String> = files.list(folder).into_iter().filter(|name| name.ends_with(".rhai")).collect();
    found.sort();
    for path in found.iter().map(|name| join(folder, name)).filter(|path| !named(path)) {
        let place = Place::new(source, file.ruleset.name.span.clone());
        let message = format!("`{path}` is in the rules' folder, but `scripts` does not name it");
        let problem = Problem::new(Code::UnlistedFile, message).at(place);
        problems.push(
            problem.help("add it to `scripts` in `[ruleset]`, or move it elsewhere: its functions are not known"),
        );
    }
}

/// The digest of what the rule set says: comments, layout, file names and the format are not part of it.
fn digest(mut root: toml::Table, scripts: &[Arc<SourceFile>]) -> String {
    root.remove(FORMAT_KEY);
    if let Some(header) = root.get_mut("ruleset").and_then(Value::as_table_mut) {
        header.remove("scripts");
    }
    let texts = scripts.iter().map(|script| Value::String(script.text.clone())).collect();
    root.insert("scripts".to_owned(), Value::Array(texts));
    canonical_digest(&Value::Table(root))
}
