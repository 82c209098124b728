//! How sure a place in the first tier is: by draws where they were made, and by what totals could be where not.

use std::collections::BTreeMap;

use super::super::summary;
use crate::ranked::RankedAssessment;
use crate::rules::{Sure, Takes};
use crate::scoring::{Fixed, Standing, Trace};
use crate::sensitivity::acceptability::CandidateAcceptability;

/// How sure a place is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Surety {
    Secure,
    Probable,
    Open,
    Unlikely,
}

impl Surety {
    /// Those of whom the first side tells.
    pub(super) const TOLD: [Self; 3] = [Self::Secure, Self::Probable, Self::Open];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Secure => "Secure",
            Self::Probable => "Probable",
            Self::Open => "Open",
            Self::Unlikely => "Unlikely",
        }
    }
}

/// Those to whom rules give a place.
pub(super) fn given<'t, 'a>(report: &'t RankedAssessment<'a>) -> Vec<&'t Trace<'a>> {
    report.traces.iter().filter(|trace| trace.is_given_a_place()).collect()
}

/// Those with a place of whom nothing says how sure it is.
pub(super) fn above_unknown<'t, 'a>(report: &'t RankedAssessment<'a>, sure: &Sureness) -> Vec<&'t Trace<'a>> {
    sure.unknown(&report.traces).into_iter().filter(|trace| trace.standing == Standing::Tier(0)).collect()
}

/// How sure the place of one candidate is.
#[derive(Clone, Copy)]
pub(in crate::report::paper) struct SurePlace {
    pub(super) surety: Surety,
    /// In which share of draws it has a place, or is first where the first tier has no places; none without draws.
    pub(super) runs: Option<f64>,
}

/// How sure places are.
pub(in crate::report) struct Sureness {
    /// Whether draws say it, and not ranges.
    pub(super) by_draws: bool,
    of: BTreeMap<String, SurePlace>,
    /// Those without a place in the first tier of whose family another has one, each with its title.
    aside: BTreeMap<String, String>,
}

impl Sureness {
    /// Of all on whom points decide. Empty where all stand in one tier.
    pub(in crate::report) fn new(report: &RankedAssessment<'_>) -> Self {
        let has_places = matches!(report.rules.tiers.first().map(|tier| tier.takes), Some(Takes::Places(_)));
        let draws = report.acceptability.as_ref();
        let by_draws = draws.is_some() && has_places;
        let ranges = Ranges::new(report);
        let accepted = |trace: &Trace<'_>| {
            let number = report.assessment.candidate_number(&trace.candidate.id)?;
            draws?.0.candidates.iter().find(|accepted| accepted.candidate == number)
        };
        let ranges = ranges.as_ref();
        let place = |trace: &Trace<'_>| {
            let found: Option<&CandidateAcceptability> = accepted(trace).filter(|_| trace.overruling_gate().is_none());
            let runs = found.map(|found| found.in_top);
            let by_draws = runs.filter(|_| by_draws).map(|share| of_draws(share, report.rules.sure));
            let surety = by_draws.or_else(|| ranges?.surety(trace))?;
            Some((trace.candidate.id.clone(), SurePlace { surety, runs }))
        };
        let of = report.traces.iter().filter_map(place).collect();
        let held = report.traces.iter().filter_map(|trace| Some((trace, holder(trace, report)?)));
        let aside = held.map(|(trace, by)| (trace.candidate.id.clone(), by.candidate.title.clone())).collect();
        Self { by_draws, of, aside }
    }

    /// Of one candidate; none where a rule decides on it, or where it has no total.
    pub(super) fn of(&self, trace: &Trace<'_>) -> Option<SurePlace> {
        self.of.get(&trace.candidate.id).copied()
    }

    /// Whether nothing is known of anybody's place.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Those of whom nothing says how sure their place is, though points decide on it, in the order of the list. All, where all
    /// stand in one tier.
    pub(in crate::report) fn unknown<'t, 'a>(&self, traces: &'t [Trace<'a>]) -> Vec<&'t Trace<'a>> {
        let by_points = |trace: &&Trace<'a>| trace.total.is_some() && trace.overruling_gate().is_none();
        traces.iter().filter(by_points).filter(|trace| self.of(trace).is_none()).collect()
    }

    /// Whether it has a total, and a place or one that is not unlikely.
    pub(super) fn is_at_stake(&self, trace: &Trace<'_>) -> bool {
        let may_have_one = || self.of(trace).is_some_and(|place| place.surety <= Surety::Open);
        trace.total.is_some() && (trace.standing == Standing::Tier(0) || may_have_one())
    }

    /// Whether it could take the place of its family alone, which another has.
    pub(super) fn is_aside(&self, trace: &Trace<'_>) -> bool {
        self.aside.contains_key(&trace.candidate.id)
    }

    /// The title of whoever of its family has a place; none where nobody has.
    pub(super) fn holder(&self, trace: &Trace<'_>) -> Option<&str> {
        self.aside.get(&trace.candidate.id).map(String::as_str)
    }

    /// Those whose place is so sure, in the order of the list, without those who could only take the place of their own family.
    pub(in crate::report) fn those<'t, 'a>(&self, surety: Surety, traces: &'t [Trace<'a>]) -> Vec<&'t Trace<'a>> {
        let has_it = |trace: &&Trace<'a>| self.of(trace).is_some_and(|place| place.surety == surety);
        traces.iter().filter(has_it).filter(|trace| !self.is_aside(trace)).collect()
    }

    /// Those who could take the place of their own family from whoever has it, and no other.
    pub(super) fn within_families<'t, 'a>(&self, traces: &'t [Trace<'a>]) -> Vec<&'t Trace<'a>> {
        let may = |trace: &&Trace<'a>| self.of(trace).is_some_and(|place| place.surety <= Surety::Open);
        traces.iter().filter(may).filter(|trace| self.is_aside(trace)).collect()
    }

    /// How many places are still to be had when those that are secure or probable, and those that rules give, are taken; none
    /// where the first tier has no places.
    pub(super) fn open_places(&self, report: &RankedAssessment<'_>) -> Option<usize> {
        let Takes::Places(places) = report.rules.tiers.first()?.takes else { return None };
        let given = report.traces.iter().filter(|trace| trace.is_given_a_place());
        let sure = [Surety::Secure, Surety::Probable].map(|surety| self.those(surety, &report.traces).len());
        Some(places.saturating_sub(given.count() + sure.iter().sum::<usize>()))
    }
}

/// Who has the place of its family in the first tier; none where it has it itself, where nobody has, and where places do not go by
/// families.
fn holder<'t, 'a>(trace: &Trace<'a>, report: &'t RankedAssessment<'a>) -> Option<&'t Trace<'a>> {
    report.rules.tiers.first().filter(|first| first.one_of_a_family)?;
    let family = |trace: &Trace<'a>| &trace.family.unwrap_or(trace.candidate).id;
    if trace.standing == Standing::Tier(0) {
        return None;
    }
    let own = family(trace);
    report.traces.iter().find(|other| other.standing == Standing::Tier(0) && family(other) == own)
}

/// In which share of draws somebody is first by points; none without draws and for long lists.
pub(super) fn first_share(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<f64> {
    let number = report.assessment.candidate_number(&trace.candidate.id)?;
    let (found, _) = report.acceptability.as_ref()?;
    let accepted = found.candidates.iter().find(|accepted| accepted.candidate == number)?;
    accepted.places.as_ref()?.first().copied()
}

/// By whole draws of a hundred, as they are printed.
pub(super) fn of_draws(share: f64, sure: Sure) -> Surety {
    let runs = (share * 100.0).round();
    match () {
        () if runs >= f64::from(sure.secure) => Surety::Secure,
        () if runs >= f64::from(sure.probable) => Surety::Probable,
        () if runs >= f64::from(sure.open) => Surety::Open,
        () => Surety::Unlikely,
    }
}

/// What ranges say of places, one candidate at a time: all others stay as they stand.
struct Ranges {
    /// Where the first tier ends.
    line: Fixed,
    /// Whether it has places that candidates take from each other.
    has_places: bool,
    /// The highest total without a place, of those whose family has none either; none where there is none.
    best_outside: Option<Fixed>,
    /// Of each that has the place of its family the highest total of those who stand aside for it.
    best_aside: BTreeMap<String, Fixed>,
    /// Of each that stands aside the total of whoever has the place of its family; none where a rule gave it away.
    holders: BTreeMap<String, Option<Fixed>>,
}

impl Ranges {
    fn new(report: &RankedAssessment<'_>) -> Option<Self> {
        let first = report.rules.tiers.first()?;
        let has_places = matches!(first.takes, Takes::Places(_));
        let mut found = Self {
            line: summary::line(report)?,
            has_places,
            best_outside: None,
            best_aside: BTreeMap::new(),
            holders: BTreeMap::new(),
        };
        for trace in report.traces.iter().filter(|trace| matches!(trace.standing, Standing::Tier(1..))) {
            let Some(total) = trace.total else { continue };
            let Some(holder) = holder(trace, report) else {
                found.best_outside = found.best_outside.max(Some(total));
                continue;
            };
            let best = found.best_aside.entry(holder.candidate.id.clone()).or_insert(total);
            *best = (*best).max(total);
            let to_pass = holder.total.filter(|_| holder.overruling_gate().is_none());
            found.holders.insert(trace.candidate.id.clone(), to_pass);
        }
        Some(found)
    }

    fn surety(&self, trace: &Trace<'_>) -> Option<Surety> {
        if trace.overruling_gate().is_some() {
            return None;
        }
        let (low, high) = trace.least_and_most()?;
        let id = &trace.candidate.id;
        let is_secure = match trace.standing {
            Standing::Tier(0) if self.has_places => {
                let rival = self.best_outside.max(self.best_aside.get(id).copied());
                rival.is_none_or(|rival| low > rival)
            }
            Standing::Tier(0) => low >= self.line,
            Standing::Tier(_)
                if self.holders.get(id).copied().unwrap_or(Some(self.line)).is_some_and(|to_pass| high >= to_pass) =>
            {
                false
            }
            Standing::Tier(_) => return Some(Surety::Unlikely),
            Standing::Outside(_) | Standing::NotRanked => return None,
        };
        Some(if is_secure { Surety::Secure } else { Surety::Open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The usual limits, and what stands on each side of them: shares are counted as they are printed.
    #[test]
    fn shares_of_draws_are_judged_as_they_are_printed() {
        for (share, found) in [
            (1.0, Surety::Secure),
            (0.95, Surety::Secure),
            (0.9451, Surety::Secure),
            (0.9449, Surety::Probable),
            (0.75, Surety::Probable),
            (0.7449, Surety::Open),
            (0.25, Surety::Open),
            (0.2449, Surety::Unlikely),
            (0.0, Surety::Unlikely),
        ] {
            assert_eq!(of_draws(share, Sure::default()), found, "{share}");
        }
        assert_eq!(of_draws(0.8, Sure { secure: 80, probable: 60, open: 1 }), Surety::Secure);
    }
}
