//! Text that stays text when a spreadsheet opens the CSV file that it stands in.

/// Text that begins like a formula gets an apostrophe before it, which spreadsheets take for "text".
pub(crate) fn inert(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_inert() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1"] {
            assert_eq!(inert(text), format!("'{text}"));
        }
        assert_eq!(inert("Burglary - dwelling"), "Burglary - dwelling");
    }
}
