//! The scores: for each candidate and question the measure, its value, the weight and the points; then the totals.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, XlsxError};

use super::layout::{CellReference, FIRST_ROW, Layout, ResultColumn, Tab};
use super::sheet::{Look, SheetWriter, figures};
use super::{arithmetic, functions, sharing, tiers, weights};
use crate::explain::standing_in_words;
use crate::report::answered;
use crate::rules::{Criterion, MemberKind, Treatment};
use crate::scoring::{Contribution, Fixed, Standing, Trace};

/// What stands where there is no figure.
pub(super) const NONE: &str = "–";
/// What stands for a measure that is missing.
const MISSING: &str = "missing";
/// The effect of no gate.
const NO_GATE: &str = "none";

pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(
        "How measures become points, and points a total",
        "Weight × value = points, question by question. In italics: the engine's own figures, which do not recompute.",
    )?;
    sheet.headers(&headers(layout), 1)?;
    let ids = id_order(layout);
    for ((row, trace), id) in (FIRST_ROW..).zip(&layout.report.traces).zip(ids) {
        sheet.text(row, 0, &trace.candidate.title)?;
        sheet.text(row, 1, &trace.candidate.id)?;
        sheet.text(
            row,
            Layout::effect(row).column,
            trace.overruling_gate().map_or(NO_GATE, |gate| gate.effect.word()),
        )?;
        for ((number, _), part) in layout.criteria().zip(&trace.contributions) {
            contribution(sheet, layout, row, number, part)?;
        }
        scores(sheet, layout, row, trace)?;
        total(sheet, layout, row, trace)?;
        place(sheet, layout, row, trace)?;
        if layout.families_share_the_top() {
            family(sheet, layout, row, trace)?;
        }
        sheet.text(row, layout.result(row, ResultColumn::Gate).column, gate_title(trace))?;
        sheet.number(layout.result(row, ResultColumn::IdOrder), f64::from(id), 0, Look::Working)?;
    }
    dashes(sheet, layout)
}

/// Shows a dash for points where the rules do not rank without the answer. The zero in the cell is working: equal totals
/// are ordered by it.
fn dashes(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let Some(last) = layout.candidates.checked_sub(1) else { return Ok(()) };
    for (number, _) in layout.criteria().filter(|(_, criterion)| criterion.if_missing() == Treatment::Refuse) {
        let unanswered = format!("NOT(ISNUMBER({}))", Layout::measure(FIRST_ROW, number).from(sheet.tab));
        let dash = Format::new().set_num_format(format!("\"{NONE}\""));
        let dashed = ConditionalFormatFormula::new().set_rule(&*unanswered).set_format(dash);
        let points = Layout::points(FIRST_ROW, number).column;
        sheet.worksheet().add_conditional_format(FIRST_ROW, points, FIRST_ROW + last, points, &dashed)?;
    }
    Ok(())
}

fn headers(layout: &Layout<'_>) -> Vec<(String, f64)> {
    let mut headers: Vec<(String, f64)> = [("Candidate", 34.0), ("Id", 30.0), ("Effect of the gate", 18.0)]
        .map(|(header, width)| (header.to_owned(), width))
        .into();
    for (number, criterion) in layout.criteria() {
        let points = layout.rules.earned(usize::from(number)).word();
        let not_live = functions::value(layout, number, Layout::measure(FIRST_ROW, number), Tab::Scoring).is_none();
        let value = if not_live { "value (by a script: does not recompute)" } else { "value" };
        for (part, width) in [(criterion.unit.as_str(), 13.0), (value, 11.0), ("weight", 11.0), (points, 11.0)] {
            headers.push((format!("{}: {part}", criterion.title), width));
        }
    }
    let sections = layout.rules.groups.iter().take(usize::from(layout.sections()));
    headers.extend(sections.map(|group| (format!("{}: score", group.title), 11.0)));
    let beside = layout.places_beside(FIRST_ROW).into_iter();
    let beside = beside.filter_map(|(group, _)| layout.rules.groups.get(usize::from(group)));
    headers.extend(beside.map(|group| (format!("{}: place by this score alone", group.title), 11.0)));
    let total = if is_live(layout) { "Total" } else { "Total (does not recompute)" };
    let results = [
        ("Answered", 10.0),
        (total, 11.0),
        ("Rank", 8.0),
        ("Tier", 24.0),
        ("Gate", 40.0),
        ("Rank as the engine ranked it", 12.0),
        ("Total as the engine ranked it", 12.0),
        ("Working: place in the list", 12.0),
        ("Working: place among those without a gate", 14.0),
        ("Working: order of the ids", 12.0),
    ];
    headers.extend(results.map(|(header, width)| (header.to_owned(), width)));
    if layout.families_share_the_top() {
        let families = [
            ("Working: family", 12.0),
            ("Working: first of its family without a gate", 14.0),
            ("Working: in the first tier by points", 14.0),
        ];
        headers.extend(families.map(|(header, width)| (header.to_owned(), width)));
    }
    headers
}

/// Each candidate's place in the order of the ids.
fn id_order(layout: &Layout<'_>) -> Vec<u32> {
    let mut ids: Vec<&str> = layout.report.traces.iter().map(|trace| &*trace.candidate.id).collect();
    ids.sort_unstable();
    let place = |id: &str| u32::try_from(ids.partition_point(|other| *other < id)).unwrap_or(u32::MAX) + 1;
    layout.report.traces.iter().map(|trace| place(&trace.candidate.id)).collect()
}

/// The gate that put a candidate where it stands.
pub(super) fn gate_title<'t>(trace: &'t Trace<'_>) -> &'t str {
    trace.placed_by().map_or(NONE, |gate| gate.title)
}

fn contribution(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    part: &Contribution<'_>,
) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let measure = Layout::measure(row, number);
    match &part.measure {
        Some(known) => functions::measure(sheet, measure, known.estimate, part.criterion)?,
        None => sheet.label(row, measure.column, MISSING, Look::Engine)?,
    }
    value(sheet, layout, row, number, part)?;
    let fine = layout.rules.fine_decimals();
    let share = match layout.may_leave_out() && layout.is_weighed(number) {
        true => sharing::share(layout, row, number),
        false => weights::share(number),
    };
    let share_cell = Layout::share(row, number);
    sheet.formula(share_cell, &share.fixed(tab), part.weight.to_string(), &figures(Look::Plain, fine))?;
    let decimals = layout.rules.earned_decimals(usize::from(number));
    // N() of a value that is left out is zero.
    let value = format!("N({})", Layout::value(row, number).from(tab));
    let points = arithmetic::points(layout, number, &value, &share_cell.from(tab));
    let look = figures(Look::Strong, decimals);
    sheet.formula(Layout::points(row, number), &points, part.points.to_string(), &look)
}

/// The value of the measure, or what stands in for it.
fn value(
    sheet: &mut SheetWriter<'_>,
    layout: &Layout<'_>,
    row: u32,
    number: u16,
    part: &Contribution<'_>,
) -> Result<(), XlsxError> {
    let (measure, cell) = (Layout::measure(row, number), Layout::value(row, number));
    let fine = layout.rules.fine_decimals();
    let live = functions::value(layout, number, measure, sheet.tab);
    match (live, &part.measure, part.value) {
        (None, Some(_), Some(value)) => sheet.fixed(cell, value, fine, Look::Engine),
        (live, _, now) => {
            let otherwise = stand_in(part.criterion, number, fine, sheet.tab);
            let known = live.unwrap_or_else(|| otherwise.clone());
            let is_known = functions::is_known(layout, number, measure, sheet.tab);
            let formula = format!("IF({is_known},{known},{otherwise})");
            let now = now.map_or_else(|| NONE.to_owned(), |value| value.to_string());
            sheet.formula(cell, &formula, now, &figures(Look::Plain, fine))
        }
    }
}

/// What a value is where the measure is missing.
fn stand_in(criterion: &Criterion, number: u16, decimals: u32, tab: Tab) -> String {
    match criterion.stand_in() {
        Some(_) => format!("ROUND({},{decimals})", functions::stand_in(number).fixed(tab)),
        None => format!("\"{NONE}\""),
    }
}

fn scores(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let look = figures(Look::Strong, layout.rules.decimals);
    for (group, section) in (0..layout.sections()).zip(&trace.sections) {
        let cell = layout.score(row, group);
        let scores = |group: u16| Some(layout.score(row, group).from(tab));
        match (combined(layout, tab, Some(group), &|number| Layout::points(row, number), &scores), section.score) {
            (Some(formula), Some(score)) => sheet.formula(cell, &formula, score.to_string(), &look)?,
            (_, Some(score)) => sheet.fixed(cell, score, layout.rules.decimals, Look::Engine)?,
            (_, None) => sheet.label(row, cell.column, NONE, Look::Engine)?,
        }
    }
    for (group, cell) in layout.places_beside(row) {
        let Some(section) = trace.sections.get(usize::from(group)) else { continue };
        let (mine, all) = (layout.score(row, group).from(tab), layout.everybody(layout.score(row, group), tab));
        let ranked = layout.result(row, ResultColumn::Total);
        let (total, totals) = (ranked.from(tab), layout.everybody(ranked, tab));
        let higher = format!("SUMPRODUCT(ISNUMBER({totals})*ISNUMBER({all})*({all}>{mine}))+1");
        let place = format!("IF(AND(ISNUMBER({total}),ISNUMBER({mine})),{higher},\"{NONE}\")");
        let now = section.beside.map_or_else(|| NONE.to_owned(), |place| place.rank.to_string());
        sheet.formula(cell, &place, now, &figures(Look::Plain, 0))?;
    }
    let known = layout.criteria().map(|(number, _)| (number, Layout::measure(row, number)));
    let measures: Vec<String> =
        known.map(|(number, measure)| functions::is_known(layout, number, measure, tab)).collect();
    let count = format!("({})&\" of {}\"", measures.join("+"), layout.criteria);
    sheet.formula(layout.result(row, ResultColumn::Answered), &count, answered(trace), &figures(Look::Plain, 0))
}

/// The score of a group, or the total, out of the cells that hold the points and of what groups have for scores.
fn combined(
    layout: &Layout<'_>,
    tab: Tab,
    group: Option<u16>,
    points: &dyn Fn(u16) -> CellReference,
    scores: &dyn Fn(u16) -> Option<String>,
) -> Option<String> {
    let rules = layout.rules;
    let node = rules.combine.node(group.map(usize::from));
    let number = |member: &usize| u16::try_from(*member).unwrap_or(u16::MAX);
    let brings = |member: &usize| match node.kind {
        MemberKind::Criterion => Some(points(number(member)).from(tab)),
        MemberKind::Group if node.way.earned().is_weighed() && rules.leaves_out(*member) => None,
        MemberKind::Group => {
            let share = weights::group_share(layout, number(member)).fixed(tab);
            Some(arithmetic::of_score(rules, node.way.earned(), &scores(number(member))?, &share))
        }
    };
    let figures: Vec<String> = node.members.iter().map(brings).collect::<Option<_>>()?;
    arithmetic::combined(rules, group.map(usize::from), &figures)
}

/// The total out of the cells that hold the points, as a formula on `tab`, where it can be one.
pub(super) fn live_total(layout: &Layout<'_>, tab: Tab, points: impl Fn(u16) -> CellReference) -> Option<String> {
    live(layout, tab, None, &points)
}

fn live(layout: &Layout<'_>, tab: Tab, group: Option<u16>, points: &dyn Fn(u16) -> CellReference) -> Option<String> {
    combined(layout, tab, group, points, &|inner| live(layout, tab, Some(inner), points))
}

/// The total out of the points, or out of the groups' scores. None where one of them can't be a formula.
fn total_formula(layout: &Layout<'_>, row: u32, tab: Tab) -> Option<String> {
    let points = |number: u16| Layout::points(row, number);
    live(layout, tab, None, &points)?;
    combined(layout, tab, None, &points, &|group| Some(layout.score(row, group).from(tab)))
}

/// Whether totals recompute.
pub(super) fn is_live(layout: &Layout<'_>) -> bool {
    total_formula(layout, FIRST_ROW, Tab::Scoring).is_some()
}

fn total(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let (cell, decimals) = (layout.result(row, ResultColumn::Total), layout.rules.decimals);
    let now = trace.total.map_or_else(|| NONE.to_owned(), |total| total.to_string());
    match (total_formula(layout, row, tab), trace.total) {
        // Too little is known of it, with the weights as filed: the first sheet says so.
        (Some(_), _) if trace.too_little.is_some() => sheet.label(row, cell.column, NONE, Look::Engine)?,
        (Some(total), _) => {
            let conditions = needed(layout, row, tab);
            let formula = match conditions.is_empty() {
                true => total,
                false => format!("IF(AND({}),{total},\"{NONE}\")", conditions.join(",")),
            };
            sheet.formula(cell, &formula, now, &figures(Look::Strong, decimals))?;
        }
        (None, Some(total)) => sheet.fixed(cell, total, decimals, Look::Engine)?,
        (None, None) => sheet.label(row, cell.column, NONE, Look::Engine)?,
    }
    engine(sheet, layout, row, trace)
}

/// What must be so for a candidate to be ranked.
fn needed(layout: &Layout<'_>, row: u32, tab: Tab) -> Vec<String> {
    let refusing = layout.criteria().filter(|(_, criterion)| criterion.if_missing() == Treatment::Refuse);
    let mut conditions: Vec<String> =
        refusing.map(|(number, _)| format!("ISNUMBER({})", Layout::measure(row, number).from(tab))).collect();
    if layout.may_leave_out() {
        let of_the_total = layout.pools().into_iter().filter(|pool| !layout.rules.weighs_beside(usize::from(*pool)));
        let parts = of_the_total.map(|pool| sharing::taking_part(layout, row, pool).from(tab));
        let parts: Vec<String> = parts.collect();
        match layout.weighted_groups() {
            0 => conditions.extend(parts.into_iter().map(|part| format!("{part}>0"))),
            // The groups share one whole.
            _ => conditions.push(format!("{}>0", parts.join("+"))),
        }
    }
    conditions
}

/// What the engine found, for comparison.
fn engine(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let (rank, total) = (layout.result(row, ResultColumn::EngineRank), layout.result(row, ResultColumn::EngineTotal));
    match trace.rank {
        Some(number) => sheet.fixed(rank, whole(number), 0, Look::Engine)?,
        None => sheet.label(row, rank.column, NONE, Look::Engine)?,
    }
    match trace.total {
        Some(units) => sheet.fixed(total, units, layout.rules.decimals, Look::Engine),
        None => sheet.label(row, total.column, NONE, Look::Engine),
    }
}

fn whole(number: usize) -> Fixed {
    Fixed::new(i64::try_from(number).unwrap_or(i64::MAX), 0)
}

/// Rank, place in the list and tier.
fn place(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let total = layout.result(row, ResultColumn::Total);
    let (mine, totals) = (total.from(tab), layout.everybody(total, tab));
    let separated = match layout.rules.ties_separate {
        true => format!("+SUMPRODUCT(({totals}={mine})*{})", earlier_by_ties(layout, row, tab, "0".to_owned())),
        false => String::new(),
    };
    let rank = format!("IF(ISNUMBER({mine}),RANK({mine},{totals}){separated},\"{NONE}\")");
    let rank_now = trace.rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
    sheet.formula(layout.result(row, ResultColumn::Rank), &rank, rank_now, &figures(Look::Strong, 0))?;

    let earlier = earlier_of_equals(layout, row, tab);
    let ranked = format!("RANK({mine},{totals})+SUMPRODUCT(({totals}={mine})*{earlier})");
    let unranked = format!("COUNT({totals})+1+SUMPRODUCT((1-ISNUMBER({totals}))*{earlier})");
    let formula = format!("IF(ISNUMBER({mine}),{ranked},{unranked})");
    let place_now = row - FIRST_ROW + 1;
    let working = figures(Look::Working, 0);
    sheet.formula(layout.result(row, ResultColumn::Place), &formula, place_now.to_string(), &working)?;

    let (place, effect) = (layout.result(row, ResultColumn::Place), Layout::effect(row));
    let families = layout.families_share_the_top();
    let not_in_top = match families {
        true => format!(",{},0", layout.everybody(layout.result(row, ResultColumn::InTop), tab)),
        false => String::new(),
    };
    let open = format!(
        "IF({}=\"{NO_GATE}\",COUNTIFS({},\"{NO_GATE}\",{},\"<=\"&{}{not_in_top}),\"{NONE}\")",
        effect.from(tab),
        layout.everybody(effect, tab),
        layout.everybody(place, tab),
        place.from(tab)
    );
    let before = layout.report.traces.iter().take(usize::try_from(place_now).unwrap_or(usize::MAX));
    let counts =
        |other: &&Trace<'_>| other.overruling_gate().is_none() && !(families && other.standing == Standing::Tier(0));
    let open_now = match trace.overruling_gate().is_none() {
        true => before.filter(counts).count().to_string(),
        false => NONE.to_owned(),
    };
    sheet.formula(layout.result(row, ResultColumn::OpenPlace), &open, open_now, &working)?;
    let tier = tiers::tier_formula(layout, row, tab);
    sheet.look_up(
        layout.result(row, ResultColumn::Tier),
        &tier,
        &standing_in_words(trace.standing, layout.rules),
        Look::Plain,
    )
}

/// Of which family a candidate is, whether nobody of it without a gate stands before it, and whether that gives it a place
/// of the first tier.
fn family(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>, row: u32, trace: &Trace<'_>) -> Result<(), XlsxError> {
    let tab = sheet.tab;
    let family_of = |trace: &Trace<'_>| layout.report.ranking.family_of(trace.id());
    let own = u32::try_from(family_of(trace) + 1).unwrap_or(u32::MAX);
    sheet.number(layout.result(row, ResultColumn::Family), f64::from(own), 0, Look::Working)?;

    let (family, place) = (layout.result(row, ResultColumn::Family), layout.result(row, ResultColumn::Place));
    let (effect, rank) = (Layout::effect(row), layout.result(row, ResultColumn::Rank));
    let same = format!("{},{}", layout.everybody(family, tab), family.from(tab));
    let effects = layout.everybody(effect, tab);
    let before =
        format!("COUNTIFS({same},{effects},\"{NO_GATE}\",{},\"<\"&{})", layout.everybody(place, tab), place.from(tab));
    let ranked = layout.everybody(rank, tab);
    let included = tiers::including().map(|effect| format!("+COUNTIFS({same},{effects},\"{effect}\",{ranked},\">0\")"));
    let included: String = included.collect();
    let first =
        format!("IF(AND({}=\"{NO_GATE}\",ISNUMBER({}),{before}{included}=0),1,0)", effect.from(tab), rank.from(tab));
    let is_first = trace.total.is_some()
        && trace.overruling_gate().is_none()
        && layout.report.ranking.is_first_of_its_family(trace.id());
    let working = figures(Look::Working, 0);
    let cell = layout.result(row, ResultColumn::FirstOfFamily);
    sheet.formula(cell, &first, u8::from(is_first).to_string(), &working)?;

    let place_among_firsts = format!(
        "COUNTIFS({},1,{},\"<=\"&{})",
        layout.everybody(cell, tab),
        layout.everybody(place, tab),
        place.from(tab)
    );
    let in_top = format!("IF(AND({}=1,{place_among_firsts}<={}),1,0)", cell.from(tab), tiers::open_places().from(tab));
    let is_in_top = is_first && trace.standing == Standing::Tier(0);
    sheet.formula(layout.result(row, ResultColumn::InTop), &in_top, u8::from(is_in_top).to_string(), &working)
}

/// Ones for the candidates that would stand before this one if their totals were the same: by the points that the
/// rules name for ties, then by id.
fn earlier_of_equals(layout: &Layout<'_>, row: u32, tab: Tab) -> String {
    let id = layout.result(row, ResultColumn::IdOrder);
    earlier_by_ties(layout, row, tab, format!("({}<{})", layout.everybody(id, tab), id.from(tab)))
}

/// The same by those points alone, and by `others` where they are the same.
fn earlier_by_ties(layout: &Layout<'_>, row: u32, tab: Tab, others: String) -> String {
    let ties = layout.rules.ties.iter().rev().filter_map(|number| u16::try_from(*number).ok());
    ties.fold(others, |others, number| {
        let points = Layout::points(row, number);
        let (all, mine) = (layout.everybody(points, tab), points.from(tab));
        format!("(({all}>{mine})+({all}={mine})*{others})")
    })
}
