//! What tests can't reach or notice, and says why. An excuse that excuses nothing any more is told.

use std::collections::BTreeMap;

use super::Excuse;

/// An excuse that excuses nothing.
#[derive(Debug)]
pub struct StaleExcuse<'s> {
    /// The excuse, as the test file writes it.
    pub excuse: &'s Excuse,
    /// Whether what it names is there, and needs no excuse; otherwise there is no such thing.
    pub is_needless: bool,
}

/// Fills in the excuse of each thing that has one: `open` are names, whether that name is reached or noticed, and where
/// its excuse goes. Those that excuse nothing are returned.
pub(super) fn fill_in_excuses<'s, 'o>(
    excuses: &'s [Excuse],
    open: impl Iterator<Item = (&'o str, bool, &'o mut Option<String>)>,
) -> Vec<StaleExcuse<'s>> {
    let mut found: Vec<Option<bool>> = vec![None; excuses.len()];
    let mut by_name = BTreeMap::new();
    for (excuse, found) in excuses.iter().zip(&mut found) {
        by_name.entry(&*excuse.name).or_insert((excuse, found));
    }
    for (name, done, slot) in open {
        let Some((excuse, found)) = by_name.get_mut(name) else { continue };
        **found = Some(done);
        if !done {
            *slot = Some(excuse.because.clone());
        }
    }
    let stale = excuses.iter().zip(found).filter(|(_, found)| *found != Some(false));
    stale.map(|(excuse, found)| StaleExcuse { excuse, is_needless: found == Some(true) }).collect()
}

/// Tells names apart that are alike, in their order: `a`, `a (2)`.
pub(super) fn numbered<'n>(names: impl Iterator<Item = &'n mut String>) {
    let mut seen = BTreeMap::<String, usize>::new();
    for name in names {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Place, SourceFile};

    #[test]
    fn the_first_excuse_of_a_name_counts_and_the_others_are_stale_however_many() {
        let place = Place::new(&Arc::new(SourceFile::new("tests.toml", "")), 0..0);
        let excuse = |name: String| Excuse { name, because: "since".to_owned(), place: place.clone() };
        // Each compared with each would take minutes.
        let excuses: Vec<Excuse> =
            (0..100_000).map(|number| excuse(format!("part {number}"))).chain([excuse("part 7".to_owned())]).collect();
        let mut open: Vec<(String, Option<String>)> =
            (0..100_000).map(|number| (format!("part {}", number + 3), None)).collect();
        let stale =
            fill_in_excuses(&excuses, open.iter_mut().map(|(name, slot)| (&**name, name.as_str() == "part 9", slot)));
        let stale: Vec<(&str, bool)> = stale.iter().map(|it| (&*it.excuse.name, it.is_needless)).collect();
        let expected = [("part 0", false), ("part 1", false), ("part 2", false), ("part 9", true), ("part 7", false)];
        assert_eq!(stale, expected);
        assert_eq!(open.iter().filter(|(_, slot)| slot.is_none()).count(), 4);
    }
}
