//! What figures refer to: the documents that they are taken from, and the people whom counts are set against.

use std::collections::BTreeMap;
use std::ops::Range;

use super::denominator::{DatedDenominator, Denominator};
use super::evidence::format::Evidence;
use crate::diagnostic::{Code, did_you_mean};
use crate::toml_file::{At, Checker};

/// A cited document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title on its cover.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published, as it was written.
    pub date: Option<String>,
    /// Which edition of an index it is, where it is one.
    pub edition: Option<Edition>,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// An edition of an index, whose figures are set against no other's: each edition is made anew, of other data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The index, by its name in all editions.
    pub index: String,
    /// Which edition: `2025`.
    pub name: String,
}

/// What the figures of an assessment may refer to.
pub(super) struct References<'a> {
    /// The documents, by id.
    pub(super) documents: &'a BTreeMap<String, Document>,
    /// Whether all files that name documents could be read, so that one that is not among them is not there.
    pub(super) all_documents: bool,
    /// The assessment's population, for counts and rates that name none of their own.
    pub(super) population: Option<DatedDenominator>,
}

impl References<'_> {
    /// Notes a document that nobody describes.
    pub(super) fn known(&self, check: &mut Checker<'_>, source: &At<String>) {
        if self.all_documents && !self.documents.contains_key(&source.value) {
            let known = self.documents.keys().map(String::as_str);
            let help =
                format!("{} Documents are named by `[[source]]` tables", sentence(&did_you_mean(&source.value, known)));
            let message = format!("there is no source `{}`", source.value);
            check.problem(Code::UnknownId, &source.span, message, help);
        }
    }

    /// What counts are set against that do not say it themselves.
    pub(super) fn denominator(&self) -> Option<Denominator> {
        self.population.as_ref().map(|population| population.denominator)
    }

    /// What a count or series is set against: its own people or households, or else the assessment's people.
    pub(super) fn denominator_of(&self, check: &mut Checker<'_>, written: &Evidence) -> Option<Denominator> {
        let own = match (&written.population, &written.households) {
            (None, None) => return self.denominator(),
            (Some(people), None) => (people, "a population"),
            (None, Some(households)) => (households, "a number of households"),
            (Some(_), Some(households)) => {
                set_against_both(check, &households.span);
                return None;
            }
        };
        let (number, what) = own;
        check.whole_above_zero(number, what)?;
        own_denominator(written)
    }
}

/// What a piece of evidence says that it is set against, unjudged.
pub(super) fn own_denominator(written: &Evidence) -> Option<Denominator> {
    let people = written.population.as_ref().map(|people| Denominator::people(people.value.0));
    people.or_else(|| written.households.as_ref().map(|households| Denominator::households(households.value.0)))
}

/// Notes that one thing is set against people and households at once.
pub(super) fn set_against_both(check: &mut Checker<'_>, span: &Range<usize>) {
    let message = "this is compared with both people and households";
    check.problem(Code::WhichEvidence, span, message, "give `population` or `households`, not both");
}

/// With a mark at its end.
fn sentence(text: &str) -> String {
    if text.ends_with('?') { text.to_owned() } else { format!("{text}.") }
}
