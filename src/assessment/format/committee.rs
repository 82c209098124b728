//! What a committee expects of a paper beside the list, exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::At;

/// What a committee expects of a paper beside the list: its facts, and its sections. Each is the partnership's own words, and
/// the paper says of each that it is not filed where it is left out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Committee {
    /// What the paper is for: decision, discussion or information.
    #[serde(rename = "for")]
    pub purpose: Option<At<String>>,
    /// The meeting that it is for, with its day.
    pub meeting: Option<At<String>>,
    /// The role of whoever wrote it.
    pub author: Option<At<String>>,
    /// Whom to ask: a role with an address or a number.
    pub contact: Option<At<String>>,
    /// How far it is: a draft, say.
    pub status: Option<At<String>>,
    /// What the law asks and allows.
    pub legal: Option<At<String>>,
    /// What it costs and who pays.
    pub financial: Option<At<String>>,
    /// Who is affected, and how.
    pub affected: Option<At<String>>,
    /// What it means for people with each of the protected characteristics.
    pub equality: Option<At<String>>,
    /// What could go wrong.
    pub risk: Option<At<String>>,
    /// Who was asked, and what they said.
    pub consultation: Option<At<String>>,
    /// What else was looked at and not taken.
    pub options: Option<At<String>>,
    /// The papers that it rests on, beside the documents cited.
    pub background: Option<At<String>>,
    /// What is known of people with each of the nine protected characteristics.
    pub characteristics: Option<Characteristics>,
}

/// What is known of people with each of the nine protected characteristics: the Equality Act 2010, section 4. Where nothing is
/// known, say so.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Characteristics {
    /// Of people of each age.
    pub age: Option<At<String>>,
    /// Of disabled people.
    pub disability: Option<At<String>>,
    /// Of people who change, or have changed, their sex.
    pub gender_reassignment: Option<At<String>>,
    /// Of people who are married or civil partners.
    pub marriage_and_civil_partnership: Option<At<String>>,
    /// Of people who are pregnant or have just had a child.
    pub pregnancy_and_maternity: Option<At<String>>,
    /// Of people of each colour, nationality, and ethnic or national origin.
    pub race: Option<At<String>>,
    /// Of people of each religion or belief, and of none.
    pub religion_or_belief: Option<At<String>>,
    /// Of women and of men.
    pub sex: Option<At<String>>,
    /// Of people of each sexual orientation.
    pub sexual_orientation: Option<At<String>>,
}
