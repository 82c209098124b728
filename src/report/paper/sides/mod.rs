//! The paper of five sides, a file for each side; beside them what several sides share: figures as they are shown, what points
//! rest on, and how sure a place is.

mod alike;
mod asks;
mod basis;
mod caveats;
mod decision;
mod first;
mod front;
mod judged;
mod list;
mod money;
mod one_answer;
mod points;
mod printed;
mod room;
mod shown;
mod status;
mod sure;
mod versus;
mod weights;
mod without;

pub(super) use basis::{Answers, Basis};
pub(super) use decision::decision_side;
pub(super) use front::front_side;
pub(super) use judged::basis_side;
pub(super) use list::{list_side, surety_in_words};
pub(super) use money::money;
pub(super) use points::points_side;
pub(super) use shown::{of_a_hundred, per_cent};
pub(in crate::report) use sure::{Sureness, Surety};
pub(super) use without::list_without_made_up;
