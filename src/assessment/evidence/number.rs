//! A number: any figure that is of no other kind.

use super::asked::{AskedFigure, FigureCell, LOWER, PERIOD, UPPER};
use super::declared::Declared;
use super::format::{Column, Evidence};
use super::interval::interval;
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::redraw::by_interval;
use crate::assessment::denominator::Denominator;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker};

/// Any other figure, with its interval where one was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub Estimate);

impl Kind for Number {
    const WORD: &'static str = "number";
    const PHRASE: &'static str = "a number";
    const KEYS: &'static [Key] = &[Key { name: "number", needs: &[], may_have: &["period", "lower", "upper"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "number",
        takes: FigureCell::Number,
        of_row: &[],
        beside: &[PERIOD, LOWER, UPPER],
        in_words: "a number",
    });
    const IN_TESTS: Result<&'static str, &'static str> = Ok("number");

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let number = check.finite(written.value.number.as_ref()?)?;
        interval(check, &written.value, number, &written.span).map(|number| Ok(Self(number)))
    }

    fn judge_column(_: &mut Checker<'_>, _: &Column, _: Option<Period>) -> Option<Self> {
        Some(Self(Estimate::exact(f64::NAN)))
    }

    fn range(_: &Declared) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.0)
    }

    /// A normal distribution, a 95% interval as wide as the one published, and not below zero where that is not. A
    /// number without an interval is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        let below_zero = self.0.interval.is_none_or(|(lower, _)| lower < 0.0);
        let least = if below_zero { f64::NEG_INFINITY } else { 0.0 };
        Self(by_interval(self.0, (least, f64::INFINITY), random))
    }

    fn lines(&self) -> Vec<String> {
        vec![self.0.in_words(DECIMALS)]
    }

    fn with_number(&self, number: Estimate, _: Option<Denominator>) -> Self {
        Self(number)
    }
}
