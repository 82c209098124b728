//! The cells of a row as TOML: what people type read as it is meant, or told with how to mend it.

use toml::Value;

use crate::assessment::evidence::{AskedCell, CellWords, FigureCell};
use crate::assessment::{Declared, Missing, Period, day_in_form};
use crate::import::toml_number;
use crate::sheet::{CellFigure, CellValue, figure, same_words, whole};
use crate::words::{means_none, typed_number};

/// What the cell of a figure says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum GivenFigure {
    /// A figure.
    Figure(Value),
    /// That its publisher withheld it, by its mark.
    Withheld(String),
    /// That there is none to be had.
    NotToBeHad,
    /// Nothing.
    Blank,
}

/// What is wrong with a cell, and how to mend it.
pub(super) type CellFault = (String, String);

/// Words that say that there is no figure to be had.
const NOT_TO_BE_HAD: [&str; 8] = ["n/a", "na", "n.a.", "not available", "not known", "unknown", "not collected", "?"];
/// Words that say yes, and such as say no.
const YES: [&str; 5] = ["yes", "y", "true", "wahr", "1"];
const NO: [&str; 5] = ["no", "n", "false", "falsch", "0"];

/// The figure of a cell.
///
/// # Errors
/// What is wrong with it, and how to mend that.
pub(super) fn figure_of(
    value: Option<&CellValue>,
    takes: FigureCell,
    declared: &Declared,
) -> Result<GivenFigure, CellFault> {
    let text = value.map(CellValue::text).unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        return Ok(GivenFigure::Blank);
    }
    if NOT_TO_BE_HAD.contains(&&*text.to_lowercase()) {
        return Ok(GivenFigure::NotToBeHad);
    }
    match takes {
        FigureCell::Level => level(&text, declared),
        FigureCell::YesOrNo => yes_or_no(&text),
        FigureCell::Whole if text.contains('%') => {
            Err((format!("`{text}` is a percentage"), "write how many there were, a whole number".to_owned()))
        }
        FigureCell::Whole | FigureCell::Number | FigureCell::Percentage => number(value, &text, takes),
    }
}

fn number(value: Option<&CellValue>, text: &str, takes: FigureCell) -> Result<GivenFigure, CellFault> {
    let read = match takes {
        FigureCell::Whole => whole(value),
        _ => figure(value),
    };
    let given = match read {
        Ok(CellFigure::Empty) => return Ok(GivenFigure::Blank),
        Ok(CellFigure::Withheld(mark)) => return Ok(GivenFigure::Withheld(mark)),
        Ok(CellFigure::Number(number)) => number,
        Err((message, help)) => {
            let zero_or_none = means_none(text)
                .then(|| "write 0 if nothing happened, or `n/a` if there is no figure to be had".to_owned());
            let typed = || typed_number(text).map(|(number, why)| format!("{why}: {number}"));
            return Err((message, zero_or_none.or_else(typed).unwrap_or_else(|| help.to_owned())));
        }
    };
    if takes == FigureCell::Percentage && !(0.0..=100.0).contains(&given) {
        return Err((
            format!("`{text}` is no percentage from 0 to 100"),
            "write the share of a hundred: 12.5".to_owned(),
        ));
    }
    if takes == FigureCell::Percentage && given > 0.0 && given < 1.0 && !text.contains('%') {
        let whole = format!("{:.6}", given * 100.0);
        let whole = whole.trim_end_matches('0').trim_end_matches('.');
        let help = format!("write {whole} if that is meant, or `{text}%` for less than one in a hundred");
        return Err((format!("`{text}` may be a fraction, or less than one per cent"), help));
    }
    Ok(GivenFigure::Figure(toml_number(given)))
}

fn level(text: &str, declared: &Declared) -> Result<GivenFigure, CellFault> {
    let levels = declared.settings.levels.as_ref();
    let known = levels.and_then(|levels| levels.words().find(|word| same_words(word, text)));
    known.map(|word| GivenFigure::Figure(Value::String(word.to_owned()))).ok_or_else(|| {
        let help = levels.map(|levels| levels.instead_of(text)).unwrap_or_default();
        (format!("`{text}` is none of the words for it"), help)
    })
}

fn yes_or_no(text: &str) -> Result<GivenFigure, CellFault> {
    let text = text.to_lowercase();
    let is = |words: &[&str]| words.contains(&&*text);
    match (is(&YES), is(&NO)) {
        (true, _) => Ok(GivenFigure::Figure(Value::Boolean(true))),
        (_, true) => Ok(GivenFigure::Figure(Value::Boolean(false))),
        _ => Err((format!("`{text}` is neither yes nor no"), "choose Yes or No, or leave the cell empty".to_owned())),
    }
}

/// What a cell beside a figure says; none where it is empty.
///
/// # Errors
/// What is wrong with it, and how to mend that.
pub(super) fn beside(value: Option<&CellValue>, cell: &AskedCell) -> Result<Option<Value>, CellFault> {
    let text = value.map(CellValue::text).unwrap_or_default().trim().to_owned();
    if text.is_empty() || means_none(&text) {
        return Ok(None);
    }
    match cell.takes {
        CellWords::Words => Ok(Some(Value::String(text))),
        CellWords::Period => period_of(value, &text).map(|period| Some(Value::String(period.written()))),
        CellWords::Number => match figure(value) {
            Ok(CellFigure::Number(number)) => Ok(Some(toml_number(number))),
            Ok(_) => Err((format!("`{text}` is no number"), format!("write the number: {}", cell.about))),
            Err((message, _)) => Err((message, format!("write the number alone: {}", cell.about))),
        },
    }
}

/// A period as files have it, or from one day to another as on a form: `1/4/2018 - 31/3/2019`.
fn period_of(value: Option<&CellValue>, text: &str) -> Result<Period, CellFault> {
    if let Some(CellValue::Date(day)) = value {
        let day = day.split(['T', ' ']).next().unwrap_or(day);
        let month = day.get(..7).unwrap_or(day);
        return Err((
            format!("the spreadsheet has the day {day} here, and it may have made it of a month"),
            format!("type `'{month}` for the month, or `'{day}` for the day, each with the apostrophe"),
        ));
    }
    let of_days = || {
        let (from, to) = [" to ", " - ", " – ", "–", " until "].iter().find_map(|between| text.split_once(between))?;
        let (first, last) = (day_in_form(from.trim())?.first_day(), day_in_form(to.trim())?.last_day());
        (first <= last).then(|| Period::new(first, last))
    };
    Period::parse(text).or_else(|why| of_days().or_else(|| day_in_form(text)).ok_or((why.message, why.help)))
}

/// Why there is no figure where its publisher withheld it.
pub(super) fn withheld_words(mark: &str) -> String {
    Missing::withheld(Some(mark)).0.to_string()
}
