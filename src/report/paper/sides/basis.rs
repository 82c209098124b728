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
            Self::MadeUp => ("made-up", "‡", "made-up score"),
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
        let parts = || ranked.iter().flat_map(|trace| &trace.contributions);
        let of_points = parts().all(|part| part.kind == Earned::Points && part.points.units() >= 0);
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

/// How many pieces of evidence the answers rest on, each once for each candidate, and how many of them are made up.
pub(super) fn pieces<'t, 'a: 't>(traces: impl Iterator<Item = &'t Trace<'a>>) -> (usize, usize) {
    let (mut all, mut made_up) = (0, 0);
    for trace in traces {
        let cited = trace.contributions.iter().flat_map(|part| &part.evidence);
        let pieces: std::collections::BTreeSet<(&str, bool)> =
            cited.map(|citation| (citation.path, citation.origin.illustration)).collect();
        all += pieces.len();
        made_up += pieces.iter().filter(|(_, ours)| *ours).count();
    }
    (all, made_up)
}
