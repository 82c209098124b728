//! The rows of one piece of evidence put together: its keys, and of a list each row of it.

use std::collections::BTreeMap;

use toml::Value;

use super::asked::AskedEvidence;
use super::cells::{GivenFigure, withheld_words};
use super::rows::{BESIDE_UNREADABLE, FormRows, GivenRow, TWICE, UNREADABLE, set_aside};
use crate::assessment::Period;
use crate::diagnostic::Problem;

/// A piece of evidence as the forms give it.
#[derive(Debug)]
pub(super) struct Piece {
    /// The number of its candidate.
    pub(super) candidate: usize,
    /// The number of the evidence, of what is asked.
    pub(super) evidence: usize,
    /// Its keys but for those of a list.
    pub(super) keys: Vec<(&'static str, Value)>,
    /// The key of its list, with the rows, the earliest first where they have periods.
    pub(super) list: Option<(&'static str, Vec<PieceRow>)>,
    /// The document, as it was written; none of what is not to be had.
    pub(super) source: Option<String>,
    /// The place in it.
    pub(super) place: Option<String>,
    /// What a reader should know.
    pub(super) note: Option<String>,
    /// How many rows it is made of, and where the first stands.
    pub(super) rows: u64,
    pub(super) spot: String,
}

/// A row of a list.
#[derive(Debug, Clone)]
pub(super) struct PieceRow {
    /// Its period, where it has one.
    pub(super) period: Option<Period>,
    /// Its keys.
    pub(super) keys: Vec<(&'static str, Value)>,
    /// The document and the place, where they are others than the list's.
    pub(super) source: Option<String>,
    pub(super) place: Option<String>,
}

/// The pieces that the rows give; what can't be put together is set aside and told.
pub(super) fn pieces(read: &mut FormRows<'_>) -> Vec<Piece> {
    let mut by_piece: BTreeMap<(usize, usize), Vec<GivenRow>> = BTreeMap::new();
    for row in std::mem::take(&mut read.rows) {
        by_piece.entry((row.candidate, row.evidence)).or_default().push(row);
    }
    let mut pieces = Vec::new();
    let all = read.asked;
    for (which, rows) in by_piece {
        let Some(asked) = all.evidence.get(which.1) else { continue };
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        if asked.figure.list.is_some() && read.unreadable.contains(&which) {
            read.account.set_aside(BESIDE_UNREADABLE, count);
            continue;
        }
        match piece(asked, which, rows, read) {
            Ok(piece) => pieces.push(piece),
            Err(problem) => {
                read.account.set_aside(UNREADABLE, count);
                read.problems.push(problem);
            }
        }
    }
    pieces
}

fn piece(
    asked: &AskedEvidence<'_>,
    (candidate, evidence): (usize, usize),
    mut rows: Vec<GivenRow>,
    read: &mut FormRows<'_>,
) -> Result<Piece, Problem> {
    if asked.figure.list.is_none() {
        for twice in rows.drain(1..) {
            let message = format!("`{}` is given twice for this candidate: the first counts", asked.label);
            read.account.set_aside(TWICE, 1);
            read.problems.push(set_aside(&twice.spot, &message, "empty one of the two rows"));
        }
    }
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let spot = rows.first().map(|row| row.spot.clone()).unwrap_or_default();
    let note = rows.iter().find_map(|row| row.note.clone());
    let none =
        Piece { candidate, evidence, keys: Vec::new(), list: None, source: None, place: None, note, rows: count, spot };
    if let [row] = &*rows
        && let Some(missing) = missing(asked, row)
    {
        return Ok(Piece { keys: vec![("missing", Value::String(missing))], note: None, ..none });
    }
    let (source, place) = cited(&rows, &none.spot)?;
    let none = Piece { source: Some(source.clone()), place: Some(place.clone()), ..none };
    let beside = beside(&rows)?;
    match asked.figure.list {
        None => Ok(Piece { keys: figure(asked, &rows).into_iter().chain(beside).collect(), ..none }),
        Some(list) => {
            let rows = listed(asked, rows, (&source, &place))?;
            names_one_of(asked, &rows, &beside).map_err(|(wrong, help)| set_aside(&none.spot, &wrong, help))?;
            Ok(Piece { list: Some((list, rows)), keys: beside, ..none })
        }
    }
}

/// Why there is no figure, where there is none: none where there is one, or a mark that files have for it.
fn missing(asked: &AskedEvidence<'_>, row: &GivenRow) -> Option<String> {
    let has_mark = asked.declared.kind.keys().iter().any(|key| key.name == SUPPRESSED);
    match &row.figure {
        GivenFigure::NotToBeHad => {
            Some(row.note.clone().unwrap_or_else(|| format!("No figure was to be had, says {}.", row.from)))
        }
        GivenFigure::Withheld(mark) if !has_mark && asked.figure.list.is_none() => Some(withheld_words(mark)),
        _ => None,
    }
}

/// The key of a count that its publisher withheld.
const SUPPRESSED: &str = "suppressed";

/// The key of a figure with its value.
fn figure(asked: &AskedEvidence<'_>, rows: &[GivenRow]) -> Option<(&'static str, Value)> {
    match &rows.first()?.figure {
        GivenFigure::Figure(value) => Some((asked.figure.figure, value.clone())),
        GivenFigure::Withheld(mark) => Some((SUPPRESSED, Value::String(mark.clone()))),
        GivenFigure::NotToBeHad | GivenFigure::Blank => None,
    }
}

/// The first document that the rows name, and the first place in it.
fn cited(rows: &[GivenRow], spot: &str) -> Result<(String, String), Problem> {
    let source = rows.iter().find_map(|row| row.source.clone()).ok_or_else(|| {
        let help = "name it in the column of the document, or once for all rows at the top of the sheet";
        set_aside(spot, "no document is named that the figure is from", help)
    })?;
    let place = rows.iter().find_map(|row| row.place.clone()).ok_or_else(|| {
        let help = "write the table, row or page in the column beside the document: `Table 4, burglary`";
        set_aside(spot, "it is not said where in the document the figure stands", help)
    })?;
    Ok((source, place))
}

/// The keys of the evidence itself, which the rows of a list say once or alike.
fn beside(rows: &[GivenRow]) -> Result<Vec<(&'static str, Value)>, Problem> {
    let mut keys: Vec<(&'static str, Value)> = Vec::new();
    for row in rows {
        for (key, value) in &row.beside {
            match keys.iter().find(|(known, _)| known == key) {
                Some((_, first)) if first != value => {
                    let message = format!("`{key}` is {value} here, and {first} in a row above of the same evidence");
                    return Err(set_aside(&row.spot, &message, "write the same in all rows of this evidence"));
                }
                Some(_) => {}
                None => keys.push((key, value.clone())),
            }
        }
    }
    Ok(keys)
}

/// Sees that what is said beside a list to be one of its rows is one of them, and that there are others.
fn names_one_of(
    asked: &AskedEvidence<'_>,
    rows: &[PieceRow],
    beside: &[(&'static str, Value)],
) -> Result<(), (String, &'static str)> {
    let of_row = |key: &str| asked.figure.of_row.iter().any(|cell| cell.key == key);
    let Some((key, named)) = beside.iter().find(|(key, _)| of_row(key)) else { return Ok(()) };
    let is_named = |row: &&PieceRow| row.keys.iter().any(|(own, value)| own == key && value == named);
    match rows.iter().filter(is_named).count() {
        0 => Err((format!("{named} is in no row of this evidence"), "write it as it is written in its row")),
        1 if rows.len() > 1 => Ok(()),
        1 => Err(("there is no row to compare with".to_owned(), "fill in a row for another, or empty this one")),
        _ => Err((format!("{named} is in several rows"), "empty all but one of them")),
    }
}

/// The rows of a list.
fn listed(
    asked: &AskedEvidence<'_>,
    rows: Vec<GivenRow>,
    (source, place): (&str, &str),
) -> Result<Vec<PieceRow>, Problem> {
    let mut list: Vec<PieceRow> = Vec::new();
    let names_its_own = asked.figure.of_row.iter().any(|cell| cell.key == PERIOD);
    for row in rows {
        let GivenFigure::Figure(value) = row.figure else {
            let help = "empty that row, and say in the note what is not to be had";
            return Err(set_aside(&row.spot, "a list has no row for what is withheld or not to be had", help));
        };
        let period = row.of_row.iter().find(|(key, _)| *key == PERIOD).and_then(|(_, value)| value.as_str());
        let period = period.and_then(|period| Period::parse(period).ok());
        if period.is_some() && list.iter().any(|other| other.period == period) {
            return Err(set_aside(&row.spot, "the same period stands in a row above", "empty one of the two rows"));
        }
        let other = |own: Option<String>, all: &str| own.filter(|own| own != all);
        let (source, place) = (other(row.source, source), other(row.place, place));
        if source.is_some() && !names_its_own {
            let help = "a table has one document: make a form for each, or name the one that has them all";
            return Err(set_aside(&row.spot, "the rows of this evidence are from several documents", help));
        }
        let place = place.filter(|_| names_its_own);
        let keys = row.of_row.into_iter().chain([(asked.figure.figure, value)]);
        // The figure stands before what belongs to it.
        let mut keys: Vec<(&'static str, Value)> = keys.collect();
        let is_needed = |key: &str| asked.figure.of_row.iter().any(|cell| cell.key == key && cell.needed);
        keys.sort_by_key(|(key, _)| match *key {
            key if key == asked.figure.figure => 1,
            key if is_needed(key) => 0,
            _ => 2,
        });
        list.push(PieceRow { period, keys, source, place });
    }
    if list.iter().all(|row| row.period.is_some()) {
        list.sort_by_key(|row| row.period);
    }
    Ok(list)
}

/// The key of a period.
const PERIOD: &str = "period";
