//! A register in words and as JSON.

use std::collections::BTreeSet;

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, TableStyle};
use schemars::JsonSchema;
use serde::Serialize;

use crate::record::register::{Register, RegisterEnd, RegisterLine};
use crate::words::{counted, indented_json, isolated, listed, visible};

/// How wide a list is, in columns.
const WIDTH: u16 = 80;
/// How wide what a line says is: a digest fits, and a line's number beside it.
const ABOUT_WIDTH: usize = 71;

/// What is to be noted: the digest of the last line.
fn head(register: &Register) -> String {
    register.head().map(|head| format!("head: {head}\n")).unwrap_or_default()
}

/// What was added to a register, and what to note.
pub fn added(register: &Register, line: &RegisterLine) -> String {
    let supersedes = supersedes(register, line).map_or_else(String::new, |told| format!("it {told}\n"));
    format!("added line {}\n{supersedes}head: {}\n", line.line, line.digest)
}

/// Of which record a line's own takes the place, in words; none where of none.
fn supersedes(register: &Register, line: &RegisterLine) -> Option<String> {
    let other = line.supersedes.as_ref()?;
    Some(match register.line_of(other) {
        Some(other) => format!("supersedes line {}", other.line),
        None => format!("supersedes {other}, which is not in this register"),
    })
}

/// Which records take the place of a line's own, in words; none where none does.
fn superseded(register: &Register, line: &RegisterLine) -> Option<String> {
    let by: Vec<String> = register.superseding(line).map(|other| format!("line {}", other.line)).collect();
    (!by.is_empty()).then(|| format!("superseded by {}", listed(&by)))
}

/// The lines as a table, and the head.
pub fn text(register: &Register) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    let mut text = String::new();
    for line in &register.lines {
        table.add_row([Cell::new(line.line).set_alignment(CellAlignment::Right), Cell::new(about(register, line))]);
    }
    if !register.lines.is_empty() {
        text.push_str(&format!("{}\n\n", isolated(&table.trim_fmt())));
    }
    text.push_str(&summary(register));
    text
}

/// What a line says, in words. Each is one line of ours; where one is too long it goes on further in, so that no piece of
/// somebody's words can be taken for another.
fn about(register: &Register, line: &RegisterLine) -> String {
    let shown = |words: &str| visible(words, &[]).into_owned();
    let ranked = &line.assessment;
    let mut lines = vec![
        format!("{}, {} ({})", shown(&ranked.title), shown(&ranked.period), shown(&ranked.partnership)),
        format!("by the rules {}, {}", shown(&line.rules.name), shown(&line.rules.version)),
        shown(&line.record),
    ];
    lines.extend(supersedes(register, line));
    lines.extend(superseded(register, line));
    let stated = [&line.stated.date, &line.stated.by, &line.stated.note];
    let stated: Vec<String> = stated.into_iter().flatten().map(|words| shown(words)).collect();
    if !stated.is_empty() {
        lines.push(format!("stated: {}", stated.join("; ")));
    }
    let further_in = textwrap::Options::new(ABOUT_WIDTH).subsequent_indent("    ");
    lines.iter().map(|line| textwrap::fill(line, &further_in)).collect::<Vec<_>>().join("\n")
}

/// How many lines there are, and the head.
pub fn summary(register: &Register) -> String {
    let count = register.lines.len();
    let lines = counted(count, "line", "lines");
    if register.end == RegisterEnd::SavedAnew {
        return format!("{lines}, each as it was added, in a file that another program saved\n{}", head(register));
    }
    match (count, register.problems().has_errors()) {
        (0, false) => "the register is empty\n".to_owned(),
        (_, false) => format!("{lines}, each as it was added\n{}", head(register)),
        (_, true) => format!("{lines} before the first that is wrong\n"),
    }
}

/// What no register can show of itself, where no head was named to compare it with.
pub const END_NOT_CHECKED: &str =
    "not checked: whether lines were taken from the end; name the heads that were noted with `--head`\n";

/// That a head that was noted is there, and what came after it.
pub fn noted(register: &Register, line: &RegisterLine) -> String {
    let more = register.lines.len() - register.lines.iter().position(|other| other == line).map_or(0, |at| at + 1);
    match more {
        0 => format!("{} is still the head\n", line.digest),
        _ => format!(
            "{} is line {}; {} since\n",
            line.digest,
            line.line,
            counted(more, "line was added", "lines were added")
        ),
    }
}

/// Which lines' records were there.
pub fn records(register: &Register, found: &BTreeSet<u64>) -> String {
    let missing: Vec<u64> = register.lines.iter().map(|line| line.line).filter(|line| !found.contains(line)).collect();
    let there = counted(found.len(), "line has its record", "lines have their records");
    match &missing[..] {
        [] => format!("{there} in these folders\n"),
        [only] => format!("{there} in these folders; line {only} has not\n"),
        many => format!("{there} in these folders; lines {} have not\n", listed(&runs(many))),
    }
}

/// Numbers in order as people write them: `1 to 4`, `7`.
fn runs(numbers: &[u64]) -> Vec<String> {
    let pieces = numbers.chunk_by(|one, next| one + 1 == *next);
    let said = pieces.map(|piece| match piece {
        [first, .., last] => format!("{first} to {last}"),
        piece => piece.iter().map(u64::to_string).collect(),
    });
    said.collect()
}

/// What was put aside.
pub fn cut(register: &Register, bytes: usize, aside: &str) -> String {
    let line = register.lines.len() + 1;
    format!(
        "line {line} was not complete: its {} now in {aside}\nadd its record again\n",
        counted(bytes, "byte is", "bytes are")
    )
}

/// What was put back, and whether that is all.
pub fn restored(register: &Register, copy: &str) -> String {
    let more = if register.problems().has_errors() { "there is more to mend: run this again\n" } else { "" };
    format!("the lines are written as they were; the file as it was found is now in {copy}\n{more}")
}

/// A register as JSON.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "prioritise register list")]
pub struct RegisterList<'a> {
    /// `prioritise/register-list/1`.
    pub schema: &'static str,
    /// The digest of the last line; null where the register is empty.
    pub head: Option<&'a str>,
    /// Whether every line is as it was added; where not, those before the first that is wrong follow.
    pub sound: bool,
    /// The lines.
    pub lines: &'a [RegisterLine],
    /// The records that others take the place of, with the lines of both, in their order.
    pub superseded: Vec<SupersededLine>,
}

/// A line whose record another one takes the place of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Superseded")]
pub struct SupersededLine {
    /// The number of the line.
    pub line: u64,
    /// The number of the line whose record takes its place.
    pub by: u64,
}

/// The lines and the head as JSON.
pub fn json(register: &Register) -> String {
    let list = RegisterList {
        schema: "prioritise/register-list/1",
        head: register.head(),
        sound: !register.problems().has_errors(),
        lines: &register.lines,
        superseded: register
            .lines
            .iter()
            .flat_map(|line| register.superseding(line).map(|by| SupersededLine { line: line.line, by: by.line }))
            .collect(),
    };
    indented_json(&list)
}
