//! Whom to pass, where places count: the least moved weight over all choices of rivals, and all levels.
//!
//! A candidate stands above another where some level lies between them, and for a given level everything is linear; over
//! the same weights the level is not even needed. A case is a stretch of levels with rivals that are to be passed, and
//! others that need not be. It moves no less than its programme does, so the case that moves least is looked at first,
//! and parted by one more rival, or else in two stretches, until what is found holds.

use std::rc::Rc;

use super::contest::{Contest, TotalOfWeights, part_of_whole, to_float};
use super::programme::Levels;

/// What a level may miss by, in units of the totals' last decimal.
const LEVEL_TOLERANCE: f64 = 0.05;
/// Into how many stretches the levels are parted before anything is looked at, where levels are needed.
const FIRST_STRETCHES: usize = 8;
/// By how much a case may be over what is allowed before it is given up, as a part of all weight.
const TOLERANCE: f64 = 1e-9;
/// Why nothing is known where the work has its limits.
const TOO_MUCH: &str = "it would take too long to work out";

/// The smallest change.
pub(super) struct Smallest {
    /// Nothing that moves less than this does it, as a part of all weight.
    pub(super) least: f64,
    /// Weights that do it. They move half a step more at most.
    pub(super) weights: Vec<f64>,
}

/// The search for the smallest change in one contest.
pub(super) struct Search<'c> {
    contest: &'c Contest,
    /// How much work may still be done: rows times columns of programmes.
    work: &'c mut u64,
}

impl<'c> Search<'c> {
    pub(super) fn new(contest: &'c Contest, work: &'c mut u64) -> Self {
        Self { contest, work }
    }

    /// The smallest change of the weights with `spare` between the candidate and those it passes; none where there is
    /// none.
    ///
    /// # Errors
    /// Why that is not known.
    pub(super) fn smallest(&mut self, spare: f64) -> Result<Option<Smallest>, &'static str> {
        let mut cases = Cases { contest: self.contest, open: Vec::new(), best: None, given_up: f64::INFINITY };
        for levels in self.contest.first_stretches() {
            let alone = self.alone(levels, spare)?;
            cases.add(Case { levels, alone, passed: Vec::new(), spared: Vec::new(), least: 0.0, weights: None });
        }
        while let Some(case) = cases.next() {
            self.take(self.contest.rivals.len())?;
            let parts = match case.weights {
                Some(_) => self.parted(case, spare, &mut cases)?,
                None => self.solved(case, spare)?,
            };
            for part in parts {
                cases.add(part);
            }
        }
        let Cases { best, given_up, .. } = cases;
        Ok(best.map(|(moved, weights)| Smallest { least: moved.min(given_up), weights }))
    }

    /// A case with its programme's answer; none where it has none.
    fn solved(&mut self, case: Case, spare: f64) -> Result<Vec<Case>, &'static str> {
        let answer = self.solve(case.levels, &case.passed, spare)?;
        let solved = |(moved, weights)| Case { least: case.least.max(moved), weights: Some(weights), ..case };
        Ok(answer.map(solved).into_iter().collect())
    }

    /// What a case whose programme is solved is made of; nothing where its answer holds, which is noted then.
    fn parted(&mut self, mut case: Case, spare: f64, cases: &mut Cases<'_>) -> Result<Vec<Case>, &'static str> {
        let contest = self.contest;
        let weights = case.weights.take().unwrap_or_default();
        let mut others = contest.others_not_passed(&case, &weights, spare);
        let level = contest.level_between(&case, &weights, spare);
        let mut is_at_a_level = level.is_none();
        if others.len() <= contest.spared {
            let Some(level) = level else {
                cases.note(contest.moved(&weights), weights);
                return Ok(Vec::new());
            };
            // Where one level does as well as the whole stretch, nothing has to be parted.
            if let Some((moved, weights)) = self.solve((level, level), &case.passed, spare)? {
                let at_level = contest.others_not_passed(&case, &weights, spare);
                let (holds, is_least) = (at_level.len() <= contest.spared, moved <= case.least + contest.half_a_step());
                if holds {
                    cases.note(moved, weights);
                }
                if holds && is_least {
                    return Ok(Vec::new());
                }
                if is_least {
                    (others, is_at_a_level) = (at_level, true);
                }
            }
        }
        others.retain(|rival| !case.spared.contains(rival));
        match (level, is_at_a_level || !others.is_empty()) {
            (Some(level), false) => {
                let (low, high) = case.levels;
                let of = |levels: Levels| Ok(Case { levels, alone: self.alone(levels, spare)?, ..case.clone() });
                [(low, level), (level, high)].into_iter().map(of).collect()
            }
            _ => Ok(case.with_one_more(others, contest)),
        }
    }

    /// The least that has to move to pass each rival alone.
    fn alone(&mut self, levels: Levels, spare: f64) -> Result<Rc<Vec<f64>>, &'static str> {
        let contest = self.contest;
        self.take(contest.rivals.len() * contest.current_weights.len())?;
        Ok(Rc::new(contest.rivals.iter().map(|rival| contest.least_to_pass(rival, levels, spare)).collect()))
    }

    fn solve(&mut self, levels: Levels, passed: &[usize], spare: f64) -> Result<Option<(f64, Vec<f64>)>, &'static str> {
        let solved = self.contest.solve(levels, passed, spare)?;
        self.take(solved.work)?;
        Ok(solved.answer)
    }

    fn take(&mut self, work: usize) -> Result<(), &'static str> {
        let work = u64::try_from(work).unwrap_or(u64::MAX);
        *self.work = self.work.checked_sub(work).ok_or(TOO_MUCH)?;
        Ok(())
    }
}

/// A choice of levels and rivals, as far as it is made.
#[derive(Clone)]
struct Case {
    levels: Levels,
    /// The least that has to move to pass each rival alone.
    alone: Rc<Vec<f64>>,
    /// The rivals that are to be passed, by number.
    passed: Vec<usize>,
    /// Those that need not be.
    spared: Vec<usize>,
    /// Nothing in it moves less.
    least: f64,
    /// The weights that move least and pass those that are to be passed; none before that is solved.
    weights: Option<Vec<f64>>,
}

impl Case {
    /// The cases in which one more of `others` is to be passed, or need not be. All are to be passed where no more can be
    /// spared.
    fn with_one_more(self, others: Vec<usize>, contest: &Contest) -> Vec<Self> {
        if self.spared.len() >= contest.spared {
            let passed = self.passed.iter().copied().chain(others).collect();
            return vec![Self { passed, ..self }];
        }
        let alone = |rival: &usize| self.alone.get(*rival).copied().unwrap_or(f64::INFINITY);
        let by_alone = |a: &usize, b: &usize| alone(a).total_cmp(&alone(b));
        // Where few may be spared it is those that are hard to pass, and where few are to be passed those that are easy.
        let one = match contest.spared * 2 < contest.rivals.len() {
            true => others.iter().copied().max_by(by_alone),
            false => others.iter().copied().min_by(by_alone),
        };
        let Some(one) = one else { return Vec::new() };
        let with = |others: &[usize]| others.iter().copied().chain([one]).collect();
        vec![Self { passed: with(&self.passed), ..self.clone() }, Self { spared: with(&self.spared), ..self }]
    }

    /// The least of all that pass as many more as have to be, by what each needs alone.
    fn least_by_number(&self, contest: &Contest) -> f64 {
        let needed = contest.rivals.len().saturating_sub(contest.spared + self.passed.len());
        let is_open = |rival: &usize| !self.passed.contains(rival) && !self.spared.contains(rival);
        let open = self.alone.iter().enumerate().filter(|(rival, _)| is_open(rival));
        let mut alone: Vec<f64> = open.map(|(_, alone)| *alone).collect();
        alone.sort_by(f64::total_cmp);
        match needed.checked_sub(1) {
            Some(last) => alone.get(last).copied().unwrap_or(f64::INFINITY),
            None => 0.0,
        }
    }
}

/// The cases that are still to be looked at, and the best weights so far.
struct Cases<'c> {
    contest: &'c Contest,
    open: Vec<Case>,
    /// What moves, with the weights.
    best: Option<(f64, Vec<f64>)>,
    /// The least of the cases that were given up though they might move a little less than the best.
    given_up: f64,
}

impl Cases<'_> {
    fn best_moved(&self) -> f64 {
        self.best.as_ref().map_or(f64::INFINITY, |(moved, _)| *moved)
    }

    fn note(&mut self, moved: f64, weights: Vec<f64>) {
        if moved < self.best_moved() {
            self.best = Some((moved, weights));
        }
    }

    /// Adds a case unless nothing in it can do better.
    fn add(&mut self, mut case: Case) {
        let most = self.contest.max_moved.min(self.best_moved()) + TOLERANCE;
        for (rival, alone) in case.alone.iter().enumerate() {
            if *alone > most && !case.spared.contains(&rival) {
                case.spared.push(rival);
            }
        }
        if case.spared.len() > self.contest.spared || case.passed.iter().any(|rival| case.spared.contains(rival)) {
            return;
        }
        case.least = case.least.max(case.least_by_number(self.contest));
        if case.least <= most {
            self.open.push(case);
        }
    }

    /// The case that moves least; of equals the one that is closest to an answer. None where none could move half a
    /// step less than the best.
    fn next(&mut self) -> Option<Case> {
        let by_least = |(_, a): &(usize, &Case), (_, b): &(usize, &Case)| {
            a.least.total_cmp(&b.least).then(b.passed.len().cmp(&a.passed.len()))
        };
        let (at, _) = self.open.iter().enumerate().min_by(by_least)?;
        let case = self.open.swap_remove(at);
        if case.least >= self.best_moved() - self.contest.half_a_step() {
            self.given_up = case.least;
            return None;
        }
        Some(case)
    }
}

impl Contest {
    /// The levels that are looked at first: one stretch where none is needed, or the only one.
    fn first_stretches(&self) -> Vec<Levels> {
        if let Some(level) = self.fixed {
            return vec![(level, level)];
        }
        if self.rivals.iter().all(|rival| self.is_level_free(rival)) {
            return vec![self.ends];
        }
        let (low, high) = self.ends;
        let at = |stretch: usize| low + (high - low) * to_float(stretch) / to_float(FIRST_STRETCHES);
        (0..FIRST_STRETCHES).map(|stretch| (at(stretch), at(stretch + 1))).collect()
    }

    /// The rivals beside those that a case passes, by number, that these weights do not pass, by what is to spare but
    /// for a hair: the engine has the last word.
    fn others_not_passed(&self, case: &Case, weights: &[f64], spare: f64) -> Vec<usize> {
        let own = self.own.total(weights);
        let others = self.rivals.iter().enumerate().filter(|(rival, _)| !case.passed.contains(rival));
        others.filter(|(_, rival)| self.lacks(own, rival, weights, spare) > 0.0).map(|(number, _)| number).collect()
    }

    /// A level between the candidate and the rival that a case passes and these weights do not, where there is one.
    fn level_between(&self, case: &Case, weights: &[f64], spare: f64) -> Option<f64> {
        let own = self.own.total(weights);
        let rivals = case.passed.iter().filter_map(|rival| self.rivals.get(*rival));
        let lacking = rivals.filter(|rival| !self.is_level_free(rival));
        let lacking = lacking.map(|rival| (self.lacks(own, rival, weights, spare), rival.total(weights)));
        let (_, rival) = lacking.filter(|(lacks, _)| *lacks > 0.0).max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        let level = f64::midpoint(own, rival);
        (case.levels.0 < level && level < case.levels.1).then_some(level)
    }

    /// How much the candidate lacks to pass a rival, in levels; 0 or less where it does.
    fn lacks(&self, own: f64, rival: &TotalOfWeights, weights: &[f64], spare: f64) -> f64 {
        spare - self.unit * LEVEL_TOLERANCE - (own - rival.total(weights)) * self.sign
    }

    /// How much weight moves, as a part of one.
    fn moved(&self, weights: &[f64]) -> f64 {
        self.current_weights.iter().zip(weights).map(|(now, then)| (then - now).max(0.0)).sum()
    }

    /// Half of the least step of the weights that are tried, as a part of one.
    fn half_a_step(&self) -> f64 {
        0.5 * part_of_whole(self.step, self.whole)
    }
}
