//! Names over the years: of the partnership, and of what makes a series. A series that stops where another begins may be
//! the same thing under a new name. That is told with how to join the two, and never done unasked.

use std::collections::{BTreeMap, BTreeSet};

use super::{CandidateColumn, HomeOfficeOptions};
use crate::diagnostic::quoted_list;
use crate::sheet::header_words;
use crate::words::listed;

/// The most remarks of one kind that are told one by one.
const MAX_TOLD: usize = 8;

/// The first and the last financial year of something.
type Years = (String, String);

/// Which names have rows in which years.
#[derive(Debug, Default)]
pub(super) struct NameYears {
    /// The partnership's own names by year, and its forces.
    named: BTreeMap<String, BTreeSet<String>>,
    forces: BTreeSet<String>,
    /// Other partnerships by the words of their names: the name, its force, its years.
    others: BTreeMap<String, (String, String, Years)>,
    /// By candidate.
    series: BTreeMap<String, SeriesNames>,
}

/// What a series was called, and which offences were counted in it.
#[derive(Debug, Default)]
struct SeriesNames {
    title: String,
    /// The names in the files, by their words, each with its years.
    written: BTreeMap<String, (String, Years)>,
    /// Offences by code, or by description where codes make the series, each with its years.
    offences: BTreeMap<String, Years>,
}

impl NameYears {
    /// A row of another partnership.
    pub(super) fn other(&mut self, csp: &str, force: &str, year: &str) {
        let known = self.others.entry(header_words(csp));
        let (.., years) = known.or_insert_with(|| (csp.to_owned(), force.to_owned(), only(year)));
        widen(years, year);
    }

    /// A row of the partnership.
    pub(super) fn own(&mut self, csp: &str, force: &str, year: &str) {
        self.named.entry(year.to_owned()).or_default().insert(csp.to_owned());
        self.forces.insert(header_words(force));
    }

    /// A row of the partnership in a series: under which name, and of which offence.
    pub(super) fn series(&mut self, id: &str, title: &str, written: &str, offence: &str, year: &str) {
        let series = self.series.entry(id.to_owned()).or_default();
        title.clone_into(&mut series.title);
        let (_, years) =
            series.written.entry(header_words(written)).or_insert_with(|| (written.to_owned(), only(year)));
        widen(years, year);
        if !offence.is_empty() {
            widen(series.offences.entry(offence.to_owned()).or_insert_with(|| only(year)), year);
        }
    }

    /// The other partnerships' names.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        self.others.values().map(|(name, ..)| name.as_str())
    }

    /// What the files call what makes a series.
    pub(super) fn written(&self) -> impl Iterator<Item = &str> {
        self.series.values().flat_map(|series| series.written.values()).map(|(name, _)| name.as_str())
    }

    /// For each series that was joined, which names it had when.
    pub(super) fn notes(&self) -> BTreeMap<String, String> {
        let joined = self.series.iter().filter(|(_, series)| series.written.len() > 1);
        let note = |series: &SeriesNames| {
            let mut names: Vec<&(String, Years)> = series.written.values().collect();
            names.sort_by_key(|(_, years)| years);
            let names = names.into_iter().map(|(name, years)| format!("`{name}` {}", in_years(years)));
            format!("Joined: {}.", listed(&names.collect::<Vec<_>>()))
        };
        joined.map(|(id, series)| (id.clone(), note(series))).collect()
    }

    /// What a reader should know of names, a sentence each.
    pub(super) fn remarks(&self, options: &HomeOfficeOptions) -> Vec<String> {
        let mut remarks = Vec::new();
        remarks.extend(self.own_names());
        remarks.extend(self.absent_years());
        remarks.extend(self.stops_and_starts(options));
        remarks
    }

    /// Where the partnership's rows are under other names in other years.
    fn own_names(&self) -> Option<String> {
        let sets: BTreeSet<&BTreeSet<String>> = self.named.values().collect();
        let said = |(year, names): (&String, &BTreeSet<String>)| {
            format!("{year}: {}", listed(&names.iter().cloned().collect::<Vec<_>>()))
        };
        let said: Vec<String> = self.named.iter().map(said).collect();
        (sets.len() > 1).then(|| {
            format!(
                "The partnership's rows are not under the same names every year. {}. They are put into one series.",
                said.join("; ")
            )
        })
    }

    /// Years of the files in which the partnership has no row, and which names of its force are there instead.
    fn absent_years(&self) -> Vec<String> {
        let Some(own) = years_of(self.named.keys()) else { return Vec::new() };
        let all = self.others.values().flat_map(|(.., (first, last))| [first, last]).chain(self.named.keys());
        let Some(all) = years_of(all) else { return Vec::new() };
        let mut remarks = Vec::new();
        if own.1 < all.1 {
            let next = self.of_the_force(|(first, last)| *first > own.1 && *last >= all.1);
            remarks.push(absent_sentence("after", &own.1, "go on to", &all.1, "begins later", &next));
        }
        if own.0 > all.0 {
            let before = self.of_the_force(|(_, last)| *last < own.0);
            remarks.push(absent_sentence("before", &own.0, "begin with", &all.0, "ends before", &before));
        }
        remarks
    }

    fn of_the_force(&self, fits: impl Fn(&Years) -> bool) -> Vec<String> {
        let same = |force: &str| self.forces.contains(&header_words(force));
        let others = self.others.values().filter(|(_, force, years)| same(force) && fits(years));
        others.map(|(name, ..)| name.clone()).take(MAX_TOLD).collect()
    }

    /// Series that end before the partnership's last year or begin after its first.
    fn stops_and_starts(&self, options: &HomeOfficeOptions) -> Vec<String> {
        let Some((first, last)) = years_of(self.named.keys()) else { return Vec::new() };
        let spans: Vec<(&SeriesNames, Years)> =
            self.series.values().filter_map(|series| Some((series, series.years()?))).collect();
        let (mut pairs, mut told) = (Vec::new(), BTreeSet::new());
        for (old, ended) in spans.iter().filter(|(_, (_, end))| *end < last) {
            for (new, begun) in spans.iter().filter(|(_, (begin, _))| *begin > ended.1) {
                let shared = old.shared(new);
                if !shared.is_empty() {
                    told.extend([&old.title, &new.title]);
                    pairs.push(renamed(old, &ended.1, new, &begun.0, &shared, options.by));
                }
            }
        }
        let untold = |at_end: bool| -> Vec<String> {
            let odd = |(series, (begin, end)): &&(&SeriesNames, Years)| {
                !told.contains(&series.title) && if at_end { *end < last } else { *begin > first }
            };
            let name = |(series, (begin, end)): &(&SeriesNames, Years)| {
                format!("`{}` ({})", series.title, if at_end { end } else { begin })
            };
            spans.iter().filter(odd).map(name).collect()
        };
        let mut remarks = in_short(pairs, "series that stop where others begin");
        for (names, what) in [
            (untold(true), format!("Series that end before {last}")),
            (untold(false), format!("Series that begin after {first}")),
        ] {
            if !names.is_empty() {
                remarks.push(format!(
                    "{what}: {}. Where one is another's new name, `--join \"OLD=NEW\"` makes one series of the two.",
                    listed(&names)
                ));
            }
        }
        remarks.extend(moved(&spans));
        remarks
    }
}

/// Offences that are counted in one series up to a year and in another from then on, while both go on.
fn moved(spans: &[(&SeriesNames, Years)]) -> Vec<String> {
    let mut moves: BTreeMap<(&str, &str, &str, &str), Vec<&str>> = BTreeMap::new();
    for (old, (_, old_end)) in spans {
        for (new, (new_begin, _)) in spans.iter().filter(|(new, _)| new.title != old.title) {
            for (offence, (_, until)) in &old.offences {
                let from = new.offences.get(offence).map(|(from, _)| from).filter(|from| *from > until);
                if let Some(from) = from.filter(|_| old_end >= new_begin) {
                    moves.entry((&old.title, until, &new.title, from)).or_default().push(offence);
                }
            }
        }
    }
    let told = moves.into_iter().map(|((old, until, new, from), offences)| {
        format!(
            "{} counted in `{old}` until {until} and in `{new}` from {from}: both series count something else from \
             then on. Give each a break: `breaks` in `docs/evidence.md`.",
            match &*offences {
                [only] => format!("{only} is"),
                several =>
                    format!("{} are", listed(&several.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())),
            }
        )
    });
    in_short(told.collect(), "offences that moved from one series to another")
}

impl SeriesNames {
    fn years(&self) -> Option<Years> {
        let (first, last) = (
            self.written.values().map(|(_, years)| &years.0).min()?,
            self.written.values().map(|(_, years)| &years.1).max()?,
        );
        Some((first.clone(), last.clone()))
    }

    /// Offences that both count.
    fn shared<'s>(&'s self, other: &Self) -> Vec<&'s str> {
        self.offences.keys().filter(|offence| other.offences.contains_key(*offence)).map(String::as_str).collect()
    }
}

fn renamed(
    old: &SeriesNames,
    ended: &str,
    new: &SeriesNames,
    begun: &str,
    shared: &[&str],
    by: CandidateColumn,
) -> String {
    let name = |series: &SeriesNames| {
        series.written.values().next().map_or_else(|| series.title.clone(), |(name, _)| name.clone())
    };
    let first = shared.get(..3).unwrap_or(shared);
    let more = if shared.len() > first.len() { " and others" } else { "" };
    format!(
        "`{}` stops with {ended}, and `{}` starts with {begun} and the same offences: {}{more}. If the {} was only \
         renamed, make one series of the two with `--join \"{}={}\"`.",
        old.title,
        new.title,
        quoted_list(first),
        by.what(),
        name(old),
        name(new),
    )
}

fn absent_sentence(side: &str, own: &str, files: &str, all: &str, does: &str, names: &[String]) -> String {
    let start = format!("The partnership has no row {side} {own}, though the files {files} {all}.");
    match names {
        [] => format!("{start} If it had another name then, add that with `--csp`."),
        names => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!(
                "{start} Of its force, what {does}: {}. If one is its other name, add it with `--csp`.",
                quoted_list(&names)
            )
        }
    }
}

/// The first few, and how many more.
fn in_short(mut told: Vec<String>, what: &str) -> Vec<String> {
    if let Some(more @ 1..) = told.len().checked_sub(MAX_TOLD) {
        told.truncate(MAX_TOLD);
        told.push(format!("And {more} more {what}."));
    }
    told
}

fn only(year: &str) -> Years {
    (year.to_owned(), year.to_owned())
}

fn widen(years: &mut Years, year: &str) {
    if year < years.0.as_str() {
        year.clone_into(&mut years.0);
    }
    if year > years.1.as_str() {
        year.clone_into(&mut years.1);
    }
}

/// The first and the last of them: years as they are written here sort by time.
fn years_of<'a>(years: impl Iterator<Item = &'a String> + Clone) -> Option<Years> {
    Some((years.clone().min()?.clone(), years.max()?.clone()))
}

fn in_years((first, last): &Years) -> String {
    if first == last { format!("in {first}") } else { format!("from {first} to {last}") }
}
