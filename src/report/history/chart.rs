//! The places of all years as SVG: a line for each candidate from year to year, with its name at the right end.
//!
//! Widths are in per cent of the room there is and letters are in pixels, as in the charts of the paper. In each year the
//! drawn candidates stand below each other in the order of the list; the number in a dot is the rank. Those that the last
//! year does not rank have their names below the others. Colours are classes of the style sheet, and each mark also
//! differs in shape. The tables beside it say the same.

use super::tables::title;
use crate::history::{History, Line, YearPlace};
use crate::report::html::escaped;
use crate::words::{counted, listed, number};

/// So many candidates are drawn, or fewer, so that the chart fits on a page of A4 with what stands above it.
const MAX_DRAWN: usize = 16;
const MAX_HEIGHT: usize = 820;
/// So many years are drawn, the latest: a phone has room for their dots.
const MAX_YEARS: usize = 6;
/// Letters on a line of a name: what a phone has room for.
const LETTERS: usize = 14;
/// The most lines of a name, where there is room and where there is not.
const MAX_LINES: [usize; 2] = [3, 2];
/// The height of a line of letters, and what there is between two names, in pixels.
const LINE_HEIGHT: usize = 16;
const GAP: usize = 10;
/// The least height of a row: a dot and the room around it.
const LEAST_ROW: usize = 30;
/// Where the first and the last year stand, and where names begin, in per cent of the width.
const FIRST_YEAR: f64 = 10.5;
const LAST_YEAR: f64 = 55.0;
const NAMES: f64 = 61.0;
/// From so many years on their names stand higher and lower by turns.
const STAGGERED_FROM: usize = 5;

/// The places of all years as a figure; none where nobody has a rank.
pub(super) fn places(found: &History<'_>) -> Option<String> {
    let chart = Chart::new(found)?;
    let (id, title, subtitle) = ("places", escaped(&headline(found, &chart)), escaped(&chart.subtitle()));
    let key: Vec<String> =
        chart.key().iter().map(|(mark, words)| format!("<li>{mark}{}</li>\n", escaped(words))).collect();
    Some(format!(
        "<figure class=\"chart\" aria-labelledby=\"{id}-caption\">\n\
         <figcaption id=\"{id}-caption\"><strong>{title}</strong><span class=\"subtitle\">{subtitle}</span></figcaption>\n\
         <ul class=\"key\" aria-label=\"Key\">\n{}</ul>\n{}\n</figure>\n",
        key.concat(),
        chart.svg()
    ))
}

/// Who is first, as a finding.
fn headline(found: &History<'_>, chart: &Chart<'_, '_>) -> String {
    let first = |year: usize| -> Vec<String> {
        let places = found.years.get(year).into_iter().flat_map(|year| &year.places);
        places.filter(|place| place.stand.rank == Some(1)).map(|place| place.stand.title.clone()).collect()
    };
    let label = |year: usize| found.years.get(year).map_or("", |year| &year.label);
    let last = found.years.len().saturating_sub(1);
    let (then, now) = (first(chart.first_year), first(last));
    let is_always =
        |line: &Line| (0..=last).all(|year| found.place(line, year).is_some_and(|place| place.stand.rank == Some(1)));
    let verb = if now.len() > 1 { "are" } else { "is" };
    let who = |them: &[String], nobody: &str| if them.is_empty() { nobody.to_owned() } else { listed(them) };
    let leads = format!("{} {verb} first in {}", who(&now, "Nobody"), label(last));
    match found.lines.iter().find(|line| is_always(line)) {
        Some(line) if now.len() == 1 => format!("{} is first in every year", title(found, line)),
        _ if then == now && (chart.first_year..=last).all(|year| first(year) == now) => {
            format!("{leads}, as in every year")
        }
        _ if then == now => {
            let others = (chart.first_year..last).filter(|year| first(*year) != now);
            let others: Vec<String> = others.map(|year| label(year).to_owned()).collect();
            format!("{leads}, as in {}, and not in {}", label(chart.first_year), listed(&others))
        }
        _ => format!("{leads}; in {} it was {}", label(chart.first_year), who(&then, "nobody")),
    }
}

/// A candidate as it is drawn.
struct Drawn<'h, 'a> {
    title: String,
    /// The numbers of the lines that carry it on.
    into: Vec<usize>,
    number: usize,
    /// Its place and its row, from 0, in each drawn year that ranks it.
    dots: Vec<Option<(&'h YearPlace<'a>, usize)>>,
    /// The row of its name, from 0.
    name_row: usize,
    name: Vec<String>,
}

impl Drawn<'_, '_> {
    /// The years between which it has a line: each with the next that ranks it.
    fn segments(&self) -> Vec<(usize, usize)> {
        let has_dot = |year: &usize| self.dots.get(*year).is_some_and(Option::is_some);
        let years: Vec<usize> = (0..self.dots.len()).filter(has_dot).collect();
        years.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
    }
}

struct Chart<'h, 'a> {
    found: &'h History<'a>,
    first_year: usize,
    drawn: Vec<Drawn<'h, 'a>>,
    rows: usize,
    /// The row of the words above the names of those that the last year does not rank; none where there are none.
    heading: Option<usize>,
    row_height: usize,
    left_out: usize,
}

impl<'h, 'a> Chart<'h, 'a> {
    /// As many candidates as there is room for.
    fn new(found: &'h History<'a>) -> Option<Self> {
        let all = (1..=MAX_DRAWN).rev().flat_map(|most| MAX_LINES.map(|lines| (most, lines)));
        let mut charts = all.filter_map(|(most, lines)| Self::of_most(found, most, lines));
        charts.find(|chart| chart.height() <= MAX_HEIGHT)
    }

    /// So many candidates at most, with so many lines of each name.
    fn of_most(found: &'h History<'a>, most: usize, lines: usize) -> Option<Self> {
        let first_year = found.years.len().saturating_sub(MAX_YEARS);
        let years = first_year..found.years.len();
        let ranked = |line: &Line, year: usize| found.place(line, year).filter(|place| place.stand.rank.is_some());
        let mut chosen: Vec<usize> = (0..found.lines.len())
            .filter(|at| {
                found.lines.get(*at).is_some_and(|line| years.clone().any(|year| ranked(line, year).is_some()))
            })
            .collect();
        let all = chosen.len();
        let was_top = |at: &usize| {
            let line = found.lines.get(*at);
            line.is_some_and(|line| {
                years.clone().any(|year| ranked(line, year).is_some_and(|place| place.stand.is_top))
            })
        };
        chosen.sort_by_key(|at| (!was_top(at), *at));
        chosen.truncate(most);
        chosen.sort_unstable();
        let mut drawn: Vec<Drawn<'h, 'a>> = chosen
            .iter()
            .filter_map(|at| {
                let line = found.lines.get(*at)?;
                let dots = years.clone().map(|year| ranked(line, year).map(|place| (place, 0))).collect();
                let (title, into) = (title(found, line), line.into.clone());
                Some(Drawn { title, into, number: *at, dots, name_row: 0, name: Vec::new() })
            })
            .collect();
        let mut rows = 0;
        for year in 0..years.len() {
            let mut standing: Vec<(usize, usize)> = drawn
                .iter()
                .enumerate()
                .filter_map(|(at, one)| {
                    one.dots.get(year)?.as_ref()?;
                    let line = found.lines.get(one.number)?;
                    Some((line.seat(first_year + year)?, at))
                })
                .collect();
            standing.sort_unstable();
            rows = rows.max(standing.len());
            for (row, (_, at)) in standing.into_iter().enumerate() {
                if let Some(Some(dot)) = drawn.get_mut(at).and_then(|one| one.dots.get_mut(year)) {
                    dot.1 = row;
                }
            }
        }
        // A row for the words above the names of those that the last year does not rank.
        let mut below = rows + 1;
        for one in &mut drawn {
            let last = one.dots.last().and_then(Option::as_ref).map(|(_, row)| *row);
            one.name_row = last.unwrap_or_else(|| {
                below += 1;
                below - 1
            });
            one.name = wrapped(&name(one, found), lines);
        }
        let lines = drawn.iter().map(|one| one.name.len()).max()?;
        let row_height = (lines * LINE_HEIGHT + GAP).max(LEAST_ROW);
        let heading = (below > rows + 1).then_some(rows);
        let rows = if heading.is_some() { below } else { rows };
        Some(Self { found, first_year, left_out: all - drawn.len(), drawn, rows, heading, row_height })
    }

    fn subtitle(&self) -> String {
        let years = self.found.years.get(self.first_year..).unwrap_or_default();
        let ends = years.first().zip(years.last()).map(|(first, last)| format!("{} to {}", first.label, last.label));
        let partnership = years.last().map_or("", |year| &year.source.side.assessment.partnership);
        let more = match self.left_out {
            0 => String::new(),
            more => format!("; {} more in the tables", counted(more, "candidate is", "candidates are")),
        };
        format!("Places in the list of each year, first at the top. {partnership}, {}{more}", ends.unwrap_or_default())
    }

    fn key(&self) -> Vec<(String, &'static str)> {
        let dot = |class: &str| {
            format!(
                "<svg aria-hidden=\"true\" width=\"26\" height=\"14\"><circle class=\"{class}\" cx=\"13\" cy=\"7\" r=\"6\"/></svg>"
            )
        };
        let line = |class: &str| {
            format!(
                "<svg aria-hidden=\"true\" width=\"26\" height=\"14\"><line class=\"{class}\" x1=\"1\" y1=\"7\" x2=\"25\" y2=\"7\"/></svg>"
            )
        };
        let mut key = vec![(dot("dot-top"), "rank, in the top tier"), (dot("dot-other"), "rank, outside the top tier")];
        let is_last = |one: &Drawn<'_, '_>| one.dots.last().is_some_and(Option::is_some);
        let has_gap = |one: &Drawn<'_, '_>| one.segments().iter().any(|(from, to)| to - from > 1);
        if self.drawn.iter().any(|one| (!is_last(one) && one.into.is_empty()) || has_gap(one)) {
            key.push((line("line-other line-gap"), "not in the list"));
        }
        if self.drawn.iter().any(|one| !is_last(one) && !one.into.is_empty()) {
            key.push((line("line-to-name"), "to its name"));
        }
        if self.drawn.iter().any(|one| !one.into.is_empty()) {
            key.push((line("line-becomes"), "split or joined"));
        }
        key
    }

    fn years(&self) -> usize {
        self.found.years.len() - self.first_year
    }

    fn x(&self, year: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a handful of years")]
        let part = year as f64 / (self.years().max(2) - 1) as f64;
        number(FIRST_YEAR + part * (LAST_YEAR - FIRST_YEAR), 2)
    }

    fn top(&self) -> usize {
        if self.years() >= STAGGERED_FROM { 72 } else { 40 }
    }

    fn y(&self, row: usize) -> usize {
        self.top() + row * self.row_height + self.row_height / 2
    }

    fn height(&self) -> usize {
        self.top() + self.rows * self.row_height + GAP
    }

    fn svg(&self) -> String {
        let height = self.height();
        let mut marks = self.year_marks(height);
        self.drawn.iter().for_each(|one| self.becomes(one, &mut marks));
        self.drawn.iter().for_each(|one| self.line(one, &mut marks));
        self.drawn.iter().for_each(|one| self.dots(one, &mut marks));
        self.drawn.iter().for_each(|one| self.name(one, &mut marks));
        if let Some((row, last)) = self.heading.zip(self.found.years.last()) {
            let words = ["Not ranked".to_owned(), format!("in {}:", last.label)];
            self.words("chart-heading", row, &words, &mut marks);
        }
        let about: Vec<String> = self.drawn.iter().map(|one| self.in_words(one)).collect();
        format!(
            "<svg role=\"img\" aria-labelledby=\"places-title places-about\" width=\"100%\" height=\"{height}\">\
             <title id=\"places-title\">Each candidate's rank from year to year</title>\
             <desc id=\"places-about\">{}</desc>{marks}</svg>",
            escaped(&about.join("; "))
        )
    }

    fn year_marks(&self, height: usize) -> String {
        let mut marks = String::new();
        let years = self.found.years.get(self.first_year..).unwrap_or_default();
        for (at, year) in years.iter().enumerate() {
            let x = self.x(at);
            let lower = if self.years() >= STAGGERED_FROM && at % 2 == 1 { 32 } else { 0 };
            let lines = year_lines(&year.label, self.years() > 3);
            for (line, words) in lines.iter().enumerate() {
                let y = lower + 14 + line * 15;
                marks.push_str(&format!("<text class=\"chart-year\" x=\"{x}%\" y=\"{y}\">{}</text>", escaped(words)));
            }
            let from = lower + lines.len() * 15 + 6;
            marks.push_str(&drawn_line("year-line", (&x, from), (&x, height - GAP)));
        }
        marks
    }

    /// From a candidate's last dot to the first of each that carries it on.
    fn becomes(&self, one: &Drawn<'_, '_>, marks: &mut String) {
        let Some((year, row)) = last_dot(one) else { return };
        for heir in self.drawn.iter().filter(|heir| one.into.contains(&heir.number)) {
            let first = heir.dots.iter().enumerate().find_map(|(year, dot)| Some((year, dot.as_ref()?.1)));
            if let Some((to, to_row)) = first {
                marks.push_str(&drawn_line(
                    "line-becomes",
                    (&self.x(year), self.y(row)),
                    (&self.x(to), self.y(to_row)),
                ));
            }
        }
    }

    fn line(&self, one: &Drawn<'_, '_>, marks: &mut String) {
        let dot = |year: usize| one.dots.get(year).and_then(Option::as_ref);
        for (from, to) in one.segments() {
            let (Some((was, row)), Some((is, to_row))) = (dot(from), dot(to)) else { continue };
            let class = if was.stand.is_top && is.stand.is_top { "line-top" } else { "line-other" };
            let gap = if to - from > 1 { " line-gap" } else { "" };
            let ends = ((&*self.x(from), self.y(*row)), (&*self.x(to), self.y(*to_row)));
            marks.push_str(&drawn_line(&format!("{class}{gap}"), ends.0, ends.1));
        }
        if one.dots.last().is_none_or(Option::is_none)
            && let Some((year, row)) = last_dot(one)
        {
            let end = number(NAMES - 2.0, 2);
            // What has become of others is in the list under their names: only its own name is elsewhere.
            let class = if one.into.is_empty() { "line-other line-gap" } else { "line-to-name" };
            marks.push_str(&drawn_line(class, (&self.x(year), self.y(row)), (&end, self.y(one.name_row))));
        }
    }

    fn dots(&self, one: &Drawn<'_, '_>, marks: &mut String) {
        for (year, dot) in one.dots.iter().enumerate() {
            let Some((place, row)) = dot else { continue };
            let (x, y) = (self.x(year), self.y(*row));
            let top = if place.stand.is_top { "top" } else { "other" };
            let rank = place.stand.rank.unwrap_or_default();
            marks.push_str(&format!(
                "<circle class=\"dot-{top}\" cx=\"{x}%\" cy=\"{y}\" r=\"10\"/>\
                 <text class=\"dot-rank dot-rank-{top}\" x=\"{x}%\" y=\"{}\">{rank}</text>",
                y + 4
            ));
        }
    }

    fn name(&self, one: &Drawn<'_, '_>, marks: &mut String) {
        self.words("chart-label", one.name_row, &one.name, marks);
    }

    /// Lines of words at the right of a row, about its middle.
    fn words(&self, class: &str, row: usize, lines: &[String], marks: &mut String) {
        let first = self.y(row) + 5 - (lines.len().saturating_sub(1)) * LINE_HEIGHT / 2;
        for (line, words) in lines.iter().enumerate() {
            let (x, y) = (number(NAMES, 2), first + line * LINE_HEIGHT);
            marks.push_str(&format!("<text class=\"{class}\" x=\"{x}%\" y=\"{y}\">{}</text>", escaped(words)));
        }
    }

    /// `Burglary 2 in 2018/19, 1 in 2019/20`.
    fn in_words(&self, one: &Drawn<'_, '_>) -> String {
        let years = self.found.years.get(self.first_year..).unwrap_or_default();
        let told = years
            .iter()
            .zip(&one.dots)
            .filter_map(|(year, dot)| Some(format!("{} in {}", dot.as_ref()?.0.stand.rank?, year.label)));
        format!("{} {}", one.title, told.collect::<Vec<_>>().join(", "))
    }
}

/// The last drawn year that ranks it, and its row there.
fn last_dot(one: &Drawn<'_, '_>) -> Option<(usize, usize)> {
    one.dots.iter().enumerate().rev().find_map(|(year, dot)| Some((year, dot.as_ref()?.1)))
}

/// Its name; of one that the last year does not rank with what became of it.
fn name(one: &Drawn<'_, '_>, found: &History<'_>) -> String {
    let heirs = one.into.iter().filter_map(|heir| found.lines.get(*heir));
    let year = heirs.map(Line::first_year).min().and_then(|year| found.years.get(year)).map_or("", |year| &year.label);
    match one.into.len() {
        0 => one.title.clone(),
        1 => format!("{}: joined {year}", one.title),
        _ => format!("{}: split {year}", one.title),
    }
}

/// A name over a few lines.
fn wrapped(name: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = textwrap::wrap(name, LETTERS).iter().map(ToString::to_string).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let kept: String = last.chars().take(LETTERS - 1).collect();
            *last = format!("{}…", kept.trim_end());
        }
    }
    lines
}

/// A year's name over a line or two: `2018/19` is `2018` and `/19` where there is little room.
fn year_lines(label: &str, is_narrow: bool) -> Vec<String> {
    match label.find('/').filter(|_| is_narrow || label.chars().count() > "2018/19".len()) {
        Some(at) => {
            let (first, rest) = label.split_at(at);
            vec![first.to_owned(), rest.to_owned()]
        }
        None => vec![label.to_owned()],
    }
}

fn drawn_line(class: &str, (x1, y1): (&str, usize), (x2, y2): (&str, usize)) -> String {
    format!("<line class=\"{class}\" x1=\"{x1}%\" y1=\"{y1}\" x2=\"{x2}%\" y2=\"{y2}\"/>")
}
