//! What is asked of the import.

use crate::import::CitedDocument;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct HomeOfficeOptions {
    /// The workbooks or CSV files.
    pub paths: Vec<String>,
    /// The partnership; its former parts too, where it was merged. They are added up.
    pub csp: Vec<String>,
    /// Which column makes a candidate.
    pub by: CandidateColumn,
    /// Names that changed, each with the name under which it is counted: groups, subgroups or codes, as `by` has them.
    pub join: Vec<(String, String)>,
    /// What a point of a series covers.
    pub every: YearOrQuarter,
    /// A CSV or workbook with `Area` and `Population`, the partnership's own included: peers.
    pub peers: Option<String>,
    /// The evidence name of the series.
    pub evidence: String,
    /// The document that the evidence cites.
    pub cited: CitedDocument,
}

/// Which column makes a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateColumn {
    /// `Offence Group`.
    Group,
    /// `Offence Subgroup`.
    Subgroup,
    /// `Offence Code`, with its description.
    Code,
}

/// What a point of a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearOrQuarter {
    /// A financial year.
    Year,
    /// A quarter of a financial year, from April.
    Quarter,
}

impl CandidateColumn {
    /// What a candidate is: `offence group`.
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Group => "offence group",
            Self::Subgroup => "offence subgroup",
            Self::Code => "offence code",
        }
    }
}
