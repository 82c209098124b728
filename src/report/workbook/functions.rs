//! Value functions: their anchors in cells, and the formulas that read them.

use rust_xlsxwriter::XlsxError;

use super::arithmetic::rounded;
use super::layout::{CellReference, FIRST_ROW, Layout, Tab};
use super::sheet::{Look, SheetWriter};
use crate::rules::shape::CellContent;
use crate::rules::shape::relative::{Relative, RelativeFunction, Z_SCORE_REACH};
use crate::rules::{Criterion, ValueFunction};

/// Columns before the anchors: criterion, how, unit, if missing, stand-in, what the row holds.
const ANCHORS: u16 = 6;

/// A criterion has two rows: its anchors' measures and their values.
pub(super) fn anchor(criterion: u16, row: u16, number: u16) -> CellReference {
    CellReference::new(Tab::ValueFunctions, FIRST_ROW + 2 * u32::from(criterion) + u32::from(row), ANCHORS + number)
}

/// The value that stands in where the criterion's measure is missing.
pub(super) fn stand_in(criterion: u16) -> CellReference {
    let first = anchor(criterion, 0, 0);
    CellReference { column: ANCHORS - 2, ..first }
}

/// The value of a measure, rounded, as a formula on `tab`. None where a script says it.
pub(super) fn value(layout: &Layout<'_>, number: u16, measure: CellReference, tab: Tab) -> Option<String> {
    value_instead(layout, number, (measure, measure), tab)
}

/// The same in the place of a candidate's own measure, which is not set against itself.
pub(super) fn value_instead(
    layout: &Layout<'_>,
    number: u16,
    (measure, own): (CellReference, CellReference),
    tab: Tab,
) -> Option<String> {
    let own = (own != measure).then(|| own.from(tab));
    let criterion = layout.rules.criteria.get(usize::from(number))?;
    let at = |row: u16, place: u16| anchor(number, row, place).fixed(tab);
    let x = measure.from(tab);
    let formula = match &criterion.value {
        ValueFunction::Points(points) => interpolated(number, points.anchors.len(), &x, tab),
        ValueFunction::Steps(steps) => {
            let (thresholds, values) = anchors(number, steps.anchors.len(), tab);
            format!("LOOKUP(MAX({x},{}),{thresholds},{values})", at(0, 0))
        }
        // Beyond e^700 there is no number; the value is 0 long before.
        ValueFunction::Logistic(_) => format!("1/(1+EXP(MIN(700,-{}*({x}-{}))))", at(1, 0), at(0, 0)),
        // Compared letter by letter: a look-up would take `?` and `*` in a word for any letters.
        ValueFunction::Levels(levels) => {
            let (words, values) = anchors(number, levels.values.len(), tab);
            format!("SUMPRODUCT(EXACT({words},{x})*{values})")
        }
        ValueFunction::Relative(relative) => {
            let all = layout.everybody(Layout::measure(FIRST_ROW, number), tab);
            related(*relative, &x, &all, own.as_deref())
        }
        ValueFunction::NetFlow(flow) => {
            let all = layout.everybody(Layout::measure(FIRST_ROW, number), tab);
            net_flow(flow.rising, (&x, own.as_deref()), &all, [0, 1].map(|row| at(row, 0)))
        }
        ValueFunction::Script(script) if script.is_the_measure() => x.clone(),
        ValueFunction::Script(_) => return None,
    };
    Some(rounded(&formula, layout.rules.fine_decimals()))
}

/// The least or the most value of the measures between two, as a formula on `tab`: at an end, or at an anchor between. None
/// where values have no anchors.
pub(super) fn farthest(
    layout: &Layout<'_>,
    number: u16,
    ends: [CellReference; 2],
    least: bool,
    tab: Tab,
) -> Option<String> {
    let criterion = layout.rules.criteria.get(usize::from(number))?;
    let (measures, values) = anchors(number, count(criterion)?, tab);
    let at_ends = ends.map(|end| value(layout, number, end, tab));
    let [Some(at_lower), Some(at_upper)] = at_ends else { return None };
    let [lower, upper] = ends.map(|end| end.from(tab));
    // The farthest from the other extreme of all values, which no anchor outside is counted as.
    let inside = |far: &str| format!("SUMPRODUCT(MAX(({measures}>={lower})*({measures}<={upper})*({far})))");
    let formula = match least {
        true => format!("MIN({at_lower},{at_upper},MAX({values})-{})", inside(&format!("MAX({values})-{values}"))),
        false => format!("MAX({at_lower},{at_upper},MIN({values})+{})", inside(&format!("{values}-MIN({values})"))),
    };
    Some(rounded(&formula, layout.rules.fine_decimals()))
}

/// How many anchors a value function has; none where it is made of something else.
fn count(criterion: &Criterion) -> Option<usize> {
    match &criterion.value {
        ValueFunction::Points(points) => Some(points.anchors.len()),
        ValueFunction::Steps(steps) => Some(steps.anchors.len()),
        ValueFunction::Levels(levels) => Some(levels.values.len()),
        ValueFunction::Logistic(_)
        | ValueFunction::Relative(_)
        | ValueFunction::NetFlow(_)
        | ValueFunction::Script(_) => None,
    }
}

/// The least and the most value that any measure has, as formulas on `tab`.
pub(super) fn value_ends(number: u16, criterion: &Criterion, tab: Tab) -> [String; 2] {
    if let ValueFunction::NetFlow(_) = criterion.value {
        return ["-1", "1"].map(str::to_owned);
    }
    let Some(count) = count(criterion) else { return ["0", "1"].map(str::to_owned) };
    let (_, values) = anchors(number, count, tab);
    [format!("MIN({values})"), format!("MAX({values})")]
}

/// Whether a cell holds a measure of the criterion, as a formula on `tab`: a number, or a word of its list.
pub(super) fn is_known(layout: &Layout<'_>, number: u16, measure: CellReference, tab: Tab) -> String {
    let x = measure.from(tab);
    match layout.rules.criteria.get(usize::from(number)).map(|criterion| &criterion.value) {
        Some(ValueFunction::Levels(levels)) => {
            let (words, _) = anchors(number, levels.values.len(), tab);
            format!("(SUMPRODUCT(EXACT({words},{x})*1)>0)")
        }
        _ => format!("ISNUMBER({x})"),
    }
}

/// Writes a measure: a number, or a word.
pub(super) fn measure(
    sheet: &mut SheetWriter<'_>,
    cell: CellReference,
    measure: f64,
    criterion: &Criterion,
) -> Result<(), XlsxError> {
    match &criterion.levels {
        Some(_) => sheet.text(cell.row, cell.column, &criterion.figure(measure)),
        None => sheet.number(cell, measure, criterion.decimals, Look::Plain),
    }
}

/// The cells of a criterion's anchors: measures, values.
fn anchors(criterion: u16, count: usize, tab: Tab) -> (String, String) {
    let last = u16::try_from(count.saturating_sub(1)).unwrap_or(0);
    let row = |row: u16| anchor(criterion, row, 0).to(anchor(criterion, row, last), tab);
    (row(0), row(1))
}

/// Straight lines through the anchors, level outside them.
fn interpolated(criterion: u16, count: usize, x: &str, tab: Tab) -> String {
    let last = u16::try_from(count.saturating_sub(1)).unwrap_or(0);
    let at = |row: u16, place: u16| anchor(criterion, row, place).fixed(tab);
    let (x0, v0, x1, v1) = (at(0, 0), at(1, 0), at(0, last), at(1, last));
    let between = if last < 2 {
        format!("{v0}+({x}-{x0})/({x1}-{x0})*({v1}-{v0})")
    } else {
        let (measures, values) = anchors(criterion, count, tab);
        let place = format!("MATCH({x},{measures})");
        let of = |row: &str, more: &str| format!("INDEX({row},{place}{more})");
        format!(
            "{v}+({x}-{m})/({next_m}-{m})*({next_v}-{v})",
            v = of(&values, ""),
            m = of(&measures, ""),
            next_m = of(&measures, "+1"),
            next_v = of(&values, "+1"),
        )
    };
    format!("IF({x}<={x0},{v0},IF({x}>={x1},{v1},{between}))")
}

/// To how many of everybody's measures it is preferred less how many are preferred to it, over how many others there are. A
/// measure is no different from itself.
fn net_flow(rising: bool, (x, own): (&str, Option<&str>), all: &str, [none, all_of_it]: [String; 2]) -> String {
    // What is higher by `sign` and by more than some difference.
    let beyond = |sign: char, than: &str, by: &str| {
        let end = format!("ROUND({x}{sign}{by},9)");
        format!("COUNTIFS({all},\"{than}\"&{end})")
    };
    let between = |sign: char, outer: &str, inner: &str| {
        let [near, far] = [&none, &all_of_it].map(|by| format!("ROUND({x}{sign}{by},9)"));
        let within = format!("{all},\"{outer}\"&{near},{all},\"{inner}\"&{far}");
        let differences = match sign {
            '-' => format!("COUNTIFS({within})*({x}-{none})-SUMIFS({all},{within})"),
            _ => format!("SUMIFS({all},{within})-COUNTIFS({within})*({x}+{none})"),
        };
        format!("IF({all_of_it}>{none},({differences})/MAX({all_of_it}-{none},1E-300),0)")
    };
    let full = |sign: char, strictly: &str, at_least: &str| {
        format!("IF({all_of_it}>{none},{},{})", beyond(sign, at_least, &all_of_it), beyond(sign, strictly, &none))
    };
    let over = |from: &str, to: &str| {
        let difference = format!("ROUND({from}-{to},9)");
        let part = format!("({difference}-{none})/({all_of_it}-{none})");
        format!("-IF({difference}<={none},0,IF({difference}>={all_of_it},1,{part}))")
    };
    let [own_is_lower, own_is_higher] = own.map_or([String::new(), String::new()], |own| [over(x, own), over(own, x)]);
    let higher = format!("{}+{}{own_is_lower}", full('-', "<", "<="), between('-', "<", ">"));
    let lower = format!("{}+{}{own_is_higher}", full('+', ">", ">="), between('+', ">", "<"));
    let [first, second] = if rising { [higher, lower] } else { [lower, higher] };
    format!("IF(COUNT({all})<2,0,({first}-({second}))/(COUNT({all})-1))")
}

/// Set against the measures of everybody.
fn related(Relative { function, rising }: Relative, x: &str, all: &str, own: Option<&str>) -> String {
    let turned = |value: String| if rising { value } else { format!("1-{value}") };
    let clamped = |value: String| turned(format!("MAX(0,MIN(1,{value}))"));
    match function {
        RelativeFunction::MinMax => {
            let share = clamped(format!("({x}-MIN({all}))/(MAX({all})-MIN({all}))"));
            format!("IF(MAX({all})=MIN({all}),0.5,{share})")
        }
        RelativeFunction::ShareOfMaximum => format!("IF(MAX({all})<=0,0,MIN(1,MAX(0,{x}/MAX({all}))))"),
        RelativeFunction::ShareOfMean => format!("IF(AVERAGE({all})<=0,1,MAX(0,{x}/AVERAGE({all})))"),
        RelativeFunction::Percentile => {
            let below = format!("SUMPRODUCT(ISNUMBER({all})*({all}<{x}))");
            let equal = format!("SUMPRODUCT(ISNUMBER({all})*({all}={x}))");
            let exceeded = match own {
                None => format!("{below}+0.5*MAX(0,{equal}-1)"),
                Some(own) => format!("{below}-({own}<{x})+0.5*({equal}-({own}={x}))"),
            };
            let share = turned(format!("({exceeded})/(COUNT({all})-1)"));
            format!("IF(COUNT({all})<2,{},{share})", turned("0.5".to_owned()))
        }
        RelativeFunction::ZScore => {
            let share = clamped(format!("0.5+({x}-AVERAGE({all}))/STDEVP({all})/{}", 2.0 * Z_SCORE_REACH));
            format!("IF(MAX({all})=MIN({all}),0.5,{share})")
        }
    }
}

/// The sheet of anchors.
pub(super) fn fill(sheet: &mut SheetWriter<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.heading(
        "How measures become values",
        &format!(
            "Values run {}. Coloured cells can be changed; measures must ascend from left to right.",
            layout.rules.values.in_words()
        ),
    )?;
    let mut headers: Vec<(String, f64)> = [
        ("Criterion", 24.0),
        ("How", 62.0),
        ("Unit of the measure", 30.0),
        ("If the measure is missing", 40.0),
        ("Value that stands in", 10.0),
        ("The row holds", 17.0),
    ]
    .map(|(header, width)| (header.to_owned(), width))
    .into();
    headers.extend((1..=most_anchors(layout)).map(|anchor| (format!("Anchor {anchor}"), 11.0)));
    sheet.headers(&headers, 1)?;
    let columns = u16::try_from(headers.len()).unwrap_or(u16::MAX);
    sheet.print(columns, anchor(layout.criteria, 0, 0).row.saturating_sub(1))?;
    for (number, criterion) in layout.criteria() {
        rows(sheet, number, criterion)?;
    }
    Ok(())
}

fn most_anchors(layout: &Layout<'_>) -> usize {
    let cells = layout.rules.criteria.iter().filter_map(|criterion| criterion.value.shape().cells());
    cells.map(|cells| cells.columns.len()).max().unwrap_or(0)
}

fn rows(sheet: &mut SheetWriter<'_>, number: u16, criterion: &Criterion) -> Result<(), XlsxError> {
    let row = anchor(number, 0, 0).row;
    sheet.text(row, 0, &criterion.title)?;
    sheet.text(row, 1, &criterion.value.shape().sentence_beside_cells())?;
    sheet.text(row, 2, &criterion.unit)?;
    sheet.text(row, 3, &criterion.missing.policy().done())?;
    if let Some(value) = criterion.stand_in() {
        sheet.input(stand_in(number), value, Some(criterion.values.least))?;
    }
    let Some(cells) = criterion.value.shape().cells() else { return Ok(()) };
    for (line, name) in (0..).zip(cells.rows) {
        sheet.text(row + line, ANCHORS - 1, name)?;
    }
    for (place, (upper, lower)) in (0..).zip(cells.columns) {
        match upper {
            CellContent::Number(measure) => sheet.input(anchor(number, 0, place), measure, None)?,
            CellContent::Word(word) => sheet.text(row, anchor(number, 0, place).column, &word)?,
        }
        sheet.input(anchor(number, 1, place), lower, None)?;
    }
    Ok(())
}
