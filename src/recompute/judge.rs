//! Whether a printed figure follows from the numbers beside it, as far as their printed digits tell.

use crate::assessment::claim::{Claim, ClaimInput, Derivation, Meaning, Side, written_out as added};
use crate::words;

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ClaimVerdict {
    /// True figures that round to what is printed can give it.
    Matches,
    /// They give a figure between these two.
    Differs((f64, f64)),
    /// The figures go the other way from what the words say, or stand still.
    Contradicted,
    /// It compares so many months with so many.
    PartYear((f64, f64)),
    /// It gives the population that was worked out from it: that proves nothing.
    Circular,
    /// Words without a filed meaning: nothing in them can be checked.
    WordsOnly,
    /// Nothing was filed that it could be recomputed from.
    NothingToGoBy,
}

/// A slip of binary arithmetic is no difference.
const BINARY_SLACK: f64 = 1e-9;

pub(super) fn judge(claim: &Claim) -> ClaimVerdict {
    if let Derivation::Comparison { figures, meaning } = &claim.from {
        return compared_in_words(figures, *meaning);
    }
    if let Some(months) = unequal_periods(&claim.from) {
        return ClaimVerdict::PartYear(months);
    }
    let Some(range) = recomputed(&claim.from) else { return ClaimVerdict::NothingToGoBy };
    match overlap(claim.printed.range(), range) {
        true if claim.is_circular => ClaimVerdict::Circular,
        true => ClaimVerdict::Matches,
        false => ClaimVerdict::Differs(range),
    }
}

/// Whether two ranges have a number in common.
pub(super) fn overlap(a: (f64, f64), b: (f64, f64)) -> bool {
    let slack = BINARY_SLACK * a.0.abs().max(a.1.abs()).max(1.0);
    a.0 <= b.1 + slack && b.0 <= a.1 + slack
}

/// The worst that is found of any two neighbours decides.
fn compared_in_words(figures: &[ClaimInput], meaning: Option<Meaning>) -> ClaimVerdict {
    let mut verdict = match meaning {
        Some(_) => ClaimVerdict::Matches,
        None => ClaimVerdict::WordsOnly,
    };
    for pair in figures.windows(2) {
        let [from, to] = pair else { continue };
        match (unequal_months(from, to), meaning) {
            (None, Some(meaning)) if is_contradicted(meaning, from, to) => return ClaimVerdict::Contradicted,
            (Some(months), meaning) if !meaning.is_some_and(|meaning| holds_anyway(meaning, months, from, to)) => {
                verdict = ClaimVerdict::PartYear(months);
            }
            _ => {}
        }
    }
    verdict
}

/// Whether no true figures that round to these stand so.
fn is_contradicted(meaning: Meaning, from: &ClaimInput, to: &ClaimInput) -> bool {
    match meaning.second_is() {
        Some(Side::Above) => to.range.1 <= from.range.0,
        Some(Side::Below) => to.range.0 >= from.range.1,
        None => from.range.0 > to.range.1,
    }
}

/// Whether counts of unequal periods stand so all the same: ten months that exceed twelve are a rise.
fn holds_anyway(meaning: Meaning, (before, after): (f64, f64), from: &ClaimInput, to: &ClaimInput) -> bool {
    let counts = [from, to].iter().all(|input| input.range.0 == input.range.1);
    let (longer_first, certain) = match meaning.second_is() {
        Some(Side::Above) => (true, to.range.0 > from.range.1),
        Some(Side::Below) => (false, to.range.1 < from.range.0),
        None => return false,
    };
    counts && certain && (before > after) == longer_first
}

/// The months of two figures of unlike periods that are compared as they stand.
fn unequal_periods(from: &Derivation) -> Option<(f64, f64)> {
    match from {
        Derivation::Change { from, to } | Derivation::Difference { from, to } => unequal_months(from, to),
        _ => None,
    }
}

fn unequal_months(from: &ClaimInput, to: &ClaimInput) -> Option<(f64, f64)> {
    let months = (from.period?.months(), to.period?.months());
    ((months.0 - months.1).abs() > 0.5).then_some(months)
}

/// Between which numbers the figure lies that follows from these.
fn recomputed(from: &Derivation) -> Option<(f64, f64)> {
    match from {
        Derivation::Rate { count, per, among } => {
            let (few, many) = among.in_period(count.period);
            Some((count.range.0 / many * per, count.range.1 / few * per))
        }
        Derivation::Percentage { part, whole } => {
            let (part, whole) = (sum(part), sum(whole));
            (whole.0 > 0.0).then(|| (part.0 / whole.1 * 100.0, part.1 / whole.0 * 100.0))
        }
        Derivation::Change { from, to } => {
            let ratio = (to.range.0 / from.range.1, to.range.1 / from.range.0);
            (from.range.0 > 0.0).then_some(((ratio.0 - 1.0) * 100.0, (ratio.1 - 1.0) * 100.0))
        }
        Derivation::Difference { from, to } => Some((to.range.0 - from.range.1, to.range.1 - from.range.0)),
        Derivation::Total(parts) => Some(sum(parts)),
        Derivation::Contains(parts) => Some((sum(parts).0, f64::INFINITY)),
        Derivation::Repeat { of, .. } => Some(of.range),
        Derivation::Comparison { .. } | Derivation::Nothing => None,
    }
}

/// What the printed numbers give as they stand: the answer to what [`working`] prints. None where that is no sum.
pub(super) fn as_they_stand(from: &Derivation) -> Option<f64> {
    let added = |inputs: &[ClaimInput]| inputs.iter().map(ClaimInput::middle).sum::<f64>();
    match from {
        Derivation::Rate { count, per, among } => Some(count.middle() / among.denominator.number * per),
        Derivation::Percentage { part, whole } => Some(added(part) / added(whole) * 100.0),
        Derivation::Change { from, to } => Some((to.middle() / from.middle() - 1.0) * 100.0),
        Derivation::Difference { from, to } => Some(to.middle() - from.middle()),
        Derivation::Total(parts) | Derivation::Contains(parts) => Some(added(parts)),
        Derivation::Repeat { of, .. } => Some(of.middle()),
        Derivation::Comparison { .. } | Derivation::Nothing => None,
    }
}

fn sum(inputs: &[ClaimInput]) -> (f64, f64) {
    inputs.iter().fold((0.0, 0.0), |(low, high), input| (low + input.range.0, high + input.range.1))
}

/// What was done with which numbers, in a line.
pub(super) fn working(claim: &Claim) -> String {
    match &claim.from {
        Derivation::Rate { count, per, among } => {
            let (number, per) = (words::number(among.denominator.number, 0), words::number(*per, 0));
            format!("{} ÷ {number} {} × {per}", count.shown(), among.denominator.unit)
        }
        Derivation::Percentage { part, whole } => format!("{} ÷ {} × 100", added(part), added(whole)),
        Derivation::Change { from, to } | Derivation::Difference { from, to } => {
            format!("from {} to {}", beside(from, to), beside(to, from))
        }
        Derivation::Total(parts) => added(parts),
        Derivation::Contains(parts) => format!("its parts are {}", added(parts)),
        Derivation::Repeat { of, .. } => format!("{} is printed as {}", of.row, of.text),
        Derivation::Comparison { figures, .. } => in_order(figures),
        Derivation::Nothing => String::new(),
    }
}

/// Figures one after the other, each named by what it does not share with a neighbour.
fn in_order(figures: &[ClaimInput]) -> String {
    let neighbour = |place: usize| figures.get(if place == 0 { 1 } else { place - 1 });
    let shown = figures.iter().enumerate().map(|(place, input)| beside(input, neighbour(place).unwrap_or(input)));
    shown.collect::<Vec<_>>().join(", then ")
}

fn beside(input: &ClaimInput, other: &ClaimInput) -> String {
    format!("{} ({})", input.shown(), input.name_beside(other))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::assessment::claim::PrintedNumber;
    use crate::assessment::{DatedDenominator, Denominator, Period};
    use crate::diagnostic::{Place, SourceFile};

    fn claim(printed: &str, from: Derivation) -> Claim {
        let printed = PrintedNumber { count: false, ..PrintedNumber::parse(printed).unwrap() };
        let written = Place::new(&Arc::new(SourceFile::new(String::new(), String::new())), 0..0);
        Claim { printed, from, source: None, group: String::new(), place: String::new(), written, is_circular: false }
    }

    fn input(text: &str, period: &str) -> ClaimInput {
        ClaimInput::from_printed(&PrintedNumber::parse(text).unwrap(), "row", "column", Period::parse(period).ok())
    }

    fn verdict(printed: &str, from: Derivation) -> ClaimVerdict {
        judge(&claim(printed, from))
    }

    fn change(from: &str, to: &str) -> Derivation {
        Derivation::Change { from: input(from, "2016"), to: input(to, "2018") }
    }

    #[test]
    fn figures_of_huntingdonshire() {
        // Strategic assessment 2019/20: text above Table 1, Tables 4 and 7, text under Table 11.
        assert!(matches!(verdict("5.1", change("9,891", "10,358")), ClaimVerdict::Differs(_)));
        assert_eq!(verdict("4.7", change("9,891", "10,358")), ClaimVerdict::Matches);
        assert_eq!(verdict("15.4%", change("12.3", "14.2")), ClaimVerdict::Matches);
        assert_eq!(verdict("1.20%", change("0.48", "0.48")), ClaimVerdict::Matches);
        assert_eq!(verdict("-24.84%", change("31.53", "23.69")), ClaimVerdict::Matches);
        let share = || Derivation::Percentage { part: vec![input("124", "2019")], whole: vec![input("573", "2019")] };
        assert_eq!(verdict("21.6", share()), ClaimVerdict::Matches);
        assert!(matches!(verdict("21.5", share()), ClaimVerdict::Differs(_)));
    }

    #[test]
    fn the_working_gives_the_figure_beside_it() {
        let population = Denominator::people(169_776.0);
        let period = Period::parse("2018").ok();
        let rate = Derivation::Rate {
            count: input("10,358", "2030"),
            per: 1000.0,
            among: DatedDenominator { denominator: population, period, yearly_change: 1.0 },
        };
        // 10,358 ÷ 169,776 × 1,000; the middle of what other years' populations would give is higher.
        assert_eq!(rounded(as_they_stand(&rate).unwrap(), 4), "61.0098");
        assert_eq!(rounded(as_they_stand(&change("12.3", "14.2")).unwrap(), 4), "15.4472");
    }

    #[test]
    fn part_years_are_not_compared() {
        let from = input("119", "2018");
        let to = input("132", "2019-01/2019-10");
        assert_eq!(verdict("10.9", Derivation::Change { from, to }), ClaimVerdict::PartYear((12.0, 10.0)));
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(verdict("5", change("0", "7")), ClaimVerdict::NothingToGoBy);
        let share = Derivation::Percentage { part: vec![input("0", "2019")], whole: vec![input("0", "2019")] };
        assert_eq!(verdict("0", share), ClaimVerdict::NothingToGoBy);
    }

    fn rounded(x: f64, decimals: usize) -> String {
        format!("{x:.decimals$}")
    }

    proptest! {
        #[test]
        fn what_was_rounded_from_the_truth_always_passes(
            before in 1_u32..100_000,
            after in 0_u32..100_000,
            people in 1_000_u32..1_000_000,
            decimals in 0_usize..4,
            parts in proptest::collection::vec(0.0_f64..100.0, 1..30),
        ) {
            let (before, after, people) = (f64::from(before), f64::from(after), f64::from(people));
            let count = |x: f64| input(&rounded(x, 0), "2019");
            let rate = Derivation::Rate {
                count: count(after),
                per: 1000.0,
                among: DatedDenominator { denominator: Denominator::people(people), period: None, yearly_change: 1.0 },
            };
            prop_assert_eq!(verdict(&rounded(after / people * 1000.0, decimals), rate), ClaimVerdict::Matches);
            let change = Derivation::Change { from: count(before), to: count(after) };
            prop_assert_eq!(verdict(&rounded((after / before - 1.0) * 100.0, decimals), change), ClaimVerdict::Matches);
            // Both ends rounded as well.
            let ends = [before / 7.0, after / 7.0].map(|x| rounded(x, decimals + 1));
            if ends[0].parse::<f64>().unwrap() > 0.0 {
                let change = Derivation::Change { from: input(&ends[0], "2019"), to: input(&ends[1], "2019") };
                let printed = rounded((after / before - 1.0) * 100.0, decimals);
                prop_assert_eq!(verdict(&printed, change), ClaimVerdict::Matches);
            }
            let total: f64 = parts.iter().sum();
            let parts = parts.iter().map(|part| input(&rounded(*part, decimals + 1), "2019")).collect();
            prop_assert_eq!(verdict(&rounded(total, decimals), Derivation::Total(parts)), ClaimVerdict::Matches);
        }
    }
}
