//! The plan as a workbook: actions with their costs, what each reaches, conditions and the curve. Whether an action is chosen,
//! costs, shares, worths and amounts are cells to be changed; what a set uses and is worth follows by formulas. Which set is
//! best does not: that takes the search, so the engine's choice stands beside what the reader chooses.
//!
//! No text of a plan is part of a formula, and every formula carries the engine's figure as its result.

use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::tables::{header, sections};
use super::words::{because, demand_in_words, exchanged_plainly, titles};
use crate::choose::case::Origin;
use crate::choose::choice::Choice;
use crate::choose::instance::{Limit, is_in};
use crate::diagnostic::Problem;
use crate::exact::Fixed;
use crate::ranked::RankedAssessment;
use crate::report::workbook::{Look, figures, not_made, properties, write_words};

const ACTIONS: &str = "Actions";
const REACH: &str = "Reach";
/// The columns of the actions before their costs: title, chosen, the engine's choice.
const BEFORE_COSTS: u16 = 3;
const CHOSEN: u16 = 1;
/// The columns of candidates before the actions' shares: title, worth, reached, own, counts.
const BEFORE_SHARES: u16 = 5;
/// Titles of sheets stand above their headers.
const HEADERS: u32 = 2;
/// The first row of the actions: below the headers, what there is, what is used, what is left and the worth.
const FIRST: u32 = HEADERS + 5;

/// The plan as an `.xlsx` workbook; the same input gives the same bytes.
///
/// # Errors
/// A problem where there is more than a workbook can hold.
pub fn workbook(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Result<Vec<u8>, Problem> {
    write(report, choice).map_err(not_made)
}

fn write(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = report.assessment.plan.as_ref().map_or("", |plan| &plan.title);
    book.set_properties(&properties(title)?);
    let plan = PlanSheets::new(choice);
    plan.actions(book.add_worksheet(), title)?;
    plan.reach(book.add_worksheet())?;
    if !choice.case.options.conditions.is_empty() {
        plan.conditions(book.add_worksheet())?;
    }
    if let Some(view) = choice.by_resource.iter().find(|view| view.curve.is_some()) {
        plan.curve(book.add_worksheet(), view)?;
    }
    told(book.add_worksheet(), report, choice)?;
    book.save_to_buffer()
}

/// Where everything stands.
struct PlanSheets<'c> {
    choice: &'c Choice<'c>,
    actions: u32,
    resources: u16,
    /// The candidates that are told, by number: those that are served, and what these are part of.
    candidates: Vec<usize>,
}

impl<'c> PlanSheets<'c> {
    fn new(choice: &'c Choice<'c>) -> Self {
        let instance = &choice.case.instance;
        let mut is_told = vec![false; instance.targets.len()];
        for served in instance.options.iter().flatten() {
            let whole = |at: &usize| instance.targets.get(*at).and_then(|target| target.part_of);
            for at in std::iter::successors(Some(served.target), whole).take(instance.targets.len()) {
                if let Some(slot) = is_told.get_mut(at) {
                    *slot = true;
                }
            }
        }
        let candidates = is_told.iter().enumerate().filter(|(_, told)| **told).map(|(at, _)| at).collect();
        let options = choice.case.options;
        let actions = u32::try_from(options.actions.len()).unwrap_or(u32::MAX);
        Self { choice, actions, resources: u16::try_from(options.resources.len()).unwrap_or(u16::MAX), candidates }
    }

    /// Whether each action is chosen.
    fn chosen(&self) -> String {
        range(ACTIONS, (FIRST, CHOSEN), (FIRST + self.actions.saturating_sub(1), CHOSEN))
    }

    fn actions(&self, page: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
        let (choice, case) = (self.choice, &self.choice.case);
        let options = case.options;
        page.set_name(ACTIONS)?.set_freeze_panes(HEADERS + 1, 1)?;
        page.set_tab_color(Color::RGB(0x00F4_6A25));
        write_words(page, (0, 0), title, &bold())?;
        let about = "Cells with a ground are made to be changed: 1 chooses an action, 0 leaves it out.";
        write_words(page, (1, 0), about, &Format::new())?;
        let costs = options.resources.iter().map(|it| format!("{} ({})", it.title, it.unit));
        let best = if choice.best.is_proven() { "Best set" } else { "Best set found" };
        let before = ["Action", "Chosen", best].map(str::to_owned).into_iter();
        for (column, heading) in (0..).zip(before.chain(costs).chain(["Why".to_owned()])) {
            let width = if column == 0 { 44.0 } else { 16.0 };
            page.set_column_width(column, if heading == "Why" { 80.0 } else { width })?;
            write_words(page, (HEADERS, column), &heading, &head())?;
        }
        for (row, label) in (HEADERS + 1..).zip(["There is", "Used", "Left", "Worth of the set"]) {
            write_words(page, (row, 0), label, &bold())?;
        }
        for (number, column) in (0..options.resources.len()).zip(BEFORE_COSTS..) {
            let decimals = case.decimals.of_resource(number);
            let (there_is, used) = (case.there_is(number), case.used(number, &choice.best.set));
            input(page, (HEADERS + 1, column), there_is, decimals)?;
            let costs = range(ACTIONS, (FIRST, column), (FIRST + self.actions.saturating_sub(1), column));
            let sum = format!("SUMPRODUCT({},{costs})", self.chosen());
            formula(page, (HEADERS + 2, column), &sum, used, decimals)?;
            let cell = |row: u32| row_col_to_cell_absolute(row, column);
            let left = format!("{}-{}", cell(HEADERS + 1), cell(HEADERS + 2));
            formula(page, (HEADERS + 3, column), &left, there_is.minus(used), decimals)?;
        }
        let value = case.value(choice.best.value);
        formula(page, (HEADERS + 4, CHOSEN), &self.worth_of_the_set(), value, value.decimals())?;
        for ((row, action), number) in (FIRST..).zip(&options.actions).zip(0..) {
            write_words(page, (row, 0), &action.title, &wrapped())?;
            let chosen = Fixed::new(i64::from(is_in(&choice.best.set, number)), 0);
            zero_or_one(page, (row, CHOSEN), chosen)?;
            page.write_number_with_format(row, CHOSEN + 1, chosen.to_f64(), &figures(Look::Plain, 0))?;
            for (resource, column) in (0..options.resources.len()).zip(BEFORE_COSTS..) {
                let cost = case.amount(resource, case.cost(resource, number));
                input(page, (row, column), cost, case.decimals.of_resource(resource))?;
            }
            write_words(page, (row, BEFORE_COSTS + self.resources), &because(choice, number), &wrapped())?;
        }
        Ok(())
    }

    /// The row of a candidate on the sheet of what is reached; none where it is not told.
    fn row_of(&self, candidate: usize) -> Option<u32> {
        let place = self.candidates.binary_search(&candidate).ok()?;
        Some(HEADERS + 1 + u32::try_from(place).ok()?)
    }

    /// Whole candidates and what is part of none add up.
    fn worth_of_the_set(&self) -> String {
        let part_of = |it: &&usize| self.choice.case.instance.targets.get(**it).is_some_and(|it| it.part_of.is_none());
        let heads = self.candidates.iter().filter(part_of).filter_map(|it| self.row_of(*it));
        let cells: Vec<String> = heads.map(|row| format!("{REACH}!{}", row_col_to_cell_absolute(row, 4))).collect();
        sum(&cells)
    }

    fn reach(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let case = &self.choice.case;
        page.set_name(REACH)?.set_freeze_panes(HEADERS + 1, 1)?;
        page.set_tab_color(Color::RGB(0x00F4_6A25));
        write_words(page, (0, 0), "What the chosen actions reach of each candidate", &bold())?;
        let about =
            "Worth times the share reached, up to all of it. Of a candidate and its parts only the larger counts.";
        write_words(page, (1, 0), about, &Format::new())?;
        let headings = ["Candidate", "Worth", "Share reached", "Its own", "Counts, with its parts"].map(str::to_owned);
        let actions = case.options.actions.iter().map(|action| action.title.clone());
        for (column, heading) in (0..).zip(headings.into_iter().chain(actions)) {
            page.set_column_width(column, if column == 0 { 44.0 } else { 16.0 })?;
            write_words(page, (HEADERS, column), &heading, &head())?;
        }
        let reached = case.instance.reached(&self.choice.best.set);
        let counted = case.instance.with_parts(&self.choice.best.set);
        for candidate in self.candidates.iter().copied() {
            let Some(row) = self.row_of(candidate) else { continue };
            let title = case.candidates.get(candidate).map_or("", |candidate| &candidate.title);
            write_words(page, (row, 0), title, &wrapped())?;
            let worth = case.worths.get(candidate).copied().unwrap_or(Fixed::new(0, 0));
            input(page, (row, 1), worth, case.decimals.worth)?;
            for (column, served) in (BEFORE_SHARES..).zip(&case.instance.options) {
                let share = served.iter().find(|served| served.target == candidate);
                if let Some(share) = share {
                    input(page, (row, column), Fixed::new(share.share, case.decimals.share), case.decimals.share)?;
                }
            }
            let last = BEFORE_SHARES + u16::try_from(self.actions).unwrap_or(u16::MAX) - 1;
            let shares = range(REACH, (row, BEFORE_SHARES), (row, last));
            // The actions stand in a column there and in a row here.
            let share = format!("MIN(1,SUMPRODUCT(TRANSPOSE({}),{shares}))", self.chosen());
            let full = case.instance.full;
            let now = reached.get(candidate).copied().unwrap_or(0).min(full);
            array(page, (row, 2), &share, Fixed::new(now, case.decimals.share), case.decimals.share)?;
            let own = format!("{}*{}", row_col_to_cell_absolute(row, 1), row_col_to_cell_absolute(row, 2));
            let target = case.instance.targets.get(candidate).map_or(0, |target| target.worth);
            let value = case.value(i128::from(target) * i128::from(now));
            formula(page, (row, 3), &own, value, value.decimals())?;
            let value = case.value(counted.get(candidate).copied().unwrap_or(0));
            formula(page, (row, 4), &self.counts(candidate, row), value, value.decimals())?;
        }
        Ok(())
    }

    /// What counts of a candidate with its parts: the larger of its own and theirs together.
    fn counts(&self, candidate: usize, row: u32) -> String {
        let own = row_col_to_cell_absolute(row, 3);
        let instance = &self.choice.case.instance;
        let is_part = |it: &&usize| instance.targets.get(**it).is_some_and(|it| it.part_of == Some(candidate));
        let parts = self.candidates.iter().filter(is_part).filter_map(|it| self.row_of(*it));
        let parts: Vec<String> = parts.map(|row| row_col_to_cell_absolute(row, 4)).collect();
        if parts.is_empty() { own } else { format!("MAX({own},{})", sum(&parts)) }
    }

    fn conditions(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let case = &self.choice.case;
        page.set_name("Conditions")?;
        write_words(page, (0, 0), "What a set must satisfy, and whether the one that is chosen does", &bold())?;
        for (column, (heading, width)) in
            (0..).zip([("Condition", 60.0), ("Kept to", 12.0), ("Reason", 60.0), ("Id", 24.0)])
        {
            page.set_column_width(column, width)?;
            write_words(page, (HEADERS, column), heading, &head())?;
        }
        for ((row, condition), number) in (HEADERS + 1..).zip(&case.options.conditions).zip(0..) {
            write_words(page, (row, 0), &demand_in_words(self.choice, &condition.demand), &wrapped())?;
            let limits = case.instance.limits.iter().zip(&case.origins);
            let limits = limits.filter(|(_, origin)| **origin == Origin::Condition(number));
            let held: Vec<String> = limits.map(|(limit, _)| held(limit)).collect();
            // The best set keeps to all.
            let kept = Formula::new(format!("=IF(AND({}),\"yes\",\"no\")", held.join(","))).set_result("yes");
            page.write_formula(row, 1, kept)?;
            write_words(page, (row, 2), &condition.reason, &wrapped())?;
            write_words(page, (row, 3), &condition.id, &wrapped())?;
        }
        Ok(())
    }

    fn curve(&self, page: &mut Worksheet, view: &crate::choose::choice::ResourceView) -> Result<(), XlsxError> {
        let choice = self.choice;
        let Some(curve) = &view.curve else { return Ok(()) };
        let resource = choice.case.options.resources.get(view.resource);
        let (title, unit) = resource.map_or(("", ""), |resource| (&resource.title, &resource.unit));
        page.set_name("Curve")?.set_freeze_panes(HEADERS + 1, 0)?;
        write_words(
            page,
            (0, 0),
            &format!("The best set at every amount of {title}, as found by the engine"),
            &bold(),
        )?;
        let from = format!("From, {unit}");
        for (column, (heading, width)) in
            (0..).zip([(&*from, 16.0), ("Worth", 12.0), ("What enters (+) and leaves (−)", 100.0)])
        {
            page.set_column_width(column, width)?;
            write_words(page, (HEADERS, column), heading, &head())?;
        }
        let mut before: Option<&[bool]> = None;
        for (row, point) in (HEADERS + 1..).zip(&curve.points) {
            let amount = choice.case.amount(view.resource, point.amount);
            page.write_number_with_format(row, 0, amount.to_f64(), &figures(Look::Plain, amount.decimals()))?;
            let value = choice.case.value(point.best.value);
            page.write_number_with_format(row, 1, value.to_f64(), &figures(Look::Plain, value.decimals()))?;
            let change = before.map_or_else(
                || titles(choice, &point.best.set),
                |before| exchanged_plainly(choice, before, &point.best.set),
            );
            write_words(page, (row, 2), &change, &wrapped())?;
            before = Some(&point.best.set);
        }
        Ok(())
    }
}

/// Whether a limit is kept to, as a formula.
fn held(limit: &Limit) -> String {
    let told = |(option, weight): &(usize, i64)| {
        let row = FIRST + u32::try_from(*option).unwrap_or(0);
        let cell = format!("{ACTIONS}!{}", row_col_to_cell_absolute(row, CHOSEN));
        if *weight < 0 { format!("-{cell}") } else { format!("+{cell}") }
    };
    let terms: String = limit.weights.iter().map(told).collect();
    format!("0{terms}<={}", limit.most)
}

/// What the page says beside its tables.
fn told(page: &mut Worksheet, report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Result<(), XlsxError> {
    page.set_name("About")?.set_column_width(0, 120)?;
    let notes = sections(report, choice).into_iter().flat_map(|section| {
        let title = section.title;
        std::iter::once((title, true)).chain(section.notes.into_iter().map(|note| (note, false)))
    });
    let lines = header(report, choice).into_iter().map(|line| (line, false)).chain(notes);
    for (row, (line, is_title)) in (0..).zip(lines) {
        write_words(page, (row, 0), &line, &if is_title { bold() } else { wrapped() })?;
    }
    Ok(())
}

fn sum(cells: &[String]) -> String {
    if cells.is_empty() { "0".to_owned() } else { cells.join("+") }
}

fn range(sheet: &str, (row, column): (u32, u16), last: (u32, u16)) -> String {
    let (first, last) = (row_col_to_cell_absolute(row, column), row_col_to_cell_absolute(last.0, last.1));
    format!("{sheet}!{first}:{last}")
}

/// A number made to be changed, from zero up.
fn input(page: &mut Worksheet, at: (u32, u16), number: Fixed, decimals: u32) -> Result<(), XlsxError> {
    let rule = DataValidation::new()
        .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        .set_error_message("Type a number from 0 up.")?;
    input_by(page, at, number, decimals, &rule)
}

fn zero_or_one(page: &mut Worksheet, at: (u32, u16), number: Fixed) -> Result<(), XlsxError> {
    let rule = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(0, 1))
        .set_error_message("Type 1 to choose it, or 0 to leave it out.")?;
    input_by(page, at, number, 0, &rule)
}

fn input_by(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    number: Fixed,
    decimals: u32,
    rule: &DataValidation,
) -> Result<(), XlsxError> {
    let look =
        figures(Look::Plain, decimals).set_background_color(Color::RGB(0x00FF_F2CC)).set_border(FormatBorder::Thin);
    page.write_number_with_format(row, column, number.to_f64(), &look)?;
    page.add_data_validation(row, column, row, column, rule).map(|_| ())
}

fn formula(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    formula: &str,
    result: Fixed,
    decimals: u32,
) -> Result<(), XlsxError> {
    let formula = Formula::new(format!("={formula}")).set_result(result.to_f64().to_string());
    page.write_formula_with_format(row, column, formula, &figures(Look::Plain, decimals)).map(|_| ())
}

fn array(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    formula: &str,
    result: Fixed,
    decimals: u32,
) -> Result<(), XlsxError> {
    let formula = Formula::new(format!("{{={formula}}}")).set_result(result.to_f64().to_string());
    page.write_array_formula_with_format(row, column, row, column, formula, &figures(Look::Plain, decimals)).map(|_| ())
}

fn bold() -> Format {
    Format::new().set_bold()
}

fn head() -> Format {
    bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}
