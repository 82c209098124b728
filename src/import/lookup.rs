//! Lookups: which area each small area is in, and which small areas are meant. One reader for every import.
//!
//! Headers are those that people write, `LSOA code` and `Area`, and those of the ONS, in which the year varies:
//! `LSOA21CD`, `WD24CD`, `WD24NM`.

use std::collections::{BTreeMap, BTreeSet};

use super::given::{open_book, option_problem, tell_passed_over};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, join};
use crate::sheet::{SheetTable, WantedColumn, same_words};
use crate::words::id_of;

const CODE: WantedColumn = WantedColumn { key: "code", names: &["LSOA code", "LSOA##CD", "LSOA"], needed: true };
/// The most local of the areas that a table has comes first.
const AREA: WantedColumn = WantedColumn {
    key: "area",
    names: &["Area", "Area name", "Ward name", "Ward", "WD##NM", "MSOA##NM", "LAD##NM", "CSP##NM", "PFA##NM", "WD##CD"],
    needed: true,
};
/// Codes of the areas: two wards of one name are two.
const AREA_CODE: WantedColumn =
    WantedColumn { key: "area_code", names: &["Area code", "Ward code", "WD##CD"], needed: false };

/// Which neighbourhoods: those of the census of 2011, or of 2021. Most kept their codes, some were split or merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// Of 2011.
    Of2011,
    /// Of 2021.
    Of2021,
}

impl Edition {
    /// The edition that a header or a title names: `LSOA21CD`, `LSOA 2011 Code`, `2021 super output areas - lower layer`.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let after =
            lower.split_once("lsoa").map(|(_, rest)| rest.trim_start_matches(|letter: char| !letter.is_ascii_digit()));
        let year =
            after.or_else(|| lower.split_once(" super output").and_then(|(before, _)| before.rsplit(' ').next()))?;
        let digits = year.split(|letter: char| !letter.is_ascii_digit()).next()?;
        match digits {
            "11" | "2011" => Some(Self::Of2011),
            "21" | "2021" => Some(Self::Of2021),
            _ => None,
        }
    }
}

impl std::fmt::Display for Edition {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Of2011 => "2011",
            Self::Of2021 => "2021",
        })
    }
}

/// What a lookup says.
#[derive(Debug, Clone, Default)]
pub struct AreaLookup {
    /// The area of each small area, by the small area's code.
    pub areas: BTreeMap<String, String>,
    /// Which small areas they are, where the header says so.
    pub edition: Option<Edition>,
}

/// A kind of area that a lookup can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// Electoral wards.
    Ward,
    /// Local authority districts.
    District,
}

impl AreaKind {
    /// The columns of its names and its codes.
    fn columns(self) -> [WantedColumn; 2] {
        let (names, codes): (&[&str], &[&str]) = match self {
            Self::Ward => (&["Ward name", "Ward", "WD##NM", "WD##CD"], &["Ward code", "WD##CD"]),
            Self::District => (&["District name", "District", "LAD##NM", "LTLA##NM"], &["District code", "LAD##CD"]),
        };
        [WantedColumn { names, ..AREA }, WantedColumn { names: codes, ..AREA_CODE }]
    }
}

/// That areas of this kind can't be told without a lookup.
pub fn needed(kind: AreaKind) -> Problem {
    let (what, columns) = match kind {
        AreaKind::Ward => ("ward", "`LSOA21CD` and `WD24NM`"),
        AreaKind::District => ("district", "`LSOA21CD` and `LAD24NM`"),
    };
    let message = format!("which {what} each neighbourhood is in is not known");
    option_problem(message, format!("add `--lookup` with a table of {columns}, as the ONS publishes them"))
}

/// The area of each small area, by the small area's code: of this kind, or the most local that the table has. Names that several areas have, or nearly, carry their codes:
/// `St Mary's (E05008123)`. So each area has an id of its own, as [`id_of`] makes it.
///
/// # Errors
/// What stops the file from being read; a small area without an area, or in two; areas that can't be told apart.
pub fn read_areas(
    files: &dyn Files,
    path: &str,
    kind: Option<AreaKind>,
    remarks: &mut Vec<String>,
) -> Result<AreaLookup, Problems> {
    let [area, area_code] = kind.map_or([AREA, AREA_CODE], AreaKind::columns);
    let wanted = [CODE, area, area_code];
    let sheet = open_book(files, path, remarks)?.sheet(0)?;
    let table = SheetTable::find(&sheet, &wanted)?.ok_or_else(|| SheetTable::absent(&sheet, &wanted))?;
    tell_passed_over(&table, remarks);
    // The code of a ward says nothing of a district.
    let has_codes = table.column("area_code").is_some_and(|column| {
        let name = table.column("area").map(|column| table.header.text(column)).unwrap_or_default().to_lowercase();
        let code = table.header.text(column).to_lowercase();
        ["area", "w", "district", "lad"].iter().any(|begins| name.starts_with(begins) && code.starts_with(begins))
    });
    let mut areas: BTreeMap<String, (String, String)> = BTreeMap::new();
    for row in table.rows {
        let (code, name) = (table.text(row, "code"), table.text(row, "area"));
        let area_code = if has_codes { table.text(row, "area_code") } else { String::new() };
        if code.is_empty() && name.is_empty() {
            continue;
        }
        if code.is_empty() || name.is_empty() {
            return Err(table.problem(row, "area", "the code or the area is missing", "fill both cells").into());
        }
        let other = |(known, known_code): &(String, String)| !same_words(known, &name) || *known_code != area_code;
        if areas.get(&code).is_some_and(other) {
            return Err(table
                .problem(row, "code", &format!("`{code}` is in two areas"), "give each small area one area")
                .into());
        }
        areas.insert(code, (name, area_code));
    }
    let edition = table.column("code").and_then(|column| Edition::of_text(&table.header.text(column)));
    Ok(AreaLookup { areas: told_apart(&areas)?, edition })
}

/// The name of each area, with its code where another one has nearly the same name.
fn told_apart(areas: &BTreeMap<String, (String, String)>) -> Result<BTreeMap<String, String>, Problem> {
    let mut alike: BTreeMap<String, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for (name, code) in areas.values() {
        alike.entry(id_of(name)).or_default().insert((name, code));
    }
    for (id, names) in &alike {
        let codes: BTreeSet<&str> = names.iter().map(|(_, code)| *code).collect();
        if id.is_empty() || codes.len() < names.len() && names.len() > 1 {
            let names: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("{} can't name areas, or are nearly the same", names.join(" and "));
            return Err(Problem::new(Code::BadCell, message).help("write the name of an area in one way"));
        }
    }
    let several = |name: &str| alike.get(&id_of(name)).is_some_and(|names| names.len() > 1);
    let label = |(name, code): &(String, String)| match several(name) {
        true => format!("{name} ({code})"),
        false => name.clone(),
    };
    Ok(areas.iter().map(|(small, area)| (small.clone(), label(area))).collect())
}

/// In which neighbourhood points are, by longitude and latitude to six decimals, as data.police.uk writes them.
#[derive(Debug, Clone, Default)]
pub struct PointLookup(BTreeMap<(i64, i64), (String, String)>);

impl PointLookup {
    /// Adds the points of a table that has `Longitude`, `Latitude`, `LSOA code` and perhaps `LSOA name`: a street file is
    /// one. Rows without a point or a code say nothing.
    ///
    /// # Errors
    /// What stops the file from being read; a point that is in two neighbourhoods.
    pub fn read(&mut self, files: &dyn Files, path: &str, remarks: &mut Vec<String>) -> Result<(), Problem> {
        let wanted = [
            CODE,
            WantedColumn { key: "longitude", names: &["Longitude", "Long", "Lng", "X"], needed: true },
            WantedColumn { key: "latitude", names: &["Latitude", "Lat", "Y"], needed: true },
            WantedColumn { key: "name", names: &["LSOA name", "LSOA##NM"], needed: false },
        ];
        let sheet = open_book(files, path, remarks)?.sheet(0)?;
        let table = SheetTable::find(&sheet, &wanted)?.ok_or_else(|| SheetTable::absent(&sheet, &wanted))?;
        for row in table.rows {
            let (longitude, latitude) = (table.text(row, "longitude"), table.text(row, "latitude"));
            let code = table.text(row, CODE.key);
            let Some(point) = point(longitude.as_bytes(), latitude.as_bytes()) else { continue };
            if code.is_empty() {
                continue;
            }
            match self.0.get(&point) {
                Some((known, _)) if *known != code => {
                    let message = format!("the point {longitude}, {latitude} is in `{known}` and in `{code}`");
                    let help =
                        "give tables of one edition of neighbourhoods: those of 2011 and of 2021 have other codes";
                    return Err(table.problem(row, CODE.key, &message, help));
                }
                Some(_) => {}
                None => {
                    self.0.insert(point, (code, table.text(row, "name")));
                }
            }
        }
        Ok(())
    }

    /// The code and the name of the neighbourhood that a point is in; none where that is not known.
    pub(super) fn area(&self, (longitude, latitude): (&[u8], &[u8])) -> Option<&(String, String)> {
        self.0.get(&point(longitude, latitude)?)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees in millionths")]
fn point(longitude: &[u8], latitude: &[u8]) -> Option<(i64, i64)> {
    let millionths = |degrees: &[u8]| {
        let degrees: f64 = std::str::from_utf8(degrees).ok()?.trim().parse().ok()?;
        (degrees.abs() <= 180.0).then(|| (degrees * 1e6).round() as i64)
    };
    Some((millionths(longitude)?, millionths(latitude)?))
}

/// The codes of a file: those in its column of LSOA codes, else those in its first column, one a line.
///
/// # Errors
/// Says why it can't be read, or that it holds no code.
pub fn read_codes(files: &dyn Files, path: &str, remarks: &mut Vec<String>) -> Result<BTreeSet<String>, Problem> {
    let sheet = open_book(files, &join(".", path), remarks)?.sheet(0)?;
    let is_code = |code: &String| code.bytes().any(|byte| byte.is_ascii_digit());
    let codes: BTreeSet<String> = match SheetTable::find(&sheet, &[CODE])? {
        Some(table) => table.rows.iter().map(|row| table.text(row, CODE.key)).filter(is_code).collect(),
        None => sheet.rows.iter().map(|row| row.text(0).trim().to_owned()).filter(is_code).collect(),
    };
    if codes.is_empty() {
        let message = format!("`{path}` has no LSOA code");
        return Err(Problem::new(Code::BadCsv, message).help("write one code a line, such as `E01017944`"));
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_as_headers_and_titles_name_them() {
        for text in [
            "LSOA21CD",
            "LSOA 2021 Code",
            "LSOA code (2021)",
            "Mid-2022 LSOA 2021",
            "2021 super output areas - lower layer",
        ] {
            assert_eq!(Edition::of_text(text), Some(Edition::Of2021), "{text}");
        }
        assert_eq!(Edition::of_text("lsoa11cd"), Some(Edition::Of2011));
        for text in ["LSOA code", "Mid-2021", "LSOA name", "LAD 2021 Code", ""] {
            assert_eq!(Edition::of_text(text), None, "{text}");
        }
    }
}
