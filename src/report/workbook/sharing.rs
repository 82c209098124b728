//! Each candidate's shares of the weight, where a question that is left out leaves its weight to the others.

use rust_xlsxwriter::XlsxError;

use super::functions;
use super::layout::{CellReference, FIRST_ROW, Layout, Tab};
use super::sheet::{Look, SheetWriter, figures};
use super::weights::{among_all, among_now, exact, in_scale, left_over_decimals, results, turn_among};
use crate::rules::{ApportionedShare, Criterion, Treatment};
use crate::scoring::{Contribution, Trace};

fn cell(row: u32, column: u16) -> CellReference {
    CellReference::new(Tab::SharingOut, row, column)
}

/// The weight that takes part for a candidate, of those that share one whole with criterion `number`.
pub(super) fn taking_part(layout: &Layout<'_>, row: u32, number: u16) -> CellReference {
    let first = layout.pool_of(number).first().copied().unwrap_or(0);
    let pool = layout.pools().iter().position(|pool| *pool == first).unwrap_or(0);
    cell(row, 1 + u16::try_from(pool).unwrap_or(u16::MAX))
}

/// Three columns for each group that has a weight, kind by kind: exact, left over, share in units.
fn group_part(layout: &Layout<'_>, row: u32, number: u16, kind: u16) -> CellReference {
    cell(row, 1 + pools(layout) + kind * layout.weighted_groups() + number)
}

/// Three columns for each criterion, kind by kind: exact, left over, share.
fn part(layout: &Layout<'_>, row: u32, number: u16, kind: u16) -> CellReference {
    cell(row, 1 + pools(layout) + 3 * layout.weighted_groups() + kind * layout.criteria + number)
}

fn pools(layout: &Layout<'_>) -> u16 {
    u16::try_from(layout.pools().len()).unwrap_or(u16::MAX)
}

/// A candidate's share of the weight of criterion `number`.
pub(super) fn share(layout: &Layout<'_>, row: u32, number: u16) -> CellReference {
    part(layout, row, number, 2)
}

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(
        "How the weight is shared out where a question is left out",
        "Working for the sheet of scores: the weight of a question without an answer goes to the candidate's others.",
    )?;
    let mut headers = vec![("Candidate".to_owned(), 34.0)];
    for pool in layout.pools() {
        let group = layout.rules.criteria.get(usize::from(pool)).and_then(|criterion| criterion.group);
        let in_groups = layout.sections() > 0 || layout.weighted_groups() > 0;
        let title = group.filter(|_| in_groups).and_then(|group| layout.rules.groups.get(group));
        let of = title.map_or_else(String::new, |group| format!("{}: ", group.title));
        headers.push((format!("{of}weight that takes part"), 14.0));
    }
    if layout.weighted_groups() > 0 {
        for kind in ["exact share in units", "left over", "share in units"] {
            headers.extend(layout.rules.groups.iter().map(|group| (format!("{}: {kind}", group.title), 14.0)));
        }
    }
    for kind in ["exact share in units", "left over", "share"] {
        headers.extend(layout.criteria().map(|(_, criterion)| (format!("{}: {kind}", criterion.title), 14.0)));
    }
    sheet.headers(&headers, 1)?;
    for (row, trace) in (FIRST_ROW..).zip(&layout.report.traces) {
        let title = Layout::candidate(row).from(sheet.tab);
        sheet.look_up(cell(row, 0), &title, &trace.candidate.title, Look::Plain)?;
        candidate(sheet, layout, row, trace)?;
    }
    Ok(())
}

fn candidate(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let left_out = |part: &Contribution<'_>| part.measure.is_none() && may_be_left_out(part.criterion);
    let part_taken: Vec<bool> = trace.contributions.iter().map(|part| !left_out(part)).collect();
    let takes_part = |number: u16| part_taken.get(usize::from(number)) == Some(&true);
    for pool in layout.pools() {
        let members = layout.pool_of(pool);
        let weights: Vec<String> = members.iter().map(|member| weight_of(layout, row, *member, tab)).collect();
        let members = members.into_iter().filter(|member| takes_part(*member));
        let now: rust_decimal::Decimal = members.map(|member| among_now(layout, member)).sum();
        let look = figures(Look::Working, 4);
        sheet.formula(taking_part(layout, row, pool), &weights.join("+"), now.to_string(), &look)?;
    }
    for (number, sharing) in (0..).zip(layout.rules.weights.group_sharing(&part_taken)) {
        group_shared(sheet, layout, row, number, &sharing)?;
    }
    let sharing = layout.criteria().zip(layout.rules.weights.sharing(&part_taken));
    for ((number, _), sharing) in sharing.filter(|((number, _), _)| layout.is_weighed(*number)) {
        shared(sheet, layout, row, number, &sharing)?;
    }
    Ok(())
}

/// A criterion's weight, if it takes part.
fn weight_of(layout: &Layout<'_>, row: u32, number: u16, tab: Tab) -> String {
    let weight = among_all(number).fixed(tab);
    let criterion = layout.rules.criteria.get(usize::from(number));
    match criterion.is_some_and(may_be_left_out) {
        true => {
            let is_known = functions::is_known(layout, number, Layout::measure(row, number), tab);
            format!("{weight}*{is_known}")
        }
        false => weight,
    }
}

fn may_be_left_out(criterion: &Criterion) -> bool {
    criterion.if_missing() == Treatment::LeaveOut
}

/// A group's share of the whole: what its criteria share for this candidate.
fn group_shared(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    sharing: &ApportionedShare,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let groups: Vec<u16> = (0..layout.weighted_groups()).collect();
    let taking_part = |group: u16| cell(row, 1 + group).from(tab);
    let sum = format!("({})", groups.iter().map(|group| taking_part(*group)).collect::<Vec<_>>().join("+"));
    let at = |number: u16, kind: u16| group_part(layout, row, number, kind);
    let whole = layout.rules.weights.whole().to_string();
    let exact = exact(layout, &taking_part(number), &sum, &whole);
    let units = units(sheet, layout, (exact, sharing), (number, &groups, &whole), &at)?;
    let formula = format!("IF({sum}=0,0,{units})");
    sheet.formula(at(number, 2), &formula, sharing.share().to_string(), &figures(Look::Working, 0))
}

fn shared(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    sharing: &ApportionedShare,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let [.., share_now] = results(layout, sharing);
    let sum = taking_part(layout, row, number).from(tab);
    let criterion = layout.rules.criteria.get(usize::from(number));
    let group = criterion.and_then(|criterion| criterion.group).filter(|_| layout.weighted_groups() > 0);
    let whole = match group.and_then(|group| u16::try_from(group).ok()) {
        Some(group) => group_part(layout, row, group, 2).from(tab),
        None => layout.rules.weights.whole().to_string(),
    };
    let at = |number: u16, kind: u16| part(layout, row, number, kind);
    let exact = exact(layout, &weight_of(layout, row, number, tab), &sum, &whole);
    let units = units(sheet, layout, (exact, sharing), (number, &layout.pool_of(number), &whole), &at)?;
    // Where nothing takes part there is nothing to share.
    let formula = format!("IF({sum}=0,0,{})", in_scale(layout, &units));
    let look = figures(Look::Plain, layout.rules.fine_decimals());
    sheet.formula(share(layout, row, number), &formula, share_now, &look)
}

/// Writes what is exact and what rounding down leaves over, and answers the formula of the units: of those that share
/// `whole`, the largest remainders get one more.
fn units(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    (exact, sharing): (String, &ApportionedShare),
    (number, sharers, whole): (u16, &[u16], &str),
    at: &dyn Fn(u16, u16) -> CellReference,
) -> Result<String, XlsxError> {
    let tab = sheet.tab;
    let [exact_now, _, left_over_now, ..] = results(layout, sharing);
    let look = figures(Look::Working, left_over_decimals(layout));
    let of = |number: u16, kind: u16| at(number, kind).from(tab);
    sheet.formula(at(number, 0), &exact, exact_now, &look)?;
    let rest = format!("ROUND({0}-INT({0}),{1})", of(number, 0), left_over_decimals(layout));
    sheet.formula(at(number, 1), &rest, left_over_now, &look)?;
    let before = turn_among(sharers, number, |other| of(other, 1));
    let down: Vec<String> = sharers.iter().map(|other| format!("INT({})", of(*other, 0))).collect();
    Ok(format!("INT({})+IF({before}<={whole}-{},1,0)", of(number, 0), down.join("-")))
}
