//! The best set for each year of the grants in `fixtures/huntingdonshire-2019/plan.toml`: a reader of `docs/plan.md` sees what
//! the falling grant costs, in order.

use serde_json::Value;

use crate::support::{prioritise, root};

const YEARS: [&str; 9] =
    ["2005/06", "2006/07", "2007/08", "2008/09", "2009/10", "2010/11", "2011/12", "2012/13", "2013/14"];

/// What the command finds for a year.
fn choice(year: &str) -> Value {
    let said = prioritise(&["choose", "fixtures/huntingdonshire-2019", "--year", year, "--format", "json", "--quiet"]);
    assert_eq!(said.code, Some(0), "{year}: {}", said.err);
    let choice: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(choice["best"]["proof"], "proven", "{year}");
    choice
}

fn actions(choice: &Value) -> Vec<String> {
    choice["best"]["actions"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// How much there is of a resource, with commas between thousands, and pence where there are some.
fn amount(choice: &Value, resource: &str) -> String {
    let resources = choice["resources"].as_array().unwrap();
    let found = resources.iter().find(|it| it["id"] == resource).unwrap();
    assert!(found["used"].as_f64() <= found["amount"].as_f64(), "{resource}");
    let text = prioritise::words::fixed(found["amount"].as_f64().unwrap(), 2);
    text.strip_suffix(".00").map_or_else(|| text.clone(), str::to_owned)
}

#[test]
fn the_guide_shows_the_best_set_of_every_year() {
    let guide = std::fs::read_to_string(root().join("docs/plan.md")).unwrap();
    let mut before: Option<Vec<String>> = None;
    for year in YEARS {
        let choice = choice(year);
        let now = actions(&choice);
        let without = |all: &[String], known: &[String]| {
            let others: Vec<&str> = all.iter().filter(|id| !known.contains(id)).map(String::as_str).collect();
            others.join(", ")
        };
        let (out, new) = before.as_ref().map_or_else(Default::default, |old| (without(old, &now), without(&now, old)));
        let row = format!(
            "| {year} | {} | {} | {} | {} | {out} | {new} |",
            amount(&choice, "revenue"),
            amount(&choice, "capital"),
            choice["best"]["value"],
            now.len()
        );
        assert!(guide.contains(&row), "docs/plan.md lacks:\n{row}");
        before = Some(now);
    }
}

/// The document's own sums: capital and revenue add up to its totals, exactly.
#[test]
fn the_amounts_are_those_of_the_document() {
    let plan = std::fs::read_to_string(root().join("fixtures/huntingdonshire-2019/plan.toml")).unwrap();
    let plan: toml::Table = plan.parse().unwrap();
    let pence = |resource: &toml::Value, year: usize| {
        let amount = &resource["amounts"][year]["amount"];
        let printed = amount.to_string();
        let (pounds, pence) = printed.split_once('.').unwrap_or((&printed, ""));
        format!("{pounds}{pence:0<2}").parse::<i64>().unwrap()
    };
    let totals = [182_000, 184_000, 119_596, 123_051, 114_373, 76_839, 56_880, 28_440, 28_440];
    for (year, total) in totals.into_iter().enumerate() {
        let resources = plan["resource"].as_array().unwrap();
        let sum: i64 = resources.iter().map(|resource| pence(resource, year)).sum();
        assert_eq!(sum, total * 100, "{}", YEARS[year]);
        assert!(resources.iter().all(|it| it["amounts"][year]["period"].as_str() == Some(YEARS[year])));
    }
}
