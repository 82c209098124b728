//! What a committee expects of a paper beside the list. No rule reads it, and nothing is scored by it.

use super::format::{self, Handling};
use crate::diagnostic::{Code, Problem};
use crate::toml_file::{At, Checker};

/// What a committee expects of a paper beside the list, as far as it is filed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committee {
    /// What the paper is for: decision, discussion or information.
    pub purpose: Option<String>,
    /// The meeting that it is for, with its day.
    pub meeting: Option<String>,
    /// The role of whoever wrote it.
    pub author: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// How far it is.
    pub status: Option<String>,
    /// What the law asks and allows.
    pub legal: Option<String>,
    /// What it costs and who pays.
    pub financial: Option<String>,
    /// Who is affected, and how.
    pub affected: Option<String>,
    /// What it means for people with each of the protected characteristics.
    pub equality: Option<String>,
    /// What could go wrong.
    pub risk: Option<String>,
    /// Who was asked, and what they said.
    pub consultation: Option<String>,
    /// What else was looked at and not taken.
    pub options: Option<String>,
    /// The papers that it rests on, beside the documents cited.
    pub background: Option<String>,
    /// What is known of people with each protected characteristic, in the order of [`CHARACTERISTICS`].
    pub characteristics: [Option<String>; 9],
}

/// The nine protected characteristics, by key, as the Equality Act 2010, section 4, names them.
pub const CHARACTERISTICS: [(&str, &str); 9] = [
    ("age", "Age"),
    ("disability", "Disability"),
    ("gender_reassignment", "Gender reassignment"),
    ("marriage_and_civil_partnership", "Marriage and civil partnership"),
    ("pregnancy_and_maternity", "Pregnancy and maternity"),
    ("race", "Race"),
    ("religion_or_belief", "Religion or belief"),
    ("sex", "Sex"),
    ("sexual_orientation", "Sexual orientation"),
];

/// A part of what a committee expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitteePart<'a> {
    /// Its key, `legal` or `characteristics.age`, without the table.
    pub key: &'static str,
    /// What it is.
    pub what: &'static str,
    /// What is filed.
    pub filed: Option<&'a String>,
}

impl Committee {
    /// What is written; what is empty is told and left out.
    pub(super) fn judge(check: &mut Checker<'_>, written: &format::Committee) -> Self {
        let mut text =
            |written: &Option<At<String>>, what: &str| written.as_ref().and_then(|written| check.text(written, what));
        let none = format::Characteristics::default();
        let of = written.characteristics.as_ref().unwrap_or(&none);
        let known = [
            &of.age,
            &of.disability,
            &of.gender_reassignment,
            &of.marriage_and_civil_partnership,
            &of.pregnancy_and_maternity,
            &of.race,
            &of.religion_or_belief,
            &of.sex,
            &of.sexual_orientation,
        ];
        Self {
            purpose: text(&written.purpose, "what the paper is for"),
            meeting: text(&written.meeting, "the meeting"),
            author: text(&written.author, "the author's role"),
            contact: text(&written.contact, "whom to ask"),
            status: text(&written.status, "the status"),
            legal: text(&written.legal, "what the law asks"),
            financial: text(&written.financial, "what it costs"),
            affected: text(&written.affected, "who is affected"),
            equality: text(&written.equality, "what it means for equality"),
            risk: text(&written.risk, "what could go wrong"),
            consultation: text(&written.consultation, "who was asked"),
            options: text(&written.options, "what else was looked at"),
            background: text(&written.background, "what it rests on"),
            characteristics: known.map(|written| text(written, "what is known of a protected characteristic")),
        }
    }

    /// Its facts and sections.
    pub fn parts(&self) -> [CommitteePart<'_>; 13] {
        [
            ("for", "what the paper is for", &self.purpose),
            ("meeting", "the meeting that it is for", &self.meeting),
            ("author", "who wrote it, by role", &self.author),
            ("contact", "whom to ask", &self.contact),
            ("status", "how far it is", &self.status),
            ("legal", "what the law asks and allows", &self.legal),
            ("financial", "what it costs and who pays", &self.financial),
            ("affected", "who is affected, and how", &self.affected),
            ("equality", "what it means for people with each protected characteristic", &self.equality),
            ("risk", "what could go wrong", &self.risk),
            ("consultation", "who was asked, and what they said", &self.consultation),
            ("options", "what else was looked at and not taken", &self.options),
            ("background", "the papers that it rests on", &self.background),
        ]
        .map(|(key, what, filed)| CommitteePart { key, what, filed: filed.as_ref() })
    }

    /// The nine protected characteristics, with what is known of each.
    pub fn by_characteristic(&self) -> impl Iterator<Item = CommitteePart<'_>> {
        let known = CHARACTERISTICS.into_iter().zip(&self.characteristics);
        known.map(|((key, what), filed)| CommitteePart { key, what, filed: filed.as_ref() })
    }

    /// What of the parts and of the characteristics is not filed, a problem for each of the two; none where all is.
    pub fn not_filed(&self) -> Vec<Problem> {
        let missing = |parts: &mut dyn Iterator<Item = CommitteePart<'_>>| -> Vec<String> {
            parts.filter(|part| part.filed.is_none()).map(|part| format!("`{}`, {}", part.key, part.what)).collect()
        };
        let parts = missing(&mut self.parts().into_iter());
        let characteristics = missing(&mut self.by_characteristic());
        let told = |what: &str, named: Vec<String>, help: &str| {
            let message = format!("a committee expects {what}: {}", named.join("; "));
            (!named.is_empty()).then(|| Problem::new(Code::NotForCommittee, message).help(help))
        };
        let of_parts = told("what is not filed", parts, "add them under `[committee]` in `assessment.toml`");
        let of_characteristics = told(
            "to read what is known of people with each protected characteristic, or that nothing is",
            characteristics,
            "add them under `[committee.characteristics]` in `assessment.toml`",
        );
        of_parts.into_iter().chain(of_characteristics).collect()
    }

    /// The same, and the mark that says who may see the paper.
    pub fn asked(&self, handling: Option<Handling>) -> Vec<Problem> {
        let mut problems = self.not_filed();
        if handling.is_none() {
            let message = "a committee expects a mark that says who may see the paper";
            let help = "add `handling = \"official\"` to `[assessment]`, or `official-sensitive` or `public`";
            problems.push(Problem::new(Code::NotForCommittee, message).help(help));
        }
        problems
    }
}
