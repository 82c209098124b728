//! What is other among the members of two assessments: who joined and who left, and which of them has which theme as a
//! priority.

use std::collections::{BTreeMap, BTreeSet};

use super::movement::Renames;
use crate::assessment::members::{Filed, Member, Membership};
use crate::assessment::{Assessment, MemberSays};
use crate::words::listed;

/// What is other among the members of two assessments. Members are known by their ids, and told by their titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersComparison {
    /// Those of the new assessment alone.
    pub joined: Vec<String>,
    /// Those of the old assessment alone.
    pub left: Vec<String>,
    /// Those of both of which nothing is there any more.
    pub silent: Vec<String>,
    /// Those of both of which there was nothing before.
    pub heard: Vec<String>,
    /// Those whose lists were made by other rules.
    pub other_rules: Vec<String>,
    /// The titles of themes of both that gather other candidates of members that both have.
    pub other_gathers: Vec<String>,
    /// The themes of both that other members have, in the order of the new assessment's candidates.
    pub themes: Vec<ThemeShift>,
}

/// Which members have a theme as a priority now and had not, and the other way round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeShift {
    /// The theme's id in the new assessment.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// Members that have it as a priority now.
    pub gained: Vec<String>,
    /// Members that have it as a priority no longer: they say so, or have left.
    pub lost: Vec<String>,
    /// Members that had it as a priority and do not say now.
    pub not_said: Vec<String>,
}

/// What is other among the members; none where nothing is, and where neither assessment has any.
pub(super) fn members(old: &Assessment, new: &Assessment, renames: &Renames) -> Option<MembersComparison> {
    let nobody = Membership { members: Vec::new(), themes: BTreeMap::new(), unthemed: Vec::new(), claimed: Vec::new() };
    let (was, is) = (old.membership.as_ref(), new.membership.as_ref());
    let (was, is) = if was.or(is).is_some() { (was.unwrap_or(&nobody), is.unwrap_or(&nobody)) } else { return None };
    let (before, after) = (by_id(was), by_id(is));
    let titles = |of: &Membership, keep: &dyn Fn(&Member) -> bool| -> Vec<String> {
        of.members
            .iter()
            .filter(|member| member.is_counted && keep(member))
            .map(|member| member.title.clone())
            .collect()
    };
    let both = |keep: &dyn Fn(&Member, &Member) -> bool| {
        titles(is, &|member| before.get(&*member.id).is_some_and(|old| keep(old, member)))
    };
    let is_silent = |member: &Member| matches!(member.filed, Filed::Nothing(_));
    let rules = |member: &Member| member.rules().map(|rules| rules.digest.clone());
    let found = MembersComparison {
        joined: titles(is, &|member| !before.contains_key(&*member.id)),
        left: titles(was, &|member| !after.contains_key(&*member.id)),
        silent: both(&|old, new| !is_silent(old) && is_silent(new)),
        heard: both(&|old, new| is_silent(old) && !is_silent(new)),
        other_rules: both(&|old, new| rules(old).zip(rules(new)).is_some_and(|(old, new)| old != new)),
        other_gathers: other_gathers((old, was), (new, is), renames),
        themes: themes((old, was), (new, is), renames),
    };
    found.any().then_some(found)
}

fn by_id(of: &Membership) -> BTreeMap<&str, &Member> {
    of.members.iter().filter(|member| member.is_counted).map(|member| (&*member.id, member)).collect()
}

fn themes(
    (old, was): (&Assessment, &Membership),
    (new, is): (&Assessment, &Membership),
    renames: &Renames,
) -> Vec<ThemeShift> {
    let shift = |id: &String, title: &String| -> Option<ThemeShift> {
        let before = renames.get(id).unwrap_or(id);
        old.candidate_number(before)?;
        let (before, after) = (says(was, before), says(is, id));
        let had: BTreeSet<&str> = yes(&before);
        let has: BTreeSet<&str> = yes(&after);
        let unsaid = |id: &str| after.iter().any(|says| says.member == id && says.is_priority.is_none());
        let named = |of: &[MemberSays], keep: &dyn Fn(&str) -> bool| -> Vec<String> {
            of.iter().filter(|says| keep(&says.member)).map(|says| says.title.clone()).collect()
        };
        let shift = ThemeShift {
            id: id.clone(),
            title: title.clone(),
            gained: named(&after, &|id| has.contains(id) && !had.contains(id)),
            lost: named(&before, &|id| had.contains(id) && !has.contains(id) && !unsaid(id)),
            not_said: named(&before, &|id| had.contains(id) && unsaid(id)),
        };
        (!(shift.gained.is_empty() && shift.lost.is_empty() && shift.not_said.is_empty())).then_some(shift)
    };
    let themes = new.candidates.iter().filter(|about| is.themes.contains_key(&about.id));
    themes.filter_map(|about| shift(&about.id, &about.title)).collect()
}

/// The themes that gather other candidates of members of which something was there on both sides.
fn other_gathers(
    (old, was): (&Assessment, &Membership),
    (new, is): (&Assessment, &Membership),
    renames: &Renames,
) -> Vec<String> {
    let spoke = |of: &Membership| -> BTreeSet<String> {
        let filed = of.members.iter().filter(|member| !matches!(member.filed, Filed::Nothing(_)));
        filed.map(|member| member.id.clone()).collect()
    };
    let both: BTreeSet<String> = spoke(was).intersection(&spoke(is)).cloned().collect();
    let gathers = |of: &Membership, theme: &str| -> BTreeSet<(String, String)> {
        let all = of.themes.get(theme).into_iter().flatten().filter_map(|gathered| of.listed(*gathered));
        all.filter(|(member, _)| both.contains(&member.id))
            .map(|(member, it)| (member.id.clone(), it.id.clone()))
            .collect()
    };
    let themes = new.candidates.iter().filter(|about| is.themes.contains_key(&about.id));
    let others = themes.filter(|about| {
        let before = renames.get(&about.id).unwrap_or(&about.id);
        old.candidate_number(before).is_some() && gathers(was, before) != gathers(is, &about.id)
    });
    others.map(|about| about.title.clone()).collect()
}

/// What the counted members say of a theme.
fn says(of: &Membership, theme: &str) -> Vec<MemberSays> {
    let counted = (0..of.members.len()).filter(|at| of.members.get(*at).is_some_and(|member| member.is_counted));
    counted.filter_map(|at| of.says(theme, at)).collect()
}

fn yes(all: &[MemberSays]) -> BTreeSet<&str> {
    all.iter().filter(|says| says.is_priority == Some(true)).map(|says| &*says.member).collect()
}

impl MembersComparison {
    fn any(&self) -> bool {
        let who = [&self.joined, &self.left, &self.silent, &self.heard, &self.other_rules, &self.other_gathers];
        !(self.themes.is_empty() && who.iter().all(|who| who.is_empty()))
    }

    /// Who the members are now, in sentences; none where they are the same.
    pub fn words(&self) -> Vec<String> {
        let told = [
            (&self.joined, "joined", "joined"),
            (&self.left, "is no member any more", "are no members any more"),
            (
                &self.silent,
                "is a member still, and nothing of it is here",
                "are members still, and nothing of them is here",
            ),
            (&self.heard, "said nothing before, and does now", "said nothing before, and do now"),
            (&self.other_rules, "has a list by other rules than before", "have lists by other rules than before"),
            (
                &self.other_gathers,
                "gathers other candidates of the same members than before",
                "gather other candidates of the same members than before",
            ),
        ];
        let sentence = |(who, one, many): (&Vec<String>, &str, &str)| {
            (!who.is_empty()).then(|| format!("{} {}.", listed(who), if who.len() == 1 { one } else { many }))
        };
        told.into_iter().filter_map(sentence).collect()
    }
}

impl ThemeShift {
    /// Whose priority it has become, and whose it is no longer: a sentence.
    pub fn words(&self) -> String {
        let told = [("now of", &self.gained), ("no longer of", &self.lost), ("not said by", &self.not_said)];
        let parts = told.into_iter().filter(|(_, who)| !who.is_empty());
        let parts: Vec<String> = parts.map(|(what, who)| format!("{what} {}", listed(who))).collect();
        format!("{}: {}.", self.title, parts.join("; "))
    }
}
