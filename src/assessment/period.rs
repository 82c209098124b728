//! Periods as people write them, and how long they are.

use std::fmt;

use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    start: Day,
    end: Day,
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: i32,
    month: u32,
    day: u32,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The forms a period can be written in, for messages.
pub(crate) const FORMS: &str = "write `2018-11/2019-10`, `2018/19` (April to March), `2019`, `2019-03` or `2019-03-31`";
/// The mean length of a month of the Gregorian calendar, in days.
const DAYS_A_MONTH: f64 = 30.436_875;

impl Period {
    /// Reads `2018-11/2019-10`, `2018/19`, `2019`, `2019-03`, `2019-03-31` or two days with a `/` between.
    ///
    /// # Errors
    /// Says in the user's words why it is none of them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((first, second)) = text.split_once('/') else {
            return part(text).ok_or_else(|| format!("`{text}` is not a period"));
        };
        if let Some(year) = financial_year(first, second) {
            return Ok(year);
        }
        let (Some(first), Some(second)) = (part(first), part(second)) else {
            return Err(format!("`{text}` is not a period"));
        };
        if second.end < first.start {
            return Err(format!("the period `{text}` ends before it starts"));
        }
        Ok(Self { start: first.start, end: second.end })
    }

    /// How many months it has: whole for whole months, in mean months otherwise.
    pub fn months(self) -> f64 {
        if self.is_whole_months() {
            f64::from((self.end.year - self.start.year) * 12) + f64::from(self.end.month) - f64::from(self.start.month)
                + 1.0
        } else {
            f64::from(self.end.number() - self.start.number() + 1) / DAYS_A_MONTH
        }
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

    /// Where it starts and ends, in years: April 2018 starts at 2018.25 and ends at 2018 and a third.
    pub fn years(self) -> (f64, f64) {
        (self.start.years(0), self.end.years(1))
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
        self.start.day == 1 && self.end.day == days_in(self.end.year, self.end.month)
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

impl Day {
    /// Reads `2026-04-20`; none where it is no day.
    pub fn parse(text: &str) -> Option<Self> {
        part(text).filter(|period| period.is_day()).map(|period| period.start)
    }

    /// As `2026-04-20`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        real.then_some(Self { year, month, day })
    }

    fn month_name(self) -> &'static str {
        let index = usize::try_from(self.month).unwrap_or(1).saturating_sub(1);
        MONTHS.get(index).copied().unwrap_or("?")
    }

    /// The day in years, each month a twelfth, with so many days more.
    fn years(self, more: u32) -> f64 {
        let of_month = f64::from(self.day - 1 + more) / f64::from(days_in(self.year, self.month));
        f64::from(self.year) + (f64::from(self.month - 1) + of_month) / 12.0
    }

    /// Days since a fixed day: the count of days before this year, month and day.
    fn number(self) -> i32 {
        let years = self.year - 1;
        let before_year = years * 365 + years / 4 - years / 100 + years / 400;
        let before_month: u32 = (1..self.month).map(|month| days_in(self.year, month)).sum();
        before_year + i32::try_from(before_month + self.day).unwrap_or(0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.day, self.month_name(), self.year)
    }
}

/// A year, a month or a day.
fn part(text: &str) -> Option<Period> {
    let plain = text.split('-').all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let numbers: Vec<u32> = text.split('-').map_while(|digits| digits.parse().ok()).collect();
    let year = i32::try_from(*numbers.first()?).ok().filter(|year| (1000..=9999).contains(year))?;
    if !plain {
        return None;
    }
    match (&*lengths, &*numbers) {
        ([4], [_]) => Some(Period { start: Day::new(year, 1, 1)?, end: Day::new(year, 12, 31)? }),
        ([4, 2], [_, month]) => {
            let start = Day::new(year, *month, 1)?;
            Some(Period { start, end: Day::new(year, *month, days_in(year, *month))? })
        }
        ([4, 2, 2], [_, month, day]) => {
            let day = Day::new(year, *month, *day)?;
            Some(Period { start: day, end: day })
        }
        _ => None,
    }
}

/// `2018/19`: April 2018 to March 2019.
fn financial_year(first: &str, second: &str) -> Option<Period> {
    if first.len() != 4 || second.len() != 2 {
        return None;
    }
    let (start, end): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
    if (start + 1) % 100 != end || !(1000..=9998).contains(&start) {
        return None;
    }
    Some(Period { start: Day::new(start, 4, 1)?, end: Day::new(start + 1, 3, 31)? })
}

fn days_in(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day that a file names; anything else is told.
pub(crate) fn day(check: &mut Checker<'_>, written: &At<String>) -> Option<Period> {
    let day = Period::parse(&written.value).ok().filter(|period| period.is_day());
    if day.is_none() {
        let message = format!("`{}` is not a day", written.value);
        check.problem(Code::BadPeriod, &written.span, message, "write the day as `2026-04-20`");
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_people_write() {
        for (text, months, shown) in [
            ("2018-11/2019-10", 12.0, "November 2018 to October 2019"),
            ("2018/19", 12.0, "April 2018 to March 2019"),
            ("1999/00", 12.0, "April 1999 to March 2000"),
            ("2019", 12.0, "2019"),
            ("2019-04", 1.0, "April 2019"),
            ("2019-04/2019-10", 7.0, "April to October 2019"),
            ("2016-11-01/2019-10-31", 36.0, "November 2016 to October 2019"),
            ("2019-03-31", 1.0 / DAYS_A_MONTH, "31 March 2019"),
            ("2020-02-01/2020-02-15", 15.0 / DAYS_A_MONTH, "1 February 2020 to 15 February 2020"),
        ] {
            let period = Period::parse(text).unwrap();
            assert!((period.months() - months).abs() < 1e-12, "{text}: {}", period.months());
            assert_eq!(period.to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in ["", "2019-13", "2019-02-30", "2018/20", "soon", "2019-4", "+019", "19", "2019-10/2018-11", "2019/"]
        {
            assert!(Period::parse(text).is_err(), "{text}");
        }
        assert_eq!(Period::parse("2019-03-07").unwrap().iso_day(), "2019-03-07");
        assert_eq!(Period::parse("2019-10/2018-11").unwrap_err(), "the period `2019-10/2018-11` ends before it starts");
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
    fn days_are_counted_across_leap_years() {
        let year = Period::parse("2020-01-02/2020-12-31").unwrap();
        assert!((year.months() * DAYS_A_MONTH - 365.0).abs() < 1e-9);
    }
}
