//! The files of a rule set's tests, found, read and put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::format::TestsFile;
use super::{Excuse, Suite};
use crate::assessment::Period;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::files::{Files, TEXT_LIMIT, folder_of, join, read_text};
use crate::rules::{Editions, RuleSet};
use crate::toml_file::{At, Checker, LostKeys, Parsed, parse};

/// Reads the tests of `rules`: every TOML file of the folder `tests` beside `ruleset.toml`, in the order of their names.
/// What is wrong goes to `problems`.
pub fn load(files: &dyn Files, editions: &Editions, problems: &mut Problems) -> Option<Suite> {
    let rules = editions.latest();
    let folder = join(folder_of(&rules.place.source.name), "tests");
    let mut names: Vec<String> = files.list(&folder).into_iter().filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    let mut found = Problems::default();
    let mut suite = Suite::default();
    let mut named = BTreeMap::new();
    for name in names {
        let read = found.take(read_text(files, &join(&folder, &name), TEXT_LIMIT, None));
        let Some(source) = read else { continue };
        if let Some(Parsed { file, lost, .. }) = parse::<TestsFile>(&source, &mut found) {
            let judge = TestsJudge { files, editions, rules, source: &source, lost: &lost, named: &mut named };
            judge.file(file, &mut suite, &mut found);
        }
    }
    let sound = !found.has_errors();
    problems.extend(found);
    sound.then_some(suite)
}

/// Judges one file of tests.
pub(super) struct TestsJudge<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) editions: &'a Editions,
    /// The rules with the latest values of their parameters: in all else the others are the same.
    pub(super) rules: &'a RuleSet,
    pub(super) source: &'a Arc<SourceFile>,
    pub(super) lost: &'a LostKeys,
    /// The tests known so far, by title.
    pub(super) named: &'a mut BTreeMap<String, Place>,
}

impl TestsJudge<'_> {
    fn file(mut self, file: TestsFile, suite: &mut Suite, problems: &mut Problems) {
        let excuses = |list: Vec<(At<String>, At<String>)>, problems: &mut Problems| {
            let mut check = Checker { source: self.source, lost: self.lost, problems };
            let excuse = |(what, because): (At<String>, At<String>)| {
                check.text(&because, "the reason");
                Excuse { place: check.place(&what.span), name: what.value, because: because.value }
            };
            list.into_iter().map(excuse).collect::<Vec<_>>()
        };
        let equivalent = file.equivalent.into_iter().map(|it| (it.value.change, it.value.because)).collect();
        suite.equivalent.extend(excuses(equivalent, problems));
        let unreachable = file.unreachable.into_iter().map(|it| (it.value.part, it.value.because)).collect();
        suite.unreachable.extend(excuses(unreachable, problems));
        let common = (file.period, file.people);
        suite.trials.extend(self.cases(file.case, file.table, &common, problems));
        for whole in &file.assessment {
            suite.trials.extend(self.whole(whole, &common, problems));
        }
    }

    /// The period that is written in a file, if one is. What is no period is told, and which parameter has no value yet
    /// in it.
    pub(super) fn period(
        &self,
        written: Option<&At<String>>,
        source: &Arc<SourceFile>,
        problems: &mut Problems,
    ) -> Result<Option<Period>, ()> {
        let Some(written) = written else { return Ok(None) };
        let place = Place::new(source, written.span.clone());
        let period = Period::parse(&written.value).map_err(|why| {
            problems.push(Problem::new(Code::BadPeriod, why.message).at(place.clone()).help(why.help));
        })?;
        self.in_force(period, &place, problems);
        Ok(Some(period))
    }

    /// Notes parameters that have no value yet in the period named at a place.
    pub(super) fn in_force(&self, period: Period, place: &Place, problems: &mut Problems) {
        let late = self.editions.not_yet(period).into_iter().map(|problem| problem.at(place.clone()));
        problems.extend(late.collect::<Vec<_>>().into());
    }

    /// What judges values of this file.
    pub(super) fn check<'c>(&'c self, problems: &'c mut Problems) -> Checker<'c> {
        Checker { source: self.source, lost: self.lost, problems }
    }

    /// Notes a second test with the same title.
    pub(super) fn title(&mut self, title: String, place: &Place, problems: &mut Problems) {
        if let Some(first) = self.named.get(&title) {
            problems.push(crate::toml_file::duplicate(place.clone(), "a test", &title, Some(first)));
            return;
        }
        self.named.insert(title, place.clone());
    }
}
