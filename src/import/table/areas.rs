//! Figures of old areas on new ones, by a lookup: counts are added up, or shared out as estimates, and none is lost.
//!
//! A new area is written where the file has all of its old ones; what is not is set aside and told.

use std::collections::{BTreeMap, BTreeSet};

use super::group::About;
use super::names::{NamedText, NamedTexts};
use super::points::{Point, PointFigure, Points};
use super::rows::ReadRows;
use super::{FigureKind, NewAreas, OutputKind, TableOptions};
use crate::areas::{Lookup, LookupColumns, LookupKind, Share, Tally};
use crate::assessment::Period;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, TABLE_LIMIT, join, read_text};
use crate::import::given::option_problem;
use crate::words::{counted, first_listed, listed};

/// So many of what is not written are told.
const MOST_TOLD: usize = 6;
const NOT_WHOLE: &str = "of new areas that the file has parts of alone";

/// Reads the lookup that is asked for.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read(files: &dyn Files, asked: &NewAreas) -> Result<Lookup, Problems> {
    let source = read_text(files, &join(".", &asked.path), TABLE_LIMIT, None)?;
    let mut problems = Problems::default();
    let lookup = CsvFile::read(&source, &mut problems).and_then(|rows| {
        let named = |header: &String| (header.clone(), rows.header_place(0));
        let columns = LookupColumns {
            from: named(&asked.from),
            to: named(&asked.to),
            from_name: None,
            to_name: asked.to_name.as_ref().map(named),
            share: asked.share.as_ref().map(named),
            change: None,
        };
        let kind = match (&asked.share, asked.best_fit) {
            (Some(_), _) => LookupKind::Shared,
            (None, true) => LookupKind::BestFit,
            (None, false) => LookupKind::Whole,
        };
        Lookup::read(kind, &rows, &columns, &mut problems)
    });
    lookup.filter(|_| !problems.has_errors()).ok_or(problems)
}

/// The figures on new areas, which the candidates of `rows` then are.
///
/// # Errors
/// Areas that the lookup does not have.
pub(super) fn on_new_areas(
    rows: &mut ReadRows,
    points: &Points,
    lookup: &Lookup,
    options: &TableOptions,
) -> Result<Points, Problems> {
    let old = old_areas(rows, lookup, options)?;
    let news: BTreeSet<&str> = old
        .keys()
        .filter_map(|code| lookup.old.get(*code))
        .flat_map(|area| area.parts.keys())
        .map(String::as_str)
        .collect();
    let news: Vec<&str> = news.into_iter().collect();
    let evidence: BTreeSet<u32> = points.keys().map(|(_, evidence)| *evidence).collect();
    let mut moving = Moving { lookup, old: &old, points, evidence: &rows.evidence, not_whole: Vec::new() };
    let mut made = Points::new();
    for (number, new) in (0..).zip(&news) {
        for evidence in &evidence {
            let found = moving.points(new, *evidence);
            if !found.is_empty() {
                made.insert((number, *evidence), found);
            }
        }
    }
    let not_whole = moving.not_whole;
    let (populations, told) = people(rows, &old, &news, lookup);
    let texts = news.iter().map(|new| NamedText { key: (*new).to_owned(), text: made_of(new, lookup), other: None });
    let texts = texts.collect();
    let titles = (0..).zip(&news).map(|(number, new)| (number, lookup.new_name(new).to_owned())).collect();
    // What is shared out is in several figures, and not whole only where none of them is.
    let used: BTreeSet<(About, Option<Period>)> = made
        .iter()
        .flat_map(|(about, points)| {
            let parts = parts_of(*about, &news, &old, lookup);
            points.iter().flat_map(move |point| parts.clone().into_iter().map(|part| (part, point.period)))
        })
        .collect();
    let all = points.iter().flat_map(|(about, points)| points.iter().map(|point| (*about, point)));
    let lost = all.filter(|(about, point)| !used.contains(&(*about, point.period))).map(|(_, point)| point.rows).sum();
    rows.account.account.take_back(NOT_WHOLE, lost);
    rows.remarks.extend(told);
    rows.remarks.push(format!(
        "By the lookup `{}` {} in {}.",
        lookup.file,
        counted(old.len(), "area lies", "areas lie"),
        counted(news.len(), "new area", "new areas")
    ));
    if !not_whole.is_empty() {
        rows.remarks.push(format!("Not written: {}.", first_listed(&not_whole, MOST_TOLD)));
    }
    (rows.candidates, rows.titles, rows.populations) = (NamedTexts::of(texts), titles, populations);
    Ok(made)
}

/// The candidates by the codes of old areas that they are.
fn old_areas<'l>(
    rows: &ReadRows,
    lookup: &'l Lookup,
    options: &TableOptions,
) -> Result<BTreeMap<&'l str, u32>, Problems> {
    let mut found = BTreeMap::new();
    let mut problems = Problems::default();
    for (number, named) in (0..).zip(&rows.candidates.all) {
        match lookup.old_code(&named.text) {
            Ok(code) => drop(found.insert(code, number)),
            Err((message, help)) => {
                let column = options.id.as_deref().unwrap_or_default();
                let message = format!("{message} (under `{column}`)");
                problems.push(Problem::new(Code::UnknownArea, message).help(help).one_of("area", "areas"));
            }
        }
    }
    if problems.has_errors() { Err(problems) } else { Ok(found) }
}

/// What a new area is made of, as the place in the file says it.
fn made_of(new: &str, lookup: &Lookup) -> String {
    let parts = lookup.new.get(new).map(|area| &area.parts);
    listed(&parts.into_iter().flatten().map(|(code, share)| share.of(code)).collect::<Vec<_>>())
}

fn parts_of((new, evidence): About, news: &[&str], old: &BTreeMap<&str, u32>, lookup: &Lookup) -> Vec<About> {
    let new = usize::try_from(new).ok().and_then(|new| news.get(new));
    let parts = new.and_then(|new| lookup.new.get(*new)).map(|area| &area.parts);
    parts.into_iter().flatten().filter_map(|(code, _)| Some((*old.get(code.as_str())?, evidence))).collect()
}

struct Moving<'a> {
    lookup: &'a Lookup,
    old: &'a BTreeMap<&'a str, u32>,
    points: &'a Points,
    /// What figures are of, by number.
    evidence: &'a NamedTexts,
    /// What is not written, and why.
    not_whole: Vec<String>,
}

impl Moving<'_> {
    /// The points of a new area: those that all of its old ones have.
    fn points(&mut self, new: &str, evidence: u32) -> Vec<Point> {
        let parts: Vec<(&str, Share)> = self
            .lookup
            .new
            .get(new)
            .into_iter()
            .flat_map(|area| &area.parts)
            .map(|(code, share)| (code.as_str(), *share))
            .collect();
        let of = |code: &str| -> &[Point] {
            self.old.get(code).and_then(|number| self.points.get(&(*number, evidence))).map_or(&[], Vec::as_slice)
        };
        let periods: BTreeSet<Option<Period>> =
            parts.iter().flat_map(|(code, _)| of(code)).map(|point| point.period).collect();
        let name = match self.evidence.all.len() {
            1 => None,
            _ => self.evidence.get(evidence).map(|named| named.text.as_str()),
        };
        let mut made = Vec::new();
        for period in periods {
            let own: Vec<(&str, Share, Option<&Point>)> = parts
                .iter()
                .map(|(code, share)| (*code, *share, of(code).iter().find(|point| point.period == period)))
                .collect();
            match sum(&own) {
                Ok(point) => made.push(Point { period, ..point }),
                Err(code) => {
                    let named = name.map_or_else(String::new, |name| format!("{name} of "));
                    let of = period.map_or_else(String::new, |period| format!(" of {}", period.written()));
                    let why = format!("because the file has no figure of `{code}`, which is part of it");
                    self.not_whole.push(format!("{named}`{new}`{of}, {why}"));
                }
            }
        }
        made
    }
}

/// The sum of one figure of each part.
///
/// # Errors
/// The first part of which there is no number.
fn sum<'c>(parts: &[(&'c str, Share, Option<&Point>)]) -> Result<Point, &'c str> {
    let mut tally = Tally::default();
    let mut all: Option<Point> = None;
    for (code, share, point) in parts {
        let point = point.ok_or(*code)?;
        let PointFigure::Number(number) = point.figure else { return Err(code) };
        tally.add(number, (number, number), *share);
        let sum = all.get_or_insert_with(|| Point { rows: 0, ..point.clone() });
        sum.rows += point.rows;
        sum.marks = sum.marks.and(point.marks);
    }
    let mut all = all.ok_or("")?;
    all.figure = match tally.is_shared() {
        true => PointFigure::Shared(tally.sum(), tally.ends()),
        false => PointFigure::Number(tally.sum()),
    };
    Ok(all)
}

/// How many people each new area has, where that is known of all of its parts; and what is to be said of it.
fn people(
    rows: &ReadRows,
    old: &BTreeMap<&str, u32>,
    news: &[&str],
    lookup: &Lookup,
) -> (BTreeMap<u32, f64>, Option<String>) {
    let mut found = BTreeMap::new();
    let mut is_rounded = false;
    for (number, new) in (0..).zip(news) {
        let parts = lookup.new.get(*new).map(|area| &area.parts);
        let mut tally = Tally::default();
        let known = parts.into_iter().flatten().all(|(code, share)| {
            let people = old.get(code.as_str()).and_then(|number| rows.populations.get(number));
            people.inspect(|people| tally.add(**people, (**people, **people), *share)).is_some()
        });
        if known {
            is_rounded |= tally.is_shared();
            found.insert(number, tally.sum().round());
        }
    }
    let told = "People that were shared out are rounded to whole people.".to_owned();
    (found, (is_rounded && !rows.populations.is_empty()).then_some(told))
}

/// What does not go together with new areas.
pub(super) fn slip(options: &TableOptions) -> Option<Problem> {
    let asked = options.new_areas.as_ref()?;
    let (message, help) = match () {
        () if options.id.is_none() => ("`--areas` needs the column of the old areas' codes", "name it with `--id`"),
        () if options.figure != FigureKind::Count => (
            "rates, percentages and numbers of several areas can't be made into one: nothing is averaged",
            "import the counts that they are made of, with their `--population`",
        ),
        () if asked.share.is_some() && asked.best_fit => {
            ("`--share` shares areas out, and `--best-fit` takes them whole", "leave one of them out")
        }
        () if asked.share.is_some() && options.output == OutputKind::Table => {
            ("a table has no column for estimates", "leave out `--as table`: an evidence file holds them")
        }
        () => return None,
    };
    Some(option_problem(message, help))
}
