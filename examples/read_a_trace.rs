//! Builds an assessment of columns, ranks it by the rules of the starter, and reads one candidate's trace:
//! `cargo run --example read_a_trace`.
#![expect(clippy::print_stdout, reason = "an example shows what came out")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use prioritise::assessment::{Cells, ColumnsInMemory};
use prioritise::diagnostic::{ErrorFormat, Problems, render};
use prioritise::files::Memory;
use prioritise::rules;

const RULES: &str = r#"
[ruleset]
name = "Harm and change"
version = "1"

[evidence.harm]
kind = "number"
title = "Days of imprisonment"

[evidence.repeats]
kind = "answer"
title = "Whether the same people suffer it again"

[[criterion]]
id = "harm"
title = "Harm"
question = "How much harm does it do?"
weight = 3
measure = "harm"
unit = "days"
decimals = 0
direction = "higher-is-worse"
value = { relative = "min-max" }
missing = "refuse"
because = "{measure} days of imprisonment."

[[criterion]]
id = "repeats"
title = "Repeats"
question = "Do the same people suffer it again?"
weight = 1
measure = "if repeats { 1 } else { 0 }"
unit = "yes or no"
decimals = 0
direction = "higher-is-worse"
value = { linear = { from = 0, to = 1 } }
missing = "neutral"
because = "Repeat victims: {measure}."

[[tier]]
id = "all"
title = "All"
"#;

fn main() {
    if let Err(problems) = show() {
        print!("{}", render(&problems.sorted(), ErrorFormat::Human, false));
    }
}

fn show() -> Result<(), Problems> {
    let files = Memory::<Vec<u8>>::default().with("rules/ruleset.toml", RULES);
    let mut problems = Problems::default();
    let Some(rules) = rules::load(&files, "rules", None, &mut problems).rules else { return Err(problems) };
    let rules = rules.into_latest();
    let harm = [310.0, 95.0, f64::NAN];
    let columns = ColumnsInMemory {
        title: "Three problems".to_owned(),
        partnership: "Ours".to_owned(),
        period: "2025/26".to_owned(),
        ids: vec!["burglary", "arson", "theft"],
        columns: BTreeMap::from([
            ("harm".to_owned(), Cells::Numbers(Cow::Borrowed(&harm))),
            ("repeats".to_owned(), Cells::Truths(vec![Some(true), Some(false), None])),
        ]),
        ..ColumnsInMemory::default()
    };
    let Some(assessment) = prioritise::of_columns(&columns, &rules, &mut problems) else { return Err(problems) };
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems)?;
    for trace in &ranked.traces {
        let total = trace.total.map_or_else(|| "not ranked".to_owned(), |total| format!("{total} points"));
        println!("{}: {total}", trace.id());
        for part in &trace.contributions {
            let because = part.because.as_deref().unwrap_or("not known");
            println!("  {}: {} of {}. {because}", part.criterion.title, part.points, part.weight);
        }
    }
    Ok(())
}
