//! A rate, as somebody published it.

use super::areas::{NotByParts, Part};
use super::asked::{AskedFigure, FigureCell, LOWER, PER, PERIOD, UPPER};
use super::cell::{Cell, CellProblem};
use super::format::{Column, Evidence};
use super::interval::interval;
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::redraw::by_interval;
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker};
use crate::words::number;

/// A rate as published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate, with its interval where one was published.
    pub rate: Estimate,
    /// Per how many people.
    pub per: f64,
    /// When, where said.
    pub period: Option<Period>,
}

impl Kind for Rate {
    const WORD: &'static str = "rate";
    const PHRASE: &'static str = "a rate";
    const KEYS: &'static [Key] = &[Key { name: "rate", needs: &["per"], may_have: &["period", "lower", "upper"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "rate",
        takes: FigureCell::Number,
        of_row: &[],
        beside: &[PER.needed(), PERIOD, LOWER, UPPER],
        in_words: "a rate as published, and per how many people it is",
    });
    const IN_TESTS: Result<&'static str, &'static str> = Ok("rate");

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        let rate = check.not_negative(evidence.rate.as_ref()?, "a rate");
        let per = needs(check, "per", evidence.per.as_ref(), span).and_then(|per| check.positive(per, "`per`"));
        let rate = interval(check, evidence, rate?, span)?;
        let period = match &evidence.period {
            Some(text) => Some(period(check, text)?),
            None => None,
        };
        Some(Ok(Self { rate, per: per?, period }))
    }

    fn judge_column(check: &mut Checker<'_>, column: &Column, period: Option<Period>) -> Option<Self> {
        let per = needs(check, "per", column.per.as_ref(), &column.header.span)?;
        Some(Self { rate: Estimate::exact(f64::NAN), per: check.positive(per, "`per`")?, period })
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.rate)
    }

    /// A normal distribution, a 95% interval as wide as the one published; a rate without one is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        Self { rate: by_interval(self.rate, (0.0, f64::INFINITY), random), ..*self }
    }

    fn put_together(_: &[Part<'_, Self>], _: Option<Denominator>) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let help = "file the `count` and the `population` of each area in place of the rate: they make it anew";
        Err(NotByParts::new("a rate is made of its count and its people, and rates are never averaged", help))
    }

    fn lines(&self) -> Vec<String> {
        let when = self.period.map_or_else(String::new, |period| format!(", {period}"));
        vec![format!("{} per {}{when}", self.rate.in_words(DECIMALS), number(self.per, DECIMALS))]
    }

    fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        match figure < 0.0 {
            true => Err((Code::Negative, "a rate is a number from 0 up")),
            false => Ok(Cell::Figure(figure)),
        }
    }

    fn with_number(&self, number: Estimate, _: Option<Denominator>) -> Self {
        Self { rate: number, ..*self }
    }
}
