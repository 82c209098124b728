//! What is said of one candidate: every change that is told is tried by a run with changed files, every difference adds up.

use std::num::NonZeroUsize;

use insta::assert_snapshot;
use prioritise::diagnostic::Problems;
use prioritise::explain::change::{Goal, PlaceChange, WeightsChange, place_changes};
use prioritise::ranked::RankedAssessment;
use prioritise::report;
use prioritise::scoring::{Again, Fixed, Ranking, ScoringOutcome, Standing, difference};
use prioritise::sensitivity::one_weight::{ListThen, at_the_line, one_weight};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{FIXTURES, Folder, prioritise};

/// Loads and ranks, and hands over what came out.
fn with_report<T>(files: &Folder, path: &str, work: impl FnOnce(&RankedAssessment<'_>) -> T) -> T {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, path, None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let one = NonZeroUsize::MIN;
    work(&prioritise::rank(&assessment, &rules, one, problems).unwrap_or_else(|problems| panic!("{problems:#?}")))
}

fn number(report: &RankedAssessment<'_>, id: &str) -> usize {
    report.assessment.candidates.iter().position(|candidate| candidate.id == id).unwrap()
}

fn explained(assessment: &str, candidate: &str, other: Option<&str>) -> String {
    with_report(&Folder::of_fixtures(), &format!("fixtures/{assessment}/assessment.toml"), |report| {
        let other = other.map(|other| number(report, other));
        report::explanation(report, number(report, candidate), other, false).unwrap()
    })
}

#[test]
fn a_candidate_in_the_top_tier_against_another() {
    assert_snapshot!(explained("huntingdonshire-2019", "hate-crime", Some("domestic-abuse")));
}

#[test]
fn the_first_of_a_threat_matrix() {
    assert_snapshot!(explained("morile-style", "domestic-abuse", None));
}

#[test]
fn a_candidate_that_is_put_off() {
    assert_snapshot!(explained("huntingdonshire-2019", "scams-and-fraud", None));
}

#[test]
fn a_candidate_that_is_emerging_and_has_no_total() {
    assert_snapshot!(explained("huntingdonshire-2019", "revenge-porn", Some("cybercrime")));
}

#[test]
fn a_ward_whose_values_are_set_against_the_others() {
    let files = Folder::of_fixtures();
    let second = with_report(&files, "fixtures/huntingdonshire-wards-2019/assessment.toml", |report| {
        report.traces[1].candidate.id.clone()
    });
    assert_snapshot!(explained("huntingdonshire-wards-2019", &second, None));
}

#[test]
fn a_total_of_sections() {
    let files = Folder::of_fixtures();
    let ids: Vec<String> = with_report(&files, "fixtures/morile-style/assessment.toml", |report| {
        report.traces.iter().map(|trace| trace.candidate.id.clone()).collect()
    });
    assert_snapshot!(explained("morile-style", &ids[0], Some(&ids[1])));
}

#[test]
fn a_slip_in_a_name_is_told() {
    let said = prioritise(&["explain", "fixtures/huntingdonshire-2019", "burglry"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("there is no candidate `burglry`"), "{}", said.err);
    assert!(said.err.contains("did you mean `burglary`"), "{}", said.err);
}

#[test]
fn differences_add_up_in_every_fixture() {
    let files = Folder::of_fixtures();
    for name in FIXTURES {
        with_report(&files, &format!("fixtures/{name}/assessment.toml"), |report| {
            each_pair_adds_up(&report.ranking);
        });
    }
}

fn each_pair_adds_up(ranking: &Ranking<'_>) {
    let outcome = ranking.outcome();
    for a in ranking.order() {
        for b in ranking.order() {
            let (Some(own), Some(other)) = (outcome.total(*a), outcome.total(*b)) else { continue };
            let parts = difference(ranking, *a, *b).unwrap().unwrap();
            assert_eq!(parts.iter().map(|part| part.units()).sum::<i64>(), own - other);
        }
    }
}

/// A made-up assessment of numbers: how its total is made, its tiers, and for each candidate a number or nothing for
/// each criterion.
#[derive(Debug, Clone)]
struct Made {
    product: bool,
    places: Option<usize>,
    bound: u32,
    included: Option<usize>,
    weights: Vec<u32>,
    reweight: Vec<bool>,
    relative: Vec<bool>,
    numbers: Vec<Vec<Option<u32>>>,
}

impl Made {
    fn criteria(&self) -> usize {
        self.weights.len()
    }

    /// The files, with these weights as text.
    fn files(&self, weights: &[String]) -> Folder {
        let mut rules = format!(
            "[ruleset]\nname = \"N\"\nversion = \"1\"\nscale = 100\ndecimals = 2\ncombine = \"{}\"\n\
             [evidence.duty]\nkind = \"answer\"\ntitle = \"Duty\"\n",
            if self.product { "product" } else { "sum" }
        );
        for (at, weight) in weights.iter().enumerate() {
            let value = match self.relative[at] {
                true => "{ relative = \"min-max\" }".to_owned(),
                false => "{ points = [[0, 0.05], [40, 0.5], [100, 1]] }".to_owned(),
            };
            let missing = if self.reweight[at] { "reweight" } else { "neutral" };
            rules.push_str(&format!(
                "[evidence.e{at}]\nkind = \"number\"\ntitle = \"E\"\n[[criterion]]\nid = \"c{at}\"\ntitle = \"C{at}\"\n\
                 question = \"Q\"\nweight = {weight}\nmeasure = \"e{at}\"\nunit = \"u\"\ndecimals = 1\n\
                 direction = \"higher-is-worse\"\nvalue = {value}\nmissing = \"{missing}\"\nbecause = \"B\"\n"
            ));
        }
        rules.push_str(
            "[[gate]]\nid = \"g\"\ntitle = \"G\"\nwhen = \"duty == true\"\neffect = \"include\"\nreason = \"R\"\n",
        );
        let takes = match self.places {
            Some(places) => format!("places = {places}"),
            None => format!("at_least = {}", self.bound),
        };
        rules.push_str(&format!(
            "[[tier]]\nid = \"top\"\ntitle = \"Top\"\n{takes}\n[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n"
        ));
        let mut evidence = String::new();
        for (candidate, numbers) in self.numbers.iter().enumerate() {
            evidence.push_str(&format!("[[candidate]]\nid = \"k{candidate}\"\ntitle = \"K\"\nkind = \"theme\"\n"));
            for (at, number) in numbers.iter().enumerate() {
                if let Some(number) = number {
                    let number = f64::from(*number) / 10.0;
                    evidence.push_str(&format!(
                        "[candidate.evidence.e{at}]\nnumber = {number}\nsource = \"s\"\nwhere = \"W\"\n"
                    ));
                }
            }
            if self.included == Some(candidate) {
                evidence.push_str("[candidate.evidence.duty]\nanswer = true\nsource = \"s\"\nwhere = \"W\"\n");
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

    fn written(&self) -> Vec<String> {
        self.weights.iter().map(u32::to_string).collect()
    }

    /// What a run with these files says.
    fn run<T>(&self, weights: &[String], work: impl FnOnce(&Ranking<'_>) -> T) -> T {
        with_report(&self.files(weights), "assessment.toml", |report| work(&report.ranking))
    }

    /// The same with another answer.
    fn answered(&self, candidate: usize, criterion: usize, measure: f64) -> Self {
        let mut made = self.clone();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tenths from 0 to 1000")]
        let tenths = (measure * 10.0).round() as u32;
        made.numbers[candidate][criterion] = Some(tenths);
        made
    }
}

fn made() -> impl Strategy<Value = Made> {
    (2_usize..5, 3_usize..7).prop_flat_map(|(criteria, candidates)| {
        let number = prop_oneof![6 => (0_u32..=1000).prop_map(Some), 1 => Just(None)];
        (
            any::<bool>(),
            prop::option::of(1..candidates),
            20_u32..80,
            prop::option::of(0..candidates * 3),
            vec(1_u32..40, criteria),
            vec(any::<bool>(), criteria),
            vec(prop::bool::weighted(0.2), criteria),
            vec(vec(number, criteria), candidates),
        )
            .prop_map(|(product, places, bound, included, weights, reweight, relative, numbers)| Made {
                product,
                places,
                bound,
                included,
                weights,
                reweight,
                // A factor of 0 ends a product.
                relative: relative.into_iter().map(|relative| relative && !product).collect(),
                numbers,
            })
    })
}

/// Shares of a scale of 100 with four decimals, as weights in a file.
fn as_written(shares: &[i64]) -> Vec<String> {
    shares.iter().map(|share| Fixed::new(*share, 4).to_string()).collect()
}

/// One tenth nearer to what the weight is now.
fn nearer(to: Fixed, from: Fixed) -> i64 {
    to.units() - 1000 * (to.units() - from.units()).signum()
}

fn weight_claims_hold(made: &Made, candidate: usize, change: &PlaceChange) {
    let met = |outcome: &ScoringOutcome| change.goal.is_met(candidate, outcome);
    for claim in &change.weight {
        let there = made.run(&as_written(&claim.shares), |ranking| met(ranking.outcome()));
        assert!(there, "{:?} by {claim:?}", change.goal);
        let short = made.run(&made.written(), |ranking| {
            let share = nearer(claim.to, claim.from);
            ranking.rules.weights.shares_with(claim.criterion, share).unwrap()
        });
        if (nearer(claim.to, claim.from) - claim.from.units()).signum()
            == (claim.to.units() - claim.from.units()).signum()
        {
            let not_yet = made.run(&as_written(&short), |ranking| !met(ranking.outcome()));
            assert!(not_yet, "{:?} is met before {claim:?}", change.goal);
        }
    }
}

/// Where nothing is told of a weight, no tenth of the scale that it could have would do.
fn unable_weights_are_unable(made: &Made, candidate: usize, change: &PlaceChange) {
    made.run(&made.written(), |ranking| {
        let weights = &ranking.rules.weights;
        let mut again = Again::new(ranking).unwrap();
        for criterion in (0..made.criteria()).filter(|it| change.weight.iter().all(|claim| claim.criterion != *it)) {
            for share in (0..=10).map(|tenth| tenth * 100_000) {
                let shares = weights.shares_with(criterion, share).unwrap();
                let outcome = again.with_weights(&weights.with_shares(shares)).unwrap();
                assert!(!change.goal.is_met(candidate, &outcome), "{criterion} at {share}: {change:?}");
            }
        }
    });
}

fn joint_claim_holds(made: &Made, candidate: usize, change: &PlaceChange) {
    let met =
        |shares: &[i64]| made.run(&as_written(shares), |ranking| change.goal.is_met(candidate, ranking.outcome()));
    let now = made.run(&made.written(), |ranking| ranking.rules.weights.shares().to_vec());
    let moved = |shares: &[i64]| now.iter().zip(shares).map(|(now, then)| (then - now).max(0)).sum::<i64>();
    match &change.weights {
        WeightsChange::Found { moved: told, least, shares } => {
            assert!(met(shares), "{:?} by {shares:?}", change.goal);
            assert_eq!(told.units(), moved(shares));
            assert!(least.is_none_or(|least| least <= *told), "{change:?}");
            assert_eq!(shares.iter().sum::<i64>(), 1_000_000);
            for claim in &change.weight {
                assert!(told.units() <= moved(&claim.shares), "a change of one weight is smaller: {change:?}");
            }
        }
        WeightsChange::Impossible { .. } | WeightsChange::OnlyTied { .. } => {
            assert!(change.weight.is_empty(), "{change:?}");
        }
        WeightsChange::Unknown(_) => {}
    }
}

fn answer_claims_hold(made: &Made, candidate: usize, change: &PlaceChange) {
    let met = |measure: f64, criterion: usize| {
        let changed = made.answered(candidate, criterion, measure);
        changed.run(&changed.written(), |ranking| change.goal.is_met(candidate, ranking.outcome()))
    };
    for claim in &change.answers {
        assert!(met(claim.to, claim.criterion), "{:?} by {claim:?}", change.goal);
        let nearer = if claim.or_more { claim.to - 0.1 } else { claim.to + 0.1 };
        let is_between = claim.from.is_none_or(|from| (from - nearer) * (from - claim.to) > 0.0);
        if (0.0..=100.0).contains(&nearer) && is_between {
            assert!(!met(nearer, claim.criterion), "{:?} is met before {claim:?}", change.goal);
        }
    }
    // Where nothing is told of a criterion, neither its ends nor its middle would do.
    for criterion in (0..made.criteria()).filter(|it| change.answers.iter().all(|claim| claim.criterion != *it)) {
        let known: Vec<u32> = made.numbers.iter().filter_map(|numbers| numbers[criterion]).collect();
        let ends = match made.relative[criterion] {
            true => [known.iter().min(), known.iter().max()].map(|end| end.copied().map(f64::from)),
            false => [Some(0.0), Some(1000.0)],
        };
        for end in ends.into_iter().flatten() {
            assert!(!met(end / 10.0, criterion), "{:?} by {end} of {criterion}", change.goal);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every claim is tried by the whole engine, from files that were changed as the claim says.
    #[test]
    fn every_change_that_is_told_does_what_it_says(made in made()) {
        let told = made.run(&made.written(), |ranking| {
            let all: Vec<usize> = (0..made.numbers.len()).collect();
            each_pair_adds_up(ranking);
            place_changes(ranking, &all, true).unwrap()
        });
        for (candidate, changes) in told.iter().enumerate() {
            for change in changes {
                weight_claims_hold(&made, candidate, change);
                unable_weights_are_unable(&made, candidate, change);
                joint_claim_holds(&made, candidate, change);
                answer_claims_hold(&made, candidate, change);
            }
        }
    }
}

/// What is told of one weight is what a grid of all its weights shows: there the list has changed, and nowhere nearer has it.
fn a_grid_shows_the_same(made: &Made) {
    made.run(&made.written(), |ranking| {
        let told = one_weight(ranking, 0).unwrap();
        let second_and_first: Vec<usize> = ranking.with_totals().take(2).collect();
        let grid: Vec<Moved> = (0..made.criteria()).flat_map(|of| every_weight(ranking, of)).collect();
        let weights = 0..made.criteria();
        let passes = |then: &ScoringOutcome| match *second_and_first {
            [first, second] => Goal::Pass(first).is_met(second, then),
            _ => false,
        };
        let enters =
            |then: &ScoringOutcome| at_the_line(ranking).is_some_and(|(_, outside)| Goal::Enter.is_met(outside, then));
        let another = |then: &ScoringOutcome| then.sequence().first() != ranking.outcome().sequence().first();
        let others =
            |then: &ScoringOutcome| (0..made.numbers.len()).any(|it| is_top(then, it) != is_top(ranking.outcome(), it));
        is_the_nearest(told.second_before_first.as_ref(), &grid, weights.clone(), &passes);
        is_the_nearest(told.first_out_is_in.as_ref(), &grid, weights, &enters);
        for limits in &told.limits {
            let of = limits.weight_of..limits.weight_of + 1;
            is_the_nearest(limits.first.as_ref(), &grid, of.clone(), &another);
            is_the_nearest(limits.top.as_ref(), &grid, of, &others);
        }
    });
}

/// A list with one weight moved to a share.
struct Moved {
    of: usize,
    now: i64,
    share: i64,
    then: ScoringOutcome,
}

/// One part in a hundred of the scale, in units.
const GRID: i64 = 10_000;

fn every_weight(ranking: &Ranking<'_>, of: usize) -> Vec<Moved> {
    let (weights, mut again) = (&ranking.rules.weights, Again::new(ranking).unwrap());
    let mut moved = |share: i64| {
        let then = again.with_weights(&weights.with_shares(weights.shares_with(of, share).unwrap())).unwrap();
        Moved { of, now: weights.shares()[of], share, then }
    };
    (0..=100).map(|at| moved(at * GRID)).collect()
}

fn is_the_nearest(
    told: Option<&ListThen>,
    grid: &[Moved],
    weights: std::ops::Range<usize>,
    has_changed: &dyn Fn(&ScoringOutcome) -> bool,
) {
    let changed = grid.iter().filter(|moved| weights.contains(&moved.of) && has_changed(&moved.then));
    let nearest = changed.map(|moved| (moved.share - moved.now).abs()).min();
    let Some(told) = told else {
        assert_eq!(nearest, None, "nothing is told, and the grid has it");
        return;
    };
    let distance = (told.to.units() - told.from.units()).abs();
    // What is told is rounded outward to the grid, by as many steps as it takes; the exact change may be between two steps.
    assert!(nearest.is_none_or(|nearest| nearest + GRID > distance), "{told:?}, and the grid has {nearest:?}");
    if told.to.units() % GRID == 0 {
        let there = grid.iter().find(|moved| moved.of == told.weight_of && moved.share == told.to.units()).unwrap();
        assert!(has_changed(&there.then), "{told:?}");
        let first = there.then.sequence().first().copied();
        assert_eq!(told.first, first.filter(|first| there.then.total(*first).is_some()));
    }
}

fn is_top(outcome: &ScoringOutcome, candidate: usize) -> bool {
    outcome.standing(candidate) == Standing::Tier(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_weight_alone_does_what_is_told_of_it(made in made()) {
        a_grid_shows_the_same(&made);
    }
}

/// Two that earn the same on every question, of whom one alone has the place, never part; where nothing weighs for either, neither
/// has it, and a third, which answers what weighs then, does. Where nobody else is there, nobody does.
#[test]
fn equals_keep_their_order_as_long_as_something_weighs_for_them() {
    let of = |numbers: Vec<Vec<Option<u32>>>| Made {
        product: false,
        places: Some(1),
        bound: 0,
        included: None,
        weights: vec![60, 40],
        reweight: vec![true, true],
        relative: vec![false; 2],
        numbers,
    };
    let both = [Some(500), None];
    for others in [vec![], vec![vec![Some(500), Some(400)]], vec![vec![None, Some(900)]], vec![vec![None, None]]] {
        let numbers = [both.to_vec(), both.to_vec()].into_iter().chain(others).collect();
        a_grid_shows_the_same(&of(numbers));
    }
    let two = of(vec![both.to_vec(), both.to_vec()]);
    let limits = two.run(&two.written(), |ranking| one_weight(ranking, 1).unwrap().limits);
    let top = limits[0].top.as_ref().unwrap();
    assert_eq!((top.to.to_string(), top.first, &*top.leaves), ("0.0000".to_owned(), None, &[0][..]));
}

/// Who answers one question alone has the same total by all weights, so it never crosses a bound; by no weight it has none.
#[test]
fn one_answer_has_the_same_total_by_all_weights() {
    for (number, bound) in [(900, 50), (200, 50), (400, 50)] {
        let made = Made {
            product: false,
            places: None,
            bound,
            included: None,
            weights: vec![30, 70],
            reweight: vec![true, true],
            relative: vec![false; 2],
            numbers: vec![vec![None, Some(number)], vec![Some(700), None]],
        };
        a_grid_shows_the_same(&made);
    }
}

/// Who is in the top tier by a gate has no total, and leaves its place to points, where all weight is on what it has no answer
/// to.
#[test]
fn a_place_that_a_gate_gave_is_open_where_weights_leave_nothing() {
    let made = Made {
        product: false,
        places: Some(1),
        bound: 0,
        included: Some(0),
        weights: vec![20, 30],
        reweight: vec![false, true],
        relative: vec![true, false],
        numbers: vec![vec![Some(900), None], vec![Some(200), Some(700)], vec![Some(500), Some(300)]],
    };
    let told = made.run(&made.written(), |ranking| place_changes(ranking, &[1], true).unwrap());
    let enter = told[0].iter().find(|change| change.goal == Goal::Enter).unwrap();
    assert_eq!(enter.weight.iter().map(|claim| claim.to.to_string()).collect::<Vec<_>>(), ["0.0000", "100.0000"]);
    for change in &told[0] {
        weight_claims_hold(&made, 1, change);
        unable_weights_are_unable(&made, 1, change);
        joint_claim_holds(&made, 1, change);
    }
}

/// With many questions rounding moves totals by more than a step of a weight does, and still no step before the one that is
/// told leads there.
#[test]
fn with_many_questions_no_step_before_leads_there() {
    const CRITERIA: u32 = 30;
    const CANDIDATES: u32 = 8;
    const STEP: i64 = 10;
    let number = |at: u32| (at % 11 != 7).then(|| 350 + at * at * 7919 % 301);
    let numbers = (0..CANDIDATES).map(|of| (0..CRITERIA).map(|it| number(of * CRITERIA + it)).collect()).collect();
    let made = Made {
        product: false,
        places: Some(2),
        bound: 0,
        included: None,
        weights: (0..CRITERIA).map(|it| it % 7 + 1).collect(),
        reweight: (0..CRITERIA).map(|it| it % 3 != 0).collect(),
        relative: vec![false; 30],
        numbers,
    };
    made.run(&made.written(), |ranking| {
        let all: Vec<usize> = (0..8).collect();
        let told = place_changes(ranking, &all, true).unwrap();
        let mut again = Again::new(ranking).unwrap();
        let weights = &ranking.rules.weights;
        let of_all = told.iter().enumerate().flat_map(|(at, changes)| changes.iter().map(move |it| (at, it)));
        let mut tried = 0;
        for (candidate, change) in of_all {
            for claim in change.weight.iter().take(2) {
                let (from, to) = (claim.from.units(), claim.to.units());
                let mut is_met = |share: i64| {
                    let shares = weights.shares_with(claim.criterion, share).unwrap();
                    change.goal.is_met(candidate, &again.with_weights(&weights.with_shares(shares)).unwrap())
                };
                assert!(is_met(to), "{:?} by {claim:?}", change.goal);
                let nearer = (1..60).map(|steps| to - steps * STEP * (to - from).signum());
                for share in nearer.take_while(|share| (share - from).signum() == (to - from).signum()) {
                    assert!(!is_met(share), "{:?} is met at {share}, before {claim:?}", change.goal);
                    tried += 1;
                }
            }
        }
        assert!(tried > 1000, "{tried}");
    });
}

/// No set of weights nearer than the one that is told leads to the goal: thousands of them are tried.
#[test]
fn no_nearer_weights_lead_there() {
    let made = Made {
        product: false,
        places: Some(2),
        bound: 0,
        included: None,
        weights: vec![20, 30, 25, 25],
        reweight: vec![true, false, false, false],
        relative: vec![false; 4],
        numbers: vec![
            vec![Some(900), Some(200), Some(550), Some(100)],
            vec![None, Some(700), Some(300), Some(480)],
            vec![Some(300), Some(800), Some(200), Some(350)],
            vec![Some(500), Some(450), Some(500), Some(520)],
            vec![None, Some(350), Some(620), Some(300)],
        ],
    };
    made.run(&made.written(), |ranking| {
        let all: Vec<usize> = (0..5).collect();
        let told = place_changes(ranking, &all, false).unwrap();
        let mut again = Again::new(ranking).unwrap();
        let weights = &ranking.rules.weights;
        for (candidate, change) in
            told.iter().enumerate().flat_map(|(at, changes)| changes.iter().map(move |it| (at, it)))
        {
            let WeightsChange::Found { moved, least: Some(least), .. } = &change.weights else { panic!("{change:?}") };
            // What is found is as near to what can't be as rounding lets it come.
            assert!(moved.units() - least.units() < 3000, "{change:?}");
            // All whole hundredths of the simplex that move less.
            let most = least.units();
            let step = 10_000;
            let now: Vec<i64> = weights.shares().to_vec();
            for a in 0..=100 {
                for b in 0..=100 - a {
                    for c in 0..=100 - a - b {
                        let shares = vec![a * step, b * step, c * step, (100 - a - b - c) * step];
                        let moves: i64 = now.iter().zip(&shares).map(|(now, then)| (then - now).max(0)).sum();
                        if moves < most {
                            let outcome = again.with_weights(&weights.with_shares(shares.clone())).unwrap();
                            assert!(!change.goal.is_met(candidate, &outcome), "{shares:?} {change:?}");
                        }
                    }
                }
            }
        }
        assert!(told.iter().flatten().any(|change| change.goal == Goal::Enter));
    });
}

/// By hand: 4 and 2, 3 and 3. Observed: the squared differences of ordered pairs within candidates, 4 + 4, over 2 - 1, over the
/// four scores: 2. Expected: those of all ordered pairs, 16, over 4 × 3: 4/3. Alpha is 1 - 2 ÷ 4/3 = -0.5.
#[test]
fn scorers_agree_over_all_candidates() {
    let judged = |id: &str, scores: [u8; 2]| {
        format!(
            "[[candidate]]\nid = \"{id}\"\ntitle = \"K\"\nkind = \"theme\"\n[candidate.evidence.severity]\nscores = \
             [{{ by = \"A\", score = {} }}, {{ by = \"B\", score = {} }}]\nscale = [0, 5]\ndate = \"2025-01-02\"\n\
             because = \"B\"\n",
            scores[0], scores[1]
        )
    };
    let mut files = Folder::default();
    files.write("e.toml", format!("{}{}", judged("a", [4, 2]), judged("b", [3, 3])));
    files.write(
        "assessment.toml",
        "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = [\"e.toml\"]\n",
    );
    files.write(
        "rules/ruleset.toml",
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n[evidence.severity]\nkind = \"judgement\"\ntitle = \"Severity\"\n\
         scale = [0, 5]\n[[criterion]]\nid = \"a\"\ntitle = \"A\"\nquestion = \"Q\"\nweight = 1\nmeasure = \"severity\"\n\
         unit = \"u\"\ndirection = \"higher-is-worse\"\nvalue = { linear = { from = 0, to = 5 } }\n\
         missing = \"neutral\"\nbecause = \"B\"\n[[tier]]\nid = \"all\"\ntitle = \"All\"\n",
    );
    with_report(&files, "assessment.toml", |report| {
        let found = prioritise::explain::scorer_agreements(report.assessment, report.rules);
        let alpha = found[0].alpha.map(|alpha| alpha.to_string());
        assert_eq!((found.len(), found[0].candidates, alpha.as_deref()), (1, 2, Some("-0.50")));
    });
}
