//! The engine that runs expressions, with everything taken away that they must not have.

use std::rc::Rc;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage, BasicStringPackage,
    LogicPackage, MoreStringPackage, Package,
};
use rhai::{Engine, EvalAltResult, FLOAT, INT, OptimizationLevel, Position};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::{MAX_CALLS, MAX_DEPTHS, MAX_FUNCTIONS, MAX_LIST, MAX_MAP, MAX_OPERATIONS, MAX_TEXT, MAX_VARIABLES, types};
use crate::diagnostic::{Code, Problem};

/// Symbols that rules have no use for and that could run for ever, reach out or print.
const FORBIDDEN: [&str; 8] = ["eval", "while", "loop", "do", "until", "print", "debug", "import"];
/// Function names hash the same in every process, so that nothing depends on the order of a hash map.
const HASHING_SEED: [u64; 4] = [0x7072_696f, 0x7269_7469, 0x7365_0000, 1];

thread_local! {
    static FENCE: Result<Rc<Engine>, Problem> = new_fence().map(Rc::new);
}

/// This thread's fence. It is made when first asked for, which costs a few tenths of a millisecond, and serves every
/// rule set: a rule set's functions belong to its expressions, not to the engine.
///
/// # Errors
/// `engine-altered` if this build's arithmetic is not the documented one.
pub fn fence() -> Result<Rc<Engine>, Problem> {
    FENCE.with(Clone::clone)
}

fn new_fence() -> Result<Engine, Problem> {
    // An error means that the seed was set before, by an earlier fence.
    let _ = rhai::config::hashing::set_hashing_seed(Some(HASHING_SEED));
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicMathPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    limit(&mut engine);
    register_exact_comparisons(&mut engine);
    register_arithmetic(&mut engine);
    register_portable_mathematics(&mut engine);
    types::register(&mut engine);
    canary(&engine)?;
    Ok(engine)
}

fn limit(engine: &mut Engine) {
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_call_levels(MAX_CALLS);
    engine.set_max_expr_depths(MAX_DEPTHS.0, MAX_DEPTHS.1);
    engine.set_max_string_size(MAX_TEXT);
    engine.set_max_array_size(MAX_LIST);
    engine.set_max_map_size(MAX_MAP);
    engine.set_max_variables(MAX_VARIABLES);
    engine.set_max_functions(MAX_FUNCTIONS);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    // The optimizer skips the check for unknown properties of constants.
    engine.set_optimization_level(OptimizationLevel::None);
    // The built-in operators compare floats loosely; ours, registered below, are exact.
    engine.set_fast_operators(false);
    for symbol in FORBIDDEN {
        engine.disable_symbol(symbol);
    }
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
}

#[expect(clippy::cast_precision_loss, reason = "a whole number in a rule is far below 2^53")]
fn float(x: INT) -> FLOAT {
    x as FLOAT
}

fn whole(x: INT) -> Decimal {
    Decimal::from(x)
}

/// What needs no conversion.
fn same<T>(x: T) -> T {
    x
}

macro_rules! compare {
    ($engine:ident, $left:ty, $right:ty, $convert_left:expr, $convert_right:expr) => {
        $engine.register_fn("==", |a: $left, b: $right| $convert_left(a) == $convert_right(b));
        $engine.register_fn("!=", |a: $left, b: $right| $convert_left(a) != $convert_right(b));
        $engine.register_fn("<", |a: $left, b: $right| $convert_left(a) < $convert_right(b));
        $engine.register_fn("<=", |a: $left, b: $right| $convert_left(a) <= $convert_right(b));
        $engine.register_fn(">", |a: $left, b: $right| $convert_left(a) > $convert_right(b));
        $engine.register_fn(">=", |a: $left, b: $right| $convert_left(a) >= $convert_right(b));
    };
}

/// Comparisons of floats as IEEE 754 has them: tiers and steps are decided by these.
fn register_exact_comparisons(engine: &mut Engine) {
    compare!(engine, FLOAT, FLOAT, same, same);
    compare!(engine, FLOAT, INT, same, float);
    compare!(engine, INT, FLOAT, float, same);
    compare!(engine, Decimal, Decimal, same, same);
    compare!(engine, Decimal, INT, same, whole);
    compare!(engine, INT, Decimal, whole, same);
    compare!(engine, Decimal, FLOAT, same, nearest_decimal);
    compare!(engine, FLOAT, Decimal, nearest_decimal, same);
}

/// The decimal that a float is written as: 0.8 is eight tenths, not the nearest binary fraction.
fn nearest_decimal(x: FLOAT) -> Decimal {
    x.to_string().parse().ok().or_else(|| Decimal::from_f64(x)).unwrap_or_default()
}

type Checked<T> = Result<T, Box<EvalAltResult>>;

fn arithmetic(message: &str) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorArithmetic(message.to_owned(), Position::NONE))
}

macro_rules! decimal_operators {
    ($engine:ident, $left:ty, $right:ty, $convert_left:expr, $convert_right:expr) => {
        $engine
            .register_fn("+", |a: $left, b: $right| decimal(Decimal::checked_add, $convert_left(a), $convert_right(b)));
        $engine
            .register_fn("-", |a: $left, b: $right| decimal(Decimal::checked_sub, $convert_left(a), $convert_right(b)));
        $engine
            .register_fn("*", |a: $left, b: $right| decimal(Decimal::checked_mul, $convert_left(a), $convert_right(b)));
        $engine
            .register_fn("/", |a: $left, b: $right| decimal(Decimal::checked_div, $convert_left(a), $convert_right(b)));
    };
}

fn decimal(operation: fn(Decimal, Decimal) -> Option<Decimal>, a: Decimal, b: Decimal) -> Checked<Decimal> {
    operation(a, b).ok_or_else(|| arithmetic("division by nought, or a number out of range"))
}

/// Arithmetic as a reader expects it: halves are halves, section scores are exact decimals.
fn register_arithmetic(engine: &mut Engine) {
    decimal_operators!(engine, Decimal, Decimal, same, same);
    decimal_operators!(engine, Decimal, INT, same, whole);
    decimal_operators!(engine, INT, Decimal, whole, same);
    decimal_operators!(engine, Decimal, FLOAT, same, nearest_decimal);
    decimal_operators!(engine, FLOAT, Decimal, nearest_decimal, same);
    engine.register_fn("min", |a: Decimal, b: Decimal| a.min(b));
    engine.register_fn("max", |a: Decimal, b: Decimal| a.max(b));
    engine.register_fn("/", |a: INT, b: INT| match b {
        0 => Err(arithmetic("division by nought")),
        _ => Ok(float(a) / float(b)),
    });
    engine.register_fn("to_float", |x: Decimal| x.to_f64().unwrap_or(FLOAT::NAN));
    engine.register_fn("clamp", |x: FLOAT, low: FLOAT, high: FLOAT| x.max(low).min(high));
    engine.register_fn("clamp", |x: FLOAT, low: INT, high: INT| x.max(float(low)).min(float(high)));
}

/// The functions whose last bits differ between platforms, from one portable library.
fn register_portable_mathematics(engine: &mut Engine) {
    let one_argument: [(&str, fn(f64) -> f64); 16] = [
        ("exp", libm::exp),
        ("ln", libm::log),
        ("log", libm::log10),
        ("log10", libm::log10),
        ("sin", libm::sin),
        ("cos", libm::cos),
        ("tan", libm::tan),
        ("asin", libm::asin),
        ("acos", libm::acos),
        ("atan", libm::atan),
        ("sinh", libm::sinh),
        ("cosh", libm::cosh),
        ("tanh", libm::tanh),
        ("asinh", libm::asinh),
        ("acosh", libm::acosh),
        ("atanh", libm::atanh),
    ];
    for (name, function) in one_argument {
        engine.register_fn(name, function);
    }
    engine.register_fn("exp", move |x: INT| libm::exp(float(x)));
    engine.register_fn("ln", move |x: INT| libm::log(float(x)));
    engine.register_fn("log10", move |x: INT| libm::log10(float(x)));
    engine.register_fn("log", |x: FLOAT, base: FLOAT| libm::log(x) / libm::log(base));
    engine.register_fn("hypot", libm::hypot);
    engine.register_fn("atan", libm::atan2);
    for name in ["**", "pow"] {
        engine.register_fn(name, libm::pow);
        engine.register_fn(name, move |x: FLOAT, power: INT| libm::pow(x, float(power)));
        engine.register_fn(name, move |x: INT, power: FLOAT| libm::pow(float(x), power));
        engine.register_fn(name, move |x: INT, power: INT| libm::pow(float(x), float(power)));
    }
}

/// Refuses to run where a dependency has switched the arithmetic back: loose comparisons would move thresholds.
fn canary(engine: &Engine) -> Result<(), Problem> {
    let answers = ["0.1 + 0.2 == 0.3", "0.49999999999999994 >= 0.5", "1e-17 == 0.0", "1 / 2 == 0"];
    let loose = answers.iter().find(|expression| !matches!(engine.eval_expression::<bool>(expression), Ok(false)));
    match loose {
        None => Ok(()),
        Some(expression) => {
            let message = format!("this build of the engine answers `{expression}` otherwise than documented");
            Err(Problem::new(Code::EngineAltered, message)
                .help("build it with the features in its own Cargo.toml; `rhai/unchecked` must be off"))
        }
    }
}
