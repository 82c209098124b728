//! What a template of the paper may be made of: it shows, repeats, chooses and includes. Whatever could make a large value
//! out of a small one is refused before it runs, so that a template needs no more memory than the paper it writes.

use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, Stmt};
use minijinja::machinery::{Span, Token, parse, tokenize};
use minijinja::syntax::SyntaxConfig;

/// The filters there are. None makes a list, and none makes much more of a text than it is.
const FILTERS: [&str; 20] = [
    "safe",
    "escape",
    "e",
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "length",
    "count",
    "default",
    "d",
    "join",
    "first",
    "last",
    "reverse",
    "sort",
    "round",
    "int",
    "abs",
];
/// The longest text that stands in an expression, in bytes.
const MAX_TEXT: usize = 1_000;
/// The most numbers of a `range`.
const MAX_RANGE: i64 = 10_000;

/// The most items of a list that a template writes: looking through it is one step.
const MAX_LIST: usize = 20;

/// The most words and signs of a tag, and the most `elif`s of a template: longer chains are as deep as they are long, and
/// whoever reads them runs out of stack.
const MAX_CHAIN: usize = 500;

/// What a template must not have, in its words, and the bytes where it stands.
pub(super) struct NotAllowed {
    pub(super) what: String,
    pub(super) range: std::ops::Range<usize>,
}

/// The first part of a template that it must not have. None where all is well, or where it can't be read at all: that is
/// told when it is.
pub(super) fn not_allowed(name: &str, text: &str, syntax: SyntaxConfig) -> Option<NotAllowed> {
    if let Some(chain) = long_chain(text, syntax.clone()) {
        return Some(chain);
    }
    let template = parse(text, name, syntax).ok()?;
    statement(&template).err()
}

fn long_chain(text: &str, syntax: SyntaxConfig) -> Option<NotAllowed> {
    let (mut in_tag, mut elifs) = (0, 0);
    tokenize(text, false, syntax).map_while(Result::ok).find_map(|(token, span)| {
        in_tag = if matches!(token, Token::VariableStart | Token::BlockStart) { 0 } else { in_tag + 1 };
        elifs += usize::from(matches!(token, Token::Ident("elif")));
        let what = match elifs > MAX_CHAIN {
            true => format!("elif more than {MAX_CHAIN} times"),
            false => format!("more than {MAX_CHAIN} words and signs in a tag"),
        };
        (in_tag.max(elifs) > MAX_CHAIN).then(|| refused(&what, span).err())?
    })
}

type Judged = Result<(), NotAllowed>;

fn refused(what: &str, span: Span) -> Judged {
    let range = span.start_offset as usize..span.end_offset as usize;
    Err(NotAllowed { what: what.to_owned(), range })
}

fn statement(statement: &Stmt<'_>) -> Judged {
    match statement {
        Stmt::Template(template) => statements(&template.children),
        Stmt::EmitRaw(_) => Ok(()),
        Stmt::EmitExpr(shown) => expression(&shown.expr),
        Stmt::ForLoop(repeated) => {
            expression(&repeated.iter)?;
            repeated.filter_expr.as_ref().map_or(Ok(()), expression)?;
            statements(&repeated.body)?;
            statements(&repeated.else_body)
        }
        Stmt::IfCond(chosen) => {
            expression(&chosen.expr)?;
            statements(&chosen.true_body)?;
            statements(&chosen.false_body)
        }
        Stmt::WithBlock(with) => {
            with.assignments.iter().try_for_each(|(_, value)| expression(value))?;
            statements(&with.body)
        }
        Stmt::Include(included) => expression(&included.name),
        Stmt::Set(set) => refused("set", set.span()),
        Stmt::SetBlock(set) => refused("set", set.span()),
        Stmt::FilterBlock(filter) => refused("filter", filter.span()),
        Stmt::AutoEscape(escape) => refused("autoescape", escape.span()),
        Stmt::Block(block) => refused("block", block.span()),
        Stmt::Import(import) => refused("import", import.span()),
        Stmt::FromImport(import) => refused("from", import.span()),
        Stmt::Extends(extends) => refused("extends", extends.span()),
        Stmt::Macro(made) => refused("macro", made.span()),
        Stmt::CallBlock(call) => refused("call", call.span()),
        Stmt::Do(done) => refused("do", done.span()),
    }
}

fn statements(all: &[Stmt<'_>]) -> Judged {
    all.iter().try_for_each(statement)
}

fn expression(of: &Expr<'_>) -> Judged {
    match of {
        Expr::Var(_) => Ok(()),
        Expr::Const(constant) => match constant.value.as_str() {
            Some(text) if text.len() > MAX_TEXT => refused("a text of more than 1,000 bytes", constant.span()),
            _ => Ok(()),
        },
        // Slicing an empty text or list backwards ends the process.
        Expr::Slice(slice) => refused("[…:…]", slice.span()),
        Expr::UnaryOp(unary) => expression(&unary.expr),
        Expr::BinOp(binary) => {
            let with_number = is_number(&binary.left) || is_number(&binary.right);
            match binary.op {
                BinOpKind::Concat => return refused("~", binary.span()),
                BinOpKind::Mul => return refused("*", binary.span()),
                BinOpKind::Pow => return refused("**", binary.span()),
                BinOpKind::Add if !with_number => return refused("+", binary.span()),
                _ => {}
            }
            expression(&binary.left)?;
            expression(&binary.right)
        }
        Expr::Compare(compared) => {
            expression(&compared.expr)?;
            compared.ops.iter().try_for_each(|operand| expression(&operand.expr))
        }
        Expr::IfExpr(chosen) => {
            expression(&chosen.test_expr)?;
            expression(&chosen.true_expr)?;
            chosen.false_expr.as_ref().map_or(Ok(()), expression)
        }
        Expr::Filter(filter) => {
            if !FILTERS.contains(&filter.name) {
                return refused(&format!("|{}", filter.name), filter.span());
            }
            let constant = |argument: &CallArg<'_>| {
                matches!(argument, CallArg::Pos(Expr::Const(_)) | CallArg::Kwarg(_, Expr::Const(_)))
            };
            if !filter.args.iter().all(constant) {
                return refused(&format!("|{}(…) of anything but a text or a number", filter.name), filter.span());
            }
            arguments(&filter.args)?;
            filter.expr.as_ref().map_or(Ok(()), expression)
        }
        Expr::Test(test) => {
            arguments(&test.args)?;
            expression(&test.expr)
        }
        Expr::GetAttr(attribute) => expression(&attribute.expr),
        Expr::GetItem(item) => {
            expression(&item.expr)?;
            expression(&item.subscript_expr)
        }
        Expr::List(list) if list.items.len() > MAX_LIST => {
            refused(&format!("[…] of more than {MAX_LIST} items"), list.span())
        }
        Expr::List(list) if list.items.iter().all(is_listed) => list.items.iter().try_for_each(expression),
        Expr::List(list) => refused("[…] of anything but texts, numbers and what the paper has", list.span()),
        Expr::Call(call) => match &call.expr {
            Expr::Var(name) if name.id == "range" && call.args.iter().all(is_small) => Ok(()),
            Expr::Var(name) => refused(&format!("{}(…)", name.id), call.span()),
            _ => refused("(…)", call.span()),
        },
        Expr::Tuple(tuple) => refused("(…, …)", tuple.span()),
        Expr::Map(map) => refused("{…}", map.span()),
    }
}

fn arguments(all: &[CallArg<'_>]) -> Judged {
    all.iter().try_for_each(|argument| match argument {
        CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value) | CallArg::KwargSplat(value) => {
            expression(value)
        }
    })
}

/// What a list may be written of: texts, numbers, what the paper has under a name within another, and lists of these. A
/// list that was named before is none of them, so that no list holds another many times over.
fn is_listed(item: &Expr<'_>) -> bool {
    match item {
        Expr::Const(_) => true,
        Expr::GetAttr(attribute) => match &attribute.expr {
            Expr::Var(name) => name.id != "loop",
            of => is_listed(of),
        },
        Expr::List(list) => list.items.iter().all(is_listed),
        _ => false,
    }
}

fn is_number(of: &Expr<'_>) -> bool {
    matches!(of, Expr::Const(constant) if constant.value.is_number())
}

fn is_small(argument: &CallArg<'_>) -> bool {
    let CallArg::Pos(Expr::Const(constant)) = argument else { return false };
    i64::try_from(constant.value.clone()).is_ok_and(|number| number.abs() <= MAX_RANGE)
}
