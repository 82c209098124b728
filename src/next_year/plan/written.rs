//! Pieces of a plan's file, as they are written.

use toml::Value;

use super::super::last::LastYear;
use crate::words::counted;

/// That measures of last year's review are asked for again.
pub(super) fn asked_again(count: usize, name: &str) -> String {
    let measures = counted(count, "measure", "measures");
    format!(
        "To review: {measures} that last year's review had, asked for again in `{name}`. Take out those that are none now."
    )
}

/// The id of the source that last year's assessment is, as a plan may cite it: one that no source of the assessment has.
pub(super) fn source(last: &LastYear<'_>) -> String {
    let is_free = |id: &String| !last.ranked.assessment.sources.contains_key(id);
    names("last-year", "").find(is_free).unwrap_or_default()
}

/// Last year's assessment as a source.
pub(super) fn source_table(last: &LastYear<'_>, id: &str) -> String {
    let assessment = last.ranked.assessment;
    let (kind, digest) = match last.record {
        Some(digest) => ("Record", digest),
        None => ("Assessment", &*assessment.digest),
    };
    format!(
        "\n[[source]]\nid        = {}\ntitle     = {}\npublisher = {}\nnote      = {}\n",
        quoted(id),
        quoted(&assessment.title),
        quoted(&assessment.partnership),
        quoted(&format!("{kind} {digest}.")),
    )
}

/// `plan`, `plan-2`, `plan-3`, …
pub(super) fn names(first: &str, ending: &str) -> impl Iterator<Item = String> {
    let more = (2..1_000).map(move |number| format!("{first}-{number}{ending}"));
    [format!("{first}{ending}")].into_iter().chain(more)
}

/// The text as TOML.
pub(super) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
