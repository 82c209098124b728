//! Counts and series as expressions see them: rates, changes and trends.

use rhai::{Array, Dynamic, Engine};

use super::any::UNLIKE_RATES;
use super::finding::{Finding, TestedCounts};
use super::statistic::{Movement, Pooled, Statistic};
use super::unfit::Unfit;
use super::with_number::with_number;
use crate::assessment::{Count, Denominator, Series, Unit};
use crate::rules::script::coerce::{estimate_or_unit, or_unit, whole};
use crate::rules::script::price::{self, all};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{self, AnnualCount, Baseline, NoTrend};
use crate::words;

/// The name of the function that draws a rate towards that of all that are pooled with each other.
pub const POOLED_RATE: &str = "pooled_rate";

/// How far the months of two periods may differ and still be of one length.
const SAME_LENGTH: f64 = 0.02;

pub(super) fn register(engine: &mut Engine) {
    register_counts(engine);
    register_changes(engine);
    register_series(engine);
}

fn register_counts(engine: &mut Engine) {
    engine.register_type_with_name::<Count>("Count");
    engine.register_get("count", |value: &mut Count| value.count);
    engine.register_get("lower", |value: &mut Count| value.headline().interval.map_or(value.count, |ends| ends.0));
    engine.register_get("upper", |value: &mut Count| value.headline().interval.map_or(value.count, |ends| ends.1));
    engine.register_get("months", |value: &mut Count| value.period.months());
    engine.register_get("period", |value: &mut Count| value.period.to_string());
    engine.register_get("population", |value: &mut Count| or_unit(among(value, Unit::People)));
    engine.register_get("households", |value: &mut Count| or_unit(among(value, Unit::Households)));
    engine.register_get("suppressed", |value: &mut Count| value.suppressed.is_some());
    engine.register_get("estimated", |value: &mut Count| value.shared_out.is_some());
    engine.register_fn("to_string", |value: &mut Count| value.in_words());
    engine.register_fn("per_year", |value: &mut Count| match value.period.is_day() {
        true => refuse("a count on one day is a snapshot: it has no yearly rate"),
        false => Ok(value.per_year()),
    });
    with_number!(engine, "among", Count, |value: &mut Count, people: f64| set_against(value, people));
    engine.register_fn("among", |_: &mut Count, (): ()| ());
    with_number!(engine, "rate", Count, |value: &mut Count, per: f64| match value.period.is_day() {
        true => refuse("a count on one day is a snapshot: it has no yearly rate"),
        false => Ok(rate(value, per)),
    });
    with_number!(engine, POOLED_RATE, Count, |value: &mut Count, per: f64| pooled_rate(value, per));
}

/// The count set against so many people, in place of those that it is set against.
///
/// # Errors
/// That there can't be so many.
fn set_against(value: &Count, people: f64) -> Fallible<Count> {
    match people.is_finite() && people > 0.0 {
        true => Ok(Count { among: Some(Denominator::people(people)), ..value.clone() }),
        false => refuse(&format!("a count can't be set against {people} people")),
    }
}

/// How many of a unit a count is set against; none where it is set against something else, or nothing is known.
fn among(value: &Count, unit: Unit) -> Option<f64> {
    value.among.and_then(|among| among.number_in(unit))
}

/// A rate a year as a finding; `()` where it is not known among how many.
fn rate(value: &Count, per: f64) -> Dynamic {
    let (Some(rate), Some(among)) = (value.rate(per), value.among) else { return Dynamic::UNIT };
    Dynamic::from(Finding::new(rate, Statistic::Rate { rate, per, of: value.clone(), among }))
}

/// A rate a year drawn towards that of all that the count is pooled with, as a finding.
///
/// # Errors
/// That no rules pool it, or that it is of one day.
fn pooled_rate(value: &Count, per: f64) -> Fallible<Finding> {
    let Some(filed) = &value.pool else {
        return refuse(
            "this count is not pooled: write `pooled = { with = …, method = … }` where the rules declare it",
        );
    };
    if value.period.is_day() {
        return refuse("a count on one day is a snapshot: it has no yearly rate");
    }
    price::interval();
    Ok(match (value.pooled_rate(per), value.rate(per), value.among, filed.pool) {
        (Some(pooled), Some(own), Some(among), Some(pool)) => {
            let found = Pooled { pooled, own, per, of: value.clone(), among, pool };
            Finding::new(pooled.rate, Statistic::Pooled(Box::new(found)))
        }
        _ => Finding::refused(filed.why_not(value.among, value.period)),
    })
}

fn register_changes(engine: &mut Engine) {
    engine.register_fn("rate_ratio", |now: &mut Count, before: Count| rate_ratio(now, &before));
    engine.register_fn("rate_ratio", |_: &mut Count, (): ()| ());
    engine.register_fn("change_from", |now: &mut Count, before: Count| change(now, &before, Unfit::Refuse));
    engine.register_fn("change_from", |now: &mut Count, before: Count, word: &str| -> Fallible<Finding> {
        Ok(change(now, &before, Unfit::parse(word)?))
    });
    engine.register_fn("change_from", |_: &mut Count, (): ()| ());
    engine.register_fn("change_from", |_: &mut Count, (): (), word: &str| Unfit::parse(word).map(|_| ()));
    engine.register_fn("wheeler", |now: &mut Count, before: Count, baseline: &str| -> Fallible<Finding> {
        let baseline = match baseline {
            "known" => Baseline::Known,
            "observed" => Baseline::Observed,
            other => return refuse(&format!("the baseline is \"known\" or \"observed\", not \"{other}\"")),
        };
        Ok(score(now, &before, baseline))
    });
}

/// The ratio of two counts' rates with its interval; `()` where the earlier count is zero. Refused across a break, and
/// of a suppressed count.
fn rate_ratio(now: &Count, before: &Count) -> Dynamic {
    match breaks_or_why_not(now, before) {
        Err(reason) => return Dynamic::from(Finding::refused(reason)),
        Ok(breaks) if !breaks.is_empty() => {
            return Dynamic::from(Finding::refused(format!("the ratio can't be judged: {}", words::listed(&breaks))));
        }
        Ok(_) => {}
    }
    price::interval();
    let exposure = (now.exposure(before), before.exposure(now));
    let found = stats::rate_ratio((now.count, exposure.0), (before.count, exposure.1), now.confidence);
    estimate_or_unit(found.and_then(stats::RateRatio::to_estimate))
}

/// How a count's rate has changed, by the ratio, its interval, and the test for its size.
fn change(now: &Count, before: &Count, if_unfit: Unfit) -> Finding {
    let qualms = match qualms(now, before) {
        Ok(qualms) => qualms,
        Err(reason) => return Finding::refused(reason),
    };
    if if_unfit == Unfit::Refuse && !qualms.is_empty() {
        return Finding::refused(format!("the change can't be judged: {}", words::listed(&qualms)));
    }
    let exposure = (now.exposure(before), before.exposure(now));
    let (new, old) = ((now.count, exposure.0), (before.count, exposure.1));
    price::chance(now.count + before.count);
    let (Some(ratio), Some(chance)) = (stats::rate_ratio(new, old, now.confidence), stats::chance(new, old)) else {
        return Finding::refused("nothing was counted in either period");
    };
    let moved = Movement {
        now: (now.count, now.period.months()),
        before: (before.count, before.period.months()),
        alike: exposure.0 == exposure.1,
        ratio: ratio.estimate,
        at_least: ratio.estimate.is_none().then_some(ratio.lower),
        years: now.period.years_after(before.period),
        overlapping: now.period.overlaps(before.period),
    };
    let found = match ratio.to_estimate() {
        Some(figure) => Finding::new(figure, Statistic::Change(moved)),
        None => Finding::without_figure(ratio.lower, Statistic::Change(moved)),
    };
    let tested = TestedCounts { now: new, before: old, test: chance.test, confidence: now.confidence };
    found.tested(chance.p, now.confidence).tested_of(tested).qualified(qualms)
}

/// Wheeler's statistic, in standard deviations.
fn score(now: &Count, before: &Count, baseline: Baseline) -> Finding {
    let same = same_length(now, before) && now.among == before.among;
    if !same || now.not_known().is_some() || before.not_known().is_some() {
        return Finding::refused(
            "Wheeler's statistic compares known counts of the same people or households over periods of one length",
        );
    }
    price::breaks(now, before);
    let breaks = now.breaks_told(before);
    if !breaks.is_empty() {
        return Finding::refused(format!("Wheeler's statistic can't be judged: {}", words::listed(&breaks)));
    }
    match stats::wheeler(now.count, before.count, baseline) {
        Some(found) => {
            let score = Statistic::Score { now: now.count, before: before.count, z: found.z };
            Finding::new(found.to_estimate(now.confidence), score).tested(found.p, now.confidence)
        }
        None => Finding::refused("there is nothing to compare"),
    }
}

fn same_length(now: &Count, before: &Count) -> bool {
    let (a, b) = (now.period.months(), before.period.months());
    (a - b).abs() <= SAME_LENGTH * a.max(b)
}

/// What speaks against comparing two counts.
///
/// # Errors
/// What forbids it altogether.
fn qualms(now: &Count, before: &Count) -> Result<Vec<String>, String> {
    let mut qualms = breaks_or_why_not(now, before)?;
    if now.period.is_day() != before.period.is_day() {
        return Err("a count on one day can't be compared with one over a longer period".to_owned());
    }
    if !same_length(now, before) {
        let (new, old) = (words::number(now.period.months(), 1), words::number(before.period.months(), 1));
        qualms.push(format!(
            "{} compared with {old}, and seasons differ",
            words::with_noun(&new, "month is", "months are")
        ));
    }
    if now.period.overlaps(before.period) {
        qualms.push("the two periods overlap".to_owned());
    }
    Ok(qualms)
}

/// The breaks between two counts, a clause each.
///
/// # Errors
/// Why the two can't be compared at all.
fn breaks_or_why_not(now: &Count, before: &Count) -> Result<Vec<String>, String> {
    if now.suppressed.is_some() || before.suppressed.is_some() {
        return Err("a suppressed count can't be compared: nobody knows it".to_owned());
    }
    if now.shared_out.is_some() || before.shared_out.is_some() {
        return Err("a count that was partly shared out among areas can't be compared: it is an estimate; ask for its rate, or file the \
             new area's own counts"
            .to_owned());
    }
    if now.is_unlike(before) {
        return Err(UNLIKE_RATES.to_owned());
    }
    price::breaks(now, before);
    Ok(now.breaks_told(before))
}

fn register_series(engine: &mut Engine) {
    engine.register_type_with_name::<Series>("Series");
    engine.register_get("length", |value: &mut Series| whole(value.counts.len()));
    engine.register_fn("to_string", |value: &mut Series| value.latest().map_or_else(String::new, Count::in_words));
    let or_nothing = |count: Option<&Count>| count.cloned().map_or(Dynamic::UNIT, Dynamic::from);
    engine.register_fn("latest", move |value: &mut Series| or_nothing(value.latest()));
    engine.register_fn("previous", move |value: &mut Series| or_nothing(value.previous()));
    engine.register_fn("first", move |value: &mut Series| or_nothing(value.first()));
    engine.register_fn("counts", |value: &mut Series| -> Array {
        all(value).counts.iter().cloned().map(Dynamic::from).collect()
    });
    engine.register_fn("trend", |value: &mut Series| trend(value));
}

/// The trend of a series of years.
fn trend(series: &Series) -> Finding {
    price::trend(series);
    let first = series.first();
    let point = |count: &Count| {
        let (start, end) = count.period.years();
        let exposure = first.map_or(1.0, |first| count.exposure(first));
        AnnualCount { start, end, count: count.count, exposure }
    };
    let points: Vec<AnnualCount> = series.counts.iter().map(point).collect();
    let breaks: Vec<f64> = series.breaks().iter().map(|broken| broken.date.years().0).collect();
    let confidence = first.map(|count| count.confidence).unwrap_or_default();
    if series.counts.iter().any(|count| count.shared_out.is_some()) {
        return Finding::refused("no trend can be worked out: some counts were partly shared out among areas");
    }
    match stats::trend(&points, &breaks, confidence) {
        Ok(found) => Finding::new(found.per_cent_a_year, Statistic::Trend(found)).tested(found.p, confidence),
        Err(reason) => Finding::refused(format!("no trend can be worked out: {}", no_trend(reason))),
    }
}

fn no_trend(reason: NoTrend) -> &'static str {
    match reason {
        NoTrend::TooFew => "it needs counts for five years",
        NoTrend::Overlapping => "periods overlap, as rolling years do",
        NoTrend::NotAnnual => "not every period is a year",
        NoTrend::BreakInSeries => "the series changed within these years",
        NoTrend::NoFit => "too little was counted",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rhai::Scope;

    use super::*;
    use crate::assessment::{Break, Denominator, Period};
    use crate::rules::script::fence::fence;
    use crate::rules::script::types::any::{measure_of, refusal_of, show};
    use crate::stats::Confidence;

    fn count(count: f64, period: &str) -> Count {
        let period = Period::parse(period).unwrap();
        let among = Some(Denominator::people(180_000.0));
        Count {
            count,
            suppressed: None,
            shared_out: None,
            pool: None,
            period,
            among,
            breaks: None,
            confidence: Confidence::default(),
        }
    }

    /// What an expression over two counts answers.
    fn answer(now: &Count, before: &Count, expression: &str) -> Dynamic {
        let mut scope = Scope::new();
        scope.push("now", now.clone());
        scope.push("before", before.clone());
        fence().unwrap().eval_with_scope(&mut scope, expression).unwrap()
    }

    fn told(now: &Count, before: &Count, choice: &str) -> String {
        show(&answer(now, before, &format!("now.change_from(before, \"{choice}\").sentence")), 2).unwrap()
    }

    #[test]
    fn changes_of_wellingborough_in_words() {
        // Wellingborough Community Safety Partnership, annual review 2013-14, appendix 1.
        for (before, now, sentence) in [
            (421.0, 460.0, "up 9%, from 421 to 460, within what chance explains"),
            (543.0, 402.0, "down 26%, from 543 to 402, beyond what chance explains"),
            (3754.0, 3836.0, "up 2%, from 3,754 to 3,836, within what chance explains"),
            (971.0, 863.0, "down 11%, from 971 to 863, beyond what chance explains"),
            (39.0, 21.0, "down 46%, from 39 to 21, beyond what chance explains"),
            (39.0, 39.0, "unchanged, from 39 to 39, within what chance explains"),
            (0.0, 7.0, "up from 0 to 7, at least 1.44 times as much, beyond what chance explains"),
            (7.0, 0.0, "down 100%, from 7 to 0, beyond what chance explains"),
        ] {
            assert_eq!(told(&count(now, "2013/14"), &count(before, "2012/13"), "refuse"), sentence);
        }
    }

    #[test]
    fn from_nothing_there_is_no_ratio_and_yet_a_finding() {
        let (now, before) = (count(7.0, "2013/14"), count(0.0, "2012/13"));
        let is_true = |expression: &str| answer(&now, &before, expression).as_bool().unwrap();
        for expression in ["change_from(now, before).refused", "!change_from(now, before).by_chance"] {
            assert!(is_true(expression), "{expression}");
        }
        assert!(is_true("change_from(now, before) == () && change_from(now, before).lower > 1"));
        assert_eq!(measure_of(&answer(&now, &before, "now.change_from(before) * 2 + 1")), Ok(None));
        let nothing = count(0.0, "2013/14");
        assert_eq!(told(&nothing, &before, "qualify"), "nothing was counted in either period");
    }

    #[test]
    fn what_is_less_than_fit_is_as_the_rule_chooses() {
        let year = count(4041.0, "2016");
        let mut broken = year.clone();
        let date = Period::parse("2017-04").unwrap();
        broken.breaks = Some(Arc::from([Break { date, cause: "burglary counted differently".into() }]));
        for (now, before, why) in [
            (count(1592.0, "2019-04/2019-10"), year.clone(), "7 months are compared with 12, and seasons differ"),
            (count(4100.0, "2016-04/2017-03"), year.clone(), "the two periods overlap"),
            (count(4100.0, "2017"), broken.clone(), "the series changed in April 2017 (burglary counted differently)"),
        ] {
            assert_eq!(told(&now, &before, "refuse"), format!("the change can't be judged: {why}"));
            assert!(told(&now, &before, "qualify").ends_with(&format!("; but {why}")), "{why}");
        }
        // A break that lies outside both periods, and one month of a leap year more.
        assert!(!told(&count(4100.0, "2019"), &count(4000.0, "2018"), "refuse").contains("judged"));
        broken.period = Period::parse("2018").unwrap();
        assert!(!told(&count(4100.0, "2019"), &broken, "refuse").contains("judged"));
        assert!(!told(&count(310.0, "2020-02"), &count(300.0, "2020-01"), "refuse").contains("judged"));
    }

    #[test]
    fn nothing_sets_counts_against_each_other_across_a_break() {
        let broken = |number: f64, period: &str| {
            let date = Period::parse("2017-04").unwrap();
            let breaks = Some(Arc::from([Break { date, cause: "burglary counted differently".into() }]));
            Count { breaks, ..count(number, period) }
        };
        let (before, now) = (broken(400.0, "2016"), broken(464.0, "2018"));
        let why = "the series changed in April 2017 (burglary counted differently)";
        for expression in ["rate_ratio(now, before)", "change_from(now, before)", "wheeler(now, before, \"known\")"] {
            let found = answer(&now, &before, expression);
            assert!(refusal_of(&found).unwrap().contains(why), "{expression}");
            assert_eq!(measure_of(&found), Ok(None), "{expression}");
        }
        let mut scope = Scope::new();
        let series = Series { counts: vec![before.clone(), now.clone()].into() };
        scope.push("now", now.clone()).push("before", before).push("series", series);
        for expression in [
            "now > before",
            "now == before",
            "series < before",
            "max(now, before)",
            "min(before, now)",
            "clamp(now, before, 500)",
            "now.rate(1000) > before.rate(1000)",
            "[now, before].sort()",
        ] {
            let refused = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, expression).unwrap_err();
            assert!(refused.to_string().contains(why), "{expression}: {refused}");
        }
        // Neither is a number of the series, nor one on the same side of the break, across it.
        let later = broken(470.0, "2019");
        for expression in ["now > 400", "before > now", "max(now, before)", "rate_ratio(now, before).estimate > 1"] {
            assert!(refusal_of(&answer(&later, &now, expression)).is_none(), "{expression}");
        }
    }

    #[test]
    fn rates_of_people_and_of_households_are_not_compared() {
        let of_people = count(40.0, "2016");
        let of_households = Count { among: Some(Denominator::households(74_000.0)), ..count(50.0, "2017") };
        let why = "a rate of people can't be compared with one of households";
        assert_eq!(told(&of_households, &of_people, "qualify"), why);
        let ratio = answer(&of_households, &of_people, "rate_ratio(now, before)");
        let refusal = refusal_of(&ratio).unwrap();
        assert_eq!(refusal, "A rate of people can't be compared with one of households.");
        let score = answer(&of_households, &of_people, "now.wheeler(before, \"known\").refused");
        assert!(score.as_bool().unwrap());
        let mut scope = Scope::new();
        scope.push("now", of_households.clone()).push("before", of_people);
        for compared in ["now.rate(1000) > before.rate(1000)", "now.rate(1000) == before.rate(1000)"] {
            let refused = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, compared).unwrap_err();
            assert!(refused.to_string().contains(why), "{compared}: {refused}");
        }
        // The same households compare, and a rate compares with a number.
        let before = Count { period: Period::parse("2016").unwrap(), ..of_households.clone() };
        assert!(told(&of_households, &before, "refuse").starts_with("unchanged, from 50 to 50"));
        let fields = "now.rate(1000) > 0.6 && now.population == () && now.households == 74000";
        assert!(answer(&of_households, &before, fields).as_bool().unwrap());
    }

    #[test]
    fn what_is_not_fit_is_refused_whatever_the_rule_chooses() {
        let year = count(40.0, "2016");
        let mut suppressed = count(2.0, "2017");
        suppressed.suppressed = Some((0.0, 4.0));
        assert!(told(&suppressed, &year, "qualify").contains("suppressed"));
        assert!(told(&count(3.0, "2017-03-31"), &year, "qualify").contains("one day"));
        let mut scope = Scope::new();
        scope.push("now", year);
        let wrong = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, "now.change_from((), \"perhaps\")");
        assert!(wrong.unwrap_err().to_string().contains("\"refuse\" or \"qualify\""));
    }
}
