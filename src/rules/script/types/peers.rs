//! Similar areas as expressions see them: where the own one stands, and its funnel plot.

use rhai::{Array, Dynamic, Engine};

use super::finding::Finding;
use super::statistic::{InFunnel, Statistic};
use crate::assessment::Peers;
use crate::rules::script::coerce::{estimate_or_unit, whole};
use crate::rules::script::price::{self, all, in_order};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{self, Funnel, GroupRate};
use crate::words;

/// Per how many people the rates of counted areas and of funnels are.
const PER: f64 = 1000.0;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Peers>("Peers");
    engine.register_fn("ratio_to_mean", |value: &mut Peers| estimate_or_unit(in_order(value).ratio_to_mean()));
    engine.register_fn("rank", |value: &mut Peers| whole(all(value).rank()));
    engine.register_get("length", |value: &mut Peers| whole(value.peers.len()));
    engine.register_fn("position", |value: &mut Peers, convention: &str| -> Fallible<Finding> {
        Ok(position(value, self::convention(convention)?))
    });
    engine.register_fn("funnel", |value: &mut Peers| funnel(value).map_or(Dynamic::UNIT, Dynamic::from));
    engine.register_type_with_name::<Funnel>("Funnel");
    engine.register_get("rate", |value: &mut Funnel| value.rate * PER);
    engine.register_get("pooled", |value: &mut Funnel| value.pooled * PER);
    engine.register_get("dispersion", |value: &mut Funnel| value.dispersion);
    engine.register_get("between", |value: &mut Funnel| value.between.sqrt() * PER);
    engine.register_get("limits_95", |value: &mut Funnel| limits(value.limits_95));
    engine.register_get("limits_998", |value: &mut Funnel| limits(value.limits_998));
    engine.register_get("wide_95", |value: &mut Funnel| limits(value.wide_95));
    engine.register_get("wide_998", |value: &mut Funnel| limits(value.wide_998));
    engine.register_get("sentence", |value: &mut Funnel| sentence(value));
    engine.register_fn("to_string", |value: &mut Funnel| sentence(value));
}

fn convention(text: &str) -> Fallible<GroupRate> {
    match text {
        "mean-with-self" => Ok(GroupRate::MeanWithSelf),
        "leave-one-out" => Ok(GroupRate::LeaveOneOut),
        "pooled" => Ok(GroupRate::Pooled),
        other => {
            refuse(&format!("the group's rate is \"mean-with-self\", \"leave-one-out\" or \"pooled\", not \"{other}\""))
        }
    }
}

fn position(peers: &Peers, convention: GroupRate) -> Finding {
    let areas = in_order(peers).areas();
    let Some(found) = stats::position(&areas, peers.own, convention, peers.confidence) else {
        let counted = areas.iter().all(|area| area.counted.is_some());
        return Finding::refused(match convention {
            GroupRate::Pooled if !counted => "a pooled rate needs the count and the people of every area",
            _ => "the group has no rate to compare with",
        });
    };
    let funnel = funnel(peers).map(|funnel| in_funnel(&funnel));
    let explains = funnel.map(|funnel| funnel == InFunnel::Inside);
    Finding::new(found.ratio, Statistic::Position(found, convention, funnel)).chance(explains)
}

/// The funnel of the own area; none unless every area has its count and people.
fn funnel(peers: &Peers) -> Option<Funnel> {
    let areas = in_order(peers).areas();
    let funnel = stats::funnel(&areas, peers.own)?;
    let people = areas.get(peers.own).and_then(|area| area.counted).map_or(0.0, |(_, people)| people);
    price::funnel(funnel.pooled * people);
    Some(funnel)
}

fn in_funnel(funnel: &Funnel) -> InFunnel {
    match () {
        () if holds(funnel.limits_95, funnel.rate) => InFunnel::Inside,
        () if holds(funnel.limits_998, funnel.rate) => InFunnel::Between,
        () => InFunnel::Outside,
    }
}

fn holds((lower, upper): (f64, f64), rate: f64) -> bool {
    lower <= rate && rate <= upper
}

fn limits((lower, upper): (f64, f64)) -> Array {
    vec![Dynamic::from_float(lower * PER), Dynamic::from_float(upper * PER)]
}

/// Both funnels, with chance alone and with the spread of the areas.
fn sentence(funnel: &Funnel) -> String {
    let of = |limits: (f64, f64)| {
        let inside = if holds(limits, funnel.rate) { "within" } else { "beyond" };
        format!("{inside} {} to {}", words::number(limits.0 * PER, 2), words::number(limits.1 * PER, 2))
    };
    let (rate, pooled) = (words::number(funnel.rate * PER, 2), words::number(funnel.pooled * PER, 2));
    let mut text = format!(
        "{rate} per 1,000 where all areas together have {pooled}: {} (95%), {} (99.8%)",
        of(funnel.limits_95),
        of(funnel.limits_998)
    );
    if funnel.between > 0.0 {
        text.push_str(&format!(
            "; areas differ by more than chance, and with that allowed for {} (95%), {} (99.8%)",
            of(funnel.wide_95),
            of(funnel.wide_998)
        ));
    }
    text
}
