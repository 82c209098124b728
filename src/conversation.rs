//! Asking a person, question by question: what is not an answer is asked again, with why. The edge lends somebody to talk to.
//! What an answer means is for whoever asks.

use crate::diagnostic::{Code, Problem};

/// Somebody to talk to.
pub trait Conversation {
    /// Says a few lines.
    fn say(&mut self, words: &str);
    /// What the person answers; none where nothing more will come.
    fn hear(&mut self) -> Option<String>;
}

/// Asks until `read` makes something of the answer, which it gets without the spaces around it and never empty.
///
/// # Errors
/// The answers ended.
pub fn ask<T>(
    talk: &mut dyn Conversation,
    question: &str,
    mut read: impl FnMut(&str) -> Result<T, String>,
) -> Result<T, Problem> {
    loop {
        talk.say(question);
        let Some(answer) = talk.hear() else {
            talk.say("\n");
            let message = "the answers ended before the last question: nothing is written";
            return Err(Problem::new(Code::AnswerMissing, message).help("answer every question; Ctrl-C stops as well"));
        };
        let read = if answer.trim().is_empty() { Err("an answer is needed".to_owned()) } else { read(answer.trim()) };
        match read {
            Ok(read) => return Ok(read),
            Err(why) => talk.say(&format!("  {why}. Once more:\n")),
        }
    }
}
