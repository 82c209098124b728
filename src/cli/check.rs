//! `prioritise check`: every problem in evidence and rules.

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::Disk;
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use crate::board;
use crate::diagnostic::{ErrorFormat, Problem, Problems, Severity};
use crate::ranked::RankedAssessment;
use crate::recompute::Recomputation;
use crate::report;
use crate::report::check::LookedAt;
use crate::words::counted;

/// List every problem in evidence and rules
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// Ask as well for what a committee expects of a paper
    #[arg(long)]
    for_committee: bool,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For programs; `prioritise schema check` describes it
    Json,
}

/// What was found, and of how much.
struct Found {
    problems: Vec<Problem>,
    looked_at: LookedAt,
    /// What is said of recomputed figures, a line each.
    recomputed: String,
}

pub(super) fn run(check: &Check, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = check.result.format()?;
    let found = match found(check, terminal) {
        Err(problems) if format == Format::Json && problems.has_errors() => {
            check.result.write(&report::check::json(&problems.sorted(), None), terminal)?;
            return Ok(Exit::Wrong);
        }
        found => found?,
    };
    let text = match format {
        Format::Text => text(&found, check, terminal),
        Format::Json => report::check::json(&found.problems, Some(found.looked_at)),
    };
    check.result.write(&text, terminal)?;
    terminal.suggest(&format!("prioritise rank {}", typed(&check.subject.assessment)));
    let warns = found.problems.iter().any(|problem| problem.code.severity() == Severity::Warning);
    Ok(if warns { Exit::No } else { Exit::Done })
}

/// Looks for every problem.
///
/// # Errors
/// Where there is an error among them.
fn found(check: &Check, terminal: &Terminal) -> Result<Found, Problems> {
    let mut problems = Problems::default();
    let busy = terminal.show_busy("checking");
    let loaded = crate::load(&Disk, &check.subject.assessment()?, check.subject.rules()?.as_deref(), &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(problems) };
    // Expressions can fail for some candidate only: they are found by ranking.
    let report = crate::rank(&assessment, &rules, check.subject.threads(), problems.clone());
    let for_committee = |report: &RankedAssessment<'_>| -> Problems {
        let mut asked = assessment.committee.asked(assessment.handling);
        asked.extend(board::not_led(&assessment, &report.traces));
        if check.for_committee { asked.into() } else { Problems::default() }
    };
    let checked = report.and_then(|report| Ok((crate::check(&report)?, for_committee(&report))));
    drop(busy);
    let recomputed = match checked {
        Ok(((found, recomputed), asked)) => {
            problems.extend(found);
            problems.extend(asked);
            recomputed
        }
        Err(failures) => {
            problems.extend(failures);
            return Err(problems);
        }
    };
    problems.extend(crate::changed_since_recorded(&Disk, &rules));
    // What is wrong with a plan does not stop a ranking.
    if problems.has_errors() {
        return Err(problems);
    }
    Ok(Found {
        problems: problems.sorted(),
        looked_at: LookedAt {
            candidates: assessment.candidates.len(),
            criteria: rules.criteria.len(),
            gates: rules.gates.len(),
            parameters: rules.parameters.len(),
            recomputed: recomputed.count,
            discrepancies: recomputed.discrepancies.len(),
        },
        recomputed: recomputed_in_words(&recomputed),
    })
}

/// The problems, and how many there are of what.
fn text(found: &Found, check: &Check, terminal: &Terminal) -> String {
    let (is_file, colour) = (check.result.file().is_some(), check.result.colour(terminal));
    let mut text = terminal.rendered_as_result(&found.problems, is_file, colour);
    if terminal.quiet || terminal.errors == ErrorFormat::Json {
        return text;
    }
    let of = |severity: Severity| found.problems.iter().filter(|problem| problem.code.severity() == severity).count();
    let looked_at = found.looked_at;
    let parameters = match looked_at.parameters {
        0 => String::new(),
        count => format!(", {}", counted(count, "parameter", "parameters")),
    };
    text.push_str(&format!(
        "{}, {}, {}{parameters}: {} and {}\n{}",
        counted(looked_at.candidates, "candidate", "candidates"),
        counted(looked_at.criteria, "criterion", "criteria"),
        counted(looked_at.gates, "gate", "gates"),
        counted(of(Severity::Warning), "warning", "warnings"),
        counted(of(Severity::Note), "note", "notes"),
        found.recomputed,
    ));
    text
}

/// What was worked out again, and what could not be.
fn recomputed_in_words(recomputed: &Recomputation) -> String {
    let mut text = String::new();
    if recomputed.count > 0 {
        let figures = counted(recomputed.count, "printed figure", "printed figures");
        let findings = counted(recomputed.discrepancies.len(), "finding", "findings");
        text.push_str(&format!("{figures} recomputed: {findings}\n"));
    }
    if recomputed.circular > 0 {
        let rates = counted(recomputed.circular, "rate", "rates");
        text.push_str(&format!("{rates} not counted: the population was worked out from them\n"));
    }
    if recomputed.unsaid > 0 {
        let claims = counted(recomputed.unsaid, "claim", "claims");
        text.push_str(&format!("{claims} of how many members have a theme not checked: a member did not say\n"));
    }
    if recomputed.words_only > 0 {
        let comparisons = counted(recomputed.words_only, "comparison in words", "comparisons in words");
        text.push_str(&format!("{comparisons} with no `means`: only the length of the periods checked\n"));
    }
    text
}
