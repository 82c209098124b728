//! How finely weights are cut: in steps that are read as round numbers.

/// The largest power of ten that goes at least `parts` times into `whole`, and 1 at least.
pub(crate) fn power_of_ten_step(whole: i64, parts: i64) -> i64 {
    let mut step = 1;
    while step * 10 * parts <= whole {
        step *= 10;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::power_of_ten_step;

    #[test]
    fn steps_are_powers_of_ten() {
        for (whole, parts, found) in
            [(1_000_000, 1000, 1000), (1_000_000, 10_000, 100), (300_000, 10_000, 10), (7, 9, 1)]
        {
            assert_eq!(power_of_ten_step(whole, parts), found);
        }
    }
}
