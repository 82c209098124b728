//! The guides that the command carries. They are no part of the library, so that a sentence in one of them compiles nothing else
//! than the command, and Python's package, which takes this file too.

use prioritise::cli::Guide;

/// What `prioritise help` prints: the guides for those who use it, by the names of their files.
pub(crate) const GUIDES: [Guide; 36] = [
    ("areas", include_str!("../docs/areas.md")),
    ("areas-lists", include_str!("../docs/areas-lists.md")),
    ("audit", include_str!("../docs/audit.md")),
    ("command-line", include_str!("../docs/command-line.md")),
    ("cookbook", include_str!("../docs/cookbook.md")),
    ("county", include_str!("../docs/county.md")),
    ("decisions", include_str!("../docs/decisions.md")),
    ("diagnostics", include_str!("../docs/diagnostics.md")),
    ("diff", include_str!("../docs/diff.md")),
    ("editors", include_str!("../docs/editors.md")),
    ("evidence", include_str!("../docs/evidence.md")),
    ("explain", include_str!("../docs/explain.md")),
    ("formats", include_str!("../docs/formats.md")),
    ("forms", include_str!("../docs/forms.md")),
    ("history", include_str!("../docs/history.md")),
    ("import", include_str!("../docs/import.md")),
    ("learn", include_str!("../docs/learn.md")),
    ("next-year", include_str!("../docs/next-year.md")),
    ("paper", include_str!("../docs/paper.md")),
    ("pipeline", include_str!("../docs/pipeline.md")),
    ("plan", include_str!("../docs/plan.md")),
    ("python", include_str!("../docs/python.md")),
    ("questions", include_str!("../docs/questions.md")),
    ("record", include_str!("../docs/record.md")),
    ("register", include_str!("../docs/register.md")),
    ("review", include_str!("../docs/review.md")),
    ("rules", include_str!("../docs/rules.md")),
    ("sensitivity", include_str!("../docs/sensitivity.md")),
    ("signing", include_str!("../docs/signing.md")),
    ("testing", include_str!("../docs/testing.md")),
    ("tutorial", include_str!("../docs/tutorial.md")),
    ("watch", include_str!("../docs/watch.md")),
    ("weights", include_str!("../docs/weights.md")),
    ("words", include_str!("../docs/words.md")),
    ("workbook", include_str!("../docs/workbook.md")),
    ("workshop", include_str!("../docs/workshop.md")),
];
