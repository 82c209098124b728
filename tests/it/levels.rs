//! Evidence in words: panels and which of two words counts, what reports say, what tests of rules expect and notice.

use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::elicitation::swing_words;
use prioritise::report;
use prioritise::trial::{TestRequest, test_report};
use serde_json::{Value as Json, json};

use crate::edits::{BASE, Edits};
use crate::support::{Folder, rank, told};

const RULES: &str = "tests/base/rules";
const RULESET: &str = "tests/base/rules/ruleset.toml";
const BURGLARY: &str = "tests/base/evidence/burglary.toml";
const PANEL: &str = "levels = [
    { by = \"Inspector\", level = \"static\" },
    { by = \"Nurse\", level = \"rising\" },
]";

/// The words of a panel, which counts with `higher` and with `lower`, and the places of the ends.
type Panel = (&'static [&'static str], &'static str, &'static str, (f64, f64));

/// The base assessment with questions that are answered in words.
fn in_words() -> Folder {
    Edits::read("variants", "levels.toml").apply()
}

/// The same, where Burglary's direction is judged by people with these words.
fn judged(words: &[&str]) -> Folder {
    let mut files = in_words();
    let by = |(at, word): (usize, &&str)| format!("{{ by = \"Officer {at}\", level = \"{word}\" }}");
    let panel: Vec<String> = words.iter().enumerate().map(by).collect();
    files.edit(BURGLARY, PANEL, &format!("levels = [{}]", panel.join(", ")));
    files
}

/// What the ranking's JSON says of Burglary's direction.
fn direction(files: &Folder) -> Json {
    let ranking: Json = serde_json::from_str(&rank(files, BASE).outputs()[2]).unwrap();
    let of_id = |list: &Json, key: &str, id: &str| {
        list.as_array().unwrap().iter().find(|item| item[key] == *id).unwrap().clone()
    };
    of_id(&of_id(&ranking["ranking"], "id", "burglary")["contributions"], "criterion", "direction")
}

#[test]
fn the_median_of_a_panel_is_a_word_that_somebody_gave() {
    let panels: [Panel; 6] = [
        (&["static", "rising", "falling"], "static", "static", (1.0, 3.0)),
        (&["rising", "static", "rising"], "rising", "rising", (2.0, 3.0)),
        (&["rising", "static"], "rising", "static", (2.0, 3.0)),
        (&["falling", "rising"], "rising", "falling", (1.0, 3.0)),
        (&["falling", "rising", "static", "static"], "static", "static", (1.0, 3.0)),
        (&["rising", "falling", "falling", "rising"], "rising", "falling", (1.0, 3.0)),
    ];
    for (words, higher, lower, (least, most)) in panels {
        for (between, word) in [("higher", higher), ("lower", lower)] {
            let mut files = judged(words);
            files.edit(RULESET, "between = \"higher\"", &format!("between = \"{between}\""));
            let found = direction(&files);
            assert_eq!(found["measure"]["level"]["word"], word, "{words:?}, {between}");
            let ends = ["lower", "upper"].map(|end| found["measure"][end].as_f64());
            assert_eq!(ends, [Some(least), Some(most)], "{words:?}, {between}");
            let value = [("falling", 0.0), ("static", 0.4), ("rising", 1.0)].iter().find(|(known, _)| *known == word);
            assert_eq!(found["value"].as_f64(), value.map(|(_, value)| *value), "{words:?}, {between}");
        }
    }
}

#[test]
fn who_agrees_has_no_interval_to_tell() {
    let found = direction(&judged(&["static", "static"]));
    assert_eq!(found["measure"]["level"], json!({ "word": "static", "lower": "static", "upper": "static" }));
    assert_eq!(found["because"], "It is static, judged from static to static.");
}

#[test]
fn one_persons_word_has_none_either() {
    let found = direction(&judged(&["falling"]));
    assert_eq!(found["measure"]["level"], json!({ "word": "falling", "lower": null, "upper": null }));
}

#[test]
fn every_reader_sees_words() {
    let [text, markdown, _, csv, html] = rank(&in_words(), BASE).outputs();
    for shown in [&text, &markdown, &html] {
        assert!(shown.contains("It is rising, judged from static to rising."));
    }
    assert!(csv.contains(",rising,static,rising,1.0000,"), "{csv}");
    assert!(markdown.contains("rising (static to rising)"), "{markdown}");
    assert!(markdown.contains("By its level: 0 for falling, 0.4 for static and 1 for rising."), "{markdown}");
}

#[test]
fn a_swing_goes_from_word_to_word() {
    let mut problems = Problems::default();
    let (_, rules) = prioritise::load(&in_words(), BASE, None, &mut problems).unwrap();
    let swing = |id: &str| swing_words(rules.criteria.iter().find(|criterion| criterion.id == id).unwrap());
    assert_eq!(swing("direction"), "from falling to rising");
    assert_eq!(swing("confidence"), "from very high to low, which is a value of 0.1 to 1");
}

/// What the tests of the rules in words tell, with what they reach and notice.
fn tried(tests: &str) -> String {
    let mut files = in_words();
    files.write(&format!("{RULES}/tests/levels.toml"), tests);
    let mut problems = Problems::default();
    let (rules, suite) =
        prioritise::load_tests(&files, RULES, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    let asked = TestRequest { filter: None, coverage: true, mutation: true, threads: NonZeroUsize::MIN };
    report::tests_text(&test_report(&files, &suite, &rules, &asked).unwrap(), report::PassedTests::Shown, false)
}

const TESTS: &str = r#"
[[table]]
name      = "each word"
criterion = "direction"
columns   = ["direction", "measure", "value"]
rows      = [["falling", "falling", 0], ["static", "static", 0.4], ["rising", "rising", 1]]

[[case]]
name      = "two who differ"
criterion = "direction"
given     = { direction = { levels = [{ by = "A", level = "falling" }, { by = "B", level = "rising" }] } }
measure   = "rising"
lower     = "falling"
value     = 1
"#;

#[test]
fn tests_of_rules_expect_words_reach_them_and_notice_what_counts() {
    let text = tried(TESTS);
    assert!(text.contains("direction: each word, row 1 ... ok"), "{text}");
    assert!(!text.contains("direction: level"), "each level was reached: {text}");
    assert!(text.contains("confidence: level so-so?"), "{text}");
    assert!(!text.contains("direction, value of"), "each value was noticed: {text}");
    assert!(text.contains("confidence, value of very high"), "{text}");
    assert!(!text.contains("evidence direction, between"), "{text}");
    let odd = TESTS.replace("{ by = \"B\", level", "{ by = \"C\", level = \"rising\" }, { by = \"B\", level");
    assert!(tried(&odd).contains("evidence direction, between: \"higher\" → \"lower\""), "{}", tried(&odd));
}

#[test]
fn a_test_that_expects_another_word_fails_in_words() {
    let text = tried(&TESTS.replace("\"static\", \"static\", 0.4", "\"static\", \"rising\", 0.4"));
    assert!(text.contains("FAILED") && text.contains("\"static\""), "{text}");
}
