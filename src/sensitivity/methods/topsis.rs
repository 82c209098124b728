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

    /// Hwang and Yoon (1981), the fighter aircraft of the section on TOPSIS: speed, range, payload, cost (less is
    /// better), reliability and manoeuvrability give the closenesses 0.643, 0.268, 0.613 and 0.312. Cost enters with
    /// its sign turned round, which after the division by the root of the squares is what the book does.
    #[test]
    fn fighter_aircraft() {
        let rows = [
            vec![2.0, 1500.0, 20_000.0, -5.5, 5.0, 9.0],
            vec![2.5, 2700.0, 18_000.0, -6.5, 3.0, 5.0],
            vec![1.8, 2000.0, 21_000.0, -4.5, 7.0, 7.0],
            vec![2.2, 1800.0, 20_000.0, -5.0, 5.0, 5.0],
        ];
        let found = closeness(&rows, &[0.2, 0.1, 0.1, 0.1, 0.2, 0.3]);
        for (found, printed) in found.into_iter().zip([0.643, 0.268, 0.613, 0.312]) {
            assert!((found - printed).abs() < 0.0006, "{found} {printed}");
        }
    }

    #[test]
    fn nothing_to_tell_apart() {
        assert_eq!(closeness(&[vec![0.0, 1.0], vec![0.0, 1.0]], &[0.5, 0.5]), [0.5, 0.5]);
        assert!(closeness(&[], &[1.0]).is_empty());
    }
}
