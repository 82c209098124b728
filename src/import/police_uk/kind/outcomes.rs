//! Files of outcomes: what became of crimes, in the month in which it did.

use super::form::{CountForm, Headers, MonthColumn, PlaceColumns, Repeated};
use crate::assessment::CandidateKind;

pub(super) const OUTCOMES: CountForm = CountForm {
    ending: "-outcomes",
    files: ("file of outcomes", "files of outcomes"),
    rows: "rows of outcomes",
    headers: Headers {
        month: MonthColumn::Month("Month"),
        police: Some(("Reported by", "Falls within")),
        place: PlaceColumns::Neighbourhood("LSOA code", "LSOA name"),
        category: "Outcome type",
    },
    category: ("type of outcome", "types of outcome"),
    categories: &[],
    unknown: "",
    repeated: Repeated::IdMonthAndCategory("Crime ID"),
    stem: "police-uk-outcomes",
    title: "Outcomes of street-level crime",
    note: "A month is that of the outcome: its crime may be of an earlier one, so outcomes over the crimes of the same \
           month are no rate of detection. A crime can have several outcomes. Locations are snap points near the real \
           ones, so counts of small areas are not exact.",
    candidate: CandidateKind::Theme,
    prefix: "outcome",
};
