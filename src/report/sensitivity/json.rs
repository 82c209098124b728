//! For programs: stable, versioned in `schema`. Wire types, apart from the core's. Parts of the draws are rounded to six
//! decimals.

use schemars::JsonSchema;
use serde::Serialize;

use crate::scoring::{Fixed, Ranking};
use crate::sensitivity::Sensitivity;
use crate::sensitivity::acceptability::{CandidateAcceptability, Variation};
use crate::sensitivity::leave_out::{WithoutCandidate, WithoutCriterion};
use crate::sensitivity::methods::MethodResult;
use crate::sensitivity::redraw::EvidenceMoves;
use crate::sensitivity::stability::{RangeEnd, StableRange, WeightStability};
use crate::sensitivity::weights::{WeightDistribution, WeightSpace};
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/sensitivity/1";

/// How much a ranking depends on its weights and its evidence.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise sensitivity")]
pub struct SensitivityFile<'a> {
    /// `prioritise/sensitivity/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The digest of the assessment.
    pub assessment: &'a str,
    /// The digest of the rules.
    pub rules: &'a str,
    /// How many draws.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
    /// `weights`, `evidence` or `both`.
    pub vary: &'a str,
    /// Whether anything can move that is drawn: false where only weights are, and each is alone in its group.
    pub moves: bool,
    /// Answers without a distribution of their own, and which of them were drawn.
    pub answers: AnswersEntry,
    /// Which weights; null where weights don't move.
    pub weights: Option<WeightSpaceEntry<'a>>,
    /// The criteria's ids, then those of groups with a weight of their own: the order of all lists of weights here.
    pub criteria: Vec<&'a str>,
    /// Among how many first places `top` counts; each is one for a whole family where the rules share the top tier so.
    pub top: usize,
    /// The candidates that have a total, in the order of the list.
    pub candidates: Vec<AcceptabilityEntry<'a>>,
    /// How often each is ahead of each other, as parts of one, in the order of the list; where two are level neither is.
    /// Null for long lists.
    pub pairwise: Option<Vec<Vec<f64>>>,
    /// Groups of candidates that can't be told apart, by id.
    pub tied: Vec<Vec<&'a str>>,
    /// How far each weight can move alone; null for long lists.
    pub stability: Option<Vec<StabilityEntry<'a>>>,
    /// What each method makes of the list; null for long lists, and where more of a value can lower the total.
    pub methods: Option<Vec<MethodEntry<'a>>>,
    /// The list without each criterion.
    pub without_criteria: Vec<WithoutCriterionEntry<'a>>,
    /// Candidates whose absence turns others round; null where no value looks at the others, and for long lists.
    pub without_candidates: Option<Vec<WithoutCandidateEntry<'a>>>,
}

/// How many answers that have no distribution of their own were drawn, and how many stayed as the list has them: all of
/// them where the evidence does not vary.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersEntry {
    /// Missing answers that were drawn over all that their question allows.
    pub missing_drawn: usize,
    /// Missing answers that stayed as the rules have them.
    pub missing_held: usize,
    /// Judgements of one person that moved by the spread that the rules declare.
    pub one_person_drawn: usize,
    /// Judgements of one person that stayed.
    pub one_person_held: usize,
}

/// Which weights were drawn.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WeightsEntry")]
pub struct WeightSpaceEntry<'a> {
    /// `uniform` or `around`.
    pub manner: &'a str,
    /// How close those around the rules' weights keep to them; null for uniform ones.
    pub concentration: Option<f64>,
    /// The least and the most of each weight, as parts of one.
    pub bounds: Vec<(f64, f64)>,
    /// Criteria by id, in the order of their weights, the heaviest first.
    pub orders: Vec<Vec<&'a str>>,
}

/// How one candidate did.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AcceptedEntry")]
pub struct AcceptabilityEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its rank in the list.
    pub rank: Option<usize>,
    /// Its mean rank in the draws.
    pub mean_rank: f64,
    /// The ranks that 5%, half and 95% of the draws do not exceed.
    pub ranks: [usize; 3],
    /// How often it was among the first, as parts of one.
    pub top: f64,
    /// How often it had each place, as parts of one; equals share the better place. Null for long lists.
    pub places: Option<Vec<f64>>,
    /// The mean of the weights that put it first, as parts of one; null where none did.
    pub central_weights: Option<Vec<f64>>,
    /// How often it is first with its central weights, as parts of one.
    pub confidence: Option<f64>,
}

/// How far one weight can move alone.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StabilityEntry<'a> {
    /// The criterion's id.
    pub criterion: &'a str,
    /// Its weight now.
    #[schemars(with = "f64")]
    pub weight: Fixed,
    /// Where the order stays.
    pub order: StretchEntry<'a>,
    /// Where the first place stays.
    pub first: StretchEntry<'a>,
    /// Where the top tier stays.
    pub top: StretchEntry<'a>,
}

/// A stretch of weights; an end is null where it goes to zero, or to the whole.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StretchEntry<'a> {
    /// The lower end.
    pub lower: Option<EndEntry<'a>>,
    /// The upper end.
    pub upper: Option<EndEntry<'a>>,
}

/// An end of a stretch.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndEntry<'a> {
    /// The last weight at which nothing has changed.
    #[schemars(with = "f64")]
    pub same: Fixed,
    /// The next one, at which it has.
    #[schemars(with = "f64")]
    pub changed: Fixed,
    /// The id of the candidate that comes up, comes first, enters, or leaves where none enters.
    pub who: Option<&'a str>,
}

/// What a method makes of the list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodEntry<'a> {
    /// `weighted-sum`, `weighted-product`, `topsis` or `promethee-2`.
    pub method: &'a str,
    /// Each candidate's score, in the order of `candidates`.
    pub scores: Vec<f64>,
    /// Each candidate's rank.
    pub ranks: &'a [usize],
    /// Spearman's rho with the list.
    pub spearman: Option<f64>,
    /// Kendall's tau-b with the list.
    pub kendall: Option<f64>,
}

/// The list without one criterion.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithoutCriterionEntry<'a> {
    /// The criterion's id.
    pub criterion: &'a str,
    /// The id of who is first then.
    pub first: Option<&'a str>,
    /// The ids of those that are level with it.
    pub level: Vec<&'a str>,
    /// Kendall's tau-b with the list.
    pub kendall: Option<f64>,
    /// The ids of those that enter the top tier.
    pub entered: Vec<&'a str>,
    /// The ids of those that leave it.
    pub left: Vec<&'a str>,
}

/// A candidate whose absence turns others round.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithoutCandidateEntry<'a> {
    /// Its id.
    pub candidate: &'a str,
    /// Pairs of ids of which the first is above the second in the list and below it then.
    pub reversed: Vec<(&'a str, &'a str)>,
}

/// How much a ranking depends on weights and evidence, as JSON.
pub fn json(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    let names = IdsByNumber(ranking);
    let (vary, space) = match &found.variation {
        Variation::Weights(space) => ("weights", Some(space)),
        Variation::Evidence => ("evidence", None),
        Variation::Both(space) => ("both", Some(space)),
    };
    let accepted = &found.acceptability;
    let file = SensitivityFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: &ranking.assessment.digest,
        rules: &ranking.rules.digest,
        draws: found.settings.draws,
        seed: found.settings.seed,
        vary,
        moves: found.moves(),
        answers: answers(accepted.evidence, found.variation.moves_evidence()),
        weights: space.map(|space| names.weights(space)),
        criteria: (0..ranking.rules.weights.shares().len()).map(|at| names.criterion(at)).collect(),
        top: accepted.top_places,
        candidates: accepted.candidates.iter().map(|candidate| names.accepted(candidate)).collect(),
        pairwise: accepted.pairwise_wins.as_ref().map(|wins| wins.iter().map(|row| rounded_all(row)).collect()),
        tied: found.tied.iter().map(|group| names.candidates(group)).collect(),
        stability: found.stability.as_ref().map(|all| all.iter().map(|it| names.stability(it)).collect()),
        methods: found.methods.as_ref().map(|all| all.iter().map(method).collect()),
        without_criteria: found.without_criteria.iter().map(|it| names.without_criterion(it)).collect(),
        without_candidates: found
            .without_candidates
            .as_ref()
            .map(|all| all.iter().map(|it| names.without_candidate(it)).collect()),
    };
    indented_json(&file)
}

fn answers(evidence: EvidenceMoves, moves: bool) -> AnswersEntry {
    let EvidenceMoves { missing_drawn, missing_held, judges_drawn, judges_held } = evidence;
    let (missing, one_person) = (missing_drawn + missing_held, judges_drawn + judges_held);
    match moves {
        true => {
            AnswersEntry { missing_drawn, missing_held, one_person_drawn: judges_drawn, one_person_held: judges_held }
        }
        false => {
            AnswersEntry { missing_drawn: 0, missing_held: missing, one_person_drawn: 0, one_person_held: one_person }
        }
    }
}

/// Ids for numbers.
struct IdsByNumber<'r, 'a>(&'r Ranking<'a>);

impl<'r> IdsByNumber<'r, '_> {
    fn candidate(&self, number: usize) -> &'r str {
        self.0.assessment.candidates.get(number).map_or("", |candidate| &candidate.id)
    }

    fn candidates(&self, numbers: &[usize]) -> Vec<&'r str> {
        numbers.iter().map(|number| self.candidate(*number)).collect()
    }

    fn criterion(&self, number: usize) -> &'r str {
        self.0.rules.weighed(number).map_or("", |(id, _)| id)
    }

    fn weights(&self, space: &WeightSpace) -> WeightSpaceEntry<'r> {
        let (manner, concentration) = match space.distribution() {
            WeightDistribution::Uniform => ("uniform", None),
            WeightDistribution::Around { concentration, .. } => ("around", Some(*concentration)),
        };
        let order = |order: &Vec<usize>| order.iter().map(|criterion| self.criterion(*criterion)).collect();
        WeightSpaceEntry {
            manner,
            concentration,
            bounds: space.bounds().to_vec(),
            orders: space.orders().iter().map(order).collect(),
        }
    }

    fn accepted(&self, accepted: &CandidateAcceptability) -> AcceptabilityEntry<'r> {
        AcceptabilityEntry {
            id: self.candidate(accepted.candidate),
            rank: self.0.outcome().rank(accepted.candidate),
            mean_rank: rounded(accepted.mean_rank),
            ranks: accepted.rank_quantiles,
            top: rounded(accepted.in_top),
            places: accepted.places.as_deref().map(rounded_all),
            central_weights: accepted.central_weights.as_deref().map(rounded_all),
            confidence: accepted.confidence.map(rounded),
        }
    }

    fn stability(&self, it: &WeightStability) -> StabilityEntry<'r> {
        StabilityEntry {
            criterion: self.criterion(it.criterion),
            weight: it.weight,
            order: self.stretch(&it.order),
            first: self.stretch(&it.first),
            top: self.stretch(&it.top),
        }
    }

    fn stretch(&self, stretch: &StableRange) -> StretchEntry<'r> {
        let end = |end: &RangeEnd| EndEntry {
            same: end.last_same,
            changed: end.first_changed,
            who: end.candidate.map(|who| self.candidate(who)),
        };
        StretchEntry { lower: stretch.lower.as_ref().map(end), upper: stretch.upper.as_ref().map(end) }
    }

    fn without_criterion(&self, it: &WithoutCriterion) -> WithoutCriterionEntry<'r> {
        WithoutCriterionEntry {
            criterion: self.criterion(it.criterion),
            first: it.first.first().map(|first| self.candidate(*first)),
            level: self.candidates(it.first.get(1..).unwrap_or_default()),
            kendall: it.agreement.map(rounded),
            entered: self.candidates(&it.entered),
            left: self.candidates(&it.left),
        }
    }

    fn without_candidate(&self, it: &WithoutCandidate) -> WithoutCandidateEntry<'r> {
        let pair = |(above, below): &(usize, usize)| (self.candidate(*above), self.candidate(*below));
        WithoutCandidateEntry {
            candidate: self.candidate(it.candidate),
            reversed: it.reversed.iter().map(pair).collect(),
        }
    }
}

fn method(verdict: &MethodResult) -> MethodEntry<'_> {
    MethodEntry {
        method: verdict.method.id(),
        scores: rounded_all(&verdict.scores),
        ranks: &verdict.ranks,
        spearman: verdict.spearman.map(rounded),
        kendall: verdict.kendall.map(rounded),
    }
}

fn rounded(x: f64) -> f64 {
    Fixed::round(x, 6).to_f64()
}

fn rounded_all(numbers: &[f64]) -> Vec<f64> {
    numbers.iter().map(|number| rounded(*number)).collect()
}
