//! What there is a limited amount of.

use std::collections::BTreeMap;

use super::super::super::format;
use super::super::super::options::Resource;
use super::Judging;
use super::basis::BasisKeys;
use crate::assessment::judging::period;
use crate::assessment::period::Period;
use crate::diagnostic::{Code, Place};
use crate::exact::Fixed;
use crate::toml_file::At;

impl Judging<'_, '_> {
    pub(super) fn resources(&mut self, written: &[At<format::Resource>]) -> Vec<Resource> {
        let mut judged: Vec<Resource> = Vec::new();
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            self.check.once(&mut first, "a resource", &written.id);
            let id = self.check.id(&written.id);
            let title = self.check.text(&written.title, "the title");
            let unit = self.check.text(&written.unit, "the unit");
            let keys = BasisKeys {
                source: &written.source,
                place: &written.place,
                by: &written.by,
                date: &written.date,
                because: &written.because,
                illustration: written.illustration,
                note: &written.note,
            };
            let basis = self.basis(&keys, "this amount", span);
            let amounts = self.amounts(written, unit.as_deref());
            let place = self.check.place(&written.id.span);
            let all = (id, title, unit);
            let (Some(id), Some(title), Some(unit)) = all else { continue };
            judged.push(Resource { id, title, unit, amounts, basis, place });
        }
        judged.sort_by(|one, other| one.id.cmp(&other.id));
        judged.dedup_by(|one, other| one.id == other.id);
        judged
    }

    fn amounts(&mut self, written: &format::Resource, unit: Option<&str>) -> Vec<(Period, Fixed)> {
        let mut judged: Vec<(Period, Fixed)> = Vec::new();
        if written.amounts.value.is_empty() {
            let help = "add `{ period = \"2013/14\", amount = 28440 }` for each period";
            self.check.problem(Code::BadValue, &written.amounts.span, "this resource has no amount", help);
        }
        for At { value: amount, span } in &written.amounts.value {
            self.same_unit(amount.unit.as_ref(), unit);
            let of = period(self.check, &amount.period);
            let figure = self.figure(&amount.amount, "an amount");
            let (Some(of), Some(figure)) = (of, figure) else { continue };
            if judged.iter().any(|(known, _)| *known == of) {
                let message = format!("this resource has an amount for {of} already");
                self.check.problem(Code::DuplicateId, span, message, "keep one of the two, or add them up");
                continue;
            }
            judged.push((of, figure));
        }
        judged.sort_by_key(|(of, _)| *of);
        judged
    }
}
