//! Functions of numbers whose last bits differ between platforms, from one portable library.

use rhai::{Engine, FLOAT, INT};

use crate::rules::script::coerce::float;

type Function = fn(f64) -> f64;

/// The functions of one number whose last bits differ between platforms, from one portable library.
pub(in crate::rules::script) const PORTABLE_MATHEMATICS: [(&str, Function); 16] = [
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

pub(super) fn register(engine: &mut Engine) {
    for (name, function) in PORTABLE_MATHEMATICS {
        engine.register_fn(name, function);
        engine.register_fn(name, move |x: INT| function(float(x)));
    }
    engine.register_fn("sqrt", |x: INT| float(x).sqrt());
    for name in ["round", "floor", "ceiling", "int"] {
        engine.register_fn(name, |x: INT| x);
    }
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
