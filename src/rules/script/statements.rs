//! Which statements of scripts a run reaches, for the coverage of tests.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rhai::{ASTNode, Expr, Position, Stmt};

use super::fence::fence;
use super::library::{Library, Script};
use super::watch::{Reached, watch};
use crate::diagnostic::Place;

/// A statement of a function of the rule set, and whether it ran.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptStatement {
    /// The function that it is in.
    pub function: String,
    /// From its first to its last character in the script file.
    pub place: Place,
    /// Whether the run came to it at least once.
    pub reached: bool,
}

/// Does `work` on this thread and notes which statements of `library` it reaches, those of every function in the order
/// of the files. What other threads do is not seen.
pub fn watched<T>(library: &Library, work: impl FnOnce() -> T) -> (T, Vec<ScriptStatement>) {
    let (answer, reached) = watch(work);
    let found = library.scripts.iter().flat_map(|script| statements_of(script, &reached));
    (answer, found.collect())
}

fn statements_of(script: &Script, reached: &BTreeSet<Reached>) -> Vec<ScriptStatement> {
    let here: BTreeSet<(usize, usize)> = reached
        .iter()
        .filter(|(function, ..)| script.functions.contains_key(function))
        .map(|(_, line, column)| (*line, *column))
        .collect();
    let mut found: Vec<ScriptStatement> = statements(script)
        .into_iter()
        .map(|(at, place)| ScriptStatement {
            function: script.function_at(place.span.start).to_owned(),
            reached: here.contains(&at),
            place,
        })
        .collect();
    found.sort_by_key(|statement| (statement.place.span.start, statement.place.span.end));
    found
}

/// The statements of a script: the line and column by which the engine knows each, and where it stands.
fn statements(script: &Script) -> Vec<((usize, usize), Place)> {
    let Ok(engine) = fence() else { return Vec::new() };
    let Ok(ast) = engine.compile(&script.source.text) else { return Vec::new() };
    let mut found: BTreeMap<(usize, usize), Range<usize>> = BTreeMap::new();
    // Every node lies within the statements on its path, so that these stretch from the first to the last of theirs.
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        // What fills a text is part of the statement that the text is in.
        if path.iter().rev().skip(1).any(|node| matches!(node, ASTNode::Expr(Expr::InterpolatedString(..)))) {
            return true;
        }
        let Some(stretch) = path.last().and_then(|node| stretch_of(script, node.position())) else { return true };
        for node in path {
            let ASTNode::Stmt(statement) = node else { continue };
            let position = statement.position();
            let (Some(line), Some(column)) = (position.line(), position.position()) else { continue };
            if matches!(statement, Stmt::Noop(..) | Stmt::Block(..)) {
                continue;
            }
            let all = found.entry((line, column)).or_insert_with(|| stretch.clone());
            *all = all.start.min(stretch.start)..all.end.max(stretch.end);
        }
        true
    });
    let place = |span: Range<usize>| Place::new(&script.source, span.start..closed(&script.source.text, span));
    found.into_iter().map(|(at, span)| (at, place(span))).collect()
}

fn stretch_of(script: &Script, position: Position) -> Option<Range<usize>> {
    position.position()?;
    Some(script.place_at(position).span)
}

/// Where a stretch ends if the brackets and quotes opened in it are closed.
fn closed(text: &str, span: Range<usize>) -> usize {
    let mut open = 0_i32;
    let mut quote = None;
    for (at, letter) in text.get(span.start..).unwrap_or_default().char_indices() {
        let inside = span.start + at < span.end;
        if let Some(mark) = quote {
            quote = Some(mark).filter(|mark| *mark != letter);
            continue;
        }
        match letter {
            '"' | '`' => quote = Some(letter),
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' if open == 0 => return span.start + at,
            ')' | ']' | '}' => open -= 1,
            ';' | '\n' if !inside && open == 0 => return span.start + at,
            _ => {}
        }
        if !inside && open == 0 && !matches!(letter, ')' | ']' | '}' | '"' | '`') {
            return span.start + at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::budget::Budget;
    use crate::diagnostic::{Problems, SourceFile};
    use crate::rules::script::ScriptChecker;

    #[test]
    fn every_statement_of_a_very_long_function_is_found() {
        // Were the file read from its start for each of them, this would take half an hour.
        let statements = 10_000;
        let lines: Vec<String> =
            (0..statements).map(|number| format!("    if x > {number}.0 {{ x -= y }}\n")).collect();
        let lines = lines.concat();
        let text = format!("fn short(x) {{\n    x\n}}\n\nfn long(x, y) {{\n{lines}    x\n}}\n");
        let script = Arc::new(SourceFile::new("f.rhai", text));
        let mut problems = Problems::default();
        let checker = ScriptChecker::new(&[script], 1, Budget::default(), &mut problems).unwrap();
        checker.check_functions(&SourceFile::new("ruleset.toml", ""), &mut problems);
        assert_eq!(problems.errors(), 0);
        let ((), found) = watched(checker.library(), || ());
        assert_eq!(found.iter().filter(|it| it.function == "long").count(), 2 * statements + 1);
        let told: Vec<(&str, &str)> = found.iter().map(|it| (&*it.function, it.place.text())).collect();
        assert_eq!(told[0], ("short", "x"));
        assert_eq!(told[1..3], [("long", "if x > 0.0 { x -= y }"), ("long", "x -= y")]);
        assert_eq!(told[2 * statements..], [("long", "x -= y"), ("long", "x")]);
    }
}
