//! Names that a reader takes for each other: in other letters that look the same, or alike but for capitals and spaces. A table
//! that has both tears apart what belongs together.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Code, Place, Problem};
use crate::words::{as_read, as_seen};

/// Two names that are taken for each other.
pub(crate) struct AlikeNames<'a, T> {
    /// The one that is written anew.
    pub(crate) odd: (&'a str, T),
    pub(crate) other: (&'a str, T),
    /// Whether they differ in more than capitals and spaces.
    pub(crate) by_letters: bool,
}

/// Each name that is taken for one before it, with that one. The same name again is none.
pub(crate) fn alike_names<'a, T: Copy>(names: impl Iterator<Item = (&'a str, T)>) -> Vec<AlikeNames<'a, T>> {
    let mut distinct: Vec<(&str, T)> = names.collect();
    // Of equals the first stays.
    distinct.sort_by_key(|(name, _)| *name);
    distinct.dedup_by_key(|(name, _)| *name);
    // Among plain letters no shape has to be looked at.
    let plain = distinct.iter().all(|(name, _)| name.is_ascii());
    let mut known: HashMap<Cow<'_, str>, (&str, T)> = HashMap::with_capacity(distinct.len());
    let mut found = Vec::new();
    for (name, of) in distinct {
        let shape = if plain { spelt(name) } else { without_spaces(as_seen(name).into()) };
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

/// What is said of titles of which some look like others and are written in other letters, each with the place of the one
/// that is written anew.
pub(crate) fn titles_in_other_letters<'a>(titles: impl Iterator<Item = (&'a str, &'a str, Place)>) -> Vec<Problem> {
    let titles: Vec<(&str, &str, Place)> = titles.collect();
    let named = titles.iter().map(|(id, title, place)| (*title, (*id, place)));
    let by_letters = alike_names(named).into_iter().filter(|alike| alike.by_letters);
    let told = by_letters.map(|AlikeNames { odd: (title, (id, place)), other: (_, (other, _)), .. }| {
        in_other_letters(id, other, title).at(place.clone())
    });
    told.collect()
}

/// That a title looks like that of another and is written in other letters.
pub(super) fn in_other_letters(id: &str, other: &str, title: &str) -> Problem {
    let message =
        format!("the title of `{id}` looks like that of `{other}` and is written in other letters: “{title}”");
    Problem::new(Code::LooksAlike, message).help("write it anew on your own keyboard, or name it otherwise")
}

fn spelt(name: &str) -> Cow<'_, str> {
    without_spaces(as_read(name))
}

fn without_spaces(name: Cow<'_, str>) -> Cow<'_, str> {
    match name.contains(char::is_whitespace) {
        true => name.chars().filter(|letter| !letter.is_whitespace()).collect(),
        false => name,
    }
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
