//! The public edition against an intruder with a solver: who knows the public edition, how its figures are made from each
//! other, and every total of every area and type, looks for each small count that was filed which numbers it can be.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem as Programme, SolveOptions, Variable};
use prioritise::assessment::{Assessment, Figure, PublicEdition};
use prioritise::diagnostic::Problems;
use prioritise::stats::{Random, Stream};

use crate::support::Folder;

/// Counts from 1 to below this are small.
const BELOW: u64 = 5;

/// Counts that nothing but sums ties to each other, by name, area and type.
type World = BTreeMap<At, u64>;

/// A number, by its name, area and type.
type At = (&'static str, usize, usize);

/// What is filed beside the counts of crimes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// The same count under another name.
    Recorded,
    /// The same count, filed as a number.
    Number,
    /// Two halves of the year.
    Halves,
    /// Two offences.
    Offences,
    /// Two counts that add up to it.
    Attempts,
    /// How many of them were solved, in per cent.
    Solved,
    /// Its share of the crimes of its area, in per cent, without the base.
    Share,
    /// Per 1,000 people.
    Rate,
    /// A candidate that is part of it.
    Part,
    /// Last year's count.
    LastYear,
}

const BESIDE: [Beside; 10] = [
    Beside::Recorded,
    Beside::Number,
    Beside::Halves,
    Beside::Offences,
    Beside::Attempts,
    Beside::Solved,
    Beside::Share,
    Beside::Rate,
    Beside::Part,
    Beside::LastYear,
];

struct Made {
    areas: usize,
    types: usize,
    beside: Vec<Beside>,
    world: World,
}

fn below(random: &mut Random, most: u64) -> u64 {
    if most == 0 { 0 } else { random.below(most) }
}

fn made(seed: u64) -> Made {
    let mut random = Random::new(16, Stream::Evidence, seed);
    let (areas, types) = (4 + usize::try_from(random.below(3)).unwrap(), 4 + usize::try_from(random.below(2)).unwrap());
    let beside = BESIDE.into_iter().filter(|_| random.below(10) < 3).collect();
    let mut world = World::new();
    for area in 0..areas {
        for kind in 0..types {
            let mut count = || {
                let most = [5, 40, 90, 300][usize::try_from(random.below(4)).unwrap()];
                random.below(most)
            };
            let (crimes, last_year) = (count(), count());
            let mut set = |name: &'static str, count: u64| world.insert((name, area, kind), count);
            set("crimes", crimes);
            set("last_year", last_year);
            for (name, other) in [("first_half", "second_half"), ("theft", "damage"), ("attempts", "completed")] {
                let some = below(&mut random, crimes + 1);
                set(name, some);
                set(other, crimes - some);
            }
            set("solved", below(&mut random, crimes + 1));
            set("part", below(&mut random, crimes + 1));
        }
    }
    Made { areas, types, beside, world }
}

impl Made {
    fn count(&self, name: &'static str, area: usize, kind: usize) -> u64 {
        self.world[&(name, area, kind)]
    }

    fn has(&self, beside: Beside) -> bool {
        self.beside.contains(&beside)
    }

    fn area_total(&self, area: usize) -> u64 {
        (0..self.types).map(|kind| self.count("crimes", area, kind)).sum()
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let types = self.types;
        (0..self.areas).flat_map(move |area| (0..types).map(move |kind| (area, kind)))
    }

    fn people(area: usize) -> usize {
        2_000 + 137 * area
    }

    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn folder(&self) -> Folder {
        let mut evidence = String::new();
        for (area, kind) in self.cells() {
            let count = |name: &'static str| self.count(name, area, kind);
            let crimes = count("crimes");
            let about = |id: &str, title: &str, more: &str| {
                format!(
                    "[[candidate]]\nid = \"{id}\"\ntitle = \"{title}\"\nkind = \"crime\"\narea = \"A{area}\"\n{more}"
                )
            };
            evidence += &about(&format!("c{kind}-a{area}"), &format!("Type {kind}"), "");
            let mut file = |name: &str, figure: &str| {
                writeln!(evidence, "[candidate.evidence.{name}]\n{figure}\nsource = \"s\"\nwhere = \"w\"").unwrap();
            };
            let counted = |count: u64| format!("count = {count}\nperiod = \"2025\"");
            file("crimes", &counted(crimes));
            for beside in &self.beside {
                match beside {
                    Beside::Recorded => file("recorded", &counted(crimes)),
                    Beside::Number => file("number", &format!("number = {crimes}")),
                    Beside::Halves => file(
                        "halves",
                        &format!(
                            "series = [{{ period = \"2025-01/2025-06\", count = {} }}, \
                             {{ period = \"2025-07/2025-12\", count = {} }}]",
                            count("first_half"),
                            count("second_half")
                        ),
                    ),
                    Beside::Offences => file(
                        "offences",
                        &format!(
                            "period = \"2025\"\noffences = [{{ offence = \"Theft\", count = {}, harm = 1 }}, \
                             {{ offence = \"Damage\", count = {}, harm = 2 }}]",
                            count("theft"),
                            count("damage")
                        ),
                    ),
                    Beside::Attempts => {
                        file("attempts", &counted(count("attempts")));
                        file("completed", &counted(count("completed")));
                    }
                    Beside::Solved if crimes > 0 => {
                        let percentage = count("solved") as f64 / crimes as f64 * 100.0;
                        file("solved", &format!("percentage = {percentage:.2}\nbase = {crimes}"));
                    }
                    Beside::Share if self.area_total(area) > 0 => {
                        let percentage = crimes as f64 / self.area_total(area) as f64 * 100.0;
                        file("share", &format!("percentage = {percentage:.3}"));
                    }
                    Beside::Rate => {
                        let rate = crimes as f64 / Self::people(area) as f64 * 1_000.0;
                        file("rate", &format!("rate = {rate:.3}\nper = 1000"));
                    }
                    Beside::LastYear => {
                        file("last_year", &format!("count = {}\nperiod = \"2024\"", count("last_year")));
                    }
                    Beside::Part | Beside::Solved | Beside::Share => {}
                }
            }
            if self.has(Beside::Part) {
                let whole = format!("part_of = \"c{kind}-a{area}\"\n");
                evidence += &about(&format!("p{kind}-a{area}"), &format!("Part of type {kind}"), &whole);
                let figure = counted(count("part"));
                writeln!(evidence, "[candidate.evidence.crimes]\n{figure}\nsource = \"s\"\nwhere = \"w\"").unwrap();
            }
        }
        let assessment = "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\n\
                          evidence = [\"e.toml\"]\n[publication]\nsuppress_below = 5\nbecause = \"R\"\n\
                          [[source]]\nid = \"s\"\ntitle = \"S\"\n";
        let rules = "[ruleset]\nname = \"N\"\nversion = \"1\"\nper = \"area\"\n[evidence.crimes]\nkind = \"count\"\n\
                     title = \"C\"\n[[criterion]]\nid = \"c\"\ntitle = \"C\"\nquestion = \"Q?\"\nweight = 1\n\
                     measure = \"crimes\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\n\
                     value = { linear = { from = 0, to = 300 } }\nmissing = \"neutral\"\nbecause = \"{crimes}.\"\n\
                     [[tier]]\nid = \"a\"\ntitle = \"A\"\n";
        let mut folder = Folder::default();
        folder.write("e.toml", evidence);
        folder.write("assessment.toml", assessment);
        folder.write("rules/ruleset.toml", rules);
        folder
    }

    fn published(&self) -> PublicEdition {
        let mut problems = Problems::default();
        let loaded = prioritise::load(&self.folder(), "assessment.toml", None, &mut problems);
        let (assessment, _) = loaded.unwrap_or_else(|| panic!("{problems:?}"));
        assessment.public(assessment.publication.as_ref().unwrap())
    }
}

/// These numbers less those are so many.
type KnownSum = (Vec<At>, Vec<At>, u64);

/// What the intruder knows: numbers that are not negative, and what holds between them.
struct Intruder<'a> {
    made: &'a Made,
    ends: BTreeMap<At, (u64, u64)>,
    sums: Vec<KnownSum>,
    /// What is no more than what.
    at_most: Vec<(At, At)>,
}

impl<'a> Intruder<'a> {
    fn new(made: &'a Made, public: &Assessment) -> Self {
        let mut intruder = Self { made, ends: BTreeMap::new(), sums: Vec::new(), at_most: Vec::new() };
        for (area, kind) in made.cells() {
            intruder.reads(public, area, kind);
            let at = |name: &'static str| (name, area, kind);
            for (beside, parts) in [
                (Beside::Halves, ["first_half", "second_half"]),
                (Beside::Offences, ["theft", "damage"]),
                (Beside::Attempts, ["attempts", "completed"]),
            ] {
                if made.has(beside) {
                    intruder.sums.push((vec![at("crimes")], parts.map(at).to_vec(), 0));
                }
            }
            for (beside, part) in [(Beside::Part, "part"), (Beside::Solved, "solved")] {
                if made.has(beside) {
                    intruder.at_most.push((at(part), at("crimes")));
                }
            }
        }
        for name in intruder.names() {
            for area in 0..made.areas {
                intruder.total(name, (0..made.types).map(|kind| (area, kind)).collect());
            }
            for kind in 0..made.types {
                intruder.total(name, (0..made.areas).map(|area| (area, kind)).collect());
            }
        }
        intruder
    }

    /// The names of which totals are known.
    fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["crimes"];
        for (beside, more) in [
            (Beside::Halves, &["first_half", "second_half"][..]),
            (Beside::Offences, &["theft", "damage"]),
            (Beside::Attempts, &["attempts", "completed"]),
            (Beside::Solved, &["solved"]),
            (Beside::LastYear, &["last_year"]),
        ] {
            names.extend(more.iter().filter(|_| self.made.has(beside)));
        }
        names
    }

    fn total(&mut self, name: &'static str, of: Vec<(usize, usize)>) {
        let total = of.iter().map(|(area, kind)| self.made.count(name, *area, *kind)).sum();
        self.sums.push((of.into_iter().map(|(area, kind)| (name, area, kind)).collect(), Vec::new(), total));
    }

    fn is_between(&mut self, at: At, low: u64, high: u64) {
        let ends = self.ends.entry(at).or_insert((0, 1_000));
        *ends = (ends.0.max(low), ends.1.min(high));
        assert!(ends.0 <= ends.1, "{at:?} is published as {low} to {high} and as something else");
    }

    /// What is published about one candidate, and its part.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers")]
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn reads(&mut self, public: &Assessment, area: usize, kind: usize) {
        for (id, counts) in [(format!("c{kind}-a{area}"), "crimes"), (format!("p{kind}-a{area}"), "part")] {
            let Some(number) = public.candidates.iter().position(|candidate| candidate.id == id) else { continue };
            for (name, column) in &public.evidence {
                let Some(evidence) = column.get(number) else { continue };
                let of = match name.as_str() {
                    "last_year" => "last_year",
                    "attempts" => "attempts",
                    "completed" => "completed",
                    _ => counts,
                };
                let at = |name: &'static str| (name, area, kind);
                // What is printed is right to half of its last digit.
                let near = |number: f64, half: f64| ((number - half).ceil().max(0.0) as u64, (number + half) as u64);
                match &evidence.figure {
                    Figure::Count(count) => {
                        let (low, high) = count.suppressed.unwrap_or((count.count, count.count));
                        self.is_between(at(of), low as u64, high as u64);
                    }
                    Figure::Number(number) => {
                        self.is_between(at(of), number.0.estimate as u64, number.0.estimate as u64);
                    }
                    Figure::Series(series) => {
                        for (half, count) in ["first_half", "second_half"].into_iter().zip(series.counts.iter()) {
                            self.is_between(at(half), count.count as u64, count.count as u64);
                        }
                    }
                    Figure::Offences(offences) => {
                        for (kind, row) in ["theft", "damage"].into_iter().zip(offences.offences.iter()) {
                            self.is_between(at(kind), row.count as u64, row.count as u64);
                        }
                    }
                    Figure::Percentage(percentage) => {
                        let share = percentage.percentage.estimate / 100.0;
                        if let Some(base) = percentage.base {
                            self.is_between(at("crimes"), base as u64, base as u64);
                            let (low, high) = near(share * base, 0.000_051 * base);
                            self.is_between(at("solved"), low, high);
                        } else {
                            let total = self.made.area_total(area) as f64;
                            let (low, high) = near(share * total, 0.000_006 * total);
                            self.is_between(at("crimes"), low, high);
                        }
                    }
                    Figure::Rate(rate) => {
                        let people = Made::people(area) as f64 / 1_000.0;
                        let (low, high) = near(rate.rate.estimate * people, 0.000_51 * people);
                        self.is_between(at("crimes"), low, high);
                    }
                    Figure::Missing(_) => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    /// Whether a number can be `guess`.
    fn is_possible(&self, target: At, guess: u64) -> bool {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let mut variables: BTreeMap<At, Variable> = BTreeMap::new();
        let named: Vec<&'static str> = self.names().into_iter().chain(["part"]).collect();
        for name in named {
            for (area, kind) in self.made.cells() {
                let at = (name, area, kind);
                let (low, high) = self.ends.get(&at).copied().unwrap_or((0, 1_000));
                let (low, high) = if at == target { (guess, guess) } else { (low, high) };
                let ends = (i32::try_from(low).unwrap(), i32::try_from(high).unwrap());
                variables.insert(at, programme.add_integer_var(0.0, ends));
            }
        }
        for (sum, less, total) in &self.sums {
            let plus = sum.iter().map(|at| (variables[at], 1.0));
            let terms: Vec<(Variable, f64)> = plus.chain(less.iter().map(|at| (variables[at], -1.0))).collect();
            programme.add_constraint(terms, ComparisonOp::Eq, f64::from(u32::try_from(*total).unwrap()));
        }
        for (part, whole) in &self.at_most {
            programme.add_constraint([(variables[part], 1.0), (variables[whole], -1.0)], ComparisonOp::Le, 0.0);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(2_000);
        match programme.solve_with(options) {
            Ok(_) => true,
            Err(Error::Infeasible) => false,
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// The name of the evidence that a number is filed in.
fn evidence_of(name: &str) -> &str {
    match name {
        "first_half" | "second_half" => "halves",
        "theft" | "damage" => "offences",
        "part" => "crimes",
        other => other,
    }
}

/// Six worlds; as many as `INTRUDER_WORLDS` says take their time.
#[test]
fn an_intruder_with_a_solver_can_rule_out_no_small_number() {
    let (mut tried, mut given_away, mut found) = (0_u64, 0_u64, Vec::new());
    let worlds = std::env::var("INTRUDER_WORLDS").ok().and_then(|worlds| worlds.parse().ok()).unwrap_or(6);
    for seed in 0..worlds {
        let made = made(seed);
        let edition = made.published();
        let intruder = Intruder::new(&made, &edition.assessment);
        let names: Vec<&'static str> =
            intruder.names().into_iter().chain(made.has(Beside::Part).then_some("part")).collect();
        for (at, count) in made.world.iter().filter(|(at, _)| names.contains(&at.0)) {
            let (name, area, kind) = *at;
            if !(1..BELOW).contains(count) || (name == "solved" && made.count("crimes", area, kind) == 0) {
                continue;
            }
            let letter = if name == "part" { "p" } else { "c" };
            let id = format!("{letter}{kind}-a{area}");
            let is_given = |given: &prioritise::assessment::GivenAway| {
                given.candidate == id && given.evidence == evidence_of(name)
            };
            if edition.withheld.given_away.iter().any(is_given) {
                given_away += 1;
                continue;
            }
            tried += 1;
            let possible: Vec<u64> = (1..BELOW).filter(|guess| intruder.is_possible(*at, *guess)).collect();
            if possible != [1, 2, 3, 4] {
                found.push(format!("{seed} {:?}: {name} of {id} is {count}, and can be {possible:?}", made.beside));
            }
        }
    }
    println!("{tried} small counts tried, {given_away} told to be given away");
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(tried > 10 * worlds && given_away < tried, "{tried} {given_away}");
}
