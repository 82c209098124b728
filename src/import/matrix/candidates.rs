//! The candidates: the lines below the names, with their scores, totals and ranks.

use std::collections::BTreeMap;

use super::CriteriaRun;
use super::doubts::{ScoredLine, Sums, doubts};
use super::find::{is_key, key_line};
use super::grid::GridLine;
use super::layout::{Role, is_scored};
use super::read::{MatrixCandidate, MatrixReader, NOT_WEIGHTED, TotalColumn, is_weighted};
use super::scores::{ScoreCell, score};
use super::weights::is_text;
use super::words;
use crate::diagnostic::{Code, Problem, did_you_mean, quoted_list};
use crate::sheet::{CellFigure, CellValue, figure, header_words};
use crate::words::id_of;
use crate::words::listed;

/// Why lines that sum up others are not used.
const SUMS: &str = "in rows that sum up the others";

/// What a line below the names is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    /// Behind what ends the table.
    Below,
    Key,
    WithoutScore,
    /// The names of the criteria again.
    Headers,
    /// Labelled as weights, and not read as such.
    Weights,
    Foot,
    /// Figures without a candidate's name.
    Nameless,
    Scored,
}

/// Names of lines that are no candidates, to be told together.
#[derive(Default)]
struct SetAside {
    without: Vec<String>,
    feet: Vec<String>,
    nameless: Vec<String>,
}

/// The sums of what candidates have, criterion by criterion and total by total.
struct ColumnSums {
    scores: Sums,
    totals: Sums,
}

impl<'m> MatrixReader<'m> {
    /// The lines below the names that are not known to be something else.
    pub(super) fn body(&self) -> impl Iterator<Item = (usize, &'m GridLine)> + use<'_, 'm> {
        let lines = self.grid.lines.iter().enumerate().skip(self.layout.header + 1);
        lines.filter(|(at, _)| !self.layout.is_named(*at))
    }

    pub(super) fn candidates(&mut self) {
        let (grid, layout) = (self.grid, self.layout);
        self.keep();
        let body = self.kinds();
        let (places, scored): (Vec<usize>, Vec<ScoredLine>) = self.scored_lines(&body).into_iter().unzip();
        let sums = self.column_sums(&places, &scored);
        let doubts = doubts(&scored, self.weighted, grid.word_of_line());
        let doubts: BTreeMap<usize, String> =
            places.iter().zip(doubts).filter_map(|(at, doubt)| Some((*at, doubt?))).collect();
        let mut told = SetAside::default();
        for (at, line, kind) in body {
            let title = self.name_of(line);
            match kind {
                LineKind::Below => grid.set_line_aside(line, "below the table"),
                LineKind::Key => grid.set_line_aside(line, "the key to the scores"),
                LineKind::WithoutScore => {
                    if !title.is_empty() && title != self.header(layout.label) && at > self.first() {
                        told.without.push(title);
                    }
                    grid.set_line_aside(line, "in rows without a score");
                }
                LineKind::Headers => {
                    grid.set_line_aside(line, "headers and labels");
                    if let (false, Some(last)) = (self.candidates.is_empty(), places.last()) {
                        self.second_list(at, line, *last);
                    }
                }
                LineKind::Weights => {
                    let message = format!("`{title}` heads a row of weights, and not all of it are numbers");
                    let help = "write a number from 0 up for each criterion";
                    self.problems.push(grid.problem(line, layout.label, &message, help));
                }
                LineKind::Foot => {
                    self.check_foot(line, &title, &sums);
                    told.feet.push(format!("`{title}` ({})", grid.name_of_line(line.number)));
                    grid.set_line_aside(line, SUMS);
                }
                LineKind::Nameless => self.nameless(line, &sums, &mut told),
                LineKind::Scored => match doubts.get(&at).cloned().or_else(|| self.without_scores(line)) {
                    Some(doubt) => self.doubtful_line(line, &title, &doubt),
                    None => self.candidate(at, line, &title),
                },
            }
        }
        self.tell_lines("Rows without a score, set aside", &told.without);
        self.tell_lines("Rows that sum up the others, no candidates", &told.feet);
        self.tell_lines("Rows without a name that sum up the others, set aside", &told.nameless);
        if self.candidates.is_empty() && !self.problems.has_errors() {
            let message = "no row below the criteria's names has a name and a score";
            self.problems.push(grid.sheet.problem(None, message, "check the layout"));
        }
        self.tell_words();
    }

    /// The last of the lines of names and weights.
    fn first(&self) -> usize {
        self.layout.weights.unwrap_or(0).max(self.layout.header)
    }

    /// The lines below the names, each with what it is.
    fn kinds(&self) -> Vec<(usize, &'m GridLine, LineKind)> {
        let mut body: Vec<(usize, &GridLine, LineKind)> =
            self.body().map(|(at, line)| (at, line, self.kind(line))).collect();
        // What explains the table ends it, unless it goes on: then it was a heading.
        let goes_on = |line: &GridLine, kind: LineKind| {
            kind == LineKind::Scored && self.criteria.iter().all(|it| self.is_scored(line, it.cross))
        };
        let last = body.iter().rposition(|(_, line, kind)| goes_on(line, *kind)).unwrap_or(0);
        let ends = |at: usize, line: &GridLine, kind: LineKind| {
            kind == LineKind::WithoutScore && words::is_legend(&self.name_of(line)) && at > self.first()
        };
        let end = body.iter().enumerate().position(|(place, (at, line, kind))| place > last && ends(*at, line, *kind));
        for (_, _, kind) in body.iter_mut().skip(end.map_or(usize::MAX, |end| end + 1)) {
            *kind = LineKind::Below;
        }
        body
    }

    fn kind(&self, line: &GridLine) -> LineKind {
        let title = self.name_of(line);
        let cells: Vec<&CellValue> = line.cells.values().collect();
        let any = self.criteria.iter().any(|criterion| line.get(criterion.cross).is_some());
        let numbers = self.criteria.iter().any(|criterion| self.is_scored(line, criterion.cross));
        let is_key = || {
            key_line(&cells).is_some()
                || cells.len() == 1 && is_key(&cells.iter().map(|it| it.text()).collect::<String>())
        };
        match () {
            () if is_key() => LineKind::Key,
            () if !any && title.is_empty() && self.has_total(line) => LineKind::Nameless,
            () if self.has_headers_again(line) => LineKind::Headers,
            () if !any && !self.stands_in_the_list(line) || any && !numbers && self.is_text_line(line) => {
                LineKind::WithoutScore
            }
            () if self.is_kept(line) => LineKind::Scored,
            () if words::is_weights(&title) => LineKind::Weights,
            () if words::is_foot(&title) => LineKind::Foot,
            () if line.text(self.layout.label).is_empty() => LineKind::Nameless,
            () => LineKind::Scored,
        }
    }

    /// Whether the names of most criteria stand in a line again.
    fn has_headers_again(&self, line: &GridLine) -> bool {
        let again = self.criteria.iter().filter(|it| line.text(it.cross) == self.header(it.cross)).count();
        again * 2 > self.criteria.len()
    }

    /// Whether the spreadsheet ranks a line that has no scores: it has a name, and a rank or a total that is not 0.
    fn stands_in_the_list(&self, line: &GridLine) -> bool {
        let title = line.text(self.layout.label);
        let ranks = self.layout.with_role(Role::Rank);
        let mut figures = self.totals.iter().map(|total| total.cross).chain(ranks);
        !title.is_empty()
            && !words::is_legend(&title)
            && figures.any(|cross| self.number(line, cross).is_some_and(|it| it != 0.0))
    }

    /// That a line stands in the spreadsheet's list, and has no scores.
    fn without_scores(&self, line: &GridLine) -> Option<String> {
        let any = self.criteria.iter().any(|criterion| line.get(criterion.cross).is_some());
        let what = if self.has_total(line) { "a total" } else { "a rank" };
        (!any && !self.is_kept(line)).then(|| format!("it has {what}, and no score"))
    }

    /// What names a line: its cell among the names, or what stands before its scores instead.
    fn name_of(&self, line: &GridLine) -> String {
        let own = line.text(self.layout.label);
        if !own.is_empty() {
            return own;
        }
        let before = line.cells.range(..self.criteria.first().map_or(0, |it| it.cross));
        before.rev().find(|(_, value)| is_text(value)).map(|(_, value)| value.text()).unwrap_or_default()
    }

    fn is_scored(&self, line: &GridLine, cross: u32) -> bool {
        line.get(cross).is_some_and(|value| is_scored(value, &self.found.words))
    }

    fn has_total(&self, line: &GridLine) -> bool {
        self.totals.iter().any(|total| line.get(total.cross).is_some())
    }

    /// The lines that may be candidates, by their place.
    fn scored_lines(&self, body: &[(usize, &GridLine, LineKind)]) -> Vec<(usize, ScoredLine)> {
        let ranks = self.layout.with_role(Role::Rank);
        let mut block = 0;
        let mut ended = false;
        let mut lines = Vec::new();
        for (at, line, kind) in body {
            if *kind != LineKind::Scored {
                ended |= *kind != LineKind::Nameless;
                continue;
            }
            block += usize::from(std::mem::take(&mut ended));
            let scored = ScoredLine {
                title: line.text(self.layout.label),
                figures: self.criteria.iter().map(|it| self.number(line, it.cross)).collect(),
                has_total: self.has_total(line),
                has_rank: ranks.iter().any(|cross| line.get(*cross).is_some()),
                block,
                kept: self.is_kept(line),
            };
            lines.push((*at, scored));
        }
        lines
    }

    pub(super) fn number(&self, line: &GridLine, cross: u32) -> Option<f64> {
        match score(line.get(cross), &self.found.words) {
            ScoreCell::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The sums of the candidates' scores, and of their totals.
    fn column_sums(&self, places: &[usize], scored: &[ScoredLine]) -> ColumnSums {
        let totals: Vec<Vec<Option<f64>>> =
            places.iter().filter_map(|at| Some(self.totals_of(self.line(Some(*at))?))).collect();
        ColumnSums {
            scores: Sums::of(self.criteria.len(), scored.iter().map(|line| &*line.figures)),
            totals: Sums::of(self.totals.len(), totals.iter().map(Vec::as_slice)),
        }
    }

    fn scores_of(&self, line: &GridLine) -> Vec<Option<f64>> {
        self.criteria.iter().map(|it| self.number(line, it.cross)).collect()
    }

    fn totals_of(&self, line: &GridLine) -> Vec<Option<f64>> {
        self.totals.iter().map(|total| self.number(line, total.cross)).collect()
    }

    fn is_kept(&self, line: &GridLine) -> bool {
        self.kept.contains(&line.number)
    }

    /// Finds the lines of which a person said that they are candidates.
    fn keep(&mut self) {
        let mut lines: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (_, line) in self.body() {
            lines.entry(header_words(&line.text(self.layout.label))).or_default().push(line.number);
        }
        for name in &self.options.keep {
            let mut found = self.grid.named(name).0;
            found.extend(lines.get(&header_words(name)).into_iter().flatten());
            if found.is_empty() {
                let message = format!("`--keep`: there is no `{name}` in the list");
                let titles: Vec<String> = self.body().map(|(_, line)| line.text(self.layout.label)).collect();
                let help = did_you_mean(name, titles.iter().map(String::as_str));
                self.problems.push(Problem::new(Code::NotInFile, message).help(help));
            }
            self.kept.extend(found);
        }
    }

    /// Headers that stand again between scores: the list goes on, or another one begins.
    fn second_list(&mut self, at: usize, line: &GridLine, last: usize) {
        let Some(end) = self.line(Some(last)).filter(|_| last > at) else { return };
        let (here, what) = (self.grid.name_of_line(line.number), self.grid.word_of_line());
        let names = |line: &GridLine| self.grid.number_in_words(line.number);
        let message = format!("the names of the criteria stand again in {here}, with more scores behind them");
        let help = format!(
            "if the list goes on, say `--leave-out \"{here}\"`; if it is another list, leave it out, \
             `--leave-out \"{what}s {} to {}\"`, or the one before it",
            names(line),
            names(end)
        );
        self.problems.push(self.grid.problem(line, self.layout.label, &message, &help));
    }

    /// A row of totals that sums up no column: then the sheet may run the other way.
    fn check_foot(&mut self, line: &GridLine, title: &str, sums: &ColumnSums) {
        let figures = self.scores_of(line);
        let alone = |at: usize| -> Vec<Option<f64>> {
            figures.iter().enumerate().map(|(other, figure)| figure.filter(|_| other == at)).collect()
        };
        let any = (0..figures.len()).any(|at| sums.scores.gives(&alone(at)));
        let is_given = self.weighted || self.options.criteria.is_some();
        if any || is_given || !words::is_sum(title) || figures.iter().all(Option::is_none) {
            return;
        }
        let (way, here) = match self.grid.run {
            CriteriaRun::Across => ("down", "row"),
            CriteriaRun::Down => ("across", "column"),
        };
        let message =
            format!("`{title}` sums up none of the scores before it: what runs across and down may be mistaken");
        let help = format!(
            "if each {here} is a criterion, say `--criteria {way}`; if it is a candidate, and this is no sum, say \
             `--leave-out \"{title}\"`"
        );
        self.problems.push(self.grid.problem(line, self.layout.label, &message, &help));
    }

    /// A line that may be no candidate: a person says.
    fn doubtful_line(&mut self, line: &GridLine, title: &str, doubt: &str) {
        let message = format!("`{title}` may be no candidate: {doubt}");
        let weights = match doubt.contains("weights") && !self.weighted {
            true => "; if these are the weights, call them `Weight`",
            false => "",
        };
        let help =
            format!("say `--leave-out \"{title}\"` if it is none, or `--keep \"{title}\"` if it is one{weights}");
        self.problems.push(self.grid.problem(line, self.layout.label, &message, &help));
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

    /// Whether the cells below the criteria are texts of several words: definitions.
    fn is_text_line(&self, line: &GridLine) -> bool {
        let mut cells = self.criteria.iter().filter_map(|it| line.get(it.cross));
        cells.all(|value| is_text(value) && value.text().split_whitespace().count() > 2)
    }

    /// A row of figures without a name: worked out beside a candidate, the sums or means of the others, or scores that
    /// must not be lost.
    fn nameless(&mut self, line: &GridLine, sums: &ColumnSums, told: &mut SetAside) {
        let name = self.grid.name_of_line(line.number);
        let before = line.cells.range(..self.criteria.first().map_or(0, |it| it.cross));
        if before.clone().any(|(_, it)| words::is_weighted(&it.text())) {
            return self.weighted_line(line);
        }
        let cross = line.cells.keys().next().copied().unwrap_or(0);
        if self.candidates.is_empty() && !self.weighted {
            let message = "a row of figures under the criteria's names has no name";
            let help =
                format!("if these are the weights, write `Weight` before them; if not, say `--leave-out \"{name}\"`");
            return self.problems.push(self.grid.problem(line, cross, message, &help));
        }
        let figures = self.scores_of(line);
        let has_none = figures.iter().all(Option::is_none);
        if sums.scores.gives(&figures) || has_none && sums.totals.gives(&self.totals_of(line)) {
            told.nameless.push(name);
            return self.grid.set_line_aside(line, SUMS);
        }
        let names = self.grid.name_of_cross(self.layout.label);
        let instead = self.name_of(line);
        let message = match (instead.is_empty(), has_none) {
            (true, false) => format!("{name} has scores, and no name in {names}, where the others have theirs"),
            (true, true) => format!("{name} has a total, and no name in {names}, where the others have theirs"),
            (false, _) => {
                format!(
                    "{name} has scores, and `{instead}` before them, but no name in {names}, where the others have theirs"
                )
            }
        };
        let help = format!("write the name into {names}, or leave it out: `--leave-out \"{name}\"`");
        self.problems.push(self.grid.problem(line, cross, &message, &help));
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

    fn candidate(&mut self, at: usize, line: &'m GridLine, title: &str) {
        let (grid, layout) = (self.grid, self.layout);
        let id = id_of(title);
        let before = self.ids.insert(id.clone(), line.number);
        if id.is_empty() || before.is_some() {
            let message = match before.filter(|_| !id.is_empty()) {
                Some(other) => format!("`{title}` is named twice, here and in {}", grid.name_of_line(other)),
                None => format!("`{title}` has no letter in it"),
            };
            let help = format!(
                "give each candidate a name of its own; or leave this one out: `--leave-out \"{}\"`",
                grid.name_of_line(line.number)
            );
            return self.problems.push(grid.problem(line, layout.label, &message, &help));
        }
        grid.used(line, layout.label);
        let crosses: Vec<(u32, (f64, f64))> = self.criteria.iter().map(|it| (it.cross, it.scale)).collect();
        let scores = crosses.iter().map(|(cross, scale)| self.score(line, *cross, *scale)).collect::<Vec<_>>();
        let places = crosses.iter().map(|(cross, _)| grid.place(line, *cross)).collect();
        let mut unscored = Vec::new();
        for criterion in &self.criteria {
            // A cell that is wrong is told as such.
            let instead = match score(line.get(criterion.cross), &self.found.words) {
                ScoreCell::Empty => Some(String::new()),
                ScoreCell::Withheld(text) => Some(text),
                _ => None,
            };
            if let Some(text) = instead.as_ref().filter(|_| scores.iter().any(Option::is_some)) {
                let place = grid.place(line, criterion.cross);
                let says = if text.is_empty() { String::new() } else { format!(" says `{text}`") };
                let without = format!("{title} has no score for {} ({place}{says})", criterion.title);
                self.remarks.push(format!("{without}: it is not ranked until it has one."));
            }
            unscored.push(instead);
        }
        if scores.iter().all(Option::is_none) {
            let name = grid.name_of_line(line.number);
            self.remarks.push(format!("{title} has no scores ({name}): it is not ranked until it has them."));
        }
        let (totals, odd): (Vec<_>, Vec<_>) = self.totals.iter().map(|total| self.total(line, total)).unzip();
        let odd: Vec<String> = odd.into_iter().flatten().collect();
        if !odd.is_empty() {
            self.remarks.push(format!("{title} has a total that is no number: {}.", listed(&odd)));
        }
        let rank = layout.with_role(Role::Rank).into_iter().find_map(|cross| {
            let digits: String = line.text(cross).chars().filter(char::is_ascii_digit).collect();
            grid.used(line, cross);
            Some((digits.parse::<usize>().ok()?, grid.place(line, cross)))
        });
        self.lines.push(at);
        self.candidates.push(MatrixCandidate { id, title: title.to_owned(), scores, unscored, places, totals, rank });
    }

    /// The total of a line; what is no number there is told.
    fn total(&self, line: &GridLine, total: &TotalColumn) -> (Option<(f64, String)>, Option<String>) {
        let place = self.grid.place(line, total.cross);
        match figure(line.get(total.cross)) {
            Ok(CellFigure::Number(figure)) => {
                self.grid.used(line, total.cross);
                (Some((figure, place)), None)
            }
            Ok(CellFigure::Empty) => (None, None),
            _ => {
                self.grid.set_aside(line, total.cross, "totals that are no numbers");
                (None, Some(format!("`{}` ({place})", line.text(total.cross))))
            }
        }
    }

    fn score(&mut self, line: &GridLine, cross: u32, (low, high): (f64, f64)) -> Option<f64> {
        let (message, help) = match score(line.get(cross), &self.found.words) {
            ScoreCell::Number(score) if (low..=high).contains(&score) => {
                self.grid.used(line, cross);
                return Some(score);
            }
            ScoreCell::Empty => return None,
            ScoreCell::Withheld(_) => {
                self.grid.used(line, cross);
                return None;
            }
            ScoreCell::Number(score) => (
                format!("the score {score} is off the scale from {low} to {high}"),
                format!(
                    "correct the score, or give another `--scale`; if these are no scores, say `--leave-out \"{}\"`",
                    self.grid.name_of_cross(cross)
                ),
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
}
