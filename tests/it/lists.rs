//! The closed lists of the rule language: the guides name their members, all of them and no others.
#![expect(clippy::disallowed_methods, reason = "guides are read from the disk")]

use prioritise::rules::combine::WrittenCombine;
use prioritise::rules::shape::WrittenValueFunction;
use prioritise::rules::shape::relative::RelativeFunction;
use prioritise::rules::{Direction, Effect, Missing};
use prioritise::scoring::Standing;

use crate::support::{below, root};

fn guide(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// What stands under a heading, up to the next one.
fn section<'g>(guide: &'g str, heading: &str) -> &'g str {
    let start = guide.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("there is no heading {heading}"));
    let rest = &guide[start + heading.len() + 2..];
    rest.find("\n#").map_or(rest, |end| &rest[..end])
}

/// The words in back-ticks.
fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The word that each item of a list, or each row of a table, begins with.
fn leading(text: &str) -> Vec<&str> {
    let items = text.lines().filter(|line| line.starts_with("- `") || line.starts_with("| `"));
    let rows = items.filter(|line| !line.starts_with("| `effect`"));
    rows.filter_map(|line| ticked(line).first().copied()).collect()
}

/// The words of the row of a table that begins with `key`.
fn row<'g>(text: &'g str, key: &str) -> Vec<&'g str> {
    let row = text.lines().find(|line| line.starts_with(&format!("| `{key}` |"))).unwrap_or_default();
    let cell = row.split(" | ").nth(1).unwrap_or_default();
    ticked(cell)
}

/// That `named` finds just these words in a text, and no longer does where any of them is taken out.
fn names_exactly(text: &str, named: impl Fn(&str) -> Vec<String>, words: &[&str]) {
    assert_eq!(named(text), words);
    for word in words {
        let without = text.replace(&format!("`{word}`"), "");
        assert_ne!(named(&without), words, "nobody would notice that {word} is not there");
    }
}

fn owned(words: Vec<&str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_guides_name_every_missing_policy() {
    let (rules, testing) = (guide("rules.md"), guide("testing.md"));
    names_exactly(section(&rules, "## Missing measures"), |text| owned(leading(text)), Missing::WORDS);
    let in_quotes: Vec<String> = Missing::WORDS.iter().map(|word| format!("\"{word}\"")).collect();
    let in_tests: Vec<&str> = ["true", "false"].into_iter().chain(in_quotes.iter().map(String::as_str)).collect();
    names_exactly(&testing, |text| owned(row(text, "missing")), &in_tests);
}

#[test]
fn the_guides_name_every_effect_of_a_gate() {
    let (rules, testing) = (guide("rules.md"), guide("testing.md"));
    names_exactly(section(&rules, "## Gates"), |text| owned(leading(text)), Effect::WORDS);
    names_exactly(&testing, |text| owned(row(text, "standings")), &Standing::words_outside_tiers(Effect::BANDS));
}

#[test]
fn the_guide_names_every_way_to_combine() {
    let rules = guide("rules.md");
    // `"sum"`, and `{ script = "…" }` of an expression.
    let word =
        |ticked: &str| ticked.split(['"', '{', ' ']).find(|part| !part.is_empty()).unwrap_or_default().to_owned();
    let leading = |text: &str| -> Vec<String> {
        let items = text.lines().filter_map(|line| line.strip_prefix("**"));
        items.filter_map(|line| ticked(line).first().map(|first| word(first))).collect()
    };
    // Its examples have lines that begin as headings do.
    let text = rules.split("\n## ").find(|part| part.starts_with("Combining\n")).unwrap();
    assert_eq!(leading(text), WrittenCombine::WORDS);
    for value in WrittenCombine::WORDS.iter().filter(|word| **word != WrittenCombine::WORDS[0]) {
        let written = [format!("combine = \"{value}\""), format!("combine = {{ {value} = ")];
        assert!(written.iter().any(|written| text.contains(written)), "there is no example of {value}");
    }
}

#[test]
fn every_way_to_combine_has_the_word_that_files_have_for_it() {
    let schema = serde_json::to_value(schemars::schema_for!(WrittenCombine)).unwrap();
    let word = |way: &serde_json::Value| {
        let key = way["properties"].as_object().and_then(|keys| keys.keys().next().cloned());
        key.unwrap_or_else(|| way["const"].as_str().unwrap_or_default().to_owned())
    };
    let words: Vec<String> = schema["oneOf"].as_array().unwrap().iter().map(word).collect();
    let known: Vec<&str> =
        WrittenCombine::WORDS.iter().copied().chain(WrittenCombine::SYNONYMS.map(|it| it.0)).collect();
    assert_eq!(words, known);
}

#[test]
fn the_guide_names_every_direction() {
    let rules = guide("rules.md");
    let start = rules.find("`direction` says").unwrap();
    let text = rules[start..].split("\n\n").next().unwrap();
    names_exactly(text, |text| owned(ticked(text).into_iter().skip(1).collect()), Direction::WORDS);
}

#[test]
fn the_guide_names_every_value_function() {
    let rules = guide("rules.md");
    let text = section(&rules, "## Value functions");
    // The list within the list stands last.
    let items = |text: &str, opening: &str| {
        let mut words: Vec<String> = text
            .lines()
            .filter(|line| line.starts_with(opening))
            .filter_map(|line| Some((*ticked(line).first()?).to_owned()))
            .collect();
        words.sort();
        words
    };
    let sorted = |words: &[&'static str]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    names_exactly(text, |text| items(text, "- `"), &sorted(WrittenValueFunction::WORDS));
    names_exactly(text, |text| items(text, "  - `"), &sorted(RelativeFunction::WORDS));
    for value in WrittenValueFunction::WORDS.iter().map(|word| format!("{{ {word} = ")) {
        assert!(text.contains(&value), "there is no example of {value}");
    }
    for value in RelativeFunction::WORDS.iter().map(|word| format!("{{ relative = \"{word}\" }}")) {
        assert!(text.contains(&value), "there is no example of {value}");
    }
}

/// The words of a list that a piece of code has in quotes of their own.
fn quoted<'w>(code: &str, words: &[&'w str]) -> Vec<&'w str> {
    words.iter().copied().filter(|word| code.contains(&format!("\"{word}\""))).collect()
}

#[test]
fn no_other_file_has_a_table_of_the_words_of_a_list() {
    assert_eq!(quoted("[\"sum\", \"product of \", \"sections\"]", WrittenCombine::WORDS), ["sum", "sections"]);
    let lists = [
        ("rules/missing/", Missing::WORDS),
        ("rules/effect/", Effect::WORDS),
        ("rules/shape/", WrittenValueFunction::WORDS),
        ("rules/shape/relative/", RelativeFunction::WORDS),
        ("rules/combine/", WrittenCombine::WORDS),
        ("rules/direction.rs", Direction::WORDS),
    ];
    let mut tables = Vec::new();
    for file in below("src").iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let path = file.strip_prefix(root().join("src")).unwrap().to_string_lossy();
        // The headings of other people's sheets are no words of the rules.
        if path.starts_with("import/") {
            continue;
        }
        // Keys of a JSON Schema are no words of the rules either.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = &code.replace("\"minimum\":", "").replace("\"maximum\":", "");
        for (home, words) in lists.iter().filter(|(home, _)| !path.starts_with(home)) {
            // One word can be of something else: `points` are also what a value earns.
            let found = quoted(code, words);
            if found.len() > 1 {
                tables.push(format!("src/{path} has {} of src/{home}", found.join(", ")));
            }
        }
    }
    assert!(tables.is_empty(), "{}", tables.join("\n"));
}
