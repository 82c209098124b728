//! The check that is not ours, `recheck.py`: it finds every figure of every ranking to follow, and each one that does not.
//!
//! It takes `python3`, which Debian and most systems have. Where it is missing these tests fail: they are the proof.
#![expect(clippy::disallowed_methods, reason = "another program reads rankings from the disk")]

use std::fs;
use std::process::Command;

use prioritise::stats::{Random, Stream};
use serde_json::{Value, json};

use crate::addition::all;
use crate::support::{Folder, Said, rank, root, said};

/// How many rule sets are made up for each way to combine points.
const GENERATED: u64 = 12;

/// What `recheck.py` says of a ranking.
fn recheck(ranking: &str) -> Said {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ranking.json"), ranking).unwrap();
    let python = Command::new("python3").arg("--version").output();
    assert!(python.is_ok(), "there is no `python3`: install it (Debian: `apt-get install python3`)");
    let mut command = Command::new("python3");
    command.args(["-I".as_ref(), root().join("src/record/recheck.py").as_os_str(), "ranking.json".as_ref()]);
    said(command.current_dir(folder.path()))
}

fn follows(name: &str, ranking: &str) {
    let said = recheck(ranking);
    assert_eq!(said.code, Some(0), "{name}: {said:?}");
    assert!(said.out.trim_end().ends_with(" figures made again, 0 do not follow"), "{name}: {said:?}");
    let is_scripted = ranking.contains("\"combine\": \"script\"");
    assert_eq!(said.out.contains("not checked: the total of"), is_scripted, "{name}: {said:?}");
}

#[test]
fn every_ranking_of_ours_follows() {
    for ranked in all() {
        follows(&ranked.name, &ranked.outputs[2]);
    }
}

#[test]
fn it_is_short_and_a_record_holds_it() {
    let script = fs::read(root().join("src/record/recheck.py")).unwrap();
    assert!(String::from_utf8_lossy(&script).lines().count() <= 150);
    assert_eq!(crate::forgery::RECORD["data/recheck.py"], script);
}

/// Rules of so many criteria with weights, tiers and ties as they come, and candidates that answer most of them.
/// None where they are refused, as weights are that can't be told apart with so few decimals.
fn generated(combine: &str, number: u64) -> Option<String> {
    let mut random = Random::new(15, Stream::Weights, number);
    let mut up_to = |bound: u64| random.below(bound + 1);
    let [criteria, candidates] = [2 + up_to(5), 3 + up_to(6)];
    let scale = [100, 10, 30, 1000, 1][usize::try_from(up_to(4)).unwrap()];
    let mut rules = format!(
        "[ruleset]\nname = \"N\"\nversion = \"1\"\nscale = {scale}\ndecimals = {}\ncombine = \"{combine}\"\nties = [\"c1\"]\n",
        up_to(4)
    );
    let is_grouped = combine == "sections" || up_to(1) == 1;
    if is_grouped {
        let weight = if combine == "sections" { "" } else { "weight = 3\n" };
        for group in ["g0", "g1"] {
            rules.push_str(&format!("[[group]]\nid = \"{group}\"\ntitle = \"G of {group}\"\n{weight}"));
        }
    }
    for at in 0..criteria {
        let missing = ["neutral", "worst", "reweight", "refuse"][usize::try_from(up_to(3)).unwrap()];
        let group = if is_grouped { format!("group = \"g{}\"\n", at % 2) } else { String::new() };
        rules.push_str(&format!(
            "[evidence.e{at}]\nkind = \"judgement\"\ntitle = \"E\"\nscale = [0, 100]\n[[criterion]]\nid = \"c{at}\"\n\
             title = \"C\"\nquestion = \"Q\"\n{group}weight = {}\nmeasure = \"e{at}\"\nunit = \"u\"\ndecimals = 2\n\
             direction = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = {} }} }}\nmissing = \"{missing}\"\n\
             because = \"B\"\n",
            1 + up_to(9),
            [7, 11, 100][usize::try_from(up_to(2)).unwrap()],
        ));
    }
    rules.push_str(
        "[[gate]]\nid = \"inside\"\ntitle = \"I\"\nwhen = \"e0 == 4\"\neffect = \"include\"\nreason = \"R\"\n",
    );
    rules
        .push_str("[[gate]]\nid = \"outside\"\ntitle = \"O\"\nwhen = \"e0 == 2\"\neffect = \"veto\"\nreason = \"R\"\n");
    rules.push_str(&format!("[[tier]]\nid = \"a\"\ntitle = \"A\"\nplaces = {}\n", 1 + up_to(2)));
    rules.push_str(&format!("[[tier]]\nid = \"b\"\ntitle = \"B\"\nat_least = {}\n", 1 + up_to(scale - 1)));
    rules.push_str("[[tier]]\nid = \"c\"\ntitle = \"C\"\n");
    let mut evidence = String::new();
    for at in 0..candidates {
        evidence.push_str(&format!("[[candidate]]\nid = \"k{at}\"\ntitle = \"Candidate {at}\"\nkind = \"theme\"\n"));
        for of in 0..criteria {
            let answer = match up_to(7) {
                0 => "missing = \"M\"".to_owned(),
                answer => format!(
                    "judgement = {answer}\nscale = [0, 100]\nby = \"A\"\ndate = \"2026-04-20\"\nbecause = \"B\""
                ),
            };
            evidence.push_str(&format!("[candidate.evidence.e{of}]\n{answer}\n"));
        }
    }
    let files = Folder::of_rules_and_evidence(rules, evidence);
    rank(&files, "assessment.toml").outputs.map(|[.., json, _, _]| json)
}

fn generated_follow(number: u64) {
    for combine in ["sum", "product", "sections"] {
        let mut ranked = 0;
        for at in 0..number {
            let Some(ranking) = generated(combine, at) else { continue };
            follows(&format!("{combine} {at}"), &ranking);
            ranked += 1;
        }
        assert!(ranked * 3 > number * 2, "only {ranked} of {number} by {combine} could be ranked");
    }
}

#[test]
fn generated_rankings_follow() {
    generated_follow(GENERATED);
}

/// Where all of a section was left out, its score can't be made: such a candidate is not ranked.
#[test]
fn a_section_without_weight_follows() {
    let ranking = generated("sections", 29).unwrap();
    follows("sections 29", &ranking);
    let mut ranking: Value = serde_json::from_str(&ranking).unwrap();
    let entries = ranking["ranking"].as_array_mut().unwrap();
    let is_emptied = |entry: &&mut Value| {
        let parts = entry["contributions"].as_array().unwrap();
        parts.iter().any(|part| part["criterion"] == entry["refused_by"] && part["weight"] == 0)
    };
    let entry = entries.iter_mut().find(is_emptied).expect("a candidate whose section lost its weight");
    entry["refused_by"] = json!("c0");
    assert_eq!(recheck(&ranking.to_string()).code, Some(1));
}

#[test]
#[ignore = "some hundreds of processes"]
fn very_many_generated_rankings_follow() {
    generated_follow(100);
}

/// One thing after the other is altered, taken out or doubled: it is refused, or was named as not checked.
fn whatever_is_altered(name: &str, ranking: &str, how_much: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ranking.json"), ranking).unwrap();
    let mut command = Command::new("python3");
    command.arg(root().join("tests/recheck/alter.py")).arg(root().join("src/record/recheck.py"));
    let said = said(command.args(["ranking.json", how_much]).current_dir(folder.path()));
    assert_eq!(said.code, Some(0), "{name}: {said:?}");
}

/// The rankings in which something can be altered that no other has.
const ALTERED: [&str; 6] =
    ["starter", "groups-with-scores.toml", "product.toml", "sections.toml", "script-difference.toml", "base"];

#[test]
fn whatever_is_altered_is_refused_or_named_as_not_checked() {
    let all = all();
    for name in ALTERED {
        let ranked = all.iter().find(|ranked| ranked.name == name).unwrap();
        whatever_is_altered(name, &ranked.outputs[2], "SOME");
    }
}

#[test]
#[ignore = "minutes: every place of every ranking"]
fn whatever_is_altered_anywhere_is_refused_or_named_as_not_checked() {
    // There each total is the points of one question alone: it has no sum that shows to how many decimals it was rounded.
    for ranked in all().into_iter().filter(|ranked| ranked.name != "cambridgeshire-2014") {
        whatever_is_altered(&ranked.name, &ranked.outputs[2], "ALL");
    }
}

/// What stood up to an earlier version of it.
#[test]
fn lists_in_pieces_odd_weights_and_doubled_members_are_refused() {
    let all = all();
    let ranked = |name: &str| -> Value {
        serde_json::from_str(&all.iter().find(|ranked| ranked.name == name).unwrap().outputs[2]).unwrap()
    };
    let refuses = |what: &str, of: &Value, change: &dyn Fn(&mut Value)| {
        let mut changed = of.clone();
        change(&mut changed);
        assert_ne!(*of, changed, "{what}");
        let said = recheck(&changed.to_string());
        assert!(matches!(said.code, Some(1 | 2)), "{what}: {said:?}");
    };
    let (starter, grouped, sections) = (ranked("starter"), ranked("groups-with-scores.toml"), ranked("sections.toml"));
    refuses("places by family", &starter, &|it| it["rules"]["per"] = json!("family"));
    refuses("decimals that are no whole number", &starter, &|it| it["rules"]["decimals"] = json!(2.9));
    refuses("a question twice in a group", &sections, &|it| {
        it["rules"]["groups"][0]["criteria"].as_array_mut().unwrap().push(json!("volume"));
    });
    refuses("a group twice", &sections, &|it| {
        let groups = it["rules"]["groups"].as_array_mut().unwrap();
        groups.push(groups[0].clone());
    });
    refuses("a section twice", &sections, &|it| {
        let sections = it["ranking"][0]["sections"].as_array_mut().unwrap();
        sections.push(sections[0].clone());
    });
    refuses("other terms with the same sum", &starter, &|it| {
        it["ranking"][0]["arithmetic"][0] = json!("27.33 + 7.00 + 35.00 + 7.50 = 76.83");
    });
    // The weight of a group for one candidate alone, with all that follows from it.
    refuses("a group's weight for one alone", &grouped, &|it| {
        let text = it["ranking"][1].to_string().replace("57.1429", "57.1430").replace("42.8571", "42.8570");
        it["ranking"][1] = serde_json::from_str(&text).unwrap();
    });
    // Weights that do not add up where a question was left out: it is the only candidate of that kind.
    refuses("weights that do not add up", &starter, &|it| {
        for entry in it["ranking"].as_array_mut().unwrap() {
            let part = &mut entry["contributions"][3];
            (part["weight"], part["value"], part["points"]) = (json!(0), Value::Null, Value::Null);
        }
    });
    // One list in two pieces.
    let wards = ranked("huntingdonshire-wards-2019");
    refuses("an area in two pieces", &wards, &|it| {
        it["rules"]["per"] = json!("area");
        for (at, entry) in it["ranking"].as_array_mut().unwrap().iter_mut().enumerate() {
            entry["area"] = json!({ "code": if at % 2 == 0 { "a" } else { "b" } });
        }
    });
}

/// One figure of each kind changed: it is told, and of whom.
#[test]
fn a_changed_figure_of_each_kind_is_caught() {
    let ranked = |name: &str| {
        let all = all();
        let found = all.iter().find(|ranked| ranked.name == name).unwrap();
        serde_json::from_str::<Value>(&found.outputs[2]).unwrap()
    };
    let (sum, product, sections) = (ranked("starter"), ranked("product.toml"), ranked("sections.toml"));
    let nested = ranked("groups-with-scores.toml");
    let catches = |of: &Value, pointer: &str, new: Value| {
        let mut changed = of.clone();
        let place = changed.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"));
        assert_ne!(*place, new, "{pointer}");
        *place = new;
        let said = recheck(&changed.to_string());
        assert_eq!(said.code, Some(1), "{pointer}: {said:?}");
        assert!(said.out.contains("FAILS: '"), "{pointer}: {said:?}");
    };
    for (of, earned) in [(&sum, "points"), (&product, "factor"), (&sections, "points")] {
        catches(of, &format!("/ranking/0/contributions/0/{earned}"), json!(0.1234));
        catches(of, "/ranking/0/contributions/0/value", json!(0.1234));
        catches(of, "/ranking/0/contributions/0/weight", json!(0.1234));
        catches(of, "/ranking/0/total", json!(99.99));
        catches(of, "/ranking/0/rank", json!(2));
        catches(of, "/ranking/0/tier", json!("other"));
        catches(of, "/ranking/0/arithmetic/0", json!("1.00 + 1.00 = 3.00"));
        catches(of, "/rules/tiers/0/id", json!("other"));
        let mut turned = of["ranking"].as_array().unwrap().clone();
        turned.reverse();
        catches(of, "/ranking", turned.into());
        let twice: Vec<Value> =
            of["ranking"].as_array().unwrap().iter().flat_map(|one| [one.clone(), one.clone()]).collect();
        catches(of, "/ranking", twice.into());
    }
    catches(&sections, "/ranking/0/sections/0/score", json!(99.99));
    // Of groups with ways of their own: a score, what it brings in by its weight, and that weight.
    for (section, member) in [(0, "score"), (0, "points"), (0, "weight"), (1, "score"), (2, "factor"), (3, "weight")] {
        catches(&nested, &format!("/ranking/0/sections/{section}/{member}"), json!(0.1234));
    }
    catches(&nested, "/ranking/0/contributions/6/factor", json!(0.1234));
    let mut without = sum.clone();
    without["ranking"][0]["contributions"].as_array_mut().unwrap().pop();
    assert_ne!(recheck(&without.to_string()).code, Some(0), "a question is gone");
    // Another weight for one candidate alone, with all that follows from it.
    let mut heavier = sum.clone();
    let entry = &mut heavier["ranking"][0];
    let part = &mut entry["contributions"][0];
    let (weight, value) = (part["weight"].as_f64().unwrap(), part["value"].as_f64().unwrap());
    part["weight"] = json!(weight / 2.0);
    part["points"] = json!(value * weight / 2.0);
    assert_eq!(recheck(&heavier.to_string()).code, Some(1));
    // Whom nothing was missing of can't go unranked, and a factor can't go.
    let mut unranked = sum.clone();
    let last = unranked["ranking"].as_array().unwrap().len() - 1;
    for member in ["total", "rank", "tier", "range"] {
        unranked["ranking"][last][member] = Value::Null;
    }
    unranked["ranking"][last]["arithmetic"] = json!([]);
    assert_eq!(recheck(&unranked.to_string()).code, Some(1));
    catches(&sections, "/ranking/0/sections", json!([]));
    catches(&sum, "/ranking/0/arithmetic", json!([]));
    // A member that stands twice, and digits that look like others.
    let twice = sum.to_string().replacen("\"total\":", "\"total\":99.99,\"total\":", 1);
    assert_eq!(recheck(&twice).code, Some(2));
    let wide = sum.to_string().replacen(" = ", " = \u{ff17}", 1);
    assert_eq!(recheck(&wide).code, Some(2));
    // What is printed may come from anybody: it is one line, and steers nothing.
    let mut lies = sum.clone();
    lies["ranking"][0]["tier"] = json!("a\n99 figures made again, 0 do not follow\u{1b}[2J");
    let said = recheck(&lies.to_string());
    assert!(said.code == Some(1) && !said.out.contains("\n99 figures") && !said.out.contains('\u{1b}'), "{said:?}");
    for nonsense in ["", "[]", "{\"ranking\":[]}", "{", "[[[["] {
        assert_eq!(recheck(nonsense).code, Some(2), "{nonsense}");
    }
}
