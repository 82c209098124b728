//! A program over columns: one operation over all rows at a time, where what it reads are plain numbers. Rows that are
//! more than that are told, and are run by themselves; nothing here reports a problem.

use std::borrow::Cow;

use rhai::FLOAT;

use super::of_floats::OfFloats;
use super::operand::Operand;
use super::{Node, Program};
use crate::rules::script::argument::NumberColumn;
use crate::rules::script::coerce::float;

/// What a part of an expression is, row by row.
enum Column<'c> {
    Floats(Cow<'c, [FLOAT]>),
    /// The same in every row.
    Float(FLOAT),
    /// A whole number in every row: arithmetic with others of them is not that of floats.
    Whole(FLOAT),
    Truths(Vec<bool>),
    /// Numbers of which some may be whole: an answer, and nothing to calculate with.
    Answers(Vec<FLOAT>),
}

impl<'c> Column<'c> {
    /// As floats to calculate with; none of what is none.
    fn floats(self, rows: usize) -> Option<Cow<'c, [FLOAT]>> {
        match self {
            Self::Floats(floats) => Some(floats),
            Self::Float(float) | Self::Whole(float) => Some(Cow::Owned(vec![float; rows])),
            Self::Truths(_) | Self::Answers(_) => None,
        }
    }

    /// As answers, whether they are whole or not.
    fn answers(self, rows: usize) -> Option<Cow<'c, [FLOAT]>> {
        if let Self::Answers(answers) = self { Some(Cow::Owned(answers)) } else { self.floats(rows) }
    }
}

impl Program {
    /// What the engine would answer in each row of these columns, which are as long as each other, one for each variable.
    /// Not a number where the row has to be run by itself; none where all have to.
    pub(in crate::rules::script) fn over(&self, columns: &[NumberColumn<'_>]) -> Option<Vec<FLOAT>> {
        let rows = columns.first()?.numbers.len();
        let mut over = Rows { columns, rows, left: vec![false; rows] };
        let mut answers = over.column(&self.0)?.answers(rows)?.into_owned();
        for column in columns {
            over.left.iter_mut().zip(column.numbers).for_each(|(left, number)| *left |= number.is_nan());
        }
        answers.iter_mut().zip(&over.left).filter(|(_, left)| **left).for_each(|(answer, _)| *answer = FLOAT::NAN);
        Some(answers)
    }
}

/// The rows of a run.
struct Rows<'c> {
    columns: &'c [NumberColumn<'c>],
    rows: usize,
    /// Which are to be run by themselves.
    left: Vec<bool>,
}

impl<'c> Rows<'c> {
    /// What a node is in each row. Both ways of a condition are gone, whatever it says: no number is lost by that.
    fn column(&mut self, node: &Node) -> Option<Column<'c>> {
        match node {
            Node::Constant(Operand::Float(number)) => Some(Column::Float(*number)),
            Node::Constant(Operand::Whole(number)) => Some(Column::Whole(float(*number))),
            Node::Constant(Operand::Truth(truth)) => Some(Column::Truths(vec![*truth; self.rows])),
            Node::Constant(_) => None,
            Node::Variable(place) => {
                let column = self.columns.get(*place).filter(|column| column.of.is_none())?;
                Some(Column::Floats(Cow::Borrowed(column.numbers)))
            }
            Node::Field(_, kind, of) => {
                let (Some(kind), Node::Variable(place)) = (kind, &**of) else { return None };
                let column = self.columns.get(*place).filter(|column| column.of == Some(*kind))?;
                Some(Column::Floats(Cow::Borrowed(column.numbers)))
            }
            Node::One(_, floats, of) => self.made((*floats)?, [&**of]),
            Node::Portable(function, of) => {
                let of = self.column(of)?.floats(self.rows)?;
                Some(owned(of.iter().map(|number| function(*number)).collect()))
            }
            Node::Two(_, floats, of) => self.made((*floats)?, of.each_ref()),
            Node::Three(_, floats, of) => self.made((*floats)?, of.each_ref()),
            Node::Unless(found, of) => self.unless(*found, of),
            Node::If(parts) => self.chosen(parts),
        }
    }

    /// What an operation makes of its parts. Of whole numbers alone it is not that of floats.
    fn made<const N: usize>(&mut self, floats: OfFloats<N>, of: [&Node; N]) -> Option<Column<'c>> {
        let mut parts = Vec::with_capacity(N);
        for node in of {
            parts.push(self.column(node)?);
        }
        if parts.iter().all(|part| matches!(part, Column::Whole(_))) {
            return None;
        }
        let parts: Option<Vec<_>> = parts.into_iter().map(|part| part.floats(self.rows)).collect();
        let parts: [Cow<'c, [FLOAT]>; N] = parts?.try_into().ok()?;
        let row = |row: usize| parts.each_ref().map(|part| part.get(row).copied().unwrap_or(FLOAT::NAN));
        let rows = (0..self.rows).map(row);
        Some(match floats {
            OfFloats::Number(make) => owned(rows.map(make).collect()),
            OfFloats::Truth(holds) => Column::Truths(rows.map(holds).collect()),
            OfFloats::Finite(make) => {
                let refused = |numbers: [FLOAT; N]| numbers.iter().any(|number| !number.is_finite());
                self.left.iter_mut().zip(rows.clone()).for_each(|(left, numbers)| *left |= refused(numbers));
                owned(rows.map(make).collect())
            }
        })
    }

    fn truths(&mut self, node: &Node) -> Option<Vec<bool>> {
        if let Column::Truths(truths) = self.column(node)? { Some(truths) } else { None }
    }

    fn unless(&mut self, found: bool, of: &[Node]) -> Option<Column<'c>> {
        let mut all = vec![!found; self.rows];
        for node in of {
            let truths = self.truths(node)?;
            all.iter_mut().zip(truths).filter(|(_, truth)| *truth == found).for_each(|(all, _)| *all = found);
        }
        Some(Column::Truths(all))
    }

    fn chosen(&mut self, [condition, then, otherwise]: &[Node; 3]) -> Option<Column<'c>> {
        let condition = self.truths(condition)?;
        let (then, otherwise) = (self.column(then)?, self.column(otherwise)?);
        let are_floats = [&then, &otherwise].iter().all(|it| matches!(it, Column::Floats(_) | Column::Float(_)));
        let (then, otherwise) = (then.answers(self.rows)?, otherwise.answers(self.rows)?);
        let both = then.iter().zip(&*otherwise);
        let chosen =
            condition.iter().zip(both).map(|(holds, (then, other))| if *holds { *then } else { *other }).collect();
        Some(if are_floats { owned(chosen) } else { Column::Answers(chosen) })
    }
}

fn owned<'c>(floats: Vec<FLOAT>) -> Column<'c> {
    Column::Floats(Cow::Owned(floats))
}
