//! Code word by word: whether two pieces of it say the same, what they name, and where each function stands. Comments
//! and layout are no words.

use std::collections::BTreeSet;
use std::ops::Range;

use rhai::Token;

use super::fence::fence;
use super::position::Characters;

/// Whether two pieces of code say the same, whatever their comments and layout.
pub fn says_the_same(code: &str, other: &str) -> bool {
    let words = |code: &str| {
        tokens(code, &Characters::of(code)).into_iter().map(|(token, _)| meaning(token)).collect::<Vec<_>>()
    };
    code == other || words(code) == words(other)
}

/// A word without the way in which its number is written: `1.50` is `1.5`.
fn meaning(token: Token) -> Token {
    match token {
        Token::FloatConstant(number) => Token::FloatConstant((number.0, "".into()).into()),
        Token::DecimalConstant(number) => Token::DecimalConstant((number.0.normalize(), "".into()).into()),
        other => other,
    }
}

/// The names in a piece of code: variables, functions, fields.
pub fn names_in(code: &str) -> BTreeSet<String> {
    let name = |(token, _): (Token, Range<usize>)| match token {
        Token::Identifier(name) => Some(name.to_string()),
        _ => None,
    };
    tokens(code, &Characters::of(code)).into_iter().filter_map(name).collect()
}

/// A function of a script file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFunction {
    /// Its name, which others of a file may share where they take another number of values.
    pub name: String,
    /// How many values it takes.
    pub takes: usize,
    /// Its text, from `fn` to the closing brace.
    pub code: String,
    /// Its first line in the file, from 1.
    pub line: usize,
}

/// The functions of a script file, in the order they stand there.
pub fn functions_of(text: &str) -> Vec<ScriptFunction> {
    let characters = Characters::of(text);
    let tokens = tokens(text, &characters);
    let mut functions = Vec::new();
    let mut at = 0;
    while let Some((token, range)) = tokens.get(at) {
        at += 1;
        if *token != Token::Fn {
            continue;
        }
        let rest = tokens.get(at..).unwrap_or_default();
        let Some((function, length)) = function(rest, range.start, &characters) else { break };
        functions.push(function);
        at += length;
    }
    functions
}

/// The function whose words behind `fn` these are, and how many of them are its own.
fn function(rest: &[(Token, Range<usize>)], start: usize, characters: &Characters) -> Option<(ScriptFunction, usize)> {
    let body = rest.iter().position(|(token, _)| *token == Token::LeftBrace)?;
    let mut names = rest.iter().take(body).filter_map(|(token, _)| match token {
        Token::Identifier(name) => Some(name.to_string()),
        _ => None,
    });
    let name = names.next()?;
    let mut open = 0_usize;
    for (number, (token, range)) in rest.iter().enumerate().skip(body) {
        match token {
            Token::LeftBrace | Token::MapStart => open += 1,
            Token::RightBrace => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            let code = characters.get(start..range.end)?.iter().collect();
            let function = ScriptFunction { name, takes: names.count(), code, line: characters.line(start) };
            return Some((function, number + 1));
        }
    }
    None
}

/// The words and signs of `code`, as the engine's own lexer knows them, with the characters that each takes.
pub(super) fn tokens(code: &str, characters: &Characters) -> Vec<(Token, Range<usize>)> {
    let Ok(engine) = fence() else { return Vec::new() };
    let texts = [code];
    let (stream, control) = engine.lex(&texts);
    let mut found: Vec<(Token, usize)> = Vec::new();
    // How many braces are open in each `${…}` that is being read: behind the last one the text goes on.
    let mut holes: Vec<usize> = Vec::new();
    for (token, position) in stream {
        match &token {
            Token::EOF | Token::LexError(_) => break,
            Token::InterpolatedString(_) => holes.push(0),
            Token::LeftBrace | Token::MapStart => holes.iter_mut().rev().take(1).for_each(|open| *open += 1),
            Token::RightBrace => {
                holes.iter_mut().rev().take(1).for_each(|open| *open = open.saturating_sub(1));
                if holes.last() == Some(&0) {
                    holes.pop();
                    control.borrow_mut().is_within_text = true;
                }
            }
            _ => {}
        }
        found.extend(characters.at(position).map(|at| (token, at)));
    }
    found.into_iter().map(|(token, at)| (token.clone(), at..at + length(&token, characters, at))).collect()
}

/// How many characters a token takes. A text is known by its first alone: nothing in it is changed.
fn length(token: &Token, characters: &[char], at: usize) -> usize {
    let rest = characters.get(at..).unwrap_or_default();
    // The sign of a number is part of it.
    let sign = rest.iter().take_while(|letter| matches!(letter, '-' | '+' | ' ')).count();
    let word = |also: char| {
        let digits = rest.iter().skip(sign);
        sign + digits.take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_') || **letter == also).count()
    };
    match token {
        Token::IntegerConstant(_) | Token::Identifier(_) => word('_'),
        Token::FloatConstant(_) | Token::DecimalConstant(_) => word('.'),
        Token::StringConstant(_) | Token::InterpolatedString(_) | Token::CharConstant(_) => 1,
        // The engine knows no text of it.
        Token::Reserved(word) => word.chars().count().max(1),
        known if known.is_literal() => known.literal_syntax().chars().count(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_layout_are_no_words() {
        assert!(says_the_same("a + 1.50 // more", "a+1.5"));
        assert!(says_the_same("`x ${a  +b} y`", "`x ${a + b} y`"));
        assert!(!says_the_same("`x ${a + b} y`", "`x ${a + b}  y`"));
        assert!(!says_the_same("a + b", "a - b"));
        assert_eq!(names_in("f(a.b) + `${c}` // d"), ["a", "b", "c", "f"].map(str::to_owned).into());
    }

    #[test]
    fn reserved_words_are_words() {
        assert!(says_the_same("spawn( x )", "spawn(x)"));
        assert!(!says_the_same("spawn(x)", "thread(x)"));
        assert_eq!(names_in("fn f(x) { spawn(x); y }"), ["f", "x", "y"].map(str::to_owned).into());
        // The engine reads on to the first word that is taken away.
        assert_eq!(names_in("fn f(x) { type_of(x) }"), ["f", "x"].map(str::to_owned).into());
    }

    #[test]
    fn functions_are_found_whole() {
        let text =
            "// One.\nfn one() { #{a: 1}.a }\n\n/* fn no() {} */\nprivate fn two(x, y) {\n    `${x} }` + y // }\n}\n";
        let found = functions_of(text);
        let told: Vec<_> = found.iter().map(|it| (&*it.name, it.takes, it.line, &*it.code)).collect();
        assert_eq!(
            told,
            [("one", 0, 2, "fn one() { #{a: 1}.a }"), ("two", 2, 5, "fn two(x, y) {\n    `${x} }` + y // }\n}"),]
        );
    }
}
