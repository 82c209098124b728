//! Assessments that are made from several: lists, assessments and records of members, gathered under themes.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use prioritise::budget::Budget;
use prioritise::diagnostic::Problems;
use prioritise::record::{self, Contents, RemadeRecord, Run, SealStatement, TAG_MANIFEST};
use serde_json::Value;

use crate::record::{forged, resealed, sealed};
use crate::support::{Folder, prioritise, told};

const COUNTY: &str = "county";
const STARTER: &str = "fixtures/starter";
const MEMBERS: [&str; 6] = ["south", "east", "hunts", "fenland", "city", "peterborough"];

/// The record of a member with so many people.
fn member(people: usize) -> Contents {
    let mut files = Folder::of(&[STARTER]);
    files.edit("fixtures/starter/assessment.toml", "people = 180000", &format!("people = {people}"));
    sealed(&files, STARTER, &Run::default())
}

/// A county of these records, which gathers burglary and domestic abuse of each.
fn county(records: &BTreeMap<&str, Contents>) -> Folder {
    let mut files = Folder::of(&["rules/county-agreement"]);
    let mut assessment = "[assessment]\ntitle = \"County\"\npartnership = \"A county\"\nperiod = \"2025/26\"\n\
                          rules = \"../rules/county-agreement\"\nthemes = \"themes.toml\"\n"
        .to_owned();
    for (name, record) in records {
        assessment.push_str(&format!("[[member]]\nid = \"{name}\"\ntitle = \"{name}\"\nrecord = \"members/{name}\"\n"));
        for (path, bytes) in record {
            files.write(&format!("{COUNTY}/members/{name}/{path}"), bytes.clone());
        }
    }
    let theme = |id: &str| {
        let gathers: Vec<String> = records.keys().map(|name| format!("\"{name}/{id}\"")).collect();
        format!("[[theme]]\nid = \"{id}\"\ntitle = \"{id}\"\ngathers = [{}]\n", gathers.join(", "))
    };
    files.write(&format!("{COUNTY}/assessment.toml"), assessment);
    files.write(&format!("{COUNTY}/themes.toml"), [theme("burglary"), theme("domestic-abuse")].concat());
    files
}

fn six() -> BTreeMap<&'static str, Contents> {
    MEMBERS.into_iter().enumerate().map(|(number, name)| (name, member(100_000 + 10_000 * number))).collect()
}

/// The record of a county of two records.
pub(crate) fn of_two_records() -> Contents {
    let records = six().into_iter().take(2).collect();
    sealed(&county(&records), COUNTY, &Run::default())
}

/// What is wrong with a county of these records; empty where nothing is.
fn refused(records: &BTreeMap<&str, Contents>) -> String {
    let mut problems = Problems::default();
    let loaded = prioritise::load(&county(records), COUNTY, None, &mut problems);
    assert_eq!(loaded.is_none(), problems.has_errors());
    told(&problems)
}

fn verified(record: &Contents) -> record::Verification {
    record::verify(record, NonZeroUsize::MIN, &Budget::default())
}

fn ranking(record: &Contents) -> Value {
    serde_json::from_slice(&record["data/ranking.json"]).unwrap()
}

#[test]
fn a_county_of_six_records_is_sealed_with_them_and_verified() {
    let records = six();
    let sealed = sealed(&county(&records), COUNTY, &Run::default());
    let found = verified(&sealed);
    assert!(found.holds(false) && matches!(found.remade, RemadeRecord::Same), "{found:#?}");
    let ranking = ranking(&sealed);
    for (at, (name, record)) in records.iter().enumerate() {
        for (path, bytes) in record {
            assert_eq!(sealed.get(&format!("data/assessment/members/{name}/{path}")), Some(bytes), "{name}/{path}");
        }
        let told = &ranking["assessment"]["members"][at];
        assert_eq!(told["digest"], prioritise::digest::digest(&record[TAG_MANIFEST]), "{name}");
        assert_eq!((&told["id"], &told["filed"]), (&Value::from(*name), &Value::from("record")));
    }
    let first = &ranking["ranking"][0];
    assert_eq!(first["members"].as_array().unwrap().len(), 6);
    for said in first["members"].as_array().unwrap() {
        assert!(said["rank"].is_u64() && said["of"] == 2 && said["total"].is_f64(), "{said}");
    }
}

#[test]
fn one_flipped_bit_in_the_record_of_a_member_is_found_through_that_of_the_county() {
    let sealed = sealed(&county(&six()), COUNTY, &Run::default());
    let inner = "data/assessment/members/hunts/data/assessment/evidence/burglary.toml";
    for path in [inner, "data/assessment/members/hunts/data/ranking.json"] {
        let mut altered = sealed.clone();
        altered.get_mut(path).unwrap()[40] ^= 1;
        let found = verified(&altered);
        assert!(!found.holds(true));
        assert!(found.faults.iter().any(|fault| fault.message.contains(path)), "{:#?}", found.faults);
        // Who makes the county's manifests anew does not get past the member's own.
        let found = verified(&resealed(altered));
        assert!(!found.holds(true) && found.faults.is_empty(), "{:#?}", found.faults);
        let RemadeRecord::Failed(problems) = &found.remade else { panic!("{:#?}", found.remade) };
        let told = told(problems);
        let inside = path.strip_prefix("data/assessment/members/hunts/").unwrap();
        assert!(told.contains("members/hunts") && told.contains(inside), "{told}");
    }
}

/// A partnership counts once, however often it sealed what it filed.
#[test]
fn what_two_members_have_filed_alike_is_refused() {
    let mut files = Folder::of(&[STARTER]);
    files.edit("fixtures/starter/assessment.toml", "people = 180000", "people = 100000");
    let note = SealStatement { note: Some("Again.".into()), ..SealStatement::default() };
    let again = sealed(&files, STARTER, &Run { stated: note, ..Run::default() });
    for other in [member(100_000), again] {
        let told = refused(&BTreeMap::from([("north", member(100_000)), ("south", other)]));
        assert!(told.contains("`south` has filed the same as `north`: it would count twice"), "{told}");
    }
    assert_eq!(refused(&BTreeMap::from([("north", member(100_000)), ("south", member(100_001))])), "");
}

#[test]
fn a_list_that_this_engine_does_not_make_is_used_as_printed_where_another_engine_made_it_alone() {
    let mut records = six();
    let list = String::from_utf8(records["east"]["data/ranking.json"].clone()).unwrap();
    let entry = list.find("\"ranking\":[").unwrap();
    let total = list[entry..].find("\"total\":").unwrap() + entry;
    let end = list[total..].find([',', '}']).unwrap() + total;
    let forged_list = forged(&records["east"], "data/ranking.json", &list[total..end], "\"total\":1.25");
    records.insert("east", forged_list.clone());
    let told = refused(&records);
    assert!(told.contains("record-not-reproduced") && told.contains("members/east"), "{told}");
    records.insert("east", by_another_engine(&forged_list));
    let told = refused(&records);
    assert!(told.contains("record-list-differs") && told.contains("as it is printed there"), "{told}");
    let of_county = sealed(&county(&records), COUNTY, &Run::default());
    // The county's list is made again, and rests on a list that was not: also where a county is a member itself.
    let is_printed = |unchecked: &record::Unchecked| unchecked.what.is_some_and(|what| what.contains("print them"));
    assert!(verified(&of_county).unchecked.iter().any(is_printed));
    let told = refused(&BTreeMap::from([("inner", of_county.clone())]));
    assert!(told.contains("record-list-differs"), "{told}");
    let found = ranking(&of_county);
    let members = found["assessment"]["members"].as_array().unwrap();
    let east = members.iter().find(|member| member["id"] == "east").unwrap();
    assert_eq!(east["as_printed"], "this engine makes another list of it");
    let totals = found["ranking"].as_array().unwrap().iter().flat_map(|entry| entry["members"].as_array().unwrap());
    assert!(totals.filter(|said| said["id"] == "east").any(|said| said["total"] == 1.25));
}

#[test]
fn a_record_of_another_engine_without_a_list_is_refused() {
    let mut records = six();
    let list = String::from_utf8(records["east"]["data/ranking.json"].clone()).unwrap();
    let entry = list.find("\"ranking\":[").unwrap();
    // The candidate's own: keys are in order, and its questions have titles as well.
    let tier = list[entry..].find("\"tier_title\":").unwrap() + entry;
    let title = list[tier..].find("\"title\":").unwrap() + tier;
    let untitled =
        forged(&records["east"], "data/ranking.json", &list[..title + 3], &format!("{}x", &list[..title + 2]));
    records.insert("east", by_another_engine(&untitled));
    let told = refused(&records);
    assert!(told.contains("record-not-reproduced") && told.contains("`county/members/east` can't be read"), "{told}");
}

/// The record as if another engine had made it.
fn by_another_engine(record: &Contents) -> Contents {
    let source = "\"source\":\"sha256:";
    let engine = String::from_utf8(record["data/engine.json"].clone()).unwrap();
    let at = engine.find(source).unwrap() + source.len();
    let other = engine[at..=at].replace(|_: char| true, if &engine[at..=at] == "0" { "1" } else { "0" });
    forged(record, "data/engine.json", &engine[..=at], &format!("{}{other}", &engine[..at]))
}

#[test]
fn members_may_have_members_and_theirs_may_not() {
    let inner = sealed(&county(&six()), COUNTY, &Run::default());
    let middle = BTreeMap::from([("inner", inner)]);
    assert_eq!(refused(&middle), "");
    let outer = BTreeMap::from([("middle", sealed(&county(&middle), COUNTY, &Run::default()))]);
    let told = refused(&outer);
    assert!(told.contains("is a member of a member of a member"), "{told}");
}

/// How many partnerships have each theme of the agreement of 2014 as a priority, counted in its table by hand.
const LISTED: [(&str, usize); 20] = [
    ("acquisitive-crime", 4),
    ("anti-social-behaviour", 4),
    ("arson", 1),
    ("child-abuse", 1),
    ("child-sexual-exploitation", 1),
    ("domestic-violence", 4),
    ("hate-crime", 1),
    ("human-trafficking", 1),
    ("mental-health", 1),
    ("oxmoor", 1),
    ("prevent", 0),
    ("prevention-and-awareness", 1),
    ("public-confidence", 1),
    ("reoffending", 2),
    ("road-safety", 2),
    ("safer-neighbourhoods", 1),
    ("serious-sexual-offences", 1),
    ("substance-misuse", 3),
    ("violent-crime", 3),
    ("young-people", 3),
];

#[test]
fn the_themes_of_2014_are_counted_in_the_table_of_the_agreement() {
    let said = prioritise(&["rank", "fixtures/cambridgeshire-2014", "--format", "json", "--quiet"]);
    let found: Value = serde_json::from_str(&said.out).unwrap();
    let counted = found["ranking"].as_array().unwrap().iter().map(|entry| {
        let members = entry["members"].as_array().unwrap();
        let yes = members.iter().filter(|said| said["id"] != "commissioner" && said["priority"] == true).count();
        (entry["id"].as_str().unwrap(), yes)
    });
    assert_eq!(counted.collect::<BTreeMap<_, _>>(), BTreeMap::from(LISTED));
    let lead = |id: &str| {
        let entry = found["ranking"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap();
        entry["lead"].as_str().unwrap().to_owned()
    };
    for id in ["domestic-violence", "reoffending", "substance-misuse", "prevent", "road-safety", "mental-health"] {
        assert_eq!(lead(id), "county", "{id}");
    }
    let others = ["anti-social-behaviour", "violent-crime", "hate-crime"].map(lead);
    assert_eq!(others, ["local", "board", "local"]);
}

#[test]
fn that_all_partnerships_have_a_theme_does_not_follow_from_their_lists() {
    let said = prioritise(&["check", "fixtures/cambridgeshire-2014", "--error-format", "plain"]);
    let told = format!("{}{}", said.out, said.err).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Is a key theme across all District CSPs"), "{told}");
    assert!(told.contains("not in the list of East Cambridgeshire and Fenland"), "{told}");
}

#[test]
fn next_year_keeps_the_themes_and_asks_for_the_members() {
    let folder = tempfile::tempdir().unwrap();
    let last = crate::support::in_repository("fixtures/cambridgeshire-2014");
    let said = crate::support::prioritise_in(folder.path(), &["new", "next", "--from", last.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("this year's record or list of 7 members"), "{}", said.err);
    let read = |file: &str| std::fs::read_to_string(folder.path().join("next").join(file)).unwrap();
    let (main, themes) = (read("assessment.toml"), read("themes.toml"));
    assert_eq!(main.matches("\nmissing = \"Nothing of it is here yet for").count(), 7, "{main}");
    assert!(main.contains("# list  = \"members/south.toml\""), "{main}");
    assert!(!themes.contains("\n[[theme.claimed]]") && themes.contains("\"south/"), "{themes}");
    let said = crate::support::prioritise_in(folder.path(), &["rank", "next", "--format", "json", "--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    // A member that is named is held to what the themes gather of it.
    let member = "id    = \"south\"\ntitle = \"South Cambridgeshire\"\n";
    assert!(main.contains(member), "{main}");
    let named = main.replacen("missing = \"Nothing of it is here yet for", "note = \"Of ", 1);
    let named = named.replacen(member, &format!("{member}list  = \"members/south.toml\"\n"), 1);
    std::fs::write(folder.path().join("next/assessment.toml"), named).unwrap();
    let list = std::fs::read_to_string(last.join("members/south.toml")).unwrap();
    std::fs::create_dir(folder.path().join("next/members")).unwrap();
    std::fs::write(folder.path().join("next/members/south.toml"), list.as_str()).unwrap();
    let said = crate::support::prioritise_in(folder.path(), &["check", "next", "--error-format", "plain"]);
    assert!(!said.err.contains("error"), "{}", said.err);
    let renamed = list.replacen("id    = \"", "id    = \"renamed-", 1);
    std::fs::write(folder.path().join("next/members/south.toml"), renamed).unwrap();
    let said = crate::support::prioritise_in(folder.path(), &["check", "next", "--error-format", "plain"]);
    assert_eq!(said.code, Some(2), "{}{}", said.out, said.err);
    assert!(said.err.contains("the list of `south` has no"), "{}", said.err);
}
