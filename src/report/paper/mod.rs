//! The paper that goes to the meeting, as one HTML file or as Markdown.
//!
//! [`Paper`] is a view of the trace as plain data; templates lay it out and compute nothing. What a reader sees as
//! a number is made into words here, once, so that it is the same wherever it stands. Templates can be replaced.

mod agreement;
mod candidate;
mod charts;
mod chosen;
mod curve;
mod dialect;
mod docx;
mod evidence;
mod filed;
mod gaps;
mod glossary;
mod meter;
mod method;
pub mod model;
mod names;
mod often;
mod points;
mod repeated;
mod row;
mod sides;
mod summary;
mod templates;
mod transparency;
mod trend;
mod words;

pub(in crate::report) use sides::{Sureness, Surety};

use crate::assessment::Handling;
use crate::diagnostic::{Code, Problem};
use crate::explain::{ListBeside, RowBeside, lists_beside, pooling, standing_in_words, standing_rule};
use crate::ranked::RankedAssessment;
use crate::recompute::{self, Recomputation};
use crate::rules::Criterion;
use crate::scoring::{Standing, Trace};
use crate::words::{counted, listed, lower_title, number, upper_first};
use model::{
    Digests, DiscrepancyRow, NotChosen, Paper, PaperListBeside, PaperPlaceBeside, PaperPopulation, PaperSource,
    PaperTier, PaperTransparency, Parts,
};
pub use row::MAX_SECTIONS;
use row::row;
pub use templates::{BUILT_IN, Templates};
use words::or_dash;

impl Paper {
    /// The paper of a report, with what became of the figures that its documents print.
    ///
    /// # Errors
    /// `budget-spent`: a line or a weight that there were no steps left for would be missing without a word.
    pub fn new(report: &RankedAssessment<'_>, recomputed: &Recomputation) -> Result<Self, Problem> {
        let assessment = report.assessment;
        let order: Vec<&Trace<'_>> = report.by_standing().into_iter().flat_map(|(_, traces)| traces).collect();
        let with_section: Vec<&Trace<'_>> = order.iter().take(MAX_SECTIONS).copied().collect();
        let sure = sides::Sureness::new(report);
        let (candidates, said_once) =
            repeated::said_once(with_section.iter().map(|trace| candidate::section(trace, report, &sure)).collect());
        let paper = Self {
            parts: Parts::BOTH,
            handling: assessment.handling.map(Handling::mark),
            withheld: withheld(report),
            title: assessment.title.clone(),
            running_title: running_title(&assessment.title),
            partnership: assessment.partnership.clone(),
            period: assessment.period.to_string(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            front: sides::front_side(report, &sure, recomputed),
            list: sides::list_side(report, &sure, recomputed),
            makeup: sides::points_side(report),
            basis: sides::basis_side(report, &sure, recomputed),
            decision: sides::decision_side(report, &sure),
            headline: summary::headline(report),
            sureness: summary::sureness(report),
            gates: summary::gates(report),
            confidence: report.rules.confidence.in_words(),
            warnings: warnings(report),
            board: filed::board(report),
            agreement: agreement::agreement(report),
            chosen: None,
            tiers: tiers(report),
            beside: beside(report),
            points: points::points_section(&with_section, report),
            not_chosen: not_chosen(&order, report),
            sensitivity: summary::what_would_change(report),
            often: often::often(report),
            said_once,
            gaps: gaps::gaps_section(report),
            statements: filed::statements(report),
            last_plan: filed::last_plan(report),
            outcomes: filed::outcomes(report),
            done: filed::done(report),
            candidates,
            left_out: left_out(order.len()),
            recomputed: findings(recomputed),
            method: method::method_section(report, &with_section),
            population: population(report),
            sources: sources(report),
            digests: Digests { assessment: assessment.digest.clone(), rules: report.rules.digest.clone() },
            characteristics: filed::characteristics(report),
            transparency: PaperTransparency::default(),
        };
        report.rules.library.budget.check()?;
        Ok(Self { transparency: PaperTransparency::new(&paper, report), ..paper })
    }

    /// With these of the two documents.
    #[must_use]
    pub fn with_parts(self, parts: Parts) -> Self {
        Self { parts, ..self }
    }
}

/// So many letters fit at the head of a page.
const HEAD: usize = 100;

/// A title without any sign that means something in a style sheet's text or in markup: `2019/20` becomes `2019–20`.
fn running_title(title: &str) -> String {
    let title = title.replace('/', "–");
    let plain: String = title.chars().filter(|it| it.is_alphanumeric() || " .,:;()-–".contains(*it)).collect();
    match plain.chars().count() > HEAD {
        true => format!("{}…", plain.chars().take(HEAD).collect::<String>().trim_end()),
        false => plain,
    }
}

fn tiers(report: &RankedAssessment<'_>) -> Vec<PaperTier> {
    let mut place = 0;
    let mut next = |trace: &Trace<'_>| {
        place += 1;
        row(trace, place <= MAX_SECTIONS)
    };
    let tier = |(at, traces): (Standing, Vec<&Trace<'_>>)| PaperTier {
        title: standing_in_words(at, report.rules),
        rule: standing_rule(at, report.rules),
        candidates: traces.into_iter().map(&mut next).collect(),
    };
    report.by_standing().into_iter().map(tier).collect()
}

fn beside(report: &RankedAssessment<'_>) -> Vec<PaperListBeside> {
    let row = |row: &RowBeside<'_>| PaperPlaceBeside {
        rank: row.rank.to_string(),
        title: row.title.to_owned(),
        score: row.score.to_string(),
    };
    let list = |list: ListBeside<'_>| PaperListBeside {
        caption: format!(
            "Beside the total: {}. No total is made of this score.",
            list.list.map_or_else(|| list.title.to_owned(), |of| format!("{}, {of}", list.title))
        ),
        rows: list.rows.iter().map(row).collect(),
    };
    let beside = lists_beside(&report.traces, report.rules, report.assessment);
    beside.into_iter().map(list).chain(sides::list_without_made_up(report)).collect()
}

fn not_chosen(order: &[&Trace<'_>], report: &RankedAssessment<'_>) -> Vec<NotChosen> {
    let one = |trace: &&Trace<'_>| {
        Some(NotChosen {
            why_not: candidate::why_not(trace, report)?,
            meanwhile: candidate::meanwhile(trace),
            row: row(trace, false),
            standing: standing_in_words(trace.standing, report.rules),
        })
    };
    order.iter().skip(MAX_SECTIONS).filter_map(one).collect()
}

fn left_out(all: usize) -> Option<String> {
    let more = all.checked_sub(MAX_SECTIONS).filter(|more| *more > 0)?;
    Some(format!(
        "The first {MAX_SECTIONS} of the list have a section each. The other {} are in the list above, and with all their \
         figures in the JSON and CSV of this ranking.",
        number(f64::from(u32::try_from(more).unwrap_or(u32::MAX)), 0)
    ))
}

fn findings(recomputed: &Recomputation) -> model::RecomputedSection {
    let figures = counted(recomputed.count, "printed figure", "printed figures");
    let mut sentence = match (recomputed.count, recomputed.discrepancies.len()) {
        (0, 0) => "No published figure was checked: none is filed with the numbers that it comes from.".to_owned(),
        (_, 0) => format!("{figures} were worked out again, and all of them agree."),
        (_, found) => {
            let needs = if found == 1 { "needs" } else { "need" };
            format!("{figures} were worked out again. {found} {needs} care: the table says why.")
        }
    };
    if recomputed.circular > 0 {
        let rates = counted(recomputed.circular, "rate", "rates");
        sentence.push_str(&format!(" {rates} not counted, since the population was worked out from them."));
    }
    if recomputed.unsaid > 0 {
        let claims = counted(recomputed.unsaid, "claim", "claims");
        let was = if recomputed.unsaid == 1 { "was" } else { "were" };
        sentence.push_str(&format!(
            " {claims} of how many members have a theme {was} not checked, since a member did not say."
        ));
    }
    if recomputed.words_only > 0 {
        let comparisons = counted(recomputed.words_only, "comparison in words", "comparisons in words");
        let was = if recomputed.words_only == 1 { "was" } else { "were" };
        sentence.push_str(&format!(" {comparisons} {was} not checked but for the length of the periods."));
    }
    model::RecomputedSection { sentence, findings: recomputed.discrepancies.iter().map(finding).collect() }
}

fn finding(finding: &recompute::Discrepancy) -> DiscrepancyRow {
    let cause = finding.cause.as_ref().map_or_else(String::new, |cause| format!("; {cause}"));
    DiscrepancyRow {
        place: finding.place.clone(),
        source: finding.source.clone(),
        printed: finding.printed.clone(),
        recomputed: or_dash(finding.recomputed.as_ref()),
        how: format!("{}{cause}", finding.working),
    }
}

fn population(report: &RankedAssessment<'_>) -> Option<PaperPopulation> {
    report.assessment.population.as_ref().map(|population| PaperPopulation {
        people: number(population.people(), 0),
        source: population.cited.source.clone(),
        place: population.cited.place.clone(),
        note: population.cited.note.clone(),
    })
}

fn sources(report: &RankedAssessment<'_>) -> Vec<PaperSource> {
    let source = |(id, document): (&String, &crate::assessment::Document)| PaperSource {
        id: id.clone(),
        title: document.title.clone(),
        about: [&document.publisher, &document.date, &document.note].into_iter().flatten().cloned().collect(),
    };
    report.assessment.sources.iter().map(source).collect()
}

/// What a public edition leaves out.
fn withheld(report: &RankedAssessment<'_>) -> Option<String> {
    report.warnings.iter().find(|warning| warning.code == Code::SmallNumbers).map(|warning| sentence(&warning.message))
}

/// What a reader should know before relying on it. That questions look at the other candidates is one sentence.
fn warnings(report: &RankedAssessment<'_>) -> Vec<String> {
    let relative = |criterion: &&Criterion| criterion.value.shape().needs_facts();
    let titles: Vec<String> =
        report.rules.criteria.iter().filter(relative).map(|criterion| lower_title(&criterion.title)).collect();
    let others = report.warnings.iter().filter(|warning| warning.code != Code::RelativeValue);
    let mut sentences: Vec<String> = illustrations(report).into_iter().collect();
    sentences.extend(others.map(|warning| sentence(&warning.message)));
    if !titles.is_empty() {
        sentences.push(format!(
            "Candidates are compared with each other on {}: adding or removing one can reorder the rest.",
            listed(&titles)
        ));
    }
    let pooled = report.rules.criteria.iter().filter(|criterion| criterion.pools);
    sentences.extend(pooled.map(|criterion| pooling(criterion, report.rules)));
    sentences
}

/// How many answers were made up for illustration; none where nothing was.
fn illustrations(report: &RankedAssessment<'_>) -> Option<String> {
    let answers = sides::Answers::of(report.traces.iter());
    let verb = if answers.made_up == 1 { "is" } else { "are" };
    (answers.made_up > 0).then(|| {
        format!(
            "Of {} {} {verb} made up for illustration, and marked so. Take no decision on them.",
            counted(answers.given(), "answer", "answers"),
            answers.made_up
        )
    })
}

/// A message as a sentence: it begins with a capital and ends with a full stop.
fn sentence(message: &str) -> String {
    format!("{}.", upper_first(message))
}
