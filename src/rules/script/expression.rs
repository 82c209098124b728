//! Expressions and scripts: where each character of them stands in its file, what evidence they read, and their
//! compiled form.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, Caches, Dynamic, Engine, GlobalRuntimeState, Position, Scope};

use super::MAX_TEXT;
use super::error::{failure, syntax};
use super::names::{Names, Used, used};
use super::numeric::Program;
use super::types::parameter_to_dynamic;
use crate::diagnostic::{Code, Place, Problem, Problems, Source, did_you_mean, nearest};
use crate::rules::Amount;
use crate::toml_file::{At, duplicate};

/// An expression of a rule file. Plain data: each thread compiles its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The code.
    pub code: String,
    /// The evidence and other variables that it reads.
    pub reads: Vec<String>,
    /// The parameters that it reads, each with its value.
    pub parameters: Vec<(String, Amount)>,
    source: Arc<Source>,
    /// For each character of the code where it stands in the file, and where the code ends.
    offsets: Arc<[usize]>,
}

/// A sentence with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// What an expression answers.
    Hole(Expression),
}

/// A file of functions.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The file.
    pub source: Arc<Source>,
    /// The functions in it, by name, with the numbers of values that they take.
    pub functions: BTreeMap<String, BTreeSet<usize>>,
}

/// All functions that a rule set's expressions can call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// The files, in the order the rule set names them.
    pub scripts: Vec<Script>,
    /// Whether every file that the rule set names could be read: only then a function that is not there is unknown.
    pub complete: bool,
}

/// The variables that an expression may read.
#[derive(Debug, Clone)]
pub struct Variables<'a> {
    names: Vec<&'a str>,
    evidence: bool,
    parameters: Vec<(&'a str, &'a Amount)>,
}

impl<'a> Variables<'a> {
    /// These names.
    pub fn of(names: &[&'a str]) -> Self {
        Self { names: names.to_vec(), evidence: false, parameters: Vec::new() }
    }

    /// The evidence that the rule set declares.
    pub fn evidence(names: &[&'a str]) -> Self {
        Self { names: names.to_vec(), evidence: true, parameters: Vec::new() }
    }

    /// These and more.
    #[must_use]
    pub fn and(mut self, more: &[&'a str]) -> Self {
        self.names.extend(more);
        self
    }

    /// These and parameters, which have the same value throughout.
    #[must_use]
    pub fn with(mut self, parameters: impl IntoIterator<Item = (&'a str, &'a Amount)>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    fn all(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied().chain(self.parameters.iter().map(|(name, _)| *name))
    }

    /// What to say of a name that is not among them.
    pub(super) fn unknown(&self, name: &str) -> (Code, String, String) {
        let help = did_you_mean(name, self.all());
        if self.evidence {
            let message = format!("the rule set declares no evidence `{name}`");
            let declare = format!("declare it under `[evidence.{name}]`");
            let help = match nearest(name, self.all()) {
                Some(_) => format!("{help} If not, {declare}"),
                None => format!("{declare}; {help}"),
            };
            return (Code::UndeclaredEvidence, message, help);
        }
        (Code::ScriptUnknownName, format!("there is no variable `{name}`"), help)
    }
}

impl Expression {
    /// The expression that stands at `text` in `source`.
    pub fn new(source: &Arc<Source>, text: &At<String>) -> Self {
        let raw = source.text.get(text.span.clone()).unwrap_or_default();
        let offsets = offsets_of(raw, &text.value, text.span.start);
        Self {
            code: text.value.clone(),
            reads: Vec::new(),
            parameters: Vec::new(),
            source: Arc::clone(source),
            offsets: offsets.into(),
        }
    }

    /// The characters in `range` of this expression as an expression of their own.
    fn part(&self, range: Range<usize>) -> Self {
        let code = self.code.chars().skip(range.start).take(range.len()).collect();
        let offsets = self.offsets.get(range.start..=range.end).unwrap_or_default();
        Self {
            code,
            reads: Vec::new(),
            parameters: Vec::new(),
            source: Arc::clone(&self.source),
            offsets: offsets.into(),
        }
    }

    /// The number of a parameter that it reads; none where it is a table or not read.
    pub fn number(&self, parameter: &str) -> Option<f64> {
        self.parameters.iter().find_map(|(name, value)| match value {
            Amount::Number(number) if name == parameter => Some(*number),
            _ => None,
        })
    }

    /// The whole expression's place.
    pub fn place(&self) -> Place {
        let start = self.offsets.first().copied().unwrap_or_default();
        Place::new(&self.source, start..self.offsets.last().copied().unwrap_or(start))
    }

    /// The place of some characters of the code.
    pub fn place_of(&self, characters: Range<usize>) -> Place {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or_default();
        Place::new(&self.source, at(characters.start)..at(characters.end))
    }

    /// The place of a position within the code, as long as the word that stands there.
    pub fn place_at(&self, position: Position) -> Place {
        let characters: Vec<char> = self.code.chars().collect();
        match word_at(&characters, position) {
            Some(word) => self.place_of(word),
            None => self.place(),
        }
    }

    /// Finds what is wrong with it before it is run, and what it reads. `variables` are the names it may read.
    pub fn check(
        &mut self,
        engine: &Engine,
        names: &Names,
        library: &Library,
        variables: &Variables<'_>,
        problems: &mut Problems,
    ) {
        let mut scope = Scope::new();
        for name in variables.all() {
            scope.push_dynamic(name, Dynamic::UNIT);
        }
        let ast = match engine.compile_with_scope(&scope, &self.code) {
            Ok(ast) => ast,
            Err(error) => {
                problems.push(syntax(&error, |position| self.place_at(position), variables));
                return;
            }
        };
        let names_used = used(&ast);
        check_names(&names_used, names, library, |position| self.place_at(position), problems);
        for position in names_used.iter().filter_map(|name| match name {
            Used::Assigned(position) => Some(*position),
            _ => None,
        }) {
            let problem = Problem::new(Code::ScriptSyntax, "`=` gives a variable another value");
            problems
                .push(problem.at(self.place_at(position)).help("write `==` to compare; an expression changes nothing"));
        }
        let read: BTreeSet<&String> = names_used
            .iter()
            .filter_map(|name| match name {
                Used::Variable(name) => Some(name),
                _ => None,
            })
            .collect();
        let parameters = variables.parameters.iter().filter(|(name, _)| read.iter().any(|read| read == name));
        self.parameters = parameters.map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect();
        let given = read.into_iter().filter(|name| variables.names.contains(&name.as_str()));
        self.reads = given.cloned().collect();
    }
}

impl Template {
    /// The sentence that stands at `text` in `source`; `{…}` holds an expression, `{{` and `}}` are braces.
    ///
    /// # Errors
    /// A problem where a brace has no partner, or it is far too long.
    pub fn new(source: &Arc<Source>, text: &At<String>) -> Result<Self, Problem> {
        let whole = Expression::new(source, text);
        if text.value.len() > MAX_TEXT {
            let message = format!("this sentence has {} bytes, and {MAX_TEXT} is the most", text.value.len());
            return Err(Problem::new(Code::ScriptLimit, message).at(whole.place()).help("shorten it"));
        }
        let characters: Vec<char> = whole.code.chars().collect();
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut at = 0;
        while let Some(letter) = characters.get(at) {
            let doubled = characters.get(at + 1) == Some(letter);
            match letter {
                '{' | '}' if doubled => {
                    words.push(*letter);
                    at += 2;
                }
                '{' => {
                    let end = hole_end(&characters, at + 1).ok_or_else(|| {
                        Problem::new(Code::ScriptSyntax, "this `{` has no `}`")
                            .at(whole.part(at..at + 1).place())
                            .help("close it with `}`, or write `{{` for a brace")
                    })?;
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                    pieces.push(Piece::Hole(whole.part(at + 1..end)));
                    at = end + 1;
                }
                '}' => {
                    return Err(Problem::new(Code::ScriptSyntax, "this `}` has no `{`")
                        .at(whole.part(at..at + 1).place())
                        .help("open it with `{`, or write `}}` for a brace"));
                }
                other => {
                    words.push(*other);
                    at += 1;
                }
            }
        }
        pieces.push(Piece::Words(words));
        pieces.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
        Ok(Self { pieces })
    }

    /// The expressions in it.
    pub fn holes_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Hole(expression) => Some(expression),
            Piece::Words(_) => None,
        })
    }
}

/// Where the hole that starts at `from` ends: the brace that closes it, outside text in quotes.
fn hole_end(characters: &[char], from: usize) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    for (at, letter) in characters.iter().enumerate().skip(from) {
        match letter {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return Some(at),
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

impl Script {
    /// Reads a file of functions and notes what is wrong with it. None where it can't be compiled.
    fn new(source: &Arc<Source>, engine: &Engine, problems: &mut Problems) -> Option<Self> {
        let mut script = Self { source: Arc::clone(source), functions: BTreeMap::new() };
        let ast = match engine.compile(&source.text) {
            Ok(ast) => ast,
            Err(error) => {
                let known = script.variables(engine);
                let known = Variables::of(&known.iter().map(String::as_str).collect::<Vec<_>>());
                problems.push(syntax(&error, |position| script.place_at(position), &known));
                return None;
            }
        };
        for function in ast.iter_functions() {
            script.functions.entry(function.name.to_owned()).or_default().insert(function.params.len());
        }
        if let Some(statement) = ast.statements().first() {
            let message = "a script holds functions only; this would run by itself";
            let problem = Problem::new(Code::ScriptSyntax, message).at(script.place_at(statement.position()));
            problems.push(problem.help("put it into a function: `fn name(…) { … }`"));
        }
        Some(script)
    }

    /// Every parameter and variable of the file, for suggestions.
    fn variables(&self, engine: &Engine) -> Vec<String> {
        let mut lenient = Engine::new_raw();
        lenient.set_max_expr_depths(engine.max_expr_depth(), engine.max_function_expr_depth());
        let Ok(ast) = lenient.compile(&self.source.text) else { return Vec::new() };
        let parameters = ast.iter_functions().flat_map(|function| function.params.clone()).map(str::to_owned);
        let locals = used(&ast).into_iter().filter_map(|name| match name {
            Used::Local(name) => Some(name),
            _ => None,
        });
        parameters.chain(locals).collect()
    }

    /// The function that a byte of the file stands in: the last one that begins before it.
    pub fn function_at(&self, at: usize) -> &str {
        let before = self.source.text.get(..at).unwrap_or_default();
        let named = |start: usize| before.get(start + 3..)?.split('(').next().map(str::trim);
        let names = before.rmatch_indices("fn ").filter_map(|(start, _)| named(start));
        names.into_iter().find(|name| self.functions.contains_key(*name)).unwrap_or_default()
    }

    /// The place of a position in the file, as long as the word that stands there.
    pub fn place_at(&self, position: Position) -> Place {
        let characters: Vec<char> = self.source.text.chars().collect();
        let bytes_before = |index: usize| characters.iter().take(index).map(|letter| letter.len_utf8()).sum::<usize>();
        match word_at(&characters, position) {
            Some(word) => Place::new(&self.source, bytes_before(word.start)..bytes_before(word.end)),
            None => Place::new(&self.source, 0..0),
        }
    }
}

impl Library {
    /// The library of these files, of so many that the rule set names.
    pub fn new(sources: &[Arc<Source>], named: usize, engine: &Engine, problems: &mut Problems) -> Self {
        let scripts: Vec<Script> = sources.iter().filter_map(|source| Script::new(source, engine, problems)).collect();
        Self { complete: scripts.len() == named, scripts }
    }

    /// The file that defines a function.
    pub fn script_of(&self, function: &str) -> Option<&Script> {
        self.scripts.iter().find(|script| script.functions.contains_key(function))
    }

    /// Finds slips in names inside the functions, before anything is run.
    pub fn check(&self, engine: &Engine, names: &Names, problems: &mut Problems) {
        let mut owner: BTreeMap<&str, Place> = BTreeMap::new();
        for script in &self.scripts {
            for function in script.functions.keys() {
                let at = script.source.text.find(&format!("fn {function}")).unwrap_or_default();
                let place = Place::new(&script.source, at..at + 3 + function.len());
                if let Some(first) = owner.insert(function, place.clone()) {
                    problems.push(duplicate(place, "a function", function, Some(&first)));
                }
            }
        }
        for script in &self.scripts {
            if let Ok(ast) = engine.compile(&script.source.text) {
                check_names(&used(&ast), names, self, |position| script.place_at(position), problems);
            }
        }
    }

    /// The functions as one tree.
    pub(super) fn compile(&self, engine: &Engine) -> AST {
        self.scripts
            .iter()
            .filter_map(|script| engine.compile(&script.source.text).ok())
            .fold(AST::empty(), |all, one| all.merge(&one))
    }
}

/// Finds names that nothing has, functions called with the wrong number of values, and `=` for `==`.
fn check_names(
    names_used: &[Used],
    names: &Names,
    library: &Library,
    place: impl Fn(Position) -> Place,
    problems: &mut Problems,
) {
    let keys = names_used.iter().filter_map(|name| match name {
        Used::Key(key) => Some(&**key),
        _ => None,
    });
    let own = library.scripts.iter().flat_map(|script| script.functions.keys().map(String::as_str));
    let functions: BTreeSet<&str> = names.functions.iter().map(String::as_str).chain(own).collect();
    let fields: BTreeSet<&str> = names.fields.iter().map(String::as_str).chain(keys).collect();
    // A variable may hold a function, so that its name is called.
    let is_variable = |wanted: &str| {
        names_used.iter().any(|name| matches!(name, Used::Local(name) | Used::Variable(name) if name == wanted))
    };
    for name in names_used {
        let (what, written, position, known, others) = match name {
            Used::Function(name, values, at) if !is_variable(name) && library.complete => {
                wrong_number_of_values(library, name, *values, || place(*at), problems);
                ("function", name, *at, &functions, &fields)
            }
            Used::Field(name, at) => ("field", name, *at, &fields, &functions),
            _ => continue,
        };
        if known.contains(&**written) || written.starts_with("anon$") {
            continue;
        }
        let help = match nearest(written, known.iter().copied()) {
            _ if others.contains(&**written) && what == "field" => format!("it is a function: write `{written}()`"),
            _ if others.contains(&**written) => format!("it is a field: write `{written}` without brackets"),
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("docs/rules.md lists every {what}"),
        };
        let message = format!("there is no {what} `{written}`");
        problems.push(Problem::new(Code::ScriptUnknownName, message).at(place(position)).help(help));
    }
}

/// Notes a call of one of the rule set's own functions with a number of values that it does not take.
fn wrong_number_of_values(
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
        Problem::new(Code::ScriptUnknownName, message).at(place()).help("give it as many values as it has names for"),
    );
}

/// An expression ready to run, with a scope of its own. What is plain arithmetic runs as a program, and where that gives
/// up by the engine; nobody else knows which.
///
/// Rhai looks every function up anew in each evaluation, which costs more than calling it. So what it has found is
/// kept from one run to the next: the engine and the functions stay the same.
pub struct Compiled {
    program: Option<Program>,
    ast: AST,
    scope: Scope<'static>,
    variables: usize,
    state: GlobalRuntimeState,
    found: Caches,
}

/// The functions of a rule set, compiled once for each thread.
#[derive(Clone)]
pub struct Functions(Rc<AST>);

thread_local! {
    static LAST_COMPILED: RefCell<Option<(Library, Functions)>> = const { RefCell::new(None) };
}

impl Functions {
    /// The compiled functions of `library`. Every stage asks for them, so the last ones are kept.
    pub fn new(engine: &Engine, library: &Library) -> Self {
        LAST_COMPILED.with_borrow_mut(|last| match last {
            Some((same, functions)) if same == library => functions.clone(),
            _ => {
                let functions = Self(Rc::new(library.compile(engine)));
                *last = Some((library.clone(), functions.clone()));
                functions
            }
        })
    }
}

impl Compiled {
    /// Compiles an expression over the variables it reads, in their order, with the values of its parameters.
    ///
    /// # Errors
    /// As [`Expression::check`] finds them.
    pub fn new(engine: &Engine, functions: &Functions, expression: &Expression) -> Result<Self, Problem> {
        let mut scope = Scope::new();
        for (name, value) in &expression.parameters {
            scope.push_dynamic(name.clone(), parameter_to_dynamic(value));
        }
        for name in &expression.reads {
            scope.push_dynamic(name.clone(), Dynamic::UNIT);
        }
        let ast = engine
            .compile_with_scope(&scope, &expression.code)
            .map_err(|error| syntax(&error, |position| expression.place_at(position), &Variables::of(&[])))?;
        let program = Program::new(&ast, &expression.reads, &expression.parameters, &functions.0);
        let ast = if functions.0.has_functions() { functions.0.merge(&ast) } else { ast };
        let state = fresh_state(engine, &ast);
        Ok(Self { program, ast, variables: scope.len(), scope, state, found: Caches::new() })
    }

    /// Runs it with these values for its variables, in the order of [`Expression::reads`]. They may be gone afterwards.
    ///
    /// # Errors
    /// A problem at the innermost place that failed.
    pub fn run(
        &mut self,
        engine: &Engine,
        expression: &Expression,
        library: &Library,
        values: &mut [Dynamic],
    ) -> Result<Dynamic, Problem> {
        match self.program.as_ref().and_then(|program| program.run(values)) {
            Some(answer) => Ok(answer),
            None => self.interpret(engine, expression, library, values),
        }
    }

    /// Has the engine run it.
    fn interpret(
        &mut self,
        engine: &Engine,
        expression: &Expression,
        library: &Library,
        values: &mut [Dynamic],
    ) -> Result<Dynamic, Problem> {
        for (name, value) in expression.reads.iter().zip(values) {
            if let Some(slot) = self.scope.get_mut(name) {
                *slot = std::mem::take(value);
            }
        }
        self.state.num_operations = 0;
        #[expect(
            deprecated,
            reason = "the one way to keep what was found; rhai's version is pinned, so it can't vanish"
        )]
        let answer =
            engine.eval_statements_raw(&mut self.state, &mut self.found, &mut self.scope, self.ast.statements());
        self.scope.rewind(self.variables);
        answer.map_err(|error| {
            // What a failed run leaves behind is unknown: the next one starts afresh.
            self.state = fresh_state(engine, &self.ast);
            self.found = Caches::new();
            failure(&error, expression, library)
        })
    }
}

/// A runtime state that knows the functions of `ast`, as [`Engine::eval_ast_with_scope`] makes one for each run.
fn fresh_state(engine: &Engine, ast: &AST) -> GlobalRuntimeState {
    let mut state = engine.new_global_runtime_state();
    state.lib.push(ast.shared_lib().clone());
    state
}

/// The range of characters of the word at a position; a single character where there is no word.
fn word_at(characters: &[char], position: Position) -> Option<Range<usize>> {
    let (line, column) = (position.line()?, position.position().unwrap_or(1));
    let mut start = 0;
    for _ in 1..line {
        start += characters.get(start..)?.iter().position(|letter| *letter == '\n')? + 1;
    }
    let start = (start + column - 1).min(characters.len());
    let in_word = |letter: &&char| letter.is_alphanumeric() || **letter == '_';
    let length = characters.get(start..)?.iter().take_while(in_word).count().max(1);
    Some(start..(start + length).min(characters.len()))
}

/// For each character of a TOML string's value where it stands in the file, and where the value ends. `raw` is the
/// string with its quotes, which begins at byte `base` of the file.
fn offsets_of(raw: &str, value: &str, base: usize) -> Vec<usize> {
    let triple = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    let basic = raw.starts_with('"');
    let quotes = if triple { 3 } else { 1 };
    let mut rest = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or_default();
    let mut at = base + quotes;
    if triple {
        let trimmed = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        at += rest.len() - trimmed.len();
        rest = trimmed;
    }
    let mut offsets = Vec::new();
    for wanted in value.chars() {
        let (skipped, length) = next_character(rest, basic, triple, wanted);
        offsets.push(at + skipped);
        at += skipped + length;
        rest = rest.get(skipped + length..).unwrap_or_default();
    }
    offsets.push(at);
    offsets
}

/// How many bytes of a TOML string to skip before the next character of its value, and how many that one takes.
fn next_character(rest: &str, basic: bool, triple: bool, wanted: char) -> (usize, usize) {
    let mut skipped = 0;
    let mut left = rest;
    // A backslash at the end of a line joins it to the next one.
    while basic
        && triple
        && left.starts_with('\\')
        && left.get(1..).is_some_and(|after| after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
    {
        let after = left.get(1..).unwrap_or_default().trim_start();
        skipped += left.len() - after.len();
        left = after;
    }
    let length = match (basic, left.as_bytes()) {
        (true, [b'\\', b'u', ..]) => 6,
        (true, [b'\\', b'U', ..]) => 10,
        (true, [b'\\', b'x', ..]) => 4,
        (true, [b'\\', _, ..]) => 2,
        (_, [b'\r', b'\n', ..]) if wanted == '\n' => 2,
        _ => left.chars().next().map_or(0, char::len_utf8),
    };
    (skipped, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_behind_escapes() {
        for (raw, value, character, offset) in [
            ("'a + b'", "a + b", 4, 5),
            (r#""\"x\" + b""#, "\"x\" + b", 6, 9),
            (r#""\u0041b""#, "Ab", 1, 7),
            ("\"\"\"\na +\\\n   b\"\"\"", "a +b", 3, 12),
            ("'''\r\na\r\nb'''", "a\nb", 2, 8),
            ("'£b'", "£b", 1, 3),
        ] {
            let offsets = offsets_of(raw, value, 0);
            assert_eq!(offsets.len(), value.chars().count() + 1, "{raw}");
            assert_eq!(offsets.get(character), Some(&offset), "{raw}");
        }
    }

    #[test]
    fn sentences_have_words_and_holes() {
        let source = Arc::new(Source { name: "r.toml".into(), text: "'{a} of {{b}} {if x { \"}\" }}.'".into() });
        let span = 0..source.text.len();
        let text = At { value: source.text.trim_matches('\'').to_owned(), span };
        let template = Template::new(&source, &text).unwrap();
        let shown: Vec<String> = template
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Hole(hole) => format!("<{}@{}>", hole.code, hole.place().span.start),
            })
            .collect();
        assert_eq!(shown, ["<a@2>", " of {b} ", "<if x { \"}\" }@15>", "."]);
    }
}
