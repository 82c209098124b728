//! The guides under `docs/` and the README: every TOML and Rhai block is run, and what they must name they name.
//!
//! The word after a block's language says how it is run:
//!
//! | block | is |
//! | :--- | :--- |
//! | `toml rules` | a whole `ruleset.toml` |
//! | `toml candidate` | a whole evidence file for the rules behind it |
//! | `toml rules-part` | tables laid over a small rule set; its criteria need only what they change |
//! | `toml criteria` | keys of one criterion on each line, over evidence `x` |
//! | `toml assessment` | a whole `assessment.toml` |
//! | `toml assessment-part` | tables added to a small one |
//! | `toml evidence` | a whole evidence file |
//! | `toml evidence-more` | another beside the guide's first |
//! | `toml evidence-part` | evidence of one candidate |
//! | `toml decisions` | what a board decided on `fixtures/morile-style`; `#=` states places and overrides |
//! | `toml tests` | tests of the rules that `prioritise new` makes, all of the guide together: they pass, and excuse well |
//! | `toml weights` | weights that may be drawn for `fixtures/huntingdonshire-2019` |
//! | `toml answers` | what people answered about the rules that `prioritise new` makes; `#=` states weights, ratio and agreement |
//! | `toml agreed` | what a board agreed on about `fixtures/huntingdonshire-2019`; `#=` states what is told |
//! | `toml document` | what a document prints; `#=` states each finding, as `printed X, recomputed Y` |
//! | `csv NAME` | a file for the tables of the same guide |
//! | `toml edits` | what is other in the folder `next` than in `ours`, which is the one that `prioritise new` makes |
//! | `toml decided ours`, `toml decided next` | what the board decided on these, filed with them |
//! | `console diff` | commands run beside these two folders, each with what it prints; `…` stands for what differs |
//! | `console import`, `console elicit` | commands run beside the guide's CSV files, each with what it prints |
//! | `console forms`, `console figures`, `console weight-forms` | commands run beside the `ours` that `prioritise new` makes, and forms for scores, figures or weights that people filled in for it: `back/` |
//! | `console areas` | commands run beside copies of `tests/cases/list-for-each-area`, `tests/cases/public-edition` and `tests/cases/small-areas-pooled`, as `neighbourhoods`, `small-places` and `pooled` |
//! | `console unitaries` | commands run beside copies of `tests/cases/districts-become-unitaries` and `tests/cases/areas-shared-out`, as `county` and `shared` |
//! | `console merger` | commands run beside the two years of `tests/cases/merger-between-years`, `before` and `after` |
//! | `console years` | commands run beside the years of `tests/years/district`, and a record of the first, `sealed-2024` |
//! | `toml file PATH`, `csv file PATH`, `toml more PATH`, `toml uncomment PATH` | a file that a reader of a walk makes, lines added at the end of one, and lines from which the `#` is taken |
//! | `diff change PATH` | lines that a reader of a walk changes: each stretch, with an empty line before the next, stands there once |
//! | `console walk` | commands run where the walk's files are, in the order of the guide, each with all that it prints |
//! | `console refused` | the same, with exit code 2: something is wrong, and is told |
//! | `console asked` | the same on a terminal of its own: what stands behind the first colon of a question is typed |
//! | `toml signers` | who is trusted to sign records |
//! | `console records` | commands run beside a record, each with what it prints; `…` stands for what differs each time |
//! | `rhai script` | a file of functions for the same guide |
//! | `rhai expressions` | expressions over the evidence in `docs/evidence.md` |
//!
//! Stated results stand after `#=` in TOML and after `//=` in Rhai, and must come out.
#![expect(clippy::disallowed_methods, reason = "guides are read from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;

use prioritise::diagnostic::{Code, ErrorFormat, Problems, Severity, render};
use prioritise::elicitation::HowAsked;
use prioritise::ranked::RankedAssessment;
use prioritise::rules::script::{self, limits};
use prioritise::scoring::Fixed;
use prioritise::trial::{TestRequest, test_report};
use prioritise::words::number;
use toml::{Table, Value};

use crate::support::{at_a_terminal, prioritise, prioritise_in, root};

// --- Blocks -----------------------------------------------------------------------------------------------------------

/// A fenced block of a guide.
#[derive(Debug, Clone)]
struct Block {
    /// `docs/rules.md:12`.
    at: String,
    /// `toml`, `rhai`, …
    language: String,
    /// What stands after the language.
    mark: String,
    text: String,
}

fn guide(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Every Markdown file that a reader meets.
fn guides() -> Vec<String> {
    let mut names = vec!["README.md".to_owned()];
    for entry in std::fs::read_dir(root().join("docs")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        names.extend(name.ends_with(".md").then(|| format!("docs/{name}")));
    }
    names.sort();
    names
}

fn blocks(name: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (row, line) in guide(name).lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), inside) {
            (Some(info), false) => {
                let (language, mark) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
                let at = format!("{name}:{}", row + 1);
                blocks.push(Block { at, language: language.into(), mark: mark.into(), text: String::new() });
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => blocks.last_mut().unwrap().text.push_str(&format!("{line}\n")),
            (None, false) => {}
        }
    }
    blocks
}

fn marked(blocks: &[Block], language: &str, mark: &str) -> Vec<Block> {
    blocks.iter().filter(|block| block.language == language && block.mark == mark).cloned().collect()
}

// --- Files in memory --------------------------------------------------------------------------------------------------

type Memory = prioritise::files::Memory<'static, String>;

const SMALL_RULES: &str = r#"
[ruleset]
name = "Small"
version = "1"

[[criterion]]
id = "question"
title = "Question"
question = "How much?"
weight = 1
measure = "1"
unit = "units"
direction = "higher-is-worse"
value = { linear = { from = 0, to = 10 } }
missing = "neutral"
because = "It is {measure}."

[[tier]]
id = "all"
title = "All"
"#;

const SMALL_ASSESSMENT: &str = r#"
[assessment]
title = "Small"
partnership = "Ours"
period = "2025/26"
rules = "rules"
evidence = ["evidence.toml"]

[population]
people = 180000
source = "assessment"
where = "Table 1"

[[source]]
id = "assessment"
title = "The figures of the assessment"
"#;

const SMALL_CANDIDATE: &str = "[[candidate]]\nid = \"burglary\"\ntitle = \"Burglary\"\nkind = \"crime\"\n";

fn table(text: &str) -> Table {
    text.parse().unwrap()
}

/// `part` over `base`: tables key by key; each table of a list over the first of the base's list.
fn laid_over(base: &Value, part: &Value) -> Value {
    match (base, part) {
        (Value::Table(base), Value::Table(part)) => {
            let mut both = base.clone();
            for (key, value) in part {
                let whole = ["value", "combine", "tier", "gate", "group"].contains(&&**key);
                let laid = match base.get(key).filter(|_| !whole) {
                    Some(under) => laid_over(under, value),
                    None => value.clone(),
                };
                both.insert(key.clone(), laid);
            }
            Value::Table(both)
        }
        (Value::Array(base), Value::Array(part)) => {
            let lay = |item: &Value| base.first().map_or_else(|| item.clone(), |under| laid_over(under, item));
            Value::Array(part.iter().map(lay).collect())
        }
        (_, part) => part.clone(),
    }
}

// --- Running ----------------------------------------------------------------------------------------------------------

fn told(problems: Problems) -> String {
    render(&problems.without_notes(), ErrorFormat::Plain, false)
}

/// Loads and ranks; `read` sees the report.
fn ranked<T>(files: &Memory, read: impl Fn(&RankedAssessment<'_>) -> T) -> Result<T, String> {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, "assessment.toml", None, &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(told(problems)) };
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).map_err(told)?;
    Ok(read(&report))
}

/// All that a guide can state of a ranking.
fn statements(report: &RankedAssessment<'_>) -> BTreeSet<String> {
    let shares = report.rules.weights.shares().iter();
    let weights: Vec<String> = shares.map(|share| Fixed::new(*share, report.rules.fine_decimals()).trimmed()).collect();
    let mut said = BTreeSet::from([format!("weights {}", weights.join(", "))]);
    said.extend(
        prioritise::explain::parameters_in_force(report.rules, |_| true)
            .iter()
            .map(prioritise::explain::ParameterInForce::line),
    );
    for trace in &report.traces {
        let total = trace.total.map_or_else(|| "no total".to_owned(), |total| total.to_string());
        let tier = trace.standing.word(report.rules);
        said.insert(format!("{}: {total}, {tier}", trace.candidate.id));
        said.extend(prioritise::explain::arithmetic(trace, report.rules));
        said.extend(trace.gates.iter().map(|gate| gate.reason.clone()));
        for part in &trace.contributions {
            said.insert(prioritise::explain::contribution_reason(part));
            said.insert(format!("{} points {}", part.criterion.id, part.points));
        }
    }
    said
}

fn stated<'b>(block: &'b Block, sign: &str) -> Vec<&'b str> {
    block.text.lines().filter_map(|line| line.split_once(sign)).map(|(_, result)| result.trim()).collect()
}

/// The evidence of `docs/evidence.md`, which the examples of `docs/rules.md` read, and its declarations.
struct Sample {
    evidence: String,
    declarations: String,
}

/// How the guides' levels are declared.
const WORDS: &str = "levels = [\"falling\", \"static\", \"rising\"]\nbetween = \"higher\"\n";

fn sample() -> Sample {
    let mut evidence = SMALL_CANDIDATE.to_owned();
    for block in marked(&blocks("docs/evidence.md"), "toml", "evidence-part") {
        evidence.push_str(&block.text);
    }
    let files = Memory::default().with("assessment.toml", SMALL_ASSESSMENT).with("evidence.toml", &*evidence);
    let mut problems = Problems::default();
    let read = prioritise::members::load_assessment(&files, "assessment.toml", &mut problems);
    assert!(!problems.has_errors(), "docs/evidence.md: {}", told(problems));
    let assessment = read.assessment.unwrap();
    let mut declarations = String::new();
    for (name, column) in &assessment.evidence {
        let (_, evidence) = column.written().next().unwrap();
        let kind = evidence.figure.kind().map_or_else(|| "count".to_owned(), |kind| format!("{kind:?}").to_lowercase());
        declarations.push_str(&format!("[evidence.{name}]\nkind = \"{kind}\"\ntitle = \"{name}\"\n"));
        if let prioritise::assessment::Figure::Judgement(judgement) = &evidence.figure {
            declarations.push_str(&format!("scale = [{:?}, {:?}]\n", judgement.scale.0, judgement.scale.1));
        }
        if let prioritise::assessment::Figure::Level(_) = &evidence.figure {
            declarations.push_str(WORDS);
        }
    }
    Sample { evidence, declarations }
}

/// The small rule set with the sample's declarations, the guide's scripts and a part laid over.
fn rules_with(part: &Table, sample: &Sample, script: &str) -> Memory {
    let mut base = table(&format!("{SMALL_RULES}\n{}", sample.declarations));
    if !script.is_empty() {
        let header = base.get_mut("ruleset").and_then(Value::as_table_mut).unwrap();
        header.insert("scripts".into(), Value::Array(vec!["guide.rhai".into()]));
    }
    let rules = laid_over(&Value::Table(base), &Value::Table(part.clone()));
    Memory::default()
        .with("assessment.toml", SMALL_ASSESSMENT)
        .with("evidence.toml", &*sample.evidence)
        .with("rules/guide.rhai", script)
        .with("rules/ruleset.toml", toml::to_string(&rules).unwrap())
}

/// Each line's keys of a criterion against the values stated on it.
fn run_criteria(block: &Block, script: &str) -> Result<(), String> {
    let wrong: Vec<String> = block.text.lines().filter_map(|line| run_criterion(line, script).err()).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// What a criterion's keys make of the measures after `#=`, against what is stated there.
fn run_criterion(line: &str, script: &str) -> Result<(), String> {
    let Some((keys, results)) = line.split_once("#=") else { return Err(format!("no result is stated: {line}")) };
    let keys = table(&format!("keys = {{ {keys} }}")).get("keys").and_then(Value::as_table).cloned().unwrap();
    let results: Vec<(&str, &str)> = results.split(';').filter_map(|one| one.split_once('→')).collect();
    let in_words = keys.get("value").is_some_and(|value| value.get("levels").is_some());
    let mut evidence = String::new();
    for (at, (measure, _)) in results.iter().enumerate() {
        let figure = match measure.trim() {
            "missing" => "missing = \"nobody asked\"".to_owned(),
            figure => {
                let key = if in_words { format!("level = \"{figure}\"") } else { format!("number = {figure}") };
                format!("{key}\nsource = \"assessment\"\nwhere = \"Table 2\"")
            }
        };
        evidence.push_str(&format!(
            "[[candidate]]\nid = \"c{at:03}\"\ntitle = \"C\"\nkind = \"place\"\n[candidate.evidence.x]\n{figure}\n"
        ));
    }
    let kind = if in_words { format!("\"level\"\n{WORDS}") } else { "\"number\"\n".to_owned() };
    let declarations = format!("[evidence.x]\ntitle = \"x\"\nkind = {kind}");
    let sample = Sample { evidence, declarations };
    let mut criterion = keys;
    criterion.entry("measure").or_insert("x".into());
    if !in_words {
        criterion.entry("decimals").or_insert(6.into());
    }
    let part: Table = [("criterion".to_owned(), Value::Array(vec![Value::Table(criterion)]))].into_iter().collect();
    let found = ranked(&rules_with(&part, &sample, script), |report| {
        let by_id = report.traces.iter().map(|trace| (trace.candidate.id.clone(), trace));
        let traces: BTreeMap<String, &prioritise::scoring::Trace<'_>> = by_id.collect();
        let value = |trace: &&prioritise::scoring::Trace<'_>| {
            trace.contributions.first().and_then(|part| part.value).map_or_else(|| "none".to_owned(), Fixed::trimmed)
        };
        traces.values().map(value).collect::<Vec<String>>()
    })?;
    let wrong: Vec<String> = results
        .iter()
        .zip(&found)
        .filter(|((_, wanted), found)| wanted.trim() != **found)
        .map(|((measure, wanted), found)| format!("{measure}→ stated {}, found {found}", wanted.trim()))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn run_rules(block: &Block, files: &Memory) -> Result<(), String> {
    let said = ranked(files, statements)?;
    let wrong: Vec<&str> = stated(block, "#=").into_iter().filter(|line| !said.contains(*line)).collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(format!("stated {wrong:#?}, found {said:#?}")),
    }
}

/// Each expression of a block against the result stated after `//=`, as a sentence shows it.
fn run_expressions(block: &Block, sample: &Sample, script: &str) -> Result<(), String> {
    let mut wrong = Vec::new();
    let mut expression = String::new();
    for line in block.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("// ")) {
        let Some((code, wanted)) = line.split_once("//=") else {
            expression.push_str(line);
            expression.push('\n');
            continue;
        };
        expression.push_str(code.trim_end());
        let because = format!("{{{}}}", std::mem::take(&mut expression));
        let keys: Table = [("because".to_owned(), Value::String(because.clone()))].into_iter().collect();
        let part: Table = [("criterion".to_owned(), Value::Array(vec![Value::Table(keys)]))].into_iter().collect();
        let found = ranked(&rules_with(&part, sample, script), |report| {
            prioritise::explain::contribution_reason(report.traces.first().unwrap().contributions.first().unwrap())
        });
        let found = found.unwrap_or_else(|told| {
            let code = told.split(':').next().unwrap_or_default().trim_start_matches("error ").to_owned();
            let message = told.split(": ").nth(2).unwrap_or_default();
            format!("{code}: {}", message.split([';', ',']).next().unwrap_or_default().trim())
        });
        if found != wanted.trim() {
            wrong.push(format!("{because}: stated `{}`, found `{found}`", wanted.trim()));
        }
    }
    if !expression.is_empty() {
        wrong.push(format!("no result is stated of `{expression}`"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn assessment_files(guide: &[Block]) -> Memory {
    let rules = format!("{SMALL_RULES}\n");
    let mut files = Memory::default().with("rules/ruleset.toml", rules).with("assessment.toml", SMALL_ASSESSMENT);
    for block in guide.iter().filter(|block| block.language == "csv") {
        files = files.with(&block.mark, &*block.text);
    }
    for block in marked(guide, "toml", "evidence") {
        files = files.with("evidence/burglary.toml", &*block.text);
    }
    files.with("evidence.toml", SMALL_CANDIDATE)
}

/// What does not recompute in a document, against what is stated.
fn run_document(block: &Block, guide: &[Block]) -> Result<(), String> {
    let header = SMALL_ASSESSMENT.replace("rules = \"rules\"", "rules = \"rules\"\ndocuments = [\"document.toml\"]");
    let files = assessment_files(guide).with("assessment.toml", header).with("document.toml", &*block.text);
    let mut problems = Problems::default();
    let loaded = prioritise::load(&files, "assessment.toml", None, &mut problems);
    let Some((assessment, _)) = loaded else { return Err(told(problems)) };
    let findings = prioritise::recompute::recompute(&assessment).discrepancies;
    let said = findings.iter().map(|finding| match &finding.recomputed {
        Some(recomputed) => format!("printed {}, recomputed {recomputed}", finding.printed),
        None => finding.printed.clone(),
    });
    let (said, stated): (Vec<String>, Vec<&str>) = (said.collect(), stated(block, "#="));
    if said == stated { Ok(()) } else { Err(format!("stated {stated:#?}, found {said:#?}")) }
}

/// The board's own list and where it overruled the rules, against what is stated.
fn run_decisions(block: &Block) -> Result<(), String> {
    let mut files = crate::support::Folder::of_fixtures();
    files.write("fixtures/morile-style/decisions.toml", &*block.text);
    let mut problems = Problems::default();
    let loaded = prioritise::load(&files, "fixtures/morile-style", None, &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(told(problems)) };
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).map_err(told)?;
    let mut said = BTreeSet::new();
    for decided in report.board.iter().flat_map(|board| board.list.iter().chain(&board.rejected)) {
        said.extend(decided.place.map(|place| format!("place {place}")));
        said.extend(prioritise::explain::overrides_in_words(decided, &rules));
    }
    let stated: BTreeSet<String> = stated(block, "#=").into_iter().map(str::to_owned).collect();
    if said == stated { Ok(()) } else { Err(format!("stated {stated:#?}, found {said:#?}")) }
}

/// All tests of a guide: they pass, and what they excuse needs it.
fn run_tests(guide: &[Block]) -> Result<(), String> {
    let folder = "fixtures/starter/rules";
    let mut files = crate::support::Folder::of(&[folder]);
    let text: Vec<String> = marked(guide, "toml", "tests").into_iter().map(|block| block.text).collect();
    files.write(&format!("{folder}/tests/rules.toml"), text.join("\n"));
    for block in guide.iter().filter(|block| block.language == "csv") {
        files.write(&format!("{folder}/{}", block.mark), &*block.text);
    }
    let mut problems = Problems::default();
    let Some((editions, suite)) = prioritise::load_tests(&files, folder, &mut problems) else {
        return Err(told(problems));
    };
    let asked = TestRequest { filter: None, coverage: true, mutation: true, threads: NonZeroUsize::MIN };
    let account = test_report(&files, &suite, &editions, &asked).unwrap();
    let fine = account.failed().next().is_none()
        && account.coverage.as_ref().is_some_and(|coverage| coverage.stale.is_empty())
        && account.mutation.as_ref().is_some_and(|mutation| mutation.stale.is_empty());
    if fine {
        Ok(())
    } else {
        Err(prioritise::report::tests_text(&account, prioritise::report::PassedTests::Shown, false))
    }
}

fn run(block: &Block, guide: &[Block], sample: &Sample) -> Result<(), String> {
    let script: String = marked(guide, "rhai", "script").into_iter().map(|block| block.text).collect();
    let ranks = |files: &Memory| ranked(files, |_| ());
    match (&*block.language, &*block.mark) {
        ("toml", "rules") => {
            let files = rules_with(&Table::new(), sample, &script).with("rules/ruleset.toml", &*block.text);
            let before = guide.iter().take_while(|other| other.at != block.at).last();
            run_rules(
                block,
                &match before.filter(|before| before.mark == "candidate") {
                    Some(candidate) => files.with("evidence.toml", &*candidate.text),
                    None => files,
                },
            )
        }
        ("toml", "rules-part") => run_rules(block, &rules_with(&table(&block.text), sample, &script)),
        ("toml", "criteria") => run_criteria(block, &script),
        ("toml", "assessment") => ranks(&assessment_files(guide).with("assessment.toml", &*block.text)),
        ("toml", "assessment-part") => {
            let text = format!("{SMALL_ASSESSMENT}\n{}", block.text);
            ranks(&assessment_files(guide).with("assessment.toml", text))
        }
        ("toml", "evidence") => ranks(&assessment_files(guide).with("evidence.toml", &*block.text)),
        ("toml", "evidence-more") => {
            let header = SMALL_ASSESSMENT.replace("\"evidence.toml\"", "\"evidence/burglary.toml\", \"more.toml\"");
            ranks(&assessment_files(guide).with("assessment.toml", header).with("more.toml", &*block.text))
        }
        ("toml", "evidence-part") => {
            ranks(&assessment_files(guide).with("evidence.toml", format!("{SMALL_CANDIDATE}{}", block.text)))
        }
        ("toml", "document") => run_document(block, guide),
        ("toml", "decisions") => run_decisions(block),
        ("toml", "plan") => is_read::<prioritise::assessment::plan::format::PlanFile>(&block.text),
        ("toml", "chosen") => is_read::<prioritise::assessment::decisions::format::DecisionsFile>(&block.text),
        ("toml", "tests") => run_tests(guide),
        ("toml", "answers") => run_answers(block),
        ("toml", "weights") => run_weights(block),
        ("toml", "signers") => run_signers(block),
        ("toml", "agreed") => run_agreed(block),
        // Run with every rule set and expression of the guide, and by itself here.
        ("rhai", "script") => ranked(&rules_with(&Table::new(), sample, &block.text), |_| ()),
        ("rhai", "expressions") => run_expressions(block, sample, &script),
        // A candidate is ranked by the rules behind it, walks are walked by `every_walk_can_be_walked`, and what is Python's is
        // run by `python/tests/test_guide.py`.
        ("csv" | "diff" | "python", _)
        | ("console" | "text" | "json", "")
        | ("toml", "candidate")
        | ("console", "walk" | "refused" | "asked") => Ok(()),
        ("console", "import" | "diff" | "elicit") => run_commands(block, guide),
        ("console", "areas") => run_beside_cases(
            block,
            &[
                ("list-for-each-area", "neighbourhoods"),
                ("public-edition", "small-places"),
                ("small-areas-pooled", "pooled"),
            ],
        ),
        ("console", "unitaries") => {
            run_beside_cases(block, &[("districts-become-unitaries", "county"), ("areas-shared-out", "shared")])
        }
        ("console", "merger") => {
            let year = |name: &'static str| (format!("merger-between-years/{name}"), name);
            let [before, after] = [year("before"), year("after")];
            run_beside_cases(block, &[(&before.0, before.1), (&after.0, after.1)])
        }
        ("console", "years") => run_beside_years(block),
        ("console", "forms") => run_beside_forms(block, crate::forms::back),
        ("console", "figures") => run_beside_forms(block, crate::figures::back),
        ("console", "weight-forms") => run_beside_forms(block, crate::weigh_forms::back),
        // Made before the commands of the same guide run.
        ("toml", "edits" | "decided ours" | "decided next") => next_folder(guide).map(|_| ()),
        ("console", "records") => run_beside_a_record(block),
        ("toml", mark) if step_of(mark).is_some() => Ok(()),
        (language, mark) => Err(format!("a block marked `{language} {mark}` is not known to tests/it/docs.rs")),
    }
}

/// The weights that answers give, against what is stated.
fn run_answers(block: &Block) -> Result<(), String> {
    let mut files = crate::support::Folder::of(&["fixtures/starter"]);
    files.write("answers.toml", &*block.text);
    let mut problems = Problems::default();
    let rules =
        prioritise::rules::load(&files, "fixtures/starter/rules", None, &mut problems).rules.unwrap().into_latest();
    let answers =
        prioritise::elicitation::load(&files, "answers.toml", &rules, HowAsked::default(), None, &mut problems);
    let Some(answers) = answers else { return Err(told(problems)) };
    let elicited = prioritise::elicitation::elicit(&rules, &answers);
    let found = elicited.rounds.first().unwrap();
    let weights: Vec<String> = found.combined.iter().map(|units| elicited.weight_text(*units)).collect();
    let mut said = BTreeSet::from([format!("weights {}", weights.join(", "))]);
    said.extend(found.fractions.as_ref().map(|fractions| format!("exactly {}", fractions.join(", "))));
    said.extend(found.checks.iter().map(|check| format!("ratio {:.3}", check.consistency.ratio.unwrap())));
    let concordance = found.agreement.as_ref().and_then(|agreement| agreement.concordance);
    said.extend(concordance.map(|w| format!("agreement {w:.2}")));
    let wrong: Vec<&str> = stated(block, "#=").into_iter().filter(|line| !said.contains(*line)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("stated {wrong:#?}, found {said:#?}")) }
}

/// What an agreed list says of the weights, against what is stated.
fn run_agreed(block: &Block) -> Result<(), String> {
    let mut problems = Problems::default();
    let fixtures = crate::support::Folder::of_fixtures();
    let loaded = prioritise::load(&fixtures, "fixtures/huntingdonshire-2019", None, &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(told(problems)) };
    let ranking = prioritise::scoring::rank(&assessment, &rules, NonZeroUsize::MIN).map_err(told)?;
    let files = Memory::default().with("agreed.toml", &*block.text);
    let mut problems = Problems::default();
    let agreed = prioritise::learning::read::load(&files, "agreed.toml", &assessment, &mut problems);
    let Some(agreed) = agreed else { return Err(told(problems)) };
    let learning = prioritise::learning::learn(&ranking, agreed).map_err(|problem| problem.message)?;
    let said = prioritise::report::learning::markdown(&ranking, &learning);
    let wrong: Vec<&str> = stated(block, "#=").into_iter().filter(|line| !said.contains(*line)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("stated {wrong:#?}, found {said}")) }
}

/// Whether weights can be drawn as the block says.
fn run_weights(block: &Block) -> Result<(), String> {
    let mut problems = Problems::default();
    let fixtures = crate::support::Folder::of_fixtures();
    let loaded = prioritise::load(&fixtures, "fixtures/huntingdonshire-2019", None, &mut problems);
    let Some((_, rules)) = loaded else { return Err(told(problems)) };
    let files = Memory::default().with("weights.toml", &*block.text);
    let mut problems = Problems::default();
    let space = prioritise::sensitivity::read::load(&files, "weights.toml", &rules, &mut problems);
    let Some(space) = space else { return Err(told(problems)) };
    let stream = prioritise::stats::Stream::Weights;
    let mut random = prioritise::stats::Random::new(1, stream, 0);
    let drawn = space.draw(&mut random, &mut vec![0.0; space.len()]);
    if drawn { Ok(()) } else { Err("no weights were found".to_owned()) }
}

/// The files of `ours`, as `prioritise new` makes them, and of `next`, with the edits of a guide.
fn next_folder(guide: &[Block]) -> Result<crate::support::Folder, String> {
    let starter = crate::support::Folder::of(&["fixtures/starter"]);
    let mut files = crate::support::Folder::default();
    for path in starter.paths() {
        for folder in ["ours", "next"] {
            files.write(&path.replacen("fixtures/starter", folder, 1), starter.text(path));
        }
    }
    for block in marked(guide, "toml", "edits") {
        for edit in table(&block.text)["edit"].as_array().ok_or("no `edit` tables")? {
            let text = |key: &str| edit.get(key).and_then(Value::as_str).ok_or(format!("an edit without `{key}`"));
            files.edit(&format!("next/{}", text("file")?), text("find")?, text("replace")?);
        }
    }
    for folder in ["ours", "next"] {
        for block in marked(guide, "toml", &format!("decided {folder}")) {
            files.edit(&format!("{folder}/assessment.toml"), "# decisions = ", "decisions = ");
            files.write(&format!("{folder}/decisions.toml"), block.text);
            let mut problems = Problems::default();
            prioritise::load(&files, folder, None, &mut problems).ok_or_else(|| told(problems))?;
        }
    }
    Ok(files)
}

/// Whether the block says whom to trust.
fn run_signers(block: &Block) -> Result<(), String> {
    let files = Memory::default().with("signers.toml", &*block.text);
    let mut problems = Problems::default();
    prioritise::record::signature::trust::load(&files, "signers.toml", &mut problems);
    if problems.has_errors() { Err(told(problems)) } else { Ok(()) }
}

/// Runs each line that begins with `$` in one folder with the guide's CSV files.
fn run_commands(block: &Block, guide: &[Block]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for file in guide.iter().filter(|block| block.language == "csv" && step_of(&block.mark).is_none()) {
        std::fs::write(folder.path().join(&file.mark), &file.text).unwrap();
    }
    if block.mark == "diff" {
        next_folder(guide)?.lay_out("", folder.path());
    }
    for command in block.text.split("$ prioritise ").skip(1) {
        let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
        let words: Vec<&str> = line.split('"').enumerate().flat_map(words).collect();
        let said = prioritise_in(folder.path(), &[&words[..], &["--quiet"]].concat());
        if said.code != Some(0) || !is_like(said.out.trim_end(), shown.trim_end()) {
            return Err(format!("`{line}` prints:\n{}{}", said.out, said.err));
        }
    }
    Ok(())
}

/// Runs each line that begins with `$` in a folder: each prints what stands below it.
fn run_lines(folder: &Path, block: &Block) -> Result<(), String> {
    for command in block.text.split("$ prioritise ").skip(1) {
        let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
        let said = prioritise_in(folder, &[&words((0, line))[..], &["--quiet"]].concat());
        if said.code != Some(0) || !is_like(said.out.trim_end(), shown.trim_end()) {
            return Err(format!("`{line}` prints:\n{}{}", said.out, said.err));
        }
    }
    Ok(())
}

/// Runs each line that begins with `$` where people's forms have come back, of the folder that `prioritise new` makes.
fn run_beside_forms(block: &Block, lay_back: fn(&Path)) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let said = prioritise_in(folder.path(), &["new", "ours", "--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    std::fs::create_dir(folder.path().join("back")).unwrap();
    lay_back(folder.path());
    run_lines(folder.path(), block)
}

/// Runs each line that begins with `$` beside copies of cases, each under a name of its own.
fn run_beside_cases(block: &Block, cases: &[(&str, &str)]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for (case, name) in cases {
        let case = format!("tests/cases/{case}");
        let mut files = crate::support::Folder::of(&[&case]);
        // A folder within a case has none of its own.
        if root().join(&case).join("RUN").exists() {
            files.remove(&format!("{case}/RUN"));
        }
        files.lay_out(&case, &folder.path().join(name));
    }
    run_lines(folder.path(), block)
}

/// Runs each line that begins with `$` beside three years of a made-up district.
fn run_beside_years(block: &Block) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let case = "tests/years/district";
    crate::support::Folder::of(&[case]).lay_out(case, folder.path());
    prioritise_in(
        folder.path(),
        &["record", "2023-24", "-o", "sealed-2024", "--date", "2024-06-03", "--by", "Analyst"],
    );
    run_lines(folder.path(), block)
}

/// Runs each line that begins with `$` beside the record of the starter and a password. `sha256:…` in a command is the
/// head that was printed last.
fn run_beside_a_record(block: &Block) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let starter = root().join("fixtures/starter").display().to_string();
    prioritise_in(folder.path(), &["record", &starter, "-o", "RECORD"]);
    std::fs::write(folder.path().join("password.txt"), "four words or more\n").unwrap();
    let mut head = String::new();
    for command in block.text.split("$ prioritise ").skip(1) {
        let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
        let line = line.replace("sha256:…", &head);
        let words: Vec<&str> = line.split('"').enumerate().flat_map(words).collect();
        let said = prioritise_in(folder.path(), &[&words[..], &["--quiet"]].concat());
        if said.code != Some(0) || !is_like(said.out.trim_end(), shown.trim_end()) {
            return Err(format!("`{line}` prints:\n{}{}", said.out, said.err));
        }
        let printed = said.out.lines().find_map(|line| line.strip_prefix("head: "));
        head = printed.map_or(head, str::to_owned);
    }
    Ok(())
}

/// What a reader of a walk does with a file, and the file's path.
fn step_of(mark: &str) -> Option<(&str, &str)> {
    mark.split_once(' ').filter(|(step, _)| ["file", "more", "uncomment", "change"].contains(step))
}

/// Makes, adds to or changes a file as a block says.
fn take_step(folder: &Path, block: &Block, step: &str, path: &str) -> Result<(), String> {
    let path = folder.join(path);
    let mut text = if step == "file" { String::new() } else { std::fs::read_to_string(&path).unwrap() };
    let replaced: Vec<(String, String)> = match step {
        "uncomment" => block.text.lines().map(|line| (format!("# {line}"), line.to_owned())).collect(),
        "change" => block.text.split("\n\n").map(changed).collect(),
        _ => {
            text.push_str(&block.text);
            Vec::new()
        }
    };
    for (was, is) in replaced {
        if text.matches(&was).count() != 1 {
            return Err(format!("{}: `{was}` does not stand there once", block.at));
        }
        text = text.replace(&was, &is);
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    Ok(())
}

/// What a stretch of a difference takes away and what it puts there.
fn changed(stretch: &str) -> (String, String) {
    let of = |sign: char| -> String {
        let lines = stretch.lines().filter_map(|line| line.strip_prefix(sign).or_else(|| line.strip_prefix(' ')));
        lines.map(|line| [line, "\n"].concat()).collect()
    };
    (of('-'), of('+'))
}

/// What a person types where a block shows questions with their answers: what stands behind the first colon of each line, up to
/// the first empty line.
fn typed(shown: &str) -> Vec<&str> {
    let lines = shown.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.split_once(": ")).map(|(_, answer)| answer).collect()
}

/// Does what a guide says, block after block, in one folder. A command may say no, as `check` does; it must not be wrong.
fn walk(guide: &[Block]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for block in guide {
        if let Some((step, path)) = step_of(&block.mark).filter(|_| ["toml", "csv", "diff"].contains(&&*block.language))
        {
            take_step(folder.path(), block, step, path)?;
        }
        if block.language != "console" || !["walk", "refused", "asked"].contains(&&*block.mark) {
            continue;
        }
        for command in block.text.split("$ prioritise ").skip(1) {
            let (line, shown) = command.split_once('\n').unwrap_or((command, ""));
            let command = line.split(" # ").next().unwrap_or(line);
            let words: Vec<&str> = command.split('"').enumerate().flat_map(words).collect();
            let said = match &*block.mark {
                "asked" => at_a_terminal(folder.path(), &words, &typed(shown)),
                _ => prioritise_in(folder.path(), &words),
            };
            let all = format!("{}{}", said.out, said.err);
            let may_end = if block.mark == "refused" { 2..=2 } else { 0..=1 };
            if !said.code.is_some_and(|code| may_end.contains(&code)) || !is_like(all.trim_end(), shown.trim_end()) {
                return Err(format!("{}\n`{line}` prints:\n{all}", block.at));
            }
        }
    }
    Ok(())
}

#[test]
fn every_walk_can_be_walked() {
    let failed: Vec<String> = guides().iter().filter_map(|name| walk(&blocks(name)).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn a_walk_that_leads_nowhere_is_found() {
    let block = |language: &str, mark: &str, text: &str| Block {
        at: "here".into(),
        language: language.into(),
        mark: mark.into(),
        text: text.into(),
    };
    let made = || block("console", "walk", "$ prioritise new ours\nmade ours; …");
    let checked = |shown: &str| block("console", "walk", &format!("$ prioritise check ours\n{shown}"));
    assert_eq!(walk(&[made(), checked("2 candidates…")]), Ok(()));
    for wrong in [checked("3 candidates…"), block("console", "walk", "$ prioritise check nowhere\n…")] {
        assert!(walk(&[made(), wrong]).is_err());
    }
    let broken = block("toml", "more ours/assessment.toml", "[[source]]\n");
    assert!(walk(&[made(), broken, checked("…")]).is_err());
    let other = |text: &str| block("diff", "change ours/assessment.toml", text);
    let titled = |title: &str| block("console", "walk", &format!("$ prioritise rank ours\n…\n{title}, April 2025 …"));
    let change = "-title       = \"Strategic assessment 2025/26\"\n+title       = \"Ours\"\n";
    assert_eq!(walk(&[made(), other(change), titled("Ours")]), Ok(()));
    assert!(walk(&[made(), other(&change.replace("-title", "-name")), titled("Ours")]).is_err());
    let asked = |answers: &str| block("console", "asked", &format!("$ prioritise import matrix x.csv\n{answers}"));
    let sheet = block("csv", "file x.csv", "Scores 1 to 5,Harm\nWeight,1\nBurglary,2\n");
    assert!(walk(&[sheet, asked("Who scored? Somebody: I\n\n…")]).is_err());
}

/// Whether `text` is `shown`, in which `…` stands for anything.
fn is_like(text: &str, shown: &str) -> bool {
    let Some((start, rest)) = shown.split_once('…') else { return text == shown };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().any(|(at, _)| is_like(&text[at..], rest)) || rest.is_empty()
}

/// The words of a piece of a command line; every other piece stood in quotes.
fn words((at, piece): (usize, &str)) -> Vec<&str> {
    if at % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() }
}

#[test]
fn every_example_runs_and_gives_what_it_states() {
    let sample = sample();
    let mut failed = Vec::new();
    for name in guides() {
        let guide = blocks(&name);
        for block in &guide {
            failed.extend(run(block, &guide, &sample).err().map(|why| format!("{}\n{why}", block.at)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn an_example_that_is_wrong_is_found() {
    let sample = Sample { evidence: SMALL_CANDIDATE.into(), declarations: String::new() };
    let block = |language: &str, mark: &str, text: &str| Block {
        at: "here".into(),
        language: language.into(),
        mark: mark.into(),
        text: text.into(),
    };
    for wrong in [
        block("toml", "", "a = 1"),
        block("", "", "a"),
        block("toml", "rules", "[ruleset]\nname = 1"),
        block("toml", "rules-part", "[[gate]]\nid = \"x\""),
        block("toml", "criteria", "value = { linear = { from = 0, to = 10 } } #= 5 → 0.6"),
        block("toml", "criteria", "value = { linear = { from = 0, to = 10 } }"),
        block("toml", "rules-part", "#= burglary: 11.00, all"),
        block("rhai", "expressions", "1 / 2 //= 0"),
        block("rhai", "expressions", "1 / 2"),
        block("rhai", "script", "1"),
        block("toml", "evidence-part", "[candidate.evidence.x]\ncount = 1"),
        block("toml", "document", "source = \"assessment\" #= printed 1, recomputed 2"),
        block("toml", "answers", "[answers]\nmethod = \"points\""),
        block("toml", "weights", "[bounds]\nnoise = [1, 2]"),
        block("console", "records", "$ prioritise register list nowhere.jsonl\n…"),
        block("console", "records", "$ prioritise verify RECORD\nThe record …"),
        block("toml", "signers", "[[signer]]\nrole = \"chair\"\nkey = \"RW\""),
        block("toml", "decisions", "[meeting]\ntitle = \"Board\"\ndate = \"2020-03-10\" #= place 1"),
    ] {
        assert!(run(&wrong, &[], &sample).is_err(), "{wrong:?}");
    }
    let right = block("toml", "rules-part", "#= burglary: 10.00, all");
    assert_eq!(run(&right, &[], &sample), Ok(()));
}

// --- Where links lead --------------------------------------------------------------------------------------------------

/// A page without its blocks, in which nothing is a link.
fn prose(name: &str) -> String {
    guide(name).split("```").step_by(2).collect()
}

/// The names that GitHub gives to a page's headings.
fn anchors(name: &str) -> BTreeSet<String> {
    let kept = |letter: char| letter.is_alphanumeric() || "-_ ".contains(letter);
    let headings = prose(name);
    let headings =
        headings.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|line| line.to_lowercase().chars().filter(|it| kept(*it)).collect::<String>().replace(' ', "-"))
        .collect()
}

/// Where the links of a page lead, as seen from the project's folder.
fn links(name: &str) -> Vec<(String, String)> {
    let folder = Path::new(name).parent().unwrap();
    let prose = prose(name);
    let all = prose.split("](").skip(1).filter_map(|link| link.split(')').next());
    let ours = all.filter(|link| !link.starts_with("http")).map(|link| link.split_once('#').unwrap_or((link, "")));
    let place = |path: &str| if path.is_empty() { name.to_owned() } else { folder.join(path).display().to_string() };
    ours.map(|(path, anchor)| (place(path), anchor.to_owned())).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let more = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let mut lost = Vec::new();
    for name in guides().into_iter().chain(more) {
        for (path, anchor) in links(&name) {
            let is_there = root().join(&path).exists();
            if !is_there || !anchor.is_empty() && !anchors(&path).contains(&anchor) {
                lost.push(format!("{name}: {path}#{anchor}"));
            }
        }
    }
    assert_eq!(lost, [""; 0]);
}

/// The site has the guides alone: what leads out of their folder would lead nowhere there.
#[test]
fn no_guide_leads_out_of_the_folder_of_guides() {
    let inside = |path: &str| prioritise::files::join(".", path).starts_with("docs/");
    let pages = guides().into_iter().filter(|name| name.starts_with("docs/"));
    let all = pages.flat_map(|name| links(&name).into_iter().map(move |(path, _)| (name.clone(), path)));
    let out: Vec<(String, String)> = all.filter(|(_, path)| !inside(path)).collect();
    assert_eq!(out, []);
}

/// The guides in the folder, but for the list of them.
fn in_folder() -> Vec<String> {
    let pages =
        guides().into_iter().filter_map(|name| Some(name.strip_prefix("docs/")?.strip_suffix(".md")?.to_owned()));
    let mut names: Vec<String> = pages.filter(|name| name != "SUMMARY").collect();
    names.sort();
    names
}

#[test]
fn the_site_has_every_guide_once() {
    let summary = guide("docs/SUMMARY.md");
    let named = summary.split("](").skip(1).filter_map(|link| link.split_once(')')?.0.strip_suffix(".md"));
    let mut named: Vec<String> = named.map(str::to_owned).collect();
    named.sort();
    assert_eq!(named, in_folder());
}

/// Those for whoever changes the engine are read beside its source.
#[test]
fn the_command_carries_the_guides_for_those_who_use_it() {
    const OF_THE_SOURCE: [&str; 4] = ["architecture", "performance", "reliability", "walkthrough"];
    let carried: Vec<String> = prioritise(&["help", "guides"])
        .out
        .lines()
        .filter_map(|line| Some(line.strip_prefix("  ")?.split_once(".md")?.0.to_owned()))
        .collect();
    let wanted: Vec<String> = in_folder().into_iter().filter(|name| !OF_THE_SOURCE.contains(&&**name)).collect();
    assert_eq!(carried, wanted);
    // What messages cite is among them.
    let mut cited = 0;
    for path in crate::support::below("src").into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        for name in text.split("docs/").skip(1).filter_map(|rest| rest.split_once(".md")).map(|(name, _)| name) {
            let is_name = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            let is_guide = carried.iter().any(|guide| guide == name) || OF_THE_SOURCE.contains(&name);
            assert!(!is_name || is_guide, "{}: docs/{name}.md", path.display());
            cited += usize::from(is_name);
        }
    }
    assert!(cited > 20, "{cited}");
}

// --- What the guides must name ----------------------------------------------------------------------------------------

/// Every key and word of a format, from its JSON Schema.
fn named_in(schema: &serde_json::Value, keys: &mut BTreeSet<String>, words: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                match (&**key, value) {
                    ("properties", serde_json::Value::Object(properties)) => keys.extend(properties.keys().cloned()),
                    ("const", serde_json::Value::String(word)) => {
                        words.insert(word.clone());
                    }
                    ("enum", serde_json::Value::Array(all)) => {
                        words.extend(all.iter().filter_map(|word| word.as_str().map(str::to_owned)));
                    }
                    _ => {}
                }
                named_in(value, keys, words);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| named_in(item, keys, words)),
        _ => {}
    }
}

/// The code of a guide: its Rhai blocks, and what stands between back-ticks.
fn code(name: &str) -> String {
    let blocks = blocks(name).into_iter().filter(|block| block.language == "rhai").map(|block| block.text);
    let text = guide(name);
    let spans = text.split('`').skip(1).step_by(2).map(|span| format!("{span}\n"));
    blocks.chain(spans).collect()
}

fn check_names<T: schemars::JsonSchema>(name: &str) {
    check_names_in::<T>(&[name]);
}

/// The same where several guides describe a format together.
fn check_names_in<T: schemars::JsonSchema>(names: &[&str]) {
    let schema = serde_json::to_value(schemars::schema_for!(T)).unwrap();
    let (mut keys, mut words) = (BTreeSet::new(), BTreeSet::new());
    named_in(&schema, &mut keys, &mut words);
    let text: String = names.iter().map(|name| guide(name)).collect();
    let says = |forms: &[String]| forms.iter().any(|form| text.contains(form));
    let key_said =
        |key: &&String| says(&[format!("`{key}`"), format!("`[{key}]"), format!("`[[{key}]]"), format!("`[{key}.")]);
    let word_said = |word: &&String| says(&[format!("`{word}`"), format!("\"{word}\"")]);
    let absent: Vec<&String> =
        keys.iter().filter(|key| !key_said(key)).chain(words.iter().filter(|word| !word_said(word))).collect();
    assert!(absent.is_empty(), "{names:?} does not name {absent:?}");
}

/// Whether a file of a format can be read.
fn is_read<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), String> {
    let source = std::sync::Arc::new(prioritise::diagnostic::SourceFile::new("plan.toml", text.to_owned()));
    let mut problems = prioritise::diagnostic::Problems::default();
    let read = prioritise::toml_file::parse::<T>(&source, &mut problems);
    let told: Vec<String> = problems.sorted().iter().map(|problem| problem.message.clone()).collect();
    if read.is_some() && told.is_empty() { Ok(()) } else { Err(told.join("; ")) }
}

#[test]
fn every_key_and_word_of_the_formats_is_described() {
    check_names::<prioritise::rules::format::RuleSetFile>("docs/rules.md");
    check_names::<prioritise::assessment::format::AssessmentFile>("docs/evidence.md");
    check_names::<prioritise::assessment::format::EvidenceFile>("docs/evidence.md");
    check_names::<prioritise::assessment::document::format::DocumentFile>("docs/evidence.md");
    check_names::<prioritise::assessment::decisions::format::DecisionsFile>("docs/decisions.md");
    check_names_in::<prioritise::assessment::plan::format::PlanFile>(&["docs/plan.md", "docs/review.md"]);
    check_names::<prioritise::elicitation::format::AnswersFile>("docs/weights.md");
    check_names::<prioritise::learning::format::AgreedFile>("docs/learn.md");
}

#[test]
fn every_function_and_field_of_ours_is_described() {
    let mut ours = String::new();
    for folder in ["src/rules/script/fence", "src/rules/script/types"] {
        for file in crate::support::names_in(folder, ".rs") {
            ours.push_str(&guide(&format!("{folder}/{file}")));
        }
    }
    let names = script::vocabulary().unwrap();
    let registered = |name: &&String| ours.contains(&format!("\"{name}\""));
    let code = code("docs/rules.md");
    let words: BTreeSet<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let absent: Vec<&String> = names
        .functions
        .iter()
        .chain(&names.fields)
        .filter(registered)
        .filter(|name| !words.contains(&***name))
        .collect();
    assert!(absent.is_empty(), "docs/rules.md does not name {absent:?}");
}

#[test]
fn every_limit_is_given_with_its_number() {
    let limits = [
        limits::MAX_OPERATIONS,
        limits::MAX_CALLS as u64,
        limits::MAX_DEPTHS.0 as u64,
        limits::MAX_DEPTHS.1 as u64,
        limits::MAX_TEXT as u64,
        limits::MAX_LIST as u64,
        limits::MAX_MAP as u64,
        limits::MAX_VARIABLES as u64,
        limits::MAX_FUNCTIONS as u64,
    ];
    let text = guide("docs/rules.md");
    for limit in limits {
        let shown = number(u32::try_from(limit).map(f64::from).unwrap(), 0);
        assert!(text.contains(&format!("| {shown} |")), "docs/rules.md does not give the limit {shown}");
    }
}

#[test]
fn every_code_has_one_entry_in_the_order_of_the_engine() {
    let text = guide("docs/diagnostics.md");
    let written: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(written, codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>());
    let mut severity = None;
    for line in text.lines() {
        let heading = ["## Errors", "## Warnings", "## Notes"].iter().position(|heading| line.starts_with(heading));
        let under = heading.and_then(|at| [Severity::Error, Severity::Warning, Severity::Note].get(at).copied());
        severity = under.or(severity);
        let entry = Code::ALL.iter().find(|code| line == format!("### `{}`", code.name()));
        assert!(entry.is_none_or(|code| Some(code.severity()) == severity), "{line} is under the wrong heading");
    }
}
