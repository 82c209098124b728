//! Stochastic multicriteria acceptability analysis, SMAA-2: who comes where for how much of the weights, the evidence or
//! both. Lahdelma and Salminen (2001, *Operations Research* 49(3), 444–454); Tervonen and Lahdelma (2007, *European
//! Journal of Operational Research* 178(2), 500–513).

use std::collections::BTreeMap;

use super::Problem;
use super::draws::{self, DrawSettings};
use super::place_tally::PlaceTally;
use super::rank_tally::RankTally;
use super::redraw::{EvidenceMoves, Redraw};
use super::redrawn::Redrawn;
use super::sums::Sums;
use super::top::TopPlaces;
use super::weights::WeightSpace;
use crate::rules::Takes;
use crate::scoring::{Again, Ranking};

/// How long a list may be for every place and every pair to be counted.
const MAX_CANDIDATES: usize = 500;
/// Among how many first places a candidate is counted where the top tier has no places.
const DEFAULT_TOP: usize = 100;
/// The parts of the draws below the ranks that are told.
const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// What varies.
#[derive(Debug, Clone, PartialEq)]
pub enum Variation {
    /// Weights from this space; the evidence stays as it was filed.
    Weights(WeightSpace),
    /// The evidence, from its own distributions; the weights stay those of the rules.
    Evidence,
    /// Weights from this space and the evidence, both in each draw.
    Both(WeightSpace),
}

impl Variation {
    fn weight_space(&self) -> Option<&WeightSpace> {
        match self {
            Self::Weights(space) | Self::Both(space) => Some(space),
            Self::Evidence => None,
        }
    }

    /// Whether weights are drawn that none of can move.
    pub fn holds_all_weights(&self) -> bool {
        self.weight_space().is_some_and(|space| !space.can_move())
    }

    /// Whether evidence is redrawn.
    pub fn moves_evidence(&self) -> bool {
        matches!(self, Self::Evidence | Self::Both(_))
    }
}

/// Who comes where how often.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    /// How many draws were made.
    pub draws: u64,
    /// Among how many first places [`CandidateAcceptability::in_top`] counts.
    pub top_places: usize,
    /// Whether of each family only the first is counted there.
    pub one_of_a_family: bool,
    /// The candidates that have a total, in the order of the list.
    pub candidates: Vec<CandidateAcceptability>,
    /// How often each was ahead of each other, as parts of one: rows and columns in the order of the list. Where they were
    /// level neither was. None for long lists. The pairwise winning index of Leskinen, Viitanen, Kangas and Kangas (2006, *Forest Science* 52(3),
    /// 304–312).
    pub pairwise_wins: Option<Vec<Vec<f64>>>,
    /// What of the evidence moved, where the evidence was redrawn, or would have moved.
    pub evidence: EvidenceMoves,
}

/// How one candidate did.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateAcceptability {
    /// Which, by number.
    pub candidate: usize,
    /// Its rank acceptability indices: how often it had each place, as parts of one; equals share the better place. None
    /// for long lists.
    pub places: Option<Vec<f64>>,
    /// The mean of its ranks over all draws, from 1.
    pub mean_rank: f64,
    /// The ranks that 5%, half and 95% of the draws do not exceed.
    pub rank_quantiles: [usize; 3],
    /// How often it was among the first, as parts of one.
    pub in_top: f64,
    /// Its central weights, parts of one: the mean of the weights that put it first. None where none did, where weights
    /// do not move, and for long lists.
    pub central_weights: Option<Vec<f64>>,
    /// Its confidence factor: how often it is first where its central weights are used, as parts of one. Where the
    /// evidence does not move it is or it is not.
    pub confidence: Option<f64>,
}

/// The analysis of a ranking.
///
/// # Errors
/// No weights within their bounds, or an expression that failed for evidence that was redrawn.
pub fn acceptability(
    ranking: &Ranking<'_>,
    variation: &Variation,
    settings: DrawSettings,
) -> Result<Acceptability, Problem> {
    let numbers: Vec<usize> = ranking.with_totals().collect();
    let top = top_places(ranking, &numbers);
    let counter = |threads| {
        let settings = DrawSettings { threads, ..settings };
        DrawCounter { ranking, variation, settings, numbers: &numbers, top: top.clone() }
    };
    let budget = &ranking.rules.library.budget;
    if variation.moves_evidence() {
        // Short lists are drawn again for who is first by central weights.
        let again = variation.weight_space().is_some() && numbers.len() <= MAX_CANDIDATES;
        let draws = settings.draws.saturating_mul(if again { 2 } else { 1 });
        Redraw::new(ranking.assessment, ranking.rules).spend(budget, draws)?;
    }
    let counted = budget.on_threads(settings.threads, |threads| counter(threads).count());
    budget.check()?;
    let counted = counted?;
    let mut found = counter(settings.threads).read(&counted);
    if let (AnyTally::Short(_), Some(_)) = (&counted, variation.weight_space()) {
        let central = central_weights(&found);
        let firsts = budget.on_threads(settings.threads, |threads| counter(threads).firsts(&central));
        budget.check()?;
        for ((at, _), first) in central.iter().zip(firsts?) {
            if let Some(accepted) = found.candidates.get_mut(*at) {
                accepted.confidence = Some(first);
            }
        }
    }
    if let AnyTally::Short(tally) = &counted {
        let all = 0..numbers.len();
        let row = |own: usize| all.clone().map(|other| fraction(tally.wins(own, other), found.draws)).collect();
        found.pairwise_wins = Some(all.clone().map(row).collect());
    }
    Ok(found)
}

/// The places of the top tier, where it has places; one for each family where the rules say so.
fn top_places(ranking: &Ranking<'_>, numbers: &[usize]) -> TopPlaces {
    let places = match ranking.rules.tiers.first().map(|tier| tier.takes) {
        Some(Takes::Places(places)) => places,
        _ if numbers.len() > MAX_CANDIDATES => DEFAULT_TOP,
        _ => 1,
    };
    let places = u32::try_from(places).unwrap_or(u32::MAX);
    if !ranking.families_share_the_top() {
        return TopPlaces::new(places);
    }
    // By the first of each family in the list.
    let mut first: BTreeMap<usize, u32> = BTreeMap::new();
    let families = numbers.iter().zip(0..);
    let families = families.map(|(it, at)| *first.entry(ranking.overlaps().family(*it)).or_insert(at)).collect();
    TopPlaces::of_families(places, families)
}

/// A candidate that can be first, by its place in the list, and its central weights.
type CentralWeights = (usize, Vec<f64>);

fn central_weights(found: &Acceptability) -> Vec<CentralWeights> {
    let central = |(at, accepted): (usize, &CandidateAcceptability)| Some((at, accepted.central_weights.clone()?));
    found.candidates.iter().enumerate().filter_map(central).collect()
}

enum AnyTally {
    Short(PlaceTally),
    Long(RankTally),
}

struct DrawCounter<'r, 'a> {
    ranking: &'r Ranking<'a>,
    variation: &'r Variation,
    settings: DrawSettings,
    numbers: &'r [usize],
    top: TopPlaces,
}

impl<'a> DrawCounter<'_, 'a> {
    fn count(&self) -> Result<AnyTally, Problem> {
        let rules = self.ranking.rules;
        let plain = rules.combine.adds_points() && !rules.ties_separate && !self.variation.moves_evidence();
        match (plain, self.variation.weight_space()) {
            (true, Some(space)) => self.count_sums(space),
            _ => self.count_orders(),
        }
    }

    fn is_short(&self) -> bool {
        self.numbers.len() <= MAX_CANDIDATES
    }

    /// Where totals are sums, whole blocks of draws at once.
    fn count_sums(&self, space: &WeightSpace) -> Result<AnyTally, Problem> {
        let ranking = self.ranking;
        let value = |candidate: usize, criterion: usize| {
            ranking.takes_part(criterion, candidate).then(|| ranking.value(criterion, candidate).to_f64())
        };
        let row = |candidate: &usize| (0..space.len()).map(|criterion| value(*candidate, criterion)).collect();
        let rows: Vec<Vec<Option<f64>>> = self.numbers.iter().map(row).collect();
        let sums = Sums::new(&rows, space.len());
        Ok(match self.is_short() {
            true => AnyTally::Short(draws::tally_sums(&sums, space, self.settings, &self.top)?),
            false => AnyTally::Long(draws::tally_long_sums(&sums, space, self.settings, &self.top)?),
        })
    }

    /// Otherwise the engine makes the list again for each draw.
    fn count_orders(&self) -> Result<AnyTally, Problem> {
        let start = || ListMaker::new(self.ranking, self.variation, self.settings.seed, self.numbers);
        let work = |maker: &mut ListMaker<'_, 'a>, draw: u64, weights: Option<&[f64]>, ranks: &mut [u32]| {
            maker.redraw(draw)?;
            maker.ranks(weights, ranks)
        };
        let space = self.variation.weight_space();
        Ok(match self.is_short() {
            true => {
                AnyTally::Short(draws::tally_ranks(self.numbers.len(), space, self.settings, &self.top, start, work)?)
            }
            false => AnyTally::Long(draws::tally_long_ranks(
                self.numbers.len(),
                space,
                self.settings,
                &self.top,
                start,
                work,
            )?),
        })
    }

    /// What was counted, in the order of the numbers.
    fn read(&self, counted: &AnyTally) -> Acceptability {
        let draws = self.settings.draws;
        let candidate = |(at, candidate): (usize, &usize)| match counted {
            AnyTally::Short(tally) => self.read_short(tally, at, *candidate),
            AnyTally::Long(tally) => CandidateAcceptability {
                candidate: *candidate,
                places: None,
                mean_rank: tally.mean_rank(at),
                rank_quantiles: QUANTILES.map(|part| tally.quantile(at, part)),
                in_top: fraction(tally.among_top(at).into(), draws),
                central_weights: None,
                confidence: None,
            },
        };
        let candidates = self.numbers.iter().enumerate().map(candidate).collect();
        let (places, one_of_a_family) = (self.top.places(), self.top.has_families());
        let top_places = usize::try_from(places).unwrap_or(usize::MAX);
        let evidence = EvidenceMoves::new(self.ranking, self.numbers);
        Acceptability { draws, top_places, one_of_a_family, candidates, pairwise_wins: None, evidence }
    }

    #[expect(clippy::cast_precision_loss, reason = "places and counts of draws")]
    fn read_short(&self, tally: &PlaceTally, at: usize, candidate: usize) -> CandidateAcceptability {
        let (draws, places) = (tally.draws(), tally.places(at));
        let rank_sum: u64 = places.iter().zip(1..).map(|(times, place)| u64::from(*times) * place).sum();
        let quantile = |part: f64| {
            let mut seen = 0;
            let reached = places.iter().position(|times| {
                seen += u64::from(*times);
                seen > 0 && seen as f64 >= part * draws as f64
            });
            reached.map_or(places.len(), |place| place + 1)
        };
        CandidateAcceptability {
            candidate,
            places: Some(places.iter().map(|times| fraction((*times).into(), draws)).collect()),
            mean_rank: fraction(rank_sum, draws),
            rank_quantiles: QUANTILES.map(quantile),
            in_top: fraction(tally.among_top(at), draws),
            central_weights: self.variation.weight_space().and_then(|_| tally.central_weights(at)),
            confidence: None,
        }
    }

    /// How often each candidate is first where its central weights are used, as parts of one.
    fn firsts(&self, central: &[CentralWeights]) -> Result<Vec<f64>, Problem> {
        let draws = if self.variation.moves_evidence() { self.settings.draws } else { 1 };
        let counted = draws::on_threads(self.settings.threads, draws, |numbers| {
            let mut maker = ListMaker::new(self.ranking, self.variation, self.settings.seed, self.numbers)?;
            let (mut firsts, mut ranks) = (vec![0_u64; central.len()], vec![0; self.numbers.len()]);
            for draw in numbers {
                maker.redraw(draw)?;
                for ((at, weights), first) in central.iter().zip(&mut firsts) {
                    maker.ranks(Some(weights), &mut ranks)?;
                    *first += u64::from(ranks.get(*at) == Some(&0));
                }
            }
            Ok::<_, Problem>(firsts)
        });
        let mut firsts = vec![0_u64; central.len()];
        for counted in counted {
            firsts.iter_mut().zip(counted?).for_each(|(all, more)| *all += more);
        }
        Ok(firsts.into_iter().map(|first| fraction(first, draws)).collect())
    }
}

/// What one thread needs to make a list again.
struct ListMaker<'r, 'a> {
    ranking: &'r Ranking<'a>,
    /// The candidates in the tally.
    numbers: &'r [usize],
    again: Again<'r, 'a>,
    /// Where evidence is redrawn.
    redrawn: Option<Redrawn<'a>>,
}

impl<'r, 'a> ListMaker<'r, 'a> {
    fn new(ranking: &'r Ranking<'a>, variation: &Variation, seed: u64, numbers: &'r [usize]) -> Result<Self, Problem> {
        let redrawn = variation.moves_evidence().then(|| Redrawn::new(ranking, numbers, seed)).transpose()?;
        Ok(Self { ranking, numbers, again: Again::new(ranking)?, redrawn })
    }

    /// Draws the evidence of a draw, where evidence moves.
    fn redraw(&mut self, draw: u64) -> Result<(), Problem> {
        self.redrawn.as_mut().map_or(Ok(()), |redrawn| redrawn.draw(draw))
    }

    /// By these weights, or by those of the rules, the rank from zero of each candidate in the tally; equals share one.
    /// Whoever has no total this time comes after those who have.
    fn ranks(&mut self, weights: Option<&[f64]>, ranks: &mut [u32]) -> Result<(), Problem> {
        let own = &self.ranking.rules.weights;
        let drawn = weights.map(|weights| own.with_parts(weights));
        let weights = drawn.as_ref().unwrap_or(own);
        let found = match &mut self.redrawn {
            Some(redrawn) => redrawn.rerun.ranks(weights)?,
            None => self.again.with_weights(weights)?.ranks().to_vec(),
        };
        let after = found.iter().flatten().count();
        for (rank, candidate) in ranks.iter_mut().zip(self.numbers) {
            let place = found.get(*candidate).copied().flatten().map_or(after, |rank| rank - 1);
            *rank = u32::try_from(place).unwrap_or(u32::MAX);
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of draws")]
fn fraction(times: u64, draws: u64) -> f64 {
    times as f64 / draws.max(1) as f64
}
