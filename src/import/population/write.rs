//! People into files: the population of an assessment, evidence, or a table.

use toml::Value;

use super::options::{PopulationOptions, PopulationOutput};
use super::people::{AreaPeople, PeopleCounted};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Problem, Problems};
use crate::import::given::toml_number;
use crate::import::{EvidenceText, Import};
use crate::sheet::inert;
use crate::words::{counted, listed, number, upper_first};

const SOURCE: &str = "ons-population";
const PUBLISHER: &str = "Office for National Statistics";
/// The most areas that a place names.
const MAX_NAMED: usize = 4;

/// The file that is wanted, with the account.
///
/// # Errors
/// A date that is no period.
pub(super) fn files(options: &PopulationOptions, people: PeopleCounted) -> Result<Import, Problems> {
    let writer = PeopleWriter { options, people: &people };
    let (name, text) = match &options.output {
        PopulationOutput::Assessment => ("population.toml", writer.assessment()?),
        PopulationOutput::Candidate(id) => ("residents.toml", writer.candidate(id)?),
        PopulationOutput::Areas => ("residents.toml", writer.areas()?),
        PopulationOutput::Table => ("population.csv", writer.table()),
    };
    let mut remarks = vec![writer.remark()];
    let PeopleCounted { account, remarks: told, .. } = people;
    remarks.extend(told);
    Ok(Import { files: vec![(name.to_owned(), text)], account, remarks })
}

struct PeopleWriter<'a> {
    options: &'a PopulationOptions,
    people: &'a PeopleCounted,
}

impl PeopleWriter<'_> {
    fn begin(&self) -> Result<EvidenceText, Problem> {
        let made = "Mid-year population estimates: made by `prioritise import population`.";
        let mut text = EvidenceText::new(made);
        let title = format!("Population estimates, {}", self.years());
        text.source(&self.options.cited.keys(SOURCE, &title, PUBLISHER)?);
        Ok(text)
    }

    fn assessment(&self) -> Result<String, Problem> {
        let mut text = self.begin()?;
        let mut keys = self.figure("people", self.people.areas.iter());
        if !self.options.group.is_all() {
            keys.push(("note", format!("{} only", upper_first(&self.options.group.words())).into()));
        }
        text.population(&keys);
        Ok(text.finish())
    }

    fn candidate(&self, id: &str) -> Result<String, Problem> {
        let mut text = self.begin()?;
        text.known_candidate(id);
        text.evidence(&self.evidence(), &self.figure("number", self.people.areas.iter()));
        Ok(text.finish())
    }

    fn areas(&self) -> Result<String, Problem> {
        let mut text = self.begin()?;
        for area in &self.people.areas {
            text.candidate(&area.id, &area.name, CandidateKind::Place, "");
            text.evidence(&self.evidence(), &self.figure("number", [area].into_iter()));
        }
        Ok(text.finish())
    }

    /// A row for each area, a column for each year. Of one year the column is called as `--peers` wants it.
    fn table(&self) -> String {
        let columns: Vec<String> = match &*self.people.years {
            [_] => vec!["Population".to_owned()],
            years => years.iter().map(|year| format!("Population {year}")).collect(),
        };
        let by_lookup = self.people.areas.iter().any(|area| area.parts.is_some());
        let id = if by_lookup { "Area id" } else { "Area code" };
        let mut text = format!("{id},Area,{}\n", columns.join(","));
        for area in &self.people.areas {
            let people: Vec<String> = area.people.iter().map(|people| format!("{people:.0}")).collect();
            text.push_str(&format!("{},{},{}\n", area.id, quoted(&area.name), people.join(",")));
        }
        text
    }

    /// The keys of a figure: of these areas together, in the first year.
    fn figure<'p>(
        &self,
        key: &'static str,
        areas: impl Iterator<Item = &'p AreaPeople> + Clone,
    ) -> Vec<(&'static str, Value)> {
        let people: f64 = areas.clone().filter_map(|area| area.people.first()).sum();
        let year = self.people.years.first().copied().unwrap_or_default();
        vec![
            (key, toml_number(people)),
            ("period", format!("{year}-06-30").into()),
            ("source", SOURCE.into()),
            ("where", self.place(areas).into()),
        ]
    }

    /// Where a figure stands: the sheets, the areas and whom they count.
    fn place<'p>(&self, areas: impl Iterator<Item = &'p AreaPeople> + Clone) -> String {
        let named = |area: &AreaPeople| match area.parts {
            Some(parts) => format!("{} ({})", area.name, counted(parts, "small area", "small areas")),
            None if area.name == area.id => area.id.clone(),
            None => format!("{} ({})", area.name, area.id),
        };
        let all = areas.clone().count();
        let mut names: Vec<String> = areas.take(MAX_NAMED).map(named).collect();
        if let Some(more @ 1..) = all.checked_sub(MAX_NAMED) {
            names.push(format!("{more} more"));
        }
        let sheets = self.people.sheets.join(", ");
        format!("{sheets}; {}; {}", listed(&names), self.options.group.words())
    }

    fn evidence(&self) -> String {
        self.options.evidence.clone().unwrap_or_else(|| self.options.group.evidence())
    }

    /// What was counted, in a sentence.
    fn remark(&self) -> String {
        let group = upper_first(&self.options.group.words());
        let areas = &self.people.areas;
        let of = match &**areas {
            [only] => only.name.clone(),
            areas => counted(areas.len(), "area", "areas"),
        };
        let together = if self.options.output.adds_up() && areas.len() > 1 { " together" } else { "" };
        let years: Vec<String> = (self.people.years.iter().enumerate())
            .map(|(at, year)| {
                let people: f64 = areas.iter().filter_map(|area| area.people.get(at)).sum();
                format!("{} on 30 June {year}", number(people, 0))
            })
            .collect();
        format!("{group} of {of}{together}: {}.", listed(&years))
    }

    fn years(&self) -> String {
        match &*self.people.years {
            [first, .., last] => format!("mid-{first} to mid-{last}"),
            [only] => format!("mid-{only}"),
            [] => String::new(),
        }
    }
}

/// Text as a cell of CSV: in quotes where it has a comma, a quote or a line end.
fn quoted(text: &str) -> String {
    let text = inert(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
