//! Which way words say that a figure went.

use crate::assessment::plan::Direction;

/// Words that say it by themselves.
const FELL: [&str; 5] = ["fell", "fallen", "decreased", "declined", "dropped"];
const ROSE: [&str; 5] = ["rose", "risen", "increased", "grew", "grown"];
/// Words that say it beside a number, or before one of [`HOW_FAR`]: a reduction may be in the name of a team.
const FALL: [&str; 8] = ["fall", "reduction", "reduced", "decrease", "decline", "drop", "down", "cut"];
const RISE: [&str; 4] = ["rise", "increase", "growth", "up"];
const HOW_FAR: [&str; 5] = ["by", "of", "in", "from", "to"];
/// Words that turn the others round, or say that something did not happen.
const NOT: [&str; 7] = ["not", "no", "never", "without", "neither", "nor", "hardly"];

/// The direction that the words name: none where they name both or neither, or anything in them is denied.
pub(super) fn direction(text: &str) -> Option<Direction> {
    let text = text.to_lowercase().replace('’', "'");
    // `drop-in` is one word, and not `drop`.
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !['\'', '-'].contains(&letter));
    let words: Vec<&str> = words.map(|word| word.trim_matches('-')).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| NOT.contains(word) || word.ends_with("n't")) {
        return None;
    }
    let is_number = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(|one: char| one.is_ascii_digit()));
    let is_said = |alone: &[&str], beside: &[&str]| {
        words.iter().enumerate().any(|(at, word)| {
            let (before, after) = (at.checked_sub(1).and_then(|before| words.get(before)), words.get(at + 1));
            let is_beside = || is_number(before) || is_number(after) || after.is_some_and(|it| HOW_FAR.contains(it));
            alone.contains(word) || (beside.contains(word) && is_beside())
        })
    };
    match (is_said(&FELL, &FALL), is_said(&ROSE, &RISE)) {
        (true, false) => Some(Direction::Fall),
        (false, true) => Some(Direction::Rise),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_rose_or_fell_are_told_from_others() {
        use Direction::{Fall, Rise};
        for (text, said) in [
            ("Achieved. 26% reduction in incidents.", Some(Fall)),
            ("Total number of reports rose 2.2%", Some(Rise)),
            ("down 11%", Some(Fall)),
            ("up by a tenth", Some(Rise)),
            ("a fall of 26", Some(Fall)),
            ("did not fall by 5%", None),
            ("hasn’t risen", None),
            ("no reduction of 5%", None),
            ("a rise of 3 in May, a fall of 4 in June", None),
            ("the burglary reduction team saw 5%", None),
            ("a drop-in centre for 40 people", None),
            ("the lowest for many years", None),
            ("2.2%", None),
            ("", None),
        ] {
            assert_eq!(direction(text), said, "{text}");
        }
    }
}
