//! What the list rests on, before anything is said of it: how many answers there are of each kind, and what they carry.

use super::super::model::{StatusBox, StatusPart};
use super::basis::{Amounts, Answers, Basis};
use super::shown::{in_words, nouns, so_many};
use super::without::without_made_up;
use crate::ranked::RankedAssessment;
use crate::scoring::Standing;
use crate::words::{counted, listed, upper_first};

/// What the list rests on.
pub(super) fn status(report: &RankedAssessment<'_>) -> StatusBox {
    let amounts = Amounts::of(report.traces.iter());
    let shares = amounts.of_a_hundred();
    let answers = Answers::of(report.traces.iter());
    let part = |(basis, share): &(Basis, u32)| StatusPart {
        share: share.to_string(),
        words: basis.of_a_hundred(),
        class: basis.mark().class,
    };
    let title = warning(&answers, &amounts);
    StatusBox {
        warns: title.is_some(),
        title: title.unwrap_or_else(|| "What the list rests on".to_owned()),
        sentence: [Some(counts(report, &answers)), of_every_hundred(report, &amounts)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        parts: shares.iter().map(part).collect(),
        without: [of_places(report), without_made_up(report)]
            .into_iter()
            .flatten()
            .reduce(|all, more| format!("{all} {more}")),
    }
}

/// What is wrong with it, as a heading; none where most is known and published.
fn warning(answers: &Answers, amounts: &Amounts) -> Option<String> {
    let of = |count: usize, all: usize, what: &str| {
        let is = if count == 1 { "is" } else { "are" };
        format!("{count} of {} {is} {what}", counted(all, "answer", "answers"))
    };
    if answers.made_up > 0 {
        return Some(format!("Do not decide on this yet: {}", of(answers.made_up, answers.given(), "made up")));
    }
    if 2 * answers.missing > answers.all {
        return Some(format!("Read with care: {}", of(answers.missing, answers.all, "missing")));
    }
    let published: u32 =
        amounts.of_a_hundred().iter().filter(|(basis, _)| *basis == Basis::Published).map(|(_, share)| share).sum();
    let what = if amounts.of_points { "points" } else { "answers" };
    (published <= 50).then(|| format!("Read with care: {published} of every 100 {what} come from published figures"))
}

/// How many answers there are of each kind: they add up to those that are asked for.
fn counts(report: &RankedAssessment<'_>, answers: &Answers) -> String {
    let (one, many) = nouns(report);
    let criteria = report.rules.criteria.len();
    let kinds = [
        (answers.published, "from published figures"),
        (answers.judged, "judged by people"),
        (answers.made_up, "made up"),
        (answers.missing, "missing"),
    ];
    let told: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    let nobody = match answers.made_up {
        0 => "",
        _ => " Nobody gave the made-up scores: they only show how the method works.",
    };
    format!(
        "{} on {} {} for {}: {}.{nobody}",
        upper_first(&so_many(criteria, "question", "questions")),
        so_many(report.traces.len(), one, many),
        if criteria == 1 { "asks" } else { "ask" },
        counted(answers.all, "answer", "answers"),
        listed(&told)
    )
}

/// What the bar shows; none where there is nothing to show.
fn of_every_hundred(report: &RankedAssessment<'_>, amounts: &Amounts) -> Option<String> {
    let (one, many) = nouns(report);
    let with_totals = so_many(report.traces.iter().filter(|trace| trace.total.is_some()).count(), one, many);
    (amounts.total() > 0.0).then(|| match amounts.of_points {
        true => format!("Of every 100 points of the {with_totals} in the list:"),
        false => format!("Of every 100 answers on the {with_totals} in the list:"),
    })
}

/// How much of those with a place is made up; none where nothing of them is.
fn of_places(report: &RankedAssessment<'_>) -> Option<String> {
    let with_a_place =
        || report.traces.iter().filter(|trace| trace.standing == Standing::Tier(0) && trace.total.is_some());
    let count = with_a_place().count();
    let amounts = Amounts::of(with_a_place());
    let (_, made_up) = amounts.of_a_hundred().into_iter().find(|(basis, _)| *basis == Basis::MadeUp)?;
    let what = if amounts.of_points { "points" } else { "answers" };
    (report.rules.tiers.len() > 1).then(|| match count {
        1 => format!("Of the one with a place {made_up} of every 100 {what} are made up."),
        _ => format!("Of the {} with a place {made_up} of every 100 {what} are made up.", in_words(count)),
    })
}
