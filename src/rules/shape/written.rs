//! Value functions as they are written in a rule set's file, before they are judged.

use std::ops::Range;

use super::member::Unbounded;
use crate::assessment::Levels;
use crate::diagnostic::Code;
use crate::rules::direction::Way;
use crate::rules::judge::RuleSetJudge;
use crate::rules::setting::Setting;
use crate::rules::value_range::ValueRange;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// The question whose answers are given values, as far as judging a value function needs to know it.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Its criterion's id.
    pub id: &'a str,
    /// Which way its values go where the measure rises.
    pub way: Way,
    /// The words that its answers are, lowest first; none where they are numbers.
    pub levels: Option<&'a Levels>,
    /// How many decimals its answers have.
    pub decimals: u32,
    /// Between which numbers its values lie.
    pub values: ValueRange,
}

impl Question<'_> {
    /// Whether a value lies where the rules let values lie; told where it does not. What is no number is for others to tell.
    pub(super) fn lets(&self, judge: &mut RuleSetJudge<'_>, value: f64, span: &Range<usize>) -> bool {
        let lies_outside = value.is_finite() && !self.values.contains(value);
        if lies_outside {
            let (message, help) = (format!("a value can't be {value}"), self.values.in_words());
            judge.check.problem(Code::BadValueFunction, span, message, format!("values run {help}"));
        }
        !lies_outside
    }

    /// Whether values that turn at these measures do what the direction says; told where they are to go both ways and don't.
    pub(super) fn turns_as_said(&self, judge: &mut RuleSetJudge<'_>, turns: &[f64], span: &Range<usize>) -> bool {
        let go_one_way = self.way == Way::Both && turns.is_empty();
        if go_one_way {
            let message = "these values go one way, and this question's are said to rise and fall";
            let help = "say which way with `direction`, such as `higher-is-worse`";
            judge.check.problem(Code::BadValueFunction, span, message, help);
        }
        !go_one_way
    }

    /// Whether values rise, for a value function that goes one way only. None where they are to go both, which is told.
    pub(super) fn rises(&self, judge: &mut RuleSetJudge<'_>, word: &str, span: &Range<usize>) -> Option<bool> {
        match self.way {
            Way::Up => Some(true),
            Way::Down => Some(false),
            Way::Both => {
                let message = format!("`{word}` goes one way, and this question's values rise and fall");
                let help = "use `points`, `steps`, `levels` or `script`, or a `direction` that goes one way";
                judge.check.problem(Code::BadValueFunction, span, message, help);
                None
            }
        }
    }
}

/// What becomes of a value function that is written so.
pub(super) trait Judged {
    /// What it is once it is judged.
    type Becomes;

    /// The value function that it makes. None where something in it is wrong, which is told.
    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<Self::Becomes>;
}

/// A step from a value function's word in a file to a number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStep {
    /// Under this key.
    Key(&'static str),
    /// One of a list, from zero.
    At(usize),
}

/// What a value function says of itself as it is written.
pub trait Written {
    /// The numbers in it that may be a parameter's.
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        Vec::new()
    }

    /// Small changes of it, to ask whether any test notices. An expression is changed elsewhere.
    fn variations(&self) -> Vec<RuleVariation>;

    /// Whether it goes the other way where the direction of its question is turned.
    fn heeds_direction(&self) -> bool {
        true
    }

    /// Whether it gives values to words, and not to numbers.
    fn reads_words(&self) -> bool {
        false
    }

    /// What is to be known of values without an upper end; none where they end at 1.
    fn unbounded(&self) -> Option<Unbounded> {
        None
    }

    /// Where the number is written that stands in a cell of its numbers, below its own word; none where that is no number
    /// of the file. See [`super::ValueCells`] for rows and columns.
    fn path_of_cell(&self, _row: usize, _column: usize) -> Option<Vec<PathStep>> {
        None
    }

    /// Where its upper or lower end is written; none where it has no ends.
    fn end(&self, _upper: bool) -> Option<&Range<usize>> {
        None
    }
}
