//! `docs/walkthrough.md`: every file and function that it names is there, and the engine gives the figure of every stop.

use std::fs;
use std::num::NonZeroUsize;
use std::sync::Arc;

use prioritise::assessment::format::EvidenceFile;
use prioritise::diagnostic::{Problems, SourceFile};
use prioritise::rules::shape::CandidateMeasures;
use prioritise::scoring::Fixed;
use prioritise::words::number;

use crate::support::{Folder, prioritise, root};

const FIXTURE: &str = "fixtures/huntingdonshire-2019";

/// What stands between back-ticks.
fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn page() -> String {
    fs::read_to_string(root().join("docs/walkthrough.md")).unwrap()
}

/// A stop: its files and functions, and the figure there.
struct Stop {
    named: Vec<String>,
    figure: String,
}

fn stops(page: &str) -> Vec<Stop> {
    let stop = |part: &str| Stop {
        named: ticked(part.lines().next().unwrap()).into_iter().map(str::to_owned).collect(),
        figure: part.lines().find_map(|line| line.strip_prefix("Here: `")?.strip_suffix('`')).unwrap().to_owned(),
    };
    page.split("\n## ").skip(1).map(stop).collect()
}

/// What is said of files and functions that is not so: a file that is not there, and a function that it has not.
fn lost(page: &str) -> Vec<String> {
    let mut lost = Vec::new();
    let is_file = |name: &&str| name.contains('/') && name.contains('.') && !name.contains(' ');
    for file in ticked(page).into_iter().filter(is_file) {
        if !root().join(file).is_file() {
            lost.push(format!("there is no {file}"));
        }
    }
    let heads = stops(page).into_iter().filter_map(|stop| match &*stop.named {
        [file, function] => Some((function.clone(), file.clone())),
        _ => None,
    });
    // In the text it is: `function` in `file`.
    let text = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<&str> = text.split("` in `").collect();
    let pairs = parts.windows(2).map(|two| {
        let (function, file) = (two[0].rsplit('`').next().unwrap(), two[1].split('`').next().unwrap());
        (function.to_owned(), file.to_owned())
    });
    for (function, file) in heads.chain(pairs) {
        let source = fs::read_to_string(root().join(&file)).unwrap_or_default();
        if !["(", "<"].iter().any(|next| source.contains(&format!("fn {function}{next}"))) {
            lost.push(format!("{file} has no function {function}"));
        }
    }
    lost
}

/// The figure at each stop, as the engine gives it.
fn figures() -> Vec<String> {
    let files = Folder::of_fixtures();
    let text = files.text(&format!("{FIXTURE}/evidence/domestic-abuse.toml"));
    let line = text.lines().find(|line| line.contains("2019-11\"")).unwrap().trim().to_owned();

    let mut problems = Problems::default();
    let source = Arc::new(SourceFile::new("domestic-abuse.toml", text));
    let written = prioritise::toml_file::parse::<EvidenceFile>(&source, &mut problems).unwrap().file;
    let evidence = &written.candidate[0].value.evidence;
    let point = &evidence["recorded"].value.series.as_ref().unwrap().value.last().unwrap().value;
    let as_written = format!("{}: {}", point.period.value, point.count.as_ref().unwrap().value.0);

    let (assessment, rules) = prioritise::load(&files, FIXTURE, None, &mut problems).unwrap();
    let candidate = assessment.candidate_number("domestic-abuse").unwrap();
    let recorded = assessment.evidence["recorded"].get(candidate).unwrap().into_owned();
    let latest = recorded.figure.as_series().unwrap().latest().unwrap().clone();

    let criterion = &rules.criteria[0];
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let trace = ranked.traces.iter().find(|trace| trace.id() == "domestic-abuse").unwrap();
    let part = &trace.contributions[0];
    let measure = part.measure.unwrap();
    let value = criterion.value.shape().scale(&CandidateMeasures::none()).value(measure.estimate).unwrap();
    let share = Fixed::new(rules.weights.shares()[0], rules.fine_decimals());
    let sums = prioritise::explain::arithmetic(trace, &rules);
    let printed = prioritise(&["rank", FIXTURE, "--full"]).out;
    vec![
        line,
        FIXTURE.to_owned(),
        as_written,
        format!("{} in {}", latest.in_words(), latest.period),
        criterion.measure.code.clone(),
        criterion.figure_with_interval(measure),
        number(value, 10),
        ranked.ranking.value(0, candidate).units().to_string(),
        share.to_string(),
        part.points.to_string(),
        trace.total.unwrap().to_string(),
        trace.rank.unwrap().to_string(),
        part.because.clone().unwrap(),
        sums[0].clone(),
        printed.lines().find(|line| line.contains(&*sums[0])).unwrap().to_owned(),
    ]
}

#[test]
fn every_stop_is_where_it_is_said_to_be_and_has_the_figure_that_is_shown() {
    let page = page();
    assert_eq!(lost(&page), [""; 0]);
    let shown: Vec<String> = stops(&page).into_iter().map(|stop| stop.figure).collect();
    assert_eq!(shown, figures());
}

#[test]
fn a_stop_that_is_gone_is_found() {
    let page = page();
    for (was, is) in [
        ("`src/scoring/order.rs`, `order`", "`src/scoring/order.rs`, `ordered_list`"),
        ("`src/scoring/order.rs`, `order`", "`src/scoring/gone.rs`, `order`"),
        ("`per_year` in `src/", "`per_decade` in `src/"),
    ] {
        assert!(page.contains(was), "{was}");
        assert!(!lost(&page.replace(was, is)).is_empty(), "{is}");
    }
}
