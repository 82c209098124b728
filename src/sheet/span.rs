//! Where a cell stands in the text of a CSV file.

use std::ops::Range;

/// Where the cell of this column stands, in bytes, quotes included, in the row that begins at `start`; where the row has
/// fewer cells, its end. `mark` stands between cells. The reader does not keep it: it is looked for when there is something to say about the cell.
pub(super) fn cell_span(text: &str, start: usize, column: u32, mark: u8) -> Range<usize> {
    let row = text.get(start..).unwrap_or_default();
    let (mut from, mut left, mut quoted) = (0, column, false);
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            // A quote opens a cell where the cell begins; two within quotes close and open again.
            b'"' if quoted || at == from => quoted = !quoted,
            b'"' if row.get(from..at).is_some_and(|cell| cell.starts_with('"') && cell.ends_with('"')) => quoted = true,
            byte if byte == mark && !quoted && left == 0 => return start + from..start + at,
            byte if byte == mark && !quoted => (from, left) = (at + 1, left - 1),
            b'\r' | b'\n' if !quoted => {
                let from = if left == 0 { from } else { at };
                return start + from..start + at;
            }
            _ => {}
        }
    }
    start + if left == 0 { from } else { row.len() }..start + row.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_by_its_column() {
        let text = "a,b\n1,\"two, \"\"2\"\"\nlines\",,é\r\nlast,";
        let cell = |start, column| text.get(cell_span(text, start, column, b',')).unwrap();
        assert_eq!([0, 1, 2].map(|column| cell(0, column)), ["a", "b", ""]);
        assert_eq!([0, 1, 2, 3, 4].map(|column| cell(4, column)), ["1", "\"two, \"\"2\"\"\nlines\"", "", "é", ""]);
        let last = text.find("last").unwrap();
        assert_eq!([0, 1, 7].map(|column| cell(last, column)), ["last", "", ""]);
    }
}
