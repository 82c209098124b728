//! The public edition of an assessment: the same candidates, without small numbers and what else is held back to protect
//! them. `docs/areas-lists.md` says what it does not protect.
//!
//! What is published is made of this assessment and of no other, so nothing after this step needs to know what is hidden.

mod sums;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::column::Column;
use super::evidence::{Evidence, Figure, Missing, Origin, Percentage};
use super::model::{Assessment, Publication};
use super::table_column::TableColumn;
use crate::digest::digest;
use crate::exact::to_units;
use crate::stats::Estimate;
use sums::{CountedCell, hidden, range_of};

/// What stands in place of a figure that is not published.
const WITHHELD: &str = "it is withheld from the public edition";

/// An assessment as it may be published, and what was done for it.
#[derive(Debug)]
pub struct PublicEdition {
    /// What may be published.
    pub assessment: Assessment,
    /// What it does not say.
    pub withheld: Withheld,
}

/// What a public edition does not say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// How many small counts are published as a range.
    pub small: usize,
    /// How many other counts are published as ranges, to protect the small ones.
    pub others: usize,
    /// The names of evidence that is withheld from all candidates, because small counts could follow from it.
    pub evidence: Vec<String>,
    /// How many percentages are withheld, because they are of few.
    pub percentages: usize,
    /// Small counts that a total gives away all the same: the candidate's id and the evidence. Not to be published.
    pub given_away: Vec<(String, String)>,
    /// Candidates whose words hold a number that is withheld: not to be published.
    pub in_words: Vec<String>,
}

impl Assessment {
    /// Its public edition, small numbers suppressed as `publication` says.
    pub fn public(&self, publication: &Publication) -> PublicEdition {
        Publisher { of: self, below: publication.suppress_below }.publish()
    }
}

/// The ranges that stand for counts, by evidence and candidate.
type Ranges<'a> = BTreeMap<&'a str, BTreeMap<usize, (u64, u64)>>;

struct Publisher<'a> {
    of: &'a Assessment,
    below: u64,
}

impl<'a> Publisher<'a> {
    fn publish(&self) -> PublicEdition {
        let counts = self.counts();
        let mut withheld = Withheld::default();
        let mut ranges = self.ranges(&counts, &mut withheld);
        self.hide_repeated(&counts, &mut ranges);
        let touched: BTreeSet<usize> = ranges.values().flat_map(|of| of.keys().copied()).collect();
        let mut evidence = BTreeMap::new();
        for (name, column) in &self.of.evidence {
            let tells = self.tells(column, &counts, &touched);
            if tells {
                withheld.evidence.push(name.clone());
            }
            let none = BTreeMap::new();
            let of_name = ranges.get(name.as_str()).unwrap_or(&none);
            let publish = |candidate: usize, evidence: &Evidence| match of_name.get(&candidate) {
                _ if tells => Published::Nothing,
                Some(range) => Published::Range(*range),
                None if self.is_of_few(&evidence.figure) => Published::Nothing,
                None => Published::AsItIs,
            };
            let few = |(_, evidence): &(usize, Evidence)| !tells && self.is_of_few(&evidence.figure);
            withheld.percentages += self.figures(column).filter(few).count();
            evidence.insert(name.clone(), column.published(self.of.candidates.len(), publish));
        }
        let is_small = |range: &&(u64, u64)| range.1 < self.below;
        let all = ranges.values().flat_map(BTreeMap::values);
        withheld.small = all.clone().filter(is_small).count();
        withheld.others = all.count() - withheld.small;
        withheld.in_words = self.in_words(&counts, &ranges);
        let mut assessment = Assessment {
            title: format!("{} (public edition)", self.of.title),
            evidence,
            statements: self.of.statements.clone(),
            last_plan: self.of.last_plan.clone(),
            decisions: self.of.decisions.clone(),
            ..self.of.without_evidence()
        };
        assessment.digest = digest_of(&assessment);
        PublicEdition { assessment, withheld }
    }

    /// The evidence of a column with its candidates.
    fn figures(&self, column: &'a Column) -> impl Iterator<Item = (usize, Evidence)> + use<'a> {
        let candidates = 0..self.of.candidates.len();
        candidates.filter_map(|candidate| Some((candidate, column.get(candidate)?.into_owned())))
    }

    /// The counts that are known, by evidence and candidate.
    fn counts(&self) -> BTreeMap<&'a str, BTreeMap<usize, u64>> {
        let known = |(candidate, evidence): (usize, Evidence)| match evidence.figure {
            Figure::Count(count) if count.suppressed.is_none() => {
                Some((candidate, u64::try_from(to_units(count.count, 0)).ok()?))
            }
            _ => None,
        };
        let of = |(name, column): (&'a String, &'a Column)| {
            let counts: BTreeMap<usize, u64> = self.figures(column).filter_map(known).collect();
            (!counts.is_empty()).then_some((name.as_str(), counts))
        };
        self.of.evidence.iter().filter_map(of).collect()
    }

    /// Small counts as ranges, and others to protect them from the totals of an area, of a type and of all. Candidates with
    /// the same title are of one type.
    fn ranges(&self, counts: &BTreeMap<&'a str, BTreeMap<usize, u64>>, withheld: &mut Withheld) -> Ranges<'a> {
        let candidates = &self.of.candidates;
        let numbered = |of: &mut dyn Iterator<Item = &'a str>| -> BTreeMap<&'a str, usize> {
            let all: BTreeSet<&str> = of.collect();
            all.into_iter().zip(0..).collect()
        };
        let areas = numbered(&mut candidates.iter().filter_map(|it| it.area.as_deref()));
        let types = numbered(&mut candidates.iter().map(|it| it.title.as_str()));
        let mut ranges = Ranges::new();
        for (name, of_name) in counts {
            let cell = |(candidate, count): (&usize, &u64)| {
                let about = candidates.get(*candidate)?;
                let row = about.area.as_deref().and_then(|area| areas.get(area)).copied();
                // Without areas all are in one row, and each has a column of its own.
                let column = row.map_or(Some(*candidate), |_| types.get(about.title.as_str()).copied())?;
                Some(CountedCell { row: row.map_or(0, |row| row + 1), column, count: *count })
            };
            let cells: Vec<CountedCell> = of_name.iter().filter_map(cell).collect();
            let numbers: Vec<usize> = of_name.keys().copied().collect();
            let found = hidden(&cells, self.below);
            let number = |cell: usize| numbers.get(cell).copied();
            let of_name = found.ranges.into_iter().filter_map(|(cell, range)| Some((number(cell)?, range)));
            ranges.insert(name, of_name.collect());
            let given_away = found.given_away.into_iter().filter_map(|cell| candidates.get(number(cell)?));
            withheld.given_away.extend(given_away.map(|about| (about.id.clone(), (*name).to_owned())));
        }
        ranges
    }

    /// Hides a count in every evidence of its candidate that has the same: it may be the same count.
    fn hide_repeated(&self, counts: &BTreeMap<&'a str, BTreeMap<usize, u64>>, ranges: &mut Ranges<'a>) {
        let count = |name: &str, candidate: usize| counts.get(name).and_then(|of| of.get(&candidate)).copied();
        let known: Vec<(&str, usize)> =
            ranges.iter().flat_map(|(name, of)| of.keys().map(|candidate| (*name, *candidate))).collect();
        for (name, candidate) in known {
            let Some(same) = count(name, candidate) else { continue };
            for other in counts.keys().filter(|other| count(other, candidate) == Some(same)) {
                ranges.entry(other).or_default().insert(candidate, range_of(same, self.below));
            }
        }
    }

    /// Whether small counts follow from evidence that is no count: from its own figures, or because it may be about a count
    /// that is hidden. Then it is withheld from all, as what one has follows from a total and the others'.
    fn tells(
        &self,
        column: &'a Column,
        counts: &BTreeMap<&'a str, BTreeMap<usize, u64>>,
        touched: &BTreeSet<usize>,
    ) -> bool {
        let small = |count: f64| count > 0.0 && count < self.below_as_number() - 0.5;
        let tells = |(candidate, evidence): (usize, Evidence)| match &evidence.figure {
            Figure::Series(series) => {
                touched.contains(&candidate)
                    || series.counts.iter().any(|it| it.suppressed.is_none() && small(it.count))
            }
            Figure::Offences(offences) => {
                touched.contains(&candidate) || offences.offences.iter().any(|offence| small(offence.count))
            }
            Figure::Peers(peers) => {
                let counted = |it: &super::evidence::Peer| it.counted.is_some_and(|(count, _)| small(count));
                touched.contains(&candidate) || peers.peers.iter().any(counted)
            }
            Figure::Rate(rate) => {
                let people = self.people(candidate, counts);
                touched.contains(&candidate)
                    || people.is_some_and(|people| small(rate.rate.estimate / rate.per * people))
            }
            _ => false,
        };
        self.figures(column).any(tells)
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 100")]
    fn below_as_number(&self) -> f64 {
        self.below as f64
    }

    /// How many people or households a candidate's counts are set against, or the whole partnership has.
    fn people(&self, candidate: usize, counts: &BTreeMap<&'a str, BTreeMap<usize, u64>>) -> Option<f64> {
        let of_counts = counts.keys().find_map(|name| {
            let evidence = self.of.evidence.get(*name)?.get(candidate)?;
            match &evidence.figure {
                Figure::Count(count) => count.among.map(|among| among.number),
                _ => None,
            }
        });
        of_counts.or_else(|| Some(self.of.population.as_ref()?.people()))
    }

    /// Whether a percentage is of few, or few are in it or not in it.
    fn is_of_few(&self, figure: &Figure) -> bool {
        let Figure::Percentage(Percentage { percentage, base: Some(base), .. }) = figure else { return false };
        let inside = (percentage.estimate / 100.0 * base).round();
        [*base, inside, base - inside].iter().any(|people| *people > 0.0 && *people < self.below_as_number())
    }

    /// The ids of candidates whose own words hold a number that is hidden.
    fn in_words(&self, counts: &BTreeMap<&'a str, BTreeMap<usize, u64>>, ranges: &Ranges<'a>) -> Vec<String> {
        let mut found = BTreeSet::new();
        for (name, of) in ranges {
            for candidate in of.keys() {
                let count = counts.get(name).and_then(|of| of.get(candidate));
                let (Some(count), Some(about)) = (count, self.of.candidates.get(*candidate)) else { continue };
                let decided = self.of.decisions.as_ref().and_then(|all| all.decisions.get(&about.id));
                let words = [Some(&about.title), about.about.as_ref(), about.meanwhile.as_ref()];
                let words = words.into_iter().chain([decided.map(|decided| &decided.reason)]).flatten();
                if words.into_iter().any(|words| numbers_in(words).any(|number| number == count.to_string())) {
                    found.insert(about.id.clone());
                }
            }
        }
        found.into_iter().collect()
    }
}

/// The whole numbers in a text.
fn numbers_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty())
}

/// What is published of a figure.
#[derive(Debug, Clone, Copy)]
enum Published {
    AsItIs,
    Range((u64, u64)),
    Nothing,
}

impl Column {
    /// The same evidence as it is published, for so many candidates.
    fn published(&self, candidates: usize, publish: impl Fn(usize, &Evidence) -> Published) -> Self {
        let written = self.written.iter().map(|(candidate, evidence)| {
            let published = publish(*candidate, evidence);
            (*candidate, evidence.published(published))
        });
        let tables = self.tables.iter().map(|table| table.published(candidates, &publish));
        Self { written: written.collect(), tables: tables.collect() }
    }
}

impl Evidence {
    fn published(&self, published: Published) -> Self {
        let figure = match published {
            Published::AsItIs => return self.clone(),
            Published::Nothing => Figure::Missing(Missing(WITHHELD.into())),
            Published::Range(range) => {
                let among = if let Figure::Count(count) = &self.figure { count.among } else { None };
                let (middle, ends) = middle_and_ends(range);
                self.figure.with_number(Estimate { estimate: middle, interval: Some(ends) }, among)
            }
        };
        Self { figure, origin: Arc::new(bare(&self.origin)), place: self.place.clone() }
    }
}

impl TableColumn {
    fn published(&self, candidates: usize, publish: &impl Fn(usize, &Evidence) -> Published) -> Self {
        let mut table = self.clone();
        for candidate in 0..candidates {
            let Some(evidence) = self.get(candidate) else { continue };
            let ends = match publish(candidate, &evidence) {
                Published::AsItIs => continue,
                Published::Range(range) => Some(middle_and_ends(range).1),
                Published::Nothing => None,
            };
            if let Some(number) = table.numbers.get_mut(candidate) {
                *number = f64::NAN;
            }
            table.suppressed.insert(candidate, ends);
        }
        if table.suppressed.len() > self.suppressed.len() {
            table.origin = Arc::new(bare(&self.origin));
        }
        table
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts that were numbers")]
fn middle_and_ends((low, high): (u64, u64)) -> (f64, (f64, f64)) {
    let (low, high) = (low as f64, high as f64);
    (low + (high - low) / 2.0, (low, high))
}

/// Where a figure is from, without what was written beside it.
fn bare(origin: &Origin) -> Origin {
    let mut bare = origin.clone();
    bare.note = None;
    bare.published.clear();
    for beside in [&mut bare.caveats, &mut bare.corroborated_by, &mut bare.contradicted_by] {
        beside.clear();
    }
    bare.breaks.clear();
    bare.points.clear();
    bare
}

/// The digest of what a public edition says: that of the whole would let anybody try which numbers it was made of.
fn digest_of(assessment: &Assessment) -> String {
    let mut text = format!("{:?} {:?} {:?}", assessment.title, assessment.partnership, assessment.period.to_string());
    for (number, candidate) in assessment.candidates.iter().enumerate() {
        let _ = write!(text, "\n{:?} {:?} {:?}", candidate.id, candidate.title, candidate.area);
        for (name, column) in &assessment.evidence {
            if let Some(evidence) = column.get(number) {
                let _ = write!(text, "\n {name:?} {:?}", evidence.figure.lines());
            }
        }
    }
    digest(text.as_bytes())
}
