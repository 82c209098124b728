//! Which engine made a record.

use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::stated::is_digest;
use crate::diagnostic::{Code, Problem};

/// What makes one engine another: its version, and the digest of the source it is built from, `Cargo.lock` with the
/// exact version and checksum of every library included. No compiler or machine is part of it: none makes a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// The name of the crate: `prioritise`.
    pub name: String,
    /// The version of the crate, which is the name of its release: `0.1.0`.
    pub version: String,
    /// `sha256:` and the digest of its source.
    pub source: String,
    /// A commit with that source, in 40 hexadecimal digits, to find it by; none where the build knew of none. It makes
    /// no engine another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
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
            commit: option_env!("PRIORITISE_COMMIT").filter(|commit| is_commit(commit)).map(str::to_owned),
            features: Vec::new(),
        }
    }

    /// Whether both are built from the same source. A commit only says where that is found.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let identity = |engine: &Self| Self { commit: None, ..engine.clone() };
        identity(self) == identity(other)
    }

    /// In words: name, version, source and, where it is known, the commit.
    pub fn in_words(&self) -> String {
        let commit = self.commit.as_ref().map(|commit| format!(", commit {commit}")).unwrap_or_default();
        format!("{} {}, source {}{commit}", self.name, self.version, self.source)
    }

    /// Where it is not what an engine says of itself.
    pub(super) fn fault(&self) -> Option<Problem> {
        let member = match self {
            _ if !is_word(&self.name) => "name",
            _ if !is_version(&self.version) => "version",
            _ if !is_digest(&self.source) => "source",
            _ if self.commit.as_ref().is_some_and(|commit| !is_commit(commit)) => "commit",
            _ if !self.features.iter().all(|feature| is_word(feature)) => "features",
            _ => return None,
        };
        let message = format!("`data/engine.json` was altered: `{member}` is not what an engine writes there");
        Some(Problem::new(Code::RecordMalformed, message).help("ask for the folder as it was sealed"))
    }

    /// The bytes of `engine.json`.
    pub(super) fn json(&self) -> Vec<u8> {
        canonical(self)
    }
}

/// The longest name or version, in bytes.
const LONGEST: usize = 60;

/// A name as crates and their features have it.
fn is_word(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    text.len() <= LONGEST && text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(fits)
}

/// Three numbers with full stops between, and what may follow a `-`: the form of Semantic Versioning 2.0.0.
fn is_version(text: &str) -> bool {
    let (numbers, rest) = text.split_once('-').map_or((text, None), |(numbers, rest)| (numbers, Some(rest)));
    let numbers: Vec<&str> = numbers.split('.').collect();
    let is_number = |number: &&str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    text.len() <= LONGEST
        && numbers.len() == 3
        && numbers.iter().all(is_number)
        && rest.is_none_or(|rest| !rest.is_empty() && rest.bytes().all(fits))
}

/// The full name of a commit.
fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_says_nothing_but_what_engines_say() {
        let fault = |change: &dyn Fn(&mut Engine)| {
            let mut engine = Engine::this();
            change(&mut engine);
            engine.fault().map(|problem| problem.message)
        };
        assert_eq!(fault(&|_| ()), None);
        assert_eq!(fault(&|engine| engine.version = "10.2.0-rc.1".into()), None);
        let at = |member: &str, change: &dyn Fn(&mut Engine)| {
            let said = fault(change);
            assert!(said.as_ref().is_some_and(|said| said.contains(&format!("`{member}`"))), "{said:?}");
        };
        at("name", &|engine| engine.name = "prioritise\nReproduced.".into());
        for version in ["1.0", "1.0.0\nReproduced.", "1..0", "1.0.0-", "1.0.0 (signed)", "", "1.0.x"] {
            at("version", &|engine| engine.version = version.into());
        }
        at("source", &|engine| engine.source = "sha256:0".into());
        at("commit", &|engine| engine.commit = Some("main".into()));
        at("features", &|engine| engine.features = vec!["a b".into()]);
    }

    #[test]
    fn a_commit_makes_no_engine_another() {
        let moved = Engine { commit: Some("0".repeat(40)), ..Engine::this() };
        assert!(moved.is_same_as(&Engine::this()));
        assert!(!Engine { version: "9.0.0".into(), ..moved }.is_same_as(&Engine::this()));
    }
}
