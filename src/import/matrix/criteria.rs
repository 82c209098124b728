//! The criteria: their names, weights, scales and sections, and which columns are totals instead.

use std::collections::BTreeMap;

use super::combine::{Arithmetic, PrintedTotal};
use super::grid::GridLine;
use super::layout::Role;
use super::read::{MatrixCriterion, MatrixReader, MatrixSection, TotalColumn};
use super::scores::{ScoreCell, header_parts, score, stated_scale};
use super::weights::weight;
use super::words;
use crate::diagnostic::{Problem, Problems};
use crate::import::given::option_problem;
use crate::sheet::{CellFigure, CellValue, SheetRow, figure, header_words};
use crate::words::name_of;
use crate::words::{counted, listed};

/// Words that expressions have for themselves.
const RESERVED_WORDS: [&str; 25] = [
    "if",
    "else",
    "for",
    "in",
    "let",
    "const",
    "fn",
    "return",
    "switch",
    "while",
    "loop",
    "do",
    "until",
    "true",
    "false",
    "break",
    "continue",
    "throw",
    "try",
    "catch",
    "import",
    "export",
    "measure",
    "value",
    "candidate",
];

const NO_SCALE: &str = "nothing says which scores are possible";

/// Whether a sheet was refused for one thing alone: that it does not say which scores are possible.
pub fn lacks_scale(problems: &Problems) -> bool {
    problems.iter().all(|problem| problem.message == NO_SCALE)
}

impl MatrixReader<'_> {
    pub(super) fn criteria(&mut self) {
        let in_headers = self.layout.roles.keys().any(|cross| header_parts(&self.header(*cross)).weight.is_some());
        self.weighted = self.layout.weights.is_some() || in_headers || self.found.elsewhere.is_some();
        let stated = self.stated_scale();
        self.totals = self.total_columns(self.layout.with_role(Role::Total));
        self.rival_names();
        self.two_lists();
        let mut products = self.products();
        products.extend(self.sum_column());
        let doubtful = self.doubtful(&products);
        self.uncalculated();
        if self.problems.has_errors() {
            return;
        }
        for cross in self.layout.with_role(Role::Criterion).into_iter().chain(doubtful) {
            if !products.contains(&cross) {
                self.criterion(cross, stated);
            }
        }
        self.criteria.sort_by_key(|criterion| criterion.cross);
        self.weights_elsewhere();
        self.section_weights();
        if self.criteria.is_empty() && !self.problems.has_errors() {
            let help = "put the criteria's names into a row above the scores";
            self.problems.push(self.grid.sheet.problem(None, "no criterion has a name and scores", help));
        }
        if !self.problems.has_errors() && self.criteria.iter().all(|criterion| criterion.weight == 0.0) {
            self.weight_problem("there is no weight above zero", "write the weights into this row");
        }
        self.tell_weights();
    }

    /// Several columns that could each name the candidates: a person says which does.
    fn rival_names(&mut self) {
        let Some(rival) = self.layout.rivals.first().copied() else { return };
        let all: Vec<String> =
            self.layout.rivals.iter().chain([&self.layout.label]).map(|cross| self.quoted_name(*cross)).collect();
        let message = format!("{} could each name the candidates", listed(&all));
        let help = format!(
            "leave out what does not name them: `{}` or `{}`",
            self.leave_out_options(&[self.layout.label]),
            self.leave_out_options(&[rival])
        );
        self.header_problem(rival, &message, &help);
    }

    /// The same questions under several headings, each with a total: inherent and residual risk are two lists.
    fn two_lists(&mut self) {
        let (grid, layout) = (self.grid, self.layout);
        let mut seen: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
        for cross in layout.with_role(Role::Criterion) {
            let section = layout.section_text(grid, cross).unwrap_or_default();
            seen.entry(header_words(&header_parts(&layout.title(grid, cross)).title))
                .or_default()
                .push((cross, section));
        }
        let twice = seen.values().find(|places| places.len() > 1).filter(|_| self.totals.len() > 1);
        let Some(([(_, first), (cross, second), ..], line)) =
            twice.map(Vec::as_slice).zip(self.line(Some(layout.header)))
        else {
            return;
        };
        let sections = [first, second].iter().all(|text| !text.is_empty()) && first != second;
        let which = if sections { format!("under `{first}` and under `{second}`") } else { "twice".to_owned() };
        let message = format!(
            "`{}` stands {which}, and there are several totals: these are several lists",
            layout.title(grid, *cross)
        );
        let help = match sections {
            true => format!("import one of them: leave the other out, as in `--leave-out \"{first}\"`"),
            false => "import one of them: leave the other out, as in `--leave-out \"column F\"`, once for each column"
                .to_owned(),
        };
        let problem = grid.problem(line, *cross, &message, &help);
        self.problems.push(problem);
    }

    fn total_columns(&self, crosses: Vec<u32>) -> Vec<TotalColumn> {
        let column = |cross: u32| TotalColumn { cross, title: self.header(cross) };
        crosses.into_iter().map(column).collect()
    }

    /// Crosses without a weight, or headed as totals are, that are no totals: what has scores must have a weight. Of
    /// `products` it is known that they are totals.
    fn doubtful(&mut self, products: &[u32]) -> Vec<u32> {
        let totals = self.layout.with_role(Role::Total);
        let new: Vec<u32> = products.iter().copied().filter(|cross| !totals.contains(cross)).collect();
        self.totals.extend(self.total_columns(new));
        let rest = self.layout.with_role(Role::Doubtful).into_iter().filter(|cross| !products.contains(cross));
        let (alone, mut kept): (Vec<u32>, Vec<u32>) = rest.partition(|cross| words::is_doubtful(&self.header(*cross)));
        let totals: Vec<u32> = alone.iter().copied().filter(|cross| self.is_worked_out(*cross)).collect();
        let only_one = !self.weighted && alone.len() == 1;
        for cross in alone {
            match totals.contains(&cross) || only_one {
                true => self.totals.extend(self.total_columns(vec![cross])),
                false => kept.push(cross),
            }
        }
        kept
    }

    /// Totals and ranks that are formulas without answers: they can't be compared, and are refused rather than passed
    /// over.
    fn uncalculated(&mut self) {
        let grid = self.grid;
        let wanted = |cross: u32, role: Role| match role {
            Role::Total | Role::Rank | Role::Doubtful => true,
            Role::Notes => words::is_doubtful(&self.header(cross)) || words::is_rank(&self.header(cross)),
            _ => false,
        };
        let roles = self.layout.roles.iter();
        for cross in roles.filter(|(cross, role)| wanted(**cross, **role)).map(|(cross, _)| *cross).collect::<Vec<_>>()
        {
            let is_formula = |line: &&GridLine| matches!(line.get(cross), Some(CellValue::Uncalculated));
            let lines: Vec<&GridLine> = self.body().map(|(_, line)| line).filter(is_formula).collect();
            let Some(first) = lines.first() else { continue };
            let cells = counted(lines.len(), "cell holds a formula", "cells hold formulas");
            let title = self.header(cross);
            let name = if title.is_empty() { grid.name_of_cross(cross) } else { title };
            let message = format!("`{name}` has not been worked out: {cells} without an answer");
            let help = format!(
                "open the workbook in Excel or LibreOffice and save it there, then import it again; or leave the formulas \
                 out: `--leave-out \"{name}\"`"
            );
            self.problems.push(grid.problem(first, cross, &message, &help));
        }
        self.all_zero();
    }

    /// Totals that are 0 in every row, though scores are not: programs that work out no formula write 0.
    fn all_zero(&mut self) {
        let criteria = self.layout.with_role(Role::Criterion);
        let is_above = |line: &GridLine, cross: u32| self.number(line, cross).is_some_and(|number| number > 0.0);
        let lines: Vec<&GridLine> = self
            .body()
            .map(|(_, line)| line)
            .filter(|line| {
                !line.text(self.layout.label).is_empty() && criteria.iter().any(|cross| is_above(line, *cross))
            })
            .collect();
        for cross in self.layout.with_role(Role::Total) {
            let totals: Vec<(&GridLine, f64)> =
                lines.iter().filter_map(|line| Some((*line, self.number(line, cross)?))).collect();
            let Some((first, _)) = totals.first().filter(|_| totals.len() > 1) else { continue };
            if totals.iter().all(|(_, total)| *total == 0.0) {
                let name = self.header(cross);
                let message =
                    format!("`{name}` is 0 in all {} {}s with scores", totals.len(), self.grid.word_of_line());
                let help = format!(
                    "if these are formulas, open the workbook in Excel or LibreOffice and save it there, then import it \
                     again; or leave them out: `--leave-out \"{name}\"`"
                );
                self.problems.push(self.grid.problem(first, cross, &message, &help));
            }
        }
    }

    /// Whether the figures of a cross are made of those of the criteria.
    fn is_worked_out(&self, cross: u32) -> bool {
        let criteria = self.layout.with_role(Role::Criterion);
        let weights = self.line(self.layout.weights);
        let weight_of = |cross: &u32| weights.and_then(|line| line.get(*cross)).and_then(weight).unwrap_or(1.0);
        let lines: Vec<&GridLine> = self
            .body()
            .filter(|(_, line)| criteria.iter().any(|it| line.get(*it).is_some()))
            .map(|(_, line)| line)
            .collect();
        let number = |line: &GridLine, cross: u32| match score(line.get(cross), &self.found.words) {
            ScoreCell::Number(number) => Some(number),
            _ => None,
        };
        let rows: Vec<Vec<Option<f64>>> =
            lines.iter().map(|line| criteria.iter().map(|cross| number(line, *cross)).collect()).collect();
        let printed: Vec<PrintedTotal> =
            lines.iter().enumerate().filter_map(|(row, line)| Some((row, number(line, cross)?))).collect();
        let arithmetic = Arithmetic {
            readings: vec![(None, criteria.iter().map(weight_of).collect())],
            sections: vec![None; criteria.len()],
            highest: vec![1.0; criteria.len()],
            rows,
        };
        let fit = arithmetic.fit(&printed, |_| criteria.len() > 1);
        fit.is_some_and(|fit| fit.agreed >= 2 && fit.agreed * 2 > printed.len())
    }

    fn criterion(&mut self, cross: u32, stated: Option<(f64, f64)>) {
        let (grid, layout) = (self.grid, self.layout);
        let Some(header) = self.line(Some(layout.header)) else { return };
        let parts = header_parts(&layout.title(grid, cross));
        let section = self.section_of(cross);
        // Two sections can ask the same.
        let others = layout.with_role(Role::Criterion);
        let same = |other: &&u32| {
            header_words(&header_parts(&layout.title(grid, **other)).title) == header_words(&parts.title)
        };
        let twice = others.iter().filter(same).count() > 1;
        let title = match (twice, layout.section_text(grid, cross)) {
            (true, Some(section)) if section != parts.title => format!("{section}: {}", parts.title),
            _ => parts.title.clone(),
        };
        let id = criterion_id(&title);
        if title.is_empty() || id.is_empty() || self.criteria.iter().any(|other| other.id == id) {
            let message = "each criterion needs a name, and no two can have the same";
            let help = format!("name the criterion; or leave it out: `--leave-out \"{}\"`", grid.name_of_cross(cross));
            return self.problems.push(grid.problem(header, cross, message, &help));
        }
        let Some(weight) = self.weight_of(cross, &title, parts.weight) else { return };
        let Some(scale) = self.scale_of(cross, parts.scale, stated) else { return };
        grid.used(header, cross);
        self.criteria.push(MatrixCriterion { id, title, weight, section, scale, cross });
    }

    /// The weight of a criterion; none where one is missing or is none, which is told.
    fn weight_of(&mut self, cross: u32, title: &str, in_header: Option<f64>) -> Option<f64> {
        let cell = self.line(self.layout.weights).and_then(|line| Some((line, line.get(cross)?)));
        let written = cell.and_then(|(_, value)| weight(value)).or(in_header);
        match (written, self.weighted) {
            (Some(weight), _) if weight >= 0.0 => {
                if let Some((line, _)) = cell {
                    self.grid.used(line, cross);
                }
                Some(weight)
            }
            (None, false) => Some(1.0),
            // Filled in when all criteria are known.
            (None, true) if self.found.elsewhere.is_some() && self.layout.weights.is_none() => Some(0.0),
            (written, _) => {
                let line = self.line(self.layout.weights.or(Some(self.layout.header)))?;
                let message = match (written, cell) {
                    (None, None) => format!("`{title}` has scores and no weight"),
                    _ => format!("`{}` is not a weight of `{title}`", line.text(cross)),
                };
                let name = self.grid.name_of_cross(cross);
                let help = format!(
                    "write 0 or a number above 0; if it is a total, head it `Total`; if it is no criterion, say \
                     `--leave-out \"{name}\"`"
                );
                self.problems.push(self.grid.problem(line, cross, &message, &help));
                None
            }
        }
    }

    /// The scale of a criterion; none is told once.
    fn scale_of(
        &mut self,
        cross: u32,
        in_header: Option<(f64, f64)>,
        stated: Option<(f64, f64)>,
    ) -> Option<(f64, f64)> {
        let highest = self.line(self.layout.highest).and_then(|line| match figure(line.get(cross)) {
            Ok(CellFigure::Number(high)) => {
                self.grid.used(line, cross);
                Some((stated.map_or(0.0, |(low, _)| low).min(high), high))
            }
            _ => None,
        });
        match self.options.scale.or(in_header).or(highest).or(stated) {
            Some((low, high)) if low < high && low.is_finite() && high.is_finite() => Some((low, high)),
            Some(_) => {
                let problem =
                    option_problem("a scale goes from its lowest score to a higher one", "give `--scale 1 5`");
                self.tell_once(problem);
                None
            }
            None => {
                let help = "give the lowest and the highest with `--scale 1 5`; the scores in the sheet don't say";
                self.tell_once(option_problem(NO_SCALE, help));
                None
            }
        }
    }

    fn tell_once(&mut self, problem: Problem) {
        if !self.problems.iter().any(|known| known.message == problem.message) {
            self.problems.push(problem);
        }
    }

    /// The scale that a text outside the scores states, or that a key of words has.
    fn stated_scale(&self) -> Option<(f64, f64)> {
        let rows = self.grid.sheet.rows.iter();
        let texts = || rows.clone().flat_map(SheetRow::cells).filter(|(_, value)| matches!(value, CellValue::Text(_)));
        let stated = texts().find_map(|(_, value)| stated_scale(&value.text()));
        stated.or_else(|| {
            let said = self.options.words.iter().map(|(_, number)| *number);
            let numbers: Vec<f64> = if self.found.explained.is_empty() {
                said.collect()
            } else {
                self.found.words.values().copied().collect()
            };
            let low = numbers.iter().copied().reduce(f64::min)?;
            let high = numbers.iter().copied().reduce(f64::max)?;
            (low < high).then_some((low, high))
        })
    }

    fn section_of(&mut self, cross: u32) -> Option<usize> {
        let text = self.layout.section_text(self.grid, cross)?;
        let known = self.sections.iter().position(|section| section.title == text);
        Some(known.unwrap_or_else(|| {
            let id = format!("section_{}", name_of(&text));
            self.sections.push(MatrixSection { id, title: text, weight: None });
            self.sections.len() - 1
        }))
    }

    /// Weights that stand on another sheet, by the criteria's names.
    fn weights_elsewhere(&mut self) {
        let Some((weights, sheet)) = self.found.elsewhere.as_ref().filter(|_| self.layout.weights.is_none()) else {
            return;
        };
        for criterion in &mut self.criteria {
            let named = weights.iter().find(|(name, _)| header_words(name) == header_words(&criterion.title));
            if let Some((_, weight)) = named.filter(|(_, weight)| *weight >= 0.0) {
                criterion.weight = *weight;
            } else if criterion.weight == 0.0 {
                let message = format!("`{}` has no weight in the {sheet}", criterion.title);
                let help = "use the same names there and here, and a weight from 0 up for each";
                self.problems.push(self.grid.sheet.problem(None, &message, help));
            }
        }
        self.remarks.push(format!("The weights are those of the {sheet}."));
    }

    /// The weights of sections, each where its section begins.
    fn section_weights(&mut self) {
        let Some(line) = self.line(self.layout.section_weights) else { return };
        for (cross, value) in &line.cells {
            let Some(written) = weight(value).filter(|_| *cross > self.layout.label) else { continue };
            let Some(text) = self.layout.section_text(self.grid, *cross) else { continue };
            let Some(section) = self.sections.iter_mut().find(|section| section.title == text) else { continue };
            if written < 0.0 || section.weight.is_some_and(|known| known != written) {
                let message = format!("`{text}` has another weight before this one, or it is below 0");
                self.problems.push(self.grid.problem(line, *cross, &message, "write one weight for each section"));
            }
            self.grid.used(line, *cross);
            section.weight = Some(written);
        }
        let without: Vec<String> = self
            .sections
            .iter()
            .filter(|section| section.weight.is_none())
            .map(|section| format!("`{}`", section.title))
            .collect();
        if !without.is_empty() || self.criteria.iter().any(|criterion| criterion.section.is_none()) {
            let message = match without.is_empty() {
                true => "a criterion stands under no section, and sections have weights".to_owned(),
                false => format!("sections have weights, but not {}", listed(&without)),
            };
            let cross = line.cells.keys().next().copied().unwrap_or(0);
            self.problems.push(self.grid.problem(line, cross, &message, "write each section's weight where it begins"));
        }
    }

    /// Weights that nearly make 100, or 1, as parts of a whole do.
    fn tell_sum(&mut self, sum: f64) {
        let nested = self.layout.section_weights.is_some();
        let whole = [100.0, 1.0].into_iter().find(|whole| (0.8..1.2).contains(&(sum / whole)));
        let Some(whole) = whole.filter(|whole| self.weighted && !nested && (sum - whole).abs() > whole * 0.0051) else {
            return;
        };
        let sum = crate::words::number(sum, 4);
        self.remarks
            .push(format!("The weights add up to {sum}, and not to {whole}: each counts by its share of {sum}."));
    }

    fn weight_problem(&mut self, message: &str, help: &str) {
        let problem = match self.line(self.layout.weights) {
            Some(line) => self.grid.problem(line, self.layout.label, message, help),
            None => self.grid.sheet.problem(None, message, help),
        };
        self.problems.push(problem);
    }

    fn tell_weights(&mut self) {
        if !self.weighted {
            self.remarks
                .push("The spreadsheet has no weights: a point of score counts alike in all criteria.".to_owned());
        }
        let (grid, layout) = (self.grid, self.layout);
        for line in layout.same_weights.iter().filter_map(|at| grid.lines.get(*at)) {
            let name = grid.name_of_line(line.number);
            self.remarks.push(format!("The weights in {name} are the same in proportion, and were not needed."));
        }
        let sum: f64 = self.criteria.iter().map(|criterion| criterion.weight).sum();
        let told = self.remarks.len();
        self.tell_printed_sum(sum);
        if self.remarks.len() == told {
            self.tell_sum(sum);
        }
    }

    fn tell_printed_sum(&mut self, sum: f64) {
        let Some(line) = self.line(self.layout.weights) else { return };
        for total in &self.totals {
            let Some(printed) = line.get(total.cross).and_then(weight) else { continue };
            if (printed - sum).abs() > 0.005 && self.layout.section_weights.is_none() {
                let place = self.grid.place(line, total.cross);
                let sum = crate::words::number(sum, 4);
                self.remarks.push(format!("The weights add up to {sum}; the spreadsheet says {printed} ({place})."));
            }
            self.grid.used(line, total.cross);
        }
    }
}

/// The id of a criterion with this title; empty where it has no letter.
fn criterion_id(title: &str) -> String {
    let name = name_of(title);
    let plain = name.starts_with(|letter: char| letter.is_ascii_lowercase()) && !RESERVED_WORDS.contains(&&*name);
    match plain || name.is_empty() {
        true => name,
        false => format!("c_{name}"),
    }
}
