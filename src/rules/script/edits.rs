//! Small changes of code, one at a time: another number, another comparison, another sign. For asking whether tests
//! notice them; what comes out need not compile.

use std::ops::Range;

use rhai::Token;

use super::position::Characters;
use super::tokens::tokens;
use crate::rules::nudged;

/// How many words or signs on either side of a change are shown with it.
const AROUND: usize = 2;

/// One change of code, in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The characters that are replaced.
    pub range: Range<usize>,
    /// What stands there instead; empty where a sign is taken out.
    pub to: String,
    /// What stands round it on the same line, the replaced part included.
    pub around: Range<usize>,
}

/// Every small change of `code`, in the order they stand there.
pub fn edits(code: &str) -> Vec<Edit> {
    let characters = Characters::of(code);
    let tokens = tokens(code, &characters);
    let mut edits = Vec::new();
    for (number, (token, range)) in tokens.iter().enumerate() {
        let Some(to) = other(token, &characters, range) else { continue };
        let near = |other: usize| tokens.get(other).map(|(_, range)| range.clone());
        let same_line = |other: &Range<usize>| characters.line(other.start) == characters.line(range.start);
        let first = (number.saturating_sub(AROUND)..number).filter_map(near).find(same_line);
        let last = (number + 1..=number + AROUND).rev().filter_map(near).find(same_line);
        let around = first.map_or(range.start, |it| it.start)..last.map_or(range.end, |it| it.end);
        edits.push(Edit { range: range.clone(), to, around });
    }
    edits
}

/// What takes a token's place, if anything does.
fn other(token: &Token, characters: &[char], range: &Range<usize>) -> Option<String> {
    let to = match token {
        Token::EqualsTo => "!=",
        Token::NotEqualsTo => "==",
        Token::LessThan => "<=",
        Token::LessThanEqualsTo => "<",
        Token::GreaterThan => ">=",
        Token::GreaterThanEqualsTo => ">",
        Token::And => "||",
        Token::Or => "&&",
        Token::True => "false",
        Token::False => "true",
        Token::Plus => "-",
        Token::Minus => "+",
        Token::Multiply | Token::PowerOf => "/",
        Token::Divide | Token::Modulo => "*",
        Token::PlusAssign => "-=",
        Token::MinusAssign => "+=",
        Token::UnaryMinus | Token::Bang => "",
        Token::Identifier(name) if **name == "min" => "max",
        Token::Identifier(name) if **name == "max" => "min",
        Token::IntegerConstant(number) => return Some(number.checked_add(1)?.to_string()),
        Token::FloatConstant(_) | Token::DecimalConstant(_) => {
            let text: String =
                characters.get(range.clone())?.iter().filter(|letter| !matches!(letter, '_' | ' ')).collect();
            return nudged(text.parse().ok()?).map(|number| format!("{number:?}"));
        }
        _ => return None,
    };
    Some(to.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(code: &str) -> Vec<String> {
        let characters: Vec<char> = code.chars().collect();
        let text = |range: Range<usize>| characters[range].iter().collect::<String>();
        let one =
            |edit: Edit| format!("{}{}{}", text(0..edit.range.start), edit.to, text(edit.range.end..characters.len()));
        edits(code).into_iter().map(one).collect()
    }

    #[test]
    fn each_sign_and_number_is_changed_once() {
        assert_eq!(changed("a >= 1.0 && b"), ["a > 1.0 && b", "a >= 1.1 && b", "a >= 1.0 || b"]);
        assert_eq!(
            changed("min(x, -2) * 0.0"),
            ["max(x, -2) * 0.0", "min(x, -1) * 0.0", "min(x, -2) / 0.0", "min(x, -2) * 0.1"]
        );
        assert_eq!(changed("-a + -1.5"), ["a + -1.5", "-a - -1.5", "-a + -1.65"]);
        assert_eq!(changed("a != () || !b"), ["a == () || !b", "a != () && !b", "a != () || b"]);
    }

    #[test]
    fn words_are_left_alone_and_what_stands_between_them_is_not() {
        assert_eq!(
            changed("`1 > 2 ${a > b} < ${#{c: 3}.c} 4 > 5`; d < e"),
            [
                "`1 > 2 ${a >= b} < ${#{c: 3}.c} 4 > 5`; d < e",
                "`1 > 2 ${a > b} < ${#{c: 4}.c} 4 > 5`; d < e",
                "`1 > 2 ${a > b} < ${#{c: 3}.c} 4 > 5`; d <= e",
            ]
        );
        assert_eq!(changed("\"1 > 2\" // 3 > 4"), [""; 0]);
    }
}
