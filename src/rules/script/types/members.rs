//! What members say of a candidate, as expressions see it.

use rhai::{Dynamic, Engine};

use super::finding::Finding;
use super::statistic::Statistic;
use crate::assessment::Members;
use crate::rules::script::coerce::{or_unit, whole};
use crate::rules::script::price::all;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::Estimate;
use crate::words::{counted, listed, number};

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Members>("Members");
    engine.register_get("asked", |value: &mut Members| whole(value.says.len()));
    engine.register_get("yes", |value: &mut Members| whole(all(value).yes()));
    engine.register_get("unknown", |value: &mut Members| whole(all(value).unknown()));
    engine.register_get("how_many", |value: &mut Members| in_words(all(value)));
    engine.register_get("who", |value: &mut Members| who(all(value)));
    engine.register_get("spread", |value: &mut Members| or_unit(all(value).spread()));
    engine.register_fn("has", |value: &mut Members, member: &str| has(all(value), member));
    engine.register_fn("share_of_members", |value: &mut Members| share_of_members(all(value)));
    engine.register_fn("people_covered", |value: &mut Members| people_covered(all(value)));
    engine.register_fn("share_of_people", |value: &mut Members| share_of_people(all(value)));
    engine.register_fn("places", |value: &mut Members| places(all(value)));
    engine.register_fn("mean_total", |value: &mut Members| mean_total(all(value)));
    engine.register_fn("to_string", |value: &mut Members| in_words(all(value)));
}

/// Whether a member has it as a priority; nothing where it did not say.
fn has(members: &Members, member: &str) -> Fallible<Dynamic> {
    match members.says.iter().find(|says| says.member == member) {
        Some(says) => Ok(says.is_priority.map_or(Dynamic::UNIT, Dynamic::from_bool)),
        None => refuse(&format!("there is no member \"{member}\"")),
    }
}

/// The titles of those that have it as a priority.
fn who(members: &Members) -> String {
    let titles = members.who();
    if titles.is_empty() { "no member".to_owned() } else { listed(&titles) }
}

/// So many of so many, and how many did not say.
fn in_words(members: &Members) -> String {
    let unknown = match members.unknown() {
        0 => String::new(),
        some => format!(", and {some} did not say"),
    };
    format!(
        "{} of {}{unknown}",
        number(members.listing().estimate, 0),
        counted(members.says.len(), "member", "members")
    )
}

fn found(figure: Estimate, sentence: String) -> Finding {
    Finding::new(figure, Statistic::OfMembers(sentence))
}

#[expect(clippy::cast_precision_loss, reason = "members are few")]
fn share_of_members(members: &Members) -> Finding {
    let share = members.listing().times(100.0 / members.says.len() as f64);
    found(share, in_words(members))
}

fn people_covered(members: &Members) -> Finding {
    match members.people() {
        Some(people) => found(people, format!("{} people, of {}", number(people.estimate, 0), in_words(members))),
        None => Finding::refused(NO_PEOPLE),
    }
}

fn share_of_people(members: &Members) -> Finding {
    let (Some(people), Some(everybody)) = (members.people(), members.all_people()) else {
        return Finding::refused(NO_PEOPLE);
    };
    let share = people.times(100.0 / everybody);
    found(share, format!("{}% of {} people, of {}", number(share.estimate, 1), number(everybody, 0), in_words(members)))
}

const NO_PEOPLE: &str = "not every member has filed how many people live in its area";

fn places(members: &Members) -> Finding {
    let Some(places) = members.places() else { return Finding::refused("no member ranks its priorities") };
    let ranking = members.says.iter().filter(|says| says.of.is_some()).count();
    found(
        places,
        format!(
            "{} of 1 by its places in the lists of {}",
            number(places.estimate, 2),
            counted(ranking, "member", "members")
        ),
    )
}

fn mean_total(members: &Members) -> Finding {
    match members.mean_total() {
        Ok(mean) => found(mean, format!("a mean total of {} under one rule set", number(mean.estimate, 2))),
        Err(why) => Finding::refused(why),
    }
}
