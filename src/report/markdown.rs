//! Text that stays text in Markdown, and rows of its tables.

use crate::words::isolated;

/// Someone's text, so that nothing in it is read as Markdown or HTML, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = isolated(&line);
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
            // An address in plain text becomes a link where Markdown is shown.
            ':' if line.get(at..).is_some_and(|rest| rest.starts_with("://")) => escaped.push_str("\\:"),
            '.' if ends_with_www(line.get(..at).unwrap_or_default()) => escaped.push_str("\\."),
            '@' => escaped.push_str("\\@"),
            _ if begins => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    text.len() >= 3 && text.get(text.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
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
            ("see https://a.example/x", "see https\\://a.example/x"),
            ("WWW.a.example", "WWW\\.a.example"),
            ("a@b.example", "a\\@b.example"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }
}
