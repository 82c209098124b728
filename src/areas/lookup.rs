//! A lookup: a CSV table, as the ONS publishes them, with a row for each old area and each new one that it lies in.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::share::Share;
use crate::csv_file::{CsvFile, CsvRow};
use crate::diagnostic::{Code, Place, Problem, Problems, did_you_mean};
use crate::toml_file::{is_id, not_an_id};
use crate::words::{is_area_code, listed};

/// How old areas lie in new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LookupKind {
    /// Each old area lies in one new area, whole. Districts that become a unitary council do.
    Whole,
    /// Each old area is put into the new one that it fits best, though part of it may lie in another.
    BestFit,
    /// An old area may lie in several new ones; a column has the share of each, and those of an old area add up to 1.
    Shared,
}

/// What limits figures of areas that were taken whole by best fit.
pub const BEST_FIT_CAVEAT: &str =
    "Old areas are taken whole by best fit: how much of them lies elsewhere is not known.";

impl LookupKind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::BestFit => "best-fit",
            Self::Shared => "shared",
        }
    }
}

/// The headers of a lookup's columns, each with the place that names it.
#[derive(Debug, Clone)]
pub struct LookupColumns {
    /// The codes of the old areas.
    pub from: (String, Place),
    /// The codes of the new areas.
    pub to: (String, Place),
    /// The names of the old areas, where peer tables have those.
    pub from_name: Option<(String, Place)>,
    /// The names of the new areas.
    pub to_name: Option<(String, Place)>,
    /// The share of the old area that lies in the new one.
    pub share: Option<(String, Place)>,
    /// The letters `U`, `S`, `M` and `X` by which the ONS says what became of an area.
    pub change: Option<(String, Place)>,
}

/// An old area.
#[derive(Debug, Clone)]
pub struct OldArea {
    /// Its name, where the lookup has it.
    pub name: Option<String>,
    /// The new areas that it lies in, ascending by code, with the share in each.
    pub parts: BTreeMap<String, Share>,
    /// Its first row.
    place: Place,
    /// What is said to have become of it.
    change: Option<String>,
}

/// A new area.
#[derive(Debug, Clone, Default)]
pub struct NewArea {
    /// Its name, where the lookup has it.
    pub name: Option<String>,
    /// The old areas that make it up, ascending by code, with the share of each.
    pub parts: BTreeMap<String, Share>,
}

/// Which old areas make up which new ones. Each old one goes somewhere, and all of it does.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// How old areas lie in new ones.
    pub kind: LookupKind,
    /// The old areas by code.
    pub old: BTreeMap<String, OldArea>,
    /// The new areas by code.
    pub new: BTreeMap<String, NewArea>,
    /// The file that it was read from.
    pub file: String,
    /// The old codes by the same in small letters.
    ids: BTreeMap<String, String>,
}

impl Lookup {
    /// Reads a lookup. Everything that is wrong with it goes to `problems`, each at its line.
    pub(crate) fn read(
        kind: LookupKind,
        rows: &CsvFile,
        columns: &LookupColumns,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut found = Problems::default();
        let reader = Reader::new(kind, rows, columns, &mut found);
        let lookup = reader.map(|reader| reader.read(&mut found));
        let is_sound = !found.has_errors();
        problems.extend(found);
        lookup.filter(|_| is_sound)
    }

    /// The code, which an old area has.
    ///
    /// # Errors
    /// What is wrong with a code that no old area has, and how to mend it.
    pub fn old_code<'a>(&'a self, code: &str) -> Result<&'a str, (String, String)> {
        let known = self.old.get_key_value(code);
        known.map(|(code, _)| code.as_str()).ok_or_else(|| self.unknown(code))
    }

    /// The code of the old area that this id is, in whatever case: imports write ids in small letters.
    pub fn code_of_id<'a>(&'a self, id: &str) -> Option<&'a str> {
        self.ids.get(&id.to_ascii_lowercase()).map(String::as_str)
    }

    /// The code of the old area with this code or name. Names differ in case and spaces alone.
    ///
    /// # Errors
    /// What is wrong with one that no old area has, and how to mend it.
    pub fn code_of<'a>(&'a self, code_or_name: &str) -> Result<&'a str, (String, String)> {
        if let Some((code, _)) = self.old.get_key_value(code_or_name) {
            return Ok(code);
        }
        let wanted = plain(code_or_name);
        let mut named =
            self.old.iter().filter(|(_, area)| area.name.as_deref().is_some_and(|name| plain(name) == wanted));
        match (named.next(), named.next()) {
            (Some((code, _)), None) => Ok(code),
            (Some((one, _)), Some((other, _))) => {
                let message = format!("`{code_or_name}` is the name of `{one}` and of `{other}`");
                Err((message, "write the code in place of the name".to_owned()))
            }
            (None, _) => Err(self.unknown(code_or_name)),
        }
    }

    fn unknown(&self, code: &str) -> (String, String) {
        if let Some(known) = self.code_of_id(code) {
            return (format!("`{code}` is `{known}` in the lookup"), format!("write `{known}` in both"));
        }
        let message = format!("the area `{code}` is not among the old areas of `{}`", self.file);
        let known = self.old.iter().flat_map(|(code, area)| std::iter::once(&**code).chain(area.name.as_deref()));
        if self.new.contains_key(code) {
            let help = "it is one of the new areas: take `lookup` out of the file that names it, or add a row for it";
            return (message, help.to_owned());
        }
        let meant = match (did_you_mean(code, known), is_area_code(code)) {
            (meant, _) if meant.ends_with('?') => format!("{meant} If"),
            (_, true) => {
                "check the code, and that the lookup is from the edition of areas that it is of; if".to_owned()
            }
            (meant, false) => format!("{meant}; if"),
        };
        (message, format!("{meant} the area stays as it is, add a row that has its code in both columns"))
    }

    /// The name of a new area; its code where the lookup has no name.
    pub fn new_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.new.get(code).and_then(|area| area.name.as_deref()).unwrap_or(code)
    }
}

/// A name without case and with single spaces.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Reader<'a> {
    kind: LookupKind,
    rows: &'a CsvFile,
    from: usize,
    to: usize,
    from_name: Option<usize>,
    to_name: Option<usize>,
    share: Option<usize>,
    change: Option<usize>,
    /// The first row of each code, old and new, by its small letters.
    known: BTreeMap<(Side, String), (String, usize)>,
    old: BTreeMap<String, OldArea>,
    new: BTreeMap<String, NewArea>,
}

/// Which of the two sides a code is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Old,
    New,
}

impl<'a> Reader<'a> {
    /// None where a column is not there, which is told.
    fn new(kind: LookupKind, rows: &'a CsvFile, columns: &LookupColumns, problems: &mut Problems) -> Option<Self> {
        let mut column = |(header, place): &(String, Place)| rows.column(header, place.clone(), problems);
        let mut optional = |named: &Option<(String, Place)>| match named {
            Some(named) => column(named).map(Some),
            None => Some(None),
        };
        let (from_name, to_name) = (optional(&columns.from_name), optional(&columns.to_name));
        let (share, change) = (optional(&columns.share), optional(&columns.change));
        let (from, to) = (column(&columns.from), column(&columns.to));
        let (old, new) = (BTreeMap::new(), BTreeMap::new());
        Some(Self {
            kind,
            rows,
            from: from?,
            to: to?,
            from_name: from_name?,
            to_name: to_name?,
            share: share?,
            change: change?,
            known: BTreeMap::new(),
            old,
            new,
        })
    }

    fn read(mut self, problems: &mut Problems) -> Lookup {
        if self.rows.length() == 0 {
            let message = format!("`{}` has a header and no rows", self.rows.source.name);
            let problem = Problem::new(Code::AreaLookup, message).at(self.rows.header_place(self.from));
            problems.push(problem.help("add a row for each old area"));
        }
        for number in 0..self.rows.length() {
            self.row(number, problems);
        }
        self.changes(problems);
        if self.kind == LookupKind::Shared {
            self.sums(problems);
        }
        let ids = self.old.keys().map(|code| (code.to_ascii_lowercase(), code.clone())).collect();
        Lookup { kind: self.kind, old: self.old, new: self.new, file: self.rows.source.name.clone(), ids }
    }

    fn problem(&self, row: CsvRow<'_>, column: usize, message: String, help: &str) -> Problem {
        self.rows.problem(row, column, Code::AreaLookup, message, help)
    }

    fn row(&mut self, number: usize, problems: &mut Problems) {
        let row = self.rows.row(number);
        let from = self.code(Side::Old, number, problems);
        let to = self.code(Side::New, number, problems);
        let share = problems.take(self.share_of(row));
        let (Some(from), Some(to), Some(share)) = (from, to, share) else { return };
        let text = |column: Option<usize>| column.and_then(|column| row.get(column)).filter(|text| !text.is_empty());
        let (old_name, new_name) = (text(self.from_name), text(self.to_name));
        self.same_name(Side::Old, &from, old_name, row, problems);
        self.same_name(Side::New, &to, new_name, row, problems);
        let place = self.rows.place(row, self.from);
        let change = text(self.change).map(str::to_owned);
        let area = self.old.entry(from.clone()).or_insert_with(|| OldArea {
            name: None,
            parts: BTreeMap::new(),
            place: place.clone(),
            change,
        });
        area.name = area.name.take().or_else(|| old_name.map(str::to_owned));
        let line = area.place.source.line(area.place.span.start);
        let elsewhere = area.parts.keys().next().filter(|known| **known != to).cloned();
        let problem = match (area.parts.insert(to.clone(), share), elsewhere) {
            (Some(_), _) => {
                Some((format!("`{from}` is put into `{to}` twice, first in line {line}"), "take one of the two out"))
            }
            (None, Some(other)) if self.kind != LookupKind::Shared => Some((
                format!("`{from}` is in `{to}` here, and in `{other}` in line {line}"),
                "leave each old area one row, or share it out: add a column of shares, such as those of its people, and name it \
                 as `share`",
            )),
            _ => None,
        };
        if let Some((message, help)) = problem {
            problems.push(self.problem(row, self.from, message, help));
        }
        let area = self.new.entry(to).or_default();
        area.name = area.name.take().or_else(|| new_name.map(str::to_owned));
        area.parts.insert(from, share);
    }

    /// The code of one side in a row; none where it is none, or is written in two ways.
    fn code(&mut self, side: Side, number: usize, problems: &mut Problems) -> Option<String> {
        let row = self.rows.row(number);
        let column = if side == Side::Old { self.from } else { self.to };
        let code = row.get(column).unwrap_or_default();
        if code.is_empty() {
            let message = "this row has no code here".to_owned();
            problems.push(self.problem(row, column, message, "write the area's code, or take the row out"));
            return None;
        }
        if !is_id(code) {
            let (message, help) = not_an_id(code);
            problems.push(self.problem(row, column, message, &help));
            return None;
        }
        let known = self.known.entry((side, code.to_ascii_lowercase())).or_insert_with(|| (code.to_owned(), number));
        if known.0 == code {
            return Some(code.to_owned());
        }
        let (other, first) = known.clone();
        let place = self.rows.place(self.rows.row(first), column);
        let message = format!("`{code}` is `{other}` in line {}", place.source.line(place.span.start));
        problems.push(self.problem(row, column, message, "write the code of an area in one way"));
        None
    }

    fn share_of(&self, row: CsvRow<'_>) -> Result<Share, Problem> {
        let Some(column) = self.share else { return Ok(Share::WHOLE) };
        let text = row.get(column).unwrap_or_default();
        Share::parse(text).ok_or_else(|| {
            let message = format!("`{text}` is no share");
            let help = "write a number above 0 and no more than 1, with six decimals at most: `0.25`";
            self.problem(row, column, message, help)
        })
    }

    fn same_name(&self, side: Side, code: &str, name: Option<&str>, row: CsvRow<'_>, problems: &mut Problems) {
        let (known, column) = match side {
            Side::Old => (self.old.get(code).and_then(|area| area.name.as_deref()), self.from_name),
            Side::New => (self.new.get(code).and_then(|area| area.name.as_deref()), self.to_name),
        };
        let (Some(known), Some(name), Some(column)) = (known, name, column) else { return };
        if plain(known) != plain(name) {
            let message = format!("the area `{code}` is named \"{known}\" elsewhere");
            problems.push(self.problem(row, column, message, "name it alike in every row"));
        }
    }

    /// What the ONS says of each area, in its first row, must be what the rows say.
    fn changes(&self, problems: &mut Problems) {
        for (code, area) in &self.old {
            let Some(change) = &area.change else { continue };
            let one = area.parts.keys().next().filter(|_| area.parts.len() == 1);
            let with_others = |new: &String| self.new.get(new).is_some_and(|new| new.parts.len() > 1);
            let fault = match change.to_ascii_uppercase().as_str() {
                "U" => (one != Some(code) || one.is_some_and(with_others)).then_some("stay as it is"),
                "S" => one.is_some().then_some("be split, and has one row"),
                "M" if one.is_none() => Some("be merged, and lies in several new areas"),
                "M" => one.is_none_or(|new| !with_others(new)).then_some("be merged, and is alone in its new area"),
                "X" => None,
                _ => Some("have changed in a way that is none of `U`, `S`, `M` and `X`"),
            };
            if let Some(fault) = fault {
                let message = format!("`{code}` is said to {fault}: `{change}`");
                let help = "check that no row was left out; take `change` out of the lookup if its letters mean something else";
                let problem = Problem::new(Code::AreaLookup, message).at(area.place.clone()).help(help);
                problems.push(problem.one_of("change", "areas"));
            }
        }
    }

    /// The shares of an old area add up to one.
    fn sums(&self, problems: &mut Problems) {
        for (code, area) in &self.old {
            let (sum, is_one) = Share::sum(area.parts.values().copied());
            if !is_one {
                let parts: Vec<String> = area.parts.iter().map(|(new, share)| format!("{share} in `{new}`")).collect();
                let message = format!("the shares of `{code}` add up to {}: {}", sum.trimmed(), listed(&parts));
                let help = "change them until they add up to exactly 1, so that nothing is lost or counted twice";
                let problem = Problem::new(Code::AreaLookup, message).at(area.place.clone()).help(help);
                problems.push(problem.one_of("sum", "areas"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    fn read(kind: LookupKind, text: &str) -> Result<Lookup, Vec<String>> {
        let source = Arc::new(SourceFile::new("lookup.csv", text.to_owned()));
        let mut problems = Problems::default();
        let rows = CsvFile::read(&source, &mut problems).unwrap();
        let named = |header: &str| (header.to_owned(), Place::new(&source, 0..0));
        let has = |header: &str| rows.headers.iter().any(|it| it == header).then(|| named(header));
        let columns = LookupColumns {
            from: named("OLDCD"),
            to: named("NEWCD"),
            from_name: has("OLDNM"),
            to_name: has("NEWNM"),
            share: has("SHARE"),
            change: has("CHGIND"),
        };
        let lookup = Lookup::read(kind, &rows, &columns, &mut problems);
        let line = |problem: &Problem| problem.place.as_ref().map_or(0, |place| place.source.line(place.span.start));
        lookup.ok_or_else(|| problems.iter().map(|it| format!("{}: {}", line(it), it.message)).collect())
    }

    #[test]
    fn five_districts_become_two() {
        let lookup =
            read(LookupKind::Whole, "OLDCD,OLDNM,NEWCD,NEWNM\nA,Ash,N,North\nB,Birch,N,North\nC,Cedar,S,South\n");
        let lookup = lookup.unwrap();
        assert_eq!(lookup.new["N"].parts.keys().collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(lookup.new_name("S"), "South");
        assert_eq!(lookup.code_of("birch"), Ok("B"));
        assert_eq!(lookup.code_of("a").unwrap_err().0, "`a` is `A` in the lookup");
        assert_eq!(lookup.code_of("D").unwrap_err().0, "the area `D` is not among the old areas of `lookup.csv`");
    }

    #[track_caller]
    fn check_faults(kind: LookupKind, text: &str, faults: &[&str]) {
        assert_eq!(read(kind, text).err().unwrap_or_default(), faults);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let split = ["3: `A` is in `S` here, and in `N` in line 2"];
        check_faults(LookupKind::Whole, "OLDCD,NEWCD\nA,N\nA,S\n", &split);
        check_faults(LookupKind::BestFit, "OLDCD,NEWCD\nA,N\nA,S\n", &split);
        check_faults(LookupKind::Whole, "OLDCD,NEWCD\nA,N\nA,N\n", &["3: `A` is put into `N` twice, first in line 2"]);
        check_faults(LookupKind::Whole, "OLDCD,NEWCD\nA1,N\na1,N\n", &["3: `a1` is `A1` in line 2"]);
        check_faults(LookupKind::Whole, "OLDCD,NEWCD\nA,\n", &["2: this row has no code here"]);
        check_faults(LookupKind::Whole, "OLDCD,NEWCD\n", &["1: `lookup.csv` has a header and no rows"]);
        let names = "OLDCD,NEWCD,NEWNM\nA,N,North\nB,N,Norht\n";
        check_faults(LookupKind::Whole, names, &["3: the area `N` is named \"North\" elsewhere"]);
    }

    #[test]
    fn shares_add_up_to_exactly_one() {
        let thirds = "OLDCD,NEWCD,SHARE\nA,N,0.333333\nA,S,0.333333\nA,W,0.333334\n";
        assert!(read(LookupKind::Shared, thirds).is_ok());
        let faults = ["2: the shares of `A` add up to 0.9: 0.5 in `N` and 0.4 in `S`"];
        check_faults(LookupKind::Shared, "OLDCD,NEWCD,SHARE\nA,N,0.5\nA,S,0.4\n", &faults);
        check_faults(LookupKind::Shared, "OLDCD,NEWCD,SHARE\nA,N,50%\n", &["2: `50%` is no share"]);
    }

    #[test]
    fn what_the_ons_says_became_of_an_area_is_what_its_rows_say() {
        let sound = "OLDCD,NEWCD,SHARE,CHGIND\nA,A,1,U\nB,B1,0.5,S\nB,B2,0.5,S\nC,CD,1,M\nD,CD,1,M\nE,X,1,X\n";
        assert!(read(LookupKind::Shared, sound).is_ok());
        let faults = [
            "2: `A` is said to stay as it is: `U`",
            "3: `B` is said to be split, and has one row: `S`",
            "4: `C` is said to be merged, and is alone in its new area: `M`",
            "5: `D` is said to have changed in a way that is none of `U`, `S`, `M` and `X`: `Q`",
        ];
        check_faults(LookupKind::Whole, "OLDCD,NEWCD,CHGIND\nA,N,U\nB,B1,S\nC,CD,M\nD,E,Q\n", &faults);
        let apart = "OLDCD,NEWCD,SHARE,CHGIND\nA,N,0.5,M\nA,S,0.5,M\n";
        let fault = ["2: `A` is said to be merged, and lies in several new areas: `M`"];
        check_faults(LookupKind::Shared, apart, &fault);
    }
}
