//! The solver against brute force: every set of small instances drawn at random.

use super::instance::{Instance, Limit, Served, Target};
use super::prepared::Prepared;
use super::table::Table;
use super::*;
use crate::stats::{Random, Stream};

/// Random instances. Bounds are small, so that equals, zeros and conflicts are frequent.
fn instance(random: &mut Random) -> Instance {
    let mut below = |bound: u64| i64::try_from(random.below(bound)).unwrap();
    let (targets, options) = (1 + below(5), 1 + below(8));
    let additive = below(3) == 0;
    let largest = [3, 12, 1000][usize::try_from(below(3)).unwrap()];
    let target = |own: i64, below: &mut dyn FnMut(u64) -> i64| Target {
        worth: below(largest),
        part_of: (!additive && own > 0 && below(3) == 0).then(|| usize::try_from(below(own.unsigned_abs())).unwrap()),
    };
    let targets: Vec<Target> =
        (0..if additive { options } else { targets }).map(|own| target(own, &mut below)).collect();
    let full = 1 + below(10);
    let number = |below: &mut dyn FnMut(u64) -> i64, bound: i64| usize::try_from(below(bound.unsigned_abs())).unwrap();
    let serve = |own: i64, below: &mut dyn FnMut(u64) -> i64| -> Vec<Served> {
        let share = |below: &mut dyn FnMut(u64) -> i64| below(full.unsigned_abs() + 1);
        if additive {
            return vec![Served { target: usize::try_from(own).unwrap(), share: share(below) }];
        }
        let mut served: Vec<usize> =
            (0..below(4)).map(|_| number(below, i64::try_from(targets.len()).unwrap())).collect();
        served.sort_unstable();
        served.dedup();
        served.into_iter().map(|target| Served { target, share: share(below) }).collect()
    };
    let serves: Vec<Vec<Served>> = (0..options).map(|own| serve(own, &mut below)).collect();
    let mut limits: Vec<Limit> = Vec::new();
    let resources = below(3);
    for _ in 0..resources {
        let weights: Vec<(usize, i64)> = (0..serves.len()).map(|option| (option, below(6))).collect();
        let all: i64 = weights.iter().map(|(_, weight)| weight).sum();
        limits.push(Limit { weights, most: below(all.unsigned_abs() + 2) });
    }
    let saved = (0..limits.len()).collect();
    for _ in 0..below(4) {
        let one = number(&mut below, options);
        let other = number(&mut below, options);
        limits.push(match below(if additive { 1 } else { 6 }) {
            0 => Limit::chosen(one),
            1 if one != other => Limit { weights: vec![(one, 1), (other, -1)], most: 0 },
            2 if one != other => Limit { weights: vec![(one, 1), (other, 1)], most: 1 },
            3 => Limit { weights: (0..serves.len()).map(|option| (option, 1)).collect(), most: below(4) },
            4 => Limit { weights: (0..serves.len()).map(|option| (option, -1)).collect(), most: -below(4) },
            _ => Limit::left_out(one),
        });
    }
    Instance { targets, full, options: serves, limits, saved }
}

fn sets(options: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1_u32 << options).map(move |bits| (0..options).map(|option| bits >> option & 1 == 1).collect())
}

/// The best set by trying all, ordered as the module says: by value, use, size and place, each for itself.
fn by_brute_force(instance: &Instance) -> Option<Vec<bool>> {
    let key = |set: &Vec<bool>| {
        let used = instance.saved.iter().map(|limit| -instance.limits[*limit].used(set));
        let size = set.iter().filter(|chosen| **chosen).count();
        (naive_value(instance, set), used.collect::<Vec<_>>(), std::cmp::Reverse(size), set.clone())
    };
    sets(instance.options.len()).filter(|set| instance.limits.iter().all(|limit| limit.holds(set))).max_by_key(key)
}

/// The value by its definition: every choice of targets of which none is part of another, the largest sum of those.
fn naive_value(instance: &Instance, set: &[bool]) -> i128 {
    let targets = instance.targets.len();
    let own: Vec<i128> = (0..targets)
        .map(|target| {
            let served = instance.options.iter().zip(set).filter(|(_, chosen)| **chosen).flat_map(|(served, _)| served);
            let share: i64 = served.filter(|served| served.target == target).map(|served| served.share).sum();
            i128::from(instance.targets[target].worth) * i128::from(share.min(instance.full))
        })
        .collect();
    let is_below = |own: usize, other: usize| {
        let mut at = instance.targets[own].part_of;
        while let Some(whole) = at {
            if whole == other {
                return true;
            }
            at = instance.targets[whole].part_of;
        }
        false
    };
    let apart = |choice: &Vec<bool>| {
        let pairs = (0..targets).flat_map(|one| (0..targets).map(move |other| (one, other)));
        pairs.filter(|(one, other)| choice[*one] && choice[*other]).all(|(one, other)| !is_below(one, other))
    };
    let sum = |choice: Vec<bool>| choice.iter().zip(&own).filter(|(chosen, _)| **chosen).map(|(_, own)| own).sum();
    sets(targets).filter(apart).map(sum).max().unwrap()
}

#[test]
fn a_thousand_instances_equal_brute_force() {
    let (mut nothing, mut tables, mut families) = (0, 0, 0);
    for number in 0..1000 {
        let instance = instance(&mut Random::new(17, Stream::Evidence, number));
        let prepared = Prepared::new(&instance).unwrap();
        let expected = by_brute_force(&instance);
        let searched = search::search(&instance, &prepared, &mut Steps::of(u64::MAX));
        families += usize::from(!prepared.wholes.is_empty());
        match (&searched, &expected) {
            (Answer::Best(best), Some(set)) => {
                assert_eq!(&best.set, set, "{number}: {instance:?}");
                assert_eq!(best.value, naive_value(&instance, set), "{number}");
                assert_eq!(best.proof, Proof::Proven, "{number}");
            }
            (Answer::Nothing, None) => nothing += 1,
            other => panic!("{number}: {other:?} {instance:?}"),
        }
        if let Some(table) = Table::new(&instance) {
            tables += 1;
            let found = table.best(&instance, &prepared, &mut Steps::of(u64::MAX)).map(|best| best.set);
            assert_eq!(found, expected, "{number}: {instance:?}");
        }
    }
    // The instances are of all kinds.
    assert!(nothing > 20 && tables > 100 && families > 50, "{nothing} {tables} {families}");
}

#[test]
fn a_bound_holds_where_the_steps_do_not_suffice() {
    let mut open = 0;
    for number in 0..300 {
        let instance = instance(&mut Random::new(18, Stream::Evidence, number));
        let prepared = Prepared::new(&instance).unwrap();
        let expected = by_brute_force(&instance).map(|set| instance.value(&set));
        match search::search(&instance, &prepared, &mut Steps::of(1)) {
            Answer::Best(Best { value, proof: Proof::Within(most), .. }) => {
                open += 1;
                assert!(value <= most && expected.unwrap() <= most, "{number}");
            }
            Answer::Best(best) => assert_eq!(Some(best.value), expected, "{number}"),
            Answer::Nothing => assert_eq!(expected, None),
            Answer::Unknown => {}
        }
    }
    assert!(open > 20, "{open}");
}

#[test]
fn the_curve_is_the_best_set_for_every_amount() {
    for number in 0..100 {
        let instance = instance(&mut Random::new(19, Stream::Evidence, number));
        if instance.saved.is_empty() || instance.options.len() > 6 {
            continue;
        }
        let curve = curve::curve(&instance, 0, &mut Steps::of(u64::MAX)).unwrap();
        assert_eq!(curve.unknown_below, None);
        let all: i64 = instance.limits[0].weights.iter().map(|(_, weight)| weight).sum();
        for amount in 0..=all + 1 {
            let mut other = instance.clone();
            other.limits[0].most = amount;
            let found =
                curve.points.iter().rev().find(|point| point.amount <= amount).map(|point| point.best.set.clone());
            assert_eq!(found, by_brute_force(&other), "{number} {amount}: {instance:?}");
        }
    }
}

#[test]
fn a_conflict_is_smallest() {
    let mut found = 0;
    for number in 0..400 {
        let instance = instance(&mut Random::new(20, Stream::Evidence, number));
        let conflict = conflict::conflict(&instance, &mut Steps::of(u64::MAX)).unwrap();
        let is_empty = |limits: &[usize]| {
            !sets(instance.options.len()).any(|set| limits.iter().all(|it| instance.limits[*it].holds(&set)))
        };
        let all = instance.limits.len();
        let subsets = sets(all).map(|chosen| (0..all).filter(|limit| chosen[*limit]).collect::<Vec<_>>());
        let smallest = subsets.filter(|limits| is_empty(limits)).map(|limits| limits.len()).min();
        assert_eq!(conflict.as_ref().map(|conflict| conflict.limits.len()), smallest, "{number}: {instance:?}");
        if let Some(conflict) = conflict {
            found += 1;
            assert!(is_empty(&conflict.limits) && conflict.is_smallest);
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn numbers_too_large_and_out_of_place_are_refused() {
    let one = Target { worth: i64::MAX, part_of: None };
    let served = vec![Served { target: 0, share: 1 }];
    let limit = Limit { weights: vec![(0, i64::MAX / 2)], most: i64::MAX / 4 };
    let large =
        Instance { targets: vec![one; 3], full: i64::MAX, options: vec![served], limits: vec![limit], saved: vec![0] };
    assert_eq!(solve(&large, &mut Steps::of(1)), Err(Trouble::TooLarge));
    let below = Instance {
        targets: vec![Target { worth: -1, part_of: None }],
        full: 1,
        limits: vec![],
        saved: vec![],
        ..large
    };
    assert_eq!(solve(&below, &mut Steps::of(1)), Err(Trouble::Unsound));
    let circle = Instance { targets: vec![Target { worth: 1, part_of: Some(0) }], ..below };
    assert_eq!(solve(&circle, &mut Steps::of(1)), Err(Trouble::Unsound));
}

#[test]
fn twenty_equals_take_no_time() {
    let options = (0..20).map(|target| vec![Served { target, share: 1 }]).collect();
    let weights: Vec<(usize, i64)> = (0..20).map(|option| (option, 1)).collect();
    let joined = Limit { weights: vec![(0, 1), (1, -1)], most: 0 };
    let instance = Instance {
        targets: vec![Target { worth: 5, part_of: None }; 20],
        full: 1,
        options,
        limits: vec![Limit { weights, most: 10 }, joined],
        saved: vec![0],
    };
    let mut steps = Steps::of(u64::MAX);
    let best = solve(&instance, &mut steps).unwrap().best().unwrap();
    assert_eq!(best.set, (0..20).map(|option| option < 10).collect::<Vec<_>>());
    assert!(steps.spent() < 200_000, "{}", steps.spent());
}
