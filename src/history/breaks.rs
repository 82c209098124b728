//! What broke between one year and the next, so that a step is not all the candidates' own: other periods, areas, rules,
//! scales, recording and candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Line, Lines};
use super::steps::Step;
use super::years::Year;
use crate::assessment::{Assessment, Break as SeriesBreak, Period};
use crate::diagnostic::quoted_list;
use crate::diff::ThemeShift;
use crate::rules::RuleSet;
use crate::words::{counted, first_listed, listed, number};

/// So many of a list are named, and the others counted.
const MOST_NAMED: usize = 12;

/// Something that broke between two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The step in which it did: from the year with this number to the next.
    pub step: usize,
    /// What sort of break it is.
    pub kind: BreakKind,
    /// What broke, a sentence or two.
    pub words: String,
}

/// What sort of break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BreakKind {
    /// The periods overlap, repeat, leave time out or are of different lengths.
    Period,
    /// The partnership or its areas are others.
    Areas,
    /// Members joined or left, or say something else than before.
    Members,
    /// The rules say something else, or another value of theirs is in force.
    Rules,
    /// Totals are out of another number.
    Scale,
    /// A series counts something else from a day on.
    Recording,
    /// Candidates came, went, or became others.
    Candidates,
}

impl BreakKind {
    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Areas => "areas",
            Self::Members => "members",
            Self::Rules => "rules",
            Self::Scale => "scale",
            Self::Recording => "recording",
            Self::Candidates => "candidates",
        }
    }
}

/// What broke, step by step; of each step in the order of the kinds.
pub(super) fn breaks(years: &[Year<'_>], followed: &Lines, steps: &[Step<'_>]) -> Vec<Break> {
    let mut breaks = Vec::new();
    for (step, (found, pair)) in steps.iter().zip(years.windows(2)).enumerate() {
        let [old, new] = pair else { continue };
        let told = [
            (BreakKind::Period, periods(old, new)),
            (BreakKind::Areas, areas(old, new, found)),
            (BreakKind::Members, members(found)),
            (BreakKind::Rules, rules(old, new, found)),
            (BreakKind::Scale, scale(old, new, found)),
            (BreakKind::Recording, recording(old, new)),
            (BreakKind::Candidates, candidates(years, followed, step)),
        ];
        for (kind, words) in told {
            breaks.extend(words.into_iter().map(|words| Break { step, kind, words }));
        }
    }
    breaks
}

fn periods(old: &Year<'_>, new: &Year<'_>) -> Vec<String> {
    let (was, is) = (old.source.side.assessment, new.source.side.assessment);
    let (before, after) = (was.period, is.period);
    let mut told = Vec::new();
    if was.digest == is.digest {
        told.push(format!("Both are the same assessment: {} and {}.", old.source.name, new.source.name));
    } else if before == after {
        told.push(format!("Both are of {after}: {} and {}.", old.source.name, new.source.name));
    } else if before.overlaps(after) {
        told.push(format!("The periods overlap, so that some of the evidence is in both: {before}, then {after}."));
    } else if !after.follows(before) {
        let (end, start) = (before.last_day(), after.first_day());
        told.push(format!("Neither covers the time between {end} and {start}."));
    }
    let months = |months: f64| format!("{} {}", number(months, 1), if months == 1.0 { "month" } else { "months" });
    let (was, is) = (months(before.months()), months(after.months()));
    if was != is {
        told.push(format!("The periods are not as long as each other: {was}, then {is}."));
    }
    told
}

fn areas(old: &Year<'_>, new: &Year<'_>, found: &Step<'_>) -> Vec<String> {
    let (was, is) = (old.source.side.assessment, new.source.side.assessment);
    let mut told = Vec::new();
    if was.partnership != is.partnership {
        let partnerships = format!("{}, then {}", was.partnership, is.partnership);
        let people = |side: &Assessment| side.population.as_ref().map(|people| number(people.people(), 0));
        let people = people(was).zip(people(is)).map(|(was, is)| format!(", for {was} people and then {is}"));
        told.push(format!("The partnership is another: {partnerships}{}.", people.unwrap_or_default()));
    }
    let codes = |side: &Assessment| -> BTreeSet<String> {
        side.candidates.iter().filter_map(|candidate| candidate.area.clone()).collect()
    };
    let (before, after) = (codes(was), codes(is));
    let named = |side: &Assessment, codes: BTreeSet<&String>| {
        let name = |code: &String| match side.areas.get(code) {
            Some(name) => name.clone(),
            None => old_name(is, code).unwrap_or(code).to_owned(),
        };
        first_listed(&codes.into_iter().map(name).collect::<Vec<_>>(), MOST_NAMED)
    };
    let (added, gone) = (after.difference(&before).collect(), before.difference(&after).collect());
    let told_of = [("New", named(is, added)), ("Gone", named(was, gone))];
    let told_of: Vec<String> =
        told_of.into_iter().filter(|(_, who)| !who.is_empty()).map(|(word, who)| format!("{word}: {who}.")).collect();
    if !told_of.is_empty() {
        told.push(format!("Candidates belong to other areas. {}", told_of.join(" ")));
    }
    told.extend(match found.comparison.as_ref().ok().and_then(|found| found.areas.as_ref()) {
        Some(Ok(areas)) => areas.words(),
        Some(Err(why)) => vec![format!("What the areas did can't be told apart: {why}.")],
        None => Vec::new(),
    });
    told
}

/// The name that a lookup of the newer assessment has for an old area.
fn old_name<'a>(assessment: &'a Assessment, code: &str) -> Option<&'a str> {
    assessment.lookups.values().find_map(|filed| filed.lookup.old.get(code)?.name.as_deref())
}

/// Who the members are, and whose priority each theme has become.
fn members(found: &Step<'_>) -> Vec<String> {
    let Some(members) = found.comparison.as_ref().ok().and_then(|found| found.members.as_ref()) else {
        return Vec::new();
    };
    let themes = members.themes.iter().take(MOST_NAMED).map(ThemeShift::words);
    let mut told: Vec<String> = members.words().into_iter().chain(themes).collect();
    if let Some(more) = members.themes.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        told.push(format!("{more} more themes have other members; `diff` names them."));
    }
    told
}

fn rules(old: &Year<'_>, new: &Year<'_>, found: &Step<'_>) -> Vec<String> {
    let (was, is) = (old.source.side.rules, new.source.side.rules);
    if was.digest == is.digest && found.changes.is_empty() {
        return Vec::new();
    }
    let name = |rules: &RuleSet| format!("{}, version {}", rules.name, rules.version);
    let changes = match found.changes.len() {
        0 => "they say the same, only how they are written has changed".to_owned(),
        count => counted(count, "change", "changes"),
    };
    let mut told = vec![match name(was) == name(is) {
        _ if was.digest == is.digest => format!("The rules are the same, with other values in force: {changes}."),
        true => format!("The rules are others under the same name, {}: {changes}.", name(is)),
        false => format!("The rules are others: {}, then {}: {changes}.", name(was), name(is)),
    }];
    if let Err(why) = &found.comparison {
        told.push(format!(
            "What the rules did and what the evidence did can't be told apart: the new rules can't rank the old evidence \
             ({why})."
        ));
    }
    told
}

fn scale(old: &Year<'_>, new: &Year<'_>, found: &Step<'_>) -> Vec<String> {
    if found.same_scale {
        return Vec::new();
    }
    let scale = |year: &Year<'_>| number(f64::from(year.source.side.rules.scale), 0);
    let (was, is) = (scale(old), scale(new));
    vec![format!("Totals are out of {was}, then out of {is}: they are not compared, only places are.")]
}

/// The breaks that either assessment declares after the first day of the one period and not after the last of the other,
/// as the statistics of change take them.
fn recording(old: &Year<'_>, new: &Year<'_>) -> Vec<String> {
    let (was, is) = (old.source.side.assessment, new.source.side.assessment);
    let mut found: BTreeMap<(Period, String), BTreeSet<(String, String)>> = BTreeMap::new();
    for side in [was, is] {
        for (name, column) in &side.evidence {
            for (candidate, evidence) in column.written() {
                let Some(about) = side.candidates.get(candidate) else { continue };
                let in_between = |broken: &&SeriesBreak| broken.is_between(was.period, is.period);
                for broken in evidence.origin.breaks.iter().filter(in_between) {
                    let of = found.entry((broken.date, broken.cause.to_string())).or_default();
                    of.insert((about.title.clone(), name.clone()));
                }
            }
        }
    }
    let sentence = |((date, cause), of): ((Period, String), BTreeSet<(String, String)>)| {
        let all: Vec<String> = of.iter().map(|(title, name)| format!("`{name}` of {title}")).collect();
        let verb = if all.len() == 1 { "counts" } else { "count" };
        format!("From {date} on {} {verb} something else: {cause}.", first_listed(&all, MOST_NAMED))
    };
    found.into_iter().map(sentence).collect()
}

fn candidates(years: &[Year<'_>], followed: &Lines, step: usize) -> Vec<String> {
    let title = |number: usize, year: usize| -> String {
        let seat = followed.lines.get(number).and_then(|line| line.seat(year));
        let Some((year, seat)) = years.get(year).zip(seat) else { return String::new() };
        // Where areas are, one of another area has another name.
        year.places
            .get(seat)
            .map_or_else(String::new, |place| year.source.side.assessment.title_in_area(place.candidate))
    };
    let last = |number: &usize| followed.lines.get(*number).map_or(0, Line::last_year);
    let titles = |numbers: &[usize], year: &dyn Fn(&usize) -> usize| {
        listed(&numbers.iter().map(|number| title(*number, year(number))).collect::<Vec<_>>())
    };
    let mut told = Vec::new();
    let (mut added, mut gone, mut out, mut back) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, line) in followed.lines.iter().enumerate() {
        let id = |year: usize| -> Option<&str> { Some(&years.get(year)?.places.get(line.seat(year)?)?.stand.id) };
        match (line.seat(step).is_some(), line.seat(step + 1).is_some()) {
            (true, true) if id(step) != id(step + 1) => {
                let (was, is) = (title(number, step), title(number, step + 1));
                told.push(match was == is {
                    true => format!("{is} has another id: {} was {}.", ticked(id(step + 1)), ticked(id(step))),
                    false => format!("{was} is called {is} now, and is the same."),
                });
            }
            (false, true) if line.first_year() <= step => back.push(title(number, step + 1)),
            (false, true) if line.from.is_empty() => added.push(title(number, step + 1)),
            (false, true) if line.from.len() > 1 => {
                told.push(format!("{} joins {}.", title(number, step + 1), titles(&line.from, &last)));
            }
            (true, false) if line.last_year() > step => out.push(title(number, step)),
            (true, false) if line.into.is_empty() => gone.push(title(number, step)),
            _ => {}
        }
        let first = |number: &usize| followed.lines.get(*number).map_or(0, Line::first_year);
        if line.into.len() > 1 && line.into.iter().all(|heir| first(heir) == step + 1) {
            told.push(format!("{} was split into {}.", title(number, last(&number)), titles(&line.into, &first)));
        }
    }
    for (who, one, many) in [
        (&out, "is left out, and comes back later", "are left out, and come back later"),
        (&back, "is back, after a year or more without it", "are back, after a year or more without them"),
        (&added, "is new", "are new"),
        (&gone, "is gone, and nothing says what became of it", "are gone, and nothing says what became of them"),
    ] {
        if !who.is_empty() {
            told.push(format!("{} {}.", first_listed(who, MOST_NAMED), if who.len() == 1 { one } else { many }));
        }
    }
    if !added.is_empty() && !gone.is_empty() {
        told.push(
            "Whether a new one is one that is gone can't be told: `formerly` in the newer assessment says so."
                .to_owned(),
        );
    }
    for ((year, place), was) in followed.unknown.iter().filter(|((year, _), _)| *year == step + 1) {
        let place = years.get(*year).and_then(|year| year.places.get(*place));
        let title = place.map_or("", |place| &place.stand.title);
        told.push(format!("{title} says that it was {}, which no earlier year given here has.", ticked(Some(was))));
    }
    told
}

fn ticked(id: Option<&str>) -> String {
    quoted_list(&[id.unwrap_or_default()])
}
