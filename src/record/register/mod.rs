//! The register: which records there are, in the order in which they were added. Lines are added and never changed.
//!
//! Each line has its own digest, and that of the line before. So whatever is altered, taken out or moved breaks the
//! chain and is found, except at the end: for that the head, the last line's digest, is noted where the register's
//! keeper can't change it. This room reads bytes and says what to write; it locks and writes nothing.

mod line;
mod saved_anew;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use line::LineFault;
pub use line::{
    MAX_LINE_BYTES, RegisterEntry, RegisterLine, RegisterStatement, RegisteredAssessment, RegisteredRules, SCHEMA,
};

/// The largest register that is read: 16 MiB, some twenty thousand records.
pub const MAX_REGISTER_BYTES: u64 = 16 << 20;
/// The most lines that are looked at: more than fit into the largest register, if they are lines.
const MAX_LINES: usize = 50_000;
/// As much of a line as problems point at.
const SHOWN: usize = 60;

/// A register as it was read.
#[derive(Debug, Clone)]
pub struct Register {
    /// The lines from the first to the last that follow each on the other.
    pub lines: Vec<RegisterLine>,
    /// How the file ends.
    pub end: RegisterEnd,
    /// How many bytes those lines have, with their ends.
    sound: usize,
    /// The file as it was before another program saved it, where one did.
    before: Option<Vec<u8>>,
    problems: Vec<Problem>,
    source: Arc<SourceFile>,
    /// Where each line of the source begins.
    starts: Vec<usize>,
}

/// How a register ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterEnd {
    /// With a whole line, or it is empty.
    Whole,
    /// With a whole line that lacks only its line end.
    Unended,
    /// With a whole line, and all are there; but another program saved the file, with other line ends for example.
    SavedAnew,
    /// With something that is no line, as when the machine stopped while one was written. No line follows it.
    Torn,
    /// There are lines after the one that is wrong: it was not torn but altered.
    Altered,
}

/// What is to be done to a torn register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MendAction {
    /// Nothing: its last line is whole.
    Nothing,
    /// Write the last line's end.
    RegisterEnd,
    /// Write these bytes instead, and keep a copy of the file: another program saved it.
    Restore(Vec<u8>),
    /// Keep so many bytes, and put what follows them aside.
    Cut(usize),
}

/// What a line stands on.
struct LastLine {
    number: u64,
    digest: String,
}

impl Register {
    /// Reads the file `name`.
    pub fn read(name: &str, bytes: &[u8]) -> Self {
        let read = Self::as_it_stands(name, bytes);
        if matches!(read.end, RegisterEnd::Whole | RegisterEnd::Unended) {
            return read;
        }
        let Some((before, how)) = saved_anew::undone(bytes) else { return read };
        let mut restored = Self::as_it_stands(name, &before);
        let is_whole = restored.end == RegisterEnd::Whole;
        if !is_whole && restored.lines.len() <= read.lines.len() {
            return read;
        }
        let lines = if is_whole { ", and every line is there as it was added" } else { "" };
        let message = format!("`{name}` was saved by another program: {how}{lines}");
        restored.problems.insert(0, Problem::new(Code::RegisterSavedAnew, message).help(RESTORE));
        restored.before = Some(before);
        restored.end = if is_whole { RegisterEnd::SavedAnew } else { restored.end };
        restored
    }

    fn as_it_stands(name: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut register = Self {
            lines: Vec::new(),
            end: RegisterEnd::Whole,
            sound: 0,
            before: None,
            problems: Vec::new(),
            starts: starts(&text),
            source: Arc::new(SourceFile::new(name, text)),
        };
        let rows = rows(bytes);
        register.take_sound(&rows);
        let rest = rows.get(register.lines.len()..).unwrap_or_default();
        register.end = end(rest, register.lines.last());
        if register.end == RegisterEnd::Unended {
            register.lines.extend(rest.first().and_then(|row| RegisterLine::read(row).ok()));
        }
        register.tell(&rows);
        register
    }

    /// Takes lines as long as each is whole and follows on the one before.
    fn take_sound(&mut self, rows: &[&[u8]]) {
        for row in rows {
            let Some(Ok(line)) = row.strip_suffix(b"\n").map(RegisterLine::read) else { return };
            if !follows(&line, self.lines.last()) {
                return;
            }
            self.sound += row.len();
            self.lines.push(line);
        }
    }

    /// Notes everything that is wrong.
    fn tell(&mut self, rows: &[&[u8]]) {
        match self.end {
            RegisterEnd::Whole | RegisterEnd::SavedAnew => {}
            RegisterEnd::Unended => {
                let problem = self.problem(
                    Code::RegisterTorn,
                    rows.len(),
                    "has no line end: the machine stopped while it was being written",
                );
                self.problems.push(problem.help(MEND));
            }
            RegisterEnd::Torn => self.tell_torn(rows),
            RegisterEnd::Altered => self.tell_altered(rows),
        }
    }

    fn tell_torn(&mut self, rows: &[&[u8]]) {
        let number = self.lines.len() + 1;
        let first = rows.get(self.lines.len()).copied().unwrap_or_default();
        let problem = match RegisterLine::read(without_end(first)) {
            Err(LineFault::Digest(line)) => self.digest_problem(number, &line).help(ALTERED_LAST),
            Err(LineFault::Shape(why)) => {
                let message = format!("is not complete: {why}");
                self.problem(Code::RegisterTorn, number, &message).help(MEND)
            }
            Ok(_) => return,
        };
        self.problems.push(problem);
    }

    fn tell_altered(&mut self, rows: &[&[u8]]) {
        let read: Vec<Result<RegisterLine, LineFault>> =
            rows.iter().map(|row| RegisterLine::read(without_end(row))).collect();
        let there: BTreeSet<u64> = read.iter().flatten().map(|line| line.line).collect();
        let mut last = Some(LastLine { number: 0, digest: String::new() });
        for (row, line) in read.iter().enumerate() {
            let (row, problem) = (row + 1, self.fault(row + 1, line, last.as_ref(), &there));
            if let Some(problem) = problem {
                self.problems.push(problem.one_of("lines", "lines of the register").help(ALTERED));
            }
            last = match line {
                Ok(line) => Some(LastLine { number: line.line, digest: line.digest.clone() }),
                // The next line follows on what this one was, if nobody took the trouble to change that too.
                Err(LineFault::Digest(line)) => Some(LastLine { number: line.line, digest: line.digest.clone() }),
                Err(LineFault::Shape(_)) => last.map(|_| LastLine { number: row as u64, digest: String::new() }),
            };
        }
    }

    /// What is wrong with the line in row `row`, after `last`.
    fn fault(
        &self,
        row: usize,
        line: &Result<RegisterLine, LineFault>,
        last: Option<&LastLine>,
        there: &BTreeSet<u64>,
    ) -> Option<Problem> {
        let line = match line {
            Ok(line) => line,
            Err(LineFault::Digest(line)) => return Some(self.digest_problem(row, line)),
            Err(LineFault::Shape(why)) => {
                return Some(self.problem(Code::RegisterAltered, row, &format!("is not a line of a register: {why}")));
            }
        };
        let last = last?;
        let previous = line.previous.as_deref().unwrap_or_default();
        let message = match line.line {
            number if number > last.number.saturating_add(1) => gap(row, last.number + 1, number, there),
            number if number <= last.number => {
                format!(
                    "says it is line {number}, and comes after line {}: lines were moved, or two people added lines at the same time",
                    last.number
                )
            }
            // What was unreadable can't be compared; its own line says so.
            _ if last.number > 0 && last.digest.is_empty() || previous == last.digest => return None,
            number => format!("does not follow on line {}: one of the two was replaced", number - 1),
        };
        Some(self.problem(Code::RegisterAltered, row, &message))
    }

    fn digest_problem(&self, row: usize, line: &RegisterLine) -> Problem {
        let message =
            format!("was altered: it does not have the digest that it states, {}", line.digest.escape_debug());
        self.problem(Code::RegisterAltered, row, &message)
    }

    /// A problem of the line in row `row`, counted from 1.
    fn problem(&self, code: Code, row: usize, what: &str) -> Problem {
        let text = &self.source.text;
        let start = self.starts.get(row.saturating_sub(1)).copied().unwrap_or(text.len());
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = line.char_indices().nth(SHOWN).map_or(line.len(), |(at, _)| at);
        Problem::new(code, format!("line {row} {what}")).at(Place::new(&self.source, start..start + end))
    }

    /// Everything that is wrong with the register in itself.
    pub fn problems(&self) -> Problems {
        self.problems.clone().into()
    }

    /// The last line's digest; none of an empty register.
    pub fn head(&self) -> Option<&str> {
        self.lines.last().map(|line| &*line.digest)
    }

    /// Whether the register still has the line with a digest that was noted.
    ///
    /// # Errors
    /// Where it has not: lines at its end were taken out or replaced since.
    pub fn has_head(&self, noted: &str) -> Result<&RegisterLine, Problem> {
        let found = self.lines.iter().find(|line| line.digest == noted);
        found.ok_or_else(|| {
            let message = format!("no line of the register has the digest `{}`, which was noted as its head", noted.escape_debug());
            Problem::new(Code::RegisterHead, message)
                .help("look for a copy of the register that has it: lines were taken out or replaced since, unless the note is mistaken")
        })
    }

    /// The line of the record with this digest.
    pub fn line_of(&self, record: &str) -> Option<&RegisterLine> {
        self.lines.iter().find(|line| line.record == record)
    }

    /// The lines of the records that take the place of a line's own, in their order.
    pub fn superseding<'r>(&'r self, line: &'r RegisterLine) -> impl Iterator<Item = &'r RegisterLine> {
        self.lines.iter().filter(|other| other.supersedes.as_ref() == Some(&line.record))
    }

    /// The line that registers a record, to be written at the end.
    ///
    /// # Errors
    /// Where the register is not sound, has the record already, or has no room; where what is stated is not a line of
    /// text or a day.
    pub fn next(&self, entry: RegisterEntry, stated: RegisterStatement) -> Result<RegisterLine, Problems> {
        let faults: Vec<Problem> = stated.faults().collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        if self.end != RegisterEnd::Whole {
            return Err(self.problems());
        }
        if let Some(line) = self.line_of(&entry.record) {
            let message = format!("the record is already in the register, as line {}", line.line);
            return Err(Problem::new(Code::AlreadyRegistered, message).help("there is nothing to do").into());
        }
        let line = RegisterLine::new(entry, stated, self.lines.last());
        let length = line.text().len() + 1;
        let room = usize::try_from(MAX_REGISTER_BYTES).unwrap_or(usize::MAX).saturating_sub(self.sound);
        if length > MAX_LINE_BYTES || length > room {
            let message = format!("the line would have {length} bytes, which is too many for a register");
            return Err(Problem::new(Code::FileTooLarge, message)
                .help("shorten the note, or start another register")
                .into());
        }
        Ok(line)
    }

    /// What mends a register that was torn, or saved by another program.
    ///
    /// # Errors
    /// Where it is altered: no program can tell what is right then.
    pub fn mend(&self) -> Result<MendAction, Problems> {
        if let (Some(before), true) = (&self.before, self.end != RegisterEnd::Altered) {
            return Ok(MendAction::Restore(before.clone()));
        }
        match self.end {
            RegisterEnd::Whole | RegisterEnd::SavedAnew => Ok(MendAction::Nothing),
            RegisterEnd::Unended => Ok(MendAction::RegisterEnd),
            RegisterEnd::Torn => Ok(MendAction::Cut(self.sound)),
            RegisterEnd::Altered => Err(self.problems()),
        }
    }

    /// Records against lines: what no line tells, or a line tells otherwise. Answers the numbers of the lines whose
    /// records are there.
    pub fn against(&self, records: &[(String, RegisterEntry)], problems: &mut Problems) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        for (folder, entry) in records {
            let folder = folder.escape_debug();
            match self.line_of(&entry.record) {
                Some(line) if line.entry() == *entry => {
                    found.insert(line.line);
                }
                Some(line) => {
                    let message = format!(
                        "line {} has another title, period, rules or superseded record than its record `{folder}`",
                        line.line
                    );
                    problems.push(Problem::new(Code::NotRegistered, message).help("find out who wrote the line"));
                }
                None => {
                    let message = format!("the register has no line for the record `{folder}`");
                    let help = "add it with `register append`, unless its line was taken out: then find out why";
                    problems.push(Problem::new(Code::NotRegistered, message).help(help));
                }
            }
        }
        found
    }
}

const MEND: &str = "`prioritise register mend` puts the incomplete line aside, and changes nothing else";
const RESTORE: &str = "`prioritise register mend` puts the lines back as they were and keeps a copy of the file; \
                       let no program change its line ends: in git, `register.jsonl -text` in `.gitattributes`";
const ALTERED_LAST: &str =
    "find out who changed it; `prioritise register mend` puts the line aside, and its record can be added again";
const ALTERED: &str =
    "go back to a copy of the register that `register verify --head` accepts, and add again what came later";

/// The lines of a file with their ends, and what is left of a file with too many as one.
fn rows(bytes: &[u8]) -> Vec<&[u8]> {
    let mut rows: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').take(MAX_LINES).collect();
    let taken = rows.iter().map(|row| row.len()).sum();
    rows.extend(bytes.get(taken..).filter(|rest| !rest.is_empty()));
    rows
}

/// Where the lines begin that [`rows`] tells apart.
fn starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').take(MAX_LINES).map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

/// How a register ends whose sound lines are followed by `rest`.
fn end(rest: &[&[u8]], last: Option<&RegisterLine>) -> RegisterEnd {
    let sound_one = rest.iter().any(|row| RegisterLine::read(without_end(row)).is_ok());
    match rest {
        [] => RegisterEnd::Whole,
        [only] if !only.ends_with(b"\n") && RegisterLine::read(only).is_ok_and(|line| follows(&line, last)) => {
            RegisterEnd::Unended
        }
        _ if sound_one || rest.len() > most_torn(last) => RegisterEnd::Altered,
        _ => RegisterEnd::Torn,
    }
}

/// The most rows that one line can leave when the machine stops: one, or two where a line end came to stand in it. Where
/// nothing before it is whole the file is none of ours, or was changed from its beginning.
fn most_torn(last: Option<&RegisterLine>) -> usize {
    if last.is_some() { 2 } else { 1 }
}

fn follows(line: &RegisterLine, last: Option<&RegisterLine>) -> bool {
    line.line == last.map_or(1, |last| last.line.saturating_add(1))
        && line.previous.as_deref() == last.map(|last| &*last.digest)
}

fn without_end(row: &[u8]) -> &[u8] {
    row.strip_suffix(b"\n").unwrap_or(row)
}

/// That line `number`, in row `row`, lacks those from `from` on before it: they were taken out, or are elsewhere.
fn gap(row: usize, from: u64, number: u64, there: &BTreeSet<u64>) -> String {
    let to = number - 1;
    let (what, are) = match from == to {
        true => (format!("line {from}"), "is"),
        false => (format!("lines {from} to {to}"), "are"),
    };
    // A gap of very many is none that lines elsewhere could fill.
    let elsewhere = to - from < 100 && (from..=to).all(|number| there.contains(&number));
    let says = match row as u64 == number {
        true => "is out of order".to_owned(),
        false => format!("says it is line {number}"),
    };
    match elsewhere {
        true => format!("{says}: {what} should come before it, and {are} elsewhere"),
        false => format!("{says}: {what} {are} missing before it"),
    }
}
