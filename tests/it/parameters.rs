//! Parameters: the period picks the value, to the day; what is stale is told; a name is worth what its number is.

use std::num::NonZeroUsize;

use prioritise::diagnostic::{Code, Problems};
use prioritise::trial::{TestReport, TestRequest, test_report};
use serde_json::Value as Json;

use crate::edits::BASE;
use crate::support::{Folder, Outputs, rank, told};

const RULES: &str = "tests/base/rules/ruleset.toml";
const ASSESSMENT: &str = "tests/base/assessment.toml";
/// Before the first group: where parameters are put.
const BEFORE: &str = "[[group]]\nid     = \"size\"";

/// A parameter with these lines as its values.
fn parameter(name: &str, values: &[&str]) -> String {
    format!("[parameter.{name}]\ntitle = \"What {name} is\"\nvalues = [\n{}]\n", values.concat())
}

/// A value that holds from a day on.
fn from(day: &str, value: &str, more: &str) -> String {
    format!("{{ from = \"{day}\", value = {value}, source = \"Meeting of {day}\"{more} }},\n")
}

/// The base assessment, whose worry about half of all cases detected is a parameter with these values.
fn base(values: &[String]) -> Folder {
    let mut files = Folder::of(&[BASE]);
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    files.edit(RULES, BEFORE, &format!("{}\n{BEFORE}", parameter("half", &values)));
    files.edit(RULES, "to = 50 }", "to = \"half\" }");
    files
}

/// The same for another period.
fn in_period(files: &Folder, period: &str) -> Folder {
    let mut files = files.clone();
    files.edit(ASSESSMENT, "period      = \"2025/26\"", &format!("period      = \"{period}\""));
    files
}

/// The ranking as JSON.
fn json(files: &Folder) -> Json {
    serde_json::from_str(&rank(files, BASE).outputs()[2]).unwrap()
}

/// What a run says of parameters.
fn warned(files: &Folder) -> Vec<String> {
    let told = rank(files, BASE).problems.into_iter();
    let wanted = [Code::StaleParameter, Code::ParameterChanged, Code::NoValueYet];
    told.filter(|problem| wanted.contains(&problem.code)).map(|problem| problem.message).collect()
}

fn two_values() -> Folder {
    base(&[from("2020-04-01", "40", ""), from("2025-10-01", "60", "")])
}

#[test]
fn the_last_day_of_the_period_picks_the_value() {
    let files = two_values();
    for (period, value, since) in [
        ("2024-10/2025-09", 40, "2020-04-01"),
        ("2024-10-01/2025-09-30", 40, "2020-04-01"),
        ("2024-10-02/2025-10-01", 60, "2025-10-01"),
        ("2025/26", 60, "2025-10-01"),
        ("2019-04-02/2020-04-01", 40, "2020-04-01"),
        ("2020-04-01", 40, "2020-04-01"),
    ] {
        let found = &json(&in_period(&files, period))["rules"]["parameters"][0];
        assert_eq!((&found["value"], &found["from"]), (&value.into(), &since.into()), "{period}");
        assert_eq!(found["source"], format!("Meeting of {since}"), "{period}");
    }
    for period in ["2019/20", "2020-03-31", "2010"] {
        let outcome = rank(&in_period(&files, period), BASE);
        assert!(outcome.outputs.is_none(), "{period}");
        assert!(outcome.problems.iter().any(|problem| problem.code == Code::NoValueYet), "{period}");
    }
}

#[test]
fn the_value_picked_is_the_one_that_is_used() {
    let files = two_values();
    for (period, value) in [("2024-10/2025-09", "40"), ("2025/26", "60")] {
        let mut plain = Folder::of(&[BASE]);
        plain.edit(RULES, "to = 50 }", &format!("to = {value} }}"));
        let ranking = |files: &Folder| json(&in_period(files, period))["ranking"].clone();
        assert_eq!(ranking(&files), ranking(&plain), "{period}");
    }
    assert_ne!(json(&in_period(&files, "2024-10/2025-09"))["ranking"], json(&files)["ranking"]);
}

#[test]
fn what_is_stale_is_told_from_the_day_after_its_review() {
    let reviewed = |day: &str| base(&[from("2020-04-01", "50", &format!(", review = \"{day}\""))]);
    assert_eq!(warned(&reviewed("2026-03-31")), [""; 0]);
    assert_eq!(
        warned(&reviewed("2026-03-30")),
        ["`half` was to be reviewed by 30 March 2026, and the period ends on 31 March 2026: it has been 50 since 1 \
          April 2020 (Meeting of 2020-04-01)"]
    );
    // Only the value in force can be stale.
    let replaced = [from("2018-04-01", "40", ", review = \"2020-03-31\""), from("2020-04-01", "50", "")];
    assert_eq!(warned(&base(&replaced)), [""; 0]);
}

#[test]
fn a_change_within_the_period_is_told() {
    let changed = |day: &str| warned(&base(&[from("2020-04-01", "40", ""), from(day, "50", "")]));
    assert_eq!(changed("2025-04-01"), [""; 0], "on its first day it holds throughout");
    assert_eq!(changed("2026-04-01"), [""; 0], "it holds only afterwards");
    for (day, said) in [("2025-04-02", "2 April 2025"), ("2026-03-31", "31 March 2026")] {
        let message = format!(
            "`half` changed within the period, April 2025 to March 2026: its value from {said} is used (50), not the one \
             before (40)"
        );
        assert_eq!(changed(day), [message]);
    }
    assert_eq!(warned(&base(&[from("2025-10-01", "50", "")])), [""; 0], "there was no other");
}

#[test]
fn so_many_values_that_nobody_wrote_them_are_refused() {
    let days = |count: u32| {
        let day = |number: u32| format!("{}-{:02}-01", 1900 + number / 12, number % 12 + 1);
        base(&(0..count).map(|number| from(&day(number), "50", "")).collect::<Vec<_>>())
    };
    rank(&days(200), BASE).outputs();
    let refused = rank(&days(5000), BASE);
    assert!(refused.outputs.is_none());
    let message = "parameters change on 5,000 days, and 200 is the most";
    assert_eq!(refused.problems.iter().map(|problem| &*problem.message).collect::<Vec<_>>(), [message]);
}

/// The lines of a ranking that are not about which rules made it.
fn scores(outputs: &Outputs) -> (Json, String) {
    let json: Json = serde_json::from_str(&outputs[2]).unwrap();
    (json["ranking"].clone(), outputs[3].clone())
}

/// Every place where a number may be a parameter's, one after the other and all at once.
#[test]
fn a_name_is_worth_what_its_number_is() {
    let places = [
        ("weight = 40", "40"),
        ("weight    = 30", "30"),
        ("[100, 0.5]", "100"),
        ("[10, 0.5]", "0.5"),
        ("from = 0.5, to", "0.5"),
        ("to = 1.5", "1.5"),
        ("middle = 20", "20"),
        ("steepness = 0.2", "0.2"),
        ("places = 2", "2"),
        ("at_least = 40", "40"),
        ("{ value = 0.5, because", "0.5"),
        ("because   = \"{measure}% are detected.\"", ""),
        ("calls.rate(1000)", "1000"),
        ("when   = \"statutory == true\"", "true"),
    ];
    let before = scores(&rank(&Folder::of(&[BASE]), BASE).outputs());
    let mut all = Folder::of(&[BASE]);
    for (number, (place, value)) in places.iter().enumerate() {
        let name = format!("p{number}");
        let (named, value) = match *value {
            "" => ("because   = \"{if NAME == 7 { measure } else { 0 }}% are detected.\"".to_owned(), "7"),
            "true" => ("when   = \"statutory == true && NAME > 0\"".to_owned(), "1"),
            "1000" => ("calls.rate(NAME)".to_owned(), "1000"),
            value => (place.replacen(value, "\"NAME\"", 1), value),
        };
        let mut files = Folder::of(&[BASE]);
        for files in [&mut files, &mut all] {
            let declared = parameter(&name, &[&from("2020-04-01", value, "")]);
            files.edit(RULES, BEFORE, &format!("{declared}\n{BEFORE}"));
            files.edit(RULES, place, &named.replace("NAME", &name));
        }
        assert_eq!(scores(&rank(&files, BASE).outputs()), before, "{place}");
    }
    assert_eq!(scores(&rank(&all, BASE).outputs()), before);
    assert_eq!(json(&all)["rules"]["parameters"].as_array().unwrap().len(), places.len());
}

#[test]
fn a_total_shows_the_number_of_a_parameter() {
    let path = "rules/morile-style/ruleset.toml";
    let subject = "fixtures/morile-style";
    let plain = Folder::of_fixtures();
    let mut files = plain.clone();
    let declared = parameter("highest_risk", &[&from("2000-01-01", "100", "")]);
    files.edit(path, "combine  = \"sections\"", "combine  = { script = \"harm * likelihood / highest_risk\" }");
    files.edit(path, "[evidence.physical_harm]", &format!("{declared}\n[evidence.physical_harm]"));
    let (now, before) = (rank(&files, subject).outputs(), rank(&plain, subject).outputs());
    assert_eq!(scores(&now), scores(&before));
}

#[test]
fn the_digest_covers_all_values_and_no_period() {
    let digest = |files: &Folder| json(files)["rules"]["digest"].clone();
    let files = two_values();
    assert_eq!(digest(&files), digest(&in_period(&files, "2024-10/2025-09")));
    let older = base(&[from("2020-04-01", "41", ""), from("2025-10-01", "60", "")]);
    assert_eq!(json(&older)["ranking"], json(&files)["ranking"]);
    assert_ne!(digest(&older), digest(&files));
}

#[test]
fn an_edition_of_harm_weighs_offences_as_weights_beside_them_do() {
    let rows = |weight: &str| {
        format!("offences = [{{ offence = \"Robbery\", count = 40{weight} }}, {{ offence = \"Affray\", count = 9 }}]")
    };
    let with = |evidence: &str, measure: &str| {
        let mut files = Folder::of(&[BASE]);
        let table = "{ Robbery = 365, Arson = 3 }";
        let declared = parameter("days", &[&from("2016-01-01", table, "")]);
        files.edit(RULES, BEFORE, &format!("{declared}\n{BEFORE}"));
        let question = "measure   = \"harm_of_one(offences, loss)\"";
        files.edit(RULES, question, &format!("measure   = \"{measure}\""));
        files.edit(RULES, "optional  = [\"offences\", \"loss\"]\n", "");
        let path = "tests/base/evidence/fraud.toml";
        let text = files.text(path);
        let more = format!(
            "\n[candidate.evidence.offences]\n{evidence}\nperiod = \"2025/26\"\nsource = \"police\"\nwhere = \"Table 9\"\n"
        );
        files.write(path, format!("{text}{more}"));
        let ranking = json(&files)["ranking"].as_array().unwrap().clone();
        let graffiti = ranking.iter().find(|entry| entry["id"] == "graffiti").unwrap();
        let answer = graffiti["contributions"].as_array().unwrap().iter().find(|part| part["criterion"] == "offences");
        let answer = answer.unwrap();
        (answer["measure"].clone(), answer["points"].clone())
    };
    let beside = with(&rows(", harm = 365"), "offences.harm_per_offence()");
    assert_eq!(beside.0["estimate"], 365);
    assert_eq!(with(&rows(", harm = 1"), "offences.weighed_by(days).harm_per_offence()"), beside);
    assert_eq!(with(&rows(""), "offences.weighed_by(days).harm_per_offence()"), beside);
    assert_ne!(with(&rows(", harm = 1"), "offences.harm_per_offence()"), beside);
}

/// What comes of the base's own tests, which are these.
fn tried<T>(files: &Folder, tests: &str, view: impl FnOnce(&TestReport<'_>) -> T) -> T {
    let mut files = files.clone();
    files.write("tests/base/rules/tests/tests.toml", tests);
    let mut problems = Problems::default();
    let loaded = prioritise::load_tests(&files, "tests/base/rules", &mut problems);
    let Some((editions, suite)) = loaded else { panic!("{}", told(&problems)) };
    let asked = TestRequest { filter: None, coverage: true, mutation: true, threads: NonZeroUsize::MIN };
    view(&test_report(&files, &suite, &editions, &asked).unwrap())
}

fn case(name: &str, period: &str, value: f64) -> String {
    let period = if period.is_empty() { String::new() } else { format!("period = \"{period}\"\n") };
    format!(
        "[[case]]\nname = \"{name}\"\ncriterion = \"detected\"\n{period}given = {{ detected = {{ percentage = 12 }} }}\n\
         value = {value}\n"
    )
}

#[test]
fn tests_name_a_period_or_use_the_latest_values() {
    let reached = |tests: &str| {
        tried(&two_values(), tests, |account| {
            assert!(
                account.failed().next().is_none(),
                "{}",
                prioritise::report::tests_text(account, prioritise::report::PassedTests::Shown, false)
            );
            let coverage = account.coverage.as_ref().unwrap();
            let parts = coverage.parts.iter().filter(|part| part.name.starts_with("parameter ") && part.reached);
            let changes = account.mutation.as_ref().unwrap().changes.iter();
            let noticed = changes.filter(|change| {
                change.name.starts_with("parameter ") && change.outcome == prioritise::trial::MutantOutcome::Noticed
            });
            (parts.map(|part| part.name.clone()).collect::<Vec<_>>(), noticed.map(|it| it.name.clone()).collect())
        })
    };
    let old = ("parameter half from 2020-04-01".to_owned(), "parameter half from 2020-04-01: 40 → 44".to_owned());
    let new = ("parameter half from 2025-10-01".to_owned(), "parameter half from 2025-10-01: 60 → 66".to_owned());
    let (before, now) = (case("before", "2024/25", 0.7), case("now", "", 0.8));
    let alone = |(part, change): &(String, String)| (vec![part.clone()], vec![change.clone()]);
    assert_eq!(reached(&before), alone(&old));
    assert_eq!(reached(&now), alone(&new));
    assert_eq!(reached(&case("to the day", "2025-10-01", 0.8)), alone(&new));
    assert_eq!(reached(&format!("{before}{now}")), (vec![old.0, new.0], vec![old.1, new.1]));
    let rows = "[[table]]\nname = \"rows\"\ncriterion = \"detected\"\ncolumns = [\"period\", \"detected\", \"value\"]\n\
                rows = [[\"2024/25\", 12, 0.7], [\"\", 12, 0.8]]\n";
    assert_eq!(reached(rows).0.len(), 2);
}

#[test]
fn a_test_in_a_period_without_a_value_is_told() {
    let mut files = two_values();
    let tests = [case("before", "2015/16", 0.7), case("never", "2015/17", 0.7)].concat();
    files.write("tests/base/rules/tests/tests.toml", tests);
    let mut problems = Problems::default();
    assert!(prioritise::load_tests(&files, "tests/base/rules", &mut problems).is_none());
    let told = told(&problems);
    assert!(told.contains("`half` has no value yet on 31 March 2016"), "{told}");
    assert!(told.contains("`2015/17` is not a period"), "{told}");
    assert!(told.lines().all(|line| line.contains("tests.toml")), "{told}");
}
