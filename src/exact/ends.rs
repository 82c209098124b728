//! How low and how high something goes, in whole units.

/// How low and how high something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// It is never lower.
    pub least: i64,
    /// It is never higher.
    pub most: i64,
    /// Whether it can be at both; where not, it is only known to go no farther.
    pub are_reached: bool,
}

impl Ends {
    /// One number.
    pub fn at(number: i64) -> Self {
        Self { least: number, most: number, are_reached: true }
    }

    /// The same with another number that it can be.
    #[must_use]
    pub fn with(self, number: i64) -> Self {
        Self { least: self.least.min(number), most: self.most.max(number), ..self }
    }
}
