//! What a source printed beside a piece of evidence, as claims that can be recomputed.

use std::ops::Range;

use crate::assessment::claim::{Claim, ClaimInput, Derivation, PrintedNumber};
use crate::assessment::denominator::DatedDenominator;
use crate::assessment::evidence::format;
use crate::assessment::judging::{digits, period};
use crate::assessment::period::Period;
use crate::assessment::references::{References, own_denominator};
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker, WrittenNumber};

/// A figure that something is printed beside.
struct FigureBeside<'a> {
    input: ClaimInput,
    /// What kind of figure it is: a count, or one that is printed elsewhere in the same words.
    is_count: bool,
    among: Option<DatedDenominator>,
    source: Option<&'a At<String>>,
    /// The counts before it, the last one nearest.
    earlier: Vec<ClaimInput>,
}

/// The claims beside a piece of evidence, and beside each count of a series.
pub(super) fn claims_beside(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &At<format::Evidence>,
) -> Vec<Claim> {
    let evidence = &written.value;
    let own = own_denominator(evidence);
    let own = own.map(|denominator| DatedDenominator { denominator, period: None, yearly_change: 0.0 });
    let among = own.or_else(|| references.population.clone());
    let covered = evidence.period.as_ref().and_then(|text| Period::parse(&text.value).ok());
    let figures = [(&evidence.count, true), (&evidence.rate, false), (&evidence.percentage, false)];
    let figure = figures.into_iter().find_map(|(figure, is_count)| Some((figure.as_ref()?, is_count)));
    let mut claims = Vec::new();
    if let (Some(published), Some((figure, is_count))) = (&evidence.published, figure)
        && let Some(input) = input(check, figure, covered)
    {
        let source = evidence.source.as_ref();
        let beside = FigureBeside { input, is_count, among: among.clone(), source, earlier: Vec::new() };
        claims.extend(published.iter().filter_map(|published| claim(check, &beside, published)));
    }
    let points = || evidence.series.iter().flat_map(|series| &series.value);
    let any_published = points().any(|point| point.value.published.is_some());
    let mut earlier = Vec::new();
    for point in points().filter(|_| any_published) {
        let covered = Period::parse(&point.value.period.value).ok();
        let count = point.value.count.as_ref();
        let Some(input) = count.and_then(|count| input(check, count, covered)) else { continue };
        let source = point.value.source.as_ref().or(evidence.source.as_ref());
        let beside = FigureBeside {
            input: input.clone(),
            is_count: true,
            among: among.clone(),
            source,
            earlier: earlier.clone(),
        };
        let published = point.value.published.iter().flatten();
        claims.extend(published.filter_map(|published| claim(check, &beside, published)));
        earlier.push(input);
    }
    claims
}

/// A number of the file as an input, with the digits it was written with. One that is not finite is told as a figure.
fn input(check: &mut Checker<'_>, number: &At<WrittenNumber>, covered: Option<Period>) -> Option<ClaimInput> {
    if !number.value.0.is_finite() {
        return None;
    }
    let written = check.place(&number.span).text().replace('_', "");
    let digits = digits(check, &written, &number.span)?;
    let name = covered.map_or_else(|| "the figure".to_owned(), |period| period.to_string());
    Some(ClaimInput::from_printed(&digits, &name, "", covered))
}

fn claim(check: &mut Checker<'_>, beside: &FigureBeside<'_>, published: &format::Published) -> Option<Claim> {
    let claimed = [&published.rate, &published.percentage, &published.change].into_iter().find_map(Option::as_ref)?;
    let per = published.per.as_ref().map_or(1000.0, |per| per.value.0);
    let same = || Derivation::Repeat { of: beside.input.clone(), beside: Vec::new() };
    let from = match (&published.rate, &published.change) {
        (Some(_), _) if beside.is_count => match &beside.among {
            Some(among) => Derivation::Rate { count: beside.input.clone(), per, among: among.clone() },
            None => Derivation::Nothing,
        },
        (None, Some(_)) => match earlier(check, beside, published.from.as_ref())? {
            Some(from) => Derivation::Change { from, to: beside.input.clone() },
            None => Derivation::Nothing,
        },
        (None, None) if beside.is_count => match &published.of {
            Some(whole) => percentage(check, beside, whole)?,
            None => Derivation::Nothing,
        },
        _ => same(),
    };
    let printed = PrintedNumber { count: false, ..PrintedNumber::parse(&claimed.value)? };
    let place = published.place.value.clone();
    let source = beside.source.map(|source| source.value.clone());
    let written = check.place(&claimed.span);
    Some(Claim { printed, from, source, group: place.clone(), place, written, is_circular: false })
}

fn percentage(check: &mut Checker<'_>, beside: &FigureBeside<'_>, whole: &At<WrittenNumber>) -> Option<Derivation> {
    check.positive(whole, "`of`")?;
    let whole = input(check, whole, beside.input.period)?;
    Some(Derivation::Percentage { part: vec![beside.input.clone()], whole: vec![whole] })
}

/// The count that a change starts from: the one of the period that is named, or the one before; `Some(None)` where
/// there is none before. `None` where a problem was noted.
fn earlier(
    check: &mut Checker<'_>,
    beside: &FigureBeside<'_>,
    from: Option<&At<String>>,
) -> Option<Option<ClaimInput>> {
    let Some(from) = from else { return Some(beside.earlier.last().cloned()) };
    let wanted = period(check, from)?;
    let found = beside.earlier.iter().find(|input| input.period == Some(wanted)).cloned();
    if found.is_none() {
        no_such_point(check, &from.span, &from.value);
    }
    found.map(Some)
}

fn no_such_point(check: &mut Checker<'_>, span: &Range<usize>, written: &str) {
    let message = format!("no earlier point of this series has the period `{written}`");
    check.problem(Code::UnknownId, span, message, "name the period of an earlier point, as written there");
}
