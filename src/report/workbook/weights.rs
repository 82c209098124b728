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

fn cell(criterion: u16, column: u16) -> CellReference {
    CellReference::new(Tab::Weights, FIRST_ROW + u32::from(criterion), column)
}

fn group_number(criterion: u16) -> CellReference {
    cell(criterion, 3)
}

/// The weight of a criterion as written: an input.
pub(super) fn weight(criterion: u16) -> CellReference {
    cell(criterion, 4)
}

/// A criterion's share of the scale, where no measure is missing.
pub(super) fn share(criterion: u16) -> CellReference {
    cell(criterion, 5)
}

/// A criterion's weight with its group's weight in it.
pub(super) fn among_all(criterion: u16) -> CellReference {
    cell(criterion, 6)
}

/// The row of a group, below the criteria, their sum and an empty row.
fn group(layout: &Layout<'_>, group: u16, column: u16) -> CellReference {
    CellReference::new(Tab::Weights, FIRST_ROW + u32::from(layout.criteria) + 3 + u32::from(group), column)
}

/// The weight of a group as written: an input.
pub(super) fn group_weight(layout: &Layout<'_>, number: u16) -> CellReference {
    group(layout, number, 4)
}

/// The share of the weight of a group with a score, in what it is in.
pub(super) fn group_share(layout: &Layout<'_>, number: u16) -> CellReference {
    group(layout, number, 5)
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

/// `weight` of all the weights of `sum`, in units.
pub(super) fn exact(layout: &Layout<'_>, weight: &str, sum: &str) -> String {
    let (whole, decimals) = (layout.rules.weights.whole(), left_over_decimals(layout));
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
        match written.filter(|_| layout.is_weighed(number)) {
            Some(written) => {
                sheet.input(weight(number), float(*written), Some(0.0))?;
                shared(sheet, layout, number, sharing)?;
            }
            // Without weights each counts whole.
            None => {
                let whole = Fixed::new(layout.rules.weights.whole(), layout.rules.fine_decimals());
                sheet.fixed(share(number), whole, layout.rules.fine_decimals(), Look::Plain)?;
            }
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
    let [exact_now, down_now, left_over_now, one_more_now, share_now] = results(layout, sharing);
    let (all, pool) = (|column: u16| layout.every_criterion(cell(0, column), tab), group_number(number).from(tab));
    let [among, exact_cell, down, left_over, one_more] = [6, 7, 8, 9, 10].map(|column| cell(number, column));
    let decimals = left_over_decimals(layout);

    let working = |decimals: u32| figures(Look::Working, decimals);
    sheet.formula(among, &with_group(layout, number, tab), among_now(layout, number).to_string(), &working(4))?;
    let pooled = layout.sections() > 0;
    let sum_of = |column: u16| match pooled {
        true => format!("SUMIF({},{pool},{})", all(3), all(column)),
        false => format!("SUM({})", all(column)),
    };
    let exact = exact(layout, &among.from(tab), &sum_of(6));
    sheet.formula(exact_cell, &exact, exact_now, &working(decimals))?;
    sheet.formula(down, &format!("INT({})", exact_cell.from(tab)), down_now, &working(0))?;
    let rest = format!("ROUND({}-{},{decimals})", exact_cell.from(tab), down.from(tab));
    sheet.formula(left_over, &rest, left_over_now, &working(decimals))?;

    let mine = left_over.from(tab);
    let in_pool = |pools: String| if pooled { format!("({pools}={pool})*") } else { "1*".to_owned() };
    let larger = format!("SUMPRODUCT({}({}>{mine}))", in_pool(all(3)), all(9));
    let equals = left_over.above_and_this(tab);
    let earlier = format!("SUMPRODUCT({}({equals}={mine}))", in_pool(group_number(number).above_and_this(tab)));
    let left = format!("{}-{}", layout.rules.weights.whole(), sum_of(8));
    sheet.formula(one_more, &format!("IF({larger}+{earlier}<={left},1,0)"), one_more_now, &working(0))?;
    let units = format!("{}+{}", down.from(tab), one_more.from(tab));
    let look = figures(Look::Strong, layout.rules.fine_decimals());
    sheet.formula(share(number), &in_scale(layout, &units), share_now, &look)
}

/// The weight, as its part of its group times the group's weight where groups have any.
fn with_group(layout: &Layout<'_>, number: u16, tab: Tab) -> String {
    let mine = weight(number).from(tab);
    if layout.rules.weights.groups().is_none() {
        return mine;
    }
    let pool = group_number(number).from(tab);
    let pools = layout.every_criterion(cell(0, 3), tab);
    let in_group = format!("SUMIF({pools},{pool},{})", layout.every_criterion(cell(0, 4), tab));
    let last = layout.groups().saturating_sub(1);
    let of_group = group(layout, 0, 4).to(group(layout, last, 4), tab);
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

/// The groups, their weights where they have any, and what their shares add up to.
fn groups(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    if layout.groups() == 0 {
        return Ok(());
    }
    let tab = sheet.tab;
    let weighted = (0..layout.groups()).any(|number| layout.weight_of_group(number).is_some());
    let weight_header = if weighted { "Weight of the group" } else { "" };
    let share_header = if has_shares(layout) { "Share of the group" } else { "Shares add up to" };
    let headers = ["Group", "", "", "Number of the group", weight_header, share_header];
    sheet.header_row(group(layout, 0, 0).row - 1, headers)?;
    for (number, about) in (0..).zip(&layout.rules.groups) {
        let id = group(layout, number, 3);
        sheet.text(id.row, 0, &about.title)?;
        sheet.number(id, f64::from(number) + 1.0, 0, Look::Working)?;
        if let Some(weight) = layout.weight_of_group(number) {
            sheet.input(group_weight(layout, number), float(weight), Some(0.0))?;
        }
        if has_shares(layout) {
            group_shared(sheet, layout, number)?;
            continue;
        }
        let (pools, shares) = (layout.every_criterion(cell(0, 3), tab), layout.every_criterion(share(0), tab));
        let units = |member: u16| layout.rules.weights.shares().get(usize::from(member)).copied().unwrap_or(0);
        let now = Fixed::new(layout.of_group(number).into_iter().map(units).sum(), layout.rules.fine_decimals());
        let sum = format!("SUMIF({pools},{},{shares})", id.from(tab));
        let look = figures(Look::Strong, layout.rules.fine_decimals());
        sheet.formula(group(layout, number, 5), &sum, now.to_string(), &look)?;
    }
    Ok(())
}

/// Whether any group has a score that is weighed.
fn has_shares(layout: &Layout<'_>) -> bool {
    layout.rules.combine.groups().iter().any(|group| group.weight_at.is_some())
}

/// The share of a group with a score, and the working behind it.
fn group_shared(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, number: u16) -> Result<(), XlsxError> {
    let Some(at) = layout.rules.combine.groups().get(usize::from(number)).and_then(|scored| scored.weight_at) else {
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
    let part = exact(layout, &of(4), &format!("({})", all(4, "+")));
    sheet.formula(group(layout, number, 7), &part, exact_now, &working(decimals))?;
    sheet.formula(group(layout, number, 8), &format!("INT({})", of(7)), down_now, &working(0))?;
    sheet.formula(
        group(layout, number, 9),
        &format!("ROUND({}-{},{decimals})", of(7), of(8)),
        left_over_now,
        &working(decimals),
    )?;
    // The larger first, the earlier of equals first.
    let before = beside.iter().map(|other| {
        let theirs = group(layout, *other, 9).from(tab);
        match other.cmp(&number) {
            Ordering::Less => format!("({theirs}>={})", of(9)),
            Ordering::Equal => "1".to_owned(),
            Ordering::Greater => format!("({theirs}>{})", of(9)),
        }
    });
    let before = before.collect::<Vec<_>>().join("+");
    let left = format!("{}-{}", layout.rules.weights.whole(), all(8, "-"));
    sheet.formula(group(layout, number, 10), &format!("IF({before}<={left},1,0)"), one_more_now, &working(0))?;
    let units = format!("{}+{}", of(8), of(10));
    let look = figures(Look::Strong, layout.rules.fine_decimals());
    sheet.formula(group_share(layout, number), &in_scale(layout, &units), share_now, &look)
}
