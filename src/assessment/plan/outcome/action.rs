//! What became of an action, by rule on what its progress says.
//!
//! 1. Without progress it can't be told.
//! 2. It is due on its day, or else on the last day of the plan. What was done by then, all of it, is achieved. If the
//!    latest progress is of that day or later and not all was done by then, it is not achieved, though it may be done now.
//! 3. Before, it is on course where it lies on or beyond the straight line from nothing on the day before the plan begins
//!    to all of it on the day that it is due: time is counted in days.

use std::cmp::Ordering;

use super::ratio::Ratio;
use super::rule::Ruling;
use crate::assessment::evidence::OutcomeWord;
use crate::assessment::period::Period;
use crate::assessment::plan::{FollowedAction, Progress};
use crate::words::{fixed, number};

/// The outcome of an action of a plan for this period, by the rule of this file.
pub fn action_ruling(action: &FollowedAction, of_plan: Period) -> Ruling {
    let due = action.due.map_or(of_plan.last_day(), Period::last_day);
    let Some(latest) = action.progress.last() else {
        return ruled(OutcomeWord::CannotTell, format!("Due on {due}; no progress is filed."));
    };
    let is_in_time = |progress: &&Progress| progress.day.last_day() <= due;
    let done = action.progress.iter().find(|progress| progress.is_all());
    let by_due = match action.progress.iter().rev().find(is_in_time) {
        Some(progress) => format!("{}% was done by then", progress.percent),
        None => "nothing is filed for that day or before".to_owned(),
    };
    let (word, because) = match done {
        Some(done) if is_in_time(&done) => {
            (OutcomeWord::Achieved, format!("Done by {}, and due on {due}.", done.day.last_day()))
        }
        Some(done) => {
            let told = format!("Done by {}, after it was due on {due}: {by_due}.", done.day.last_day());
            (OutcomeWord::NotAchieved, told)
        }
        None if due <= latest.day.last_day() => {
            let later = match due < latest.day.last_day() {
                true => format!(", and {}% by {}", latest.percent, latest.day.last_day()),
                false => String::new(),
            };
            (OutcomeWord::NotAchieved, format!("Due on {due}: {by_due}{later}."))
        }
        None => on_the_way(latest, Period::new(of_plan.first_day(), due)),
    };
    ruled(word, because)
}

fn ruled(word: OutcomeWord, because: String) -> Ruling {
    Ruling { word, wanted: because.clone(), because, caveats: Vec::new() }
}

/// Whether an action is as far as it should be; `time` is from the plan's first day to the day it is due.
fn on_the_way(latest: &Progress, time: Period) -> (OutcomeWord, String) {
    let passed = Period::new(time.first_day(), latest.day.last_day()).days();
    let days = |days: i32| Ratio::whole(days.into());
    let line = Ratio::whole(100).times(days(passed)).and_then(|all| all.over(days(time.days())));
    let line = line.unwrap_or(Ratio::whole(100));
    let word = match Ratio::of(latest.percent).compared(line) {
        Ordering::Less => OutcomeWord::OffCourse,
        _ => OutcomeWord::OnCourse,
    };
    let (when, due) = (latest.day.last_day(), time.last_day());
    let percent = number(latest.percent.to_f64(), latest.percent.decimals());
    let line = fixed(line.to_f64(), 0);
    (word, format!("{percent}% by {when}, due on {due}: on a straight line it would be {line}% by then."))
}
