//! Text that stays text in HTML and SVG.

use crate::words::isolated;

/// Text within an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in isolated(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
