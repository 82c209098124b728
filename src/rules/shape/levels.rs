//! Levels: a value for each word of the list that the measure's words are from.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::anchors;
use super::candidate_measures::CandidateMeasures;
use super::member::{CellContent, Scale, Segment, Shape, ValueCells, ValueEnds};
use super::numbers::{Anchor, figure};
use super::swing::Swing;
use super::written::{Judged, Question, Written};
use crate::diagnostic::{Code, quoted_list};
use crate::rules::direction::Way;
use crate::rules::judge::RuleSetJudge;
use crate::rules::nudge::{MOVED, tidy};
use crate::rules::setting::Setting;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;
use crate::words::{joined, listed};

/// A value for each word, as they are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, description = "")]
pub struct WrittenLevels(At<BTreeMap<String, At<Setting>>>);

impl Judged for WrittenLevels {
    type Becomes = ByLevel;

    fn judged(&self, judge: &mut RuleSetJudge<'_>, question: &Question<'_>) -> Option<ByLevel> {
        let At { value: written, span } = &self.0;
        let levels = question.levels?;
        let before = judge.check.problems.errors();
        let unknown = written.iter().filter(|(word, _)| levels.place(word).is_none());
        for (word, setting) in unknown {
            let message = format!("`{word}` is not a level of the measure");
            judge.check.problem(Code::BadValueFunction, &setting.span, message, levels.instead_of(word));
        }
        let missing: Vec<&str> = levels.words().filter(|word| !written.contains_key(*word)).collect();
        if !missing.is_empty() && judge.check.problems.errors() == before {
            let message = format!("there is no value for {}", quoted_list(&missing));
            judge.check.problem(Code::BadValueFunction, span, message, "give every level of the list its value");
        }
        let mut values: Vec<(Arc<str>, f64)> = Vec::new();
        for (word, setting) in levels.words().filter_map(|word| Some((word, written.get(word)?))) {
            let number = setting.value.number;
            if !question.lets(judge, number, &setting.span) {
                // It is told.
            } else if let Some((message, help)) = fault(number, values.last(), question.way) {
                judge.check.problem(Code::BadValueFunction, &setting.span, message, help);
            }
            values.push((word.into(), number));
        }
        let levels = ByLevel { values };
        if judge.check.problems.errors() == before {
            question.turns_as_said(judge, &anchors::turns(&levels.anchors()), span);
        }
        (judge.check.problems.errors() == before).then_some(levels)
    }
}

/// What is wrong with a value behind that of the level before it, and how to mend it.
fn fault(value: f64, before: Option<&(Arc<str>, f64)>, way: Way) -> Option<(String, &'static str)> {
    if !value.is_finite() {
        return Some(("this is not finite".to_owned(), "write a finite number"));
    }
    let (word, before) = before?;
    let is = match way {
        Way::Up if *before > value => "lower than that",
        Way::Down if *before < value => "higher than that",
        _ => return None,
    };
    let message = format!("this value is {is} of `{word}`, the level before it");
    Some((message, "turn the values round, change `direction`, or put the levels of the evidence in another order"))
}

impl Written for WrittenLevels {
    fn settings(&mut self) -> Vec<&mut At<Setting>> {
        self.0.value.values_mut().collect()
    }

    /// Each value moved towards the next higher one, and the highest towards the next lower.
    fn variations(&self) -> Vec<RuleVariation> {
        let values = || self.0.value.values().map(|setting| setting.value.number);
        let moved = |(word, setting): (&String, &At<Setting>)| {
            let own = setting.value.number;
            let higher = values().filter(|value| *value > own).min_by(f64::total_cmp);
            let towards = higher.or_else(|| values().filter(|value| *value < own).max_by(f64::total_cmp))?;
            RuleVariation::number(&format!("value of {word}"), setting, tidy(own + (towards - own) * MOVED))
        };
        self.0.value.iter().filter_map(moved).collect()
    }

    fn reads_words(&self) -> bool {
        true
    }
}

/// A value for each word of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ByLevel {
    /// The words in the order of the list, with their values; at least two.
    pub values: Vec<(Arc<str>, f64)>,
}

impl ByLevel {
    /// The level at a place, from 1; places outside the list are never measured.
    fn at(&self, place: f64) -> Option<&(Arc<str>, f64)> {
        self.values.iter().zip(1_u32..).find(|(_, at)| f64::from(*at) >= place).map(|(level, _)| level)
    }

    /// The places with their values.
    fn anchors(&self) -> Vec<Anchor> {
        self.values.iter().zip(1_u32..).map(|((_, value), place)| (f64::from(place), *value)).collect()
    }

    /// `0 for falling`, a part for each level.
    fn parts(&self) -> Vec<String> {
        self.values.iter().map(|(word, value)| format!("{} for {word}", figure(*value))).collect()
    }
}

impl Shape for ByLevel {
    fn scale(&self, _: &CandidateMeasures<'_>) -> Arc<dyn Scale> {
        Arc::new(self.clone())
    }

    fn segments(&self) -> Vec<Segment> {
        let segment = |((word, _), place): (&(Arc<str>, f64), u32)| {
            Segment::new(format!("level {word}"), f64::from(place)..f64::from(place + 1))
        };
        self.values.iter().zip(1_u32..).map(segment).collect()
    }

    fn reach(&self) -> Option<(f64, f64)> {
        let anchors = self.anchors();
        Some((anchors.first()?.0, anchors.last()?.0))
    }

    fn value_ends(&self) -> ValueEnds {
        ValueEnds::of(self.values.iter().map(|(_, value)| *value))
    }

    fn turns(&self) -> Option<Vec<f64>> {
        Some(anchors::turns(&self.anchors()))
    }

    fn swing(&self) -> Swing {
        anchors::swing(&self.anchors())
    }

    fn sentence(&self) -> String {
        format!("By its level: {}.", listed(&self.parts()))
    }

    fn sentence_beside_cells(&self) -> String {
        "Each level has its value.".to_owned()
    }

    fn cells(&self) -> Option<ValueCells> {
        let column = |(word, value): &(Arc<str>, f64)| (CellContent::Word(Arc::clone(word)), *value);
        Some(ValueCells { rows: ["levels", "values"], columns: self.values.iter().map(column).collect() })
    }

    fn clause(&self) -> String {
        format!("levels ({})", self.parts().join(", "))
    }

    fn since(&self, old: &(dyn Shape + 'static), _: &str) -> Option<String> {
        let old: &Self = old.downcast()?;
        let value_of = |shape: &Self, word: &Arc<str>| {
            shape.values.iter().find(|(known, _)| known == word).map(|(_, value)| *value)
        };
        let mut told = Vec::new();
        for (word, value) in &self.values {
            match value_of(old, word) {
                Some(was) if was == *value => {}
                Some(was) => told.push(format!("{word} {} → {}", figure(was), figure(*value))),
                None => told.push(format!("{word} is new with {}", figure(*value))),
            }
        }
        let gone = old.values.iter().filter(|(word, _)| value_of(self, word).is_none());
        told.extend(gone.map(|(word, _)| format!("{word} is gone")));
        Some(joined(&told))
    }
}

impl Scale for ByLevel {
    fn value(&self, measure: f64) -> Option<f64> {
        Some(self.at(measure).map_or(0.0, |(_, value)| *value))
    }

    fn reading(&self, measure: f64) -> String {
        let word = self.at(measure).map_or("", |(word, _)| word);
        format!("for the level {word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direction(values: [f64; 3]) -> ByLevel {
        let words = ["falling", "static", "rising"].map(Arc::from);
        ByLevel { values: words.into_iter().zip(values).collect() }
    }

    #[test]
    fn each_place_has_the_value_of_its_word() {
        let shape = direction([0.0, 0.4, 1.0]);
        assert_eq!([1.0, 2.0, 3.0].map(|place| shape.value(place)), [Some(0.0), Some(0.4), Some(1.0)]);
        let names: Vec<String> = shape.segments().into_iter().map(|segment| segment.name).collect();
        assert_eq!(names, ["level falling", "level static", "level rising"]);
        assert_eq!((&shape as &dyn Shape).segment_of(2.0).unwrap().name, "level static");
    }

    #[test]
    fn a_change_is_told_word_by_word() {
        let (old, new) = (direction([0.0, 0.4, 1.0]), direction([0.0, 0.5, 1.0]));
        assert_eq!(new.since(&old, ""), Some("static 0.4 → 0.5".to_owned()));
        assert_eq!(new.clause(), "levels (0 for falling, 0.5 for static, 1 for rising)");
    }
}
