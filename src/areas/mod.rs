//! Areas that change: which old areas make up which new ones, and what share of an old one lies in each.
//!
//! [`Lookup`] is a table of that, judged: each old area goes somewhere once and whole. [`Share`] and [`Tally`] share counts
//! out and add them up without losing any. Nothing here knows of evidence, and nothing is averaged.

mod lookup;
mod share;

pub use lookup::{BEST_FIT_CAVEAT, Lookup, LookupColumns, LookupKind, NewArea, OldArea};
pub use share::{Share, Tally};
