//! What is filed of candidates, by the areas that it is of.

use std::sync::Arc;

use crate::assessment::format::{AssessmentFile, EvidenceFile};
use crate::csv_file::CsvFile;
use crate::diagnostic::SourceFile;
use crate::toml_file::{At, LostKeys, Parsed};

/// An evidence file, read and parsed.
pub(in crate::assessment) type EvidenceSource = (Arc<SourceFile>, Parsed<EvidenceFile>);

/// What is filed of candidates.
pub(super) struct Filed<'a> {
    pub source: &'a Arc<SourceFile>,
    pub lost: &'a LostKeys,
    pub file: &'a AssessmentFile,
    pub evidence: &'a [EvidenceSource],
    pub tables: &'a [Option<CsvFile>],
}

/// Evidence files and tables of the same areas: those that name the same lookup, or none.
pub(super) struct SameAreas<'a> {
    pub evidence: Vec<&'a EvidenceSource>,
    /// As many as there are tables; none in place of those of other areas.
    pub tables: Vec<Option<&'a CsvFile>>,
}

impl<'a> Filed<'a> {
    /// What names this lookup, or none.
    pub(super) fn of_areas(&self, lookup: Option<&str>) -> SameAreas<'a> {
        let is_of = |named: &Option<At<String>>| named.as_ref().map(|named| &*named.value) == lookup;
        let evidence = self.evidence.iter().filter(|(_, parsed)| is_of(&parsed.file.lookup));
        let tables = self.file.table.iter().zip(self.tables);
        let tables = tables.map(|(table, rows)| rows.as_ref().filter(|_| is_of(&table.lookup)));
        SameAreas { evidence: evidence.collect(), tables: tables.collect() }
    }
}
