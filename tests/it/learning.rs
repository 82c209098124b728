//! What an agreed list says of the weights: every claim is tried by the whole engine, from files; answers are known from
//! hidden weights, and from every whole weight there is.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use prioritise::diagnostic::{ErrorFormat, Problems, render};
use prioritise::learning::{
    Contradiction, ContradictionCause, Learning, LearningOutcome, LeftOutUnit, Optimality, PairOutcomes,
    UndecidableReason, learn, read,
};
use prioritise::report;
use prioritise::scoring::{Again, Fixed, Ranking};
use prioritise::sensitivity::correlation::kendall;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::edits::BASE;
use crate::support::{Folder, prioritise, prioritise_in};

const HUNTINGDONSHIRE: &str = "fixtures/huntingdonshire-2019";

/// A made-up assessment: how totals are made, the weights, which criteria leave their weight to the others where an answer
/// is missing, and for each candidate a number from 0 to 100 or nothing for each criterion.
#[derive(Debug, Clone)]
struct Made {
    header: String,
    weights: Vec<u32>,
    missing: Vec<&'static str>,
    numbers: Vec<Vec<Option<u32>>>,
}

impl Made {
    fn new(header: &str, weights: &[u32], numbers: &[&[u32]]) -> Self {
        let numbers = numbers.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        Self { header: header.into(), weights: weights.into(), missing: vec!["neutral"; weights.len()], numbers }
    }

    fn written(&self) -> Vec<String> {
        self.weights.iter().map(u32::to_string).collect()
    }

    fn files(&self, weights: &[String]) -> Folder {
        let mut rules = format!("[ruleset]\nname = \"N\"\nversion = \"1\"\n{}\n", self.header);
        let grouped = self.header.contains("sections");
        for (at, (weight, missing)) in weights.iter().zip(&self.missing).enumerate() {
            let least = if self.header.contains("product") { "0.05" } else { "0" };
            let group = if grouped { "group = \"g\"\n" } else { "" };
            rules.push_str(&format!(
                "[evidence.e{at}]\nkind = \"number\"\ntitle = \"E\"\n[[criterion]]\nid = \"c{at}\"\ntitle = \"C{at}\"\n{group}\
                 question = \"Q\"\nweight = {weight}\nmeasure = \"e{at}\"\nunit = \"u\"\ndecimals = 1\n\
                 direction = \"higher-is-worse\"\nvalue = {{ points = [[0, {least}], [100, 1]] }}\n\
                 missing = \"{missing}\"\nbecause = \"B\"\n"
            ));
        }
        if grouped {
            rules.push_str("[[group]]\nid = \"g\"\ntitle = \"G\"\n");
        }
        rules.push_str("[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n");
        let mut evidence = String::new();
        for (candidate, numbers) in self.numbers.iter().enumerate() {
            let id = id(candidate);
            evidence.push_str(&format!("[[candidate]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"theme\"\n"));
            for (at, number) in numbers.iter().enumerate() {
                if let Some(number) = number {
                    evidence.push_str(&format!(
                        "[candidate.evidence.e{at}]\nnumber = {number}\nsource = \"s\"\nwhere = \"W\"\n"
                    ));
                }
            }
        }
        let mut files = Folder::default();
        files.write("rules/ruleset.toml", rules);
        files.write("e.toml", evidence);
        files.write(
            "assessment.toml",
            "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\n\
             evidence = [\"e.toml\"]\n[[source]]\nid = \"s\"\ntitle = \"S\"\n",
        );
        files
    }

    /// What a run with these weights says.
    fn run<T>(&self, weights: &[String], work: impl FnOnce(&Ranking<'_>) -> T) -> T {
        with_ranking(&self.files(weights), "assessment.toml", work)
    }

    /// What is learnt from these statements.
    fn learn(&self, agreed: &str) -> Learning {
        self.run(&self.written(), |ranking| learnt(ranking, agreed))
    }

    /// How many of the pairs hold in a run of the whole engine with these shares.
    fn held(&self, learning: &Learning, shares: &[i64], which: &[usize]) -> usize {
        let fine = self.run(&self.written(), |ranking| ranking.rules.fine_decimals());
        let weights: Vec<String> = shares.iter().map(|share| Fixed::new(*share, fine).to_string()).collect();
        self.run(&weights, |ranking| {
            let total = |candidate| ranking.outcome().total(candidate);
            let holds = |pair: &&usize| {
                let pair = &learning.pairs[**pair];
                matches!((total(pair.above), total(pair.below)), (Some(one), Some(other)) if one > other)
            };
            which.iter().filter(holds).count()
        })
    }
}

fn id(candidate: usize) -> String {
    char::from(b'a' + u8::try_from(candidate).unwrap()).to_string()
}

fn with_ranking<T>(files: &Folder, path: &str, work: impl FnOnce(&Ranking<'_>) -> T) -> T {
    let mut problems = Problems::default();
    let (assessment, rules) =
        prioritise::load(files, path, None, &mut problems).unwrap_or_else(|| panic!("{problems:#?}"));
    work(&prioritise::scoring::rank(&assessment, &rules, NonZeroUsize::MIN).unwrap())
}

fn learnt(ranking: &Ranking<'_>, agreed: &str) -> Learning {
    let mut files = Folder::default();
    files.write("agreed.toml", agreed);
    let mut problems = Problems::default();
    let agreed = read::load(&files, "agreed.toml", ranking.assessment, &mut problems);
    learn(ranking, agreed.unwrap_or_else(|| panic!("{}", render(&problems.sorted(), ErrorFormat::Plain, false))))
        .unwrap()
}

fn order(ids: &[&str]) -> String {
    format!("[[statement]]\norder = {ids:?}\n")
}

fn above(pairs: &[(&str, &str)]) -> String {
    let statement = |(one, other): &(&str, &str)| format!("[[statement]]\nabove = \"{one}\"\nbelow = \"{other}\"\n");
    pairs.iter().map(statement).collect::<Vec<String>>().concat()
}

fn every(learning: &Learning) -> Vec<usize> {
    let aside: BTreeSet<usize> = learning.undecidable.iter().map(|(pair, _)| *pair).collect();
    (0..learning.pairs.len()).filter(|pair| !aside.contains(pair)).collect()
}

/// The sets of pairs that can't hold together, as `a>b c>d`.
fn told(learning: &Learning) -> Vec<(ContradictionCause, String)> {
    let LearningOutcome::Inconsistent { contradictions, .. } = &learning.outcome else { return Vec::new() };
    let pair = |number: &usize| {
        let pair = &learning.pairs[*number];
        format!("{}>{}", id(pair.above), id(pair.below))
    };
    let set = |it: &Contradiction| (it.cause, it.pairs.iter().map(pair).collect::<Vec<_>>().join(" "));
    contradictions.iter().map(set).collect()
}

// --- Known answers ----------------------------------------------------------------------------------------------------

/// a and b are best at one thing each, c is second best at the first, d at the second.
fn four() -> Made {
    Made::new("", &[30, 70], &[&[100, 0], &[0, 100], &[60, 0], &[0, 60]])
}

#[test]
fn weights_that_reproduce_a_list_are_found_and_are_the_nearest() {
    // a is above b where the first weight is above half; now it is 30.
    let made = four();
    let learning = made.learn(&order(&["a", "b", "c", "d"]));
    assert_eq!((learning.current.reproduced, learning.current.pair_count()), (3, 6));
    let LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, is_sure: true } =
        &learning.outcome
    else {
        panic!("{:?}", learning.outcome)
    };
    // a>b: w > 50; b>c: 100(1-w) > 60w, w < 62.5; c>d: w > 50.
    assert_eq!(nearest.shares, [500_100, 499_900]);
    assert_eq!(nearest.weight_moved.to_string(), "20.0100");
    assert_eq!(made.held(&learning, &nearest.shares, &every(&learning)), 6);
    let ends: Vec<(f64, f64)> = ends.iter().map(|(low, high)| (low.to_f64(), high.to_f64())).collect();
    assert_eq!(ends, [(50.01, 62.49), (37.51, 49.99)]);
    // The least lead is largest where 60(2w-1) = 100 - 160w: w = 160/280.
    assert_eq!(roomiest.shares, [571_400, 428_600]);
    // c has 34.28 and d 25.716, rounded to 25.72.
    assert_eq!(roomiest.outcomes.smallest_lead.unwrap().to_string(), "8.56");
}

#[test]
fn a_list_that_the_rules_reproduce_moves_nothing() {
    let learning = four().learn(&order(&["b", "d", "a", "c"]));
    let LearningOutcome::Consistent { nearest, .. } = &learning.outcome else { panic!("{:?}", learning.outcome) };
    assert_eq!((nearest.weight_moved.units(), learning.current.tau()), (0, Some(1.0)));
}

#[test]
fn statements_that_contradict_each_other_are_found_and_no_others() {
    let made = Made::new("", &[1, 1], &[&[100, 0], &[0, 100], &[100, 50], &[0, 100], &[100, 100]]);
    // a>b needs a first weight above half, d>c one below a third; e>a holds with any.
    let learning = made.learn(&above(&[("a", "b"), ("d", "c"), ("e", "a")]));
    assert_eq!(told(&learning), [(ContradictionCause::NoWeights, "a>b d>c".to_owned())]);
    let LearningOutcome::Inconsistent { best, optimality: least, has_all_contradictions: is_all, .. } =
        &learning.outcome
    else {
        panic!()
    };
    assert_eq!((best.outcomes.reproduced, *least, *is_all), (2, Optimality::ProvenFewest, true));
    assert_eq!(made.held(&learning, &best.shares, &every(&learning)), 2);
}

#[test]
fn one_that_is_dominated_is_told_as_such() {
    let made = Made::new("", &[1, 1], &[&[40, 20], &[40, 30], &[90, 10]]);
    let learning = made.learn(&above(&[("a", "b"), ("c", "b")]));
    assert_eq!(told(&learning), [(ContradictionCause::Dominated, "a>b".to_owned())]);
    // The same figures are dominated, too.
    let twins = Made::new("", &[1, 1], &[&[40, 20], &[40, 20]]);
    assert_eq!(told(&twins.learn(&above(&[("b", "a")]))), [(ContradictionCause::Dominated, "b>a".to_owned())]);
}

#[test]
fn a_circle_is_told_as_such() {
    let made = Made::new("", &[1, 1, 1], &[&[90, 10, 50], &[50, 90, 10], &[10, 50, 90]]);
    let learning = made.learn(&above(&[("a", "b"), ("b", "c"), ("c", "a")]));
    assert_eq!(told(&learning), [(ContradictionCause::Circle, "a>b b>c c>a".to_owned())]);
    let LearningOutcome::Inconsistent { best, optimality: least, contradictions, .. } = &learning.outcome else {
        panic!()
    };
    assert_eq!((best.outcomes.reproduced, *least), (2, Optimality::ProvenFewest));
    assert_eq!(contradictions[0].circle(&learning.pairs), [0, 1, 2]);
}

#[test]
fn what_comes_level_at_best_is_not_called_impossible() {
    // a>b needs more than half of the weight, d>c less: half would make both level.
    let learning = four().learn(&above(&[("a", "b"), ("d", "c")]));
    assert_eq!(told(&learning), [(ContradictionCause::OnlyTied, "a>b d>c".to_owned())]);
}

#[test]
fn several_contradictions_share_no_pair() {
    let made = Made::new(
        "",
        &[1, 1, 1],
        &[&[100, 0, 0], &[0, 100, 10], &[100, 50, 10], &[0, 100, 0], &[0, 0, 20], &[0, 0, 30], &[50, 50, 50]],
    );
    let learning = made.learn(&above(&[("a", "b"), ("d", "c"), ("e", "f"), ("g", "e")]));
    assert_eq!(
        told(&learning),
        [(ContradictionCause::Dominated, "e>f".to_owned()), (ContradictionCause::NoWeights, "a>b d>c".to_owned())]
    );
    let LearningOutcome::Inconsistent { best, optimality: least, .. } = &learning.outcome else { panic!() };
    assert_eq!((best.outcomes.violated.len(), *least), (2, Optimality::ProvenFewest));
}

#[test]
fn a_product_of_values_is_learnt_by_its_logarithms() {
    let made = Made::new("combine = \"product\"", &[30, 70], &[&[90, 20], &[20, 90], &[50, 50]]);
    let learning = made.learn(&order(&["a", "c", "b"]));
    let LearningOutcome::Consistent { nearest, .. } = &learning.outcome else { panic!("{:?}", learning.outcome) };
    assert_eq!(made.held(&learning, &nearest.shares, &every(&learning)), 3);
    // Whoever is middling on both questions is ahead of one of the two others by any weights: ln 0.5 is above the mean of
    // ln 0.9 and ln 0.2.
    let learning = made.learn(&above(&[("a", "c"), ("b", "c")]));
    assert_eq!(told(&learning), [(ContradictionCause::NoWeights, "a>c b>c".to_owned())]);
}

#[test]
fn a_total_of_sections_is_not_known_how() {
    let made = Made::new("combine = \"sections\"", &[1, 1], &[&[90, 20], &[20, 90]]);
    let learning = made.learn(&order(&["a", "b"]));
    let LearningOutcome::Unknown(why) = learning.outcome else { panic!() };
    assert_eq!(why, "the total is not a sum of points or a weighted product");
    assert_eq!(learning.current.pair_count(), 1);
}

/// b has no answer to the second question, whose weight then goes to the first: its total is 60 with any weights.
#[test]
fn weight_that_is_shared_among_the_others_is_taken_into_account() {
    let mut made = Made::new("", &[90, 10], &[&[100, 20], &[60, 0], &[0, 100]]);
    made.missing[1] = "reweight";
    made.numbers[1][1] = None;
    // a = 20 + 80w > 60 where w > 50; b > a where w < 50.
    let learning = made.learn(&above(&[("b", "a")]));
    let LearningOutcome::Consistent { nearest, weight_ranges: ends, .. } = &learning.outcome else {
        panic!("{:?}", learning.outcome)
    };
    assert!((nearest.shares[0] - 499_900).abs() <= 600, "{nearest:?}");
    assert_eq!(made.held(&learning, &nearest.shares, &[0]), 1);
    assert!((ends[0].1.to_f64() - 49.98).abs() < 0.06, "{ends:?}");
    // c = 100 - 100w; a > c where w > 4/9, c > b where w < 40.
    let learning = made.learn(&above(&[("a", "c"), ("c", "b")]));
    assert_eq!(told(&learning), [(ContradictionCause::NoWeights, "a>c c>b".to_owned())]);
}

#[test]
fn who_is_not_ranked_is_set_aside() {
    let mut made = four();
    made.missing[0] = "refuse";
    made.numbers[2][0] = None;
    let learning = made.learn(&order(&["b", "a", "c"]));
    assert_eq!(learning.undecidable.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [UndecidableReason::NotRanked; 2]);
    assert_eq!(learning.current.violated.iter().filter(|missed| missed.behind_by.is_none()).count(), 2);
}

#[test]
fn tau_is_kendalls_for_a_whole_order() {
    let made = Made::new("", &[1, 1], &[&[10, 20], &[70, 90], &[50, 20], &[30, 30], &[80, 70]]);
    let learning = made.learn(&order(&["c", "b", "e", "a", "d"]));
    let totals = made.run(&made.written(), |ranking| {
        (0..5).map(|at| Fixed::new(ranking.outcome().total(at).unwrap(), 2).to_f64()).collect::<Vec<_>>()
    });
    assert_eq!(learning.current.tau(), kendall(&[2.0, 4.0, 5.0, 1.0, 3.0], &totals));
}

#[test]
fn what_was_left_out_is_foretold_or_not() {
    let numbers: Vec<Vec<u32>> = (0..7_u32).map(|at| vec![at * 13 % 70, at * 29 % 100, 95 - at * 7]).collect();
    let rows: Vec<&[u32]> = numbers.iter().map(Vec::as_slice).collect();
    let made = Made::new("", &[1, 1, 1], &rows);
    let by_candidate = made.learn(&order(&["c", "a", "f", "b", "g"])).cross_validation.unwrap();
    assert_eq!((by_candidate.left_out, by_candidate.rounds, by_candidate.pairs), (LeftOutUnit::Candidate, 5, 20));
    let five = above(&[("c", "a"), ("a", "f"), ("f", "b"), ("b", "g"), ("c", "g")]);
    let by_statement = made.learn(&five).cross_validation.unwrap();
    assert_eq!((by_statement.left_out, by_statement.rounds, by_statement.pairs), (LeftOutUnit::Statement, 5, 5));
    assert!(by_statement.predicted <= 5);
    assert_eq!(made.learn(&above(&[("c", "a"), ("a", "f")])).cross_validation, None);
}

// --- Properties -------------------------------------------------------------------------------------------------------

fn made(header: &'static str) -> impl Strategy<Value = Made> {
    (2_usize..5, 4_usize..8).prop_flat_map(move |(criteria, candidates)| {
        let number = prop_oneof![8 => (0_u32..=100).prop_map(Some), 1 => Just(None)];
        let policy = prop_oneof![2 => Just("neutral"), 1 => Just("worst"), 1 => Just("reweight")];
        (vec(1_u32..40, criteria), vec(policy, criteria), vec(vec(number, criteria), candidates))
            .prop_map(move |(weights, missing, numbers)| Made { header: header.into(), weights, missing, numbers })
    })
}

/// Every claim that is told of weights, by a run of the whole engine from files that have them.
fn claims_hold(made: &Made, learning: &Learning) {
    let all = every(learning);
    match &learning.outcome {
        LearningOutcome::Unknown(why) => assert!(all.is_empty(), "{why}"),
        LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, .. } => {
            for tried in [nearest, roomiest] {
                assert_eq!(made.held(learning, &tried.shares, &all), all.len(), "{tried:?}");
                assert!(tried.outcomes.violated.is_empty());
            }
            for ((low, high), share) in ends.iter().zip(&nearest.shares) {
                assert!(low.units() <= *share && *share <= high.units());
            }
        }
        LearningOutcome::Inconsistent { best, contradictions, .. } => {
            assert_eq!(made.held(learning, &best.shares, &all), best.outcomes.reproduced);
            assert!(best.outcomes.reproduced < all.len());
            let named: Vec<usize> = contradictions.iter().flat_map(|it| it.pairs.clone()).collect();
            assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "two share a pair");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Hidden weights make a list; weights are found that make it again, and every claim holds.
    #[test]
    fn a_list_made_by_hidden_weights_is_reproduced(
        made in prop_oneof![made(""), made("combine = \"product\"")],
        hidden in vec(1_u32..40, 4),
    ) {
        let hidden: Vec<String> = hidden.iter().take(made.weights.len()).map(u32::to_string).collect();
        let list = made.run(&hidden, |ranking| {
            let mut before = i64::MAX;
            let mut ids = Vec::new();
            for candidate in ranking.order() {
                // What is next to equal is rounding's to decide.
                let Some(total) = ranking.outcome().total(*candidate) else { continue };
                if total < before - 30 {
                    ids.push(id(*candidate));
                    before = total;
                }
            }
            ids
        });
        if list.len() > 1 {
            let ids: Vec<&str> = list.iter().map(String::as_str).collect();
            let learning = made.learn(&order(&ids));
            prop_assert!(matches!(learning.outcome, LearningOutcome::Consistent { .. }), "{:?} {:?}", made, learning);
            claims_hold(&made, &learning);
        }
    }

    /// Any statements: every claim holds, and neither the order of statements nor how often one is said makes a difference.
    #[test]
    fn every_claim_is_true_of_the_whole_engine(made in made(""), pairs in vec((0_usize..4, 0_usize..4), 2..7)) {
        let mut said: Vec<(usize, usize)> = Vec::new();
        for (one, other) in pairs {
            if one != other && !said.contains(&(other, one)) && !said.contains(&(one, other)) {
                said.push((one, other));
            }
        }
        if said.is_empty() {
            return Ok(());
        }
        let text = |pairs: &[(usize, usize)]| {
            let ids: Vec<(String, String)> = pairs.iter().map(|(one, other)| (id(*one), id(*other))).collect();
            above(&ids.iter().map(|(one, other)| (&**one, &**other)).collect::<Vec<_>>())
        };
        let learning = made.learn(&text(&said));
        claims_hold(&made, &learning);
        said.reverse();
        said.push(said[0]);
        prop_assert_eq!(&made.learn(&text(&said)).outcome, &learning.outcome);
    }

    /// Every whole weight is tried where there are three: none does what is said to be impossible, and none breaks fewer
    /// where that is said.
    #[test]
    fn no_whole_weights_do_what_is_told_to_be_impossible(
        numbers in vec(vec(0_u32..=10, 3), 5),
        pairs in vec((0_usize..5, 0_usize..5), 3..8),
        reweight in any::<bool>(),
        gap in 0_usize..5,
    ) {
        let numbers: Vec<Vec<u32>> = numbers.iter().map(|row| row.iter().map(|it| it * 10).collect()).collect();
        let rows: Vec<&[u32]> = numbers.iter().map(Vec::as_slice).collect();
        let mut made = Made::new("", &[1, 1, 1], &rows);
        if reweight {
            made.missing[2] = "reweight";
            made.numbers[gap][2] = None;
        }
        let mut said: Vec<(String, String)> = Vec::new();
        for (one, other) in pairs {
            let (one, other) = (id(one), id(other));
            if one != other && !said.contains(&(other.clone(), one.clone())) && !said.contains(&(one.clone(), other.clone())) {
                said.push((one, other));
            }
        }
        if said.is_empty() {
            return Ok(());
        }
        let text = above(&said.iter().map(|(one, other)| (&**one, &**other)).collect::<Vec<_>>());
        made.run(&made.written(), |ranking| {
            let learning = learnt(ranking, &text);
            let mut again = Again::new(ranking).unwrap();
            let mut fewest = usize::MAX;
            for first in 0..=25_i64 {
                for second in 0..=25 - first {
                    let shares = vec![first * 40_000, second * 40_000, (25 - first - second) * 40_000];
                    let outcome = again.with_weights(&ranking.rules.weights.with_shares(shares.clone())).unwrap();
                    let holds = |pair: usize| {
                        let pair = &learning.pairs[pair];
                        let below = outcome.total(pair.below);
                        below.is_some() && outcome.total(pair.above) > below
                    };
                    fewest = fewest.min((0..learning.pairs.len()).filter(|pair| !holds(*pair)).count());
                    let lead = |pair: &prioritise::learning::OrderedPair| {
                        Some(outcome.total(pair.above)? - outcome.total(pair.below)?)
                    };
                    if let LearningOutcome::Consistent { nearest, weight_ranges: ends, is_sure: true, .. } = &learning.outcome
                        && learning.pairs.iter().all(|pair| lead(pair).is_some_and(|lead| lead > 70))
                    {
                        let now = ranking.rules.weights.shares();
                        let moved: i64 = now.iter().zip(&shares).map(|(now, then)| (then - now).max(0)).sum();
                        assert!(moved >= nearest.weight_moved.units() - 1500, "{shares:?} is nearer: {made:?} {learning:?}");
                        for (share, (low, high)) in shares.iter().zip(ends) {
                            let within = low.units() - 1500..=high.units() + 1500;
                            assert!(within.contains(share), "{shares:?} is beyond: {made:?} {learning:?}");
                        }
                    }
                    if let LearningOutcome::Inconsistent { contradictions, .. } = &learning.outcome {
                        for it in contradictions.iter().filter(|it| it.cause != ContradictionCause::OnlyTied) {
                            assert!(!it.pairs.iter().all(|pair| holds(*pair)), "{it:?} holds: {made:?}");
                        }
                    }
                }
            }
            match &learning.outcome {
                LearningOutcome::Consistent { .. } => {}
                LearningOutcome::Inconsistent { best, optimality: Optimality::ProvenFewest, .. } => {
                    assert!(best.outcomes.violated.len() <= fewest, "{made:?} {learning:?}");
                }
                LearningOutcome::Inconsistent { .. } => assert!(fewest > 0, "{made:?} {learning:?}"),
                LearningOutcome::Unknown(why) => panic!("{why}"),
            }
        });
    }
}

// --- As a person meets it ---------------------------------------------------------------------------------------------

const AGREED: &str = r#"
[[statement]]
chosen = ["domestic-abuse", "violence-against-the-person", "anti-social-behaviour", "drug-offences", "cybercrime"]
source = "Minutes of the board"
date   = "2019-12-10"

[[statement]]
above = "domestic-abuse"
below = "violence-against-the-person"

[[statement]]
above = "alcohol-related-crime"
below = "hate-crime"
"#;

/// The same in fewer words.
const FEW: &str = r#"
[[statement]]
order = ["domestic-abuse", "violence-against-the-person", "drug-offences"]

[[statement]]
chosen = ["domestic-abuse"]
"#;

fn shown(agreed: &str, of: impl Fn(&Ranking<'_>, &Learning) -> String) -> String {
    with_ranking(&Folder::of_fixtures(), HUNTINGDONSHIRE, |ranking| of(ranking, &learnt(ranking, agreed)))
}

#[test]
fn as_text() {
    let text = shown(AGREED, |ranking, learning| report::learning::text(ranking, learning, false));
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    insta::assert_snapshot!(text);
}

#[test]
fn as_markdown() {
    let agreed = "[[statement]]\norder = [\"domestic-abuse\", \"violence-against-the-person\", \"drug-offences\"]\n";
    insta::assert_snapshot!(shown(agreed, report::learning::markdown));
}

#[test]
fn as_json_by_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(&prioritise(&["schema", "learning"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for agreed in [FEW, "[[statement]]\nabove = \"alcohol-related-crime\"\nbelow = \"domestic-abuse\"\n"] {
        let value: serde_json::Value = serde_json::from_str(&shown(agreed, report::learning::json)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_order_of_what_is_chosen_changes_nothing() {
    let set = |chosen: &str| format!("[[statement]]\nchosen = [{chosen}]\n");
    let one = shown(&set("\"domestic-abuse\", \"drug-offences\""), report::learning::json);
    assert_eq!(one, shown(&set("\"drug-offences\", \"domestic-abuse\""), report::learning::json));
}

/// The decisions of the board: those taken stand above all others, one that was given a place has it.
#[test]
fn decisions_are_learnt_from() {
    let mut files = Folder::of_fixtures();
    let path = format!("{HUNTINGDONSHIRE}/assessment.toml");
    files.write(&path, files.text(&path).replacen("[assessment]", "[assessment]\ndecisions = \"decisions.toml\"", 1));
    let decision = |candidate: &str, keys: &str| {
        format!("[[decision]]\ncandidate = \"{candidate}\"\nreason = \"R\"\nby = \"Chair\"\n{keys}\n")
    };
    let decisions = [
        "[meeting]\ntitle = \"Board\"\ndate = \"2019-12-10\"\n".to_owned(),
        decision("violence-against-the-person", "outcome = \"adopted\""),
        decision("domestic-abuse", "outcome = \"moved\"\nplace = 1"),
        decision("hate-crime", "outcome = \"rejected\""),
    ];
    files.write(&format!("{HUNTINGDONSHIRE}/decisions.toml"), decisions.concat());
    with_ranking(&files, HUNTINGDONSHIRE, |ranking| {
        let agreed = read::from_decisions(ranking).unwrap();
        assert_eq!((&*agreed.origin, agreed.statements.len()), ("Board, 10 December 2019", 2));
        let id = |it: usize| &*ranking.assessment.candidates[it].id;
        let pairs: Vec<(&str, &str)> = agreed.pairs().iter().map(|it| (id(it.above), id(it.below))).collect();
        assert!(pairs.contains(&("domestic-abuse", "violence-against-the-person")));
        assert!(pairs.contains(&("violence-against-the-person", "hate-crime")));
        // In the first tier, and not decided on: the board has not spoken.
        let first = ranking
            .order()
            .iter()
            .filter(|it| ranking.outcome().standing(**it) == prioritise::scoring::Standing::Tier(0));
        let open: Vec<&str> = first.map(|it| id(*it)).filter(|id| !decisions.concat().contains(*id)).collect();
        assert!(!open.is_empty() && pairs.iter().all(|(one, other)| !open.contains(one) && !open.contains(other)));
        let learning = learn(ranking, agreed).unwrap();
        assert!(!matches!(learning.outcome, LearningOutcome::Unknown(_)));
        assert_eq!(PairOutcomes::pair_count(&learning.current), pairs.len());
    });
}

#[test]
fn decisions_on_a_list_of_sections_are_counted() {
    let said = prioritise(&["learn", "fixtures/morile-style"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    insta::assert_snapshot!(said.out);
}

#[test]
fn the_command_says_what_the_library_does() {
    let folder = tempfile::tempdir().unwrap();
    let [agreed, out] = ["agreed.toml", "out.json"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    std::fs::write(&agreed, FEW).unwrap();
    let said = prioritise(&["learn", HUNTINGDONSHIRE, &agreed, "--format", "json", "--quiet", "-o", &out]);
    assert_eq!((said.code, &*said.err, &*said.out), (Some(0), "", ""));
    assert_eq!(std::fs::read_to_string(out).unwrap(), shown(FEW, report::learning::json));
}

/// What is written gives the learnt list in a run of its own, and says where it comes from; `check` finds nothing.
#[test]
fn learnt_weights_are_written_into_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    four().files(&four().written()).lay_out("", folder.path());
    let write = |agreed: &str, by: &str| {
        std::fs::write(folder.path().join("rules/agreed.toml"), agreed).unwrap();
        prioritise_in(folder.path(), &["learn", ".", "rules/agreed.toml", "--write", "--by", by])
    };
    let list = order(&["a", "b", "c", "d"]);
    for (agreed, by, why) in [
        (&*list, "Board", "no statement says when it was agreed"),
        (&list, " ", "`--by` names nobody"),
        (&above(&[("c", "a")]).replace("\"c\"", "\"x\""), "Board", "there is no candidate `x`"),
    ] {
        let said = write(agreed, by);
        assert!(said.code == Some(2) && said.out.is_empty() && said.err.contains(why), "{}", said.err);
    }
    let written = write(&format!("{list}date = \"2026-04-20\"\n"), "Board of the partnership");
    assert_eq!((written.code, written.err.contains("wrote the weights into ")), (Some(0), true), "{}", written.err);
    let rules = std::fs::read_to_string(folder.path().join("rules/ruleset.toml")).unwrap();
    for words in ["weight = 50.01", "\"learnt\"", "[\"Board of the partnership\"]", "\"2026-04-20\"", "\"agreed.toml\""]
    {
        assert!(rules.contains(words), "{words}: {rules}");
    }
    let then = prioritise_in(folder.path(), &["rank", ".", "--format", "csv", "--quiet"]).out;
    let ids: Vec<&str> = then.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
    let again = prioritise_in(folder.path(), &["learn", ".", "rules/agreed.toml"]).out;
    assert!(again.contains("already put all 6 pairs in the agreed order"), "{again}");

    // `check` is content until what was agreed is something else, or gone.
    let check = || prioritise_in(folder.path(), &["check", ".", "--error-format", "plain"]).out;
    assert!(!check().contains("answers-changed"), "{}", check());
    let agreed = folder.path().join("rules/agreed.toml");
    std::fs::write(&agreed, format!("# Only a comment is new.\n{list}date = \"2026-04-20\"\n")).unwrap();
    assert!(!check().contains("answers-changed"), "{}", check());
    std::fs::write(&agreed, format!("{list}date = \"2026-04-21\"\n")).unwrap();
    assert!(check().contains("what was agreed is not what was recorded"), "{}", check());
    std::fs::remove_file(&agreed).unwrap();
    assert!(check().contains("what the weights were learnt from can no longer be read"), "{}", check());
}

/// Where groups have weights, each gets the sum of its criteria's, and the list is that which was learnt.
#[test]
fn weights_in_groups_are_written_too() {
    let folder = tempfile::tempdir().unwrap();
    Folder::of(&[BASE]).lay_out(BASE, folder.path());
    let ids = || {
        let list = prioritise_in(folder.path(), &["rank", ".", "--format", "csv", "--quiet"]).out;
        list.lines().skip(1).filter_map(|line| line.split(',').nth(1)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(), ["burglary", "robbery", "fraud", "graffiti"]);
    let agreed = format!("{}date = \"2026-04-20\"\n", order(&["robbery", "burglary"]));
    std::fs::write(folder.path().join("rules/agreed.toml"), agreed).unwrap();
    let written = prioritise_in(folder.path(), &["learn", ".", "rules/agreed.toml", "--write", "--by", "Board"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    assert_eq!(ids(), ["robbery", "burglary", "fraud", "graffiti"]);
    let again = prioritise_in(folder.path(), &["learn", ".", "rules/agreed.toml"]).out;
    assert!(again.contains("The rules' own weights already put the pair in the agreed order"), "{again}");
}

#[test]
fn nothing_to_learn_from_is_told() {
    let said = prioritise(&["learn", "fixtures/starter"]);
    assert_eq!(said.code, Some(2));
    insta::assert_snapshot!(said.err);
    let said = prioritise(&["learn", "fixtures/starter", "nowhere.toml"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("file-missing"), "{}", said.err);
}

/// What is wrong with a file, all of it in one run.
#[test]
fn statements_that_cannot_be_are_told() {
    let told = |text: &str| {
        with_ranking(&Folder::of_fixtures(), HUNTINGDONSHIRE, |ranking| {
            let mut files = Folder::default();
            files.write("agreed.toml", text);
            let mut problems = Problems::default();
            let agreed = read::load(&files, "agreed.toml", ranking.assessment, &mut problems);
            assert_eq!(agreed.is_none(), problems.has_errors());
            let problems = problems.sorted();
            assert!(problems.iter().all(|problem| problem.place.is_some() && problem.help.is_some()));
            render(&problems, ErrorFormat::Plain, false)
        })
    };
    insta::assert_snapshot!(told(
        r#"
[[statement]]
above = "burglry"
below = "theft"

[[statement]]
above = "theft"
below = "theft"

[[statement]]
order = ["theft", "burglary", "theft"]
date  = "2019-12"
source = " "

[[statement]]
order = ["theft"]

[[statement]]
chosen = []

[[statement]]
above = "theft"

[[statement]]
below = "theft"

[[statement]]
source = "Minutes"

[[statement]]
order = ["theft", "burglary"]
chosen = ["theft"]

[[statement]]
abvoe = "theft"
below = "burglary"

[[statement]]
above = "theft"
below = "hate-crime"

[[statement]]
order = ["burglary", "hate-crime", "theft"]
"#
    ));
    insta::assert_snapshot!(told(""));
    assert_eq!(told(AGREED), "");
}
