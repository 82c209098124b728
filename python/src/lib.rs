//! The engine for Python: a command called in this process, and lists as Arrow tables. Everything else of the package is written
//! in Python, in `prioritise/`.

mod arrow_in;
mod arrow_out;
mod columns;
mod problems;

#[path = "../../src/guides.rs"]
mod guides;

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::FromPyArrow as _;
use prioritise::cli::{self, Exit};
use prioritise::diagnostic::Problems;
use prioritise::report;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use arrow_out::Table;
use columns::Asked;
use guides::GUIDES;

/// The engine; `prioritise` is what is meant to be called.
#[pymodule]
fn _prioritise(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(about, module)?)?;
    module.add_function(wrap_pyfunction!(rank_folder, module)?)?;
    module.add_function(wrap_pyfunction!(rank_columns, module)?)?;
    module.add_class::<Table>()
}

/// Runs a command, and gives its exit code, its result, and what it told beside that.
#[pyfunction]
fn call(py: Python<'_>, arguments: Vec<PathBuf>) -> (u8, Cow<'static, [u8]>, String) {
    let answer = py.detach(|| cli::call(arguments.into_iter().map(PathBuf::into_os_string), &GUIDES));
    (code(answer.exit), Cow::Owned(answer.result), answer.told)
}

/// Runs a command that speaks to the terminal, and gives its exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<PathBuf>) -> u8 {
    code(py.detach(|| cli::run(arguments.into_iter().map(PathBuf::into_os_string), &GUIDES)))
}

fn code(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::No => 1,
        Exit::Wrong => 2,
    }
}

/// What an assessment and its rules are called, where the rules are, and who is a candidate.
#[pyfunction]
fn about<'py>(py: Python<'py>, assessment: &str, rules: Option<&str>) -> PyResult<Bound<'py, PyDict>> {
    let mut problems = Problems::default();
    let loaded = py.detach(|| prioritise::load(&cli::disk(), assessment, rules, &mut problems));
    let Some((assessment, rules)) = loaded else { return Err(problems::error(py, problems)) };
    let about = PyDict::new(py);
    about.set_item("title", &assessment.title)?;
    about.set_item("partnership", &assessment.partnership)?;
    about.set_item("last_day", assessment.period.last_day().iso())?;
    about.set_item("period", assessment.period.to_string())?;
    about.set_item("candidates", assessment.candidates.iter().map(|about| &about.id).collect::<Vec<_>>())?;
    about.set_item("rules", &rules.name)?;
    about.set_item("version", &rules.version)?;
    about.set_item("rules_folder", prioritise::files::folder_of(&rules.place.source.name))?;
    about.set_item("people", assessment.population.as_ref().map(|population| population.people()))?;
    Ok(about)
}

/// The list of a folder as a table.
#[pyfunction]
fn rank_folder(py: Python<'_>, assessment: &str, rules: Option<&str>, threads: Option<usize>) -> PyResult<Table> {
    let ranked = py.detach(|| -> Result<Table, Problems> {
        let mut problems = Problems::default();
        let loaded = prioritise::load(&cli::disk(), assessment, rules, &mut problems);
        let Some((assessment, rules)) = loaded else { return Err(problems) };
        let ranking = prioritise::scoring::rank(&assessment, &rules, number_of(threads))?;
        Table::new(&report::columns(&ranking)?, &ranking, Vec::new())
    });
    ranked.map_err(|problems| problems::error(py, problems))
}

/// The list that rules make of anything with `__arrow_c_stream__`, as a table.
#[pyfunction]
fn rank_columns(
    py: Python<'_>,
    data: &Bound<'_, PyAny>,
    asked: &Bound<'_, PyDict>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let asked = Asked::read(asked)?;
    let stream = RecordBatchStreamReader::from_pyarrow_bound(data)?;
    // Whoever made the stream takes the lock again where it needs it.
    let ranked = py.detach(move || -> Result<Table, Problems> {
        let batches = stream.collect::<Result<Vec<_>, _>>().map_err(|error| problems::of_arrow(&error))?;
        columns::rank(&batches, &asked, number_of(threads))
    });
    ranked.map_err(|problems| problems::error(py, problems))
}

/// As many threads as asked for, or as this machine runs at once.
fn number_of(threads: Option<usize>) -> NonZeroUsize {
    let available = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    threads.and_then(NonZeroUsize::new).unwrap_or_else(available)
}
