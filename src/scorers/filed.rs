//! Judgements from forms in the texts of evidence files: all who scored, the day, and each reason behind its role.

use super::asked::{AnswerScale, Asked};
use super::panel::PanelScore;
use crate::assessment::{Assessment, Evidence, Figure};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::filing::{ChangedFile, FiledTexts, NewEvidence, quoted, with_evidence};
use crate::words::{as_read, one_line};

/// What is done with judgements that are there. Those that were made up as illustrations, or are missing, give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// They stay as they are.
    Keep,
    /// New scores stand beside those of the people who judged before; of one role the new one counts.
    Add,
    /// The new ones take their place.
    Replace,
}

/// What a judgement takes the place of.
const REPLACED: [&str; 7] = ["judgement", "by", "scores", "level", "levels", "missing", "illustration"];
/// What is written where nobody said why.
const NO_REASON: &str = "Scored on a form, without a reason.";
/// From so many people on each has a line of its own.
const LINES_FROM: usize = 3;

/// The evidence files while judgements are written into them.
pub(super) struct Filing<'a> {
    texts: FiledTexts<'a>,
    /// The paths of the evidence files.
    evidence: Vec<String>,
    assessment: &'a Assessment,
}

impl<'a> Filing<'a> {
    pub(super) fn new(files: &'a dyn Files, path: &str, assessment: &'a Assessment) -> Result<Self, Problems> {
        let texts = FiledTexts::new(files, path);
        let evidence = texts.evidence_files()?;
        Ok(Self { texts, evidence, assessment })
    }

    /// Writes a judgement into the file that has its candidate. Not where it leaves the one that is there.
    pub(super) fn put(
        &mut self,
        asked: &Asked,
        (id, name): &(String, String),
        new: &[PanelScore],
        existing: Existing,
    ) -> Result<bool, Problem> {
        let candidate = asked.candidates.iter().find(|candidate| candidate.id == *id);
        let (Some(candidate), Some((_, question))) = (candidate, asked.question(name)) else { return Ok(false) };
        let filed = self.assessment.evidence.get(name).and_then(|column| column.get(candidate.number));
        let is_judged = |it: &&Evidence| !matches!(it.figure, Figure::Missing(_)) && !it.origin.illustration;
        let mut judgement = NewJudgement::default();
        match (filed.as_deref().filter(is_judged), existing) {
            (Some(_), Existing::Keep) => return Ok(false),
            (Some(filed), Existing::Add) => judgement.keep_others(filed, new),
            (None, _) | (Some(_), Existing::Replace) => {}
        }
        judgement.add(&question.scale, new);
        let keys = judgement.keys(&question.scale);
        let path = self.texts.file_of(&self.evidence, id)?.ok_or_else(|| {
            let help = "give it a table `[[candidate]]` in an evidence file";
            Problem::new(Code::UnknownId, format!("no evidence file has the candidate `{id}`")).help(help)
        })?;
        let text = self.texts.text(&path)?;
        let new = NewEvidence { candidate: id, name, keys: &keys, replaced: &REPLACED };
        let text = with_evidence((&path, &text.text), new)?;
        self.texts.put(&path, &text)?;
        Ok(true)
    }

    /// The files as they would be.
    pub(super) fn overlay(&self) -> impl Files {
        self.texts.overlay()
    }

    /// The files to be written, all or none.
    pub(super) fn finish(self) -> Vec<ChangedFile> {
        self.texts.finish()
    }
}

/// A judgement as it is to be filed.
#[derive(Default)]
struct NewJudgement {
    /// Roles, each with its score or word as TOML.
    scores: Vec<(String, String)>,
    /// The last day on which somebody judged.
    date: String,
    /// What was said before.
    before: Option<String>,
    /// Roles, each with its reason.
    because: Vec<(String, String)>,
}

impl NewJudgement {
    /// Keeps what others judged than those who judge anew.
    fn keep_others(&mut self, filed: &Evidence, new: &[PanelScore]) {
        let others: Vec<(&str, String)> = match &filed.figure {
            Figure::Judgement(judgement) => {
                judgement.scores.iter().map(|score| (&*score.by, score.score.to_string())).collect()
            }
            Figure::Level(level) => level.opinions().map(|(by, word)| (by, quoted(word))).collect(),
            _ => Vec::new(),
        };
        let is_new = |by: &str| new.iter().any(|score| as_read(&score.by) == as_read(by));
        self.scores.extend(others.into_iter().filter(|(by, _)| !is_new(by)).map(|(by, score)| (by.to_owned(), score)));
        if let Some(judged) = filed.origin.judged.as_ref().filter(|_| !self.scores.is_empty()) {
            self.date.clone_from(&judged.date);
            self.before = Some(one_line(&judged.because)).filter(|because| !because.is_empty());
        }
    }

    fn add(&mut self, scale: &AnswerScale, new: &[PanelScore]) {
        for score in new {
            self.scores.push((score.by.clone(), written(scale, score.score)));
            self.date = std::mem::take(&mut self.date).max(score.date.clone());
            self.because.extend(score.because.as_ref().map(|because| (score.by.clone(), because.clone())));
        }
    }

    /// The keys with their values as TOML, in the order in which they stand.
    fn keys(&self, scale: &AnswerScale) -> Vec<(&'static str, String)> {
        let (one, several) = match scale {
            AnswerScale::Points(..) => ("judgement", "scores"),
            AnswerScale::Words(_) => ("level", "levels"),
        };
        let mut keys = Vec::new();
        match &*self.scores {
            [(by, score)] => keys.extend([(one, score.clone()), ("by", quoted(by))]),
            scores => {
                let word = if several == "scores" { "score" } else { "level" };
                let each: Vec<String> =
                    scores.iter().map(|(by, score)| format!("{{ by = {}, {word} = {score} }}", quoted(by))).collect();
                let list = match each.len() < LINES_FROM {
                    true => format!("[{}]", each.join(", ")),
                    false => format!("[\n    {},\n]", each.join(",\n    ")),
                };
                keys.push((several, list));
            }
        }
        if let AnswerScale::Points(from, to) = scale {
            keys.push(("scale", format!("[{from}, {to}]")));
        }
        keys.push(("date", quoted(&self.date)));
        keys.push(("because", quoted(&self.reason())));
        keys
    }

    /// Each reason behind its role; of one person alone without it.
    fn reason(&self) -> String {
        let is_alone = self.scores.len() == 1;
        let of_role = |(by, because): &(String, String)| match is_alone {
            true => because.clone(),
            false => format!("{by}: {because}"),
        };
        let reasons: Vec<String> = self.before.iter().cloned().chain(self.because.iter().map(of_role)).collect();
        if reasons.is_empty() { NO_REASON.to_owned() } else { reasons.join(" ") }
    }
}

/// An answer as TOML.
fn written(scale: &AnswerScale, score: f64) -> String {
    match scale {
        AnswerScale::Points(..) => score.to_string(),
        AnswerScale::Words(_) => quoted(&scale.answer(score)),
    }
}
