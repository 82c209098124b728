//! Statements and results of last year's plan, judged: they say something, and say where it stands.

use crate::assessment::format;
use crate::assessment::references::References;
use crate::assessment::statement::{DocumentPlace, PlanResult, Statement};
use crate::toml_file::{At, Checker};

/// What the assessment says beside the list, in the order written.
pub(super) fn statements(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &[format::Statement],
) -> Vec<Statement> {
    let judge = |written: &format::Statement| {
        let text = check.text(&written.text, "the statement");
        let cited = cited(check, references, &written.source, &written.place, written.note.as_ref());
        Some(Statement { under: written.under.value, text: text?, cited: cited? })
    };
    written.iter().filter_map(judge).collect()
}

/// What became of last year's plan, in the order written.
pub(super) fn last_plan(
    check: &mut Checker<'_>,
    references: &References<'_>,
    written: &[format::PlanResult],
) -> Vec<PlanResult> {
    let judge = |written: &format::PlanResult| {
        let priority = check.text(&written.priority, "the plan's priority");
        let measure = check.text(&written.measure, "what was measured");
        let baseline = check.text(&written.baseline, "the figure before");
        let latest = check.text(&written.latest, "the latest figure");
        let cited = cited(check, references, &written.source, &written.place, written.note.as_ref());
        Some(PlanResult {
            priority: priority?,
            measure: measure?,
            baseline: baseline?,
            latest: latest?,
            achieved: written.achieved,
            cited: cited?,
        })
    };
    written.iter().filter_map(judge).collect()
}

fn cited(
    check: &mut Checker<'_>,
    references: &References<'_>,
    source: &At<String>,
    place: &At<String>,
    note: Option<&At<String>>,
) -> Option<DocumentPlace> {
    references.known(check, source);
    let place = check.text(place, "the place in the source");
    let note = note.map(|note| check.text(note, "the note"));
    Some(DocumentPlace { source: source.value.clone(), place: place?, note: note.flatten() })
}
