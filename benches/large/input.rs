//! The input: a table of made-up figures that is the same in every run, and the files round it.

use std::fmt::Write as _;

use crate::splitmix::SplitMix;
use prioritise::files::Memory;

/// As many neighbourhoods as England and Wales have (Census 2021).
const NEIGHBOURHOODS: usize = 35_672;
const CRIME_TYPES: [&str; 14] = [
    "anti-social-behaviour",
    "bicycle-theft",
    "burglary",
    "criminal-damage-and-arson",
    "drugs",
    "other-crime",
    "other-theft",
    "possession-of-weapons",
    "public-order",
    "robbery",
    "shoplifting",
    "theft-from-the-person",
    "vehicle-crime",
    "violence-and-sexual-offences",
];

/// A rule set of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Seven built-in value functions and no expression.
    BuiltIn,
    /// A Rhai expression for each of seven criteria.
    Scripted,
}

impl Case {
    pub(crate) const ALL: [Self; 2] = [Self::BuiltIn, Self::Scripted];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Scripted => "scripted",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }

    fn rules(self) -> &'static str {
        match self {
            Self::BuiltIn => include_str!("builtin.toml"),
            Self::Scripted => include_str!("scripted.toml"),
        }
    }
}

/// The files of a case, in memory, with all neighbourhoods.
pub(crate) fn files(case: Case) -> Memory<'static> {
    files_of(case, NEIGHBOURHOODS)
}

/// The same with so many neighbourhoods.
pub(crate) fn files_of(case: Case, neighbourhoods: usize) -> Memory<'static> {
    Memory::default()
        .with("grid/assessment.toml", include_str!("assessment.toml"))
        .with("grid/grid.csv", grid(neighbourhoods))
        .with("grid/rules/ruleset.toml", case.rules())
}

/// Most are small and a few are large, as crime is.
fn skewed(random: &mut SplitMix, bound: u64) -> u64 {
    let part = random.below(bound) + 1;
    random.below(part)
}

/// One in `many`.
fn rarely(random: &mut SplitMix, many: u64) -> bool {
    random.below(many) == 0
}

/// A row for each neighbourhood and crime type: counts, some below five and then withheld, numbers with decimals, and
/// some cells empty.
fn grid(neighbourhoods: usize) -> String {
    let mut random = SplitMix(2026);
    let mut text = String::from("id,crimes,people,repeat_victims,harm,change,rate,concern,deprivation\n");
    for neighbourhood in 1..=neighbourhoods {
        let people = 1000 + random.below(2000);
        let deprivation = skewed(&mut random, 9000);
        for crime_type in CRIME_TYPES {
            let crimes = 1 + skewed(&mut random, 600);
            let _ = write!(text, "n{neighbourhood:05}-{crime_type},{crimes},{people},");
            match random.below(crimes / 2 + 1) {
                repeats @ 0..5 if repeats > 0 && rarely(&mut random, 4) => text.push_str("<5"),
                repeats => drop(write!(text, "{repeats}")),
            }
            let harm = skewed(&mut random, 12_000);
            let _ = write!(text, ",{}.{},", harm / 10, harm % 10);
            if !rarely(&mut random, 20) {
                let change = random.below(1500);
                let sign = if rarely(&mut random, 2) { "-" } else { "" };
                let _ = write!(text, "{sign}{}.{}", change / 10, change % 10);
            }
            let rate = crimes * 100_000 / people;
            let _ = write!(text, ",{}.{:02},", rate / 100, rate % 100);
            if !rarely(&mut random, 10) {
                let _ = write!(text, "{}", skewed(&mut random, 60));
            }
            let _ = writeln!(text, ",{}.{:02}", deprivation / 100, deprivation % 100);
        }
    }
    text
}
