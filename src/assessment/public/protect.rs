//! Which counts are held back, so that small ones can't be worked out from the others and from what everybody knows of
//! their sums.
//!
//! It is not enough to hide a small count: where it is the only one that is hidden in a sum, the sum gives it away. For each
//! small count others are hidden with it until there is a *witness* for each number that it could be: other counts that fit
//! every known sum as well, each within what is published of it. A witness is made of the one before it, by moving the count
//! by one and mending one sum after the other. Counts that are hidden later take no witness away.

use std::collections::{BTreeMap, BTreeSet};

/// So many counts of a sum are tried in turn, those that are hidden already and as many others.
const MOST_TRIED: usize = 16;
/// So many counts move together at most.
const MOST_MOVED: usize = 60;

/// How far a search goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// So many steps one search takes.
    steps: usize,
    /// Of so many candidates more something is hidden for one small count, in the order in which that is tried.
    more_hidden: &'static [usize],
}

/// How far searches go, round after round: what was hidden for others helps those before them, and the last round looks
/// longest, for those alone that nothing was found for.
pub(super) const ROUNDS: [Effort; 3] = [
    Effort { steps: 300, more_hidden: &[0, 1, 3, 6, 12] },
    Effort { steps: 300, more_hidden: &[0, 1, 3, 6, 12] },
    Effort { steps: 1_000, more_hidden: &[0, 1, 3, 6, 12, 20] },
];

/// A count that can be held back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hideable {
    /// The count.
    pub count: u64,
    /// Between which numbers it is known to lie when it is held back.
    pub ends: (u64, u64),
    /// The figure that it is held back with, and its candidate; none of what nobody publishes.
    pub about: Option<(usize, usize)>,
    /// Whether the count itself is not known here: no witness may rely on it.
    pub is_unknown: bool,
}

/// A sum of counts, each times 1 or −1, that everybody knows.
#[derive(Debug)]
pub(super) struct Equation {
    terms: Vec<(usize, i64)>,
}

impl Equation {
    /// Of counts by number, each with its factor; those that are tried first come first.
    pub(super) fn new(terms: Vec<(usize, i64)>) -> Self {
        Self { terms }
    }
}

/// The counts and what is known of them, while figures are being held back.
pub(super) struct Protection<'a> {
    counts: &'a [Hideable],
    equations: &'a [Equation],
    /// In which equations each count stands, with its factor.
    in_equations: Vec<Vec<(usize, i64)>>,
    /// Whether each figure is held back.
    hidden: Vec<bool>,
}

impl<'a> Protection<'a> {
    pub(super) fn new(counts: &'a [Hideable], equations: &'a [Equation]) -> Self {
        let mut in_equations = vec![Vec::new(); counts.len()];
        for (number, equation) in equations.iter().enumerate() {
            for (count, factor) in &equation.terms {
                if let Some(found) = in_equations.get_mut(*count) {
                    found.push((number, *factor));
                }
            }
        }
        let figures = counts.iter().filter_map(|count| Some(count.about?.0 + 1)).max().unwrap_or(0);
        Self { counts, equations, in_equations, hidden: vec![false; figures] }
    }

    /// Holds a figure back.
    pub(super) fn hide(&mut self, figure: usize) {
        if let Some(hidden) = self.hidden.get_mut(figure) {
            *hidden = true;
        }
    }

    /// Whether a figure is held back.
    pub(super) fn hides(&self, figure: usize) -> bool {
        self.hidden.get(figure) == Some(&true)
    }

    /// Hides others until a count could be anything from `falls` less to `rises` more, or as much of that as can be had, which
    /// is returned.
    pub(super) fn protect(&mut self, count: usize, (falls, rises): (u64, u64), effort: Effort) -> (u64, u64) {
        (self.reached(count, falls, -1, effort), self.reached(count, rises, 1, effort))
    }

    /// How many steps of one a count can be made to seem to go, at most `most`.
    fn reached(&mut self, count: usize, most: u64, by: i64, effort: Effort) -> u64 {
        let mut witness = BTreeMap::new();
        for step in 0..most {
            let Some(moved) = self.moved_on(&witness, (count, by), effort) else { return step };
            for (count, by) in moved {
                *witness.entry(count).or_insert(0) += by;
                if let Some((figure, _)) = self.counts.get(count).and_then(|count| count.about) {
                    self.hide(figure);
                }
            }
        }
        most
    }

    /// By how much counts move on from a witness where one moves by `by`, with as little more hidden as can be.
    fn moved_on(
        &self,
        witness: &BTreeMap<usize, i64>,
        (count, by): (usize, i64),
        effort: Effort,
    ) -> Option<BTreeMap<usize, i64>> {
        for most in effort.more_hidden.iter().copied() {
            let (moved, broken) = (BTreeMap::new(), BTreeMap::new());
            let mut search = Search { of: self, witness, moved, broken, most, is_limited: false, steps: effort.steps };
            search.move_by(count, by);
            if search.repair() {
                return Some(search.moved);
            }
            if !search.is_limited {
                break;
            }
        }
        None
    }

    fn is_hidden(&self, count: &Hideable) -> bool {
        count.about.is_none_or(|(figure, _)| self.hides(figure))
    }
}

/// A search for other counts that fit all equations.
struct Search<'a> {
    of: &'a Protection<'a>,
    /// By how much counts are other already.
    witness: &'a BTreeMap<usize, i64>,
    /// By how much they are other beside that.
    moved: BTreeMap<usize, i64>,
    /// By how much equations are off.
    broken: BTreeMap<usize, i64>,
    /// Of how many candidates more something may be hidden.
    most: usize,
    /// Whether something was not tried because of a limit.
    is_limited: bool,
    steps: usize,
}

/// A count that could mend an equation.
struct Choice {
    count: usize,
    by: i64,
    /// How many equations more are off then.
    breaks: i64,
    is_new: bool,
    is_zero: bool,
}

impl Search<'_> {
    fn move_by(&mut self, count: usize, by: i64) {
        self.moved.insert(count, by);
        self.shift(count, by);
    }

    fn take_back(&mut self, count: usize) {
        if let Some(by) = self.moved.remove(&count) {
            self.shift(count, -by);
        }
    }

    fn shift(&mut self, count: usize, by: i64) {
        for (equation, factor) in self.of.in_equations.get(count).into_iter().flatten() {
            let off = self.broken.entry(*equation).or_insert(0);
            *off += by * factor;
            if *off == 0 {
                self.broken.remove(equation);
            }
        }
    }

    /// The figures that are not held back yet and have moved, each with its candidate.
    fn new_figures(&self) -> impl Iterator<Item = (usize, usize)> {
        let figures = self.moved.keys().filter_map(|count| self.of.counts.get(*count)?.about);
        figures.filter(|(figure, _)| !self.of.hides(*figure))
    }

    /// Moves counts until no equation is off: of those that are, first the one with the fewest counts to choose from.
    fn repair(&mut self) -> bool {
        if self.broken.is_empty() {
            return true;
        }
        if self.moved.len() >= MOST_MOVED || self.steps == 0 {
            self.is_limited = true;
            return false;
        }
        self.steps -= 1;
        let new_candidates: BTreeSet<usize> = self.new_figures().map(|(_, candidate)| candidate).collect();
        let broken: Vec<(usize, i64)> = self.broken.iter().map(|(equation, off)| (*equation, *off)).collect();
        let mut fewest: Option<Vec<Choice>> = None;
        for (equation, off) in broken {
            let most = fewest.as_ref().map_or(usize::MAX, Vec::len);
            if most == 0 {
                break;
            }
            let choices = self.choices(equation, off, &new_candidates, most);
            if choices.len() < most {
                fewest = Some(choices);
            }
        }
        let mut fewest = fewest.unwrap_or_default();
        // Those that mend other equations too, then those that break fewest; zeros are hidden last.
        fewest.sort_by_key(|choice| (choice.is_zero, choice.breaks, choice.is_new));
        for choice in fewest {
            self.move_by(choice.count, choice.by);
            if self.repair() {
                return true;
            }
            self.take_back(choice.count);
        }
        false
    }

    /// The counts that could mend an equation, those that are hidden already first. Where there are `most`, no more are looked for.
    fn choices(&mut self, equation: usize, off: i64, new_candidates: &BTreeSet<usize>, most: usize) -> Vec<Choice> {
        let (mut known, mut new) = (Vec::new(), Vec::new());
        let terms = self.of.equations.get(equation).map(|equation| &equation.terms);
        for (count, factor) in terms.into_iter().flatten() {
            let are_enough = known.len() >= MOST_TRIED && (new.len() >= MOST_TRIED || self.most == 0);
            if are_enough || known.len() + new.len() >= most {
                self.is_limited = true;
                break;
            }
            let Some(about) = self.of.counts.get(*count) else { continue };
            let by = -off * factor;
            if self.moved.contains_key(count) || !self.has_room(*count, about, by) {
                continue;
            }
            let is_new = !self.of.is_hidden(about);
            let list = if is_new { &mut new } else { &mut known };
            let may_hide = new_candidates.len() < self.most
                || about.about.is_none_or(|(_, candidate)| new_candidates.contains(&candidate));
            if list.len() >= MOST_TRIED || (is_new && !may_hide) {
                self.is_limited = true;
                continue;
            }
            list.push(Choice {
                count: *count,
                by,
                breaks: self.broken_after(*count, by),
                is_new,
                is_zero: about.count == 0,
            });
        }
        known.extend(new);
        known
    }

    /// Whether a count that is held back could be other by `by` more.
    fn has_room(&self, number: usize, count: &Hideable, by: i64) -> bool {
        let by = self.witness.get(&number).copied().unwrap_or(0) + by;
        let other = count.count.checked_add_signed(by);
        !count.is_unknown && other.is_some_and(|other| (count.ends.0..=count.ends.1).contains(&other))
    }

    /// How many equations more are off once a count moves.
    fn broken_after(&self, count: usize, by: i64) -> i64 {
        let equations = self.of.in_equations.get(count).into_iter().flatten();
        equations
            .map(|(equation, factor)| match self.broken.get(equation) {
                Some(off) if off + by * factor == 0 => -1,
                Some(_) => 0,
                None => 1,
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of counts from 1 to 4 or in tens, all totals known, and what is hidden to protect the first.
    fn hidden_with_first(rows: &[&[u64]]) -> (BTreeSet<usize>, (u64, u64)) {
        let width = rows.first().map_or(0, |row| row.len());
        let hideable = |(at, count): (usize, &u64)| {
            let ends = if *count < 5 { (count.min(&1).to_owned(), 4) } else { (count / 10 * 10, count / 10 * 10 + 9) };
            Hideable { count: *count, ends, about: Some((at, at)), is_unknown: false }
        };
        let counts: Vec<Hideable> = rows.iter().copied().flatten().enumerate().map(hideable).collect();
        let line = |of: &dyn Fn(usize) -> bool| {
            Equation::new((0..counts.len()).filter(|at| of(*at)).map(|at| (at, 1)).collect())
        };
        let by_row = (0..rows.len()).map(|row| line(&|at| at / width == row));
        let by_column = (0..width).map(|column| line(&|at| at % width == column));
        let equations: Vec<Equation> = by_row.chain(by_column).filter(|sum| sum.terms.len() > 1).collect();
        let mut protection = Protection::new(&counts, &equations);
        protection.hide(0);
        let first = counts.first().map_or(0, |first| first.count);
        let open = protection.protect(0, (first - 1, 4 - first), ROUNDS[0]);
        ((0..counts.len()).filter(|figure| protection.hides(*figure)).collect(), open)
    }

    #[test]
    fn a_small_count_takes_three_others_with_it_and_in_one_line_one() {
        let (hidden, open) = hidden_with_first(&[&[3, 25, 104], &[35, 44, 104], &[65, 84, 104]]);
        assert_eq!((hidden.len(), open), (4, (2, 1)));
        assert!(hidden.contains(&0));
        assert_eq!(hidden_with_first(&[&[3, 25, 104]]), (BTreeSet::from([0, 1]), (2, 1)));
        assert_eq!(hidden_with_first(&[&[3], &[25], &[104]]), (BTreeSet::from([0, 1]), (2, 1)));
    }

    #[test]
    fn what_others_leave_no_room_is_not_said_to_be_open() {
        // A zero can rise by one as the count falls by one, and never falls.
        assert_eq!(hidden_with_first(&[&[3, 0]]).1, (2, 0));
        assert_eq!(hidden_with_first(&[&[3, 10]]).1, (2, 0));
        assert_eq!(hidden_with_first(&[&[1, 11, 12]]).1, (0, 3));
        assert_eq!(hidden_with_first(&[&[1, 10, 11]]).1, (0, 1));
    }
}
