//! The names of areas: of `[[area]]` tables and of tables of evidence, which must agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alike::{AlikeNames, alike_names};
use super::filed::{Filed, SameAreas};
use crate::assessment::format;
use crate::assessment::model::{Candidate, FiledLookup};
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, Problem, Problems, did_you_mean};
use crate::toml_file::Checker;
use crate::words::{odd_in_words, odd_letter};

/// Names by code. Where `[[area]]` tables name some, every area that an evidence file names must be known.
pub(super) fn areas(
    same: &SameAreas<'_>,
    &Filed { source, lost, file, .. }: &Filed<'_>,
    candidates: &[Candidate],
    lookups: &BTreeMap<String, Arc<FiledLookup>>,
    problems: &mut Problems,
) -> BTreeMap<String, String> {
    let mut named = NamedAreas::default();
    let mut check = Checker { source, lost, problems };
    for area in &file.area {
        let (Some(code), Some(title)) = (check.id(&area.code), check.text(&area.title, "the area's title")) else {
            continue;
        };
        if let Some(first) = named.places.get(&code) {
            check.duplicate(&area.code.span, "an area", &code, Some(first));
            continue;
        }
        named.places.insert(code.clone(), check.place(&area.code.span));
        named.titles.insert(code, title);
    }
    for (table, rows) in file.table.iter().zip(&same.tables) {
        if let Some(rows) = rows {
            named.of_table(table, rows, &mut check);
        }
    }
    named.of_lookups(lookups, candidates);
    if !file.area.is_empty() && !lost.has_lost_table {
        for (source, parsed) in same.evidence.iter().copied() {
            let mut check = Checker { source, lost: &parsed.lost, problems: &mut *check.problems };
            for area in parsed.file.candidate.iter().filter_map(|candidate| candidate.value.area.as_ref()) {
                if !named.titles.contains_key(&area.value) {
                    let help = did_you_mean(&area.value, named.titles.keys().map(String::as_str));
                    let message = format!("no `[[area]]` table has the code `{}`", area.value);
                    check.problem(Code::UnknownId, &area.span, message, help);
                }
            }
        }
        let used: BTreeSet<&str> = candidates.iter().filter_map(|candidate| candidate.area.as_deref()).collect();
        for area in file.area.iter().filter(|area| !candidates.is_empty() && !used.contains(&*area.code.value)) {
            let message = format!("no candidate belongs to the area `{}`", area.code.value);
            check.problem(Code::UnreadDeclaration, &area.code.span, message, "give it candidates, or take it out");
        }
    }
    named.tell_alike(check.problems);
    named.titles
}

/// Names so far, and where each is first said.
#[derive(Default)]
struct NamedAreas {
    titles: BTreeMap<String, String>,
    places: BTreeMap<String, Place>,
}

impl NamedAreas {
    /// Tells of areas whose names a reader takes for each other.
    fn tell_alike(&self, problems: &mut Problems) {
        let names = self.titles.iter().map(|(code, title)| (title.as_str(), code.as_str()));
        for AlikeNames { odd: (title, code), other: (others, other), by_letters } in alike_names(names) {
            let message = match by_letters {
                true => format!(
                    "the name of the area `{code}` looks like that of `{other}` and is written in other letters: “{title}”"
                ),
                false => format!(
                    "the name of the area `{code}`, “{title}”, is that of `{other}`, “{others}”, but for capitals and spaces"
                ),
            };
            let problem = Problem::new(Code::LooksAlike, message)
                .help("give both one code if they are one area, or name one of them otherwise");
            problems.push(self.places.get(code).cloned().into_iter().fold(problem, Problem::at));
        }
    }

    /// The names that lookups have for areas of candidates that nothing else names.
    fn of_lookups(&mut self, lookups: &BTreeMap<String, Arc<FiledLookup>>, candidates: &[Candidate]) {
        for code in candidates.iter().filter_map(|candidate| candidate.area.as_ref()) {
            let names = lookups.values().filter_map(|filed| filed.lookup.new.get(code)?.name.clone());
            if let (false, Some(name)) = (self.titles.contains_key(code), { names }.next()) {
                self.titles.insert(code.clone(), name);
            }
        }
    }

    fn of_table(&mut self, table: &format::Table, rows: &CsvFile, check: &mut Checker<'_>) {
        let (Some(area), Some(title)) = (&table.area, &table.area_title) else {
            if let (None, Some(title)) = (&table.area, &table.area_title) {
                let help = "add `area` with the header of the column of codes";
                check.problem(Code::MissingKey, &title.span, "areas have names here and no codes", help);
            }
            return;
        };
        let place = Place::new(check.source, title.span.clone());
        // That there is no column of codes is told where candidates are read.
        let codes = rows.headers.iter().position(|header| *header == area.value);
        let (Some(codes), Some(titles)) = (codes, rows.column(&title.value, place, check.problems)) else { return };
        for row in rows.iter() {
            let (code, title) = (row.get(codes).unwrap_or_default(), row.get(titles).unwrap_or_default());
            if title.is_empty() || code.is_empty() {
                continue;
            }
            if let Some(odd) = odd_letter(title) {
                let message = format!("this cell has {}", odd_in_words(odd));
                let help = "take it out: write the words anew";
                check.problems.push(rows.problem(row, titles, Code::BadCell, message, help));
                continue;
            }
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            match self.titles.get(code) {
                Some(known) if *known != title => {
                    let message = format!("the area `{code}` is named \"{known}\" elsewhere");
                    let problem = rows.problem(row, titles, Code::DuplicateId, message, "name it alike in every row");
                    check.problems.push(problem);
                }
                Some(_) => {}
                None => {
                    self.titles.insert(code.to_owned(), title);
                    self.places.insert(code.to_owned(), rows.place(row, titles));
                }
            }
        }
    }
}
