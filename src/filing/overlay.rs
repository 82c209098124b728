//! Files with some of them changed, as they would be once they are written.

use std::collections::BTreeMap;

use crate::budget::Budget;
use crate::files::{Files, ReadError, join, within};

/// The files of somebody, and what takes the place of some of them.
pub(crate) struct Overlay<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) changed: &'a BTreeMap<String, String>,
    /// How much the rules that are read here may do.
    pub(crate) budget: Budget,
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.changed.get(path).map_or_else(|| self.files.read(path, limit), |text| Ok(text.clone().into_bytes()))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let there = self.files.list(folder);
        let folder = join(".", folder);
        let inside = |path: &String| within(path, &folder).filter(|name| !name.contains('/')).map(str::to_owned);
        let new: Vec<String> = self.changed.keys().filter_map(inside).filter(|name| !there.contains(name)).collect();
        there.into_iter().chain(new).collect()
    }

    fn enter(&self, folder: &str) {
        self.files.enter(folder);
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;

    #[test]
    fn what_is_new_is_in_its_folder_and_what_changes_is_there_once() {
        let held: BTreeMap<String, Vec<u8>> =
            [("ours/assessment.toml", "a"), ("ours/workshop/1.json", "{}")].map(of_bytes).into();
        let changed = ["ours/assessment.toml", "ours/decisions.toml", "ours/workshop/2.json", "ours/new/deep/x"];
        let changed = changed.map(|path| (path.to_owned(), String::new())).into();
        let budget = Budget::default();
        let files = Memory::lent(&held, &budget);
        let overlay = Overlay { files: &files, changed: &changed, budget: budget.clone() };
        let listed = |folder: &str| {
            let mut names = overlay.list(folder);
            names.sort();
            names
        };
        assert_eq!(listed("ours"), ["assessment.toml", "decisions.toml"]);
        assert_eq!(listed("ours/workshop"), ["1.json", "2.json"]);
        assert_eq!(listed("ours/new/deep"), ["x"]);
        assert_eq!(listed("our"), [""; 0]);
    }

    fn of_bytes((path, text): (&str, &str)) -> (String, Vec<u8>) {
        (path.to_owned(), text.into())
    }
}
