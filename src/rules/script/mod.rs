//! Rhai, fenced: what rule sets may compute, and no more.
//!
//! Expressions see evidence and statistics; they reach no file, network, clock or randomness, can't print, can't
//! evaluate text, and run within bounds on steps, depth and memory. Their arithmetic is the same on every machine and
//! their comparisons are exact. `docs/rules.md` lists what they can call.

mod answer;
mod answers_seen;
mod argument;
mod check;
mod coerce;
mod edits;
mod error;
mod expression;
mod fence;
mod fields;
mod formula;
mod level_words;
mod library;
pub mod limits;
mod names;
mod numbers;
mod numeric;
mod offsets;
mod percent;
mod position;
mod price;
mod products;
mod refusal;
mod run;
mod statements;
mod template;
mod tokens;
mod types;
mod variables;
mod watch;

pub use answer::{ExpressionAnswer, NotShown};
pub use argument::{Argument, NumberColumn};
pub use check::ScriptChecker;
pub use coerce::is_exact;
pub use edits::{Edit, edits};
pub use expression::Expression;
pub use fields::{NamesReached, fields, names_reached};
pub use formula::{Formula, Known, Literals, Rising};
pub use library::{Library, Script};
pub use names::{Vocabulary, vocabulary};
pub use numbers::numbers;
pub use products::{Factors, multiplied};
pub use run::{Compiled, Compiler};
pub use statements::{ScriptStatement, watched};
pub use template::{Template, TemplatePart};
pub use tokens::{ScriptFunction, functions_of, names_in, says_the_same};
pub use types::POOLED_RATE;
pub use types::column::AnswersOfAll;
pub use variables::Variables;
