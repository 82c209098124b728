//! Where things stand in the grid: the line of names, the lines of weights, and what each cross holds.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, GridLine};
use super::scores::{ScoreCell, ScoreWords, number_and_word, score};
use super::weights::{WeightLines, is_text, weight, weight_lines, weighted_crosses};
use super::words;
use crate::diagnostic::Problem;
use crate::sheet::{CellValue, header_words};

/// How far down the line of names can stand.
const MAX_LINES_ABOVE: usize = 100;

/// How many words candidates' names have on average, at most, and those of criteria; descriptions have more.
const MOST_WORDS: usize = 5;
const MOST_WORDS_OF_NAMES: usize = 4;

/// What a cross holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Label,
    Criterion,
    /// Scores without a weight beside scores that have one: a total, if it is worked out of the others.
    Doubtful,
    Total,
    Rank,
    /// A criterion's scores times its weight.
    Weighted,
    Id,
    Notes,
    /// Words for scores without a number, where other crosses have numbers.
    Words,
}

/// Where things stand. Lines are by their place in the grid, crosses by their number.
pub(super) struct Layout {
    pub(super) header: usize,
    pub(super) weights: Option<usize>,
    pub(super) section_weights: Option<usize>,
    /// The line with the sections' names.
    pub(super) heading: Option<usize>,
    /// The line with the highest possible scores.
    pub(super) highest: Option<usize>,
    pub(super) label: u32,
    /// Other crosses that could have the candidates' names as well.
    pub(super) rivals: Vec<u32>,
    pub(super) roles: BTreeMap<u32, Role>,
    /// Lines of weights that say the same as the one that is read.
    pub(super) same_weights: Vec<usize>,
}

impl Layout {
    /// Finds them.
    ///
    /// # Errors
    /// One problem that says what there is not, or what there is twice.
    pub(super) fn find(grid: &Grid, known: &ScoreWords) -> Result<Self, Problem> {
        let all = weight_lines(grid);
        Self::of(grid, known, WeightLines::sort(grid, &all)?, &all)
    }

    /// Finds them where the line at `weights` has the weights, though its label does not say so.
    ///
    /// # Errors
    /// As [`Layout::find`].
    pub(super) fn with_weights(grid: &Grid, known: &ScoreWords, weights: usize) -> Result<Self, Problem> {
        let lines = WeightLines { main: Some(weights), sections: None, same: Vec::new() };
        Self::of(grid, known, lines, &[weights])
    }

    fn of(grid: &Grid, known: &ScoreWords, lines: WeightLines, all: &[usize]) -> Result<Self, Problem> {
        let Some(header) = header_line(grid, lines.main, all, known) else {
            return Err(no_header(grid, lines.main));
        };
        let heading = heading_line(grid, header, lines.sections, all, known);
        let highest = grid.lines.iter().enumerate().find_map(|(at, line)| {
            let (_, first) = line.cells.iter().next()?;
            words::is_highest(&first.text()).then_some(at)
        });
        let mut layout = Self {
            header,
            weights: lines.main,
            section_weights: lines.sections,
            heading,
            highest,
            label: 0,
            rivals: Vec::new(),
            roles: BTreeMap::new(),
            same_weights: lines.same,
        };
        let columns = Columns::count(grid, &layout, known);
        let mut names = columns.names(grid, &layout, known);
        layout.label = names.pop().ok_or_else(|| no_label(grid, header))?;
        layout.rivals = names;
        layout.roles = columns.roles(grid, &layout);
        Ok(layout)
    }

    /// What heads a cross: the name next to the scores, or what stands above it where that is empty or says no more
    /// than `Score`.
    pub(super) fn title(&self, grid: &Grid, cross: u32) -> String {
        let own = self.own_title(grid, cross);
        let above = || self.section_text(grid, cross);
        match own.is_empty() || words::is_plain_score(&own) {
            true => above().filter(|text| !text.is_empty()).unwrap_or(own),
            false => own,
        }
    }

    /// What stands in the line of names, or right above it where that is empty.
    pub(super) fn own_title(&self, grid: &Grid, cross: u32) -> String {
        let text = |at: Option<usize>| at.and_then(|at| grid.lines.get(at)).map(|line| line.text(cross));
        let own = text(Some(self.header)).filter(|text| !text.is_empty());
        own.or_else(|| text(self.heading)).unwrap_or_default()
    }

    /// The section that a cross belongs to: what stands above it, or above the crosses before it.
    pub(super) fn section_text(&self, grid: &Grid, cross: u32) -> Option<String> {
        let line = grid.lines.get(self.heading?)?;
        line.cells
            .range(..=cross)
            .rev()
            .find(|(at, value)| **at > self.label && is_text(value))
            .map(|(_, it)| it.text())
    }

    /// Whether a line is none of the candidates'.
    pub(super) fn is_named(&self, at: usize) -> bool {
        let lines = [self.weights, self.section_weights, self.heading, self.highest, Some(self.header)];
        lines.contains(&Some(at)) || self.same_weights.contains(&at)
    }

    /// Whether weights stand in a line, or in the headers.
    pub(super) fn has_weights(&self, grid: &Grid) -> bool {
        let in_header = |cross: &u32| super::scores::header_parts(&self.own_title(grid, *cross)).weight.is_some();
        self.weights.is_some() || self.roles.keys().any(in_header)
    }

    pub(super) fn with_role(&self, role: Role) -> Vec<u32> {
        self.roles.iter().filter(|(_, it)| **it == role).map(|(cross, _)| *cross).collect()
    }
}

/// Whether a cell can be a criterion's name: text that is no figure and no score in words.
fn is_name(value: &CellValue, known: &ScoreWords) -> bool {
    let CellValue::Text(text) = value else { return false };
    is_text(value)
        && !words::is_score_word(text)
        && !known.contains_key(&header_words(text))
        && number_and_word(text).is_none()
}

pub(super) fn is_scored(value: &CellValue, known: &ScoreWords) -> bool {
    matches!(score(Some(value), known), ScoreCell::Number(_) | ScoreCell::Word(_))
}

/// The line of names: next to the weights, or the one with the most names above scores.
fn header_line(grid: &Grid, weights: Option<usize>, all: &[usize], known: &ScoreWords) -> Option<usize> {
    if let Some((at, line)) = weights.and_then(|at| Some((at, grid.lines.get(at)?))) {
        let columns = weighted_crosses(line);
        let headed = |at: usize| {
            let Some(line) = grid.lines.get(at).filter(|_| !all.contains(&at)) else { return false };
            let names = columns.iter().filter(|cross| line.get(**cross).is_some_and(|it| is_name(it, known))).count();
            names > 0 && names * 2 > columns.len()
        };
        let above: Vec<usize> = (0..at).rev().filter(|at| headed(*at)).collect();
        return names_among(grid, &above).or_else(|| Some(at + 1).filter(|at| headed(*at)));
    }
    let heads = |at: usize| {
        let Some((line, below)) = grid.lines.get(at).zip(grid.lines.get(at + 1..)) else { return 0 };
        let over_scores = |cross: u32| {
            let cells: Vec<&CellValue> = below.iter().filter_map(|line| line.get(cross)).collect();
            let scored = cells.iter().filter(|value| is_scored(value, known)).count();
            scored > 0 && scored * 2 >= cells.len()
        };
        let names = line.cells.iter().filter(|(_, value)| is_name(value, known));
        names.filter(|(cross, _)| over_scores(**cross)).count()
    };
    let found: Vec<(usize, usize)> =
        (0..grid.lines.len().min(MAX_LINES_ABOVE)).map(|at| (heads(at), at)).filter(|(names, _)| *names > 0).collect();
    let most = found.iter().map(|(names, _)| *names).max()?;
    // Of equals the last: it stands next to the scores.
    let equals: Vec<usize> = found.iter().rev().filter(|(names, _)| *names == most).map(|(_, at)| *at).collect();
    names_among(grid, &equals)
}

/// The first of these lines, unless it describes what the next one names.
fn names_among(grid: &Grid, lines: &[usize]) -> Option<usize> {
    let texts = |at: usize| grid.lines.get(at).map(GridLine::texts).unwrap_or_default();
    let brief = |texts: &[String]| {
        texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>() <= texts.len() * MOST_WORDS_OF_NAMES
    };
    match *lines {
        [first, next, ..] => {
            let (described, named) = (texts(first), texts(next));
            let says_so = described.first().is_some_and(|label| words::is_description(label));
            let describes = says_so || !brief(&described) && brief(&named);
            Some(if describes { next } else { first })
        }
        [only] => Some(only),
        [] => None,
    }
}

/// The line with the sections' names: near the names, and with several texts.
fn heading_line(
    grid: &Grid,
    header: usize,
    section_weights: Option<usize>,
    all: &[usize],
    known: &ScoreWords,
) -> Option<usize> {
    let names = |at: usize| {
        let line = grid.lines.get(at)?;
        let texts: BTreeSet<String> =
            line.cells.values().filter(|value| is_name(value, known)).map(CellValue::text).collect();
        Some(texts.len())
    };
    if let Some(weights) = section_weights.and_then(|at| grid.lines.get(at)) {
        let crosses = weighted_crosses(weights);
        let over = |at: &usize| {
            let line = grid.lines.get(*at);
            line.is_some_and(|line| crosses.iter().any(|cross| line.get(*cross).is_some_and(|it| is_name(it, known))))
        };
        return (0..grid.lines.len()).filter(|at| *at < header && !all.contains(at)).rev().find(over);
    }
    let above = (0..header).rev().find(|at| !all.contains(at))?;
    names(above).filter(|count| *count >= 2).map(|_| above)
}

/// What the candidates' lines hold, cross by cross.
struct Columns {
    scored: BTreeMap<u32, usize>,
    numbers: BTreeMap<u32, usize>,
    texts: BTreeMap<u32, Vec<String>>,
}

impl Columns {
    fn count(grid: &Grid, layout: &Layout, known: &ScoreWords) -> Self {
        let mut columns = Self { scored: BTreeMap::new(), numbers: BTreeMap::new(), texts: BTreeMap::new() };
        let lines = grid.lines.iter().enumerate().skip(layout.header + 1);
        for (_, line) in lines.filter(|(at, _)| !layout.is_named(*at)) {
            for (cross, value) in &line.cells {
                match score(Some(value), known) {
                    ScoreCell::Number(_) => {
                        *columns.numbers.entry(*cross).or_default() += 1;
                        *columns.scored.entry(*cross).or_default() += 1;
                    }
                    ScoreCell::Word(_) => *columns.scored.entry(*cross).or_default() += 1,
                    ScoreCell::Withheld(_) => {}
                    _ => columns.texts.entry(*cross).or_default().push(value.text()),
                }
            }
        }
        columns
    }

    fn scored(&self, cross: u32) -> usize {
        self.scored.get(&cross).copied().unwrap_or(0)
    }

    fn numbers(&self, cross: u32) -> usize {
        self.numbers.get(&cross).copied().unwrap_or(0)
    }

    fn texts(&self, cross: u32) -> &[String] {
        self.texts.get(&cross).map_or(&[], Vec::as_slice)
    }

    fn is_scored(&self, cross: u32) -> bool {
        self.scored(cross) > 0 && self.scored(cross) >= self.texts(cross).len()
    }

    /// The crosses that can have the candidates' names, next to the scores last. Such a one names every line that has
    /// scores, or as many as any; it says more than a group; and no two of its texts are alike. Where there is none, the
    /// one next to the scores has them.
    fn names(&self, grid: &Grid, layout: &Layout, known: &ScoreWords) -> Vec<u32> {
        let Some(header) = grid.lines.get(layout.header) else { return Vec::new() };
        let mut weighed = layout.weights.and_then(|at| grid.lines.get(at)).map(weighted_crosses).unwrap_or_default();
        weighed.retain(|cross| !words::is_id(&header.text(*cross)) && !words::is_rank(&header.text(*cross)));
        let is_criterion = |cross: u32| {
            let title = header.text(cross);
            weighed.contains(&cross) || self.is_scored(cross) && !words::is_rank(&title) && !words::is_id(&title)
        };
        let first_score = self.scored.keys().copied().filter(|cross| is_criterion(*cross)).min();
        let Some(first_score) = first_score.into_iter().chain(weighed.iter().copied().min()).min() else {
            return Vec::new();
        };
        let named: Vec<u32> = self.texts.keys().copied().filter(|cross| *cross < first_score).collect();
        let without = |crosses: &[u32], unwanted: &dyn Fn(&str) -> bool| {
            let rest: Vec<u32> = crosses.iter().copied().filter(|cross| !unwanted(&header.text(*cross))).collect();
            if rest.is_empty() { crosses.to_vec() } else { rest }
        };
        // `Score` and `Weighted` under each candidate name none of them.
        let names = |cross: &u32| {
            let texts = self.texts(*cross);
            let plain =
                |text: &&String| words::is_plain_score(text) || words::is_weighted(text) || words::is_total(text);
            texts.iter().filter(plain).count() * 2 <= texts.len()
        };
        let named: Vec<u32> = match named.iter().any(names) {
            true => named.into_iter().filter(names).collect(),
            false => named,
        };
        let proper =
            without(&without(&named, &|title| words::is_id(title) || words::is_notes(title)), &words::is_group);
        let counts = names_of_scored(grid, layout, known, first_score);
        let count = |cross: &u32| counts.get(cross).copied().unwrap_or(0);
        let most = proper.iter().map(count).max().unwrap_or(0);
        let full: Vec<u32> = proper.into_iter().filter(|cross| count(cross) == most).collect();
        let keep = |crosses: Vec<u32>, wanted: &dyn Fn(&[String]) -> bool| {
            let some: Vec<u32> = crosses.iter().copied().filter(|cross| wanted(self.texts(*cross))).collect();
            if some.is_empty() { crosses } else { some }
        };
        let distinct = |texts: &[String]| texts.iter().collect::<BTreeSet<_>>().len() == texts.len();
        let brief = |texts: &[String]| {
            texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>() <= texts.len() * MOST_WORDS
        };
        let found = keep(keep(full, &distinct), &brief);
        let sound = found.iter().all(|cross| distinct(self.texts(*cross)) && brief(self.texts(*cross)));
        if sound { found } else { found.last().copied().into_iter().collect() }
    }

    /// Whether a cross has figures as ranks do, `1` or `=2nd`, and not only words.
    fn has_ranks(&self, cross: u32) -> bool {
        let texts = self.texts(cross);
        let has_digit = |text: &String| text.contains(|letter: char| letter.is_ascii_digit());
        self.numbers(cross) > 0 || self.scored(cross) == 0 && (texts.is_empty() || texts.iter().any(has_digit))
    }

    /// Where a list stands beside the table, such as its ranking: the candidates' names are there again. It begins
    /// behind the last gap before them.
    fn list_beside(&self, label: u32, crosses: &BTreeSet<u32>) -> Option<u32> {
        let names: BTreeSet<&String> = self.texts(label).iter().collect();
        let again = |cross: &u32| {
            let texts: BTreeSet<&String> = self.texts(*cross).iter().collect();
            texts.len() > 1
                && texts.is_subset(&names)
                && self.scored.keys().any(|scored| scored < cross && *scored > label)
        };
        let again = crosses.range(label + 1..).copied().find(again)?;
        let mut from = again;
        while from > label + 1 && crosses.contains(&(from - 1)) {
            from -= 1;
        }
        Some(if from > label + 1 { from } else { again })
    }

    fn roles(&self, grid: &Grid, layout: &Layout) -> BTreeMap<u32, Role> {
        let weights = layout.weights.and_then(|at| grid.lines.get(at));
        let weighed = |cross: u32| {
            let value = weights.filter(|_| cross > layout.label).and_then(|line| line.get(cross));
            value.is_some_and(|value| weight(value).is_some())
        };
        let mut crosses: BTreeSet<u32> = self.scored.keys().chain(self.texts.keys()).copied().collect();
        let heads = [Some(layout.header), layout.heading].into_iter().flatten().filter_map(|at| grid.lines.get(at));
        crosses.extend(heads.flat_map(|line| line.cells.keys().copied()).filter(|cross| *cross > layout.label));
        crosses.extend(weights.into_iter().flat_map(weighted_crosses));
        let own = |cross: u32| layout.own_title(grid, cross);
        let any_weights =
            weights.is_some() || crosses.iter().any(|cross| super::scores::header_parts(&own(*cross)).weight.is_some());
        let any_numbers = crosses
            .iter()
            .any(|cross| self.numbers(*cross) > 0 && !words::is_rank(&own(*cross)) && !words::is_id(&own(*cross)));
        let several = |wanted: &dyn Fn(&str) -> bool| crosses.iter().filter(|cross| wanted(&own(**cross))).count() > 1;
        let pairs = several(&words::is_weighted);
        // `Score` under each heading is the criterion that the heading names; beside named criteria it is their total.
        let plain = crosses.iter().all(|cross| {
            let title = own(*cross);
            let named = self.is_scored(*cross) && !words::is_total(&title) && !words::is_rank(&title);
            !named || *cross == layout.label || words::is_weighted(&title) || words::is_id(&title)
        }) && several(&words::is_plain_score);
        let beside = self.list_beside(layout.label, &crosses);
        let role = |cross: u32| {
            let title = own(cross);
            let has_weight = weighed(cross) || super::scores::header_parts(&title).weight.is_some();
            let is_total = words::is_total(&title) && !(plain && words::is_plain_score(&title));
            match () {
                () if cross == layout.label => Role::Label,
                () if pairs && words::is_weighted(&title) => Role::Weighted,
                () if beside.is_some_and(|from| cross >= from) => Role::Notes,
                () if words::is_rank(&title) && !has_weight && self.has_ranks(cross) => Role::Rank,
                () if is_total => Role::Total,
                () if has_weight => Role::Criterion,
                () if words::is_plain_score(&title) && !plain => Role::Total,
                () if words::is_id(&title) => Role::Id,
                () if words::is_notes(&title) && self.numbers(cross) == 0 || !self.is_scored(cross) => Role::Notes,
                () if any_numbers && self.numbers(cross) == 0 => Role::Words,
                () if any_weights || words::is_doubtful(&title) => Role::Doubtful,
                () => Role::Criterion,
            }
        };
        crosses.iter().map(|cross| (*cross, role(*cross))).collect()
    }
}

/// How many of the lines with scores each cross before them names. Those that sum up others don't count.
fn names_of_scored(grid: &Grid, layout: &Layout, known: &ScoreWords, first_score: u32) -> BTreeMap<u32, usize> {
    let mut counts = BTreeMap::new();
    for (at, line) in grid.lines.iter().enumerate().skip(layout.header + 1) {
        let texts = || line.cells.range(..first_score).filter(|(_, value)| is_text(value));
        let is_foot = texts().next().is_some_and(|(_, value)| words::is_foot(&value.text()));
        let has_scores = line.cells.range(first_score..).any(|(_, value)| is_scored(value, known));
        if !layout.is_named(at) && !is_foot && has_scores {
            texts().for_each(|(cross, _)| *counts.entry(*cross).or_default() += 1);
        }
    }
    counts
}

fn no_header(grid: &Grid, weights: Option<usize>) -> Problem {
    if let Some(line) = weights.and_then(|at| grid.lines.get(at)) {
        let cross = line.cells.keys().next().copied().unwrap_or(0);
        let help = "put the criteria's names into a row above the weights";
        return grid.problem(line, cross, "no row next to the weights names the criteria", help);
    }
    let help = "put the criteria's names into a row above the scores; where criteria run down, say `--criteria down`";
    grid.sheet.problem(None, "no row has names with scores below them", help)
}

fn no_label(grid: &Grid, header: usize) -> Problem {
    let help = "put the candidates' names before the scores; where criteria run down, say `--criteria down`";
    match grid.lines.get(header) {
        Some(line) => {
            let cross = line.cells.keys().next().copied().unwrap_or(0);
            grid.problem(line, cross, "nothing before the scores names the candidates", help)
        }
        None => grid.sheet.problem(None, "nothing before the scores names the candidates", help),
    }
}
