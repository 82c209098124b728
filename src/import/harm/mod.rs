//! Published harm weights into a list that a person can read, and counts of offences joined with them.
//!
//! A weight is of one edition, and the edition is told. Which column has the codes is decided by the codes that the counts
//! have, and told. A code that has several weights, and one that has none, is never given one silently: such counts are
//! listed and stay out.

mod code;
mod columns;
mod counts;
mod join;
mod list;
mod options;
mod weights;

use super::{Import, RowAccount};
use crate::diagnostic::Problems;
use crate::files::Files;

pub use options::{CountsToJoin, HarmOptions, SeveralWeights};

/// Reads the weights, and joins counts with them where there are any.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &HarmOptions) -> Result<Import, Problems> {
    let mut account =
        RowAccount::new(if options.counts.is_some() { "rows of weights and counts" } else { "rows of weights" });
    let mut remarks = Vec::new();
    let (weights, edition) = weights::read(files, options, &mut account, &mut remarks)?;
    let counted = match &options.counts {
        Some(counts) => counts::read(files, counts, &mut account, &mut remarks)?,
        None => Vec::new(),
    };
    let codes = columns::decide(&weights, &counted)?;
    remarks.extend(codes.remarks.iter().cloned());
    let mut written = vec![("harm-weights.csv".to_owned(), list::written(&weights, &codes, &edition)?)];
    if let Some(counts) = &options.counts {
        let joining = join::Joining { options, counts, weights: &weights, codes: &codes, edition: &edition };
        let text = joining.evidence(counted, &mut account, &mut remarks)?;
        written.push(("evidence/harm.toml".to_owned(), text));
    }
    Ok(Import { files: written, account, remarks })
}
