//! Missing policies: what stands in where a measure is missing. A file for each; this one has their list.
//!
//! All that is to be said of a policy is said in its file: what is done, and every sentence about it. Who carries it out
//! asks for the [`Treatment`] alone, of which there are few; a policy may come to one in its own way.

mod neutral;
mod refuse;
mod reweight;
mod stated;
mod worst;
mod written;

use schemars::JsonSchema;
use serde::Deserialize;

use super::list::closed_list;
use super::shape::Unbounded;
use neutral::Neutral;
use refuse::Refuse;
use reweight::Reweight;
use stated::Stated;
use worst::Worst;

pub use written::WrittenMissing;

/// The word that results have for a stated value.
const STATED: &str = "stated";

/// Writes the list of the policies from one line for each: its word, and its name. Of those before the semicolon the word
/// is all that a rule set writes; of the one behind it a rule set writes a table, and results have the word.
macro_rules! missing_policies {
    (
        $($(#[$about:meta])+ $word:literal => $Member:ident,)+;
        $(#[$about_table:meta])+ $of_table:ident => $Table:ident,
    ) => {
        closed_list! {
            /// What stands in where a measure is missing, where a word says it all.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
            pub enum MissingWord => policy: Policy {
                $($(#[$about])+ $word => $Member,)+
            }
        }

        /// What stands in where a measure is missing.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Missing {
            /// What a word says.
            Word(MissingWord),
            $(#[$about_table])+
            $Table($Table),
        }

        impl Missing {
            /// The words that results and tests of rules have for them, in the order of the guide.
            pub const WORDS: &[&'static str] = &[$($word,)+ $of_table];

            /// The word that results and tests of rules have for it.
            pub fn word(&self) -> &'static str {
                match self {
                    Self::Word(word) => word.word(),
                    Self::$Table(_) => $of_table,
                }
            }

            /// What it says of itself.
            pub fn policy(&self) -> &dyn Policy {
                match self {
                    Self::Word(word) => word.policy(),
                    Self::$Table(policy) => policy,
                }
            }
        }
    };
}

missing_policies! {
    /// The middle value: one half, where values run from 0 to 1.
    "neutral" => Neutral,
    /// The worst is assumed: the highest value, 1 unless told, or the least value where more points lower the total.
    "worst" => Worst,
    /// The question is left out and its weight is shared among the candidate's other questions.
    "reweight" => Reweight,
    /// The candidate is not ranked until the evidence is there.
    "refuse" => Refuse,
    ;
    /// A value that the rule set states, with the reason.
    STATED => Stated,
}

/// What is done about a missing answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Treatment {
    /// This value stands in.
    StandIn(f64),
    /// The question is left out for this candidate, and its weight shared among the others.
    LeaveOut,
    /// The candidate is not ranked.
    Refuse,
}

/// What can stand in for a missing answer.
#[derive(Debug, Clone, Copy)]
pub struct StandIns {
    /// What is to be known of the question's values where they have no end.
    pub unbounded: Option<Unbounded>,
    /// The value that makes the total highest.
    pub worst: f64,
    /// The middle of the values.
    pub middle: f64,
}

/// What a missing policy says of itself. `unbounded` is what is to be known of the question's values where they have no
/// upper end.
pub trait Policy {
    /// What is done about a missing answer.
    fn treatment(&self, values: &StandIns) -> Treatment;

    /// Whether it takes the value that makes the total highest, so that there has to be one.
    fn takes_the_worst(&self) -> bool {
        false
    }

    /// Why such values can't have this policy, and how to mend that; none where they can.
    fn misfit(&self, _unbounded: Option<Unbounded>) -> Option<(String, String)> {
        None
    }

    /// The rule set's reason for just this value; none where the policy is no value of its own.
    fn because(&self) -> Option<&str> {
        None
    }

    /// Whether it is meant neither to help nor to harm those without an answer, and says no more than that.
    fn is_meant_as_even(&self) -> bool {
        false
    }

    /// What is done, as in "no answer: …".
    fn done(&self) -> String;

    /// The same beside a candidate, for whom this value stands in as it is printed.
    fn done_with(&self, value: &str) -> String {
        format!("{}, {value}", self.done())
    }

    /// What is done, as in "answered for none of 9 candidates: …".
    fn done_for_all(&self) -> String;

    /// What is done now, as in "missing evidence of `volume` …".
    fn clause(&self) -> String;

    /// What was done before, as in "…; it …".
    fn past_clause(&self) -> String;
}
