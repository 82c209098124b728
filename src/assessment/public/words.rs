//! Texts that are published as they are written and hold a number: whoever publishes them reads them before.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::evidence::Origin;
use crate::assessment::members::{Filed, Member};
use crate::assessment::model::Assessment;
use crate::diagnostic::Place;

/// What stands in place of a figure that is not published.
pub(super) const WITHHELD: &str = "it is withheld from the public edition";

/// Numbers as words, in several ways; the first of each is 1.
const WORDS: [&[&str]; 4] = [
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
    &["once", "twice", "thrice"],
    &["single", "twins", "triplets", "quadruplets"],
];
/// Numbers as the Romans wrote them, from 2.
const ROMAN: [&str; 8] = ["II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
/// Words for 1 that are mostly no number.
const MOSTLY_NONE: [&str; 4] = ["one", "first", "once", "single"];

/// A text that is published as it is written and holds a number.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// What it is: `` `about` of `a1-burglary` ``.
    pub what: String,
    /// Where it stands, where that is known.
    pub place: Option<Place>,
    /// The numbers, as written.
    pub numbers: Vec<String>,
    /// Whether one of them is a number that is hidden.
    pub is_hidden: bool,
    /// How many other texts say the same.
    pub again: usize,
}

/// The texts of an assessment, as published, that hold a number below `below` or one that is hidden of their candidate.
pub(super) fn to_read(published: &Assessment, hidden: &BTreeMap<usize, BTreeSet<u64>>, below: u64) -> Vec<ToRead> {
    let none = BTreeSet::new();
    let mut reader = Reader { below, hidden: &none, found: Vec::new(), by_text: BTreeMap::new() };
    for (number, about) in published.candidates.iter().enumerate() {
        reader.hidden = hidden.get(&number).unwrap_or(&none);
        let words = [
            ("title", Some(&about.title)),
            ("about", about.about.as_ref()),
            ("meanwhile", about.meanwhile.as_ref()),
            ("affected", about.affected.as_ref()),
        ];
        for (key, text) in words {
            reader.read(text, None, || format!("`{key}` of `{}`", about.id));
        }
        if let Some(decisions) = &published.decisions
            && let Some(decided) = decisions.decisions.get(&about.id)
        {
            let what = || format!("the reason of the decision on `{}`", about.id);
            reader.read(Some(&decided.reason), Some(&decisions.place), what);
        }
        for (name, column) in &published.evidence {
            if let Some(evidence) = column.written.get(&number) {
                let what = format!("`{name}` of `{}`", about.id);
                let missing = evidence.figure.missing_because().filter(|why| *why != WITHHELD).map(ToOwned::to_owned);
                reader.read(missing.as_ref(), Some(&evidence.place), || format!("`missing` of {what}"));
                reader.origin(&evidence.origin, &evidence.place, &what);
            }
        }
    }
    reader.hidden = &none;
    for (name, column) in &published.evidence {
        for table in &column.tables {
            reader.origin(&table.origin, &table.place, &format!("the column `{name}`"));
        }
    }
    for statement in &published.statements {
        reader.read(Some(&statement.text), None, || "a statement".to_owned());
        reader.read(Some(&statement.cited.place), None, || "`where` of a statement".to_owned());
    }
    for result in &published.last_plan {
        for text in [&result.priority, &result.measure, &result.baseline, &result.latest] {
            reader.read(Some(text), None, || "a result of the last plan".to_owned());
        }
    }
    for (id, source) in &published.sources {
        let words = [("title", Some(&source.title)), ("publisher", source.publisher.as_ref())];
        for (key, text) in words {
            reader.read(text, None, || format!("`{key}` of the source `{id}`"));
        }
    }
    reader.read(Some(&published.title), None, || "`title` of the assessment".to_owned());
    reader.read(Some(&published.partnership), None, || "`partnership`".to_owned());
    for (code, title) in &published.areas {
        reader.read(Some(title), None, || format!("the title of the area `{code}`"));
    }
    if let Some(population) = &published.population {
        reader.read(Some(&population.cited.place), None, || "`where` of the population".to_owned());
    }
    let parts = published.committee.parts().into_iter().chain(published.committee.by_characteristic());
    for part in parts.filter(|part| part.key != "author") {
        reader.read(part.filed, None, || format!("`{}` of the committee", part.key));
    }
    for member in published.membership.iter().flat_map(|membership| &membership.members) {
        reader.member(member);
    }
    let unthemed = published.membership.iter().flat_map(|membership| &membership.unthemed);
    for (_, because) in unthemed {
        reader.read(Some(because), None, || "`because` of what belongs to no theme".to_owned());
    }
    if let Some(decisions) = &published.decisions {
        reader.read(Some(&decisions.title), Some(&decisions.place), || "the title of the meeting".to_owned());
    }
    reader.found
}

struct Reader<'a> {
    below: u64,
    /// The numbers that are hidden of the candidate whose texts are being read.
    hidden: &'a BTreeSet<u64>,
    found: Vec<ToRead>,
    /// Where each text that holds a number stands in `found`.
    by_text: BTreeMap<(String, bool), usize>,
}

impl Reader<'_> {
    fn origin(&mut self, origin: &Origin, place: &Place, of: &str) {
        let judged = origin.judged.as_ref().map(|judged| &judged.because);
        let caveats = origin.caveats.iter().map(|caveat| ("caveats", Some(caveat)));
        let printed = origin.published.iter().map(|published| ("published", Some(&published.printed)));
        let texts = [("because", judged), ("where", origin.place.as_ref())];
        for (key, text) in texts.into_iter().chain(caveats).chain(printed) {
            self.read(text, Some(place), || format!("`{key}` of {of}"));
        }
        for broken in &origin.breaks {
            self.read(Some(&broken.cause.to_string()), Some(place), || format!("`breaks` of {of}"));
        }
    }

    /// What is shown of a member: its name, and what is said beside its list.
    fn member(&mut self, member: &Member) {
        let id = &member.id;
        self.read(Some(&member.title), Some(&member.place), || format!("`title` of the member `{id}`"));
        match &member.filed {
            Filed::Nothing(why) => {
                self.read(Some(why), Some(&member.place), || format!("`missing` of the member `{id}`"));
            }
            Filed::List(list) => {
                self.read(Some(&list.place), Some(&member.place), || format!("`where` of the list of `{id}`"));
            }
            Filed::Record(_) | Filed::Assessment(_) => {}
        }
        for listed in member.listed() {
            let what = || format!("the title of `{id}/{}`", listed.id);
            self.read(Some(&listed.title), Some(&member.place), what);
        }
    }

    fn read(&mut self, text: Option<&String>, place: Option<&Place>, what: impl FnOnce() -> String) {
        let Some(text) = text else { return };
        let mut is_hidden = false;
        let mut numbers = Vec::new();
        for (number, written) in numbers_in(text) {
            let is_its = self.hidden.contains(&number);
            is_hidden |= is_its;
            let is_number = !MOSTLY_NONE.iter().any(|word| written.eq_ignore_ascii_case(word));
            if is_its || ((1..self.below).contains(&number) && is_number) {
                numbers.push(written.to_owned());
            }
        }
        if numbers.is_empty() {
            return;
        }
        let next = self.found.len();
        let at = *self.by_text.entry((text.clone(), is_hidden)).or_insert(next);
        match self.found.get_mut(at) {
            Some(first) => first.again += 1,
            None => self.found.push(ToRead { what: what(), place: place.cloned(), numbers, is_hidden, again: 0 }),
        }
    }
}

/// The whole numbers in a text, in digits of any script's width, as the Romans wrote them or in words up to twelve, with how
/// each is written. Dates, fractions and numbers within names are none.
fn numbers_in(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let is_end = |letter: char| letter.is_whitespace() || "()[]\"“”'‘’;:!?–—/-".contains(letter);
    text.split(is_end).filter_map(|word| {
        let word = word.trim_matches(['.', ',', '%', '£']);
        let among = |names: &[&str], from: u64| {
            names.iter().position(|name| word.eq_ignore_ascii_case(name)).map(|at| at as u64 + from)
        };
        let in_words = || WORDS.iter().find_map(|names| among(names, 1));
        let roman = || ROMAN.contains(&word).then(|| among(&ROMAN, 2)).flatten();
        in_digits(word).or_else(in_words).or_else(roman).map(|number| (number, word))
    })
}

/// `3`, `1,258`, `3rd`, `3.0` and `３`.
fn in_digits(word: &str) -> Option<u64> {
    let narrow = |letter: char| match u32::from(letter).checked_sub(u32::from('０')) {
        Some(digit @ 0..=9) => char::from_digit(digit, 10).unwrap_or(letter),
        _ => letter,
    };
    let word: String = word.chars().filter(|letter| *letter != ',').map(narrow).collect();
    let word = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word);
    let whole = word.split_once('.').filter(|(_, decimals)| decimals.bytes().all(|digit| digit == b'0'));
    whole.map_or(word, |(whole, _)| whole).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_digits_and_in_words() {
        let found: Vec<u64> =
            numbers_in("Of the 3 (or four) in 1,258, B12 had 2.5, two-thirds of 7.").map(|it| it.0).collect();
        assert_eq!(found, [3, 4, 1258, 2, 7]);
        let found: Vec<u64> =
            numbers_in("The 3rd, ３ triplets, III, thrice, 3.0 and 3.5 of A3").map(|it| it.0).collect();
        assert_eq!(found, [3, 3, 3, 3, 3, 3]);
    }
}
