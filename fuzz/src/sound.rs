//! What must hold of whatever the engine says, and what all targets share.

use std::num::NonZeroUsize;

use prioritise::diagnostic::{ErrorFormat, Problem, Problems, Severity, render};
use prioritise::import::Import;

pub(crate) const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Writes problems in every form: each has words and a way to mend it, and nothing raw reaches a terminal.
pub(crate) fn told(problems: &Problems) {
    let problems = problems.clone().sorted();
    for problem in &problems {
        let helpless = problem.help.as_deref().is_none_or(str::is_empty);
        assert!(!problem.message.is_empty(), "without words: {problem:?}");
        assert!(!helpless || problem.code.severity() != Severity::Error, "without help: {problem:?}");
    }
    shown(&render(&problems, ErrorFormat::Human, false));
    shown(&render(&problems, ErrorFormat::Plain, false));
    shown(&render(&problems, ErrorFormat::Json, false));
    render(&problems, ErrorFormat::Human, true);
}

pub(crate) fn told_one(problem: Problem) {
    told(&Problems::from(problem));
}

/// Text for a terminal has no escape sequence and no other control character of somebody else's in it.
pub(crate) fn shown(text: &str) {
    let raw = text.char_indices().find(|(_, letter)| letter.is_control() && !matches!(letter, '\n' | '\t'));
    if let Some((at, letter)) = raw {
        let before: String = text[..at].chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("raw U+{:04X} after {before:?}", u32::from(letter));
    }
}

/// What an import writes stays below the folder that was asked for.
pub(crate) fn imported(import: Result<Import, Problems>) {
    match import {
        Err(problems) => told(&problems),
        Ok(import) => {
            if let Err(problem) = import.account.balance() {
                panic!("the account does not balance: {problem:?}");
            }
            shown(&import.summary());
            for (name, _) in &import.files {
                let outside = name.starts_with('/')
                    || name.contains(['\\', ':', '\0'])
                    || name.split('/').any(|part| matches!(part, "" | "." | ".."));
                assert!(!outside, "written outside the folder: {name:?}");
            }
        }
    }
}
