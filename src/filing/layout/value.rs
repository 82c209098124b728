//! A value, laid out in its line or lines.

use toml_parser::lexer::TokenKind;

use super::piece::Piece;

/// How far what stands in a bracket is set in, in blanks.
const FURTHER_IN: usize = 4;

/// What was written of a value so far.
struct LaidOut<'e> {
    text: String,
    /// What its last line ends with; none at the beginning of a line, and of the value.
    last: Option<TokenKind>,
    /// How many brackets are open.
    depth: usize,
    is_new_line: bool,
    end: &'e str,
}

/// A value with one way of spacing. Of one of several lines the blanks after commas stay, and may align columns.
pub(super) fn laid_out(pieces: &[Piece<'_>], is_long: bool, end: &str) -> String {
    let mut laid = LaidOut { text: String::new(), last: None, depth: 0, is_new_line: false, end };
    let mut blanks = 0;
    let mut empty_lines = 0;
    for piece in pieces {
        match piece.kind {
            TokenKind::Whitespace => {
                blanks = piece.text.len();
                continue;
            }
            TokenKind::Newline => {
                empty_lines = if laid.is_new_line { empty_lines + 1 } else { 0 };
                if empty_lines < 2 {
                    laid.text.push_str(laid.end);
                }
                (laid.is_new_line, laid.last) = (true, None);
            }
            kind => {
                laid.add(kind, piece.text, if is_long { blanks.max(1) } else { 1 });
                empty_lines = 0;
            }
        }
        blanks = 0;
    }
    laid.text
}

impl LaidOut<'_> {
    /// Adds a piece that is neither blank nor the end of a line; `kept` blanks may stand before it where people align.
    fn add(&mut self, kind: TokenKind, text: &str, kept: usize) {
        let closes = matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket);
        if closes {
            self.depth = self.depth.saturating_sub(1);
        }
        let blanks = match self.is_new_line {
            true => self.depth * FURTHER_IN,
            false => blanks_between(self.last, kind, kept),
        };
        self.text.push_str(&" ".repeat(blanks));
        self.text.push_str(if kind == TokenKind::Comment { text.trim_end() } else { text });
        if matches!(kind, TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) {
            self.depth += 1;
        }
        (self.last, self.is_new_line) = (Some(kind), false);
    }
}

/// How many blanks stand between two pieces of a line.
fn blanks_between(last: Option<TokenKind>, next: TokenKind, kept: usize) -> usize {
    use TokenKind::{
        Comma, Comment, Dot, Equals, LeftCurlyBracket, LeftSquareBracket, RightCurlyBracket, RightSquareBracket,
    };
    match (last, next) {
        (None | Some(Dot), _) | (_, Comma | Dot) | (Some(LeftCurlyBracket), RightCurlyBracket) => 0,
        (_, Comment) => kept,
        (Some(LeftSquareBracket), _) | (_, RightSquareBracket) => 0,
        (_, RightCurlyBracket | Equals) | (Some(LeftCurlyBracket | Equals), _) => 1,
        (Some(Comma), _) => kept,
        // A value has no other two pieces beside each other but a day and a time of day, which one blank parts.
        _ => 1,
    }
}
