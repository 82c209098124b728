//! What `choose` says another number would do, done: the plan is filed with that number and chosen from anew.

use std::num::NonZeroUsize;

use prioritise::choose::{Asked, of_plan};
use prioritise::diagnostic::Problems;
use serde_json::Value;
use toml::Table;

use crate::support::Folder;

const CASE: &str = "tests/cases/plan-of-actions";

/// The choice from these files, as JSON.
fn choice(files: &Folder, asked: &Asked) -> Result<Value, Problems> {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, CASE, None, &mut problems).unwrap();
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let choice = of_plan(&report, asked, NonZeroUsize::MIN, &rules.library.budget)?;
    Ok(serde_json::from_str(&prioritise::report::choose::json(&report, &choice)).unwrap())
}

/// The case with its plan changed, and without what the board chose of it.
fn with_plan(change: impl FnOnce(&mut Table)) -> Folder {
    let mut files = Folder::of(&[CASE]);
    let path = format!("{CASE}/plan.toml");
    let mut plan: Table = files.text(&path).parse().unwrap();
    change(&mut plan);
    files.write(&path, plan.to_string());
    let assessment = files.text(&format!("{CASE}/assessment.toml"));
    let kept: Vec<&str> = assessment.lines().filter(|line| !line.starts_with("decisions")).collect();
    files.write(&format!("{CASE}/assessment.toml"), kept.join("\n"));
    files
}

fn is_in(choice: &Value, action: &Value) -> bool {
    choice["best"]["actions"].as_array().unwrap().contains(action)
}

/// The plan with so much of the grant.
fn with_grant(plan: &mut Table, grant: i64) {
    for resource in plan["resource"].as_array_mut().unwrap().iter_mut().filter(|it| it["id"].as_str() == Some("grant"))
    {
        resource["amounts"][0].as_table_mut().unwrap().insert("amount".into(), grant.into());
    }
}

/// The same with another cost, which is known for certain.
fn with_cost(grant: i64, action: &Value, resource: &Value, amount: &Value) -> Folder {
    with_plan(|plan| {
        with_grant(plan, grant);
        let actions = plan["action"].as_array_mut().unwrap().iter_mut();
        let costs = actions.filter(|it| it.get("id").or(it.get("candidate")).unwrap().as_str() == action.as_str());
        for cost in costs.flat_map(|it| it["costs"].as_array_mut().unwrap()) {
            let cost = cost.as_table_mut().unwrap();
            if cost["resource"].as_str() == resource.as_str() {
                let (whole, part) = (amount.as_i64(), amount.as_f64().unwrap());
                cost.insert("amount".into(), whole.map_or(toml::Value::Float(part), toml::Value::Integer));
                cost.remove("lower");
                cost.remove("upper");
            }
        }
    })
}

#[test]
fn a_cost_on_either_side_does_what_was_said() {
    let asked = Asked { changes: true, ..Asked::default() };
    let (mut ups, mut downs) = (0, 0);
    let grants = [40_000, 20_000, 12_000];
    let filed = grants.map(|grant| (grant, choice(&with_plan(|plan| with_grant(plan, grant)), &asked).unwrap()));
    let changes = filed.iter().flat_map(|(grant, filed)| {
        let costs = filed["changes"].as_array().unwrap().iter().filter(|it| it["of"] == "cost");
        costs.map(move |change| (*grant, filed, change))
    });
    for (grant, filed, change) in changes {
        let (action, resource) = (&change["action"], &change["resource"]);
        let was_in = is_in(filed, action);
        assert_eq!(change["way"] == "up", was_in);
        match change["found"].as_str().unwrap() {
            "changes" => {
                let same = choice(&with_cost(grant, action, resource, &change["same_at"]), &Asked::default()).unwrap();
                assert_eq!(is_in(&same, action), was_in, "{change}");
                match choice(&with_cost(grant, action, resource, &change["other_at"]), &Asked::default()) {
                    Ok(other) => {
                        assert_ne!(is_in(&other, action), was_in, "{change}");
                        assert_eq!(other["best"]["actions"], change["then"]["set"]["actions"]);
                    }
                    Err(problems) => assert_eq!(change["then"]["proof"], "none", "{problems:?}"),
                }
                *(if was_in { &mut ups } else { &mut downs }) += 1;
            }
            "never" => {
                let free = choice(&with_cost(grant, action, resource, &0.into()), &Asked::default()).unwrap();
                assert!(!was_in && !is_in(&free, action), "{change}");
            }
            found => panic!("{found}"),
        }
    }
    assert!(ups > 1 && downs > 0, "{ups} {downs}");
}

#[test]
fn draws_are_counted_alike_on_any_number_of_threads() {
    let files = Folder::of(&[CASE]);
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(&files, CASE, None, &mut problems).unwrap();
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let drawn = |threads: usize| {
        let (asked, threads) =
            (Asked { draws: Some((300, 7)), ..Asked::default() }, NonZeroUsize::new(threads).unwrap());
        let choice = of_plan(&report, &asked, threads, &prioritise::budget::Budget::of(900_000)).unwrap();
        choice.robust.unwrap()
    };
    let (one, three) = (drawn(1), drawn(3));
    assert_eq!(one, three);
    assert_eq!(one.finding_out.draws, 300 - one.without_set);
}

/// A worth that reads the tier has the tier of each draw: where who is first changes from draw to draw, so does what is best.
#[test]
fn a_draw_has_tiers_of_its_own() {
    let files = with_plan(|plan| {
        let first = "if tier == \"priority\" { 1 } else { 0 }";
        plan["plan"].as_table_mut().unwrap().insert("worth".into(), first.into());
        // Nothing but the tier is open.
        for action in plan["action"].as_array_mut().unwrap() {
            for key in ["costs", "serves"] {
                for item in action.get_mut(key).into_iter().flat_map(|items| items.as_array_mut().unwrap()) {
                    item.as_table_mut().unwrap().retain(|key, _| key != "lower" && key != "upper");
                }
            }
        }
    });
    let asked = Asked { draws: Some((400, 7)), ..Asked::default() };
    let found = choice(&files, &asked).unwrap();
    let borderline = |found: &Value| {
        found["actions"].as_array().unwrap().iter().filter(|action| action["group"] == "borderline").count()
    };
    assert!(borderline(&found) > 0, "{}", found["actions"]);
}
