//! From one year to the next: who is compared with whom, and what the change of each total is made of.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::lines::Line;
use super::years::{Year, YearPlace};
use crate::diagnostic::{Code, Problems};
use crate::diff::{AreasComparison, ChangeEffect, ListComparison, Renames, compare_ranked, rule_changes};
use crate::scoring::Fixed;

/// From one year to the next.
#[derive(Debug)]
pub struct Step<'a> {
    /// Every change of the rules, in the order of the new ones.
    pub changes: Vec<RuleStep>,
    /// What is other, and what did it; where that can't be found out, why.
    pub comparison: Result<ListComparison<'a>, String>,
    /// Whether totals are out of the same number in both years; where not, places alone are compared.
    pub same_scale: bool,
    /// What became of the total of each candidate of both years, in the order of the new list.
    pub totals: Vec<TotalStep>,
}

/// A change of the rules.
#[derive(Debug, Clone)]
pub struct RuleStep {
    /// What changed, by its keys.
    pub key: String,
    /// What it says, a sentence without its full stop.
    pub words: String,
    /// What comes of it; none where that could not be found out.
    pub effect: Option<ChangeEffect>,
}

/// What became of a candidate's total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalStep {
    /// The candidate's line in the new year.
    pub line: usize,
    /// Its line in the old year: another where areas became others, and its candidate was made of several or of a part.
    pub was: usize,
    /// Its places in the old list and in the new one, from 0.
    pub seats: (usize, usize),
    /// By how much its total went up; none where it has none in one of the two, or they are out of different numbers.
    pub by: Option<Fixed>,
    /// What that is made of: it adds up to it. None where it can't be told apart.
    pub parts: Option<StepParts>,
}

/// What the change of a total is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepParts {
    /// What areas did that became others: they changed first. None where they are the same.
    pub areas: Option<Fixed>,
    /// What the rules did, which changed then, on the old evidence.
    pub rules: Fixed,
    /// What the evidence did then.
    pub evidence: Fixed,
    /// What the rules and the evidence did in its pieces, none of which is zero: they add up to the two together.
    pub pieces: Vec<StepPart>,
}

/// A piece of a change of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepPart {
    /// What did it.
    pub cause: StepCause,
    /// How much.
    pub by: Fixed,
}

/// What changed a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepCause {
    /// Changes of the rules: one of the comparison's parts, by number.
    Rules(usize),
    /// All changes of the rules: with some of them alone there is no total.
    AllRules,
    /// The answer to a question, by the number of the criterion in the new rules.
    Answer(usize),
}

impl<'a> Step<'a> {
    /// From the year `number` to the one behind it.
    ///
    /// # Errors
    /// A run that takes more steps than it has.
    pub(super) fn new(
        years: &[Year<'a>],
        lines: &[Line],
        number: usize,
        threads: NonZeroUsize,
    ) -> Result<Self, Problems> {
        let (Some(old), Some(new)) = (years.get(number), years.get(number + 1)) else {
            return Err(Problems::default());
        };
        let pairs = pairs(lines, number);
        let comparison = compared(old, new, &renames(&pairs, old, new), threads)?;
        let same_scale = old.source.side.rules.scale == new.source.side.rules.scale;
        let same = pairs.into_iter().map(|(line, seats)| (line, line, seats));
        let areas = comparison.as_ref().ok().and_then(ListComparison::areas);
        let others = areas.into_iter().flat_map(|areas| across(areas, lines, number, [old, new]));
        let mut totals: Vec<TotalStep> = same
            .chain(others)
            .map(|(was_line, line, seats)| {
                let (was, is) = (old.places.get(seats.0), new.places.get(seats.1));
                let by = change(was, is).filter(|_| same_scale);
                let parts = comparison.as_ref().ok().zip(by).zip(was.zip(is));
                let parts = parts.and_then(|((found, by), (was, is))| split(found, by, was, is));
                TotalStep { line, was: was_line, seats, by, parts }
            })
            .collect();
        totals.sort_by_key(|total| (total.seats.1, total.seats.0));
        Ok(Self { changes: changes(old, new, &comparison), comparison, same_scale, totals })
    }
}

/// The lines that are in both years, each with its places there.
fn pairs(lines: &[Line], number: usize) -> Vec<(usize, (usize, usize))> {
    let pair = |(at, line): (usize, &Line)| Some((at, (line.seat(number)?, line.seat(number + 1)?)));
    lines.iter().enumerate().filter_map(pair).collect()
}

/// Those that carry on another line because areas became others: the old line, the new one, and the places there.
fn across(
    areas: &AreasComparison,
    lines: &[Line],
    number: usize,
    [old, new]: [&Year<'_>; 2],
) -> Vec<(usize, usize, (usize, usize))> {
    let line_of = |year: usize, places: &[YearPlace<'_>]| -> BTreeMap<String, (usize, usize)> {
        let seats = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.seat(year)?)));
        seats.filter_map(|(at, seat)| Some((places.get(seat)?.stand.id.clone(), (at, seat)))).collect()
    };
    let (before, after) = (line_of(number, &old.places), line_of(number + 1, &new.places));
    let mut across = Vec::new();
    for (id, ids) in &areas.on.made_of {
        let Some((line, seat)) = after.get(id) else { continue };
        let were = ids.iter().filter_map(|id| before.get(id)).filter(|(was, _)| was != line);
        across.extend(were.map(|(was, before)| (*was, *line, (*before, *seat))));
    }
    across
}

fn renames(pairs: &[(usize, (usize, usize))], old: &Year<'_>, new: &Year<'_>) -> Renames {
    let ids = pairs.iter().filter_map(|(_, (was, is))| {
        let id = |year: &Year<'_>, seat: usize| year.places.get(seat).map(|place| place.stand.id.clone());
        Some((id(new, *is)?, id(old, *was)?))
    });
    ids.filter(|(new, old)| new != old).collect()
}

/// What is other from one year to the next; where the new rules can't rank the old evidence, why.
fn compared<'a>(
    old: &Year<'a>,
    new: &Year<'a>,
    renames: &Renames,
    threads: NonZeroUsize,
) -> Result<Result<ListComparison<'a>, String>, Problems> {
    match compare_ranked(old.ranked(), new.ranked(), renames, threads) {
        Ok(found) => Ok(Ok(found)),
        Err(problems) if problems.iter().any(|problem| problem.code == Code::BudgetSpent) => Err(problems),
        Err(problems) => Ok(Err(problems.sorted().first().map(|first| first.message.clone()).unwrap_or_default())),
    }
}

fn change(was: Option<&YearPlace<'_>>, is: Option<&YearPlace<'_>>) -> Option<Fixed> {
    Some(is?.stand.total?.minus(was?.stand.total?))
}

/// What the change of a total is made of; none where what was found does not add up to it, as where the new rules give the
/// old evidence no total.
fn split(found: &ListComparison<'_>, by: Fixed, was: &YearPlace<'_>, is: &YearPlace<'_>) -> Option<StepParts> {
    let nothing = Fixed::new(0, by.decimals());
    // Under which id it is known once the areas are the new ones.
    let before = found.before_rules();
    let is_on_new = found.areas().is_some_and(|areas| areas.on.made_of.contains_key(&is.stand.id));
    let id = if is_on_new { &is.stand.id } else { &was.stand.id };
    let areas = match found.areas() {
        Some(areas) => Some(areas.total_change(&was.stand.id, id, nothing)?),
        None => None,
    };
    let mut pieces = Vec::new();
    let mut rules = nothing;
    if let Some(other) = &found.rules {
        let own = before.candidate_number(id)?;
        let split = other.splits.iter().find(|split| split.candidate == own)?;
        rules = split.by;
        match &split.parts {
            Some(parts) => {
                let all = parts.iter().enumerate();
                pieces.extend(all.map(|(at, by)| StepPart { cause: StepCause::Rules(at), by: *by }));
            }
            None => pieces.push(StepPart { cause: StepCause::AllRules, by: rules }),
        }
    }
    let mut evidence = nothing;
    if let Some(other) = &found.evidence {
        let own = found.new.assessment.candidate_number(&is.stand.id)?;
        if let Some(shift) = other.shifts.iter().find(|shift| shift.candidate.1 == own) {
            evidence = shift.total_change?;
            let answers = shift.questions.iter();
            let answers =
                answers.filter_map(|it| Some(StepPart { cause: StepCause::Answer(it.criterion), by: it.part? }));
            pieces.extend(answers);
        }
    }
    let own = areas.map_or(by, |areas| by.minus(areas));
    let left = pieces.iter().fold(own, |left, piece| left.minus(piece.by));
    let adds_up = left.units() == 0 && own.minus(rules).minus(evidence).units() == 0;
    pieces.retain(|piece| piece.by.units() != 0);
    adds_up.then_some(StepParts { areas, rules, evidence, pieces })
}

/// Every change of the rules, with what comes of it where that is known.
fn changes(old: &Year<'_>, new: &Year<'_>, found: &Result<ListComparison<'_>, String>) -> Vec<RuleStep> {
    if let Ok(found) = found {
        let told = found.rules.iter().flat_map(|rules| &rules.changes);
        let step =
            told.map(|told| RuleStep { key: told.change.key(), words: told.words.clone(), effect: Some(told.effect) });
        return step.collect();
    }
    let told = rule_changes(old.source.side.rules, new.source.side.rules).into_iter();
    told.map(|(change, words)| RuleStep { key: change.key(), words, effect: None }).collect()
}
