//! Columns without a weight that are made of others: they are totals and no criteria. And what that shows of risk registers:
//! several lists, such as inherent beside residual risk.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{agrees, decimals_of};
use super::grid::GridLine;
use super::layout::Role;
use super::read::MatrixReader;
use super::scores::header_parts;
use super::words;
use crate::words::listed;

/// More columns of scores than a register has are not multiplied with each other.
const MOST_FACTORS: usize = 30;

/// A column that is the product of two others.
#[derive(Clone, Copy)]
struct ProductColumn {
    cross: u32,
    of: (u32, u32),
}

impl MatrixReader<'_> {
    /// Columns that are the product of two others: they are totals and no criteria. Where there are several of them, or
    /// other scores beside one, or likelihood and impact stand there twice, a person says which are meant.
    pub(super) fn products(&mut self) -> Vec<u32> {
        if self.weighted || self.problems.has_errors() {
            return Vec::new();
        }
        let factors: Vec<u32> =
            [self.layout.with_role(Role::Criterion), self.layout.with_role(Role::Doubtful)].concat();
        let found = self.product_columns(&factors);
        let pairs: BTreeMap<(u32, u32), u32> = found.iter().rev().map(|it| (it.of, it.cross)).collect();
        let pairs: Vec<ProductColumn> = pairs.into_iter().map(|(of, cross)| ProductColumn { cross, of }).collect();
        let used: BTreeSet<u32> = found.iter().flat_map(|it| [it.cross, it.of.0, it.of.1]).collect();
        let (totals, mut rest): (Vec<u32>, Vec<u32>) = factors
            .iter()
            .copied()
            .filter(|cross| !used.contains(cross))
            .partition(|cross| words::is_doubtful(&self.header(*cross)));
        // One column that may be a total is another total.
        if totals.len() > 1 {
            rest.extend(totals);
        }
        match *pairs {
            [first, second, ..] => self.refuse_two_products(first, second),
            [only] if !rest.is_empty() => self.refuse_others(only, &rest),
            [] if self.options.combine.is_none() => self.refuse_twin_risks(&factors),
            _ => {}
        }
        found.into_iter().map(|it| it.cross).collect()
    }

    /// The first or the last column of scores, where it is the sum or the mean of the others in every row.
    pub(super) fn sum_column(&self) -> Option<u32> {
        let criteria = self.layout.with_role(Role::Criterion);
        let ends = criteria.last().copied().into_iter().chain(criteria.first().copied());
        if self.weighted || criteria.len() < 3 {
            return None;
        }
        let lines = self.plain_lines();
        ends.into_iter().find(|cross| {
            let others: Vec<u32> = criteria.iter().copied().filter(|other| other != cross).collect();
            let rows: Option<Vec<(f64, Vec<f64>)>> = lines
                .iter()
                .map(|line| {
                    let scores: Option<Vec<f64>> = others.iter().map(|other| self.number(line, *other)).collect();
                    Some((self.number(line, *cross)?, scores?))
                })
                .collect();
            rows.is_some_and(|rows| are_sums(&rows))
        })
    }

    /// The lines with a name that says nothing of sums.
    fn plain_lines(&self) -> Vec<&GridLine> {
        self.body()
            .map(|(_, line)| line)
            .filter(|line| {
                let title = line.text(self.layout.label);
                !title.is_empty() && !words::is_foot(&title) && !words::is_summary(&title)
            })
            .collect()
    }

    fn product_columns(&self, factors: &[u32]) -> Vec<ProductColumn> {
        if factors.len() > MOST_FACTORS {
            return Vec::new();
        }
        let lines = self.plain_lines();
        let column = |cross: u32| lines.iter().map(|line| self.number(line, cross)).collect::<Vec<_>>();
        let columns: BTreeMap<u32, Vec<Option<f64>>> = factors.iter().map(|cross| (*cross, column(*cross))).collect();
        let mut found = Vec::new();
        for cross in factors.iter().copied().chain(self.layout.with_role(Role::Total)) {
            let printed = column(cross);
            let header = self.header(cross);
            let is_total = words::is_doubtful(&header) || words::is_total(&header);
            let pairs =
                columns.iter().enumerate().flat_map(|(at, one)| columns.iter().skip(at + 1).map(move |it| (one, it)));
            let of = pairs
                .filter(|((one, _), (other, _))| **one != cross && **other != cross)
                .filter(|((_, one), (_, other))| is_product(&printed, one, other, is_total))
                .map(|((one, _), (other, _))| (*one, *other))
                // Those next before it: where residual impact is the inherent one, both give the product.
                .max_by_key(|(one, other)| (*other < cross, *one, *other));
            found.extend(of.map(|of| ProductColumn { cross, of }));
        }
        found
    }

    fn refuse_two_products(&mut self, first: ProductColumn, second: ProductColumn) {
        let message = format!("{}, and {}: these are several lists", self.in_words(first), self.in_words(second));
        let options = |it: ProductColumn| self.leave_out_options(&[it.of.0, it.of.1, it.cross]);
        let help = format!(
            "import one of them: leave out the second, `{}`, or the first, `{}`",
            options(second),
            options(first)
        );
        self.header_problem(second.cross, &message, &help);
    }

    fn refuse_others(&mut self, product: ProductColumn, rest: &[u32]) {
        let names: Vec<String> = rest.iter().map(|cross| self.quoted_name(*cross)).collect();
        let message = format!("{}, and there are other scores beside them: {}", self.in_words(product), listed(&names));
        let help = format!(
            "leave out the others, `{}`, or the product, `{}`: then all scores count",
            self.leave_out_options(rest),
            self.leave_out_options(&[product.cross])
        );
        self.header_problem(product.cross, &message, &help);
    }

    /// Likelihood and impact, and both again under another name, such as residual ones.
    fn refuse_twin_risks(&mut self, factors: &[u32]) {
        let kinds = |rest: fn(&str) -> Option<String>| -> BTreeMap<String, u32> {
            let kind = |cross: u32| {
                let section = self.layout.section_text(self.grid, cross).unwrap_or_default();
                let rest = rest(&header_parts(&self.header(cross)).title)?;
                Some((format!("{section} {rest}"), cross))
            };
            factors.iter().filter_map(|cross| kind(*cross)).collect()
        };
        let (likelihoods, impacts) = (kinds(words::beside_likelihood), kinds(words::beside_impact));
        let mut twins: Vec<(u32, u32)> =
            likelihoods.iter().filter_map(|(kind, cross)| Some((*cross, *impacts.get(kind)?))).collect();
        twins.sort_unstable();
        let [first, second, ..] = *twins else { return };
        let [a, b, c, d] = [first.0, first.1, second.0, second.1].map(|cross| self.quoted_name(cross));
        let message = format!("{a} and {b} stand beside {c} and {d}: these are several lists");
        let help = format!(
            "import one of them: leave out the second, `{}`, or the first, `{}`; if all count, say how with `--combine`",
            self.leave_out_options(&[second.0, second.1]),
            self.leave_out_options(&[first.0, first.1])
        );
        self.header_problem(second.0, &message, &help);
    }

    fn in_words(&self, product: ProductColumn) -> String {
        let (one, other) = product.of;
        let [product, one, other] = [product.cross, one, other].map(|cross| self.quoted_name(cross));
        format!("{product} is {one} × {other}")
    }

    pub(super) fn quoted_name(&self, cross: u32) -> String {
        format!("`{}`", self.name_to_leave_out(cross))
    }

    /// The header, where it is no other column's too; else `column F`.
    fn name_to_leave_out(&self, cross: u32) -> String {
        let title = self.header(cross);
        let is_other = |other: &&u32| **other != cross && self.header(**other) == title;
        match title.is_empty() || self.layout.roles.keys().any(|other| is_other(&other)) {
            true => self.grid.name_of_cross(cross),
            false => title,
        }
    }

    pub(super) fn leave_out_options(&self, crosses: &[u32]) -> String {
        let option = |cross: &u32| format!("--leave-out \"{}\"", self.name_to_leave_out(*cross));
        crosses.iter().map(option).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn header_problem(&mut self, cross: u32, message: &str, help: &str) {
        let problem = match self.line(Some(self.layout.header)) {
            Some(line) => self.grid.problem(line, cross, message, help),
            None => self.grid.sheet.problem(None, message, help),
        };
        self.problems.push(problem);
    }
}

/// Whether the first figure of each row is the sum of the others, or their mean, in three rows or more that are not all
/// alike.
fn are_sums(rows: &[(f64, Vec<f64>)]) -> bool {
    let printed: Vec<(usize, f64)> = rows.iter().map(|(figure, _)| *figure).enumerate().collect();
    let decimals = decimals_of(&printed);
    let differ = printed.windows(2).any(|two| matches!(two, [(_, one), (_, other)] if one != other));
    #[expect(clippy::cast_precision_loss, reason = "a sheet has at most 16,384 columns")]
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    let all = |of: &dyn Fn(&[f64]) -> f64| rows.iter().all(|(figure, scores)| agrees(of(scores), *figure, decimals));
    rows.len() > 2 && differ && (all(&|scores| scores.iter().sum()) || decimals > 0 && all(&mean))
}

/// Whether figures are the products of two others: all but a few of them where they are headed as totals are, and else
/// each, in three rows or more. What is multiplied by 1 shows nothing.
fn is_product(printed: &[Option<f64>], one: &[Option<f64>], other: &[Option<f64>], is_total: bool) -> bool {
    let (mut all, mut agreed, mut telling) = (0, 0, 0);
    for ((printed, one), other) in printed.iter().zip(one).zip(other) {
        let (Some(printed), Some(one), Some(other)) = (printed, one, other) else { continue };
        all += 1;
        if (one * other - printed).abs() < 1e-9 {
            agreed += 1;
            telling += usize::from(*one > 1.0 && *other > 1.0);
        }
    }
    match is_total {
        true => agreed > 1 && telling > 0 && agreed * 4 > all * 3,
        false => agreed > 2 && telling > 1 && agreed == all,
    }
}
