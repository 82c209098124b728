//! The tables of a review.

use super::view::ReviewView;
use crate::assessment::plan::outcome::{ByChance, ChanceVerdict, chance_figures_in_words, signed_range};
use crate::assessment::plan::{Goal, Measure, OutcomeWord, Plan, Reading, ReadingKind, Wanted};
use crate::exact::Fixed;
use crate::report::section::{Section, SectionCell};
use crate::review::{ActionReview, MeasureReview, Overdue, PlanReview};
use crate::words::{counted, joined};

/// What the review is of.
pub(super) fn header(view: &ReviewView<'_>) -> Vec<String> {
    let assessment = view.assessment;
    let overdue = view.on.into_iter().flat_map(|on| {
        let late = move |it: Overdue<'_>| format!("Overdue on {on}: {}, due {}", it.title, it.due.when());
        view.plans.iter().flat_map(move |plan| plan.overdue(on)).map(late)
    });
    let first = vec![
        format!("{}, {}", assessment.partnership, assessment.title),
        "Outcomes follow from the printed figures by one rule; chance stands beside them and changes none.".to_owned(),
    ];
    first.into_iter().chain(overdue).collect()
}

/// A section for the measures of each plan, one for its actions, one for what the plans must have regard to, one for what documents claim, and one for results
/// that are stated in words.
pub(super) fn sections(view: &ReviewView<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for review in &view.plans {
        sections.push(own(review));
        sections.extend(followed(review));
        sections.extend(regarded(review));
        sections.extend(claims(review));
    }
    sections.extend(last_plan(view));
    sections
}

fn own(review: &PlanReview<'_>) -> Section {
    let own: Vec<&MeasureReview<'_>> = review.measures.iter().filter(|it| it.measure.regard.is_none()).collect();
    let plan = review.plan;
    let title = format!("{}, {}", plan.title, plan.period);
    Section { about: about(&own), notes: own.iter().map(|it| note(it, plan)).collect(), ..table(title, &own) }
}

/// How many measures have each outcome: `6 measures: 4 achieved; 2 not achieved.`
fn about(own: &[&MeasureReview<'_>]) -> String {
    let words: Vec<OutcomeWord> = own.iter().map(|it| it.outcome.word).collect();
    match own.len() {
        0 => "The plan has no measures of its own.".to_owned(),
        all => format!("{}: {}.", counted(all, "measure", "measures"), each_outcome(&words)),
    }
}

fn each_outcome(words: &[OutcomeWord]) -> String {
    let count = |word: OutcomeWord| words.iter().filter(|it| **it == word).count();
    let told = OutcomeWord::ALL.into_iter().map(|word| (count(word), word.phrase())).filter(|(count, _)| *count > 0);
    joined(&told.map(|(count, phrase)| format!("{count} {phrase}")).collect::<Vec<_>>())
}

/// The actions that can be followed, where there are some.
fn followed(review: &PlanReview<'_>) -> Option<Section> {
    let actions = &review.actions;
    if actions.is_empty() {
        return None;
    }
    let words: Vec<OutcomeWord> = actions.iter().map(|it| it.outcome.word).collect();
    let row = |it: &ActionReview<'_>| {
        let (action, dash) = (it.action, || "–".to_owned());
        [
            action.title.clone(),
            action.progress.last().map_or_else(dash, |latest| format!("{}%", latest.percent)),
            action.due.map_or_else(dash, |due| due.last_day().to_string()),
            action.lead.clone().unwrap_or_else(dash),
            it.outcome.word.phrase().to_owned(),
        ]
        .map(SectionCell::text)
        .into()
    };
    Some(Section {
        title: format!("What is done of {}", review.plan.title),
        about: format!("{}: {}.", counted(actions.len(), "action", "actions"), each_outcome(&words)),
        headings: ["Action", "Done", "Due", "Lead", "Outcome"].map(str::to_owned).into(),
        rows: actions.iter().map(row).collect(),
        notes: actions.iter().map(action_note).collect(),
        wordy: 3,
    })
}

/// Why the outcome of an action is what it is, and how it came there.
fn action_note(it: &ActionReview<'_>) -> String {
    let action = it.action;
    let mut told = vec![format!("“{}”: {}", action.title, it.outcome.because)];
    let steps = action.progress.iter().map(|step| {
        let note = step.note.as_ref().map(|note| format!(", {note}"));
        format!("{}% by {}{}", step.percent, step.day.last_day(), note.unwrap_or_default())
    });
    let steps: Vec<String> = steps.collect();
    if steps.len() > 2 || action.progress.iter().any(|step| step.note.is_some()) {
        told.push(format!("{}.", steps.join("; ")));
    }
    told.extend(action.note.clone());
    told.join(" ")
}

fn table(title: String, measures: &[&MeasureReview<'_>]) -> Section {
    let headings = ["Measure", "Before", "Now", "Change", "Outcome", "By chance"].map(str::to_owned).into();
    let row = |it: &&MeasureReview<'_>| {
        let measure = it.measure;
        [
            measure.title.clone(),
            shown(measure.baseline.as_ref()),
            shown(measure.actual.as_ref()),
            change_in_words(it),
            it.outcome.word.phrase().to_owned(),
            verdict(&it.chance).to_owned(),
        ]
        .map(SectionCell::text)
        .into()
    };
    Section {
        title,
        about: String::new(),
        headings,
        rows: measures.iter().map(row).collect(),
        notes: Vec::new(),
        wordy: 2,
    }
}

/// A figure as it was printed, where there is one.
pub(in crate::report) fn shown(reading: Option<&Reading>) -> String {
    reading.map_or_else(|| "–".to_owned(), |reading| reading.printed.clone())
}

/// What the table does not say: of which periods the figures are, what was wanted, what chance rests on, and what a reader
/// should know.
fn note(it: &MeasureReview<'_>, plan: &Plan) -> String {
    let measure = it.measure;
    let mut told = vec![format!("“{}”:", measure.title)];
    if it.outcome.word != OutcomeWord::CannotTell {
        let of = |reading: &Reading| reading.period.to_string();
        let periods: Vec<String> = [&measure.baseline, &measure.actual].into_iter().flatten().map(of).collect();
        told.push(format!("{}.", periods.join(", then ")));
    }
    told.push(it.outcome.wanted.clone());
    if it.outcome.word == OutcomeWord::CannotTell && measure.regard.is_none() {
        told.push(format!("{}.", aim(measure)));
    }
    if let (false, Some(actual)) = (measure.progress.is_empty(), &measure.actual) {
        let parts = measure.progress.iter().map(|part| format!("{} {}", part.printed, part.period.when()));
        let so_far = if actual.period == measure.target.by { "" } else { " so far" };
        told.push(format!("By parts{so_far}: {}.", parts.collect::<Vec<_>>().join(", ")));
    }
    // Where nothing can be told, one reason is enough.
    if it.outcome.word != OutcomeWord::CannotTell || !matches!(it.chance.verdict, ChanceVerdict::CannotTell(_)) {
        told.push(chance_figures_in_words(&it.chance));
    }
    told.extend(it.outcome.caveats.iter().cloned());
    told.extend(measure.cited.note.clone());
    let owner = measure.owner.as_ref().map(|owner| format!("{owner} answers for it"));
    let due = measure.due.map(|due| format!("its figure is due on {due}"));
    let of_owner: Vec<String> = owner.into_iter().chain(due).collect();
    if !of_owner.is_empty() {
        told.push(format!("{}.", crate::words::upper_first(&joined(&of_owner))));
    }
    if let Some(priority) = measure.priority.as_deref().and_then(|id| plan.priority(id)) {
        told.push(format!("Priority: {}.", priority.title));
    }
    let source = plan.sources.get(&measure.cited.source).map_or(&measure.cited.source, |document| &document.title);
    told.push(format!("({source}, {})", measure.cited.place));
    told.join(" ")
}

/// What the plan must have regard to, where it has such measures.
fn regarded(review: &PlanReview<'_>) -> Option<Section> {
    let others: Vec<&MeasureReview<'_>> = review.measures.iter().filter(|it| it.measure.regard.is_some()).collect();
    if others.is_empty() {
        return None;
    }
    let title = format!("What {} has regard to", review.plan.title);
    let about = "Measures of others. They are not counted among the plan’s own.".to_owned();
    let told = |it: &&MeasureReview<'_>| {
        let of = it.measure.regard.as_deref().map(|of| format!("{of}. {}. ", aim(it.measure))).unwrap_or_default();
        format!("{of}{}", note(it, review.plan))
    };
    Some(Section { about, notes: others.iter().map(told).collect(), ..table(title, &others) })
}

/// How far a measure was to go, and by when.
pub(super) fn aim(measure: &Measure) -> String {
    let way = match measure.wanted {
        Wanted::Less => "Less",
        Wanted::More => "More",
        Wanted::Within => "Within",
    };
    let kind = measure.kind().unwrap_or(ReadingKind::Number);
    let plain = |figure: Fixed| figure.to_string().trim_start_matches('-').to_owned();
    let unit = if kind == ReadingKind::Percentage { " percentage points" } else { "" };
    let far = match measure.target.goal {
        Goal::AnyStep => String::new(),
        Goal::Figure(figure) => format!(", to {},", kind.printed(figure)),
        Goal::Change(change) => format!(", by {}{unit},", plain(change)),
        Goal::ChangePercent(percent) => format!(", by {}%,", plain(percent)),
        Goal::Between(low, high) => format!(" {} to {}", kind.printed(low), kind.printed(high)),
    };
    format!("{way}{far} is wanted by {}", measure.target.by.last_day())
}

/// The change in the measure's own unit, with its per cent, where there is one.
pub(in crate::report) fn change_in_words(it: &MeasureReview<'_>) -> String {
    let Some(change) = it.change else { return "–".to_owned() };
    let is_one = change.low == change.high && change.low.to_f64().abs() == 1.0;
    let unit = match it.measure.kind() {
        Some(ReadingKind::Percentage) if is_one => " point",
        Some(ReadingKind::Percentage) => " points",
        _ => "",
    };
    let own = signed_range((change.low, change.high), unit);
    let percent = change.percent.map(|percent| format!(" ({})", signed_range(percent, "%")));
    let rate = change.rate_percent.map(|rate| format!("; rate {}", signed_range((rate, rate), "%")));
    format!("{own}{}{}", percent.unwrap_or_default(), rate.unwrap_or_default())
}

/// What chance says, in a few words.
pub(in crate::report) fn verdict(chance: &ByChance) -> &'static str {
    match chance.verdict {
        ChanceVerdict::CouldExplain => "could explain it",
        ChanceVerdict::DoesNotExplain => "does not explain it",
        ChanceVerdict::CannotTell(_) => "can’t be told",
    }
}

/// What documents claim, set against the figures.
fn claims(review: &PlanReview<'_>) -> Option<Section> {
    let all: Vec<_> = review.measures.iter().flat_map(|it| &it.claims).collect();
    if all.is_empty() {
        return None;
    }
    let rows = all.iter().map(|it| {
        let holds = match it.holds {
            Some(true) if it.only_by_rounding => "holds only by rounding",
            Some(true) => "holds",
            Some(false) => "does not hold",
            None => "can’t be checked",
        };
        let found = it.recomputed.clone().unwrap_or_else(|| "–".to_owned());
        let place = format!("{}, {}", it.claim.source, it.claim.place);
        [it.measure.title.clone(), it.as_printed.clone(), found, holds.to_owned(), place].map(SectionCell::text).into()
    });
    let count = |holds: Option<bool>| all.iter().filter(|it| it.holds == holds).count();
    let about = format!(
        "{}: {}, {}, {} can’t be checked by the figures that are filed. \
         Outcomes, numbers and directions were checked, as the figures say them, and whether words that rose or fell beside a \
         number go with it; no other words were.",
        counted(all.len(), "claim", "claims"),
        counted(count(Some(true)), "holds", "hold"),
        counted(count(Some(false)), "does not", "do not"),
        count(None)
    );
    Some(Section {
        title: "What documents say of it".to_owned(),
        about,
        headings: ["Measure", "As printed", "The figures say", "Claim", "Where"].map(str::to_owned).into(),
        rows: rows.collect(),
        notes: Vec::new(),
        wordy: 4,
    })
}

/// Results of last year's plan that the assessment states in words.
fn last_plan(view: &ReviewView<'_>) -> Option<Section> {
    if view.last_plan.is_empty() {
        return None;
    }
    let rows = view.last_plan.iter().map(|it| {
        let stated = match it.result.achieved {
            Some(true) => "achieved",
            Some(false) => "not achieved",
            None => "not said",
        };
        let measure = format!("{} ({})", it.result.measure, it.result.priority);
        let change = it.change_percent.clone().unwrap_or_else(|| "–".to_owned());
        [measure, it.result.baseline.clone(), it.result.latest.clone(), change, stated.to_owned()]
            .map(SectionCell::text)
            .into()
    });
    Some(Section {
        title: "Results stated under last_plan".to_owned(),
        about:
            "As the document has them. Which way was wanted and of which periods they are is not filed, so no outcome \
                follows: a measure of a plan says both."
                .to_owned(),
        headings: ["Measure", "Before", "Latest", "Change", "The document says"].map(str::to_owned).into(),
        rows: rows.collect(),
        notes: Vec::new(),
        wordy: 1,
    })
}
