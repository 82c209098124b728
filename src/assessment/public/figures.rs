//! The figures of an assessment, with the counts that they say or that follow from them.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Period;
use crate::assessment::evidence::{Count, Evidence, Figure, Offences, Outcome, Peers, Percentage, Rate, Series};
use crate::assessment::model::Assessment;
use crate::exact::to_units;
use crate::stats::Confidence;

/// A figure about a candidate. What is published of it is decided for all of its numbers together.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureAbout<'a> {
    /// The name of the evidence.
    pub name: &'a str,
    /// The candidate, by number.
    pub candidate: usize,
    /// In which way it can be held back.
    pub way: HeldBack,
}

/// In which way a figure can be held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeldBack {
    /// A range of numbers is published in its place.
    AsRange,
    /// Nothing is published of it. It may follow from any count of its candidate.
    Whole,
    /// It is published: people's judgement, a level or an answer, or a reason why there is nothing.
    Never,
}

/// A count that a figure says or that follows from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountOf {
    /// The figure, by number.
    pub figure: usize,
    /// The table of like counts that it stands in, by number: those of a name, of a name in a month, of an offence.
    pub table: usize,
    /// The candidate, by number.
    pub candidate: usize,
    /// The count; the middle of one that was filed as suppressed.
    pub count: u64,
    /// Between which numbers it lies, where it was filed as suppressed.
    pub filed: Option<(u64, u64)>,
    /// The time that it is about, where that is known.
    pub period: Option<Period>,
    /// By how much it must seem possible that it is less, and more.
    pub open: Option<(u64, u64)>,
}

/// All figures and their counts.
#[derive(Debug, Default)]
pub(super) struct Figures<'a> {
    pub figures: Vec<FigureAbout<'a>>,
    pub counts: Vec<CountOf>,
    /// The figures that are of few by themselves, though no count is known that follows from them.
    pub of_few: BTreeSet<usize>,
    /// Counts of whom a percentage is, each with that of whom it is asked.
    pub shares: Vec<(usize, usize)>,
    tables: BTreeMap<String, usize>,
    below: u64,
}

impl<'a> Figures<'a> {
    /// Those of an assessment, where counts from 1 to below `below` are small.
    pub(super) fn of(assessment: &'a Assessment, below: u64) -> Self {
        let mut all = Self { below, ..Self::default() };
        for (name, column) in &assessment.evidence {
            let is_count = column.holds_counts();
            for candidate in 0..assessment.candidates.len() {
                if let Some(evidence) = column.get(candidate) {
                    all.add(name, candidate, &evidence, is_count, assessment);
                }
            }
        }
        all.add_numbers(assessment);
        all
    }

    fn add(&mut self, name: &'a str, candidate: usize, evidence: &Evidence, is_count: bool, of: &Assessment) {
        let way = match &evidence.figure {
            Figure::Count(count) if count.shared_out.is_none() => HeldBack::AsRange,
            Figure::Judgement(_) | Figure::Level(_) | Figure::Answer(_) | Figure::Members(_) | Figure::Missing(_) => {
                HeldBack::Never
            }
            _ if evidence.origin.judged.is_some() => HeldBack::Never,
            _ => HeldBack::Whole,
        };
        let figure = self.figures.len();
        self.figures.push(FigureAbout { name, candidate, way });
        let mut add = Adding { all: self, figure, name, candidate, period: evidence.is_about() };
        match &evidence.figure {
            Figure::Count(count) if count.shared_out.is_some() => add.shared_out(count),
            Figure::Count(count) => {
                let filed = count.suppressed.and_then(|(low, high)| Some((whole(low)?, whole(high)?)));
                let table = add.all.table(name);
                add.count(table, count.count, Some(count.period), filed);
                if let Some(among) = count.among.filter(|_| filed.is_none()) {
                    add.others(among.number, count.count);
                }
            }
            Figure::Missing(missing) if is_count && missing.is_withheld() => {
                let table = add.all.table(name);
                let filed = Some((1, add.all.below - 1));
                add.count(table, 1.0, None, filed);
            }
            Figure::Series(series) => add.series(series),
            Figure::Outcome(outcome) => add.outcome(outcome),
            Figure::Offences(offences) => add.offences(offences),
            Figure::Peers(peers) => add.peers(peers),
            Figure::Percentage(percentage) if way == HeldBack::Whole => add.percentage(percentage),
            Figure::Percentages(series) if way == HeldBack::Whole => {
                series.points.iter().for_each(|point| add.percentage(&point.percentage));
            }
            Figure::Rate(rate) if way == HeldBack::Whole => add.rate(rate, people(of, candidate)),
            _ => {}
        }
    }

    /// Whether a figure is filed as a count.
    pub(super) fn is_count(&self, figure: usize) -> bool {
        self.figures.get(figure).is_some_and(|figure| figure.way == HeldBack::AsRange)
    }

    fn table(&mut self, name: &str) -> usize {
        let next = self.tables.len();
        *self.tables.entry(name.to_owned()).or_insert(next)
    }

    /// Numbers that are counts filed under another kind: for every candidate that has both they are the same.
    fn add_numbers(&mut self, assessment: &'a Assessment) {
        let mut numbers: BTreeMap<&str, BTreeMap<usize, (usize, u64)>> = BTreeMap::new();
        for (at, figure) in self.figures.iter().enumerate().filter(|(_, figure)| figure.way == HeldBack::Whole) {
            let evidence = assessment.evidence.get(figure.name).and_then(|column| column.get(figure.candidate));
            let Some(Figure::Number(number)) = evidence.map(|evidence| evidence.into_owned().figure) else { continue };
            if let Some(number) = whole(number.0.estimate).filter(|_| number.0.estimate.fract() == 0.0) {
                numbers.entry(figure.name).or_default().insert(figure.candidate, (at, number));
            }
        }
        let mut tables: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for count in self.counts.iter().filter(|count| count.filed.is_none()) {
            tables.entry(count.table).or_default().insert(count.candidate, count.count);
        }
        for (name, numbers) in numbers {
            let is_same = |table: &BTreeMap<usize, u64>| {
                let shared =
                    numbers.iter().filter_map(|(candidate, (_, number))| Some((number, table.get(candidate)?)));
                let mut shared = shared.peekable();
                shared.peek().is_some() && shared.all(|(number, count)| number == count)
            };
            if tables.values().any(is_same) {
                let table = self.table(name);
                for (candidate, (figure, count)) in numbers {
                    let count = CountOf { figure, table, candidate, count, filed: None, period: None, open: None };
                    self.counts.push(count);
                }
            }
        }
    }
}

/// The counts of one figure, being added.
struct Adding<'b, 'a> {
    all: &'b mut Figures<'a>,
    figure: usize,
    name: &'a str,
    candidate: usize,
    period: Option<Period>,
}

impl Adding<'_, '_> {
    fn count(&mut self, table: usize, count: f64, period: Option<Period>, filed: Option<(u64, u64)>) {
        let Some(count) = whole(count) else { return };
        let below = self.all.below;
        let open = match filed {
            // Which number it is nobody knows here, so that others must leave all of them open.
            Some((low, high)) => Some((high - low, high - low)).filter(|open| open.0 > 0),
            None => (1..below).contains(&count).then(|| (count - 1, below - 1 - count)),
        };
        let (figure, candidate) = (self.figure, self.candidate);
        self.all.counts.push(CountOf { figure, table, candidate, count, filed, period, open });
    }

    /// What is known of a count that was partly shared out: both its ends and what lies between them are counts.
    fn shared_out(&mut self, count: &Count) {
        let (least, most) = count.ends();
        for (end, number) in [("least", least), ("most", most), ("shared", most - least)] {
            let table = self.all.table(&format!("{}\n{end}\n{}", self.name, count.period));
            self.count(table, number, Some(count.period), None);
        }
    }

    fn series(&mut self, series: &Series) {
        for count in series.counts.iter() {
            if count.shared_out.is_some() {
                self.shared_out(count);
                continue;
            }
            let table = self.all.table(&format!("{}\n{}", self.name, count.period));
            self.count(table, count.count, Some(count.period), None);
        }
    }

    /// The counts that its change is of.
    fn outcome(&mut self, outcome: &Outcome) {
        for (count, period) in &outcome.found.counts {
            let table = self.all.table(&format!("{}\n{period}", self.name));
            self.count(table, *count, Some(*period), None);
        }
    }

    fn offences(&mut self, offences: &Offences) {
        for offence in offences.offences.iter() {
            let table = self.all.table(&format!("{}\n{}", self.name, offence.offence));
            self.count(table, offence.count, Some(offences.period), None);
        }
    }

    fn peers(&mut self, peers: &Peers) {
        for peer in peers.peers.iter() {
            if let Some((count, _)) = peer.counted {
                let table = self.all.table(&format!("{}\n{}", self.name, peer.area));
                self.count(table, count, None, None);
            }
        }
    }

    /// Those of whom it is asked, those in it, and those not in it.
    fn percentage(&mut self, percentage: &Percentage) {
        let share = percentage.percentage.estimate / 100.0;
        let implied = || {
            let error = half_width(percentage.percentage.interval?)? / 100.0 / standard_errors();
            Some(share * (1.0 - share) / (error * error))
        };
        let Some(base) = percentage.base else {
            if implied().is_some_and(|base| self.is_of_few(share * base) || self.is_of_few((1.0 - share) * base)) {
                self.all.of_few.insert(self.figure);
            }
            return;
        };
        let table = self.all.table(&format!("{}\nbase", self.name));
        self.count(table, base, self.period, None);
        let table = self.all.table(&format!("{}\nin it", self.name));
        let inside = (share * base).round();
        self.count(table, inside, self.period, None);
        if let Some(last) = self.all.counts.len().checked_sub(1) {
            self.all.shares.push((last, last.saturating_sub(1)));
        }
        self.others(base, inside);
    }

    /// Few who are not in the last count: as many more could be in it as fewer are not.
    fn others(&mut self, base: f64, inside: f64) {
        let below = self.all.below;
        let others = whole(base - inside).filter(|others| (1..below).contains(others));
        if let (Some(others), Some(count)) = (others, self.all.counts.last_mut()) {
            let (falls, rises) = count.open.unwrap_or_default();
            count.open = Some((falls.max(below - 1 - others).min(count.count), rises.max(others - 1)));
        }
    }

    fn rate(&mut self, rate: &Rate, people: Option<f64>) {
        if let Some(people) = people {
            let table = self.all.table(self.name);
            self.count(table, (rate.rate.estimate / rate.per * people).round(), rate.period, None);
        }
        let relative = rate.rate.interval.and_then(half_width).map(|half| half / rate.rate.estimate);
        let inferred = |relative: f64| (standard_errors() / relative) * (standard_errors() / relative);
        if relative.is_some_and(|relative| self.is_of_few(inferred(relative))) {
            self.all.of_few.insert(self.figure);
        }
    }

    /// Whether a count that was inferred from an interval may be small: half as much again is allowed for the rounding.
    fn is_of_few(&self, inferred: f64) -> bool {
        whole(inferred / 1.5).is_some_and(|count| inferred > 0.1 && count < self.all.below)
    }
}

/// Half the width of an interval as documents print them, in standard errors.
fn standard_errors() -> f64 {
    Confidence::default().z()
}

/// Half the width of an interval; none of one that has none.
fn half_width((lower, upper): (f64, f64)) -> Option<f64> {
    Some((upper - lower) / 2.0).filter(|half| *half > 0.0)
}

/// How many people or households a candidate's counts are set against, or the whole partnership has.
fn people(assessment: &Assessment, candidate: usize) -> Option<f64> {
    let of_counts = assessment.evidence.values().find_map(|column| match &column.get(candidate)?.figure {
        Figure::Count(count) => count.among.map(|among| among.number),
        _ => None,
    });
    of_counts.or_else(|| Some(assessment.population.as_ref()?.people()))
}

/// The nearest whole number; none below 0.
fn whole(number: f64) -> Option<u64> {
    u64::try_from(to_units(number.round(), 0)).ok()
}
