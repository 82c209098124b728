//! A plan of what last year's assessment chose, where no plan was filed: the board's list, or that of the first tier.

use super::super::last::LastYear;
use super::written::{quoted, source, source_table};
use crate::assessment::{Candidate, Period};
use crate::ranked::RankedAssessment;
use crate::scoring::Standing;
use crate::words::visible;

/// What was chosen last year, and by whom.
pub(super) struct Priorities<'r> {
    /// The candidates, each with its place in words.
    pub(super) list: Vec<(&'r Candidate, String)>,
    /// Whose list it is.
    pub(super) from: String,
}

impl<'r> Priorities<'r> {
    /// Those of the board where it decided; else those in the first tier.
    pub(super) fn of(ranked: &'r RankedAssessment<'_>) -> Self {
        if let Some(board) = &ranked.board {
            let place = |place: Option<usize>| place.map_or_else(String::new, |place| format!(", place {place}"));
            let list = board.list.iter().map(|it| (it.candidate, format!("The board's list{}", place(it.place))));
            return Self { list: list.collect(), from: format!("the board's ({})", board.decisions.title) };
        }
        let tier = ranked.rules.tiers.first().map_or("", |tier| &tier.title);
        let top = ranked.traces.iter().filter(|trace| trace.standing == Standing::Tier(0));
        let list = top.map(|trace| {
            let rank = trace.rank.map_or_else(String::new, |rank| format!("Rank {rank}, "));
            (trace.candidate, format!("{rank}tier \"{tier}\""))
        });
        Self { list: list.collect(), from: format!("the list's tier \"{tier}\", as no board's decisions are filed") }
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
        for (candidate, place) in &self.list {
            text.push_str(&format!(
                "\n[[priority]]\nid     = {}\ntitle  = {}\nsource = {}\nwhere  = {}\n",
                quoted(&candidate.id),
                quoted(&candidate.title),
                quoted(&source),
                quoted(place)
            ));
        }
        text
    }
}
