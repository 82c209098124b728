//! The workshop: the data block of every fixture, its page, and sessions written into a folder and replayed.

use std::num::NonZeroUsize;

use prioritise::budget::Budget;
use prioritise::diagnostic::{Code, Problem, Problems};
use prioritise::elicitation::HowAsked;
use prioritise::record;
use prioritise::report::workshop::page;
use prioritise::workshop::session::{AppliedSession, ApplyRequest, apply};
use serde_json::{Value, json};

use crate::support::{FIXTURES, Folder, told};

const STARTER: &str = "fixtures/starter";
const RULES: &str = "fixtures/starter/rules/ruleset.toml";
const BURGLARY: &str = "fixtures/starter/evidence/burglary.toml";
const ASSESSMENT: &str = "fixtures/starter/assessment.toml";
const SESSION: &str = "session.json";

/// The data block of an assessment, and its page.
fn made(files: &Folder, path: &str) -> (Value, String) {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, path, None, &mut problems).unwrap();
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let page = page(&ranked, NonZeroUsize::MIN).unwrap();
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    (serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap(), page)
}

#[test]
fn the_block_of_every_fixture_follows_its_schema_and_its_page_is_small() {
    let schema = std::fs::read_to_string(crate::support::in_repository("docs/schema/workshop.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str::<Value>(&schema).unwrap()).unwrap();
    let files = Folder::of_fixtures();
    for name in FIXTURES {
        let path = format!("fixtures/{name}");
        let (block, page) = made(&files, &path);
        let faults: Vec<String> =
            schema.iter_errors(&block).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        let candidates = block["candidates"].as_array().unwrap().len();
        // What every page has, and what each candidate adds.
        let per_candidate = block.to_string().len() / candidates.max(1);
        let of_thirty = page.len() - block.to_string().len() + 30 * per_candidate;
        assert!(of_thirty < 300_000, "{name}: {of_thirty} bytes with 30 candidates");
    }
}

#[test]
fn what_other_scores_would_do_is_in_the_block() {
    let gate = "\n[[gate]]\nid = \"grave\"\ntitle = \"Grave\"\nwhen = \"severity >= 4\"\neffect = \"include\"\n\
                reason = \"Judged {severity} of 5.\"\n\
                [[gate]]\nid = \"unsure\"\ntitle = \"Unsure\"\nwhen = \"severity.spread > 1\"\neffect = \"defer\"\n\
                reason = \"People differ.\"\n";
    let mut files = Folder::of(&[STARTER]);
    let plain = made(&files, STARTER).0;
    let severity = &plain["criteria"][2];
    assert_eq!(severity["judge"]["table"].as_array().unwrap().len(), 11);
    assert_eq!(severity["judge"]["table"][7], json!(["3.5", 7000]));
    assert!(plain["criteria"][1]["fixed"].as_str().unwrap().contains("measured"));
    let (grave, unsure) = gate.split_once("[[gate]]\nid = \"unsure\"").unwrap();
    let rules = files.text(RULES);
    files.write(RULES, format!("{rules}{grave}"));
    let block = made(&files, STARTER).0;
    let of_burglary = &block["candidates"][0]["gates"][0];
    assert_eq!(of_burglary["scores"], json!(["4", "4.5", "5"]), "{of_burglary}");
    assert_eq!(of_burglary["filed"], json!(false));
    assert_eq!(of_burglary["reason"], json!("Grave"), "the sentence prints the score");
    files.write(RULES, format!("{rules}\n[[gate]]\nid = \"unsure\"{unsure}"));
    let block = made(&files, STARTER).0;
    let fixed = block["candidates"][0]["cells"][2]["fixed"].as_str().unwrap();
    assert!(fixed.contains("how far people differ"), "{fixed}");
}

#[test]
fn factors_of_other_scores_are_the_engines() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(RULES, "[ruleset]", "[ruleset]\ncombine = \"product\"");
    let block = made(&files, STARTER).0;
    let cell = &block["candidates"][0]["cells"][2];
    let (judged, factor) = (cell["factors"]["3"].as_i64().unwrap(), cell["f"][0].as_i64().unwrap());
    assert_eq!(judged, factor, "burglary is judged 3");
    assert!(cell["factors"]["5"].as_i64().unwrap() > factor);
}

#[test]
fn texts_of_an_assessment_are_inert() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(BURGLARY, "title = \"Burglary\"", "title = \"</script><script>alert(1)</script>{{script}}\"");
    let page = made(&files, STARTER).1;
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    let (block, behind) = rest.split_once("</script>").unwrap();
    assert!(block.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>{{script}}"));
    assert!(behind.trim_start().starts_with("<script>\"use strict\";"));
    assert_eq!(page.matches("<script").count(), 2);
}

// --- Sessions -----------------------------------------------------------------------------------------------------------

/// The starter as the session below is to leave it.
fn wanted() -> Folder {
    let mut files = Folder::of(&[STARTER]);
    files.edit(RULES, "weight    = 30 #", "weight    = 12.5 #");
    files.edit(
        BURGLARY,
        "judgement = 3\nscale     = [0, 5]\nby        = \"Community safety analyst\"\ndate      = \"2026-04-20\"\n\
         because   = \"A home broken into is a lasting shock; few are hurt.\"",
        "scores  = [{ by = \"Chair\", score = 5 }, { by = \"Police\", score = 4 }]\nscale     = [0, 5]\n\
         date      = \"2026-11-30\"\nbecause   = \"Agreed. Police: As bad.\"",
    );
    files
}

/// The list of a folder as a session has it, with its digests.
fn listed(files: &Folder) -> (Value, String, String) {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, STARTER, None, &mut problems).unwrap();
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let place = |trace: &prioritise::scoring::Trace<'_>| {
        json!({
            "id": trace.id(),
            "rank": trace.rank.unwrap(),
            "total": trace.total.unwrap().to_string(),
            "tier": trace.standing.word(&rules),
        })
    };
    let places: Vec<Value> = ranked.traces.iter().map(place).collect();
    (Value::Array(places), assessment.digest.clone(), rules.digest.clone())
}

/// A session that settles a weight, a judgement and a decision.
fn session() -> Value {
    let (_, assessment, rules) = listed(&Folder::of(&[STARTER]));
    json!({
        "schema": "prioritise/workshop-session/1",
        "engine": "0.1.0",
        "assessment": assessment,
        "rules": rules,
        "made": "2026-11-30T16:02:11Z",
        "people": [{ "by": "Chair", "date": "2026-11-30", "round": 1, "method": "swing" }],
        "settings": [],
        "weights": { "volume": "12.5", "change": "20", "severity": "35", "concern": "15" },
        "off": { "weights": [], "candidates": [] },
        "judgements": [{
            "candidate": "burglary", "criterion": "severity", "evidence": "severity", "score": "4.5",
            "scores": [
                { "by": "Chair", "score": "5" },
                { "by": "Police", "score": "4", "because": "As\nbad." },
            ],
            "date": "2026-11-30", "because": "Agreed.",
        }],
        "notes": { "burglary": "Agreed.\nAfter a while." },
        "decisions": [{
            "candidate": "domestic-abuse", "outcome": "adopted", "reason": "Nobody spoke against it.", "by": "Chair",
        }],
        "log": [{ "step": 1, "at": "2026-11-30T15:40:00Z", "what": "Volume 30 → 12.5", "weights": {} }],
        "answers": [],
        "expects": listed(&wanted()).0,
    })
}

fn applied(files: &Folder, session: &Value) -> Result<AppliedSession, Problems> {
    applied_text(files, &serde_json::to_string_pretty(session).unwrap())
}

fn applied_text(files: &Folder, text: &str) -> Result<AppliedSession, Problems> {
    let mut files = files.clone();
    files.write(SESSION, text);
    let asked = ApplyRequest { assessment: STARTER, rules: None, session: SESSION, meeting: None };
    apply(&files, &asked, NonZeroUsize::MIN)
}

/// What is said of the starter with a session changed so.
fn refused(change: impl Fn(&mut Value)) -> String {
    let mut session = session();
    change(&mut session);
    told(&applied(&Folder::of(&[STARTER]), &session).unwrap_err())
}

/// The folder with what was applied.
fn written(files: &Folder, applied: &AppliedSession) -> Folder {
    let mut files = files.clone();
    for file in &applied.files {
        files.write(&file.path, file.after.clone());
    }
    files
}

#[test]
fn a_session_is_written_as_a_person_would_have_written_it() {
    let before = Folder::of(&[STARTER]);
    let applied = applied(&before, &session()).unwrap();
    let after = written(&before, &applied);
    let wanted = wanted();
    assert_eq!(after.text(BURGLARY), wanted.text(BURGLARY));
    let kept = "fixtures/starter/workshop/2026-11-30-160211.json";
    let reason = "Settled in the workshop of 2026-11-30, with answers of 1 person: workshop/2026-11-30-160211.json.";
    let old = "A start: agree your own with the board, and write here why they are what they are.";
    assert_eq!(after.text(RULES), wanted.text(RULES).replace(old, reason));
    assert_eq!(
        after.text("fixtures/starter/decisions.toml"),
        "[meeting]\ntitle = \"Your Community Safety Partnership: workshop\"\ndate  = \"2026-11-30\"\n\n[[decision]]\n\
         candidate = \"domestic-abuse\"\noutcome   = \"adopted\"\nreason    = \"Nobody spoke against it.\"\n\
         by        = \"Chair\"\n"
    );
    let named = "the rule set\ndecisions = \"decisions.toml\"\n";
    assert!(after.text(ASSESSMENT).contains(named));
    let session: Value = serde_json::from_str(&after.text(kept)).unwrap();
    assert_eq!(session, self::session());
    assert_eq!(
        applied.changes,
        [
            "Volume: a weight of 30 becomes 12.5",
            "Severity of burglary: judged 4.5 by 2 people",
            "domestic-abuse: adopted",
        ]
    );
    let rules = applied.files.iter().find(|file| file.path == RULES).unwrap();
    let lines = rules.changed_lines();
    assert!(lines.contains(&"- weight    = 30 # on any scale: shares are worked out".to_owned()), "{lines:?}");
    assert!(lines.contains(&"+ weight    = 12.5 # on any scale: shares are worked out".to_owned()), "{lines:?}");
    assert!(told(&self::applied(&after, &session).unwrap_err()).contains("is of other evidence and rules"));
}

/// What people answered, by two methods, and one of them nothing that can be counted.
#[test]
fn what_people_answered_is_written_as_elicit_reads_it() {
    let files = Folder::of(&[STARTER]);
    let mut session = session();
    let person = |by: &str, round: u32, method: &str, volume: &str| {
        json!({
            "schema": "prioritise/workshop-answers/1", "assessment": session["assessment"], "rules": session["rules"],
            "by": by, "date": "2026-11-30", "round": round, "method": method, "because": "So.",
            "criteria": { "volume": volume, "change": "40", "severity": "100", "concern": "25" }, "groups": {},
            "pairs": {}, "group_pairs": {}, "reasons": {}, "judgements": {},
        })
    };
    let answers = [
        person("Chair", 1, "swing", "10"),
        person("Chair", 2, "swing", "60"),
        person("Police", 1, "swing", "much"),
        person("Fire", 1, "points", "60"),
    ];
    session["answers"] = json!(answers);
    let applied = applied(&files, &session).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    let texts: Vec<&str> =
        applied.files.iter().map(|file| &*file.path).filter(|path| path.contains("workshop/")).collect();
    let home = "fixtures/starter/workshop/2026-11-30-160211";
    assert_eq!(texts, [format!("{home}-swing.toml"), format!("{home}.json")], "nobody's points can be counted");
    let told = told(&applied.problems);
    assert!(told.contains("`much` for `volume` is no number: Police has no part"), "{told}");
    assert!(told.contains("add up to 225: Fire has no part"), "{told}");
    let after = written(&files, &applied);
    let mut problems = Problems::default();
    let rules =
        prioritise::rules::load(&files, "fixtures/starter/rules", None, &mut problems).rules.unwrap().into_latest();
    let read = |path: &str, problems: &mut Problems| {
        prioritise::elicitation::load(&after, path, &rules, HowAsked::default(), None, problems)
    };
    let answers = read(&format!("{home}-swing.toml"), &mut problems).unwrap();
    assert!(problems.iter().next().is_none(), "{}", crate::support::told(&problems));
    assert_eq!(answers.people.len(), 1);
    assert_eq!(answers.ranges.len(), 3, "the ranges that were asked about");
    let text = after.text(&format!("{home}-swing.toml"));
    assert!(text.contains("volume = 60") && !text.contains("Police"), "{text}");
}

/// Who makes a page of rules that no session is written into is told before the meeting.
#[test]
fn rules_outside_the_folder_are_told_when_the_page_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("workshop.html").display().to_string();
    for (name, is_told) in [("huntingdonshire-2019", true), ("starter", false)] {
        let path = format!("fixtures/{name}");
        let said = crate::support::prioritise_in(&crate::support::root(), &["workshop", &path, "-o", &page]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert_eq!(said.err.contains("is not in the assessment's own folder"), is_told, "{name}: {}", said.err);
    }
}

#[test]
fn a_session_that_settles_nothing_changes_nothing_but_is_kept() {
    let files = Folder::of(&[STARTER]);
    let mut session = session();
    let weights = json!({ "volume": "30.0", "change": "20", "severity": "35", "concern": "15" });
    session["weights"] = weights;
    session["judgements"] = json!([]);
    session["decisions"] = json!([]);
    session["expects"] = listed(&files).0;
    let applied = applied(&files, &session).unwrap();
    assert_eq!(applied.files.len(), 1);
    assert!(applied.changes.is_empty() && !applied.movement.any());
}

#[test]
fn a_record_keeps_the_session_and_gives_its_list() {
    let before = Folder::of(&[STARTER]);
    let mut after = written(&before, &applied(&before, &session()).unwrap());
    let sealed = |files: &Folder| {
        let mut problems = Problems::default();
        let inputs = record::gather(files, STARTER, None, None, &mut problems).unwrap();
        let run = record::Run::default();
        (record::seal(&inputs, &run, NonZeroUsize::MIN, &Budget::default()).unwrap(), problems)
    };
    let (record, problems) = sealed(&after);
    assert!(!problems.iter().any(|problem| problem.code == Code::SessionListDiffers));
    let found = record::verify(&record, NonZeroUsize::MIN, &Budget::default());
    let kept = "data/assessment/workshop/2026-11-30-160211.json";
    assert_eq!(found.sessions.iter().map(|it| (&*it.file, &it.difference)).collect::<Vec<_>>(), [(kept, &None)]);
    let text = record::views::verification::text(&found, false);
    assert!(text.contains("to the digit."), "{text}");
    after.edit(RULES, "weight    = 12.5 #", "weight    = 60 #");
    after.edit(BURGLARY, "by = \"Police\", score = 4", "by = \"Fire\", score = 2");
    after.edit("fixtures/starter/decisions.toml", "\"adopted\"", "\"rejected\"");
    let (record, problems) = sealed(&after);
    let warned = problems.iter().find(|problem| problem.code == Code::SessionListDiffers).unwrap();
    let found = record::verify(&record, NonZeroUsize::MIN, &Budget::default());
    assert!(found.sessions[0].difference.as_ref().unwrap().contains("and the engine makes"));
    let changed = [
        "Volume: a weight of 12.5, now 60",
        "Severity of burglary: Police 4, now none; Fire none, now 2",
        "domestic-abuse: adopted, now rejected",
    ];
    assert_eq!(found.sessions[0].changed, changed);
    assert!(warned.message.ends_with(&changed.join("; ")), "{}", warned.message);
    let text = record::views::verification::text(&found, false);
    assert!(changed.iter().all(|change| text.contains(&format!("\n  {change}.\n"))), "{text}");
}

#[test]
fn what_changed_since_is_told_where_the_list_is_the_same() {
    let before = Folder::of(&[STARTER]);
    let mut after = written(&before, &applied(&before, &session()).unwrap());
    for (old, new) in [("12.5", "25"), ("20", "40"), ("35", "70"), ("15", "30")] {
        after.edit(RULES, &format!("weight    = {old}"), &format!("weight    = {new}"));
    }
    let inputs = record::gather(&after, STARTER, None, None, &mut Problems::default()).unwrap();
    let sealed = record::seal(&inputs, &record::Run::default(), NonZeroUsize::MIN, &Budget::default()).unwrap();
    let found = record::verify(&sealed, NonZeroUsize::MIN, &Budget::default());
    assert_eq!(found.sessions[0].difference, None);
    assert_eq!(found.sessions[0].changed.len(), 4, "{:?}", found.sessions[0].changed);
}

#[test]
fn lists_of_settings_are_the_engines() {
    let files = Folder::of(&[STARTER]);
    let mut problems = Problems::default();
    let (assessment, mut rules) = prioritise::load(&files, STARTER, None, &mut problems).unwrap();
    let lists_of = |rules: &mut prioritise::rules::RuleSet, settings: &[Value]| {
        let text = settings.iter().map(|setting| format!("{setting}\n")).collect::<Vec<_>>().concat();
        prioritise::workshop::lists(&assessment, rules, ("settings.jsonl", &text), NonZeroUsize::MIN)
    };
    let judged = |scores: Value| json!([{ "candidate": "burglary", "criterion": "severity", "scores": scores }]);
    let settled = json!({ "weights": { "volume": "12.5" }, "judgements": judged(json!(["5", "4"])) });
    let made = lists_of(&mut rules, &[json!({}), settled, json!({})]).unwrap();
    let made: Vec<Value> = made.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let filed = listed(&files).0;
    assert_eq!(made.iter().map(|it| &it["list"]).collect::<Vec<_>>(), [&filed, &listed(&wanted()).0, &filed]);
    let none = json!({ "volume": "0", "change": "0", "severity": "0", "concern": "0" });
    for (setting, words) in [
        (json!({ "wieghts": {} }), "line 1 of `settings.jsonl` is no setting: unknown field `wieghts`"),
        (json!({ "weights": { "volum": "1" } }), "did you mean `volume`?"),
        (json!({ "weights": none }), "have a weight of 0"),
        (json!({ "judgements": judged(json!(["6"])) }), "not all on its scale"),
        (json!({ "judgements": judged(json!([])) }), "not all on its scale"),
        (json!({ "judgements": [{ "candidate": "x", "criterion": "severity", "scores": ["1"] }] }), "no candidate `x`"),
        (
            json!({ "judgements": [{ "candidate": "burglary", "criterion": "volume", "scores": ["1"] }] }),
            "`volume` can't be judged: it is measured",
        ),
    ] {
        let said = told(&lists_of(&mut rules, &[setting]).unwrap_err());
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn faults_of_a_session_are_told_and_nothing_is_made() {
    type Change = fn(&mut Value);
    let faults: [(&str, Change); 14] = [
        ("unknown field `wieghts`", |it| it["wieghts"] = json!({})),
        ("missing field `expects`", |it| drop(it.as_object_mut().unwrap().remove("expects"))),
        ("this engine reads", |it| it["schema"] = json!("prioritise/workshop-session/2")),
        ("no time as in", |it| it["made"] = json!("yesterday")),
        ("is of other evidence than", |it| it["assessment"] = json!("sha256:0")),
        ("is of other rules than", |it| it["rules"] = json!("sha256:0")),
        ("control character", |it| it["notes"]["burglary"] = json!("\u{1b}[2J")),
        ("nobody sees", |it| it["decisions"][0]["reason"] = json!("Left\u{202e}right.")),
        ("more than 2000 bytes", |it| it["log"][0]["what"] = json!("x".repeat(2001))),
        ("did you mean `volume`?", |it| it["weights"] = json!({ "volum": "1" })),
        ("no number from zero up", |it| it["weights"] = json!({ "volume": "-1" })),
        ("is no score from 0 to 5", |it| it["judgements"][0]["scores"][0]["score"] = json!("6")),
        ("candidates are switched off", |it| it["off"]["candidates"] = json!(["burglary"])),
        ("is not what the engine makes of it", |it| it["expects"][0]["total"] = json!("99.99")),
    ];
    for (words, change) in faults {
        let said = refused(change);
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(refused(|it| it["judgements"][0]["candidate"] = json!("burglry")).contains("no evidence file has"));
    assert!(refused(|it| it["judgements"][0]["evidence"] = json!("recorded")).contains("is answered by judging"));
    let starter = Folder::of(&[STARTER]);
    assert!(told(&applied_text(&starter, "{").unwrap_err()).contains("is not a session of the workshop’s page"));
    let mut elsewhere = starter.clone();
    elsewhere.edit(ASSESSMENT, "\"rules\" #", "\"../rules\" #");
    for path in ["ruleset.toml", "change.rhai", "tests/rules.toml"] {
        let text = elsewhere.text(&format!("fixtures/starter/rules/{path}"));
        elsewhere.write(&format!("fixtures/rules/{path}"), text);
    }
    assert!(told(&applied(&elsewhere, &session()).unwrap_err()).contains("is not the assessment's own"));
}

/// What is said of sessions, for the guide.
pub(crate) fn examples() -> Vec<Problem> {
    let first = |problems: Problems| problems.sorted().first().cloned().unwrap();
    let starter = Folder::of(&[STARTER]);
    let mut other = session();
    other["rules"] = json!("sha256:0");
    let mut after = written(&starter, &applied(&starter, &session()).unwrap());
    after.edit(RULES, "weight    = 12.5 #", "weight    = 60 #");
    let mut differs = Problems::default();
    record::gather(&after, STARTER, None, None, &mut differs).unwrap();
    let differs = differs.iter().find(|problem| problem.code == Code::SessionListDiffers).cloned();
    let told = [first(applied_text(&starter, "{}").unwrap_err()), first(applied(&starter, &other).unwrap_err())];
    told.into_iter().chain(differs).collect()
}
