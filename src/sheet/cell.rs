//! What a cell says as a figure: plain, withheld, or nothing. What is neither is told, never read as zero.

use super::CellValue;
use crate::assessment::suppressed;
use crate::words::thousands_with_a_point;

/// What a cell says as a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum CellFigure {
    /// The cell holds nothing; that is never zero.
    Empty,
    /// A finite number.
    Number(f64),
    /// Withheld by its publisher, in the way evidence writes it: `<5`, `*`, `c`, `..` or `-`.
    Withheld(String),
}

/// Reads a figure: `1,258`, `5.1%` (as 5.1), `<5`. Marks for footnotes in square brackets are passed over.
///
/// # Errors
/// Says what stands there instead and how to mend it: message and help.
pub fn figure(value: Option<&CellValue>) -> Result<CellFigure, (String, &'static str)> {
    match value {
        None => Ok(CellFigure::Empty),
        Some(CellValue::Number(number)) if number.is_finite() => Ok(CellFigure::Number(*number)),
        Some(CellValue::Text(text)) => figure_of(text),
        Some(CellValue::Uncalculated) => Err((
            "it holds a formula that was never calculated".to_owned(),
            "open the workbook in a spreadsheet, let it calculate, and save it again",
        )),
        Some(CellValue::Fault(fault)) => {
            Err((format!("it has the error `{fault}`"), "correct the formula, or empty the cell"))
        }
        Some(CellValue::Date(date)) => Err((
            format!("it is a date, `{date}`, and not a number"),
            "the spreadsheet may have turned it into a date: type the number again, in a cell formatted as a number",
        )),
        Some(CellValue::Number(_)) => Err(("it is not a finite number".to_owned(), "write a number")),
    }
}

/// A figure that must be whole and not below zero.
///
/// # Errors
/// As [`figure`], and where it is not whole or below zero.
pub fn whole(value: Option<&CellValue>) -> Result<CellFigure, (String, &'static str)> {
    match whole_or_below(value)? {
        CellFigure::Number(number) if number < 0.0 => {
            Err((format!("a count can't be below zero: {number}"), "write the count"))
        }
        figure => Ok(figure),
    }
}

/// A figure that must be whole, and can be below zero: a count of a quarter in which earlier ones are taken back.
///
/// # Errors
/// As [`figure`], and where it is not whole.
pub fn whole_or_below(value: Option<&CellValue>) -> Result<CellFigure, (String, &'static str)> {
    if let Some(CellValue::Text(text)) = value
        && thousands_with_a_point(text.trim()).is_some()
    {
        return Err((
            format!("a count must be a whole number: `{text}`"),
            "write the count without a point between thousands",
        ));
    }
    match figure(value)? {
        CellFigure::Number(number) if number.fract() != 0.0 || number.abs() > 9e15 => {
            Err((format!("a count must be a whole number: {number}"), "write the count, not a rate"))
        }
        figure => Ok(figure),
    }
}

fn figure_of(text: &str) -> Result<CellFigure, (String, &'static str)> {
    let plain = text.replace(['\u{a0}', '\u{202f}'], " ");
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(CellFigure::Empty);
    }
    if let Some(mark) = withheld(plain) {
        return Ok(CellFigure::Withheld(mark));
    }
    let digits = without_footnote(plain);
    let digits = digits.strip_suffix('%').unwrap_or(digits).trim();
    match plain_number(digits) {
        Some(number) => Ok(CellFigure::Number(number)),
        None => Err((
            format!("`{text}` is not a number"),
            "write a number, `1,258` with commas between thousands only, `<5` where it is withheld, or nothing",
        )),
    }
}

/// A finite number as people write it: `1,258`, `-0.5`, `−3`.
pub(crate) fn plain_number(text: &str) -> Option<f64> {
    ungrouped(text)?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A mark for a withheld figure, as evidence writes it.
fn withheld(text: &str) -> Option<String> {
    if suppressed(text).is_some() {
        return Some(text.to_owned());
    }
    match text.to_lowercase().as_str() {
        "[c]" => Some("c".to_owned()),
        "–" | "—" => Some("-".to_owned()),
        "[x]" | "[z]" | "[u]" | "[low]" | ":" | "n/a" | "na" | "." => Some("..".to_owned()),
        _ => None,
    }
}

/// `1,258 [note 3]` without the note.
fn without_footnote(text: &str) -> &str {
    match text.split_once('[') {
        Some((number, note)) if note.ends_with(']') && !number.trim().is_empty() => number.trim(),
        _ => text,
    }
}

/// The digits without commas between thousands; none where a comma stands anywhere else.
fn ungrouped(text: &str) -> Option<String> {
    let (sign, rest) =
        text.strip_prefix(['-', '+', '−']).map_or(("", text), |rest| (text.get(..1).unwrap_or("-"), rest));
    let sign = if text.starts_with('−') { "-" } else { sign };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_some_and(|fraction| !plain(fraction)) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| groups.len() == 1 || (1..=3).contains(&first.len()))
        && groups.iter().all(|group| plain(group));
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    grouped.then(|| format!("{sign}{}{fraction}", groups.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<CellFigure, (String, &'static str)> {
        figure(Some(&CellValue::Text(text.into())))
    }

    #[test]
    fn figures_as_people_type_them() {
        for (text, number) in [
            ("1,258", 1258.0),
            ("5.1%", 5.1),
            ("1,234,567.5", 1_234_567.5),
            ("−3", -3.0),
            ("12 [note 3]", 12.0),
            ("1258", 1258.0),
            ("\u{a0}7 ", 7.0),
        ] {
            assert_eq!(read(text), Ok(CellFigure::Number(number)), "{text}");
        }
    }

    #[test]
    fn what_is_withheld_is_never_zero() {
        for (text, mark) in
            [("<5", "<5"), ("*", "*"), ("c", "c"), ("..", ".."), ("-", "-"), ("[c]", "c"), ("[x]", "..")]
        {
            assert_eq!(read(text), Ok(CellFigure::Withheld(mark.to_owned())), "{text}");
        }
        assert_eq!(read(" "), Ok(CellFigure::Empty));
        assert_eq!(figure(None), Ok(CellFigure::Empty));
    }

    #[test]
    fn what_is_no_figure_is_told() {
        for text in ["1,25", "12,58", "1.258,00", "soon", "1e5", "inf", "NaN", "1 258", ",5", "0x10", "1,2345"] {
            assert!(read(text).is_err(), "{text}");
        }
        for value in [CellValue::Uncalculated, CellValue::Fault("#REF!".into()), CellValue::Date("2019-03-31".into())] {
            assert!(figure(Some(&value)).is_err(), "{value:?}");
        }
        assert!(whole(Some(&CellValue::Number(1.5))).is_err());
        assert!(whole(Some(&CellValue::Number(-1.0))).is_err());
    }
}
