//! Value functions that set a measure against those of all candidates. A file for each; this one has their list.

mod min_max;
mod percentile;
mod share_of_maximum;
mod share_of_mean;
mod z_score;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Answers, Scale, Segment, Shape, Swing, Unbounded};
use min_max::MinMax;
use percentile::Percentile;
use share_of_maximum::ShareOfMaximum;
use share_of_mean::ShareOfMean;
use z_score::ZScore;

pub use z_score::REACH as Z_SCORE_REACH;

/// Writes the list and all that goes through it from one line for each member.
macro_rules! relative_functions {
    ($($(#[$about:meta])+ $word:literal => $member:ident;)+) => {
        /// Value functions that look at all candidates.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
        #[serde(rename = "Relative")]
        pub enum RelativeFunction {
            $($(#[$about])+ #[serde(rename = $word)] $member,)+
        }

        impl RelativeFunction {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$member),+];

            /// The word that a file has for it.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }

            fn against(self) -> &'static dyn Against {
                match self {
                    $(Self::$member => &$member,)+
                }
            }
        }
    };
}

relative_functions! {
    /// 0 for the lowest measure, 1 for the highest.
    "min-max" => MinMax;
    /// The measure over the highest.
    "share-of-maximum" => ShareOfMaximum;
    /// The measure over the mean of all; 1 is average and there is no upper end.
    "share-of-mean" => ShareOfMean;
    /// The share of the other candidates that it exceeds, equals counting half.
    "percentile" => Percentile;
    /// Standard deviations from the mean: 0.5 at the mean, 0 and 1 three away.
    "z-score" => ZScore;
}

/// What a relative value function says of itself.
trait Against {
    /// From measures to values, rising or falling with the measure.
    fn scale(&self, answers: &Answers<'_>, rising: bool) -> Arc<dyn Scale>;

    /// Whether it can fall while the measure rises.
    fn can_fall(&self) -> bool {
        true
    }

    /// See [`Shape::unbounded`].
    fn unbounded(&self) -> Option<Unbounded> {
        None
    }

    /// From the measure that earns least to the one that earns most: `from … to …`.
    fn swing(&self) -> &'static str;

    /// How a measure becomes a value, behind "Set against the other candidates:", without a full stop.
    fn sentence(&self) -> &'static str;

    /// The same for those who see measures and values beside it, as a sentence of its own.
    fn sentence_beside_cells(&self, rising: bool) -> String;

    /// What it is, as in "now …; it was …".
    fn clause(&self) -> &'static str;
}

impl RelativeFunction {
    /// Whether it can fall while the measure rises.
    pub fn can_fall(self) -> bool {
        self.against().can_fall()
    }

    /// See [`Shape::unbounded`].
    pub fn unbounded(self) -> Option<Unbounded> {
        self.against().unbounded()
    }
}

/// A relative value function that rises or falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// Which.
    pub function: RelativeFunction,
    /// Whether a higher measure has a higher value.
    pub rising: bool,
}

impl Shape for Relative {
    fn scale(&self, answers: &Answers<'_>) -> Arc<dyn Scale> {
        self.function.against().scale(answers, self.rising)
    }

    fn needs_facts(&self) -> bool {
        true
    }

    fn unbounded(&self) -> Option<Unbounded> {
        self.function.unbounded()
    }

    fn segments(&self) -> Vec<Segment> {
        vec![Segment::whole("set against others")]
    }

    fn swing(&self) -> Swing {
        Swing::Told(self.function.against().swing().to_owned())
    }

    fn sentence(&self) -> String {
        format!("Set against the other candidates: {}.", self.function.against().sentence())
    }

    fn sentence_beside_cells(&self) -> String {
        self.function.against().sentence_beside_cells(self.rising)
    }

    fn clause(&self) -> String {
        self.function.against().clause().to_owned()
    }
}

/// A value that rises with the measure, turned round where it is to fall.
#[inline]
fn turned(value: f64, rising: bool) -> f64 {
    if rising { value } else { 1.0 - value }
}
