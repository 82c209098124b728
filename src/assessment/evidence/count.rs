//! A count: how often something happened in a period.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cell::{Cell, CellProblem, number_in, suppressed};
use super::declared::Declared;
use super::format::{Column, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::missing::Missing;
use super::origin::Break;
use super::redraw::{level, whole_between};
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{self, Confidence, Estimate, Random, count_interval};
use crate::toml_file::{At, Checker, WrittenNumber};
use crate::words::{number, thousands_with_a_point};

/// How often something happened in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// How often: whole, or the middle of what a suppressed one can be.
    pub count: f64,
    /// Between which numbers a suppressed count lies.
    pub suppressed: Option<(f64, f64)>,
    /// The time in which they were counted.
    pub period: Period,
    /// What it is set against, where known.
    pub among: Option<Denominator>,
    /// The breaks of the series that it is of; none where there are none.
    pub breaks: Option<Arc<[Break]>>,
    /// How sure its interval is, as the rules that read it say; 95% before rules read it.
    pub confidence: Confidence,
}

impl Count {
    /// The count with its interval, or with what a suppressed one can be.
    pub fn headline(&self) -> Estimate {
        let (lower, upper) = self.suppressed.unwrap_or_else(|| count_interval(self.count, self.confidence));
        Estimate::between(self.count, lower, upper)
    }

    /// The count in a sentence; of a suppressed one all that is known: `between 1 and 4`, `fewer than 5`.
    pub fn in_words(&self) -> String {
        match self.suppressed {
            None => number(self.count, 0),
            Some((low, high)) if low == high => number(low, 0),
            Some((low, high)) if low <= 0.0 => format!("fewer than {}", number(high + 1.0, 0)),
            Some((low, high)) => format!("between {} and {}", number(low, 0), number(high, 0)),
        }
    }

    /// The count a year.
    pub fn per_year(&self) -> Estimate {
        self.headline().times(12.0 / self.period.months())
    }

    /// The count per `per` people or households a year; none where it is not known among how many.
    pub fn rate(&self, per: f64) -> Option<Estimate> {
        let among = self.among.map(|among| among.number).filter(|number| *number > 0.0)?;
        match self.suppressed {
            Some(_) => Some(self.per_year().times(per / among)),
            None => stats::rate(self.count, among * self.period.months() / 12.0, per, self.confidence),
        }
    }

    /// Whether one is set against people and the other against households, so that their rates don't compare.
    pub fn is_unlike(&self, other: &Self) -> bool {
        matches!((self.among, other.among), (Some(own), Some(other)) if own.unit != other.unit)
    }

    /// The breaks after the first day of the earlier count and not after the last day of the later one.
    pub fn breaks_between<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Break> {
        let (earlier, later) = if self.period <= other.period { (self, other) } else { (other, self) };
        let of = |count: &'a Self| count.breaks.iter().flat_map(|breaks| breaks.iter());
        let known: BTreeSet<&Break> = of(earlier).collect();
        let all = of(earlier).chain(of(later).filter(move |broken| !known.contains(broken)));
        let (first, last) = (earlier.period, later.period);
        all.filter(move |broken| broken.is_between(first, last))
    }

    /// The breaks between two counts, in words, each as a clause.
    pub fn breaks_told(&self, other: &Self) -> Vec<String> {
        let told = |broken: &Break| format!("the series changed {} ({})", broken.date.when(), broken.cause);
        self.breaks_between(other).map(told).collect()
    }

    /// Months, or months × people or households where both this count and `other` know how many they are.
    pub fn exposure(&self, other: &Self) -> f64 {
        let months = self.period.months();
        match (self.among, other.among) {
            (Some(among), Some(_)) => months * among.number,
            _ => months,
        }
    }
}

/// What a count may be set against.
const SET_AGAINST: &[&str] = &["population", "households"];

impl Kind for Count {
    const WORD: &'static str = "count";
    const PHRASE: &'static str = "a count";
    const KEYS: &'static [Key] = &[
        Key { name: "count", needs: &["period"], may_have: SET_AGAINST },
        Key { name: "suppressed", needs: &["period"], may_have: SET_AGAINST },
    ];
    const IN_TESTS: Result<&'static str, &'static str> = Ok("count");

    fn judge(
        check: &mut Checker<'_>,
        references: &References<'_>,
        written: &At<Evidence>,
    ) -> Option<FigureOrWhyNot<Self>> {
        let evidence = &written.value;
        let period =
            needs(check, "period", evidence.period.as_ref(), &written.span).and_then(|text| period(check, text));
        let among = references.denominator_of(check, evidence);
        if let Some(mark) = &evidence.suppressed {
            return match suppressed(&mark.value) {
                Some(Some((lower, upper))) => {
                    let (count, suppressed) = (lower + (upper - lower) / 2.0, Some((lower, upper)));
                    let confidence = Confidence::default();
                    Some(Ok(Self { count, suppressed, period: period?, among, breaks: None, confidence }))
                }
                Some(None) => Some(Err(Missing::withheld(Some(&mark.value)).0)),
                None => {
                    let message = format!("`{}` is not a mark of a suppressed figure", mark.value);
                    check.problem(Code::BadValue, &mark.span, message, "write `<5`, `*`, `c`, `..` or `-` as printed");
                    None
                }
            };
        }
        let count = check.whole(evidence.count.as_ref()?, "a count");
        let confidence = Confidence::default();
        Some(Ok(Self { count: count?, suppressed: None, period: period?, among, breaks: None, confidence }))
    }

    fn judge_column(check: &mut Checker<'_>, column: &Column, period: Option<Period>) -> Option<Self> {
        let period = *needs(check, "period", period.as_ref(), &column.header.span)?;
        let confidence = Confidence::default();
        Some(Self { count: f64::NAN, suppressed: None, period, among: None, breaks: None, confidence })
    }

    fn set_count(written: &mut Evidence, period: At<String>, count: At<WrittenNumber>) -> Result<(), &'static str> {
        (written.count, written.period) = (Some(count), Some(period));
        Ok(())
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        (declared.confidence != self.confidence).then(|| Self { confidence: declared.confidence, ..self.clone() })
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.headline())
    }

    /// A gamma distribution with the shape count + ½, rounded to a whole number; of a suppressed count the whole numbers
    /// that it can be, each as likely.
    fn redrawn(&self, random: &mut Random) -> Self {
        let drawn = match self.suppressed {
            Some(ends) => whole_between(ends, random),
            None => level(self.count, random),
        };
        Self { count: drawn, suppressed: None, ..self.clone() }
    }

    fn redraw_numbers(&self, numbers: &mut [f64], random: &mut Random) {
        for number in numbers.iter_mut().filter(|number| !number.is_nan()) {
            *number = level(*number, random);
        }
    }

    fn redraw_suppressed(&self, ends: (f64, f64), random: &mut Random) -> f64 {
        whole_between(ends, random)
    }

    fn lines(&self) -> Vec<String> {
        vec![self.line()]
    }

    fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        let help = "a count is a whole number from 0 up";
        match number_in(text)? {
            Cell::Figure(_) if thousands_with_a_point(text).is_some() => {
                Err((Code::NotWhole, "a count is a whole number: write it without a point between thousands"))
            }
            Cell::Figure(figure) if figure < 0.0 => Err((Code::Negative, help)),
            Cell::Figure(figure) if figure.fract() != 0.0 => Err((Code::NotWhole, help)),
            cell => Ok(cell),
        }
    }

    fn with_number(&self, number: Estimate, among: Option<Denominator>) -> Self {
        Self { count: number.estimate, suppressed: number.interval, among, breaks: None, ..self.clone() }
    }
}

impl Count {
    /// What it says, in a line: `2018: 1,258`.
    pub(super) fn line(&self) -> String {
        let figure = match self.suppressed {
            Some((low, high)) => format!("{} to {}, suppressed", number(low, 0), number(high, 0)),
            None => number(self.count, DECIMALS),
        };
        format!("{}: {figure}", self.period)
    }
}
