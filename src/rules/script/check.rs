//! What is wrong with expressions and functions before any of them is run: what can't be read, and names that nothing has.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rhai::{Dynamic, Engine, Position, Scope};

use super::answers_seen;
use super::error::{syntax, written_instead};
use super::expression::Expression;
use super::fence::fence;
use super::level_words;
use super::library::{Library, Script, place_at, place_of_characters};
use super::limits::MAX_WRITTEN_TEXT;
use super::names::{NameUse, Vocabulary, names_used};
use super::percent::per_cent;
use super::variables::Variables;
use crate::budget::Budget;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, nearest};
use crate::toml_file::duplicate;

/// Checks the expressions of a rule set, which may call the functions of its files.
#[derive(Clone)]
pub struct ScriptChecker {
    engine: Rc<Engine>,
    vocabulary: Vocabulary,
    library: Library,
}

impl ScriptChecker {
    /// For expressions that may call the functions of `sources`, of so many that the rule set names, and spend
    /// `budget`. A file that can't be read as functions is told.
    ///
    /// # Errors
    /// `engine-altered` if this build's arithmetic is not the documented one.
    pub fn new(
        sources: &[Arc<SourceFile>],
        named: usize,
        budget: Budget,
        problems: &mut Problems,
    ) -> Result<Self, Problem> {
        let engine = fence()?;
        let scripts: Vec<Script> = sources.iter().filter_map(|source| read(source, &engine, problems)).collect();
        let library = Library { complete: scripts.len() == named, scripts, budget };
        Ok(Self { vocabulary: Vocabulary::known_to(&engine), engine, library })
    }

    /// The same where values have these fields, too.
    #[must_use]
    pub fn with_fields(mut self, more: impl Iterator<Item = String>) -> Self {
        self.vocabulary.fields.extend(more);
        self
    }

    /// The functions that expressions can call.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The functions that expressions can call, for whoever needs no checker any more.
    pub fn into_library(self) -> Library {
        self.library
    }

    /// Whether expressions have a function of this name, the rule set's own apart.
    pub fn has_built_in(&self, function: &str) -> bool {
        self.vocabulary.functions.contains(function)
    }

    /// Finds slips in names inside the functions, and those of the engine that rules in the file `rules` call.
    pub fn check_functions(&self, rules: &SourceFile, problems: &mut Problems) {
        self.check_defined_once(problems);
        self.check_taken(rules, problems);
        for script in &self.library.scripts {
            if let Ok(ast) = self.engine.compile(&script.source.text) {
                self.check_names(&names_used(&ast), |position| script.place_at(position), problems);
            }
        }
    }

    fn check_defined_once(&self, problems: &mut Problems) {
        let mut owner: BTreeMap<&str, Place> = BTreeMap::new();
        for script in &self.library.scripts {
            for function in script.functions.keys() {
                let place = script.place_of(function);
                if let Some(first) = owner.insert(function, place.clone()) {
                    problems.push(duplicate(place, "a function", function, Some(&first)));
                }
            }
        }
    }

    /// Notes functions that would be called where a rule means the engine's of the same name.
    fn check_taken(&self, rules: &SourceFile, problems: &mut Problems) {
        for script in &self.library.scripts {
            for (function, takes) in &script.functions {
                if self.vocabulary.is_taken(function, takes) {
                    let scripts = self.library.scripts.iter().map(|script| (&*script.source, "//"));
                    let mut callers = std::iter::once((rules, "#")).chain(scripts);
                    let calls = callers.find_map(|(source, comment)| {
                        let line = line_that_calls(function, &source.text, comment)?;
                        Some(format!("`{}`, line {line}, calls it and", source.name))
                    });
                    let who = calls.unwrap_or_else(|| "rules that call it".to_owned());
                    let message =
                        format!("the engine has a function `{function}` already: {who} would get this one instead");
                    let help = "give it another name; “Expressions” in docs/rules.md says what the engine's does";
                    problems.push(Problem::new(Code::DuplicateId, message).at(script.place_of(function)).help(help));
                }
            }
        }
    }

    /// Finds what is wrong with an expression, and notes in it what it reads. `variables` are the names it may read.
    pub fn check(&self, expression: &mut Expression, variables: &Variables<'_>, problems: &mut Problems) {
        if let Some(problem) = per_cent(&expression.code, |characters| expression.place_of(characters)) {
            problems.push(problem);
            return;
        }
        let mut scope = Scope::new();
        for name in variables.all() {
            scope.push_dynamic(name, Dynamic::UNIT);
        }
        let ast = match self.engine.compile_with_scope(&scope, &expression.code) {
            Ok(ast) => ast,
            Err(error) => {
                problems.push(syntax(&error, |position| expression.place_at(position), variables));
                return;
            }
        };
        let mut names = names_used(&ast);
        let (sees, asked) = answers_seen::check(&ast, variables, |at| expression.place_at(at), problems);
        expression.sees = sees;
        // What is no criterion is told.
        names.retain(|name| !matches!(name, NameUse::Field(field, _) if asked.contains(field)));
        self.check_names(&names, |position| expression.place_at(position), problems);
        level_words::check(&ast, variables, |position| expression.place_at(position), problems);
        for name in &names {
            let NameUse::Assigned(position) = name else { continue };
            let problem = Problem::new(Code::ScriptSyntax, "`=` changes a variable");
            let help = "write `==` to compare; an expression changes nothing";
            problems.push(problem.at(expression.place_at(*position)).help(help));
        }
        let variable = |name: NameUse| if let NameUse::Variable(name) = name { Some(name) } else { None };
        let read: BTreeSet<String> = names.into_iter().filter_map(variable).collect();
        let parameters = variables.parameters.iter().filter(|(name, _)| read.contains(*name));
        expression.parameters = parameters.map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect();
        expression.reads = read.into_iter().filter(|name| variables.names.contains(&name.as_str())).collect();
    }

    /// Finds names that nothing has, and functions called with the wrong number of values.
    fn check_names(&self, names: &[NameUse], place: impl Fn(Position) -> Place, problems: &mut Problems) {
        let keys = names.iter().filter_map(|name| match name {
            NameUse::Key(key) => Some(&**key),
            _ => None,
        });
        let keys: BTreeSet<&str> = keys.collect();
        // A variable may hold a function, so that its name is called.
        let variables: BTreeSet<&str> = names
            .iter()
            .filter_map(|name| match name {
                NameUse::Local(name) | NameUse::Variable(name) => Some(&**name),
                _ => None,
            })
            .collect();
        let is_function =
            |name: &str| self.vocabulary.functions.contains(name) || self.library.script_of(name).is_some();
        let is_field = |name: &str| self.vocabulary.fields.contains(name) || keys.contains(name);
        for name in names {
            let (what, written, position, is_known, is_other) = match name {
                NameUse::Function(name, values, at) if !variables.contains(&**name) && self.library.complete => {
                    check_number_of_values(&self.library, name, *values, || place(*at), problems);
                    ("function", name, *at, is_function(name), is_field(name))
                }
                NameUse::Field(name, at) => ("field", name, *at, is_field(name), is_function(name)),
                NameUse::Text(bytes, at) if *bytes > MAX_WRITTEN_TEXT => {
                    let message = format!("this text has {bytes} bytes, and {MAX_WRITTEN_TEXT} is the most in code");
                    problems.push(Problem::new(Code::ScriptLimit, message).at(place(*at)).help("shorten it"));
                    continue;
                }
                _ => continue,
            };
            if is_known || written.starts_with("anon$") {
                continue;
            }
            let own = self.library.scripts.iter().flat_map(|script| script.functions.keys().map(String::as_str));
            let known: Vec<&str> = match what {
                "function" => self.vocabulary.functions.iter().map(String::as_str).chain(own).collect(),
                _ => self.vocabulary.fields.iter().map(String::as_str).chain(keys.iter().copied()).collect(),
            };
            let help = match nearest(written, known.iter().copied()) {
                // Who brings fields of its own has no use for a function of that name.
                _ if is_other && what == "field" && keys.is_empty() => format!("it is a function: write `{written}()`"),
                _ if what == "function"
                    && let Some(help) = written_instead(written) =>
                {
                    help.to_owned()
                }
                _ if is_other => format!("it is a field: write `{written}` without brackets"),
                _ if let Some(help) = written_instead(written) => help.to_owned(),
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("docs/rules.md lists every {what}"),
            };
            let message = format!("there is no {what} `{written}`");
            problems.push(Problem::new(Code::ScriptUnknownName, message).at(place(position)).help(help));
        }
    }
}

/// Notes a call of one of the rule set's own functions with a number of values that it does not take.
/// The first line of a file, from 1, in which something calls `function`; what stands behind a `comment` calls nothing.
fn line_that_calls(function: &str, text: &str, comment: &str) -> Option<usize> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let calls = |line: &str| {
        // Within quotes nothing begins a comment.
        let is_comment = |at: usize| line.get(..at).is_some_and(|before| before.matches('"').count() % 2 == 0);
        let end = line.match_indices(comment).map(|(at, _)| at).find(|at| is_comment(*at));
        let code = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
        code.match_indices(function).any(|(at, _)| {
            let (before, from) = code.split_at(at);
            let behind = from.strip_prefix(function).unwrap_or_default();
            let is_defined = before.trim_end().ends_with("fn");
            !before.ends_with(is_name) && !is_defined && behind.trim_start().starts_with('(')
        })
    };
    text.lines().position(calls).map(|line| line + 1)
}

fn check_number_of_values(
    library: &Library,
    name: &str,
    values: Option<usize>,
    place: impl Fn() -> Place,
    problems: &mut Problems,
) {
    let Some(takes) = library.script_of(name).and_then(|script| script.functions.get(name)) else { return };
    let Some(values) = values.filter(|values| !takes.contains(values)) else { return };
    let takes: Vec<String> = takes.iter().map(usize::to_string).collect();
    let nouns = if takes.len() == 1 && takes.first().is_some_and(|only| only == "1") { "value" } else { "values" };
    let message = format!("`{name}` takes {} {nouns}, not {values}", takes.join(" or "));
    problems.push(
        Problem::new(Code::ScriptUnknownName, message).at(place()).help("give it as many values as it has parameters"),
    );
}

/// Reads a file of functions and notes what is wrong with it. None where it can't be compiled.
fn read(source: &Arc<SourceFile>, engine: &Engine, problems: &mut Problems) -> Option<Script> {
    if let Some(problem) = per_cent(&source.text, |characters| place_of_characters(source, characters)) {
        problems.push(problem);
        return None;
    }
    let ast = match engine.compile(&source.text) {
        Ok(ast) => ast,
        Err(error) => {
            let known = variables_in(&source.text, engine);
            let known = Variables::named(&known.iter().map(String::as_str).collect::<Vec<_>>());
            problems.push(syntax(&error, |position| place_at(source, position), &known));
            return None;
        }
    };
    let mut functions: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for function in ast.iter_functions() {
        functions.entry(function.name.to_owned()).or_default().insert(function.params.len());
    }
    if let Some(statement) = ast.statements().first() {
        let message = "a script can have only functions; this would run by itself";
        let problem = Problem::new(Code::ScriptSyntax, message).at(place_at(source, statement.position()));
        problems.push(problem.help("put it into a function: `fn name(…) { … }`"));
    }
    Some(Script::new(source, functions))
}

/// Every parameter and variable of a script, for suggestions.
fn variables_in(script: &str, engine: &Engine) -> Vec<String> {
    let mut lenient = Engine::new_raw();
    lenient.set_max_expr_depths(engine.max_expr_depth(), engine.max_function_expr_depth());
    let Ok(ast) = lenient.compile(script) else { return Vec::new() };
    let parameters = ast.iter_functions().flat_map(|function| function.params.clone()).map(str::to_owned);
    let locals = names_used(&ast).into_iter().filter_map(|name| match name {
        NameUse::Local(name) => Some(name),
        _ => None,
    });
    parameters.chain(locals).collect()
}
