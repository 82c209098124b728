//! The plan that next year's assessment reviews: last year's, or, where none was filed, the priorities of its list.

use toml::{Table, Value};

use super::last::LastYear;
use super::rewriting::Rewriting;
use super::rewriting::Step::{At, Key};
use crate::assessment::{Candidate, Count, Evidence, Figure, Period};
use crate::diagnostic::Problem;
use crate::files::join;
use crate::ranked::RankedAssessment;
use crate::scoring::Standing;
use crate::words::{counted, visible};

/// The plan to review.
#[derive(Debug)]
pub(super) struct Review {
    /// The name of its file.
    pub(super) name: String,
    pub(super) text: String,
    /// What it was made of, in a sentence.
    pub(super) told: String,
}

impl Review {
    /// Last year's plan as it was filed, each measure without a figure asked for; or a plan of the priorities.
    ///
    /// # Errors
    /// An assessment or plan that is not UTF-8.
    pub(super) fn of(last: &LastYear<'_>, next: Period) -> Result<Self, Problem> {
        let period = last.ranked.assessment.plan.as_ref().map_or(next, |plan| plan.period);
        let year = period.written().replace('/', "-");
        let files = last.inputs.files();
        let is_free = |name: &String| !files.contains_key(&format!("assessment/{name}"));
        let name = names(&format!("plan-{year}"), ".toml").find(is_free).unwrap_or_default();
        if let Some((file, text)) = filed(last)? {
            let (text, measures) = asked(&text, next);
            let asked = match measures {
                0 => String::new(),
                _ => format!("; to file: {} of it", counted(measures, "measure", "measures")),
            };
            return Ok(Self {
                told: format!("To review: last year's plan, `{file}`, as `{name}`{asked}."),
                name,
                text,
            });
        }
        let priorities = Priorities::of(last.ranked);
        let told = format!(
            "To review: {} in `{name}`, {}. Name there the measures by which they are judged.",
            counted(priorities.list.len(), "priority", "priorities"),
            priorities.from
        );
        Ok(Self { text: priorities.plan(last, next), name, told })
    }
}

/// `plan`, `plan-2`, `plan-3`, …
fn names(first: &str, ending: &str) -> impl Iterator<Item = String> {
    let more = (2..1_000).map(move |number| format!("{first}-{number}{ending}"));
    [format!("{first}{ending}")].into_iter().chain(more)
}

/// The plan that last year's assessment names, with the name of its file.
fn filed(last: &LastYear<'_>) -> Result<Option<(String, String)>, Problem> {
    let main = last.text(super::file::MAIN)?.unwrap_or_default().parse::<Table>().unwrap_or_default();
    let header = main.get("assessment").and_then(Value::as_table);
    let Some(name) = header.and_then(|header| header.get("plan")).and_then(Value::as_str) else { return Ok(None) };
    let name = join(".", name);
    Ok(last.text(&name)?.map(|text| (name, text)))
}

/// The plan with every measure asked for that has no figure, and how many those are.
fn asked(text: &str, next: Period) -> (String, usize) {
    let Some(mut file) = Rewriting::new(text) else { return (text.to_owned(), 0) };
    let measures: Vec<Value> =
        file.tree().get("measure").and_then(Value::as_array).into_iter().flatten().cloned().collect();
    let lacks = |measure: &&Value| !["actual", "missing"].iter().any(|key| measure.get(key).is_some());
    let mut count = 0;
    for (at, _) in measures.iter().enumerate().filter(|(_, measure)| lacks(measure)) {
        let missing = format!("Not filed yet; asked for in the assessment for {}.", next.written());
        file.add(&[Key("measure"), At(at)], "missing", Value::String(missing));
        count += 1;
    }
    (file.finish(""), count)
}

/// What was chosen last year, and by whom.
struct Priorities<'r> {
    list: Vec<(&'r Candidate, String)>,
    from: String,
}

impl<'r> Priorities<'r> {
    /// Those of the board where it decided; else those in the first tier.
    fn of(ranked: &'r RankedAssessment<'_>) -> Self {
        if let Some(board) = &ranked.board {
            let place = |place: Option<usize>| place.map_or_else(String::new, |place| format!(", place {place}"));
            let list = board.list.iter().map(|it| (it.candidate, format!("The board's list{}", place(it.place))));
            return Self { list: list.collect(), from: format!("the board's ({})", board.decisions.title) };
        }
        let tier = ranked.rules.tiers.first().map_or("", |tier| &tier.title);
        let top = ranked.traces.iter().filter(|trace| trace.standing == Standing::Tier(0));
        let list = top.map(|trace| {
            let rank = trace.rank.map_or_else(String::new, |rank| format!("Rank {rank}, "));
            (trace.candidate, format!("{rank}tier \"{tier}\""))
        });
        Self { list: list.collect(), from: format!("the list's tier \"{tier}\", as no board's decisions are filed") }
    }

    /// The text of a plan with these priorities.
    fn plan(&self, last: &LastYear<'_>, next: Period) -> String {
        let assessment = last.ranked.assessment;
        let period = next.written();
        let taken = |id: &String| !assessment.sources.contains_key(id);
        let source = names("last-year", "").find(taken).unwrap_or_default();
        let (kind, digest) = match last.record {
            Some(digest) => ("Record", digest),
            None => ("Assessment", &*assessment.digest),
        };
        let mut text = format!(
            "#:schema plan.json\n\n# What last year's assessment chose for {period}, to be reviewed:\n# {}.\n# A plan may have had \
             others: put its own words, places and measures here.\n\n[plan]\ntitle  = {}\nperiod = {}\n\n[[source]]\nid        = {}\ntitle     = {}\npublisher = {}\n\
             note      = {}\n",
            visible(&self.from, &[]),
            quoted(&format!("Priorities for {period}")),
            quoted(&period),
            quoted(&source),
            quoted(&assessment.title),
            quoted(&assessment.partnership),
            quoted(&format!("{kind} {digest}.")),
        );
        for (candidate, place) in &self.list {
            text.push_str(&format!(
                "\n[[priority]]\nid     = {}\ntitle  = {}\nsource = {}\nwhere  = {}\n",
                quoted(&candidate.id),
                quoted(&candidate.title),
                quoted(&source),
                quoted(place)
            ));
        }
        let measures: String =
            self.list.iter().flat_map(|(candidate, _)| measures(&source, last.ranked, candidate, next)).collect();
        if !measures.is_empty() {
            text.push_str(
                "\n# Measures that could be made of last year's figures. Take the `#` off those that the plan had, and say \
                 which way\n# was wanted (`less`, `more` or `within`) and, where there was one, the `target`.\n",
            );
            text.push_str(&measures);
        }
        text
    }
}

/// A measure for each figure of a candidate that can be one, as a comment.
fn measures(source: &str, ranked: &RankedAssessment<'_>, candidate: &Candidate, next: Period) -> Vec<String> {
    let assessment = ranked.assessment;
    let number = assessment.candidate_number(&candidate.id);
    let filed = assessment.evidence.iter().filter_map(|(name, column)| {
        let evidence = column.get(number?)?;
        let title = ranked.rules.evidence.get(name).map_or_else(|| name.clone(), |declared| declared.title.clone());
        measure(source, candidate, name, &title, &evidence, next)
    });
    filed.collect()
}

fn measure(
    source: &str,
    candidate: &Candidate,
    name: &str,
    title: &str,
    evidence: &Evidence,
    next: Period,
) -> Option<String> {
    let origin = &evidence.origin;
    let baseline = match &evidence.figure {
        Figure::Count(count) => counted_in(count)?,
        Figure::Series(series) => counted_in(series.latest()?)?,
        Figure::Percentage(percentage) => dated("percentage", percentage.percentage.estimate, origin.period?),
        Figure::Percentages(series) => {
            let latest = series.latest()?;
            dated("percentage", latest.percentage.percentage.estimate, latest.period)
        }
        _ => return None,
    };
    let place = origin.place.as_deref()?;
    Some(format!(
        "#\n# [[measure]]\n# id       = {}\n# title    = {}\n# priority = {}\n# wanted   = \"less\"\n# baseline = {baseline}\n\
         # actual   = {{ evidence = {}, period = {} }}\n# source   = {}\n# where    = {}\n",
        quoted(&format!("{}-{name}", candidate.id)),
        quoted(&format!("{}: {title}", candidate.title)),
        quoted(&candidate.id),
        quoted(&format!("{}.{name}", candidate.id)),
        quoted(&next.written()),
        quoted(source),
        quoted(&format!("{name}: {place}"))
    ))
}

/// A count that its publisher gave.
fn counted_in(count: &Count) -> Option<String> {
    count.not_known().is_none().then(|| dated("count", count.count, count.period))
}

fn dated(key: &str, figure: f64, period: Period) -> String {
    format!("{{ {key} = {figure}, period = \"{}\" }}", period.written())
}

/// The text as TOML.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
