//! The texts of an assessment's files, changed where they stand: what is to be other is so, and every other byte stays as it
//! was, comments and layout with it.
//!
//! Nothing is written to a disk here. A text is only given back where it then says what was meant and nothing else, so that
//! no layout is ever guessed at.

mod changes;
mod evidence;
mod layout;
mod lines;
mod overlay;
mod rows;
mod texts;
mod upgrade;

pub use changes::ChangedFile;
pub(crate) use changes::{changed, end_of, line_end, lines_behind, of_key, quoted, value_of};
pub(crate) use evidence::{NewEvidence, evidence_in, with_evidence};
pub use layout::laid_out;
pub(crate) use overlay::Overlay;
pub(crate) use rows::{RowChange, with_rows};
pub(crate) use texts::FiledTexts;
pub use upgrade::{UpgradedText, upgraded};
