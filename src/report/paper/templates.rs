//! The templates: built in, or from a folder of the partnership's own; and what is wrong with one, at its line.
//!
//! A template sees the paper and the other templates, and nothing else: no file outside its folder, no clock, and only
//! so many steps and bytes. Text that is shown is made harmless for the kind of file that it stands in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::dialect::{NotAllowed, not_allowed};
use super::meter::{Meter, install, joined, metered};
use super::model::Paper;
use super::names::unknown_name;
use crate::budget::Budget;
use crate::diagnostic::{Code, Place, Problem, SourceFile, nearest, quoted_list};
use crate::files::{Files, TEXT_LIMIT, join, read_text};
use crate::report::markdown::plain;
use crate::text_encoding::odd_letters;
use crate::words::{isolated, odd_in_words, odd_letter};

/// The built-in templates, by name.
pub const BUILT_IN: [(&str, &str); 18] = [
    ("paper.html", include_str!("templates/paper.html")),
    ("front.html", include_str!("templates/front.html")),
    ("list.html", include_str!("templates/list.html")),
    ("makeup.html", include_str!("templates/makeup.html")),
    ("basis.html", include_str!("templates/basis.html")),
    ("decision.html", include_str!("templates/decision.html")),
    ("annex.html", include_str!("templates/annex.html")),
    ("transparency.html", include_str!("templates/transparency.html")),
    ("scroll.html", include_str!("templates/scroll.html")),
    ("chart.html", include_str!("templates/chart.html")),
    ("candidate.html", include_str!("templates/candidate.html")),
    ("method.html", include_str!("templates/method.html")),
    ("style.css", include_str!("templates/style.css")),
    ("paper.md", include_str!("templates/paper.md")),
    ("annex.md", include_str!("templates/annex.md")),
    ("transparency.md", include_str!("templates/transparency.md")),
    ("candidate.md", include_str!("templates/candidate.md")),
    ("method.md", include_str!("templates/method.md")),
];

/// How many steps a template may take for each candidate.
const MAX_STEPS: u64 = 100_000;
/// How many steps a template may take for all else in the paper.
const STEPS_FOR_THE_REST: u64 = 2_000_000;

/// Text that is escaped as Markdown.
const MARKDOWN: AutoEscape = AutoEscape::Custom(std::borrow::Cow::Borrowed("markdown"));

/// The most bytes that a paper may have.
const MAX_PAPER: usize = 64 << 20;

/// The templates of a paper.
#[derive(Debug, Clone)]
pub struct Templates {
    sources: BTreeMap<String, Arc<SourceFile>>,
    /// What those of a partnership's own may spend; none where all are built in.
    budget: Option<Budget>,
}

impl Default for Templates {
    fn default() -> Self {
        let built_in =
            |(name, text): (&str, &str)| (name.to_owned(), Arc::new(SourceFile::new(format!("built-in {name}"), text)));
        Self { sources: BUILT_IN.into_iter().map(built_in).collect(), budget: None }
    }
}

impl Templates {
    /// The built-in templates, with the files of `folder` in place of those of the same name and beside the others.
    ///
    /// # Errors
    /// A folder without any file that replaces one, a file that can't be read, or a template made of what none may have.
    pub fn of_folder(files: &dyn Files, folder: &str) -> Result<Self, Problem> {
        let mut templates = Self { budget: Some(files.budget()), ..Self::default() };
        files.enter(&join(".", folder));
        let mut names = files.list(folder);
        names.retain(|name| is_template(name));
        names.sort();
        if !names.iter().any(|name| templates.sources.contains_key(name)) {
            let known = BUILT_IN.map(|(name, _)| name);
            return Err(Problem::new(Code::FileMissing, format!("there is no template in `{folder}`"))
                .help(format!("put one of these there: {}", quoted_list(&known))));
        }
        let mut own = Vec::new();
        for name in names {
            let source = read_text(files, &join(folder, &name), TEXT_LIMIT, None)?;
            if let Some(odd) = odd_letters(&source, Code::TemplateSyntax, "this template").into_iter().next() {
                return Err(odd);
            }
            if let Some(NotAllowed { what, range }) = not_allowed(&name, &source.text, syntax()) {
                let message = format!("`{what}` can't be used in a template of the paper");
                let help = "a template shows, repeats, chooses and includes; docs/paper.md lists what it can use";
                return Err(Problem::new(Code::TemplateSyntax, message).at(Place::new(&source, range)).help(help));
            }
            templates.sources.insert(name.clone(), source);
            own.push(name);
        }
        templates.misspelt_file(folder, &own)?;
        templates.unknown_name()?;
        Ok(templates)
    }

    /// A file that has nearly the name of a built-in template and is included by none would be left out without a word.
    fn misspelt_file(&self, folder: &str, own: &[String]) -> Result<(), Problem> {
        let quoted =
            |text: &str, name: &str| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'"));
        for name in own.iter().filter(|name| !BUILT_IN.iter().any(|(known, _)| known == name)) {
            let meant = nearest(name, BUILT_IN.map(|(known, _)| known));
            let Some(meant) = meant.filter(|_| !self.sources.values().any(|source| quoted(&source.text, name))) else {
                continue;
            };
            let message = format!("`{}` is no template of the paper, and none includes it", join(folder, name));
            return Err(Problem::new(Code::TemplateFailed, message).help(format!("did you mean `{meant}`?")));
        }
        Ok(())
    }

    /// A name that means nothing, where a template may ask for it.
    fn unknown_name(&self) -> Result<(), Problem> {
        let Some(found) = unknown_name(&self.sources, &syntax()) else { return Ok(()) };
        let problem = Problem::new(Code::TemplateFailed, found.what).help(found.help);
        Err(match self.sources.get(&found.template) {
            Some(source) => problem.at(Place::new(source, found.range)),
            None => problem,
        })
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
        let left = self.budget.as_ref().map_or(u64::MAX, Budget::left);
        let most = steps(paper).min(left);
        environment.set_fuel(Some(most));
        environment.set_auto_escape_callback(|name| if name.ends_with(".md") { MARKDOWN } else { AutoEscape::Html });
        environment.set_formatter(format_value);
        let mut root = Value::from(Serde(paper));
        // The built-in templates are ours: what they do is known.
        let meter = self.budget.as_ref().map(|_| Meter::of(most));
        match &meter {
            Some(meter) => {
                install(&mut environment, meter);
                root = metered(root, meter);
            }
            None => environment.add_filter("join", joined),
        }
        for (name, source) in &self.sources {
            environment.add_template(name, &source.text).map_err(|error| self.problem(&error))?;
        }
        let mut written = Written(Vec::new());
        let template = environment.get_template(name).map_err(|error| self.problem(&error))?;
        let rendered = template.render_captured_to(root, &mut written);
        let (beyond, is_spent) = meter.map_or((0, false), |meter| (meter.spent(), meter.is_spent()));
        let ran_out = |error: &Error| innermost(error).kind() == ErrorKind::OutOfFuel;
        if (is_spent || rendered.as_ref().is_err_and(ran_out)) && left < steps(paper) {
            self.spend(name, left.saturating_add(1))?;
        }
        match rendered {
            Err(error) if ran_out(&error) => return Err(self.problem(&error)),
            // Once all is spent lists are empty, and what a template makes of that is of no interest.
            _ if is_spent => return Err(self.problem(&Error::from(ErrorKind::OutOfFuel))),
            Ok(captured) => {
                let steps = captured.state().fuel_levels().map_or(0, |(spent, _)| spent);
                self.spend(name, steps.saturating_add(beyond))?;
            }
            Err(_) if written.0.len() >= MAX_PAPER => {
                let message = format!("the paper would have more than {} MiB", MAX_PAPER >> 20);
                return Err(Problem::new(Code::TemplateFailed, message).help("let the templates repeat less"));
            }
            Err(error) => return Err(self.problem(&error)),
        }
        // Whatever is written is text; nothing of it is lost.
        let text = String::from_utf8_lossy(&written.0).into_owned();
        match self.budget.as_ref().and_then(|_| odd_letter(&text)) {
            // The paper has none, and neither has a file of a template: a text within a tag made it.
            Some(odd) => {
                let message = format!("what the templates make has {}", odd_in_words(odd));
                Err(Problem::new(Code::TemplateFailed, message).help("take it out of the texts within `{{ … }}`"))
            }
            None => Ok(text),
        }
    }

    /// Takes from the budget what the template `name` and those that it includes did.
    fn spend(&self, name: &str, steps: u64) -> Result<(), Problem> {
        let (Some(budget), Some(source)) = (&self.budget, self.sources.get(name)) else { return Ok(()) };
        budget.take(steps, &Place::new(source, line_range(&source.text, 1)));
        budget.check()
    }

    /// A template's error, at its place.
    fn problem(&self, error: &Error) -> Problem {
        let error = innermost(error);
        let what = || error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let place = error.name().and_then(|name| self.sources.get(name)).map(|source| {
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

/// What is written, up to a limit.
struct Written(Vec<u8>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len().saturating_add(bytes.len()) > MAX_PAPER {
            self.0.resize(MAX_PAPER, b' ');
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
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
        return match value.as_str().map(isolated) {
            Some(Cow::Owned(apart)) if !value.is_safe() => {
                minijinja::escape_formatter(output, state, &Value::from(apart))
            }
            _ => minijinja::escape_formatter(output, state, value),
        };
    }
    output.write_str(&plain(&value.to_string())).map_err(Error::from)
}
