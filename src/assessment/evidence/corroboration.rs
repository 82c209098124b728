//! Whether two series about one candidate bear each other out: by what each did between the same two periods.

use super::count::Count;
use super::series::Series;
use crate::stats::{self, Confidence};

/// Which way a count went from one period to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up, beyond what chance explains.
    Up,
    /// Down, beyond what chance explains.
    Down,
    /// Up or down by no more than chance explains, or not at all.
    WithinChance,
}

/// What a series did from one period to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Movement {
    /// The count of the earlier period.
    pub from: f64,
    /// The count of the later period.
    pub to: f64,
    /// Which way its rate went.
    pub way: Way,
}

/// What another piece of evidence says of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Corroboration {
    /// Both series went the same way.
    Alike(Movement, Movement),
    /// The series did this, and the other did that.
    Unlike(Movement, Movement),
    /// They are not two series that have the latest two periods in common, without a break between them.
    Untested,
}

/// Whether `other` did what `own` did between the latest two periods of `own`, as sure as `confidence`; none stands for
/// what is no series.
pub fn corroboration(own: Option<&Series>, other: Option<&Series>, confidence: Confidence) -> Corroboration {
    let (Some(own), Some(other)) = (own, other) else { return Corroboration::Untested };
    let moved = || {
        let (now, before) = (own.latest()?, own.previous()?);
        let of_other = (of_period(other, now)?, of_period(other, before)?);
        Some((movement((now, before), confidence)?, movement(of_other, confidence)?))
    };
    match moved() {
        Some((own, other)) if own.way == other.way => Corroboration::Alike(own, other),
        Some((own, other)) => Corroboration::Unlike(own, other),
        None => Corroboration::Untested,
    }
}

/// The count of a series that is of the same period.
fn of_period<'s>(series: &'s Series, of: &Count) -> Option<&'s Count> {
    series.counts.iter().find(|count| count.period == of.period)
}

/// Which way a count went, by the same test as a rule's `change_from`; none across a break, or where nothing was counted.
fn movement((now, before): (&Count, &Count), confidence: Confidence) -> Option<Movement> {
    let is_empty = now.count == 0.0 && before.count == 0.0;
    if is_empty || now.breaks_between(before).next().is_some() {
        return None;
    }
    let (exposure, its_exposure) = (now.exposure(before), before.exposure(now));
    let chance = stats::chance((now.count, exposure), (before.count, its_exposure))?;
    let way = match now.count * its_exposure > before.count * exposure {
        _ if confidence.is_chance(chance.p) => Way::WithinChance,
        true => Way::Up,
        false => Way::Down,
    };
    Some(Movement { from: before.count, to: now.count, way })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::assessment::{Break, Period};

    fn series(counts: &[(&str, f64)]) -> Series {
        let count = |(period, count): &(&str, f64)| Count {
            count: *count,
            suppressed: None,
            shared_out: None,
            pool: None,
            period: Period::parse(period).unwrap(),
            among: None,
            breaks: None,
            confidence: Confidence::default(),
        };
        Series { counts: counts.iter().map(count).collect() }
    }

    fn two_years(before: f64, now: f64) -> Series {
        series(&[("2024/25", before), ("2025/26", now)])
    }

    /// Whether the second bears the first out; none where that can't be told.
    fn is_alike(own: &Series, other: &Series) -> Option<bool> {
        match corroboration(Some(own), Some(other), Confidence::default()) {
            Corroboration::Alike(..) => Some(true),
            Corroboration::Unlike(..) => Some(false),
            Corroboration::Untested => None,
        }
    }

    #[test]
    fn support_is_what_the_two_series_did() {
        let crime = two_years(1000.0, 1300.0);
        assert_eq!(is_alike(&crime, &two_years(400.0, 520.0)), Some(true));
        assert_eq!(is_alike(&crime, &two_years(410.0, 409.0)), Some(false));
        assert_eq!(is_alike(&crime, &two_years(520.0, 400.0)), Some(false));
        assert_eq!(is_alike(&two_years(1300.0, 1000.0), &two_years(520.0, 400.0)), Some(true));
        assert_eq!(is_alike(&two_years(410.0, 409.0), &two_years(61.0, 66.0)), Some(true));
        assert_eq!(is_alike(&two_years(410.0, 409.0), &crime), Some(false));
    }

    #[test]
    fn what_can_not_be_compared_is_not_tested() {
        let crime = two_years(1000.0, 1300.0);
        assert_eq!(is_alike(&crime, &two_years(0.0, 0.0)), None);
        assert_eq!(is_alike(&crime, &series(&[("2023/24", 4.0), ("2025/26", 9.0)])), None);
        assert_eq!(is_alike(&crime, &series(&[("2025/26", 90.0)])), None);
        assert_eq!(corroboration(Some(&crime), None, Confidence::default()), Corroboration::Untested);
        let date = Period::parse("2025-04").unwrap();
        let breaks: Arc<[Break]> = Arc::from([Break { date, cause: "counted otherwise".into() }]);
        let broken = |count: &Count| Count { breaks: Some(Arc::clone(&breaks)), ..count.clone() };
        let broken: Vec<Count> = series(&[("2024/25", 400.0), ("2025/26", 520.0)]).counts.iter().map(broken).collect();
        assert_eq!(is_alike(&crime, &Series { counts: broken.into() }), None);
    }
}
