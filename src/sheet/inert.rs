//! Text that stays text when a spreadsheet opens the CSV file that it stands in.

use crate::words::is_unseen;

/// What ends a cell where a spreadsheet splits at other marks than the comma, as in countries that write decimals with it:
/// quotes that do not stand first in a cell hold nothing together there.
const OTHER_MARKS: [char; 4] = [';', '\t', '\n', '\r'];

/// Text that begins like a formula gets an apostrophe before it, which spreadsheets take for "text". So does what begins
/// like one behind a mark at which they may split the cell: `a;'=1`.
pub(crate) fn inert(text: &str) -> String {
    text.split_inclusive(OTHER_MARKS).map(part).collect()
}

fn part(text: &str) -> String {
    if begins_as_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether text begins like a formula, also behind spaces and marks that nobody sees, and with the wide and small signs of
/// East Asian keyboards.
pub(crate) fn begins_as_formula(text: &str) -> bool {
    let seen = |letter: &char| !is_unseen(*letter) && (!letter.is_whitespace() || matches!(letter, '\t' | '\r'));
    let first = text.chars().find(seen);
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫'))
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_inert() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\u{200b}=1",
            " \u{feff} @x",
            "＝1+1",
            "\u{202e}－1",
            "\u{3164}=1",
            "\u{61c}=1",
            "\u{fe0f}﹦1",
            "\u{e0020}+1",
            "\u{a0}\u{3000}=1",
        ] {
            assert_eq!(inert(text), format!("'{text}"));
        }
        for text in ["Burglary - dwelling", "'=1", "a = b", "Theft; robbery", "10 + 1", ""] {
            assert_eq!(inert(text), text);
        }
    }

    /// A spreadsheet that splits at `;` or at tabs finds no formula either.
    #[test]
    fn formulas_behind_other_marks_are_inert() {
        for (text, safe) in [
            ("a;=1+1", "a;'=1+1"),
            ("a; \u{200b}=1;b", "a;' \u{200b}=1;b"),
            ("a\t+1", "a\t'+1"),
            ("a\n@x", "a\n'@x"),
            ("\t=1", "'\t'=1"),
            (";-1", ";'-1"),
        ] {
            assert_eq!(inert(text), safe);
        }
    }
}
