//! A TOML file taken apart into what stands in a line, or in the lines of one value.

use std::iter::Peekable;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::piece::Piece;
use super::value::laid_out;

/// What stands in a line.
#[derive(Debug)]
pub(super) enum Statement {
    /// Nothing.
    Blank,
    /// A comment alone.
    Comment(String),
    /// The head of a table, with a comment behind it where there is one.
    Header(String),
    /// A key with its value.
    Key(KeyLine),
}

/// A key with its value, laid out.
#[derive(Debug)]
pub(super) struct KeyLine {
    pub(super) name: String,
    pub(super) value: String,
    /// The comment behind it, with the blanks before that; empty where there is none.
    pub(super) comment: String,
}

/// The statements of a text that is TOML; lines of values end in `end`.
pub(super) fn statements(text: &str, end: &str) -> Vec<Statement> {
    let source = Source::new(text);
    let piece = |token: toml_parser::lexer::Token| {
        let span = token.span();
        Piece { kind: token.kind(), text: text.get(span.start()..span.end()).unwrap_or_default() }
    };
    let mut pieces = source.lex().map(piece).filter(|piece| piece.kind != TokenKind::Eof).peekable();
    let mut found = Vec::new();
    while let Some(first) = pieces.peek().copied() {
        match first.kind {
            TokenKind::Whitespace => drop(pieces.next()),
            TokenKind::Newline => {
                pieces.next();
                found.push(Statement::Blank);
            }
            TokenKind::Comment => {
                let comment = comment(&mut pieces);
                found.push(Statement::Comment(comment.trim_start().to_owned()));
            }
            TokenKind::LeftSquareBracket => {
                let head = joined(&mut pieces, |kind| matches!(kind, TokenKind::Comment | TokenKind::Newline));
                found.push(Statement::Header(format!("{head}{}", comment(&mut pieces))));
            }
            _ => found.push(Statement::Key(key_line(&mut pieces, end))),
        }
    }
    found
}

/// The pieces up to one that ends them, without blanks.
fn joined<'t>(pieces: &mut Peekable<impl Iterator<Item = Piece<'t>>>, ends: impl Fn(TokenKind) -> bool) -> String {
    let mut text = String::new();
    while let Some(piece) = pieces.next_if(|piece| !ends(piece.kind)) {
        if piece.kind != TokenKind::Whitespace {
            text.push_str(piece.text);
        }
    }
    text
}

/// What is left of a line: the comment behind what stands there, with a blank before it, and the end of the line, which goes.
fn comment<'t>(pieces: &mut Peekable<impl Iterator<Item = Piece<'t>>>) -> String {
    let mut text = String::new();
    for piece in pieces.by_ref() {
        match piece.kind {
            TokenKind::Newline => break,
            TokenKind::Comment => text = format!(" {}", piece.text.trim_end()),
            _ => {}
        }
    }
    text
}

fn key_line<'t>(pieces: &mut Peekable<impl Iterator<Item = Piece<'t>>>, end: &str) -> KeyLine {
    let name = joined(pieces, |kind| matches!(kind, TokenKind::Equals | TokenKind::Newline));
    pieces.next_if(|piece| piece.kind == TokenKind::Equals);
    let mut depth = 0_usize;
    let mut value: Vec<Piece<'_>> = Vec::new();
    while let Some(piece) =
        pieces.next_if(|piece| depth > 0 || !matches!(piece.kind, TokenKind::Comment | TokenKind::Newline))
    {
        match piece.kind {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        value.push(piece);
    }
    // Blanks before a comment that somebody aligned stay.
    let before = match value.last() {
        Some(blanks) if blanks.kind == TokenKind::Whitespace && !blanks.text.contains('\t') => blanks.text.len(),
        _ => 1,
    };
    let comment = comment(pieces);
    let comment = if comment.is_empty() { comment } else { format!("{}{}", " ".repeat(before), comment.trim_start()) };
    let is_long = value.iter().any(|piece| piece.text.contains('\n'));
    KeyLine { name, value: laid_out(&value, is_long, end), comment }
}
