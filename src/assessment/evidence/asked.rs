//! How a form asks for a kind of evidence: which cell has its figure, and which cells stand beside that. Each kind says so in
//! its own file.

/// How a form asks for evidence of a kind.
#[derive(Debug, Clone, Copy)]
pub struct AskedFigure {
    /// The key that has a list, where each row of the form is one of it.
    pub list: Option<&'static str>,
    /// The key of the figure: of the evidence, or of one of the list.
    pub figure: &'static str,
    /// What the cell of the figure takes.
    pub takes: FigureCell,
    /// The other cells of one of the list.
    pub of_row: &'static [AskedCell],
    /// The cells of the evidence itself.
    pub beside: &'static [AskedCell],
    /// What to write, within a sentence: `a whole number, with its period`.
    pub in_words: &'static str,
}

impl AskedFigure {
    /// Every cell beside that of the figure.
    pub fn cells(&self) -> impl Iterator<Item = &'static AskedCell> {
        self.of_row.iter().chain(self.beside)
    }
}

/// What the cell of a figure takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureCell {
    /// A whole number from 0 up.
    Whole,
    /// Any number.
    Number,
    /// A number of per cent, from 0 to 100.
    Percentage,
    /// One of the words that the rules declare.
    Level,
    /// Yes or no.
    YesOrNo,
}

/// A cell beside that of the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedCell {
    /// The name of its column, each once on a form.
    pub column: &'static str,
    /// The key that it gives. One beside the figures with the key of a cell of a row names one of the rows.
    pub key: &'static str,
    /// The header of its column.
    pub header: &'static str,
    /// What to write, in a sentence.
    pub about: &'static str,
    /// What it takes.
    pub takes: CellWords,
    /// Whether there is no such evidence without it.
    pub needed: bool,
}

/// What a cell beside a figure takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellWords {
    /// A period.
    Period,
    /// A number.
    Number,
    /// Any words.
    Words,
}

impl AskedCell {
    const fn new(key: &'static str, header: &'static str, takes: CellWords, about: &'static str) -> Self {
        Self { column: key, key, header, about, takes, needed: false }
    }

    /// The same where it must be filled in.
    #[must_use]
    pub const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
}

/// The period that a figure covers.
pub(super) const PERIOD: AskedCell = AskedCell::new(
    "period",
    "Period",
    CellWords::Period,
    "The period that the figure covers: 2025/26 is April 2025 to March 2026; also 2025, March 2026, or from one day to another.",
);
/// Whom a count is set against.
pub(super) const POPULATION: AskedCell = AskedCell::new(
    "population",
    "Out of how many people",
    CellWords::Number,
    "Only where it is not the whole population of the area: how many people there are of whom this many were counted.",
);
/// Which households a count is set against.
pub(super) const HOUSEHOLDS: AskedCell = AskedCell::new(
    "households",
    "Out of how many households",
    CellWords::Number,
    "Only where it is set against households and not people: how many there are.",
);
/// So many people a rate is of.
pub(super) const PER: AskedCell =
    AskedCell::new("per", "A rate per how many", CellWords::Number, "1,000 for a rate per 1,000 people.");
/// How many a percentage was asked of.
pub(super) const BASE: AskedCell = AskedCell::new(
    "base",
    "A percentage of how many",
    CellWords::Number,
    "How many people were asked, or how many there are in all: without it nobody can tell how sure the percentage is.",
);
/// The lower end of an interval.
pub(super) const LOWER: AskedCell = AskedCell::new(
    "lower",
    "Lower end, if published",
    CellWords::Number,
    "The lower end of the confidence interval that is published beside the figure.",
);
/// The upper end of an interval.
pub(super) const UPPER: AskedCell = AskedCell::new(
    "upper",
    "Upper end, if published",
    CellWords::Number,
    "The upper end of the confidence interval that is published beside the figure.",
);
/// The offence that a row of a table counts.
pub(super) const OFFENCE: AskedCell = AskedCell::new(
    "offence",
    "Offence",
    CellWords::Words,
    "The offence as the document names it: a row for each offence.",
);
/// An area that is set against others.
pub(super) const AREA: AskedCell = AskedCell::new(
    "area",
    "Area",
    CellWords::Words,
    "The area as the document names it: a row for each of the group, and one for our own.",
);
/// Which of the areas is this partnership's own.
pub(super) const OWN_AREA: AskedCell = AskedCell {
    column: "own-area",
    ..AskedCell::new(
        "area",
        "Our own area among them",
        CellWords::Words,
        "Which of the areas is ours, as it is written in its row; once for the group.",
    )
};
/// The harm of one such offence.
pub(super) const HARM: AskedCell = AskedCell::new(
    "harm",
    "Harm of one offence",
    CellWords::Number,
    "The weight that the harm index gives to one such offence; empty where it has none.",
);
