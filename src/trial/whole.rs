//! Whole assessments, judged: candidates made up or of a folder, and the list that is expected.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::case::{FileDefaults, expected_error, expecting_something, tolerance};
use super::format::WholeAssessment;
use super::read::TestsJudge;
use super::{Expectation, ExpectedAt, Subject, Test, TestedAssessment};
use crate::assessment::format::{Candidate, CandidateKind};
use crate::assessment::{Assessment, EmbeddedAssessment};
use crate::diagnostic::{Code, Place, Problem, Problems, did_you_mean};
use crate::files::{TEXT_LIMIT, folder_of, foreign, join, read_text};
use crate::members;
use crate::rules::{self, Effect};
use crate::scoring::Standing;
use crate::toml_file::{At, Checker};

impl TestsJudge<'_> {
    pub(super) fn whole(
        &mut self,
        whole: &At<WholeAssessment>,
        common: &FileDefaults,
        problems: &mut Problems,
    ) -> Option<TestedAssessment> {
        let place = Place::new(self.source, whole.span.clone());
        let name = self.check(problems).text(&whole.value.name, "the name");
        let assessment = match &whole.value.path {
            Some(path) => self.assessment_of_folder(whole, path, problems),
            None => self.assessment_of_rows(whole, common, problems),
        };
        let assessment = assessment?;
        let period = match &whole.value.path {
            Some(path) => {
                self.in_force(assessment.period, &Place::new(self.source, path.span.clone()), problems);
                Some(assessment.period)
            }
            None => self.period(whole.value.period.as_ref().or(common.0.as_ref()), self.source, problems).ok()?,
        };
        rules::fit(&assessment, &self.rules.evidence, problems);
        let expected = ListJudge { judge: self, assessment: &assessment }.expected(whole, problems);
        let test = Test { name: name?, subject: Subject::List, place, candidate: 0, expected: expected? };
        self.title(test.title(self.rules), &test.place, problems);
        Some(TestedAssessment { assessment, period, tests: vec![test] })
    }

    /// The assessment in a folder.
    fn assessment_of_folder(
        &self,
        whole: &At<WholeAssessment>,
        path: &At<String>,
        problems: &mut Problems,
    ) -> Option<Assessment> {
        let written = &whole.value;
        if !written.candidate.is_empty()
            || !written.rows.is_empty()
            || written.file.is_some()
            || written.period.is_some()
        {
            let message = "an assessment has candidates of its own or those of a folder, not both";
            let mut check = self.check(problems);
            check.problem(Code::BadValue, &path.span, message, "take `path` out, or the candidates");
            return None;
        }
        let folder = join(folder_of(&self.source.name), &path.value);
        let file = if folder.ends_with(".toml") { folder.clone() } else { join(&folder, "assessment.toml") };
        let place = Place::new(self.source, path.span.clone());
        let read = read_text(self.files, &file, TEXT_LIMIT, Some(&place)).ok();
        if let Some(problem) = read.and_then(|file| foreign(&file, "assessment", &place)) {
            problems.push(problem);
            return None;
        }
        let mut found = Problems::default();
        let read = members::load_assessment(self.files, &folder, &mut found);
        let sound = !found.has_errors();
        // What is worth a warning there is told by `check`.
        if !sound {
            let placed = |problem: Problem| if problem.place.is_none() { problem.at(place.clone()) } else { problem };
            problems.extend(found.sorted().into_iter().map(placed).collect::<Vec<_>>().into());
        }
        read.assessment.filter(|_| sound)
    }

    /// The assessment whose candidates are written here.
    fn assessment_of_rows(
        &self,
        whole: &At<WholeAssessment>,
        common: &FileDefaults,
        problems: &mut Problems,
    ) -> Option<Assessment> {
        let written = &whole.value;
        let common = &(written.period.clone().or_else(|| common.0.clone()), common.1.clone());
        let (grid, rows) = self.candidates_of(written, problems)?;
        let mut own = Vec::new();
        let mut of_file: Vec<At<Candidate>> = Vec::new();
        for mut row in rows {
            let mut shared = written.given.clone();
            shared.retain(|name, _| !row.value.evidence.contains_key(name));
            if Arc::ptr_eq(&grid.source, self.source) {
                row.value.evidence.append(&mut shared);
                own.push(self.named(row, common));
                continue;
            }
            if !shared.is_empty() {
                let id = row.value.id.clone();
                let (evidence, span) = (self.completed(shared, common), whole.span.clone());
                let value = Candidate { evidence, ..Candidate::with_id(id) };
                own.push(At { value, span });
            }
            of_file.push(self.named(row, common));
        }
        own.extend(written.candidate.iter().cloned().map(|candidate| self.named(candidate, common)));
        if own.is_empty() && of_file.is_empty() {
            let help = "add `path`, `[[assessment.candidate]]` tables, or `columns` and `rows`";
            let message = "this assessment has no candidate to rank";
            self.check(problems).problem(Code::NoCandidates, &written.name.span, message, help);
            return None;
        }
        let candidates = vec![(Arc::clone(self.source), own), (Arc::clone(&grid.source), of_file)];
        let (period, people) = common.clone();
        let span = whole.span.clone();
        EmbeddedAssessment { source: self.source, lost: self.lost, span, period, people, candidates }.judge(problems)
    }

    /// A candidate with a title and kind, where it has none.
    fn named(&self, mut candidate: At<Candidate>, common: &FileDefaults) -> At<Candidate> {
        let written = &mut candidate.value;
        let id = written.id.clone();
        let kind = At { value: CandidateKind::Theme, span: id.span.clone() };
        written.title.get_or_insert(id);
        written.kind.get_or_insert(kind);
        written.evidence = self.completed(std::mem::take(&mut written.evidence), common);
        candidate
    }
}

/// Judges what is expected of the list of an assessment.
struct ListJudge<'a> {
    judge: &'a TestsJudge<'a>,
    assessment: &'a Assessment,
}

impl ListJudge<'_> {
    fn expected(&self, written: &At<WholeAssessment>, problems: &mut Problems) -> Option<Vec<ExpectedAt>> {
        let (whole, before) = (&written.value, problems.errors());
        let source = self.judge.source;
        let mut check = self.judge.check(problems);
        let near = tolerance(&mut check, whole.tolerance.as_ref());
        let mut expected = Vec::new();
        if let Some(order) = &whole.order {
            let all = self.candidates(&mut check, &order.value)?;
            expected.push(ExpectedAt::at(source, order, Expectation::Order(all)));
        }
        if let Some(top) = &whole.top {
            let all: BTreeSet<usize> = self.candidates(&mut check, &top.value)?.into_iter().collect();
            expected.push(ExpectedAt::at(source, top, Expectation::Top(all)));
        }
        for pair in &whole.above {
            let both = self.candidates(&mut check, &pair.value)?;
            let [above, below] = *both else {
                let help = "write two ids: the one that must rank above, and the one below";
                check.problem(Code::BadValue, &pair.span, "this is not a pair of candidates", help);
                continue;
            };
            expected.push(ExpectedAt::at(source, pair, Expectation::Above(above, below)));
        }
        for (id, total) in &whole.totals {
            let candidate = self.candidate(&mut check, id, total);
            if let (Some(value), Some(candidate)) = (check.finite(total), candidate) {
                expected.push(ExpectedAt::at(source, total, Expectation::Total(candidate, value, near?)));
            }
        }
        for (id, standing) in &whole.standings {
            let candidate = self.candidate(&mut check, id, standing)?;
            let standing_of = self.standing(&mut check, standing)?;
            expected.push(ExpectedAt::at(source, standing, Expectation::Standing(candidate, standing_of)));
        }
        for (id, lead) in &whole.leads {
            let candidate = self.candidate(&mut check, id, lead)?;
            expected.push(ExpectedAt::at(source, lead, Expectation::Leads(candidate, lead.value)));
        }
        for (id, texts) in &whole.says {
            let candidate = self.candidate(&mut check, id, texts)?;
            for text in &texts.value {
                let words = check.text(text, "what is said")?;
                expected.push(ExpectedAt::at(source, text, Expectation::Says(candidate, words)));
            }
        }
        expected_error(&mut check, source, (whole.error.as_ref(), whole.message.as_ref()), &mut expected)?;
        expecting_something(&mut check, before, &whole.name, &written.span, expected)
    }

    /// The numbers of these candidates.
    fn candidates(&self, check: &mut Checker<'_>, ids: &[At<String>]) -> Option<Vec<usize>> {
        let found: Vec<Option<usize>> = ids.iter().map(|id| self.candidate(check, &id.value, id)).collect();
        found.into_iter().collect()
    }

    /// The number of a candidate that is named at a place.
    fn candidate<T>(&self, check: &mut Checker<'_>, id: &str, at: &At<T>) -> Option<usize> {
        let all = &self.assessment.candidates;
        let found = all.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok();
        if found.is_none() {
            let help = did_you_mean(id, all.iter().map(|candidate| &*candidate.id));
            check.problem(Code::UnknownId, &at.span, format!("there is no candidate `{id}`"), help);
        }
        found
    }

    fn standing(&self, check: &mut Checker<'_>, word: &At<String>) -> Option<Standing> {
        let tiers = &self.judge.rules.tiers;
        let tier = tiers.iter().position(|tier| tier.id == word.value).map(Standing::Tier);
        let found = tier.or_else(|| Standing::outside_tiers(&word.value));
        if found.is_none() {
            let known = tiers.iter().map(|tier| &*tier.id).chain(Standing::words_outside_tiers(Effect::BANDS));
            let help = did_you_mean(&word.value, known);
            check.problem(Code::UnknownId, &word.span, format!("there is no tier `{}`", word.value), help);
        }
        found
    }
}
