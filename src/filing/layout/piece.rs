//! The pieces of a TOML file.

use toml_parser::lexer::TokenKind;

/// A piece of the file as the parser tells them apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'t> {
    pub(super) kind: TokenKind,
    pub(super) text: &'t str,
}
