//! Plans judged: from the types of [`super::format`] to those that can't be wrong. A file for each kind of table.

mod claim;
mod document_place;
mod followed;
mod formerly;
mod measure;
mod named;
mod options;
mod reading;
mod target;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Value;

use super::format::{self, PlanFile};
use super::{Measure, Plan, PlanSource, PlanSources, Priority};
use crate::assessment::digest::canonical_digest;
use crate::assessment::judging::period;
use crate::assessment::references::References;
use crate::diagnostic::{Code, Place, Problems};
use crate::toml_file::{At, Checker};

use document_place::cited;
pub(in crate::assessment) use named::Filed;
use named::{Own, Priorities};

/// The plans that the files make: those to be reviewed, the earliest first, and the one to be chosen.
pub(in crate::assessment) fn validate(
    sources: PlanSources,
    filed: &Filed<'_>,
    problems: &mut Problems,
) -> (Vec<Plan>, Option<Plan>) {
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    let mut judge = |source: PlanSource| {
        let id = plan_id(&source.name);
        let place = Place::new(&source.source, source.parsed.file.plan.value.title.span.clone());
        let again = first.insert(id.clone(), place.clone());
        if let Some(other) = again {
            let message = format!("there is already a plan `{id}`, in `{}`", other.source.name);
            let help = "name each plan once; two of them need files of different names";
            problems.push(crate::diagnostic::Problem::new(Code::DuplicateId, message).at(place).help(help));
        }
        plan(id, source, filed, problems)
    };
    let mut reviews: Vec<Plan> = sources.reviews.into_iter().filter_map(&mut judge).collect();
    let chosen = sources.plan.and_then(&mut judge);
    reviews.sort_by(|one, other| (one.period, &one.id).cmp(&(other.period, &other.id)));
    (reviews, chosen)
}

/// A plan's name: that of its file, without folder and ending.
pub(in crate::assessment) fn plan_id(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name).to_owned()
}

fn plan(id: String, source: PlanSource, filed: &Filed<'_>, problems: &mut Problems) -> Option<Plan> {
    let PlanSource { source, parsed, .. } = source;
    let PlanFile { plan: At { value: header, .. }, source: written, priority, measure, .. } = &parsed.file;
    let mut check = Checker { source: &source, lost: &parsed.lost, problems };
    let title = check.text(&header.title, "the title");
    let of_plan = period(&mut check, &header.period);
    let because = header.because.as_ref().map(|because| check.text(because, "the reason"));
    let mut found = filed.documents.clone();
    found.add(&mut check, written);
    let sources = found.documents;
    let all_documents = filed.is_whole && !parsed.lost.has_lost_table;
    let references = References { documents: &sources, all_documents, population: None };
    let priorities = priorities(&mut check, &references, priority);
    let own = Own { period: of_plan, priorities: &priorities, references: &references, filed };
    let measures = measures(&mut check, &own, measure);
    let to_choose = options::to_choose(&parsed.file);
    let actions = followed::judge(&mut check, filed, of_plan, &parsed.file.action, to_choose);
    let options = options::judge(&mut check, &references, filed, &parsed.file, &parsed.content);
    let (place, digest) = (check.place(&header.title.span), plan_digest(parsed.content));
    let (priorities, because) = (priorities.into_values().map(|(_, judged)| judged).collect(), because.flatten());
    Some(Plan {
        id,
        title: title?,
        period: of_plan?,
        because,
        sources,
        priorities,
        measures,
        actions,
        options,
        digest,
        place,
    })
}

fn priorities(check: &mut Checker<'_>, references: &References<'_>, written: &[format::Priority]) -> Priorities {
    let mut judged = Priorities::new();
    let ids = written.iter().map(|written| written.id.value.as_str());
    for (number, written) in written.iter().enumerate() {
        let id = check.id(&written.id);
        let title = check.text(&written.title, "the title");
        let (source, place) = (written.source.as_ref(), written.place.as_ref());
        let cited = cited(check, references, source, place, written.note.as_ref(), &written.id.span);
        let formerly = formerly::judge(check, "a priority", &written.id.value, &written.formerly, &ids);
        let (Some(id), Some(title)) = (id, title) else { continue };
        if let Some((first, _)) = judged.values().find(|(_, other)| other.id == id) {
            let first = first.clone();
            check.duplicate(&written.id.span, "a priority", &id, Some(&first));
            continue;
        }
        judged.insert(number, (check.place(&written.id.span), Priority { id, title, formerly, cited }));
    }
    judged
}

fn measures(check: &mut Checker<'_>, own: &Own<'_>, written: &[At<format::Measure>]) -> Vec<Arc<Measure>> {
    let mut judged: Vec<Arc<Measure>> = Vec::new();
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    let ids = written.iter().map(|written| written.value.id.value.as_str());
    for At { value, .. } in written {
        check.once(&mut first, "a measure", &value.id);
    }
    for written in written {
        let At { value: format::Measure { id, formerly, .. }, .. } = written;
        let formerly = formerly::judge(check, "a measure", &id.value, formerly, &ids);
        judged.extend(measure::judge(check, own, written, formerly).map(Arc::new));
    }
    judged
}

/// The digest of what the file says. The order of documents says nothing; that of everything else does.
pub(in crate::assessment) fn plan_digest(mut content: toml::Table) -> String {
    if let Some(Value::Array(sources)) = content.get_mut("source") {
        sources.sort_by_cached_key(canonical_digest);
    }
    canonical_digest(&Value::Table(content))
}
