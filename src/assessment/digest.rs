//! The digest of content: the same for files that say the same, whatever their order, layout and comments.

use std::fmt::Write as _;

use toml::Value;

use crate::digest::digest;

/// `sha256:` and 64 hexadecimal digits of `value`, its tables in the order of their keys.
pub fn canonical_digest(value: &Value) -> String {
    let mut text = String::new();
    write_value(value, &mut text);
    digest(text.as_bytes())
}

fn write_value(value: &Value, text: &mut String) {
    match value {
        Value::Table(table) => {
            let mut keys: Vec<&String> = table.keys().collect();
            keys.sort();
            text.push('{');
            for key in keys {
                let _ = write!(text, "{key:?}:");
                if let Some(inner) = table.get(key) {
                    write_value(inner, text);
                }
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_value(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Float(number) => {
            let _ = write!(text, "{number:e}");
        }
        Value::Integer(number) => {
            let _ = write!(text, "{number}");
        }
        Value::String(string) => {
            write_quoted(string, text);
        }
        Value::Boolean(truth) => {
            let _ = write!(text, "{truth}");
        }
        Value::Datetime(moment) => {
            let _ = write!(text, "{moment}");
        }
    }
}

/// As `{:?}` has it, with `\r\n` as `\n`. A table is one long string, mostly of letters and digits, so these are copied
/// and only the rest is asked about, letter by letter.
fn write_quoted(string: &str, text: &mut String) {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\'' | b'\\');
    let mut rest = string;
    text.push('"');
    loop {
        let (same, after) = rest.split_at(rest.bytes().position(|byte| !plain(byte)).unwrap_or(rest.len()));
        text.push_str(same);
        rest = after.strip_prefix('\r').filter(|after| after.starts_with('\n')).unwrap_or(after);
        let mut letters = rest.chars();
        match letters.next() {
            None => break,
            Some('\u{1e}') => text.push_str("\\u{1e}"),
            Some('\u{1f}') => text.push_str("\\u{1f}"),
            Some('\'') => text.push('\''),
            Some(letter) => {
                let quoted = format!("{:?}", letter.to_string());
                text.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
            }
        }
        rest = letters.as_str();
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_as_the_standard_library_does() {
        let odd = "a\u{1f}b\u{1e}\r\nc\rd\n\t\"e\\ 'f' £ é e\u{301} \u{301} \u{200b} \u{0} \u{7f} \u{1f600}\r\r\n\r";
        for string in [odd, "", "plain", "\u{301}", "\r\n"] {
            let mut text = String::new();
            write_quoted(string, &mut text);
            assert_eq!(text, format!("{:?}", string.replace("\r\n", "\n")));
        }
    }

    fn digest(text: &str) -> String {
        canonical_digest(&Value::Table(text.parse().unwrap()))
    }

    #[test]
    fn order_layout_and_comments_make_no_difference() {
        assert_eq!(digest("a = 1\nb = { c = [1, 2] }"), digest("b.c = [\n  1, # one\n  2,\n]\na = 1"));
        assert_ne!(digest("a = [1, 2]"), digest("a = [2, 1]"));
        assert_ne!(digest("a = '1'"), digest("a = 1"));
        assert!(digest("").starts_with("sha256:") && digest("").len() == 71);
    }
}
