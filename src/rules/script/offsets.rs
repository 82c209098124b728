//! Where each character of a string in a TOML file stands, escapes and lines allowed for.

/// For each character of a TOML string's value where it stands in the file, and where the value ends. `raw` is the
/// string with its quotes, which begins at byte `base` of the file.
pub(super) fn offsets_of(raw: &str, value: &str, base: usize) -> Vec<usize> {
    let triple = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    let basic = raw.starts_with('"');
    let quotes = if triple { 3 } else { 1 };
    let mut rest = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or_default();
    let mut at = base + quotes;
    if triple {
        let trimmed = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        at += rest.len() - trimmed.len();
        rest = trimmed;
    }
    let mut offsets = Vec::new();
    for wanted in value.chars() {
        let (skipped, length) = next_character(rest, basic, triple, wanted);
        offsets.push(at + skipped);
        at += skipped + length;
        rest = rest.get(skipped + length..).unwrap_or_default();
    }
    offsets.push(at);
    offsets
}

/// How many bytes of a TOML string to skip before the next character of its value, and how many that one takes.
fn next_character(rest: &str, basic: bool, triple: bool, wanted: char) -> (usize, usize) {
    let mut skipped = 0;
    let mut left = rest;
    // A backslash at the end of a line joins it to the next one.
    while basic
        && triple
        && left.starts_with('\\')
        && left.get(1..).is_some_and(|after| after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
    {
        let after = left.get(1..).unwrap_or_default().trim_start();
        skipped += left.len() - after.len();
        left = after;
    }
    let length = match (basic, left.as_bytes()) {
        (true, [b'\\', b'u', ..]) => 6,
        (true, [b'\\', b'U', ..]) => 10,
        (true, [b'\\', b'x', ..]) => 4,
        (true, [b'\\', _, ..]) => 2,
        (_, [b'\r', b'\n', ..]) if wanted == '\n' => 2,
        _ => left.chars().next().map_or(0, char::len_utf8),
    };
    (skipped, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_behind_escapes() {
        for (raw, value, character, offset) in [
            ("'a + b'", "a + b", 4, 5),
            (r#""\"x\" + b""#, "\"x\" + b", 6, 9),
            (r#""\u0041b""#, "Ab", 1, 7),
            ("\"\"\"\na +\\\n   b\"\"\"", "a +b", 3, 12),
            ("'''\r\na\r\nb'''", "a\nb", 2, 8),
            ("'£b'", "£b", 1, 3),
        ] {
            let offsets = offsets_of(raw, value, 0);
            assert_eq!(offsets.len(), value.chars().count() + 1, "{raw}");
            assert_eq!(offsets.get(character), Some(&offset), "{raw}");
        }
    }
}
