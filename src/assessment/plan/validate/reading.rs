//! A figure of a measure, judged as evidence is, with the digits that it was printed with.

use std::ops::Range;

use super::named::Own;
use crate::assessment::evidence::{Count, Evidence, Figure, Number, Percentage, Rate};
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::plan::format;
use crate::assessment::plan::{EvidenceLink, Reading, ReadingKind};
use crate::assessment::validate::figure;
use crate::diagnostic::{Code, did_you_mean, quoted_list};
use crate::exact::Fixed;
use crate::toml_file::{At, Checker, WrittenNumber};

/// So many decimals and digits a figure can have.
const MOST_DECIMALS: usize = 9;
const MOST_DIGITS: usize = 16;

/// A figure, or why there is none.
pub(super) enum Judged {
    Known(Box<Reading>),
    Missing(String),
}

impl Judged {
    pub(super) fn reading(self) -> Option<Reading> {
        match self {
            Self::Known(reading) => Some(*reading),
            Self::Missing(_) => None,
        }
    }
}

/// The figure, or why there is none. None where it is wrong, and that is told.
pub(super) fn judge(check: &mut Checker<'_>, own: &Own<'_>, written: &At<format::Reading>) -> Option<Judged> {
    match &written.value.evidence {
        Some(named) => linked(check, own, written, named),
        None => own_figure(check, own, written),
    }
}

/// A figure that the plan brings itself.
fn own_figure(check: &mut Checker<'_>, own: &Own<'_>, written: &At<format::Reading>) -> Option<Judged> {
    let At { value, span } = written;
    just_one(check, value, span)?;
    let when = needs(check, "period", value.period.as_ref(), span).and_then(|text| period(check, text));
    let evidence = At { value: value.as_evidence(), span: span.clone() };
    let figure = figure::figure(check, own.references, &evidence)?;
    if let Some(why) = figure.missing_because() {
        return Some(Judged::Missing(why.to_owned()));
    }
    let given = [&value.count, &value.rate, &value.percentage, &value.number].into_iter().flatten().next();
    let (low, high, printed) = match (&figure, given) {
        (Figure::Count(Count { suppressed: Some((low, high)), .. }), _) => {
            let printed = value.suppressed.as_ref().map(|mark| mark.value.trim().to_owned());
            (Fixed::round(*low, 0), Fixed::round(*high, 0), printed.unwrap_or_default())
        }
        (figure, Some(given)) => {
            let exact = exact(check, given)?;
            (exact, exact, ReadingKind::of(figure).printed(exact))
        }
        (_, None) => return None,
    };
    Some(Judged::Known(Box::new(Reading { figure, period: when?, low, high, printed, link: None })))
}

/// Notes a figure under no key, or under several.
fn just_one(check: &mut Checker<'_>, written: &format::Reading, span: &Range<usize>) -> Option<()> {
    const KEYS: [&str; 6] = ["count", "suppressed", "rate", "percentage", "number", "evidence"];
    let keys = written.as_evidence();
    let keys = keys.keys();
    let is_given = |key: &&str| keys.iter().any(|(known, span)| known == key && span.is_some());
    let given: Vec<&str> = KEYS.into_iter().filter(is_given).collect();
    if given.len() == 1 || (given.is_empty() && check.lost.has_lost_from(span)) {
        return (given.len() == 1).then_some(());
    }
    let message = match &*given {
        [] => "this has no figure".to_owned(),
        many => format!("this has {} figures: {}", many.len(), quoted_list(many)),
    };
    let help = format!("give just one of {}", quoted_list(&KEYS));
    check.problem(Code::WhichEvidence, span, message, help);
    None
}

/// A number with the digits that stand in the file.
pub(super) fn exact(check: &mut Checker<'_>, written: &At<WrittenNumber>) -> Option<Fixed> {
    check.finite(written)?;
    let text = check.place(&written.span).text().trim().replace('_', "");
    let exact = fixed(text.strip_prefix('+').unwrap_or(&text)).or_else(|| shortest(written.value.0));
    if exact.is_none() {
        let message = format!("`{text}` has more digits than a printed figure");
        let help = format!("write at most {MOST_DIGITS} digits, {MOST_DECIMALS} of them after the point");
        check.problem(Code::BadValue, &written.span, message, help);
    }
    exact
}

/// A number by its shortest decimal form.
fn shortest(number: f64) -> Option<Fixed> {
    fixed(&format!("{number}"))
}

/// Plain digits with a sign and a point, such as `-40` and `7.0`.
fn fixed(text: &str) -> Option<Fixed> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{decimals}");
    let plain = all.bytes().all(|byte| byte.is_ascii_digit()) && !whole.is_empty();
    let fits = all.trim_start_matches('0').len() <= MOST_DIGITS && decimals.len() <= MOST_DECIMALS;
    let units: i64 = all.parse().ok().filter(|_| plain && fits)?;
    Some(Fixed::new(sign * units, u32::try_from(decimals.len()).ok()?))
}

/// A figure that the assessment files as evidence.
fn linked(check: &mut Checker<'_>, own: &Own<'_>, written: &At<format::Reading>, named: &At<String>) -> Option<Judged> {
    let beside = written.value.as_evidence();
    let unread = beside.keys().into_iter().find(|(key, span)| *key != "period" && span.is_some());
    if let Some((key, Some(span))) = unread {
        let message = format!("nothing reads `{key}` beside `evidence`");
        check.problem(Code::UnknownKey, span, message, "take it out: the evidence brings its own");
    }
    let (link, evidence) = named_evidence(check, own, named)?;
    let wanted = match &written.value.period {
        Some(text) => Some((text, period(check, text)?)),
        None => None,
    };
    let when = wanted.map(|(_, period)| period);
    let known = |figure: Figure, exact: (Fixed, Fixed), period: Period| {
        let printed = match &figure {
            Figure::Count(count) if count.not_known().is_some() => format!("{} to {}", exact.0, exact.1),
            figure => ReadingKind::of(figure).printed(exact.0),
        };
        let reading = Reading { figure, period, low: exact.0, high: exact.1, printed, link: Some(link) };
        Some(Judged::Known(Box::new(reading)))
    };
    let of_count = |count: &Count| match count.not_known() {
        Some((low, high)) => (Fixed::round(low, 0), Fixed::round(high, 0)),
        None => (Fixed::round(count.count, 0), Fixed::round(count.count, 0)),
    };
    match &evidence.figure {
        Figure::Missing(why) => Some(Judged::Missing(why.0.to_string())),
        Figure::Count(count) => {
            same_period(check, wanted, count.period)?;
            known(Figure::Count(count.clone()), of_count(count), count.period)
        }
        Figure::Series(series) => {
            let Some(wanted) = when else {
                let help = "say which of its figures is meant: add `period = …`";
                check.problem(Code::MissingKey, &named.span, "this evidence is a series", help);
                return None;
            };
            let Some(count) = series.counts.iter().find(|count| count.period == wanted) else {
                let message = format!("the series has no figure for {wanted}");
                let all: Vec<String> = series.counts.iter().map(|count| count.period.to_string()).collect();
                let help = format!("it has figures for {}", crate::words::first_listed(&all, 12));
                check.problem(Code::BadPeriod, &named.span, message, help);
                return None;
            };
            known(Figure::Count(count.clone()), of_count(count), count.period)
        }
        Figure::Percentages(series) => {
            let Some(wanted) = when else {
                let help = "say which of its figures is meant: add `period = …`";
                check.problem(Code::MissingKey, &named.span, "this evidence is a series", help);
                return None;
            };
            let Some(point) = series.points.iter().find(|point| point.period == wanted) else {
                let message = format!("the series has no figure for {wanted}");
                let all: Vec<String> = series.points.iter().map(|point| point.period.to_string()).collect();
                let help = format!("it has figures for {}", crate::words::first_listed(&all, 12));
                check.problem(Code::BadPeriod, &named.span, message, help);
                return None;
            };
            let exact = shortest(point.percentage.percentage.estimate)?;
            known(Figure::Percentage(point.percentage), (exact, exact), point.period)
        }
        Figure::Rate(Rate { rate: estimate, .. })
        | Figure::Percentage(Percentage { percentage: estimate, .. })
        | Figure::Number(Number(estimate)) => {
            let filed = evidence.is_about();
            if let Some(filed) = filed {
                same_period(check, wanted, filed)?;
            }
            let Some(period) = filed.or(when) else {
                let help = "add `period = …` here, or to the evidence";
                check.problem(Code::MissingKey, &named.span, "this evidence does not say its period", help);
                return None;
            };
            let Some(exact) = shortest(estimate.estimate) else {
                let message = "this evidence has more digits than a printed figure";
                check.problem(Code::BadValue, &named.span, message, "file it as it was printed");
                return None;
            };
            known(evidence.figure.clone(), (exact, exact), period)
        }
        other => {
            let kind = other.kind().map_or("nothing", |kind| kind.phrase());
            let message = format!("this evidence is {kind}, which does not rise or fall");
            let help = "name a count, a series, a rate, a percentage, a series of percentages or a number";
            check.problem(Code::WrongKind, &named.span, message, help);
            None
        }
    }
}

/// Notes that a measure says another period than the evidence that it names.
fn same_period(check: &mut Checker<'_>, wanted: Option<(&At<String>, Period)>, filed: Period) -> Option<()> {
    match wanted {
        Some((text, wanted)) if wanted != filed => {
            let message = format!("the evidence is of {filed}, and not of {wanted}");
            check.problem(Code::BadPeriod, &text.span, message, "name other evidence, or take the period out");
            None
        }
        _ => Some(()),
    }
}

/// The evidence that `candidate.name` is: both may have points in them.
fn named_evidence(check: &mut Checker<'_>, own: &Own<'_>, named: &At<String>) -> Option<(EvidenceLink, Evidence)> {
    let filed = own.filed;
    let splits = named.value.match_indices('.');
    let halves = splits.filter_map(|(at, _)| Some((named.value.get(..at)?, named.value.get(at + 1..)?)));
    for (candidate, name) in halves {
        let number = filed.candidates.binary_search_by(|known| known.id.as_str().cmp(candidate)).ok();
        let column = filed.evidence.get(name);
        if let Some(evidence) = number.zip(column).and_then(|(number, column)| column.get(number)) {
            let link = EvidenceLink { candidate: candidate.to_owned(), name: name.to_owned() };
            return Some((link, evidence.into_owned()));
        }
    }
    if filed.is_whole {
        let known: Vec<String> = all_evidence(own).collect();
        let message = format!("there is no evidence `{}`", named.value);
        let meant = did_you_mean(&named.value, known.iter().map(String::as_str));
        let end = if meant.ends_with('?') { "" } else { "." };
        let help = format!("{meant}{end} Evidence is named as `candidate.name`");
        check.problem(Code::UnknownId, &named.span, message, help);
    }
    None
}

fn all_evidence<'a>(own: &Own<'a>) -> impl Iterator<Item = String> + use<'a> {
    let filed = own.filed;
    filed.evidence.iter().flat_map(move |(name, column)| {
        let has = move |(number, candidate): (usize, &'a crate::assessment::Candidate)| {
            column.get(number).is_some().then(|| format!("{}.{name}", candidate.id))
        };
        filed.candidates.iter().enumerate().filter_map(has)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept_as_written() {
        for (text, shown) in [("7.0", "7.0"), ("421", "421"), ("-40", "-40"), ("0.05", "0.05"), ("007", "7")] {
            assert_eq!(fixed(text).map(|exact| exact.to_string()).as_deref(), Some(shown), "{text}");
        }
        for text in ["", "-", ".5", "1e5", "0x10", "inf", "1.2.3", "1.0000000001", "99999999999999999"] {
            assert_eq!(fixed(text), None, "{text}");
        }
    }
}
