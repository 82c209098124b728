//! The members of an assessment: partnerships whose records, assessments or lists go into it, and the themes that their
//! candidates are gathered under. What they say of a theme becomes its evidence, of a kind of its own.
//!
//! Nothing is ranked here: whoever can rank lends what makes the list of a member.

pub mod format;
mod gather;
mod read;
mod validate;

use std::collections::BTreeMap;

use super::evidence::MemberSays;
use super::period::Period;
use crate::diagnostic::{Place, Problems};
use crate::files::Files;

pub(super) use gather::{EVIDENCE, evidence};
pub(super) use read::{MemberSources, as_evidence, read};
pub(super) use validate::validate;

/// The members of an assessment and what of them its themes gather.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The members, in the order in which they are written.
    pub members: Vec<Member>,
    /// What each theme gathers, by the candidate's id; each in the order in which it is written.
    pub themes: BTreeMap<String, Vec<Gathered>>,
    /// What belongs to no theme, and why, in the order in which it is written.
    pub unthemed: Vec<(Gathered, String)>,
    /// What documents say of how many members have a theme, by the candidate's id.
    pub claimed: Vec<ClaimedCount>,
}

/// A member's candidate, by the numbers of the member and of its candidate there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gathered {
    /// The member.
    pub member: usize,
    /// The candidate in its list.
    pub listed: usize,
}

/// A partnership whose assessment or list goes into another.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Unique among members.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// Whether it counts among the members; others are shown beside them.
    pub is_counted: bool,
    /// What there is of it.
    pub filed: Filed,
    /// The people who live in its area, above zero, where that is known.
    pub people: Option<f64>,
    /// What a reader should know of it.
    pub note: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// What there is of a member.
#[derive(Debug, Clone, PartialEq)]
pub enum Filed {
    /// A sealed record, with what stands for it and for its list.
    Record(MadeList),
    /// An assessment, ranked by its own rules.
    Assessment(MadeList),
    /// A list of priorities in a document.
    List(PrintedList),
    /// Nothing, and why.
    Nothing(String),
}

/// The list of a member that filed an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeList {
    /// The assessment's period.
    pub period: Period,
    /// `sha256:` and the digest that stands for it: the record's, or the assessment's.
    pub digest: String,
    /// The digest of what the assessment says, however it was sealed.
    pub says: String,
    /// The rules that made it.
    pub rules: MemberRules,
    /// The assessment's people, where it files them.
    pub people: Option<f64>,
    /// Why the list is as the record prints it and was not made again; none where it was made.
    pub as_printed: Option<String>,
    /// The candidates, in the order of the list.
    pub listed: Vec<Listed>,
}

/// The rules that made a member's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRules {
    /// The rule set's name and version, for a reader.
    pub name: String,
    /// The digest of its content.
    pub digest: String,
    /// The scale of its totals.
    pub scale: String,
}

/// A list of priorities in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedList {
    /// The period that it is for.
    pub period: Period,
    /// Whether it is in order of priority.
    pub is_ranked: bool,
    /// Whether it has all of the member's priorities.
    pub is_complete: bool,
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// What a reader should know of it.
    pub note: Option<String>,
    /// The digest of what the file says.
    pub digest: String,
    /// The candidates, in the document's order.
    pub listed: Vec<Listed>,
}

/// A candidate in a member's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Unique in the list.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// Its rank, from 1; none where the list has no ranks, or where it could not be ranked.
    pub rank: Option<usize>,
    /// Its total, where there is one.
    pub total: Option<f64>,
    /// Whether it is one of the member's priorities.
    pub is_priority: bool,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// What a document says of how many members have a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedCount {
    /// The theme's id.
    pub theme: String,
    /// How many members, by the document.
    pub members: usize,
    /// The words of the document.
    pub says: String,
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// Where it was transcribed.
    pub written: Place,
}

/// Makes the lists of members that file more than a list: lent by whoever can rank.
pub trait MakeLists {
    /// The list of the assessment in a folder. What is wrong with it goes to `problems`.
    fn of_assessment(&self, files: &dyn Files, folder: &str, problems: &mut Problems) -> Option<MadeList>;

    /// The list of the record in a folder, which is checked first. What is wrong with it goes to `problems`.
    fn of_record(&self, files: &dyn Files, folder: &str, problems: &mut Problems) -> Option<MadeList>;
}

impl Filed {
    /// The list that rules made of it; none of one in a document.
    pub fn made(&self) -> Option<&MadeList> {
        match self {
            Self::Record(made) | Self::Assessment(made) => Some(made),
            Self::List(_) | Self::Nothing(_) => None,
        }
    }
}

impl Member {
    /// The candidates of its list, in its order; empty where it filed none.
    pub fn listed(&self) -> &[Listed] {
        match &self.filed {
            Filed::List(printed) => &printed.listed,
            filed => filed.made().map_or(&[], |made| &made.listed),
        }
    }

    /// The rules that made its list; none of one in a document.
    pub fn rules(&self) -> Option<&MemberRules> {
        self.filed.made().map(|made| &made.rules)
    }

    /// The period of its list; none where it filed nothing.
    pub fn period(&self) -> Option<Period> {
        match &self.filed {
            Filed::List(printed) => Some(printed.period),
            filed => filed.made().map(|made| made.period),
        }
    }

    /// Whether what is not in its list is none of its priorities; not where it was never assessed, or not all is listed.
    pub fn says_all(&self) -> bool {
        matches!(&self.filed, Filed::List(printed) if printed.is_complete)
    }

    /// How many of its list have ranks.
    pub fn ranked(&self) -> usize {
        self.listed().iter().filter(|listed| listed.rank.is_some()).count()
    }
}

impl Membership {
    /// A member's candidate.
    pub fn listed(&self, gathered: Gathered) -> Option<(&Member, &Listed)> {
        let member = self.members.get(gathered.member)?;
        Some((member, member.listed().get(gathered.listed)?))
    }

    /// What a theme gathers of one member, in the order in which it is written.
    pub fn of_member<'m>(&'m self, theme: &str, member: usize) -> impl Iterator<Item = &'m Listed> {
        let all = self.themes.get(theme).map_or(&[][..], Vec::as_slice);
        let own = all.iter().filter(move |gathered| gathered.member == member);
        own.filter_map(|gathered| self.listed(*gathered)).map(|(_, listed)| listed)
    }

    /// What a member says of a theme.
    pub fn says(&self, theme: &str, number: usize) -> Option<MemberSays> {
        let member = self.members.get(number)?;
        let own: Vec<&Listed> = self.of_member(theme, number).collect();
        let is_priority = match &*own {
            [] if member.says_all() => Some(false),
            [] => None,
            own => Some(own.iter().any(|listed| listed.is_priority)),
        };
        // Of several the first in the member's own order stands for the theme.
        let best = own.iter().min_by_key(|listed| (listed.rank.is_none(), listed.rank));
        let ranked = member.ranked();
        Some(MemberSays {
            member: member.id.clone(),
            title: member.title.clone(),
            is_priority,
            rank: best.and_then(|listed| listed.rank),
            // What is in the list without a rank is not below the others, nor anywhere that is known.
            of: (ranked > 0 && best.is_none_or(|listed| listed.rank.is_some())).then_some(ranked),
            total: best.and_then(|listed| listed.total),
            rules: member.rules().map(|rules| rules.digest.clone()),
            people: member.people,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    #[test]
    fn what_a_member_lists_without_a_rank_is_not_below_its_others() {
        let listed = |id: &str, rank| Listed {
            id: id.to_owned(),
            title: id.to_owned(),
            rank,
            total: None,
            is_priority: rank.is_some(),
            note: None,
        };
        let list = PrintedList {
            period: Period::parse("2025/26").unwrap(),
            is_ranked: true,
            is_complete: true,
            source: "plan".to_owned(),
            place: "page 1".to_owned(),
            note: None,
            digest: String::new(),
            listed: vec![listed("arson", Some(1)), listed("theft", None)],
        };
        let member = Member {
            id: "east".to_owned(),
            title: "East".to_owned(),
            is_counted: true,
            filed: Filed::List(list),
            people: None,
            note: None,
            place: Place::new(&Arc::new(SourceFile::new("assessment.toml", String::new())), 0..0),
        };
        let gathered = |listed| vec![Gathered { member: 0, listed }];
        let themes = [("arson", gathered(0)), ("fraud", Vec::new()), ("theft", gathered(1))];
        let membership = Membership {
            members: vec![member],
            themes: themes.into_iter().map(|(theme, gathered)| (theme.to_owned(), gathered)).collect(),
            unthemed: Vec::new(),
            claimed: Vec::new(),
        };
        let says = |theme| membership.says(theme, 0).map(|says| (says.is_priority, says.rank, says.of)).unwrap();
        assert_eq!(says("arson"), (Some(true), Some(1), Some(1)));
        assert_eq!(says("fraud"), (Some(false), None, Some(1)));
        assert_eq!(says("theft"), (Some(false), None, None));
    }
}
