//! Findings as the board and the auditor meet them: what is refused is missing for its reason, what is qualified says so,
//! and breaks, caveats and corroboration stand with the evidence.

use std::num::NonZeroUsize;

use prioritise::diagnostic::{Code, Problems};
use prioritise::report;
use serde_json::Value;

use crate::support::{Folder, papers};

const ASSESSMENT: &str = r#"
[assessment]
title = "Small"
partnership = "Nobody"
period = "2025"
rules = "rules"
evidence = ["evidence.toml"]

[[source]]
id = "s"
title = "Made up"
"#;

const EVIDENCE: &str = r#"
[[candidate]]
id = "theft"
title = "Theft"
kind = "crime"

[candidate.evidence.thefts]
series = [{ period = "2024/25", count = 310 }, { period = "2025/26", count = 402 }]
breaks = [{ date = "2025-04", cause = "bicycles counted with it" }]
source = "s"
where = "Table 1"
caveats = ["Shops report few of their thefts."]
corroborated_by = ["claims"]

[candidate.evidence.claims]
context = true
count = 90
period = "2025/26"
source = "s"
where = "Table 2"

[candidate.evidence.harms]
offences = [{ offence = "Theft from a shop", count = 300 }, { offence = "Theft of a bicycle", count = 102 }]
period = "2025/26"
source = "s"
where = "Table 3"
"#;

const RULES: &str = r#"
[ruleset]
name = "r"
version = "1"

[evidence.thefts]
kind = "series"
title = "Thefts"

[evidence.harms]
kind = "offences"
title = "Their harm"

[[criterion]]
id = "change"
title = "Change"
question = "Is it getting worse?"
weight = 1
measure = "thefts.latest().change_from(thefts.previous(), 'CHOICE')"
unit = "times the rate before"
direction = "higher-is-worse"
value = { linear = { from = 0.5, to = 1.5 } }
missing = "worst"
because = "{thefts.latest().change_from(thefts.previous(), 'CHOICE').sentence}."

[[criterion]]
id = "harm"
title = "Harm"
question = "How harmful is it?"
weight = 1
measure = "harms"
unit = "days"
direction = "higher-is-worse"
value = { linear = { from = 0, to = 1000 } }
missing = "reweight"
because = "{measure} days."

[[tier]]
id = "rest"
title = "Rest"
"#;

/// What the rules make of the evidence: as JSON, as Markdown, and the problems met.
fn ranked(choice: &str) -> (Value, String, Problems) {
    let mut folder = Folder::default();
    folder.write("x/assessment.toml", ASSESSMENT);
    folder.write("x/evidence.toml", EVIDENCE);
    folder.write("x/rules/ruleset.toml", RULES.replace("'CHOICE'", &format!("\\\"{choice}\\\"")));
    let mut problems = Problems::default();
    let loaded = prioritise::load(&folder, "x", None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems.clone()).unwrap();
    (serde_json::from_str(&report::json(&report)).unwrap(), papers(&report)[0].clone(), problems)
}

#[test]
fn what_is_refused_is_missing_for_its_reason() {
    let (ranking, markdown, _) = ranked("refuse");
    let parts = &ranking["ranking"][0]["contributions"];
    let reason = "The change can't be judged: the series breaks in April 2025 (bicycles counted with it).";
    assert_eq!(parts[0]["measure"], Value::Null);
    assert_eq!(parts[0]["missing"]["policy"], "worst");
    assert_eq!(parts[0]["missing"]["reason"], reason);
    assert!(
        markdown.contains(&reason.replace('(', "\\(").replace(')', "\\)")) || markdown.contains(reason),
        "{markdown}"
    );
}

#[test]
fn what_is_qualified_says_so() {
    let (ranking, _, _) = ranked("qualify");
    let part = &ranking["ranking"][0]["contributions"][0];
    assert_eq!(part["measure"]["estimate"], 1.3);
    let wanted = "up 30%, from 310 to 402, beyond what chance explains; \
                  but the series breaks in April 2025 (bicycles counted with it).";
    assert_eq!(part["because"], wanted);
}

#[test]
fn offences_without_any_weight_are_missing_and_never_harmless() {
    let (ranking, _, problems) = ranked("qualify");
    let part = &ranking["ranking"][0]["contributions"][1];
    assert_eq!((&part["measure"], part["points"].as_f64()), (&Value::Null, Some(0.0)));
    assert_eq!(part["missing"]["reason"], "None of the offences has a harm weight.");
    assert!(problems.sorted().iter().any(|problem| problem.code == Code::UnmatchedOffence));
}

#[test]
fn what_limits_evidence_stands_with_it() {
    let (ranking, markdown, _) = ranked("qualify");
    let evidence = &ranking["ranking"][0]["contributions"][0]["evidence"][0];
    assert_eq!(evidence["caveats"], serde_json::json!(["Shops report few of their thefts."]));
    assert_eq!(evidence["corroborated_by"], serde_json::json!(["claims"]));
    assert_eq!(evidence["breaks"], serde_json::json!([{ "date": "April 2025", "cause": "bicycles counted with it" }]));
    for words in ["Shops report few of their thefts.", "series is broken in April 2025", "Borne out by claims"] {
        assert!(markdown.contains(words), "{words}");
    }
}
