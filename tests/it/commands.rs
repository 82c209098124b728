//! The commands as a person types them: results, exit codes, help.

use crate::support::{prioritise, prioritise_in, root};

#[test]
fn the_readme_shows_what_the_command_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once("$ cargo run --release -- rank fixtures/huntingdonshire-2019\n").unwrap();
    let (shown, _) = after.split_once("```").unwrap();
    let said = prioritise(&["rank", "fixtures/huntingdonshire-2019"]);
    assert!(said.out.starts_with(shown), "the README shows:\n{shown}\nthe command prints:\n{}", said.out);
}

#[test]
fn what_is_no_command_is_told_where_it_is() {
    let said = prioritise(&["paper", "fixtures/starter"]);
    assert_eq!((said.code, &*said.out), (Some(2), ""));
    assert!(said.err.contains("unrecognized subcommand 'paper'"), "{}", said.err);
    assert!(said.err.contains("`prioritise rank ASSESSMENT --format html -o paper.html`"), "{}", said.err);
}

#[test]
fn new_makes_a_folder_that_ranks_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let made = prioritise_in(folder.path(), &["new", "ours"]);
    assert_eq!((made.code, &*made.out), (Some(0), ""));
    assert_eq!(made.err, "made ours; rank it with: prioritise rank ours\n");
    let ranked = prioritise_in(folder.path(), &["rank", "ours"]);
    assert_eq!((ranked.code, &*ranked.err), (Some(0), ""));
    assert_eq!(ranked.out, prioritise(&["rank", "fixtures/starter"]).out);
    let checked = prioritise_in(folder.path(), &["check", "ours"]);
    assert_eq!((checked.code, &*checked.err), (Some(0), ""));
}

#[test]
fn new_gives_every_file_of_the_starter() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    let names = |of: &std::path::Path| {
        let mut names: Vec<String> = Vec::new();
        let mut folders = vec![of.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
                match entry.file_type().unwrap().is_dir() {
                    true => folders.push(entry.path()),
                    false => names.push(entry.path().strip_prefix(of).unwrap().display().to_string()),
                }
            }
        }
        names.sort();
        names
    };
    let (schemas, starter): (Vec<String>, Vec<String>) =
        names(&folder.path().join("ours")).into_iter().partition(|name| name.starts_with("schemas/"));
    assert_eq!(starter, names(&root().join("fixtures/starter")));
    assert_eq!(schemas.len(), 10);
}

/// Editors find the schema of every file beside it, without a network, and the file follows it.
#[test]
fn new_gives_every_file_its_schema() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    for name in [
        "assessment.toml",
        "evidence/burglary.toml",
        "evidence/domestic-abuse.toml",
        "rules/ruleset.toml",
        "rules/tests/rules.toml",
    ] {
        let path = folder.path().join("ours").join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let schema = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap();
        let schema = std::fs::read_to_string(path.parent().unwrap().join(schema)).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert!(
            !schema.to_string().contains("http://") || schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        );
        let validator = jsonschema::validator_for(&schema).unwrap();
        let file = serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
        assert!(validator.is_valid(&file), "{name}");
        let wrong = serde_json::to_value(format!("wieght = 1\n{text}").parse::<toml::Table>().unwrap()).unwrap();
        assert!(!validator.is_valid(&wrong), "{name} may have any key");
    }
}

#[test]
fn new_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let said = prioritise_in(folder.path(), &["new", ".", "--error-format", "plain"]);
    assert_eq!((said.code, &*said.out), (Some(2), ""));
    insta::assert_snapshot!(said.err, @"error folder-not-empty: `.` exists and is not empty; name a folder that does not exist yet");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_gets_the_same_bytes_as_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.json");
    let path = file.to_str().unwrap();
    let said = prioritise(&["rank", "fixtures/starter", "--format", "json", "-o", path]);
    assert_eq!((said.code, &*said.out, &*said.err), (Some(0), "", ""));
    let direct = prioritise(&["rank", "fixtures/starter", "--format", "json"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), direct.out);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn another_rule_set_can_be_named() {
    let said = prioritise(&["rank", "fixtures/starter", "--rules", "fixtures/starter/rules", "--format", "csv"]);
    assert_eq!(said.out, prioritise(&["rank", "fixtures/starter/assessment.toml", "--format", "csv"]).out);
    let wrong = prioritise(&["rank", "fixtures/starter", "--rules", "rules/nowhere", "--error-format", "plain"]);
    assert_eq!((wrong.code, &*wrong.out), (Some(2), ""));
    insta::assert_snapshot!(wrong.err, @"error file-missing: there is no file `rules/nowhere/ruleset.toml`; name the folder of a rule set");
}

#[test]
fn colour_adds_nothing_but_weight() {
    let plain = prioritise(&["rank", "fixtures/starter", "--color", "never"]).out;
    let coloured = prioritise(&["rank", "fixtures/starter", "--color", "always"]).out;
    assert_ne!(plain, coloured);
    assert_eq!(coloured.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), plain);
}

#[test]
fn help_of_every_command() {
    for command in [
        "rank",
        "explain",
        "diff",
        "history",
        "review",
        "choose",
        "sensitivity",
        "elicit",
        "form",
        "learn",
        "check",
        "test",
        "record",
        "verify",
        "watch",
        "import",
        "key",
        "new",
        "register",
        "schema",
        "sign",
        "templates",
        "workshop",
    ] {
        let said = prioritise(&[command, "--help"]);
        assert_eq!((said.code, &*said.err), (Some(0), ""));
        insta::assert_snapshot!(format!("help.{command}"), said.out);
    }
    let kinds = [
        ["import", "form"],
        ["import", "police-uk"],
        ["import", "table"],
        ["key", "new"],
        ["register", "append"],
        ["register", "list"],
        ["register", "mend"],
        ["register", "verify"],
    ];
    for [command, kind] in kinds {
        let said = prioritise(&[command, kind, "--help"]);
        assert_eq!((said.code, &*said.err), (Some(0), ""));
        insta::assert_snapshot!(format!("help.{command}.{kind}"), said.out);
    }
}
