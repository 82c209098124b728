//! The parts of a formula, and what is known of each over intervals.

use crate::exact::Interval;

/// What is known of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Where it lies.
    pub value: Interval,
    /// How much it rises where the name that is asked about rises by one: for every two values of that name the difference
    /// of the answers over theirs.
    pub slope: Interval,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Number(Interval),
    Truth(bool),
    /// What is read, by its place among the expression's names.
    Name(usize),
    Negative(Box<Node>),
    Size(Box<Node>),
    Pair(Pairing, Box<[Node; 2]>),
    /// A function that never falls.
    Rising(fn(f64) -> f64, Box<Node>),
    Compare(Comparison, Box<[Node; 2]>),
    Not(Box<Node>),
    /// True where all of these are, or where one of them is.
    Several(Quantity, Vec<Node>),
    /// Condition, and the answer where it holds and where it does not.
    Choice(Box<[Node; 3]>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairing {
    Sum,
    Difference,
    Product,
    Quotient,
    Lesser,
    Greater,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Equal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    All,
    Any,
}

/// What a part of a formula is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Number(Known),
    /// Whether it can be true, and whether it can be false.
    Truth(bool, bool),
}

impl Node {
    pub(super) fn part(&self, names: &[Interval], by: usize) -> Option<Part> {
        Some(match self {
            Self::Number(number) => Part::level(*number),
            Self::Truth(truth) => Part::Truth(*truth, !*truth),
            Self::Name(place) => {
                let slope = Interval::point(if *place == by { 1.0 } else { 0.0 });
                Part::Number(Known { value: *names.get(*place)?, slope })
            }
            Self::Negative(of) => {
                let of = of.number(names, by)?;
                Part::Number(Known { value: of.value.negated(), slope: of.slope.negated() })
            }
            Self::Size(of) => Part::Number(size(of.number(names, by)?)),
            Self::Pair(pairing, of) => {
                let [a, b] = &**of;
                Part::Number(pairing.of(a.number(names, by)?, b.number(names, by)?)?)
            }
            Self::Rising(function, of) => {
                let of = of.number(names, by)?;
                let value = of.value.mapped(function);
                Part::Number(Known { value, slope: Interval::NOT_NEGATIVE.times(of.slope) })
            }
            Self::Compare(comparison, of) => {
                let [a, b] = &**of;
                comparison.of(a.number(names, by)?.value, b.number(names, by)?.value)
            }
            Self::Not(of) => {
                let (yes, no) = of.truth(names, by)?;
                Part::Truth(no, yes)
            }
            Self::Several(quantity, of) => {
                let truths: Vec<(bool, bool)> = of.iter().map(|node| node.truth(names, by)).collect::<Option<_>>()?;
                let (all, any) = (truths.iter().all(|it| it.0), truths.iter().any(|it| it.0));
                let (never_all, never_any) = (truths.iter().any(|it| it.1), truths.iter().all(|it| it.1));
                match quantity {
                    Quantity::All => Part::Truth(all, never_all),
                    Quantity::Any => Part::Truth(any, never_any),
                }
            }
            Self::Choice(of) => {
                let [condition, then, otherwise] = &**of;
                match condition.truth(names, by)? {
                    (true, false) => then.part(names, by)?,
                    (false, true) => otherwise.part(names, by)?,
                    _ => either(then.part(names, by)?, otherwise.part(names, by)?)?,
                }
            }
        })
    }

    fn number(&self, names: &[Interval], by: usize) -> Option<Known> {
        if let Part::Number(known) = self.part(names, by)? { Some(known) } else { None }
    }

    fn truth(&self, names: &[Interval], by: usize) -> Option<(bool, bool)> {
        if let Part::Truth(yes, no) = self.part(names, by)? { Some((yes, no)) } else { None }
    }

    pub(super) fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Truth(_) | Self::Name(_) => {}
            Self::Negative(of) | Self::Size(of) | Self::Rising(_, of) | Self::Not(of) => of.visit(see),
            Self::Pair(_, of) | Self::Compare(_, of) => of.iter().for_each(|node| node.visit(see)),
            Self::Several(_, of) => of.iter().for_each(|node| node.visit(see)),
            Self::Choice(of) => of.iter().for_each(|node| node.visit(see)),
        }
    }

    /// How it would be written, of plain arithmetic: what is in it more than once is in brackets.
    pub(super) fn written(&self, words: &[&str]) -> String {
        let inner = |node: &Self| match node {
            Self::Pair(Pairing::Sum | Pairing::Difference | Pairing::Product | Pairing::Quotient, _) => {
                format!("({})", node.written(words))
            }
            _ => node.written(words),
        };
        match self {
            Self::Number(number) => format!("{}", f64::midpoint(number.low(), number.high())),
            Self::Name(place) => words.get(*place).map_or_else(String::new, |word| (*word).to_owned()),
            Self::Negative(of) => format!("-{}", inner(of)),
            Self::Pair(pairing, of) => {
                let [a, b] = &**of;
                match pairing.sign() {
                    Ok(sign) => format!("{} {sign} {}", inner(a), inner(b)),
                    Err(function) => format!("{function}({}, {})", a.written(words), b.written(words)),
                }
            }
            _ => "…".to_owned(),
        }
    }
}

impl Part {
    /// A number that no name moves.
    fn level(value: Interval) -> Self {
        Self::Number(Known { value, slope: Interval::point(0.0) })
    }
}

impl Pairing {
    fn of(self, a: Known, b: Known) -> Option<Known> {
        let (value, slope) = match self {
            Self::Sum => (a.value.plus(b.value), a.slope.plus(b.slope)),
            Self::Difference => (a.value.minus(b.value), a.slope.minus(b.slope)),
            Self::Product => (a.value.times(b.value), b.value.times(a.slope).plus(a.value.times(b.slope))),
            Self::Quotient => {
                // (a'/b' − a/b) = (b (a' − a) − a (b' − b)) ÷ (b b').
                let over = b.value.times(a.slope).minus(a.value.times(b.slope));
                (a.value.over(b.value)?, over.over(b.value.times(b.value))?)
            }
            Self::Lesser if a.value.high() <= b.value.low() => return Some(a),
            Self::Lesser if b.value.high() <= a.value.low() => return Some(b),
            Self::Greater if a.value.low() >= b.value.high() => return Some(a),
            Self::Greater if b.value.low() >= a.value.high() => return Some(b),
            // Between any two points the one or the other has moved at most as the faster of the two.
            Self::Lesser => (a.value.lesser(b.value), a.slope.with(b.slope)),
            Self::Greater => (a.value.greater(b.value), a.slope.with(b.slope)),
        };
        Some(Known { value, slope })
    }

    /// Its sign, or the name of its function.
    fn sign(self) -> Result<&'static str, &'static str> {
        match self {
            Self::Sum => Ok("+"),
            Self::Difference => Ok("-"),
            Self::Product => Ok("*"),
            Self::Quotient => Ok("/"),
            Self::Lesser => Err("min"),
            Self::Greater => Err("max"),
        }
    }
}

impl Comparison {
    fn of(self, a: Interval, b: Interval) -> Part {
        let (yes, no) = match self {
            Self::Less => (a.low() < b.high(), a.high() >= b.low()),
            Self::AtMost => (a.low() <= b.high(), a.high() > b.low()),
            Self::Equal => {
                let same = a.low() == a.high() && b.low() == b.high() && a.low() == b.low();
                (a.low() <= b.high() && b.low() <= a.high(), !same)
            }
        };
        Part::Truth(yes, no)
    }
}

fn size(of: Known) -> Known {
    let slope = match (of.value.is_not_negative(), of.value.is_not_positive()) {
        (true, _) => of.slope,
        (_, true) => of.slope.negated(),
        _ => of.slope.with(of.slope.negated()),
    };
    Known { value: of.value.size(), slope }
}

/// One answer or the other, as it may jump between them.
fn either(a: Part, b: Part) -> Option<Part> {
    match (a, b) {
        (Part::Number(a), Part::Number(b)) => {
            Some(Part::Number(Known { value: a.value.with(b.value), slope: Interval::WHOLE_LINE }))
        }
        (Part::Truth(a, not_a), Part::Truth(b, not_b)) => Some(Part::Truth(a || b, not_a || not_b)),
        _ => None,
    }
}
