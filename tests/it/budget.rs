//! What rules may spend in a run: told when it is spent, by every command that runs them, alike with any number of threads.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use prioritise::budget::{Budget, STEPS};
use prioritise::diagnostic::Problems;
use prioritise::files::{Files, ReadError};
use prioritise::record::{self, Draws, Run};
use prioritise::{rules, scoring};
use tempfile::TempDir;

use crate::record::sealed;
use crate::support::{Folder, Said, prioritise_within};

const ONE: NonZeroUsize = NonZeroUsize::MIN;
const STARTER: &str = "fixtures/starter";
/// So long a command may work, without optimisation: all its threads together, by the processor's own clock.
const SECONDS: u32 = 120;
/// So long a paper may take whose template asks for very much.
const PAPER_SECONDS: u32 = 20;

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
    prioritise_within(place.path(), SECONDS, arguments)
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
        assert!(said.err.contains("most of them in `change_value(measure, 0.4, 1.2)`"), "{}", said.err);
    }
}

/// Scores are drawn for each draw, and no script counts them: 200,000 of them ten thousand times would take minutes.
#[test]
fn evidence_is_not_drawn_more_often_than_the_budget_allows() {
    let place = starter(&[]);
    let scores: Vec<String> =
        (0..200_000).map(|person| format!("{{ by = \"Officer {person}\", score = {} }},", person % 6)).collect();
    let file = place.path().join("starter/evidence/burglary.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("judgement = 3", &format!("scores = [{}]", scores.concat()));
    std::fs::write(&file, text.replace("by        = \"Community safety analyst\"\n", "")).unwrap();
    let said = run(&place, &["sensitivity", "starter", "--vary", "evidence", "--error-format", "plain"]);
    assert_eq!(said.code, Some(2), "{}", said.err);
    let (problem, help) = said.err.split_once("; ").unwrap();
    insta::assert_snapshot!("drawn", format!("{problem}\n{help}"));
    let said = run(&place, &["sensitivity", "starter", "--vary", "evidence", "--draws", "2", "--budget", "1000000"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
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

/// Looking through a list, comparing two and making a text anew cost what they take, though each is one step.
#[test]
fn what_a_template_does_within_a_step_counts() {
    let place = starter(&[]);
    std::fs::create_dir(place.path().join("ours")).unwrap();
    let long = "x".repeat(1000);
    let chain = "|upper|lower".repeat(60);
    for often in [
        format!("{{% if range(10000)|join('{long}') %}}{{% endif %}}"),
        "{% if range(10000)|sort %}{% endif %}".to_owned(),
        "{% if range(10000)|reverse|last == 3 %}{% endif %}".to_owned(),
        "{% if range(10000) == range(10000) %}{% endif %}".to_owned(),
        "{% if -1 in range(10000) %}{% endif %}".to_owned(),
        "{% with r = range(10000) %}{% for b in range(10) %}{% if r|sort == r %}{% endif %}{% endfor %}{% endwith %}".to_owned(),
        "{% if tiers[0].candidates|sort == tiers[0].candidates|reverse %}{% endif %}".repeat(20),
        "{% with r = range(10000)|sort, s = range(10000)|reverse|sort %}{% for b in range(10) %}{% if r == s %}{% endif %}\
         {% endfor %}{% endwith %}"
            .to_owned(),
        format!("{{% if '{long}'{chain} %}}{{% endif %}}"),
    ] {
        let template = format!("{{% for a in range(10000) %}}{often}{{% endfor %}}");
        std::fs::write(place.path().join("ours/paper.html"), &template).unwrap();
        let paper = ["rank", "starter", "--format", "html", "--templates", "ours"];
        let said = prioritise_within(place.path(), PAPER_SECONDS, &paper);
        assert_eq!(said.code, Some(2), "{often:.80}: {}", said.err);
        assert!(said.err.contains("the templates take more steps than allowed"), "{often:.80}: {}", said.err);
        let said = run(&place, &["rank", "starter", "--format", "html", "--templates", "ours", "--budget", "50000"]);
        assert!(said.err.contains("budget-spent"), "{often:.80}: {}", said.err);
    }
    // Once over is what templates do.
    let once = "{{ tiers|length }}{% for tier in tiers %}{{ tier.candidates|sort(attribute='title')|length }}{% endfor %}\
                {{ [1, 2]|join(', ') }}{{ 'a'|upper }}{{ range(3)|last }}{{ tiers[0].candidates|length }}";
    std::fs::write(place.path().join("ours/paper.html"), once).unwrap();
    let said = run(&place, &["rank", "starter", "--format", "html", "--templates", "ours"]);
    assert_eq!((said.code, &*said.out), (Some(0), "2111, 2A21"), "{}", said.err);
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

/// What came of a command with 1, 2 and 4 threads: the same each time.
fn alike(place: &TempDir, arguments: &[&str], budget: u64) -> Said {
    let with = |threads| run(place, &[arguments, &["--threads", threads, "--budget", &budget.to_string()]].concat());
    let one = with("1");
    for threads in ["2", "4"] {
        let said = with(threads);
        assert_eq!(
            (said.code, &said.out, &said.err),
            (one.code, &one.out, &one.err),
            "{arguments:?} with {budget} steps and {threads} threads"
        );
    }
    one
}

/// Draws, sets of changes and mutants are shared by threads. Whether they spend all, and which expression spent most, is the
/// same on any number of them.
#[test]
fn threads_change_nothing_of_what_is_told() {
    let place = starter(&[("change.rhai", "    let certain", "    for n in 0..50 { }\n    let certain")]);
    for arguments in [
        &["sensitivity", "starter", "--vary", "both", "--draws", "100"][..],
        &["diff", "starter", "--rules", "starter/rules", "--rules", "plain/rules"],
    ] {
        // The least budget that is enough, to the step, and with it the most that is not.
        let (mut spent, mut enough) = (1, 1_000_000_u64);
        while enough - spent > 1 {
            let middle = u64::midpoint(spent, enough);
            let said = run(&place, &[arguments, &["--threads", "1", "--budget", &middle.to_string()]].concat());
            if said.err.contains("budget-spent") { spent = middle } else { enough = middle }
        }
        assert!(!alike(&place, arguments, enough).err.contains("budget-spent"), "{arguments:?}");
        for budget in [spent, spent / 2] {
            let said = alike(&place, arguments, budget).err;
            assert!(said.contains("budget-spent") && said.contains("most of them in `"), "{arguments:?}: {said}");
        }
    }
    let codes = [500, 20_000, 100_000, 10_000_000].map(|budget| {
        let said = alike(&place, &["test", "plain/rules", "--mutate"], budget);
        assert_eq!(said.code == Some(2), said.err.contains("most of them in `"), "{}", said.err);
        said.code
    });
    assert_eq!((codes[0], codes[1], codes[3]), (Some(2), Some(2), Some(0)), "{codes:?}");
}

/// Files whose rules spend one budget.
struct Spending<'f> {
    files: &'f Folder,
    budget: Budget,
}

impl Files for Spending<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.files.read(path, limit)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.files.list(folder)
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

/// A list is shared by threads in pieces of 8,192 candidates.
#[test]
fn threads_change_nothing_of_what_is_told_of_a_long_list() {
    let mut files = Folder::default();
    files.write(
        "assessment.toml",
        "[assessment]\ntitle = \"Long\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\n\n\
         [[source]]\nid = \"s\"\ntitle = \"S\"\n\n[[table]]\nfile = \"long.csv\"\nid = \"id\"\nkind = \"place\"\n\n\
         [table.column.harm]\nheader = \"harm\"\nkind = \"number\"\nsource = \"s\"\nwhere = \"w\"\n",
    );
    let rows: Vec<String> = (0..3 * 8192).map(|number| format!("n{number},{}\n", number % 100)).collect();
    files.write("long.csv", format!("id,harm\n{}", rows.concat()));
    let criterion = |id: &str, measure: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nquestion = \"Q?\"\nweight = 1\nmeasure = \"{measure}\"\n\
             unit = \"u\"\ndirection = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = 100 }} }}\n\
             missing = \"neutral\"\nbecause = \"So.\"\n\n"
        )
    };
    files.write(
        "rules/ruleset.toml",
        format!(
            "[ruleset]\nname = \"R\"\nversion = \"1\"\nscripts = [\"f.rhai\"]\n\n[evidence.harm]\nkind = \"number\"\n\
             title = \"Harm\"\n\n{}{}[[tier]]\nid = \"t\"\ntitle = \"T\"\n",
            criterion("cheap", "spin(harm, 2)"),
            criterion("dear", "spin(harm, 9)")
        ),
    );
    files.write("rules/f.rhai", "fn spin(x, times) {\n    for n in 0..times { }\n    x\n}\n");
    let assessment = prioritise::members::load_assessment(&files, ".", &mut Problems::default());
    let assessment = assessment.assessment.unwrap();
    let told = |steps: u64, threads: usize| {
        let spending = Spending { files: &files, budget: Budget::of(steps) };
        let rules = rules::load(&spending, "rules", None, &mut Problems::default()).rules.unwrap();
        let ranked = scoring::rank(&assessment, rules.latest(), NonZeroUsize::new(threads).unwrap());
        ranked.map(drop).map_err(|problems| (spending.budget.left(), problems.sorted()))
    };
    for (steps, most) in [(50_000, Some("spin(harm, 2)")), (900_000, Some("spin(harm, 9)")), (10_000_000, None)] {
        let one = told(steps, 1);
        let words = one.as_ref().err().map(|(_, problems)| problems[0].message.clone());
        assert_eq!(words.is_some(), most.is_some(), "{words:?}");
        assert!(words.iter().all(|words| words.contains(&format!("most of them in `{}`", most.unwrap()))), "{words:?}");
        for threads in [2, 4] {
            assert_eq!(told(steps, threads), one, "{steps} steps and {threads} threads");
        }
    }
}

/// A draw of evidence can make a script fail. Whether that or the spent budget is told is the same with any number of
/// threads: what comes first where one does all.
#[test]
fn an_error_in_a_draw_and_a_spent_budget_come_in_the_order_of_the_draws() {
    let place = starter(&[(
        "change.rhai",
        "    let certain",
        "    for n in 0..50 { }\n    let list = [1];\n    if ratio.lower > 1.14 { let gone = list[5]; }\n    let certain",
    )]);
    let arguments = ["sensitivity", "starter", "--vary", "evidence", "--draws", "200", "--error-format", "plain"];
    let mut seen = BTreeSet::new();
    for budget in [3_000, 10_000, 20_000, 40_000, 80_000, 10_000_000] {
        let said = alike(&place, &arguments, budget);
        assert_eq!(said.code, Some(2), "{}", said.err);
        seen.insert(said.err.split(':').next().unwrap().to_owned());
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["error budget-spent", "error script-failed"]);
}

/// All rules of a run have one budget, also where each stands in a record of its own.
#[test]
fn a_record_and_what_it_is_compared_with_share_a_budget() {
    let files = Folder::of(&[STARTER]);
    let sealed = sealed(&files, STARTER, &Run { draws: Some(Draws { draws: 50, seed: 1 }), ..Run::default() });
    let spent = |work: &dyn Fn(&Budget)| {
        let budget = Budget::of(STEPS);
        work(&budget);
        STEPS - budget.left()
    };
    let opening = |budget: &Budget| drop(record::open(&sealed, "r", ONE, budget, &mut Problems::default()).unwrap());
    let (verifying, opened) = (spent(&|budget| drop(record::verify(&sealed, ONE, budget))), spent(&opening));
    assert!(verifying > opened && opened > 0, "{verifying} {opened}");
    assert_eq!(spent(&|budget| [opening, opening].iter().for_each(|open| open(budget))), 2 * opened);
    let place = tempfile::tempdir().unwrap();
    for (path, bytes) in &sealed {
        let file = place.path().join("sealed").join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let run_with =
        |arguments: &[&str], steps: u64| run(&place, &[arguments, &["--budget", &steps.to_string()]].concat());
    assert_eq!(run_with(&["verify", "sealed", "--list-only"], verifying).code, Some(0));
    let refused = run_with(&["verify", "sealed"], verifying - 1);
    assert!(refused.code == Some(1) && refused.out.contains("take more than the"), "{}{}", refused.out, refused.err);
    // Each of the two could be opened with this, and both can't.
    let refused = run_with(&["diff", "sealed", "sealed"], opened + opened / 2);
    assert!(refused.code == Some(2) && refused.err.contains("budget-spent"), "{}{}", refused.out, refused.err);
}

/// What docs/reliability.md says of the fixtures that take the most steps: a record, and draws of weights and evidence.
#[test]
fn fixtures_are_far_from_the_default() {
    let spent = |fixture: &str, draws: Option<Draws>| {
        let inputs = record::gather(&Folder::of_fixtures(), fixture, None, None, &mut Problems::default()).unwrap();
        let budget = Budget::of(STEPS);
        drop(record::seal(&inputs, &Run { draws, ..Run::default() }, ONE, &budget).unwrap());
        STEPS - budget.left()
    };
    let record = spent("fixtures/huntingdonshire-2019", None);
    assert!((500_000..700_000).contains(&record), "{record}");
    let drawn = |draws| spent("fixtures/huntingdonshire-2019", Some(Draws { draws, seed: 1 }));
    let each = (drawn(30) - drawn(10)) / 20;
    assert!((13_000..16_500).contains(&each), "{each}");
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
