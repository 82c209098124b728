//! Names that a reader takes for each other: in other letters that look the same, or alike but for capitals and spaces. A table
//! that has both tears apart what belongs together.

use std::collections::BTreeMap;

use crate::words::{as_read, as_seen};

/// Two names that are taken for each other.
pub(super) struct AlikeNames<'a, T> {
    /// The one that is written anew.
    pub(super) odd: (&'a str, T),
    pub(super) other: (&'a str, T),
    /// Whether they differ in more than capitals and spaces.
    pub(super) by_letters: bool,
}

/// Each name that is taken for one before it, with that one. The same name again is none.
pub(super) fn alike_names<'a, T: Copy>(names: impl Iterator<Item = (&'a str, T)>) -> Vec<AlikeNames<'a, T>> {
    let mut distinct: BTreeMap<&str, T> = BTreeMap::new();
    for (name, of) in names {
        distinct.entry(name).or_insert(of);
    }
    // Among plain letters no shape has to be looked at.
    let plain = distinct.keys().all(|name| name.is_ascii());
    let mut known: BTreeMap<String, (&str, T)> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, of) in distinct {
        let shape = if plain { spelt(name) } else { without_spaces(&as_seen(name)) };
        let Some(other) = known.get(&shape).copied() else {
            known.insert(shape, (name, of));
            continue;
        };
        let by_letters = spelt(name) != spelt(other.0);
        // A one and a small L look alike, and both are on everybody's keyboard.
        if by_letters && name.is_ascii() && other.0.is_ascii() {
            continue;
        }
        let turned = by_letters && name.is_ascii();
        let (odd, other) = if turned { (other, (name, of)) } else { ((name, of), other) };
        found.push(AlikeNames { odd, other, by_letters });
    }
    found
}

fn spelt(name: &str) -> String {
    without_spaces(&as_read(name))
}

fn without_spaces(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(names: &[&str]) -> Vec<(String, String, bool)> {
        let found = alike_names(names.iter().map(|name| (*name, ())));
        found.into_iter().map(|it| (it.odd.0.to_owned(), it.other.0.to_owned(), it.by_letters)).collect()
    }

    #[test]
    fn names_that_differ_in_capitals_and_spaces_are_alike() {
        assert_eq!(alike(&["Hate crime", "Hate Crime"]), [("Hate crime".into(), "Hate Crime".into(), false)]);
        assert_eq!(alike(&["Antisocial", "Anti social"]).len(), 1);
        assert!(alike(&["Burglary", "Burglary", "Robbery"]).is_empty());
    }

    #[test]
    fn names_in_other_letters_are_alike() {
        assert_eq!(alike(&["Burglary", "\u{0412}urglary"]), [("\u{0412}urglary".into(), "Burglary".into(), true)]);
        // Both are on every keyboard.
        assert!(alike(&["Ward 1", "Ward l"]).is_empty());
    }
}
