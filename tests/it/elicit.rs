//! Weights from people through the command: read, asked for, shown, written into the rules, and checked later.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use insta::assert_snapshot;
use prioritise::diagnostic::Problems;
use prioritise::elicitation::{self, Answers, HowAsked};
use prioritise::rules::{RuleSet, WeightMethod};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::edits::BASE;
use crate::support::{Folder, Said, command, prioritise, prioritise_in, told};

const RULES: &str = "fixtures/starter/rules";

/// What is said where weights are written into the starter's rules.
const WROTE: &str = "wrote the weights into ours/rules/ruleset.toml\n\
                     took out `weights_because`, which was of the old weights: A start: agree your own with the board, and \
                     write here why they are what they are.\n";

/// The folder that `prioritise new` makes, as `ours`.
fn ours() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(prioritise_in(folder.path(), &["new", "ours", "--quiet"]).code, Some(0));
    folder
}

fn person(by: &str, numbers: &[(&str, u32)]) -> String {
    let lines: Vec<String> = numbers.iter().map(|(id, number)| format!("{id} = {number}\n")).collect();
    format!("\n[[person]]\nby = \"{by}\"\ndate = \"2026-11-02\"\n[person.criteria]\n{}", lines.concat())
}

fn swings() -> String {
    let chair = person("Chair", &[("volume", 60), ("change", 40), ("severity", 100), ("concern", 25)]);
    let police = person("Police superintendent", &[("volume", 100), ("change", 30), ("severity", 80), ("concern", 20)]);
    format!("[answers]\nmethod = \"swing\"\n{chair}{police}")
}

const PAIRS: &str = r#"[answers]
method = "pairwise"

[[person]]
by = "Chair"
date = "2026-11-02"
[person.pairs]
severity = { volume = 2, change = 3, concern = 5 }
volume = { change = 2, concern = "1/3" }
change = { concern = 2 }

[[person]]
by = "Head of housing"
date = "2026-11-05"
because = "Worry keeps people at home."
[person.pairs]
severity = { volume = 3, change = 4, concern = 2 }
volume = { change = 1, concern = "1/2" }
concern = { change = 3 }
"#;

/// Writes answers beside the rules and runs `elicit` on them.
fn elicit(folder: &Path, answers: &str, more: &[&str]) -> Said {
    fs::write(folder.join("ours/rules/answers.toml"), answers).unwrap();
    prioritise_in(folder, &[&["elicit", "ours/rules", "ours/rules/answers.toml"], more].concat())
}

fn rules_of(folder: &Path) -> String {
    fs::read_to_string(folder.join("ours/rules/ruleset.toml")).unwrap()
}

/// Runs a command that reads these lines.
fn typed(folder: &Path, arguments: &[&str], lines: &str) -> Said {
    let mut child = command(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may have refused before it read anything.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

fn ask(folder: &Path, method: &str, by: &str, lines: &str) -> Said {
    let answers = ["elicit", "ours/rules", "ours/rules/answers.toml", "--error-format", "plain"];
    typed(folder, &[&answers[..], &["--ask", method, "--by", by, "--date", "2026-11-02"]].concat(), lines)
}

// --- What is shown ----------------------------------------------------------------------------------------------------

#[test]
fn swings_of_two_people_and_the_list_they_would_make() {
    let folder = ours();
    let said = elicit(folder.path(), &swings(), &["--assessment", "ours"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    assert_snapshot!(said.out);
    let markdown = elicit(folder.path(), &swings(), &["--assessment", "ours", "--format", "markdown"]);
    assert_snapshot!("swings.markdown", markdown.out);
    let json = elicit(folder.path(), &swings(), &["--assessment", "ours", "--format", "json"]);
    assert_snapshot!("swings.json", json.out);
}

#[test]
fn comparisons_of_two_people_with_what_contradicts() {
    let folder = ours();
    let said = elicit(folder.path(), PAIRS, &["--error-format", "plain"]);
    assert_eq!(said.code, Some(0));
    assert_snapshot!(format!("{}\n{}", said.err, said.out));
    let json = elicit(folder.path(), PAIRS, &["--format", "json"]);
    assert_snapshot!("comparisons.json", json.out);
}

#[test]
fn groups_are_weighed_within_and_among_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let answers = "[answers]\nmethod = \"rank-order\"\n\n[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n\n[person.criteria]\n\
                   volume = 1\nchange = 2\ncalls = 3\nposition = 3\nseverity = 1\noffences = 2\nconcern = 4\ndetected = 3\n\n\
                   [person.groups]\nsize = 2\nharm = 1\n";
    fs::write(folder.path().join("answers.toml"), answers).unwrap();
    let path = folder.path().join("answers.toml");
    let said = prioritise(&["elicit", &format!("{BASE}/rules"), path.to_str().unwrap(), "--assessment", BASE]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    assert_snapshot!(said.out);
}

#[test]
fn what_swings_are_of_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    let number = |id: &str| format!("{id} = 100\n");
    let all =
        ["volume", "change", "calls", "position", "severity", "offences", "concern", "detected"].map(number).concat();
    let answers = format!(
        "[answers]\nmethod = \"swing\"\n[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n[person.criteria]\n{all}\
         [person.groups]\nsize = 100\nharm = 50\n"
    );
    let path = folder.path().join("answers.toml");
    fs::write(&path, answers).unwrap();
    let said = prioritise(&["elicit", &format!("{BASE}/rules"), path.to_str().unwrap(), "--assessment", BASE]);
    let (_, swings) = said.out.split_once("THE SWINGS").unwrap();
    assert_snapshot!(swings.split_once("THE LIST").unwrap().0);
}

// --- Spreadsheets -----------------------------------------------------------------------------------------------------

#[test]
fn a_spreadsheet_says_the_same_as_a_file() {
    let folder = ours();
    let table = "by,date,Volume,Change,Severity,Public concern\nChair,2026-11-02,60,40,100,25\n\
                 Police superintendent,2026-11-02,100,30,80,20\n";
    fs::write(folder.path().join("panel.csv"), table).unwrap();
    let csv =
        prioritise_in(folder.path(), &["elicit", "ours/rules", "panel.csv", "--method", "swing", "--format", "json"]);
    let toml = elicit(folder.path(), &swings(), &["--format", "json"]);
    // The digest is of what was said, too.
    assert_eq!((csv.out, csv.err), (toml.out, toml.err));
    let pairs = "by,date,because,first,second,times\nChair,2026-11-01,,severity,Volume,2\nChair,2026-11-02,,severity,change,3\n\
                 Chair,2026-11-02,,severity,concern,5\nChair,2026-11-02,,volume,change,2\nChair,2026-11-02,,volume,concern,0.33\n\
                 Chair,2026-11-02,,change,concern,2\nHead of housing,2026-11-05,Worry keeps people at home.,severity,volume,3\n\
                 Head of housing,2026-11-05,,severity,change,4\nHead of housing,2026-11-05,,severity,concern,2\n\
                 Head of housing,2026-11-05,,change,volume,1\nHead of housing,2026-11-05,,volume,concern,1/2\n\
                 Head of housing,2026-11-05,,change,concern,1/3\n";
    fs::write(folder.path().join("pairs.csv"), pairs).unwrap();
    let csv = prioritise_in(
        folder.path(),
        &["elicit", "ours/rules", "pairs.csv", "--method", "pairwise", "--format", "json"],
    );
    assert_eq!(csv.out, elicit(folder.path(), PAIRS, &["--format", "json"]).out);
}

#[test]
fn what_is_wrong_in_a_spreadsheet_is_told_by_its_cell() {
    let folder = ours();
    let table = "by,date,Volume,Chnge,Severity,Public concern\nChair,2 Nov,60,40,100,lots\n,2026-11-02,1,2,3,4\n";
    fs::write(folder.path().join("panel.csv"), table).unwrap();
    let run = |more: &[&str]| {
        let said = prioritise_in(
            folder.path(),
            &[&["elicit", "ours/rules", "panel.csv", "--error-format", "plain"], more].concat(),
        );
        assert_eq!((said.code, &*said.out), (Some(2), ""));
        said.err
    };
    let wrong = run(&["--method", "swing"]);
    fs::write(
        folder.path().join("panel.csv"),
        table.replace("2 Nov", "2026-11-02").replace("lots", "25").replace("\n,", "\nPolice,"),
    )
    .unwrap();
    let unknown = run(&["--method", "points"]);
    fs::write(folder.path().join("panel.csv"), "who,when\nChair,2026-11-02\n").unwrap();
    assert_snapshot!([wrong, unknown, run(&["--method", "points"]), run(&[])].join("\n"));
}

// --- Into the rules ---------------------------------------------------------------------------------------------------

#[test]
fn what_is_written_is_only_the_weights_and_where_they_come_from() {
    for newline in ["\n", "\r\n"] {
        let folder = ours();
        let path = folder.path().join("ours/rules/ruleset.toml");
        let before = format!("\u{feff}{}", rules_of(folder.path()).replace('\n', newline));
        fs::write(&path, &before).unwrap();
        let said = elicit(folder.path(), &swings(), &["--write"]);
        assert_eq!((said.code, &*said.err), (Some(0), WROTE));
        let after = rules_of(folder.path());
        let kept = |one: &str, other: &str| {
            let lines: Vec<String> = other.split_inclusive('\n').map(str::to_owned).collect();
            one.split_inclusive('\n')
                .filter(|line| !lines.iter().any(|other| other == line))
                .map(str::to_owned)
                .collect::<String>()
        };
        assert_snapshot!(
            "what_changes_in_the_rules",
            format!("{}\n{}", kept(&before, &after), kept(&after, &before)).replace('\r', "")
        );
        assert_eq!(after.matches('\r').count(), if newline == "\n" { 0 } else { after.matches('\n').count() });
        assert!(after.starts_with('\u{feff}'));
        // Once more changes nothing, and nothing is left beside it.
        elicit(folder.path(), &swings(), &["--write"]);
        assert_eq!(rules_of(folder.path()), after);
        assert_eq!(fs::read_dir(folder.path().join("ours/rules")).unwrap().count(), 4);
    }
}

#[test]
fn every_view_says_where_the_weights_come_from() {
    let folder = ours();
    elicit(folder.path(), &swings(), &["--write"]);
    let sentence = "The weights come from swing weighting: Chair and Police superintendent, 2 November 2026, combined by the \
                    arithmetic mean of their weights. The answers are in answers.toml.";
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for format in ["text", "markdown", "html"] {
        let said = prioritise_in(folder.path(), &["rank", "ours", "--format", format]);
        assert!(flat(&said.out).contains(sentence), "{format}: {}", said.out);
    }
    let explained = prioritise_in(folder.path(), &["explain", "ours", "burglary"]);
    assert!(flat(&explained.out).contains(sentence), "{}", explained.out);
    let ranked = prioritise_in(folder.path(), &["rank", "ours", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ranked.out).unwrap();
    assert_eq!(json["rules"]["weights"]["method"], "swing");
    assert_eq!(json["rules"]["weights"]["people"][1], "Police superintendent");
    // Where the answers are gone no view says so any more, and the warning stands in the data.
    fs::remove_file(folder.path().join("ours/rules/answers.toml")).unwrap();
    let sentence = "The rules say that the weights come from swing weighting: Chair and Police superintendent, 2 November 2026, \
                    combined by the arithmetic mean of their weights, and this does not bear it out: the answers that the \
                    weights come from can no longer be read";
    for arguments in [["rank", "ours", "--format", "text"], ["rank", "ours", "--format", "html"]] {
        let said = prioritise_in(folder.path(), &arguments);
        assert!(flat(&said.out).contains(sentence), "{}", said.out);
    }
    let explained = prioritise_in(folder.path(), &["explain", "ours", "burglary"]);
    assert!(flat(&explained.out).contains(sentence), "{}", explained.out);
    let ranked = prioritise_in(folder.path(), &["rank", "ours", "--format", "json"]);
    assert!(ranked.out.contains("answers-changed"), "{}", ranked.out);
}

#[test]
fn check_is_content_until_something_changes() {
    let folder = ours();
    let rules = folder.path().join("ours/rules");
    let check = || prioritise_in(folder.path(), &["check", "ours", "--error-format", "plain"]);
    let codes = |said: &Said| {
        let name = |line: &str| {
            line.strip_prefix("warning ").and_then(|rest| rest.split_once(':')).map(|(code, _)| code.to_owned())
        };
        said.out.lines().filter_map(name).collect::<Vec<String>>()
    };
    elicit(folder.path(), &swings(), &["--write"]);
    assert_eq!((check().code, codes(&check())), (Some(0), vec![]));
    // The same weights on another scale are the same.
    let written = rules_of(folder.path());
    let double = |line: &str| match line.split_once("weight    = ") {
        Some((before, weight)) => {
            let number: f64 = weight.split(' ').next().unwrap().parse().unwrap();
            format!("{before}weight    = {:.2}\n", number * 2.0)
        }
        None => format!("{line}\n"),
    };
    fs::write(rules.join("ruleset.toml"), written.lines().map(double).collect::<String>()).unwrap();
    assert_eq!(codes(&check()), [""; 0]);
    // Comments in the answers say nothing; another answer does.
    fs::write(rules.join("answers.toml"), format!("# Kept.\n{}", swings())).unwrap();
    assert_eq!(codes(&check()), [""; 0]);
    fs::write(rules.join("answers.toml"), swings().replace("concern = 25", "concern = 45")).unwrap();
    assert_eq!(codes(&check()), ["answers-changed", "weights-differ"]);
    fs::write(rules.join("answers.toml"), swings()).unwrap();
    // A range that was not recorded can't be missed; one that was is.
    fs::write(rules.join("ruleset.toml"), written.replacen("to = \"much_concern\"", "to = 50", 1)).unwrap();
    assert_eq!(codes(&check()), [""; 0]);
    fs::remove_file(rules.join("answers.toml")).unwrap();
    assert_eq!(ask(folder.path(), "swing", "Chair", "severity\n60\n40\n25\n").code, Some(0));
    let again =
        prioritise_in(folder.path(), &["elicit", "ours/rules", "ours/rules/answers.toml", "--write", "--quiet"]);
    assert_eq!((again.code, codes(&check())), (Some(0), vec![]));
    fs::write(rules.join("ruleset.toml"), rules_of(folder.path()).replacen("to = 50", "to = 60", 1)).unwrap();
    assert_eq!(codes(&check()), ["range-changed"]);
    fs::remove_file(rules.join("answers.toml")).unwrap();
    assert_eq!((check().code, codes(&check())), (Some(1), vec!["answers-changed".to_owned()]));
}

#[test]
fn answers_outside_the_rules_are_shown_and_not_written() {
    let folder = ours();
    fs::write(folder.path().join("answers.toml"), swings()).unwrap();
    let before = rules_of(folder.path());
    let said =
        prioritise_in(folder.path(), &["elicit", "ours/rules", "answers.toml", "--write", "--error-format", "plain"]);
    assert_eq!((said.code, &*said.out), (Some(2), ""));
    assert_snapshot!(said.err, @"error bad-value: `answers.toml` is outside the rule set's folder; put the answers in the rule set's folder, so that they stay with it");
    assert_eq!(rules_of(folder.path()), before);
}

// --- Asked in the terminal --------------------------------------------------------------------------------------------

#[test]
fn one_after_another_is_asked_and_the_answers_are_kept() {
    let folder = ours();
    let first = ask(folder.path(), "swing", "Chair", "severity\n60\n40\n25\n");
    assert_eq!(first.code, Some(0), "{}", first.err);
    // A wrong answer is asked again, with why.
    let second = ask(folder.path(), "swing", "Police superintendent", "5\n1\n\nmany\n30\n101\n80\n20\n");
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert_snapshot!(second.err);
    let kept = fs::read_to_string(folder.path().join("ours/rules/answers.toml")).unwrap();
    assert_snapshot!("swings.kept", kept);
    // The same as typed into a file, but for the ranges that were asked about.
    assert_eq!(second.out, elicit(folder.path(), &swings(), &[]).out);
}

#[test]
fn every_method_can_be_asked() {
    for (method, lines) in [
        ("rank-order", "3\n1, 2\n2,4\n2\n4\n"),
        ("pairwise", "a 2\nb 3\nz\na 10\na\n=\nb 4\nA3\nb 1\n"),
        ("points", "25\n80\n15\n45\n"),
    ] {
        let folder = ours();
        let said = ask(folder.path(), method, "Chair", lines);
        assert_eq!(said.code, Some(0), "{method}: {}", said.err);
        let kept = fs::read_to_string(folder.path().join("ours/rules/answers.toml")).unwrap();
        assert_snapshot!(format!("asked.{method}"), format!("{}\n----\n{kept}", said.err));
    }
}

#[test]
fn where_the_answers_end_nothing_is_written() {
    let folder = ours();
    let said = ask(folder.path(), "points", "Chair", "25\n15\n");
    assert_eq!((said.code, &*said.out), (Some(2), ""));
    assert!(said.err.contains("error answer-missing: the answers ended before the last question"), "{}", said.err);
    assert!(!folder.path().join("ours/rules/answers.toml").exists());
    ask(folder.path(), "points", "Chair", "25\n15\n45\n");
    let before = fs::read_to_string(folder.path().join("ours/rules/answers.toml")).unwrap();
    let twice = ask(folder.path(), "points", "Chair", "25\n15\n45\n");
    let other = ask(folder.path(), "swing", "Vice-chair", "1\n15\n45\n45\n");
    let ended = ask(folder.path(), "points", "Vice-chair", "25\n");
    assert_eq!([twice.code, other.code, ended.code], [Some(2); 3]);
    assert_snapshot!(format!("{}{}", twice.err, other.err));
    assert_eq!(fs::read_to_string(folder.path().join("ours/rules/answers.toml")).unwrap(), before);
}

#[test]
fn a_question_needs_somebody_and_a_day() {
    let folder = ours();
    let run = |more: &[&str]| {
        let said =
            prioritise_in(folder.path(), &[&["elicit", "ours/rules"], more, &["--error-format", "plain"]].concat());
        assert_eq!((said.code, &*said.out), (Some(2), ""));
        said.err
    };
    assert_snapshot!(
        [
            run(&["a.toml", "--ask", "swing", "--by", "Chair", "--date", "yesterday"]),
            run(&["a.toml", "--ask", "swing", "--by", " ", "--date", "2026-11-02"]),
            run(&["a.csv", "--ask", "swing", "--by", "Chair", "--date", "2026-11-02"]),
            run(&["a.toml", "--method", "swing"]),
            run(&["a.csv"]),
            run(&["a.toml"]),
        ]
        .concat()
    );
}

// --- What is wrong in a file ------------------------------------------------------------------------------------------

#[test]
fn every_wrong_answer_is_told_at_its_place() {
    let with = |method: &str, more: &str| format!("[answers]\nmethod = \"{method}\"\n{more}");
    let cases: BTreeMap<&str, String> = [
        ("nobody", with("swing", "")),
        ("no method", "[answers]\n[[person]]\nby = \"A\"\ndate = \"2026-11-02\"\n".to_owned()),
        ("left out", with("points", &person("A", &[("volume", 50), ("severity", 50)]))),
        ("unknown", with("points", &person("A", &[("volum", 50), ("severity", 50)]))),
        (
            "off the scale",
            with("swing", &person("A", &[("volume", 101), ("change", 0), ("severity", 100), ("concern", 0)])),
        ),
        ("no hundred", with("swing", &person("A", &[("volume", 90), ("change", 0), ("severity", 10), ("concern", 0)]))),
        ("no sum", with("points", &person("A", &[("volume", 90), ("change", 0), ("severity", 9), ("concern", 0)]))),
        (
            "no order",
            with("rank-order", &person("A", &[("volume", 1), ("change", 2), ("severity", 4), ("concern", 5)])),
        ),
        ("place 0", with("rank-order", &person("A", &[("volume", 0), ("change", 2), ("severity", 3), ("concern", 1)]))),
        ("twice", with("points", &[person("A", &[]), person("A", &[])].concat())),
        ("numbers for pairs", with("pairwise", &person("A", &[("volume", 1)]))),
        ("pairs for numbers", PAIRS.replace("pairwise", "swing")),
        ("a pair left out by everybody", {
            PAIRS.replace("change = { concern = 2 }\n", "").replace("volume = { change = 1, concern = \"1/2\" }\n", "")
        }),
        ("a pair twice", PAIRS.replace("concern = 2 }\n\n", "concern = 2, volume = 2 }\n\n")),
        ("with itself", PAIRS.replace("change = { concern = 2 }", "change = { concern = 2, change = 1 }")),
        ("no step", PAIRS.replace("volume = 2,", "volume = 12,").replace("\"1/3\"", "\"1/30\"")),
        ("no number", PAIRS.replace("volume = 2,", "volume = true,")),
        ("zero in a product", {
            let chair = person("A", &[("volume", 0), ("change", 0), ("severity", 100), ("concern", 0)]);
            with("points", &format!("combined = \"geometric-mean\"\n{chair}{}", chair.replace("\"A\"", "\"B\"")))
        }),
        ("a range of nothing", with("points", "[ranges]\nvolum = [0, 1]\nvolume = [0, inf]\n")),
        ("a group", with("points", &format!("{}{}", person("A", &[]), "[person.groups]\nharm = 5\n"))),
        ("a wrong day", with("points", &person("A", &[]).replace("2026-11-02", "2026"))),
        ("an unknown key", with("points", "title = \"T\"\n")),
    ]
    .into();
    let mut text = String::new();
    for (name, answers) in cases {
        let mut files = Folder::of(&[RULES]);
        files.write("answers.toml", answers);
        let mut problems = Problems::default();
        let rules = prioritise::rules::load(&files, RULES, None, &mut problems).rules.unwrap().into_latest();
        assert!(
            elicitation::load(&files, "answers.toml", &rules, HowAsked::default(), None, &mut problems).is_none(),
            "{name}"
        );
        assert!(problems.iter().all(|problem| problem.help.is_some() && problem.place.is_some()), "{name}");
        text.push_str(&format!("{name}:\n{}", told(&problems)));
    }
    assert_snapshot!(text);
}

// --- What must hold ---------------------------------------------------------------------------------------------------

fn starter() -> RuleSet {
    prioritise::rules::load(&Folder::of(&[RULES]), RULES, None, &mut Problems::default()).rules.unwrap().into_latest()
}

fn read(rules: &RuleSet, answers: &str) -> Answers {
    let mut files = Folder::default();
    files.write("answers.toml", answers);
    let how = HowAsked { method: Some(WeightMethod::Points), combined: None };
    let mut problems = Problems::default();
    let read = elicitation::load(&files, "answers.toml", rules, how, None, &mut problems);
    read.unwrap_or_else(|| panic!("{}", told(&problems)))
}

fn pairs_of(by: &str, steps: &[(bool, u32)]) -> String {
    let ids = ["volume", "change", "severity", "concern"];
    let mut pairs: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let all = (0..4).flat_map(|first| (first + 1..4).map(move |second| (first, second)));
    for ((first, second), (turned, step)) in all.zip(steps) {
        let (one, other) = if *turned { (second, first) } else { (first, second) };
        pairs.entry(ids[one]).or_default().push(format!("{} = {step}", ids[other]));
    }
    let line = |(id, others): (&&str, &Vec<String>)| format!("{id} = {{ {} }}\n", others.join(", "));
    let lines: Vec<String> = pairs.iter().map(line).collect();
    format!("\n[[person]]\nby = \"{by}\"\ndate = \"2026-11-02\"\n[person.pairs]\n{}", lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn who_comes_first_changes_nothing_but_the_order(
        people in prop::collection::vec(prop::collection::vec((any::<bool>(), 1..=9_u32), 6), 2..5),
        combined in prop::sample::select(vec!["arithmetic-mean", "geometric-mean"]),
    ) {
        let rules = starter();
        let each: Vec<String> = people.iter().enumerate().map(|(at, steps)| pairs_of(&format!("Person {at}"), steps)).collect();
        let head = format!("[answers]\nmethod = \"pairwise\"\ncombined = \"{combined}\"\n");
        let one = read(&rules, &format!("{head}{}", each.concat()));
        let other = read(&rules, &format!("{head}{}", each.iter().rev().cloned().collect::<String>()));
        prop_assert_eq!(&one.digest, &other.digest);
        let (one, other) = (elicitation::elicit(&rules, &one), elicitation::elicit(&rules, &other));
        prop_assert_eq!(&one.rounds[0].combined, &other.rounds[0].combined);
        prop_assert_eq!(&one.rounds[0].combined_check, &other.rounds[0].combined_check);
        let concordance = |found: &elicitation::Elicited<'_>| found.rounds[0].agreement.as_ref().unwrap().concordance;
        prop_assert_eq!(concordance(&one), concordance(&other));
        prop_assert_eq!(one.rounds[0].combined.iter().sum::<i64>(), 10_000);
    }

    #[test]
    fn everybody_of_one_mind_gives_what_each_gives(steps in prop::collection::vec((any::<bool>(), 1..=9_u32), 6)) {
        let rules = starter();
        let weights = |people: usize| {
            let all: String = (0..people).map(|at| pairs_of(&format!("Person {at}"), &steps)).collect();
            let answers = read(&rules, &format!("[answers]\nmethod = \"pairwise\"\n{all}"));
            elicitation::elicit(&rules, &answers).rounds[0].combined.clone()
        };
        prop_assert_eq!(weights(1), weights(3));
    }
}

/// Both groups go all the way for the same swing, and the score of the first only half of it: its weight is for the whole.
#[test]
fn the_swing_of_a_group_is_as_long_as_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let group = |id: &str, value: &str| {
        format!(
            "[[group]]\nid = \"{id}\"\ntitle = \"{id}\"\nweight = 1\n[[criterion]]\nid = \"of_{id}\"\ntitle = \"Of {id}\"\n\
             question = \"Q?\"\ngroup = \"{id}\"\nweight = 1\nmeasure = \"x\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\n\
             value = {value}\nmissing = \"neutral\"\nbecause = \"B.\"\n"
        )
    };
    let (half, whole) =
        (group("half", "{ points = [[0, 0], [10, 0.5]] }"), group("whole", "{ linear = { from = 0, to = 10 } }"));
    let rules = format!(
        "[ruleset]\nname = \"R\"\nversion = \"1\"\n[evidence.x]\nkind = \"number\"\ntitle = \"X\"\n{half}{whole}\
         [[tier]]\nid = \"all\"\ntitle = \"All\"\n"
    );
    let answers = "[answers]\nmethod = \"swing\"\n[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n[person.groups]\n\
                   half = 100\nwhole = 100\n";
    fs::write(folder.path().join("ruleset.toml"), rules).unwrap();
    fs::write(folder.path().join("answers.toml"), answers).unwrap();
    let said = prioritise_in(folder.path(), &["elicit", ".", "answers.toml", "--format", "json"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let items = json["rounds"][0]["items"].as_array().unwrap();
    let weights: Vec<String> = items.iter().map(|item| item["new"].to_string()).collect();
    assert_eq!(weights, ["66.67", "33.33"], "{}", said.out);
}
