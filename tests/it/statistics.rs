//! The statistics against independent implementations: `tests/statistics/grid.toml`, which the script beside it makes
//! with scipy and numpy.

use std::sync::LazyLock;

use prioritise::stats::{
    AnnualCount, Baseline, Confidence, GroupArea, agreement, clopper_pearson, concordance, conditional_test,
    count_interval, e_test, funnel, harm, priorities, rate_ratio, trend, wheeler, wilson,
};
use statrs::distribution::{Beta, ContinuousCDF, Gamma, Normal};
use toml::{Table, Value};

static GRID: LazyLock<Table> = LazyLock::new(|| include_str!("../statistics/grid.toml").parse().unwrap());

/// The entries of one statistic, as many as the grid is known to have at least.
fn entries(name: &str, at_least: usize) -> impl Iterator<Item = &'static Table> {
    let all = GRID[name].as_array().unwrap();
    assert!(all.len() >= at_least, "{name} has {} entries", all.len());
    all.iter().map(|entry| entry.as_table().unwrap())
}

fn number(entry: &Table, key: &str) -> f64 {
    entry[key].as_float().unwrap()
}

fn numbers(entry: &Table, key: &str) -> Vec<f64> {
    entry[key].as_array().unwrap().iter().map(|item| item.as_float().unwrap()).collect()
}

fn pair(entry: &Table, key: &str) -> (f64, f64) {
    let numbers = numbers(entry, key);
    (numbers[0], numbers[1])
}

fn level(entry: &Table) -> Confidence {
    Confidence::new(number(entry, "level")).unwrap()
}

/// Agreement to 1e-9 of the figure; what is below 1e-30 counts as zero.
#[track_caller]
fn agrees(found: f64, wanted: f64, entry: &Table) {
    let near = (found - wanted).abs() <= 1e-9 * wanted.abs() || (wanted.abs() < 1e-30 && found.abs() < 1e-30);
    assert!(near, "found {found:e}, wanted {wanted:e}: {entry}");
}

#[test]
fn intervals_of_counts() {
    for entry in entries("count_interval", 58) {
        let (lower, upper) = count_interval(number(entry, "count"), level(entry));
        agrees(lower, number(entry, "lower"), entry);
        agrees(upper, number(entry, "upper"), entry);
    }
}

/// Every count up to 10,000 at every level: each end that is off shows in the sums.
#[test]
fn intervals_of_every_count() {
    for entry in entries("count_intervals", 8) {
        let mut sums = [0.0; 4];
        for count in (0..=10_000).map(f64::from) {
            let (lower, upper) = count_interval(count, level(entry));
            for (sum, more) in sums.iter_mut().zip([lower, upper, lower * count, upper * count]) {
                *sum += more;
            }
        }
        for (sum, key) in sums.into_iter().zip(["lower", "upper", "lower_by_count", "upper_by_count"]) {
            let wanted = number(entry, key);
            assert!((sum - wanted).abs() <= 1e-11 * wanted, "{key}: found {sum:e}, wanted {wanted:e}: {entry}");
        }
    }
}

/// By the package that only proposes ends: its own distribution functions say the same of those that we settle on.
#[test]
fn intervals_by_another_library() {
    for level in [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.998, 0.999] {
        let confidence = Confidence::new(level).unwrap();
        let near = |p: f64, what: &str| {
            assert!((p - confidence.tail()).abs() <= 1e-7 * confidence.tail(), "{level} {what}: {p}");
        };
        near(Normal::standard().sf(confidence.z()), "normal");
        for count in (0..300).chain((300..10_000).step_by(97)).chain([20_001, 100_000]).map(f64::from) {
            let (lower, upper) = count_interval(count, confidence);
            near(Gamma::new(count + 1.0, 1.0).unwrap().sf(upper), &format!("above {count}"));
            if count > 0.0 {
                near(Gamma::new(count, 1.0).unwrap().cdf(lower), &format!("below {count}"));
            }
        }
        for base in [1.0, 2.0, 10.0, 37.0, 263.0, 1240.0, 10_000.0] {
            for asked in [0.0, 1.0, 2.0, (base / 3.0_f64).floor(), (base * 0.9_f64).floor(), base - 1.0, base] {
                if asked > base {
                    continue;
                }
                let (lower, upper) = clopper_pearson(asked / base, base, confidence);
                let of = |shapes: (f64, f64)| Beta::new(shapes.0, shapes.1).unwrap();
                if asked > 0.0 {
                    near(of((asked, base - asked + 1.0)).cdf(lower), &format!("below {asked} of {base}"));
                }
                // Beside 1 a number has no digits left for what it lacks of it.
                if asked < base && upper < 0.999 {
                    near(of((asked + 1.0, base - asked)).sf(upper), &format!("above {asked} of {base}"));
                }
            }
        }
    }
}

#[test]
fn p_values_of_two_counts() {
    for (name, test) in [("e_test", e_test as fn(_, _) -> _), ("conditional_test", conditional_test)] {
        for entry in entries(name, 79) {
            let found: Option<f64> = test(pair(entry, "now"), pair(entry, "before"));
            agrees(found.unwrap(), number(entry, "p"), entry);
        }
    }
}

#[test]
fn ratios_of_two_counts() {
    for entry in entries("rate_ratio", 87) {
        let found = rate_ratio(pair(entry, "now"), pair(entry, "before"), Confidence::default()).unwrap();
        agrees(found.lower, number(entry, "lower"), entry);
        assert_eq!(found.upper.is_some(), entry.contains_key("upper"));
        if let Some(upper) = found.upper {
            agrees(upper, number(entry, "upper"), entry);
        }
    }
}

#[test]
fn wheelers_statistic() {
    for entry in entries("wheeler", 10) {
        let baseline = if entry["known"].as_str() == Some("yes") { Baseline::Known } else { Baseline::Observed };
        let found = wheeler(number(entry, "post"), number(entry, "pre"), baseline).unwrap();
        agrees(found.z, number(entry, "z"), entry);
        agrees(found.p, number(entry, "p"), entry);
    }
}

#[test]
fn percentages() {
    for entry in entries("wilson", 6) {
        let base = number(entry, "base");
        let (lower, upper) = wilson(number(entry, "asked") / base, base, Confidence::default());
        agrees(lower, number(entry, "lower"), entry);
        agrees(upper, number(entry, "upper"), entry);
    }
    for entry in entries("clopper_pearson", 48) {
        let base = number(entry, "base");
        let (lower, upper) = clopper_pearson(number(entry, "asked") / base, base, level(entry));
        agrees(lower, number(entry, "lower"), entry);
        agrees(upper, number(entry, "upper"), entry);
    }
}

#[test]
fn funnels() {
    for entry in entries("funnel", 10) {
        let counted = numbers(entry, "counts").into_iter().zip(numbers(entry, "people"));
        let areas: Vec<GroupArea> =
            counted.map(|(count, people)| GroupArea { rate: count / people, counted: Some((count, people)) }).collect();
        let own = usize::from(number(entry, "own") > 0.0);
        let found = funnel(&areas, own).unwrap();
        agrees(found.pooled, number(entry, "pooled"), entry);
        agrees(found.dispersion, number(entry, "dispersion"), entry);
        agrees(found.between, number(entry, "between"), entry);
        for (limits, key) in [
            (found.limits_95, "limits_95"),
            (found.limits_998, "limits_998"),
            (found.wide_95, "wide_95"),
            (found.wide_998, "wide_998"),
        ] {
            let wanted = pair(entry, key);
            agrees(limits.0, wanted.0, entry);
            agrees(limits.1, wanted.1, entry);
        }
    }
}

#[test]
fn trends() {
    for entry in entries("trend", 7) {
        let counted = numbers(entry, "counts").into_iter().zip(numbers(entry, "exposures"));
        let points: Vec<AnnualCount> = counted
            .zip(2014_u32..)
            .map(|((count, exposure), year)| {
                let start = f64::from(year);
                AnnualCount { start, end: start + 1.0, count, exposure }
            })
            .collect();
        let found = trend(&points, &[], Confidence::default()).unwrap();
        let (lower, upper) = found.per_cent_a_year.interval.unwrap();
        agrees(found.per_cent_a_year.estimate, number(entry, "slope"), entry);
        agrees(lower, number(entry, "lower"), entry);
        agrees(upper, number(entry, "upper"), entry);
        agrees(found.p, number(entry, "p"), entry);
        agrees(found.dispersion, number(entry, "dispersion"), entry);
    }
}

#[test]
fn scorers() {
    for entry in entries("agreement", 4) {
        let found = agreement(&numbers(entry, "scores"), pair(entry, "scale")).unwrap();
        agrees(found.index, number(entry, "index"), entry);
    }
}

#[test]
fn harms() {
    for entry in entries("harm", 2) {
        let rows = numbers(entry, "counts").into_iter().zip(numbers(entry, "weights").into_iter().map(Some));
        let found = harm(rows, Confidence::default()).estimate;
        agrees(found.estimate, number(entry, "total"), entry);
        agrees(found.interval.unwrap().0, number(entry, "lower"), entry);
        agrees(found.interval.unwrap().1, number(entry, "upper"), entry);
    }
}

#[test]
fn the_script_and_its_versions_are_recorded() {
    let text = include_str!("../statistics/grid.toml");
    assert!(text.starts_with("# scipy 1.17.1, numpy 2.4.6, "), "the grid says what made it");
    let every = |(_, value): (&String, &Value)| value.as_array().is_some_and(|entries| !entries.is_empty());
    assert!(GRID.iter().all(every));
}

#[test]
fn principal_eigenvectors() {
    for entry in entries("priorities", 12) {
        let above = numbers(entry, "above");
        let size = numbers(entry, "weights").len();
        let mut matrix = vec![vec![1.0; size]; size];
        let pairs = (0..size).flat_map(|row| (row + 1..size).map(move |column| (row, column)));
        for ((row, column), judged) in pairs.zip(above) {
            (matrix[row][column], matrix[column][row]) = (judged, 1.0 / judged);
        }
        let found = priorities(&matrix).unwrap();
        agrees(found.lambda, number(entry, "eigenvalue"), entry);
        for (found, wanted) in found.weights.iter().zip(numbers(entry, "weights")) {
            agrees(*found, wanted, entry);
        }
    }
}

#[test]
fn kendalls_w() {
    for entry in entries("concordance", 4) {
        let row = |row: &Value| row.as_array().unwrap().iter().map(|score| score.as_float().unwrap()).collect();
        let people: Vec<Vec<f64>> = entry["scores"].as_array().unwrap().iter().map(row).collect();
        agrees(concordance(&people).unwrap(), number(entry, "w"), entry);
    }
}
