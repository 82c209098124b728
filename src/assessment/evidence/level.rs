//! A level: a word from an ordered list that the rule set declares, as a document prints it or as people judge it.
//!
//! An assessment files words alone. Which place a word has is for the rules that read it to say, so a level has a
//! figure only once it [is read by them](Kind::read_by).

use std::sync::Arc;

use super::asked::{AskedFigure, FigureCell, PERIOD};
use super::cell::{Cell, CellProblem};
use super::declared::Declared;
use super::format::{Between, Column, Evidence, EvidenceName};
use super::kind::{FigureOrWhyNot, Key, Kind, Voucher};
use super::levels::Levels;
use super::redraw::near;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::Code;
use crate::stats::{Estimate, Random};
use crate::toml_file::{At, Checker};

/// The words that a document or people have for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// A word of each person, or the one of a document; at least one.
    opinions: Arc<[Opinion]>,
    /// Why it was judged so; empty where a document says so.
    pub because: Arc<str>,
    /// The list that the rules declare; none before rules read it.
    levels: Option<Levels>,
}

/// One person's word, or a document's.
#[derive(Debug, Clone, PartialEq)]
struct Opinion {
    /// The role of whoever judged; empty where a document says so.
    by: Arc<str>,
    word: Arc<str>,
}

impl Level {
    /// A word of this list that nobody judged.
    pub(super) fn stated(word: &str, levels: Levels) -> Self {
        let opinion = Opinion { by: "".into(), word: word.into() };
        Self { opinions: Arc::new([opinion]), because: "".into(), levels: Some(levels) }
    }

    /// The same words, by roles that are told in other words.
    #[must_use]
    pub(super) fn with_roles(&self, told: &mut dyn FnMut(&str) -> String) -> Self {
        let mut of = |by: &Arc<str>| if by.is_empty() { Arc::clone(by) } else { told(by).into() };
        let opinions = self.opinions.iter().map(|opinion| Opinion { by: of(&opinion.by), ..opinion.clone() });
        Self { opinions: opinions.collect(), ..self.clone() }
    }

    /// The word that counts, as the rules that read it say.
    pub fn word(&self) -> Option<&str> {
        self.levels.as_ref()?.word(self.place()?)
    }

    /// The place of that word in the list, from 1.
    pub fn place(&self) -> Option<f64> {
        self.headline().map(|place| place.estimate)
    }

    /// The role of each person with the word; a document's word has an empty role.
    pub fn opinions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.opinions.iter().map(|opinion| (&*opinion.by, &*opinion.word))
    }

    /// The list of the rules that read it.
    pub fn levels(&self) -> Option<&Levels> {
        self.levels.as_ref()
    }

    /// How many people judged; 1 where a document says so.
    pub fn scorers(&self) -> usize {
        self.opinions.len()
    }

    /// The level with this place in the same list, as one says it alone.
    #[must_use]
    pub fn at(&self, place: f64) -> Self {
        let word = self.levels.as_ref().and_then(|levels| levels.word(place)).unwrap_or_default();
        self.with_word(&word.into())
    }

    /// The places of all words, ascending; none where one is not in the list, or nobody has read it.
    pub fn places(&self) -> Option<Vec<f64>> {
        let levels = self.levels.as_ref()?;
        let mut places: Vec<f64> =
            self.opinions.iter().map(|opinion| levels.place(&opinion.word)).collect::<Option<_>>()?;
        places.sort_by(f64::total_cmp);
        Some(places)
    }

    /// The median: of an even panel the lower or the higher of the two in the middle.
    fn median(places: &[f64], between: Option<Between>) -> Option<f64> {
        let upper = places.len() / 2;
        let lower = places.len().checked_sub(1)? / 2;
        let (lower, upper) = (*places.get(lower)?, *places.get(upper)?);
        match between {
            Some(Between::Higher) => Some(upper),
            Some(Between::Lower) => Some(lower),
            None => (lower == upper).then_some(lower),
        }
    }
}

impl Kind for Level {
    const WORD: &'static str = "level";
    const PHRASE: &'static str = "a level";
    const KEYS: &'static [Key] = &[
        Key { name: "level", needs: &[], may_have: &["by", "date", "because", "period"] },
        Key { name: "levels", needs: &["date", "because"], may_have: &["period"] },
    ];
    const ASKED: Result<AskedFigure, &'static str> = Ok(AskedFigure {
        list: None,
        figure: "level",
        takes: FigureCell::Level,
        of_row: &[],
        beside: &[PERIOD],
        in_words: "one of the words in the list, as a document has it",
    });
    const IN_TESTS: Result<&'static str, &'static str> = Ok("level");

    /// People where a role, a day or a reason is given, and otherwise a document.
    fn voucher(is_judged: bool) -> Voucher {
        if is_judged { Voucher::People } else { Voucher::Document }
    }

    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let At { value: evidence, span } = written;
        if let Some(text) = &evidence.period {
            period(check, text);
        }
        let mut opinions: Vec<Opinion> = Vec::new();
        if let Some(word) = &evidence.level {
            let by = match evidence.is_judged() {
                true => Some(needs(check, "by", evidence.by.as_ref(), span)?),
                false => None,
            };
            opinions.push(opinion(check, word, by)?);
        } else {
            let list = evidence.levels.as_ref()?;
            for one in &list.value {
                opinions.push(opinion(check, &one.value.level, Some(&one.value.by))?);
            }
            if list.value.is_empty() {
                let help = "add a level, or say `missing = \"why\"`";
                check.problem(Code::BadValue, &list.span, "no scorer is named", help);
                return None;
            }
        }
        let because = evidence.because.as_ref().and_then(|because| check.text(because, "the reason"));
        Some(Ok(Self { opinions: opinions.into(), because: because.unwrap_or_default().into(), levels: None }))
    }

    fn judge_column(check: &mut Checker<'_>, column: &Column, _: Option<Period>) -> Option<Self> {
        let (mut by, mut because) = (String::new(), String::new());
        if column.is_judged() {
            let span = &column.header.span;
            by = needs(check, "by", column.by.as_ref(), span).and_then(|by| check.text(by, "the role"))?;
            because = needs(check, "because", column.because.as_ref(), span)
                .and_then(|text| check.text(text, "the reason"))?;
            let date = needs(check, "date", column.date.as_ref(), span)?;
            period(check, date)?;
        }
        let opinion = Opinion { by: by.into(), word: "".into() };
        Some(Self { opinions: Arc::new([opinion]), because: because.into(), levels: None })
    }

    fn judge_declaration(check: &mut Checker<'_>, written: &At<EvidenceName>) {
        if written.value.levels.is_none() {
            let help = "add its words, lowest first: `levels = [\"low\", \"medium\", \"high\"]`";
            check.problem(Code::MissingKey, &written.span, "a level needs its `levels`", help);
        }
    }

    fn range(declared: &Declared) -> (f64, f64) {
        declared.settings.levels.as_ref().map_or((0.0, f64::INFINITY), Levels::ends)
    }

    fn ordinal_scale(declared: &Declared) -> Option<(f64, f64)> {
        declared.settings.levels.as_ref().map(Levels::ends)
    }

    fn read_by(&self, declared: &Declared) -> Option<Self> {
        Some(Self { levels: declared.settings.levels.clone(), ..self.clone() })
    }

    /// The place of the word that counts; between the lowest and the highest that was given where several people judged.
    fn headline(&self) -> Option<Estimate> {
        let places = self.places()?;
        let place = Self::median(&places, self.levels.as_ref()?.between)?;
        match &*places {
            [lowest, .., highest] => Some(Estimate::between(place, *lowest, *highest)),
            _ => Some(Estimate::exact(place)),
        }
    }

    /// As many people, drawn from them with replacement, as those who gave a score are. What a single person thinks, or
    /// a document says, is not redrawn.
    fn redrawn(&self, random: &mut Random) -> Self {
        let people = self.opinions.len();
        let somebody = |own: &Opinion| {
            let drawn = usize::try_from(random.below(people as u64)).ok().and_then(|at| self.opinions.get(at));
            drawn.unwrap_or(own).clone()
        };
        Self { opinions: self.opinions.iter().map(somebody).collect(), ..self.clone() }
    }

    fn cell_word(&self) -> Option<Arc<str>> {
        match &*self.opinions {
            [only] => Some(Arc::clone(&only.word)),
            _ => None,
        }
    }

    fn is_of_one_person(&self) -> bool {
        matches!(&*self.opinions, [only] if !only.by.is_empty())
    }

    fn moved(&self, declared: &Declared, random: &mut Random) -> Option<Self> {
        let (spread, levels) = (declared.settings.spread?, declared.settings.levels.as_ref()?);
        let [only] = &*self.opinions else { return None };
        let place = levels.place(&only.word).filter(|_| self.is_of_one_person())?;
        Some(self.with_word(&levels.word(near(place, spread, levels.ends(), random))?.into()))
    }

    fn draws(&self) -> usize {
        self.opinions.len()
    }

    fn lines(&self) -> Vec<String> {
        match &*self.opinions {
            [only] => vec![only.word.to_string()],
            several => several.iter().map(|opinion| format!("{}: {}", opinion.by, opinion.word)).collect(),
        }
    }

    fn judged_by(&self) -> Vec<&str> {
        self.opinions.iter().map(|opinion| &*opinion.by).filter(|by| !by.is_empty()).collect()
    }

    fn scores(&self) -> Vec<f64> {
        self.places().unwrap_or_default()
    }

    fn misfit(&self, name: &str, declared: &Declared) -> Option<(String, String)> {
        let levels = declared.settings.levels.as_ref()?;
        let unknown = self.opinions.iter().find(|opinion| levels.place(&opinion.word).is_none());
        if let Some(Opinion { word, .. }) = unknown {
            let message = format!("`{word}` is not a level of `{name}`");
            return Some((message, levels.instead_of(word)));
        }
        (levels.between.is_none() && self.opinions.len().is_multiple_of(2)).then(|| {
            let many = self.opinions.len();
            let message = format!(
                "`{name}` is judged by {many} people, who can fall between two levels; the rule set does not say \
                 which counts"
            );
            (message, "add `between = \"higher\"` or `\"lower\"` to its declaration in the rule set".to_owned())
        })
    }

    fn read_cell(&self, text: &str) -> Result<Cell, CellProblem> {
        Ok(if text.is_empty() { Cell::Empty } else { Cell::Word })
    }

    fn read_number(&self, _: f64) -> Result<Cell, CellProblem> {
        Err((Code::BadCell, "write the word of a level, as the rule set has it"))
    }

    fn with_word(&self, word: &Arc<str>) -> Self {
        let opinions =
            self.opinions.iter().take(1).map(|opinion| Opinion { word: Arc::clone(word), ..opinion.clone() });
        Self { opinions: opinions.collect(), ..self.clone() }
    }
}

fn opinion(check: &mut Checker<'_>, word: &At<String>, by: Option<&At<String>>) -> Option<Opinion> {
    let word = check.text(word, "the level")?;
    let by = match by {
        Some(by) => check.text(by, "the role")?,
        None => String::new(),
    };
    Some(Opinion { by: by.into(), word: word.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_panel_is_the_word_that_the_rules_choose() {
        let median = Level::median;
        let both = [Some(Between::Higher), Some(Between::Lower), None];
        assert_eq!(both.map(|between| median(&[1.0, 2.0, 3.0], between)), [Some(2.0); 3]);
        assert_eq!(both.map(|between| median(&[1.0, 2.0, 3.0, 3.0], between)), [Some(3.0), Some(2.0), None]);
        // Nobody said the word in the middle, so it never counts.
        assert_eq!(both.map(|between| median(&[1.0, 3.0], between)), [Some(3.0), Some(1.0), None]);
        assert_eq!(both.map(|between| median(&[1.0, 2.0, 2.0, 3.0], between)), [Some(2.0); 3]);
        assert_eq!(median(&[], None), None);
    }
}
