//! What became of each row that was read. It never rounds, and an import whose account does not balance is refused.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::{Code, Problem};
use crate::words::number;

/// Rows read = rows used + rows set aside, by reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAccount {
    rows: &'static str,
    read: u64,
    used: u64,
    aside: BTreeMap<String, u64>,
}

impl RowAccount {
    /// An account of `rows`, in the plural: `street rows`.
    pub fn new(rows: &'static str) -> Self {
        Self { rows, read: 0, used: 0, aside: BTreeMap::new() }
    }

    /// Counts rows as read. Counted where they are read, not where they are used, so that the account can tell.
    pub fn read(&mut self, rows: u64) {
        self.read += rows;
    }

    /// Counts rows as used.
    pub fn used(&mut self, rows: u64) {
        self.used += rows;
    }

    /// Counts rows as set aside for a reason, in plain words; nothing is noted of none.
    pub fn set_aside(&mut self, reason: &str, rows: u64) {
        if rows > 0 {
            *self.aside.entry(reason.to_owned()).or_default() += rows;
        }
    }

    /// Sets rows aside that were counted as used.
    pub fn take_back(&mut self, reason: &str, rows: u64) {
        self.used = self.used.saturating_sub(rows);
        self.set_aside(reason, rows);
    }

    /// What the rows are, in the plural: `street rows`.
    pub fn rows(&self) -> &str {
        self.rows
    }

    /// How many rows were read.
    pub fn rows_read(&self) -> u64 {
        self.read
    }

    /// How many rows were used.
    pub fn rows_used(&self) -> u64 {
        self.used
    }

    /// How many rows were set aside for each reason.
    pub fn aside(&self) -> impl Iterator<Item = (&str, u64)> {
        self.aside.iter().map(|(reason, rows)| (&**reason, *rows))
    }

    /// Whether every row read was either used or set aside.
    ///
    /// # Errors
    /// Says by how many rows it is out.
    pub fn balance(&self) -> Result<(), Problem> {
        let told = self.used + self.aside.values().sum::<u64>();
        if told == self.read {
            return Ok(());
        }
        let message = format!("of {} {} read {} are accounted for: nothing is written", self.read, self.rows, told);
        Err(Problem::new(Code::UnbalancedAccount, message).help("this is a fault in the engine: please report it"))
    }
}

impl fmt::Display for RowAccount {
    /// A line for each entry, figures to the right.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![(format!("{} read", self.rows), self.read), ("used".to_owned(), self.used)];
        // The largest heap first.
        let mut aside: Vec<(&String, &u64)> = self.aside.iter().collect();
        aside.sort_by_key(|(reason, rows)| (std::cmp::Reverse(**rows), *reason));
        lines.extend(aside.into_iter().map(|(reason, rows)| (format!("set aside: {reason}"), *rows)));
        let figures: Vec<String> = lines.iter().map(|(_, rows)| grouped(*rows)).collect();
        let words = lines.iter().map(|(words, _)| words.chars().count()).max().unwrap_or(0);
        let digits = figures.iter().map(String::len).max().unwrap_or(0);
        for ((line, _), figure) in lines.iter().zip(&figures) {
            writeln!(formatter, "{line:words$}  {figure:>digits$}")?;
        }
        Ok(())
    }
}

/// With a comma between thousands.
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 rows")]
pub(super) fn grouped(rows: u64) -> String {
    number(rows as f64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> RowAccount {
        let mut account = RowAccount::new("street rows");
        account.read(1200);
        account.used(1100);
        account.set_aside("outside the area", 90);
        account.set_aside("British Transport Police", 8);
        account.set_aside("no area", 0);
        account
    }

    #[test]
    fn a_row_that_is_lost_is_told() {
        let problem = account().balance().unwrap_err();
        assert_eq!(problem.message, "of 1200 street rows read 1198 are accounted for: nothing is written");
        let mut whole = account();
        whole.set_aside("no crime type", 2);
        assert_eq!(whole.balance(), Ok(()));
    }

    #[test]
    fn the_account_is_a_table_in_words() {
        assert_eq!(
            account().to_string(),
            "street rows read                     1,200\n\
             used                                 1,100\n\
             set aside: outside the area             90\n\
             set aside: British Transport Police      8\n"
        );
    }
}
