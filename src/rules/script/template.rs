//! Sentences with expressions in them.

use std::sync::Arc;

use super::expression::Expression;
use super::limits::MAX_TEXT;
use crate::diagnostic::{Code, Problem, SourceFile};
use crate::toml_file::At;

/// A sentence with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Words and expressions in the order they are read; no words are empty.
    pub parts: Vec<TemplatePart>,
}

/// Words or an expression of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Words, with `{{` and `}}` read as braces.
    Words(String),
    /// An expression whose answer stands here.
    Hole(Expression),
}

impl Template {
    /// The sentence that stands at `text` in `source`; `{…}` holds an expression, `{{` and `}}` are braces.
    ///
    /// # Errors
    /// A problem where a brace has no partner, or it is far too long.
    pub fn new(source: &Arc<SourceFile>, text: &At<String>) -> Result<Self, Problem> {
        let whole = Expression::new(source, text);
        if text.value.len() > MAX_TEXT {
            let message = format!("this sentence has {} bytes, and {MAX_TEXT} is the most", text.value.len());
            return Err(Problem::new(Code::ScriptLimit, message).at(whole.place()).help("shorten it"));
        }
        let characters: Vec<char> = whole.code.chars().collect();
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut at = 0;
        while let Some(letter) = characters.get(at) {
            let doubled = characters.get(at + 1) == Some(letter);
            match letter {
                '{' | '}' if doubled => {
                    words.push(*letter);
                    at += 2;
                }
                '{' => {
                    let end = hole_end(&characters, at + 1).ok_or_else(|| {
                        Problem::new(Code::ScriptSyntax, "this `{` has no `}`")
                            .at(whole.part(at..at + 1).place())
                            .help("close it with `}`, or write `{{` for a brace")
                    })?;
                    parts.push(TemplatePart::Words(std::mem::take(&mut words)));
                    parts.push(TemplatePart::Hole(whole.part(at + 1..end)));
                    at = end + 1;
                }
                '}' => {
                    return Err(Problem::new(Code::ScriptSyntax, "this `}` has no `{`")
                        .at(whole.part(at..at + 1).place())
                        .help("open it with `{`, or write `}}` for a brace"));
                }
                other => {
                    words.push(*other);
                    at += 1;
                }
            }
        }
        parts.push(TemplatePart::Words(words));
        parts.retain(|part| !matches!(part, TemplatePart::Words(words) if words.is_empty()));
        Ok(Self { parts })
    }

    /// The expressions in it.
    pub fn holes(&self) -> impl Iterator<Item = &Expression> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Hole(expression) => Some(expression),
            TemplatePart::Words(_) => None,
        })
    }

    /// The same, to be checked.
    pub fn holes_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        self.parts.iter_mut().filter_map(|part| match part {
            TemplatePart::Hole(expression) => Some(expression),
            TemplatePart::Words(_) => None,
        })
    }
}

/// Where the hole that starts at `from` ends: the brace that closes it, outside text in quotes.
fn hole_end(characters: &[char], from: usize) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    for (at, letter) in characters.iter().enumerate().skip(from) {
        match letter {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return Some(at),
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_words_and_holes() {
        let source = Arc::new(SourceFile::new("r.toml", "'{a} of {{b}} {if x { \"}\" }}.'"));
        let span = 0..source.text.len();
        let text = At { value: source.text.trim_matches('\'').to_owned(), span };
        let template = Template::new(&source, &text).unwrap();
        let shown: Vec<String> = template
            .parts
            .iter()
            .map(|part| match part {
                TemplatePart::Words(words) => words.clone(),
                TemplatePart::Hole(hole) => format!("<{}@{}>", hole.code, hole.place().span.start),
            })
            .collect();
        assert_eq!(shown, ["<a@2>", " of {b} ", "<if x { \"}\" }@15>", "."]);
    }
}
