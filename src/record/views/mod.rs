//! What is told of a record or a register, as text and as JSON. A view chooses and lays out: nothing is verified here.

pub mod register;
pub mod verification;

use serde::Serialize;

use crate::words::is_unseen;

/// A view as indented JSON that ends in a line break. Letters that would steer a terminal, or that nobody sees, are escaped: what
/// a record says may come from anybody.
fn indented(view: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(view).unwrap_or_default();
    let raw = |letter: char| letter != '\n' && (letter.is_control() || is_unseen(letter));
    let written = |letter: char| if raw(letter) { format!("\\u{:04x}", u32::from(letter)) } else { letter.into() };
    let mut text = if text.contains(raw) { text.chars().map(written).collect() } else { text };
    text.push('\n');
    text
}
