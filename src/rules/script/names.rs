//! The names that expressions can use, gathered from the engine itself: for "did you mean" and for finding slips
//! before anything is run.

use std::collections::{BTreeMap, BTreeSet};

use rhai::{AST, ASTNode, Engine, Expr, Position, Stmt};

use super::fence::fence;
use crate::diagnostic::Problem;

/// What expressions can call and read.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Functions and methods.
    pub functions: BTreeSet<String>,
    /// Fields of evidence and estimates.
    pub fields: BTreeSet<String>,
    /// How many values each function takes; a method's first is what it is called on.
    pub(super) takes: BTreeMap<String, BTreeSet<usize>>,
}

/// A name used in a script, and where; or what else is asked of code before it runs.
pub(super) enum NameUse {
    Variable(String),
    /// A function or method, and how many values it is given: not told of methods, whose first value may be `this`.
    Function(String, Option<usize>, Position),
    Field(String, Position),
    /// A key of a map literal: a field that the script itself makes.
    Key(String),
    /// A variable that the script itself declares.
    Local(String),
    /// A variable that is given another value.
    Assigned(Position),
    /// A text that stands there, and its bytes.
    Text(usize, Position),
}

impl Vocabulary {
    /// All that `engine` knows.
    pub(super) fn known_to(engine: &Engine) -> Self {
        let about = |info: rhai::FuncInfo<'_>| Some((info.metadata.name.to_string(), info.metadata.num_params));
        let mut names = Self::default();
        for (name, values) in engine.collect_fn_metadata(None, about, true) {
            match name.strip_prefix("get$") {
                Some(field) => drop(names.fields.insert(field.to_owned())),
                None if name.contains('$') || !name.starts_with(char::is_alphabetic) => {}
                None => {
                    names.takes.entry(name.clone()).or_default().insert(values);
                    names.functions.insert(name);
                }
            }
        }
        names
    }
}

impl Vocabulary {
    /// Whether a function of a script would be called where the engine's of this name is meant: one that takes as many
    /// values, or a method beside the value that it is called on.
    pub(super) fn is_taken(&self, function: &str, takes: &BTreeSet<usize>) -> bool {
        let taken = self.takes.get(function);
        taken.is_some_and(|taken| takes.iter().any(|takes| taken.contains(takes) || taken.contains(&(takes + 1))))
    }
}

/// What expressions can call and read in this build.
///
/// # Errors
/// `engine-altered` if this build's arithmetic is not the documented one.
pub fn vocabulary() -> Result<Vocabulary, Problem> {
    fence().map(|engine| Vocabulary::known_to(&engine))
}

/// Every name that `ast` uses, in the order it stands there.
pub(super) fn names_used(ast: &AST) -> Vec<NameUse> {
    let mut found = Vec::new();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(expression)) => names_in_expression(expression, &mut found),
            Some(ASTNode::Stmt(statement)) => names_in_statement(statement, &mut found),
            _ => {}
        }
        true
    });
    found
}

fn names_in_expression(expression: &Expr, found: &mut Vec<NameUse>) {
    match expression {
        Expr::Variable(variable, ..) => found.push(NameUse::Variable(variable.1.to_string())),
        Expr::Property(property, at) => found.push(NameUse::Field(property.2.to_string(), *at)),
        Expr::FnCall(call, at) if call.op_token.is_none() => {
            found.push(NameUse::Function(call.name.to_string(), Some(call.args.len()), *at));
        }
        Expr::MethodCall(call, at) if call.op_token.is_none() => {
            found.push(NameUse::Function(call.name.to_string(), None, *at));
        }
        Expr::StringConstant(text, at) => found.push(NameUse::Text(text.len(), *at)),
        Expr::Map(map, _) => found.extend(map.0.iter().map(|(key, _)| NameUse::Key(key.name.to_string()))),
        _ => {}
    }
}

fn names_in_statement(statement: &Stmt, found: &mut Vec<NameUse>) {
    match statement {
        Stmt::Var(variable, ..) => found.push(NameUse::Local(variable.0.name.to_string())),
        Stmt::For(parts, ..) => {
            found.push(NameUse::Local(parts.0.name.to_string()));
            found.extend(parts.1.iter().map(|counter| NameUse::Local(counter.name.to_string())));
        }
        Stmt::FnCall(call, at) if call.op_token.is_none() => {
            found.push(NameUse::Function(call.name.to_string(), Some(call.args.len()), *at));
        }
        Stmt::Assignment(assignment) => found.push(NameUse::Assigned(assignment.1.lhs.position())),
        _ => {}
    }
}
