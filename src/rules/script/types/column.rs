//! The answers of all candidates to one question, as a value function over the whole column sees them.

use std::sync::Arc;

use rhai::{Dynamic, Engine, FLOAT, INT};

use super::with_number::with_number;
use crate::rules::script::coerce::{or_unit, whole};
use crate::rules::script::refusal::{Fallible, refuse};

/// The answers of all candidates of a list to one question, without those that are missing; cheap to pass on.
#[derive(Debug, Clone)]
pub struct AnswersOfAll {
    /// In ascending order.
    pub sorted: Arc<[f64]>,
    /// Their mean; 0 where there are none.
    pub mean: f64,
    /// Their standard deviation; 0 where there are none.
    pub deviation: f64,
}

impl AnswersOfAll {
    fn below(&self, x: f64) -> usize {
        self.sorted.partition_point(|other| *other < x)
    }

    fn up_to(&self, x: f64) -> usize {
        self.sorted.partition_point(|other| *other <= x)
    }

    /// The answer below which a share of them lies, by straight lines between neighbours: Hyndman and Fan's seventh definition
    /// (1996), the one of spreadsheets.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the list")]
    fn quantile(&self, share: f64) -> Fallible<Dynamic> {
        if !(0.0..=1.0).contains(&share) {
            return refuse("a share of the answers is a number from 0 to 1");
        }
        let place = self.sorted.len().saturating_sub(1) as f64 * share;
        let (at, part) = (place.floor() as usize, place - place.floor());
        let Some(low) = self.sorted.get(at).copied() else { return Ok(Dynamic::UNIT) };
        let high = self.sorted.get(at + 1).copied().unwrap_or(low);
        Ok(Dynamic::from_float(low + (high - low) * part))
    }
}

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<AnswersOfAll>("Column");
    engine.register_fn("len", |all: &mut AnswersOfAll| whole(all.sorted.len()));
    engine.register_fn("mean", |all: &mut AnswersOfAll| all.mean);
    engine.register_fn("standard_deviation", |all: &mut AnswersOfAll| all.deviation);
    engine.register_fn("lowest", |all: &mut AnswersOfAll| or_unit(all.sorted.first().copied()));
    engine.register_fn("highest", |all: &mut AnswersOfAll| or_unit(all.sorted.last().copied()));
    // The answers in ascending order, from 0: a loop over them pays for each.
    engine.register_indexer_get(|all: &mut AnswersOfAll, place: INT| -> Fallible<FLOAT> {
        match usize::try_from(place).ok().and_then(|place| all.sorted.get(place)) {
            Some(answer) => Ok(*answer),
            None => refuse(&format!("there is no answer number {place}: they are counted from 0")),
        }
    });
    with_number!(engine, "below", AnswersOfAll, |all: &mut AnswersOfAll, x: FLOAT| whole(all.below(x)));
    with_number!(engine, "equal", AnswersOfAll, |all: &mut AnswersOfAll, x: FLOAT| whole(all.up_to(x) - all.below(x)));
    with_number!(engine, "above", AnswersOfAll, |all: &mut AnswersOfAll, x: FLOAT| {
        whole(all.sorted.len() - all.up_to(x))
    });
    with_number!(engine, "quantile", AnswersOfAll, |all: &mut AnswersOfAll, share: FLOAT| all.quantile(share));
}
