//! The tiers, judged: every total has just one.

use crate::diagnostic::{Code, Problem};
use crate::exact::{Ends, Fixed};
use crate::rules::combine::Precision;
use crate::rules::format;
use crate::rules::judge::RuleSetJudge;
use crate::rules::{Takes, Tier};
use crate::toml_file::At;

impl RuleSetJudge<'_> {
    /// Tiers by total in descending order, or by places; the last takes the rest.
    pub(super) fn tiers(
        &mut self,
        written: &[At<format::Tier>],
        precision: Option<Precision>,
        totals: Option<Ends>,
    ) -> Option<Vec<Tier>> {
        let decimals = precision.map_or(2, |precision| precision.decimals);
        self.unique("a tier", written.iter().map(|tier| &tier.value.id));
        let Some(last) = written.last() else {
            let place = self.check.place(&(0..0));
            let problem = Problem::new(Code::BadTiers, "the rule set has no tiers");
            self.check
                .problems
                .push(problem.at(place).help("add `[[tier]]` tables, best first; the last takes the rest"));
            return None;
        };
        let mut tiers = Vec::new();
        let mut lowest = i64::MAX;
        for tier in written {
            let takes = self.takes(tier, decimals)?;
            if let Some((totals, precision)) = totals.zip(precision) {
                self.reachable(tier, totals, precision);
            }
            if let Takes::AtLeast(bound) = takes {
                if bound >= lowest {
                    let message = "this tier is not below the one before it";
                    self.check.problem(
                        Code::BadTiers,
                        &tier.span,
                        message,
                        "put the tiers in descending order, best first",
                    );
                    return None;
                }
                lowest = bound;
            }
            let is_last = tier.span == last.span;
            if (takes == Takes::Rest) != is_last && !self.check.lost.has_lost_from(&tier.span) {
                let (message, help) = match is_last {
                    true => (
                        "the last tier leaves totals without a tier",
                        "add a last tier with neither `at_least` nor `places`",
                    ),
                    false => {
                        ("this tier takes everything: no candidate reaches the next", "give it `at_least` or `places`")
                    }
                };
                self.check.problem(Code::BadTiers, &tier.span, message, help);
                return None;
            }
            let title = self.check.text(&tier.value.title, "the title")?;
            let is_first = tiers.is_empty();
            let one_of_a_family = self.one_of_a_family(&tier.value, takes, is_first)?;
            tiers.push(Tier { id: tier.value.id.value.clone(), title, takes, one_of_a_family });
        }
        Some(tiers)
    }

    /// Whether only one of a family has a place: said of the places of the first tier alone.
    fn one_of_a_family(&mut self, tier: &format::Tier, takes: Takes, is_first: bool) -> Option<bool> {
        let Some(one) = tier.one_of_a_family.as_ref().filter(|one| one.value) else { return Some(false) };
        let (message, help) = match (takes, is_first) {
            (Takes::Places(_), true) => return Some(true),
            (Takes::Places(_), false) => (
                "only the first tier can have one place for each family",
                "take this out: the tiers below take whoever is left",
            ),
            _ => (
                "only places can go to one of each family, and this tier has none",
                "give the tier `places`, or take this out",
            ),
        };
        self.check.problem(Code::BadTiers, &one.span, message, help);
        None
    }

    /// Notes a tier that no total reaches, and one that leaves no total to the next.
    fn reachable(&mut self, tier: &At<format::Tier>, totals: Ends, precision: Precision) {
        let Some(bound) = &tier.value.at_least else { return };
        let number = |units: i64| Fixed::new(units, precision.decimals);
        let (least, most, written) = (number(totals.least), number(totals.most), bound.value.number);
        if written > most.to_f64() {
            let (highest, help) = match most.to_f64() == f64::from(precision.scale) {
                true => (format!("is the scale, {}", precision.scale), "lower it, or raise `scale`"),
                false => (format!("that there can be is {}", most.trimmed()), "lower it, or let totals go higher"),
            };
            let message = format!("no total reaches {written}: the highest {highest}");
            self.check.problem(Code::BadTiers, &bound.span, message, help);
        } else if written <= least.to_f64() {
            let message =
                format!("this tier takes everything: no total is below {}, so none reaches the next", least.trimmed());
            self.check.problem(Code::BadTiers, &bound.span, message, "raise it, or make it the last tier");
        }
    }

    fn takes(&mut self, tier: &At<format::Tier>, decimals: u32) -> Option<Takes> {
        match (&tier.value.at_least, &tier.value.places) {
            (None, None) => Some(Takes::Rest),
            (Some(bound), None) => {
                let most = 1e9;
                let written = self.check.finite(&bound.number())?;
                if written > most {
                    self.check.problem(
                        Code::BadTiers,
                        &bound.span,
                        format!("no total reaches {written:e}"),
                        "lower it",
                    );
                    return None;
                }
                let bound = written;
                #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
                let units = (bound * f64::from(10_u32.pow(decimals))).round() as i64;
                Some(Takes::AtLeast(units))
            }
            (None, Some(places)) => {
                let places = self.check.whole_within(&places.number(), "a number of places", 1..=100_000)?;
                usize::try_from(places).ok().map(Takes::Places)
            }
            (Some(_), Some(places)) => {
                let message = "a tier takes totals or places, not both";
                self.check.problem(Code::BadTiers, &places.span, message, "keep one of `at_least` and `places`");
                None
            }
        }
    }
}
