//! `prioritise elicit`: weights from what people answer, asked for here or read, and written into the rules.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::disk::{Disk, available_threads, exists, make_folder, text_of, write_whole};
use super::output::{Terminal, typed};
use super::person::TerminalConversation;
use super::result_options::ResultOptions;
use super::{Exit, rules_file};
use crate::assessment::{Assessment, day_help, day_in_form};
use crate::diagnostic::{Code, Problem, Problems, SourceFile};
use crate::elicitation::{self, Answers, Elicited, GivenAnswers, HowAsked, Person};
use crate::files::{TEXT_LIMIT, join, read_text};
use crate::report::elicitation::{ElicitationView, json, markdown, text};
use crate::rules::{self, Combined, RuleSet, WeightMethod};
use crate::scoring::{self, Again, Ranking};
use crate::words::one_line;

/// Work out weights from people's answers, and write them into the rules
#[derive(Debug, clap::Args)]
pub(super) struct Elicit {
    /// The rule set: a folder, or its ruleset.toml
    rules: PathBuf,
    /// What people answered: a TOML file; forms that they filled in, or what they saved in the workshop's page, one file or
    /// several; a workbook or CSV file with a table; with `--ask` or `--add` the TOML file to write or to add to
    #[arg(required = true)]
    answers: Vec<PathBuf>,
    /// Put the answers of these forms, or of what the workshop's page saved, into the TOML file of answers
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "ask")]
    add: Vec<PathBuf>,
    /// Ask one person in the terminal, by this method, and keep the answers
    #[arg(long, value_enum, value_name = "METHOD", requires_all = ["by", "date"])]
    ask: Option<MethodWord>,
    /// The role of the person who is asked
    #[arg(long, value_name = "ROLE", requires = "ask")]
    by: Option<String>,
    /// The day on which the person is asked: `2026-11-02`
    #[arg(long, value_name = "DAY", requires = "ask")]
    date: Option<String>,
    /// Why the person answers so, in a sentence
    #[arg(long, value_name = "SENTENCE", requires = "ask")]
    because: Option<String>,
    /// How people were asked, where the answers do not say it or only those asked so are to count
    #[arg(long, value_enum, conflicts_with = "ask")]
    method: Option<MethodWord>,
    /// How the answers of several people are combined, where no TOML file says it
    #[arg(long, value_enum, conflicts_with = "ask")]
    combine: Option<CombineWord>,
    /// Write the weights into ruleset.toml, with where they come from; nothing else in it changes
    #[arg(long)]
    write: bool,
    /// Show what the list of this assessment would be, and what its candidates have
    #[arg(long, value_name = "FOLDER")]
    assessment: Option<PathBuf>,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

impl Elicit {
    fn how(&self) -> HowAsked {
        HowAsked { method: self.method.map(WeightMethod::from), combined: self.combine.map(Combined::from) }
    }
}

/// How people can be asked.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MethodWord {
    /// What going from the least to the most of each measure is worth
    Swing,
    /// How many times as much each matters as every other
    Pairwise,
    /// The order of importance
    RankOrder,
    /// 100 points shared out
    Points,
}

/// How the answers of several people can become one.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CombineWord {
    /// The arithmetic mean of their weights
    ArithmeticMean,
    /// The geometric mean: of the judgements in pairwise comparison, of the weights otherwise
    GeometricMean,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a paper or a page
    Markdown,
    /// For programs; `prioritise schema elicitation` describes it
    Json,
}

pub(super) fn run(asked: &Elicit, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let (assessment, rules) = load(asked, terminal)?;
    let ranking = match &assessment {
        Some(assessment) => Some(scoring::rank(assessment, &rules, available_threads())?),
        None => None,
    };
    if let Some(assessment) = &assessment {
        let files = asked.answers.iter().chain(&asked.add).map(|path| text_of(path));
        elicitation::forms_are_of(&Disk, &files.collect::<Result<Vec<String>, Problem>>()?, assessment)?;
    }
    if let Some(method) = asked.ask {
        ask(asked, method.into(), &rules, ranking.as_ref(), terminal)?;
    } else if !asked.add.is_empty() {
        add(asked, &rules, terminal)?;
    }
    let answers = answers(asked, &rules, terminal)?;
    let elicited = elicitation::elicit(&rules, &answers);
    terminal.warn(&elicitation::warnings(&elicited));
    let would = match &ranking {
        Some(ranking) => Some(Again::new(ranking)?.with_weights(&elicited.weights())?),
        None => None,
    };
    let view = ElicitationView { elicited: &elicited, list: ranking.as_ref().zip(would.as_ref()) };
    let shown = match format {
        Format::Text => text(&view, asked.result.colour(terminal)),
        Format::Markdown => markdown(&view),
        Format::Json => json(&view),
    };
    if asked.write {
        asked.result.refuse_target()?;
        write(asked, &elicited, terminal)?;
    }
    let written = asked.result.write(&shown, terminal);
    if let ([answers], false) = (&*asked.answers, asked.write) {
        terminal.suggest(&format!("prioritise elicit {} {} --write", typed(&asked.rules), typed(answers)));
    }
    written
}

/// The rules, and the assessment where one is named.
fn load(asked: &Elicit, terminal: &Terminal) -> Result<(Option<Assessment>, RuleSet), Problems> {
    let mut problems = Problems::default();
    let folder = text_of(&asked.rules)?;
    let loaded = if let Some(assessment) = &asked.assessment {
        crate::load(&Disk, &text_of(assessment)?, Some(&folder), &mut problems)
            .map(|(assessment, rules)| (Some(assessment), rules))
    } else {
        let editions = rules::load(&Disk, &folder, None, &mut problems).rules;
        editions.map(|editions| (None, editions.into_latest()))
    };
    match loaded {
        Some(loaded) => {
            terminal.warn(&problems);
            Ok(loaded)
        }
        None => Err(problems),
    }
}

fn answers(asked: &Elicit, rules: &RuleSet, terminal: &Terminal) -> Result<Answers, Problems> {
    let paths = asked.answers.iter().map(|path| text_of(path)).collect::<Result<Vec<String>, Problem>>()?;
    let mut how = asked.how();
    if !asked.add.is_empty() {
        // They are in the file now, which says it itself.
        how = HowAsked::default();
    }
    let mut problems = Problems::default();
    let answers = match &*paths {
        [path] if how != HowAsked::default() && elicitation::states_method(path) => {
            let problem = Problem::new(Code::ImportOption, format!("`{path}` already says how people were asked"));
            return Err(problem.help("leave out `--method` and `--combine`, or change its `[answers]`").into());
        }
        [path] => elicitation::load(&Disk, path, rules, how, None, &mut problems),
        paths => elicitation::load_several(&Disk, paths, rules, how, &mut problems),
    };
    match answers {
        Some(answers) => {
            terminal.warn(&problems);
            Ok(answers)
        }
        None => Err(problems),
    }
}

/// Puts the answers of forms, and of what the workshop's page saved, into the file of answers: all of them or none.
fn add(asked: &Elicit, rules: &RuleSet, terminal: &Terminal) -> Result<(), Problems> {
    let (path, there) = file_of_answers(asked)?;
    let forms = asked.add.iter().map(|path| text_of(path)).collect::<Result<Vec<String>, Problem>>()?;
    let mut problems = Problems::default();
    let given = GivenAnswers::of_files(&Disk, &forms, rules, asked.how(), &mut problems);
    let Some(given) = given else { return Err(problems) };
    terminal.warn(&problems);
    if let Some(there) = &there {
        elicitation::check_can_add(there, rules, &given)?;
    }
    keep(&path, there.as_deref(), &given, rules, terminal)
}

/// The one file that answers are written to, with what stands in it.
fn file_of_answers(asked: &Elicit) -> Result<(String, Option<Arc<SourceFile>>), Problem> {
    let [path] = &*asked.answers else {
        let problem = Problem::new(Code::ImportOption, "answers are put into one file, and several are named");
        return Err(problem.help("name one file that ends in `.toml`, and the forms behind `--add`"));
    };
    let shown = text_of(path)?;
    if !elicitation::states_method(&shown) {
        let problem = Problem::new(Code::ImportOption, format!("answers can't be written to `{shown}`"));
        return Err(problem.help("name a file that ends in `.toml`"));
    }
    let there = match exists(path) {
        true => Some(read_text(&Disk, &shown, TEXT_LIMIT, None)?),
        false => None,
    };
    Ok((shown, there))
}

/// Writes answers into their file, if it can be read then.
fn keep(
    path: &str,
    there: Option<&SourceFile>,
    given: &GivenAnswers,
    rules: &RuleSet,
    terminal: &Terminal,
) -> Result<(), Problems> {
    let whole = match there {
        Some(there) => elicitation::text_with_people(there, given),
        None => elicitation::new_file_text(rules, given),
    };
    see_that_it_reads(path, &whole, rules)?;
    if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    write_whole(Path::new(path), &whole)?;
    terminal.say(&format!("\nwrote {path}\n"));
    Ok(())
}

/// Asks one person and keeps the answers: all of them or none.
fn ask(
    asked: &Elicit,
    method: WeightMethod,
    rules: &RuleSet,
    ranking: Option<&Ranking<'_>>,
    terminal: &Terminal,
) -> Result<(), Problems> {
    let (path, there) = file_of_answers(asked)?;
    let (by, date) = (one_line(asked.by.as_deref().unwrap_or_default()), asked.date.clone().unwrap_or_default());
    let because = Some(one_line(asked.because.as_deref().unwrap_or_default())).filter(|because| !because.is_empty());
    let day = day_in_form(&date);
    let Some(day) = day else {
        let problem = Problem::new(Code::BadPeriod, format!("`--date {date}` is not a day"));
        return Err(problem.help(day_help(&date)).into());
    };
    if by.is_empty() {
        let problem = Problem::new(Code::AnswerMissing, "`--by` names nobody");
        return Err(problem.help("name the person's role").into());
    }
    let mut person = Person { by, date: day, because, rounds: Vec::new() };
    if let Some(there) = &there {
        elicitation::check_can_add(there, rules, &GivenAnswers::of_interview(rules, method, &person))?;
    }
    let span = |at: usize| ranking.and_then(|ranking| elicitation::span(ranking, at));
    let words = |(at, criterion)| span(at).map(|span| elicitation::span_words(criterion, span));
    let spans: Vec<Option<String>> = rules.criteria.iter().enumerate().map(words).collect();
    let given = elicitation::interview(rules, method, &spans, &mut TerminalConversation)?;
    person.rounds = given.into_iter().map(Some).collect();
    keep(&path, there.as_deref(), &GivenAnswers::of_interview(rules, method, &person), rules, terminal)
}

/// What is written must be read again without a problem; else nothing is written.
fn see_that_it_reads(path: &str, text: &str, rules: &RuleSet) -> Result<(), Problems> {
    let source = Arc::new(SourceFile::new(path, text));
    let mut problems = Problems::default();
    match elicitation::answers_of_text(&source, rules, &mut problems) {
        Some(_) if !problems.has_errors() => Ok(()),
        _ => Err(problems),
    }
}

/// Writes the weights and where they come from into the rules.
fn write(asked: &Elicit, elicited: &Elicited<'_>, terminal: &Terminal) -> Result<(), Problems> {
    let rules = text_of(&asked.rules)?;
    let path = if rules.ends_with(".toml") { join(".", &rules) } else { join(&rules, "ruleset.toml") };
    let new = |answers: &str| Some(elicited.new_weights(answers));
    let [answers] = &*asked.answers else {
        let problem = Problem::new(Code::ImportOption, "the rules name one file of answers, and these are several");
        return Err(problem.help("put them into one file of the rule set's folder with `--add`").into());
    };
    rules_file::write(&path, answers, elicited.rules, new, terminal)
}

impl From<MethodWord> for WeightMethod {
    fn from(asked: MethodWord) -> Self {
        match asked {
            MethodWord::Swing => Self::Swing,
            MethodWord::Pairwise => Self::Pairwise,
            MethodWord::RankOrder => Self::RankOrder,
            MethodWord::Points => Self::Points,
        }
    }
}

impl From<CombineWord> for Combined {
    fn from(together: CombineWord) -> Self {
        match together {
            CombineWord::ArithmeticMean => Self::ArithmeticMean,
            CombineWord::GeometricMean => Self::GeometricMean,
        }
    }
}
