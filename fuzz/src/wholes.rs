//! Files of assessments and rule sets, each on the whole way that its words take, and the whole of `rank`.

use std::sync::LazyLock;

use prioritise::diagnostic::Problems;
use prioritise::elicitation::{self, HowAsked};
use prioritise::learning;
use prioritise::ranked::RankedAssessment;
use prioritise::report;
use prioritise::report::paper::model::Paper;
use prioritise::report::paper::{MAX_SECTIONS, Templates};
use prioritise::rules::{self, Combined, RuleSet, WeightMethod};
use prioritise::scoring::{self, Again};
use prioritise::sensitivity::acceptability::Variation;
use prioritise::sensitivity::{DrawSettings, read, sensitivity};
use prioritise::trial::{self, TestRequest};
use prioritise::workshop::session::{ApplyRequest, apply};

use crate::folder::Folder;
use crate::sound::{ONE, shown, told, told_one};

pub(crate) const STARTER: &str = "fixtures/starter";
const BASE: &str = "tests/base";
const HUNTINGDONSHIRE: &str = "fixtures/huntingdonshire-2019";
const MORILE: &str = "fixtures/morile-style";
const WARDS: &str = "fixtures/huntingdonshire-wards-2019";

/// The files that seeds are taken from and that stand beside what is fuzzed.
pub(crate) static FILES: LazyLock<Folder> = LazyLock::new(|| {
    let mut files = Folder::of_repository("fixtures");
    files.0.extend(Folder::of_repository("rules").0);
    files.0.extend(Folder::of_repository(BASE).0);
    files.0.extend(Folder::of_repository("fuzz/language").0);
    files
});
static STARTER_RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let read = rules::load(&*FILES, "fixtures/starter/rules", None, &mut Problems::default());
    read.rules.expect("the starter's rules are sound").into_latest()
});
/// Loads the assessment at `path` and ranks it, as text.
fn ranked(files: &Folder, path: &str) {
    with_report(files, path, |report| {
        shown(&report::text(report, false));
        shown(&report::brief(report, "", false));
    });
}

pub(crate) fn with_report(files: &Folder, path: &str, work: impl FnOnce(&mut RankedAssessment<'_>)) {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, path, None, &mut problems);
    told(&problems);
    let Some((assessment, rules)) = loaded else { return };
    match prioritise::rank(&assessment, &rules, ONE, problems) {
        Err(problems) => told(&problems),
        Ok(mut report) => work(&mut report),
    }
}

fn seeds_in(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let fits = |(path, bytes): (&String, &Vec<u8>)| {
        (path.starts_with(folder) && path.ends_with(ending)).then(|| bytes.clone())
    };
    let seeds: Vec<Vec<u8>> = FILES.0.iter().filter_map(fits).collect();
    assert!(!seeds.is_empty(), "no seed in {folder}");
    seeds
}

pub(crate) fn assessment(bytes: &[u8]) {
    ranked(&FILES.with("tests/base/assessment.toml", bytes), BASE);
}

pub(crate) fn assessments() -> Vec<Vec<u8>> {
    [seeds_in(BASE, "/assessment.toml"), seeds_in("fixtures", "/assessment.toml")].concat()
}

pub(crate) fn evidence(bytes: &[u8]) {
    ranked(&FILES.with("tests/base/evidence/burglary.toml", bytes), BASE);
}

pub(crate) fn evidences() -> Vec<Vec<u8>> {
    [seeds_in("tests/base/evidence", ".toml"), seeds_in(MORILE, "burglary.toml")].concat()
}

pub(crate) fn table(bytes: &[u8]) {
    ranked(&FILES.with("tests/base/survey.csv", bytes), BASE);
}

pub(crate) fn tables() -> Vec<Vec<u8>> {
    [seeds_in(BASE, ".csv"), seeds_in(WARDS, ".csv")].concat()
}

/// The file of what a document prints, each statement made again.
pub(crate) fn document(bytes: &[u8]) {
    checked(&FILES.with("fixtures/huntingdonshire-2019/documents/sa2019.toml", bytes));
}

pub(crate) fn documents() -> Vec<Vec<u8>> {
    seeds_in("fixtures/huntingdonshire-2019/documents/", ".toml")
}

pub(crate) fn document_table(bytes: &[u8]) {
    checked(&FILES.with("fixtures/huntingdonshire-2019/documents/sa2019/table-08.csv", bytes));
}

pub(crate) fn document_tables() -> Vec<Vec<u8>> {
    seeds_in("fixtures/huntingdonshire-2019/documents/", ".csv")
}

fn checked(files: &Folder) {
    let mut problems = Problems::default();
    if let Some(assessment) = prioritise::members::load_assessment(files, HUNTINGDONSHIRE, &mut problems).assessment {
        problems.extend(prioritise::recompute::recompute(&assessment).problems());
    }
    told(&problems);
}

pub(crate) fn decisions(bytes: &[u8]) {
    ranked(&FILES.with("fixtures/morile-style/decisions.toml", bytes), MORILE);
}

pub(crate) fn decided() -> Vec<Vec<u8>> {
    seeds_in(MORILE, "decisions.toml")
}

pub(crate) fn rules(bytes: &[u8]) {
    ranked(&FILES.with("tests/base/rules/ruleset.toml", bytes), BASE);
}

pub(crate) fn rule_sets() -> Vec<Vec<u8>> {
    [seeds_in("tests/base/rules", "ruleset.toml"), seeds_in("rules", "ruleset.toml"), seeds_in(STARTER, "ruleset.toml")]
        .concat()
}

pub(crate) fn script(bytes: &[u8]) {
    ranked(&FILES.with("tests/base/rules/change.rhai", bytes), BASE);
}

pub(crate) fn scripts() -> Vec<Vec<u8>> {
    [seeds_in(BASE, ".rhai"), seeds_in("rules", ".rhai"), seeds_in(STARTER, ".rhai")].concat()
}

/// The base's rules with other words for some in them.
fn rules_with(find: &str, key: &str, bytes: &[u8]) {
    // As TOML writes a text: whatever stands in it, the file is sound.
    let words = String::from_utf8_lossy(bytes).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let words: String = words
        .chars()
        .map(|letter| if letter.is_control() { format!("\\u{:04X}", u32::from(letter)) } else { letter.into() })
        .collect();
    let rules = String::from_utf8_lossy(FILES.bytes("tests/base/rules/ruleset.toml")).into_owned();
    assert!(rules.contains(find), "{find}");
    let rules = rules.replacen(find, &format!("{key} = \"{words}\""), 1);
    ranked(&FILES.with("tests/base/rules/ruleset.toml", rules.as_bytes()), BASE);
}

pub(crate) fn measure(bytes: &[u8]) {
    rules_with("measure   = \"severity\"", "measure", bytes);
}

pub(crate) fn measures() -> Vec<Vec<u8>> {
    values("measure")
}

pub(crate) fn sentence(bytes: &[u8]) {
    rules_with("because   = \"{calls} calls.\"", "because", bytes);
}

pub(crate) fn sentences() -> Vec<Vec<u8>> {
    [values("because"), values("reason")].concat()
}

/// What stands in quotes after a key of any rule set of the repository.
fn values(key: &str) -> Vec<Vec<u8>> {
    let all = rule_sets();
    let text: Vec<String> = all.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    let value = |line: &str| {
        let (name, rest) = line.split_once('=')?;
        (name.trim() == key).then(|| rest.trim().trim_matches('"').as_bytes().to_vec())
    };
    text.iter().flat_map(|text| text.lines()).filter_map(value).collect()
}

pub(crate) fn trials(bytes: &[u8]) {
    let files = FILES.with("fixtures/starter/rules/tests/rules.toml", bytes);
    let mut problems = Problems::default();
    if let Some((editions, suite)) = prioritise::load_tests(&files, "fixtures/starter/rules", &mut problems) {
        let asked = TestRequest { filter: None, coverage: true, mutation: false, threads: ONE };
        match trial::test_report(&files, &suite, &editions, &asked) {
            Err(problem) => told_one(problem),
            Ok(account) => {
                shown(&report::tests_text(&account, report::PassedTests::Shown, false));
                shown(&report::tests_json(&account));
                shown(&report::tests_junit(&account));
            }
        }
    }
    told(&problems);
}

pub(crate) fn trial_files() -> Vec<Vec<u8>> {
    let mut seeds = seeds_in(STARTER, "tests/rules.toml");
    seeds.extend(FILES.0.iter().filter(|(path, _)| path.contains("/tests/")).map(|(_, bytes)| bytes.clone()));
    seeds
}

pub(crate) fn answers(bytes: &[u8]) {
    let files = FILES.with("answers.toml", bytes);
    elicited(&files, "answers.toml", HowAsked::default());
}

fn elicited(files: &Folder, path: &str, how: HowAsked) {
    let mut problems = Problems::default();
    if let Some(answers) = elicitation::load(files, path, &STARTER_RULES, how, None, &mut problems) {
        let elicited = elicitation::elicit(&STARTER_RULES, &answers);
        problems.extend(elicitation::warnings(&elicited));
        let view = report::elicitation::ElicitationView { elicited: &elicited, list: None };
        shown(&report::elicitation::text(&view, false));
        report::elicitation::markdown(&view);
        report::elicitation::json(&view);
    }
    told(&problems);
}

const CRITERIA: [&str; 4] = ["volume", "change", "severity", "concern"];

pub(crate) fn answer_files() -> Vec<Vec<u8>> {
    let person = |by: &str, numbers: [u32; 4]| {
        let lines: Vec<String> =
            CRITERIA.iter().zip(numbers).map(|(id, number)| format!("{id} = {number}\n")).collect();
        format!(
            "\n[[person]]\nby = \"{by}\"\ndate = \"2026-11-02\"\nbecause = \"So.\"\n[person.criteria]\n{}",
            lines.concat()
        )
    };
    let of = |method: &str, numbers: [u32; 4]| {
        format!(
            "[answers]\nmethod = \"{method}\"\ncombined = \"arithmetic-mean\"\n{}{}",
            person("Chair", numbers),
            person("Head of housing", numbers)
        )
    };
    let pairs = "[answers]\nmethod = \"pairwise\"\n\n[[person]]\nby = \"Chair\"\ndate = \"2026-11-02\"\n[person.pairs]\n\
                 severity = { volume = 2, change = 3, concern = 5 }\nvolume = { change = 2, concern = \"1/3\" }\n\
                 change = { concern = 2 }\n";
    [of("swing", [60, 40, 100, 25]), of("rank-order", [1, 3, 2, 4]), of("points", [40, 30, 20, 10]), pairs.to_owned()]
        .map(String::into_bytes)
        .to_vec()
}

/// A session of a workshop on the starter, and what it changes there.
pub(crate) fn workshop_session(bytes: &[u8]) {
    let files = FILES.with("session.json", bytes);
    let asked = ApplyRequest { assessment: STARTER, rules: None, session: "session.json", meeting: None };
    match apply(&files, &asked, ONE) {
        Err(problems) => told(&problems),
        Ok(applied) => {
            applied.files.iter().for_each(|file| drop(file.changed_lines()));
            told(&applied.problems);
        }
    }
}

/// Sessions that settle nothing, or a weight, a judgement and a decision.
pub(crate) fn workshop_sessions() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    with_report(&FILES, STARTER, |report| {
        let places: Vec<String> = report
            .traces
            .iter()
            .filter_map(|trace| {
                let (rank, total, tier) = (trace.rank?, trace.total?, trace.standing.word(report.rules));
                Some(format!("{{\"id\":\"{}\",\"rank\":{rank},\"total\":\"{total}\",\"tier\":\"{tier}\"}}", trace.id()))
            })
            .collect();
        let session = |weights: &str, judgements: &str, decisions: &str| {
            format!(
                "{{\"schema\":\"prioritise/workshop-session/1\",\"engine\":\"0.1.0\",\"assessment\":\"{}\",\"rules\":\"{}\",\
                 \"made\":\"2026-11-30T16:02:11Z\",\"people\":[],\"settings\":[],\"weights\":{{{weights}}},\
                 \"off\":{{\"weights\":[],\"candidates\":[]}},\"judgements\":[{judgements}],\"notes\":{{}},\
                 \"decisions\":[{decisions}],\"log\":[],\"answers\":[],\"expects\":[{}]}}",
                report.assessment.digest,
                report.rules.digest,
                places.join(",")
            )
        };
        let judgement = "{\"candidate\":\"burglary\",\"criterion\":\"severity\",\"evidence\":\"severity\",\"score\":\"4\",\
                         \"scores\":[{\"by\":\"Chair\",\"score\":\"4\",\"because\":\"So.\"}],\"date\":\"2026-11-30\",\"because\":\"\"}";
        let decision =
            "{\"candidate\":\"burglary\",\"outcome\":\"adopted\",\"reason\":\"So.\",\"by\":\"Chair\",\"place\":1}";
        seeds.push(session("", "", "").into_bytes());
        seeds.push(session("\"volume\":\"12.5\"", judgement, decision).into_bytes());
    });
    seeds
}

/// The first byte says how people were asked.
pub(crate) fn answers_sheet(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let method = [WeightMethod::Swing, WeightMethod::Pairwise, WeightMethod::RankOrder, WeightMethod::Points]
        [usize::from(first % 4)];
    let combined = [None, Some(Combined::ArithmeticMean), Some(Combined::GeometricMean)][usize::from(first / 4 % 3)];
    elicited(&FILES.with("answers.csv", rest), "answers.csv", HowAsked { method: Some(method), combined });
}

pub(crate) fn answer_sheets() -> Vec<Vec<u8>> {
    let numbers = "by,date,volume,change,severity,concern,because\nChair,2026-11-02,60,40,100,25,So.\nPolice,2026-11-02,100,30,80,20,\n";
    let pairs = "by,date,first,second,times\nChair,2026-11-02,severity,volume,2\nChair,2026-11-02,severity,change,3\n\
                 Chair,2026-11-02,severity,concern,5\nChair,2026-11-02,volume,change,2\nChair,2026-11-02,volume,concern,1/3\n\
                 Chair,2026-11-02,change,concern,2\n";
    (0..12_u8).map(|how| [&[how], if how % 4 == 1 { pairs } else { numbers }.as_bytes()].concat()).collect()
}

pub(crate) fn agreed(bytes: &[u8]) {
    let files = FILES.with("agreed.toml", bytes);
    let mut problems = Problems::default();
    let Some((assessment, rules)) = prioritise::load(&files, MORILE, None, &mut problems) else { return };
    let Ok(ranking) = scoring::rank(&assessment, &rules, ONE) else { return };
    if let Some(agreed) = learning::read::load(&files, "agreed.toml", &assessment, &mut problems) {
        match learning::learn(&ranking, agreed) {
            Err(problem) => told_one(problem),
            Ok(learning) => {
                shown(&report::learning::text(&ranking, &learning, false));
                report::learning::markdown(&ranking, &learning);
                report::learning::json(&ranking, &learning);
            }
        }
    }
    told(&problems);
}

pub(crate) fn agreed_files() -> Vec<Vec<u8>> {
    let some = "[[statement]]\nabove = \"domestic-abuse\"\nbelow = \"burglary\"\nsource = \"Minute 4\"\n\
                date = \"2026-04-20\"\n\n[[statement]]\norder = [\"serious-violence\", \"cybercrime\", \"hate-crime\"]\n\
                date = \"2026-04-20\"\n";
    let chosen = "[[statement]]\nchosen = [\"domestic-abuse\", \"serious-violence\"]\ndate = \"2026-04-20\"\n";
    vec![some.into(), chosen.into(), [some, chosen].concat().into()]
}

pub(crate) fn weights(bytes: &[u8]) {
    let files = FILES.with("weights.toml", bytes);
    let mut problems = Problems::default();
    if let Some(space) = read::load(&files, "weights.toml", &STARTER_RULES, &mut problems) {
        let loaded = prioritise::load(&files, STARTER, None, &mut Problems::default());
        let (assessment, rules) = loaded.expect("the starter is sound");
        let ranking = scoring::rank(&assessment, &rules, ONE).expect("the starter is ranked");
        let settings = DrawSettings { draws: 20, seed: 1, threads: ONE };
        match sensitivity(&ranking, Variation::Weights(space), settings) {
            Err(problem) => told_one(problem),
            Ok(found) => shown(&report::sensitivity::text(&ranking, &found, false)),
        }
    }
    told(&problems);
}

pub(crate) fn weight_files() -> Vec<Vec<u8>> {
    let bounds = "[bounds]\nvolume = [10, 60]\nseverity = [0, 40.5]\n";
    let order = "order = [[\"severity\", \"volume\"], [\"change\", \"concern\"]]\n";
    vec![bounds.into(), order.into(), format!("concentration = 20\n{order}").into(), format!("{order}{bounds}").into()]
}

static PAPER: LazyLock<Paper> = LazyLock::new(|| {
    let loaded = prioritise::load(&*FILES, STARTER, None, &mut Problems::default());
    let (assessment, rules) = loaded.expect("the starter is sound");
    let report = prioritise::rank(&assessment, &rules, ONE, Problems::default()).expect("the starter is ranked");
    Paper::new(&report, &prioritise::recompute::recompute(&assessment)).expect("the starter takes few steps")
});

/// A template of the paper, which a record may bring with it.
pub(crate) fn template(bytes: &[u8]) {
    for name in ["paper.html", "paper.md"] {
        let files = Folder::default().with(&format!("look/{name}"), bytes);
        match Templates::of_folder(&files, "look") {
            Err(problem) => told_one(problem),
            Ok(templates) => {
                for laid in [templates.html(&PAPER), templates.markdown(&PAPER)] {
                    let _ = laid.map_err(told_one);
                }
            }
        }
    }
}

pub(crate) fn templates() -> Vec<Vec<u8>> {
    let built_in = Folder::of_repository("src/report/paper/templates");
    built_in.0.into_values().collect()
}

/// The whole of `rank`, `check`, `sensitivity` and `explain` on a folder, and of `test` on its rules.
pub(crate) fn rank(bytes: &[u8]) {
    let files = Folder::unpack(bytes);
    with_report(&files, "assessment", |report| {
        report::json(report);
        report::csv(report);
        shown(&report::text(report, false));
        shown(&report::brief(report, "", false));
        match prioritise::check(report) {
            Ok((problems, _)) => told(&problems),
            Err(problem) => told_one(problem),
        }
        told(&prioritise::changed_since_recorded(&files, report.rules));
        whole_paper(report);
        let settings = DrawSettings { draws: 10, seed: 1, threads: ONE };
        match sensitivity(
            &report.ranking,
            Variation::Both(read::weights_around(report.rules, read::DEFAULT_CONCENTRATION)),
            settings,
        ) {
            Err(problem) => told_one(problem),
            Ok(found) => shown(&report::sensitivity::text(&report.ranking, &found, false)),
        }
        let _ = Again::new(&report.ranking).map_err(told_one);
    });
    let mut problems = Problems::default();
    if let Some((editions, suite)) = prioritise::load_tests(&files, "assessment/rules", &mut problems) {
        let asked = TestRequest { filter: None, coverage: true, mutation: false, threads: ONE };
        match trial::test_report(&files, &suite, &editions, &asked) {
            Err(problem) => told_one(problem),
            Ok(account) => shown(&report::tests_text(&account, report::PassedTests::Shown, false)),
        }
    }
    told(&problems);
}

fn whole_paper(report: &mut RankedAssessment<'_>) {
    if let Err(problem) = report.find_changes(MAX_SECTIONS) {
        return told_one(problem);
    }
    let paper = match Paper::new(report, &prioritise::recompute::recompute(report.assessment)) {
        Err(problem) => return told_one(problem),
        Ok(paper) => paper,
    };
    let templates = Templates::default();
    for laid in [templates.html(&paper), templates.markdown(&paper)] {
        match laid {
            Err(problem) => told_one(problem),
            Ok(text) => shown(&text),
        }
    }
    let _ = report::workbook(report).map_err(told_one);
}

pub(crate) fn folders() -> Vec<Vec<u8>> {
    [(STARTER, "fixtures/starter/rules"), (BASE, "tests/base/rules")]
        .map(|(path, rules)| whole(path, rules).pack())
        .to_vec()
}

/// An assessment with its rules in one folder, `assessment`.
pub(crate) fn whole(path: &str, rules: &str) -> Folder {
    let mut files = Folder::default();
    for (name, bytes) in FILES.below(path).0 {
        files.0.insert(format!("assessment/{name}"), bytes);
    }
    for (name, bytes) in FILES.below(rules).0 {
        files.0.insert(format!("assessment/rules/{name}"), bytes);
    }
    files
}
