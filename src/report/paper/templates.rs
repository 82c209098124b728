//! The templates: built in, or from a folder of the partnership's own; and what is wrong with one, at its line.
//!
//! A template sees the paper and the other templates, and nothing else: no file outside its folder, no clock, and only
//! so many steps. Text that is shown is made harmless for the kind of file that it stands in.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::model::Paper;
use crate::diagnostic::{Code, Place, Problem, SourceFile, quoted_list};
use crate::files::{Files, TEXT_LIMIT, join, read_text};
use crate::report::markdown::plain;

/// The built-in templates, by name.
pub const BUILT_IN: [(&str, &str); 8] = [
    ("paper.html", include_str!("templates/paper.html")),
    ("chart.html", include_str!("templates/chart.html")),
    ("candidate.html", include_str!("templates/candidate.html")),
    ("method.html", include_str!("templates/method.html")),
    ("style.css", include_str!("templates/style.css")),
    ("paper.md", include_str!("templates/paper.md")),
    ("candidate.md", include_str!("templates/candidate.md")),
    ("method.md", include_str!("templates/method.md")),
];

/// How many steps a template may take for each candidate.
const MAX_STEPS: u64 = 100_000;
/// How many steps a template may take for all else in the paper.
const STEPS_FOR_THE_REST: u64 = 2_000_000;

/// Text that is escaped as Markdown.
const MARKDOWN: AutoEscape = AutoEscape::Custom(std::borrow::Cow::Borrowed("markdown"));

/// The templates of a paper.
#[derive(Debug, Clone)]
pub struct Templates(BTreeMap<String, Arc<SourceFile>>);

impl Default for Templates {
    fn default() -> Self {
        let built_in = |(name, text): (&str, &str)| {
            (name.to_owned(), Arc::new(SourceFile { name: format!("built-in {name}"), text: text.to_owned() }))
        };
        Self(BUILT_IN.into_iter().map(built_in).collect())
    }
}

impl Templates {
    /// The built-in templates, with the files of `folder` in place of those of the same name and beside the others.
    ///
    /// # Errors
    /// A folder without any file that replaces one, or a file that can't be read.
    pub fn of_folder(files: &dyn Files, folder: &str) -> Result<Self, Problem> {
        let mut templates = Self::default();
        files.enter(&join(".", folder));
        let mut names = files.list(folder);
        names.retain(|name| is_template(name));
        names.sort();
        if !names.iter().any(|name| templates.0.contains_key(name)) {
            let known = BUILT_IN.map(|(name, _)| name);
            return Err(Problem::new(Code::FileMissing, format!("there is no template in `{folder}`"))
                .help(format!("put one of these there: {}", quoted_list(&known))));
        }
        for name in names {
            let source = read_text(files, &join(folder, &name), TEXT_LIMIT, None)?;
            templates.0.insert(name, source);
        }
        Ok(templates)
    }

    /// The paper as one HTML file.
    ///
    /// # Errors
    /// A template that can't be read, names what is not there or does not come to an end.
    pub fn html(&self, paper: &Paper) -> Result<String, Problem> {
        self.render("paper.html", paper)
    }

    /// The paper as Markdown.
    ///
    /// # Errors
    /// As [`Self::html`].
    pub fn markdown(&self, paper: &Paper) -> Result<String, Problem> {
        self.render("paper.md", paper)
    }

    fn render(&self, name: &str, paper: &Paper) -> Result<String, Problem> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax());
        environment.set_debug(true);
        environment.set_fuel(Some(steps(paper)));
        environment.set_auto_escape_callback(|name| if name.ends_with(".md") { MARKDOWN } else { AutoEscape::Html });
        environment.set_formatter(format_value);
        for (name, source) in &self.0 {
            environment.add_template(name, &source.text).map_err(|error| self.problem(&error))?;
        }
        let rendered = environment.get_template(name).and_then(|template| template.render(Serde(paper)));
        rendered.map_err(|error| self.problem(&error))
    }

    /// A template's error, at its place.
    fn problem(&self, error: &Error) -> Problem {
        let error = innermost(error);
        let what = || error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let place = error.name().and_then(|name| self.0.get(name)).map(|source| {
            let range = error.range().unwrap_or_else(|| line_range(&source.text, error.line().unwrap_or(1)));
            Place::new(source, range)
        });
        let problem = match error.kind() {
            ErrorKind::SyntaxError => Problem::new(Code::TemplateSyntax, format!("this is no template: {}", what()))
                .help("correct it; docs/paper.md shows how templates are written"),
            ErrorKind::UndefinedError => {
                Problem::new(Code::TemplateFailed, what()).help("docs/paper.md lists what there is")
            }
            ErrorKind::OutOfFuel => Problem::new(Code::TemplateFailed, "the templates take more steps than allowed")
                .help("look for a loop within a loop"),
            _ => Problem::new(Code::TemplateFailed, format!("this template fails: {}", what()))
                .help("correct it; docs/paper.md shows how templates are written"),
        };
        match place {
            Some(place) => problem.at(place),
            None => problem,
        }
    }
}

/// A line that holds nothing but a tag leaves no line behind.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .unwrap_or_default()
}

/// Whether a file's name is one that a template can have: no folder, and a known ending.
fn is_template(name: &str) -> bool {
    [".html", ".md", ".css", ".svg"].iter().any(|ending| name.ends_with(ending)) && !name.contains(['/', '\\'])
}

fn steps(paper: &Paper) -> u64 {
    let candidates: usize = paper.tiers.iter().map(|tier| tier.candidates.len()).sum();
    STEPS_FOR_THE_REST.saturating_add(MAX_STEPS.saturating_mul(u64::try_from(candidates).unwrap_or(u64::MAX)))
}

/// The error within the error of a template that includes another.
fn innermost(error: &Error) -> &Error {
    let mut found = error;
    while let Some(within) = std::error::Error::source(found).and_then(|source| source.downcast_ref::<Error>()) {
        found = within;
    }
    found
}

/// Line number `line` of `text`, from 1.
fn line_range(text: &str, line: usize) -> std::ops::Range<usize> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    start..start + length
}

/// Writes a value so that nothing in it is read as markup.
fn format_value(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if *state.auto_escape() != MARKDOWN || value.is_safe() || value.is_undefined() {
        return minijinja::escape_formatter(output, state, value);
    }
    output.write_str(&plain(&value.to_string())).map_err(Error::from)
}
