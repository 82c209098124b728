//! What is missing, and why. It stands in for evidence of any kind, so no rule set can declare it.

use std::sync::Arc;

use super::asked::AskedFigure;
use super::format::Evidence;
use super::kind::{FigureOrWhyNot, Key, Kind, Voucher};
use crate::assessment::references::References;
use crate::stats::Estimate;
use crate::toml_file::{At, Checker};

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Arc<str>);

/// How the reason begins where there is a figure and its publisher does not give it.
const WITHHELD: &str = "its publisher withheld it";

impl Missing {
    /// What its publisher withheld; `mark` is what stands in its place, where that is known.
    pub(crate) fn withheld(mark: Option<&str>) -> Self {
        Self(mark.map_or_else(|| WITHHELD.to_owned(), |mark| format!("{WITHHELD} (`{mark}`)")).into())
    }

    /// Whether its publisher withheld it.
    pub fn is_withheld(&self) -> bool {
        self.0.starts_with(WITHHELD)
    }
}

impl Kind for Missing {
    const WORD: &'static str = "missing";
    const PHRASE: &'static str = "nothing";
    const KEYS: &'static [Key] = &[Key { name: "missing", needs: &[], may_have: &[] }];
    const ASKED: Result<AskedFigure, &'static str> = Err("it stands for no figure");

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
