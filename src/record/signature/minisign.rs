//! Public keys and signatures as the tool minisign writes them (its manual, "Format"): text that anybody can check
//! without this engine. Nothing is judged here but whether a signature is right.

use std::fmt;

use blake2::{Blake2b512, Digest as _};
use data_encoding::BASE64;
use ed25519_dalek::{Signature, VerifyingKey};

use crate::words::{odd_in_words, odd_letter};

/// What begins the first line of each file. Anybody can change what follows it.
pub(super) const UNTRUSTED: &str = "untrusted comment: ";
/// What begins the third line of a signature. What follows it is signed too.
const TRUSTED: &str = "trusted comment: ";
/// Ed25519, and in a signature: of the message itself.
pub(super) const PLAIN: [u8; 2] = *b"Ed";
/// Ed25519 of the message's BLAKE2b-512.
const HASHED: [u8; 2] = *b"ED";
/// The largest file of a key or signature that is read, in bytes. The tool's own comments have at most 8,192.
pub const MAX_KEY_FILE_BYTES: usize = 16 << 10;

/// The eight bytes by which a key is found again. Anybody can make a key with the same: they prove nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:X}", u64::from_le_bytes(self.0))
    }
}

/// What a signature is checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The id under which a signature names this key.
    pub id: KeyId,
    key: VerifyingKey,
}

impl PublicKey {
    pub(super) fn new(id: KeyId, key: VerifyingKey) -> Self {
        Self { id, key }
    }

    /// Reads the line that begins with `RW`.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn parse(line: &str) -> Result<Self, String> {
        let bytes = BASE64.decode(line.as_bytes()).map_err(|_| "it is not written in base64".to_owned())?;
        let (kind, id, key): ([u8; 2], _, [u8; 32]) =
            parted(&bytes).ok_or("it does not have the length of a public key")?;
        if kind != PLAIN {
            return Err("it is not a key for Ed25519".to_owned());
        }
        let key = VerifyingKey::from_bytes(&key).map_err(|_| "it is not a key".to_owned())?;
        match key.is_weak() {
            true => Err("it is a weak key, with which anyone can sign".to_owned()),
            false => Ok(Self { id, key }),
        }
    }

    /// Reads a whole file, `chair.pub`.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        fit_to_show(text)?;
        let [comment, key] = lines(text).ok_or("a public key has two lines, a comment and the key")?;
        match comment.starts_with(UNTRUSTED) {
            true => Self::parse(key),
            false => Err(format!("its first line does not begin with `{UNTRUSTED}`")),
        }
    }

    /// The file of this key.
    pub fn file(&self, comment: &str) -> String {
        format!("{UNTRUSTED}{comment}\n{self}\n")
    }
}

/// The line that begins with `RW`.
impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&PLAIN[..], &self.id.0, self.key.as_bytes()].concat();
        formatter.write_str(&BASE64.encode(&bytes))
    }
}

/// A file that ends in `.minisig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFile {
    /// What stands above the signature; anybody can change it.
    pub untrusted_comment: String,
    /// The id of the key that it says it was made with.
    pub id: KeyId,
    /// What was signed together with the message.
    pub trusted_comment: String,
    pub(super) hashed: bool,
    pub(super) signature: [u8; 64],
    pub(super) whole: [u8; 64],
}

/// In what a signature is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureFault {
    /// It is not of this message, or not by this key.
    Message,
    /// Its comment was changed.
    Comment,
}

impl SignatureFile {
    /// Reads a whole file.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        fit_to_show(text)?;
        let [first, signature, third, whole] = lines(text).ok_or("a signature has four lines")?;
        let begins = |line: &str, at: &str, prefix: &str| {
            let rest = line.strip_prefix(prefix).map(str::to_owned);
            rest.ok_or_else(|| format!("its {at} line does not begin with `{prefix}`"))
        };
        let untrusted_comment = begins(first, "first", UNTRUSTED)?;
        let trusted_comment = begins(third, "third", TRUSTED)?;
        let decoded = |line: &str, at: &str| {
            BASE64.decode(line.as_bytes()).map_err(|_| format!("its {at} line is not written in base64"))
        };
        let (kind, id, signature) =
            parted(&decoded(signature, "second")?).ok_or("its second line does not have the length of a signature")?;
        let whole = decoded(whole, "fourth")?;
        let whole = whole.try_into().map_err(|_| "its fourth line does not have the length of a signature")?;
        let hashed = match kind {
            HASHED => true,
            PLAIN => false,
            _ => return Err("it is not a signature by Ed25519".to_owned()),
        };
        Ok(Self { untrusted_comment, id, trusted_comment, hashed, signature, whole })
    }

    /// Whether `key` signed `message` with this comment.
    ///
    /// # Errors
    /// What is wrong.
    pub fn verify(&self, key: &PublicKey, message: &[u8]) -> Result<(), SignatureFault> {
        let signs = |message: &[u8], signature: &[u8; 64]| {
            key.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
        };
        let right = match self.hashed {
            true => signs(&Blake2b512::digest(message), &self.signature),
            false => signs(message, &self.signature),
        };
        if key.id != self.id || !right {
            return Err(SignatureFault::Message);
        }
        match signs(&self.signed_comment(), &self.whole) {
            true => Ok(()),
            false => Err(SignatureFault::Comment),
        }
    }

    /// What the second signature signs.
    pub(super) fn signed_comment(&self) -> Vec<u8> {
        [&self.signature[..], self.trusted_comment.as_bytes()].concat()
    }
}

/// The whole file.
impl fmt::Display for SignatureFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.hashed { HASHED } else { PLAIN };
        let signature = BASE64.encode(&[&kind[..], &self.id.0, &self.signature].concat());
        writeln!(formatter, "{UNTRUSTED}{}\n{signature}", self.untrusted_comment)?;
        writeln!(formatter, "{TRUSTED}{}\n{}", self.trusted_comment, BASE64.encode(&self.whole))
    }
}

/// Whoever looks at such a file sees all that is in it: of its comments anybody can write one.
fn fit_to_show(text: &str) -> Result<(), String> {
    odd_letter(text).map_or(Ok(()), |odd| Err(format!("it has {}", odd_in_words(odd))))
}

/// Just so many lines, with any line ends.
pub(super) fn lines<const N: usize>(text: &str) -> Option<[&str; N]> {
    text.lines().collect::<Vec<_>>().try_into().ok()
}

/// Two bytes, a key's id, and just so many more.
fn parted<const N: usize>(bytes: &[u8]) -> Option<([u8; 2], KeyId, [u8; N])> {
    let (kind, rest) = bytes.split_first_chunk()?;
    let (id, rest) = rest.split_first_chunk()?;
    Some((*kind, KeyId(*id), rest.try_into().ok()?))
}
