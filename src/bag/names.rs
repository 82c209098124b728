//! Names that mean the same file on every machine. A record has no others, neither ours nor one we are given.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::words::is_unseen;

/// The longest name of a file or folder, in bytes.
const LONGEST: usize = 200;
/// The most folders within each other, the file's name counted too.
pub const DEEPEST: usize = 16;

/// What is wrong with a path as a record's, in words that follow its name: ` has a …`.
pub(crate) fn fault(path: &str) -> Option<&'static str> {
    if path.split('/').count() > DEEPEST {
        return Some("has too many folders inside each other");
    }
    path.split('/').find_map(|name| match name {
        "" => Some("has an empty name in it, or begins with `/`"),
        "." | ".." => Some("leads out of the folder"),
        _ if name.len() > LONGEST => Some("has too long a name in it"),
        _ if name.chars().any(|letter| letter.is_control() || is_unseen(letter)) => {
            Some("has a character in it that can't be seen")
        }
        _ if name.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '%']) => {
            Some(r#"has one of `\ : * ? " < > | %` in it"#)
        }
        _ if name.ends_with(['.', ' ']) || name.starts_with(' ') => {
            Some("has a name that begins or ends with a space, or ends with a full stop")
        }
        _ if is_reserved(name) => Some("has a name in it that Windows keeps for itself"),
        _ if !is_nfc(name) => Some("is not in the composed form of Unicode (NFC)"),
        _ => None,
    })
}

/// Whether a file of this name is one that a system leaves in folders that people look into: nobody put it there.
pub(crate) fn is_left_by_a_system(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = [".DS_Store", ".directory", "Thumbs.db", "ehthumbs.db", "desktop.ini"];
    name.starts_with("._") || known.iter().any(|left| left.eq_ignore_ascii_case(name))
}

/// Names of devices, with any ending and in any case.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Two paths that are one file where case or the form of letters makes no difference, if there are any.
pub(crate) fn twins<'a>(paths: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    let mut seen = BTreeMap::new();
    paths.into_iter().find_map(|path| {
        let folded: String = path.nfkc().flat_map(char::to_lowercase).nfkc().collect();
        seen.insert(folded, path).map(|first| (first, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_fine() {
        for path in [
            "data/assessment/assessment.toml",
            "a",
            "evidence/anti-social behaviour.toml",
            "Übersicht (2).csv",
            "com.toml",
            "auxiliary.csv",
        ] {
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[test]
    fn names_that_differ_between_machines_are_refused() {
        let long = "x".repeat(201);
        let deep = ["a"; 17].join("/");
        for path in [
            "",
            "/etc/passwd",
            "a//b",
            "a/",
            "../a",
            "a/../b",
            "./a",
            "a\\b",
            "C:/a",
            "a\nb",
            "a\u{0}",
            "con",
            "COM1.txt",
            "a/nul.toml",
            "Lpt9",
            "a.",
            "a ",
            " a",
            "e\u{301}.csv",
            "a\u{202e}b",
            "50%.csv",
            "a*",
            &long,
            &deep,
        ] {
            assert!(fault(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn names_that_are_one_file_on_some_machines_are_found() {
        assert_eq!(twins(["a.toml", "b.toml", "A.toml"]), Some(("a.toml", "A.toml")));
        assert_eq!(twins(["straße", "STRAẞE"]), Some(("straße", "STRAẞE")));
        assert_eq!(twins(["\u{fb01}x", "fix"]), Some(("\u{fb01}x", "fix")));
        assert_eq!(twins(["a.toml", "b.toml"]), None);
    }
}
