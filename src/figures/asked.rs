//! What a form for figures asks: the evidence that the rules read, and what of it is missing now.

use crate::assessment::evidence::{AskedCell, AskedFigure};
use crate::assessment::{Assessment, Declared, Evidence, Figure, Peer, Peers, Period};
use crate::rules::RuleSet;

/// What the form is for, as it says of itself.
pub const KIND: &str = "figures";
/// The column of the candidate.
pub const CANDIDATE: &str = "candidate";
/// The column of the evidence.
pub const EVIDENCE: &str = "evidence";
/// The column of the figure.
pub const FIGURE: &str = "figure";
/// The column of the document, and the cell for the one of all rows.
pub const SOURCE: &str = "source";
/// The column of the place in it.
pub const PLACE: &str = "where";
/// The column of what a reader should know.
pub const NOTE: &str = "note";
/// The column that says what the row asks for, which nobody fills in.
pub const ABOUT_ROW: &str = "about";
/// The period of a figure, which stands before it.
const PERIOD: &str = "period";
/// The area of a figure, which stands before it, and the column of our own among several.
const AREA: &str = "area";
const OWN_AREA: &str = "own-area";
/// So many periods of a series are asked for, the latest that others have.
const MOST_PERIODS: usize = 5;

/// Evidence that the form asks for.
#[derive(Debug)]
pub struct AskedEvidence<'r> {
    /// Its name.
    pub name: &'r str,
    /// As it is called on the form, each once.
    pub label: String,
    /// How the rules declare it.
    pub declared: &'r Declared,
    /// How its kind asks for it.
    pub figure: AskedFigure,
}

impl AskedEvidence<'_> {
    /// What to write, within a sentence: `a whole number of what happened, with its period; in recorded crimes`.
    pub fn in_words(&self) -> String {
        let unit = self.declared.unit.as_ref().map(|unit| format!("; {unit}")).unwrap_or_default();
        format!("{}{unit}", self.figure.in_words)
    }
}

/// A figure that is missing now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFigure {
    /// The number of the candidate.
    pub candidate: usize,
    /// The number of the evidence, of what the form asks for.
    pub evidence: usize,
    /// What is known of its row from what others have: a column, and what stands there already.
    pub filled: FilledCells,
}

/// Columns with what stands there already.
pub type FilledCells = Vec<(&'static str, String)>;

/// What a form asks.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The evidence, in the order of its names.
    pub evidence: Vec<AskedEvidence<'a>>,
    /// What is declared and not asked for: how it is called, and why.
    pub left_out: Vec<(&'a str, &'static str)>,
    /// The cells beside that of the figure that some of it asks for, in the order of the columns.
    pub cells: Vec<&'static AskedCell>,
    /// What is missing now, candidate by candidate.
    pub missing: Vec<MissingFigure>,
}

impl<'a> Asked<'a> {
    /// What is asked of these, as they are filed.
    pub fn of(assessment: &Assessment, rules: &'a RuleSet) -> Self {
        let (mut evidence, mut left_out) = (Vec::new(), Vec::new());
        for (name, declared) in &rules.evidence {
            match declared.kind.asked() {
                Ok(figure) => {
                    evidence.push(AskedEvidence { name, label: label(rules, name, declared), declared, figure });
                }
                Err(why) => left_out.push((&*declared.title, why)),
            }
        }
        let mut cells: Vec<&'static AskedCell> = Vec::new();
        for cell in evidence.iter().flat_map(|asked| asked.figure.cells()) {
            if !cells.iter().any(|known| known.column == cell.column) {
                cells.push(cell);
            }
        }
        let missing = missing(assessment, &evidence);
        Self { evidence, left_out, cells, missing }
    }

    /// The names of the columns, from the first.
    pub fn columns(&self) -> Vec<&'static str> {
        let is_before = |column: &&str| [PERIOD, AREA].contains(column);
        let (before, behind): (Vec<_>, Vec<_>) = self.cells.iter().map(|cell| cell.column).partition(is_before);
        let start = [CANDIDATE, EVIDENCE, ABOUT_ROW].into_iter().chain(before).chain([FIGURE]);
        start.chain(behind).chain([SOURCE, PLACE, NOTE]).collect()
    }

    /// The cell of this column.
    pub fn cell(&self, column: &str) -> Option<&'static AskedCell> {
        self.cells.iter().find(|cell| cell.column == column).copied()
    }
}

/// How evidence is called: by its title, and where another has the same by its name too.
fn label(rules: &RuleSet, name: &str, declared: &Declared) -> String {
    let alike = rules.evidence.values().filter(|other| other.title == declared.title).count();
    if alike > 1 { format!("{} ({name})", declared.title) } else { declared.title.clone() }
}

fn missing(assessment: &Assessment, asked: &[AskedEvidence<'_>]) -> Vec<MissingFigure> {
    let of_each: Vec<(Vec<bool>, Vec<FilledCells>)> = asked.iter().map(|asked| filed(assessment, asked)).collect();
    let mut missing = Vec::new();
    for candidate in 0..assessment.candidates.len() {
        for (evidence, (is_filed, rows)) in of_each.iter().enumerate() {
            if is_filed.get(candidate).is_none_or(|is_filed| !is_filed) {
                missing.extend(rows.iter().map(|row| MissingFigure { candidate, evidence, filled: row.clone() }));
            }
        }
    }
    missing
}

/// Of which candidates evidence is filed, and in which rows it is asked of the others: for the periods, or of the areas, that
/// are filed. None are asked for what people judge wherever it is filed.
fn filed(assessment: &Assessment, asked: &AskedEvidence<'_>) -> (Vec<bool>, Vec<FilledCells>) {
    let column = assessment.evidence.get(asked.name);
    let of = |candidate: usize| column.and_then(|column| column.get(candidate));
    let all: Vec<_> = (0..assessment.candidates.len()).map(of).collect();
    let there: Vec<&Evidence> =
        all.iter().flatten().map(|it| &**it).filter(|it| it.figure.missing_because().is_none()).collect();
    let is_filed = all.iter().map(|it| it.as_ref().is_some_and(|it| it.figure.missing_because().is_none()));
    if !there.is_empty() && there.iter().all(|evidence| evidence.origin.judged.is_some()) {
        return (vec![true; all.len()], Vec::new());
    }
    let group = there.iter().find_map(|evidence| match &evidence.figure {
        Figure::Peers(group) => Some(group),
        _ => None,
    });
    if let Some(group) = group {
        return (is_filed.collect(), rows_of_areas(group));
    }
    let mut periods: Vec<Period> = there.iter().flat_map(|evidence| evidence.periods()).collect();
    periods.sort_unstable();
    periods.dedup();
    let asks_period = asked.figure.cells().any(|cell| cell.key == PERIOD);
    let wanted: Vec<Option<Period>> = match (asked.figure.list.is_some(), &*periods) {
        _ if !asks_period => vec![None],
        (true, [_, ..]) => periods.iter().rev().take(MOST_PERIODS).rev().map(|period| Some(*period)).collect(),
        (false, [one]) => vec![Some(*one)],
        _ => vec![None],
    };
    let row = |period: Option<Period>| period.map(|period| (PERIOD, period.written())).into_iter().collect();
    (is_filed.collect(), wanted.into_iter().map(row).collect())
}

/// A row for each area of a group that another candidate has, and in each which is our own.
fn rows_of_areas(group: &Peers) -> Vec<FilledCells> {
    let own = group.peers.get(group.own).map_or("", |own| &own.area);
    let row = |peer: &Peer| vec![(AREA, peer.area.clone()), (OWN_AREA, own.to_owned())];
    group.peers.iter().map(row).collect()
}
