//! The sealed folder that lets anyone reproduce a ranking: made by [`seal`], proven by [`verify`].
//!
//! A record is a bag (`BagIt` 1.0, RFC 8493): `sha256sum -c manifest-sha256.txt` proves it without this engine. It holds
//! every file that was read, what was run, and what came out. What goes in is bytes and what comes out is bytes: no
//! path, user or clock of the machine is seen here, so the same input gives the same record. Nothing is scored here,
//! and a record is never changed.

mod bag;
mod canonical;
mod compare;
mod engine;
mod gather;
mod integrity;
mod open;
mod provenance;
pub mod register;
mod results;
mod run;
pub mod signature;
pub(crate) mod stated;
mod verify;
pub mod views;

pub use crate::bag::{
    Contents, DECLARATION, DEEPEST, MANIFEST, MOST_ANSWERS, MOST_BYTES, MOST_FILES, PAYLOAD, SIGNATURES, TAG_MANIFEST,
    faults,
};
pub use compare::{FirstDifference, SideBySide, Stage};
pub use engine::Engine;
pub use gather::{Inputs, gather};
pub use integrity::{IntactRecord, check_integrity, signatures};
pub use open::{OpenedRecord, about_record, open};
pub use results::ReplayedSession;
pub use run::{Draws, Run, RunFile, SealStatement};
pub use verify::{
    Proof, RemadeRecord, Reproduction, SignedBy, Unchecked, Verification, check_reproduced, judge, reproduce, verify,
};

use std::num::NonZeroUsize;

use crate::budget::Budget;
use crate::diagnostic::{Problem, Problems};
use crate::files::BYTE_ORDER_MARK;
use results::RecordResults;

/// The record that this engine makes of these inputs, file by file: what they were, what was run, and what came out. Their
/// rules spend `budget`.
///
/// # Errors
/// What is wrong with the inputs; an expression that fails for some candidate; more than a record may hold.
pub fn seal(inputs: &Inputs, run: &Run, threads: NonZeroUsize, budget: &Budget) -> Result<Contents, Problems> {
    Ok(bag_of(&Engine::this(), inputs, &results::make(inputs, run, threads, budget)?)?)
}

/// Whether the assessment in a record keeps small numbers back from its public edition.
pub fn keeps_small_numbers(record: &Contents) -> bool {
    let file = record.get(&format!("{PAYLOAD}{}/assessment.toml", gather::ASSESSMENT));
    let text = file.map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    text.trim_start_matches(BYTE_ORDER_MARK).parse::<toml::Table>().is_ok_and(|table| table.contains_key("publication"))
}

/// The bag of these inputs and of what came out, said to be made by `engine`.
fn bag_of(engine: &Engine, inputs: &Inputs, made: &RecordResults) -> Result<Contents, Problem> {
    let mut payload = inputs.files().clone();
    payload.insert("engine.json".to_owned(), engine.json());
    payload.insert("run.json".to_owned(), made.run.json());
    payload.insert("provenance.json".to_owned(), provenance::json(made, inputs, engine));
    payload.extend(made.files.clone());
    bag::seal(payload, &made.run, engine)
}
