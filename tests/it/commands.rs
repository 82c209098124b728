//! The commands as a person types them: results, exit codes, help.

use prioritise::cli::Exit;
use prioritise::files::Files as _;

use crate::support::{at_a_screen, command, prioritise, prioritise_in, root, said, said_to};

#[test]
fn the_readme_shows_what_the_command_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once("$ cargo run --release -- rank fixtures/huntingdonshire-2019\n").unwrap();
    let (shown, _) = after.split_once("```").unwrap();
    let said = prioritise(&["rank", "fixtures/huntingdonshire-2019"]);
    assert!(said.out.starts_with(shown), "the README shows:\n{shown}\nthe command prints:\n{}", said.out);
}

/// The picture in the README is the chart that the command draws.
#[test]
fn the_readme_has_the_picture_of_its_list() {
    let path = root().join("docs/pictures/list.svg");
    let drawn = prioritise(&["rank", "fixtures/huntingdonshire-2019", "--format", "svg", "--quiet"]).out;
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == drawn,
        "run this test with UPDATE_GUIDES=1 and look at the picture"
    );
}

/// Every chart of every fixture is sound XML that says what it shows, and no text or mark leaves it.
#[test]
fn charts_stand_by_themselves() {
    for fixture in crate::support::FIXTURES {
        for chart in ["list", "points"] {
            let said =
                prioritise(&["rank", &format!("fixtures/{fixture}"), "--chart", chart, "--format", "svg", "--quiet"]);
            assert_eq!(said.code, Some(0), "{fixture} {chart}: {}", said.err);
            let mut reader = quick_xml::Reader::from_str(&said.out);
            reader.config_mut().check_end_names = true;
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            for name in [" x=\"", " x1=\"", " x2=\"", " cx=\""] {
                for rest in said.out.split(name).skip(1) {
                    let at: f64 = rest.split('"').next().unwrap().parse().unwrap();
                    assert!((0.0..=800.0).contains(&at), "{fixture} {chart}: {at}");
                }
            }
            assert!(["<title", "<desc", "<style"].iter().all(|name| said.out.contains(name)), "{fixture} {chart}");
            assert!(!said.out.contains("NaN"), "{fixture} {chart}");
        }
    }
    for wrong in [&["--chart", "list"][..], &["--full", "--format", "csv"], &["--chart", "pie", "--format", "svg"]] {
        assert_eq!(prioritise(&[&["rank", "fixtures/starter"], wrong].concat()).code, Some(2), "{wrong:?}");
    }
}

/// Messages go on in further lines where the screen ends; what is drawn of a file has its own width.
#[test]
fn what_check_says_is_as_wide_as_the_screen() {
    let check = ["check", "fixtures/huntingdonshire-2019"];
    let on_a_screen = |columns: &str| {
        at_a_screen(&root(), &check, &[("COLUMNS", columns), ("PAGER", "cat"), ("NO_COLOR", "1")]).out.replace('\r', "")
    };
    let (narrow, piped) = (on_a_screen("76"), prioritise(&check).out);
    let is_told = |line: &&str| !line.contains('|') && !line.contains("-->") && !line.starts_with("next: ");
    assert!(narrow.lines().filter(is_told).all(|line| line.chars().count() <= 76), "{narrow}");
    let words = |text: &str| text.lines().filter(is_told).flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    assert_eq!(words(&narrow), words(&piped));
    assert_eq!(said(command(&check).env("COLUMNS", "40")).out, piped, "what goes to no screen is as it is");
}

#[test]
fn what_is_no_command_is_told_where_it_is() {
    let init = prioritise(&["init"]);
    assert!(init.code == Some(2) && init.err.contains("`prioritise new FOLDER`"), "{}", init.err);
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
    assert_eq!((said.code, &*said.out, said.err), (Some(0), "", format!("wrote {path}\n")));
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
fn quiet_and_programs_hear_nothing_of_success() {
    let folder = tempfile::tempdir().unwrap();
    let starter = root().join("fixtures/starter");
    for more in [&["--quiet"][..], &["--error-format", "json"]] {
        let arguments = [&["rank", starter.to_str().unwrap(), "-o", "list.csv"][..], more].concat();
        let said = prioritise_in(folder.path(), &arguments);
        assert_eq!((said.code, &*said.out, &*said.err), (Some(0), "", ""), "{more:?}");
    }
}

/// The folder that a person is in, where they name none.
#[test]
fn an_assessment_that_is_left_out_is_the_folder_one_is_in() {
    let starter = root().join("fixtures/starter");
    for rest in [&["rank"][..], &["check"], &["sensitivity", "--draws", "50"], &["explain", "burglary"]] {
        let (here, named) = (prioritise_in(&starter, rest), [&rest[..1], &["."], &rest[1..]].concat());
        let there = prioritise_in(&starter, &named);
        assert_eq!((here.code, &here.err), (Some(0), &there.err), "{rest:?}");
        assert_eq!(here.out, there.out, "{rest:?}");
    }
    let nothing = prioritise_in(&root().join("fixtures"), &["rank", "--error-format", "plain"]);
    assert_eq!(nothing.code, Some(2));
    insta::assert_snapshot!(nothing.err, @"error file-missing: there is no file `assessment.toml`; name the folder of an assessment, or start one with `prioritise new`");
    let nobody = prioritise(&["explain", "fixtures/starter", "--error-format", "plain"]);
    assert_eq!(nobody.code, Some(2));
    insta::assert_snapshot!(nobody.err, @"error bad-value: no candidate is named; name one by its id: `prioritise explain fixtures/starter CANDIDATE`");
}

/// Flags may stand anywhere, between the assessment and the candidate too.
#[test]
fn a_candidate_is_found_behind_flags() {
    let apart = prioritise(&["explain", "fixtures/starter", "--against", "domestic-abuse", "burglary"]);
    let together = prioritise(&["explain", "fixtures/starter", "burglary", "--against", "domestic-abuse"]);
    assert_eq!((apart.code, apart.out), (Some(0), together.out));
}

#[test]
fn a_file_can_be_piped_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weights.toml");
    let weights = "concentration = 100\n[bounds]\nharm = [15, 40]\n";
    std::fs::write(&file, weights).unwrap();
    let drawn = |file: &'static str| {
        [
            "sensitivity",
            "fixtures/huntingdonshire-2019",
            "--draws",
            "50",
            "--quiet",
            "--error-format",
            "plain",
            "--weights",
            file,
        ]
    };
    let named = prioritise(&[&drawn("")[..8], &[file.to_str().unwrap()]].concat());
    let piped = said_to(&drawn("-"), weights.as_bytes());
    assert_eq!((piped.code, &*piped.err, piped.out), (Some(0), "", named.out));
    let wrong = said_to(&drawn("-"), b"concentraton = 100\n");
    assert_eq!((wrong.code, &*wrong.out), (Some(2), ""));
    assert!(wrong.err.contains("error unknown-key: -, line 1, column 1: "), "{}", wrong.err);
    let typed = at_a_screen(&root(), &drawn("-"), &[("TERM", "dumb")]);
    assert!(typed.code == Some(2) && typed.out.contains("no file is piped into it"), "{}", typed.out);
}

/// An assessment that names `-` means a file.
#[test]
fn what_is_piped_is_no_file_of_an_assessment() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = crate::support::Folder::of(&["fixtures/starter"]);
    files.edit("fixtures/starter/assessment.toml", "\"evidence/burglary.toml\"", "\"-\"");
    files.lay_out("fixtures/starter", folder.path());
    let mut ranked = command(&["rank", ".", "--error-format", "plain"]);
    let said = crate::support::said(ranked.current_dir(folder.path()).stdin(std::process::Stdio::null()));
    assert!(said.code == Some(2) && said.err.contains("there is no file `-`"), "{}", said.err);
}

#[test]
fn help_prints_what_messages_cite() {
    let page = prioritise(&["help", "unknown-key"]);
    assert_eq!((page.code, &*page.err), (Some(0), ""));
    insta::assert_snapshot!(page.out, @r"
    unknown-key

    A key that nothing reads, mostly a slip. It is refused, so that no rule is left out without a word.

    ```text
    `wieght` is not a key here; did you mean `weight`?
    ```

    Correct the key. The guides list every key: rules.md, evidence.md.
    ");
    for name in ["evidence", "evidence.md", "docs/evidence.md"] {
        let guide = std::fs::read_to_string(root().join("docs/evidence.md")).unwrap();
        assert_eq!(prioritise(&["help", name]).out, guide, "{name}");
    }
    // A command goes before a guide of the same name.
    assert_eq!(prioritise(&["help", "diff"]).out, prioritise(&["diff", "--help"]).out);
    assert_eq!(prioritise(&["help", "import", "table"]).out, prioritise(&["import", "table", "--help"]).out);
    assert!(prioritise(&["help", "diff.md"]).out.starts_with("# "));
    let wrong = prioritise(&["help", "unknwon-key", "--error-format", "plain"]);
    assert_eq!((wrong.code, &*wrong.out), (Some(2), ""));
    insta::assert_snapshot!(wrong.err, @"error unknown-id: there is no command, code or guide `unknwon-key`; did you mean `unknown-key`?");
    let whole = prioritise(&["help"]);
    assert_eq!(whole.out, prioritise(&["--help"]).out);
    insta::assert_snapshot!("help", whole.out);
    insta::assert_snapshot!("help.guides", prioritise(&["help", "guides"]).out);
    insta::assert_snapshot!("help.codes", prioritise(&["help", "codes"]).out);
}

/// Longer than the screen: the pager has it, and what to type next stands behind it.
#[test]
fn a_long_result_goes_to_the_pager_of_a_terminal() {
    let pager = "sed s/^/paged:/";
    let shown =
        at_a_screen(&root(), &["rank", "fixtures/starter"], &[("PAGER", pager), ("TERM", "xterm"), ("NO_COLOR", "1")]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    let list = prioritise(&["rank", "fixtures/starter"]).out;
    let paged = list.trim_end_matches('\n').replace('\n', "\npaged:");
    let next = "next: prioritise explain fixtures/starter domestic-abuse";
    assert_eq!(shown.out, format!("paged:{paged}\n{next}\n"));
    for (pager, term) in [("cat", "xterm"), ("", "xterm"), ("no-such-program", "xterm"), (pager, "dumb")] {
        let plain =
            at_a_screen(&root(), &["rank", "fixtures/starter"], &[("PAGER", pager), ("TERM", term), ("NO_COLOR", "1")]);
        assert!(plain.out.starts_with(&list), "{pager:?} {term}: {}", plain.out);
    }
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
        "help",
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

#[test]
fn a_program_in_the_same_process_gets_what_a_command_prints() {
    let called = |arguments: &[&str]| prioritise::cli::call(arguments.iter().map(std::ffi::OsString::from), &[]);
    let starter = root().join("fixtures/starter").display().to_string();
    for arguments in [&["rank", &*starter][..], &["check", &starter], &["explain", &starter, "burglary"], &["--help"]] {
        let (answer, said) = (called(arguments), prioritise(arguments));
        assert_eq!((String::from_utf8(answer.result).unwrap(), answer.told), (said.out, said.err), "{arguments:?}");
        assert_eq!(answer.exit, Exit::Done);
    }
    for arguments in [&["rank", "nowhere"][..], &["rank", "--nothing"], &["rank", "nowhere", "--error-format", "json"]]
    {
        let (answer, said) = (called(arguments), prioritise(arguments));
        assert_eq!((answer.exit, answer.result.len(), answer.told), (Exit::Wrong, 0, said.err), "{arguments:?}");
    }
}

/// What rules may do is a run's, and a process can have many runs.
#[test]
fn each_call_of_a_process_may_do_what_a_run_may() {
    let starter = root().join("fixtures/starter").display().to_string();
    let answers: Vec<_> = (0..3)
        .map(|_| {
            let files = prioritise::cli::disk();
            let left = files.budget().left();
            let mut problems = prioritise::diagnostic::Problems::default();
            let (assessment, rules) = prioritise::load(&files, &starter, None, &mut problems).unwrap();
            let ranked = prioritise::rank(&assessment, &rules, std::num::NonZeroUsize::MIN, problems).unwrap();
            (left, ranked.rules.library.budget.left())
        })
        .collect();
    assert!(answers.windows(2).all(|two| two[0] == two[1]) && answers[0].0 > answers[0].1, "{answers:?}");
}
