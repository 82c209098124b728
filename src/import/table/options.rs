//! What is asked of the import, and whether it goes together.

use crate::assessment::{CandidateKind, Period};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::CitedDocument;
use crate::import::given::option_problem;

/// What is asked of the import. A column is named by its header, or as `column F`.
#[derive(Debug, Clone)]
pub struct TableOptions {
    /// Workbooks and text files.
    pub paths: Vec<String>,
    /// The sheets to read; unless told, the one that has the columns.
    pub sheets: Vec<String>,
    /// The number of the row or line that has the headers; unless told, the first that has those that are named.
    pub header_row: Option<u32>,
    /// The column whose texts name the candidates. Without one, each column of figures is a candidate.
    pub id: Option<String>,
    /// The column of the candidates' titles, where that of `id` holds codes.
    pub title: Option<String>,
    /// Where the figures stand.
    pub figures: FiguresIn,
    /// What kind of figures they are.
    pub figure: FigureKind,
    /// What each figure is multiplied by: 1,000 for a table in thousands.
    pub times: Option<f64>,
    /// What marks mean that stand in place of figures, beside those that are known.
    pub marks: Vec<(String, MarkMeaning)>,
    /// The column of the people that counts are set against.
    pub population: Option<String>,
    /// The column that says of which edition of an index a figure is: those of one candidate and evidence are of one.
    pub edition: Option<String>,
    /// The evidence name of the figures.
    pub evidence: String,
    /// The column whose texts name the evidence, in place of `evidence`.
    pub evidence_by: Option<String>,
    /// Which rows count: those for which all of these hold.
    pub conditions: Vec<Condition>,
    /// The column in which no text may come twice: later rows with it are set aside.
    pub once: Option<String>,
    /// Whether figures of the same candidate, evidence and period are added up.
    pub sum: bool,
    /// The columns that say when; of several, their texts are read together.
    pub when: Vec<String>,
    /// When all figures are of, where no column says so.
    pub period: Option<String>,
    /// Whether the day or the month comes first in dates such as `01/02/2024`.
    pub order: Option<DateOrder>,
    /// What each count covers; unless told, what the file has.
    pub every: Option<PointSpan>,
    /// The first period.
    pub from: Option<String>,
    /// The last period.
    pub to: Option<String>,
    /// The lookup by which the candidates, which are old areas, become new ones.
    pub new_areas: Option<NewAreas>,
    /// What each candidate is.
    pub kind: CandidateKind,
    /// What to write.
    pub output: OutputKind,
    /// The document that the evidence cites.
    pub cited: CitedDocument,
}

/// A CSV file that says which old areas make up which new ones, and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAreas {
    /// The file.
    pub path: String,
    /// The header of the column of old codes.
    pub from: String,
    /// The header of the column of new codes.
    pub to: String,
    /// The header of the column of new names.
    pub to_name: Option<String>,
    /// The header of the column of shares, where old areas are shared out.
    pub share: Option<String>,
    /// Whether old areas are put into the new one that they fit best.
    pub best_fit: bool,
}

/// Where the figures stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiguresIn {
    /// Nobody said so.
    Untold,
    /// In these columns.
    Columns(Vec<String>),
    /// In every column that is headed by a month, quarter or year.
    Across,
    /// Nowhere: each row is one thing that happened.
    Rows,
}

/// What kind of figures they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FigureKind {
    /// Whole numbers of things that happened.
    Count,
    /// So many for so many people.
    Rate {
        /// For how many people.
        per: f64,
    },
    /// From 0 to 100.
    Percentage,
    /// Anything else.
    Number,
}

/// What stands in place of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkMeaning {
    /// Zero.
    Zero,
    /// Its publisher withheld it.
    Withheld,
    /// There is no figure.
    Missing,
}

/// How dates in numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `15/01/2024`, as in Britain.
    DayFirst,
    /// `01/15/2024`, as in America.
    MonthFirst,
}

impl DateOrder {
    /// As the option says it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }
}

/// What a count covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointSpan {
    /// A month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// January to December.
    Year,
    /// April to March.
    FinancialYear,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// An evidence file.
    Evidence,
    /// A CSV table with a row for each candidate, and the `[[table]]` that reads it.
    Table,
}

/// Which rows count, by the text of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// As it was written.
    pub written: String,
    /// The column.
    pub column: String,
    /// Whether the text must be one of `texts`, or none of them.
    pub equal: bool,
    /// The texts; one that is empty is an empty cell.
    pub texts: Vec<String>,
}

impl Condition {
    /// Reads `Sex = Persons`, `Year = 2023 | 2024` and `Area != Total`.
    ///
    /// # Errors
    /// Why it is none, and how to write it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write `Header = text`, or `Header != text`".to_owned();
        let Some((before, after)) = text.split_once('=') else {
            return Err(match text.find(['<', '>']) {
                Some(_) => no_comparison(),
                None => wrong(),
            });
        };
        let (column, equal) = before.strip_suffix('!').map_or((before, true), |column| (column, false));
        let column = column.trim().to_owned();
        if column.ends_with(['<', '>', '~']) || after.starts_with(['=', '~', '>', '<']) {
            return Err(no_comparison());
        }
        let texts = after.split('|').map(|text| text.trim().to_owned()).collect();
        if column.is_empty() {
            Err(wrong())
        } else {
            Ok(Self { written: text.trim().to_owned(), column, equal, texts })
        }
    }
}

/// That conditions compare texts alone.
fn no_comparison() -> String {
    "texts are compared with `=` and `!=` alone: name each that is meant, as `Year = 2023 | 2024`; periods are chosen \
     with `--from` and `--to`"
        .to_owned()
}

impl TableOptions {
    /// Whether the figures are of times that the file gives.
    pub(super) fn has_times(&self) -> bool {
        !self.when.is_empty() || self.figures == FiguresIn::Across
    }

    /// The columns that are named, in the order of the options.
    pub(super) fn named(&self) -> impl Iterator<Item = &String> {
        let values = match &self.figures {
            FiguresIn::Columns(values) => &**values,
            FiguresIn::Untold | FiguresIn::Across | FiguresIn::Rows => &[],
        };
        let single = [&self.id, &self.title, &self.population, &self.edition, &self.evidence_by, &self.once];
        let conditions = self.conditions.iter().map(|condition| &condition.column);
        single.into_iter().flatten().chain(values).chain(&self.when).chain(conditions)
    }

    /// From when to when: the period of `--from` and that of `--to`.
    pub(super) fn window(&self) -> Result<(Option<Period>, Option<Period>), Problem> {
        let read = |text: &Option<String>| match text {
            Some(text) => {
                Period::parse(text).map(Some).map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))
            }
            None => Ok(None),
        };
        Ok((read(&self.from)?, read(&self.to)?))
    }

    /// The period that all figures are of, where the person said so.
    pub(super) fn one_period(&self) -> Result<Option<Period>, Problem> {
        let read = |text: &String| {
            Period::parse(text).map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))
        };
        self.period.as_ref().map(read).transpose()
    }

    /// What does not go together.
    ///
    /// # Errors
    /// A problem for each.
    pub(super) fn judge(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let told = self.slips().into_iter().filter(|(holds, ..)| *holds);
        told.for_each(|(_, message, help)| problems.push(option_problem(message, help)));
        if let Err(problem) = self.window().and(self.one_period()) {
            problems.push(problem);
        }
        if problems.has_errors() { Err(problems) } else { Ok(()) }
    }

    /// What would be wrong, whether it is, and how to mend it.
    fn slips(&self) -> [(bool, &'static str, &'static str); 13] {
        let count = self.figure == FigureKind::Count;
        let in_rows = self.figures == FiguresIn::Rows;
        let several = matches!(&self.figures, FiguresIn::Columns(columns) if columns.len() > 1);
        let in_columns = matches!(self.figures, FiguresIn::Columns(_));
        let adds_up = matches!(self.figure, FigureKind::Count | FigureKind::Number);
        [
            (
                self.id.is_none() && !in_columns,
                "nothing says what the candidates are",
                "name the column whose texts they are with `--id`",
            ),
            (
                self.title.is_some() && self.id.is_none(),
                "`--title` is given without `--id`",
                "name the column of ids too",
            ),
            (
                self.evidence_by.is_some() && (several || self.id.is_none()),
                "`--evidence-by` names the evidence of one column of figures, about the candidates of `--id`",
                "give `--id`, and `--value` once",
            ),
            (in_rows && !count, "rows that are counted make counts", "leave out `--figure`"),
            (
                count && !self.has_times() && self.period.is_none(),
                "nothing says when the counts are of",
                "name the column that says it with `--when`, or the period of all with `--period 2025/26`",
            ),
            (
                self.has_times() && self.period.is_some(),
                "`--period` is given, and the file says when its figures are of",
                "leave one of them out; `--from` and `--to` choose periods of the file",
            ),
            (
                self.has_times() && !count,
                "a series is of counts, and these figures are none",
                "choose the figures of one period: with `--where`, or the `--value` of its column; and say it with \
                 `--period`",
            ),
            (
                self.sum && !adds_up,
                "rates and percentages can't be added up",
                "leave out `--sum`, and choose one row for each candidate with `--where`",
            ),
            (
                self.every.is_some() && !self.has_times(),
                "`--every` needs times",
                "name the column that has them with `--when`",
            ),
            (
                (self.from.is_some() || self.to.is_some()) && !self.has_times(),
                "`--from` and `--to` need times",
                "name the column that has them with `--when`",
            ),
            (
                self.population.is_some() && !count,
                "only counts are set against a population",
                "leave out `--population`, or `--figure`",
            ),
            (
                !self.when.is_empty() && self.figures == FiguresIn::Across,
                "periods stand across the headers, and `--when` names a column of them",
                "leave one of the two out",
            ),
            (
                self.times.is_some() && in_rows,
                "`--times` multiplies figures, and rows are counted here",
                "leave it out",
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        let read = |text: &str| {
            let condition = Condition::parse(text).unwrap();
            (condition.column, condition.equal, condition.texts.join("/"))
        };
        assert_eq!(read("Sex = Persons"), ("Sex".to_owned(), true, "Persons".to_owned()));
        assert_eq!(read("Year=2023|2024"), ("Year".to_owned(), true, "2023/2024".to_owned()));
        assert_eq!(read("Area != "), ("Area".to_owned(), false, String::new()));
        assert_eq!(read("Age = >=65"), ("Age".to_owned(), true, ">=65".to_owned()));
        for text in
            ["Sex", " = x", "Year >= 2023", "Year > 2023", "Year<=2023", "Year <> 2023", "Year == 2023", "A =~ x"]
        {
            assert!(Condition::parse(text).is_err(), "{text}");
        }
    }
}
