//! SHA-256 as people compare it: 64 hexadecimal digits in lower case.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The SHA-256 (FIPS 180-4) of `bytes`, as 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `sha256:` and the SHA-256 of `bytes`: how a digest is written wherever it is filed.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", sha256(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one-block example of NIST's FIPS 180 "SHA-256 examples".
    #[test]
    fn the_published_example_holds() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
