//! Periods as Fingertips prints them: years, and several years that were pooled.

use crate::assessment::Period;
use crate::import::given::financial_year;

/// The most years that are pooled; more is a slip.
const MAX_POOLED: u32 = 30;

/// A period, and how many years were pooled in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedPeriod {
    /// As evidence writes it.
    pub(super) written: String,
    /// 1 for a single year or less.
    pub(super) years: u32,
}

/// Reads `2018/19`, `2020`, `2016 - 18` and `2017/18 - 19/20`. `2017-18` alone is a financial year to some and two
/// calendar years to others: it is one only where `range`, what `Time period range` says, is `1y` or `2y`.
pub(super) fn read(text: &str, range: &str) -> Option<PrintedPeriod> {
    let plain: String = text.trim().replace(['–', '—'], "-");
    if let Some(year) = financial_year(&plain).filter(|year| *year == plain) {
        return Some(PrintedPeriod { written: year, years: 1 });
    }
    if let Some((first, last)) = plain.split_once('-').map(|(first, last)| (first.trim(), last.trim())) {
        let words = plain.chars().any(char::is_alphabetic);
        return if words { said(&plain) } else { pooled(first, last, &plain, range) };
    }
    said(&plain)
}

/// What is written as evidence may write it too.
fn said(plain: &str) -> Option<PrintedPeriod> {
    Period::parse(plain).ok().map(|period| PrintedPeriod { written: period.written(), years: 1 })
}

fn pooled(first: &str, last: &str, plain: &str, range: &str) -> Option<PrintedPeriod> {
    if let (Some(start), true) = (financial_start(first, None), first.contains('/')) {
        let end = financial_start(last, Some(start))?;
        let written = format!("{start}-04/{}-03", end + 1);
        return (end > start && end - start < MAX_POOLED).then_some(PrintedPeriod { written, years: end - start + 1 });
    }
    let start = year(first)?;
    let end = if last.len() == 2 { start / 100 * 100 + number(last)? } else { year(last)? };
    // `1999 - 01` goes over a century.
    let end = if end < start && last.len() == 2 { end + 100 } else { end };
    let consecutive = end == start + 1 && !plain.contains(' ');
    match (consecutive, range) {
        (true, "1y") => Some(PrintedPeriod { written: format!("{start}/{:02}", end % 100), years: 1 }),
        (true, range) if range != "2y" => None,
        _ if end > start && end - start < MAX_POOLED => {
            let years = Period::parse(&format!("{start}-01-01/{end}-12-31")).ok()?;
            Some(PrintedPeriod { written: years.written(), years: end - start + 1 })
        }
        _ => None,
    }
}

/// The year in which a financial year starts: `2017/18`, and after it `19/20`.
fn financial_start(text: &str, after: Option<u32>) -> Option<u32> {
    let (first, second) = text.split_once('/')?;
    let start = match (first.len(), after) {
        (4, _) => year(first)?,
        (2, Some(after)) => {
            let start = after / 100 * 100 + number(first)?;
            if start < after { start + 100 } else { start }
        }
        _ => return None,
    };
    financial_year(&format!("{start}/{second}")).map(|_| start)
}

fn year(text: &str) -> Option<u32> {
    number(text).filter(|year| text.len() == 4 && (1900..2100).contains(year))
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_printed() {
        for (text, range, period) in [
            ("2018/19", "", Some(("2018/19", 1))),
            ("2020", "", Some(("2020", 1))),
            ("2016 - 18", "3y", Some(("2016-01/2018-12", 3))),
            ("2016 – 2018", "", Some(("2016-01/2018-12", 3))),
            ("2016-18", "", Some(("2016-01/2018-12", 3))),
            ("1999 - 01", "", Some(("1999-01/2001-12", 3))),
            ("2017 - 18", "", Some(("2017-01/2018-12", 2))),
            ("2017/18 - 19/20", "3y", Some(("2017-04/2020-03", 3))),
            ("2017/18 - 2021/22", "", Some(("2017-04/2022-03", 5))),
            ("1998/99 - 00/01", "", Some(("1998-04/2001-03", 3))),
            ("2017-18", "1y", Some(("2017/18", 1))),
            ("2017-18", "2y", Some(("2017-01/2018-12", 2))),
            ("2000 - 11", "", Some(("2000-01-01/2011-12-31", 12))),
            ("2019/20 Q1", "", Some(("2019-04/2019-06", 1))),
            ("Apr 2019 - Mar 2020", "1y", Some(("2019/20", 1))),
            ("2017-18", "", None),
            ("2011-12", "", None),
            ("2019 Q3", "", None),
            ("2021/22 - 20/21", "", None),
            ("2020 - 19", "", None),
            ("", "", None),
        ] {
            let read = read(text, range);
            let found = read.as_ref().map(|period| (period.written.as_str(), period.years));
            assert_eq!(found, period, "{text}");
        }
    }
}
