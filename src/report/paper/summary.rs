//! The paper's first page: what was found, how sure that is, what gates did.

use super::words::{MAX_NAMED, rank_of, shortened};
use crate::explain::change::{Goal, PlaceChange, WeightChange, WeightsChange, of_which};
use crate::explain::standing_in_words;
use crate::ranked::RankedAssessment;
use crate::report::drawn::what_moved;
use crate::rules::Takes;
use crate::scoring::{Fixed, Range, Standing, Trace};
use crate::sensitivity::acceptability::CandidateAcceptability;
use crate::words::{counted, listed, lower_title, number, with_noun};

/// What was found, in one sentence.
pub(super) fn headline(report: &RankedAssessment<'_>) -> String {
    let tier = first_tier(report);
    let all = counted(report.traces.len(), "candidate", "candidates");
    let first: Vec<&Trace<'_>> = with_standing(report, Standing::Tier(0)).collect();
    match &*first {
        [] => format!("Of {all}, none is in the top tier, {tier}."),
        [only] => format!("Of {all}, one is in the top tier, {tier}: {}.", name(only)),
        several => {
            format!("Of {all}, {} are in the top tier, {tier}: {}.", several.len(), names(several.iter().copied()))
        }
    }
}

/// How sure the list is, a sentence each.
pub(super) fn sureness(report: &RankedAssessment<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    let inside: Vec<&Trace<'_>> =
        with_standing(report, Standing::Tier(0)).filter(|trace| trace.overruling_gate().is_none()).collect();
    let lower_tiers = |trace: &&Trace<'_>| matches!(trace.standing, Standing::Tier(tier) if tier > 0);
    let outside: Vec<&Trace<'_>> = report.traces.iter().filter(lower_tiers).collect();
    let tier = first_tier(report);
    if let Some(line) = line(report) {
        let words = line_words(report, line);
        match report.rules.tiers.first().map(|tier| tier.takes) {
            Some(Takes::AtLeast(_)) => {
                sentences.push(could_reach(&outside, line, &words));
                sentences.push(could_fall(&inside, line, &line.trimmed(), &tier));
            }
            _ if outside.is_empty() => sentences.push(format!("{words}; no candidate is ranked outside it.")),
            _ => sentences.push(could_change_places(&inside, &outside, &words)),
        }
    }
    let answers: usize = report.traces.iter().map(|trace| trace.contributions.len()).sum();
    let missing: usize = report.traces.iter().map(|trace| super::gaps::missing(trace).count()).sum();
    let judged: usize = report.traces.iter().map(crate::report::judged).sum();
    sentences.push(format!(
        "Of {} to the questions, {} {} missing and {} {} on judgement alone.",
        counted(answers, "answer", "answers"),
        number_of(missing),
        if missing < 2 { "is" } else { "are" },
        number_of(judged),
        if judged < 2 { "rests" } else { "rest" },
    ));
    sentences
}

/// In how many draws of weights and evidence each candidate is among the first, where that was run, in a sentence.
fn drawn(report: &RankedAssessment<'_>) -> Option<String> {
    let (found, seed) = report.acceptability.as_ref()?;
    let mut accepted: Vec<&CandidateAcceptability> = found.candidates.iter().collect();
    accepted.sort_by(|a, b| b.in_top.total_cmp(&a.in_top));
    let told = accepted.iter().filter_map(|accepted| {
        let about = report.assessment.candidates.get(accepted.candidate)?;
        Some(format!("{} in {}%", about.title, number(accepted.in_top * 100.0, 0)))
    });
    let shares: f64 = found.candidates.iter().map(|accepted| accepted.in_top).sum();
    #[expect(clippy::cast_precision_loss, reason = "places of a list")]
    let equals = if shares > found.top_places as f64 + 1e-9 { ", equals counted for each," } else { "" };
    let weights = match report.rules.weights.can_move() {
        true => "weights around those of the rules and of ",
        false => "",
    };
    let each = if found.one_of_a_family { ", one for each family" } else { "" };
    let moved = what_moved(&found.evidence, true);
    let space = if moved.is_empty() { "" } else { " " };
    Some(format!(
        "In {} of {weights}what the evidence might have been (seed {seed}), among the first {} by total{each}{equals}: {}.{space}{moved}",
        counted_draws(found.draws),
        found.top_places,
        shortened(told.collect()),
    ))
}

#[expect(clippy::cast_precision_loss, reason = "ten million at most")]
fn counted_draws(draws: u64) -> String {
    with_noun(&number(draws as f64, 0), "draw", "draws")
}

/// What would change who is in the top tier, over all candidates whose changes were worked out, a sentence each.
pub(super) fn what_would_change(report: &RankedAssessment<'_>) -> Vec<String> {
    let tier = standing_in_words(Standing::Tier(0), report.rules);
    let tiers = |change: &&PlaceChange| matches!(change.goal, Goal::Enter | Goal::Leave);
    let of_trace = |trace| Some((trace, report.changes.get(Trace::id(trace))?.iter().find(tiers)?));
    let all: Vec<(&Trace<'_>, &PlaceChange)> = report.traces.iter().filter_map(of_trace).collect();
    if all.is_empty() {
        return drawn(report).into_iter().collect();
    }
    let mut sentences = vec![smallest_weight(&all, report, &tier), smallest_weights(&all, report, &tier)];
    for (goal, whom) in [(Goal::Leave, "any"), (Goal::Enter, "no")] {
        let of_goal = || all.iter().filter(|(_, change)| change.goal == goal);
        let held = of_goal().filter(|(_, change)| never(change).is_some());
        let held: Vec<&Trace<'_>> = held.map(|(trace, _)| *trace).collect();
        if !held.is_empty() {
            let which = of_which(of_goal().find_map(|(_, change)| never(change)?), report.rules);
            sentences.push(format!("Under {whom} weights{which}, in {tier}: {}.", names(held.into_iter())));
        }
    }
    sentences.extend(drawn(report));
    sentences
}

fn smallest_weight(all: &[(&Trace<'_>, &PlaceChange)], report: &RankedAssessment<'_>, tier: &str) -> String {
    let of_one = || all.iter().filter_map(|(trace, change)| Some((*trace, change.goal, change.weight.first()?)));
    let distance = |weight: &WeightChange| (weight.to.units() - weight.from.units()).abs();
    let Some((_, _, least)) = of_one().min_by_key(|(_, _, weight)| distance(weight)) else {
        return format!("No change to one weight alone that was tried alters what is in {tier}.");
    };
    let question = report.rules.weighed(least.criterion).map_or("", |(_, title)| title);
    let went: Vec<String> = of_one()
        .filter(|(_, _, weight)| *weight == least)
        .map(|(trace, goal, _)| format!("{} {}", name(trace), went(goal)))
        .collect();
    format!(
        "The smallest change to one weight that alters what is in {tier}: {} at {} instead of {}, the others in \
         proportion. Then {}.",
        lower_title(question),
        least.to.trimmed(),
        least.from.as_weight(),
        listed(&went),
    )
}

fn smallest_weights(all: &[(&Trace<'_>, &PlaceChange)], report: &RankedAssessment<'_>, tier: &str) -> String {
    let of_all = all.iter().filter_map(|(trace, change)| match &change.weights {
        WeightsChange::Found { moved, .. } => Some((trace, change.goal, *moved)),
        _ => None,
    });
    let scale = report.rules.scale;
    match of_all.min_by_key(|(_, _, moved)| *moved) {
        Some((trace, goal, moved)) => format!(
            "If weight moves between several questions, {} of {scale} alters what is in {tier}: {} {}{}.",
            moved.trimmed(),
            name(trace),
            went(goal),
            match known_least(all) {
                Some(least) if least >= moved => "; nothing less does".to_owned(),
                Some(least) => format!("; less than {} does not", least.trimmed()),
                None => "; whether less does is not known".to_owned(),
            }
        ),
        None if all.iter().any(|(_, change)| matches!(change.weights, WeightsChange::Unknown(_))) => {
            "What changing several weights at once would do was not worked out.".to_owned()
        }
        None => {
            let which = of_which(all.iter().find_map(|(_, change)| never(change)?), report.rules);
            format!("No set of weights{which} alters what is in {tier}.")
        }
    }
}

/// Up to how much moved weight nothing was found to do it, where no weights that were looked at do; within it none where all
/// were.
fn never(change: &PlaceChange) -> Option<Option<Fixed>> {
    match change.weights {
        WeightsChange::Impossible { looked_at } | WeightsChange::OnlyTied { looked_at } => Some(looked_at),
        _ => None,
    }
}

/// No weights that move less than this alter anything; none where that is not known.
fn known_least(all: &[(&Trace<'_>, &PlaceChange)]) -> Option<Fixed> {
    let mut known: Option<Fixed> = None;
    for (_, change) in all {
        let least = match &change.weights {
            WeightsChange::Found { least, .. } => (*least)?,
            WeightsChange::Impossible { looked_at } | WeightsChange::OnlyTied { looked_at } => match looked_at {
                Some(looked_at) if looked_at.units() == 0 => return None,
                Some(looked_at) => *looked_at,
                None => continue,
            },
            WeightsChange::Unknown(_) => return None,
        };
        known = Some(known.map_or(least, |known| known.min(least)));
    }
    known
}

fn went(goal: Goal) -> &'static str {
    if goal == Goal::Leave { "leaves it" } else { "comes in" }
}

/// What gates did, a sentence each.
pub(super) fn gates(report: &RankedAssessment<'_>) -> Vec<String> {
    let decided = report.traces.iter().filter_map(|trace| trace.placed_by().map(|gate| (trace, gate)));
    let told = decided.take(MAX_NAMED).map(|(trace, gate)| {
        let total = trace.total.map_or_else(String::new, |total| format!(" with {total}"));
        let rank = rank_of(trace.rank).map_or_else(String::new, |rank| format!(", {rank}{total}"));
        format!("{}{rank}: {}. {}", trace.candidate.title, gate.in_the_paper(), gate.reason)
    });
    let mut sentences: Vec<String> = told.collect();
    let all = report.traces.iter().filter(|trace| trace.placed_by().is_some()).count();
    if all > MAX_NAMED {
        sentences.push(format!("Gates decided on {} more.", counted(all - MAX_NAMED, "candidate", "candidates")));
    }
    sentences
}

/// Where the top tier ends, in words: `The last place in “Priority” went to 53.81`.
pub(super) fn line_words(report: &RankedAssessment<'_>, line: Fixed) -> String {
    let tier = first_tier(report);
    match report.rules.tiers.first().map(|tier| tier.takes) {
        Some(Takes::AtLeast(_)) => format!("{tier} begins at {}", line.trimmed()),
        _ => format!("The last place in {tier} went to {line}"),
    }
}

/// Where the top tier ends: its bound, or the lowest total that took a place without a gate.
pub(super) fn line(report: &RankedAssessment<'_>) -> Option<Fixed> {
    match report.rules.tiers.first()?.takes {
        Takes::AtLeast(bound) => Some(Fixed::new(bound, report.rules.decimals)),
        Takes::Places(_) => with_standing(report, Standing::Tier(0))
            .filter(|trace| trace.overruling_gate().is_none())
            .filter_map(|trace| trace.total)
            .min(),
        Takes::Rest => None,
    }
}

/// Places are taken from each other, so the line moves with those inside: what counts is whether ranges overlap.
fn could_change_places(inside: &[&Trace<'_>], outside: &[&Trace<'_>], words: &str) -> String {
    let lowest = inside.iter().filter_map(|trace| Some((ends(trace)?.0, *trace))).min_by_key(|(low, _)| *low);
    let highest = outside.iter().filter_map(|trace| Some((ends(trace)?.1, *trace))).max_by_key(|(high, _)| *high);
    let (Some((lowest, last)), Some((highest, best))) = (lowest, highest) else { return format!("{words}.") };
    let unknown = inside.iter().chain(outside).filter(|trace| trace.range.is_none()).count();
    let unknown = match unknown {
        0 => String::new(),
        many => format!(" No range is known of {}, which count as certain here.", counted(many, "total", "totals")),
    };
    if highest < lowest {
        return format!(
            "{words}, and by their ranges nothing outside it could take a place: {} could fall to {lowest}, and the \
             highest outside is {highest} ({}).{unknown}",
            name(last),
            name(best),
        );
    }
    let with_end = |trace: &&Trace<'_>, word: &str, end: Fixed| format!("{} ({word} {end})", name(trace));
    let falling = inside.iter().filter_map(|trace| Some((trace, ends(trace)?.0))).filter(|(_, low)| *low <= highest);
    let rising = outside.iter().filter_map(|trace| Some((trace, ends(trace)?.1))).filter(|(_, high)| *high >= lowest);
    format!(
        "{words}, but ranges overlap{}, so who is in it is not certain: {} inside, and {} outside.{unknown}",
        as_far_as_proven(&inside.iter().chain(outside).copied().collect::<Vec<_>>()),
        shortened(falling.map(|(trace, low)| with_end(trace, "down to", low)).collect()),
        shortened(rising.map(|(trace, high)| with_end(trace, "up to", high)).collect()),
    )
}

/// The lowest and the highest that its total could be; the total itself where nothing leaves room. None without a total.
fn ends(trace: &Trace<'_>) -> Option<(Fixed, Fixed)> {
    let range = trace.range.map(|range| (range.low, range.high));
    range.or_else(|| trace.total.map(|total| (total, total)))
}

/// ` (up to 63.86)`: a word for an end that could be, another for one that is only proven not to be passed.
fn end_in_brackets(trace: &Trace<'_>, [could_be, proven]: [&str; 2], end: fn(&Range) -> Fixed) -> String {
    trace.range.map_or_else(String::new, |range| {
        let word = if range.is_reached { could_be } else { proven };
        format!(" ({word} {})", end(&range))
    })
}

/// What is to be added where an end of one of these is only proven not to be passed.
fn as_far_as_proven(traces: &[&Trace<'_>]) -> &'static str {
    let has_bounds = traces.iter().any(|trace| trace.range.is_some_and(|range| !range.is_reached));
    if has_bounds { ", as far as is proven" } else { "" }
}

fn could_reach(outside: &[&Trace<'_>], line: Fixed, words: &str) -> String {
    let near: Vec<&Trace<'_>> =
        outside.iter().filter(|trace| trace.range.is_some_and(|range| range.high >= line)).copied().collect();
    let most = |trace: &Trace<'_>| {
        format!("{}{}", name(trace), end_in_brackets(trace, ["up to", "at most"], |range| range.high))
    };
    match &*near {
        [] => format!("{words}, and by its range nothing outside it could reach that."),
        near => format!(
            "{words}, and {} outside it could reach that{}: {}.",
            counted(near.len(), "candidate", "candidates"),
            as_far_as_proven(near),
            shortened(near.iter().map(|trace| most(trace)).collect()),
        ),
    }
}

fn could_fall(inside: &[&Trace<'_>], at: Fixed, words: &str, tier: &str) -> String {
    let near: Vec<&Trace<'_>> =
        inside.iter().filter(|trace| trace.range.is_some_and(|range| range.low < at)).copied().collect();
    let least = |trace: &Trace<'_>| {
        format!("{}{}", name(trace), end_in_brackets(trace, ["down to", "at least"], |range| range.low))
    };
    match &*near {
        [] => format!("By its range, nothing that is in {tier} by its points could fall below {words}."),
        near => format!(
            "Of those in {tier} by their points, {} could fall below {words}{}: {}.",
            near.len(),
            as_far_as_proven(near),
            shortened(near.iter().map(|trace| least(trace)).collect()),
        ),
    }
}

fn with_standing<'r, 'a>(report: &'r RankedAssessment<'a>, standing: Standing) -> impl Iterator<Item = &'r Trace<'a>> {
    report.traces.iter().filter(move |trace| trace.standing == standing)
}

/// The first tier's name as a sentence quotes it: a name can be a phrase of its own.
pub(super) fn first_tier(report: &RankedAssessment<'_>) -> String {
    format!("“{}”", standing_in_words(Standing::Tier(0), report.rules))
}

/// As filed: a title can be a proper name.
fn name(trace: &Trace<'_>) -> String {
    trace.candidate.title.clone()
}

fn names<'t, 'a: 't>(traces: impl Iterator<Item = &'t Trace<'a>>) -> String {
    shortened(traces.map(name).collect())
}

fn number_of(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}
