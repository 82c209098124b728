//! Text that stays text in Markdown, and rows of its tables.

/// Someone's text, so that nothing in it is read as Markdown or HTML, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in line.char_indices() {
        let begins = match letter {
            '-' | '+' | '=' | ':' => at == 0 && !line.as_bytes().get(1).is_some_and(u8::is_ascii_digit),
            '.' | ')' => at > 0 && at == digits && line.as_bytes().get(at + 1).is_none_or(|next| *next == b' '),
            _ => false,
        };
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' | '^' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ if begins => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// A row of a table.
pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_is_read_as_markdown() {
        for (text, shown) in [
            ("a\n\n# b", "a \\# b"),
            ("- item", "\\- item"),
            ("-20.5%", "-20.5%"),
            ("1. first", "1\\. first"),
            ("1.5 of 2", "1.5 of 2"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("a | b", "a \\| b"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }
}
