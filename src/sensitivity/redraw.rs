//! Evidence redrawn from its own distribution: what it might have been.
//!
//! | evidence | is redrawn from |
//! | :--- | :--- |
//! | count, each count of a series | a gamma distribution with the shape count + ½, rounded to a whole number |
//! | suppressed count | the whole numbers that it can be, each as likely |
//! | row of an offence table | a gamma distribution with the shape of its count; a row of zero stays zero |
//! | percentage with a base | a beta distribution with the shapes yes + ½ and no + ½ |
//! | percentage, rate or number with an interval | a normal distribution, a 95% interval as wide as that, within what it can be |
//! | suppressed cell that is no count | what it can be, each as likely |
//! | area of a group with its count | as a count |
//! | judgement of several people | as many people, drawn from them with replacement |
//! | anything else | not at all: a single judge, a yes or no, a figure without an interval |
//!
//! Gamma and beta are what is known of a rate or share after counting, from Jeffreys' prior: Brown, Cai and `DasGupta`
//! (2001, *Statistical Science* 16(2), 101–133; 2003, *Statistica Sinica* 13(1), 19–49). It is the level behind a count
//! that is asked for and not another year's count, which would variation by chance a second time. Half an offence of each
//! kind that did not happen would outweigh a table of harms, so its rows have no half. People with replacement are the
//! bootstrap: Efron (1979, *Annals of Statistics* 7(1), 1–26). What is missing stays missing.
//!
//! Each figure is redrawn for itself: a count that stands in a series too is drawn twice.

use std::collections::BTreeMap;

use super::random::Random;
use crate::assessment::{
    Assessment, ColumnKind, Count, Figure, Judgement, Offence, Offences, Peer, Peers, Percentage, Rate, Score, Series,
    TableColumn,
};
use crate::rules::RuleSet;
use crate::stats::{Estimate, Z95};

/// How often a normal number is drawn anew until it is within what it can be.
const MAX_TRIES: usize = 1000;

/// Redraws what a rule set reads of an assessment.
#[derive(Debug)]
pub struct Redraw<'a> {
    assessment: &'a Assessment,
    /// The evidence that the rules read, by name.
    names: Vec<&'a str>,
}

impl<'a> Redraw<'a> {
    /// Of what `rules` read.
    pub fn new(assessment: &'a Assessment, rules: &'a RuleSet) -> Self {
        let read = rules.evidence.keys().map(String::as_str);
        Self { assessment, names: read.filter(|name| assessment.evidence.contains_key(*name)).collect() }
    }

    /// An assessment of the same candidates without evidence, for [`Self::draw`].
    pub fn empty_assessment(&self) -> Assessment {
        let assessment = self.assessment;
        Assessment {
            title: assessment.title.clone(),
            partnership: assessment.partnership.clone(),
            period: assessment.period,
            sources: BTreeMap::new(),
            population: assessment.population.clone(),
            candidates: assessment.candidates.clone(),
            evidence: BTreeMap::new(),
            claims: Vec::new(),
            statements: Vec::new(),
            last_plan: Vec::new(),
            decisions: None,
            digest: String::new(),
        }
    }

    /// Redraws all evidence that the rules read into `room`.
    pub fn draw(&self, random: &mut Random, room: &mut Assessment) {
        for name in &self.names {
            let Some(column) = self.assessment.evidence.get(*name) else { continue };
            let random = std::cell::RefCell::new(&mut *random);
            let drawn = column.redrawn(
                |figure| redrawn(figure, &mut random.borrow_mut()),
                |column| redrawn_table(column, &mut random.borrow_mut()),
            );
            match room.evidence.get_mut(*name) {
                Some(slot) => *slot = drawn,
                None => drop(room.evidence.insert((*name).to_owned(), drawn)),
            }
        }
    }
}

/// What a figure might have been.
fn redrawn(figure: &Figure, random: &mut Random) -> Figure {
    match figure {
        Figure::Count(count) => Figure::Count(redrawn_count(count, random)),
        Figure::Series(series) => {
            Figure::Series(Series { counts: series.counts.iter().map(|count| redrawn_count(count, random)).collect() })
        }
        Figure::Rate(rate) => {
            Figure::Rate(Rate { rate: redrawn_estimate(rate.rate, (0.0, f64::INFINITY), random), ..*rate })
        }
        Figure::Percentage(percentage) => Figure::Percentage(redrawn_percentage(*percentage, random)),
        Figure::Number(number) => {
            let below_zero = number.interval.is_none_or(|(lower, _)| lower < 0.0);
            let least = if below_zero { f64::NEG_INFINITY } else { 0.0 };
            Figure::Number(redrawn_estimate(*number, (least, f64::INFINITY), random))
        }
        Figure::Offences(offences) => Figure::Offences(redrawn_offences(offences, random)),
        Figure::Peers(peers) => Figure::Peers(redrawn_peers(peers, random)),
        Figure::Judgement(judgement) => Figure::Judgement(redrawn_judgement(judgement, random)),
        Figure::Answer(_) | Figure::Missing(_) => figure.clone(),
    }
}

/// The level behind a count, as a whole number.
fn level(count: f64, random: &mut Random) -> f64 {
    random.gamma(count + 0.5).round()
}

/// A whole number from one to another, both included.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "counts")]
fn between(lower: f64, upper: f64, random: &mut Random) -> f64 {
    lower + random.below((upper - lower).max(0.0) as u64 + 1) as f64
}

fn redrawn_count(count: &Count, random: &mut Random) -> Count {
    let drawn = match count.suppressed {
        Some((lower, upper)) => between(lower, upper, random),
        None => level(count.count, random),
    };
    Count { count: drawn, suppressed: None, ..count.clone() }
}

fn redrawn_percentage(percentage: Percentage, random: &mut Random) -> Percentage {
    let known = percentage.percentage;
    let drawn = match (known.interval, percentage.base) {
        (None, Some(base)) => {
            let yes = known.estimate / 100.0 * base;
            Estimate { estimate: 100.0 * random.beta(yes + 0.5, (base - yes).max(0.0) + 0.5), interval: None }
        }
        _ => redrawn_estimate(known, (0.0, 100.0), random),
    };
    Percentage { percentage: drawn, ..percentage }
}

/// By its 95% interval, which moves along; as it is where it has none.
fn redrawn_estimate(known: Estimate, (least, most): (f64, f64), random: &mut Random) -> Estimate {
    let Some((lower, upper)) = known.interval else { return known };
    let deviation = (upper - lower) / (2.0 * Z95);
    let tries = (0..MAX_TRIES).map(|_| known.estimate + deviation * random.normal());
    let drawn = { tries }.find(|drawn| (least..=most).contains(drawn)).unwrap_or(known.estimate);
    let moved = drawn - known.estimate;
    Estimate { estimate: drawn, interval: Some((lower + moved, upper + moved)) }
}

fn redrawn_offences(offences: &Offences, random: &mut Random) -> Offences {
    let row = |row: &Offence| {
        let count = if row.count > 0.0 { random.gamma(row.count).round() } else { 0.0 };
        Offence { count, ..row.clone() }
    };
    Offences { offences: offences.offences.iter().map(row).collect(), ..offences.clone() }
}

fn redrawn_peers(peers: &Peers, random: &mut Random) -> Peers {
    let area = |area: &Peer| match area.counted {
        Some((count, people)) if count > 0.0 => {
            let drawn = level(count, random);
            Peer { rate: area.rate * drawn / count, counted: Some((drawn, people)), ..area.clone() }
        }
        _ => area.clone(),
    };
    Peers { peers: peers.peers.iter().map(area).collect(), ..*peers }
}

fn redrawn_judgement(judgement: &Judgement, random: &mut Random) -> Judgement {
    let people = judgement.scores.len();
    let somebody = |own: &Score| {
        let drawn = usize::try_from(random.below(people as u64)).ok().and_then(|at| judgement.scores.get(at));
        drawn.unwrap_or(own).clone()
    };
    Judgement { scores: judgement.scores.iter().map(somebody).collect(), ..judgement.clone() }
}

fn redrawn_table(column: &TableColumn, random: &mut Random) -> TableColumn {
    let mut drawn = column.clone();
    if column.kind == ColumnKind::Count {
        for figure in drawn.figures.iter_mut().filter(|figure| !figure.is_nan()) {
            *figure = level(*figure, random);
        }
    }
    for (candidate, ends) in &column.suppressed {
        let (Some((lower, upper)), Some(figure)) = (*ends, drawn.figures.get_mut(*candidate)) else { continue };
        *figure = match column.kind {
            ColumnKind::Count => between(lower, upper, random),
            _ => lower + (upper - lower) * random.uniform(),
        };
        drawn.suppressed.remove(candidate);
    }
    drawn
}
