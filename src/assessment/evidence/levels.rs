//! The words of levels as a rule set declares them: an ordered list, lowest first, and which of two words counts where
//! an even panel falls between them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::format::{Between, EvidenceName};
use super::outcome_word::OutcomeWord;
use crate::diagnostic::{Code, nearest, quoted_list};
use crate::stats::Estimate;
use crate::toml_file::{At, Checker};

/// The most words of a list: far more than anybody tells apart.
const MOST_WORDS: usize = 50;
/// What reports write where there is no level, so that no level can be called so.
const TAKEN: [&str; 2] = ["missing", "–"];

/// An ordered list of words. The place of a word in it, from 1, is its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// Lowest first; two or more, no two alike.
    words: Arc<[Arc<str>]>,
    /// Which word counts where an even panel falls between two; none where that is not said.
    pub between: Option<Between>,
}

impl Levels {
    /// The list that a declaration states. None where it states none, or where that is wrong, and told.
    pub(super) fn judge(check: &mut Checker<'_>, written: &At<EvidenceName>) -> Option<Self> {
        let list = written.value.levels.as_ref()?;
        let before = check.problems.errors();
        let words: Vec<String> = list.value.iter().filter_map(|word| check.text(word, "the level")).collect();
        let mut seen = BTreeSet::new();
        for (word, at) in words.iter().zip(&list.value) {
            if !seen.insert(word) {
                let help = "take one of the two out: a level has one place in the list";
                check.problem(Code::BadValue, &at.span, format!("the level `{word}` stands here twice"), help);
            }
            if word.parse::<f64>().is_ok() {
                let help = "use words, or declare the kind `judgement` with its `scale`";
                check.problem(Code::BadValue, &at.span, format!("the level `{word}` is a number"), help);
            }
            if TAKEN.contains(&&**word) {
                let help = "use another word; what is missing is filed as `missing = \"why\"`";
                let message = format!("`{word}` can't be a level: reports write it where there is none");
                check.problem(Code::BadValue, &at.span, message, help);
            }
        }
        if !(2..=MOST_WORDS).contains(&list.value.len()) {
            let message = format!("a list of levels has 2 to {MOST_WORDS} words, and this has {}", list.value.len());
            let help = "write the words lowest first: `levels = [\"low\", \"medium\", \"high\"]`";
            check.problem(Code::BadValue, &list.span, message, help);
        }
        let sound = check.problems.errors() == before;
        let words = words.into_iter().map(Arc::from).collect();
        sound.then(|| Self { words, between: written.value.between.as_ref().map(|between| between.value) })
    }

    /// The words that an outcome can have, the worst first.
    pub(super) fn of_outcomes() -> Self {
        Self { words: OutcomeWord::TOLD.map(|word| Arc::from(word.word())).into(), between: None }
    }

    /// The words, lowest first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &**word)
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// The place of a word, from 1; none where it is not in the list.
    #[expect(clippy::cast_precision_loss, reason = "there are fifty words at most")]
    pub fn place(&self, word: &str) -> Option<f64> {
        self.words.iter().position(|known| **known == *word).map(|at| (at + 1) as f64)
    }

    /// The places of the first and the last word.
    #[expect(clippy::cast_precision_loss, reason = "there are fifty words at most")]
    pub fn ends(&self) -> (f64, f64) {
        (1.0, self.words.len() as f64)
    }

    /// The word at a place, from 1; none where no word has it.
    pub fn word(&self, place: f64) -> Option<&str> {
        self.words().zip(1_u32..).find(|(_, at)| f64::from(*at) == place).map(|(word, _)| word)
    }

    /// A place in words, with those of its interval where that is wider: `static (falling to rising)`.
    pub fn in_words(&self, place: Estimate) -> String {
        let word = |place: f64| self.word(place).unwrap_or_default();
        match place.interval.filter(|(lower, upper)| lower < upper) {
            Some((lower, upper)) => format!("{} ({} to {})", word(place.estimate), word(lower), word(upper)),
            None => word(place.estimate).to_owned(),
        }
    }

    /// What to do about a word that is not in the list: "did you mean", and the list.
    pub fn instead_of(&self, word: &str) -> String {
        let list = quoted_list(&self.words().collect::<Vec<_>>());
        match nearest(word, self.words()) {
            Some(near) => format!("did you mean `{near}`? The levels are {list}"),
            None => format!("the levels are {list}"),
        }
    }
}
