//! Ranks an assessment that is nowhere on a disk: `cargo run --example rank_in_memory`.
#![expect(clippy::print_stdout, reason = "an example shows what came out")]

use std::num::NonZeroUsize;

use prioritise::diagnostic::{ErrorFormat, Problems, render};
use prioritise::files::Memory;

const ASSESSMENT: &str = r#"
[assessment]
title = "Three problems"
partnership = "Ours"
period = "2025/26"
rules = "rules"

[[source]]
id = "survey"
title = "Our survey"

[[table]]
file = "table.csv"
id = "id"
title = "title"
kind = "crime"

[table.column.worry]
header = "worry"
kind = "percentage"
source = "survey"
where = "Table 1"
"#;

const TABLE: &str = "id,title,worry\nburglary,Burglary,41\narson,Arson,12\ntheft,Theft of bicycles,\n";

const RULES: &str = r#"
[ruleset]
name = "Worry"
version = "1"

[evidence.worry]
kind = "percentage"
title = "Residents who worry about it"

[[criterion]]
id = "worry"
title = "Worry"
question = "How many residents worry about it?"
weight = 1
measure = "worry"
unit = "%"
decimals = 0
direction = "higher-is-worse"
value = { linear = { from = 0, to = 50 } }
missing = "neutral"
because = "{measure}% of residents worry about it."

[[tier]]
id = "first"
title = "First"
places = 1

[[tier]]
id = "rest"
title = "The others"
"#;

fn main() {
    let files = Memory::<Vec<u8>>::default()
        .with("ours/assessment.toml", ASSESSMENT)
        .with("ours/table.csv", TABLE)
        .with("ours/rules/ruleset.toml", RULES);
    match list(&files) {
        Ok(list) => print!("{list}"),
        Err(problems) => print!("{}", render(&problems.sorted(), ErrorFormat::Human, false)),
    }
}

/// The list as the command prints it.
fn list(files: &Memory<'_>) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let Some((assessment, rules)) = prioritise::load(files, "ours", None, &mut problems) else { return Err(problems) };
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems)?;
    Ok(prioritise::report::text(&ranked, false))
}
