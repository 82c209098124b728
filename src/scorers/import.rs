//! Forms that people filled in, as judgements of an assessment. Nothing is written to a disk here: what is to be written is given
//! back, once the engine has read and ranked it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::asked::Asked;
use super::filed::{Existing, Filing};
use super::filled::{self, FilledScores};
use super::panel::{Panel, one_for_each_role, panel, told};
use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::diff::Movement;
use crate::explain::scorer_agreements;
use crate::files::Files;
use crate::filing::ChangedFile;
use crate::import::RowAccount;
use crate::pipeline;
use crate::ranked::RankedAssessment;
use crate::refiled::{AsFiled, Refiled, refiled};
use crate::rules::RuleSet;
use crate::words::{counted, listed};

/// What is asked.
#[derive(Debug)]
pub struct ScoresRequest<'a> {
    /// The assessment: a folder, or its `assessment.toml`.
    pub assessment: &'a str,
    /// The rule set, where it is another than the assessment names.
    pub rules: Option<&'a str>,
    /// The files that came back.
    pub forms: &'a [String],
    /// What is done with judgements that are there.
    pub existing: Existing,
}

/// What forms bring.
#[derive(Debug)]
pub struct ImportedScores {
    /// What became of each score.
    pub account: RowAccount,
    /// What a reader should know, a sentence each.
    pub remarks: Vec<String>,
    /// The files to be written, all or none.
    pub files: Vec<ChangedFile>,
    /// Who moves.
    pub movement: Movement,
    /// What is to be told: what was not taken, and what a reader should know of the assessment.
    pub problems: Problems,
}

impl ImportedScores {
    /// The account and the remarks, for a terminal.
    pub fn summary(&self) -> String {
        let mut text = self.account.to_string();
        for remark in &self.remarks {
            text.push_str(&format!("\n{}\n", textwrap::fill(remark, 80)));
        }
        text
    }
}

/// Works out what forms change.
///
/// # Errors
/// Forms that can't be read or are of another assessment, two of one role and day, and what can't be written.
pub fn import(
    files: &dyn Files,
    request: &ScoresRequest<'_>,
    threads: NonZeroUsize,
) -> Result<ImportedScores, Problems> {
    let mut problems = Problems::default();
    let Some((assessment, rules)) = pipeline::load(files, request.assessment, request.rules, &mut problems) else {
        return Err(problems);
    };
    let asked = Asked::of(&assessment, &rules);
    let mut account = RowAccount::new("scores asked for");
    let mut remarks = Vec::new();
    let mut wrong = Problems::default();
    let mut forms: Vec<FilledScores> = Vec::new();
    for path in request.forms {
        forms.extend(filled::read(files, path, (&assessment, &asked), &mut account, &mut wrong));
    }
    remarks.extend(forms.iter().flat_map(|form| form.remarks.clone()));
    let forms = one_for_each_role(forms, &mut account, &mut remarks, &mut wrong);
    if wrong.has_errors() {
        return Err(wrong);
    }
    remarks.extend(blanks(&forms));
    let panel = panel(&forms);
    let mut filing = Filing::new(files, request.assessment, &assessment)?;
    let mut written = Panel::new();
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for (about, scores) in panel {
        if filing.put(&asked, &about, &scores, request.existing)? {
            written.insert(about, scores);
        } else {
            account.take_back("judged already", scores.len() as u64);
            *there.entry(about.1).or_default() += 1;
        }
    }
    remarks.extend(kept(&there, &asked));
    remarks.extend(told(&written, &asked));
    let filed = AsFiled { path: request.assessment, rules_path: request.rules, assessment: &assessment, rules: &rules };
    let agree = |new: &RankedAssessment<'_>| Ok(agreed(new.assessment, new.rules, &asked, &written));
    let Refiled { found, movement, problems } = refiled(&filed, &filing.overlay(), threads, agree)?;
    remarks.extend(found);
    wrong.extend(problems);
    Ok(ImportedScores { account, remarks, files: filing.finish(), movement, problems: wrong })
}

/// Who left what empty.
fn blanks(forms: &[FilledScores]) -> Option<String> {
    let left = |form: &FilledScores| (form.empty > 0).then(|| format!("{} {} of {}", form.by, form.empty, form.asked));
    let told: Vec<String> = forms.iter().filter_map(left).collect();
    let noun = "Left empty, so that those scores have no part of theirs";
    (!told.is_empty()).then(|| format!("{noun}: {}.", listed(&told)))
}

/// Which judgements stay as they are.
fn kept(there: &BTreeMap<String, usize>, asked: &Asked) -> Option<String> {
    let count = |(name, count): (&String, &usize)| {
        let title = asked.question(name).map_or(name.as_str(), |(_, question)| &question.title);
        format!("{title} of {}", counted(*count, "candidate", "candidates"))
    };
    let told: Vec<String> = there.iter().map(count).collect();
    (!told.is_empty()).then(|| {
        format!(
            "Judged already, and left as it is: {}. `--existing add` puts the new scores beside those of the people who judged \
             before, and `--existing replace` in their place.",
            listed(&told)
        )
    })
}

/// How far people agree over all candidates, of the judgements that were written.
fn agreed(assessment: &Assessment, rules: &RuleSet, asked: &Asked, written: &Panel) -> Option<String> {
    let agreements = scorer_agreements(assessment, rules).into_iter();
    let of_form = agreements.filter(|it| written.keys().any(|(_, evidence)| *evidence == it.name));
    let told: Vec<String> = of_form
        .map(|it| {
            let alpha = it.alpha.map_or_else(|| "all scores are the same".to_owned(), |alpha| alpha.to_string());
            let title = asked.question(&it.name).map_or(it.title, |(_, question)| question.title.clone());
            format!("{title} {alpha}")
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Krippendorff’s alpha over the candidates that several people scored, 1 where all agree and 0 where they differ as if \
             scores were dealt out: {}.",
            listed(&told)
        )
    })
}
