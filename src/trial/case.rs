//! Cases of one criterion or gate, judged: each is a candidate of an assessment made up for them.

use std::ops::Range;
use std::sync::Arc;

use super::format::{Case, CaseTable, ExpectedMeasure};
use super::grid::EvidenceByName;
use super::read::TestsJudge;
use super::{CriterionFigure, Expectation, ExpectedAt, Subject, Test, TestedAssessment};
use crate::assessment::evidence::FigureKey;
use crate::assessment::evidence::format::{Evidence, PlainKey};
use crate::assessment::format::{Candidate, CandidateKind};
use crate::assessment::{Assessment, Declared, EmbeddedAssessment, MADE_UP, Period, Voucher};
use crate::diagnostic::{Code, Place, Problems, SourceFile, did_you_mean, quoted_list};
use crate::rules::{self, Criterion, RuleSet};
use crate::toml_file::{At, Checker, WrittenNumber};

/// What a made-up judgement says that leaves it out.
const MADE_UP_REASON: &str = "made up for a test";
/// The date of a made-up judgement.
const MADE_UP_DATE: &str = "2000";

/// The period and the people of all tests of a file.
pub(super) type FileDefaults = (Option<At<String>>, Option<At<WrittenNumber>>);

/// A case, the file that it is written in, and evidence that it shares with others.
struct WrittenCase {
    source: Arc<SourceFile>,
    case: At<Case>,
    shared: EvidenceByName,
}

impl TestsJudge<'_> {
    /// Every case of a file, on its own and in tables.
    pub(super) fn cases(
        &mut self,
        cases: Vec<At<Case>>,
        tables: Vec<At<CaseTable>>,
        common: &FileDefaults,
        problems: &mut Problems,
    ) -> Vec<TestedAssessment> {
        let own = |case| WrittenCase { source: Arc::clone(self.source), case, shared: EvidenceByName::new() };
        let mut written: Vec<WrittenCase> = cases.into_iter().map(own).collect();
        for table in tables {
            let Some((grid, rows)) = self.cases_of(&table, problems) else { continue };
            let of_row = |case: At<Case>| {
                let mut shared = table.value.given.clone();
                shared.retain(|name, _| !case.value.given.contains_key(name));
                WrittenCase { source: Arc::clone(&grid.source), case, shared }
            };
            written.extend(rows.into_iter().map(of_row));
        }
        let mut by_period: Vec<(Option<At<String>>, Vec<WrittenCase>)> = Vec::new();
        for written in written {
            let period = written.case.value.period.clone().or_else(|| common.0.clone());
            let text = |period: &Option<At<String>>| period.as_ref().map(|period| period.value.clone());
            match by_period.iter_mut().find(|(of, _)| text(of) == text(&period)) {
                Some((_, same)) => same.push(written),
                None => by_period.push((period, vec![written])),
            }
        }
        let of_period = |(period, written)| self.cases_of_period(written, &(period, common.1.clone()), problems);
        by_period.into_iter().flat_map(of_period).collect()
    }

    /// The cases of one period.
    fn cases_of_period(
        &mut self,
        written: Vec<WrittenCase>,
        common: &FileDefaults,
        problems: &mut Problems,
    ) -> Vec<TestedAssessment> {
        let own = written.iter().find(|written| written.case.value.period.is_some());
        let source = own.map_or_else(|| Arc::clone(self.source), |own| Arc::clone(&own.source));
        let Ok(period) = self.period(common.0.as_ref(), &source, problems) else { return Vec::new() };
        let tests: Vec<Option<Test>> =
            written.iter().enumerate().map(|(number, written)| self.test(number, written, problems)).collect();
        let (span, candidates) =
            (written.first().map_or(0..0, |first| first.case.span.clone()), self.made_up(written, common));
        let (of, people) = common.clone();
        let small = EmbeddedAssessment { source: self.source, lost: self.lost, span, period: of, people, candidates };
        let Some(assessment) = small.judge(problems) else { return Vec::new() };
        rules::fit(&assessment, &self.rules.evidence, problems);
        let Some(tests) = tests.into_iter().collect::<Option<Vec<Test>>>() else { return Vec::new() };
        self.trials(&assessment, period, tests)
    }

    /// All cases at once, so that the engine starts once for them; by itself each that expects an error, and every one
    /// where others would show in it.
    fn trials(&self, assessment: &Assessment, period: Option<Period>, tests: Vec<Test>) -> Vec<TestedAssessment> {
        let relative = self.rules.criteria.iter().any(Criterion::looks_at_others);
        let (alone, together): (Vec<Test>, Vec<Test>) =
            tests.into_iter().partition(|test| relative || test.expects_error());
        let mut trials: Vec<TestedAssessment> = Vec::new();
        if !together.is_empty() {
            trials.push(TestedAssessment {
                assessment: assessment.only(together.iter().map(|test| test.candidate)),
                period,
                tests: renumbered(together),
            });
        }
        trials.extend(alone.into_iter().map(|test| TestedAssessment {
            assessment: assessment.only([test.candidate]),
            period,
            tests: renumbered(vec![test]),
        }));
        trials
    }

    /// The candidates that the cases are about, by the file that says what.
    fn made_up(&self, written: Vec<WrittenCase>, common: &FileDefaults) -> Vec<(Arc<SourceFile>, Vec<At<Candidate>>)> {
        let mut files: Vec<(Arc<SourceFile>, Vec<At<Candidate>>)> = Vec::new();
        for (number, written) in written.into_iter().enumerate() {
            let WrittenCase { source, case, mut shared } = written;
            let Case { name, mut given, .. } = case.value;
            // In the order of their ids candidates are in the order of the cases.
            let id = At { value: format!("case-{number:06}"), span: case.span.clone() };
            if Arc::ptr_eq(&source, self.source) {
                given.append(&mut shared);
            }
            for (title, source, evidence) in [(Some(name), source, given), (None, Arc::clone(self.source), shared)] {
                if title.is_none() && evidence.is_empty() {
                    continue;
                }
                let kind = title.as_ref().map(|title| At { value: CandidateKind::Theme, span: title.span.clone() });
                let evidence = self.completed(evidence, common);
                let value = Candidate { title, kind, evidence, ..Candidate::with_id(id.clone()) };
                let candidate = At { value, span: case.span.clone() };
                match files.iter_mut().find(|(of, _)| Arc::ptr_eq(of, &source)) {
                    Some((_, candidates)) => candidates.push(candidate),
                    None => files.push((source, vec![candidate])),
                }
            }
        }
        files
    }

    /// Made-up evidence with what an assessment asks of evidence and a test need not say.
    pub(super) fn completed(&self, mut given: EvidenceByName, common: &FileDefaults) -> EvidenceByName {
        for (name, evidence) in &mut given {
            complete(evidence, self.rules.evidence.get(name), common.0.as_ref());
        }
        given
    }

    fn test(&mut self, number: usize, written: &WrittenCase, problems: &mut Problems) -> Option<Test> {
        let case = &written.case.value;
        let place = Place::new(&written.source, written.case.span.clone());
        let mut check = Checker { source: &written.source, lost: self.lost, problems };
        let name = check.text(&case.name, "the name");
        let subject = self.subject(&mut check, written);
        let expected = subject.and_then(|subject| expected(&mut check, self.rules, written, subject));
        let test = Test { name: name?, subject: subject?, place, candidate: number, expected: expected? };
        self.title(test.title(self.rules), &test.place, problems);
        Some(test)
    }

    /// The criterion or gate that a case is of.
    fn subject(&self, check: &mut Checker<'_>, written: &WrittenCase) -> Option<Subject> {
        let case = &written.case.value;
        let rules = self.rules;
        let (id, what, found, known): (_, _, _, Vec<&str>) = match (&case.criterion, &case.gate) {
            (Some(id), None) => {
                let found = rules.criteria.iter().position(|criterion| criterion.id == id.value);
                let known = rules.criteria.iter().map(|criterion| &*criterion.id).collect();
                (id, "criterion", found.map(Subject::Criterion), known)
            }
            (None, Some(id)) => {
                let found = rules.gates.iter().position(|gate| gate.id == id.value);
                (id, "gate", found.map(Subject::Gate), rules.gates.iter().map(|gate| &*gate.id).collect())
            }
            (None, None) if check.lost.has_lost_from(&written.case.span) => return None,
            _ => {
                let message = "a case tests one criterion or one gate";
                let help = "add `criterion = \"…\"` or `gate = \"…\"`, not both";
                check.problem(Code::MissingKey, &case.name.span, message, help);
                return None;
            }
        };
        if found.is_none() {
            // The rows of a table have this key in common, and it stands in the file of tests.
            let place = Place::new(self.source, id.span.clone());
            let problem =
                crate::diagnostic::Problem::new(Code::UnknownId, format!("there is no {what} `{}`", id.value));
            check.problems.push(problem.at(place).help(did_you_mean(&id.value, known)));
        }
        found
    }
}

impl ExpectedAt {
    pub(super) fn at<T>(source: &Arc<SourceFile>, written: &At<T>, what: Expectation) -> Self {
        Self { expectation: what, place: Place::new(source, written.span.clone()) }
    }
}

/// With the numbers that the candidates have in an assessment of just these.
fn renumbered(tests: Vec<Test>) -> Vec<Test> {
    tests.into_iter().enumerate().map(|(candidate, test)| Test { candidate, ..test }).collect()
}

/// What a case expects; nothing expected is a problem.
fn expected(
    check: &mut Checker<'_>,
    rules: &RuleSet,
    written: &WrittenCase,
    subject: Subject,
) -> Option<Vec<ExpectedAt>> {
    let case = &written.case.value;
    let source = &written.source;
    let before = check.problems.errors();
    let mut expected = Vec::new();
    let near = tolerance(check, case.tolerance.as_ref());
    let measures = [
        (CriterionFigure::Measure, &case.measure),
        (CriterionFigure::Lower, &case.lower),
        (CriterionFigure::Upper, &case.upper),
    ];
    for (figure, measure) in measures {
        let Some(measure) = measure else { continue };
        if let Some(value) = expected_measure(check, rules, subject, measure) {
            expected.push(ExpectedAt::at(source, measure, Expectation::Number(figure, value, near?)));
        }
        refuse_foreign_key(check, subject, Subject::Criterion(0), figure.name(), &measure.span);
    }
    let numbers = [
        (CriterionFigure::Value, &case.value),
        (CriterionFigure::Weight, &case.weight),
        (CriterionFigure::Points, &case.points),
    ];
    for (figure, number) in numbers {
        let Some(number) = number else { continue };
        if let Some(value) = check.finite(number) {
            expected.push(ExpectedAt::at(source, number, Expectation::Number(figure, value, near?)));
        }
        refuse_foreign_key(check, subject, Subject::Criterion(0), figure.name(), &number.span);
    }
    if let Some(missing) = &case.missing {
        expected.push(ExpectedAt::at(source, missing, Expectation::Missing(missing.value)));
        refuse_foreign_key(check, subject, Subject::Criterion(0), "missing", &missing.span);
    }
    if let Some(because) = &case.because {
        expected.push(ExpectedAt::at(source, because, Expectation::Because(check.text(because, "the sentence")?)));
        refuse_foreign_key(check, subject, Subject::Criterion(0), "because", &because.span);
    }
    if let Some(fires) = &case.fires {
        expected.push(ExpectedAt::at(source, fires, Expectation::Fires(fires.value)));
        refuse_foreign_key(check, subject, Subject::Gate(0), "fires", &fires.span);
    }
    if let Some(reason) = &case.reason {
        expected.push(ExpectedAt::at(source, reason, Expectation::Reason(check.text(reason, "the reason")?)));
        refuse_foreign_key(check, subject, Subject::Gate(0), "reason", &reason.span);
    }
    expected_error(check, source, (case.error.as_ref(), case.message.as_ref()), &mut expected)?;
    expecting_something(check, before, &case.name, &written.case.span, expected)
}

/// A measure that is expected: a number of a criterion that measures in numbers, and of one in words the place of the word.
fn expected_measure(
    check: &mut Checker<'_>,
    rules: &RuleSet,
    subject: Subject,
    written: &At<ExpectedMeasure>,
) -> Option<f64> {
    let Subject::Criterion(number) = subject else { return None };
    let levels = rules.criteria.get(number)?.levels.as_ref();
    let (message, help) = match (&written.value, levels) {
        (ExpectedMeasure::Number(number), None) => {
            return check.finite(&At { value: *number, span: written.span.clone() });
        }
        (ExpectedMeasure::Word(word), Some(levels)) => match levels.place(word.trim()) {
            Some(place) => return Some(place),
            None => (format!("`{word}` is not a level of this criterion's measure"), levels.instead_of(word)),
        },
        (ExpectedMeasure::Number(_), Some(levels)) => {
            let words: Vec<&str> = levels.words().collect();
            ("this criterion measures in words".to_owned(), format!("write one of {}", quoted_list(&words)))
        }
        (ExpectedMeasure::Word(_), None) => {
            ("this criterion measures in numbers".to_owned(), "write a number, without quotes".to_owned())
        }
    };
    check.problem(Code::BadValue, &written.span, message, help);
    None
}

/// How far a number may lie from what is expected.
pub(super) fn tolerance(check: &mut Checker<'_>, written: Option<&At<WrittenNumber>>) -> Option<f64> {
    written.map_or(Some(0.0), |tolerance| check.not_negative(tolerance, "a tolerance"))
}

/// The error that is expected, and words of it.
pub(super) fn expected_error(
    check: &mut Checker<'_>,
    source: &Arc<SourceFile>,
    (error, message): (Option<&At<super::format::ExpectedError>>, Option<&At<String>>),
    expected: &mut Vec<ExpectedAt>,
) -> Option<()> {
    if let Some(error) = error {
        expected.push(ExpectedAt::at(source, error, Expectation::Error(error.value)));
    }
    if let Some(message) = message {
        if error.is_none() {
            let help = "add `error = \"…\"`, the name of the error";
            check.problem(
                Code::MissingKey,
                &message.span,
                "`message` belongs to an error, and no error is expected",
                help,
            );
        }
        expected.push(ExpectedAt::at(source, message, Expectation::Message(check.text(message, "the message")?)));
    }
    Some(())
}

/// What the test at `span` expects, if anything. It needs no telling where something else is wrong with it: there were
/// `before` problems when it began.
pub(super) fn expecting_something(
    check: &mut Checker<'_>,
    before: usize,
    name: &At<String>,
    span: &Range<usize>,
    expected: Vec<ExpectedAt>,
) -> Option<Vec<ExpectedAt>> {
    if check.problems.errors() > before || check.lost.has_lost_from(span) {
        return None;
    }
    if expected.is_empty() {
        let help = "add what the result must be; docs/testing.md lists what can be expected";
        check.problem(Code::MissingKey, &name.span, "this test expects nothing", help);
        return None;
    }
    Some(expected)
}

/// Notes a key that belongs to tests of the other kind.
fn refuse_foreign_key(check: &mut Checker<'_>, subject: Subject, wanted: Subject, key: &str, span: &Range<usize>) {
    let (of, other) = match wanted {
        Subject::Criterion(_) => ("a criterion", "a gate"),
        _ => ("a gate", "a criterion"),
    };
    if std::mem::discriminant(&subject) != std::mem::discriminant(&wanted) {
        let message = format!("`{key}` belongs to {of}, and this is a test of {other}");
        check.problem(Code::UnknownKey, span, message, "take it out, or make it a test of its own");
    }
}

/// Fills in what an assessment must say of such evidence and a test need not: who vouches for it, its period, and what
/// the rules declare.
fn complete(evidence: &mut At<Evidence>, declared: Option<&Declared>, period: Option<&At<String>>) {
    let span = evidence.span.clone();
    let at = |text: &str| At { value: text.to_owned(), span: span.clone() };
    let given = FigureKey::given(&evidence.value);
    for figure in &given {
        figure.complete(evidence, declared);
    }
    for key in given.iter().flat_map(|figure| figure.key.needs) {
        let text = match *key {
            "period" => period.map(|period| &*period.value),
            "by" | "because" => Some(MADE_UP_REASON),
            "date" => Some(MADE_UP_DATE),
            _ => None,
        };
        if let (Some(text), Some(PlainKey::Text(slot))) = (text, evidence.value.plain_key(key)) {
            slot.get_or_insert_with(|| at(text));
        }
    }
    if given.iter().all(|figure| figure.voucher(&evidence.value) == Voucher::Document) {
        evidence.value.source.get_or_insert_with(|| at(MADE_UP));
        evidence.value.place.get_or_insert_with(|| at(MADE_UP));
    }
}
