//! A count: how often something happened in a period.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::areas::{NotByParts, Part};
use super::asked::{AskedFigure, FigureCell, HOUSEHOLDS, PERIOD, POPULATION};
use super::cell::{Cell, CellProblem, number_in, suppressed};
use super::declared::Declared;
use super::format::{Column, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::missing::Missing;
use super::origin::Break;
use super::pool::FiledPool;
use super::redraw::{level, whole_between};
use crate::areas::Tally;
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::exact::round_to;
use crate::stats::{self, Confidence, Estimate, PooledRate, Random, count_interval};
use crate::toml_file::{At, Checker, WrittenNumber};
use crate::words::{number, thousands_with_a_point};

/// How often something happened in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// How often: whole, or the middle of what a suppressed one can be.
    pub count: f64,
    /// Between which numbers a suppressed count lies.
    pub suppressed: Option<(f64, f64)>,
    /// Between which numbers a count lies of which part was shared out among areas: with none of that part, and with all
    /// of it. Then `count` is an estimate and may have decimals, six at most.
    pub shared_out: Option<(f64, f64)>,
    /// The time in which they were counted.
    pub period: Period,
    /// What it is set against, where known.
    pub among: Option<Denominator>,
    /// The breaks of the series that it is of; none where there are none.
    pub breaks: Option<Arc<[Break]>>,
    /// How sure its interval is, as the rules that read it say; 95% before rules read it.
    pub confidence: Confidence,
    /// What it is pooled with, where the rules that read it say so.
    pub pool: Option<Arc<FiledPool>>,
}

impl Count {
    /// The count with its interval. Of one that is suppressed or partly shared out it goes from the lower end for the least
    /// that it can be to the upper end for the most: not to know it makes nobody surer.
    pub fn headline(&self) -> Estimate {
        let (least, most) = self.ends();
        let (lower, upper) = (count_interval(least, self.confidence).0, count_interval(most, self.confidence).1);
        Estimate::between(self.count, lower, upper)
    }

    /// The least and the most that it can be, where it is not known: it is suppressed, or partly shared out.
    pub fn not_known(&self) -> Option<(f64, f64)> {
        self.suppressed.or(self.shared_out)
    }

    /// The least and the most that it can be; both are the count where it is known.
    pub fn ends(&self) -> (f64, f64) {
        self.not_known().unwrap_or((self.count, self.count))
    }

    /// The count in a sentence; of a suppressed one all that is known: `between 1 and 4`, `fewer than 5`.
    pub fn in_words(&self) -> String {
        match self.suppressed {
            None if self.shared_out.is_some() => format!("about {}", number(self.count, DECIMALS)),
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
        match self.not_known() {
            Some(_) => Some(self.per_year().times(per / among)),
            None => stats::rate(self.count, among * self.period.months() / 12.0, per, self.confidence),
        }
    }

    /// How many people or households for how many years; none where it is not known among how many, or on one day.
    pub fn people_years(&self) -> Option<f64> {
        let among = self.among.map(|among| among.number).filter(|number| *number > 0.0)?;
        (!self.period.is_day()).then(|| among * self.period.months() / 12.0)
    }

    /// The count per `per` people or households a year, drawn towards the rate of all that it is pooled with; none where it is
    /// not pooled, or not known among how many.
    pub fn pooled_rate(&self, per: f64) -> Option<PooledRate> {
        let (pool, exposure) = (self.pool.as_ref()?.pool?, self.people_years()?);
        let found = pool.pooled(self.count, self.ends(), exposure, self.confidence);
        Some(PooledRate { rate: found.rate.times(per), ..found })
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
        self.breaks_between(other).map(|broken| broken.told("the series")).collect()
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
/// What may stand beside a count: also that part of it was shared out among areas.
const BESIDE: &[&str] = &["population", "households", "at_least", "at_most"];

impl Kind for Count {
    const WORD: &'static str = "count";
    const PHRASE: &'static str = "a count";
    const KEYS: &'static [Key] = &[
        Key { name: "count", needs: &["period"], may_have: BESIDE },
        Key { name: "suppressed", needs: &["period"], may_have: SET_AGAINST },
    ];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "count",
        takes: FigureCell::Whole,
        of_row: &[],
        beside: &[PERIOD.needed(), POPULATION, HOUSEHOLDS],
        in_words: "a whole number of what happened, with its period",
    });
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
                    let period = period?;
                    Some(Ok(Self {
                        count,
                        suppressed,
                        shared_out: None,
                        period,
                        among,
                        breaks: None,
                        confidence,
                        pool: None,
                    }))
                }
                Some(None) => Some(Err(Missing::withheld(Some(&mark.value)).0)),
                None => {
                    let message = format!("`{}` is not a mark of a suppressed figure", mark.value);
                    check.problem(Code::BadValue, &mark.span, message, "write `<5`, `*`, `c`, `..` or `-` as printed");
                    None
                }
            };
        }
        let ends = (evidence.at_least.as_ref(), evidence.at_most.as_ref());
        let (count, shared_out) = judge_count(check, evidence.count.as_ref()?, ends, &written.span)?;
        let confidence = Confidence::default();
        Some(Ok(Self {
            count,
            suppressed: None,
            shared_out,
            period: period?,
            among,
            breaks: None,
            confidence,
            pool: None,
        }))
    }

    fn judge_column(check: &mut Checker<'_>, column: &Column, period: Option<Period>) -> Option<Self> {
        let period = *needs(check, "period", period.as_ref(), &column.header.span)?;
        let confidence = Confidence::default();
        let (suppressed, shared_out) = (None, None);
        Some(Self {
            count: f64::NAN,
            suppressed,
            shared_out,
            period,
            among: None,
            breaks: None,
            confidence,
            pool: None,
        })
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

    /// A gamma distribution with the shape count + ½, rounded to a whole number. Of a suppressed count one of the whole
    /// numbers that it can be is drawn first, each as likely. Of one that was partly shared out, what can be here from none to
    /// all of that part is drawn first, from a beta distribution whose mean is the share and that is level where the share is a half.
    fn redrawn(&self, random: &mut Random) -> Self {
        let drawn = match (self.suppressed, self.shared_out) {
            (Some(ends), _) => level(whole_between(ends, random), random),
            (None, Some((least, most))) if least < most => {
                let share = ((self.count - least) / (most - least)).clamp(0.01, 0.99);
                let part = (most - least) * random.beta(2.0 * share, 2.0 * (1.0 - share));
                level(least + part, random)
            }
            _ => level(self.count, random),
        };
        Self { count: drawn, suppressed: None, shared_out: None, ..self.clone() }
    }

    fn redraw_numbers(&self, numbers: &mut [f64], random: &mut Random) {
        for number in numbers.iter_mut().filter(|number| !number.is_nan()) {
            *number = level(*number, random);
        }
    }

    fn redraw_suppressed(&self, ends: (f64, f64), random: &mut Random) -> f64 {
        level(whole_between(ends, random), random)
    }

    fn lines(&self) -> Vec<String> {
        vec![self.line()]
    }

    /// The sum. Of areas that are shared out each gives its share of what was counted in it, as an estimate.
    fn put_together(
        parts: &[Part<'_, Self>],
        everybody: Option<Denominator>,
    ) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let Some(first) = parts.first().map(|part| part.figure) else { return Err(NotByParts::UNLIKE_COUNTS) };
        let mut tally = Tally::default();
        let mut breaks: BTreeSet<Break> = BTreeSet::new();
        for Part { figure, share, area } in parts {
            if figure.period != first.period {
                let why = format!("they are of other times, {} and {}", first.period, figure.period);
                return Err(NotByParts::new(why, "file counts of the same time for each of the areas"));
            }
            if !Tally::is_exact(figure.count, *share) {
                let why = format!("what was counted in `{area}` was shared out before");
                return Err(NotByParts::new(why, "share out what was counted, by one lookup alone"));
            }
            tally.add(figure.count, figure.ends(), *share);
            breaks.extend(figure.breaks.iter().flat_map(|breaks| breaks.iter().cloned()));
        }
        let was_shared = tally.is_shared() || parts.iter().any(|part| part.figure.shared_out.is_some());
        let is_suppressed = parts.iter().any(|part| part.figure.suppressed.is_some());
        Ok(Ok(Self {
            count: tally.sum(),
            suppressed: (is_suppressed && !was_shared).then(|| tally.ends()),
            shared_out: was_shared.then(|| tally.ends()),
            period: first.period,
            among: denominators(parts, everybody),
            breaks: (!breaks.is_empty()).then(|| breaks.into_iter().collect()),
            confidence: first.confidence,
            pool: None,
        }))
    }

    fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        match number_in(text)? {
            Cell::Figure(_) if thousands_with_a_point(text).is_some() => {
                Err((Code::NotWhole, "a count is a whole number: write it without a point between thousands"))
            }
            Cell::Figure(figure) => self.read_number(figure),
            cell => Ok(cell),
        }
    }

    fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        let help = "a count is a whole number from 0 up";
        match figure {
            _ if figure < 0.0 => Err((Code::Negative, help)),
            _ if figure.fract() != 0.0 => Err((Code::NotWhole, help)),
            _ => Ok(Cell::Figure(figure)),
        }
    }

    fn with_number(&self, number: Estimate, among: Option<Denominator>) -> Self {
        Self { count: number.estimate, suppressed: number.interval, among, breaks: None, ..self.clone() }
    }
}

/// What the counts of several areas are set against together: the sum, or what all of them are set against that name
/// nobody of their own. None where it is not known of each of them, or they are set against other things.
fn denominators(parts: &[Part<'_, Count>], everybody: Option<Denominator>) -> Option<Denominator> {
    let unit = parts.first()?.figure.among?.unit;
    if everybody.is_some() && parts.iter().all(|part| part.figure.among == everybody) {
        return everybody;
    }
    let mut tally = Tally::default();
    for part in parts {
        let own = part.figure.among.filter(|among| among.unit == unit)?.number;
        tally.add(own, (own, own), part.share);
    }
    Some(Denominator { number: tally.sum(), unit })
}

/// A count, and the least and the most that it can be where part of it was shared out among areas: `ends`.
pub(super) fn judge_count(
    check: &mut Checker<'_>,
    count: &At<WrittenNumber>,
    ends: (Option<&At<WrittenNumber>>, Option<&At<WrittenNumber>>),
    span: &std::ops::Range<usize>,
) -> Option<(f64, Option<(f64, f64)>)> {
    if ends == (None, None) {
        return Some((check.whole(count, "a count")?, None));
    }
    let least = needs(check, "at_least", ends.0, span);
    let most = needs(check, "at_most", ends.1, span);
    let least = least.and_then(|least| check.whole(least, "the least that a count can be"));
    let most = most.and_then(|most| check.whole(most, "the most that a count can be"));
    let ends = least.zip(most)?;
    Some((between(check, count, ends)?, Some(ends)))
}

/// A count that was partly shared out, which may have decimals and lies between what it can be.
fn between(check: &mut Checker<'_>, count: &At<WrittenNumber>, (least, most): (f64, f64)) -> Option<f64> {
    let number = check.not_negative(count, "a count")?;
    let decimals = round_to(number, DECIMALS);
    if !(least..=most).contains(&number) || decimals != number {
        let message =
            format!("`{number}` does not lie between `at_least` and `at_most`, or has more than six decimals");
        let help = "write what the shares make of it: no less than without the part that was shared out, no more than with all of it";
        check.problem(Code::BadValue, &count.span, message, help);
        return None;
    }
    Some(number)
}

impl Count {
    /// What it says, in a line: `2018: 1,258`.
    pub(super) fn line(&self) -> String {
        let plain = |figure: f64| number(figure, DECIMALS);
        let figure = match (self.suppressed, self.shared_out) {
            (Some((low, high)), _) => format!("{} to {}, suppressed", number(low, 0), number(high, 0)),
            (None, Some((least, most))) => {
                format!("{}, estimated: {} to {} can be here", plain(self.count), plain(least), plain(most))
            }
            (None, None) => plain(self.count),
        };
        format!("{}: {figure}", self.period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Stream;

    /// As Garwood has 0 and 4: 0 to 3.69 and 1.09 to 10.24.
    #[test]
    fn not_to_know_a_small_count_makes_nobody_surer_than_to_know_it() {
        let confidence = Confidence::default();
        let suppressed = Count {
            count: 2.0,
            suppressed: Some((0.0, 4.0)),
            shared_out: None,
            period: Period::parse("2025").unwrap(),
            among: Some(Denominator::people(1000.0)),
            breaks: None,
            confidence,
            pool: None,
        };
        let (lower, upper) = suppressed.headline().interval.unwrap();
        assert_eq!((lower, (upper * 1000.0).round()), (0.0, 10_242.0));
        let rate = suppressed.rate(1000.0).unwrap().interval.unwrap();
        for known in 0..=4 {
            let known = Count { count: f64::from(known), suppressed: None, ..suppressed.clone() };
            let (least, most) = known.rate(1000.0).unwrap().interval.unwrap();
            assert!(rate.0 <= least && rate.1 >= most);
        }
        let draws: Vec<f64> =
            (0..400).map(|draw| suppressed.redrawn(&mut Random::new(1, Stream::Evidence, draw)).count).collect();
        assert!(draws.iter().any(|count| *count > 4.0) && draws.iter().all(|count| *count <= 20.0));
        // Each of 0 to 4 as likely, and a half for the level behind it: 2.5 in the mean.
        let mean = draws.iter().sum::<f64>() / 400.0;
        assert!((mean - 2.5).abs() < 0.4, "{mean}");
    }
}
