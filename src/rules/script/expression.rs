//! Expressions and scripts: where each character of them stands in its file, and what evidence they read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Engine, Position};

use super::MAX_TEXT;
use crate::diagnostic::{Code, Place, Problem, Source, did_you_mean, nearest};
use crate::rules::Amount;
use crate::toml_file::At;

/// An expression of a rule file. Plain data: each thread compiles its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The code.
    pub code: String,
    /// The evidence and other variables that it reads.
    pub reads: Vec<String>,
    /// The parameters that it reads, each with its value.
    pub parameters: Vec<(String, Amount)>,
    source: Arc<Source>,
    /// For each character of the code where it stands in the file, and where the code ends.
    offsets: Arc<[usize]>,
}

/// A sentence with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// What an expression answers.
    Hole(Expression),
}

/// A file of functions.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The file.
    pub source: Arc<Source>,
    /// The functions in it, by name, with the numbers of values that they take.
    pub functions: BTreeMap<String, BTreeSet<usize>>,
}

/// All functions that a rule set's expressions can call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// The files, in the order the rule set names them.
    pub scripts: Vec<Script>,
    /// Whether every file that the rule set names could be read: only then a function that is not there is unknown.
    pub complete: bool,
}

/// The variables that an expression may read.
#[derive(Debug, Clone)]
pub struct Variables<'a> {
    pub(super) names: Vec<&'a str>,
    evidence: bool,
    pub(super) parameters: Vec<(&'a str, &'a Amount)>,
}

impl<'a> Variables<'a> {
    /// These names.
    pub fn of(names: &[&'a str]) -> Self {
        Self { names: names.to_vec(), evidence: false, parameters: Vec::new() }
    }

    /// The evidence that the rule set declares.
    pub fn evidence(names: &[&'a str]) -> Self {
        Self { names: names.to_vec(), evidence: true, parameters: Vec::new() }
    }

    /// These and more.
    #[must_use]
    pub fn and(mut self, more: &[&'a str]) -> Self {
        self.names.extend(more);
        self
    }

    /// These and parameters, which have the same value throughout.
    #[must_use]
    pub fn with(mut self, parameters: impl IntoIterator<Item = (&'a str, &'a Amount)>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied().chain(self.parameters.iter().map(|(name, _)| *name))
    }

    /// What to say of a name that is not among them.
    pub(super) fn unknown(&self, name: &str) -> (Code, String, String) {
        let help = did_you_mean(name, self.all());
        if self.evidence {
            let message = format!("the rule set declares no evidence `{name}`");
            let declare = format!("declare it under `[evidence.{name}]`");
            let help = match nearest(name, self.all()) {
                Some(_) => format!("{help} If not, {declare}"),
                None => format!("{declare}; {help}"),
            };
            return (Code::UndeclaredEvidence, message, help);
        }
        (Code::ScriptUnknownName, format!("there is no variable `{name}`"), help)
    }
}

impl Expression {
    /// The expression that stands at `text` in `source`.
    pub fn new(source: &Arc<Source>, text: &At<String>) -> Self {
        let raw = source.text.get(text.span.clone()).unwrap_or_default();
        let offsets = offsets_of(raw, &text.value, text.span.start);
        Self {
            code: text.value.clone(),
            reads: Vec::new(),
            parameters: Vec::new(),
            source: Arc::clone(source),
            offsets: offsets.into(),
        }
    }

    /// The characters in `range` of this expression as an expression of their own.
    fn part(&self, range: Range<usize>) -> Self {
        let code = self.code.chars().skip(range.start).take(range.len()).collect();
        let offsets = self.offsets.get(range.start..=range.end).unwrap_or_default();
        Self {
            code,
            reads: Vec::new(),
            parameters: Vec::new(),
            source: Arc::clone(&self.source),
            offsets: offsets.into(),
        }
    }

    /// The number of a parameter that it reads; none where it is a table or not read.
    pub fn number(&self, parameter: &str) -> Option<f64> {
        self.parameters.iter().find_map(|(name, value)| match value {
            Amount::Number(number) if name == parameter => Some(*number),
            _ => None,
        })
    }

    /// The whole expression's place.
    pub fn place(&self) -> Place {
        let start = self.offsets.first().copied().unwrap_or_default();
        Place::new(&self.source, start..self.offsets.last().copied().unwrap_or(start))
    }

    /// The place of some characters of the code.
    pub fn place_of(&self, characters: Range<usize>) -> Place {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or_default();
        Place::new(&self.source, at(characters.start)..at(characters.end))
    }

    /// The place of a position within the code, as long as the word that stands there.
    pub(super) fn place_at(&self, position: Position) -> Place {
        let characters: Vec<char> = self.code.chars().collect();
        match word_at(&characters, position) {
            Some(word) => self.place_of(word),
            None => self.place(),
        }
    }
}

impl Template {
    /// The sentence that stands at `text` in `source`; `{…}` holds an expression, `{{` and `}}` are braces.
    ///
    /// # Errors
    /// A problem where a brace has no partner, or it is far too long.
    pub fn new(source: &Arc<Source>, text: &At<String>) -> Result<Self, Problem> {
        let whole = Expression::new(source, text);
        if text.value.len() > MAX_TEXT {
            let message = format!("this sentence has {} bytes, and {MAX_TEXT} is the most", text.value.len());
            return Err(Problem::new(Code::ScriptLimit, message).at(whole.place()).help("shorten it"));
        }
        let characters: Vec<char> = whole.code.chars().collect();
        let mut pieces = Vec::new();
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
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                    pieces.push(Piece::Hole(whole.part(at + 1..end)));
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
        pieces.push(Piece::Words(words));
        pieces.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
        Ok(Self { pieces })
    }

    /// The expressions in it.
    pub fn holes_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Hole(expression) => Some(expression),
            Piece::Words(_) => None,
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

impl Script {
    /// The function that a byte of the file stands in: the last one that begins before it.
    pub fn function_at(&self, at: usize) -> &str {
        let before = self.source.text.get(..at).unwrap_or_default();
        let named = |start: usize| before.get(start + 3..)?.split('(').next().map(str::trim);
        let names = before.rmatch_indices("fn ").filter_map(|(start, _)| named(start));
        names.into_iter().find(|name| self.functions.contains_key(*name)).unwrap_or_default()
    }

    /// The place of a function's name, with the `fn` before it.
    pub fn place_of(&self, function: &str) -> Place {
        let at = self.source.text.find(&format!("fn {function}")).unwrap_or_default();
        Place::new(&self.source, at..at + 3 + function.len())
    }

    /// The place of a position in the file, as long as the word that stands there.
    pub(super) fn place_at(&self, position: Position) -> Place {
        let characters: Vec<char> = self.source.text.chars().collect();
        let bytes_before = |index: usize| characters.iter().take(index).map(|letter| letter.len_utf8()).sum::<usize>();
        match word_at(&characters, position) {
            Some(word) => Place::new(&self.source, bytes_before(word.start)..bytes_before(word.end)),
            None => Place::new(&self.source, 0..0),
        }
    }
}

impl Library {
    /// The file that defines a function.
    pub fn script_of(&self, function: &str) -> Option<&Script> {
        self.scripts.iter().find(|script| script.functions.contains_key(function))
    }

    /// The functions as one tree.
    pub(super) fn compile(&self, engine: &Engine) -> AST {
        self.scripts
            .iter()
            .filter_map(|script| engine.compile(&script.source.text).ok())
            .fold(AST::empty(), |all, one| all.merge(&one))
    }
}

/// The range of characters of the word at a position; a single character where there is no word.
fn word_at(characters: &[char], position: Position) -> Option<Range<usize>> {
    let (line, column) = (position.line()?, position.position().unwrap_or(1));
    let mut start = 0;
    for _ in 1..line {
        start += characters.get(start..)?.iter().position(|letter| *letter == '\n')? + 1;
    }
    let start = (start + column - 1).min(characters.len());
    let in_word = |letter: &&char| letter.is_alphanumeric() || **letter == '_';
    let length = characters.get(start..)?.iter().take_while(in_word).count().max(1);
    Some(start..(start + length).min(characters.len()))
}

/// For each character of a TOML string's value where it stands in the file, and where the value ends. `raw` is the
/// string with its quotes, which begins at byte `base` of the file.
fn offsets_of(raw: &str, value: &str, base: usize) -> Vec<usize> {
    let triple = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    let basic = raw.starts_with('"');
    let quotes = if triple { 3 } else { 1 };
    let mut rest = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or_default();
    let mut at = base + quotes;
    if triple {
        let trimmed = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        at += rest.len() - trimmed.len();
        rest = trimmed;
    }
    let mut offsets = Vec::new();
    for wanted in value.chars() {
        let (skipped, length) = next_character(rest, basic, triple, wanted);
        offsets.push(at + skipped);
        at += skipped + length;
        rest = rest.get(skipped + length..).unwrap_or_default();
    }
    offsets.push(at);
    offsets
}

/// How many bytes of a TOML string to skip before the next character of its value, and how many that one takes.
fn next_character(rest: &str, basic: bool, triple: bool, wanted: char) -> (usize, usize) {
    let mut skipped = 0;
    let mut left = rest;
    // A backslash at the end of a line joins it to the next one.
    while basic
        && triple
        && left.starts_with('\\')
        && left.get(1..).is_some_and(|after| after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
    {
        let after = left.get(1..).unwrap_or_default().trim_start();
        skipped += left.len() - after.len();
        left = after;
    }
    let length = match (basic, left.as_bytes()) {
        (true, [b'\\', b'u', ..]) => 6,
        (true, [b'\\', b'U', ..]) => 10,
        (true, [b'\\', b'x', ..]) => 4,
        (true, [b'\\', _, ..]) => 2,
        (_, [b'\r', b'\n', ..]) if wanted == '\n' => 2,
        _ => left.chars().next().map_or(0, char::len_utf8),
    };
    (skipped, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_behind_escapes() {
        for (raw, value, character, offset) in [
            ("'a + b'", "a + b", 4, 5),
            (r#""\"x\" + b""#, "\"x\" + b", 6, 9),
            (r#""\u0041b""#, "Ab", 1, 7),
            ("\"\"\"\na +\\\n   b\"\"\"", "a +b", 3, 12),
            ("'''\r\na\r\nb'''", "a\nb", 2, 8),
            ("'£b'", "£b", 1, 3),
        ] {
            let offsets = offsets_of(raw, value, 0);
            assert_eq!(offsets.len(), value.chars().count() + 1, "{raw}");
            assert_eq!(offsets.get(character), Some(&offset), "{raw}");
        }
    }

    #[test]
    fn sentences_have_words_and_holes() {
        let source = Arc::new(Source { name: "r.toml".into(), text: "'{a} of {{b}} {if x { \"}\" }}.'".into() });
        let span = 0..source.text.len();
        let text = At { value: source.text.trim_matches('\'').to_owned(), span };
        let template = Template::new(&source, &text).unwrap();
        let shown: Vec<String> = template
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Hole(hole) => format!("<{}@{}>", hole.code, hole.place().span.start),
            })
            .collect();
        assert_eq!(shown, ["<a@2>", " of {b} ", "<if x { \"}\" }@15>", "."]);
    }
}
