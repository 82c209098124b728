//! `prioritise form`: a form for people who have a spreadsheet and no command.

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::output::Terminal;
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::report::form::{SentBack, scores_page, scores_workbook};
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
    #[arg(long, value_name = "DAY")]
    return_by: Option<String>,
    /// To whom it is to come back: a role, a team or an address
    #[arg(long, value_name = "WHOM")]
    return_to: Option<String>,
    /// The role of the person whom it is for, filled in already
    #[arg(long)]
    role: Option<String>,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

/// What a form asks.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormKind {
    /// Judgements of each candidate, from one person
    Scores,
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
    let format = asked.result.format()?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    let ranked = crate::rank(&assessment, &rules, asked.subject.threads(), problems)?;
    let back = SentBack { by: asked.return_by.clone(), to: asked.return_to.clone(), role: asked.role.clone() };
    let FormKind::Scores = asked.kind;
    let questions = Asked::of(&assessment, &rules);
    if questions.candidates.is_empty() {
        let problem = Problem::new(Code::NothingToFill, "no question of these rules is answered by people’s judgement");
        return Err(problem.help("declare evidence of the kind `judgement`, and a question that reads it").into());
    }
    match format {
        Format::Xlsx => asked.result.write(&scores_workbook(&ranked, &questions, &back)?),
        Format::Html => asked.result.write(&scores_page(&ranked, &questions, &back)),
    }
}
