//! From how many of a hundred draws on a place in the first tier is told to be secure, probable or open.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Code;
use crate::toml_file::{At, Checker, WrittenNumber};

/// From how many of a hundred draws on a place in the first tier is told to be secure, probable or open.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct WrittenSure {
    /// Secure: 95 unless told.
    pub secure: Option<At<WrittenNumber>>,
    /// Probable: 75 unless told.
    pub probable: Option<At<WrittenNumber>>,
    /// Open: 25 unless told. What has a place in fewer is unlikely.
    pub open: Option<At<WrittenNumber>>,
}

/// From how many of a hundred draws on a place in the first tier is secure, probable or open: each more than the next, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sure {
    /// Secure.
    pub secure: u32,
    /// Probable.
    pub probable: u32,
    /// Open.
    pub open: u32,
}

impl Default for Sure {
    fn default() -> Self {
        Self { secure: 95, probable: 75, open: 25 }
    }
}

impl Sure {
    /// What is written, with what is usual for the rest; none where that is wrong, which is told.
    pub(super) fn judge(check: &mut Checker<'_>, written: &At<WrittenSure>) -> Option<Self> {
        let At { value: WrittenSure { secure, probable, open }, span } = written;
        let usual = Self::default();
        let mut number = |written: &Option<At<WrittenNumber>>, usual: u32| match written {
            Some(written) => check.whole_within(written, "a number of draws of a hundred", 1..=100),
            None => Some(usual),
        };
        let (secure, probable, open) =
            (number(secure, usual.secure), number(probable, usual.probable), number(open, usual.open));
        let found = Self { secure: secure?, probable: probable?, open: open? };
        if found.secure > found.probable && found.probable > found.open {
            return Some(found);
        }
        let message = format!(
            "secure from {} of a hundred, probable from {} and open from {} are in no order",
            found.secure, found.probable, found.open
        );
        let help = "what is secure needs more draws than what is probable, and that more than what is open";
        check.problem(Code::BadValue, span, message, help);
        None
    }
}
