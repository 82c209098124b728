//! Actions as they are followed: days in order, within the plan's time, and how much is done from 0 to 100 per cent.

use super::formerly;
use super::named::Filed;
use super::reading::exact;
use crate::assessment::period::Period;
use crate::assessment::period_forms::day;
use crate::assessment::plan::format;
use crate::assessment::plan::{FollowedAction, Progress};
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// The actions; what is wrong with their ids and titles is told where they are judged to be chosen from, if they are:
/// `is_told` is whether that is so.
pub(super) fn judge(
    check: &mut Checker<'_>,
    filed: &Filed<'_>,
    of_plan: Option<Period>,
    written: &[At<format::Action>],
    is_told: bool,
) -> Vec<FollowedAction> {
    let ids = written.iter().filter_map(|it| id_of(&it.value)).map(|id| id.value.as_str());
    let mut judged: Vec<FollowedAction> = Vec::new();
    let mut first = std::collections::BTreeMap::new();
    for At { value: written, span } in written {
        let Some(id) = id_of(written) else {
            if !is_told && !check.lost.has_lost_from(span) {
                check.problem(Code::MissingKey, span, "the key `id` is missing", "add `id = …` to this table");
            }
            continue;
        };
        if !is_told {
            check.once(&mut first, "an action", id);
            check.id(id);
        }
        let formerly = formerly::judge(check, "an action", &id.value, &written.formerly, &ids);
        let title = written.title.as_ref().map(|title| title.value.clone());
        let candidate = written.candidate.as_ref().and_then(|named| {
            filed.candidates.iter().find(|candidate| candidate.id == named.value).map(|it| it.title.clone())
        });
        let Some(title) = title.or(candidate) else {
            if !is_told && !check.lost.has_lost_from(span) {
                check.problem(Code::MissingKey, span, "the key `title` is missing", "add `title = …` to this table");
            }
            continue;
        };
        let due = written.due.as_ref().and_then(|text| Some((text, day(check, text)?)));
        if let (Some((text, due)), Some(plan)) = (due, of_plan)
            && due.last_day() < plan.first_day()
        {
            let message = format!("this action is due {}, before the plan begins", due.when());
            check.problem(Code::BadPeriod, &text.span, message, "check the day, and the plan's `period`");
        }
        let text = |check: &mut Checker<'_>, text: &Option<At<String>>, what: &str| {
            text.as_ref().filter(|_| !is_told).and_then(|text| check.text(text, what));
            text.as_ref().map(|text| text.value.clone())
        };
        let (lead, note) = (text(check, &written.lead, "the role"), text(check, &written.note, "the note"));
        let progress = progress(check, of_plan, &written.progress);
        let (id, due, place) = (id.value.clone(), due.map(|(_, due)| due), check.place(span));
        judged.push(FollowedAction { id, title, lead, due, progress, formerly, note, place });
    }
    judged
}

fn id_of(written: &format::Action) -> Option<&At<String>> {
    written.id.as_ref().or(written.candidate.as_ref())
}

fn progress(check: &mut Checker<'_>, of_plan: Option<Period>, written: &[At<format::ActionProgress>]) -> Vec<Progress> {
    let mut judged: Vec<Progress> = Vec::new();
    for At { value: written, .. } in written {
        let on = day(check, &written.date);
        let percent = exact(check, &written.percent).filter(|percent| {
            let is_share = (0.0..=100.0).contains(&percent.to_f64());
            if !is_share {
                let message = format!("{percent}% of an action can't be done");
                check.problem(Code::BadValue, &written.percent.span, message, "write 0 to 100: 100 once it is done");
            }
            is_share
        });
        let note = written.note.as_ref().and_then(|note| check.text(note, "the note"));
        let (Some(on), Some(percent)) = (on, percent) else { continue };
        if of_plan.is_some_and(|plan| on.last_day() < plan.first_day()) {
            let message = format!("{} is before the plan begins", on.last_day());
            check.problem(Code::BadPeriod, &written.date.span, message, "check the day, and the plan's `period`");
        }
        if judged.last().is_some_and(|earlier| earlier.day >= on) {
            let message = format!("{} does not come after the day before it", on.last_day());
            check.problem(Code::BadPeriod, &written.date.span, message, "put the oldest first, each day once");
        }
        judged.push(Progress { day: on, percent, note });
    }
    judged
}
