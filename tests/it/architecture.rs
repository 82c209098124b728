//! The order of rooms in `docs/architecture.md` is the order in which they read each other.
//!
//! What counts, by the names that the source writes:
//!
//! - A file reads another where it names an item that the other defines: in `use`, in a path in code, in the arguments of
//!   a macro. Re-exports are followed to the file that defines the item.
//! - A file that declares parts (`mod x;`) and shows their items (`pub use x::Item`) reads nothing by that. Where its own
//!   code names such an item, it reads it.
//! - A file that declares a trait may name those of its parts that implement it: it is the list of its members.
//! - Naming a module alone reads nothing; what is named in it does.
//! - Methods and fields are not seen: what a file does with a value that another hands to it is no arrow.
//! - Code for tests alone (`#[cfg(test)]`) may read anything.

mod arrows;
mod house;
mod names;

use std::path::Path;

use arrows::{Arrow, arrows, circles};
use house::{House, lost};
use names::{Module, modules};

use crate::support::root;

/// The only place that may name Rhai.
const FENCE: &str = "rules/script/";

#[test]
fn rooms_read_only_rooms_before_them_and_no_files_read_each_other_in_a_circle() {
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let faults = faults(&root().join("src"), &page);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What does not hold in the source, by the page that says how it should be.
fn faults(source: &Path, page: &str) -> Vec<String> {
    let house = House::of_page(page);
    let modules = modules(source);
    let arrows = arrows(&modules);
    let mut faults = house.faults(source);
    faults.extend(lost(page, source));
    faults
        .extend(arrows.iter().filter(|arrow| points_back(arrow, &house)).map(|arrow| format!("{arrow}, a later room")));
    faults.extend(circles(&arrows).iter().map(|circle| in_words(circle)));
    faults.extend(modules.iter().flat_map(beyond_the_fence));
    faults
}

fn points_back(arrow: &Arrow, house: &House) -> bool {
    match (house.place(&arrow.from), house.place(&arrow.to)) {
        (Some(from), Some(to)) => from < to,
        // Told already: the page does not name the room.
        _ => false,
    }
}

fn in_words(circle: &[&Arrow]) -> String {
    let lines: Vec<String> = circle.iter().map(ToString::to_string).collect();
    format!("{}\n  which closes a circle", lines.join("\n  "))
}

/// Where a module outside the fence names Rhai.
fn beyond_the_fence(module: &Module) -> Vec<String> {
    let all = module.imports.iter().map(|import| &import.named).chain(&module.paths);
    let named =
        all.filter(|named| named.path.iter().find(|part| !part.is_empty()).is_some_and(|first| first == "rhai"));
    let outside = named.filter(|_| !module.file.starts_with(FENCE));
    outside.map(|named| format!("src/{}:{} names Rhai outside src/{FENCE}", module.file, named.line)).collect()
}

// --- The test itself --------------------------------------------------------------------------------------------------

const PAGE: &str = "# A house\n\n## The house\n\n| room | for |\n| :--- | :--- |\n| `early.rs` | x |\n\
                    | `late/` | `mod.rs`, `inner/mod.rs` |\n| `lib.rs` | `lib`, `early.rs` |\n| `late/inner/` | x |\n\n\
                    ## After\n\n| `x.rs` | x |\n\n## Where to find it\n\n| x | `late/inner/text.md` |\n";

/// What is told of a made-up house of these files.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    faults(folder.path(), PAGE)
}

/// A house in order, but for what each test adds.
fn house<'a>(early: &'a str, late: &'a str, inner: &'a str) -> Vec<String> {
    let lib = "mod early;\nmod late;\npub use late::Item;\n";
    told(&[
        ("lib.rs", lib),
        ("early.rs", early),
        ("late/mod.rs", late),
        ("late/inner/mod.rs", inner),
        ("late/inner/text.md", "no source"),
    ])
}

const LATE: &str = "pub mod inner;\npub use inner::Item;\npub fn run() {}\n";
const INNER: &str = "pub struct Item;\npub(crate) const fn call() {}\n";

#[test]
fn a_house_in_order_has_no_faults() {
    let early = "#[cfg(test)]\nmod tests { use crate::late::run; }\npub fn item(late: u8) -> u8 { late.run() }\n";
    let late = format!("{LATE}use crate::early::{{self, item as thing}};\nfn x() {{ early::item(thing(1)); run() }}\n");
    assert_eq!(house(early, &late, INNER), [""; 0]);
}

#[test]
fn what_only_page_or_source_has_is_told() {
    let files = [("lib.rs", "mod new;"), ("new.rs", ""), ("late/mod.rs", ""), ("late/other/mod.rs", "")];
    let faults = [
        "there is no src/early",
        "there is no src/late/inner",
        "src/late/other is not named",
        "src/new is not named",
        "there is no `early.rs`",
        "there is no `inner/mod.rs`",
        "there is no `early.rs`",
        "there is no `late/inner/`",
        "there is no `late/inner/text.md`",
    ];
    assert_eq!(told(&files), faults);
}

#[test]
fn a_room_that_reads_a_later_one_is_told_however_it_names_it() {
    for (early, line, path, file) in [
        ("use crate::late::run;\n", 1, "crate::late::run", "late/mod.rs"),
        ("\nuse crate::{late::{inner::{self, Item as Thing}}};\n", 2, "crate::late::inner::Item", "late/inner/mod.rs"),
        // What is shown elsewhere is read where it is defined.
        ("use crate::late::Item;\n", 1, "crate::late::Item", "late/inner/mod.rs"),
        ("pub use super::Item;\n", 1, "super::Item", "late/inner/mod.rs"),
        ("use crate::late;\nfn f() { late::run() }\n", 2, "late::run", "late/mod.rs"),
        ("fn f() -> u8 { crate::late::inner::call() }\n", 1, "crate::late::inner::call", "late/inner/mod.rs"),
        ("fn f() { format!(\"{:?}\", vec![crate::Item]); }\n", 1, "crate::Item", "late/inner/mod.rs"),
        ("mod part { fn f() { super::super::late::run() } }\n", 1, "super::super::late::run", "late/mod.rs"),
        ("struct S<T: Into<crate::Item>>(T);\n", 1, "crate::Item", "late/inner/mod.rs"),
    ] {
        let told = format!("src/early.rs:{line} reads `{path}` of src/{file}, a later room");
        assert_eq!(house(early, LATE, INNER), [told], "{early}");
    }
}

#[test]
fn files_that_read_each_other_are_told() {
    let inner = format!("use super::run;\n{INNER}");
    let circle = |late: &str| {
        format!(
            "src/late/inner/mod.rs:1 reads `super::run` of src/late/mod.rs\n  src/late/mod.rs:4 reads `{late}` of \
             src/late/inner/mod.rs\n  which closes a circle"
        )
    };
    // What it only shows, it does not read.
    assert_eq!(house("", LATE, &inner), [""; 0]);
    for (line, path) in [("fn f() { inner::call() }", "inner::call"), ("fn f(item: &Item) {}", "Item")] {
        assert_eq!(house("", &format!("{LATE}{line}\n"), &inner), [circle(path)]);
    }
    // A variable is no function, and a field is none.
    let late = format!("{LATE}pub(crate) use inner::call; fn f(call: u8) {{ let call = call + 1; x.call(); }}\n");
    assert_eq!(house("", &late, &inner), [""; 0]);
}

#[test]
fn a_list_may_name_its_members_and_they_its_trait() {
    let late = "pub mod inner;\npub trait Member {}\npub enum List { Item(inner::Item) }\n";
    for (inner, faults) in [
        ("pub struct Item;\nimpl<T: Copy> super::Member for Other<T> {}\n", 0),
        ("use super::{List, Member};\npub struct Item(List);\nimpl Member for Item {}\n", 0),
        ("use super::List;\npub struct Item(List);\nimpl Iterator for List {}\n", 1),
    ] {
        assert_eq!(house("", late, inner).len(), faults, "{inner}");
    }
}

#[test]
fn rhai_outside_its_fence_is_told() {
    for early in ["use rhai::Dynamic;\n", "fn f(x: &::rhai::Dynamic) {}\n", "type T = Option<rhai::Engine>;\n"] {
        assert_eq!(house(early, LATE, INNER), ["src/early.rs:1 names Rhai outside src/rules/script/"], "{early}");
    }
}
