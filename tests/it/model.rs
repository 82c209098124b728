//! The model, piece by piece, on assessments of a few lines: what each key of a rule set does to the numbers.

use prioritise::diagnostic::Problems;
use prioritise::report;
use serde_json::{Value, json};

use crate::support::Folder;

const ASSESSMENT: &str = r#"
[assessment]
title = "Small"
partnership = "Nobody"
period = "2025"
rules = "rules"

[[source]]
id = "s"
title = "Made up"

[[table]]
file = "c.csv"
id = "id"

[table.column.a]
header = "a"
kind = "number"
source = "s"
where = "a"

[table.column.b]
header = "b"
kind = "number"
source = "s"
where = "b"
"#;

/// A criterion that reads one number and says what it is worth.
fn criterion(id: &str, more: &str) -> String {
    let mut text = format!(
        "[[criterion]]\nid = \"c_{id}\"\ntitle = \"{id}\"\nquestion = \"?\"\nmeasure = \"{id}\"\nunit = \"u\"\n\
         because = \"{{measure}}\"\n{more}\n"
    );
    for (key, default) in [
        ("weight", "1"),
        ("direction", "\"higher-is-worse\""),
        ("missing", "\"neutral\""),
        ("value", "{ linear = { from = 0, to = 10 } }"),
    ] {
        if !more.lines().any(|line| line.starts_with(&format!("{key} = "))) {
            text.push_str(&format!("{key} = {default}\n"));
        }
    }
    text
}

const LAST_TIER: &str = "[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n";

fn rules(header: &str, criteria: &[String], more: &str) -> String {
    format!(
        "[ruleset]\nname = \"r\"\nversion = \"1\"\n{header}\n[evidence.a]\nkind = \"number\"\ntitle = \"A\"\n\
         [evidence.b]\nkind = \"number\"\ntitle = \"B\"\n{}{more}\n{}",
        criteria.concat(),
        if more.contains("[[tier]]") { "" } else { LAST_TIER },
    )
}

/// The ranking of these rows (`id,a,b`) as JSON.
fn ranked(rules: &str, rows: &str) -> Value {
    ranked_with_csv(rules, rows).0
}

/// The same as JSON and as CSV.
fn ranked_with_csv(rules: &str, rows: &str) -> (Value, String) {
    let mut folder = Folder::default();
    folder.write("x/assessment.toml", ASSESSMENT);
    folder.write("x/c.csv", format!("id,a,b\n{rows}"));
    folder.write("x/rules/ruleset.toml", rules);
    let mut problems = Problems::default();
    let loaded = prioritise::load(&folder, "x", None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let one = std::num::NonZeroUsize::MIN;
    let report = prioritise::rank(&assessment, &rules, one, problems).unwrap();
    (serde_json::from_str(&report::json(&report)).unwrap(), report::csv(&report))
}

/// One field of every candidate, by id, in the order of the ranking.
fn each<'a>(ranking: &'a Value, field: &str) -> Vec<(&'a str, &'a Value)> {
    let entries = ranking["ranking"].as_array().unwrap();
    entries.iter().map(|entry| (entry["id"].as_str().unwrap(), &entry[field])).collect()
}

fn totals(ranking: &Value) -> Vec<(&str, f64)> {
    each(ranking, "total").into_iter().map(|(id, total)| (id, total.as_f64().unwrap_or(f64::NAN))).collect()
}

fn tiers(ranking: &Value) -> Vec<(&str, &str)> {
    each(ranking, "tier").into_iter().map(|(id, tier)| (id, tier.as_str().unwrap_or("none"))).collect()
}

fn warnings(ranking: &Value) -> Vec<&str> {
    ranking["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect()
}

/// The value that one function gives to one measure.
fn value_of(function: &str, direction: &str, measure: &str) -> f64 {
    let only = criterion("a", &format!("value = {function}\ndirection = \"{direction}\""));
    let ranking = ranked(&rules("", &[only], ""), &format!("x,{measure},0\n"));
    ranking["ranking"][0]["contributions"][0]["value"].as_f64().unwrap()
}

#[test]
fn every_fixed_value_function() {
    for (function, direction, measure, value) in [
        ("{ linear = { from = 0, to = 8 } }", "higher-is-worse", "2", 0.25),
        ("{ linear = { from = 0, to = 8 } }", "higher-is-better", "2", 0.75),
        ("{ linear = { from = 0, to = 8 } }", "higher-adds-priority", "9", 1.0),
        ("{ linear = { from = 4, to = 8 } }", "higher-is-worse", "-3", 0.0),
        ("{ points = [[0, 0], [1, 0.4], [3, 1]] }", "higher-is-worse", "2", 0.7),
        ("{ points = [[0, 1], [1, 0.4], [3, 0]] }", "higher-is-better", "2", 0.2),
        ("{ steps = [[0, 0.1], [3, 0.5], [5, 1]] }", "higher-is-worse", "4.99", 0.5),
        ("{ steps = [[0, 0.1], [3, 0.5], [5, 1]] }", "higher-is-worse", "5", 1.0),
        ("{ steps = [[0, 0.1], [3, 0.5], [5, 1]] }", "higher-is-worse", "-1", 0.1),
        ("{ logistic = { middle = 5, steepness = 1 } }", "higher-is-worse", "5", 0.5),
        // 1/(1 + e^-1) = 0.73106
        ("{ logistic = { middle = 5, steepness = 1 } }", "higher-is-worse", "6", 0.7311),
        ("{ logistic = { middle = 5, steepness = 1 } }", "higher-is-better", "6", 0.2689),
        ("{ script = \"measure.estimate / 20\" }", "higher-is-worse", "7", 0.35),
    ] {
        assert_eq!(value_of(function, direction, measure), value, "{function} {direction} {measure}");
    }
}

#[test]
fn every_relative_value_function() {
    let rows = "p,1,0\nq,2,0\nr,2,0\ns,5,0\n";
    // Mean 2.5, standard deviation of the population √2.25 = 1.5.
    for (function, direction, values) in [
        ("min-max", "higher-is-worse", [0.0, 0.25, 0.25, 1.0]),
        ("min-max", "higher-is-better", [1.0, 0.75, 0.75, 0.0]),
        ("share-of-maximum", "higher-is-worse", [0.2, 0.4, 0.4, 1.0]),
        ("share-of-mean", "higher-is-worse", [0.4, 0.8, 0.8, 2.0]),
        ("percentile", "higher-is-worse", [0.0, 0.5, 0.5, 1.0]),
        ("percentile", "higher-is-better", [1.0, 0.5, 0.5, 0.0]),
        ("z-score", "higher-is-worse", [0.3333, 0.4444, 0.4444, 0.7778]),
        ("z-score", "higher-is-better", [0.6667, 0.5556, 0.5556, 0.2222]),
    ] {
        let only = criterion("a", &format!("value = {{ relative = \"{function}\" }}\ndirection = \"{direction}\""));
        let ranking = ranked(&rules("", &[only], ""), rows);
        assert_eq!(warnings(&ranking), ["relative-value"]);
        let mut found: Vec<(&str, f64)> = each(&ranking, "contributions")
            .into_iter()
            .map(|(id, parts)| (id, parts[0]["value"].as_f64().unwrap()))
            .collect();
        found.sort_by(|a, b| a.0.cmp(b.0));
        let found: Vec<f64> = found.into_iter().map(|(_, value)| value).collect();
        assert_eq!(found, values, "{function} {direction}");
    }
}

#[test]
fn adding_a_candidate_can_reorder_relative_ones_and_not_others() {
    let two = |value: &str| {
        let of = |id: &str| criterion(id, &format!("value = {value}"));
        rules("", &[of("a"), of("b")], "")
    };
    let ids = |ranking: &Value| -> Vec<String> {
        totals(ranking).into_iter().map(|(id, _)| id.to_owned()).filter(|id| id != "z").collect()
    };
    let (few, more) = ("x,9,2\ny,5,5\n", "x,9,2\ny,5,5\nz,100,0\n");
    let relative = two("{ relative = \"min-max\" }");
    assert_eq!(
        (ids(&ranked(&relative, few)), ids(&ranked(&relative, more))),
        (vec!["x".into(), "y".into()], vec!["y".into(), "x".into()])
    );
    let fixed = two("{ linear = { from = 0, to = 10 } }");
    assert_eq!(ids(&ranked(&fixed, few)), ids(&ranked(&fixed, more)));
}

#[test]
fn every_missing_policy() {
    let stated = "{ value = 0.4, because = \"As agreed.\" }";
    for (written, policy, total, value, weights) in [
        ("\"neutral\"", "neutral", 65.0, Some(0.5), [50.0, 50.0]),
        ("\"worst\"", "worst", 90.0, Some(1.0), [50.0, 50.0]),
        ("\"reweight\"", "reweight", 80.0, None, [0.0, 100.0]),
        (stated, "stated", 60.0, Some(0.4), [50.0, 50.0]),
    ] {
        let criteria = [criterion("a", &format!("missing = {written}")), criterion("b", "")];
        let ranking = ranked(&rules("", &criteria, ""), "x,,8\n");
        let entry = &ranking["ranking"][0];
        assert_eq!(entry["total"].as_f64(), Some(total), "{policy}");
        assert_eq!(entry["coverage"].as_f64(), Some(0.5));
        let parts = &entry["contributions"];
        assert_eq!(parts[0]["value"].as_f64(), value);
        assert_eq!([parts[0]["weight"].as_f64().unwrap(), parts[1]["weight"].as_f64().unwrap()], weights);
        assert_eq!(parts[0]["missing"]["policy"], policy);
        let because = if written == stated { Value::from("As agreed") } else { Value::Null };
        assert_eq!(parts[0]["missing"]["because"], because);
        assert_eq!(parts[0]["measure"], Value::Null);
        assert_eq!(parts[1]["missing"], Value::Null);
    }
}

#[test]
fn refused_candidates_come_last_and_keep_no_rank() {
    let criteria = [criterion("a", "missing = \"refuse\""), criterion("b", "")];
    let ranking = ranked(&rules("", &criteria, ""), "a,,9\nb,1,1\nc,2,2\n");
    assert_eq!(tiers(&ranking), [("c", "rest"), ("b", "rest"), ("a", "none")]);
    let last = &ranking["ranking"][2];
    assert_eq!((&last["rank"], &last["total"], last["refused_by"].as_str()), (&Value::Null, &Value::Null, Some("c_a")));
}

#[test]
fn weights_are_shares_of_the_scale() {
    let criteria = [criterion("a", "weight = 1"), criterion("b", "weight = 2")];
    let ranking = ranked(&rules("scale = 100", &criteria, ""), "x,10,0\n");
    let parts = &ranking["ranking"][0]["contributions"];
    assert_eq!((parts[0]["weight"].as_f64(), parts[1]["weight"].as_f64()), (Some(33.3333), Some(66.6667)));
    assert_eq!(totals(&ranking), [("x", 33.33)]);
}

#[test]
fn grouped_weights_are_shared_within_groups() {
    let groups = "[[group]]\nid = \"g\"\ntitle = \"G\"\nweight = 3\n[[group]]\nid = \"h\"\ntitle = \"H\"\nweight = 1\n";
    let criteria = [criterion("a", "group = \"g\"\nweight = 5"), criterion("b", "group = \"h\"\nweight = 50")];
    let ranking = ranked(&rules("", &criteria, groups), "x,10,5\n");
    assert_eq!(totals(&ranking), [("x", 87.5)]);
}

const SECTIONS: &str = "[[group]]\nid = \"g\"\ntitle = \"G\"\n[[group]]\nid = \"h\"\ntitle = \"H\"\n";

#[test]
fn every_way_to_combine() {
    let grouped = [criterion("a", "group = \"g\""), criterion("b", "group = \"h\"")];
    let plain = [criterion("a", ""), criterion("b", "weight = 3")];
    for (header, criteria, more, arithmetic) in [
        ("combine = \"sum\"", &plain, "", "20.00 + 37.50 = 57.50"),
        // 0.8^0.25 = 0.9457, 0.5^0.75 = 0.5946
        ("combine = \"product\"", &plain, "", "100 × 0.9457 × 0.5946 = 56.23"),
        ("combine = \"sections\"", &grouped, SECTIONS, "80.00 × 50.00 ÷ 100 = 40.00"),
        ("combine = { script = \"max(g, h) * 0.5 + 1\" }", &grouped, SECTIONS, "max(80.00, 50.00) × 0.5 + 1 = 41.00"),
    ] {
        let ranking = ranked(&rules(header, criteria, more), "x,8,5\n");
        let lines = ranking["ranking"][0]["arithmetic"].as_array().unwrap();
        assert_eq!(lines.last().unwrap().as_str(), Some(arithmetic), "{header}");
        let total = arithmetic.rsplit_once("= ").unwrap().1.parse::<f64>().unwrap();
        assert_eq!(totals(&ranking), [("x", total)]);
    }
}

#[test]
fn a_section_without_any_answer_is_not_made_up() {
    let criteria = [criterion("a", "group = \"g\"\nmissing = \"reweight\""), criterion("b", "group = \"h\"")];
    let ranking = ranked(&rules("combine = \"sections\"", &criteria, SECTIONS), "x,,5\ny,1,5\n");
    assert_eq!(tiers(&ranking), [("y", "rest"), ("x", "none")]);
}

fn gate(id: &str, when: &str, effect: &str) -> String {
    format!(
        "[[gate]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhen = \"{when}\"\neffect = \"{effect}\"\nreason = \"because {{b}}\"\n"
    )
}

const TWO_PLACES: &str =
    "[[tier]]\nid = \"top\"\ntitle = \"Top\"\nplaces = 2\n[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n";

#[test]
fn included_candidates_take_places_and_the_others_leave_theirs() {
    let gates =
        [gate("inc", "b == 1.0", "include"), gate("veto", "b == 2.0", "veto"), gate("later", "b == 3.0", "defer")];
    let rules = rules("", &[criterion("a", "")], &format!("{}{TWO_PLACES}", gates.concat()));
    let ranking = ranked(&rules, "p,9,2\nq,8,3\nr,7,0\ns,6,0\nt,1,1\n");
    assert_eq!(tiers(&ranking), [("p", "none"), ("q", "none"), ("r", "top"), ("s", "rest"), ("t", "top")]);
    let ranks: Vec<u64> = each(&ranking, "rank").into_iter().map(|(_, rank)| rank.as_u64().unwrap()).collect();
    assert_eq!(ranks, [1, 2, 3, 4, 5], "gates do not touch ranks");
    assert_eq!(ranking["ranking"][0]["gate"]["effect"], "veto");
    assert_eq!(ranking["ranking"][0]["gate"]["reason"], "because 2");
}

#[test]
fn the_first_gate_that_fires_decides_and_all_are_told() {
    let gates = [gate("first", "b == 1.0", "defer"), gate("second", "b == 1.0", "include")];
    let rules = rules("", &[criterion("a", "")], &gates.concat());
    let ranking = ranked(&rules, "x,9,1\n");
    assert_eq!(ranking["ranking"][0]["gate"]["id"], "first");
    assert_eq!(ranking["ranking"][0]["other_gates"][0]["id"], "second");
}

#[test]
fn a_gate_can_see_that_nothing_is_known() {
    let rules = rules("", &[criterion("a", "")], &gate("unknown", "b == ()", "defer"));
    let ranking = ranked(&rules, "x,9,\ny,8,1\n");
    assert_eq!(tiers(&ranking), [("x", "none"), ("y", "rest")]);
}

#[test]
fn bands_outside_the_tiers_take_those_without_a_total() {
    let refusing = || criterion("a", "missing = \"refuse\"");
    for (effect, standing) in [("emerging", "Emerging"), ("defer", "Deferred"), ("veto", "Ruled out")] {
        let rules = rules("", &[refusing()], &format!("{}{TWO_PLACES}", gate("g", "b == 1.0", effect)));
        let (ranking, csv) = ranked_with_csv(&rules, "p,9,1\nq,8,\nr,,1\ns,,\n");
        assert_eq!(totals(&ranking)[..2], [("p", 90.0), ("q", 80.0)]);
        let entry = |id: &str| ranking["ranking"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap();
        assert_eq!((&entry("p")["rank"], &entry("q")["rank"]), (&json!(1), &json!(2)), "gates do not touch ranks");
        for none in ["rank", "total", "range", "tier"] {
            assert_eq!(entry("r")[none], Value::Null, "{effect}: {none}");
        }
        let decided = &entry("r")["gate"];
        assert_eq!((&decided["effect"], &decided["reason"]), (&json!(effect), &json!("because 1")));
        assert_eq!(decided["evidence"][0]["path"], "b", "what it was decided by is cited");
        assert_eq!(entry("r")["refused_by"], "c_a", "what is missing is told");
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[1].starts_with(&format!("1,p,p,{standing},{effect},90.00,")), "{csv}");
        assert!(lines[3].starts_with(&format!(",r,r,{standing},{effect},,,,,0.00,")), "{csv}");
        assert!(lines[4].starts_with(",s,s,Not ranked,,,,,,0.00,"), "{csv}");
    }
    // A tier takes totals: who has none has no place in it.
    let rules = rules("", &[refusing()], &format!("{}{TWO_PLACES}", gate("g", "b == 1.0", "include")));
    let (ranking, csv) = ranked_with_csv(&rules, "q,8,\nr,,1\n");
    assert_eq!(tiers(&ranking), [("q", "top"), ("r", "none")]);
    assert!(csv.contains(",r,r,Not ranked,include,,"), "{csv}");
}

#[test]
fn more_included_than_places_is_told() {
    let rules = rules("", &[criterion("a", "")], &format!("{}{TWO_PLACES}", gate("inc", "b == 1.0", "include")));
    let ranking = ranked(&rules, "p,9,1\nq,8,1\nr,7,1\ns,9.5,0\n");
    assert_eq!(tiers(&ranking), [("s", "rest"), ("p", "top"), ("q", "top"), ("r", "top")]);
    assert_eq!(warnings(&ranking), ["too-many-included"]);
}

#[test]
fn equals_are_ordered_as_declared_and_a_tie_at_the_line_is_told() {
    let header = "ties = [\"c_b\"]";
    let criteria = [criterion("a", ""), criterion("b", "")];
    let ranking = ranked(&rules(header, &criteria, TWO_PLACES), "p,9,3\nq,4,6\nr,6,4\ns,5,5\n");
    assert_eq!(tiers(&ranking), [("p", "top"), ("q", "top"), ("s", "rest"), ("r", "rest")]);
    let ranks: Vec<u64> = each(&ranking, "rank").into_iter().map(|(_, rank)| rank.as_u64().unwrap()).collect();
    assert_eq!(ranks, [1, 2, 2, 2]);
    assert_eq!(warnings(&ranking), ["tie-at-the-line"]);
}

#[test]
fn tiers_by_total() {
    let tiers_by_total = "[[tier]]\nid = \"top\"\ntitle = \"Top\"\nat_least = 60\n[[tier]]\nid = \"mid\"\ntitle = \"Mid\"\n\
                          at_least = 30.5\n[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n";
    let ranking = ranked(&rules("", &[criterion("a", "")], tiers_by_total), "p,6,0\nq,5.999,0\nr,3.05,0\ns,3.04,0\n");
    // 5.999 is rounded to the criterion's two decimals, 6.00, before anything is made of it.
    assert_eq!(tiers(&ranking), [("p", "top"), ("q", "top"), ("r", "mid"), ("s", "rest")]);
}

#[test]
fn the_range_is_what_intervals_and_missing_answers_leave_open() {
    let criteria = [criterion("a", "missing = \"neutral\""), criterion("b", "")];
    let ranking = ranked(&rules("", &criteria, ""), "x,,8\ny,5,8\n");
    let ranges = each(&ranking, "range");
    assert_eq!(
        (ranges[0].0, ranges[0].1["lower"].as_f64(), ranges[0].1["upper"].as_f64()),
        ("x", Some(40.0), Some(90.0))
    );
    assert_eq!(ranges[1], ("y", &Value::Null));
}
