//! How low and how high totals go, and which way they go with each question: what can be said of a rule set before anybody
//! answers. What follows from it is judged here, too: totals that could be divided by zero, and a worst that is none.

use crate::diagnostic::Code;
use crate::exact::{Ends, Fixed, to_units};
use crate::rules::combine::{Earned, Influence, Precision, TotalSettings, WayToCombine};
use crate::rules::format::RuleSetFile;
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::Compiler;
use crate::rules::shape::ValueEnds;
use crate::rules::{Criterion, Treatment, Weights};

/// Stands for the end of what has none, in units.
const NO_END: i64 = 1_000_000_000_000_000;

impl RuleSetJudge<'_> {
    /// The ends of the totals, where they are known. Each criterion learns what more of its points do.
    pub(super) fn totals(
        &mut self,
        file: &RuleSetFile,
        combine: &dyn WayToCombine,
        criteria: &mut [Criterion],
        (weights, precision): (&Weights, Precision),
    ) -> Option<Ends> {
        let library = self.scripts.library().clone();
        let group_of = criteria.iter().map(|criterion| criterion.group).collect();
        let ids: Vec<&str> = file.group.iter().map(|group| &*group.value.id.value).collect();
        let settings = TotalSettings { precision, groups: ids, group_of, library: &library };
        let questions: Vec<Question<'_>> = criteria
            .iter()
            .zip(weights.shares())
            .map(|(criterion, share)| Question { criterion, share: *share, ends: criterion.value_ends() })
            .collect();
        let has_no_end = questions.iter().any(|question| question.ends.most.is_infinite());
        if !combine.has_sections() {
            let row: Vec<Ends> = questions.iter().map(|question| question.earns(combine.earned(), precision)).collect();
            return match questions.iter().any(Question::may_be_left_out) {
                _ if has_no_end => None,
                may_be_left_out => {
                    let all = combine.ends(&row, &settings, None).ok().flatten();
                    // Without some of them others weigh more.
                    let with_more = |ends: Ends| ends.with(0).with(on_scale(precision));
                    all.map(|ends| if may_be_left_out { Ends { are_reached: false, ..with_more(ends) } } else { ends })
                }
            };
        }
        // Each group as a question that earns its score.
        let score =
            |group: usize| score(questions.iter().filter(|it| it.criterion.group == Some(group)), weights, precision);
        let scores: Vec<Ends> = (0..settings.groups.len()).map(score).collect();
        let settings = TotalSettings { group_of: (0..scores.len()).map(Some).collect(), ..settings };
        let faults = combine.faults(&scores, &settings);
        if !faults.is_empty() {
            for fault in faults {
                self.check.problems.push(fault);
            }
            return None;
        }
        for (criterion, written) in criteria.iter_mut().zip(&file.criterion) {
            criterion.influence =
                criterion.group.map_or(Influence::Raises, |group| combine.influence(group, &scores, &settings));
            if criterion.influence == Influence::Mixed && criterion.missing.policy().takes_the_worst() {
                let message =
                    format!("no value of `{}` is always the worst: the total can rise or fall with it", criterion.id);
                let help = "state a value, `missing = { value = …, because = \"…\" }`, or use `refuse`";
                self.check.problem(Code::BadValueFunction, &written.value.missing.span, message, help);
            }
        }
        if has_no_end {
            return None;
        }
        let compiler = Compiler::new(&library).ok()?;
        let mut script = combine.expression().and_then(|expression| compiler.compile(expression).ok());
        combine.ends(&scores, &settings, script.as_mut()).ok().flatten()
    }
}

/// A question, its share of the weight and the ends of its values.
struct Question<'c> {
    criterion: &'c Criterion,
    share: i64,
    ends: ValueEnds,
}

impl Question<'_> {
    fn may_be_left_out(&self) -> bool {
        self.criterion.if_missing() == Treatment::LeaveOut
    }

    /// The ends of what it earns with its own share.
    fn earns(&self, earned: Earned, precision: Precision) -> Ends {
        let of = |value: f64| match value.is_finite() {
            true => earned.of(to_units(value, precision.fine_decimals()), self.share, precision),
            false => NO_END,
        };
        Ends { least: of(self.ends.least), most: of(self.ends.most), are_reached: self.ends.are_reached }
    }
}

/// The ends of a group's score.
fn score<'q>(
    questions: impl Iterator<Item = &'q Question<'q>> + Clone,
    weights: &Weights,
    precision: Precision,
) -> Ends {
    let earned = |question: &Question<'_>| question.earns(Earned::Points, precision);
    if !questions.clone().any(Question::may_be_left_out) {
        let both = questions.map(earned);
        return both.fold(Ends::at(0), |sum, ends| Ends {
            least: sum.least.saturating_add(ends.least),
            most: sum.most.saturating_add(ends.most).min(NO_END),
            are_reached: sum.are_reached && ends.are_reached,
        });
    }
    // However the weight is shared, the score is a mean of values, but for the rounding of each.
    let with_all = |question: &Question<'_>| earned(&Question { share: weights.whole(), ..*question });
    let rounding = questions.clone().fold(1, |units, _| units + 1) / 2;
    let all =
        questions.map(with_all).reduce(|a, b| Ends { least: a.least.min(b.least), most: a.most.max(b.most), ..a });
    let all = all.unwrap_or(Ends::at(0));
    Ends { least: (all.least - rounding).max(0), most: (all.most + rounding).min(NO_END), are_reached: false }
}

/// The scale in units of the decimals.
fn on_scale(precision: Precision) -> i64 {
    Fixed::new(i64::from(precision.scale), 0).units() * 10_i64.pow(precision.decimals)
}
