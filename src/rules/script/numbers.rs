//! The numbers that stand in code, and where.

use std::ops::Range;

use rhai::Token;

use super::position::Characters;
use super::tokens::tokens;

/// Every number in `code` with the bytes that it takes, in the order they stand there. A sign is not part of it.
pub fn numbers(code: &str) -> Vec<(f64, Range<usize>)> {
    let characters = Characters::of(code);
    let bytes: Vec<usize> = code.char_indices().map(|(at, _)| at).chain([code.len()]).collect();
    let byte = |character: usize| bytes.get(character).copied().unwrap_or(code.len());
    let number = |(token, range): (Token, Range<usize>)| {
        if !matches!(token, Token::IntegerConstant(_) | Token::FloatConstant(_) | Token::DecimalConstant(_)) {
            return None;
        }
        let signs = characters.get(range.clone())?.iter().take_while(|letter| !letter.is_ascii_digit()).count();
        let span = byte(range.start + signs)..byte(range.end);
        let digits = code.get(span.clone())?.replace('_', "");
        digits.parse().ok().map(|number| (number, span))
    };
    tokens(code, &characters).into_iter().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_outside_words() {
        let code = "// 7\nlet x = 0.40 - -1_200; `9 ${x * 3} 8`";
        let found: Vec<(f64, &str)> =
            numbers(code).into_iter().map(|(number, at)| (number, code.get(at).unwrap())).collect();
        assert_eq!(found, [(0.4, "0.40"), (1200.0, "1_200"), (3.0, "3")]);
    }
}
