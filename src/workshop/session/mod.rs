//! A workshop's session: read, written into the assessment and its rules, and held against the list that they make.

mod apply;
mod decisions;
mod expects;
pub mod format;
mod judgements;
mod read;
mod since;
mod weights;

pub use apply::{AppliedSession, ApplyRequest, apply, rules_elsewhere};
pub(super) use expects::places;
pub use expects::{FiledSession, filed_sessions};
pub use read::{SCHEMA, SESSION_FOLDER};
pub(super) use weights::weights_with;
