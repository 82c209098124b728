//! The public edition of an assessment: the same candidates, without small numbers and what else is held back to protect
//! them. `docs/areas-lists.md` says what it does not protect.
//!
//! What is published is made of this assessment and of no other, so nothing after this step needs to know what is hidden.

mod figures;
mod protect;
mod roles;
mod sums;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::column::Column;
use super::evidence::{Evidence, Figure, Missing, Origin};
use super::format::Handling;
use super::members::{Filed, Member, Membership};
use super::model::{Assessment, Publication};
use super::table_column::TableColumn;
use crate::digest::digest;
use crate::stats::Estimate;
use figures::{CountOf, Figures, HeldBack};
use protect::{Hideable, Protection, ROUNDS};
use roles::Roles;
use sums::{KnownSums, NO_END};

pub use words::ToRead;

/// An assessment as it may be published, and what was done for it.
#[derive(Debug)]
pub struct PublicEdition {
    /// What may be published.
    pub assessment: Assessment,
    /// What it does not say.
    pub withheld: Withheld,
}

/// What a public edition does not say.
#[derive(Debug, Default)]
pub struct Withheld {
    /// How many small counts are published as a range.
    pub small: usize,
    /// How many other counts are published as ranges, to protect the small ones.
    pub others: usize,
    /// How many figures of other kinds are withheld, by the name of the evidence: small counts could follow from them.
    pub figures: BTreeMap<String, usize>,
    /// How many names of roles are told as letters.
    pub roles: usize,
    /// How many notes are left out.
    pub notes: usize,
    /// Small counts for which nothing was found to hide that protects them. Not to be published.
    pub given_away: Vec<GivenAway>,
    /// Texts that are published as they are written and hold a number. Not to be published.
    pub to_read: Vec<ToRead>,
    /// Titles that may be one type, and are protected as two. Not to be published.
    pub misspelt: Vec<[String; 2]>,
}

/// A small count that is a total by itself, or for which nothing was found to hide that leaves it open to the full.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenAway {
    /// The candidate's id.
    pub candidate: String,
    /// The name of the evidence.
    pub evidence: String,
    /// Of what it is the total by itself: `its area`, `its type`, `all`; none where no other counts were found that
    /// leave it room.
    pub alone_in: Option<&'static str>,
}

impl Assessment {
    /// Its public edition, small numbers suppressed as `publication` says.
    pub fn public(&self, publication: &Publication) -> PublicEdition {
        let figures = Figures::of(self, publication.suppress_below);
        Publisher { of: self, figures, below: publication.suppress_below }.publish()
    }
}

struct Publisher<'a> {
    of: &'a Assessment,
    figures: Figures<'a>,
    below: u64,
}

/// Which numbers stand for a count that is hidden, by the evidence and then the candidate; none of what is withheld.
type Hidden<'a> = BTreeMap<&'a str, BTreeMap<usize, Option<(u64, u64)>>>;

impl<'a> Publisher<'a> {
    fn publish(&self) -> PublicEdition {
        let mut withheld = Withheld::default();
        let hidden = self.hidden(&mut withheld);
        let mut evidence = BTreeMap::new();
        for (name, column) in &self.of.evidence {
            let publish = |candidate: usize| match hidden.get(name.as_str()).and_then(|of| of.get(&candidate)) {
                Some(Some(range)) => Published::Range(*range),
                Some(None) => Published::Nothing,
                None => Published::AsItIs,
            };
            evidence.insert(name.clone(), column.published(self.of.candidates.len(), publish));
        }
        for (name, ranges) in &hidden {
            for range in ranges.values() {
                match range {
                    Some((_, high)) if *high < self.below => withheld.small += 1,
                    Some(_) => withheld.others += 1,
                    None => *withheld.figures.entry((*name).to_owned()).or_default() += 1,
                }
            }
        }
        let mut roles = Roles::default();
        for column in evidence.values_mut() {
            roles.column(column);
        }
        let decisions = self.of.decisions.as_ref().map(|decisions| roles.decisions(decisions));
        let mut committee = self.of.committee.clone();
        committee.author = committee.author.map(|author| roles.told(&author));
        let mut assessment = Assessment {
            title: format!("{} (public edition)", self.of.title),
            handling: Some(Handling::Public),
            evidence,
            committee,
            statements: self.of.statements.clone(),
            last_plan: self.of.last_plan.clone(),
            decisions,
            membership: self.of.membership.as_ref().map(|membership| published_lists(membership, &mut roles)),
            pools: None,
            ..self.of.without_evidence()
        };
        let statements = assessment.statements.iter_mut().map(|statement| &mut statement.cited);
        let results = assessment.last_plan.iter_mut().map(|result| &mut result.cited);
        let population = assessment.population.iter_mut().map(|population| &mut population.cited);
        for cited in statements.chain(results).chain(population) {
            roles.note(&mut cited.note);
        }
        for document in assessment.sources.values_mut() {
            roles.note(&mut document.note);
        }
        (withheld.roles, withheld.notes) = (roles.count(), roles.notes);
        assessment.digest = digest_of(&assessment);
        withheld.misspelt = types::misspelt(&self.of.candidates);
        withheld.to_read = words::to_read(&assessment, &self.hidden_numbers(&hidden), self.below);
        PublicEdition { assessment, withheld }
    }

    /// Which figures are hidden: those with small counts, those that protect them, and of a candidate with a hidden count
    /// whatever could follow from it.
    fn hidden(&self, withheld: &mut Withheld) -> Hidden<'a> {
        let sums = KnownSums::of(self.of, &self.figures, |count| self.hideable(count));
        let mut protection = Protection::new(&sums.counts, &sums.equations);
        let closed = self.protect_small(&mut protection);
        withheld.given_away.extend(self.given_away(&sums, &closed));
        withheld.given_away.extend(self.rests_given_away(&sums, &mut protection));
        self.held_back(&protection)
    }

    /// The small counts, by number, and by how much each must seem possible to be less and more.
    fn small(&self) -> impl Iterator<Item = (usize, &CountOf, (u64, u64))> {
        self.figures.counts.iter().enumerate().filter_map(|(number, count)| Some((number, count, count.open?)))
    }

    /// Hides the small counts and others with them. The answer has those that are not open to the full for all that.
    fn protect_small(&self, protection: &mut Protection<'_>) -> BTreeSet<usize> {
        self.small().for_each(|(_, count, _)| protection.hide(count.figure));
        let mut closed: BTreeSet<usize> = self.small().map(|(number, ..)| number).collect();
        for effort in ROUNDS {
            for (number, _, open) in self.small() {
                if closed.contains(&number) && protection.protect(number, open, effort) == open {
                    closed.remove(&number);
                }
            }
        }
        closed
    }

    /// Hides others with what is few beside the parts of a whole. The answer has the wholes of which that is not open for all
    /// that.
    fn rests_given_away(&self, sums: &KnownSums, protection: &mut Protection<'_>) -> BTreeSet<GivenAway> {
        let mut given_away = BTreeSet::new();
        for (rest, whole) in &sums.rests {
            let few = sums.counts.get(*rest).map(|rest| rest.count).filter(|few| (1..self.below).contains(few));
            let Some(open) = few.map(|few| (few - 1, self.below - 1 - few)) else { continue };
            let is_open = ROUNDS.into_iter().any(|effort| protection.protect(*rest, open, effort) == open);
            let figure = self.figures.counts.get(*whole).and_then(|count| self.figures.figures.get(count.figure));
            let about = figure.and_then(|figure| Some((figure, self.of.candidates.get(figure.candidate)?)));
            if let Some((figure, about)) = about.filter(|_| !is_open) {
                let (candidate, evidence) = (about.id.clone(), figure.name.to_owned());
                given_away.insert(GivenAway { candidate, evidence, alone_in: None });
            }
        }
        given_away
    }

    /// The small counts that are a total by themselves, and those that are not open to the full.
    fn given_away(&self, sums: &KnownSums, closed: &BTreeSet<usize>) -> BTreeSet<GivenAway> {
        let mut given_away = BTreeSet::new();
        for (number, count, _) in self.small() {
            let alone = sums.alone.get(&number).into_iter().flatten().map(|total| Some(*total));
            let Some(figure) = self.figures.figures.get(count.figure) else { continue };
            let Some(about) = self.of.candidates.get(figure.candidate) else { continue };
            for alone_in in alone.chain(closed.contains(&number).then_some(None)) {
                let (candidate, evidence) = (about.id.clone(), figure.name.to_owned());
                given_away.insert(GivenAway { candidate, evidence, alone_in });
            }
        }
        given_away
    }

    /// What stands for each figure that is hidden, or that follows from a count of which only a range is published.
    fn held_back(&self, protection: &Protection<'_>) -> Hidden<'a> {
        let Figures { figures, counts, of_few, .. } = &self.figures;
        let is_hidden = |figure: usize| protection.hides(figure) || of_few.contains(&figure);
        let is_range = |count: &&CountOf| is_hidden(count.figure) && self.figures.is_count(count.figure);
        let touched: BTreeSet<usize> = counts.iter().filter(is_range).map(|count| count.candidate).collect();
        let ends: BTreeMap<usize, &CountOf> = counts.iter().map(|count| (count.figure, count)).collect();
        let mut hidden = Hidden::new();
        for (number, figure) in figures.iter().enumerate() {
            let follows = figure.way == HeldBack::Whole && touched.contains(&figure.candidate);
            let published = match figure.way {
                HeldBack::Never => continue,
                _ if !is_hidden(number) && !follows => continue,
                HeldBack::AsRange => {
                    ends.get(&number).map(|count| count.filed.unwrap_or(range_of(count.count, self.below)))
                }
                HeldBack::Whole => None,
            };
            hidden.entry(figure.name).or_default().insert(figure.candidate, published);
        }
        hidden
    }

    /// How a count is held back.
    fn hideable(&self, count: &CountOf) -> Hideable {
        let way = self.figures.figures.get(count.figure).map(|figure| figure.way);
        let (ends, about) = match way {
            Some(HeldBack::AsRange) => (range_of(count.count, self.below), Some((count.figure, count.candidate))),
            Some(HeldBack::Whole) => ((0, NO_END), Some((count.figure, count.candidate))),
            Some(HeldBack::Never) | None => ((count.count, count.count), None),
        };
        Hideable { count: count.count, ends, about, is_unknown: count.filed.is_some() }
    }

    /// The counts that are hidden, by candidate.
    fn hidden_numbers(&self, hidden: &Hidden<'_>) -> BTreeMap<usize, BTreeSet<u64>> {
        let mut numbers: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
        for count in self.figures.counts.iter().filter(|count| count.filed.is_none()) {
            let name = self.figures.figures.get(count.figure).map_or("", |figure| figure.name);
            if hidden.get(name).is_some_and(|of| of.contains_key(&count.candidate)) {
                numbers.entry(count.candidate).or_default().insert(count.count);
            }
        }
        numbers
    }
}

/// The range in which a count is published: 1 to below `below`, or one of those of `2 × below` numbers that begin there. A
/// zero could be anything that is not more than a small count.
fn range_of(count: u64, below: u64) -> (u64, u64) {
    if count < below {
        return (count.min(1), below - 1);
    }
    let width = 2 * below;
    let start = below + (count - below) / width * width;
    (start, start + width - 1)
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
    fn published(&self, candidates: usize, publish: impl Fn(usize) -> Published) -> Self {
        let written =
            self.written.iter().map(|(candidate, evidence)| (*candidate, evidence.published(publish(*candidate))));
        let tables = self.tables.iter().map(|table| table.published(candidates, &publish));
        Self { written: written.collect(), tables: tables.collect() }
    }
}

impl Evidence {
    fn published(&self, published: Published) -> Self {
        let figure = match published {
            Published::AsItIs => return self.clone(),
            Published::Nothing => Figure::Missing(Missing(words::WITHHELD.into())),
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
    fn published(&self, candidates: usize, publish: &impl Fn(usize) -> Published) -> Self {
        let mut table = self.clone();
        let mut is_other = false;
        for candidate in 0..candidates {
            if self.cell_is_empty(candidate) {
                continue;
            }
            let ends = match publish(candidate) {
                Published::AsItIs => continue,
                Published::Range(range) => Some(middle_and_ends(range).1),
                Published::Nothing => None,
            };
            if let Some(number) = table.numbers.get_mut(candidate) {
                *number = f64::NAN;
            }
            table.suppressed.insert(candidate, ends);
            is_other = true;
        }
        if is_other {
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

/// What stands for the list of a member; empty where there is none.
fn digest_of_list(member: &Member) -> &str {
    match &member.filed {
        Filed::List(list) => &list.digest,
        filed => filed.made().map_or("", |made| &made.digest),
    }
}

/// What members published, without notes and without what documents say of it, which is to be recomputed. The digest of a
/// list is of what is published of it.
fn published_lists(membership: &Membership, roles: &mut Roles) -> Membership {
    let mut published = Membership { claimed: Vec::new(), ..membership.clone() };
    for member in &mut published.members {
        roles.note(&mut member.note);
        if let Filed::List(list) = &mut member.filed {
            roles.note(&mut list.note);
            list.listed.iter_mut().for_each(|listed| roles.note(&mut listed.note));
            list.digest = String::new();
            list.digest = digest(format!("{list:?}").as_bytes());
        }
    }
    published
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
    for member in assessment.membership.iter().flat_map(|membership| &membership.members) {
        let _ = write!(text, "\n{:?} {:?} {:?}", member.id, member.title, digest_of_list(member));
    }
    digest(text.as_bytes())
}
