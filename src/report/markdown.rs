//! The ranking as Markdown, for a paper or a page.

use super::{Report, answered, judged};
use crate::explain::{self, answer, arithmetic, cited, main_reasons, policy, standing, standing_rule, tie_order};
use crate::rules::{Combine, Effect, Missing};
use crate::scoring::{Contribution, Fixed, Trace};
use crate::words::{counted, joined, listed, lower_title, number};

/// The ranking as Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let mut text = String::new();
    header(report, &mut text);
    glance(report, &mut text);
    questions(report, &mut text);
    text.push_str("## Why, how sure, and how each total adds up\n\n");
    for (_, traces) in report.by_standing() {
        for trace in traces {
            detail(trace, report, &mut text);
        }
    }
    notes(report, &mut text);
    text
}

/// Someone's text, so that nothing in it is read as Markdown or HTML, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn header(report: &Report<'_>, text: &mut String) {
    let (assessment, rules) = (report.assessment, report.rules);
    text.push_str(&format!("# {}\n\n", plain(&assessment.title)));
    text.push_str(&format!("{}, {}.\n", plain(&assessment.partnership), assessment.period));
    text.push_str(&format!("Ranked by: {}, version {}.\n\n", plain(&rules.name), plain(&rules.version)));
}

fn glance(report: &Report<'_>, text: &mut String) {
    for (at, traces) in report.by_standing() {
        let rule = standing_rule(at, report.rules).map_or_else(String::new, |rule| format!(" ({rule})"));
        text.push_str(&format!("## {}{rule}\n\n", plain(&standing(at, report.rules))));
        text.push_str("| rank | candidate | total | could be | answered | carried by |\n");
        text.push_str("| ---: | :--- | ---: | ---: | ---: | :--- |\n");
        for trace in traces {
            let reasons: Vec<String> =
                main_reasons(trace, 3).iter().map(|part| plain(&lower_title(&part.criterion.title))).collect();
            text.push_str(&row(&[
                trace.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
                format!("{}{}", plain(&trace.candidate.title), gate_word(trace)),
                trace.total.map_or_else(|| "–".to_owned(), |total| total.to_string()),
                trace.range.map_or_else(|| "–".to_owned(), |(low, high)| format!("{low} to {high}")),
                answered(trace),
                listed(&reasons),
            ]));
        }
        text.push('\n');
    }
}

/// What a gate did to the candidate.
fn gate_word(trace: &Trace<'_>) -> &'static str {
    match trace.gates.first().map(|gate| gate.effect) {
        Some(Effect::Include) => " (included by a gate)",
        Some(Effect::Veto) => " (ruled out by a gate)",
        Some(Effect::Defer) => " (put off by a gate)",
        None => "",
    }
}

fn questions(report: &Report<'_>, text: &mut String) {
    let rules = report.rules;
    text.push_str("## The questions\n\n| weight | criterion | question |\n| ---: | :--- | :--- |\n");
    for (criterion, share) in rules.criteria.iter().zip(rules.weights.shares()) {
        let weight = Fixed::new(*share, rules.fine_decimals()).trimmed();
        text.push_str(&row(&[weight, plain(&criterion.title), plain(&criterion.question)]));
    }
    text.push('\n');
}

fn detail(trace: &Trace<'_>, report: &Report<'_>, text: &mut String) {
    let rank = trace.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let total = trace.total.map_or_else(|| "not ranked".to_owned(), |total| total.to_string());
    text.push_str(&format!("### {rank}. {}: {total}\n\n", plain(&trace.candidate.title)));
    if let Some(about) = &trace.candidate.about {
        text.push_str(&format!("{}\n\n", plain(about)));
    }
    if let Some(criterion) = trace.refused_by {
        let title = plain(&lower_title(&criterion.title));
        text.push_str(&format!("**Refused:** the rules do not rank without an answer on {title}.\n\n"));
    }
    for gate in &trace.gates {
        text.push_str(&format!("**{}:** {}\n\n", plain(gate.title), plain(&gate.reason)));
    }
    contributions(trace, report, text);
    for line in arithmetic(trace, report.rules) {
        text.push_str(&format!("{}\n\n", plain(&line)));
    }
    sure(trace, text);
}

fn contributions(trace: &Trace<'_>, report: &Report<'_>, text: &mut String) {
    let earned = if report.rules.combine == Combine::Product { "factor" } else { "points" };
    text.push_str(&format!("| criterion | measure | value | weight | {earned} | because | evidence |\n"));
    text.push_str("| :--- | :--- | ---: | ---: | ---: | :--- | :--- |\n");
    for part in &trace.contributions {
        let citations: Vec<String> = part.evidence.iter().map(|citation| plain(&joined(&cited(citation)))).collect();
        text.push_str(&row(&[
            plain(&part.criterion.title),
            plain(&measure(part)),
            part.value.map_or_else(|| "–".to_owned(), |value| value.to_string()),
            part.weight.trimmed(),
            part.points.to_string(),
            plain(&because(part)),
            citations.join("; "),
        ]));
    }
    text.push('\n');
}

fn measure(part: &Contribution<'_>) -> String {
    match &part.measure {
        Some(_) => answer(part),
        None => "missing".to_owned(),
    }
}

fn because(part: &Contribution<'_>) -> String {
    let why = explain::because(part);
    match &part.missing {
        Some(gap) if gap.policy != Missing::Refuse => format!("{why} In its place: {}.", policy(gap.policy)),
        _ => why,
    }
}

fn sure(trace: &Trace<'_>, text: &mut String) {
    let range = match trace.range {
        Some((low, high)) => format!("between {low} and {high}"),
        None => "no interval is known".to_owned(),
    };
    let judged = counted(judged(trace), "answer", "answers");
    text.push_str(&format!(
        "How sure: {range}; {} questions answered, {judged} by judgement alone.\n\n",
        answered(trace)
    ));
}

fn notes(report: &Report<'_>, text: &mut String) {
    let (assessment, rules) = (report.assessment, report.rules);
    text.push_str("## Notes\n\n");
    for words in [rules.about.as_ref(), rules.weights_because.as_ref()].into_iter().flatten() {
        text.push_str(&format!("{}\n\n", plain(words)));
    }
    text.push_str(&format!("{}\n\n", plain(&tie_order(rules))));
    text.push_str(
        "\"Could be\" is the total if every figure stood at an end of its 95% interval, every panel at its lowest or \
         highest score, and everything that stands in for a missing answer at its least or most.\n\n",
    );
    for warning in &report.warnings {
        text.push_str(&format!("**Warning:** {}.\n\n", plain(&warning.message)));
    }
    if let Some(population) = &assessment.population {
        let note = population.note.as_ref().map_or_else(String::new, |note| format!(" {}", plain(note)));
        let people = number(population.people, 0);
        let from = format!("{}, {}", plain(&population.source), plain(&population.place));
        text.push_str(&format!("Population: {people} people ({from}).{note}\n\n"));
    }
    text.push_str("## Sources\n\n");
    for (id, document) in &assessment.sources {
        let by = [document.publisher.as_deref(), document.date.as_deref(), document.note.as_deref()];
        let parts: Vec<String> = by.into_iter().flatten().map(plain).collect();
        let more = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
        text.push_str(&format!("- **{}**: {}{more}\n", plain(id), plain(&document.title)));
    }
    text.push_str(&format!("\nAssessment {}  \nRule set {}\n", assessment.digest, rules.digest));
}
