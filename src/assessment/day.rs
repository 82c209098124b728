//! A day of the calendar, and how long its months and years are.

use std::fmt;

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

/// A day of the Gregorian calendar, of a year from 1000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl Day {
    /// Reads `2026-04-20`; none where it is no day.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        Self::new(i32::try_from(digits(year, 4)?).ok()?, digits(month, 2)?, digits(day, 2)?)
    }

    /// As `2026-04-20`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Its year, from 1000 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its month, from 1.
    pub fn month(self) -> u32 {
        self.month
    }

    /// Whether no day lies between it and `next`, which comes after it.
    pub fn is_before(self, next: Self) -> bool {
        self.number() + 1 == next.number()
    }

    /// The day of this year, month and day of the month; none where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (real && (1000..=9999).contains(&year)).then_some(Self { year, month, day })
    }

    /// The same day a year later; 28 February for the 29th.
    pub(super) fn a_year_on(self) -> Option<Self> {
        let year = self.year + 1;
        Self::new(year, self.month, self.day.min(days_in(year, self.month)))
    }

    pub(super) fn first_of(year: i32, month: u32) -> Option<Self> {
        Self::new(year, month, 1)
    }

    pub(super) fn last_of(year: i32, month: u32) -> Option<Self> {
        Self::new(year, month, days_in(year, month))
    }

    pub(super) fn is_last_of_month(self) -> bool {
        self.day == days_in(self.year, self.month)
    }

    pub(super) fn month_name(self) -> &'static str {
        let index = usize::try_from(self.month).unwrap_or(1).saturating_sub(1);
        MONTHS.get(index).copied().unwrap_or("?")
    }

    /// The day in years, each month a twelfth, with so many days more.
    pub(super) fn years(self, more: u32) -> f64 {
        let of_month = f64::from(self.day - 1 + more) / f64::from(days_in(self.year, self.month));
        f64::from(self.year) + (f64::from(self.month - 1) + of_month) / 12.0
    }

    /// Days since a fixed day: the count of days before this year, month and day.
    pub(super) fn number(self) -> i32 {
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

/// The month, from 1, whose name this is, or begins with it: `april`, `apr`, `sept.`; three letters at least.
pub(crate) fn month_named(text: &str) -> Option<u32> {
    let name = text.strip_suffix('.').unwrap_or(text).to_lowercase();
    let found = MONTHS.iter().position(|month| name.len() >= 3 && month.to_lowercase().starts_with(&name))?;
    u32::try_from(found + 1).ok()
}

/// A number of just so many digits.
pub(super) fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
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
