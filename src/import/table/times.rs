//! When figures are of, from texts of a column or a row of headers: days, months, quarters and years, however publishers
//! and spreadsheets write them. What can be read in two ways is decided by the others of the same column, or asked for;
//! it is never guessed.

use super::headers::without_marks;
use super::{DateOrder, PointSpan};
use crate::assessment::{Day, Period, financial_year, month_named, whole_months};

/// Years that a file can be of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// The months whose names are long enough to be written wrong and still be known.
const MONTHS: [&str; 7] = ["january", "february", "august", "september", "october", "november", "december"];

/// In what way a text can be read, where there is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Only,
    /// `2011-12` as December 2011.
    Month,
    /// `2011-12` as April 2011 to March 2012.
    FinancialYear,
    DayFirst,
    MonthFirst,
}

/// What a column of times says.
#[derive(Debug)]
pub(super) struct ReadTimes {
    /// The period of each text; else what is wrong with it, and how to mend it.
    pub(super) periods: Vec<Result<Period, (String, String)>>,
    /// How those were read that have two meanings, a sentence each.
    pub(super) remarks: Vec<String>,
}

/// Reads the texts of one column, each once.
pub(super) fn read(texts: &[String], order: Option<DateOrder>) -> ReadTimes {
    let meanings: Vec<Vec<(Form, Period)>> = texts.iter().map(|text| meanings(text)).collect();
    let first_only = |form: Form| {
        let only = meanings.iter().position(|meanings| matches!(&**meanings, [(only, _)] if *only == form));
        only.and_then(|at| texts.get(at))
    };
    let (months, years) = (first_only(Form::Month), first_only(Form::FinancialYear));
    let (day_first, month_first) = (first_only(Form::DayFirst), first_only(Form::MonthFirst));
    let asked = order.map(|order| match order {
        DateOrder::DayFirst => Form::DayFirst,
        DateOrder::MonthFirst => Form::MonthFirst,
    });
    let decided = Decided {
        order: asked.or(match (day_first, month_first) {
            (Some(_), None) => Some(Form::DayFirst),
            (None, Some(_)) => Some(Form::MonthFirst),
            _ => None,
        }),
        both_orders: day_first.zip(month_first),
        years: match (months, years) {
            (Some(_), None) => Some(Form::Month),
            (None, Some(_)) => Some(Form::FinancialYear),
            _ => None,
        },
    };
    let mut remarks = Vec::new();
    let ambiguous = |one: Form| meanings.iter().any(|all| all.len() > 1 && all.iter().any(|(form, _)| *form == one));
    if asked.is_none() && ambiguous(Form::DayFirst) {
        if let (Some(text), None) = (day_first, month_first) {
            remarks.push(format!("Dates are read with the day first, as in `{text}`."));
        }
        if let (None, Some(text)) = (day_first, month_first) {
            remarks.push(format!("Dates are read with the month first, as in `{text}`."));
        }
    }
    let periods = texts.iter().zip(&meanings).map(|(text, meanings)| decided.one(text, meanings)).collect();
    ReadTimes { periods, remarks }
}

/// What the column says of texts with two meanings.
struct Decided<'t> {
    order: Option<Form>,
    /// A date that can only have the day first, and one that can only have the month first.
    both_orders: Option<(&'t String, &'t String)>,
    years: Option<Form>,
}

impl Decided<'_> {
    fn one(&self, text: &str, meanings: &[(Form, Period)]) -> Result<Period, (String, String)> {
        let of = |wanted: Form| meanings.iter().find(|(form, _)| *form == wanted).map(|(_, period)| *period);
        let is_date = matches!(meanings, [(Form::DayFirst | Form::MonthFirst, _), ..]);
        if let (true, Some(order)) = (is_date, self.order) {
            return of(order).ok_or_else(|| other_order(text, order));
        }
        match meanings {
            [] => Err(match Period::parse(without_marks(text).0) {
                Err(why) => (why.message, why.help),
                Ok(period) => {
                    (format!("`{text}` is {period}, which is no time of such a file"), "correct it".to_owned())
                }
            }),
            [(_, only)] if !is_date || self.both_orders.is_none() => Ok(*only),
            _ if is_date => Err(match self.both_orders {
                Some((day, month)) => (
                    format!("`{text}` stands among dates of both orders, such as `{day}` and `{month}`"),
                    "write the dates of the file in one order".to_owned(),
                ),
                None => two_readings(text, meanings, "say which with `--dates day-first` or `--dates month-first`"),
            }),
            _ => match self.years.and_then(of) {
                Some(period) => Ok(period),
                None if text.contains('/') => of(Form::FinancialYear).ok_or_else(|| (String::new(), String::new())),
                None => {
                    Err(two_readings(text, meanings, "write it in the file as it is meant: `2011/12`, or `Dec 2011`"))
                }
            },
        }
    }
}

fn other_order(text: &str, order: Form) -> (String, String) {
    let word = if order == Form::DayFirst { DateOrder::DayFirst.word() } else { DateOrder::MonthFirst.word() };
    let help = "correct the date, or the option `--dates`".to_owned();
    (format!("`{text}` is no date that is written {word}"), help)
}

fn two_readings(text: &str, meanings: &[(Form, Period)], help: &str) -> (String, String) {
    let readings: Vec<String> = meanings.iter().map(|(_, period)| period.to_string()).collect();
    (format!("`{text}` can be {}, and nothing in the file says which", readings.join(" or ")), help.to_owned())
}

/// Whether a header may be a time, be it one that has to be written in another way.
pub(super) fn may_be_time(text: &str) -> bool {
    !meanings(text).is_empty() || Period::is_ambiguous(without_marks(text).0)
}

/// Words beside a year that make no period of it.
const MEASURES: [&str; 14] = [
    "rate",
    "rates",
    "per",
    "change",
    "changes",
    "difference",
    "average",
    "mean",
    "rank",
    "index",
    "total",
    "population",
    "share",
    "trend",
];
/// Words that say which part of a year.
const PARTS_OF_YEARS: [&str; 18] = [
    "q1", "q2", "q3", "q4", "quarter", "qtr", "h1", "h2", "half", "ytd", "fy", "ye", "ending", "ended", "to", "spring",
    "summer", "winter",
];

/// Whether a header that is no time may be meant as one: `2024/25 (Apr-Dec)`, `24/25`, `Febuary 2024`.
pub(super) fn looks_like_time(text: &str) -> bool {
    let small = text.to_lowercase();
    let words: Vec<&str> =
        small.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_measure = small.contains('%') || words.iter().any(|word| MEASURES.contains(word));
    let short = |word: &str| short_year(word).is_some();
    let follow =
        |one: &str, next: &str| digits(one).zip(digits(next)).is_some_and(|(one, next)| (one + 1) % 100 == next);
    let begins = match *words {
        [first, ..] if year(first).is_some() => true,
        [first, second, ..] => small.contains('/') && first.len() == 2 && second.len() == 2 && follow(first, second),
        _ => false,
    };
    let names_month = words.iter().any(|word| near_month(word));
    let names_part = names_month || words.iter().any(|word| PARTS_OF_YEARS.contains(word));
    let (has_year, has_short) = (words.iter().any(|word| year(word).is_some()), words.iter().any(|word| short(word)));
    !is_measure && (begins || has_year && names_part || has_short && names_month)
}

/// Whether a word is the name of a month, be it with a slip of a letter or two.
fn near_month(word: &str) -> bool {
    let letters: String = word.chars().take_while(|letter| letter.is_alphabetic()).collect();
    month_named(&letters).is_some()
        || letters.len() > 5 && MONTHS.iter().any(|month| strsim::osa_distance(&letters, month) <= 2)
}

/// All that a text can mean.
fn meanings(text: &str) -> Vec<(Form, Period)> {
    let day = without_time(without_marks(text).0);
    let parts: Vec<&str> = day.split(['/', '-', '.', '_', ' ', ',', '–']).filter(|part| !part.is_empty()).collect();
    let found = match *parts {
        [one] => in_one(one),
        [first, second] => in_two(&day, first, second),
        [first, second, third] => in_three(first, second, third),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        return found;
    }
    let plausible = |period: &Period| YEARS.contains(&period.first_day().year());
    Period::parse(&day).ok().filter(plausible).map(|period| (Form::Only, period)).into_iter().collect()
}

/// The text without a time of day: `01/15/2024 11:30:00 PM`, `2024-01-15T00:00:00.000`.
fn without_time(text: &str) -> String {
    let is_time = |word: &str| word.contains(':') || matches!(&*word.to_lowercase(), "am" | "pm");
    let day = |word: &str| match word.split_once('T') {
        Some((day, time)) if time.contains(':') => day.to_owned(),
        _ => word.to_owned(),
    };
    let words = text.split_whitespace().map(day).filter(|word| !is_time(word));
    words.collect::<Vec<_>>().join(" ")
}

/// `2024`, `202401`, `20240115`.
fn in_one(text: &str) -> Vec<(Form, Period)> {
    let number = |from: usize, to: usize| digits(text.get(from..to)?);
    match text.len() {
        4 => only(year(text).and_then(|year| whole_months((year, 1), (year, 12)))),
        6 => either(text.get(..4), text.get(4..)),
        8 => only(year(text.get(..4).unwrap_or_default()).and_then(|year| {
            let day = Day::new(year, number(4, 6)?, number(6, 8)?)?;
            Some(Period::new(day, day))
        })),
        _ => Vec::new(),
    }
}

/// A year and what follows it in two digits: a month, the next year, or both.
fn either(written: Option<&str>, second: Option<&str>) -> Vec<(Form, Period)> {
    let Some((year, second)) = written.and_then(year).zip(second.and_then(digits)) else { return Vec::new() };
    let month = whole_months((year, second), (year, second)).map(|month| (Form::Month, month));
    let follows = i32::try_from(second).is_ok_and(|second| (year + 1) % 100 == second);
    let years = financial_year(year).filter(|_| follows).map(|years| (Form::FinancialYear, years));
    month.into_iter().chain(years).collect()
}

/// `2024-01`, `2011-12`, `01/2024`, `Jan-24`, `January 2024`, `2024 January`.
fn in_two(text: &str, first: &str, second: &str) -> Vec<(Form, Period)> {
    let month_of = |year: i32, month: u32| only(whole_months((year, month), (year, month)));
    match (year(first), year(second), month_named(first), month_named(second)) {
        (Some(_), None, _, None) if second.len() == 2 => either(Some(first), Some(second)),
        (Some(year), None, _, None) if second.len() == 1 => {
            digits(second).map_or_else(Vec::new, |month| month_of(year, month))
        }
        (Some(year), None, _, Some(month)) | (None, Some(year), Some(month), _) => month_of(year, month),
        (None, Some(year), None, _) if first.len() <= 2 && !text.contains('.') => {
            digits(first).map_or_else(Vec::new, |month| month_of(year, month))
        }
        (None, None, Some(month), None) if second.len() == 2 => {
            short_year(second).map_or_else(Vec::new, |year| month_of(year, month))
        }
        _ => Vec::new(),
    }
}

/// A day: `2024-01-15`, `15/01/2024`, `01/15/24`, `15 Jan 2024`, `Jan 15, 2024`, `2024 Jan 15`.
fn in_three(first: &str, second: &str, third: &str) -> Vec<(Form, Period)> {
    let day = |year: Option<i32>, month: Option<u32>, day: Option<u32>| {
        let day = Day::new(year?, month?, day?)?;
        Some(Period::new(day, day))
    };
    let last = || year(third).or_else(|| short_year(third));
    if let Some(month) = month_named(second) {
        return match year(first) {
            Some(year) => only(day(Some(year), Some(month), digits(third))),
            None => only(day(last(), Some(month), digits(first))),
        };
    }
    if let Some(month) = month_named(first) {
        return only(day(last(), Some(month), digits(second)));
    }
    if year(first).is_some() {
        return only(day(year(first), digits(second), digits(third)));
    }
    let (british, american) = (day(last(), digits(second), digits(first)), day(last(), digits(first), digits(second)));
    if british == american {
        return only(british);
    }
    let british = british.map(|day| (Form::DayFirst, day));
    british.into_iter().chain(american.map(|day| (Form::MonthFirst, day))).collect()
}

fn only(period: Option<Period>) -> Vec<(Form, Period)> {
    period.map(|period| (Form::Only, period)).into_iter().collect()
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn year(text: &str) -> Option<i32> {
    digits(text)
        .filter(|_| text.len() == 4)
        .and_then(|year| i32::try_from(year).ok())
        .filter(|year| YEARS.contains(year))
}

/// A year of two digits, as spreadsheets read it: 30 to 99 are of the last century.
fn short_year(text: &str) -> Option<i32> {
    let year = i32::try_from(digits(text).filter(|_| text.len() == 2)?).ok()?;
    Some(if year < 30 { 2000 + year } else { 1900 + year })
}

impl PointSpan {
    /// The month, quarter or year that a day is in.
    pub(super) fn of(self, day: Day) -> Option<Period> {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Month => whole_months((year, month), (year, month)),
            Self::Quarter => {
                let first = (month - 1) / 3 * 3 + 1;
                whole_months((year, first), (year, first + 2))
            }
            Self::Year => whole_months((year, 1), (year, 12)),
            Self::FinancialYear => financial_year(if month < 4 { year - 1 } else { year }),
        }
    }

    /// In words, with `a` before it.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Month => "a month",
            Self::Quarter => "a quarter",
            Self::Year => "a calendar year",
            Self::FinancialYear => "a financial year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(texts: &[&str], order: Option<DateOrder>) -> Vec<String> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let written = |read: Result<Period, (String, String)>| match read {
            Ok(period) => period.written(),
            Err((message, _)) => message,
        };
        super::read(&texts, order).periods.into_iter().map(written).collect()
    }

    #[test]
    fn times_as_files_write_them() {
        for (text, written) in [
            ("01/15/2024 11:30:00 PM", "2024-01-15"),
            ("15/01/2024", "2024-01-15"),
            ("15/01/24", "2024-01-15"),
            ("2024-01-15T00:00:00.000", "2024-01-15"),
            ("2020 Nov 07 12:00:00 AM", "2020-11-07"),
            ("15 January 2024", "2024-01-15"),
            ("Jan 15, 2024", "2024-01-15"),
            ("15-Jan-98", "1998-01-15"),
            ("20240115", "2024-01-15"),
            ("05/05/2024", "2024-05-05"),
            ("202401", "2024-01"),
            ("202122", "2021/22"),
            ("2024-01", "2024-01"),
            ("2024_01", "2024-01"),
            ("01/2024", "2024-01"),
            ("2024 1", "2024-01"),
            ("Jan-24", "2024-01"),
            ("Sept 2024", "2024-09"),
            ("2024 January", "2024-01"),
            ("2024", "2024"),
            ("2023/24", "2023/24"),
            ("2023-24", "2023/24"),
            ("2011/12", "2011/12"),
            ("2023/2024", "2023/24"),
            ("Year ending March 2024", "2023/24"),
            ("Q1 2023/24", "2023-04/2023-06"),
            ("2023/24 Q1", "2023-04/2023-06"),
            ("Apr 2023 to Mar 2024", "2023/24"),
            ("2023/24 [p][note 2]", "2023/24"),
            ("Year ending Mar 2024 [note 1]", "2023/24"),
        ] {
            assert_eq!(all(&[text], None), [written], "{text}");
        }
        for text in ["soon", "", "12", "Total", "24-Jan", "13/13/2024", "31/02/2024", "1202", "1850", "Q1 2024", "3.5"]
        {
            assert!(!all(&[text], None)[0].starts_with("20"), "{text}");
        }
    }

    #[test]
    fn headers_that_are_times_are_told_from_others() {
        for header in ["2024", "202401", "Jan-24", "2023/24 [p]", "Q1 2024", "FY2024"] {
            assert!(may_be_time(header), "{header}");
        }
        for header in ["Area", "10-14", "65+", "Rate 2024", "1202", "E01000001", "2023/24 (rate)", "Total", ""] {
            assert!(!may_be_time(header), "{header}");
        }
    }

    #[test]
    fn headers_that_look_like_times() {
        for header in
            ["2024/25 (Apr-Dec)", "24/25", "Febuary 2024", "Mar2024 onwards 2024", "2024 year to date", "Apr-Jun 24"]
        {
            assert!(looks_like_time(header), "{header}");
        }
        for header in [
            "Rate 2024",
            "2023/24 (rate)",
            "% change 2023 to 2024",
            "Total",
            "Burglary",
            "10-14",
            "Age 10 to 17",
            "2024 total",
        ] {
            assert!(!looks_like_time(header), "{header}");
        }
    }

    #[test]
    fn a_column_decides_what_one_of_its_texts_leaves_open() {
        assert_eq!(all(&["2011-11", "2011-12"], None), ["2011-11", "2011-12-01/2011-12-31"]);
        assert_eq!(all(&["2012-13", "2011-12"], None), ["2012/13", "2011/12"]);
        assert_eq!(all(&["201111", "201112"], None), ["2011-11", "2011-12-01/2011-12-31"]);
        assert!(all(&["2011-12"], None)[0].starts_with("`2011-12` can be December 2011 or April 2011 to March 2012"));
        assert_eq!(all(&["01/02/2024", "01/15/2024"], None), ["2024-01-02", "2024-01-15"]);
        assert_eq!(all(&["01/02/2024", "15/01/2024"], None), ["2024-02-01", "2024-01-15"]);
        let said = all(&["01/02/2024", "05/05/2024"], None);
        assert_eq!(
            said[0],
            "`01/02/2024` can be 1 February 2024 or 2 January 2024, and nothing in the file says which"
        );
        assert_eq!(said[1], "2024-05-05");
        assert!(all(&["01/02/2024", "01/15/2024", "15/01/2024"], None)[0].contains("both orders"));
        assert_eq!(all(&["01/02/2024"], Some(DateOrder::MonthFirst)), ["2024-01-02"]);
        let said = all(&["15/01/2024"], Some(DateOrder::MonthFirst));
        assert_eq!(said, ["`15/01/2024` is no date that is written month-first"]);
    }

    #[test]
    fn days_are_put_together() {
        let of = |span: PointSpan, day: &str| span.of(Day::parse(day).unwrap()).unwrap().to_string();
        assert_eq!(of(PointSpan::Quarter, "2024-05-31"), "April to June 2024");
        assert_eq!(of(PointSpan::FinancialYear, "2024-03-31"), "April 2023 to March 2024");
        assert_eq!(of(PointSpan::FinancialYear, "2024-04-01"), "April 2024 to March 2025");
        assert_eq!(of(PointSpan::Year, "2024-04-01"), "2024");
    }
}
