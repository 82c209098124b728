//! Everything the engine did for one candidate: the explanation is the computation, read back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::aside::{TooLittle, answered, published, share_of_weight, too_little};
use super::beside::{PlaceBeside, places_beside};
use super::gate::Fired;
use super::input::{CandidateInput, Input};
use super::line::{LineBand, line_bands};
use super::measure::Failures;
use super::points::Shares;
use super::value::{certain_value_instead, scripts};
use super::vetoes::{Outranks, Pairs, Side};
use super::{Ranking, Standing, pieces};
use crate::assessment::{Candidate, Corroboration, Count, Figure, Origin, OverlapKind, corroboration};
use crate::diagnostic::{Code, Problem, Problems};
use crate::exact::{Ends, Fixed, to_units};
use crate::rules::script::{Argument, Compiled, Compiler, Expression, NotShown, Template, TemplatePart};
use crate::rules::shape::{NetFlow, Scale, ScriptedValue};
use crate::rules::{Criterion, Earned, Effect, Leader, Takes, Tier, Totaller, Treatment};
use crate::stats::{Estimate, PooledRate};
use crate::words;

/// Everything the engine did for one candidate.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// Whom it is about.
    pub candidate: &'a Candidate,
    /// Competition rank, from 1; none where it could not be ranked.
    pub rank: Option<usize>,
    /// The total.
    pub total: Option<Fixed>,
    /// How low and how high the total could be, with every measure anywhere in its interval and every missing answer at
    /// its least or most. None where neither leaves room, and where an answer is missing that has no most.
    pub range: Option<Range>,
    /// In which tier or band, or in none.
    pub standing: Standing,
    /// The gates that fired; the first one decided.
    pub gates: Vec<GateTrace<'a>>,
    /// The gates that fired and say who leads, in the order of the rules; the first decides.
    pub leads: Vec<GateTrace<'a>>,
    /// With whom it overlaps, and how.
    pub overlaps: Vec<(OverlapKind, &'a Candidate)>,
    /// What its family is named for: the candidate that is part of no other. None where not each family has one place of
    /// the first tier, or there are no families.
    pub family: Option<&'a Candidate>,
    /// Who has the place of its family that it would have had itself, and in which tier.
    pub passed_over: Option<PassedOverTrace<'a>>,
    /// The share of the weight that evidence answered, 0 to 1.
    pub coverage: Fixed,
    /// The share of the weight that figures answered, with no judgement in what they were made of, 0 to 1.
    pub published: Fixed,
    /// One for each criterion, in the order of the rules.
    pub contributions: Vec<Contribution<'a>>,
    /// The groups' scores, where the total is made of them.
    pub sections: Vec<Section<'a>>,
    /// The criterion for which it could not be ranked; none where it was.
    pub refused_by: Option<&'a Criterion>,
    /// What is too little for the rules to rank it; none where it is enough.
    pub too_little: Option<TooLittle>,
    /// The line at which it shares a band with others, nearer to the other side than the rules tell apart; none where it
    /// shares none.
    pub at_the_line: Option<AtTheLine<'a>>,
    /// What vetoes between it and others change of its total; none where the rules take none.
    pub vetoes: Option<VetoTrace<'a>>,
    /// Evidence that is kept for the reader and that no criterion and no gate that fired reads, by name.
    pub context: Vec<Citation<'a>>,
}

/// How low and how high a figure could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// It is no lower.
    pub low: Fixed,
    /// It is no higher.
    pub high: Fixed,
    /// Whether it could be both; where not, it is only proven to go no farther.
    pub is_reached: bool,
}

impl Range {
    fn new(ends: Ends, decimals: u32) -> Self {
        let fixed = |units: i64| Fixed::new(units, decimals);
        Self { low: fixed(ends.least), high: fixed(ends.most), is_reached: ends.are_reached }
    }

    fn ends(self) -> Ends {
        Ends { least: self.low.units(), most: self.high.units(), are_reached: self.is_reached }
    }
}

impl Contribution<'_> {
    /// How the value came about: a part of a sentence, as in "0.65, `on the straight line from 500 (value 0.5) to …`".
    /// None where the measure is missing.
    pub fn reading(&self) -> Option<String> {
        self.measure.map(|measure| self.scale.reading(measure.estimate))
    }

    /// Whether all that it was read from is what people judged; not where nothing was.
    pub fn is_judged_alone(&self) -> bool {
        !self.evidence.is_empty() && self.evidence.iter().all(|cited| cited.origin.judged.is_some())
    }

    /// The points, or the factor; none where the answer is missing and the rules do not rank without it.
    pub fn earned(&self) -> Option<Fixed> {
        let refused = self.missing.is_some() && self.criterion.if_missing() == Treatment::Refuse;
        (!refused).then_some(self.points)
    }
}

impl<'a> Trace<'a> {
    /// The candidate's id.
    pub fn id(&self) -> &'a str {
        &self.candidate.id
    }

    /// What the measures and their sentences were read from, then the gates and theirs. One piece can come several times.
    pub fn citations(&self) -> impl Iterator<Item = &Citation<'a>> {
        let measures = self.contributions.iter().flat_map(|part| &part.evidence);
        measures.chain(self.fired().flat_map(|gate| &gate.evidence))
    }

    /// Every gate that fired: those that decide on its place, then those that say who leads.
    pub fn fired(&self) -> impl Iterator<Item = &GateTrace<'a>> {
        self.gates.iter().chain(&self.leads)
    }

    /// Who leads, where the rules say that of candidates: the board decides where no gate does.
    pub fn leader(&self) -> Leader {
        self.lead_gate().and_then(|gate| gate.lead).unwrap_or(Leader::Board)
    }

    /// The gate that says who leads: the first that does.
    pub fn lead_gate(&self) -> Option<&GateTrace<'a>> {
        self.leads.first()
    }

    /// The gate that decides where it stands, whatever its points: the first that fired, unless that only raises.
    pub fn overruling_gate(&self) -> Option<&GateTrace<'a>> {
        self.gates.first().filter(|gate| !gate.effect.raises())
    }

    /// The least and the most that its total could be; none where it has none, and where an answer is missing that has no least
    /// or no most.
    pub fn least_and_most(&self) -> Option<(Fixed, Fixed)> {
        let total = self.total?;
        match self.range {
            Some(range) => Some((range.low, range.high)),
            None if self.contributions.iter().all(|part| part.missing.is_none()) => Some((total, total)),
            None => None,
        }
    }

    /// Whether a gate gives it a place in the first tier. One that is not ranked has none, whatever gates say.
    pub fn is_given_a_place(&self) -> bool {
        self.standing == Standing::Tier(0) && self.overruling_gate().is_some_and(|gate| gate.effect.includes())
    }

    /// The gate that put it where it stands: the one that overrules its points, or that raised it above the tier they reach.
    pub fn placed_by(&self) -> Option<&GateTrace<'a>> {
        let raised = |gate: &&GateTrace<'a>| match gate.tier {
            Some(Tier { takes: Takes::AtLeast(bound), .. }) => self.total.is_some_and(|total| total.units() < *bound),
            _ => true,
        };
        self.gates.first().filter(raised)
    }

    /// The rank that lists by tier show; none in a band without numbers, or where it could not be ranked.
    pub fn shown_rank(&self) -> Option<usize> {
        self.rank.filter(|_| self.standing.band().is_none_or(|band| band.is_numbered))
    }
}

/// That a candidate has no place in a tier, since another of its family has one there.
#[derive(Debug, Clone, Copy)]
pub struct PassedOverTrace<'a> {
    /// The tier.
    pub tier: &'a Tier,
    /// What the family is named for: the candidate that is part of no other.
    pub family: &'a Candidate,
    /// Who has the family's place.
    pub by: &'a Candidate,
}

/// That a candidate stands at the line of a tier, nearer to the other side than the rules tell apart, and so do others.
#[derive(Debug, Clone)]
pub struct AtTheLine<'a> {
    /// The tier whose line it is.
    pub tier: &'a Tier,
    /// The others, on either side of the line, in the order of the list.
    pub with: Vec<&'a Candidate>,
}

/// A gate that fired.
#[derive(Debug, Clone)]
pub struct GateTrace<'a> {
    /// The gate's id.
    pub id: &'a str,
    /// The name that a reader sees.
    pub title: &'a str,
    /// Where it puts the candidate.
    pub effect: Effect,
    /// The tier that it raises to; only where it raises.
    pub tier: Option<&'a Tier>,
    /// Who leads; only where it says that.
    pub lead: Option<Leader>,
    /// Why, in a sentence.
    pub reason: String,
    /// What it was decided by, and what its sentence prints.
    pub evidence: Vec<Citation<'a>>,
}

impl GateTrace<'_> {
    /// What it did, in the paper and the workbook: `ruled out by a gate`, `at least "Urgent" by a gate`.
    pub fn in_the_paper(&self) -> String {
        self.tier
            .map_or_else(|| self.effect.words().in_the_paper(), |tier| format!("at least \"{}\" by a gate", tier.title))
    }
}

/// What vetoes between a candidate and others change.
#[derive(Debug, Clone)]
pub struct VetoTrace<'a> {
    /// What they change of its total.
    pub change: Fixed,
    /// How far it outranks others, where an answer lowers that; in the order of their ids.
    pub own: Vec<Veto<'a>>,
    /// How far others outrank it, where an answer lowers that; in the order of their ids.
    pub theirs: Vec<Veto<'a>>,
}

/// That one outranks another less than its answers that agree would have it.
#[derive(Debug, Clone)]
pub struct Veto<'a> {
    /// The other of the two.
    pub other: &'a Candidate,
    /// By which criteria the one that is outranked is too far ahead.
    pub by: Vec<&'a Criterion>,
    /// The share of the weight that agrees, 0 to 1.
    pub concordance: Fixed,
    /// What is left of it.
    pub credibility: Fixed,
}

/// What one criterion contributed.
#[derive(Debug, Clone)]
pub struct Contribution<'a> {
    /// The criterion that was answered.
    pub criterion: &'a Criterion,
    /// Its share of the weight for this candidate, on the rule set's scale.
    pub weight: Fixed,
    /// The answer, rounded; none where it is missing.
    pub measure: Option<Estimate>,
    /// The value function with what it knows of all candidates.
    pub scale: Arc<dyn Scale>,
    /// The measure's value, or what stands in for it; none where the question was left out.
    pub value: Option<Fixed>,
    /// The lowest and highest value that the measure's interval, or a missing answer, leaves open.
    pub value_range: Range,
    /// The points, the factor or the score that it brings in.
    pub points: Fixed,
    /// Which of them that is.
    pub kind: Earned,
    /// The points, or factors, of that lowest and highest value.
    pub points_range: Range,
    /// What carries the total, to be compared within a trace: the points, or the factor; where the total is made of
    /// groups' scores, how much less it would be with the least that an answer can earn. Below zero where that would make
    /// it higher.
    pub carries: Fixed,
    /// Whether it is part of a score beside the total, so that it carries nothing.
    pub is_beside: bool,
    /// What was missing and what was done about it.
    pub missing: Option<MissingTrace<'a>>,
    /// The rule's sentence for the reader; none where the measure is missing.
    pub because: Option<String>,
    /// What the measure was read from, and what the sentence prints.
    pub evidence: Vec<Citation<'a>>,
}

/// A missing measure.
#[derive(Debug, Clone)]
pub struct MissingTrace<'a> {
    /// Why it is missing, in the evidence's own words.
    pub told: Vec<String>,
    /// The titles of the evidence that there is none of.
    pub absent: Vec<&'a str>,
}

/// A group's score.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// The group's id.
    pub id: &'a str,
    /// The name that a reader sees.
    pub title: &'a str,
    /// Its score; none where everything in it was left out, or there is no total.
    pub score: Option<Fixed>,
    /// Its share of the weight in what it is in, on the rule set's scale, and the points or the factor that it brings in
    /// by it; none where no weights count there.
    pub weighed: Option<Weighed>,
    /// Its place by that score, where no total is made of it.
    pub beside: Option<PlaceBeside>,
}

/// What the score of a group brings in to what it is in.
#[derive(Debug, Clone, Copy)]
pub struct Weighed {
    /// Its share of the weight for this candidate.
    pub weight: Fixed,
    /// The points, or the factor.
    pub brings: Fixed,
    /// Which of them that is.
    pub kind: Earned,
}

/// A piece of evidence that a measure was read from, or a gate decided by.
#[derive(Debug, Clone)]
pub struct Citation<'a> {
    /// The evidence's name, as the rules declare it.
    pub path: &'a str,
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// The evidence that is said to support it or to speak against it, as far as this candidate has it.
    pub beside: Vec<Beside>,
    /// Its latest count, where the question that it is read for draws its rate towards that of all that it is pooled with.
    pub pooled: Option<PooledCount>,
}

/// A count whose rate is drawn towards that of all that it is pooled with.
#[derive(Debug, Clone, PartialEq)]
pub struct PooledCount {
    /// The count, which knows what it is pooled with.
    pub count: Count,
    /// Its own rate a year per [`Self::PER`] people or households; none where it is not known among how many.
    pub own: Option<Estimate>,
    /// The rate drawn towards that of all; none where it can't be.
    pub pooled: Option<PooledRate>,
}

impl PooledCount {
    /// Per how many people or households rates are told.
    pub const PER: f64 = 1000.0;

    fn new(count: &Count) -> Self {
        Self { count: count.clone(), own: count.rate(Self::PER), pooled: count.pooled_rate(Self::PER) }
    }
}

/// Evidence that is said to support other evidence, or to speak against it, and what became of that when it was tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The evidence's name.
    pub name: String,
    /// Whether it is said to support it; if not, it is said to contradict it.
    pub supports: bool,
    /// What the figures say.
    pub found: Corroboration,
}

impl Citation<'_> {
    /// The evidence that supports it: that did the same, or that was named and can't be tested.
    pub fn corroborated_by(&self) -> Vec<&str> {
        self.beside_where(|beside| match beside.found {
            Corroboration::Alike(..) => true,
            Corroboration::Unlike(..) => false,
            Corroboration::Untested => beside.supports,
        })
    }

    /// The evidence that contradicts it: that did something else, or that was named and can't be tested.
    pub fn contradicted_by(&self) -> Vec<&str> {
        self.beside_where(|beside| match beside.found {
            Corroboration::Alike(..) => false,
            Corroboration::Unlike(..) => true,
            Corroboration::Untested => !beside.supports,
        })
    }

    fn beside_where(&self, is_wanted: impl Fn(&Beside) -> bool) -> Vec<&str> {
        self.beside.iter().filter(|beside| is_wanted(beside)).map(|beside| &*beside.name).collect()
    }
}

/// Reads traces off a ranking. Its expressions are compiled once, when it is made.
pub struct Tracer<'r, 'a> {
    ranking: &'r Ranking<'a>,
    compiler: Compiler<'a>,
    totaller: Totaller<'a>,
    sentences: Vec<Sentence<'a>>,
    reasons: Vec<Sentence<'a>>,
    /// The value functions that are scripts, by criterion.
    scripts: Vec<Option<Compiled<'a>>>,
    /// Measures to be run again, by the number of their criterion: only where one was refused.
    measures: BTreeMap<usize, Compiled<'a>>,
    among_all: Arc<AmongAll<'r>>,
}

/// What a trace says that takes all candidates to see. Tracers of one ranking share it.
struct AmongAll<'r> {
    /// Who shares a band at a line.
    bands: Vec<LineBand>,
    /// Every two candidates, where the rules compare them.
    pairs: Option<Pairs<'r>>,
    /// Places by scores beside the total, by group and candidate.
    places_beside: Vec<Vec<Option<PlaceBeside>>>,
}

impl<'r> AmongAll<'r> {
    fn new(ranking: &'r Ranking<'_>) -> Result<Self, Problem> {
        let places_beside = places_beside(ranking, &mut ranking.rules.totaller()?)?;
        Ok(Self { bands: line_bands(ranking), pairs: ranking.pairs(), places_beside })
    }
}

/// The traces of all candidates, in the order of the ranking, read by so many threads: their number shows in no trace.
///
/// # Errors
/// Every sentence that could not be made.
pub fn traces<'a>(ranking: &Ranking<'a>, threads: NonZeroUsize) -> Result<Vec<Trace<'a>>, Problems> {
    let pieces = pieces::of(ranking.order());
    let threads = pieces::threads_for(ranking.order().len(), threads);
    let traced: Result<_, Problem> = ranking.rules.library.budget.on_threads(threads, |threads| {
        pieces::on_threads(threads, || {
            let among_all = Arc::new(AmongAll::new(ranking)?);
            let start = || Tracer::with(ranking, Arc::clone(&among_all));
            Ok(pieces::map_pieces(pieces.clone(), start, |tracer, piece| match tracer {
                Ok(tracer) => Ok(tracer.of(piece)),
                Err(problem) => Err(problem.clone()),
            }))
        })
    });
    together(ranking, traced?)
}

/// The traces of pieces, one after the other.
fn together<'a>(
    ranking: &Ranking<'a>,
    pieces: Vec<Result<(Vec<Trace<'a>>, Failures), Problem>>,
) -> Result<Vec<Trace<'a>>, Problems> {
    let mut traces = Vec::with_capacity(ranking.order().len());
    let mut failures = Failures::default();
    for piece in pieces {
        let (of_piece, failed) = piece?;
        traces.extend(of_piece);
        failures.append(failed);
    }
    ranking.rules.library.budget.check()?;
    if failures.is_empty() { Ok(traces) } else { Err(failures.into_problems(ranking.assessment)) }
}

/// A sentence ready to be filled.
type Sentence<'a> = Vec<Part<'a>>;

/// A part of a sentence.
enum Part<'a> {
    Words(&'a str),
    Hole(Box<Compiled<'a>>),
}

fn sentence_of<'a>(compiler: &Compiler<'a>, template: &'a Template) -> Result<Sentence<'a>, Problem> {
    let part = |piece: &'a TemplatePart| match piece {
        TemplatePart::Words(words) => Ok(Part::Words(words)),
        TemplatePart::Hole(expression) => compiler.compile(expression).map(Box::new).map(Part::Hole),
    };
    template.parts.iter().map(part).collect()
}

impl<'r, 'a> Tracer<'r, 'a> {
    /// A tracer for `ranking`.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(ranking: &'r Ranking<'a>) -> Result<Self, Problem> {
        Self::with(ranking, Arc::new(AmongAll::new(ranking)?))
    }

    fn with(ranking: &'r Ranking<'a>, among_all: Arc<AmongAll<'r>>) -> Result<Self, Problem> {
        let rules = ranking.rules;
        let compiler = Compiler::new(&rules.library)?;
        let sentences = rules.criteria.iter().map(|criterion| sentence_of(&compiler, &criterion.because));
        let sentences = sentences.collect::<Result<_, _>>()?;
        let reasons = rules.gates.iter().map(|gate| sentence_of(&compiler, &gate.reason)).collect::<Result<_, _>>()?;
        let scripts = scripts(&compiler, rules)?;
        let (totaller, measures) = (rules.totaller()?, BTreeMap::new());
        Ok(Self { ranking, compiler, totaller, sentences, reasons, scripts, measures, among_all })
    }

    /// The traces of all candidates, in the order of the ranking.
    ///
    /// # Errors
    /// Every sentence that could not be made.
    pub fn all(&mut self) -> Result<Vec<Trace<'a>>, Problems> {
        let traced = self.of(self.ranking.order());
        together(self.ranking, vec![Ok(traced)])
    }

    /// The traces of these candidates, and the sentences that could not be made.
    fn of(&mut self, candidates: &[usize]) -> (Vec<Trace<'a>>, Failures) {
        let mut traces = Vec::with_capacity(candidates.len());
        let mut failures = Failures::default();
        for candidate in candidates {
            match self.trace(*candidate) {
                Ok(trace) => traces.extend(trace),
                Err(problem) => failures.push(problem, *candidate),
            }
        }
        (traces, failures)
    }

    /// The trace of candidate number `candidate`; none where there is no such number.
    ///
    /// # Errors
    /// A sentence that could not be made.
    pub fn trace(&mut self, candidate: usize) -> Result<Option<Trace<'a>>, Problem> {
        let ranking = self.ranking;
        let rules = ranking.rules;
        let Some(about) = ranking.assessment.candidates.get(candidate) else { return Ok(None) };
        let missing: Vec<bool> = ranking.measures.iter().map(|column| column.is_missing(candidate)).collect();
        let answered = answered(rules, |criterion| missing.get(criterion).is_none_or(|missing| *missing));
        let mut shares = Shares::new(rules, &rules.weights);
        let part = shares.part(&missing);
        let mut contributions = Vec::new();
        let list = ranking.lists.of(candidate);
        for (number, (criterion, scales)) in rules.criteria.iter().zip(&ranking.scales).enumerate() {
            let Some(scale) = scales.of(list) else { continue };
            let share = part.shares.get(number).copied().unwrap_or(0);
            let mut contribution = self.contribution(candidate, number, criterion, scale, share);
            self.tell(candidate, number, &mut contribution)?;
            self.find_ends(number, &mut contribution)?;
            contributions.push(contribution);
        }
        let total = ranking.outcome.total(candidate).map(|units| Fixed::new(units, rules.decimals));
        if let Some(total) = total.filter(|_| !rules.combine.is_by_question()) {
            self.carry(candidate, total, &mut contributions)?;
        }
        let range = self.total_range(candidate, &contributions, part.shares)?;
        let gates = self.gates(candidate, ranking.gates.get(&candidate))?;
        let leads = self.gates(candidate, ranking.leads.get(&candidate))?;
        Ok(Some(Trace {
            context: self.context(candidate, &contributions, gates.iter().chain(&leads)),
            candidate: about,
            rank: ranking.outcome.rank(candidate),
            total,
            range,
            standing: ranking.outcome.standing(candidate),
            gates,
            leads,
            overlaps: self.overlaps(candidate),
            family: self.family(candidate),
            passed_over: self.passed_over(candidate),
            coverage: share_of_weight(rules, &answered),
            published: share_of_weight(rules, &published(ranking.assessment, rules, candidate, &answered)),
            sections: self.sections(candidate, total.is_some(), part.shares, &missing)?,
            contributions,
            refused_by: part.refused_by.and_then(|criterion| rules.criteria.get(criterion)),
            too_little: too_little(ranking.assessment, rules, candidate, &answered),
            at_the_line: self.at_the_line(candidate),
            vetoes: self.vetoes(candidate),
        }))
    }

    /// How low and how high the total of candidate number `candidate` could be: what its trace says of that, and nothing else.
    ///
    /// # Errors
    /// As the rules' scripts.
    pub fn range_of(&mut self, candidate: usize) -> Result<Option<Range>, Problem> {
        let ranking = self.ranking;
        let answers = || ranking.measures.iter().map(|column| column.get(candidate));
        let is_open = answers().any(|answer| answer.is_none_or(|answer| answer.interval.is_some()));
        if self.among_all.pairs.is_none() && !is_open {
            return Ok(None);
        }
        let missing: Vec<bool> = answers().map(|answer| answer.is_none()).collect();
        let mut shares = Shares::new(ranking.rules, &ranking.rules.weights);
        let part = shares.part(&missing);
        let list = ranking.lists.of(candidate);
        let mut contributions = Vec::new();
        for (number, (criterion, scales)) in ranking.rules.criteria.iter().zip(&ranking.scales).enumerate() {
            let Some(scale) = scales.of(list) else { continue };
            let share = part.shares.get(number).copied().unwrap_or(0);
            let mut contribution = self.contribution(candidate, number, criterion, scale, share);
            self.find_ends(number, &mut contribution)?;
            contributions.push(contribution);
        }
        self.total_range(candidate, &contributions, part.shares)
    }

    /// How low and how high the total could be; none where nothing leaves room, or there is no total.
    fn total_range(
        &mut self,
        candidate: usize,
        contributions: &[Contribution<'a>],
        shares: &[i64],
    ) -> Result<Option<Range>, Problem> {
        let decimals = self.ranking.rules.decimals;
        let Some(total) = self.ranking.outcome.total(candidate).map(|units| Fixed::new(units, decimals)) else {
            return Ok(None);
        };
        let range = self.range((candidate, total), contributions, shares)?;
        Ok(range.filter(|range| (range.low, range.high) != (total, total)))
    }

    /// What vetoes change, and between whom they stand.
    fn vetoes(&self, candidate: usize) -> Option<VetoTrace<'a>> {
        let (rules, assessment) = (self.ranking.rules, self.ranking.assessment);
        let pairs = self.among_all.pairs.as_ref()?;
        let sides = pairs.sides(candidate);
        let (mut own, mut theirs) = (Vec::new(), Vec::new());
        for other in pairs.others(candidate) {
            let Some(about) = assessment.candidates.get(other) else { continue };
            let veto = |outranks: Outranks| {
                let lowered = outranks.credibility < outranks.concordance;
                lowered.then(|| Veto {
                    other: about,
                    by: outranks.lowered_by.iter().filter_map(|at| rules.criteria.get(*at)).collect(),
                    concordance: Fixed::round(outranks.concordance, 2),
                    credibility: Fixed::round(outranks.credibility, 2),
                })
            };
            let [of_it, of_other] = pairs.outranks(&sides, other);
            own.extend(veto(of_it));
            theirs.extend(veto(of_other));
        }
        let change = self.row(candidate).last().copied().unwrap_or(0);
        Some(VetoTrace { change: Fixed::new(change, rules.decimals), own, theirs })
    }

    /// What vetoes change where its answers are at their ends; nothing where the rules take none. The one may be the more.
    fn changes_at_ends(&self, candidate: usize, contributions: &[Contribution<'a>]) -> Result<Option<Ends>, Problem> {
        let Some(pairs) = &self.among_all.pairs else { return Ok(None) };
        let own = pairs.sides(candidate);
        let at = |is_most: bool| {
            let side = |((number, part), own): ((usize, &Contribution<'a>), &Side)| {
                let Some(measure) = part.measure else {
                    let stands_in = part.criterion.stand_in().is_some();
                    return if !stands_in {
                        *own
                    } else if is_most {
                        Side::Ahead
                    } else {
                        Side::Behind
                    };
                };
                let rises = part.criterion.value.shape().downcast::<NetFlow>().is_none_or(|flow| flow.rising);
                let ends = measure.interval.unwrap_or((measure.estimate, measure.estimate));
                pairs.side_of(number, if is_most == rises { ends.1 } else { ends.0 })
            };
            let sides: Vec<Side> = contributions.iter().enumerate().zip(&own).map(side).collect();
            pairs.change_with(candidate, &sides)
        };
        Ok(Some(Ends { least: at(false)?, most: at(true)?, are_reached: false }))
    }

    fn overlaps(&self, candidate: usize) -> Vec<(OverlapKind, &'a Candidate)> {
        let overlaps = self.ranking.overlaps.of(candidate).iter();
        let about = |number: usize| self.ranking.assessment.candidates.get(number);
        overlaps.filter_map(|overlap| Some((overlap.kind, about(overlap.with)?))).collect()
    }

    fn family(&self, candidate: usize) -> Option<&'a Candidate> {
        let family = self.ranking.overlaps.family(candidate);
        self.ranking.assessment.candidates.get(family).filter(|_| self.ranking.families_share_the_top())
    }

    fn passed_over(&self, candidate: usize) -> Option<PassedOverTrace<'a>> {
        let ranking = self.ranking;
        let passed = ranking.outcome.passed_over(candidate)?;
        let by = ranking.assessment.candidates.get(passed.by)?;
        Some(PassedOverTrace { tier: ranking.rules.tiers.get(passed.tier)?, family: self.family(candidate)?, by })
    }

    /// How much less the total would be with the least that each criterion can earn.
    fn carry(&mut self, candidate: usize, total: Fixed, contributions: &mut [Contribution<'a>]) -> Result<(), Problem> {
        let row = self.row(candidate);
        for (number, contribution) in contributions.iter_mut().enumerate() {
            let mut without = row.clone();
            let rules = self.ranking.rules;
            let least = contribution.criterion.value_ends().least;
            // Without a least, zero says what is missing without the answer.
            let least = to_units(if least.is_finite() { least } else { 0.0 }, rules.fine_decimals());
            if let Some(points) = without.get_mut(number) {
                *points = contribution.kind.of(least, contribution.weight.units(), rules.precision());
            }
            let rest = self.totaller.total(&without)?;
            contribution.carries = Fixed::new(total.units() - rest, total.decimals());
        }
        Ok(())
    }

    /// What a criterion contributed, before anything is said of it.
    fn contribution(
        &self,
        candidate: usize,
        number: usize,
        criterion: &'a Criterion,
        scale: &Arc<dyn Scale>,
        share: i64,
    ) -> Contribution<'a> {
        let ranking = self.ranking;
        let rules = ranking.rules;
        let measure = ranking.measures.get(number).and_then(|column| column.get(candidate));
        let of =
            |columns: &[Vec<i64>]| columns.get(number).and_then(|column| column.get(candidate)).copied().unwrap_or(0);
        let value = Fixed::new(of(&ranking.values), rules.fine_decimals());
        let left_out = measure.is_none() && criterion.stand_in().is_none();
        let points = Fixed::new(of(&ranking.outcome.points().points), rules.earned_decimals(number));
        let missing = measure.is_none().then(|| MissingTrace { told: Vec::new(), absent: Vec::new() });
        Contribution {
            criterion,
            weight: Fixed::new(share, rules.fine_decimals()),
            measure,
            scale: Arc::clone(scale),
            value: (!left_out).then_some(value),
            value_range: Range::new(Ends::at(value.units()), value.decimals()),
            points,
            points_range: Range::new(Ends::at(points.units()), points.decimals()),
            carries: points,
            is_beside: rules.weighs_beside(number),
            kind: rules.earned(number),
            missing,
            because: None,
            evidence: Vec::new(),
        }
    }

    /// Says why, and by which evidence.
    fn tell(&mut self, candidate: usize, number: usize, contribution: &mut Contribution<'a>) -> Result<(), Problem> {
        let criterion = contribution.criterion;
        if let Some(missing) = &mut contribution.missing {
            *missing = self.missing(candidate, number, criterion)?;
        } else {
            let value = self.ranking.value(number, candidate);
            contribution.because = Some(self.because(candidate, number, contribution.measure, value)?);
        }
        // A sentence may print evidence that the measure does not read.
        let (read, measured) = (self.declared(criterion.reads()), criterion.measure.reads.iter().collect());
        let read = if contribution.because.is_some() { read } else { measured };
        contribution.evidence = self.cited(candidate, read, criterion.pools);
        Ok(())
    }

    /// Between which ends its value and its points could be.
    fn find_ends(&mut self, number: usize, contribution: &mut Contribution<'a>) -> Result<(), Problem> {
        let rules = self.ranking.rules;
        contribution.value_range = self.value_range(number, contribution)?;
        let (values, share) = (contribution.value_range.ends(), contribution.weight.units());
        let points = |value: i64| rules.earned(number).of(value, share, rules.precision());
        let earned = Ends { least: points(values.least), most: points(values.most), ..values };
        contribution.points_range = Range::new(earned, contribution.points.decimals());
        Ok(())
    }

    /// Why a measure is missing: what the evidence says of it, and which evidence there is none of.
    fn missing(
        &mut self,
        candidate: usize,
        number: usize,
        criterion: &'a Criterion,
    ) -> Result<MissingTrace<'a>, Problem> {
        let mut missing = MissingTrace { told: Vec::new(), absent: Vec::new() };
        let (mut was_asked, mut has_nothing) = (true, !criterion.measure.reads.is_empty());
        for name in &criterion.measure.reads {
            let given = Input::new(self.ranking.readable(), name).of_candidate(candidate);
            let is_given = matches!(given, CandidateInput::Value(_));
            was_asked &= is_given || criterion.optional.contains(name);
            has_nothing &= !is_given;
            match given {
                CandidateInput::Missing(Some(reason)) if !missing.told.contains(&reason) => missing.told.push(reason),
                CandidateInput::Missing(None) if !criterion.optional.contains(name) => {
                    missing.absent.extend(self.ranking.rules.evidence.get(name).map(|declared| &*declared.title));
                }
                _ => {}
            }
        }
        if was_asked {
            let refusal = match self.refusal(candidate, number, &criterion.measure) {
                // Nothing was asked of it, so that it need not have an answer.
                Err(_) if has_nothing => None,
                refusal => refusal?,
            };
            missing.told.extend(refusal.filter(|reason| !missing.told.contains(reason)));
        }
        Ok(missing)
    }

    /// Why a finding was refused that is the answer of a measure. The measure is run again, as few are refused.
    fn refusal(&mut self, candidate: usize, number: usize, measure: &'a Expression) -> Result<Option<String>, Problem> {
        let mut arguments: Vec<Argument> =
            measure.reads.iter().map(|name| Input::new(self.ranking.readable(), name).argument(candidate)).collect();
        let expression = match self.measures.entry(number) {
            Entry::Occupied(compiled) => compiled.into_mut(),
            Entry::Vacant(empty) => empty.insert(self.compiler.compile(measure)?),
        };
        let refusal = expression.run(&mut arguments)?.refusal().map_err(|found| not_shown(measure, &found))?;
        Ok(refusal.map(|reason| in_a_line(&reason)))
    }

    fn because(
        &mut self,
        candidate: usize,
        number: usize,
        measure: Option<Estimate>,
        value: Fixed,
    ) -> Result<String, Problem> {
        let criterion = self.ranking.rules.criteria.get(number);
        let decimals = criterion.map_or(2, |criterion| criterion.decimals);
        // A measure in words is the evidence itself, so that the word is shown and compared.
        let level = criterion.filter(|criterion| criterion.levels.is_some()).and_then(|it| it.plain.as_ref());
        let special = |name: &str| match name {
            "measure" => Some(match level {
                Some(name) => Input::new(self.ranking.readable(), name).argument(candidate),
                None => measure.map_or(Argument::MISSING, Argument::estimate),
            }),
            "value" => Some(Argument::number(value.to_f64())),
            _ => None,
        };
        match self.sentences.get_mut(number) {
            Some(sentence) => fill(sentence, self.ranking, candidate, decimals, special),
            None => Ok(String::new()),
        }
    }

    /// The evidence among what sentences read: their measure and the candidate's title are none.
    fn declared(&self, mut read: Vec<&'a String>) -> Vec<&'a String> {
        read.retain(|name| self.ranking.rules.evidence.contains_key(*name));
        read
    }

    /// Evidence with what becomes of its rate, where that is drawn towards that of all.
    fn cited(&self, candidate: usize, read: Vec<&'a String>, pools: bool) -> Vec<Citation<'a>> {
        let mut cited = self.citations(candidate, read);
        if pools {
            for citation in &mut cited {
                citation.pooled = self.pooled(candidate, citation.path);
            }
        }
        cited
    }

    fn citations(&self, candidate: usize, read: Vec<&'a String>) -> Vec<Citation<'a>> {
        // A sentence reads its measure and the candidate's title too, which are no evidence.
        let evidence = read.into_iter().filter(|name| self.ranking.rules.evidence.contains_key(*name));
        evidence.filter_map(|name| self.citation(candidate, name)).collect()
    }

    fn citation(&self, candidate: usize, name: &'a str) -> Option<Citation<'a>> {
        let told = |name: &str| {
            let evidence = self.ranking.assessment.evidence.get(name)?.get(candidate)?;
            evidence.figure.kind().is_some().then_some(evidence)
        };
        let evidence = told(name)?;
        let origin = Arc::clone(&evidence.origin);
        // A table's column names it for all its rows, and not every row need have it.
        let beside = |other: &String, supports: bool| {
            let other_evidence = told(other)?;
            let series = (evidence.figure.as_series(), other_evidence.figure.as_series());
            let found = corroboration(series.0, series.1, self.ranking.rules.confidence);
            Some(Beside { name: other.clone(), supports, found })
        };
        let for_it = origin.corroborated_by.iter().filter_map(|other| beside(other, true));
        let against = origin.contradicted_by.iter().filter_map(|other| beside(other, false));
        let beside = for_it.chain(against).collect();
        Some(Citation { path: name, origin, beside, pooled: None })
    }

    /// The latest count of evidence that the rules pool.
    fn pooled(&self, candidate: usize, name: &str) -> Option<PooledCount> {
        let declared = self.ranking.rules.evidence.get(name)?;
        let evidence = self.ranking.assessment.evidence.get(name)?.get(candidate)?;
        match self.ranking.readable().pooled(name, candidate, &evidence.figure.read_by(declared))? {
            Figure::Count(count) => Some(PooledCount::new(&count)),
            Figure::Series(series) => series.latest().map(PooledCount::new),
            _ => None,
        }
    }

    fn context<'t>(
        &self,
        candidate: usize,
        contributions: &'t [Contribution<'a>],
        gates: impl Iterator<Item = &'t GateTrace<'a>>,
    ) -> Vec<Citation<'a>> {
        let measures = contributions.iter().flat_map(|part| &part.evidence);
        let read: Vec<&str> = measures.chain(gates.flat_map(|gate| &gate.evidence)).map(|cited| cited.path).collect();
        let kept = self.ranking.assessment.evidence.iter().filter(|(_, column)| column.is_context(candidate));
        let unread = kept.map(|(name, _)| name.as_str()).filter(|name| !read.contains(name));
        unread.filter_map(|name| self.citation(candidate, name)).collect()
    }

    fn gates(&mut self, candidate: usize, fired: Option<&Vec<Fired>>) -> Result<Vec<GateTrace<'a>>, Problem> {
        let mut gates = Vec::new();
        for fired in fired.into_iter().flatten() {
            let Some(gate) = self.ranking.rules.gates.get(fired.gate) else { continue };
            let Some(reason) = self.reasons.get_mut(fired.gate) else { continue };
            let reason =
                fill(reason, self.ranking, candidate, 2, |name| self.ranking.answers().argument(name, candidate))?;
            let seen = gate.sees.iter().filter_map(|number| self.ranking.rules.criteria.get(*number));
            let mut reads = gate.reads();
            for name in seen.flat_map(|criterion| &criterion.measure.reads) {
                if !reads.contains(&name) {
                    reads.push(name);
                }
            }
            let evidence = self.citations(candidate, self.declared(reads));
            let (id, title, effect) = (&*gate.id, &*gate.title, gate.effect);
            let tier = gate.tier.and_then(|tier| self.ranking.rules.tiers.get(tier));
            gates.push(GateTrace { id, title, effect, tier, lead: gate.lead, reason, evidence });
        }
        Ok(gates)
    }

    fn at_the_line(&self, candidate: usize) -> Option<AtTheLine<'a>> {
        let band = self.among_all.bands.iter().find(|band| band.members().any(|member| member == candidate))?;
        let others = band.members().filter(|member| *member != candidate);
        let with = others.filter_map(|other| self.ranking.assessment.candidates.get(other)).collect();
        Some(AtTheLine { tier: self.ranking.rules.tiers.get(band.tier)?, with })
    }

    fn row(&self, candidate: usize) -> Vec<i64> {
        self.ranking.outcome.points().points.iter().map(|column| column.get(candidate).copied().unwrap_or(0)).collect()
    }

    fn sections(
        &mut self,
        candidate: usize,
        has_total: bool,
        shares: &[i64],
        missing: &[bool],
    ) -> Result<Vec<Section<'a>>, Problem> {
        let rules = self.ranking.rules;
        if !rules.combine.has_sections() {
            return Ok(Vec::new());
        }
        let scores = match self.totaller.figures(&self.row(candidate)) {
            Ok((_, scores)) => scores.into_iter().map(Some).collect(),
            Err(problem) if has_total => return Err(problem),
            // It is not ranked: something may be missing that a script can't do without.
            Err(_) => vec![None; rules.groups.len()],
        };
        let section = |(number, (group, score)): (usize, (&'a crate::rules::Group, Option<i64>))| {
            let share = rules.combine.weight_at(number).and_then(|at| shares.get(at)).copied();
            let may_be_left_out = share.is_some() || rules.is_beside(number);
            let score = score.filter(|_| !may_be_left_out || !rules.is_left_out(number, missing));
            let kind = rules.combine.earned_by_group(number);
            let weighed = score.zip(share).map(|(score, share)| Weighed {
                weight: Fixed::new(share, rules.fine_decimals()),
                brings: Fixed::new(
                    kind.of_score(score, share, rules.precision()),
                    kind.decimals_of_group(rules.precision()),
                ),
                kind,
            });
            let score = score.map(|score| Fixed::new(score, rules.decimals));
            let beside =
                self.among_all.places_beside.get(number).and_then(|places| places.get(candidate)).copied().flatten();
            Section { id: &group.id, title: &group.title, score, weighed, beside }
        };
        Ok(rules.groups.iter().zip(scores).enumerate().map(section).collect())
    }

    /// The lowest and highest total that intervals and missing answers leave open; none where there is no highest.
    fn range(
        &mut self,
        (candidate, total): (usize, Fixed),
        contributions: &[Contribution<'a>],
        shares: &[i64],
    ) -> Result<Option<Range>, Problem> {
        let has_no_most = |part: &Contribution<'_>| {
            let stands_in = part.missing.is_some() && part.criterion.stand_in().is_some();
            stands_in && part.criterion.value.shape().unbounded().is_some()
        };
        if contributions.iter().any(has_no_most) {
            return Ok(None);
        }
        let own = contributions.iter().map(|part| part.points_range.ends());
        let mut row: Vec<Ends> =
            own.chain(shares.iter().skip(contributions.len()).map(|share| Ends::at(*share))).collect();
        row.extend(self.changes_at_ends(candidate, contributions)?);
        Ok(Some(Range::new(self.totaller.ends(&row)?.with(total.units()), self.ranking.rules.decimals)))
    }

    /// The lowest and highest value that a criterion could have.
    fn value_range(&mut self, number: usize, contribution: &Contribution<'a>) -> Result<Range, Problem> {
        let rules = self.ranking.rules;
        let (criterion, decimals) = (contribution.criterion, rules.fine_decimals());
        let value = contribution.value.map_or(0, Fixed::units);
        let range = |ends: Ends| Ok(Range::new(ends.with(value), decimals));
        let Some(measure) = contribution.measure else {
            if criterion.stand_in().is_none() {
                return range(Ends::at(value));
            }
            let shape = criterion.value.shape();
            let values = shape.value_ends();
            // How far it could go among the others' answers is not asked.
            let are_reached = values.are_reached && !shape.needs_facts();
            let units = |value: f64| if value.is_finite() { to_units(value, decimals) } else { 10_i64.pow(decimals) };
            let (least, most) = (units(values.least), units(values.most));
            return range(Ends { least, most, are_reached });
        };
        let Some((lower, upper)) = measure.interval else { return range(Ends::at(value)) };
        let mut script = self.scripts.get_mut(number).and_then(Option::as_mut);
        let mut ends = Ends::at(value);
        let inside = |at: &f64| lower < *at && *at < upper;
        let turns = criterion.value.shape().measures_at_turns(criterion.decimals).into_iter().filter(inside);
        for at in [lower, upper].into_iter().chain(turns) {
            ends = ends.with(to_units(
                certain_value_instead(&*contribution.scale, script.as_deref_mut(), (measure.estimate, at))?,
                decimals,
            ));
        }
        let scripted = script.zip(criterion.value.shape().downcast::<ScriptedValue>());
        range(match scripted {
            Some((script, value)) => {
                let column = |at: f64| contribution.scale.column_instead(measure.estimate, at);
                value.ends_between(script, &column, (lower, upper), criterion.decimals, decimals)
            }
            None => ends,
        })
    }
}

/// A sentence with its holes filled: evidence by name, `candidate`, and what `special` knows.
fn fill(
    sentence: &mut Sentence<'_>,
    ranking: &Ranking<'_>,
    candidate: usize,
    decimals: u32,
    special: impl Fn(&str) -> Option<Argument>,
) -> Result<String, Problem> {
    let title = || ranking.assessment.candidates.get(candidate).map(|about| Argument::text(about.title.clone()));
    let value_of = |name: &String| {
        let special = special(name).or_else(|| (name == "candidate").then(title).flatten());
        special.unwrap_or_else(|| Input::new(ranking.readable(), name).argument(candidate))
    };
    let mut text = String::new();
    for part in sentence {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Hole(hole) => {
                let expression = hole.expression();
                let mut arguments: Vec<Argument> = expression.reads.iter().map(value_of).collect();
                let answer = hole.run(&mut arguments)?;
                // A value has decimals of its own; anything else is shown to the measure's.
                let decimals = if expression.code.trim() == "value" { 6 } else { decimals };
                text.push_str(&answer.shown(decimals).map_err(|found| not_shown(expression, &found))?);
                if text.len() > MAX_SENTENCE {
                    return Err(too_long(expression));
                }
            }
        }
    }
    Ok(in_a_line(&text))
}

/// The longest sentence that rules make, in bytes.
const MAX_SENTENCE: usize = 10_000;

fn too_long(hole: &Expression) -> Problem {
    let message = format!("with this the sentence has more than {} bytes", words::whole(MAX_SENTENCE));
    Problem::new(Code::ScriptLimit, message).at(hole.place()).help("say it in fewer words: nobody reads that much")
}

/// That the answer of `expression` can't be shown.
fn not_shown(expression: &Expression, NotShown { what, help }: &NotShown) -> Problem {
    Problem::new(Code::ScriptResult, format!("this part of a sentence is {what}")).at(expression.place()).help(*help)
}

/// Words in one line, with one blank between them.
fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
