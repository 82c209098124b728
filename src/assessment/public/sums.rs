//! What everybody is taken to know of counts that are hidden: the totals of areas and types, what is part of what, which
//! counts are the same, and which are the sum of others.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{CountOf, Figures};
use super::protect::{Equation, Hideable};
use crate::assessment::model::Assessment;
use crate::words::type_of;

/// More than any count: the end of what is not published at all.
pub(super) const NO_END: u64 = 1 << 60;

/// What is known of the counts of an assessment.
#[derive(Debug, Default)]
pub(super) struct KnownSums {
    /// The counts, in the order of the figures' counts, and then what is left of wholes beside their parts.
    pub counts: Vec<Hideable>,
    /// What holds between them.
    pub equations: Vec<Equation>,
    /// The counts that are alone in an area, in a type or altogether: a total of that is the count itself.
    pub alone: BTreeMap<usize, Vec<&'static str>>,
    /// What is left of each whole beside its parts, with the whole.
    pub rests: Vec<(usize, usize)>,
}

impl KnownSums {
    /// What is known of them; `hideable` says how a count is published.
    pub(super) fn of(assessment: &Assessment, figures: &Figures<'_>, hideable: impl Fn(&CountOf) -> Hideable) -> Self {
        let mut sums = Self { counts: figures.counts.iter().map(hideable).collect(), ..Self::default() };
        let mut by_candidate = vec![Vec::new(); assessment.candidates.len()];
        let mut by_table: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (number, count) in figures.counts.iter().enumerate() {
            if let Some(of) = by_candidate.get_mut(count.candidate) {
                of.push(number);
            }
            by_table.entry(count.table).or_default().insert(count.candidate, number);
        }
        // Equations of few come first: they leave the search less to choose from.
        for of in &by_candidate {
            sums.same(figures, of);
            sums.in_between(figures, of);
        }
        for (part, whole) in &figures.shares {
            if sums.count(*part) <= sums.count(*whole) {
                sums.is_part(*whole, &[*part]);
            }
        }
        let related = Related::of(assessment);
        let mut in_families = BTreeSet::new();
        for table in by_table.values() {
            sums.families(figures, &related, table, &mut in_families);
        }
        sums.of_names(figures, &by_table);
        for table in by_table.values() {
            sums.totals(assessment, figures, table, &in_families);
        }
        sums
    }

    fn count(&self, number: usize) -> u64 {
        self.counts.get(number).map_or(0, |count| count.count)
    }

    fn is_known(&self, number: usize) -> bool {
        self.counts.get(number).is_some_and(|count| !count.is_unknown)
    }

    fn sum(&self, numbers: &[usize]) -> u64 {
        numbers.iter().map(|number| self.count(*number)).sum()
    }

    /// That one count is the sum of others.
    fn is_sum(&mut self, whole: usize, parts: &[usize]) {
        let parts = parts.iter().map(|part| (*part, -1));
        self.equations.push(Equation::new([(whole, 1)].into_iter().chain(parts).collect()));
    }

    /// Counts of one candidate over the same time that are the same number are taken to be the same count.
    fn same(&mut self, figures: &Figures<'_>, of: &[usize]) {
        let about = |number: &usize| figures.counts.get(*number);
        let mut by_count: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for number in of.iter().filter(|number| self.is_known(**number)) {
            by_count.entry(self.count(*number)).or_default().push(*number);
        }
        for same in by_count.values() {
            for (at, later) in same.iter().enumerate() {
                let is_same = |earlier: &&usize| match (about(earlier), about(later)) {
                    (Some(a), Some(b)) => {
                        a.figure != b.figure && (a.period == b.period || a.period.is_none() || b.period.is_none())
                    }
                    _ => false,
                };
                if let Some(earlier) = same.iter().take(at).find(is_same) {
                    self.equations.push(Equation::new(vec![(*earlier, 1), (*later, -1)]));
                }
            }
        }
    }

    /// A count is the sum of those of a series within its time, and of the offences of a table.
    fn in_between(&mut self, figures: &Figures<'_>, of: &[usize]) {
        let mut by_figure: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in of {
            if let Some(count) = figures.counts.get(*number) {
                by_figure.entry(count.figure).or_default().push(*number);
            }
        }
        for whole in of {
            let Some(count) = figures.counts.get(*whole).filter(|_| self.is_known(*whole)) else { continue };
            for parts in by_figure.values().filter(|parts| parts.len() > 1) {
                let within = |part: &&usize| {
                    let part = figures.counts.get(**part);
                    let (Some(period), Some(part)) = (count.period, part.and_then(|part| part.period)) else {
                        return true;
                    };
                    part.first_day() >= period.first_day() && part.last_day() <= period.last_day()
                };
                let is_own =
                    parts.iter().any(|part| figures.counts.get(*part).is_some_and(|it| it.figure == count.figure));
                let parts: Vec<usize> = parts.iter().filter(within).copied().collect();
                if !is_own && parts.len() > 1 && count.count > 0 && self.sum(&parts) == count.count {
                    self.is_sum(*whole, &parts);
                }
            }
        }
    }

    /// What is part of a candidate is in its count, with a rest that nobody knows, and shared evidence is the same count.
    fn families(
        &mut self,
        figures: &Figures<'_>,
        related: &Related<'_>,
        table: &BTreeMap<usize, usize>,
        in_families: &mut BTreeSet<usize>,
    ) {
        for (whole, parts) in &related.parts {
            let (Some(whole), parts) = (table.get(whole), parts.iter().filter_map(|part| table.get(part).copied()))
            else {
                continue;
            };
            let parts: Vec<usize> = parts.filter(|part| self.is_known(*part)).collect();
            if parts.is_empty() || !self.is_known(*whole) {
                continue;
            }
            in_families.extend(parts.iter().filter(|part| related.is_beside(figures, *whole, **part)));
            if self.sum(&parts) <= self.count(*whole) {
                self.is_part(*whole, &parts);
            } else {
                // The parts overlap: each is in the whole by itself.
                for part in parts.into_iter().filter(|part| self.count(*part) <= self.count(*whole)).collect::<Vec<_>>()
                {
                    self.is_part(*whole, &[part]);
                }
            }
        }
        for (a, b) in &related.shared {
            if let (Some(a), Some(b)) = (table.get(a), table.get(b))
                && self.is_known(*a)
                && self.is_known(*b)
                && self.count(*a) == self.count(*b)
            {
                self.equations.push(Equation::new(vec![(*a, 1), (*b, -1)]));
            }
        }
    }

    fn is_part(&mut self, whole: usize, parts: &[usize]) {
        let rest = self.count(whole) - self.sum(parts);
        let mut parts = parts.to_vec();
        if rest > 0 {
            self.rests.push((self.counts.len(), whole));
            parts.push(self.counts.len());
            self.counts.push(Hideable { count: rest, ends: (0, NO_END), about: None, is_unknown: false });
        }
        self.is_sum(whole, &parts);
    }

    /// Where one table of counts is the sum of two or three others for every candidate that has them.
    fn of_names(&mut self, figures: &Figures<'_>, by_table: &BTreeMap<usize, BTreeMap<usize, usize>>) {
        let is_named = |table: &&BTreeMap<usize, usize>| {
            let first = table.values().next().and_then(|number| figures.counts.get(*number));
            first.is_some_and(|first| figures.is_count(first.figure))
        };
        let named: Vec<&BTreeMap<usize, usize>> = by_table.values().filter(is_named).take(MOST_NAMES).collect();
        for (at, whole) in named.iter().enumerate() {
            let others: Vec<&BTreeMap<usize, usize>> =
                named.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, table)| *table).collect();
            for (first, one) in others.iter().enumerate() {
                for (second, two) in others.iter().enumerate().skip(first + 1) {
                    self.of_tables(whole, &[one, two]);
                    for three in others.iter().skip(second + 1) {
                        self.of_tables(whole, &[one, two, three]);
                    }
                }
            }
        }
    }

    fn of_tables(&mut self, whole: &BTreeMap<usize, usize>, parts: &[&BTreeMap<usize, usize>]) {
        let of_candidate = |(candidate, whole): (&usize, &usize)| {
            let parts: Option<Vec<usize>> = parts.iter().map(|table| table.get(candidate).copied()).collect();
            Some((*whole, parts?))
        };
        let mut sums = whole.iter().filter_map(of_candidate).peekable();
        let is_sum = |sums: &(usize, Vec<usize>)| {
            sums.1.iter().all(|part| self.is_known(*part)) && self.count(sums.0) == self.sum(&sums.1)
        };
        if sums.peek().is_none() || !sums.clone().all(|sum| is_sum(&sum)) {
            return;
        }
        // Where a part is always 0 nothing is added up.
        let sums: Vec<(usize, Vec<usize>)> = sums.collect();
        let is_all_zero = |at: usize| sums.iter().all(|(_, parts)| parts.get(at).is_none_or(|it| self.count(*it) == 0));
        if !(0..parts.len()).any(is_all_zero) {
            for (whole, parts) in sums {
                self.is_sum(whole, &parts);
            }
        }
    }

    /// The totals of areas and of types, or of all where there are no areas. What is part of another is in its count.
    fn totals(
        &mut self,
        assessment: &Assessment,
        figures: &Figures<'_>,
        table: &BTreeMap<usize, usize>,
        in_families: &BTreeSet<usize>,
    ) {
        let has_areas = assessment.candidates.iter().any(|candidate| candidate.area.is_some());
        let mut areas: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        let mut types: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut of_all: BTreeMap<String, usize> = BTreeMap::new();
        for (candidate, number) in table.iter().filter(|(_, number)| !in_families.contains(*number)) {
            let Some(about) = assessment.candidates.get(*candidate) else { continue };
            match &about.area {
                Some(_) => types.entry(type_of(&about.title)).or_default().push(*number),
                None if has_areas && self.is_known(*number) => {
                    of_all.insert(type_of(&about.title), *number);
                }
                None => {}
            }
            areas.entry(about.area.as_deref()).or_default().push(*number);
        }
        for (kind, all) in of_all {
            // Without an area it is the type in all of them, where it is their sum.
            if let Some(parts) = types.get(&kind).filter(|parts| self.sum(parts) == self.count(all)) {
                let parts = parts.clone();
                self.is_sum(all, &parts);
            }
        }
        for (area, line) in &areas {
            self.total(figures, line, if area.is_some() { "its area" } else { "all" });
        }
        for line in types.values() {
            self.total(figures, line, "its type");
        }
    }

    /// The total of some counts: of all but one, where that is the sum of the others.
    fn total(&mut self, figures: &Figures<'_>, line: &[usize], of: &'static str) {
        let mut line = line.to_vec();
        line.sort_by_key(|number| self.count(*number));
        if let [only] = *line {
            if figures.counts.get(only).is_some_and(|count| count.open.is_some()) {
                self.alone.entry(only).or_default().push(of);
            }
            return;
        }
        if let Some((most, others)) = line.split_last()
            && others.len() > 1
            && self.count(*most) > 0
            && self.is_known(*most)
            && self.sum(others) == self.count(*most)
        {
            let (most, others) = (*most, others.to_vec());
            self.is_sum(most, &others);
            line = others;
        }
        self.equations.push(Equation::new(line.into_iter().map(|number| (number, 1)).collect()));
    }
}

/// Among so many names of counts it is looked for sums.
const MOST_NAMES: usize = 16;

/// Candidates that have counts in common, by number.
#[derive(Debug)]
struct Related<'a> {
    areas: Vec<Option<&'a str>>,
    parts: BTreeMap<usize, Vec<usize>>,
    shared: BTreeSet<(usize, usize)>,
}

impl<'a> Related<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        let candidates = &assessment.candidates;
        let numbers: BTreeMap<&str, usize> = candidates.iter().map(|about| &*about.id).zip(0..).collect();
        let (mut parts, mut shared) = (BTreeMap::new(), BTreeSet::new());
        for (number, about) in candidates.iter().enumerate() {
            if let Some(whole) = about.part_of.as_deref().and_then(|id| numbers.get(id)) {
                parts.entry(*whole).or_insert_with(Vec::new).push(number);
            }
            for other in about.shares_evidence_with.iter().filter_map(|id| numbers.get(id.as_str())) {
                shared.insert((number.min(*other), number.max(*other)));
            }
        }
        Self { areas: candidates.iter().map(|about| about.area.as_deref()).collect(), parts, shared }
    }

    /// Whether two counts are about candidates of one area.
    fn is_beside(&self, figures: &Figures<'_>, whole: usize, part: usize) -> bool {
        let area = |number: usize| self.areas.get(figures.counts.get(number)?.candidate);
        area(whole) == area(part)
    }
}
