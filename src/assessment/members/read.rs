//! The files of members and themes, found and read.

use std::sync::Arc;

use toml::Value;

use super::format::{Member as WrittenMember, MemberListFile, Theme, ThemesFile};
use super::{MadeList, MakeLists};
use crate::assessment::digest::canonical_digest;
use crate::assessment::format::{Candidate, CandidateKind, EvidenceFile};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::files::{Files, TEXT_LIMIT, inside, read_text};
use crate::toml_file::{At, Parsed, parse};

/// The most members of an assessment.
const MOST_MEMBERS: usize = 200;

/// What was read of the members of an assessment.
#[derive(Default)]
pub(in crate::assessment) struct MemberSources {
    /// What there is of each member, as many as are written.
    pub members: Vec<MemberSource>,
    /// The file of themes, where one is named and could be read.
    pub themes: Option<(Arc<SourceFile>, Parsed<ThemesFile>)>,
}

/// What was read of one member.
pub(in crate::assessment) enum MemberSource {
    /// The list of its record, made again.
    Record(MadeList),
    /// The list of its assessment, made here.
    Assessment(MadeList),
    /// The file of its list.
    List(ListSource),
    /// Nothing is said to be there.
    Nothing,
    /// What is there could not be read, which is told.
    Unread,
}

/// The file of a member's list.
pub(in crate::assessment) struct ListSource {
    pub source: Arc<SourceFile>,
    pub parsed: Parsed<MemberListFile>,
    /// The digest of what it says.
    pub digest: String,
}

impl MemberSources {
    /// What stands for the content of each member and of the themes, whatever the names of their files.
    pub(in crate::assessment) fn digests(&self) -> Vec<String> {
        let of_member = |member: &MemberSource| match member {
            MemberSource::Record(made) | MemberSource::Assessment(made) => made.digest.clone(),
            MemberSource::List(list) => list.digest.clone(),
            MemberSource::Nothing | MemberSource::Unread => String::new(),
        };
        self.members.iter().map(of_member).collect()
    }
}

/// Reads what `[[member]]` tables and the key `themes` name.
pub(in crate::assessment) fn read(
    files: &dyn Files,
    (folder, source): (&str, &Arc<SourceFile>),
    written: &[WrittenMember],
    themes: Option<&At<String>>,
    make: &dyn MakeLists,
    problems: &mut Problems,
) -> MemberSources {
    let mut reading = Reading { files, folder, source, make, problems };
    let members = reading.members(written);
    let themes = themes.and_then(|name| {
        let path = reading.inside(name)?;
        let place = Place::new(source, name.span.clone());
        let text = reading.problems.take(read_text(files, &path, TEXT_LIMIT, Some(&place)))?;
        let parsed = parse::<ThemesFile>(&text, reading.problems)?;
        Some((text, parsed))
    });
    MemberSources { members, themes }
}

/// The themes as candidates of an evidence file: they are judged as any other.
pub(in crate::assessment) fn as_evidence(
    (source, parsed): &(Arc<SourceFile>, Parsed<ThemesFile>),
) -> (Arc<SourceFile>, Parsed<EvidenceFile>) {
    let candidate =
        parsed.file.theme.iter().map(|theme| At { value: candidate(&theme.value), span: theme.span.clone() });
    let file = EvidenceFile { source: Vec::new(), population: None, lookup: None, candidate: candidate.collect() };
    let mut content = parsed.content.clone();
    if let Some(mut themes) = content.remove("theme") {
        for gathered in themes.as_array_mut().into_iter().flatten().filter_map(|theme| theme.get_mut("gathers")) {
            if let Some(names) = gathered.as_array_mut() {
                names.sort_by_cached_key(ToString::to_string);
            }
        }
        content.insert("candidate".to_owned(), themes);
    }
    (Arc::clone(source), Parsed { file, content, lost: parsed.lost.clone() })
}

fn candidate(theme: &Theme) -> Candidate {
    Candidate {
        title: Some(theme.title.clone()),
        kind: Some(At { value: CandidateKind::Theme, span: theme.id.span.clone() }),
        about: theme.about.clone(),
        meanwhile: theme.meanwhile.clone(),
        affected: theme.affected.clone(),
        formerly: theme.formerly.clone(),
        part_of: theme.part_of.clone(),
        evidence: theme.evidence.clone(),
        ..Candidate::with_id(theme.id.clone())
    }
}

struct Reading<'a> {
    files: &'a dyn Files,
    folder: &'a str,
    source: &'a Arc<SourceFile>,
    make: &'a dyn MakeLists,
    problems: &'a mut Problems,
}

impl Reading<'_> {
    /// None of them where there are too many: each may be a record to be checked, or an assessment to be ranked.
    fn members(&mut self, written: &[WrittenMember]) -> Vec<MemberSource> {
        if let Some(first) = written.first().filter(|_| written.len() > MOST_MEMBERS) {
            let message = format!("there are {} members, and {MOST_MEMBERS} is the most", written.len());
            let place = Place::new(self.source, first.id.span.clone());
            let help = "make an assessment of some of them, and name that";
            self.problems.push(Problem::new(Code::BadValue, message).at(place).help(help));
            return Vec::new();
        }
        written.iter().map(|member| self.member(member)).collect()
    }

    fn member(&mut self, written: &WrittenMember) -> MemberSource {
        let given = [&written.record, &written.assessment, &written.list, &written.missing];
        let mut given = given.into_iter().flatten();
        let (Some(named), None) = (given.next(), given.next()) else {
            let message = "a member has one of `record`, `assessment`, `list` and `missing`";
            let place = Place::new(self.source, written.id.span.clone());
            let help = "name its sealed record, or else its assessment or the file of its list; or say in `missing` why \
                        there is nothing";
            self.problems.push(Problem::new(Code::BadValue, message).at(place).help(help));
            return MemberSource::Unread;
        };
        if written.missing.is_some() {
            return MemberSource::Nothing;
        }
        self.named(written, named).unwrap_or(MemberSource::Unread)
    }

    fn named(&mut self, written: &WrittenMember, named: &At<String>) -> Option<MemberSource> {
        let path = self.inside(named)?;
        let place = Place::new(self.source, named.span.clone());
        if written.list.is_some() {
            let source = self.problems.take(read_text(self.files, &path, TEXT_LIMIT, Some(&place)))?;
            let parsed = parse::<MemberListFile>(&source, self.problems)?;
            let digest = canonical_digest(&Value::Table(parsed.content.clone()));
            return Some(MemberSource::List(ListSource { source, parsed, digest }));
        }
        let mut found = Problems::default();
        let made = match written.record {
            Some(_) => self.make.of_record(self.files, &path, &mut found).map(MemberSource::Record),
            None => self.make.of_assessment(self.files, &path, &mut found).map(MemberSource::Assessment),
        };
        let nowhere = |problem: Problem| if problem.place.is_none() { problem.at(place.clone()) } else { problem };
        let found: Vec<Problem> = found.sorted().into_iter().map(nowhere).collect();
        self.problems.extend(Problems::from(found));
        made
    }

    /// The path of what the assessment names, in its own folder.
    fn inside(&mut self, name: &At<String>) -> Option<String> {
        let help = "put it into that folder: an assessment is complete in its own folder";
        let path = inside(self.folder, &name.value, &Place::new(self.source, name.span.clone()));
        self.problems.take(path.map_err(|problem| problem.help(help)))
    }
}
