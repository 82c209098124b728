//! What came out: the ranking with its full trace, the board's paper and, where asked, how sure the list is.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::canonical::{canonical, canonical_text};
use super::gather::{ASSESSMENT, Inputs, RULES, TEMPLATES};
use super::run::{Draws, PAPER, PUBLIC_PAPER, Run, RunFile};
use serde_json::Value;

use crate::assessment::{Document, PublicEdition};
use crate::bag::PAYLOAD;
use crate::budget::Budget;
use crate::choose::{self, Asked};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Memory;
use crate::public_edition;
use crate::ranked::RankedAssessment;
use crate::report;
use crate::report::paper::model::Paper;
use crate::report::paper::{MAX_SECTIONS, Templates};
use crate::report::review::ReviewView;
use crate::sensitivity::acceptability::Variation;
use crate::sensitivity::{DrawSettings, Sensitivity, read, sensitivity};
use crate::workshop::session::{FiledSession, filed_sessions};

/// The list with its full trace.
pub(super) const RANKING: &str = "ranking.json";
/// What is made beside the list, for readers.
pub(super) const PAPERS: [&str; 7] = [PAPER, BUILT_IN_PAPER, PUBLIC_PAPER, "sensitivity.json", REVIEW, CHOICE, RECHECK];
/// What became of the plans that the assessment names, where it names any.
const REVIEW: &str = "review.json";
/// The best set of the plan's actions, where there is a plan to choose from.
const CHOICE: &str = "choice.json";
/// A check of the list's sums that shares no code with this engine.
pub(super) const RECHECK: &str = "recheck.py";
/// What stands in that file.
pub(super) const RECHECK_TEXT: &[u8] = include_bytes!("recheck.py");
/// The same by the engine's own templates, where others laid it out: templates can print anything.
pub(super) const BUILT_IN_PAPER: &str = "paper-built-in.html";

/// What was made of a record's inputs.
#[derive(Debug, Clone)]
pub(super) struct RecordResults {
    /// `ranking.json`, `paper.html`, `review.json` where plans are reviewed and, where asked for, `sensitivity.json`; beside a paper of other templates the built-in one.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is written to `run.json`.
    pub run: RunFile,
    /// The documents that the assessment cites, by id.
    pub sources: BTreeMap<String, Document>,
    /// The sessions of workshops that the assessment keeps, the earliest first.
    pub sessions: Vec<ReplayedSession>,
    /// Whether lists of members are used as their records print them: nobody made them again.
    pub uses_printed_lists: bool,
}

/// A session of a workshop, held against the list that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedSession {
    /// Its path in the record.
    pub file: String,
    /// In what the list is another than the session's; none where it is the same, to the digit.
    pub difference: Option<String>,
    /// Each weight, judgement and decision that is other than in the session, in words.
    pub changed: Vec<String>,
}

/// Ranks the inputs, in the order data walks. Their rules and templates spend `budget`.
pub(super) fn make(
    inputs: &Inputs,
    run: &Run,
    threads: NonZeroUsize,
    budget: &Budget,
) -> Result<RecordResults, Problems> {
    if let Some(fault) = run.fault() {
        return Err(fault.into());
    }
    let held = Memory::lent(inputs.files(), budget);
    let mut problems = Problems::default();
    let Some((assessment, rules)) = crate::load(&held, ASSESSMENT, Some(RULES), &mut problems) else {
        return Err(problems);
    };
    let uses_printed_lists = problems.iter().any(|problem| problem.code == Code::RecordListDiffers);
    problems.extend(crate::changed_since_recorded(&held, &rules));
    let mut report = crate::rank(&assessment, &rules, threads, problems)?;
    let replayed = |session: &FiledSession| ReplayedSession {
        file: format!("{PAYLOAD}{}", session.path),
        difference: session.first_difference(&report),
        changed: session.changed_since(&report),
    };
    let sessions: Vec<ReplayedSession> = filed_sessions(&held, ASSESSMENT)?.iter().map(replayed).collect();
    let mut files = BTreeMap::new();
    let mut keep = |name: &str, bytes: Vec<u8>| files.insert(name.to_owned(), bytes);
    keep(RANKING, canonical_text(&report::json(&report)));
    keep(RECHECK, RECHECK_TEXT.to_vec());
    let view = ReviewView::new(&assessment);
    if !view.plans.is_empty() {
        keep(REVIEW, canonical_text(&report::review::json(&view)));
    }
    if !report.ranking.lists().is_one() {
        if run.draws.is_some() || inputs.has_templates() {
            let message = "draws and templates are about one list, and the rules make several";
            let help = "seal the lists without them; `prioritise rank -o FOLDER/` takes them for each list's paper";
            return Err(Problem::new(Code::BadValue, message).help(help).into());
        }
        if assessment.plan.as_ref().is_some_and(|plan| plan.options.is_some()) {
            let message = "the plan's actions are chosen for one list, and the rules make several: a record has no choice for each";
            let first = rules.by_list(&assessment).keys().next().copied().unwrap_or_default().to_owned();
            let help = format!(
                "take the line `plan = …` out of `assessment.toml` and seal the lists; keep each list's choice beside the record: \
                 `prioritise choose FOLDER --list {first} -o choice-{first}.json`"
            );
            return Err(Problem::new(Code::BadValue, message).help(help).into());
        }
        keep(PAPER, report::areas_html(&report).into_bytes());
        if let Some(publication) = &assessment.publication {
            let PublicEdition { assessment: public, withheld } = assessment.public(publication);
            let told = Problems::from(public_edition::for_readers(&withheld, publication));
            keep(PUBLIC_PAPER, report::areas_html(&crate::rank(&public, &rules, threads, told)?).into_bytes());
        }
        let run = RunFile::new(run, &assessment, &rules);
        return Ok(RecordResults { files, run, sources: assessment.sources, sessions, uses_printed_lists });
    }
    let templates = match inputs.has_templates() {
        true => Some(Templates::of_folder(&held, TEMPLATES)?),
        false => None,
    };
    if let Some(draws) = run.draws {
        if let Some(fault) = draws.fault(assessment.candidates.len(), rules.criteria.len()) {
            return Err(fault.into());
        }
        let found = drawn(&report, draws, threads)?;
        keep("sensitivity.json", canonical_text(&report::sensitivity::json(&report.ranking, &found)));
        report.acceptability = Some((found.acceptability, draws.seed));
    }
    let mut chosen = None;
    if assessment.plan.as_ref().is_some_and(|plan| plan.options.is_some()) {
        let draws = run.draws.map(|draws| (draws.draws, draws.seed));
        let asked = Asked { draws, changes: true, ..Asked::default() };
        let choice = choose::of_plan(&report, &asked, threads, budget)?;
        keep(CHOICE, canonical_text(&report::choose::json(&report, &choice)));
        chosen = Some(Ok(choice));
    }
    report.find_changes(MAX_SECTIONS)?;
    let recomputed = crate::recompute::recompute(report.assessment);
    let paper = Paper::new(&report, &recomputed)?.with_chosen(&report, chosen.as_ref());
    let built_in = Templates::default().html(&paper)?.into_bytes();
    match &templates {
        Some(templates) => {
            keep(PAPER, templates.html(&paper)?.into_bytes());
            keep(BUILT_IN_PAPER, built_in);
        }
        None => {
            keep(PAPER, built_in);
        }
    }
    if let Some(publication) = &assessment.publication {
        let PublicEdition { assessment: public, withheld } = assessment.public(publication);
        let told = Problems::from(public_edition::for_readers(&withheld, publication));
        let mut report = crate::rank(&public, &rules, threads, told)?;
        if let Some(draws) = run.draws {
            report.acceptability = Some((drawn(&report, draws, threads)?.acceptability, draws.seed));
        }
        report.find_changes(MAX_SECTIONS)?;
        let paper = Paper::new(&report, &crate::recompute::recompute(&public))?;
        // Templates of its own can print anything.
        keep(PUBLIC_PAPER, Templates::default().html(&paper)?.into_bytes());
    }
    let run = RunFile::new(run, &assessment, &rules);
    Ok(RecordResults { files, run, sources: assessment.sources, sessions, uses_printed_lists })
}

/// Who comes where in draws of weights and evidence.
fn drawn(report: &RankedAssessment<'_>, draws: Draws, threads: NonZeroUsize) -> Result<Sensitivity, Problems> {
    let settings = DrawSettings { draws: draws.draws, seed: draws.seed, threads };
    let vary = Variation::Both(read::weights_around(report.rules, read::DEFAULT_CONCENTRATION));
    Ok(sensitivity(&report.ranking, vary, settings)?)
}

/// A ranking as an engine of another version writes it, if it finds the same.
pub(super) fn by_version(ranking: &[u8], version: &str) -> Vec<u8> {
    let mut value: Value = serde_json::from_slice(ranking).unwrap_or_default();
    if let Some(engine) = value.get_mut("engine") {
        *engine = version.into();
    }
    canonical(&value)
}
