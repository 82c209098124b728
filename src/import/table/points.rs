//! Sums into what is filed: a figure for each period that is whole. A period that is not is left out and told, and so is
//! one with a figure that is withheld or missing.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{FigureMarks, Reading, to_twelve_digits};
use super::group::{About, Sum, Sums, across_files, place, row, sums, two_columns};
use super::layout::LaidOutSheet;
use super::rows::{At, ReadRows};
use super::{FigureKind, FiguresIn, PointSpan, TableOptions, times};
use crate::assessment::{Day, Period};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::given::option_problem;
use crate::words::listed;

/// The most figures that are made of rows, those that are zero included.
const MOST_FIGURES: usize = 2_000_000;
/// How many sums are told one by one that are left out alike.
const SUMS_TOLD: usize = 5;
const NOT_WHOLE: &str = "in a period that is not whole";
const LONGER: &str = "in a period that holds others";
const LACKING: &str = "in a sum with a figure that is withheld or missing";

/// A figure to be filed.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) period: Option<Period>,
    pub(super) figure: PointFigure,
    pub(super) marks: FigureMarks,
    /// How many rows, or cells, are in it.
    pub(super) rows: u64,
    /// Where the first of them stands; none where no row is in it.
    pub(super) first: Option<At>,
}

/// What is filed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PointFigure {
    Number(f64),
    /// A count of which part was shared out among areas, and the least and the most that it can be.
    Shared(f64, (f64, f64)),
    /// As evidence writes it.
    Suppressed(String),
    /// Why there is no figure.
    Missing(String),
}

impl PointFigure {
    /// Whether a figure is filed, be it suppressed.
    pub(super) fn is_shown(&self) -> bool {
        !matches!(self, Self::Missing(_))
    }
}

/// The figures of each candidate and evidence, oldest first; none at all where no period is whole.
pub(super) type Points = BTreeMap<About, Vec<Point>>;

/// The figures to be filed.
///
/// # Errors
/// Times that can't be read or overlap; figures that would be added up unasked.
pub(super) fn points(sheets: &[LaidOutSheet], rows: &mut ReadRows, options: &TableOptions) -> Result<Points, Problems> {
    let empty = without_figures(rows);
    let mut making = PointMaker { sheets, options, rows, left_out: BTreeMap::new() };
    let mut points = if options.has_times() { making.series()? } else { making.single()? };
    making.tell();
    points.retain(|(candidate, _), _| !empty.contains_key(candidate));
    let told = empty.iter().take(SUMS_TOLD).filter_map(|(candidate, at)| {
        Some(format!("`{}` ({})", rows.candidates.get(*candidate)?.text, place(sheets, *at)?))
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        let more = if empty.len() > told.len() { " and more" } else { "" };
        rows.remarks.push(format!("Not written, because all of their cells are empty: {}{more}.", told.join(", ")));
    }
    Ok(points)
}

/// Candidates all of whose cells are empty: notes below a table, mostly.
fn without_figures(rows: &ReadRows) -> BTreeMap<u32, At> {
    let mut empty = BTreeMap::new();
    let mut filled = BTreeSet::new();
    for entry in &rows.entries {
        if entry.reading == Reading::EMPTY {
            empty.entry(entry.candidate).or_insert(entry.at);
        } else {
            filled.insert(entry.candidate);
        }
    }
    empty.retain(|candidate, _| !filled.contains(candidate));
    empty
}

struct PointMaker<'a> {
    sheets: &'a [LaidOutSheet],
    options: &'a TableOptions,
    rows: &'a mut ReadRows,
    /// By reason, and by period and why: the sums that are left out.
    left_out: BTreeMap<&'static str, BTreeMap<(String, String), Vec<String>>>,
}

/// The days that the file covers, and where they are known from.
struct Covered {
    start: Day,
    end: Day,
    /// Days on which something happened.
    seen: BTreeSet<Day>,
    /// Whether a person said from when to when the file is whole.
    stated: (bool, bool),
}

impl PointMaker<'_> {
    /// The figures put together by these periods.
    fn sums(&mut self, periods: &[Option<Period>], options: &TableOptions) -> Result<Sums, Problems> {
        let sums = sums(self.sheets, self.rows, periods, options)?;
        self.rows.remarks.extend(across_files(self.sheets, &sums).filter(|_| options.once.is_none()));
        Ok(sums)
    }

    // --- Without times -----------------------------------------------------------------------------------------------

    fn single(&mut self) -> Result<Points, Problems> {
        let period = self.options.one_period()?;
        let periods = vec![period; self.rows.entries.len()];
        let sums = self.sums(&periods, self.options)?;
        let mut points = Points::new();
        for (about, by_period) in &sums {
            for (period, sum) in by_period {
                points.entry(*about).or_default().push(self.point(*about, *period, sum, false));
            }
        }
        if self.options.figures == FiguresIn::Rows {
            self.fill(&mut points, &[period.ok_or_else(no_period)?])?;
        }
        Ok(points)
    }

    // --- With times --------------------------------------------------------------------------------------------------

    fn series(&mut self) -> Result<Points, Problems> {
        let read = self.times()?;
        let periods = self.periods_of_entries(&read)?;
        if self.options.figures == FiguresIn::Across
            && let Some(problem) = two_columns(self.sheets, self.rows, &periods)
        {
            return Err(problem.into());
        }
        let used: BTreeSet<Period> = periods.iter().flatten().copied().collect();
        let Some(first) = used.first() else {
            return Ok(Points::new());
        };
        let days = used.iter().filter(|period| period.is_day()).count();
        let is_month = |period: &Period| period.first_day().iso().ends_with("-01");
        if days > 0 && days < used.len() {
            let other = used.iter().find(|period| !period.is_day()).unwrap_or(first);
            let message = format!("there are days, such as {first}, and longer periods, such as {other}");
            return Err(option_problem(message, "choose the rows of one kind with `--where`").into());
        }
        if days == 0 {
            let sums = self.sums(&periods, self.options)?;
            return Ok(self.of_periods(&sums)?);
        }
        let in_rows = self.options.figures == FiguresIn::Rows;
        if !in_rows && used.len() > 1 && used.iter().all(is_month) {
            let months = self.as_months(&periods, &used)?;
            let sums = self.sums(&months, self.options)?;
            return Ok(self.of_periods(&sums)?);
        }
        match self.options.every {
            None if !in_rows => Err(option_problem(
                format!("the figures are of days, such as {first}, and no series is of days"),
                "say what each count covers with `--every month`, `quarter`, `year` or `financial-year`, and `--sum`",
            )
            .into()),
            every => self.of_days(&periods, &read, every.unwrap_or(PointSpan::Month)),
        }
    }

    /// First days of months as the months that they stand for in workbooks; `used` has all of them.
    fn as_months(
        &mut self,
        periods: &[Option<Period>],
        used: &BTreeSet<Period>,
    ) -> Result<Vec<Option<Period>>, Problem> {
        let month = |period: Period| PointSpan::Month.of(period.first_day());
        let months: Vec<Period> = used.iter().filter_map(|day| month(*day)).collect();
        let follow = |(one, next): (&Period, &Period)| one.last_day().is_before(next.first_day());
        let [first, second, ..] = *months else { return Ok(Vec::new()) };
        if !months.iter().zip(months.iter().skip(1)).any(follow) {
            let message = format!(
                "all times are first days of months, such as those of {first} and {second}, and no two months follow each \
                 other: they may be months, quarters or years"
            );
            return Err(option_problem(
                message,
                "write in the file what they are: `Jan 2024`, `2024-01/2024-03` or `2024`",
            ));
        }
        let remark = format!("All times are first days of months, such as that of {first}: they are read as months.");
        self.rows.remarks.push(remark);
        Ok(periods.iter().map(|period| period.and_then(month)).collect())
    }

    /// The period of each text that says when; none where it is wrong and no row that counts has it.
    fn times(&mut self) -> Result<Vec<Option<Period>>, Problems> {
        let texts: Vec<String> = self.rows.times.iter().map(|(text, _)| text.clone()).collect();
        let read = times::read(&texts, self.options.order);
        let mut problems = Problems::default();
        let mut periods = Vec::new();
        for (number, (read, (_, at))) in (0..).zip(read.periods.into_iter().zip(&self.rows.times)) {
            match read {
                Ok(period) => periods.push(Some(period)),
                Err((message, help)) => {
                    periods.push(None);
                    if self.rows.times_used.contains(&number) {
                        problems.push(match row(self.sheets, *at) {
                            Some((sheet, row)) => sheet.problem(row, at.column, &message, &help),
                            None => option_problem(message, help),
                        });
                    }
                }
            }
        }
        self.rows.remarks.extend(read.remarks);
        if problems.has_errors() { Err(problems) } else { Ok(periods) }
    }

    /// The period of each figure; none where it is outside of what is asked for, and then it is set aside.
    fn periods_of_entries(&mut self, read: &[Option<Period>]) -> Result<Vec<Option<Period>>, Problems> {
        let (from, to) = self.options.window()?;
        let inside = |period: &Period| {
            from.is_none_or(|from| period.first_day() >= from.first_day())
                && to.is_none_or(|to| period.last_day() <= to.last_day())
        };
        let of = |when: Option<u32>| read.get(usize::try_from(when?).ok()?).copied().flatten().filter(inside);
        let mut periods: Vec<Option<Period>> = self.rows.entries.iter().map(|entry| of(entry.when)).collect();
        let keep: Vec<bool> = periods.iter().map(Option::is_some).collect();
        let outside = keep.iter().filter(|keep| !**keep).count();
        self.rows.account.account.take_back("outside `--from` and `--to`", outside as u64);
        let mut kept = keep.iter();
        self.rows.entries.retain(|_| kept.next().copied().unwrap_or(false));
        periods.retain(Option::is_some);
        Ok(periods)
    }

    // --- Months, quarters and years as the file has them -------------------------------------------------------------

    fn of_periods(&mut self, sums: &Sums) -> Result<Points, Problem> {
        let mut points = Points::new();
        for (about, by_period) in sums {
            let by_period: Vec<(Period, &Sum)> =
                by_period.iter().filter_map(|(period, sum)| Some(((*period)?, sum))).collect();
            let by_period = self.without_longer(*about, by_period);
            if let Some(((one, _), (other, sum))) =
                by_period.iter().zip(by_period.iter().skip(1)).find(|((one, _), (other, _))| one.overlaps(*other))
            {
                return Err(self.overlap(*one, *other, sum.first));
            }
            let made = match self.options.every {
                None => by_period.iter().filter_map(|(period, sum)| self.series_point(*about, *period, sum)).collect(),
                Some(every) => self.put_together(*about, &by_period, every)?,
            };
            points.insert(*about, made);
        }
        Ok(points)
    }

    /// Without periods that are longer than `--every` and hold others of the file: a year beside its months.
    fn without_longer<'s>(&mut self, about: About, mut periods: Vec<(Period, &'s Sum)>) -> Vec<(Period, &'s Sum)> {
        let Some(every) = self.options.every else { return periods };
        let all: Vec<Period> = periods.iter().map(|(period, _)| *period).collect();
        let fits = |period: &Period| every.of(period.first_day()).is_some_and(|it| period.last_day() <= it.last_day());
        periods.retain(|(period, sum)| {
            let holds_others = all.iter().any(|other| other != period && other.overlaps(*period) && fits(other));
            let is_longer = !fits(period) && holds_others;
            if is_longer {
                let why = format!("the file has shorter periods of it, and `--every` asks for {}", every.phrase());
                self.leave_out(about, LONGER, (period.written(), why), sum);
            }
            !is_longer
        });
        periods
    }

    fn overlap(&self, one: Period, other: Period, at: At) -> Problem {
        let message = format!("{one} and {other} overlap, so they are no series");
        let help = "say what each count covers with `--every month`, `quarter`, `year` or `financial-year`: longer periods \
                    that hold shorter ones are then left out; or choose the periods of one kind with `--from` and `--to`, \
                    or `--where`";
        match row(self.sheets, at) {
            Some((sheet, row)) => sheet.problem(row, at.column, &message, help),
            None => option_problem(message, help),
        }
    }

    /// Periods put together to longer ones, those alone that are whole.
    fn put_together(
        &mut self,
        about: About,
        by_period: &[(Period, &Sum)],
        every: PointSpan,
    ) -> Result<Vec<Point>, Problem> {
        let mut spans: BTreeMap<Period, Vec<(Period, &Sum)>> = BTreeMap::new();
        for (period, sum) in by_period {
            let span = every.of(period.first_day()).filter(|span| period.last_day() <= span.last_day());
            let Some(span) = span else {
                let message = format!("{period} is not within {}", every.phrase());
                let help = "choose another `--every`, or the periods with `--from` and `--to`";
                return Err(match row(self.sheets, sum.first) {
                    Some((sheet, row)) => sheet.problem(row, sum.first.column, &message, help),
                    None => option_problem(message, help),
                });
            };
            spans.entry(span).or_default().push((*period, *sum));
        }
        let mut points = Vec::new();
        for (span, parts) in spans {
            let Some((_, first)) = parts.first() else { continue };
            let sum = parts.iter().skip(1).fold((*first).clone(), |sum, (_, part)| sum.and(part));
            if fills(span, parts.iter().map(|(period, _)| *period)) {
                points.extend(self.series_point(about, span, &sum));
            } else {
                let periods: Vec<String> = parts.iter().map(|(period, _)| period.written()).collect();
                self.leave_out(about, NOT_WHOLE, (span.written(), shortened(&periods)), &sum);
            }
        }
        Ok(points)
    }

    // --- Days --------------------------------------------------------------------------------------------------------

    fn of_days(
        &mut self,
        periods: &[Option<Period>],
        read: &[Option<Period>],
        every: PointSpan,
    ) -> Result<Points, Problems> {
        let Some(covered) = self.covered(read)? else { return Ok(Points::new()) };
        let spans = self.whole_spans(&covered, every);
        let of_day = |period: Option<Period>| every.of(period?.first_day());
        let in_spans: Vec<Option<Period>> = periods.iter().map(|period| of_day(*period)).collect();
        if !self.options.sum && self.options.figures != FiguresIn::Rows {
            sums(self.sheets, self.rows, periods, self.options)?;
        }
        let adding = TableOptions { sum: true, ..self.options.clone() };
        let sums = self.sums(&in_spans, &adding)?;
        let mut points = Points::new();
        for (about, by_span) in &sums {
            let made = points.entry(*about).or_default();
            for (span, sum) in by_span {
                match span.filter(|span| spans.contains(span)) {
                    Some(span) => made.extend(self.series_point(*about, span, sum)),
                    None => self.rows.account.account.take_back(NOT_WHOLE, sum.rows),
                }
            }
        }
        if self.options.figures == FiguresIn::Rows {
            self.fill(&mut points, &spans.into_iter().collect::<Vec<_>>())?;
        }
        Ok(points)
    }

    /// From when to when the file is: as a person said, else from its first day to its last, of rows that do not count
    /// too.
    fn covered(&self, read: &[Option<Period>]) -> Result<Option<Covered>, Problem> {
        let (from, to) = self.options.window()?;
        let seen: BTreeSet<Day> =
            read.iter().flatten().filter(|period| period.is_day()).map(|day| day.first_day()).collect();
        let start = from.map(Period::first_day).or(seen.first().copied());
        let end = to.map(Period::last_day).or(seen.last().copied());
        let stated = (from.is_some(), to.is_some());
        Ok(start.zip(end).map(|(start, end)| Covered { start, end, seen, stated }))
    }

    /// The periods that the file covers whole. What is left out at its ends and in its gaps is told.
    fn whole_spans(&mut self, covered: &Covered, every: PointSpan) -> BTreeSet<Period> {
        let mut spans = BTreeSet::new();
        let (mut gaps, mut thin) = (Vec::new(), Vec::new());
        let mut next = every.of(covered.start);
        while let Some(span) = next.filter(|span| span.first_day() <= covered.end) {
            let seen = covered.seen.range(span.first_day()..=span.last_day()).count();
            if span.first_day() < covered.start {
                self.tell_end(span, "first", covered.start, covered.stated.0, "--from");
            } else if span.last_day() > covered.end {
                self.tell_end(span, "last", covered.end, covered.stated.1, "--to");
            } else if seen > 0 || covered.stated == (true, true) {
                spans.insert(span);
                if usize::try_from(span.days()).is_ok_and(|days| seen < days) {
                    thin.push(format!("{} ({seen} of {} days)", span.written(), span.days()));
                }
            } else {
                gaps.push(span.written());
            }
            next = after(span).and_then(|day| every.of(day));
        }
        // Rows that are counted have no figure on a day without one; figures of days may lack some.
        if !thin.is_empty() && self.options.figures != FiguresIn::Rows {
            let remark = format!("Figures are not of all days: {}. They are added up as they stand.", shortened(&thin));
            self.rows.remarks.push(remark);
        }
        if !gaps.is_empty() {
            self.rows.remarks.push(format!(
                "No row of the file is of {}: left out, as a gap. Where nothing happened then, say so with `--from` and \
                 `--to`, between which the file is taken as whole.",
                shortened(&gaps)
            ));
        }
        spans
    }

    fn tell_end(&mut self, span: Period, which: &str, day: Day, stated: bool, option: &str) {
        let span = span.written();
        self.rows.remarks.push(match stated {
            true => format!("{span} is left out, because `{option}` cuts it."),
            false => format!(
                "{span} is left out, because the {which} row of the file is of {day}. If the file is whole beyond that, \
                 say so with `{option} {span}`."
            ),
        });
    }

    /// Adds a zero for every candidate, evidence and period that no row is of: the file covers them.
    fn fill(&self, points: &mut Points, periods: &[Period]) -> Result<(), Problem> {
        let (candidates, evidence) = (self.rows.candidates.all.len(), self.rows.evidence.all.len());
        let figures = candidates.saturating_mul(evidence).saturating_mul(periods.len());
        if figures > MOST_FIGURES {
            let message = format!("{candidates} candidates with {evidence} evidence names make {figures} figures");
            return Err(Problem::new(Code::FileTooLarge, message)
                .help("choose rows with `--where`, or another column with `--id` or `--evidence-by`"));
        }
        let number = |count: usize| 0..u32::try_from(count).unwrap_or(u32::MAX);
        for about in number(candidates).flat_map(|candidate| number(evidence).map(move |name| (candidate, name))) {
            let made = points.entry(about).or_default();
            let there: BTreeSet<Period> = made.iter().filter_map(|point| point.period).collect();
            let zero = |period: &Period| Point {
                period: Some(*period),
                figure: PointFigure::Number(0.0),
                marks: FigureMarks::default(),
                rows: 0,
                first: None,
            };
            made.extend(periods.iter().filter(|period| !there.contains(period)).map(zero));
            made.sort_by_key(|point| point.period);
        }
        Ok(())
    }

    // --- One figure --------------------------------------------------------------------------------------------------

    /// A point of a series; none where a figure in it is withheld or missing.
    fn series_point(&mut self, about: About, period: Period, sum: &Sum) -> Option<Point> {
        let point = self.point(about, Some(period), sum, true);
        matches!(point.figure, PointFigure::Number(_)).then_some(point)
    }

    fn point(&mut self, about: About, period: Option<Period>, sum: &Sum, in_series: bool) -> Point {
        let figure = match (&sum.lacking, sum.alone()) {
            (None, _) => PointFigure::Number(if sum.rows > 1 { to_twelve_digits(sum.total) } else { sum.total }),
            (Some(_), Some(reading)) => self.alone(sum, reading, in_series),
            (Some((reading, at)), None) => {
                let place = place(self.sheets, *at).unwrap_or_default();
                let of = period.map_or_else(|| "the figure".to_owned(), Period::written);
                self.leave_out(about, LACKING, (of, format!("{place} is {}", reading.in_words())), sum);
                PointFigure::Missing(format!("A figure in the sum is {} ({place}).", reading.in_words()))
            }
        };
        Point { period, figure, marks: sum.marks, rows: sum.rows, first: Some(sum.first) }
    }

    /// What is filed of a figure that is no number. A series can't have one.
    fn alone(&mut self, sum: &Sum, reading: &Reading, in_series: bool) -> PointFigure {
        let is_count = self.options.figure == FigureKind::Count;
        let suppressed = match reading {
            Reading::Below(below) => Some(format!("<{below}")),
            Reading::Withheld(mark) => Some((*mark).to_owned()),
            Reading::Number(..) | Reading::Missing(_) => None,
        };
        if let (Some(suppressed), true, false) = (suppressed, is_count, in_series) {
            return PointFigure::Suppressed(suppressed);
        }
        let found = place(self.sheets, sum.first).unwrap_or_default();
        let why = reading.in_words();
        let reason = format!("without a figure: {why}");
        self.rows.account.account.take_back(&reason, sum.rows);
        // Where the first cell of each mark stands is told of the mark.
        if *reading == Reading::EMPTY {
            self.rows.account.place(&reason, || found.clone());
        }
        PointFigure::Missing(format!("The file has no figure: {why} ({found})."))
    }

    /// Sets a sum aside, and keeps what is to be told of it: which period, and why.
    fn leave_out(&mut self, about: About, reason: &'static str, why: (String, String), sum: &Sum) {
        let candidate = self.rows.candidates.get(about.0).map(|named| named.text.clone()).unwrap_or_default();
        let evidence = match self.rows.evidence.all.len() {
            1 => String::new(),
            _ => self.rows.evidence.get(about.1).map_or_else(String::new, |named| format!(", {}", named.text)),
        };
        self.left_out.entry(reason).or_default().entry(why).or_default().push(format!("{candidate}{evidence}"));
        self.rows.account.account.take_back(reason, sum.rows);
    }

    /// A sentence for each reason why sums are left out.
    fn tell(&mut self) {
        for (reason, sums) in &self.left_out {
            let one = |((period, why), of): (&(String, String), &Vec<String>)| match &**of {
                [first] => format!("{period} of {first} ({why})"),
                [first, rest @ ..] => format!("{period} of {first} and {} more ({why})", rest.len()),
                [] => String::new(),
            };
            let first: Vec<String> = sums.iter().take(SUMS_TOLD).map(one).collect();
            let more = match sums.len().saturating_sub(SUMS_TOLD) {
                0 => String::new(),
                more => format!("; and {more} more"),
            };
            self.rows.remarks.push(format!("Left out, {reason}: {}{more}.", first.join("; ")));
        }
    }
}

impl Reading {
    /// Why it is no number, within a sentence.
    fn in_words(&self) -> String {
        match self {
            Self::Number(..) => "a number".to_owned(),
            Self::Withheld(_) => "withheld".to_owned(),
            Self::Below(below) => format!("withheld, below {below}"),
            Self::Missing(why) => (*why).to_owned(),
        }
    }
}

/// Whether these periods, in their order, fill a longer one without a gap.
fn fills(span: Period, parts: impl Iterator<Item = Period>) -> bool {
    let mut end: Option<Day> = None;
    for part in parts {
        let follows = match end {
            None => part.first_day() == span.first_day(),
            Some(end) => end.is_before(part.first_day()),
        };
        if !follows {
            return false;
        }
        end = Some(part.last_day());
    }
    end == Some(span.last_day())
}

/// The first day after a period of whole months.
fn after(span: Period) -> Option<Day> {
    let last = span.last_day();
    match last.month() {
        12 => Day::new(last.year() + 1, 1, 1),
        month => Day::new(last.year(), month + 1, 1),
    }
}

/// All of a few, and of many the first and the last.
fn shortened(periods: &[String]) -> String {
    match periods {
        [first, .., last] if periods.len() > 4 => format!("{} periods from {first} to {last}", periods.len()),
        periods => listed(periods),
    }
}

fn no_period() -> Problem {
    option_problem("nothing says when the rows are of", "say it with `--period 2025/26`")
}
