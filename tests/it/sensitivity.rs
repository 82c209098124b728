//! How much a list depends on weights and evidence: what is told against the engine itself.

use std::num::NonZeroUsize;

use prioritise::assessment::{Assessment, Figure};
use prioritise::diagnostic::{ErrorFormat, Problems, render};
use prioritise::report;
use prioritise::rules::RuleSet;
use prioritise::scoring::{self, Again, Ranking, ScoringOutcome, Standing};
use prioritise::sensitivity::acceptability::{Variation, acceptability};
use prioritise::sensitivity::redraw::Redraw;
use prioritise::sensitivity::stability::{StableRange, WeightStability, stability};
use prioritise::sensitivity::{DrawSettings, Sensitivity, read, sensitivity};
use prioritise::stats::{Random, Stream};

use crate::support::{FIXTURES, Folder, prioritise, prioritise_in};

fn settings(draws: u64, threads: usize) -> DrawSettings {
    DrawSettings { draws, seed: 7, threads: NonZeroUsize::new(threads).unwrap() }
}

fn loaded(name: &str) -> (Assessment, RuleSet) {
    let mut problems = Problems::default();
    let loaded = prioritise::load(&Folder::of_fixtures(), &format!("fixtures/{name}"), None, &mut problems);
    loaded.unwrap_or_else(|| panic!("{problems:?}"))
}

fn with_ranking<T>(name: &str, read: impl FnOnce(&Ranking<'_>) -> T) -> T {
    let (assessment, rules) = loaded(name);
    read(&scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap())
}

fn every_way(ranking: &Ranking<'_>) -> [Variation; 4] {
    let (any, around) =
        (read::any_weights(ranking.rules), read::weights_around(ranking.rules, read::DEFAULT_CONCENTRATION));
    [Variation::Weights(any.clone()), Variation::Weights(around), Variation::Evidence, Variation::Both(any)]
}

#[test]
fn threads_change_no_byte() {
    for name in FIXTURES {
        with_ranking(name, |ranking| {
            for vary in every_way(ranking) {
                let on = |threads| acceptability(ranking, &vary, settings(150, threads)).unwrap();
                let alone = on(1);
                assert!([2, 3].into_iter().all(|threads| on(threads) == alone), "{name} {vary:?}");
            }
        });
    }
}

#[test]
fn parts_add_up() {
    for name in FIXTURES {
        with_ranking(name, |ranking| {
            for vary in every_way(ranking) {
                let found = acceptability(ranking, &vary, settings(300, 2)).unwrap();
                let near = |sum: f64| assert!((sum - 1.0).abs() < 1e-9, "{name}: {sum}");
                let places: Vec<&Vec<f64>> = found.candidates.iter().map(|it| it.places.as_ref().unwrap()).collect();
                // Equals share the better place, so that at least so many are among the first so many.
                let (mut among, mut first) = (0.0, 0.0);
                for (at, row) in places.iter().enumerate() {
                    near(row.iter().sum());
                    among += places.iter().map(|row| row[at]).sum::<f64>();
                    first += 1.0;
                    assert!(among > first - 1e-9, "{name}: {among}");
                }
                let wins = found.pairwise_wins.unwrap();
                for (at, row) in wins.iter().enumerate() {
                    for (other, win) in row.iter().enumerate().filter(|(other, _)| *other != at) {
                        assert!(win + wins[other][at] < 1.0 + 1e-9, "{name}");
                    }
                    // A mean rank is one more than how many are ahead on average.
                    let ahead: f64 = wins.iter().map(|row| row[at]).sum();
                    assert!((found.candidates[at].mean_rank - 1.0 - ahead).abs() < 1e-9, "{name}");
                }
            }
        });
    }
}

/// Sums are drawn in blocks, without rounding: nearly every draw has the order that the engine makes of its weights.
#[test]
fn blocks_of_sums_are_what_the_engine_makes_of_each_draw() {
    for name in ["huntingdonshire-2019", "huntingdonshire-wards-2019", "starter"] {
        with_ranking(name, |ranking| {
            let space = read::any_weights(ranking.rules);
            let found = acceptability(ranking, &Variation::Weights(space.clone()), settings(1000, 1)).unwrap();
            let mut again = Again::new(ranking).unwrap();
            let mut firsts = vec![0.0; ranking.order().len()];
            let mut weights = vec![0.0; space.len()];
            for draw in 0..1000 {
                assert!(space.draw(&mut Random::new(7, Stream::Weights, draw), &mut weights));
                let outcome = again.with_weights(&ranking.rules.weights.with_parts(&weights)).unwrap();
                firsts[outcome.sequence()[0]] += 0.001;
            }
            for accepted in &found.candidates {
                let first = accepted.places.as_ref().unwrap()[0];
                assert!((first - firsts[accepted.candidate]).abs() < 0.004, "{name}: {}", accepted.candidate);
            }
        });
    }
}

#[test]
fn central_weights_put_their_candidate_first() {
    with_ranking("huntingdonshire-2019", |ranking| {
        let space = read::any_weights(ranking.rules);
        let found = acceptability(ranking, &Variation::Weights(space), settings(4000, 1)).unwrap();
        let mut again = Again::new(ranking).unwrap();
        let mut told = 0;
        for accepted in &found.candidates {
            let Some(central) = &accepted.central_weights else { continue };
            let outcome = again.with_weights(&ranking.rules.weights.with_parts(central)).unwrap();
            let first = outcome.sequence()[0] == accepted.candidate;
            assert_eq!(accepted.confidence, Some(f64::from(u8::from(first))));
            told += 1;
        }
        assert!(told > 4, "{told}");
    });
}

/// The fixture of wards with these rows instead of its own.
fn with_wards(rows: &str) -> (prioritise::assessment::Assessment, prioritise::rules::RuleSet) {
    let mut files = Folder::of_fixtures();
    let head = "id,ward,crime_share,asb,social_care,early_help,care_plans\n";
    files.write("fixtures/huntingdonshire-wards-2019/wards.csv", format!("{head}{rows}"));
    let mut problems = Problems::default();
    let loaded = prioritise::load(&files, "fixtures/huntingdonshire-wards-2019", None, &mut problems);
    loaded.unwrap_or_else(|| panic!("{problems:?}"))
}

/// Two of three wards have the same figures: no draw of weights has one of them ahead of the other, and no view says so.
#[test]
fn candidates_that_are_level_are_not_put_in_an_order() {
    let rows = "a,Abbey,2.00,40,90,20,30\nb,Bridge,2.00,40,90,20,30\nc,Castle,1.00,20,50,10,10\n";
    let (assessment, rules) = with_wards(rows);
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap();
    let found = sensitivity(&ranking, Variation::Weights(read::any_weights(&rules)), settings(130, 2)).unwrap();
    let [a, b, c] = &*found.acceptability.candidates else { panic!("{found:?}") };
    for level in [a, b] {
        assert_eq!((level.mean_rank, level.rank_quantiles), (1.0, [1, 1, 1]));
        assert_eq!(level.places.as_deref(), Some(&[1.0, 0.0, 0.0][..]));
        assert_eq!(level.confidence, Some(1.0));
    }
    assert_eq!(c.mean_rank, 3.0);
    let wins = found.acceptability.pairwise_wins.as_ref().unwrap();
    assert_eq!((wins[0][1], wins[1][0], wins[0][2]), (0.0, 0.0, 1.0));
    assert_eq!(found.tied, [[0, 1]]);
    assert!(found.without_criteria.iter().all(|it| it.first == [0, 1]));
    let text = report::sensitivity::text(&ranking, &found, false);
    assert!(text.contains("From Abbey to Bridge, 2 candidates can't be told apart"), "{text}");
    assert!(text.contains("Equals share the better place") && text.contains("Abbey and Bridge"), "{text}");
}

/// More candidates than every place and pair is counted for.
#[test]
fn long_lists_have_mean_ranks_and_first_places() {
    let row =
        |at: usize| format!("w{at:04},Ward {at},{}.{:02},{},{},<5,{}\n", at % 3, at % 97, at % 301, at % 113, at % 89);
    let rows: String = (0..600).map(row).collect();
    let (assessment, rules) = with_wards(&rows);
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap();
    for vary in [Variation::Weights(read::any_weights(&rules)), Variation::Evidence] {
        let found = acceptability(&ranking, &vary, settings(60, 1)).unwrap();
        assert_eq!(acceptability(&ranking, &vary, settings(60, 3)).unwrap(), found);
        assert!(found.pairwise_wins.is_none() && found.candidates.iter().all(|it| it.places.is_none()));
        let ranks: f64 = found.candidates.iter().map(|it| it.mean_rank).sum();
        // Equals share the better rank.
        let most = 600.0 * 601.0 / 2.0;
        assert!(ranks < most + 1e-6 && ranks > 0.99 * most, "{ranks}");
        let top: f64 = found.candidates.iter().map(|it| it.in_top).sum();
        assert!((100.0 - 1e-9..110.0).contains(&top), "{top}");
        assert!(found.candidates.iter().all(|it| it.rank_quantiles.is_sorted()));
    }
    let found = sensitivity(&ranking, Variation::Weights(read::any_weights(&rules)), settings(60, 1)).unwrap();
    assert!(report::sensitivity::text(&ranking, &found, false).contains("among the first 100"));
}

// --- Stability --------------------------------------------------------------------------------------------------------

/// What each of the three stretches watches.
fn is_same(now: &ScoringOutcome, then: &ScoringOutcome) -> [bool; 3] {
    let top = |outcome: &ScoringOutcome| -> Vec<bool> {
        (0..outcome.sequence().len()).map(|it| outcome.standing(it) == Standing::Tier(0)).collect()
    };
    [now.sequence() == then.sequence(), now.sequence()[0] == then.sequence()[0], top(now) == top(then)]
}

fn stretches(it: &WeightStability) -> [&StableRange; 3] {
    [&it.order, &it.first, &it.top]
}

/// Each end by making the list again just inside and just outside.
#[test]
fn at_each_end_the_list_changes_just_outside_and_not_just_inside() {
    for name in FIXTURES {
        with_ranking(name, |ranking| {
            let mut again = Again::new(ranking).unwrap();
            let weights = &ranking.rules.weights;
            let mut tried = 0;
            for it in stability(ranking, &mut again).unwrap().unwrap() {
                for (at, stretch) in stretches(&it).into_iter().enumerate() {
                    for end in [&stretch.lower, &stretch.upper].into_iter().flatten() {
                        let mut same = |share: i64| {
                            let shares = weights.shares_with(it.criterion, share).unwrap();
                            let outcome = again.with_weights(&weights.with_shares(shares)).unwrap();
                            is_same(ranking.outcome(), &outcome)[at]
                        };
                        assert!(end.last_same == it.weight || same(end.last_same.units()), "{name}: {it:?}");
                        assert!(!same(end.first_changed.units()), "{name}: {it:?}");
                        tried += 1;
                    }
                }
            }
            assert!(tried > 0, "{name}");
        });
    }
}

/// Against a sweep of every weight in steps: what is said not to change does not, and what is said to change does by
/// then.
#[test]
fn stretches_agree_with_a_sweep() {
    for name in FIXTURES {
        with_ranking(name, |ranking| {
            let mut again = Again::new(ranking).unwrap();
            let weights = &ranking.rules.weights;
            let step = weights.whole() / 500;
            for it in stability(ranking, &mut again).unwrap().unwrap() {
                for share in (0..=weights.whole()).step_by(usize::try_from(step).unwrap()) {
                    let shares = weights.shares_with(it.criterion, share).unwrap();
                    let outcome = again.with_weights(&weights.with_shares(shares)).unwrap();
                    for (stretch, same) in stretches(&it).into_iter().zip(is_same(ranking.outcome(), &outcome)) {
                        let above_lower = stretch.lower.as_ref().is_none_or(|end| share >= end.last_same.units());
                        let below_upper = stretch.upper.as_ref().is_none_or(|end| share <= end.last_same.units());
                        assert!(same || !(above_lower && below_upper), "{name}: {share} {it:?}");
                    }
                }
            }
        });
    }
}

/// Within a stretch every single step, where a stretch is short enough to try them all.
#[test]
fn short_stretches_have_no_hole() {
    with_ranking("huntingdonshire-2019", |ranking| {
        let mut again = Again::new(ranking).unwrap();
        let weights = &ranking.rules.weights;
        for it in stability(ranking, &mut again).unwrap().unwrap() {
            let (Some(lower), Some(upper)) = (&it.order.lower, &it.order.upper) else { continue };
            for share in (lower.last_same.units()..=upper.last_same.units()).step_by(10) {
                let shares = weights.shares_with(it.criterion, share).unwrap();
                let outcome = again.with_weights(&weights.with_shares(shares)).unwrap();
                assert!(is_same(ranking.outcome(), &outcome)[0], "{share}: {it:?}");
            }
        }
    });
}

// --- Evidence ---------------------------------------------------------------------------------------------------------

#[test]
fn redrawn_evidence_is_what_it_might_have_been() {
    for name in FIXTURES {
        let (assessment, rules) = loaded(name);
        let redraw = Redraw::new(&assessment, &rules);
        let (mut room, mut moved) = (redraw.empty_assessment(), 0);
        for draw in 0..20 {
            redraw.draw(&mut Random::new(1, Stream::Evidence, draw), &mut room);
            assert!(room.evidence.keys().all(|name| rules.evidence.contains_key(name)));
            for (kind, column) in &room.evidence {
                for candidate in 0..assessment.candidates.len() {
                    let before = assessment.evidence[kind].get(candidate).map(|it| it.into_owned().figure);
                    let after = column.get(candidate).map(|it| it.into_owned().figure);
                    moved += usize::from(before != after);
                    match (before, after) {
                        (Some(Figure::Missing(_)), after) => assert!(matches!(after, Some(Figure::Missing(_)))),
                        (Some(Figure::Count(_)), Some(Figure::Count(after))) => {
                            assert!(after.count >= 0.0 && after.count.fract() == 0.0 && after.suppressed.is_none());
                        }
                        (Some(Figure::Percentage(_)), Some(Figure::Percentage(after))) => {
                            assert!((0.0..=100.0).contains(&after.percentage.estimate));
                        }
                        (Some(Figure::Judgement(before)), Some(Figure::Judgement(after))) => {
                            match (rules.evidence[kind].settings.spread, &*before.scores) {
                                (Some(spread), [only]) => {
                                    assert!((after.scores[0].score - only.score).abs() <= spread);
                                    assert!((before.scale.0..=before.scale.1).contains(&after.scores[0].score));
                                }
                                _ => assert!(after.scores.iter().all(|score| before.scores.contains(score))),
                            }
                        }
                        (before, after) => assert_eq!(before.is_some(), after.is_some()),
                    }
                }
            }
        }
        // There, nothing but members' lists and answers is filed: none of it has chance in it.
        assert_eq!(moved > 0, name != "cambridgeshire-2014", "{name}");
    }
}

/// With evidence that can't move the engine makes the same list again, scripts and all.
#[test]
fn the_rules_run_again_are_the_rules() {
    for name in FIXTURES {
        with_ranking(name, |ranking| {
            let mut rerun = scoring::Rerun::new(ranking.rules).unwrap();
            for _ in 0..2 {
                rerun.answer(ranking.assessment).unwrap();
                assert_eq!(rerun.ranks(&ranking.rules.weights).unwrap(), ranking.outcome().ranks(), "{name}");
            }
        });
    }
}

// --- As a person meets it ---------------------------------------------------------------------------------------------

fn shown(name: &str, of: impl Fn(&Ranking<'_>, &Sensitivity) -> String) -> String {
    with_ranking(name, |ranking| {
        let vary = Variation::Both(read::weights_around(ranking.rules, read::DEFAULT_CONCENTRATION));
        of(ranking, &sensitivity(ranking, vary, settings(500, 2)).unwrap())
    })
}

#[test]
fn as_text() {
    let text = shown("huntingdonshire-2019", |ranking, found| report::sensitivity::text(ranking, found, false));
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    insta::assert_snapshot!(text);
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(shown("starter", report::sensitivity::markdown));
}

#[test]
fn as_a_page() {
    insta::assert_snapshot!(shown("starter", report::sensitivity::html));
}

#[test]
fn as_json_by_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string("docs/schema/sensitivity.json").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in FIXTURES {
        let value: serde_json::Value = serde_json::from_str(&shown(name, report::sensitivity::json)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_command_says_what_the_library_does() {
    let folder = tempfile::tempdir().unwrap();
    let asked = ["sensitivity", "fixtures/starter", "--draws", "500", "--seed", "7", "--vary", "both"];
    let said = prioritise(&[&asked[..], &["--weights", "current", "--format", "json"]].concat());
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    assert_eq!(said.out, shown("starter", report::sensitivity::json));
    let root = crate::support::root();
    let file = folder.path().join("page.html");
    let to = [&asked[..], &["--weights", "current", "--format", "html", "-o", file.to_str().unwrap()]].concat();
    assert_eq!(prioritise_in(&root, &to).code, Some(0));
    assert_eq!(std::fs::read_to_string(file).unwrap(), shown("starter", report::sensitivity::html));
}

/// What is wrong with a file of weights, all of it in one run.
#[test]
fn weights_that_cannot_be_are_told() {
    let (_, rules) = loaded("huntingdonshire-2019");
    let told = |text: &str| {
        let mut files = Folder::default();
        files.write("weights.toml", text);
        let mut problems = Problems::default();
        let space = read::load(&files, "weights.toml", &rules, &mut problems);
        assert!(space.is_none() || !problems.has_errors());
        render(&problems.without_notes(), ErrorFormat::Plain, false)
    };
    insta::assert_snapshot!(told(
        "concentration = 0\norder = [[\"harm\", \"volum\"], [\"harm\", \"harm\"]]\n[bounds]\nharm = [40, 15]\nvolume = [-1, 200]\nnoise = [1, 2]\n"
    ));
    insta::assert_snapshot!(told("[bounds]\nharm = [60, 70]\nvolume = [50, 60]\n"), @"error bad-value: weights.toml, line 1, column 1: the least weights add up to more than the whole; these weights must add up to the whole; widen the bounds");
    assert_eq!(told("order = [[\"harm\", \"volume\"]]\n[bounds]\nharm = [15, 40]\n"), "");
    assert_eq!(told(""), "");
}

/// Bounds that only a miracle would meet are told, and end.
#[test]
fn weights_that_are_never_drawn_are_told() {
    with_ranking("huntingdonshire-2019", |ranking| {
        let order = (0..7).rev().collect::<Vec<usize>>();
        let space = read::any_weights(ranking.rules)
            .with_bounds(vec![(0.2, 1.0); 5].into_iter().chain([(0.0, 1.0); 2]).collect());
        let failed = acceptability(ranking, &Variation::Weights(space.with_orders(vec![order])), settings(10, 1));
        assert!(failed.unwrap_err().message.contains("no weights within these bounds"));
    });
}

/// Two candidates, one question with values from 0 to 1, so much `evidence` of the second beside 3.5 of 0 to 5.
fn first_of_two(declared: &str, evidence: &str) -> (f64, String) {
    let rules = format!(
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n[evidence.e]\nkind = \"judgement\"\ntitle = \"E\"\nscale = [0, 5]\n\
         {declared}\n[[criterion]]\nid = \"c\"\ntitle = \"C\"\nquestion = \"Q\"\nweight = 1\nmeasure = \"e\"\n\
         unit = \"u\"\ndecimals = 1\ndirection = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = 5 }} }}\n\
         missing = \"worst\"\nbecause = \"B\"\n[[tier]]\nid = \"a\"\ntitle = \"A\"\nplaces = 1\n\
         [[tier]]\nid = \"b\"\ntitle = \"B\"\n"
    );
    let candidate = |id: &str, evidence: &str| {
        format!(
            "[[candidate]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"theme\"\n[candidate.evidence.e]\n{evidence}\n"
        )
    };
    let panel = "scores = [{ by = \"A\", score = 3.5 }, { by = \"B\", score = 3.5 }]\nscale = [0, 5]\n\
                 date = \"2026-04-20\"\nbecause = \"B\"";
    let evidence = candidate("known", panel) + candidate("other", evidence).as_str();
    let files = Folder::of_rules_and_evidence(rules, evidence);
    let mut problems = Problems::default();
    let loaded = prioritise::load(&files, "assessment.toml", None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap();
    let found = sensitivity(&ranking, Variation::Evidence, settings(4000, 2)).unwrap();
    let number = assessment.candidates.iter().position(|candidate| candidate.id == "other").unwrap();
    let accepted = found.acceptability.candidates.iter().find(|it| it.candidate == number).unwrap();
    (accepted.in_top, report::sensitivity::text(&ranking, &found, false))
}

/// A missing answer may have any value that its question allows, and not only the one that the rules put in its place.
#[test]
fn missing_answers_are_drawn() {
    let (in_top, text) = first_of_two("", "missing = \"M\"");
    assert!((in_top - 0.3).abs() < 0.03, "{in_top}");
    assert!(text.contains("Drawn as well: one missing answer.\n"), "{text}");
}

/// What one person judged moves by the spread that the rules declare: of 2, 3 and 4 one is above 3.5.
#[test]
fn a_single_judge_moves_by_the_declared_spread() {
    let alone = "judgement = 3\nscale = [0, 5]\nby = \"A\"\ndate = \"2026-04-20\"\nbecause = \"B\"";
    let (in_top, text) = first_of_two("spread = 1", alone);
    assert!((in_top - 1.0 / 3.0).abs() < 0.03, "{in_top}");
    assert!(text.contains("Drawn as well: one judgement of one person.\n"), "{text}");
    // From 2.6 to 3.4 and anywhere between: never 3.5.
    assert_eq!(first_of_two("spread = 0.4", alone).0, 0.0);
    // Half of 2.5 to 4.5.
    let (in_top, _) = first_of_two("spread = 1", &alone.replace("= 3\n", "= 3.5\n"));
    assert!((in_top - 0.5).abs() < 0.03, "{in_top}");
    // Without a spread it stays, and that is said.
    let (in_top, text) = first_of_two("", alone);
    assert_eq!(in_top, 0.0);
    assert!(text.contains("Held still: one judgement of one person.\n"), "{text}");
}
