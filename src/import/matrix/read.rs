//! The matrix out of the grid: criteria with their weights, candidates with their scores, and the totals that stand
//! there.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Arithmetic, PrintedTotal, TotalFit, TotalForm};
use super::find::{FoundMatrix, find, is_key, key_line};
use super::grid::{Grid, GridLine};
use super::layout::{Layout, Role, is_scored, weight};
use super::scores::{ScoreCell, header_parts, score, stated_scale};
use super::words;
use super::{CombineScores, CriteriaRun, MatrixOptions, SectionWeights};
use crate::diagnostic::{Problem, Problems, quoted_list};
use crate::files::Files;
use crate::import::given::option_problem;
use crate::import::{RowAccount, id_of, name_of};
use crate::sheet::{CellFigure, CellValue, SheetRow, figure, header_words};
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
const NOT_WEIGHTED: &str = "Worked out in the spreadsheet, and not weight × score";
/// How many names of a kind are told.
const MOST_TOLD: usize = 5;

/// One question of the spreadsheet.
pub(super) struct MatrixCriterion {
    pub(super) id: String,
    pub(super) title: String,
    /// As it stands there, without its section's; 1 where the sheet has no weights.
    pub(super) weight: f64,
    pub(super) section: Option<usize>,
    /// The lowest and highest possible score.
    pub(super) scale: (f64, f64),
    pub(super) cross: u32,
}

/// Several criteria under one heading.
pub(super) struct MatrixSection {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) weight: Option<f64>,
}

/// One candidate of the spreadsheet.
pub(super) struct MatrixCandidate {
    pub(super) id: String,
    pub(super) title: String,
    /// As many as there are criteria.
    pub(super) scores: Vec<Option<f64>>,
    /// Where each score stands, for citations: `sheet Scores, cell C4`.
    pub(super) places: Vec<String>,
    /// The totals that the spreadsheet has, as many as it has columns of them, each with its place.
    pub(super) totals: Vec<Option<(f64, String)>>,
    /// The rank that the spreadsheet has, and its place.
    pub(super) rank: Option<(usize, String)>,
}

/// A scoring spreadsheet as it was read.
pub(super) struct ScoringMatrix {
    pub(super) criteria: Vec<MatrixCriterion>,
    pub(super) sections: Vec<MatrixSection>,
    pub(super) candidates: Vec<MatrixCandidate>,
    /// Whether the sheet has weights.
    pub(super) weighted: bool,
    /// The headers of the totals.
    pub(super) total_titles: Vec<String>,
    /// Which of the totals is the spreadsheet's own, and the form that gives it.
    pub(super) own_total: Option<(usize, TotalFit)>,
    /// How scores become totals here.
    pub(super) form: TotalForm,
    pub(super) arithmetic: Arithmetic,
    pub(super) account: RowAccount,
    pub(super) remarks: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// Every cell and option that stops it.
pub(super) fn matrix(files: &dyn Files, options: &MatrixOptions) -> Result<ScoringMatrix, Problems> {
    let found = find(files, options)?;
    let mut reader = MatrixReader::new(&found, options);
    reader.criteria();
    if reader.problems.has_errors() {
        return Err(reader.problems);
    }
    reader.candidates();
    if reader.problems.has_errors() {
        return Err(reader.problems);
    }
    reader.finish()
}

/// A column of figures that may be totals.
struct TotalColumn {
    cross: u32,
    title: String,
}

struct MatrixReader<'m> {
    grid: &'m Grid,
    layout: &'m Layout,
    found: &'m FoundMatrix,
    options: &'m MatrixOptions,
    criteria: Vec<MatrixCriterion>,
    sections: Vec<MatrixSection>,
    candidates: Vec<MatrixCandidate>,
    /// The grid's lines of the candidates.
    lines: Vec<usize>,
    weighted: bool,
    totals: Vec<TotalColumn>,
    ids: BTreeSet<String>,
    /// Words for scores without a number, and the place of the first.
    unknown_words: BTreeMap<String, (u32, u32)>,
    remarks: Vec<String>,
    problems: Problems,
}

impl<'m> MatrixReader<'m> {
    fn new(found: &'m FoundMatrix, options: &'m MatrixOptions) -> Self {
        Self {
            grid: &found.grid,
            layout: &found.layout,
            found,
            options,
            criteria: Vec::new(),
            sections: Vec::new(),
            candidates: Vec::new(),
            lines: Vec::new(),
            weighted: false,
            totals: Vec::new(),
            ids: BTreeSet::new(),
            unknown_words: BTreeMap::new(),
            remarks: found.remarks.clone(),
            problems: Problems::default(),
        }
    }

    fn line(&self, at: Option<usize>) -> Option<&'m GridLine> {
        self.grid.lines.get(at?)
    }

    fn header(&self, cross: u32) -> String {
        self.layout.own_title(self.grid, cross)
    }

    // --- Criteria ---------------------------------------------------------------------------------------------------

    fn criteria(&mut self) {
        let in_headers = self.layout.roles.keys().any(|cross| header_parts(&self.header(*cross)).weight.is_some());
        self.weighted = self.layout.weights.is_some() || in_headers || self.found.elsewhere.is_some();
        let stated = self.stated_scale();
        self.totals = self.total_columns(self.layout.with_role(Role::Total));
        let doubtful = self.doubtful();
        self.two_lists();
        for cross in self.layout.with_role(Role::Criterion).into_iter().chain(doubtful) {
            self.criterion(cross, stated);
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

    /// Crosses without a weight, or headed as totals are, that are no totals: what has scores must have a weight.
    fn doubtful(&mut self) -> Vec<u32> {
        let (mut kept, mut alone) = (Vec::new(), Vec::new());
        for cross in self.layout.with_role(Role::Doubtful) {
            match words::is_doubtful(&self.header(cross)) {
                true => alone.push(cross),
                false => kept.push(cross),
            }
        }
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
                self.tell_once(option_problem("nothing says which scores are possible", help));
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

    // --- Candidates -------------------------------------------------------------------------------------------------

    /// The lines below the names that are not known to be something else.
    fn body(&self) -> impl Iterator<Item = (usize, &'m GridLine)> + use<'_, 'm> {
        let lines = self.grid.lines.iter().enumerate().skip(self.layout.header + 1);
        lines.filter(|(at, _)| !self.layout.is_named(*at))
    }

    fn candidates(&mut self) {
        let (grid, layout) = (self.grid, self.layout);
        let mut without: Vec<String> = Vec::new();
        let mut feet: Vec<String> = Vec::new();
        let mut nameless: Vec<String> = Vec::new();
        let mut ended = false;
        let first = layout.weights.unwrap_or(0).max(layout.header);
        for (at, line) in self.body().collect::<Vec<_>>() {
            let title = line.text(layout.label);
            let cells: Vec<&CellValue> = line.cells.values().collect();
            let any = self.criteria.iter().any(|criterion| line.get(criterion.cross).is_some());
            let scored = |cross: u32| line.get(cross).is_some_and(|value| is_scored(value, &self.found.words));
            let numbers = self.criteria.iter().any(|criterion| scored(criterion.cross));
            if ended {
                grid.set_line_aside(line, "below the table");
            } else if key_line(&cells).is_some()
                || cells.len() == 1 && is_key(&cells.iter().map(|it| it.text()).collect::<String>())
            {
                grid.set_line_aside(line, "the key to the scores");
            } else if !any || !numbers && self.is_text_line(line) {
                if words::is_legend(&title) && at > first {
                    ended = true;
                }
                if !title.is_empty() && title != self.header(layout.label) && at > first {
                    without.push(title);
                }
                grid.set_line_aside(line, "in rows without a score");
            } else if words::is_weights(&title) {
                let message = format!("`{title}` heads a row of weights, and not all of it are numbers");
                let help = "write a number from 0 up for each criterion";
                self.problems.push(grid.problem(line, layout.label, &message, help));
            } else if words::is_foot(&title) {
                feet.push(format!("`{title}` ({})", grid.name_of_line(line.number)));
                grid.set_line_aside(line, "in rows that sum up the others");
            } else if title.is_empty() {
                self.nameless(line, &mut nameless);
            } else {
                self.candidate(at, line, &title);
            }
        }
        self.tell_lines("Rows without a score, set aside", &without);
        self.tell_lines("Rows that sum up the others, no candidates", &feet);
        self.tell_lines("Rows with figures and no candidate's name, set aside", &nameless);
        if self.candidates.is_empty() && !self.problems.has_errors() {
            let message = "no row below the criteria's names has a name and a score";
            self.problems.push(grid.sheet.problem(None, message, "check the layout"));
        }
        self.tell_words();
        self.suspicious();
    }

    /// Words that stand where scores do, told together: each needs its number.
    fn tell_words(&mut self) {
        let Some((line, cross)) = self.unknown_words.values().min().copied() else { return };
        let Some(line) = self.grid.lines.iter().find(|other| other.number == line) else { return };
        let quoted: Vec<&str> = self.unknown_words.keys().map(String::as_str).collect();
        let message = format!("words stand where scores do, and nothing says for which: {}", quoted_list(&quoted));
        let options: Vec<String> = quoted.iter().map(|word| format!("--score \"{word}=…\"")).collect();
        let help = format!("say so for each: `{}`", options.join(" "));
        self.problems.push(self.grid.problem(line, cross, &message, &help));
    }

    /// Whether the cells below the criteria are texts of several words: definitions, or headers again.
    fn is_text_line(&self, line: &GridLine) -> bool {
        let cells: Vec<String> =
            self.criteria.iter().filter_map(|it| line.get(it.cross)).map(CellValue::text).collect();
        let again = self.criteria.iter().any(|it| line.text(it.cross) == self.header(it.cross));
        again || cells.iter().all(|text| text.split_whitespace().count() > 2)
    }

    /// A row of figures without a name: worked out beside a candidate, or weights that nothing says are weights.
    fn nameless(&mut self, line: &GridLine, told: &mut Vec<String>) {
        let weighted = line
            .cells
            .range(..self.criteria.first().map_or(0, |it| it.cross))
            .any(|(_, it)| words::is_weighted(&it.text()));
        if weighted {
            return self.weighted_line(line);
        }
        if self.candidates.is_empty() && !self.weighted {
            let message = "a row of figures under the criteria's names has no name";
            let help = format!(
                "if these are the weights, write `Weight` before them; if not, say `--leave-out \"{}\"`",
                self.grid.name_of_line(line.number)
            );
            let cross = line.cells.keys().next().copied().unwrap_or(0);
            return self.problems.push(self.grid.problem(line, cross, message, &help));
        }
        told.push(self.grid.name_of_line(line.number));
        self.grid.set_line_aside(line, "without a candidate's name");
    }

    /// Weight × score beside the candidate before it: checked, and its total is the candidate's.
    fn weighted_line(&mut self, line: &GridLine) {
        let grid = self.grid;
        let mut differing = Vec::new();
        if let Some(candidate) = self.candidates.last_mut() {
            for (total, column) in candidate.totals.iter_mut().zip(&self.totals).filter(|(total, _)| total.is_none()) {
                if let Ok(CellFigure::Number(figure)) = figure(line.get(column.cross)) {
                    *total = Some((figure, grid.place(line, column.cross)));
                    grid.used(line, column.cross);
                }
            }
            for (criterion, score) in self.criteria.iter().zip(&candidate.scores) {
                if let (Ok(CellFigure::Number(printed)), Some(score)) = (figure(line.get(criterion.cross)), score)
                    && !is_weighted(criterion.weight, *score, printed)
                {
                    differing.push(format!("{} says {printed}", grid.place(line, criterion.cross)));
                }
            }
        }
        self.tell_lines(NOT_WEIGHTED, &differing);
        grid.set_line_aside(line, "worked out: weight × score");
    }

    fn tell_lines(&mut self, what: &str, names: &[String]) {
        let told: Vec<String> = names.iter().take(MOST_TOLD).cloned().collect();
        match names.len().saturating_sub(MOST_TOLD) {
            _ if names.is_empty() => {}
            0 => self.remarks.push(format!("{what}: {}.", listed(&told))),
            more => self.remarks.push(format!("{what}: {} and {more} more.", told.join(", "))),
        }
    }

    fn candidate(&mut self, at: usize, line: &'m GridLine, title: &str) {
        let (grid, layout) = (self.grid, self.layout);
        let id = id_of(title);
        if id.is_empty() || !self.ids.insert(id.clone()) {
            let message = format!("another row has the same name, or `{title}` has no letter in it");
            let help = "give each candidate a name of its own";
            return self.problems.push(grid.problem(line, layout.label, &message, help));
        }
        grid.used(line, layout.label);
        let crosses: Vec<(u32, (f64, f64))> = self.criteria.iter().map(|it| (it.cross, it.scale)).collect();
        let scores = crosses.iter().map(|(cross, scale)| self.score(line, *cross, *scale)).collect::<Vec<_>>();
        let places = crosses.iter().map(|(cross, _)| grid.place(line, *cross)).collect();
        for criterion in &self.criteria {
            // A cell that is wrong is told as such.
            if line.get(criterion.cross).is_none() {
                let place = grid.place(line, criterion.cross);
                let without = format!("{title} has no score for {} ({place})", criterion.title);
                self.remarks.push(format!("{without}: it is not ranked until it has one."));
            }
        }
        let totals = self.totals.iter().map(|total| {
            let figure = match figure(line.get(total.cross)) {
                Ok(CellFigure::Number(figure)) => Some((figure, grid.place(line, total.cross))),
                _ => None,
            };
            grid.used(line, total.cross);
            figure
        });
        let totals = totals.collect();
        let rank = layout.with_role(Role::Rank).into_iter().find_map(|cross| {
            let digits: String = line.text(cross).chars().filter(char::is_ascii_digit).collect();
            grid.used(line, cross);
            Some((digits.parse::<usize>().ok()?, grid.place(line, cross)))
        });
        self.lines.push(at);
        self.candidates.push(MatrixCandidate { id, title: title.to_owned(), scores, places, totals, rank });
    }

    fn score(&mut self, line: &GridLine, cross: u32, (low, high): (f64, f64)) -> Option<f64> {
        let (message, help) = match score(line.get(cross), &self.found.words) {
            ScoreCell::Number(score) if (low..=high).contains(&score) => {
                self.grid.used(line, cross);
                return Some(score);
            }
            ScoreCell::Empty => return None,
            ScoreCell::Number(score) => (
                format!("the score {score} is off the scale from {low} to {high}"),
                "correct the score, or give another `--scale`".to_owned(),
            ),
            ScoreCell::Word(word) => {
                let at = (line.number, cross);
                self.unknown_words.entry(word).or_insert(at);
                return None;
            }
            ScoreCell::Odd(message, help) => (message, help.to_owned()),
        };
        self.problems.push(self.grid.problem(line, cross, &message, &help));
        None
    }

    /// Rows at the foot that are the sum or the mean of the others, though they don't say so.
    fn suspicious(&mut self) {
        let Some((last, others)) = self.candidates.split_last().filter(|(_, others)| others.len() > 2) else { return };
        #[expect(clippy::cast_precision_loss, reason = "a sheet has at most a million rows")]
        let count = others.len() as f64;
        let sum = |at: usize| others.iter().filter_map(|it| it.scores.get(at).copied().flatten()).sum::<f64>();
        let is = |times: f64| {
            last.scores.len() > 1
                && last
                    .scores
                    .iter()
                    .enumerate()
                    .all(|(at, score)| score.is_some_and(|score| (score - sum(at) / times).abs() < 0.006))
        };
        let what = match (is(count), is(1.0)) {
            (true, _) => "means",
            (_, true) => "sums",
            _ => return,
        };
        let remark = format!(
            "`{0}` is taken as a candidate, and its scores are the {what} of those above. If it is none, say `--leave-out \
             \"{0}\"`.",
            last.title
        );
        self.remarks.push(remark);
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    fn finish(mut self) -> Result<ScoringMatrix, Problems> {
        let arithmetic = self.arithmetic();
        let own_total = self.own_total(&arithmetic);
        let form = self.form(own_total.as_ref().map(|(_, fit)| fit), &arithmetic)?;
        self.weighted_columns();
        self.mark_rest();
        if !self.found.explained.is_empty() && self.has_words() {
            self.remarks.push(format!("The file's own key: {}.", listed(&self.found.explained)));
        }
        Ok(ScoringMatrix {
            account: self.grid.account(),
            total_titles: self.totals.into_iter().map(|total| total.title).collect(),
            criteria: self.criteria,
            sections: self.sections,
            candidates: self.candidates,
            weighted: self.weighted,
            own_total,
            form,
            arithmetic,
            remarks: self.remarks,
        })
    }

    fn has_words(&self) -> bool {
        let cells = self.lines.iter().filter_map(|at| self.line(Some(*at)));
        cells
            .flat_map(|line| self.criteria.iter().filter_map(|it| line.get(it.cross)))
            .any(|value| matches!(value, CellValue::Text(_)) && figure(Some(value)).is_err())
    }

    fn arithmetic(&self) -> Arithmetic {
        let plain: Vec<f64> = self.criteria.iter().map(|criterion| criterion.weight).collect();
        let nested = self.sections.iter().any(|section| section.weight.is_some());
        let of_section = |criterion: &MatrixCriterion| {
            let section = criterion.section.and_then(|at| self.sections.get(at));
            section.and_then(|section| section.weight).unwrap_or(1.0)
        };
        let within = |criterion: &MatrixCriterion| {
            let members = self.criteria.iter().filter(|other| other.section == criterion.section);
            members.map(|other| other.weight).sum::<f64>()
        };
        let shared = |it: &MatrixCriterion| match within(it) {
            0.0 => 0.0,
            sum => of_section(it) * it.weight / sum,
        };
        let readings = match nested {
            false => vec![(None, plain)],
            true => vec![
                (Some(SectionWeights::Shared), self.criteria.iter().map(shared).collect()),
                (Some(SectionWeights::Multiplied), self.criteria.iter().map(|it| of_section(it) * it.weight).collect()),
            ],
        };
        Arithmetic {
            readings,
            sections: self.criteria.iter().map(|criterion| criterion.section).collect(),
            highest: self.criteria.iter().map(|criterion| criterion.scale.1).collect(),
            rows: self.candidates.iter().map(|candidate| candidate.scores.clone()).collect(),
        }
    }

    /// The totals that weights and scores give best, and how.
    fn own_total(&self, arithmetic: &Arithmetic) -> Option<(usize, TotalFit)> {
        let mut best: Option<(usize, TotalFit)> = None;
        for column in 0..self.totals.len() {
            let printed = printed(&self.candidates, column);
            let wanted = |form: &TotalForm| {
                self.options.combine.is_none_or(|combine| form.combine == combine)
                    && (self.options.sections.is_none() || form.sections == self.options.sections)
            };
            // One total that agrees by an unusual form can be chance.
            let usual = |form: &TotalForm| form.combine == CombineScores::Sum && !form.unweighted && form.factor == 1.0;
            let fit = arithmetic.fit(&printed, wanted);
            let fit = fit.filter(|fit| fit.agreed > 1 || printed.len() == 1 || usual(&fit.form));
            let better = |fit: &TotalFit| {
                // A total that has the weights in it is the sheet's own; one without them is a step to it.
                let rank = |fit: &TotalFit| (!fit.form.unweighted, fit.agreed);
                best.as_ref().is_none_or(|(_, best)| rank(fit) > rank(best))
            };
            if let Some(fit) = fit.filter(better) {
                best = Some((column, fit));
            }
        }
        best
    }

    /// How scores become totals: as asked, as the totals show, or as is usual.
    fn form(&mut self, fit: Option<&TotalFit>, arithmetic: &Arithmetic) -> Result<TotalForm, Problems> {
        let sections = match (self.options.sections, arithmetic.readings.len()) {
            (_, 0 | 1) => None,
            (Some(asked), _) => Some(asked),
            (None, _) => Some(SectionWeights::Shared),
        };
        let plain = |combine| TotalForm { combine, sections, unweighted: false, factor: 1.0, words: String::new() };
        // One total that agrees can be chance: two are needed, or all there are.
        let proven = fit.filter(|fit| fit.agreed > 1 || self.candidates.len() == 1);
        if let Some(form) = proven.map(|fit| fit.form.clone()).filter(|form| !form.unweighted) {
            return Ok(form);
        }
        if let Some(combine) = self.options.combine {
            if combine == CombineScores::Sections && !arithmetic.has_sections() {
                let help = "put each section's name above its first criterion, or say `--combine product`";
                return Err(option_problem("sections can't be multiplied: the sheet has none", help).into());
            }
            return Ok(plain(combine));
        }
        if sections.is_some() && self.options.sections.is_none() {
            self.remarks.push(
                "No total says how the weights of sections and of criteria go together: each section's weight is shared \
                 among its criteria. `--section-weights multiplied` multiplies them."
                    .to_owned(),
            );
        }
        let titles: Vec<&str> = self.criteria.iter().map(|criterion| criterion.title.as_str()).collect();
        let risk = !self.weighted
            && matches!(*titles, [one, other]
                if words::is_likelihood(one) && words::is_impact(other) || words::is_impact(one) && words::is_likelihood(other));
        if risk {
            self.remarks.push(
                "No total says how likelihood and impact go together: they are multiplied, as risk registers do. `--combine \
                 sum` adds them up."
                    .to_owned(),
            );
            return Ok(plain(CombineScores::Product));
        }
        Ok(plain(CombineScores::Sum))
    }

    /// Columns of weight × score beside the scores: each is checked.
    fn weighted_columns(&mut self) {
        for cross in self.layout.with_role(Role::Weighted) {
            let Some((at, criterion)) = self.criteria.iter().enumerate().rev().find(|(_, it)| it.cross < cross) else {
                continue;
            };
            let mut differing = Vec::new();
            for (line, candidate) in self.lines.iter().zip(&self.candidates) {
                let Some(line) = self.line(Some(*line)) else { continue };
                let (Ok(CellFigure::Number(printed)), Some(score)) =
                    (figure(line.get(cross)), candidate.scores.get(at).copied().flatten())
                else {
                    continue;
                };
                if !is_weighted(criterion.weight, score, printed) {
                    differing.push(format!("{} says {printed}", self.grid.place(line, cross)));
                }
            }
            self.tell_lines(NOT_WEIGHTED, &differing);
        }
    }

    /// Says of every cell that is not used why it is not.
    fn mark_rest(&mut self) {
        let (grid, layout) = (self.grid, self.layout);
        for (at, line) in grid.lines.iter().enumerate() {
            let reason = match () {
                () if layout.is_named(at) => "headers and labels",
                () if at < layout.header => "above the headers",
                () => continue,
            };
            grid.set_line_aside(line, reason);
        }
        for (cross, role) in &layout.roles {
            let reason = match role {
                Role::Weighted => "worked out: weight × score",
                Role::Id => "numbers and references of rows",
                Role::Notes => "notes and other columns without scores",
                Role::Words => "words beside the scores",
                Role::Total | Role::Rank => "totals and ranks without a candidate",
                Role::Label | Role::Criterion | Role::Doubtful => continue,
            };
            grid.lines.iter().skip(layout.header).for_each(|line| grid.set_aside(line, *cross, reason));
        }
        let told = |role: Role| {
            layout
                .with_role(role)
                .into_iter()
                .map(|cross| {
                    let title = self.header(cross);
                    if title.is_empty() { grid.name_of_cross(cross) } else { format!("`{title}`") }
                })
                .collect::<Vec<_>>()
        };
        let others = [told(Role::Notes), told(Role::Words), told(Role::Id)].concat();
        let what = match grid.run {
            CriteriaRun::Across => "Columns that are no criteria, set aside",
            CriteriaRun::Down => "Rows that are no criteria, set aside",
        };
        self.tell_lines(what, &others);
    }
}

/// Whether a figure is weight × score, with weights as they are or in per cent.
fn is_weighted(weight: f64, score: f64, printed: f64) -> bool {
    [1.0, 0.01].iter().any(|factor| (weight * score * factor - printed).abs() < 0.006)
}

/// The totals of a column with the numbers of their candidates.
pub(super) fn printed(candidates: &[MatrixCandidate], column: usize) -> Vec<PrintedTotal> {
    let total = |candidate: &MatrixCandidate| candidate.totals.get(column)?.as_ref().map(|(total, _)| *total);
    candidates.iter().enumerate().filter_map(|(row, candidate)| Some((row, total(candidate)?))).collect()
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

/// `3 totals`, for remarks.
pub(super) fn totals_in_words(count: usize) -> String {
    counted(count, "total", "totals")
}
