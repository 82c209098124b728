//! `prioritise form`: a form for people who have a spreadsheet and no command.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::elicitation::rounds;
use crate::figures::Asked as AskedFigures;
use crate::ranked::RankedAssessment;
use crate::report::form::{FilledByHand, SentBack, figures_form, scores_form, weights_form};
use crate::rules::WeightMethod;
use crate::scorers::Asked;

/// Make a form for people with a spreadsheet to fill in
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// What is asked
    #[arg(value_enum, default_value = "scores")]
    kind: FormKind,
    /// By when it is to come back, as people read it: `Friday 4 December`
    #[arg(long, value_name = "WHEN")]
    return_by: Option<String>,
    /// To whom it is to come back: a role, a team or an address
    #[arg(long, value_name = "WHOM")]
    return_to: Option<String>,
    /// The role of the person whom it is for, filled in already
    #[arg(long)]
    role: Option<String>,
    /// How to write it; without it the ending of FILE decides, and else it is the workbook
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write it to this file; `-` is standard output, where it goes without this
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What a form asks.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormKind {
    /// Judgements of each candidate, from one person
    Scores,
    /// Figures of a colleague who has some: what is missing now, and others
    Evidence,
    /// What the way from the least to the most of each question is worth, from one person
    Swings,
    /// Which of two questions matters more, and how many times as much, from one person
    Pairs,
    /// In which order the questions matter, from one person
    Order,
    /// 100 points shared out among the questions, by one person
    Points,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A workbook to fill in and send back
    Xlsx,
    /// A page to print, to be filled in by hand
    Html,
}

pub(super) fn run(asked: &Form, terminal: &Terminal) -> Result<Exit, Problems> {
    let result = ResultOptions::new(asked.format, asked.output.clone());
    let format = result.format()?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    let ranked = crate::rank(&assessment, &rules, asked.subject.threads(), problems)?;
    let back = SentBack { by: asked.return_by.clone(), to: asked.return_to.clone(), role: asked.role.clone() };
    let form = match asked.kind {
        FormKind::Scores => scores(&ranked, &back)?,
        FormKind::Evidence => figures(&ranked, &back)?,
        FormKind::Swings => weights(&ranked, WeightMethod::Swing, &back)?,
        FormKind::Pairs => weights(&ranked, WeightMethod::Pairwise, &back)?,
        FormKind::Order => weights(&ranked, WeightMethod::RankOrder, &back)?,
        FormKind::Points => weights(&ranked, WeightMethod::Points, &back)?,
    };
    let written = match format {
        Format::Xlsx => result.write(&form.workbook()?, terminal),
        Format::Html => result.write(&form.page(), terminal),
    };
    if result.file().is_some() {
        let assessment = typed(&asked.subject.assessment);
        terminal.suggest(&match asked.kind {
            FormKind::Scores => format!("prioritise import form FORM --into {assessment}, once it is filled in"),
            FormKind::Evidence => format!("prioritise import evidence FORM --into {assessment}, once it is filled in"),
            FormKind::Swings | FormKind::Pairs | FormKind::Order | FormKind::Points => {
                "prioritise elicit RULES FORM, once it is filled in".to_owned()
            }
        });
    }
    written
}

fn scores(ranked: &RankedAssessment<'_>, back: &SentBack) -> Result<FilledByHand, Problem> {
    let questions = Asked::of(ranked.assessment, ranked.rules);
    if questions.candidates.is_empty() {
        let problem = Problem::new(Code::NothingToFill, "no question of these rules is answered by people’s judgement");
        return Err(problem.help("declare evidence of the kind `judgement`, and a question that reads it"));
    }
    Ok(scores_form(ranked, &questions, back))
}

fn figures(ranked: &RankedAssessment<'_>, back: &SentBack) -> Result<FilledByHand, Problem> {
    let wanted = AskedFigures::of(ranked.assessment, ranked.rules);
    if wanted.evidence.is_empty() {
        let problem = Problem::new(Code::NothingToFill, "these rules read no evidence that a form can ask for");
        return Err(problem.help("what people judge has a form of its own: `prioritise form ASSESSMENT scores`"));
    }
    Ok(figures_form(ranked, &wanted, back))
}

fn weights(ranked: &RankedAssessment<'_>, method: WeightMethod, back: &SentBack) -> Result<FilledByHand, Problem> {
    if rounds(ranked.rules).is_empty() {
        let problem = Problem::new(Code::NothingToFill, "these rules have no two things to weigh against each other");
        return Err(problem.help("add a second criterion, or a group with two"));
    }
    Ok(weights_form(ranked, method, back))
}
