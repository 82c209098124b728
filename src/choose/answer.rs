//! What the search for the best set finds, and how far it may go.

/// What is wrong with an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A number is below zero that must not be, or points at nothing.
    Unsound,
    /// Numbers are too large for sums to be exact.
    TooLarge,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A set.
    Best(Best),
    /// No set keeps to all limits: that is proven.
    Nothing,
    /// The steps were spent before any set was found.
    Unknown,
}

impl Answer {
    /// The same, borrowed.
    pub fn as_best(&self) -> Option<&Best> {
        match self {
            Self::Best(best) => Some(best),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// Whether it is proven: that no set is better, or that there is none.
    pub fn is_proven(&self) -> bool {
        match self {
            Self::Best(best) => best.is_proven(),
            Self::Nothing => true,
            Self::Unknown => false,
        }
    }

    /// The set, where there is one.
    pub fn best(self) -> Option<Best> {
        match self {
            Self::Best(best) => Some(best),
            Self::Nothing | Self::Unknown => None,
        }
    }
}

/// A set that keeps to all limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// For each option whether it is in.
    pub set: Vec<bool>,
    /// In units of worth times share.
    pub value: i128,
    /// Whether no set is better.
    pub proof: Proof,
}

impl Best {
    /// Whether that no set is better is proven.
    pub fn is_proven(&self) -> bool {
        self.proof == Proof::Proven
    }
}

/// Whether no set is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// That is proven.
    Proven,
    /// It is not known; but none has more than this value.
    Within(i128),
}

/// How many steps are left: one for each number that is looked at.
#[derive(Debug, Clone)]
pub struct Steps {
    all: u64,
    spent: u64,
}

impl Steps {
    /// So many.
    pub fn of(all: u64) -> Self {
        Self { all, spent: 0 }
    }

    /// Takes some.
    pub fn take(&mut self, steps: u64) {
        self.spent = self.spent.saturating_add(steps);
    }

    /// Whether none are left.
    pub fn are_spent(&self) -> bool {
        self.spent >= self.all
    }

    /// How many are left.
    pub fn left(&self) -> u64 {
        self.all.saturating_sub(self.spent)
    }

    /// How many were taken.
    pub fn spent(&self) -> u64 {
        self.spent
    }
}

/// Whether of two sets of equal weight the first is to be preferred: it has the first option that only one of them has.
pub fn precedes(one: &[bool], other: &[bool]) -> bool {
    let differs = one.iter().zip(other).find(|(one, other)| one != other);
    differs.is_some_and(|(one, _)| *one)
}
