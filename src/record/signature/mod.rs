//! Who signed a record: Ed25519 in the files of the tool minisign, over the bytes of the tag manifest, which stand for
//! the whole record.
//!
//! A signature says that whoever has the secret key saw this record. Whose key that is the record can't say: trusted
//! keys come from outside ([`trust`]). No clock is asked: the day is signed where a person states it.

pub mod minisign;
mod role;
pub mod secret;
pub mod trust;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::digest::digest;
use crate::record::stated::{day, is_digest};
pub use role::{fault_of_role, slug};

use minisign::{KeyId, MAX_KEY_FILE_BYTES, PublicKey, SignatureFault, SignatureFile};
use role::same_role;
use secret::SecretKey;
use trust::Signer;

/// How the name of a signature's file ends.
pub const ENDING: &str = ".minisig";

/// What a signature's trusted comment says, besides whatever else another program put there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedComment {
    /// As what the signer signed: `chair`.
    pub role: Option<String>,
    /// `sha256:` and the digest that stands for the record.
    pub record: Option<String>,
    /// The day, `2020-02-14`, as the signer states it.
    pub date: Option<String>,
}

impl TrustedComment {
    /// Reads a trusted comment: words with a `:` after the first, a tab between, as minisign's own are.
    ///
    /// # Errors
    /// Says which of them is not what we write there: nothing else may be shown as a role, a digest or a day.
    fn read(comment: &str) -> Result<Self, &'static str> {
        let said = |name: &str| {
            let words = comment.split('\t').find_map(|words| words.strip_prefix(name)?.strip_prefix(':'));
            words.map(str::to_owned)
        };
        let found = Self { role: said("role"), record: said("record"), date: said("date") };
        match &found {
            Self { role: Some(role), .. } if fault_of_role(role).is_some() => Err("the role in its comment is none"),
            Self { record: Some(record), .. } if !is_digest(record) => Err("the digest in its comment is none"),
            Self { date: Some(date), .. } if day(date).is_err() => Err("the day in its comment is none"),
            _ => Ok(found),
        }
    }

    fn comment(&self) -> String {
        let parts = [("role", &self.role), ("record", &self.record), ("date", &self.date)];
        let said = parts.into_iter().filter_map(|(name, words)| Some(format!("{name}:{}", words.as_ref()?)));
        said.collect::<Vec<_>>().join("\t")
    }
}

/// Signs a record as `role`. The same record, key, role and day give the same bytes.
pub fn sign(tag_manifest: &[u8], key: &SecretKey, role: &str, date: Option<&str>) -> SignatureFile {
    let statement = TrustedComment {
        role: Some(role.to_owned()),
        record: Some(digest(tag_manifest)),
        date: date.map(str::to_owned),
    };
    key.sign(tag_manifest, &statement.comment(), &format!("{BY}{}", key.public()))
}

/// Where a new signature goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignaturePlace {
    /// Into this file, which is not there yet.
    Free(String),
    /// Nowhere: it is there, to the byte.
    There(String),
    /// Nowhere: the same key signed as the same before, and stated something else.
    Taken(String),
}

/// Where the signature `made` as `role` goes beside those that are `there`, by the names of their files: `chair.minisig`,
/// or `chair-2.minisig` where the first is somebody else's.
pub fn signature_place(made: &SignatureFile, role: &str, there: &BTreeMap<&str, &[u8]>) -> SignaturePlace {
    let text = made.to_string();
    let name = |number: usize| match number {
        1 => format!("{}{ENDING}", slug(role)),
        number => format!("{}-{number}{ENDING}", slug(role)),
    };
    // One more name than there are files: one of them is free.
    for name in (1..=there.len()).map(name) {
        match there.get(&*name) {
            None => return SignaturePlace::Free(name),
            Some(bytes) if *bytes == text.as_bytes() => return SignaturePlace::There(name),
            Some(bytes) if read(&name, bytes).is_ok_and(|other| other.id == made.id) => {
                return SignaturePlace::Taken(name);
            }
            Some(_) => {}
        }
    }
    SignaturePlace::Free(name(there.len() + 1))
}

/// What begins the untrusted comment of our signatures; the public key follows.
const BY: &str = "signed with the key ";

/// What was found of a record's signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatures {
    /// Every file, by its name.
    pub signed: Vec<CheckedSignature>,
    /// The trusted signers who must sign and did not.
    pub missing: Vec<Signer>,
    /// Whether anybody was named whose signatures count.
    pub names_somebody: bool,
}

/// What was found of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSignature {
    /// The file's name in the folder of signatures.
    pub file: String,
    /// With which key it says it was made; none where it can't be read.
    pub key: Option<KeyId>,
    /// What its trusted comment says. Where the key is unknown, anybody can have written it.
    pub comment: TrustedComment,
    /// What that is worth.
    pub verdict: SignatureVerdict,
    /// The file, to point at.
    place: Place,
}

/// What a signature is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureVerdict {
    /// A trusted signer signed this record.
    Trusted(Signer),
    /// A trusted key signed this record, as another than it is trusted as.
    OtherRole(Signer),
    /// Of a key that is not trusted: it proves nothing.
    Unknown,
    /// It is no signature of this record, and why.
    Wrong(String),
}

/// Who signed the record with this tag manifest. `files` are those in its folder of signatures, by name; they may come
/// from anybody.
pub fn check_signatures(tag_manifest: &[u8], files: &BTreeMap<String, Vec<u8>>, trusted: &[Signer]) -> Signatures {
    let signed: Vec<CheckedSignature> =
        files.iter().map(|(name, bytes)| check_signature(tag_manifest, name, bytes, trusted)).collect();
    let has_signed = |signer: &Signer| signed.iter().any(|signed| signed.is_by(signer));
    let missing = trusted.iter().filter(|signer| signer.required && !has_signed(signer)).cloned().collect();
    Signatures { signed, missing, names_somebody: !trusted.is_empty() }
}

fn check_signature(tag_manifest: &[u8], name: &str, bytes: &[u8], trusted: &[Signer]) -> CheckedSignature {
    let text = String::from_utf8_lossy(bytes.get(..MAX_KEY_FILE_BYTES).unwrap_or(bytes)).into_owned();
    let source = Arc::new(SourceFile::new(format!("signatures/{}", name.escape_debug()), text));
    let place = |row: usize| {
        let start = source.text.split_inclusive('\n').take(row - 1).map(str::len).sum();
        let length = source.text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        Place::new(&source, start..start + length)
    };
    let mut signed = CheckedSignature {
        file: name.to_owned(),
        key: None,
        comment: TrustedComment::default(),
        verdict: SignatureVerdict::Unknown,
        place: place(1),
    };
    let file = match read(name, bytes) {
        Ok(file) => file,
        Err(why) => {
            signed.verdict = SignatureVerdict::Wrong(why);
            return signed;
        }
    };
    signed.key = Some(file.id);
    match TrustedComment::read(&file.trusted_comment) {
        Ok(comment) => signed.comment = comment,
        Err(why) => {
            (signed.verdict, signed.place) = (SignatureVerdict::Wrong(why.to_owned()), place(3));
            return signed;
        }
    }
    (signed.verdict, signed.place) = match verdict(tag_manifest, &file, &signed.comment, trusted) {
        Ok(worth) => (worth, place(2)),
        Err((row, why)) => (SignatureVerdict::Wrong(why), place(row)),
    };
    signed
}

fn read(name: &str, bytes: &[u8]) -> Result<SignatureFile, String> {
    if !name.ends_with(ENDING) {
        return Err(format!("its name does not end in `{ENDING}`"));
    }
    if bytes.len() > MAX_KEY_FILE_BYTES {
        return Err(format!("it has more than {MAX_KEY_FILE_BYTES} bytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())?;
    SignatureFile::read(text)
}

/// What a signature is worth, or in which line it is wrong and why.
fn verdict(
    tag_manifest: &[u8],
    file: &SignatureFile,
    statement: &TrustedComment,
    trusted: &[Signer],
) -> Result<SignatureVerdict, (usize, String)> {
    let known: Vec<&Signer> = trusted.iter().filter(|signer| signer.key.id == file.id).collect();
    let by: Vec<&Signer> =
        known.iter().copied().filter(|signer| file.verify(&signer.key, tag_manifest).is_ok()).collect();
    if let (Some(signer), true) = (known.first(), by.is_empty()) {
        check(file, &signer.key, tag_manifest)?;
    }
    if by.is_empty()
        && let Some(key) = stated_key(file)
    {
        // Whoever's it is, their file was altered or is of another record.
        check(file, &key, tag_manifest)?;
    }
    if statement.record.as_ref().is_some_and(|record| *record != digest(tag_manifest)) {
        return Err((3, "its comment names another record".to_owned()));
    }
    let roles = by.iter().filter(|signer| signer.role.is_some()).count();
    let as_stated = |signer: &&&Signer| counts_as(statement, signer, roles);
    Ok(match (by.iter().find(as_stated), by.first()) {
        (Some(signer), _) => SignatureVerdict::Trusted((*signer).clone()),
        (None, Some(signer)) => SignatureVerdict::OtherRole((*signer).clone()),
        (None, None) => SignatureVerdict::Unknown,
    })
}

/// Whether what a signature states is what `signer` may sign as. One that states no role counts only where its key was
/// given one role: nobody can tell which of `roles` was meant.
fn counts_as(statement: &TrustedComment, signer: &Signer, roles: usize) -> bool {
    match (&statement.role, &signer.role) {
        (_, None) => true,
        (None, Some(_)) => roles == 1,
        (Some(stated), Some(given)) => same_role(Some(stated), Some(given)),
    }
}

fn check(file: &SignatureFile, key: &PublicKey, message: &[u8]) -> Result<(), (usize, String)> {
    file.verify(key, message).map_err(|wrong| match wrong {
        SignatureFault::Message => (2, format!("key {} did not sign this record with it", key.id)),
        SignatureFault::Comment => (3, "its comment was changed after it was signed".to_owned()),
    })
}

/// The key that our own signatures name in their untrusted comment.
fn stated_key(file: &SignatureFile) -> Option<PublicKey> {
    let key = PublicKey::parse(file.untrusted_comment.strip_prefix(BY)?).ok()?;
    (key.id == file.id).then_some(key)
}

impl CheckedSignature {
    /// Whether this is a trusted signer's signature: by their key, in the role that it was given.
    fn is_by(&self, signer: &Signer) -> bool {
        let SignatureVerdict::Trusted(by) = &self.verdict else { return false };
        let in_role = self.comment.role.as_ref().or(by.role.as_ref());
        by.key == signer.key
            && (signer.role.is_none() || same_role(signer.role.as_deref(), in_role.map(String::as_str)))
    }

    /// What was found, in a sentence.
    pub fn in_words(&self) -> String {
        let file = self.file.escape_debug();
        let role = self.comment.role.as_deref().map(|role| format!(" as {}", role.escape_debug()));
        let role = role.unwrap_or_else(|| ", without saying in which role".to_owned());
        let day = self.comment.date.as_ref().map(|day| format!(", dated {}", day.escape_debug())).unwrap_or_default();
        match &self.verdict {
            SignatureVerdict::Trusted(signer) if signer.role.is_some() && self.comment.role.is_some() => {
                let by = signer.name.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
                format!("{file}: signed{role}{by}{day}")
            }
            SignatureVerdict::Trusted(signer) | SignatureVerdict::OtherRole(signer) => {
                format!("{file}: signed{role}{day}, with {}", signer.key_called())
            }
            SignatureVerdict::Unknown => {
                let key = self.key.map(|key| format!(" {key}")).unwrap_or_default();
                format!("{file}: by the unknown key{key}, which proves nothing; it says it signed{role}{day}")
            }
            SignatureVerdict::Wrong(why) => format!("{file}: wrong: {why}"),
        }
    }

    /// What a reader should know of it.
    fn problem(&self) -> Option<Problem> {
        let file = self.file.escape_debug();
        let problem = match &self.verdict {
            SignatureVerdict::Trusted(_) => return None,
            SignatureVerdict::OtherRole(signer) => {
                let role = match &self.comment.role {
                    Some(role) => format!("is signed as `{}`", role.escape_debug()),
                    None => "does not say in which of its key's roles it is signed".to_owned(),
                };
                let message = format!("`{file}` {role}, with the key of {}", signer.called());
                Problem::new(Code::SignatureOtherRole, message)
                    .help("ask them to sign in the role that their key is trusted for")
            }
            SignatureVerdict::Unknown => Problem::new(
                Code::SignatureUnknownKey,
                format!("`{file}` is signed with a key that is not trusted: it proves nothing"),
            )
            .help("name the signer's public key with `--trust`, if you have it from the signer"),
            SignatureVerdict::Wrong(_) if !self.file.ends_with(ENDING) => {
                Problem::new(Code::SignatureWrong, format!("`{file}` is among the signatures and is none"))
                    .help(format!("take it out, unless it is a signature whose name should end in `{ENDING}`"))
            }
            SignatureVerdict::Wrong(why) => {
                Problem::new(Code::SignatureWrong, format!("`{file}` is not a signature of this record: {why}"))
                    .help("ask the signer to sign again, and find out who changed it")
            }
        };
        Some(problem.at(self.place.clone()))
    }
}

impl Signatures {
    /// Those who were named and signed, each once.
    pub fn signers(&self) -> Vec<String> {
        let mut signers: Vec<String> = Vec::new();
        for signed in &self.signed {
            if let SignatureVerdict::Trusted(signer) = &signed.verdict
                && !signers.contains(&signer.called())
            {
                signers.push(signer.called());
            }
        }
        signers
    }

    /// What is wrong with them, and what a reader should know. Errors are wrong signatures and missing ones.
    pub fn problems(&self) -> Problems {
        let mut problems: Vec<Problem> = self.signed.iter().filter_map(CheckedSignature::problem).collect();
        problems.extend(self.missing.iter().map(|signer| {
            Problem::new(Code::SignatureMissing, format!("{} has not signed this record", signer.called()))
                .at(signer.place.clone())
                .help("ask for the signature, or trust only those who were meant to sign")
        }));
        problems.into()
    }
}
