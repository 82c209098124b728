//! The files into figures by area, year, sex and ages: which rows are kept, and which are set aside.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Ages, PeopleGroup, Sex, bands_of};
use super::layout::{PeopleLayout, year_of};
use super::options::PopulationOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::import::RowAccount;
use crate::import::given::{WantedNames, open_book, option_problem, why_nothing};
use crate::import::lookup::{AreaLookup, Edition, read_areas};
use crate::sheet::{self, CellFigure, Sheet, SheetRow, SheetTable};
use crate::words::{counted, is_area_code, listed};

/// The most sheets that are not read which are told by name.
const MAX_TOLD_SHEETS: usize = 8;

/// What the files say.
pub(super) struct FiguresRead {
    /// By the code of the area.
    pub areas: BTreeMap<String, AreaFigures>,
    /// The rows that have a figure, and whether one of theirs is used.
    pub rows: Vec<RowFate>,
    /// The rows that have none.
    pub account: RowAccount,
    pub lookup: Option<AreaLookup>,
    /// The titles of the sheets that figures are from.
    pub sheets: Vec<String>,
    pub remarks: Vec<String>,
}

/// An area and its figures.
#[derive(Debug, Default)]
pub(super) struct AreaFigures {
    pub name: String,
    pub figures: BTreeMap<(u32, Sex), BTreeMap<Ages, PeopleFigure>>,
}

/// A figure; none where its publisher withheld it.
#[derive(Debug, Clone, Copy)]
pub(super) struct PeopleFigure {
    pub people: Option<f64>,
    /// The number of its row, and of its sheet.
    pub row: usize,
    pub sheet: usize,
}

/// What becomes of a row that has figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowFate {
    pub used: bool,
    /// The year of its latest figure.
    pub year: u32,
}

/// Reads every sheet that has people by area.
///
/// # Errors
/// Every cell that stops it; areas that nothing has; neighbourhoods of two editions.
pub(super) fn figures(files: &dyn Files, options: &PopulationOptions) -> Result<FiguresRead, Problems> {
    let mut remarks = Vec::new();
    let lookup = match &options.lookup {
        Some((path, kind)) => Some(read_areas(files, path, *kind, &mut remarks)?),
        None => None,
    };
    let editions = lookup
        .iter()
        .zip(&options.lookup)
        .filter_map(|(lookup, (path, _))| Some((lookup.edition?, format!("`{path}`"))));
    let mut reader = PeopleReader {
        options,
        wanted: WantedNames::new(&options.areas),
        matched: BTreeMap::new(),
        there: BTreeSet::new(),
        editions: editions.collect(),
        skipped: Vec::new(),
        groups: BTreeMap::new(),
        years: BTreeSet::new(),
        problems: Problems::default(),
        read: FiguresRead {
            areas: BTreeMap::new(),
            rows: Vec::new(),
            account: RowAccount::new("rows of people"),
            lookup,
            sheets: Vec::new(),
            remarks,
        },
    };
    for path in &options.paths {
        let mut book = open_book(files, path, &mut reader.read.remarks)?;
        for at in 0..book.names().len() {
            reader.sheet(&book.sheet(at)?)?;
        }
    }
    reader.finish()
}

struct PeopleReader<'a> {
    options: &'a PopulationOptions,
    wanted: WantedNames,
    /// The codes of areas that a name stands for, where it is their own.
    matched: BTreeMap<String, BTreeSet<String>>,
    there: BTreeSet<String>,
    /// Where each edition of neighbourhoods is first met.
    editions: BTreeMap<Edition, String>,
    skipped: Vec<String>,
    /// What figures there are of areas that are wanted, kept or not.
    groups: BTreeMap<Sex, BTreeSet<Ages>>,
    years: BTreeSet<u32>,
    problems: Problems,
    read: FiguresRead,
}

impl PeopleReader<'_> {
    fn sheet(&mut self, sheet: &Sheet) -> Result<(), Problem> {
        let Some((layout, table)) = PeopleLayout::find(sheet)? else {
            self.skipped.push(sheet.title());
            return Ok(());
        };
        let number = self.read.sheets.len();
        self.read.sheets.push(sheet.title());
        let mut small = false;
        for row in table.rows {
            self.read.account.read(1);
            match self.row(&layout, &table, row, number) {
                Ok(Ok(kept_small)) => small |= kept_small,
                Ok(Err(aside)) => self.read.account.set_aside(aside, 1),
                Err(problem) => self.problems.push(problem),
            }
        }
        if let Some(edition) = layout.edition.filter(|_| small) {
            self.editions.entry(edition).or_insert_with(|| sheet.title());
        }
        Ok(())
    }

    /// Keeps the figures of a row, and says whether it is of a small area; or says why it is set aside.
    fn row(
        &mut self,
        layout: &PeopleLayout,
        table: &SheetTable<'_>,
        row: &SheetRow,
        sheet: usize,
    ) -> Result<Result<bool, &'static str>, Problem> {
        let text = |column: Option<u32>| column.map(|column| row.text(column)).unwrap_or_default();
        let (code, name) = (row.text(layout.code), text(layout.name));
        if !is_area_code(&code) {
            return Ok(Err("without the code of an area"));
        }
        let district = layout.district.map(text);
        if !self.wants(&code, &name, &district) {
            return Ok(Err(if self.read.lookup.is_some() { "in no area that is wanted" } else { "of other areas" }));
        }
        if layout.measure.is_some_and(|column| !matches!(&*row.text(column).to_lowercase(), "value" | "")) {
            return Ok(Err("of percentages"));
        }
        let group = self.options.group;
        let mut kept = BTreeMap::new();
        let (mut other_sex, mut other_year) = (false, false);
        for value in &layout.values {
            let year = match layout.year {
                Some(column) => year_of(&row.text(column)),
                None => value.said.year.or(layout.of_sheet.year),
            };
            let sex = match layout.sex {
                Some(column) => Sex::parse(&row.text(column)).ok_or_else(|| {
                    let message = format!("`{}` is not a sex as the ONS writes it", row.text(column));
                    table.sheet.cell_problem(row, column, &message, "write `M`, `F` or `Persons`")
                })?,
                None => value.said.sex.or(layout.of_sheet.sex).unwrap_or(Sex::Persons),
            };
            let ages = match layout.age {
                Some(column) => Ages::parse(&row.text(column)).ok_or_else(|| {
                    let message = format!("`{}` is not an age as the ONS writes it", row.text(column));
                    table.sheet.cell_problem(row, column, &message, "write `10`, `10-17`, `90+` or `All ages`")
                })?,
                None => value.said.ages.or(layout.of_sheet.ages).unwrap_or(Ages::ALL),
            };
            let ages = match ages {
                Ages { from: 90, to: 90 } if layout.ninety_is_open => Ages { from: 90, to: Ages::OPEN },
                ages => ages,
            };
            let year = self.year(year, table)?;
            self.years.insert(year);
            self.groups.entry(sex).or_default().insert(ages);
            if !(self.options.years.is_empty() || self.options.years.contains(&year)) {
                other_year = true;
            } else if sex != group.sex && group.sex != Sex::Persons {
                other_sex = true;
            } else if ages.within(group.ages) {
                let people = figure(table.sheet, row, value.column)?;
                kept.extend(people.map(|people| ((year, sex, ages), people)));
            }
        }
        if kept.is_empty() {
            let why = if other_sex {
                "of the other sex"
            } else if other_year {
                "of other years"
            } else {
                "of other ages"
            };
            return Ok(Err(why));
        }
        let number = self.read.rows.len();
        let year = kept.keys().map(|(year, ..)| *year).max().unwrap_or(0);
        let area = self.read.areas.entry(code.clone()).or_default();
        if area.name.is_empty() {
            area.name = name;
        }
        let mut news = false;
        for ((year, sex, ages), people) in kept {
            let bands = area.figures.entry((year, sex)).or_default();
            match bands.get(&ages) {
                Some(known) if known.people != people => {
                    return Err(two_figures(
                        table,
                        row,
                        layout.code,
                        &area.name,
                        (year, sex, ages),
                        (known.people, people),
                    ));
                }
                Some(_) => {}
                None => {
                    bands.insert(ages, PeopleFigure { people, row: number, sheet });
                    news = true;
                }
            }
        }
        if !news {
            return Ok(Err("the same figures again"));
        }
        self.read.rows.push(RowFate { used: false, year });
        Ok(Ok(matches!(code.get(..3), Some("E01" | "W01"))))
    }

    /// Whether an area is wanted: by its own name or code, that of its district, or that of its area in the lookup.
    fn wants(&mut self, code: &str, name: &str, district: &[String; 2]) -> bool {
        let of_lookup = self.read.lookup.as_ref().map(|lookup| lookup.areas.get(code).cloned());
        let target = match &of_lookup {
            Some(None) => return false,
            Some(Some(area)) => area.clone(),
            None => String::new(),
        };
        if self.wanted.is_empty() {
            return true;
        }
        let mut found = self.wanted.has(code);
        for given in [name, &*district[0], &*district[1], &*target] {
            if !given.is_empty() {
                found |= self.wanted.has(given);
                self.there.insert(given.to_owned());
            }
        }
        if self.wanted.has(name) {
            self.matched.entry(name.to_owned()).or_default().insert(code.to_owned());
        }
        found
    }

    /// The year of a figure: what the file says, or the only one that was asked for.
    fn year(&mut self, said: Option<u32>, table: &SheetTable<'_>) -> Result<u32, Problem> {
        if let Some(year) = said {
            return Ok(year);
        }
        let title = table.sheet.title();
        let [only] = &*self.options.years else {
            let message = format!("{title} does not say of which year it is");
            return Err(option_problem(message, "say it with `--year 2023`"));
        };
        let remark = format!("{title} does not say of which year it is: {only} is taken, as `--year` has it.");
        if !self.read.remarks.contains(&remark) {
            self.read.remarks.push(remark);
        }
        Ok(*only)
    }

    /// Why no figure is left: not of the year, of the group, or of the area.
    fn nothing(&self) -> Problem {
        let there = |year: &u32| self.years.contains(year);
        if !self.years.is_empty() && !self.options.years.is_empty() && !self.options.years.iter().any(there) {
            let years = |years: Vec<&u32>| listed(&years.into_iter().map(u32::to_string).collect::<Vec<_>>());
            let message = format!("there is no figure of mid-{}", years(self.options.years.iter().collect()));
            return option_problem(message, format!("there are {}", years(self.years.iter().collect())));
        }
        if self.groups.is_empty() {
            return option_problem("no figure is left to be written", why_nothing(&self.read.account));
        }
        let groups: Vec<String> = self.groups.iter().map(|(sex, bands)| bands_of(*sex, bands.iter())).collect();
        let message = format!("no figures make up {}", self.options.group.words());
        option_problem(message, format!("there are {}", groups.join("; ")))
    }

    fn finish(mut self) -> Result<FiguresRead, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        if self.read.sheets.is_empty() {
            let message = format!("there are no people by area in {}", listed(&self.skipped));
            let help = "a table needs the codes of areas (`Code`, `LSOA 2021 Code`, `ladcode23`, `GEOGRAPHY_CODE`) and people \
                        by age (`0`, `F0`), by year (`population_2023`) or under `OBS_VALUE`";
            return Err(option_problem(message, help).into());
        }
        for problem in self.wanted.unmet("area", self.there.iter().map(String::as_str)) {
            self.problems.push(problem);
        }
        for (name, codes) in self.matched.iter().filter(|(_, codes)| codes.len() > 1) {
            let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            let message =
                format!("`{name}` is the name of {}: {}", counted(codes.len(), "area", "areas"), listed(&codes));
            self.problems.push(option_problem(message, "name the code of the one that is meant with `--area`"));
        }
        if let [(first, one), (second, other)] = &*self.editions.iter().collect::<Vec<_>>() {
            let message = format!(
                "neighbourhoods of two editions can't be put together: those of {first} are in {one}, those of {second} in \
                 {other}"
            );
            let help = "give files and a lookup of one edition: some neighbourhoods were split or merged in between";
            self.problems.push(Problem::new(Code::ImportOption, message).help(help));
        }
        if self.read.areas.is_empty() && !self.problems.has_errors() {
            let problem = self.nothing();
            self.problems.push(problem);
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let named = self.skipped.get(..MAX_TOLD_SHEETS).unwrap_or(&self.skipped);
        let more = match self.skipped.len() - named.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        if !named.is_empty() {
            self.read.remarks.push(format!("Without people by area, and not read: {}{more}.", named.join(", ")));
        }
        Ok(self.read)
    }
}

/// A whole number of people; none inside where it is withheld, none at all where the cell is empty.
fn figure(sheet: &Sheet, row: &SheetRow, column: u32) -> Result<Option<Option<f64>>, Problem> {
    match sheet::whole(row.get(column)) {
        Ok(CellFigure::Number(people)) => Ok(Some(Some(people))),
        Ok(CellFigure::Withheld(_)) => Ok(Some(None)),
        Ok(CellFigure::Empty) => Ok(None),
        Err((message, help)) => Err(sheet.cell_problem(row, column, &message, help)),
    }
}

fn two_figures(
    table: &SheetTable<'_>,
    row: &SheetRow,
    code: u32,
    name: &str,
    (year, sex, ages): (u32, Sex, Ages),
    (known, people): (Option<f64>, Option<f64>),
) -> Problem {
    let group = PeopleGroup { sex, ages };
    let figure = |people: Option<f64>| people.map_or_else(|| "withheld".to_owned(), |people| people.to_string());
    let message = format!(
        "`{name}` has two figures of {} in mid-{year}: {} and {}",
        group.words(),
        figure(known),
        figure(people)
    );
    table.sheet.cell_problem(row, code, &message, "give one file of each year, of one edition")
}
