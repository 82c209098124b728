//! TOPSIS, the technique for order preference by similarity to ideal solution: Hwang and Yoon (1981, *Multiple Attribute
//! Decision Making: Methods and Applications*, Springer, 128–140).

/// Each row's relative closeness to the ideal, 0 to 1; more of every value is better. Columns are divided by the root of
/// their sum of squares; a half where a row is as near to the best as to the worst because they are the same.
pub fn closeness(rows: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at).copied());
    let factor = |(at, weight): (usize, &f64)| {
        let size = column(at).map(|value| value * value).sum::<f64>().sqrt();
        if size > 0.0 { weight / size } else { 0.0 }
    };
    let factors: Vec<f64> = weights.iter().enumerate().map(factor).collect();
    let of = |pick: fn(f64, f64) -> f64, from: f64| -> Vec<f64> {
        factors.iter().enumerate().map(|(at, factor)| column(at).map(|value| value * factor).fold(from, pick)).collect()
    };
    let (best, worst) = (of(f64::max, f64::NEG_INFINITY), of(f64::min, f64::INFINITY));
    let distance = |row: &Vec<f64>, from: &[f64]| {
        let parts = row.iter().zip(&factors).zip(from);
        parts.map(|((value, factor), from)| (value * factor - from) * (value * factor - from)).sum::<f64>().sqrt()
    };
    let close = |row: &Vec<f64>| {
        let (to_best, to_worst) = (distance(row, &best), distance(row, &worst));
        let both = to_best + to_worst;
        if both > 0.0 { to_worst / both } else { 0.5 }
    };
    rows.iter().map(close).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn agree(rows: &[Vec<f64>], weights: &[f64], printed: &[f64], within: f64) {
        let found = closeness(rows, weights);
        assert_eq!(found.len(), printed.len());
        for (found, printed) in found.into_iter().zip(printed) {
            assert!((found - printed).abs() <= within, "{found} {printed}");
        }
    }

    /// Hwang and Yoon (1981), pages 133 and 134, the fighter aircraft: speed, range, payload, cost (less is better),
    /// reliability and manoeuvrability give the closenesses 0.643, 0.268, 0.613 and 0.312. Cost enters with its sign
    /// turned round, which after the division by the root of the squares is what the book does. The book rounds every
    /// step to four decimals, which turns 0.6135 into 0.613.
    #[test]
    fn fighter_aircraft() {
        let rows = [
            vec![2.0, 1500.0, 20_000.0, -5.5, 5.0, 9.0],
            vec![2.5, 2700.0, 18_000.0, -6.5, 3.0, 5.0],
            vec![1.8, 2000.0, 21_000.0, -4.5, 7.0, 7.0],
            vec![2.2, 1800.0, 20_000.0, -5.0, 5.0, 5.0],
        ];
        agree(&rows, &[0.2, 0.1, 0.1, 0.1, 0.2, 0.3], &[0.643, 0.268, 0.613, 0.312], 0.0006);
    }

    /// Opricovic and Tzeng (2004, *European Journal of Operational Research* 156(2), 445–455), tables 1 to 3, the
    /// mountain climber: risk (less is better) and altitude. The same three routes in other units, risk from another
    /// zero and altitude from the foot of the mountain, come out in another order.
    #[test]
    fn mountain_climber() {
        let routes = [vec![-1.0, 3000.0], vec![-2.0, 3750.0], vec![-5.0, 4500.0]];
        agree(&routes, &[0.5, 0.5], &[0.762, 0.722, 0.238], 0.0005);
        let in_other_units = [vec![-6.0, 2.0], vec![-7.0, 2.75], vec![-10.0, 3.5]];
        agree(&in_other_units, &[0.5, 0.5], &[0.489, 0.612, 0.511], 0.0005);
    }

    #[test]
    fn nothing_to_tell_apart() {
        assert_eq!(closeness(&[vec![0.0, 1.0], vec![0.0, 1.0]], &[0.5, 0.5]), [0.5, 0.5]);
        assert!(closeness(&[], &[1.0]).is_empty());
    }
}
