//! `[[lookup]]` tables: which old areas make up which new ones; and whether what names one names one that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::filed::EvidenceSource;
use crate::areas::{Lookup, LookupColumns, LookupKind};
use crate::assessment::format::{self, AssessmentFile};
use crate::assessment::model::FiledLookup;
use crate::assessment::references::References;
use crate::assessment::statement::DocumentPlace;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, did_you_mean};
use crate::toml_file::{At, Checker};

/// The lookups by id, as far as they are sound.
pub(super) fn lookups(
    check: &mut Checker<'_>,
    references: &References<'_>,
    file: &AssessmentFile,
    rows: &[Option<CsvFile>],
) -> BTreeMap<String, Arc<FiledLookup>> {
    let mut found = BTreeMap::new();
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    for (written, rows) in file.lookup.iter().zip(rows) {
        check.id(&written.id);
        check.once(&mut places, "a lookup", &written.id);
        references.known(check, &written.source);
        let place = check.text(&written.place, "the place in the source");
        let columns = columns(check, written);
        let (Some(columns), Some(rows), Some(place)) = (columns, rows, place) else { continue };
        let Some(lookup) = Lookup::read(written.kind.value, rows, &columns, check.problems) else { continue };
        let cited = DocumentPlace { source: written.source.value.clone(), place, note: written.note.clone() };
        let id = written.id.value.clone();
        let place = check.place(&written.id.span);
        found.insert(id.clone(), Arc::new(FiledLookup { id, lookup, cited, place }));
    }
    found
}

/// The columns that a lookup's rows are read by; shares belong to areas that are shared out, and to no others.
fn columns(check: &mut Checker<'_>, written: &format::Lookup) -> Option<LookupColumns> {
    let place = |header: &At<String>| (header.value.clone(), check.place(&header.span));
    let columns = LookupColumns {
        from: place(&written.from),
        to: place(&written.to),
        from_name: written.from_name.as_ref().map(place),
        to_name: written.to_name.as_ref().map(place),
        share: written.share.as_ref().map(place),
        change: written.change.as_ref().map(place),
    };
    match (written.kind.value, &written.share) {
        (LookupKind::Shared, None) => {
            let message = "areas are shared out, and no column has the shares";
            check.problem(Code::MissingKey, &written.kind.span, message, "add `share = …` with its header");
            None
        }
        (LookupKind::Whole | LookupKind::BestFit, Some(share)) => {
            let message = format!("nothing reads `share` where `kind` is `{}`", written.kind.value.word());
            let help = "take it out, or write `kind = \"shared\"`";
            check.problem(Code::UnknownKey, &share.span, message, help);
            None
        }
        _ => Some(columns),
    }
}

/// Notes lookups that are named and not there. One that nothing names serves to compare with last year's areas.
pub(super) fn named(check: &mut Checker<'_>, file: &AssessmentFile, evidence: &[EvidenceSource]) {
    if check.lost.has_lost_table {
        return;
    }
    let known: BTreeSet<&str> = file.lookup.iter().map(|lookup| &*lookup.id.value).collect();
    let unknown = |check: &mut Checker<'_>, name: &At<String>| {
        if !known.contains(&*name.value) {
            let message = format!("no `[[lookup]]` table has the id `{}`", name.value);
            check.problem(Code::UnknownId, &name.span, message, did_you_mean(&name.value, known.iter().copied()));
        }
    };
    for name in file.table.iter().filter_map(|table| table.lookup.as_ref()) {
        unknown(check, name);
    }
    for (source, parsed) in evidence {
        let mut check = Checker { source, lost: &parsed.lost, problems: &mut *check.problems };
        if let Some(name) = &parsed.file.lookup {
            unknown(&mut check, name);
        }
    }
}
