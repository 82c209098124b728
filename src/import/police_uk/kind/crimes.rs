//! Street files: crimes and anti-social behaviour.

use super::form::{CountForm, Headers, MonthColumn, PlaceColumns, Repeated};
use crate::assessment::CandidateKind;

/// The crime types of data.police.uk since 2013.
pub const CRIME_TYPES: [&str; 14] = [
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
];

pub(super) const CRIMES: CountForm = CountForm {
    ending: "-street",
    files: ("street file", "street files"),
    rows: "street rows",
    headers: Headers {
        month: MonthColumn::Month("Month"),
        police: Some(("Reported by", "Falls within")),
        place: PlaceColumns::Neighbourhood("LSOA code", "LSOA name"),
        category: "Crime type",
    },
    category: ("crime type", "crime types"),
    categories: &CRIME_TYPES,
    unknown: "data.police.uk had other types before 2013",
    repeated: Repeated::Id("Crime ID"),
    stem: "police-uk",
    title: "Street-level crime",
    note: "Locations are snap points near the real ones, so counts of small areas are not exact. Anti-social behaviour \
           has no Crime ID: what is in twice counts twice.",
    candidate: CandidateKind::Crime,
    prefix: "",
};
