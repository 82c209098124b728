//! Functions of numbers whose last bits differ between platforms, from one portable library.

use rhai::{Dynamic, Engine, FLOAT, INT};

use crate::rules::script::coerce::{float, plain_number};
use crate::rules::script::refusal::{Fallible, refuse, refuse_arithmetic};
use crate::rules::script::types::any::{described, figure_of};
use crate::stats::Estimate;

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

/// Those that never fall where they rise with their number, or the other way round: the ends of an interval stay its ends.
pub(in crate::rules::script) const RISING: [(&str, Function); 12] = [
    ("exp", libm::exp),
    ("ln", libm::log),
    ("log", libm::log10),
    ("log10", libm::log10),
    ("sqrt", f64::sqrt),
    ("floor", f64::floor),
    ("ceiling", f64::ceil),
    ("round", f64::round),
    ("atan", libm::atan),
    ("sinh", libm::sinh),
    ("tanh", libm::tanh),
    ("asinh", libm::asinh),
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
    register_for_estimates(engine);
}

/// The same for evidence, estimates and findings: an interval stays one.
fn register_for_estimates(engine: &mut Engine) {
    for (name, function) in RISING {
        engine.register_fn(name, move |x: Dynamic| estimate(&x).map(|x| x.mapped(function)));
    }
    engine.register_fn("-", |x: Dynamic| estimate(&x).map(|x| x.times(-1.0)));
    engine.register_fn("abs", |x: Dynamic| estimate(&x).map(magnitude));
    for name in ["**", "pow"] {
        engine.register_fn(name, |x: Dynamic, power: Dynamic| power_of(estimate(&x)?, &power));
    }
}

/// The figure of a value with its interval.
fn estimate(value: &Dynamic) -> Fallible<Estimate> {
    match figure_of(value) {
        Some(figure) => Ok(figure),
        None => refuse_arithmetic(&format!("a number is needed, not {}", described(value))),
    }
}

fn magnitude(x: Estimate) -> Estimate {
    let magnitudes = |(lower, upper): (f64, f64)| {
        let (a, b) = (lower.abs(), upper.abs());
        let least = if lower <= 0.0 && upper >= 0.0 { 0.0 } else { a.min(b) };
        (least, a.max(b))
    };
    Estimate { estimate: x.estimate.abs(), interval: x.interval.map(magnitudes) }
}

/// Powers rise or fall from zero up; below it they turn, and the ends of an interval say nothing of what lies between.
fn power_of(x: Estimate, power: &Dynamic) -> Fallible<Estimate> {
    let Some(power) = plain_number(power) else {
        return refuse_arithmetic(&format!("a power is a plain number, not {}", described(power)));
    };
    if x.interval.is_some_and(|(lower, _)| lower < 0.0) {
        return refuse("no power of an interval that reaches below zero: use its `estimate`");
    }
    Ok(x.mapped(|x| libm::pow(x, power)))
}

#[cfg(test)]
mod tests {
    use rhai::Scope;

    use super::*;
    use crate::rules::script::fence::fence;

    fn answer(expression: &str, x: Estimate) -> Result<Estimate, String> {
        let mut scope = Scope::new();
        scope.push("x", x);
        fence().unwrap().eval_with_scope(&mut scope, expression).map_err(|error| error.to_string())
    }

    #[test]
    fn functions_keep_the_interval() {
        let x = Estimate::between(4.0, 1.0, 9.0);
        for (expression, (estimate, lower, upper)) in [
            ("sqrt(x)", (2.0, 1.0, 3.0)),
            ("-x", (-4.0, -9.0, -1.0)),
            ("abs(x - 5)", (1.0, 0.0, 4.0)),
            ("abs(x - 20)", (16.0, 11.0, 19.0)),
            ("x ** 2", (16.0, 1.0, 81.0)),
            ("x ** -1", (0.25, 1.0 / 9.0, 1.0)),
            ("floor(x / 2)", (2.0, 0.0, 4.0)),
            ("round(exp(ln(x)))", (4.0, 1.0, 9.0)),
        ] {
            assert_eq!(answer(expression, x), Ok(Estimate::between(estimate, lower, upper)), "{expression}");
        }
        assert_eq!(answer("sqrt(x)", Estimate::exact(4.0)), Ok(Estimate::exact(2.0)));
    }

    #[test]
    fn what_turns_within_an_interval_is_refused() {
        let x = Estimate::between(0.0, -1.0, 1.0);
        assert!(answer("x ** 2", x).unwrap_err().contains("reaches below zero"));
        assert!(answer("sin(x)", x).is_err());
        assert!(answer("exp(\"x\")", x).is_err());
    }
}
