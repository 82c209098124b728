//! A plan of what last year's assessment chose, where no plan was filed: the board's list, or that of the first tier.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::last::LastYear;
use super::written::{names, quoted, source, source_table};
use crate::assessment::{Candidate, Period};
use crate::ranked::RankedAssessment;
use crate::scoring::Standing;
use crate::words::{first_listed, id_of, type_of, visible, whole};

/// With more priorities than this, in lists for several areas, those of one title are written as one: a person would not
/// review hundreds.
const MOST_ONE_BY_ONE: usize = 40;
/// So many lists are named that have a priority.
const MOST_NAMED: usize = 6;

/// What was chosen last year, and by whom.
pub(super) struct Priorities<'r> {
    /// The priorities, as a plan has them.
    pub(super) list: Vec<Priority>,
    /// The candidates that they are; none where each stands for those of several lists.
    pub(super) candidates: Vec<&'r Candidate>,
    /// Whose list it is.
    pub(super) from: String,
}

/// A priority, as a plan has it.
pub(super) struct Priority {
    pub(super) id: String,
    title: String,
    /// Its place in what last year chose.
    place: String,
}

impl<'r> Priorities<'r> {
    /// Those of the board where it decided; else those in the first tier.
    pub(super) fn of(ranked: &'r RankedAssessment<'_>) -> Self {
        let (chosen, from) = chosen(ranked);
        if ranked.rules.per.is_some() && chosen.len() > MOST_ONE_BY_ONE {
            return gathered(ranked, &chosen, &from);
        }
        let priority = |(about, place): &(&Candidate, String)| Priority {
            id: about.id.clone(),
            title: about.title.clone(),
            place: place.clone(),
        };
        Self {
            list: chosen.iter().map(priority).collect(),
            candidates: chosen.into_iter().map(|(about, _)| about).collect(),
            from,
        }
    }

    /// The text of a plan with these priorities.
    pub(super) fn plan(&self, last: &LastYear<'_>, next: Period) -> String {
        let period = next.written();
        let source = source(last);
        let mut text = format!(
            "#:schema plan.json\n\n# What last year's assessment chose for {period}, to be reviewed:\n# {}.\n# A plan may have had \
             others: put its own words, places and measures here.\n\n[plan]\ntitle  = {}\nperiod = {}\n{}",
            visible(&self.from, &[]),
            quoted(&format!("Priorities for {period}")),
            quoted(&period),
            source_table(last, &source),
        );
        for Priority { id, title, place } in &self.list {
            text.push_str(&format!(
                "\n[[priority]]\nid     = {}\ntitle  = {}\nsource = {}\nwhere  = {}\n",
                quoted(id),
                quoted(title),
                quoted(&source),
                quoted(place)
            ));
        }
        text
    }
}

/// The candidates that were chosen, each with its place in words, and by whom.
fn chosen<'r>(ranked: &'r RankedAssessment<'_>) -> (Vec<(&'r Candidate, String)>, String) {
    if let Some(board) = &ranked.board {
        let place = |place: Option<usize>| place.map_or_else(String::new, |place| format!(", place {place}"));
        let list = board.list.iter().map(|it| (it.candidate, format!("The board's list{}", place(it.place))));
        return (list.collect(), format!("the board's ({})", board.decisions.title));
    }
    let tier = ranked.rules.tiers.first().map_or("", |tier| &tier.title);
    let top = ranked.traces.iter().filter(|trace| trace.standing == Standing::Tier(0));
    let list = top.map(|trace| {
        let rank = trace.rank.map_or_else(String::new, |rank| format!("Rank {rank}, "));
        (trace.candidate, format!("{rank}tier \"{tier}\""))
    });
    (list.collect(), format!("the list's tier \"{tier}\", as no board's decisions are filed"))
}

/// A priority for each title, with the lists that have it; those that most have first.
fn gathered<'r>(ranked: &RankedAssessment<'_>, chosen: &[(&'r Candidate, String)], from: &str) -> Priorities<'r> {
    let (rules, assessment) = (ranked.rules, ranked.assessment);
    let lists = rules.by_list(assessment).len();
    let mut by_title: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for (about, _) in chosen {
        let (_, areas) = by_title.entry(type_of(&about.title)).or_insert_with(|| (about.title.clone(), Vec::new()));
        areas.push(rules.list_title(assessment, rules.list_of(about)).to_owned());
    }
    let mut titles: Vec<(String, Vec<String>)> = by_title.into_values().collect();
    titles.sort_by_key(|(_, areas)| Reverse(areas.len()));
    let mut ids = BTreeSet::new();
    let priority = |(title, areas): (String, Vec<String>)| {
        let of = format!("{} of {} lists", whole(areas.len()), whole(lists));
        let id = names(&id_of(&title), "").find(|id| ids.insert(id.clone())).unwrap_or_default();
        Priority { id, title, place: format!("In {of}: {}", first_listed(&areas, MOST_NAMED)) }
    };
    Priorities {
        list: titles.into_iter().map(priority).collect(),
        candidates: Vec::new(),
        from: format!("{from}; {} of {} lists, those of one title as one", whole(chosen.len()), whole(lists)),
    }
}
