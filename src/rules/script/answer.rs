//! What an expression answered, as a measure, a total, a condition or a part of a sentence.

use rhai::Dynamic;
use rust_decimal::Decimal;

use super::types::any::{described, measure_of, refusal_of, show};
use crate::stats::Estimate;
use crate::words::{odd_in_words, odd_letter};

/// What an expression answered.
#[derive(Debug, Clone)]
#[repr(transparent)]
pub struct ExpressionAnswer(pub(super) Dynamic);

/// What an expression answered that no sentence can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotShown {
    /// What it is: `a table of numbers`.
    pub what: String,
    /// How to mend it.
    pub help: &'static str,
}

impl ExpressionAnswer {
    /// As a measure: a number, an estimate, a finding, or evidence for its headline figure. `None` for `()`, which says
    /// that there is no answer, and for a finding that was refused.
    ///
    /// # Errors
    /// Names what was answered instead.
    #[inline]
    pub fn measure(&self) -> Result<Option<Estimate>, String> {
        measure_of(&self.0)
    }

    /// As an exact decimal; none where it is none, though it may be a number.
    #[inline]
    pub fn exact(&self) -> Option<Decimal> {
        self.0.as_decimal().ok()
    }

    /// True or false; none where it is neither.
    #[inline]
    pub fn truth(&self) -> Option<bool> {
        self.0.as_bool().ok()
    }

    /// Why it has no figure, in a sentence, where it is a finding that was refused or offences without any harm weight.
    ///
    /// # Errors
    /// Names what can't be shown of a sentence that a script made.
    pub fn refusal(&self) -> Result<Option<String>, NotShown> {
        refusal_of(&self.0).map(fit_to_show).transpose()
    }

    /// What it is, for messages: `a list`, `true or false`.
    pub fn described(&self) -> String {
        described(&self.0)
    }

    /// As a sentence shows it, numbers to `decimals`.
    ///
    /// # Errors
    /// Names what can't be shown: a number that is infinite or not a number, a table, or text with letters that nobody sees.
    pub fn shown(&self, decimals: u32) -> Result<String, NotShown> {
        let help = "guard against it with `if`, or leave the measure missing with `()`";
        show(&self.0, decimals).map_err(|what| NotShown { what, help }).and_then(fit_to_show)
    }
}

/// A text that a script made, by the rule for those that people write: every view shows it as it is.
fn fit_to_show(text: String) -> Result<String, NotShown> {
    let help = "take it out of the text that makes it";
    let told = |odd| NotShown { what: format!("text with {}", odd_in_words(odd)), help };
    odd_letter(&text).map_or(Ok(text), |odd| Err(told(odd)))
}
