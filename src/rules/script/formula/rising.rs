//! Formulas that are plain arithmetic and rise with every name, so that somebody else can do the same sums.

use super::node::{Node, Pairing};

/// Plain arithmetic of names and numbers from zero up. Where no name is below zero, it falls with none.
#[derive(Debug, Clone, PartialEq)]
pub enum Rising {
    /// A number from zero up, as it is written.
    Number(f64),
    /// What is read, by its place among the names.
    Name(usize),
    /// The sum of two.
    Sum(Box<[Rising; 2]>),
    /// The product of two.
    Product(Box<[Rising; 2]>),
    /// One over a number above zero.
    Quotient(Box<Rising>, f64),
    /// The lesser of two.
    Lesser(Box<[Rising; 2]>),
    /// The greater of two.
    Greater(Box<[Rising; 2]>),
}

impl Rising {
    /// The same with each name's place among others.
    #[must_use]
    pub fn renamed(self, place: &impl Fn(usize) -> usize) -> Self {
        let both = |of: Box<[Self; 2]>| Box::new(of.map(|part| part.renamed(place)));
        match self {
            Self::Number(number) => Self::Number(number),
            Self::Name(name) => Self::Name(place(name)),
            Self::Sum(of) => Self::Sum(both(of)),
            Self::Product(of) => Self::Product(both(of)),
            Self::Quotient(of, by) => Self::Quotient(Box::new(of.renamed(place)), by),
            Self::Lesser(of) => Self::Lesser(both(of)),
            Self::Greater(of) => Self::Greater(both(of)),
        }
    }
}

pub(super) fn rising(node: &Node) -> Option<Rising> {
    match node {
        // A literal that is no whole number is the interval about the decimal that was written.
        Node::Number(number) => {
            Some(f64::midpoint(number.low(), number.high())).filter(|number| *number >= 0.0).map(Rising::Number)
        }
        Node::Name(place) => Some(Rising::Name(*place)),
        Node::Pair(pairing, of) => {
            let [a, b] = &**of;
            let (a, b) = (rising(a)?, rising(b)?);
            match (pairing, b) {
                (Pairing::Sum, b) => Some(Rising::Sum(Box::new([a, b]))),
                (Pairing::Product, b) => Some(Rising::Product(Box::new([a, b]))),
                (Pairing::Quotient, Rising::Number(by)) if by > 0.0 => Some(Rising::Quotient(Box::new(a), by)),
                (Pairing::Lesser, b) => Some(Rising::Lesser(Box::new([a, b]))),
                (Pairing::Greater, b) => Some(Rising::Greater(Box::new([a, b]))),
                (Pairing::Quotient | Pairing::Difference, _) => None,
            }
        }
        _ => None,
    }
}
