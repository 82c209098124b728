//! What everything that is judged of a rule set file goes by: the file, its scripts, the values of its parameters here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::parameter::Amount;
use super::script::{Expression, ScriptChecker, Template, Variables};
use crate::assessment::titles_in_other_letters;
use crate::diagnostic::{Code, Place};
use crate::toml_file::{At, Checker};

/// Words of the script language that can't name evidence or groups.
pub(super) const RESERVED: [&str; 24] = [
    "true", "false", "let", "const", "if", "else", "switch", "for", "in", "fn", "return", "throw", "try", "catch",
    "this", "break", "continue", "private", "public", "is", "as", "new", "match", "with",
];

/// Judges one rule set file.
pub(super) struct RuleSetJudge<'a> {
    pub(super) check: Checker<'a>,
    pub(super) scripts: ScriptChecker,
    /// What each parameter is here.
    pub(super) values: &'a BTreeMap<String, Amount>,
}

impl RuleSetJudge<'_> {
    pub(super) fn name(&mut self, id: &str, span: &Range<usize>) -> bool {
        is_name(&mut self.check, id, span)
    }

    pub(super) fn unique<'b>(&mut self, what: &str, ids: impl Iterator<Item = &'b At<String>>) {
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        for id in ids.filter(|id| self.name(&id.value, &id.span)).collect::<Vec<_>>() {
            if let Some(first) = seen.insert(&id.value, self.check.place(&id.span)) {
                self.check.duplicate(&id.span, what, &id.value, Some(&first));
            }
        }
    }

    /// Warns of titles that a reader takes for each other, of things of one kind.
    pub(super) fn titles_alike<'b>(&mut self, titled: impl Iterator<Item = (&'b At<String>, &'b At<String>)>) {
        let titles = titled.map(|(id, title)| (&*id.value, &*title.value, self.check.place(&title.span)));
        let alike = titles_in_other_letters(titles.collect::<Vec<_>>().into_iter());
        self.check.problems.extend(alike.into());
    }

    /// An expression over `variables`, checked.
    pub(super) fn expression(&mut self, code: &At<String>, variables: &Variables<'_>) -> Expression {
        let mut expression = Expression::new(self.check.source, code);
        if code.value.trim().is_empty() {
            self.check.problem(
                Code::ScriptSyntax,
                &code.span,
                "this expression is empty",
                "write what is to be computed",
            );
            return expression;
        }
        let variables = variables.clone().with(self.values.iter().map(|(name, value)| (&**name, value)));
        self.scripts.check(&mut expression, &variables, self.check.problems);
        expression
    }

    /// A sentence whose holes are expressions over `variables`, checked.
    pub(super) fn template(&mut self, text: &At<String>, variables: &Variables<'_>) -> Option<Template> {
        self.check.text(text, "the sentence")?;
        let mut template = match Template::new(self.check.source, text) {
            Ok(template) => template,
            Err(problem) => {
                self.check.problems.push(problem);
                return None;
            }
        };
        let variables = variables.clone().with(self.values.iter().map(|(name, value)| (&**name, value)));
        for hole in template.holes_mut() {
            self.scripts.check(hole, &variables, self.check.problems);
        }
        Some(template)
    }
}

/// Notes an id that can't stand in an expression.
pub(super) fn is_name(check: &mut Checker<'_>, id: &str, span: &Range<usize>) -> bool {
    let letters = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let starts = id.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if letters && starts && !RESERVED.contains(&id) {
        return true;
    }
    let help = "use lower-case letters, digits and `_`, beginning with a letter, but not a word of the script language";
    check.problem(Code::BadId, span, format!("`{id}` can't be a name here"), help);
    false
}
