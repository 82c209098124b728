//! `prioritise import table`: tables that no other importer knows.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{CandidateWord, CitedDocument, OutputFolder, paths, write};
use crate::cli::Exit;
use crate::cli::disk::Disk;
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::table::{
    self, Condition, DateOrder, FigureKind, FiguresIn, MarkMeaning, NewAreas, OutputKind, PointSpan, TableOptions,
};

/// The parts of the help.
const COLUMNS: &str = "Where the columns are";
const ROWS: &str = "Which rows count";
const FIGURES: &str = "What figures mean";
const TIMES: &str = "When";
const AREAS: &str = "Areas that changed";

/// Any other table
#[derive(Debug, clap::Args)]
pub(super) struct Table {
    /// The files; their rows are put together
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    into: OutputFolder,

    /// The sheet to read, where several have the columns; repeat for each
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    sheet: Vec<String>,
    /// The row or line of the headers; the first that has all that are named if left out
    #[arg(long, value_name = "NUMBER", help_heading = COLUMNS)]
    header_row: Option<u32>,
    /// The column that names the candidates; without it each `--value` column is a candidate
    #[arg(long, value_name = "HEADER", help_heading = COLUMNS)]
    id: Option<String>,
    /// The column of their titles, where `--id` has codes
    #[arg(long, value_name = "HEADER", help_heading = COLUMNS)]
    title: Option<String>,
    /// A column with figures; repeat for each: the evidence is then named by its header
    #[arg(long, value_name = "HEADER", help_heading = COLUMNS, conflicts_with_all = ["across", "count_rows"])]
    value: Vec<String>,
    /// Each column that is headed by a month, quarter or year has figures
    #[arg(long, help_heading = COLUMNS, conflicts_with = "count_rows")]
    across: bool,
    /// Count rows: each is one thing that happened
    #[arg(long, help_heading = COLUMNS)]
    count_rows: bool,
    /// The column of the people that counts are set against
    #[arg(long, value_name = "HEADER", help_heading = COLUMNS)]
    population: Option<String>,

    /// Only rows for which it holds: `Sex = Persons`, `Area != Total`, `Year = 2023 | 2024`; repeat for each
    #[arg(long = "where", value_name = "CONDITION", value_parser = Condition::parse, help_heading = ROWS)]
    conditions: Vec<Condition>,
    /// Add up the figures of the same candidate, evidence and period
    #[arg(long, help_heading = ROWS)]
    sum: bool,
    /// Rows whose text in this column an earlier row has are set aside: a case number
    #[arg(long, value_name = "HEADER", help_heading = ROWS)]
    once: Option<String>,

    /// What the figures are
    #[arg(long, value_enum, default_value = "count", help_heading = FIGURES)]
    figure: FigureWord,
    /// For how many people a rate is
    #[arg(long, value_name = "PEOPLE", required_if_eq("figure", "rate"), value_parser = positive, help_heading = FIGURES)]
    per: Option<f64>,
    /// Multiply each figure: 1000 for a table in thousands
    #[arg(long, value_name = "NUMBER", value_parser = positive, help_heading = FIGURES)]
    times: Option<f64>,
    /// What a mark means that stands in place of a figure: `S=withheld`, `-=zero`, `n.k.=missing`; repeat for each
    #[arg(long, value_name = "MARK=MEANING", value_parser = mark, allow_hyphen_values = true, help_heading = FIGURES)]
    mark: Vec<(String, MarkMeaning)>,
    /// The evidence name, as the rule set declares it
    #[arg(long, value_name = "NAME", default_value = "recorded", help_heading = FIGURES)]
    evidence: String,
    /// The column that says of which edition of an index a figure is; figures of several editions make no series
    #[arg(long, value_name = "HEADER", requires = "id", help_heading = FIGURES)]
    edition: Option<String>,
    /// The column whose texts name the evidence, in place of `--evidence`: long into wide
    #[arg(long, value_name = "HEADER", help_heading = FIGURES)]
    evidence_by: Option<String>,
    /// What each candidate is
    #[arg(long, value_enum, default_value = "theme", help_heading = FIGURES)]
    kind: CandidateWord,

    /// The column of days, months, quarters or years; repeat for a year and a month in columns of their own
    #[arg(long, value_name = "HEADER", help_heading = TIMES)]
    when: Vec<String>,
    /// When all figures are of, where no column says it: `2025/26`
    #[arg(long, value_name = "PERIOD", help_heading = TIMES)]
    period: Option<String>,
    /// Which comes first in dates such as `01/02/2024`, where the file does not show it
    #[arg(long, value_enum, help_heading = TIMES)]
    dates: Option<DatesWord>,
    /// What each count covers; a period that is not whole is left out. As the file has it if left out; months, where rows
    /// are counted
    #[arg(long, value_enum, help_heading = TIMES)]
    every: Option<SpanWord>,
    /// The first period, from whose beginning the file is whole: `2024-01`
    #[arg(long, value_name = "PERIOD", help_heading = TIMES)]
    from: Option<String>,
    /// The last period, to whose end the file is whole: `2024-12`
    #[arg(long, value_name = "PERIOD", help_heading = TIMES)]
    to: Option<String>,

    #[command(flatten)]
    areas: ChangedAreas,

    /// What to write
    #[arg(long = "as", value_name = "WHAT", value_enum, default_value = "evidence")]
    output_kind: OutputWord,
    #[command(flatten)]
    document: CitedDocument,
}

/// Areas that changed.
#[derive(Debug, clap::Args)]
struct ChangedAreas {
    /// A lookup by which the areas of `--id` become new ones: a CSV file with a row for each old area and each new one that
    /// it lies in
    #[arg(long, value_name = "FILE", requires_all = ["old_code", "new_code"], help_heading = AREAS)]
    areas: Option<PathBuf>,
    /// Its column of old codes: `LSOA11CD`
    #[arg(long, value_name = "HEADER", requires = "areas", help_heading = AREAS)]
    old_code: Option<String>,
    /// Its column of new codes: `LSOA21CD`
    #[arg(long, value_name = "HEADER", requires = "areas", help_heading = AREAS)]
    new_code: Option<String>,
    /// Its column of new names
    #[arg(long, value_name = "HEADER", requires = "areas", help_heading = AREAS)]
    new_name: Option<String>,
    /// Its column of shares, where old areas are shared out; those of an old area add up to exactly 1
    #[arg(long, value_name = "HEADER", requires = "areas", help_heading = AREAS)]
    share: Option<String>,
    /// Old areas are put into the new one that they fit best, though part of them may lie elsewhere
    #[arg(long, requires = "areas", help_heading = AREAS)]
    best_fit: bool,
}

/// Kinds of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FigureWord {
    /// Whole numbers of things that happened
    Count,
    /// So many for so many people: `--per`
    Rate,
    /// From 0 to 100
    Percentage,
    /// Anything else
    Number,
}

/// How dates in numbers are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DatesWord {
    /// `15/01/2024`, as in Britain
    DayFirst,
    /// `01/15/2024`, as in America
    MonthFirst,
}

/// What a count covers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SpanWord {
    /// A month
    Month,
    /// Three months, from January, April, July or October
    Quarter,
    /// January to December
    Year,
    /// April to March
    FinancialYear,
}

/// What to write.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputWord {
    /// An evidence file
    Evidence,
    /// A CSV table with a row for each candidate, and the `[[table]]` that reads it
    Table,
}

fn mark(text: &str) -> Result<(String, MarkMeaning), String> {
    let (mark, meaning) = text.rsplit_once('=').unwrap_or((text, ""));
    let meaning = match meaning.trim() {
        "zero" => MarkMeaning::Zero,
        "withheld" => MarkMeaning::Withheld,
        "missing" => MarkMeaning::Missing,
        _ => return Err("write `MARK=withheld`, `MARK=missing` or `MARK=zero`".to_owned()),
    };
    Ok((mark.trim().to_owned(), meaning))
}

fn positive(text: &str) -> Result<f64, String> {
    let number = text.replace(',', "").parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "write a number above 0".to_owned())
}

pub(super) fn run(asked: &Table, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = options(asked)?;
    let busy = terminal.show_busy("reading the table");
    let import = table::import(&Disk, &options);
    drop(busy);
    write(&import?, &asked.into, terminal)
}

impl ChangedAreas {
    fn asked(&self) -> Result<Option<NewAreas>, Problems> {
        let (Some(path), Some(from), Some(to)) = (&self.areas, &self.old_code, &self.new_code) else { return Ok(None) };
        let path = paths(std::slice::from_ref(path))?.into_iter().next().unwrap_or_default();
        let (to_name, share) = (self.new_name.clone(), self.share.clone());
        Ok(Some(NewAreas { path, from: from.clone(), to: to.clone(), to_name, share, best_fit: self.best_fit }))
    }
}

fn options(asked: &Table) -> Result<TableOptions, Problems> {
    Ok(TableOptions {
        paths: paths(&asked.files)?,
        sheets: asked.sheet.clone(),
        header_row: asked.header_row,
        id: asked.id.clone(),
        title: asked.title.clone(),
        figures: match (&*asked.value, asked.across, asked.count_rows) {
            (_, true, _) => FiguresIn::Across,
            (_, _, true) => FiguresIn::Rows,
            ([], ..) => FiguresIn::Untold,
            (columns, ..) => FiguresIn::Columns(columns.to_vec()),
        },
        figure: match asked.figure {
            FigureWord::Count => FigureKind::Count,
            FigureWord::Rate => FigureKind::Rate { per: asked.per.unwrap_or(1000.0) },
            FigureWord::Percentage => FigureKind::Percentage,
            FigureWord::Number => FigureKind::Number,
        },
        times: asked.times,
        marks: asked.mark.clone(),
        population: asked.population.clone(),
        evidence: asked.evidence.clone(),
        evidence_by: asked.evidence_by.clone(),
        conditions: asked.conditions.clone(),
        once: asked.once.clone(),
        edition: asked.edition.clone(),
        sum: asked.sum,
        when: asked.when.clone(),
        period: asked.period.clone(),
        order: asked.dates.map(|order| match order {
            DatesWord::DayFirst => DateOrder::DayFirst,
            DatesWord::MonthFirst => DateOrder::MonthFirst,
        }),
        every: asked.every.map(|every| match every {
            SpanWord::Month => PointSpan::Month,
            SpanWord::Quarter => PointSpan::Quarter,
            SpanWord::Year => PointSpan::Year,
            SpanWord::FinancialYear => PointSpan::FinancialYear,
        }),
        from: asked.from.clone(),
        to: asked.to.clone(),
        new_areas: asked.areas.asked()?,
        kind: asked.kind.into(),
        output: match asked.output_kind {
            OutputWord::Evidence => OutputKind::Evidence,
            OutputWord::Table => OutputKind::Table,
        },
        cited: asked.document.cited(),
    })
}
