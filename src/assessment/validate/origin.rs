//! Where a figure comes from: its document and place, or its author, date and reason.

use std::collections::BTreeMap;

use super::{Facts, known_source, needs, period};
use crate::assessment::evidence::{Figure, Judged, Origin, PointOrigin, Published};
use crate::assessment::{Column, Period, format};
use crate::diagnostic::{Code, did_you_mean};
use crate::toml_file::{At, Checker};

/// Who says so; a figure needs its document and place, a judgement its author, date and reason.
pub(super) fn origin(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    written: &At<format::Evidence>,
    figure: Option<&Figure>,
) -> Origin {
    let evidence = &written.value;
    if let Some(source) = &evidence.source {
        known_source(check, source, facts);
    }
    let roles = match figure {
        Some(Figure::Judgement(judgement)) => judgement.scores.iter().map(|score| score.by.to_string()).collect(),
        _ => Vec::new(),
    };
    let judged = evidence.judgement.is_some() || evidence.scores.is_some();
    let cited = evidence.source.is_some() && evidence.place.is_some();
    if judged {
        needs(check, "date", evidence.date.as_ref(), &written.span);
        needs(check, "because", evidence.because.as_ref(), &written.span);
    } else if !cited && evidence.missing.is_none() {
        let message = "this figure has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, &written.span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    if let Some(date) = &evidence.date {
        period(check, date);
    }
    let covered = evidence.period.as_ref().and_then(|text| Period::parse(&text.value).ok());
    let mut published = published(check, evidence.published.as_deref());
    for point in evidence.series.iter().flat_map(|series| &series.value) {
        published.extend(self::published(check, point.value.published.as_deref()));
    }
    Origin {
        source: evidence.source.as_ref().map(|source| source.value.clone()),
        place: evidence.place.as_ref().and_then(|place| check.text(place, "the place in the source")),
        judged: judged.then(|| Judged {
            by: roles,
            date: evidence.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because: evidence.because.as_ref().map(|because| because.value.clone()).unwrap_or_default(),
        }),
        illustration: evidence.illustration.unwrap_or(false),
        context: evidence.context.unwrap_or(false),
        note: evidence.note.clone(),
        caveats: caveats(check, evidence),
        corroborated_by: evidence.corroborated_by.iter().flatten().map(|name| name.value.clone()).collect(),
        breaks: match figure {
            Some(Figure::Series(series)) => series.breaks().to_vec(),
            _ => Vec::new(),
        },
        published,
        period: covered.map(|period| period.to_string()),
        points: points(check, facts, evidence),
    }
}

fn caveats(check: &mut Checker<'_>, evidence: &format::Evidence) -> Vec<String> {
    evidence.caveats.iter().flatten().filter_map(|caveat| check.text(caveat, "the caveat")).collect()
}

/// Notes evidence that is said to bear other evidence out, and that this candidate has none of.
pub(super) fn corroboration(
    check: &mut Checker<'_>,
    candidate: &format::Candidate,
    number: usize,
    columns: &BTreeMap<String, Column>,
) {
    for (name, evidence) in &candidate.evidence {
        for other in evidence.value.corroborated_by.iter().flatten() {
            let has = |name: &str| columns.get(name).is_some_and(|column| column.get(number).is_some());
            if other.value == *name {
                check.problem(Code::BadValue, &other.span, "evidence can't bear itself out", "name other evidence");
            } else if !has(&other.value) {
                let known = columns.keys().map(String::as_str).filter(|name| has(name));
                let message = format!("this candidate has no evidence `{}`", other.value);
                check.problem(Code::UnknownId, &other.span, message, did_you_mean(&other.value, known));
            }
        }
    }
}

/// Where single counts of a series come from, where they say so themselves.
fn points(check: &mut Checker<'_>, facts: &Facts<'_>, evidence: &format::Evidence) -> Vec<PointOrigin> {
    let mut points = Vec::new();
    for point in evidence.series.iter().flat_map(|series| &series.value) {
        if let Some(source) = &point.value.source {
            known_source(check, source, facts);
        }
        let source = point.value.source.as_ref().map(|source| source.value.clone());
        let place = point.value.place.as_ref().and_then(|place| check.text(place, "the place in the source"));
        if let (true, Ok(period)) = (source.is_some() || place.is_some(), Period::parse(&point.value.period.value)) {
            points.push(PointOrigin { period: period.to_string(), source, place });
        }
    }
    points
}

fn published(check: &mut Checker<'_>, written: Option<&[format::Published]>) -> Vec<Published> {
    let mut list = Vec::new();
    for figure in written.unwrap_or_default() {
        let printed = match (&figure.rate, &figure.percentage, &figure.change) {
            (Some(rate), None, None) => {
                let per = figure.per.as_ref().and_then(|per| check.positive(per, "`per`")).unwrap_or(1000.0);
                digits(check, rate).map(|digits| format!("{digits} per {per}"))
            }
            (None, Some(percentage), None) => digits(check, percentage).map(|digits| format!("{digits}%")),
            (None, None, Some(change)) => digits(check, change).map(|digits| format!("{digits}% change")),
            _ => {
                let message = "a published figure is one of `rate`, `percentage` and `change`";
                check.problem(Code::WhichEvidence, &figure.place.span, message, "give just one of them");
                None
            }
        };
        if let (Some(printed), Some(place)) = (printed, check.text(&figure.place, "the place in the source")) {
            list.push(Published { printed, place });
        }
    }
    list
}

/// A number as printed, with its digits.
fn digits(check: &mut Checker<'_>, text: &At<String>) -> Option<String> {
    if text.value.parse::<f64>().is_ok_and(f64::is_finite) {
        return Some(text.value.clone());
    }
    let message = format!("`{}` is not a number as printed", text.value);
    check.problem(Code::BadValue, &text.span, message, "write the digits in quotes: \"6.3\"");
    None
}
