//! The names that expressions can use, gathered from the engine itself: for "did you mean" and for finding slips
//! before anything is run.

use std::collections::BTreeSet;

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
}

/// A name used in a script, and where.
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
}

impl Vocabulary {
    /// All that `engine` knows.
    pub(super) fn known_to(engine: &Engine) -> Self {
        let all = engine.collect_fn_metadata(None, |info| Some(info.metadata.name.to_string()), true);
        let mut names = Self::default();
        for name in all {
            match name.strip_prefix("get$") {
                Some(field) => names.fields.insert(field.to_owned()),
                None if name.contains('$') || !name.starts_with(char::is_alphabetic) => false,
                None => names.functions.insert(name),
            };
        }
        for built_in in ["type_of", "call", "curry", "is_shared", "is_def_var", "is_def_fn", "Fn"] {
            names.functions.insert(built_in.to_owned());
        }
        names
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
