//! What became of a measure of a plan: whether what was tried worked. An assessment names the measure; the rest is worked
//! out from the plan's figures (`assessment/plan/outcome/`) once they are judged. Nobody types it: only the tests of rules,
//! which have no plan, say the word themselves.

use std::sync::Arc;

use super::asked::AskedFigure;
use super::declared::Declared;
use super::format::Evidence;
use super::kind::{FigureOrWhyNot, Key, Kind, Voucher};
use super::level::Level;
use super::levels::Levels;
use super::outcome_word::OutcomeWord;
use crate::assessment::period::Period;
use crate::assessment::references::References;
use crate::diagnostic::{Code, did_you_mean};
use crate::stats::Estimate;
use crate::toml_file::{At, Checker};

/// What became of a measure, whose figures say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The measure; none where a test of rules says what became of it.
    pub of: Option<MeasureName>,
    /// One of [`OutcomeWord::TOLD`].
    pub word: OutcomeWord,
    /// What it follows from; empty until the plan is judged.
    pub found: Arc<WhatBecame>,
}

/// A measure by the names of its plan and of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureName {
    /// The plan's id: the name of its file without folder and ending.
    pub plan: Arc<str>,
    /// The measure's id.
    pub measure: Arc<str>,
}

/// What the outcome of a measure follows from, and what stands beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhatBecame {
    /// What was measured.
    pub title: String,
    /// The figures and what was wanted, in a sentence.
    pub because: String,
    /// By how many per cent of the baseline it changed, with the 95% interval where two counts have one.
    pub change_percent: Option<Estimate>,
    /// By how much it changed in its own unit; percentages of known bases have Newcombe's 95% interval.
    pub change: Option<Estimate>,
    /// `could-explain`, `does-not-explain` or `cannot-tell`.
    pub by_chance: &'static str,
    /// The p-value, where a test has one.
    pub p: Option<f64>,
    /// What chance says, in a sentence.
    pub chance_told: String,
    /// The counts before and now, where they are counts, with their periods.
    pub counts: Vec<(f64, Period)>,
    /// What a reader should know beside that, a sentence each.
    pub caveats: Vec<String>,
}

impl Outcome {
    /// The word as a level among them.
    pub fn level(&self) -> Level {
        Level::stated(self.word.word(), Levels::of_outcomes())
    }
}

impl Kind for Outcome {
    const WORD: &'static str = "outcome";
    const PHRASE: &'static str = "the outcome of a measure";
    const KEYS: &'static [Key] =
        &[Key { name: "outcome", needs: &[], may_have: &["plan", "change_percent", "lower", "upper"] }];
    const ASKED: Result<AskedFigure, &'static str> = Err("it follows from the figures of the plan that it names");
    const IN_TESTS: Result<&'static str, &'static str> = Ok("outcome");

    fn voucher(_: bool) -> Voucher {
        Voucher::Plan
    }

    /// The name of a measure, whose plan says the rest; in tests of rules, which have no plan, what became of it.
    fn judge(check: &mut Checker<'_>, _: &References<'_>, written: &At<Evidence>) -> Option<FigureOrWhyNot<Self>> {
        let named = written.value.outcome.as_ref()?;
        let text = check.text(named, "the measure")?;
        match &written.value.plan {
            Some(plan) => of_plan(check, &written.value, &text, plan),
            None => stated(check, written, &text, named),
        }
    }

    fn ordinal_scale(declared: &Declared) -> Option<(f64, f64)> {
        declared.settings.levels.as_ref().map(Levels::ends)
    }

    fn range(_: &Declared) -> (f64, f64) {
        Levels::of_outcomes().ends()
    }

    /// The place of the word, from 1: what was achieved has the highest.
    fn headline(&self) -> Option<Estimate> {
        self.level().headline()
    }

    fn lines(&self) -> Vec<String> {
        let WhatBecame { title, because, chance_told, caveats, .. } = &*self.found;
        if title.is_empty() {
            return vec![self.word.phrase().to_owned()];
        }
        let told = [because, chance_told].into_iter().chain(caveats).filter(|it| !it.is_empty());
        let told: Vec<&str> = told.map(String::as_str).collect();
        vec![format!("“{title}”: {}. {}", self.word.phrase(), told.join(" "))]
    }
}

/// The measure that an assessment names.
fn of_plan(
    check: &mut Checker<'_>,
    written: &Evidence,
    measure: &str,
    plan: &At<String>,
) -> Option<FigureOrWhyNot<Outcome>> {
    let typed = [("change_percent", &written.change_percent), ("lower", &written.lower), ("upper", &written.upper)];
    for (key, number) in typed {
        if let Some(number) = number {
            let message = format!("nothing reads `{key}` beside `plan`");
            let help = "take it out: the change is worked out from the figures of the plan";
            check.problem(Code::UnknownKey, &number.span, message, help);
        }
    }
    let plan = check.text(plan, "the plan")?;
    // A plan may be named by its file, too.
    let file = plan.rsplit(['/', '\\']).next().unwrap_or(&plan);
    let of = MeasureName { plan: file.strip_suffix(".toml").unwrap_or(file).into(), measure: measure.into() };
    // What became of it is known once the plans are judged.
    Some(Ok(Outcome { of: Some(of), word: OutcomeWord::CannotTell, found: Arc::default() }))
}

/// What a test of rules says became of a measure.
fn stated(
    check: &mut Checker<'_>,
    written: &At<Evidence>,
    text: &str,
    named: &At<String>,
) -> Option<FigureOrWhyNot<Outcome>> {
    let Some(word) = OutcomeWord::TOLD.into_iter().find(|word| word.word() == text) else {
        let words = OutcomeWord::TOLD.map(OutcomeWord::word);
        let message = format!("`{text}` is no outcome, and no plan is named whose measure it could be");
        let help = format!(
            "name the plan beside the measure: `plan = \"plan-2025\"`. In tests of rules: {}",
            did_you_mean(text, words)
        );
        check.problem(Code::BadValue, &named.span, message, help);
        return None;
    };
    let change_percent = match &written.value.change_percent {
        Some(number) => {
            let change = check.finite(number)?;
            Some(super::interval::interval(check, &written.value, change, &written.span)?)
        }
        None => None,
    };
    let found = WhatBecame { change_percent, by_chance: "cannot-tell", ..WhatBecame::default() };
    Some(Ok(Outcome { of: None, word, found: Arc::new(found) }))
}
