//! TOML into the types of a format, with every problem of the file found in one run.
//!
//! Serde stops at the first problem. So each problem is noted, the key that caused it is taken out of the parsed
//! tree, and reading starts again: what is left is judged as if the bad key had not been there.

mod check;
mod edit;
mod splice;
mod texts;
mod version;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, de};

use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean, nearest};
use crate::words::{means_none, typed_number};

pub use check::{Checker, duplicate, is_id, look_alike, not_an_id};
pub use edit::{Edit, Step, edited, has_number};
pub use splice::{Splice, end_of_line, spliced, start_of_line};
pub use version::{FORMAT, FORMAT_KEY, judge_format, newer_format};

/// The most problems reported of the shape of one file.
const MAX_PROBLEMS: usize = 100;
/// What the key of a date begins with, where it is read as if it were a table.
const DATE_AS_TABLE: &str = "$__toml_private";
/// How much of one file is read again to find more problems, in bytes; of a large file fewer are told.
const MAX_REREAD_BYTES: usize = 32 << 20;
/// The most problems reported where a file is no TOML at all.
const MAX_SYNTAX_PROBLEMS: usize = 10;

/// A value with the stretch of the file that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At<T> {
    /// What is written there.
    pub value: T,
    /// Where it stands, in bytes of the file.
    pub span: Range<usize>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        Ok(Self { span: spanned.span(), value: spanned.into_inner() })
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A number, whole or not. What it may be is judged where its meaning is known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WrittenNumber(pub f64);

impl<'de> Deserialize<'de> for WrittenNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = WrittenNumber;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i64<E>(self, value: i64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_u64<E>(self, value: u64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i128<E>(self, value: i128) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_u128<E>(self, value: u128) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber(value))
    }
}

impl JsonSchema for WrittenNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// A file that was read, as far as it could be.
#[derive(Debug)]
pub struct Parsed<T> {
    /// The file's keys, without those that had to be left out.
    pub file: T,
    /// The same as a plain tree, for its digest.
    pub content: toml::Table,
    /// What had to be left out.
    pub lost: LostKeys,
}

/// What had to be left out of a file for its shape: what is missing there is no further problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LostKeys {
    /// The tables that lost a key.
    tables: Vec<Range<usize>>,
    /// Whether a whole table was lost, so that what names it can't be judged.
    pub has_lost_table: bool,
}

impl LostKeys {
    /// Whether the table at `span` lost a key.
    pub fn has_lost_from(&self, span: &Range<usize>) -> bool {
        self.tables.contains(span)
    }
}

/// `source` as a `T`; the problems of its shape go to `problems`. What could be read is returned even so, that the
/// rest of it can be judged in the same run.
pub fn parse<T: DeserializeOwned>(source: &Arc<SourceFile>, problems: &mut Problems) -> Option<Parsed<T>> {
    let (mut document, errors) = DeTable::parse_recoverable(&source.text);
    if !errors.is_empty() {
        for problem in syntax_problems(source, &errors) {
            problems.push(problem);
        }
        return None;
    }
    texts::judge(document.get_ref(), source, problems);
    let mut removed: Vec<RemovedKey> = Vec::new();
    let root = document.span();
    // Each problem takes another reading of the whole file.
    let most = (MAX_REREAD_BYTES / source.text.len().max(1)).clamp(3, MAX_PROBLEMS);
    for _ in 0..most {
        let error = match T::deserialize(de::Deserializer::from(document.clone())) {
            Ok(file) => {
                let content = toml::Table::deserialize(de::Deserializer::from(document)).unwrap_or_default();
                return Some(Parsed { file, content, lost: LostKeys::from_removed(&removed, &root) });
            }
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let message = error.message();
        if !follows_from(&removed, message, &span) {
            problems.push(shape_problem(source, message, span.clone()));
        }
        let mut gone = take_out(document.get_mut(), &root, &span)?;
        gone.meant = likely_key(message);
        removed.push(gone);
    }
    None
}

/// The key that was probably meant by the one that a message calls unknown.
fn likely_key(message: &str) -> Option<String> {
    let names = ticked(message);
    let (written, known) = names.split_first()?;
    nearest(written, known.iter().copied()).map(str::to_owned)
}

impl LostKeys {
    fn from_removed(removed: &[RemovedKey], root: &Range<usize>) -> Self {
        // An element of a list, or a table or list of the file as a whole.
        let whole = removed.iter().any(|gone| gone.key.is_empty() || gone.table == *root);
        Self { tables: removed.iter().map(|gone| gone.table.clone()).collect(), has_lost_table: whole }
    }
}

/// A key that was taken out of the tree.
struct RemovedKey {
    /// Where the table that held it stands.
    table: Range<usize>,
    key: String,
    /// The key that was probably meant.
    meant: Option<String>,
}

/// Whether this message only says that something is missing which an earlier problem took away.
fn follows_from(removed: &[RemovedKey], message: &str, span: &Range<usize>) -> bool {
    let in_this_table = |gone: &&RemovedKey| gone.table == *span;
    if message.starts_with("missing field") {
        let name = between_ticks(message);
        let mut here = removed.iter().filter(in_this_table);
        return here.any(|gone| name == Some(&*gone.key) || (name.is_some() && name == gone.meant.as_deref()));
    }
    if message.starts_with("invalid length 0") && !removed.is_empty() {
        return true;
    }
    message.starts_with("wanted exactly 1 element, found 0") && removed.iter().any(|gone| in_this_table(&gone))
}

/// The parser's messages, without those that only follow from an earlier one: of what is not closed, and of a key that
/// stands twice, the first says it all; of a line, its first.
fn syntax_problems(source: &Arc<SourceFile>, errors: &[de::Error]) -> Vec<Problem> {
    let alone = |words: &str| errors.iter().find(|error| error.message().starts_with(words));
    if let Some(error) = alone("unclosed array").or_else(|| alone("unclosed inline table")) {
        return vec![unclosed(source, errors).unwrap_or_else(|| syntax_problem(source, error))];
    }
    let mut problems: Vec<Problem> = Vec::new();
    let mut lines = BTreeSet::new();
    // Looked up, not counted for each error: a file can have as many errors as bytes.
    let starts: Vec<usize> = source.text.match_indices('\n').map(|(at, _)| at).collect();
    for error in errors {
        let line = starts.partition_point(|start| *start < error.span().map_or(0, |span| span.start));
        let twice = error.message().starts_with("duplicate key");
        let told = twice && problems.iter().any(|problem| problem.code == Code::DuplicateId);
        if lines.insert(line) && !told {
            problems.push(syntax_problem(source, error));
        }
        if problems.len() == MAX_SYNTAX_PROBLEMS {
            break;
        }
    }
    problems
}

/// A list or table that is not closed, at the bracket that opens it: the last one before anything went wrong.
fn unclosed(source: &Arc<SourceFile>, errors: &[de::Error]) -> Option<Problem> {
    let first = errors.iter().filter_map(de::Error::span).map(|span| span.start).min()?;
    let before = source.text.get(..first)?;
    let after_key = |at: usize| before.get(..at).is_some_and(|left| left.trim_end_matches(' ').ends_with('='));
    let mut opened = before.rmatch_indices(['[', '{']).filter(|(at, _)| after_key(*at));
    let (at, bracket) = opened.next()?;
    let close = if bracket == "[" { "]" } else { "}" };
    let problem = Problem::new(Code::TomlSyntax, format!("this is not TOML: this `{bracket}` is not closed"));
    Some(problem.at(Place::new(source, at..at + 1)).help(format!("close it with `{close}`")))
}

fn syntax_problem(source: &Arc<SourceFile>, error: &de::Error) -> Problem {
    let mut span = error.span().unwrap_or(0..0);
    let rest = source.text.get(span.start..).unwrap_or_default();
    if span.is_empty() {
        let word = rest.find(|letter: char| letter.is_whitespace()).unwrap_or(rest.len());
        span.end = span.start + word;
    }
    let message = error.message().replace('\n', ", ");
    let place = Place::new(source, span);
    if message.starts_with("duplicate key") {
        let header = line_of(source, place.span.start).trim();
        let help = match header.starts_with('[') && !header.starts_with("[[") {
            true if source.text.contains(&format!("[{header}]")) => format!("write it with two brackets: [{header}]"),
            true => {
                format!("take one of the two out; where several are meant, write each with two brackets: [{header}]")
            }
            false => "take one of the two out".to_owned(),
        };
        return Problem::new(Code::DuplicateId, format!("`{}` appears twice in the same table", place.text().trim()))
            .at(place)
            .help(help);
    }
    if let Some(help) = bare_number(source.text.get(place.span.start..).unwrap_or_default(), place.text()) {
        return Problem::new(Code::TomlSyntax, format!("this is not TOML: {message}")).at(place).help(help);
    }
    let help = mend_syntax(&message, line_of(source, place.span.start));
    Problem::new(Code::TomlSyntax, format!("this is not TOML: {message}")).at(place).help(help)
}

/// How to write a number that stands there with a currency sign or as a percentage.
///
/// `rest` is the text from where it begins: a comma between thousands ends what the parser points at.
fn bare_number(rest: &str, written: &str) -> Option<String> {
    let written = written.trim();
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.is_empty();
    let day = written.split('/').filter(|part| plain(part)).collect::<Vec<_>>();
    if let ([day, month, year], 2) = (&*day, written.matches('/').count()) {
        return Some(format!("write a day in quotes, the year first: \"{year}-{month:0>2}-{day:0>2}\""));
    }
    if written.starts_with(['£', '€', '$'])
        && let Some(amount) = amount_of(rest)
    {
        return Some(format!("write the amount alone, without its sign: {amount}"));
    }
    written.strip_suffix('%').filter(|number| plain(number)).map(percentage_alone)
}

/// The amount behind a currency sign, without commas between thousands.
fn amount_of(text: &str) -> Option<String> {
    let text = text.get(text.char_indices().nth(1)?.0..)?.trim_start();
    let ends = |letter: char| !letter.is_ascii_digit() && !",.".contains(letter);
    let written = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let mut parts = written.split(',');
    let mut amount = parts.next().filter(|first| !first.is_empty())?.to_owned();
    for part in parts.take_while(|part| part.split('.').next().is_some_and(|whole| whole.len() == 3)) {
        amount.push_str(part);
    }
    Some(amount)
}

/// How to write a percentage: some keys take per cent, and some a share.
fn percentage_alone(number: &str) -> String {
    let number = number.trim();
    let share = number.parse::<f64>().ok().map(|percent| crate::words::number(percent / 100.0, 6));
    let share = share.map(|share| format!(", or {share} where a share from 0 to 1 is asked for"));
    format!("write the number alone: {number}{}", share.unwrap_or_default())
}

/// The whole line that a byte stands in.
fn line_of(source: &SourceFile, at: usize) -> &str {
    source.text.get(start_of_line(&source.text, at)..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// What usually mends a line that is no TOML.
fn mend_syntax(message: &str, line: &str) -> String {
    let value = line.split_once('=').map_or("", |(_, value)| value.split('#').next().unwrap_or_default().trim());
    let (whole, fraction) = value.split_once(',').unwrap_or((value, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let open_quote = value.matches('"').count() % 2 == 1;
    let spaced = |text: &str| text.contains(' ') && digits(&text.replace(' ', ""));
    if let Some(number) = thousands_in(line) {
        return format!("write numbers without thousands separators: {number}");
    }
    match () {
        () if line.contains(['“', '”', '„', '‘', '’']) => {
            "write straight quotes, `\"`: those of a word processor are other signs".to_owned()
        }
        () if value.starts_with('\'') && value.matches('\'').count() > 2 => {
            "put text with an apostrophe between double quotes: \"It's …\"".to_owned()
        }
        () if spaced(value) => format!("write the number without spaces: {}", value.replace(' ', "")),
        () if value.ends_with('%') && digits(value.trim_end_matches('%')) => {
            format!("write the number alone: {}", value.trim_end_matches('%'))
        }
        () if digits(whole) && digits(fraction) => format!("write a decimal point: {whole}.{fraction}"),
        () if message.starts_with("unclosed") => "close what is opened here: `]` for `[`, `}` for `{`".to_owned(),
        () if open_quote => "close the text in quotes with `\"` at its end".to_owned(),
        () if value.starts_with(char::is_alphabetic) && !matches!(value, "true" | "false") => {
            format!("write text in quotes: \"{value}\"")
        }
        () => "a line is `key = value`; text is in quotes, a list in `[…]`, a table under `[name]`".to_owned(),
    }
}

/// The first number of a line that has a comma before three digits, as in `{ count = 1,702 }`, without the comma.
fn thousands_in(line: &str) -> Option<String> {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(',') {
        let digits = |letter: &char| letter.is_ascii_digit();
        let head: String = before.chars().rev().take_while(digits).collect::<Vec<_>>().into_iter().rev().collect();
        let tail: String = after.chars().take_while(digits).collect();
        let is_alone = before.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end().ends_with('=');
        if !head.is_empty() && tail.len() == 3 && is_alone {
            return Some(format!("{head}{tail}"));
        }
        rest = after;
    }
    None
}

/// One of serde's messages in the user's words.
fn shape_problem(source: &Arc<SourceFile>, message: &str, span: Range<usize>) -> Problem {
    let place = Place::new(source, span);
    let named = between_ticks(message).unwrap_or_default();
    let known = || ticked(message).into_iter().skip(1);
    if named.starts_with(DATE_AS_TABLE) {
        let message = format!("`{}` is a date without quotes, and none can stand here", shorten(place.text()));
        return Problem::new(Code::WrongType, message).at(place).help("see what docs/rules.md says of this key");
    }
    if message.starts_with("unknown field") {
        let problem = Problem::new(Code::UnknownKey, format!("`{named}` is not a key here"));
        let help = match nearest(named, known()) {
            None => stands_elsewhere(source, named),
            Some(_) => None,
        };
        return problem.at(place).help(help.unwrap_or_else(|| did_you_mean(named, known())));
    }
    if message.starts_with("unknown variant") {
        let problem =
            Problem::new(Code::UnknownWord, format!("`{named}` is not one of the words that can be used here"));
        return problem.at(place).help(did_you_mean(named, known()));
    }
    if message.starts_with("missing field") {
        let problem = Problem::new(Code::MissingKey, format!("the key `{named}` is missing"));
        // A file as a whole has no stretch of its own.
        let of_the_file = place.span.is_empty();
        return problem.at(place).help(add_key(named, of_the_file));
    }
    if message.starts_with("wanted exactly 1 element") {
        let problem = Problem::new(Code::BadValue, format!("`{}` must have exactly one key", shorten(place.text())));
        return problem.at(place).help("keep the one that says what it is: one of those in docs/rules.md");
    }
    let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    else {
        return Problem::new(Code::BadValue, in_words(message))
            .at(place)
            .help("see docs/rules.md and docs/evidence.md");
    };
    let written = place.text().to_owned();
    // A list of tables is read as the values of one, in their order.
    if written.starts_with("[[") && expected == "a string" {
        let header = written.lines().next().unwrap_or_default().trim().trim_matches(['[', ']']);
        let message = format!("`[[{header}]]` is a list, not a table");
        let help = format!("write it with one bracket: [{header}]");
        return Problem::new(Code::WrongType, message).at(place).help(help);
    }
    // TOML has dates of its own, which are read as if they were tables.
    let found = if found == "map" && !written.starts_with(['{', '[']) { "a date without quotes" } else { found };
    Problem::new(Code::WrongType, format!("`{}` is {}, not {}", shorten(&written), in_words(found), in_words(expected)))
        .at(place)
        .help(mend_type(&written, expected))
}

/// Keys that belong to the first table of a file, and are often written above or below it.
const OF_THE_FIRST_TABLE: [(&str, &[&str]); 2] = [
    ("assessment", &["decisions", "documents", "evidence", "partnership", "plan", "reviews", "rules"]),
    ("plan", &["maximise", "worth"]),
];

/// Where a key stands that is not known where it was written.
fn stands_elsewhere(source: &SourceFile, named: &str) -> Option<String> {
    let has = |table: &str| source.text.lines().any(|line| line.trim_start().starts_with(&format!("[{table}]")));
    let (table, _) = OF_THE_FIRST_TABLE.iter().find(|(table, keys)| keys.contains(&named) && has(table))?;
    Some(format!("`{named} = …` stands under `[{table}]`, above the table that follows"))
}

/// How to add what is missing: most are keys, some are tables.
fn add_key(name: &str, of_the_file: bool) -> String {
    match name {
        "assessment" => "add an `[assessment]` table".to_owned(),
        "ruleset" => "add a `[ruleset]` table".to_owned(),
        "candidate" if of_the_file => "add a `[[candidate]]` table for each candidate".to_owned(),
        "plan" if of_the_file => "add a `[plan]` table".to_owned(),
        "meeting" => "add a `[meeting]` table".to_owned(),
        "wanted" => "add `wanted = \"less\"`, `\"more\"` or `\"within\"`".to_owned(),
        "period" => "add `period = …` to this table, such as `\"2025/26\"`".to_owned(),
        "column" => "add a `[table.column.NAME]` table for each piece of evidence".to_owned(),
        _ => format!("add `{name} = …` to this table"),
    }
}

fn mend_type(written: &str, expected: &str) -> String {
    if expected == "a sequence" && written.starts_with('[') {
        return format!("write it with two brackets: [{}]", shorten(written));
    }
    let is_one_line = !written.contains('\n');
    if expected == "a sequence" && written.starts_with(['"', '\'', '{']) && is_one_line {
        return format!("write a list: [{}]", shorten(written));
    }
    let only = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::trim);
    if let Some(only) = only.filter(|only| expected == "a string" && only.starts_with('"') && !only.contains(',')) {
        return format!("write it without brackets: {}", shorten(only));
    }
    let bare = written.trim_matches(['"', '\'']);
    if expected.starts_with("a number")
        && let Some(help) = mend_number(bare)
    {
        return help;
    }
    let simple = !written.starts_with(['[', '{', '"', '\'']);
    if expected == "a string" && simple {
        return format!("write it in quotes: \"{}\"", shorten(bare));
    }
    format!("write {} here", in_words(expected))
}

/// How to write a number that stands there as text.
fn mend_number(text: &str) -> Option<String> {
    match () {
        () if text.parse::<f64>().is_ok() => Some(format!("write {text} without quotes")),
        () if text.trim_end().ends_with('%') && typed_number(text).is_some() => {
            Some(percentage_alone(text.trim_end().trim_end_matches('%')))
        }
        () if let Some((plain, _)) = typed_number(text) => {
            Some(format!("write the number alone, without quotes: {plain}"))
        }
        () if means_none(text) => Some("leave the figure out, and say why there is none: `missing = \"…\"`".to_owned()),
        () if text.starts_with('<') => {
            Some("say between which ends a withheld figure lies with `suppressed`: docs/evidence.md".to_owned())
        }
        () => None,
    }
}

/// Serde's and Rust's names for types, as people call them.
fn in_words(text: &str) -> String {
    let kind = text.split(' ').next().unwrap_or_default();
    match kind {
        "string" => "text in quotes".to_owned(),
        "integer" => "a whole number".to_owned(),
        "floating" => "a number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        _ => match text {
            "a string" => "text in quotes".to_owned(),
            "a boolean" => "true or false".to_owned(),
            "a sequence" => "a list".to_owned(),
            "a map" => "a table".to_owned(),
            other => other.strip_prefix("enum ").map_or_else(|| other.to_owned(), |_| "one of a few words".to_owned()),
        },
    }
}

fn shorten(text: &str) -> String {
    let first: String = text.lines().next().unwrap_or_default().chars().take(40).collect();
    if first.len() < text.len() { format!("{first}…") } else { first }
}

fn between_ticks(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

fn ticked(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// Takes the smallest thing that covers `span` out of the tree: a key, or an element of a list.
fn take_out(table: &mut DeTable<'_>, here: &Range<usize>, span: &Range<usize>) -> Option<RemovedKey> {
    for value in table.iter_mut().map(|(_, value)| value) {
        let inside = take_out_of_value(value, span);
        if inside.is_some() {
            return inside;
        }
    }
    let covering = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span);
    let key = covering.map(|(key, _)| key.get_ref().to_string())?;
    table.remove(key.as_str());
    Some(RemovedKey { table: here.clone(), key, meant: None })
}

fn take_out_of_value(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> Option<RemovedKey> {
    let here = value.span();
    match value.get_mut() {
        DeValue::Table(inner) => take_out(inner, &here, span),
        DeValue::Array(items) => {
            let inside = items.iter_mut().find_map(|item| take_out_of_value(item, span));
            if inside.is_some() {
                return inside;
            }
            let at = items.iter().position(|item| item.span() == *span)?;
            *items = items.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, item)| item.clone()).collect();
            Some(RemovedKey { table: here, key: String::new(), meant: None })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{ErrorFormat, render};
    use crate::rules::format::RuleSetFile;

    fn problems_of(text: &str) -> String {
        let source = Arc::new(SourceFile::new("ruleset.toml", text));
        let mut problems = Problems::default();
        let _: Option<Parsed<RuleSetFile>> = parse(&source, &mut problems);
        render(&problems.sorted(), ErrorFormat::Plain, false)
    }

    #[test]
    fn every_problem_of_shape_is_found_in_one_run() {
        let found = problems_of(
            r#"
[ruleset]
nmae = "x"
version = 3
scale = "100"

[evidence.crimes]
kind = "cuont"
title = "Crimes"

[[criterion]]
id = "volume"
titel = "Volume"
question = "How much?"
weight = "twenty"
measure = "crimes"
unit = "crimes"
direction = "higher-is-wors"
value = { linaer = { from = 0, to = 10 } }
missing = "neutral"
because = "x"

[[tier]]
id = "all"
title = ["All"]
at_least = true
"#,
        );
        insta::assert_snapshot!(found);
    }

    #[test]
    fn syntax_errors_are_all_found() {
        insta::assert_snapshot!(problems_of("[ruleset\nname = \"a\nversion == 3\nx = 1\nx = 2\n"));
    }
}
