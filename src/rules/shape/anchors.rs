//! Anchors: measures with their values, which straight lines and steps are made of.

use std::ops::Range;

use super::member::{CellContent, ValueCells};
use super::numbers::{Anchor, figure};
use super::swing::Swing;
use super::written::{PathStep, Question};
use crate::diagnostic::Code;
use crate::rules::direction::Way;
use crate::rules::judge::RuleSetJudge;
use crate::rules::nudge::{MOVED, tidy};
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;
use crate::words::{joined, listed, with_noun};

/// Pairs of a measure and its value, as they are written.
pub(super) type WrittenAnchors = At<Vec<At<Vec<At<Setting>>>>>;

/// Ascending measures with values that go the way of the question's direction.
pub(super) fn judged(
    written: &WrittenAnchors,
    judge: &mut RuleSetJudge<'_>,
    question: &Question<'_>,
) -> Option<Vec<Anchor>> {
    let mut anchors: Vec<Anchor> = Vec::new();
    for pair in &written.value {
        let [measure, value] = &*pair.value else {
            let help = "write `[measure, value]`";
            judge.check.problem(Code::BadValueFunction, &pair.span, "this is not a pair of numbers", help);
            return None;
        };
        let anchor = (measure.value.number, value.value.number);
        if anchor.0.is_finite() && !question.lets(judge, anchor.1, &pair.span) {
            return None;
        }
        if let Some((message, help)) = fault(anchor, anchors.last(), question.way) {
            judge.check.problem(Code::BadValueFunction, &pair.span, message, help);
            return None;
        }
        anchors.push(anchor);
    }
    if anchors.len() < 2 {
        let message = "a value function has at least two pairs";
        judge.check.problem(Code::BadValueFunction, &written.span, message, "add `[measure, value]` pairs");
        return None;
    }
    let turns = if question.way == Way::Both { turns(&anchors) } else { Vec::new() };
    let unit = f64::from(10_u32.pow(question.decimals));
    // Steps and points would have a least or a most that no measure has.
    if let Some(off) = turns.iter().find(|turn| (*turn * unit).round() / unit != **turn) {
        let message = format!(
            "the value turns at {off}, which no measure of {} is",
            with_noun(&question.decimals.to_string(), "decimal", "decimals")
        );
        judge.check.problem(Code::BadValueFunction, &written.span, message, "give the measure more `decimals`");
        return None;
    }
    question.turns_as_said(judge, &turns, &written.span).then_some(anchors)
}

/// The measures at which values turn, ascending: those from which on they go the other way than before.
pub(super) fn turns(anchors: &[Anchor]) -> Vec<f64> {
    let mut turns = Vec::new();
    let mut way = 0.0;
    for (before, after) in anchors.iter().zip(anchors.iter().skip(1)) {
        let step = after.1 - before.1;
        if step * way < 0.0 {
            turns.push(before.0);
        }
        if step != 0.0 {
            way = step;
        }
    }
    turns
}

/// What is wrong with measures between which no number says how far it is: every value between them would be that of an
/// end.
pub(super) const TOO_FAR: &str = "the measures are too far apart: no number says how far";
pub(super) const TOO_FAR_HELP: &str = "write measures that the evidence can have";

/// What is wrong with an anchor behind another one, and how to mend it.
fn fault((measure, value): Anchor, before: Option<&Anchor>, way: Way) -> Option<(String, &'static str)> {
    if !measure.is_finite() || !value.is_finite() {
        return Some(("this is not finite".to_owned(), "write two finite numbers"));
    }
    let before = before?;
    if before.0 >= measure {
        let message = format!("{measure} does not come after the measure before it");
        return Some((message, "put the measures in ascending order"));
    }
    if !(measure - before.0).is_finite() {
        return Some((TOO_FAR.to_owned(), TOO_FAR_HELP));
    }
    let goes = match way {
        Way::Up if before.1 > value => "falls, while a higher measure is worse",
        Way::Down if before.1 < value => "rises, while a higher measure is better",
        _ => return None,
    };
    let help = "turn the values round, or change `direction`; with `rises-and-falls` they may do both";
    Some((format!("the value {goes}"), help))
}

pub(super) fn settings(written: &mut WrittenAnchors) -> Vec<&mut At<Setting>> {
    written.value.iter_mut().flat_map(|pair| &mut pair.value).collect()
}

/// Where the number of a cell is written: the row says which of a pair, the column which pair.
pub(super) fn path_of_cell(row: usize, column: usize) -> Vec<PathStep> {
    vec![PathStep::At(column), PathStep::At(row)]
}

/// Where the first or the last pair is written.
pub(super) fn end(written: &WrittenAnchors, upper: bool) -> Option<&Range<usize>> {
    let pair = if upper { written.value.last() } else { written.value.first() };
    pair.map(|pair| &pair.span)
}

/// Each measure, from the pair with this number on, and each value moved towards its neighbour.
pub(super) fn variations(written: &WrittenAnchors, first_measure: usize) -> Vec<RuleVariation> {
    let pairs = &written.value;
    let at = |pair: usize, part: usize| pairs.get(pair).and_then(|pair| pair.value.get(part)).map(|it| it.value.number);
    let mut variations = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        let [measure, value] = &*pair.value else { continue };
        for (part, moving) in [measure, value].into_iter().enumerate() {
            let own = moving.value.number;
            let before = number.checked_sub(1).and_then(|before| at(before, part));
            // Towards the next one, and where there is none or it is equal towards the one before.
            let towards = at(number + 1, part).filter(|next| *next != own).or(before).unwrap_or(own);
            let moved = tidy(own + (towards - own) * MOVED);
            if moving.value.parameter.is_some() || moved == own || (part == 0 && number < first_measure) {
                continue;
            }
            let (measure, value) = (measure.value.as_written(), value.value.as_written());
            let text = if part == 0 { format!("[{moved}, {value}]") } else { format!("[{measure}, {moved}]") };
            variations.push(RuleVariation { what: "value".to_owned(), span: pair.span.clone(), text });
        }
    }
    variations
}

/// The two anchors between which all of the value is earned: those with the least and the most value that are nearest to
/// each other, the first such.
pub(super) fn swing(anchors: &[Anchor]) -> Swing {
    let value = |anchor: &Anchor| anchor.1;
    let least = anchors.iter().map(value).fold(f64::INFINITY, f64::min);
    let most = anchors.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
    let having = |wanted: f64| anchors.iter().filter(move |anchor| anchor.1 == wanted).copied();
    let pairs = having(least).flat_map(|from| having(most).map(move |to| (from, to)));
    let nearest = pairs.min_by(|a, b| (a.0.0 - a.1.0).abs().total_cmp(&(b.0.0 - b.1.0).abs()));
    let (least, most) = nearest.unwrap_or(((0.0, least), (0.0, most)));
    Swing::Ends { least, most }
}

/// `0 at 5, 1 at 10`.
pub(super) fn pairs(anchors: &[Anchor]) -> String {
    let told = anchors.iter().map(|(measure, value)| format!("{} at {}", figure(*value), figure(*measure)));
    told.collect::<Vec<_>>().join(", ")
}

/// `0 at 5 and 1 at 10`, with another word than "at".
pub(super) fn sentence(anchors: &[Anchor], at: &str) -> String {
    let told = anchors.iter().map(|(measure, value)| format!("{} {at} {}", figure(*value), figure(*measure)));
    listed(&told.collect::<Vec<_>>())
}

pub(super) fn cells(anchors: &[Anchor], measures: &'static str) -> ValueCells {
    let columns = anchors.iter().map(|(measure, value)| (CellContent::Number(*measure), *value));
    ValueCells { rows: [measures, "values"], columns: columns.collect() }
}

/// What became of anchors that are called `what`, of measures in `unit`.
pub(super) fn since(old: &[Anchor], new: &[Anchor], unit: &str, what: &str) -> String {
    let unit = match unit.strip_prefix('%') {
        Some(_) => "%".to_owned(),
        None => format!(" {unit}"),
    };
    // A value that is reached at another measure, where both have as many anchors with the same values.
    if old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.1 == new.1) {
        let moved = old.iter().zip(new).filter(|(old, new)| old.0 != new.0);
        let told = moved.map(|(old, new)| {
            format!("the value {} is now reached at {}{unit}, was at {}", figure(new.1), figure(new.0), figure(old.0))
        });
        return joined(&told.collect::<Vec<_>>());
    }
    let value_at = |anchors: &[Anchor], measure: f64| anchors.iter().find(|it| it.0 == measure).map(|it| it.1);
    let mut told = Vec::new();
    for (place, (measure, value)) in new.iter().enumerate() {
        match value_at(old, *measure) {
            Some(was) if was == *value => {}
            Some(was) => told.push(format!("at {}{unit} {} → {}", figure(*measure), figure(was), figure(*value))),
            None => {
                told.push(format!("{} {what} added, {} at {}{unit}", nth(place + 1), figure(*value), figure(*measure)));
            }
        }
    }
    for (measure, value) in old.iter().filter(|it| value_at(new, it.0).is_none()) {
        told.push(format!("the {what} {} at {}{unit} is gone", figure(*value), figure(*measure)));
    }
    joined(&told)
}

fn nth(place: usize) -> String {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    place.checked_sub(1).and_then(|at| words.get(at)).map_or_else(|| format!("{place}th"), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_swing_is_between_the_points_where_something_is_earned() {
        let level = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.5), (30.0, 1.0), (40.0, 1.0)];
        assert_eq!(swing(&level), Swing::Ends { least: (10.0, 0.0), most: (30.0, 1.0) });
        let falling = [(0.0, 1.0), (5.0, 1.0), (10.0, 0.2), (20.0, 0.2)];
        let swing = swing(&falling);
        assert_eq!(swing, Swing::Ends { least: (10.0, 0.2), most: (5.0, 1.0) });
        assert_eq!(swing.span(), Decimal::new(8, 1));
        assert_eq!(swing.measures(), Some((10.0, 5.0)));
        let both = [(0.0, 3.0), (9.0, 1.0), (12.0, 0.0), (21.0, 2.0), (25.0, 3.0)];
        assert_eq!(super::swing(&both), Swing::Ends { least: (12.0, 0.0), most: (0.0, 3.0) });
    }

    #[test]
    fn values_turn_where_they_begin_to_go_the_other_way() {
        let breaths = [(0.0, 3.0), (9.0, 1.0), (12.0, 0.0), (21.0, 2.0), (25.0, 3.0)];
        assert_eq!(turns(&breaths), [12.0]);
        let level = [(0.0, 0.0), (1.0, 1.0), (2.0, 1.0), (3.0, 0.0), (4.0, 0.0), (5.0, 2.0)];
        assert_eq!(turns(&level), [2.0, 4.0]);
        assert!(turns(&level[..3]).is_empty());
    }
}
