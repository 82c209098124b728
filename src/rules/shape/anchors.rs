//! Anchors: measures with their values, which straight lines and steps are made of.

use super::{Cells, Swing, figure};
use crate::words::{joined, listed};

/// A measure and its value.
pub type Anchor = (f64, f64);

/// The two anchors between which all of the value is earned: those with the least and the most value that are nearest to
/// each other. Values run one way.
pub(super) fn swing(anchors: &[Anchor]) -> Swing {
    let value = |anchor: &Anchor| anchor.1;
    let least = anchors.iter().map(value).fold(f64::INFINITY, f64::min);
    let most = anchors.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
    let having = |wanted: f64| anchors.iter().filter(move |anchor| anchor.1 == wanted).copied();
    let rises = anchors.first().map(value) <= anchors.last().map(value);
    let (from, to) = match rises {
        true => (having(least).last(), having(most).next()),
        false => (having(least).next(), having(most).last()),
    };
    Swing::Ends { least: from.unwrap_or((0.0, least)), most: to.unwrap_or((0.0, most)) }
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

pub(super) fn cells(anchors: &[Anchor], measures: &'static str) -> Cells {
    Cells { rows: [measures, "values"], columns: anchors.to_vec() }
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
    }
}
