//! Which of the names that an expression reads it multiplies with one another, itself or in the functions that it calls.
//! Read off the syntax tree; nothing is run.

use std::collections::{BTreeMap, BTreeSet};

use rhai::{AST, ASTNode, Expr, FnCallExpr, Stmt};

use super::expression::Expression;
use super::fence::fence;
use super::library::Library;

/// Two of the names that an expression reads, the first of the alphabet first.
pub type Factors = (String, String);

/// What each name in a piece of code may hold, by the names that the expression reads.
type Holds = BTreeMap<String, BTreeSet<String>>;

/// The pairs of names that `expression` multiplies.
pub fn multiplied(expression: &Expression, library: &Library) -> BTreeSet<Factors> {
    let Ok(engine) = fence() else { return BTreeSet::new() };
    let mut scope = rhai::Scope::new();
    for name in &expression.reads {
        scope.push_dynamic(name.clone(), rhai::Dynamic::UNIT);
    }
    let Ok(ast) = engine.compile_with_scope(&scope, &expression.code) else { return BTreeSet::new() };
    let mut reader =
        ProductReader { functions: library.compile(&engine), read: BTreeSet::new(), found: BTreeSet::new() };
    let own = expression.reads.iter().map(|name| (name.clone(), BTreeSet::from([name.clone()]))).collect();
    reader.code(&ast, own);
    reader.found
}

/// A function's name, and what it is given.
type Call = (String, Vec<BTreeSet<String>>);

struct ProductReader {
    functions: AST,
    /// The calls whose function was read: each is read once with the same values.
    read: BTreeSet<Call>,
    found: BTreeSet<Factors>,
}

impl ProductReader {
    /// Reads some code, and the functions it calls.
    fn code(&mut self, ast: &AST, mut holds: Holds) {
        let mut calls = Vec::new();
        ast.walk(&mut |path: &[ASTNode<'_>]| {
            match path.last() {
                Some(ASTNode::Stmt(Stmt::Var(variable, ..))) => {
                    let names = names(&variable.1, &holds);
                    holds.entry(variable.0.name.to_string()).or_default().extend(names);
                }
                Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) => {
                    self.call(call, &holds, &mut calls);
                }
                _ => {}
            }
            true
        });
        for (name, values) in calls {
            if self.read.insert((name.clone(), values.clone())) {
                self.function(&name, &values);
            }
        }
    }

    /// Notes a product, or what one of the rule set's own functions is given.
    fn call(&mut self, call: &FnCallExpr, holds: &Holds, calls: &mut Vec<Call>) {
        let values: Vec<BTreeSet<String>> = call.args.iter().map(|value| names(value, holds)).collect();
        match (&*call.name, &*values) {
            ("*", [left, right]) if call.op_token.is_some() => {
                for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
                    self.found.insert((a.min(b).clone(), a.max(b).clone()));
                }
            }
            (name, _) if call.op_token.is_none() => calls.push((name.to_owned(), values)),
            _ => {}
        }
    }

    fn function(&mut self, name: &str, values: &[BTreeSet<String>]) {
        let known = |about: &rhai::ScriptFnMetadata<'_>| about.name == name && about.params.len() == values.len();
        let Some(about) = self.functions.iter_functions().find(known) else { return };
        let holds = about.params.iter().map(|it| (*it).to_owned()).zip(values.iter().cloned()).collect();
        // `clone_functions_only_filtered` takes them all, whatever the filter says (rhai 1.27).
        let mut body = self.functions.clone();
        body.retain_functions(|_, _, it, parameters| it == name && parameters == values.len());
        self.code(&body, holds);
    }
}

/// What a value is made of.
fn names(expression: &Expr, holds: &Holds) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    expression.walk(&mut Vec::new(), &mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Expr(Expr::Variable(variable, ..))) = path.last() {
            found.extend(holds.get(variable.1.as_str()).into_iter().flatten().cloned());
        }
        true
    });
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::budget::Budget;
    use crate::diagnostic::{Problems, SourceFile};
    use crate::rules::script::ScriptChecker;
    use crate::toml_file::At;

    fn pairs(code: &str, functions: &str) -> Vec<String> {
        let source = |text: &str| Arc::new(SourceFile::new("x", text));
        let checker = ScriptChecker::new(&[source(functions)], 1, Budget::default(), &mut Problems::default()).unwrap();
        let mut expression = Expression::new(&source(code), &At { value: code.into(), span: 0..code.len() });
        expression.reads = ["a", "b", "c"].map(str::to_owned).to_vec();
        multiplied(&expression, checker.library()).into_iter().map(|(a, b)| format!("{a}{b}")).collect()
    }

    #[test]
    fn products_are_found_wherever_they_stand() {
        assert_eq!(pairs("b * a / 100 * 0.8 + c * 0.2", ""), ["ab"]);
        assert_eq!(pairs("(a + b) * c.estimate", ""), ["ac", "bc"]);
        assert_eq!(pairs("a * a + b", ""), [""; 0]);
        assert_eq!(pairs("min(a, b) + c", ""), [""; 0]);
        let functions = "fn risk(x, y) { let z = y + 1; if x > 2 { return 0; } x * z }\n\
                         fn twice(x) { twice(x) * twice(x) }\nfn other(x, y) { x * y }";
        assert_eq!(pairs("risk(c, a) + twice(b)", functions), ["ac"]);
    }
}
