//! The rooms as `docs/architecture.md` names them, and as they are on the disk.

use std::collections::BTreeSet;
use std::path::Path;

/// The rooms of `src/`, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct House {
    /// By name, without `.rs` or `/`: a room reads those before it.
    rooms: Vec<String>,
    /// The rooms within rooms: `report/paper`.
    inner: BTreeSet<String>,
}

impl House {
    /// The house as the section "The house" of a page has it: the first cell of each row of a table names rooms.
    pub(super) fn of_page(page: &str) -> Self {
        let section = page.split("\n## ").find(|section| section.starts_with("The house")).unwrap_or_default();
        let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let named = cells.flat_map(|cell| cell.split('`').step_by(2).map(bare).collect::<Vec<_>>());
        let mut house = Self::default();
        for name in named.filter(|name| !name.is_empty()) {
            match name.contains('/') {
                true => {
                    house.inner.insert(name);
                }
                false => house.rooms.push(name),
            }
        }
        house
    }

    /// The house that stands in the folder of the source: what is source in it, and the folders within its folders.
    fn of_source(source: &Path) -> Self {
        let mut house = Self::default();
        for name in sources(source) {
            let inner = if source.join(&name).is_dir() { sources(&source.join(&name)) } else { Vec::new() };
            let is_folder = |inner: &String| source.join(&name).join(inner).is_dir();
            house.inner.extend(inner.into_iter().filter(is_folder).map(|inner| format!("{name}/{inner}")));
            house.rooms.push(bare(&name));
        }
        house
    }

    /// The place of a file's room in the order.
    pub(super) fn place(&self, file: &str) -> Option<usize> {
        let room = bare(file.split('/').next().unwrap_or_default());
        self.rooms.iter().position(|known| *known == room)
    }

    /// The rooms that the page names twice, or that only one of page and source has.
    pub(super) fn faults(&self, source: &Path) -> Vec<String> {
        let (named, there) = (self.all(), Self::of_source(source).all());
        let gone = named.difference(&there).map(|name| format!("there is no src/{name}"));
        let new = there.difference(&named).map(|name| format!("src/{name} is not named"));
        let twice = self.rooms.iter().enumerate().filter(|(at, room)| self.rooms[..*at].contains(room));
        gone.chain(new).chain(twice.map(|(_, room)| format!("src/{room} is named twice"))).collect()
    }

    fn all(&self) -> BTreeSet<String> {
        self.rooms.iter().chain(&self.inner).cloned().collect()
    }
}

/// `words` for `words.rs`, `report/paper` for `report/paper/`.
fn bare(name: &str) -> String {
    name.trim_end_matches('/').trim_end_matches(".rs").to_owned()
}

/// The files of a folder that are source, and the folders that have such files: others have templates or snapshots.
fn sources(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| match entry.path().is_dir() {
            true => !sources(&entry.path()).is_empty(),
            false => entry.file_name().to_string_lossy().ends_with(".rs"),
        })
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
