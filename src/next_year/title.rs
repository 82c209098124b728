//! The years in a title, a year on.

use crate::assessment::Period;

/// The title with every year of the old period in it moved by one; none where it has none. `2025/26`, `2025-26` and
/// `2025/2026` are moved whatever their years, for a title may name the year in which the period ends.
pub(super) fn a_year_on(title: &str, period: Period) -> Option<String> {
    let years = [period.first_day().year(), period.last_day().year()];
    let letters: Vec<char> = title.chars().collect();
    let (mut moved, mut at, mut found) = (String::new(), 0, false);
    while let Some(letter) = letters.get(at) {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let starts = !before.is_some_and(char::is_ascii_digit);
        let year = starts.then(|| number(&letters, at, 4)).flatten();
        let (text, length) = match year.map(|year| (year, second(&letters, at + 4, year))) {
            Some((year, Some((between, digits)))) => {
                let next = year + 2;
                let next = if digits == 2 { format!("{:02}", next % 100) } else { next.to_string() };
                (format!("{}{between}{next}", year + 1), 5 + digits)
            }
            Some((year, None)) if years.contains(&year) => ((year + 1).to_string(), 4),
            _ => (letter.to_string(), 1),
        };
        found |= length > 1;
        moved.push_str(&text);
        at += length;
    }
    found.then_some(moved)
}

/// What stands between the two years of a financial year, and how many digits the second has.
fn second(letters: &[char], at: usize, first: i32) -> Option<(char, usize)> {
    let between = *letters.get(at).filter(|letter| "/-–".contains(**letter))?;
    let follows = |digits: usize| {
        let second = number(letters, at + 1, digits)?;
        (second == if digits == 2 { (first + 1) % 100 } else { first + 1 }).then_some((between, digits))
    };
    follows(4).or_else(|| follows(2))
}

/// A number of so many digits and no more.
fn number(letters: &[char], at: usize, digits: usize) -> Option<i32> {
    let text: String = letters.get(at..at + digits)?.iter().collect();
    let ends = !letters.get(at + digits).is_some_and(char::is_ascii_digit);
    let is_number = ends && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_move_by_one_and_nothing_else_does() {
        for (period, title, moved) in [
            ("2025/26", "Strategic assessment 2025/26", Some("Strategic assessment 2026/27")),
            ("2025/26", "Plan 2025-2026, 2025–26", Some("Plan 2026-2027, 2026–27")),
            ("2018-11/2019-10", "Review 2019/20 of 1998", Some("Review 2020/21 of 1998")),
            ("2019", "Wards, 2019", Some("Wards, 2020")),
            ("1998/99", "To 1999/00", Some("To 2000/01")),
            ("2019", "Wards of 12019 and 20195", None),
            ("2019", "Wards", None),
        ] {
            assert_eq!(a_year_on(title, Period::parse(period).unwrap()).as_deref(), moved, "{title}");
        }
    }
}
