//! How often each action is in the best set, over what might be the case: robust portfolio modelling (Liesiö, J., Mild, P. and
//! Salo, A. 2007, *European Journal of Operational Research* 181(3), 1488–1505), with draws in place of all weights.

use std::num::NonZeroUsize;

use super::answer::{Answer, Steps};
use super::case::Case;
use super::drawing::Drawing;
use super::factor::{Factor, factors};
use super::finding_out::{FindingOut, KeptDraw, finding_out, kept};
use super::worth::WorthRule;
use crate::diagnostic::Problem;
use crate::scoring::Ranking;
use crate::sensitivity::draws::on_threads;
use crate::sensitivity::redraw::Redraw;

/// From this part of the draws on an action is core.
pub const CORE: f64 = 0.95;
/// Up to this part of the draws it is out.
pub const OUT: f64 = 0.05;

/// How often each action is in the best set.
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// How many draws were made.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
    /// In how many draws the best set was proven within the steps.
    pub proven: u64,
    /// In how many draws no set kept to all conditions.
    pub without_set: u64,
    /// In how many draws each action was in the best set, by number.
    pub times: Vec<u64>,
    /// In how many draws the best set was that of the figures as they are filed.
    pub same: u64,
    /// In how many draws that set takes more of each resource than there is, by number.
    pub overspends: Vec<u64>,
    /// What would be worth finding out.
    pub finding_out: FindingOut,
}

/// How often an action is in the best set, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// Nearly always.
    Core,
    /// In some draws.
    Borderline,
    /// Nearly never.
    Out,
}

impl Core {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Borderline => "borderline",
            Self::Out => "out",
        }
    }
}

impl Robust {
    /// In what part of the draws an action is in the best set.
    pub fn index(&self, action: usize) -> f64 {
        self.part(self.times.get(action).copied().unwrap_or(0))
    }

    /// What part of the draws so many are.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub fn part(&self, times: u64) -> f64 {
        times as f64 / (self.draws.max(1)) as f64
    }

    /// The same in a word.
    pub fn group(&self, action: usize) -> Core {
        let index = self.index(action);
        match index {
            _ if index >= CORE => Core::Core,
            _ if index <= OUT => Core::Out,
            _ => Core::Borderline,
        }
    }
}

/// The most steps of one draw.
const MOST_OF_A_DRAW: u64 = 10_000_000;

/// How often each action is in the best set over so many draws, which may take so many steps together. Weights are drawn round
/// those of the rules and evidence from its own distributions, as by `sensitivity`; shares and costs from triangles over their
/// intervals, highest at the figure itself. Gates stay as they fired on the list.
///
/// Each draw has its part of the steps. What they spare goes to those that were not proven with theirs, each as much: so no
/// thread shows.
///
/// # Errors
/// What fails for evidence or weights that were drawn; a worth below zero.
pub fn robust(
    ranking: &Ranking<'_>,
    case: &Case<'_>,
    rule: &WorthRule,
    filed: &[bool],
    (draws, seed): (u64, u64),
    steps: &mut Steps,
    threads: NonZeroUsize,
) -> Result<Robust, Problem> {
    Redraw::new(ranking.assessment, ranking.rules).spend(&ranking.rules.library.budget, draws)?;
    let factors = factors(ranking, case, rule);
    let run = Run { ranking, case, rule, filed, seed, factors: &factors, kept: kept(draws, factors.len()), threads };
    let numbers: Vec<u64> = (0..draws).collect();
    let first = run.tally(&numbers, (steps.left() / draws.max(1)).min(MOST_OF_A_DRAW), false)?;
    steps.take(first.spent);
    let open = u64::try_from(first.open.len()).unwrap_or(u64::MAX);
    let again = run.tally(&first.open, (steps.left() / open.max(1)).min(MOST_OF_A_DRAW), true)?;
    steps.take(again.spent);
    let all = first.and(again);
    Ok(Robust {
        draws,
        seed,
        proven: all.proven,
        without_set: all.without_set,
        finding_out: finding_out(factors, all.kept, case.options.actions.len()),
        times: all.times,
        same: all.same,
        overspends: all.overspends,
    })
}

/// What all draws have in common.
struct Run<'r, 'a> {
    ranking: &'r Ranking<'a>,
    case: &'r Case<'r>,
    rule: &'r WorthRule,
    /// The best set of the figures as they are filed.
    filed: &'r [bool],
    seed: u64,
    factors: &'r [Factor],
    /// Of how many draws, the first ones, it is kept what was drawn.
    kept: u64,
    threads: NonZeroUsize,
}

/// What came of draws.
struct Tally {
    proven: u64,
    without_set: u64,
    times: Vec<u64>,
    same: u64,
    overspends: Vec<u64>,
    kept: Vec<KeptDraw>,
    /// Those that were not proven and are to be made again, by number.
    open: Vec<u64>,
    spent: u64,
}

impl Run<'_, '_> {
    /// What comes of these draws with so many steps each. What is not proven then is only counted where it is `final`.
    fn tally(&self, numbers: &[u64], each: u64, is_final: bool) -> Result<Tally, Problem> {
        let mut all = Tally::none(self.case);
        if numbers.is_empty() {
            return Ok(all);
        }
        let tallies = on_threads(self.threads, numbers.len() as u64, |places| {
            let mut drawing = Drawing::new(self.ranking, self.case, self.rule, self.seed)?;
            let mut tally = Tally::none(self.case);
            let numbers = places.filter_map(|place| numbers.get(usize::try_from(place).ok()?).copied());
            for number in numbers {
                let mut steps = Steps::of(each);
                let answer = drawing.best(number, &mut steps)?;
                tally.spent += steps.spent();
                match answer.is_proven() || is_final {
                    true => {
                        tally.count(number, &answer, || self.told(&drawing, number));
                        tally.beside(self.filed, &answer, &drawing);
                    }
                    false => tally.open.push(number),
                }
            }
            Ok::<_, Problem>(tally)
        });
        for tally in tallies {
            all = all.and(tally?);
        }
        all.open.sort_unstable();
        Ok(all)
    }

    /// What was drawn; none where that is not kept.
    fn told(&self, drawing: &Drawing<'_, '_>, number: u64) -> Option<Vec<f64>> {
        (number < self.kept).then(|| self.factors.iter().map(|factor| drawing.value(factor)).collect())
    }
}

impl Tally {
    fn none(case: &Case<'_>) -> Self {
        let (kept, open) = (Vec::new(), Vec::new());
        let (times, overspends) = (vec![0; case.options.actions.len()], vec![0; case.options.resources.len()]);
        Self { proven: 0, without_set: 0, times, same: 0, overspends, kept, open, spent: 0 }
    }

    /// Whether the best set is the one that is filed, and of which resources that one takes too much in the draw.
    fn beside(&mut self, filed: &[bool], answer: &Answer, drawing: &Drawing<'_, '_>) {
        self.same += u64::from(matches!(answer, Answer::Best(best) if best.set == filed));
        for (resource, times) in self.overspends.iter_mut().enumerate() {
            *times += u64::from(drawing.overspends(resource, filed));
        }
    }

    fn count(&mut self, number: u64, answer: &Answer, told: impl FnOnce() -> Option<Vec<f64>>) {
        match answer {
            Answer::Best(best) => {
                self.proven += u64::from(best.is_proven());
                self.times.iter_mut().zip(&best.set).for_each(|(times, chosen)| *times += u64::from(*chosen));
                self.kept.extend(told().map(|values| KeptDraw { number, values, set: best.set.clone() }));
            }
            Answer::Nothing => self.without_set += 1,
            Answer::Unknown => {}
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.proven += other.proven;
        self.without_set += other.without_set;
        self.spent += other.spent;
        self.times.iter_mut().zip(&other.times).for_each(|(times, more)| *times += more);
        self.same += other.same;
        self.overspends.iter_mut().zip(&other.overspends).for_each(|(times, more)| *times += more);
        self.kept.extend(other.kept);
        self.open.extend(other.open);
        self
    }
}
