//! Where everything stands: the one place that knows rows and columns, so that formulas find their cells.

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell, row_col_to_cell_absolute};

use crate::ranked::RankedAssessment;
use crate::rules::combine::ScoredGroup;
use crate::rules::{Criterion, RuleSet, Treatment};

/// The row of the headers; above it stand the sheet's title and what it is for.
pub(super) const HEADER_ROW: u32 = 2;
/// The first row below the headers.
pub(super) const FIRST_ROW: u32 = 3;

/// The sheets, in the order of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Ranking,
    Weights,
    Tiers,
    ValueFunctions,
    Scoring,
    CouldBe,
    SharingOut,
    Evidence,
    Members,
    Sources,
    About,
}

impl Tab {
    pub(super) const ALL: [Self; 11] = [
        Self::Ranking,
        Self::Weights,
        Self::Tiers,
        Self::ValueFunctions,
        Self::Scoring,
        Self::CouldBe,
        Self::SharingOut,
        Self::Evidence,
        Self::Members,
        Self::Sources,
        Self::About,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ranking => "Ranking",
            Self::Weights => "Weights",
            Self::Tiers => "Tiers",
            Self::ValueFunctions => "Value functions",
            Self::Scoring => "Scoring",
            Self::CouldBe => "Could be",
            Self::SharingOut => "Sharing out",
            Self::Evidence => "Evidence",
            Self::Members => "Members",
            Self::Sources => "Sources",
            Self::About => "About",
        }
    }

    /// Whether it has cells that are meant to be changed.
    pub(super) fn has_inputs(self) -> bool {
        matches!(self, Self::Weights | Self::Tiers | Self::ValueFunctions)
    }
}

/// A cell of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellReference {
    pub tab: Tab,
    pub row: u32,
    pub column: u16,
}

/// Where the list says whether it is what the engine ranked: above the headers.
pub(super) const STATE: CellReference = CellReference { tab: Tab::Ranking, row: HEADER_ROW - 1, column: 0 };
/// What it says there if it is.
pub(super) const AS_RANKED: &str = "As the engine ranked it.";

impl CellReference {
    pub(super) fn new(tab: Tab, row: u32, column: u16) -> Self {
        Self { tab, row, column }
    }

    /// Its name in a formula on `tab`: `F4`, or `'Value functions'!F4` from another sheet.
    pub(super) fn from(self, tab: Tab) -> String {
        self.seen(tab, &row_col_to_cell(self.row, self.column))
    }

    /// Its name in a formula on `tab`, which stays the same where the formula is copied elsewhere: `$F$4`.
    pub(super) fn fixed(self, tab: Tab) -> String {
        self.seen(tab, &row_col_to_cell_absolute(self.row, self.column))
    }

    /// The cells from here to `last`, which is on the same sheet.
    pub(super) fn to(self, last: Self, tab: Tab) -> String {
        let first = row_col_to_cell_absolute(self.row, self.column);
        self.seen(tab, &format!("{first}:{}", row_col_to_cell_absolute(last.row, last.column)))
    }

    /// The cells of its column from the row `first` to this one: `B$4:B6`.
    pub(super) fn down_from(self, first: u32, tab: Tab) -> String {
        let column = column_number_to_name(self.column);
        self.seen(tab, &format!("{column}${}:{column}{}", first + 1, self.row + 1))
    }

    fn seen(self, tab: Tab, name: &str) -> String {
        match (self.tab == tab, self.tab.name()) {
            (true, _) => name.to_owned(),
            (false, sheet) if sheet.contains(' ') => format!("'{sheet}'!{name}"),
            (false, sheet) => format!("{sheet}!{name}"),
        }
    }
}

/// The report, and where its parts stand.
pub(super) struct Layout<'r> {
    pub report: &'r RankedAssessment<'r>,
    pub rules: &'r RuleSet,
    pub candidates: u32,
    pub criteria: u16,
}

/// Columns of the sheet of scores before those of the criteria: candidate, id, the gate's effect.
const BEFORE_CRITERIA: u16 = 3;

/// What stands on the sheet of scores after the criteria and the groups' scores.
#[derive(Debug, Clone, Copy)]
pub(super) enum ResultColumn {
    Answered,
    Total,
    Rank,
    Tier,
    Gate,
    EngineRank,
    EngineTotal,
    Place,
    OpenPlace,
    IdOrder,
    /// These three only where families share the top: the family, whether nobody of it is before, whether it is in the top.
    Family,
    FirstOfFamily,
    InTop,
}

impl<'r> Layout<'r> {
    pub(super) fn new(report: &'r RankedAssessment<'r>) -> Self {
        let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
        let candidates = u32::from(count(report.traces.len()));
        Self { report, rules: report.rules, candidates, criteria: count(report.rules.criteria.len()) }
    }

    /// Whether only one of a family has a place of the first tier, and there are families.
    pub(super) fn families_share_the_top(&self) -> bool {
        self.report.ranking.families_share_the_top()
    }

    /// Whether any question is left out where its measure is missing.
    pub(super) fn may_leave_out(&self) -> bool {
        self.rules.criteria.iter().any(|criterion| criterion.if_missing() == Treatment::LeaveOut)
    }

    /// The criteria with their numbers.
    pub(super) fn criteria(&self) -> impl Iterator<Item = (u16, &'r Criterion)> + use<'r> {
        (0..).zip(&self.rules.criteria)
    }

    /// The numbers of the criteria of a group.
    pub(super) fn of_group(&self, group: u16) -> Vec<u16> {
        let members = self.criteria().filter(|(_, criterion)| criterion.group == Some(usize::from(group)));
        members.map(|(number, _)| number).collect()
    }

    /// How many groups have a score of their own.
    pub(super) fn sections(&self) -> u16 {
        if self.rules.combine.has_sections() { self.groups() } else { 0 }
    }

    /// How many of them stand beside the total: each has its place in a column behind the scores.
    pub(super) fn beside(&self) -> u16 {
        let beside = (0..self.sections()).filter(|group| self.rules.is_beside(usize::from(*group)));
        u16::try_from(beside.count()).unwrap_or(u16::MAX)
    }

    /// The cells of places by the scores that stand beside the total, each with its group.
    pub(super) fn places_beside(&self, row: u32) -> Vec<(u16, CellReference)> {
        let beside = (0..self.sections()).filter(|group| self.rules.is_beside(usize::from(*group)));
        let after = self.score(row, self.sections());
        (0..).zip(beside).map(|(at, group)| (group, CellReference { column: after.column + at, ..after })).collect()
    }

    /// Whether a criterion has a weight.
    pub(super) fn is_weighed(&self, criterion: u16) -> bool {
        self.rules.earned(usize::from(criterion)).is_weighed()
    }

    /// The weight of a group as written, where it has one.
    pub(super) fn weight_of_group(&self, group: u16) -> Option<Decimal> {
        let group = usize::from(group);
        let of_score = |scored: &ScoredGroup| self.rules.weights.written().get(scored.weight_at?).copied();
        match self.rules.combine.groups().get(group) {
            Some(scored) => of_score(scored),
            None => self.rules.weights.groups()?.get(group).copied(),
        }
    }

    /// The groups with scores that share one whole with this one.
    pub(super) fn groups_beside(&self, group: u16) -> Vec<u16> {
        let groups = self.rules.combine.groups();
        let parent = groups.get(usize::from(group)).map(|scored| scored.parent);
        let beside = (0..).zip(groups).filter(|(_, other)| Some(other.parent) == parent && !other.is_beside);
        beside.map(|(number, _)| number).collect()
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> u16 {
        u16::try_from(self.rules.groups.len()).unwrap_or(u16::MAX)
    }

    /// How many groups have a weight of their own, which their criteria share.
    pub(super) fn weighted_groups(&self) -> u16 {
        if self.rules.weights.groups().is_some() { self.groups() } else { 0 }
    }

    /// The criteria that share something with criterion `number`: the weight of their group, where groups have any, or the
    /// whole.
    pub(super) fn pool_of(&self, number: u16) -> Vec<u16> {
        if self.weighted_groups() > 0 {
            let group = self.rules.criteria.get(usize::from(number)).and_then(|criterion| criterion.group);
            return self.of_group(group.and_then(|group| u16::try_from(group).ok()).unwrap_or(u16::MAX));
        }
        let pool = |number: u16| self.rules.weights.pool(usize::from(number));
        (0..self.criteria).filter(|other| pool(*other) == pool(number)).collect()
    }

    /// The first criterion of each pool; in the order of the groups, where they have weights.
    pub(super) fn pools(&self) -> Vec<u16> {
        let weighed = (0..self.criteria).filter(|number| self.is_weighed(*number));
        let mut pools: Vec<u16> = weighed.filter(|number| self.pool_of(*number).first() == Some(number)).collect();
        if self.weighted_groups() > 0 {
            pools.sort_by_key(|number| self.rules.criteria.get(usize::from(*number)).map(|criterion| criterion.group));
        }
        pools
    }

    /// The row below the last candidate.
    fn last_candidate(&self) -> u32 {
        FIRST_ROW + self.candidates.saturating_sub(1)
    }

    /// The cells of a cell's column for all candidates, on the sheet of scores.
    pub(super) fn everybody(&self, cell: CellReference, tab: Tab) -> String {
        let at = |row: u32| CellReference { row, ..cell };
        at(FIRST_ROW).to(at(self.last_candidate()), tab)
    }

    /// The cells of a cell's column for all criteria, on the sheet of weights.
    pub(super) fn every_criterion(&self, cell: CellReference, tab: Tab) -> String {
        let at = |row: u32| CellReference { row, ..cell };
        at(FIRST_ROW).to(at(FIRST_ROW + u32::from(self.criteria) - 1), tab)
    }

    pub(super) fn candidate(row: u32) -> CellReference {
        CellReference::new(Tab::Scoring, row, 0)
    }

    pub(super) fn effect(row: u32) -> CellReference {
        CellReference::new(Tab::Scoring, row, 2)
    }

    fn part(row: u32, criterion: u16, part: u16) -> CellReference {
        CellReference::new(Tab::Scoring, row, BEFORE_CRITERIA + 4 * criterion + part)
    }

    pub(super) fn measure(row: u32, criterion: u16) -> CellReference {
        Self::part(row, criterion, 0)
    }

    pub(super) fn value(row: u32, criterion: u16) -> CellReference {
        Self::part(row, criterion, 1)
    }

    /// The candidate's share of the weight.
    pub(super) fn share(row: u32, criterion: u16) -> CellReference {
        Self::part(row, criterion, 2)
    }

    pub(super) fn points(row: u32, criterion: u16) -> CellReference {
        Self::part(row, criterion, 3)
    }

    pub(super) fn score(&self, row: u32, group: u16) -> CellReference {
        CellReference::new(Tab::Scoring, row, BEFORE_CRITERIA + 4 * self.criteria + group)
    }

    pub(super) fn result(&self, row: u32, result: ResultColumn) -> CellReference {
        let after = match result {
            ResultColumn::Answered => 0,
            ResultColumn::Total => 1,
            ResultColumn::Rank => 2,
            ResultColumn::Tier => 3,
            ResultColumn::Gate => 4,
            ResultColumn::EngineRank => 5,
            ResultColumn::EngineTotal => 6,
            ResultColumn::Place => 7,
            ResultColumn::OpenPlace => 8,
            ResultColumn::IdOrder => 9,
            ResultColumn::Family => 10,
            ResultColumn::FirstOfFamily => 11,
            ResultColumn::InTop => 12,
        };
        let score = self.score(row, self.sections());
        CellReference { column: score.column + self.beside() + after, ..score }
    }
}
