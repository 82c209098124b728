//! Problems as text: for people, for screen readers, for editors.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Place, Problem, Severity, SourceFile};
use crate::words::{escaped_json, is_raw, isolated, visible, whole};

/// The most problems that people are shown; the others are counted. Programs are told all.
const MAX_SHOWN: usize = 1_000;
/// The most lines that are drawn of one place.
const MAX_LINES: usize = 50;
/// What stands before how to mend it, as wide as that is in short files.
const HELP: &str = "    = help: ";
/// The longest stretch of a file that is drawn, in bytes: nobody reads a longer line.
const MAX_DRAWN_BYTES: usize = 4_000;

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorFormat {
    /// With the offending line and a pointer under it.
    #[default]
    Human,
    /// A sentence per line, without drawings: for screen readers and logs.
    Plain,
    /// A JSON object per line: for editors and scripts.
    Json,
}

/// The narrowest column that a message is wrapped in, in letters.
const NARROWEST: usize = 24;

/// All `problems` in this format, each ending in a line break. Colour only affects [`ErrorFormat::Human`]. No control
/// character of somebody else's text is in it.
pub fn render(problems: &[Problem], format: ErrorFormat, colour: bool) -> String {
    render_within(problems, format, colour, None)
}

/// The same, and with [`ErrorFormat::Human`] no message is wider than `width` letters, where that is said.
pub fn render_within(problems: &[Problem], format: ErrorFormat, colour: bool, width: Option<usize>) -> String {
    let most = if format == ErrorFormat::Json { problems.len() } else { MAX_SHOWN };
    let mut text = String::new();
    for problem in problems.iter().take(most) {
        text.push_str(&match format {
            ErrorFormat::Human => human(problem, colour, width),
            ErrorFormat::Plain => plain(problem),
            ErrorFormat::Json => json(problem),
        });
    }
    if let Some(more @ 1..) = problems.len().checked_sub(most) {
        text.push_str(&format!("and {} more problems; correct these first\n", whole(more)));
    }
    text
}

fn human(problem: &Problem, colour: bool, width: Option<usize>) -> String {
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let said = problem.message_with_count();
    let code = problem.code.name();
    // What stands before a message: `error[unknown-key]: `, and `  = help: `.
    let before = problem.code.severity().word().len() + code.len() + "[]: ".len();
    let said = wrapped(&visible(&said, &[]), width, before);
    let help = problem.help.as_deref().map(|help| wrapped(&visible(help, &[]), width, HELP.len()));
    let name = problem.place.as_ref().map(|place| visible(&place.source.name, &[])).unwrap_or_default();
    let mut group = level.primary_title(&*said).id(code).elements(None::<Origin<'_>>);
    if let Some(place) = &problem.place {
        group = drawn(group, place, &name);
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = width.map_or(renderer.clone(), |width| renderer.term_width(width));
    let text = renderer.render(&[group]);
    // Of lines of files the renderer leaves some such characters as they are; what begins a colour is its own.
    let raw = |letter: char| is_raw(letter) && !matches!(letter, '\n' | '\u{1b}');
    format!("{}\n\n", isolated(&text.replace(raw, "\u{fffd}")))
}

/// A message in lines that fit behind so many letters; as it is where no width is said.
fn wrapped(message: &str, width: Option<usize>, before: usize) -> String {
    let Some(width) = width else { return message.to_owned() };
    let options = textwrap::Options::new(width.saturating_sub(before).max(NARROWEST));
    textwrap::wrap(message, options.word_splitter(textwrap::WordSplitter::NoHyphenation)).join("\n")
}

/// Adds the lines of a place with a pointer under them; of very long ones only where they are.
fn drawn<'a>(group: Group<'a>, place: &'a Place, name: &'a str) -> Group<'a> {
    let source = &place.source;
    let first = source.line(place.span.start);
    let start = source.start_of_line(first);
    let mut last = source.line(place.span.end);
    let mut end = place.span.end;
    if last - first > MAX_LINES {
        last = first;
        end = end_of_line(source, first);
    }
    let text = source.text.get(start..end_of_line(source, last)).unwrap_or_default();
    if text.len() > MAX_DRAWN_BYTES {
        let (line, column) = source.line_and_column(place.span.start);
        return group.element(Origin::path(name).line(line).char_column(column));
    }
    // What is pointed at may be a line's end, which is not drawn.
    let [from, to] = [place.span.start, end].map(|at| (at - start).min(text.len()));
    group.element(Snippet::source(text).line_start(first).path(name).annotation(AnnotationKind::Primary.span(from..to)))
}

/// Where a line ends, without its line break.
fn end_of_line(source: &SourceFile, line: usize) -> usize {
    let start = source.start_of_line(line);
    let text = source.text.get(start..source.start_of_line(line + 1)).unwrap_or_default();
    let text = text.strip_suffix('\n').unwrap_or(text);
    start + text.strip_suffix('\r').unwrap_or(text).len()
}

fn plain(problem: &Problem) -> String {
    let mut line = format!("{} {}: ", problem.code.severity().word(), problem.code.name());
    if let Some(place) = &problem.place {
        let (row, column) = place.source.line_and_column(place.span.start);
        line.push_str(&format!("{}, line {row}, column {column}: ", place.source.name));
    }
    line.push_str(&problem.message_with_count());
    if let Some(help) = &problem.help {
        line.push_str("; ");
        line.push_str(help);
    }
    format!("{}\n", isolated(&visible(&line, &[])))
}

/// The wire form of a problem; positions count from 1, columns in characters, the end is exclusive.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemEntry<'a> {
    /// The stable name of this kind of problem.
    pub code: &'a str,
    /// `error`, `warning` or `note`.
    pub severity: &'a str,
    /// What is wrong.
    pub message: String,
    /// The file; null where it is in none that could be read.
    pub file: Option<&'a str>,
    /// The line where it begins; null likewise.
    pub line: Option<usize>,
    /// The column where it begins.
    pub column: Option<usize>,
    /// The line where it ends.
    pub end_line: Option<usize>,
    /// The column behind its end.
    pub end_column: Option<usize>,
    /// What stands there.
    pub text: Option<&'a str>,
    /// How to mend it; null where the message says it.
    pub help: Option<&'a str>,
}

impl<'a> ProblemEntry<'a> {
    /// The wire form of this problem.
    pub fn new(problem: &'a Problem) -> Self {
        let place = problem.place.as_ref();
        let start = place.map(|place| place.source.line_and_column(place.span.start));
        let end = place.map(|place| place.source.line_and_column(place.span.end));
        Self {
            code: problem.code.name(),
            severity: problem.code.severity().word(),
            message: problem.message_with_count(),
            file: place.map(|place| &*place.source.name),
            line: start.map(|(line, _)| line),
            column: start.map(|(_, column)| column),
            end_line: end.map(|(line, _)| line),
            end_column: end.map(|(_, column)| column),
            text: place.map(super::Place::text),
            help: problem.help.as_deref(),
        }
    }
}

fn json(problem: &Problem) -> String {
    // JSON need not escape what a terminal obeys, nor what nobody sees.
    escaped_json(&serde_json::to_string(&ProblemEntry::new(problem)).unwrap_or_default(), &[]).into_owned() + "\n"
}
