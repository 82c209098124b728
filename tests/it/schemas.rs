//! The JSON Schemas under `docs/schema`: as the command prints them, and true of every file that comes with the engine.
#![expect(clippy::disallowed_methods, reason = "schemas and fixtures are read from the disk")]

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{below, prioritise, root};

const DRAFTS: [(&str, &str); 2] = [("2020-12", "docs/schema"), ("7", "docs/schema/draft-07")];

fn committed(folder: &str, name: &str) -> String {
    std::fs::read_to_string(root().join(folder).join(format!("{name}.json"))).unwrap_or_default()
}

/// The validators of a format, one for each draft.
fn validators(name: &str) -> Vec<jsonschema::Validator> {
    let schema = |folder: &str| serde_json::from_str::<Value>(&committed(folder, name)).unwrap();
    DRAFTS.map(|(_, folder)| jsonschema::validator_for(&schema(folder)).unwrap()).into()
}

#[track_caller]
fn assert_valid(validators: &[jsonschema::Validator], value: &Value, what: &str) {
    for validator in validators {
        let errors: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}");
    }
}

fn toml_of(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()
}

/// Which schema a shipped TOML file follows.
fn format_of(path: &Path) -> &'static str {
    let folder = path.parent().and_then(Path::file_name);
    if folder.is_some_and(|folder| folder == "tests") {
        return "tests";
    }
    if folder.is_some_and(|folder| folder == "documents") {
        return "document";
    }
    if folder.is_some_and(|folder| folder == "members") {
        return "member-list";
    }
    match path.file_name().and_then(|name| name.to_str()) {
        Some("assessment.toml") => "assessment",
        Some("ruleset.toml") => "rules",
        Some("decisions.toml") => "decisions",
        Some("themes.toml") => "themes",
        Some(name) if name.starts_with("plan") => "plan",
        _ => "evidence",
    }
}

fn shipped() -> Vec<PathBuf> {
    let all = ["fixtures", "rules"].map(below).concat();
    all.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

#[test]
fn the_committed_schemas_are_what_the_command_prints() {
    for (draft, folder) in DRAFTS {
        for name in [
            "assessment",
            "evidence",
            "document",
            "decisions",
            "themes",
            "member-list",
            "plan",
            "agreed",
            "rules",
            "tests",
            "ranking",
            "explanation",
            "check",
            "results",
            "sensitivity",
            "choice",
            "learning",
            "review",
            "diff",
            "history",
            "verification",
            "weights",
            "answers",
            "elicitation",
            "workshop",
            "workshop-session",
            "signers",
            "register",
            "register-list",
            "done",
        ] {
            let printed = prioritise(&["schema", name, "--draft", draft]).out;
            if std::env::var_os("UPDATE_GUIDES").is_some() {
                std::fs::write(root().join(folder).join(format!("{name}.json")), &printed).unwrap();
            }
            let hint = format!("prioritise schema {name} --draft {draft} > {folder}/{name}.json");
            assert!(printed == committed(folder, name), "{folder}/{name}.json has drifted: {hint}");
        }
    }
}

#[test]
fn explanations_follow_their_schema() {
    let validators = validators("explanation");
    for fixture in crate::support::FIXTURES {
        let folder = format!("fixtures/{fixture}");
        let list = prioritise(&["rank", &folder, "--format", "json", "--quiet"]).out;
        let list: Value = serde_json::from_str(&list).unwrap();
        let ids: Vec<&str> =
            list["ranking"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
        let (first, last) = (ids[0], ids[ids.len() - 1]);
        let said = prioritise(&["explain", &folder, last, "--against", first, "--format", "json", "--quiet"]);
        let found: Value = serde_json::from_str(&said.out).unwrap();
        assert_valid(&validators, &found, &folder);
        // It is the candidate of the list.
        assert_eq!(found["candidate"], list["ranking"][ids.len() - 1], "{folder}");
        assert_eq!(found["against"]["other"], first, "{folder}");
    }
}

#[test]
fn what_check_finds_follows_its_schema() {
    let validators = validators("check");
    for (folder, code) in
        [("fixtures/starter", 0), ("fixtures/huntingdonshire-2019", 1), ("tests/cases/csv-control-char", 2)]
    {
        let said = prioritise(&["check", folder, "--format", "json"]);
        let found: Value = serde_json::from_str(&said.out).unwrap();
        assert_valid(&validators, &found, folder);
        let plain = prioritise(&["check", folder, "--error-format", "plain"]);
        assert_eq!((said.code, plain.code), (Some(code), Some(code)), "{folder}: {}", plain.err);
        assert_eq!(found["errors"] != 0, code == 2, "{folder}");
        assert_eq!(found["looked_at"].is_null(), code == 2, "{folder}");
        let told = found["problems"].as_array().unwrap().len();
        let counts = ["errors", "warnings", "notes"].map(|of| found[of].as_u64().unwrap());
        assert_eq!(counts.iter().sum::<u64>(), told as u64, "{folder}");
    }
}

/// What commands did that make files, all in one shape.
#[test]
fn what_was_done_follows_its_schema() {
    let folder = tempfile::tempdir().unwrap();
    let validators = validators("done");
    let run = |arguments: &[&str], holds: bool| -> Value {
        let said = crate::support::prioritise_in(folder.path(), &[arguments, &["--format", "json"]].concat());
        assert_eq!(said.code, Some(i32::from(!holds)), "{arguments:?}: {}", said.err);
        let done: Value = serde_json::from_str(&said.out).unwrap();
        assert_valid(&validators, &done, &arguments.join(" "));
        assert_eq!(done["holds"], holds, "{arguments:?}");
        done
    };
    assert_eq!(crate::support::prioritise_in(folder.path(), &["new", "ours"]).code, Some(0));
    let record = run(&["record", "ours", "-o", "sealed"], true);
    assert_eq!(record["wrote"], serde_json::json!(["sealed"]));
    let added = run(&["register", "append", "register.jsonl", "sealed"], true);
    let verified = run(&["register", "verify", "register.jsonl", "--head", added["digest"].as_str().unwrap()], true);
    assert_eq!(verified["digest"], added["digest"]);
    let lost = run(&["register", "verify", "register.jsonl", "--head", "sha256:0"], false);
    assert_eq!(lost["problems"][0]["code"], "register-head");
    assert_eq!(run(&["register", "mend", "register.jsonl"], true)["wrote"], serde_json::json!([]));
    std::fs::write(folder.path().join("password"), "correct horse battery staple\n").unwrap();
    let key = run(&["key", "new", "chair.key", "--role", "chair", "--password-file", "password"], true);
    assert_eq!(key["wrote"], serde_json::json!(["chair.key", "chair.key.pub"]));
    let signed = run(&["sign", "sealed", "--key", "chair.key", "--role", "chair", "--password-file", "password"], true);
    assert_eq!(signed["digest"], record["digest"]);
    assert_eq!(run(&["fmt", "ours", "--check"], true)["wrote"], serde_json::json!([]));
    assert_eq!(run(&["upgrade", "ours"], true)["told"].as_array().unwrap().len(), 2);
    let csv = "Theme,Count\nBurglary,12\nArson,3\n";
    std::fs::write(folder.path().join("figures.csv"), csv).unwrap();
    let table =
        ["import", "table", "figures.csv", "--id", "Theme", "--value", "Count", "--period", "2025/26", "-o", "new"];
    let imported = run(&[&table[..], &["--kind", "crime"]].concat(), true);
    let account = &imported["account"];
    let aside: u64 = account["set_aside"].as_array().unwrap().iter().map(|it| it["rows"].as_u64().unwrap()).sum();
    assert_eq!(account["read"].as_u64().unwrap(), account["used"].as_u64().unwrap() + aside);
}

#[test]
fn choices_follow_their_schema() {
    let plan = root().join("tests/cases/plan-of-actions");
    let plan = plan.to_str().unwrap();
    for more in [&["--curve", "grant"][..], &["--draws", "20"]] {
        let said = prioritise(&[&["choose", plan, "--format", "json", "--quiet"], more].concat());
        let choice: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        for validator in validators("choice") {
            let faults: Vec<String> = validator.iter_errors(&choice).map(|error| error.to_string()).collect();
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
}

#[test]
fn every_shipped_file_follows_its_schema() {
    let files = shipped();
    assert!(files.len() > 30, "only {} files were found", files.len());
    let of = ["assessment", "evidence", "document", "decisions", "themes", "member-list", "plan", "rules", "tests"];
    let of = of.map(|name| (name, validators(name)));
    for path in files {
        let (_, validators) = of.iter().find(|(name, _)| *name == format_of(&path)).unwrap();
        assert_valid(validators, &toml_of(&path), &path.display().to_string());
    }
}

#[test]
fn every_shipped_file_that_names_a_schema_names_its_own() {
    for path in shipped() {
        let text = std::fs::read_to_string(&path).unwrap();
        let Some(named) = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")) else { continue };
        let schema = path.parent().unwrap().join(named.trim());
        let wanted = root().join(format!("docs/schema/{}.json", format_of(&path)));
        assert_eq!(schema.canonicalize().ok(), wanted.canonicalize().ok(), "{}", path.display());
    }
}

#[test]
fn the_rankings_of_the_fixtures_follow_their_schema() {
    let validators = validators("ranking");
    for fixture in std::fs::read_dir(root().join("fixtures")).unwrap() {
        let folder = fixture.unwrap().path();
        let said = prioritise(&["rank", folder.to_str().unwrap(), "--format", "json", "--quiet"]);
        assert_valid(&validators, &serde_json::from_str(&said.out).unwrap(), &folder.display().to_string());
    }
}

#[test]
fn the_results_of_tests_follow_their_schema() {
    let validators = validators("results");
    let said = prioritise(&["test", "fixtures/starter/rules", "--mutate", "--coverage", "--format", "json"]);
    assert_valid(&validators, &serde_json::from_str(&said.out).unwrap(), "fixtures/starter/rules");
    let filtered = prioritise(&["test", "fixtures/starter/rules", "--filter", "volume", "--format", "json"]);
    assert_valid(&validators, &serde_json::from_str(&filtered.out).unwrap(), "fixtures/starter/rules");
}

#[test]
fn differences_follow_their_schema() {
    let validators = validators("diff");
    let rules = ["diff", "fixtures/starter", "--rules", "tests/base/rules", "--format", "json", "--quiet"];
    let years =
        ["diff", "tests/base", "fixtures/starter", "--rules", "fixtures/starter/rules", "--format", "json", "--quiet"];
    for arguments in [&rules[..], &years] {
        let said = prioritise(arguments);
        assert_valid(&validators, &serde_json::from_str(&said.out).unwrap(), &said.err);
    }
}

#[test]
fn histories_follow_their_schema() {
    let validators = validators("history");
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record").display().to_string();
    prioritise(&["record", "tests/years/district/2024-25", "--quiet", "-o", &record]);
    let of = |case: &str, years: &[&str]| -> Vec<String> {
        years.iter().map(|year| format!("tests/years/{case}/{year}")).collect()
    };
    let district = [of("district", &["2023-24", "2025-26"]), vec![record]].concat();
    for years in [district, of("not-split", &["2024-25", "2025-26"]), of("merger", &["before", "after"])] {
        let years: Vec<&str> = years.iter().map(String::as_str).collect();
        let said = prioritise(&[&["history", "--format", "json", "--quiet"], &years[..]].concat());
        assert_valid(&validators, &serde_json::from_str(&said.out).unwrap(), &said.err);
    }
}

#[test]
fn what_was_found_of_a_record_follows_its_schema() {
    let validators = validators("verification");
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    prioritise(&["record", "fixtures/starter", "--quiet", "-o", record.to_str().unwrap()]);
    let found = || prioritise(&["verify", record.to_str().unwrap(), "--format", "json"]).out;
    assert_valid(&validators, &serde_json::from_str(&found()).unwrap(), "as sealed");
    std::fs::write(record.join("data/rules/change.rhai"), "fn").unwrap();
    assert_valid(&validators, &serde_json::from_str(&found()).unwrap(), "with an altered script");
}

/// A copy of `value` with the thing at this JSON pointer changed.
fn changed(value: &Value, pointer: &str, change: impl Fn(&mut Value)) -> Value {
    let mut changed = value.clone();
    change(changed.pointer_mut(pointer).unwrap());
    changed
}

fn with_key(pointer: &'static str) -> impl Fn(&Value) -> Value {
    move |value| changed(value, pointer, |table| table.as_object_mut().unwrap().extend([("wieght".into(), 1.into())]))
}

fn set(pointer: &'static str, to: Value) -> impl Fn(&Value) -> Value {
    move |value| changed(value, pointer, |old| *old = to.clone())
}

#[test]
fn what_the_engine_refuses_the_schemas_refuse_too() {
    type Change = Box<dyn Fn(&Value) -> Value>;
    let cases: Vec<(&str, &str, Change)> = vec![
        ("rules", "rules/ruleset.toml", Box::new(with_key(""))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/ruleset"))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/criterion/0"))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/criterion/2/value/linear"))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/evidence/recorded"))),
        ("rules", "rules/ruleset.toml", Box::new(set("/criterion/0/direction", "higher-is-wors".into()))),
        ("rules", "rules/ruleset.toml", Box::new(set("/criterion/0/weight", "30".into()))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/parameter/much_concern"))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/parameter/much_concern/values/0"))),
        ("rules", "rules/ruleset.toml", Box::new(set("/parameter/much_concern/values/0/value", "many".into()))),
        ("rules", "rules/ruleset.toml", Box::new(set("/parameter/much_concern/values/0/from", 2020.into()))),
        ("rules", "rules/ruleset.toml", Box::new(set("/criterion/0/value", serde_json::json!({ "linaer": {} })))),
        ("rules", "rules/ruleset.toml", Box::new(set("/criterion/0/missing", "stated".into()))),
        ("rules", "rules/ruleset.toml", Box::new(set("/criterion/0/missing", serde_json::json!({ "value": 0.4 })))),
        ("rules", "rules/ruleset.toml", Box::new(with_key("/criterion/1/missing"))),
        ("tests", "rules/tests/rules.toml", Box::new(with_key("/case/0"))),
        ("tests", "rules/tests/rules.toml", Box::new(with_key("/table/0"))),
        ("tests", "rules/tests/rules.toml", Box::new(with_key("/assessment/0"))),
        ("tests", "rules/tests/rules.toml", Box::new(set("/case/0/measure", "250".into()))),
        ("tests", "rules/tests/rules.toml", Box::new(set("/case/2/error", "script-fails".into()))),
        ("assessment", "assessment.toml", Box::new(with_key("/assessment"))),
        ("assessment", "assessment.toml", Box::new(with_key("/source/0"))),
        ("assessment", "assessment.toml", Box::new(set("/assessment/period", 2025.into()))),
        ("evidence", "evidence/burglary.toml", Box::new(with_key("/candidate/0"))),
        ("evidence", "evidence/burglary.toml", Box::new(with_key("/candidate/0/evidence/recorded"))),
        ("evidence", "evidence/burglary.toml", Box::new(with_key("/candidate/0/evidence/recorded/series/0"))),
        ("evidence", "evidence/burglary.toml", Box::new(set("/candidate/0/kind", "thing".into()))),
    ];
    for (at, (name, file, change)) in cases.iter().enumerate() {
        let value = toml_of(&root().join("fixtures/starter").join(file));
        for validator in validators(name) {
            assert!(validator.is_valid(&value), "{file}");
            assert!(!validator.is_valid(&change(&value)), "the schema of {name} lets case {at} pass");
        }
    }
    let said = prioritise(&["rank", "fixtures/starter", "--format", "json"]);
    let ranking: Value = serde_json::from_str(&said.out).unwrap();
    for validator in validators("ranking") {
        assert!(!validator.is_valid(&with_key("/ranking/0")(&ranking)));
        assert!(!validator.is_valid(&set("/ranking/0/total", "76.83".into())(&ranking)));
    }
}
