//! Files that nobody would write: bytes and words flipped, doubled, moved and lost at random, from a fixed seed. Whatever
//! comes, nothing panics, and every problem has words and a way to mend it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use prioritise::diagnostic::{ErrorFormat, Severity, render};
use rayon::prelude::*;

use crate::edits::BASE;
use crate::support::{Folder, rank};

/// How many mutations a plain `cargo test` tries; `cargo test -- --ignored` tries a hundred times as many.
const PLAIN: u64 = 100;

static FILES: LazyLock<Folder> = LazyLock::new(|| {
    let mut files = Folder::of(&["fixtures/starter", BASE]);
    files.edit("fixtures/starter/assessment.toml", "# decisions =", "decisions =");
    files.write("fixtures/starter/decisions.toml", DECISIONS);
    files
});

const DECISIONS: &str = r#"
[meeting]
title = "Board"
date  = "2026-05-12"

[[decision]]
candidate = "burglary"
outcome   = "moved"
place     = 1
reason    = "Residents ask about little else."
by        = "Chair"

[[decision]]
candidate = "domestic-abuse"
outcome   = "adopted"
reason    = "The rules have it first."
by        = "Chair"
date      = "2026-05-26"
"#;

/// What is put into files, besides bytes: words of TOML, of CSV and of scripts, and characters that trip programs up.
const WORDS: [&str; 36] = [
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'",
    "=",
    ",",
    ".",
    "\n",
    "\r\n",
    "#",
    "[[criterion]]\n",
    "nan",
    "inf",
    "-1",
    "1e308",
    "9223372036854775807",
    "0.1",
    "true",
    "()",
    "|x| x",
    "`${",
    "£",
    "\u{202e}",
    "\u{feff}",
    "e\u{301}",
    "\0",
    "\t",
    "<5",
    "2024/25",
    "for n in 0..9 {}",
    "fn f() { f() }",
    "{measure}",
    "\\u0000",
];

/// A small generator with a seed (`SplitMix64`), so that every run tries the same.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from(self.next() % bound).unwrap()
    }
}

/// One file of one assessment, changed in one to three places.
fn mutated(seed: u64) -> (Folder, String, &'static str) {
    let mut chance = Chance(seed);
    let subject = ["fixtures/starter", BASE][chance.below(2)];
    let paths: Vec<&str> = FILES.paths().filter(|path| path.starts_with(subject)).collect();
    let path = paths[chance.below(paths.len())].to_owned();
    let mut bytes = FILES.text(&path).into_bytes();
    for _ in 0..=chance.below(3) {
        mutate(&mut bytes, &mut chance);
    }
    let mut files = FILES.clone();
    files.write(&path, bytes);
    (files, path, subject)
}

fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    let end = (at + 1 + chance.below(12)).min(bytes.len());
    match chance.below(6) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let word = WORDS[chance.below(WORDS.len())];
            bytes.splice(at..at, word.bytes());
        }
        3 => {
            let word = WORDS[chance.below(WORDS.len())];
            bytes.splice(at..end, word.bytes());
        }
        4 => {
            let copy: Vec<u8> = bytes[at..(at + 1 + chance.below(200)).min(bytes.len())].to_vec();
            let to = chance.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        _ => bytes.truncate(at),
    }
}

/// What is wrong with how the engine takes the mutation with this seed.
fn fault(seed: u64) -> Option<String> {
    let (files, path, subject) = mutated(seed);
    let about = format!("seed {seed}, {path}");
    let Ok(problems) = catch_unwind(AssertUnwindSafe(|| {
        let problems = rank(&files, subject).problems;
        for format in [ErrorFormat::Human, ErrorFormat::Plain, ErrorFormat::Json] {
            render(&problems, format, true);
        }
        problems
    })) else {
        return Some(format!("{about}: panicked"));
    };
    let wordless = problems.iter().find(|problem| {
        let helpless = problem.help.as_deref().is_none_or(str::is_empty);
        problem.message.is_empty() || (helpless && problem.code.severity() == Severity::Error)
    });
    wordless.map(|problem| format!("{about}: without words or help: {problem:?}"))
}

fn none_at_fault(seeds: std::ops::Range<u64>) {
    let faults: Vec<String> = seeds.into_par_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} mutations:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_mutation_breaks_the_engine() {
    none_at_fault(0..PLAIN);
}

#[test]
#[ignore = "takes minutes"]
fn no_mutation_of_very_many_breaks_the_engine() {
    none_at_fault(0..PLAIN * 100);
}
