//! The statistics that rules can ask for, with what each says in words. Nothing is computed here but the per cent of a
//! ratio.

use std::cmp::Ordering;

use crate::assessment::{Count, Denominator, Offences};
use crate::stats::{Agreement, Estimate, GroupRate, Harm, Pool, PooledRate, Position, Trend};
use crate::words::{counted, number, with_noun};

/// What was worked out, with the figures that its sentence needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Statistic {
    /// Nothing, and why.
    Refused(String),
    /// A rate: the count that it is of, among how many, and per how many of them.
    Rate { rate: Estimate, per: f64, of: Count, among: Denominator },
    /// A rate drawn towards that of all that the count is pooled with.
    Pooled(Box<Pooled>),
    /// How a count moved.
    Change(Movement),
    /// How many standard deviations a count moved.
    Score { now: f64, before: f64, z: f64 },
    /// A percentage of a base, where that is known, and its interval.
    Share { percentage: f64, base: Option<f64>, interval: Option<(f64, f64)> },
    /// How many points a percentage moved.
    Points { now: f64, before: f64 },
    /// The harm of offences.
    Harm(Offences, Harm),
    /// The harm of offences a year per so many people.
    HarmRate(Offences, HarmRate),
    /// How harm moved, per month.
    HarmChange(Movement),
    /// A movement brought to a year.
    Yearly(Yearly),
    /// Where an area stands among similar ones: with the funnel it is in, if that is known.
    Position(Position, GroupRate, Option<InFunnel>),
    /// How a count goes on from year to year.
    Trend(Trend),
    /// How far scorers agree.
    Agreement(Agreement),
    /// The mean of so many scores, so many cut off at either end.
    Mean { mean: f64, scorers: usize, cut: usize },
    /// How far so many scores lie from their mean.
    Deviation { deviation: f64, scorers: usize },
    /// What members say, in a sentence.
    OfMembers(String),
}

/// A rate drawn towards that of all that its count is pooled with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pooled {
    /// The rate, and how much of it is that of all.
    pub(super) pooled: PooledRate,
    /// The count's own rate.
    pub(super) own: Estimate,
    /// Per how many.
    pub(super) per: f64,
    /// The count, which knows whom it is pooled with.
    pub(super) of: Count,
    /// Among how many.
    pub(super) among: Denominator,
    /// All of them together.
    pub(super) pool: Pool,
}

impl Pooled {
    fn sentence(&self) -> String {
        let (rate, own, together) = (self.pooled.rate.estimate, self.own.estimate, self.pool.rate * self.per);
        let [rate, own, together] = [rate, own, together].map(|rate| number(rate, 2));
        let (per, unit, count) = (number(self.per, 0), self.among.unit, self.of.in_words());
        let (many, months) = (number(self.among.number, 0), months_in_words(self.of.period.months()));
        let borrowed = number(self.pooled.borrowed * 100.0, 0);
        let all = self.of.pool.as_ref().map(|pool| pool.in_words()).unwrap_or_default();
        format!(
            "{rate} per {per} {unit} a year, of which {borrowed}% is borrowed: its own is {own}, from {count} in {months} among {many} {unit}, and that of {all} together {together}"
        )
    }
}

/// A harm and what it is a year per so many people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HarmRate {
    /// The harm a year per so many people.
    pub(super) rate: f64,
    /// Per how many.
    pub(super) per: f64,
    /// The harm.
    pub(super) harm: Harm,
    /// In how many months.
    pub(super) months: f64,
    /// Among how many people.
    pub(super) people: f64,
}

/// A movement from one period to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Movement {
    /// The figure now and its months.
    pub(super) now: (f64, f64),
    /// The figure before and its months.
    pub(super) before: (f64, f64),
    /// Whether both are of the same people over as many months, so that the figures themselves compare.
    pub(super) alike: bool,
    /// The rate now over the rate before; none where there was nothing before.
    pub(super) ratio: Option<f64>,
    /// The least that the ratio can be, where there was nothing before.
    pub(super) at_least: Option<f64>,
    /// How many years lie between the middles of the two periods.
    pub(super) years: f64,
    /// Whether the two periods share days.
    pub(super) overlapping: bool,
}

/// A movement and what it is a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Yearly {
    /// What moved: empty for counts.
    pub(super) what: &'static str,
    /// How it moved from one period to the other.
    pub(super) moved: Movement,
    /// The ratio a year.
    pub(super) ratio: f64,
}

/// Between which limits of a funnel plot an area lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InFunnel {
    /// Within those that hold 95%.
    Inside,
    /// Beyond those, and within those that hold 99.8%.
    Between,
    /// Beyond the wider limits too.
    Outside,
}

impl Statistic {
    /// The sentence, without its full stop; `by_chance` is whether chance explains it.
    pub(super) fn sentence(&self, by_chance: Option<bool>) -> String {
        let chance = match by_chance {
            Some(true) => ", within what chance explains",
            Some(false) => ", beyond what chance explains",
            None => "",
        };
        match self {
            Self::Refused(sentence) | Self::OfMembers(sentence) => sentence.clone(),
            Self::Rate { rate, per, of, among } => {
                let rate_of = |count: f64| number(count * 12.0 / of.period.months() * *per / among.number, 2);
                let rate = match of.not_known() {
                    Some((least, most)) => format!("between {} and {}", rate_of(least), rate_of(most)),
                    None => number(rate.estimate, 2),
                };
                let (per, count) = (number(*per, 0), of.in_words());
                let (months, many, unit) = (months_in_words(of.period.months()), number(among.number, 0), among.unit);
                format!("{rate} per {per} {unit} a year: {count} in {months} among {many} {unit}")
            }
            Self::Pooled(found) => found.sentence(),
            Self::Change(moved) => format!("{}{chance}", moved.words("")),
            Self::HarmChange(moved) => format!("{}{chance}", moved.words("harm ")),
            Self::Yearly(found) => format!("{}{chance}: {}", found.moved.words(found.what), found.words()),
            Self::Score { now, before, z } => {
                let (before, now, z) = (number(*before, 0), number(*now, 0), number(*z, 2));
                format!("from {before} to {now}, {z} standard deviations{chance}")
            }
            Self::Share { percentage, base, interval } => share_in_words(*percentage, *base, *interval),
            Self::Points { now, before } => {
                let points = number((now - before).abs(), 1);
                let (from, to) = (number(*before, 1), number(*now, 1));
                match now.total_cmp(before) {
                    Ordering::Greater => format!("up {points} points, from {from}% to {to}%{chance}"),
                    Ordering::Less => format!("down {points} points, from {from}% to {to}%{chance}"),
                    Ordering::Equal => format!("unchanged at {to}%{chance}"),
                }
            }
            Self::Harm(offences, harm) => {
                let harmed = format!("harm of {}", number(harm.estimate.estimate, 0));
                [Some(harmed), heaviest_in_words(offences, harm)].into_iter().flatten().collect::<Vec<_>>().join("; ")
            }
            Self::HarmRate(offences, found) => {
                let (rate, per, harm) =
                    (number(found.rate, 1), number(found.per, 0), number(found.harm.estimate.estimate, 0));
                let (months, people) = (months_in_words(found.months), number(found.people, 0));
                let harmed = format!("{rate} per {per} people a year: harm of {harm} in {months} among {people}");
                let heaviest = heaviest_in_words(offences, &found.harm);
                [Some(harmed), heaviest].into_iter().flatten().collect::<Vec<_>>().join("; ")
            }
            Self::Position(position, convention, funnel) => position_in_words(position, *convention, *funnel),
            Self::Trend(trend) => format!("{}{chance}{}", trend_in_words(trend), dispersion_in_words(trend)),
            Self::Agreement(found) => {
                let (low, high) = (number(found.lowest, 2), number(found.highest, 2));
                let (median, index) = (number(found.median, 2), number(found.index, 2));
                let scorers = found.scorers;
                format!("{scorers} scorers, from {low} to {high} with a median of {median}: agreement {index} of 1")
            }
            Self::Mean { mean, scorers, cut } => {
                let cut = match cut {
                    0 => String::new(),
                    1 => " without the lowest and the highest".to_owned(),
                    cut => format!(" without the {cut} lowest and the {cut} highest"),
                };
                format!("a mean of {}, of {}{cut}", number(*mean, 2), counted(*scorers, "score", "scores"))
            }
            Self::Deviation { deviation, scorers } => {
                let scores = counted(*scorers, "score", "scores");
                format!("{scores} with a standard deviation of {}", number(*deviation, 2))
            }
        }
    }
}

impl Yearly {
    fn words(&self) -> String {
        let years = with_noun(&number(self.moved.years, 1), "year", "years");
        match self.ratio.partial_cmp(&1.0) {
            Some(Ordering::Greater) => format!("up {} a year over {years}", per_cent(self.ratio)),
            Some(Ordering::Less) => format!("down {} a year over {years}", per_cent(self.ratio)),
            _ => format!("unchanged over {years}"),
        }
    }
}

impl Movement {
    fn words(&self, what: &str) -> String {
        let (from, to) = (number(self.before.0, 0), number(self.now.0, 0));
        let (before, now) = (months_in_words(self.before.1), months_in_words(self.now.1));
        let figures = match self.alike || before == now {
            true => format!("from {from} to {to}"),
            false => format!("from {from} in {before} to {to} in {now}"),
        };
        let rate = if self.alike { "" } else { "the rate " };
        match (self.ratio, self.at_least) {
            (None, Some(least)) => format!("{what}up {figures}, at least {} times as much", number(least, 2)),
            (Some(ratio), _) if ratio != 1.0 => {
                let way = if ratio > 1.0 { "up" } else { "down" };
                format!("{rate}{what}{way} {}, {figures}", per_cent(ratio))
            }
            _ => format!("{rate}{what}unchanged, {figures}"),
        }
    }
}

fn per_cent(ratio: f64) -> String {
    let change = (ratio - 1.0).abs() * 100.0;
    match change {
        small if small < 0.95 => format!("{}%", number(small.max(0.1), 1)),
        large => format!("{}%", number(large, 0)),
    }
}

fn months_in_words(months: f64) -> String {
    with_noun(&number(months, 1), "month", "months")
}

fn share_in_words(percentage: f64, base: Option<f64>, interval: Option<(f64, f64)>) -> String {
    let of = base.map_or_else(String::new, |base| format!(" of {}", number(base, 0)));
    let between = match interval {
        Some((lower, upper)) => format!("between {}% and {}%", number(lower, 1), number(upper, 1)),
        None => "how sure is not known".to_owned(),
    };
    format!("{}%{of}, {between}", number(percentage, 1))
}

/// How much of the harm is from which row; none where there is no harm.
fn heaviest_in_words(offences: &Offences, harm: &Harm) -> Option<String> {
    let heaviest = harm.heaviest?;
    let row = offences.offences.get(heaviest.row)?;
    let (share, few, all) = (number(heaviest.share * 100.0, 0), number(heaviest.count, 0), number(harm.matched, 0));
    Some(format!("{share}% of it is from {few} of {all} offences: \"{}\"", row.offence))
}

fn position_in_words(position: &Position, convention: GroupRate, funnel: Option<InFunnel>) -> String {
    let (ratio, of) = (number(position.ratio.estimate, 2), position.areas);
    let areas = counted(of, "area", "areas");
    let group = match convention {
        GroupRate::MeanWithSelf => format!("the mean of {areas}, this one included"),
        GroupRate::LeaveOneOut if of == 2 => "the rate of the other area".to_owned(),
        GroupRate::LeaveOneOut => format!("the mean of the {} other areas", of - 1),
        GroupRate::Pooled => format!("the pooled rate of {areas}"),
    };
    let mut parts =
        vec![format!("{ratio} times {group}"), format!("number {} of {of} from the highest", position.rank)];
    parts.extend(funnel.map(|funnel| {
        match funnel {
            InFunnel::Inside => "within the 95% limits of the funnel",
            InFunnel::Between => "beyond the 95% limits of the funnel, within those of 99.8%",
            InFunnel::Outside => "beyond the 99.8% limits of the funnel",
        }
        .to_owned()
    }));
    parts.join("; ")
}

fn trend_in_words(trend: &Trend) -> String {
    let slope = trend.per_cent_a_year;
    let way = if slope.estimate < 0.0 { "down" } else { "up" };
    let interval = slope
        .interval
        .map_or_else(String::new, |(lower, upper)| format!(" ({} to {})", number(lower, 1), number(upper, 1)));
    let years = counted(trend.points, "year", "years");
    format!("{way} {}% a year{interval} over {years}", number(slope.estimate.abs(), 1))
}

fn dispersion_in_words(trend: &Trend) -> String {
    if trend.dispersion <= 1.0 {
        return String::new();
    }
    let times = number(trend.dispersion, 1);
    format!("; the years vary {times} times as much as chance would have them, and the interval is widened for it")
}
