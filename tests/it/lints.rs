//! What a careful colleague would ask about rules: `tests/lints/NAME.toml` has a rule set and figures, and its snapshot is
//! what `check` asks. Adding a case is adding a file.
#![expect(clippy::disallowed_methods, reason = "cases are read from the disk")]

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use insta::{Settings, assert_snapshot};
use prioritise::diagnostic::{Code, ErrorFormat, Problem, Problems, Severity, render};
use serde::Deserialize;

use crate::support::{Folder, in_repository, names_in, prioritise};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "about")]
    _about: String,
    ruleset: String,
    script: Option<String>,
    /// A CSV of candidates; each column has the name of its evidence.
    figures: String,
    /// The period of figures that nobody judged.
    covers: Option<String>,
    /// Evidence that no cell can hold, as the file of one candidate more.
    evidence: Option<String>,
}

impl Case {
    fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(in_repository(&format!("tests/lints/{name}"))).unwrap();
        toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The case as an assessment with the kinds of evidence that its rules declare.
    fn files(&self) -> Folder {
        let mut files = Folder::default();
        files.write("rules/ruleset.toml", self.ruleset.as_str());
        if let Some(script) = &self.script {
            files.write("rules/own.rhai", script.as_str());
        }
        files.write("figures.csv", self.figures.as_str());
        let mut text = "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025/26\"\nrules = \"rules\"\nevidence = [EVIDENCE]\n\
                        [population]\npeople = 1000\nsource = \"s\"\nwhere = \"W\"\n[[source]]\nid = \"s\"\ntitle = \"T\"\n\
                        [[table]]\nfile = \"figures.csv\"\nid = \"id\"\n"
            .to_owned();
        let rules: toml::Table = self.ruleset.parse().unwrap();
        let in_table = |name: &str| self.figures.lines().any(|line| line.split(',').any(|header| header == name));
        for (name, declared) in rules["evidence"].as_table().unwrap().iter().filter(|(name, _)| in_table(name)) {
            text.push_str(&format!("[table.column.{name}]\nheader = \"{name}\"\nkind = {}\n", declared["kind"]));
            text.push_str(&match declared.get("scale") {
                Some(scale) => format!("scale = {scale}\nby = \"Us\"\ndate = \"2026-05-01\"\nbecause = \"B\"\n"),
                None => "source = \"s\"\nwhere = \"W\"\n".to_owned(),
            });
            if let (Some(covers), None) = (&self.covers, declared.get("scale")) {
                text.push_str(&format!("period = \"{covers}\"\n"));
            }
        }
        let named = if self.evidence.is_some() { "\"evidence.toml\"" } else { "" };
        if let Some(evidence) = &self.evidence {
            files.write("evidence.toml", evidence.as_str());
        }
        files.write("assessment.toml", text.replace("EVIDENCE", named));
        files
    }

    /// What `check` says, and the ranking as JSON.
    fn checked(&self) -> (Vec<Problem>, String) {
        let mut problems = Problems::default();
        let loaded = prioritise::load(&self.files(), "assessment.toml", None, &mut problems);
        let Some((assessment, rules)) = loaded else { panic!("{:#?}", problems.sorted()) };
        let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems.clone()).unwrap();
        problems.extend(prioritise::check(&report).unwrap().0);
        (problems.sorted(), prioritise::report::json(&report))
    }
}

fn cases() -> Vec<(String, Case)> {
    names_in("tests/lints", ".toml").into_iter().map(|name| (name.clone(), Case::read(&name))).collect()
}

#[test]
fn each_question_is_asked_where_it_arises_and_nowhere_else() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../lints/found");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, case) in cases() {
            let mut text = String::new();
            for problem in &case.checked().0 {
                text.push_str(&render(std::slice::from_ref(problem), ErrorFormat::Plain, false));
                let pointed = problem.place.as_ref().map(|place| place.text().to_owned()).unwrap_or_default();
                text.push_str(&format!("    at «{}»\n", pointed.lines().next().unwrap_or_default()));
            }
            assert_snapshot!(name.trim_end_matches(".toml"), text);
        }
    });
}

#[test]
fn every_finding_has_a_case_words_a_place_and_help() {
    let mut met = BTreeSet::new();
    for problem in cases().iter().flat_map(|(_, case)| case.checked().0) {
        assert!(problem.place.is_some() && problem.help.as_ref().is_some_and(|help| !help.is_empty()), "{problem:#?}");
        met.insert(problem.code);
    }
    let all = Code::FINDINGS.iter().chain(&[Code::AcceptsNothing, Code::FindingAccepted]);
    let missing: Vec<&str> = all.filter(|code| !met.contains(code)).map(|code| code.name()).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn no_ranking_shows_them() {
    for (name, case) in cases() {
        let json = case.checked().1;
        let shown: Vec<&str> = Code::FINDINGS
            .iter()
            .map(|code| code.name())
            .filter(|code| json.contains(&format!("\"{code}\"")))
            .collect();
        assert_eq!(shown, [""; 0], "{name}");
    }
}

#[test]
fn the_starter_leaves_nothing_to_ask_and_the_matrix_says_why_it_multiplies() {
    let starter = prioritise(&["check", "fixtures/starter"]);
    assert_eq!((starter.code, &*starter.err), (Some(0), ""), "{}", starter.out);
    assert!(starter.out.contains("0 warnings and 0 notes"), "{}", starter.out);
    let matrix = prioritise(&["check", "fixtures/morile-style", "--error-format", "plain"]);
    let accepted = matrix.out.lines().find(|line| line.contains("finding-accepted")).unwrap_or_default();
    assert!(accepted.starts_with("note") && accepted.contains("product-of-ordinals"), "{}", matrix.out);
}

/// An accepted finding is a note; what is accepted can be named with the finding or not.
#[test]
fn accepting_turns_a_warning_into_a_note_for_just_what_it_names() {
    let case = Case::read("product-of-sections.toml");
    let with = |of: &str| {
        let accept = format!("\n[[accept]]\nfinding = \"product-of-ordinals\"\n{of}\nbecause = \"Meant.\"\n");
        let case = Case { ruleset: format!("{}{accept}", case.ruleset), ..Case::read("product-of-sections.toml") };
        let problems = case.checked().0;
        problems.iter().filter(|it| it.code.severity() == Severity::Warning).map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(with(""), []);
    assert_eq!(with("of = [\"likelihood\", \"harm\"]"), []);
    assert_eq!(with("of = [\"harm\"]").len(), 2);
}
