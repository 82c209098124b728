//! What tests can't reach or notice, and says why. An excuse that excuses nothing any more is told.

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
    for (name, done, slot) in open {
        let matching = excuses.iter().zip(&mut found).find(|(excuse, _)| excuse.name == name);
        let Some((excuse, found)) = matching else { continue };
        *found = Some(done);
        if !done {
            *slot = Some(excuse.because.clone());
        }
    }
    let stale = excuses.iter().zip(found).filter(|(_, found)| *found != Some(false));
    stale.map(|(excuse, found)| StaleExcuse { excuse, is_needless: found == Some(true) }).collect()
}

/// Tells names apart that are alike, in their order: `a`, `a (2)`.
pub(super) fn numbered<'n>(names: impl Iterator<Item = &'n mut String>) {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for name in names {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
    }
}
