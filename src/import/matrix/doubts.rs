//! Lines that look like candidates and may be none: they sum up others, or hold weights. Which are is not decided here:
//! each is asked about, with its reason.

use super::combine::decimals_in;
use super::words;
use crate::words::counted;

/// How far a mean that was rounded to two decimals, or not at all, can be from what its figures give.
const ROUNDED: f64 = 0.006;

/// A line with a name and scores.
pub(super) struct ScoredLine {
    pub(super) title: String,
    /// Its scores, as many as there are criteria.
    pub(super) figures: Vec<Option<f64>>,
    pub(super) has_total: bool,
    pub(super) has_rank: bool,
    /// The number of its block: another where something stands between it and the line before it, such as a heading.
    pub(super) block: usize,
    /// Whether a person said that it is a candidate.
    pub(super) kept: bool,
}

/// Why each line may be none of the candidates; none where nothing speaks against it. `line` is what the sheet has them
/// in, `row` or `column`; `weighted` is whether weights are known.
pub(super) fn doubts(lines: &[ScoredLine], weighted: bool, line: &str) -> Vec<Option<String>> {
    let named: Vec<Option<String>> = lines.iter().map(|line| by_name(&line.title)).collect();
    // What sums up others is not to be summed up again.
    let clean: Vec<&ScoredLine> =
        lines.iter().zip(&named).filter(|(line, doubt)| doubt.is_none() || line.kept).map(|(line, _)| line).collect();
    let width = lines.iter().map(|line| line.figures.len()).max().unwrap_or(0);
    let mut sums = Sums::new(width);
    let (mut passed, mut block) = (0, 0);
    let mut said = Vec::new();
    for (scored, doubt) in lines.iter().zip(named) {
        if scored.block != block {
            block = scored.block;
            sums.begin_block();
        }
        let reason = || {
            sums.reason(scored, line)
                .or_else(|| lacks(scored, &clean, line))
                .or_else(|| (!weighted).then(|| adds_up(scored, lines)).flatten())
        };
        said.push(if scored.kept { None } else { doubt.or_else(reason) });
        if clean.get(passed).is_some_and(|next| std::ptr::eq(*next, scored)) {
            sums.pass(&scored.figures);
            passed += 1;
        }
    }
    // The first can only sum up those behind it. Where another may sum up the rest, that is asked about first.
    if said.iter().all(Option::is_none)
        && let (Some(doubt), Some((first, rest))) = (said.first_mut(), lines.split_first())
        && !first.kept
    {
        *doubt = sums_up_the_rest(first, rest, line);
    }
    said
}

fn sums_up_the_rest(first: &ScoredLine, rest: &[ScoredLine], line: &str) -> Option<String> {
    let sums = Sums::of(first.figures.len(), rest.iter().map(|line| &*line.figures));
    let what = makes(&first.figures, &sums.passed, sums.count)?;
    Some(format!("its scores are the {what} of the {} {line}s behind it", sums.count))
}

fn by_name(title: &str) -> Option<String> {
    let what = match () {
        () if words::is_summary(title) => "sums up others",
        () if words::may_be_weights(title) => "holds weights",
        () if words::is_explanation(title) => "explains the scores",
        () => return None,
    };
    Some(format!("its name says that it {what}"))
}

/// That it has no rank or no total, and at least two in three lines have one.
fn lacks(scored: &ScoredLine, lines: &[&ScoredLine], line: &str) -> Option<String> {
    let most_have = |has: fn(&ScoredLine) -> bool| {
        let having = lines.iter().filter(|line| has(line)).count();
        let lacking = lines.len() - having;
        (!has(scored) && having > 1 && having >= lacking * 2).then_some(having)
    };
    let (rank, total) = (most_have(|line| line.has_rank), most_have(|line| line.has_total));
    let (what, having) = match (rank, total) {
        (Some(having), None) => ("rank", having),
        (None, Some(having)) => ("total", having),
        (Some(having), Some(_)) => ("total and no rank", having),
        (None, None) => return None,
    };
    let others = counted(having, &format!("other {line} has"), &format!("other {line}s have"));
    Some(format!("it has no {what}, and {others}"))
}

/// That its figures make 1, or make 100 and are above all others, as weights do.
fn adds_up(scored: &ScoredLine, lines: &[ScoredLine]) -> Option<String> {
    let figures: Vec<f64> = scored.figures.iter().copied().collect::<Option<_>>()?;
    let makes = |sum: f64| figures.len() > 1 && (figures.iter().sum::<f64>() - sum).abs() < 1e-6;
    if makes(1.0) && figures.iter().all(|figure| *figure > 0.0) {
        return Some("its figures add up to 1, as weights do".to_owned());
    }
    let others =
        lines.iter().filter(|line| !std::ptr::eq(*line, scored)).flat_map(|line| line.figures.iter().flatten());
    let highest = others.copied().reduce(f64::max)?;
    let above = figures.iter().filter(|figure| **figure > highest).count() * 2 > figures.len();
    (above && makes(100.0)).then(|| "its figures add up to 100, as weights do".to_owned())
}

/// Sums over the lines that were passed: all of them, and those of the block that the next one stands in.
pub(super) struct Sums {
    passed: Vec<Sum>,
    block: Vec<Sum>,
    count: usize,
    in_block: usize,
}

/// Of one criterion: how many figures, their sum, the lowest and the highest.
#[derive(Clone, Copy)]
struct Sum {
    count: usize,
    sum: f64,
    lowest: f64,
    highest: f64,
}

impl Sum {
    const NONE: Self = Self { count: 0, sum: 0.0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY };

    fn add(&mut self, figure: Option<f64>) {
        let Some(figure) = figure else { return };
        self.count += 1;
        self.sum += figure;
        self.lowest = self.lowest.min(figure);
        self.highest = self.highest.max(figure);
    }

    #[expect(clippy::cast_precision_loss, reason = "a sheet has at most a million rows")]
    fn mean(&self) -> f64 {
        self.sum / self.count as f64
    }
}

impl Sums {
    fn new(width: usize) -> Self {
        let none = vec![Sum::NONE; width];
        Self { passed: none.clone(), block: none, count: 0, in_block: 0 }
    }

    /// The sums of columns of figures.
    pub(super) fn of<'f>(width: usize, rows: impl Iterator<Item = &'f [Option<f64>]>) -> Self {
        let mut sums = Self::new(width);
        rows.for_each(|figures| sums.pass(figures));
        sums
    }

    /// Whether every figure that is there is the sum of its column, or every one the mean, as at a table's foot.
    pub(super) fn gives(&self, figures: &[Option<f64>]) -> bool {
        let all = |of: fn(&Sum) -> f64| {
            let there = || figures.iter().zip(&self.passed).filter_map(|(figure, sum)| Some(((*figure)?, sum)));
            there().next().is_some() && there().all(|(figure, sum)| sum.count > 0 && is_near(figure, of(sum)))
        };
        all(|sum| sum.sum) || all(Sum::mean)
    }

    fn begin_block(&mut self) {
        self.block.iter_mut().for_each(|sum| *sum = Sum::NONE);
        self.in_block = 0;
    }

    fn pass(&mut self, figures: &[Option<f64>]) {
        add(&mut self.passed, figures);
        add(&mut self.block, figures);
        self.count += 1;
        self.in_block += 1;
    }

    /// That its scores are the means or the sums of those before it, or of those before it in its block.
    fn reason(&self, scored: &ScoredLine, line: &str) -> Option<String> {
        [(&self.passed, self.count), (&self.block, self.in_block)].into_iter().find_map(|(sums, count)| {
            let what = makes(&scored.figures, sums, count)?;
            Some(format!("its scores are the {what} of the {count} {line}s before it"))
        })
    }
}

fn add(sums: &mut [Sum], figures: &[Option<f64>]) {
    sums.iter_mut().zip(figures).for_each(|(sum, figure)| sum.add(*figure));
}

/// `means` or `sums`, where every figure is that of its column. So few that chance could make it so are passed over, and
/// so is what is alike throughout.
fn makes(figures: &[Option<f64>], sums: &[Sum], count: usize) -> Option<&'static str> {
    let enough = figures.len() > 1 && count > 2 || figures.len() > 2 && count > 1;
    if !enough || sums.iter().all(|sum| sum.lowest >= sum.highest) {
        return None;
    }
    let all = |of: fn(&Sum) -> f64| {
        figures
            .iter()
            .zip(sums)
            .all(|(figure, sum)| figure.is_some_and(|figure| sum.count > 0 && is_near(figure, of(sum))))
    };
    match (all(Sum::mean), all(|sum| sum.sum)) {
        (true, _) => Some("means"),
        (false, true) => Some("sums"),
        (false, false) => None,
    }
}

/// Whether a figure is this one, to its decimals.
fn is_near(figure: f64, exact: f64) -> bool {
    let allowed = match decimals_in(figure) {
        1 => 0.050_001,
        _ => ROUNDED,
    };
    (figure - exact).abs() <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str, figures: &[f64]) -> ScoredLine {
        ScoredLine {
            title: title.to_owned(),
            figures: figures.iter().copied().map(Some).collect(),
            has_total: true,
            has_rank: true,
            block: 0,
            kept: false,
        }
    }

    fn told(lines: &[ScoredLine]) -> Vec<String> {
        doubts(lines, true, "row").into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn means_and_sums_are_found_wherever_they_stand() {
        let three = || vec![line("A", &[3.0, 4.0]), line("B", &[2.0, 5.0]), line("C", &[4.0, 3.0])];
        let mut lines = three();
        lines.push(line("D", &[3.0, 4.0]));
        assert_eq!(told(&lines), ["", "", "", "its scores are the means of the 3 rows before it"]);
        let mut lines = three();
        lines.insert(0, line("D", &[9.0, 12.0]));
        assert_eq!(told(&lines)[0], "its scores are the sums of the 3 rows behind it");
        let mut lines = three();
        lines.splice(0..0, [line("Z", &[0.0, 1.0]), line("Y", &[5.0, 1.0])]);
        lines.push(line("D", &[3.0, 4.0]));
        lines.push(line("E", &[1.0, 1.0]));
        lines.iter_mut().skip(2).for_each(|line| line.block = 1);
        assert_eq!(told(&lines)[5], "its scores are the means of the 3 rows before it");
        lines[5].kept = true;
        assert_eq!(told(&lines), [""; 7]);
    }

    #[test]
    fn what_is_alike_throughout_sums_up_nothing() {
        let lines: Vec<ScoredLine> = ["A", "B", "C", "D"].into_iter().map(|title| line(title, &[3.0, 3.0])).collect();
        assert_eq!(told(&lines), [""; 4]);
    }

    #[test]
    fn lines_without_what_the_others_have() {
        let mut lines = vec![line("A", &[3.0, 4.0]), line("B", &[2.0, 5.0]), line("C", &[1.0, 1.0])];
        lines[2].has_rank = false;
        assert_eq!(told(&lines), ["", "", "it has no rank, and 2 other rows have"]);
        lines[1].has_rank = false;
        assert_eq!(told(&lines), [""; 3]);
    }
}
