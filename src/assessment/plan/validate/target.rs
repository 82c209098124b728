//! How far a figure should go, judged: one goal, in the unit of the figures and in the direction wanted.

use super::reading::exact;
use crate::assessment::judging::period;
use crate::assessment::period::Period;
use crate::assessment::plan::format::{self, Wanted};
use crate::assessment::plan::{Goal, ReadingKind, Target};
use crate::diagnostic::{Code, quoted_list};
use crate::exact::Fixed;
use crate::toml_file::{At, Checker, WrittenNumber};

/// The target; `kind` is what the measure's figures are, where it has one.
pub(super) fn judge(
    check: &mut Checker<'_>,
    of_plan: Option<Period>,
    measure: &format::Measure,
    kind: Option<ReadingKind>,
) -> Option<Target> {
    let wanted = measure.wanted.value;
    let Some(At { value: written, span }) = &measure.target else {
        if wanted == Wanted::Within {
            let help = "add `target = { between = [lowest, highest] }`";
            check.problem(Code::MissingKey, &measure.wanted.span, "the band is missing", help);
            return None;
        }
        return Some(Target { goal: Goal::AnyStep, by: of_plan? });
    };
    let by = match &written.by {
        Some(text) => period(check, text),
        None => of_plan,
    };
    let goal = goal(check, written, span, wanted, kind);
    Some(Target { goal: goal?, by: by? })
}

fn goal(
    check: &mut Checker<'_>,
    written: &format::Target,
    span: &std::ops::Range<usize>,
    wanted: Wanted,
    kind: Option<ReadingKind>,
) -> Option<Goal> {
    let figures = [
        ("count", &written.count),
        ("rate", &written.rate),
        ("percentage", &written.percentage),
        ("number", &written.number),
    ];
    let steps = [("change", &written.change), ("change_percent", &written.change_percent)];
    let all = figures.iter().chain(&steps);
    let mut given: Vec<&str> = all.filter(|(_, number)| number.is_some()).map(|(key, _)| *key).collect();
    given.extend(written.between.as_ref().map(|_| "between"));
    if given.len() > 1 {
        let message = format!("this target has {} goals: {}", given.len(), quoted_list(&given));
        check.problem(Code::WhichEvidence, span, message, "give just one of them");
        return None;
    }
    if (wanted == Wanted::Within) != written.between.is_some() && !(given.is_empty() && check.lost.has_lost_from(span))
    {
        let message = "a band is wanted where the figure should lie within it, and nowhere else";
        let help = "write `wanted = \"within\"` and `target = { between = [lowest, highest] }`, or neither";
        check.problem(Code::WhichEvidence, span, message, help);
        return None;
    }
    if let Some(ends) = &written.between {
        return band(check, ends, kind);
    }
    for (key, number) in figures {
        if let Some(number) = number {
            return figure(check, key, number, kind);
        }
    }
    for (key, number) in steps {
        if let Some(number) = number {
            return step(check, key, number, wanted);
        }
    }
    Some(Goal::AnyStep)
}

/// A figure to be reached, of the sort that the measure's are.
fn figure(check: &mut Checker<'_>, key: &str, number: &At<WrittenNumber>, kind: Option<ReadingKind>) -> Option<Goal> {
    let own = kind.map_or(key, |kind| kind.key());
    if own != key {
        let message = format!("this target is a {key}, and the measure’s figures are {}", many(kind));
        check.problem(Code::WrongKind, &number.span, message, format!("write `{own} = …`"));
        return None;
    }
    let exact = exact(check, number)?;
    in_range(check, number, exact, key)?;
    Some(Goal::Figure(exact))
}

fn many(kind: Option<ReadingKind>) -> String {
    match kind {
        Some(ReadingKind::Count) | None => "counts".to_owned(),
        Some(ReadingKind::Percentage) => "percentages".to_owned(),
        Some(ReadingKind::Number) => "numbers".to_owned(),
        Some(rate @ ReadingKind::Rate(_)) => rate.phrase().replacen("a rate", "rates", 1),
    }
}

/// Notes a figure to be reached that no such figure can be.
fn in_range(check: &mut Checker<'_>, written: &At<WrittenNumber>, exact: Fixed, key: &str) -> Option<()> {
    match key {
        "percentage" if !(0.0..=100.0).contains(&exact.to_f64()) => {
            let message = format!("a percentage can't be {exact}");
            check.problem(Code::PercentageOutOfRange, &written.span, message, "write 0 to 100");
            None
        }
        "count" => check.whole(written, "a count").map(|_| ()),
        "rate" => check.not_negative(written, "a rate").map(|_| ()),
        _ => Some(()),
    }
}

/// A change to be reached, with the sign of the direction wanted.
fn step(check: &mut Checker<'_>, key: &str, number: &At<WrittenNumber>, wanted: Wanted) -> Option<Goal> {
    let exact = exact(check, number)?;
    let (sign, way) = if wanted == Wanted::Less { (-1, "fall") } else { (1, "rise") };
    if exact.units().signum() != sign {
        let message = format!("the figure should {way}, and `{key}` is {exact}");
        let help = "write a fall with its sign, -40, and a rise without one; or change `wanted`";
        check.problem(Code::BadValue, &number.span, message, help);
        return None;
    }
    if key == "change" {
        return Some(Goal::Change(exact));
    }
    if number.value.0 < -100.0 {
        let message = format!("nothing can fall by {}%", exact.to_string().trim_start_matches('-'));
        check.problem(Code::BadValue, &number.span, message, "write -100 or more");
        return None;
    }
    Some(Goal::ChangePercent(exact))
}

fn band(check: &mut Checker<'_>, written: &At<Vec<At<WrittenNumber>>>, kind: Option<ReadingKind>) -> Option<Goal> {
    let [low, high] = &*written.value else {
        let help = "write the lowest and the highest figure: `between = [5, 7]`";
        if !check.lost.has_lost_from(&written.span) {
            check.problem(Code::BadValue, &written.span, "a band has two ends", help);
        }
        return None;
    };
    let key = kind.map_or("number", ReadingKind::key);
    let (least, most) = (exact(check, low)?, exact(check, high)?);
    in_range(check, low, least, key)?;
    in_range(check, high, most, key)?;
    if low.value.0 > high.value.0 {
        let message = format!("the band ends at {most}, below {least}");
        check.problem(Code::BadValue, &written.span, message, "put the lowest figure first");
        return None;
    }
    Some(Goal::Between(least, most))
}
