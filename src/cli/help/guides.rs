//! The guides that the command carries: printed as they are written, and the page of each problem cut out of one.

/// A guide: the name of its file without `.md`, and its text.
pub type Guide = (&'static str, &'static str);

/// The guide that has a section for each code.
const OF_CODES: &str = "diagnostics";

/// The guide of this name; `docs/NAME.md` and `NAME.md`, as messages cite it, are the same.
pub(super) fn guide(guides: &[Guide], name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("docs/").unwrap_or(name);
    let name = name.strip_suffix(".md").unwrap_or(name);
    guides.iter().find(|(of, _)| *of == name).map(|(_, text)| *text)
}

/// The sections of codes: each code with its text, which ends in a line break.
fn sections(guides: &[Guide]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts = guide(guides, OF_CODES).unwrap_or_default().split("\n### `").skip(1);
    parts.filter_map(|part| {
        let (code, text) = part.split_once("`\n")?;
        // The heading of the next severity ends the last section of one.
        Some((code, text.split_once("\n## ").map_or(text, |(text, _)| text)))
    })
}

/// What is said of the problem with this code.
pub(super) fn of_code(guides: &[Guide], code: &str) -> Option<String> {
    let (code, text) = sections(guides).find(|(of, _)| *of == code)?;
    Some(format!("{code}\n\n{}\n", without_links(text.trim())))
}

/// Text without where its links lead, which nobody can follow in a terminal.
fn without_links(text: &str) -> String {
    let mut parts = text.split("](");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some(opened) = plain.rfind('[') {
            plain.remove(opened);
        }
        plain.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    plain
}

/// Every code.
pub(super) fn codes(guides: &[Guide]) -> impl Iterator<Item = String> {
    sections(guides).map(|(code, _)| code.to_owned())
}

/// Every code with the first sentence of what it says.
pub(super) fn list_of_codes(guides: &[Guide]) -> String {
    let line = |(code, text): (&str, &str)| {
        let first = text.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let first = without_links(&first);
        let sentence = first.split_once(". ").map_or(first.trim_end_matches('.'), |(sentence, _)| sentence);
        format!("{code}\n    {sentence}\n")
    };
    let lines: Vec<String> = sections(guides).map(line).collect();
    format!("{}\nprioritise help CODE says more of each.\n", lines.concat())
}

/// Every guide with its title.
pub(super) fn list(guides: &[Guide]) -> String {
    let title = |text: &str| text.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
    let lines: Vec<String> =
        guides.iter().map(|(name, text)| format!("  {:<16}{}\n", format!("{name}.md"), title(text))).collect();
    format!("prioritise help NAME.md prints a guide:\n\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDES: [Guide; 2] = [
        (
            "diagnostics",
            "# D\n\n## Errors\n\n### `one`\n\nFirst. More.\n\n### `two`\n\nSecond [one](one.md) `[[x]]`.\n\n## Notes\n\n### `three`\n\nThird.\n",
        ),
        ("words", "# Words\n\nOne.\n"),
    ];

    #[test]
    fn a_guide_is_found_as_messages_cite_it() {
        for name in ["words", "words.md", "docs/words.md"] {
            assert_eq!(guide(&GUIDES, name), Some("# Words\n\nOne.\n"));
        }
        assert_eq!(guide(&GUIDES, "other.md"), None);
    }

    #[test]
    fn the_page_of_a_code_ends_where_the_next_begins() {
        assert_eq!(of_code(&GUIDES, "one").unwrap(), "one\n\nFirst. More.\n");
        assert_eq!(of_code(&GUIDES, "two").unwrap(), "two\n\nSecond one `[[x]]`.\n");
        assert_eq!(of_code(&GUIDES, "three").unwrap(), "three\n\nThird.\n");
        assert_eq!(of_code(&GUIDES, "four"), None);
        let list = list_of_codes(&GUIDES);
        assert!(list.starts_with("one\n    First\ntwo\n    Second one `[[x]]`\nthree\n    Third\n"), "{list}");
    }
}
