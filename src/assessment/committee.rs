//! What a committee expects of a paper beside the list. No rule reads it, and nothing is scored by it.

use super::format;
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
}

impl Committee {
    /// What is written; what is empty is told and left out.
    pub(super) fn judge(check: &mut Checker<'_>, written: &format::Committee) -> Self {
        let mut text =
            |written: &Option<At<String>>, what: &str| written.as_ref().and_then(|written| check.text(written, what));
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
        }
    }

    /// Each part by its key, with what it is and what is filed.
    pub fn parts(&self) -> [(&'static str, &'static str, Option<&String>); 13] {
        [
            ("for", "what the paper is for", self.purpose.as_ref()),
            ("meeting", "the meeting that it is for", self.meeting.as_ref()),
            ("author", "who wrote it, by role", self.author.as_ref()),
            ("contact", "whom to ask", self.contact.as_ref()),
            ("status", "how far it is", self.status.as_ref()),
            ("legal", "what the law asks and allows", self.legal.as_ref()),
            ("financial", "what it costs and who pays", self.financial.as_ref()),
            ("affected", "who is affected, and how", self.affected.as_ref()),
            ("equality", "what it means for people with each protected characteristic", self.equality.as_ref()),
            ("risk", "what could go wrong", self.risk.as_ref()),
            ("consultation", "who was asked, and what they said", self.consultation.as_ref()),
            ("options", "what else was looked at and not taken", self.options.as_ref()),
            ("background", "the papers that it rests on", self.background.as_ref()),
        ]
    }

    /// A problem that names what is not filed; none where all is.
    pub fn not_filed(&self) -> Option<Problem> {
        let named =
            |(key, what, filed): (&str, &str, Option<&String>)| filed.is_none().then(|| format!("`{key}`, {what}"));
        let named: Vec<String> = self.parts().into_iter().filter_map(named).collect();
        (!named.is_empty()).then(|| {
            let message = format!("a committee expects what is not filed: {}", named.join("; "));
            let help = "add them under `[committee]` in `assessment.toml`";
            Problem::new(Code::NotForCommittee, message).help(help)
        })
    }
}
