//! The names of templates, held against what a template sees before one runs: a name that is none would vanish where it is
//! only asked for, as in `{% if headlin is defined %}`. What a template sees is read off the paper's own description.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use minijinja::machinery::ast::{CallArg, Expr, Stmt};
use minijinja::machinery::{Span, parse};
use minijinja::syntax::SyntaxConfig;
use schemars::schema_for;
use serde_json::Value;

use super::model::Paper;
use crate::diagnostic::{SourceFile, did_you_mean};

/// The templates that make a paper; they include the others.
const FIRST: [&str; 2] = ["paper.html", "paper.md"];
/// How deep templates may include each other, and how often in all, before no more of them are looked at.
const MAX_INCLUDED: (usize, usize) = (10, 1_000);
/// What a template knows of the loop that it is in.
const OF_A_LOOP: [&str; 11] =
    ["index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem"];

/// A name that means nothing, in the template and the bytes where it stands.
pub(super) struct UnknownName {
    pub(super) template: String,
    pub(super) range: Range<usize>,
    pub(super) what: String,
    pub(super) help: String,
}

/// The first name in the templates that make a paper, or in those that they include, that is none. What can't be read at all
/// is told when it is.
pub(super) fn unknown_name(sources: &BTreeMap<String, Arc<SourceFile>>, syntax: &SyntaxConfig) -> Option<UnknownName> {
    let whole = schema_for!(Paper).to_value();
    let templates: BTreeMap<&str, Stmt<'_>> = sources
        .iter()
        .filter_map(|(name, source)| Some((&**name, parse(&source.text, name, syntax.clone()).ok()?)))
        .collect();
    let mut bound = BTreeSet::new();
    for template in templates.values() {
        bindings(template, &mut bound);
    }
    FIRST.into_iter().find_map(|name| {
        let mut walk = Walk { whole: &whole, templates: &templates, bound: &bound, within: vec![name], included: 0 };
        walk.template(name, &mut Vec::new()).err()
    })
}

/// What names a template gives for a while, wherever it does.
fn bindings<'t>(statement: &Stmt<'t>, names: &mut BTreeSet<&'t str>) {
    let mut add = |target: &Expr<'t>| match target {
        Expr::Var(name) => drop(names.insert(name.id)),
        Expr::List(list) => list.items.iter().for_each(|item| {
            if let Expr::Var(name) = item {
                names.insert(name.id);
            }
        }),
        _ => {}
    };
    match statement {
        Stmt::Template(template) => template.children.iter().for_each(|child| bindings(child, names)),
        Stmt::ForLoop(repeated) => {
            add(&repeated.target);
            repeated.body.iter().chain(&repeated.else_body).for_each(|child| bindings(child, names));
        }
        Stmt::IfCond(chosen) => {
            chosen.true_body.iter().chain(&chosen.false_body).for_each(|child| bindings(child, names));
        }
        Stmt::WithBlock(with) => {
            with.assignments.iter().for_each(|(target, _)| add(target));
            with.body.iter().for_each(|child| bindings(child, names));
        }
        _ => {}
    }
}

/// What an expression is.
#[derive(Clone, Copy, PartialEq)]
enum Shape<'s> {
    /// A part of the paper, by its description.
    Part(&'s Value),
    /// The drawings of a chart, and one of them: the only markup there is.
    Panels,
    Panel,
    /// The loop that a template is in.
    Loop,
    /// Anything: when a template runs it is seen what.
    Any,
}

/// The names that a template was given for a while, the last one first looked at.
type Scope<'t, 's> = Vec<(&'t str, Shape<'s>)>;

struct Walk<'w, 't> {
    whole: &'w Value,
    templates: &'w BTreeMap<&'w str, Stmt<'t>>,
    bound: &'w BTreeSet<&'t str>,
    /// The template that is looked at, after those that include it.
    within: Vec<&'w str>,
    included: usize,
}

type Judged<T = ()> = Result<T, UnknownName>;

impl<'w: 't, 't> Walk<'w, 't> {
    fn template(&mut self, name: &str, scope: &mut Scope<'t, 'w>) -> Judged {
        match self.templates.get(name) {
            Some(Stmt::Template(template)) => self.statements(&template.children, scope),
            _ => Ok(()),
        }
    }

    fn statements(&mut self, all: &'w [Stmt<'t>], scope: &mut Scope<'t, 'w>) -> Judged {
        all.iter().try_for_each(|statement| self.statement(statement, scope))
    }

    fn statement(&mut self, statement: &'w Stmt<'t>, scope: &mut Scope<'t, 'w>) -> Judged {
        let known = scope.len();
        let judged = match statement {
            Stmt::EmitExpr(shown) => self.expression(&shown.expr, scope).map(drop),
            Stmt::ForLoop(repeated) => {
                let item = self.item(self.expression(&repeated.iter, scope)?);
                bind(&repeated.target, item, scope);
                scope.push(("loop", Shape::Loop));
                if let Some(filter) = &repeated.filter_expr {
                    self.expression(filter, scope)?;
                }
                self.statements(&repeated.body, scope)?;
                scope.truncate(known);
                self.statements(&repeated.else_body, scope)
            }
            Stmt::IfCond(chosen) => {
                self.expression(&chosen.expr, scope)?;
                self.statements(&chosen.true_body, scope)?;
                self.statements(&chosen.false_body, scope)
            }
            Stmt::WithBlock(with) => {
                for (target, value) in &with.assignments {
                    let shape = self.expression(value, scope)?;
                    bind(target, shape, scope);
                }
                self.statements(&with.body, scope)
            }
            Stmt::Include(included) => self.include(&included.name, scope),
            _ => Ok(()),
        };
        scope.truncate(known);
        judged
    }

    /// The templates that are included here, by what they see here.
    fn include(&mut self, name: &'w Expr<'t>, scope: &mut Scope<'t, 'w>) -> Judged {
        self.expression(name, scope)?;
        let Expr::Const(name) = name else { return Ok(()) };
        let Some((name, _)) = name.value.as_str().and_then(|name| self.templates.get_key_value(name)) else {
            return Ok(());
        };
        self.included += 1;
        let (deep, often) = MAX_INCLUDED;
        if self.within.len() > deep || self.included > often {
            return Ok(());
        }
        self.within.push(name);
        self.template(name, scope)?;
        self.within.pop();
        Ok(())
    }

    fn expression(&self, of: &Expr<'t>, scope: &Scope<'t, 'w>) -> Judged<Shape<'w>> {
        match of {
            Expr::Var(name) => self.name(name.id, name.span(), scope),
            Expr::GetAttr(attribute) => {
                let of = self.shape(&attribute.expr, scope)?;
                self.part(of, attribute.name, attribute.span())
            }
            Expr::GetItem(item) => {
                let of = self.shape(&item.expr, scope)?;
                match &item.subscript_expr {
                    Expr::Const(name) if name.value.as_str().is_some() => {
                        self.part(of, name.value.as_str().unwrap_or_default(), item.span())
                    }
                    subscript => self.expression(subscript, scope).map(|_| self.item(of)),
                }
            }
            Expr::Filter(filter) => {
                let of = filter.expr.as_ref().map_or(Ok(Shape::Any), |of| self.expression(of, scope))?;
                self.arguments(&filter.args, scope)?;
                match filter.name {
                    "safe" if of != Shape::Panel => {
                        let what = "`|safe` is for the `panels` of a chart alone: nothing else that is shown is markup";
                        Err(self.unknown(what.to_owned(), "take `|safe` out", filter.span()))
                    }
                    "first" | "last" => Ok(self.item(of)),
                    "reverse" | "sort" => Ok(of),
                    _ => Ok(Shape::Any),
                }
            }
            Expr::Test(test) => {
                self.expression(&test.expr, scope)?;
                self.arguments(&test.args, scope).map(|()| Shape::Any)
            }
            Expr::UnaryOp(unary) => self.expression(&unary.expr, scope).map(|_| Shape::Any),
            Expr::BinOp(binary) => {
                self.expression(&binary.left, scope)?;
                self.expression(&binary.right, scope).map(|_| Shape::Any)
            }
            Expr::Compare(compared) => {
                self.expression(&compared.expr, scope)?;
                compared.ops.iter().try_for_each(|operand| self.expression(&operand.expr, scope).map(drop))?;
                Ok(Shape::Any)
            }
            Expr::IfExpr(chosen) => {
                self.expression(&chosen.test_expr, scope)?;
                self.expression(&chosen.true_expr, scope)?;
                chosen.false_expr.as_ref().map_or(Ok(Shape::Any), |other| self.expression(other, scope))?;
                Ok(Shape::Any)
            }
            Expr::List(list) => {
                list.items.iter().try_for_each(|item| self.expression(item, scope).map(drop))?;
                Ok(Shape::Any)
            }
            Expr::Call(call) => self.arguments(&call.args, scope).map(|()| Shape::Any),
            _ => Ok(Shape::Any),
        }
    }

    fn arguments(&self, all: &[CallArg<'t>], scope: &Scope<'t, 'w>) -> Judged {
        all.iter().try_for_each(|argument| match argument {
            CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value) | CallArg::KwargSplat(value) => {
                self.expression(value, scope).map(drop)
            }
        })
    }

    /// What has a name within it; the loop has some, and is nothing to be shown itself.
    fn shape(&self, of: &Expr<'t>, scope: &Scope<'t, 'w>) -> Judged<Shape<'w>> {
        match of {
            Expr::Var(name) if name.id == "loop" && scope.iter().any(|(known, _)| *known == "loop") => Ok(Shape::Loop),
            of => self.expression(of, scope),
        }
    }

    fn name(&self, name: &str, span: Span, scope: &Scope<'t, 'w>) -> Judged<Shape<'w>> {
        if let Some((_, shape)) = scope.iter().rev().find(|(known, _)| *known == name && name != "loop") {
            return Ok(*shape);
        }
        let of_paper = self.whole.get("properties").and_then(Value::as_object);
        if let Some(part) = of_paper.and_then(|parts| parts.get(name)) {
            return Ok(self.described(part));
        }
        match name {
            // Another template gives it for a while: whether it did here is seen when this one runs.
            given if self.bound.contains(given) => Ok(Shape::Any),
            "loop" => {
                let help = "name what of it, as in `loop.index`";
                Err(self.unknown("`loop` has nothing to show of its own".to_owned(), help, span))
            }
            "range" => {
                let help = "write how many, as in `{% for number in range(5) %}`";
                Err(self.unknown("`range` has nothing to show of its own".to_owned(), help, span))
            }
            _ => {
                let given = scope.iter().map(|(known, _)| *known);
                let known = given.chain(of_paper.into_iter().flatten().map(|(known, _)| &**known));
                Err(self.unknown(format!("there is no `{name}` here"), &did_you_mean(name, known), span))
            }
        }
    }

    /// What stands under a name within a part.
    fn part(&self, of: Shape<'w>, name: &str, span: Span) -> Judged<Shape<'w>> {
        let known: Vec<&str> = match of {
            Shape::Any => return Ok(Shape::Any),
            Shape::Loop if OF_A_LOOP.contains(&name) => return Ok(Shape::Any),
            Shape::Loop => OF_A_LOOP.to_vec(),
            Shape::Part(part) => {
                let within = part.get("properties").and_then(Value::as_object);
                if let Some(found) = within.and_then(|within| within.get(name)) {
                    let is_chart = self.whole.pointer("/$defs/Chart").is_some_and(|chart| std::ptr::eq(chart, part));
                    let is_markup = is_chart && name == "panels";
                    return Ok(if is_markup { Shape::Panels } else { self.described(found) });
                }
                within.into_iter().flatten().map(|(known, _)| &**known).collect()
            }
            Shape::Panels | Shape::Panel => Vec::new(),
        };
        Err(self.unknown(format!("there is no `{name}` in it"), &did_you_mean(name, known), span))
    }

    /// One of a list.
    fn item(&self, of: Shape<'w>) -> Shape<'w> {
        match of {
            Shape::Part(part) => part.get("items").map_or(Shape::Any, |items| self.described(items)),
            Shape::Panels => Shape::Panel,
            _ => Shape::Any,
        }
    }

    /// What a description stands for: through references and options.
    fn described(&self, part: &'w Value) -> Shape<'w> {
        if let Some(name) = part.get("$ref").and_then(Value::as_str) {
            let found = self.whole.pointer(name.trim_start_matches('#'));
            return found.map_or(Shape::Any, |found| self.described(found));
        }
        match part.get("anyOf").and_then(Value::as_array).and_then(|choices| choices.first()) {
            Some(choice) => self.described(choice),
            None => Shape::Part(part),
        }
    }

    fn unknown(&self, what: String, help: &str, span: Span) -> UnknownName {
        UnknownName {
            template: self.within.last().copied().unwrap_or_default().to_owned(),
            range: span.start_offset as usize..span.end_offset as usize,
            what,
            help: match help.ends_with('?') {
                true => format!("{help} docs/paper.md lists what there is"),
                false => format!("{help}; docs/paper.md lists what there is"),
            },
        }
    }
}

fn bind<'t, 's>(target: &Expr<'t>, shape: Shape<'s>, scope: &mut Scope<'t, 's>) {
    match target {
        Expr::Var(name) => scope.push((name.id, shape)),
        Expr::List(list) => list.items.iter().for_each(|item| bind(item, Shape::Any, scope)),
        _ => {}
    }
}
