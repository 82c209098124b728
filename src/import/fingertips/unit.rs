//! What the values of an indicator are, by what it is called; and whether they follow from count and denominator.

use crate::words::number;

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueUnit {
    /// A rate per so many people.
    Rate(f64),
    /// A percentage, 0 to 100.
    Percentage,
    /// Any other figure.
    Number,
}

impl ValueUnit {
    /// What count over denominator is multiplied by; none where the value is no such share.
    pub(super) fn per(self) -> Option<f64> {
        match self {
            Self::Rate(per) => Some(per),
            Self::Percentage => Some(100.0),
            Self::Number => None,
        }
    }

    /// As `--unit` takes it.
    pub(super) fn option(self) -> String {
        match self {
            Self::Rate(per) => format!("per-{per}"),
            Self::Percentage => "percentage".to_owned(),
            Self::Number => "number".to_owned(),
        }
    }

    /// The unit of values that are count over denominator times this.
    fn of_factor(per: f64) -> Self {
        if per == 100.0 { Self::Percentage } else { Self::Rate(per) }
    }
}

/// What an indicator's name, or its unit, says its values are; none where it does not say.
pub(super) fn unit_of(name: &str) -> Option<ValueUnit> {
    let small = name.to_lowercase().replace('\u{a0}', " ");
    let rates = small.match_indices("per ").filter(|(at, _)| begins_word(&small, *at)).map(|(at, per)| at + per.len());
    let slashes = small.match_indices('/').map(|(at, slash)| at + slash.len());
    let mut starts: Vec<usize> = rates.chain(slashes).collect();
    starts.sort_unstable();
    let per = starts.into_iter().find_map(|start| rate_base(small.get(start..)?));
    if let Some(per) = per {
        return Some(ValueUnit::Rate(per));
    }
    let words = ["percentage", "percent", "per cent", "proportion"];
    (words.iter().any(|word| small.contains(word)) || has_percent_sign(&small)).then_some(ValueUnit::Percentage)
}

fn begins_word(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// `100,000 population`, `100 000`, `10k`, `million`: a rate's base is 10 or more, and round.
fn rate_base(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let mut digits = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        let three = || after.len() >= 3 && after.bytes().take(3).all(|byte| byte.is_ascii_digit());
        match letter {
            digit if digit.is_ascii_digit() => digits.push(digit),
            ',' | ' ' if !digits.is_empty() && three() && !after.as_bytes().get(3).is_some_and(u8::is_ascii_digit) => {}
            _ => break,
        }
        rest = after;
    }
    let words = [("thousand", 1e3), ("hundred thousand", 1e5), ("ten thousand", 1e4), ("million", 1e6)];
    let named = words.iter().find(|(word, _)| text.starts_with(word)).map(|(_, per)| *per);
    let written = digits.parse::<f64>().ok().map(|base| match rest.trim_start() {
        rest if rest.starts_with("million") => base * 1e6,
        rest if rest.starts_with('k') && !rest.get(1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic)) => {
            base * 1e3
        }
        _ => base,
    });
    named.or(written).filter(|base| [1e1, 1e2, 1e3, 1e4, 1e5, 1e6].contains(base))
}

/// A per cent sign that stands for the unit: `(%)`, `% of adults`, and not `20% most deprived`.
fn has_percent_sign(text: &str) -> bool {
    text.match_indices('%').any(|(at, _)| {
        text.get(..at).is_some_and(|before| !before.trim_end().ends_with(|letter: char| letter.is_ascii_digit()))
    })
}

/// Whether a rate is worked out for a population of other ages, so that it need not be count over denominator.
pub(super) fn is_adjusted(name: &str) -> bool {
    let small = name.to_lowercase();
    let words = ["standardis", "standardiz", "adjusted", "dsr", "isr", "modelled", "model-based", "estimate"];
    words.iter().any(|word| small.contains(word))
}

/// A printed value beside the count and denominator that it may follow from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) value: f64,
    /// How many decimals it is printed with.
    pub(super) decimals: u32,
    pub(super) count: f64,
    pub(super) denominator: f64,
    /// How many years were pooled.
    pub(super) years: u32,
}

/// How a value follows from its count and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Count over denominator: in pooled years the denominator is of all years together.
    OverAll,
    /// Count over denominator and years: the denominator is of one year.
    OverOne,
    /// Neither.
    Not,
}

impl Share {
    /// How the value follows, as so many per `per`.
    pub(super) fn follows(&self, per: f64) -> Follows {
        let share = self.count / self.denominator * per;
        if self.is(share) {
            Follows::OverAll
        } else if self.years > 1 && self.is(share / f64::from(self.years)) {
            Follows::OverOne
        } else {
            Follows::Not
        }
    }

    /// Which of the two an adjusted value is near to, within a quarter; it need not be equal to either.
    pub(super) fn is_near(&self, per: f64) -> Follows {
        let share = self.count / self.denominator * per;
        let near = |share: f64| share > 0.0 && (0.8..=1.25).contains(&(self.value / share));
        match (near(share), near(share / f64::from(self.years))) {
            (true, false) => Follows::OverAll,
            (false, true) => Follows::OverOne,
            _ => Follows::Not,
        }
    }

    /// Another unit in which the value would follow.
    pub(super) fn other_unit(&self, per: Option<f64>) -> Option<ValueUnit> {
        // A value of one digit is near too much.
        let digits = self.value.abs() / self.last_place();
        let others = [1.0, 100.0, 1e3, 1e4, 1e5, 1e6].into_iter().filter(|other| Some(*other) != per);
        let found =
            others.filter(|_| self.count > 0.0 && digits >= 10.0).find(|other| self.follows(*other) != Follows::Not)?;
        Some(if found == 1.0 { ValueUnit::Number } else { ValueUnit::of_factor(found) })
    }

    /// Count over denominator, in words: `120.1 per 100,000`.
    pub(super) fn in_words(&self, unit: ValueUnit) -> String {
        let share = self.count / self.denominator;
        match unit {
            ValueUnit::Rate(per) => format!("{} per {}", number(share * per, 2), number(per, 0)),
            ValueUnit::Percentage | ValueUnit::Number => format!("{}%", number(share * 100.0, 2)),
        }
    }

    /// Whether `exact`, rounded as the value is, is the value.
    fn is(&self, exact: f64) -> bool {
        (exact - self.value).abs() <= 0.5 * self.last_place() * 1.001 + exact.abs() * 1e-9
    }

    /// What one in the last decimal that is printed stands for.
    fn last_place(&self) -> f64 {
        libm::pow(10.0, -f64::from(self.decimals.min(15)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_off_names_only_where_they_say_so() {
        let rate = |per| Some(ValueUnit::Rate(per));
        let per_cent = Some(ValueUnit::Percentage);
        for (name, unit) in [
            ("Admissions for alcohol, directly standardised rate per 100,000", rate(1e5)),
            ("Violent crime - offences per 1,000 population", rate(1e3)),
            ("Campylobacter incidence rate/100,000", rate(1e5)),
            ("TB incidence per 100 000", rate(1e5)),
            ("Deaths per 10000 people", rate(1e4)),
            ("Hours of care per week per 1,000 adults", rate(1e3)),
            ("Rate per million", rate(1e6)),
            ("Deaths per 100,000 in the 20% most deprived areas", rate(1e5)),
            ("Deaths / 100,000", rate(1e5)),
            ("Percentage of re-offenders", per_cent),
            ("Smoking prevalence in adults (%)", per_cent),
            ("% of adults who smoke", per_cent),
            ("Average number of attempts", None),
            ("Number of people in the 20% most deprived areas", None),
            ("Admissions 2017/18", None),
            ("Litres per person", None),
            ("Upper 100", None),
        ] {
            assert_eq!(unit_of(name), unit, "{name}");
        }
    }

    #[test]
    fn a_value_follows_from_its_count_or_not() {
        let share = Share { value: 17.2, decimals: 1, count: 3096.0, denominator: 180_000.0, years: 3 };
        assert_eq!(share.follows(1000.0), Follows::OverAll);
        assert_eq!(Share { denominator: 60_000.0, ..share }.follows(1000.0), Follows::OverOne);
        assert_eq!(Share { denominator: 60_000.0, years: 1, ..share }.follows(1000.0), Follows::Not);
        assert_eq!(share.other_unit(Some(1e5)), Some(ValueUnit::Rate(1e3)));
        assert_eq!(Share { value: 172.0, decimals: 0, ..share }.other_unit(None), Some(ValueUnit::Rate(1e4)));
        // 65.4 stands for 65.38.
        let rounded = Share { value: 65.4, decimals: 1, count: 137.0, denominator: 209_547.0, years: 1 };
        assert_eq!(rounded.follows(1e5), Follows::OverAll);
        assert_eq!(Share { value: 65.5, ..rounded }.follows(1e5), Follows::Not);
        let adjusted = Share { value: 18.3, ..share };
        assert_eq!([adjusted.follows(1e3), adjusted.is_near(1e3)], [Follows::Not, Follows::OverAll]);
        assert_eq!(Share { value: 6.0, ..share }.is_near(1e3), Follows::OverOne);
        assert_eq!(Share { value: 10.0, ..share }.is_near(1e3), Follows::Not);
    }
}
