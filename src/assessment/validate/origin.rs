//! Where a figure comes from: its document and place, or its author, date and reason.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::assessment::column::Column;
use crate::assessment::evidence::corroboration as tested;
use crate::assessment::evidence::format as written;
use crate::assessment::evidence::{
    Corroboration, Figure, FigureKey, JudgedBy, Origin, PointOrigin, Published, Voucher,
};
use crate::assessment::format;
use crate::assessment::judging::{needs, period, printed};
use crate::assessment::period::Period;
use crate::assessment::references::{Edition, References};
use crate::diagnostic::{Code, did_you_mean};
use crate::stats::Confidence;
use crate::toml_file::{At, Checker};
use crate::words::as_read;

/// Who says so; a figure needs its document and place, a judgement its author, date and reason.
pub(super) fn origin(
    check: &mut Checker<'_>,
    references: &References<'_>,
    evidence: &At<written::Evidence>,
    figure: Option<&Figure>,
) -> Origin {
    let At { value: evidence, span } = evidence;
    if let Some(source) = &evidence.source {
        references.known(check, source);
    }
    let vouchers: Vec<Voucher> = FigureKey::given(evidence).into_iter().map(|key| key.voucher(evidence)).collect();
    let judged = vouchers.contains(&Voucher::People);
    let cited = evidence.source.is_some() && evidence.place.is_some();
    if judged {
        needs(check, "date", evidence.date.as_ref(), span);
        needs(check, "because", evidence.because.as_ref(), span);
    } else if !cited
        && !vouchers.iter().any(|it| matches!(it, Voucher::Nobody | Voucher::Plan))
        && !check.lost.has_lost_from(span)
    {
        let message = "this figure has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    if let Some(date) = &evidence.date {
        period(check, date);
    }
    let covered = evidence.period.as_ref().and_then(|text| Period::parse(&text.value).ok());
    let of = if evidence.households.is_some() { " households" } else { "" };
    let mut published = published(check, evidence.published.as_deref(), of);
    for point in evidence.series.iter().flat_map(|series| &series.value) {
        published.extend(self::published(check, point.value.published.as_deref(), of));
    }
    Origin {
        source: evidence.source.as_ref().map(|source| source.value.clone()),
        place: evidence.place.as_ref().and_then(|place| check.text(place, "the place in the source")),
        judged: judged.then(|| JudgedBy {
            by: figure.map(roles).unwrap_or_default(),
            date: evidence.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because: evidence.because.as_ref().map(|because| because.value.clone()).unwrap_or_default(),
        }),
        illustration: evidence.illustration.unwrap_or(false),
        context: evidence.context.unwrap_or(false),
        note: evidence.note.clone(),
        caveats: caveats(check, evidence.caveats.as_deref()),
        corroborated_by: names(evidence.corroborated_by.as_deref()),
        contradicted_by: names(evidence.contradicted_by.as_deref()),
        breaks: figure.map(|figure| figure.breaks().to_vec()).unwrap_or_default(),
        published,
        period: covered,
        points: points(check, references, evidence),
    }
}

/// The roles of those who judged.
pub(super) fn roles(figure: &Figure) -> Vec<String> {
    figure.judged_by().into_iter().map(str::to_owned).collect()
}

/// What limits a figure, a sentence each.
pub(super) fn caveats(check: &mut Checker<'_>, written: Option<&[At<String>]>) -> Vec<String> {
    written.unwrap_or_default().iter().filter_map(|caveat| check.text(caveat, "the caveat")).collect()
}

/// The evidence that bears other evidence out, by name.
pub(super) fn names(written: Option<&[At<String>]>) -> Vec<String> {
    written.unwrap_or_default().iter().map(|name| name.value.clone()).collect()
}

/// Judges which evidence is said to support other evidence or to speak against it: this candidate must have it, and two
/// series must have done what is said of them.
pub(super) fn corroboration(
    check: &mut Checker<'_>,
    candidate: &format::Candidate,
    number: usize,
    columns: &BTreeMap<String, Column>,
) {
    for (name, evidence) in &candidate.evidence {
        let At { value: evidence, .. } = evidence;
        let has = |other: &Column| other.get(number).is_some();
        for others in [&evidence.corroborated_by, &evidence.contradicted_by].into_iter().flatten() {
            name_other_evidence(check, name, others, columns, has, "this candidate has no");
        }
        let figure = |name: &str| columns.get(name).and_then(|column| column.get(number)).map(|it| it.figure.clone());
        let Some(own) = figure(name) else { continue };
        for other in evidence.corroborated_by.iter().flatten() {
            if let Some(Corroboration::Unlike(..)) =
                figure(&other.value).map(|it| tested(own.as_series(), it.as_series(), Confidence::default()))
            {
                let message = format!("`{}` did not do what `{name}` did, and is named in its support", other.value);
                let help = "name it in `contradicted_by`, or leave it out; the report says what each of them did";
                check.problem(Code::NotBorneOut, &other.span, message, help);
            }
        }
        for other in evidence.contradicted_by.iter().flatten() {
            if let Some(Corroboration::Alike(..)) =
                figure(&other.value).map(|it| tested(own.as_series(), it.as_series(), Confidence::default()))
            {
                let message = format!("`{}` did what `{name}` did, and is named against it", other.value);
                let help = "name it in `corroborated_by`, or leave it out; the report says what each of them did";
                check.problem(Code::NotBorneOut, &other.span, message, help);
            }
        }
    }
}

/// The same of a table's columns, which hold no series: each holds for many candidates, and one of them that has both is
/// enough.
pub(super) fn corroboration_of_columns(
    check: &mut Checker<'_>,
    table: &format::Table,
    candidates: usize,
    columns: &BTreeMap<String, Column>,
) {
    for (name, column) in &table.column {
        let Some(own) = columns.get(name) else { continue };
        let has =
            |other: &Column| (0..candidates).any(|number| own.get(number).is_some() && other.get(number).is_some());
        for others in [&column.corroborated_by, &column.contradicted_by].into_iter().flatten() {
            name_other_evidence(check, name, others, columns, has, "no candidate with a figure here has");
        }
    }
}

/// Notes each of `others` that is the evidence `name` itself, or that nobody has who should.
fn name_other_evidence(
    check: &mut Checker<'_>,
    name: &str,
    others: &[At<String>],
    columns: &BTreeMap<String, Column>,
    has: impl Fn(&Column) -> bool,
    nobody_has: &str,
) {
    for other in others {
        if other.value == name {
            let message = "evidence can't support or contradict itself";
            check.problem(Code::BadValue, &other.span, message, "name other evidence");
        } else if !columns.get(&other.value).is_some_and(&has) {
            let known = columns.iter().filter(|(known, column)| *known != name && has(column));
            let help = did_you_mean(&other.value, known.map(|(known, _)| known.as_str()));
            check.problem(Code::UnknownId, &other.span, format!("{nobody_has} evidence `{}`", other.value), help);
        }
    }
}

/// Where a single figure of a series is said to come from.
struct WrittenPoint<'a> {
    period: &'a At<String>,
    source: Option<&'a At<String>>,
    place: Option<&'a At<String>>,
}

/// The figures of a series, of counts or of percentages.
fn written_points(evidence: &written::Evidence) -> Vec<WrittenPoint<'_>> {
    let counts = evidence.series.iter().flat_map(|series| &series.value).map(|At { value: point, .. }| WrittenPoint {
        period: &point.period,
        source: point.source.as_ref(),
        place: point.place.as_ref(),
    });
    let percentages = evidence.percentages.iter().flat_map(|series| &series.value);
    let percentages = percentages.map(|At { value: point, .. }| WrittenPoint {
        period: &point.period,
        source: point.source.as_ref(),
        place: point.place.as_ref(),
    });
    counts.chain(percentages).collect()
}

/// Where single figures of a series come from, where they say so themselves.
fn points(check: &mut Checker<'_>, references: &References<'_>, evidence: &written::Evidence) -> Vec<PointOrigin> {
    let written = written_points(evidence);
    one_edition(check, references, evidence.source.as_ref(), &written);
    let mut points = Vec::new();
    for point in written {
        if let Some(source) = point.source {
            references.known(check, source);
        }
        let source = point.source.map(|source| source.value.clone());
        let place = point.place.and_then(|place| check.text(place, "the place in the source"));
        if let (true, Ok(period)) = (source.is_some() || place.is_some(), Period::parse(&point.period.value)) {
            points.push(PointOrigin { period: period.to_string(), source, place });
        }
    }
    points
}

/// Notes the first figure of a series that is of another edition of an index than one before it. `of_all` is the source of
/// those that name none.
fn one_edition(
    check: &mut Checker<'_>,
    references: &References<'_>,
    of_all: Option<&At<String>>,
    points: &[WrittenPoint<'_>],
) {
    let mut known: BTreeMap<Cow<'_, str>, &Edition> = BTreeMap::new();
    for source in points.iter().filter_map(|point| point.source.or(of_all)) {
        let document = references.documents.get(&source.value);
        let Some(own) = document.and_then(|document| document.edition.as_ref()) else { continue };
        let first = *known.entry(as_read(&own.index)).or_insert(own);
        if as_read(&first.name) != as_read(&own.name) {
            let Edition { index, name } = own;
            let message = format!(
                "this is of the edition {name} of {index}, and the series has figures of the edition {}",
                first.name
            );
            let help = "file each edition as evidence of its own: an index is made anew each time, of other data and areas, so \
                        that a change from one to the next is no change of the place";
            check.problem(Code::MixedEditions, &source.span, message, help);
            return;
        }
    }
}

/// What was printed, as it is shown; `of` is what rates are of, where those are not people.
fn published(check: &mut Checker<'_>, written: Option<&[written::Published]>, of: &str) -> Vec<Published> {
    let mut list = Vec::new();
    for figure in written.unwrap_or_default() {
        let as_printed = match (&figure.rate, &figure.percentage, &figure.change) {
            (Some(rate), None, None) => {
                let per = figure.per.as_ref().and_then(|per| check.positive(per, "`per`")).unwrap_or(1000.0);
                printed(check, rate).map(|rate| format!("{} per {per}{of}", rate.text))
            }
            (None, Some(percentage), None) => per_cent(check, percentage),
            (None, None, Some(change)) => per_cent(check, change).map(|change| format!("{change} change")),
            _ => {
                let message = "a published figure is one of `rate`, `percentage` and `change`";
                check.problem(Code::WhichEvidence, &figure.place.span, message, "give just one of them");
                None
            }
        };
        if let (Some(printed), Some(place)) = (as_printed, check.text(&figure.place, "the place in the source")) {
            list.push(Published { printed, place });
        }
    }
    list
}

/// A percentage as printed, with its `%` whether it was transcribed or not.
fn per_cent(check: &mut Checker<'_>, text: &At<String>) -> Option<String> {
    printed(check, text).map(|printed| format!("{}%", printed.text.trim_end_matches('%')))
}
