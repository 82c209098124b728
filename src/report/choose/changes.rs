//! The least change of one weight or cost that changes the best set: a table with both sides of each.

use super::words::{exchanged_plainly, figure, with_unit};
use crate::choose::answer::Answer;
use crate::choose::choice::{Changes, Choice};
use crate::choose::least_cost::{CostChange, LeastCost};
use crate::choose::least_weight::{LeastWeight, WeightChange};
use crate::ranked::RankedAssessment;
use crate::report::section::{Section, SectionCell};
use crate::words::listed;

/// The table; none where it was not asked for.
pub(super) fn changes_of_numbers(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Option<Section> {
    let changes = choice.changes.as_ref()?;
    let weights = changes.weights.iter().flat_map(|change| of_weight(report, choice, change));
    let costs = changes.costs.iter().filter_map(|change| of_cost(choice, change));
    let rows = weights.chain(costs).map(|row| row.into_iter().map(SectionCell::text).collect());
    Some(Section {
        title: "What one number would change".to_owned(),
        about: "Each weight, the others keeping their proportions, and each cost: the last number at which the same holds, and \
                the next one, at which it does not. Both were tried. For a weight that is the best set, for a cost whether its \
                action is in it."
            .to_owned(),
        headings: ["Number", "As filed", "The same at", "Not at", "What else comes in (+) and goes out (−)"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        notes: notes(report, choice, changes),
        wordy: 1,
    })
}

fn of_weight(report: &RankedAssessment<'_>, choice: &Choice<'_>, change: &WeightChange) -> Vec<[String; 5]> {
    let title = criterion(report, change.criterion);
    let row = |found: &LeastWeight| match found {
        LeastWeight::Changes { same, other, then } => Some([
            format!("The weight of {title}"),
            figure(change.filed),
            figure(*same),
            figure(*other),
            exchanged_plainly(choice, &choice.best.set, &then.set),
        ]),
        LeastWeight::Never | LeastWeight::Unknown => None,
    };
    [&change.down, &change.up].into_iter().filter_map(row).collect()
}

fn of_cost(choice: &Choice<'_>, change: &CostChange) -> Option<[String; 5]> {
    let LeastCost::Changes { same, other, then } = &change.found else { return None };
    let amount = |units: i64| with_unit(choice, change.resource, choice.case.amount(change.resource, units));
    let becomes = match then {
        // That the action itself goes out or comes in is what the row is about.
        Answer::Best(then) => {
            let mut from = choice.best.set.clone();
            from.iter_mut().zip(&then.set).skip(change.action).take(1).for_each(|(from, then)| *from = *then);
            exchanged_plainly(choice, &from, &then.set)
        }
        Answer::Nothing => "no set keeps to all conditions".to_owned(),
        Answer::Unknown => String::new(),
    };
    Some([cost(choice, change), amount(change.filed), amount(*same), amount(*other), becomes])
}

fn notes(report: &RankedAssessment<'_>, choice: &Choice<'_>, changes: &Changes) -> Vec<String> {
    let titles = |is: &LeastWeight| -> Vec<String> {
        let weights = changes.weights.iter().filter(|it| it.up == *is && it.down == *is);
        weights.map(|it| criterion(report, it.criterion)).collect()
    };
    let costs = |is: &LeastCost| -> Vec<String> {
        changes.costs.iter().filter(|it| it.found == *is).map(|it| cost(choice, it)).collect()
    };
    let told = |items: Vec<String>, tell: &dyn Fn(&str) -> String| (!items.is_empty()).then(|| tell(&listed(&items)));
    let open: Vec<String> = changes
        .weights
        .iter()
        .filter(|it| (it.up == LeastWeight::Unknown) != (it.down == LeastWeight::Unknown))
        .map(|it| criterion(report, it.criterion))
        .chain(titles(&LeastWeight::Unknown))
        .map(|title| format!("the weight of {title}"))
        .chain(costs(&LeastCost::Unknown))
        .collect();
    let is_any = !changes.costs.is_empty();
    let how = is_any.then(|| {
        "A cost changes the place of its action: it goes out where it costs more, and comes in where it costs less. No smaller \
         change does: where an action costs more, no set that has it gets better."
            .to_owned()
    });
    let was_tried =
        changes.weights.iter().any(|it| [&it.up, &it.down].into_iter().any(|is| *is != LeastWeight::Unknown));
    let weights = was_tried.then(|| {
        "A weight was tried at every hundredth of all weight, and between the two where the set changes the way was halved; \
         between those steps nothing was tried."
            .to_owned()
    });
    let mut notes: Vec<String> = weights.into_iter().chain(how).collect();
    notes.extend(told(titles(&LeastWeight::Never), &|all| {
        format!("At every weight that was tried, from none to all, the same set is best: {all}.")
    }));
    notes.extend(told(costs(&LeastCost::Never), &|all| format!("Even for nothing these do not come in: {all}.")));
    notes.extend(told(open, &|all| format!("Within the steps of this run not all was found for {all}.")));
    notes
}

fn criterion(report: &RankedAssessment<'_>, number: usize) -> String {
    report.rules.criteria.get(number).map_or(String::new(), |criterion| criterion.title.clone())
}

/// The name of a cost: the action, and the resource where the plan has several.
fn cost(choice: &Choice<'_>, change: &CostChange) -> String {
    let options = choice.case.options;
    let action = options.actions.get(change.action).map_or("", |action| &action.title);
    let resource = options.resources.get(change.resource).map_or("", |resource| &resource.title);
    if options.resources.len() > 1 { format!("{action} ({resource})") } else { action.to_owned() }
}
