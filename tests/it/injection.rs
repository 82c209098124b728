//! Somebody's text can't become markup: whatever stands in a text field of an assessment or a rule set, the paper has
//! the elements that it has with harmless text, in HTML and in Markdown.

use prioritise::report::paper::Templates;
use pulldown_cmark::{Event, Options, Parser};
use scraper::Html;
use toml::Value;

use crate::paper::paper;
use crate::support::Folder;

/// Tried together, as each could hide behind another, and apart.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></svg></table><h1>",
    "{{ 7*7 }}{% raw %}{# x",
    "| pipe | |",
    "[x](javascript:alert(1)) ![x](y) <http://x.test>",
    "` ``` ~~~ *a* **b** _c_ ~~d~~ $e$ [^1]",
    "# heading",
    "<!-- --><![CDATA[",
    "\n\n# second line\n\n- item\n\n1. item\n\n---\n\n    code\n",
    "&lt;b&gt; &amp; &#60;i&#62;",
];

/// Keys of files under `evidence/` and of `assessment.toml` whose text people write freely.
const FREE: [&str; 11] =
    ["title", "partnership", "publisher", "note", "about", "where", "because", "missing", "cause", "caveats", "by"];
/// Keys of files under `documents/` likewise.
const FREE_IN_DOCUMENTS: [&str; 2] = ["where", "note"];
/// Keys of `ruleset.toml` likewise, and those whose text has holes in braces.
const FREE_IN_RULES: [&str; 7] = ["title", "name", "version", "about", "weights_because", "question", "unit"];
const WITH_HOLES: [&str; 2] = ["because", "reason"];

/// The fixture with `words` at the end of every text, and at the start of every other one.
fn with(words: &str) -> Folder {
    Folder::of(&["fixtures/huntingdonshire-2019", "rules/huntingdonshire"]).map(|path, text| {
        let rules = path.ends_with("ruleset.toml");
        let free = if path.contains("/documents/") { &FREE_IN_DOCUMENTS[..] } else { &FREE };
        if !path.ends_with(".toml") {
            return text;
        }
        let mut table: Value = text.parse::<toml::Table>().unwrap().into();
        change(&mut table, "", &|key, text| {
            let words = match (rules, WITH_HOLES.contains(&key)) {
                (true, true) => words.replace('{', "{{").replace('}', "}}"),
                (true, false) if !FREE_IN_RULES.contains(&key) => return None,
                (false, _) if !free.contains(&key) => return None,
                _ => words.to_owned(),
            };
            Some(if text.len() % 2 == 0 { format!("{words} {text}") } else { format!("{text} {words}") })
        });
        toml::to_string(&table).unwrap()
    })
}

/// Changes every text of a table that `to` has another for; items of a list go by the key of the list.
fn change(value: &mut Value, key: &str, to: &dyn Fn(&str, &str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(changed) = to(key, text) {
                *text = changed;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, key, to)),
        Value::Table(table) => table.iter_mut().for_each(|(key, value)| change(value, key, to)),
        _ => {}
    }
}

/// The paper with these words everywhere: Markdown and HTML.
fn papers(words: &str) -> [String; 2] {
    let paper = paper(&with(words), "fixtures/huntingdonshire-2019");
    let templates = Templates::default();
    [templates.markdown(&paper).unwrap(), templates.html(&paper).unwrap()]
}

/// The elements of a page in their order, each with its attributes' names. Lines of a chart's label count as one, as
/// longer words take more lines.
fn elements(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let mut elements: Vec<String> = Vec::new();
    for element in page.tree.nodes().filter_map(|node| node.value().as_element().cloned()) {
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "src", "{name}={value}");
            assert!(name != "href" || value.starts_with('#'), "{name}={value}");
        }
        elements.push(format!("{} {:?}", element.name(), element.attrs().map(|(name, _)| name).collect::<Vec<_>>()));
    }
    elements.dedup_by(|a, b| a == b && a.starts_with("text "));
    elements
}

/// The elements of a Markdown paper in their order, with every extension that a reader could have turned on.
fn blocks(paper: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    for event in Parser::new_ext(paper, Options::all()) {
        match event {
            Event::Text(_) | Event::SoftBreak => {}
            Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in Markdown: {event:?}"),
            Event::Code(_) => blocks.push("code".to_owned()),
            other => blocks.push(format!("{other:?}")),
        }
    }
    blocks
}

fn assert_inert(words: &str) {
    let [markdown, html] = papers(words);
    let [harmless_markdown, harmless_html] = papers("harmless words");
    assert_eq!(blocks(&markdown), blocks(&harmless_markdown), "{words}");
    assert_eq!(elements(&html), elements(&harmless_html), "{words}");
    let shown: String = Html::parse_document(&html).root_element().text().collect();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line(&shown).matches(&line(words)).count() > 100, "{words} is shown as it is");
}

#[test]
fn hostile_words_together_are_inert() {
    assert_inert(&HOSTILE.join(" "));
    assert_inert(&HOSTILE.iter().rev().copied().collect::<Vec<_>>().join(""));
}

#[test]
fn hostile_words_apart_are_inert() {
    for words in HOSTILE {
        assert_inert(words);
    }
}
