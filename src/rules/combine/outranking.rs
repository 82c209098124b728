//! Outranking with veto: the net credibility of ELECTRE III (Roy 1978, ELECTRE III: un algorithme de classements).
//!
//! That a candidate outranks another has a credibility: the weight of the questions that agree (concordance), lowered where the
//! other is ahead by more than a preference (discordance), and nothing where it is ahead by a veto. A total is the mean
//! credibility over the others, less that of the others over it. Without vetoes that is the sum of the net flows, so vetoes are
//! told as what they change of it. Pairs are looked at elsewhere, as this sees one candidate.

use std::ops::Range;

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{Script, WayToCombine};
use super::node::MemberKind;
use super::settings::NodeSettings;
use crate::diagnostic::{Code, Problem};
use crate::rules::judge::RuleSetJudge;

#[derive(Debug)]
pub(super) struct Outranking;

impl Outranking {
    /// It is of questions: pairs are compared by answers, and no group has one.
    pub(super) fn judged(span: &Range<usize>, judge: &mut RuleSetJudge<'_>, kind: MemberKind) -> Option<Self> {
        if kind == MemberKind::Group {
            let message = "`outranking` compares answers, and groups with scores have none";
            let help = "take the groups' `combine` and `in` out, or use another way for the total";
            judge.check.problem(Code::BadValue, span, message, help);
            return None;
        }
        Some(Self)
    }
}

impl WayToCombine for Outranking {
    fn word(&self) -> &'static str {
        "outranking"
    }

    fn earned(&self) -> Earned {
        Earned::Points
    }

    fn takes_vetoes(&self) -> bool {
        true
    }

    /// What vetoes change is the last of the row.
    fn total(&self, row: &[i64], _: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        Ok(row.iter().try_fold(0_i64, |sum, points| sum.checked_add(*points)))
    }

    fn arithmetic(&self, _: u32, names: &[&str]) -> Vec<Term> {
        Term::figures(names.len() + 1, "+")
    }

    fn sentence(&self, scale: &str) -> String {
        format!(
            "The weights add up to {scale}. Each two candidates are compared: the total is how credibly one outranks the \
             others, less how credibly they outrank it. It is the sum of the points and of what vetoes change."
        )
    }

    fn clause(&self) -> String {
        "the sum of the points and of what vetoes change".to_owned()
    }
}
