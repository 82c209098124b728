//! Problems of the engine as an exception of Python.

use arrow_schema::ArrowError;
use prioritise::diagnostic::{Code, ErrorFormat, Problem, Problems, render};
use pyo3::prelude::*;

/// The exception that has these problems, notes left out.
pub(crate) fn error(py: Python<'_>, problems: Problems) -> PyErr {
    let told = render(&problems.without_notes(), ErrorFormat::Json, false);
    let made = || py.import("prioritise._problems")?.getattr("Problems")?.call_method1("of_lines", (told,));
    made().map_or_else(|failed| failed, PyErr::from_value)
}

/// That a table could not be read.
pub(crate) fn of_arrow(error: &ArrowError) -> Problem {
    Problem::new(Code::BadCsv, format!("the table can't be read: {error}"))
        .help("give a table of numbers, text and truths: anything with `__arrow_c_stream__`")
}
