//! `prioritise new NEXT --from LAST`: next year's folder, from folders and records, and what stops it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use crate::support::{FIXTURES, Said, prioritise_in, root};

/// The files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn next_of(folder: &Path, last: &str) -> Said {
    let said = prioritise_in(folder, &["new", "next", "--from", last]);
    assert_eq!((said.code, &*said.out), (Some(0), ""), "{}", said.err);
    said
}

fn candidates(files: &BTreeMap<String, String>) -> Vec<Table> {
    let files = files.iter().filter(|(name, _)| name.ends_with(".toml") && !name.starts_with("rules/"));
    let tables = files.filter_map(|(_, text)| text.parse::<Table>().unwrap().get("candidate").cloned());
    let items = tables.flat_map(|list| list.as_array().cloned().unwrap());
    items.map(|item| item.as_table().cloned().unwrap()).collect()
}

#[test]
fn every_figure_is_asked_for_and_none_is_there() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    let said = next_of(folder.path(), "ours");
    insta::assert_snapshot!(said.err, @r#"
    made next from ours
      Period: 2025/26 becomes 2026/27.
      Title: "Strategic assessment 2026/27".
      2 candidates, with the ids that they have.
      To file: 6 pieces of evidence in 2 files, with what was filed last year as a comment.
      To file: the population.
      To renew: 2 sources.
      To review: 1 priority in `plan-2026-27.toml`, the list's tier "Priority", as no board's decisions are filed. Name there the measures by which they are judged.
      Rules: a copy, in `rules`.
    see what is missing with: prioritise rank next
    "#);
    let made = files(&folder.path().join("next"));
    insta::assert_snapshot!(made["assessment.toml"]);
    insta::assert_snapshot!(made["evidence/burglary.toml"]);
    insta::assert_snapshot!(made["plan-2026-27.toml"]);
    let rules = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        files.iter().filter(|(name, _)| name.starts_with("rules/")).map(|(a, b)| (a.clone(), b.clone())).collect()
    };
    assert_eq!(rules(&made), rules(&files(&folder.path().join("ours"))));
}

/// What is missing is told, and is no error; last year and next year compare.
#[test]
fn the_new_folder_ranks_checks_and_compares() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    next_of(folder.path(), "ours");
    let ranked = prioritise_in(folder.path(), &["rank", "next", "--full"]);
    assert_eq!(ranked.code, Some(0), "{}", ranked.err);
    assert_eq!(ranked.out.matches("0 of 4").count(), 4, "{}", ranked.out);
    assert!(ranked.out.contains("Not filed yet for"), "{}", ranked.out);
    let checked = prioritise_in(folder.path(), &["check", "next", "--error-format", "plain"]);
    assert_eq!(checked.code, Some(1));
    assert!(!checked.out.contains("error"), "{}", checked.out);
    assert_eq!(checked.out.matches("always-missing").count(), 4, "{}", checked.out);
    let compared = prioritise_in(folder.path(), &["diff", "ours", "next"]);
    assert_eq!(compared.code, Some(0), "{}", compared.err);
    assert!(compared.out.contains("Old: Strategic assessment 2025/26"), "{}", compared.out);
    assert!(compared.out.contains("Domestic abuse (now Not ranked) leaves \"Priority\"."), "{}", compared.out);
}

/// A candidate that gets another id next year is followed, for its old one is filed.
#[test]
fn a_candidate_is_followed_under_another_id() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    next_of(folder.path(), "ours");
    let path = folder.path().join("next/evidence/domestic-abuse.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("id    = \"domestic-abuse\"", "id    = \"abuse-at-home\"")).unwrap();
    let compared = prioritise_in(folder.path(), &["diff", "ours", "next"]);
    assert_eq!(compared.code, Some(0), "{}", compared.err);
    assert!(compared.out.contains("now Domestic abuse:"), "{}", compared.out);
}

/// Of every fixture: each piece of evidence is there by name, none has a figure, and no line of last year's is lost.
#[test]
fn nothing_of_last_year_is_lost_but_its_figures() {
    // An assessment with members has no figures of its own: theirs are asked of them.
    for fixture in FIXTURES.into_iter().filter(|fixture| *fixture != "cambridgeshire-2014") {
        let folder = tempfile::tempdir().unwrap();
        let last = root().join("fixtures").join(fixture);
        let said = next_of(folder.path(), last.to_str().unwrap());
        assert!(!said.err.contains("Last year's file"), "{fixture}");
        let (before, made) = (files(&last), files(&folder.path().join("next")));
        let names = |files: &BTreeMap<String, String>| -> BTreeMap<String, Vec<String>> {
            let named = |candidate: &Table| {
                let evidence = candidate.get("evidence").and_then(Value::as_table);
                evidence.into_iter().flat_map(|all| all.keys().cloned()).collect()
            };
            candidates(files).iter().map(|it| (it["id"].as_str().unwrap().to_owned(), named(it))).collect()
        };
        assert_eq!(names(&before), names(&made), "{fixture}");
        for candidate in candidates(&made) {
            assert!(candidate["formerly"].as_array().unwrap().contains(&candidate["id"]));
            for (name, evidence) in candidate.get("evidence").and_then(Value::as_table).into_iter().flatten() {
                let keys: Vec<&str> = evidence.as_table().unwrap().keys().map(String::as_str).collect();
                assert!(keys == ["missing"] || keys == ["missing", "context"], "{fixture}, {name}: {keys:?}");
            }
        }
        for (name, text) in made.iter().filter(|(name, _)| before.contains_key(*name) && name.ends_with(".toml")) {
            let lines: Vec<&str> = text.lines().collect();
            let changed = ["title", "period", "rules", "#:schema"];
            for line in before[name].lines().filter(|line| !changed.iter().any(|key| line.starts_with(key))) {
                let there = lines.iter().any(|made| *made == line || made.strip_prefix("# ") == Some(line));
                assert!(there || line.trim().is_empty(), "{fixture}, {name} lost: {line}");
            }
        }
    }
}

/// What a record holds is enough: its digest is noted, and its rules come with it.
#[test]
fn a_record_is_followed_by_a_folder_that_needs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let last = root().join("fixtures/morile-style");
    let sealed = prioritise_in(folder.path(), &["record", last.to_str().unwrap(), "-o", "sealed"]);
    let digest = sealed.out.trim();
    next_of(folder.path(), "sealed");
    let made = files(&folder.path().join("next"));
    assert!(made["assessment.toml"].contains(&format!("the record `sealed`,\n# {digest}.")));
    let plan = made["plan-2020-21.toml"].parse::<Table>().unwrap();
    assert_eq!(plan["source"][0]["note"].as_str().unwrap(), format!("Record {digest}."));
    let priorities: Vec<&str> =
        plan["priority"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(priorities, ["serious-violence", "domestic-abuse", "anti-social-behaviour"], "the board's list");
    fs::remove_dir_all(folder.path().join("sealed")).unwrap();
    let ranked = prioritise_in(folder.path(), &["rank", "next"]);
    assert_eq!(ranked.code, Some(0), "{}", ranked.err);
}

/// Rules in another folder are named there, from wherever the new folder stands.
#[test]
fn rules_elsewhere_stay_there() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::rename(folder.path().join("ours/rules"), folder.path().join("shared")).unwrap();
    let path = folder.path().join("ours/assessment.toml");
    let text = fs::read_to_string(&path).unwrap().replace("\"rules\" #", "\"../shared\" #");
    fs::write(&path, text).unwrap();
    let said = prioritise_in(folder.path(), &["new", "deep/down/next", "--from", "ours/assessment.toml"]);
    assert!(said.err.contains("Rules: the same, `../../../shared`."), "{}", said.err);
    let ranked = prioritise_in(folder.path(), &["rank", "deep/down/next"]);
    assert_eq!(ranked.code, Some(0), "{}", ranked.err);
}

/// However TOML is written, nothing is left in it and nothing is lost.
#[test]
fn other_ways_to_write_evidence() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    let path = folder.path().join("ours/evidence/burglary.toml");
    for text in [
        // Each a table in a line.
        "[[candidate]]\nid = \"burglary\"\ntitle = \"B\"\nkind = \"crime\"\n[candidate.evidence] # all of it\nconcern = { \
         percentage = 18, source = \"assessment\", where = \"Q5\" } # asked in May\n",
        // Dotted keys.
        "[[candidate]]\nid = \"burglary\"\ntitle = \"B\"\nkind = \"crime\"\nevidence.concern.percentage = 18\n\
         evidence.concern.source = \"assessment\"\nevidence.concern.where = \"Q5\"\n",
        // A list of tables in place of `[[candidate]]`.
        "candidate = [{ id = \"burglary\", title = \"B\", kind = \"crime\", evidence = { concern = { percentage = 18, \
         source = \"assessment\", where = \"Q5\" } } }]\n",
        // A table of a series under a header of its own.
        "[[candidate]]\nid = \"burglary\"\ntitle = \"B\"\nkind = \"crime\"\n[candidate.evidence.recorded]\nsource = \
         \"assessment\"\nwhere = \"T\"\n\n[[candidate.evidence.recorded.series]]\nperiod = \"2025/26\"\n\n# The count.\ncount \
         = 5\n",
        // Text that looks like a header.
        "[[candidate]]\nid = \"burglary\"\ntitle = \"B\"\nkind = \"crime\"\nabout = \"\"\"\n[candidate.evidence.x]\n# no \
         comment\n\"\"\"\n[candidate.evidence.concern]\npercentage = 18\nsource = \"assessment\"\nwhere = \
         \"\"\"\nQ5\n\n[x]\"\"\"\n",
    ] {
        fs::write(&path, text).unwrap();
        let _ = fs::remove_dir_all(folder.path().join("next"));
        next_of(folder.path(), "ours");
        let made = fs::read_to_string(folder.path().join("next/evidence/burglary.toml")).unwrap();
        let tree = made.parse::<Table>().unwrap();
        let candidate = tree["candidate"][0].as_table().unwrap();
        assert_eq!(candidate["formerly"][0].as_str(), Some("burglary"), "{made}");
        let evidence = candidate["evidence"].as_table().unwrap();
        assert!(evidence.values().all(|it| it.as_table().unwrap().keys().eq(["missing"])), "{made}");
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let kept = made.lines().any(|made| made == line || made.strip_prefix("# ") == Some(line));
            assert!(kept, "lost: {line}\n{made}");
        }
    }
}

/// The plan with what was chosen of it, and what the reviews leave: what goes on, and what is asked for again.
#[test]
fn plans_are_reviewed_and_what_was_chosen_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    let write = |name: &str, text: &str| fs::write(folder.path().join("ours").join(name), text).unwrap();
    write(
        "plan.toml",
        r#"[plan]
title = "What the grant could do"
period = "2026/27"
worth = "total"

[[resource]]
id = "grant"
title = "Grant"
unit = "GBP"
amounts = [{ period = "2026/27", amount = 30000 }]
source = "assessment"
where = "Page 2"

[[action]]
id = "locks"
title = "Locks"
costs = [{ resource = "grant", amount = 9000 }]
serves = [{ candidate = "burglary", share = 0.15 }]
due = "2027-01-31"
by = "Analyst"
date = "2026-04-20"
because = "Ours."

[[action]]
id = "adviser"
title = "An adviser"
costs = [{ resource = "grant", amount = 25000 }]
serves = [{ candidate = "domestic-abuse", share = 0.2 }]
by = "Analyst"
date = "2026-04-20"
because = "Ours."
"#,
    );
    write(
        "plan-2025.toml",
        r#"[plan]
title = "Plan of 2025"
period = "2025/26"

[[measure]]
id = "burglaries"
title = "Recorded burglaries"
wanted = "less"
target = { change_percent = -10 }
baseline = { evidence = "burglary.recorded", period = "2024/25" }
actual = { evidence = "burglary.recorded", period = "2025/26" }
source = "assessment"
where = "Table 1"

[[measure]]
id = "groups"
title = "Watch groups"
wanted = "more"
target = { number = 40, by = "2027/28" }
baseline = { number = 22, period = "2025-03-31" }
actual = { number = 29, period = "2026-03-31" }
claims = [{ direction = "rise" }]
due = "2026-05-31"
source = "assessment"
where = "Table 2"
"#,
    );
    write(
        "decisions.toml",
        r#"[meeting]
title = "Board"
date = "2026-04-20"

[chosen]
actions = ["adviser"]
reason = "A duty."
by = "Chair"
"#,
    );
    let main = fs::read_to_string(folder.path().join("ours/assessment.toml")).unwrap();
    let named = "reviews = [\"plan-2025.toml\"]\nplan = \"plan.toml\"\ndecisions = \"decisions.toml\"\n# decisions";
    write("assessment.toml", &main.replacen("# decisions", named, 1));
    let said = next_of(folder.path(), "ours");
    let told: Vec<&str> = said.err.lines().filter(|line| line.contains("To review")).collect();
    insta::assert_snapshot!(told.join("\n"));
    let made = files(&folder.path().join("next"));
    insta::assert_snapshot!(without_digest(&made["plan-2026-27.toml"]));
    insta::assert_snapshot!(made["plan-2025.toml"]);
    let main = made["assessment.toml"].parse::<Table>().unwrap();
    let reviews: Vec<&str> =
        main["assessment"]["reviews"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(reviews, ["plan-2026-27.toml", "plan-2025.toml"]);
    let compared = prioritise_in(folder.path(), &["diff", "ours", "next"]);
    assert!(!compared.out.contains("WITHOUT A SUCCESSOR"), "{}", compared.out);
    assert!(!compared.out.contains("left the top tier"), "{}", compared.out);
    assert!(compared.out.contains("is not ranked as too little is"), "{}", compared.out);
}

/// A text without the digest in it.
fn without_digest(text: &str) -> String {
    let has_none = |line: &&str| !line.contains("sha256:");
    text.lines().filter(has_none).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_stops_it_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    prioritise_in(folder.path(), &["record", "ours", "-o", "sealed"]);
    prioritise_in(folder.path(), &["record", "ours", "-o", "altered"]);
    let path = folder.path().join("altered/data/assessment/evidence/burglary.toml");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("702", "703")).unwrap();
    fs::create_dir(folder.path().join("there")).unwrap();
    prioritise_in(folder.path(), &["new", "broken", "--quiet"]);
    fs::write(folder.path().join("broken/evidence/burglary.toml"), "[[candidate]\n").unwrap();
    prioritise_in(folder.path(), &["new", "last", "--quiet"]);
    let text = fs::read_to_string(folder.path().join("last/assessment.toml")).unwrap();
    fs::write(folder.path().join("last/assessment.toml"), text.replace("\"2025/26\"", "\"9999\"")).unwrap();
    let before = files(folder.path());
    for (next, last, told) in [
        ("there", "ours", "`there` exists"),
        ("ours", "ours", "`ours` exists"),
        ("-", "ours", "standard output"),
        ("sealed/next", "ours", "which is never changed"),
        ("next", "nowhere", "there is no file `nowhere/assessment.toml`"),
        ("next", "ours/rules", "this is the folder of a rule set"),
        ("next", "altered", "the record `altered` can't be used"),
        ("next", "broken", "broken/evidence/burglary.toml"),
        ("next", "last", "there is no year after 9999"),
    ] {
        let said = prioritise_in(folder.path(), &["new", next, "--from", last, "--error-format", "plain"]);
        assert_eq!((said.code, &*said.out), (Some(2), ""), "{next} from {last}: {}", said.err);
        assert!(said.err.contains(told), "{next} from {last}: {}", said.err);
        assert_eq!(files(folder.path()), before, "{next} from {last}");
    }
    assert!(!folder.path().join("next").exists());
}

/// With a list for each of several hundred areas nobody reviews each priority of each: those of one title are one.
#[test]
fn priorities_of_many_lists_are_gathered_by_their_titles() {
    let folder = tempfile::tempdir().unwrap();
    let case = root().join("tests/cases/neighbourhoods-by-quarter");
    for part in ["q1", "rules"] {
        fs::create_dir(folder.path().join(part)).unwrap();
    }
    for file in ["q1/assessment.toml", "rules/ruleset.toml"] {
        fs::copy(case.join(file), folder.path().join(file)).unwrap();
    }
    let mut rows = "id,type,code,name,recorded,before,people\n".to_owned();
    for area in 0..45 {
        let (burglary, theft) = if area < 30 { (40, 10) } else { (10, 40) };
        for (kind, count) in [("Burglary", burglary), ("Theft", theft)] {
            let id = kind.to_lowercase();
            rows.push_str(&format!("n{area}-{id},{kind},N{area},Place {area},{count},{count},6000\n"));
        }
    }
    fs::write(folder.path().join("q1/areas.csv"), rows).unwrap();
    let said = next_of(folder.path(), "q1");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("2 priorities in `plan-2026-04-2026-06.toml`") && said.err.contains("45 of 45 lists"));
    let plan: Table = files(&folder.path().join("next"))["plan-2026-04-2026-06.toml"].parse().unwrap();
    let places = plan["priority"].as_array().unwrap().iter().map(|it| (&it["id"], &it["where"]));
    let places: Vec<(&str, &str)> = places.map(|(id, place)| (id.as_str().unwrap(), place.as_str().unwrap())).collect();
    assert_eq!(places.len(), 2);
    assert!(places[0].0 == "burglary" && places[0].1.starts_with("In 30 of 45 lists: "), "{places:?}");
    assert!(places[1].0 == "theft" && places[1].1.starts_with("In 15 of 45 lists: "), "{places:?}");
    assert_eq!(prioritise_in(folder.path(), &["rank", "next", "--quiet"]).code, Some(0));
}
