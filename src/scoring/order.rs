//! Totals → ranks and tiers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::gate::{Fired, Gates};
use super::lists::Lists;
use super::pieces::{both, each_run, sort};
use super::points::{Points, Row};
use super::standing::Standing;
use crate::assessment::{Assessment, Overlaps};
use crate::diagnostic::{Code, Problem, Problems};
use crate::exact::{Below, Fixed};
use crate::rules::{RuleSet, Takes, Tier};
use crate::words::{counted, first_listed};

/// The order of all candidates.
#[derive(Debug)]
pub(super) struct Order {
    /// Candidates by number, highest total first; those that could not be ranked last.
    pub sequence: Vec<usize>,
    /// Competition ranks by candidate, from 1.
    pub ranks: Vec<Option<usize>>,
    /// Standings by candidate.
    pub standings: Vec<Standing>,
    /// Who would have had a place if another of its family had not.
    pub passed_over: BTreeMap<usize, PassedOver>,
    /// Ties at the line, and gates that include too many.
    pub warnings: Problems,
}

/// That a candidate has no place in a tier, since another of its family has one there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassedOver {
    /// The tier, by number.
    pub tier: usize,
    /// Who has the family's place, by number.
    pub by: usize,
}

/// The order of candidates with these points, of whom `overlaps` says who is of one family, and `lists` who is ranked among
/// whom.
pub(super) fn order(
    (assessment, rules): (&Assessment, &RuleSet),
    points: &Points,
    gates: &Gates,
    overlaps: &Overlaps,
    lists: &Lists,
) -> Order {
    seated((assessment, rules), points, gates, (overlaps, lists), sequence(rules, points))
}

/// The same where one candidate alone has other points than in `before`, an order of one list.
pub(super) fn order_again(
    (assessment, rules): (&Assessment, &RuleSet),
    points: &Points,
    gates: &Gates,
    (overlaps, lists): (&Overlaps, &Lists),
    (before, candidate): (&[usize], usize),
) -> Order {
    let sequence = match lists.is_one() {
        true => moved(rules, points, before, candidate),
        false => sequence(rules, points),
    };
    seated((assessment, rules), points, gates, (overlaps, lists), sequence)
}

/// The order of candidates in this sequence.
fn seated(
    (assessment, rules): (&Assessment, &RuleSet),
    points: &Points,
    gates: &Gates,
    (overlaps, lists): (&Overlaps, &Lists),
    sequence: Vec<usize>,
) -> Order {
    let (sequence, stretches) = lists.grouped(sequence);
    let mut ranks = vec![None; sequence.len()];
    let equals = Equals { rules, points };
    let mut seating = Seating::new(assessment, &equals, gates, overlaps);
    for stretch in stretches {
        let ranked = with_totals(sequence.get(stretch).unwrap_or_default(), points);
        both(|| rank(&ranked, |one, other| equals.share_a_rank(one, other), &mut ranks), || seating.seat_list(&ranked));
    }
    let words = TroubleWords { assessment, rules, lists };
    let warnings: Vec<Problem> = words.crowded(&seating.crowded).into_iter().chain(words.ties(&seating.ties)).collect();
    let Seating { standings, passed_over, .. } = seating;
    Order { sequence, ranks, standings, passed_over, warnings: warnings.into() }
}

/// Competition ranks by candidate, from 1, without tiers.
pub(super) fn ranks_by(rules: &RuleSet, points: &Points, lists: &Lists) -> Vec<Option<usize>> {
    let (sequence, stretches) = lists.grouped(sequence(rules, points));
    let mut ranks = vec![None; sequence.len()];
    for stretch in stretches {
        let ranked = with_totals(sequence.get(stretch).unwrap_or_default(), points);
        rank(&ranked, |one, other| Equals { rules, points }.share_a_rank(one, other), &mut ranks);
    }
    ranks
}

/// Who shares a rank.
struct Equals<'a> {
    rules: &'a RuleSet,
    points: &'a Points,
}

impl Equals<'_> {
    /// Whether two candidates with the same total do: unless the rules separate them by their points for some criteria.
    fn share_a_rank(&self, one: usize, other: usize) -> bool {
        let same = |criterion: &usize| {
            self.points.points.get(*criterion).is_none_or(|column| column.get(one) == column.get(other))
        };
        !self.rules.ties_separate || self.rules.ties.iter().all(same)
    }
}

/// Those of a sequence that have a total, with it.
fn with_totals(sequence: &[usize], points: &Points) -> Vec<(usize, i64)> {
    let total = |candidate: &usize| points.totals.get(*candidate).copied().flatten();
    let mut ranked = Vec::with_capacity(sequence.len());
    ranked.extend(sequence.iter().filter_map(|candidate| Some((*candidate, total(candidate)?))));
    ranked
}

/// By total, then by the points of the criteria that the rules name for ties, then by id: candidates are numbered in
/// the order of their ids.
fn sequence(rules: &RuleSet, points: &Points) -> Vec<usize> {
    let totals = with_lowest(&points.totals);
    let ties = rules.ties.iter().filter_map(|criterion| points.points.get(*criterion));
    descending(&totals, &ties.map(Vec::as_slice).collect::<Vec<_>>())
}

/// The places of `totals` in descending order of the numbers, then of those of `ties`, one after the other, then in
/// ascending order.
fn descending(totals: &[i64], ties: &[&[i64]]) -> Vec<usize> {
    let of = |column: &[i64], candidate: usize| column.get(candidate).copied().map(Reverse);
    let by_ties = |a: &usize, b: &usize| {
        let points = |it: usize| ties.iter().map(move |column| of(column, it));
        points(*a).cmp(points(*b)).then_with(|| a.cmp(b))
    };
    let Some(counted) = Below::new(totals) else {
        let mut sequence: Vec<usize> = (0..totals.len()).collect();
        sort(&mut sequence, |a, b| of(totals, *a).cmp(&of(totals, *b)).then_with(|| by_ties(a, b)));
        return sequence;
    };
    // Equals keep the order that they come in: the last of the criteria goes first, and the total last.
    let counted_ties = ties.iter().rev().try_fold((0..totals.len()).collect(), |before: Vec<usize>, column| {
        Some(Below::new(column)?.descending(column, before.into_iter()))
    });
    if let Some(before) = counted_ties {
        return counted.descending(totals, before.into_iter());
    }
    let mut sequence = counted.descending(totals, 0..totals.len());
    each_run(&mut sequence, |a, b| of(totals, *a) == of(totals, *b), |equals| equals.sort_unstable_by(by_ties));
    sequence
}

/// That order where all but one candidate are in it already.
fn moved(rules: &RuleSet, points: &Points, before: &[usize], candidate: usize) -> Vec<usize> {
    let total = |it: usize| points.totals.get(it).copied().flatten();
    let of = |criterion: &usize, it: usize| points.points.get(*criterion).and_then(|column| column.get(it)).copied();
    let ties = |one: usize, other: usize| {
        let of = |it: usize| rules.ties.iter().map(move |criterion| of(criterion, it).map(Reverse));
        of(one).cmp(of(other))
    };
    let is_before = |other: &usize| {
        let by_total = (total(*other).is_none(), total(*other).map(Reverse))
            .cmp(&(total(candidate).is_none(), total(candidate).map(Reverse)));
        by_total.then_with(|| ties(*other, candidate)).then_with(|| other.cmp(&candidate)).is_lt()
    };
    let mut sequence: Vec<usize> = before.iter().copied().filter(|other| *other != candidate).collect();
    let place = sequence.partition_point(is_before);
    sequence.insert(place, candidate);
    sequence
}

/// Whether one row stands before another in that order. Who has no total stands before nobody.
pub(super) fn stands_before(rules: &RuleSet, (one, a): (&Row, usize), (other, b): (&Row, usize)) -> bool {
    let of = |row: &Row| rules.ties.iter().map(|it| row.points.get(*it).copied().map(Reverse)).collect::<Vec<_>>();
    match (one.total, other.total) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(total), Some(others)) if total != others => total > others,
        _ => of(one).cmp(&of(other)).then_with(|| a.cmp(&b)).is_lt(),
    }
}

/// The totals; candidates without one have a lower one than all others.
fn with_lowest(totals: &[Option<i64>]) -> Vec<i64> {
    let none = totals.iter().flatten().min().map_or(0, |lowest| lowest - 1);
    totals.iter().map(|total| total.unwrap_or(none)).collect()
}

/// Writes 1, 2, 2, 4, by candidate; `ranked` are those of a list that have a total, highest first, of whom two with the same
/// total may share a rank.
fn rank(ranked: &[(usize, i64)], may_share: impl Fn(usize, usize) -> bool, ranks: &mut [Option<usize>]) {
    let mut before: Option<(i64, usize, usize)> = None;
    for (place, (candidate, total)) in ranked.iter().enumerate() {
        let rank = match before {
            Some((same, rank, other)) if same == *total && may_share(other, *candidate) => rank,
            _ => place + 1,
        };
        before = Some((*total, rank, *candidate));
        if let Some(slot) = ranks.get_mut(*candidate) {
            *slot = Some(rank);
        }
    }
}

/// The tiers while they are being filled, list after list.
struct Seating<'s> {
    rules: &'s RuleSet,
    equals: &'s Equals<'s>,
    gates: &'s Gates,
    overlaps: &'s Overlaps,
    /// Those of the list that is being filled.
    tiers: Vec<Filling>,
    standings: Vec<Standing>,
    passed_over: BTreeMap<usize, PassedOver>,
    ties: Vec<TieAtTheLine>,
    crowded: Vec<Crowded>,
}

/// Two candidates with the same total on both sides of a tier's last place.
struct TieAtTheLine {
    tier: usize,
    inside: usize,
    outside: usize,
    total: i64,
    /// Whether it is the place of their family that the one has and the other has not.
    of_a_family: bool,
}

/// A list in which gates include more candidates than the first tier has places.
struct Crowded {
    included: usize,
    places: usize,
    one_of_them: usize,
}

impl<'s> Seating<'s> {
    /// Nobody has a place. Bands outside the tiers take those without a total, too.
    fn new(assessment: &Assessment, equals: &'s Equals<'s>, gates: &'s Gates, overlaps: &'s Overlaps) -> Self {
        let mut standings = vec![Standing::NotRanked; assessment.candidates.len()];
        for (candidate, fired) in gates {
            if let (Some(slot), Some(first)) = (standings.get_mut(*candidate), fired.first()) {
                *slot = Standing::without_total(first.effect);
            }
        }
        let (tiers, passed_over, ties, crowded) = (Vec::new(), BTreeMap::new(), Vec::new(), Vec::new());
        let rules = equals.rules;
        Self { rules, equals, gates, overlaps, tiers, standings, passed_over, ties, crowded }
    }

    /// Fills the tiers of a list in order of rank: those that gates include first, whose places count.
    fn seat_list(&mut self, ranked: &[(usize, i64)]) {
        self.tiers = self.rules.tiers.iter().map(|tier| Filling::new(tier, self.overlaps)).collect();
        self.seat_included(ranked);
        for (candidate, total) in ranked.iter().copied() {
            let standing = match self.fired(candidate) {
                Some(Fired { effect, .. }) if !effect.raises() => Standing::by_gate(*effect),
                raised => {
                    let tier = self.seat(candidate, total);
                    Standing::Tier(raised.and_then(|fired| fired.tier).map_or(tier, |no_lower| tier.min(no_lower)))
                }
            };
            if let Some(slot) = self.standings.get_mut(candidate) {
                *slot = standing;
            }
        }
    }

    /// The gate that decides.
    fn fired(&self, candidate: usize) -> Option<&'s Fired> {
        self.gates.get(&candidate).and_then(|fired| fired.first())
    }

    fn is_included(&self, candidate: usize) -> bool {
        self.fired(candidate).is_some_and(|fired| fired.effect.includes())
    }

    /// Takes the places of the first tier that gates give away.
    fn seat_included(&mut self, ranked: &[(usize, i64)]) {
        let ranked = ranked.iter().map(|(candidate, _)| *candidate);
        let included: Vec<usize> = ranked.filter(|it| self.is_included(*it)).collect();
        let Some(first) = self.tiers.first_mut() else { return };
        for candidate in included.iter().rev() {
            first.hold(self.overlaps.family(*candidate), *candidate);
        }
        let Takes::Places(places) = first.takes else { return };
        first.left = places.saturating_sub(included.len());
        if let Some(one_of_them) = included.first().copied().filter(|_| included.len() > places) {
            self.crowded.push(Crowded { included: included.len(), places, one_of_them });
        }
    }

    /// The tier that takes a candidate on which no gate decides.
    fn seat(&mut self, candidate: usize, total: i64) -> usize {
        let family = self.overlaps.family(candidate);
        let takes = |tier: &Filling| tier.takes(total) && tier.holder(family).is_none();
        let equals = self.equals;
        let is_equal = |other: usize, its: i64| its == total && equals.share_a_rank(other, candidate);
        let tier = self.tiers.iter().position(takes).unwrap_or(0);
        for (number, passed) in self.tiers.iter_mut().enumerate().take(tier) {
            // Once for each tier: who else is tied has the same total in the list.
            let holder = passed.holder(family).filter(|_| passed.takes(total));
            let tied = match holder {
                Some((holder, its)) => {
                    self.passed_over.entry(candidate).or_insert(PassedOver { tier: number, by: holder });
                    its.is_some_and(|its| is_equal(holder, its)).then_some(holder)
                }
                None => passed.last.take_if(|(last, inside)| is_equal(*inside, *last)).map(|(_, inside)| inside),
            };
            if let Some(inside) = tied {
                let of_a_family = holder.is_some();
                self.ties.push(TieAtTheLine { tier: number, inside, outside: candidate, total, of_a_family });
            }
        }
        if let Some(tier) = self.tiers.get_mut(tier) {
            tier.take(total, candidate, family);
        }
        tier
    }
}

/// So many areas are named, and the others counted.
const MOST_NAMED: usize = 6;

/// What is told of ties at the line and of gates that include too many: of each tier once, however many lists there are.
struct TroubleWords<'a> {
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    lists: &'a Lists,
}

impl TroubleWords<'_> {
    fn crowded(&self, crowded: &[Crowded]) -> Option<Problem> {
        let first = crowded.first()?;
        let title = self.rules.tiers.first().map_or("", |tier| &tier.title);
        let (included, places) = (first.included, counted(first.places, "place", "places"));
        let message = match self.lists.is_one() {
            true => format!("gates include {}; \"{title}\" has {places}", counted(included, "candidate", "candidates")),
            false => format!(
                "gates include more than \"{title}\" has places, which is {places}, in {}",
                self.areas(crowded.iter().map(|it| it.one_of_them))
            ),
        };
        let problem = Problem::new(Code::TooManyIncluded, message).at(self.rules.place.clone());
        Some(problem.help("all of them are in it; give the tier more places, or narrow the gates"))
    }

    fn ties(&self, ties: &[TieAtTheLine]) -> Vec<Problem> {
        if self.lists.is_one() {
            return ties.iter().filter_map(|tie| self.ties_of_tier(&[tie])).collect();
        }
        let mut alike: BTreeMap<(usize, bool), Vec<&TieAtTheLine>> = BTreeMap::new();
        for tie in ties {
            alike.entry((tie.tier, tie.of_a_family)).or_default().push(tie);
        }
        alike.into_values().filter_map(|ties| self.ties_of_tier(&ties)).collect()
    }

    fn ties_of_tier(&self, ties: &[&TieAtTheLine]) -> Option<Problem> {
        let first = ties.first()?;
        let tier = self.rules.tiers.get(first.tier).map_or("", |tier| &tier.title);
        let id = |candidate: usize| self.assessment.candidates.get(candidate).map_or("", |candidate| &candidate.id);
        let total = Fixed::new(first.total, self.rules.decimals);
        let (inside, outside) = (id(first.inside), id(first.outside));
        let place = if first.of_a_family { "the place of its family" } else { "the last place" };
        let mut message =
            format!("`{inside}` has {place} in \"{tier}\" and `{outside}` has none, though both have {total}");
        if ties.len() > 1 {
            message.push_str(&format!("; so it is in {}", self.areas(ties.iter().map(|tie| tie.inside))));
        }
        let problem = Problem::new(Code::TieAtTheLine, message).at(self.rules.place.clone());
        Some(problem.help("the declared order of equal totals decided; say in the minutes that they are tied"))
    }

    /// The areas of candidates: `3 areas: Abbey, Mill and Town`.
    fn areas(&self, candidates: impl Iterator<Item = usize>) -> String {
        let area = |candidate: usize| self.assessment.candidates.get(candidate)?.area.as_deref();
        let mut codes: Vec<&str> = candidates.filter_map(area).collect();
        // An area's ties stand beside each other.
        codes.dedup();
        let names: Vec<String> = codes.into_iter().map(|code| self.assessment.area_title(code).to_owned()).collect();
        format!("{}: {}", counted(names.len(), "area", "areas"), first_listed(&names, MOST_NAMED))
    }
}

/// A tier while it is being filled.
struct Filling {
    takes: Takes,
    left: usize,
    /// The last candidate that took a place, and its total.
    last: Option<(i64, usize)>,
    /// By family who has its place, and with which total; none by a gate. Kept where only one of a family has one.
    held: Option<BTreeMap<usize, (usize, Option<i64>)>>,
}

impl Filling {
    fn new(tier: &Tier, overlaps: &Overlaps) -> Self {
        let left = if let Takes::Places(places) = tier.takes { places } else { usize::MAX };
        let held = (tier.one_of_a_family && overlaps.has_families()).then(BTreeMap::new);
        Self { takes: tier.takes, left, last: None, held }
    }

    fn takes(&self, total: i64) -> bool {
        match self.takes {
            Takes::AtLeast(bound) => total >= bound,
            Takes::Places(_) => self.left > 0,
            Takes::Rest => true,
        }
    }

    /// Who has the place of a family, and its total; none where it is free, or where places are not shared so.
    fn holder(&self, family: usize) -> Option<(usize, Option<i64>)> {
        self.held.as_ref()?.get(&family).copied()
    }

    /// Gives a family's place to a candidate that a gate includes.
    fn hold(&mut self, family: usize, candidate: usize) {
        self.held.as_mut().and_then(|held| held.insert(family, (candidate, None)));
    }

    fn take(&mut self, total: i64, candidate: usize, family: usize) {
        if let Takes::Places(_) = self.takes {
            self.left -= 1;
            self.last = Some((total, candidate));
        }
        self.held.as_mut().and_then(|held| held.insert(family, (candidate, Some(total))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    /// Whether all is counted, only totals, or nothing.
    #[test]
    fn places_are_those_of_comparing_however_they_are_found() {
        let mut random = Random::new(1, Stream::Evidence, 0);
        let mut column = |below: u64, apart: i64| -> Vec<i64> {
            (0..500).map(|_| (i64::try_from(random.below(below)).unwrap() - 9) * apart).collect()
        };
        let (close, apart) = ([column(40, 1), column(7, 1), column(3, 1)], column(40, 1_000_000));
        for (totals, ties) in [
            (&close[0], vec![&*close[1], &*close[2]]),
            (&close[0], vec![&*apart, &*close[2]]),
            (&close[0], vec![]),
            (&apart, vec![&*close[1], &*close[2]]),
        ] {
            let mut compared: Vec<usize> = (0..500).collect();
            compared
                .sort_by_key(|it| (Reverse(totals[*it]), ties.iter().map(|of| Reverse(of[*it])).collect::<Vec<_>>()));
            assert_eq!(descending(totals, &ties), compared);
        }
        assert_eq!(descending(&[], &[]), [0; 0]);
    }

    #[test]
    fn who_has_no_total_comes_behind_all_others() {
        assert_eq!(with_lowest(&[Some(5), None, Some(-9), None]), [5, -10, -9, -10]);
        assert_eq!(with_lowest(&[None]), [0]);
    }

    #[test]
    fn equals_share_a_rank_and_the_next_one_is_skipped() {
        let mut ranks = [None; 5];
        rank(&[(1, 9), (2, 7), (3, 7), (0, 5)], |_, _| true, &mut ranks);
        assert_eq!(ranks, [Some(4), Some(1), Some(2), Some(2), None]);
        rank(&[(1, 9), (2, 7), (3, 7), (0, 5)], |one, other| one == other, &mut ranks);
        assert_eq!(ranks, [Some(4), Some(1), Some(2), Some(3), None]);
    }
}
