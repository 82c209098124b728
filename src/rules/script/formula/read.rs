//! A formula out of a syntax tree: what functions do is written out where they are called, and so is what a variable
//! holds. What stands behind an `if` belongs to both of its branches.

use rhai::{AST, ASTFlags, ASTNode, Expr, FnCallExpr, Stmt, StmtBlock};

use super::node::{Comparison, Node, Pairing, Quantity};
use crate::exact::Interval;
use crate::rules::Amount;
use crate::rules::script::coerce::float;
use crate::rules::script::expression::Expression;
use crate::rules::script::fence::arithmetic::MAX_POWER;
use crate::rules::script::fence::mathematics::RISING;

/// How the numbers that stand in an expression are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literals {
    /// As floats, which comparisons tell apart to the last bit.
    Floats,
    /// As the decimals that are written.
    Decimals,
}

/// How large a formula may become.
const MAX_NODES: usize = 2000;
/// How deep functions may call each other.
const MAX_CALLS: usize = 8;

/// The formula of `ast`, which is that of `expression`; `functions` are the rule set's own.
pub(super) fn node(ast: &AST, expression: &Expression, functions: &AST, literals: Literals) -> Option<Node> {
    let mut reader = Reader { functions, literals, nodes: 0, calls: 0 };
    let mut names = Vec::new();
    for (place, name) in expression.reads.iter().enumerate() {
        names.push((name.clone(), Held::Node(Node::Name(place))));
    }
    for (name, value) in &expression.parameters {
        let Amount::Number(number) = value else { continue };
        names.push((name.clone(), Held::Node(reader.literal(*number))));
    }
    reader.statements(&[ast.statements()], names)?.node()
}

/// What a name holds.
#[derive(Debug, Clone)]
enum Held {
    Node(Node),
    /// `()`.
    Nothing,
}

impl Held {
    fn node(self) -> Option<Node> {
        if let Self::Node(node) = self { Some(node) } else { None }
    }
}

/// What names hold; of equal names the last one counts.
type Names = Vec<(String, Held)>;

struct Reader<'a> {
    functions: &'a AST,
    literals: Literals,
    nodes: usize,
    calls: usize,
}

impl Reader<'_> {
    fn literal(&self, number: f64) -> Node {
        Node::Number(match self.literals {
            Literals::Floats => Interval::point(number),
            Literals::Decimals if number.fract() == 0.0 => Interval::point(number),
            Literals::Decimals => Interval::around(number),
        })
    }

    /// What some statements answer: those of the last list, then those of the one before it, which go on where it ends.
    fn statements(&mut self, lists: &[&[Stmt]], mut names: Names) -> Option<Held> {
        let Some((list, outer)) = lists.split_last() else { return Some(Held::Nothing) };
        let Some((first, rest)) = list.split_first() else { return self.statements(outer, names) };
        let is_last = rest.is_empty() && outer.iter().all(|list| list.is_empty());
        let after: Vec<&[Stmt]> = outer.iter().copied().chain([rest]).collect();
        match first {
            Stmt::Noop(_) => self.statements(&after, names),
            Stmt::Expr(expression) if is_last => self.expression(expression, &names),
            Stmt::FnCall(call, _) if is_last => self.call(call, None, &names),
            Stmt::Var(variable, ..) => {
                let held = self.expression(&variable.1, &names)?;
                names.push((variable.0.name.to_string(), held));
                self.statements(&after, names)
            }
            Stmt::Assignment(assignment) if !assignment.0.is_op_assignment() => {
                let Expr::Variable(variable, ..) = &assignment.1.lhs else { return None };
                let held = self.expression(&assignment.1.rhs, &names)?;
                let slot = names.iter_mut().rev().find(|(name, _)| *name == variable.1.as_str())?;
                slot.1 = held;
                self.statements(&after, names)
            }
            Stmt::If(parts, _) => {
                // A variable of a branch would be seen behind it.
                let branches = [&parts.body, &parts.branch].map(StmtBlock::statements);
                if !is_last && branches.iter().any(|list| list.iter().any(|it| matches!(it, Stmt::Var(..)))) {
                    return None;
                }
                let condition = self.expression(&parts.expr, &names)?.node()?;
                let branch = |reader: &mut Self, list: &[Stmt]| {
                    let lists: Vec<&[Stmt]> = after.iter().copied().chain([list]).collect();
                    reader.statements(&lists, names.clone())
                };
                let [then, otherwise] = branches;
                match condition {
                    Node::Truth(true) => branch(self, then),
                    Node::Truth(false) => branch(self, otherwise),
                    condition => {
                        let (then, otherwise) = (branch(self, then)?.node()?, branch(self, otherwise)?.node()?);
                        self.made(Node::Choice(Box::new([condition, then, otherwise])))
                    }
                }
            }
            Stmt::Return(Some(expression), flags, _) if !flags.contains(ASTFlags::BREAK) => {
                self.expression(expression, &names)
            }
            _ => None,
        }
    }

    /// Notes that the formula has grown.
    fn made(&mut self, node: Node) -> Option<Held> {
        self.nodes += 1;
        (self.nodes <= MAX_NODES).then_some(Held::Node(node))
    }

    fn expression(&mut self, expression: &Expr, names: &Names) -> Option<Held> {
        match expression {
            Expr::BoolConstant(truth, _) => self.made(Node::Truth(*truth)),
            Expr::IntegerConstant(whole, _) => self.made(self.literal(float(*whole))),
            Expr::FloatConstant(number, _) => self.made(self.literal(**number)),
            Expr::Unit(_) => Some(Held::Nothing),
            Expr::Variable(name, ..) => {
                let (_, held) = names.iter().rev().find(|(known, _)| known == name.1.as_str())?;
                // What a variable holds is written out each time.
                if let Held::Node(node) = held {
                    node.visit(&mut |_| self.nodes += 1);
                }
                (self.nodes <= MAX_NODES).then(|| held.clone())
            }
            Expr::And(of, _) => self.several(Quantity::All, of, names),
            Expr::Or(of, _) => self.several(Quantity::Any, of, names),
            Expr::Stmt(block) => self.block(block.statements(), names),
            Expr::FnCall(call, _) => self.call(call, None, names),
            Expr::Dot(chain, flags, _) if !flags.intersects(ASTFlags::NEGATED) => {
                let of = self.expression(&chain.lhs, names)?;
                self.link(of, &chain.rhs, names)
            }
            _ => None,
        }
    }

    /// A block that answers, as in `let x = if … { … } else { … };`: nothing in it may end the function.
    fn block(&mut self, statements: &[Stmt], names: &Names) -> Option<Held> {
        if returns(statements) { None } else { self.statements(&[statements], names.clone()) }
    }

    fn several(&mut self, quantity: Quantity, of: &[Expr], names: &Names) -> Option<Held> {
        let nodes: Vec<Node> =
            of.iter().map(|it| self.expression(it, names).and_then(Held::node)).collect::<Option<_>>()?;
        self.made(Node::Several(quantity, nodes))
    }

    /// A field or method of an answer that is certain: its ends are the answer itself.
    fn link(&mut self, of: Held, rest: &Expr, names: &Names) -> Option<Held> {
        match rest {
            Expr::Property(name, _) if matches!(&*name.2, "estimate" | "lower" | "upper") => Some(of),
            Expr::MethodCall(call, _) if call.name == "has_interval" && call.args.is_empty() => {
                self.made(Node::Truth(true))
            }
            Expr::MethodCall(call, _) => self.call(call, Some(of), names),
            _ => None,
        }
    }

    /// A call of an operator or a function, with its first value in `of` where it is a method.
    fn call(&mut self, call: &FnCallExpr, of: Option<Held>, names: &Names) -> Option<Held> {
        let mut values: Vec<Held> = of.into_iter().collect();
        for value in &call.args {
            values.push(self.expression(value, names)?);
        }
        let name = call.name.as_str();
        if call.op_token.is_some() {
            return self.operator(name, values);
        }
        if self.functions.iter_functions().any(|own| own.name == name) {
            return self.own_function(name, values);
        }
        let mut nodes = values.into_iter().map(Held::node).collect::<Option<Vec<Node>>>()?;
        match (name, nodes.len()) {
            ("min", 2) => self.pair(Pairing::Lesser, nodes),
            ("max", 2) => self.pair(Pairing::Greater, nodes),
            ("clamp", 3) => {
                let high = nodes.pop()?;
                let raised = self.pair(Pairing::Greater, nodes)?.node()?;
                self.pair(Pairing::Lesser, vec![raised, high])
            }
            ("abs", 1) => {
                let of = nodes.pop()?;
                self.made(Node::Size(Box::new(of)))
            }
            ("pow", 2) => {
                let power = nodes.pop()?;
                self.power(&nodes.pop()?, &power)
            }
            ("to_float", 1) => self.made(nodes.pop()?),
            (name, 1) => {
                let (_, function) = RISING.iter().find(|(known, _)| *known == name)?;
                let of = nodes.pop()?;
                self.made(Node::Rising(*function, Box::new(of)))
            }
            _ => None,
        }
    }

    /// A whole power of a score, as the product that it is. Of floats there is none: they have powers of their own.
    fn power(&mut self, of: &Node, power: &Node) -> Option<Held> {
        let Node::Number(power) = power else { return None };
        let whole = (0..=MAX_POWER).find(|whole| Interval::point(float(*whole)) == *power)?;
        if self.literals == Literals::Floats {
            return None;
        }
        let mut product = Node::Number(Interval::point(1.0));
        for _ in 0..whole {
            of.visit(&mut |_| self.nodes += 1);
            product = self.pair(Pairing::Product, vec![product, of.clone()])?.node()?;
        }
        Some(Held::Node(product))
    }

    fn own_function(&mut self, name: &str, values: Vec<Held>) -> Option<Held> {
        if self.calls >= MAX_CALLS {
            return None;
        }
        let takes = |own: &rhai::ScriptFnMetadata<'_>| own.name == name && own.params.len() == values.len();
        let parameters: Vec<String> =
            self.functions.iter_functions().find(takes)?.params.iter().map(|name| (*name).to_owned()).collect();
        let body = body(self.functions, name, values.len());
        self.calls += 1;
        let answer = self.statements(&[&body], parameters.into_iter().zip(values).collect());
        self.calls -= 1;
        answer
    }

    fn pair(&mut self, pairing: Pairing, nodes: Vec<Node>) -> Option<Held> {
        let of = Box::new(nodes.try_into().ok()?);
        self.made(Node::Pair(pairing, of))
    }

    fn operator(&mut self, name: &str, mut values: Vec<Held>) -> Option<Held> {
        if let ("==" | "!=", [a, b]) = (name, &*values)
            && [a, b].iter().any(|held| matches!(held, Held::Nothing))
        {
            let same = matches!((a, b), (Held::Nothing, Held::Nothing));
            return self.made(Node::Truth(same == (name == "==")));
        }
        if matches!(name, ">" | ">=") {
            values.reverse();
        }
        let mut nodes = values.into_iter().map(Held::node).collect::<Option<Vec<Node>>>()?;
        let compared = |comparison: Comparison, nodes: Vec<Node>| {
            Some(Node::Compare(comparison, Box::new(nodes.try_into().ok()?)))
        };
        let node = match (name, nodes.len()) {
            ("-", 1) => Node::Negative(Box::new(nodes.pop()?)),
            ("+", 1) => nodes.pop()?,
            ("!", 1) => Node::Not(Box::new(nodes.pop()?)),
            ("+", 2) => return self.pair(Pairing::Sum, nodes),
            ("-", 2) => return self.pair(Pairing::Difference, nodes),
            ("*", 2) => return self.pair(Pairing::Product, nodes),
            ("/", 2) => return self.pair(Pairing::Quotient, nodes),
            ("<" | ">", 2) => compared(Comparison::Less, nodes)?,
            ("<=" | ">=", 2) => compared(Comparison::AtMost, nodes)?,
            ("==", 2) => compared(Comparison::Equal, nodes)?,
            ("!=", 2) => Node::Not(Box::new(compared(Comparison::Equal, nodes)?)),
            _ => return None,
        };
        self.made(node)
    }
}

/// The statements of a function, which has a syntax tree of its own only among others.
fn body(functions: &AST, name: &str, parameters: usize) -> Vec<Stmt> {
    let mut alone = functions.clone();
    alone.retain_functions(|_, _, it, takes| it == name && takes == parameters);
    let mut statements = Vec::new();
    alone.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(statement)] = path {
            statements.push((*statement).clone());
        }
        true
    });
    statements
}

/// Whether some statement ends the function that it stands in.
fn returns(statements: &[Stmt]) -> bool {
    statements.iter().any(|statement| match statement {
        Stmt::Return(..) => true,
        Stmt::If(parts, _) => returns(parts.body.statements()) || returns(parts.branch.statements()),
        _ => false,
    })
}
