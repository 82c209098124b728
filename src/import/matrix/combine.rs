//! How a sheet makes totals of scores: every form that is known is tried on the totals that stand there.

use super::{CombineScores, SectionWeights};
use crate::stats::median;
use crate::words::number;

/// What totals are made of.
pub(super) struct Arithmetic {
    /// The weights of the criteria, one list for each reading of the sections' weights.
    pub(super) readings: Vec<(Option<SectionWeights>, Vec<f64>)>,
    /// Each criterion's section.
    pub(super) sections: Vec<Option<usize>>,
    /// Each criterion's highest possible score.
    pub(super) highest: Vec<f64>,
    /// The candidates' scores; what is missing counts as zero in a spreadsheet.
    pub(super) rows: Vec<Vec<Option<f64>>>,
}

/// A total that the sheet has: the candidate's number, the figure and how many decimals the column shows.
pub(super) type PrintedTotal = (usize, f64);

/// The form that a sheet's totals have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TotalForm {
    pub(super) combine: CombineScores,
    pub(super) sections: Option<SectionWeights>,
    /// Whether the weights are left out: the scores are added up as they are.
    pub(super) unweighted: bool,
    /// The total is so many times what the combining gives.
    pub(super) factor: f64,
    /// What it is called.
    pub(super) words: String,
}

/// A form with how many of the printed totals it gives.
#[derive(Debug, Clone)]
pub(super) struct TotalFit {
    pub(super) form: TotalForm,
    pub(super) agreed: usize,
}

impl Arithmetic {
    /// What the scores of a candidate give; nothing is rounded.
    pub(super) fn total(&self, form: &TotalForm, row: usize) -> f64 {
        self.rows.get(row).map_or(0.0, |scores| self.combined(form, scores) * form.factor)
    }

    fn combined(&self, form: &TotalForm, scores: &[Option<f64>]) -> f64 {
        let scores = scores.iter().map(|score| score.unwrap_or(0.0));
        let ones = vec![1.0; self.highest.len()];
        let weights = if form.unweighted { &ones } else { self.weights(form.sections) };
        match form.combine {
            CombineScores::Sum => weights.iter().zip(scores).map(|(weight, score)| weight * score).sum(),
            CombineScores::Product => scores.product(),
            CombineScores::Sections => {
                let parts: Vec<f64> = weights.iter().zip(scores).map(|(weight, score)| weight * score).collect();
                (0..self.section_count()).map(|section| self.of_section(&parts, section)).product()
            }
        }
    }

    fn of_section(&self, parts: &[f64], section: usize) -> f64 {
        let of = self.sections.iter().zip(parts).filter(|(of, _)| **of == Some(section));
        of.map(|(_, part)| part).sum()
    }

    fn section_count(&self) -> usize {
        self.sections.iter().flatten().max().map_or(0, |last| last + 1)
    }

    /// Whether every criterion has a section, and there are several.
    pub(super) fn has_sections(&self) -> bool {
        self.section_count() > 1 && self.sections.iter().all(Option::is_some)
    }

    pub(super) fn weights(&self, sections: Option<SectionWeights>) -> &[f64] {
        let found = self.readings.iter().find(|(reading, _)| *reading == sections).or(self.readings.first());
        found.map_or(&[], |(_, weights)| weights)
    }

    /// The most that a candidate can have.
    fn most(&self, form: &TotalForm) -> f64 {
        let highest: Vec<Option<f64>> = self.highest.iter().copied().map(Some).collect();
        self.combined(form, &highest)
    }

    /// Every way to combine that there is something for, the usual one first.
    fn combinings(&self) -> Vec<TotalForm> {
        let form = |combine, sections, unweighted| TotalForm {
            combine,
            sections,
            unweighted,
            factor: 1.0,
            words: String::new(),
        };
        let mut forms: Vec<TotalForm> =
            self.readings.iter().map(|(reading, _)| form(CombineScores::Sum, *reading, false)).collect();
        let first = self.readings.first().and_then(|(reading, _)| *reading);
        forms.push(form(CombineScores::Product, first, false));
        if self.has_sections() {
            forms.push(form(CombineScores::Sections, first, false));
        }
        if self.readings.iter().any(|(_, weights)| weights.windows(2).any(|two| matches!(two, [a, b] if a != b))) {
            forms.push(form(CombineScores::Sum, first, true));
        }
        forms
    }

    /// The form that gives most of the printed totals; of those that give as many, the usual one.
    pub(super) fn fit(&self, printed: &[PrintedTotal], only: impl Fn(&TotalForm) -> bool) -> Option<TotalFit> {
        let decimals = decimals_of(printed);
        let mut best: Option<TotalFit> = None;
        for plain in self.combinings().into_iter().filter(only) {
            for (factor, words) in self.factors(&plain, printed) {
                let form = TotalForm { factor, words, ..plain.clone() };
                let agreed: Vec<(f64, f64)> = printed
                    .iter()
                    .map(|(row, total)| (self.total(&form, *row), *total))
                    .filter(|(ours, total)| agrees(*ours, *total, decimals))
                    .collect();
                // Small shares that all round to one figure agree with anything.
                let agreed = if factor < 1.0 && is_rounded_away(&agreed) { 0 } else { agreed.len() };
                // A factor that was found in the totals must give more than those that it was found in.
                let needed = if form.words.starts_with(TIMES) { 3.max(printed.len() / 2 + 1) } else { 1 };
                if agreed >= needed && best.as_ref().is_none_or(|best| agreed > best.agreed) {
                    best = Some(TotalFit { form, agreed });
                }
            }
        }
        best
    }

    /// The factors that a total can have, with what it is called: those that have a name first.
    fn factors(&self, form: &TotalForm, printed: &[PrintedTotal]) -> Vec<(f64, String)> {
        let alike = self.weights(form.sections).iter().all(|weight| *weight == 1.0);
        let what = match (form.combine, form.sections) {
            (CombineScores::Sum, None) if alike => "the scores added up",
            (CombineScores::Sum, _) if form.unweighted => "the scores added up, without the weights",
            (CombineScores::Sum, Some(SectionWeights::Shared)) => {
                "weight × score, added up, each section's weight shared among its criteria"
            }
            (CombineScores::Sum, Some(SectionWeights::Multiplied)) => {
                "weight × score, added up, each weight multiplied by its section's"
            }
            (CombineScores::Sum, None) => "weight × score, added up",
            (CombineScores::Product, _) => "the scores multiplied",
            (CombineScores::Sections, _) => "weight × score, added up in each section, and the sections multiplied",
        };
        let mut factors = vec![(1.0, what.to_owned())];
        let weights: f64 = match form.unweighted {
            #[expect(clippy::cast_precision_loss, reason = "a sheet has at most 16,384 columns")]
            true => self.highest.len() as f64,
            false => self.weights(form.sections).iter().sum(),
        };
        if form.combine == CombineScores::Sum {
            factors.push((0.01, format!("{what}, weights in per cent")));
            let mean = match form.unweighted {
                true => "the mean of the scores, without the weights",
                false if alike => "the mean of the scores",
                false => "the weighted mean",
            };
            factors.push((1.0 / weights, mean.to_owned()));
        }
        let most = self.most(form);
        factors.push((100.0 / most, format!("{what}, in per cent of the most possible")));
        factors.push((1.0 / most, format!("{what}, as a share of the most possible")));
        let ratios: Vec<f64> = printed
            .iter()
            .filter_map(|(row, total)| {
                let ours = self.total(form, *row);
                (ours != 0.0 && *total != 0.0).then(|| total / ours)
            })
            .collect();
        if let Some(ratio) = median(&ratios).filter(|ratio| *ratio > 0.0) {
            factors.push((ratio, format!("{TIMES}{} of {what}", number(ratio, 6))));
        }
        factors.retain(|(factor, _)| factor.is_finite() && *factor > 0.0);
        factors
    }
}

/// Whether all printed totals are one figure, and those that are worked out are not.
fn is_rounded_away(totals: &[(f64, f64)]) -> bool {
    let differ = |of: fn(&(f64, f64)) -> f64| {
        totals.windows(2).any(|two| matches!(two, [one, other] if (of(one) - of(other)).abs() > 1e-9))
    };
    differ(|it| it.0) && !differ(|it| it.1)
}

/// How the words of a factor begin that has no name.
const TIMES: &str = "a share or multiple of ";

/// How many decimals printed totals have, six at most.
pub(super) fn decimals_of(printed: &[PrintedTotal]) -> u32 {
    printed.iter().map(|(_, total)| decimals_in(*total)).max().unwrap_or(0)
}

/// How many decimals a figure has, six at most.
pub(super) fn decimals_in(figure: f64) -> u32 {
    let text = crate::words::fixed(figure, 6);
    let (_, fraction) = text.split_once('.').unwrap_or_default();
    u32::try_from(fraction.trim_end_matches('0').len()).unwrap_or(6)
}

/// Whether a total is the printed one, to its decimals.
pub(super) fn agrees(ours: f64, printed: f64, decimals: u32) -> bool {
    let unit = (0..decimals).fold(1.0, |unit, _| unit / 10.0);
    (ours - printed).abs() <= unit * 0.500_001 + ours.abs() * 1e-9
}
