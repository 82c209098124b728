//! Which criteria's answers and values a gate sees, read off the syntax tree: `value.volume`, `measure["volume"]`. A criterion
//! that there is none of is told before anything is run.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, Position};

use super::variables::Variables;
use crate::diagnostic::{Code, Place, Problem, Problems, did_you_mean};

/// What some code asks of the criteria: which it sees, by id, all of them where it asks about more than one at once; and the
/// fields that it has of them, whether there are such criteria or not.
pub(super) fn check(
    ast: &AST,
    variables: &Variables<'_>,
    place: impl Fn(Position) -> Place,
    problems: &mut Problems,
) -> (Vec<String>, BTreeSet<String>) {
    let (criteria, names) = &variables.answers;
    let mut asked: Vec<(String, Position)> = Vec::new();
    let (mut tables, mut single) = (0, 0);
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(Expr::Variable(variable, ..))) if names.contains(&&*variable.1) => tables += 1,
            Some(ASTNode::Expr(Expr::Dot(chain, ..))) if is_table(&chain.lhs, names) => {
                let field = match &chain.rhs {
                    Expr::Property(field, at) => Some((field, *at)),
                    Expr::Dot(inner, ..) | Expr::Index(inner, ..) => match &inner.lhs {
                        Expr::Property(field, at) => Some((field, *at)),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some((field, at)) = field {
                    single += 1;
                    asked.push((field.2.to_string(), at));
                }
            }
            Some(ASTNode::Expr(Expr::Index(chain, ..))) if is_table(&chain.lhs, names) => {
                if let Expr::StringConstant(name, at) = &chain.rhs {
                    single += 1;
                    asked.push((name.to_string(), *at));
                }
            }
            _ => {}
        }
        true
    });
    for (name, at) in asked.iter().filter(|(name, _)| !criteria.contains(&name.as_str())) {
        let help = did_you_mean(name, criteria.iter().copied());
        let message = format!("there is no criterion `{name}`");
        problems.push(Problem::new(Code::UnknownId, message).at(place(*at)).help(help));
    }
    let asked: BTreeSet<String> = asked.into_iter().map(|(name, _)| name).collect();
    let sees = match tables > single {
        true => criteria.iter().map(|id| (*id).to_owned()).collect(),
        false => asked.iter().cloned().collect(),
    };
    (sees, asked)
}

fn is_table(expression: &Expr, names: &[&str]) -> bool {
    matches!(expression, Expr::Variable(variable, ..) if names.contains(&&*variable.1))
}
