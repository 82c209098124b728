//! The tables that text and Markdown show, and the words round them.

use super::ElicitationView;
use crate::elicitation::{
    ConsistencyCheck, MAX_CONSISTENCY_RATIO, RoundWeights, WeightAgreement, WorstJudgement, scale_words, span,
    span_words, swing, swing_words,
};
use crate::explain::{combination_in_words, method_in_words};
use crate::report::section::{Section, SectionCell};
use crate::rules::{Criterion, WeightMethod};
use crate::scoring::{Fixed, Ranking, Standing};
use crate::words::{counted, fixed, listed, number};

/// How many people's columns fit beside a title in a terminal.
const MAX_PEOPLE: usize = 6;

/// Of what the weights are, and whose, in lines.
pub(super) fn header(view: &ElicitationView<'_, '_>) -> Vec<String> {
    let (rules, answers) = (view.elicited.rules, view.elicited.answers);
    let people = counted(answers.people.len(), "person", "people");
    let how = match answers.people.len() {
        1 => String::new(),
        _ => format!(", combined by {}", combination_in_words(answers.combined, answers.method)),
    };
    let mut lines = vec![
        format!("Weights for: {}, version {}", rules.name, rules.version),
        format!("From {people}, by {}{how}", method_in_words(answers.method)),
    ];
    for (at, person) in answers.people.iter().enumerate() {
        let because = person.because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
        lines.push(format!("{}: {}, {}{because}", letter(at), person.by, person.date));
    }
    lines
}

/// A section with its table for each round of weights, then swings and list.
pub(super) fn sections(view: &ElicitationView<'_, '_>) -> Vec<Section> {
    let swings = (view.elicited.answers.method == WeightMethod::Swing).then(|| swings(view));
    let mut all: Vec<Section> = view.elicited.rounds.iter().map(|found| weights(view, found)).collect();
    all.extend(swings);
    all.extend(view.list.map(|(ranking, _)| list(view, ranking)));
    all
}

/// What a person is called in a table: A to Z, then A1 and so on.
fn letter(at: usize) -> String {
    let letter = u8::try_from(at % 26).map_or('A', |at| char::from(b'A' + at));
    if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26) }
}

fn letters(people: &[usize]) -> String {
    people.iter().map(|at| letter(*at)).collect::<Vec<_>>().join(" ")
}

fn weights(view: &ElicitationView<'_, '_>, found: &RoundWeights) -> Section {
    let elicited = view.elicited;
    let shown = |units: &i64| SectionCell::text(Fixed::new(*units, elicited.decimals).as_weight());
    let people = if found.by_person.len() > 1 && found.by_person.len() <= MAX_PEOPLE { &*found.by_person } else { &[] };
    let mut headings = vec![String::new(), "now".to_owned()];
    headings.extend(found.people.iter().take(people.len()).map(|at| letter(*at)));
    headings.push("new".to_owned());
    headings.extend(found.agreement.as_ref().map(|_| "least and most".to_owned()));
    let rows = found.round.titles(elicited.rules).into_iter().enumerate().map(|(at, title)| {
        let mut cells = vec![SectionCell::text(title)];
        cells.extend(found.current.get(at).map(shown));
        cells.extend(people.iter().filter_map(|units| units.get(at)).map(shown));
        cells.extend(found.combined.get(at).map(shown));
        cells.extend(found.agreement.as_ref().map(|agreement| SectionCell::text(extent(view, found, agreement, at))));
        cells
    });
    let words = found.round.words(elicited.rules);
    Section {
        title: format!("Weights of {words}"),
        about: format!("Each column of weights adds up to {}.", elicited.rules.scale),
        headings,
        rows: rows.collect(),
        notes: notes(view, found),
        wordy: usize::from(found.agreement.is_some()),
    }
}

/// `15.00 (A) to 40.00 (B C)`.
fn extent(view: &ElicitationView<'_, '_>, found: &RoundWeights, agreement: &WeightAgreement, at: usize) -> String {
    let Some(extent) = agreement.extents.get(at) else { return String::new() };
    let shown = |units: i64| Fixed::new(units, view.elicited.decimals).as_weight();
    let (least, most) = (&extent.least, &extent.most);
    if least.0 == most.0 {
        return "all the same".to_owned();
    }
    let whose =
        |places: &[usize]| letters(&places.iter().filter_map(|at| found.people.get(*at).copied()).collect::<Vec<_>>());
    format!("{} ({}) to {} ({})", shown(least.0), whose(&least.1), shown(most.0), whose(&most.1))
}

fn notes(view: &ElicitationView<'_, '_>, found: &RoundWeights) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(fractions) =
        found.fractions.as_ref().filter(|_| view.elicited.answers.method == WeightMethod::RankOrder)
    {
        let titles = found.round.titles(view.elicited.rules);
        let exact = titles.iter().zip(fractions).map(|(title, part)| format!("{title} {part}"));
        notes.push(format!("As parts of one, exactly: {}.", listed(&exact.collect::<Vec<_>>())));
    }
    if let Some(agreement) = &found.agreement {
        notes.push(match agreement.concordance {
            Some(w) => format!(
                "Kendall’s W is {}: 1 where all put them in the same order, 0 where their orders have nothing in common.",
                fixed(w, 2)
            ),
            None => "Everybody rates all of them equal.".to_owned(),
        });
    }
    for (at, check) in found.people.iter().zip(&found.checks) {
        let whose = if found.checks.len() > 1 { letter(*at) } else { "The answers".to_owned() };
        notes.push(consistency(view, found, check, &whose));
    }
    notes.extend(found.combined_check.as_ref().map(|check| consistency(view, found, check, "Together")));
    notes
}

/// How far comparisons contradict each other, and which fits least.
fn consistency(view: &ElicitationView<'_, '_>, found: &RoundWeights, check: &ConsistencyCheck, whose: &str) -> String {
    let Some(ratio) = check.consistency.ratio else {
        let index = fixed(check.consistency.index, 3);
        return format!("{whose}: consistency index {index}; there is no ratio for more than fifteen.");
    };
    let verdict = if check.is_too_inconsistent() {
        format!(", above {}: the judgements contradict each other; look at them again", fixed(MAX_CONSISTENCY_RATIO, 2))
    } else {
        String::new()
    };
    let worst = check.worst.as_ref().map(|worst| worst_words(view, found, worst)).unwrap_or_default();
    let (lambda, index) = (fixed(check.consistency.lambda, 3), fixed(check.consistency.index, 3));
    format!("{whose}: consistency ratio {} (λ {lambda}, index {index}){verdict}.{worst}", fixed(ratio, 3))
}

fn worst_words(view: &ElicitationView<'_, '_>, found: &RoundWeights, worst: &WorstJudgement) -> String {
    let titles = found.round.titles(view.elicited.rules);
    let title = |at: usize| titles.get(at).copied().unwrap_or_default();
    let (first, second) = (title(worst.first), title(worst.second));
    let ratio = worst.ratio.map(|ratio| format!(", and the ratio would be {}", fixed(ratio, 3))).unwrap_or_default();
    format!(
        " What fits least: {first} against {second} was judged {}; by the other answers {first} matters {} {second} \
         (nearest step; {}){ratio}.",
        number(worst.judged, 2),
        scale_words(worst.step),
        number(worst.others, 2),
    )
}

/// What each swing was, and how much of the way.
fn swings(view: &ElicitationView<'_, '_>) -> Section {
    let rules = view.elicited.rules;
    let ranking = view.list.map(|(ranking, _)| ranking);
    let mut headings = vec![String::new(), "from least to most".to_owned()];
    headings.extend(ranking.map(|_| "the candidates have".to_owned()));
    let row = |(at, criterion): (usize, &Criterion)| {
        let mut cells = vec![SectionCell::text(&*criterion.title), SectionCell::text(swing_words(criterion))];
        cells.extend(ranking.map(|ranking| {
            SectionCell::text(span(ranking, at).map_or("nothing".to_owned(), |span| span_words(criterion, span)))
        }));
        cells
    };
    let part = |criterion: &&Criterion| swing(criterion).span() < rust_decimal::Decimal::ONE;
    let note = |criterion: &Criterion| {
        format!(
            "The value of {} covers {} of the way from 0 to 1. Its swing was asked about that part, and is divided by {1} \
             to count for the whole.",
            criterion.title,
            swing(criterion).span().normalize()
        )
    };
    Section {
        title: "The swings".to_owned(),
        about: "A weight is for the whole swing from least to most. If a range changes, ask again.".to_owned(),
        wordy: headings.len(),
        headings,
        rows: rules.criteria.iter().enumerate().map(row).collect(),
        notes: rules.criteria.iter().filter(part).map(note).collect(),
    }
}

/// The list as it is and as it would be.
fn list(view: &ElicitationView<'_, '_>, ranking: &Ranking<'_>) -> Section {
    let (rules, candidates) = (ranking.rules, &ranking.assessment.candidates);
    let (was, would) = (ranking.outcome(), view.list.map_or(ranking.outcome(), |(_, would)| would));
    let place = |rank: Option<usize>| SectionCell::text(rank.map_or("–".to_owned(), |rank| rank.to_string()));
    let total = |total: Option<i64>| {
        SectionCell::text(total.map_or("–".to_owned(), |units| Fixed::new(units, rules.decimals).to_string()))
    };
    let tier = |standing: Standing| match standing {
        Standing::Tier(tier) => rules.tiers.get(tier).map_or(String::new(), |tier| tier.title.clone()),
        other => other.word(rules).replace('-', " "),
    };
    let row = |candidate: &usize| {
        let (before, after) = (tier(was.standing(*candidate)), tier(would.standing(*candidate)));
        vec![
            SectionCell::text(candidates.get(*candidate).map_or("", |candidate| &candidate.title)),
            place(was.rank(*candidate)),
            place(would.rank(*candidate)),
            total(was.total(*candidate)),
            total(would.total(*candidate)),
            SectionCell::text(if before == after { after } else { format!("{before} → {after}") }),
        ]
    };
    let moved = would.sequence().iter().filter(|it| was.standing(**it) != would.standing(**it)).count();
    Section {
        title: "The list with the new weights".to_owned(),
        about: "Ranks and totals with the weights as they are, and with the new ones.".to_owned(),
        headings: ["", "rank now", "new", "total now", "new", "tier"].map(str::to_owned).into(),
        rows: would.sequence().iter().map(row).collect(),
        notes: vec![match moved {
            0 => "Every candidate stays in its tier.".to_owned(),
            moved => format!("{} to another tier.", counted(moved, "candidate moves", "candidates move")),
        }],
        wordy: 1,
    }
}
