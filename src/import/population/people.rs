//! Figures into the people of a group: by area or added up by a lookup, for each year that is wanted.

use std::collections::{BTreeMap, BTreeSet};

use super::bands::cover;
use super::group::{PeopleGroup, Sex, bands_of};
use super::options::PopulationOptions;
use super::read::{AreaFigures, FiguresRead, PeopleFigure};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::RowAccount;
use crate::import::given::option_problem;
use crate::words::id_of;
use crate::words::{counted, listed, upper_first};

/// The most areas, or codes, that are told by name.
const MAX_TOLD: usize = 5;

/// What is to be written.
pub(super) struct PeopleCounted {
    /// Oldest first.
    pub years: Vec<u32>,
    /// In the order of their ids.
    pub areas: Vec<AreaPeople>,
    /// Where the figures are from: sheets or files.
    pub sheets: Vec<String>,
    pub account: RowAccount,
    pub remarks: Vec<String>,
}

/// The people of an area.
pub(super) struct AreaPeople {
    /// Its code, or what is made of its name in the lookup.
    pub id: String,
    pub name: String,
    /// How many small areas of the lookup were added up; none where it is an area of the file.
    pub parts: Option<usize>,
    /// For each year.
    pub people: Vec<f64>,
}

/// Adds up what is wanted.
///
/// # Errors
/// An area whose group can't be made of the bands there are, or of which a small area is absent.
pub(super) fn counted_people(options: &PopulationOptions, mut read: FiguresRead) -> Result<PeopleCounted, Problems> {
    let there: BTreeSet<u32> =
        read.areas.values().flat_map(|area| area.figures.keys()).map(|(year, _)| *year).collect();
    let years: Vec<u32> = match &*options.years {
        [] => there.last().copied().into_iter().collect(),
        years => years.iter().copied().collect::<BTreeSet<u32>>().into_iter().collect(),
    };
    let mut problems = Problems::default();
    for year in years.iter().filter(|year| !there.contains(year)) {
        problems.push(option_problem(format!("there is no figure of mid-{year}"), years_there(&there)));
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let mut adding = AddingUp { group: options.group, used: Vec::new(), problems };
    let targets = targets(options, &read, &mut adding.problems);
    if options.output.adds_up() {
        adding.problems.extend(of_two_kinds(&targets.written).into_iter().collect::<Vec<_>>().into());
    }
    let mut areas = Vec::new();
    for target in targets.written {
        let parts: Vec<&AreaFigures> = target.codes.iter().filter_map(|code| read.areas.get(code)).collect();
        let people: Option<Vec<f64>> = years.iter().map(|year| adding.people(&target.name, &parts, *year)).collect();
        let parts = read.lookup.is_some().then_some(target.codes.len());
        areas.extend(people.map(|people| AreaPeople { id: target.id, name: target.name, parts, people }));
    }
    let AddingUp { used, problems, .. } = adding;
    if problems.has_errors() {
        return Err(problems);
    }
    let sheets: BTreeSet<usize> = used.iter().map(|figure| figure.sheet).collect();
    for figure in &used {
        if let Some(fate) = read.rows.get_mut(figure.row) {
            fate.used = true;
        }
    }
    let mut account = read.account;
    for fate in &read.rows {
        match fate {
            fate if fate.used => account.used(1),
            fate if !years.contains(&fate.year) => account.set_aside("of other years", 1),
            _ => account.set_aside("whose people another row counts", 1),
        }
    }
    let mut remarks = read.remarks;
    remarks.extend(targets.absent);
    if there.len() > years.len() && options.years.is_empty() {
        remarks.push(format!(
            "The latest year is taken: mid-{}. {}.",
            listed_years(&years),
            upper_first(&years_there(&there))
        ));
    }
    let sheets = sheets.into_iter().filter_map(|sheet| read.sheets.get(sheet).cloned()).collect();
    Ok(PeopleCounted { years, areas, sheets, account, remarks })
}

fn listed_years(years: &[u32]) -> String {
    listed(&years.iter().map(u32::to_string).collect::<Vec<_>>())
}

fn years_there(there: &BTreeSet<u32>) -> String {
    let years: Vec<u32> = there.iter().copied().collect();
    format!("there are {}", listed_years(&years))
}

/// An area that is to be written, and the areas of the files that it is made of.
struct Target {
    id: String,
    name: String,
    codes: Vec<String>,
}

struct Targets {
    written: Vec<Target>,
    /// What is told of areas of the lookup that are not.
    absent: Option<String>,
}

fn targets(options: &PopulationOptions, read: &FiguresRead, problems: &mut Problems) -> Targets {
    let Some(lookup) = &read.lookup else {
        let target = |(code, area): (&String, &AreaFigures)| Target {
            id: code.clone(),
            name: if area.name.is_empty() { code.clone() } else { area.name.clone() },
            codes: vec![code.clone()],
        };
        return Targets { written: read.areas.iter().map(target).collect(), absent: None };
    };
    let mut codes: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (code, area) in &lookup.areas {
        codes.entry(area).or_default().push(code);
    }
    let (mut written, mut absent) = (Vec::new(), Vec::new());
    for (area, codes) in codes {
        let (there, gone): (Vec<&String>, Vec<&String>) =
            codes.iter().partition(|code| read.areas.contains_key(**code));
        match (there.is_empty(), gone.is_empty()) {
            (true, _) => absent.push(area.to_owned()),
            (false, true) => {
                let codes = there.into_iter().cloned().collect();
                written.push(Target { id: id_of(area), name: area.to_owned(), codes });
            }
            (false, false) => problems.push(incomplete(area, &there, &gone)),
        }
    }
    written.sort_by(|a, b| a.id.cmp(&b.id));
    let all = absent.len();
    absent.truncate(MAX_TOLD);
    let more = if all > MAX_TOLD { format!(" and {} more", all - MAX_TOLD) } else { String::new() };
    let absent = (all > 0 && options.areas.is_empty()).then(|| {
        let areas = counted(all, "area", "areas");
        format!(
            "Not written, because no small area of theirs is in the files: {areas} of the lookup, {}{more}.",
            absent.join(", ")
        )
    });
    Targets { written, absent }
}

/// That areas of different kinds are to be added up: a district and its neighbourhoods, people of whom would count twice.
fn of_two_kinds(targets: &[Target]) -> Option<Problem> {
    let mut kinds: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for target in targets {
        for code in &target.codes {
            kinds.entry(kind_of(code)).or_insert((&target.name, code));
        }
    }
    let mut kinds = kinds.into_values();
    let ((one, one_code), (other, other_code)) = (kinds.next()?, kinds.next()?);
    let message = format!("`{one}` ({one_code}) and `{other}` ({other_code}) are areas of different kinds");
    let help = "name areas of one kind, by their codes, or give only the file that has them: one may be part of the other, \
                and its people would count twice";
    Some(option_problem(message, help))
}

/// What kind of area the ONS gives codes like this: the letters and digits before the number. Districts of every kind, and
/// of every country, are one.
fn kind_of(code: &str) -> &str {
    match code.get(..3).unwrap_or(code) {
        "E06" | "E07" | "E08" | "E09" | "W06" | "S12" | "N09" => "district",
        "E01" | "W01" => "neighbourhood",
        "E05" | "W05" | "S13" | "N08" => "ward",
        other => other,
    }
}

fn incomplete(area: &str, there: &[&String], gone: &[&String]) -> Problem {
    let first: Vec<String> = gone.iter().take(MAX_TOLD).map(|code| format!("`{code}`")).collect();
    let more = if gone.len() > MAX_TOLD { " and others" } else { "" };
    let message = format!(
        "`{area}` can't be added up: of its {} small areas the files lack {}: {}{more}",
        gone.len() + there.len(),
        gone.len(),
        listed(&first)
    );
    let help =
        "give the files of all of them; where the codes are of another census, give a lookup of the same edition";
    Problem::new(Code::NotInFile, message).help(help)
}

struct AddingUp {
    group: PeopleGroup,
    used: Vec<PeopleFigure>,
    problems: Problems,
}

impl AddingUp {
    /// The people of the group in these areas together.
    fn people(&mut self, name: &str, parts: &[&AreaFigures], year: u32) -> Option<f64> {
        let mut people = 0.0;
        for part in parts {
            let Some(figures) = self.figures(part, year) else {
                let problem = self.no_figures(name, part, year);
                self.problems.push(problem);
                return None;
            };
            for figure in &figures {
                let Some(number) = figure.people else {
                    let message = format!("of `{name}`, a figure of {} in mid-{year} is withheld", self.group.words());
                    self.problems.push(option_problem(message, "choose other ages, or a larger area"));
                    return None;
                };
                people += number;
            }
            self.used.extend(figures);
        }
        Some(people)
    }

    /// The figures that make up the group: of persons, or of both sexes.
    fn figures(&self, area: &AreaFigures, year: u32) -> Option<Vec<PeopleFigure>> {
        let of = |sex: Sex| cover(area.figures.get(&(year, sex))?, self.group.ages);
        match self.group.sex {
            Sex::Persons => of(Sex::Persons).or_else(|| Some([of(Sex::Female)?, of(Sex::Male)?].concat())),
            sex => of(sex),
        }
    }

    fn no_figures(&self, name: &str, area: &AreaFigures, year: u32) -> Problem {
        let group = self.group.words();
        let message = format!("of `{name}`, no figures make up {group} in mid-{year}");
        let there = area.figures.iter().filter(|((of, _), _)| *of == year);
        let there: Vec<String> = there.map(|((_, sex), bands)| bands_of(*sex, bands.keys())).collect();
        let help = match there.is_empty() {
            true => "give the files of every year that is wanted".to_owned(),
            false => format!("there are {}", there.join("; ")),
        };
        option_problem(message, help)
    }
}
