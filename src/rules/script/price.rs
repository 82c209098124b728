//! What a step costs that does more than one: a list or a text is copied where a variable is read, comparing lists compares
//! their items, and a statistic looks at all of its evidence. Counted while an evaluation runs, so that nobody gets much for
//! one step. A step is a tenth of a microsecond on a machine of 2026.

use std::cell::Cell;

use rhai::{Dynamic, Engine};

use super::limits::MAX_OPERATIONS;
use crate::assessment::{Count, Judgement, Level, Members, Offences, Outcome, Peers, Percentages, Series};
use crate::stats::{E_TEST_UP_TO, EXACT_UP_TO};

/// So many items of a list, or bytes of a text, are as much work as a step.
pub(super) const UNITS: usize = 16;

thread_local! {
    static MORE: Cell<u64> = const { Cell::new(0) };
}

/// The interval of a ratio or a share takes some ten microseconds, however large the counts are.
const INTERVAL: usize = 100;

/// Has `engine` count on its thread what steps cost beyond one, and end an evaluation that has spent all.
pub(super) fn register(engine: &mut Engine) {
    engine.on_progress(|steps| (steps.saturating_add(MORE.get()) > MAX_OPERATIONS).then_some(Dynamic::UNIT));
    #[expect(deprecated, reason = "it is volatile, not deprecated; rhai's version is pinned")]
    engine.on_var(|name, _, context| {
        if let Some(value) = context.scope().get(name) {
            add(cost_of(value));
        }
        Ok(None)
    });
}

/// Adds to what the evaluation on this thread costs.
pub(super) fn add(steps: usize) {
    MORE.set(MORE.get().saturating_add(steps as u64));
}

/// Evidence, all of which a method looks at.
pub(super) trait Held: Clone + 'static {
    /// How many things it holds.
    fn items(&self) -> usize;
}

impl Held for Offences {
    fn items(&self) -> usize {
        self.offences.len()
    }
}

impl Held for Series {
    fn items(&self) -> usize {
        self.counts.len() + self.breaks().len()
    }
}

impl Held for Peers {
    fn items(&self) -> usize {
        self.peers.len()
    }
}

impl Held for Members {
    fn items(&self) -> usize {
        self.says.len()
    }
}

impl Held for Judgement {
    fn items(&self) -> usize {
        self.scores.len() + self.because.len() / UNITS
    }
}

impl Held for Level {
    fn items(&self) -> usize {
        self.scorers() + self.because.len() / UNITS
    }
}

impl Held for Percentages {
    fn items(&self) -> usize {
        self.points.len() + self.breaks.len()
    }
}

impl Held for Outcome {
    fn items(&self) -> usize {
        self.found.because.len() / UNITS
    }
}

impl Held for Count {
    fn items(&self) -> usize {
        self.breaks.as_ref().map_or(0, |breaks| breaks.len())
    }
}

/// Adds what it costs to look at all of `value` once.
pub(super) fn all<T: Held>(value: &T) -> &T {
    add(value.items() / UNITS);
    value
}

/// Adds what it costs to put all of `value` in order.
pub(super) fn in_order<T: Held>(value: &T) -> &T {
    let items = value.items();
    add(items.saturating_mul(items.checked_ilog2().unwrap_or(0) as usize) / (2 * UNITS));
    value
}

/// Adds what the words for the breaks between two counts cost.
pub(super) fn breaks(one: &Count, other: &Count) {
    add(one.items() + other.items());
}

/// Adds what an interval costs that is not kept.
pub(super) fn interval() {
    add(INTERVAL);
}

/// Adds what the test of two counts costs: it looks at all numbers that their distribution makes likely, which are so many
/// times their standard deviation. Of very many events the distribution is taken as normal.
pub(super) fn chance(events: f64) {
    interval();
    add(match events {
        few if few <= E_TEST_UP_TO => steps(4.0 * few.max(0.0).sqrt()),
        many if many <= EXACT_UP_TO => steps(2.0 * many.sqrt()),
        _ => 0,
    });
}

/// Adds what the limits of a funnel plot cost, of so many expected events.
pub(super) fn funnel(expected: f64) {
    add(if (0.0..=EXACT_UP_TO).contains(&expected) { steps(4.0 * expected.sqrt()) } else { 0 });
}

/// Adds what fitting a trend costs: tens of rounds over all points.
pub(super) fn trend(series: &Series) {
    interval();
    add(8_usize.saturating_mul(series.counts.len()));
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to some ten thousand")]
fn steps(number: f64) -> usize {
    number as usize
}

/// What the evaluation on this thread cost beyond its steps; the next one begins anew.
pub(super) fn take() -> u64 {
    MORE.replace(0)
}

/// What reading a value costs beyond the step.
fn cost_of(value: &Dynamic) -> usize {
    if value.is_array() || value.is_map() {
        return items_of(value) / UNITS;
    }
    if value.is_string() {
        return value.as_immutable_string_ref().map_or(0, |text| text.len()) / UNITS;
    }
    if !value.is_variant() {
        return 0;
    }
    // A method of evidence looks at all of it.
    let looks: [fn(&Dynamic) -> Option<usize>; 8] = [
        held::<Offences>,
        held::<Series>,
        held::<Peers>,
        held::<Judgement>,
        held::<Level>,
        held::<Outcome>,
        held::<Percentages>,
        held::<Members>,
    ];
    looks.iter().find_map(|look| look(value)).unwrap_or(0) / UNITS
}

fn held<T: Held>(value: &Dynamic) -> Option<usize> {
    value.read_lock::<T>().map(|found| found.items())
}

/// How many values a list or a map holds, those of lists within it included.
fn items_of(value: &Dynamic) -> usize {
    if let Ok(list) = value.as_array_ref() {
        return list.iter().map(|item| 1 + items_of(item)).sum();
    }
    value.as_map_ref().map_or(0, |map| map.values().map(|item| 1 + items_of(item)).sum())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rhai::Scope;

    use super::*;
    use crate::assessment::{Break, Offence, Peer, Period, Score};
    use crate::rules::script::fence::fence;
    use crate::stats::Confidence;

    const MANY: u32 = 20_000;

    fn count(count: f64, period: &str) -> Count {
        let (period, confidence) = (Period::parse(period).unwrap(), Confidence::default());
        Count { count, suppressed: None, shared_out: None, period, among: None, breaks: None, confidence, pool: None }
    }

    /// Evidence that is large in each way that evidence can be.
    fn large() -> Scope<'static> {
        let mut scope = Scope::new();
        scope.push("few", count(4_990.0, "2023"));
        scope.push("fewer", count(4_900.0, "2022"));
        scope.push("very_many", count(4e7, "2023"));
        scope.push("as_many", count(3.9e7, "2022"));
        let cause = |number: u32| Break { date: Period::parse("2022-06").unwrap(), cause: format!("{number}").into() };
        let broken = Count { breaks: Some((0..2_000).map(cause).collect()), ..count(7.0, "2023") };
        scope.push("broken", broken);
        scope.push("before", count(9.0, "2021"));
        let year = |number: u32| count(f64::from(number % 90), &format!("{}", 1000 + number));
        scope.push("series", Series { counts: (0..2_000).map(year).collect() });
        let row = |number: u32| Offence { offence: format!("o{number}"), count: 3.0, harm: Some(2.0) };
        let (period, confidence) = (Period::parse("2023").unwrap(), Confidence::default());
        scope.push("offences", Offences { offences: (0..MANY).map(row).collect(), period, confidence });
        let area = |number: u32| Peer {
            area: format!("a{number}"),
            rate: f64::from(number % 977),
            counted: Some((1e4 + f64::from(number % 977), 1e6)),
        };
        scope.push("peers", Peers { peers: (0..MANY).map(area).collect(), own: 0, confidence });
        let score = |number: u32| Score { by: format!("{number}").into(), score: f64::from(number * 7919 % 101) };
        let scores: Arc<[Score]> = (0..MANY).map(score).collect();
        scope.push("panel", Judgement { scores, scale: (0.0, 100.0), because: "So.".repeat(10_000).into() });
        scope
    }

    /// Whatever grows with a number or a list costs as much as it does: in a loop nothing gets much for a step.
    #[test]
    fn statistics_cost_what_they_do() {
        let engine = fence().unwrap();
        let mut scope = large();
        for (expression, least) in [
            ("change_from(few, fewer).p", 400),
            ("change_from(very_many, as_many).p", 15_000),
            ("rate_ratio(few, fewer)", 100),
            ("broken.change_from(before)", 2_000),
            ("broken > before", 2_000),
            ("series.trend()", 15_000),
            ("series.counts()", 100),
            ("[offences][0].harm()", 1_000),
            ("[offences][0].count", 1_000),
            ("[offences][0] > 7", 1_000),
            ("offences.harm_change_from(offences).p", 2_000),
            ("[offences][0].heaviest_share()", 1_000),
            ("[offences][0].covers(series)", 1_000),
            ("[peers][0].position(\"leave-one-out\")", 5_000),
            ("[peers][0].funnel().rate", 5_000),
            ("[peers][0].rank()", 1_000),
            ("[panel][0].score", 5_000),
            ("[panel][0].agreement()", 5_000),
            ("[panel][0].deviation()", 5_000),
            ("[panel][0].trimmed_mean(1)", 5_000),
            ("[panel][0].mean()", 5_000),
            ("[panel][0].spread", 1_000),
            ("[panel][0].because", 1_000),
            ("[panel][0] > 1", 5_000),
        ] {
            take();
            // Across a break counts are not compared; what that costs is told all the same.
            let _ = engine.eval_with_scope::<Dynamic>(&mut scope, expression);
            let steps = take();
            assert!(steps >= least, "{expression}: {steps} steps");
        }
    }
}
