//! The paper's templates: what they may see and do, how they are replaced, and what is said of a wrong one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::num::NonZeroUsize;

use prioritise::diagnostic::{ErrorFormat, Problem, Problems, render};
use prioritise::report::paper::model::{self, Paper};
use prioritise::report::paper::{BUILT_IN, MAX_SECTIONS, Templates};
use schemars::schema_for;
use serde_json::Value;

use crate::support::{FIXTURES, Folder, prioritise, prioritise_in, root};

/// The paper of an assessment.
pub(crate) fn paper(files: &Folder, path: &str) -> Paper {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, path, None, &mut problems).unwrap();
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    Paper::new(&report, &prioritise::recompute::recompute(&assessment)).unwrap()
}

fn starter() -> Paper {
    paper(&Folder::of(&["fixtures/starter"]), "fixtures/starter")
}

/// The starter's paper by templates of which one is replaced.
pub(crate) fn with(name: &str, template: &str) -> Result<String, Problem> {
    let mut files = Folder::default();
    files.write(&format!("ours/{name}"), template);
    files.write("secret.html", "secret");
    Templates::of_folder(&files, "ours")?.html(&starter())
}

fn said(result: Result<String, Problem>) -> String {
    render(&[result.unwrap_err()], ErrorFormat::Plain, false)
}

#[test]
fn a_template_of_the_same_name_replaces_the_built_in_one() {
    assert_eq!(with("paper.html", "{{ partnership }}").unwrap(), "Your Community Safety Partnership");
    let styled = with("style.css", "h1 { color: teal }").unwrap();
    let built_in = Templates::default().html(&starter()).unwrap();
    assert!(styled.contains("h1 { color: teal }") && !styled.contains("--paper"));
    assert_eq!(styled.split("</style>").nth(1), built_in.split("</style>").nth(1));
}

#[test]
fn what_is_wrong_with_a_template_is_told_at_its_place() {
    insta::assert_snapshot!(said(with("paper.html", "<p>\n{{ headlin }}")), @"error template-failed: ours/paper.html, line 2, column 4: there is no `headlin` here; did you mean `headline`? docs/paper.md lists what there is");
    insta::assert_snapshot!(said(with("candidate.html", "{{ candidate.row.tile }}")), @"error template-failed: ours/candidate.html, line 1, column 13: there is no `tile` in it; did you mean `title`? docs/paper.md lists what there is");
    insta::assert_snapshot!(said(with("paper.html", "{% if headlin %}x{% endif %}")), @"error template-failed: ours/paper.html, line 1, column 7: there is no `headlin` here; did you mean `headline`? docs/paper.md lists what there is");
    insta::assert_snapshot!(said(with("paper.html", "{% for tier in tiers %}\n")), @"error template-syntax: ours/paper.html, line 1, column 22: this is no template: unexpected end of input, expected end of block; correct it; docs/paper.md shows how templates are written");
    insta::assert_snapshot!(said(with("paper.html", "{{ title | shout }}")), @"error template-syntax: ours/paper.html, line 1, column 12: `|shout` can't be used in a template of the paper; a template shows, repeats, chooses and includes; docs/paper.md lists what it can use");
    insta::assert_snapshot!(said(with("paper.html", "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")), @"error template-failed: ours/paper.html, line 1, column 39: the templates take more steps than allowed; look for a loop within a loop");
    insta::assert_snapshot!(said(with("paper.txt", "x")), @"error file-missing: there is no template in `ours`; put one of these there: `paper.html`, `front.html`, `list.html`, `makeup.html`, `basis.html`, `decision.html`, `annex.html`, `transparency.html`, `scroll.html`, `chart.html`, `candidate.html`, `method.html`, `style.css`, `paper.md`, `annex.md`, `transparency.md`, `candidate.md` and `method.md`");
}

/// A name that is none is told also where it would only be asked for, with what was meant.
#[test]
fn misspelt_names_are_told_wherever_they_stand() {
    for (template, words) in [
        (
            "{% if headlin is defined %}{{ headline }}{% endif %}",
            "there is no `headlin` here; did you mean `headline`?",
        ),
        ("{{ headlin|default('x') }}", "did you mean `headline`?"),
        (
            "{% for tier in tiers if tier.titel == 'x' %}{% endfor %}",
            "there is no `titel` in it; did you mean `title`?",
        ),
        (
            "{% for tier in tiers %}{% for row in tier.candidates %}{{ row['totl']|d('') }}{% endfor %}{% endfor %}",
            "did you mean `total`?",
        ),
        (
            "{% with chart = (method.criteria|first).curve.chart %}{% if chart.subtitel is undefined %}{% endif %}{% endwith %}",
            "did you mean `subtitle`?",
        ),
        ("{% if false %}{{ board.metting }}{% endif %}", "did you mean `meeting`?"),
        ("{{ (tiers|first).titl|d('') }}", "did you mean `title`?"),
        ("{% for tier in tiers %}{{ loop.indx is defined }}{% endfor %}", "did you mean `index`?"),
        ("{{ range }}", "`range` has nothing to show of its own"),
        ("{{ dict }}", "there is no `dict` here"),
        ("{% for tier in tiers %}{{ loop }}{% endfor %}", "`loop` has nothing to show of its own"),
        ("{{ title|safe }}", "`|safe` is for the `panels` of a chart alone"),
        (
            "{% for tier in tiers %}{{ tier.title|upper|safe }}{% endfor %}",
            "`|safe` is for the `panels` of a chart alone",
        ),
        (
            "{{ (method.criteria|first).curve.chart.panels|join(' ')|safe }}",
            "`|safe` is for the `panels` of a chart alone",
        ),
        ("{{ (title if board else title)|safe }}", "`|safe` is for the `panels`"),
    ] {
        let told = said(with("paper.html", template));
        assert!(told.starts_with("error template-failed: ours/paper.html, line 1"), "{template}: {told}");
        assert!(told.contains(words), "{template}: {told}");
    }
    for (template, shown) in [
        ("{% if note is defined %}{{ note }}{% endif %}{% with note = 'a' %}{{ note|d('b') }}{% endwith %}", "a"),
        ("{% for number in range(3) %}{{ loop.index }}{% endfor %}", "123"),
        ("{% for panel in (method.criteria|first).curve.chart.panels %}{{ panel|safe }}{% endfor %}", "<svg"),
        ("{{ (method.criteria|first).curve.chart.panels|first|safe }}", "<svg"),
        ("{{ board.date|d('none') if board else 'no' }}", "no"),
    ] {
        let found = with("paper.html", template).unwrap_or_else(|problem| panic!("{template}: {problem:?}"));
        assert!(found.starts_with(shown), "{template}: {found:.200}");
    }
    // The built-in templates name nothing else.
    assert!(with("other.html", "").is_err() && with("style.css", "").is_ok());
    let told = said(with("candidat.html", "x"));
    assert!(told.contains("error file-missing") || told.contains("did you mean `candidate.html`?"), "{told}");
}

#[test]
fn a_file_that_is_nearly_a_template_is_told() {
    let mut files = Folder::default();
    files.write("ours/style.css", "");
    for (name, meant) in [("candidat.html", "candidate.html"), ("Paper.html", "paper.html"), ("sytle.css", "style.css")]
    {
        let mut files = files.clone();
        files.write(&format!("ours/{name}"), "x");
        let problem = Templates::of_folder(&files, "ours").unwrap_err();
        assert_eq!(problem.help, Some(format!("did you mean `{meant}`?")));
        files.write("ours/paper.md", format!("{{% include '{name}' %}}"));
        assert!(Templates::of_folder(&files, "ours").is_ok(), "it is included");
    }
    files.write("ours/logo.svg", "<svg/>");
    assert!(Templates::of_folder(&files, "ours").is_ok());
}

#[test]
fn no_template_makes_much_of_little() {
    let doubled = format!("{{% set x = 'x' %}}{}", "{% set x = x ~ x %}".repeat(40));
    for (template, what) in [
        (&*doubled, "set"),
        ("{% with x = title ~ title %}{{ x }}{% endwith %}", "~"),
        (&format!("{{{{ 1{} }}}}", "+1".repeat(200_000)), "more than 500 words and signs in a tag"),
        (&format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(50_000)), "elif more than 500 times"),
        ("{{ [1]|slice(1000000000) }}", "|slice"),
        ("{{ \"%4000000000d\"|format(1) }}", "|format"),
        ("{{ 'x' * 1000000000 }}", "*"),
        ("{{ ''[::-1] }}", "[…:…]"),
        ("{% for x in tiers[1:] %}{% endfor %}", "[…:…]"),
        ("{{ 1 in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21] }}", "[…] of more than 20 items"),
        ("{{ title + title }}", "+"),
        ("{% set x %}{{ title }}{{ title }}{% endset %}", "set"),
        ("{% macro m() %}{{ title }}{% endmacro %}{{ m() }}", "macro"),
        ("{{ [title, title]|join }}", "[…] of anything but texts, numbers and what the paper has"),
        (
            "{% for x in [1] %}{% for y in [loop.previtem] %}{% endfor %}{% endfor %}",
            "[…] of anything but texts, numbers and what the paper has",
        ),
        ("{{ tiers|join(title) }}", "|join(…) of anything but a text or a number"),
        ("{{ range(1000000)|join('x') }}", "range(…)"),
        ("{{ dict(a=title) }}", "dict(…)"),
        ("{% filter upper %}x{% endfilter %}", "filter"),
        ("{% extends 'paper.md' %}", "extends"),
    ] {
        let told = said(with("paper.html", template));
        let words = format!("`{what}` can't be used in a template of the paper");
        assert!(told.starts_with("error template-syntax: ") && told.contains(&words), "{template:.80}: {told}");
    }
    let told = said(with("paper.html", "{{ title|join('1234567890')|join('1234567890') }}"));
    assert!(told.contains("a text is no list"), "{told}");
    let mut files = Folder::default();
    files.write("ours/paper.html", "{% for n in range(10000) %}{% include 'more.html' %}{% endfor %}");
    files.write("ours/more.html", "x".repeat(1 << 20));
    let told = said(Templates::of_folder(&files, "ours").unwrap().html(&starter()));
    assert!(told.contains("the paper would have more than 64 MiB"), "{told}");
}

#[test]
fn a_template_sees_no_file_outside_its_folder() {
    for path in ["../secret.html", "/secret.html", "secret.html", "/etc/passwd"] {
        let told = said(with("paper.html", &format!("{{% include \"{path}\" %}}")));
        assert!(told.contains("non-existing template"), "{told}");
    }
}

#[test]
fn the_built_in_templates_can_be_written_changed_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let made = prioritise_in(folder.path(), &["templates", "-o", "ours"]);
    assert_eq!((made.code, &*made.out), (Some(0), ""));
    insta::assert_snapshot!(made.err, @"made ours; use it with: prioritise rank ASSESSMENT -o paper.html --templates ours");
    assert_eq!(std::fs::read_dir(folder.path().join("ours")).unwrap().count(), BUILT_IN.len());
    let place = folder.path().join("ours");
    let by = |format: &str| {
        prioritise(&["rank", "fixtures/starter", "--format", format, "--templates", place.to_str().unwrap()])
    };
    for format in ["html", "markdown"] {
        assert_eq!(by(format).out, prioritise(&["rank", "fixtures/starter", "--format", format]).out);
    }
    std::fs::write(place.join("paper.md"), "# {{ titel }}").unwrap();
    let wrong = by("markdown");
    assert_eq!((wrong.code, &*wrong.out), (Some(2), ""));
    assert!(wrong.err.contains("there is no `titel` here"), "{}", wrong.err);
}

#[test]
fn what_is_filed_under_a_heading_is_shown_there() {
    let mut paper = starter();
    let text = str::to_owned;
    let statement = |words: &str| {
        vec![model::PaperStatement { text: text(words), from: text("sa, page 1"), note: Some(text("NOTE")) }]
    };
    paper.statements = model::Statements {
        levels: statement("LEVELS"),
        changes: statement("CHANGES"),
        priorities: statement("PRIORITIES"),
        last_plan: statement("LAST-PLAN"),
        community: statement("COMMUNITY"),
    };
    paper.outcomes = vec![model::PaperOutcome {
        plan: "PLAN".to_owned(),
        measure: "OUTCOME-MEASURE".to_owned(),
        regard: Some("OUTCOME-REGARD".to_owned()),
        before: "OUTCOME-BEFORE".to_owned(),
        now: "OUTCOME-NOW".to_owned(),
        change: "OUTCOME-CHANGE".to_owned(),
        outcome: "OUTCOME-WORD",
        because: "OUTCOME-BECAUSE".to_owned(),
        chance: "OUTCOME-CHANCE",
        from: "OUTCOME-FROM".to_owned(),
        note: Some("OUTCOME-NOTE".to_owned()),
    }];
    paper.done = vec![model::PaperDone {
        plan: "DONE-PLAN".to_owned(),
        action: "DONE-ACTION".to_owned(),
        done: Some("DONE-SO-FAR".to_owned()),
        due: Some("DONE-DUE".to_owned()),
        lead: Some("DONE-LEAD".to_owned()),
        outcome: "DONE-WORD",
        because: "DONE-BECAUSE".to_owned(),
    }];
    paper.last_plan = vec![model::PaperPlanResult {
        priority: text("AIM"),
        measure: text("MEASURE"),
        baseline: text("BEFORE"),
        latest: text("LATEST"),
        achieved: "achieved",
        from: text("sa, page 2"),
        note: Some(text("RESULT")),
    }];
    paper.sensitivity = vec![text("SENSITIVITY")];
    paper.candidates[0].would_change =
        vec![model::WouldChange { goal: text("GOAL"), sentences: vec![text("WOULD-CHANGE")] }];
    paper.candidates[1].why_not = Some(text("WHY-NOT"));
    paper.candidates[1].meanwhile = Some(text("MEANWHILE"));
    paper.method.agreement = vec![text("AGREEMENT")];
    let decision = model::PaperDecision {
        candidate: text("Burglary"),
        engine: text("ENGINE"),
        board: text("BOARD"),
        overruled: Some(text("OVERRULED")),
        reason: text("REASON"),
        by: text("ROLE"),
        date: text("DATE"),
    };
    paper.board = Some(model::PaperBoard {
        meeting: text("MEETING"),
        date: text("DAY"),
        summary: text("SUMMED"),
        list: vec![text("FIRST")],
        decisions: vec![decision],
        undecided: vec![text("UNDECIDED")],
    });
    let templates = Templates::default();
    for shown in [templates.html(&paper).unwrap(), templates.markdown(&paper).unwrap()] {
        let words = "LEVELS CHANGES PRIORITIES LAST COMMUNITY NOTE AIM MEASURE BEFORE LATEST RESULT SENSITIVITY GOAL WOULD WHY \
             MEANWHILE AGREEMENT ENGINE BOARD OVERRULED REASON ROLE DATE FIRST MEETING DAY SUMMED UNDECIDED";
        for word in words.split(' ') {
            assert!(shown.contains(word), "{word}");
        }
        assert!(!shown.contains("is filed under"));
    }
}

/// A paper of thousands has a section for the first, says so, and drops nobody from the list.
#[test]
fn a_long_list_has_sections_for_its_first() {
    let mut files = Folder::of(&["fixtures/starter"]);
    let mut rows = "id,title,severity\n".to_owned();
    (0..250).for_each(|number| rows.push_str(&format!("c{number},Candidate {number},{}\n", number % 6)));
    let assessment = files.text("fixtures/starter/assessment.toml");
    files.write("fixtures/starter/assessment.toml", format!("{assessment}{MANY}"));
    files.write("fixtures/starter/many.csv", rows);
    let paper = paper(&files, "fixtures/starter");
    assert_eq!(paper.candidates.len(), MAX_SECTIONS);
    assert_eq!(paper.tiers.iter().map(|tier| tier.candidates.len()).sum::<usize>(), 252);
    assert_eq!(paper.points.tables[0].rows.len(), MAX_SECTIONS);
    let html = Templates::default().html(&paper).unwrap();
    insta::assert_snapshot!(paper.left_out.unwrap(), @"The first 100 of the list have a section each. The other 152 are in the list above, and with all their figures in the JSON and CSV of this ranking.");
    let page = scraper::Html::parse_document(&html);
    let ids: Vec<&str> = page.tree.nodes().filter_map(|node| node.value().as_element()?.attr("id")).collect();
    let links = page.tree.nodes().filter_map(|node| node.value().as_element()?.attr("href"));
    for link in links {
        assert!(ids.contains(&link.trim_start_matches('#')), "{link} leads nowhere");
    }
}

const MANY: &str = r#"
[[table]]
file  = "many.csv"
id    = "id"
title = "title"
kind  = "theme"

[table.column.severity]
header  = "severity"
kind    = "judgement"
scale   = [0, 5]
by      = "Analyst"
date    = "2026-04-20"
because = "For a test."
"#;

/// The list of names in the guide is that of the model, with its own words.
#[test]
fn the_guide_lists_every_name_that_a_template_sees() {
    let schema = serde_json::to_value(schema_for!(Paper)).unwrap();
    let mut listed = String::new();
    list(&schema, &schema, "", &mut listed);
    let path = root().join("docs/paper.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    let head = "| name | what it is |\n| :--- | :--- |\n";
    let (before, shown) = guide.split_once(head).unwrap();
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(path, format!("{before}{head}{listed}")).unwrap();
    } else {
        assert_eq!(shown, listed, "run this test with UPDATE_GUIDES=1 and read what changed");
    }
    let serialised = serde_json::to_value(starter()).unwrap();
    let names: BTreeMap<&String, &Value> = serialised.as_object().unwrap().iter().collect();
    for name in names.keys() {
        assert!(listed.contains(&format!("| `{name}")), "{name}");
    }
}

/// A row for each name under `schema`, those within lists behind `[]`.
fn list(whole: &Value, schema: &Value, path: &str, rows: &mut String) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let about = property["description"].as_str().unwrap_or_default();
        let (within, is_list) = resolved(whole, property);
        let path = format!("{path}{name}{}", if is_list { "[]" } else { "" });
        rows.push_str(&format!("| `{path}` | {about} |\n"));
        list(whole, within, &format!("{path}."), rows);
    }
}

/// What a property holds: through references, options and lists.
fn resolved<'s>(whole: &'s Value, property: &'s Value) -> (&'s Value, bool) {
    if let Some(name) = property["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        return resolved(whole, &whole["$defs"][name]);
    }
    if let Some(choices) = property["anyOf"].as_array() {
        return resolved(whole, &choices[0]);
    }
    match property.get("items") {
        Some(items) => (resolved(whole, items).0, true),
        None => (property, false),
    }
}

#[test]
fn how_sure_the_first_are_is_told_where_it_was_run() {
    let said = prioritise(&["rank", "fixtures/starter", "--format", "markdown", "--draws", "200", "--quiet"]);
    let line = said.out.lines().find(|line| line.contains("In 200 draws")).unwrap_or_else(|| panic!("{}", said.err));
    assert!(line.contains("among the first 1 by total") && line.contains('%'), "{line}");
    let refused = prioritise(&["rank", "fixtures/starter", "--draws", "200"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("`--draws` is for the paper"), "{}", refused.err);
}

/// What the command writes of a fixture: its snapshot, which tests/it/fixtures.rs holds to that.
fn written(fixture: &str, format: &str) -> String {
    let path = root().join(format!("tests/it/snapshots/it__fixtures__{fixture}.{format}.snap"));
    let text = std::fs::read_to_string(path).unwrap();
    text.splitn(3, "---\n").nth(2).unwrap().to_owned()
}

/// Each number and each word of the trace stands in the annex: on the sheet of whom it is about, or where what holds for several
/// is said once.
#[test]
fn nothing_of_the_trace_is_lost() {
    for fixture in FIXTURES {
        let markdown = written(fixture, "markdown").replace('\\', "");
        let (_, annex) = markdown.split_once("\n# Annex: ").unwrap();
        let annex = annex.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        let notes = annex.split("\n### ").find(|part| part.starts_with("Notes that hold")).unwrap_or_default();
        // What members share is a part of its own, theme by theme.
        let shared = annex.split("\n## ").find(|part| part.starts_with("What members share")).unwrap_or_default();
        let trace: Value = serde_json::from_str(&written(fixture, "json")).unwrap();
        for candidate in trace["ranking"].as_array().unwrap() {
            let title = format!("{}: ", candidate["title"].as_str().unwrap());
            let sheet = annex.split("\n### ").find(|sheet| {
                sheet.starts_with(&title) || sheet.split_once(". ").is_some_and(|(_, rest)| rest.starts_with(&title))
            });
            let sheet = sheet.unwrap_or_else(|| panic!("{fixture}: {title}has no sheet"));
            let name = candidate["title"].as_str().unwrap();
            let own: Vec<&str> = shared.lines().filter(|line| line.contains(name)).collect();
            let sheet = spaced(&format!("{notes}\n{sheet}\n{}", own.join("\n")));
            let mut lost = Vec::new();
            each_leaf(candidate, "", &mut |key, leaf| {
                if !is_shown(leaf, &sheet) && !NOT_FOR_READERS.contains(&key) {
                    lost.push(format!("{key}: {leaf}"));
                }
            });
            assert!(lost.is_empty(), "{fixture}, {title}{lost:#?}\n{sheet}");
        }
    }
}

/// What the trace has for programs: ids, words of a kind, and what the paper says in a sentence of its own.
const NOT_FOR_READERS: [&str; 20] = [
    "first_day",
    "last_day",
    "candidates",
    "id",
    "criterion",
    "tier",
    "effect",
    "policy",
    "how",
    "with",
    "family",
    "refused_by",
    "coverage",
    "because-of-missing",
    "passed_over",
    "of",
    "unit",
    "group",
    "date",
    "gate",
];

/// How the trace says that simply nothing is filed.
const NOTHING_FILED: [&str; 2] = ["There is no evidence on ", "No evidence answers this question"];

fn each_leaf(value: &Value, key: &str, leaf: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                // Why the rules let something stand in is with the rules.
                let name = if fields.contains_key("policy") && name == "because" { "because-of-missing" } else { name };
                each_leaf(value, name, leaf);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_leaf(item, key, leaf)),
        Value::Null | Value::Bool(_) => {}
        _ => leaf(key, value),
    }
}

/// A text sentence by sentence, as what holds for several sheets is a note, and a number as the paper writes it.
fn is_shown(leaf: &Value, sheet: &str) -> bool {
    if let Value::Number(number) = leaf {
        let number = number.as_f64().unwrap();
        return (0..=6).any(|decimals| sheet.contains(&prioritise::words::number(number, decimals)));
    }
    let text = spaced(leaf.as_str().unwrap());
    let is_filed = |sentence: &str| sheet.contains(sentence.trim_end_matches('.'));
    text.split(". ").all(is_filed)
        || NOTHING_FILED.iter().any(|said| text.starts_with(said)) && sheet.contains("No evidence is filed.")
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No sentence stands on many sheets: what holds for several is said once, and names of evidence are explained once.
#[test]
fn no_sentence_is_printed_again_and_again() {
    for fixture in ["huntingdonshire-2019", "huntingdonshire-wards-2019", "morile-style", "wellingborough-2013"] {
        let text = written(fixture, "markdown");
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let cells = text.lines().flat_map(|line| line.split('|'));
        for sentence in cells.flat_map(|cell| cell.split_inclusive(". ")).map(str::trim) {
            if sentence.split_whitespace().count() >= 12 {
                *counts.entry(sentence).or_default() += 1;
            }
        }
        // What counts the answers of one is a fact of its own.
        let is_fact = |sentence: &str| {
            ["questions are answered", "judged by", "It has no total", "In straight lines"]
                .iter()
                .any(|it| sentence.contains(it))
        };
        let often: Vec<_> = counts.iter().filter(|(it, count)| **count > 5 && !is_fact(it)).collect();
        assert!(often.is_empty(), "{fixture}: {often:#?}");
    }
}

/// The sentences of the five sides that the engine itself writes, without what a partnership filed and without its titles.
fn own_sentences(paper: &Paper) -> String {
    let front = &paper.front;
    let mut all: Vec<&str> = vec![&front.status.title, &front.status.sentence, &front.heading, &paper.list.heading];
    all.push(&front.first);
    all.extend(front.asks.now.iter().chain(&front.asks.once_replaced).map(|ask| &*ask.what));
    all.extend(front.how.iter().chain(&paper.list.notes).map(String::as_str));
    all.extend(front.decided.iter().map(|item| &*item.effect));
    all.extend(front.groups.iter().filter_map(|group| group.sentence.as_deref()));
    all.extend(
        paper.makeup.sentences.iter().chain(&paper.makeup.over).chain(&paper.makeup.weights_about).map(String::as_str),
    );
    all.extend([&*paper.basis.missing_about, &*paper.basis.printed_about]);
    all.extend(paper.basis.judged_about.iter().map(String::as_str));
    let ended = all.iter().filter(|text| !text.is_empty()).map(|text| match text.ends_with(['.', '!', '?']) {
        true => (*text).to_owned(),
        false => format!("{}.", text.trim_end_matches(':')),
    });
    ended.collect::<Vec<_>>().join(" ")
}

/// The grade by Flesch and Kincaid (Kincaid, Fishburne, Rogers and Chissom 1975, *Research Branch Report* 8-75): 0.39 words for
/// each sentence and 11.8 syllables for each word, less 15.59. A reader of that grade is five years older.
fn reading_age(text: &str) -> f64 {
    // A point within a number ends no sentence.
    let ended = text.replace(['?', '!'], ". ");
    let sentences = ended.split(". ").filter(|it| it.chars().any(char::is_alphabetic)).count();
    let words: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric() && it != '’')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    0.39 * count(words.len()) / count(sentences) + 11.8 * count(syllables) / count(words.len()) - 15.59 + 5.0
}

/// Groups of vowels, without an `e` at the end that is not spoken; at least one.
fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let letters: Vec<char> = word.chars().collect();
    let groups =
        (0..letters.len()).filter(|at| is_vowel(letters[*at]) && (*at == 0 || !is_vowel(letters[*at - 1]))).count();
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

#[test]
fn syllables_are_counted() {
    for (word, count) in [("place", 1), ("problem", 2), ("evidence", 3), ("table", 2), ("the", 1), ("areas", 2)] {
        assert_eq!(syllables(word), count, "{word}");
    }
}

/// A reader of fourteen can read what the engine writes on the five sides, of every fixture.
#[test]
fn the_paper_is_in_plain_english() {
    for fixture in FIXTURES {
        let text = own_sentences(&paper(&Folder::of_fixtures(), &format!("fixtures/{fixture}")));
        let age = reading_age(&text);
        assert!(age <= 14.0, "{fixture}: {age:.1}\n{text}");
    }
}

/// The five sides of a fixture as a page, as a reader sees them: each heading, paragraph, point and caption by the name of its tag, and
/// all other text without one.
fn blocks(html: &str) -> Vec<(String, String)> {
    let (_, main) = html.split_once("<main").unwrap();
    let mut blocks: Vec<(String, String)> = vec![(String::new(), String::new())];
    let mut hidden = 0_usize;
    for part in main.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if ["svg", "code"].contains(&name) && !tag.ends_with('/') {
            hidden = if tag.starts_with('/') { hidden - 1 } else { hidden + 1 };
        } else if ["p", "li", "h1", "h2", "h3", "caption", "th", "td", "dt", "dd"].contains(&name) {
            let is_new = !tag.starts_with('/') && ["p", "li", "h2", "h3", "caption"].contains(&name);
            blocks.push((if is_new { name.to_owned() } else { String::new() }, String::new()));
        }
        if hidden == 0 {
            blocks.last_mut().unwrap().1.push_str(text);
        }
    }
    let plain = |text: &str| {
        let text = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/")]
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        spaced(&text)
    };
    blocks.into_iter().map(|(tag, text)| (tag, plain(&text))).filter(|(_, text)| !text.is_empty()).collect()
}

/// The five sides of a fixture as a page.
fn page(paper: &Paper) -> Vec<(String, String)> {
    blocks(&Templates::default().html(paper).unwrap())
}

fn of_fixture(fixture: &str) -> Paper {
    paper(&Folder::of_fixtures(), &format!("fixtures/{fixture}")).with_parts(model::Parts::PAPER)
}

/// What a reader of the page reads beside its tables is as plain: all that stands there, but for names and what a partnership or
/// its rules wrote.
#[test]
fn the_page_is_in_plain_english() {
    for fixture in FIXTURES {
        let paper = of_fixture(fixture);
        let titles = paper.candidates.iter().map(|section| section.row.title.clone());
        let questions = paper.makeup.questions.iter().flat_map(|it| [it.title.clone(), it.title.to_lowercase()]);
        let asked = paper.method.criteria.iter().flat_map(|it| [it.title.clone(), it.title.to_lowercase()]);
        let filed = paper.front.decided.iter().flat_map(|it| [vec![it.reason.clone()], it.sources.clone()].concat());
        let board = paper.board.iter().flat_map(|board| [board.meeting.clone(), board.date.clone()]);
        let weights = paper.makeup.weights_about.iter().skip(1).take(1).cloned();
        let tiers = paper.list.bands.iter().map(|band| band.title.clone());
        let about = [paper.title.clone(), paper.partnership.clone(), paper.method.name.clone()];
        let mut names: Vec<String> = titles
            .chain(questions)
            .chain(asked)
            .chain(filed)
            .chain(board)
            .chain(weights)
            .chain(tiers)
            .chain(about)
            .collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let is_read = |(tag, text): &&(String, String)| !tag.is_empty() && text.split(' ').count() > 3;
        let read = page(&paper);
        let text: Vec<String> = read
            .iter()
            .filter(is_read)
            .map(|(_, text)| {
                names
                    .iter()
                    .filter(|name| name.len() > 2)
                    .fold(text.clone(), |text, name| text.replace(&spaced(name), "it"))
            })
            .map(|text| format!("{}.", text.trim_end_matches(['.', ':'])))
            .collect();
        let age = reading_age(&text.join(" "));
        assert!(age <= 14.0, "{fixture}: {age:.1}\n{}", text.join("\n"));
    }
}

/// The five sides have no word of the engine's own, no id, no rule as it is written and no figure finer than a reader needs.
#[test]
fn the_paper_has_no_words_of_the_engine() {
    for fixture in FIXTURES {
        let trace: Value = serde_json::from_str(&written(fixture, "json")).unwrap();
        let markdown = written(fixture, "markdown").replace('\\', "");
        let (paper, _) = markdown.split_once("\n# Annex: ").unwrap();
        no_words_of_the_engine(fixture, &spaced(paper), &trace);
        let page: Vec<String> = page(&of_fixture(fixture)).into_iter().map(|(_, text)| text).collect();
        no_words_of_the_engine(fixture, &page.join(" "), &trace);
    }
}

fn no_words_of_the_engine(fixture: &str, text: &str, trace: &Value) {
    let words: Vec<String> =
        text.split(|it: char| !it.is_alphanumeric() && it != '_' && it != '=').map(str::to_lowercase).collect();
    let mut sources = Vec::new();
    each_leaf(&trace["ranking"], "", &mut |key, leaf| {
        sources.extend(leaf.as_str().filter(|_| key == "source").map(str::to_owned));
    });
    let ids = sources.iter().map(String::as_str).filter(|id| id.contains(|it: char| it.is_ascii_digit()));
    let own = ["gate", "gates", "candidate", "candidates", "tier", "tiers", "imputation", "imputed", "acceptability"];
    for word in own.into_iter().chain(["==", "&&", "digest", "gbp"]).chain(ids) {
        assert!(!words.iter().any(|it| it == word), "{fixture}: `{word}` in {text}");
    }
    let is_code = |word: &&String| word.contains('_') || word.contains("==");
    assert_eq!(words.iter().find(is_code), None, "{fixture}");
    let decimals = |word: &str| {
        word.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches(|it: char| !it.is_ascii_digit()).len())
    };
    let is_fine = |word: &&str| word.starts_with(|it: char| it.is_ascii_digit()) && decimals(word) >= 4;
    assert_eq!(text.split_whitespace().find(is_fine), None, "{fixture}");
    assert!(!text.contains("up to the weight of its question"), "{fixture}");
}

/// What the record asks of the tool, its data and the decision is known, four fifths of it at the least; all else is asked.
#[test]
fn a_draft_of_the_transparency_record_is_filled_from_what_is_known() {
    let record = paper(&Folder::of(&["fixtures", "rules"]), "fixtures/huntingdonshire-2019").transparency;
    let fields: Vec<_> = record.sections.iter().flat_map(|section| &section.fields).collect();
    let expected: Vec<_> = fields.iter().filter(|it| ["tool", "data", "decision"].contains(&it.about)).collect();
    let filled = expected.iter().filter(|it| it.text.is_some()).count();
    assert!(expected.len() >= 30 && 5 * filled >= 4 * expected.len(), "{filled} of {}", expected.len());
    assert!(record.filled.starts_with(&format!("{filled} of {} fields", expected.len())), "{}", record.filled);
    for field in fields {
        assert!(field.text.is_some() || field.ask.is_some(), "{}", field.name);
        let text = field.text.as_deref().unwrap_or_default();
        assert!(!text.contains(['{', '}']) && !text.contains(".."), "{}: {text}", field.name);
    }
}

/// The parts of a Word document, by name.
fn parts_of(document: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let count = archive.len();
    let text = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(text).collect()
}

#[test]
fn the_word_document_has_words_own_headings_and_tables_with_header_rows() {
    let files = Folder::of(&["fixtures", "rules"]);
    let made = || {
        let mut paper = paper(&files, "fixtures/wellingborough-2013");
        paper.handling = Some("OFFICIAL");
        Templates::default().docx(paper).unwrap()
    };
    let document = made();
    assert_eq!(document, made(), "the same paper, the same bytes");
    let parts = parts_of(&document);
    for (name, text) in &parts {
        let mut reader = quick_xml::Reader::from_str(text);
        let read = std::iter::from_fn(|| match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => None,
            event => Some(event.map(drop)),
        });
        let events: Result<Vec<()>, _> = read.collect();
        assert!(events.is_ok_and(|events| !events.is_empty()), "{name}");
    }
    for name in ["word/header1.xml", "word/footer1.xml"] {
        assert!(parts[name].contains("OFFICIAL"), "{name}");
    }
    let body = &parts["word/document.xml"];
    assert!(!body.contains("<w:t>OFFICIAL") && !body.contains("**"), "the mark is of pages, and no Markdown is left");
    let styles = body.split("<w:pStyle w:val=\"").skip(1).filter_map(|it| it.split('"').next());
    let levels: Vec<usize> = styles
        .filter_map(|it| ["Title", "Heading1", "Heading2", "Heading3"].iter().position(|one| *one == it))
        .collect();
    assert_eq!((levels.first(), levels.iter().filter(|level| **level == 0).count()), (Some(&0), 2), "paper and annex");
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "no level is left out: {levels:?}");
    let tables: Vec<&str> = body.split("<w:tbl>").skip(1).collect();
    assert!(tables.len() > 20, "{}", tables.len());
    for table in tables {
        let first = table.split("</w:tr>").next().unwrap();
        assert!(first.contains("<w:tblHeader/>") && first.contains("<w:tblCaption w:val=\""), "{first}");
        assert!(!first.contains("<w:tblCaption w:val=\"\"/>"), "each has a caption");
    }
}
