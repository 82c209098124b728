//! How a sheet of people is laid out, seen from its headers: ages or years across, or a row for each figure.
//!
//! Known are the files of the ONS (the detailed CSV of local authorities, `MYE2`, small areas and wards by single year
//! of age or broad ages) and of Nomis, as its programs and its pages write them.

use super::group::{Ages, Sex};
use crate::diagnostic::Problem;
use crate::import::lookup::Edition;
use crate::sheet::{Sheet, SheetRow, SheetTable, WantedColumn, same_words};
use crate::words::is_area_code;

/// Codes and names of areas, the most local first, each code with the names that go with it.
const LEVELS: [(&[&str], &[&str]); 7] = [
    (&["LSOA code", "LSOA##CD"], &["LSOA name", "LSOA##NM"]),
    (&["Ward code", "WD##CD"], &["Ward name", "WD##NM"]),
    (&["MSOA code", "MSOA##CD"], &["MSOA name", "MSOA##NM"]),
    (&["ladcode", "LAD code", "LAD##CD"], &["laname", "LAD name", "LAD##NM", "ladname"]),
    (&["GEOGRAPHY_CODE"], &["GEOGRAPHY_NAME"]),
    (&["Area codes", "Area code"], &["Area names", "Area name", "Area"]),
    (&["Code"], &["Name"]),
];
/// What Nomis calls the column of codes on its pages; the names stand in the column before.
const MNEMONIC: &str = "mnemonic";
const DISTRICT: [&[&str]; 2] = [
    &["LAD code", "LAD##CD", "LA code", "LA code (2021 boundaries)"],
    &["LAD name", "LAD##NM", "LA name", "LA name (2021 boundaries)"],
];

/// The codes of all levels, in the same order, and of Nomis: a row with one of them is the row of headers.
const CODE: WantedColumn = WantedColumn {
    key: "code",
    names: &[
        "LSOA code",
        "LSOA##CD",
        "Ward code",
        "WD##CD",
        "MSOA code",
        "MSOA##CD",
        "ladcode",
        "LAD code",
        "LAD##CD",
        "GEOGRAPHY_CODE",
        MNEMONIC,
        "Area codes",
        "Area code",
        "Code",
    ],
    needed: true,
};

/// Where everything stands in a sheet.
pub(super) struct PeopleLayout {
    pub code: u32,
    pub name: Option<u32>,
    pub district: [Option<u32>; 2],
    pub sex: Option<u32>,
    pub age: Option<u32>,
    pub year: Option<u32>,
    pub measure: Option<u32>,
    /// The columns of figures, at least one.
    pub values: Vec<ValueColumn>,
    /// What holds for every figure of the sheet that says nothing else.
    pub of_sheet: Said,
    pub edition: Option<Edition>,
    /// Whether the age of 90 stands for those above, too.
    pub ninety_is_open: bool,
}

/// A column of figures, and what its header says of them.
pub(super) struct ValueColumn {
    pub column: u32,
    pub said: Said,
}

/// What is known of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Said {
    pub year: Option<u32>,
    pub sex: Option<Sex>,
    pub ages: Option<Ages>,
}

impl PeopleLayout {
    /// The layout of a sheet with the rows below its headers; none where it has no figures of people by area.
    ///
    /// # Errors
    /// What is wrong with the rows of a text file.
    pub(super) fn find(sheet: &Sheet) -> Result<Option<(Self, SheetTable<'_>)>, Problem> {
        // Notes below the table have fewer cells, and no code.
        let is_note = |table: &SheetTable<'_>, row: &SheetRow| !is_area_code(&table.text(row, "code"));
        let Some(table) = SheetTable::find_ragged(sheet, &[CODE], is_note)? else { return Ok(None) };
        let Some(code) = table.column("code") else { return Ok(None) };
        let header = table.header;
        let headed = |names: &[&str]| names.iter().find_map(|name| column(header, name));
        let by_mnemonic = same_words(&header.text(code), MNEMONIC);
        let names = LEVELS.iter().find(|(codes, _)| headed(codes) == Some(code)).map(|(_, names)| *names);
        let name = match by_mnemonic {
            true => code.checked_sub(1),
            false => names.and_then(headed),
        };
        let [sex, age, year, measure] = [
            &["sex", "gender", "GENDER_NAME", "SEX_NAME"][..],
            &["age", "C_AGE_NAME", "AGE_NAME"],
            &["DATE_NAME", "DATE", "year", "TIME"],
            &["MEASURES_NAME"],
        ]
        .map(headed);
        let district = DISTRICT.map(|names| headed(names).filter(|column| *column != code));
        let known = [Some(code), name, sex, age, year, measure, district[0], district[1]];
        let values: Vec<ValueColumn> = header
            .cells()
            .filter(|(column, _)| !known.contains(&Some(*column)))
            .filter_map(|(column, value)| {
                Some(ValueColumn { column, said: said_by_header(&value.text(), by_mnemonic)? })
            })
            .collect();
        if values.is_empty() {
            return Ok(None);
        }
        let above = rows_above(sheet, header);
        let oldest =
            values.iter().filter_map(|value| value.said.ages).filter(|ages| ages.to != Ages::OPEN).map(|ages| ages.to);
        let ninety_is_open = age.is_none_or(|column| same_words(&header.text(column), "age"))
            && oldest.max().is_none_or(|age| age <= 90);
        let layout = Self {
            code,
            name,
            district,
            sex,
            age,
            year,
            measure,
            values,
            of_sheet: said_by_sheet(sheet, &above),
            edition: edition(sheet, header, &above),
            ninety_is_open,
        };
        Ok(Some((layout, table)))
    }
}

/// The column with a header; `#` is a digit.
fn column(header: &SheetRow, name: &str) -> Option<u32> {
    let form = |text: &str| {
        text.len() == name.len()
            && text.bytes().zip(name.bytes()).all(|(letter, wanted)| match wanted {
                b'#' => letter.is_ascii_digit(),
                wanted => letter.eq_ignore_ascii_case(&wanted),
            })
    };
    let fits = |text: String| if name.contains('#') { form(text.trim()) } else { same_words(&text, name) };
    header.cells().find(|(_, value)| fits(value.text())).map(|(column, _)| column)
}

/// What a header says of the figures below it; none where they are not of people.
fn said_by_header(header: &str, by_mnemonic: bool) -> Option<Said> {
    let text = header.trim();
    let lower = text.to_lowercase();
    if let Some(year) = lower.strip_prefix("population_") {
        return Some(Said { year: Some(year_of(year)?), ..Said::default() });
    }
    if by_mnemonic && let Some(year) = year_of(text) {
        return Some(Said { year: Some(year), ..Said::default() });
    }
    if let Some(ages) = Ages::parse(text) {
        return Some(Said { ages: Some(ages), ..Said::default() });
    }
    // `F0`, `M65 and over`.
    if let Some(ages) = text.strip_prefix(['F', 'M']).and_then(Ages::parse) {
        let sex = if text.starts_with('F') { Sex::Female } else { Sex::Male };
        return Some(Said { sex: Some(sex), ages: Some(ages), year: None });
    }
    let plain = ["OBS_VALUE", "Population", "People", "All persons", "Persons", "Value", "Number"];
    plain.iter().any(|name| lower == name.to_lowercase()).then(Said::default)
}

/// The rows above the headers, as the texts of their cells.
fn rows_above(sheet: &Sheet, header: &SheetRow) -> Vec<Vec<String>> {
    let above = sheet.rows.iter().take_while(|row| row.number < header.number);
    above.map(|row| row.cells().map(|(_, value)| value.text()).collect()).collect()
}

/// What the sheet's name, the rows above the headers and the file's name say: the first that says something.
fn said_by_sheet(sheet: &Sheet, above: &[Vec<String>]) -> Said {
    let mut said = Said::default();
    let texts = sheet.name.iter().cloned().chain(above.iter().map(|row| row.join(" "))).chain([sheet.file.clone()]);
    for text in texts {
        said.year = said.year.or_else(|| mid_year(&text));
        said.sex = said.sex.or_else(|| sex_named(&text));
    }
    // Nomis: a label and what was chosen, `gender,Total`.
    for row in above {
        let [label, value, ..] = &**row else { continue };
        let label = label.trim().trim_end_matches(':').trim().to_lowercase();
        match &*label {
            "gender" | "sex" => said.sex = Sex::parse(value).or(said.sex),
            "age" => said.ages = Ages::parse(value),
            "date" | "year" | "time" => said.year = year_of(value.trim()).or(said.year),
            _ => {}
        }
    }
    said
}

/// The year of `mid-2022` or `30 June 2022`; none where a text names several.
fn mid_year(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let after = |mark: &'static str| {
        let lower = &lower;
        lower.match_indices(mark).filter_map(move |(at, _)| {
            let rest = lower.get(at + mark.len()..)?.trim_start_matches([' ', '-', '–']);
            year_of(rest.get(..4)?)
        })
    };
    let mut years: Vec<u32> = after("mid").chain(after("june")).collect();
    years.sort_unstable();
    years.dedup();
    match *years {
        [year] => Some(year),
        _ => None,
    }
}

/// The sex that a text names, where it names one.
fn sex_named(text: &str) -> Option<Sex> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect();
    let named = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&&**word));
    match (named(&["persons"]), named(&["females", "female"]), named(&["males", "male"])) {
        (true, false, false) => Some(Sex::Persons),
        (false, true, false) => Some(Sex::Female),
        (false, false, true) => Some(Sex::Male),
        _ => None,
    }
}

/// A year of estimates in four digits, perhaps with a day: `2022`, `2022-06-30`.
pub(super) fn year_of(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.get(..4)?;
    let ends = text.get(4..).is_none_or(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()));
    let year = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    (ends && (1981..2100).contains(&year)).then_some(year)
}

/// The edition of neighbourhoods, where the sheet says which.
fn edition(sheet: &Sheet, header: &SheetRow, above: &[Vec<String>]) -> Option<Edition> {
    let headers = header.cells().map(|(_, value)| value.text());
    let texts = headers.chain(sheet.name.clone()).chain(above.iter().map(|row| row.join(" ")));
    texts.into_iter().find_map(|text| Edition::of_text(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_whom_they_are_of() {
        let said = |text| said_by_header(text, false);
        assert_eq!(said("population_2022"), Some(Said { year: Some(2022), ..Said::default() }));
        assert_eq!(said("F0").unwrap().sex, Some(Sex::Female));
        assert_eq!(said("M65 and over").unwrap().ages, Ages::parse("65+"));
        assert_eq!(said("90+").unwrap().ages, Ages::parse("90+"));
        assert_eq!(said("OBS_VALUE"), Some(Said::default()));
        for text in ["Geography", "Area (sq km)", "Estimated Population mid-2023", "births_2022", "Fenland", "2022", ""]
        {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(said_by_header("2022", true).unwrap().year, Some(2022));
    }

    #[test]
    fn the_year_of_a_sheet() {
        for (text, year) in [
            ("Mid-2022 LSOA 2021", Some(2022)),
            ("MYE2: Population estimates, mid 2023", Some(2023)),
            ("as of 30 June 2020", Some(2020)),
            ("Mid-2021 to mid-2022", None),
            ("mye2final2023.xlsx", None),
        ] {
            assert_eq!(mid_year(text), year, "{text}");
        }
    }
}
