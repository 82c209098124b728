//! Who is who over the years: candidates followed by their ids and by what each says that it was.
//!
//! A candidate that had another id, and nobody else had it, is the same one renamed. Where several carry on one, or one
//! carries on several, lines end and others begin. Pure, and nothing is weighed: what is not said is not guessed.

use std::collections::{BTreeMap, BTreeSet};

/// A candidate of one year, as it can be followed.
#[derive(Debug, Clone)]
pub(super) struct Named<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// The ids that it had, or that something had that is part of it now: by its own word, or because areas became others.
    pub(super) formerly: BTreeSet<&'a str>,
}

/// A candidate of one year: the number of the year, and its place in that year's list from 0.
pub type Seat = (usize, usize);

/// A candidate over the years, under whatever ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place in the list of each year, from 0; none where it is not in it.
    pub seats: Vec<Option<usize>>,
    /// The lines that it carries on: those that it was split from or joins.
    pub from: Vec<usize>,
    /// The lines that carry it on.
    pub into: Vec<usize>,
}

impl Line {
    /// Its place in the list of a year, from 0; none where it is not in it.
    pub fn seat(&self, year: usize) -> Option<usize> {
        self.seats.get(year).copied().flatten()
    }

    /// The first year in which it is there.
    pub fn first_year(&self) -> usize {
        self.seats.iter().position(Option::is_some).unwrap_or(0)
    }

    /// The last year in which it is there.
    pub fn last_year(&self) -> usize {
        self.seats.iter().rposition(Option::is_some).unwrap_or(0)
    }

    /// Where it is in the last year that has it.
    pub(super) fn last_seat(&self) -> Seat {
        let year = self.last_year();
        (year, self.seat(year).unwrap_or(0))
    }
}

/// Everybody over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// Those of the last year in the order of its list, then those of the year before, and so on.
    pub(super) lines: Vec<Line>,
    /// Ids that a candidate says it had and that no earlier year has, with the candidate.
    pub(super) unknown: Vec<(Seat, String)>,
}

/// Follows everybody through the years, the earliest first, each with its candidates in the order of its list.
pub(super) fn follow(years: &[Vec<Named<'_>>]) -> Lines {
    let links = Links::new(years);
    let mut lines: Vec<Line> = Vec::new();
    let mut line_of: BTreeMap<Seat, usize> = BTreeMap::new();
    for (year, list) in years.iter().enumerate() {
        for place in 0..list.len() {
            let seat = (year, place);
            let before = links.before(seat);
            let own = match *before {
                [only] if links.after(only).len() == 1 => line_of.get(&only).copied(),
                _ => None,
            };
            let own = own.unwrap_or_else(|| {
                let from = before.iter().filter_map(|seat| line_of.get(seat).copied()).collect();
                lines.push(Line { seats: vec![None; years.len()], from, into: Vec::new() });
                lines.len() - 1
            });
            if let Some(slot) = lines.get_mut(own).and_then(|line| line.seats.get_mut(year)) {
                *slot = Some(place);
            }
            line_of.insert(seat, own);
        }
    }
    Lines { lines: in_order(&lines), unknown: unknown(years) }
}

/// Who carries on whom: from each candidate to those of the first later year that has it, or somebody who was it.
struct Links {
    after: BTreeMap<Seat, Vec<Seat>>,
    before: BTreeMap<Seat, Vec<Seat>>,
}

impl Links {
    fn new(years: &[Vec<Named<'_>>]) -> Self {
        let mut links = Self { after: BTreeMap::new(), before: BTreeMap::new() };
        // The latest candidate with each id that nobody carries on yet.
        let mut open: BTreeMap<&str, Seat> = BTreeMap::new();
        for (year, list) in years.iter().enumerate() {
            let own: BTreeSet<&str> = list.iter().map(|named| named.id).collect();
            let mut taken = BTreeSet::new();
            for (place, named) in list.iter().enumerate() {
                let former = named.formerly.iter().copied().filter(|id| !own.contains(id));
                for id in [named.id].into_iter().chain(former) {
                    let Some(earlier) = open.get(id) else { continue };
                    links.after.entry(*earlier).or_default().push((year, place));
                    links.before.entry((year, place)).or_default().push(*earlier);
                    taken.insert(id);
                }
            }
            open.retain(|id, _| !taken.contains(id));
            open.extend(list.iter().enumerate().map(|(place, named)| (named.id, (year, place))));
        }
        links
    }

    fn after(&self, seat: Seat) -> &[Seat] {
        self.after.get(&seat).map_or(&[], Vec::as_slice)
    }

    fn before(&self, seat: Seat) -> &[Seat] {
        self.before.get(&seat).map_or(&[], Vec::as_slice)
    }
}

/// The lines of the last year first, each with the numbers that the others have in this order.
fn in_order(lines: &[Line]) -> Vec<Line> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|number| {
        let (year, place) = lines.get(*number).map_or((0, 0), Line::last_seat);
        (std::cmp::Reverse(year), place)
    });
    let number: BTreeMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let mut ordered: Vec<Line> = order.iter().filter_map(|old| lines.get(*old).cloned()).collect();
    let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (own, line) in ordered.iter_mut().enumerate() {
        line.from = line.from.iter().filter_map(|old| number.get(old).copied()).collect();
        line.from.sort_unstable();
        line.from.iter().for_each(|from| into.entry(*from).or_default().push(own));
    }
    for (own, line) in ordered.iter_mut().enumerate() {
        line.into = into.remove(&own).unwrap_or_default();
    }
    ordered
}

/// Former ids that no earlier year has.
fn unknown(years: &[Vec<Named<'_>>]) -> Vec<(Seat, String)> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut unknown = Vec::new();
    for (year, list) in years.iter().enumerate() {
        for (place, named) in list.iter().enumerate().filter(|_| year > 0) {
            let missing = named.formerly.iter().filter(|id| !known.contains(*id));
            unknown.extend(missing.map(|id| ((year, place), (*id).to_owned())));
        }
        // What was said once is not told again of the years behind it.
        known.extend(list.iter().flat_map(|named| named.formerly.iter().copied().chain([named.id])));
    }
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named((id, formerly): &(String, Vec<String>)) -> Named<'_> {
        Named { id, formerly: formerly.iter().map(String::as_str).collect() }
    }

    /// Years as `a, b<x+y`: each candidate's id, and behind `<` the ids that it had.
    fn followed(years: &[&str]) -> (Vec<String>, Vec<String>) {
        let parsed: Vec<Vec<(String, Vec<String>)>> = years
            .iter()
            .map(|year| {
                let one = |text: &str| {
                    let (id, formerly) = text.split_once('<').unwrap_or((text, ""));
                    let formerly = formerly.split('+').filter(|id| !id.is_empty()).map(str::to_owned).collect();
                    (id.to_owned(), formerly)
                };
                year.split(", ").filter(|text| !text.is_empty()).map(one).collect()
            })
            .collect();
        let named: Vec<Vec<Named<'_>>> = parsed.iter().map(|year| year.iter().map(named).collect()).collect();
        let found = follow(&named);
        let id = |(year, place): Seat| named[year][place].id;
        let seats = |line: &Line| {
            let one = |(year, seat): (usize, &Option<usize>)| seat.map_or("-", |place| id((year, place)));
            line.seats.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
        };
        let numbers = |numbers: &[usize]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let told = |line: &Line| format!("{} from[{}] into[{}]", seats(line), numbers(&line.from), numbers(&line.into));
        let unknown = found.unknown.iter().map(|(seat, was)| format!("{} was {was}", id(*seat)));
        (found.lines.iter().map(told).collect(), unknown.collect())
    }

    #[track_caller]
    fn check(years: &[&str], lines: &[&str]) {
        assert_eq!(followed(years).0, lines, "{years:?}");
    }

    #[test]
    fn ids_and_renames_are_one_line() {
        check(&["a, b", "b, a", "a, b"], &["a a a from[] into[]", "b b b from[] into[]"]);
        check(&["a", "b<a", "b<a"], &["a b b from[] into[]"]);
        check(&["a", "b<a", "c<a+b"], &["a b c from[] into[]"]);
        check(&["a", "b", "c<a"], &["a - c from[] into[]", "- b - from[] into[]"]);
    }

    #[test]
    fn splits_and_joins_end_lines_and_begin_others() {
        check(
            &["a, b", "a1<a, a2<a, b"],
            &["- a1 from[3] into[]", "- a2 from[3] into[]", "b b from[] into[]", "a - from[] into[0,1]"],
        );
        check(&["a, b", "c<a+b"], &["- c from[1,2] into[]", "a - from[] into[0]", "b - from[] into[0]"]);
        // One goes on under its id and takes another in: it is more than it was.
        check(&["a, b", "a<b"], &["- a from[1,2] into[]", "a - from[] into[0]", "b - from[] into[0]"]);
        // Somebody who goes on under the id was not split.
        check(&["a", "a, c<a"], &["a a from[] into[]", "- c from[] into[]"]);
    }

    #[test]
    fn gaps_are_left_open_and_what_is_not_said_is_not_guessed() {
        check(&["a, b", "b", "a, b"], &["a - a from[] into[]", "b b b from[] into[]"]);
        check(&["a", "b"], &["- b from[] into[]", "a - from[] into[]"]);
        let (_, unknown) = followed(&["a<z", "b<a+x", "b<a+x", "c<y"]);
        assert_eq!(unknown, ["b was x", "c was y"]);
    }
}
