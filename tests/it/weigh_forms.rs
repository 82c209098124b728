//! Forms for weights: made, filled in, and read by `elicit`, which finds the weights that the same answers give elsewhere.
//!
//! The test that has `LibreOffice` fill them needs the command `soffice`: `cargo test --test it weigh_forms -- --ignored`.

use std::fs;
use std::path::Path;

use prioritise::diagnostic::Problems;
use prioritise::elicitation::{self, Answers, HowAsked};
use prioritise::rules::RuleSet;
use serde_json::json;
use tempfile::TempDir;

use crate::filling::Filling;
use crate::support::{Folder, Said, prioritise_in, told};

const RULES: &str = "ours/rules";
const IDS: [&str; 4] = ["volume", "change", "severity", "concern"];

/// The folder that `prioritise new` makes, as `ours`.
fn ours() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(prioritise_in(folder.path(), &["new", "ours", "--quiet"]).code, Some(0));
    folder
}

/// An empty form.
fn form(folder: &Path, kind: &str) -> Filling {
    let said = prioritise_in(folder, &["form", "ours", kind, "-o", "form.xlsx"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    Filling::new(fs::read(folder.join("form.xlsx")).unwrap(), "Weights")
}

/// The form of one person with a number for each question; an empty text is left blank.
fn numbers(folder: &Path, kind: &str, by: &str, given: [&str; 4]) -> Filling {
    let form = form(folder, kind).once("by", by).once("date", "1/5/2014").once("because", "So \"they\" said.");
    IDS.iter()
        .zip(given)
        .filter(|(_, number)| !number.is_empty())
        .fold(form, |form, (id, number)| form.put(&format!("weigh criterion {id}"), "D", number))
}

/// The forms of three people in `back/`, of the `ours` beside it, and a session with the same answers that was applied to that.
pub(crate) fn back(folder: &Path) {
    let lay = |name: &str, by: &str, given| {
        fs::write(folder.join("back").join(name), numbers(folder, "swings", by, given).saved()).unwrap();
    };
    lay("chair.xlsx", "Chair", ["60", "40", "100", "25"]);
    lay("inspector.xlsx", "Police inspector", ["100", "30", "80", "20.5"]);
    lay("fire.xlsx", "Fire officer", ["100", "", "25", "5"]);
    let criteria = json!({ "volume": "60", "change": "40", "severity": "100", "concern": "25" });
    let person = handed_in("Chair", 1, "swing", &criteria);
    let session = json!({ "schema": "prioritise/workshop-session/1", "answers": [person] });
    fs::create_dir(folder.join("ours/workshop")).unwrap();
    let applied = |ending: &str| folder.join(format!("ours/workshop/2026-11-30-160211{ending}"));
    fs::write(applied(".json"), session.to_string()).unwrap();
    let into = applied("-swing.toml");
    let arguments = ["elicit", RULES, &into.display().to_string(), "--add", &applied(".json").display().to_string()];
    assert_eq!(prioritise_in(folder, &arguments).code, Some(0));
}

/// The answers in files of a folder.
fn read(folder: &Path, files: &[&str]) -> (Option<Answers>, Problems) {
    let mut all = Folder::of(&["fixtures/starter/rules"]);
    for file in files {
        all.write(file, fs::read(folder.join(file)).unwrap());
    }
    let mut problems = Problems::default();
    let rules = rules();
    let paths: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    let answers = match &*paths {
        [path] => elicitation::load(&all, path, &rules, HowAsked::default(), None, &mut problems),
        paths => elicitation::load_several(&all, paths, &rules, HowAsked::default(), &mut problems),
    };
    (answers, problems)
}

fn rules() -> RuleSet {
    let files = Folder::of(&["fixtures/starter/rules"]);
    let mut problems = Problems::default();
    prioritise::rules::load(&files, "fixtures/starter/rules", None, &mut problems).rules.unwrap().into_latest()
}

fn elicit(folder: &Path, arguments: &[&str]) -> Said {
    prioritise_in(folder, &[&["elicit", RULES], arguments].concat())
}

/// What two people answer by a method, as forms and as TOML.
fn both(folder: &Path, kind: &str, method: &str, given: [[&str; 4]; 2]) -> String {
    let mut toml = format!("[answers]\nmethod = \"{method}\"\n");
    if method == "swing" {
        toml.push_str("[ranges]\nvolume = [0, 2500]\nseverity = [0, 5]\nconcern = [0, 40]\n");
    }
    for (by, given) in ["Chair", "Police inspector"].iter().zip(given) {
        fs::write(folder.join(format!("{by}.xlsx")), numbers(folder, kind, by, given).saved()).unwrap();
        let lines = IDS.iter().zip(given).map(|(id, number)| format!("{id} = {number}\n")).collect::<Vec<_>>().concat();
        toml.push_str(&format!(
            "[[person]]\nby = \"{by}\"\ndate = \"2014-05-01\"\nbecause = 'So \"they\" said.'\n[person.criteria]\n{lines}"
        ));
    }
    toml
}

#[test]
fn forms_give_what_the_same_answers_give_in_a_file() {
    let folder = ours();
    for (kind, method, given) in [
        ("swings", "swing", [["60", "40", "100", "25"], ["100", "30", "80", "20.5"]]),
        ("points", "points", [["25", "15", "45", "15"], ["35", "25", "30", "10"]]),
        ("order", "rank-order", [["2", "3", "1", "4"], ["1", "2", "2", "4"]]),
    ] {
        let toml = both(folder.path(), kind, method, given);
        fs::write(folder.path().join("same.toml"), toml).unwrap();
        let (filled, problems) = read(folder.path(), &["Chair.xlsx", "Police inspector.xlsx"]);
        assert!(problems.iter().next().is_none(), "{}", told(&problems));
        let (same, _) = read(folder.path(), &["same.toml"]);
        let (filled, same) = (filled.unwrap(), same.unwrap());
        assert_eq!((&filled.digest, filled.method, filled.ranges), (&same.digest, same.method, same.ranges), "{kind}");
        let list = elicit(folder.path(), &["Chair.xlsx", "Police inspector.xlsx", "--format", "json"]);
        assert_eq!(list.out, elicit(folder.path(), &["same.toml", "--format", "json"]).out, "{kind}");
    }
}

/// The form of comparisons that one person filled in.
fn pairs(folder: &Path) -> Filling {
    let row = |first: &str, second: &str| format!("pair criterion {first} {second}");
    let form = form(folder, "pairs").once("by", "Chair").once("date", "2014-05-01");
    form.put(&row("volume", "severity"), "D", "Severity")
        .put(&row("volume", "severity"), "E", "2")
        .put(&row("change", "severity"), "D", "severity")
        .put(&row("change", "severity"), "E", "3: a little more")
        .put(&row("severity", "concern"), "D", "Severity")
        .put(&row("severity", "concern"), "E", "5: clearly more")
        .put(&row("volume", "change"), "D", "Volume")
        .put(&row("volume", "change"), "E", "2")
        .put(&row("volume", "concern"), "D", "Volume")
        .put(&row("volume", "concern"), "E", "3: a little more")
        .put(&row("change", "concern"), "D", "Both alike")
}

const PAIRS: &str = "[answers]\nmethod = \"pairwise\"\n[[person]]\nby = \"Chair\"\ndate = \"2014-05-01\"\n[person.pairs]\n\
                     severity = { volume = 2, change = 3, concern = 5 }\nvolume = { change = 2, concern = 3 }\nchange = { concern = 1 }\n";

#[test]
fn comparisons_on_a_form_are_read_whichever_matters_more() {
    let folder = ours();
    fs::write(folder.path().join("chair.xlsx"), pairs(folder.path()).saved()).unwrap();
    fs::write(folder.path().join("same.toml"), PAIRS).unwrap();
    let (filled, problems) = read(folder.path(), &["chair.xlsx"]);
    let filled = filled.unwrap_or_else(|| panic!("{}", told(&problems)));
    assert_eq!(filled.digest, read(folder.path(), &["same.toml"]).0.unwrap().digest);
}

#[test]
fn one_blank_leaves_that_person_out_and_is_told() {
    let folder = ours();
    fs::write(
        folder.path().join("a.xlsx"),
        numbers(folder.path(), "points", "Chair", ["25", "15", "45", "15"]).saved(),
    )
    .unwrap();
    let blank = numbers(folder.path(), "points", "Fire officer", ["50", "n/a", "25", ""]);
    fs::write(folder.path().join("b.xlsx"), blank.saved()).unwrap();
    let (answers, problems) = read(folder.path(), &["a.xlsx", "b.xlsx"]);
    assert_eq!(answers.unwrap().people.iter().map(|person| &*person.by).collect::<Vec<_>>(), ["Chair"]);
    let told = told(&problems);
    assert!(told.contains("`b.xlsx`, sheet Weights, cell C3"), "{told}");
    assert!(told.contains("Fire officer has not answered on `change` and `concern`"), "{told}");
}

#[test]
fn forms_are_put_into_the_file_of_answers_with_what_was_left_blank() {
    let folder = ours();
    let toml = both(folder.path(), "swings", "swing", [["60", "40", "100", "25"], ["100", "30", "80", "20.5"]]);
    fs::write(folder.path().join("same.toml"), toml).unwrap();
    let said =
        elicit(folder.path(), &["ours/rules/weights.toml", "--add", "Chair.xlsx", "Police inspector.xlsx", "--write"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let (added, _) = read_one(folder.path(), "ours/rules/weights.toml");
    assert_eq!(added.unwrap().digest, read(folder.path(), &["same.toml"]).0.unwrap().digest);
    assert_eq!(prioritise_in(folder.path(), &["check", "ours"]).code, Some(0));
    let blank = numbers(folder.path(), "swings", "Fire officer", ["100", "", "25", "5"]);
    fs::write(folder.path().join("late.xlsx"), blank.saved()).unwrap();
    let said = elicit(folder.path(), &["ours/rules/weights.toml", "--add", "late.xlsx"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(said.err.matches("Fire officer has not answered on `change`").count(), 1, "{}", said.err);
    let text = fs::read_to_string(folder.path().join("ours/rules/weights.toml")).unwrap();
    assert!(text.ends_with("\n[person.criteria]\nvolume = 100\nseverity = 25\nconcern = 5\n"), "{text}");
    let twice = elicit(folder.path(), &["ours/rules/weights.toml", "--add", "late.xlsx"]);
    assert!(twice.err.contains("`Fire officer` has already answered"), "{}", twice.err);
}

/// The answers in a file below the folder, by its last name.
fn read_one(folder: &Path, path: &str) -> (Option<Answers>, Problems) {
    fs::copy(folder.join(path), folder.join("one.toml")).unwrap();
    read(folder, &["one.toml"])
}

#[test]
fn what_is_wrong_on_a_form_is_told_with_its_cell() {
    let folder = ours();
    let sound = || numbers(folder.path(), "points", "Chair", ["25", "15", "45", "15"]);
    let pair = |which: &str, times: &str| {
        let key = "pair criterion volume change";
        form(folder.path(), "pairs")
            .once("by", "Chair")
            .once("date", "2014-05-01")
            .put(key, "D", which)
            .put(key, "E", times)
    };
    for (form, expected) in [
        (sound().once("by", ""), "the form does not say whose answers these are"),
        (sound().once("date", "31/2/2014"), "cell C4: `31/2/2014` is not a day"),
        (sound().once("date", "5/13/2014"), "write `2014-05-13`"),
        (sound().put("weigh criterion volume", "D", "lots"), "`lots` is not a number"),
        (sound().put("weigh criterion volume", "D", "<5"), "`<5` is not an answer"),
        (sound().put("weigh criterion volume", "D", "26"), "add up to 101"),
        (pair("Burglary", "3"), "`Burglary` is neither of the two that are compared"),
        (pair("Volume", "12"), "`12` is not on the scale from 1 to 9"),
        (pair("Both alike", "3"), "both matter alike, and then `3` times as much"),
    ] {
        fs::write(folder.path().join("a.xlsx"), form.saved()).unwrap();
        let said = elicit(folder.path(), &["a.xlsx", "--error-format", "plain"]);
        assert!(said.code == Some(2) && said.err.contains(expected), "{expected}: {}", said.err);
        // Beside a sound form it leaves out that person alone.
        fs::write(folder.path().join("sound.xlsx"), beside(&form, folder.path()).saved()).unwrap();
        let said = elicit(folder.path(), &["a.xlsx", "sound.xlsx", "--format", "json", "--error-format", "plain"]);
        assert!(said.code == Some(0) && said.err.contains(expected), "{expected}: {}", said.err);
        let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(found["people"].as_array().unwrap().len(), 1, "{expected}: {}", said.out);
        assert_eq!(found["people"][0]["by"], "Sound");
    }
    for (kind, name) in [("points", "a.xlsx"), ("order", "b.xlsx")] {
        let given = if kind == "order" { ["1", "2", "3", "4"] } else { ["25", "15", "45", "15"] };
        fs::write(folder.path().join(name), numbers(folder.path(), kind, kind, given).saved()).unwrap();
    }
    let said = elicit(folder.path(), &["a.xlsx", "b.xlsx"]);
    assert!(said.err.contains("people were asked in several ways"), "{}", said.err);
    let said = elicit(folder.path(), &["a.xlsx", "b.xlsx", "--method", "points"]);
    assert!(said.code == Some(0) && said.err.contains("not counted here: order"), "{}", said.err);
    assert!(elicit(folder.path(), &["a.xlsx", "b.xlsx", "--method", "points", "--write"]).err.contains("--add"));
    let scores = prioritise_in(folder.path(), &["form", "ours", "-o", "scores.xlsx"]);
    assert_eq!(scores.code, Some(0), "{}", scores.err);
    let said = elicit(folder.path(), &["scores.xlsx"]);
    assert!(said.err.contains("is a form for scores, and not for weights"), "{}", said.err);
    let said = elicit(folder.path(), &["a.xlsx", "ours/assessment.toml"]);
    assert!(said.code == Some(2), "{}", said.err);
}

/// A form of the same kind without a fault.
fn beside(form: &Filling, folder: &Path) -> Filling {
    match form.keys().iter().any(|key| key.starts_with("pair ")) {
        true => pairs(folder).once("by", "Sound"),
        false => numbers(folder, "points", "Sound", ["25", "15", "45", "15"]),
    }
}

#[test]
fn what_is_wrong_is_not_put_into_the_file_of_answers() {
    let folder = ours();
    let lay = |name: &str, by: &str, given| {
        fs::write(folder.path().join(name), numbers(folder.path(), "points", by, given).saved()).unwrap();
    };
    lay("a.xlsx", "Chair", ["25", "15", "45", "15"]);
    lay("b.xlsx", "Fire officer", ["125", "15", "45", "15"]);
    let said = elicit(folder.path(), &["ours/rules/weights.toml", "--add", "a.xlsx", "b.xlsx"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("a share of 100 points can't be 125: Fire officer has no part"), "{}", said.err);
    let text = fs::read_to_string(folder.path().join("ours/rules/weights.toml")).unwrap();
    assert!(text.contains("\"Chair\"") && !text.contains("Fire officer") && !text.contains("125"), "{text}");
}

#[test]
fn forms_of_another_assessment_are_refused() {
    let folder = ours();
    let sound = |name: &str, by: &str| {
        fs::write(folder.path().join(name), numbers(folder.path(), "points", by, ["25", "15", "45", "15"]).saved())
            .unwrap();
    };
    sound("a.xlsx", "Chair");
    let main = folder.path().join("ours/assessment.toml");
    let text = fs::read_to_string(&main).unwrap().replace("Strategic assessment 2025/26", "Violence strategy");
    fs::write(&main, text).unwrap();
    sound("b.xlsx", "Fire officer");
    let said = elicit(folder.path(), &["a.xlsx", "b.xlsx"]);
    assert!(said.code == Some(2) && said.err.contains("the forms are of several assessments"), "{}", said.err);
    for arguments in [&["a.xlsx", "--assessment", "ours"][..], &["new.toml", "--add", "a.xlsx", "--assessment", "ours"]]
    {
        let said = elicit(folder.path(), arguments);
        assert!(
            said.code == Some(2) && said.err.contains("and this assessment is “Violence strategy”"),
            "{}",
            said.err
        );
    }
    assert_eq!(elicit(folder.path(), &["b.xlsx", "--assessment", "ours"]).code, Some(0));
}

/// What the workshop's page saves of one person.
fn handed_in(by: &str, round: u32, method: &str, criteria: &serde_json::Value) -> serde_json::Value {
    json!({
        "schema": "prioritise/workshop-answers/1", "assessment": "sha256:a", "rules": "sha256:b", "by": by, "date": "2014-05-01",
        "round": round, "method": method, "because": "So.", "criteria": criteria, "groups": {}, "pairs": {}, "group_pairs": {},
        "reasons": { "volume": "Few." }, "judgements": {},
    })
}

#[test]
fn what_the_page_of_the_workshop_saves_is_read() {
    let folder = ours();
    let points = |volume: &str| json!({ "volume": volume, "change": "15", "severity": "45", "concern": "15" });
    let people = [
        handed_in("Chair", 1, "points", &points("1")),
        handed_in("Chair", 2, "points", &points("25")),
        handed_in("Police inspector", 2, "points", &points("25")),
        handed_in("Fire officer", 2, "rank-order", &json!({})),
    ];
    fs::write(folder.path().join("chair.json"), people[1].to_string()).unwrap();
    let session = json!({ "schema": "prioritise/workshop-session/1", "answers": people });
    fs::write(folder.path().join("session.json"), session.to_string()).unwrap();
    let (one, problems) = read(folder.path(), &["chair.json"]);
    let one = one.unwrap_or_else(|| panic!("{}", told(&problems)));
    assert_eq!(one.people[0].because.as_deref(), Some("So. Volume: Few."));
    let said = elicit(folder.path(), &["session.json"]);
    assert!(said.err.contains("`points` (Chair and Police inspector), `rank-order` (Fire officer)"), "{}", said.err);
    let said = elicit(folder.path(), &["ours/rules/weights.toml", "--add", "session.json", "--method", "points"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let text = fs::read_to_string(folder.path().join("ours/rules/weights.toml")).unwrap();
    assert_eq!((text.matches("[[person]]").count(), text.matches("volume = 25").count()), (2, 2), "{text}");
    for (file, expected) in [
        ("{", "has no answers of the workshop’s page"),
        ("{}", "its `schema` is another"),
        ("{\"schema\": \"prioritise/workshop-session/1\"}", "has no answers of the workshop’s page"),
    ] {
        fs::write(folder.path().join("wrong.json"), file).unwrap();
        let said = elicit(folder.path(), &["wrong.json"]);
        assert!(said.code == Some(2) && said.err.contains(expected), "{expected}: {}", said.err);
    }
}

#[test]
#[ignore = "needs LibreOffice: see the top of this file"]
fn libreoffice_fills_and_saves_forms_for_weights() {
    let folder = ours();
    let given = [["60", "40", "100", "25"], ["100", "30", "80", "20.5"]];
    let toml = both(folder.path(), "swings", "swing", given);
    fs::write(folder.path().join("same.toml"), toml).unwrap();
    let same = read(folder.path(), &["same.toml"]).0.unwrap().digest;
    for (by, given) in ["Chair", "Police inspector"].iter().zip(given) {
        numbers(folder.path(), "swings", by, given).saved_by_libreoffice(folder.path(), by);
    }
    for ending in ["xlsx", "ods"] {
        let names = ["Chair", "Police inspector"].map(|by| format!("{by}.{ending}"));
        let (filled, problems) = read(folder.path(), &[&names[0], &names[1]]);
        assert_eq!(filled.unwrap_or_else(|| panic!("{}", told(&problems))).digest, same, "{ending}");
    }
    pairs(folder.path()).saved_by_libreoffice(folder.path(), "pairs");
    fs::write(folder.path().join("pairs.toml"), PAIRS).unwrap();
    let of_pairs = read(folder.path(), &["pairs.toml"]).0.unwrap().digest;
    assert_eq!(read(folder.path(), &["pairs.ods"]).0.unwrap().digest, of_pairs);
}
