//! Expressions compiled and run, on one thread. A rule set's functions are compiled once for each thread, an expression
//! once for each piece of the candidates that it is run for.

use std::cell::RefCell;
use std::rc::Rc;

use rhai::{AST, Caches, Dynamic, Engine, GlobalRuntimeState, Scope};

use super::answer::ExpressionAnswer;
use super::argument::{Argument, NumberColumn};
use super::error::{failure, syntax};
use super::expression::Expression;
use super::fence::fence;
use super::library::Library;
use super::numeric::Program;
use super::price;
use super::variables::Variables;
use crate::diagnostic::Problem;

/// Compiles the expressions of a rule set, on one thread.
pub struct Compiler<'a> {
    engine: Rc<Engine>,
    library: &'a Library,
    functions: Rc<AST>,
}

/// An expression ready to run, with a scope of its own. What is plain arithmetic runs as a program, and where that gives
/// up by the engine; nobody else knows which.
///
/// Rhai looks every function up anew in each evaluation, which costs more than calling it. So what it has found is
/// kept from one run to the next: the engine and the functions stay the same.
pub struct Compiled<'a> {
    expression: &'a Expression,
    library: &'a Library,
    engine: Rc<Engine>,
    program: Option<Program>,
    ast: AST,
    scope: Scope<'static>,
    variables: usize,
    state: GlobalRuntimeState,
    found: Caches,
    /// Steps that were done and not yet taken from the budget.
    owed: u64,
}

/// From so many steps on they are taken from the budget.
const ACCOUNT: u64 = 4096;

impl<'a> Compiler<'a> {
    /// For expressions that call the functions of `library`.
    ///
    /// # Errors
    /// `engine-altered` if this build's arithmetic is not the documented one.
    pub fn new(library: &'a Library) -> Result<Self, Problem> {
        let engine = fence()?;
        let functions = compiled_functions(&engine, library);
        Ok(Self { engine, library, functions })
    }

    /// Compiles an expression over the names it reads, in their order, with the values of its parameters.
    ///
    /// # Errors
    /// Those that checking it finds, and `budget-spent`.
    pub fn compile(&self, expression: &'a Expression) -> Result<Compiled<'a>, Problem> {
        self.library.budget.check()?;
        let mut scope = Scope::new();
        for (name, value) in &expression.parameters {
            scope.push_dynamic(name.clone(), Argument::parameter(value).0);
        }
        for name in &expression.reads {
            scope.push_dynamic(name.clone(), Dynamic::UNIT);
        }
        let ast = self
            .engine
            .compile_with_scope(&scope, &expression.code)
            .map_err(|error| syntax(&error, |position| expression.place_at(position), &Variables::named(&[])))?;
        let program = Program::new(&ast, &expression.reads, &expression.parameters, &self.functions);
        let ast = if self.functions.has_functions() { self.functions.merge(&ast) } else { ast };
        Ok(Compiled {
            expression,
            library: self.library,
            engine: Rc::clone(&self.engine),
            program,
            variables: scope.len(),
            scope,
            state: fresh_state(&self.engine, &ast),
            ast,
            found: Caches::new(),
            owed: 0,
        })
    }
}

impl<'a> Compiled<'a> {
    /// The expression as the rule file has it, with its place.
    pub fn expression(&self) -> &'a Expression {
        self.expression
    }

    /// Runs it with these values for the names it reads, in the order of [`Expression::reads`]. They may be gone
    /// afterwards.
    ///
    /// # Errors
    /// A problem at the innermost place that failed, and `budget-spent`.
    pub fn run(&mut self, arguments: &mut [Argument]) -> Result<ExpressionAnswer, Problem> {
        // Plain arithmetic is a step, whoever runs it, and what its figures are made of.
        price::take();
        let answer = match self.program.as_ref().and_then(|program| program.run(arguments)) {
            Some(answer) => Ok(answer),
            None => self.interpret(arguments),
        };
        self.owed += 1 + price::take();
        if self.owed >= ACCOUNT {
            self.settle();
            self.library.budget.check()?;
        }
        answer
    }

    /// The answers of [`Self::run`] in all rows of these columns, one for each name it reads, where that is a number made by
    /// plain arithmetic of floats. Not finite where a row has to be run by itself; nothing where all have to.
    pub fn run_rows(&mut self, columns: &[NumberColumn<'_>]) -> Vec<f64> {
        let answers = self.program.as_ref().and_then(|program| program.over(columns)).unwrap_or_default();
        self.owed += answers.iter().filter(|answer| answer.is_finite()).count() as u64;
        if self.owed >= ACCOUNT {
            self.settle();
        }
        answers
    }

    fn settle(&mut self) {
        if self.owed > 0 {
            self.library.budget.take(std::mem::take(&mut self.owed), &self.expression.place());
        }
    }

    /// Has the engine run it.
    fn interpret(&mut self, arguments: &mut [Argument]) -> Result<ExpressionAnswer, Problem> {
        for (name, Argument(value)) in self.expression.reads.iter().zip(arguments) {
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
            self.engine.eval_statements_raw(&mut self.state, &mut self.found, &mut self.scope, self.ast.statements());
        self.owed += self.state.num_operations;
        self.scope.rewind(self.variables);
        answer.map(ExpressionAnswer).map_err(|error| {
            // What a failed run leaves behind is unknown: the next one starts afresh.
            self.state = fresh_state(&self.engine, &self.ast);
            self.found = Caches::new();
            failure(&error, self.expression, self.library)
        })
    }
}

impl Drop for Compiled<'_> {
    fn drop(&mut self) {
        self.settle();
    }
}

/// A runtime state that knows the functions of `ast`, as [`Engine::eval_ast_with_scope`] makes one for each run.
fn fresh_state(engine: &Engine, ast: &AST) -> GlobalRuntimeState {
    let mut state = engine.new_global_runtime_state();
    state.lib.push(ast.shared_lib().clone());
    state
}

thread_local! {
    static LAST_COMPILED: RefCell<Option<(Library, Rc<AST>)>> = const { RefCell::new(None) };
}

/// The compiled functions of `library`. Every stage asks for them, so the last ones are kept.
fn compiled_functions(engine: &Engine, library: &Library) -> Rc<AST> {
    LAST_COMPILED.with_borrow_mut(|last| match last {
        Some((same, functions)) if same == library => Rc::clone(functions),
        _ => {
            let functions = Rc::new(library.compile(engine));
            *last = Some((library.clone(), Rc::clone(&functions)));
            functions
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::budget::Budget;
    use crate::diagnostic::{Problems, SourceFile};
    use crate::rules::script::ScriptChecker;
    use crate::toml_file::At;

    /// The ninth of the hazards that the fence is tested for.
    #[test]
    fn h09_errors_point_at_the_innermost_place() {
        let text = "fn outer(x) {\n    inner(x)\n}\nfn inner(x) {\n    x.nothing\n}\n";
        let script = Arc::new(SourceFile::new("f.rhai", text));
        let library =
            ScriptChecker::new(&[script], 1, Budget::default(), &mut Problems::default()).unwrap().into_library();
        let toml = Arc::new(SourceFile::new("ruleset.toml", "measure = 'outer(1)'"));
        let expression = Expression::new(&toml, &At { value: "outer(1)".into(), span: 10..20 });
        let compiler = Compiler::new(&library).unwrap();
        let problem = compiler.compile(&expression).unwrap().run(&mut []).unwrap_err();
        let place = problem.place.unwrap();
        assert_eq!((&*place.source.name, place.source.line(place.span.start)), ("f.rhai", 5));
    }
}
