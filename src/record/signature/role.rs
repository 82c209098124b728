//! As what somebody signs.

use crate::words::{is_of_one_script, is_unseen};

/// The longest role, in bytes.
const MAX_ROLE_BYTES: usize = 60;

/// What is wrong with `role` as a role.
pub fn fault_of_role(role: &str) -> Option<&'static str> {
    let unseen = |letter: char| letter.is_control() || is_unseen(letter);
    match role {
        _ if role.len() > MAX_ROLE_BYTES => Some("the role is too long"),
        _ if role.chars().any(unseen) => Some("the role has a character in it that can't be seen"),
        _ if !is_of_one_script(role) => Some("the role has letters of several scripts, which may look like others"),
        _ if slug(role).is_empty() => Some("the role has no letter from a to z and no digit"),
        _ => None,
    }
}

/// A role as the name of a file: `board-chair` for `Board chair`.
pub fn slug(role: &str) -> String {
    let words = role.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

pub(super) fn same_role(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(str::to_lowercase) == other.map(str::to_lowercase)
}
