//! All that is told of several years, in the order in which it is asked: the places first, then step by step what broke and
//! what made it.

use std::ops::Range;

use crate::assessment::Handling;
use crate::diff::ChangeEffect;
use crate::explain::range_in_a_cell;
use crate::history::{Break, History, Line, Step, StepCause, StepPart, StepParts, TotalStep, Year, YearPlace};
use crate::report::diff::{decided_in_words, of_the_new, of_the_old};
use crate::report::section::{Section, SectionCell};
use crate::scoring::Fixed;
use crate::words::{counted, listed, upper_first};

/// So many candidates of a long list are shown.
pub(super) const MAX_LINES: usize = 100;
/// The title of the table that has everybody year by year.
pub(super) const YEAR_BY_YEAR: &str = "Year by year";
/// So many letters the years of one table take, side by side.
const YEARS_WIDTH: usize = 50;

/// What the years are of, in lines.
pub(super) fn header(found: &History<'_>) -> Vec<String> {
    let (Some(first), Some(last)) = (found.years.first(), found.years.last()) else { return Vec::new() };
    let years = counted(found.years.len(), "assessment", "assessments");
    vec![
        last.source.side.assessment.partnership.clone(),
        format!("{years}, {} to {}", first.label, last.label),
        "Every list is made again from its evidence, by its own rules.".to_owned(),
    ]
}

/// Who may see all of it: the mark of the assessments, and of different ones the narrowest.
pub(super) fn handling(found: &History<'_>) -> Option<Handling> {
    Handling::of_all(found.years.iter().map(|year| year.source.side.assessment.handling))
}

/// All sections in the order in which they are shown.
pub(super) fn sections(found: &History<'_>) -> Vec<Section> {
    let mut sections = places(found);
    sections.extend([years(found), stands(found)]);
    for (number, step) in found.steps.iter().enumerate() {
        let Some([old, new]) = found.years.get(number..number + 2) else { continue };
        let breaks: Vec<&Break> = found.breaks.iter().filter(|broken| broken.step == number).collect();
        sections.push(broken(step, &breaks, [old, new]));
        sections.push(moved(step, [old, new]));
    }
    sections
}

/// Everybody's place in each year: a table for as many years as stand beside each other in 80 columns.
fn places(found: &History<'_>) -> Vec<Section> {
    let blocks = blocks(found);
    let is_one = blocks.len() == 1;
    let mut sections: Vec<Section> = blocks.into_iter().map(|block| places_of(found, block, is_one)).collect();
    if let Some(last) = sections.last_mut() {
        let tops = tops(found);
        last.notes.push(format!("* in the top tier, {tops}. An empty cell: not in that year's assessment."));
        last.notes.extend(found.lines.len().checked_sub(MAX_LINES).filter(|more| *more > 0).map(more_lines));
    }
    sections
}

/// The years in blocks that are no wider than there is room for.
fn blocks(found: &History<'_>) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut width = 0;
    for (year, label) in found.years.iter().map(|year| &year.label).enumerate() {
        let own = label.chars().count() + 1;
        width += own;
        if let Some(block) = blocks.last_mut().filter(|_| width <= YEARS_WIDTH) {
            block.end = year + 1;
        } else {
            width = own;
            blocks.push(year..year + 1);
        }
    }
    blocks
}

fn places_of(found: &History<'_>, block: Range<usize>, is_one: bool) -> Section {
    let cell = |place: Option<&YearPlace<'_>>| match place {
        Some(place) => {
            let rank = or_dash(place.stand.rank);
            SectionCell::text(if place.stand.is_top { format!("{rank}*") } else { rank })
        }
        None => SectionCell::text(""),
    };
    let row = |line: &Line| {
        let places = block.clone().map(|year| cell(found.place(line, year)));
        [SectionCell::text(title(found, line))].into_iter().chain(places).collect()
    };
    let labels: Vec<String> = found.years.get(block.clone()).into_iter().flatten().map(|it| it.label.clone()).collect();
    let of = match (labels.first(), labels.last()) {
        (Some(first), Some(last)) if !is_one => format!(", {first} to {last}"),
        _ => String::new(),
    };
    Section {
        title: format!("Places{of}"),
        about: "Each candidate's rank in the list of each year, under its latest name.".to_owned(),
        headings: [String::new()].into_iter().chain(labels).collect(),
        rows: found.lines.iter().take(MAX_LINES).map(row).collect(),
        notes: Vec::new(),
        wordy: 0,
    }
}

/// The top tiers of all years by name: `"Priority"`.
fn tops(found: &History<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for year in &found.years {
        let name = format!("\"{}\"", year.top);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(&names)
}

fn more_lines(more: usize) -> String {
    format!("The first {MAX_LINES} candidates are shown, and {more} more are in the CSV and the JSON.")
}

pub(super) fn title(found: &History<'_>, line: &Line) -> String {
    found.latest_place(line).map_or_else(String::new, |place| place.stand.title.clone())
}

/// What each year's list is made of.
fn years(found: &History<'_>) -> Section {
    let row = |year: &Year<'_>| {
        let (assessment, rules) = (year.source.side.assessment, year.source.side.rules);
        let board = or_dash(year.board.as_ref().map(|board| board.decisions.date));
        [
            year.label.clone(),
            assessment.title.clone(),
            format!("{}, version {}", rules.name, rules.version),
            year.places.len().to_string(),
            board,
        ]
        .map(SectionCell::text)
        .into()
    };
    let told = found.years.iter().flat_map(|year| {
        let digest = |what: &str, digest: &str| format!("{}, {what}: {digest}", year.label);
        let record = year.source.side.record.map(|record| {
            let date = record.date.map(|date| format!(" {date}"));
            let by = record.by.map(|by| format!(" by {by}"));
            let said: String = [date, by].into_iter().flatten().collect();
            let stated = if said.is_empty() { String::new() } else { format!(", stated{said}") };
            digest(&format!("record {}{stated}", year.source.name), record.digest)
        });
        let other = year.source.list_differs.map(|told| {
            let engine = year.source.engine.unwrap_or_default();
            format!(
                "{}: the list in the record is not the one shown here, which was made again. The record was made by \
                 {engine}; {told}.",
                year.label
            )
        });
        let folder = year
            .source
            .side
            .record
            .is_none()
            .then(|| digest(&format!("assessment {}", year.source.name), &year.source.side.assessment.digest));
        record.into_iter().chain(folder).chain([digest("rules", &year.source.side.rules.digest)]).chain(other)
    });
    Section {
        title: "The years".to_owned(),
        about: "What each list is made of, and when its board met.".to_owned(),
        headings: ["year", "assessment", "rules", "candidates", "board"].map(str::to_owned).into(),
        rows: found.years.iter().map(row).collect(),
        notes: told.collect(),
        wordy: 4,
    }
}

/// Everybody year by year.
fn stands(found: &History<'_>) -> Section {
    let mut rows = Vec::new();
    for line in found.lines.iter().take(MAX_LINES) {
        let mut last_title = String::new();
        for (year, label) in found.years.iter().map(|year| &year.label).enumerate() {
            let Some(place) = found.place(line, year) else { continue };
            let title = if place.stand.title == last_title { String::new() } else { place.stand.title.clone() };
            last_title.clone_from(&place.stand.title);
            rows.push(stand(title, label, place));
        }
    }
    let has_bounds = found.years.iter().flat_map(|year| &year.places).filter_map(|place| place.range);
    let mut notes = Vec::new();
    if has_bounds.into_iter().any(|range| !range.is_reached) {
        notes.push(
            "The total is proven to be at least the one (≥) and at most the other (≤), and not that it could be either."
                .to_owned(),
        );
    }
    let places = found.years.iter().flat_map(|year| &year.places);
    if { places }.any(|place| place.stand.total.is_some() && place.range.is_none()) {
        notes.push(
            "Where \"could be\" is empty, nothing is known that would move the total: figures without an interval, and no \
             missing answer that has an end."
                .to_owned(),
        );
    }
    if found.steps.iter().any(|step| !step.same_scale) {
        notes.push("Totals of years whose rules have other scales are not compared.".to_owned());
    }
    Section {
        title: YEAR_BY_YEAR.to_owned(),
        about: "Totals with what they could be, the tiers, and what the board decided that year.".to_owned(),
        headings: ["", "year", "rank", "total", "could be", "tier", "board"].map(str::to_owned).into(),
        rows,
        notes,
        wordy: 2,
    }
}

fn stand(title: String, label: &str, place: &YearPlace<'_>) -> Vec<SectionCell> {
    [
        title,
        label.to_owned(),
        or_dash(place.stand.rank),
        or_dash(place.stand.total),
        place.range.map_or_else(String::new, range_in_a_cell),
        place.stand.tier.clone(),
        place.decided.as_ref().map_or_else(String::new, decided_in_words),
    ]
    .map(SectionCell::text)
    .into()
}

/// What broke between two years, and each change of the rules.
fn broken(step: &Step<'_>, breaks: &[&Break], [old, new]: [&Year<'_>; 2]) -> Section {
    let about = match breaks.len() {
        0 => "No break was found: the same areas, rules and candidates, and no change of recording is declared.",
        _ => "Read the change with this in mind:",
    };
    let mut notes: Vec<String> = breaks.iter().map(|broken| broken.words.clone()).collect();
    let told = step.changes.iter().enumerate();
    notes.extend(told.map(|(number, change)| {
        let nothing = if change.effect == Some(ChangeEffect::Nothing) { " It moves nothing here." } else { "" };
        format!("Change {}: {}.{nothing}", number + 1, upper_first(&change.words))
    }));
    Section {
        title: format!("What broke, {} to {}", old.label, new.label),
        about: about.to_owned(),
        headings: Vec::new(),
        rows: Vec::new(),
        notes,
        wordy: 0,
    }
}

/// What became of everybody's total, and what made it.
fn moved(step: &Step<'_>, [old, new]: [&Year<'_>; 2]) -> Section {
    let found = step.comparison.as_ref().ok();
    let areas = found.is_some_and(|found| found.areas().is_some());
    let both = found.is_some_and(|found| found.rules.is_some() && found.evidence.is_some());
    let about = match (step.totals.is_empty(), step.same_scale, &step.comparison) {
        (true, ..) => "No candidate is in both years.".to_owned(),
        (_, false, _) => "Places only: the totals are out of different numbers.".to_owned(),
        (_, _, Err(_)) => "By how much each total went up. What made it can't be told apart.".to_owned(),
        _ => {
            let order = match (areas, both) {
                (true, true) => {
                    " The old evidence was put on the new areas first, then the rules changed, and then the evidence did."
                }
                (true, false) => " The old evidence was put on the new areas first.",
                (false, true) => " The rules changed first, on the old evidence, and then the evidence did.",
                (false, false) => "",
            };
            format!(
                "Who was in both years, and what made the change of the total. The pieces add up to it; a number in brackets \
                 is a change of the rules, a title is a question whose answers are others.{order}"
            )
        }
    };
    // Nothing is said where nothing is known.
    let headings = match (step.same_scale, &step.comparison, areas) {
        (false, ..) => vec!["", "rank", "total"],
        (_, Err(_), _) => vec!["", "rank", "total", "by"],
        (.., true) => vec!["", "rank", "total", "by", "areas", "rules", "evidence", "made of"],
        (.., false) => vec!["", "rank", "total", "by", "rules", "evidence", "made of"],
    };
    let rows = step.totals.iter().take(MAX_LINES).filter_map(|total| row(total, step, [old, new], &headings));
    let mut notes = Vec::new();
    if step.totals.iter().any(|total| total.by.is_some() && total.parts.is_none()) && step.comparison.is_ok() {
        notes.push(match areas {
            true => "Where nothing is said of what made it, there is no total on the new areas, or by the new rules.",
            false => "Where nothing is said of what made it, the new rules give the old evidence no total.",
        });
    }
    let mut notes: Vec<String> = notes.into_iter().map(str::to_owned).collect();
    notes.extend(step.totals.len().checked_sub(MAX_LINES).filter(|more| *more > 0).map(more_lines));
    if let Some(chosen) = found.and_then(|found| found.chosen.as_ref()) {
        notes.extend([of_the_old(&chosen.old_priorities), of_the_new(&chosen.new_priorities)]);
    }
    Section {
        title: format!("What moved, {} to {}", old.label, new.label),
        about,
        wordy: usize::from(headings.contains(&"made of")),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        rows: rows.collect(),
        notes,
    }
}

fn row(total: &TotalStep, step: &Step<'_>, [old, new]: [&Year<'_>; 2], headings: &[&str]) -> Option<Vec<SectionCell>> {
    let (was, is) = (old.places.get(total.seats.0)?, new.places.get(total.seats.1)?);
    let signed = |by: Option<Fixed>| by.map_or_else(String::new, Fixed::signed);
    let parts = total.parts.as_ref();
    let title = match total.line == total.was {
        true => is.stand.title.clone(),
        false => format!("{} (was {})", is.stand.title, was.stand.title),
    };
    let cell = |heading: &&str| match *heading {
        "rank" => turned(&or_dash(was.stand.rank), &or_dash(is.stand.rank)),
        "total" => turned(&or_dash(was.stand.total), &or_dash(is.stand.total)),
        "by" => signed(total.by),
        "areas" => signed(parts.and_then(|parts| parts.areas)),
        "rules" => signed(parts.map(|parts| parts.rules)),
        "evidence" => signed(parts.map(|parts| parts.evidence)),
        "made of" => parts.map_or_else(String::new, |parts| made_of(parts, step)),
        _ => title.clone(),
    };
    Some(headings.iter().map(cell).map(SectionCell::text).collect())
}

/// The pieces of the rules and then of the evidence.
fn made_of(parts: &StepParts, step: &Step<'_>) -> String {
    let mut pieces: Vec<&StepPart> = parts.pieces.iter().collect();
    pieces.sort_by_key(|piece| order(piece, step));
    pieces.into_iter().map(|piece| in_words(piece, step)).collect::<Vec<_>>().join(", ")
}

/// A figure, or a dash where there is none.
fn or_dash(figure: Option<impl ToString>) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| figure.to_string())
}

/// `old → new`, or just the one where they are the same.
fn turned(old: &str, new: &str) -> String {
    if old == new { new.to_owned() } else { format!("{old} → {new}") }
}

/// Changes of the rules by their numbers, and then the questions.
fn order(piece: &StepPart, step: &Step<'_>) -> (bool, usize) {
    let rules = step.comparison.as_ref().ok().and_then(|found| found.rules.as_ref());
    match piece.cause {
        StepCause::Rules(part) => {
            let first = rules.and_then(|rules| rules.parts.get(part)?.changes.first());
            (false, first.copied().unwrap_or(0))
        }
        StepCause::AllRules => (false, 0),
        StepCause::Answer(criterion) => (true, criterion),
    }
}

/// `+1.31 (2)`, `-0.84 Volume`.
fn in_words(piece: &StepPart, step: &Step<'_>) -> String {
    let by = piece.by.signed();
    let found = step.comparison.as_ref().ok();
    match piece.cause {
        StepCause::Rules(part) => {
            let changes = found.and_then(|found| found.rules.as_ref()?.parts.get(part));
            let numbers: Option<Vec<String>> =
                changes.map(|part| part.changes.iter().map(|number| (number + 1).to_string()).collect());
            format!("{by} ({})", listed(&numbers.unwrap_or_default()))
        }
        StepCause::AllRules => format!("{by} (all changes)"),
        StepCause::Answer(criterion) => {
            let title = found.and_then(|found| found.new.rules.criteria.get(criterion)).map(|it| it.title.as_str());
            format!("{by} {}", title.unwrap_or_default())
        }
    }
}
