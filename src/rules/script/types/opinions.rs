//! Judgements as expressions see them.

use rhai::Engine;

use super::finding::Finding;
use super::statistic::Statistic;
use crate::assessment::Judgement;
use crate::rules::script::coerce::whole;
use crate::stats::{self, Estimate};
use crate::words;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Judgement>("Judgement");
    engine.register_get("score", |value: &mut Judgement| value.score());
    engine.register_get("lowest", |value: &mut Judgement| value.lowest());
    engine.register_get("highest", |value: &mut Judgement| value.highest());
    engine.register_get("spread", |value: &mut Judgement| value.highest() - value.lowest());
    engine.register_get("scorers", |value: &mut Judgement| whole(value.scores.len()));
    engine.register_get("because", |value: &mut Judgement| value.because.to_string());
    engine.register_fn("to_string", |value: &mut Judgement| words::number(value.score(), 2));
    engine.register_fn("agreement", |value: &mut Judgement| agreement(value));
}

/// How far the scorers agree, from 0 to 1.
fn agreement(judgement: &Judgement) -> Finding {
    let scores: Vec<f64> = judgement.scores.iter().map(|score| score.score).collect();
    match stats::agreement(&scores, judgement.scale) {
        Some(found) => Finding::new(Estimate::exact(found.index), Statistic::Agreement(found)),
        None => Finding::refused("one scorer can't agree or disagree"),
    }
}
