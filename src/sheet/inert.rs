//! Text that stays text when a spreadsheet opens the CSV file that it stands in.

use crate::words::is_unseen;

/// Text that begins like a formula gets an apostrophe before it, which spreadsheets take for "text". So does what begins
/// like one behind spaces and marks that nobody sees, or with the wide signs of East Asian keyboards.
pub(crate) fn inert(text: &str) -> String {
    let seen = |letter: &char| !is_unseen(*letter) && (!letter.is_whitespace() || matches!(letter, '\t' | '\r'));
    match text.chars().find(seen) {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_inert() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", "\u{200b}=1", " \u{feff} @x", "＝1+1", "\u{202e}－1"] {
            assert_eq!(inert(text), format!("'{text}"));
        }
        assert_eq!(inert("Burglary - dwelling"), "Burglary - dwelling");
    }
}
