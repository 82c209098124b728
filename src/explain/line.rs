//! Who shares a band at a line, and of whom too little is known to be ranked.

use crate::rules::RuleSet;
use crate::scoring::{LeastOf, TooLittle, Trace};
use crate::words::{first_listed, lower_title, number};

use super::standing_in_words;

/// So many others are named.
const MOST_NAMED: usize = 6;

/// With whom a candidate shares a band at a line, in a sentence; none where with nobody.
pub fn at_the_line_in_words(trace: &Trace<'_>, rules: &RuleSet) -> Option<String> {
    let line = trace.at_the_line.as_ref()?;
    let others: Vec<String> = line.with.iter().map(|other| lower_title(&other.title)).collect();
    Some(format!(
        "It shares a band at the line of \"{}\" with {}: totals less than {} apart are not told apart.",
        line.tier.title,
        first_listed(&others, MOST_NAMED),
        rules.told_apart_by?.trimmed(),
    ))
}

/// A standing as a reader knows it, with that it is at a line.
pub fn standing_at_the_line(trace: &Trace<'_>, rules: &RuleSet) -> String {
    let standing = standing_in_words(trace.standing, rules);
    if trace.at_the_line.is_some() { format!("{standing}, at the line") } else { standing }
}

/// What of a candidate is too little for the rules to rank it, in a sentence; none where it is enough.
pub fn too_little_in_words(trace: &Trace<'_>) -> Option<String> {
    let found = trace.too_little?;
    let share = found.share.trimmed();
    let here = match found.of {
        LeastOf::Answers => "it is",
        LeastOf::Figures => "they answer",
    };
    Some(format!("{}; here {here} {share}.", rank_nobody_in_words(found)))
}

/// The rule that asks for more, without a full stop.
pub fn rank_nobody_in_words(found: TooLittle) -> String {
    let least = number(found.least, 2);
    match found.of {
        LeastOf::Answers => format!("The rules rank nobody of whom less than {least} of the weight is answered"),
        LeastOf::Figures => {
            format!("The rules rank nobody of whom figures without judgement answer less than {least} of the weight")
        }
    }
}
