//! The matrix into files: candidates with their judgements, a rule set, and how the spreadsheet's totals compare.

use toml::Value;

use super::combine::{agrees, decimals_of};
use super::read::{MatrixCandidate, ScoringMatrix, printed, totals_in_words};
use super::scaling::{DECIMALS, Scaling};
use super::{CombineScores, MatrixDetails, MatrixImport, MatrixPlace, SectionWeights};
use crate::import::given::toml_number as number;
use crate::import::write::inline;
use crate::import::{EvidenceText, Import};
use crate::toml_file::FORMAT;

impl ScoringMatrix {
    /// The whole folder, and the spreadsheet's list to compare the engine's with.
    pub fn folder(&self, details: &MatrixDetails) -> MatrixImport {
        let scaling = self.scaling();
        let mut remarks = self.remarks.clone();
        remarks.extend(self.compare());
        remarks.push(self.totals_in_words(&scaling));
        let files = vec![
            ("assessment.toml".to_owned(), assessment(details)),
            ("evidence/candidates.toml".to_owned(), self.evidence(details)),
            ("rules/ruleset.toml".to_owned(), self.rules(details, &scaling)),
        ];
        MatrixImport { import: Import { files, account: self.account.clone(), remarks }, list: self.places(&scaling) }
    }

    /// Column by column, what the totals are made of; row by row, where they are not.
    fn compare(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (column, title) in self.total_titles.iter().enumerate() {
            let totals = printed(&self.candidates, column);
            match &self.own_total {
                _ if totals.is_empty() => {}
                Some((own, fit)) if *own == column => {
                    let words = &fit.form.words;
                    let all = totals.len();
                    said.push(format!(
                        "Totals in the spreadsheet that its {} give ({words}): {} of {all}.",
                        self.made_of(),
                        fit.agreed
                    ));
                    if fit.form.unweighted {
                        said.push(format!("The weights are not in `{title}`; here they count."));
                    }
                    said.extend(self.differing(column));
                }
                _ => match self.arithmetic.fit(&totals, |_| true).filter(|fit| fit.agreed > 1) {
                    Some(fit) => said.push(format!(
                        "`{title}` is another total ({}): {} of {}.",
                        fit.form.words,
                        fit.agreed,
                        totals.len()
                    )),
                    None => said.push(format!(
                        "No known way to combine scores gives what stands under `{title}` ({}).",
                        totals_in_words(totals.len())
                    )),
                },
            }
        }
        let without =
            self.candidates.iter().filter(|it| !self.total_titles.is_empty() && it.totals.iter().all(Option::is_none));
        said.extend(without.map(|it| format!("{} has no total in the spreadsheet to compare with.", it.title)));
        said
    }

    /// The rows whose total is another than their weights and scores give.
    fn differing(&self, column: usize) -> Vec<String> {
        let Some((_, fit)) = &self.own_total else { return Vec::new() };
        let decimals = decimals_of(&printed(&self.candidates, column));
        let mut said = Vec::new();
        let mut rounded = 0;
        for (row, candidate) in self.candidates.iter().enumerate() {
            let Some((total, place)) = candidate.totals.get(column).and_then(Option::as_ref) else { continue };
            let ours = self.arithmetic.total(&fit.form, row);
            if agrees(ours, *total, decimals) {
                rounded += usize::from((ours - total).abs() > 1e-6);
                continue;
            }
            let missing = if candidate.scores.contains(&None) { " (what is missing counts as 0 there)" } else { "" };
            let ours = crate::words::number(ours, 4);
            said.push(format!(
                "{}: the spreadsheet says {total} ({place}), its {} give {ours}{missing}.",
                candidate.title,
                self.made_of()
            ));
        }
        if rounded > 0 {
            said.push(format!("Rounded in the spreadsheet: {}.", totals_in_words(rounded)));
        }
        said
    }

    fn made_of(&self) -> &'static str {
        if self.weighted { "weights and scores" } else { "scores" }
    }

    fn totals_in_words(&self, scaling: &Scaling) -> String {
        let what = match self.form.combine {
            CombineScores::Sum if !self.weighted => "the scores added up",
            CombineScores::Sum => "weight × score, added up",
            CombineScores::Product => "the scores multiplied",
            CombineScores::Sections => "weight × score, added up in each section, and the sections multiplied",
        };
        let from_lowest =
            if scaling.ends.iter().any(|(low, _)| *low < 0.0) { ", reckoned from the lowest score" } else { "" };
        let nearly = if scaling.exact { "" } else { " Rounding to four decimals can part equals." };
        let own = self.own_total.as_ref().filter(|(_, fit)| !fit.form.unweighted);
        let own_words = own.map_or(what, |(_, fit)| fit.form.words.as_str());
        let times = self.times(scaling);
        match (own, self.differing_totals()) {
            (Some(_), Some((differ, all))) => {
                let times = match times.filter(|_| scaling.times.is_some()) {
                    Some(1.0) => String::new(),
                    Some(times) => format!("{} times ", crate::words::number(times, 6)),
                    None => "out of 100: ".to_owned(),
                };
                let own = if times.is_empty() { own_words } else { what };
                let verb = if differ == 1 { "differs" } else { "differ" };
                format!("Totals are {times}{own}{from_lowest}; {differ} of {all} of the spreadsheet's {verb}.{nearly}")
            }
            (Some(_), None) => match (scaling.times, times) {
                (Some(_), Some(1.0)) => format!("Totals are the spreadsheet's: {own_words}{from_lowest}.{nearly}"),
                (Some(_), Some(times)) => {
                    let times = crate::words::number(times, 6);
                    format!("Totals are {times} times the spreadsheet's: {what}{from_lowest}.{nearly}")
                }
                _ => format!("Totals are out of 100, in the order of the spreadsheet's: {what}.{nearly}"),
            },
            (None, _) => match (scaling.times, times) {
                (Some(_), Some(1.0)) => format!("Totals are {what}{from_lowest}.{nearly}"),
                (Some(_), Some(times)) => {
                    format!("Totals are {} times {what}{from_lowest}.{nearly}", crate::words::number(times, 6))
                }
                _ => format!("Totals are out of 100: {what}.{nearly}"),
            },
        }
    }

    /// How many of the spreadsheet's own totals its weights and scores do not give, of how many; none where all agree.
    fn differing_totals(&self) -> Option<(usize, usize)> {
        let (column, fit) = self.own_total.as_ref()?;
        let all = printed(&self.candidates, *column).len();
        let differ = all.saturating_sub(fit.agreed);
        (differ > 0).then_some((differ, all))
    }

    /// What a reader of the rules must know of the spreadsheet's totals, where they are not those of these rules.
    fn about(&self) -> Option<String> {
        let of = self.made_of();
        let totals = || (0..self.total_titles.len()).map(|column| printed(&self.candidates, column).len()).max();
        match (&self.own_total, self.differing_totals()) {
            (Some((_, fit)), _) if fit.form.unweighted => {
                Some("The spreadsheet's totals leave the weights out; here they count.".to_owned())
            }
            (Some(_), Some((differ, all))) => Some(format!(
                "Of the {all} totals in the spreadsheet, {differ} {} not what its {of} give; here totals are made of them.",
                if differ == 1 { "is" } else { "are" }
            )),
            (None, _) if totals().is_some_and(|count| count > 0) => {
                Some(format!("No known way to combine the spreadsheet's {of} gives its totals."))
            }
            _ => None,
        }
    }

    /// How many times the total that the spreadsheet prints one here is.
    fn times(&self, scaling: &Scaling) -> Option<f64> {
        scaling.times.map(|times| (times / self.form.factor * 1e9).round() / 1e9)
    }

    /// The spreadsheet's list.
    fn places(&self, scaling: &Scaling) -> Vec<MatrixPlace> {
        let times = self.times(scaling).filter(|_| scaling.ends.iter().all(|(low, _)| *low == 0.0));
        // A total of which nobody knows how it is made still has an order.
        let only = (self.total_titles.len() == 1).then_some(0);
        let own = self.own_total.as_ref().map(|(column, _)| *column).or(only);
        let place = |(row, candidate): (usize, &MatrixCandidate)| MatrixPlace {
            id: candidate.id.clone(),
            title: candidate.title.clone(),
            total: own.and_then(|column| candidate.totals.get(column)?.as_ref()).map(|(total, _)| *total),
            rank: candidate.rank.as_ref().map(|(rank, _)| *rank),
            expected: times
                .map(|times| self.arithmetic.total(&self.form, row) * times)
                .filter(|_| !candidate.scores.contains(&None)),
        };
        self.candidates.iter().enumerate().map(place).collect()
    }

    fn evidence(&self, details: &MatrixDetails) -> String {
        let mut text = EvidenceText::new("Scores of a spreadsheet: made by `prioritise import matrix`.");
        for candidate in &self.candidates {
            text.candidate(&candidate.id, &candidate.title, details.kind, "");
            let cells = candidate.scores.iter().zip(&candidate.unscored).zip(&candidate.places);
            for (criterion, ((score, instead), place)) in self.criteria.iter().zip(cells) {
                let Some(score) = score else {
                    let says = match instead.as_deref() {
                        Some(text) if !text.is_empty() => format!("The spreadsheet says `{text}`."),
                        _ => "The spreadsheet has no score.".to_owned(),
                    };
                    text.evidence(&criterion.id, &[("missing", says.into())]);
                    continue;
                };
                let (low, high) = criterion.scale;
                text.evidence(
                    &criterion.id,
                    &[
                        ("judgement", number(*score)),
                        ("scale", Value::Array(vec![number(low), number(high)])),
                        ("by", details.by.as_str().into()),
                        ("date", details.date.as_str().into()),
                        ("because", details.because.as_str().into()),
                        ("note", format!("From {place}").into()),
                    ],
                );
            }
        }
        text.finish()
    }

    fn rules(&self, details: &MatrixDetails, scaling: &Scaling) -> String {
        let whose =
            if self.weighted { "The weights are the spreadsheet's." } else { "The spreadsheet has no weights." };
        let mut rules = format!(
            "# Made by `prioritise import matrix`. {whose}\nformat = {FORMAT}\n\n[ruleset]\nname     = {}\nversion  = {}\nscale    = {}\ndecimals = \
             {DECIMALS}\n",
            quoted(&format!("Scoring spreadsheet of {}", details.partnership)),
            quoted(&details.date),
            scaling.scale
        );
        if self.form.combine != CombineScores::Sum {
            rules.push_str("combine  = \"sections\"\n");
        }
        if let Some(about) = self.about() {
            rules.push_str(&format!("about    = {}\n", quoted(&about)));
        }
        for criterion in &self.criteria {
            let (low, high) = criterion.scale;
            rules.push_str(&format!(
                "\n[evidence.{}]\nkind  = \"judgement\"\ntitle = {}\nscale = [{}, {}]\n",
                criterion.id,
                quoted(&criterion.title),
                inline(&number(low)),
                inline(&number(high))
            ));
        }
        rules.push_str(&self.groups(scaling));
        for at in 0..self.criteria.len() {
            rules.push_str(&self.criterion(at, scaling));
        }
        if let Some(places) = details.places {
            rules.push_str(&format!("\n[[tier]]\nid     = \"priority\"\ntitle  = \"Priority\"\nplaces = {places}\n"));
        }
        rules.push_str("\n[[tier]]\nid    = \"listed\"\ntitle = \"Listed\"\n");
        rules
    }

    /// Whether the sections' weights are written as those of groups.
    fn has_weighted_groups(&self, scaling: &Scaling) -> bool {
        self.form.sections == Some(SectionWeights::Shared)
            && self.form.combine == CombineScores::Sum
            && same_lengths(scaling)
    }

    fn groups(&self, scaling: &Scaling) -> String {
        let group = |id: &str, title: &str, weight: Option<f64>| {
            let weight = weight.map(|weight| format!("weight = {}\n", inline(&number(weight)))).unwrap_or_default();
            format!("\n[[group]]\nid     = \"{id}\"\ntitle  = {}\n{weight}", quoted(title))
        };
        match self.form.combine {
            CombineScores::Product => {
                self.criteria.iter().map(|it| group(&format!("section_{}", it.id), &it.title, None)).collect()
            }
            CombineScores::Sections => self.sections.iter().map(|it| group(&it.id, &it.title, None)).collect(),
            CombineScores::Sum if self.has_weighted_groups(scaling) => {
                self.sections.iter().map(|it| group(&it.id, &it.title, it.weight)).collect()
            }
            CombineScores::Sum => String::new(),
        }
    }

    fn group_of(&self, at: usize, scaling: &Scaling) -> Option<String> {
        let criterion = self.criteria.get(at)?;
        match self.form.combine {
            CombineScores::Product => Some(format!("section_{}", criterion.id)),
            CombineScores::Sum if !self.has_weighted_groups(scaling) => None,
            _ => self.sections.get(criterion.section?).map(|section| section.id.clone()),
        }
    }

    /// A criterion's weight as it is written: what a point of score counts, times the length of its scale where scales
    /// differ.
    fn written_weight(&self, at: usize, scaling: &Scaling) -> f64 {
        let own = self.criteria.get(at).map_or(0.0, |criterion| criterion.weight);
        let weight = match self.has_weighted_groups(scaling) {
            true => own,
            false => self.weights().get(at).copied().unwrap_or(own),
        };
        let length = scaling.ends.get(at).map_or(1.0, |(low, high)| high - low);
        let weight = if same_lengths(scaling) { weight } else { weight * length };
        (weight * 1e9).round() / 1e9
    }

    fn criterion(&self, at: usize, scaling: &Scaling) -> String {
        let (Some(criterion), Some((from, to))) = (self.criteria.get(at), scaling.ends.get(at)) else {
            return String::new();
        };
        let (low, high) = criterion.scale;
        let title = criterion.title.replace('{', "{{").replace('}', "}}");
        let because = format!("{title}: {{{}}} on a scale from {low} to {high}.", criterion.id);
        let group = self.group_of(at, scaling).map(|id| format!("group     = \"{id}\"\n")).unwrap_or_default();
        format!(
            "\n[[criterion]]\nid        = \"{id}\"\ntitle     = {title}\nquestion  = {title}\n{group}weight    = {weight}\n\
             measure   = \"{id}\"\nunit      = \"out of {high}\"\ndecimals  = 6\ndirection = \"higher-adds-priority\"\n\
             value     = {{ linear = {{ from = {from}, to = {to} }} }}\nmissing   = \"refuse\"\nbecause   = {because}\n",
            id = criterion.id,
            title = quoted(&criterion.title),
            weight = inline(&number(self.written_weight(at, scaling))),
            because = quoted(&because),
        )
    }
}

/// Whether a point of score is worth the same share of every criterion's weight.
fn same_lengths(scaling: &Scaling) -> bool {
    let length = |(low, high): &(f64, f64)| high - low;
    scaling.ends.windows(2).all(|two| matches!(two, [one, other] if length(one) == length(other)))
}

fn quoted(text: &str) -> String {
    inline(&Value::String(text.to_owned()))
}

fn assessment(details: &MatrixDetails) -> String {
    format!(
        "# Made by `prioritise import matrix`.\nformat = {FORMAT}\n\n[assessment]\ntitle       = {}\npartnership = {}\nperiod      = {}\nrules       = \
         \"rules\"\nevidence    = [\"evidence/candidates.toml\"]\n",
        quoted(&details.title),
        quoted(&details.partnership),
        quoted(&details.period)
    )
}
