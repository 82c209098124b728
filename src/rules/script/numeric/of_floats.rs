//! What operations make of floats, which columns of plain numbers are made of.

use rhai::FLOAT;

use crate::rules::script::coerce;

/// What an operation makes of floats: the same to the bit as the operation on [`Operand`]s with the same name.
#[derive(Clone, Copy)]
pub(super) enum OfFloats<const N: usize> {
    /// A number.
    Number(fn([FLOAT; N]) -> FLOAT),
    /// A number of those that are finite: the engine refuses others.
    Finite(fn([FLOAT; N]) -> FLOAT),
    /// Whether something holds of them.
    Truth(fn([FLOAT; N]) -> bool),
}

/// What the operator or function of one float with this name makes of it; none where it is not for columns.
pub(super) fn of_one(name: &str) -> Option<OfFloats<1>> {
    Some(OfFloats::Number(match name {
        "-" => |[x]| -x,
        "round" => |[x]| x.round(),
        "floor" => |[x]| x.floor(),
        "ceiling" => |[x]| x.ceil(),
        "int" => |[x]| x.trunc(),
        "sqrt" => |[x]| x.sqrt(),
        "to_float" => |[x]| x,
        "abs" => |[x]| x.abs(),
        _ => return None,
    }))
}

/// The same of two.
pub(super) fn of_two(name: &str) -> Option<OfFloats<2>> {
    use OfFloats::{Finite, Number, Truth};
    Some(match name {
        "+" => Number(|[a, b]| a + b),
        "-" => Number(|[a, b]| a - b),
        "*" => Number(|[a, b]| a * b),
        "/" => Number(|[a, b]| a / b),
        "%" => Number(|[a, b]| a % b),
        "**" | "pow" => Number(|[a, b]| libm::pow(a, b)),
        "min" => Finite(|[a, b]| coerce::lesser(a, b)),
        "max" => Finite(|[a, b]| coerce::greater(a, b)),
        "==" => Truth(|[a, b]| a == b),
        "!=" => Truth(|[a, b]| a != b),
        "<" => Truth(|[a, b]| a < b),
        ">" => Truth(|[a, b]| a > b),
        "<=" => Truth(|[a, b]| a <= b),
        ">=" => Truth(|[a, b]| a >= b),
        _ => return None,
    })
}

/// The same of three.
pub(super) fn of_three(name: &str) -> Option<OfFloats<3>> {
    (name == "clamp").then_some(OfFloats::Finite(|[x, low, high]| coerce::lesser(coerce::greater(x, low), high)))
}
