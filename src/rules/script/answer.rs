//! What an expression answered, as a measure, a total, a condition or a part of a sentence.

use rhai::Dynamic;
use rust_decimal::Decimal;

use super::types::any::{described, measure_of, refusal_of, show};
use crate::stats::Estimate;

/// What an expression answered.
#[derive(Debug, Clone)]
#[repr(transparent)]
pub struct ExpressionAnswer(pub(super) Dynamic);

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
    pub fn refusal(&self) -> Option<String> {
        refusal_of(&self.0)
    }

    /// What it is, for messages: `a list`, `true or false`.
    pub fn described(&self) -> String {
        described(&self.0)
    }

    /// As a sentence shows it, numbers to `decimals`.
    ///
    /// # Errors
    /// Names what can't be shown: a number that is infinite or not a number, or a table.
    pub fn shown(&self, decimals: u32) -> Result<String, String> {
        show(&self.0, decimals)
    }
}
