//! What became of plans: the outcome by rule, chance beside it, and claims set against both.
#![expect(clippy::disallowed_methods, reason = "cases are read from the disk")]

use std::cmp::Ordering;

use prioritise::assessment::plan::OutcomeWord;
use prioritise::diagnostic::{Code, Problems};
use prioritise::review::{MeasureReview, review};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Folder, prioritise, root};

const BASE: &str = "tests/base";

fn reviewed(case: &str) -> Value {
    let said = prioritise(&["review", root().join("tests/cases").join(case).to_str().unwrap(), "--format", "json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

fn measure<'v>(found: &'v Value, id: &str) -> &'v Value {
    found["measures"].as_array().unwrap().iter().find(|measure| measure["id"] == id).unwrap()
}

/// Wellingborough Community Safety Partnership, annual review 2013-14, Appendix 1. Ratios, intervals and p-values were
/// computed independently.
#[test]
fn the_six_lines_of_an_appendix() {
    let found = reviewed("review-of-a-year");
    for (id, outcome, by_chance, percent, ratio) in [
        ("theft-from-vehicles", "not-achieved", "could-explain", 9.3, Some((1.09, 0.96, 1.25))),
        ("non-domestic-burglary", "achieved", "does-not-explain", -26.0, Some((0.74, 0.65, 0.84))),
        ("asb-recorded", "not-achieved", "could-explain", 2.2, Some((1.02, 0.98, 1.07))),
        ("criminal-damage", "achieved", "does-not-explain", -11.1, Some((0.89, 0.81, 0.97))),
        ("repeat-victims", "achieved", "does-not-explain", -46.2, Some((0.54, 0.32, 0.92))),
        ("asb-perceived", "achieved", "cannot-tell", -32.7, None),
    ] {
        let measure = measure(&found, id);
        assert_eq!((&measure["outcome"], &measure["by_chance"]), (&outcome.into(), &by_chance.into()), "{id}");
        assert_eq!(measure["change_percent"], percent, "{id}");
        let told = &measure["ratio"];
        match ratio {
            None => assert!(told.is_null()),
            Some((estimate, lower, upper)) => {
                for (key, wanted) in [("estimate", estimate), ("lower", lower), ("upper", upper)] {
                    assert!((told[key].as_f64().unwrap() - wanted).abs() < 5e-3, "{id}: {told}");
                }
            }
        }
    }
    let repeat = measure(&found, "repeat-victims");
    let p = |at: usize| repeat["tests"][at]["p"].as_f64().unwrap();
    assert!((p(0) - 0.0200).abs() < 5e-5 && (p(1) - 0.0273).abs() < 5e-5, "{}", repeat["tests"]);
    let county = measure(&found, "violent-crime-county");
    assert_eq!(
        (&county["outcome"], &county["because"]),
        (&"cannot-tell".into(), &"The review prints no figure.".into())
    );
}

#[test]
fn claims_hold_or_do_not_or_can_not_be_checked() {
    let found = reviewed("review-of-a-year");
    let claims = found["measures"].as_array().unwrap().iter().flat_map(|measure| measure["claims"].as_array().unwrap());
    let unchecked: Vec<&str> = claims
        .clone()
        .filter(|claim| claim["holds"].is_null())
        .map(|claim| claim["as_printed"].as_str().unwrap())
        .collect();
    let wanted = [
        "the trend is downward over the last 6 months of the year",
        "the lowest level seen in the borough for many years",
    ];
    assert_eq!(unchecked, wanted);
    assert!(claims.clone().all(|claim| claim["holds"] != false));
    let odd = reviewed("review-of-odd-figures");
    let called = measure(&odd, "called-achieved")["claims"].as_array().unwrap();
    assert_eq!(called.iter().map(|claim| &claim["holds"]).collect::<Vec<_>>(), [false, false, true]);
}

/// What is found of a plan with one measure.
fn of_measure<T>(keys: &str, found: impl Fn(&MeasureReview<'_>) -> T) -> T {
    let mut folder = Folder::of(&[BASE]);
    let named = "rules       = \"rules\"\nreviews     = [\"plan-2024.toml\"]";
    folder.edit(&format!("{BASE}/assessment.toml"), "rules       = \"rules\"", named);
    let text = format!(
        "[plan]\ntitle = \"P\"\nperiod = \"2024/25\"\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nsource = \"police\"\n\
         where = \"1\"\n{keys}"
    );
    folder.write(&format!("{BASE}/plan-2024.toml"), text);
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(&folder, BASE, &mut problems);
    assert!(!problems.has_errors(), "{:?}", problems.sorted());
    let assessment = read.assessment.unwrap();
    found(&review(&assessment)[0].measures[0])
}

fn outcome(keys: &str) -> OutcomeWord {
    of_measure(keys, |it| it.outcome.word)
}

fn of_counts(wanted: &str, before: u32, now: u32, period: &str, target: &str) -> OutcomeWord {
    outcome(&format!(
        "wanted = \"{wanted}\"\nbaseline = {{ count = {before}, period = \"2023/24\" }}\nactual = {{ count = {now}, \
         period = \"{period}\" }}\n{target}\n"
    ))
}

/// How good an outcome is.
fn goodness(word: OutcomeWord) -> u8 {
    u8::from(matches!(word, OutcomeWord::Achieved | OutcomeWord::OnCourse))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn without_a_target_the_direction_decides(before in 0_u32..60, now in 0_u32..60) {
        let (fell, rose) = (now.cmp(&before) == Ordering::Less, now.cmp(&before) == Ordering::Greater);
        let word = |good| if good { OutcomeWord::Achieved } else { OutcomeWord::NotAchieved };
        prop_assert_eq!(of_counts("less", before, now, "2024/25", ""), word(fell));
        prop_assert_eq!(of_counts("more", before, now, "2024/25", ""), word(rose));
    }

    #[test]
    fn a_fall_by_so_many_per_cent_is_exact(before in 1_u32..500, now in 0_u32..500, percent in 1_u32..=100) {
        let target = format!("target = {{ change_percent = -{percent} }}");
        let reached = now * 100 <= before * (100 - percent);
        prop_assert_eq!(of_counts("less", before, now, "2024/25", &target) == OutcomeWord::Achieved, reached);
        // On a year's way of four it is a quarter of the fall.
        let target = format!("target = {{ change_percent = -{percent}, by = \"2027/28\" }}");
        let on_course = now * 400 <= before * (400 - percent);
        prop_assert_eq!(of_counts("less", before, now, "2024/25", &target) == OutcomeWord::OnCourse, on_course);
    }

    #[test]
    fn a_better_figure_never_has_a_worse_outcome(
        before in 1_u32..400, now in 1_u32..400, aim in 0_u32..400, late in proptest::bool::ANY,
    ) {
        let by = if late { ", by = \"2026/27\"" } else { "" };
        let target = format!("target = {{ count = {aim}{by} }}");
        let of = |now: u32| goodness(of_counts("less", before, now, "2024/25", &target));
        prop_assert!(of(now - 1) >= of(now));
        let of = |now: u32| goodness(of_counts("more", before, now, "2024/25", &target));
        prop_assert!(of(now + 1) >= of(now));
    }

    /// A figure and a target ten times as large, or printed with a decimal more, come to the same.
    #[test]
    fn the_unit_makes_no_difference(before in 1_u32..900, now in 0_u32..900, aim in 0_u32..900) {
        let of = |before: String, now: String, aim: String| outcome(&format!(
            "wanted = \"less\"\nbaseline = {{ number = {before}, period = \"2023/24\" }}\nactual = {{ number = {now}, \
             period = \"2024/25\" }}\ntarget = {{ number = {aim} }}\n"
        ));
        let plain = of(before.to_string(), now.to_string(), aim.to_string());
        let tenth = |x: u32| format!("{}.{}", x / 10, x % 10);
        prop_assert_eq!(of(tenth(before), tenth(now), tenth(aim)), plain);
        prop_assert_eq!(of((before * 10).to_string(), (now * 10).to_string(), (aim * 10).to_string()), plain);
    }

    #[test]
    fn a_withheld_figure_has_the_outcome_of_all_that_it_can_be(before in 0_u32..9) {
        let all: Vec<OutcomeWord> = (0..5).map(|now| of_counts("less", before, now, "2024/25", "")).collect();
        let found = outcome(&format!(
            "wanted = \"less\"\nbaseline = {{ count = {before}, period = \"2023/24\" }}\nactual = {{ suppressed = \"<5\", \
             period = \"2024/25\" }}\n"
        ));
        let alike = all.iter().all(|word| *word == all[0]);
        prop_assert_eq!(found, if alike { all[0] } else { OutcomeWord::CannotTell });
    }
}

/// Some days at the end of the year are not a year, and what is withheld of a quarter is not set against the year's band.
#[test]
fn figures_of_other_lengths_are_not_told_to_be_alike() {
    let week = "wanted = \"less\"\nbaseline = { count = 400, period = \"2023/24\" }\nactual = { count = 7, period = \
                \"2025-03-25/2025-03-31\" }\n";
    assert_eq!(outcome(week), OutcomeWord::CannotTell);
    let quarter = "wanted = \"within\"\nactual = { suppressed = \"<5\", period = \"2024-04/2024-06\" }\ntarget = { \
                   between = [5, 9] }\n";
    assert_eq!(outcome(quarter), OutcomeWord::CannotTell);
}

/// Below zero a rise is a percentage with the sign of a fall.
#[test]
fn nothing_is_a_percentage_of_a_figure_below_zero() {
    let sides = "wanted = \"less\"\nbaseline = { number = -10, period = \"2023/24\" }\nactual = { number = -9.5, period \
                 = \"2024/25\" }\n";
    assert_eq!(of_measure(sides, |it| it.change.unwrap().percent), None);
    assert_eq!(outcome(sides), OutcomeWord::NotAchieved);
    assert_eq!(outcome(&format!("{sides}target = {{ change_percent = -10 }}\n")), OutcomeWord::CannotTell);
}

/// What a withheld figure leaves open does not hold, and what it rules out is told; a claim of a period of its own is set
/// against the figures of that.
#[test]
fn a_claim_holds_only_where_the_figures_say_so() {
    let holds = |keys: &str| of_measure(keys, |it| it.claims.iter().map(|claim| claim.holds).collect::<Vec<_>>());
    let withheld = "wanted = \"less\"\nbaseline = { count = 9, period = \"2023/24\" }\nactual = { suppressed = \"<5\", \
                    period = \"2024/25\" }\nclaims = [{ change = \"-6\" }, { change = \"-3\" }, { percent = \"-70\" }]\n";
    assert_eq!(holds(withheld), [None, Some(false), None]);
    let halves = "wanted = \"less\"\nbaseline = { count = 90, period = \"2023/24\" }\nactual = { count = 80, period = \
                  \"2024/25\" }\nseries = [{ count = 30, period = \"2024-10/2024-12\" }, { count = 22, period = \
                  \"2025-01/2025-03\" }]\nclaims = [{ percent = \"27\", direction = \"fall\", period = \
                  \"2024-10/2025-03\" }, { percent = \"11\", direction = \"fall\", period = \"2024-10/2025-03\" }]\n";
    assert_eq!(holds(halves), [Some(true), Some(false)]);
}

#[test]
fn nothing_to_review_is_told() {
    let said = prioritise(&["review", "fixtures/starter/rules"]);
    assert_eq!(said.code, Some(2));
    let folder = tempfile::tempdir().unwrap();
    Folder::of(&["tests/cases/series-of-percentages"]).lay_out("tests/cases/series-of-percentages", folder.path());
    let text = std::fs::read_to_string(folder.path().join("evidence.toml")).unwrap();
    let sound = text.split("[candidate.evidence.detected]").next().unwrap();
    std::fs::write(folder.path().join("evidence.toml"), sound).unwrap();
    let said = prioritise(&["review", folder.path().to_str().unwrap()]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains(Code::NothingToReview.name()), "{}", said.err);
}

/// What is found of a plan of the year 2024/25, due by its end, with one action.
fn of_action(due: &str, progress: &[(&str, &str)]) -> OutcomeWord {
    let steps: Vec<String> =
        progress.iter().map(|(date, percent)| format!("{{ date = \"{date}\", percent = {percent} }}")).collect();
    let mut folder = Folder::of(&[BASE]);
    let named = "rules       = \"rules\"\nreviews     = [\"plan-2024.toml\"]";
    folder.edit(&format!("{BASE}/assessment.toml"), "rules       = \"rules\"", named);
    let text = format!(
        "[plan]\ntitle = \"P\"\nperiod = \"2024/25\"\n[[action]]\nid = \"a\"\ntitle = \"A\"\n{due}progress = [{}]\n",
        steps.join(", ")
    );
    folder.write(&format!("{BASE}/plan-2024.toml"), text);
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(&folder, BASE, &mut problems);
    assert!(!problems.has_errors(), "{:?}", problems.sorted());
    review(&read.assessment.unwrap())[0].actions[0].outcome.word
}

/// 73 of the year's 365 days are a fifth of it: 11 June 2024 is the 72nd, 12 June the 73rd.
#[test]
fn an_action_is_on_course_on_the_straight_line_and_achieved_by_the_day_it_is_due() {
    use OutcomeWord::{Achieved, NotAchieved, OffCourse, OnCourse};
    let (year, half) = ("", "due = \"2024-09-30\"\n");
    for (due, progress, word) in [
        (year, &[("2024-06-12", "20")] as &[(&str, &str)], OnCourse),
        (year, &[("2024-06-12", "19.9")], OffCourse),
        (year, &[("2024-06-13", "20")], OffCourse),
        (year, &[("2024-06-12", "0"), ("2025-03-31", "100")], Achieved),
        (year, &[("2025-03-31", "99.9")], NotAchieved),
        (half, &[("2024-09-30", "100")], Achieved),
        (half, &[("2024-09-29", "99"), ("2024-10-01", "100")], NotAchieved),
        (half, &[("2024-06-12", "50")], OnCourse),
    ] {
        assert_eq!(of_action(due, progress), word, "{due}{progress:?}");
    }
    assert_eq!(of_action(half, &[]), OutcomeWord::CannotTell);
}

/// A plan that evidence asks for what became of a measure is part of what the assessment says; any other is not.
#[test]
fn the_digest_covers_a_plan_whose_outcomes_are_evidence() {
    const CASE: &str = "tests/cases/plans-of-two-years/last";
    let digest = |edits: &[(&str, &str, &str)]| {
        let mut folder = Folder::of(&["tests/cases/plans-of-two-years"]);
        for (file, old, new) in edits {
            folder.edit(&format!("{CASE}/{file}"), old, new);
        }
        let mut problems = Problems::default();
        let read = prioritise::members::load_assessment(&folder, CASE, &mut problems);
        assert!(!problems.has_errors(), "{:?}", problems.sorted());
        read.assessment.unwrap().digest
    };
    let plain = digest(&[]);
    let other_figure = ("plan-2025.toml", "number = 33", "number = 30");
    assert_ne!(digest(&[other_figure]), plain);
    assert_eq!(digest(&[("plan-2025.toml", "[plan]", "# A comment.\n[plan]")]), plain);
    let text = std::fs::read_to_string(root().join(CASE).join("evidence.toml")).unwrap();
    let names: Vec<String> = text
        .split("\n\n")
        .filter(|block| block.contains("[candidate.evidence.tried]"))
        .map(|block| format!("{block}\n\n"))
        .collect();
    let without: Vec<(&str, &str, &str)> = names.iter().map(|block| ("evidence.toml", &**block, "")).collect();
    let unread = digest(&without);
    assert_ne!(unread, plain);
    assert_eq!(digest(&[&without[..], &[other_figure]].concat()), unread);
}
