//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{ChangeEffect, ChangeGroup};
use crate::history::{Break, History, Line, RuleStep, Step, StepCause, StepPart, TotalStep, Year, YearPlace};
use crate::report::diff::{AreasEntry, areas_entry};
use crate::rules::Effect;
use crate::rules::list::one_of;
use crate::scoring::{Fixed, Standing};
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/history/1";

/// Several years of one list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise history")]
pub struct HistoryFile<'a> {
    /// `prioritise/history/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The years in the order of their periods.
    pub years: Vec<YearEntry<'a>>,
    /// Everybody over the years, under whatever ids: those of the last year in the order of its list, then those of the
    /// year before, and so on.
    pub candidates: Vec<LineEntry<'a>>,
    /// From each year to the next: one fewer than years.
    pub steps: Vec<StepEntry<'a>>,
    /// What broke between a year and the next, so that a step is not all the candidates' own.
    pub breaks: Vec<BreakEntry<'a>>,
}

/// A year.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearEntry<'a> {
    /// Its period, short: `2018/19`; with a number behind it where several have the same.
    pub year: &'a str,
    /// The first day of its period.
    pub from: String,
    /// The last day of its period.
    pub to: String,
    /// The folder or record that was asked for.
    pub path: &'a str,
    /// The assessment's title.
    pub title: &'a str,
    /// The partnership that filed it.
    pub partnership: &'a str,
    /// How many people it is about, as far as it says.
    pub people: Option<f64>,
    /// The assessment's digest.
    pub assessment: &'a str,
    /// The rule set's name.
    pub rules_name: &'a str,
    /// Its version.
    pub rules_version: &'a str,
    /// Its digest.
    pub rules: &'a str,
    /// What its totals are out of.
    pub scale: u32,
    /// The top tier's title.
    pub top_tier: &'a str,
    /// The day on which its board decided; null where no decisions are filed.
    pub decided: Option<String>,
    /// The record that it was read from; null where it was a folder.
    pub record: Option<RecordedYearEntry<'a>>,
}

/// The record of a year.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordedYearEntry<'a> {
    /// The digest that stands for it.
    pub digest: &'a str,
    /// The day that was stated when it was made; null where none was.
    pub date: Option<&'a str>,
    /// The role of the person who sealed it, as stated; null where none was.
    pub by: Option<&'a str>,
    /// The engine that made it.
    pub engine: &'a str,
    /// Where its own list is not the one here, which was made again; null where the two are the same.
    pub list_differs: Option<&'a str>,
}

/// A candidate over the years.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineEntry<'a> {
    /// Its latest id.
    pub id: &'a str,
    /// Its latest title.
    pub title: &'a str,
    /// All ids that it had, the earliest first.
    pub ids: Vec<&'a str>,
    /// The latest ids of those that it was split from or joins.
    pub from: Vec<&'a str>,
    /// The latest ids of those that carry it on.
    pub into: Vec<&'a str>,
    /// One for each year, in their order.
    pub places: Vec<PlaceEntry<'a>>,
}

/// Where a candidate stands in a year.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "YearPlaceEntry")]
pub struct PlaceEntry<'a> {
    /// The year, as in `years`.
    pub year: &'a str,
    /// Its id in that year; null where that year does not have it, and then all else is null.
    pub id: Option<&'a str>,
    /// Its title in that year.
    pub title: Option<&'a str>,
    /// Its rank; null where it could not be ranked.
    pub rank: Option<usize>,
    /// Its total; null where it could not be ranked.
    #[schemars(with = "Option<f64>")]
    pub total: Option<Fixed>,
    /// How low the total could be; null where nothing leaves room.
    #[schemars(with = "Option<f64>")]
    pub low: Option<Fixed>,
    /// How high the total could be.
    #[schemars(with = "Option<f64>")]
    pub high: Option<Fixed>,
    /// Whether the total could be both; where not, it is only proven to go no farther.
    pub is_reached: Option<bool>,
    /// The tier's id, or the word for a standing outside the tiers.
    #[schemars(description = format!("The tier's id, or {}.", one_of(&Standing::words_outside_tiers(Effect::BANDS))))]
    pub tier: Option<&'a str>,
    /// Whether that is the top tier.
    pub is_top: Option<bool>,
    /// What the board decided: `adopted`, `rejected` or `moved`; null where it did not.
    pub outcome: Option<&'a str>,
    /// The place in the board's own list; null where it has none.
    pub board_place: Option<usize>,
}

/// From a year to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepEntry<'a> {
    /// The earlier year, as in `years`.
    pub from: &'a str,
    /// The later one.
    pub to: &'a str,
    /// Whether totals are out of the same number; where not, places alone are compared.
    pub same_scale: bool,
    /// Why what made the changes can't be told apart; null where it can.
    pub not_split: Option<&'a str>,
    /// What areas did that became others, as in what `diff` writes; left out where they are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<AreasEntry<'a>>,
    /// Every change of the rules.
    pub rules: Vec<RuleStepEntry<'a>>,
    /// Those of both years, in the order of the new list. Where areas became others, one of a new area is there once for
    /// each that it is made of.
    pub candidates: Vec<TotalStepEntry<'a>>,
}

/// A change of the rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleStepEntry<'a> {
    /// What changed, by its keys: `criterion.volume.weight`.
    pub key: &'a str,
    /// What it says.
    pub words: &'a str,
    /// What comes of it, as in what `diff` writes: `totals`, `places`, `nothing`, `words` or `by-use`; null where that is not
    /// known.
    pub moves: Option<&'a str>,
}

/// What became of a total.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalStepEntry<'a> {
    /// The candidate's id in the later year.
    pub id: &'a str,
    /// Its id in the earlier year.
    pub was: &'a str,
    /// By how much its total went up; null where the two can't be compared.
    #[schemars(with = "Option<f64>")]
    pub by: Option<Fixed>,
    /// What of it areas did that became others; left out where they are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    pub areas: Option<Fixed>,
    /// What of it the rules did; with `areas` and `evidence` it adds up to `by`. Null where it can't be told apart.
    #[schemars(with = "Option<f64>")]
    pub rules: Option<Fixed>,
    /// What of it the evidence did.
    #[schemars(with = "Option<f64>")]
    pub evidence: Option<Fixed>,
    /// What rules and evidence did, in pieces that add up to the two; none of them is zero.
    pub made_of: Vec<PieceEntry<'a>>,
}

/// A piece of the change of a total.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PieceEntry<'a> {
    /// How much.
    #[schemars(with = "f64")]
    pub by: Fixed,
    /// The numbers of the changes in `rules` that did it, from 0; null where an answer did.
    pub changes: Option<Vec<usize>>,
    /// The criterion whose answer did it; null where the rules did.
    pub criterion: Option<&'a str>,
}

/// Something that broke.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "YearBreakEntry")]
pub struct BreakEntry<'a> {
    /// The earlier year, as in `years`.
    pub from: &'a str,
    /// The later one.
    pub to: &'a str,
    /// `period`, `areas`, `members`, `rules`, `scale`, `recording` or `candidates`.
    pub kind: &'a str,
    /// What broke, a sentence or two.
    pub words: &'a str,
}

/// Several years of one list as JSON.
pub fn json(found: &History<'_>) -> String {
    let steps = found.steps.iter().zip(found.years.windows(2));
    let file = HistoryFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        years: found.years.iter().map(year).collect(),
        candidates: found.lines.iter().map(|own| line(found, own)).collect(),
        steps: steps.filter_map(|(found, years)| step(found, years)).collect(),
        breaks: found.breaks.iter().filter_map(|broken| entry(found, broken)).collect(),
    };
    indented_json(&file)
}

fn year<'a>(year: &'a Year<'_>) -> YearEntry<'a> {
    let (assessment, rules) = (year.source.side.assessment, year.source.side.rules);
    let record = year.source.side.record.map(|record| RecordedYearEntry {
        digest: record.digest,
        date: record.date,
        by: record.by,
        engine: year.source.engine.unwrap_or_default(),
        list_differs: year.source.list_differs,
    });
    YearEntry {
        year: &year.label,
        from: assessment.period.first_day().iso(),
        to: assessment.period.last_day().iso(),
        path: year.source.name,
        title: &assessment.title,
        partnership: &assessment.partnership,
        people: assessment.population.as_ref().map(crate::assessment::Population::people),
        assessment: &assessment.digest,
        rules_name: &rules.name,
        rules_version: &rules.version,
        rules: &rules.digest,
        scale: rules.scale,
        top_tier: &year.top,
        decided: year.board.as_ref().map(|board| board.decisions.date.iso_day()),
        record,
    }
}

fn line<'a>(found: &'a History<'_>, own: &'a Line) -> LineEntry<'a> {
    let latest = |line: &'a Line| found.latest_place(line).map_or("", |place| &place.stand.id);
    let others = |numbers: &'a [usize]| numbers.iter().filter_map(|number| found.lines.get(*number)).map(latest);
    let mut ids: Vec<&str> = Vec::new();
    for place in (0..found.years.len()).filter_map(|year| found.place(own, year)) {
        if !ids.contains(&&*place.stand.id) {
            ids.push(&place.stand.id);
        }
    }
    let places = found.years.iter().enumerate().map(|(at, year)| place(&year.label, found.place(own, at)));
    LineEntry {
        id: latest(own),
        title: found.latest_place(own).map_or("", |place| &place.stand.title),
        ids,
        from: others(&own.from).collect(),
        into: others(&own.into).collect(),
        places: places.collect(),
    }
}

fn place<'a>(year: &'a str, place: Option<&'a YearPlace<'_>>) -> PlaceEntry<'a> {
    let stand = place.map(|place| &place.stand);
    let range = place.and_then(|place| place.range);
    let decided = place.and_then(|place| place.decided.as_ref());
    PlaceEntry {
        year,
        id: stand.map(|stand| &*stand.id),
        title: stand.map(|stand| &*stand.title),
        rank: stand.and_then(|stand| stand.rank),
        total: stand.and_then(|stand| stand.total),
        low: range.map(|range| range.low),
        high: range.map(|range| range.high),
        is_reached: range.map(|range| range.is_reached),
        tier: stand.map(|stand| &*stand.standing),
        is_top: stand.map(|stand| stand.is_top),
        outcome: decided.map(|decided| decided.decision.outcome.word()),
        board_place: decided.and_then(|decided| decided.place),
    }
}

fn step<'a>(found: &'a Step<'_>, years: &'a [Year<'_>]) -> Option<StepEntry<'a>> {
    let [old, new] = years else { return None };
    let totals = found.totals.iter().filter_map(|total| total_entry(total, found, [old, new]));
    Some(StepEntry {
        from: &old.label,
        to: &new.label,
        same_scale: found.same_scale,
        not_split: found.comparison.as_ref().err().map(String::as_str),
        areas: found.comparison.as_ref().ok().and_then(|found| found.areas.as_ref()).map(areas_entry),
        rules: found.changes.iter().map(change).collect(),
        candidates: totals.collect(),
    })
}

fn change(change: &RuleStep) -> RuleStepEntry<'_> {
    RuleStepEntry { key: &change.key, words: &change.words, moves: change.effect.map(ChangeEffect::word) }
}

fn total_entry<'a>(
    total: &'a TotalStep,
    step: &'a Step<'_>,
    [old, new]: [&'a Year<'_>; 2],
) -> Option<TotalStepEntry<'a>> {
    let (was, is) = (old.places.get(total.seats.0)?, new.places.get(total.seats.1)?);
    let parts = total.parts.as_ref();
    Some(TotalStepEntry {
        id: &is.stand.id,
        was: &was.stand.id,
        by: total.by,
        areas: parts.and_then(|parts| parts.areas),
        rules: parts.map(|parts| parts.rules),
        evidence: parts.map(|parts| parts.evidence),
        made_of: parts.iter().flat_map(|parts| &parts.pieces).map(|piece| self::piece(piece, step)).collect(),
    })
}

fn piece<'a>(piece: &StepPart, step: &'a Step<'_>) -> PieceEntry<'a> {
    let found = step.comparison.as_ref().ok();
    let rules = found.and_then(|found| found.rules.as_ref());
    let of = |group: &ChangeGroup| group.changes.clone();
    let (changes, criterion) = match piece.cause {
        StepCause::Rules(part) => (rules.and_then(|rules| rules.parts.get(part)).map(of), None),
        StepCause::AllRules => (Some((0..step.changes.len()).collect()), None),
        StepCause::Answer(at) => (None, found.and_then(|found| found.new.rules.criteria.get(at)).map(|it| &*it.id)),
    };
    PieceEntry { by: piece.by, changes, criterion }
}

fn entry<'a>(found: &'a History<'_>, broken: &'a Break) -> Option<BreakEntry<'a>> {
    let (old, new) = (found.years.get(broken.step)?, found.years.get(broken.step + 1)?);
    Some(BreakEntry { from: &old.label, to: &new.label, kind: broken.kind.word(), words: &broken.words })
}
