//! Who says so: a document, or a person with date and reason.

use std::ops::Range;

use super::super::super::options::Basis;
use super::super::document_place::cited;
use super::Judging;
use crate::assessment::period_forms::day;
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// Keys that say who says so.
pub(super) struct BasisKeys<'w> {
    pub(super) source: &'w Option<At<String>>,
    pub(super) place: &'w Option<At<String>>,
    pub(super) by: &'w Option<At<String>>,
    pub(super) date: &'w Option<At<String>>,
    pub(super) because: &'w Option<At<String>>,
    pub(super) illustration: Option<bool>,
    pub(super) note: &'w Option<At<String>>,
}

impl Judging<'_, '_> {
    pub(super) fn basis(&mut self, keys: &BasisKeys<'_>, what: &str, span: &Range<usize>) -> Basis {
        let text = |check: &mut Checker<'_>, text: &Option<At<String>>, what: &str| {
            text.as_ref().and_then(|text| check.text(text, what))
        };
        let (by, because) = (text(self.check, keys.by, "the role"), text(self.check, keys.because, "the reason"));
        let date = keys.date.as_ref().filter(|date| day(self.check, date).is_some()).map(|date| date.value.clone());
        let note = text(self.check, keys.note, "the note");
        let (source, place) = (keys.source.as_ref(), keys.place.as_ref());
        let cited = cited(self.check, self.references, source, place, None, span);
        let judged = keys.by.is_some() && keys.date.is_some() && keys.because.is_some();
        let is_said = judged || keys.source.is_some();
        if !is_said && !self.check.lost.has_lost_from(span) {
            let message =
                format!("{what} has no source: a document and the place in it, or who judged it, when and why");
            let help = "add `source = \"…\"` and `where = \"…\"`, or `by`, `date` and `because`";
            self.check.problem(Code::NoSource, span, message, help);
        }
        Basis { cited, by, date, because, illustration: keys.illustration.unwrap_or(false), note }
    }
}
