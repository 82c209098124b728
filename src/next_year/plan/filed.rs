//! Last year's plan as the one to review: each measure without a figure asked for, and each action marked by whether it was
//! chosen.

use std::num::NonZeroUsize;

use toml::Value;

use super::super::asked::Asking;
use super::super::last::LastYear;
use super::super::rewriting::Rewriting;
use super::super::rewriting::Step::{At, Key};
use super::measures::{Measures, not_filed_yet};
use super::reviewed::{Reviewed, baseline_as_filed};
use super::written::{asked_again, source, source_table};
use crate::assessment::plan::{Measure, Plan};
use crate::choose::for_the_paper;
use crate::words::{counted, visible};

/// Last year's plan.
pub(super) struct FiledPlan<'a> {
    text: String,
    plan: Option<&'a Plan>,
    /// The ids of the actions that were chosen, or would be best; none where nobody can say.
    chosen: Option<Vec<String>>,
    measures: usize,
    told: String,
}

/// What is known of an action.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// None where the board did not say.
    chosen: Option<bool>,
    /// None where no best set is proven.
    best: Option<bool>,
}

impl<'a> FiledPlan<'a> {
    pub(super) fn of(last: &LastYear<'a>, asking: &Asking<'_>, text: &str) -> Self {
        let plan = last.ranked.assessment.plan.as_ref();
        let marks = marks(last);
        let board =
            last.ranked.assessment.decisions.as_ref().filter(|_| marks.iter().any(|(_, it)| it.chosen.is_some()));
        let told = match board {
            Some(decisions) => format!("; its actions are marked by what {} chose", visible(&decisions.title, &[])),
            None if marks.is_empty() => String::new(),
            None => "; its actions are marked by the best set, as no decision of the board on them is filed".to_owned(),
        };
        let is_in = |mark: &Mark| mark.chosen.or(mark.best).unwrap_or(false);
        let chosen = marks.iter().filter(|(_, mark)| is_in(mark)).map(|(id, _)| id.clone()).collect();
        let chosen = (!marks.is_empty()).then_some(chosen);
        let (text, measures) = rewritten(text, plan, asking, &marks);
        Self { text, plan, chosen, measures, told }
    }

    /// What is asked for, and how it is marked: the rest of a sentence.
    pub(super) fn told(&self) -> String {
        let asked = match self.measures {
            0 => String::new(),
            measures => format!("; to file: {} of it", counted(measures, "measure", "measures")),
        };
        format!("{asked}{}", self.told)
    }

    /// With measures of last year's reviews where it has none, and those that could be made of figures of what is served.
    pub(super) fn with(
        self,
        last: &LastYear<'_>,
        asking: &Asking<'_>,
        reviewed: &Reviewed<'_>,
        told: &mut Vec<String>,
        name: &str,
    ) -> String {
        let own: Vec<(&Plan, &Measure)> =
            self.plan.into_iter().flat_map(|plan| plan.measures.iter().map(move |it| (plan, &**it))).collect();
        let ids: Vec<&str> = self.plan.into_iter().flat_map(|plan| &plan.priorities).map(|it| it.id.as_str()).collect();
        let measures = Measures { last, asking, source: source(last), priorities: &ids };
        let (again, count) = match own.is_empty() {
            true => measures.of_last_year(&reviewed.ended),
            false => (String::new(), 0),
        };
        told.extend((count > 0).then(|| asked_again(count, name)));
        let served = self.served();
        let candidates = last.ranked.assessment.candidates.iter().filter(|candidate| served.contains(&&*candidate.id));
        let taken: Vec<(&Plan, &Measure)> = own.iter().chain(&reviewed.ended).copied().collect();
        let suggested = measures.suggested(candidates, &taken);
        let source = match again.is_empty() && suggested.is_empty() {
            true => String::new(),
            false => source_table(last, &measures.source),
        };
        format!("{}{source}{again}{suggested}", self.text)
    }

    /// The candidates that the chosen actions serve.
    fn served(&self) -> Vec<&str> {
        let (Some(chosen), Some(options)) = (&self.chosen, self.plan.and_then(|plan| plan.options.as_ref())) else {
            return Vec::new();
        };
        let actions = options.actions.iter().filter(|action| chosen.contains(&action.id));
        actions.flat_map(|action| &action.serves).map(|reach| reach.candidate.as_str()).collect()
    }
}

/// What is known of each action, by id. Nothing where nothing is.
fn marks(last: &LastYear<'_>) -> Vec<(String, Mark)> {
    let assessment = last.ranked.assessment;
    let Some(plan) = &assessment.plan else { return Vec::new() };
    let Some(options) = &plan.options else { return Vec::new() };
    let chosen = assessment.decisions.as_ref().and_then(|decisions| decisions.chosen.as_ref());
    let chosen = chosen.filter(|chosen| chosen.period.is_none_or(|period| period == plan.period));
    let best = for_the_paper(last.ranked, NonZeroUsize::MIN).and_then(Result::ok).filter(|it| it.best.is_proven());
    if chosen.is_none() && best.is_none() {
        return Vec::new();
    }
    let mark = |(number, action): (usize, &crate::assessment::plan::options::Action)| {
        let chosen = chosen.map(|chosen| chosen.actions.iter().any(|(id, _)| *id == action.id));
        let best = best.as_ref().and_then(|choice| choice.best.set.get(number).copied());
        (action.id.clone(), Mark { chosen, best })
    };
    options.actions.iter().enumerate().map(mark).collect()
}

/// The plan with every measure asked for that has no figure, how many those are, and every action marked.
fn rewritten(text: &str, plan: Option<&Plan>, asking: &Asking<'_>, marks: &[(String, Mark)]) -> (String, usize) {
    let Some(mut file) = Rewriting::new(text) else { return (text.to_owned(), 0) };
    let list = |file: &Rewriting<'_>, key: &str| -> Vec<Value> {
        file.tree().get(key).and_then(Value::as_array).into_iter().flatten().cloned().collect()
    };
    let mut count = 0;
    for (at, measure) in list(&file, "measure").iter().enumerate() {
        let id = measure.get("id").and_then(Value::as_str);
        let judged = plan.and_then(|plan| plan.measures.iter().find(|it| Some(&*it.id) == id));
        baseline_as_filed(&mut file, at, measure, judged.and_then(|judged| judged.baseline.as_ref()));
        if !["actual", "missing", "progress"].iter().any(|key| measure.get(key).is_some()) {
            file.add(&[Key("measure"), At(at)], "missing", Value::String(not_filed_yet(asking)));
            count += 1;
        }
    }
    for (at, action) in list(&file, "action").iter().enumerate() {
        let id = ["id", "candidate"].iter().find_map(|key| action.get(key).and_then(Value::as_str));
        let Some((_, mark)) = marks.iter().find(|(known, _)| Some(&**known) == id) else { continue };
        let asks = mark.chosen.or(mark.best) == Some(true) && action.get("progress").is_none();
        file.remark(&[Key("action"), At(at)], &remark(*mark, asks, plan));
        if mark.chosen == Some(false) {
            // What was not chosen is not followed.
            for key in ["due", "progress"].into_iter().filter(|key| action.get(key).is_some()) {
                file.leave_out(&[Key("action"), At(at), Key(key)]);
            }
        }
    }
    (file.finish(""), count)
}

/// What an action's comment says.
fn remark(mark: Mark, asks: bool, plan: Option<&Plan>) -> String {
    let best = match mark.best {
        Some(true) => "in the best set",
        Some(false) => "not in the best set",
        None => "what the best set was is not proven",
    };
    let said = match mark.chosen {
        Some(true) => format!("# Chosen by the board; {best}.\n"),
        Some(false) => format!("# Not chosen by the board; {best}.\n"),
        None => format!("# No decision of the board is filed; {best}.\n"),
    };
    let last_day = plan.map(|plan| plan.period.last_day().iso()).filter(|_| asks);
    let asked = last_day
        .map(|day| format!("# progress = [{{ date = \"{day}\", percent = 0 }}]   # how much was done by when\n"));
    format!("{said}{}", asked.unwrap_or_default())
}
