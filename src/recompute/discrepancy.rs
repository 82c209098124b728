//! Something printed that does not hold, and how it is told.

use crate::diagnostic::{Code, Place, Problem};

/// Something printed that does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Discrepancy {
    /// What sort of thing it is.
    pub code: Code,
    /// The document's id, where one is named.
    pub source: Option<String>,
    /// The place in the document.
    pub place: String,
    /// The places in the same document that it is about as well: where the same figures stand.
    pub beside: Vec<String>,
    /// What is printed.
    pub printed: String,
    /// What follows instead; none where there is nothing to compute.
    pub recomputed: Option<String>,
    /// How it was recomputed.
    pub working: String,
    /// The likely cause, where one can be inferred.
    pub cause: Option<String>,
    /// Where it was transcribed.
    pub transcribed: Place,
}

impl Discrepancy {
    /// The finding as a problem that points at the transcript.
    pub fn problem(&self) -> Problem {
        let message = match &self.recomputed {
            Some(recomputed) => format!("{}: printed {}, recomputed {recomputed}", self.place, self.printed),
            None => format!("{}: {}", self.place, self.printed),
        };
        let help = match &self.cause {
            Some(cause) => format!("{}; {cause}", self.working),
            None => self.working.clone(),
        };
        Problem::new(self.code, message).at(self.transcribed.clone()).help(help)
    }
}
