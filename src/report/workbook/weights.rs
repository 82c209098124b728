//! The weights: cells to be changed, and how they become shares of the scale.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use super::layout::{CellReference, FIRST_ROW, Layout, Tab};
use super::sheet::{Look, SheetWriter, figures};
use crate::rules::ApportionedShare;
use crate::scoring::Fixed;

const HEADERS: [(&str, f64); 11] = [
    ("Criterion", 24.0),
    ("Question", 60.0),
    ("Group", 20.0),
    ("Number of the group", 10.0),
    ("Weight", 10.0),
    ("Share", 12.0),
    ("Working: weight among all", 14.0),
    ("Working: exact share in units of the last decimal", 20.0),
    ("Working: rounded down", 14.0),
    ("Working: left over", 14.0),
    ("Working: one more", 10.0),
];

const GROUP: u16 = 3;
const WEIGHT: u16 = 4;
const SHARE: u16 = 5;
const AMONG: u16 = 6;
const EXACT: u16 = 7;
const DOWN: u16 = 8;
const LEFT_OVER: u16 = 9;
const ONE_MORE: u16 = 10;

fn cell(criterion: u16, column: u16) -> CellReference {
    CellReference::new(Tab::Weights, FIRST_ROW + u32::from(criterion), column)
}

fn group_number(criterion: u16) -> CellReference {
    cell(criterion, GROUP)
}

/// The weight of a criterion as written: an input.
pub(super) fn weight(criterion: u16) -> CellReference {
    cell(criterion, WEIGHT)
}

/// A criterion's share of the scale, where no measure is missing.
pub(super) fn share(criterion: u16) -> CellReference {
    cell(criterion, SHARE)
}

/// A criterion's weight with its group's weight in it.
pub(super) fn among_all(criterion: u16) -> CellReference {
    cell(criterion, AMONG)
}

/// The row of a group, below the criteria, their sum and an empty row.
fn group(layout: &Layout<'_>, group: u16, column: u16) -> CellReference {
    CellReference::new(Tab::Weights, FIRST_ROW + u32::from(layout.criteria) + 3 + u32::from(group), column)
}

/// The weight of a group as written: an input.
pub(super) fn group_weight(layout: &Layout<'_>, number: u16) -> CellReference {
    group(layout, number, WEIGHT)
}

/// The share of the weight of a group with a score, in what it is in.
pub(super) fn group_share(layout: &Layout<'_>, number: u16) -> CellReference {
    group(layout, number, SHARE)
}

/// How many decimals of a unit are looked at: with those before the point no more than the fifteen that a spreadsheet
/// has.
pub(super) fn left_over_decimals(layout: &Layout<'_>) -> u32 {
    15_u32.saturating_sub(layout.rules.weights.whole().ilog10() + 1).min(8)
}

/// A share out of the units it was rounded down to, and what a comparison says of one more.
pub(super) fn in_scale(layout: &Layout<'_>, units: &str) -> String {
    format!("({units})/{}", 10_u32.pow(layout.rules.fine_decimals()))
}

/// `weight` of all the weights of `sum`, which share `whole`, in units.
pub(super) fn exact(layout: &Layout<'_>, weight: &str, sum: &str, whole: &str) -> String {
    let decimals = left_over_decimals(layout);
    format!("IF({sum}=0,0,ROUND({weight}/{sum}*{whole},{decimals}))")
}

/// The results of the cells of one sharing: exact, rounded down, left over, one more, share.
pub(super) fn results(layout: &Layout<'_>, sharing: &ApportionedShare) -> [String; 5] {
    let decimals = left_over_decimals(layout);
    let left_over = Fixed::new(sharing.left_over(decimals), decimals);
    // A remainder that rounds to a whole unit shows as one.
    let exact = left_over.to_f64() + whole(sharing.down());
    [
        exact.to_string(),
        sharing.down().to_string(),
        left_over.to_string(),
        i32::from(sharing.one_more()).to_string(),
        Fixed::new(sharing.share(), layout.rules.fine_decimals()).to_string(),
    ]
}

fn whole(units: i64) -> f64 {
    Fixed::new(units, 0).to_f64()
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let scale = layout.rules.scale;
    sheet.heading(
        "What each question is worth",
        &format!(
            "Change a coloured cell, and points, totals, ranks and tiers follow. Shares add up to {scale}{}.",
            if layout.sections() > 0 { " in each group" } else { "" }
        ),
    )?;
    sheet.headers(&HEADERS.map(|(header, width)| (header.to_owned(), width)), 1)?;
    sheet.print(6, group(layout, layout.groups(), 0).row)?;
    if layout.groups() == 0 {
        sheet.worksheet().set_column_hidden(2)?.set_column_hidden(3)?;
    }
    let everybody = vec![true; layout.rules.weights.shares().len()];
    let sharing = layout.rules.weights.sharing(&everybody);
    for ((number, criterion), sharing) in layout.criteria().zip(&sharing) {
        let row = weight(number).row;
        sheet.text(row, 0, &criterion.title)?;
        sheet.text(row, 1, &criterion.question)?;
        if let Some(group) = criterion.group.and_then(|group| layout.rules.groups.get(group)) {
            sheet.text(row, 2, &group.title)?;
        }
        let group = criterion.group.map_or(1.0, |group| f64::from(u16::try_from(group).unwrap_or(0)) + 1.0);
        sheet.number(group_number(number), group, 0, Look::Working)?;
        let written = layout.rules.weights.written().get(usize::from(number));
        if let Some(written) = written.filter(|_| layout.is_weighed(number)) {
            sheet.input(weight(number), float(*written), Some(0.0))?;
            shared(sheet, layout, number, sharing)?;
        } else {
            // Without weights each counts whole.
            let whole = Fixed::new(layout.rules.weights.whole(), layout.rules.fine_decimals());
            sheet.fixed(share(number), whole, layout.rules.fine_decimals(), Look::Plain)?;
        }
    }
    sums(sheet, layout)?;
    groups(sheet, layout)
}

fn float(weight: Decimal) -> f64 {
    weight.to_string().parse().unwrap_or(0.0)
}

/// The share of a criterion and the working behind it.
fn shared(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    number: u16,
    sharing: &ApportionedShare,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let look = figures(Look::Working, 4);
    sheet.formula(among_all(number), &with_group(layout, number, tab), among_now(layout, number).to_string(), &look)?;
    let pool = group_number(number).from(tab);
    let weighted = layout.weighted_groups() > 0;
    let units = |column: u16| format!("INDEX({},{pool})", every_group(layout, column, tab));
    let sharers = Sharers {
        first: cell(0, 0),
        last: cell(layout.criteria.saturating_sub(1), 0),
        pooled: weighted || layout.sections() > 0,
        whole: match weighted {
            true => format!("({}+{})", units(DOWN), units(ONE_MORE)),
            false => layout.rules.weights.whole().to_string(),
        },
    };
    sharers.working(sheet, layout, share(number).row, sharing)
}

/// Rows that share units among them.
struct Sharers {
    first: CellReference,
    last: CellReference,
    /// Whether each shares with those of the same group alone.
    pooled: bool,
    /// What they share, as a formula.
    whole: String,
}

impl Sharers {
    /// The share of the row, and the working behind it.
    fn working(
        &self,
        sheet: &mut SheetWriter<'_>,
        layout: &Layout<'_>,
        row: u32,
        sharing: &ApportionedShare,
    ) -> Result<(), XlsxError> {
        let tab = sheet.tab;
        let at = |column: u16| CellReference { row, column, ..self.first };
        let all = |column: u16| CellReference { column, ..self.first }.to(CellReference { column, ..self.last }, tab);
        let pool = at(GROUP).from(tab);
        let sum_of = |column: u16| match self.pooled {
            true => format!("SUMIF({},{pool},{})", all(GROUP), all(column)),
            false => format!("SUM({})", all(column)),
        };
        let [exact_now, down_now, left_over_now, one_more_now, share_now] = results(layout, sharing);
        let decimals = left_over_decimals(layout);
        let look = |decimals: u32| figures(Look::Working, decimals);
        let exact = exact(layout, &at(AMONG).from(tab), &sum_of(AMONG), &self.whole);
        sheet.formula(at(EXACT), &exact, exact_now, &look(decimals))?;
        sheet.formula(at(DOWN), &format!("INT({})", at(EXACT).from(tab)), down_now, &look(0))?;
        let rest = format!("ROUND({}-{},{decimals})", at(EXACT).from(tab), at(DOWN).from(tab));
        sheet.formula(at(LEFT_OVER), &rest, left_over_now, &look(decimals))?;

        let mine = at(LEFT_OVER).from(tab);
        let in_pool = |pools: String| if self.pooled { format!("({pools}={pool})*") } else { "1*".to_owned() };
        let larger = format!("SUMPRODUCT({}({}>{mine}))", in_pool(all(GROUP)), all(LEFT_OVER));
        let down_to_here = |column: u16| at(column).down_from(self.first.row, tab);
        let earlier = format!("SUMPRODUCT({}({}={mine}))", in_pool(down_to_here(GROUP)), down_to_here(LEFT_OVER));
        let left = format!("{}-{}", self.whole, sum_of(DOWN));
        sheet.formula(at(ONE_MORE), &format!("IF({larger}+{earlier}<={left},1,0)"), one_more_now, &look(0))?;
        let units = format!("{}+{}", at(DOWN).from(tab), at(ONE_MORE).from(tab));
        let look = figures(Look::Strong, layout.rules.fine_decimals());
        sheet.formula(at(SHARE), &in_scale(layout, &units), share_now, &look)
    }
}

/// The weight, as its part of its group times the group's weight where groups have any.
fn with_group(layout: &Layout<'_>, number: u16, tab: Tab) -> String {
    let mine = weight(number).from(tab);
    if layout.rules.weights.groups().is_none() {
        return mine;
    }
    let pool = group_number(number).from(tab);
    let in_group = sum_if(layout, &pool, WEIGHT, tab);
    let of_group = every_group(layout, WEIGHT, tab);
    format!("IF({in_group}=0,0,{mine}/{in_group}*INDEX({of_group},{pool}))")
}

/// What the cell of [`among_all`] holds now.
pub(super) fn among_now(layout: &Layout<'_>, number: u16) -> Decimal {
    let weights = &layout.rules.weights;
    let written = |number: u16| weights.written().get(usize::from(number)).copied().unwrap_or_default();
    let group = layout.rules.criteria.get(usize::from(number)).and_then(|criterion| criterion.group);
    let Some((group, groups)) = group.zip(weights.groups()) else { return written(number) };
    let members = layout.of_group(u16::try_from(group).unwrap_or(u16::MAX));
    let sum: Decimal = members.into_iter().map(written).sum();
    let part = written(number).checked_div(sum).unwrap_or_default();
    part * groups.get(group).copied().unwrap_or_default()
}

fn sums(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    if layout.sections() > 0 || (0..layout.criteria).any(|number| !layout.is_weighed(number)) {
        return Ok(());
    }
    let (tab, below) = (sheet.tab, share(layout.criteria));
    sheet.text(below.row, 0, "All together")?;
    let sum = format!("SUM({})", layout.every_criterion(share(0), tab));
    let look = figures(Look::Strong, layout.rules.fine_decimals());
    sheet.formula(below, &sum, layout.rules.scale.to_string(), &look)
}

/// The groups: what the shares of their criteria add up to, or where they have weights, their weights and shares.
fn groups(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    if layout.groups() == 0 {
        return Ok(());
    }
    let tab = sheet.tab;
    let is_weighed = (0..layout.groups()).any(|number| layout.weight_of_group(number).is_some());
    let weight_header = if is_weighed { "Weight of the group" } else { "" };
    let sharing = layout.rules.weights.group_sharing(&vec![true; layout.rules.criteria.len()]);
    let share_header = match has_shares(layout) || !sharing.is_empty() {
        true => "Share of the group",
        false => "Shares add up to",
    };
    let headers = ["Group", "", "", "Number of the group", weight_header, share_header];
    let working = HEADERS.iter().skip(usize::from(AMONG)).map(|(header, _)| *header).filter(|_| !sharing.is_empty());
    sheet.header_row(group(layout, 0, 0).row - 1, headers.into_iter().chain(working))?;
    for (number, about) in (0..).zip(&layout.rules.groups) {
        let id = group(layout, number, GROUP);
        sheet.text(id.row, 0, &about.title)?;
        sheet.number(id, f64::from(number) + 1.0, 0, Look::Working)?;
        if let Some(weight) = layout.weight_of_group(number) {
            sheet.input(group_weight(layout, number), float(weight), Some(0.0))?;
        }
        if let Some(sharing) = sharing.get(usize::from(number)) {
            group_shared(sheet, layout, number, sharing)?;
        } else if has_shares(layout) {
            score_shared(sheet, layout, number)?;
        } else {
            let shares = sum_if(layout, &id.from(tab), SHARE, tab);
            let units = |member: u16| layout.rules.weights.shares().get(usize::from(member)).copied().unwrap_or(0);
            let now = Fixed::new(layout.of_group(number).into_iter().map(units).sum(), layout.rules.fine_decimals());
            let look = figures(Look::Strong, layout.rules.fine_decimals());
            sheet.formula(group(layout, number, SHARE), &shares, now.to_string(), &look)?;
        }
    }
    Ok(())
}

/// Whether any group has a score that is weighed.
fn has_shares(layout: &Layout<'_>) -> bool {
    layout.rules.combine.groups().iter().any(|group| group.weight_at.is_some())
}

/// The share of a group with a score, and the working behind it.
fn score_shared(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, number: u16) -> Result<(), XlsxError> {
    let Some(at) = layout.rules.combine.weight_at(usize::from(number)) else {
        return Ok(());
    };
    let tab = sheet.tab;
    let everybody = vec![true; layout.rules.weights.shares().len()];
    let sharing = layout.rules.weights.sharing(&everybody).get(at).cloned().unwrap_or_default();
    let [exact_now, down_now, left_over_now, one_more_now, share_now] = results(layout, &sharing);
    let beside = layout.groups_beside(number);
    let all = |column: u16, sign: &str| -> String {
        beside.iter().map(|other| group(layout, *other, column).from(tab)).collect::<Vec<_>>().join(sign)
    };
    let of = |column: u16| group(layout, number, column).from(tab);
    let decimals = left_over_decimals(layout);
    let working = |decimals: u32| figures(Look::Working, decimals);
    let whole = layout.rules.weights.whole().to_string();
    let part = exact(layout, &of(WEIGHT), &format!("({})", all(WEIGHT, "+")), &whole);
    sheet.formula(group(layout, number, EXACT), &part, exact_now, &working(decimals))?;
    sheet.formula(group(layout, number, DOWN), &format!("INT({})", of(EXACT)), down_now, &working(0))?;
    sheet.formula(
        group(layout, number, LEFT_OVER),
        &format!("ROUND({}-{},{decimals})", of(EXACT), of(DOWN)),
        left_over_now,
        &working(decimals),
    )?;
    let before = turn_among(&beside, number, |other| group(layout, other, LEFT_OVER).from(tab));
    let left = format!("{whole}-{}", all(DOWN, "-"));
    sheet.formula(group(layout, number, ONE_MORE), &format!("IF({before}<={left},1,0)"), one_more_now, &working(0))?;
    let units = format!("{}+{}", of(DOWN), of(ONE_MORE));
    let look = figures(Look::Strong, layout.rules.fine_decimals());
    sheet.formula(group_share(layout, number), &in_scale(layout, &units), share_now, &look)
}

/// At which turn one of `sharers` gets one more unit, as a formula: the larger remainder first, the earlier of equals first.
pub(super) fn turn_among(sharers: &[u16], number: u16, remainder: impl Fn(u16) -> String) -> String {
    let mine = remainder(number);
    let before = sharers.iter().map(|other| match other.cmp(&number) {
        Ordering::Less => format!("({}>={mine})", remainder(*other)),
        Ordering::Equal => "1".to_owned(),
        Ordering::Greater => format!("({}>{mine})", remainder(*other)),
    });
    before.collect::<Vec<_>>().join("+")
}

/// A group's share of the scale and the working behind it.
fn group_shared(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    number: u16,
    sharing: &ApportionedShare,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let now: Decimal = layout.of_group(number).into_iter().map(|member| among_now(layout, member)).sum();
    let among = sum_if(layout, &group(layout, number, GROUP).from(tab), AMONG, tab);
    sheet.formula(group(layout, number, AMONG), &among, now.to_string(), &figures(Look::Working, 4))?;
    let sharers = Sharers {
        first: group(layout, 0, 0),
        last: group(layout, layout.groups().saturating_sub(1), 0),
        pooled: false,
        whole: layout.rules.weights.whole().to_string(),
    };
    sharers.working(sheet, layout, group(layout, number, 0).row, sharing)
}

/// What a column of the criteria adds up to over those of a group.
fn sum_if(layout: &Layout<'_>, group: &str, column: u16, tab: Tab) -> String {
    let all = |column: u16| layout.every_criterion(cell(0, column), tab);
    format!("SUMIF({},{group},{})", all(GROUP), all(column))
}

/// The cells of a column for all groups.
fn every_group(layout: &Layout<'_>, column: u16, tab: Tab) -> String {
    let last = layout.groups().saturating_sub(1);
    group(layout, 0, column).to(group(layout, last, column), tab)
}
