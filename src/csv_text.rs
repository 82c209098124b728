//! Whether a text is whole as CSV, before its cells are read: readers of CSV take an unclosed quote for a long cell, and
//! the rows in it would be gone without a word.

use std::sync::Arc;

use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::text_encoding::odd_letters;

/// The fewest cells of a row by which a row inside a cell is known.
const FEWEST_CELLS: usize = 3;

const QUOTES: &str = "close each quote at the end of its cell, and write a quote inside a cell twice: `\"\"`";

/// What is wrong with the quotes and the letters of `source`, whose cells have `mark` between them: its rows can't be
/// told apart where this says anything.
pub(crate) fn faults(source: &Arc<SourceFile>, mark: u8) -> Vec<Problem> {
    let mut faults = odd_letters(source, Code::BadCsv, "this cell");
    faults.extend(quote_fault(source, mark));
    faults
}

/// Where the reader stands in a row.
#[derive(Clone, Copy)]
enum At {
    CellStart,
    Plain,
    Quoted,
    /// After a quote that closes its cell, unless another one follows.
    Closed,
    /// In the blanks after that quote.
    After,
}

/// The first quote that is not closed where its cell ends.
fn quote_fault(source: &Arc<SourceFile>, mark: u8) -> Option<Problem> {
    // Most tables have none, and the largest are read byte by byte for nothing.
    if !source.text.contains('"') {
        return None;
    }
    let ends_cell = |byte: u8| byte == mark || matches!(byte, b'\n' | b'\r');
    let is_row = |cell: &str, width: usize| has_rows(cell, width, char::from(mark));
    let (mut at, mut opened, mut cells, mut width) = (At::CellStart, 0, 1, 0);
    for (place, byte) in source.text.bytes().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Closed, b'"') => At::Quoted,
            (_, byte) if ends_cell(byte) => {
                if matches!(at, At::Closed | At::After)
                    && is_row(source.text.get(opened..place).unwrap_or_default(), width)
                {
                    return Some(rows_in_a_cell(source, opened, place));
                }
                if byte == mark {
                    cells += 1;
                } else {
                    width = if cells > 1 { cells } else { width };
                    cells = 1;
                }
                At::CellStart
            }
            (At::Closed | At::After, b' ' | b'\t') => At::After,
            (At::CellStart, b'"') => {
                opened = place;
                At::Quoted
            }
            (At::CellStart | At::Plain, _) => At::Plain,
            (At::Closed | At::After, _) => return Some(text_after(source, opened, place)),
        };
    }
    match at {
        At::Quoted => {
            let message = "this quote is not closed: all that follows would be one cell";
            Some(problem(source, opened, message))
        }
        At::Closed | At::After if is_row(source.text.get(opened..).unwrap_or_default(), width) => {
            Some(rows_in_a_cell(source, opened, source.text.len()))
        }
        _ => None,
    }
}

/// Whether a line inside a cell has as many marks as the row before the cell's: a row, more likely than prose.
fn has_rows(cell: &str, width: usize, mark: char) -> bool {
    width >= FEWEST_CELLS && cell.split(['\n', '\r']).skip(1).any(|line| line.matches(mark).count() == width - 1)
}

fn rows_in_a_cell(source: &Arc<SourceFile>, opened: usize, end: usize) -> Problem {
    let from = source.line(opened);
    let to = source.line(end.saturating_sub(1));
    let message = format!("the cell in quotes that begins here takes in lines {from} to {to}, which look like rows");
    problem(source, opened, &message)
}

fn text_after(source: &Arc<SourceFile>, opened: usize, place: usize) -> Problem {
    let (line, column) = source.line_and_column(place.saturating_sub(1));
    let message =
        format!("the quote that opens here closes in the middle of a cell, in line {line} at column {column}");
    problem(source, opened, &message)
}

fn problem(source: &Arc<SourceFile>, opened: usize, message: &str) -> Problem {
    let rest = source.text.get(opened..).unwrap_or_default();
    let line = rest.find(['\r', '\n']).unwrap_or(rest.len());
    Problem::new(Code::BadCsv, message).at(Place::new(source, opened..opened + line)).help(QUOTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let source = Arc::new(SourceFile::new("t.csv", text));
        faults(&source, b',').iter().map(|problem| problem.message.clone()).collect()
    }

    #[test]
    fn whole_files_pass() {
        for text in [
            "",
            "a,b\n1,2\n",
            "a,b\r\n\"1, or\r\n2\",\"say \"\"no\"\"\"\r\n",
            "a,b,c\n1,\"two lines,\nof prose\",3\n",
            "a,b\n5\" nails,2\n\"x\" ,2",
            "name,b\nZoë’s café,£2",
            "\"\",\"\"\n\"\"\"\",\"\"",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_eats_rows_is_told() {
        for (text, words) in [
            ("id,a,b\nx,3,\"Ex\ny,7,Why\n", "is not closed"),
            ("id,a\n\"x,3\n", "is not closed"),
            ("id,a,b\nx,3,\"Ex\ny,7,\"Why\"\n", "closes in the middle of a cell, in line 3 at column 5"),
            ("id,a,b\nx,3,\"Ex\ny,7,Why\"\nz,1,2\n", "takes in lines 2 to 3"),
            ("id,a,b\nx,3,\"Ex\ny,7,Why\"", "takes in lines 2 to 3"),
            ("id,a\nx,\"b\" \"c\"\n", "in the middle of a cell"),
            ("id,a\nx,\"he said \"no\" to it\"\n", "in the middle of a cell"),
        ] {
            let told = told(text);
            assert!(told.len() == 1 && told.concat().contains(words), "{text:?}: {told:?}");
        }
    }

    #[test]
    fn control_characters_are_told_where_they_are() {
        assert_eq!(told("a,b\nE\0x\u{1b}[31m,\u{85}\t\n").len(), 3);
        assert_eq!(told(&"\u{7}".repeat(1000)).len(), 20);
    }
}
