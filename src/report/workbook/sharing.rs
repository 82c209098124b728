//! Each candidate's shares of the weight, where a question that is left out leaves its weight to the others.

use std::cmp::Ordering;

use rust_xlsxwriter::XlsxError;

use super::functions;
use super::layout::{CellReference, FIRST_ROW, Layout, Tab};
use super::sheet::{Look, SheetWriter, figures};
use super::weights::{among_all, among_now, exact, in_scale, left_over_decimals, results};
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

/// Three columns for each criterion, kind by kind: exact, left over, share.
fn part(layout: &Layout<'_>, row: u32, number: u16, kind: u16) -> CellReference {
    let pools = u16::try_from(layout.pools().len()).unwrap_or(u16::MAX);
    cell(row, 1 + pools + kind * layout.criteria + number)
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
        let title = group.filter(|_| layout.sections() > 0).and_then(|group| layout.rules.groups.get(group));
        let of = title.map_or_else(String::new, |group| format!("{}: ", group.title));
        headers.push((format!("{of}weight that takes part"), 14.0));
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

fn shared(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    sharing: &ApportionedShare,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let [exact_now, _, left_over_now, _, share_now] = results(layout, sharing);
    let decimals = left_over_decimals(layout);
    let of = |number: u16, kind: u16| part(layout, row, number, kind).from(tab);
    let sum = taking_part(layout, row, number).from(tab);
    let exact = exact(layout, &weight_of(layout, row, number, tab), &sum);
    sheet.formula(part(layout, row, number, 0), &exact, exact_now, &figures(Look::Working, decimals))?;
    let rest = format!("ROUND({0}-INT({0}),{decimals})", of(number, 0));
    sheet.formula(part(layout, row, number, 1), &rest, left_over_now, &figures(Look::Working, decimals))?;

    let pool = layout.pool_of(number);
    let mine = of(number, 1);
    // The larger first, the earlier of equals first.
    let before = pool.iter().map(|other| match other.cmp(&number) {
        Ordering::Less => format!("({}>={mine})", of(*other, 1)),
        Ordering::Equal => "1".to_owned(),
        Ordering::Greater => format!("({}>{mine})", of(*other, 1)),
    });
    let before = before.collect::<Vec<_>>().join("+");
    let down: Vec<String> = pool.iter().map(|other| format!("INT({})", of(*other, 0))).collect();
    let down = down.join("-");
    let whole = layout.rules.weights.whole();
    let units = format!("INT({})+IF({before}<={whole}-{down},1,0)", of(number, 0));
    // Where nothing takes part there is nothing to share.
    let formula = format!("IF({sum}=0,0,{})", in_scale(layout, &units));
    let look = figures(Look::Plain, layout.rules.fine_decimals());
    sheet.formula(share(layout, row, number), &formula, share_now, &look)
}
