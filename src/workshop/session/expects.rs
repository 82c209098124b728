//! Whether a list is the one that a session expects, and the sessions that an assessment keeps.

use super::format::{ExpectedPlace, SessionFile};
use super::read::{SESSION_FOLDER, made_at, read};
use super::since::changed_since;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, join};
use crate::ranked::RankedAssessment;
use crate::scoring::Ranking;
use crate::words::{counted, visible};

/// The first difference between the list that was made and the one that is expected, in words; none where they are the same.
pub(super) fn first_difference(report: &RankedAssessment<'_>, expected: &[ExpectedPlace]) -> Option<String> {
    let made = places(&report.ranking);
    for (expected, made) in expected.iter().zip(&made) {
        if expected != made {
            let words = |place: &ExpectedPlace| {
                let list = place.list.as_ref().map(|code| format!(" of {code}")).unwrap_or_default();
                format!("`{}` {}{list} with {} in `{}`", place.id, place.rank, place.total, place.tier)
            };
            let told = format!("it has {}, and the engine makes {}", words(expected), words(made));
            return Some(visible(&told, &[]).into_owned());
        }
    }
    let ranked = |count: usize| counted(count, "candidate", "candidates");
    let is_same = expected.len() == made.len();
    (!is_same).then(|| format!("it ranks {}, and the engine {}", ranked(expected.len()), ranked(made.len())))
}

/// The list as a session has it: those with a total, list after list.
pub(in crate::workshop) fn places(ranking: &Ranking<'_>) -> Vec<ExpectedPlace> {
    let rules = ranking.rules;
    let has_lists = !ranking.lists().is_one();
    let place = |candidate: usize| {
        let about = ranking.assessment.candidates.get(candidate)?;
        Some(ExpectedPlace {
            id: about.id.clone(),
            list: has_lists.then(|| rules.list_of(about).to_owned()).filter(|code| !code.is_empty()),
            rank: ranking.outcome().rank(candidate)?,
            total: crate::exact::Fixed::new(ranking.outcome().total(candidate)?, rules.decimals).to_string(),
            tier: ranking.outcome().standing(candidate).word(rules).to_owned(),
        })
    };
    ranking.with_totals().filter_map(place).collect()
}

/// How many changes a warning tells.
const MOST_TOLD: usize = 3;

/// A session that an assessment keeps.
#[derive(Debug)]
pub struct FiledSession {
    /// Its path.
    pub path: String,
    /// When it was saved.
    made: (String, String),
    session: SessionFile,
}

impl FiledSession {
    /// In what a list is another than this session's; none where it is the same, to the digit.
    pub fn first_difference(&self, report: &RankedAssessment<'_>) -> Option<String> {
        first_difference(report, &self.session.expects)
    }

    /// Each weight, judgement and decision that is other by now than this session settled, in words.
    pub fn changed_since(&self, report: &RankedAssessment<'_>) -> Vec<String> {
        changed_since(report, &self.session)
    }

    /// That the list of an assessment is no longer the one of its last workshop; none where it is.
    pub fn warning(&self, report: &RankedAssessment<'_>) -> Option<Problem> {
        let told = self.first_difference(report)?;
        let changed = self.changed_since(report);
        let since = match changed.len() {
            0 => "what was settled is as it was".to_owned(),
            count if count > MOST_TOLD => {
                let told = changed.get(..MOST_TOLD).unwrap_or_default().join("; ");
                format!("changed since: {told}; and {} more", count - MOST_TOLD)
            }
            _ => format!("changed since: {}", changed.join("; ")),
        };
        let message = format!("the list is not the one of the workshop in `{}`: {told}; {since}", self.path);
        let help = "say in the record what was changed since, or hold another workshop";
        Some(Problem::new(Code::SessionListDiffers, message).help(help))
    }
}

/// The sessions in the folder of an assessment, the earliest first.
///
/// # Errors
/// One that can't be read.
pub fn filed_sessions(files: &dyn Files, assessment: &str) -> Result<Vec<FiledSession>, Problems> {
    let folder = join(assessment, SESSION_FOLDER);
    let mut names: Vec<String> = files.list(&folder).into_iter().filter(|name| name.ends_with(".json")).collect();
    names.sort();
    let mut sessions = Vec::new();
    for name in names {
        let path = join(&folder, &name);
        let (session, _) = read(files, &path)?;
        let made = made_at(&session).unwrap_or_default();
        sessions.push(FiledSession { path, made, session });
    }
    sessions.sort_by(|one, other| one.made.cmp(&other.made));
    Ok(sessions)
}
