//! `prioritise rank`: the ranked, explained list.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;

use super::Exit;
use super::area::AreaOption;
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, make_folder, refuse_in_record, refuse_target, text_of, write_together};
use super::output::{Terminal, typed};
use super::result_options::{CsvMark, ResultOptions};
use crate::assessment::{Assessment, PublicEdition, Withheld};
use crate::choose;
use crate::diagnostic::{Code, Problem, Problems};
use crate::public_edition;
use crate::ranked::RankedAssessment;
use crate::report;
use crate::report::paper::model::{Paper, Parts};
use crate::report::paper::{MAX_SECTIONS, Templates};
use crate::rules::RuleSet;
use crate::scoring::in_pool;
use crate::sensitivity::acceptability::{Variation, acceptability};
use crate::sensitivity::{DEFAULT_SEED, DrawSettings, MAX_DRAWS, read};

/// Rank an assessment's candidates and explain the list
///
/// Where the rules make a list for each area or kind, `-o FOLDER/` writes a file for each list, and an index.
#[derive(Debug, clap::Args)]
pub(super) struct Rank {
    #[command(flatten)]
    subject: AssessmentArguments,
    #[command(flatten)]
    area: AreaOption,
    /// The public edition: without counts so small that the assessment's `[publication]` keeps them back; other figures are
    /// held back to protect them
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    result: ResultOptions<Format>,
    /// Which chart to draw, as SVG: `list` unless told
    #[arg(long, value_enum, value_name = "CHART")]
    chart: Option<ChartName>,
    /// As text: with all reasons and sums, and not the list alone
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    mark: CsvMark,
    /// Lay the paper out by the templates in this folder; `prioritise templates`
    /// writes some to start from
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    /// Which of the two documents to write: the paper of five sides, its annex, or both in one file
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// Say in the paper what comes first in this many draws of weights and evidence
    #[arg(long, value_name = "DRAWS", value_parser = clap::value_parser!(u64).range(1..=MAX_DRAWS))]
    draws: Option<u64>,
}

/// The two documents for the board.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    /// The paper of five sides
    Paper,
    /// A sheet for each candidate, and all that an auditor needs
    Annex,
    /// Both, one after the other; this is written unless told
    Both,
}

impl Part {
    fn parts(self) -> Parts {
        match self {
            Self::Paper => Parts::PAPER,
            Self::Annex => Parts::ANNEX,
            Self::Both => Parts::BOTH,
        }
    }
}

/// With more lists than this their pages do not say what would change each place: it is tried weight by weight for everybody,
/// which takes longer than all else of hundreds of pages.
const MOST_WITH_CHANGES: usize = 50;

/// So many sentences of a plan stand beside the list in a terminal: which set is best, and whether that is proven.
const MOST_OF_PLAN: usize = 2;

/// The formats of a ranking.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// The paper for the board, as Markdown
    Markdown,
    /// The paper for the board, as one HTML file
    Html,
    /// For programs; `prioritise schema ranking` describes it
    Json,
    /// For a spreadsheet, one row for each candidate
    Csv,
    /// For a pivot table, one row for each candidate and question, with the reason
    LongCsv,
    /// A workbook that recomputes; name its file with `-o`
    Xlsx,
    /// The paper for the board, as a Word document; name its file with `-o`
    Docx,
    /// A chart by itself; `--chart` says which
    Svg,
}

/// The charts of a list.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ChartName {
    /// Everybody's total on the scale, and what it could be
    List,
    /// What each question brought in for everybody
    Points,
}

impl From<ChartName> for report::Chart {
    fn from(name: ChartName) -> Self {
        match name {
            ChartName::List => Self::List,
            ChartName::Points => Self::Points,
        }
    }
}

impl Format {
    /// Whether it is the paper.
    fn is_paper(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Docx)
    }
}

pub(super) fn run(rank: &Rank, terminal: &Terminal) -> Result<Exit, Problems> {
    if let Some(folder) = rank.result.folder() {
        return pages(rank, folder, terminal);
    }
    let format = rank.result.format()?;
    only_in_its_format(rank, format)?;
    rank.mark.only_in_csv(matches!(format, Format::Csv | Format::LongCsv))?;
    let Edition { assessment, rules, problems, full } = edition(rank, terminal)?;
    let busy = terminal.show_busy("ranking");
    let mut report = crate::rank(&assessment, &rules, rank.subject.threads(), problems)?;
    if let Some(full) = full {
        full.tell(&report, rank, terminal)?;
    }
    let bytes = match format {
        _ if report.ranking.lists().is_one() => {
            let templates = templates(rank)?;
            if format.is_paper() {
                report.find_changes(MAX_SECTIONS)?;
            }
            list(rank, &mut report, (format, &templates), rank.subject.threads(), terminal)?
        }
        Format::Text if rank.full => return Err(one_list_alone()),
        Format::Text => report::areas_text(&report, rank.result.colour(terminal)).into_bytes(),
        Format::Docx | Format::Svg => return Err(one_list_alone()),
        Format::Markdown | Format::Html if rank.templates.is_some() || rank.draws.is_some() || rank.part.is_some() => {
            return Err(one_list_alone());
        }
        Format::Markdown => report::areas_markdown(&report).into_bytes(),
        Format::Html => report::areas_html(&report).into_bytes(),
        Format::Json => report::json(&report).into_bytes(),
        Format::Csv => rank.mark.marked(report::csv(&report)).into_bytes(),
        Format::LongCsv => rank.mark.marked(report::csv_of_answers(&report)).into_bytes(),
        Format::Xlsx => report::workbook(&report)?,
    };
    drop(busy);
    let written = rank.result.write(&bytes, terminal);
    if let Some(first) = report.traces.first().filter(|_| rank.result.file().is_none()) {
        let assessment = typed(&rank.subject.assessment);
        terminal.suggest(&format!("prioritise explain {assessment} {}", first.candidate.id));
    }
    written
}

/// A paper of several lists was asked for in a form that only one list has.
fn one_list_alone() -> Problems {
    let message = "this is about one list, and the rules make several";
    let help = "name a list with `--area CODE`, or write a file for each with `-o FOLDER/`";
    Problem::new(Code::BadValue, message).help(help).into()
}

/// What is ranked: the whole, or what may be published.
struct Edition {
    assessment: Assessment,
    rules: RuleSet,
    /// What its readers should know.
    problems: Problems,
    /// What a public edition is made of.
    full: Option<FullAssessment>,
}

/// The assessment that a public edition is made of. What is told of it is no part of the public edition.
struct FullAssessment {
    assessment: Assessment,
    withheld: Withheld,
}

impl FullAssessment {
    /// Tells whoever publishes the list `public` what to look at first.
    fn tell(&self, public: &RankedAssessment<'_>, rank: &Rank, terminal: &Terminal) -> Result<(), Problems> {
        let full = crate::rank(&self.assessment, public.rules, rank.subject.threads(), Problems::default())?;
        terminal.warn(&public_edition::for_the_publisher(&self.withheld, &full, public));
        Ok(())
    }
}

/// The assessment and its rules, whole or as they may be published; of one area where that is asked for.
fn edition(rank: &Rank, terminal: &Terminal) -> Result<Edition, Problems> {
    let (assessment, rules, mut problems) = rank.subject.load(terminal)?;
    let of_weights = crate::changed_since_recorded(&Disk, &rules);
    problems.extend(of_weights.clone());
    terminal.warn(&problems);
    if !rank.public {
        let assessment = rank.area.of(assessment, &rules)?;
        return Ok(Edition { assessment, rules, problems, full: None });
    }
    let Some(publication) = &assessment.publication else {
        let message = "the assessment does not say which counts are too small to be published";
        let help = "add `[publication]` with `suppress_below = 5` and `because` to `assessment.toml`";
        return Err(Problem::new(Code::NoPublication, message).help(help).into());
    };
    // What is hidden in an area depends on the others.
    let PublicEdition { assessment: public, withheld } = assessment.public(publication);
    let mut problems = Problems::from(public_edition::for_readers(&withheld, publication));
    terminal.warn(&problems);
    problems.extend(of_weights);
    let full = FullAssessment { assessment: rank.area.of(assessment, &rules)?, withheld };
    Ok(Edition { assessment: rank.area.of(public, &rules)?, rules, problems, full: Some(full) })
}

/// A list in a format; a paper with what would change it as far as the report has that.
fn list(
    rank: &Rank,
    report: &mut RankedAssessment<'_>,
    (format, templates): (Format, &Templates),
    threads: NonZeroUsize,
    terminal: &Terminal,
) -> Result<Vec<u8>, Problems> {
    if let Some(draws) = rank.draws.filter(|_| format.is_paper()) {
        let settings = DrawSettings { draws, seed: DEFAULT_SEED, threads };
        let vary = Variation::Both(read::weights_around(report.rules, read::DEFAULT_CONCENTRATION));
        report.acceptability = Some((acceptability(&report.ranking, &vary, settings)?, DEFAULT_SEED));
    }
    let chosen = match format {
        Format::Text | Format::Markdown | Format::Html | Format::Docx => choose::for_the_paper(report, threads),
        Format::Json | Format::Csv | Format::LongCsv | Format::Xlsx | Format::Svg => None,
    };
    let paper = |report: &RankedAssessment<'_>| {
        let recomputed = crate::recompute::recompute(report.assessment);
        let parts = rank.part.map_or(Parts::BOTH, Part::parts);
        Paper::new(report, &recomputed).map(|paper| paper.with_chosen(report, chosen.as_ref()).with_parts(parts))
    };
    Ok(match format {
        Format::Text => {
            let colour = rank.result.colour(terminal);
            let title = report.assessment.plan.as_ref().map_or("", |plan| &plan.title);
            let most = if rank.full { usize::MAX } else { MOST_OF_PLAN };
            let plan = chosen.as_ref().map(|chosen| report::choose::text_for_the_board(title, chosen, most, colour));
            let plan = plan.unwrap_or_default();
            match rank.full {
                true => [report::text(report, colour), plan].concat().into_bytes(),
                false => report::brief(report, &plan, colour).into_bytes(),
            }
        }
        Format::Markdown => templates.markdown(&paper(report)?)?.into_bytes(),
        Format::Html => templates.html(&paper(report)?)?.into_bytes(),
        Format::Docx => templates.docx(paper(report)?)?,
        Format::Json => report::json(report).into_bytes(),
        Format::Csv => rank.mark.marked(report::csv(report)).into_bytes(),
        Format::LongCsv => rank.mark.marked(report::csv_of_answers(report)).into_bytes(),
        Format::Xlsx => report::workbook(report)?,
        Format::Svg => report::chart(rank.chart.map_or(report::Chart::List, Into::into), report).into_bytes(),
    })
}

/// A file for each area's list, by its code, and an index.
fn pages(rank: &Rank, folder: &Path, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = rank.result.format_in_folder().unwrap_or(Format::Html);
    only_in_its_format(rank, format)?;
    let Edition { mut assessment, rules, problems, full } = edition(rank, terminal)?;
    if rules.per.is_none() {
        let message = format!("`{}` is a folder, and the rules make one list of all candidates", folder.display());
        let help = "name a file, or write `per = \"area\"` or `per = \"kind\"` into `[ruleset]`";
        return Err(Problem::new(Code::WriteFailed, message).help(help).into());
    }
    let busy = terminal.show_busy("ranking");
    // Made once for all lists.
    assessment.pools = Some(rules.pools(&assessment));
    // What the whole is told of is in the index; that an edition is public is in each.
    let for_each = if rank.public { problems.clone() } else { Problems::default() };
    let whole = crate::rank(&assessment, &rules, rank.subject.threads(), problems)?;
    if let Some(full) = full {
        full.tell(&whole, rank, terminal)?;
    }
    let templates = templates(rank)?;
    let ending = format.ending();
    let (index, text) = match format {
        Format::Html => ("index.html", report::index_html(&whole, ending)),
        Format::Markdown => ("index.md", report::index_markdown(&whole, ending)),
        Format::Text | Format::Json | Format::Csv | Format::LongCsv | Format::Xlsx | Format::Docx | Format::Svg => {
            ("index.csv", rank.mark.marked(report::index_csv(&whole, ending)))
        }
    };
    let mut files = vec![(folder.join(index), text.into_bytes())];
    let lists: Vec<(&str, Vec<usize>)> = rules.by_list(&assessment).into_iter().collect();
    let finds_changes = lists.len() <= MOST_WITH_CHANGES;
    named_apart(lists.iter().map(|(code, _)| *code))?;
    // Each list on one thread, so that their number shows in none.
    let page = |(code, candidates): &(&str, Vec<usize>)| -> Result<(PathBuf, Vec<u8>), Problems> {
        let of_list = rules.of_list(&assessment, code, candidates);
        let mut report = crate::rank(&of_list, &rules, NonZeroUsize::MIN, for_each.clone())?;
        if format.is_paper() && finds_changes {
            report.find_changes(MAX_SECTIONS)?;
        }
        let page = list(rank, &mut report, (format, &templates), NonZeroUsize::MIN, terminal)?;
        Ok((folder.join(format!("{code}.{ending}")), page))
    };
    let pages: Vec<(PathBuf, Vec<u8>)> = rules.library.budget.on_threads(rank.subject.threads(), |threads| {
        if threads == NonZeroUsize::MIN {
            return lists.iter().map(page).collect();
        }
        in_pool(threads, || lists.par_iter().map(page).collect::<Result<_, Problems>>())
    })?;
    files.extend(pages);
    folder.ancestors().try_for_each(refuse_in_record)?;
    files.iter().try_for_each(|(path, _)| refuse_target(path))?;
    make_folder(folder)?;
    write_together(&files)?;
    drop(busy);
    terminal.say(&format!("wrote {} files into {}", files.len(), folder.display()));
    Ok(Exit::Done)
}

/// Refuses lists whose files would have the same name, or that of the index.
fn named_apart<'c>(codes: impl Iterator<Item = &'c str>) -> Result<(), Problem> {
    let mut names = BTreeMap::from([("index".to_owned(), "the index")]);
    for code in codes {
        if let Some(other) = names.insert(code.to_lowercase(), code) {
            let message = format!("the file of the list `{code}` would have the name of that of {other}");
            return Err(Problem::new(Code::WriteFailed, message).help("give the area another code"));
        }
    }
    Ok(())
}

impl Format {
    /// How the names of its files end.
    fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv | Self::LongCsv => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Svg => "svg",
        }
    }
}

/// Refuses what this format would not show.
fn only_in_its_format(rank: &Rank, format: Format) -> Result<(), Problem> {
    if rank.full && !matches!(format, Format::Text) {
        let problem = Problem::new(Code::BadValue, "`--full` is for text");
        return Err(problem.help("leave it out: the other formats have all of it"));
    }
    if rank.chart.is_some() && !matches!(format, Format::Svg) {
        let problem = Problem::new(Code::BadValue, "`--chart` is for SVG");
        return Err(problem.help("add `--format svg`, or name a file that ends in `.svg`"));
    }
    let asked =
        [("--part", rank.part.is_some()), ("--templates", rank.templates.is_some()), ("--draws", rank.draws.is_some())];
    let asked = asked.into_iter().find(|(_, asked)| *asked).map(|(option, _)| option);
    match asked.filter(|_| !format.is_paper()) {
        Some(option) => Err(Problem::new(Code::BadValue, format!("`{option}` is for the paper"))
            .help("add `--format html` or `--format markdown`")),
        None => Ok(()),
    }
}

fn templates(rank: &Rank) -> Result<Templates, Problems> {
    match rank.templates.as_deref() {
        Some(folder) => Ok(Templates::of_folder(&Disk, &text_of(folder)?)?),
        None => Ok(Templates::default()),
    }
}
