//! A TOML file laid out as the files of this project are: keys in order, signs of equality under each other, one way to space what
//! stands in a line. Comments stay with what they are about, blank lines stay, and the file says what it said.
//!
//! | what | how it is laid out |
//! | :--- | :--- |
//! | keys that follow each other without an empty line | `format`, `id` and `name` first; who says so and what else to know last: `by`, `date`, `because`, `note`, `caveats`, `illustration`; the others as they stand |
//! | `=` | under each other where keys follow each other; a key of more than 14 letters stands alone |
//! | within a line | one blank round `=` and after a comma, `[1, 2]`, `{ a = 1 }` |
//! | a value of several lines | four blanks further in for each bracket; columns that somebody aligned after commas stay |
//! | the rest | no blanks at the end of a line, no two empty lines, one line end at the end |

mod piece;
mod statement;
mod value;

use toml::Table;

use super::changes::line_end;
use statement::{KeyLine, Statement, statements};

/// Keys that come first, in this order.
const FIRST: [&str; 3] = ["format", "id", "name"];
/// Keys that come last, in this order.
const LAST: [&str; 6] = ["by", "date", "because", "note", "caveats", "illustration"];
/// The longest key that others are aligned with, in letters.
const LONGEST_ALIGNED: usize = 14;

/// The text, laid out; none where it is no TOML, or where nothing else would say the same.
pub fn laid_out(text: &str) -> Option<String> {
    let says = text.parse::<Table>().ok()?;
    let end = line_end(text);
    let laid = lines(in_order(without_spare_lines(statements(text, end))), end);
    (laid.parse::<Table>().ok()? == says).then_some(laid)
}

/// No empty lines at the ends, and no two of them together.
fn without_spare_lines(statements: Vec<Statement>) -> Vec<Statement> {
    let mut kept: Vec<Statement> = Vec::new();
    for statement in statements {
        let is_spare = matches!(kept.last(), None | Some(Statement::Blank));
        if !(is_spare && matches!(statement, Statement::Blank)) {
            kept.push(statement);
        }
    }
    if matches!(kept.last(), Some(Statement::Blank)) {
        kept.pop();
    }
    kept
}

/// The keys of each stretch in their order, each with the comments that stand directly above it.
fn in_order(statements: Vec<Statement>) -> Vec<Statement> {
    let mut laid = Vec::new();
    let mut stretch: Vec<(usize, Vec<Statement>)> = Vec::new();
    let mut comments: Vec<Statement> = Vec::new();
    for statement in statements {
        match statement {
            Statement::Comment(_) => comments.push(statement),
            Statement::Key(key) => {
                comments.push(Statement::Key(key));
                stretch.push((0, std::mem::take(&mut comments)));
            }
            Statement::Blank | Statement::Header(_) => {
                close(&mut stretch, &mut comments, &mut laid);
                laid.push(statement);
            }
        }
    }
    close(&mut stretch, &mut comments, &mut laid);
    laid
}

/// Ends a stretch: its keys in order, then the comments that no key follows.
fn close(stretch: &mut Vec<(usize, Vec<Statement>)>, comments: &mut Vec<Statement>, laid: &mut Vec<Statement>) {
    for (rank, unit) in stretch.iter_mut() {
        *rank =
            unit.iter().find_map(|it| if let Statement::Key(key) = it { Some(place(key)) } else { None }).unwrap_or(0);
    }
    stretch.sort_by_key(|(rank, _)| *rank);
    laid.extend(stretch.drain(..).flat_map(|(_, unit)| unit));
    laid.append(comments);
}

/// Where a key comes among others.
fn place(key: &KeyLine) -> usize {
    let at = |names: &[&str]| names.iter().position(|name| *name == key.name);
    match (at(&FIRST), at(&LAST)) {
        (Some(first), _) => first,
        (None, None) => FIRST.len(),
        (None, Some(last)) => FIRST.len() + 1 + last,
    }
}

/// The lines of the file, signs of equality under each other.
fn lines(statements: Vec<Statement>, end: &str) -> String {
    let mut text = String::new();
    let mut run: Vec<KeyLine> = Vec::new();
    for statement in statements {
        let line = match statement {
            Statement::Key(key) => {
                if !is_aligned(&key) {
                    write(&mut run, end, &mut text);
                }
                let alone = !is_aligned(&key);
                run.push(key);
                if alone {
                    write(&mut run, end, &mut text);
                }
                continue;
            }
            Statement::Blank => String::new(),
            Statement::Comment(line) | Statement::Header(line) => line,
        };
        write(&mut run, end, &mut text);
        text.push_str(&line);
        text.push_str(end);
    }
    write(&mut run, end, &mut text);
    text
}

fn is_aligned(key: &KeyLine) -> bool {
    width(key) <= LONGEST_ALIGNED
}

fn width(key: &KeyLine) -> usize {
    key.name.chars().count()
}

/// Writes keys under each other.
fn write(run: &mut Vec<KeyLine>, end: &str, text: &mut String) {
    let widest = run.iter().map(width).max().unwrap_or(0);
    for key in run.drain(..) {
        let blanks = " ".repeat(widest - width(&key));
        text.push_str(&format!("{}{blanks} = {}{}{end}", key.name, key.value, key.comment));
    }
}

#[cfg(test)]
mod tests;
