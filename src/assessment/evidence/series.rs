//! A series: counts of the same thing over several periods.

use std::sync::Arc;

use super::areas::{NotByParts, Part};
use super::asked::{AskedFigure, FigureCell, HOUSEHOLDS, PERIOD, POPULATION};
use super::count::{Count, judge_count};
use super::declared::Declared;
use super::format::{Evidence, SeriesBreak, SeriesPoint};
use super::kind::{FigureOrWhyNot, Key, Kind};
use super::origin::Break;
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Confidence, Estimate, Random};
use crate::toml_file::{At, Checker, WrittenNumber};
use crate::words::counted;

/// So many counts of a series are shown, the latest; the others are counted.
const MOST_LINES: usize = 12;

/// Counts of the same thing over several periods, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The counts, oldest first; at least one.
    pub counts: Arc<[Count]>,
}

impl Series {
    /// The count of the latest period.
    pub fn latest(&self) -> Option<&Count> {
        self.counts.last()
    }

    /// The one before the last.
    pub fn previous(&self) -> Option<&Count> {
        self.counts.get(self.counts.len().checked_sub(2)?)
    }

    /// The count of the earliest period.
    pub fn first(&self) -> Option<&Count> {
        self.counts.first()
    }

    /// From when on it counts something else.
    pub fn breaks(&self) -> &[Break] {
        self.first().and_then(|count| count.breaks.as_deref()).unwrap_or_default()
    }
}

impl Kind for Series {
    const WORD: &'static str = "series";
    const PHRASE: &'static str = "a series";
    const KEYS: &'static [Key] =
        &[Key { name: "series", needs: &[], may_have: &["population", "households", "breaks"] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: Some("series"),
        figure: "count",
        takes: FigureCell::Whole,
        of_row: &[PERIOD.needed()],
        beside: &[POPULATION, HOUSEHOLDS],
        in_words: "a whole number of what happened, a row for each period",
    });
    const IN_TESTS: Result<&'static str, &'static str> =
        Err("a period after the column's name, as in `recorded 2018/19`");

    fn judge(
        check: &mut Checker<'_>,
        references: &References<'_>,
        written: &At<Evidence>,
    ) -> Option<FigureOrWhyNot<Self>> {
        let evidence = &written.value;
        let points = evidence.series.as_ref()?;
        if no_counts(check, points) {
            return None;
        }
        let among = references.denominator_of(check, evidence);
        let breaks = breaks(check, evidence.breaks.as_ref().map_or(&[], |breaks| &*breaks.value));
        let breaks: Option<Arc<[Break]>> = (!breaks.is_empty()).then(|| breaks.into());
        let mut counts: Vec<Count> = Vec::new();
        for point in &points.value {
            let period = period(check, &point.value.period);
            let count = needs(check, "count", point.value.count.as_ref(), &point.span).and_then(|count| {
                let ends = (point.value.at_least.as_ref(), point.value.at_most.as_ref());
                judge_count(check, count, ends, &point.span)
            });
            let (Some(period), Some((count, shared_out))) = (period, count) else { continue };
            if counts.last().is_some_and(|earlier| earlier.period >= period) {
                let message = format!("`{}` does not come after the period before it", point.value.period.value);
                let help = "put the oldest first, each period once";
                check.problem(Code::BadPeriod, &point.value.period.span, message, help);
            }
            let (breaks, confidence) = (breaks.clone(), Confidence::default());
            counts.push(Count { count, suppressed: None, shared_out, period, among, breaks, confidence, pool: None });
        }
        if points.value.is_empty() && !check.lost.has_lost_from(&points.span) {
            let help = "add a count, or say `missing = \"why\"`";
            check.problem(Code::BadValue, &points.span, "the series is empty", help);
        }
        (counts.len() == points.value.len() && !counts.is_empty()).then(|| Ok(Self { counts: counts.into() }))
    }

    fn set_count(written: &mut Evidence, period: At<String>, count: At<WrittenNumber>) -> Result<(), &'static str> {
        let span = count.span.clone();
        let count = Some(count);
        let (percentage, rate, base) = (None, None, None);
        let (at_least, at_most, source, place, published) = (None, None, None, None, None);
        let point = SeriesPoint { period, count, at_least, at_most, percentage, rate, base, source, place, published };
        let series = written.series.get_or_insert_with(|| At { value: Vec::new(), span: span.clone() });
        series.value.push(At { value: point, span });
        Ok(())
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        let read = |count: &Count| count.read_by(declared).unwrap_or_else(|| count.clone());
        let is_other = self.first().is_some_and(|count| count.confidence != declared.confidence);
        is_other.then(|| Self { counts: self.counts.iter().map(read).collect() })
    }

    /// The latest count.
    fn headline(&self) -> Option<Estimate> {
        self.latest().map(Count::headline)
    }

    /// Each count for itself, as any count.
    fn redrawn(&self, random: &mut Random) -> Self {
        Self { counts: self.counts.iter().map(|count| count.redrawn(random)).collect() }
    }

    fn draws(&self) -> usize {
        self.counts.len()
    }

    /// The sum of each period.
    fn put_together(
        parts: &[Part<'_, Self>],
        everybody: Option<Denominator>,
    ) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let most = parts.iter().map(|part| part.figure.counts.len()).max().unwrap_or_default();
        let mut counts: Vec<Count> = Vec::new();
        for number in 0..most {
            let of_each = |part: &Part<'_, Self>| part.figure.counts.get(number).cloned();
            let of_each: Option<Vec<Count>> = parts.iter().map(of_each).collect();
            let Some(of_each) = of_each else {
                let why = "their series are not as long as each other";
                return Err(NotByParts::new(why, "file counts of the same periods for each of the areas"));
            };
            let of_period: Vec<Part<'_, Count>> = parts
                .iter()
                .zip(&of_each)
                .map(|(part, count)| Part { area: part.area, figure: count, share: part.share })
                .collect();
            match Count::put_together(&of_period, everybody)? {
                Ok(count) => counts.push(count),
                Err(why) => return Ok(Err(why)),
            }
        }
        Ok(Ok(Self { counts: counts.into() }))
    }

    fn lines(&self) -> Vec<String> {
        let earlier = self.counts.len().saturating_sub(MOST_LINES);
        let told =
            (earlier > 0).then(|| format!("{} earlier, in the evidence file", counted(earlier, "count", "counts")));
        told.into_iter().chain(self.counts.iter().skip(earlier).map(Count::line)).collect()
    }
}

/// Whether points of a series are percentages or rates, which is told once, with how those are filed.
fn no_counts(check: &mut Checker<'_>, points: &At<Vec<At<SeriesPoint>>>) -> bool {
    let other = points.value.iter().find_map(|At { value: point, .. }| match (&point.percentage, &point.rate) {
        (Some(percentage), _) => Some((&percentage.span, "percentage")),
        (None, Some(rate)) => Some((&rate.span, "rate")),
        (None, None) => point.base.as_ref().map(|base| (&base.span, "base")),
    });
    let Some((span, what)) = other else { return false };
    let help = match what {
        "rate" => {
            "file that of each period as evidence of its own, `rate_2024` and `rate_2025`, and compare them with `/`; or file \
             counts with their `population`, which make rates"
        }
        _ => "file them under `percentages` in place of `series`, each with its `base` where that is known",
    };
    check.problem(Code::BadValue, span, format!("a series is counts, and this is a {what}"), help);
    true
}

/// From when on a series counts something else, in the order of time.
pub(in crate::assessment) fn breaks(check: &mut Checker<'_>, written: &[At<SeriesBreak>]) -> Vec<Break> {
    let mut breaks = Vec::new();
    for written in written {
        let date = period(check, &written.value.date);
        let cause = check.text(&written.value.cause, "the cause");
        if let (Some(date), Some(cause)) = (date, cause) {
            breaks.push(Break { date, cause: cause.into() });
        }
    }
    breaks.sort_by_key(|broken| broken.date);
    breaks
}
