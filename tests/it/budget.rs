//! What rules may spend in a run: told when it is spent, by every command that runs them, alike with any number of threads.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{Folder, Said, prioritise_in};

const STARTER: &str = "fixtures/starter";
/// Even on a busy machine and without optimisation.
const BOUND: Duration = Duration::from_mins(1);

/// The starter's folder after some edits of its rules.
fn starter(edits: &[(&str, &str, &str)]) -> TempDir {
    let mut folder = Folder::of(&[STARTER]);
    for (file, find, replace) in edits {
        folder.edit(&format!("{STARTER}/rules/{file}"), find, replace);
    }
    let place = tempfile::tempdir().unwrap();
    folder.lay_out(STARTER, &place.path().join("starter"));
    Folder::of(&[STARTER]).lay_out(STARTER, &place.path().join("plain"));
    place
}

fn run(place: &TempDir, arguments: &[&str]) -> Said {
    let start = Instant::now();
    let said = prioritise_in(place.path(), arguments);
    assert!(start.elapsed() < BOUND, "{arguments:?} took {:?}", start.elapsed());
    said
}

const ANSWERS: (&str, &str, &str) = (
    "change.rhai",
    "fn change_value",
    "fn spin(x) {\n    let sum = 0;\n    for n in 0..9000 { sum += 1; }\n    x\n}\n\nfn change_value",
);

/// A sentence of very many parts, each of which takes nearly all steps of an evaluation.
fn spinning() -> TempDir {
    let sentence = format!("{{recorded}} recorded{}", " {spin(measure)}".repeat(500));
    starter(&[ANSWERS, ("ruleset.toml", "{recorded} recorded in {recorded.latest().period}.", &sentence)])
}

#[test]
fn every_command_that_runs_rules_ends_where_the_budget_is_spent() {
    let place = spinning();
    for arguments in [
        &["rank", "starter"][..],
        &["rank", "starter", "--format", "html"],
        &["check", "starter"],
        &["explain", "starter", "burglary"],
        &["record", "starter", "-o", "out"],
        &["rank", "plain", "--rules", "starter/rules"],
    ] {
        let said = run(&place, &[arguments, &["--budget", "2000000", "--error-format", "plain"]].concat());
        assert_eq!(said.code, Some(2), "{arguments:?}: {}", said.err);
        assert!(said.err.starts_with("error budget-spent: "), "{}", said.err);
        assert!(said.err.contains("take more than the 2,000,000 steps of a run"), "{}", said.err);
        assert!(
            said.err.contains("most of them in `spin(measure)`"),
            "the expression that spent most is not told: {}",
            said.err
        );
        assert!(!place.path().join("out").exists());
    }
    assert_eq!(run(&place, &["rank", "plain", "--budget", "20000"]).code, Some(0));
    // These make no sentence.
    let place = starter(&[("change.rhai", "    let certain", "    for n in 0..9000 { }\n    let certain")]);
    for arguments in [
        &["diff", "plain", "--rules", "plain/rules", "--rules", "starter/rules"][..],
        &["sensitivity", "starter", "--draws", "10"],
    ] {
        let said = run(&place, &[arguments, &["--budget", "10000"]].concat());
        assert_eq!(said.code, Some(2), "{arguments:?}: {}", said.err);
        assert!(said.err.contains("budget-spent"), "{}", said.err);
    }
}

#[test]
fn templates_share_the_budget() {
    let place = starter(&[]);
    std::fs::create_dir(place.path().join("ours")).unwrap();
    let loops = "{% for a in range(9999) %}{% for b in range(2) %}{{ b }}{% endfor %}{% endfor %}";
    std::fs::write(place.path().join("ours/paper.html"), loops).unwrap();
    for (budget, code) in [("50000", 2), ("10000000", 0)] {
        let paper = ["rank", "starter", "--format", "html", "--templates", "ours", "--budget", budget];
        let said = run(&place, &paper);
        assert_eq!(said.code, Some(code), "{}", said.err);
        assert_eq!(said.err.contains("budget-spent"), code == 2, "{}", said.err);
    }
}

#[test]
fn tests_of_rules_have_a_budget_too() {
    let place = starter(&[]);
    for (budget, code) in [("200", 2), ("1000000", 0)] {
        let said = run(&place, &["test", "starter/rules", "--budget", budget]);
        assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
        assert_eq!(said.err.contains("budget-spent"), code == 2, "{}", said.err);
    }
}

/// Draws and sets of changes are shared by threads. Whether they spend all is a matter of their sum.
#[test]
fn threads_change_nothing_of_what_is_told() {
    let place = starter(&[("change.rhai", "    let certain", "    for n in 0..50 { }\n    let certain")]);
    for arguments in [
        &["sensitivity", "starter", "--draws", "400"][..],
        &["diff", "starter", "--rules", "starter/rules", "--rules", "plain/rules"],
    ] {
        let all = |budget: &str| -> Vec<(Option<i32>, String, String)> {
            ["1", "2", "4"]
                .iter()
                .map(|threads| run(&place, &[arguments, &["--threads", threads, "--budget", budget]].concat()))
                .map(|said| (said.code, said.out, said.err))
                .collect()
        };
        // The least budget that is enough, to the step, and with it the most that is not.
        let (mut spent, mut enough) = (1, 4_000_000_u64);
        assert!(all(&enough.to_string())[0].2.is_empty());
        while enough - spent > 1 {
            let middle = u64::midpoint(spent, enough);
            let said = run(&place, &[arguments, &["--threads", "1", "--budget", &middle.to_string()]].concat());
            if said.err.contains("budget-spent") { spent = middle } else { enough = middle }
        }
        for budget in [spent, enough] {
            let found = all(&budget.to_string());
            assert!(found.iter().all(|said| *said == found[0]), "{arguments:?} with {budget}: {found:#?}");
            assert_eq!(found[0].2.contains("budget-spent"), budget == spent, "{:?}", found[0]);
        }
    }
}

#[test]
fn a_rule_set_has_so_many_parts_and_no_more() {
    let criterion = |number: usize| {
        format!(
            "[[criterion]]\nid = \"c{number}\"\ntitle = \"C\"\nquestion = \"Q?\"\nweight = 1\nmeasure = \"severity\"\nunit = \"u\"\n\
             direction = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = 5 }} }}\nmissing = \"neutral\"\n\
             because = \"So.\"\n\n"
        )
    };
    for (more, code) in [(196, 0), (197, 2), (5_000, 2)] {
        let criteria: Vec<String> = (0..more).map(criterion).collect();
        let tier = "# The bands that totals fall in";
        let place = starter(&[("ruleset.toml", tier, &format!("{}{tier}", criteria.concat()))]);
        let said = run(&place, &["rank", "starter", "--error-format", "plain"]);
        assert_eq!(said.code, Some(code), "{}", said.err);
        let words =
            format!("the rule set has {} criteria, and 200 is the most", if more == 197 { "201" } else { "5,004" });
        assert_eq!(said.err.contains(&words), code == 2, "{}", said.err);
    }
}

/// What one step did for nothing: the evaluation ends at its own limit, and soon.
#[test]
fn long_lists_and_texts_cost_what_they_take() {
    let list = "let a = []; a.pad(10000, 1); let b = a;";
    for (before, again) in [
        (list, "a == b"),
        (list, "a.contains(2)"),
        (list, "a.index_of(2)"),
        (list, "{ let c = a; c.dedup() }"),
        (list, "a.splice(0, 1, [1])"),
        (list, "2 in a"),
        (list, "b = a"),
        (list, "#{x: a} == #{x: b}"),
        ("let a = \"x\"; a.pad(10000, \"y\");", "a.to_upper()"),
        ("let a = \"x\"; a.pad(10000, \"y\");", "a.split(\"\")"),
        ("let a = \"x\"; a.pad(100, \"y\");", "{ let c = a; c.replace(\"y\", a) }"),
    ] {
        let heavy =
            format!("fn heavy(x) {{\n    {before}\n    for n in 0..20000 {{ {again}; }}\n    x\n}}\n\nfn change_value");
        let measure =
            ("ruleset.toml", "= \"recorded.latest().per_year()\"", "= \"heavy(recorded.latest().per_year())\"");
        let place = starter(&[("change.rhai", "fn change_value", &heavy), measure]);
        let said = run(&place, &["rank", "starter", "--error-format", "plain"]);
        assert_eq!(said.code, Some(2), "{again}: {}", said.err);
        assert!(said.err.starts_with("error script-limit: "), "{again}: {}", said.err);
    }
}
