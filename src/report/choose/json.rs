//! For programs: stable, versioned in `schema`. Wire types, apart from the core's. Amounts, worths and values are exact.

use schemars::JsonSchema;
use serde::Serialize;

use super::words::because;
use crate::choose::answer::{Answer, Best, Proof};
use crate::choose::choice::{Changes, Choice, More, ResourceView};
use crate::choose::factor::Factor;
use crate::choose::finding_out::Settles;
use crate::choose::instance::is_in;
use crate::choose::least_cost::{CostChange, LeastCost};
use crate::choose::least_weight::LeastWeight;
use crate::choose::robust::Robust;
use crate::exact::{Fixed, round_to};
use crate::ranked::RankedAssessment;
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/choice/1";

/// The best set of a plan.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise choice")]
pub struct ChoiceFile<'a> {
    /// `prioritise/choice/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The digest of the assessment.
    pub assessment: &'a str,
    /// The digest of the rules.
    pub rules: &'a str,
    /// The digest of what is chosen from: worth, resources, actions and conditions.
    pub plan: &'a str,
    /// The year whose amounts count, as it is written.
    pub year: String,
    /// What is made as large as it can be: the worth of a candidate, summed over the share of each that is reached.
    pub maximises: &'a str,
    /// The resources.
    pub resources: Vec<ResourceEntry<'a>>,
    /// The best set.
    pub best: BestEntry<'a>,
    /// The best of the other sets; null where there is none.
    pub next: Option<SetEntry<'a>>,
    /// The best set where candidates count by their rank alone, with its value by worth; null where it was not found.
    pub by_rank: Option<SetEntry<'a>>,
    /// What the board chose; null where that is not filed for this year.
    pub board: Option<SetEntry<'a>>,
    /// The actions.
    pub actions: Vec<ActionEntry<'a>>,
    /// The best set at every amount of the resource that was asked for, in ascending order; empty where none was.
    pub curve: Vec<PointEntry<'a>>,
    /// Which resource the curve is of.
    pub curve_of: Option<&'a str>,
    /// Below this amount the curve is not known; null where all of it is.
    pub curve_unknown_below: Option<Number>,
    /// What one weight or cost would change.
    pub changes: Vec<NumberEntry<'a>>,
    /// The draws; null where none were made.
    pub draws: Option<DrawsEntry>,
    /// What would be worth finding out, what settles most first; empty without draws.
    pub finding_out: Vec<SettlesEntry<'a>>,
}

/// An exact number.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(transparent)]
pub struct Number(Fixed);

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// A resource.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is counted in.
    pub unit: &'a str,
    /// How much there is.
    pub amount: Number,
    /// How much of it the best set uses.
    pub used: Number,
    /// What is best with a tenth less of it.
    pub tenth_less: AnswerEntry<'a>,
    /// The least cut that changes the set; null where the set uses nothing of it.
    pub less: Option<ChangeEntry<'a>>,
    /// Whether the least rise that changes the set is known: it was found, or there is none.
    pub more_is_known: bool,
    /// The least rise that changes the set; null where none does, or it is not known.
    pub more: Option<ChangeEntry<'a>>,
    /// The actions in the order of what each alone is worth for a unit of it.
    pub value_for_money: Vec<&'a str>,
    /// What can be had in that order. It may not keep to conditions that ask for actions.
    pub in_that_order: SetEntry<'a>,
}

/// A change of an amount, and the best set then.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry<'a> {
    /// By how much.
    pub by: Number,
    /// What is best then.
    pub then: AnswerEntry<'a>,
}

/// What is best in some other case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerEntry<'a> {
    /// `proven` or `best-found` of a set, `none` where it is proven that no set keeps to all conditions, `unknown` where the
    /// steps did not suffice.
    pub proof: &'a str,
    /// The set; null where there is none.
    pub set: Option<SetEntry<'a>>,
}

/// The best set.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BestEntry<'a> {
    /// Its actions, by id.
    pub actions: Vec<&'a str>,
    /// What it is worth.
    pub value: Number,
    /// `proven`, or `best-found` where the steps did not suffice.
    pub proof: &'a str,
    /// No set is worth more.
    pub bound: Number,
}

/// A set.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetEntry<'a> {
    /// Its actions, by id.
    pub actions: Vec<&'a str>,
    /// What it is worth.
    pub value: Number,
}

/// An action.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Whether it is in the best set.
    pub in_best: bool,
    /// In what part of the draws it is in the best set; null without draws.
    pub core_index: Option<f64>,
    /// `core`, `borderline` or `out`; null without draws.
    pub group: Option<&'a str>,
    /// Why it is in the best set, or is not.
    pub because: String,
}

/// The best set from an amount on.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointEntry<'a> {
    /// The least amount with which it can be.
    pub amount: Number,
    /// What the set is worth.
    pub value: Number,
    /// Its actions, by id.
    pub actions: Vec<&'a str>,
    /// `proven` or `best-found`.
    pub proof: &'a str,
}

/// What a weight or a cost changes, one way.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberEntry<'a> {
    /// `weight` or `cost`.
    pub of: &'a str,
    /// The criterion of a weight; null of a cost.
    pub criterion: Option<&'a str>,
    /// The action of a cost; null of a weight.
    pub action: Option<&'a str>,
    /// The resource of a cost; null of a weight.
    pub resource: Option<&'a str>,
    /// `up` or `down`.
    pub way: &'a str,
    /// The number as filed; a weight on the rule set's scale.
    pub filed: Number,
    /// `changes`, `never` or `unknown` where the steps did not suffice.
    pub found: &'a str,
    /// The last number that was tried at which the best set is the same, or a cost's action is where it was.
    pub same_at: Option<Number>,
    /// The next number that was tried, at which it is not.
    pub other_at: Option<Number>,
    /// What is best then.
    pub then: Option<AnswerEntry<'a>>,
}

/// How much something that was drawn settles.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlesEntry<'a> {
    /// `weight`, `answer`, `share` or `cost`.
    pub of: &'a str,
    /// The criterion of a weight or an answer.
    pub criterion: Option<&'a str>,
    /// The candidate of an answer or a share.
    pub candidate: Option<&'a str>,
    /// The action of a share or a cost.
    pub action: Option<&'a str>,
    /// The resource of a cost.
    pub resource: Option<&'a str>,
    /// By what part the variance of being in the best set falls once it is known, over all actions.
    pub settles: f64,
    /// The action of which it settles most.
    pub most_about: Option<&'a str>,
    /// What part of the variance of that action.
    pub of_that: f64,
}

/// What was drawn.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawsEntry {
    /// How many draws.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
    /// In how many the best set was proven within the steps.
    pub proven: u64,
    /// In how many no set kept to all conditions.
    pub without_set: u64,
    /// In how many the best set was that of the figures as they are filed.
    pub same_set: u64,
    /// In how many that set takes more of each resource than there is, in the order of `resources`.
    pub overspends: Vec<u64>,
}

/// The best set of a plan, as JSON.
pub fn json<'a>(report: &RankedAssessment<'a>, choice: &Choice<'a>) -> String {
    let options = choice.case.options;
    let view = choice.by_resource.iter().find(|view| view.curve.is_some());
    let curve = view.and_then(|view| Some((view, view.curve.as_ref()?)));
    let point = |view: &ResourceView, point: &crate::choose::curve::Point| PointEntry {
        amount: Number(choice.case.amount(view.resource, point.amount)),
        value: Number(choice.case.value(point.best.value)),
        actions: ids(choice, &point.best),
        proof: proof(&point.best),
    };
    indented_json(&ChoiceFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: &report.assessment.digest,
        rules: &report.rules.digest,
        plan: &options.digest,
        year: choice.case.year.written(),
        maximises: &options.worth.code.value,
        resources: choice.by_resource.iter().filter_map(|view| resource(choice, view)).collect(),
        best: BestEntry {
            actions: ids(choice, &choice.best),
            value: Number(choice.case.value(choice.best.value)),
            proof: proof(&choice.best),
            bound: Number(choice.case.value(match choice.best.proof {
                Proof::Proven => choice.best.value,
                Proof::Within(bound) => bound,
            })),
        },
        next: choice.next.as_ref().map(|next| set(choice, next)),
        by_rank: choice.by_rank.as_ref().map(|by_rank| set(choice, by_rank)),
        board: choice.board.as_ref().map(|board| set(choice, &board.set)),
        actions: (0..options.actions.len()).filter_map(|number| action(choice, number)).collect(),
        curve: curve.iter().flat_map(|(view, curve)| curve.points.iter().map(|it| point(view, it))).collect(),
        curve_of: view.and_then(|view| options.resources.get(view.resource)).map(|resource| &*resource.id),
        curve_unknown_below: curve.and_then(|(view, curve)| {
            curve.unknown_below.map(|below| Number(choice.case.amount(view.resource, below)))
        }),
        changes: choice.changes.as_ref().map_or_else(Vec::new, |changes| numbers(report, choice, changes)),
        finding_out: choice.robust.iter().flat_map(|robust| settled(report, choice, robust)).collect(),
        draws: choice.robust.as_ref().map(|robust| DrawsEntry {
            draws: robust.draws,
            seed: robust.seed,
            proven: robust.proven,
            without_set: robust.without_set,
            same_set: robust.same,
            overspends: robust.overspends.clone(),
        }),
    })
}

fn proof(best: &Best) -> &'static str {
    match best.proof {
        Proof::Proven => "proven",
        Proof::Within(_) => "best-found",
    }
}

fn answered(answer: &Answer) -> &'static str {
    match answer {
        Answer::Best(best) => proof(best),
        Answer::Nothing => "none",
        Answer::Unknown => "unknown",
    }
}

fn ids<'a>(choice: &Choice<'a>, best: &Best) -> Vec<&'a str> {
    choice.case.actions(&best.set).into_iter().map(|action| &*action.id).collect()
}

fn set<'a>(choice: &Choice<'a>, best: &Best) -> SetEntry<'a> {
    SetEntry { actions: ids(choice, best), value: Number(choice.case.value(best.value)) }
}

fn resource<'a>(choice: &Choice<'a>, view: &ResourceView) -> Option<ResourceEntry<'a>> {
    let options = choice.case.options;
    let resource = options.resources.get(view.resource)?;
    let action =
        |option: &crate::choose::choice::ForMoney| options.actions.get(option.action).map(|action| &*action.id);
    let answer = |proof, best: Option<&Best>| AnswerEntry { proof, set: best.map(|best| set(choice, best)) };
    let of_answer = |found: &Answer| answer(answered(found), found.as_best());
    Some(ResourceEntry {
        id: &resource.id,
        title: &resource.title,
        unit: &resource.unit,
        amount: Number(choice.case.there_is(view.resource)),
        used: Number(choice.case.used(view.resource, &choice.best.set)),
        tenth_less: of_answer(&view.tenth_less),
        less: view.less.as_ref().map(|(by, found)| ChangeEntry { by: Number(*by), then: of_answer(found) }),
        more_is_known: !matches!(view.more, More::Unknown),
        more: match &view.more {
            More::By(by, best) => Some(ChangeEntry { by: Number(*by), then: answer(proof(best), Some(best)) }),
            More::Never | More::Unknown => None,
        },
        value_for_money: view.for_money.iter().filter_map(action).collect(),
        in_that_order: set(choice, &view.in_that_order),
    })
}

fn action<'a>(choice: &Choice<'a>, number: usize) -> Option<ActionEntry<'a>> {
    let action = choice.case.options.actions.get(number)?;
    Some(ActionEntry {
        id: &action.id,
        title: &action.title,
        in_best: is_in(&choice.best.set, number),
        core_index: choice.robust.as_ref().map(|robust| round_to(robust.index(number), 6)),
        group: choice.robust.as_ref().map(|robust| robust.group(number).word()),
        because: because(choice, number),
    })
}

fn numbers<'a>(report: &RankedAssessment<'a>, choice: &Choice<'a>, changes: &Changes) -> Vec<NumberEntry<'a>> {
    let weights = changes.weights.iter().flat_map(|change| {
        [("down", &change.down), ("up", &change.up)].map(|(way, found)| {
            let (found, ends) = match found {
                LeastWeight::Changes { same, other, then } => ("changes", Some((*same, *other, then))),
                LeastWeight::Never => ("never", None),
                LeastWeight::Unknown => ("unknown", None),
            };
            NumberEntry {
                of: "weight",
                criterion: report.rules.criteria.get(change.criterion).map(|criterion| &*criterion.id),
                action: None,
                resource: None,
                way,
                filed: Number(change.filed),
                found,
                same_at: ends.map(|(same, _, _)| Number(same)),
                other_at: ends.map(|(_, other, _)| Number(other)),
                then: ends.map(|(_, _, then)| AnswerEntry { proof: proof(then), set: Some(set(choice, then)) }),
            }
        })
    });
    let costs = changes.costs.iter().map(|change| of_cost(choice, change));
    weights.chain(costs).collect()
}

fn of_cost<'a>(choice: &Choice<'a>, change: &CostChange) -> NumberEntry<'a> {
    let options = choice.case.options;
    let amount = |units: i64| Number(choice.case.amount(change.resource, units));
    let (found, ends) = match &change.found {
        LeastCost::Changes { same, other, then } => ("changes", Some((*same, *other, then))),
        LeastCost::Never => ("never", None),
        LeastCost::Unknown => ("unknown", None),
    };
    let is_in = is_in(&choice.best.set, change.action);
    NumberEntry {
        of: "cost",
        criterion: None,
        action: options.actions.get(change.action).map(|action| &*action.id),
        resource: options.resources.get(change.resource).map(|resource| &*resource.id),
        way: if is_in { "up" } else { "down" },
        filed: amount(change.filed),
        found,
        same_at: ends.map(|(same, _, _)| amount(same)),
        other_at: ends.map(|(_, other, _)| amount(other)),
        then: ends.map(|(_, _, then)| AnswerEntry {
            proof: answered(then),
            set: then.as_best().map(|best| set(choice, best)),
        }),
    }
}

fn settled<'a>(report: &RankedAssessment<'a>, choice: &Choice<'a>, robust: &Robust) -> Vec<SettlesEntry<'a>> {
    let (options, candidates) = (choice.case.options, choice.case.candidates);
    let criterion = |it: usize| report.rules.criteria.get(it).map(|criterion| &*criterion.id);
    let candidate = |it: usize| candidates.get(it).map(|candidate| &*candidate.id);
    let action = |it: usize| options.actions.get(it).map(|action| &*action.id);
    let resource = |it: usize| options.resources.get(it).map(|resource| &*resource.id);
    let served = |it: usize, at: usize| choice.case.instance.options.get(it).and_then(|served| served.get(at));
    let entry = |settles: &Settles| {
        let (of, names) = match settles.factor {
            Factor::Weight(it) => ("weight", (criterion(it), None, None, None)),
            Factor::Answer(it, of) => ("answer", (criterion(it), candidate(of), None, None)),
            Factor::Share(it, at) => {
                ("share", (None, served(it, at).and_then(|served| candidate(served.target)), action(it), None))
            }
            Factor::Cost(it, of) => ("cost", (None, None, action(it), resource(of))),
        };
        let (criterion, candidate, of_action, resource) = names;
        SettlesEntry {
            of,
            criterion,
            candidate,
            action: of_action,
            resource,
            settles: round_to(settles.part, 3),
            most_about: action(settles.action),
            of_that: round_to(settles.of_action, 3),
        }
    };
    robust.finding_out.found.iter().map(entry).collect()
}
