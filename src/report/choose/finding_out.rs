//! What would be worth finding out: a table of what settles most of what is open about the best set.

use crate::choose::choice::Choice;
use crate::choose::factor::Factor;
use crate::choose::finding_out::Settles;
use crate::ranked::RankedAssessment;
use crate::report::section::{Section, SectionCell};
use crate::words::{counted, number, whole, with_noun};

/// The most rows.
const MOST_ROWS: usize = 10;

/// The table; none where no draws were made, or nothing is open.
pub(super) fn finding_out(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Option<Section> {
    let robust = choice.robust.as_ref()?;
    let found = &robust.finding_out;
    let is_open = |times: &u64| *times > 0 && *times < robust.draws - robust.without_set;
    if found.draws == 0 || !robust.times.iter().any(is_open) {
        return None;
    }
    let percent = |part: f64| format!("{}%", number(part * 100.0, 0));
    let row = |settles: &Settles| {
        let action = choice.case.options.actions.get(settles.action).map_or("", |action| &action.title);
        let most = format!("{action} ({})", percent(settles.of_action));
        let cells = [in_words(report, choice, &settles.factor), percent(settles.part), most];
        cells.into_iter().map(SectionCell::text).collect()
    };
    let least = number(found.least * 100.0, 1);
    let more = found.found.len().saturating_sub(MOST_ROWS);
    let rest = match (found.found.len(), more) {
        (0, _) => {
            format!("Nothing alone settles {least}% or more, which is the least that can be told from chance here.")
        }
        (_, 0) => format!("Nothing else settles {least}% or more."),
        (_, more) => format!("{} {least}% or more, too.", counted(more, "other settles", "others settle")),
    };
    let draws = with_noun(&whole(usize::try_from(found.draws).unwrap_or(usize::MAX)), "draw", "draws");
    Some(Section {
        title: "What would be worth finding out".to_owned(),
        about: "By what part, on average, it becomes clearer which actions are in the best set once one thing is known for \
                certain."
            .to_owned(),
        headings: ["What", "Settles", "Most of it about"].map(str::to_owned).to_vec(),
        rows: found.found.iter().take(MOST_ROWS).map(row).collect(),
        notes: vec![
            rest,
            format!(
                "Clearer means less variance of being in or out, over all actions together: the main effect of variance-based \
                 sensitivity analysis (Sobol’ 1993), read off {draws} as a correlation ratio (Pearson 1905, with Kelley’s \
                 correction of 1935). What only tells together with something else counts for neither. A weight is agreed on, and \
                 not found out."
            ),
        ],
        wordy: 1,
    })
}

/// What something that was drawn is.
pub(super) fn in_words(report: &RankedAssessment<'_>, choice: &Choice<'_>, factor: &Factor) -> String {
    let options = choice.case.options;
    let criterion = |it: usize| report.rules.criteria.get(it).map_or("", |criterion| &criterion.title);
    let candidate = |it: usize| choice.case.candidates.get(it).map_or("", |candidate| &candidate.title);
    let action = |it: usize| options.actions.get(it).map_or("", |action| &action.title);
    let resource = |it: usize| options.resources.get(it).map_or("", |resource| &resource.title);
    match *factor {
        Factor::Weight(it) => format!("The weight of {}", criterion(it)),
        Factor::Answer(it, of) => format!("{}: the answer for {}", criterion(it), candidate(of)),
        Factor::Share(it, at) => {
            let served = choice.case.instance.options.get(it).and_then(|served| served.get(at));
            format!("How much of {} it reaches: {}", served.map_or("", |served| candidate(served.target)), action(it))
        }
        Factor::Cost(it, of) => format!("What it costs of {}: {}", resource(of), action(it)),
    }
}
