//! Shares of an old area, and counts shared out by them: whole numbers of millionths, so that what goes in comes out.

use std::fmt;

use crate::exact::{Fixed, to_units};

/// The most decimals of a share. A whole count times a share has no more, and as many are shown of any figure.
const DECIMALS: u32 = 6;
/// So many millionths are one.
const ONE: i64 = 1_000_000;

/// What of an old area lies in a new one: above 0 and no more than 1, with six decimals at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    millionths: i64,
}

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self { millionths: ONE };

    /// A share as people write it: `0.25`, `1`. None of what is no share, or has more than six decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = decimals.trim_end_matches('0');
        let is_number = digits(whole) && digits(decimals) && !(whole.is_empty() && decimals.is_empty());
        if !is_number || whole.len() > 3 || decimals.len() > DECIMALS as usize {
            return None;
        }
        let millionths: i64 = format!("{whole}{decimals:0<6}").parse().ok()?;
        (1..=ONE).contains(&millionths).then_some(Self { millionths })
    }

    /// Whether it is all of the area.
    pub fn is_whole(self) -> bool {
        self.millionths == ONE
    }

    /// So much of an area, by its code: `0.25 of E1`; of all of it the code alone.
    pub fn of(self, code: &str) -> String {
        if self.is_whole() { code.to_owned() } else { format!("{self} of {code}") }
    }

    /// What shares add up to, and whether that is exactly one.
    pub fn sum(shares: impl IntoIterator<Item = Self>) -> (Fixed, bool) {
        let millionths = shares.into_iter().fold(0_i64, |sum, share| sum.saturating_add(share.millionths));
        (Fixed::new(millionths, DECIMALS), millionths == ONE)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Fixed::new(self.millionths, DECIMALS).trimmed())
    }
}

/// A sum of counts of which some were shared out. Exact.
///
/// Where the events of a shared-out area happened is not known. The share says how many are taken to lie here. How many
/// do is known to be from none of them to all: that is [`Self::ends`], and it holds whatever the share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The sum, in millionths.
    sum: i128,
    /// The least and the most that it can be.
    least: i128,
    most: i128,
    is_shared: bool,
}

impl Tally {
    /// Adds a count with six decimals at most, of which it is known that it lies between `ends`.
    pub fn add(&mut self, count: f64, ends: (f64, f64), share: Share) {
        let (count, least, most) = (millionths(count), millionths(ends.0), millionths(ends.1));
        self.sum += count * i128::from(share.millionths) / i128::from(ONE);
        self.most += most;
        match share.is_whole() {
            true => self.least += least,
            false => self.is_shared = true,
        }
    }

    /// Whether a count times this share has no more decimals than are kept.
    pub fn is_exact(count: f64, share: Share) -> bool {
        millionths(count) * i128::from(share.millionths) % i128::from(ONE) == 0
    }

    /// What it adds up to.
    pub fn sum(self) -> f64 {
        number(self.sum)
    }

    /// The least and the most that it can be.
    pub fn ends(self) -> (f64, f64) {
        (number(self.least), number(self.most))
    }

    /// Whether any of it was shared out.
    pub fn is_shared(self) -> bool {
        self.is_shared
    }
}

/// A number in millionths: whole ones exactly, others to the nearest.
#[expect(clippy::cast_possible_truncation, reason = "counts are below 2^53")]
fn millionths(number: f64) -> i128 {
    match number.fract() == 0.0 {
        true => number as i128 * i128::from(ONE),
        false => i128::from(to_units(number, DECIMALS)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "the nearest float is what is meant")]
fn number(millionths: i128) -> f64 {
    let one = i128::from(ONE);
    match millionths % one {
        0 => (millionths / one) as f64,
        _ => millionths as f64 / ONE as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_decimals_above_zero_and_no_more_than_one() {
        for (text, told) in [("1", "1"), ("0.5", "0.5"), (".25", "0.25"), ("1.000", "1"), ("0.333333", "0.333333")] {
            assert_eq!(Share::parse(text).map(|share| share.to_string()).as_deref(), Some(told), "{text}");
        }
        for text in ["", ".", "0", "0.0000001", "1.1", "-0.5", "50%", "1e-3", "0,5", "one", "0.3333333"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }

    #[test]
    fn thirds_add_up_only_if_they_are_written_to_do_so() {
        let shares = |texts: &[&str]| Share::sum(texts.iter().map(|text| Share::parse(text).unwrap()));
        assert_eq!(shares(&["0.333333", "0.333333", "0.333334"]), (Fixed::new(1_000_000, 6), true));
        assert_eq!(shares(&["0.333333", "0.333333", "0.333333"]), (Fixed::new(999_999, 6), false));
    }

    #[test]
    fn what_was_shared_out_can_be_none_or_all_of_it() {
        let mut tally = Tally::default();
        tally.add(10.0, (10.0, 10.0), Share::WHOLE);
        tally.add(7.0, (7.0, 7.0), Share::parse("0.25").unwrap());
        assert_eq!((tally.sum(), tally.ends(), tally.is_shared()), (11.75, (10.0, 17.0), true));
    }

    proptest! {
        /// Whatever the counts and however they are shared out among three, all of them come out.
        #[test]
        fn counts_in_are_counts_out(counts in prop::collection::vec((0_u32..5_000_000, 1_i64..999_999), 1..40)) {
            let mut new = [Tally::default(); 3];
            for (count, cut) in &counts {
                let (first, second) = ((cut / 2).max(1), ONE - cut);
                for (tally, millionths) in new.iter_mut().zip([first, second, ONE - first - second]) {
                    let count = f64::from(*count);
                    if millionths > 0 {
                        tally.add(count, (count, count), Share { millionths });
                    }
                }
            }
            let all: i128 = counts.iter().map(|(count, _)| i128::from(*count) * i128::from(ONE)).sum();
            prop_assert_eq!(new.iter().map(|tally| tally.sum).sum::<i128>(), all);
        }
    }
}
