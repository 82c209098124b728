//! What a cell of a table of figures says.

use crate::diagnostic::Code;
use crate::words::{means_none, typed_number};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::assessment) enum Cell {
    /// Nothing: no evidence.
    Empty,
    /// A figure, or what stands for it among the figures of a column.
    Figure(f64),
    /// The text itself.
    Word,
    /// That its publisher withheld it: between which numbers it lies, if that is known.
    Suppressed(Option<(f64, f64)>),
}

/// What is wrong with a cell, and how to mend it.
pub(in crate::assessment) type CellProblem = (Code, &'static str);

/// A cell of numbers; `<5` is 0 to 4, and `*`, `c`, `..` and `-` are withheld, never zero.
///
/// # Errors
/// Says how to mend it.
pub(in crate::assessment) fn number_in(text: &str) -> Result<Cell, CellProblem> {
    if text.is_empty() {
        return Ok(Cell::Empty);
    }
    if let Some(bounds) = suppressed(text) {
        return Ok(Cell::Suppressed(bounds));
    }
    let help = match text.parse::<f64>() {
        Ok(figure) if figure.is_finite() => return Ok(Cell::Figure(figure)),
        _ if means_none(text) => "leave the cell empty where there is no figure, or write `..` if it was withheld",
        _ if let Some((_, help)) = typed_number(text) => help,
        _ if text.starts_with('[') => {
            "write `c` where the figure is withheld, `..` where it is not available, or nothing"
        }
        _ if text.contains('[') => "write the number alone, and what is marked on it in `note`",
        _ => "write a number, `<5` for a suppressed one, or nothing where there is none",
    };
    Err((Code::BadCell, help))
}

/// How publishers withhold a figure: between which numbers it lies, if that is said. `None` where it is no such mark.
pub(crate) fn suppressed(text: &str) -> Option<Option<(f64, f64)>> {
    if matches!(text, "*" | "c" | ".." | "-") {
        return Some(None);
    }
    let below: f64 = text.strip_prefix('<')?.trim().parse().ok()?;
    // Above 2^53 no number is told from its neighbours.
    ((1.0..=9e15).contains(&below) && below.fract() == 0.0).then_some(Some((0.0, below - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_publishers_mark_is_told_how_to_mend() {
        for (text, part) in [("−3", "minus"), ("(12)", "below zero"), ("[c]", "withheld"), ("[low]", "withheld")] {
            let (_, help) = number_in(text).unwrap_err();
            assert!(help.contains(part), "{text}: {help}");
        }
        assert!(number_in("12 [p]").unwrap_err().1.contains("`note`"));
    }

    #[test]
    fn suppressed_values_are_never_zero() {
        assert_eq!(suppressed("<5"), Some(Some((0.0, 4.0))));
        for mark in ["*", "c", "..", "-"] {
            assert_eq!(suppressed(mark), Some(None), "{mark}");
        }
        assert_eq!(suppressed("5"), None);
        assert_eq!(suppressed("<-3"), None);
        for beyond in ["<1e300", "<inf", "<nan", "<99999999999999999999"] {
            assert_eq!(suppressed(beyond), None, "{beyond}");
        }
    }
}
