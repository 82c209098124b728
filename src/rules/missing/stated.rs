//! A value that the rule set states, with its reason: what not knowing is worth, and why just that.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Policy, StandIns, Treatment};
use crate::diagnostic::Code;
use crate::rules::judge::RuleSetJudge;
use crate::rules::setting::Setting;
use crate::rules::shape::Unbounded;
use crate::rules::value_range::ValueRange;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;
use crate::words::number;

/// The most decimals that the value is shown with.
const DECIMALS: u32 = 6;

/// The highest value that may be stated where values have no upper end: more is a slip.
const HIGHEST_UNBOUNDED: f64 = 1000.0;

/// A stated value, as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StatedValue")]
pub struct WrittenStated {
    /// The value that stands in: among the values of the rules, or up to 1,000 for `share-of-mean`.
    pub value: At<Setting>,
    /// Why just this value: it goes on after a comma, as in `as if nothing had changed`.
    pub because: At<String>,
}

impl WrittenStated {
    /// The policy that it makes. None where something in it is wrong, which is told.
    pub(super) fn judged(
        &self,
        judge: &mut RuleSetJudge<'_>,
        unbounded: Option<Unbounded>,
        values: ValueRange,
    ) -> Option<Stated> {
        let value = judge.check.finite(&self.value.number());
        let because = judge.check.text(&self.because, "the reason");
        let value = value.filter(|value| self.is_in_range(*value, judge, unbounded, values));
        let because = because?.trim_end_matches('.').to_owned();
        Some(Stated { value: value?, because })
    }

    /// Whether it is a value that can be stated; it is told where it is not.
    fn is_in_range(
        &self,
        value: f64,
        judge: &mut RuleSetJudge<'_>,
        unbounded: Option<Unbounded>,
        range: ValueRange,
    ) -> bool {
        let (fits, help) = match unbounded.and_then(|values| values.neutral) {
            None => (range.contains(value), format!("write a value {}", range.in_words())),
            Some((neutral, called)) => {
                let neutral = format!("{} is {called}", number(neutral, DECIMALS));
                let fits = (0.0..=HIGHEST_UNBOUNDED).contains(&value);
                (fits, format!("write a value from 0 to {}; {neutral}", number(HIGHEST_UNBOUNDED, 0)))
            }
        };
        if !fits {
            let message = format!("{value} is no value that can stand in for a missing answer");
            judge.check.problem(Code::BadValue, &self.value.span, message, help);
        }
        fits
    }

    /// Small changes of the value. The reason changes no ranking, so none is noticed there.
    pub(super) fn variations(&self) -> Option<RuleVariation> {
        RuleVariation::nudged("missing value", &self.value)
    }
}

/// A value that stands in, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Among the values of the rules, or up to [`HIGHEST_UNBOUNDED`] for a share of the mean.
    value: f64,
    /// Without a full stop.
    because: String,
}

impl Stated {
    fn figure(&self) -> String {
        number(self.value, DECIMALS)
    }
}

impl Policy for Stated {
    fn treatment(&self, _: &StandIns) -> Treatment {
        Treatment::StandIn(self.value)
    }

    fn because(&self) -> Option<&str> {
        Some(&self.because)
    }

    fn done(&self) -> String {
        self.done_with(&self.figure())
    }

    fn done_with(&self, value: &str) -> String {
        format!("{value} stands in, {}", self.because)
    }

    fn done_for_all(&self) -> String {
        format!("{} stands in for all of them, {}", self.figure(), self.because)
    }

    fn clause(&self) -> String {
        format!("is now worth {}, {}", self.figure(), self.because)
    }

    fn past_clause(&self) -> String {
        format!("was worth {}, {}", self.figure(), self.because)
    }
}
