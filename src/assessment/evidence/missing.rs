//! What is missing, and why. It stands in for evidence of any kind, so no rule set can declare it.

use std::sync::Arc;

use super::format::Evidence;
use super::kind::{FigureOrWhyNot, Key, Kind, Voucher};
use crate::assessment::references::References;
use crate::stats::Estimate;
use crate::toml_file::{At, Checker};

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Arc<str>);

impl Kind for Missing {
    const WORD: &'static str = "missing";
    const PHRASE: &'static str = "nothing";
    const KEYS: &'static [Key] = &[Key { name: "missing", needs: &[], may_have: &[] }];

    fn voucher(_: bool) -> Voucher {
        Voucher::Nobody
    }

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        check.text(written.value.missing.as_ref()?, "the reason").map(|reason| Ok(Self(reason.into())))
    }

    fn headline(&self) -> Option<Estimate> {
        None
    }

    fn has_headline(&self) -> bool {
        false
    }

    fn lines(&self) -> Vec<String> {
        vec![self.0.to_string()]
    }
}
