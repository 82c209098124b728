//! Which file reads which: the names of a source tree followed to where they are defined.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::names::{Import, Module, Named};

/// A file names an item of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    /// The file that names it, and the line.
    pub(super) from: String,
    pub(super) line: usize,
    /// The file that defines it.
    pub(super) to: String,
    /// As it is written.
    pub(super) path: String,
}

impl std::fmt::Display for Arrow {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "src/{}:{} reads `{}` of src/{}", self.from, self.line, self.path, self.to)
    }
}

/// Where a path leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Module(usize),
    /// An item that this module defines.
    Item(usize),
}

/// Every arrow from a file to another, in the order of files and lines.
pub(super) fn arrows(modules: &[Module]) -> BTreeSet<Arrow> {
    let mut arrows = BTreeSet::new();
    for (at, module) in modules.iter().enumerate() {
        let read = module.imports.iter().filter(|import| !is_window(modules, at, import)).map(|import| &import.named);
        for named in read.chain(module.paths.iter().filter(|named| is_read(module, named))) {
            if let Some(Target::Item(to)) = follow(modules, at, &named.path, 0)
                && modules[to].file != module.file
                && !is_member(modules, at, to)
            {
                let (from, to) = (module.file.clone(), modules[to].file.clone());
                arrows.insert(Arrow { from, line: named.line, to, path: named.path.join("::") });
            }
        }
    }
    arrows
}

/// Whether an import only shows what a part of the module defines: that alone reads nothing of it.
fn is_window(modules: &[Module], at: usize, import: &Import) -> bool {
    let inside = |to: usize| std::iter::successors(Some(to), |&to| modules[to].parent).skip(1).any(|above| above == at);
    let Some(Target::Item(defined_in) | Target::Module(defined_in)) = follow(modules, at, &import.named.path, 0) else {
        return false;
    };
    import.is_shared && inside(defined_in)
}

/// Whether a part of the module implements a trait that the module declares: it names its members, as a list does.
fn is_member(modules: &[Module], at: usize, part: usize) -> bool {
    let is_own = |path: &Vec<String>| {
        let declared = path.last().is_some_and(|name| modules[at].items.contains(name));
        declared && follow(modules, part, path, 0) == Some(Target::Item(at))
    };
    modules[part].parent == Some(at) && modules[part].implements.iter().any(is_own)
}

/// Whether a path in code names an item: a single small name may be a variable.
fn is_read(module: &Module, named: &Named) -> bool {
    let [only] = &named.path[..] else { return true };
    named.is_item && module.imports.iter().any(|import| import.name == *only)
}

/// Where `path` leads when it is written in the module `at`; none where it leaves the crate.
fn follow(modules: &[Module], at: usize, path: &[String], depth: usize) -> Option<Target> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => walk(modules, 0, rest, depth),
        "self" => walk(modules, at, rest, depth),
        "super" => {
            let above = modules[at].parent?;
            match rest.first().map(String::as_str) {
                Some("super") => follow(modules, above, rest, depth),
                _ => walk(modules, above, rest, depth),
            }
        }
        _ if is_known(&modules[at], first) => walk(modules, at, path, depth),
        _ => None,
    }
}

fn is_known(module: &Module, name: &str) -> bool {
    module.children.contains_key(name)
        || module.items.iter().any(|item| item == name)
        || module.imports.iter().any(|import| import.name == name)
}

/// Where `path` leads within the module `at`.
fn walk(modules: &[Module], at: usize, path: &[String], depth: usize) -> Option<Target> {
    let module = &modules[at];
    let Some((first, rest)) = path.split_first() else { return Some(Target::Module(at)) };
    let child = module.children.get(first);
    // A module and a function may share a name: what stands before `::` is the module.
    if let (Some(&child), false) = (child, rest.is_empty()) {
        return walk(modules, child, rest, depth);
    }
    if module.items.contains(first) {
        return Some(Target::Item(at));
    }
    if let Some(import) = module.imports.iter().find(|import| import.name == *first && depth < 16) {
        // An import that shows a child's namesake: `pub use csv::csv`.
        let whole: Vec<String> = import.named.path.iter().chain(rest).cloned().collect();
        return follow(modules, at, &whole, depth + 1);
    }
    if let Some(&child) = child {
        return Some(Target::Module(child));
    }
    // What a macro defines, or what came in by `*`.
    Some(Target::Item(at))
}

/// Of each group of files that read each other, however far round, the shortest circle.
pub(super) fn circles(arrows: &BTreeSet<Arrow>) -> Vec<Vec<&Arrow>> {
    let mut from: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        from.entry(&arrow.from).or_default().push(arrow);
    }
    let mut shortest: Vec<Vec<&Arrow>> = from.keys().filter_map(|file| way(&from, file, file)).collect();
    shortest.sort_by_key(Vec::len);
    let mut circles: Vec<Vec<&Arrow>> = Vec::new();
    for circle in shortest {
        let reaches = |from_file: &str, to: &str| way(&from, from_file, to).is_some();
        let is_known =
            |known: &Vec<&Arrow>| reaches(&known[0].from, &circle[0].from) && reaches(&circle[0].from, &known[0].from);
        if !circles.iter().any(is_known) {
            circles.push(circle);
        }
    }
    circles
}

/// The shortest way from a file to another along arrows.
fn way<'a>(from: &BTreeMap<&'a str, Vec<&'a Arrow>>, file: &str, to: &str) -> Option<Vec<&'a Arrow>> {
    let mut ways: VecDeque<Vec<&Arrow>> = VecDeque::from([Vec::new()]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let end = way.last().map_or(file, |arrow| &arrow.to);
        if !way.is_empty() && end == to {
            return Some(way);
        }
        for arrow in from.get(end).into_iter().flatten().filter(|arrow| seen.insert(&arrow.to)) {
            ways.push_back(way.iter().copied().chain([*arrow]).collect());
        }
    }
    None
}
