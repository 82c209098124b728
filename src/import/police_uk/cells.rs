//! Lines of CSV into cells, fast: in street files a row is a line, and most lines have no quote.

use memchr::{memchr, memchr_iter};

/// Room for the cells of one line, used again for the next.
#[derive(Debug, Default)]
pub(super) struct LineCells {
    bounds: Vec<(usize, usize)>,
    unquoted: Vec<u8>,
}

/// The cells of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct CsvRow<'a> {
    text: &'a [u8],
    bounds: &'a [(usize, usize)],
}

/// A quote that is not closed on its line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclosed;

impl CsvRow<'_> {
    /// The cell in this column; empty where there is none.
    #[inline]
    pub(super) fn cell(&self, column: usize) -> &[u8] {
        self.bounds.get(column).and_then(|(from, to)| self.text.get(*from..*to)).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }
}

impl LineCells {
    /// The cells of `line`, which has no line end.
    #[inline]
    pub(super) fn split<'a>(&'a mut self, line: &'a [u8]) -> Result<CsvRow<'a>, Unclosed> {
        self.bounds.clear();
        if memchr(b'"', line).is_some() {
            self.unquote(line)?;
            return Ok(CsvRow { text: &self.unquoted, bounds: &self.bounds });
        }
        let mut from = 0;
        for comma in memchr_iter(b',', line) {
            self.bounds.push((from, comma));
            from = comma + 1;
        }
        self.bounds.push((from, line.len()));
        Ok(CsvRow { text: line, bounds: &self.bounds })
    }

    /// A quote opens a cell only where the cell begins; two in a row within quotes are one.
    fn unquote(&mut self, line: &[u8]) -> Result<(), Unclosed> {
        self.unquoted.clear();
        let (mut from, mut quoted, mut begins) = (0, false, true);
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if quoted && bytes.next_if_eq(&b'"').is_some() => self.unquoted.push(b'"'),
                b'"' if quoted || begins => quoted = !quoted,
                b',' if !quoted => {
                    self.bounds.push((from, self.unquoted.len()));
                    from = self.unquoted.len();
                    begins = true;
                    continue;
                }
                byte => self.unquoted.push(byte),
            }
            begins = false;
        }
        self.bounds.push((from, self.unquoted.len()));
        if quoted { Err(Unclosed) } else { Ok(()) }
    }
}

/// The next line of `rest` without its line end, which is taken off `rest`; and whether it had one.
#[inline]
pub(super) fn next_line<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], bool)> {
    if rest.is_empty() {
        return None;
    }
    let (line, after, ended) = match memchr(b'\n', rest) {
        Some(end) => (rest.get(..end)?, rest.get(end + 1..)?, true),
        None => (*rest, &[][..], false),
    };
    *rest = after;
    Some((line.strip_suffix(b"\r").unwrap_or(line), ended))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(line: &str) -> Result<Vec<String>, Unclosed> {
        let mut room = LineCells::default();
        let row = room.split(line.as_bytes())?;
        Ok((0..row.len()).map(|at| String::from_utf8_lossy(row.cell(at)).into_owned()).collect())
    }

    #[test]
    fn quotes_hold_commas_and_quotes() {
        assert_eq!(cells("a,,\"b, \"\"c\"\"\",").unwrap(), ["a", "", "b, \"c\"", ""]);
        assert_eq!(cells("5\" pipe,\"x\"").unwrap(), ["5\" pipe", "x"]);
        assert_eq!(cells("a,\"b,c"), Err(Unclosed));
    }

    #[test]
    fn lines_end_as_on_any_machine() {
        let mut rest = &b"a\r\nb\n\nc"[..];
        let lines: Vec<_> = std::iter::from_fn(|| next_line(&mut rest)).collect();
        assert_eq!(lines, [(&b"a"[..], true), (b"b", true), (b"", true), (b"c", false)]);
    }

    proptest! {
        #[test]
        fn what_the_csv_library_writes_is_read(row in proptest::collection::vec("[a-z,\" ]{0,6}", 2..9)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&row).unwrap();
            let line = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(cells(line.trim_end_matches('\n')).unwrap(), row);
        }
    }
}
