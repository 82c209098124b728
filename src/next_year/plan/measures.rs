//! Measures for next year's review: those of last year's reviews, asked for again, and those that could be made of last
//! year's figures.

use super::super::asked::Asking;
use super::super::last::LastYear;
use super::written::quoted;
use crate::assessment::plan::{EvidenceLink, Goal, Measure, Plan, Reading};
use crate::assessment::{Candidate, Count, Evidence, Figure, Period, Unit};

/// Why an empty figure is empty, in the plan of next year.
pub(super) fn not_filed_yet(asking: &Asking<'_>) -> String {
    format!("Not filed yet; asked for in the assessment for {}.", asking.next.written())
}

/// What measures are made of.
pub(super) struct Measures<'m> {
    pub(super) last: &'m LastYear<'m>,
    pub(super) asking: &'m Asking<'m>,
    /// The id of the source that last year's assessment is.
    pub(super) source: String,
    /// The ids of the priorities that the plan has.
    pub(super) priorities: &'m [&'m str],
}

impl Measures<'_> {
    /// Measures of last year's reviews whose time is over, each with the figure that it had as its baseline, and how many.
    pub(super) fn of_last_year(&self, ended: &[(&Plan, &Measure)]) -> (String, usize) {
        let mut ids: Vec<&str> = Vec::new();
        let mut text = String::new();
        for (plan, measure) in ended {
            // The same measure of two plans is the one of the later plan.
            if !ids.contains(&&*measure.id) {
                ids.push(&measure.id);
                text.push_str(&self.again(plan, measure));
            }
        }
        if ids.is_empty() {
            return (text, 0);
        }
        let heading = "\n# Measures that last year's review had. Each begins from the figure that it had then. Say how far it \
                       should go, with\n# `target`, and take out those by which nothing is judged now.\n";
        (format!("{heading}{text}"), ids.len())
    }

    fn again(&self, plan: &Plan, measure: &Measure) -> String {
        let mut text =
            format!("\n[[measure]]\nid       = {}\ntitle    = {}\n", quoted(&measure.id), quoted(&measure.title));
        let mut add = |key: &str, value: String| text.push_str(&format!("{key:<8} = {value}\n"));
        if let Some(priority) = measure.priority.as_deref().filter(|id| self.priorities.contains(id)) {
            add("priority", quoted(priority));
        }
        for (key, value) in [("regard", &measure.regard), ("unit", &measure.unit)] {
            if let Some(value) = value {
                add(key, quoted(value));
            }
        }
        add("wanted", quoted(measure.wanted.word()));
        if let Goal::Between(low, high) = measure.target.goal {
            add("target", format!("{{ between = [{low}, {high}] }}"));
        }
        if let Some(baseline) = measure.actual.as_ref().and_then(written) {
            add("baseline", baseline);
        }
        match measure.actual.as_ref().and_then(|actual| actual.link.as_ref()) {
            Some(link) => add("actual", linked(link, self.asking.next)),
            None => add("missing", quoted(&not_filed_yet(self.asking))),
        }
        if let Some(owner) = &measure.owner {
            add("owner", quoted(owner));
        }
        add("formerly", format!("[{}]", quoted(&measure.id)));
        add("source", quoted(&self.source));
        let cited = &measure.cited;
        add("where", quoted(&format!("\"{}\": {}, {}", plan.title, cited.source, cited.place)));
        text
    }

    /// A measure for each figure of these candidates that can be one and is none yet, as comments.
    pub(super) fn suggested<'c>(
        &self,
        candidates: impl Iterator<Item = &'c Candidate>,
        taken: &[(&Plan, &Measure)],
    ) -> String {
        let links = taken.iter().flat_map(|(_, measure)| [&measure.baseline, &measure.actual]);
        let links: Vec<&EvidenceLink> = links.flatten().filter_map(|reading| reading.link.as_ref()).collect();
        let is_free =
            |candidate: &str, name: &str| !links.iter().any(|it| it.candidate == candidate && it.name == name);
        let measures: String = candidates.flat_map(|candidate| self.of_figures(candidate, &is_free)).collect();
        if measures.is_empty() {
            return measures;
        }
        let heading = "\n# Measures that could be made of last year's figures. Take the `#` off those that the plan had, and say \
                       which way\n# was wanted (`less`, `more` or `within`) and, where there was one, the `target`.\n";
        format!("{heading}{measures}")
    }

    fn of_figures(&self, candidate: &Candidate, is_free: &dyn Fn(&str, &str) -> bool) -> Vec<String> {
        let ranked = self.last.ranked;
        let number = ranked.assessment.candidate_number(&candidate.id);
        let filed = ranked.assessment.evidence.iter().filter(|(name, _)| is_free(&candidate.id, name));
        let made = filed.filter_map(|(name, column)| {
            let evidence = column.get(number?)?;
            let declared = ranked.rules.evidence.get(name);
            let title = declared.map_or_else(|| name.clone(), |declared| declared.title.clone());
            self.of_figure(candidate, name, &title, &evidence)
        });
        made.collect()
    }

    fn of_figure(&self, candidate: &Candidate, name: &str, title: &str, evidence: &Evidence) -> Option<String> {
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
        let link = EvidenceLink { candidate: candidate.id.clone(), name: name.to_owned() };
        let priority = match self.priorities.contains(&&*candidate.id) {
            true => format!("# priority = {}\n", quoted(&candidate.id)),
            false => String::new(),
        };
        Some(format!(
            "#\n# [[measure]]\n# id       = {}\n# title    = {}\n{priority}# wanted   = \"less\"\n# baseline = {baseline}\n\
             # actual   = {}\n# source   = {}\n# where    = {}\n",
            quoted(&format!("{}-{name}", candidate.id)),
            quoted(&format!("{}: {title}", candidate.title)),
            linked(&link, self.asking.next),
            quoted(&self.source),
            quoted(&format!("{name}: {place}"))
        ))
    }
}

/// A figure that the assessment files, of a period.
pub(super) fn linked(link: &EvidenceLink, period: Period) -> String {
    let named = quoted(&format!("{}.{}", link.candidate, link.name));
    format!("{{ evidence = {named}, period = {} }}", quoted(&period.written()))
}

/// A figure with its period as it is written in a plan, digit by digit; none where it can't be written there.
pub(super) fn written(reading: &Reading) -> Option<String> {
    let mut keys = Vec::new();
    match &reading.figure {
        Figure::Count(_) if reading.is_range() && reading.link.is_some() => return None,
        Figure::Count(_) if reading.is_range() => keys.push(format!("suppressed = {}", quoted(&reading.printed))),
        _ => keys.push(format!("{} = {}", reading.kind().key(), reading.low)),
    }
    keys.push(format!("period = {}", quoted(&reading.period.written())));
    match &reading.figure {
        Figure::Count(Count { among: Some(among), .. }) => {
            let unit = if among.unit == Unit::People { "population" } else { "households" };
            keys.push(format!("{unit} = {}", among.number));
        }
        Figure::Rate(rate) => keys.push(format!("per = {}", rate.per)),
        Figure::Percentage(percentage) => keys.extend(percentage.base.map(|base| format!("base = {base}"))),
        _ => {}
    }
    Some(format!("{{ {} }}", keys.join(", ")))
}

/// A count that its publisher gave.
fn counted_in(count: &Count) -> Option<String> {
    count.not_known().is_none().then(|| dated("count", count.count, count.period))
}

fn dated(key: &str, figure: f64, period: Period) -> String {
    format!("{{ {key} = {figure}, period = \"{}\" }}", period.written())
}
