//! Expressions that are plain arithmetic, run without the script engine, which takes ten times as long.
//!
//! The engine stays the one definition of what an expression means. A program answers to the bit what the engine would
//! answer, or gives up and leaves the candidate to it. It never reports a problem and never guesses: what it does not
//! know it does not compile, and what would be an error it does not answer.

mod columns;
mod figures;
mod of_floats;
mod operand;
mod operators;
#[cfg(test)]
mod tests;

use rhai::{AST, ASTFlags, BinaryExpr, Expr, FnCallExpr, Stmt, StmtBlock};

use super::answer::ExpressionAnswer;
use super::argument::Argument;
use super::fence::mathematics::PORTABLE_MATHEMATICS;
use crate::assessment::EvidenceKind;
use crate::rules::Amount;
use of_floats::OfFloats;
use operand::{One, Operand, Three, Two};

/// An expression as arithmetic over the values of its variables.
pub(super) struct Program(Node);

enum Node {
    Constant(Operand<'static>),
    /// A variable, by its place among those that the expression reads.
    Variable(usize),
    /// A field, and the kind of evidence that has its number there.
    Field(One, Option<EvidenceKind>, Box<Node>),
    /// An operation, and what it makes of columns of floats where it can.
    One(One, Option<OfFloats<1>>, Box<Node>),
    Two(Two, Option<OfFloats<2>>, Box<[Node; 2]>),
    Three(Three, Option<OfFloats<3>>, Box<[Node; 3]>),
    /// A function of the portable library.
    Portable(fn(f64) -> f64, Box<Node>),
    /// True where none of these is this answer: `&&` looks for a false one, `||` for a true one.
    Unless(bool, Vec<Node>),
    /// Condition, and what to answer where it holds and where it doesn't.
    If(Box<[Node; 3]>),
}

impl Program {
    /// The program of an expression over the variables `reads` and the numbers of `parameters`; none where there is more in
    /// it than plain arithmetic. `functions` are the rule set's own, which may bear any name.
    pub(super) fn new(
        expression: &AST,
        reads: &[String],
        parameters: &[(String, Amount)],
        functions: &AST,
    ) -> Option<Self> {
        NodeBuilder { reads, parameters, functions }.block(expression.statements()).map(Self)
    }

    /// What the engine would answer where the variables have these values; none where that is the engine's to say.
    pub(super) fn run(&self, arguments: &[Argument]) -> Option<ExpressionAnswer> {
        self.0.value(arguments)?.answer().map(ExpressionAnswer)
    }
}

impl Node {
    fn value<'v>(&self, values: &'v [Argument]) -> Option<Operand<'v>> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Variable(place) => values.get(*place).map(|Argument(value)| Operand::new(value)),
            Self::Field(function, _, of) | Self::One(function, _, of) => function(of.value(values)?),
            Self::Two(function, _, of) => {
                let [a, b] = &**of;
                function(a.value(values)?, b.value(values)?)
            }
            Self::Three(function, _, of) => {
                let [a, b, c] = &**of;
                function(a.value(values)?, b.value(values)?, c.value(values)?)
            }
            Self::Portable(function, of) => Some(Operand::Float(function(of.value(values)?.plain()?))),
            Self::Unless(found, of) => {
                for node in of {
                    if node.value(values)?.truth()? == *found {
                        return Some(Operand::Truth(*found));
                    }
                }
                Some(Operand::Truth(!found))
            }
            Self::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                if condition.value(values)?.truth()? { then.value(values) } else { otherwise.value(values) }
            }
        }
    }
}

/// Turns a syntax tree into nodes; none for whatever it does not know.
struct NodeBuilder<'a> {
    reads: &'a [String],
    parameters: &'a [(String, Amount)],
    functions: &'a AST,
}

impl NodeBuilder<'_> {
    /// A block without a statement answers `()`.
    fn block(&self, statements: &[Stmt]) -> Option<Node> {
        match statements {
            [] => Some(Node::Constant(Operand::Nothing)),
            [Stmt::Expr(expression)] => self.expression(expression),
            [Stmt::FnCall(call, _)] => self.call(call, Vec::new()),
            [Stmt::If(parts, _)] => Some(Node::If(Box::new([
                self.expression(&parts.expr)?,
                self.body(&parts.body)?,
                self.body(&parts.branch)?,
            ]))),
            _ => None,
        }
    }

    fn body(&self, block: &StmtBlock) -> Option<Node> {
        self.block(block.statements())
    }

    fn expression(&self, expression: &Expr) -> Option<Node> {
        match expression {
            Expr::BoolConstant(truth, _) => Some(Node::Constant(Operand::Truth(*truth))),
            Expr::IntegerConstant(whole, _) => Some(Node::Constant(Operand::Whole(*whole))),
            Expr::FloatConstant(float, _) => Some(Node::Constant(Operand::Float(**float))),
            Expr::Unit(_) => Some(Node::Constant(Operand::Nothing)),
            Expr::Variable(name, ..) => self.variable(name.1.as_str()),
            Expr::And(of, _) => self.all(of).map(|nodes| Node::Unless(false, nodes)),
            Expr::Or(of, _) => self.all(of).map(|nodes| Node::Unless(true, nodes)),
            Expr::Stmt(block) => self.body(block),
            Expr::FnCall(call, _) => self.call(call, Vec::new()),
            Expr::Dot(chain, flags, _) => self.chain(chain, *flags),
            _ => None,
        }
    }

    /// What is read, or the number of a parameter: a table is the engine's to read.
    fn variable(&self, name: &str) -> Option<Node> {
        match self.parameters.iter().find(|(parameter, _)| parameter == name) {
            Some((_, Amount::Number(number))) => Some(Node::Constant(Operand::Float(*number))),
            Some((_, Amount::Table(_))) => None,
            None => self.reads.iter().position(|read| read == name).map(Node::Variable),
        }
    }

    fn all(&self, expressions: &[Expr]) -> Option<Vec<Node>> {
        expressions.iter().map(|expression| self.expression(expression)).collect()
    }

    fn chain(&self, chain: &BinaryExpr, flags: ASTFlags) -> Option<Node> {
        let of = self.expression(&chain.lhs)?;
        self.links(of, &chain.rhs, flags)
    }

    /// The fields and methods after a dot: `latest().per_year()` hangs on the right.
    fn links(&self, of: Node, rest: &Expr, flags: ASTFlags) -> Option<Node> {
        // `?.`, which answers `()` of `()`.
        if flags.intersects(ASTFlags::NEGATED) {
            return None;
        }
        match rest {
            Expr::Property(name, _) => {
                Some(Node::Field(figures::field(&name.2)?, figures::kind_with_number(&name.2), Box::new(of)))
            }
            Expr::MethodCall(call, _) => self.call(call, vec![of]),
            Expr::Dot(chain, flags, _) => {
                let of = self.links(of, &chain.lhs, ASTFlags::empty())?;
                self.links(of, &chain.rhs, *flags)
            }
            _ => None,
        }
    }

    /// A call of an operator, a function or, with its value in `nodes`, a method.
    fn call(&self, call: &FnCallExpr, mut nodes: Vec<Node>) -> Option<Node> {
        nodes.extend(self.all(&call.args)?);
        let name = call.name.as_str();
        if call.op_token.is_some() {
            return operator(name, nodes);
        }
        let redefined = self.functions.iter_functions().any(|own| own.name == name);
        let variable = self.variable(name).is_some();
        if redefined || variable || call.capture_parent_scope { None } else { function(name, nodes) }
    }
}

fn operator(name: &str, nodes: Vec<Node>) -> Option<Node> {
    let binary: Two = match (name, nodes.len()) {
        ("-", 1) => return one(operators::negate, name, nodes),
        ("!", 1) => return one(operators::not, name, nodes),
        ("+", 2) => operators::add,
        ("-", 2) => operators::subtract,
        ("*", 2) => operators::multiply,
        ("/", 2) => operators::divide,
        ("%", 2) => operators::remainder,
        ("**", 2) => operators::power,
        ("==", 2) => operators::equal,
        ("!=", 2) => operators::unequal,
        ("<", 2) => operators::less,
        (">", 2) => operators::greater,
        ("<=", 2) => operators::at_most,
        (">=", 2) => operators::at_least,
        _ => return None,
    };
    two(binary, name, nodes)
}

fn function(name: &str, nodes: Vec<Node>) -> Option<Node> {
    match nodes.len() {
        1 => match PORTABLE_MATHEMATICS.iter().find(|(known, _)| *known == name) {
            Some((_, function)) => nodes.into_iter().next().map(|of| Node::Portable(*function, Box::new(of))),
            None => one(operators::function_of_one(name).or_else(|| figures::method(name))?, name, nodes),
        },
        2 => two(operators::function_of_two(name).or_else(|| figures::method_of_two(name))?, name, nodes),
        3 => {
            let of = Box::new(nodes.try_into().ok()?);
            Some(Node::Three(operators::function_of_three(name)?, of_floats::of_three(name), of))
        }
        _ => None,
    }
}

fn one(function: One, name: &str, nodes: Vec<Node>) -> Option<Node> {
    nodes.into_iter().next().map(|of| Node::One(function, of_floats::of_one(name), Box::new(of)))
}

fn two(function: Two, name: &str, nodes: Vec<Node>) -> Option<Node> {
    Some(Node::Two(function, of_floats::of_two(name), Box::new(nodes.try_into().ok()?)))
}
