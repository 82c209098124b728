//! Counts into evidence: series of periods that are whole, and the latest whole year beside that of peers.

use toml::Value;

use super::read::{CountsRead, QuarterCount, QuarterCounts};
use super::{HomeOfficeOptions, YearOrQuarter};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Problem, Problems};
use crate::import::given::{option_problem, toml_number, toml_table as table_row};
use crate::import::{EvidenceText, Import};
use crate::sheet::header_words;
use crate::words::listed;

const SOURCE: &str = "home-office-csp";

/// The evidence file, with what became of each row.
///
/// # Errors
/// A date that is no period; that no period is whole.
pub(super) fn series(options: &HomeOfficeOptions, mut read: CountsRead) -> Result<Import, Problems> {
    let csp = listed(&options.csp);
    let mut text =
        EvidenceText::new(&format!("Police recorded crime, {csp}: made by `prioritise import home-office-csp`."));
    let document = "Police recorded crime, community safety partnership open data";
    text.source(&options.cited.keys(SOURCE, document, "Home Office")?);
    let counts = std::mem::take(&mut read.counts);
    let sheets: Vec<String> = read.sheets.iter().cloned().collect();
    let mut writing = SeriesWriter { options, read, text, peer_rows_used: 0, left_out: Vec::new() };
    let mut any = false;
    for (id, cells) in &counts {
        any |= writing.candidate(id, cells, &format!("{}; {csp}", listed(&sheets)));
    }
    if !any {
        return Err(writing.nothing().into());
    }
    let SeriesWriter { read, text, peer_rows_used, .. } = writing;
    let mut account = read.account;
    account.used(peer_rows_used);
    account.set_aside("of peers, outside the latest whole year", read.peer_rows - peer_rows_used);
    let files = vec![("evidence/home-office-csp.toml".to_owned(), text.finish())];
    Ok(Import { files, account, remarks: read.remarks })
}

struct SeriesWriter<'a> {
    options: &'a HomeOfficeOptions,
    read: CountsRead,
    text: EvidenceText,
    /// How many rows of peers went into evidence.
    peer_rows_used: u64,
    /// Why periods are not in their series, a sentence each.
    left_out: Vec<String>,
}

impl SeriesWriter<'_> {
    /// That no period is left to be written, with the first causes.
    fn nothing(&self) -> Problem {
        let causes = self.left_out.get(..3).unwrap_or(&self.left_out).join(" ");
        let help = match &self.read.withheld_at {
            Some(_) if self.options.every == YearOrQuarter::Year => {
                "add other years; or, with `--every quarter`, take the quarters that are not withheld"
            }
            Some(_) => "add the files of other periods",
            None => "add the files of the missing quarters",
        };
        let problem = option_problem(format!("there is no series to write: {causes}"), help);
        match &self.read.withheld_at {
            Some(place) => problem.at(place.clone()),
            None => problem,
        }
    }

    /// Notes why a period is not in a series, and sets its rows aside.
    fn leave_out(&mut self, aside: &str, rows: u64, why: String) {
        self.read.account.set_aside(aside, rows);
        self.left_out.push(why.clone());
        self.read.remarks.push(why);
    }

    /// Writes a candidate, if it has a point.
    fn candidate(&mut self, id: &str, cells: &QuarterCounts, place: &str) -> bool {
        let title = self.read.titles.get(id).cloned().unwrap_or_default();
        let points = self.points(&title, cells);
        if points.is_empty() {
            return false;
        }
        self.text.candidate(id, &title, CandidateKind::Crime, "");
        let place = format!("{place}; {title}");
        let mut keys =
            vec![("series", Value::Array(points)), ("source", SOURCE.into()), ("where", place.as_str().into())];
        keys.extend(self.read.notes.get(id).map(|note| ("note", note.as_str().into())));
        self.text.evidence(&self.options.evidence, &keys);
        self.peer_evidence(id, &title, cells, &place);
        true
    }

    /// The points of a series, oldest first. Rows of a period that can't be told whole are set aside.
    fn points(&mut self, title: &str, cells: &QuarterCounts) -> Vec<Value> {
        let mut points = Vec::new();
        for (period, parts) in self.periods(cells) {
            let rows = parts.iter().map(|(_, cell)| cell.rows).sum();
            let quarters: Vec<u32> = parts.iter().map(|(quarter, _)| *quarter).collect();
            if let Some(withheld) = parts.iter().find_map(|(_, cell)| cell.withheld.as_ref()) {
                let why = format!("{title}: {period} is left out, because a count in it is withheld ({withheld}).");
                self.leave_out("in a period with a withheld count", rows, why);
                continue;
            }
            let Some(written) = span(&period, &quarters) else {
                let why = format!("{title}: {period} is left out, because quarters in its middle are missing.");
                self.leave_out("in a year with quarters missing in its middle", rows, why);
                continue;
            };
            let count: f64 = parts.iter().map(|(_, cell)| cell.count).sum();
            if count < 0.0 {
                let why = format!("{title}: {period} is left out, because its counts add up to {count}.");
                self.leave_out("in a period whose counts add up to less than zero", rows, why);
                continue;
            }
            if written != period && self.options.every == YearOrQuarter::Year {
                self.read.remarks.push(format!("{title}: of {period} there is only {written}."));
            }
            self.read.account.used(rows);
            points.push(table_row([("period", written.into()), ("count", toml_number(count))]));
        }
        points
    }

    /// The cells of each point.
    fn periods<'c>(&self, cells: &'c QuarterCounts) -> Vec<(String, Vec<(u32, &'c QuarterCount)>)> {
        let mut periods: Vec<(String, Vec<(u32, &QuarterCount)>)> = Vec::new();
        for ((year, quarter), cell) in cells {
            match periods.last_mut() {
                Some((last, parts)) if last == year && self.options.every == YearOrQuarter::Year => {
                    parts.push((*quarter, cell));
                }
                _ => periods.push((year.clone(), vec![(*quarter, cell)])),
            }
        }
        periods
    }

    /// The latest whole year of this area beside its peers', where every peer has it.
    fn peer_evidence(&mut self, id: &str, title: &str, cells: &QuarterCounts, place: &str) {
        if self.read.peers.is_empty() {
            return;
        }
        let own: Vec<String> = self.options.csp.iter().map(|name| header_words(name)).collect();
        let people: f64 = own.iter().filter_map(|words| self.read.peers.get(words)).map(|(_, people)| people).sum();
        let Some((own_name, _)) = own.iter().find_map(|words| self.read.peers.get(words)).cloned() else { return };
        let latest = cells.keys().rev().find_map(|(year, _)| Some((year.clone(), year_count(cells, year)?.0)));
        let Some((year, own_count)) = latest else { return };
        let peer = |name: &str, count: f64, people: f64| {
            table_row([("area", name.into()), ("count", toml_number(count)), ("population", toml_number(people))])
        };
        let mut rows = vec![peer(&own_name, own_count, people)];
        let mut lacking = Vec::new();
        let mut peer_rows = 0;
        for (words, (name, people)) in self.read.peers.iter().filter(|(words, _)| !own.contains(words)) {
            let counts = self.read.peer_counts.get(words).and_then(|counts| counts.get(id));
            match counts.and_then(|cells| year_count(cells, &year)) {
                Some((count, used)) => {
                    rows.push(peer(name, count, *people));
                    peer_rows += used;
                }
                None => lacking.push(name.clone()),
            }
        }
        if !lacking.is_empty() {
            self.read.remarks.push(format!(
                "{title}: {year} of {} is not complete, so they are not compared in it.",
                listed(&lacking)
            ));
        }
        if rows.len() > 1 {
            self.peer_rows_used += peer_rows;
            self.text.evidence(
                "similar_areas",
                &[
                    ("peers", Value::Array(rows)),
                    ("area", own_name.into()),
                    ("period", year.into()),
                    ("source", SOURCE.into()),
                    ("where", place.into()),
                ],
            );
        }
    }
}

/// The count of a whole year, and of how many rows; none where a quarter is missing or withheld, or where it is below
/// zero.
fn year_count(cells: &QuarterCounts, year: &str) -> Option<(f64, u64)> {
    let parts: Vec<(u32, &QuarterCount)> =
        cells.iter().filter(|((of, _), _)| of == year).map(|((_, quarter), cell)| (*quarter, cell)).collect();
    let quarters: Vec<u32> = parts.iter().map(|(quarter, _)| *quarter).collect();
    let whole = matches!(*quarters, [0] | [1, 2, 3, 4]) && parts.iter().all(|(_, cell)| cell.withheld.is_none());
    let rows = parts.iter().map(|(_, cell)| cell.rows).sum();
    let count: f64 = parts.iter().map(|(_, cell)| cell.count).sum();
    (whole && count >= 0.0).then_some((count, rows))
}

/// The period that these quarters of a financial year are; none where they do not follow on each other.
fn span(year: &str, quarters: &[u32]) -> Option<String> {
    if matches!(quarters, [0] | [1, 2, 3, 4]) {
        return Some(year.to_owned());
    }
    let (first, last) = (*quarters.first()?, *quarters.last()?);
    let unbroken = quarters.iter().zip(first..).all(|(quarter, wanted)| *quarter == wanted) && first > 0;
    let start: u32 = year.get(..4)?.parse().ok()?;
    let month = |number: u32| format!("{}-{:02}", start + number / 12, number % 12 + 1);
    unbroken.then(|| format!("{}/{}", month(first * 3), month(last * 3 + 2)))
}
