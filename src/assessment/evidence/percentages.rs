//! A series of percentages: the same question over several periods, such as a survey's, each with its base where known.

use std::sync::Arc;

use super::asked::{AskedFigure, BASE, FigureCell, PERIOD};
use super::declared::Declared;
use super::format::Evidence;
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use super::origin::Break;
use super::percentage::Percentage;
use super::series::breaks;
use crate::assessment::judging::period;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Confidence, Estimate, Random};
use crate::toml_file::{At, Checker};
use crate::words::number;

/// Percentages of the same question over several periods, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Percentages {
    /// The percentages, oldest first; at least one.
    pub points: Arc<[PercentageOf]>,
    /// From when on something else was asked, in the order of time.
    pub breaks: Arc<[Break]>,
}

/// A percentage of a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PercentageOf {
    /// The period.
    pub period: Period,
    /// The percentage.
    pub percentage: Percentage,
}

impl Percentages {
    /// That of the latest period.
    pub fn latest(&self) -> Option<&PercentageOf> {
        self.points.last()
    }

    /// The one before the last.
    pub fn previous(&self) -> Option<&PercentageOf> {
        self.points.get(self.points.len().checked_sub(2)?)
    }

    /// That of the earliest period.
    pub fn first(&self) -> Option<&PercentageOf> {
        self.points.first()
    }

    /// The breaks between two periods, in words, each as a clause.
    pub fn breaks_told(&self, earlier: Period, later: Period) -> Vec<String> {
        let between = self.breaks.iter().filter(|broken| broken.is_between(earlier, later));
        between.map(|broken| broken.told("the series")).collect()
    }

    fn each(&self, of: impl FnMut(&PercentageOf) -> PercentageOf) -> Self {
        Self { points: self.points.iter().map(of).collect(), breaks: Arc::clone(&self.breaks) }
    }
}

impl Kind for Percentages {
    const WORD: &'static str = "percentages";
    const PHRASE: &'static str = "a series of percentages";
    const KEYS: &'static [Key] = &[Key { name: "percentages", needs: &[], may_have: &["breaks"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: Some("percentages"),
        figure: "percentage",
        takes: FigureCell::Percentage,
        of_row: &[PERIOD.needed(), BASE],
        beside: &[],
        in_words: "a number of per cent, a row for each period",
    });

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let list = written.value.percentages.as_ref()?;
        let breaks = breaks(check, written.value.breaks.as_ref().map_or(&[], |breaks| &*breaks.value));
        let mut points: Vec<PercentageOf> = Vec::new();
        for At { value: point, .. } in &list.value {
            let when = period(check, &point.period);
            let percentage = Percentage::judged(check, &point.percentage, point.base.as_ref());
            let (Some(period), Some((percentage, base))) = (when, percentage) else { continue };
            if points.last().is_some_and(|earlier| earlier.period >= period) {
                let message = format!("`{}` does not come after the period before it", point.period.value);
                check.problem(Code::BadPeriod, &point.period.span, message, "put the oldest first, each period once");
            }
            let percentage =
                Percentage { percentage: Estimate::exact(percentage), base, confidence: Confidence::default() };
            points.push(PercentageOf { period, percentage });
        }
        if list.value.is_empty() && !check.lost.has_lost_from(&list.span) {
            let help = "add a percentage, or say `missing = \"why\"`";
            check.problem(Code::BadValue, &list.span, "the series is empty", help);
        }
        let whole = points.len() == list.value.len() && !points.is_empty();
        whole.then(|| Ok(Self { points: points.into(), breaks: breaks.into() }))
    }

    fn range(declared: &Declared) -> (f64, f64) {
        <Percentage as Kind>::range(declared)
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        let read = |point: &PercentageOf| PercentageOf {
            percentage: point.percentage.read_by(declared).unwrap_or(point.percentage),
            ..*point
        };
        let is_other = self.first().is_some_and(|point| point.percentage.confidence != declared.confidence);
        is_other.then(|| self.each(read))
    }

    /// The latest percentage.
    fn headline(&self) -> Option<Estimate> {
        self.latest().map(|point| point.percentage.headline())
    }

    /// Each percentage for itself, as any.
    fn redrawn(&self, random: &mut Random) -> Self {
        self.each(|point| PercentageOf { percentage: point.percentage.redrawn(random), ..*point })
    }

    fn draws(&self) -> usize {
        self.points.len()
    }

    fn lines(&self) -> Vec<String> {
        let line = |point: &PercentageOf| {
            let Percentage { percentage, base, .. } = point.percentage;
            let base = base.map_or_else(String::new, |base| format!(" of {} asked", number(base, DECIMALS)));
            format!("{}: {}%{base}", point.period, number(percentage.estimate, DECIMALS))
        };
        self.points.iter().map(line).collect()
    }
}
