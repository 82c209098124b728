//! Problems as text: for people, for screen readers, for editors.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Problem, Severity};

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

/// All `problems` in this format, each ending in a line break. Colour only affects [`ErrorFormat::Human`].
pub fn render(problems: &[Problem], format: ErrorFormat, colour: bool) -> String {
    let one: fn(&Problem, bool) -> String = match format {
        ErrorFormat::Human => human,
        ErrorFormat::Plain => |problem, _| plain(problem),
        ErrorFormat::Json => |problem, _| json(problem),
    };
    problems.iter().map(|problem| one(problem, colour)).collect()
}

fn human(problem: &Problem, colour: bool) -> String {
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let said = problem.said();
    let mut group = level.primary_title(&said).id(problem.code.name()).elements(problem.place.iter().map(|place| {
        Snippet::source(&place.source.text)
            .path(&place.source.name)
            .annotation(AnnotationKind::Primary.span(place.span.clone()))
    }));
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n\n", renderer.render(&[group]))
}

fn plain(problem: &Problem) -> String {
    let mut line = format!("{} {}: ", problem.code.severity().word(), problem.code.name());
    if let Some(place) = &problem.place {
        let (row, column) = place.source.line_and_column(place.span.start);
        line.push_str(&format!("{}, line {row}, column {column}: ", place.source.name));
    }
    line.push_str(&problem.said());
    if let Some(help) = &problem.help {
        line.push_str("; ");
        line.push_str(help);
    }
    line.push('\n');
    line
}

/// The wire form of a problem; positions count from 1, columns in characters, the end is exclusive.
#[derive(Serialize)]
struct Wire<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    text: Option<&'a str>,
    help: Option<&'a str>,
}

fn json(problem: &Problem) -> String {
    let place = problem.place.as_ref();
    let start = place.map(|place| place.source.line_and_column(place.span.start));
    let end = place.map(|place| place.source.line_and_column(place.span.end));
    let said = problem.said();
    let wire = Wire {
        code: problem.code.name(),
        severity: problem.code.severity().word(),
        message: &said,
        file: place.map(|place| &*place.source.name),
        line: start.map(|(line, _)| line),
        column: start.map(|(_, column)| column),
        end_line: end.map(|(line, _)| line),
        end_column: end.map(|(_, column)| column),
        text: place.map(super::Place::text),
        help: problem.help.as_deref(),
    };
    let mut line = serde_json::to_string(&wire).unwrap_or_default();
    line.push('\n');
    line
}
