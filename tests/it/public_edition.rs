//! The public edition: an intruder who has every file of it, the rules and all totals can't tell a small count.
#![expect(clippy::disallowed_methods, reason = "what the command wrote is read from the disk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::num::NonZeroUsize;

use prioritise::assessment::{Assessment, Figure};
use prioritise::diagnostic::Problems;
use prioritise::stats::{Random, Stream};

use crate::support::{Folder, command, said};

/// Counts from 1 to below this are small.
const BELOW: u64 = 5;
const FORMATS: [&str; 6] = ["txt", "md", "html", "json", "csv", "xlsx"];

/// Counts by area and type.
type Counts = Vec<Vec<u64>>;

fn drawn(areas: usize, types: usize, seed: u64) -> Counts {
    let mut random = Random::new(16, Stream::Evidence, seed);
    let most = [4, 9, 40, 300];
    let mut count = || {
        let kind = usize::try_from(random.below(4)).unwrap();
        random.below(most[kind])
    };
    (0..areas).map(|_| (0..types).map(|_| count()).collect()).collect()
}

/// An assessment of counts set against people, of a rate made from them, of quarters that add up to them, and of judgements.
fn folder(counts: &Counts) -> Folder {
    let mut table = "id,code,type,people,crimes,rate,judged\n".to_owned();
    let mut evidence = String::new();
    for (area, of_area) in counts.iter().enumerate() {
        let people = 2_000 + 137 * area;
        for (kind, count) in of_area.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let rate = *count as f64 / people as f64 * 1_000.0;
            let judged = (area * 7 + kind * 3) % 10;
            writeln!(table, "c{kind}-a{area},A{area},Type {kind},{people},{count},{rate:.3},{judged}").unwrap();
            writeln!(
                evidence,
                "[[candidate]]\nid = \"c{kind}-a{area}\"\ntitle = \"Type {kind}\"\nkind = \"crime\"\narea = \"A{area}\"\n\
                 [candidate.evidence.halves]\nseries = [{{ period = \"2025-01/2025-06\", count = {} }}, \
                 {{ period = \"2025-07/2025-12\", count = {} }}]\nsource = \"s\"\nwhere = \"w\"\n\
                 note = \"{count} in all\"\n",
                count / 2,
                count - count / 2
            )
            .unwrap();
        }
    }
    let column = |name: &str, kind: &str, more: &str| {
        format!("[table.column.{name}]\nheader = \"{name}\"\nkind = \"{kind}\"\n{more}source = \"s\"\nwhere = \"w\"\n")
    };
    let assessment = [
        "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = [\"e.toml\"]\n\
         [publication]\nsuppress_below = 5\nbecause = \"R\"\n[[source]]\nid = \"s\"\ntitle = \"S\"\n[[table]]\nfile = \"t.csv\"\n\
         id = \"id\"\ntitle = \"type\"\narea = \"code\"\nkind = \"crime\"\n",
        &column("crimes", "count", "period = \"2025\"\npopulation = \"people\"\n"),
        &column("rate", "rate", "per = 1000\n"),
        &column("judged", "number", ""),
    ]
    .concat();
    let criterion = |id: &str, measure: &str, value: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nquestion = \"Q?\"\nweight = 1\nmeasure = \"{measure}\"\nunit = \"u\"\n\
             direction = \"higher-is-worse\"\nvalue = {value}\nmissing = \"neutral\"\nbecause = \"{{{measure}}}.\"\n"
        )
    };
    let declared = |name: &str, kind: &str| format!("[evidence.{name}]\nkind = \"{kind}\"\ntitle = \"{name}\"\n");
    let rules = [
        "[ruleset]\nname = \"N\"\nversion = \"1\"\nper = \"area\"\n",
        &declared("crimes", "count"),
        &declared("rate", "rate"),
        &declared("halves", "series"),
        &declared("judged", "number"),
        &criterion("volume", "crimes", "{ linear = { from = 0, to = 300 } }"),
        &criterion("share", "crimes", "{ relative = \"share-of-mean\" }"),
        &criterion("place", "crimes", "{ relative = \"percentile\" }"),
        &criterion("prevalence", "rate", "{ relative = \"min-max\" }"),
        &criterion("latest", "halves", "{ relative = \"z-score\" }"),
        &criterion("judged", "judged", "{ linear = { from = 0, to = 10 } }"),
        "[[gate]]\nid = \"g\"\ntitle = \"G\"\nwhen = \"crimes != () && crimes > 200\"\neffect = \"include\"\nreason = \"{crimes}.\"\n\
         [[tier]]\nid = \"a\"\ntitle = \"A\"\nplaces = 2\n[[tier]]\nid = \"b\"\ntitle = \"B\"\n",
    ]
    .concat();
    let mut folder = Folder::default();
    folder.write("t.csv", table);
    folder.write("e.toml", evidence);
    folder.write("assessment.toml", assessment);
    folder.write("rules/ruleset.toml", rules);
    folder
}

/// What is published of each count, by area and type: its ends.
fn published(counts: &Counts) -> Vec<Vec<(u64, u64)>> {
    let mut problems = Problems::default();
    let (assessment, _) = prioritise::load(&folder(counts), "assessment.toml", None, &mut problems).unwrap();
    let public = assessment.public(assessment.publication.as_ref().unwrap()).assessment;
    let ends = |area: usize, kind: usize| ends_of(&public, &format!("c{kind}-a{area}"));
    counts.iter().enumerate().map(|(area, of)| (0..of.len()).map(|kind| ends(area, kind)).collect()).collect()
}

/// The candidates whose small count a total gives away, as the publisher is told.
fn given_away(counts: &Counts) -> Vec<String> {
    let mut problems = Problems::default();
    let (assessment, _) = prioritise::load(&folder(counts), "assessment.toml", None, &mut problems).unwrap();
    let withheld = assessment.public(assessment.publication.as_ref().unwrap()).withheld;
    withheld.given_away.into_iter().map(|(id, _)| id).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]
fn ends_of(public: &Assessment, id: &str) -> (u64, u64) {
    let number = public.candidates.iter().position(|candidate| candidate.id == id).unwrap();
    let evidence = public.evidence["crimes"].get(number).unwrap();
    let Figure::Count(count) = &evidence.figure else { panic!("{evidence:?}") };
    let (low, high) = count.suppressed.unwrap_or((count.count, count.count));
    (low as u64, high as u64)
}

/// Every file of the public edition, by name: the lists of all areas in every format, and the pages of each.
fn files(counts: &Counts) -> BTreeMap<String, Vec<u8>> {
    let place = tempfile::tempdir().unwrap();
    folder(counts).lay_out("", place.path());
    let run = |arguments: &[&str]| {
        let run = said(command(&[&["rank", ".", "--public", "--quiet"], arguments].concat()).current_dir(place.path()));
        assert_eq!(run.code, Some(0), "{run:?}");
        run.out
    };
    let mut files = BTreeMap::new();
    for format in ["text", "markdown", "html", "json", "csv"] {
        files.insert(format.to_owned(), run(&["--format", format]).into_bytes());
    }
    for ending in FORMATS {
        let format = match ending {
            "txt" => "text",
            "md" => "markdown",
            other => other,
        };
        run(&["-o", &format!("{ending}/"), "--format", format]);
        for entry in std::fs::read_dir(place.path().join(ending)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{ending}/{}", entry.file_name().to_str().unwrap());
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The parts of a workbook, unpacked; any other file as it is.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<u8> {
    if !name.ends_with("xlsx") {
        return bytes.to_vec();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for part in 0..archive.len() {
        archive.by_index(part).unwrap().read_to_end(&mut all).unwrap();
    }
    all
}

/// Another world that the same public edition could be of: counts moved round a rectangle, all totals the same, and each
/// within what is published.
fn other_world(counts: &Counts, of: (usize, usize), guess: u64, shown: &[Vec<(u64, u64)>]) -> Option<Counts> {
    let (area, kind) = of;
    let now = counts[area][kind];
    let moved = |count: u64, up: bool| match up {
        true => (count + guess).checked_sub(now),
        false => (count + now).checked_sub(guess),
    };
    let fits = |area: usize, kind: usize, count: Option<u64>| {
        count.filter(|count| (shown[area][kind].0..=shown[area][kind].1).contains(count))
    };
    for other_area in (0..counts.len()).filter(|other| *other != area) {
        for other_kind in (0..counts[area].len()).filter(|other| *other != kind) {
            let corners = [
                ((area, kind), Some(guess)),
                ((area, other_kind), moved(counts[area][other_kind], false)),
                ((other_area, kind), moved(counts[other_area][kind], false)),
                ((other_area, other_kind), moved(counts[other_area][other_kind], true)),
            ];
            let found: Option<Vec<((usize, usize), u64)>> =
                corners.into_iter().map(|(at, count)| Some((at, fits(at.0, at.1, count)?))).collect();
            if let Some(found) = found {
                let mut world = counts.clone();
                for ((area, kind), count) in found {
                    world[area][kind] = count;
                }
                return Some(world);
            }
        }
    }
    None
}

fn totals(counts: &Counts) -> (Vec<u64>, Vec<u64>) {
    let areas = counts.iter().map(|of| of.iter().sum()).collect();
    (areas, (0..counts[0].len()).map(|kind| counts.iter().map(|of| of[kind]).sum()).collect())
}

#[test]
fn whoever_knows_all_totals_can_rule_out_no_small_number() {
    let (mut tried, mut hidden_twice) = (0, 0);
    for seed in 0..12 {
        let counts = drawn(7, 6, seed);
        let (shown, given_away) = (published(&counts), given_away(&counts));
        for (area, of_area) in counts.iter().enumerate() {
            for (kind, count) in of_area.iter().enumerate().filter(|(_, count)| (1..BELOW).contains(*count)) {
                assert_eq!(shown[area][kind], (1, BELOW - 1));
                if given_away.contains(&format!("c{kind}-a{area}")) {
                    continue;
                }
                for guess in 1..BELOW {
                    let world = other_world(&counts, (area, kind), guess, &shown)
                        .unwrap_or_else(|| panic!("{counts:?}: {count} at {area}, {kind} can't be {guess}"));
                    assert_eq!(totals(&world), totals(&counts));
                    tried += 1;
                }
            }
            hidden_twice += shown[area].iter().filter(|ends| ends.0 >= BELOW && ends.0 < ends.1).count();
        }
    }
    assert!(tried > 200 && hidden_twice > 30, "{tried} {hidden_twice}");
}

/// Other worlds of which exactly the same is published.
fn same_outside(counts: &Counts) -> Vec<Counts> {
    let shown = published(counts);
    let cells = (0..counts.len()).flat_map(|area| (0..counts[0].len()).map(move |kind| (area, kind)));
    let small = cells.filter(|(area, kind)| (1..BELOW).contains(&counts[*area][*kind]));
    let guesses = small.flat_map(|at| (1..BELOW).map(move |guess| (at, guess)));
    let other = guesses.filter(|((area, kind), guess)| counts[*area][*kind] != *guess);
    let worlds = other.filter_map(|(at, guess)| other_world(counts, at, guess, &shown));
    worlds.filter(|world| published(world) == shown).take(2).collect()
}

#[test]
fn two_worlds_with_the_same_published_counts_have_the_same_files_to_the_byte() {
    let found = (0..40).map(|seed| drawn(5, 5, seed)).map(|counts| (same_outside(&counts), counts));
    let (worlds, counts) = found.into_iter().find(|(worlds, _)| worlds.len() > 1).unwrap();
    let first = files(&counts);
    assert!(first.len() > 30);
    for world in &worlds {
        for (name, bytes) in files(world) {
            assert!(first[&name] == bytes, "{name} is other for {counts:?} and {world:?}");
        }
    }
}

#[test]
fn no_byte_of_it_holds_what_was_filed() {
    let mut files_of = folder(&drawn(4, 4, 3));
    let marked = files_of.text("e.toml").replace(" in all\"", " in all, QZSECRET\"");
    files_of.write("e.toml", marked);
    let place = tempfile::tempdir().unwrap();
    files_of.lay_out("", place.path());
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(&files_of, "assessment.toml", None, &mut problems).unwrap();
    let full = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, Problems::default()).unwrap();
    assert!(prioritise::report::json(&full).contains("QZSECRET"));
    for format in ["json", "csv", "html", "markdown", "text", "xlsx"] {
        let into = format!("{format}/");
        let arguments = ["rank", ".", "--public", "--quiet", "-o", &into, "--format", format];
        assert_eq!(said(command(&arguments).current_dir(place.path())).code, Some(0));
        for entry in std::fs::read_dir(place.path().join(format)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = unpacked(path.to_str().unwrap(), &std::fs::read(&path).unwrap());
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("QZSECRET") && !text.contains(&assessment.digest), "{}", path.display());
        }
    }
}

#[test]
fn an_assessment_that_says_nothing_of_small_numbers_has_no_public_edition() {
    let run = said(&mut command(&["rank", "fixtures/starter", "--public"]));
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.err.contains("no-publication"), "{run:?}");
}
