//! Operators and methods with a number, whole or not: the engine wants one of each.

/// A method that takes one number, or an operator with a number behind it.
macro_rules! with_number {
    ($engine:ident, $name:expr, $type:ty, $body:expr) => {
        $engine.register_fn($name, |value: &mut $type, number: rhai::INT| {
            $body(value, $crate::rules::script::coerce::float(number))
        });
        $engine.register_fn($name, |value: &mut $type, number: rhai::FLOAT| $body(value, number));
    };
}

/// An operator with a number before it.
macro_rules! number_with {
    ($engine:ident, $name:expr, $type:ty, $body:expr) => {
        $engine.register_fn($name, |number: rhai::INT, value: $type| {
            $body($crate::rules::script::coerce::float(number), value)
        });
        $engine.register_fn($name, |number: rhai::FLOAT, value: $type| $body(number, value));
    };
}

pub(super) use {number_with, with_number};
