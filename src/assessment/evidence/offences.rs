//! Offences: how many of each, and the harm of one.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::areas::{NotByParts, Part};
use super::asked::{AskedFigure, FigureCell, HARM, OFFENCE, PERIOD};
use super::declared::Declared;
use super::format::{self, Evidence};
use super::kind::{DECIMALS, FigureOrWhyNot, Key, Kind};
use crate::assessment::denominator::Denominator;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::{Code, quoted_list};
use crate::stats::{self, Confidence, Estimate, Harm, Random};
use crate::toml_file::{At, Checker};
use crate::words::number;

/// Offences with the harm of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Offences {
    /// The rows of the table, each offence once; at least one.
    pub offences: Arc<[Offence]>,
    /// The time in which the offences were counted.
    pub period: Period,
    /// How sure its interval is, as the rules that read it say; 95% before rules read it.
    pub confidence: Confidence,
}

/// One row of an offence table.
#[derive(Debug, Clone, PartialEq)]
pub struct Offence {
    /// The offence as the table calls it.
    pub offence: String,
    /// How many, whole.
    pub count: f64,
    /// The harm of one; none where it matched no weight, and then it is in no figure of harm.
    pub harm: Option<f64>,
}

impl Offences {
    /// How many offences.
    pub fn count(&self) -> f64 {
        self.offences.iter().map(|offence| offence.count).sum()
    }

    /// Their harm together, and how many have no weight.
    pub fn harm(&self) -> Harm {
        stats::harm(self.offences.iter().map(|offence| (offence.count, offence.harm)), self.confidence)
    }

    /// Their harm together, a year.
    pub fn harm_per_year(&self) -> Estimate {
        self.harm().estimate.times(12.0 / self.period.months())
    }

    /// The mean harm of one offence that has a weight; none where there were none.
    pub fn harm_per_offence(&self) -> Option<Estimate> {
        let harm = self.harm();
        (harm.matched > 0.0).then(|| harm.estimate.times(1.0 / harm.matched))
    }

    /// The share of the harm that its most harmful row has, 0 to 1; none where there is no harm.
    pub fn heaviest_share(&self) -> Option<f64> {
        self.harm().heaviest.map(|heaviest| heaviest.share)
    }

    /// The harm; none where offences were recorded and none of them has a weight.
    pub fn headline(&self) -> Option<Estimate> {
        let harm = self.harm();
        (harm.matched > 0.0 || harm.unmatched == 0.0).then_some(harm.estimate)
    }
}

impl Kind for Offences {
    const WORD: &'static str = "offences";
    const PHRASE: &'static str = "an offence table";
    const KEYS: &'static [Key] = &[Key { name: "offences", needs: &["period"], may_have: &[] }];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: Some("offences"),
        figure: "count",
        takes: FigureCell::Whole,
        of_row: &[OFFENCE.needed(), HARM],
        beside: &[PERIOD.needed()],
        in_words: "a whole number of offences, a row for each offence, with the period",
    });

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        let rows = evidence.offences.as_ref()?;
        let period = needs(check, "period", evidence.period.as_ref(), span).and_then(|text| period(check, text));
        if rows.value.is_empty() {
            let help = "add an offence, or say `missing = \"why\"`";
            check.problem(Code::BadValue, &rows.span, "the offence table is empty", help);
            return None;
        }
        let mut offences: Vec<Offence> = Vec::new();
        let mut known = BTreeSet::new();
        for row in &rows.value {
            let offence = check.text(&row.value.offence, "the offence");
            let count = check.whole(&row.value.count, "a count");
            let harm = match &row.value.harm {
                Some(harm) => check.not_negative(harm, "a harm weight").map(Some),
                None => Some(None),
            };
            let (Some(offence), Some(count), Some(harm)) = (offence, count, harm) else { continue };
            if !known.insert(offence.clone()) {
                check.duplicate(&row.value.offence.span, "an offence", &offence, None);
            }
            offences.push(Offence { offence, count, harm });
        }
        unmatched(check, &rows.value);
        Some(Ok(Self { offences: offences.into(), period: period?, confidence: Confidence::default() }))
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        (declared.confidence != self.confidence).then(|| Self { confidence: declared.confidence, ..self.clone() })
    }

    fn headline(&self) -> Option<Estimate> {
        self.headline()
    }

    /// Each row from a gamma distribution with the shape of its count. Half an offence of each kind that did not happen
    /// would outweigh a table of harms, so rows have no half, and a row of zero stays zero.
    fn redrawn(&self, random: &mut Random) -> Self {
        let row = |row: &Offence| {
            let count = if row.count > 0.0 { random.gamma(row.count).round() } else { 0.0 };
            Offence { count, ..row.clone() }
        };
        Self { offences: self.offences.iter().map(row).collect(), ..self.clone() }
    }

    fn draws(&self) -> usize {
        self.offences.len()
    }

    /// The sum of each offence.
    fn put_together(parts: &[Part<'_, Self>], _: Option<Denominator>) -> Result<FigureOrWhyNot<Self>, NotByParts> {
        let Some(first) = parts.first().map(|part| part.figure) else { return Err(NotByParts::UNLIKE_COUNTS) };
        let mut offences: Vec<Offence> = Vec::new();
        for Part { area, figure, share } in parts {
            if figure.period != first.period {
                let why = format!("they are of other times, {} and {}", first.period, figure.period);
                return Err(NotByParts::new(why, "file offences of the same time for each of the areas"));
            }
            if !share.is_whole() {
                let why = format!("`{area}` is shared out: where a few grave offences happened can't be estimated");
                return Err(NotByParts::new(why, "file the offences of the new area, in a file without `lookup`"));
            }
            for offence in figure.offences.iter() {
                match offences.iter_mut().find(|known| known.offence == offence.offence) {
                    Some(known) if known.harm != offence.harm => {
                        let why = format!("\"{}\" has another harm weight in `{area}`", offence.offence);
                        return Err(NotByParts::new(why, "give an offence the same weight in each area"));
                    }
                    Some(known) => known.count += offence.count,
                    None => offences.push(offence.clone()),
                }
            }
        }
        Ok(Ok(Self { offences: offences.into(), period: first.period, confidence: first.confidence }))
    }

    fn lines(&self) -> Vec<String> {
        let plain = |x: f64| number(x, DECIMALS);
        let row = |offence: &Offence| {
            let harm = offence.harm.map_or_else(|| "no weight".to_owned(), plain);
            format!("{}: {} × {harm}", offence.offence, plain(offence.count))
        };
        std::iter::once(self.period.to_string()).chain(self.offences.iter().map(row)).collect()
    }
}

/// Says which offences have no weight.
fn unmatched(check: &mut Checker<'_>, rows: &[At<format::Offence>]) {
    let without: Vec<&At<format::Offence>> = rows.iter().filter(|row| row.value.harm.is_none()).collect();
    let Some(first) = without.first().filter(|row| !check.lost.has_lost_from(&row.span)) else { return };
    let names: Vec<&str> = without.iter().map(|row| &*row.value.offence.value).collect();
    let message = format!("no harm weight is given for {}", quoted_list(&names));
    let help = "add `harm = …` if there is a weight; without one they are left out of every figure of harm, and each figure says so";
    check.problem(Code::UnmatchedOffence, &first.span, message, help);
}
