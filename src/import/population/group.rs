//! Whom to count: a sex, and ages in completed years, as publishers and people write them.

use crate::words::listed;
use crate::words::name_of;

/// The most bands of ages that are told.
const MAX_BANDS: usize = 12;

/// People of either sex, or of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// Everybody.
    Persons,
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
}

impl Sex {
    /// Reads `F`, `Females`, `Male`, `Persons`, `Total`; of the codes of the ONS 1 is male and 2 is female.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.trim().trim_end_matches(':').trim().to_lowercase().as_str() {
            "f" | "female" | "females" | "women" | "2" => Some(Self::Female),
            "m" | "male" | "males" | "men" | "1" => Some(Self::Male),
            "p" | "t" | "persons" | "person" | "people" | "total" | "all" | "all persons" | "both" | "0" => {
                Some(Self::Persons)
            }
            _ => None,
        }
    }
}

/// Ages in completed years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ages {
    /// The lowest.
    pub from: u32,
    /// The highest; [`Ages::OPEN`] where there is none.
    pub to: u32,
}

impl Ages {
    /// No highest age.
    pub const OPEN: u32 = u32::MAX;
    /// Everybody.
    pub const ALL: Self = Self { from: 0, to: Self::OPEN };

    /// Reads `10-17`, `Aged 10 to 17`, `Age 10`, `65+`, `65 and over`, `Under 16`, `All ages`.
    pub fn parse(text: &str) -> Option<Self> {
        let words = text.to_lowercase().replace(['-', '–', '_'], " to ").replace('+', " + ");
        let words: Vec<&str> =
            words.split_whitespace().filter(|word| !matches!(*word, "aged" | "age" | "ages" | "years")).collect();
        match *words {
            ["all" | "total"] | ["all", "persons"] => Some(Self::ALL),
            [age] => Self::between(number(age)?, number(age)?),
            [age, "+" | "plus"] | [age, "and" | "or", "over" | "above" | "older"] => {
                Self::between(number(age)?, Self::OPEN)
            }
            ["under", age] => Self::between(0, number(age)?.checked_sub(1)?),
            [from, "to", to] => Self::between(number(from)?, number(to)?),
            _ => None,
        }
    }

    fn between(from: u32, to: u32) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Whether all of them are among `others`.
    pub(super) fn within(self, others: Self) -> bool {
        others.from <= self.from && self.to <= others.to
    }

    /// `10 to 17`, `65 and over`, `10`; empty for everybody.
    pub(super) fn words(self) -> String {
        match (self.from, self.to) {
            (0, Self::OPEN) => String::new(),
            (from, Self::OPEN) => format!("{from} and over"),
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from} to {to}"),
        }
    }
}

/// An age that somebody can have.
fn number(text: &str) -> Option<u32> {
    let digits = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|age| *age <= 125)
}

/// Whom to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleGroup {
    /// Of which sex.
    pub sex: Sex,
    /// Of which ages.
    pub ages: Ages,
}

impl PeopleGroup {
    /// Whether it is everybody.
    pub(super) fn is_all(self) -> bool {
        self.sex == Sex::Persons && self.ages == Ages::ALL
    }

    /// `residents`, `female residents aged 10 to 17`.
    pub(super) fn words(self) -> String {
        let sex = match self.sex {
            Sex::Persons => "",
            Sex::Female => "female ",
            Sex::Male => "male ",
        };
        match self.ages.words() {
            ages if ages.is_empty() => format!("{sex}residents"),
            ages => format!("{sex}residents aged {ages}"),
        }
    }

    /// The name of evidence: `residents_aged_10_to_17`.
    pub(super) fn evidence(self) -> String {
        name_of(&self.words())
    }
}

/// Which ages there are of a sex: `female residents: 0 to 15 and 16 and over`.
pub(super) fn bands_of<'a>(sex: Sex, bands: impl Iterator<Item = &'a Ages>) -> String {
    let all = PeopleGroup { sex, ages: Ages::ALL };
    let named = |ages: &Ages| if *ages == Ages::ALL { "all ages".to_owned() } else { ages.words() };
    let mut bands: Vec<String> = bands.map(named).collect();
    if let Some(more @ 1..) = bands.len().checked_sub(MAX_BANDS) {
        bands.truncate(MAX_BANDS);
        bands.push(format!("{more} more"));
    }
    format!("{}: {}", all.words(), listed(&bands))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_publishers_and_people_write_them() {
        for (text, from, to) in [
            ("10-17", 10, 17),
            ("Aged 10 to 17", 10, 17),
            ("10–17", 10, 17),
            ("Age 10", 10, 10),
            ("0", 0, 0),
            ("65+", 65, Ages::OPEN),
            ("Aged 65+", 65, Ages::OPEN),
            ("65 and over", 65, Ages::OPEN),
            ("Under 16", 0, 15),
            ("All ages", 0, Ages::OPEN),
            ("All Ages", 0, Ages::OPEN),
            ("Total", 0, Ages::OPEN),
        ] {
            assert_eq!(Ages::parse(text), Some(Ages { from, to }), "{text}");
        }
        for text in ["", "17-10", "young", "2019", "10 17", "-5", "Under 0", "10-"] {
            assert_eq!(Ages::parse(text), None, "{text}");
        }
    }

    #[test]
    fn groups_have_words_and_names() {
        let group = PeopleGroup { sex: Sex::Female, ages: Ages { from: 65, to: Ages::OPEN } };
        assert_eq!(group.words(), "female residents aged 65 and over");
        assert_eq!(group.evidence(), "female_residents_aged_65_and_over");
        assert!(PeopleGroup { sex: Sex::Persons, ages: Ages::ALL }.is_all());
    }
}
