//! How low and how high totals go, and which way they go with each question: what can be said of a rule set before anybody
//! answers. What follows from it is judged here, too: totals that could be divided by zero, and a worst that is none.

use crate::diagnostic::Code;
use crate::exact::{Ends, Fixed, to_units};
use crate::rules::combine::{Combination, Earned, Influence, MemberKind, Names, Node, Precision};
use crate::rules::format::RuleSetFile;
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::Compiler;
use crate::rules::shape::{NetFlow, ValueEnds};
use crate::rules::{Criterion, Treatment, Weights};

/// Stands for the end of what has none, in units.
const NO_END: i64 = 1_000_000_000_000_000;

impl RuleSetJudge<'_> {
    /// The ends of the totals, where they are known. Each criterion learns what more of its points do.
    pub(super) fn totals(
        &mut self,
        file: &RuleSetFile,
        combine: &Combination,
        criteria: &mut [Criterion],
        (weights, precision): (&Weights, Precision),
    ) -> Option<Ends> {
        self.multiplies_only_what_is_not_negative(file, combine, criteria);
        self.outranks_by_net_flows(file, combine, criteria);
        let library = self.scripts.library().clone();
        let questions: Vec<Question<'_>> = criteria
            .iter()
            .enumerate()
            .zip(weights.shares())
            .map(|((number, criterion), share)| Question {
                criterion,
                share: *share,
                ends: criterion.value_ends(),
                earned: combine.earned(number),
            })
            .collect();
        let has_no_end =
            questions.iter().any(|question| question.ends.most.is_infinite() || question.ends.least.is_infinite());
        if combine.is_by_question() {
            let row: Vec<Ends> = questions.iter().map(|question| question.earns(precision)).collect();
            let names = Names { criteria: &vec![""; row.len()], groups: &[] };
            let settings = combine.root().settings(names, precision, &library);
            return match questions.iter().any(Question::may_be_left_out) {
                _ if has_no_end => None,
                may_be_left_out => {
                    let all = combine.root().way.ends(&row, &settings, None).ok().flatten();
                    // Without some of them others weigh more.
                    let with_more = |ends: Ends| ends.with(0).with(on_scale(precision));
                    all.map(|ends| if may_be_left_out { Ends { are_reached: false, ..with_more(ends) } } else { ends })
                }
            };
        }
        let criteria_ids: Vec<&str> = file.criterion.iter().map(|it| &*it.value.id.value).collect();
        let group_ids: Vec<&str> = file.group.iter().map(|group| &*group.value.id.value).collect();
        let names = Names { criteria: &criteria_ids, groups: &group_ids };
        let compiler = Compiler::new(&library).ok()?;
        let own = questions.iter().map(|question| question.earns(precision));
        let row: Vec<Ends> = own.chain(weights.shares().iter().skip(questions.len()).map(|it| Ends::at(*it))).collect();
        let mut scores = vec![Score { ends: Ends::at(0), may_be_left_out: false }; combine.groups().len()];
        let mut members = vec![Vec::new(); combine.groups().len() + 1];
        let mut total = None;
        let mut has_faults = false;
        for (group, node) in combine.nodes() {
            let settings = node.settings(names, precision, &library);
            let of_groups: Vec<Ends> = scores.iter().map(|score| score.ends).collect();
            let figures = combine.figures(node, &row, &of_groups, precision);
            for fault in node.way.faults(&figures, &settings) {
                self.check.problems.push(fault);
                has_faults = true;
            }
            let alone = alone(node, &questions, &scores, precision);
            let ends = if alone.iter().any(|score| score.may_be_left_out) && node.way.earned().is_weighed() {
                Some(of_some(&alone, precision))
            } else if has_faults {
                None
            } else {
                let mut script = node.way.expression().and_then(|expression| compiler.compile(expression).ok());
                node.way.ends(&figures, &settings, script.as_mut()).ok().flatten()
            };
            if let Some(slot) = members.get_mut(group.unwrap_or(combine.groups().len())) {
                *slot = figures;
            }
            total = ends;
            if let Some(score) = group.and_then(|at| scores.get_mut(at)) {
                let unknown = Ends { least: -NO_END, most: NO_END, are_reached: false };
                let may_be_left_out = alone.iter().all(|score| score.may_be_left_out);
                let ends =
                    ends.map_or(unknown, |it| Ends { least: it.least.max(-NO_END), most: it.most.min(NO_END), ..it });
                *score = Score { ends, may_be_left_out };
            }
        }
        if has_faults {
            return None;
        }
        for (number, (criterion, written)) in criteria.iter_mut().zip(&file.criterion).enumerate() {
            criterion.influence = combine.influence(number, &members, names, (precision, &library));
            if criterion.influence == Influence::Mixed && criterion.missing.policy().takes_the_worst() {
                let message =
                    format!("no value of `{}` is always the worst: the total can rise or fall with it", criterion.id);
                let help = "state a value, `missing = { value = …, because = \"…\" }`, or use `refuse`";
                self.check.problem(Code::BadValueFunction, &written.value.missing.span, message, help);
            }
            if !combine.earned(number).is_weighed() && criterion.if_missing() == Treatment::LeaveOut {
                let word = combine.node(combine.group_of(number)).way.word();
                let message = format!("`{}` can't be left out: `{word}` has no weights to share out", criterion.id);
                let help = "let something stand in where it is missing, or use `refuse`";
                self.check.problem(Code::BadValueFunction, &written.value.missing.span, message, help);
            }
        }
        if has_no_end { None } else { total }
    }
}

impl RuleSetJudge<'_> {
    /// Tells what can't be compared in pairs where the total outranks, and vetoes that nothing takes.
    fn outranks_by_net_flows(&mut self, file: &RuleSetFile, combine: &Combination, criteria: &[Criterion]) {
        for (criterion, written) in criteria.iter().zip(&file.criterion) {
            let (id, flow) = (&criterion.id, criterion.value.shape().downcast::<NetFlow>());
            let (span, message, help) = match (combine.takes_vetoes(), flow) {
                (true, None) => (
                    written.value.value.span.clone(),
                    format!("`outranking` compares each two candidates by every question, and `{id}` is no `net-flow`"),
                    "give it `value = { net-flow = { indifference = …, preference = … } }`",
                ),
                (true, Some(_)) if criterion.if_missing() == Treatment::LeaveOut => (
                    written.value.missing.span.clone(),
                    format!("`{id}` can't be left out: two candidates are compared by the same weights"),
                    "let something stand in where it is missing, or use `refuse`",
                ),
                (false, Some(NetFlow { veto: Some(_), .. })) => (
                    written.value.value.span.clone(),
                    format!("the veto of `{id}` does nothing: the total takes none"),
                    "write `combine = \"outranking\"` under `[ruleset]`, or take `veto` out",
                ),
                _ => continue,
            };
            self.check.problem(Code::BadValueFunction, &span, message, help);
        }
    }

    /// Tells what is below zero and can't be multiplied, as it would have to be raised to a power, or turn others round.
    fn multiplies_only_what_is_not_negative(
        &mut self,
        file: &RuleSetFile,
        combine: &Combination,
        criteria: &[Criterion],
    ) {
        if criteria.iter().all(|criterion| criterion.value_ends().least >= 0.0) {
            return;
        }
        for (group, node) in combine.nodes() {
            let multiplies =
                node.way.expression().is_none() && !node.way.multiplied(&[""], self.scripts.library()).is_empty();
            let written = match group.and_then(|group| file.group.get(group)) {
                Some(group) => group.value.combine.as_ref(),
                None => file.ruleset.combine.as_ref(),
            };
            if let Some(written) = written.filter(|_| multiplies) {
                let message = format!("`{}` multiplies, and values can be below 0", node.way.word());
                let help = "add them up, or write the product as a script";
                self.check.problem(Code::BadValue, &written.span, message, help);
            }
        }
    }
}

/// A question, its share of the weight and the ends of its values.
struct Question<'c> {
    criterion: &'c Criterion,
    share: i64,
    ends: ValueEnds,
    earned: Earned,
}

impl Question<'_> {
    fn may_be_left_out(&self) -> bool {
        self.criterion.if_missing() == Treatment::LeaveOut
    }

    /// The ends of what it brings in with its own share.
    fn earns(&self, precision: Precision) -> Ends {
        let of = |value: f64| match value.is_finite() {
            true => self.earned.of(to_units(value, precision.fine_decimals()), self.share, precision),
            false => {
                if value < 0.0 {
                    -NO_END
                } else {
                    NO_END
                }
            }
        };
        Ends { least: of(self.ends.least), most: of(self.ends.most), are_reached: self.ends.are_reached }
    }
}

/// The ends of a score, and whether there need be one.
#[derive(Clone, Copy)]
struct Score {
    ends: Ends,
    may_be_left_out: bool,
}

/// What a node would be with each member alone: with all of the weight.
fn alone(node: &Node, questions: &[Question<'_>], scores: &[Score], precision: Precision) -> Vec<Score> {
    let whole = on_scale(precision) * 100;
    let of = |member: &usize| match node.kind {
        MemberKind::Group => scores.get(*member).copied(),
        MemberKind::Criterion => questions.get(*member).map(|question| Score {
            ends: Question { share: whole, earned: Earned::Points, ..*question }.earns(precision),
            may_be_left_out: question.may_be_left_out(),
        }),
    };
    node.members.iter().filter_map(of).collect()
}

/// The ends of what is made of some of these. However the weight is shared, it is a mean of them, but for the rounding of
/// each: of points to half a unit, and of factors to less than half a unit on the scale.
fn of_some(alone: &[Score], precision: Precision) -> Ends {
    // The only member has all of the weight, and nothing is shared.
    if let [only] = alone {
        return Ends { are_reached: false, ..only.ends };
    }
    let each = 1 + i64::from(precision.scale.saturating_sub(1)) / 100;
    let rounding = alone.iter().fold(1, |units, _| units + each) / 2;
    let ends = alone.iter().map(|score| score.ends);
    let all = ends.reduce(|a, b| Ends { least: a.least.min(b.least), most: a.most.max(b.most), ..a });
    let all = all.unwrap_or(Ends::at(0));
    // Nothing is below zero where no member is.
    let least = if all.least < 0 { all.least - rounding } else { (all.least - rounding).max(0) };
    Ends { least, most: (all.most + rounding).min(NO_END), are_reached: false }
}

/// The scale in units of the decimals.
fn on_scale(precision: Precision) -> i64 {
    Fixed::new(i64::from(precision.scale), 0).units() * 10_i64.pow(precision.decimals)
}
