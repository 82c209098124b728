//! Counts and percentages over time as lines: what a cell would bury.
//!
//! Two points are joined where they cover the same length of time and nothing broke between them. A point of another length
//! stands hollow and alone. What a count can be, where it is not known, is an upright bar.

use super::charts::{Svg, text_at};
use super::model::{Chart, KeyMark, Trend, TrendTable};
use crate::assessment::{Column, Figure, Period, month_named};
use crate::ranked::RankedAssessment;
use crate::report::html::escaped;
use crate::scoring::{Citation, Trace};
use crate::words::{number, upper_first};

/// Fewer points are no trend: the table of the evidence has them.
const LEAST_POINTS: usize = 3;
/// So many points are drawn and tabled, the latest.
const MOST_POINTS: usize = 40;
/// So many stand side by side in a table.
const ABREAST: usize = 10;
/// So many letters of names of periods stand side by side under the line, with room between them, on paper.
const LETTERS_ABREAST: usize = 60;
/// Where the first and the last point stand, in per cent of the width, and the lines of the highest and of zero, in pixels.
const LEFT: f64 = 5.0;
const RIGHT: f64 = 95.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 112.0;
const HEIGHT: u32 = 134;
/// Where the names of periods stand.
const NAMES: f64 = 129.0;

/// What there is of trends of one candidate: of each series with points enough, in the order of its evidence.
pub(super) fn trends(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Vec<Trend> {
    let number = report.assessment.candidate_number(&trace.candidate.id);
    let mut names: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for citation in trace.citations().chain(&trace.context) {
        if names.contains(&citation.path) {
            continue;
        }
        names.push(citation.path);
        let column = number.zip(report.assessment.evidence.get(citation.path));
        let figure = column.and_then(|(number, column): (usize, &Column)| column.get(number));
        let series = figure.and_then(|evidence| TimeSeries::new(&evidence.figure));
        found.extend(series.map(|series| series.trend(citation, trace, report)));
    }
    found
}

struct Point {
    period: Period,
    figure: f64,
    /// Between what it lies where it is not known.
    between: Option<(f64, f64)>,
    words: String,
    /// Whether it is joined to the one before it.
    is_joined: bool,
    /// Whether the series broke between the one before it and this.
    is_after_break: bool,
    /// Whether it covers as long a time as most.
    is_usual: bool,
}

struct TimeSeries {
    points: Vec<Point>,
    /// What broke, as clauses.
    breaks: Vec<String>,
    left_out: usize,
}

impl TimeSeries {
    fn new(figure: &Figure) -> Option<Self> {
        let mut points: Vec<Point> = match figure {
            Figure::Series(series) => {
                let point = |count: &crate::assessment::Count| {
                    Point::new(count.period, count.count, count.not_known(), count.in_words())
                };
                series.counts.iter().map(point).collect()
            }
            Figure::Percentages(series) => {
                let point = |of: &crate::assessment::PercentageOf| {
                    let figure = of.percentage.percentage.estimate;
                    Point::new(of.period, figure, None, format!("{}%", number(figure, 2)))
                };
                series.points.iter().map(point).collect()
            }
            _ => return None,
        };
        if points.len() < LEAST_POINTS {
            return None;
        }
        let left_out = points.len().saturating_sub(MOST_POINTS);
        points.drain(..left_out);
        let usual = usual_length(&points);
        let breaks = figure.breaks();
        let mut before: Option<Period> = None;
        for point in &mut points {
            point.is_usual = length(point.period) == usual;
            let broke = |earlier: Period| breaks.iter().any(|broken| broken.is_between(earlier, point.period));
            point.is_after_break = before.is_some_and(broke);
            let is_joined = before.is_some_and(|earlier| length(earlier) == length(point.period));
            point.is_joined = is_joined && point.is_usual && !point.is_after_break;
            before = Some(point.period);
        }
        let (first, last) = (points.first()?.period, points.last()?.period);
        let told = breaks.iter().filter(|broken| broken.is_between(first, last));
        let breaks = told.map(|broken| broken.told("the series")).collect();
        Some(Self { points, breaks, left_out })
    }

    fn trend(&self, citation: &Citation<'_>, trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Trend {
        let declared = report.rules.evidence.get(citation.path);
        let name = declared.map_or_else(|| citation.path.replace('_', " "), |declared| declared.title.clone());
        let ends = self.points.first().zip(self.points.last());
        let told = |point: &Point| format!("{} in {}", point.words, short(point.period));
        let title = ends.map_or_else(String::new, |(first, last)| {
            format!("{}: {}, {}", upper_first(&name), told(first), told(last))
        });
        let id = format!("trend-{}-{}", trace.candidate.id, citation.path);
        let all: Vec<String> = self.points.iter().map(told).collect();
        let chart = Chart {
            panels: vec![self.drawn(&id, &format!("{name}, by period"), &all.join("; "))],
            id,
            title,
            subtitle: self.subtitle(),
            key: self.key(),
        };
        let parts = self.points.len().div_ceil(ABREAST);
        let table = |(part, points): (usize, &[Point])| TrendTable {
            id: format!("{}-{part}", chart.id),
            caption: if parts > 1 { format!("{name}, part {part}") } else { name.clone() },
            periods: points.iter().map(|point| short(point.period)).collect(),
            figures: points.iter().map(|point| point.words.clone()).collect(),
        };
        let tables = (1..).zip(self.points.chunks(ABREAST)).map(table).collect();
        Trend { chart, name, tables }
    }

    fn subtitle(&self) -> String {
        let mut told = vec!["The scale begins at 0.".to_owned()];
        told.extend(self.breaks.iter().map(|broken| format!("{}.", upper_first(broken))));
        if self.left_out > 0 {
            told.push(format!("{} earlier ones are in the evidence.", self.left_out));
        }
        told.join(" ")
    }

    fn key(&self) -> Vec<KeyMark> {
        let mark = |class, meaning: &str| KeyMark { class, meaning: meaning.to_owned() };
        let mut key = Vec::new();
        if self.points.iter().any(|point| point.is_after_break) {
            key.push(mark("mark-break", "the series changed: do not compare across it"));
        }
        if self.points.iter().any(|point| !point.is_usual) {
            key.push(mark("mark-hollow", "of another length of time: do not compare"));
        }
        if self.points.iter().any(|point| point.between.is_some()) {
            key.push(mark("mark-range", "somewhere in the bar: the count itself is not known"));
        }
        key
    }

    fn drawn(&self, id: &str, title: &str, about: &str) -> String {
        let mut svg = Svg::new(HEIGHT);
        let highest = |point: &Point| point.between.map_or(point.figure, |(_, high)| high.max(point.figure));
        let most = self.points.iter().map(highest).fold(0.0, f64::max);
        let y = |figure: f64| BOTTOM - (BOTTOM - TOP) * if most > 0.0 { (figure / most).clamp(0.0, 1.0) } else { 0.0 };
        let x = |at: usize| number(self.x(at), 2);
        svg.push(&format!(
            "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{BOTTOM}\" y2=\"{BOTTOM}\"/>\
             <line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{TOP}\" y2=\"{TOP}\"/>"
        ));
        svg.push(&text_at("0", BOTTOM - 3.0, "start", "0"));
        for (at, point) in self.points.iter().enumerate() {
            let (here, before) = (x(at), at.checked_sub(1));
            if point.is_after_break
                && let Some(before) = before
            {
                let middle = number(f64::midpoint(self.x(before), self.x(at)), 2);
                svg.push(&format!(
                    "<line class=\"mark-break\" x1=\"{middle}%\" x2=\"{middle}%\" y1=\"{}\" y2=\"{BOTTOM}\"/>",
                    TOP - 18.0
                ));
            }
            if let Some(earlier) = before.filter(|_| point.is_joined).and_then(|before| self.points.get(before)) {
                svg.push(&format!(
                    "<line class=\"trend\" x1=\"{}%\" y1=\"{}\" x2=\"{here}%\" y2=\"{}\"/>",
                    x(at - 1),
                    number(y(earlier.figure), 1),
                    number(y(point.figure), 1)
                ));
            }
            if let Some((low, high)) = point.between {
                let (low, high) = (number(y(low), 1), number(y(high), 1));
                svg.push(&format!(
                    "<line class=\"mark-range\" x1=\"{here}%\" x2=\"{here}%\" y1=\"{low}\" y2=\"{high}\"/>"
                ));
            }
        }
        for (at, point) in self.points.iter().enumerate() {
            let class = if point.is_usual && !point.is_after_break { "dot-in" } else { "dot-out" };
            let (here, height) = (x(at), number(y(point.figure), 1));
            svg.push(&format!("<circle class=\"{class}\" cx=\"{here}%\" cy=\"{height}\" r=\"4.5\"/>"));
        }
        self.words(&mut svg, y);
        svg.finish(id, title, about)
    }

    /// The first and the last figure, and as many periods as there is room for; a phone shows the first and the last of them.
    fn words(&self, svg: &mut Svg, y: impl Fn(f64) -> f64) {
        let last = self.points.len().saturating_sub(1);
        let anchor = |at: usize| match at {
            0 => ("0", "start"),
            at if at == last => ("100%", "end"),
            _ => ("", "middle"),
        };
        for (at, point) in self.points.iter().enumerate().filter(|(at, _)| *at == 0 || *at == last) {
            let (place, side) = anchor(at);
            svg.push(&text_at(place, y(point.figure) - 9.0, side, &escaped(&point.words)));
        }
        for at in self.named() {
            let Some(point) = self.points.get(at) else { continue };
            let words = escaped(&abbreviated(&short(point.period)));
            let (place, side) = anchor(at);
            let named = match place {
                "" => text_at(&format!("{}%", number(self.x(at), 2)), NAMES, side, &words).replacen(
                    "<text",
                    "<text class=\"between\"",
                    1,
                ),
                place => text_at(place, NAMES, side, &words),
            };
            svg.push(&named);
        }
    }

    /// Which periods are named under the line: the first, the last, and between them every so many as leaves room for each.
    fn named(&self) -> Vec<usize> {
        let last = self.points.len().saturating_sub(1);
        let letters = |point: &Point| abbreviated(&short(point.period)).chars().count();
        let longest = self.points.iter().map(letters).max().unwrap_or(0).max(1);
        let steps = (LETTERS_ABREAST / longest).saturating_sub(1).max(1);
        let stride = last.div_ceil(steps).max(1);
        let between = (1..last).filter(|at| at.is_multiple_of(stride) && at + stride <= last);
        let mut named: Vec<usize> = [0].into_iter().chain(between).chain([last]).collect();
        named.dedup();
        named
    }

    #[expect(clippy::cast_precision_loss, reason = "40 points at most")]
    fn x(&self, at: usize) -> f64 {
        let last = self.points.len().saturating_sub(1).max(1);
        LEFT + (RIGHT - LEFT) * at as f64 / last as f64
    }
}

impl Point {
    fn new(period: Period, figure: f64, between: Option<(f64, f64)>, words: String) -> Self {
        Self { period, figure, between, words, is_joined: false, is_after_break: false, is_usual: true }
    }
}

/// In months where they are whole, and in days elsewhere.
fn length(period: Period) -> (Option<i32>, i32) {
    match period.whole_months() {
        Some(months) => (Some(months), 0),
        None => (None, period.days()),
    }
}

/// The length that most periods have, the longest of equals.
fn usual_length(points: &[Point]) -> (Option<i32>, i32) {
    let count = |of: (Option<i32>, i32)| points.iter().filter(|point| length(point.period) == of).count();
    let lengths = points.iter().map(|point| length(point.period));
    lengths.max_by_key(|of| (count(*of), *of)).unwrap_or_default()
}

/// `2018/19` for a year from April to March, and the period itself elsewhere.
fn short(period: Period) -> String {
    let (first, last) = (period.first_day(), period.last_day());
    let is_financial = period.whole_months() == Some(12) && first.month() == 4;
    match is_financial {
        true => format!("{}/{:02}", first.year(), last.year() % 100),
        false => period.to_string(),
    }
}

/// The name of a period with months of three letters: under a line there is little room.
fn abbreviated(name: &str) -> String {
    let short = |word: &str| match month_named(word) {
        Some(_) => word.chars().take(3).collect(),
        None => word.to_owned(),
    };
    name.split(' ').map(short).collect::<Vec<String>>().join(" ")
}
