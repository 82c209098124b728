//! Files of stop and search. They have points and no areas, and no ids.

use super::form::{CountForm, Headers, MonthColumn, PlaceColumns, Repeated};
use crate::assessment::CandidateKind;

const HEADERS: Headers = Headers {
    month: MonthColumn::Time("Date"),
    police: None,
    place: PlaceColumns::Point("Longitude", "Latitude"),
    category: "Object of search",
};

/// By what was searched for.
pub(super) const STOPS: CountForm = CountForm {
    ending: "-stop-and-search",
    files: ("file of stop and search", "files of stop and search"),
    rows: "rows of stop and search",
    headers: HEADERS,
    category: ("object of search", "objects of search"),
    categories: &[],
    unknown: "",
    repeated: Repeated::Never,
    stem: "police-uk-stops",
    title: "Stop and search",
    note: "Stops have no id: what is in twice counts twice. Not every force publishes all of its stops, and more stops say \
           more of what the police did than of crime. Points are near the real ones, so counts of small areas are not \
           exact.",
    candidate: CandidateKind::Theme,
    prefix: "stops",
};

/// By what came of them.
pub(super) const STOP_OUTCOMES: CountForm = CountForm {
    headers: Headers { category: "Outcome", ..HEADERS },
    category: ("outcome of the stop", "outcomes of stops"),
    stem: "police-uk-stop-outcomes",
    prefix: "stop_outcome",
    ..STOPS
};
