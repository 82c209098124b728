//! Who comes where how often as CSV, a candidate a row, for a spreadsheet.

use crate::report::csv::table;
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;
use crate::sensitivity::acceptability::CandidateAcceptability;
use crate::sheet::inert;
use crate::words::fixed;

/// Who comes where how often. Shares of the draws are parts of one, to four decimals; of long lists there is no column for each
/// place. Text that a spreadsheet would run as a formula is made inert.
pub fn csv(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    let places = found.acceptability.candidates.iter().filter_map(|it| it.places.as_ref()).map(Vec::len).max();
    let top = format!("in the first {}", found.acceptability.top_places);
    let mut names: Vec<String> =
        ["rank", "id", "title", "mean rank", "rank at 5%", "rank at 50%", "rank at 95%"].map(str::to_owned).into();
    names.push(top);
    names.extend((1..=places.unwrap_or_default()).map(|place| format!("place {place}")));
    let rows = found.acceptability.candidates.iter().map(|it| row(ranking, it));
    table(std::iter::once(names).chain(rows))
}

fn row(ranking: &Ranking<'_>, it: &CandidateAcceptability) -> Vec<String> {
    let about = ranking.assessment.candidates.get(it.candidate);
    let rank = ranking.outcome().rank(it.candidate).map(|rank| rank.to_string());
    let mut cells = vec![
        rank.unwrap_or_default(),
        about.map(|about| inert(&about.id)).unwrap_or_default(),
        about.map(|about| inert(&about.title)).unwrap_or_default(),
        fixed(it.mean_rank, 4),
    ];
    cells.extend(it.rank_quantiles.map(|rank| rank.to_string()));
    cells.push(fixed(it.in_top, 4));
    cells.extend(it.places.iter().flatten().map(|part| fixed(*part, 4)));
    cells
}
