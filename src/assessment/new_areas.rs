//! Candidates of old areas made into those of new ones, with their evidence, by a lookup.
//!
//! Candidates of one title in the old areas of a new one become one candidate of that. A candidate that is itself an area
//! becomes the new area. Every count in is a count out; what can't be made of its parts is refused, and nothing is averaged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::column::Column;
use super::denominator::Denominator;
use super::evidence::areas::Part;
use super::evidence::{Evidence, Figure, Missing, Origin};
use super::model::{Candidate, FiledLookup};
use crate::areas::{BEST_FIT_CAVEAT, LookupKind, Share};
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::words::{as_read, counted, first_listed, id_of, listed};

/// So many of what is not known are named, and the others counted.
const MOST_NAMED: usize = 6;

/// A candidate of a new area with its evidence by name.
pub(super) struct OnNewArea {
    pub candidate: Candidate,
    pub evidence: BTreeMap<String, Evidence>,
}

/// What is put together, and what it may refer to.
pub(super) struct OldAreas<'a> {
    pub lookup: &'a FiledLookup,
    /// The candidates, with the columns of their evidence in the same order.
    pub candidates: &'a [Candidate],
    pub columns: &'a BTreeMap<String, Column>,
    /// Whom counts are set against that name nobody of their own.
    pub everybody: Option<Denominator>,
    /// Where a candidate is named, by its id.
    pub place_of: &'a dyn Fn(&str) -> Option<Place>,
    /// The id of the candidate that a new area has for a title, where others name it; without an area that of the area which
    /// is a candidate itself.
    pub known: &'a dyn Fn(&str, &str) -> Option<String>,
}

/// The candidates of one title that make up one of a new area: their numbers by the code of the old area.
type Members<'a> = BTreeMap<&'a str, usize>;

/// What candidates become: the code of the new area, and the title by which they are one; none of an area itself.
type Target<'a> = (&'a str, Option<String>);

impl<'a> OldAreas<'a> {
    /// The candidates on new areas. What is wrong goes to `problems`.
    pub(super) fn on_new_areas(&self, problems: &mut Problems) -> Vec<OnNewArea> {
        let mut made: BTreeMap<Target<'a>, Members<'a>> = BTreeMap::new();
        let mut unmoved = Vec::new();
        for (number, candidate) in self.candidates.iter().enumerate() {
            let Some((code, title)) = self.area_of(candidate, problems) else {
                unmoved.push(number);
                continue;
            };
            let parts = self.lookup.lookup.old.get(code).map(|area| &area.parts);
            for new in parts.into_iter().flat_map(BTreeMap::keys) {
                let members = made.entry((new, title.clone())).or_default();
                if let Some(other) = members.insert(code, number) {
                    problems.push(self.twice(candidate, other));
                }
            }
        }
        let mut not_known: BTreeSet<String> = BTreeSet::new();
        let mut ids: BTreeMap<(usize, &str), String> = BTreeMap::new();
        for (target, members) in &made {
            let id = self.id(target, members);
            ids.extend(members.values().map(|number| ((*number, target.0), id.clone())));
        }
        let mut found: Vec<OnNewArea> = made
            .iter()
            .map(|(target, members)| OnNewArea {
                candidate: self.candidate(target, members, &ids),
                evidence: self.evidence(target, members, &mut not_known, problems),
            })
            .collect();
        found.extend(unmoved.into_iter().filter_map(|number| self.unmoved(number, problems)));
        if !not_known.is_empty() {
            problems.push(part_not_known(&not_known, self.lookup));
        }
        found
    }

    /// The code of the old area of a candidate, and by which title it is one with others; none of one without an area. What
    /// is wrong is told, and then there is none either.
    fn area_of(&self, candidate: &Candidate, problems: &mut Problems) -> Option<(&'a str, Option<String>)> {
        let lookup = &self.lookup.lookup;
        let is_area = candidate.area.is_none();
        let written = candidate.area.as_deref().unwrap_or(&candidate.id);
        let code = match is_area {
            true => lookup.code_of_id(written).map_or_else(|| lookup.old_code(written), Ok),
            false => lookup.old_code(written),
        };
        let (message, help) = match code {
            Ok(code) => return Some((code, (!is_area).then(|| as_read(&title_of(candidate, code)).into_owned()))),
            Err(unknown) => unknown,
        };
        if !is_area || candidate.kind.is_none_or(|kind| kind == super::CandidateKind::Place) {
            let problem = Problem::new(Code::UnknownArea, message).help(help).one_of("area", "areas");
            problems.push((self.place_of)(&candidate.id).into_iter().fold(problem, Problem::at));
        }
        None
    }

    fn twice(&self, candidate: &Candidate, other: usize) -> Problem {
        let other = self.candidates.get(other).map_or("", |other| &other.id);
        let message = format!(
            "`{}` and `{other}` have the same title in the same area, so that they can't be told apart on the new ones",
            candidate.id
        );
        let problem = Problem::new(Code::DuplicateId, message).help("give each of the two a title of its own");
        (self.place_of)(&candidate.id).into_iter().fold(problem, Problem::at)
    }

    /// The id on the new area: that of the candidate of the same title there, else made of the area's code and the title.
    fn id(&self, (new, title): &Target<'_>, members: &Members<'_>) -> String {
        let Some(first) = title.as_ref().and_then(|_| self.first(members)) else {
            return (self.known)("", new).unwrap_or_else(|| (*new).to_owned());
        };
        let code = first.area.as_deref().unwrap_or_default();
        let title = title_of(first, code);
        (self.known)(new, &title).unwrap_or_else(|| format!("{new}-{}", id_of(&title)))
    }

    fn first(&self, members: &Members<'_>) -> Option<&'a Candidate> {
        members.values().next().and_then(|number| self.candidates.get(*number))
    }

    fn candidate(
        &self,
        (new, title): &Target<'_>,
        members: &Members<'_>,
        ids: &BTreeMap<(usize, &str), String>,
    ) -> Candidate {
        let all: Vec<&Candidate> = members.values().filter_map(|number| self.candidates.get(*number)).collect();
        let own = members.values().next().and_then(|number| ids.get(&(*number, *new))).cloned().unwrap_or_default();
        let number_of = |id: &str| self.candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok();
        let here = |id: &String| number_of(id).and_then(|number| ids.get(&(number, *new))).filter(|id| **id != own);
        let mut formerly: BTreeSet<String> = BTreeSet::new();
        for candidate in &all {
            formerly.insert(candidate.id.clone());
            formerly.extend(candidate.formerly.iter().cloned());
        }
        formerly.remove(&own);
        let shares: BTreeSet<&String> =
            all.iter().flat_map(|candidate| &candidate.shares_evidence_with).filter_map(here).collect();
        let wholes: BTreeSet<&String> = all.iter().filter_map(|candidate| here(candidate.part_of.as_ref()?)).collect();
        let name = self.lookup.lookup.new_name(new);
        Candidate {
            id: own,
            title: match (title, all.first()) {
                (Some(_), Some(first)) => title_of(first, first.area.as_deref().unwrap_or_default()),
                _ => name.to_owned(),
            },
            kind: agreed(&all, |candidate| candidate.kind),
            area: title.as_ref().map(|_| (*new).to_owned()),
            about: agreed(&all, |candidate| candidate.about.clone()),
            meanwhile: agreed(&all, |candidate| candidate.meanwhile.clone()),
            affected: agreed(&all, |candidate| candidate.affected.clone()),
            formerly: formerly.into_iter().collect(),
            part_of: wholes.first().filter(|_| wholes.len() == 1).map(|id| (*id).clone()),
            shares_evidence_with: shares.into_iter().cloned().collect(),
        }
    }

    fn evidence(
        &self,
        (new, _): &Target<'_>,
        members: &Members<'_>,
        not_known: &mut BTreeSet<String>,
        problems: &mut Problems,
    ) -> BTreeMap<String, Evidence> {
        let mut evidence = BTreeMap::new();
        let parts = self.lookup.lookup.new.get(*new).map(|area| &area.parts);
        for (name, column) in self.columns {
            let filed = |code: &str| members.get(code).and_then(|number| column.get(*number));
            let filed: Vec<_> =
                parts.into_iter().flatten().map(|(code, share)| (&**code, *share, filed(code))).collect();
            let Some(first) = filed.iter().find_map(|(_, _, evidence)| evidence.as_ref()) else { continue };
            let gone: Vec<&str> =
                filed.iter().filter(|(.., evidence)| evidence.is_none()).map(|(code, ..)| *code).collect();
            let figure = match &*gone {
                [] => self.figure(new, name, &filed, problems),
                [code, ..] => {
                    not_known.insert(format!("`{name}` of `{code}`"));
                    Figure::Missing(Missing(format!("of `{code}`, which is part of it, nothing was filed").into()))
                }
            };
            let origins: Vec<(&str, &Origin)> =
                filed.iter().filter_map(|(code, _, it)| Some((*code, &*it.as_ref()?.origin))).collect();
            let shares: Vec<(&str, Share)> = filed.iter().map(|(code, share, _)| (*code, *share)).collect();
            let origin = self.origin(&origins, &shares, &figure);
            evidence.insert(name.clone(), Evidence { figure, origin: Arc::new(origin), place: first.place.clone() });
        }
        evidence
    }

    fn figure(
        &self,
        new: &str,
        name: &str,
        filed: &[(&str, Share, Option<std::borrow::Cow<'_, Evidence>>)],
        problems: &mut Problems,
    ) -> Figure {
        let lookup = &self.lookup.lookup;
        let place = filed.iter().find_map(|(.., evidence)| evidence.as_ref()).map(|evidence| evidence.place.clone());
        let moved = || {
            let figures = filed.iter().filter_map(|(.., evidence)| evidence.as_ref());
            let figures: Vec<Figure> = figures.map(|it| it.figure.on_new_areas(lookup)).collect::<Result<_, _>>()?;
            if let ([only], [(_, share, _)]) = (&*figures, filed)
                && share.is_whole()
            {
                return Ok(only.clone());
            }
            let parts = filed.iter().zip(&figures);
            let parts: Vec<Part<'_, Figure>> =
                parts.map(|((area, share, _), figure)| Part { area, figure, share: *share }).collect();
            Figure::put_together(&parts, self.everybody)
        };
        moved().unwrap_or_else(|refused: super::evidence::areas::NotByParts| {
            let codes: Vec<String> = filed.iter().map(|(code, ..)| format!("`{code}`")).collect();
            let message = format!("`{name}` of {} can't be made into that of `{new}`: {}", listed(&codes), refused.why);
            let problem = Problem::new(Code::NotByParts, message).help(refused.help);
            let problem = place.into_iter().fold(problem, Problem::at);
            problems.push(problem.one_of(name, "figures of this evidence"));
            Figure::Missing(Missing("it could not be made of its parts".into()))
        })
    }

    /// Where a figure comes from that was made of several: what all say alike, what any of them limits or
    /// speaks against, and what was made of what.
    fn origin(&self, origins: &[(&str, &Origin)], shares: &[(&str, Share)], figure: &Figure) -> Origin {
        let Some((_, first)) = origins.first() else { return Origin::default() };
        let all: Vec<&Origin> = origins.iter().map(|(_, origin)| *origin).collect();
        let is_unchanged = matches!(shares, [(_, share)] if share.is_whole());
        let places: BTreeSet<(Option<&str>, Option<&str>)> =
            all.iter().map(|origin| (origin.source.as_deref(), origin.place.as_deref())).collect();
        let places: Vec<_> = places.into_iter().collect();
        let mut caveats: Vec<String> = Vec::new();
        for caveat in all.iter().flat_map(|origin| &origin.caveats) {
            if !caveats.contains(caveat) {
                caveats.push(caveat.clone());
            }
        }
        if figure.kind().is_some() {
            caveats.extend(self.caveat(shares));
        }
        let supports = |name: &String| all.iter().all(|origin| origin.corroborated_by.contains(name));
        let corroborated_by: BTreeSet<&String> = first.corroborated_by.iter().filter(|name| supports(name)).collect();
        let contradicted_by: BTreeSet<&String> = all.iter().flat_map(|origin| &origin.contradicted_by).collect();
        Origin {
            place: match &*places {
                [(_, place)] => place.map(str::to_owned),
                // The document of the first is the one that is cited; the others are named with their places.
                several => Some(joined_places(first.source.as_deref(), several)),
            },
            caveats,
            illustration: all.iter().any(|origin| origin.illustration),
            context: all.iter().all(|origin| origin.context),
            note: agreed(&all, |origin| origin.note.clone()),
            corroborated_by: corroborated_by.into_iter().cloned().collect(),
            contradicted_by: contradicted_by.into_iter().cloned().collect(),
            breaks: figure.breaks().to_vec(),
            published: if is_unchanged { first.published.clone() } else { Vec::new() },
            points: if is_unchanged { first.points.clone() } else { Vec::new() },
            source: first.source.clone(),
            judged: agreed(&all, |origin| origin.judged.clone()),
            period: agreed(&all, |origin| origin.period),
        }
    }

    /// What a figure is made of, where it is not that of one area alone.
    fn caveat(&self, shares: &[(&str, Share)]) -> Vec<String> {
        let kind = self.lookup.lookup.kind;
        let of = |shared: bool| -> Vec<String> {
            let those = shares.iter().filter(|(_, share)| share.is_whole() != shared);
            those.map(|(code, share)| share.of(code)).collect()
        };
        let (whole, shared) = (of(false), of(true));
        let mut told = Vec::new();
        if shares.len() > 1 || !shared.is_empty() || kind == LookupKind::BestFit {
            let all: Vec<String> = whole.iter().chain(&shared).cloned().collect();
            let cited = &self.lookup.cited;
            told.push(format!(
                "It is made of the figures of old areas, by the lookup in {}, {}: {}.",
                cited.source,
                cited.place,
                listed(&all)
            ));
        }
        if !shared.is_empty() {
            told.push(
                "What was shared out is an estimate: from none to all of it can be here, and the interval goes as far."
                    .to_owned(),
            );
        }
        if kind == LookupKind::BestFit {
            told.push(BEST_FIT_CAVEAT.to_owned());
        }
        told
    }

    /// A candidate that is of no area, with what its evidence says of areas on new ones.
    fn unmoved(&self, number: usize, problems: &mut Problems) -> Option<OnNewArea> {
        let candidate = self.candidates.get(number)?.clone();
        let mut evidence = BTreeMap::new();
        for (name, column) in self.columns {
            let Some(filed) = column.get(number) else { continue };
            let figure = filed.figure.on_new_areas(&self.lookup.lookup).unwrap_or_else(|refused| {
                let message = format!("`{name}` of `{}` can't be put on new areas: {}", candidate.id, refused.why);
                problems.push(Problem::new(Code::NotByParts, message).at(filed.place.clone()).help(refused.help));
                Figure::Missing(Missing("it could not be put on new areas".into()))
            });
            evidence.insert(name.clone(), Evidence { figure, ..filed.into_owned() });
        }
        Some(OnNewArea { candidate, evidence })
    }
}

/// What a candidate is about, without its area: its title, or what is left of its id without the area's code.
fn title_of(candidate: &Candidate, code: &str) -> String {
    let rest = candidate.title.get(code.len()..).filter(|_| candidate.title == candidate.id);
    let begins = candidate.title.get(..code.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(code));
    let rest = rest.filter(|_| begins).map(|rest| rest.trim_start_matches(['-', '_', '.']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(&candidate.title).to_owned()
}

/// What all say, if they say the same.
fn agreed<T, V: PartialEq>(all: &[&T], said: impl Fn(&T) -> Option<V>) -> Option<V> {
    let first = said(all.first()?)?;
    all.iter().all(|one| said(one).as_ref() == Some(&first)).then_some(first)
}

/// Places of several documents, those of another than `own` with its id.
fn joined_places(own: Option<&str>, places: &[(Option<&str>, Option<&str>)]) -> String {
    let one = |(source, place): &(Option<&str>, Option<&str>)| {
        let place = place.unwrap_or_default();
        match source.filter(|_| *source != own) {
            Some(source) => format!("{source}: {place}"),
            None => place.to_owned(),
        }
    };
    let told: BTreeSet<String> = places.iter().map(one).filter(|place| !place.is_empty()).collect();
    first_listed(&told.into_iter().collect::<Vec<_>>(), MOST_NAMED)
}

fn part_not_known(names: &BTreeSet<String>, lookup: &FiledLookup) -> Problem {
    let all: Vec<String> = names.iter().cloned().collect();
    let figures = counted(all.len(), "figure of an old area is", "figures of old areas are");
    let message = format!("{figures} not filed, so that the new areas have none: {}", first_listed(&all, MOST_NAMED));
    let help = "file them, 0 where there were none, or leave the lookup's rows out for areas that are not yours";
    Problem::new(Code::PartNotKnown, message).at(lookup.place.clone()).help(help)
}
