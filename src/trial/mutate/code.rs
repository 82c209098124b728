//! Changes of expressions and scripts.

use super::mutant::Mutant;
use crate::diagnostic::Place;
use crate::rules::RuleSet;
use crate::rules::script::{Edit, Expression, Script, Template, edits};

/// Every change of an expression, in the order of the rules, then those of scripts.
pub(super) fn changes(rules: &RuleSet) -> Vec<Mutant> {
    let mut changes = Vec::new();
    for (group, expression) in rules.combine.expressions() {
        let id = group.and_then(|group| rules.groups.get(group)).map_or("total", |group| &group.id);
        changes.extend(of_expression(id, expression));
    }
    for criterion in &rules.criteria {
        let id = &criterion.id;
        changes.extend(of_expression(&format!("{id}, measure"), &criterion.measure));
        if let Some(expression) = criterion.value.shape().expression() {
            changes.extend(of_expression(&format!("{id}, value"), expression));
        }
        changes.extend(of_sentence(&format!("{id}, because"), &criterion.because));
    }
    for gate in &rules.gates {
        changes.extend(of_expression(&format!("{}, when", gate.id), &gate.when));
        changes.extend(of_sentence(&format!("{}, reason", gate.id), &gate.reason));
    }
    changes.extend(rules.library.scripts.iter().flat_map(of_script));
    changes
}

fn of_sentence(what: &str, sentence: &Template) -> Vec<Mutant> {
    sentence.holes().flat_map(|expression| of_expression(what, expression)).collect()
}

fn of_expression(what: &str, expression: &Expression) -> Vec<Mutant> {
    let characters: Vec<char> = expression.code.chars().collect();
    let place = |edit: &Edit| expression.place_of(edit.range.clone());
    edits(&expression.code).into_iter().map(|edit| change(what, place(&edit), &characters, &edit)).collect()
}

fn of_script(script: &Script) -> Vec<Mutant> {
    let text = &script.source.text;
    let characters: Vec<char> = text.chars().collect();
    // Where each character begins, and where the text ends.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.len());
    let file = script.source.name.rsplit('/').next().unwrap_or_default();
    let of = |edit: Edit| {
        let place = Place::new(&script.source, byte(edit.range.start)..byte(edit.range.end));
        let what = format!("{file}, {}", script.function_at(place.span.start));
        change(&what, place, &characters, &edit)
    };
    edits(text).into_iter().map(of).collect()
}

fn change(what: &str, place: Place, characters: &[char], edit: &Edit) -> Mutant {
    let text = |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let before = text(edit.around.start, edit.around.end);
    let (head, tail) = (text(edit.around.start, edit.range.start), text(edit.range.end, edit.around.end));
    Mutant::new(what, place, &before, &format!("{head}{}{tail}", edit.to), &*edit.to)
}
