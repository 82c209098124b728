//! What a scoring spreadsheet does not say of itself: given as options, or asked for on a terminal.

use std::path::{Path, PathBuf};

use crate::assessment::{CandidateKind, NotAPeriod, Period, day_help, day_in_form};
use crate::cli::disk::exists;
use crate::cli::done::DoneFormat;
use crate::cli::import::shared::OutputFolder;
use crate::cli::person::{self, TerminalConversation};
use crate::conversation::{Conversation, ask};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::matrix::MatrixDetails;
use crate::words::listed;

/// What the sheet does not say.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What the sheet does not say: all of it is needed, and asked for on a terminal")]
pub(super) struct Details {
    /// The role of the person who scored
    #[arg(long, value_name = "ROLE")]
    by: Option<String>,
    /// When it was scored: `2026-04-20`
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Why it was scored so, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    because: Option<String>,
    /// The assessment's title
    #[arg(long)]
    title: Option<String>,
    /// The partnership's name
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// The assessment's period: `2025/26`
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The folder to write to; it is made if it does not exist
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// What is asked where an option is left out.
struct Question {
    option: &'static str,
    /// A value, as it is written after the option.
    example: &'static str,
    words: &'static str,
    /// The value as it is written into the files, or what is wrong with it.
    read: fn(&str) -> Result<String, Problem>,
}

const BY: Question =
    Question { option: "--by", example: "\"Analyst\"", words: "Who scored? A role, such as Analyst: ", read: any };
const DATE: Question =
    Question { option: "--date", example: "2026-04-20", words: "On which day? Such as 2026-04-20: ", read: date };
const BECAUSE: Question = Question {
    option: "--because",
    example: "\"Scored at the spring workshop.\"",
    words: "Why so? In a sentence: ",
    read: any,
};
const TITLE: Question = Question {
    option: "--title",
    example: "\"Priorities 2026/27\"",
    words: "The title of the list, such as Priorities 2026/27: ",
    read: any,
};
const PARTNERSHIP: Question = Question {
    option: "--partnership",
    example: "\"Our partnership\"",
    words: "The name of your partnership: ",
    read: any,
};
const PERIOD: Question = Question {
    option: "--period",
    example: "2025/26",
    words: "The period that was scored, such as 2025/26: ",
    read: period,
};
const OUTPUT: Question =
    Question { option: "-o", example: "ours", words: "The folder to write to, such as ours: ", read: any };

/// What of it the options say, and what is still to be asked for.
pub(super) struct GivenDetails {
    known: [(&'static Question, Option<String>); 6],
    output: Option<PathBuf>,
}

impl Details {
    /// What the options say.
    ///
    /// # Errors
    /// What is wrong in them; what is missing, where nobody is there to be asked.
    pub(super) fn given(&self) -> Result<GivenDetails, Problems> {
        let mut problems = Problems::default();
        let mut read = |question: &'static Question, given: Option<&str>| {
            let value = given.and_then(|given| problems.take(question.of_option(given)));
            (question, value)
        };
        let known = [
            read(&BY, self.by.as_deref()),
            read(&DATE, self.date.as_deref()),
            read(&BECAUSE, self.because.as_deref()),
            read(&TITLE, self.title.as_deref()),
            read(&PARTNERSHIP, self.partnership.as_deref()),
            read(&PERIOD, self.period.as_deref()),
        ];
        let lacking = self.lacking();
        if !lacking.is_empty() && !person::is_there() {
            problems.push(missing(&lacking));
        }
        if problems.has_errors() { Err(problems) } else { Ok(GivenDetails { known, output: self.output.clone() }) }
    }

    /// What was left out.
    fn lacking(&self) -> Vec<&'static Question> {
        let given = [
            (&BY, self.by.is_some()),
            (&DATE, self.date.is_some()),
            (&BECAUSE, self.because.is_some()),
            (&TITLE, self.title.is_some()),
            (&PARTNERSHIP, self.partnership.is_some()),
            (&PERIOD, self.period.is_some()),
            (&OUTPUT, self.output.is_some()),
        ];
        given.into_iter().filter(|(_, is_given)| !is_given).map(|(question, _)| question).collect()
    }
}

impl GivenDetails {
    /// All of it, with what is left out asked for, and where the files go.
    ///
    /// # Errors
    /// Answers that end too early.
    pub(super) fn complete(
        self,
        kind: CandidateKind,
        places: Option<u32>,
        (force, said): (bool, DoneFormat),
    ) -> Result<(MatrixDetails, OutputFolder), Problem> {
        let mut talk = TerminalConversation;
        if self.output.is_none() || self.known.iter().any(|(_, value)| value.is_none()) {
            talk.say("What the sheet does not say, and stays with the scores:\n");
        }
        let mut filled = |(question, value): (&Question, Option<String>)| {
            value.map_or_else(|| ask(&mut talk, question.words, |answer| question.of_answer(answer)), Ok)
        };
        let [by, date, because, title, partnership, period] = self.known;
        let details = MatrixDetails {
            by: filled(by)?,
            date: filled(date)?,
            because: filled(because)?,
            title: filled(title)?,
            partnership: filled(partnership)?,
            period: filled(period)?,
            kind,
            places,
        };
        let output = match self.output {
            Some(output) => output,
            None => ask(&mut talk, OUTPUT.words, |answer| free(Path::new(answer), force))?,
        };
        Ok((details, OutputFolder { output, force, said }))
    }
}

impl Question {
    fn of_option(&self, given: &str) -> Result<String, Problem> {
        if given.trim().is_empty() {
            let help = format!("write for example `{} {}`", self.option, self.example);
            return Err(Problem::new(Code::ImportOption, format!("`{}` is empty", self.option)).help(help));
        }
        (self.read)(given).map_err(|mut problem| {
            problem.message = format!("`{}`: {}", self.option, problem.message);
            problem
        })
    }

    fn of_answer(&self, answer: &str) -> Result<String, String> {
        (self.read)(answer).map_err(|problem| match problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message,
        })
    }
}

fn missing(lacking: &[&Question]) -> Problem {
    let options: Vec<String> = lacking.iter().map(|question| format!("`{}`", question.option)).collect();
    let verb = if lacking.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} missing, and there is no terminal to ask on", listed(&options));
    let line: Vec<String> =
        lacking.iter().map(|question| format!("{} {}", question.option, question.example)).collect();
    Problem::new(Code::ImportOption, message).help(format!("add for example `{}`", line.join(" ")))
}

#[expect(clippy::unnecessary_wraps, reason = "other answers can be wrong")]
fn any(text: &str) -> Result<String, Problem> {
    Ok(text.to_owned())
}

/// A day as people write it, or any other form of a period.
fn date(text: &str) -> Result<String, Problem> {
    if let Some(day) = day_in_form(text) {
        return Ok(day.iso_day());
    }
    let wrong = |_| Problem::new(Code::BadPeriod, format!("`{text}` is not a day")).help(day_help(text));
    Period::parse(text).map(|_| text.to_owned()).map_err(wrong)
}

fn period(text: &str) -> Result<String, Problem> {
    let wrong = |why: NotAPeriod| Problem::new(Code::BadPeriod, why.message).help(why.help);
    Period::parse(text).map(|_| text.to_owned()).map_err(wrong)
}

/// A folder that has no assessment yet: who answered all questions is not told only then that nothing is written.
fn free(folder: &Path, force: bool) -> Result<PathBuf, String> {
    match !force && exists(&folder.join("assessment.toml")) {
        true => Err(format!("`{}` has an assessment already: name another folder", folder.display())),
        false => Ok(folder.to_owned()),
    }
}

/// Asks for the lowest and the highest possible score.
pub(super) fn ask_scale(talk: &mut dyn Conversation) -> Result<(f64, f64), Problem> {
    talk.say("Nothing in the sheet says which scores are possible.\n");
    ask(talk, "The lowest and the highest, such as 1 5: ", |answer| {
        let numbers: Option<Vec<f64>> = answer.split_whitespace().map(|word| word.parse().ok()).collect();
        match numbers.as_deref() {
            Some([low, high]) if low < high && low.is_finite() && high.is_finite() => Ok((*low, *high)),
            _ => Err(format!("`{answer}` is not two numbers, the lower one first")),
        }
    })
}
