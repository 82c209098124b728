//! The words by which people label the parts of a scoring sheet: weights, totals, ranks, notes. None is about crime.

use crate::sheet::header_words;

const WEIGHTS: [&str; 4] = ["weight", "weights", "weighting", "weightings"];
/// Words that may stand beside one of [`WEIGHTS`] in a label.
const BESIDE_WEIGHTS: [&str; 26] = [
    "the",
    "of",
    "for",
    "in",
    "per",
    "cent",
    "percent",
    "percentage",
    "factor",
    "factors",
    "criteria",
    "criterion",
    "section",
    "sections",
    "group",
    "groups",
    "category",
    "relative",
    "agreed",
    "points",
    "out",
    "total",
    "sum",
    "value",
    "new",
    "old",
];
const SECTION_WORDS: [&str; 8] =
    ["section", "sections", "group", "groups", "category", "categories", "heading", "domain"];
/// A header that begins with one of these, alone or before [`BESIDE_TOTALS`], is worked out of the others.
const TOTALS: [&str; 17] = [
    "total", "totals", "overall", "sum", "score", "scores", "final", "points", "weighted", "grand", "result",
    "combined", "average", "avg", "mean", "subtotal", "sub",
];
const BESIDE_TOTALS: [&str; 24] = [
    "total",
    "score",
    "scores",
    "scoring",
    "points",
    "weighted",
    "weight",
    "x",
    "overall",
    "final",
    "sum",
    "of",
    "all",
    "result",
    "risk",
    "rating",
    "priority",
    "index",
    "value",
    "average",
    "mean",
    "out",
    "percentage",
    "max",
];
/// The last word of headers that can be a total or a criterion.
const DOUBTFUL: [&str; 6] = ["score", "rating", "points", "total", "result", "index"];
const RANKS: [&str; 8] = ["rank", "ranking", "ranked", "position", "place", "priority", "order", "priority order"];
const NOTES: [&str; 23] = [
    "note",
    "notes",
    "comment",
    "comments",
    "rationale",
    "reason",
    "reasons",
    "justification",
    "narrative",
    "source",
    "sources",
    "lead",
    "owner",
    "mitigation",
    "mitigations",
    "date",
    "updated",
    "remarks",
    "explanation",
    "assumptions",
    "contact",
    "scorer",
    "commentary",
];
const IDS: [&str; 8] = ["id", "ref", "reference", "no", "number", "code", "item", "s n"];
const FEET: [&str; 18] = [
    "total", "totals", "average", "averages", "avg", "av", "ave", "mean", "max", "maximum", "min", "minimum", "median",
    "sum", "count", "sd", "stdev", "subtotal",
];
const BESIDE_FEET: [&str; 24] = [
    "total",
    "totals",
    "average",
    "mean",
    "max",
    "maximum",
    "min",
    "minimum",
    "score",
    "scores",
    "of",
    "all",
    "the",
    "per",
    "criterion",
    "criteria",
    "column",
    "possible",
    "points",
    "weighted",
    "value",
    "available",
    "overall",
    "grand",
];
/// A word in the name of a row that may sum up others.
const SUMMARIES: [&str; 20] = [
    "average",
    "averages",
    "avg",
    "mean",
    "means",
    "median",
    "total",
    "totals",
    "subtotal",
    "subtotals",
    "sum",
    "overall",
    "highest",
    "lowest",
    "maximum",
    "minimum",
    "max",
    "min",
    "benchmark",
    "threshold",
];
/// A word, beside those of [`WEIGHTS`], in the name of a row that may hold weights.
const MAY_BE_WEIGHTS: [&str; 7] =
    ["importance", "multiplier", "multipliers", "coefficient", "coefficients", "loading", "loadings"];
/// A word in the header of a column that says which group a candidate is in.
const GROUPS: [&str; 16] = [
    "group",
    "groups",
    "grouping",
    "category",
    "categories",
    "section",
    "domain",
    "directorate",
    "service",
    "family",
    "class",
    "cluster",
    "pillar",
    "heading",
    "strand",
    "portfolio",
];
const HIGHEST: [&str; 12] = [
    "out of",
    "max score",
    "maximum score",
    "max points",
    "maximum points",
    "max possible",
    "maximum possible",
    "max possible score",
    "maximum possible score",
    "points available",
    "highest possible score",
    "maximum available",
];
/// Words that begin what stands below or beside a table.
const LEGENDS: [&str; 9] = ["key", "legend", "scoring", "guidance", "scale", "guide", "notes", "definitions", "score"];
const LIKELIHOODS: [&str; 4] = ["likelihood", "probability", "frequency", "chance"];
const IMPACTS: [&str; 6] = ["impact", "severity", "consequence", "consequences", "harm", "effect"];
/// Words that people write for scores. They stand for no number until somebody says for which.
const SCORE_WORDS: [&str; 37] = [
    "very low",
    "low",
    "low medium",
    "medium",
    "med",
    "moderate",
    "medium high",
    "high",
    "very high",
    "critical",
    "severe",
    "major",
    "minor",
    "negligible",
    "insignificant",
    "minimal",
    "significant",
    "extreme",
    "catastrophic",
    "rare",
    "unlikely",
    "possible",
    "likely",
    "very likely",
    "almost certain",
    "certain",
    "red",
    "amber",
    "green",
    "none",
    "yes",
    "no",
    "l",
    "m",
    "h",
    "vh",
    "vl",
];

fn words(text: &str) -> Vec<String> {
    header_words(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn has(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// Whether a label says that weights follow: `Weight`, `Weighting (%)`, `Section weight`.
pub(super) fn is_weights(label: &str) -> bool {
    let words = words(label);
    let fits = |word: &String| has(&WEIGHTS, word) || has(&BESIDE_WEIGHTS, word) || is_digits(word);
    words.iter().any(|word| has(&WEIGHTS, word)) && words.iter().all(fits)
}

/// Whether a label of weights says that they are those of sections.
pub(super) fn is_of_sections(label: &str) -> bool {
    words(label).iter().any(|word| has(&SECTION_WORDS, word))
}

/// Whether a header says that its column is worked out of the others: `Total`, `Weighted score`, `Overall score`.
pub(super) fn is_total(header: &str) -> bool {
    let words = words(header);
    let Some((first, rest)) = words.split_first() else { return false };
    has(&TOTALS, first) && rest.iter().all(|word| has(&BESIDE_TOTALS, word) || is_digits(word))
}

/// Whether a header can be that of a total as well as that of a criterion: `Risk score`.
pub(super) fn is_doubtful(header: &str) -> bool {
    words(header).last().is_some_and(|word| has(&DOUBTFUL, word))
}

/// Whether a header names a criterion's score times its weight: `Harm weighted`.
pub(super) fn is_weighted(header: &str) -> bool {
    words(header).iter().any(|word| word == "weighted")
}

/// Whether a header says no more than that scores are below it.
pub(super) fn is_plain_score(header: &str) -> bool {
    matches!(
        &*header_words(header),
        "score" | "scores" | "raw score" | "rating" | "raw" | "points" | "mark" | "unweighted"
    )
}

pub(super) fn is_rank(header: &str) -> bool {
    let words = words(header);
    let fits =
        |word: &String| has(&RANKS, word) || matches!(&**word, "overall" | "final" | "total" | "of" | "by" | "score");
    words.iter().any(|word| has(&RANKS, word)) && words.iter().all(fits)
}

/// Whether a header says that notes stand below it, whatever they look like.
pub(super) fn is_notes(header: &str) -> bool {
    let words = words(header);
    words.first().is_some_and(|word| has(&NOTES, word)) || words.last().is_some_and(|word| has(&NOTES, word))
}

pub(super) fn is_id(header: &str) -> bool {
    let all = header_words(header);
    let words = words(header);
    has(&IDS, &all) || header.trim() == "#" || words.len() <= 3 && words.last().is_some_and(|word| has(&IDS, word))
}

/// Whether a row's label says that it sums up the others: `Average`, `Total score`; `Mean streets` does not.
pub(super) fn is_foot(label: &str) -> bool {
    let words = words(label);
    let Some((first, rest)) = words.split_first() else { return false };
    (has(&FEET, first) || matches!(&**first, "grand" | "overall") && !rest.is_empty() || label_is_highest(label))
        && rest.iter().all(|word| has(&BESIDE_FEET, word))
}

/// Whether a row's name has a word for what sums up others: `County average`, `Sum of violence`, `All violent crime`.
pub(super) fn is_summary(label: &str) -> bool {
    let words = words(label);
    words.iter().any(|word| has(&SUMMARIES, word)) || words.len() > 1 && words.first().is_some_and(|word| word == "all")
}

/// Whether a row's label says that it is a sum: `Total`, `Grand total`.
pub(super) fn is_sum(label: &str) -> bool {
    words(label).iter().any(|word| matches!(&**word, "total" | "totals" | "sum"))
}

/// Whether a row's name has a word for weights: `Relative importance`, `Weights agreed in March`.
pub(super) fn may_be_weights(label: &str) -> bool {
    words(label).iter().any(|word| has(&WEIGHTS, word) || has(&MAY_BE_WEIGHTS, word))
}

/// Whether a row's name is no more than what begins an explanation: `Key`.
pub(super) fn is_explanation(label: &str) -> bool {
    has(&LEGENDS, &header_words(label))
}

/// Whether a label says that descriptions follow: `Description`, `What it means`.
pub(super) fn is_description(label: &str) -> bool {
    let first = words(label).into_iter().next();
    first.is_some_and(|word| {
        matches!(
            &*word,
            "description"
                | "descriptions"
                | "definition"
                | "definitions"
                | "meaning"
                | "guidance"
                | "explanation"
                | "detail"
                | "details"
                | "what"
                | "how"
        )
    })
}

/// Whether a header says that its column groups candidates: `Group`, `Crime category`.
pub(super) fn is_group(header: &str) -> bool {
    words(header).iter().any(|word| has(&GROUPS, word))
}

fn label_is_highest(label: &str) -> bool {
    has(&HIGHEST, &header_words(label))
}

/// Whether a row's label says that the highest possible scores follow: `Out of`, `Maximum score`.
pub(super) fn is_highest(label: &str) -> bool {
    label_is_highest(label)
}

/// Whether a label begins what explains the table.
pub(super) fn is_legend(label: &str) -> bool {
    words(label).first().is_some_and(|word| has(&LEGENDS, word))
}

pub(super) fn is_likelihood(title: &str) -> bool {
    words(title).iter().any(|word| has(&LIKELIHOODS, word))
}

pub(super) fn is_impact(title: &str) -> bool {
    words(title).iter().any(|word| has(&IMPACTS, word))
}

/// What a title says beside the word for likelihood: `residual` of `Residual likelihood`.
pub(super) fn beside_likelihood(title: &str) -> Option<String> {
    beside(&LIKELIHOODS, title)
}

/// What a title says beside the word for impact.
pub(super) fn beside_impact(title: &str) -> Option<String> {
    beside(&IMPACTS, title)
}

fn beside(list: &[&str], title: &str) -> Option<String> {
    let words = words(title);
    let at = words.iter().position(|word| has(list, word))?;
    let rest: Vec<String> = words.into_iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| it).collect();
    Some(rest.join(" "))
}

/// Whether a text is one that people write for a score.
pub(super) fn is_score_word(text: &str) -> bool {
    has(&SCORE_WORDS, &header_words(text))
}

/// Whether a label names what runs down: criteria.
pub(super) fn is_criteria(label: &str) -> bool {
    words(label).first().is_some_and(|word| matches!(&**word, "criteria" | "criterion" | "factor" | "factors"))
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_worked_out() {
        for header in
            ["Total", "Weighted total", "TOTAL SCORE", "Overall score", "Score", "Final", "Points", "Total (100)"]
        {
            assert!(is_total(header), "{header}");
        }
        for header in ["Scale of harm", "Score for harm", "Totality", "Harm", "Points of concern", "Final outcome"] {
            assert!(!is_total(header), "{header}");
        }
        assert!(is_doubtful("MoRiLE score") && is_doubtful("Risk rating") && !is_doubtful("Scoreboard"));
        assert!(is_rank("Rank") && is_rank("Overall ranking") && is_rank("Priority") && !is_rank("Rank and file"));
    }

    #[test]
    fn rows_that_sum_up_the_others() {
        for label in ["Average", "Mean score", "Total", "Max", "Grand total", "Maximum possible score", "Out of"] {
            assert!(is_foot(label), "{label}");
        }
        for label in ["Mean streets", "Total loss fires", "Maximum security", "Averages Lane", "Outlook"] {
            assert!(!is_foot(label), "{label}");
        }
    }

    #[test]
    fn labels_of_weights() {
        for label in
            ["Weight", "Weighting (%)", "Criteria weights", "Section weight", "Weight 2024", "WEIGHTING FACTOR"]
        {
            assert!(is_weights(label), "{label}");
        }
        for label in ["Weighted score", "Weight of evidence held by police", "Heavyweight", "Waiting"] {
            assert!(!is_weights(label), "{label}");
        }
    }
}
