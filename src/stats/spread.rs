//! Middle and spread of a list of numbers. Sums run in ascending order, so the order of the list makes no difference.

fn ascending(numbers: &[f64]) -> Vec<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The arithmetic mean; `None` of nothing.
pub fn mean(numbers: &[f64]) -> Option<f64> {
    let sorted = ascending(numbers);
    (!sorted.is_empty()).then(|| sorted.iter().sum::<f64>() / count(&sorted))
}

/// The median, halfway between the middle two of an even number; `None` of nothing.
pub fn median(numbers: &[f64]) -> Option<f64> {
    let sorted = ascending(numbers);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(*upper);
    }
    sorted.get(middle.checked_sub(1)?).map(|lower| lower + (upper - lower) / 2.0)
}

/// The standard deviation of a whole population (divisor n); `None` of nothing.
pub fn standard_deviation(numbers: &[f64]) -> Option<f64> {
    let centre = mean(numbers)?;
    let squares: Vec<f64> = numbers.iter().map(|x| (x - centre) * (x - centre)).collect();
    mean(&squares).map(f64::sqrt)
}

/// The standard deviation of a sample (divisor n − 1); `None` of fewer than two numbers.
pub fn sample_deviation(numbers: &[f64]) -> Option<f64> {
    let others = count(numbers) - 1.0;
    let whole = standard_deviation(numbers).filter(|_| others > 0.0)?;
    Some(whole * (count(numbers) / others).sqrt())
}

/// Which numbers, by place, lie far from the others: beyond the lower or the upper quarter by more than one and a half times the
/// distance of the two, and at least `least` from the median. None of fewer than four numbers, of which no quarters can be told.
///
/// Source: Tukey (1977), *Exploratory Data Analysis*, 2D; quarters by Hyndman and Fan's definition 7 (1996), *The American
/// Statistician* 50, 361–365.
pub fn far_out(numbers: &[f64], least: f64) -> Vec<usize> {
    let sorted = ascending(numbers);
    let (Some(middle), Some(low), Some(high)) = (median(numbers), quarter(&sorted, 1), quarter(&sorted, 3)) else {
        return Vec::new();
    };
    if sorted.len() < 4 {
        return Vec::new();
    }
    let reach = (high - low) * 1.5;
    let is_far = |x: f64| (x < low - reach || x > high + reach) && (x - middle).abs() >= least;
    numbers.iter().enumerate().filter(|(_, x)| is_far(**x)).map(|(at, _)| at).collect()
}

/// The number below which so many quarters of ascending numbers lie, between two of them as far as it lies there.
fn quarter(sorted: &[f64], quarters: usize) -> Option<f64> {
    let steps = sorted.len().checked_sub(1)? * quarters;
    let (low, high) = (*sorted.get(steps / 4)?, *sorted.get(steps.div_ceil(4))?);
    let rest = [0.0, 0.25, 0.5, 0.75].get(steps % 4)?;
    Some(low + (high - low) * rest)
}

/// The mean without the `cut` lowest and the `cut` highest numbers; `None` where none are left.
///
/// Source: Tukey and `McLaughlin` (1963), *Sankhyā* A 25, 331–352.
pub fn trimmed_mean(numbers: &[f64], cut: usize) -> Option<f64> {
    let sorted = ascending(numbers);
    let left = sorted.get(cut..sorted.len().checked_sub(cut)?)?;
    mean(left)
}

#[expect(clippy::cast_precision_loss, reason = "no list here has 2^53 numbers")]
fn count(numbers: &[f64]) -> f64 {
    numbers.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_lists() {
        assert_eq!(mean(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(standard_deviation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some(2.0));
    }

    /// Against `statistics.mean` of what is left and `statistics.stdev`, of Python.
    #[test]
    fn a_panel() {
        let panel = [2.0, 4.0, 6.0, 7.0, 11.0, 21.0, 81.0, 90.0, 105.0, 121.0];
        assert_eq!(trimmed_mean(&panel, 0), Some(44.8));
        assert_eq!(trimmed_mean(&panel, 1), Some(40.625));
        assert_eq!(trimmed_mean(&panel, 2), Some(36.0));
        assert_eq!(trimmed_mean(&panel, 5), None);
        assert_eq!(trimmed_mean(&panel, 6), None);
        let deviation = sample_deviation(&panel).unwrap();
        assert!((deviation - 48.216_640_742_014).abs() < 1e-11, "{deviation}");
        assert_eq!(sample_deviation(&[3.0]), None);
    }

    /// Quarters against `numpy.percentile`, which has definition 7 too.
    #[test]
    fn who_is_far_from_the_others() {
        assert_eq!(quarter(&[1.0, 2.0, 3.0, 4.0], 1), Some(1.75));
        assert_eq!(quarter(&[1.0, 2.0, 3.0, 4.0, 10.0], 3), Some(4.0));
        assert_eq!(far_out(&[4.0, 4.0, 5.0, 4.0, 0.0], 1.4), [4]);
        assert_eq!(far_out(&[4.0, 4.0, 4.0, 4.0, 5.0], 1.4), [0_usize; 0], "one step of five is not far");
        assert_eq!(far_out(&[0.0, 2.0, 3.0, 5.0], 1.4), [0_usize; 0]);
        assert_eq!(far_out(&[0.0, 5.0, 5.0], 1.4), [0_usize; 0]);
    }

    #[test]
    fn the_order_of_the_list_makes_no_difference() {
        let there = [0.1, 1e15, -1e15, 0.3, 0.7];
        let back = [0.7, 0.3, -1e15, 1e15, 0.1];
        assert_eq!(mean(&there), mean(&back));
    }
}
