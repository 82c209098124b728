//! What is told of a public edition: to its readers what it does not say, and to whoever publishes it what to look at first.

use std::collections::BTreeMap;

use crate::assessment::{Publication, ToRead, Withheld};
use crate::diagnostic::{Code, Problem, Problems};
use crate::ranked::RankedAssessment;
use crate::words::{counted, first_listed, listed, whole};

/// So many are named, and the others counted.
const MOST_NAMED: usize = 6;

/// What a public edition does not say: part of it.
pub fn for_readers(withheld: &Withheld, publication: &Publication) -> Problem {
    let most = publication.suppress_below - 1;
    let mut told = Vec::new();
    if withheld.small > 0 {
        told.push(format!("{} from 1 to {most}, shown as such", counted(withheld.small, "count", "counts")));
    }
    if withheld.others > 0 {
        let others = counted(withheld.others, "other count", "other counts");
        told.push(format!("{others}, shown as ranges to protect the small ones"));
    }
    if !withheld.figures.is_empty() {
        let of = |(name, figures): (&String, &usize)| format!("{} of `{name}`", whole(*figures));
        let figures = listed(&withheld.figures.iter().map(of).collect::<Vec<_>>());
        told.push(format!("figures from which they could follow ({figures})"));
    }
    if withheld.roles > 0 {
        told.push(format!("names of {}, told as letters", counted(withheld.roles, "role", "roles")));
    }
    if withheld.notes > 0 {
        told.push(counted(withheld.notes, "note", "notes"));
    }
    if told.is_empty() {
        told.push("nothing".to_owned());
    }
    let message = format!(
        "this is the public edition, and some of what is filed is not in it: {}. The list is made of what is published here, so a \
         place can differ from that in the full list",
        listed(&told)
    );
    Problem::new(Code::SmallNumbers, message).help(publication.because.clone())
}

/// What whoever publishes it should look at first: no part of it.
pub fn for_the_publisher(withheld: &Withheld, full: &RankedAssessment<'_>, public: &RankedAssessment<'_>) -> Problems {
    let mut problems = Problems::default();
    let mut by_total: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for given in &withheld.given_away {
        let told = format!("`{}` of `{}`", given.evidence, given.candidate);
        by_total.entry(given.alone_in).or_default().push(told);
    }
    for (alone_in, all) in by_total {
        let counts = counted(all.len(), "small count", "small counts");
        let (message, help) = match alone_in {
            Some(total) => (
                format!("{counts}: the total of {total} is the count itself: {}", listed(&all)),
                format!("publish no total of {total}, or leave the candidate out"),
            ),
            None => (
                format!(
                    "{counts} could follow from totals, and nothing was found to hide that leaves every number open: {}",
                    listed(&all)
                ),
                "publish no total of its area or type, or leave the candidate out".to_owned(),
            ),
        };
        problems.push(Problem::new(Code::GivesAway, message).help(help));
    }
    withheld.to_read.iter().map(to_read).for_each(|text| problems.push(text));
    withheld.misspelt.iter().map(misspelt).for_each(|types| problems.push(types));
    problems.extend(choice_of_ranges(withheld).map(Problems::from).unwrap_or_default());
    problems.extend(other_tiers(full, public).map(Problems::from).unwrap_or_default());
    problems
}

/// A text that is to be read before it is published.
fn to_read(text: &ToRead) -> Problem {
    let numbers = listed(&text.numbers.iter().map(|number| format!("`{number}`")).collect::<Vec<_>>());
    let again = match text.again {
        0 => String::new(),
        again => format!("; {} the same", counted(again, "other text says", "other texts say")),
    };
    let what = &text.what;
    let (code, message) = match text.is_hidden {
        true => (Code::GivesAway, format!("{what} holds a number that is hidden: {numbers}{again}")),
        false => (Code::ReadBeforePublishing, format!("{what} holds {numbers}{again}")),
    };
    let problem = Problem::new(code, message).help("it is published as it is written: read it before you publish");
    match &text.place {
        Some(place) => problem.at(place.clone()),
        None => problem,
    }
}

/// Two titles that may be one type: the total of both is a sum that was not protected.
fn misspelt([one, other]: &[String; 2]) -> Problem {
    let message =
        format!("`{one}` and `{other}` are two types here, and no area has both: totals are protected of each alone");
    let help = "give them one title if they are one type: its total over all areas could give a small count away";
    Problem::new(Code::ReadBeforePublishing, message).help(help)
}

/// That the choice of what is hidden beside small counts is made with all counts at hand.
fn choice_of_ranges(withheld: &Withheld) -> Option<Problem> {
    let others = counted(withheld.others, "count is shown as a range", "counts are shown as ranges");
    let message = format!(
        "{others} to protect small ones, and which were chosen depends on the small ones: whoever runs this \
         program on every guess can rule some of the guesses out"
    );
    let help = "where somebody would, put small areas or types together until no count of theirs is small";
    (withheld.others > 0).then(|| Problem::new(Code::ReadBeforePublishing, message).help(help))
}

/// What whoever seals the full assessment should know of its digest.
pub fn of_the_digest() -> Problem {
    let message = "the digests of the full assessment tell its small numbers to whoever can guess the rest: who knows all else \
                   tries the few numbers there can be";
    let help = "keep digest, record and register among those who may see the evidence; `rank --public` has a digest of its own";
    Problem::new(Code::DigestTells, message).help(help)
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
