//! Which engine made a record.

use serde::{Deserialize, Serialize};

use super::canonical::canonical;

/// What makes one engine another: its version, and the digest of the source it is built from, `Cargo.lock` with the
/// exact version and checksum of every library included. No compiler or machine is part of it: none makes a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// The name of the crate: `prioritise`.
    pub name: String,
    /// The version of the crate: `0.1.0`.
    pub version: String,
    /// `sha256:` and the digest of its source.
    pub source: String,
    /// What can be built in or left out; there is nothing of that kind yet.
    pub features: Vec<String>,
}

impl Engine {
    /// The one that runs.
    pub fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            source: format!("sha256:{}", env!("PRIORITISE_SOURCE")),
            features: Vec::new(),
        }
    }

    /// The bytes of `engine.json`.
    pub(super) fn json(&self) -> Vec<u8> {
        canonical(self)
    }
}
