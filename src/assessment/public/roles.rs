//! The roles of people as a public edition tells them: a letter in place of each, the same one everywhere. Letters go by the order
//! in which roles are met in what is published, so that they tell nothing of the names.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::column::Column;
use crate::assessment::decisions::{ChosenSet, Decision, Decisions};
use crate::assessment::evidence::{Evidence, JudgedBy, Origin};

/// What people are called, and how many notes were left out.
#[derive(Debug, Default)]
pub(super) struct Roles {
    letters: BTreeMap<String, usize>,
    /// How many notes were left out.
    pub(super) notes: usize,
}

impl Roles {
    /// How many roles were met.
    pub(super) fn count(&self) -> usize {
        self.letters.len()
    }

    /// What a role is told as: `Role A`.
    pub(super) fn told(&mut self, role: &str) -> String {
        let next = self.letters.len();
        let number = *self.letters.entry(role.to_owned()).or_insert(next);
        format!("Role {}", letters(number))
    }

    /// Evidence without the names of roles, and without notes.
    pub(super) fn column(&mut self, column: &mut Column) {
        for evidence in column.written.values_mut() {
            let figure = evidence.figure.with_roles(&mut |role| self.told(role));
            *evidence = Evidence { figure, origin: self.origin(&evidence.origin), place: evidence.place.clone() };
        }
        for table in &mut column.tables {
            table.figure = table.figure.with_roles(&mut |role| self.told(role));
            table.origin = self.origin(&table.origin);
        }
    }

    fn origin(&mut self, origin: &Arc<Origin>) -> Arc<Origin> {
        if origin.note.is_none() && origin.judged.is_none() {
            return Arc::clone(origin);
        }
        self.notes += usize::from(origin.note.is_some());
        let judged = origin
            .judged
            .as_ref()
            .map(|judged| JudgedBy { by: judged.by.iter().map(|role| self.told(role)).collect(), ..judged.clone() });
        Arc::new(Origin { judged, note: None, ..Origin::clone(origin) })
    }

    /// Leaves a note out.
    pub(super) fn note(&mut self, note: &mut Option<String>) {
        self.notes += usize::from(note.take().is_some());
    }

    /// What the board decided, without the names of roles.
    pub(super) fn decisions(&mut self, decisions: &Decisions) -> Decisions {
        let one = |(id, decision): (&String, &Decision)| {
            let (by, lead) = (self.told(&decision.by), decision.lead.as_ref().map(|lead| self.told(lead)));
            (id.clone(), Decision { by, lead, ..decision.clone() })
        };
        let all = decisions.decisions.iter().map(one).collect();
        let chosen = decisions.chosen.as_ref().map(|chosen| ChosenSet { by: self.told(&chosen.by), ..chosen.clone() });
        Decisions { decisions: all, chosen, ..decisions.clone() }
    }
}

/// A, B, … Z, AA, AB, and so on.
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", letters(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_one_letter_by_the_order_in_which_it_is_met() {
        let mut roles = Roles::default();
        let told = ["Zoo keeper", "Analyst", "Zoo keeper"].map(|role| roles.told(role));
        assert_eq!((told.join(", "), roles.count()), ("Role A, Role B, Role A".to_owned(), 2));
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters).join(" "), "A Z AA AZ BA ZZ AAA");
    }
}
