//! The rules run again on evidence that is drawn, one draw after the other.

use super::redraw::{MissingAnswer, Redraw, missing_answers};
use crate::assessment::Assessment;
use crate::diagnostic::Problem;
use crate::scoring::{Ranking, Rerun};
use crate::stats::{Random, Stream};

/// What one thread needs to ask the rules about evidence as it might have been.
pub struct Redrawn<'a> {
    /// The answers of the last draw.
    pub rerun: Rerun<'a>,
    seed: u64,
    redraw: Redraw<'a>,
    room: Assessment,
    /// The answers that nobody has.
    missing: Vec<MissingAnswer>,
}

impl<'a> Redrawn<'a> {
    /// Of a ranking's evidence, from a seed. Missing answers are drawn for these candidates, by number.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn new(ranking: &Ranking<'a>, candidates: &[usize], seed: u64) -> Result<Self, Problem> {
        let redraw = Redraw::new(ranking.assessment, ranking.rules);
        let room = redraw.empty_assessment();
        let missing = missing_answers(ranking, candidates).0;
        Ok(Self { rerun: Rerun::new(ranking.rules)?, seed, redraw, room, missing })
    }

    /// Draws the evidence of a draw, and asks every question about it.
    ///
    /// # Errors
    /// The first expression that failed.
    pub fn draw(&mut self, draw: u64) -> Result<(), Problem> {
        self.redraw.draw(&mut Random::new(self.seed, Stream::Evidence, draw), &mut self.room);
        self.rerun.answer(&self.room)?;
        self.rerun.suppose(&self.missing, &mut Random::new(self.seed, Stream::Answers, draw));
        Ok(())
    }
}
