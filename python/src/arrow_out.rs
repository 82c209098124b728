//! A ranking as an Arrow table, lent to any library by the Arrow PyCapsule interface.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, RecordBatch, RecordBatchIterator, StringArray, UInt32Array,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, Schema};
use prioritise::diagnostic::Problems;
use prioritise::explain::standing_in_words;
use prioritise::report::columns::RankingColumns;
use prioritise::rules::RuleSet;
use prioritise::scoring::Ranking;
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::problems::of_arrow;

/// A list: a candidate a row, in the order of the ranking.
#[pyclass(frozen, module = "prioritise")]
pub(crate) struct Table {
    rows: RecordBatch,
    /// What a reader should know of the columns that it was made of.
    #[pyo3(get)]
    notes: Vec<String>,
    /// The name and version of the rules.
    #[pyo3(get)]
    rules: String,
    /// The digest of the rules.
    #[pyo3(get)]
    rules_digest: String,
    /// What the weights add up to.
    #[pyo3(get)]
    scale: u32,
    /// The id of the first tier.
    #[pyo3(get)]
    first_tier: Option<String>,
}

impl Table {
    /// The table of a ranking.
    ///
    /// # Errors
    /// As Arrow's.
    pub(crate) fn new(
        columns: &RankingColumns<'_>,
        ranking: &Ranking<'_>,
        notes: Vec<String>,
    ) -> Result<Self, Problems> {
        let rules = ranking.rules;
        Ok(Self {
            rows: batch(columns, ranking).map_err(|error| of_arrow(&error))?,
            notes,
            rules: format!("{} {}", rules.name, rules.version),
            rules_digest: rules.digest.clone(),
            scale: rules.scale,
            first_tier: rules.tiers.first().map(|tier| tier.id.clone()),
        })
    }
}

fn batch(columns: &RankingColumns<'_>, ranking: &Ranking<'_>) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let (assessment, rules) = (ranking.assessment, ranking.rules);
    let about = || columns.candidates.iter().filter_map(|number| assessment.candidates.get(*number));
    let ranks = columns.ranks.iter().map(|rank| rank.and_then(|rank| u32::try_from(rank).ok()));
    let ends = |end: fn(&(f64, f64)) -> f64| columns.least_and_most.iter().map(move |ends| ends.as_ref().map(end));
    let mut table: Vec<(String, ArrayRef)> = Vec::new();
    let mut add = |name: &str, column: ArrayRef| table.push((name.to_owned(), column));
    add("rank", Arc::new(UInt32Array::from_iter(ranks)));
    add("id", Arc::new(StringArray::from_iter_values(about().map(|about| &about.id))));
    add("title", Arc::new(StringArray::from_iter_values(about().map(|about| &about.title))));
    if about().any(|about| about.area.is_some()) {
        add("area", Arc::new(StringArray::from_iter(about().map(|about| about.area.as_deref()))));
    }
    add("total", Arc::new(Float64Array::from_iter(columns.totals.iter().copied())));
    add("least", Arc::new(Float64Array::from_iter(ends(|ends| ends.0))));
    add("most", Arc::new(Float64Array::from_iter(ends(|ends| ends.1))));
    add("tier", Arc::new(StringArray::from_iter(columns.tiers.iter().copied())));
    add("standing", Arc::new(standings(columns, rules)));
    let mut gates = ListBuilder::new(StringBuilder::new());
    for fired in &columns.gates {
        fired.iter().for_each(|gate| gates.values().append_value(gate));
        gates.append(true);
    }
    add("gates", Arc::new(gates.finish()));
    for (number, answers) in columns.answers.iter().enumerate() {
        let name = |of: &str| format!("{} {of}", answers.criterion);
        let floats = |column: &[Option<f64>]| -> ArrayRef { Arc::new(Float64Array::from_iter(column.iter().copied())) };
        add(&name("measure"), floats(&answers.measures));
        add(&name("value"), floats(&answers.values));
        add(&name(rules.earned(number).word()), floats(&answers.points));
        add(&name("missing"), Arc::new(BooleanArray::from(answers.missing.clone())));
    }
    let fields = table.iter().map(|(name, column)| Field::new(name, column.data_type().clone(), true));
    let schema = Schema::new(fields.collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), table.into_iter().map(|(_, column)| column).collect())
}

/// Where each stands, in words. Neighbours in the list mostly stand alike, so those words are made once.
fn standings(columns: &RankingColumns<'_>, rules: &RuleSet) -> StringArray {
    let alike = columns.standings.chunk_by(PartialEq::eq);
    let words = alike.flat_map(|alike| {
        let words = alike.first().map_or_else(String::new, |standing| standing_in_words(*standing, rules));
        std::iter::repeat_n(words, alike.len())
    });
    StringArray::from_iter_values(words)
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.rows.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.rows.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Some rows, each a dict by the names of the columns.
    fn rows<'py>(&self, py: Python<'py>, first: usize, most: usize) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let last = self.rows.num_rows().min(first.saturating_add(most));
        (first..last).map(|row| self.row(py, row)).collect()
    }

    /// The table's stream, whose columns are as they are: no other schema can be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Asking is a wish, and whoever asks must look at what came.
        let _ = requested_schema;
        let rows = RecordBatchIterator::new([Ok(self.rows.clone())], self.rows.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(rows)), c"arrow_array_stream")
    }

    /// The table's schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.rows.schema_ref().as_ref());
        let schema = schema.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}

impl Table {
    fn row<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyDict>> {
        let cells = PyDict::new(py);
        for (field, column) in self.rows.schema_ref().fields().iter().zip(self.rows.columns()) {
            cells.set_item(field.name(), cell(py, column, row)?)?;
        }
        Ok(cells)
    }
}

fn cell(py: Python<'_>, column: &ArrayRef, row: usize) -> PyResult<Py<PyAny>> {
    if column.is_null(row) {
        return Ok(py.None());
    }
    match column.data_type() {
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_py_any(py),
        DataType::Boolean => column.as_boolean().value(row).into_py_any(py),
        DataType::Utf8 => column.as_string::<i32>().value(row).into_py_any(py),
        DataType::List(_) => {
            let all = column.as_list::<i32>().value(row);
            all.as_string::<i32>().iter().flatten().collect::<Vec<_>>().into_py_any(py)
        }
        _ => Ok(py.None()),
    }
}
