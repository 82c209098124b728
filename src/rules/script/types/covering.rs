//! Offence tables that have only some of the offences, as expressions see them: what that leaves open of their harm.

use rhai::{Dynamic, Engine};

use super::finding::Finding;
use super::offences::{HarmFigure, rate, stated};
use super::unfit::Unfit;
use crate::assessment::{Count, Offences, Series};
use crate::rules::script::coerce::float;
use crate::rules::script::price;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::Estimate;
use crate::words;

/// What is done about the offences that a table does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// Nothing is said of the harm of all.
    Refuse,
    /// They may have no harm, or each as much as those of the table: the interval holds both.
    Widen,
    /// The harm of the table is told, and that it is not all.
    Qualify,
}

impl Rest {
    fn parse(word: &str) -> Fallible<Self> {
        match word {
            "refuse" => Ok(Self::Refuse),
            "widen" => Ok(Self::Widen),
            "qualify" => Ok(Self::Qualify),
            other => refuse(&format!("the choice is \"refuse\", \"widen\" or \"qualify\", not \"{other}\"")),
        }
    }
}

/// An offence table of which it is known what share of the offences it has.
#[derive(Debug, Clone)]
struct Covering {
    offences: Offences,
    /// 0 to 1.
    share: f64,
    rest: Rest,
}

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Covering>("Covering");
    engine.register_get("share", |value: &mut Covering| value.share);
    engine.register_fn("covers", |value: &mut Offences, all: Count| covers(value, &[all]));
    engine.register_fn("covers", |value: &mut Offences, all: Series| covers(value, &all.counts));
    engine.register_fn("covers", |_: &mut Offences, (): ()| ());
    engine.register_fn("covering", |value: &mut Offences, share: f64, word: &str| covering(value, share, word));
    engine.register_fn("covering", |value: &mut Offences, share: rhai::INT, word: &str| {
        covering(value, float(share), word)
    });
    let totals: [(&str, HarmFigure); 2] =
        [("harm", |value| Some(value.harm().estimate)), ("harm_per_year", |value| Some(value.harm_per_year()))];
    for (name, figure) in totals {
        engine.register_fn(name, move |value: &mut Covering| {
            of_all(value, stated(&value.offences, Unfit::Qualify, figure))
        });
    }
    engine.register_fn("harm_per_offence", |value: &mut Covering| {
        of_one(value, stated(&value.offences, Unfit::Qualify, Offences::harm_per_offence))
    });
    engine.register_fn("harm_rate", |value: &mut Covering, per: Dynamic, people: Dynamic| -> Fallible<Dynamic> {
        Ok(of_all(value, rate(&value.offences, &per, &people)?))
    });
}

/// The share of all offences of its own time that a table has, and no more than all. Each count stands for the part of its
/// period that lies in that time, and what no count is of is taken to be like the rest. `()` where no count is of that time.
fn covers(offences: &Offences, all: &[Count]) -> Dynamic {
    price::add((offences.offences.len() + all.len()) / price::UNITS);
    let known = |count: &&Count| count.not_known().is_none() && !count.period.is_day();
    let (mut counted, mut time) = (0.0, 0.0);
    for count in all.iter().filter(known) {
        counted += count.count * count.period.shared_with(offences.period);
        time += offences.period.shared_with(count.period);
    }
    match counted > 0.0 {
        true => Dynamic::from(f64::min(1.0, offences.count() * time / counted)),
        false => Dynamic::UNIT,
    }
}

fn covering(offences: &Offences, share: f64, word: &str) -> Fallible<Covering> {
    let rest = Rest::parse(word)?;
    match (0.0..=1.0).contains(&share) {
        true => Ok(Covering { offences: offences.clone(), share, rest }),
        false => refuse(&format!("a table has a share of the offences from 0 to 1, not {share}")),
    }
}

/// The harm of all offences, of whom the table has some: at least that of the table.
fn of_all(value: &Covering, found: Dynamic) -> Dynamic {
    let widened = |figure: Estimate| {
        let (lower, upper) = figure.interval.unwrap_or((figure.estimate, figure.estimate));
        Estimate::between(figure.estimate, lower, upper / value.share)
    };
    let times = words::number(1.0 / value.share, 2);
    let qualm = format!("if the others harm as much, the harm of all is {times} times as much");
    told(value, found, widened, &qualm)
}

/// The mean harm of one of all offences, of whom the table has some: no more than that of the table.
fn of_one(value: &Covering, found: Dynamic) -> Dynamic {
    let widened = |figure: Estimate| {
        let (lower, upper) = figure.interval.unwrap_or((figure.estimate, figure.estimate));
        Estimate::between(figure.estimate, lower * value.share, upper)
    };
    let times = words::number(value.share, 2);
    told(value, found, widened, &format!("if the others harm nobody, the mean is {times} times that"))
}

fn told(value: &Covering, found: Dynamic, widened: impl Fn(Estimate) -> Estimate, qualm: &str) -> Dynamic {
    let Some(finding) = found.read_lock::<Finding>().map(|finding| finding.clone()) else { return found };
    let Some(figure) = finding.figure().filter(|_| value.share < 1.0) else { return found };
    let share = words::number(value.share * 100.0, 0);
    let few = format!("the table has {share}% of the offences");
    Dynamic::from(match value.rest {
        // Of none of them nothing follows, whatever the choice.
        _ if value.share == 0.0 => Finding::refused(format!("the harm of all is not known: {few}")),
        Rest::Refuse => Finding::refused(format!("the harm of all is not known: {few}")),
        Rest::Qualify => finding.but(format!("{few} and the others are not in it")),
        Rest::Widen => {
            let statistic = finding.statistic().clone();
            finding.restated(widened(figure), statistic).but(format!("{few}: {qualm}"))
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rhai::Scope;

    use super::*;
    use crate::assessment::{Offence, Period};
    use crate::rules::script::fence::fence;
    use crate::rules::script::types::any::show;
    use crate::stats::Confidence;

    /// The arsons of Huntingdonshire (assessment of 2019/20, Table 15): 27 × 2,190 + 142 × 18.75 = 61,792.5 days.
    fn arsons() -> Offences {
        let row = |offence: &str, count: f64, harm: f64| Offence { offence: offence.into(), count, harm: Some(harm) };
        Offences {
            offences: Arc::from([row("endangering life", 27.0, 2190.0), row("not", 142.0, 18.75)]),
            period: Period::parse("2016-11/2019-10").unwrap(),
            confidence: Confidence::default(),
        }
    }

    fn answer(expression: &str) -> Result<String, String> {
        let mut scope = Scope::new();
        let fires = |period: &str| Count {
            count: 287.0,
            suppressed: None,
            shared_out: None,
            pool: None,
            period: Period::parse(period).unwrap(),
            among: None,
            breaks: None,
            confidence: Confidence::default(),
        };
        scope.push("arsons", arsons()).push("fires", fires("2016-12/2019-11")).push("earlier", fires("2015"));
        let answer = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, expression);
        answer.map_err(|found| found.to_string()).map(|answer| show(&answer, 1).unwrap())
    }

    #[test]
    fn harm_per_1000_a_year_is_that_of_a_hand_count() {
        // 61,792.5 days in three years among 176,587 people: 116.64 per 1,000 a year. The document prints 116.6, 140.6 and
        // 92.6 for the three years, whose mean is 116.6.
        assert_eq!(answer("arsons.harm_rate(1000, 176587).estimate").unwrap(), "116.6");
        let sentence = answer("arsons.harm_rate(1000, 176587).sentence").unwrap();
        assert!(
            sentence.starts_with("116.6 per 1,000 people a year: harm of 61,792 in 36 months among 176,587"),
            "{sentence}"
        );
        assert!(answer("arsons.harm_rate(1000, 0)").unwrap_err().contains("0 people"));
    }

    #[test]
    fn the_rest_is_left_out_refused_or_widens_as_the_rule_chooses() {
        // 169 of 287, of nearly the same three years.
        assert_eq!(answer("arsons.covers(fires) * 100").unwrap(), "58.9");
        assert_eq!(answer("arsons.covers(earlier) == ()").unwrap(), "true");
        let table = answer("arsons.harm_per_year()").unwrap();
        let widened = answer("arsons.covering(0.5, \"widen\").harm_per_year()").unwrap();
        assert_eq!((&*table, &*widened), ("20,597.5 (13,161.5 to 28,033.5)", "20,597.5 (13,161.5 to 56,066.9)"));
        assert_eq!(answer("arsons.covering(1, \"widen\").harm_per_year()").unwrap(), table);
        assert_eq!(
            answer("arsons.covering(0.5, \"refuse\").harm_per_year().sentence").unwrap(),
            "the harm of all is not known: the table has 50% of the offences"
        );
        assert!(
            answer("arsons.covering(0.5, \"qualify\").harm().sentence").unwrap().ends_with("the others are not in it")
        );
        let one = answer("arsons.covering(0.5, \"widen\").harm_per_offence()").unwrap();
        assert_eq!(one, "365.6 (116.8 to 497.6)");
    }

    #[test]
    fn shares_and_words_that_can_not_be_are_refused() {
        for (wrong, why) in [
            ("arsons.covering(-0.1, \"widen\")", "from 0 to 1"),
            ("arsons.covering(1.2, \"widen\")", "from 0 to 1"),
            ("arsons.covering(0.5, \"guess\")", "\"refuse\", \"widen\" or \"qualify\""),
        ] {
            assert!(answer(wrong).unwrap_err().contains(why), "{wrong}");
        }
        assert_eq!(answer("arsons.covers(()) == ()").unwrap(), "true");
        assert_eq!(answer("arsons.covering(0, \"widen\").harm() == ()").unwrap(), "true");
    }
}
