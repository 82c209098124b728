//! The lowest and the highest of a function of whole numbers over a box, by branch and bound: the box is halved until no
//! part of it can hold more than what was found (Land, A.H. and Doig, A.G. 1960, "An automatic method of solving discrete
//! programming problems", *Econometrica* 28(3), 497–520).
//!
//! Where that takes too long, the answer is a bound, and says so. Nothing is drawn at random.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// From where to where each number goes, both ends included.
pub type Area = Vec<(i64, i64)>;

/// How many parts of a box are looked at before the answer is a bound.
const MAX_PARTS: usize = 1000;
/// Of how many numbers that go neither way all corners are tried.
const MAX_CORNERS: usize = 6;

/// Which way a function goes with one of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It never falls where the number rises.
    Rises,
    /// It never rises where the number rises.
    Falls,
    /// Neither is known.
    Unknown,
}

/// What is known of a function over an area without asking for its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// No value is below the first or above the second.
    pub between: (i64, i64),
    /// Which way it goes with each number.
    pub courses: Vec<Course>,
}

/// A function of whole numbers.
pub trait Landscape {
    /// Why a value could not be made.
    type Error;

    /// What is known of an area.
    fn outline(&self, area: &[(i64, i64)]) -> Outline;

    /// The value at a point; none where it is not known to the unit.
    ///
    /// # Errors
    /// Why it could not be made.
    fn at(&mut self, point: &[i64]) -> Result<Option<i64>, Self::Error>;
}

/// The end of what a function can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// The value.
    pub value: i64,
    /// Where the function has it; none where it is only known that it goes no farther.
    pub at: Option<Vec<i64>>,
}

/// The highest value over an area.
///
/// # Errors
/// Those of the landscape.
pub fn highest<L: Landscape>(landscape: &mut L, area: &[(i64, i64)]) -> Result<Extreme, L::Error> {
    Search { landscape, sign: 1, parts: BinaryHeap::new(), best: None }.run(area)
}

/// The lowest value over an area.
///
/// # Errors
/// Those of the landscape.
pub fn lowest<L: Landscape>(landscape: &mut L, area: &[(i64, i64)]) -> Result<Extreme, L::Error> {
    let found = Search { landscape, sign: -1, parts: BinaryHeap::new(), best: None }.run(area)?;
    Ok(Extreme { value: -found.value, ..found })
}

/// A part of the area, and what it can hold at most.
struct Part {
    most: i64,
    area: Area,
}

impl Ord for Part {
    /// By what it can hold; of equals the one with the lower numbers, so that the order is one.
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.cmp(&other.most).then_with(|| other.area.cmp(&self.area))
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Part {}

/// The search for the highest value of a function, times `sign`.
struct Search<'l, L> {
    landscape: &'l mut L,
    sign: i64,
    parts: BinaryHeap<Part>,
    best: Option<(i64, Vec<i64>)>,
}

impl<L: Landscape> Search<'_, L> {
    fn run(mut self, area: &[(i64, i64)]) -> Result<Extreme, L::Error> {
        self.look_at(area)?;
        for _ in 0..MAX_PARTS {
            let Some(part) = self.parts.pop() else { break };
            if self.is_beaten(part.most) {
                self.parts.clear();
                break;
            }
            let Some((lower, upper)) = halves(&part.area) else {
                // A point whose value is not known to the unit.
                return Ok(Extreme { value: part.most, at: None });
            };
            self.look_at(&lower)?;
            self.look_at(&upper)?;
        }
        let open = self.parts.pop().filter(|part| !self.is_beaten(part.most));
        Ok(match (open, self.best) {
            (Some(part), _) => Extreme { value: part.most, at: None },
            (None, Some((value, at))) => Extreme { value, at: Some(at) },
            // Not reached: the first part has a value or stays open.
            (None, None) => Extreme { value: i64::MAX, at: None },
        })
    }

    fn is_beaten(&self, most: i64) -> bool {
        self.best.as_ref().is_some_and(|(value, _)| *value >= most)
    }

    /// Tries some points of an area, and keeps it where it may hold more.
    fn look_at(&mut self, area: &[(i64, i64)]) -> Result<(), L::Error> {
        let area = self.narrowed(area);
        for point in corners(&area) {
            self.try_point(point)?;
        }
        let is_known = self.try_point(area.iter().map(|(low, high)| middle(*low, *high)).collect())?;
        if is_known && area.iter().all(|(low, high)| low == high) {
            return Ok(());
        }
        let (low, high) = self.landscape.outline(&area).between;
        let most = if self.sign > 0 { high } else { low.saturating_neg() };
        if !self.is_beaten(most) {
            self.parts.push(Part { most, area });
        }
        Ok(())
    }

    /// The part of an area where the function is highest by the ways that are known.
    fn narrowed(&self, area: &[(i64, i64)]) -> Area {
        let courses = self.landscape.outline(area).courses;
        let end = |((low, high), course): (&(i64, i64), Course)| match (course, self.sign > 0) {
            (Course::Rises, true) | (Course::Falls, false) => (*high, *high),
            (Course::Falls, true) | (Course::Rises, false) => (*low, *low),
            (Course::Unknown, _) => (*low, *high),
        };
        area.iter().zip(courses).map(end).collect()
    }

    /// Tries a point. Whether its value is known.
    fn try_point(&mut self, point: Vec<i64>) -> Result<bool, L::Error> {
        let Some(value) = self.landscape.at(&point)? else { return Ok(false) };
        let value = value.saturating_mul(self.sign);
        if self.best.as_ref().is_none_or(|(best, _)| value > *best) {
            self.best = Some((value, point));
        }
        Ok(true)
    }
}

fn middle(low: i64, high: i64) -> i64 {
    low + (high - low) / 2
}

/// All corners of an area; where there are many the lowest and the highest alone.
fn corners(area: &[(i64, i64)]) -> Vec<Vec<i64>> {
    let open = area.iter().filter(|(low, high)| low < high).count();
    if open > MAX_CORNERS {
        return vec![area.iter().map(|ends| ends.0).collect(), area.iter().map(|ends| ends.1).collect()];
    }
    let mut corners: Vec<Vec<i64>> = vec![Vec::new()];
    for (low, high) in area {
        let ends = if low == high { vec![*low] } else { vec![*low, *high] };
        let longer = |corner: &Vec<i64>| {
            let corner = corner.clone();
            ends.clone().into_iter().map(move |end| corner.iter().copied().chain([end]).collect())
        };
        corners = corners.iter().flat_map(longer).collect();
    }
    corners
}

/// The two halves of an area, cut where it is longest; none of a point.
fn halves(area: &[(i64, i64)]) -> Option<(Area, Area)> {
    let (at, (low, high)) = area.iter().enumerate().rev().max_by_key(|(_, (low, high))| high - low)?;
    if low == high {
        return None;
    }
    let cut = middle(*low, *high);
    let with = |ends: (i64, i64)| {
        let mut half = area.to_vec();
        if let Some(slot) = half.get_mut(at) {
            *slot = ends;
        }
        half
    };
    Some((with((*low, cut)), with((cut + 1, *high))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x × (y − x)`, of which only what intervals say is known.
    struct Saddle;

    impl Landscape for Saddle {
        type Error = ();

        fn outline(&self, area: &[(i64, i64)]) -> Outline {
            let [(x0, x1), (y0, y1)] = *area else { panic!("two numbers") };
            let other = [y0 - x1, y1 - x0];
            let products: Vec<i64> = [x0, x1].iter().flat_map(|x| other.map(|other| x * other)).collect();
            let between = (*products.iter().min().unwrap(), *products.iter().max().unwrap());
            let y = if x0 >= 0 { Course::Rises } else { Course::Unknown };
            Outline { between, courses: vec![Course::Unknown, y] }
        }

        fn at(&mut self, point: &[i64]) -> Result<Option<i64>, ()> {
            Ok(Some(point[0] * (point[1] - point[0])))
        }
    }

    #[test]
    fn ends_are_those_of_all_points() {
        for area in
            [[(0, 10), (10, 10)], [(-7, 3), (-2, 9)], [(2, 5), (0, 100)], [(4, 4), (-3, -3)], [(-90, 90), (-50, 70)]]
        {
            let all = || (area[0].0..=area[0].1).flat_map(|x| (area[1].0..=area[1].1).map(move |y| x * (y - x)));
            let (low, high) = (lowest(&mut Saddle, &area).unwrap(), highest(&mut Saddle, &area).unwrap());
            assert_eq!((low.value, high.value), (all().min().unwrap(), all().max().unwrap()), "{area:?}");
            for end in [low, high] {
                assert_eq!(Saddle.at(&end.at.unwrap()).unwrap(), Some(end.value));
            }
        }
    }

    /// What is known nowhere is a bound.
    struct Fog;

    impl Landscape for Fog {
        type Error = ();

        fn outline(&self, _: &[(i64, i64)]) -> Outline {
            Outline { between: (-5, 7), courses: vec![Course::Unknown] }
        }

        fn at(&mut self, _: &[i64]) -> Result<Option<i64>, ()> {
            Ok(None)
        }
    }

    #[test]
    fn what_is_not_found_is_a_bound() {
        for area in [[(0, 0)], [(0, 1_000_000)]] {
            assert_eq!(highest(&mut Fog, &area).unwrap(), Extreme { value: 7, at: None });
            assert_eq!(lowest(&mut Fog, &area).unwrap(), Extreme { value: -5, at: None });
        }
    }
}
