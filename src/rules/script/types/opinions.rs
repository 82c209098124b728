//! Judgements as expressions see them.

use rhai::{Array, Dynamic, Engine};

use super::any::number;
use super::finding::Finding;
use super::statistic::Statistic;
use crate::assessment::Judgement;
use crate::rules::script::coerce::whole;
use crate::rules::script::price::{all, in_order};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{self, Estimate};
use crate::words::{self, counted};

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and no less than zero")]
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Judgement>("Judgement");
    engine.register_get("score", |value: &mut Judgement| in_order(value).score());
    engine.register_get("lowest", |value: &mut Judgement| all(value).lowest());
    engine.register_get("highest", |value: &mut Judgement| all(value).highest());
    engine.register_get("spread", |value: &mut Judgement| all(value).highest() - value.lowest());
    engine.register_get("scorers", |value: &mut Judgement| whole(value.scores.len()));
    engine.register_get("because", |value: &mut Judgement| all(value).because.to_string());
    engine.register_fn("to_string", |value: &mut Judgement| words::number(in_order(value).score(), 2));
    engine.register_get("scores", |value: &mut Judgement| -> Array {
        scores(value).into_iter().map(Dynamic::from).collect()
    });
    engine.register_fn("agreement", |value: &mut Judgement| agreement(value));
    engine.register_fn("mean", |value: &mut Judgement| trimmed_mean(value, 0));
    engine.register_fn("trimmed_mean", |value: &mut Judgement, cut: Dynamic| -> Fallible<Finding> {
        let cut = number(&cut)?;
        match cut >= 0.0 && cut.fract() == 0.0 {
            true => Ok(trimmed_mean(value, cut as usize)),
            false => refuse("say as a whole number how many scores are cut off at either end, such as 1"),
        }
    });
    engine.register_fn("deviation", |value: &mut Judgement| deviation(value));
}

fn scores(judgement: &Judgement) -> Vec<f64> {
    in_order(judgement).scores.iter().map(|score| score.score).collect()
}

/// The mean of the scores without so many at either end; between the lowest and the highest score, as the median is.
fn trimmed_mean(judgement: &Judgement, cut: usize) -> Finding {
    let scores = scores(judgement);
    let Some(mean) = stats::trimmed_mean(&scores, cut) else {
        let given = counted(scores.len(), "score has", "scores have");
        return Finding::refused(format!("{given} none left without {cut} at either end"));
    };
    let figure = match scores.len() {
        1 => Estimate::exact(mean),
        _ => Estimate::between(mean, judgement.lowest(), judgement.highest()),
    };
    Finding::new(figure, Statistic::Mean { mean, scorers: scores.len(), cut })
}

/// The standard deviation of the scores.
fn deviation(judgement: &Judgement) -> Finding {
    let scores = scores(judgement);
    match stats::sample_deviation(&scores) {
        Some(deviation) => {
            Finding::new(Estimate::exact(deviation), Statistic::Deviation { deviation, scorers: scores.len() })
        }
        None => Finding::refused("one score has no standard deviation"),
    }
}

/// How far the scorers agree, from 0 to 1.
fn agreement(judgement: &Judgement) -> Finding {
    match stats::agreement(&scores(judgement), judgement.scale) {
        Some(found) => Finding::new(Estimate::exact(found.index), Statistic::Agreement(found)),
        None => Finding::refused("one scorer can't agree or disagree"),
    }
}
