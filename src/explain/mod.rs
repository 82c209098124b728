//! What a trace says, in words: the arithmetic of a total, what carried it, what was missing.
//!
//! Every word and figure is read off the trace. Nothing is computed here that the engine did not compute.

mod agreement;
mod beside;
mod board;
pub mod change;
mod difference;
mod evidence;
mod gates;
mod line;
mod origin;
mod overlap;
mod parameters;
mod pooling;
mod range;
mod vetoes;
mod why_not;

pub use agreement::{ScorerAgreement, scorer_agreements};
pub use beside::{ListBeside, RowBeside, beside_in_words, lists_beside};
pub use board::overrides_in_words;
pub use difference::{CriterionDifference, TotalDifference, total_difference};
pub use evidence::{date_in_words, evidence_notes};
pub use gates::beyond_the_gate;
pub use line::{at_the_line_in_words, rank_nobody_in_words, standing_at_the_line, too_little_in_words};
pub use origin::{combination_in_words, method_in_words, people_and_date, weights_origin};
pub use overlap::{overlaps_in_words, passed_over_in_words};
pub use parameters::{ParameterInForce, parameters_in_force};
pub use pooling::pooling;
pub use range::{
    bounds_in_words, ends_are_farthest, ends_at_scale, farthest_in_words, no_range_in_words, out_of_scale,
    range_in_a_cell, range_in_words,
};
pub use vetoes::vetoes_in_words;
pub use why_not::why_not;

use crate::rules::{ListPer, MemberKind, RuleSet, Shortfall, Takes, Term};
use crate::scoring::{Contribution, Fixed, Section, Standing, Trace};
use crate::words::{counted, lower_title, with_unit};

/// The sums and products that make a total, one to a line, each to be done again with a pencil.
pub fn arithmetic(trace: &Trace<'_>, rules: &RuleSet) -> Vec<String> {
    let Some(total) = trace.total else { return Vec::new() };
    let mut lines = Vec::new();
    for (group, node) in rules.combine.nodes() {
        let figure = |member: &usize| match node.kind {
            MemberKind::Criterion => trace.contributions.get(*member).map(|part| part.points.to_string()),
            MemberKind::Group => trace.sections.get(*member).and_then(|section| {
                section.weighed.map_or(section.score, |weighed| Some(weighed.brings)).map(|it| it.to_string())
            }),
        };
        // What was left out brings in nothing, or a factor of one.
        let left_out = || if node.way.earned().is_factor() { "1" } else { "0" }.to_owned();
        let vetoes = trace.vetoes.as_ref().filter(|_| node.way.takes_vetoes()).map(|vetoes| vetoes.change.to_string());
        let figures: Vec<String> =
            node.members.iter().map(|it| figure(it).unwrap_or_else(left_out)).chain(vetoes).collect();
        let made = written(rules.arithmetic(group), &figures);
        match group.and_then(|group| trace.sections.get(group)) {
            Some(section) => lines.extend(section_lines(section, &made, rules)),
            None => lines.push(format!("{made} = {total}")),
        }
    }
    lines
}

/// Arithmetic with a pencil's signs.
fn written(terms: Vec<Term>, figures: &[String]) -> String {
    let written = |term: Term| match term {
        Term::Figure(number) => figures.get(number).cloned().unwrap_or_default(),
        Term::Text(text) => text.replace('*', "×").replace('/', "÷"),
    };
    let made: String = terms.into_iter().map(written).collect();
    made.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a group's score is made, and what it brings in by its weight.
fn section_lines(section: &Section<'_>, made: &str, rules: &RuleSet) -> Vec<String> {
    let Some(score) = section.score else { return Vec::new() };
    let mut lines = vec![format!("{}: {made} = {score}", section.title)];
    lines.extend(section.weighed.and_then(|weighed| {
        let sum = weighed.kind.sum_of_score(score, &weighed.weight.as_weight(), rules.scale, weighed.brings)?;
        Some(format!("{}, {}: {sum}", section.title, weighed.kind.word()))
    }));
    lines
}

/// The contributions that carried the total, most first: at most `most`, none without points or that lowered it.
pub fn main_reasons<'t, 'a>(trace: &'t Trace<'a>, most: usize) -> Vec<&'t Contribution<'a>> {
    let mut parts: Vec<&Contribution<'_>> = with_points(trace).filter(|part| part.carries.units() >= 0).collect();
    // A stable sort: of equals the earlier criterion stays first.
    parts.sort_by_key(|part| std::cmp::Reverse(part.carries));
    parts.truncate(most);
    parts
}

/// The contributions that lowered the total, most first: at most `most`.
pub fn main_costs<'t, 'a>(trace: &'t Trace<'a>, most: usize) -> Vec<&'t Contribution<'a>> {
    let mut parts: Vec<&Contribution<'_>> = with_points(trace).filter(|part| part.carries.units() < 0).collect();
    parts.sort_by_key(|part| part.carries);
    parts.truncate(most);
    parts
}

/// The contributions of answers that earned points. What is part of a score beside the total earns it none.
fn with_points<'t, 'a>(trace: &'t Trace<'a>) -> impl Iterator<Item = &'t Contribution<'a>> {
    let earns = |part: &&Contribution<'_>| {
        part.missing.is_none() && part.points.units() != 0 && part.weight.units() > 0 && !part.is_beside
    };
    trace.contributions.iter().filter(earns)
}

/// Why a contribution is what it is: the rule's sentence, or why there is no answer.
pub fn contribution_reason(part: &Contribution<'_>) -> String {
    let Some(missing) = &part.missing else { return part.because.clone().unwrap_or_default() };
    if !missing.told.is_empty() {
        return missing.told.join(" ");
    }
    let absent: Vec<String> = missing.absent.iter().map(|title| lower_title(title)).collect();
    match absent.is_empty() {
        true => "No evidence answers this question.".to_owned(),
        false => format!("There is no evidence on {}.", absent.join("; ")),
    }
}

/// The answer with its interval and unit, or that there is none.
pub fn answer_in_words(part: &Contribution<'_>) -> String {
    match &part.measure {
        Some(measure) => with_unit(&part.criterion.figure_with_interval(*measure), part.criterion.unit_behind()),
        None => "no answer".to_owned(),
    }
}

/// A standing, as a reader knows it.
pub fn standing_in_words(standing: Standing, rules: &RuleSet) -> String {
    match standing {
        Standing::Tier(tier) => rules.tiers.get(tier).map_or_else(String::new, |tier| tier.title.clone()),
        Standing::Outside(effect) => effect.band().map_or_else(String::new, |band| band.as_a_heading.to_owned()),
        Standing::NotRanked => "Not ranked".to_owned(),
    }
}

/// What a standing means: how many places, or from which total.
pub fn standing_rule(standing: Standing, rules: &RuleSet) -> Option<String> {
    match standing {
        Standing::Tier(tier) => {
            let tier = rules.tiers.get(tier)?;
            match tier.takes {
                Takes::Places(places) if tier.one_of_a_family => {
                    Some(format!("{}, one for each family", counted(places, "place", "places")))
                }
                Takes::Places(places) => Some(counted(places, "place", "places")),
                Takes::AtLeast(bound) => Some(format!("{} or more", Fixed::new(bound, rules.decimals).trimmed())),
                Takes::Rest => None,
            }
        }
        Standing::Outside(effect) => Some(effect.band()?.behind_the_heading.to_owned()),
        Standing::NotRanked => Some(match rules.too_little {
            Shortfall::Told => "the rules insist on evidence that is missing".to_owned(),
            Shortfall::NotRanked => "the rules ask for more evidence".to_owned(),
        }),
    }
}

/// How equals are ordered, in a sentence.
pub fn tie_order(rules: &RuleSet) -> String {
    let titles: Vec<String> = rules
        .ties
        .iter()
        .filter_map(|criterion| rules.criteria.get(*criterion))
        .map(|criterion| format!("the points for {}", lower_title(&criterion.title)))
        .collect();
    let by = |titles: &[String]| titles.join(", then by ");
    let lists = match rules.per {
        Some(ListPer::Area) => {
            " There is a list for each area: ranks, tiers and their places, and values that are set against other \
             candidates, are within the area."
        }
        Some(ListPer::Kind) => {
            " There is a list for each kind: ranks, tiers and their places, and values that are set against other \
             candidates, are within the list."
        }
        None => "",
    };
    if rules.ties_separate {
        return format!(
            "Equal totals are separated by {}: who has more there has the better rank. Those that are equal in all of it \
             share a rank and are listed by the id.{lists}",
            by(&titles)
        );
    }
    let titles: Vec<String> = titles.into_iter().chain(["the id".to_owned()]).collect();
    format!("Equal totals share a rank and are listed by {}.{lists}", by(&titles))
}
