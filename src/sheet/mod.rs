//! Workbooks and CSV files as sheets of cells, each cell with its place: file, sheet and cell, or line.
//!
//! Nothing is guessed here. A formula that was never calculated, an error such as `#REF!` and an empty cell are three
//! things, and none of them is zero. How much a file may unfold to is bounded before it is parsed. This room knows
//! nothing of crime, and never touches a disk: bytes come from [`Files`](crate::files::Files).

mod book;
mod builder;
mod cell;
mod form;
mod guard;
mod hidden;
mod inert;
mod lines;
mod ods;
mod parts;
mod percent;
mod rows;
mod span;
mod table;
mod xlsx;

pub use book::Book;
pub use builder::{CELL_LIMIT, SHEET_TEXT_LIMIT};
pub(crate) use cell::plain_number;
pub use cell::{CellFigure, figure, whole, whole_or_below};
pub(crate) use form::day_of_cell;
pub use form::{FORM_MARK, FORM_SHEET, FilledForm, IDENTITY, KEY_COLUMN, ONCE_COLUMN};
pub use guard::{BOOK_LIMIT, PART_LIMIT, UNFOLDED_LIMIT};
pub use hidden::HiddenParts;
pub(crate) use inert::{begins_as_formula, inert};
pub use lines::KeptColumns;
pub use percent::PercentCells;
pub use rows::{CellValue, Sheet, SheetRow, column_letters, column_number};
pub(crate) use table::what_there_is;
pub use table::{SheetTable, WantedColumn, header_words, is_named, same_words};
