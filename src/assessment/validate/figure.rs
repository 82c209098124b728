//! The figure that a piece of evidence gives, judged kind by kind.

use std::ops::Range;
use std::sync::Arc;

use super::{Facts, needs, period, set_against_both};
use crate::assessment::evidence::{
    Among, Break, Count, Figure, Judgement, Offence, Offences, Peer, Peers, Percentage, Rate, Score, Series,
};
use crate::assessment::format;
use crate::assessment::table::suppressed;
use crate::diagnostic::{Code, did_you_mean};
use crate::stats::Estimate;
use crate::toml_file::{At, Checker, Number};

/// The figure that a piece of evidence gives, under just one of the keys that can give one.
pub(super) fn figure(check: &mut Checker<'_>, facts: &Facts<'_>, written: &At<format::Evidence>) -> Option<Figure> {
    let evidence = &written.value;
    let given = [
        ("count", evidence.count.is_some()),
        ("suppressed", evidence.suppressed.is_some()),
        ("series", evidence.series.is_some()),
        ("rate", evidence.rate.is_some()),
        ("percentage", evidence.percentage.is_some()),
        ("number", evidence.number.is_some()),
        ("offences", evidence.offences.is_some()),
        ("peers", evidence.peers.is_some()),
        ("judgement", evidence.judgement.is_some()),
        ("scores", evidence.scores.is_some()),
        ("answer", evidence.answer.is_some()),
        ("missing", evidence.missing.is_some()),
    ];
    let named: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    if named.is_empty() && check.lost.has_lost_from(&written.span) {
        return None;
    }
    if named.len() != 1 {
        let message = match &*named {
            [] => "this evidence has no figure".to_owned(),
            many => format!("this evidence says {} things: {}", many.len(), crate::diagnostic::quoted_list(many)),
        };
        let help = "give just one of `count`, `suppressed`, `series`, `rate`, `percentage`, `number`, `offences`, \
                    `peers`, `judgement`, `scores`, `answer` and `missing`";
        check.problem(Code::WhichEvidence, &written.span, message, help);
        return None;
    }
    unread_keys(check, named.first().copied().unwrap_or_default(), evidence);
    let span = &written.span;
    match () {
        () if evidence.count.is_some() || evidence.suppressed.is_some() => count(check, facts, evidence, span),
        () if evidence.series.is_some() => series(check, facts, evidence),
        () if evidence.rate.is_some() => rate(check, evidence, span),
        () if evidence.percentage.is_some() => percentage(check, evidence, span),
        () if evidence.number.is_some() => {
            let number = check.finite(evidence.number.as_ref()?)?;
            interval(check, evidence, number, span).map(Figure::Number)
        }
        () if evidence.offences.is_some() => offences(check, evidence, span),
        () if evidence.peers.is_some() => peers(check, evidence, span),
        () if evidence.judgement.is_some() || evidence.scores.is_some() => judgement(check, evidence, span),
        () if evidence.answer.is_some() => evidence.answer.as_ref().map(|answer| Figure::Answer(answer.value)),
        () => check.text(evidence.missing.as_ref()?, "the reason").map(|reason| Figure::Missing(reason.into())),
    }
}

/// Notes keys that nothing reads beside this kind of figure.
fn unread_keys(check: &mut Checker<'_>, figure: &str, evidence: &format::Evidence) {
    let read: &[&str] = match figure {
        "count" | "suppressed" => &["period", "population", "households"],
        "series" => &["population", "households", "breaks"],
        "rate" => &["per", "period", "lower", "upper"],
        "percentage" => &["base", "period", "lower", "upper"],
        "number" => &["period", "lower", "upper"],
        "offences" => &["period"],
        "peers" => &["area", "period"],
        "judgement" => &["scale", "by", "date", "because"],
        "scores" => &["scale", "date", "because"],
        _ => &[],
    };
    let of = |text: &Option<At<String>>| text.as_ref().map(|text| text.span.clone());
    let number = |number: &Option<At<Number>>| number.as_ref().map(|number| number.span.clone());
    let given = [
        ("period", of(&evidence.period)),
        ("population", number(&evidence.population)),
        ("households", number(&evidence.households)),
        ("per", number(&evidence.per)),
        ("base", number(&evidence.base)),
        ("lower", number(&evidence.lower)),
        ("upper", number(&evidence.upper)),
        ("area", of(&evidence.area)),
        ("scale", evidence.scale.as_ref().map(|scale| scale.span.clone())),
        ("by", of(&evidence.by)),
        ("date", of(&evidence.date)),
        ("because", of(&evidence.because)),
        ("breaks", evidence.breaks.as_ref().map(|breaks| breaks.span.clone())),
    ];
    for (key, span) in given {
        if let Some(span) = span.filter(|_| !read.contains(&key)) {
            let help = "take it out; docs/evidence.md says which keys belong to which figure";
            check.problem(Code::UnknownKey, &span, format!("nothing reads `{key}` beside `{figure}`"), help);
        }
    }
}

/// What a count or series is set against: its own people or households, or else the assessment's people.
fn among(check: &mut Checker<'_>, facts: &Facts<'_>, evidence: &format::Evidence) -> Option<Among> {
    let mut whole =
        |number: &At<Number>, what: &str| check.whole(number, what).and_then(|_| check.positive(number, what));
    match (&evidence.population, &evidence.households) {
        (None, None) => facts.among(),
        (Some(people), None) => whole(people, "a population").map(Among::people),
        (None, Some(households)) => whole(households, "a number of households").map(Among::households),
        (Some(_), Some(households)) => {
            set_against_both(check, &households.span);
            None
        }
    }
}

fn count(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    evidence: &format::Evidence,
    span: &Range<usize>,
) -> Option<Figure> {
    let period = needs(check, "period", evidence.period.as_ref(), span).and_then(|text| period(check, text));
    let among = among(check, facts, evidence);
    if let Some(mark) = &evidence.suppressed {
        return match suppressed(&mark.value) {
            Some(Some((lower, upper))) => Some(Figure::Count(Count {
                count: lower + (upper - lower) / 2.0,
                suppressed: Some((lower, upper)),
                period: period?,
                among,
                breaks: None,
            })),
            Some(None) => Some(Figure::Missing(format!("its publisher withheld it (`{}`)", mark.value).into())),
            None => {
                let message = format!("`{}` is no mark of a suppressed figure", mark.value);
                check.problem(Code::BadValue, &mark.span, message, "write `<5`, `*`, `c`, `..` or `-` as printed");
                None
            }
        };
    }
    let count = check.whole(evidence.count.as_ref()?, "a count");
    Some(Figure::Count(Count { count: count?, suppressed: None, period: period?, among, breaks: None }))
}

fn series(check: &mut Checker<'_>, facts: &Facts<'_>, evidence: &format::Evidence) -> Option<Figure> {
    let points = evidence.series.as_ref()?;
    let among = among(check, facts, evidence);
    let breaks = breaks(check, evidence);
    let breaks: Option<Arc<[Break]>> = (!breaks.is_empty()).then(|| breaks.into());
    let mut counts: Vec<Count> = Vec::new();
    for point in &points.value {
        let period = period(check, &point.value.period);
        let count = check.whole(&point.value.count, "a count");
        let (Some(period), Some(count)) = (period, count) else { continue };
        if counts.last().is_some_and(|earlier| earlier.period >= period) {
            let message = format!("`{}` does not come after the period before it", point.value.period.value);
            check.problem(Code::BadPeriod, &point.value.period.span, message, "put the oldest first, each period once");
        }
        counts.push(Count { count, suppressed: None, period, among, breaks: breaks.clone() });
    }
    if points.value.is_empty() {
        check.problem(Code::BadValue, &points.span, "the series is empty", "add a count, or say `missing = \"why\"`");
    }
    (counts.len() == points.value.len() && !counts.is_empty()).then(|| Figure::Series(Series { counts: counts.into() }))
}

/// From when on a series counts something else, in the order of time.
pub(super) fn breaks(check: &mut Checker<'_>, evidence: &format::Evidence) -> Vec<Break> {
    let mut breaks = Vec::new();
    for written in evidence.breaks.iter().flat_map(|breaks| &breaks.value) {
        let date = period(check, &written.value.date);
        let cause = check.text(&written.value.cause, "the cause");
        if let (Some(date), Some(cause)) = (date, cause) {
            breaks.push(Break { date, cause: cause.into() });
        }
    }
    breaks.sort_by_key(|broken| broken.date);
    breaks
}

fn rate(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rate = check.not_negative(evidence.rate.as_ref()?, "a rate");
    let per = needs(check, "per", evidence.per.as_ref(), span).and_then(|per| check.positive(per, "`per`"));
    let rate = interval(check, evidence, rate?, span)?;
    let period = match &evidence.period {
        Some(text) => Some(period(check, text)?),
        None => None,
    };
    Some(Figure::Rate(Rate { rate, per: per?, period }))
}

fn percentage(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let written = evidence.percentage.as_ref()?;
    let percentage = check.finite(written)?;
    if !(0.0..=100.0).contains(&percentage) {
        let message = format!("a percentage can't be {percentage}");
        let help = "write 0 to 100; a percentage change goes under `number`";
        check.problem(Code::PercentageOutOfRange, &written.span, message, help);
        return None;
    }
    let base = match &evidence.base {
        Some(base) => Some(check.whole(base, "a base").and_then(|_| check.positive(base, "a base"))?),
        None => None,
    };
    let percentage = interval(check, evidence, percentage, span)?;
    Some(Figure::Percentage(Percentage { percentage, base }))
}

/// A figure with its published interval: both ends or neither.
fn interval(
    check: &mut Checker<'_>,
    evidence: &format::Evidence,
    figure: f64,
    span: &Range<usize>,
) -> Option<Estimate> {
    let (lower, upper) = match (&evidence.lower, &evidence.upper) {
        (None, None) => return Some(Estimate::exact(figure)),
        (Some(lower), Some(upper)) => (lower, upper),
        (Some(only), None) | (None, Some(only)) => {
            let other = if evidence.lower.is_some() { "upper" } else { "lower" };
            if !check.lost.has_lost_from(span) {
                check.problem(Code::MissingKey, &only.span, "an interval has two ends", format!("add `{other} = …`"));
            }
            return None;
        }
    };
    let (low, high) = (check.finite(lower)?, check.finite(upper)?);
    if low <= figure && figure <= high {
        return Some(Estimate::between(figure, low, high));
    }
    let message = format!("{figure} is not between {low} and {high}");
    check.problem(Code::BadValue, &lower.span, message, "an interval holds its figure");
    None
}

fn offences(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rows = evidence.offences.as_ref()?;
    let period = needs(check, "period", evidence.period.as_ref(), span).and_then(|text| period(check, text));
    if rows.value.is_empty() {
        check.problem(
            Code::BadValue,
            &rows.span,
            "the offence table is empty",
            "add an offence, or say `missing = \"why\"`",
        );
        return None;
    }
    let mut offences: Vec<Offence> = Vec::new();
    for row in &rows.value {
        let offence = check.text(&row.value.offence, "the offence");
        let count = check.whole(&row.value.count, "a count");
        let harm = match &row.value.harm {
            Some(harm) => check.not_negative(harm, "a harm weight").map(Some),
            None => Some(None),
        };
        let (Some(offence), Some(count), Some(harm)) = (offence, count, harm) else { continue };
        if offences.iter().any(|other| other.offence == offence) {
            check.duplicate(&row.value.offence.span, "an offence", &offence, None);
        }
        offences.push(Offence { offence, count, harm });
    }
    unmatched(check, &rows.value);
    Some(Figure::Offences(Offences { offences: offences.into(), period: period? }))
}

/// Says which offences have no weight.
fn unmatched(check: &mut Checker<'_>, rows: &[At<format::Offence>]) {
    let without: Vec<&At<format::Offence>> = rows.iter().filter(|row| row.value.harm.is_none()).collect();
    let Some(first) = without.first().filter(|row| !check.lost.has_lost_from(&row.span)) else { return };
    let names: Vec<&str> = without.iter().map(|row| &*row.value.offence.value).collect();
    let message = format!("no harm weight is given for {}", crate::diagnostic::quoted_list(&names));
    let help =
        "add `harm = …` if there is a weight; without one they are in no figure of harm, and every figure says so";
    check.problem(Code::UnmatchedOffence, &first.span, message, help);
}

fn peers(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rows = evidence.peers.as_ref()?;
    let area = needs(check, "area", evidence.area.as_ref(), span)?;
    let mut peers: Vec<Peer> = Vec::new();
    for row in &rows.value {
        let name = check.text(&row.value.area, "the area");
        let rate = peer_rate(check, row);
        if let (Some(area), Some((rate, counted))) = (name, rate) {
            peers.push(Peer { area, rate, counted });
        }
    }
    let counted = rows.value.iter().filter(|row| row.value.count.is_some()).count();
    if counted > 0 && counted < rows.value.len() && peers.len() == rows.value.len() {
        let help = "give all of them `rate`, or all `count` and `population`, which makes rates per 1,000";
        check.problem(Code::BadValue, &rows.span, "some peers have rates and some have counts", help);
    }
    let own = peers.iter().position(|peer| peer.area == area.value.trim());
    if own.is_none() && peers.len() == rows.value.len() {
        let help = did_you_mean(&area.value, peers.iter().map(|peer| &*peer.area));
        check.problem(Code::UnknownId, &area.span, format!("`{}` is not among the peers", area.value), help);
    }
    if rows.value.len() < 2 {
        check.problem(
            Code::BadValue,
            &rows.span,
            "there is nobody to compare with",
            "list this area and at least one other",
        );
        return None;
    }
    Some(Figure::Peers(Peers { peers: peers.into(), own: own? }))
}

/// An area's rate, with the count and people that it is made of, if it is.
fn peer_rate(check: &mut Checker<'_>, row: &At<format::Peer>) -> Option<(f64, Option<(f64, f64)>)> {
    match (&row.value.rate, &row.value.count, &row.value.population) {
        (Some(rate), None, None) => check.not_negative(rate, "a rate").map(|rate| (rate, None)),
        (None, Some(count), Some(people)) => {
            let (count, people) = (check.whole(count, "a count"), check.positive(people, "a population"));
            let (count, people) = (count?, people?);
            Some((count / people * 1000.0, Some((count, people))))
        }
        _ => {
            let message = "a peer has `rate`, or `count` and `population`";
            check.problem(Code::WhichEvidence, &row.span, message, "give the one or the other two");
            None
        }
    }
}

fn judgement(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let scale = needs(check, "scale", evidence.scale.as_ref(), span).and_then(|scale| check.scale(scale))?;
    let mut scores: Vec<Score> = Vec::new();
    let mut within = |check: &mut Checker<'_>, score: &At<Number>, by: &At<String>| {
        let given = check.finite(score)?;
        if !(scale.0..=scale.1).contains(&given) {
            let message = format!("the score {given} is not on the scale from {} to {}", scale.0, scale.1);
            check.problem(Code::BadValue, &score.span, message, "give a score on the scale, or widen the scale");
            return None;
        }
        let by = check.text(by, "the role")?;
        scores.push(Score { by: by.into(), score: given });
        Some(())
    };
    match (&evidence.judgement, &evidence.scores) {
        (Some(score), _) => {
            let by = needs(check, "by", evidence.by.as_ref(), span)?;
            within(check, score, by)?;
        }
        (None, Some(list)) => {
            for score in &list.value {
                within(check, &score.value.score, &score.value.by)?;
            }
            if list.value.is_empty() {
                check.problem(Code::BadValue, &list.span, "nobody scored", "add a score, or say `missing = \"why\"`");
                return None;
            }
        }
        (None, None) => return None,
    }
    let because = evidence.because.as_ref().and_then(|because| check.text(because, "the reason")).unwrap_or_default();
    Some(Figure::Judgement(Judgement { scores: scores.into(), scale, because: because.into() }))
}
