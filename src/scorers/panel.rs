//! What several people gave, put together: for each judgement who gave which score. Two forms of one role are told, and one
//! of them counts.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::filled::FilledScores;
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::RowAccount;
use crate::stats::{agreement, far_out};
use crate::words::{as_read, counted, listed, number};

/// How far from the middle somebody must be at least to be named, as a part of the scale.
const FAR: f64 = 0.28;
/// From here up people agree as well as is asked of a panel, and from here down they hardly do: LeBreton and Senter (2008).
const WELL_AGREED: f64 = 0.7;
const HARDLY_AGREED: f64 = 0.3;
/// So many judgements on which people agree least are named.
const MOST_NAMED: usize = 5;

/// One person's score of something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PanelScore {
    /// The role.
    pub(super) by: String,
    /// The day.
    pub(super) date: String,
    /// The score, or the place of the word from 1.
    pub(super) score: f64,
    /// Why; none where nothing was said.
    pub(super) because: Option<String>,
}

/// The scores by candidate and name of the evidence, each in the order of the roles.
pub(super) type Panel = BTreeMap<(String, String), Vec<PanelScore>>;

/// Leaves one form for each role: the later one. Of two of the same day neither can be told to be the later.
pub(super) fn one_for_each_role(
    forms: Vec<FilledScores>,
    account: &mut RowAccount,
    remarks: &mut Vec<String>,
    problems: &mut Problems,
) -> Vec<FilledScores> {
    let mut kept: Vec<FilledScores> = Vec::new();
    for form in forms {
        let Some(there) = kept.iter_mut().find(|there| as_read(&there.by) == as_read(&form.by)) else {
            kept.push(form);
            continue;
        };
        if there.date == form.date {
            let message = format!("`{}` and `{}` are both by “{}”, of {}", there.path, form.path, form.by, form.date);
            let help = "leave out the one that is not meant; two people of one role write `Police inspector 1` and `2`";
            problems.push(Problem::new(Code::DuplicateId, message).help(help));
            continue;
        }
        let (later, earlier) = if form.date > there.date { (&form, &*there) } else { (&*there, &form) };
        remarks.push(format!(
            "Two forms are by “{}”: `{}` of {} counts, and `{}` of {} does not.",
            later.by, later.path, later.date, earlier.path, earlier.date
        ));
        let not_counted = earlier.given.len();
        account.take_back("of a form that another of the same role takes the place of", not_counted as u64);
        if form.date > there.date {
            *there = form;
        }
    }
    kept
}

/// All scores, by what they are about.
pub(super) fn panel(forms: &[FilledScores]) -> Panel {
    let mut panel = Panel::new();
    let mut forms: Vec<&FilledScores> = forms.iter().collect();
    forms.sort_by(|one, other| one.by.cmp(&other.by));
    for form in forms {
        for given in &form.given {
            panel.entry((given.candidate.clone(), given.evidence.clone())).or_default().push(PanelScore {
                by: form.by.clone(),
                date: form.date.clone(),
                score: given.score,
                because: given.because.clone(),
            });
        }
    }
    panel
}

/// On what people agree least, and who is far from the others, a sentence each.
pub(super) fn told(panel: &Panel, asked: &Asked) -> Vec<String> {
    let mut least: Vec<(f64, String)> = Vec::new();
    let mut far = Vec::new();
    for ((candidate, evidence), scores) in panel {
        let (Some((_, question)), Some(about)) =
            (asked.question(evidence), asked.candidates.iter().find(|it| it.id == *candidate))
        else {
            continue;
        };
        let what = format!("{} of {}", question.title, about.title);
        let given: Vec<f64> = scores.iter().map(|score| score.score).collect();
        let (from, to) = question.scale.ends();
        let Some(found) = agreement(&given, (from, to)) else { continue };
        if found.index < WELL_AGREED {
            let (low, high) = (question.scale.answer(found.lowest), question.scale.answer(found.highest));
            let people = counted(found.scorers, "person", "people");
            least.push((found.index, format!("{what}: {low} to {high} by {people} ({})", number(found.index, 2))));
        }
        for at in far_out(&given, (to - from) * FAR) {
            let Some(score) = scores.get(at) else { continue };
            let because = score.because.as_ref().map(|because| format!(": “{because}”")).unwrap_or_default();
            far.push(format!(
                "{} is far from the others on {what}, with {} where the middle is {}{because}.",
                score.by,
                question.scale.answer(score.score),
                question.scale.answer(found.median)
            ));
        }
    }
    least.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let hardly = least.iter().filter(|(index, _)| *index <= HARDLY_AGREED).count();
    let mut lines = Vec::new();
    if !least.is_empty() {
        let named: Vec<String> = least.iter().take(MOST_NAMED).map(|(_, what)| what.clone()).collect();
        lines.push(format!(
            "People agree least on {}. Beside each stands how far they agree: 1 is all alike, 0 as little as if scores were \
             dealt out; below {WELL_AGREED} talk it over.",
            listed(&named)
        ));
        if hardly > 0 {
            let judgements = counted(hardly, "judgement", "judgements");
            lines.push(format!("On {judgements} there is hardly any agreement ({HARDLY_AGREED} or below)."));
        }
    }
    lines.extend(far);
    lines
}
