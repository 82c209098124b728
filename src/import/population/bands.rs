//! A group of ages out of the bands that a file has: they must cover it to the year, and none of it twice.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Ages;

/// The bands that make up `wanted`, widest first; none where no bands do.
pub(super) fn cover<T: Copy>(bands: &BTreeMap<Ages, T>, wanted: Ages) -> Option<Vec<T>> {
    let (mut chosen, mut fails) = (Vec::new(), BTreeSet::new());
    cover_from(bands, wanted, &mut chosen, &mut fails).then_some(chosen)
}

/// Tries every band that begins where `wanted` does; `fails` has the ages from which nothing goes on.
fn cover_from<T: Copy>(
    bands: &BTreeMap<Ages, T>,
    wanted: Ages,
    chosen: &mut Vec<T>,
    fails: &mut BTreeSet<u32>,
) -> bool {
    let here = Ages { from: wanted.from, to: 0 }..=Ages { from: wanted.from, to: wanted.to };
    for (ages, figure) in bands.range(here).rev() {
        chosen.push(*figure);
        if ages.to == wanted.to {
            return true;
        }
        let rest = Ages { from: ages.to + 1, to: wanted.to };
        if !fails.contains(&rest.from) && cover_from(bands, rest, chosen, fails) {
            return true;
        }
        chosen.pop();
    }
    fails.insert(wanted.from);
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(bands: &[&str], wanted: &str) -> Option<Vec<usize>> {
        let bands = bands.iter().enumerate().map(|(number, text)| (Ages::parse(text).unwrap(), number)).collect();
        cover(&bands, Ages::parse(wanted).unwrap())
    }

    #[test]
    fn bands_cover_a_group_exactly_or_not_at_all() {
        assert_eq!(covered(&["all ages", "0", "1+"], "all ages"), Some(vec![0]));
        assert_eq!(covered(&["0-15", "0", "1", "2+"], "0+"), Some(vec![1, 2, 3]));
        assert_eq!(covered(&["10", "11", "12", "13-17", "10-15"], "10-17"), Some(vec![0, 1, 2, 3]));
        assert_eq!(covered(&["10-15", "16-17", "10-11"], "10-17"), Some(vec![0, 1]));
        assert_eq!(covered(&["0-15", "16-29"], "10-17"), None);
        assert_eq!(covered(&["65-89"], "65+"), None);
        assert_eq!(covered(&["65-89", "90+"], "65+"), Some(vec![0, 1]));
    }

    #[test]
    fn many_bands_that_fit_nowhere_are_soon_told() {
        let bands: BTreeMap<Ages, u32> =
            (0..120).flat_map(|from| (from..120).map(move |to| (Ages { from, to }, 0))).collect();
        assert_eq!(cover(&bands, Ages { from: 0, to: 121 }), None);
    }
}
