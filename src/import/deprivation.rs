//! The English Indices of Deprivation: small areas as candidates, or added up to districts or areas of one's own.
//!
//! Rank 1 is the most deprived and a low decile is, too; scores go the other way. Nothing here turns one into the other.

use std::collections::{BTreeMap, BTreeSet};

use super::given::{
    CitedDocument, WantedNames, open_book, option_problem, tell_passed_over, toml_number as number, why_nothing,
};
use super::lookup::{AreaKind, read_areas};
use super::{EvidenceText, Import, RowAccount};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Problem, Problems};
use crate::files::Files;
use crate::sheet::{self, CellFigure, SheetRow, SheetTable, WantedColumn};
use crate::words::counted;
use crate::words::id_of;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct DeprivationOptions {
    /// The file of all ranks, scores, deciles and populations (File 7 of 2019).
    pub path: String,
    /// The districts, by name or code.
    pub districts: Vec<String>,
    /// What makes a candidate.
    pub by: CandidateArea,
    /// The document that the evidence cites.
    pub cited: CitedDocument,
}

/// What makes a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateArea {
    /// Each small area.
    SmallArea,
    /// Each district, its small areas added up.
    District,
    /// Each area of a lookup: of this kind, or the most local that it has.
    Lookup(String, Option<AreaKind>),
}

const SOURCE: &str = "deprivation";

const COLUMNS: [WantedColumn; 8] = [
    WantedColumn { key: "code", names: &["LSOA code (2011)"], needed: true },
    WantedColumn { key: "name", names: &["LSOA name (2011)"], needed: true },
    WantedColumn { key: "district_code", names: &["Local Authority District code (2019)"], needed: true },
    WantedColumn { key: "district", names: &["Local Authority District name (2019)"], needed: true },
    WantedColumn { key: "score", names: &["Index of Multiple Deprivation (IMD) Score", "IMD Score"], needed: false },
    WantedColumn { key: "rank", names: &["Index of Multiple Deprivation (IMD) Rank*", "IMD Rank*"], needed: false },
    WantedColumn {
        key: "decile",
        names: &["Index of Multiple Deprivation (IMD) Decile*", "IMD Decile*"],
        needed: true,
    },
    WantedColumn { key: "people", names: &["Total population*"], needed: false },
];

/// One small area.
struct SmallArea {
    code: String,
    name: String,
    place: String,
    score: Option<f64>,
    rank: Option<f64>,
    decile: f64,
    people: Option<f64>,
    /// Its district, or its area in the lookup.
    area: String,
}

/// Reads the file and makes candidates of the areas.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &DeprivationOptions) -> Result<Import, Problems> {
    let mut remarks = Vec::new();
    let lookup = match &options.by {
        CandidateArea::Lookup(path, kind) => Some(read_areas(files, path, *kind, &mut remarks)?.areas),
        CandidateArea::SmallArea | CandidateArea::District => None,
    };
    if options.districts.is_empty() && lookup.is_none() {
        return Err(option_problem("no district is named", "name it with `--district`").into());
    }
    let mut account = RowAccount::new("small areas");
    let mut reading =
        DeprivationReader { districts: WantedNames::new(&options.districts), lookup, there: BTreeSet::new() };
    let (mut small, mut problems) = (Vec::new(), Problems::default());
    let mut book = open_book(files, &options.path, &mut remarks)?;
    let (mut any, mut absent) = (false, None);
    for at in 0..book.names().len() {
        let sheet = book.sheet(at)?;
        let Some(table) = SheetTable::find(&sheet, &COLUMNS)? else {
            remarks.push(format!("{} has no table of small areas.", sheet.title()));
            absent = absent.or_else(|| Some(SheetTable::absent(&sheet, &COLUMNS)));
            continue;
        };
        any = true;
        tell_passed_over(&table, &mut remarks);
        account.read(table.rows.len() as u64);
        for row in table.rows {
            match reading.row(&table, row, &mut account) {
                Ok(found) => small.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if let Some(problem) = absent.filter(|_| !any) {
        return Err(problem.into());
    }
    for problem in reading.districts.unmet("district", reading.there.iter().map(String::as_str)) {
        problems.push(problem);
    }
    if let Some(lookup) = reading.lookup.as_ref().filter(|_| !problems.has_errors()) {
        let found: BTreeSet<&str> = small.iter().map(|area: &SmallArea| area.code.as_str()).collect();
        let absent: Vec<&str> = lookup.keys().map(String::as_str).filter(|code| !found.contains(code)).collect();
        if let Some(first) = absent.first() {
            remarks.push(format!(
                "Not in the file: {} of the lookup, among them {first}.",
                counted(absent.len(), "code", "codes")
            ));
        }
    }
    let twice = repeated(&small);
    if let Some(code) = twice {
        problems.push(option_problem(format!("`{code}` has two rows"), "give one file, of one edition"));
    }
    if small.is_empty() && !problems.has_errors() {
        problems.push(option_problem("no small area is left to be written", why_nothing(&account)));
    }
    if problems.has_errors() {
        return Err(problems);
    }
    account.used(small.len() as u64);
    let text = written(&small, options, &mut remarks)?;
    Ok(Import { files: vec![("evidence/deprivation.toml".to_owned(), text)], account, remarks })
}

struct DeprivationReader {
    districts: WantedNames,
    lookup: Option<BTreeMap<String, String>>,
    there: BTreeSet<String>,
}

impl DeprivationReader {
    fn row(
        &mut self,
        table: &SheetTable<'_>,
        row: &SheetRow,
        account: &mut RowAccount,
    ) -> Result<Option<SmallArea>, Problem> {
        let (code, district) = (table.text(row, "code"), table.text(row, "district"));
        let area = match &self.lookup {
            Some(lookup) => lookup.get(&code).cloned(),
            None => Some(district.clone()),
        };
        let named = self.districts.has(&district) | self.districts.has(&table.text(row, "district_code"));
        let wanted = named || self.lookup.is_some() && self.districts.is_empty();
        self.there.insert(district);
        let Some(area) = area.filter(|_| wanted) else {
            account.set_aside(if wanted { "not in the lookup" } else { "in other districts" }, 1);
            return Ok(None);
        };
        let cell = |key: &str| -> Result<Option<f64>, Problem> {
            match sheet::figure(table.get(row, key)) {
                Ok(CellFigure::Number(number)) => Ok(Some(number)),
                Ok(_) => Ok(None),
                Err((message, help)) => Err(table.problem(row, key, &message, help)),
            }
        };
        let decile = match cell("decile")? {
            Some(decile) if decile.fract() == 0.0 && (1.0..=10.0).contains(&decile) => decile,
            _ => return Err(table.problem(row, "decile", "there is no decile from 1 to 10", "check the file")),
        };
        Ok(Some(SmallArea {
            name: table.text(row, "name"),
            place: table.sheet.place_of(row, table.column("code").unwrap_or(0)),
            score: cell("score")?,
            rank: cell("rank")?,
            people: cell("people")?.filter(|people| *people > 0.0),
            decile,
            area,
            code,
        }))
    }
}

fn repeated(small: &[SmallArea]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    small.iter().map(|area| area.code.as_str()).find(|code| !seen.insert(*code))
}

fn written(small: &[SmallArea], options: &DeprivationOptions, remarks: &mut Vec<String>) -> Result<String, Problem> {
    let mut text = EvidenceText::new(
        "Indices of Deprivation: made by `prioritise import deprivation`. Rank 1 and decile 1 are the most deprived.",
    );
    text.source(&options.cited.keys(SOURCE, "English Indices of Deprivation", "")?);
    if options.by == CandidateArea::SmallArea {
        for area in small {
            small_area(&mut text, area);
        }
        return Ok(text.finish());
    }
    let mut areas: BTreeMap<&str, Vec<&SmallArea>> = BTreeMap::new();
    for area in small {
        areas.entry(&area.area).or_default().push(area);
    }
    let mut ids = BTreeSet::new();
    for (name, parts) in areas {
        let id = id_of(name);
        if id.is_empty() || !ids.insert(id.clone()) {
            return Err(option_problem(
                format!("`{name}` can't name an area, or two names are nearly the same"),
                "rename the area",
            ));
        }
        added_up(&mut text, &id, name, &parts, remarks);
    }
    Ok(text.finish())
}

fn small_area(text: &mut EvidenceText, area: &SmallArea) {
    text.candidate(&area.code, &area.name, CandidateKind::Place, "");
    let figures = [
        ("deprivation_rank", area.rank, "1 is the most deprived"),
        ("deprivation_decile", Some(area.decile), "1 is the most deprived tenth"),
        ("deprivation_score", area.score, "A higher score is more deprived"),
    ];
    for (name, figure, note) in figures {
        if let Some(figure) = figure {
            text.evidence(
                name,
                &[
                    ("number", number(figure)),
                    ("source", SOURCE.into()),
                    ("where", format!("{}, {}", area.place, area.code).into()),
                    ("note", note.into()),
                ],
            );
        }
    }
}

/// The mean score of an area's people, and the share of its small areas among the most deprived fifth of the country.
fn added_up(text: &mut EvidenceText, id: &str, name: &str, parts: &[&SmallArea], remarks: &mut Vec<String>) {
    text.candidate(id, name, CandidateKind::Place, "");
    let count = parts.len();
    let place = format!("{} of {name}", counted(count, "small area", "small areas"));
    let weighed: Option<Vec<(f64, f64)>> = parts.iter().map(|part| Some((part.score?, part.people?))).collect();
    match weighed {
        Some(weighed) => {
            let people: f64 = weighed.iter().map(|(_, people)| people).sum();
            let mean = weighed.iter().map(|(score, people)| score * people).sum::<f64>() / people;
            text.evidence(
                "deprivation_score",
                &[
                    ("number", number((mean * 1000.0).round() / 1000.0)),
                    ("source", SOURCE.into()),
                    ("where", place.as_str().into()),
                    (
                        "note",
                        "Mean score of its small areas, weighted by their people; a higher score is more deprived"
                            .into(),
                    ),
                ],
            );
        }
        None => remarks.push(format!("{name}: no mean score, because a score or population is missing.")),
    }
    let deprived = parts.iter().filter(|part| part.decile <= 2.0).count();
    #[expect(clippy::cast_precision_loss, reason = "there are not 2^53 small areas")]
    let share = deprived as f64 / count as f64 * 100.0;
    text.evidence(
        "most_deprived_fifth",
        &[
            ("percentage", number((share * 100.0).round() / 100.0)),
            ("source", SOURCE.into()),
            ("where", place.into()),
            (
                "note",
                format!("{deprived} of {count} small areas are in deciles 1 and 2, the most deprived fifth").into(),
            ),
        ],
    );
}
