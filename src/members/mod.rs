//! An assessment with its rules, read and judged together, and the lists of its members, made on the way: those that file
//! assessments are ranked by their own rules, and those that file records are checked first.
//!
//! A member may have members of its own. What all of them may cost is bounded: they share the budget of the run, and the
//! bytes of a record.

mod record;

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::rc::Rc;

use crate::assessment::members::{Listed, MadeList, MakeLists, MemberRules};
use crate::assessment::{self, Assessment, LoadedAssessment};
use crate::bag::MOST_BYTES;
use crate::board::BoardComparison;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, Memory, join};
use crate::rules::{self, RuleSet};
use crate::scoring::{self, Fixed, Standing, Trace};
use record::check_record;

/// How deep members may have members: a county of districts, and what is made of counties.
const DEEPEST: usize = 2;

/// Reads the assessment at `path`, with the lists of its members. What is wrong with it goes to `problems`.
pub fn load_assessment(files: &dyn Files, path: &str, problems: &mut Problems) -> LoadedAssessment {
    assessment::load(files, path, &Lists::default(), problems)
}

/// Reads an assessment and the rule set in the folder `rules`, or in the one that the assessment names, and judges
/// both. The assessment's period says which values of the rules' parameters are in force. What is wrong goes to
/// `problems`; there is nothing to rank where that includes errors.
pub fn load(
    files: &dyn Files,
    assessment: &str,
    rules: Option<(&dyn Files, &str)>,
    problems: &mut Problems,
) -> Option<(Assessment, RuleSet)> {
    load_with(&Lists::default(), files, assessment, rules, problems)
}

fn load_with(
    lists: &Lists,
    files: &dyn Files,
    assessment: &str,
    rules: Option<(&dyn Files, &str)>,
    problems: &mut Problems,
) -> Option<(Assessment, RuleSet)> {
    let mut found = Problems::default();
    let read = assessment::load(files, assessment, lists, &mut found);
    let ruled = match (rules, &read.rules) {
        (Some((files, folder)), _) => Some(rules::load(files, folder, None, &mut found)),
        (None, Some((folder, place))) => Some(rules::load(files, folder, Some(place), &mut found)),
        (None, None) => None,
    };
    if let (Some(assessment), Some(declared)) =
        (&read.assessment, ruled.as_ref().and_then(|read| read.evidence.as_ref()))
    {
        rules::fit(assessment, declared, &mut found);
    }
    let editions = ruled.and_then(|read| read.rules);
    let both = read.assessment.zip(editions).and_then(|(assessment, editions)| {
        let rules = editions.for_period(assessment.period, &mut found)?;
        rules::misplaced(&assessment, &rules, &mut found);
        found.extend(rules::without_list(&assessment, &rules).map(Problems::from).unwrap_or_default());
        Some((assessment, rules))
    });
    let sound = !found.has_errors();
    problems.extend(found);
    both.filter(|_| sound)
}

/// Makes the lists of members.
struct Lists {
    /// How many levels of members stand above.
    depth: usize,
    /// How many bytes records may still have, on all levels together; also those that turn out to be unsound.
    bytes: Rc<Cell<u64>>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { depth: 0, bytes: Rc::new(Cell::new(MOST_BYTES)) }
    }
}

impl MakeLists for Lists {
    fn of_assessment(&self, files: &dyn Files, folder: &str, problems: &mut Problems) -> Option<MadeList> {
        self.made(files, folder, None, problems)
    }

    fn of_record(&self, files: &dyn Files, folder: &str, problems: &mut Problems) -> Option<MadeList> {
        let checked = check_record(files, folder, &self.bytes).map_err(|found| problems.extend(found)).ok()?;
        let budget = files.budget();
        let files = Memory::lent(&checked.files, &budget);
        let mut found = Problems::default();
        let [assessment, rules] = ["data/assessment", "data/rules"].map(|inside| join(folder, inside));
        let made = self.made(&files, &assessment, Some(&rules), &mut found);
        if made.is_some() {
            problems.extend(std::mem::take(&mut found));
        }
        match (made, checked.printed) {
            (Some(made), Ok(printed)) if printed.is_list(&made) => Some(MadeList { digest: checked.digest, ..made }),
            (made, Ok(printed)) if checked.is_of_another_engine => {
                let why = match made {
                    Some(_) => "this engine makes another list of it",
                    None => "this engine can't rank it",
                };
                let list = printed.into_list(checked.digest, made.as_ref(), why);
                problems.push(match list {
                    Some(_) => as_printed(folder, why, &checked.engine),
                    None => not_used(folder, Some("it is not as an engine writes it")),
                });
                list
            }
            (None, _) => {
                problems.extend(found);
                None
            }
            (Some(_), printed) => {
                problems.push(not_used(folder, printed.err()));
                None
            }
        }
    }
}

fn as_printed(folder: &str, why: &str, engine: &str) -> Problem {
    let message = format!(
        "the list of the record `{folder}` is used as it is printed there: {why}, and another engine made it, {engine}"
    );
    Problem::new(Code::RecordListDiffers, message)
        .help("install the engine that the record names, or have it sealed anew")
}

/// Why the list in a record is neither made again nor used as it is printed; `unreadable` says why it can't be read.
fn not_used(folder: &str, unreadable: Option<&str>) -> Problem {
    let message = match unreadable {
        None => format!("the list in the record `{folder}` is not what this engine makes of its files"),
        Some(why) => format!("the list in the record `{folder}` can't be read: {why}"),
    };
    let help = format!("`prioritise verify {folder}` says what differs; ask for the record as it was sealed");
    Problem::new(Code::RecordNotReproduced, message).help(help)
}

impl Lists {
    /// The list that an assessment's rules make of it.
    fn made(
        &self,
        files: &dyn Files,
        assessment: &str,
        rules: Option<&str>,
        problems: &mut Problems,
    ) -> Option<MadeList> {
        if self.depth >= DEEPEST {
            let message = format!("`{assessment}` is a member of a member of a member");
            let help = format!("members may have members {DEEPEST} levels deep");
            problems.push(Problem::new(Code::BadValue, message).help(help));
            return None;
        }
        let below = Self { depth: self.depth + 1, bytes: Rc::clone(&self.bytes) };
        let mut found = Problems::default();
        let rules = rules.map(|folder| (files, folder));
        let Some((assessment, rules)) = load_with(&below, files, assessment, rules, &mut found) else {
            problems.extend(found);
            return None;
        };
        // What is worth a warning there is told to that member, and not here, but that a list is not proven.
        problems
            .extend(found.iter().filter(|it| it.code == Code::RecordListDiffers).cloned().collect::<Vec<_>>().into());
        ranked(&assessment, &rules).map_err(|found| problems.extend(found)).ok()
    }
}

/// The list that these rules make of an assessment.
fn ranked(assessment: &Assessment, rules: &RuleSet) -> Result<MadeList, Problems> {
    let ranking = scoring::rank(assessment, rules, NonZeroUsize::MIN)?;
    let traces = scoring::traces(&ranking, NonZeroUsize::MIN)?;
    let board = BoardComparison::new(assessment, rules, &traces);
    Ok(MadeList {
        period: assessment.period,
        digest: assessment.digest.clone(),
        says: assessment.digest.clone(),
        rules: MemberRules {
            name: format!("{} {}", rules.name, rules.version),
            digest: rules.digest.clone(),
            scale: rules.scale.to_string(),
        },
        people: assessment.population.as_ref().map(assessment::Population::people),
        as_printed: None,
        listed: traces.iter().map(|trace| listed(trace, board.as_ref())).collect(),
    })
}

/// A candidate with what its partnership makes of it: a priority is what its board adopted, or else what the rules put first.
fn listed(trace: &Trace<'_>, board: Option<&BoardComparison<'_>>) -> Listed {
    let decided = board.and_then(|board| {
        let of = |decided: &crate::board::CandidateDecision<'_>| decided.candidate.id == trace.candidate.id;
        match board.list.iter().any(of) {
            true => Some(true),
            false => board.rejected.iter().any(of).then_some(false),
        }
    });
    Listed {
        id: trace.candidate.id.clone(),
        title: trace.candidate.title.clone(),
        rank: trace.rank,
        total: trace.total.map(Fixed::to_f64),
        is_priority: decided.unwrap_or(trace.standing == Standing::Tier(0)),
        note: None,
    }
}
