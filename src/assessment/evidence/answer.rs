//! An answer: yes or no.

use super::asked::{AskedFigure, FigureCell};
use super::cell::{Cell, CellProblem};
use super::format::{Column, Evidence};
use super::kind::{FigureOrWhyNot, Key, Kind};
use crate::assessment::denominator::Denominator;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::Estimate;
use crate::toml_file::{At, Checker};

/// Whether it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer(pub bool);

impl Kind for Answer {
    const WORD: &'static str = "answer";
    const PHRASE: &'static str = "an answer";
    const KEYS: &'static [Key] = &[Key { name: "answer", needs: &[], may_have: &[] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "answer",
        takes: FigureCell::YesOrNo,
        of_row: &[],
        beside: &[],
        in_words: "yes or no",
    });
    const IN_TESTS: Result<&'static str, &'static str> = Ok("answer");

    fn judge(_: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        written.value.answer.as_ref().map(|answer| Ok(Self(answer.value)))
    }

    fn judge_column(_: &mut Checker<'_>, _: &Column, _: Option<Period>) -> Option<Self> {
        Some(Self(false))
    }

    fn headline(&self) -> Option<Estimate> {
        None
    }

    fn has_headline(&self) -> bool {
        false
    }

    fn lines(&self) -> Vec<String> {
        vec![if self.0 { "yes" } else { "no" }.to_owned()]
    }

    /// Yes is 1 among the numbers of a column, and no is 0.
    fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        match text {
            "" => Ok(Cell::Empty),
            "yes" | "true" => Ok(Cell::Figure(1.0)),
            "no" | "false" => Ok(Cell::Figure(0.0)),
            _ => Err((Code::BadCell, "write `yes` or `no`")),
        }
    }

    fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        match figure {
            0.0 | 1.0 => Ok(Cell::Figure(figure)),
            _ => Err((Code::BadCell, "write `yes` or `no`")),
        }
    }

    fn with_number(&self, number: Estimate, _: Option<Denominator>) -> Self {
        Self(number.estimate > 0.0)
    }
}
