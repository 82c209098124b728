//! Members: what the partnerships that an assessment is made from say of a candidate.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asked::AskedFigure;
use super::format::{self, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use crate::assessment::references::References;
use crate::diagnostic::{Code, Place};
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker};
use crate::words::{counted, number};

/// What members say of a candidate, each once.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// At least one, in the order in which the assessment names them.
    pub says: Arc<[MemberSays]>,
}

/// What one member says of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberSays {
    /// The member's id.
    pub member: String,
    /// What a reader sees: the member's title, or its id.
    pub title: String,
    /// Whether it is one of the member's priorities; none where the member did not say.
    pub is_priority: Option<bool>,
    /// Its rank in the member's list, from 1; none where that list has no ranks, or does not have it.
    pub rank: Option<usize>,
    /// How many the member's list ranks; none where it has no ranks, or has this without one.
    pub of: Option<usize>,
    /// Its total in the member's list, where there is one.
    pub total: Option<f64>,
    /// By which rules that total was made: what is the same for members with the same rules.
    pub rules: Option<String>,
    /// How many people live in the member's area, above zero, where that was filed.
    pub people: Option<f64>,
}

impl Members {
    /// How many say that it is a priority of theirs. Those who did not say might.
    pub fn listing(&self) -> Estimate {
        self.summed(|_| Some(1.0)).unwrap_or(Estimate::exact(0.0))
    }

    /// How many say that it is a priority of theirs.
    pub fn yes(&self) -> usize {
        self.says.iter().filter(|says| says.is_priority == Some(true)).count()
    }

    /// The titles of those who say that it is a priority of theirs.
    pub fn who(&self) -> Vec<String> {
        let listing = self.says.iter().filter(|says| says.is_priority == Some(true));
        listing.map(|says| says.title.clone()).collect()
    }

    /// How many did not say.
    pub fn unknown(&self) -> usize {
        self.says.iter().filter(|says| says.is_priority.is_none()).count()
    }

    /// The people in the areas of those who say that it is a priority; none unless all members have filed their people.
    pub fn people(&self) -> Option<Estimate> {
        self.summed(|says| says.people)
    }

    /// The people in the areas of all members; none unless all have filed them.
    pub fn all_people(&self) -> Option<f64> {
        self.says.iter().map(|says| says.people).sum()
    }

    /// The mean of places, as Borda counted them, each as a share of the list: 1 is first with every member that ranks, one in
    /// so many is last where it shares its rank with no other, 0 is not there. Members that rank nothing are left out. Of one
    /// that did not say at all it is open whether it ranks it, and where: the ends count it as not there and as first. None
    /// where no member ranks it or could.
    /// (J.-C. de Borda, "Mémoire sur les élections au scrutin", 1781.)
    pub fn places(&self) -> Option<Estimate> {
        let shares: Vec<(f64, f64, f64)> = self.says.iter().filter_map(MemberSays::place).collect();
        let silent = self.says.iter().filter(|says| says.of.is_none() && says.is_priority.is_none()).count();
        #[expect(clippy::cast_precision_loss, reason = "members are few")]
        let (ranking, silent) = (shares.len() as f64, silent as f64);
        let sum = |end: fn(&(f64, f64, f64)) -> f64| shares.iter().map(end).sum::<f64>();
        let (lower, upper) = (sum(|it| it.1) / (ranking + silent), (sum(|it| it.2) + silent) / (ranking + silent));
        (!shares.is_empty()).then(|| {
            let mean = sum(|it| it.0) / ranking;
            if lower < upper { Estimate::between(mean, lower, upper) } else { Estimate::exact(mean) }
        })
    }

    /// From the lowest to the highest such share, among members that rank and said where it stands; none where fewer than two
    /// do.
    pub fn spread(&self) -> Option<f64> {
        let places = self.says.iter().filter_map(MemberSays::place);
        let shares: Vec<f64> = places.filter(|(_, lower, upper)| lower == upper).map(|place| place.0).collect();
        let (least, most) = ends(&shares);
        (shares.len() > 1).then_some(most - least)
    }

    /// The mean of totals, from the lowest to the highest.
    ///
    /// # Errors
    /// Why totals can't be compared: members have none, or not by the same rules.
    pub fn mean_total(&self) -> Result<Estimate, String> {
        let of_one_set = |rules: &Option<String>, says: &MemberSays| says.rules.is_some() && says.rules == *rules;
        let with: Vec<&MemberSays> = self.says.iter().filter(|says| says.total.is_some()).collect();
        let Some(first) = with.first() else { return Err("no member has a total for it".to_owned()) };
        if !with.iter().all(|says| of_one_set(&first.rules, says)) {
            return Err("members' totals are not by the same rules".to_owned());
        }
        let totals: Vec<f64> = with.iter().filter_map(|says| says.total).collect();
        let (least, most) = ends(&totals);
        #[expect(clippy::cast_precision_loss, reason = "members are few")]
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        Ok(if least < most { Estimate::between(mean, least, most) } else { Estimate::exact(mean) })
    }

    /// The sum over those who say that it is a priority, and up to where those who did not say could bring it.
    fn summed(&self, of: impl Fn(&MemberSays) -> Option<f64>) -> Option<Estimate> {
        let (mut sum, mut open) = (0.0, 0.0);
        for says in &*self.says {
            let part = of(says)?;
            match says.is_priority {
                Some(true) => sum += part,
                Some(false) => {}
                None => open += part,
            }
        }
        Some(if open > 0.0 { Estimate::between(sum, sum, sum + open) } else { Estimate::exact(sum) })
    }
}

/// The least and the most of some numbers.
fn ends(numbers: &[f64]) -> (f64, f64) {
    let all = numbers.iter().copied();
    (all.clone().fold(f64::INFINITY, f64::min), all.fold(f64::NEG_INFINITY, f64::max))
}

impl MemberSays {
    /// The share of the member's list that it is not below, with the ends of what it could be; none where the member does not
    /// rank. What is no priority and not in the list is below all of it. Where the member did not say, or has it as a priority
    /// without a rank, it could be anywhere.
    fn place(&self) -> Option<(f64, f64, f64)> {
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let share = |rank: usize, of: usize| (of + 1).saturating_sub(rank) as f64 / of.max(1) as f64;
        match (self.of?, self.rank, self.is_priority) {
            (of, Some(rank), _) => Some((share(rank, of), share(rank, of), share(rank, of))),
            (_, None, Some(false)) => Some((0.0, 0.0, 0.0)),
            (_, None, _) => Some((0.0, 0.0, 1.0)),
        }
    }

    /// Whether it is one of the member's priorities, in a word or two.
    pub fn word(&self) -> &'static str {
        match self.is_priority {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not said",
        }
    }

    /// In a few words: `yes, rank 2 of 8, total 61.2`.
    pub fn in_words(&self) -> String {
        let rank = self.rank.zip(self.of).map(|(rank, of)| format!(", rank {rank} of {of}")).unwrap_or_default();
        let total = self.total.map(|total| format!(", total {}", number(total, DECIMALS))).unwrap_or_default();
        format!("{}{rank}{total}", self.word())
    }
}

impl Kind for Members {
    const WORD: &'static str = "members";
    const PHRASE: &'static str = "what members say";
    const KEYS: &'static [Key] = &[Key { name: "members", needs: &[], may_have: &[] }];
    const ASKED: Result<AskedFigure, &'static str> = Err("it is made of the members’ own lists");

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let rows = written.value.members.as_ref()?;
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        let mut says = Vec::new();
        for row in &rows.value {
            check.once(&mut first, "a member", &row.value.member);
            says.extend(judged_row(check, row));
        }
        if rows.value.is_empty() {
            let help = "write a row for each: `{ member = \"east\", priority = true }`";
            check.problem(Code::BadValue, &rows.span, "no member is listed", help);
            return None;
        }
        (says.len() == rows.value.len()).then(|| Ok(Self { says: says.into() }))
    }

    fn headline(&self) -> Option<Estimate> {
        Some(self.listing())
    }

    /// A member that did not say is drawn to say yes as often as no.
    fn redrawn(&self, random: &mut Random) -> Self {
        let drawn = |says: &MemberSays| MemberSays {
            is_priority: says.is_priority.or_else(|| Some(random.uniform() < 0.5)),
            ..says.clone()
        };
        Self { says: self.says.iter().map(drawn).collect() }
    }

    fn draws(&self) -> usize {
        self.says.len()
    }

    fn lines(&self) -> Vec<String> {
        let unknown = match self.unknown() {
            0 => String::new(),
            some => format!("; {} not say", counted(some, "does", "do")),
        };
        let all = format!("{} of {}{unknown}", self.yes(), counted(self.says.len(), "member", "members"));
        let each = self.says.iter().map(|says| format!("{}: {}", says.title, says.in_words()));
        std::iter::once(all).chain(each).collect()
    }
}

fn judged_row(check: &mut Checker<'_>, row: &At<format::MemberSays>) -> Option<MemberSays> {
    let written = &row.value;
    let member = check.id(&written.member)?;
    let of = match &written.of {
        Some(of) => Some(check.whole_within(of, "the length of a list", 1..=LONGEST)?),
        None => None,
    };
    let rank = match (&written.rank, of) {
        (Some(rank), Some(of)) => Some(check.whole_within(rank, "a rank", 1..=of)?),
        (None, _) => None,
        (Some(rank), None) => {
            let help = "say how many the list has, as in `rank = 2, of = 8`";
            check.problem(Code::MissingKey, &rank.span, "`rank` needs `of`", help);
            return None;
        }
    };
    let total = written.total.as_ref().map(|total| check.finite(total));
    let people = written.people.as_ref().map(|people| check.positive(people, "a number of people"));
    let title = written.title.clone().unwrap_or_else(|| member.clone());
    Some(MemberSays {
        member,
        title,
        is_priority: written.priority,
        rank: rank.and_then(|rank| usize::try_from(rank).ok()),
        of: of.and_then(|of| usize::try_from(of).ok()),
        total: optional(total)?,
        rules: written.rules.clone(),
        people: optional(people)?,
    })
}

/// The longest list that a row may be from.
const LONGEST: u32 = 10_000;

/// What was judged where there was something to judge; an outer none where that was wrong.
fn optional(judged: Option<Option<f64>>) -> Option<Option<f64>> {
    match judged {
        Some(None) => None,
        Some(found) => Some(found),
        None => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(is_priority: Option<bool>, rank: Option<(usize, usize)>, people: Option<f64>) -> MemberSays {
        MemberSays {
            member: "m".to_owned(),
            title: "M".to_owned(),
            is_priority,
            rank: rank.map(|it| it.0),
            of: rank.map(|it| it.1),
            total: None,
            rules: None,
            people,
        }
    }

    fn members(says: &[MemberSays]) -> Members {
        Members { says: says.into() }
    }

    #[test]
    fn a_member_that_did_not_say_is_open_and_is_no_no() {
        let all = members(&[
            says(Some(true), None, Some(80_000.0)),
            says(Some(false), None, Some(100_000.0)),
            says(None, None, Some(20_000.0)),
        ]);
        assert_eq!(all.listing(), Estimate::between(1.0, 1.0, 2.0));
        assert_eq!(all.people(), Some(Estimate::between(80_000.0, 80_000.0, 100_000.0)));
        assert_eq!(all.all_people(), Some(200_000.0));
        let one_without = members(&[says(Some(true), None, Some(80_000.0)), says(Some(false), None, None)]);
        assert_eq!(one_without.people(), None);
    }

    #[test]
    fn places_are_shares_so_that_long_and_short_lists_compare() {
        let first_of_eight_and_last_of_three =
            members(&[says(Some(true), Some((1, 8)), None), says(Some(false), Some((4, 4)), None)]);
        assert_eq!(first_of_eight_and_last_of_three.places(), Some(Estimate::exact(0.625)));
        assert_eq!(first_of_eight_and_last_of_three.spread(), Some(0.75));
        let not_there = MemberSays { of: Some(4), ..says(Some(false), None, None) };
        assert_eq!(members(&[not_there]).places(), Some(Estimate::exact(0.0)));
        let somewhere = MemberSays { of: Some(4), ..says(Some(true), None, None) };
        assert_eq!(members(&[somewhere]).places(), Some(Estimate::between(0.0, 0.0, 1.0)));
        assert_eq!(members(&[says(Some(true), None, None)]).places(), None);
        // Of a member that did not say it is open whether it ranks it and where.
        let silent = members(&[says(Some(true), Some((1, 2)), None), says(None, None, None)]);
        assert_eq!(silent.places(), Some(Estimate::between(1.0, 0.5, 1.0)));
        let unsaid = MemberSays { of: Some(4), ..says(None, None, None) };
        let with_one_unsaid =
            members(&[says(Some(true), Some((1, 8)), None), says(Some(false), Some((4, 4)), None), unsaid.clone()]);
        assert_eq!(with_one_unsaid.spread(), Some(0.75));
        assert_eq!(members(&[says(Some(true), Some((1, 8)), None), unsaid]).spread(), None);
    }

    #[test]
    fn totals_are_compared_under_one_rule_set_only() {
        let with = |total, rules: &str| MemberSays {
            total: Some(total),
            rules: Some(rules.to_owned()),
            ..says(Some(true), None, None)
        };
        let one = members(&[with(40.0, "a"), with(60.0, "a"), says(None, None, None)]);
        assert_eq!(one.mean_total(), Ok(Estimate::between(50.0, 40.0, 60.0)));
        let two = members(&[with(40.0, "a"), with(60.0, "b")]);
        assert_eq!(two.mean_total(), Err("members' totals are not by the same rules".to_owned()));
    }
}
