//! Weights add up to the digit: of all criteria to the scale, of a group's criteria to the group's share, on any rules.

use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::exact::Fixed;
use prioritise::report;
use prioritise::rules::RuleSet;
use prioritise::stats::{Random, Stream};
use serde_json::Value;

use crate::support::{Folder, papers};
use crate::workbook::{Book, Shown, workbook_of};

/// How many rule sets are made up for each way to combine points.
const GENERATED: u64 = 100;

/// Rules of so many criteria in groups, with weights of up to three decimals, and two candidates: one has all answers.
fn generated(combine: &str, number: u64) -> Folder {
    let mut random = Random::new(14, Stream::Weights, number);
    let mut up_to = |bound: u64| random.below(bound + 1);
    let scale = [100, 10, 30, 1000, 1, 6][usize::try_from(up_to(5)).unwrap()];
    let mut rules = format!(
        "[ruleset]\nname = \"N\"\nversion = \"1\"\nscale = {scale}\ndecimals = {}\ncombine = \"{combine}\"\n",
        up_to(3)
    );
    let mut weight = || {
        let decimals = u32::try_from(up_to(3)).unwrap();
        Fixed::new(i64::try_from(1 + up_to(997)).unwrap(), decimals).to_string()
    };
    let groups = 2 + number % 3;
    for group in 0..groups {
        let own = if combine == "sections" { String::new() } else { format!("weight = {}\n", weight()) };
        rules.push_str(&format!("[[group]]\nid = \"g{group}\"\ntitle = \"G{group}\"\n{own}"));
    }
    let criteria = groups + number % 7;
    for at in 0..criteria {
        let missing = if at % 2 == 0 { "reweight" } else { "neutral" };
        rules.push_str(&format!(
            "[evidence.e{at}]\nkind = \"judgement\"\ntitle = \"E\"\nscale = [0, 10]\n[[criterion]]\nid = \"c{at}\"\n\
             title = \"C\"\nquestion = \"Q\"\ngroup = \"g{}\"\nweight = {}\nmeasure = \"e{at}\"\nunit = \"u\"\n\
             direction = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = 10 }} }}\nmissing = \"{missing}\"\n\
             because = \"B\"\n",
            at % groups,
            weight()
        ));
    }
    rules.push_str("[[tier]]\nid = \"a\"\ntitle = \"A\"\n");
    let mut evidence = String::new();
    for candidate in ["whole", "gaps"] {
        evidence.push_str(&format!("[[candidate]]\nid = \"{candidate}\"\ntitle = \"{candidate}\"\nkind = \"theme\"\n"));
        for at in 0..criteria {
            let answer = match candidate == "gaps" && at % 4 == 0 {
                true => "missing = \"M\"",
                false => "judgement = 10\nscale = [0, 10]\nby = \"A\"\ndate = \"2026-04-20\"\nbecause = \"B\"",
            };
            evidence.push_str(&format!("[candidate.evidence.e{at}]\n{answer}\n"));
        }
    }
    Folder::of_rules_and_evidence(rules, evidence)
}

/// A printed number in units of so many decimals.
fn units(printed: &str, decimals: u32) -> i64 {
    let (whole, rest) = printed.split_once('.').unwrap_or((printed, ""));
    assert!(rest.len() <= decimals as usize, "{printed} has more than {decimals} decimals");
    format!("{whole}{rest:0<width$}", width = decimals as usize).parse().unwrap()
}

/// Where the units of `whole` fall that are shared in proportion to `weights`: no share is a unit or more from its exact
/// part.
fn near(weights: &[i128], whole: i64, shares: &[i64]) -> bool {
    let sum: i128 = weights.iter().sum();
    let exact = |weight: &i128| weight * i128::from(whole);
    shares.iter().zip(weights).all(|(share, weight)| (i128::from(*share) * sum - exact(weight)).abs() < sum)
}

fn thousandths(written: &[rust_decimal::Decimal]) -> Vec<i128> {
    written.iter().map(|weight| units(&weight.to_string(), 3).into()).collect()
}

/// The shares of one candidate as printed, checked against the rules.
fn adds_up(rules: &RuleSet, name: &str, shares: &[i64], is_whole: bool) {
    let whole = rules.weights.whole();
    let of_group = |group: usize| -> Vec<i64> {
        let own = shares.iter().zip(&rules.criteria).filter(|(_, criterion)| criterion.group == Some(group));
        own.map(|(share, _)| *share).collect()
    };
    let sums: Vec<i64> = (0..rules.groups.len()).map(|group| of_group(group).iter().sum()).collect();
    let Some(written) = rules.weights.groups() else {
        // Each section is a whole of its own; none where all of it was left out.
        assert!(sums.iter().all(|sum| *sum == whole || (!is_whole && *sum == 0)), "{name}: {sums:?} of {whole}");
        return;
    };
    assert_eq!(sums.iter().sum::<i64>(), whole, "{name}: {shares:?}");
    if is_whole {
        assert!(near(&thousandths(written), whole, &sums), "{name}: the groups have {sums:?} of {whole}");
        let weights = thousandths(rules.weights.written());
        for (group, sum) in sums.iter().enumerate() {
            let own = weights.iter().zip(&rules.criteria).filter(|(_, criterion)| criterion.group == Some(group));
            let own: Vec<i128> = own.map(|(weight, _)| *weight).collect();
            assert!(near(&own, *sum, &of_group(group)), "{name}: {:?} of {sum}", of_group(group));
        }
    }
}

#[test]
fn weights_add_up_to_the_digit_on_generated_rules() {
    for combine in ["sum", "product", "sections"] {
        for number in 0..GENERATED {
            let (name, files) = (format!("{combine} {number}"), generated(combine, number));
            let mut problems = Problems::default();
            let loaded = prioritise::load(&files, "assessment.toml", None, &mut problems);
            let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{name}: {problems:?}"));
            let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
            let decimals = rules.fine_decimals();
            let json: Value = serde_json::from_str(&report::json(&ranked)).unwrap();
            let csv = report::csv(&ranked);
            let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
            let columns: Vec<usize> = rows
                .headers()
                .unwrap()
                .iter()
                .enumerate()
                .filter(|(_, header)| header.ends_with(" weight"))
                .map(|(at, _)| at)
                .collect();
            let rows = rows.records().map(Result::unwrap).collect::<Vec<_>>();
            for (entry, row) in json["ranking"].as_array().unwrap().iter().zip(&rows) {
                let parts = entry["contributions"].as_array().unwrap();
                let shares: Vec<i64> = parts.iter().map(|part| units(&part["weight"].to_string(), decimals)).collect();
                adds_up(&rules, &name, &shares, entry["id"] == "whole");
                let in_csv: Vec<i64> = columns.iter().map(|at| units(&row[*at], decimals)).collect();
                assert_eq!(in_csv, shares, "{name}");
            }
            let lines = report::text(&ranked, false);
            let [markdown, _] = papers(&ranked);
            for share in rules.weights.shares() {
                let printed = Fixed::new(*share, decimals).as_weight();
                assert!(lines.contains(&printed) && markdown.contains(&printed), "{name}: {printed}");
            }
        }
    }
}

/// The sheet of weights shows what each group has, as what its criteria add up to.
#[test]
fn a_workbook_shows_the_shares_of_groups_as_what_their_criteria_add_up_to() {
    for number in 0..10 {
        let files = generated("sum", number);
        let (_, rules) = prioritise::load(&files, "assessment.toml", None, &mut Problems::default()).unwrap();
        let book = Book::open(workbook_of(&files, "assessment.toml"));
        let rows = book.rows("Weights");
        let share = |row: usize| match rows[row][5] {
            Shown::Number(share) => units(&share.to_string(), rules.fine_decimals()),
            _ => panic!("{number}: no share in row {row}"),
        };
        let (criteria, first) = (rules.criteria.len(), 3);
        for (group, about) in rules.groups.iter().enumerate() {
            let own = (0..criteria).filter(|at| rules.criteria[*at].group == Some(group));
            let row = first + criteria + 3 + group;
            assert_eq!(rows[row][0].as_text(), about.title);
            assert_eq!(share(row), own.map(|at| share(first + at)).sum::<i64>(), "{number}");
        }
    }
}
