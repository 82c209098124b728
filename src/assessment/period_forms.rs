//! Periods as people write them. What has two meanings is refused with a writing for each.

use super::day::{Day, digits, month_named};
use super::period::Period;
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// The forms that are asked for where a text is none of them.
const FORMS: &str = "write `2018-11/2019-10`, `2018/19` (April to March), `2019`, `2019-03` or `2019-03-31`";
/// What stands before the month or day in which a year ends.
const YEAR_ENDING: [&str; 5] = ["year ending ", "year ended ", "year to ", "12 months to ", "12 months ending "];
/// What stands before a financial year.
const FINANCIAL: [&str; 2] = ["financial year ", "fy"];
/// What stands between the first and the last of a stretch.
const BETWEEN: [&str; 3] = [" to ", "/", "-"];

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPeriod {
    /// What is wrong with it.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Period {
    /// Reads a year (`2019`), a financial year (`2018/19`, `2018/2019`, `2012-13`), a quarter of one (`Q1 2018/19`), a
    /// month (`2019-03`, `March 2019`), a day (`2019-03-31`, `31 March 2019`), a year by its end (`year ending March
    /// 2019`), and a stretch from one of them to another with `/`, `-`, a dash or `to` between.
    ///
    /// # Errors
    /// Says in the user's words why it is none of them, or that it has two meanings.
    pub fn parse(text: &str) -> Result<Self, NotAPeriod> {
        let all = all_meanings(text);
        match *all {
            [] => Err(no_period(text)),
            [period] if period.last_day() < period.first_day() => {
                let message = format!("the period `{text}` ends before it starts");
                Err(NotAPeriod { message, help: FORMS.to_owned() })
            }
            [period] => Ok(period),
            _ => Err(two_meanings(text, &all)),
        }
    }

    /// Whether a text has several meanings, so that [`Period::parse`] asks for another writing.
    pub(crate) fn is_ambiguous(text: &str) -> bool {
        all_meanings(text).len() > 1
    }

    /// As it is written in a file: the shortest form that has no other meaning.
    pub fn written(self) -> String {
        let (start, end) = (self.first_day(), self.last_day());
        let month = |day: Day| format!("{:04}-{:02}", day.year, day.month);
        let short = [
            format!("{:04}", start.year),
            format!("{:04}/{:02}", start.year, (start.year + 1) % 100),
            month(start),
            format!("{}/{}", month(start), month(end)),
            start.iso(),
        ];
        let same = |text: &String| all_meanings(text) == [self];
        short.into_iter().find(same).unwrap_or_else(|| format!("{}/{}", start.iso(), end.iso()))
    }
}

/// The day that a file names; anything else is told.
pub(crate) fn day(check: &mut Checker<'_>, written: &At<String>) -> Option<Period> {
    let day = day_of(&written.value);
    if day.is_none() {
        let message = format!("`{}` is not a day", written.value);
        check.problem(Code::BadPeriod, &written.span, message, day_help(&written.value));
    }
    day
}

/// The day that a text names.
pub(crate) fn day_of(text: &str) -> Option<Period> {
    Period::parse(text).ok().filter(|period| period.is_day())
}

/// The day that somebody wrote into a form: as files have it, or `1/5/2014`, `1.5.2014` or `1-5-2014`, which in Britain is
/// 1 May 2014. A day that only the American order gives is none.
pub(crate) fn day_in_form(text: &str) -> Option<Period> {
    let british = || {
        let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
        let [written, month, its_year] = *parts else { return None };
        let day = Day::new(year(its_year)?, day_number(month)?, day_number(written)?)?;
        Some(Period::new(day, day))
    };
    day_of(text).or_else(british)
}

/// How to write the day that was meant.
pub(crate) fn day_help(text: &str) -> String {
    let meant = turned_round(text).filter(|period| period.is_day());
    meant.map_or_else(|| "write the day as `2026-04-20`".to_owned(), |day| format!("write `{}`", day.written()))
}

/// The text in small letters, with one blank between words and ` to ` for any dash.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(['–', '—'], " to ").replace(" - ", " to ").replace(',', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All that a text can mean; nothing where it is no period.
fn all_meanings(text: &str) -> Vec<Period> {
    let plain = plain(text);
    let mut all = meanings(&plain).or_else(|| stretch(&plain)).unwrap_or_default();
    if all.len() > 1 {
        all.retain(|period| period.first_day() <= period.last_day());
    }
    all
}

/// What a text can mean that is not from one time to another; none where it means nothing.
fn meanings(text: &str) -> Option<Vec<Period>> {
    let after = |prefixes: &[&str]| prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).map(str::trim);
    if let Some(end) = after(&YEAR_ENDING) {
        return Some(vec![year_ending(end)?]);
    }
    if let Some(year) = after(&FINANCIAL) {
        return named_financial(year);
    }
    let single = || calendar_year(text).or_else(|| month(text)).or_else(|| one_day(text)).map(|period| vec![period]);
    quarter(text).or_else(|| two_years(text)).or_else(single)
}

/// `2018/19`, `2018/2019` and `2018-19` are April to March. `2011-12` may be a month too, and `2018-2019` two years.
fn two_years(text: &str) -> Option<Vec<Period>> {
    let (first, second, between) = BETWEEN.iter().find_map(|between| {
        let (first, second) = text.split_once(between)?;
        Some((first, second, *between))
    })?;
    let start = year(first)?;
    let financial = financial_year(start)?;
    if let Some(end) = digits(second, 2) {
        let follows = i32::try_from(end).ok()? == (start + 1) % 100;
        let month = (between == "-").then(|| month(text)).flatten();
        return follows.then(|| [Some(financial), month].into_iter().flatten().collect());
    }
    let follows = year(second)? == start + 1;
    let both = (between != "/").then(|| whole_months((start, 1), (start + 1, 12))).flatten();
    follows.then(|| [Some(financial), both].into_iter().flatten().collect())
}

/// `fy 2018/19` is one; `fy2018` is named by the year in which it starts, or by the one in which it ends.
fn named_financial(text: &str) -> Option<Vec<Period>> {
    if let Some(years) = two_years(text) {
        return years.into_iter().find(|period| is_financial_year(*period)).map(|year| vec![year]);
    }
    let named = year(text).or_else(|| Some(2000 + i32::try_from(digits(text, 2)?).ok()?))?;
    Some(vec![financial_year(named - 1)?, financial_year(named)?])
}

/// `q1 2018/19` is April to June 2018; `q1 2018` is that, or January to March.
fn quarter(text: &str) -> Option<Vec<Period>> {
    let (first, second) = text.split_once(' ')?;
    let (quarter, of) = if first.starts_with('q') { (first, second) } else { (second, first) };
    let quarter = digits(quarter.strip_prefix('q')?, 1).filter(|quarter| (1..=4).contains(quarter))?;
    let from = |start: i32, month: u32| {
        let (year, month) = if month > 12 { (start + 1, month - 12) } else { (start, month) };
        whole_months((year, month), (year, month + 2))
    };
    let (calendar, financial) = (quarter * 3 - 2, quarter * 3 + 1);
    if let Some(year) = year(of) {
        return Some(vec![from(year, calendar)?, from(year, financial)?]);
    }
    let year = two_years(of)?.into_iter().find(|period| is_financial_year(*period))?;
    Some(vec![from(year.first_day().year, financial)?])
}

/// The twelve months that end with a month or on a day.
fn year_ending(text: &str) -> Option<Period> {
    let end = month(text).or_else(|| one_day(text))?.last_day();
    let start = match end.is_last_of_month() {
        true if end.month == 12 => Day::first_of(end.year, 1),
        true => Day::first_of(end.year - 1, end.month + 1),
        false => Day::new(end.year - 1, end.month, end.day + 1),
    };
    Some(Period::new(start?, end))
}

/// From one time to another. Of times with two meanings those count that go together: months, or financial years.
fn stretch(text: &str) -> Option<Vec<Period>> {
    let places = BETWEEN.iter().flat_map(|between| text.match_indices(between));
    places.filter_map(|(at, between)| Some((text.get(..at)?, text.get(at + between.len()..)?))).find_map(
        |(first, last)| {
            let ends = meanings(last)?;
            // `april to october 2018`: the year is said once.
            let with_year = || meanings(&format!("{first} {}", last.rsplit_once(' ')?.1));
            let starts = meanings(first).or_else(with_year)?;
            let pairs: Vec<(Period, Period)> =
                starts.iter().flat_map(|start| ends.iter().map(|end| (*start, *end))).collect();
            let alike: Vec<_> = pairs.iter().copied().filter(|(start, end)| go_together(*start, *end)).collect();
            let pairs = if alike.is_empty() { pairs } else { alike };
            Some(pairs.iter().map(|(start, end)| Period::new(start.first_day(), end.last_day())).collect())
        },
    )
}

fn go_together(one: Period, other: Period) -> bool {
    let short = |period: Period| period.months() <= 1.0;
    (short(one) && short(other)) || (is_financial_year(one) && is_financial_year(other))
}

fn is_financial_year(period: Period) -> bool {
    financial_year(period.first_day().year) == Some(period)
}

/// April of this year to March of the next.
pub(crate) fn financial_year(start: i32) -> Option<Period> {
    whole_months((start, 4), (start + 1, 3))
}

fn calendar_year(text: &str) -> Option<Period> {
    let year = year(text)?;
    whole_months((year, 1), (year, 12))
}

/// `2018-04` or `april 2018`.
fn month(text: &str) -> Option<Period> {
    let numbered = text.split_once('-').and_then(|(year, month)| Some((year, digits(month, 2)?)));
    let named = || text.split_once(' ').and_then(|(month, year)| Some((year, month_named(month)?)));
    let (written, month) = numbered.or_else(named)?;
    let year = year(written)?;
    whole_months((year, month), (year, month))
}

/// `2018-04-20` or `20 april 2018`.
fn one_day(text: &str) -> Option<Period> {
    let named = || {
        let (day, month) = text.split_once(' ')?;
        let (month, year_of) = month.split_once(' ')?;
        Day::new(year(year_of)?, month_named(month)?, day_number(day)?)
    };
    Day::parse(text).or_else(named).map(|day| Period::new(day, day))
}

/// What is meant by `20/04/2018`, `04/2018` and `2018/04/20`; of two numbers that may be a month the second is one.
fn turned_round(text: &str) -> Option<Period> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let year_of = |text: &str| year(text).or_else(|| Some(2000 + i32::try_from(digits(text, 2)?).ok()?));
    let day = match *parts {
        [month, written] => {
            let (month, year) = year(written).map_or((written, year(month)), |year| (month, Some(year)));
            return whole_months((year?, day_number(month)?), (year?, day_number(month)?));
        }
        [written, month, day] if written.len() == 4 => Day::new(year(written)?, day_number(month)?, day_number(day)?),
        [first, second, year] => {
            let (year, first, second) = (year_of(year)?, day_number(first)?, day_number(second)?);
            Day::new(year, second, first).or_else(|| Day::new(year, first, second))
        }
        _ => None,
    }?;
    Some(Period::new(day, day))
}

fn day_number(text: &str) -> Option<u32> {
    digits(text, 1).or_else(|| digits(text, 2))
}

fn year(text: &str) -> Option<i32> {
    i32::try_from(digits(text, 4)?).ok()
}

/// From the first day of a month to the last of another, or of the same; years and months from 1.
pub(crate) fn whole_months((year, month): (i32, u32), (last_year, last_month): (i32, u32)) -> Option<Period> {
    Some(Period::new(Day::first_of(year, month)?, Day::last_of(last_year, last_month)?))
}

fn no_period(text: &str) -> NotAPeriod {
    let help = match turned_round(text).or_else(|| short_years(text)) {
        Some(meant) => format!("write `{}` for {meant}", meant.written()),
        None => FORMS.to_owned(),
    };
    NotAPeriod { message: format!("`{text}` is not a period"), help }
}

/// `25/26`, the two years of a financial year without their century, in this one.
fn short_years(text: &str) -> Option<Period> {
    let plain = plain(text);
    let plain = FINANCIAL.iter().find_map(|prefix| plain.strip_prefix(prefix)).unwrap_or(&plain).trim();
    let (first, second) = BETWEEN.iter().find_map(|between| plain.split_once(between))?;
    let start = i32::try_from(digits(first, 2)?).ok()?;
    let follows = i32::try_from(digits(second, 2)?).ok()? == (start + 1) % 100;
    follows.then(|| financial_year(2000 + start)).flatten()
}

fn two_meanings(text: &str, meanings: &[Period]) -> NotAPeriod {
    let writings: Vec<String> = meanings.iter().map(|period| format!("`{}` for {period}", period.written())).collect();
    NotAPeriod {
        message: format!("`{text}` has {} meanings", if meanings.len() == 2 { "two" } else { "several" }),
        help: format!("write {}", writings.join(", or ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match Period::parse(text) {
            Ok(period) => period.to_string(),
            Err(NotAPeriod { message, help }) => format!("{message}: {help}"),
        }
    }

    #[test]
    fn the_forms_people_write() {
        for (text, shown) in [
            ("2018-11/2019-10", "November 2018 to October 2019"),
            ("2018/19", "April 2018 to March 2019"),
            ("1999/00", "April 1999 to March 2000"),
            ("2019", "2019"),
            ("2019-04", "April 2019"),
            ("2019-04/2019-10", "April to October 2019"),
            ("2016-11-01/2019-10-31", "November 2016 to October 2019"),
            ("2019-03-31", "31 March 2019"),
            ("2020-02-01/2020-02-15", "1 February 2020 to 15 February 2020"),
            ("2025/2026", "April 2025 to March 2026"),
            ("2012-13", "April 2012 to March 2013"),
            ("2012–13", "April 2012 to March 2013"),
            ("2011–12", "April 2011 to March 2012"),
            ("2012 - 13", "April 2012 to March 2013"),
            ("1999-00", "April 1999 to March 2000"),
            ("2010/11", "April 2010 to March 2011"),
            ("FY2025/26", "April 2025 to March 2026"),
            ("FY 2011-12", "April 2011 to March 2012"),
            ("financial year 2025-2026", "April 2025 to March 2026"),
            ("Apr 2025 – Mar 2026", "April 2025 to March 2026"),
            ("Apr 2025–Mar 2026", "April 2025 to March 2026"),
            ("Apr 2025 - Mar 2026", "April 2025 to March 2026"),
            ("Apr 2025-Mar 2026", "April 2025 to March 2026"),
            ("Apr 2025 to Mar 2026", "April 2025 to March 2026"),
            ("  April  2025  TO  march 2026 ", "April 2025 to March 2026"),
            ("April to October 2025", "April to October 2025"),
            ("Sept. 2025", "September 2025"),
            ("April 2025", "April 2025"),
            ("1 April 2025 to 31 March 2026", "April 2025 to March 2026"),
            ("1 April to 15 May 2025", "1 April 2025 to 15 May 2025"),
            ("year ending March 2026", "April 2025 to March 2026"),
            ("Year ending 31 March 2026", "April 2025 to March 2026"),
            ("year to December 2025", "2025"),
            ("12 months to June 2025", "July 2024 to June 2025"),
            ("year ending 2026-03-10", "11 March 2025 to 10 March 2026"),
            ("Q1 2025/26", "April to June 2025"),
            ("2025/26 Q4", "January to March 2026"),
            ("Q2, 2011-12", "July to September 2011"),
            ("Q1 2025/26 to Q2 2025/26", "April to September 2025"),
            ("2013/14 to 2015/16", "April 2013 to March 2016"),
            ("2013/14-2015/16", "April 2013 to March 2016"),
            ("2012-13/2014-15", "April 2012 to March 2015"),
            ("2019/2021", "January 2019 to December 2021"),
            ("2019-2021", "January 2019 to December 2021"),
            // The month or the financial year at the other end says which one is meant.
            ("2010-11/2012-03", "November 2010 to March 2012"),
            ("2010-11/2012-13", "April 2010 to March 2013"),
            ("2010-11-05/2011-12-06", "5 November 2010 to 6 December 2011"),
        ] {
            assert_eq!(read(text), shown, "{text}");
        }
    }

    #[test]
    fn what_has_two_meanings_is_refused_with_a_writing_for_each() {
        for (text, help) in [
            ("FY2025", "write `2024/25` for April 2024 to March 2025, or `2025/26` for April 2025 to March 2026"),
            ("FY25", "write `2024/25` for April 2024 to March 2025, or `2025/26` for April 2025 to March 2026"),
            ("2000-01", "write `2000/01` for April 2000 to March 2001, or `2000-01-01/2000-01-31` for January 2000"),
            ("2011-12", "write `2011/12` for April 2011 to March 2012, or `2011-12-01/2011-12-31` for December 2011"),
            (
                "2008-09/2009-10",
                "write `2008-04/2010-03` for April 2008 to March 2010, or `2008-09-01/2009-10-31` for September 2008 \
                 to October 2009",
            ),
            (
                "2025-2026",
                "write `2025/26` for April 2025 to March 2026, or `2025-01/2026-12` for January 2025 to December 2026",
            ),
            (
                "2025 to 2026",
                "write `2025/26` for April 2025 to March 2026, or `2025-01/2026-12` for January 2025 to December 2026",
            ),
            (
                "Q1 2025",
                "write `2025-01/2025-03` for January to March 2025, or `2025-04/2025-06` for April to June 2025",
            ),
        ] {
            assert_eq!(read(text), format!("`{text}` has two meanings: {help}"));
        }
        for year in 2000..=2011 {
            let text = format!("{year}-{:02}", year - 1999);
            assert!(read(&text).contains("has two meanings"), "{text}");
        }
    }

    #[test]
    fn a_date_the_other_way_round_or_cut_short_is_told_how_to_be_written() {
        for (text, help) in [
            ("20/04/2026", "write `2026-04-20` for 20 April 2026"),
            ("4/5/2026", "write `2026-05-04` for 4 May 2026"),
            ("04/20/2026", "write `2026-04-20` for 20 April 2026"),
            ("20.04.26", "write `2026-04-20` for 20 April 2026"),
            ("2026/04/20", "write `2026-04-20` for 20 April 2026"),
            ("04/2026", "write `2026-04` for April 2026"),
            ("2026/4", "write `2026-04` for April 2026"),
            ("25/26", "write `2025/26` for April 2025 to March 2026"),
            ("FY 25–26", "write `2025/26` for April 2025 to March 2026"),
        ] {
            assert_eq!(read(text), format!("`{text}` is not a period: {help}"));
        }
        assert_eq!(day_help("20/04/2026"), "write `2026-04-20`");
        let in_form = |text: &str| day_in_form(text).map(Period::iso_day);
        for text in ["1/5/2014", "01/05/2014", "1.5.2014", " 1-5-2014 ", "2014-05-01", "1 May 2014"] {
            assert_eq!(in_form(text).as_deref(), Some("2014-05-01"), "{text}");
        }
        for text in ["4/20/2014", "1/5/14", "5/2014", "2014", "31/2/2014", "1/5/2014/"] {
            assert_eq!(in_form(text), None, "{text}");
        }
        assert_eq!(day_help("04/2026"), "write the day as `2026-04-20`");
    }

    #[test]
    fn what_is_no_period() {
        for text in
            ["", "2019-13", "2019-02-30", "2018/20", "soon", "2019-4", "+019", "19", "2019/", "to", "q5 2025/26"]
                .into_iter()
                .chain([
                    "year ending",
                    "year ending 2025",
                    "fy",
                    "Ap 2025",
                    "Aprilish 2025",
                    "2019-03-31/",
                    "0000",
                    "9999/00",
                ])
        {
            assert!(Period::parse(text).is_err(), "{text}");
        }
        assert_eq!(read("2019-10/2018-11"), format!("the period `2019-10/2018-11` ends before it starts: {FORMS}"));
    }

    proptest! {
        #[test]
        fn what_is_written_and_what_is_shown_reads_back(
            (year, month, day) in (1990_i32..2030, 1_u32..13, 1_u32..32),
            (years, last_month, last_day) in (0_i32..3, 1_u32..13, 1_u32..32),
            whole in any::<bool>(),
        ) {
            let ends = (Day::new(year, month, day), Day::new(year + years, last_month, last_day));
            let (Some(mut start), Some(mut end)) = ends else { return Ok(()) };
            if whole {
                start = Day::first_of(start.year, start.month).unwrap();
                end = Day::last_of(end.year, end.month).unwrap();
            }
            prop_assume!(start <= end);
            let period = Period::new(start, end);
            prop_assert_eq!(Period::parse(&period.written()), Ok(period));
            prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
        }

        #[test]
        fn no_text_breaks_it(text in "[0-9a-zA-Z/ .–-]{0,24}|\\PC{0,12}") {
            let _ = Period::parse(&text);
            let _ = day_help(&text);
        }
    }
}
