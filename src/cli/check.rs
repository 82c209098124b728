//! `prioritise check`: every problem in evidence and rules.

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::Disk;
use super::output::{Terminal, write_result};
use crate::board;
use crate::diagnostic::{Problems, Severity, render};
use crate::ranked::RankedAssessment;
use crate::words::counted;

/// List every problem in evidence and rules
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// Ask as well for what a committee expects of a paper
    #[arg(long)]
    for_committee: bool,
}

pub(super) fn run(check: &Check, terminal: &Terminal) -> Result<Exit, Problems> {
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
    let found = problems.has(Severity::Warning);
    let problems = problems.sorted();
    let mut text = render(&problems, terminal.errors, terminal.colour);
    if !terminal.quiet && terminal.errors != crate::diagnostic::ErrorFormat::Json {
        let of = |severity: Severity| problems.iter().filter(|problem| problem.code.severity() == severity).count();
        let parameters = match rules.parameters.len() {
            0 => String::new(),
            count => format!(", {}", counted(count, "parameter", "parameters")),
        };
        text.push_str(&format!(
            "{}, {}, {}{parameters}: {} and {}\n",
            counted(assessment.candidates.len(), "candidate", "candidates"),
            counted(rules.criteria.len(), "criterion", "criteria"),
            counted(rules.gates.len(), "gate", "gates"),
            counted(of(Severity::Warning), "warning", "warnings"),
            counted(of(Severity::Note), "note", "notes"),
        ));
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
    }
    write_result(&text)?;
    Ok(if found { Exit::No } else { Exit::Done })
}
