//! The kinds of evidence, each with its headline figure in natural units.

use std::fmt;
use std::sync::Arc;

use super::{Period, Shared};
use crate::diagnostic::Place;
use crate::rules::format::EvidenceKind;
use crate::stats::{self, Estimate, GroupArea, Harm, count_interval, mean, median, wilson};

/// A cited figure about a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What it says.
    pub figure: Figure,
    /// Who says so.
    pub origin: Arc<Origin>,
    /// Where it was written.
    pub place: Place,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origin {
    /// The document's id.
    pub source: Option<String>,
    /// The place in the document: table, row, page.
    pub place: Option<String>,
    /// Who judged, for judgements.
    pub judged: Option<Judged>,
    /// Whether it is ours, made for illustration.
    pub illustration: bool,
    /// Whether it is kept for the reader and need not be read by any rule.
    pub context: bool,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
    /// What limits it, a sentence each.
    pub caveats: Vec<String>,
    /// Names of evidence about the same candidate that bears it out.
    pub corroborated_by: Vec<String>,
    /// From when on a series counts something else.
    pub breaks: Vec<Break>,
    /// What the source printed beside it.
    pub published: Vec<Published>,
    /// The period that it covers, in words, where said.
    pub period: Option<String>,
    /// Where single counts of a series come from, where that differs from the series.
    pub points: Vec<PointOrigin>,
}

/// Where one count of a series comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointOrigin {
    /// The period of the count, in words.
    pub period: String,
    /// The document's id, where it differs from the series'.
    pub source: Option<String>,
    /// The place in the document, where it differs from the series'.
    pub place: Option<String>,
}

/// The making of a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The roles that judged.
    pub by: Vec<String>,
    /// When.
    pub date: String,
    /// Why.
    pub because: String,
}

/// A figure as printed beside a count, with its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What it is: `6.3 per 1,000`, `21.5%`, `5.1% change`.
    pub printed: String,
    /// The place in the source.
    pub place: String,
}

/// When what a series counts was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// From its first day on.
    pub date: Period,
    /// What changed, in a few words.
    pub cause: Shared,
}

/// What a piece of evidence says.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// How often something happened.
    Count(Count),
    /// How often over several periods.
    Series(Series),
    /// A rate as published.
    Rate(Rate),
    /// A percentage.
    Percentage(Percentage),
    /// Any other figure.
    Number(Estimate),
    /// Offences with their harm.
    Offences(Offences),
    /// Similar areas.
    Peers(Peers),
    /// What people think of it.
    Judgement(Judgement),
    /// Yes or no.
    Answer(bool),
    /// Why there is no figure.
    Missing(Shared),
}

impl Figure {
    /// The kind of evidence; none of a missing one, which stands in for any.
    pub fn kind(&self) -> Option<EvidenceKind> {
        Some(match self {
            Self::Count(_) => EvidenceKind::Count,
            Self::Series(_) => EvidenceKind::Series,
            Self::Rate(_) => EvidenceKind::Rate,
            Self::Percentage(_) => EvidenceKind::Percentage,
            Self::Number(_) => EvidenceKind::Number,
            Self::Offences(_) => EvidenceKind::Offences,
            Self::Peers(_) => EvidenceKind::Peers,
            Self::Judgement(_) => EvidenceKind::Judgement,
            Self::Answer(_) => EvidenceKind::Answer,
            Self::Missing(_) => return None,
        })
    }

    /// The one figure that stands for it: a count, the latest of a series, the median of scores. None where there is
    /// no number in it.
    pub fn headline(&self) -> Option<Estimate> {
        match self {
            Self::Count(count) => Some(count.headline()),
            Self::Series(series) => series.latest().map(Count::headline),
            Self::Rate(rate) => Some(rate.rate),
            Self::Percentage(percentage) => Some(percentage.headline()),
            Self::Number(number) => Some(*number),
            Self::Offences(offences) => offences.headline(),
            Self::Peers(peers) => peers.ratio_to_mean(),
            Self::Judgement(judgement) => Some(judgement.headline()),
            Self::Answer(_) | Self::Missing(_) => None,
        }
    }
}

/// How often something happened in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// How often: whole, or the middle of what a suppressed one can be.
    pub count: f64,
    /// Between which numbers a suppressed count lies.
    pub suppressed: Option<(f64, f64)>,
    /// When.
    pub period: Period,
    /// What it is set against, where known.
    pub among: Option<Among>,
    /// The breaks of the series that it is of; none where there are none.
    pub breaks: Option<Arc<[Break]>>,
}

impl Count {
    /// The count with its 95% interval, or with what a suppressed one can be.
    pub fn headline(&self) -> Estimate {
        let (lower, upper) = self.suppressed.unwrap_or_else(|| count_interval(self.count));
        Estimate::between(self.count, lower, upper)
    }

    /// The count a year.
    pub fn per_year(&self) -> Estimate {
        self.headline().times(12.0 / self.period.months())
    }

    /// The count per `per` people or households a year; none where it is not known among how many.
    pub fn rate(&self, per: f64) -> Option<Estimate> {
        let among = self.among.map(|among| among.number).filter(|number| *number > 0.0)?;
        match self.suppressed {
            Some(_) => Some(self.per_year().times(per / among)),
            None => stats::rate(self.count, among * self.period.months() / 12.0, per),
        }
    }

    /// Whether one is set against people and the other against households, so that their rates don't compare.
    pub fn is_unlike(&self, other: &Self) -> bool {
        matches!((self.among, other.among), (Some(own), Some(other)) if own.unit != other.unit)
    }

    /// The breaks after the first day of the earlier count and not after the last day of the later one.
    pub fn breaks_between<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Break> {
        let (earlier, later) = if self.period <= other.period { (self, other) } else { (other, self) };
        let of = |count: &'a Self| count.breaks.iter().flat_map(|breaks| breaks.iter());
        let known: Vec<&Break> = of(earlier).collect();
        let all = of(earlier).chain(of(later).filter(move |broken| !known.contains(broken)));
        let (first, last) = (earlier.period, later.period);
        all.filter(move |broken| broken.date.starts_after(first) && broken.date.starts_by_end_of(last))
    }

    /// Months, or months × people or households where both this count and `other` know how many they are.
    pub fn exposure(&self, other: &Self) -> f64 {
        let months = self.period.months();
        match (self.among, other.among) {
            (Some(among), Some(_)) => months * among.number,
            _ => months,
        }
    }
}

/// What a count is set against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Among {
    /// How many.
    pub number: f64,
    /// Of what.
    pub unit: Unit,
}

/// What rates are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// People.
    People,
    /// Households.
    Households,
}

impl Among {
    /// So many people.
    pub fn people(number: f64) -> Self {
        Self { number, unit: Unit::People }
    }

    /// So many households.
    pub fn households(number: f64) -> Self {
        Self { number, unit: Unit::Households }
    }

    /// How many, if they are of this unit.
    pub fn of(self, unit: Unit) -> Option<f64> {
        (self.unit == unit).then_some(self.number)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::People => "people",
            Self::Households => "households",
        })
    }
}

/// Counts of the same thing over several periods, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// At least one.
    pub counts: Arc<[Count]>,
}

impl Series {
    /// The last one.
    pub fn latest(&self) -> Option<&Count> {
        self.counts.last()
    }

    /// The one before the last.
    pub fn previous(&self) -> Option<&Count> {
        self.counts.get(self.counts.len().checked_sub(2)?)
    }

    /// The first one.
    pub fn first(&self) -> Option<&Count> {
        self.counts.first()
    }

    /// From when on it counts something else.
    pub fn breaks(&self) -> &[Break] {
        self.first().and_then(|count| count.breaks.as_deref()).unwrap_or_default()
    }
}

/// A rate as published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate, with its interval where one was published.
    pub rate: Estimate,
    /// Per how many people.
    pub per: f64,
    /// When, where said.
    pub period: Option<Period>,
}

/// A percentage from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentage {
    /// The percentage, with its interval where one was published.
    pub percentage: Estimate,
    /// Of how many, where known.
    pub base: Option<f64>,
}

impl Percentage {
    /// The percentage with the published interval, or Wilson's where the base is known.
    pub fn headline(&self) -> Estimate {
        match (self.percentage.interval, self.base) {
            (None, Some(base)) => {
                let (lower, upper) = wilson(self.percentage.estimate / 100.0, base);
                Estimate::between(self.percentage.estimate, lower * 100.0, upper * 100.0)
            }
            _ => self.percentage,
        }
    }
}

/// Offences with the harm of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Offences {
    /// At least one.
    pub offences: Arc<[Offence]>,
    /// When.
    pub period: Period,
}

/// One row of an offence table.
#[derive(Debug, Clone, PartialEq)]
pub struct Offence {
    /// Its name.
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
        stats::harm(self.offences.iter().map(|offence| (offence.count, offence.harm)))
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

/// The same figure for similar areas, this one included.
#[derive(Debug, Clone, PartialEq)]
pub struct Peers {
    /// At least two, with their rates in one unit.
    pub peers: Arc<[Peer]>,
    /// Which of them is this partnership's area.
    pub own: usize,
}

/// One similar area.
#[derive(Debug, Clone, PartialEq)]
pub struct Peer {
    /// Its name.
    pub area: String,
    /// Its rate.
    pub rate: f64,
    /// The count and the people that it is made of, where given.
    pub counted: Option<(f64, f64)>,
}

impl Peers {
    /// The areas as the statistics know them.
    pub fn areas(&self) -> Vec<GroupArea> {
        self.peers.iter().map(|peer| GroupArea { rate: peer.rate, counted: peer.counted }).collect()
    }

    /// This area's rate over the mean of all, itself included; none where the mean is zero.
    pub fn ratio_to_mean(&self) -> Option<Estimate> {
        let rates: Vec<f64> = self.peers.iter().map(|peer| peer.rate).collect();
        let centre = mean(&rates).filter(|centre| *centre > 0.0)?;
        self.peers.get(self.own).map(|own| Estimate::exact(own.rate / centre))
    }

    /// How many areas have a higher rate, plus one.
    pub fn rank(&self) -> usize {
        let own = self.peers.get(self.own).map_or(0.0, |own| own.rate);
        self.peers.iter().filter(|peer| peer.rate > own).count() + 1
    }
}

/// What people in their roles think of it, on a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// At least one.
    pub scores: Arc<[Score]>,
    /// The lowest and highest possible score.
    pub scale: (f64, f64),
    /// Why it was judged so.
    pub because: Shared,
}

/// One person's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The role.
    pub by: Shared,
    /// The score.
    pub score: f64,
}

impl Judgement {
    /// The median score.
    pub fn score(&self) -> f64 {
        let scores: Vec<f64> = self.scores.iter().map(|score| score.score).collect();
        median(&scores).unwrap_or(0.0)
    }

    /// The lowest score given.
    pub fn lowest(&self) -> f64 {
        self.scores.iter().map(|score| score.score).fold(f64::INFINITY, f64::min)
    }

    /// The highest score given.
    pub fn highest(&self) -> f64 {
        self.scores.iter().map(|score| score.score).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The median; between the lowest and the highest score where several people judged.
    pub fn headline(&self) -> Estimate {
        match self.scores.len() {
            0 | 1 => Estimate::exact(self.score()),
            _ => Estimate::between(self.score(), self.lowest(), self.highest()),
        }
    }
}
