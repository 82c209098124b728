//! Which claims were worked out together: those of one column of a table.

use crate::assessment::claim::Claim;

/// A document, and a column of one of its tables: two documents may each have a "Table 5".
pub(super) type ColumnKey<'a> = (Option<&'a str>, &'a str);

pub(super) fn column_key(claim: &Claim) -> ColumnKey<'_> {
    (claim.source.as_deref(), &claim.group)
}
