//! Words that an expression compares levels with, before it is run: one that is not in the list would fail for the first
//! candidate that has the level, and for nobody else.

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position};

use super::variables::Variables;
use crate::assessment::Levels;
use crate::diagnostic::{Code, Place, Problem, Problems};

/// Comparisons.
const COMPARED: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// The fields of evidence that are words of its list.
const WORDS: [&str; 3] = ["lowest", "highest", "outcome"];

/// Notes every word that is compared with a level of whose list it is none.
pub(super) fn check(ast: &AST, variables: &Variables<'_>, place: impl Fn(Position) -> Place, problems: &mut Problems) {
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Expr(Expr::FnCall(call, _))) = path.last()
            && let Some((name, levels, word, at)) = compared(call, variables)
            && levels.place(&word).is_none()
        {
            let problem = Problem::new(Code::ScriptUnknownName, format!("`{word}` is not a level of `{name}`"));
            problems.push(problem.at(place(at)).help(levels.instead_of(&word)));
        }
        true
    });
}

/// A level by name, the list that it is of, and the word that it is compared with.
fn compared<'v>(call: &FnCallExpr, variables: &Variables<'v>) -> Option<(&'v str, &'v Levels, String, Position)> {
    let [a, b] = &*call.args else { return None };
    if !COMPARED.contains(&call.name.as_str()) {
        return None;
    }
    let (level, Expr::StringConstant(word, at)) = (match (a, b) {
        (Expr::StringConstant(..), level) => (level, a),
        (level, other) => (level, other),
    }) else {
        return None;
    };
    let (name, levels) = variables.levels.iter().find(|(name, _)| named(level, name))?;
    Some((name, levels, word.to_string(), *at))
}

/// Whether an expression is the level of this name, the lowest or highest of its panel, or the word of an outcome.
fn named(expression: &Expr, name: &str) -> bool {
    match expression {
        Expr::Variable(variable, ..) => variable.1 == name,
        Expr::Dot(chain, ..) => {
            let end = matches!(&chain.rhs, Expr::Property(field, _) if WORDS.contains(&field.2.as_str()));
            end && named(&chain.lhs, name)
        }
        _ => false,
    }
}
