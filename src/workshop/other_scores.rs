//! What other scores would do beyond a question's own value: the gates that they would make fire, and the factors that they
//! bring in to a product. The engine ranks once for each score; nothing is worked out here.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use super::judging::{Judging, Worth};
use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::ranked::RankedAssessment;
use crate::rules::{Gate, RuleSet, Treatment};
use crate::scoring::{self, Ranking, Tracer};

/// What other scores would do, and which answers can't be changed in a room for what they would.
#[derive(Debug, Default)]
pub struct OtherScores {
    /// By candidate and gate, of gates that read one judged question.
    pub gates: BTreeMap<(usize, usize), GateByScore>,
    /// By candidate and question, of questions that bring in factors: the factor of each score.
    pub factors: BTreeMap<(usize, usize), Vec<(f64, i64)>>,
    /// By candidate and question, why this answer alone can't be changed in a room, as the end of a sentence.
    pub fixed: BTreeMap<(usize, usize), String>,
}

/// That a gate fires for some scores of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct GateByScore {
    /// The question, by number.
    pub criterion: usize,
    /// The scores with which it fires, ascending; at least one.
    pub scores: Vec<f64>,
    /// Why it fires: its sentence where that is the same for all of them, else its title.
    pub reason: String,
}

const IN_A_TABLE: &str = "it stands in a table of evidence: change it there";
const NO_FILE: &str = "the candidate stands in a table of evidence, and has no file of its own to be written into";
const NOT_EVERY_SCORE: &str = "the rules can’t be run with every score";
const SHARES_CHANGE: &str =
    "the weight is shared out otherwise once it is answered, and only the command works out the other factors";

/// What other scores of the questions that `judged` has would do, by number.
///
/// # Errors
/// What the engine says of the assessment itself.
pub fn other_scores(
    report: &RankedAssessment<'_>,
    judged: &[Option<Judging<'_>>],
    threads: NonZeroUsize,
) -> Result<OtherScores, Problems> {
    let mut found = OtherScores::default();
    let (assessment, rules) = (report.assessment, report.rules);
    fix_what_stands_in_tables(assessment, judged, &mut found);
    let of_one = gates_of_one_question(rules, judged, assessment.candidates.len(), &mut found);
    for (number, question) in judged.iter().enumerate() {
        let Some(question) = question else { continue };
        let gates: Vec<usize> = of_one.iter().filter(|(_, of)| **of == number).map(|(gate, _)| *gate).collect();
        let is_factor = rules.earned(number).is_factor();
        if is_factor {
            fix_what_shares_weight(report, number, &mut found);
        }
        if gates.is_empty() && !is_factor {
            continue;
        }
        let tabulated = match &question.worth {
            Worth::Table(table) => tabulate(report, (number, question), table, &gates, threads),
            Worth::Points(_) => None,
        };
        match tabulated {
            Some(tabulated) => tabulated.keep(&mut found),
            None => fix(&mut found, number, 0..assessment.candidates.len(), NOT_EVERY_SCORE),
        }
    }
    // The run of rules that failed for some score is no fault of the assessment; that the budget is spent is one.
    rules.library.budget.check()?;
    Ok(found)
}

fn fix(found: &mut OtherScores, criterion: usize, candidates: impl Iterator<Item = usize>, why: &str) {
    for candidate in candidates {
        found.fixed.entry((candidate, criterion)).or_insert_with(|| why.to_owned());
    }
}

/// A session is written into files of evidence, and into no table.
fn fix_what_stands_in_tables(assessment: &Assessment, judged: &[Option<Judging<'_>>], found: &mut OtherScores) {
    let written: BTreeSet<usize> =
        assessment.evidence.values().flat_map(|column| column.written().map(|(candidate, _)| candidate)).collect();
    for (number, question) in judged.iter().enumerate() {
        let Some(question) = question else { continue };
        let column = assessment.evidence.get(question.evidence);
        let in_a_table = |candidate: &usize| column.is_some_and(|column| column.is_in_a_table(*candidate));
        let all = || 0..assessment.candidates.len();
        fix(found, number, all().filter(in_a_table), IN_A_TABLE);
        fix(found, number, all().filter(|candidate| !written.contains(candidate)), NO_FILE);
    }
}

/// What is left out is shared out among the others, whose factors then are others.
fn fix_what_shares_weight(report: &RankedAssessment<'_>, number: usize, found: &mut OtherScores) {
    let leaves_out = |it: usize| report.rules.criteria.get(it).is_some_and(|it| it.if_missing() == Treatment::LeaveOut);
    let candidates = 0..report.assessment.candidates.len();
    let is_missing = |candidate: &usize| leaves_out(number) && report.ranking.measure(number, *candidate).is_none();
    fix(found, number, candidates.filter(is_missing), SHARES_CHANGE);
}

/// The gates that read one judged question, each with it. What a gate reads together with another question can't be changed.
fn gates_of_one_question(
    rules: &RuleSet,
    judged: &[Option<Judging<'_>>],
    candidates: usize,
    found: &mut OtherScores,
) -> BTreeMap<usize, usize> {
    let mut of_one = BTreeMap::new();
    for (number, gate) in rules.gates.iter().enumerate().filter(|(_, gate)| !gate.effect.names_lead()) {
        let reads = questions_of(gate, judged);
        match &*reads {
            [] => {}
            [only] if reads_the_panel(gate) => {
                let why =
                    format!("the gate “{}” reads who judged it and why, which only the command knows", gate.title);
                fix(found, *only, 0..candidates, &why);
            }
            [only] => drop(of_one.insert(number, *only)),
            several => {
                let why = format!("the gate “{}” reads it together with another question", gate.title);
                for criterion in several {
                    fix(found, *criterion, 0..candidates, &why);
                }
            }
        }
    }
    of_one
}

/// Whether a gate may read more of a judgement than its scores: a score alone then does not say whether it fires. How far scores
/// differ is found by trying.
fn reads_the_panel(gate: &Gate) -> bool {
    [".scorers", ".scores", ".because"].iter().any(|field| gate.when.code.contains(field))
}

/// The judged questions that a gate reads, by number.
fn questions_of(gate: &Gate, judged: &[Option<Judging<'_>>]) -> Vec<usize> {
    let reads = |(number, question): (usize, &Option<Judging<'_>>)| {
        let evidence = question.as_ref()?.evidence;
        let is_read = gate.sees.contains(&number) || gate.when.reads.iter().any(|name| name == evidence);
        is_read.then_some(number)
    };
    judged.iter().enumerate().filter_map(reads).collect()
}

/// What all scores of one question do.
struct Tabulated<'r> {
    criterion: usize,
    /// By candidate and gate.
    fires: BTreeMap<(usize, usize), (Vec<f64>, BTreeSet<String>)>,
    titles: BTreeMap<usize, &'r str>,
    factors: BTreeMap<usize, Vec<(f64, i64)>>,
    /// Gates that fire otherwise where people differ than where they agree, with the candidates for whom.
    by_panel: BTreeMap<usize, BTreeSet<usize>>,
}

/// Ranks once for each score, as if it were everybody's; none where the rules can't be run with one of them.
fn tabulate<'r>(
    report: &RankedAssessment<'r>,
    (criterion, question): (usize, &Judging<'_>),
    table: &[(f64, i64)],
    gates: &[usize],
    threads: NonZeroUsize,
) -> Option<Tabulated<'r>> {
    let rules = report.rules;
    let candidates = || 0..report.assessment.candidates.len();
    let titles = gates.iter().filter_map(|gate| Some((*gate, &*rules.gates.get(*gate)?.title))).collect();
    let (fires, factors, by_panel) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut tabulated = Tabulated { criterion, fires, titles, factors, by_panel };
    for (score, _) in table {
        let alike = alike(report, question, &[*score])?;
        let ranking = scoring::rank(&alike, rules, threads).ok()?;
        tabulated.note_gates(&ranking, *score, gates)?;
        if rules.earned(criterion).is_factor() {
            for candidate in candidates() {
                let factor = ranking.points(criterion, candidate).units();
                tabulated.factors.entry(candidate).or_default().push((*score, factor));
            }
        }
        if gates.is_empty() {
            continue;
        }
        let differing = self::alike(report, question, &[question.scale.0, *score, question.scale.1])?;
        let among = scoring::rank(&differing, rules, threads).ok()?;
        for gate in gates {
            let other = candidates().filter(|it| fires_for(&ranking, *it, *gate) != fires_for(&among, *it, *gate));
            tabulated.by_panel.entry(*gate).or_default().extend(other);
        }
    }
    Some(tabulated)
}

/// The assessment where these people judged every candidate so.
fn alike(report: &RankedAssessment<'_>, question: &Judging<'_>, scores: &[f64]) -> Option<Assessment> {
    let declared = report.rules.evidence.get(question.evidence)?;
    Some(report.assessment.judged_alike(question.evidence, scores, question.scale, &declared.place))
}

fn fires_for(ranking: &Ranking<'_>, candidate: usize, gate: usize) -> bool {
    ranking.fired(candidate).any(|fired| fired.gate == gate)
}

impl Tabulated<'_> {
    /// Notes for whom gates fire with a score, and why; none where a sentence can't be made.
    fn note_gates(&mut self, ranking: &Ranking<'_>, score: f64, gates: &[usize]) -> Option<()> {
        let mut tracer = None;
        for candidate in 0..ranking.assessment.candidates.len() {
            for gate in gates.iter().filter(|gate| fires_for(ranking, candidate, **gate)) {
                let rule = ranking.rules.gates.get(*gate)?;
                let (scores, reasons) = self.fires.entry((candidate, *gate)).or_default();
                scores.push(score);
                // Without holes it is the same each time.
                if !reasons.is_empty() && rule.reason.holes().next().is_none() {
                    continue;
                }
                let tracer = match &mut tracer {
                    Some(tracer) => tracer,
                    none => none.insert(Tracer::new(ranking).ok()?),
                };
                let trace = tracer.trace(candidate).ok()??;
                let reason = trace.gates.iter().find(|fired| fired.id == rule.id).map(|fired| fired.reason.clone());
                reasons.extend(reason);
            }
        }
        Some(())
    }

    fn keep(self, found: &mut OtherScores) {
        let Self { criterion, fires, titles, factors, by_panel } = self;
        for (gate, candidates) in by_panel {
            let title = titles.get(&gate).copied().unwrap_or_default();
            let why = format!("the gate “{title}” reads how far people differ, which only the command works out");
            fix(found, criterion, candidates.into_iter(), &why);
        }
        for ((candidate, gate), (scores, reasons)) in fires {
            if found.fixed.contains_key(&(candidate, criterion)) {
                continue;
            }
            let title = titles.get(&gate).copied().unwrap_or_default();
            let mut reasons = reasons.into_iter();
            let reason = match (reasons.next(), reasons.next()) {
                (Some(only), None) => only,
                _ => title.to_owned(),
            };
            found.gates.insert((candidate, gate), GateByScore { criterion, scores, reason });
        }
        for (candidate, factors) in factors {
            if !found.fixed.contains_key(&(candidate, criterion)) {
                found.factors.insert((candidate, criterion), factors);
            }
        }
    }
}
