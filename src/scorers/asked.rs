//! What people are asked to judge: the questions that judgements answer, and of whom each is asked.

use std::collections::BTreeSet;

use crate::assessment::{Assessment, Column, Declared, EvidenceKind};
use crate::digest::digest;
use crate::rules::{Criterion, RuleSet};
use crate::words::number;

/// The longest scale of whole numbers that is a list to choose from.
const LONGEST_LIST: f64 = 20.0;
/// The decimals that ends of a scale are told with.
const DECIMALS: u32 = 6;

/// What people are asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The questions, in the order of the rules.
    pub questions: Vec<JudgedQuestion>,
    /// Who is judged, by title.
    pub candidates: Vec<AskedCandidate>,
    /// What is not asked although judgements answer it, and why, a sentence each.
    pub left_out: Vec<String>,
}

/// A question that people judge.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedQuestion {
    /// The name of the evidence.
    pub evidence: String,
    /// What it is called.
    pub title: String,
    /// The question, as people are asked it.
    pub question: String,
    /// What the rules say of the judgement, where that is more than the question.
    pub about: Option<String>,
    /// What can be answered.
    pub scale: AnswerScale,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerScale {
    /// A number from the lowest to the highest score.
    Points(f64, f64),
    /// One of these words, the lowest first.
    Words(Vec<String>),
}

/// Somebody or something that is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedCandidate {
    /// Its number in the assessment.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it covers; may be empty.
    pub about: String,
    /// The questions that are asked about it, by number; at least one.
    pub questions: Vec<usize>,
}

impl AnswerScale {
    /// The answers to choose from, without the words of scores; none where there are too many.
    fn list(&self) -> Option<Vec<String>> {
        match self {
            Self::Words(words) => Some(words.clone()),
            Self::Points(from, to) if from.fract() == 0.0 && to.fract() == 0.0 && to - from <= LONGEST_LIST => {
                let mut list = Vec::new();
                let mut score = *from;
                while score <= *to {
                    list.push(number(score, 0));
                    score += 1.0;
                }
                Some(list)
            }
            Self::Points(..) => None,
        }
    }

    /// The lowest and the highest answer; of words their places.
    pub fn ends(&self) -> (f64, f64) {
        match self {
            Self::Points(from, to) => (*from, *to),
            Self::Words(words) => (1.0, f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX))),
        }
    }

    /// An answer as people know it: the number, or the word at that place.
    pub fn answer(&self, score: f64) -> String {
        match self {
            Self::Points(..) => number(score, DECIMALS),
            Self::Words(words) => {
                let at = words.iter().zip(1_u32..).find(|(_, place)| f64::from(*place) == score.floor());
                at.map(|(word, _)| word.clone()).unwrap_or_default()
            }
        }
    }

    /// `0 to 5`, or the words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Points(from, to) => format!("{} to {}", number(*from, DECIMALS), number(*to, DECIMALS)),
            Self::Words(words) => words.join(", "),
        }
    }
}

impl JudgedQuestion {
    /// The answers to choose from, the lowest first; none where there are too many, so that a number is typed. Where the rules
    /// say what scores stand for, as in `0 (a street), 1 (a ward)`, those words stand with them.
    pub fn answers(&self) -> Option<Vec<String>> {
        let texts = [self.about.as_deref().unwrap_or_default(), &self.question, &self.title];
        let with_words = |answer: String| {
            let words = texts.iter().find_map(|text| words_of(text, &answer));
            words.map_or(answer.clone(), |words| format!("{answer} ({words})"))
        };
        let list = self.scale.list()?;
        Some(match &self.scale {
            AnswerScale::Points(..) => list.into_iter().map(with_words).collect(),
            AnswerScale::Words(_) => list,
        })
    }

    /// A digest of what people read when they answered: answers to another question are no answers to this one.
    pub fn digest(&self) -> String {
        let about = self.about.as_deref().unwrap_or_default();
        let said = [&self.evidence, &self.title, &self.question, about, &self.scale.in_words()];
        digest(said.join("\n").as_bytes())
    }
}

impl Asked {
    /// What can be judged of an assessment by these rules.
    pub fn of(assessment: &Assessment, rules: &RuleSet) -> Self {
        let filed: BTreeSet<usize> =
            assessment.evidence.values().flat_map(|column| column.written().map(|(candidate, _)| candidate)).collect();
        let mut asked = Self { questions: Vec::new(), candidates: Vec::new(), left_out: Vec::new() };
        let mut of_whom: Vec<BTreeSet<usize>> = Vec::new();
        for (name, declared) in &rules.evidence {
            let Some(scale) = scale(declared, assessment.evidence.get(name)) else { continue };
            let plain = rules.criteria.iter().find(|criterion| criterion.plain.as_ref() == Some(name));
            if plain.is_none() && !is_read(rules, name) {
                continue;
            }
            let question = question(name, declared, plain, scale);
            let column = assessment.evidence.get(name);
            // What an expression reads beside other evidence is asked where somebody filed it, or said that it is missing.
            let is_wanted = |candidate: usize| {
                plain.is_some() || column.is_some_and(|column| column.written().any(|(it, _)| it == candidate))
            };
            let wanted: BTreeSet<usize> = (0..assessment.candidates.len()).filter(|it| is_wanted(*it)).collect();
            let in_a_table = |it: &usize| column.is_some_and(|column| column.is_in_a_table(*it));
            let (no_file, rest): (Vec<usize>, Vec<usize>) = wanted.into_iter().partition(|it| !filed.contains(it));
            let (of_table, rest): (Vec<usize>, Vec<usize>) = rest.into_iter().partition(in_a_table);
            for (those, why) in [
                (no_file, "stands in a table of evidence, and has no file of its own to write into"),
                (of_table, "is judged in a table of evidence: change it there"),
            ] {
                let title = |it: &usize| assessment.candidates.get(*it).map(|it| it.title.as_str());
                let told = those.iter().filter_map(title).map(|who| format!("{} of {who}: it {why}.", question.title));
                asked.left_out.extend(told);
            }
            if !rest.is_empty() {
                asked.questions.push(question);
                of_whom.push(rest.into_iter().collect());
            }
        }
        asked.in_the_order_of(rules, &mut of_whom);
        asked.candidates = candidates(assessment, &of_whom);
        asked
    }

    /// Puts the questions into the order in which the rules ask them.
    fn in_the_order_of(&mut self, rules: &RuleSet, of_whom: &mut Vec<BTreeSet<usize>>) {
        let place = |question: &JudgedQuestion| {
            let reads = |criterion: &Criterion| criterion.measure.reads.contains(&question.evidence);
            rules.criteria.iter().position(reads).unwrap_or(usize::MAX)
        };
        let mut both: Vec<_> = self.questions.drain(..).zip(of_whom.drain(..)).collect();
        both.sort_by_key(|(question, _)| place(question));
        (self.questions, *of_whom) = both.into_iter().unzip();
    }

    /// The question of this evidence, with its number.
    pub fn question(&self, evidence: &str) -> Option<(usize, &JudgedQuestion)> {
        self.questions.iter().enumerate().find(|(_, question)| question.evidence == evidence)
    }

    /// How many answers there are to give.
    pub fn answers(&self) -> usize {
        self.candidates.iter().map(|candidate| candidate.questions.len()).sum()
    }
}

/// What a text says of a score in brackets behind it: `a ward` of `0 (a street), 1 (a ward)`.
fn words_of<'t>(text: &'t str, score: &str) -> Option<&'t str> {
    let wanted = format!("{score} (");
    let (at, _) = text.match_indices(&wanted).find(|(at, _)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '.' | '-'))
    })?;
    let rest = text.get(at + wanted.len()..)?;
    rest.split_once(')').map(|(words, _)| words.trim()).filter(|words| !words.is_empty())
}

/// On which scale evidence is judged; none where people do not judge it. Of levels that a document can print too, those that
/// somebody judged.
fn scale(declared: &Declared, column: Option<&Column>) -> Option<AnswerScale> {
    match declared.kind {
        EvidenceKind::Judgement => declared.settings.scale.map(|(from, to)| AnswerScale::Points(from, to)),
        EvidenceKind::Level => {
            let is_judged = column?.written().any(|(_, evidence)| evidence.origin.judged.is_some());
            let words = declared.settings.levels.as_ref().filter(|_| is_judged)?.words();
            Some(AnswerScale::Words(words.map(str::to_owned).collect()))
        }
        _ => None,
    }
}

fn is_read(rules: &RuleSet, name: &String) -> bool {
    let by_question = rules.criteria.iter().any(|criterion| criterion.measure.reads.contains(name));
    by_question || rules.gates.iter().any(|gate| gate.when.reads.contains(name))
}

fn question(name: &str, declared: &Declared, plain: Option<&Criterion>, scale: AnswerScale) -> JudgedQuestion {
    let (title, question) = match plain {
        Some(criterion) => (criterion.title.clone(), criterion.question.clone()),
        None => (declared.title.clone(), declared.title.clone()),
    };
    let about = Some(declared.title.clone()).filter(|about| *about != title && *about != question);
    JudgedQuestion { evidence: name.to_owned(), title, question, about, scale }
}

/// Who is asked about, by title.
fn candidates(assessment: &Assessment, of_whom: &[BTreeSet<usize>]) -> Vec<AskedCandidate> {
    let asked = |(number, about): (usize, &crate::assessment::Candidate)| {
        let of = of_whom.iter().enumerate().filter(|(_, of)| of.contains(&number)).map(|(question, _)| question);
        let questions: Vec<usize> = of.collect();
        (!questions.is_empty()).then(|| AskedCandidate {
            number,
            id: about.id.clone(),
            title: about.title.clone(),
            about: about.about.clone().unwrap_or_default(),
            questions,
        })
    };
    let mut candidates: Vec<AskedCandidate> = assessment.candidates.iter().enumerate().filter_map(asked).collect();
    candidates.sort_by(|one, other| one.title.cmp(&other.title));
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_scores_are_those_in_brackets_behind_them() {
        let text = "How far it reaches, 0 (a street), 1 (a ward), 10 (the county) or -1 (nowhere)";
        let found = ["0", "1", "10", "2"].map(|score| words_of(text, score));
        assert_eq!(found, [Some("a street"), Some("a ward"), Some("the county"), None]);
        assert_eq!(words_of("0 (none", "0"), None);
    }

    #[test]
    fn short_scales_are_lists_and_long_ones_take_a_number() {
        let question = |scale| JudgedQuestion {
            evidence: "e".into(),
            title: "T".into(),
            question: "From 1 (few) to 3 (all)?".into(),
            about: None,
            scale,
        };
        let answers = question(AnswerScale::Points(1.0, 3.0)).answers().unwrap();
        assert_eq!(answers, ["1 (few)", "2", "3 (all)"]);
        assert_eq!(question(AnswerScale::Points(0.0, 2190.0)).answers(), None);
        assert_eq!(question(AnswerScale::Points(0.5, 3.0)).answers(), None);
        assert_eq!(AnswerScale::Points(-1.0, 1.0).list().unwrap(), ["-1", "0", "1"]);
    }
}
