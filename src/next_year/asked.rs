//! How a piece of evidence is asked for.

use toml::{Table, Value};

use crate::assessment::{Assessment, Declared, EvidenceKind, Period};
use crate::rules::RuleSet;
use crate::words::{either, number};

/// How wide a comment is.
const WIDTH: usize = 118;

/// What is asked for, and for when.
pub(super) struct Asking<'a> {
    /// Last year's.
    pub(super) assessment: &'a Assessment,
    pub(super) rules: &'a RuleSet,
    pub(super) last: Period,
    pub(super) next: Period,
    /// By how many months the next period is later: 12, or as many as an assessment of less than a year covers.
    pub(super) months: i32,
}

impl Asking<'_> {
    /// The period of a figure in the next assessment: as much later as that is, where the figure is of as long a time or of
    /// one that ends with it. Others stay until they are renewed, such as those of a year in an assessment of a quarter.
    pub(super) fn after(&self, period: Period) -> Option<Period> {
        let alike = period.whole_months() == self.last.whole_months() || period.last_day() == self.last.last_day();
        (self.months == 12 || alike).then(|| period.in_months(self.months)).flatten()
    }

    /// Whether a period ends with last year's or before it.
    pub(super) fn is_over(&self, period: Period) -> bool {
        period.last_day() <= self.last.last_day()
    }

    /// What stands in place of the figure: that it is not there yet.
    pub(super) fn in_place_of(&self, filed: &Table) -> Table {
        let missing = format!("Not filed yet for {}.", self.next.written());
        let mut asked = Table::from_iter([("missing".to_owned(), Value::String(missing))]);
        // Whether a rule reads it does not change with the year.
        asked.extend(filed.get("context").map(|context| ("context".to_owned(), context.clone())));
        asked
    }

    /// What it is and that it was filed before, as comments.
    pub(super) fn comment(&self, candidate: &str, name: &str) -> String {
        let what = match self.rules.evidence.get(name) {
            Some(declared) => format!("{}: {}.", declared.title, what_kind(declared)),
            None => format!("Read by no rule: {}.", self.kind_filed(candidate, name)),
        };
        let lines = textwrap::wrap(&what, WIDTH).into_iter().map(|line| format!("# {line}\n"));
        lines.chain([format!("# Filed for {}:\n", self.last.written())]).collect()
    }

    fn kind_filed(&self, candidate: &str, name: &str) -> &'static str {
        let number = self.assessment.candidate_number(candidate);
        let column = self.assessment.evidence.get(name);
        let evidence = number.zip(column).and_then(|(number, column)| column.get(number));
        evidence.and_then(|evidence| evidence.figure.kind()).map_or("any figure", EvidenceKind::phrase)
    }
}

/// The kind of evidence, and what it is counted in or which answers it can have.
fn what_kind(declared: &Declared) -> String {
    let settings = &declared.settings;
    let words = settings.levels.as_ref().map(|levels| either(&levels.words().map(str::to_owned).collect::<Vec<_>>()));
    let scale = settings.scale.map(|(low, high)| format!("from {} to {}", number(low, 6), number(high, 6)));
    let unit = || declared.unit.clone();
    match words.or(scale).or_else(unit) {
        Some(more) => format!("{} ({more})", declared.kind.phrase()),
        None => declared.kind.phrase().to_owned(),
    }
}
