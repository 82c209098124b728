//! A percentage, with its base where that is known.

use super::areas::{NotByParts, Part};
use super::asked::{AskedFigure, BASE, FigureCell, LOWER, PERIOD, UPPER};
use super::cell::{Cell, CellProblem};
use super::declared::Declared;
use super::format::{Column, Evidence};
use super::interval::interval;
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::redraw::by_interval;
use crate::assessment::denominator::Denominator;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Confidence, Estimate, Random, clopper_pearson, wilson};
use crate::toml_file::{At, Checker, WrittenNumber};
use crate::words::number;

/// A percentage from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentage {
    /// The percentage, with its interval where one was published.
    pub percentage: Estimate,
    /// Of how many, where known.
    pub base: Option<f64>,
    /// How sure its interval is, as the rules that read it say; 95% before rules read it.
    pub confidence: Confidence,
}

impl Percentage {
    /// The percentage with the published interval, or Wilson's where the base is known.
    pub fn headline(&self) -> Estimate {
        match (self.percentage.interval, self.base) {
            (None, Some(base)) => {
                let (lower, upper) = wilson(self.percentage.estimate / 100.0, base, self.confidence);
                Estimate::between(self.percentage.estimate, lower * 100.0, upper * 100.0)
            }
            _ => self.percentage,
        }
    }

    /// A percentage that can be one, and its base.
    pub(super) fn judged(
        check: &mut Checker<'_>,
        given: &At<WrittenNumber>,
        base: Option<&At<WrittenNumber>>,
    ) -> Option<(f64, Option<f64>)> {
        let percentage = check.finite(given)?;
        if !(ENDS.0..=ENDS.1).contains(&percentage) {
            let message = format!("a percentage can't be {percentage}");
            let help = "write 0 to 100; a percentage change goes under `number`";
            check.problem(Code::PercentageOutOfRange, &given.span, message, help);
            return None;
        }
        let base = match base {
            Some(base) => Some(check.whole_above_zero(base, "a base")?),
            None => None,
        };
        Some((percentage, base))
    }

    /// The percentage with the exact interval of Clopper and Pearson; none where the base is not known.
    pub fn exact(&self) -> Option<Estimate> {
        let (lower, upper) = clopper_pearson(self.percentage.estimate / 100.0, self.base?, self.confidence);
        Some(Estimate::between(self.percentage.estimate, lower * 100.0, upper * 100.0))
    }
}

impl Percentage {
    /// How many of `base` it is: the whole number that makes it, rounded to the decimals that it is written with; none
    /// where several do, or none does.
    fn how_many(&self, base: f64) -> Option<f64> {
        let given = number(self.percentage.estimate, DECIMALS);
        let decimals = given.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let half: f64 = format!("0.{}5", "0".repeat(decimals)).parse().ok()?;
        let hair = 1e-9;
        let ends = |percentage: f64| percentage / 100.0 * base;
        let least = (ends(self.percentage.estimate - half) - hair).ceil().max(0.0);
        let most = (ends(self.percentage.estimate + half) + hair).floor().min(base);
        (least == most).then_some(least)
    }
}

/// The lowest and the highest percentage.
const ENDS: (f64, f64) = (0.0, 100.0);

impl Kind for Percentage {
    const WORD: &'static str = "percentage";
    const PHRASE: &'static str = "a percentage";
    const KEYS: &'static [Key] =
        &[Key { name: "percentage", needs: &[], may_have: &["base", "period", "lower", "upper"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "percentage",
        takes: FigureCell::Percentage,
        of_row: &[],
        beside: &[BASE, PERIOD, LOWER, UPPER],
        in_words: "a number of per cent, and of how many it is",
    });
    const IN_TESTS: Result<&'static str, &'static str> = Ok("percentage");

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        let given = evidence.percentage.as_ref()?;
        let (percentage, base) = Self::judged(check, given, evidence.base.as_ref())?;
        let percentage = interval(check, evidence, percentage, span)?;
        Some(Ok(Self { percentage, base, confidence: Confidence::default() }))
    }

    fn judge_column(_: &mut Checker<'_>, _: &Column, _: Option<Period>) -> Option<Self> {
        Some(Self { percentage: Estimate::exact(f64::NAN), base: None, confidence: Confidence::default() })
    }

    fn range(_: &Declared) -> (f64, f64) {
        ENDS
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        (declared.confidence != self.confidence).then_some(Self { confidence: declared.confidence, ..*self })
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.headline())
    }

    /// With a base a beta distribution with the shapes yes + ½ and no + ½; with a published interval a normal one, a 95%
    /// interval as wide as that. Without either it is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        let known = self.percentage;
        let percentage = match (known.interval, self.base) {
            (None, Some(base)) => {
                let yes = known.estimate / 100.0 * base;
                Estimate { estimate: 100.0 * random.beta(yes + 0.5, (base - yes).max(0.0) + 0.5), interval: None }
            }
            _ => by_interval(known, ENDS, random),
        };
        Self { percentage, ..*self }
    }

    /// Made anew of how many there are and of whom. How many is worked back from a percentage and its base, where just one
    /// whole number makes the percentage as it is written.
    fn put_together(parts: &[Part<'_, Self>], _: Option<Denominator>) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let help = "file counts of how many and of whom for each area, or the percentage of the new area";
        let (mut inside, mut all) = (0.0, 0.0);
        for Part { area, figure, share } in parts {
            let Some(base) = figure.base else {
                let why = format!("that of `{area}` has no base, and percentages are never averaged");
                return Err(NotByParts::new(why, help));
            };
            if !share.is_whole() {
                return Err(NotByParts::new(format!("`{area}` is shared out, and a percentage is not"), help));
            }
            let Some(many) = figure.how_many(base) else {
                let given = number(figure.percentage.estimate, DECIMALS);
                let why = format!("how many of {} are {given}% in `{area}` can't be told", number(base, 0));
                return Err(NotByParts::new(why, help));
            };
            inside += many;
            all += base;
        }
        let percentage = Estimate::exact(inside / all * 100.0);
        let confidence = parts.first().map(|part| part.figure.confidence).unwrap_or_default();
        Ok(Ok(Self { percentage, base: Some(all), confidence }))
    }

    fn lines(&self) -> Vec<String> {
        let plain = |x: f64| number(x, DECIMALS);
        let base = self.base.map_or_else(String::new, |base| format!(" of {} asked", plain(base)));
        let interval = self.percentage.interval;
        let interval = interval.map_or_else(String::new, |(a, b)| format!(" ({} to {})", plain(a), plain(b)));
        vec![format!("{}%{base}{interval}", plain(self.percentage.estimate))]
    }

    fn read_number(&self, figure: f64) -> Result<Cell, CellProblem> {
        match (ENDS.0..=ENDS.1).contains(&figure) {
            true => Ok(Cell::Figure(figure)),
            false => Err((Code::PercentageOutOfRange, "a percentage is a number from 0 to 100")),
        }
    }

    fn with_number(&self, number: Estimate, _: Option<Denominator>) -> Self {
        Self { percentage: number, ..*self }
    }
}
