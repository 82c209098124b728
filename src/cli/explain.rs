//! `prioritise explain`: why one candidate is where it is, and what would change that.

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, is_folder, text_of};
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use crate::assessment::{Assessment, Candidate};
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::report;
use crate::rules::RuleSet;
use crate::words::first_listed;

/// So many of those that a candidate has become are named.
const MOST_HEIRS: usize = 6;

/// Explain one candidate's place, question by question, and what would change it
#[derive(Debug, clap::Args)]
#[command(override_usage = "prioritise explain [OPTIONS] [ASSESSMENT] <CANDIDATE>")]
pub(super) struct Explain {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// The candidate's id
    candidate: Option<String>,
    /// Another candidate's id: why one stands above the other
    #[arg(long, value_name = "OTHER")]
    against: Option<String>,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For programs; `prioritise schema explanation` describes it
    Json,
}

pub(super) fn run(explain: &Explain, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = explain.result.format()?;
    let (subject, id) = explain.named()?;
    let (assessment, rules, mut problems) = subject.load(terminal)?;
    problems.extend(crate::changed_since_recorded(&Disk, &rules));
    let whole = number(&assessment, &id)?;
    let assessment = match rules.per {
        Some(_) => list_of(&assessment, &rules, whole, explain.against.as_deref())?,
        None => assessment,
    };
    let candidate = number(&assessment, &id)?;
    let other = explain.against.as_deref().map(|other| number(&assessment, other)).transpose()?;
    terminal.warn(&problems);
    let busy = terminal.show_busy("explaining");
    let report = crate::rank(&assessment, &rules, subject.threads(), problems)?;
    let text = match format {
        Format::Text => report::explanation(&report, candidate, other, explain.result.colour(terminal))?,
        Format::Json => report::explanation_json(&report, candidate, other)?,
    };
    drop(busy);
    let written = explain.result.write(&text, terminal);
    terminal.suggest(&format!("prioritise sensitivity {}", typed(&subject.assessment)));
    written
}

impl Explain {
    /// The assessment and the candidate's id: what stands alone is the candidate, in the folder that the person is in.
    ///
    /// # Errors
    /// Where no candidate is named.
    fn named(&self) -> Result<(AssessmentArguments, String), Problem> {
        let alone = &self.subject.assessment;
        match &self.candidate {
            Some(id) => Ok((self.subject.clone(), id.clone())),
            None if is_folder(alone) || alone.extension().is_some_and(|ending| ending == "toml") => {
                let problem = Problem::new(Code::BadValue, "no candidate is named");
                Err(problem.help(format!("name one by its id: `prioritise explain {} CANDIDATE`", typed(alone))))
            }
            None => Ok((self.subject.of_this_folder(), text_of(alone)?)),
        }
    }
}

/// The candidates that a candidate is ranked among, by themselves; `other` must be one of them.
fn list_of(
    assessment: &Assessment,
    rules: &RuleSet,
    candidate: usize,
    other: Option<&str>,
) -> Result<Assessment, Problem> {
    let list_of = |number: usize| assessment.candidates.get(number).map_or("", |about| rules.list_of(about));
    let list = list_of(candidate);
    if let Some(id) = other {
        let other = list_of(number(assessment, id)?);
        if other != list {
            let word = rules.per.map_or("list", |per| per.word());
            let message =
                format!("`{id}` is in the list of another {word}, `{other}`, and they are not set against each other");
            return Err(Problem::new(Code::BadValue, message).help(format!("name a candidate of the {word} `{list}`")));
        }
    }
    let candidates = rules.by_list(assessment).remove(list).unwrap_or_default();
    Ok(rules.of_list(assessment, list, &candidates))
}

/// The number of the candidate with this id.
fn number(assessment: &Assessment, id: &str) -> Result<usize, Problem> {
    assessment.candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).map_err(|_| {
        let problem = Problem::new(Code::UnknownId, format!("there is no candidate `{id}`"));
        let was = |about: &&Candidate| about.formerly.iter().any(|was| was.eq_ignore_ascii_case(id));
        let heirs: Vec<String> =
            assessment.candidates.iter().filter(was).map(|about| format!("`{}`", about.id)).collect();
        if heirs.is_empty() {
            return problem.help(did_you_mean(id, assessment.candidates.iter().map(|about| &*about.id)));
        }
        problem.help(format!("it has become {}, or a part of that: name it", first_listed(&heirs, MOST_HEIRS)))
    })
}
