//! The page put together: its modules in one script, the data block as inert text, and a policy that lets nothing else run.

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");

/// The modules, each after those that it reads.
const MODULES: [&str; 27] = [
    include_str!("page/data.js"),
    include_str!("page/whole.js"),
    include_str!("page/formula.js"),
    include_str!("page/plan.js"),
    include_str!("page/shares.js"),
    include_str!("page/judging.js"),
    include_str!("page/totals.js"),
    include_str!("page/known.js"),
    include_str!("page/standing.js"),
    include_str!("page/ranking.js"),
    include_str!("page/pairwise.js"),
    include_str!("page/elicit.js"),
    include_str!("page/people.js"),
    include_str!("page/words.js"),
    include_str!("page/dom.js"),
    include_str!("page/room.js"),
    include_str!("page/nearest.js"),
    include_str!("page/colours.js"),
    include_str!("page/list_view.js"),
    include_str!("page/weights_panel.js"),
    include_str!("page/moved_view.js"),
    include_str!("page/candidate_view.js"),
    include_str!("page/mine_view.js"),
    include_str!("page/together_view.js"),
    include_str!("page/files_out.js"),
    include_str!("page/record_view.js"),
    include_str!("page/main.js"),
];

/// The page with a data block.
pub(super) fn page(data: &str) -> String {
    let script = script();
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        digest(&script),
        digest(STYLE)
    );
    // No text of an assessment can end the element that it stands in.
    let data = data.replace('<', "\\u003c");
    filled(PAGE, &[("policy", &policy), ("style", STYLE), ("data", &data), ("script", &script)])
}

/// A text whose places `{{name}}` are filled in one pass, so that nothing that is put in is taken for a place.
fn filled(text: &str, places: &[(&str, &str)]) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        whole.push_str(before);
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        whole.push_str(places.iter().find(|(place, _)| *place == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    whole.push_str(rest);
    whole
}

fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

fn script() -> String {
    format!("\"use strict\";\n{}", MODULES.map(part).join("\n"))
}

/// A module as a part of the script: without imports, `export`, and lines that hold nothing but a comment.
fn part(module: &str) -> String {
    let mut part = String::new();
    let mut lines = module.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut line = line;
            while !line.trim_end().ends_with(';') {
                let Some(next) = lines.next() else { break };
                line = next;
            }
        } else if !is_comment(line) {
            part.push_str(line.strip_prefix("export ").unwrap_or(line));
        }
    }
    part
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_end_matches('\n').trim_start_matches(' ');
    match line.strip_prefix("/*") {
        Some(comment) => comment.split_once("*/").is_none_or(|(_, behind)| behind.is_empty()),
        None => line.starts_with("//") || line.starts_with('*'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_loses_its_imports_and_comments_and_nothing_else() {
        let module = "// About.\n\nimport { a } from \"./a.js\";\nimport {\n  b,\n} from \"./b.js\";\n/** One line. */\n\
                      export const c = a; // kept\n  /**\n   * Two.\n   */\n/** @type {X} */ let d = 1;\nconst e = `x\n`;\n";
        assert_eq!(part(module), "\nconst c = a; // kept\n/** @type {X} */ let d = 1;\nconst e = `x\n`;\n");
    }

    #[test]
    fn what_is_put_in_is_no_place() {
        assert_eq!(filled("a{{x}}b{{y}}c", &[("x", "{{y}}"), ("y", "1")]), "a{{y}}b1c");
    }

    #[test]
    fn the_page_has_every_place_filled_and_digests_of_what_stands_in_it() {
        let page = page("{\"title\":\"</script><b>{{script}}\"}");
        let between = |start: &str, end: &str| page.split_once(start).unwrap().1.split_once(end).unwrap().0;
        let (style, script) = (between("<style>", "</style>"), between("<script>", "</script>"));
        let policy = between("Content-Security-Policy\" content=\"", "\"");
        assert!(policy.contains(&format!("script-src {};", digest(script))));
        assert!(policy.contains(&format!("style-src {};", digest(style))));
        assert_eq!(
            between("<script type=\"application/json\" id=\"data\">", "</script>"),
            "{\"title\":\"\\u003c/script>\\u003cb>{{script}}\"}"
        );
        assert!(!script.contains("\nimport ") && !script.contains("\nexport "));
        for place in ["policy", "style", "data"] {
            assert!(!page.contains(&format!("{{{{{place}}}}}")), "{place}");
        }
    }
}
