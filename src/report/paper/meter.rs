//! What a template does within one step: it looks through a list, compares what is in it, or makes a text anew. Whoever
//! is charged for steps alone gets that for nothing, so items and letters are counted as well.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Rest, StringInput, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, Value};

/// So many bytes of a text are as much work as a step.
const BYTES: usize = 16;
/// So many steps an item of a list that is sorted: a list of ten thousand is compared some fourteen times over.
const SORTED: usize = 16;

/// Filters that make a text or a list anew.
const CHARGED: [&str; 6] = ["upper", "lower", "title", "capitalize", "trim", "reverse"];

/// The engine's own filters.
static PLAIN: LazyLock<Environment<'static>> = LazyLock::new(Environment::new);

/// What was done beyond the steps, and how much of it there may be.
#[derive(Debug)]
pub(super) struct Meter {
    most: u64,
    spent: AtomicU64,
}

impl Meter {
    /// For so many steps' work.
    pub(super) fn of(most: u64) -> Arc<Self> {
        Arc::new(Self { most, spent: AtomicU64::new(0) })
    }

    /// How many steps' work was done.
    pub(super) fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }

    /// Whether more was asked for than there may be. From then on every list is empty.
    pub(super) fn is_spent(&self) -> bool {
        self.spent() > self.most
    }

    fn take(&self, steps: usize) -> bool {
        self.spent.fetch_add(u64::try_from(steps).unwrap_or(self.most), Ordering::Relaxed);
        !self.is_spent()
    }

    fn charge(&self, steps: usize) -> Result<(), Error> {
        if self.take(steps) { Ok(()) } else { Err(Error::from(ErrorKind::OutOfFuel)) }
    }
}

/// Has the filters of `environment`, and its `range`, count what they do.
pub(super) fn install(environment: &mut Environment<'_>, meter: &Arc<Meter>) {
    for name in CHARGED {
        let meter = Arc::clone(meter);
        environment.add_filter(name, move |value: Value, rest: Rest<Value>| {
            meter.charge(length(&value))?;
            let arguments: Vec<Value> = std::iter::once(value).chain(rest.0).collect();
            PLAIN.empty_state().apply_filter(name, &arguments).map(|made| metered(made, &meter))
        });
    }
    let of_sort = Arc::clone(meter);
    environment.add_filter("sort", move |state: &mut State<'_, '_>, value: Value, kwargs: Kwargs| {
        of_sort.charge(length(&value).saturating_mul(SORTED))?;
        minijinja::filters::sort(state, value, kwargs).map(|sorted| metered(sorted, &of_sort))
    });
    for name in ["escape", "e"] {
        let meter = Arc::clone(meter);
        environment.add_filter(name, move |state: &mut State<'_, '_>, value: &Value| {
            meter.charge(length(value))?;
            minijinja::filters::escape(state, value)
        });
    }
    let of_join = Arc::clone(meter);
    environment.add_filter(
        "join",
        move |state: &mut State<'_, '_>,
              value: &Value,
              joiner: Option<StringInput<'_>>,
              attribute: Option<&str>,
              kwargs: Kwargs| {
            let between = joiner.as_ref().map_or(0, |joiner| joiner.as_str().len() / BYTES);
            of_join.charge(length(value).saturating_mul(between + 1))?;
            joined(state, value, joiner, attribute, kwargs)
        },
    );
    let of_range = Arc::clone(meter);
    environment.add_function("range", move |lower: isize, upper: Option<isize>, step: Option<isize>| {
        minijinja::functions::range(lower, upper, step).map(|numbers| metered(numbers, &of_range))
    });
}

/// `join`, of a list alone: of a text it would make one that is many times as long.
pub(super) fn joined(
    state: &mut State<'_, '_>,
    value: &Value,
    joiner: Option<StringInput<'_>>,
    attribute: Option<&str>,
    kwargs: Kwargs,
) -> Result<Value, Error> {
    match value.as_str() {
        Some(_) => Err(Error::new(ErrorKind::InvalidOperation, "a text is no list that could be joined")),
        None => minijinja::filters::join(state, value, joiner, attribute, kwargs),
    }
}

/// How many steps it takes to look through a value once.
fn length(value: &Value) -> usize {
    value.as_str().map_or_else(|| value.len().unwrap_or(0), |text| text.len() / BYTES)
}

/// The same value, with everything in it counted when it is looked at.
pub(super) fn metered(value: Value, meter: &Arc<Meter>) -> Value {
    match value.kind() {
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
            Value::from_object(Metered { value, meter: Arc::clone(meter) })
        }
        _ => value,
    }
}

/// A list or a table.
#[derive(Debug)]
struct Metered {
    value: Value,
    meter: Arc<Meter>,
}

impl Object for Metered {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if self.value.kind() == ValueKind::Map { ObjectRepr::Map } else { ObjectRepr::Seq }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let found = self.meter.take(1).then(|| self.value.get_item(key).ok())??;
        (!found.is_undefined()).then(|| metered(found, &self.meter))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let count = self.value.len().unwrap_or(0);
        let items = self.meter.take(count).then(|| self.value.try_iter().ok()).flatten();
        items.map_or(Enumerator::Empty, |items| Enumerator::Values(items.map(|it| metered(it, &self.meter)).collect()))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        if self.meter.is_spent() { Some(0) } else { self.value.len() }
    }
}
