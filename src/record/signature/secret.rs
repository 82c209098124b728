//! Secret keys as the tool minisign writes them: encrypted with a password, at the tool's own cost. The password, the
//! key in clear and what encrypts it are wiped from memory after use. Nothing random is drawn here: the edge lends it.

use blake2::Blake2b512;
use blake2::{Blake2b, Digest as _, digest::consts::U32};
use data_encoding::BASE64;
use ed25519_dalek::{Signer as _, SigningKey};
use scrypt::Params;
use zeroize::Zeroizing;

use super::minisign::{KeyId, PLAIN, PublicKey, SignatureFile, UNTRUSTED, lines};

/// scrypt, the only way in which a key is encrypted.
const SCRYPT: [u8; 2] = *b"Sc";
/// What stands there if a key is not encrypted.
const IN_CLEAR: [u8; 2] = [0, 0];
/// `BLAKE2b`, the only checksum.
const BLAKE: [u8; 2] = *b"B2";
/// The id, the key pair and their checksum: what the password hides.
const HIDDEN: usize = 8 + 64 + 32;

/// What finding the key by trying passwords costs, as libsodium counts it (`crypto_pwhash_scryptsalsa208sha256`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// How much is computed.
    pub operations: u64,
    /// How much memory that takes, in bytes.
    pub memory: u64,
}

impl PasswordCost {
    /// What minisign takes: a gibibyte of memory, for some seconds.
    pub const USUAL: Self = Self { operations: 1 << 25, memory: 1 << 30 };

    /// The parameters of scrypt (RFC 7914) that libsodium derives from a cost.
    fn parameters(self) -> Result<Params, KeyFault> {
        if self.memory > Self::USUAL.memory || self.operations > Self::USUAL.operations {
            return Err(KeyFault::File("it asks for more memory or time than minisign ever needs"));
        }
        let operations = self.operations.max(1 << 15);
        let (most, p) = match operations < self.memory / 32 {
            true => (operations / 32, None),
            false => (self.memory / 1024, Some(())),
        };
        let log_n = (1..63).find(|log: &u8| 1_u64 << log > most / 2).unwrap_or(63);
        let p = p.map_or(1, |()| (operations / 4) / (1 << log_n) / 8);
        let p = u32::try_from(p).map_err(|_| COST)?;
        Params::new(log_n, 8, p).map_err(|_| COST)
    }
}

const COST: KeyFault = KeyFault::File("its password settings make no sense");

/// Why a secret key can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// The file is none, and why.
    File(&'static str),
    /// It is not encrypted.
    InClear,
    /// The password does not open it.
    Password,
    /// This machine has not the memory to try.
    Memory,
}

/// The secret half of a key pair: what makes signatures.
pub struct SecretKey {
    id: KeyId,
    key: SigningKey,
}

impl SecretKey {
    /// The key that these random bytes make.
    pub fn new(seed: &[u8; 32], id: [u8; 8]) -> Self {
        Self { id: KeyId(id), key: SigningKey::from_bytes(seed) }
    }

    /// The key that its signatures are checked with.
    pub fn public(&self) -> PublicKey {
        PublicKey::new(self.id, self.key.verifying_key())
    }

    /// The file of this key, encrypted with a password and a salt of random bytes.
    ///
    /// # Errors
    /// Where this machine has not the memory, or the cost is beyond the usual.
    pub fn file(
        &self,
        comment: &str,
        password: &[u8],
        salt: [u8; 32],
        cost: PasswordCost,
    ) -> Result<Zeroizing<String>, KeyFault> {
        let pair = Zeroizing::new(self.key.to_keypair_bytes());
        let checksum = checksum(self.id, &pair);
        let clear = Zeroizing::new([&self.id.0[..], &pair[..], &checksum].concat());
        let hidden = masked(&clear, &*mask(password, &salt, cost)?);
        let (operations, memory) = (cost.operations.to_le_bytes(), cost.memory.to_le_bytes());
        let bytes = [&PLAIN[..], &SCRYPT, &BLAKE, &salt, &operations, &memory, &hidden].concat();
        Ok(Zeroizing::new(format!("{UNTRUSTED}{comment}\n{}\n", BASE64.encode(&bytes))))
    }

    /// Reads a whole file with its password.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn open(text: &str, password: &[u8]) -> Result<Self, KeyFault> {
        let file = LockedKey::read(text)?;
        let clear = Zeroizing::new(masked(&file.hidden, &*mask(password, &file.salt, file.cost)?));
        let (id, rest) = clear.split_first_chunk().ok_or(KeyFault::Password)?;
        let (pair, sum) = rest.split_first_chunk::<64>().ok_or(KeyFault::Password)?;
        let id = KeyId(*id);
        if checksum(id, pair) != sum {
            return Err(KeyFault::Password);
        }
        let key = SigningKey::from_keypair_bytes(pair)
            .map_err(|_| KeyFault::File("its two halves belong to two different keys"))?;
        Ok(Self { id, key })
    }

    /// Signs `message` together with a comment. Ed25519 draws nothing at random (RFC 8032, 5.1.6), so the same key,
    /// message and comments give the same bytes.
    pub fn sign(&self, message: &[u8], trusted_comment: &str, untrusted_comment: &str) -> SignatureFile {
        let mut file = SignatureFile {
            untrusted_comment: untrusted_comment.to_owned(),
            id: self.id,
            trusted_comment: trusted_comment.to_owned(),
            hashed: true,
            signature: self.key.sign(&Blake2b512::digest(message)).to_bytes(),
            whole: [0; 64],
        };
        file.whole = self.key.sign(&file.signed_comment()).to_bytes();
        file
    }
}

/// Whether a text is a secret key that a password opens: told before anybody is asked for one.
///
/// # Errors
/// Why it can't be used.
pub fn is_locked(text: &str) -> Result<(), KeyFault> {
    LockedKey::read(text).map(drop)
}

/// A secret key as it is filed.
struct LockedKey {
    salt: [u8; 32],
    cost: PasswordCost,
    hidden: [u8; HIDDEN],
}

impl LockedKey {
    fn read(text: &str) -> Result<Self, KeyFault> {
        let [comment, line] = lines(text).ok_or(KeyFault::File("a secret key has two lines, a comment and the key"))?;
        if !comment.starts_with(UNTRUSTED) {
            return Err(KeyFault::File("its first line does not begin with `untrusted comment: `"));
        }
        let bytes = BASE64.decode(line.as_bytes()).map_err(|_| KeyFault::File("it is not written in base64"))?;
        Self::parse(&Zeroizing::new(bytes)).ok_or(KeyFault::File("it does not have the length of a secret key"))?
    }

    /// The outer is none where the length is wrong.
    fn parse(bytes: &[u8]) -> Option<Result<Self, KeyFault>> {
        let (kind, rest) = bytes.split_first_chunk::<2>()?;
        let (way, rest) = rest.split_first_chunk::<2>()?;
        let (sum, rest) = rest.split_first_chunk::<2>()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (operations, rest) = rest.split_first_chunk()?;
        let (memory, rest) = rest.split_first_chunk()?;
        let hidden = rest.try_into().ok()?;
        let cost = PasswordCost { operations: u64::from_le_bytes(*operations), memory: u64::from_le_bytes(*memory) };
        Some(match (*kind, *way, *sum) {
            (PLAIN, SCRYPT, BLAKE) => cost.parameters().map(|_| Self { salt: *salt, cost, hidden }),
            (PLAIN, IN_CLEAR, BLAKE) => Err(KeyFault::InClear),
            _ => Err(KeyFault::File("it is of a kind that this program does not know")),
        })
    }
}

/// BLAKE2b-256 of a key's kind, id and pair.
fn checksum(id: KeyId, pair: &[u8; 64]) -> [u8; 32] {
    Blake2b::<U32>::new().chain_update(PLAIN).chain_update(id.0).chain_update(pair).finalize().into()
}

/// What hides the key, from a password.
fn mask(password: &[u8], salt: &[u8; 32], cost: PasswordCost) -> Result<Zeroizing<[u8; HIDDEN]>, KeyFault> {
    let parameters = cost.parameters()?;
    // Asked for first, for where there is not enough the library would end the process.
    let memory = usize::try_from(cost.memory).map_err(|_| KeyFault::Memory)?;
    Vec::<u8>::new().try_reserve_exact(memory).map_err(|_| KeyFault::Memory)?;
    let mut mask = Zeroizing::new([0; HIDDEN]);
    scrypt::scrypt(password, salt, &parameters, &mut mask[..]).map_err(|_| COST)?;
    Ok(mask)
}

/// What was in clear hidden, and the other way round.
fn masked(bytes: &[u8], mask: &[u8; HIDDEN]) -> Vec<u8> {
    bytes.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect()
}
