//! `provenance.json`: what came from what, as W3C PROV-JSON (member submission of 24 April 2013).
//!
//! PROV rather than RO-Crate: the latter must have a date of publication, and a record has no date that nobody stated.

use serde_json::{Map, Value, json};

use super::canonical::canonical;
use super::engine::Engine;
use super::gather::Inputs;
use super::results::{RANKING, RECHECK, RecordResults};
use crate::digest::sha256;

/// The namespace of our own names. Nothing is published there; it tells them from others.
const NAMESPACE: &str = "urn:prioritise:";

/// The bytes of the file.
pub(super) fn json(made: &RecordResults, inputs: &Inputs, engine: &Engine) -> Vec<u8> {
    let mut entities = Map::new();
    for (path, bytes) in inputs.files().iter().chain(&made.files) {
        entities.insert(file(path), json!({ "prioritise:sha256": sha256(bytes) }));
    }
    for (id, document) in &made.sources {
        entities.insert(source(id), json!({ "prov:label": document.title }));
    }
    let run = &made.run;
    entities.insert(
        "prioritise:assessment".to_owned(),
        json!({ "prov:type": "prov:Collection", "prov:label": run.assessment.title, "prioritise:digest": run.assessment.digest }),
    );
    entities.insert(
        "prioritise:rules".to_owned(),
        json!({ "prov:type": "prov:Collection", "prov:label": run.rules.name, "prioritise:digest": run.rules.digest }),
    );
    let members = inputs.files().keys().filter_map(|path| {
        let collection = path.split('/').next().filter(|folder| matches!(*folder, "assessment" | "rules"))?;
        Some(json!({ "prov:collection": format!("prioritise:{collection}"), "prov:entity": file(path) }))
    });
    let derived = made
        .sources
        .keys()
        .map(|id| json!({ "prov:generatedEntity": "prioritise:assessment", "prov:usedEntity": source(id) }));
    let used = ["prioritise:assessment", "prioritise:rules"].map(str::to_owned).into_iter();
    let templates = inputs.files().keys().filter(|path| path.starts_with("templates/")).map(|path| file(path));
    let used = used.chain(templates).map(|entity| json!({ "prov:activity": "prioritise:rank", "prov:entity": entity }));
    let generated = made.files.keys().filter(|path| *path != RECHECK);
    let generated = generated.map(|path| json!({ "prov:entity": file(path), "prov:activity": "prioritise:rank" }));
    let mut document = json!({
        "prefix": { "prioritise": NAMESPACE, "file": format!("{NAMESPACE}file:"), "source": format!("{NAMESPACE}source:") },
        "entity": entities,
        "activity": { "prioritise:rank": {} },
        "agent": { "prioritise:engine": {
            "prov:type": "prov:SoftwareAgent",
            "prov:label": format!("{} {}", engine.name, engine.version),
            "prioritise:source": engine.source,
        } },
        "hadMember": numbered("member", members),
        "wasDerivedFrom": numbered("derivation", derived),
        "used": numbered("usage", used),
        "wasGeneratedBy": numbered("generation", generated),
        "wasAssociatedWith": numbered("association", [json!({ "prov:activity": "prioritise:rank", "prov:agent": "prioritise:engine" })].into_iter()),
    });
    if let (Some(by), Some(document)) = (&run.stated.by, document.as_object_mut()) {
        person(by, document);
    }
    if let (Some(other), Some(document)) = (&run.stated.supersedes, document.as_object_mut()) {
        revision(other, document);
    }
    canonical(&document)
}

/// Adds the record that this one takes the place of, which its list is a revision of.
fn revision(other: &str, document: &mut Map<String, Value>) {
    let revised = json!({
        "prov:generatedEntity": file(RANKING),
        "prov:usedEntity": "prioritise:superseded",
        "prov:type": "prov:Revision",
    });
    if let Some(entities) = document.get_mut("entity").and_then(Value::as_object_mut) {
        entities.insert("prioritise:superseded".to_owned(), json!({ "prioritise:record": other }));
    }
    if let Some(derived) = document.get_mut("wasDerivedFrom").and_then(Value::as_object_mut) {
        derived.insert("_:revision".to_owned(), revised);
    }
}

/// Adds whoever said that they sealed the record.
fn person(by: &str, document: &mut Map<String, Value>) {
    let mut add = |kind: &str, name: &str, value: Value| {
        if let Some(of_kind) = document.get_mut(kind).and_then(Value::as_object_mut) {
            of_kind.insert(name.to_owned(), value);
        }
    };
    add("agent", "prioritise:sealer", json!({ "prov:type": "prov:Person", "prioritise:role": by }));
    let engine = json!({ "prov:activity": "prioritise:rank", "prov:agent": "prioritise:sealer" });
    add("wasAssociatedWith", "_:association-of-sealer", engine);
}

/// Relations have names of their own, which nobody uses.
fn numbered(what: &str, relations: impl Iterator<Item = Value>) -> Map<String, Value> {
    relations.enumerate().map(|(at, relation)| (format!("_:{what}{}", at + 1), relation)).collect()
}

fn file(path: &str) -> String {
    format!("file:{path}")
}

fn source(id: &str) -> String {
    format!("source:{id}")
}
