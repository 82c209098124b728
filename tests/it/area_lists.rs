//! A list for each area: each is what the area alone would have, and many cost no more than as many candidates.
#![expect(clippy::disallowed_methods, reason = "what the command wrote is read from the disk")]

use std::fmt::Write as _;
use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::report;
use prioritise::stats::{Random, Stream};
use serde_json::Value;

use crate::support::{Folder, Said, command, rank, root, said};

/// Questions that look at the other candidates in every way, and one that doesn't.
const VALUES: [&str; 6] = [
    "{ relative = \"min-max\" }",
    "{ relative = \"share-of-maximum\" }",
    "{ relative = \"share-of-mean\" }",
    "{ relative = \"percentile\" }",
    "{ relative = \"z-score\" }",
    "{ linear = { from = 0, to = 40 } }",
];

/// An assessment of so many areas with so many candidates each, as they come; `only` keeps one area.
fn made(areas: u64, each: u64, only: Option<u64>) -> Folder {
    let mut random = Random::new(16, Stream::Weights, areas);
    let mut rows = "id,code,name".to_owned();
    (0..VALUES.len()).for_each(|number| write!(rows, ",x{number}").unwrap());
    rows.push('\n');
    for candidate in 0..each {
        for area in 0..areas {
            let mut row = format!("c{candidate}-{area},A{area},Area {area}");
            for _ in VALUES {
                let missing = random.below(9) == 0;
                write!(row, ",{}", if missing { String::new() } else { random.below(30).to_string() }).unwrap();
            }
            if only.is_none_or(|only| only == area) {
                writeln!(rows, "{row}").unwrap();
            }
        }
    }
    let mut assessment = "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\n\
                          [[source]]\nid = \"s\"\ntitle = \"S\"\n[[table]]\nfile = \"t.csv\"\nid = \"id\"\n\
                          area = \"code\"\narea_title = \"name\"\nkind = \"crime\"\n"
        .to_owned();
    let mut rules = "[ruleset]\nname = \"N\"\nversion = \"1\"\nper = \"area\"\nties = [\"q5\"]\n".to_owned();
    for (number, value) in VALUES.iter().enumerate() {
        write!(
            assessment,
            "[table.column.x{number}]\nheader = \"x{number}\"\nkind = \"number\"\nsource = \"s\"\nwhere = \"w\"\n"
        )
        .unwrap();
        write!(
            rules,
            "[evidence.x{number}]\nkind = \"number\"\ntitle = \"X\"\n[[criterion]]\nid = \"q{number}\"\n\
             title = \"Q{number}\"\nquestion = \"Q?\"\nweight = 1\nmeasure = \"x{number}\"\nunit = \"u\"\n\
             direction = \"higher-is-worse\"\nvalue = {value}\nmissing = \"neutral\"\nbecause = \"{{x{number}}}.\"\n"
        )
        .unwrap();
    }
    rules.push_str(
        "[[gate]]\nid = \"g\"\ntitle = \"G\"\nwhen = \"x0 != () && x0 > 27\"\neffect = \"include\"\nreason = \"R.\"\n\
         [[tier]]\nid = \"a\"\ntitle = \"A\"\nplaces = 3\n[[tier]]\nid = \"b\"\ntitle = \"B\"\n",
    );
    let mut folder = Folder::default();
    folder.write("t.csv", rows);
    folder.write("assessment.toml", assessment);
    folder.write("rules/ruleset.toml", rules);
    folder
}

fn entries(json: &str) -> Vec<Value> {
    let mut ranking: Value = serde_json::from_str(json).unwrap();
    serde_json::from_value(ranking["ranking"].take()).unwrap()
}

#[test]
fn the_list_of_an_area_is_what_it_alone_would_have() {
    let whole = rank(&made(7, 11, None), "assessment.toml").outputs();
    let whole = entries(&whole[2]);
    assert_eq!(whole.len(), 77);
    for area in 0..7 {
        let alone = rank(&made(7, 11, Some(area)), "assessment.toml").outputs();
        let code = format!("A{area}");
        let of_area: Vec<&Value> = whole.iter().filter(|entry| entry["area"]["code"] == *code).collect();
        assert_eq!(of_area, entries(&alone[2]).iter().collect::<Vec<_>>());
        assert_eq!(of_area.iter().filter(|entry| entry["rank"] == 1).count(), 1);
    }
}

#[test]
fn an_area_cut_out_of_an_assessment_ranks_as_it_does_there() {
    let files = made(5, 9, None);
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(&files, "assessment.toml", None, &mut problems).unwrap();
    let one = NonZeroUsize::MIN;
    let whole = report::json(&prioritise::rank(&assessment, &rules, one, Problems::default()).unwrap());
    let whole = entries(&whole);
    for (code, candidates) in assessment.by_area() {
        let area = assessment.of_area(code, &candidates);
        let alone = report::json(&prioritise::rank(&area, &rules, one, Problems::default()).unwrap());
        let there: Vec<&Value> = whole.iter().filter(|entry| entry["area"]["code"] == code).collect();
        assert_eq!(there, entries(&alone).iter().collect::<Vec<_>>());
    }
}

#[test]
fn the_check_that_is_not_ours_finds_every_list_to_follow_and_each_that_does_not() {
    let json = rank(&made(6, 8, None), "assessment.toml").outputs()[2].clone();
    let said = recheck(&json);
    assert_eq!(said.code, Some(0), "{said:?}");
    // Ranks as in one list of all, and areas mixed up.
    let mut ranking: Value = serde_json::from_str(&json).unwrap();
    ranking["rules"].as_object_mut().unwrap().remove("per").unwrap();
    assert_eq!(recheck(&ranking.to_string()).code, Some(1));
    let mut ranking: Value = serde_json::from_str(&json).unwrap();
    ranking["ranking"].as_array_mut().unwrap().swap(0, 20);
    assert_eq!(recheck(&ranking.to_string()).code, Some(1));
}

#[test]
fn a_record_of_lists_is_made_again_and_draws_nothing() {
    let folder = tempfile::tempdir().unwrap();
    made(3, 4, None).lay_out("", folder.path());
    let run = |arguments: &[&str]| said(command(arguments).current_dir(folder.path()));
    assert_eq!(run(&["record", ".", "-o", "sealed"]).code, Some(0));
    let verified = run(&["verify", "sealed"]);
    assert!(verified.code == Some(0) && verified.out.contains("Made again: every file is the same"), "{verified:?}");
    let ranking = std::fs::read_to_string(folder.path().join("sealed/data/ranking.json")).unwrap();
    assert_eq!(recheck(&ranking).code, Some(0));
    let drawn = run(&["record", ".", "-o", "drawn", "--draws", "100"]);
    assert!(drawn.code == Some(2) && drawn.err.contains("about one list"), "{drawn:?}");
}

fn recheck(ranking: &str) -> Said {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ranking.json"), ranking).unwrap();
    let mut command = std::process::Command::new("python3");
    command.args(["-I".as_ref(), root().join("src/record/recheck.py").as_os_str(), "ranking.json".as_ref()]);
    said(command.current_dir(folder.path()))
}

/// Were areas compared with each other, or all copied for each, this would take minutes.
#[test]
fn very_many_areas_are_ranked_at_once_and_one_by_one() {
    assert_eq!(rank_and_cut(&made(1500, 4, None)), 1500);
}

/// Ranks all areas at once and each by itself, as the pages do; so many areas.
fn rank_and_cut(files: &Folder) -> usize {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, "assessment.toml", None, &mut problems).unwrap();
    let whole = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    assert!(!report::csv(&whole).is_empty());
    let areas = assessment.by_area();
    for (code, candidates) in &areas {
        let area = assessment.of_area(code, candidates);
        prioritise::rank(&area, &rules, NonZeroUsize::MIN, Problems::default()).unwrap();
    }
    areas.len()
}

#[test]
fn folders_hold_a_file_for_each_area_and_an_index_that_leads_to_them() {
    let folder = tempfile::tempdir().unwrap();
    made(3, 4, None).lay_out("", folder.path());
    for (format, index) in [("html", "index.html"), ("csv", "index.csv"), ("xlsx", "index.csv"), ("json", "index.csv")]
    {
        let into = format!("{format}/");
        let run = said(command(&["rank", ".", "-o", &into, "--format", format]).current_dir(folder.path()));
        assert_eq!(run.code, Some(0), "{run:?}");
        let index = std::fs::read_to_string(folder.path().join(&into).join(index)).unwrap();
        for area in 0..3 {
            let page = format!("A{area}.{format}");
            assert!(folder.path().join(&into).join(&page).is_file());
            assert!(index.contains(&page), "{index}");
        }
    }
    let run = said(command(&["rank", ".", "--rules", "rules", "-o", "rules/ruleset.toml/"]).current_dir(folder.path()));
    assert_eq!(run.code, Some(2), "{run:?}");
}
