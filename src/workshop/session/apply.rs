//! What a session changes in an assessment and its rules: every file as it is to be, once the list that it makes was found to
//! be the session's. Nothing is written here.

use std::num::NonZeroUsize;

use super::decisions::{naming, new_decisions, new_file, with_decisions};
use super::expects::first_difference;
use super::format::SessionFile;
use super::judgements::{keys, with_judgement};
use super::read::{SESSION_FOLDER, made_at, read};
use super::weights::{new_weights, with_weights};
use crate::assessment::Assessment;
use crate::assessment::format::AssessmentFile;
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::diff::Movement;
use crate::elicitation::GivenAnswers;
use crate::files::{Files, join, within};
use crate::filing::{ChangedFile, FiledTexts};
use crate::pipeline;
use crate::ranked::RankedAssessment;
use crate::refiled::{AsFiled, Refiled, refiled};
use crate::rules::RuleSet;
use crate::toml_file::parse;
use crate::words::{counted, one_line, visible};

/// What is asked.
#[derive(Debug)]
pub struct ApplyRequest<'a> {
    /// The assessment: a folder, or its `assessment.toml`.
    pub assessment: &'a str,
    /// The rule set, where it is another than the assessment names.
    pub rules: Option<&'a str>,
    /// The file of the session.
    pub session: &'a str,
    /// The name of the meeting, for a new file of decisions.
    pub meeting: Option<&'a str>,
}

/// What a session changes.
#[derive(Debug)]
pub struct AppliedSession {
    /// Each change in words.
    pub changes: Vec<String>,
    /// The files to be written, all or none.
    pub files: Vec<ChangedFile>,
    /// Who moves.
    pub movement: Movement,
    /// What a reader should know.
    pub problems: Problems,
}

/// Works out what a session changes.
///
/// # Errors
/// A session that can't be read, or is of another assessment or other rules; what can't be written; and a list that is not
/// the session's.
pub fn apply(files: &dyn Files, asked: &ApplyRequest<'_>, threads: NonZeroUsize) -> Result<AppliedSession, Problems> {
    let (session, text) = read(files, asked.session)?;
    let mut problems = Problems::default();
    let Some((assessment, rules)) = pipeline::load(files, asked.assessment, asked.rules, &mut problems) else {
        return Err(problems);
    };
    same_origin(asked, &session, &assessment, &rules)?;
    nobody_switched_off(&session)?;
    let mut writer = Writer::new(files, asked, &session)?;
    writer.weights(&rules)?;
    writer.judgements(&rules)?;
    writer.decisions(&assessment)?;
    let mut told = Problems::default();
    writer.answers(&rules, &mut told)?;
    writer.keep_session(text);
    let Writer { texts, changes, .. } = writer;
    let filed = AsFiled { path: asked.assessment, rules_path: asked.rules, assessment: &assessment, rules: &rules };
    let expected = |new: &RankedAssessment<'_>| match first_difference(new, &session.expects) {
        None => Ok(()),
        Some(told) => {
            let message = format!("the list of `{}` is not what the engine makes of it: {told}", asked.session);
            let help = "nothing was written; make the page again with this engine, and hold the last steps again";
            Err(Problem::new(Code::SessionDiffers, message).help(help).into())
        }
    };
    let Refiled { movement, problems: found, .. } = refiled(&filed, &texts.overlay(), threads, expected)?;
    told.extend(found);
    Ok(AppliedSession { changes, files: texts.finish(), movement, problems: told })
}

/// The file of the rules where they are not the assessment's own: a session writes no weights into those.
pub fn rules_elsewhere<'r>(files: &dyn Files, assessment: &str, rules: &'r RuleSet) -> Option<&'r str> {
    let path = &rules.place.source.name;
    within(path, FiledTexts::new(files, assessment).home()).is_none().then_some(path)
}

/// Sees that the page was made of this assessment and these rules, as they are.
fn same_origin(
    asked: &ApplyRequest<'_>,
    session: &SessionFile,
    assessment: &Assessment,
    rules: &RuleSet,
) -> Result<(), Problem> {
    let mut others = Vec::new();
    if session.assessment != assessment.digest {
        others.push("evidence");
    }
    if session.rules != rules.digest {
        others.push("rules");
    }
    if others.is_empty() {
        return Ok(());
    }
    let message =
        format!("`{}` is of other {} than `{}` has now", asked.session, others.join(" and "), asked.assessment);
    Err(Problem::new(Code::SessionDiffers, message)
        .help("bring back the folder that the page was made of; a session that was applied can't be applied again"))
}

fn nobody_switched_off(session: &SessionFile) -> Result<(), Problem> {
    let off: Vec<String> = session.off.candidates.iter().map(|id| visible(id, &[]).into_owned()).collect();
    if off.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = off.iter().map(String::as_str).collect();
    let message = format!("candidates are switched off in the session: {}", quoted_list(&names));
    Err(Problem::new(Code::SessionDiffers, message).help(
        "switch them on in the page and save the session again; who is not to be a priority is rejected there by a decision",
    ))
}

/// The files of an assessment and its rules while a session is written into them.
struct Writer<'a> {
    files: &'a dyn Files,
    asked: &'a ApplyRequest<'a>,
    session: &'a SessionFile,
    /// The day and the time at which the session was saved.
    made: (String, String),
    texts: FiledTexts<'a>,
    changes: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(files: &'a dyn Files, asked: &'a ApplyRequest<'a>, session: &'a SessionFile) -> Result<Self, Problem> {
        let made = made_at(session).ok_or_else(|| Problem::new(Code::BadSession, "the session has no time"))?;
        Ok(Self { files, asked, session, made, texts: FiledTexts::new(files, asked.assessment), changes: Vec::new() })
    }

    /// The path of the session among the files of the assessment.
    fn session_name(&self) -> String {
        let (day, time) = &self.made;
        format!("{SESSION_FOLDER}/{day}-{time}.json")
    }

    fn weights(&mut self, rules: &RuleSet) -> Result<(), Problems> {
        let new = new_weights(rules, &self.session.weights)?;
        if new.is_empty() {
            return Ok(());
        }
        let path = rules.place.source.name.clone();
        if rules_elsewhere(self.files, self.asked.assessment, rules).is_some() {
            let message = format!("the session has other weights, and `{path}` is not the assessment's own");
            let help = "copy that folder into the assessment's and name the copy in `rules` of assessment.toml: neither digest \
                        changes by that, so the session still fits";
            return Err(Problem::new(Code::OutsideTheRecord, message).help(help).into());
        }
        let people = self.session.people.iter().map(|person| &person.by).collect::<std::collections::BTreeSet<_>>();
        let people = match people.len() {
            0 => String::new(),
            count => format!(", with answers of {}", counted(count, "person", "people")),
        };
        let reason = format!("Settled in the workshop of {}{people}: {}.", self.made.0, self.session_name());
        let text = with_weights((&path, &self.texts.text(&path)?.text), &new, &reason)?;
        self.changes.extend(new.iter().map(super::weights::NewWeight::in_words));
        self.texts.put(&path, &text)?;
        Ok(())
    }

    fn judgements(&mut self, rules: &RuleSet) -> Result<(), Problems> {
        let evidence = self.texts.evidence_files()?;
        for judgement in &self.session.judgements {
            let criterion = rules.criteria.iter().find(|criterion| criterion.id == judgement.criterion);
            let asked = criterion.filter(|criterion| criterion.plain.as_ref() == Some(&judgement.evidence));
            let declared = asked.and_then(|_| rules.evidence.get(&judgement.evidence));
            let (Some(criterion), Some(scale)) = (asked, declared.and_then(|declared| declared.settings.scale)) else {
                let message =
                    format!("no question `{}` is answered by judging `{}`", judgement.criterion, judgement.evidence);
                return Err(Problem::new(Code::BadSession, visible(&message, &[]))
                    .help("save the session in the page again")
                    .into());
            };
            for score in &judgement.scores {
                let is_number = score.score.parse::<f64>().is_ok_and(|number| (scale.0..=scale.1).contains(&number));
                if !is_number
                    || !score.score.bytes().all(|letter| letter.is_ascii_digit() || matches!(letter, b'.' | b'-'))
                {
                    let message =
                        format!("`{}` is no score from {} to {}", visible(&score.score, &[]), scale.0, scale.1);
                    return Err(Problem::new(Code::BadSession, message)
                        .help("save the session in the page again")
                        .into());
                }
            }
            let keys = keys(judgement, scale);
            let path = self.file_of(&evidence, &judgement.candidate)?;
            let text = self.texts.text(&path)?;
            let new = with_judgement((&path, &text.text), &judgement.candidate, &judgement.evidence, &keys)?;
            self.texts.put(&path, &new)?;
            let people = counted(judgement.scores.len(), "person", "people");
            self.changes.push(format!(
                "{} of {}: judged {} by {people}",
                criterion.title, judgement.candidate, judgement.score
            ));
        }
        Ok(())
    }

    /// The evidence file that has a candidate.
    fn file_of(&self, evidence: &[String], candidate: &str) -> Result<String, Problem> {
        self.texts.file_of(evidence, candidate)?.ok_or_else(|| {
            let message = format!("no evidence file has the candidate `{}`", visible(candidate, &[]));
            Problem::new(Code::UnknownId, message)
                .help("give it a table `[[candidate]]` in an evidence file, make the page again, or judge it by hand")
        })
    }

    fn decisions(&mut self, assessment: &Assessment) -> Result<(), Problems> {
        let new = new_decisions(assessment, &self.session.decisions);
        if new.is_empty() {
            return Ok(());
        }
        let day = self.made.0.clone();
        let source = self.texts.text(self.texts.main())?;
        let mut problems = Problems::default();
        let parsed = parse::<AssessmentFile>(&source, &mut problems).ok_or(problems)?;
        if let Some(name) = &parsed.file.assessment.decisions {
            let path = join(self.texts.home(), &name.value);
            let text = with_decisions((&path, &self.texts.text(&path)?.text), &day, &new)?;
            self.texts.put(&path, &text)?;
        } else {
            let path = join(self.texts.home(), DECISIONS);
            if self.files.list(self.texts.home()).iter().any(|name| name == DECISIONS) {
                let message = format!("`{path}` is there, and the assessment does not name it");
                let help = "name it as `decisions` in assessment.toml, or move it elsewhere";
                return Err(Problem::new(Code::FileExists, message).help(help).into());
            }
            let meeting =
                self.asked.meeting.map_or_else(|| format!("{}: workshop", assessment.partnership), str::to_owned);
            self.texts.add(path, new_file(&one_line(&meeting), &day, &new));
            let main = self.texts.main().to_owned();
            self.texts.put(&main, &naming((&main, &source.text), DECISIONS)?)?;
        }
        let decided = new.iter().map(|decision| {
            let place = decision.place.map(|place| format!(", place {place}")).unwrap_or_default();
            format!("{}: {}{place}", visible(&decision.candidate, &[]), decision.outcome.word())
        });
        self.changes.extend(decided);
        Ok(())
    }

    /// What everybody answered, as `elicit` reads it: a file for each method by which people were asked.
    fn answers(&mut self, rules: &RuleSet, problems: &mut Problems) -> Result<(), Problems> {
        let texts = GivenAnswers::texts_of_page(self.files, self.asked.session, rules, problems)?;
        for (method, text) in texts {
            let (day, time) = &self.made;
            let name = format!("{SESSION_FOLDER}/{day}-{time}-{method}.toml");
            self.texts.add(join(self.texts.home(), &name), text);
        }
        Ok(())
    }

    /// The session itself stays with the assessment.
    fn keep_session(&mut self, text: String) {
        let path = join(self.texts.home(), &self.session_name());
        // From where it stands already it is not moved.
        if join(".", self.asked.session) != path {
            self.texts.add(path, text);
        }
    }
}

/// The file of decisions where there is none yet.
const DECISIONS: &str = "decisions.toml";
