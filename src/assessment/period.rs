//! Periods, how long they are and how they lie to each other.

use std::fmt;

use super::day::Day;

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    start: Day,
    end: Day,
}

/// The mean length of a month of the Gregorian calendar, in days.
const DAYS_A_MONTH: f64 = 30.436_875;

impl Period {
    /// From one day to another, which is not before it.
    pub(crate) fn new(start: Day, end: Day) -> Self {
        Self { start, end }
    }

    /// How many months it has: whole for whole months, in mean months otherwise.
    pub fn months(self) -> f64 {
        if self.is_whole_months() {
            f64::from((self.end.year - self.start.year) * 12) + f64::from(self.end.month) - f64::from(self.start.month)
                + 1.0
        } else {
            f64::from(self.days()) / DAYS_A_MONTH
        }
    }

    /// How many days it has, both ends included.
    pub fn days(self) -> i32 {
        self.end.number() - self.start.number() + 1
    }

    /// Whether it is a single day: a state rather than a flow.
    pub fn is_day(self) -> bool {
        self.start == self.end
    }

    /// When something happened, as a sentence goes on: `on 1 January 2016`, `in January 2016`.
    pub fn when(self) -> String {
        if self.is_day() { format!("on {self}") } else { format!("in {self}") }
    }

    /// How many years lie between the middles of two periods, 0 or more.
    pub fn years_between(self, other: Self) -> f64 {
        let middle = |period: Self| f64::from(period.start.number()) + f64::from(period.end.number());
        (middle(self) - middle(other)).abs() / 2.0 / (DAYS_A_MONTH * 12.0)
    }

    /// How many years its middle is after that of another, by the calendar's months; below 0 where it is before.
    pub fn years_after(self, other: Self) -> f64 {
        let middle = |period: Self| f64::midpoint(period.start.years(0), period.end.years(1));
        middle(self) - middle(other)
    }

    /// The share of its days that it shares with another, 0 to 1.
    pub fn shared_with(self, other: Self) -> f64 {
        let days = self.end.min(other.end).number() - self.start.max(other.start).number() + 1;
        f64::from(days.max(0)) / f64::from(self.days())
    }

    /// How many months lie between the end of `other` and its own end; below zero where `other` ends later.
    pub fn months_after_end_of(self, other: Self) -> i64 {
        let months = |day: Day| i64::from(day.year) * 12 + i64::from(day.month);
        months(self.end) - months(other.end)
    }

    /// How many whole months it has; none where it does not begin and end with months.
    pub fn whole_months(self) -> Option<i32> {
        let (start, end) = (self.start, self.end);
        let months = |day: Day| day.year * 12 + i32::try_from(day.month).unwrap_or_default();
        self.is_whole_months().then(|| months(end) - months(start) + 1)
    }

    /// The stretch of whole months so many months later; a year later where it does not begin and end with months. None past
    /// the year 9999.
    #[must_use]
    pub fn in_months(self, months: i32) -> Option<Self> {
        if !self.is_whole_months() {
            return self.a_year_on();
        }
        let later = |day: Day| {
            let number = day.year * 12 + i32::try_from(day.month).unwrap_or_default() - 1 + months;
            (number / 12, u32::try_from(number % 12 + 1).unwrap_or(1))
        };
        let ((year, month), (last_year, last_month)) = (later(self.start), later(self.end));
        let is_there = last_year <= 9999;
        let (start, end) = (Day::first_of(year, month)?, Day::last_of(last_year, last_month)?);
        is_there.then(|| Self::new(start, end))
    }

    /// The same stretch a year later: whole months stay whole months, and 29 February becomes 28 February. None past the
    /// year 9999.
    #[must_use]
    pub fn a_year_on(self) -> Option<Self> {
        let end = match self.is_whole_months() {
            true => Day::last_of(self.end.year + 1, self.end.month),
            false => self.end.a_year_on(),
        };
        Some(Self::new(self.start.a_year_on()?, end?))
    }

    /// Where it starts and ends, in years: April 2018 starts at 2018.25 and ends at 2018 and a third.
    pub fn years(self) -> (f64, f64) {
        (self.start.years(0), self.end.years(1))
    }

    /// Whether it begins on the day after another ends.
    pub fn follows(self, other: Self) -> bool {
        self.start.number() == other.end.number() + 1
    }

    /// Whether it shares a day with another.
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Whether it starts after `other` starts.
    pub fn starts_after(self, other: Self) -> bool {
        self.start > other.start
    }

    /// Whether it starts when `other` ends, or before.
    pub fn starts_by_end_of(self, other: Self) -> bool {
        self.start <= other.end
    }

    /// Its first day, as `2026-04-20`.
    pub fn iso_day(self) -> String {
        self.start.iso()
    }

    /// The first day of the period, which is part of it.
    pub fn first_day(self) -> Day {
        self.start
    }

    /// The last day of the period, which is part of it.
    pub fn last_day(self) -> Day {
        self.end
    }

    fn is_whole_months(self) -> bool {
        self.start.day == 1 && self.end.is_last_of_month()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        if !self.is_whole_months() {
            return match self.is_day() {
                true => write!(formatter, "{start}"),
                false => write!(formatter, "{start} to {end}"),
            };
        }
        match (start.year == end.year, start.month == end.month) {
            (true, true) => write!(formatter, "{} {}", start.month_name(), start.year),
            (true, false) if start.month == 1 && end.month == 12 => write!(formatter, "{}", start.year),
            (true, false) => write!(formatter, "{} to {} {}", start.month_name(), end.month_name(), start.year),
            (false, _) => {
                write!(formatter, "{} {} to {} {}", start.month_name(), start.year, end.month_name(), end.year)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_for_whole_months() {
        for (text, months) in [
            ("2018-11/2019-10", 12.0),
            ("2018/19", 12.0),
            ("2019", 12.0),
            ("2019-04", 1.0),
            ("2019-04/2019-10", 7.0),
            ("2016-11-01/2019-10-31", 36.0),
            ("2019-03-31", 1.0 / DAYS_A_MONTH),
            ("2020-02-01/2020-02-15", 15.0 / DAYS_A_MONTH),
        ] {
            let period = Period::parse(text).unwrap();
            assert!((period.months() - months).abs() < 1e-12, "{text}: {}", period.months());
        }
        assert_eq!(Period::parse("2019-03-07").unwrap().iso_day(), "2019-03-07");
    }

    #[test]
    fn years_begin_and_end_on_days() {
        let years = |text: &str| Period::parse(text).unwrap().years();
        assert_eq!(years("2018/19"), (2018.25, 2019.25));
        assert_eq!(years("2019"), (2019.0, 2020.0));
        assert_eq!(years("2019-04-16"), (2019.0 + 3.5 / 12.0, 2019.0 + (3.0 + 16.0 / 30.0) / 12.0));
        let overlap = |a: &str, b: &str| Period::parse(a).unwrap().overlaps(Period::parse(b).unwrap());
        assert!(overlap("2018/19", "2019-03") && !overlap("2018/19", "2019/20"));
    }

    #[test]
    fn a_year_on_keeps_whole_months_whole() {
        for (text, on) in [
            ("2018/19", "2019/20"),
            ("2018-11/2019-10", "2019-11/2020-10"),
            ("2019-02", "2020-02"),
            ("2020-02", "2021-02"),
            ("2020-02-29", "2021-02-28"),
            ("2019-02-28", "2020-02-28"),
            ("2020-02-10/2020-02-29", "2021-02-10/2021-02-28"),
        ] {
            assert_eq!(Period::parse(text).unwrap().a_year_on().unwrap().written(), on, "{text}");
        }
        assert_eq!(Period::parse("9999").unwrap().a_year_on(), None);
    }

    #[test]
    fn a_quarter_is_followed_by_the_next() {
        let next = |text: &str| {
            let period = Period::parse(text).unwrap();
            period.in_months(period.whole_months().unwrap()).map(Period::written)
        };
        for (text, after) in [
            ("2026-01/2026-03", "2026-04/2026-06"),
            ("2026-10/2026-12", "2027-01/2027-03"),
            ("2026-12", "2027-01"),
            ("2025-11/2026-01", "2026-02/2026-04"),
            ("2025/26", "2026/27"),
        ] {
            assert_eq!(next(text).as_deref(), Some(after), "{text}");
        }
        assert_eq!(next("9999-10/9999-12"), None);
        let day = Period::parse("2026-04-03").unwrap();
        assert_eq!((day.whole_months(), day.in_months(3)), (None, day.a_year_on()));
    }

    #[test]
    fn days_are_counted_across_leap_years() {
        let year = Period::parse("2020-01-02/2020-12-31").unwrap();
        assert!((year.months() * DAYS_A_MONTH - 365.0).abs() < 1e-9);
    }
}
