//! What is told of a public edition: to its readers what it does not say, and to whoever publishes it what to look at first.

use crate::assessment::{Publication, Withheld};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::ranked::RankedAssessment;
use crate::words::{counted, first_listed, listed, whole};

/// So many are named, and the others counted.
const MOST_NAMED: usize = 6;

/// What a public edition does not say: part of it.
pub fn for_readers(withheld: &Withheld, publication: &Publication) -> Problem {
    let most = publication.suppress_below - 1;
    let mut told = vec![format!("{} from 1 to {most}, shown as such", counted(withheld.small, "count", "counts"))];
    if withheld.others > 0 {
        let others = counted(withheld.others, "other count", "other counts");
        told.push(format!("{others}, shown as ranges to protect the small ones"));
    }
    if withheld.percentages > 0 {
        told.push(format!("{} of few people", counted(withheld.percentages, "percentage", "percentages")));
    }
    if !withheld.evidence.is_empty() {
        let names: Vec<&str> = withheld.evidence.iter().map(String::as_str).collect();
        told.push(format!("all of {}, from which they could follow", quoted_list(&names)));
    }
    let message = format!(
        "this is the public edition, and some figures are not in it: {}. The list is made of what is published here, so a \
         place can differ from that in the full list",
        listed(&told)
    );
    Problem::new(Code::SmallNumbers, message).help(publication.because.clone())
}

/// What whoever publishes it should look at first: no part of it.
pub fn for_the_publisher(withheld: &Withheld, full: &RankedAssessment<'_>, public: &RankedAssessment<'_>) -> Problems {
    let mut problems = Problems::default();
    if !withheld.given_away.is_empty() {
        let of = |(id, name): &(String, String)| format!("`{name}` of `{id}`");
        let told = first_listed(&withheld.given_away.iter().map(of).collect::<Vec<_>>(), MOST_NAMED);
        let message = format!("a total gives a small count away that nothing else can be hidden with: {told}");
        let help = "publish no total of its area or type, or leave the candidate out";
        problems.push(Problem::new(Code::GivesAway, message).help(help));
    }
    if !withheld.in_words.is_empty() {
        let told = first_listed(&withheld.in_words.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>(), MOST_NAMED);
        let message = format!("words about a candidate hold a number that is hidden: {told}");
        let help =
            "words are published as they are written: look at its `title`, `about`, `meanwhile` and the board's reason";
        problems.push(Problem::new(Code::GivesAway, message).help(help));
    }
    problems.extend(other_tiers(full, public).map(Problems::from).unwrap_or_default());
    problems
}

/// Says who is in another tier in the public edition.
fn other_tiers(full: &RankedAssessment<'_>, public: &RankedAssessment<'_>) -> Option<Problem> {
    let standing = |report: &RankedAssessment<'_>, candidate: usize| report.ranking.outcome().standing(candidate);
    let differs = |candidate: &usize| standing(full, *candidate) != standing(public, *candidate);
    let candidates = &full.assessment.candidates;
    let others: Vec<String> = (0..candidates.len())
        .filter(differs)
        .filter_map(|candidate| Some(format!("`{}`", candidates.get(candidate)?.id)))
        .collect();
    let message = format!(
        "{} of {} in another tier in the public edition than in the full list: {}",
        whole(others.len()),
        counted(candidates.len(), "candidate is", "candidates are"),
        first_listed(&others, MOST_NAMED)
    );
    let help = "it is ranked by what is published; say which list holds, or take one whose tiers are alike";
    (!others.is_empty()).then(|| Problem::new(Code::PublicListDiffers, message).help(help))
}
