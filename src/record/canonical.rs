//! JSON written one way, so that the same content has the same bytes.

use serde::Serialize;

/// As RFC 8785 (JSON Canonicalization Scheme) writes it: one way to write each value, so that a digest means something.
pub(super) fn canonical(value: &impl Serialize) -> Vec<u8> {
    // Fails for numbers that JSON does not have, and none of these types can hold one.
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}

/// The same of JSON text.
pub(super) fn canonical_text(text: &str) -> Vec<u8> {
    serde_json::from_str::<serde_json::Value>(text).map(|value| canonical(&value)).unwrap_or_default()
}
