//! Offence tables as expressions see them: their harm, and how it moved.

use rhai::{Dynamic, Engine};

use super::any::number;
use super::finding::Finding;
use super::statistic::{HarmRate, Movement, Statistic};
use super::table::ParameterTable;
use super::unfit::Unfit;
use crate::assessment::{Offence, Offences};
use crate::rules::script::coerce::or_unit;
use crate::rules::script::price::{self, all};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{self, Estimate};
use crate::words;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Offences>("Offences");
    engine.register_get("count", |value: &mut Offences| all(value).count());
    engine.register_get("matched", |value: &mut Offences| all(value).harm().matched);
    engine.register_get("unmatched", |value: &mut Offences| all(value).harm().unmatched);
    engine.register_get("months", |value: &mut Offences| value.period.months());
    engine.register_get("period", |value: &mut Offences| value.period.to_string());
    for (name, figure) in FIGURES {
        engine.register_fn(name, move |value: &mut Offences| stated(value, Unfit::Qualify, figure));
        engine.register_fn(name, move |value: &mut Offences, word: &str| -> Fallible<Dynamic> {
            Ok(stated(value, Unfit::parse(word)?, figure))
        });
    }
    engine.register_fn("harm_rate", |value: &mut Offences, per: Dynamic, people: Dynamic| rate(value, &per, &people));
    engine.register_fn("weighed_by", |value: &mut Offences, weights: ParameterTable| weighed(value, &weights));
    engine.register_fn("heaviest_share", |value: &mut Offences| or_unit(all(value).heaviest_share()));
    engine.register_fn("heaviest", |value: &mut Offences| {
        let heaviest = all(value).harm().heaviest.and_then(|heaviest| value.offences.get(heaviest.row));
        heaviest.map(|offence| offence.offence.clone()).unwrap_or_default()
    });
    engine.register_fn("heaviest_count", |value: &mut Offences| all(value).harm().heaviest.map_or(0.0, |it| it.count));
    engine.register_fn("harm_change_from", |now: &mut Offences, before: Offences| harm_change(now, &before));
    engine.register_fn("harm_change_from", |_: &mut Offences, (): ()| ());
}

/// The same offences with the harm that a table gives for one of each, by its name; none for those it does not have.
fn weighed(value: &Offences, ParameterTable(weights): &ParameterTable) -> Fallible<Offences> {
    if let Some((name, weight)) = weights.iter().find(|(_, weight)| **weight < 0.0) {
        return refuse(&format!("the harm of \"{name}\" can't be {weight}"));
    }
    // Each is copied with its name.
    price::add(value.offences.len());
    let weighed = |offence: &Offence| Offence { harm: weights.get(&offence.offence).copied(), ..offence.clone() };
    Ok(Offences { offences: value.offences.iter().map(weighed).collect(), ..value.clone() })
}

/// A way to state harm; none where there is nothing to divide by.
pub(super) type HarmFigure = fn(&Offences) -> Option<Estimate>;

/// The ways to state harm; none where there is nothing to divide by.
const FIGURES: [(&str, HarmFigure); 3] = [
    ("harm", |value| Some(value.harm().estimate)),
    ("harm_per_year", |value| Some(value.harm_per_year())),
    ("harm_per_offence", Offences::harm_per_offence),
];

/// The harm of the offences that have a weight; `()` where there were none. Where some have no weight it is qualified,
/// or refused if the rule says so.
pub(super) fn stated(value: &Offences, if_unfit: Unfit, figure: HarmFigure) -> Dynamic {
    let harm = all(value).harm();
    let unmatched = words::number(harm.unmatched, 0);
    let (have, are) = if unmatched == "1" { ("has", "is") } else { ("have", "are") };
    let without = format!("{unmatched} of {} offences {have} no weight", words::number(value.count(), 0));
    if harm.unmatched > 0.0 && (if_unfit == Unfit::Refuse || harm.matched == 0.0) {
        return Dynamic::from(Finding::refused(format!("harm can't be worked out: {without}")));
    }
    let Some(estimate) = figure(all(value)) else { return Dynamic::UNIT };
    let found = Finding::new(estimate, Statistic::Harm(value.clone(), harm));
    let qualms = if harm.unmatched > 0.0 { vec![format!("{without} and {are} not in it")] } else { Vec::new() };
    Dynamic::from(found.qualified(qualms))
}

/// The harm a year per so many of the people.
///
/// # Errors
/// That there can't be so many.
pub(super) fn rate(value: &Offences, per: &Dynamic, people: &Dynamic) -> Fallible<Dynamic> {
    let (per, people) = (number(per)?, number(people)?);
    if let Some(wrong) = [per, people].into_iter().find(|number| !(number.is_finite() && *number > 0.0)) {
        return refuse(&format!("harm can't be set against {} people", words::number(wrong, 2)));
    }
    let found = stated(value, Unfit::Qualify, |value| Some(value.harm_per_year()));
    let stated = found.read_lock::<Finding>().and_then(|finding| {
        let rate = finding.figure()?.times(per / people);
        let harm = HarmRate { rate: rate.estimate, per, harm: value.harm(), months: value.period.months(), people };
        Some(finding.clone().restated(rate, Statistic::HarmRate(value.clone(), harm)))
    });
    Ok(stated.map_or(found, Dynamic::from))
}

/// How the harm a month has moved.
fn harm_change(now: &Offences, before: &Offences) -> Finding {
    let (new, old) = (all(now).harm(), all(before).harm());
    let months = (now.period.months(), before.period.months());
    let Some(found) = stats::harm_change((&new, months.0), (&old, months.1), now.confidence) else {
        return Finding::refused("there was no harm in one of the periods, so there is no ratio");
    };
    let moved = Movement {
        now: (new.estimate.estimate, months.0),
        before: (old.estimate.estimate, months.1),
        alike: months.0 == months.1,
        ratio: Some(found.ratio.estimate),
        at_least: None,
        years: now.period.years_after(before.period),
        overlapping: now.period.overlaps(before.period),
    };
    let unmatched = new.unmatched + old.unmatched;
    let mut qualms = Vec::new();
    if unmatched > 0.0 {
        qualms.push(match &*words::number(unmatched, 0) {
            "1" => "1 offence has no weight and is not in it".to_owned(),
            unmatched => format!("{unmatched} offences have no weight and are not in it"),
        });
    }
    Finding::new(found.ratio, Statistic::HarmChange(moved)).tested(found.p, now.confidence).qualified(qualms)
}
