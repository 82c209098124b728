//! The members and their lists, judged, and what the themes gather of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::format::{ListedPriority, Member as WrittenMember, ThemesFile};
use super::read::{ListSource, MemberSource, MemberSources};
use super::{ClaimedCount, Filed, Gathered, Listed, Member, Membership, PrintedList};
use crate::assessment::judging::period;
use crate::assessment::references::References;
use crate::assessment::validate::alike::titles_in_other_letters;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::toml_file::{At, Checker, Parsed};
use crate::words::{counted, first_listed};

/// So many names are told, and the others counted.
const MOST_NAMED: usize = 6;

/// The members that the tables of `check`'s file name, with what was read of them. None where there are none.
pub(in crate::assessment) fn validate(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &[WrittenMember],
    sources: &MemberSources,
) -> Option<Membership> {
    let first = written.first()?;
    let mut first_named: BTreeMap<&str, Place> = BTreeMap::new();
    let mut members = Vec::new();
    let mut all_read = true;
    for (table, source) in written.iter().zip(&sources.members) {
        check.once(&mut first_named, "a member", &table.id);
        all_read &= !matches!(source, MemberSource::Unread);
        members.extend(member(check, references, table, source));
    }
    if members.len() < written.len() || !all_read {
        return None;
    }
    let mut membership = Membership { members, themes: BTreeMap::new(), unthemed: Vec::new(), claimed: Vec::new() };
    once_each(&membership, check.problems);
    let titles = membership.members.iter().map(|member| (&*member.id, &*member.title, member.place.clone()));
    check.problems.extend(titles_in_other_letters(titles).into());
    unlike(&membership, check.problems);
    if let Some((source, parsed)) = &sources.themes {
        themes(&mut membership, references, (source, parsed), check.problems);
    } else {
        let help = "name the file of themes: `themes = \"themes.toml\"` under `[assessment]`";
        let message = "there are members, and no themes to gather their priorities under";
        check.problem(Code::MissingKey, &first.id.span, message, help);
    }
    Some(membership)
}

fn member(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &WrittenMember,
    source: &MemberSource,
) -> Option<Member> {
    let (id, title) = (check.id(&written.id), check.text(&written.title, "the member's title"));
    let own_people = match &written.population {
        Some(population) => {
            references.known(check, &population.source);
            check.text(&population.place, "the place in the source")?;
            Some(check.whole_above_zero(&population.people, "a number of people")?)
        }
        None => None,
    };
    let filed = match source {
        MemberSource::Record(made) => Filed::Record(made.clone()),
        MemberSource::Assessment(made) => Filed::Assessment(made.clone()),
        MemberSource::List(list) => Filed::List(printed_list(check, references, list)?),
        MemberSource::Nothing => Filed::Nothing(check.text(written.missing.as_ref()?, "why there is nothing")?),
        MemberSource::Unread => Filed::Nothing(String::new()),
    };
    let made_of = filed.made().and_then(|made| made.people);
    Some(Member {
        id: id?,
        title: title?,
        is_counted: written.counted.unwrap_or(true),
        filed,
        people: own_people.or(made_of),
        note: written.note.as_ref().map(|note| note.value.trim().to_owned()),
        place: check.place(&written.id.span),
    })
}

fn printed_list(
    check: &mut Checker<'_>,
    references: &References<'_>,
    ListSource { source, parsed, digest }: &ListSource,
) -> Option<PrintedList> {
    let mut check = Checker { source, lost: &parsed.lost, problems: &mut *check.problems };
    let file = &parsed.file;
    let period = period(&mut check, &file.period);
    references.known(&mut check, &file.source);
    let place = check.text(&file.place, "the place in the source");
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, written) in file.priority.iter().enumerate() {
        check.once(&mut first, "a priority", &written.value.id);
        let read = listed_priority(&mut check, file.ranked, (at, file.priority.len()), written);
        let before = found.last().and_then(|before: &Listed| before.rank);
        let own = read.as_ref().and_then(|own| own.rank);
        if let Some((before, own)) = before.zip(own).filter(|(before, own)| own < before) {
            let span = written.value.rank.as_ref().map_or(&written.span, |rank| &rank.span);
            let message = format!("this has rank {own} and stands behind rank {before}");
            check.problem(Code::BadValue, span, message, "write the priorities in the order of their ranks");
        }
        found.extend(read);
    }
    Some(PrintedList {
        period: period?,
        is_ranked: file.ranked,
        is_complete: file.complete.unwrap_or(true),
        source: file.source.value.clone(),
        place: place?,
        note: file.note.as_ref().map(|note| note.value.trim().to_owned()),
        digest: digest.clone(),
        listed: (found.len() == file.priority.len()).then_some(found)?,
    })
}

fn listed_priority(
    check: &mut Checker<'_>,
    is_ranked: bool,
    (at, length): (usize, usize),
    written: &At<ListedPriority>,
) -> Option<Listed> {
    let priority = &written.value;
    let (id, title) = (check.id(&priority.id), check.text(&priority.title, "the priority's title"));
    let rank = match &priority.rank {
        Some(rank) if !is_ranked => {
            let help = "write `ranked = true` if the document says that they are in order, or take this out";
            check.problem(Code::BadValue, &rank.span, "this list is not said to be ranked", help);
            return None;
        }
        Some(rank) => {
            let last = u32::try_from(length).unwrap_or(u32::MAX);
            Some(usize::try_from(check.whole_within(rank, "a rank in this list", 1..=last)?).ok()?)
        }
        None => is_ranked.then_some(at + 1),
    };
    let total = match &priority.total {
        Some(total) => Some(check.finite(total)?),
        None => None,
    };
    Some(Listed {
        id: id?,
        title: title?,
        rank,
        total,
        is_priority: priority.chosen.unwrap_or(true),
        note: priority.note.as_ref().map(|note| note.value.trim().to_owned()),
    })
}

/// Refuses what two members have filed alike: it would count twice.
fn once_each(membership: &Membership, problems: &mut Problems) {
    let says = |member: &Member| match &member.filed {
        Filed::Record(made) | Filed::Assessment(made) => Some(made.says.clone()),
        Filed::List(list) => Some(list.digest.clone()),
        Filed::Nothing(_) => None,
    };
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for member in membership.members.iter().filter(|member| member.is_counted) {
        let Some(says) = says(member) else { continue };
        if let Some(other) = first.get(&says) {
            let message = format!("`{}` has filed the same as `{other}`: it would count twice", member.id);
            let help = "name what it filed itself; of a list that is shown and not counted write `counted = false`";
            problems.push(Problem::new(Code::DuplicateId, message).at(member.place.clone()).help(help));
        }
        first.entry(says).or_insert(&member.id);
    }
}

/// Tells in what members' lists are unlike: what is compared across them must not depend on it.
fn unlike(membership: &Membership, problems: &mut Problems) {
    let counted = || membership.members.iter().filter(|member| member.is_counted);
    let mut differences = Vec::new();
    // The first of those that are like the fewest others.
    let mut odd: Option<String> = None;
    let mut told = |what: &str, of: &dyn Fn(&Member) -> Option<String>| {
        let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for member in counted() {
            if let Some(which) = of(member) {
                by.entry(which).or_default().push(member.title.clone());
            }
        }
        if by.len() > 1 {
            let fewest = by.values().min_by_key(|who| who.len()).and_then(|who| who.first());
            odd = odd.take().or_else(|| fewest.cloned());
            let each: Vec<String> =
                by.iter().map(|(which, who)| format!("{which} ({})", first_listed(who, MOST_NAMED))).collect();
            differences.push(format!("{what}: {}", each.join("; ")));
        }
    };
    told("rules", &|member| {
        let rules = member.rules()?;
        let digest = rules.digest.trim_start_matches("sha256:");
        Some(format!("{}, {}", rules.name, digest.get(..12).unwrap_or(digest)))
    });
    told("scales of totals", &|member| Some(member.rules()?.scale.clone()));
    told("periods", &|member| Some(member.period()?.to_string()));
    let is_ranked = |member: &Member| match &member.filed {
        Filed::Nothing(_) => None,
        _ if member.ranked() > 0 => Some("with ranks".to_owned()),
        _ => Some("without ranks".to_owned()),
    };
    told("lists", &is_ranked);
    let Some(first) = membership.members.iter().find(|member| odd.as_ref() == Some(&member.title)) else { return };
    let message = format!("the lists of members are not alike: {}", differences.join("; "));
    let help = "shares of members, and of their people, compare all the same; totals compare under one rule set only, and \
                lists for other periods may say what is so no longer";
    problems.push(Problem::new(Code::MembersDiffer, message).at(first.place.clone()).help(help));
}

/// What each theme gathers, and what belongs to none.
fn themes(
    membership: &mut Membership,
    references: &References<'_>,
    (source, parsed): (&Arc<SourceFile>, &Parsed<ThemesFile>),
    problems: &mut Problems,
) {
    let mut check = Checker { source, lost: &parsed.lost, problems };
    let mut gathered_once = BTreeSet::new();
    let mut all_found = !parsed.lost.has_lost_table;
    for theme in &parsed.file.theme {
        let theme = &theme.value;
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        let mut gathered = Vec::new();
        for name in &theme.gathers {
            check.once(&mut first, "a gathered candidate", name);
            match find(&mut check, membership, name) {
                Some(found) => gathered.extend(found),
                None => all_found = false,
            }
        }
        gathered_once.extend(gathered.iter().copied());
        membership.themes.insert(theme.id.value.clone(), gathered);
        let most = membership.members.iter().filter(|member| member.is_counted).count();
        for claimed in &theme.claimed {
            let claimed = &claimed.value;
            references.known(&mut check, &claimed.source);
            let count = check.whole(&claimed.members, "a number of members");
            let (says, place) =
                (check.text(&claimed.says, "what it says"), check.text(&claimed.place, "the place in the source"));
            let Some(members) = count.and_then(|count| (0..=most).find(|number| as_float(*number) == count)) else {
                let message = format!("there are {most} members");
                check.problem(Code::BadValue, &claimed.members.span, message, "write how many of them have it");
                continue;
            };
            if let (Some(says), Some(place)) = (says, place) {
                membership.claimed.push(ClaimedCount {
                    theme: theme.id.value.clone(),
                    members,
                    says,
                    source: claimed.source.value.clone(),
                    place,
                    written: check.place(&claimed.members.span),
                });
            }
        }
    }
    for unthemed in &parsed.file.unthemed {
        let because = check.text(&unthemed.because, "why it belongs to no theme");
        let Some(found) = find(&mut check, membership, &unthemed.candidate) else {
            all_found = false;
            continue;
        };
        let Some(found) = found else { continue };
        if gathered_once.contains(&found) {
            let message = format!("`{}` is gathered by a theme", unthemed.candidate.value);
            let help = "take it out here, or out of `gathers`";
            check.problem(Code::DuplicateId, &unthemed.candidate.span, message, help);
        }
        membership.unthemed.extend(because.map(|because| (found, because)));
    }
    if all_found {
        check.problems.extend(without_theme(membership, &gathered_once).into());
    }
}

#[expect(clippy::cast_precision_loss, reason = "members are few")]
fn as_float(number: usize) -> f64 {
    number as f64
}

/// The member's candidate that `MEMBER/CANDIDATE` names. Of a member of which nothing is here it can't be asked, and nothing
/// is gathered. None where it is wrong.
fn find(check: &mut Checker<'_>, membership: &Membership, name: &At<String>) -> Option<Option<Gathered>> {
    let Some((member, candidate)) = name.value.split_once('/') else {
        let help = "write the member's id and the candidate's, with a slash between them: `east/burglary`";
        check.problem(Code::BadValue, &name.span, format!("`{}` names no member's candidate", name.value), help);
        return None;
    };
    let ids = || membership.members.iter().map(|member| &*member.id);
    let Some(number) = ids().position(|id| id == member) else {
        let help = did_you_mean(member, ids());
        check.problem(Code::UnknownId, &name.span, format!("there is no member `{member}`"), help);
        return None;
    };
    let member_found = membership.members.get(number)?;
    if matches!(member_found.filed, Filed::Nothing(_)) {
        return Some(None);
    }
    let list = member_found.listed();
    let found = list.iter().position(|listed| listed.id == candidate);
    if found.is_none() {
        let help = did_you_mean(candidate, list.iter().map(|listed| &*listed.id));
        let message = format!("the list of `{member}` has no `{candidate}`");
        check.problem(Code::UnknownId, &name.span, message, help);
    }
    Some(Some(Gathered { member: number, listed: found? }))
}

/// Tells which priorities of each member are in no theme: nothing of them reaches the list.
fn without_theme(membership: &Membership, gathered: &BTreeSet<Gathered>) -> Vec<Problem> {
    let said: BTreeSet<Gathered> = membership.unthemed.iter().map(|(found, _)| *found).collect();
    let mut problems = Vec::new();
    for (number, member) in membership.members.iter().enumerate() {
        let mapped = |at: usize| {
            let this = Gathered { member: number, listed: at };
            gathered.contains(&this) || said.contains(&this)
        };
        let left = member.listed().iter().enumerate().filter(|(at, _)| !mapped(*at));
        let (chosen, others): (Vec<_>, Vec<_>) = left.map(|(_, listed)| listed).partition(|it| it.is_priority);
        if chosen.is_empty() {
            continue;
        }
        let names: Vec<String> = chosen.iter().map(|listed| format!("`{}/{}`", member.id, listed.id)).collect();
        let more = match others.len() {
            0 => String::new(),
            some => format!("; nor {} that it did not choose", counted(some, "candidate", "candidates")),
        };
        let message = format!("no theme gathers {}{more}", first_listed(&names, MOST_NAMED));
        let help = "add each to the `gathers` of a theme, or to `[[unthemed]]` with the reason";
        problems.push(Problem::new(Code::NoTheme, message).at(member.place.clone()).help(help));
    }
    problems
}
