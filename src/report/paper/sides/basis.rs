//! What points rest on: a published figure, somebody's judgement, a made-up one, or what stands in for a missing answer.

use super::super::model::BasisMark;
use crate::rules::Earned;
use crate::scoring::{Contribution, Trace};

/// What the points of an answer rest on. Made up is what has anything made up in it, and judged what has anything judged in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report::paper) enum Basis {
    Published,
    Judged,
    MadeUp,
    StandIn,
}

impl Basis {
    pub(super) const ALL: [Self; 4] = [Self::Published, Self::Judged, Self::MadeUp, Self::StandIn];

    /// What an answer rests on; none where the question was left out.
    pub(in crate::report::paper) fn of(part: &Contribution<'_>) -> Option<Self> {
        if part.missing.is_some() {
            return part.value.map(|_| Self::StandIn);
        }
        let any = |is: fn(&crate::assessment::Origin) -> bool| part.evidence.iter().any(|cited| is(&cited.origin));
        Some(match () {
            () if any(|origin| origin.illustration) => Self::MadeUp,
            () if any(|origin| origin.judged.is_some()) => Self::Judged,
            () => Self::Published,
        })
    }

    /// How it is drawn and told.
    pub(in crate::report::paper) fn mark(self) -> BasisMark {
        let (class, sign, words) = match self {
            Self::Published => ("published", "", "published figure"),
            Self::Judged => ("judged", "†", "judgement"),
            Self::MadeUp => ("made-up", "‡", "made-up score, alone or beside figures"),
            Self::StandIn => ("stand-in", "*", "stand-in for a missing answer"),
        };
        BasisMark { class, sign, words }
    }

    /// What so many of a hundred rest on.
    pub(super) fn of_a_hundred(self) -> &'static str {
        match self {
            Self::Published => "from published figures",
            Self::Judged => "from judgement",
            Self::MadeUp => "from made-up scores",
            Self::StandIn => "for missing answers",
        }
    }
}

/// Whether the points of its answers add up to its total; they do not where a total is made of groups' scores or of factors.
fn adds_up(trace: &Trace<'_>) -> bool {
    let parts = || trace.contributions.iter().filter(|part| !part.is_beside);
    let is_part = |part: &Contribution<'_>| part.kind == Earned::Points && part.points.units() >= 0;
    let sum: f64 = parts().map(|part| part.points.to_f64()).sum();
    parts().all(is_part) && trace.total.is_some_and(|total| (total.to_f64() - sum).abs() < 1e-6)
}

/// What there is of each basis: points where they add up to totals, and answers otherwise.
pub(super) struct Amounts {
    /// Whether points are counted, and not answers.
    pub(super) of_points: bool,
    amounts: [f64; 4],
}

impl Amounts {
    /// Of these candidates; those without a total count for nothing.
    pub(super) fn of<'t, 'a: 't>(traces: impl Iterator<Item = &'t Trace<'a>>) -> Self {
        let ranked: Vec<&Trace<'_>> = traces.filter(|trace| trace.total.is_some()).collect();
        let parts = || ranked.iter().flat_map(|trace| &trace.contributions).filter(|part| !part.is_beside);
        let of_points = ranked.iter().all(|trace| adds_up(trace));
        let amount = |part: &Contribution<'_>| if of_points { part.points.to_f64() } else { 1.0 };
        let of = |basis: Basis| parts().filter(|part| Basis::of(part) == Some(basis)).map(amount).sum();
        Self { of_points, amounts: Basis::ALL.map(of) }
    }

    /// How much there is of one.
    pub(super) fn amount(&self, basis: Basis) -> f64 {
        Basis::ALL.iter().zip(&self.amounts).filter(|(it, _)| **it == basis).map(|(_, amount)| amount).sum()
    }

    pub(super) fn total(&self) -> f64 {
        self.amounts.iter().sum()
    }

    /// How many of a hundred rest on each, by largest remainders: they add up to a hundred. None where there is nothing.
    pub(super) fn of_a_hundred(&self) -> Vec<(Basis, u32)> {
        let total = self.total();
        if total <= 0.0 {
            return Vec::new();
        }
        let exact = self.amounts.map(|amount| amount / total * 100.0);
        let mut shares: Vec<(Basis, u32, f64)> =
            Basis::ALL.into_iter().zip(exact).map(|(basis, exact)| (basis, whole(exact), exact.fract())).collect();
        let given: u32 = shares.iter().map(|(_, share, _)| share).sum();
        let mut by_rest: Vec<usize> = (0..shares.len()).collect();
        let rest = |at: &usize| shares.get(*at).map_or(0.0, |(.., rest)| *rest);
        by_rest.sort_by(|one, other| rest(other).total_cmp(&rest(one)).then(one.cmp(other)));
        let more = usize::try_from(100_u32.saturating_sub(given)).unwrap_or(0);
        for at in by_rest.into_iter().take(more) {
            if let Some((_, share, _)) = shares.get_mut(at) {
                *share += 1;
            }
        }
        shares.into_iter().filter(|(_, share, _)| *share > 0).map(|(basis, share, _)| (basis, share)).collect()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn whole(share: f64) -> u32 {
    share.clamp(0.0, 100.0) as u32
}

/// What share of what somebody scores is made up: of its points where they add up to its total, and of its answers elsewhere;
/// none without a total, and where nothing of it is.
pub(super) fn made_up_share(trace: &Trace<'_>) -> Option<f64> {
    let amounts = Amounts::of(std::iter::once(trace));
    let share = amounts.amount(Basis::MadeUp) / amounts.total();
    (share > 0.0).then_some(share)
}

/// How many answers there are of each basis, of all that are asked for, with a total or without.
pub(in crate::report::paper) struct Answers {
    pub(in crate::report::paper) all: usize,
    pub(in crate::report::paper) missing: usize,
    pub(in crate::report::paper) published: usize,
    pub(in crate::report::paper) judged: usize,
    pub(in crate::report::paper) made_up: usize,
}

impl Answers {
    /// Of these candidates.
    pub(in crate::report::paper) fn of<'t, 'a: 't>(traces: impl Iterator<Item = &'t Trace<'a>>) -> Self {
        let mut found = Self { all: 0, missing: 0, published: 0, judged: 0, made_up: 0 };
        for part in traces.flat_map(|trace| &trace.contributions) {
            found.all += 1;
            match Basis::of(part).filter(|_| part.missing.is_none()) {
                Some(Basis::Published) => found.published += 1,
                Some(Basis::Judged) => found.judged += 1,
                Some(Basis::MadeUp) => found.made_up += 1,
                Some(Basis::StandIn) | None => found.missing += 1,
            }
        }
        found
    }

    /// How many there are: those that are not missing.
    pub(in crate::report::paper) fn given(&self) -> usize {
        self.all - self.missing
    }
}
