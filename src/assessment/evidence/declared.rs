//! Evidence that a rule set reads, as it declares it.

use super::format::{EvidenceKind, EvidenceName, PoolMethod, PooledWith};
use super::levels::Levels;
use crate::diagnostic::{Code, Place};
use crate::stats::Confidence;
use crate::toml_file::{At, Checker};

/// Evidence that the rules read.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// What kind it must be.
    pub kind: EvidenceKind,
    /// What it is called in reports.
    pub title: String,
    /// What it counts, in the plural.
    pub unit: Option<String>,
    /// Whom to ask for it where it is missing.
    pub ask: Option<String>,
    /// How sure intervals of its figures are: the same for all evidence of a rule set.
    pub confidence: Confidence,
    /// What is stated of it because it is of that kind.
    pub settings: Settings,
    /// Where `ruleset.toml` declares it.
    pub place: Place,
}

/// What a declaration states of some kinds of evidence, and not of others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The lowest and highest score of the scale that judgements must be on.
    pub scale: Option<(f64, f64)>,
    /// The words of levels.
    pub levels: Option<Levels>,
    /// By how much what one person alone judged may be off, either way, in points of the scale or in levels.
    pub spread: Option<f64>,
    /// With whom counts are pooled, and how.
    pub pooled: Option<Pooled>,
}

/// With whom counts are pooled, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pooled {
    /// With whom.
    pub with: PooledWith,
    /// How.
    pub method: PoolMethod,
}

impl Settings {
    /// Those that a declaration states, each judged by itself. What its kind needs of them the kind asks.
    pub fn judge(check: &mut Checker<'_>, written: &At<EvidenceName>) -> Self {
        let scale = written.value.scale.as_ref().and_then(|scale| check.scale(scale));
        Self { scale, levels: levels(check, written), spread: spread(check, written), pooled: pooled(check, written) }
    }
}

/// The words that a declaration lists; those of an outcome are the same for everybody.
fn levels(check: &mut Checker<'_>, written: &At<EvidenceName>) -> Option<Levels> {
    if written.value.kind.value != EvidenceKind::Outcome {
        return Levels::judge(check, written);
    }
    if let Some(list) = &written.value.levels {
        let message = "an outcome has the words that `review` gives it";
        check.problem(Code::BadValue, &list.span, message, "take `levels` out");
    }
    Some(Levels::of_outcomes())
}

fn spread(check: &mut Checker<'_>, written: &At<EvidenceName>) -> Option<f64> {
    let spread = written.value.spread.as_ref()?;
    let kind = written.value.kind.value;
    let help = match kind {
        EvidenceKind::Judgement => "give the points that one person may be off, such as `spread = 1`",
        EvidenceKind::Level => "give the levels that one person may be off, such as `spread = 1`",
        _ => {
            let message = "only judgements and levels have a `spread`";
            check.problem(Code::BadValue, &spread.span, message, "take it out: other evidence has intervals");
            return None;
        }
    };
    let size = spread.value.0;
    let is_whole = kind != EvidenceKind::Level || size.fract() == 0.0;
    if !(size > 0.0 && size.is_finite() && is_whole) {
        check.problem(Code::BadValue, &spread.span, format!("`{size}` is no spread"), help);
        return None;
    }
    Some(size)
}

fn pooled(check: &mut Checker<'_>, written: &At<EvidenceName>) -> Option<Pooled> {
    let At { value, span } = written.value.pooled.as_ref()?;
    if !matches!(written.value.kind.value, EvidenceKind::Count | EvidenceKind::Series) {
        let message = "only counts and series are pooled";
        check.problem(Code::BadValue, span, message, "take `pooled` out, or file the counts that this is made of");
        return None;
    }
    Some(Pooled { with: value.with.value, method: value.method.value })
}
