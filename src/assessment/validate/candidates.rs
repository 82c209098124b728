//! The candidates of files and tables. One may stand in several files, if they say the same of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alike::{AlikeNames, alike_names, in_other_letters};
use super::filed::{EvidenceSource, Filed, SameAreas};
use super::table;
use crate::assessment::format::{self, AssessmentFile};
use crate::assessment::model::Candidate;
use crate::assessment::overlap::LEVELS;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::toml_file::{At, Checker, LostKeys, look_alike};
use crate::words::as_read;

/// A candidate as one file has it.
struct Mention<'a> {
    source: &'a Arc<SourceFile>,
    lost: &'a LostKeys,
    written: &'a At<format::Candidate>,
}

/// All candidates of files and tables, ascending by id.
pub(super) fn candidates(same: &SameAreas<'_>, filed: &Filed<'_>, problems: &mut Problems) -> Vec<Candidate> {
    let (file, tables) = (filed.file, &*same.tables);
    let mentions = mentions(&same.evidence, problems);
    let mut found: BTreeMap<String, Candidate> = mentions
        .iter()
        .filter_map(|(id, mentions)| Some(((*id).to_owned(), joined(id, mentions, problems)?)))
        .collect();
    for (table, rows) in file.table.iter().zip(tables) {
        if let Some(rows) = rows {
            table::candidates(table, rows, filed.source, problems, &mut found);
        }
    }
    look_alikes(&mentions, file, tables, &found, problems);
    names_alike(&mentions, file, tables, &found, problems);
    for mention in mentions.values().flatten() {
        formerly(mention, &found, problems);
        overlaps(mention, &found, problems);
    }
    found.into_values().collect()
}

/// Tells of candidates whose titles a reader takes for each other, and of their areas' codes likewise.
fn names_alike(
    mentions: &BTreeMap<&str, Vec<Mention<'_>>>,
    file: &AssessmentFile,
    tables: &[Option<&CsvFile>],
    found: &BTreeMap<String, Candidate>,
    problems: &mut Problems,
) {
    let mut tell = |of: &Candidate, problem: Problem| {
        problems.push(first_place(&of.id, mentions, file, tables).into_iter().fold(problem, Problem::at));
    };
    let titles = found.values().map(|candidate| (candidate.title.as_str(), candidate));
    for AlikeNames { odd: (title, odd), other: (others, other), by_letters } in alike_names(titles) {
        let (odd_id, other_id) = (&odd.id, &other.id);
        let problem = match by_letters {
            true => in_other_letters(odd_id, other_id, title),
            false => Problem::new(
                Code::LooksAlike,
                format!(
                    "the title of `{odd_id}`, “{title}”, is that of `{other_id}`, “{others}”, but for capitals and spaces"
                ),
            )
            .help("write both alike if they are of one type, or name one of them otherwise"),
        };
        tell(odd, problem);
    }
    let areas = found.values().filter_map(|candidate| Some((candidate.area.as_deref()?, candidate)));
    for AlikeNames { odd: (code, odd), other: (others, _), .. } in alike_names(areas) {
        let message =
            format!("`{}` is in the area `{code}`, and others are in `{others}`: they differ in capitals", odd.id);
        tell(odd, Problem::new(Code::LooksAlike, message).help("write the code alike wherever it is the same area"));
    }
}

/// Where a candidate of some areas is named.
pub(super) fn place_of(id: &str, same: &SameAreas<'_>, file: &AssessmentFile) -> Option<Place> {
    let written = same.evidence.iter().find_map(|(source, parsed)| {
        let named = parsed.file.candidate.iter().find(|candidate| candidate.value.id.value == id)?;
        let at = named.value.area.as_ref().unwrap_or(&named.value.id);
        Some(Place::new(source, at.span.clone()))
    });
    written.or_else(|| place_in_tables(id, file, &same.tables))
}

fn place_in_tables(id: &str, file: &AssessmentFile, tables: &[Option<&CsvFile>]) -> Option<Place> {
    file.table.iter().zip(tables).find_map(|(table, rows)| table::place_of(table, (*rows)?, id))
}

/// Where a candidate is first named.
fn first_place(
    id: &str,
    mentions: &BTreeMap<&str, Vec<Mention<'_>>>,
    file: &AssessmentFile,
    tables: &[Option<&CsvFile>],
) -> Option<Place> {
    let written = mentions.get(id).and_then(|mentions| mentions.first());
    let written = written.map(|first| Place::new(first.source, first.written.value.id.span.clone()));
    written.or_else(|| place_in_tables(id, file, tables))
}

/// Refuses candidates that a reader takes for the same: their ids differ only in capitals.
fn look_alikes(
    mentions: &BTreeMap<&str, Vec<Mention<'_>>>,
    file: &AssessmentFile,
    tables: &[Option<&CsvFile>],
    found: &BTreeMap<String, Candidate>,
    problems: &mut Problems,
) {
    let place_of = |id: &str| first_place(id, mentions, file, tables);
    // Most ids have no capital: then there is nothing to look up.
    let capitals = found.keys().filter(|id| matches!(as_read(id), Cow::Owned(_)));
    let mut alike: BTreeMap<Cow<'_, str>, &str> = BTreeMap::new();
    for id in capitals {
        let read = as_read(id);
        let plain = found.get_key_value(&*read).map(|(plain, _)| plain.as_str());
        let other = plain.or_else(|| alike.get(&read).copied());
        alike.entry(read).or_insert(id);
        let Some(other) = other else { continue };
        if let Some(place) = place_of(id) {
            problems.push(look_alike(place, "a candidate", id, other, place_of(other).as_ref()));
        }
    }
}

/// Where each candidate stands, in the order of files.
fn mentions<'a>(evidence: &[&'a EvidenceSource], problems: &mut Problems) -> BTreeMap<&'a str, Vec<Mention<'a>>> {
    let mut mentions: BTreeMap<&str, Vec<Mention<'_>>> = BTreeMap::new();
    for (source, parsed) in evidence.iter().copied() {
        let lost = &parsed.lost;
        let mut check = Checker { source, lost, problems };
        if parsed.file.candidate.is_empty() && parsed.file.population.is_none() && !lost.has_lost_table {
            let help = "add a `[[candidate]]` table, or take the file out of `evidence`";
            check.problem(
                Code::NoCandidates,
                &(0..0),
                format!("`{}` has no candidate, and no population", source.name),
                help,
            );
        }
        for written in &parsed.file.candidate {
            let id = &written.value.id;
            if check.id(id).is_none() {
                continue;
            }
            let of_id = mentions.entry(&id.value).or_default();
            match of_id.last().filter(|last| Arc::ptr_eq(last.source, source)) {
                Some(first) => {
                    let first = check.place(&first.written.value.id.span);
                    check.duplicate(&id.span, "a candidate", &id.value, Some(&first));
                }
                None => of_id.push(Mention { source, lost, written }),
            }
        }
    }
    mentions
}

/// What all files together say of a candidate, if that is enough.
fn joined(id: &str, mentions: &[Mention<'_>], problems: &mut Problems) -> Option<Candidate> {
    let title = agreed(id, mentions, "title", |written| written.title.as_ref(), problems);
    let kind = agreed(id, mentions, "kind", |written| written.kind.as_ref(), problems);
    let area = agreed(id, mentions, "area", |written| written.area.as_ref(), problems);
    let about = agreed(id, mentions, "about", |written| written.about.as_ref(), problems);
    let meanwhile = agreed(id, mentions, "meanwhile", |written| written.meanwhile.as_ref(), problems);
    let affected = agreed(id, mentions, "affected", |written| written.affected.as_ref(), problems);
    for (key, missing) in [("title", title.is_none()), ("kind", kind.is_none())] {
        if missing {
            note_missing(key, mentions, problems);
        }
    }
    let ((first, title), (_, kind)) = (title?, kind?);
    let title = Checker { source: first.source, lost: first.lost, problems }.text(title, "the candidate's title")?;
    let area =
        area.and_then(|(mention, area)| Checker { source: mention.source, lost: mention.lost, problems }.id(area));
    let about = about.map(|(_, about)| about.value.clone());
    let mut text = |said: Option<(&Mention<'_>, &At<String>)>, what: &str| {
        let (mention, text) = said?;
        Checker { source: mention.source, lost: mention.lost, problems }.text(text, what)
    };
    let meanwhile = text(meanwhile, "what is still done about it");
    let affected = text(affected, "who is affected by it");
    let formerly: BTreeSet<&String> =
        mentions.iter().flat_map(|mention| &mention.written.value.formerly).map(|id| &id.value).collect();
    // Whoever keeps an id says so for the day on which it gets another.
    let formerly = formerly.into_iter().filter(|before| *before != id).cloned().collect();
    let part_of = agreed(id, mentions, "part_of", |written| written.part_of.as_ref(), problems);
    let shares: BTreeSet<&String> =
        mentions.iter().flat_map(|mention| &mention.written.value.shares_evidence_with).map(|id| &id.value).collect();
    Some(Candidate {
        id: id.to_owned(),
        title,
        kind: Some(kind.value),
        area,
        about,
        meanwhile,
        affected,
        formerly,
        part_of: part_of.map(|(_, whole)| whole.value.clone()),
        shares_evidence_with: shares.into_iter().cloned().collect(),
    })
}

/// Whether a candidate's earlier ids are ids, and no other candidate has them now.
fn formerly(mention: &Mention<'_>, found: &BTreeMap<String, Candidate>, problems: &mut Problems) {
    let mut check = Checker { source: mention.source, lost: mention.lost, problems };
    for id in &mention.written.value.formerly {
        if check.id(id).is_some() && id.value != mention.written.value.id.value && found.contains_key(&id.value) {
            let message = format!("`{}` is a candidate here, so no other candidate can have replaced it", id.value);
            check.problem(
                Code::DuplicateId,
                &id.span,
                message,
                "take it out of `formerly`, or take that candidate out",
            );
        }
    }
}

/// Whether what a candidate is part of, and what it shares evidence with, are other candidates, and nothing is part of
/// itself by way of others.
fn overlaps(mention: &Mention<'_>, found: &BTreeMap<String, Candidate>, problems: &mut Problems) {
    let mut check = Checker { source: mention.source, lost: mention.lost, problems };
    let written = &mention.written.value;
    let own = &written.id.value;
    let all = written.part_of.iter().map(|id| ("part_of", id));
    for (key, id) in all.chain(written.shares_evidence_with.iter().map(|id| ("shares_evidence_with", id))) {
        if id.value == *own {
            let message = format!("`{own}` stands in its own `{key}`");
            check.problem(Code::Circle, &id.span, message, "name another candidate, or take it out");
        } else if !found.contains_key(&id.value) {
            let message = format!("there is no candidate `{}`", id.value);
            let help = did_you_mean(&id.value, found.keys().map(String::as_str));
            check.problem(Code::UnknownId, &id.span, message, help);
        }
    }
    let Some(whole) = &written.part_of else { return };
    let chain = wholes(own, found);
    if chain.len() > 1 && chain.last() == Some(&own.as_str()) {
        let way: Vec<String> = chain.iter().map(|id| format!("`{id}`")).collect();
        let message = format!("`{own}` is part of itself: it is part of {}", way.join(", which is part of "));
        check.problem(Code::Circle, &whole.span, message, "take `part_of` out of the one that is part of no other");
    } else if chain.len() > LEVELS {
        let message =
            format!("`{own}` is part of more than {LEVELS} others, one in the other, and {LEVELS} is the most");
        check.problem(Code::BadValue, &whole.span, message, "take `part_of` out, or name one of the larger wholes");
    }
}

/// What a candidate is part of, and what that is part of, to the end, until one comes again or until there are too many.
fn wholes<'a>(own: &str, found: &'a BTreeMap<String, Candidate>) -> Vec<&'a str> {
    let mut chain: Vec<&str> = Vec::new();
    let mut next = found.get(own).and_then(|candidate| candidate.part_of.as_deref());
    while let Some((whole, candidate)) = next.and_then(|id| found.get_key_value(id)).filter(|_| chain.len() <= LEVELS) {
        let again = whole == own || chain.contains(&whole.as_str());
        chain.push(whole);
        next = candidate.part_of.as_deref().filter(|_| !again);
    }
    chain
}

/// What the first file that has this key says under it. Any other must say the same.
fn agreed<'a, T: PartialEq>(
    id: &str,
    mentions: &'a [Mention<'a>],
    key: &str,
    read: fn(&format::Candidate) -> Option<&At<T>>,
    problems: &mut Problems,
) -> Option<(&'a Mention<'a>, &'a At<T>)> {
    let mut said = mentions.iter().filter_map(|mention| Some((mention, read(&mention.written.value)?)));
    let (first, agreed) = said.next()?;
    for (mention, other) in said.filter(|(_, other)| other.value != agreed.value) {
        let line = first.source.line(agreed.span.start);
        let message = format!("`{id}` has another `{key}` in {}, line {line}", first.source.name);
        let place = Place::new(mention.source, other.span.clone());
        let help = format!(
            "say the same in both files, or leave `{key}` out of one; if it is another candidate, give it an id of its own"
        );
        problems.push(Problem::new(Code::DuplicateId, message).at(place).help(help));
    }
    Some((first, agreed))
}

/// Notes that no file has a key that one must have, unless a key was lost where it could have been.
fn note_missing(key: &str, mentions: &[Mention<'_>], problems: &mut Problems) {
    let lost = mentions.iter().any(|mention| mention.lost.has_lost_from(&mention.written.span));
    if let Some(first) = mentions.first().filter(|_| !lost) {
        let place = Place::new(first.source, first.written.span.clone());
        let help =
            format!("add `{key} = …` to this table; no other file has it for `{}`", first.written.value.id.value);
        problems.push(Problem::new(Code::MissingKey, format!("the key `{key}` is missing")).at(place).help(help));
    }
}
