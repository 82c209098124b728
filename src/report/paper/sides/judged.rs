//! The fourth side: whose judgement counts, what was not known, and figures to read with care.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gaps;
use super::super::model::{BasisSide, JudgedRow, MissingRow};
use super::basis::{Amounts, Answers, Basis};
use super::room::room;
use super::shown::{Shown, first_side_by_side, in_words, nouns, side_by_side, so_many};
use super::sure::Sureness;
use super::{caveats, one_answer, printed};
use crate::explain::{date_in_words, scorer_agreements};
use crate::ranked::RankedAssessment;
use crate::recompute::Recomputation;
use crate::rules::{Criterion, Treatment};
use crate::scoring::{Contribution, Fixed, Trace};
use crate::words::{counted, listed, lower_title, upper_first};

/// So many are named in a cell.
const MOST_NAMED: usize = 4;
/// So many titles are; of more the first.
const MOST_TITLES: usize = 2;
/// Below this people agree poorly, and from the next on well: Krippendorff (2004, *Content Analysis*, 2nd edition, p. 241).
const POORLY_BELOW: f64 = 0.67;
const WELL_FROM: f64 = 0.80;

/// The fourth side.
pub(in crate::report::paper) fn basis_side(
    report: &RankedAssessment<'_>,
    sure: &Sureness,
    recomputed: &Recomputation,
) -> BasisSide {
    let (caveats, more_caveats) = caveats::rows(report, sure);
    let (printed, more, more_read) = printed::rows(report, sure, recomputed);
    BasisSide {
        judged_about: judged_about(report),
        judged: judged(report),
        missing_about: missing_about(report),
        missing: missing(report),
        one_answer: one_answer::who_could_have_a_place(report, sure),
        printed_about: printed::about(recomputed),
        printed,
        printed_more: printed::more(more, more_read),
        caveats,
        more_caveats,
    }
}

fn judged_about(report: &RankedAssessment<'_>) -> Vec<String> {
    let mut told: Vec<String> = agreement(report).into_iter().collect();
    let amounts = Amounts::of(report.traces.iter());
    let judged = amounts.amount(Basis::Judged) + amounts.amount(Basis::MadeUp);
    if amounts.of_points && judged > 0.0 {
        let shown = Shown::new(report.rules);
        let of = |number: usize| -> f64 {
            let parts = report.traces.iter().filter(|trace| trace.total.is_some());
            let parts = parts.filter_map(|trace| trace.contributions.get(number));
            let parts = parts.filter(|part| matches!(Basis::of(part), Some(Basis::Judged | Basis::MadeUp)));
            parts.map(|part| part.points.to_f64()).sum()
        };
        let mut by_question: Vec<(f64, &Criterion)> =
            report.rules.criteria.iter().enumerate().map(|(number, criterion)| (of(number), criterion)).collect();
        by_question.retain(|(points, _)| *points > 0.0);
        by_question.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let named = by_question.iter().take(MOST_NAMED);
        let named: Vec<String> = named
            .map(|(points, criterion)| format!("{} for {}", shown.sum(*points), lower_title(&criterion.title)))
            .collect();
        let made_up = amounts.amount(Basis::MadeUp);
        let (who, of_it) = match () {
            () if amounts.amount(Basis::Judged) <= 0.0 => ("Made-up judgement carries", String::new()),
            () if made_up > 0.0 => ("Judgement carries", format!(", {} of them made up", shown.sum(made_up))),
            () => ("Judgement carries", String::new()),
        };
        told.push(format!(
            "{who} {} of the list’s {} points{of_it} ({}).",
            shown.sum(judged),
            shown.sum(amounts.total()),
            listed(&named)
        ));
    }
    told.extend(counted_twice(report));
    if told.is_empty() {
        told.push(
            "Nothing in the list was judged by people: figures answer every question that has an answer.".to_owned(),
        );
    }
    told
}

/// How many answers the table counts, where it counts some more than once or some that are missing all the same; none elsewhere.
fn counted_twice(report: &RankedAssessment<'_>) -> Option<String> {
    let roles = |part: &Contribution<'_>| -> usize {
        let judged = part.evidence.iter().filter_map(|cited| cited.origin.judged.as_ref());
        judged.flat_map(|judged| judged.by.iter().map(|role| (role, &judged.date))).collect::<BTreeSet<_>>().len()
    };
    let parts = report.traces.iter().flat_map(|trace| &trace.contributions);
    let judged: Vec<(&Contribution<'_>, usize)> =
        parts.map(|part| (part, roles(part))).filter(|(_, roles)| *roles > 0).collect();
    let rows: usize = judged.iter().map(|(_, roles)| roles).sum();
    let lacking = judged.iter().filter(|(part, _)| part.missing.is_some()).count();
    let lack = match lacking {
        0 => String::new(),
        1 => format!(": {} that count, and one without effect, since a figure is missing as well", judged.len() - 1),
        _ => format!(
            ": {} that count, and {} without effect, since a figure is missing as well",
            judged.len() - lacking,
            in_words(lacking)
        ),
    };
    let twice = match rows > judged.len() {
        true => format!(" The table counts an answer once for each role that scored it: {rows} in all."),
        false => String::new(),
    };
    (rows > judged.len() || lacking > 0)
        .then(|| format!("{} on scores{lack}.{twice}", counted(judged.len(), "answer rests", "answers rest")))
}

/// How far people agreed who scored the same, in plain words.
fn agreement(report: &RankedAssessment<'_>) -> Option<String> {
    let (one, many) = nouns(report);
    let found = scorer_agreements(report.assessment, report.rules);
    let told: Vec<String> = found
        .iter()
        .map(|found| {
            let title =
                question_of(&found.name, report).map_or(found.title.clone(), |criterion| criterion.title.clone());
            let of = counted(found.candidates, one, many);
            match found.alpha.map(Fixed::to_f64) {
                _ if found.candidates == 1 => {
                    format!("on {} there was only one {one}, too few to tell", lower_title(&title))
                }
                None => format!("on {} they all gave the same score ({of})", lower_title(&title)),
                Some(alpha) => {
                    let how = match alpha {
                        alpha if alpha < POORLY_BELOW => "poorly",
                        alpha if alpha < WELL_FROM => "fairly",
                        _ => "well",
                    };
                    let alpha = found.alpha.map(|alpha| alpha.to_string()).unwrap_or_default();
                    format!("on {} they agreed {how} ({alpha}; {of})", lower_title(&title))
                }
            }
        })
        .collect();
    let has_figure = found.iter().any(|found| found.candidates > 1 && found.alpha.is_some());
    let scale = match has_figure {
        true => " 1 is full agreement and 0 is chance; below 0.67 is too little to build on.",
        false => "",
    };
    let made_up = Answers::of(report.traces.iter());
    let of = if made_up.made_up > 0 && made_up.judged == 0 { " (made up)" } else { "" };
    (!told.is_empty()).then(|| format!("Where several people scored the same{of}: {}.{scale}", told.join("; ")))
}

/// The question whose answer is read from evidence with this name.
fn question_of<'r>(name: &str, report: &RankedAssessment<'r>) -> Option<&'r Criterion> {
    report.rules.criteria.iter().find(|criterion| criterion.measure.reads.iter().any(|read| read == name))
}

/// What one role judged on one day, by question.
#[derive(Default)]
struct Judged {
    of: BTreeMap<usize, BTreeSet<String>>,
    alone: BTreeSet<(usize, String)>,
    together: BTreeSet<(usize, String)>,
    made_up: usize,
    all: usize,
}

fn judged(report: &RankedAssessment<'_>) -> Vec<JudgedRow> {
    let mut by_role: BTreeMap<(String, String), Judged> = BTreeMap::new();
    for trace in &report.traces {
        for (number, part) in trace.contributions.iter().enumerate() {
            for origin in part.evidence.iter().map(|cited| &cited.origin) {
                let Some(judged) = &origin.judged else { continue };
                for role in &judged.by {
                    let found = by_role.entry((role.clone(), judged.date.clone())).or_default();
                    let answer = (number, trace.candidate.id.clone());
                    found.of.entry(number).or_default().insert(trace.candidate.id.clone());
                    if judged.by.len() == 1 {
                        found.alone.insert(answer)
                    } else {
                        found.together.insert(answer)
                    };
                    found.made_up += usize::from(origin.illustration);
                    found.all += 1;
                }
            }
        }
    }
    let row = |((role, date), found): (&(String, String), &Judged)| {
        let of = |(number, ids): (&usize, &BTreeSet<String>)| {
            let title = report.rules.criteria.get(*number).map_or("", |criterion| &criterion.title);
            format!("{} ({})", lower_title(title), ids.len())
        };
        let what: Vec<String> = found.of.iter().map(of).collect();
        JudgedRow {
            who: upper_first(role),
            day: date_in_words(date),
            what: upper_first(&listed(&what)),
            with: match (found.alone.len(), found.together.len()) {
                (_, 0) => "Alone".to_owned(),
                (0, _) => "With others".to_owned(),
                (alone, together) => format!("{alone} alone, {together} with others"),
            },
            made_up: match found.made_up {
                0 => None,
                made_up if made_up == found.all => Some("made up"),
                _ => Some("partly made up"),
            },
        }
    };
    by_role.iter().map(row).collect()
}

fn missing_about(report: &RankedAssessment<'_>) -> String {
    let answers: usize = report.traces.iter().map(|trace| trace.contributions.len()).sum();
    let all: usize = report.traces.iter().map(|trace| gaps::missing(trace).count()).sum();
    let told = match all {
        0 => format!("Evidence answers every question: {}.", counted(answers, "answer", "answers")),
        1 => format!("One of {answers} answers is missing."),
        all => format!(
            "{all} of {answers} answers are missing. Why what stands in does so: annex, “How the list was made”."
        ),
    };
    format!("{told}{}", gaps::members_unsaid(report))
}

/// Questions without an answer, those first that most went without. Several that the same went without, and that the rules treat
/// alike, are one row.
fn missing(report: &RankedAssessment<'_>) -> Vec<MissingRow> {
    let (one, many) = nouns(report);
    let mut found: Vec<(Vec<String>, String, Vec<&Criterion>)> = Vec::new();
    for (number, criterion) in report.rules.criteria.iter().enumerate() {
        let is_missing =
            |trace: &&Trace<'_>| trace.contributions.get(number).is_some_and(|part| part.missing.is_some());
        let without = report.traces.iter().filter(is_missing);
        let names: Vec<String> = without.map(|trace| trace.candidate.title.clone()).collect();
        let stand_in =
            report.traces.iter().filter_map(|trace| trace.contributions.get(number)).find_map(gaps::stand_in);
        let stand_in = stand_in.unwrap_or_default();
        match found.iter_mut().find(|(others, other, _)| (others, other) == (&names, &stand_in)) {
            Some((.., alike)) => alike.push(criterion),
            None if !names.is_empty() => found.push((names, stand_in, vec![criterion])),
            None => {}
        }
    }
    found.sort_by_key(|(names, ..)| std::cmp::Reverse(names.len()));
    let row = |(names, stand_in, alike): (Vec<String>, String, Vec<&Criterion>)| {
        let titles: Vec<String> = alike.iter().map(|criterion| lower_title(&criterion.title)).collect();
        MissingRow {
            adds: adds(&alike, report),
            ask: ask(&alike, report),
            title: upper_first(&listed(&titles)),
            count: names.len().to_string(),
            stand_in: upper_first(&stand_in),
            whom: match names.len() == report.traces.len() {
                true => format!("all {}", so_many(names.len(), one, many)),
                false if names.len() <= MOST_TITLES => side_by_side(&names),
                false if report.traces.len() - names.len() <= MOST_TITLES => {
                    let others = report.traces.iter().map(|trace| trace.candidate.title.clone());
                    let others: Vec<String> = others.filter(|title| !names.contains(title)).collect();
                    format!("all but {}", side_by_side(&others))
                }
                false => first_side_by_side(&names, 1),
            },
        }
    };
    found.into_iter().map(row).collect()
}

/// The most that an answer to one of the questions of a row could bring to anybody with a total, that it would give one, or that nobody
/// who lacks it has a total; none where nothing bounds it.
fn adds(alike: &[&Criterion], report: &RankedAssessment<'_>) -> Option<String> {
    if alike.iter().all(|criterion| criterion.if_missing() == Treatment::Refuse) {
        return Some("A place in the list".to_owned());
    }
    let is_one = |part: &&Contribution<'_>| alike.iter().any(|criterion| criterion.id == part.criterion.id);
    let ranked = report.traces.iter().filter(|trace| trace.total.is_some());
    let lacking: Vec<&Contribution<'_>> = ranked.flat_map(gaps::missing).filter(is_one).collect();
    if lacking.is_empty() {
        return Some("None ranked".to_owned());
    }
    let most = lacking.into_iter().filter_map(room).reduce(f64::max)?;
    Some(format!("Up to {}", Shown::new(report.rules).part(most)))
}

/// Whom to ask for evidence that those questions read, each once.
fn ask(alike: &[&Criterion], report: &RankedAssessment<'_>) -> Option<String> {
    let mut whom: Vec<String> = Vec::new();
    let read = alike.iter().flat_map(|criterion| &criterion.measure.reads);
    for ask in read.filter_map(|name| report.rules.evidence.get(name)?.ask.clone()) {
        if !whom.contains(&ask) {
            whom.push(ask);
        }
    }
    (!whom.is_empty()).then(|| upper_first(&side_by_side(&whom)))
}
