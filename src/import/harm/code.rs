//! Codes of offences, however they are written, and the columns in which they can stand.

use crate::sheet::{SheetTable, header_words};

/// Codes by the headers of their columns, in the order in which the columns are looked for.
pub(super) type Codes = Vec<(String, OffenceCode)>;

/// The code of an offence, with the number of one of its parts: `8N` and `2`. Either may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OffenceCode {
    pub(super) main: String,
    pub(super) sub: String,
}

/// The columns in which codes can stand: those of these keys, and then any other that is headed as a code or a
/// classification. What stands in them decides which is read.
pub(super) fn possible_columns(table: &SheetTable<'_>, keys: &[&str]) -> Vec<u32> {
    let mut columns: Vec<u32> = keys.iter().filter_map(|key| table.column(key)).collect();
    for (column, header) in table.header.cells() {
        let header = header_words(&header.text());
        let words: Vec<&str> = header.split(' ').collect();
        let of_codes = words.iter().any(|word| matches!(*word, "code" | "classification")) && !words.contains(&"sub");
        if of_codes && !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

impl OffenceCode {
    /// Reads `8N`, `8N/2` or `034/01`; `sub` stands where the code has no part of its own.
    pub(super) fn new(text: &str, sub: &str) -> Self {
        let (main, part) = text.split_once('/').unwrap_or((text, sub));
        Self { main: plain_code(main), sub: plain_code(part) }
    }
}

/// `028A` and `28a` are one code, as are `1` and `1.0`.
fn plain_code(code: &str) -> String {
    let code = code.trim().to_uppercase();
    let code = code.strip_suffix(".0").unwrap_or(&code).trim_start_matches('0');
    code.to_owned()
}
