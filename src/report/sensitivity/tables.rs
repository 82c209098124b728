//! The tables that every view shows, and the words round them.

use crate::report::drawn::what_moved;
pub(super) use crate::report::section::{Section, SectionCell};
use crate::rules::{RuleSet, Takes};
use crate::scoring::{Fixed, Ranking};
use crate::sensitivity::Sensitivity;
use crate::sensitivity::acceptability::{CandidateAcceptability, Variation};
use crate::sensitivity::stability::{RangeEnd, StableRange};
use crate::sensitivity::weights::WeightDistribution;
use crate::words::{counted, fixed, listed, upper_first, whole, with_noun};

/// How many columns of places fit beside a title in a terminal.
const MAX_PLACES: usize = 9;
/// How many lines of a long list are shown.
const MAX_LINES: usize = 100;

/// A part of the draws, shaded.
fn shaded(part: f64) -> SectionCell {
    SectionCell { text: percent(part), part: Some(part), link: None }
}

/// What was asked, in lines.
pub(super) fn header(ranking: &Ranking<'_>, found: &Sensitivity) -> Vec<String> {
    let (assessment, rules) = (ranking.assessment, ranking.rules);
    let draws = usize::try_from(found.settings.draws).map_or_else(|_| String::new(), whole);
    let draws = with_noun(&draws, "draw", "draws");
    let mut lines = vec![
        assessment.partnership.clone(),
        format!("{}, {}", assessment.title, assessment.period),
        format!("Ranked by: {}, version {}", rules.name, rules.version),
        format!("{draws}, seed {}; what varies: {}", found.settings.seed, moves(found)),
    ];
    let moved = what_moved(&found.acceptability.evidence, found.variation.moves_evidence());
    lines.extend(Some(moved).filter(|moved| !moved.is_empty()));
    lines
}

fn moves(found: &Sensitivity) -> String {
    let of = |space: &crate::sensitivity::weights::WeightSpace| {
        let middle = match space.distribution() {
            WeightDistribution::Uniform => "any weights, all equally likely".to_owned(),
            WeightDistribution::Around { concentration, .. } => {
                format!("weights around those of the rules, concentration {concentration}")
            }
        };
        if space.is_bounded() { format!("{middle}, within the bounds and orders of the file") } else { middle }
    };
    let evidence = "evidence, redrawn from its own distributions";
    match &found.variation {
        Variation::Weights(space) if !space.can_move() => format!("nothing: {NO_WEIGHT_MOVES}"),
        Variation::Both(space) if !space.can_move() => format!("{evidence}; {NO_WEIGHT_MOVES}"),
        Variation::Weights(space) => of(space),
        Variation::Evidence => evidence.to_owned(),
        Variation::Both(space) => format!("{}; {evidence}", of(space)),
    }
}

/// Why drawing weights says nothing.
const NO_WEIGHT_MOVES: &str = "no weight can move, because none shares a whole with another";

/// A section with its table for each question that was answered, in order.
pub(super) fn sections(ranking: &Ranking<'_>, found: &Sensitivity) -> Vec<Section> {
    let moves = found.moves();
    let all = [
        Some(if moves { places(ranking, found) } else { nothing_moves() }),
        central(ranking, found).filter(|_| !found.variation.holds_all_weights()),
        stability(ranking, found).filter(|section| !section.rows.is_empty()),
        methods(ranking, found),
        Some(without_criteria(ranking, found)).filter(|section| !section.rows.is_empty()),
        without_candidates(ranking, found),
    ];
    all.into_iter().flatten().collect()
}

fn title<'r>(ranking: &Ranking<'r>, candidate: usize) -> &'r str {
    ranking.assessment.candidates.get(candidate).map_or("", |candidate| &candidate.title)
}

fn titles(ranking: &Ranking<'_>, candidates: &[usize]) -> String {
    listed(&candidates.iter().map(|it| title(ranking, *it).to_owned()).collect::<Vec<_>>())
}

fn question(rules: &RuleSet, criterion: usize) -> &str {
    rules.weighed(criterion).map_or("", |(_, title)| title)
}

/// A part of the draws as a whole percentage, and zero told apart from nearly zero.
fn percent(part: f64) -> String {
    match part {
        0.0 => "·".to_owned(),
        1.0 => "100".to_owned(),
        part if part < 0.005 => "<1".to_owned(),
        part if part >= 0.995 => ">99".to_owned(),
        part => fixed(part * 100.0, 0),
    }
}

/// What draws say in which nothing can move.
fn nothing_moves() -> Section {
    Section {
        title: "Where each candidate comes".to_owned(),
        about: format!(
            "{}. Every draw is the list as it is, and says nothing of who can be told apart: vary the evidence.",
            upper_first(NO_WEIGHT_MOVES)
        ),
        headings: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        wordy: 0,
    }
}

fn places(ranking: &Ranking<'_>, found: &Sensitivity) -> Section {
    let candidates = &found.acceptability.candidates;
    let stretches = stretches(candidates.len());
    let short = candidates.iter().all(|accepted| accepted.places.is_some());
    let each = if found.acceptability.one_of_a_family { ", one for each family" } else { "" };
    let put = match short {
        true => "each candidate in each place".to_owned(),
        false => format!("each candidate among the first {}{each}", found.acceptability.top_places),
    };
    let mut headings: Vec<String> = vec![String::new(), "mean".into(), "5–95%".into()];
    match short {
        true => headings.extend(stretches.iter().map(|(from, to)| named(*from, *to))),
        false => headings.push(format!("top {}", found.acceptability.top_places)),
    }
    let row = |accepted: &CandidateAcceptability| {
        let [low, _, high] = accepted.rank_quantiles;
        let mut cells = vec![
            SectionCell::text(title(ranking, accepted.candidate)),
            SectionCell::text(fixed(accepted.mean_rank, 1)),
            SectionCell::text(format!("{low}–{high}")),
        ];
        match &accepted.places {
            Some(places) => cells.extend(
                stretches
                    .iter()
                    .map(|(from, to)| shaded(places.iter().skip(from - 1).take(to + 1 - from).sum::<f64>().min(1.0))),
            ),
            None => cells.push(shaded(accepted.in_top)),
        }
        cells
    };
    let mut notes: Vec<String> = found
        .tied
        .iter()
        .map(|group| {
            let [first, last] = [group.first(), group.last()].map(|it| it.map_or("", |it| title(ranking, *it)));
            format!(
                "From {first} to {last}, {} can't be told apart: wherever a line is drawn between them, a candidate \
                 above it is ahead of one below it in no more than 95% of the draws.",
                counted(group.len(), "candidate", "candidates")
            )
        })
        .collect();
    if short && found.tied.is_empty() {
        notes.push("All can be told apart: of any two, one is ahead in more than 95% of the draws.".to_owned());
    }
    let is_shared = |place: usize| {
        let share = |it: &CandidateAcceptability| it.places.as_ref()?.get(place).copied();
        candidates.iter().filter_map(share).sum::<f64>() > 1.0 + 1e-9
    };
    if (0..candidates.len()).any(is_shared) {
        notes.push(
            "Equals share the better place, so the percentages of a place may add up to more than 100.".to_owned(),
        );
    }
    if candidates.len() > MAX_LINES {
        notes.push(format!("The first {MAX_LINES} of {} are shown; the JSON has all.", whole(candidates.len())));
    }
    Section {
        title: "Where each candidate comes".to_owned(),
        about: format!(
            "Mean rank, the range of ranks in the middle 90% of the draws, and the percentage of draws that put {put}; · is \
             none of them."
        ),
        headings,
        rows: candidates.iter().take(MAX_LINES).map(row).collect(),
        notes,
        wordy: 0,
    }
}

/// Places, one each at the top, and the rest in stretches of about as many.
fn stretches(places: usize) -> Vec<(usize, usize)> {
    if places <= MAX_PLACES {
        return (1..=places).map(|place| (place, place)).collect();
    }
    let alone = MAX_PLACES - 3;
    let mut stretches: Vec<(usize, usize)> = (1..=alone).map(|place| (place, place)).collect();
    let rest = places - alone;
    let mut from = alone + 1;
    for part in 1..=3 {
        let to = alone + rest * part / 3;
        if to >= from {
            stretches.push((from, to));
            from = to + 1;
        }
    }
    stretches
}

fn named(from: usize, to: usize) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// The weights of those that can come first.
fn central(ranking: &Ranking<'_>, found: &Sensitivity) -> Option<Section> {
    let scale = f64::from(ranking.rules.scale);
    let row = |accepted: &CandidateAcceptability| {
        let weights = accepted.central_weights.as_ref()?;
        let told = weights.iter().enumerate().filter(|(at, _)| !ranking.rules.weighs_beside(*at));
        let told = told.map(|(at, part)| format!("{} {}", question(ranking.rules, at), fixed(part * scale, 1)));
        Some(vec![
            SectionCell::text(title(ranking, accepted.candidate)),
            shaded(accepted.places.as_ref()?.first().copied()?),
            shaded(accepted.confidence?),
            SectionCell::text(told.collect::<Vec<_>>().join(", ")),
        ])
    };
    let rows: Vec<Vec<SectionCell>> = found.acceptability.candidates.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Section {
        title: "Which weights put which candidate first".to_owned(),
        about: "First: the percentage of draws that put it first. Central weights: the mean of the weights that did. Sure: the \
                percentage that put it first with exactly these central weights, while everything else varies."
            .to_owned(),
        headings: ["", "first", "sure", "central weights"].map(str::to_owned).into(),
        rows,
        notes: Vec::new(),
        wordy: 1,
    })
}

fn stability(ranking: &Ranking<'_>, found: &Sensitivity) -> Option<Section> {
    let stable = found.stability.as_ref()?;
    let whole = Fixed::new(ranking.rules.weights.whole(), ranking.rules.fine_decimals());
    let between = |stretch: &StableRange| {
        let end =
            |end: &Option<RangeEnd>, other: &str| end.as_ref().map_or(other.to_owned(), |end| end.last_same.trimmed());
        format!("{}–{}", end(&stretch.lower, "0"), end(&stretch.upper, &whole.trimmed()))
    };
    let rows = stable.iter().map(|it| {
        vec![
            SectionCell::text(question(ranking.rules, it.criterion)),
            SectionCell::text(it.weight.as_weight()),
            SectionCell::text(between(&it.order)),
            SectionCell::text(between(&it.first)),
            SectionCell::text(between(&it.top)),
        ]
    });
    let said = |what: &str, criterion: usize, end: &Option<RangeEnd>| {
        let end = end.as_ref()?;
        let who = title(ranking, end.candidate?);
        Some(format!("{} at {}: {who} {what}.", question(ranking.rules, criterion), end.first_changed.trimmed()))
    };
    let mut notes: Vec<String> = Vec::new();
    for it in stable {
        for end in [&it.first.lower, &it.first.upper] {
            notes.extend(said("comes first", it.criterion, end));
        }
        for end in [&it.top.lower, &it.top.upper] {
            notes.extend(said("enters or leaves the top tier", it.criterion, end));
        }
    }
    Some(Section {
        title: "How far each weight can move alone".to_owned(),
        about: "The others keep their proportions. Within these limits no weight that was tried changes anything; the next \
                one that was tried does."
            .to_owned(),
        headings: ["", "now", "same order", "same first", &format!("same {}", top(ranking.rules))]
            .map(str::to_owned)
            .into(),
        rows: rows.collect(),
        notes,
        wordy: 0,
    })
}

/// The top tier in a word or two.
fn top(rules: &RuleSet) -> String {
    match rules.tiers.first().map(|tier| tier.takes) {
        Some(Takes::Places(places)) => format!("top {places}"),
        _ => "top tier".to_owned(),
    }
}

fn methods(ranking: &Ranking<'_>, found: &Sensitivity) -> Option<Section> {
    let verdicts = found.methods.as_ref()?;
    let rank = |candidate: usize| ranking.outcome().rank(candidate).map_or_else(String::new, |rank| rank.to_string());
    let candidates = found.acceptability.candidates.iter().take(MAX_LINES).enumerate();
    let mut rows: Vec<Vec<SectionCell>> = candidates
        .map(|(at, accepted)| {
            let mut cells = vec![
                SectionCell::text(title(ranking, accepted.candidate)),
                SectionCell::text(rank(accepted.candidate)),
            ];
            let by =
                |verdict: &crate::sensitivity::methods::MethodResult| verdict.ranks.get(at).map_or(0, |rank| *rank);
            cells.extend(verdicts.iter().map(|verdict| SectionCell::text(by(verdict).to_string())));
            cells
        })
        .collect();
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| fixed(figure, 2));
    for (name, of) in [("Spearman's rho", true), ("Kendall's tau-b", false)] {
        let mut cells = vec![SectionCell::text(name), SectionCell::text("")];
        let pick =
            |verdict: &crate::sensitivity::methods::MethodResult| if of { verdict.spearman } else { verdict.kendall };
        cells.extend(verdicts.iter().map(|verdict| SectionCell::text(figure(pick(verdict)))));
        rows.push(cells);
    }
    let mut headings: Vec<String> = vec![String::new(), "list".into()];
    headings.extend(verdicts.iter().map(|verdict| verdict.method.name().to_owned()));
    Some(Section {
        title: "Do other methods agree?".to_owned(),
        about: "Ranks by the same values and weights, combined in other ways.".to_owned(),
        headings,
        rows,
        notes: Vec::new(),
        wordy: 0,
    })
}

fn without_criteria(ranking: &Ranking<'_>, found: &Sensitivity) -> Section {
    let row = |it: &crate::sensitivity::leave_out::WithoutCriterion| {
        let mut changes = Vec::new();
        if !it.entered.is_empty() {
            changes.push(format!("in: {}", titles(ranking, &it.entered)));
        }
        if !it.left.is_empty() {
            changes.push(format!("out: {}", titles(ranking, &it.left)));
        }
        vec![
            SectionCell::text(question(ranking.rules, it.criterion)),
            SectionCell::text(it.agreement.map_or_else(|| "–".to_owned(), |tau| fixed(tau, 2))),
            SectionCell::text(titles(ranking, &it.first)),
            SectionCell::text(changes.join("; ")),
        ]
    };
    Section {
        title: "Without one question".to_owned(),
        about: "Its weight goes to the others in proportion. Tau-b: how far the order agrees with the list; then who \
                is first, and who enters or leaves the top tier."
            .to_owned(),
        headings: ["", "tau-b", "first", "top tier"].map(str::to_owned).into(),
        rows: found.without_criteria.iter().map(row).collect(),
        notes: Vec::new(),
        wordy: 2,
    }
}

fn without_candidates(ranking: &Ranking<'_>, found: &Sensitivity) -> Option<Section> {
    let without = found.without_candidates.as_ref()?;
    let row = |it: &crate::sensitivity::leave_out::WithoutCandidate| {
        let pairs = it.reversed.iter().take(3);
        let mut pairs: Vec<String> = pairs
            .map(|(above, below)| format!("{} falls below {}", title(ranking, *above), title(ranking, *below)))
            .collect();
        if it.reversed.len() > pairs.len() {
            pairs.push(format!("and {}", counted(it.reversed.len() - pairs.len(), "more pair", "more pairs")));
        }
        vec![
            SectionCell::text(title(ranking, it.candidate)),
            SectionCell::text(it.reversed.len().to_string()),
            SectionCell::text(pairs.join("; ")),
        ]
    };
    let none = "No candidate's absence changes the order of two others.".to_owned();
    Some(Section {
        title: "Without one candidate".to_owned(),
        about: "Some values depend on the other candidates, so leaving one out can change the order of others."
            .to_owned(),
        headings: ["", "pairs", "who"].map(str::to_owned).into(),
        rows: without.iter().map(row).collect(),
        notes: if without.is_empty() { vec![none] } else { Vec::new() },
        wordy: 1,
    })
}
