//! For programs: stable, versioned in `schema`. Wire types, apart from the core's. Amounts, worths and values are exact.

use schemars::JsonSchema;
use serde::Serialize;

use super::words::because;
use crate::choose::answer::{Answer, Best, Proof};
use crate::choose::choice::{Choice, More, ResourceView};
use crate::exact::Fixed;
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
    /// The draws; null where none were made.
    pub draws: Option<DrawsEntry>,
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
}

/// The best set of a plan, as JSON.
pub fn json(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> String {
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
        draws: choice.robust.as_ref().map(|robust| DrawsEntry {
            draws: robust.draws,
            seed: robust.seed,
            proven: robust.proven,
            without_set: robust.without_set,
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
        in_best: choice.best.set.get(number).copied().unwrap_or(false),
        core_index: choice.robust.as_ref().map(|robust| crate::exact::round_to(robust.index(number), 6)),
        group: choice.robust.as_ref().map(|robust| robust.group(number).word()),
        because: because(choice, number),
    })
}
