//! The digest of content: the same for files that say the same, whatever their order, layout and comments.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use toml::Value;

/// `sha256:` and 64 hexadecimal digits of `value`, its tables in the order of their keys.
pub fn canonical_digest(value: &Value) -> String {
    let mut text = String::new();
    write_value(value, &mut text);
    let mut digest = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
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
            let _ = write!(text, "{:?}", string.replace("\r\n", "\n"));
        }
        Value::Boolean(truth) => {
            let _ = write!(text, "{truth}");
        }
        Value::Datetime(moment) => {
            let _ = write!(text, "{moment}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
