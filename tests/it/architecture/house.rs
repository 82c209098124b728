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
        let mut house = Self::default();
        for name in rows(section(page, "The house")).flat_map(first_cell) {
            match bare(name).contains('/') {
                true => {
                    house.inner.insert(bare(name));
                }
                false => house.rooms.push(bare(name)),
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

/// The files and folders that the page names and that are nowhere: neither in the room of the row, in the source, nor
/// beside it.
pub(super) fn lost(page: &str, source: &Path) -> Vec<String> {
    let sections = [section(page, "The house"), section(page, "Where to find it")];
    let named = sections.into_iter().flat_map(rows).flat_map(|row| {
        let room = bare(spans(row).next().filter(|_| row.starts_with("| `")).unwrap_or_default());
        spans(row).map(move |name| (room.clone(), name))
    });
    let is_path = |name: &str| name.ends_with('/') || name.rsplit_once('.').is_some_and(|(_, end)| end.len() < 5);
    let is_lost = |(room, name): &(String, &str)| {
        let places = [source.join(room), source.to_owned(), source.join("..")];
        is_path(name) && !places.iter().any(|place| place.join(name).exists())
    };
    named.filter(is_lost).map(|(_, name)| format!("there is no `{name}`")).collect()
}

fn section<'p>(page: &'p str, title: &str) -> &'p str {
    page.split("\n## ").find(|section| section.starts_with(title)).unwrap_or_default()
}

/// The rows of a section's tables that name something.
fn rows(section: &str) -> impl Iterator<Item = &str> {
    section.lines().filter(|line| line.starts_with('|') && line.contains('`'))
}

fn first_cell(row: &str) -> impl Iterator<Item = &str> {
    spans(row.split(" |").next().unwrap_or_default())
}

/// What stands between back-ticks.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
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
