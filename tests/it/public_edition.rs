//! The public edition: an intruder who has every file of it, the rules and all totals can't tell a small count.
#![expect(clippy::disallowed_methods, reason = "what the command wrote is read from the disk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::num::NonZeroUsize;

use prioritise::assessment::{Assessment, Figure, PublicEdition};
use prioritise::diagnostic::Problems;
use prioritise::stats::{Random, Stream};

use crate::support::{Folder, Said, command, said};

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
    let small = |text: String, count: u64| {
        text.replace(&format!("\"{count} in all\""), &format!("\"{count} in all, QZSECRET\""))
    };
    let marked = (1..BELOW).fold(files_of.text("e.toml"), small);
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

/// A candidate of a small assessment: id, title, area, more keys, and its evidence.
type Filed<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

const COUNTED: &str = "period = \"2025\"\nsource = \"s\"\nwhere = \"Page\"\n";

fn crimes(figure: &str) -> String {
    format!("[candidate.evidence.crimes]\n{figure}\n{COUNTED}")
}

fn filed(candidates: &[Filed<'_>]) -> Folder {
    let mut evidence = String::new();
    for (id, title, area, more, figures) in candidates {
        writeln!(
            evidence,
            "[[candidate]]\nid = \"{id}\"\ntitle = \"{title}\"\nkind = \"crime\"\narea = \"{area}\"\n{more}\n{figures}"
        )
        .unwrap();
    }
    let mut folder = Folder::default();
    folder.write("e.toml", evidence);
    folder.write(
        "assessment.toml",
        "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = [\"e.toml\"]\n\
         [publication]\nsuppress_below = 5\nbecause = \"R\"\n[population]\npeople = 2000\nsource = \"s\"\nwhere = \"w\"\n\
         [[source]]\nid = \"s\"\ntitle = \"S\"\n",
    );
    folder.write(
        "rules/ruleset.toml",
        "[ruleset]\nname = \"N\"\nversion = \"1\"\nper = \"area\"\n[evidence.crimes]\nkind = \"count\"\ntitle = \"C\"\n\
         [[criterion]]\nid = \"c\"\ntitle = \"C\"\nquestion = \"Q?\"\nweight = 1\nmeasure = \"crimes\"\nunit = \"u\"\n\
         direction = \"higher-is-worse\"\nvalue = { linear = { from = 0, to = 300 } }\nmissing = \"neutral\"\n\
         because = \"{crimes} crimes, {crimes.rate(1000).sentence}.\"\n[[gate]]\nid = \"g\"\ntitle = \"G\"\n\
         when = \"crimes != ()\"\neffect = \"include\"\nreason = \"There were {show(crimes, 1)}.\"\n\
         [[tier]]\nid = \"a\"\ntitle = \"A\"\n",
    );
    folder
}

fn edition(candidates: &[Filed<'_>]) -> PublicEdition {
    let mut problems = Problems::default();
    let loaded = prioritise::load(&filed(candidates), "assessment.toml", None, &mut problems);
    let (assessment, _) = loaded.unwrap_or_else(|| panic!("{problems:?}"));
    assessment.public(assessment.publication.as_ref().unwrap())
}

/// What is published of a candidate's evidence, in a line.
fn line(edition: &PublicEdition, id: &str, name: &str) -> String {
    let number = edition.assessment.candidates.iter().position(|candidate| candidate.id == id).unwrap();
    edition.assessment.evidence[name].get(number).unwrap().figure.lines().join("; ")
}

/// What whoever publishes it is told.
fn told_by(candidates: &[Filed<'_>], arguments: &[&str]) -> Said {
    let place = tempfile::tempdir().unwrap();
    filed(candidates).lay_out("", place.path());
    said(command(&[&["rank", ".", "--public"], arguments].concat()).current_dir(place.path()))
}

#[test]
fn whatever_follows_from_a_hidden_count_is_not_published() {
    let others = [crimes("count = 20"), crimes("count = 30"), crimes("count = 40")];
    for (name, figure) in [
        ("share", "percentage = 3.9\nbase = 77"),
        ("share", "percentage = 3.9"),
        ("left", "percentage = 96.1\nbase = 77"),
        ("asked", "percentage = 50\nbase = 3"),
        ("rate", "rate = 1.5\nper = 1000"),
        ("number", "number = 3"),
        ("change", "number = -25"),
        (
            "halves",
            "series = [{ period = \"2025-01/2025-06\", count = 1 }, { period = \"2025-07/2025-12\", count = 2 }]",
        ),
        ("harm", "period = \"2025\"\noffences = [{ offence = \"Theft\", count = 3, harm = 2 }]"),
        (
            "like",
            "peers = [{ area = \"Here\", count = 3, population = 2000 }, { area = \"There\", count = 40, population = 9000 }]\narea = \"Here\"",
        ),
    ] {
        let filed = format!("[candidate.evidence.{name}]\n{figure}\nsource = \"s\"\nwhere = \"w\"\n");
        let with_count = [crimes("count = 3"), filed].concat();
        let found = edition(&[
            ("a1", "One", "A", "", &with_count),
            ("a2", "Two", "A", "", &others[0]),
            ("b1", "One", "B", "", &others[1]),
            ("b2", "Two", "B", "", &others[2]),
        ]);
        assert_eq!(line(&found, "a1", "crimes"), "2025: 1 to 4, suppressed", "{name}");
        assert_eq!(line(&found, "a1", name), "it is withheld from the public edition", "{name}");
        assert_eq!(found.withheld.figures.get(name), Some(&1), "{name}");
    }
}

#[test]
fn a_percentage_of_few_is_hidden_without_any_count() {
    for (figure, is_published) in [
        ("percentage = 3.9\nbase = 77", false),
        ("percentage = 96.1\nbase = 77", false),
        ("percentage = 39\nbase = 77", true),
        // The interval tells how many were asked: here some 75, and 7,500.
        ("percentage = 4\nlower = 0\nupper = 8.8", false),
        ("percentage = 4\nlower = 3.6\nupper = 4.4", true),
    ] {
        let share = format!("[candidate.evidence.share]\n{figure}\nsource = \"s\"\nwhere = \"w\"\n");
        let found = edition(&[("a1", "One", "A", "", &[crimes("count = 50"), share].concat())]);
        assert_eq!(!line(&found, "a1", "share").contains("withheld"), is_published, "{figure}");
    }
}

#[test]
fn the_same_count_under_another_name_is_protected_in_its_own_table() {
    let recorded = |count: u64| format!("[candidate.evidence.recorded]\ncount = {count}\n{COUNTED}");
    let both = |count: u64| [crimes(&format!("count = {count}")), recorded(count)].concat();
    let alone = |count: u64| crimes(&format!("count = {count}"));
    let more = |count: u64| [crimes("count = 31"), recorded(count)].concat();
    let found = edition(&[
        ("a1", "One", "A", "", &both(3)),
        ("a2", "Two", "A", "", &alone(20)),
        ("a3", "Three", "A", "", &more(55)),
        ("b1", "One", "B", "", &alone(30)),
        ("b2", "Two", "B", "", &alone(40)),
        ("b3", "Three", "B", "", &more(66)),
        ("c1", "One", "C", "", &both(76)),
        ("c3", "Three", "C", "", &both(81)),
    ]);
    // In the table of `recorded` One and Three of A and C are alone with each other.
    for id in ["a1", "a3", "c1", "c3"] {
        assert!(line(&found, id, "recorded").contains("suppressed"), "{id}: {}", line(&found, id, "recorded"));
    }
    assert_eq!(line(&found, "a1", "crimes"), line(&found, "a1", "recorded"));
    for id in ["c1", "c3"] {
        assert_eq!(line(&found, id, "crimes"), line(&found, id, "recorded"), "{id}");
    }
}

#[test]
fn every_count_that_a_total_gives_away_is_told() {
    let (small, none) = (crimes("count = 3"), crimes("count = 0"));
    let titles = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];
    let alone: Vec<Filed<'_>> = titles.iter().map(|title| (*title, *title, *title, "", &*small)).collect();
    let found = edition(&alone);
    assert_eq!(found.withheld.given_away.len(), 16, "in its area and in its type: {:?}", found.withheld.given_away);
    let ids: Vec<String> = (0..titles.len()).map(|number| format!("c{number}")).collect();
    let alone: Vec<Filed<'_>> =
        titles.iter().zip(&ids).map(|(title, id)| (id.as_str(), *title, *title, "", &*small)).collect();
    let said = told_by(&alone, &["--format", "csv"]);
    for id in &ids {
        assert!(said.err.matches(&format!("`crimes` of `{id}`")).count() == 2, "{id}: {}", said.err);
    }
    let found = edition(&[("a1", "One", "A", "", &small), ("a2", "Two", "A", "", &none)]);
    let of_totals = found.withheld.given_away.iter().any(|given| given.alone_in.is_none());
    assert!(of_totals, "3 and 0 add up to 3: {:?}", found.withheld.given_away);
}

#[test]
fn a_sentence_says_the_range_and_never_its_middle() {
    let (small, filed, other) = (crimes("count = 3"), crimes("suppressed = \"<5\""), crimes("count = 40"));
    let candidates: &[Filed<'_>] =
        &[("a1", "One", "A", "", &small), ("a2", "Two", "A", "", &filed), ("a3", "Three", "A", "", &other)];
    for format in ["text", "markdown", "html", "json"] {
        let full: &[&str] = if format == "text" { &["--full"] } else { &[] };
        let out = told_by(candidates, &[&["--quiet", "--area", "A", "--format", format], full].concat()).out;
        let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in [
            "between 1 and 4 crimes, between 0.5 and 2 per 1,000 people a year: between 1 and 4 in 12 months",
            "fewer than 5 crimes, between 0 and 2 per 1,000 people a year: fewer than 5 in 12 months",
            "There were between 1 and 4.",
            "There were fewer than 5.",
        ] {
            assert!(words.contains(sentence), "{format}: {sentence}\n{out}");
        }
    }
}

#[test]
fn what_was_filed_as_suppressed_is_protected_too() {
    let (filed, withheld) = (crimes("suppressed = \"<3\""), crimes("suppressed = \"*\""));
    let others = [crimes("count = 20"), crimes("count = 30"), crimes("count = 40")];
    for own in [&filed, &withheld] {
        let found = edition(&[
            ("a1", "One", "A", "", own),
            ("a2", "Two", "A", "", &others[0]),
            ("b1", "One", "B", "", &others[1]),
            ("b2", "Two", "B", "", &others[2]),
        ]);
        for id in ["a2", "b1", "b2"] {
            assert!(line(&found, id, "crimes").contains("suppressed"), "{id}: {}", line(&found, id, "crimes"));
        }
    }
}

#[test]
fn a_part_is_not_what_is_left_of_its_whole() {
    // Three parts are the whole: without a second the first would be what is left of it.
    let counts = [50, 3, 20, 27].map(|count| crimes(&format!("count = {count}")));
    let part = "part_of = \"whole\"";
    let found = edition(&[
        ("whole", "Whole", "A", "", &counts[0]),
        ("p1", "One", "A", part, &counts[1]),
        ("p2", "Two", "A", part, &counts[2]),
        ("p3", "Three", "A", part, &counts[3]),
    ]);
    assert!(found.withheld.given_away.is_empty(), "{:?}", found.withheld.given_away);
    let hidden = ["whole", "p2", "p3"].iter().filter(|id| line(&found, id, "crimes").contains("suppressed")).count();
    assert!(hidden > 0);
}

#[test]
fn no_spelling_makes_a_type_of_its_own() {
    let counts = [3, 20, 30, 40].map(|count| crimes(&format!("count = {count}")));
    let found = edition(&[
        ("a1", "Vehicle crime", "A", "", &counts[0]),
        ("a2", "Theft", "A", "", &counts[1]),
        ("b1", "VEHICLE  Crimes", "B", "", &counts[2]),
        ("b2", "theft", "B", "", &counts[3]),
    ]);
    assert!(found.withheld.given_away.is_empty(), "{:?}", found.withheld.given_away);
    assert!(line(&found, "b1", "crimes").contains("suppressed"));
}

#[test]
fn words_with_numbers_are_listed_with_their_places() {
    let small = format!("{}note = \"Three of them.\"\n", crimes("count = 3"));
    let judged = "[candidate.evidence.fear]\njudgement = 7\nscale = [0, 10]\nby = \"Analyst\"\ndate = \"2025-12-01\"\n\
                  because = \"Two victims were hurt.\"\n";
    let said = told_by(
        &[
            ("a1", "One", "A", "about = \"There were three.\"", &small),
            ("a2", "Two", "A", "", &format!("{}{judged}", crimes("count = 40"))),
        ],
        &["--error-format", "plain", "--format", "csv"],
    );
    let lines: Vec<&str> = said.err.lines().collect();
    let has = |parts: &[&str]| lines.iter().any(|line| parts.iter().all(|part| line.contains(part)));
    assert!(has(&["gives-away", "`about` of `a1`", "`three`"]), "{}", said.err);
    assert!(has(&["e.toml, line", "read-before-publishing", "`because` of `fear` of `a2`", "`Two`"]), "{}", said.err);
    assert!(!said.err.contains("`note`"), "no note is published beside what is hidden: {}", said.err);
}

#[test]
fn titles_that_may_be_one_type_are_told_where_no_area_has_both() {
    let counts = [3, 20, 30, 40].map(|count| crimes(&format!("count = {count}")));
    let misspelt = |titles: [&str; 4]| {
        let [a1, a2, b1, b2] = titles;
        let found = edition(&[
            ("a1", a1, "A", "", &counts[0]),
            ("a2", a2, "A", "", &counts[1]),
            ("b1", b1, "B", "", &counts[2]),
            ("b2", b2, "B", "", &counts[3]),
        ]);
        found.withheld.misspelt
    };
    let found = misspelt(["Vehicle crime", "Theft", "Vehcile crime", "Theft"]);
    assert_eq!(found, [["Vehcile crime", "Vehicle crime"]]);
    assert_eq!(misspelt(["Vehicle crime", "Vehcile crime", "Burglary", "Theft"]), [[""; 2]; 0]);
    assert_eq!(misspelt(["Neighbourhood 1", "Theft", "Neighbourhood 2", "Theft"]), [[""; 2]; 0]);
}
