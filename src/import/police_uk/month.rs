//! Months, as street files write them: `2025-04`, and the years that they add up to.

use std::fmt;

use crate::assessment::Period;

/// The months' names, as whole words.
const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month. data.police.uk begins in December 2010; a year that is not between 2010 and 2099 is a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(u32);

impl Month {
    /// Reads `2025-04`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Reads a month as people and spreadsheets write it: `2025-04`, `04/2025`, `April 2025`, `Apr-25`, and the first day
    /// of one, `01/04/2025`. What could be two months is none: `24-Jan` may be a day.
    pub fn parse_any(text: &str) -> Option<Self> {
        let words = text.split(['-', '/', '.', ',', ' ']).filter(|word| !word.is_empty() && !word.contains(':'));
        let words: Vec<&str> = words.collect();
        match *words {
            [first, second] => Self::of_two(first, second),
            // One of the two numbers is the day, and it is the first, whichever comes before.
            [first, second, year] if is_first(first) => Self::of_two(second, year),
            [month, second, year] if is_first(second) && year_of(month).is_none() => Self::of_two(month, year),
            [year, month, third] if is_first(third) => Self::new(year_of(year)?, month_of(month)?),
            _ => None,
        }
    }

    /// Whether a time in UTC, `2024-05-01T22:10:00+00:00`, is in this month. The last hour before a month of British
    /// summer time is part of it: there the clock already shows the first.
    pub(super) fn has_time(self, text: &str) -> bool {
        let Some((day, time)) = text.split_once('T') else { return false };
        let Some((month, day)) = day.rsplit_once('-') else { return false };
        let Some(written) = Self::parse(month) else { return false };
        let in_last_hour = || {
            let last_day = number(day) == Some(written.days()) && time.starts_with("23:") && time.ends_with("+00:00");
            last_day && written.0 + 1 == self.0 && (4..=10).contains(&(self.0 % 12 + 1))
        };
        written == self || in_last_hour()
    }

    /// Whether a day as spreadsheets save it, `01/05/2024 22:10` with the day first, or `2024-05-01`, is in this month.
    pub(super) fn has_day_as_typed(self, text: &str) -> bool {
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
        let written = match *parts {
            [year, month, _] if year_of(year).is_some() => year_of(year).zip(number(month)),
            [_, month, year] => year_of(year).zip(number(month)),
            _ => None,
        };
        written.and_then(|(year, month)| Self::new(year, month)) == Some(self)
    }

    fn days(self) -> u32 {
        match self.0 % 12 + 1 {
            4 | 6 | 9 | 11 => 30,
            2 if (self.0 / 12).is_multiple_of(4) => 29,
            2 => 28,
            _ => 31,
        }
    }

    fn of_two(first: &str, second: &str) -> Option<Self> {
        match (year_of(first), year_of(second)) {
            (Some(year), None) => Self::new(year, month_of(second)?),
            (None, Some(year)) => Self::new(year, month_of(first)?),
            // A year of two digits only after the name of a month.
            _ if second.len() == 2 && first.starts_with(char::is_alphabetic) => {
                Self::new(2000 + number(second)?, month_of(first)?)
            }
            _ => None,
        }
    }

    fn new(year: u32, month: u32) -> Option<Self> {
        let real = (2010..=2099).contains(&year) && (1..=12).contains(&month);
        real.then_some(Self(year * 12 + month - 1))
    }

    /// This month and those after it, as far as `last`.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }
}

fn number(word: &str) -> Option<u32> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

fn is_first(word: &str) -> bool {
    matches!(word, "1" | "01")
}

fn year_of(word: &str) -> Option<u32> {
    number(word).filter(|_| word.len() == 4)
}

/// The number of a month of one or two digits, or of a name of which three letters or more are written.
fn month_of(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let named =
        || (1..).zip(NAMES).find(|(_, name)| word.len() >= 3 && name.starts_with(&word)).map(|(month, _)| month);
    number(&word).filter(|_| word.len() <= 2).or_else(named)
}

/// What a point of a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointSpan {
    /// One month, as the files have it.
    Month,
    /// January to December.
    Year,
    /// April to March.
    FinancialYear,
}

impl PointSpan {
    /// How many months a whole point has.
    pub(super) fn months(self) -> usize {
        match self {
            Self::Month => 1,
            Self::Year | Self::FinancialYear => 12,
        }
    }

    /// The period that this month is part of, as evidence writes it.
    pub(super) fn period(self, month: Month) -> String {
        match self {
            Self::Month => from_to(month, month),
            Self::Year => (month.0 / 12).to_string(),
            Self::FinancialYear => {
                let year = (month.0 - 3) / 12;
                format!("{year}/{:02}", (year + 1) % 100)
            }
        }
    }
}

/// From one month to another, as evidence writes it: `2011-12` alone would be a financial year too.
pub(super) fn from_to(first: Month, last: Month) -> String {
    let written = format!("{first}-01/{last}");
    Period::parse(&written).map_or(written, Period::written)
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_as_people_and_spreadsheets_write_them() {
        for text in [
            "2024-01",
            "Jan-24",
            "jan-2024",
            "01/2024",
            "1/2024",
            "2024/01",
            "January 2024",
            "JANUARY 2024",
            "2024 January",
            "01/01/2024",
            "1/1/2024",
            "2024-01-01",
            "2024-01-01 00:00:00",
            "01-Jan-24",
            "01 January 2024",
        ] {
            assert_eq!(Month::parse_any(text), Month::parse("2024-01"), "{text}");
        }
        // The first of September, on either side of the Atlantic.
        for text in ["01/09/2024", "9/1/2024", "Sept 2024"] {
            assert_eq!(Month::parse_any(text), Month::parse("2024-09"), "{text}");
        }
        for text in ["24-Jan", "01/24", "Ja-24", "Janus 2024", "15/01/2024", "2024-01-15", "45292", "2024", "Jan", ""] {
            assert_eq!(Month::parse_any(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_in_the_month_that_the_clock_shows() {
        let may = Month::parse("2024-05").unwrap();
        for text in ["2024-05-01T00:00:00+00:00", "2024-05-31T23:59:00+00:00", "2024-04-30T23:10:00+00:00"] {
            assert!(may.has_time(text), "{text}");
        }
        for text in
            ["2024-04-30T22:59:00+00:00", "2024-06-01T00:00:00+00:00", "2024-04-29T23:10:00+00:00", "2024-05", ""]
        {
            assert!(!may.has_time(text), "{text}");
        }
        // In winter the clock shows UTC.
        assert!(!Month::parse("2024-03").unwrap().has_time("2024-02-29T23:10:00+00:00"));
        for text in ["03/05/2024 22:10", "03/05/2024", "2024-05-03 22:10", "3.5.2024"] {
            assert!(may.has_day_as_typed(text), "{text}");
        }
        for text in ["05/03/2024", "May 2024", "45292", ""] {
            assert!(!may.has_day_as_typed(text), "{text}");
        }
    }

    #[test]
    fn months_are_read_counted_and_written() {
        let (from, to) = (Month::parse("2024-11").unwrap(), Month::parse("2025-02").unwrap());
        let months: Vec<String> = from.through(to).map(|month| month.to_string()).collect();
        assert_eq!(months, ["2024-11", "2024-12", "2025-01", "2025-02"]);
        let april = Month::parse("2025-04").unwrap();
        for (every, before, first) in [
            (PointSpan::Year, "2025", "2025"),
            (PointSpan::FinancialYear, "2024/25", "2025/26"),
            (PointSpan::Month, "2025-03", "2025-04"),
        ] {
            let march = Month::parse("2025-03").unwrap();
            assert_eq!((every.period(march), every.period(april)), (before.to_owned(), first.to_owned()));
        }
        let december = Month::parse("2011-12").unwrap();
        assert_eq!(PointSpan::Month.period(december), "2011-12-01/2011-12-31");
        assert_eq!(from_to(Month::parse("2010-11").unwrap(), december), "2010-11-01/2011-12-31");
        assert_eq!(from_to(Month::parse("2010-12").unwrap(), december), "2010-12/2011-12");
        assert_eq!(PointSpan::FinancialYear.period(Month::parse("2099-12").unwrap()), "2099/00");
        for wrong in ["2025-13", "2025-00", "1925-01", "2025-1", "25-01", "2025/01", "+025-01", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
