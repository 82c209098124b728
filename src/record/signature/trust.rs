//! Whose signatures are trusted, and as what: public keys as minisign writes them, or a list of signers in TOML. Trust
//! comes from outside the record: nothing in a record says whom to trust.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::minisign::{PublicKey, UNTRUSTED};
use super::role::{fault_of_role, same_role};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::files::{Files, TEXT_LIMIT, read_text};
use crate::toml_file::{At, Checker, parse};

/// How minisign's secret keys begin, those with a password and those without.
const SECRET_BEGINNINGS: [&str; 2] = ["RWRTY0Iy", "RWQAAEIy"];
/// The longest word of public keys and signatures in base64 (100 letters), and some room: a secret key has 212.
const LONGEST_WORD: usize = 120;

/// Somebody whose signature counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// As what; none where the key may sign as anything.
    pub role: Option<String>,
    /// Who that is, where it was said.
    pub name: Option<String>,
    /// The key that the signer's signatures are checked with.
    pub key: PublicKey,
    /// Whether a record without this signature fails.
    pub required: bool,
    /// Where it is said that the key is trusted.
    pub place: Place,
}

impl Signer {
    /// `chair (A. Person)`, or the key's id where nothing else is known.
    pub fn called(&self) -> String {
        match (&self.role, &self.name) {
            (Some(role), Some(name)) => format!("{role} ({name})"),
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => format!("whoever owns {}", self.key.id),
        }
    }

    /// `the key of chair (A. Person)`, or the key by its id where nothing else is known.
    pub(super) fn key_called(&self) -> String {
        match (&self.role, &self.name) {
            (None, None) => format!("the key {}", self.key.id),
            _ => format!("the key of {}", self.called()),
        }
    }
}

/// Whose signatures are trusted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise signers")]
pub struct SignersFile {
    /// Who may sign, and as what.
    #[serde(default)]
    pub signer: Vec<At<SignerEntry>>,
}

/// One who may sign.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct SignerEntry {
    /// As what: `chair`.
    pub role: At<String>,
    /// Who that is, in words.
    pub name: Option<At<String>>,
    /// The public key: the second line of its file, beginning with `RW`.
    pub key: At<String>,
    /// Whether a record without this signature fails; `true` unless told.
    pub required: Option<bool>,
}

/// Those whom the file at `path` trusts. What is wrong with it goes to `problems`.
pub fn load(files: &dyn Files, path: &str, problems: &mut Problems) -> Vec<Signer> {
    let Some(source) = problems.take(read_text(files, path, TEXT_LIMIT, None)) else { return Vec::new() };
    if is_secret(&source.text) {
        // Nothing of it is pointed at: what is shown is kept in logs.
        problems.push(
            Problem::new(Code::BadKey, format!("`{path}` is a secret key, or has one in it")).help(
                "name the public key, which was made beside it and ends in `.pub`; show the secret one to nobody",
            ),
        );
        return Vec::new();
    }
    match source.text.starts_with(UNTRUSTED) {
        true => public_key(&source, problems).into_iter().collect(),
        false => signers(&source, problems),
    }
}

/// Whether a text has a secret key in it, whole or damaged: of minisign's, or as other programs write them.
fn is_secret(text: &str) -> bool {
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
    let mut words = text.split(|letter: char| !is_base64(letter));
    let of_minisign = |word: &str| SECRET_BEGINNINGS.iter().any(|beginning| word.starts_with(beginning));
    text.contains("PRIVATE KEY") || words.any(|word| of_minisign(word) || word.len() > LONGEST_WORD)
}

/// The one key of a `.pub` file. It may sign as anything: what stands in its comment anybody could have written.
fn public_key(source: &Arc<SourceFile>, problems: &mut Problems) -> Option<Signer> {
    let start = source.text.find('\n').map_or(0, |end| end + 1);
    let end = source.text.get(start..).and_then(|rest| rest.find('\n')).map_or(source.text.len(), |end| start + end);
    let place = Place::new(source, start..end);
    match PublicKey::read(&source.text) {
        Ok(key) => Some(Signer { role: None, name: None, key, required: true, place }),
        Err(why) => {
            problems.push(bad_key(&why).at(place));
            None
        }
    }
}

fn signers(source: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Signer> {
    let Some(parsed) = parse::<SignersFile>(source, problems) else { return Vec::new() };
    let mut check = Checker { source, lost: &parsed.lost, problems };
    let mut signers: Vec<Signer> = Vec::new();
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    for entry in &parsed.file.signer {
        let Some(signer) = signer(&entry.value, &mut check) else { continue };
        let again = signers
            .iter()
            .any(|other| other.key == signer.key && same_role(other.role.as_deref(), signer.role.as_deref()));
        if again {
            check.duplicate(
                &entry.value.key.span,
                "a signer",
                &entry.value.role.value,
                first.get(&signer.key.to_string()),
            );
            continue;
        }
        first.entry(signer.key.to_string()).or_insert_with(|| signer.place.clone());
        signers.push(signer);
    }
    if parsed.file.signer.is_empty() && !parsed.lost.has_lost_table && !parsed.lost.has_lost_from(&(0..0)) {
        let message = format!("`{}` names no one to trust", source.name);
        check.problem(
            Code::BadKey,
            &(0..0),
            message,
            "write `[[signer]]` with `role` and `key`, or name a `.pub` file",
        );
    }
    signers
}

fn signer(entry: &SignerEntry, check: &mut Checker<'_>) -> Option<Signer> {
    let role = check.text(&entry.role, "a role").filter(|role| {
        let fault = fault_of_role(role);
        if let Some(fault) = fault {
            check.problem(Code::BadValue, &entry.role.span, fault, "write a word or two, such as `chair`");
        }
        fault.is_none()
    });
    let name = entry.name.as_ref().and_then(|name| check.text(name, "a name"));
    match PublicKey::parse(&entry.key.value) {
        Ok(key) => {
            let place = check.place(&entry.key.span);
            Some(Signer { role: Some(role?), name, key, required: entry.required.unwrap_or(true), place })
        }
        Err(why) => {
            let problem = bad_key(&why);
            check.problem(Code::BadKey, &entry.key.span, problem.message, problem.help.unwrap_or_default());
            None
        }
    }
}

/// An entry for a list of signers, to be pasted.
pub fn entry(role: &str, key: &PublicKey) -> String {
    format!("[[signer]]\nrole = {}\nkey  = \"{key}\"\n", toml::Value::from(role))
}

fn bad_key(why: &str) -> Problem {
    Problem::new(Code::BadKey, format!("the public key can't be read: {why}"))
        .help("copy the second line of the key's `.pub` file, which begins with `RW`")
}
