//! The first side: what is asked, how sure the answer is, what rules decided and what a wrong choice would cost.

use std::collections::BTreeMap;

use super::super::model::{Fact, FrontSide, RuleDecision, SureGroup, SureMember};
use super::alike::across_the_line;
use super::asks::asks;
use super::basis::{Amounts, Answers, Basis, made_up_share};
use super::first::first;
use super::shown::{
    Shown, first_sentence, first_side_by_side, in_words, nouns, of_a_hundred, ordinal, side_by_side, so_many, titles,
};
use super::status::status;
use super::sure::{Sureness, Surety, above_unknown, given};
use super::{printed, weights, without};
use crate::explain::{main_reasons, rank_nobody_in_words, standing_in_words};
use crate::ranked::RankedAssessment;
use crate::recompute::Recomputation;
use crate::scoring::{GateTrace, ScoringOutcome, Standing, Trace};
use crate::sensitivity::one_weight::ListThen;
use crate::sensitivity::redraw::EvidenceMoves;
use crate::words::{counted, listed, lower_title, upper_first, whole};

/// So many are told with a reason each; of more the titles stand together.
const MOST_WITH_REASON: usize = 6;
/// So many decisions of rules are told, and how many more there are.
const MOST_DECIDED: usize = 4;
/// A reason with more letters is told by its first sentence.
const MOST_LETTERS: usize = 240;
/// So many questions are named as those that carry a total.
const MOST_REASONS: usize = 3;

/// The first side.
pub(in crate::report::paper) fn front_side(
    report: &RankedAssessment<'_>,
    sure: &Sureness,
    recomputed: &Recomputation,
) -> FrontSide {
    let (_, many) = nouns(report);
    let count = report.traces.len();
    let mut decided = decided(report);
    let more_decided = decided.len().saturating_sub(MOST_DECIDED);
    decided.truncate(MOST_DECIDED);
    let facts = facts(report);
    FrontSide {
        question: format!("Which {many} should come first?"),
        about: format!(
            "{} {many}, ranked for {}.",
            upper_first(&if count > 10 { whole(count) } else { in_words(count) }),
            report.assessment.period
        ),
        not_filed: facts.iter().any(|fact| fact.value.is_none()),
        facts,
        status: status(report),
        asks: asks(report, sure),
        first: first(report),
        heading: heading(report, sure),
        groups: groups(report, sure, recomputed),
        alike: across_the_line(report),
        how: how(report, sure),
        decided,
        more_decided,
        cost: cost(report, sure),
    }
}

fn facts(report: &RankedAssessment<'_>) -> Vec<Fact> {
    let filed = &report.assessment.committee;
    let fact = |label, value: &Option<String>| Fact { label, value: value.clone() };
    vec![
        fact("For", &filed.purpose),
        fact("Meeting", &filed.meeting),
        fact("Written by", &filed.author),
        fact("Questions to", &filed.contact),
        fact("Status", &filed.status),
    ]
}

fn heading(report: &RankedAssessment<'_>, sure: &Sureness) -> String {
    let count = |surety| sure.those(surety, &report.traces).len();
    let open = match sure.open_places(report) {
        Some(places) => places,
        None => count(Surety::Open),
    };
    let counts = [
        (given(report).len(), "given by a rule"),
        (count(Surety::Secure), "secure"),
        (count(Surety::Probable), "probable"),
        (open, "open"),
    ];
    let mut told: Vec<String> = Vec::new();
    for (count, word) in counts.into_iter().filter(|(count, _)| *count > 0) {
        let places = if told.is_empty() { so_many(count, "place", "places") } else { in_words(count) };
        told.push(format!("{places} {word}"));
    }
    let unknown = above_unknown(report, sure).len();
    match told.is_empty() {
        true => match report.rules.tiers.len() {
            2.. if unknown > 0 => format!(
                "{} {} a place, and nothing says how sure that is",
                upper_first(&in_words(unknown)),
                if unknown == 1 { "has" } else { "have" }
            ),
            1 => "The rules draw no line between priorities and the rest".to_owned(),
            _ => "No place is open".to_owned(),
        },
        false if has_made_up(report) => format!("If made-up scores hold: {}", listed(&told)),
        false => upper_first(&listed(&told)),
    }
}

fn has_made_up(report: &RankedAssessment<'_>) -> bool {
    Answers::of(report.traces.iter()).made_up > 0
}

fn groups(report: &RankedAssessment<'_>, sure: &Sureness, recomputed: &Recomputation) -> Vec<SureGroup> {
    let all: usize = Surety::TOLD.iter().map(|surety| sure.those(*surety, &report.traces).len()).sum();
    let group = |(surety, blocks): (Surety, u8)| {
        let those = sure.those(surety, &report.traces);
        let member = |trace: &&Trace<'_>| SureMember {
            title: trace.candidate.title.clone(),
            because: if all > MOST_WITH_REASON { String::new() } else { because(trace, report, sure, recomputed) },
        };
        (!those.is_empty()).then(|| SureGroup {
            word: match those.iter().any(|trace| made_up_share(trace).is_some()) {
                true => format!("{} if made-up scores hold", surety.word()),
                false => surety.word().to_owned(),
            },
            blocks,
            rule: rule(surety, report, sure),
            sentence: open_sentence(surety, those.len(), report, sure),
            members: those.iter().map(member).collect(),
        })
    };
    Surety::TOLD.into_iter().zip([3, 2, 1]).filter_map(group).collect()
}

fn rule(surety: Surety, report: &RankedAssessment<'_>, sure: &Sureness) -> String {
    let limits = report.rules.sure;
    match (surety, sure.by_draws) {
        (Surety::Secure, true) => format!("a place in {} or more of 100 trial runs", limits.secure),
        (Surety::Probable, true) => format!("in {} to {} of 100", limits.probable, limits.secure - 1),
        (_, true) => format!("in {} to {} of 100", limits.open, limits.probable - 1),
        (Surety::Secure, false) => "keeps its place even at its lowest".to_owned(),
        (_, false) => "its range crosses the line".to_owned(),
    }
}

fn open_sentence(surety: Surety, count: usize, report: &RankedAssessment<'_>, sure: &Sureness) -> Option<String> {
    let (one, many) = nouns(report);
    let places = sure.open_places(report).filter(|places| surety == Surety::Open && *places < count)?;
    Some(match places {
        0 => format!("{} more could have a place instead of another.", upper_first(&so_many(count, one, many))),
        places => {
            format!("{} for {}.", upper_first(&so_many(count, one, many)), so_many(places, "place", "places"))
        }
    })
}

/// Why its place is so sure, and what most of its points are for.
fn because(trace: &Trace<'_>, report: &RankedAssessment<'_>, sure: &Sureness, recomputed: &Recomputation) -> String {
    let shown = Shown::new(report.rules);
    let place = sure.of(trace);
    let told = match (place.filter(|_| sure.by_draws).and_then(|place| place.runs), trace.total) {
        (Some(runs), _) => format!("Has a place in {} of 100 runs.", of_a_hundred(runs)),
        (None, Some(total)) => match shown.range(trace) {
            Some(range) => format!("Has {} points; could be {range}.", shown.points(total)),
            None => format!("Has {} points.", shown.points(total)),
        },
        (None, None) => String::new(),
    };
    let doubtful = printed::doubtful(trace, recomputed)
        .map_or_else(String::new, |questions| format!(" In doubt, by a printed figure: {questions}."));
    let weight = nearest_weight_out(trace, report);
    format!("{told}{}{}{doubtful}{weight}", most_points(trace, shown), made_up(trace, report)).trim().to_owned()
}

/// The questions that carry its total; with their points where those add up to it.
fn most_points(trace: &Trace<'_>, shown: Shown) -> String {
    let reasons = main_reasons(trace, MOST_REASONS);
    if reasons.is_empty() {
        return String::new();
    }
    let title = |part: &crate::scoring::Contribution<'_>| lower_title(&part.criterion.title);
    if Amounts::of(std::iter::once(trace)).of_points {
        let part = |part: &&crate::scoring::Contribution<'_>| format!("{} {}", title(part), shown.points(part.points));
        return format!(" Most points: {}.", listed(&reasons.iter().map(part).collect::<Vec<_>>()));
    }
    let titles: Vec<String> = reasons.iter().map(|part| title(part).trim_end_matches('?').to_owned()).collect();
    format!(" What carries it most: {}.", listed(&titles))
}

/// How much of it is made up, and what would become of it without; empty where nothing is.
fn made_up(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> String {
    let how_much = how_much_is_made_up(trace, Shown::new(report.rules));
    match without::of_one(trace, report).filter(|_| !how_much.is_empty()) {
        Some(what) => format!(" {how_much}; without any made-up score {what}."),
        None if how_much.is_empty() => String::new(),
        None => format!(" {how_much}."),
    }
}

/// How much of it is made up; empty where nothing is.
fn how_much_is_made_up(trace: &Trace<'_>, shown: Shown) -> String {
    let amounts = Amounts::of(std::iter::once(trace));
    let (made_up, all) = (amounts.amount(Basis::MadeUp), amounts.total());
    if made_up <= 0.0 {
        return String::new();
    }
    if amounts.of_points {
        return format!("Made up: {} of {} points", shown.part(made_up), shown.part(all));
    }
    let answers = Answers::of(std::iter::once(trace));
    let given = counted(answers.given(), "answer", "answers");
    if answers.made_up == answers.given() {
        return format!("Made up: all its {given}");
    }
    format!("Made up: {} of its {given}", answers.made_up)
}

/// The nearest of the weights that were worked out by which it would lose its place; empty where none is known.
fn nearest_weight_out(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> String {
    let number = report.assessment.candidate_number(&trace.candidate.id);
    let limits = report.one_weight.iter().flat_map(|found| &found.limits).filter_map(|limits| limits.top.as_ref());
    let leaves = limits.filter(|then| number.is_some_and(|number| then.leaves.contains(&number)));
    let Some(then) = ListThen::nearest(leaves) else { return String::new() };
    format!(" Out with {}.", weights::counting_for(then, report))
}

fn how(report: &RankedAssessment<'_>, sure: &Sureness) -> Vec<String> {
    let mut told = Vec::new();
    let unknown = sure.unknown(&report.traces);
    if !unknown.is_empty() && report.rules.tiers.len() > 1 {
        told.push(format!(
            "Of {} no range is known, since an answer is missing that has no highest value: they stand in no group.",
            if unknown.len() == report.traces.len() {
                "all".to_owned()
            } else {
                first_side_by_side(&titles(unknown), MOST_WITH_REASON)
            }
        ));
    }
    match &report.acceptability {
        Some((found, _)) => {
            let draws = whole(usize::try_from(found.draws).unwrap_or(usize::MAX));
            told.push(match report.rules.weights.can_move() {
                true => format!(
                    "In each of {draws} trial runs the weights{} and the figures within their ranges.",
                    moved(report)
                ),
                false => format!(
                    "In each of {draws} trial runs the figures were moved within their ranges; the weights can’t move."
                ),
            });
            told.extend(what_moved(found.evidence));
            if !sure.by_draws {
                told.push("The rules have no fixed number of places, so these groups come from the ranges.".to_owned());
            } else if report.traces.iter().any(|trace| trace.overruling_gate().is_some()) {
                told.push("Runs count points alone; what rules decided is below.".to_owned());
            }
        }
        None if sure.is_empty() => told.push("No trial runs were made.".to_owned()),
        None => told.push(
            "No trial runs were made: these groups come from the ranges of the evidence, by the weights as they are. Each is \
             taken at its lowest or highest while all others stand where they are."
                .to_owned(),
        ),
    }
    if has_made_up(report) {
        told.push("None of this says how sure a made-up score is.".to_owned());
    }
    let within = sure.within_families(&report.traces);
    let one =
        |trace: &&Trace<'_>| format!("{} that of {}", trace.candidate.title, sure.holder(trace).unwrap_or_default());
    if !within.is_empty() {
        let each: Vec<String> = within.iter().take(MOST_WITH_REASON).map(one).collect();
        told.push(format!(
            "A part and its whole have one place together, so these could take no other: {}.",
            listed(&each)
        ));
    }
    told
}

/// What else was drawn, and what was held still, for which nothing says how else it might be.
fn what_moved(moves: EvidenceMoves) -> Vec<String> {
    let both = |missing: usize, judges: usize| {
        let counted = [
            (missing, counted(missing, "missing answer", "missing answers")),
            (judges, counted(judges, "score by one person", "scores by one person")),
        ];
        counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| told).collect::<Vec<_>>()
    };
    let drawn = both(moves.missing_drawn, moves.judges_drawn);
    let held = both(moves.missing_held, moves.judges_held);
    let drawn = (!drawn.is_empty()).then(|| format!("Drawn as well: {}.", listed(&drawn)));
    let held =
        (!held.is_empty()).then(|| format!("Held still: {}, so places look surer here than they are.", listed(&held)));
    drawn.into_iter().chain(held).collect()
}

/// How widely weights were moved, by the heaviest and the lightest: ` were moved (mostly 25 to between 16 and 36, and 10 to between
/// 4 and 18)`.
fn moved(report: &RankedAssessment<'_>) -> String {
    let one = |(weight, low, high): &(String, String, String)| format!("{weight} to between {low} and {high}");
    match &*weights::stretches(report) {
        [] => " were moved".to_owned(),
        [only] => format!(" were moved (nine times in ten {})", one(only)),
        [heaviest, .., lightest] => {
            format!(" were moved (nine times in ten {}, and {})", one(heaviest), one(lightest))
        }
    }
}

/// What gates decided on places, the same decision of several in one, and apart from those of whom it can't be done.
fn decided(report: &RankedAssessment<'_>) -> Vec<RuleDecision> {
    let without = report.ranking.outcome_without_gates();
    let mut by_gate: BTreeMap<(usize, String, bool), Vec<&Trace<'_>>> = BTreeMap::new();
    for trace in &report.traces {
        let Some(gate) = trace.placed_by() else { continue };
        let order = report.rules.gates.iter().position(|it| it.id == gate.id).unwrap_or(0);
        let is_ranked = trace.standing != Standing::NotRanked;
        by_gate.entry((order, gate.reason.clone(), is_ranked)).or_default().push(trace);
    }
    let told = |traces: &Vec<&Trace<'_>>| {
        let gate = traces.first()?.placed_by()?;
        Some(RuleDecision {
            what: format!("{} {}", side_by_side(&titles(traces.iter().copied())), became(gate, traces)),
            reason: first_sentence(&gate.reason, MOST_LETTERS, "its sheet in the annex"),
            effect: effect(gate, traces, report, &without),
            sources: sources(traces, report),
        })
    };
    let by_rule = [one_place_for_a_family(report), too_little_is_known(report)];
    by_rule.into_iter().flatten().chain(by_gate.values().filter_map(told)).collect()
}

/// That some are not ranked for too little evidence, and what that changes; none where nobody is.
fn too_little_is_known(report: &RankedAssessment<'_>) -> Option<RuleDecision> {
    let aside: Vec<&Trace<'_>> = report.traces.iter().filter(|trace| trace.too_little.is_some()).collect();
    let found = aside.first()?.too_little?;
    let without = report.ranking.outcome_with_too_little()?;
    let would_be_ranked = |trace: &&&Trace<'_>| {
        let number = report.assessment.candidate_number(&trace.candidate.id);
        number.is_some_and(|number| without.total(number).is_some())
    };
    let aside: Vec<&Trace<'_>> = aside.iter().filter(would_be_ranked).copied().collect();
    let is = if aside.len() == 1 { "is" } else { "are" };
    (!aside.is_empty()).then(|| RuleDecision {
        what: format!("{} {is} not ranked", side_by_side(&titles(aside.iter().copied()))),
        reason: format!("{}.", rank_nobody_in_words(found)),
        effect: places_changed(report, &without, "this rule"),
        sources: Vec::new(),
    })
}

/// Who would have a place, and who would not, without something that decided.
fn places_changed(report: &RankedAssessment<'_>, without: &ScoringOutcome, what: &str) -> String {
    let moved = |now: bool| {
        let is_moved = |trace: &&Trace<'_>| {
            let then = report.assessment.candidate_number(&trace.candidate.id).map(|it| without.standing(it));
            (trace.standing == Standing::Tier(0)) == now && (then == Some(Standing::Tier(0))) != now
        };
        side_by_side(&titles(report.traces.iter().filter(is_moved)))
    };
    let (gain, lose) = (moved(false), moved(true));
    match (gain.is_empty(), lose.is_empty()) {
        (true, true) => format!("Without {what} the same would have places."),
        (true, false) => format!("Without {what} {lose} would have no place."),
        (false, true) => format!("Without {what} {gain} would have a place, too."),
        (false, false) => format!("Without {what} {gain} would have a place, and {lose} would not."),
    }
}

/// That a part and its whole take one place together, where somebody goes without one for it.
fn one_place_for_a_family(report: &RankedAssessment<'_>) -> Option<RuleDecision> {
    let first = report.rules.tiers.first()?;
    let passed_over = |trace: &Trace<'_>| {
        let passed = trace.passed_over.filter(|passed| passed.tier.id == first.id)?;
        Some(format!("{} has that of {}", passed.by.title, trace.candidate.title))
    };
    let aside: Vec<String> = report.traces.iter().filter_map(passed_over).collect();
    (!aside.is_empty()).then(|| RuleDecision {
        what: "A part and its whole take one place together".to_owned(),
        reason: format!("{}.", listed(&aside)),
        effect: places_changed(report, &report.ranking.outcome_without_families(), "this rule"),
        sources: Vec::new(),
    })
}

fn became(gate: &GateTrace<'_>, traces: &[&Trace<'_>]) -> String {
    let (is, has) = match traces {
        [only] if only.standing != Standing::NotRanked => ("is", "stands"),
        [first, ..] if first.standing != Standing::NotRanked => ("are", "stand"),
        _ => ("would be", "would stand"),
    };
    match gate.tier {
        Some(tier) => format!("{has} no lower than “{}”", tier.title),
        None if gate.effect.includes() => format!("{is} in"),
        None => format!("{is} {}", gate.effect.words().in_old_rules),
    }
}

/// Whether it took a place, and whether it changed anything.
fn effect(
    gate: &GateTrace<'_>,
    traces: &[&Trace<'_>],
    report: &RankedAssessment<'_>,
    without: &ScoringOutcome,
) -> String {
    let otherwise = |trace: &Trace<'_>| {
        report.assessment.candidate_number(&trace.candidate.id).map(|number| without.standing(number))
    };
    let first = Standing::Tier(0);
    if traces.iter().all(|trace| trace.total.is_none()) {
        let (have, is) = if traces.len() == 1 { ("It has", "it is") } else { ("They have", "they are") };
        return match traces.iter().any(|trace| trace.standing == Standing::NotRanked) {
            true => format!("{have} no points, so {is} not ranked and this gave no place."),
            false => format!("{have} no points, so this changed nothing in the list."),
        };
    }
    if let Some(tier) = gate.tier {
        let from: Vec<String> =
            traces.iter().filter_map(|trace| Some(standing_in_words(otherwise(trace)?, report.rules))).collect();
        return format!("By points it would be: {} (not “{}”).", listed(&from), tier.title);
    }
    let would: Vec<&Trace<'_>> = traces.iter().filter(|trace| otherwise(trace) == Some(first)).copied().collect();
    let place = |trace: &Trace<'_>| {
        trace.rank.map_or_else(String::new, |rank| format!("It stands {} by points", ordinal(rank)))
    };
    if gate.effect.includes() {
        if would.len() == traces.len() {
            let own = match traces {
                [only] => place(only),
                _ => "They have places by points".to_owned(),
            };
            return format!("{own} too, so this took nobody’s place.");
        }
        let displaced: Vec<&Trace<'_>> = report
            .traces
            .iter()
            .filter(|trace| {
                otherwise(trace) == Some(first) && trace.standing != first && trace.overruling_gate().is_none()
            })
            .collect();
        return match displaced.is_empty() {
            true => "By points there would be no place for all of them; nobody else lost one.".to_owned(),
            false => format!("Without rules that give places, {} would have one.", side_by_side(&titles(displaced))),
        };
    }
    match (would.is_empty(), traces) {
        (true, [only]) => format!("{} and would have no place, so this changed nothing.", place(only)),
        (true, _) => "By points they would have no place, so this changed nothing.".to_owned(),
        (false, _) => format!("By points {} would have a place.", side_by_side(&titles(would))),
    }
}

/// Where the evidence stands that the gate decided by: each document with its places, each once.
fn sources(traces: &[&Trace<'_>], report: &RankedAssessment<'_>) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for cited in traces.iter().filter_map(|trace| trace.placed_by()).flat_map(|gate| &gate.evidence) {
        let document = cited.origin.source.as_ref().and_then(|id| report.assessment.sources.get(id));
        let title = match document {
            Some(document) if document.title == report.assessment.title => "this assessment".to_owned(),
            Some(document) => document.title.clone(),
            None => String::new(),
        };
        let at = found.iter().position(|(known, _)| *known == title).unwrap_or_else(|| {
            found.push((title, Vec::new()));
            found.len() - 1
        });
        if let Some((_, places)) = found.get_mut(at) {
            places.extend(cited.origin.place.clone().filter(|place| !places.contains(place)));
        }
    }
    let told = |(title, places): &(String, Vec<String>)| {
        let all: Vec<&str> = std::iter::once(&**title).chain(places.iter().map(String::as_str)).collect();
        all.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    };
    found.iter().map(told).filter(|told| !told.is_empty()).collect()
}

fn cost(report: &RankedAssessment<'_>, sure: &Sureness) -> Vec<String> {
    let open = sure.those(Surety::Open, &report.traces);
    let mut told = Vec::new();
    let places = sure.open_places(report);
    match (open.len(), places) {
        (0, _) if above_unknown(report, sure).is_empty() => {
            told.push("no place is open, as far as these groups tell.".to_owned());
        }
        (0, _) => told.push("nothing says how sure the list is.".to_owned()),
        (count, Some(places)) if places < count => {
            let left = count - places;
            let goes = if left == 1 { "goes" } else { "go" };
            told.push(format!(
                "{} of the open {} {goes} without a place.",
                upper_first(&in_words(left)),
                in_words(count)
            ));
        }
        _ => {}
    }
    let (with, without): (Vec<&Trace<'_>>, Vec<&Trace<'_>>) =
        open.into_iter().partition(|trace| trace.candidate.meanwhile.is_some());
    if !with.is_empty() {
        told.push(format!("Work goes on either way on {}.", first_side_by_side(&titles(with), MOST_WITH_REASON)));
    }
    if !without.is_empty() {
        told.push(format!("No work is filed on {}.", first_side_by_side(&titles(without), MOST_WITH_REASON)));
    }
    told
}
