//! Which fields an expression reads and what it calls, itself or in the functions that it calls. Read off the syntax tree; nothing is run.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, Stmt};

use super::expression::Expression;
use super::fence::fence;
use super::library::Library;

/// What an expression names, itself or in the functions that it calls.
#[derive(Debug, Default)]
pub struct NamesReached {
    /// Fields, as `count` of `recorded.latest().count`. Methods are no fields.
    pub fields: BTreeSet<String>,
    /// Functions and methods.
    pub calls: BTreeSet<String>,
}

/// The names of all fields that `expression` reads.
pub fn fields(expression: &Expression, library: &Library) -> BTreeSet<String> {
    names_reached(expression, library).fields
}

/// The names of all fields that `expression` reads, and of all that it calls.
pub fn names_reached(expression: &Expression, library: &Library) -> NamesReached {
    let Ok(engine) = fence() else { return NamesReached::default() };
    let mut scope = rhai::Scope::new();
    for name in &expression.reads {
        scope.push_dynamic(name.clone(), rhai::Dynamic::UNIT);
    }
    let Ok(ast) = engine.compile_with_scope(&scope, &expression.code) else {
        return NamesReached::default();
    };
    let functions = library.compile(&engine);
    let (mut found, mut open) = (NamesReached::default(), vec![ast]);
    while let Some(code) = open.pop() {
        for called in read(&code, &mut found.fields) {
            if found.calls.insert(called.clone()) {
                // `clone_functions_only_filtered` takes them all, whatever the filter says (rhai 1.27).
                let mut body = functions.clone();
                body.retain_functions(|_, _, name, _| name == called);
                open.push(body.clone_functions_only());
            }
        }
    }
    found
}

/// Adds the fields that some code reads, and answers what it calls.
fn read(code: &AST, found: &mut BTreeSet<String>) -> BTreeSet<String> {
    let mut calls = BTreeSet::new();
    code.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(Expr::Property(name, _))) => drop(found.insert(name.2.to_string())),
            Some(
                ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)),
            ) => drop(calls.insert(call.name.to_string())),
            _ => {}
        }
        true
    });
    calls
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::budget::Budget;
    use crate::diagnostic::{Problems, SourceFile};
    use crate::rules::script::ScriptChecker;
    use crate::toml_file::At;

    fn read(code: &str, functions: &str) -> Vec<String> {
        let source = |text: &str| Arc::new(SourceFile::new("x", text));
        let checker = ScriptChecker::new(&[source(functions)], 1, Budget::default(), &mut Problems::default()).unwrap();
        let mut expression = Expression::new(&source(code), &At { value: code.into(), span: 0..code.len() });
        expression.reads = ["a", "b"].map(str::to_owned).to_vec();
        fields(&expression, checker.library()).into_iter().collect()
    }

    #[test]
    fn fields_are_found_in_functions_too() {
        assert_eq!(read("a.latest().count - b.count", ""), ["count"]);
        assert_eq!(read("a.rate(1000)", ""), [""; 0]);
        let functions = "fn risk(x) { if x.suppressed { return 0; } other(x) }\n\
                         fn other(x) { x.change_from(x).estimate }\nfn unused(x) { x.score }";
        assert_eq!(read("risk(a)", functions), ["estimate", "suppressed"]);
    }
}
