//! Forms that came back with something wrong: `tests/forms/NAME.toml` says what was typed into forms of the folder that
//! `prioritise new` makes, and its snapshot has all that the command says of it. Adding a case is adding a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use insta::{Settings, assert_snapshot};
use serde::Deserialize;

use crate::edits::Edit;
use crate::filling::Filling;
use crate::support::{in_repository, prioritise_in};

/// A case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What somebody did, in a line.
    #[serde(rename = "about")]
    _about: String,
    /// What is other in `ours` before the forms are made.
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    form: Vec<Form>,
    /// What is other in `ours` once they are made.
    #[serde(default)]
    later: Vec<Edit>,
    /// Commands, the last of which reads the forms.
    run: Vec<String>,
}

/// A form that somebody filled in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    /// The file.
    file: String,
    /// What it asks: a word of `prioritise form`.
    kind: String,
    /// What is typed above the rows, by key.
    #[serde(default)]
    once: BTreeMap<String, String>,
    /// What is typed into rows: their keys, columns and texts.
    #[serde(default)]
    put: Vec<[String; 3]>,
    /// The name that its sheet to fill is given.
    sheet: Option<String>,
}

#[test]
fn what_is_wrong_on_forms_is_told_and_how_to_mend_it() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../forms/found");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../forms", "*.toml", |path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(in_repository(&format!("tests/forms/{name}"))).unwrap();
            let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_snapshot!("said", said(&case));
        });
    });
}

/// What the last command says, and every file that it changed.
fn said(case: &Case) -> String {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(prioritise_in(folder, &["new", "ours", "--quiet"]).code, Some(0));
    case.edit.iter().for_each(|edit| change(folder, edit));
    case.form.iter().for_each(|form| lay(folder, form));
    case.later.iter().for_each(|edit| change(folder, edit));
    let (last, before) = case.run.split_last().unwrap();
    for command in before {
        let said = prioritise_in(folder, &command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(said.code, Some(0), "{command}: {}", said.err);
    }
    let words: Vec<&str> = last.split_whitespace().collect();
    let said = prioritise_in(folder, &[&words[..], &["--error-format", "plain"]].concat());
    assert!(!said.err.is_empty(), "nothing is told of what is wrong:\n{}", said.out);
    format!("$ {last}\n{}{}--- exit {}\n", said.err, said.out, said.code.unwrap())
}

fn change(folder: &Path, edit: &Edit) {
    let path = folder.join("ours").join(&edit.file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(&edit.find).count(), 1, "{}: `{}`", edit.file, edit.find);
    fs::write(path, text.replace(&edit.find, &edit.replace)).unwrap();
}

fn lay(folder: &Path, form: &Form) {
    let sheet = match &*form.kind {
        "scores" => "Scores",
        "evidence" => "Figures",
        _ => "Weights",
    };
    let said = prioritise_in(folder, &["form", "ours", &form.kind, "-o", &form.file, "--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let mut filling = Filling::new(fs::read(folder.join(&form.file)).unwrap(), sheet);
    for (key, text) in &form.once {
        filling = filling.once(key, text);
    }
    for [key, column, text] in &form.put {
        filling = filling.put(key, column, text);
    }
    let saved = match &form.sheet {
        Some(name) => filling.with_sheet_called(name),
        None => filling.saved(),
    };
    fs::write(folder.join(&form.file), saved).unwrap();
}
