//! The form for a colleague who has figures: a row for each that is missing now, and empty rows for others.

use super::identity::identity;
use super::model::{Field, Form, FormCell, FormRow, FormSheet, ReadLine, Takes};
use super::scores::SentBack;
use crate::assessment::Assessment;
use crate::assessment::evidence::{AskedCell, FigureCell};
use crate::figures::{
    ABOUT_ROW, Asked, AskedEvidence, CANDIDATE, EVIDENCE, FIGURE, FilledCells, KIND, MissingFigure, NOTE, PLACE, SOURCE,
};
use crate::ranked::RankedAssessment;
use crate::words::{counted, listed, upper_first};

/// How many empty rows there are for figures that nobody asked for.
const MORE_ROWS: usize = 30;
/// The name of the sheet to fill in.
const SHEET: &str = "Figures";

/// The form.
pub(super) fn form(report: &RankedAssessment<'_>, asked: &Asked<'_>, back: &SentBack) -> Form {
    let assessment = report.assessment;
    let mut facts = identity(report);
    facts.push(("columns", asked.columns().join(" ")));
    Form {
        kind: KIND,
        title: format!("Figures for: {}", assessment.title),
        handling: assessment.handling,
        read: to_read(assessment, asked, back),
        sheet: to_fill(assessment, asked, back),
        facts,
        read_by: "`prioritise import evidence` reads it",
    }
}

fn to_read(assessment: &Assessment, asked: &Asked<'_>, back: &SentBack) -> Vec<ReadLine> {
    let missing = match asked.missing.len() {
        0 => "Nothing is missing now. If you have a later or a better figure, there are empty rows for it.".to_owned(),
        count => format!(
            "{} missing now: each has a row with its candidate. Empty rows below are for others, and for later or better figures.",
            counted(count, "figure is", "figures are")
        ),
    };
    let pair = |what: &str, is: &str| ReadLine::Pair(what.to_owned(), is.to_owned());
    let mut lines = vec![
        ReadLine::Heading("What this is".to_owned()),
        ReadLine::Words(format!(
            "{} is choosing its priorities for {}, by figures that anybody can look up. {missing}",
            assessment.partnership, assessment.period
        )),
        ReadLine::Heading("How to fill it in".to_owned()),
        pair(
            "1. Who you are, and the day",
            "Under “Figures”, at the top, once: your role, not your name. If all figures are from one document, name that there too.",
        ),
        pair(
            "2. The figure",
            "As it is printed: 1,258, or 5.1%, or <5 or * where its publisher withheld it. Write 0 only where nothing happened. \
             Write n/a where there is no figure to be had, and why in the last column. Leave a row empty that you know nothing of.",
        ),
        pair(
            "3. Its period",
            "2025/26 is April 2025 to March 2026. Also 2025, March 2026, 2025-11/2026-10, or from one day to another: 1/4/2025 to \
             31/3/2026.",
        ),
        pair(
            "4. The document, and where in it",
            "Choose the document from the list or write the title of another; then the table, row or page: “Table 4, burglary”. A \
             figure without a document can’t be used.",
        ),
        ReadLine::Pair("5. Send it back".to_owned(), back.in_words()),
        ReadLine::Words(
            "In the workbook only the coloured cells can be changed. What is written on paper somebody types in."
                .to_owned(),
        ),
        ReadLine::Heading("What each figure is".to_owned()),
    ];
    lines.extend(
        asked.evidence.iter().map(|it| ReadLine::Pair(it.label.clone(), format!("{}.", upper_first(&it.in_words())))),
    );
    let candidates: Vec<String> = assessment.candidates.iter().map(|it| assessment.title_in_area(it)).collect();
    lines.push(ReadLine::Heading("Whom figures can be about".to_owned()));
    lines.push(ReadLine::Words(format!("{}.", listed(&candidates))));
    if !asked.left_out.is_empty() {
        lines.push(ReadLine::Heading("What is not asked here".to_owned()));
        lines.extend(
            asked
                .left_out
                .iter()
                .map(|(title, why)| ReadLine::Pair((*title).to_owned(), format!("{}.", upper_first(why)))),
        );
    }
    lines
}

fn to_fill(assessment: &Assessment, asked: &Asked<'_>, back: &SentBack) -> FormSheet {
    let lists = Choices::of(assessment, asked);
    let columns = asked.columns();
    let missing = |figure: &MissingFigure| {
        let (candidate, evidence) =
            (assessment.candidates.get(figure.candidate)?, asked.evidence.get(figure.evidence)?);
        let title = assessment.title_in_area(candidate);
        let cell = |key: &&'static str| lists.cell(key, asked, Some((&title, evidence, &figure.filled)));
        let key = format!("asked {} {}", candidate.id, evidence.name);
        Some(FormRow::Row(key, columns.iter().map(cell).collect()))
    };
    let more = |number: usize| {
        let cells = columns.iter().map(|key| lists.cell(key, asked, None)).collect();
        FormRow::Row(format!("more {number}"), cells)
    };
    let mut rows = Vec::new();
    if !asked.missing.is_empty() {
        rows.push(FormRow::Band("What is missing now".to_owned(), Vec::new()));
        rows.extend(asked.missing.iter().filter_map(missing));
    }
    rows.push(FormRow::Band(
        "Other figures".to_owned(),
        vec!["Choose the candidate and the evidence from the lists.".to_owned()],
    ));
    rows.extend((1..=MORE_ROWS).map(more));
    let mut role = Field::new(Takes::Words(1), "Your role, such as “Research officer”; not your name.");
    role.filled = back.role.clone().unwrap_or_default();
    let day = Field::new(Takes::Day, "The day on which you fill this in, such as 30/11/2026.");
    let source = Field::new(Takes::Suggested(lists.sources.clone()), "Only if all figures are from one document.");
    FormSheet {
        name: SHEET,
        about: "Fill in the coloured cells. The sheet before this one says how.".to_owned(),
        once: vec![
            ("by", "Your role".to_owned(), role),
            ("date", "The day".to_owned(), day),
            (SOURCE, "The document of all rows".to_owned(), source),
        ],
        columns: columns.iter().map(|key| header(key, asked)).collect(),
        rows,
    }
}

/// The header of a column, with its width in letters.
fn header(key: &str, asked: &Asked<'_>) -> (String, f64) {
    let (header, width) = match key {
        CANDIDATE => ("Candidate", 20.0),
        EVIDENCE => ("Evidence", 26.0),
        ABOUT_ROW => ("What to write", 28.0),
        FIGURE => ("Figure", 12.0),
        SOURCE => ("Document", 24.0),
        PLACE => ("Where in it", 18.0),
        NOTE => ("What a reader should know", 22.0),
        key => (asked.cell(key).map_or("", |cell| cell.header), 12.0),
    };
    (header.to_owned(), width)
}

/// The words of the drop-downs.
struct Choices {
    candidates: Vec<String>,
    evidence: Vec<String>,
    sources: Vec<String>,
}

impl Choices {
    fn of(assessment: &Assessment, asked: &Asked<'_>) -> Self {
        Self {
            candidates: assessment.candidates.iter().map(|candidate| assessment.title_in_area(candidate)).collect(),
            evidence: asked.evidence.iter().map(|it| it.label.clone()).collect(),
            sources: assessment.sources.values().map(|document| document.title.clone()).collect(),
        }
    }

    /// A cell of a column; `row` has the candidate's title, the evidence and what is known of a row that asks for a figure.
    fn cell(&self, key: &str, asked: &Asked<'_>, row: Option<(&str, &AskedEvidence<'_>, &FilledCells)>) -> FormCell {
        let field = |takes, prompt: &str| FormCell::Field(Field::new(takes, prompt));
        match (key, row) {
            (CANDIDATE, Some((title, ..))) => FormCell::Words(title.to_owned()),
            (CANDIDATE, None) => field(Takes::Named(self.candidates.clone()), ""),
            (EVIDENCE, Some((_, evidence, _))) => FormCell::Words(evidence.label.clone()),
            (EVIDENCE, None) => field(Takes::Named(self.evidence.clone()), ""),
            (ABOUT_ROW, Some((_, evidence, _))) => FormCell::Words(upper_first(&evidence.in_words())),
            (ABOUT_ROW, None) => FormCell::Words(String::new()),
            (FIGURE, Some((_, evidence, _))) => FormCell::Field(figure(evidence)),
            (FIGURE, None) => field(Takes::Words(1), "As it is printed; n/a where there is none to be had."),
            (SOURCE, _) => {
                field(Takes::Suggested(self.sources.clone()), "A document of the list, or the title of another.")
            }
            (PLACE, _) => field(Takes::Words(1), "The table, row or page."),
            (NOTE, _) => field(Takes::Words(1), ""),
            (key, row) => beside(asked.cell(key), row),
        }
    }
}

/// The cell of a figure that is asked for.
fn figure(evidence: &AskedEvidence<'_>) -> Field {
    let prompt = format!("{}. As it is printed; n/a where there is none to be had.", upper_first(&evidence.in_words()));
    let levels = evidence.declared.settings.levels.as_ref();
    let takes = match evidence.figure.takes {
        FigureCell::Level => {
            Takes::Suggested(levels.map(|it| it.words().map(str::to_owned).collect()).unwrap_or_default())
        }
        FigureCell::YesOrNo => Takes::Suggested(vec!["Yes".to_owned(), "No".to_owned()]),
        FigureCell::Whole | FigureCell::Number | FigureCell::Percentage => Takes::Words(1),
    };
    Field::new(takes, prompt)
}

/// A cell beside the figure, which is not filled in where this evidence has nothing there.
fn beside(cell: Option<&AskedCell>, row: Option<(&str, &AskedEvidence<'_>, &FilledCells)>) -> FormCell {
    let Some(cell) = cell else { return FormCell::Words(String::new()) };
    if row.is_some_and(|(_, evidence, _)| !evidence.figure.cells().any(|own| own.column == cell.column)) {
        return FormCell::Words(String::new());
    }
    let mut field = Field::new(Takes::Words(1), cell.about);
    let known = row.and_then(|(_, _, filled)| filled.iter().find(|(column, _)| *column == cell.column));
    field.filled = known.map(|(_, words)| words.clone()).unwrap_or_default();
    FormCell::Field(field)
}
