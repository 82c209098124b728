//! An earlier assessment put on the areas of a later one, by a lookup that the later one names: what moves then is the
//! areas' and nobody's own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::column::Column;
use super::evidence::Figure;
use super::model::{Assessment, Candidate, FiledLookup};
use super::new_areas::{OldAreas, OnNewArea};
use crate::areas::{Lookup, Share, Tally};
use crate::diagnostic::{Code, Problem, Problems};
use crate::words::{as_read, counted};

/// An earlier assessment on the areas of a later one.
#[derive(Debug)]
pub struct OnLaterAreas {
    /// The earlier assessment with the candidates of the later areas.
    pub assessment: Assessment,
    /// The ids that each of its candidates had on the old areas.
    pub made_of: BTreeMap<String, BTreeSet<String>>,
    /// The lookups of the later assessment by which it was done, in the order in which they were applied; at least one.
    pub by: Vec<ByLookup>,
    /// What became of each evidence that is counts, by name.
    pub counts: Vec<CountsOnAreas>,
    /// What could not be put on the new areas, and why: clauses.
    pub not_known: Vec<String>,
}

/// What one lookup made of areas.
#[derive(Debug, Clone)]
pub struct ByLookup {
    /// The lookup.
    pub lookup: Arc<FiledLookup>,
    /// How many of its old areas candidates were of.
    pub old_areas: usize,
    /// How many of its new areas they are of.
    pub new_areas: usize,
}

/// What counts add up to on old areas and on new ones.
#[derive(Debug, Clone, PartialEq)]
pub struct CountsOnAreas {
    /// The evidence's name.
    pub name: String,
    /// The sum on the old areas.
    pub before: f64,
    /// The sum on the new areas: the same where nothing is left out.
    pub after: f64,
}

impl Assessment {
    /// This assessment on the areas of a later one; none where no candidate is of an area that the later one says has
    /// become another. Every lookup that is about its areas is applied, also one after the other: first the one that is
    /// about the most, of equals the first by id.
    ///
    /// # Errors
    /// Why it can't be put there.
    pub fn on_areas_of(&self, later: &Self) -> Option<Result<OnLaterAreas, Problem>> {
        let mut left: Vec<Arc<FiledLookup>> = later.lookups.values().cloned().collect();
        let mut found: Option<OnLaterAreas> = None;
        loop {
            let side = found.as_ref().map_or(self, |found| &found.assessment);
            let Some(next) = side.next_lookup(&mut left) else { return found.map(Ok) };
            let on = match side.put_on(later, &next) {
                Ok(on) => on,
                Err(why) => return Some(Err(why)),
            };
            found = Some(match found.take() {
                Some(before) => before.then(on),
                None => on,
            });
        }
    }

    /// The lookup that is about the most areas of this assessment, taken out of those that are left with all that are about
    /// the same areas: those would be put together twice.
    fn next_lookup(&self, left: &mut Vec<Arc<FiledLookup>>) -> Option<Arc<FiledLookup>> {
        let changed = left.iter().map(|filed| self.changed_areas(&filed.lookup)).enumerate();
        let changed = changed.filter(|(_, changed)| *changed > 0);
        let (at, _) = changed.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let next = left.remove(at);
        let is_gone = |code: &&String| !next.lookup.new.contains_key(*code);
        left.retain(|other| !next.lookup.old.keys().filter(is_gone).any(|code| other.lookup.old.contains_key(code)));
        Some(next)
    }

    /// What candidates are of old areas by a lookup of this assessment: nothing that they are filed in names it.
    pub(super) fn of_old_areas(&self) -> Vec<Problem> {
        let told = |filed: &Arc<FiledLookup>| {
            // A code that a new area has too may be meant as that.
            let is_old = |code: &&str| !filed.lookup.new.contains_key(*code);
            let codes = self.candidates.iter().filter_map(|about| area_in(about, &filed.lookup));
            let number = codes.filter(is_old).count();
            let message = format!(
                "{} of old areas by the lookup `{}`, which nothing that files them names",
                counted(number, "candidate is", "candidates are"),
                filed.id
            );
            let help = format!(
                "write `lookup = \"{}\"` into their `[[table]]`, or at the top of their evidence file; else they stay on the old areas",
                filed.id
            );
            (number > 0).then(|| Problem::new(Code::UnlistedFile, message).at(filed.place.clone()).help(help))
        };
        self.lookups.values().filter_map(told).collect()
    }

    /// How many candidates are of an area that the lookup makes another, or a part or more of.
    fn changed_areas(&self, lookup: &Lookup) -> usize {
        let changes = |code: &str| {
            let new = lookup.old.get(code).and_then(|area| area.parts.keys().next().filter(|_| area.parts.len() == 1));
            let alone = |new: &String| lookup.new.get(new).is_some_and(|area| area.parts.len() == 1);
            new.is_none_or(|new| new != code || !alone(new))
        };
        self.candidates.iter().filter_map(|about| area_in(about, lookup)).filter(|code| changes(code)).count()
    }

    fn put_on(&self, later: &Self, filed: &Arc<FiledLookup>) -> Result<OnLaterAreas, Problem> {
        let mut told = Problems::default();
        let candidates = under_later_titles(&self.candidates, later, &filed.lookup);
        let known = |area: &str, title: &str| {
            let same = |about: &&Candidate| match &about.area {
                Some(own) => own == area && as_read(&about.title) == as_read(title),
                None => area.is_empty() && as_read(&about.id) == as_read(title),
            };
            later.candidates.iter().find(same).map(|about| about.id.clone())
        };
        let old = OldAreas {
            lookup: filed,
            candidates: &candidates,
            columns: &self.evidence,
            everybody: self.population.as_ref().map(|population| population.size.denominator),
            place_of: &|_| None,
            known: &known,
        };
        let made = old.on_new_areas(&mut told);
        let not_known = not_known(told)?;
        let mut made_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for OnNewArea { candidate, .. } in &made {
            let ids = candidate.formerly.iter().chain([&candidate.id]);
            let ids: BTreeSet<String> = ids.filter(|id| self.candidate_number(id).is_some()).cloned().collect();
            if made_of.insert(candidate.id.clone(), ids).is_some() {
                let message = format!("`{}` is made of old areas, and is another's id besides", candidate.id);
                return Err(Problem::new(Code::DuplicateId, message));
            }
        }
        let before: BTreeSet<&str> = self.candidates.iter().filter_map(|about| area_in(about, &filed.lookup)).collect();
        let assessment = self.with(made, later, &filed.lookup);
        let after: BTreeSet<&str> =
            assessment.candidates.iter().map(|about| about.area.as_deref().unwrap_or(&about.id)).collect();
        let after = after.iter().filter(|code| filed.lookup.new.contains_key(**code)).count();
        let by = vec![ByLookup { old_areas: before.len(), new_areas: after, lookup: Arc::clone(filed) }];
        Ok(OnLaterAreas { made_of, by, counts: counts(self, &assessment), not_known, assessment })
    }

    /// This assessment with other candidates and their evidence, under the names that a later one has for areas.
    fn with(&self, mut made: Vec<OnNewArea>, later: &Self, lookup: &Lookup) -> Self {
        made.sort_by(|one, other| one.candidate.id.cmp(&other.candidate.id));
        let ids: BTreeSet<String> = made.iter().map(|made| made.candidate.id.clone()).collect();
        let mut candidates = Vec::new();
        let mut evidence: BTreeMap<String, Column> = BTreeMap::new();
        for (number, OnNewArea { candidate, evidence: own }) in made.into_iter().enumerate() {
            let part_of = candidate.part_of.filter(|id| ids.contains(id));
            let shares_evidence_with =
                candidate.shares_evidence_with.into_iter().filter(|id| ids.contains(id)).collect();
            candidates.push(Candidate { part_of, shares_evidence_with, ..candidate });
            for (name, one) in own {
                evidence.entry(name).or_default().written.insert(number, one);
            }
        }
        let titles = candidates.iter().filter_map(|about| about.area.clone()).map(|code| {
            let title = [later, self].into_iter().find_map(|side| side.areas.get(&code).cloned());
            let title = title.unwrap_or_else(|| lookup.new_name(&code).to_owned());
            (code, title)
        });
        let areas = titles.collect();
        Self { candidates, evidence, areas, digest: self.digest.clone(), ..self.without_evidence() }
    }
}

impl OnLaterAreas {
    /// What is made of this by another lookup, as made of the earlier assessment.
    fn then(self, next: Self) -> Self {
        let earlier = |id: String| match self.made_of.get(&id) {
            Some(ids) => ids.clone(),
            None => BTreeSet::from([id]),
        };
        let made_of = next.made_of.into_iter().map(|(id, ids)| (id, ids.into_iter().flat_map(earlier).collect()));
        let after = |name: &str| next.counts.iter().find(|counts| counts.name == name).map(|counts| counts.after);
        let counts = self
            .counts
            .iter()
            .map(|counts| CountsOnAreas { after: after(&counts.name).unwrap_or(counts.after), ..counts.clone() });
        Self {
            made_of: made_of.collect(),
            counts: counts.collect(),
            by: self.by.into_iter().chain(next.by).collect(),
            not_known: self.not_known.into_iter().chain(next.not_known).collect(),
            assessment: next.assessment,
        }
    }
}

/// The code that a lookup has for the old area that a candidate is in, or is.
fn area_in<'l>(about: &Candidate, lookup: &'l Lookup) -> Option<&'l str> {
    match about.area.as_deref() {
        Some(code) => lookup.old.get_key_value(code).map(|(code, _)| code.as_str()),
        None => lookup.code_of_id(&about.id),
    }
}

/// The candidates under the titles of those that say they were them, in an area that theirs has become: so they are put
/// where they went. Where two of an area would have one title, they keep their own.
fn under_later_titles(candidates: &[Candidate], later: &Assessment, lookup: &Lookup) -> Vec<Candidate> {
    let mut heirs: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    for heir in &later.candidates {
        heir.formerly.iter().for_each(|id| heirs.entry(id).or_default().push(heir));
    }
    let later_title = |about: &Candidate| -> Option<String> {
        let parts = &lookup.old.get(about.area.as_deref()?)?.parts;
        let heirs = heirs.get(&*about.id)?.iter();
        let heirs = heirs.filter(|heir| heir.area.as_ref().is_some_and(|code| parts.contains_key(code)));
        let titles: BTreeSet<&str> = heirs.map(|heir| &*heir.title).collect();
        titles.first().filter(|_| titles.len() == 1).map(|title| (*title).to_owned())
    };
    let renamed = |about: &Candidate| {
        let title = later_title(about).unwrap_or_else(|| about.title.clone());
        Candidate { title, ..about.clone() }
    };
    let renamed: Vec<Candidate> = candidates.iter().map(renamed).collect();
    let key = |about: &Candidate| (about.area.clone(), as_read(&about.title).into_owned());
    let mut times: BTreeMap<_, usize> = BTreeMap::new();
    for about in &renamed {
        *times.entry(key(about)).or_default() += 1;
    }
    let own = renamed.into_iter().zip(candidates);
    own.map(|(new, old)| if times.get(&key(&new)).is_some_and(|times| *times > 1) { old.clone() } else { new })
        .collect()
}

/// What could not be put on new areas, in clauses.
///
/// # Errors
/// What stops all of it.
fn not_known(told: Problems) -> Result<Vec<String>, Problem> {
    let mut clauses = Vec::new();
    for problem in told.sorted() {
        match problem.code {
            Code::NotByParts | Code::PartNotKnown => clauses.push(problem.message.clone()),
            // Areas of which the lookup says nothing stay as they are.
            Code::UnknownArea => {}
            _ => return Err(problem.clone()),
        }
    }
    Ok(clauses)
}

/// What the counts of each evidence add up to, on old areas and on new ones.
fn counts(old: &Assessment, new: &Assessment) -> Vec<CountsOnAreas> {
    let sum = |side: &Assessment, name: &str| {
        let mut sum = Tally::default();
        let column = side.evidence.get(name);
        for number in 0..side.candidates.len() {
            let figure = column.and_then(|column| column.get(number)).map(|evidence| evidence.figure.clone());
            if let Some(Figure::Count(count)) = figure {
                sum.add(count.count, count.ends(), Share::WHOLE);
            }
        }
        sum.sum()
    };
    let are_counts = old.evidence.iter().filter(|(_, column)| column.holds_counts());
    let of = |name: &String| CountsOnAreas { name: name.clone(), before: sum(old, name), after: sum(new, name) };
    are_counts.map(|(name, _)| of(name)).collect()
}
