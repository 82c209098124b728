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
    let rules = RULES.replace("'CHOICE'", &format!("\\\"{choice}\\\""));
    ranked_of(&[("assessment.toml", ASSESSMENT), ("evidence.toml", EVIDENCE), ("rules/ruleset.toml", &rules)])
}

fn ranked_of(files: &[(&str, &str)]) -> (Value, String, Problems) {
    let mut folder = Folder::default();
    for (name, text) in files {
        folder.write(&format!("x/{name}"), *text);
    }
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
    let reason = "The change can't be judged: the series changed in April 2025 (bicycles counted with it).";
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
                  but the series changed in April 2025 (bicycles counted with it).";
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
    for words in ["Shops report few of their thefts.", "series changed in April 2025", "Said to be supported by claims"]
    {
        assert!(markdown.contains(words), "{words}");
    }
}

const TABLE: &str = r#"
[[table]]
file = "wards.csv"
id = "id"

[table.column.burglaries]
header = "burglaries"
kind = "count"
period = "2025/26"
households = "homes"
source = "s"
where = "Table 1"
caveats = ["Sheds are counted with homes."]
corroborated_by = ["calls"]

[table.column.calls]
header = "calls"
kind = "number"
context = true
source = "s"
where = "Table 2"
"#;

const WARDS: &str = "id,burglaries,homes,calls\nnorth,31,2700,14\neaton,12,,9\nyaxley,9,2000,\n";

const RATE: &str = r#"
[ruleset]
name = "r"
version = "1"

[evidence.burglaries]
kind = "count"
title = "Burglaries"

[[criterion]]
id = "rate"
title = "Rate"
question = "How often?"
weight = 1
measure = "burglaries.rate(1000)"
unit = "per 1,000 households"
direction = "higher-is-worse"
value = { linear = { from = 0, to = 20 } }
missing = "worst"
because = "{burglaries.rate(1000).sentence}."

[[tier]]
id = "rest"
title = "Rest"
"#;

#[test]
fn columns_have_households_caveats_and_what_bears_them_out() {
    let header = ASSESSMENT.replace("evidence = [\"evidence.toml\"]", "");
    let (ranking, markdown, problems) = ranked_of(&[
        ("assessment.toml", &format!("{header}{TABLE}")),
        ("wards.csv", WARDS),
        ("rules/ruleset.toml", RATE),
    ]);
    assert_eq!(problems.without_notes(), []);
    let part = |id: &str| {
        let entries = ranking["ranking"].as_array().unwrap();
        entries.iter().find(|entry| entry["id"] == id).unwrap()["contributions"][0].clone()
    };
    let because = "11.48 per 1,000 households a year: 31 in 12 months among 2,700 households.";
    assert_eq!(part("north")["because"], because);
    assert_eq!(part("eaton")["measure"], Value::Null);
    for (id, supported_by) in [("north", vec!["calls"]), ("yaxley", vec![])] {
        let evidence = &part(id)["evidence"][0];
        assert_eq!(evidence["caveats"], serde_json::json!(["Sheds are counted with homes."]));
        assert_eq!(evidence["corroborated_by"], serde_json::json!(supported_by), "{id}");
    }
    assert_eq!(markdown.matches("Said to be supported by calls").count(), 2);
}
