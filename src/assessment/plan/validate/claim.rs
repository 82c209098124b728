//! What a document says of a measure, judged: it says something, and says where.

use super::named::Own;
use crate::assessment::judging::{digits, period};
use crate::assessment::plan::format::{self, AsPrinted};
use crate::assessment::plan::{MeasureClaim, PrintedClaim};
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// The claim; its document and place are the measure's where it does not say them.
pub(super) fn judge(
    check: &mut Checker<'_>,
    own: &Own<'_>,
    measure: &format::Measure,
    written: &At<format::MeasureClaim>,
) -> Option<MeasureClaim> {
    let At { value: claim, span } = written;
    let source = claim.source.as_ref().unwrap_or(&measure.source);
    if let Some(named) = &claim.source {
        own.references.known(check, named);
    }
    let place = check.text(claim.place.as_ref().unwrap_or(&measure.place), "the place in the source");
    let text = claim.text.as_ref().and_then(|text| check.text(text, "the text"));
    let says = claim.outcome.is_some()
        || claim.percent.is_some()
        || claim.change.is_some()
        || claim.direction.is_some()
        || claim.text.is_some();
    if !says && !check.lost.has_lost_from(span) {
        let help = "give one of `outcome`, `percent`, `change`, `direction` and `text`";
        check.problem(Code::WhichEvidence, span, "this claim says nothing", help);
    }
    let within = match &claim.period {
        Some(text) => Some(period(check, text)?),
        None => None,
    };
    let percent = claim.percent.as_ref().map(|digits| printed(check, digits));
    let change = claim.change.as_ref().map(|digits| printed(check, digits));
    if let (Some(words), Some(percent)) = (&claim.text, &percent) {
        let filed = percent.as_ref().map(|percent| percent.number.value.abs());
        let printed = percentages(&words.value);
        if let Some(filed) = filed.filter(|filed| !printed.is_empty() && !printed.contains(filed)) {
            let message = format!("the words name another percentage than `percent`, which is {filed}");
            check.problem(Code::BadValue, &words.span, message, "file the percentage that the document prints");
        }
    }
    Some(MeasureClaim {
        outcome: claim.outcome.as_ref().map(|outcome| outcome.value),
        percent: percent.map_or(Some(None), |judged| judged.map(Some))?,
        change: change.map_or(Some(None), |judged| judged.map(Some))?,
        direction: claim.direction.as_ref().map(|direction| direction.value),
        period: within,
        text,
        source: source.value.clone(),
        place: place?,
        written: check.place(span),
    })
}

/// The percentages that words name: numbers before `%` or `per cent`.
fn percentages(words: &str) -> Vec<f64> {
    let before = words.match_indices('%').chain(words.match_indices("per cent")).filter_map(|(at, _)| words.get(..at));
    let number = |before: &str| {
        let last = before.trim_end().rsplit(|letter: char| !letter.is_ascii_digit() && letter != '.').next()?;
        last.trim_matches('.').parse::<f64>().ok()
    };
    before.filter_map(number).collect()
}

/// The digits as they stand in the file, with or without quotes.
fn printed(check: &mut Checker<'_>, written: &At<AsPrinted>) -> Option<PrintedClaim> {
    let text = check.place(&written.span).text().trim_matches(['"', '\'']).trim().to_owned();
    let number = digits(check, &text, &written.span)?;
    Some(PrintedClaim { number, is_signed: text.starts_with(['-', '+', '−', '–']) })
}
