//! What came first, and how sure first place is.

use super::basis::made_up_share;
use super::shown::{Shown, of_a_hundred, side_by_side, titles};
use super::sure::{Surety, first_share, of_draws};
use super::weights;
use crate::ranked::RankedAssessment;
use crate::scoring::Trace;
use crate::sensitivity::one_weight::ListThen;
use crate::words::listed;

/// So many that share first place are told with their draws.
const MOST_TOLD: usize = 4;

/// What came first and how sure that is, in two or three sentences; empty where nobody has a total.
pub(super) fn first(report: &RankedAssessment<'_>) -> String {
    let ranked = report.traces.iter().filter(|trace| trace.total.is_some());
    let (firsts, others): (Vec<&Trace<'_>>, Vec<&Trace<'_>>) = ranked.partition(|trace| trace.rank == Some(1));
    // Where there is a list for each area, each has a first of its own.
    let [first, rest @ ..] = &*firsts else { return String::new() };
    if rest.iter().any(|other| other.total != first.total) {
        return String::new();
    }
    let shown = Shown::new(report.rules);
    let points = first.total.map_or_else(String::new, |total| shown.points(total));
    let by = match first.overruling_gate() {
        Some(_) if !first.is_given_a_place() => " by points, though a rule decides otherwise,",
        _ => "",
    };
    let what = match rest.is_empty() {
        true => format!("{} comes first{by} with {points} points.", first.candidate.title),
        false => format!(
            "{} share first place{by} with {points} points each.",
            side_by_side(&titles(firsts.iter().copied()))
        ),
    };
    let how_sure = by_draws(&firsts, &others, report).unwrap_or_else(|| match rest.is_empty() {
        true => by_ranges(first, &others, shown),
        false => "Nothing here says which of them is ahead.".to_owned(),
    });
    let made_up = match made_up_share(first) {
        Some(share) if share > 0.5 => " Most of its score is made up, so this holds only if the made-up scores do.",
        _ => "",
    };
    format!("{what} {how_sure}{made_up}{}", nearest_weight(report))
}

/// The nearest of the weights that were tried, each alone, by which another is first; empty where none was worked out.
fn nearest_weight(report: &RankedAssessment<'_>) -> String {
    let Some(found) = &report.one_weight else { return String::new() };
    let Some(then) = ListThen::nearest(found.limits.iter().filter_map(|limits| limits.first.as_ref())) else {
        return " No weight that was tried, moved alone, puts another first.".to_owned();
    };
    let who = then.first.and_then(|number| report.trace_of(number)).map_or("nobody", |trace| &trace.candidate.title);
    format!(" The nearest weight tried that puts another first: {} ({who}).", weights::counting_for(then, report))
}

/// In how many draws each of them is first, and who else is most often; none where draws do not tell.
fn by_draws(firsts: &[&Trace<'_>], others: &[&Trace<'_>], report: &RankedAssessment<'_>) -> Option<String> {
    let share = |trace: &Trace<'_>| first_share(trace, report);
    let told = |trace: &Trace<'_>| Some(format!("{} in {}", trace.candidate.title, of_a_hundred(share(trace)?)));
    if let [first] = firsts {
        let own = share(first)?;
        let word = match of_draws(own, report.rules.sure) {
            Surety::Secure => "secure",
            Surety::Probable => "probable",
            Surety::Open | Surety::Unlikely => "open",
        };
        let next = others
            .iter()
            .max_by(|one, other| share(one).partial_cmp(&share(other)).unwrap_or(std::cmp::Ordering::Equal));
        let next = next.and_then(|next| told(next)).map_or_else(String::new, |next| format!(", and {next}"));
        return Some(format!(
            "Its first place is {word}: it was first in {} of 100 trial runs{next}.",
            of_a_hundred(own)
        ));
    }
    let each: Vec<String> = firsts.iter().take(MOST_TOLD).map(|trace| told(trace)).collect::<Option<_>>()?;
    let most = firsts.iter().filter_map(|trace| share(trace)).fold(0.0, f64::max);
    let word = if of_draws(most, report.rules.sure) <= Surety::Probable { "" } else { " First place is open." };
    Some(format!("Of 100 trial runs, first were: {}.{word}", listed(&each)))
}

/// Whether anybody else could have more points, each figure where it does most for that; the weights as they are.
fn by_ranges(first: &Trace<'_>, others: &[&Trace<'_>], shown: Shown) -> String {
    let Some((low, _)) = first.least_and_most() else {
        return "How sure its first place is, nothing here says.".to_owned();
    };
    let mut could: Vec<&Trace<'_>> = Vec::new();
    for other in others {
        match other.least_and_most() {
            Some((_, high)) if high < low => {}
            Some(_) => could.push(other),
            None => return "How sure its first place is, nothing here says.".to_owned(),
        }
    }
    let low = shown.end(low);
    match &*could {
        [] => format!(
            "By the ranges its first place is secure: at its lowest it has {low}, and no other with points could have as many."
        ),
        [other, ..] => {
            let high = other.least_and_most().map_or_else(String::new, |(_, high)| shown.end(high));
            format!(
                "By the ranges its first place is open: at its lowest it has {low}, and {} could have {high}.",
                other.candidate.title
            )
        }
    }
}
