//! A judgement: what one person or several think of it, on a scale.

use std::sync::Arc;

use super::asked::AskedFigure;
use super::cell::{Cell, CellProblem};
use super::declared::Declared;
use super::format::{Column, Evidence, EvidenceName};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind, Voucher};
use super::redraw::near;
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Estimate, Random, median};
use crate::toml_file::{At, Checker, WrittenNumber};
use crate::words::number;

/// The scale of a judgement in a test that the rules don't know.
const ANY_SCALE: (f64, f64) = (-1e9, 1e9);

/// What people in their roles think of it, on a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The scores, one for each scorer; at least one.
    pub scores: Arc<[Score]>,
    /// The lowest and highest possible score.
    pub scale: (f64, f64),
    /// Why it was judged so.
    pub because: Arc<str>,
}

/// One person's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The role of whoever gave it.
    pub by: Arc<str>,
    /// On the judgement's scale.
    pub score: f64,
}

impl Judgement {
    /// The same scores, by roles that are told in other words.
    #[must_use]
    pub(super) fn with_roles(&self, told: &mut dyn FnMut(&str) -> String) -> Self {
        let scores = self.scores.iter().map(|score| Score { by: told(&score.by).into(), ..score.clone() });
        Self { scores: scores.collect(), ..self.clone() }
    }

    /// The median score.
    pub fn score(&self) -> f64 {
        let scores: Vec<f64> = self.scores.iter().map(|score| score.score).collect();
        median(&scores).unwrap_or(0.0)
    }

    /// The lowest score given.
    pub fn lowest(&self) -> f64 {
        self.scores.iter().map(|score| score.score).fold(f64::INFINITY, f64::min)
    }

    /// The highest score given.
    pub fn highest(&self) -> f64 {
        self.scores.iter().map(|score| score.score).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The median; between the lowest and the highest score where several people judged.
    pub fn headline(&self) -> Estimate {
        match self.scores.len() {
            0 | 1 => Estimate::exact(self.score()),
            _ => Estimate::between(self.score(), self.lowest(), self.highest()),
        }
    }

    fn is_on_scale(&self, score: f64) -> bool {
        (self.scale.0..=self.scale.1).contains(&score)
    }
}

impl Kind for Judgement {
    const WORD: &'static str = "judgement";
    const PHRASE: &'static str = "a judgement";
    const KEYS: &'static [Key] = &[
        Key { name: "judgement", needs: &["scale", "by", "date", "because"], may_have: &[] },
        Key { name: "scores", needs: &["scale", "date", "because"], may_have: &[] },
    ];
    const ASKED: Result<AskedFigure, &'static str> = Err("people judge it, on a form for scores");
    const IN_TESTS: Result<&'static str, &'static str> = Ok("judgement");

    fn voucher(_: bool) -> Voucher {
        Voucher::People
    }

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        let scale = needs(check, "scale", evidence.scale.as_ref(), span).and_then(|scale| check.scale(scale))?;
        let mut scores: Vec<Score> = Vec::new();
        if let Some(score) = &evidence.judgement {
            let by = needs(check, "by", evidence.by.as_ref(), span)?;
            scores.push(judge_score(check, scale, score, by)?);
        } else {
            let list = evidence.scores.as_ref()?;
            for score in &list.value {
                scores.push(judge_score(check, scale, &score.value.score, &score.value.by)?);
            }
            if list.value.is_empty() {
                check.problem(
                    Code::BadValue,
                    &list.span,
                    "no scorer is named",
                    "add a score, or say `missing = \"why\"`",
                );
                return None;
            }
        }
        let because = evidence.because.as_ref().and_then(|because| check.text(because, "the reason"));
        Some(Ok(Self { scores: scores.into(), scale, because: because.unwrap_or_default().into() }))
    }

    fn judge_column(check: &mut Checker<'_>, column: &Column, _: Option<Period>) -> Option<Self> {
        let span = &column.header.span;
        let scale = needs(check, "scale", column.scale.as_ref(), span).and_then(|scale| check.scale(scale))?;
        let by = needs(check, "by", column.by.as_ref(), span).and_then(|by| check.text(by, "the role"))?;
        let because =
            needs(check, "because", column.because.as_ref(), span).and_then(|text| check.text(text, "the reason"))?;
        let date = needs(check, "date", column.date.as_ref(), span)?;
        period(check, date)?;
        Some(Self { scores: Arc::new([Score { by: by.into(), score: f64::NAN }]), scale, because: because.into() })
    }

    fn complete(written: &mut At<Evidence>, declared: Option<&Declared>) {
        // Evidence that is not declared is told as such.
        let scale = declared.map_or(Some(ANY_SCALE), |declared| declared.settings.scale);
        let span = written.span.clone();
        let scale = scale.map(|(low, high)| At { value: vec![WrittenNumber(low), WrittenNumber(high)], span });
        written.value.scale = written.value.scale.take().or(scale);
    }

    fn judge_declaration(check: &mut Checker<'_>, written: &At<EvidenceName>) {
        if written.value.scale.is_none() {
            let help = "add `scale = [0, 5]`: the lowest and highest possible score";
            check.problem(Code::MissingKey, &written.span, "a judgement needs its `scale`", help);
        }
    }

    fn range(declared: &Declared) -> (f64, f64) {
        declared.settings.scale.unwrap_or((0.0, f64::INFINITY))
    }

    fn ordinal_scale(declared: &Declared) -> Option<(f64, f64)> {
        declared.settings.scale
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.headline())
    }

    /// As many people, drawn from them with replacement: the bootstrap, Efron (1979, *Annals of Statistics* 7(1), 1–26).
    /// What a single person thinks is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        let people = self.scores.len();
        let somebody = |own: &Score| {
            let drawn = usize::try_from(random.below(people as u64)).ok().and_then(|at| self.scores.get(at));
            drawn.unwrap_or(own).clone()
        };
        Self { scores: self.scores.iter().map(somebody).collect(), ..self.clone() }
    }

    fn is_of_one_person(&self) -> bool {
        self.scores.len() == 1
    }

    fn moved(&self, declared: &Declared, random: &mut Random) -> Option<Self> {
        let [only] = &*self.scores else { return None };
        let score = near(only.score, declared.settings.spread?, self.scale, random);
        Some(Self { scores: Arc::new([Score { score, ..only.clone() }]), ..self.clone() })
    }

    fn draws(&self) -> usize {
        self.scores.len()
    }

    fn lines(&self) -> Vec<String> {
        let plain = |x: f64| number(x, DECIMALS);
        let scale = format!("on a scale of {} to {}", plain(self.scale.0), plain(self.scale.1));
        match &*self.scores {
            [only] => vec![format!("{} {scale}", plain(only.score))],
            scores => {
                let each = scores.iter().map(|score| format!("{}: {}", score.by, plain(score.score)));
                each.chain([scale]).collect()
            }
        }
    }

    fn judged_by(&self) -> Vec<&str> {
        self.scores.iter().map(|score| &*score.by).collect()
    }

    fn scores(&self) -> Vec<f64> {
        self.scores.iter().map(|score| score.score).collect()
    }

    fn misfit(&self, name: &str, declared: &Declared) -> Option<(String, String)> {
        let ((low, high), wanted) = (self.scale, declared.settings.scale?);
        (self.scale != wanted).then(|| {
            let (least, most) = wanted;
            let message = format!("`{name}` is judged from {low} to {high} here; the rule set reads {least} to {most}");
            let help = "score it on the rule set's scale, or change `scale` there and the value function with it";
            (message, help.to_owned())
        })
    }

    fn read_number(&self, score: f64) -> Result<Cell, CellProblem> {
        match self.is_on_scale(score) {
            true => Ok(Cell::Figure(score)),
            false => Err((Code::BadValue, "give a score on the column's `scale`")),
        }
    }

    fn with_number(&self, number: Estimate, _: Option<Denominator>) -> Self {
        let scores = self.scores.iter().map(|score| Score { score: number.estimate, ..score.clone() });
        Self { scores: scores.collect(), ..self.clone() }
    }
}

/// A score on the scale, with the role of whoever gave it.
fn judge_score(
    check: &mut Checker<'_>,
    (low, high): (f64, f64),
    written: &At<WrittenNumber>,
    by: &At<String>,
) -> Option<Score> {
    let score = check.finite(written)?;
    if !(low..=high).contains(&score) {
        let message = format!("the score {score} is not on the scale from {low} to {high}");
        check.problem(Code::BadValue, &written.span, message, "give a score on the scale, or widen the scale");
        return None;
    }
    Some(Score { by: check.text(by, "the role")?.into(), score })
}
