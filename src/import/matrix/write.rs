//! The matrix into files: candidates with their judgements, a rule set, and how the spreadsheet's totals compare.

use toml::Value;

use super::MatrixOptions;
use super::read::{MatrixCandidate, ScoringMatrix};
use crate::import::given::toml_number as number;
use crate::import::write::inline;
use crate::import::{EvidenceText, Import};

/// The whole folder.
pub(super) fn folder(matrix: ScoringMatrix, options: &MatrixOptions) -> Import {
    let mut remarks = matrix.remarks.clone();
    remarks.extend(matrix.compare());
    let files = vec![
        ("assessment.toml".to_owned(), assessment(options)),
        ("evidence/candidates.toml".to_owned(), matrix.evidence(options)),
        ("rules/ruleset.toml".to_owned(), matrix.rules(options, &mut remarks)),
    ];
    Import { files, account: matrix.account, remarks }
}

impl ScoringMatrix {
    /// The spreadsheet's own total: weight × score, added up.
    fn total(&self, candidate: &MatrixCandidate) -> f64 {
        self.criteria
            .iter()
            .zip(&candidate.scores)
            .map(|(criterion, score)| criterion.weight * score.unwrap_or(0.0))
            .sum()
    }

    /// Row by row, where the total in the sheet is another than its weights and scores give.
    fn compare(&self) -> Vec<String> {
        let totals: Vec<(&MatrixCandidate, f64, &str)> = self
            .candidates
            .iter()
            .filter_map(|candidate| candidate.total.as_ref().map(|(total, place)| (candidate, *total, place.as_str())))
            .collect();
        if totals.is_empty() {
            return Vec::new();
        }
        let weights: f64 = self.criteria.iter().map(|criterion| criterion.weight).sum();
        let agrees = |factor: f64, candidate: &MatrixCandidate, total: f64| {
            let ours = self.total(candidate) * factor;
            (ours - total).abs() <= 0.005_f64.max(ours.abs() * 1e-9)
        };
        let forms =
            [(1.0, "weight × score, added up"), (1.0 / weights, "the weighted mean"), (0.01, "weights in per cent")];
        let count =
            |factor: f64| totals.iter().filter(|(candidate, total, _)| agrees(factor, candidate, *total)).count();
        let Some((factor, name)) = forms.into_iter().rev().max_by_key(|(factor, _)| count(*factor)) else {
            return Vec::new();
        };
        let mut said = vec![format!(
            "Totals in the spreadsheet that its weights and scores give ({name}): {} of {}.",
            count(factor),
            totals.len()
        )];
        for (candidate, total, place) in
            totals.iter().filter(|(candidate, total, _)| !agrees(factor, candidate, *total))
        {
            let ours = crate::words::number(self.total(candidate) * factor, 4);
            said.push(format!(
                "{}: the spreadsheet says {total} ({place}), its weights and scores give {ours}.",
                candidate.title
            ));
        }
        said
    }

    fn evidence(&self, options: &MatrixOptions) -> String {
        let mut text = EvidenceText::new("Scores of a spreadsheet: made by `prioritise import matrix`.");
        let (low, high) = self.scale;
        for candidate in &self.candidates {
            text.candidate(&candidate.id, &candidate.title, options.kind, "");
            for ((criterion, score), place) in self.criteria.iter().zip(&candidate.scores).zip(&candidate.places) {
                let Some(score) = score else {
                    text.evidence(&criterion.id, &[("missing", "The spreadsheet has no score.".into())]);
                    continue;
                };
                text.evidence(
                    &criterion.id,
                    &[
                        ("judgement", number(*score)),
                        ("scale", Value::Array(vec![number(low), number(high)])),
                        ("by", options.by.as_str().into()),
                        ("date", options.date.as_str().into()),
                        ("because", options.because.as_str().into()),
                        ("note", format!("From {place}").into()),
                    ],
                );
            }
        }
        text.finish()
    }

    /// The scale, the score that is worth nothing, and how many times the spreadsheet's own a total is: weight × score,
    /// added up. Where no whole scale does that, totals are out of 100, in the same order.
    fn totals(&self) -> (f64, f64, Option<u32>) {
        let weights: f64 = self.criteria.iter().map(|criterion| criterion.weight).sum();
        let (low, high) = self.scale;
        // Weights such as 4.5 make a whole scale ten times as long, on which equal totals stay equal.
        let whole = [1, 10, 100].into_iter().find_map(|times| {
            let most = (weights * high * f64::from(times) * 1e6).round() / 1e6;
            (most.fract() == 0.0 && (1.0..=10_000.0).contains(&most)).then_some((most, 0.0, Some(times)))
        });
        whole.filter(|_| low >= 0.0).unwrap_or((100.0, low, None))
    }

    fn rules(&self, options: &MatrixOptions, remarks: &mut Vec<String>) -> String {
        let (scale, from, times) = self.totals();
        let (low, high) = self.scale;
        remarks.push(match times {
            Some(1) => "Totals are the spreadsheet's: weight × score, added up.".to_owned(),
            Some(times) => format!("Totals are {times} times the spreadsheet's: weight × score, added up."),
            None => "Totals are out of 100, in the order of the spreadsheet's weighted totals.".to_owned(),
        });
        let text = |text: &str| inline(&Value::String(text.to_owned()));
        let mut rules = format!(
            "# Made by `prioritise import matrix`. The weights are the spreadsheet's.\n[ruleset]\nname     = {}\nversion  = \
             {}\nscale    = {}\ndecimals = 4\n",
            text(&format!("Scoring spreadsheet of {}", options.partnership)),
            text(&options.date),
            inline(&number(scale))
        );
        for criterion in &self.criteria {
            rules.push_str(&format!(
                "\n[evidence.{}]\nkind  = \"judgement\"\ntitle = {}\nscale = [{}, {}]\n",
                criterion.id,
                text(&criterion.title),
                inline(&number(low)),
                inline(&number(high))
            ));
        }
        for criterion in &self.criteria {
            let title = criterion.title.replace('{', "{{").replace('}', "}}");
            let because = format!("{title}: {{{}}} on a scale from {low} to {high}.", criterion.id);
            rules.push_str(&format!(
                "\n[[criterion]]\nid        = \"{id}\"\ntitle     = {title}\nquestion  = {title}\nweight    = {weight}\n\
                 measure   = \"{id}\"\nunit      = \"out of {high}\"\ndecimals  = 6\ndirection = \"higher-adds-priority\"\n\
                 value     = {{ linear = {{ from = {from}, to = {high} }} }}\nmissing   = \"refuse\"\nbecause   = {because}\n",
                id = criterion.id,
                title = text(&criterion.title),
                weight = inline(&number(criterion.weight)),
                because = text(&because),
            ));
        }
        if let Some(places) = options.places {
            rules.push_str(&format!("\n[[tier]]\nid     = \"priority\"\ntitle  = \"Priority\"\nplaces = {places}\n"));
        }
        rules.push_str("\n[[tier]]\nid    = \"listed\"\ntitle = \"Listed\"\n");
        rules
    }
}

fn assessment(options: &MatrixOptions) -> String {
    let text = |text: &str| inline(&Value::String(text.to_owned()));
    format!(
        "# Made by `prioritise import matrix`.\n[assessment]\ntitle       = {}\npartnership = {}\nperiod      = {}\nrules       = \
         \"rules\"\nevidence    = [\"evidence/candidates.toml\"]\n",
        text(&options.title),
        text(&options.partnership),
        text(&options.period)
    )
}
