//! Cells as scores: a number, a number with its word (`3 - High`), or a word for which somebody says the number. And
//! the scales and legends that sheets state.

use std::collections::BTreeMap;

use super::words;
use crate::sheet::{CellFigure, CellValue, figure, header_words};

/// What a cell says as a score.
pub(super) enum ScoreCell {
    Empty,
    Number(f64),
    /// A mark for what there is not, as it stands there: `n/a`, `-`, `*`.
    Withheld(String),
    /// A word for a score, for which no number is known.
    Word(String),
    /// What stands there instead, and how to mend it.
    Odd(String, &'static str),
}

/// Words with the numbers that they stand for, by their small letters.
pub(super) type ScoreWords = BTreeMap<String, f64>;

/// Reads a score.
pub(super) fn score(value: Option<&CellValue>, known: &ScoreWords) -> ScoreCell {
    if let Some(CellValue::Text(text)) = value {
        if let Some(number) = known.get(&header_words(text)) {
            return ScoreCell::Number(*number);
        }
        if let Some((number, _)) = number_and_word(text) {
            return ScoreCell::Number(number);
        }
        if words::is_score_word(text) {
            return ScoreCell::Word(text.to_string());
        }
    }
    match figure(value) {
        Ok(CellFigure::Number(number)) => ScoreCell::Number(number),
        Ok(CellFigure::Empty) => ScoreCell::Empty,
        Ok(CellFigure::Withheld(mark)) => ScoreCell::Withheld(value.map_or(mark, CellValue::text)),
        Err((message, help)) => ScoreCell::Odd(message, help),
    }
}

/// `3 - High`, `3: High`, `3 = High`, `3 (High)`, `High (3)`, `High = 3`: the number and the word.
pub(super) fn number_and_word(text: &str) -> Option<(f64, String)> {
    let plain = text.replace(['–', '—'], "-");
    let plain = plain.trim();
    let (first, second) = match plain.strip_suffix(')') {
        Some(open) => open.split_once('(')?,
        None => plain.split_once(['-', ':', '=']).filter(|(first, _)| !first.trim().is_empty())?,
    };
    let (first, second) = (first.trim(), second.trim());
    let is_word =
        |text: &str| text.chars().any(char::is_alphabetic) && !text.starts_with(|it: char| it.is_ascii_digit());
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(first), number(second)) {
        (Some(score), None) if is_word(second) => Some((score, second.to_owned())),
        (None, Some(score)) if is_word(first) => Some((score, first.to_owned())),
        _ => None,
    }
}

/// What a text explains of words for scores: `1 = Low, 2 = Medium, 3 = High`.
pub(super) fn legend(text: &str) -> Vec<(String, f64)> {
    let parts = text.split([',', ';', '\n', '|']);
    let found: Option<Vec<(String, f64)>> = parts
        .map(|part| {
            // `Key: 1 = Low` begins with what it is.
            let part = match part.split_once(':') {
                Some((key, rest)) if words::is_legend(key) => rest,
                _ => part,
            };
            number_and_word(part.trim()).map(|(number, word)| (word, number))
        })
        .collect();
    found.unwrap_or_default()
}

/// `Scale: 1 to 5`, `scored 0-5`, `each from 1 to 5 (scale)`: the two numbers behind the word. And `0 = none to 5 =
/// severe`, `1 (very low) to 5 (very high)`.
pub(super) fn stated_scale(text: &str) -> Option<(f64, f64)> {
    let small = text.to_lowercase();
    if let Some(ends) = explained_ends(&small) {
        return Some(ends);
    }
    let at =
        ["scale", "scored", "scores", "score"].iter().find_map(|word| small.find(word).map(|at| at + word.len()))?;
    ends(small.get(at..)?)
}

/// A header without what is said of its scale and weight in brackets or behind it.
pub(super) struct HeaderParts {
    pub(super) title: String,
    pub(super) scale: Option<(f64, f64)>,
    pub(super) weight: Option<f64>,
}

/// `Impact (x3)`, `Harm (25%)`, `Volume (1-5)`, `Fear (out of 10)`, `Cost (weight 4)`, `Harm x 3`.
pub(super) fn header_parts(header: &str) -> HeaderParts {
    let mut parts = HeaderParts { title: header.trim().to_owned(), scale: None, weight: None };
    while let Some((title, inside)) = bracket(&parts.title) {
        match (scale_in(&inside), weight_in(&inside)) {
            (Some(scale), _) => parts.scale = Some(scale),
            (None, Some(weight)) => parts.weight = Some(weight),
            (None, None) => break,
        }
        parts.title = title;
    }
    if parts.weight.is_none()
        && let Some((title, weight)) = weight_behind(&parts.title)
    {
        (parts.title, parts.weight) = (title, Some(weight));
    }
    parts
}

/// The text before a last pair of brackets, and what is in it.
fn bracket(text: &str) -> Option<(String, String)> {
    let close = text.chars().last().filter(|last| matches!(last, ')' | ']'))?;
    let open = if close == ')' { '(' } else { '[' };
    let (before, inside) = text.strip_suffix(close)?.rsplit_once(open)?;
    (!before.trim().is_empty()).then(|| (before.trim().to_owned(), inside.trim().to_owned()))
}

/// `1-5`, `scale 0 to 10`, `out of 5`, `/10`.
fn scale_in(text: &str) -> Option<(f64, f64)> {
    let small = text.to_lowercase();
    let most = |rest: &str| rest.trim().parse::<f64>().ok().filter(|high| *high > 0.0).map(|high| (0.0, high));
    if let Some(high) = small.strip_prefix("out of").or_else(|| small.strip_prefix('/')).and_then(most) {
        return Some(high);
    }
    let plain =
        ["scale", "scored", "scores", "score", "from"].iter().fold(small.clone(), |text, word| text.replace(word, ""));
    let only =
        plain.chars().all(|it| it.is_ascii_digit() || matches!(it, ' ' | '-' | '–' | '—' | '.' | ':' | 't' | 'o'));
    if only { ends(&plain) } else { None }
}

/// `x3`, `×3`, `25%`, `weight 4`, `weight: 4`, `w=4`, `weighting 30%`.
fn weight_in(text: &str) -> Option<f64> {
    let small = text.to_lowercase();
    let number = |rest: &str| {
        let rest = rest.trim().trim_start_matches([':', '=']).trim();
        rest.trim_end_matches('%').trim().parse::<f64>().ok().filter(|weight| weight.is_finite())
    };
    let starts = ["weighting", "weight", "wt", "w", "x", "×", "*"];
    let named = starts.iter().find_map(|word| small.strip_prefix(word)).and_then(number);
    let named = named.or_else(|| small.strip_suffix(['x', '×']).and_then(number));
    named.or_else(|| small.ends_with('%').then(|| number(&small)).flatten())
}

/// `Harm x3`, `Harm - 25%`, `Harm 25%`.
fn weight_behind(title: &str) -> Option<(String, f64)> {
    let (before, last) = title.rsplit_once(char::is_whitespace)?;
    // In `Harm x 3` the sign stands apart.
    let apart = before.rsplit_once(char::is_whitespace).filter(|(_, sign)| matches!(*sign, "x" | "X" | "×"));
    let weight = match apart {
        Some(_) => last.parse().ok().filter(|weight: &f64| weight.is_finite()),
        None => weight_in(last).filter(|_| last.chars().any(|it| it.is_ascii_digit())),
    }?;
    let before = apart.map_or(before, |(before, _)| before);
    let before = before.trim().trim_end_matches(['-', '–', ':', ',']).trim();
    (!before.is_empty()).then(|| (before.to_owned(), weight))
}

/// The first two numbers with `to` or a dash between them.
fn ends(text: &str) -> Option<(f64, f64)> {
    let rest = text.replace(['–', '—', '-'], " to ");
    let separates = |letter: char| letter.is_whitespace() || matches!(letter, ':' | '(' | ')' | ',' | ';' | '[' | ']');
    let words: Vec<&str> = rest.split(separates).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|three| match three {
        [low, "to", high] => Some((low.parse().ok()?, high.parse().ok()?)),
        _ => None,
    })
}

/// Two numbers, each with what it means, with `to` between them.
fn explained_ends(text: &str) -> Option<(f64, f64)> {
    let plain = text.replace(" - ", " to ").replace(" – ", " to ");
    plain.match_indices(" to ").find_map(|(at, to)| {
        let (before, after) = (plain.get(..at)?.trim_end(), plain.get(at + to.len()..)?.trim_start());
        let (before, meaning) = match before.strip_suffix(')') {
            Some(open) => open.rsplit_once('(')?,
            None => before.rsplit_once('=')?,
        };
        let low = before.trim_end().rsplit(|it: char| it.is_whitespace() || it == ':').next()?;
        let (high, rest) = after.split_once(['(', '='])?;
        let explained = |text: &str| text.trim_start().starts_with(char::is_alphabetic);
        (explained(meaning) && explained(rest)).then_some(())?;
        Some((low.parse().ok()?, high.trim().parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_as_people_state_them() {
        for text in ["Scale: 1 to 5", "Scores (scale 1-5)", "each scored 1–5, higher is worse", "Score 1 to 5"] {
            assert_eq!(stated_scale(text), Some((1.0, 5.0)), "{text}");
        }
        for text in ["Harm: 1 (very low) to 5 (very high)", "Matrix: 1 = none to 5 = severe.", "1 (Low) – 5 (High)"] {
            assert_eq!(stated_scale(text), Some((1.0, 5.0)), "{text}");
        }
        for text in ["1 to 5", "Scale", "Scale: low to high", "scaled back 3", "May (2019) to June (2024)"] {
            assert_eq!(stated_scale(text), None, "{text}");
        }
    }

    #[test]
    fn headers_with_weights_and_scales_in_them() {
        let read = |text: &str| {
            let parts = header_parts(text);
            (parts.title, parts.weight, parts.scale)
        };
        for text in [
            "Impact (x3)",
            "Impact (×3)",
            "Impact [x3]",
            "Impact x3",
            "Impact x 3",
            "Impact (weight: 3)",
            "Impact (w=3)",
        ] {
            assert_eq!(read(text), ("Impact".to_owned(), Some(3.0), None), "{text}");
        }
        assert_eq!(read("Harm (25%)"), ("Harm".to_owned(), Some(25.0), None));
        assert_eq!(read("Harm - 25%"), ("Harm".to_owned(), Some(25.0), None));
        assert_eq!(read("Harm (1-5) (x2)"), ("Harm".to_owned(), Some(2.0), Some((1.0, 5.0))));
        assert_eq!(read("Fear (out of 10)"), ("Fear".to_owned(), None, Some((0.0, 10.0))));
        for text in ["Harm", "Harm (recorded)", "Crimes (2024)", "Class A", "Category W", "Covid 19"] {
            assert_eq!(read(text), (text.to_owned(), None, None), "{text}");
        }
    }

    #[test]
    fn words_with_their_numbers() {
        assert_eq!(number_and_word("3 - High"), Some((3.0, "High".to_owned())));
        assert_eq!(number_and_word("High (3)"), Some((3.0, "High".to_owned())));
        for text in ["1-5", "High", "3", "2019-04-01", "a - b", "3 (4)", "-3"] {
            assert_eq!(number_and_word(text), None, "{text}");
        }
        let three = [("Low".to_owned(), 1.0), ("High".to_owned(), 3.0)];
        assert_eq!(legend("Key: 1 = Low, 3 = High"), three);
        assert_eq!(legend("1 = Low; soon"), []);
    }
}
